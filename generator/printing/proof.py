"""Proof of a laid-out document: all of the source is on its pages, in order, and where it has room."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from generator.printing.tags import FOOTNOTE

ONLY_ON_SCREENS = "cell-label"  # the class of what style sheets leave out on paper
NOTES = "notes"  # the class, and the page, of what may be left out
SLACK = 1.5  # pixels: what rounding may add up to
SHOWN = 50  # letters of a text that is told of

_UNREAD = dict.fromkeys(map(ord, "-\N{HYPHEN}\N{SOFT HYPHEN}"))
_HEADINGS = ("h1", "h2", "h3", "h4")


def faults_of(source: Any, document: Document) -> list[str]:
    """What a reader of the document would miss or find printed over something else, with page and place.

    `source` is the root of its HTML. What is laid out is compared, which is what the PDF then holds.
    """
    texts: dict[Any, list[str]] = {}
    places: dict[Any, str] = {}
    faults: list[str] = []
    heading = ""
    for number, page in enumerate(document.pages, 1):
        for box, column in _printed(page._page_box):
            place = f"s. {number}{heading}"
            if isinstance(box, boxes.TextBox) and box.element_tag == box.element.tag:
                texts.setdefault(box.element, []).append(box.text)
                places.setdefault(box.element, place)
            elif box.element_tag in _HEADINGS and isinstance(box, boxes.BlockBox):
                heading = f", under ”{_whole(box.element)}”"
            if not _has_room(box, column, page._page_box):
                faults.append(f"{place}: {_told(box)} går utanför sin spalt eller sida.")
    notes = (element for element in source.iter() if element.get("class") == FOOTNOTE)
    for part in (source, *notes):
        faults += _missing(part, texts, places)
    return list(dict.fromkeys(faults))


def _printed(page: Any) -> Iterator[tuple[Any, Any]]:
    """The texts, pictures and headings of a page, each with what it must have room in."""
    parts = (child for child in reversed(page.children) if not isinstance(child, boxes.MarginBox))
    waiting = [(part, page) for part in parts]  # what runs on, and the notes at the foot
    while waiting:
        box, column = waiting.pop()
        box = getattr(box, "_box", box)
        if box.style["overflow"] != "visible" and not isinstance(box, boxes.ReplacedBox):
            column = None  # what is cut off is meant to be
        if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)) or box.element_tag in _HEADINGS:
            yield box, column
        if column is not None and isinstance(box, boxes.BlockContainerBox):
            column = box
        waiting += [(child, column) for child in reversed(getattr(box, "children", ()))]


def _has_room(box: Any, column: Any, page: Any) -> bool:
    if column is None or (isinstance(box, boxes.TextBox) and not box.text.strip()):
        return True
    right, foot = box.position_x + box.width, box.position_y + box.height
    edge = column.padding_box_x() + column.padding_width()
    return bool(right <= edge + SLACK and foot <= page.margin_height() + SLACK and box.position_x >= -SLACK)


def _told(box: Any) -> str:
    text = box.text.strip() if isinstance(box, boxes.TextBox) else box.element.get("alt", "en bild")
    return f"”{text[:SHOWN]}”"


def _missing(source: Any, texts: dict[Any, list[str]], places: dict[Any, str]) -> Iterator[str]:
    """What is not found, and what does not come where it stands in the source."""
    found, last = [], ""
    for element in dict.fromkeys(_with_text(source)):
        own = "".join((element.text or "", *(child.tail or "" for child in element)))
        if _letters(own) in _letters("".join(texts.get(element, ()))):
            found.append(element)
            last = places[element]
        else:
            lost = f"”{own.strip()[:SHOWN]}” saknas"
            yield f"{last}: {lost} därefter." if last else f"{lost}."
    order = {element: index for index, element in enumerate(texts)}
    for before, after in pairwise(found):
        if order[before] > order[after]:
            yield f"{places[after]}: ”{_whole(after)}” står före ”{_whole(before)}”."


def _with_text(element: Any) -> Iterator[Any]:
    """The element that each printed text is part of, in order. Notes stand elsewhere."""
    is_drawn = not isinstance(element.tag, str) or element.tag.startswith("{") or element.tag == "head"
    if is_drawn or element.get("class") in (ONLY_ON_SCREENS, NOTES):
        return
    if _letters(element.text or ""):
        yield element
    for child in element:
        if child.get("class") != FOOTNOTE:
            yield from _with_text(child)
        if _letters(child.tail or ""):
            yield element


def _letters(text: str) -> str:
    """Without what depends on where lines end and on style: spaces, hyphens and capitals."""
    return "".join(text.translate(_UNREAD).split()).casefold()


def _whole(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:SHOWN]
