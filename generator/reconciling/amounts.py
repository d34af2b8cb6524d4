"""Tables of amounts that say themselves what their rows and columns add up to."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from generator.model.accounts import kronor_in
from generator.model.amounts import AmountColumn, AmountTable, in_circle
from generator.model.names import as_written, name_key
from generator.model.outcomes import TableRow
from generator.model.places import Place, Problem, Severity, unknown_name
from generator.model.quantities import Rounding, decimals_of, rounded
from generator.model.reconciliation import Identity, Rule
from generator.model.sums import Term
from generator.model.table_settings import ComputedColumn, TableDefinition

MOST_DECIMALS = 6


def table_identities(table: AmountTable, rounding: Rounding) -> Iterator[Identity]:
    """One identity for each typed amount that is also computed."""
    for index in range(len(table.rows)):
        for column in table.columns:
            amount = table.amount(index, column)
            if amount.given is not None and amount.computed is not None:
                yield _identity(table, index, column, rounding)


def _identity(table: AmountTable, index: int, column: AmountColumn, rounding: Rounding) -> Identity:
    row, amount, unit = table.rows[index], table.amount(index, column), table.unit_of(index, column)
    given, computed = amount.given, amount.computed
    assert given is not None and computed is not None
    if column.definition is None:
        against = row.equals.written if row.equals else ""
        if row.equals and len(row.equals.terms) == 1 and len(table.addends[index]) > 1:
            against = f"summan av {against}"
    elif column.definition.equals is not None:
        against = column.definition.equals.written
    else:
        # A share is compared as it is typed, rounded by the rules of the report.
        computed = rounded(computed, decimals_of(given, MOST_DECIMALS), rounding)
        against = f"andelen av {as_written(column.definition.share_of or '')}"
    return Identity(
        Rule.TABLES if column.definition is None else Rule.COLUMNS,
        f"{table.definition.lead} {row_name(row, table)} ({column.heading})",
        against,
        given,
        computed,
        (amount.place, *amount.basis),
        unit=unit,
        tolerance=Fraction(0) if column.is_share else amount.tolerance,
        explanation=row.explanation,
    )


def row_name(row: TableRow, table: AmountTable) -> str:
    """The name of a row, with its group where the name alone could be another's."""
    is_alone = sum(name_key(other.name) == name_key(row.name) for other in table.rows) == 1
    return row.name if is_alone else f"{row.group} {row.name}".strip()


def table_problems(table: AmountTable) -> Iterator[Problem]:
    """What is declared so that it cannot be computed."""
    for index, row in enumerate(table.rows):
        terms = row.equals.terms if row.equals else ()
        yield from (_unknown_row(term, row, table) for term in terms if not table.rows_of(term, row))
        for _, other in table.addends.get(index, ()):
            if table.rows[other].unit != row.unit:
                found = f"”{row.name}” är en summa, men ”{table.rows[other].name}” har en annan måttenhet"
                yield Problem(row.place, found, "Skriv bara poster med samma måttenhet i ”lika med”.")
    yield from _unknown_columns(table)
    yield from _mixed_columns(table)
    circle = in_circle(table.rows_made_of)
    if circle is not None:
        row = table.rows[circle]
        found = f"posten ”{row.name}” är summan av sig själv, på omvägen över andra poster"
        yield Problem(row.place, found, "Rätta kolumnen ”lika med” i någon av dem.")
    column = table.column(in_circle(table.columns_made_of) or "")
    if column is not None:
        found = f"kolumnen ”{column.heading}” räknas ur sig själv"
        yield Problem(table.definition.place("computed"), found, "Skriv kolumner som har tal i filen.")
    if circle is None and column is None:
        yield from _gaps(table)


def _unknown_row(term: Term, row: TableRow, table: AmountTable) -> Problem:
    written = as_written(term.name)
    if term.name == name_key(row.name):
        remedy = "Skriv vilka andra poster den består av."
        return Problem(row.place, f"posten ”{written}” kan inte vara summan av sig själv", remedy)
    if term.name in map(name_key, names_in(table)):
        remedy = "Skriv gruppen i stället, eller ge posterna egna namn."
        return Problem(row.place, f"posten ”{written}” finns på flera rader i tabellen", remedy)
    return unknown_name(row.place, "posten eller gruppen", written, names_in(table), " i tabellen")


