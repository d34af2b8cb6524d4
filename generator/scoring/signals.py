"""From an outcome and its target to a signal. Comparisons are exact; limits are inclusive."""

from __future__ import annotations

from fractions import Fraction

from generator.model.budget import IndicatorBase
from generator.model.quantities import Kind, Quantity, Target
from generator.model.results import Outcome, Signal
from generator.model.settings import Rules


def signal_of(indicator: IndicatorBase, outcome: Outcome, rules: Rules) -> Signal | None:
    """Green when the target is met, orange within the margin, red beyond; None when not measured."""
    if not outcome.is_measured:
        return None
    if outcome.met is not None:
        return Signal.GREEN if outcome.met else Signal.RED
    if outcome.value is None:
        return None
    if is_met(outcome.value, indicator.target):
        return Signal.GREEN
    margin = margin_of(indicator, outcome.kind, rules)
    if margin is None or distance(outcome.value, indicator.target) > margin:
        return Signal.RED
    return Signal.ORANGE


def is_met(value: Fraction, target: Target) -> bool:
    """Whether a value lies within the limits. A strict limit (a decrease) must be passed."""
    if target.low is not None and (value < target.low or (target.strict and value == target.low)):
        return False
    return target.high is None or not (
        value > target.high or (target.strict and value == target.high)
    )


def distance(value: Fraction, target: Target) -> Fraction:
    """How far a value lies outside of the limits, in the form of the value; 0 within them."""
    if target.low is not None and value < target.low:
        return target.low - value
    if target.high is not None and value > target.high:
        return value - target.high
    return Fraction(0)


def margin_of(indicator: IndicatorBase, kind: Kind, rules: Rules) -> Fraction | None:
    """How far from the target is close. None: there is no orange.

    The report's margin holds for percent and percentage points; other units only have the
    margin that the indicator states itself.
    """
    if rules.signals == 2:
        return None
    if indicator.margin is not None:
        return indicator.margin.value
    return rules.margin.value if kind in (Kind.SHARE, Kind.POINTS) else None


def index_signal(share: Fraction | None, rules: Rules) -> Signal | None:
    """The colour of an index: green from its target, orange within the index margin below it."""
    if share is None:
        return None
    if share >= rules.index_target:
        return Signal.GREEN
    close = _fraction(rules.index_margin)
    is_close = rules.signals > 2 and share >= rules.index_target - close
    return Signal.ORANGE if is_close else Signal.RED


def _fraction(margin: Quantity) -> Fraction:
    """A margin of the index as a fraction of one: ”5” and ”5 procentenheter” mean the same."""
    return margin.value / 100 if margin.kind is Kind.NUMBER else margin.value
