"""How few persons or answers would change a signal, and the index: the board's questions of 2021.

A signal changes only at its limits. So the numerators that an indicator could have are cut into
stretches with one signal each, and the nearest stretch with a better or a worse signal is the answer.
Only of a gap are the answers of the smaller group tried one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from generator.model.outcome import Counted, Ratio, Uncounted
from generator.model.results import Index, IndicatorResult, Signal, UnitResult
from generator.model.sensitivity import Flip, Sensitivity, WhatIfs
from generator.model.settings import Rules
from generator.scoring.index import points_earned
from generator.scoring.signals import bands_of, signal_within

MOST_TRIED = 10_000  # answers: nobody asks so many of one sex
_RANK = {signal: rank for rank, signal in enumerate(reversed(Signal))}


def sensitivity_of(result: IndicatorResult, unit: UnitResult, rules: Rules) -> Sensitivity | None:
    """What it takes to change the signal; None without a signal or a value, as a verdict or of nobody."""
    value = result.outcome.value
    if result.signal is None or value is None:
        return None
    distance = min(abs(value - limit.value) for limit in result.indicator.target.limits)
    rank, best = _RANK[result.signal], _RANK[Signal.GREEN]
    flips = list(_flips(result, rules))

    def shortest(lowest: int, highest: int) -> Flip | None:
        """To a signal of such ranks. Of two that are as short, the one that lowers the number."""
        wanted = (flip for flip in flips if lowest <= _RANK[flip.signal] <= highest)
        flip = min(wanted, key=lambda flip: (flip.count, flip.more), default=None)
        return flip and replace(flip, index=_index_with(flip.signal, result, unit, rules))

    better, worse = shortest(rank + 1, best), shortest(0, rank - 1)
    return Sensitivity(distance, better, worse, met=shortest(max(rank + 1, best), best))


def what_ifs(unit: UnitResult, rules: Rules) -> WhatIfs | None:
    """The index if orange earned half, and its range over what rests on few; None without an index."""
    if not unit.index.possible:
        return None
    counted = list(_counted(unit))
    few = rules.small_basis
    orange = [result for result in counted if result.signal is Signal.ORANGE]
    # An empty group that counts as met rests on nobody, and so on few.
    small = [
        result
        for result in counted
        if any(isinstance(whole, Counted) and whole.number < few for whole in result.outcome.wholes)
    ]
    return WhatIfs(
        orange_half=_if_credited(unit.index, orange, Fraction(1, 2)),
        all_met=_if_credited(unit.index, small, Fraction(1)),
        none_met=_if_credited(unit.index, small, Fraction(0)),
        small=tuple(small),
    )


# The index


def _counted(unit: UnitResult) -> Iterator[IndicatorResult]:
    """The results that the index is made of, in the order of the report."""
    for area in unit.areas:
        if area.reported is None:
            yield from (result for result in area.results if result.earned is not None)


def _if_credited(index: Index, results: Iterable[IndicatorResult], credit: Fraction) -> Index:
    """The index if each of the results earned this part of its weight."""
    changes = ((result.indicator.weight or 0) * credit - (result.earned or Fraction(0)) for result in results)
    return replace(index, earned=index.earned + sum(changes, Fraction(0)))


def _index_with(signal: Signal, result: IndicatorResult, unit: UnitResult, rules: Rules) -> Index | None:
    """The unit's index if a result had another signal: see `Flip`."""
    earned = points_earned(result.indicator, signal, rules)
    if earned is None or all(counted.indicator.id != result.indicator.id for counted in _counted(unit)):
        return None
    return replace(unit.index, earned=unit.index.earned + earned - (result.earned or 0))


# Ways to another signal


