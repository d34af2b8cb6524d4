"""Scales of pictures: from values to places and lengths in percent of a drawing's width; lines over years."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from generator.model.frozen import Frozen
from generator.pages import views
from generator.pages.numbers import decimal_text

DIGIT = Fraction(3, 100)  # of the drawing: the room that a digit needs, on a phone too


class Scale(Frozen):
    """From a value to a place on a drawing. In a column of drawings the same length is the same number.

    `part` is how much of the drawing's width the scale takes.
    """

    low: Fraction
    high: Fraction
    part: Fraction = Fraction(1)

    def place(self, value: Fraction | int) -> str:
        """Where a value stands: ”40.53%”; what lies beyond the scale stands at its end."""
        return _percent(*self._share(value))

    def length(self, start: Fraction | int, end: Fraction | int) -> str:
        (first, size), (last, other) = self._share(start), self._share(end)
        return _percent(abs(last * size - first * other), size * other)

    def span(self, start: Fraction | int, end: Fraction | int, kind: str, label: str = "") -> views.Stretch:
        middle = self.place(Fraction(start + end) / 2)
        return views.Stretch(self.place(min(start, end)), middle, self.length(start, end), kind, label)

    def has_room(self, text: str, size: Fraction) -> bool:
        """Whether a figure can be read within a bar of this size."""
        return Fraction(*self._share(self.low + size)) >= DIGIT * len(text)

    def ends(self, told: Callable[[Fraction], str]) -> tuple[views.Tick, ...]:
        """Zero, and the round number that is the farthest from it, as it is told with its unit."""
        farthest = max(self.low, self.high, key=abs)
        step = Fraction(10) ** (len(str(int(abs(farthest)))) - 1)
        last = int(farthest / step) * step
        return (views.Tick(self.place(0), "0"), *([views.Tick(self.place(last), told(last))] if last else []))

    def _share(self, value: Fraction | int) -> tuple[int, int]:
        """How far into the drawing, as a ratio of whole numbers: fractions of fractions take long."""
        (low, of_low), (unit, of_unit), (most, of_most) = self._ratios
        number, of_number = value.numerator, value.denominator
        share, whole = (number * of_low - low * of_number) * unit, of_number * of_low * of_unit
        if share <= 0:
            return 0, 1
        return (share, whole) if share * of_most < most * whole else (most, of_most)

    @cached_property
    def _ratios(self) -> tuple[tuple[int, int], ...]:
        """The lower end, the share of the drawing for each unit of the scale, and the largest share."""
        size = self.high - self.low
        unit = self.part / size if size else Fraction(0)
        return tuple(number.as_integer_ratio() for number in (self.low, unit, self.part))


def _percent(numerator: int, denominator: int) -> str:
    return f"{round(100 * numerator / denominator, 2):g}%"


PERCENT = Scale(Fraction(0), Fraction(1))
# From 0 to 100 %, with room for half a mark beyond the ends.
SHARES = Scale(Fraction(-3, 100), Fraction(103, 100))


def ticks(*shares: Fraction | int) -> tuple[views.Tick, ...]:
    return tuple(views.Tick(SHARES.place(share), decimal_text(Fraction(share) * 100)) for share in shares)


def heights_of(values: Iterable[Fraction]) -> Scale:
    """Of lines of one unit, zero always among them; upside down, since drawings are measured from above."""
    known = [Fraction(0), *values]
    room = (max(known) - min(known)) / 8
    return Scale(-max(known) - room, -min(known) + room)


def year_line(
    values: Mapping[int, Fraction], years: Sequence[int], heights: Scale, breaks: frozenset[int] = frozenset()
) -> views.YearLine | None:
    """A small line over the years, None of a single one. `years` and `heights` are shared by all of a column.

    In the years of `breaks` it is defined anew: no line leads there. Years without a figure are a gap.
    """
    if len(values) < 2:
        return None
    room = Fraction(max(years) - min(years), 16)
    widths = Scale(min(years) - room, max(years) + room)
    places = {year: (widths.place(year), heights.place(-values[year])) for year in sorted(values)}
    pairs = [(before, year) for before, year in pairwise(places) if year not in breaks]
    return views.YearLine(
        points=tuple(places.values()),
        segments=tuple((*places[before], *places[year], year - before > 1) for before, year in pairs),
        breaks=tuple(widths.place(year - room * 2) for year in places if year in breaks),
        base=heights.place(0),
    )
