"""Documents to HTML, by templates that know structure only."""

import traceback
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import NoReturn

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from generator import templating
from generator.model.frozen import Frozen
from generator.model.making import Maker, Makers
from generator.model.names import lower_first, name_key, upper_first
from generator.model.open_data import PACKAGE, RESULTS, WORKBOOK
from generator.model.places import ContentError, Place, Problem
from generator.model.report import Report
from generator.model.settings import SiteSettings
from generator.model.shown import HIDDEN
from generator.model.theme import LIGHT, PRESS, Theme
from generator.pages import views
from generator.pages.addresses import ARCHIVE, CARD, FEED, STATEMENT, goal_anchor
from generator.pages.booklet import Booklet, code_of
from generator.pages.compose import Document
from generator.pages.markdown_html import for_print, for_web
from generator.pages.numbers import count, day_or_month, long_date
from generator.pages.outline import outlined
from generator.pages.overview import Overview
from generator.pages.photos import print_file, web_files
from generator.pages.search import search_page
from generator.pages.sources import source_refs
from generator.pages.spreads import spreads_of
from generator.pages.styles import PRINT, SHEET, WEB, Sheet, assets, palette

Context = dict[str, object]
# What browsers are told to allow: nothing inline, and nothing from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'"
)


class _Templates(SandboxedEnvironment):
    """What goes wrong in a theme's template is its author's to mend; in ours it is a fault of the program."""

    def handle_exception(self, source: str | None = None) -> NoReturn:
        try:
            super().handle_exception(source)
        except Exception as error:
            assert isinstance(self.loader, FileSystemLoader)
            theme = Path(self.loader.searchpath[0])
            file, line = place_in_template(error)
            if len(self.loader.searchpath) == 1 or not file.is_relative_to(theme):
                raise
            place = Place(str(file.relative_to(theme.parent.parent)), line)
            raise ContentError([template_problem(place, error)]) from error


def place_in_template(error: Exception) -> tuple[Path, int]:
    """The template and the line where something went wrong, as a traceback tells."""
    if isinstance(error, TemplateSyntaxError):
        return Path(error.filename or error.name or ""), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    drawn = [frame for frame in frames if frame.filename.endswith((".html", ".svg"))]
    return (Path(drawn[-1].filename), drawn[-1].lineno or 0) if drawn else (Path("templates"), 0)


def template_problem(place: Place, error: Exception) -> Problem:
    return Problem(place, f"mallen går inte att använda: {error}", "Rätta mallen.")


def environment(folders: list[Path]) -> Environment:
    """Templates from the first folder that has them, so that a theme can override one, and do no more."""
    return _prepared(templating.environment(_Templates, folders))


def page_environment(folders: list[Path]) -> Environment:
    """As `environment`, for pages only: without pages of a theme they are all ours and need no sandbox."""
    *themes, own = folders
    has_others = any(path for theme in themes for path in theme.rglob("*.html"))
    if has_others:
        return environment(folders)
    made = _prepared(templating.environment(Environment, [own]))
    made.getattr = getattr  # type: ignore  # Jinja would look for keys too, and take longer
    return made


def _prepared(templates: Environment) -> Environment:
    templates.filters.update(count=count, day_or_month=day_or_month, long_date=long_date)
    templates.filters.update(lower_first=lower_first, name_key=name_key, upper_first=upper_first)
    templates.globals.update(goal_anchor=goal_anchor, hides=hides)
    templates.globals.update(results=RESULTS, workbook=WORKBOOK, package=PACKAGE)
    return templates


def hides(view: object) -> bool:
    """Whether some figure of a view, or of several, is hidden."""
    parts = vars(view).values() if isinstance(view, Frozen) else view if isinstance(view, tuple) else ()
    return view is HIDDEN or any(map(hides, parts))


