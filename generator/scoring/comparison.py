"""Why one index differs from another: exact contributions, indicator by indicator."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from generator.model.comparison import Cause, Comparison, Item, Other
from generator.model.following import Key, followed, renamed, things
from generator.model.measures import Subject
from generator.model.names import name_key
from generator.model.outcome import Outcome
from generator.model.report import Report
from generator.model.results import AreaResult, Index, IndicatorResult, UnitResult, UnitResults
from generator.model.settings import Rules
from generator.scoring.development import redefined
from generator.scoring.index import points_earned
from generator.scoring.signals import bands_of, signal_of

T = TypeVar("T")
_Part = IndicatorResult | AreaResult | None  # of a unit's index; None where a report does not have it


def compare_unit(before: UnitResult, after: UnitResult, reports: tuple[Report, Report]) -> Comparison:
    """A unit in two reports, the later of which may be named first."""
    is_backwards = reports[0].period.order > reports[1].period.order
    others = redefined(*(reversed(reports) if is_backwards else reports))
    return compare(before, after, reports[1].rules, others, is_backwards=is_backwards)


def compare(
    before: UnitResult,
    after: UnitResult,
    rules: Rules | None = None,
    measured_otherwise: Collection[str] = (),
    *,
    is_backwards: bool = False,
) -> Comparison:
    """What each indicator has done to the index, and with the `rules` of `after` what of it has.

    The later report says what its things were in the earlier one; `is_backwards` when that is `before`.
    An area that is taken over as published in either unit is one item. Its indicators are compared only
    when it is taken over in both, and then they have no points of their own. Of those that
    are `measured_otherwise`, by name key in the later report, outcomes tell no change.
    """

    def is_redefined(pair: tuple[_Part, _Part]) -> bool:
        results = [part for part in pair if isinstance(part, IndicatorResult)]
        return len(results) == 2 and name_key(results[not is_backwards].indicator.id) in measured_otherwise

    pairs = list(_pairs(before, after, is_backwards))
    items = (
        _item(*pair, before.index, after.index, rules, is_redefined=is_redefined(pair)) for pair in pairs
    )
    differing = [item for item in items if item.earned_change or item.possible_change]
    differing.sort(key=lambda item: abs(item.contribution or Fraction(0)), reverse=True)
    share, other = before.index.share, after.index.share
    change = None if share is None or other is None else other - share
    others = tuple(Other(*pair, is_redefined(pair)) for pair in _others(pairs))
    return Comparison(before.index, after.index, change, tuple(differing), others, is_backwards)


def results_before(
    before: UnitResults, after: UnitResults
) -> Iterator[tuple[tuple[str, str], IndicatorResult]]:
    """What became of the indicators of a later report in an earlier one, by unit and indicator."""
    names, own = renamed(before.report, after.report), after.association.unit.id
    for unit, result in before.every_result:
        key = names.get((Subject.INDICATOR, name_key(result.indicator.id)))
        ids = [id for id in after.report.indicators if key and name_key(id) == key[1]]
        of = own if unit is before.association else unit.unit.id
        yield from (((of, id), result) for id in ids)


# What is compared with what


def _pairs(before: UnitResult, after: UnitResult, is_backwards: bool) -> Iterator[tuple[_Part, _Part]]:
    """What the two indexes are made of: their parts have the points of the whole."""
    indicators: tuple[list[IndicatorResult], list[IndicatorResult]] = ([], [])
    for areas in _same(before.areas, after.areas, lambda result: result.area, is_backwards):
        is_reported = [area is not None and area.reported is not None for area in areas]
        if any(is_reported):
            yield areas
        for area, results in zip(areas, indicators, strict=True):
            if area is not None and not any(is_reported):
                results.extend(area.results)
            elif area is not None and all(is_reported):
                results.extend(replace(result, earned=None) for result in area.results)
    yield from _same(*indicators, lambda result: result.indicator, is_backwards)


def _same(
    before: Sequence[T], after: Sequence[T], thing: Callable[[T], Any], is_backwards: bool
) -> Iterator[tuple[T | None, T | None]]:
    """Results of the same thing. In the order of the later report; last what only the earlier one has."""
    sides = (after, before) if is_backwards else (before, after)
    results: list[dict[Key, T]] = [
        {("", name_key(thing(result).id)): result for result in side} for side in sides
    ]
    for line in followed([things("", map(thing, side)) for side in sides]):
        earlier, later = (results[place][line[place]] if place in line else None for place in (0, 1))
        yield (later, earlier) if is_backwards else (earlier, later)


# What differs


def _points(part: _Part) -> tuple[Fraction, int]:
    if isinstance(part, AreaResult):
        return part.index.earned, part.index.possible
    if part is None or part.earned is None:
        return Fraction(0), 0
    return part.earned, part.indicator.weight or 0


def _item(
    old: _Part, new: _Part, before: Index, after: Index, rules: Rules | None, *, is_redefined: bool
) -> Item:
    earned_before, possible_before = _points(old)
    earned_after, possible_after = _points(new)
    earned, possible = earned_after - earned_before, possible_after - possible_before
    contribution = _contribution(earned, possible, before, after)
    if contribution is None:
        return Item(old, new, earned, possible, None, is_redefined=is_redefined)
    if is_redefined:
        causes = {Cause.MEASURE: contribution}
    elif isinstance(old, IndicatorResult) and isinstance(new, IndicatorResult):
        causes = _causes(old, new, before, after, rules) or {Cause.ONE_SIDED: contribution}
    elif isinstance(old, AreaResult) or isinstance(new, AreaResult):
        causes = {Cause.REPORTED: contribution}
    else:
        causes = {Cause.GONE if new is None else Cause.NEW: contribution}
    return Item(old, new, earned, possible, contribution, causes, is_redefined)


def _causes(
    old: IndicatorResult, new: IndicatorResult, before: Index, after: Index, rules: Rules | None
) -> dict[Cause, Fraction]:
    """Points are a credit times a weight: a change of either counts by the mean of the other.

    The change of the credit is first what the old outcome would have got by the new target and rules. None
    where it had no points on one of the sides.
    """
    (earned_before, weight_before), (earned_after, weight_after) = _points(old), _points(new)
    if not weight_before or not weight_after:
        return {}
    credit_before, credit_after = earned_before / weight_before, earned_after / weight_after
    by_new_rules = _credit_by(old, new, rules)
    between = credit_before if by_new_rules is None else by_new_rules
    weight = Fraction(weight_before + weight_after, 2)
    change, credit = weight_after - weight_before, (credit_before + credit_after) / 2
    parts = {
        Cause.OUTCOME: _contribution((credit_after - between) * weight, 0, before, after),
        Cause.TARGET: _contribution((between - credit_before) * weight, 0, before, after),
        Cause.WEIGHT: _contribution(change * credit, change, before, after),
    }
    return {cause: part for cause, part in parts.items() if part}


def _credit_by(old: IndicatorResult, new: IndicatorResult, rules: Rules | None) -> Fraction | None:
    """What the old outcome would have got of the new weight; None where that cannot be told."""
    is_alike = (old.outcome.kind, old.outcome.unit) == (new.outcome.kind, new.outcome.unit)
    if rules is None or not is_alike or old.outcome.protected or not new.indicator.weight:
        return None
    bands = bands_of(new.indicator, old.outcome.kind, rules)
    signal = signal_of(new.indicator, old.outcome, bands, is_due=new.is_due)
    earned = points_earned(new.indicator, signal, rules)
    return None if earned is None else earned / new.indicator.weight


def _contribution(earned: Fraction, possible: int, before: Index, after: Index) -> Fraction | None:
    """What a change of points earned and possible does to the index, as a fraction of one.

    A point earned counts by the mean of what it is worth in the two indexes, and a point possible by
    what it takes from them. Then the contributions add up to the change, whatever the order in which
    things changed. When the same points are possible in both, it is the points earned of these.
    """
    both = before.possible * after.possible
    if not both:
        return None
    by_earned = earned * (before.possible + after.possible) / (2 * both)
    by_possible = possible * (before.earned + after.earned) / (2 * both)
    return by_earned - by_possible


def _others(
    pairs: Iterable[tuple[_Part, _Part]],
) -> Iterator[tuple[IndicatorResult | None, IndicatorResult | None]]:
    for before, after in pairs:
        if isinstance(before, AreaResult) or isinstance(after, AreaResult):
            continue
        if _points(before) == _points(after) and _differ(before, after):
            yield before, after


def _differ(before: IndicatorResult | None, after: IndicatorResult | None) -> bool:
    """An indicator that is only in one of the reports differs when it is measured there."""
    if before is None or after is None:
        return any(result is not None and result.outcome.is_measured for result in (before, after))
    return before.signal is not after.signal or _measured(before.outcome) != _measured(after.outcome)


def _measured(outcome: Outcome) -> tuple[object, ...]:
    """The outcome itself, without where it was found or how it is called."""
    return outcome.value, outcome.numerator, outcome.denominator, outcome.met, outcome.is_measured
