"""What outcomes and their signals tell of the counts behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from generator.model.budget import (
    AnswerIndicator,
    ChangeIndicator,
    CompositeIndicator,
    GenderBalanceIndicator,
    GenderGapIndicator,
    IndicatorBase,
    ShareIndicator,
)
from generator.model.outcomes import Sex
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.results import IndicatorResult, Limit, NotMeasured, Outcome, ScoredReport, UnitResult
from generator.protecting.answers import AnswerSums
from generator.protecting.collecting import (
    COST_OF_ALL,
    COST_OF_OUTCOME,
    MEN,
    OUTCOME,
    PERSONS,
    TOTAL,
    WOMEN,
    Key,
    Knowledge,
    add,
    minus,
    times,
)
from generator.protecting.people import PeopleSums
from generator.protecting.system import Sum


@dataclass(frozen=True)
class Counted:
    """What outcomes are made of, as sums of cells."""

    people: PeopleSums
    answers: AnswerSums


def know_outcome(
    result: IndicatorResult,
    unit: UnitResult,
    scored: ScoredReport,
    counted: Counted,
    knowledge: Knowledge,
) -> None:
    """What an indicator shows of its counts, and what its signal tells of them."""
    indicator, outcome = result.indicator, result.outcome
    is_association = unit.unit.id == scored.report.association.id
    key = (OUTCOME, unit.unit.id, indicator.id)
    cost = COST_OF_ALL if is_association else COST_OF_OUTCOME
    if isinstance(indicator, CompositeIndicator):
        _composite(indicator, unit, counted, knowledge)
        return
    if _is_count_of_persons(outcome):
        assert outcome.value is not None
        number = knowledge.cell((*key, "antal"), abs(int(outcome.value)), unit.unit.id)
        knowledge.show((*key, "täljare"), number, cost)
        if not isinstance(indicator, ChangeIndicator) and outcome.value >= 0:
            _signal(key, (number, ()), result.limits, outcome, knowledge)
        return
    for part, (numerator, denominator) in _fractions(indicator, unit, counted).items():
        if not denominator:
            continue
        _not_measured((*key, part), outcome, denominator, scored.report, knowledge)
        if not outcome.is_measured or _is_published(outcome):
            continue
        knowledge.show((*key, part, "täljare"), numerator, cost)
        knowledge.show((*key, part, "nämnare"), denominator, cost)
        knowledge.guard((*key, part, "övriga"), minus(denominator, numerator))
        if isinstance(indicator, AnswerIndicator):
            _answered((*key, part), indicator, denominator, scored.report, knowledge)
        if is_association and outcome.computed is None:
            _small_basis(key, part, denominator, scored.report.rules.small_basis, knowledge)
        if outcome.value is None:
            knowledge.know((*key, part), denominator, 0, 0, signal=True)
        elif not isinstance(indicator, GenderGapIndicator):
            _signal(key, (numerator, denominator), result.limits, outcome, knowledge)
    if isinstance(indicator, GenderGapIndicator) and outcome.value is not None and not _is_published(outcome):
        _gap_signal(key, _fractions(indicator, unit, counted), result, knowledge)


def _not_measured(
    label: Key, outcome: Outcome, denominator: Sum, report: Report, knowledge: Knowledge
) -> None:
    """Why there is no outcome tells how many there are."""
    if outcome.reason in (NotMeasured.NOBODY, NotMeasured.NO_ANSWERS):
        knowledge.know_if_true(label, denominator, 0, 0, signal=True)
    elif outcome.reason is NotMeasured.TOO_FEW:
        most = report.rules.minimum_answers - 1
        knowledge.know_if_true(label, denominator, 1, most, signal=True)


def _is_published(outcome: Outcome) -> bool:
    """Whether only a published figure is known, and no counts. Where they are, it tells of them."""
    return outcome.numerator is None and not outcome.parts and outcome.computed is None


def _is_count_of_persons(outcome: Outcome) -> bool:
    """Also a change in persons: it is hidden when it is of few."""
    is_whole = outcome.value is not None and outcome.value.denominator == 1
    return outcome.kind is Kind.NUMBER and outcome.unit.casefold() in PERSONS and is_whole


def _answered(
    key: Key, indicator: AnswerIndicator, denominator: Sum, report: Report, knowledge: Knowledge
) -> None:
    """What has an outcome was answered by as many as are needed, and by no more than were asked."""
    least = report.rules.minimum_answers
    knowledge.know_if_true((*key, "minsta antal svar"), denominator, least, None, signal=True)
    group = report.survey.group(indicator.group)
    if group is not None and group.asked is not None:
        knowledge.know_if_true((*key, "tillfrågade"), denominator, None, group.asked)


def _fractions(
    indicator: IndicatorBase, unit: UnitResult, counted: Counted
) -> dict[str, tuple[Sum, Sum]]:
    """The numerators and denominators of an outcome, by what they are of."""
    id, people, answers = unit.unit.id, counted.people, counted.answers
    match indicator:
        case ShareIndicator(numerator=part, denominator=whole):
            rows = [people.rows.get((id, row)) for row in (*part, *whole)]
            if None in rows:
                return {}
            totals = [row[TOTAL] for row in rows if row is not None]
            return {"alla": (add(*totals[: len(part)]), add(*totals[len(part) :]))}
        case GenderBalanceIndicator(rows=names, group=group):
            tables = (
                [people.rows.get((id, row)) for row in names]
                if names is not None
                else [people.groups.get((id, group or ""))]
            )
            known = [table for table in tables if table is not None and WOMEN in table]
            if len(known) < len(tables):
                return {}
            women = add(*(table[WOMEN] for table in known))
            return {"alla": (women, add(women, *(table[MEN] for table in known)))}
        case GenderGapIndicator():
            return {
                WOMEN: answers.share(indicator, id, Sex.WOMEN),
                MEN: answers.share(indicator, id, Sex.MEN),
            }
        case AnswerIndicator():
            return {"alla": answers.share(indicator, id, Sex.ALL)}
        case _:
            return {}


def _signal(
    key: Key,
    fraction: tuple[Sum, Sum],
    limits: Iterable[Limit],
    outcome: Outcome,
    knowledge: Knowledge,
) -> None:
    """On which side of each limit the outcome lies. A count without denominator is a part of one."""
    assert outcome.value is not None
    numerator, denominator = fraction
    if denominator:
        knowledge.know((*key, "signal"), denominator, 1, None, signal=True)
    for limit in limits:
        part, whole = limit.at.denominator, limit.at.numerator
        constant = 0 if denominator else whole
        side = minus(times(numerator, part), times(denominator, whole))
        is_kept = limit.is_kept_by(outcome.value)
        _know_side((*key, "signal"), side, constant, limit, knowledge, is_kept=is_kept)


def _know_side(
    label: Key, side: Sum, constant: int, limit: Limit, knowledge: Knowledge, *, is_kept: bool
) -> None:
    """That a sum lies above or below a constant. A limit that is not strict is itself on the kept side."""
    is_above = limit.is_floor == is_kept
    is_open = limit.strict == is_kept
    if is_above:
        knowledge.know_if_true(label, side, constant + (1 if is_open else 0), None, signal=True)
    else:
        knowledge.know_if_true(label, side, None, constant - (1 if is_open else 0), signal=True)


def _gap_signal(
    key: Key, fractions: dict[str, tuple[Sum, Sum]], result: IndicatorResult, knowledge: Knowledge
) -> None:
    """A gap is a difference of two shares. Readers are taken to know both denominators, so that it is a sum.

    A small denominator is not taken as known: then the gap tells nothing that can be written as a sum.
    """
    (women, of_women), (men, of_men) = fractions[WOMEN], fractions[MEN]
    sizes = knowledge.value(of_women), knowledge.value(of_men)
    if any(0 < size < knowledge.threshold for size in sizes) or not all(sizes):
        return
    label = (*key, "signal")
    knowledge.know(label, of_women, sizes[0], sizes[0], signal=True)
    knowledge.know(label, of_men, sizes[1], sizes[1], signal=True)
    difference = minus(times(women, sizes[1]), times(men, sizes[0]))
    if knowledge.value(difference) < 0:
        difference = times(difference, -1)
    both = sizes[0] * sizes[1]
    for limit in result.limits:
        scale = limit.at.denominator
        constant = int(limit.at * both * scale)
        side = times(difference, scale)
        is_kept = limit.is_kept_by(Fraction(knowledge.value(difference), both))
        _know_side(label, side, constant, limit, knowledge, is_kept=is_kept)
        if limit.is_floor != is_kept:  # below the limit: also when the other sex has the larger share
            knowledge.know(label, side, -constant, None, signal=True)


def _composite(
    indicator: CompositeIndicator,
    unit: UnitResult,
    counted: Counted,
    knowledge: Knowledge,
) -> None:
    """On which side of a common level each part lies, as if readers knew it of each."""
    level = indicator.level
    if level is None:
        return
    limits = [Limit(level.low, True, level.strict)] if level.low is not None else []
    limits += [Limit(level.high, False, level.strict)] if level.high is not None else []
    for part in unit.results:
        if part.indicator.id not in indicator.parts or part.outcome.value is None:
            continue
        if isinstance(part.indicator, GenderGapIndicator) or _is_published(part.outcome):
            continue
        for fraction in _fractions(part.indicator, unit, counted).values():
            key = (OUTCOME, unit.unit.id, indicator.id)
            _signal(key, fraction, limits, part.outcome, knowledge)


def _small_basis(key: Key, part: str, denominator: Sum, small: int, knowledge: Knowledge) -> None:
    """The range of the index tells which outcomes rest on few."""
    if knowledge.value(denominator) < small:
        knowledge.know((*key, part, "litet underlag"), denominator, None, small - 1)
    else:
        knowledge.know((*key, part, "litet underlag"), denominator, small, None)
