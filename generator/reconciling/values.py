"""Values that are entered as such: last year's shares and counts, and changes beside the years' values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from generator.model.names import as_written, lower_first, name_key
from generator.model.outcomes import Value, ValueKey
from generator.model.quantities import Kind, half_step
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.settings import RowDefinition
from generator.reconciling.people import sum_of_units


def value_identities(report: Report) -> Iterator[Identity]:
    yield from _shares_of_last_year(report)
    yield from _counts_of_last_year(report)
    yield from _changes(report)


def _shares_of_last_year(report: Report) -> Iterator[Identity]:
    """The shares of all parts of a whole are 100 % together, but for rounding."""
    rows, names = {row.id: row for row in report.settings.rows}, report.settings.row_names
    for whole in report.settings.rows:
        parts = _parts_with_share(whole, rows)
        if not parts:
            continue
        for unit in (report.association, *report.units):
            values = [_last_year(report, unit.id, part) for part in parts]
            shares = [one for one in values if one is not None and one.quantity.kind is Kind.SHARE]
            total = sum((one.quantity.value for one in shares), Fraction(0))
            if len(shares) < len(parts) or total == 0:
                continue
            yield Identity(
                Rule.SHARES,
                f"{unit.name}: andelarna av {names[whole.id]} {report.year - 1} tillsammans",
                "hela",
                total * 100,
                Fraction(100),
                tuple(one.place for one in shares),
                unit="%",
                tolerance=sum((half_step(one.quantity.value * 100) for one in shares), Fraction(0)),
            )


def _parts_with_share(whole: RowDefinition, rows: dict[str, RowDefinition]) -> list[str]:
    """The rows that make up a whole, when each has its share of that whole."""
    if whole.equals is None or any(term.sign < 0 for term in whole.equals.terms):
        return []
    names = list(whole.equals.names)
    are_shares = all(name in rows and rows[name].share_of == whole.id for name in names)
    return names if are_shares else []


def _counts_of_last_year(report: Report) -> Iterator[Identity]:
    association, names = report.association, report.settings.row_names
    for row in report.settings.rows:
        own = _last_year(report, association.id, row.id)
        parts = [_last_year(report, unit.id, row.id) for unit in report.units]
        known = [part for part in parts if part is not None and part.quantity.kind is Kind.NUMBER]
        if own is None or own.quantity.kind is not Kind.NUMBER or not known or len(known) < len(parts):
            continue
        yield Identity(
            Rule.UNITS,
            f"{association.name}: {names[row.id]} {report.year - 1}",
            sum_of_units(report),
            own.quantity.value,
            sum((part.quantity.value for part in known), Fraction(0)),
            (own.place, *(part.place for part in known)),
            unit=own.quantity.unit,
        )


def _changes(report: Report) -> Iterator[Identity]:
    """A stated change beside both years' values. Those that are shares or percentages are rounded."""
    values = report.outcomes.values
    for key, change in values.items():
        if key.compared_year is None:
            continue
        this = values.get(ValueKey(key.series, key.location, key.year))
        then = values.get(ValueKey(key.series, key.location, key.compared_year))
        if this is None or then is None:
            continue
        is_count = change.quantity.kind is Kind.NUMBER
        scale = 1 if is_count else 100
        three = [value.quantity.value * scale for value in (change, this, then)]
        yield Identity(
            Rule.CHANGES,
            f"{_said(report, key)} {key.year} jämfört med {key.compared_year}",
            "skillnaden mellan årens värden",
            three[0],
            three[1] - three[2],
            (change.place, this.place, then.place),
            unit=change.quantity.unit or change.quantity.kind.value,
            tolerance=sum(
                (half_step(number) for number in three if not is_count or number.denominator > 1), Fraction(0)
            ),
        )


def _said(report: Report, key: ValueKey) -> str:
    """”Umeå: helårsekvivalenter”"""
    units = {unit.id: unit.name for unit in (report.association, *report.units)}
    location = units.get(key.location, as_written(key.location))
    return f"{location}: {series_name(report, key.series)}"


def series_name(report: Report, id: str) -> str:
    """What is followed, in the middle of a sentence: a series, a row or an indicator."""
    series = {one.id: lower_first(one.name) for one in report.settings.series}
    indicators = {name_key(one.id): f"indikator {one.id}" for one in report.budget.indicators}
    return (series | report.settings.row_names | indicators).get(id, as_written(id))


def _last_year(report: Report, unit: str, row: str) -> Value | None:
    return report.outcomes.values.get(ValueKey(row, unit, report.year - 1))
