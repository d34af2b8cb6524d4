"""Tables of amounts as readers meet them: groups, sums, notes and bars beside the figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from generator.model.accounts import Savings, columns_by_year, columns_of_years, kronor_in, savings_of, stated
from generator.model.amounts import AmountColumn, AmountTable
from generator.model.contents import home_of_table
from generator.model.names import and_list, as_written, name_key, upper_first
from generator.model.outcomes import TableRow
from generator.model.quantities import Rounding, decimals_of
from generator.model.report import Report
from generator.model.shown import HIDDEN, ShownReport
from generator.model.sums import Sum
from generator.model.table_settings import PERCENT, WORDS, BalanceSheet, IncomeStatement, TableForm
from generator.pages import parts, views
from generator.pages.addresses import note_anchor, table_anchor
from generator.pages.amount_charts import Chart, chart_of
from generator.pages.narratives import Narratives
from generator.pages.numbers import DASH, NBSP, decimal_text, percent, plain_number, typographic, unit_word
from generator.pages.scales import heights_of, year_line
from generator.pages.wording import HIDDEN_TEXT, stated_percent

ROUNDED = "Beloppen är avrundade var för sig. Därför kan sista siffran i en summa avvika."
_UNITS = {"kr": "kronor"}


def tables_part(
    part: str, named: Sequence[str], published: ShownReport, narratives: Narratives
) -> parts.TablesPart:
    """The tables and notes of a part. `named` are the tables that it shows, in order."""
    report, amounts = published.report, published.tables.amounts
    tables = [amounts[id] for id in named if id in amounts]
    shown = [(table.definition.note, amount_view(table, report)) for table in tables]
    savings, balance = savings_of(report.settings, amounts), report.settings.economy.balance
    has_balance = balance is not None and balance.table in [table.id for table in tables]
    return parts.TablesPart(
        tables=tuple(view for note, view in shown if note is None),
        savings=_savings_text(savings) if savings and has_balance else (),
        notes=tuple(
            views.Note(as_written(number), text, tuple(view for note, view in shown if note == number))
            for number, text in sorted(narratives.notes[part].items(), key=lambda note: _in_order(note[0]))
        ),
    )


def _in_order(number: str) -> tuple[int, str]:
    """Notes 2 and 10 in that order; those with names come last."""
    return (int(number) if number.isdecimal() else 10**9, number)


def _savings_text(savings: Savings) -> tuple[str, ...]:
    rule, difference = savings.rule, abs(savings.limit - savings.equity)
    side = "under" if savings.is_kept else "över"
    return (
        f"Det egna kapitalet är {_kronor(savings.equity)}. Högst {_kronor(savings.limit)} får sparas.",
        f"Taket är {stated_percent(rule.share)} av årets medel upp till {_kronor(Fraction(rule.limit))}"
        f" och {stated_percent(rule.share_above)} av det som är däröver."
        f" Årets medel är {_kronor(savings.funds)}.",
        f"Det egna kapitalet ligger {_kronor(difference)} {side} taket."
        if difference
        else "Det egna kapitalet når precis upp till taket.",
    )


def _kronor(amount: Fraction) -> str:
    return f"{plain_number(amount)}{NBSP}kronor"


def amount_view(table: AmountTable, report: Report) -> views.AmountTable:
    definition, part = table.definition, home_of_table(table.id, report.settings)
    unit, drawn = _UNITS.get(definition.unit, definition.unit), table.drawn

    def told(value: Fraction) -> str:
        if drawn is not None and drawn.is_share:
            return percent(value / 100, report.rules.rounding)
        return f"{plain_number(value)}{NBSP}{_UNITS.get(drawn.unit, drawn.unit) if drawn else unit}"

    chart = chart_of(table, told)
    year = "" if columns_of_years(table) else f", {report.year}"
    in_what = "Anges" if kronor_in(definition.unit) is None else "Belopp"
    years, lines = _lines(table)
    columns = [list(_cells(column, table, chart, report)) for column in table.columns]
    rows = {
        index: views.AmountRow(
            label=", ".join(filter(None, (row.name, _named_unit(row)))),
            is_sum=row.equals is not None,
            is_part=bool(row.group) and row.equals is None,
            notes=tuple(views.Link(part, note, note_anchor(part, note)) for note in row.notes),
            cells=tuple(cells[index] for cells in columns),
            line=lines.get(index),
        )
        for index, row in enumerate(table.rows)
    }
    blocks = groupby(chart.order, key=lambda index: name_key(table.rows[index].group))
    groups = [list(block) for _, block in blocks]
    return views.AmountTable(
        definition=definition,
        anchor=table_anchor(table.id),
        unit=f"{in_what} i {unit}{year}" if definition.unit != WORDS else "",
        has_notes=any(row.notes for row in table.rows),
        years=years,
        groups=tuple(
            views.AmountGroup(table.rows[group[0]].group, tuple(rows[index] for index in group))
            for group in groups
        ),
        notes=tuple(map(typographic, _notes(table, report))),
        zero=chart.scale.place(0),
        ticks=chart.scale.ends(told) if chart.bars else (),
        summary=chart.summary,
    )


def _cells(
    column: AmountColumn, table: AmountTable, chart: Chart, report: Report
) -> Iterator[views.AmountCell]:
    amounts = [table.amount(index, column) for index in range(len(table.rows))]
    texts = _texts(column, table, report.rules.rounding)
    is_drawn = column == table.drawn and table.definition.form is not TableForm.TABLE
    for index, (amount, text) in enumerate(zip(amounts, texts, strict=True)):
        yield views.AmountCell(
            column=typographic(column.heading),
            text=HIDDEN_TEXT if amount.is_masked else text,
            has_words=column.has_words,
            place=amount.place,
            bars=chart.drawn(index) if is_drawn else (),
            is_drawn=is_drawn,
        )


def _named_unit(row: TableRow) -> str:
    """The unit of a row's own that is said after its name; percent stand in the cells."""
    return "" if row.unit == PERCENT else row.unit


