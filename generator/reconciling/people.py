"""Tables of people: rows that add up to others, parts of a whole, units and the association, backgrounds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from generator.model.masking import derivable_categories, derivable_rows
from generator.model.names import as_written, name_key, remedy_for_unknown
from generator.model.outcomes import (
    MASKED_CATEGORIES,
    MASKED_ROWS,
    SEX_NAMES,
    SEXES,
    People,
    Sex,
    sum_of_people,
)
from generator.model.places import Place, Problem, Severity
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.settings import BackgroundDefinition, RowDefinition, parts_of_wholes
from generator.model.sums import Sum
from generator.model.tables import people_of_row

Table = Mapping[tuple[str, str], People]  # by unit and name


def people_identities(report: Report, problems: list[Problem]) -> Iterator[Identity]:
    """Names in ”lika_med” that are neither rows nor tables are problems."""
    table, names = report.outcomes.participants, report.settings.row_names
    of_rows = Rule.ROWS, report.settings.rows, report, problems
    yield from _declared(*of_rows, own=table, known=table, names=names, what="raden")
    yield from _parts(report)
    yield from _units(report)
    yield from _divisions(report)
    problems.extend(_persons_missing(report))
    problems.extend(_more_than_persons(report))
    problems.extend(_given_away(report))
    yield from _background(report, problems)


def _compared(
    rule: Rule,
    what: str,
    against: str,
    given: People | None,
    terms: Sequence[tuple[int, People | None]],
    /,
    *,
    at_most: bool = False,
) -> Iterator[Identity]:
    """An identity for each sex, or for the total where one is unknown; none where something is missing."""
    known = [(sign, people) for sign, people in terms if people is not None]
    if given is None or len(known) < len(terms):
        return
    everybody = [given, *(people for _, people in known)]
    is_by_sex = all(people.women is not None for people in everybody)
    for sex in SEXES if is_by_sex else (Sex.ALL,):
        own, others = given.of(sex) or 0, sum(sign * (people.of(sex) or 0) for sign, people in known)
        if sex is Sex.UNSTATED and (own == others or (at_most and own < others)):
            continue  # or how many are compared, which is published, would tell where there are any
        yield Identity(
            rule,
            f"{what} ({SEX_NAMES[sex] if is_by_sex else 'totalt'})",
            against,
            Fraction(own),
            Fraction(others),
            tuple(place for people in everybody for place in _cells(people, sex)),
            at_most=at_most,
            is_of_persons=True,
        )


def _cells(people: People, sex: Sex) -> Iterable[Place]:
    """Where a number stands. An empty cell of those who have not stated sex is 0, and has its place too."""
    if sex is Sex.ALL:
        return people.places
    lines = dict.fromkeys(Place(place.file, place.line, SEX_NAMES[sex]) for place in people.places)
    known = {place: place for place in people.places}
    return (known.get(line, line) for line in lines)


def _declared(
    rule: Rule,
    entries: Iterable[RowDefinition | BackgroundDefinition],
    report: Report,
    problems: list[Problem],
    *,
    own: Table,
    known: Table,
    names: Mapping[str, str],
    what: str,
) -> Iterator[Identity]:
    """What has ”lika med”, for every unit that has it and all that it is made of. Unknown names are told."""
    for entry in entries:
        terms = entry.equals.terms if entry.equals is not None else ()
        unknown = [as_written(term.name) for term in terms if term.name not in names]
        for written in unknown:
            found = f"{what} ”{written}” i ”lika_med” finns inte"
            problems.append(Problem(entry.place("equals"), found, remedy_for_unknown(written, names)))
        if entry.equals is None or unknown:
            continue
        against = sum_text(entry.equals, names)
        persons = report.persons.intersection((entry.id, *(term.name for term in terms)))
        for unit, name in report.settings.unit_names.items():
            if persons and unit == report.association.id and len(report.counted_units) > 1:
                continue  # who has left one unit may remain in another
            given = own.get((unit, entry.id))
            parts = [(term.sign, known.get((unit, term.name))) for term in terms]
            yield from _compared(rule, f"{name}: {names[entry.id]}", against, given, parts)


def _parts(report: Report) -> Iterator[Identity]:
    """A row is no larger than the one it is a part of: that of its share, or the nearest less indented."""
    table, names = report.outcomes.participants, report.settings.row_names
    for row, whole in parts_of_wholes(report.settings.rows):
        for unit, name in report.settings.unit_names.items():
            given, terms = table.get((unit, row)), [(1, table.get((unit, whole)))]
            what = f"{name}: {names[row]}"
            yield from _compared(Rule.PARTS, what, names[whole], given, terms, at_most=True)


def _units(report: Report) -> Iterator[Identity]:
    """The association's rows, where they are given, are those of its units together.

    Persons are at most so many, and at least as many as in any unit.
    """
    table = report.outcomes.participants
    names = report.settings.row_names
    association, units = report.association, report.counted_units
    for row in report.settings.rows:
        given = table.get((association.id, row.id)) if units else None
        parts = [(1, table.get((unit, row.id))) for unit in units]
        what = f"{association.name}: {names[row.id]}"
        yield from _compared(Rule.UNITS, what, sum_of_units(report), given, parts, at_most=row.persons)
        known = [table[unit, row.id] for unit in units if (unit, row.id) in table]
        is_masked = any((MASKED_ROWS, unit, row.id) in report.outcomes.masked for unit in units)
        if known and is_masked:
            of_known = f"{sum_of_units(report)} som är kända: {names[row.id]}"
            yield from _compared(Rule.UNITS, of_known, what, sum_of_people(known), [(1, given)], at_most=True)
        for unit in units if row.persons else ():
            of_unit = f"{report.settings.unit_names[unit]}: {names[row.id]}"
            own, terms = table.get((unit, row.id)), [(1, given)]
            yield from _compared(Rule.UNITS, of_unit, what, own, terms, at_most=True)


def _divisions(report: Report) -> Iterator[Identity]:
    """Each division is the whole: the same persons, whichever way they are divided."""
    others = list(report.settings.divisions.items())[1:]
    for (division, units), row in product(others, report.settings.rows):
        whole = people_of_row(report, report.association.id, row.id)
        parts = [(1, report.outcomes.participants.get((unit, row.id))) for unit in units]
        what, of_units = f"{report.association.name}: {row.name}", sum_of_division(report, division)
        yield from _compared(Rule.UNITS, what, of_units, whole, parts, at_most=row.persons)


def _given_away(report: Report) -> Iterator[Problem]:
    """Masked counts that follow from what is given, where no disclosure control hides something else."""
    if report.settings.disclosure_threshold is not None:
        return
    for kind, found in (
        (MASKED_ROWS, derivable_rows(report)),
        (MASKED_CATEGORIES, derivable_categories(report)),
    ):
        for key in found:
            told = "antalet är skyddat av källan, men går att räkna ut av det som ges bredvid"
            remedy = "Utelämna summan, eller ett tal bredvid. Eller slå på röjandekontrollen."
            yield Problem(report.outcomes.masked[kind, *key], told, remedy, Severity.WARNING)


def _persons_missing(report: Report) -> Iterator[Problem]:
    """Nobody can add up persons: the association's number must be given."""
    table, units = report.outcomes.participants, report.counted_units
    for row in report.settings.rows if len(units) > 1 else ():
        is_given = [(unit, row.id) in table for unit in (report.association.id, *units)]
        if row.persons and any(is_given) and not is_given[0]:
            found = f"raden ”{as_written(row.id)}” räknar personer, och antalet för hela organisationen"
            remedy = f"Lägg till en rad för {as_written(report.association.id)}, där ingen räknas två gånger."
            yield Problem(row.place("persons"), f"{found} saknas", remedy, Severity.WARNING)


