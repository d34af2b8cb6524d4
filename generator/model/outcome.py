"""What an indicator measured, and which cells of the tables that is a sum of.

A measure says once what its outcome rests on. Sensitivity, disclosure control, calculations and open data
read it here, and never ask which measure it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from generator.model.frozen import Frozen
from generator.model.outcomes import AnswerKey, Sex, Value
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity, Target

PERSONS = ("personer", "person", "deltagare")  # units of figures that count people


class NotMeasured(StrEnum):
    """Why there is no outcome, in the words shown to readers."""

    ROW_MISSING = "utfall saknas"
    NOBODY = "ingen att räkna på"
    NOT_ASKED = "frågan ställdes inte"
    NO_ANSWERS = "ingen har svarat"
    TOO_FEW = "för få svar"
    NOT_PUBLISHED = "inte publicerat för enheten"
    NOT_STATED = "inget omdöme lämnat"
    MASKED = "skyddat av källan"
    PART_NOT_MEASURED = "en del är inte mätt"
    PART_NOT_JUDGED = "en del har ingen signal"
    DROPPED = "utgår i år"
    NOT_YET = "mäts efteråt"


# What an author may state: the other reasons are found in the data.
STATED = (NotMeasured.TOO_FEW, NotMeasured.ROW_MISSING, NotMeasured.NOT_ASKED)


class Basis(StrEnum):
    COMPUTED = "beräknat"
    PUBLISHED = "publicerat"  # only the published figure is known
    ATTESTED = "intygat"


class PeopleTable(StrEnum):
    ROWS = "rad"
    GROUPS = "grupp"


class PeopleCell(Frozen):
    """Persons of one sex (or all) in a row of a unit, as given in a table."""

    table: PeopleTable
    unit: str
    name: str
    sex: Sex


class AnswerCell(Frozen):
    """Those who gave one of `answers` to a question."""

    key: AnswerKey
    answers: frozenset[str]


class EnteredCell(Frozen):
    """Persons as the figure that is entered for an indicator of a unit."""

    unit: str
    indicator: str


Cell = PeopleCell | AnswerCell | EnteredCell


class Counted(Frozen):
    """A whole number of persons or answers, the cells that it is the sum of, and where these stand."""

    number: int
    cells: tuple[Cell, ...]
    places: tuple[Place, ...] = ()

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.number + other.number, self.cells + other.cells, self.places + other.places)

    def times(self, factor: int) -> Counted:
        """So many for each: the cells then stand as many times."""
        return Counted(self.number * factor, self.cells * factor, self.places)


def sum_of(parts: Iterable[Counted]) -> Counted:
    return sum(parts, Counted(0, ()))


class Uncounted(Frozen):
    """A number in which nobody is counted: texts, kronor."""

    number: int | Fraction
    places: tuple[Place, ...] = ()


class Ratio(Frozen):
    """A number divided by another; without a whole it is the value itself. `label` is a sex, or "".

    `each` is the least and the most that one of the whole can add to the part: in a share, nothing or one.
    `divided` are the named parts that together are the whole, where each is shown.
    """

    part: Counted | Uncounted
    whole: Counted | Uncounted | None = None
    label: str = ""
    each: tuple[int, int] = (0, 1)
    divided: tuple[tuple[str, Counted], ...] = ()

    @property
    def numerator(self) -> int | Fraction:
        return self.part.number

    @property
    def denominator(self) -> int | Fraction:
        """At least 1 where there is a share: see `share`."""
        return 1 if self.whole is None else self.whole.number

    @property
    def share(self) -> Fraction | None:
        """Part / whole; None of nobody."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def places(self) -> tuple[Place, ...]:
        return self.part.places + (self.whole.places if self.whole else ())


class Verdicts(Frozen):
    """Other indicators, and whether each met a level: their own target where that is None."""

    indicators: tuple[str, ...]
    met: tuple[bool, ...]
    level: Target | None


class Entered(Frozen):
    """A figure or a verdict that is entered as such. `persons` where it is a number of people."""

    persons: Counted | None = None


