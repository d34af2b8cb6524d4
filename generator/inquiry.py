"""Questions about reports: what a figure rests on, why two indexes differ, what was decided, its tables."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build import Checked, check
from generator.editions import THEMES, date_of
from generator.model.names import name_key, remedy_for_unknown
from generator.model.places import ContentError, Problem, has_errors
from generator.model.published import PublishedReport
from generator.model.report import Report
from generator.model.results import ScoredReport, UnitResult
from generator.reading import read_report, read_site
from generator.scoring import compare, score_report, seal_of, unit_of_seal

if TYPE_CHECKING:
    from generator.model.seal import SealState
    from generator.model.sources import SourceFile
    from generator.pages.views import Comparison, Explanation


def explain(content: Path, figure: str, report_id: str = "") -> tuple[Explanation, tuple[SourceFile, ...]]:
    """A figure of a report explained, and the report's files; that of the front page unless one is named.

    Raises ContentError when the content has errors, and UnknownFigureError for a name that means nothing.
    """
    from generator.figures import Figures, UnknownFigureError
    from generator.pages.explanations import explanation
    from generator.reading.sources import read_sources

    checked = check(content)
    published = _report_named(checked, report_id or checked.site.settings.front)
    try:
        found = Figures(published, published.association).find(figure)
    except UnknownFigureError as error:
        remedy = str(error) or "Handboken listar hur en uppgift skrivs."
        raise UnknownFigureError(f"”{figure}” går inte att tolka. {remedy}") from None
    return explanation(found, published), read_sources(content, published.report.id)


def compare_reports(content: Path, before: str, after: str, unit: str = "") -> Comparison:
    """Why the index of one report differs from that of another.

    Each is a folder with content, a report's folder, or the name of a report in `content`. With no
    `after` a report is compared with what was decided. Raises ContentError, or UnknownReportError.
    """
    from generator.pages.comparing import comparison_view

    first = _scored_at(content, before)
    if after:
        last = _scored_at(content, after)
        titles = _told_apart(first, last, before, after)
        is_backwards = first.report.year > last.report.year
        found = compare(_unit_named(first, unit), _unit_named(last, unit), is_backwards=is_backwards)
        return comparison_view(found, *titles, last.report.rules)
    state = first.report.seal
    if state is None:
        raise UnknownReportError(
            f"{first.report.settings.title} är inte fastställt. Ange två bokslut att jämföra."
        )
    if unit:
        raise UnknownReportError("Det som är fastställt jämförs bara i sin helhet, inte för en enhet.")
    decided = f"Fastställt {state.seal.decided}"
    found = compare(unit_of_seal(state.seal, first), first.association)
    return comparison_view(found, decided, "Nu", first.report.rules)


def changes_since_decision(content: Path, report: str) -> SealState | None:
    """The files of a report that differ from those that were decided; None when nothing was."""
    return _scored_at(content, report).report.seal


def decide(content: Path, report_id: str, decided: datetime.date, by: str, program: str) -> Path:
    """Records what was decided beside the content; returns the file.

    Raises ContentError when the content has errors, UnknownReportError, and OutputError when a decision
    is recorded already.
    """
    from generator.publishing.sealing import write_seal
    from generator.reading.files import Folder
    from generator.reading.seals import hashes

    checked = check(content)
    report = _report_named(checked, report_id or checked.site.settings.front).report
    problems: list[Problem] = []
    folder = Folder(content / report.id, f"{content.name}/{report.id}", problems)
    scored = _scored_at(content, str(content / report.id))
    seal = seal_of(scored, hashes(folder), decided, by, program)
    if problems:
        raise ContentError(problems)
    return write_seal(seal, content / report.id)


def export_tables(content: Path, report_id: str, path: Path, *, overwrite: bool = False) -> tuple[str, ...]:
    """Writes the tables of a report as one workbook; returns the names of its sheets.

    Raises ContentError when the content cannot be read, UnknownReportError, and OutputError. What does not
    add up is no hindrance: that may be why the tables are wanted.
    """
    from generator.publishing import OutputError
    from generator.publishing.workbook import write_workbook
    from generator.reading.sources import read_tables

    site, reports = read_site(content, THEMES)
    report = _of_id(reports, report_id or site.settings.front)
    tables = read_tables(content, report)
    if not tables:
        raise OutputError(f"{report.settings.title} har inga tabeller.")
    write_workbook(tables, path, date_of(report), overwrite=overwrite)
    return tuple(table.sheet for table in tables)


class UnknownReportError(Exception):
    """A report or a unit that is named does not exist; the message says which do, in Swedish."""


def _report_named(checked: Checked, id: str) -> PublishedReport:
    report = _of_id([one.report for one in checked.originals], id)
    return next(one for one in checked.originals if one.report is report)


def _of_id(reports: Sequence[Report], id: str) -> Report:
    for report in reports:
        if report.id == id:
            return report
    known = [report.id for report in reports]
    raise UnknownReportError(f"Rapporten ”{id}” finns inte. {remedy_for_unknown(id, known)}")


def _scored_at(content: Path, named: str) -> ScoredReport:
    """The report of a folder with content, of a report's folder, or with an id in the content."""
    path = Path(named)
    if not (path / "bokslut.yaml").is_file() and not (path / "webbplats.yaml").is_file():
        path = content / named
    if (path / "bokslut.yaml").is_file():
        problems: list[Problem] = []
        report = read_report(path.resolve(), f"{path.resolve().parent.name}/{path.resolve().name}", problems)
        if report is None or has_errors(problems):
            raise ContentError(problems)
        return score_report(report)
    if (path / "webbplats.yaml").is_file():
        site, reports = read_site(path, THEMES)
        return score_report(_of_id(reports, site.settings.front))
    raise UnknownReportError(
        f"”{named}” är varken en mapp med innehåll eller en rapport i {content}."
        " Ange till exempel 2021-umearegionen eller utkast/2021-umearegionen."
    )


def _unit_named(scored: ScoredReport, name: str) -> UnitResult:
    units = (scored.association, *scored.units)
    if not name:
        return scored.association
    for unit in units:
        names = (unit.unit.id, name_key(unit.unit.name), name_key(unit.unit.short_name or ""))
        if name_key(name) and name_key(name) in names:
            return unit
    known = [unit.unit.name for unit in units]
    raise UnknownReportError(f"Enheten ”{name}” finns inte. {remedy_for_unknown(name, known)}")


def _told_apart(first: ScoredReport, last: ScoredReport, before: str, after: str) -> tuple[str, str]:
    """Titles; two versions of one report are told apart by where they lie."""
    titles = (first.report.settings.title, last.report.settings.title)
    return titles if titles[0] != titles[1] else (f"{titles[0]} ({before})", f"{titles[1]} ({after})")
