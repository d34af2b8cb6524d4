"""A task whose worker ends, in a module that a new process has soon read."""

import os
import signal
from pathlib import Path


def fall(marks: str, times: int, how: str) -> int:
    """A task that is killed, or gets no memory, so many times; then it tells who has done it."""
    tried = len(list(Path(marks).iterdir()))
    (Path(marks) / str(tried)).touch()
    if tried < times and how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if tried < times:
        raise MemoryError
    return os.getpid()
