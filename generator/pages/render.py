"""Documents to HTML, by templates that know structure only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from generator.model.report import Report
from generator.model.theme import Theme
from generator.pages import views
from generator.pages.addresses import ARCHIVE
from generator.pages.compose import Document
from generator.pages.markdown_html import PICTURE
from generator.pages.search import search_page
from generator.pages.styles import assets, template_source, theme_sheet


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
    template, pages = templates.get_template("web.html"), document.pages
    in_order = zip((None, *pages), pages, (*pages[1:], None), strict=False)
    for previous, page, following in (*in_order, (None, search_page(pages), None)):
        name = _file_name(page.id)
        own = {"page": page, "part": page.content, "previous": previous, "next": following}
        yield (
            name,
            template.render(
                _web(document, base_url, f"{folder}/{name}", page.lead), **own, site_home="../index.html"
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
    prefix = f"{folder}/"
    page, *others = document.pages
    page = replace(page, texts=tuple(_moved_text(text, prefix) for text in page.texts))
    own = {"page": page, "part": page.content, "next": next(iter(others), None), "archive": archive}
    context = _web(document, base_url, "", page.lead, prefix)
    return templates.get_template("start.html").render(context, **own)


def site_pages(
    document: Document, templates: Environment, folder: str, base_url: str, archive: views.Archive
) -> Iterator[tuple[str, str]]:
    """The pages beside the reports: the archive, and each unit over the years. None with a single report."""
    if len(archive.entries) < 2:
        return

    def rendered(template: str, name: str, title: str, lead: str, **own: object) -> tuple[str, str]:
        context = _web(document, base_url, name, lead, f"{folder}/")
        context |= {"archive": archive.entries, "archive_address": home, "followed": archive.followed}
        return name, templates.get_template(template).render(context, current=name, title=title, **own)

    home = _file_name(ARCHIVE)
    lead = "Alla bokslut som är publicerade här. Talen är IMPACTindex, eller krav som är uppfyllda."
    own = {"rows": archive.rows, "years": archive.years, "legend_signals": archive.legend}
    yield rendered("archive.html", home, "Alla bokslut", lead, **own)
    for unit in archive.followed:
        lead = f"Så har resultaten för {unit.name} ändrats mellan boksluten."
        yield rendered("development.html", _file_name(unit.page), unit.name, lead, development=unit)


def not_found_page(document: Document, templates: Environment, theme: Theme) -> str:
    """A page that stands alone.

    Its link leads home from the site's root and from the reports' folders, by a name that both have.
    """
    plain = Theme(theme.settings.model_copy(update={"fonts": ()}), "", {})
    css = "\n".join((theme_sheet(plain), template_source(templates, "css/base.css")))
    return templates.get_template("404.html").render(report=document.head, css=css)


def loaded_files(
    report: Report, theme: Theme, templates: Environment, own_sheet: str
) -> Iterator[tuple[str, bytes]]:
    """What pages load, by path in the report's folder: styles, fonts, symbols, pictures.

    `own_sheet` is that of the web or of print.
    """
    for name, data in assets(theme, templates, own_sheet):
        yield _asset(name), data
    for picture in report.pictures.values():
        yield picture.path, picture.data


def print_page(document: Document, templates: Environment) -> str:
    """The whole report as one page for print, with addresses inside of it."""
    context = {**_common(document), "medium": "print", "link": _print_link, "asset": _asset}
    return templates.get_template("print.html").render(context)


def _common(document: Document) -> dict[str, object]:
    pages = document.pages
    return {"report": document.head, "pages": pages, "has_page": {page.id for page in pages}.__contains__}


def _web(
    document: Document, base_url: str, address: str, description: str, prefix: str = ""
) -> dict[str, object]:
    """What every web page needs: one with an `address` on the site, "" for the first of all.

    `prefix` leads from a page beside the report's folder into it.
    """
    return {
        **_common(document),
        **({"report": _moved(document.head, prefix)} if prefix else {}),
        "medium": "web",
        "link": lambda page, anchor="": f"{prefix}{_file_name(page)}" + (f"#{anchor}" if anchor else ""),
        "asset": lambda name: prefix + _asset(name),
        "file": lambda path: prefix + path,
        "descriptions": document.descriptions,
        "canonical": f"{base_url}{address}" if base_url else "",
        "description": description,
        "page": None,
        "previous": None,
        "next": None,
        "site_home": "index.html",
    }


def _moved(head: views.ReportHead, prefix: str) -> views.ReportHead:
    """What is said of a report, with addresses from beside its folder."""

    def moved(address: str) -> str:
        if address.startswith("../"):
            return address.removeprefix("../")
        return prefix + address if address else ""

    others = tuple(replace(entry, address=moved(entry.address)) for entry in head.others)
    archive = moved(head.archive)
    return replace(head, pdf=moved(head.pdf), data=moved(head.data), others=others, archive=archive)


def _moved_text(text: views.Text, prefix: str) -> views.Text:
    """A text with its pictures addressed from beside the report's folder."""
    body = PICTURE.sub(lambda match: match[0].replace('src="', f'src="{prefix}'), str(text.body))
    return replace(text, body=Markup(body))


def _asset(name: str) -> str:
    return f"assets/{name}"


def _print_link(page: str, anchor: str = "") -> str:
    return f"#{anchor}" if anchor else f"#sida-{page}"


def _file_name(page: str) -> str:
    return f"{page}.html"
