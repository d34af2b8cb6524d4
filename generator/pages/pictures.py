"""What an indicator and an area look like: an outcome against its target, and what became of the points."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from generator.model.measures import ShareIndicator
from generator.model.quantities import Kind, Quantity
from generator.model.results import AreaResult, IndicatorResult, Signal
from generator.model.settings import Unit
from generator.model.shown import ShownReport
from generator.pages import views
from generator.pages.numbers import NBSP, percent, plain_number
from generator.pages.scales import PERCENT, Scale
from generator.pages.wording import NO_SIGNAL, target_text

BAR = Fraction(86, 100)  # of the drawing: the rest is for the figure after the longest bar
LETTERS = 42  # that the narrowest line has room for: words stand on one side of a place near its end

# An outcome against its target


def bullet(result: IndicatorResult, unit: Unit, published: ShownReport) -> views.Bullet | None:
    """On a line from 0 to 100 percent; None of what is not measured in percent, or is not shown."""
    outcome, target, rules = result.outcome, result.indicator.target, published.report.rules
    is_drawn = outcome.kind in (Kind.SHARE, Kind.POINTS) and not result.indicator.is_change
    is_drawn = is_drawn and not result.indicator.may_exceed  # it has no end to be drawn to
    if outcome.value is None or not is_drawn or not target.limits:
        return None
    margin = result.indicator.margin or Quantity(rules.margin, Kind.POINTS)
    sides = [(limit.value, -1 if limit.is_floor else 1) for limit in target.limits]
    has_margin, is_point = rules.signals > 2, len(sides) > 1
    before = _before(result, unit, published)
    middle = sum((limit for limit, _ in sides), Fraction()) / len(sides)
    half = Fraction(len(target_text(result.indicator)), 2 * LETTERS)
    anchor = "start" if middle < half else "end" if middle > 1 - half else "middle"
    return views.Bullet(
        value=PERCENT.place(outcome.value),
        is_point=is_point,
        zone=PERCENT.span(target.low or 0, 1 if target.high is None else target.high, "zone"),
        limits=tuple(PERCENT.place(limit) for limit, _ in sides),
        label=(PERCENT.place(middle), anchor),
        margins=tuple(PERCENT.span(limit, limit + side * margin.value, "margin") for limit, side in sides)
        if has_margin
        else (),
        before=None if before is None else views.Tick(PERCENT.place(before), percent(before, rules.rounding)),
    )


def _before(result: IndicatorResult, unit: Unit, published: ShownReport) -> Fraction | None:
    """Last year's share, where the participant table has it of the same rows."""
    match result.indicator:
        case ShareIndicator(numerator=(row,), denominator=(whole,)):
            quantity = published.tables.previous.get((unit.id, row))
            if isinstance(quantity, Quantity) and quantity.kind is Kind.SHARE:
                shares = {definition.id: definition.share_of for definition in published.report.settings.rows}
                return quantity.value if shares.get(row) == whole else None
    return None


# What became of the points

KINDS = ("earned", "close", "missed", NO_SIGNAL)


def tally(area: AreaResult) -> dict[str, Fraction]:
    """What became of what could be earned in an area, by KINDS: points, or targets without weights.

    Where points are taken over it is not known how close the others were: all of them are missed. While
    nothing is measured there is nothing.
    """
    index, counted = area.index, area.counted
    if index.possible or any(result.indicator.weight for result in counted):
        close = Fraction(0) if area.reported else sum((_lost(result) for result in counted), Fraction(0))
        sizes = [index.earned, close, index.possible - index.earned - close, Fraction(0)]
    else:
        number = Counter(result.signal for result in counted)
        missed = number[Signal.PARTLY] + number[Signal.RED]
        sizes = [*map(Fraction, (number[Signal.GREEN], number[Signal.ORANGE], missed, number[None]))]
    return dict(zip(KINDS, sizes, strict=True))


def _lost(result: IndicatorResult) -> Fraction:
    """The points that a close outcome did not give."""
    if result.signal is not Signal.ORANGE or result.earned is None:
        return Fraction(0)
    return (result.indicator.weight or 0) - result.earned


def tally_scale(areas: Iterable[AreaResult]) -> Scale:
    """Of all areas that are compared: the longest bar is the one where most could be earned."""
    possible = (sum(tally(area).values(), Fraction(0)) for area in areas)
    return Scale(Fraction(0), max(possible, default=Fraction(0)), BAR)


def tally_bar(area: AreaResult, scale: Scale) -> tuple[views.Stretch, ...]:
    """Earned, close, missed and not judged, one after the other, each with its figure; the last one has it
    after the bar where it has no room for it."""
    start, bar, after = Fraction(0), [], ""
    for kind, size in tally(area).items():
        if size:
            label = plain_number(size)
            has_room = scale.has_room(label, size)
            bar.append(scale.span(start, start + size, kind, label if has_room else ""))
            after = "" if has_room else NBSP + label
        start += size
    return (*bar, scale.span(start, start, "after", after)) if after else tuple(bar)
