"""A report with all that its pages are made of, which may be made by another process or machine."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.caching import remembered
from generator.fingerprints import PDF, PRESS_PDF, PROOF_PDF, SUMMARY_PDF, fingerprint, of_bytes, of_program
from generator.fingerprints import PROJECT as _PROJECT
from generator.model.archive import ArchivedReport, archived
from generator.model.frozen import Frozen
from generator.model.making import Makers, bytes_of, made
from generator.model.open_data import RESULTS
from generator.model.places import ToldError
from generator.model.report import Report, Site
from generator.model.settings import SiteSettings
from generator.model.shown import ShownReport
from generator.model.theme import Theme
from generator.publishing import data_files, data_tables, from_template, host_files, result
from generator.reading import themes

if TYPE_CHECKING:
    from jinja2 import Environment

    from generator.pages.compose import Document
    from generator.pages.render import WebPages
    from generator.printing import Printed

PROJECT = Path(_PROJECT)
TEMPLATES = themes.TEMPLATES
THEMES = PROJECT / "themes"
PAGES = "webbsidorna"
PROFILE, INTENT = "assets/tryck.icc", "--tryck"  # as print-inks.css names them
NOT_FOUND = "404.html"  # of the site, and of each report, as it leads on by relative addresses
LONGEST_EPOCH = 11  # digits: enough until the year 5138

FAULTS = 10  # of a PDF, told one by one

Files = list[tuple[str, bytes]]  # two at one path are told where they are written


class Rendered(Frozen):
    """The files of a job by their paths in the report's folder, and what is to be told of them."""

    files: Files
    told: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # like itself only, so that what is composed of it can be kept
class Edition:
    """`archive` are all reports of the site, this one among them. `content` is where the author's files lie.

    The audit edition leads to them. `date` is what its files state.
    """

    published: ShownReport
    settings: SiteSettings
    theme: Theme
    archive: tuple[ArchivedReport, ...]
    archive_hash: str  # taken once for all of them
    content: Path
    date: datetime.datetime
    pdfs: tuple[str, ...]
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
    def fingerprint_of_others(self) -> str:
        """A hash of what its pages show of other reports, or hide for the sake of these."""
        published, tables = self.published, self.published.tables
        results = [result for _, result in published.every_result]
        shown = {
            "arkiv": self.archive_hash,
            "jämförelse": published.comparison,
            "antal": (tables.participants, tables.background, tables.background_sums),
            "förra": (tables.previous, published.before),
            "plan": published.planned,
            "utfall": [(result.outcome.protected, result.references) for result in results],
        }
        return fingerprint({name: of_bytes(repr(value).encode()) for name, value in shown.items()})


_PRESS = (PRESS_PDF, PROOF_PDF)
Job = tuple[Edition, str]  # a PDF by its name, or PAGES


def editions_of(
    reports: Sequence[ShownReport], site: Site, content: Path, *, pdfs: Sequence[str], is_audit: bool
) -> list[Edition]:
    """The edition of each report. Those of an audit edition are as they were before anything was hidden."""
    archive = tuple(map(archived, reports))
    beside = archive, fingerprint({"arkiv": repr(archive)}), content
    shown = tuple(pdf for pdf in pdfs if pdf == PDF or not is_audit)
    themes = (site.themes[published.report.settings.theme] for published in reports)
    return [
        Edition(published, site.settings, theme, *beside, date_of(published.report), shown, is_audit)
        for published, theme in zip(reports, themes, strict=True)
    ]


def jobs_of(editions: Iterable[Edition]) -> list[Job]:
    """What different processes can make, what takes longest first: each PDF, and the pages of each report."""
    by_size = sorted(editions, key=lambda edition: -len(edition.published.report.indicators))
    return [(edition, name) for edition in by_size for name in (*edition.pdfs, PAGES)]


def render(job: Job) -> Rendered:
    edition, name = job
    if name == PAGES:
        return Rendered(list(made(files_of(edition))))
    printed = _pdf(edition, name)
    return Rendered([(name, printed.pdf)], tuple(_told(edition, name, printed.faults)))


