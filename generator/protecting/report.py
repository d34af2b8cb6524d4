"""Disclosure control of a report: small counts, and what would give them away, are hidden in all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from generator.model.following import renamed
from generator.model.names import as_written
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
from generator.model.results import IndicatorResult, Outcome, ScoredReport, UnitResult
from generator.model.sensitivity import WhatIfs
from generator.protecting import collecting

if TYPE_CHECKING:
    from generator.protecting.system import System

ShownCount = TypeVar("ShownCount", Count, Count | None)
Key = tuple[str, ...]
Keys = frozenset[Key]


def protect(scored: ScoredReport, published: PublishedReport, problems: list[Problem]) -> PublishedReport:
    """The report with everything hidden that its disclosure control asks for; itself when that is off.

    What is to be published is then checked anew: a count that could still be derived is a problem.
    """
    threshold = scored.report.settings.disclosure_threshold
    if threshold is None:
        return published
    # The solver takes time to load, and most reports have no need of it.
    from generator.protecting.knowledge import knowledge_of
    from generator.protecting.ranges import ranges
    from generator.protecting.suppression import suppress

    system = knowledge_of(scored, threshold)
    chosen = suppress(system)
    protected = _hidden(published, cast(Keys, chosen.hidden))
    exposed = {**chosen.exposed}
    for key, (low, high) in ranges(system, _not_shown(system, protected)).items():
        if low == high:
            exposed.setdefault(key, ())
    # Several counts of one row are one thing to mend.
    problems += dict.fromkeys(_exposed(cast(Key, key), labels, scored) for key, labels in exposed.items())
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
            key: one for key, one in published.sensitivity.items() if not outcomes[key].outcome.protected
        },
        what_ifs={unit: _what_ifs(unit, one, outcomes) for unit, one in published.what_ifs.items()},
        reconciliation=_reconciliation(published.reconciliation),
    )


def _unit(unit: UnitResult, hidden: set[tuple[str, str]]) -> UnitResult:
    """`hidden` are units and indicators of which some part is hidden."""
    areas = tuple(
        replace(
            area,
            goals=tuple(
                replace(goal, results=tuple(_result(one, unit.unit.id, hidden) for one in goal.results))
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
    def shown(number: ShownCount, sex: str) -> ShownCount:
        return HIDDEN if number is not None and (*key, sex) in hidden else number

    return replace(
        people,
        women=shown(people.women, collecting.WOMEN),
        men=shown(people.men, collecting.MEN),
        unstated=shown(people.unstated, collecting.UNSTATED),
        total=shown(people.total, collecting.TOTAL),
    )


def _previous(published: PublishedReport, hidden: Keys) -> dict[tuple[str, str], Quantity | Hidden]:
    """A share is hidden with what it is a share of: of a few, it would tell how many they are."""
    wholes = {row.id: row.share_of or "" for row in published.report.settings.rows}

    def is_hidden(unit: str, row: str, quantity: Quantity | Hidden) -> bool:
        is_share = isinstance(quantity, Quantity) and quantity.kind is not Kind.NUMBER
        rows = (row, wholes.get(row, "")) if is_share else (row,)
        return any((collecting.PREVIOUS, unit, one) in hidden for one in rows)

    return {
        key: HIDDEN if is_hidden(*key, quantity) else quantity
        for key, quantity in published.tables.previous.items()
    }


def _what_ifs(unit: str, what_ifs: WhatIfs, outcomes: Mapping[tuple[str, str], IndicatorResult]) -> WhatIfs:
    small = tuple(outcomes[unit, result.indicator.id] for result in what_ifs.small)
    return replace(what_ifs, small=small)


def _reconciliation(reconciliation: Reconciliation) -> Reconciliation:
    """Only what is told of it, without the numbers of people that were compared."""
    return Reconciliation(tuple(_identity(one) for one in reconciliation.identities))


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
    return [_as_before(one, _year_before(one, reports)) for one in reports]


def _year_before(published: PublishedReport, reports: Sequence[PublishedReport]) -> list[PublishedReport]:
    """The organisation's reports of the year before. Where none has its id, all may be about it."""
    year, id = published.report.year - 1, published.report.association.id
    of_year = [one for one in reports if one.report.year == year]
    return [one for one in of_year if one.report.association.id == id] or of_year


