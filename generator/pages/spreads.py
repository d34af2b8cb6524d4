"""Area pages as spreads in print: goals and targets on the left page, what became of them on the right.

A row has the same height on both pages, so that the eye can cross. The heights are reckoned here from the
texts, in millimetres and on the safe side, by the measures that print.css sets for the tables. What turns
out taller still stands complete: only the rows below it are no longer level with those across.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from generator.pages import views

# Millimetres, from templates/css/print.css; where a rule is named, what it sets is rounded up.
PAGE = 297.0 - 26 - 24 - 4  # A4 within the margins of @page, without a line to spare
HEADS = 8.0  # .spread-table thead tr: 7.5
CONTINUED = 12.0  # .spread-continued: a line of --step-2, and the table's margin
ROOM = PAGE - CONTINUED - HEADS  # for the goals of a second spread
PADDING = 3.2  # .table th, td: 1.4 above and below, and a border
GAP = 1.5  # .spread-note + .spread-note: 1
KICKER, LEAD_END = 11.0, 6.0  # .kicker with the margins of the title, and .part-head: 6 below the lead
TEXT_START, PARAGRAPH = 8.0, 3.5  # .spread-head .prose: 5 above the heading and its own margin; p + p
SIGNALS = 45.0  # h2, a sentence of two lines, .stack and .counts
INDEX = 52.0  # section.index-figure: 5 above, its name, 54pt and the words below the scale
STEP = 5  # how closely it is tried how little room is enough


@dataclass(frozen=True)
class _Type:
    """A size of type: the height of a line, by its size and line-height, and the width of a wide letter."""

    line: float
    letter: float

    def height(self, text: str, width: float) -> float:
        return len(textwrap.wrap(text, int(width / self.letter))) * self.line


# h1 (--step-5), .lead (--step-2), h2 (--step-3); body text (10pt), cells (--step-0), notes (--step--1)
TITLE, LEAD, HEADING = _Type(10.6, 5.3), _Type(6.2, 2.2), _Type(6.4, 2.9)
RUNNING, CELL, SMALL = _Type(5.3, 1.75), _Type(4.5, 1.45), _Type(4.1, 1.3)
# The widths of what stands in a column: that of .spread-target and its like, less the padding before it (3)
# and for a signal its symbol. The page is 158 wide (A4 within the margins), and --measure is 120.
TARGET_SIDE = {"indicator": 100.0, "target": 34.0}
RESULT_SIDE = {"outcome": 27.0, "signal": 33.0, "notes": 68.0}
WHOLE, MEASURE = 150.0, 118.0


def spreads_of(area: views.Area, title: str, lead: str) -> tuple[views.Spread, ...]:
    """As many spreads as the goals of an area need; only a goal that is taller than a page is divided."""
    goals = [part for goal in area.goals for part in _parts(goal)]
    right_head = SIGNALS + (INDEX if area.index.has_points else 0.0)
    head = max(_left_head(area, title, lead), right_head)
    first, *others = _evenly(goals, PAGE - head - HEADS)
    return (views.Spread(head, first), *(views.Spread(CONTINUED, shown) for shown in others))


Goals = tuple[views.SpreadGoal, ...]


def _evenly(goals: Sequence[views.SpreadGoal], first: float) -> list[Goals]:
    """As few spreads as can be, as evenly filled as that allows. `first` is the room on the first of them."""
    fewest = list(_divided(goals, first, ROOM))
    rooms = (ROOM - less for less in range(0, int(ROOM), STEP))
    tried = (list(_divided(goals, min(first, room), room)) for room in rooms)
    *_, evenest = takewhile(lambda spreads: len(spreads) == len(fewest), tried)
    return evenest


def _divided(goals: Sequence[views.SpreadGoal], first: float, room: float) -> Iterator[Goals]:
    """The goals of each spread. The first has less room than the others, and may have none at all."""
    left = first
    taken: list[views.SpreadGoal] = []
    is_first = True
    for goal in goals:
        height = goal.height + sum(row.height for row in goal.rows)
        if height > left and (taken or is_first):
            yield tuple(taken)
            taken, left, is_first = [], room, False
        taken.append(goal)
        left -= height
    yield tuple(taken)


def _parts(goal: views.Goal) -> Iterator[views.SpreadGoal]:
    """A goal with its rows, in parts that a page has room for."""
    height = round(PADDING + CELL.line + CELL.height(goal.text, WHOLE), 1)
    taken: list[views.SpreadRow] = []
    left = ROOM - height
    for indicator in goal.indicators:
        row = views.SpreadRow(indicator, _row_height(indicator))
        if row.height > left and taken:
            yield views.SpreadGoal(goal, height, tuple(taken))
            goal, taken, left = replace(goal, anchor=""), [], ROOM - height
        taken.append(row)
        left -= row.height
    yield views.SpreadGoal(goal, height, tuple(taken))


def _row_height(indicator: views.Indicator) -> float:
    measured = f"{indicator.how} {indicator.reference}".strip()
    told = f"{indicator.signal.word} – {indicator.signal.reason}" if indicator.signal.reason else ""
    points = SMALL.line if indicator.points else 0.0
    cells = (
        CELL.height(indicator.text, TARGET_SIDE["indicator"])
        + SMALL.height(measured, TARGET_SIDE["indicator"]),
        CELL.height(indicator.target, TARGET_SIDE["target"]),
        CELL.height(str(indicator.outcome), RESULT_SIDE["outcome"])
        + SMALL.height(indicator.basis, RESULT_SIDE["outcome"]),
        CELL.height(told or indicator.signal.word, RESULT_SIDE["signal"]) + GAP + points,
        sum(SMALL.height(note, RESULT_SIDE["notes"]) + GAP for note in _notes(indicator)),
    )
    return round(max(cells) + PADDING, 1)


def _notes(indicator: views.Indicator) -> Iterator[str]:
    if indicator.comment:
        yield f"Vad låg bakom {indicator.comment.background}"
        yield f"Vad vi gör {indicator.comment.action}"
    if indicator.note:
        yield indicator.note
    if indicator.evidence:
        yield f"Läs mer: {', '.join(place.text for place in indicator.evidence)}"


def _left_head(area: views.Area, title: str, lead: str) -> float:
    head = KICKER + TITLE.height(title, WHOLE) + LEAD.height(lead, MEASURE) + LEAD_END
    return round(head + sum(_text_height(text) for text in area.texts), 1)


def _text_height(text: views.Text) -> float:
    blocks = re.split(r"</(?:p|li|h[1-6]|blockquote|tr)>", str(text.body))
    paragraphs = filter(None, (re.sub(r"<[^>]*>", " ", block).strip() for block in blocks))
    height = sum(RUNNING.height(words, MEASURE) + PARAGRAPH for words in paragraphs)
    return TEXT_START + HEADING.height(text.title, WHOLE) + height
