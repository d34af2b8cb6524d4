"""What has been saved, seen by looking at all files again and again.

No library: those that are told by the system lose what happens while they start, a folder that is put back
in place, and what is saved on a network drive.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from generator.reading.files import is_passed_over

State = Mapping[str, tuple[int, int, int]]


def state_of(*folders: Path) -> State:
    """Every file and folder that may be read, with what changes when it is saved."""
    state: dict[str, tuple[int, int, int]] = {}
    for folder in folders:
        for root, names, files in os.walk(folder):
            names[:] = [name for name in names if not is_passed_over(name)]
            state |= {os.path.join(root, name): (0, 0, 0) for name in names}  # noqa: PTH118 - soon made
            for name in files:
                path = os.path.join(root, name)  # noqa: PTH118 - some times a second
                if is_passed_over(name):
                    continue
                try:
                    found = os.stat(path)  # noqa: PTH116 - as above
                except OSError:  # gone again, or a link to nothing
                    state[path] = (0, 0, 0)
                else:
                    state[path] = (found.st_mtime_ns, found.st_size, found.st_ino)
    return state
