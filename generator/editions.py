"""A report with all that its pages are made of, which may be made by another process or machine."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.archive import ArchivedReport
from generator.model.published import PublishedReport
from generator.model.report import Report
from generator.model.settings import SiteSettings
from generator.model.theme import Theme
from generator.reading.fingerprints import fingerprint

if TYPE_CHECKING:
    from jinja2 import Environment

    from generator.pages.compose import Document

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates"
THEMES = PROJECT / "themes"
PDF = "bokslut.pdf"
DATA = "data/resultat.json"
LONGEST_EPOCH = 11  # digits: enough until the year 5138

Files = dict[str, bytes | str]


@dataclass(frozen=True)
class Edition:
    """`archive` are all reports of the site, this one among them. `content` is where the author's files lie.

    The audit edition leads to them. `date` is what its files state.
    """

    published: PublishedReport
    settings: SiteSettings
    theme: Theme
    archive: tuple[ArchivedReport, ...]
    content: Path
    date: datetime.datetime
    with_pdf: bool
    is_audit: bool

    @property
    def id(self) -> str:
        return self.published.report.id

    @property
    def title(self) -> str:
        return self.published.report.settings.title

    @property
    def root_url(self) -> str:
        """The site's address, "" when it is not known or nobody is to find it."""
        return "" if self.is_audit else self.settings.root_url

    @property
    def around(self) -> str:
        """A hash of what its pages show of other reports."""
        tables = self.published.tables
        return fingerprint([repr(self.archive), repr(self.published.comparison), repr(tables.previous)])


def render(edition: Edition) -> Files:
    """Every file of a report by its path in the report's folder."""
    document, templates = _document(edition), _templates(edition.published.report.settings.theme)
    files = dict(_web_files(edition, document, templates))
    if edition.with_pdf:
        files[PDF] = _pdf(edition, document, templates)
    return files


def render_common(front: Edition, reports: Sequence[PublishedReport]) -> Files:
    """The pages that are common to all reports, by path in the output; `front` is on the first of them."""
    from generator.pages.archive import archive_view
    from generator.pages.render import not_found_page, site_pages, start_page
    from generator.scoring import developments

    document, templates = _document(front), _templates(front.published.report.settings.theme)
    archive = archive_view(front.archive, developments(reports), front.published.report.rules)
    return {
        "index.html": start_page(document, templates, front.id, front.root_url, archive.entries),
        "404.html": not_found_page(document, templates, front.theme),
        **dict(site_pages(document, templates, front.id, front.root_url, archive)),
    }


def _document(edition: Edition) -> Document:
    from generator.pages.compose import compose
    from generator.reading.sources import read_sources

    sources = read_sources(edition.content, edition.id) if edition.is_audit else ()
    pdf = PDF if edition.with_pdf else ""
    return compose(
        edition.published, edition.settings, data=DATA, archive=edition.archive, pdf=pdf, sources=sources
    )


@cache
def _templates(theme: str) -> Environment:
    from generator.pages.render import environment

    return environment([THEMES / theme, TEMPLATES])


def _web_files(
    edition: Edition, document: Document, templates: Environment
) -> Iterator[tuple[str, bytes | str]]:
    """The pages of a report, what they load, and its open data."""
    from generator.pages.render import loaded_files, web_pages
    from generator.pages.styles import WEB_SHEET
    from generator.publishing import data_files

    yield from web_pages(document, templates, edition.id, edition.root_url)
    yield from loaded_files(edition.published.report, edition.theme, templates, WEB_SHEET)
    yield from data_files(edition.published)


def _pdf(edition: Edition, document: Document, templates: Environment) -> bytes:
    from generator.pages.render import loaded_files, print_page
    from generator.pages.styles import PRINT_SHEET
    from generator.printing import write_pdf

    html = print_page(document, templates)
    files = dict(loaded_files(edition.published.report, edition.theme, templates, PRINT_SHEET))
    return write_pdf(html, files, edition.date)


def date_of(report: Report) -> datetime.datetime:
    """The date that files state: SOURCE_DATE_EPOCH if set, or else the day of publication."""
    epoch = source_epoch()
    if epoch is not None:
        return datetime.datetime.fromtimestamp(epoch, datetime.UTC)
    return datetime.datetime.combine(report.settings.published, datetime.time(), tzinfo=datetime.UTC)


def source_epoch() -> int | None:
    """Seconds since 1970 that the environment asks files to state."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() and len(epoch) <= LONGEST_EPOCH else None
