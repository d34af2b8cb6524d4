"""Disclosure control of a report: small counts, and what would give them away, are hidden in all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar, cast

from generator.model.following import renamed
from generator.model.measures import Subject
from generator.model.names import as_written
from generator.model.outcome import Outcome
from generator.model.outcomes import Sex
from generator.model.places import Place, Problem
from generator.model.published import (
    HIDDEN,
    Count,
    Hidden,
    PublishedReport,
    PublishedTables,
    ShownPeople,
)
from generator.model.quantities import Kind, Quantity
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.model.results import IndicatorResult, ScoredReport, UnitResult
from generator.model.sensitivity import WhatIfs
from generator.protecting import collecting
from generator.protecting.cells import Cells
from generator.protecting.collecting import Key
from generator.protecting.linear_system import Shown, Sum
from generator.protecting.outcomes import counts_of

ShownCount = TypeVar("ShownCount", Count, Count | None)
Keys = AbstractSet[Key]


def protect(scored: ScoredReport, published: PublishedReport, problems: list[Problem]) -> PublishedReport:
    """The report with everything hidden that its disclosure control asks for; itself when that is off.

    What is to be published is then checked anew: a count that could still be derived is a problem.
    """
    threshold = scored.report.settings.disclosure_threshold
    if threshold is None:
        return published
    # The solver takes time to load, and most reports have no need of it.
    from generator.protecting.choosing import choose
    from generator.protecting.knowledge import knowledge_of
    from generator.protecting.ranges import ranges

    system, cells = knowledge_of(scored, threshold)
    choice = choose(system, threshold)
    protected = _hidden(published, choice.hidden)
    exposed = dict(choice.exposed)
    shown = tuple(Shown(key, figure, cost=1) for key, figure in published_figures(protected, cells))
    for key, (low, high) in ranges(replace(choice.system, shown=shown), hidden=()).items():
        if low == high:
            exposed.setdefault(cast(Key, key), ())
    # Several counts of one row are one thing to mend.
    problems += dict.fromkeys(_exposed(key, labels, scored) for key, labels in exposed.items())
    return protected


# What is hidden


def _hidden(published: PublishedReport, hidden: Keys) -> PublishedReport:
    hidden_outcomes = {
        (unit, indicator) for kind, unit, indicator, *_ in hidden if kind == collecting.OUTCOME
    }
    association = _unit(published.association, hidden_outcomes)
    units = tuple(_unit(unit, hidden_outcomes) for unit in published.units)
    outcomes = {
        (unit.unit.id, result.indicator.id): result
        for unit in (association, *units)
        for result in unit.results
    }
    return replace(
        published,
        association=association,
        units=units,
        tables=_tables(published, hidden),
        sensitivity={
            key: sensitivity
            for key, sensitivity in published.sensitivity.items()
            if not outcomes[key].outcome.protected
        },
        what_ifs={unit: _what_ifs(unit, what_ifs, outcomes) for unit, what_ifs in published.what_ifs.items()},
        reconciliation=_reconciliation(published.reconciliation),
    )


def _unit(unit: UnitResult, hidden: set[tuple[str, str]]) -> UnitResult:
    """`hidden` are units and indicators of which some part is hidden."""
    areas = tuple(
        replace(
            area,
            goals=tuple(
                replace(goal, results=tuple(_result(result, unit.unit.id, hidden) for result in goal.results))
                for goal in area.goals
            ),
        )
        for area in unit.areas
    )
    return replace(unit, areas=areas)


def _result(result: IndicatorResult, unit: str, hidden: set[tuple[str, str]]) -> IndicatorResult:
    """An outcome of which a part is hidden is hidden whole; its signal and points stay."""
    if (unit, result.indicator.id) not in hidden:
        return result
    outcome = result.outcome
    kept = Outcome(
        outcome.kind, basis=outcome.basis, source=outcome.source, places=outcome.places, protected=True
    )
    return replace(result, outcome=kept)


def _tables(published: PublishedReport, hidden: Keys) -> PublishedTables:
    tables = published.tables
    return replace(
        tables,
        participants={
            key: _people(people, (collecting.ROW, *key), hidden)
            for key, people in tables.participants.items()
        },
        background={
            key: {
                category: _people(people, (collecting.BACKGROUND, *key, category), hidden)
                for category, people in rows.items()
            }
            for key, rows in tables.background.items()
        },
        background_sums={
            key: _people(people, (collecting.BACKGROUND_SUM, *key), hidden)
            for key, people in tables.background_sums.items()
        },
        previous=_previous(published, hidden),
    )


def _people(people: ShownPeople, key: Key, hidden: Keys) -> ShownPeople:
    def shown(number: ShownCount, sex: Sex) -> ShownCount:
        return HIDDEN if number is not None and (*key, sex) in hidden else number

    return replace(
        people,
        women=shown(people.women, Sex.WOMEN),
        men=shown(people.men, Sex.MEN),
        unstated=shown(people.unstated, Sex.UNSTATED),
        total=shown(people.total, Sex.ALL),
    )


def _previous(published: PublishedReport, hidden: Keys) -> dict[tuple[str, str], Quantity | Hidden]:
    """A share is hidden with what it is a share of: of a few, it would tell how many they are."""
    wholes = {row.id: row.share_of or "" for row in published.report.settings.rows}

    def is_hidden(unit: str, row: str, quantity: Quantity | Hidden) -> bool:
        is_share = isinstance(quantity, Quantity) and quantity.kind is not Kind.NUMBER
        rows = (row, wholes.get(row, "")) if is_share else (row,)
        return any((collecting.PREVIOUS, unit, hiding) in hidden for hiding in rows)

    return {
        key: HIDDEN if is_hidden(*key, quantity) else quantity
        for key, quantity in published.tables.previous.items()
    }


def _what_ifs(unit: str, what_ifs: WhatIfs, outcomes: Mapping[tuple[str, str], IndicatorResult]) -> WhatIfs:
    small = tuple(outcomes[unit, result.indicator.id] for result in what_ifs.small)
    return replace(what_ifs, small=small)


def _reconciliation(reconciliation: Reconciliation) -> Reconciliation:
    """Only what is told of it, without the numbers of people that were compared."""
    return Reconciliation(tuple(map(_identity, reconciliation.identities)))


def _identity(identity: Identity) -> Identity:
    if identity.verdict is Verdict.HOLDS:
        return replace(identity, given=identity.computed * 0, computed=identity.computed * 0, written="")
    if identity.rule is Rule.CONTROLS:
        return replace(
            identity, written=HIDDEN.value, explanation=identity.explanation or "Förklaring saknas"
        )
    if identity.rule in _OF_PEOPLE:
        nothing = identity.computed * 0
        return replace(identity, given=identity.tolerance, computed=nothing, written=HIDDEN.value)
    return identity


# A difference of rounding shows an outcome as exact as it was counted, or last year's shares.
_OF_MONEY = {Rule.TABLES, Rule.COLUMNS, Rule.RESULT, Rule.BALANCE, Rule.EQUITY, Rule.CASH}
_OF_PEOPLE = frozenset(Rule) - {Rule.CONTROLS, Rule.IDEAL_WEIGHTS, Rule.REPORTED, *_OF_MONEY}


# Last year's report on the same site


def hide_as_before(reports: Sequence[PublishedReport]) -> list[PublishedReport]:
    """Last year's figures are hidden where last year's own report hides them.

    Each report is protected by itself. A count that one of them hides to protect another must not stand in
    the next.
    """
    return [_as_before(report, _year_before(report, reports)) for report in reports]


def _year_before(published: PublishedReport, reports: Sequence[PublishedReport]) -> list[PublishedReport]:
    """The organisation's reports of the year before. Where none has its id, all may be about it."""
    year, id = published.report.year - 1, published.report.association.id
    of_year = [other for other in reports if other.report.year == year]
    return [other for other in of_year if other.report.association.id == id] or of_year


