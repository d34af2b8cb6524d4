"""Area pages as spreads in print: goals and targets on the left page, what became of them on the right.

Both pages are divided into as many units of height, of which a row takes one or more. So nothing is measured:
print-area.css knows how high a unit is, and a row is as high on both pages at any size of page.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from math import ceil

from generator.pages import views

UNITS, HEAD = 18, 4  # of a page, and of the head of an area, as in print-area.css
ROOM = UNITS - HEAD  # for a goal, wherever it stands
LINES = 2  # that a unit has room for
INDICATOR, GOAL, SIGNAL, TARGET = 42, 25, 32, 14  # letters of a line in columns of the two pages

MOST = 3  # times as high as it must be

Rows = list[views.SpreadRow]


def spreads_of(area: views.Area) -> tuple[Rows, ...]:
    """As few spreads as the goals of an area need, as evenly filled as that allows."""
    goals = list(chain.from_iterable(map(_parts, area.goals)))
    fewest = len(list(_divided(goals, UNITS)))
    rooms = (room for room in range(1, UNITS) if len(list(_divided(goals, room))) == fewest)
    spreads = _divided(goals, next(rooms, UNITS))
    return tuple(_filled(shown, UNITS if number else ROOM) for number, shown in enumerate(spreads))


def _parts(goal: views.Goal) -> Iterator[Rows]:
    """The rows of a goal, divided only where no page has room for them, and named beside each part."""
    part = Rows()
    for indicator in goal.indicators:
        row = views.SpreadRow(None, indicator, _units(indicator))
        if part and _height(part) + row.units > ROOM:
            yield _named(goal, part)
            part = Rows()
        part.append(row)
    if part:
        yield _named(goal, part)


def _named(goal: views.Goal, rows: Rows) -> Rows:
    """The goal goes on beside the rows below the first, which is made higher when that is not enough."""
    first, *others = rows
    lacking = _lines(f"{goal.id} {goal.text}", GOAL) - LINES * _height(others)
    return [replace(first, goal=goal, units=max(first.units, ceil(min(lacking / LINES, ROOM)))), *others]


def _units(indicator: views.Indicator) -> int:
    signal = f"{indicator.signal.word} – {indicator.signal.reason}"
    told = (indicator.text, INDICATOR), (signal, SIGNAL), (indicator.target, TARGET)
    lines = max(_lines(text, width) for text, width in told)
    return ceil(min(lines / LINES, ROOM))


def _lines(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width))


def _height(rows: Rows) -> int:
    return sum(row.units for row in rows)


def _divided(goals: Sequence[Rows], room: int) -> Iterator[Rows]:
    """The rows of each spread. The first has the head of the area above them."""
    left, taken = min(room, ROOM), Rows()
    for rows in goals:
        if _height(rows) > left and taken:
            yield taken
            left, taken = room, Rows()
        taken = taken + rows
        left -= _height(rows)
    if taken:
        yield taken


def _filled(rows: Rows, room: int) -> Rows:
    """Few rows stand higher, so that the page is not left empty below them."""
    stretch = min(MOST, max(1, room // _height(rows)))
    return [replace(row, units=row.units * stretch) for row in rows]