def _more_than_persons(report: Report) -> Iterator[Problem]:
    """Participations may be more than the persons whom they are shown as a part of."""
    table, association, names = report.outcomes.participants, report.association.id, report.settings.row_names
    persons, rows = report.persons, {row.id: row for row in report.settings.rows}
    for row, whole in parts_of_wholes(report.settings.rows):
        given = table.get((association, whole))
        parts = [table[unit, row] for unit in report.counted_units if (unit, row) in table]
        is_mixed = whole in persons and row not in persons and (association, row) not in table
        if not is_mixed or given is None or sum(part.total for part in parts) <= given.total:
            continue
        found = f"{names[row]} är fler i {sum_of_units(report)} än {names[whole]}, som räknar personer"
        written = as_written(row), as_written(association)
        remedy = "Skriv ”unika: ja” även vid raden ”{}”, och ge antalet för {}.".format(*written)
        yield Problem(rows[row].place(), found, remedy)


def sum_of_units(report: Report) -> str:
    """”summan av alla plattformar”"""
    return f"summan av alla {report.settings.units_name}"


def sum_of_division(report: Report, division: str) -> str:
    """”summan av indelningen ”kommun””, where there are several."""
    is_one = len(report.settings.divisions) < 2
    return sum_of_units(report) if is_one else f"summan av indelningen ”{division}”"