def _as_before(published: PublishedReport, before: Sequence[PublishedReport]) -> PublishedReport:
    own = published.report.association.id
    hidden = {
        (collecting.PREVIOUS, own if unit == earlier.report.association.id else unit, name)
        for earlier in before
        for names in [renamed(earlier.report, published.report)]
        for (unit, row), people in earlier.tables.participants.items()
        if isinstance(people.total, Hidden)
        for name in (row, names.get((Subject.ROW, row), (Subject.ROW, row))[1])
    }
    tables = replace(published.tables, previous=_previous(published, frozenset(hidden)))
    return replace(published, tables=tables)


# The check


def published_figures(published: PublishedReport, cells: Cells) -> Iterator[tuple[Key, Sum]]:
    """Every counted figure that stands in what is published, as a sum of variables.

    Raises ValueError for one that is not what its cells say.
    """
    tables = published.tables
    for (unit, row), people in tables.participants.items():
        yield from _figures_of((collecting.ROW, unit, row), people, cells.people.rows[unit, row])
    for (unit, table), categories in tables.background.items():
        for category, people in categories.items():
            sums = cells.people.background[unit, table, category]
            yield from _figures_of((collecting.BACKGROUND, unit, table, category), people, sums)
    for (unit, table), people in tables.background_sums.items():
        sums = cells.people.background_sums[unit, table]
        yield from _figures_of((collecting.BACKGROUND_SUM, unit, table), people, sums)
    for place, figure in cells.previous.figures.items():
        if place in tables.previous and not isinstance(tables.previous[place], Hidden):
            yield (collecting.PREVIOUS, *place), figure
    for unit_result in published.every_unit:
        for result in unit_result.results:
            key = (collecting.OUTCOME, unit_result.unit.id, result.indicator.id)
            for ratio in counts_of(result.outcome) if result.outcome.is_measured else ():
                for name, number in (("täljare", ratio.part), ("nämnare", ratio.whole)):
                    if figure := cells.sum_of(number):
                        yield (*key, ratio.label, name), figure