def files_of(edition: Edition) -> Makers:
    """All of a report but its PDFs, by path in its folder."""
    from generator.pages.addresses import CARD
    from generator.pages.card import share_card
    from generator.pages.render import loaded_files
    from generator.pages.search import INDEX, report_index
    from generator.pages.styles import WEB

    data, document = _composed(edition)
    pages = _pages(edition, document)
    report = edition.published.report
    yield from pages.of_report()
    yield from loaded_files(report, edition.theme, templates_of(report.settings.theme), WEB)
    yield from data
    yield from ((path, partial(bytes, data)) for path, data in report.attachments.items())
    yield INDEX, partial(report_index, document, edition.id)
    yield CARD, partial(share_card, document.head, edition.theme)
    yield NOT_FOUND, partial(pages.not_found, "", "../")


def render_site(front: Edition, reports: Sequence[ShownReport], written: Sequence[str]) -> Files:
    """What is common to all reports, by path. `written` are the paths of the reports' own files."""
    return list(made(common_files(front, reports, lambda: written)))


def common_files(
    front: Edition, reports: Sequence[ShownReport], written: Callable[[], Sequence[str]]
) -> Makers:
    """Each file of `render_site`, made when it is wanted; only some ask what is `written`."""
    from generator.pages.addresses import FEED
    from generator.pages.archive import archive_view
    from generator.pages.render import POLICY
    from generator.pages.search import INDEX, site_index
    from generator.scoring import developments

    archive = archive_view(
        front.archive,
        developments([published for published in reports if not published.report.is_plan]),
        front.published.report.rules,
    )
    in_frame = _pages(front, _composed(front)[1])
    pages = [*in_frame.of_site(archive), *in_frame.statement(front.settings)]
    ids = [published.report.id for published in reports]
    public = [published.report for published in reports if not published.report.is_draft]
    drafts = [published.report.id for published in reports if published.report.is_draft]
    has_statement = front.settings.accessibility is not None

    def listed() -> str:
        common = [] if front.id in drafts else ["", *(path for path, _ in pages)]  # in the frame of the front
        own = [path for path in written() if path.endswith(".html") and not path.endswith(NOT_FOUND)]
        own = [path for path in own if path.partition("/")[0] not in drafts]
        return from_template("sitemap.xml", base_url=front.root_url, pages=sorted((*common, *own)))

    def news() -> str:
        results = {entry.address.partition("/")[0]: entry for entry in archive.entries}
        latest = sorted(public, key=lambda report: (report.settings.published, report.id), reverse=True)
        entries = [(results[report.id], report.settings.published) for report in latest]
        site = {"base_url": front.root_url, "organisation": front.settings.organisation}
        return from_template("atom.xml", **site, address=FEED, entries=entries)

    yield "index.html", partial(in_frame.start, archive.entries)
    yield NOT_FOUND, partial(in_frame.not_found, f"{front.id}/", "")
    search = {"base_url": front.root_url, "is_public": not front.is_audit}
    yield "robots.txt", partial(from_template, "robots.txt", **search)
    yield from host_files(urlsplit(front.root_url).path, ids, drafts, POLICY)
    yield from pages
    yield INDEX, partial(site_index, archive, ids, has_statement=has_statement)
    if front.root_url and (licence := front.settings.licence) is not None:
        from generator.publishing.catalogue import catalogue_files

        yield from catalogue_files(front.settings, licence, reports, written)
    if front.root_url:
        yield "sitemap.xml", listed
    if front.root_url and public:
        yield FEED, news


def booklets_of(edition: Edition) -> dict[str, str]:
    """PDFs of a unit or an area that can be rendered, by the name keys of what they are of."""
    from generator.pages.booklet import parts_of

    pages = parts_of(_composed(edition)[1])
    return {name: f"{page}.pdf" for name, page in pages.items()}


@lru_cache(maxsize=1)  # its pages, its PDFs and the frame of the common pages are made after each other
def _composed(edition: Edition) -> tuple[Makers, Document]:
    from generator.pages.compose import compose
    from generator.reading.sources import read_sources

    results = cache(partial(result, edition.published))
    tables = data_tables(edition.published, results)
    data = data_files(edition.published.report, results, tables, edition.settings.licence, edition.date)
    return tuple(data), compose(
        edition.published,
        edition.settings,
        tables=tables,
        root_url=edition.root_url,
        archive=edition.archive,
        pdf=PDF if PDF in edition.pdfs else "",
        sources=read_sources(edition.content, edition.id) if edition.is_audit else (),
    )


def _pages(edition: Edition, document: Document) -> WebPages:
    from generator.pages.render import WebPages

    templates = templates_of(edition.published.report.settings.theme, only_pages=True)
    return WebPages(document, templates, edition.id, edition.root_url)


