"""What became of the year: counted people, counted answers, values, and what named bodies stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.narrative import Markdown
from generator.model.places import Place
from generator.model.quantities import Quantity
from generator.model.sums import Sum

if TYPE_CHECKING:
    from generator.model.amounts import AmountTable  # made of rows


class Sex(StrEnum):
    """As in the column ”kön” of the table of answers: in the form of name keys."""

    WOMEN = "kvinnor"
    MEN = "man"  # ”män”
    UNSTATED = "ej-angivet"
    ALL = "alla"


SEXES = (Sex.WOMEN, Sex.MEN, Sex.UNSTATED)  # who together are all
# How authors write them, also as the headings of columns.
SEX_NAMES: dict[str, str] = {
    Sex.WOMEN: "kvinnor",
    Sex.MEN: "män",
    Sex.UNSTATED: "ej angivet",
    Sex.ALL: "alla",
}


_IN_ORDER = tuple(Sex)
Number_co = TypeVar("Number_co", covariant=True)


class BySex(Frozen, Generic[Number_co]):
    """Women and men are None where only the total is known. It has those, too, who state no sex."""

    women: Number_co | None
    men: Number_co | None
    unstated: Number_co
    total: Number_co
    places: tuple[Place, ...] = ()

    def of(self, sex: Sex) -> Number_co | None:
        return (self.women, self.men, self.unstated, self.total)[_IN_ORDER.index(sex)]


class People(BySex[int]):
    def __add__(self, other: People) -> People:
        return People(
            _sum(self.women, other.women),
            _sum(self.men, other.men),
            self.unstated + other.unstated,
            self.total + other.total,
            self.places + other.places,
        )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def sum_of_people(parts: Iterable[People]) -> People:
    """Of at least one."""
    return reduce(People.__add__, parts)


NOT_CHOSEN = "inte valt"  # an answer of several
SUM = "summa"  # the category of a background table's own sum


# The tables in which a count may be masked by its source, as the first of the names that tell which it is.
MASKED_ROWS, MASKED_GROUPS, MASKED_CATEGORIES = "deltagare", "grupper", "bakgrund"
MASKED_ANSWERS, MASKED_VALUES, MASKED_DURATIONS = "enkat", "varden", "tider"


class AnswerCount(Frozen):
    """How many gave one of `answers` (name keys). More than one: only their sum is known."""

    answers: frozenset[str]
    count: int
    place: Place


def counted_together(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Sets of answers that overlap, joined until none do: what two ways of counting have in common."""
    joined: list[frozenset[str]] = []
    for answers in sets:
        overlapping = [other for other in joined if other & answers]
        joined = [other for other in joined if not other & answers]
        joined.append(frozenset.union(answers, *overlapping))
    return joined


class AnswerKey(Frozen, order=True):
    """Of a question with several answers each is counted by itself: chosen or not. `option` is its key."""

    unit: str
    group: str
    question: str
    sex: Sex
    option: str = ""


class Value(Frozen):
    """A figure that is entered as it was published, with its source."""

    quantity: Quantity
    source: str
    place: Place


class ValueKey(Frozen, order=True):
    """`series` is an indicator, a row or a series. With `compared_year` the value is a change."""

    series: str
    location: str
    year: int
    compared_year: int | None = None

    @property
    def ends(self) -> tuple[ValueKey, ...]:
        """Of a change the values of both years, the later first."""
        years = () if self.compared_year is None else (self.year, self.compared_year)
        return tuple(ValueKey(self.series, self.location, year) for year in years)


class ReferenceValue(Frozen):
    """What others had, or oneself before: beside an outcome, and never a part of it. `unit` is "" for all."""

    unit: str
    name: str
    quantity: Quantity
    source: str
    date: str
    place: Place

    @property
    def key(self) -> str:
        return name_key(self.name)