def _figures_of(key: Key, people: ShownPeople, sums: Mapping[Sex, Sum]) -> Iterator[tuple[Key, Sum]]:
    for sex in Sex:
        number = people.of(sex)
        if isinstance(number, int) and (number or sex in sums):
            yield (*key, sex), sums[sex]


# What cannot be protected


def _exposed(key: Key, labels: Iterable[Key], scored: ScoredReport) -> Problem:
    """Which count can be worked out, and by what."""
    told = _what(key, scored)
    signals = sorted({label[2] for label in labels if label[0] == collecting.OUTCOME})
    if signals:
        found = f"röjandekontrollen räcker inte: signalen för {' och '.join(signals)} avslöjar {told}"
        remedy = (
            "Låt indikatorn gälla bara förbundet (gäller: förbundet) eller utgå, eller slå ihop små grupper."
        )
    else:
        found = f"röjandekontrollen räcker inte: {told} går att räkna ut"
        remedy = "Slå ihop små grupper, eller utelämna dem."
    return Problem(_place(key, scored), found, remedy)


def _what(key: Key, scored: ScoredReport) -> str:
    """A count in the author's words; all counts of one outcome are told as that outcome."""
    settings = scored.report.settings
    units = {unit.id: unit.name for unit in (settings.association, *settings.units)}
    rows = {row.id: row.name for row in settings.rows}
    tables = {table.id: table.title for table in settings.background}
    match key:
        case (collecting.TOGETHER, _, *first):
            return f"{_what(tuple(first), scored)} tillsammans med annat som är dolt"
        case (collecting.ROW | collecting.PREVIOUS, unit, row, *_):
            return f"”{rows.get(row, row)}” för {units[unit]}"
        case (collecting.BACKGROUND | collecting.BACKGROUND_SUM, unit, table, *_):
            return f"tabellen ”{tables[table]}” för {units[unit]}"
        case (collecting.OUTCOME, unit, indicator, *_):
            return f"utfallet av indikator {indicator} för {units[unit]}"
        case (collecting.ANSWERS, unit, group, question, *_):
            return f"svaren på frågan ”{as_written(question)}” från {as_written(group)} för {units[unit]}"
        case (collecting.GROUP, unit, group, *_):
            return f"gruppen ”{as_written(group)}” för {units[unit]}"
        case (collecting.ENTERED, unit, indicator):
            return f"utfallet av indikator {indicator} för {units[unit]}"
    raise AssertionError(key)


def _place(key: Key, scored: ScoredReport) -> Place:
    outcomes = scored.report.outcomes
    match key:
        case (collecting.TOGETHER, _, *first):
            return _place(tuple(first), scored)
        case (collecting.ROW, unit, row, *_) if (unit, row) in outcomes.participants:
            return outcomes.participants[unit, row].places[0]
        case (collecting.GROUP, unit, group, *_) if (unit, group) in outcomes.groups:
            return outcomes.groups[unit, group].places[0]
        case (collecting.BACKGROUND, unit, table, category, *_):
            return outcomes.background[unit, table][category].places[0]
        case (collecting.OUTCOME, unit, indicator, *_) if indicator in scored.report.indicators:
            return scored.report.indicators[indicator].place()
    return scored.report.settings.place("disclosure_threshold")
