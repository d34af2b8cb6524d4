"""What scoring makes of a report: outcomes, signals, points and indexes, all exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from generator.model.budget import Area, Goal, Indicator
from generator.model.outcomes import Reported
from generator.model.places import Place
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.settings import Unit


class Signal(StrEnum):
    GREEN = "gron"
    ORANGE = "orange"
    RED = "rod"


class NotMeasured(StrEnum):
    """Why there is no outcome, in the words shown to readers."""

    ROW_MISSING = "utfall saknas"
    NOBODY = "ingen att räkna på"
    NOT_ASKED = "frågan ställdes inte"
    NO_ANSWERS = "ingen har svarat"
    TOO_FEW = "för få svar"
    NOT_PUBLISHED = "inte publicerat för enheten"
    NOT_STATED = "inget omdöme lämnat"
    PART_NOT_MEASURED = "en del är inte mätt"
    PART_NOT_JUDGED = "en del har ingen signal"
    DROPPED = "utgår i år"


# What an author may state: the other reasons are found in the data.
STATED = (NotMeasured.TOO_FEW, NotMeasured.ROW_MISSING, NotMeasured.NOT_ASKED)
NO_TARGET = "inget målvärde satt"


class Basis(StrEnum):
    """How an outcome came about."""

    COMPUTED = "beräknat"
    PUBLISHED = "publicerat"  # only the published figure is known
    ATTESTED = "intygat"


@dataclass(frozen=True)
class Part:
    """A labelled fraction that an outcome is made of, e.g. women: 52 of 54."""

    label: str
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Outcome:
    """What an indicator measured.

    `value` is exact, in the form of `kind`: a share (4/5 for 80 %), points (1/20 for 5 percentage
    points), a plain number in `unit`, or for a verdict None with `met`. Numerator and denominator are
    whole persons, answers or the like, where the measure has them. A `reason` means not measured.
    `computed` is what the measure's own rule gives beside a published figure. `protected` means that
    the outcome is measured but hidden by disclosure control: nothing of it is in here.
    """

    kind: Kind
    value: Fraction | None = None
    unit: str = ""
    numerator: int | None = None
    denominator: int | None = None
    parts: tuple[Part, ...] = ()
    met: bool | None = None
    reason: NotMeasured | None = None
    basis: Basis = Basis.COMPUTED
    source: str = ""
    label: str = ""  # the word for the value, e.g. the name of a grade
    places: tuple[Place, ...] = ()
    computed: Fraction | None = None
    computed_places: tuple[Place, ...] = ()
    protected: bool = False

    @property
    def is_measured(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Limit:
    """A value at which a signal changes. The better side lies above a floor and below a ceiling."""

    at: Fraction
    is_floor: bool
    strict: bool = False

    def is_kept_by(self, value: Fraction) -> bool:
        if value == self.at:
            return not self.strict
        return (value > self.at) == self.is_floor


@dataclass(frozen=True)
class IndicatorResult:
    """An indicator of one unit. `earned` is None when nothing can be earned: unweighted or without signal.

    `limits` are where the signal changes, in the form of the outcome's value. Until its target `is_due`
    an outcome that does not meet it has no signal.
    """

    indicator: Indicator
    outcome: Outcome
    signal: Signal | None
    earned: Fraction | None
    limits: tuple[Limit, ...] = ()
    is_due: bool = True

    @property
    def reason(self) -> str | None:
        """Why there is no signal, in the words shown to readers: no outcome, or no target for it yet."""
        if self.signal is not None:
            return None
        if self.outcome.reason is not None:
            return self.outcome.reason
        due = self.indicator.due
        return NO_TARGET if due is None else f"kravet ska nås {due}"

    @property
    def counts(self) -> bool:
        """Whether the indicator is one of the year's: it has not been dropped."""
        return self.indicator.dropped is None


@dataclass(frozen=True)
class Index:
    """Points earned of points possible. `measured` of `total` indicators have an outcome.

    `reported_earned` and `reported_possible` tell which part is taken over as published.
    """

    earned: Fraction
    possible: int
    measured: int
    total: int
    signal: Signal | None = None
    limits: tuple[Limit, ...] = ()
    reported_earned: int = 0
    reported_possible: int = 0

    @property
    def share(self) -> Fraction | None:
        """Earned / possible, or None when no points are possible."""
        return self.earned / self.possible if self.possible else None


@dataclass(frozen=True)
class GoalResult:
    goal: Goal
    results: tuple[IndicatorResult, ...]


@dataclass(frozen=True)
class AreaResult:
    """`actual_weight` is the area's share of all possible points, None without points.

    It is `unbalanced` when it is more than 5 percentage points from the area's ideal weight.
    """

    area: Area
    goals: tuple[GoalResult, ...]
    index: Index
    actual_weight: Fraction | None = None
    unbalanced: bool = False
    reported: Reported | None = None

    @property
    def results(self) -> Iterator[IndicatorResult]:
        return (result for goal in self.goals for result in goal.results)


@dataclass(frozen=True)
class UnitResult:
    unit: Unit
    areas: tuple[AreaResult, ...]
    index: Index

    @property
    def results(self) -> Iterator[IndicatorResult]:
        return (result for area in self.areas for result in area.results)


@dataclass(frozen=True)
class ScoredReport:
    """`association` is the report's own result; `units` those of its parts, in the order of the report."""

    report: Report
    association: UnitResult
    units: tuple[UnitResult, ...]
