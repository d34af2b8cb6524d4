"""Figures beside those of other years: lines over the years, changes in words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from generator.model.quantities import Kind, Quantity, Rounding, rounded
from generator.pages import views
from generator.pages.numbers import decimal_text, points
from generator.pages.scales import Scale

_UP, _DOWN, _SAME = "↑", "↓", "→"


def movement(now: Quantity, before: Quantity, rounding: Rounding) -> views.Movement | None:
    """”↓ 127 färre”, ”↑ 6 procentenheter upp”, as the two are shown. None where they are not of one kind."""
    if now.kind is not before.kind:
        return None
    decimals = 0 if now.kind is Kind.NUMBER else 2
    difference = rounded(now.value, decimals, rounding) - rounded(before.value, decimals, rounding)
    if not difference:
        return views.Movement(_SAME, "oförändrat")
    is_more = difference > 0
    if now.kind is Kind.NUMBER:
        words = f"{decimal_text(abs(difference))} {'fler' if is_more else 'färre'}"
    else:
        words = f"{points(abs(difference), rounding)} {'upp' if is_more else 'ned'}"
    return views.Movement(_UP if is_more else _DOWN, words)


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
