"""Documents to HTML, by templates that know structure only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

from generator.model.names import name_key
from generator.model.report import Report
from generator.model.settings import SiteSettings
from generator.model.theme import LIGHT, PRESS, Theme
from generator.pages import views
from generator.pages.addresses import ARCHIVE, CARD, FEED, STATEMENT, goal_anchor
from generator.pages.booklet import Booklet, code_of
from generator.pages.compose import Document
from generator.pages.markdown_html import for_print, for_web
from generator.pages.numbers import count, long_date
from generator.pages.outline import outlined
from generator.pages.photos import print_file, web_files
from generator.pages.search import search_page
from generator.pages.sources import source_refs
from generator.pages.spreads import spreads_of
from generator.pages.styles import PRINT, SHEET, WEB, Sheet, assets, palette
from generator.pages.wording import upper_first

# What browsers are told to allow: nothing inline, and nothing from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'"
)


def environment(folders: list[Path]) -> Environment:
    """Templates from the first folder that has them, so that a theme can override one, and do no more."""
    templates = SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(("html", "svg")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters.update(count=count, long_date=long_date, name_key=name_key, upper_first=upper_first)
    templates.globals.update(goal_anchor=goal_anchor)
    return templates


def web_pages(
    document: Document, templates: Environment, folder: str, base_url: str
) -> Iterator[tuple[str, str]]:
    """File name and HTML of each page of a report that lies in `folder` of the site."""
    template = templates.get_template("web.html")
    pages = [page for group in document.menu for page in group.pages]
    in_order = zip((None, *pages), pages, (*pages[1:], None), strict=False)
    for previous, page, following in (*in_order, (None, search_page(pages), None)):
        name = _file_name(page.id)
        own = {"page": page, "part": page.content, "previous": previous, "next": following}
        context = _web(document, base_url, folder, _Stand(f"{folder}/{name}", root="../"), page.lead)
        yield name, template.render(context, **own)


def start_page(
    document: Document,
    templates: Environment,
    folder: str,
    base_url: str,
    archive: tuple[views.ArchiveEntry, ...],
) -> str:
    """The site's start page: the front report's overview, and the archive of all reports."""
    prefix = f"{folder}/"
    page, *others = (page for group in document.menu for page in group.pages)
    own = {"page": page, "part": page.content, "next": next(iter(others), None), "archive": archive}
    context = _web(document, base_url, folder, _Stand("", prefix), page.lead)
    return templates.get_template("start.html").render(context, **own)


def site_pages(
    document: Document, templates: Environment, folder: str, base_url: str, archive: views.Archive
) -> Iterator[tuple[str, str]]:
    """The pages beside the reports: the archive, and each unit over the years. None with a single report."""
    if len(archive.entries) < 2:
        return

    def rendered(template: str, name: str, title: str, lead: str, **own: object) -> tuple[str, str]:
        context = _web(document, base_url, folder, _Stand(name, f"{folder}/"), lead)
        context |= {"archive": archive.entries, "archive_address": home, "followed": archive.followed}
        return name, templates.get_template(template).render(context, current=name, title=title, **own)

    home = _file_name(ARCHIVE)
    lead = "Alla bokslut som är publicerade här. Talen är IMPACTindex, eller krav som är uppfyllda."
    own = {"rows": archive.rows, "years": archive.years, "legend_signals": archive.legend}
    yield rendered("archive.html", home, "Alla bokslut", lead, **own)
    for unit in archive.followed:
        yield rendered("development.html", _file_name(unit.page), unit.name, unit.lead, development=unit)


def statement_pages(
    document: Document, templates: Environment, folder: str, base_url: str, site: SiteSettings
) -> Iterator[tuple[str, str]]:
    """What the site states on its accessibility, at the root of it, if it does."""
    if (said := site.accessibility) is not None:
        name = _file_name(STATEMENT)
        lead = (
            f"Webbplatsen är {said.conformance} med lagen om tillgänglighet till digital offentlig service."
        )
        context = _web(document, base_url, folder, _Stand(name, f"{folder}/"), lead)
        yield name, templates.get_template("accessibility.html").render(context, site=site, said=said)


def not_found_page(document: Document, templates: Environment, prefix: str, root: str) -> str:
    """What a host shows for an address where nothing is. `prefix` and `root` lead on, as from a page."""
    lead = "Sidan har flyttats eller tagits bort, eller så blev adressen fel."
    context = _web(document, "", "", _Stand("", prefix, root), lead)
    return templates.get_template("404.html").render(context, is_hidden=True)


def loaded_files(
    report: Report, theme: Theme, templates: Environment, medium: str, paper: Sheet | None = None
) -> Iterator[tuple[str, bytes]]:
    """What pages load, by path in the report's folder: styles, fonts, symbols, pictures."""
    for name, data in assets(theme, templates, medium, paper):
        yield _asset(name), data
    for picture in report.shown_pictures:
        yield from web_files(picture) if medium == WEB else (print_file(picture),)


