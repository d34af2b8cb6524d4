"""Points and IMPACTindex: per area, per unit and for the report."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from generator.model.budget import Area
from generator.model.measures import Indicator
from generator.model.outcome import NotMeasured, Outcome
from generator.model.report import Report
from generator.model.results import (
    AreaResult,
    GoalResult,
    Index,
    IndicatorResult,
    ScoredReport,
    Signal,
    UnitResult,
    levels,
)
from generator.model.settings import Rules, Unit
from generator.scoring.measures import Measuring
from generator.scoring.signals import bands_of, index_limits, signal_of

LARGEST_WEIGHT_DEVIATION = Fraction(5, 100)


def score_report(report: Report) -> ScoredReport:
    return ScoredReport(
        report,
        association=score_unit(report, report.association),
        units=tuple(score_unit(report, unit) for unit in report.units),
    )


def score_unit(report: Report, unit: Unit) -> UnitResult:
    measuring = Measuring(report, unit)
    areas = [_score_area(report, unit, area, measuring) for area in report.budget.areas]
    index = total_index(areas, report.rules)
    return UnitResult(unit, tuple(_weighed(area, index) for area in areas), index)


def _weighed(area: AreaResult, index: Index) -> AreaResult:
    """The area with its share of all possible points, and whether that is far from its ideal."""
    points, of_all = area.index.weight_in(index)
    if not of_all:
        return area
    weight = Fraction(points, of_all)
    ideal = area.area.ideal_weight
    is_far = ideal is not None and abs(weight - ideal) > LARGEST_WEIGHT_DEVIATION
    return replace(area, actual_weight=weight, unbalanced=is_far)


def _score_area(report: Report, unit: Unit, area: Area, measuring: Measuring) -> AreaResult:
    reported = report.outcomes.reported.get((unit.id, area.id))
    goals = []
    for goal in area.goals:
        own = [report.indicator_of(indicator.id, unit) for indicator in goal.indicators]
        results = tuple(
            _score_indicator(
                report, unit, indicator, measuring.outcome(indicator), is_reported=bool(reported)
            )
            for indicator in own
            if indicator is not None
        )
        if results:
            goals.append(GoalResult(goal, results))
    counted = [result for goal in goals for result in goal.results if result.counts]
    index = _index_of(counted, report.rules)
    if reported is not None:
        earned, possible = reported.earned, reported.possible
        index = replace(index, earned=Fraction(earned), possible=possible)
        index = replace(index, reported_earned=earned, reported_possible=possible)
    return AreaResult(area, tuple(goals), index, reported=reported)


def _score_indicator(
    report: Report, unit: Unit, indicator: Indicator, outcome: Outcome, *, is_reported: bool
) -> IndicatorResult:
    # Where an area's points are taken over, what is not here is known to whoever counted then.
    # The absence of a story or a text says as little as that of a figure.
    is_missing = outcome.reason in (NotMeasured.ROW_MISSING, NotMeasured.NOT_STATED)
    if is_reported and (indicator.counts_texts or is_missing):
        outcome = indicator.not_measured(NotMeasured.NOT_PUBLISHED)
    is_due, rules = report.is_due(indicator), report.rules
    bands = bands_of(indicator, outcome.kind, rules)
    signal = signal_of(indicator, outcome, bands, is_due=is_due)
    earned = points_earned(indicator, signal, rules)
    limits = tuple(limit for _, limits in bands for limit in limits)  # every value at which it changes
    name = dict(zip(levels(rules), rules.signal_names, strict=False)).get(signal, "") if signal else ""
    references = report.references_of(indicator, unit)
    return IndicatorResult(indicator, outcome, signal, earned, limits, is_due, references, name)


def points_earned(indicator: Indicator, signal: Signal | None, rules: Rules) -> Fraction | None:
    """A met indicator earns its weight, a close one the credit of the rules, others nothing."""
    if signal is None or indicator.weight is None:
        return None
    credit: dict[Signal, Fraction | int] = {
        Signal.GREEN: 1,
        Signal.ORANGE: rules.orange_credit,
        Signal.PARTLY: rules.partly_credit,
        Signal.RED: 0,
    }
    return Fraction(indicator.weight * credit[signal])


def _index_of(results: list[IndicatorResult], rules: Rules) -> Index:
    """Indicators without a signal are left out of both sums."""
    judged = [result for result in results if result.signal is not None]
    return Index(
        earned=sum((result.earned or Fraction(0) for result in judged), Fraction(0)),
        possible=sum(result.indicator.weight or 0 for result in judged),
        measured=sum(result.outcome.is_measured for result in results),
        total=len(results),
        worth=sum(result.indicator.weight or 0 for result in results),
        limits=index_limits(rules),
    )


def total_index(areas: Iterable[AreaResult], rules: Rules) -> Index:
    parts = [area.index for area in areas]
    return Index(
        earned=sum((part.earned for part in parts), Fraction(0)),
        possible=sum(part.possible for part in parts),
        measured=sum(part.measured for part in parts),
        total=sum(part.total for part in parts),
        reported_earned=sum(part.reported_earned for part in parts),
        reported_possible=sum(part.reported_possible for part in parts),
        worth=sum(part.worth for part in parts),
        limits=index_limits(rules),
    )
