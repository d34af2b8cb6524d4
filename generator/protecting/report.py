"""Disclosure control of a report: small counts, and what would give them away, are hidden in all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from generator.model.places import Place, Problem
from generator.model.published import (
    HIDDEN,
    Count,
    Hidden,
    PublishedReport,
    PublishedTables,
    ShownPeople,
)
from generator.model.quantities import Quantity
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
    problems += (_exposed(cast(Key, key), labels, scored) for key, labels in exposed.items())
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
        tables=_tables(published.tables, hidden),
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


def _tables(tables: PublishedTables, hidden: Keys) -> PublishedTables:
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
        previous=_previous(tables, hidden),
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


def _previous(tables: PublishedTables, hidden: Keys) -> dict[tuple[str, str], Quantity | Hidden]:
    return {
        key: HIDDEN if ("förra året", *key) in hidden else quantity
        for key, quantity in tables.previous.items()
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
    return identity


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
    names = {unit.id: unit.name for unit in (scored.report.association, *scored.report.units)}
    where, *what = key[1:]
    told = f"{names.get(where, where)}: {', '.join(what)}"
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
