"""What made the difference between two indexes."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction

from generator.model.frozen import Frozen
from generator.model.results import AreaResult, Index, IndicatorResult

NONE = Fraction(0)


class Cause(StrEnum):
    """What of an indicator has changed the index, in the words shown to readers."""

    OUTCOME = "utfall"
    TARGET = "krav och regler"
    WEIGHT = "vikter"
    MEASURE = "ändrade sätt att mäta"
    ONE_SIDED = "sådant som fick signal bara i det ena"
    NEW = "nya indikatorer"
    GONE = "indikatorer som inte finns kvar"
    REPORTED = "områden vars poäng är övertagna"


class Item(Frozen):
    """An indicator, or an area taken over as published, whose points differ.

    It is None on the side where it does not exist. `contribution` is its part of the change of the
    index, as a fraction of one; None when one of the indexes has no possible points. `causes` add up to it.
    One that `is_redefined` is measured otherwise in the later report: its outcomes do not tell a change.
    """

    before: IndicatorResult | AreaResult | None
    after: IndicatorResult | AreaResult | None
    earned_change: Fraction
    possible_change: int
    contribution: Fraction | None
    causes: Mapping[Cause, Fraction] = field(default_factory=dict)
    is_redefined: bool = False


class Other(Frozen):
    """An indicator whose outcome or signal differs although its points are the same."""

    before: IndicatorResult | None
    after: IndicatorResult | None
    is_redefined: bool = False


class Comparison(Frozen):
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
    is_backwards: bool = False  # whether `before` is the later report

    @property
    def causes(self) -> Mapping[Cause, Fraction]:
        """What of all items together has changed the index; they add up to the change."""
        sums = {cause: sum((item.causes.get(cause, NONE) for item in self.items), NONE) for cause in Cause}
        return {cause: part for cause, part in sums.items() if part}
