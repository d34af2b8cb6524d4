"""Tables of amounts that say themselves what their rows and columns add up to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from generator.model.amounts import AmountTable, Column
from generator.model.names import as_written, name_key, remedy_for_unknown
from generator.model.outcomes import TableRow
from generator.model.places import Place, Problem, Severity
from generator.model.quantities import Rounding, rounded
from generator.model.reconciliation import Identity, Rule
from generator.model.settings import ComputedColumn
from generator.model.sums import Term

MOST_DECIMALS = 6


def table_identities(table: AmountTable, rounding: Rounding) -> Iterator[Identity]:
    """One identity for each typed amount that is also computed."""
    for at in range(len(table.rows)):
        for column in table.columns:
            amount = table.amount(at, column)
            if amount.given is not None and amount.computed is not None:
                yield _identity(table, at, column, rounding)


def _identity(table: AmountTable, at: int, column: Column, rounding: Rounding) -> Identity:
    row, amount = table.rows[at], table.amount(at, column)
    assert amount.given is not None and amount.computed is not None
    computed, against, unit = amount.computed, "", table.definition.unit
    if column.definition is None:
        assert row.equals is not None
        against = row.equals.written
        if len(row.equals.terms) == 1 and len(table.addends[at]) > 1:
            against = f"summan av {against}"
    elif column.definition.equals is not None:
        against = column.definition.equals.written
    else:
        # A share is compared as it is typed, rounded by the rules of the report.
        computed = rounded(computed, _decimals(amount.given), rounding)
        against, unit = f"andelen av {as_written(column.definition.share_of or '')}", "%"
    return Identity(
        Rule.TABLES if column.definition is None else Rule.COLUMNS,
        f"{table.definition.title}: {row_name(row, table)} ({column.heading})",
        against,
        amount.given,
        computed,
        (amount.place, *amount.basis),
        unit=unit,
        # Each rounded amount may be half a unit off, the sum itself too.
        tolerance=amount.slack + amount.computed_slack if not column.is_share else Fraction(0),
        explanation=row.explanation,
    )


def _decimals(number: Fraction) -> int:
    return next((count for count in range(MOST_DECIMALS) if (number * 10**count).denominator == 1), 6)


def row_name(row: TableRow, table: AmountTable) -> str:
    """The name of a row, with its group where the name alone could be another's."""
    is_alone = sum(name_key(other.name) == name_key(row.name) for other in table.rows) == 1
    return row.name if is_alone else f"{row.group} {row.name}".strip()


def table_problems(table: AmountTable) -> Iterator[Problem]:
    """What is declared so that it cannot be computed."""
    yield from _unknown_rows(table)
    yield from _unknown_columns(table)
    circle = table.circular_row
    if circle is not None:
        row = table.rows[circle]
        found = f"posten ”{row.name}” är summan av sig själv, på omvägen över andra poster"
        yield Problem(row.place, found, "Rätta kolumnen ”lika med” i någon av dem.")
    column = table.column(table.circular_column or "")
    if column is not None:
        found = f"kolumnen ”{column.heading}” räknas ur sig själv"
        remedy = "Skriv kolumner som har tal i filen."
        yield Problem(table.definition.place("computed"), found, remedy)
    if circle is None and column is None:
        yield from _gaps(table)


def _unknown_rows(table: AmountTable) -> Iterator[Problem]:
    for row in table.rows:
        for term in row.equals.terms if row.equals else ():
            if not table.rows_of(term, row):
                yield _unknown_row(term, row, table)


def _unknown_row(term: Term, row: TableRow, table: AmountTable) -> Problem:
    written = as_written(term.name)
    if term.name == name_key(row.name):
        remedy = "Skriv vilka andra poster den består av."
        return Problem(row.place, f"posten ”{written}” kan inte vara summan av sig själv", remedy)
    if term.name in map(name_key, names_in(table)):
        remedy = "Skriv gruppen i stället, eller ge posterna egna namn."
        return Problem(row.place, f"posten ”{written}” finns på flera rader i tabellen", remedy)
    found = f"posten eller gruppen ”{written}” finns inte i tabellen"
    return Problem(row.place, found, remedy_for_unknown(written, names_in(table)))


def names_in(table: AmountTable) -> list[str]:
    """The rows and groups that can be named."""
    groups = (row.group for row in table.rows if row.group)
    return list(dict.fromkeys([*(row.name for row in table.rows), *groups]))


def _unknown_columns(table: AmountTable) -> Iterator[Problem]:
    drawn = table.definition.drawn
    if drawn is not None and table.drawn is None:
        yield _unknown_column(table, drawn, table.definition.place("drawn"))
    for definition in table.definition.computed:
        named = (definition.column,) if definition.column else ()
        for name in definition.equals.names if definition.equals else named:
            if table.column(name) is None:
                field = "equals" if definition.equals else "column"
                yield _unknown_column(table, name, definition.place(field))
        if definition.share_of and table.share_of(definition)[0] is None:
            yield _unknown_whole(table, definition)


def _unknown_column(table: AmountTable, name: str, place: Place) -> Problem:
    found = f"kolumnen ”{as_written(name)}” finns inte i tabellen ”{as_written(table.id)}”"
    return Problem(place, found, remedy_for_unknown(name, [column.heading for column in table.columns]))


def _unknown_whole(table: AmountTable, definition: ComputedColumn) -> Problem:
    written = as_written(definition.share_of or "")
    found = f"posten ”{written}” finns inte på en egen rad i tabellen ”{as_written(table.id)}”"
    remedy = remedy_for_unknown(written, [row.name for row in table.rows])
    return Problem(definition.place("share_of"), found, remedy)


def _gaps(table: AmountTable) -> Iterator[Problem]:
    """Sums that cannot be computed since one amount of several is missing, and that are not typed."""
    for at, addends in table.addends.items():
        for column in table.columns:
            amounts = [(other, table.amount(other, column)) for _, other in addends]
            lacking = [table.rows[other].name for other, amount in amounts if amount.value is None]
            if table.amount(at, column).value is None and 0 < len(lacking) < len(amounts):
                row = table.rows[at]
                what = f"posten ”{row.name}” ({column.heading})"
                found = f"{what} går inte att räkna ut: {lacking[0]} saknar belopp"
                remedy = "Fyll i beloppet. Är det noll, skriv 0."
                yield Problem(table.amount(at, column).place, found, remedy, Severity.WARNING)
