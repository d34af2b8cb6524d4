"""Tables of amounts that say themselves what their rows add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from generator.model.names import as_written, name_key, remedy_for_unknown
from generator.model.outcomes import TableRow
from generator.model.places import Problem
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
                yield from _of_row(definition, row, terms)


Addends = list[tuple[int, TableRow]]


def _of_row(definition: TableDefinition, row: TableRow, addends: Addends) -> Iterator[Identity]:
    assert row.equals is not None
    # Each rounded amount may be half a unit off, the sum itself too.
    tolerance = Fraction(len(addends) + 1, 2) if definition.rounded else Fraction(0)
    for heading, given in row.amounts.items():
        if not all(heading in other.amounts for _, other in addends):
            continue
        yield Identity(
            Rule.TABLES,
            f"{definition.title}, {heading}: {row.name}",
            row.equals.written,
            given,
            sum((sign * other.amounts[heading] for sign, other in addends), Fraction(0)),
            (row.places[heading], *(other.places[heading] for _, other in addends)),
            unit=definition.unit,
            tolerance=tolerance,
            explanation=row.explanation,
        )


def _terms(row: TableRow, rows: Sequence[TableRow], problems: list[Problem]) -> Addends | None:
    """The rows that a sum is made of; None when it is none or one of its names is unknown."""
    if row.equals is None:
        return None
    addends: Addends = []
    is_known = True
    for term in row.equals.terms:
        found = _rows_of(term, row, rows)
        if found:
            addends += [(term.sign, other) for other in found]
            continue
        is_known = False
        names = dict.fromkeys([other.name for other in rows] + [other.group for other in rows if other.group])
        written = as_written(term.name)
        remedy = remedy_for_unknown(written, names)
        problems.append(Problem(row.place, f"posten eller gruppen ”{written}” finns inte i tabellen", remedy))
    return addends if is_known else None


def _rows_of(term: Term, row: TableRow, rows: Sequence[TableRow]) -> list[TableRow]:
    """A row of the same group goes first, then a row that is alone with its name, then a whole group.

    A group is its rows, without those that are sums themselves.
    """
    named = [other for other in rows if name_key(other.name) == term.name and other is not row]
    own = [other for other in named if other.group == row.group]
    if own or len(named) == 1:
        return own or named
    return [other for other in rows if name_key(other.group) == term.name and other.equals is None]
