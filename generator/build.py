"""The story in one screen: read, score, check, render, print, write."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.names import name_key, remedy_for_unknown
from generator.model.places import ContentError, Problem, Severity, has_errors, sort_problems
from generator.model.published import PublishedReport
from generator.model.report import Report, Site
from generator.model.results import ScoredReport, UnitResult
from generator.model.theme import Theme
from generator.pages.addresses import address_problems
from generator.pages.indicators import weight_warnings
from generator.pages.links import link_problems
from generator.pages.reconciled import difference_problems
from generator.pages.references import reference_problems
from generator.protecting.report import protect
from generator.reading import read_report, read_site
from generator.reconciling import completeness_problems, reconcile
from generator.scoring import as_published, compare, score_report, seal_of, unit_of_seal

if TYPE_CHECKING:
    from jinja2 import Environment

    from generator.model.seal import SealState
    from generator.model.sources import SourceFile
    from generator.pages.compose import Document
    from generator.pages.views import Comparison, Explanation

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates"
THEMES = PROJECT / "themes"
PDF = "bokslut.pdf"
DATA = "data/resultat.json"
LONGEST_EPOCH = 11  # digits: enough until the year 5138

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """Content that can be published, with what the author should still look at.

    `originals` are the same reports before disclosure control has hidden anything.
    """

    site: Site
    reports: tuple[PublishedReport, ...]
    originals: tuple[PublishedReport, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Built:
    """What was written: paths relative to the output folder, with their sizes in bytes."""

    folder: Path
    sizes: dict[str, int]
    warnings: tuple[Problem, ...]


def check(content: Path) -> Checked:
    """Reads, scores, compares and protects everything. Raises ContentError with every problem found."""
    site = read_site(content, THEMES)
    problems = [*site.warnings]
    scored = [score_report(report) for report in site.reports]
    originals = _compared([_reconciled(one, problems) for one in scored])
    reports = _compared([protect(one, of, problems) for one, of in zip(scored, originals, strict=True)])
    for published in reports:
        problems += address_problems(published.report)
        problems += reference_problems(published)
        problems += (fault for body in published.report.bodies for fault in link_problems(body))
        problems += _weight_problems(published)
    if has_errors(problems):
        raise ContentError(problems)
    return Checked(site, reports, originals, tuple(sort_problems(problems)))


def _reconciled(scored: ScoredReport, problems: list[Problem]) -> PublishedReport:
    """A report as it is published, with everything compared that must add up."""
    published = as_published(scored)
    reconciliation, undeclared = reconcile(scored, published)
    problems += undeclared
    problems += difference_problems(reconciliation, published)
    problems += completeness_problems(scored, published, reconciliation)
    return replace(published, reconciliation=reconciliation)


def _compared(reports: Sequence[PublishedReport]) -> tuple[PublishedReport, ...]:
    """Each report with what explains its index against that of the report it names."""
    by_id = {one.report.id: one for one in reports}
    compared = []
    for published in reports:
        before = by_id.get(published.report.settings.compared_with or "")
        if before is None:
            compared.append(published)
            continue
        comparison = compare(before.association, published.association)
        title = before.report.settings.title
        compared.append(replace(published, comparison=comparison, compared_title=title))
    return tuple(compared)


def build(
    content: Path, folder: Path, progress: Progress, *, with_pdf: bool = True, is_audit: bool = False
) -> Built:
    """Publishes the content into a folder. Raises ContentError or OutputError, and then writes nothing.

    The audit edition shows every figure with its source, also what disclosure control hides.
    """
    from generator import publishing

    output = publishing.Output(folder)
    if output.folder.is_relative_to(content.resolve()):
        raise publishing.OutputError("Resultatet kan inte ligga i innehållsmappen. Välj en annan med --ut.")
    progress("Läser och räknar")
    checked = check(content)
    with output:
        editions = _audit_editions(checked, content) if is_audit else _editions(checked, with_pdf=with_pdf)
        for path, data in _files(editions, checked.site, progress):
            output.add(path, data)
        output.add("manifest.json", publishing.manifest(output.files))
        progress(f"Skriver {len(output.files)} filer")
    sizes = {path: len(data) for path, data in output.files.items()}
    return Built(output.folder, sizes, checked.warnings)


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
        found = compare(_unit_named(first, unit), _unit_named(last, unit))
        return comparison_view(found, *titles, last.report.rules)
    state = first.report.seal
    if state is None:
        raise UnknownReportError(
            f"{first.report.settings.title} är inte fastställd. Ange två bokslut att jämföra."
        )
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
    scored = _scored_at(content, report.id)
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

    site = read_site(content, THEMES)
    report = _of_id(site.reports, report_id or site.settings.front)
    tables = read_tables(content, report)
    if not tables:
        raise OutputError(f"{report.settings.title} har inga tabeller.")
    write_workbook(tables, path, _date_of(report), overwrite=overwrite)
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
        return score_report(read_site(path, THEMES).front)
    raise UnknownReportError(
        f"”{named}” är varken en mapp med innehåll eller en rapport i {content}."
        " Ange till exempel 2021-umearegionen eller utkast/2021-umearegionen."
    )


def _unit_named(scored: ScoredReport, name: str) -> UnitResult:
    units = (scored.association, *scored.units)
    if not name:
        return scored.association
    for unit in units:
        if name_key(name) in (unit.unit.id, name_key(unit.unit.name)):
            return unit
    known = [unit.unit.name for unit in units]
    raise UnknownReportError(f"Enheten ”{name}” finns inte. {remedy_for_unknown(name, known)}")


def _told_apart(first: ScoredReport, last: ScoredReport, before: str, after: str) -> tuple[str, str]:
    """Titles; two versions of one report are told apart by where they lie."""
    titles = (first.report.settings.title, last.report.settings.title)
    return titles if titles[0] != titles[1] else (f"{titles[0]} ({before})", f"{titles[1]} ({after})")


@dataclass(frozen=True)
class _Edition:
    """A report with all that it is rendered by."""

    published: PublishedReport
    document: Document
    theme: Theme
    templates: Environment

    @property
    def id(self) -> str:
        return self.published.report.id


def _editions(checked: Checked, *, with_pdf: bool) -> list[_Edition]:
    pdf = PDF if with_pdf else ""
    return [_edition(one, checked.site, pdf, ()) for one in checked.reports]


def _audit_editions(checked: Checked, content: Path) -> list[_Edition]:
    from generator.reading.sources import read_sources

    return [
        _edition(one, checked.site, PDF, read_sources(content, one.report.id)) for one in checked.originals
    ]


def _files(editions: list[_Edition], site: Site, progress: Progress) -> Iterator[tuple[str, bytes | str]]:
    """Every file of the site, by its path in the output."""
    for edition in editions:
        title = edition.document.head.title
        progress(f"{title}: sidor och data")
        yield from ((f"{edition.id}/{path}", data) for path, data in _web_files(edition, site))
        if edition.document.head.pdf:
            progress(f"{title}: pdf")
            yield f"{edition.id}/{PDF}", _pdf(edition)
    yield from _site_files(editions, site)


def _edition(published: PublishedReport, site: Site, pdf: str, sources: tuple[SourceFile, ...]) -> _Edition:
    from generator.pages.compose import compose
    from generator.pages.render import environment

    theme = published.report.settings.theme
    return _Edition(
        published,
        compose(published, site, data=DATA, pdf=pdf, sources=sources),
        site.themes[theme],
        environment([THEMES / theme, TEMPLATES]),
    )


def _web_files(edition: _Edition, site: Site) -> Iterator[tuple[str, bytes | str]]:
    """The pages of a report, what they load, and its open data, by path in the report's folder."""
    from generator.pages.render import report_files, web_pages
    from generator.publishing import data_files

    root_url = "" if edition.document.head.audit else site.settings.root_url
    yield from web_pages(edition.document, edition.templates, edition.id, root_url)
    yield from report_files(edition.published.report, edition.theme, edition.templates)
    yield from data_files(edition.published)


