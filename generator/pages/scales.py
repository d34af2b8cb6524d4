"""Scales of pictures: from values to places and lengths in percent of a drawing's width; lines over years."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from generator.model.frozen import Frozen
from generator.pages import views
from generator.pages.numbers import decimal_text

DIGIT = 0.03  # of the drawing: the room that a digit needs, on a phone too


class Scale(Frozen):
    """From a value to a place on a drawing. In a column of drawings the same length is the same number.

    `part` is how much of the drawing's width the scale takes. No drawing shows what floats cannot hold.
    """

    low: Fraction | float
    high: Fraction | float
    part: Fraction | float = 1

    def place(self, value: Fraction | float) -> str:
        """Where a value stands: ”40.53%”; what lies beyond the scale stands at its end."""
        return _percent(self._share(value))

    def span(
        self, start: Fraction | float, end: Fraction | float, kind: str, label: str = ""
    ) -> views.Stretch:
        first, last = sorted((self._share(start), self._share(end)))
        middle = _percent((first + last) / 2)
        return views.Stretch(_percent(first), middle, _percent(last - first), kind, label)

    def has_room(self, text: str, size: Fraction) -> bool:
        """Whether a figure can be read within a bar of this size."""
        return self._share(self.low + size) >= DIGIT * len(text)

    def ends(self, told: Callable[[Fraction], str]) -> tuple[views.Tick, ...]:
        """Zero, and the round number that is the farthest from it, as it is told with its unit."""
        farthest = max(Fraction(self.low), Fraction(self.high), key=abs)
        step = Fraction(10) ** (len(str(int(abs(farthest)))) - 1)
        last = int(farthest / step) * step
        return (views.Tick(self.place(0), "0"), *([views.Tick(self.place(last), told(last))] if last else []))

    def _share(self, value: Fraction | float) -> float:
        """How far into the drawing."""
        low, unit, most = self._ratios
        return min(max((float(value) - low) * unit, 0.0), most)

    @cached_property
    def _ratios(self) -> tuple[float, float, float]:
        """The lower end, the share of the drawing for each unit of the scale, and the largest share."""
        low, size, part = float(self.low), float(self.high - self.low), float(self.part)
        return low, part / size if size else 0.0, part


def _percent(share: float) -> str:
    return f"{round(100 * share, 2):g}%"


PERCENT = Scale(0, 1)
SHARES = Scale(-0.03, 1.03)  # from 0 to 100 %, with room for half a mark beyond the ends


def ticks(*shares: Fraction | int) -> tuple[views.Tick, ...]:
    return tuple(views.Tick(SHARES.place(share), decimal_text(Fraction(share) * 100)) for share in shares)


def heights_of(values: Iterable[Fraction]) -> Scale:
    """Of lines of one unit, zero always among them; upside down, since drawings are measured from above."""
    known = [0.0, *map(float, values)]
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
    room = (max(years) - min(years)) / 16
    widths = Scale(min(years) - room, max(years) + room)
    places = {year: (widths.place(year), heights.place(-values[year])) for year in sorted(values)}
    pairs = [(before, year) for before, year in pairwise(places) if year not in breaks]
    return views.YearLine(
        points=tuple(places.values()),
        segments=tuple((*places[before], *places[year], year - before > 1) for before, year in pairs),
        breaks=tuple(widths.place(year - room * 2) for year in places if year in breaks),
        base=heights.place(0),
    )
