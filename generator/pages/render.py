"""Documents to HTML, by templates that know structure only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from generator.model.report import Report
from generator.model.theme import Theme
from generator.pages import parts, views
from generator.pages.addresses import ARCHIVE
from generator.pages.compose import Document
from generator.pages.markdown_html import PICTURE
from generator.pages.styles import PRINT_SHEET, WEB_SHEET, assets, template_source, theme_sheet


def environment(folders: list[Path]) -> Environment:
    """Templates from the first folder that has them, so that a theme can override one."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(("html", "svg")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def web_pages(
    document: Document, templates: Environment, folder: str, base_url: str
) -> Iterator[tuple[str, str]]:
    """File name and HTML of each page of a report that lies in `folder` of the site."""
    template = templates.get_template("web.html")
    for at, page in enumerate(document.pages):
        name = _file_name(page.id)
        yield (
            name,
            template.render(
                **_web_context(document, prefix=""),
                page=page,
                part=page.content,
                previous=document.pages[at - 1] if at else None,
                next=document.pages[at + 1] if at + 1 < len(document.pages) else None,
                site_home="../index.html",
                canonical=f"{base_url}{folder}/{name}" if base_url else "",
                description=page.lead,
            ),
        )


def start_page(
    document: Document,
    templates: Environment,
    folder: str,
    base_url: str,
    archive: tuple[views.ArchiveEntry, ...],
) -> str:
    """The site's start page: the front report's overview, and the archive of all reports."""
    page = document.pages[0]
    prefix = f"{folder}/"
    return templates.get_template("start.html").render(
        **_web_context(_moved(document, prefix), prefix),
        page=page,
        part=_moved_overview(page.content, prefix),
        previous=None,
        next=next(iter(document.pages[1:]), None),
        site_home="index.html",
        canonical=base_url,
        description=page.lead,
        archive=archive,
    )


def site_pages(
    document: Document,
    templates: Environment,
    folder: str,
    base_url: str,
    archive: views.Archive,
) -> Iterator[tuple[str, str]]:
    """The pages beside the reports: the archive, and each unit over the years. None with a single report."""
    if len(archive.entries) < 2:
        return
    prefix = f"{folder}/"
    common = {
        **_web_context(_moved(document, prefix), prefix),
        "page": None,
        "previous": None,
        "next": None,
        "site_home": "index.html",
        "archive": archive.entries,
        "archive_address": _file_name(ARCHIVE),
        "followed": archive.followed,
    }

    def rendered(template: str, name: str, title: str, lead: str, **own: object) -> tuple[str, str]:
        canonical = f"{base_url}{name}" if base_url else ""
        context = {**common, **own, "current": name, "title": title, "description": lead}
        return name, templates.get_template(template).render(**context, canonical=canonical)

    lead = "Alla bokslut som är publicerade här. Talen är IMPACTindex, eller krav som är uppfyllda."
    own = {"rows": archive.rows, "years": archive.years, "legend_signals": archive.legend}
    yield rendered("archive.html", _file_name(ARCHIVE), "Alla bokslut", lead, **own)
    for one in archive.followed:
        lead = f"Så har resultaten för {one.name} ändrats mellan boksluten."
        yield rendered("development.html", _file_name(one.page), one.name, lead, development=one)


def not_found_page(document: Document, templates: Environment, theme: Theme) -> str:
    """A page that stands alone.

    Its link leads home from the site's root and from the reports' folders, by a name that both have.
    """
    plain = Theme(theme.settings.model_copy(update={"fonts": ()}), "", {})
    css = "\n".join((theme_sheet(plain), template_source(templates, "css/base.css")))
    return templates.get_template("404.html").render(report=document.head, css=css)


def report_files(report: Report, theme: Theme, templates: Environment) -> Iterator[tuple[str, bytes]]:
    """What the web pages load, by path in the report's folder: styles, fonts, symbols, pictures."""
    return _loaded_files(report, theme, templates, WEB_SHEET)


def print_files(report: Report, theme: Theme, templates: Environment) -> Iterator[tuple[str, bytes]]:
    """What the print page loads, likewise."""
    return _loaded_files(report, theme, templates, PRINT_SHEET)


def _loaded_files(
    report: Report, theme: Theme, templates: Environment, own_sheet: str
) -> Iterator[tuple[str, bytes]]:
    for name, data in assets(theme, templates, own_sheet):
        yield _asset(name), data
    for picture in report.pictures.values():
        yield picture.path, picture.data


def print_page(document: Document, templates: Environment) -> str:
    """The whole report as one page for print, with addresses inside of it."""
    return templates.get_template("print.html").render(
        medium="print",
        report=document.head,
        pages=document.pages,
        has_page={page.id for page in document.pages}.__contains__,
        link=_print_link,
        asset=_asset,
    )


def _web_context(document: Document, prefix: str) -> dict[str, object]:
    """What every web page needs; `prefix` leads from the page to the report's folder."""
    return {
        "medium": "web",
        "report": document.head,
        "pages": document.pages,
        "has_page": {page.id for page in document.pages}.__contains__,
        "link": lambda page, anchor="": _web_link(prefix, page, anchor),
        "asset": lambda name: prefix + _asset(name),
    }


def _moved(document: Document, prefix: str) -> Document:
    """The document as seen from outside of its folder."""
    head = document.head
    pdf = prefix + head.pdf if head.pdf else ""
    others = tuple(replace(one, address=_moved_address(one.address, prefix)) for one in head.others)
    archive = _moved_address(head.archive, prefix) if head.archive else ""
    moved = replace(head, pdf=pdf, data=prefix + head.data, others=others, archive=archive)
    return replace(document, head=moved)


def _moved_address(address: str, prefix: str) -> str:
    """An address that leads out of the report's folder leads from beside it."""
    return address.removeprefix("../") if address.startswith("../") else prefix + address


def _moved_overview(content: object, prefix: str) -> parts.Overview:
    """The overview with the pictures of its texts addressed from outside of the report's folder."""
    assert isinstance(content, parts.Overview)
    texts = tuple(replace(text, body=_moved_html(text.body, prefix)) for text in content.texts)
    return replace(content, texts=texts)


def _moved_html(html: Markup, prefix: str) -> Markup:
    return Markup(PICTURE.sub(lambda match: match[0].replace('src="', f'src="{prefix}'), str(html)))


def _asset(name: str) -> str:
    return f"assets/{name}"


def _web_link(prefix: str, page: str, anchor: str) -> str:
    return f"{prefix}{_file_name(page)}" + (f"#{anchor}" if anchor else "")


def _print_link(page: str, anchor: str = "") -> str:
    return f"#{anchor}" if anchor else f"#sida-{page}"


def _file_name(page: str) -> str:
    return f"{page}.html"