def _as_before(published: PublishedReport, before: Sequence[PublishedReport]) -> PublishedReport:
    own = published.report.association.id
    hidden = {
        (collecting.PREVIOUS, own if unit == earlier.report.association.id else unit, name)
        for earlier in before
        for names in [renamed(earlier.report, published.report)]
        for (unit, row), people in earlier.tables.participants.items()
        if isinstance(people.total, Hidden)
        for name in (row, names.get(("rows", row), ("rows", row))[1])
    }
    tables = replace(published.tables, previous=_previous(published, frozenset(hidden)))
    return replace(published, tables=tables)


# The check


def _not_shown(system: System, protected: PublishedReport) -> list[Key]:
    """The figures that do not stand in what will be published."""
    outcomes = {
        (unit.unit.id, result.indicator.id)
        for unit in protected.every_unit
        for result in unit.results
        if not result.outcome.protected
    }
    keys = (cast(Key, figure.key) for figure in system.shown)
    return [key for key in keys if not _is_shown(key, protected.tables, outcomes)]


def _is_shown(key: Key, tables: PublishedTables, outcomes: set[tuple[str, str]]) -> bool:
    """`outcomes` are those that stand in the open."""
    match key:
        case (collecting.ROW, unit, row, sex):
            return _shows(tables.participants.get((unit, row)), sex)
        case (collecting.BACKGROUND, unit, table, category, sex):
            return _shows(tables.background.get((unit, table), {}).get(category), sex)
        case (collecting.BACKGROUND_SUM, unit, table, sex):
            return _shows(tables.background_sums.get((unit, table)), sex)
        case (collecting.PREVIOUS, unit, row):
            return not isinstance(tables.previous.get((unit, row)), Hidden)
        case (collecting.OUTCOME, unit, indicator, *_):
            return (unit, indicator) in outcomes
    raise AssertionError(key)


def _shows(people: ShownPeople | None, sex: str) -> bool:
    if people is None:
        return False
    numbers = {
        collecting.WOMEN: people.women,
        collecting.MEN: people.men,
        collecting.UNSTATED: people.unstated,
        collecting.TOTAL: people.total,
    }
    return not isinstance(numbers[sex], Hidden)


# What cannot be protected


def _exposed(key: Key, labels: Iterable[object], scored: ScoredReport) -> Problem:
    """Which count can be worked out, and by what."""
    told = _what(key, scored)
    signals = sorted(
        {label[2] for label in labels if isinstance(label, tuple) and label[0] == collecting.OUTCOME}
    )
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
        case (collecting.ROW | collecting.PREVIOUS, unit, row, *_):
            return f"”{rows.get(row, row)}” för {units[unit]}"
        case (collecting.BACKGROUND | collecting.BACKGROUND_SUM, unit, table, *_):
            return f"tabellen ”{tables[table]}” för {units[unit]}"
        case (collecting.OUTCOME, unit, indicator, *_):
            return f"utfallet av indikator {indicator} för {units[unit]}"
        case (collecting.ANSWERS, unit, group, question, *_):
            return f"svaren på frågan ”{as_written(question)}” från {as_written(group)} för {units[unit]}"
        case (_, unit, *what):
            return f"{', '.join(what)} för {units[unit]}"
    raise AssertionError(key)


def _place(key: Key, scored: ScoredReport) -> Place:
    outcomes = scored.report.outcomes
    match key:
        case (collecting.ROW, unit, row, *_) if (unit, row) in outcomes.participants:
            return outcomes.participants[unit, row].places[0]
        case (collecting.GROUP, unit, group, *_) if (unit, group) in outcomes.groups:
            return outcomes.groups[unit, group].places[0]
        case (collecting.BACKGROUND, unit, table, category, *_):
            return outcomes.background[unit, table][category].places[0]
        case (collecting.OUTCOME, unit, indicator, *_) if indicator in scored.report.indicators:
            return scored.report.indicators[indicator].place()
    return scored.report.settings.place("disclosure_threshold")
