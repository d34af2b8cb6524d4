"""Why one index differs from another, in words: on the index page and for `bokslut jämför`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.model.comparison import Comparison, Item, Other
from generator.model.quantities import Rounding
from generator.model.results import AreaResult, Index, IndicatorResult
from generator.model.settings import Rules
from generator.pages import views
from generator.pages.numbers import DASH, MINUS, NBSP, count, decimal_text, percent_number, plain_number
from generator.pages.wording import (
    and_list,
    index_signal_view,
    outcome_text,
    points_text,
    signal_word,
    upper_first,
)

SAME = "Boksluten har inget index, och alla utfall är desamma."


def comparison_view(
    comparison: Comparison, before_title: str, after_title: str, rules: Rules
) -> views.Comparison:
    """`rules` are those of the later report; figures are rounded by them."""
    rounding = rules.rounding
    earned = comparison.after.earned - comparison.before.earned
    has_index = comparison.before.share is not None or comparison.after.share is not None
    return views.Comparison(
        before_title=before_title,
        after_title=after_title,
        before=_index(comparison.before, rounding),
        after=_index(comparison.after, rounding),
        change=_contribution(comparison.change),
        points=_signed(earned) + _possible(comparison.after.possible - comparison.before.possible),
        summary=_summary(comparison, rounding),
        items=tuple(_item(item) for item in comparison.items),
        others_lead="Andra utfall utan att poängen ändrades:" if has_index else "Andra utfall:",
        others=tuple(_other(other, rounding) for other in comparison.others),
        has_index=has_index,
    )


def _index(index: Index, rounding: Rounding) -> str:
    """”64 (114 av 177)”"""
    if index.share is None:
        return DASH
    points = f"{plain_number(index.earned)}{NBSP}av{NBSP}{count(index.possible)}"
    return f"{percent_number(index.share, rounding, index.limits)} ({points})"


def _summary(comparison: Comparison, rounding: Rounding) -> str:
    """”Index gick från 64 till 70. En indikator förklarar hela skillnaden.”"""
    before, after = comparison.before, comparison.after
    if before.share is None and after.share is None:
        return "Boksluten har inget index. Det som skiljer dem är utfallen." if comparison.others else SAME
    if before.share is None or after.share is None:
        return "Index går inte att jämföra: minst ett av bokslutens index saknas."
    shown = [percent_number(index.share or Fraction(0), rounding, index.limits) for index in (before, after)]
    moved = (
        f"Index gick från {shown[0]} till {shown[1]}."
        if shown[0] != shown[1]
        else f"Index är {shown[0]} i båda."
    )
    if not comparison.items:
        return f"{moved} Ingen indikator har fått andra poäng."
    together = " tillsammans" if len(comparison.items) > 1 else ""
    return f"{moved} {_who(comparison.items)} har andra poäng och förklarar{together} hela skillnaden."


def _who(items: Sequence[Item]) -> str:
    """”En indikator”, ”2 områden och 3 indikatorer”"""
    areas = sum(isinstance(item.after or item.before, AreaResult) for item in items)
    parts = ((areas, "ett område", "områden"), (len(items) - areas, "en indikator", "indikatorer"))
    return upper_first(
        and_list([one if number == 1 else f"{count(number)} {many}" for number, one, many in parts if number])
    )


def _item(item: Item) -> views.ComparedItem:
    named = item.after or item.before
    assert named is not None
    return views.ComparedItem(
        name=_name(named),
        before=_standing(item.before),
        after=_standing(item.after),
        points=_signed(item.earned_change) + _possible(item.possible_change),
        contribution=_contribution(item.contribution),
    )


def _name(part: IndicatorResult | AreaResult) -> str:
    if isinstance(part, AreaResult):
        return f"Område {part.area.id} {part.area.name}"
    return f"{part.indicator.id} {part.indicator.text}"


def _standing(part: IndicatorResult | AreaResult | None) -> str:
    """”Målet ej uppnått, 0 av 10”"""
    if part is None:
        return "finns inte"
    if isinstance(part, AreaResult):
        return f"{index_signal_view(part.index).word}, {_of(part.index.earned, part.index.possible)}"
    word = signal_word(part)
    if part.earned is None:
        return word
    return f"{word}, {_of(part.earned, part.indicator.weight or 0)}"


def _of(earned: Fraction, possible: int) -> str:
    return f"{points_text(earned)}{NBSP}av{NBSP}{count(possible)}"


def _possible(change: int) -> str:
    return f" (möjliga {_signed(Fraction(change))})" if change else ""


def _other(other: Other, rounding: Rounding) -> str:
    """”5.3.3 Planering efter tiden: 56 % → 62 %”"""
    named = other.after or other.before
    assert named is not None
    return f"{_name(named)}: {_outcome(other.before, rounding)} → {_outcome(other.after, rounding)}"


def _outcome(result: IndicatorResult | None, rounding: Rounding) -> str:
    if result is None:
        return "finns inte"
    word = signal_word(result).lower()
    return f"{outcome_text(result, rounding)}, {word}" if result.outcome.is_measured else word


def _contribution(share: Fraction | None) -> str:
    """Points of index with two decimals: ”+5,65”."""
    return DASH if share is None else _signed(share * 100, 2)


def _signed(number: Fraction, decimals: int | None = None) -> str:
    sign = "+" if number > 0 else MINUS if number < 0 else ""
    size = plain_number(abs(number)) if decimals is None else decimal_text(abs(number), decimals)
    return f"{sign}{size}"
