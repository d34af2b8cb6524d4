"""The story in one screen: read, score, check, render, print, write."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.places import ContentError, Problem, Severity, has_errors, sort_problems
from generator.model.published import PublishedReport
from generator.model.report import Report, Site
from generator.model.results import ScoredReport
from generator.model.theme import Theme
from generator.pages.addresses import address_problems
from generator.pages.indicators import weight_warnings
from generator.pages.links import link_problems
from generator.pages.method import decided_text
from generator.pages.reconciled import difference_problems
from generator.pages.references import reference_problems
from generator.protecting.report import hide_as_before, protect
from generator.reading import read_site
from generator.reconciling import completeness_problems, reconcile
from generator.scoring import as_published, compare, follow_up, score_report

if TYPE_CHECKING:
    from jinja2 import Environment

    from generator.model.sources import SourceFile
    from generator.pages.compose import Document

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
    protected = [protect(one, of, problems) for one, of in zip(scored, originals, strict=True)]
    reports = tuple(map(follow_up, _compared(hide_as_before(protected))))
    for published in reports:
        problems += address_problems(published.report)
        problems += reference_problems(published)
        problems += (fault for body in published.report.bodies for fault in link_problems(body))
        problems += _weight_problems(published)
        problems += _seal_problems(published)
    if has_errors(problems):
        raise ContentError(problems)
    originals = tuple(map(follow_up, originals))
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

    output = publishing.Output(folder, is_public=not is_audit)
    if output.folder.is_relative_to(content.resolve()):
        raise publishing.OutputError("Resultatet kan inte ligga i innehållsmappen. Välj en annan med --ut.")
    progress("Läser och räknar")
    checked = check(content)
    with output:
        editions = _editions(checked, content, PDF if with_pdf else "", is_audit=is_audit)
        for path, data in _files(editions, checked.site, progress):
            output.add(path, data)
        output.add("manifest.json", publishing.manifest(output.files, is_public=not is_audit))
        progress(f"Skriver {len(output.files)} filer")
    sizes = {path: len(data) for path, data in output.files.items()}
    return Built(output.folder, sizes, checked.warnings)


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


def _editions(checked: Checked, content: Path, pdf: str, *, is_audit: bool) -> list[_Edition]:
    """The public edition of each report, or the audit edition, where nothing is hidden."""
    from generator.reading.sources import read_sources

    if not is_audit:
        return [_edition(one, checked.site, pdf, ()) for one in checked.reports]
    return [
        _edition(one, checked.site, pdf, read_sources(content, one.report.id)) for one in checked.originals
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
    return write_pdf(html, files, date_of(edition.published.report))


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


def _seal_problems(published: PublishedReport) -> Iterator[Problem]:
    """That the content is no longer what was decided."""
    state = published.report.seal
    if state is not None and not state.is_unchanged:
        remedy = f"Se vad med bokslut jämför {published.report.id}. Är det beslutat? Fastställ då på nytt."
        yield Problem(state.seal.place(), decided_text(published).rstrip("."), remedy, Severity.WARNING)


def date_of(report: Report) -> datetime.datetime:
    """The date that files state: SOURCE_DATE_EPOCH if set, or else the day of publication."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and len(epoch) <= LONGEST_EPOCH:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.combine(report.settings.published, datetime.time(), tzinfo=datetime.UTC)
