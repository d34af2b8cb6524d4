"""Markdown from many hands to HTML that is safe to publish; links in it lead to full addresses."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

import markdown
import nh3
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markupsafe import Markup

from generator.model.names import name_key
from generator.model.narrative import Markdown, Picture
from generator.model.places import Problem
from generator.pages.numbers import typographic

SCHEMES = ("http", "https", "mailto")
_LINK = re.compile(r"(?<![!\\])\[[^\]\n]*\]\(\s*<?(?P<target>[^)\s>]+)")
_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr",
    "code", "sup", "sub", "table", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
SWEDISH_QUOTES = {
    "left-single-quote": "’",
    "right-single-quote": "’",
    "left-double-quote": "”",
    "right-double-quote": "”",
}
ENGLISH_QUOTES = {**SWEDISH_QUOTES, "left-single-quote": "\u2018", "left-double-quote": "“"}
_HEADER_CELL = re.compile(r"<th(?=[ >])")
_PICTURE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
PICTURE = re.compile(r'<img [^>]*?src="(?P<path>[^"]*)"')
_TEXT_BETWEEN_TAGS = re.compile(r">([^<]+)<")


def to_html(
    source: str, anchor: str, pictures: Mapping[str, Picture], quotes: Mapping[str, str] = SWEDISH_QUOTES
) -> Markup:
    """Sanitised HTML. `## ` becomes h3, below the text's title; the ids of headings begin with `anchor`."""
    toc = TocExtension(baselevel=2, slugify=lambda text, _: f"{anchor}-{name_key(text)}")
    smarty = SmartyExtension(smart_dashes=True, smart_ellipses=True, substitutions=quotes)
    html = markdown.markdown(source, extensions=["tables", "sane_lists", toc, smarty], output_format="html")
    html = nh3.clean(
        _HEADER_CELL.sub('<th scope="col"', html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _keep(tag, name, value, anchor, pictures),
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    html = _PICTURE_WITHOUT_SOURCE.sub("", html)
    html = PICTURE.sub(lambda match: match[0] + _size_of(match["path"], pictures), html)
    return Markup(_TEXT_BETWEEN_TAGS.sub(lambda match: f">{typographic(match[1])}<", html))


def _keep(tag: str, name: str, value: str, anchor: str, pictures: Mapping[str, Picture]) -> str | None:
    """Pictures are the report's own, links lead out of it, and ids begin as those of the text do."""
    match (tag, name):
        case ("img", "src"):
            return value if value in pictures else None
        case ("a", "href"):
            return value if _leads_out(value) else None
        case (_, "id"):
            return value if value.startswith(f"{anchor}-") else None
    return value


def _size_of(path: str, pictures: Mapping[str, Picture]) -> str:
    picture = pictures.get(unescape(path))
    return f' width="{picture.width}" height="{picture.height}"' if picture else ""


def _leads_out(target: str) -> bool:
    return target.partition(":")[0].lower() in SCHEMES and ":" in target


def link_problems(body: Markdown) -> Iterator[Problem]:
    """Each link that does not lead to a web address or an e-mail address."""
    for match in _LINK.finditer(body.source):
        if not _leads_out(match["target"]):
            found = f"länken ”{match['target']}” är inte en webbadress"
            remedy = "Skriv hela adressen, med https:// eller mailto: först."
            yield Problem(body.place(match.start()), found, remedy)
