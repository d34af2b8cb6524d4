"""A site of which only what has changed is examined, and only what somebody looks at is rendered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from generator.build import check
from generator.checking import Checked
from generator.editions import Edition, common_files, editions_of, files_of, templates_of
from generator.fingerprints import LOOKS, REPORT, SITE, of_content, of_looks
from generator.model.making import Maker, Makers, bytes_of
from generator.publishing.manifest import MANIFEST, Manifest, manifest_text, written

T = TypeVar("T")


class Files:
    """Each is made when it is asked for, and so is the list of them."""

    def __init__(self, find: Callable[[], Makers]) -> None:
        self._find, self._turn = find, RLock()
        self._makers: dict[str, Maker] = {}
        self._made: dict[str, bytes] = {}

    def makers(self) -> Mapping[str, Maker]:
        with self._turn:
            self._makers = self._makers or dict(self._find())
            return self._makers

    def __getitem__(self, path: str) -> bytes:
        with self._turn:
            if path not in self._made:
                self._made[path] = bytes_of(self.makers()[path])
            return self._made[path]


class SiteFiles(Mapping[str, bytes]):
    """Those of each report by its folder, and beside them what is common, which may ask for their paths."""

    def __init__(self, reports: Mapping[str, Files], common: Callable[[Mapping[str, bytes]], Makers]) -> None:
        self._reports, self._common = reports, Files(partial(common, self))

    def _place(self, path: str) -> tuple[Files, str]:
        folder, _, name = path.partition("/")
        return (self._reports[folder], name) if folder in self._reports else (self._common, path)

    def __getitem__(self, path: str) -> bytes:
        files, name = self._place(path)
        return files[name]

    def __contains__(self, path: object) -> bool:
        files, name = self._place(str(path))
        return name in files.makers()

    def __iter__(self) -> Iterator[str]:
        yield from self.of_reports()
        yield from self._common.makers()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def of_reports(self) -> list[str]:
        return [f"{id}/{path}" for id, files in self._reports.items() for path in files.makers()]


_NO_FILES = "-"


class Kept:
    """What was last made of each of the sources, whose `hashes` tell when they are others."""

    def __init__(self) -> None:
        self.hashes: Mapping[str, str] = {}
        self._known: dict[tuple[str, str], tuple[object, Any]] = {}

    def begin(self, hashes: Mapping[str, str]) -> None:
        """What was made of files that are gone goes too."""
        self.hashes, there = hashes, {"", *hashes}
        self._known = {name: known for name, known in self._known.items() if name[1] in there}

    def __call__(self, what: str, source: str, beside: object, make: Callable[[], T]) -> T:
        """As `Keep`. What is made of something without a hash is like nothing else."""
        hash, name = self.hashes.get(source, "") if source else _NO_FILES, (what, source)
        if not hash or name not in self._known or self._known[name][0] != (hash, beside):
            made = make()
            self._known[name] = (hash, beside), made
        value: T = self._known[name][1]
        return value

    def clear(self) -> None:
        self._known.clear()


class Workshop:
    """Makes of some content what the preview shows, and keeps it until what it was made from changes."""

    def __init__(self, content: Path) -> None:
        self.content = content.absolute()
        self._kept, self._files = Kept(), Kept()

    def check(self) -> Checked:
        """Raises as `build.check`."""
        with self._sources():
            return check(self.content, kept=self._kept)

    def site(self) -> tuple[SiteFiles, Checked]:
        """The public site without PDFs, and what it was made from. Raises as `build.check`."""
        with self._sources():
            checked = check(self.content, kept=self._kept)
            editions = editions_of(checked.reports, checked.site, self.content, pdfs=(), is_audit=False)
            reports = {edition.id: self._files_of(edition) for edition in editions}
        front = next(edition for edition in editions if edition.id == checked.site.settings.front)
        return SiteFiles(reports, partial(_common, front, checked)), checked

    @contextmanager
    def _sources(self) -> Iterator[None]:
        """Nothing is kept that was made while there was something else to make it from."""
        before = self._hashes()
        if not before[LOOKS] or before[LOOKS] != self._kept.hashes.get(LOOKS):
            templates_of.cache_clear()
        self._kept.begin(before)
        self._files.begin(before)
        try:
            yield
        except Exception:
            self._files.clear()  # while it lasts pages are rendered by templates of another moment
            raise
        finally:
            if self._hashes() != before:
                self._kept.clear()
                self._files.clear()
                templates_of.cache_clear()

    def _hashes(self) -> Mapping[str, str]:
        return {LOOKS: of_looks(), **of_content(str(self.content), has_files=True)}

    def _files_of(self, edition: Edition) -> Files:
        hashes, make = self._files.hashes, partial(Files, partial(files_of, edition))
        beside = hashes[LOOKS], hashes[SITE], edition.fingerprint_of_others
        if not all(beside):  # nobody knows whether it is the same
            return make()
        return self._files("filer", f"{REPORT}{edition.id}", beside, make)


def _common(front: Edition, checked: Checked, files: SiteFiles) -> Makers:
    yield from common_files(front, checked.reports, lambda: sorted(files.of_reports()))
    yield MANIFEST, partial(_manifest, files, checked.drafts)


def _manifest(files: Mapping[str, bytes], drafts: tuple[str, ...]) -> str:
    listed = {path: written(files[path]) for path in files if path != MANIFEST}
    return manifest_text(Manifest(listed, drafts=drafts))
