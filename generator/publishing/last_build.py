"""What the last build left in a folder, so that what has not changed need not be made again."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.fingerprints import MADE, OTHERS, REPORT, fingerprint, last_build, of_bytes
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
        of_all = (name for name in fingerprints if "/" not in name)
        names = (*of_all, f"{REPORT}{report}", f"{OTHERS}{report}")
        now = {name: fingerprints.get(name) for name in names}  # a report may have come since they were taken
        if any(not value or self._fingerprints.get(name) != value for name, value in now.items()):
            return False
        listed = self._listed(report)
        return bool(listed) and are_whole(self._folder, listed)

    def files_of(self, reports: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for report in sorted(reports):
            for path in self._listed(report):
                yield path, (self._folder / path).read_bytes()

    @property
    def sizes(self) -> dict[str, int]:
        """In bytes, by path."""
        sizes = {path: file.size for path, file in self._files.items()}
        return {**sizes, MANIFEST: (self._folder / MANIFEST).stat().st_size}

    def _listed(self, report: str) -> dict[str, Written]:
        return {path: file for path, file in self._files.items() if path.startswith(f"{report}/")}