def _pdf(edition: _Edition) -> bytes:
    from generator.pages.render import print_files, print_page
    from generator.printing import write_pdf

    html = print_page(edition.document, edition.templates)
    files = dict(print_files(edition.published.report, edition.theme, edition.templates))
    return write_pdf(html, files, _date_of(edition.published.report))


def _site_files(editions: list[_Edition], site: Site) -> Iterator[tuple[str, str]]:
    """What is common to all reports, by path in the output."""
    from generator.pages.render import not_found_page, start_page
    from generator.pages.views import ArchiveEntry
    from generator.publishing import robots, sitemap

    front = next(edition for edition in editions if edition.id == site.settings.front)
    archive = tuple(
        ArchiveEntry(f"{one.id}/index.html", one.document.head.title, one.document.index) for one in editions
    )
    is_public = not front.document.head.audit
    root_url = site.settings.root_url if is_public else ""
    yield "index.html", start_page(front.document, front.templates, front.id, root_url, archive)
    yield "404.html", not_found_page(front.document, front.templates, front.theme)
    yield "robots.txt", robots(root_url, is_public=is_public)
    if root_url:
        pages = [f"{one.id}/{page.id}.html" for one in editions for page in one.document.pages]
        yield "sitemap.xml", sitemap(root_url, ["", *pages])


def _weight_problems(published: PublishedReport) -> Iterator[Problem]:
    for area, sentence in weight_warnings(published.association):
        place = area.place("ideal_weight")
        yield Problem(place, sentence, "Ändra vikterna, eller idealvikten.", Severity.WARNING)


def _date_of(report: Report) -> datetime.datetime:
    """The date that files state: SOURCE_DATE_EPOCH if set, or else the day of publication."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and len(epoch) <= LONGEST_EPOCH:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.combine(report.settings.published, datetime.time(), tzinfo=datetime.UTC)
