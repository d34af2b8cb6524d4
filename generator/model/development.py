"""What became of the same thing over the years, in the reports of a unit beside each other."""

from typing import Generic, TypeVar

from generator.model.frozen import Frozen
from generator.model.periods import PartOfYear
from generator.model.results import Index, IndicatorResult, UnitResult
from generator.model.shown import ShownPeople, ShownReport

T_co = TypeVar("T_co", covariant=True)


class ReportColumn(Frozen):
    """A report in which the unit has results: its own, or one in which it is a part."""

    published: ShownReport
    result: UnitResult


class Line(Frozen, Generic[T_co]):
    """One thing over the columns; None where a report does not have it.

    Its `name` is that of the latest report, "" for the unit as a whole, and `ids` are what it is called in
    each. In the columns of `breaks` it is defined otherwise than in the nearest column before that has it,
    so that the two cannot be compared.
    """

    name: str
    ids: tuple[str | None, ...]
    points: tuple[T_co | None, ...]
    breaks: frozenset[int] = frozenset()

    @property
    def is_followed(self) -> bool:
        return sum(point is not None for point in self.points) > 1


class Development(Frozen):
    """A unit over the years. `columns` are its reports, the oldest first.

    Those of a `part` of the year are by themselves, beside the last whole year before them.
    """

    unit: str
    part: PartOfYear | None
    columns: tuple[ReportColumn, ...]
    index: Line[Index]
    areas: tuple[Line[Index], ...]
    rows: tuple[Line[ShownPeople], ...]
    indicators: tuple[Line[IndicatorResult], ...]
