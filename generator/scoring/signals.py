"""From an outcome and its target to a signal. Comparisons are exact; limits are inclusive."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache, partial

from generator.model.measures import IndicatorBase
from generator.model.outcome import Outcome
from generator.model.quantities import Kind, Limit, Target
from generator.model.results import Signal, levels
from generator.model.settings import Rules

Bands = tuple[tuple[Signal, tuple[Limit, ...]], ...]


def signal_of(
    indicator: IndicatorBase, outcome: Outcome, bands: Bands, *, is_due: bool = True
) -> Signal | None:
    """Green when the target is met, orange within the margin, of four signals the next within the outer one.

    None when not measured, when no target was set, and when a target that is not due is not met yet.
    """
    if not indicator.target.is_set:
        return None
    if outcome.met:
        return Signal.GREEN
    if outcome.met is not None:
        return Signal.RED if is_due else None
    if outcome.value is None:
        return None
    return signal_within(bands, outcome.value, is_due=is_due)


def signal_within(bands: Bands, value: Fraction, *, is_due: bool = True) -> Signal | None:
    """The signal of a value where a target is set, by the bands of that."""
    found = next((signal for signal, limits in bands if _all_kept(limits, value)), Signal.RED)
    return found if is_due or found is Signal.GREEN else None


def is_met(value: Fraction, target: Target) -> bool:
    """Whether a value, in the form of the target's kind, lies within its limits."""
    return _all_kept(target.limits, value)


def meets_level(
    level: Target | None, indicator: IndicatorBase, outcome: Outcome, rules: Rules, *, is_due: bool = True
) -> bool | None:
    """Whether an outcome keeps a level; without one, or where it has no value, the indicator's own target.

    A level of ”uppfyllt” asks for no more than the own target. None where that gives no signal.
    """
    if level is None or level.kind is Kind.VERDICT or outcome.value is None:
        signal = signal_of(indicator, outcome, bands_of(indicator, outcome.kind, rules), is_due=is_due)
        return None if signal is None else signal is Signal.GREEN
    return is_met(outcome.value, level)


def index_limits(rules: Rules) -> tuple[Limit, ...]:
    """The index target, and below it the limit of what is close, as fractions of one."""
    both = _floor(rules.index_target), _floor(rules.index_target - rules.index_margin)
    return both[: rules.signals - 1]


_floor = cache(partial(Limit, is_floor=True))  # that of all units


def bands_of(indicator: IndicatorBase, kind: Kind, rules: Rules) -> Bands:
    """The signals but red, from the best, with the limits of the target moved out by their margins.

    The report's margins hold for percent and percentage points. Other units are close only within
    margins that the indicator states itself.
    """
    limits = indicator.target.limits
    bands = [(Signal.GREEN, limits)]
    margins = ((indicator.margin, rules.margin), (indicator.outer_margin, rules.outer_margin))
    for signal, (own, common) in zip(levels(rules)[1:-1], margins, strict=False):
        margin = own.value if own else common if kind in (Kind.SHARE, Kind.POINTS) else None
        if margin is not None:
            moved = (limit.value + (-margin if limit.is_floor else margin) for limit in limits)
            bands.append((signal, tuple(map(Limit, moved, (limit.is_floor for limit in limits)))))
    return tuple(bands)


def _all_kept(limits: Iterable[Limit], value: Fraction) -> bool:
    return all(limit.is_kept_by(value) for limit in limits)
