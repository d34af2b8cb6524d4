"""What takes long to make is made once in a run, by the worker that first asks for it, or once in each."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


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


@dataclass(frozen=True)
class Memory:
    """What this process has made last: a few of each kind, with what they were made of."""

    most: int = 10
    _known: dict[object, list[tuple[object, Any]]] = field(default_factory=dict)

    def made(self, kind: object, of: object, make: Callable[[], T]) -> T:
        """What was made of the same before, or else what is made now."""
        known = self._known.get(kind, [])
        found = next((each for each in known if each[0] == of), None) or (of, make())
        self._known[kind] = [found, *(each for each in known if each is not found)][: self.most]
        made: T = found[1]
        return made
