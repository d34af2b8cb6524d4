"""Tables of amounts as readers meet them: groups, sums, notes and bars beside the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from generator.model.accounts import Savings, kronor_in, savings_of
from generator.model.amounts import Amount, AmountTable, Column
from generator.model.contents import home_of_table
from generator.model.names import as_written, lower_first, name_key
from generator.model.published import PublishedReport
from generator.model.quantities import Rounding
from generator.model.report import Report
from generator.model.settings import TableForm
from generator.pages import parts, views
from generator.pages.addresses import note_anchor, table_anchor
from generator.pages.narratives import Narratives
from generator.pages.numbers import DASH, NBSP, bar, count, decimal_text, decimals_of, percent, plain_number
from generator.pages.sources import source_refs
from generator.pages.wording import and_list, typographic

ROUNDED = "Beloppen är avrundade var för sig. Därför kan en summa skilja på sista siffran."
_UNITS = {"kr": "kronor"}


def tables_part(
    part: str, named: Sequence[str], published: PublishedReport, narratives: Narratives
) -> parts.TablesPart:
    """The texts, tables and notes of a part. `named` are the tables that it shows, in order."""
    report = published.report
    tables = [published.tables.amounts[id] for id in named if id in published.tables.amounts]
    of_notes = narratives.notes[part]
    shown = {table.id: amount_view(table, report) for table in tables}
    notes = tuple(
        views.Note(
            number=as_written(number),
            text=text,
            tables=tuple(shown[table.id] for table in tables if table.definition.note == number),
        )
        for number, text in sorted(of_notes.items(), key=lambda one: _in_order(one[0]))
    )
    savings = savings_of(report.settings, published.tables.amounts)
    balance = report.settings.economy.balance
    has_balance = balance is not None and balance.table in shown
    return parts.TablesPart(
        tables=tuple(shown[table.id] for table in tables if table.definition.note is None),
        savings=_savings_text(savings, report.rules.rounding) if savings and has_balance else (),
        notes=notes,
    )


def _in_order(number: str) -> tuple[int, str]:
    """Notes 2 and 10 in that order; those with names come last."""
    return (int(number) if number.isdecimal() else 10**9, number)


def _savings_text(savings: Savings, rounding: Rounding) -> tuple[str, ...]:
    rule, difference = savings.rule, abs(savings.limit - savings.equity)
    side = "under" if savings.is_kept else "över"
    return (
        f"Det egna kapitalet är {_kronor(savings.equity)}. Högst {_kronor(savings.limit)} får sparas.",
        f"Taket är {percent(rule.share, rounding)} av årets medel upp till {_kronor(Fraction(rule.limit))}"
        f" och {percent(rule.share_above, rounding)} av det som är däröver."
        f" Årets medel är {_kronor(savings.funds)}.",
        f"Det egna kapitalet ligger {_kronor(difference)} {side} taket."
        if difference
        else "Det egna kapitalet når precis upp till taket.",
    )


def _kronor(amount: Fraction) -> str:
    return f"{plain_number(amount)}{NBSP}kronor"


def amount_view(table: AmountTable, report: Report) -> views.AmountTable:
    definition = table.definition
    spans = _spans(table) if definition.form is not TableForm.TABLE else {}
    part = home_of_table(table.id, report.settings)
    low, high = _bounds(spans)
    bars = {at: _span_view(span, (low, high)) for at, span in spans.items()}
    rows = [_row(at, table, bars.get(at), part, report) for at in range(len(table.rows))]
    groups = groupby(zip(table.rows, rows, strict=True), key=lambda pair: name_key(pair[0].group))
    blocks = [list(pairs) for _, pairs in groups]
    unit = _UNITS.get(definition.unit, definition.unit)
    return views.AmountTable(
        anchor=table_anchor(table.id),
        title=definition.title,
        unit=f"Belopp i {unit}" if kronor_in(definition.unit) is not None else f"Anges i {unit}",
        has_notes=any(row.note for row in table.rows),
        columns=tuple(typographic(column.heading) for column in table.columns),
        groups=tuple(
            views.AmountGroup(block[0][0].group, tuple(view for _, view in block)) for block in blocks
        ),
        notes=tuple(_notes(table)),
        form=str(definition.form),
        zero=bar(-low, high - low),
        summary=_summary(table, spans, unit),
    )


def _row(at: int, table: AmountTable, span: views.Span | None, part: str, report: Report) -> views.AmountRow:
    row, drawn = table.rows[at], table.drawn
    decimals = {column.heading: _decimals(table, column) for column in table.columns}
    cells = tuple(
        views.AmountCell(
            column=typographic(column.heading),
            text=_text(table.amount(at, column), column, decimals[column.heading], report.rules.rounding),
            sources=source_refs((table.amount(at, column).place,), report.id),
            span=span if column == drawn else None,
            is_drawn=bool(drawn == column and table.definition.form is not TableForm.TABLE),
        )
        for column in table.columns
    )
    return views.AmountRow(
        label=row.name,
        is_sum=row.equals is not None,
        is_part=bool(row.group) and row.equals is None,
        note=row.note,
        note_anchor=note_anchor(part, row.note) if row.note else "",
        cells=cells,
    )


def _decimals(table: AmountTable, column: Column) -> int:
    """As many in the whole column as its most exact amount has."""
    values = (table.amount(at, column).value for at in range(len(table.rows)))
    return max((decimals_of(value) for value in values if value is not None), default=0)


def _text(amount: Amount, column: Column, decimals: int, rounding: Rounding) -> str:
    if amount.value is None:
        return DASH
    if column.is_share:
        return percent(amount.value / 100, rounding)
    return decimal_text(amount.value, decimals)


def _notes(table: AmountTable) -> Iterator[str]:
    """What does not add up on the figure, and why."""
    is_rounded = False
    for at, row in enumerate(table.rows):
        for column in table.columns:
            amount = table.amount(at, column)
            if column.is_share or amount.given is None or amount.computed in (None, amount.given):
                continue
            if not amount.is_computed:
                is_rounded = True
                continue
            yield (
                f"{row.name} ({column.heading}) är angivet som {plain_number(amount.given)},"
                f" men blir {plain_number(amount.value or Fraction(0))} när det räknas."
                f" {row.explanation.rstrip('.')}."
            )
    if is_rounded:
        yield ROUNDED


# Bars


@dataclass(frozen=True)
class Span:
    """A bar from one amount to another. A level begins at zero: an amount at a time, or a sum."""

    start: Fraction
    end: Fraction
    is_level: bool


def _spans(table: AmountTable) -> dict[int, Span]:
    """The bars by row. In bars the sums have none; costs that are all negative grow the same way."""
    column = table.drawn
    if column is None:
        return {}
    values = {at: table.amount(at, column).value for at in range(len(table.rows))}
    known = {at: value for at, value in values.items() if value is not None}
    if table.definition.form is TableForm.WATERFALL:
        return dict(_steps(table, column, known))
    parts = {at: value for at, value in known.items() if table.rows[at].equals is None}
    sign = -1 if parts and all(value <= 0 for value in parts.values()) else 1
    return {at: Span(Fraction(0), sign * value, is_level=True) for at, value in parts.items()}


def _steps(table: AmountTable, column: Column, known: dict[int, Fraction]) -> Iterator[tuple[int, Span]]:
    """Each amount goes on where the one before ended. A sum of all above is a level; a sum of some of
    them spans these. Rounding can make a level differ from where the last step ended."""
    at_now = Fraction(0)
    for at, value in known.items():
        if table.rows[at].equals is None:
            yield at, Span(at_now, at_now + value, is_level=at == min(known))
            at_now += value
        elif abs(value - at_now) <= _slack(table, at, column):
            yield at, Span(Fraction(0), value, is_level=True)
            at_now = value
        else:
            yield at, Span(at_now - value, at_now, is_level=False)


def _slack(table: AmountTable, at: int, column: Column) -> Fraction:
    amount = table.amount(at, column)
    return amount.slack + amount.computed_slack


def _bounds(spans: dict[int, Span]) -> tuple[Fraction, Fraction]:
    """The lowest and the highest amount of a chart; zero is always among them."""
    ends = [end for span in spans.values() for end in (span.start, span.end)]
    return min((*ends, Fraction(0))), max((*ends, Fraction(0)))


def _span_view(span: Span, bounds: tuple[Fraction, Fraction]) -> views.Span:
    low, high = bounds
    first, last = sorted((span.start, span.end))
    kind = "level" if span.is_level else "up" if span.end > span.start else "down"
    return views.Span(bar(first - low, high - low), bar(last - first, high - low), kind)


def _summary(table: AmountTable, spans: dict[int, Span], unit: str) -> str:
    """The chart in one sentence."""
    column = table.drawn
    if not spans or column is None:
        return ""
    if table.definition.form is TableForm.WATERFALL:
        levels = [at for at, span in spans.items() if span.is_level]
        first, last = (_named(at, table, column, unit) for at in (levels[0], levels[-1]))
        return f"Diagrammet går från {first}, till {last}."
    largest = max(spans, key=lambda at: (abs(spans[at].end), -at))
    value = table.amount(largest, column).value or Fraction(0)
    return f"Störst är ”{table.rows[largest].name}”: {plain_number(value)}{NBSP}{unit}."


def _named(at: int, table: AmountTable, column: Column, unit: str) -> str:
    value = table.amount(at, column).value or Fraction(0)
    return f"{lower_first(table.rows[at].name)}, {plain_number(value)}{NBSP}{unit}"


def economy_lead(report: Report, notes: int) -> str:
    """What the economy shows, in one sentence."""
    economy = report.settings.economy
    said = [
        word
        for word, is_there in (
            ("resultatet", economy.income),
            ("ställningen vid årets slut", economy.balance),
            ("betalningarna", economy.cash_flow),
        )
        if is_there is not None
    ]
    if not said:
        return "Årets belopp, post för post."
    with_notes = f", med {count(notes)} {'not' if notes == 1 else 'noter'}" if notes else ""
    return f"Årets ekonomi: {and_list(said)}{with_notes}."