class WebPages(Frozen):
    """The pages of a report that lies in `folder` of the site, and those beside it that have its frame."""

    document: Document
    templates: Environment
    folder: str
    base_url: str

    def of_report(self) -> Makers:
        """Each page by its file name."""
        pages = [page for group in self.document.menu for page in group.pages]
        common = self._in_common("", "../", "")
        in_order = zip((None, *pages), pages, (*pages[1:], None), strict=False)
        for previous, page, following in (*in_order, (None, search_page(pages), None)):
            name = _file_name(page.id)
            beside = {"previous": previous, "next": following}
            yield name, partial(self._page, "web.html", common, f"{self.folder}/{name}", page, **beside)

    def start(self, archive: tuple[views.ArchiveEntry, ...]) -> str:
        """The site's start page: the front report's overview, and the archive of all reports."""
        page, *others = (page for group in self.document.menu for page in group.pages)
        own = {"next": next(iter(others), None), "archive": archive}
        return self._page("start.html", self._common, "", page, **own)

    def of_site(self, archive: views.Archive) -> Makers:
        """The archive, and each unit over the years. None with a single report."""
        if len(archive.entries) < 2:
            return
        home = _file_name(ARCHIVE)
        common = {"archive": archive.entries, "archive_address": home, "followed": archive.followed}
        lead = "Alla bokslut som är publicerade här. Talen är IMPACTindex, eller krav som är uppfyllda."
        own = {"rows": archive.rows, "years": archive.years, "legend_signals": archive.legend}
        yield self._at_root("archive.html", home, lead, title="Alla bokslut", **common, **own)
        for unit in archive.followed:
            told = {**common, "title": unit.name, "development": unit}
            yield self._at_root("development.html", _file_name(unit.page), unit.lead, **told)

    def statement(self, site: SiteSettings) -> Makers:
        """What the site states on its accessibility, if it does."""
        if (said := site.accessibility) is not None:
            law = "lagen om tillgänglighet till digital offentlig service"
            lead = f"Webbplatsen är {said.conformance} med {law}."
            yield self._at_root("accessibility.html", _file_name(STATEMENT), lead, site=site, said=said)

    def not_found(self, prefix: str, root: str) -> str:
        """What a host shows for an address where nothing is: it leads on from the base address, however deep.

        Where that is not known `prefix` and `root` lead on, as from a page. What the page loads is always
        found by them, so that it can be seen from a disk and below any path.
        """
        ways = prefix, root, prefix
        if base := self.base_url:
            ways = f"{base}{self.folder}/", base, prefix
        lead = "Sidan har flyttats eller tagits bort, eller så blev adressen fel."
        without_address = replace(self, base_url="")
        return without_address._rendered("404.html", without_address._in_common(*ways), "", lead)

    def _page(self, template: str, common: Context, address: str, page: views.Page, **own: object) -> str:
        return self._rendered(template, common, address, page.lead, page=page, part=page.content, **own)

    def _at_root(self, template: str, name: str, lead: str, **own: object) -> tuple[str, Maker]:
        """A page at the root of the site."""
        return name, partial(self._rendered, template, self._common, name, lead, current=name, **own)

    def _rendered(self, template: str, common: Context, address: str, description: str, **own: object) -> str:
        """A page with an address on the site, "" for the first of all."""
        canonical = f"{self.base_url}{address}" if self.base_url else ""
        of_page = {"canonical": canonical, "description": description, "page": None}
        context = {**common, **of_page, "previous": None, "next": None, **own}
        return self.templates.get_template(template).render(context)

    @cached_property
    def _common(self) -> Context:
        """What pages at the root of the site have in common."""
        return self._in_common(f"{self.folder}/", "", f"{self.folder}/")

    def _in_common(self, prefix: str, root: str, loads: str) -> Context:
        """What pages have in common: from them `prefix` leads into the folder of the report, `root` to the
        first page, and `loads` to what they load, which is `prefix` too unless a host shows them anywhere.
        """
        base_url = self.base_url
        context = {
            **_common(self.document, WEB),
            "menu": self.document.menu,
            "link": lambda page, anchor="": f"{prefix}{_file_name(page)}" + (f"#{anchor}" if anchor else ""),
            "asset": lambda name: loads + _asset(name),
            "file": lambda path: prefix + path,
            "prose": lambda body: for_web(body, self.document.pictures, prefix),
            "at_root": lambda path: root + path,
            "paint": "var(--color-{})".format,
            "type": "var(--{})".format,
            "outlined": outlined,
            "card": f"{base_url}{self.folder}/{CARD}" if base_url else "",
            "feed": f"{root}{FEED}" if base_url else "",
            "policy": POLICY,
            "is_hidden": bool(self.document.head.mark),
        }
        return templating.in_common(context)


def loaded_files(
    report: Report, theme: Theme, templates: Environment, medium: str, paper: Sheet | None = None
) -> Makers:
    """What pages load, by path in the report's folder: styles, fonts, symbols, pictures."""
    for name, make in assets(theme, templates, medium, paper):
        yield _asset(name), make
    for picture in report.shown_pictures:
        yield from web_files(picture) if medium == WEB else (print_file(picture),)


def overview_page(overview: Overview, templates: Environment) -> str:
    """The reports of many organisations on one page."""
    return templates.get_template("overview.html").render(
        overview=overview,
        medium=WEB,
        asset=_asset,
        sheet_name=SHEET,
        policy=POLICY,
        outlined=outlined,
        paint="var(--color-{})".format,
    )


def print_page(booklet: Booklet, templates: Environment, theme: Theme, paper: Sheet) -> str:
    """The whole booklet as one page, with addresses inside of it."""
    colors = palette(theme, PRESS if paper.has_inks else LIGHT)
    own = {
        "booklet": booklet,
        "pages": booklet.pages,
        "has_page": booklet.linked.__contains__,
        "details": booklet.details,
        "spreads_of": spreads_of,
        "link": lambda page, anchor="": f"#{anchor}" if anchor else f"#sida-{page}",
        "asset": _asset,
        "prose": partial(for_print, address=booklet.address),
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


def _asset(name: str) -> str:
    return f"assets/{name}"


def _file_name(page: str) -> str:
    return f"{page}.html"
