"""What an author asks the preview for now and then: what figures rest on, a PDF, a place in the editor."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from generator.build import check
from generator.checking import Checked
from generator.editions import Edition, editions_of, files_of, render
from generator.engines import processes
from generator.fingerprints import PDF
from generator.model.frozen import Frozen
from generator.model.places import Place
from generator.model.report import Report
from generator.pages.addresses import anchor_of
from generator.pages.narratives import anchored
from generator.pages.sources import source_page
from generator.preview.shown import FAILED, UNDER_WAY, Shown
from generator.preview.site import Files, SiteFiles, Workshop
from generator.preview.telling import problems_of, told
from generator.reading.sources import read_sources
from generator.texts import lines_of_blocks

Spot = Mapping[str, Any]  # where what a page shows is written, as the page reads it
EDITOR = "BOKSLUT_REDIGERARE"  # ”code -g {fil}:{rad}”


class Basis(Frozen):
    """The audit edition of a report by path, whose figures lead to their rows; and where all else stands."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # the author's files, by the pages that show them


class Desk:
    """`turn` is had by one at a time of those who read and build."""

    def __init__(self, workshop: Workshop, shown: Shown) -> None:
        self.turn = Lock()
        self.pdfs: dict[str, bytes] = {}
        self._workshop, self._content, self._shown = workshop, workshop.content, shown
        self._basis, self._basis_of = Basis(), ("", 0)

    @property
    def root(self) -> Path:
        """What the names of files are relative to."""
        return self._content.parent

    def tell(self, error: Exception) -> None:
        """Why a page cannot be shown."""
        self._shown.tell(told(problems_of(error, self._content), self._content))

    def basis(self, report: str) -> Basis:
        """As of the last good pages; while something is wrong, that of the ones before."""
        with self.turn:
            wanted = (report, self._shown.now.pages)
            if wanted != self._basis_of:
                with suppress(Exception):  # which is told of the pages themselves
                    edition = _edition(self._workshop.check(), self._content, report, is_audit=True)
                    self._basis, self._basis_of = (_basis(edition) if edition else Basis()), wanted
            return self._basis

    def print(self, report: str) -> bool:
        """Begins to make a PDF, unless it is under way."""
        if self._shown.now.pdfs.get(report) != UNDER_WAY:
            self._shown.tell_pdf(report, UNDER_WAY)
            Thread(target=self._print, args=(report, self._shown.now.pages), daemon=True).start()
        return True

    def _print(self, report: str, pages: int) -> None:
        try:
            with processes(1) as process:
                self.pdfs[report] = process.submit(_pdf, self._content, report).result()
        except Exception:  # its reasons are told of the pages too
            pages = FAILED
        self._shown.tell_pdf(report, pages)

    def open(self, file: str, line: int) -> bool:
        """In the editor that is set. Only what belongs to the content is opened."""
        path = (self.root / Place(file).path).resolve()
        if not editor() or not path.is_relative_to(self._content.resolve()) or not path.is_file():
            return False
        words = shlex.split(os.environ[EDITOR], posix=os.name != "nt")
        called = [word.replace("{fil}", str(path)).replace("{rad}", str(line)) for word in words]
        if called == words:
            called.append(str(path))
        called[0] = shutil.which(called[0]) or ""
        if called[0]:
            Thread(target=subprocess.run, args=(called,), daemon=True).start()
        return bool(called[0])


def editor() -> str:
    """The program that is set, "" when none is."""
    return os.environ.get(EDITOR, "").partition(" ")[0]


def _edition(checked: Checked, content: Path, report: str, *, is_audit: bool) -> Edition | None:
    reports = checked.originals if is_audit else checked.reports
    editions = editions_of(reports, checked.site, content, pdfs=(PDF,), is_audit=is_audit)
    return next((edition for edition in editions if edition.id == report), None)


def _pdf(content: Path, report: str) -> bytes:
    edition = _edition(check(content), content, report, is_audit=False)
    assert edition is not None
    ((_, data),) = render((edition, PDF)).files
    return data


def _basis(edition: Edition) -> Basis:
    files = SiteFiles({edition.id: Files(partial(files_of, edition))}, lambda _: ())
    sources = read_sources(edition.content, edition.id)
    shown = {source_page(source.name, edition.id): source.name for source in sources}
    return Basis(files, spots_of(edition.published.report), shown)


def spots_of(report: Report) -> list[Spot]:
    """Of every block of a text, and of every indicator with its comment."""
    spots = []
    for anchor, body in anchored(report):
        places = map(body.place_of, lines_of_blocks(body.source))
        spots += [_spot(anchor, block, place) for block, place in enumerate(places)]
    for indicator in report.budget.indicators:
        spots.append(_spot(anchor_of(indicator.id), None, indicator.place()))
    for id, comment in report.outcomes.comments.items():
        spots.append(_spot(anchor_of(id), None, comment.place))
    return spots


def _spot(anchor: str, block: int | None, place: Place) -> Spot:
    """Where all that has an anchor is written, or one of the blocks in it, from 0."""
    told = str(replace(place, column=""))
    return {"anchor": anchor, "block": block, "file": place.file, "line": place.line, "told": told}