def _flips(result: IndicatorResult, rules: Rules) -> Iterator[Flip]:
    """The shortest way to every signal that whole persons, answers or things could give, also the present."""
    limits = [limit.value for limit in result.limits]
    bands = bands_of(result.indicator, result.outcome.kind, rules)

    def signal_at(value: Fraction) -> Signal | None:
        return signal_within(bands, value, is_due=result.is_due)

    match result.outcome.ratios:
        case (Ratio(part=Counted(number=now) | Uncounted(number=int(now)), whole=None),):
            yield from _flips_of_number(now, limits, (0, None), lambda now: signal_at(Fraction(now)))
        case (Ratio(Counted(now), Counted(whole), each=(least, most)),) if whole:
            cuts, bounds = [limit * whole for limit in limits], (whole * least, whole * most)
            yield from _flips_of_number(now, cuts, bounds, lambda now: signal_at(Fraction(now, whole)))
        case (Ratio(Uncounted(amount), Counted(now)),) if amount > 0:
            cuts = [amount / limit for limit in limits if limit > 0]
            yield from _flips_of_number(now, cuts, (1, None), lambda now: signal_at(Fraction(amount) / now))
        case (women, men):
            yield from _flips_of_gap(limits, women, men, signal_at)


def _flips_of_number(
    now: int,
    cuts: Sequence[Fraction],
    bounds: tuple[int, int | None],
    signal_at: Callable[[int], Signal | None],
) -> Iterator[Flip]:
    """Of a number that may lie between bounds. Past the last cut the signal is the same for any number."""
    lowest, most = bounds
    highest = max([now, *(floor(cut) + 1 for cut in cuts)]) if most is None else most
    for first, last in _stretches(cuts, lowest, highest):
        signal = signal_at(first)
        if signal is not None:
            yield Flip(signal, count=max(first - now, now - last, 0), more=first > now)


def _flips_of_gap(
    limits: Sequence[Fraction], women: Ratio, men: Ratio, signal_at: Callable[[Fraction], Signal | None]
) -> Iterator[Flip]:
    """Of the difference between two shares, counted in parts of the product of their denominators.

    Which of the shares is larger does not matter to the gap: each limit cuts on both sides of zero.
    """
    shares = [_Share(int(ratio.numerator), int(ratio.denominator)) for ratio in (women, men)]
    small, large = sorted(shares, key=lambda share: share.denominator)
    whole = small.denominator * large.denominator
    now = small.numerator * large.denominator - large.numerator * small.denominator
    cuts = [side * limit * whole for limit in limits for side in (1, -1)]
    for first, last in _stretches(cuts, -whole, whole):
        count = _fewest_answers(small, large, first - now, last - now)
        signal = signal_at(Fraction(abs(first), whole))
        if count is not None and signal is not None:
            yield Flip(signal, count, more=abs(first) > abs(now))


def _stretches(cuts: Iterable[Fraction], lowest: int, highest: int) -> list[tuple[int, int]]:
    """The first and last of the whole numbers below, at and above each cut."""
    edges = (edge for cut in cuts for edge in (ceil(cut), floor(cut) + 1))
    starts = sorted({lowest, *(edge for edge in edges if lowest < edge <= highest)})
    ends = [start - 1 for start in starts[1:]]
    return list(zip(starts, [*ends, highest], strict=True))


# The fewest answers that change the difference between two shares


class _Share(NamedTuple):
    numerator: int
    denominator: int


def _fewest_answers(small: _Share, large: _Share, low: int, high: int) -> int | None:
    """How few answers must change for the difference small - large to rise by low to high.

    The rise is counted in parts of the product of the denominators. So an answer in the small group
    moves the difference by the large denominator, and one in the large group by the small one. None
    when the groups have no such answers, or more than are tried.
    """
    if small.denominator > MOST_TRIED:
        return None
    counts = []
    for moved in range(-small.numerator, small.denominator - small.numerator + 1):
        left = moved * large.denominator
        least = max(-((left - low) // small.denominator), large.numerator - large.denominator)
        most = min((high - left) // small.denominator, large.numerator)
        if least <= most:
            counts.append(abs(moved) + max(least, -most, 0))
    return min(counts, default=None)