class Middle(Frozen):
    """The middle of what so many have: as many have less as have more.

    `counts` are how many have each number, from the lowest up; none where only the middle is known.
    """

    whole: Counted
    counts: tuple[tuple[int, Counted], ...] = ()

    @property
    def value(self) -> Fraction:
        """Of the counts: the number in the middle, or half-way between the two."""
        last = self.whole.number - 1
        return Fraction(self._number_at(last // 2) + self._number_at(last - last // 2), 2)

    def _number_at(self, position: int) -> int:
        so_far = accumulate(counted.number for _, counted in self.counts)
        return self.counts[next(index for index, last in enumerate(so_far) if position < last)][0]


RestsOn = tuple[Ratio, ...] | Verdicts | Entered | Middle


class Outcome(Frozen):
    """What an indicator measured.

    `value` is exact, in the form of `kind`: a share (4/5 for 80 %), points (1/20 for 5 percentage
    points), a plain number in `unit`, or for a verdict None with `met`. A `reason` means not measured.
    `computed` is what the measure's own rule gives beside a published figure. `protected` means that
    the outcome is measured but hidden by disclosure control: nothing of it is in here.

    `rests_on` is told also of what is not measured, as far as it is known. Raises ValueError for an outcome
    that is measured and does not tell it: it could not be protected.
    """

    kind: Kind
    value: Fraction | None = None
    unit: str = ""
    rests_on: RestsOn = ()
    met: bool | None = None
    reason: NotMeasured | None = None
    basis: Basis = Basis.COMPUTED
    source: str = ""
    label: str = ""  # the word for the value, e.g. the name of a grade
    places: tuple[Place, ...] = ()
    computed: Fraction | None = None
    computed_places: tuple[Place, ...] = ()
    protected: bool = False

    def __post_init__(self) -> None:
        if not self.is_measured or self.protected:
            return
        if not self.rests_on:
            raise ValueError("a measured outcome must tell what it rests on")
        if len(self.ratios) == 1 and self.value != self.ratios[0].share:
            raise ValueError("an outcome is not that of the cells it rests on")

    @property
    def is_measured(self) -> bool:
        return self.reason is None

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """The counts that are shown with the outcome: none beside a share that is published as such."""
        if not self.is_measured or not isinstance(self.rests_on, tuple):
            return ()
        is_shown = self.basis is Basis.COMPUTED or all(ratio.whole is None for ratio in self.rests_on)
        return self.rests_on if is_shown else ()

    @property
    def cells(self) -> frozenset[PeopleCell]:
        """The cells of rows and groups of people that its counts are sums of."""
        ratios = self.rests_on if isinstance(self.rests_on, tuple) else ()
        numbers = [number for ratio in ratios for number in (ratio.part, ratio.whole)]
        numbers += [self.rests_on.whole] if isinstance(self.rests_on, Middle) else []
        cells = (cell for number in numbers if isinstance(number, Counted) for cell in number.cells)
        return frozenset(cell for cell in cells if isinstance(cell, PeopleCell))

    @property
    def parts(self) -> tuple[Ratio, ...]:
        """The shares that are compared: ”women: 52 of 54” and the men."""
        return self.ratios if len(self.ratios) > 1 else ()

    @property
    def divided(self) -> tuple[Ratio, ...]:
        """Each of the parts that the whole is divided into, as a share of it."""
        return tuple(Ratio(part, ratio.whole, name) for ratio in self.ratios for name, part in ratio.divided)

    @cached_property
    def numerator(self) -> int | Fraction | None:
        """Persons, answers or the like, where the outcome is one share; of verdicts those that are met."""
        if isinstance(self.rests_on, Verdicts) and self.is_measured:
            return sum(self.rests_on.met)
        return self.ratios[0].numerator if len(self.wholes) == 1 and self.ratios else None

    @cached_property
    def denominator(self) -> int | Fraction | None:
        """What it is a share of, or how many it is the middle of."""
        if isinstance(self.rests_on, Verdicts) and self.is_measured:
            return len(self.rests_on.met)
        return self.wholes[0].number if len(self.wholes) == 1 else None

    @cached_property
    def wholes(self) -> tuple[Counted | Uncounted, ...]:
        """All of those that the outcome is of: of a difference, the women and the men."""
        if isinstance(self.rests_on, Middle) and self.is_measured:
            return (self.rests_on.whole,)
        return tuple(ratio.whole for ratio in self.ratios if ratio.whole is not None)


def share_outcome(ratio: Ratio) -> Outcome:
    return Outcome(Kind.SHARE, ratio.share, rests_on=(ratio,), places=ratio.places)


def entered_outcome(value: Value, rests_on: RestsOn) -> Outcome:
    return Outcome(
        value.quantity.kind,
        value.quantity.value,
        value.quantity.unit,
        rests_on,
        basis=Basis.PUBLISHED,
        source=value.source,
        places=(value.place,),
    )


def persons_in(quantity: Quantity, cell: Cell, places: tuple[Place, ...]) -> Counted | None:
    """The size of a figure that counts people; None when it counts something else."""
    is_whole = quantity.value.denominator == 1
    if quantity.kind is not Kind.NUMBER or quantity.unit.casefold() not in PERSONS or not is_whole:
        return None
    return Counted(abs(int(quantity.value)), (cell,), places)