@cache
def templates_of(theme: str, *, only_pages: bool = False) -> Environment:
    """As they were when they were first asked for: `cache_clear` when they have changed."""
    from generator.pages.render import environment, page_environment

    made = (page_environment if only_pages else environment)([THEMES / theme, TEMPLATES])
    made.auto_reload = False  # or Jinja would look at the files for every page
    return made


def _pdf(edition: Edition, name: str) -> Printed:
    """The booklet for the screen with the data behind it attached, or for the printing works."""
    from generator.pages.booklet import booklet, booklet_of, summary
    from generator.pages.render import loaded_files, print_page
    from generator.pages.styles import PRINT, Sheet
    from generator.printing import in_inks, write_pdf

    data, document = _composed(edition)
    report, theme, is_press = edition.published.report, edition.theme, name in _PRESS
    profile = _profile(edition) if is_press else None
    inks = profile is not None
    size = report.settings.printing.size if is_press else "A4"
    paper = Sheet(size, is_cut=is_press, has_inks=inks, has_marks=name == PROOF_PDF)
    address = f"{edition.root_url}{edition.id}/" if edition.root_url else ""
    kinds = {PDF: booklet, SUMMARY_PDF: summary} | dict.fromkeys(_PRESS, booklet)
    made_of = kinds.get(name) or partial(booklet_of, name.removesuffix(".pdf"))
    templates = templates_of(report.settings.theme)
    pages = templates_of(report.settings.theme, only_pages=True)
    html = print_page(made_of(document, report.settings, address), pages, theme, paper)
    files = dict(made(loaded_files(report, theme, templates, PRINT, paper)))
    if profile is not None:
        shown = (picture.path for picture in report.shown_pictures)
        files |= {path: in_inks(files[path], profile) for path in shown}
        files[PROFILE] = profile
    folder = PurePosixPath(RESULTS).parent
    paths = ((PurePosixPath(path), make) for path, make in data if name == PDF)
    attached = {path.name: bytes_of(make) for path, make in paths if path.parent == folder}
    intent = [INTENT] if inks else []
    hashes = {
        "program": of_program(),
        "sida": of_bytes(html.encode(errors="surrogateescape")),
        "filer": _of_files(files),
        "bilagor": _of_files(attached),
        "datum": repr((edition.date, intent)),
    }
    return remembered(
        f"pdf/{of_bytes(bytes(edition.content / edition.id / name))}",
        partial(fingerprint, hashes),
        partial(write_pdf, html, files, edition.date, attached, *intent),
    )


def _of_files(files: Mapping[str, bytes]) -> str:
    return fingerprint({path: of_bytes(data) for path, data in files.items()})


def _profile(edition: Edition) -> bytes | None:
    from generator.printing import profile_of

    paper = edition.published.report.settings.printing.paper
    return profile_of(paper) if edition.theme.settings.inks else None


def _told(edition: Edition, name: str, faults: Sequence[str]) -> Iterator[str]:
    """What is wrong with a PDF. Why one for the printing works has the colours of the screen comes first."""
    from generator.printing.press import PROFILES

    if name in _PRESS and not edition.theme.settings.inks:
        yield f"{name} har skärmens färger: temat har inga tryckfärger. Lägg till dem under ”inks”."
    elif name in _PRESS and _profile(edition) is None:
        profile = PROFILES[edition.published.report.settings.printing.paper]
        yield f"{name} har skärmens färger: profilen {profile} saknas. Installera icc-profiles."
    yield from (f"{name}, {fault}" for fault in faults[:FAULTS])
    if len(faults) > FAULTS:
        yield f"{name} har {len(faults) - FAULTS} fel till av samma slag."


def date_of(report: Report) -> datetime.datetime:
    """The date that files state: SOURCE_DATE_EPOCH if set, or else the day of publication."""
    epoch = source_epoch()
    if epoch is not None:
        return datetime.datetime.fromtimestamp(epoch, datetime.UTC)
    return datetime.datetime.combine(report.settings.published, datetime.time(), tzinfo=datetime.UTC)


def source_epoch() -> int | None:
    """Seconds since 1970 that the environment asks files to state. Raises ToldError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(f"[0-9]{{0,{LONGEST_EPOCH}}}", epoch) is None:
        raise ToldError(f"SOURCE_DATE_EPOCH är ”{epoch}”, men ska vara ett antal sekunder sedan 1970.")
    return int(epoch) if epoch else None
