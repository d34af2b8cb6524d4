"""The story in one screen: read, score, check, render, print, write."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.model.places import ContentError, Place, Problem, Severity, has_errors, sort_problems
from generator.model.report import Site
from generator.model.results import ScoredReport
from generator.pages.indicators import weight_warnings
from generator.pages.references import reference_problems
from generator.reading import read_site
from generator.scoring import score_report

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates"
THEMES = PROJECT / "themes"
PDF = "bokslut.pdf"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """Content that can be published, with what the author should still look at."""

    site: Site
    reports: tuple[ScoredReport, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Built:
    """What was written: paths relative to the output folder, with their sizes in bytes."""

    folder: Path
    sizes: dict[str, int]
    warnings: tuple[Problem, ...]


def check(content: Path) -> Checked:
    """Reads and scores everything. Raises ContentError with every problem found."""
    site = read_site(content, THEMES)
    reports = tuple(score_report(report) for report in site.reports)
    problems = [*site.warnings]
    for report in reports:
        problems += reference_problems(report)
        problems += _weight_problems(report, content)
    if has_errors(problems):
        raise ContentError(problems)
    return Checked(site, reports, tuple(sort_problems(problems)))


def build(content: Path, folder: Path, progress: Progress, *, with_pdf: bool = True) -> Built:
    """Publishes the content into a folder. Raises ContentError or OutputError, and then writes nothing."""
    from generator import publishing

    progress("Läser och räknar")
    checked = check(content)
    with publishing.Output(folder) as output:
        for path, data in _files(checked, progress, with_pdf=with_pdf):
            output.add(path, data)
        output.add("manifest.json", publishing.manifest(output.files))
        progress(f"Skriver {len(output.files)} filer")
    sizes = {path: len(data) for path, data in output.files.items()}
    return Built(output.folder, sizes, checked.warnings)


def _files(checked: Checked, progress: Progress, *, with_pdf: bool) -> Iterator[tuple[str, bytes | str]]:
    """Every file of the site, by its path in the output."""
    from generator.pages import compose, render, views
    from generator.publishing import data_files, robots, sitemap

    site = checked.site
    base_url = (site.settings.base_url or "").rstrip("/") + "/" if site.settings.base_url else ""
    addresses = [""]
    archive = []
    for scored in checked.reports:
        report = scored.report
        theme = site.themes[report.settings.theme]
        templates = render.environment([THEMES / report.settings.theme, TEMPLATES])
        progress(f"{report.settings.title}: sidor")
        document = compose.compose(scored, site, pdf=PDF if with_pdf else "")
        for name, html in render.web_pages(document, templates, report.id, base_url):
            addresses.append(f"{report.id}/{name}")
            yield f"{report.id}/{name}", html
        files = dict(render.report_files(report, theme, templates))
        yield from ((f"{report.id}/{name}", data) for name, data in files.items())
        yield from ((f"{report.id}/{name}", text) for name, text in data_files(scored))
        if with_pdf:
            from generator.printing import write_pdf

            progress(f"{report.settings.title}: pdf")
            html = render.print_page(document, templates)
            yield f"{report.id}/{PDF}", write_pdf(html, files, _build_date(scored))
        archive.append(
            views.ArchiveEntry(
                f"{report.id}/index.html", document.head.title, document.head.year, document.index
            )
        )
        if report is site.front:
            front = (document, templates, theme)
    document, templates, theme = front
    yield (
        "index.html",
        render.start_page(document, templates, site.front.id, base_url, tuple(archive)),
    )
    yield "404.html", render.not_found_page(document, templates, theme)
    yield "robots.txt", robots(base_url)
    if base_url:
        yield "sitemap.xml", sitemap(base_url, addresses)


def _weight_problems(scored: ScoredReport, content: Path) -> Iterator[Problem]:
    place = Place(f"{content.name}/{scored.report.id}/budget.yaml")
    for sentence in weight_warnings(scored.association):
        yield Problem(place, sentence, "Ändra vikterna, eller idealvikten.", Severity.WARNING)


def _build_date(scored: ScoredReport) -> datetime.datetime:
    """The date that files state: SOURCE_DATE_EPOCH if set, or else the day of publication."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.combine(scored.report.settings.published, datetime.time(), tzinfo=datetime.UTC)
