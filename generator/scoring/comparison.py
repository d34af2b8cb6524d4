"""Why one index differs from another: exact contributions, indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from generator.model.comparison import Comparison, Item, Other
from generator.model.outcome import Outcome
from generator.model.results import (
    AreaResult,
    Index,
    IndicatorResult,
    UnitResult,
)


@dataclass(frozen=True)
class _Entry:
    """A part of a unit's index with its points. All entries of a unit add up to its index."""

    part: IndicatorResult | AreaResult
    earned: Fraction = Fraction(0)
    possible: int = 0

    @property
    def key(self) -> tuple[str, str]:
        if isinstance(self.part, AreaResult):
            return "area", self.part.area.id
        return "indicator", self.part.indicator.id


_Pair = tuple[_Entry | None, _Entry | None]


def compare(before: UnitResult, after: UnitResult, same: Mapping[str, str] = {}) -> Comparison:
    """What each indicator has done to the index.

    Indicators are the same when they have the same id, or when `same` tells which id after stands for an
    id before. An area that is taken over as published in either unit is one item. Its indicators are
    compared only when it is taken over in both, and then they have no points of their own.
    """
    pairs = _pairs(before, after, same)
    items = (_item(pair, before.index, after.index) for pair in pairs)
    differing = [item for item in items if item.earned_change or item.possible_change]
    return Comparison(
        before.index,
        after.index,
        _change(before.index, after.index),
        tuple(sorted(differing, key=_size, reverse=True)),
        tuple(_others(pairs)),
    )


def _change(before: Index, after: Index) -> Fraction | None:
    if before.share is None or after.share is None:
        return None
    return after.share - before.share


# What is compared with what


def _pairs(before: UnitResult, after: UnitResult, same: Mapping[str, str]) -> list[_Pair]:
    """In the order of the later report; last what only the earlier one has."""
    reported_before, reported_after = _reported(before), _reported(after)
    either, both = reported_before | reported_after, reported_before & reported_after
    earlier = _by_later_key(list(_entries(before, either, both)), same)
    pairs: list[_Pair] = [(earlier.pop(entry.key, None), entry) for entry in _entries(after, either, both)]
    return pairs + [(entry, None) for entry in earlier.values()]


def _reported(unit: UnitResult) -> frozenset[str]:
    return frozenset(area.area.id for area in unit.areas if area.reported is not None)


def _entries(unit: UnitResult, either: frozenset[str], both: frozenset[str]) -> Iterator[_Entry]:
    """The unit's areas that are reported in either unit, and the indicators of the others."""
    for area in unit.areas:
        if area.area.id not in either:
            yield from map(_with_points, area.results)
            continue
        yield _Entry(area, area.index.earned, area.index.possible)
        if area.area.id in both:
            yield from map(_Entry, area.results)


def _with_points(result: IndicatorResult) -> _Entry:
    if result.earned is None:
        return _Entry(result)
    return _Entry(result, result.earned, result.indicator.weight or 0)


def _by_later_key(entries: list[_Entry], same: Mapping[str, str]) -> dict[tuple[str, str], _Entry]:
    """Earlier entries by the key of the later ones that they are compared with.

    An id that was given to another indicator no longer stands for the one that had it: that one exists
    only before, and so does the second of two that are said to have become the same.
    """
    renamed = {("indicator", old): ("indicator", new) for old, new in same.items()}
    given = {renamed[entry.key] for entry in entries if entry.key in renamed}
    by_key: dict[tuple[str, str], _Entry] = {}
    for entry in entries:
        key = renamed.get(entry.key, entry.key)
        is_lost = key in by_key or (key in given and entry.key not in renamed)
        by_key[("only before", entry.key[1]) if is_lost else key] = entry
    return by_key


# What differs


def _points(entry: _Entry | None) -> tuple[Fraction, int]:
    return (entry.earned, entry.possible) if entry else (Fraction(0), 0)


def _item(pair: _Pair, before: Index, after: Index) -> Item:
    old, new = pair
    earned_before, possible_before = _points(old)
    earned_after, possible_after = _points(new)
    earned, possible = earned_after - earned_before, possible_after - possible_before
    contribution = None
    if before.possible and after.possible:
        contribution = _contribution(earned, possible, before, after)
    return Item(old.part if old else None, new.part if new else None, earned, possible, contribution)


def _size(item: Item) -> Fraction:
    return abs(item.contribution or Fraction(0))


def _contribution(earned: Fraction, possible: int, before: Index, after: Index) -> Fraction:
    """What a change of points earned and possible does to the index, as a fraction of one.

    A point earned counts by the mean of what it is worth in the two indexes, and a point possible by
    what it takes from them. Then the contributions add up to the change, whatever the order in which
    things changed. When the same points are possible in both, it is the points earned of these.
    """
    both = before.possible * after.possible
    by_earned = earned * (before.possible + after.possible) / (2 * both)
    by_possible = possible * (before.earned + after.earned) / (2 * both)
    return by_earned - by_possible


def _others(pairs: list[_Pair]) -> Iterator[Other]:
    for old, new in pairs:
        if _points(old) != _points(new):
            continue
        before, after = _indicator(old), _indicator(new)
        if _differ(before, after):
            yield Other(before, after)


def _indicator(entry: _Entry | None) -> IndicatorResult | None:
    return entry.part if entry and isinstance(entry.part, IndicatorResult) else None


def _differ(before: IndicatorResult | None, after: IndicatorResult | None) -> bool:
    """An indicator that is only in one of the reports differs when it is measured there."""
    if before is None or after is None:
        return any(result is not None and result.outcome.is_measured for result in (before, after))
    return before.signal is not after.signal or _measured(before.outcome) != _measured(after.outcome)


def _measured(outcome: Outcome) -> tuple[object, ...]:
    """The outcome itself, without where it was found or how it is called."""
    return outcome.value, outcome.numerator, outcome.denominator, outcome.met, outcome.is_measured
