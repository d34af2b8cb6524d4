"""What takes long to make is made once in a run, by the worker that first asks for it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shared:
    """A folder that all workers of a run have in common. What lies in it is only read."""

    root: Path

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """The folder of that name, which `make` fills when no worker has done so yet."""
        folder, done = self.root / name, self.root / f"{name}.done"
        with (self.root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
            if not done.exists():
                folder.mkdir()
                make(folder)
                done.touch()
        return folder