def names_in(table: AmountTable) -> list[str]:
    """The rows and groups that can be named."""
    groups = (row.group for row in table.rows if row.group)
    return list(dict.fromkeys([*(row.name for row in table.rows), *groups]))


def _unknown_columns(table: AmountTable) -> Iterator[Problem]:
    headings = [column.heading for column in table.columns]
    for name, place in _named_columns(table.definition):
        if table.column(name) is None:
            yield unknown_name(place, "kolumnen", name, headings, f" i tabellen ”{as_written(table.id)}”")
    for definition in table.definition.computed:
        if definition.quotient:
            yield from _undividable(definition, table)
        if definition.share_of and table.share_of(definition, 0)[1][0] is None:
            rows = (row.name for row in table.rows)
            yield unknown_row(definition.place("share_of"), definition.share_of, table, rows)


def _mixed_columns(table: AmountTable) -> Iterator[Problem]:
    """Computed columns that are in another unit than what they are made of, unless the author says so."""
    columns = {column.key: column for column in table.columns}
    for column in filter(lambda column: column.definition is not None, table.columns):
        made_of = [columns[key] for key in table.columns_made_of[column.key] if key in columns]
        is_told = column.is_share or (column.unit != table.definition.unit and kronor_in(column.unit) is None)
        alike = made_of if is_told else [column, *made_of]
        other = next((other for other in alike if other.unit != alike[0].unit), None)
        if column.definition is not None and other is not None:
            found = f"”{alike[0].heading}” är i {alike[0].unit}, men ”{other.heading}” är i {other.unit}"
            remedy = f"”{column.heading}” räknas av kolumner i samma måttenhet: skriv den under ”kolumner”."
            yield Problem(column.definition.place("name"), found, remedy)


def _undividable(definition: ComputedColumn, table: AmountTable) -> Iterator[Problem]:
    """Quotients that are typed, where disclosure control does not reach them, or have no rows of units."""
    if any(definition.name in map(name_key, row.places) for row in table.rows):
        found = f"kolumnen ”{as_written(definition.name)}” räknas av programmet, men står också i filen"
        yield Problem(definition.place("name"), found, f"Ta bort kolumnen ur {table.rows[0].place.file}.")
    if not table.unit_of_row:
        names = " eller ".join(f"”{unit.name}”" for unit in table.units[-2:])
        found = f"ingen post i tabellen ”{as_written(table.id)}” är en enhet, så det finns inga att dela med"
        yield Problem(definition.place("equals"), found, f"Skriv enheterna som poster: {names}.")


def _named_columns(definition: TableDefinition) -> Iterator[tuple[str, Place]]:
    if definition.drawn is not None:
        yield definition.drawn, definition.place("drawn")
    yield from ((column.name, column.place("name")) for column in definition.columns)
    for computed in definition.computed:
        if computed.quotient is not None:
            yield computed.quotient[0], computed.place("equals")
        elif computed.equals is not None:
            yield from ((name, computed.place("equals")) for name in computed.equals.names)
        elif computed.column is not None:
            yield computed.column, computed.place("column")


def unknown_row(place: Place, name: str, table: AmountTable, known: Iterable[str]) -> Problem:
    """That a name is not that of one row, with those that can be chosen among."""
    where = f" på en egen rad i tabellen ”{as_written(table.id)}”"
    return unknown_name(place, "posten", name, known, where)


def _gaps(table: AmountTable) -> Iterator[Problem]:
    """Sums that cannot be computed since one amount of several is missing, and that are not typed."""
    for index, addends in table.addends.items():
        for column in (each for each in table.columns if table.is_added(each) and not each.definition):
            amount, rows = table.amount(index, column), [row for _, row in addends]
            lacking = [table.rows[row].name for row in rows if table.amount(row, column).value is None]
            if amount.value is None and not amount.is_masked and 0 < len(lacking) < len(rows):
                what = f"posten ”{table.rows[index].name}” ({column.heading})"
                found = f"{what} går inte att räkna ut: {lacking[0]} saknar belopp"
                remedy = "Fyll i beloppet. Är det noll, skriv 0."
                yield Problem(amount.place, found, remedy, Severity.WARNING)
