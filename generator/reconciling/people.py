"""Tables of people: rows that add up to others, parts of a whole, units and the association, backgrounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from generator.model.names import as_written, name_key
from generator.model.outcomes import People
from generator.model.places import Place
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.settings import RowDefinition
from generator.model.sums import Sum

ONE_SEX = {"kvinnor": "women", "män": "men", "ej angivet": "unstated"}
TOTAL = "totalt"


@dataclass(frozen=True)
class Cell:
    """One number of a row of people, and where it stands."""

    number: int
    places: tuple[Place, ...]


def cells_of(people: People) -> dict[str, Cell]:
    """The numbers of a row by column: of each sex, or only of all where no more is known."""
    if people.women is None or people.men is None:
        return {TOTAL: Cell(people.total, people.places)}
    cells = {}
    for column, field in ONE_SEX.items():
        at = tuple(place for place in people.places if name_key(place.column) == name_key(column))
        cells[column] = Cell(getattr(people, field), at)
    return cells


def total_of(people: People) -> dict[str, Cell]:
    return {TOTAL: Cell(people.total, people.places)}


def people_identities(report: Report) -> Iterator[Identity]:
    yield from _rows(report)
    yield from _parts(report)
    yield from _units(report)
    yield from _background(report)


def _compared(
    rule: Rule,
    what: str,
    against: str,
    given: People,
    terms: list[tuple[int, People]],
    /,
    *,
    at_most: bool = False,
) -> Iterator[Identity]:
    """One identity for each sex, or for the total where the sexes of something are not known."""
    everybody = [given, *(people for _, people in terms)]
    is_by_sex = all(people.women is not None and people.men is not None for people in everybody)
    split = cells_of if is_by_sex else total_of
    own = split(given)
    parts = [(sign, split(people)) for sign, people in terms]
    for column, cell in own.items():
        others = [(sign, one[column]) for sign, one in parts]
        if column == "ej angivet" and not cell.number and not any(other.number for _, other in others):
            continue
        places = (*cell.places, *(place for _, other in others for place in other.places))
        yield Identity(
            rule,
            f"{what}, {column}",
            against,
            Fraction(cell.number),
            Fraction(sum(sign * other.number for sign, other in others)),
            places,
            at_most=at_most,
        )


def _rows(report: Report) -> Iterator[Identity]:
    """A row with ”lika med”, for every unit that has it and all that it is made of."""
    table = report.outcomes.participants
    names = _row_names(report)
    for row in report.settings.rows:
        if row.equals is None:
            continue
        for unit in (report.association, *report.units):
            given = table.get((unit.id, row.id))
            terms = [(term.sign, table.get((unit.id, term.name))) for term in row.equals.terms]
            known = [(sign, people) for sign, people in terms if people is not None]
            if given is None or len(known) < len(terms):
                continue
            what = f"{unit.name}: {names[row.id]}"
            yield from _compared(Rule.ROWS, what, sum_text(row.equals, names), given, known)


def _parts(report: Report) -> Iterator[Identity]:
    """A row is no larger than the one it is a part of: that of its share, or the nearest less indented."""
    table = report.outcomes.participants
    names = _row_names(report)
    for row, whole in parts_of_wholes(report):
        for unit in (report.association, *report.units):
            given, all_people = table.get((unit.id, row)), table.get((unit.id, whole))
            if given is not None and all_people is not None:
                what = f"{unit.name}: {names[row]}"
                yield from _compared(Rule.PARTS, what, names[whole], given, [(1, all_people)], at_most=True)


def parts_of_wholes(report: Report) -> Iterator[tuple[str, str]]:
    """Rows with the row that they are a part of."""
    above: list[RowDefinition] = []
    for row in report.settings.rows:
        while above and above[-1].level >= row.level:
            above.pop()
        wholes = [above[-1].id] if above else []
        above.append(row)
        if row.share_of is not None and row.share_of not in wholes:
            wholes.append(row.share_of)
        yield from ((row.id, whole) for whole in wholes if whole != row.id)


def _units(report: Report) -> Iterator[Identity]:
    """The association's rows, where they are given, are those of its units together."""
    table = report.outcomes.participants
    names = _row_names(report)
    association = report.association
    units = sorted({unit for unit, _ in table if unit != association.id})
    against = f"summan av {report.settings.units_name}"
    for row in report.settings.rows:
        given = table.get((association.id, row.id))
        parts = [(1, table[unit, row.id]) for unit in units if (unit, row.id) in table]
        if given is not None and parts and len(parts) == len(units):
            what = f"{association.name}: {names[row.id]}"
            yield from _compared(Rule.UNITS, what, against, given, parts)


def _background(report: Report) -> Iterator[Identity]:
    """A table against its own sum and against what it is declared to be equal to."""
    tables, sums = report.outcomes.background, report.outcomes.background_sums
    titles = {one.id: one.title for one in report.settings.background} | _row_names(report)
    units = {unit.id: unit.name for unit in (report.association, *report.units)}
    totals = {key: reduce(People.__add__, rows.values()) for key, rows in tables.items() if rows}
    for (unit, table), given in sums.items():
        if (unit, table) in totals:
            what = f"{units[unit]}: summan i {titles[table]}"
            parts = [(1, people) for people in tables[unit, table].values()]
            yield from _compared(Rule.BACKGROUND, what, "summan av kategorierna", given, parts)
    for definition in report.settings.background:
        if definition.equals is None:
            continue
        for unit, name in units.items():
            own = totals.get((unit, definition.id))
            terms = [(term.sign, _total(report, totals, unit, term.name)) for term in definition.equals.terms]
            known = [(sign, people) for sign, people in terms if people is not None]
            if own is not None and len(known) == len(terms):
                what = f"{name}: summan i {definition.title}"
                against = sum_text(definition.equals, titles)
                yield from _compared(Rule.BACKGROUND, what, against, own, known)
    yield from _background_of_units(report, totals, titles)


def _background_of_units(
    report: Report, totals: Mapping[tuple[str, str], People], titles: Mapping[str, str]
) -> Iterator[Identity]:
    """Where both the association and every unit have a table, their sums agree."""
    association = report.association
    against = f"summan av {report.settings.units_name}"
    for definition in report.settings.background:
        own = totals.get((association.id, definition.id))
        parts = [
            (1, totals[unit.id, definition.id]) for unit in report.units if (unit.id, definition.id) in totals
        ]
        if own is not None and parts and len(parts) == len(report.units):
            what = f"{association.name}: summan i {titles[definition.id]}"
            yield from _compared(Rule.UNITS, what, against, own, parts)


def _total(report: Report, totals: Mapping[tuple[str, str], People], unit: str, name: str) -> People | None:
    """The sum of a background table, or a row of the participant table."""
    if (unit, name) in totals:
        return totals[unit, name]
    return report.outcomes.participants.get((unit, name))


def _row_names(report: Report) -> dict[str, str]:
    return {row.id: row.short_name or f"{row.name[:1].lower()}{row.name[1:]}" for row in report.settings.rows}


def sum_text(sum_: Sum, names: Mapping[str, str]) -> str:
    """”positiv lösning + avbrott av hälsoskäl”, with the names of the report."""
    first, *rest = ((term.sign, names.get(term.name, as_written(term.name))) for term in sum_.terms)
    return first[1] + "".join(f" {'+' if sign > 0 else '−'} {name}" for sign, name in rest)
