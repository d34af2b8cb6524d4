"""What the last build left in a folder, so that what has not changed need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.publishing.folder import MANIFEST, Written

KEYS = ".underlag.json"  # hidden: of use to the next build only
# The names of keys that belong to a report: its own files, and what it shows of others.
REPORT, AROUND = "rapport/", "omgivning/"


class Earlier:
    """The files of the last build by its manifest, and the keys of what they were made from.

    Nothing is there when there was no build, or it was by an older program. A key that is "" is of something
    that could not be read, and like no other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = _files(folder)
        self._keys = _keys(folder)

    def is_made_from(self, keys: Mapping[str, str]) -> bool:
        """Whether everything is there and was made from the same."""
        own = {name: key for name, key in self._keys.items() if not name.startswith(AROUND)}
        return (
            bool(self._files) and own == keys and all(keys.values()) and _are_whole(self._folder, self._files)
        )

    def has(self, report: str, keys: Mapping[str, str]) -> bool:
        """Whether the files of a report are there and were made from the same."""
        names = [*(name for name in keys if "/" not in name), f"{REPORT}{report}", f"{AROUND}{report}"]
        if any(not keys[name] or self._keys.get(name) != keys[name] for name in names):
            return False
        listed = self._listed(report)
        return bool(listed) and _are_whole(self._folder, listed)

    def files_of(self, reports: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for report in sorted(reports):
            for path in self._listed(report):
                yield path, (self._folder / path).read_bytes()

    def _listed(self, report: str) -> dict[str, Written]:
        return {path: file for path, file in self._files.items() if path.startswith(f"{report}/")}

    @property
    def sizes(self) -> dict[str, int]:
        own = self._folder / MANIFEST
        return {path: file.size for path, file in self._files.items()} | {MANIFEST: _size(own)}


def keys_text(keys: Mapping[str, str]) -> str:
    return json.dumps(keys, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _are_whole(folder: Path, files: Mapping[str, Written]) -> bool:
    """Sizes first: a file that is missing is soon found."""
    return all(_size(folder / path) == file.size for path, file in files.items()) and all(
        _sha256(folder / path) == file.sha256 for path, file in files.items()
    )


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _files(folder: Path) -> dict[str, Written]:
    try:
        entries = json.loads((folder / MANIFEST).read_bytes())["files"]
        return {str(one["path"]): Written(int(one["size"]), str(one["sha256"])) for one in entries}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _keys(folder: Path) -> dict[str, str]:
    try:
        return dict(_pairs(json.loads((folder / KEYS).read_bytes())))
    except (OSError, ValueError, AttributeError):
        return {}


def _pairs(read: dict[object, object]) -> Iterator[tuple[str, str]]:
    yield from ((str(key), str(value)) for key, value in read.items())
