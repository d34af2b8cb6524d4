"""Area pages as spreads in print: goals and targets on the left page, what became of them on the right.

Both pages are divided into as many units of height, of which a row takes one or more. So nothing is measured:
print.css knows how high a unit is, and a row is as high on both pages at any size of page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from generator.pages import views

UNITS, HEAD = 18, 4  # of a page, and of the head of an area, as in print-area.css
LINES = 2  # that a unit has room for
INDICATOR, GOAL = 40, 22  # letters of a line in the two columns of the left page


def spreads_of(area: views.Area) -> tuple[views.Spread, ...]:
    """As few spreads as the indicators of an area need, as evenly filled as that allows."""
    rows = [row for goal in area.goals for row in _rows(goal)]
    fewest = len(list(_divided(rows, UNITS)))
    rooms = (room for room in range(1, UNITS + 1) if len(list(_divided(rows, room))) == fewest)
    spreads = _divided(rows, next(rooms, UNITS))
    return tuple(_filled(shown, UNITS - (0 if number else HEAD)) for number, shown in enumerate(spreads))


def _filled(rows: list[views.SpreadRow], room: int) -> views.Spread:
    """Few rows stand higher, so that the page is not left empty below them."""
    stretch = max(1, room // sum(row.units for row in rows))
    return views.Spread(tuple(replace(row, units=row.units * stretch) for row in rows))


def _rows(goal: views.Goal) -> Iterator[views.SpreadRow]:
    """The goal stands beside its first indicator, and goes on beside the others."""
    below = LINES * (len(goal.indicators) - 1)
    for indicator in goal.indicators:
        is_first = indicator is goal.indicators[0]
        lines = max(
            len(textwrap.wrap(f"{indicator.id} {indicator.text}", INDICATOR)),
            len(textwrap.wrap(f"{goal.id} {goal.text}", GOAL)) - below if is_first else 0,
        )
        yield views.SpreadRow(goal if is_first else None, indicator, ceil(min(lines / LINES, UNITS - HEAD)))


def _divided(rows: Sequence[views.SpreadRow], room: int) -> Iterator[list[views.SpreadRow]]:
    """The rows of each spread. The first has its head beside them."""
    left, taken = min(room, UNITS - HEAD), list[views.SpreadRow]()
    for row in rows:
        if row.units > left and taken:
            yield taken
            left, taken = room, []
        taken.append(row)
        left -= row.units
    if taken:
        yield taken
