"""What made the difference between two indexes."""

from dataclasses import dataclass
from fractions import Fraction

from generator.model.results import AreaResult, Index, IndicatorResult


@dataclass(frozen=True)
class Item:
    """An indicator, or an area taken over as published, whose points differ.

    It is None on the side where it does not exist. `contribution` is its part of the change of the
    index, as a fraction of one; None when one of the indexes has no possible points.
    """

    before: IndicatorResult | AreaResult | None
    after: IndicatorResult | AreaResult | None
    earned_change: Fraction
    possible_change: int
    contribution: Fraction | None


@dataclass(frozen=True)
class Other:
    """An indicator whose outcome or signal differs although its points are the same."""

    before: IndicatorResult | None
    after: IndicatorResult | None


@dataclass(frozen=True)
class Comparison:
    """Two indexes, and what explains the difference: the items' contributions add up to the change.

    `change` is a fraction of one, None when one of the indexes has no possible points. `items` stand by
    the size of their contribution; otherwise areas come first, and all stand in the order of the later
    report, followed by what only the earlier one has. So do `others`.
    """

    before: Index
    after: Index
    change: Fraction | None
    items: tuple[Item, ...]
    others: tuple[Other, ...]
