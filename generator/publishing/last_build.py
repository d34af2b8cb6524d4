"""What the last build left in a folder, so that what has not changed need not be made again."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.caching import cache_folder
from generator.publishing.manifest import MANIFEST, Written, are_whole, read_manifest

# The names of fingerprints that belong to a report: of its own files, and of what it shows of others.
REPORT, OTHERS = "rapport/", "omgivning/"


def fingerprints_file(output: Path) -> Path:
    """In the user's cache and never in what is published: hashes help whoever guesses what is hidden."""
    return cache_folder() / f"{hashlib.sha256(str(output.resolve()).encode()).hexdigest()}.json"


class LastBuild:
    """The files of the last build by its manifest, and the fingerprints of what they were made from.

    Nothing is there when there was no build, or it was by an older program. A fingerprint that is "" is of
    something that could not be read, and like no other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = read_manifest(folder).files
        self._fingerprints: dict[str, str] = {}
        with suppress(OSError, RuntimeError, ValueError, AttributeError, KeyError, TypeError):
            read = json.loads(fingerprints_file(folder).read_bytes())
            if read.pop(MANIFEST) == hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest():
                self._fingerprints = {str(name): str(value) for name, value in read.items()}

    def is_made_from(self, fingerprints: Mapping[str, str]) -> bool:
        """Whether everything is there and was made from the same. Those of OTHERS are not asked for."""
        last = {name: value for name, value in self._fingerprints.items() if not name.startswith(OTHERS)}
        is_same = last == fingerprints and all(fingerprints.values())
        return is_same and bool(self._files) and are_whole(self._folder, self._files)

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

    def _listed(self, report: str) -> dict[str, Written]:
        return {path: file for path, file in self._files.items() if path.startswith(f"{report}/")}

    @property
    def sizes(self) -> dict[str, int]:
        """In bytes, by path."""
        sizes = {path: file.size for path, file in self._files.items()}
        return {**sizes, MANIFEST: (self._folder / MANIFEST).stat().st_size}


def fingerprints_text(fingerprints: Mapping[str, str], manifest: str) -> str:
    """They hold for the files of this manifest only."""
    told = {**fingerprints, MANIFEST: hashlib.sha256(manifest.encode()).hexdigest()}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
