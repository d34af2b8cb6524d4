"""Tables with more columns than a page has room for are divided. Each part repeats the names of the rows."""

import copy
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import Any

LINE = 84  # letters at 7 pt across a page of A5, also in a wide face
GAP = 1.2  # letters, between columns
LONGEST = 12  # letters of a word that is not hyphenated
PICTURE = 14  # letters that a drawing is as wide as
SHORT = 9  # rows that are sure to have room on a page
CROWDED = 5  # columns
CONTINUED = ", fortsättning"
_NUMBER = re.compile(r"[\d\s.,:%+−–-]*\d[\d\s.,:%+−–-]*")
_SVG = "{http://www.w3.org/2000/svg}svg"
_UNSEEN = ("cell-label", "for-ears")


def divide_tables(root: Any) -> None:
    """Changes the HTML below `root`. Tables that state the widths of their columns are left as they are."""
    for parent in list(root.iter()):
        for index, table in reversed(list(enumerate(parent))):
            if table.tag == "table" and table.find("colgroup") is None:
                parent[index : index + 1] = _parts(table)


def mark_tables(root: Any) -> None:
    """Adds to the class of tables what style sheets ask of them: ":has" looks through it for each cell."""
    for table in root.iter("table"):
        groups = [part for part in table if part.tag in ("thead", "tbody", "tfoot")]
        bodies = [group for group in groups if group.tag == "tbody"]
        heads = [len(row) for row in table.iterfind("thead/tr")]
        is_short = len(bodies) < 2 and all(len(group) <= SHORT for group in groups)
        marks = {"short": is_short, "crowded": max(heads, default=0) >= CROWDED}
        table.set("class", " ".join((table.get("class", ""), *filter(marks.get, marks))))


def _parts(table: Any) -> Sequence[Any]:
    widths = _widths(table)
    names, *others = widths or [0]
    room = LINE - names
    for count in range(max(1, ceil(sum(others) / room)), len(others) + 1):
        edges = [1 + len(others) * part // count for part in range(count + 1)]
        if all(sum(widths[start:end]) <= room for start, end in pairwise(edges)):
            return [_part(table, start, end) for start, end in pairwise(edges)] if count > 1 else [table]
    return [table]


def _widths(table: Any) -> list[float]:
    """Of each column the letters that it cannot do without."""
    widths: dict[int, float] = {}
    for row in table.iter("tr"):
        for column, span, cell in _cells(row):
            if span == 1:
                widths[column] = max(widths.get(column, 0), _width(cell) + GAP)
    return [width for _, width in sorted(widths.items())]


def _cells(row: Any) -> Iterator[tuple[int, int, Any]]:
    """The cells of a row, with their columns and how many these are."""
    column = 0
    for cell in row:
        span = int(cell.get("colspan", 1))
        yield column, span, cell
        column += span


def _width(cell: Any) -> float:
    text = "".join(_seen(cell)).strip()
    drawn = PICTURE if cell.tag == "td" and next(cell.iter(_SVG), None) is not None else 0
    if _NUMBER.fullmatch(text):
        return drawn + len(text)
    words = (len(word) if word[:1].isdigit() else min(len(word), LONGEST) for word in text.split())
    return drawn + max(words, default=0)


def _seen(element: Any) -> Iterator[str]:
    if element.tag != _SVG and element.get("class") not in _UNSEEN:
        yield element.text or ""
        for child in element:
            yield from _seen(child)
            yield child.tail or ""


def _part(table: Any, start: int, end: int) -> Any:
    """The table with its first column and those from `start` up to `end`."""
    part = copy.deepcopy(table)
    for row in part.iter("tr"):
        for column, span, cell in list(_cells(row)):
            kept = sum(each == 0 or start <= each < end for each in range(column, column + span))
            if not kept:
                row.remove(cell)
            elif span > 1:
                cell.set("colspan", str(kept))
    if start > 1:
        for element in part.iter():
            element.attrib.pop("id", None)
        caption = part.find("caption")
        if caption is not None:
            *_, last = caption.iter()
            last.text = f"{last.text or ''}{CONTINUED}"
    return part