class Reported(Frozen):
    """Points of an area taken over from a publication. `place` is that of the points earned."""

    earned: int
    possible: int
    source: str
    place: Place

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.place, Place(self.place.file, self.place.line, "maximalt"))


class Attestation(Frozen):
    met: bool
    by: str
    source: str
    place: Place


class Grade(Frozen):
    """A grade counted from 1, the lowest of its scale."""

    number: int
    by: str
    reason: str
    place: Place


class Unmeasured(Frozen):
    """Why an indicator has no outcome, as its author states it: in the words shown to readers."""

    reason: str
    place: Place


class Control(Frozen):
    """A figure as it stands in a printed document, to be compared with the computed one.

    `figure` names it as in a text, e.g. ”index poäng”. The value is in percent when `is_percent`; `whole`
    is the second number of ”124 av 177”. An `explanation` makes a difference known and accepted.
    """

    figure: str
    written: str
    value: Fraction
    decimals: int
    is_percent: bool
    whole: Fraction | None
    source: str
    explanation: str
    place: Place


class Comment(Frozen):
    background: Markdown
    action: Markdown
    place: Place


class TableRow(Frozen):
    """A row of a table of amounts. `equals` are rows or groups that it adds up to.

    An amount that is typed in such a row is a control total. `notes` name the notes that tell more.
    `place` is that of what it adds up to, `places` those of the amounts, also where there is none.
    """

    name: str
    group: str
    equals: Sum | None
    amounts: Mapping[str, Fraction]  # by the heading of the column
    explanation: str
    place: Place
    places: Mapping[str, Place]
    notes: tuple[str, ...] = ()
    unit: str = ""  # its own, instead of the table's
    words: Mapping[str, str] = field(default_factory=dict)  # of columns without numbers, by their headings
    masked: frozenset[str] = frozenset()  # headings of amounts that their source has masked


class Outcomes(Frozen):
    """The tables of a report. Names are name keys; the first key of a pair is always the unit."""

    participants: Mapping[tuple[str, str], People] = field(default_factory=dict)  # (unit, row)
    groups: Mapping[tuple[str, str], People] = field(default_factory=dict)  # (unit, group)
    background: Mapping[tuple[str, str], Mapping[str, People]] = field(default_factory=dict)
    answers: Mapping[AnswerKey, tuple[AnswerCount, ...]] = field(default_factory=dict)
    values: Mapping[ValueKey, Value] = field(default_factory=dict)
    durations: Mapping[tuple[str, str], Value] = field(default_factory=dict)  # days, by (unit, row)
    references: Mapping[str, tuple[ReferenceValue, ...]] = field(default_factory=dict)  # by indicator id
    reported: Mapping[tuple[str, str], Reported] = field(default_factory=dict)  # (unit, area id)
    attestations: Mapping[tuple[str, str], Attestation] = field(default_factory=dict)
    grades: Mapping[tuple[str, str], Grade] = field(default_factory=dict)  # (unit, indicator id)
    background_sums: Mapping[tuple[str, str], People] = field(default_factory=dict)  # as entered
    comments: Mapping[str, Comment] = field(default_factory=dict)  # by indicator id
    controls: tuple[Control, ...] = ()
    amounts: Mapping[str, AmountTable] = field(default_factory=dict)  # those that are read, by their ids
    unmeasured: Mapping[tuple[str, str], Unmeasured] = field(default_factory=dict)  # (unit, indicator id)
    masked: Mapping[tuple[str, ...], Place] = field(default_factory=dict)  # by table, unit and name
    awaited: frozenset[tuple[str, str]] = frozenset()  # (group, question) with rows that are not filled in

    @cached_property
    def asked(self) -> Mapping[tuple[str, str], set[str]]:
        """The units with any answers, also such that do not count, by (group, question)."""
        units: dict[tuple[str, str], set[str]] = {}
        for key in self.answers:
            units.setdefault((key.group, key.question), set()).add(key.unit)
        return units
