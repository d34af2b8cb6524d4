"""Tables of people: rows that add up to others, parts of a whole, units and the association, backgrounds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
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
from generator.model.reconciliation import Identity, Rule, Verdict
from generator.model.report import Report
from generator.model.settings import BackgroundDefinition, RowDefinition, parts_of_wholes
from generator.model.sums import Sum
from generator.model.tables import people_of_row

Table = Mapping[tuple[str, str], People]  # by unit and name


def people_identities(report: Report, problems: list[Problem]) -> Iterator[Identity]:
    """Names in ”lika_med” that are neither rows nor tables are problems."""
    table, names = report.outcomes.participants, report.row_names
    of_rows = Rule.ROWS, report.settings.rows, report, problems
    yield from _declared(*of_rows, own=table, known=table, names=names, what="raden")
    yield from _parts(report)
    yield from _units(report)
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
    """An identity for each sex, or for the total where one is unknown.

    Where what is added is not known of all, those who are known are no more than all; where what is taken
    away is not known, the rest is no more than what it is taken from.
    """
    known = [(sign, people) for sign, people in terms if people is not None]
    lacking, signs = {sign for sign, people in terms if people is None}, {sign for sign, _ in terms}
    if given is None or (lacking and (at_most or not known or (1 in lacking and -1 in signs))):
        return
    everybody = [given, *(people for _, people in known)]
    is_by_sex = all(people.women is not None for people in everybody)
    for sex in SEXES if is_by_sex else (Sex.ALL,):
        identity = Identity(
            rule,
            f"{what} ({SEX_NAMES[sex] if is_by_sex else 'totalt'})",
            against,
            Fraction(given.of(sex) or 0),
            Fraction(sum(sign * (people.of(sex) or 0) for sign, people in known)),
            tuple(place for people in everybody for place in _cells(people, sex)),
            at_most=at_most or -1 in lacking,
            may_count_twice=rule is Rule.UNITS and not at_most and len(known) > 1,
        )
        compared = identity.of_known if 1 in lacking else identity
        # Or how many are compared, which is published, would tell where there are any.
        if sex is not Sex.UNSTATED or compared.verdict is not Verdict.HOLDS:
            yield compared


def _cells(people: People, sex: Sex) -> Iterable[Place]:
    """Where a number stands. An empty cell of those who have not stated sex is 0, and has its place too."""
    if sex is Sex.ALL:
        return people.places
    known = {(place.file, place.line, place.column): place for place in people.places}
    lines = dict.fromkeys((file, line, SEX_NAMES[sex]) for file, line, _ in known)
    return (known.get(line) or Place(*line) for line in lines)


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
        if entry.equals is None:
            continue
        terms = entry.equals.terms
        for written in (as_written(term.name) for term in terms if term.name not in names):
            found = f"{what} ”{written}” i ”lika_med” finns inte"
            problems.append(Problem(entry.place("equals"), found, remedy_for_unknown(written, names)))
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
    table, names = report.outcomes.participants, report.row_names
    for row, whole in parts_of_wholes(report.settings.rows):
        for unit, name in report.settings.unit_names.items():
            given, terms = table.get((unit, row)), [(1, table.get((unit, whole)))]
            what = f"{name}: {names[row]}"
            yield from _compared(Rule.PARTS, what, names[whole], given, terms, at_most=True)


def _units(report: Report) -> Iterator[Identity]:
    """The association's rows are those of its units, whichever way these are divided."""
    table, association = report.outcomes.participants, report.association
    others = list(report.settings.divisions.items())[1:]
    for row in report.settings.rows:
        given = table.get((association.id, row.id)) if report.counted_units else None
        whole = people_of_row(report, association.id, row.id)
        divided = [(given, sum_of_units(report), report.counted_units)]
        divided += [(whole, sum_of_division(report, division), units) for division, units in others]
        name = report.row_names[row.id]
        for of_all, against, units in divided:
            parts = [(unit, table.get((unit, row.id))) for unit in units]
            yield from together(report, name, of_all, parts, against=against, is_of_persons=row.persons)


def together(
    report: Report,
    name: str,
    whole: People | None,
    units: Sequence[tuple[str, People | None]],
    *,
    against: str,
    is_of_persons: bool,
) -> Iterator[Identity]:
    """The association is its units together. Persons are at most so many, and at least those of any unit."""
    what, parts = f"{report.association.name}: {name}", [(1, people) for _, people in units]
    yield from _compared(Rule.UNITS, what, against, whole, parts, at_most=is_of_persons)
    for unit, people in units if is_of_persons else ():
        of_unit = f"{report.settings.unit_names[unit]}: {name}"
        yield from _compared(Rule.UNITS, of_unit, what, people, [(1, whole)], at_most=True)


def _given_away(report: Report) -> Iterator[Problem]:
    """Masked counts that follow from what is given, where no disclosure control hides something else."""
    if report.settings.disclosure_threshold is not None:
        return
    derivable = {MASKED_ROWS: derivable_rows(report), MASKED_CATEGORIES: derivable_categories(report)}
    for kind, keys in derivable.items():
        for key in keys:
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
    table, association, names = report.outcomes.participants, report.association.id, report.row_names
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
    totals = {key: sum_of_people(rows.values()) for key, rows in tables.items() if key not in masked}
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
        names=report.row_names | titles,
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
    """Where both the association and units have a table, they agree in each category.

    A unit where nobody is of a category need not have it. Categories that differ are compared as sums.
    """
    tables, association = report.outcomes.background, report.association
    divisions = report.settings.divisions.items()
    participations = set(report.row_names) - report.persons
    for definition, (division, units) in product(report.settings.background, divisions):
        own = tables.get((association.id, definition.id), {})
        if any(key[:3:2] == (MASKED_CATEGORIES, definition.id) for key in report.outcomes.masked) or not own:
            continue
        tables_of_units = [(unit, tables.get((unit, definition.id), {})) for unit in units]
        by_key = [(unit, {name_key(name): rows[name] for name in rows}) for unit, rows in tables_of_units]
        counted = set(definition.equals.names) if definition.equals else report.persons
        is_of_persons = bool(report.persons) and not counted <= participations
        against, where = sum_of_division(report, division), f"i tabellen ”{definition.title}”"
        compared = partial(together, report, against=against, is_of_persons=is_of_persons)
        if not {key for _, rows in by_key for key in rows} <= {name_key(category) for category in own}:
            parts = [(unit, sum_of_people(rows.values()) if rows else None) for unit, rows in by_key]
            yield from compared(f"summan {where}", sum_of_people(own.values()), parts)
            continue
        for category, given in own.items():
            key = name_key(category)
            parts = [(unit, rows.get(key)) for unit, rows in by_key if key in rows or not rows]
            yield from compared(f"{category} {where}", given, parts)


def sum_text(sum_: Sum, names: Mapping[str, str]) -> str:
    """”positiv lösning + avbrott av hälsoskäl”, with the names of the report."""
    first, *rest = ((term.sign, names.get(term.name, as_written(term.name))) for term in sum_.terms)
    return first[1] + "".join(f" {'+' if sign > 0 else '−'} {name}" for sign, name in rest)
