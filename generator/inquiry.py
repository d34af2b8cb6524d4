"""Questions about reports: what a figure rests on, why two indexes differ, what was decided, its tables."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.build import check
from generator.editions import THEMES, date_of
from generator.fingerprints import SITE_FILE, is_report
from generator.model.names import remedy_for_unknown
from generator.model.places import ContentError, Problem, ToldError, has_errors
from generator.model.report import Report
from generator.model.results import ScoredReport, UnitResult
from generator.model.shown import ShownReport
from generator.reading import read_report, read_site
from generator.scoring import changes_since, compare, compare_unit, score_report, seal_of, unit_of_seal

if TYPE_CHECKING:
    from generator.model.seal import SealState
    from generator.model.sources import SourceFile
    from generator.pages.views import Comparison, Explanation

T = TypeVar("T")


class UnknownNameError(ToldError):
    """A report, a unit or a figure that is named does not exist."""


def explain(content: Path, figure: str, report_id: str = "") -> tuple[Explanation, tuple[SourceFile, ...]]:
    """A figure explained, and the report's files. Raises ContentError, and UnknownNameError for the name."""
    from generator.figures import Figures, UnknownFigureError
    from generator.pages.explanations import explanation
    from generator.reading.sources import read_sources

    published = _original(content, report_id)
    try:
        found = Figures(published, published.association).find(figure)
    except UnknownFigureError as error:
        remedy = str(error) or "Handboken listar hur en uppgift skrivs."
        raise UnknownNameError(f"”{figure}” går inte att tolka. {remedy}") from None
    return explanation(found, published), read_sources(content, published.report.id)


def list_figures(content: Path, unit: str = "", report_id: str = "") -> dict[str, list[tuple[str, str]]]:
    """Each name with its value as readers see it today, by what it is of. Raises as `explain` does."""
    from generator.figures import UnknownFigureError, names_of
    from generator.pages.references import References

    checked = check(content)
    reports = {published.report.id: published for published in checked.reports}
    published = _of_id(reports, report_id or checked.site.settings.front)
    result = _unit_named(published, unit)
    references, listed = References(published, result), dict[str, list[tuple[str, str]]]()
    for kind, name in names_of(published, result):
        with suppress(UnknownFigureError):  # it has no value yet
            listed.setdefault(kind, []).append((name, references.resolve(name)))
    return listed


def compare_reports(
    content: Path, before: str, after: str, unit: str = ""
) -> tuple[Comparison, SealState | None]:
    """Why the index of one report differs from that of another.

    Each is a folder with content, a report's folder, or the name of a report in `content`. With no
    `after` a report is compared with what was decided, from which its files may differ too. Raises
    ContentError, or UnknownNameError.
    """
    from generator.pages.comparing import comparison_view
    from generator.pages.plan import plan_comparison

    first = _scored_at(content, before)
    if after:
        last = _scored_at(content, after)
        titles = _told_apart(first, last, before, after)
        if first.report.is_plan or last.report.is_plan:
            if unit:
                raise UnknownNameError("En plan jämförs bara i sin helhet, inte för en enhet.")
            planned = replace(changes_since(first.report, last.report), title=titles[0])
            return plan_comparison(planned, titles[1]), None
        units = _unit_named(first, unit), _unit_named(last, unit)
        found = compare_unit(*units, (first.report, last.report))
        return comparison_view(found, *titles, last.report.rules), None
    state = first.report.seal
    if state is None:
        raise UnknownNameError(
            f"{first.report.settings.title} är inte fastställt. Ange två bokslut att jämföra."
        )
    if unit:
        raise UnknownNameError("Det som är fastställt jämförs bara i sin helhet, inte för en enhet.")
    decided = f"Fastställt {state.seal.decided}"
    found = compare(unit_of_seal(state.seal, first), first.association, first.report.rules)
    return comparison_view(found, decided, "Nu", first.report.rules), state


def decide(content: Path, report_id: str, decided: datetime.date, by: str, program: str) -> Path:
    """Records what was decided; returns the file. Raises ContentError, UnknownNameError or OutputError."""
    from generator.publishing.sealing import write_seal
    from generator.reading.files import Folder
    from generator.reading.seals import hashes

    report = _original(content, report_id).report
    problems: list[Problem] = []
    folder = Folder(content / report.id, f"{content.name}/{report.id}", problems)
    scored = _scored_at(content, str(content / report.id))
    seal = seal_of(scored, hashes(folder), decided, by, program)
    if problems:
        raise ContentError(problems)
    return write_seal(seal, content / report.id)


def export_tables(content: Path, report_id: str, path: Path, *, overwrite: bool = False) -> tuple[str, ...]:
    """Writes what a report defines, and its tables, as one workbook; returns the names of its sheets.

    Raises ContentError when the content cannot be read, UnknownNameError, and OutputError. What does not
    add up is no hindrance: that may be why the tables are wanted.
    """
    from generator.publishing.workbook import write_workbook
    from generator.reading.sources import workbook_sheets

    report = read_named(content, report_id)
    tables = workbook_sheets(content, report)
    write_workbook(tables, path, date_of(report), overwrite=overwrite)
    return tuple(table.sheet for table in tables)


def _original(content: Path, report_id: str) -> ShownReport:
    """A report of sound content as it is, before anything is hidden; that of the front page unless named."""
    checked = check(content)
    originals = {published.report.id: published for published in checked.originals}
    return _of_id(originals, report_id or checked.site.settings.front)


def read_named(content: Path, report_id: str = "") -> Report:
    """A report of content that can be read; that of the front page unless one is named."""
    site, reports = read_site(content, THEMES)
    return _of_id({report.id: report for report in reports}, report_id or site.settings.front)


def _of_id(reports: Mapping[str, T], id: str) -> T:
    if id not in reports:
        raise UnknownNameError(f"Rapporten ”{id}” finns inte. {remedy_for_unknown(id, reports)}")
    return reports[id]


def _scored_at(content: Path, named: str) -> ScoredReport:
    """The report of a folder with content, of a report's folder, or with an id in the content."""
    path = Path(named)
    if not is_report(path) and not (path / SITE_FILE).is_file():
        path = content / named
    if is_report(path):
        problems: list[Problem] = []
        found, beside = path.resolve(), path.resolve().parent
        report = read_report(found, f"{beside.name}/{found.name}", problems)
        if report is None or has_errors(problems):
            raise ContentError(problems)
    elif (path / SITE_FILE).is_file():
        beside, report = path, read_named(path)
    else:
        raise UnknownNameError(
            f"”{named}” är varken en mapp med innehåll eller en rapport i {content}."
            " Ange till exempel 2021-umearegionen eller utkast/2021-umearegionen."
        )
    if report.asks_earlier_years and (beside / SITE_FILE).is_file():
        report = report.with_earlier_years(check(beside).earlier.get(report.id, {}))
    return score_report(report)


def _unit_named(scored: ScoredReport | ShownReport, name: str) -> UnitResult:
    if not name:
        return scored.association
    for unit in scored.every_unit:
        if unit.unit.is_called(name):
            return unit
    known = [unit.unit.name for unit in scored.every_unit]
    where = scored.report.settings.title
    raise UnknownNameError(f"Enheten ”{name}” finns inte i {where}. {remedy_for_unknown(name, known)}")


def _told_apart(first: ScoredReport, last: ScoredReport, before: str, after: str) -> tuple[str, str]:
    """Titles; two versions of one report are told apart by where they lie."""
    titles = (first.report.settings.title, last.report.settings.title)
    return titles if titles[0] != titles[1] else (f"{titles[0]} ({before})", f"{titles[1]} ({after})")
