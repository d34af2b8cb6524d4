"""One build at a time: a lock that the system lets go of when its process ends, also when it is killed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

LOCK = "lås"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Makes a folder that belongs to this process until it is removed.

    Raises BlockingIOError while another has it, and OSError where it cannot be made or locked.
    """
    with _held(folder / LOCK):
        try:
            yield
        finally:
            (folder / LOCK).unlink(missing_ok=True)
            with suppress(OSError):  # the next one is in it already
                folder.rmdir()


def _held(path: Path) -> IO[str]:
    """The locked file. One that its last holder has removed meanwhile holds nobody off."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            file = path.open("a")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    return file
            except OSError:
                file.close()
                raise
            file.close()
