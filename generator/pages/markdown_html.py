"""Markdown from many hands to HTML that is safe to publish, with figures filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

import markdown
import nh3
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markupsafe import Markup

from generator.model.names import name_key
from generator.model.narrative import Picture
from generator.pages.numbers import NBSP

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
_SCHEMES = {"http", "https", "mailto"}
_SWEDISH_QUOTES = {
    "left-single-quote": "’",
    "right-single-quote": "’",
    "left-double-quote": "”",
    "right-double-quote": "”",
}
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:%|procent|kronor|kr|tkr|personer|st)\b|%|\d{3}\b)")
_TEXT_BETWEEN_TAGS = re.compile(r">([^<]+)<")


def to_html(source: str, anchor: str, pictures: Mapping[str, Picture]) -> Markup:
    """Sanitised HTML. `## ` becomes h3, since the page gives the text's title as h2.

    `anchor` begins the ids of headings, so that texts can share a page. Pictures get their sizes.
    """
    toc = TocExtension(baselevel=2, slugify=lambda text, _: f"{anchor}-{name_key(text)}")
    smarty = SmartyExtension(smart_dashes=True, smart_ellipses=True, substitutions=_SWEDISH_QUOTES)
    html = markdown.markdown(source, extensions=["tables", "sane_lists", toc, smarty], output_format="html")
    html = html.replace("<th>", '<th scope="col">')
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _keep(tag, name, value, pictures),
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    html = _with_sizes(html, pictures)
    return Markup(_TEXT_BETWEEN_TAGS.sub(lambda match: f">{_glue(match[1])}<", html))


def _keep(tag: str, name: str, value: str, pictures: Mapping[str, Picture]) -> str | None:
    """Pictures can only be those of the report; everything else that remains is harmless."""
    is_foreign = tag == "img" and name == "src" and value not in pictures
    return None if is_foreign else value


def _with_sizes(html: str, pictures: Mapping[str, Picture]) -> str:
    for path, picture in pictures.items():
        size = f'width="{picture.width}" height="{picture.height}"'
        html = html.replace(f'src="{path}"', f'src="{path}" {size}')
    return html


def _glue(text: str) -> str:
    return _NUMBER_AND_UNIT.sub(NBSP, text)
