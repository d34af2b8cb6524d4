"""A site of which only what has changed is examined, and only what somebody looks at is rendered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TypeVar

from generator.build import check
from generator.checking import Checked, Examined, Results, examine, results_of
from generator.editions import Edition, common_files, editions_of, files_of
from generator.fingerprints import OTHERS, REPORT, RESULTS, fingerprint, sources
from generator.model.making import Maker, Makers, bytes_of
from generator.model.report import Report
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


class Workshop:
    """Makes of some content what the preview shows, and keeps it until what it was made from changes."""

    def __init__(self, content: Path) -> None:
        self.content = content.absolute()
        self._results: dict[str, tuple[str, Results]] = {}
        self._examined: dict[str, tuple[str, Examined]] = {}
        self._files: dict[str, tuple[str, Files]] = {}

    def check(self) -> Checked:
        """Raises as `build.check`."""
        with self._sources() as made_from:
            return self._check(made_from)

    def site(self) -> tuple[SiteFiles, Checked]:
        """The public site without PDFs, and what it was made from. Raises as `build.check`."""
        with self._sources() as made_from:
            checked = self._check(made_from)
            editions = editions_of(checked.reports, checked.site, self.content, pdfs=(), is_audit=False)
            reports = {edition.id: self._files_of(edition, made_from) for edition in editions}
        front = next(edition for edition in editions if edition.id == checked.site.settings.front)
        return SiteFiles(reports, partial(_common, front, checked)), checked

    @contextmanager
    def _sources(self) -> Iterator[Mapping[str, str]]:
        """Hashes of what there is to make from. Nothing is kept that was made while they changed."""
        before = sources(str(self.content), pdfs=())
        try:
            yield before
        except Exception:
            self._files.clear()  # while it lasts pages are rendered by templates of another moment
            raise
        finally:
            if sources(str(self.content), pdfs=()) != before:
                for kept in (self._results, self._examined, self._files):
                    kept.clear()

    def _check(self, made_from: Mapping[str, str]) -> Checked:
        def examined(content: Path, name: str) -> Examined:
            def results(report: Report) -> Results:
                figures = made_from.get(f"{RESULTS}{name}", "")
                known = _kept(self._results, name, figures, partial(results_of, report))
                return known.with_texts_of(report)

            files = made_from.get(f"{REPORT}{name}", "")
            return _kept(self._examined, name, files, partial(examine, content, name, results=results))

        return check(self.content, examine=examined)

    def _files_of(self, edition: Edition, made_from: Mapping[str, str]) -> Files:
        own = {REPORT: made_from.get(f"{REPORT}{edition.id}", ""), OTHERS: edition.fingerprint_of_others}
        common = {name: hash for name, hash in made_from.items() if "/" not in name}
        make = partial(Files, partial(files_of, edition))
        return _kept(self._files, edition.id, fingerprint({**common, **own}), make)


def _kept(known: dict[str, tuple[str, T]], name: str, made_from: str, make: Callable[[], T]) -> T:
    """What was made before of the same, or else is made now. A hash of "" is like no other."""
    if not made_from or name not in known or known[name][0] != made_from:
        known[name] = made_from, make()
    return known[name][1]


def _common(front: Edition, checked: Checked, files: SiteFiles) -> Makers:
    yield from common_files(front, checked.reports, lambda: sorted(files.of_reports()))
    yield MANIFEST, partial(_manifest, files, checked.drafts)


def _manifest(files: Mapping[str, bytes], drafts: tuple[str, ...]) -> str:
    listed = {path: written(files[path]) for path in files if path != MANIFEST}
    return manifest_text(Manifest(listed, drafts=drafts))
