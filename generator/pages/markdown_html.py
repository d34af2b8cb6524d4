"""Texts from many hands to HTML that is safe to publish; links in it lead to full addresses."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

import nh3
from markupsafe import Markup

from generator.model.narrative import Picture
from generator.pages.addresses import full_size, widths_of
from generator.pages.numbers import typographic
from generator.texts import SCHEMES, attached, is_address, parsed, render

SIZES = "(min-width: 42rem) 38rem, 92vw"  # the column of text
_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr",
    "code", "sup", "sub", "table", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "id", "role"},
    "img": {"src", "alt"},
    "th": {"scope"},
    "ol": {"start"},
    "li": {"id"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_CLASSES = {"th": {"right", "center"}, "td": {"right", "center"}, "ol": {"notes"}}
_PICTURE = re.compile(r'<img (?P<before>[^>]*?)src="(?P<address>[^"]*)"')
_PICTURE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
_TEXT_BETWEEN_TAGS = re.compile(r">([^<]+)<")
_ATTACHED = 'href="bilagor/'
_LINK_TO_FILE = re.compile(rf"<a {_ATTACHED}[^>]*>(.*?)</a>", re.DOTALL)
_NOTES = re.compile(r'<ol class="notes">.*?</ol>\s*', re.DOTALL)
_NOTE = re.compile(r'<li id="([^"]*)">(.*?) <a href="[^"]*" role="doc-backlink">[^<]*</a></li>', re.DOTALL)
_NOTE_MARK = re.compile(r'<sup><a href="#([^"]*)"(?: id="[^"]*")? role="doc-noteref">\d+</a></sup>')


def to_html(source: str, anchor: str, pictures: Mapping[str, Picture], *, is_english: bool = False) -> Markup:
    """Sanitised HTML. `## ` becomes h3, below the text's title; ids in it begin with `anchor`."""
    return cleaned(render(parsed(source, anchor, is_english=is_english)), anchor, pictures)


def cleaned(html: str, anchor: str, pictures: Mapping[str, Picture]) -> Markup:
    """Nothing but what a text may hold. `pictures` go by the paths that the text gives them."""
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=lambda tag, name, value: _kept(tag, name, value, anchor, pictures),
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    html = _PICTURE_WITHOUT_SOURCE.sub("", html)
    return Markup(_TEXT_BETWEEN_TAGS.sub(lambda match: f">{typographic(match[1])}<", html))


def _kept(tag: str, name: str, value: str, anchor: str, pictures: Mapping[str, Picture]) -> str | None:
    """Links lead out of the report, or to the notes of the text, and ids begin as those of the text do."""
    match (tag, name):
        case ("img", "src"):
            picture = pictures.get(unquote(value).replace("\\", "/"))
            return quote(picture.path) if picture else None
        case ("a", "href"):
            is_kept = is_address(value) or value.startswith(f"#{anchor}-")
            return value if is_kept else quote(attached(unquote(value).replace("\\", "/"))) or None
        case ("a", "role"):
            return value if value in ("doc-noteref", "doc-backlink") else None
        case (_, "id"):
            return value if value.startswith(f"{anchor}-") else None
    return value


def for_web(body: Markup, pictures: Mapping[str, Picture], prefix: str) -> Markup:
    """With pictures in the sizes that screens need. `prefix` leads to the report's folder."""
    by_address = {quote(picture.path): picture for picture in pictures.values()}

    def sized(match: re.Match[str]) -> str:
        picture = by_address[match["address"]]
        width, height = full_size(picture)
        widths = widths_of(picture)
        listed = ", ".join(f"{prefix}{quote(path)} {width}w" for width, path in widths.items())
        several = f' srcset="{listed}" sizes="{SIZES}"' if len(widths) > 1 else ""
        address = f'src="{prefix}{match["address"]}"'
        return f'<img {match["before"]}{address}{several} width="{width}" height="{height}"'

    return Markup(_PICTURE.sub(sized, body).replace(_ATTACHED, f'href="{prefix}bilagor/'))


def for_print(body: Markup, address: str) -> Markup:
    """With each note where its mark stands, for the style sheet to put at the foot of the page.

    Files are found on the web, where the report's folder has an `address`.
    """
    notes = {id: text for block in _NOTES.findall(body) for id, text in _NOTE.findall(block)}

    def footnote(match: re.Match[str]) -> str:
        return f'<span class="footnote">{notes.get(match[1], "")}</span>'

    html = _NOTE_MARK.sub(footnote, _NOTES.sub("", body))
    if not address:
        return Markup(_LINK_TO_FILE.sub(r"\1", html))
    return Markup(html.replace(_ATTACHED, f'href="{address}bilagor/'))
