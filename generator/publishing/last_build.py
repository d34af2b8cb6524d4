"""What the last build left in a folder, so that what has not changed need not be made again."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.fingerprints import COMMON, MADE, OTHERS, REPORT, fingerprint, last_build, of_bytes
from generator.publishing.manifest import MANIFEST, Written, are_whole, read_manifest


class LastBuild:
    """The files of the last build by its manifest, and the fingerprints of what they were made from.

    They are in parts: those of each report, by its id, and what is COMMON to all.

    Nothing is there when there was no build, or it was by an older program. A fingerprint that is "" is of
    something that could not be read, and like no other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = read_manifest(folder).files
        self._fingerprints: dict[str, str] = {}
        with suppress(OSError):
            read = last_build(str(folder))
            made = {path: file.sha256 for path, file in self._files.items()}
            if read.get(MADE) == fingerprint(made | {MANIFEST: of_bytes((folder / MANIFEST).read_bytes())}):
                self._fingerprints = read

    def has(self, part: str, fingerprints: Mapping[str, str]) -> bool:
        """Whether the files of a part are there and were made from the same."""
        own = [f"{REPORT}{part}"] if part != COMMON else []
        asked = (*(name for name in fingerprints if "/" not in name), *own, f"{OTHERS}{part}")
        now = {name: fingerprints.get(name) for name in asked}  # a report may have come since they were taken
        is_same = all(value and self._fingerprints.get(name) == value for name, value in now.items())
        return is_same and bool(files := self.files_of(part)) and are_whole(self._folder, files)

    def files_of(self, part: str) -> dict[str, Written]:
        reports = {name.removeprefix(REPORT) for name in self._fingerprints if name.startswith(REPORT)}
        folders = {path: path.partition("/")[0] for path in self._files}
        parts = {path: folder if folder in reports else COMMON for path, folder in folders.items()}
        return {path: file for path, file in self._files.items() if parts[path] == part}

    @property
    def sizes(self) -> dict[str, int]:
        """In bytes, by path."""
        sizes = {path: file.size for path, file in self._files.items()}
        return {**sizes, MANIFEST: (self._folder / MANIFEST).stat().st_size}
