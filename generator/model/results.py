"""What scoring makes of a report: outcomes, signals, points and indexes, all exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from generator.model.budget import Area, Goal
from generator.model.frozen import Frozen
from generator.model.measures import Indicator
from generator.model.outcome import Outcome
from generator.model.outcomes import ReferenceValue, Reported
from generator.model.quantities import Limit
from generator.model.report import Report
from generator.model.settings import Rules, Unit


class Signal(StrEnum):
    GREEN = "gron"
    ORANGE = "orange"
    PARTLY = "delvis"  # only where there are four
    RED = "rod"


def levels(rules: Rules) -> tuple[Signal, ...]:
    """The signals in use, from the best to the worst."""
    return _LEVELS[rules.signals]


_LEVELS = {2: (Signal.GREEN, Signal.RED), 3: (Signal.GREEN, Signal.ORANGE, Signal.RED), 4: tuple(Signal)}


NO_REFERENCE = "talet att jämföra med saknas"
NO_TARGET = "inget målvärde satt"
WHOLE_YEAR = "kravet gäller hela året"


class IndicatorResult(Frozen):
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
    references: tuple[ReferenceValue, ...] = ()
    signal_name: str = ""  # where the report has its own

    @property
    def reason(self) -> str | None:
        """Why there is no signal, in the words shown to readers: no outcome, or no target for it yet."""
        if self.signal is not None:
            return None
        if self.outcome.reason is not None:
            return self.outcome.reason
        if not self.indicator.target.is_set:
            return NO_REFERENCE if self.indicator.target.against else NO_TARGET
        return f"kravet ska nås {self.indicator.due}" if self.indicator.due else WHOLE_YEAR

    @property
    def counts(self) -> bool:
        """Whether the indicator is one of the year's: it has not been dropped."""
        return self.indicator.dropped is None


class Index(Frozen):
    """`measured` of `total` indicators have an outcome. What is `reported_…` is taken over as published.

    `worth` is what all of them can earn, also those without a signal, which `possible` leaves out. `limits`
    are the target and, unless there are two signals only, the least that is close to it.
    """

    earned: Fraction
    possible: int
    measured: int
    total: int
    limits: tuple[Limit, ...] = ()
    reported_earned: int = 0
    reported_possible: int = 0
    worth: int = 0

    @cached_property
    def share(self) -> Fraction | None:
        """Earned / possible, or None when no points are possible."""
        return self.earned / self.possible if self.possible else None

    @cached_property
    def signal(self) -> Signal | None:
        """None when no points are possible, or nothing is said of how many are wanted."""
        if self.share is None or not self.limits:
            return None
        signals = (Signal.GREEN, Signal.ORANGE)
        kept = (limit.is_kept_by(self.share) for limit in self.limits)
        return next((signal for signal, is_kept in zip(signals, kept, strict=False) if is_kept), Signal.RED)

    def weight_in(self, whole: Index) -> tuple[int, int]:
        """Points of a part and of its whole: those that are possible, or until there are any all worth."""
        return (self.possible, whole.possible) if whole.possible else (self.worth, whole.worth)


class GoalResult(Frozen):
    goal: Goal
    results: tuple[IndicatorResult, ...]


class AreaResult(Frozen):
    """`actual_weight` is of all possible points; `unbalanced` when over 5 points from the ideal one."""

    area: Area
    goals: tuple[GoalResult, ...]
    index: Index
    actual_weight: Fraction | None = None
    unbalanced: bool = False
    reported: Reported | None = None

    @property
    def results(self) -> Iterator[IndicatorResult]:
        return (result for goal in self.goals for result in goal.results)

    @property
    def counted(self) -> list[IndicatorResult]:
        """Those of the year's indicators, without what has been dropped."""
        return [result for result in self.results if result.counts]


class UnitResult(Frozen):
    unit: Unit
    areas: tuple[AreaResult, ...]
    index: Index

    @property
    def results(self) -> Iterator[IndicatorResult]:
        return (result for area in self.areas for result in area.results)

    @cached_property
    def by_id(self) -> Mapping[str, IndicatorResult]:
        return {result.indicator.id: result for result in self.results}

    @property
    def counted(self) -> list[IndicatorResult]:
        return [result for area in self.areas for result in area.counted]


class UnitResults(Frozen):
    """`association` is the report's own result; `units` those of its parts, in the order of the report."""

    report: Report
    association: UnitResult
    units: tuple[UnitResult, ...]

    @property
    def every_unit(self) -> tuple[UnitResult, ...]:
        """The association first, then its units."""
        return (self.association, *self.units)

    @property
    def every_result(self) -> Iterator[tuple[UnitResult, IndicatorResult]]:
        return ((unit, result) for unit in self.every_unit for result in unit.results)


class ScoredReport(UnitResults):
    """What scoring makes of a report with all its tables."""