def print_page(booklet: Booklet, templates: Environment, theme: Theme, paper: Sheet) -> str:
    """The whole booklet as one page, with addresses inside of it."""
    colors = palette(theme, PRESS if paper.has_inks else LIGHT)
    own = {
        "pages": booklet.pages,
        "has_page": booklet.linked.__contains__,
        "details": booklet.details,
        "spreads_of": spreads_of,
        "left_out": booklet.left_out,
        "address": booklet.address,
        "words": booklet.words,
        "subject": booklet.subject,
        "contact": booklet.contact,
        "link": lambda page, anchor="": f"#{anchor}" if anchor else f"#sida-{page}",
        "asset": _asset,
        "prose": for_print,
        "paint": colors.__getitem__,
        "type": theme.settings.tokens.get,
        "typefaces": dict.fromkeys(font.family for font in theme.settings.fonts),
        "spare_pages": 3 if paper.is_cut else 0,  # so that any number can be made even by four
        "code": code_of(booklet.address) if booklet.address else None,
    }
    return templates.get_template(booklet.template).render(_common(booklet.document, PRINT) | own)


def _common(document: Document, medium: str) -> dict[str, object]:
    pages = document.pages
    return {
        "report": document.head,
        "pages": pages,
        "has_page": {page.id for page in pages}.__contains__,
        "medium": medium,
        "sheet_name": SHEET,
        "descriptions": document.descriptions,
        "lines_of": lambda places: source_refs(places, document.head.id),
    }


@dataclass(frozen=True)
class _Stand:
    """Where a page is on the site, "" for the first of all, and what leads from it to others."""

    address: str
    prefix: str = ""  # into the folder of its report
    root: str = ""  # to the first page


def _web(
    document: Document, base_url: str, folder: str, stand: _Stand, description: str
) -> dict[str, object]:
    """What every web page needs. `folder` is that of its report."""
    prefix, root = stand.prefix, stand.root
    return {
        **_common(document, WEB),
        "report": _moved(document.head, prefix, root),
        "menu": document.menu,
        "link": lambda page, anchor="": f"{prefix}{_file_name(page)}" + (f"#{anchor}" if anchor else ""),
        "asset": lambda name: prefix + _asset(name),
        "file": lambda path: prefix + path,
        "prose": lambda body: for_web(body, document.pictures, prefix),
        "paint": "var(--color-{})".format,
        "type": "var(--{})".format,
        "outlined": outlined,
        "canonical": f"{base_url}{stand.address}" if base_url else "",
        "card": f"{base_url}{folder}/{CARD}" if base_url else "",
        "feed": f"{root}{FEED}" if base_url else "",
        "description": description,
        "policy": POLICY,
        "is_hidden": bool(document.head.mark),
        "page": None,
        "previous": None,
        "next": None,
        "site_home": f"{root}index.html",
    }


def _moved(head: views.ReportHead, prefix: str, root: str) -> views.ReportHead:
    def moved(address: str) -> str:
        if address.startswith("../"):
            return root + address.removeprefix("../")
        return prefix + address if address else ""

    return replace(
        head,
        pdf=moved(head.pdf),
        data=moved(head.data),
        others=tuple(replace(entry, address=moved(entry.address)) for entry in head.others),
        archive=moved(head.archive),
        statement=moved(head.statement),
    )


def _asset(name: str) -> str:
    return f"assets/{name}"


def _file_name(page: str) -> str:
    return f"{page}.html"
