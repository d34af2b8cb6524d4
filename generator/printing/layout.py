"""What WeasyPrint lays out many times over, done once: the same pages in less time.

Its functions are not public: the version is pinned, and the tests compare with what it does by itself.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from math import inf
from typing import Any

from weasyprint.layout import block, inline, preferred

_REST = re.compile(r"\A(.[\u0300-\u036f]*+ *+).+", re.DOTALL)  # of a text after its first letter


@contextmanager
def replaced(*changes: tuple[Any, str, Callable[[Any], Any]]) -> Iterator[None]:
    """While it lasts, functions of modules, by their names, are what is made of them."""
    originals = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, change in changes:
        setattr(module, name, change(getattr(module, name)))
    try:
        yield
    finally:
        for original in originals:
            setattr(*original)


def quick_layout() -> AbstractContextManager[None]:
    """While it lasts, WeasyPrint remembers what it has laid out, and counts instead of trying."""
    return replaced(
        (block, "columns_layout", _balanced),
        (inline, "split_first_line", _remembered_lines),
        (preferred, "split_first_line", _remembered_lines),
    )


def _remembered_lines(original: Callable[..., Any]) -> Callable[..., Any]:
    """The same text in the same style and width breaks as it did before: for the widths of a table and in its
    rows, and on each page and in each column that it is tried on.

    What may break anywhere is as narrow as its widest letter, so the letters are measured and no words.
    """

    def split_first_line(  # noqa: PLR0917 - as WeasyPrint's
        text: str, style: Any, context: Any, width: float | None, spacing: float,
        is_line_start: bool = True, minimum: bool = False,
    ) -> Any:  # fmt: skip
        how = (width, spacing, is_line_start, minimum)
        breaks_anywhere = style["overflow_wrap"] == "anywhere" and style["white_space"] == "normal"
        if minimum and is_line_start and width == 0 and breaks_anywhere:
            text = _REST.sub(r"\1x", text)
        known = vars(style).setdefault("lines", {})
        if (text, how) not in known:
            return known.setdefault((text, how), original(text, style, context, *how))
        line, *measures = known[text, how]
        return copy(line), *measures  # drawing changes it

    return split_first_line


def _balanced(original: Callable[..., Any]) -> Callable[..., Any]:
    """Boxes that never break are divided over columns as low as their heights allow. WeasyPrint tries height
    after height, often a pixel at a time, and may pass the least.
    """

    def columns_layout(  # noqa: PLR0917 - as WeasyPrint's
        context: Any, box: Any, bottom_space: float, skip_stack: Any, around: Any, is_empty: bool,
        absolute_boxes: list[Any], fixed_boxes: list[Any], *given: Any,
    ) -> Any:  # fmt: skip
        def laid_out(box: Any, space: float, *lists: list[Any]) -> Any:
            return original(context, box, space, skip_stack, around, is_empty, *lists, *given)

        if _is_balanced_by_heights(box):
            filled = box.copy()
            filled.style = box.style.copy()
            filled.style["column_fill"] = "auto"
            tall, *_ = laid_out(filled, -inf, [], [])
            block.remove_placeholders(context, [tall], [], [])
            first = tall.children[0]
            height = _least_height(first.children, box.style["column_count"])
            space = context.page_bottom - first.position_y - height
            if len(tall.children) == 1 and space >= bottom_space:
                balanced = laid_out(filled, space, absolute_boxes, fixed_boxes)
                if balanced[1] is None:
                    return balanced
                block.remove_placeholders(context, filter(None, balanced[:1]), absolute_boxes, fixed_boxes)
        return laid_out(box, bottom_space, absolute_boxes, fixed_boxes)

    return columns_layout


def _is_balanced_by_heights(box: Any) -> bool:
    style = box.style
    is_plain = style["column_width"] == style["height"] == "auto" and style["column_fill"] == "balance"
    children = box.children if is_plain else ()
    return bool(children) and all(
        child.is_in_normal_flow()
        and child.style["break_inside"] == "avoid"
        and child.style["column_span"] != "all"
        for child in children
    )


def _least_height(children: Sequence[Any], count: int) -> float:
    """Of so many columns that hold the boxes, which stand below each other in one."""
    tops = [box.position_y for box in children]
    feet = [
        # WeasyPrint wants room for the padding once more.
        box.position_y + box.margin_height() + box.padding_bottom + box.border_bottom_width
        for box in children
    ]

    def has_room(height: float) -> bool:
        columns, top = 0, -inf
        for start, foot in zip(tops, feet, strict=True):
            if foot - top > height:
                columns, top = columns + 1, start
            if foot - top > height:
                return False
        return columns <= count

    heights: list[float] = sorted({foot - top for top in tops for foot in feet if foot > top})
    return heights[bisect_left(heights, True, key=has_room)]
