"""What the indicators of an area tell together: women beside men, and how a question was answered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from generator.model.measures import AnswerShareIndicator, GenderBalanceIndicator, GenderGapIndicator
from generator.model.names import upper_first
from generator.model.report import Report
from generator.model.results import AreaResult, IndicatorResult
from generator.pages import views, wording
from generator.pages.narratives import indicator_link
from generator.pages.numbers import percent
from generator.pages.scales import PERCENT, SHARES, ticks

BAND = "Bandet visar var målet är nått."


def beside_each_other(area: AreaResult, report: Report) -> tuple[views.PointTable, ...]:
    """Women as points and men as rings: their shares of a group, and their shares of the wanted answers."""
    balances = [result for result in area.results if isinstance(result.indicator, GenderBalanceIndicator)]
    gaps = [result for result in area.results if isinstance(result.indicator, GenderGapIndicator)]
    tables = (
        ("fordelning", "Kvinnor och män i varje grupp", "", [_balance(each, report) for each in balances]),
        ("skillnad", "Kvinnors och mäns svar", "Skillnad", [_gap(result, report) for result in gaps]),
    )
    return tuple(
        views.PointTable(
            anchor=f"{id}-{area.area.id}",
            title=title,
            explanation=f"{BAND} Skillnaden är räknad innan andelarna avrundas." if difference else BAND,
            name_head="Grupp" if not difference else "Svar",
            value_head="Kvinnor",
            other_head="Män",
            change_head=difference,
            ticks=ticks(0, Fraction(1, 2), 1),
            rows=shown,
        )
        for id, title, difference, rows in tables
        if (shown := tuple(row for row in rows if row))
    )


def _balance(result: IndicatorResult, report: Report) -> views.PointRow | None:
    women, target, rounding = result.outcome.value, result.indicator.target, report.rules.rounding
    if women is None:
        return None
    band = (target.low or Fraction(0), Fraction(1) if target.high is None else target.high)
    value, basis = wording.outcome_text(result, rounding), wording.basis_text(result, rounding)
    return replace(_row(result, report, (women, 1 - women), band), value=value, basis=basis)


def _gap(result: IndicatorResult, report: Report) -> views.PointRow | None:
    """Both are to lie within a band that ends at the higher one."""
    shares = [part.share for part in result.outcome.parts if part.share is not None]
    if len(shares) < 2 or result.indicator.target.high is None:
        return None
    women, men = shares
    highest, rounding = max(women, men), report.rules.rounding
    band = (max(Fraction(0), highest - result.indicator.target.high), highest)
    change = views.Movement("", wording.outcome_text(result, rounding))
    return replace(_row(result, report, (women, men), band), change=change)


def _row(
    result: IndicatorResult,
    report: Report,
    shares: tuple[Fraction, Fraction],
    band: tuple[Fraction, Fraction],
) -> views.PointRow:
    """Women's share and men's."""
    indicator, rounding = result.indicator, report.rules.rounding
    _, _, named = indicator.text.partition(": ")  # ”Skillnad mellan könen: bra bemött”
    return views.PointRow(
        name=upper_first(named or indicator.text),
        link=indicator_link(indicator, report),
        value=percent(shares[0], rounding),
        other=percent(shares[1], rounding),
        point=SHARES.place(shares[0]),
        ring=SHARES.place(shares[1]),
        signal=replace(wording.signal_view(result), points=""),
        zone=SHARES.span(*band, "zone"),
    )


# How a question was answered


def answer_rows(area: AreaResult, report: Report) -> tuple[views.AnswerRow, ...]:
    """Questions of which two indicators ask for answers that exclude each other: what is left was answered
    otherwise. Nothing of a question where an outcome is hidden."""
    asked: dict[tuple[str, str], list[tuple[IndicatorResult, frozenset[str]]]] = {}
    for result in area.results:
        if isinstance(indicator := result.indicator, AnswerShareIndicator):
            asked.setdefault(indicator.asked, []).append((result, indicator.answer_keys))
    return tuple(filter(None, (_answers(found, report) for found in asked.values())))


def _answers(
    asked: Sequence[tuple[IndicatorResult, frozenset[str]]], report: Report
) -> views.AnswerRow | None:
    results = [result for result, _ in asked]
    if len(results) != 2 or not all(result.outcome.denominator for result in results):
        return None
    (wanted, whole), (worst, other_whole) = (
        (int(result.outcome.numerator or 0), int(result.outcome.denominator or 0)) for result in results
    )
    (first, answers), (last, others) = asked
    is_best_first = first.indicator.target.low is not None and last.indicator.target.high is not None
    rest = whole - wanted - worst
    if whole != other_whole or rest < 0 or not is_best_first or answers & others:
        return None
    ends = [Fraction(number, whole) for number in (0, wanted, whole - worst, whole)]
    kinds = ("solid", "open", "worst")
    floor, ceiling = first.indicator.target.low or 0, last.indicator.target.high or 0
    return views.AnswerRow(
        name=first.indicator.text,
        link=indicator_link(first.indicator, report),
        parts=tuple(
            PERCENT.span(start, end, kind)
            for start, end, kind in zip(ends, ends[1:], kinds, strict=False)
            if end > start
        ),
        limits=(PERCENT.place(floor), PERCENT.place(1 - ceiling)),
        figures=tuple(_figures((wanted, rest, worst), whole, results, report)),
    )


def _figures(
    counts: Sequence[int], whole: int, results: Sequence[IndicatorResult], report: Report
) -> Iterator[views.AnswerFigure]:
    """The wanted answers and the worst with their signals, and between them the others."""
    rounding = report.rules.rounding
    for number, result in zip(counts, (results[0], None, results[1]), strict=True):
        share = percent(Fraction(number, whole), rounding)
        yield views.AnswerFigure(
            share=wording.outcome_text(result, rounding) if result else share,
            basis=wording.of_text(number, whole),
            signal=replace(wording.signal_view(result), points="") if result else None,
        )
