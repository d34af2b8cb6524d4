"""A scored report with the tables that are published beside it, before anything is hidden."""

from dataclasses import replace
from fractions import Fraction

from generator.model.amounts import amount_tables
from generator.model.outcomes import Outcomes, ValueKey, sum_of_people
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity
from generator.model.report import Report
from generator.model.results import ScoredReport
from generator.model.shown import ShownPeople, ShownReport, ShownTables
from generator.model.tables import people_of_row, sources, value_of
from generator.scoring.sensitivity import sensitivity_of, what_ifs


def as_shown(scored: ScoredReport) -> ShownReport:
    """Results and tables in the form that is published, with what would flip them."""
    report, rules = scored.report, scored.report.rules
    flips = {
        (unit.unit.id, result.indicator.id): sensitivity_of(result, unit, rules)
        for unit, result in scored.every_result
    }
    possible = {unit.unit.id: what_ifs(unit, rules) for unit in scored.every_unit}
    return ShownReport(
        report=replace(report, outcomes=Outcomes(comments=report.outcomes.comments)),
        association=scored.association,
        units=scored.units,
        tables=shown_tables(report),
        sensitivity={key: found for key, found in flips.items() if found is not None},
        what_ifs={unit: found for unit, found in possible.items() if found is not None},
    )


def shown_tables(report: Report) -> ShownTables:
    participants: dict[tuple[str, str], ShownPeople] = {}
    previous: dict[tuple[str, str], Quantity] = {}
    previous_places: dict[tuple[str, str], tuple[Place, ...]] = {}
    for unit in report.settings.every_unit:
        for row in report.settings.rows:
            people = people_of_row(report.outcomes, report.association.id, unit.id, row.id)
            if people is not None:
                participants[unit.id, row.id] = people
            before = _previous(report, unit.id, row.id)
            if before is not None:
                previous[unit.id, row.id], previous_places[unit.id, row.id] = before
    background = report.outcomes.background
    followed = {series.id for series in report.settings.series}
    return ShownTables(
        participants=participants,
        background=background,
        background_sums={key: sum_of_people(rows.values()) for key, rows in background.items()},
        previous=previous,
        previous_places=previous_places,
        values={key: value for key, value in report.outcomes.values.items() if key.series in followed},
        amounts=dict(amount_tables(report.settings.tables, report.outcomes.tables)),
    )


def _previous(report: Report, unit: str, row: str) -> tuple[Quantity, tuple[Place, ...]] | None:
    """A count or share of the year before; the association's counts are the sums of its units'."""
    values, year = report.outcomes.values, report.year - 1
    value = value_of(values, row, unit, year)
    if value is not None:
        return value.quantity, (value.place,)

    def is_count(id: str) -> bool:
        given = value_of(values, row, id, year)
        return given is not None and given.quantity.kind is Kind.NUMBER

    parts_of_all = () if row in report.outcomes.persons else [unit.id for unit in report.units]
    units = sources(unit, report.association.id, parts_of_all, is_count)
    parts = [values[ValueKey(row, id, year)] for id in units]
    if not parts:
        return None
    total = sum((part.quantity.value for part in parts), Fraction(0))
    return Quantity(total, Kind.NUMBER, parts[0].quantity.unit), tuple(part.place for part in parts)
