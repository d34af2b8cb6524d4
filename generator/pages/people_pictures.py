"""Numbers as places and lengths in a drawing, in percent of its width, and what has changed in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from generator.model.quantities import Kind, Quantity, Rounding, rounded
from generator.pages import views
from generator.pages.numbers import decimal_text, points

_INSET = 3  # room for half a mark at the ends of a line from 0 to 100
_UP, _DOWN, _SAME = "↑", "↓", "→"
_TOP, _BASE = 15, 90  # between which the lines over the years are drawn, in percent of their height


def point_at(share: Fraction) -> float:
    """Where a share lies on a line from 0 to 100 %."""
    return round(_INSET + float(share) * (100 - 2 * _INSET), 2)


def zone(low: Fraction, high: Fraction) -> views.Piece:
    """Where a target is met, on a line of shares."""
    return views.Piece(point_at(low), round(point_at(high) - point_at(low), 2))


def ticks(*shares: Fraction | int) -> tuple[views.Tick, ...]:
    return tuple(
        views.Tick(point_at(Fraction(share)), f"{decimal_text(Fraction(share) * 100)}") for share in shares
    )


def movement(now: Quantity, before: Quantity, rounding: Rounding) -> views.Movement | None:
    """What has become of a figure, as the two are shown: ”↓ 127 färre”, ”↑ 6 procentenheter upp”.

    None where the two are not of one kind.
    """
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
    values: Mapping[int, Fraction], low: Fraction, high: Fraction, breaks: frozenset[int] = frozenset()
) -> views.YearLine | None:
    """A small line over the years, between values that all lines of one unit share; None of one year.

    In the years of `breaks` it is defined anew: no line leads there. Years without a figure are a gap.
    """
    if len(values) < 2 or low == high:
        return None
    known = sorted(values)
    first, last = known[0], known[-1]

    def x(year: Fraction | int) -> float:
        return point_at(Fraction(year - first) / (last - first))

    def y(value: Fraction) -> float:
        return round(_BASE - float((value - low) / (high - low)) * (_BASE - _TOP), 2)

    pairs = [(a, b) for a, b in zip(known, known[1:], strict=False) if b not in breaks]
    return views.YearLine(
        points=tuple((x(year), y(values[year])) for year in known),
        segments=tuple((x(a), y(values[a]), x(b), y(values[b]), b - a > 1) for a, b in pairs),
        breaks=tuple(x(year - Fraction(last - first, 12)) for year in known if year in breaks),
        base=y(Fraction(0)),
    )
