"""What the last build left in a folder, so that what has not changed need not be made again."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from generator.fingerprints import COMMON, MADE, OTHERS, REPORT, fingerprint, last_build, of_bytes
from generator.publishing.manifest import MANIFEST, Written, are_whole, read_manifest


class LastBuild:
    """The files of the last build by its manifest, and the fingerprints of what they were made from.

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

    def has(self, report: str, fingerprints: Mapping[str, str]) -> bool:
        """Whether the files of a report are there and were made from the same."""
        names = (f"{REPORT}{report}", f"{OTHERS}{report}")
        return self._is_same(names, fingerprints) and self._are_whole(self.files_of(report))

    def has_common(self, fingerprints: Mapping[str, str]) -> bool:
        """So too of what is common to the reports."""
        return self._is_same((COMMON,), fingerprints) and self._are_whole(self.common_files)

    def files_of(self, report: str) -> dict[str, Written]:
        return {path: file for path, file in self._files.items() if path.startswith(f"{report}/")}

    @property
    def common_files(self) -> dict[str, Written]:
        folders = {name.removeprefix(REPORT) for name in self._fingerprints if name.startswith(REPORT)}
        return {path: file for path, file in self._files.items() if path.partition("/")[0] not in folders}

    @property
    def sizes(self) -> dict[str, int]:
        """In bytes, by path."""
        sizes = {path: file.size for path, file in self._files.items()}
        return {**sizes, MANIFEST: (self._folder / MANIFEST).stat().st_size}

    def _is_same(self, names: Iterable[str], fingerprints: Mapping[str, str]) -> bool:
        asked = (*(name for name in fingerprints if "/" not in name), *names)
        now = {name: fingerprints.get(name) for name in asked}  # a report may have come since they were taken
        return all(value and self._fingerprints.get(name) == value for name, value in now.items())

    def _are_whole(self, files: Mapping[str, Written]) -> bool:
        return bool(files) and are_whole(self._folder, files)
