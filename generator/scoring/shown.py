"""A scored report with the tables that are published beside it, before anything is hidden."""

from dataclasses import replace
from fractions import Fraction
from itertools import chain

from generator.model.outcomes import MASKED_CATEGORIES, MASKED_ROWS, Outcomes, People, ValueKey, sum_of_people
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity
from generator.model.report import Report
from generator.model.results import ScoredReport
from generator.model.shown import HIDDEN, Count, ShownPeople, ShownReport, ShownTables
from generator.model.tables import people_of_row, sources
from generator.scoring.sensitivity import sensitivity_of, what_ifs


def as_shown(scored: ScoredReport) -> ShownReport:
    """Results and tables in the form that is published, with what would flip them."""
    report, rules = scored.report, scored.report.rules
    return ShownReport(
        report=replace(report, outcomes=Outcomes(comments=report.outcomes.comments)),
        association=scored.association,
        units=scored.units,
        tables=shown_tables(report),
        sensitivity={
            (unit.unit.id, result.indicator.id): found
            for unit, result in scored.every_result
            if (found := sensitivity_of(result, unit, rules))
        },
        what_ifs={unit.unit.id: ifs for unit in scored.every_unit if (ifs := what_ifs(unit, rules))},
    )


def shown_tables(report: Report) -> ShownTables:
    participants: dict[tuple[str, str], ShownPeople] = {}
    previous: dict[tuple[str, str], Quantity] = {}
    previous_places: dict[tuple[str, str], tuple[Place, ...]] = {}
    for unit in report.settings.every_unit:
        for row in report.settings.rows:
            people = people_of_row(report, unit.id, row.id)
            if shown := _shown(report, unit.id, row.id, people):
                participants[unit.id, row.id] = shown
            before = _previous(report, unit.id, row.id)
            if before is not None:
                previous[unit.id, row.id], previous_places[unit.id, row.id] = before
    background, background_sums = _background(report)
    followed = {series.id for series in report.settings.series}
    return ShownTables(
        participants=participants,
        background=background,
        background_sums=background_sums,
        previous=previous,
        previous_places=previous_places,
        values={key: value for key, value in report.outcomes.values.items() if key.series in followed},
        typed_amounts=report.outcomes.amounts,
    )


def _shown(report: Report, unit: str, row: str, people: People | None) -> ShownPeople | None:
    """A row as it is known: what its source has masked is hidden, and so is a sum of that."""
    if not report.is_masked(MASKED_ROWS, unit, row):
        return people
    if people is None:
        return _masked(report, HIDDEN)
    return _masked(report, people.total, people.places) if people.women is None else people


def _masked(report: Report, total: Count, places: tuple[Place, ...] = ()) -> ShownPeople:
    """Those who have not stated sex are masked too, where there are any."""
    outcomes = report.outcomes
    given = chain(outcomes.participants.values(), outcomes.background_sums.values())
    categories = chain.from_iterable(rows.values() for rows in outcomes.background.values())
    has_unstated = any(people.unstated for people in chain(given, categories))
    return ShownPeople(HIDDEN, HIDDEN, HIDDEN if has_unstated else 0, total, places)


def _background(
    report: Report,
) -> tuple[dict[tuple[str, str], dict[str, ShownPeople]], dict[tuple[str, str], ShownPeople]]:
    """The tables with their sums. A category that is masked has its place among the others."""
    outcomes = report.outcomes
    rows: dict[tuple[str, str], dict[str, ShownPeople]] = {
        key: dict(rows) for key, rows in outcomes.background.items()
    }
    sums: dict[tuple[str, str], ShownPeople] = {
        key: sum_of_people(rows.values()) for key, rows in outcomes.background.items()
    }
    for (kind, unit, *names), place in outcomes.masked.items():
        if kind == MASKED_CATEGORIES:
            table, category = names
            masked = _masked(report, HIDDEN, (place,))
            found = {**rows.get((unit, table), {}), category: masked}
            rows[unit, table] = dict(sorted(found.items(), key=lambda item: item[1].places[0].line))
            sums[unit, table] = outcomes.background_sums.get((unit, table), replace(masked, places=()))
    return rows, sums


def _previous(report: Report, unit: str, row: str) -> tuple[Quantity, tuple[Place, ...]] | None:
    """A count or share of the year before; the association's counts are the sums of its units'."""
    values, year = report.outcomes.values, report.year - 1
    value = values.get(ValueKey(row, unit, year))
    if value is not None:
        return value.quantity, (value.place,)

    def is_count(id: str) -> bool:
        given = values.get(ValueKey(row, id, year))
        return given is not None and given.quantity.kind is Kind.NUMBER

    parts_of_all = () if row in report.persons else [unit.id for unit in report.parts]
    units = sources(report, unit, parts_of_all, is_count)
    parts = [values[ValueKey(row, id, year)] for id in units]
    if not parts:
        return None
    total = sum((part.quantity.value for part in parts), Fraction(0))
    return Quantity(total, Kind.NUMBER, parts[0].quantity.unit), tuple(part.place for part in parts)
