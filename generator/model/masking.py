"""Counts that another authority has masked, and those of them that readers can work out all the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.model.outcomes import MASKED_CATEGORIES, MASKED_ROWS, People, sum_of_people
from generator.model.report import Report

Name = tuple[str, ...]
Table = Mapping[Name, People]


def derivable_rows(report: Report) -> Mapping[Name, People]:
    """The masked rows of the participant table that follow from what is given, by unit and row.

    The association's total gives away the only masked unit, and an identity the only row that is masked in
    it; or several, where they are nobody together.
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
        for division in settings.divisions.values() if row.id not in report.persons else ():
            units: dict[Name, int] = {(unit, row.id): 1 for unit in division}
            yield from _missing({**units, (association, row.id): -1}, table)
        for unit in settings.every_unit if row.equals else ():
            equals = row.equals.terms if row.equals else ()
            terms: dict[Name, int] = {(unit.id, term.name): term.sign for term in equals}
            yield from _missing({**terms, (unit.id, row.id): -1}, table)


def derivable_categories(report: Report) -> Mapping[Name, People]:
    """The masked categories that follow from what is given, by unit, table and category."""
    return {key: people for key, (people, is_each) in masked_categories(report).items() if is_each}


def masked_categories(report: Report) -> Mapping[Name, tuple[People, bool]]:
    """How many the masked categories of background tables are, by unit, table and category.

    Those that are only known together are one category, and false stands beside it. The table's sum is given,
    or declared to be that of a row.
    """
    outcomes, equals = report.outcomes, {each.id: each.equals for each in report.settings.background}
    masked: defaultdict[Name, list[str]] = defaultdict(list)
    for kind, *key in outcomes.masked:
        if kind == MASKED_CATEGORIES:
            masked[key[0], key[1]].append(key[2])
    found: dict[Name, tuple[People, bool]] = {}
    for (unit, name), categories in masked.items():
        terms = equals[name]
        given = outcomes.background_sums.get((unit, name))
        if given is None and terms is not None and len(terms.terms) == 1:
            given = outcomes.participants.get((unit, terms.terms[0].name))
        if given is not None:
            known = outcomes.background.get((unit, name), {}).values()
            rest = sum_of_people((given, *(_times(people, -1) for people in known)))
            is_each = _is_each(categories, rest)
            for category in categories if is_each else [" + ".join(categories)]:
                if _is_possible(rest):
                    found[unit, name, category] = rest, is_each
    return found


def _missing(signs: Mapping[Name, int], table: Table) -> Iterator[tuple[Name, People]]:
    """What is not known of counts that are 0 together: the only one, or several that are nobody."""
    unknown = [key for key in signs if key not in table]
    if len({signs[key] for key in unknown}) != 1 or len(unknown) == len(signs):
        return
    factor = -signs[unknown[0]]
    rest = sum_of_people(_times(table[key], factor * sign) for key, sign in signs.items() if key in table)
    if _is_possible(rest) and _is_each(unknown, rest):
        yield from ((key, rest) for key in unknown)


def _is_possible(people: People) -> bool:
    return min(number or 0 for number in (people.women, people.men, people.unstated, people.total)) >= 0


def _is_each(names: Sequence[object], together: People) -> bool:
    """Whether how many they are together tells how many each of them is."""
    return len(names) == 1 or together.total == 0


def _times(people: People, sign: int) -> People:
    women, men = (None if number is None else sign * number for number in (people.women, people.men))
    return People(women, men, sign * people.unstated, sign * people.total)