def _texts(column: AmountColumn, table: AmountTable, rounding: Rounding) -> Iterator[str]:
    """Words, or amounts: of one unit with as many decimals as the most exact. A unit that is not the table's
    follows, unless the row's name has it."""
    if column.has_words:
        yield from (typographic(row.words.get(column.heading, "")) for row in table.rows)
        return
    values = [table.amount(index, column).value for index in range(len(table.rows))]
    units = [table.unit_of(index, column) for index in range(len(table.rows))]
    decimals: dict[str, int] = {}
    for own, value in zip(units, values, strict=True):
        if value is not None:
            decimals[own] = max(decimals.get(own, 0), decimals_of(value, most=2))
    for own, value, named in zip(units, values, map(_named_unit, table.rows), strict=True):
        if value is None:
            yield DASH
        elif column.is_share:
            yield percent(value / 100, rounding)
        else:
            told, is_said = decimal_text(value, decimals[own]), own in (table.definition.unit, named)
            yield told if is_said else f"{told}{NBSP}{own if decimals[own] else unit_word(own, value)}"


def _notes(table: AmountTable, report: Report) -> Iterator[str]:
    """What the author says of the figures; then how they are divided, what does not add up, and why."""
    if table.definition.comment:
        yield table.definition.comment
    for column in table.columns:
        if column.quotient is not None:
            yield _quotient_text(column.heading, column.quotient, table, report)
    is_rounded = False
    for index, row in enumerate(table.rows):
        differing = [
            (column.heading, amount)
            for column in table.columns
            if not column.is_share and (amount := table.amount(index, column)).differs
        ]
        wrong = [(heading, amount) for heading, amount in differing if amount.is_computed]
        is_rounded |= len(wrong) < len(differing)
        if wrong:
            given, computed = (
                and_list([plain_number(number or Fraction(0)) for number in numbers])
                for numbers in zip(*((amount.given, amount.value) for _, amount in wrong), strict=True)
            )
            yield (
                f"{row.name} ({and_list([heading for heading, _ in wrong])}): angivet {given},"
                f" men uträknat {computed}. {row.explanation.rstrip('.')}."
            )
    if is_rounded:
        yield ROUNDED
    if table.definition.source:
        yield f"Källa: {table.definition.source}."


def _quotient_text(heading: str, quotient: tuple[str, str], table: AmountTable, report: Report) -> str:
    settings, (key, by) = report.settings, quotient
    row, column = next(row for row in settings.rows if row.id == by), table.column(key)
    what = column.heading if column else key
    told = f"”{heading}” är ”{what}” delat med raden ”{row.name}” i deltagartabellen."
    if settings.association.id in table.unit_of_row.values():
        told += f" I summan av alla {settings.units_name} delas med förbundets antal."
    is_hidden = any(table.people[key].total is HIDDEN for key in table.people if key[1] == by)
    return f"{told} Där antalet är dolt är kvoten också det." if is_hidden else told


# Lines over the years

SEVERAL = 3  # years: two are a comparison


def _lines(table: AmountTable) -> tuple[str, Mapping[int, views.YearLine | None]]:
    """The years, and lines in one scale for all rows of a unit: one in percent has its own."""
    columns = columns_by_year(table)
    if len(columns) < SEVERAL or len({column.unit for column in columns.values()}) > 1:
        return "", {}
    amounts = defaultdict[tuple[int, str], dict[int, Fraction]](dict)  # by row and unit, then by year
    of_unit = defaultdict[str, list[Fraction]](list)
    for index, row in enumerate(table.rows):
        for year, column in columns.items():
            if (value := table.amount(index, column).value) is not None:
                amounts[index, row.unit][year] = value
                of_unit[row.unit].append(value)
    heights = {unit: heights_of(values) for unit, values in of_unit.items()}
    years = list(columns)
    lines = {index: year_line(values, years, heights[unit]) for (index, unit), values in amounts.items()}
    return f"{min(columns)}{DASH}{max(columns)}", lines


def results_told(published: ShownReport) -> list[str]:
    """Result and equity of the year, in one unit: ”Underskott 210 tkr, året före överskott 17 tkr.”"""
    settings, amounts = published.report.settings, published.tables.amounts
    income, balance, year = settings.economy.income, settings.economy.balance, settings.year
    results = [_stated(amounts, income, income.result, year - ago) if income else None for ago in (0, 1)]
    equity = _stated(amounts, balance, balance.equity, year) if balance else None
    known = [amount for amount in (*results, equity) if amount is not None]
    scale, unit = (1_000, "tkr") if max(map(abs, known), default=0) >= 100_000 else (1, "kronor")
    sides = [
        f"{'underskott' if result < 0 else 'överskott' if result else 'resultat'}"
        f" {plain_number(abs(result) / scale, 0)}{NBSP}{unit}"
        for result in results
        if result is not None
    ]
    told = []
    if results[0] is not None:
        told.append(f"{upper_first(', året före '.join(sides))}.")
    if equity is not None:
        told.append(f"Eget kapital {plain_number(equity / scale, 0)}{NBSP}{unit}.")
    return told


def _stated(
    amounts: Mapping[str, AmountTable], statement: IncomeStatement | BalanceSheet, rows: Sum, year: int
) -> Fraction | None:
    """In kronor."""
    found = stated(amounts[statement.table], rows, year) if statement.table in amounts else None
    return found.value if found else None
