"""Results of the association into a seal, and back: a decided edition can be compared with today's."""

import datetime
from collections.abc import Mapping
from fractions import Fraction

from generator.model.budget import Area, Goal
from generator.model.measures import Indicator, ValueIndicator
from generator.model.outcome import Entered, NotMeasured, Outcome, Ratio, RestsOn, Uncounted, Verdicts
from generator.model.outcomes import Reported
from generator.model.places import Place
from generator.model.quantities import Kind, parse_target
from generator.model.report import Report
from generator.model.results import (
    AreaResult,
    GoalResult,
    Index,
    IndicatorResult,
    ScoredReport,
    Signal,
    UnitResult,
)
from generator.model.seal import Seal, SealedArea, SealedFile, SealedIndicator, SealedUnit
from generator.scoring.index import total_index


def seal_of(
    scored: ScoredReport, files: Mapping[str, str], decided: datetime.date, by: str, program: str
) -> Seal:
    """What is decided. `files` are SHA-256 sums by path in the report's folder."""
    indexes = [(unit.unit.id, unit.index) for unit in scored.units]
    return Seal(
        report=scored.report.id,
        decided=decided,
        by=by,
        program=program,
        areas=tuple(map(_sealed_area, scored.association.areas)),
        units=tuple(SealedUnit(id=id, earned=each.earned, possible=each.possible) for id, each in indexes),
        files=tuple(SealedFile(path=path, sha256=sha256) for path, sha256 in sorted(files.items())),
    )


def _sealed_area(area: AreaResult) -> SealedArea:
    return SealedArea(
        id=area.area.id,
        name=area.area.name,
        earned=area.index.earned,
        possible=area.index.possible,
        reported=area.reported is not None,
        indicators=tuple(_sealed_indicator(result) for result in area.counted),
    )


def _sealed_indicator(result: IndicatorResult) -> SealedIndicator:
    outcome = result.outcome
    return SealedIndicator(
        id=result.indicator.id,
        text=result.indicator.text,
        signal=result.signal,
        earned=result.earned,
        weight=result.indicator.weight,
        value=outcome.value,
        numerator=_exact(outcome.numerator),
        denominator=_exact(outcome.denominator),
        met=outcome.met,
    )


def _exact(number: int | Fraction | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def unit_of_seal(seal: Seal, scored: ScoredReport) -> UnitResult:
    """The association as it was decided, in the form of a result, with today's indicators where they are."""
    report = scored.report
    areas = tuple(_area_of_seal(area, report, seal) for area in seal.areas)
    return UnitResult(report.association, areas, total_index(areas, report.rules))


def _area_of_seal(sealed: SealedArea, report: Report, seal: Seal) -> AreaResult:
    """What the area and its indicators were before is today's word: then it is the same as today's."""
    today = report.indicators
    results = tuple(_result_of_seal(each, today.get(each.id)) for each in sealed.indicators)
    goal = Goal.model_construct(id=sealed.id, text=sealed.name, indicators=())
    was = next((area.corresponds for area in report.budget.areas if area.id == sealed.id), None)
    area = Area.model_construct(id=sealed.id, name=sealed.name, goals=(goal,), corresponds=was)
    measured = sum(result.outcome.is_measured for result in results)
    index = Index(sealed.earned, sealed.possible, measured, len(results))
    taken_over = Reported(int(sealed.earned), sealed.possible, seal.by, Place(""))
    reported = taken_over if sealed.reported else None
    return AreaResult(area, (GoalResult(goal, results),), index, reported=reported)


def _rests_on(sealed: SealedIndicator) -> RestsOn:
    """A seal holds the numbers, without the cells that they were sums of."""
    if sealed.numerator is None or sealed.denominator is None:
        return Entered()
    if sealed.value is None and sealed.met is not None and sealed.denominator:
        met = [number < sealed.numerator for number in range(int(sealed.denominator))]
        return Verdicts((), tuple(met), None)
    ratio = Ratio(Uncounted(sealed.numerator), Uncounted(sealed.denominator))
    return (ratio,) if ratio.share == sealed.value else Entered()


def _result_of_seal(sealed: SealedIndicator, today: Indicator | None) -> IndicatorResult:
    if today is None:
        target = parse_target("uppfyllt")
        today = ValueIndicator.model_construct(id=sealed.id, text=sealed.text, target=target, measure="värde")
    # An outcome may have had no signal, but a signal always had an outcome.
    is_measured = (sealed.signal, sealed.value, sealed.met) != (None, None, None)
    indicator = today.model_copy(update={"weight": sealed.weight, "dropped": None})
    outcome = Outcome(
        today.target.kind or Kind.NUMBER,
        sealed.value,
        rests_on=_rests_on(sealed),
        met=sealed.met,
        reason=None if is_measured else NotMeasured.ROW_MISSING,
    )
    signal = Signal(sealed.signal) if sealed.signal else None
    return IndicatorResult(indicator, outcome, signal, sealed.earned)