def _background(report: Report, problems: list[Problem]) -> Iterator[Identity]:
    """A table against its own sum and against what it is declared to be equal to."""
    tables, sums = report.outcomes.background, report.outcomes.background_sums
    titles = {table.id: f"summan i tabellen ”{table.title}”" for table in report.settings.background}
    units = report.settings.unit_names
    masked = {key[1:3] for key in report.outcomes.masked if key[0] == MASKED_CATEGORIES}
    totals = {key: sum_of_people(rows.values()) for key, rows in tables.items() if rows and key not in masked}
    for (unit, table), given in sums.items():
        if (unit, table) in totals:
            what = f"{units[unit]}: {titles[table]}"
            parts = [(1, people) for people in tables[unit, table].values()]
            yield from _compared(Rule.BACKGROUND, what, "kategorierna tillsammans", given, parts)
    yield from _declared(
        Rule.BACKGROUND,
        report.settings.background,
        report,
        problems,
        own=totals,
        known={**report.outcomes.participants, **totals},
        names=report.settings.row_names | titles,
        what="tabellen eller raden",
    )
    problems.extend(_as_many(report, totals))
    yield from _background_of_units(report)


def _as_many(report: Report, totals: Table) -> Iterator[Problem]:
    """Tables of which nothing is declared, and that have as many as a row wherever both are given."""
    rows = report.outcomes.participants
    for table in report.settings.background:
        if table.equals is not None:
            continue
        of_units = {unit: replace(total, places=()) for (unit, id), total in totals.items() if id == table.id}
        for row in report.settings.rows:
            both = [(rows.get((unit, row.id)), total) for unit, total in of_units.items()]
            known = [(replace(own, places=()), total) for own, total in both if own is not None]
            if known and all(own == total for own, total in known):
                found = f"tabellen ”{table.title}” har lika många som raden ”{as_written(row.id)}”"
                remedy = f"Är det samma personer, skriv lika_med: {as_written(row.id)} så kontrolleras det."
                yield Problem(table.place(), found, remedy, Severity.NOTE)
                break


def _background_of_units(report: Report) -> Iterator[Identity]:
    """Where both the association and every unit have a table, they agree in each category.

    A unit where nobody is of a category need not have it. Categories that differ are compared as sums.
    """
    tables, association = report.outcomes.background, report.association
    divisions = report.settings.divisions.items()
    for definition, (division, units) in product(report.settings.background, divisions):
        own = tables.get((association.id, definition.id), {})
        of_units = [tables.get((unit, definition.id), {}) for unit in units]
        against = sum_of_division(report, division)
        if any(key[:3:2] == (MASKED_CATEGORIES, definition.id) for key in report.outcomes.masked):
            continue
        if not own or not of_units or not all(of_units):
            continue
        by_key = [{name_key(name): people for name, people in rows.items()} for rows in of_units]
        where = f"i tabellen ”{definition.title}”"
        counted = definition.equals.names if definition.equals else report.persons
        at_most = not report.persons.isdisjoint(counted)
        if not set().union(*by_key) <= {name_key(category) for category in own}:
            what = f"{association.name}: summan {where}"
            parts = [(1, people) for rows in of_units for people in rows.values()]
            whole = sum_of_people(own.values())
            yield from _compared(Rule.UNITS, what, against, whole, parts, at_most=at_most)
            continue
        for category, given in own.items():
            parts = [(1, rows[name_key(category)]) for rows in by_key if name_key(category) in rows]
            what = f"{association.name}: {category} {where}"
            yield from _compared(Rule.UNITS, what, against, given, parts, at_most=at_most)


def sum_text(sum_: Sum, names: Mapping[str, str]) -> str:
    """”positiv lösning + avbrott av hälsoskäl”, with the names of the report."""
    first, *rest = ((term.sign, names.get(term.name, as_written(term.name))) for term in sum_.terms)
    return first[1] + "".join(f" {'+' if sign > 0 else '−'} {name}" for sign, name in rest)
