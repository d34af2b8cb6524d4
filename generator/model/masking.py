"""Counts that another authority has masked, and those of them that readers can work out all the same."""

from collections.abc import Iterator, Mapping

from generator.model.outcomes import MASKED_CATEGORIES, MASKED_ROWS, People, sum_of_people
from generator.model.report import Report

Name = tuple[str, ...]
Table = Mapping[Name, People]


def derivable_rows(report: Report) -> Mapping[Name, People]:
    """The masked rows of the participant table that follow from what is given, by unit and row.

    The association's total gives away the only masked unit; an identity the only row that is masked in it.
    """
    table: dict[Name, People] = dict(report.outcomes.participants.items())
    masked = {key[1:] for key in report.outcomes.masked if key[0] == MASKED_ROWS} - table.keys()
    while new := {key: people for key, people in _followed(report, table) if key in masked}:
        table |= new
        masked -= new.keys()
    return {key: people for key, people in table.items() if key not in report.outcomes.participants}


def _followed(report: Report, table: Table) -> Iterator[tuple[Name, People]]:
    settings, association = report.settings, report.association.id
    for row in settings.rows:
        for division in settings.divisions.values() if row.id not in report.outcomes.persons else ():
            units: dict[Name, int] = {(unit, row.id): 1 for unit in division}
            yield from _missing({**units, (association, row.id): -1}, table)
        for unit in settings.every_unit if row.equals else ():
            equals = row.equals.terms if row.equals else ()
            terms: dict[Name, int] = {(unit.id, term.name): term.sign for term in equals}
            yield from _missing({**terms, (unit.id, row.id): -1}, table)


def derivable_categories(report: Report) -> Mapping[Name, People]:
    """The only masked category of a background table, by unit, table and category.

    Its sum is given, or declared to be that of a row.
    """
    found: dict[Name, People] = {}
    definitions = {definition.id: definition for definition in report.settings.background}
    masked = [key[1:] for key in report.outcomes.masked if key[0] == MASKED_CATEGORIES]
    for unit, name, category in masked:
        known = report.outcomes.background.get((unit, name), {})
        given = report.outcomes.background_sums.get((unit, name))
        equals = definitions[name].equals
        if given is None and equals is not None and len(equals.terms) == 1:
            given = report.outcomes.participants.get((unit, equals.terms[0].name))
        if given is not None and [key[:2] for key in masked].count((unit, name)) == 1:
            table: dict[Name, People] = {(): given, **{(other,): people for other, people in known.items()}}
            for _, people in _missing({**dict.fromkeys(table, 1), (): -1, (category,): 1}, table):
                found[unit, name, category] = people
    return found


def _missing(signs: Mapping[Name, int], table: Table) -> Iterator[tuple[Name, People]]:
    """The only one that is not known of counts that are 0 together, each with its sign."""
    unknown = [key for key in signs if key not in table]
    if len(unknown) != 1 or len(signs) == 1:
        return
    factor, known = -signs[unknown[0]], signs.keys() - unknown
    rest = sum_of_people(_times(table[key], factor * sign) for key, sign in signs.items() if key in known)
    if min(number or 0 for number in (rest.women, rest.men, rest.unstated, rest.total)) >= 0:
        yield unknown[0], rest


def _times(people: People, sign: int) -> People:
    women, men = (None if number is None else sign * number for number in (people.women, people.men))
    return People(women, men, sign * people.unstated, sign * people.total)
