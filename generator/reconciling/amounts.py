"""Tables of amounts that say themselves what their rows add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from generator.model.names import as_written, name_key, remedy_for_unknown
from generator.model.outcomes import TableRow
from generator.model.places import Problem
from generator.model.quantities import half_step
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.settings import TableDefinition
from generator.model.sums import Term


def table_identities(report: Report, problems: list[Problem]) -> Iterator[Identity]:
    """One identity for each amount of a row with ”lika med”. Names that cannot be found are problems."""
    for definition in report.settings.tables:
        rows = report.outcomes.tables.get(definition.id, ())
        for row in rows:
            terms = _terms(row, rows, problems)
            if terms is not None:
                yield from _of_row(definition, row, rows, terms)


Addends = list[tuple[int, TableRow]]


def _of_row(
    definition: TableDefinition, row: TableRow, rows: Sequence[TableRow], addends: Addends
) -> Iterator[Identity]:
    assert row.equals is not None
    written = row.equals.written
    against = f"summan av {written}" if len(row.equals.terms) == 1 and len(addends) > 1 else written
    for heading, given in row.amounts.items():
        if not all(heading in other.amounts for _, other in addends):
            continue
        yield Identity(
            Rule.TABLES,
            f"{definition.title}: {_name(row, rows)} ({heading})",
            against,
            given,
            sum((sign * other.amounts[heading] for sign, other in addends), Fraction(0)),
            (row.places[heading], *(other.places[heading] for _, other in addends)),
            unit=definition.unit,
            # Each rounded amount may be half a unit off, the sum itself too.
            tolerance=(len(addends) + 1) * _half_unit(rows, heading) if definition.rounded else Fraction(0),
            explanation=row.explanation,
        )


def _name(row: TableRow, rows: Sequence[TableRow]) -> str:
    """The name of a row, with its group where the name alone could be another's."""
    is_alone = sum(name_key(other.name) == name_key(row.name) for other in rows) == 1
    return row.name if is_alone else f"{row.group} {row.name}".strip()


def _half_unit(rows: Sequence[TableRow], heading: str) -> Fraction:
    """Half of the unit that a column is rounded to: that of the amount with the most decimals."""
    return min(half_step(row.amounts[heading]) for row in rows if heading in row.amounts)


def _terms(row: TableRow, rows: Sequence[TableRow], problems: list[Problem]) -> Addends | None:
    """The rows that a sum is made of; None when it is none or one of its names is unknown."""
    if row.equals is None:
        return None
    addends: Addends = []
    is_known = True
    for term in row.equals.terms:
        named = _rows_of(term, row, rows)
        if not named:
            is_known = False
            problems.append(_unknown(term, row, rows))
        addends += [(term.sign, other) for other in named]
    return addends if is_known else None


def _unknown(term: Term, row: TableRow, rows: Sequence[TableRow]) -> Problem:
    written = as_written(term.name)
    names = dict.fromkeys([other.name for other in rows] + [other.group for other in rows if other.group])
    if term.name == name_key(row.name):
        remedy = "Skriv vilka andra poster den består av."
        return Problem(row.place, f"posten ”{written}” kan inte vara summan av sig själv", remedy)
    if term.name in map(name_key, names):
        remedy = "Skriv gruppen i stället, eller ge posterna egna namn."
        return Problem(row.place, f"posten ”{written}” finns på flera rader i tabellen", remedy)
    found = f"posten eller gruppen ”{written}” finns inte i tabellen"
    return Problem(row.place, found, remedy_for_unknown(written, names))


def _rows_of(term: Term, row: TableRow, rows: Sequence[TableRow]) -> list[TableRow]:
    """A row of the same group goes first, then a row that is alone with its name, then a whole group.

    A group is its rows, without those that are sums themselves.
    """
    named = [other for other in rows if name_key(other.name) == term.name and other is not row]
    own = [other for other in named if other.group == row.group]
    if own or len(named) == 1:
        return own or named
    return [other for other in rows if name_key(other.group) == term.name and other.equals is None]
