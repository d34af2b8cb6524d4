"""The places on a page, for a list of contents beside it."""

import re
from html import unescape

from markupsafe import Markup

from generator.model.names import name_key
from generator.pages import views

_LONG = 4  # sections from which a page has a list of them
_SECTION = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<title>.*?)</h2>", re.DOTALL)
_ID = re.compile(r'id="([^"]*)"')


def outlined(html: Markup) -> tuple[Markup, tuple[views.Link, ...]]:
    """A page in which every section can be led to, and its sections when there are many."""
    taken: set[str] = set()
    places: list[views.Link] = []

    def placed(match: re.Match[str]) -> str:
        title = " ".join(Markup(match["title"]).striptags().split())
        own = _ID.search(match["attributes"])
        anchor = own[1] if own else f"avsnitt-{name_key(unescape(title)) or len(places)}"
        while not own and (anchor in taken or f'id="{anchor}"' in html):
            anchor += "-2"
        taken.add(anchor)
        places.append(views.Link("", title, anchor))
        return match[0] if own else f'<h2 id="{anchor}"{match["attributes"]}>{match["title"]}</h2>'

    body = Markup(_SECTION.sub(placed, html))
    return body, tuple(places) if len(places) >= _LONG else ()
