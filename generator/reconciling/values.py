"""Values that are entered as such: last year's shares and counts, and changes beside the years' values."""

from collections.abc import Iterator, Sequence
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
        for unit in report.settings.every_unit:
            shares = _last_year(report, [(unit.id, part) for part in parts], Kind.SHARE)
            numbers = [share.quantity.value * 100 for share in shares]
            if not any(numbers):
                continue
            yield Identity(
                Rule.SHARES,
                f"{unit.name}: andelarna av {names[whole.id]} {report.period.before} tillsammans",
                "hela",
                sum(numbers, Fraction(0)),
                Fraction(100),
                tuple(share.place for share in shares),
                unit="%",
                tolerance=sum(map(half_step, numbers), Fraction(0)),
            )


def _parts_with_share(whole: RowDefinition, rows: dict[str, RowDefinition]) -> list[str]:
    """The rows that make up a whole, when each has its share of that whole."""
    if whole.equals is None or any(term.sign < 0 for term in whole.equals.terms):
        return []
    names = list(whole.equals.names)
    are_shares = all(name in rows and rows[name].share_of == whole.id for name in names)
    return names if are_shares else []


def _counts_of_last_year(report: Report) -> Iterator[Identity]:
    for row in (row for row in report.settings.rows if not row.persons):
        places = [(unit.id, row.id) for unit in (report.association, *report.parts)]
        known = _last_year(report, places, Kind.NUMBER)
        if len(known) < 2:
            continue
        own, *parts = known
        yield Identity(
            Rule.UNITS,
            f"{report.association.name}: {report.settings.row_names[row.id]} {report.period.before}",
            sum_of_units(report),
            own.quantity.value,
            sum((part.quantity.value for part in parts), Fraction(0)),
            (own.place, *(part.place for part in parts)),
            unit=own.quantity.unit,
            is_of_persons=True,
        )


def _changes(report: Report) -> Iterator[Identity]:
    """A stated change beside both years' values. Those that are shares or percentages are rounded."""
    values = report.outcomes.values
    for key, change in values.items():
        ends = [values[end] for end in key.ends if end in values]
        if len(ends) < 2:
            continue
        this, then = ends
        is_count = change.quantity.kind is Kind.NUMBER
        numbers = [value.quantity.value * (1 if is_count else 100) for value in (change, this, then)]
        steps = (half_step(number) for number in numbers if not is_count or number.denominator > 1)
        location = report.settings.unit_names.get(key.location, as_written(key.location))
        yield Identity(
            Rule.CHANGES,
            f"{location}: {series_name(report, key.series)} {key.year} jämfört med {key.compared_year}",
            "skillnaden mellan årens värden",
            numbers[0],
            numbers[1] - numbers[2],
            (change.place, this.place, then.place),
            unit=change.quantity.unit or change.quantity.kind.value,
            tolerance=sum(steps, Fraction(0)),
        )


def series_name(report: Report, id: str) -> str:
    """What is followed, in the middle of a sentence: a series, a row or an indicator."""
    series = {series.id: lower_first(series.name) for series in report.settings.series}
    indicators = {name_key(id): f"indikator {id}" for id in report.indicators}
    return (series | report.settings.row_names | indicators).get(id, as_written(id))


def _last_year(report: Report, rows: Sequence[tuple[str, str]], kind: Kind) -> list[Value]:
    """Last year's figures of units and rows; none of them where one is not known, or of another kind."""
    found = [report.outcomes.values.get(ValueKey(row, unit, report.year - 1)) for unit, row in rows]
    known = [value for value in found if value is not None and value.quantity.kind is kind]
    return known if len(known) == len(rows) else []
