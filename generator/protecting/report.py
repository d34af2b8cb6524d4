"""Disclosure control of a report: small counts, and what would give them away, are hidden in all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

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
    association = _unit(published.association, hidden)
    units = tuple(_unit(unit, hidden) for unit in published.units)
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


def _unit(unit: UnitResult, hidden: Keys) -> UnitResult:
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


def _result(result: IndicatorResult, unit: str, hidden: Keys) -> IndicatorResult:
    """An outcome of which a part is hidden is hidden whole; its signal and points stay."""
    own = ("utfall", unit, result.indicator.id)
    if not any(key[:3] == own for key in hidden):
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
            key: _people(people, ("rad", *key), hidden) for key, people in tables.participants.items()
        },
        background={
            key: {
                category: _people(people, ("bakgrund", *key, category), hidden)
                for category, people in rows.items()
            }
            for key, rows in tables.background.items()
        },
        background_sums={
            key: _people(people, ("bakgrundssumma", *key), hidden)
            for key, people in tables.background_sums.items()
        },
        previous=_previous(published, hidden),
    )


def _people(people: ShownPeople, key: Key, hidden: Keys) -> ShownPeople:
    def shown(number: ShownCount, sex: str) -> ShownCount:
        return HIDDEN if number is not None and (*key, sex) in hidden else number

    return replace(
        people,
        women=shown(people.women, "kvinnor"),
        men=shown(people.men, "män"),
        unstated=shown(people.unstated, "ej angivet"),
        total=shown(people.total, "totalt"),
    )


def _previous(published: PublishedReport, hidden: Keys) -> dict[tuple[str, str], Quantity | Hidden]:
    """A share is hidden with what it is a share of: of a few, it would tell how many they are."""
    wholes = {row.id: row.share_of or "" for row in published.report.settings.rows}

    def is_hidden(unit: str, row: str, quantity: Quantity | Hidden) -> bool:
        is_share = isinstance(quantity, Quantity) and quantity.kind is not Kind.NUMBER
        rows = (row, wholes.get(row, "")) if is_share else (row,)
        return any(("förra året", unit, one) in hidden for one in rows)

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
_OF_PEOPLE = frozenset(Rule) - {Rule.CONTROLS, Rule.IDEAL_WEIGHTS, Rule.REPORTED, Rule.TABLES}


# Last year's report on the same site


def hide_as_before(reports: Sequence[PublishedReport]) -> list[PublishedReport]:
    """Last year's figures are hidden where last year's own report hides them.

    Each report is protected by itself. A count that one of them hides to protect another must not stand in
    the next.
    """
    by_year = {one.report.year: one for one in reports}
    return [_as_before(one, by_year.get(one.report.year - 1)) for one in reports]


def _as_before(published: PublishedReport, before: PublishedReport | None) -> PublishedReport:
    if before is None:
        return published
    hidden = {
        ("förra året", unit if unit != before.report.association.id else published.report.association.id, row)
        for (unit, row), people in before.tables.participants.items()
        if isinstance(people.total, Hidden)
    }
    tables = replace(published.tables, previous=_previous(published, frozenset(hidden)))
    return replace(published, tables=tables)


# The check


def _not_shown(system: System, protected: PublishedReport) -> list[Key]:
    """The figures that do not stand in what will be published."""
    keys = (cast(Key, figure.key) for figure in system.shown)
    return [key for key in keys if not _is_shown(key, protected)]


def _is_shown(key: Key, protected: PublishedReport) -> bool:
    tables = protected.tables
    match key:
        case ("rad", unit, row, sex):
            return _shows(tables.participants.get((unit, row)), sex)
        case ("bakgrund", unit, table, category, sex):
            return _shows(tables.background.get((unit, table), {}).get(category), sex)
        case ("bakgrundssumma", unit, table, sex):
            return _shows(tables.background_sums.get((unit, table)), sex)
        case ("förra året", unit, row):
            return not isinstance(tables.previous.get((unit, row)), Hidden)
        case ("utfall", unit, indicator, *_):
            result = protected.result(unit, indicator)
            return result is not None and not result.outcome.protected
    raise AssertionError(key)


def _shows(people: ShownPeople | None, sex: str) -> bool:
    if people is None:
        return False
    numbers = {
        "kvinnor": people.women,
        "män": people.men,
        "ej angivet": people.unstated,
        "totalt": people.total,
    }
    return not isinstance(numbers[sex], Hidden)


# What cannot be protected


def _exposed(key: Key, labels: Iterable[object], scored: ScoredReport) -> Problem:
    """Which count can be worked out, and by what."""
    told = _what(key, scored)
    signals = sorted({label[2] for label in labels if isinstance(label, tuple) and label[0] == "utfall"})
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
        case ("rad" | "förra året", unit, row, *_):
            return f"”{rows.get(row, row)}” för {units[unit]}"
        case ("bakgrund" | "bakgrundssumma", unit, table, *_):
            return f"tabellen ”{tables[table]}” för {units[unit]}"
        case ("utfall", unit, indicator, *_):
            return f"utfallet av indikator {indicator} för {units[unit]}"
        case ("svar", unit, group, question, *_):
            return f"svaren på frågan ”{as_written(question)}” från {as_written(group)} för {units[unit]}"
        case (_, unit, *what):
            return f"{', '.join(what)} för {units[unit]}"
    raise AssertionError(key)


def _place(key: Key, scored: ScoredReport) -> Place:
    outcomes = scored.report.outcomes
    match key:
        case ("rad", unit, row, *_) if (unit, row) in outcomes.participants:
            return outcomes.participants[unit, row].places[0]
        case ("grupp", unit, group, *_) if (unit, group) in outcomes.groups:
            return outcomes.groups[unit, group].places[0]
        case ("bakgrund", unit, table, category, *_):
            return outcomes.background[unit, table][category].places[0]
        case ("utfall", unit, indicator, *_) if indicator in scored.report.indicators:
            return scored.report.indicators[indicator].place()
    return scored.report.settings.place("disclosure_threshold")
