"""How close results are to others: what flips a signal, and what that would make of the index."""

from fractions import Fraction

from generator.model.frozen import Frozen
from generator.model.results import Index, IndicatorResult, Signal


class Flip(Frozen):
    """The shortest way to another signal: `count` whole persons, answers or things counted differently.

    `signal` is what it would become. With `more` the numerator (or the number itself) must rise, and a
    gender gap must grow; otherwise it must fall. `index` is the unit's index then, None when the signal
    does not count in it: the indicator has no weight, or its area's points are taken over as published.
    """

    signal: Signal
    count: int
    more: bool
    index: Index | None = None


class Sensitivity(Frozen):
    """How far an outcome is from other signals.

    `distance` is how far the value is from the nearest limit of the target, at least 0 and in the form
    of the value: a share, points or a number. `better` and `worse` are None where nobody and nothing is
    counted, and where no count gives such a signal. `met` is the shortest way to a target that is not met.
    """

    distance: Fraction
    better: Flip | None
    worse: Flip | None
    met: Flip | None = None


class WhatIfs(Frozen):
    """A unit's index under other rules. What is taken over as published stays as it is in all of them.

    `orange_half` is the index if every orange indicator earned half its weight. `all_met` and `none_met`
    are the index if every indicator with a small basis were met, and if none of them were; `small` are
    these indicators, in the order of the report.
    """

    orange_half: Index
    all_met: Index
    none_met: Index
    small: tuple[IndicatorResult, ...]
