"""Why one index differs from another, in words: on the index page and for `bokslut jämför`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from generator.model.comparison import Comparison, Item, Other
from generator.model.names import and_list, lower_first, upper_first
from generator.model.quantities import Rounding, honest_decimals, rounded
from generator.model.results import AreaResult, Index, IndicatorResult
from generator.model.settings import Rules
from generator.pages import views, wording
from generator.pages.numbers import DASH, MINUS, between, count, decimal_text, plain_number

SAME = "Boksluten har inget index, och alla utfall är desamma."
GONE = "finns inte"


def comparison_view(
    comparison: Comparison, before_title: str, after_title: str, rules: Rules
) -> views.Comparison:
    """`rules` are those of the later report; figures are rounded by them."""
    before, after = comparison.before, comparison.after
    shown = indexes_told(before, after, rules.rounding)
    has_index = before.share is not None or after.share is not None
    total = views.ComparedItem(
        name="Summa",
        before=_with_points(shown[0], before),
        after=_with_points(shown[1], after),
        points=_signed(after.earned - before.earned) + _possible(after.possible - before.possible),
        contribution=_contribution(comparison.change),
    )
    return views.Comparison(
        before_title=before_title,
        after_title=after_title,
        summary=_summary(comparison, *shown),
        items=tuple(_item(item, is_backwards=comparison.is_backwards) for item in comparison.items),
        total=total if has_index else None,
        others_lead="Andra utfall utan att poängen ändrades:" if has_index else "Andra utfall:",
        others=tuple(_other(other, rules.rounding) for other in comparison.others),
    )


def indexes_told(before: Index, after: Index, rounding: Rounding) -> tuple[str, str]:
    """Two indexes, ”70” and ”72”; with as many decimals in both as tell them apart."""
    limits = between(before.share, after.share)
    fewest = max(honest_decimals(index.share or Fraction(0), rounding, limits) for index in (before, after))
    return wording.index_text(before, rounding, fewest), wording.index_text(after, rounding, fewest)


def _with_points(shown: str, index: Index) -> str:
    """”64 (114 av 177)”"""
    return f"{shown} ({wording.of_text(index.earned, index.possible)})" if index.possible else shown


def _summary(comparison: Comparison, before: str, after: str) -> str:
    """”Index gick från 64 till 70. En indikator förklarar hela skillnaden.”"""
    shares = (comparison.before.share, comparison.after.share)
    if shares == (None, None):
        return "Boksluten har inget index. Det som skiljer dem är utfallen." if comparison.others else SAME
    if None in shares:
        return "Index går inte att jämföra: minst ett av bokslutens index saknas."
    moved = f"Index gick från {before} till {after}." if comparison.change else f"Index är {after} i båda."
    if not comparison.items:
        return f"{moved} Ingen indikator har fått andra poäng."
    together = " tillsammans" if len(comparison.items) > 1 else ""
    told = [f"{_contribution(part)} på {cause}" for cause, part in comparison.causes.items()]
    causes = f" Av skillnaden beror {and_list(told)}." if len(told) > 1 else ""
    who = _who(comparison.items)
    parts = ([item.contribution for item in comparison.items], comparison.causes.values())
    is_exact = all(sum(map(_hundredths, each)) == _hundredths(comparison.change) for each in parts)
    rounded_apart = "" if is_exact else " Talen är avrundade var för sig."
    return f"{moved} {who} har andra poäng och förklarar{together} hela skillnaden.{causes}{rounded_apart}"


def _who(items: Sequence[Item]) -> str:
    """”En indikator”, ”2 områden och 3 indikatorer”"""
    areas = sum(isinstance(item.after or item.before, AreaResult) for item in items)
    kinds = ((areas, "ett område", "områden"), (len(items) - areas, "en indikator", "indikatorer"))
    told = [single if number == 1 else f"{count(number)} {many}" for number, single, many in kinds if number]
    return upper_first(and_list(told))


def _item(item: Item, *, is_backwards: bool) -> views.ComparedItem:
    once = [] if is_backwards else list(_once(item))
    return views.ComparedItem(
        name=f"{_name(item.after or item.before)}{_noted(once, item)}",
        before=_standing(item.before),
        after=_standing(item.after),
        points=_signed(item.earned_change) + _possible(item.possible_change),
        contribution=_contribution(item.contribution),
    )


def _name(part: IndicatorResult | AreaResult | None) -> str:
    assert part is not None
    if isinstance(part, AreaResult):
        return f"Område {part.area.id} {part.area.name}"
    return f"{part.indicator.number} {part.indicator.text}"


def _noted(told: Sequence[str], item: Item | Other) -> str:
    """” (hade numret 1.2.1 och mäts inte på samma sätt)”"""
    told = [*told, "mäts inte på samma sätt"] if item.is_redefined else told
    return f" ({and_list(told)})" if told else ""


def _once(item: Item) -> Iterator[str]:
    """What it was before: ”hade numret 1.2.1”, ”hette ”Fler i arbete””, ”ny”."""
    before, after = item.before, item.after
    if isinstance(after, IndicatorResult) and before is None:
        was = after.indicator.corresponds
        yield f"en del av det som var {was}" if was else "ny"
    if not isinstance(after, IndicatorResult) or not isinstance(before, IndicatorResult):
        return
    old, new = before.indicator, after.indicator
    if old.number != new.number:
        yield f"hade numret {old.number}"
    if old.text != new.text:
        yield f"hette ”{old.text}”"


def _standing(part: IndicatorResult | AreaResult | None) -> str:
    """”Målet ej uppnått, 0 av 10”"""
    if part is None:
        return GONE
    if isinstance(part, AreaResult):
        index = part.index
        return f"{wording.index_signal_view(index).word}, {wording.of_text(index.earned, index.possible)}"
    word, weight = wording.signal_word(part), part.indicator.weight or 0
    return word if part.earned is None else f"{word}, {wording.of_text(part.earned, weight)}"


def _possible(change: int) -> str:
    return f" (möjliga {_signed(Fraction(change))})" if change else ""


def _other(other: Other, rounding: Rounding) -> str:
    """”5.3.3 Planering efter tiden: 56 % → 62 %”; with what they rest on when it is that which differs."""
    results = (other.before, other.after)
    limits = between(*(result.outcome.value if result else None for result in results))
    pair = [result and replace(result, limits=(*result.limits, *limits)) for result in results]
    before, after = (_outcome(result, rounding) for result in pair)
    if before == after:
        before, after = (_outcome(result, rounding, with_basis=True) for result in pair)
    return f"{_name(other.after or other.before)}{_noted((), other)}: {before} → {after}"


def _outcome(result: IndicatorResult | None, rounding: Rounding, *, with_basis: bool = False) -> str:
    if result is None:
        return GONE
    word = wording.signal_word(result).lower()
    if not result.outcome.is_measured:
        return word
    basis = lower_first(wording.basis_text(result, rounding)) if with_basis else ""
    return f"{wording.outcome_text(result, rounding)}{f' ({basis})' if basis else ''}, {word}"


def _contribution(share: Fraction | None) -> str:
    """Points of index with two decimals: ”+5,65”."""
    return DASH if share is None else _signed(share * 100, 2)


def _hundredths(share: Fraction | None) -> Fraction:
    return rounded((share or Fraction(0)) * 100, 2, Rounding.HALF_UP)


def _signed(number: Fraction, decimals: int | None = None) -> str:
    sign = "+" if number > 0 else MINUS if number < 0 else ""
    size = plain_number(abs(number)) if decimals is None else decimal_text(abs(number), decimals)
    return f"{sign}{size}"
