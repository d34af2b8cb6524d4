"""Values that are entered as such: last year's shares and counts, and changes beside the years' values."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product

from generator.model.names import as_written, lower_first, name_key
from generator.model.outcomes import People, ValueKey
from generator.model.places import Problem, Severity
from generator.model.quantities import Kind, half_step
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.settings import RowDefinition
from generator.reconciling.people import sum_of_division, together


def value_identities(report: Report, problems: list[Problem]) -> Iterator[Identity]:
    yield from _shares_of_last_year(report)
    yield from _counts_of_last_year(report, problems)
    yield from _changes(report)


def _shares_of_last_year(report: Report) -> Iterator[Identity]:
    """The shares of all parts of a whole are 100 % together, but for rounding."""
    names = report.row_names
    for whole in report.settings.rows:
        parts = _parts_with_share(whole, report.settings.rows)
        for unit in report.settings.every_unit:
            given = [report.outcomes.values.get(ValueKey(part, unit.id, report.year - 1)) for part in parts]
            shares = [share for share in given if share is not None and share.quantity.kind is Kind.SHARE]
            numbers = [share.quantity.told for share in shares]
            if len(shares) < len(parts) or not any(numbers):
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


def _parts_with_share(whole: RowDefinition, rows: Iterable[RowDefinition]) -> list[str]:
    """The rows that make up a whole, when each has its share of that whole."""
    if whole.equals is None or any(term.sign < 0 for term in whole.equals.terms):
        return []
    shares = {row.id for row in rows if row.share_of == whole.id}
    return list(whole.equals.names) if shares.issuperset(whole.equals.names) else []


def _counts_of_last_year(report: Report, problems: list[Problem]) -> Iterator[Identity]:
    """The association's counts are those of its units, as this year's are, and of units that have closed."""
    year, values = report.year - 1, report.outcomes.values
    counts = {
        (key.location, key.series): People(None, None, 0, int(value.quantity.value), (value.place,))
        for key, value in values.items()
        if key == ValueKey(key.series, key.location, year) and value.quantity.kind is Kind.NUMBER
    }
    for row, (division, units) in product(report.settings.rows, report.settings.divisions.items()):
        name = f"{report.row_names[row.id]} {report.period.before}"
        whole, against = counts.get((report.association.id, row.id)), sum_of_division(report, division)
        parts = [(unit, counts.get((unit, row.id))) for unit in units]
        known = [people.total for _, people in parts if people is not None]
        if whole is not None and len(known) == len(parts) and whole.total > sum(known) and not row.persons:
            found = f"{report.association.name}: {name} är {whole.total}, men {against} är {sum(known)}"
            remedy = "Rätta det tal som är fel. Hade en enhet som har lagts ned resten ska talen stå."
            problems.append(Problem(whole.places[0], found, remedy, Severity.WARNING))
            parts.append(("", None))  # the closed one: those that are known are no more than the whole
        yield from together(report, name, whole, parts, against=against, is_of_persons=row.persons)


def _changes(report: Report) -> Iterator[Identity]:
    """A stated change beside both years' values. Those that are shares or percentages are rounded."""
    values = report.outcomes.values
    for key, change in values.items():
        ends = [values[end] for end in key.ends if end in values]
        if len(ends) < 2:
            continue
        this, then = ends
        is_count = change.quantity.kind is Kind.NUMBER
        numbers = [value.quantity.told for value in (change, this, then)]
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
    return (series | report.row_names | indicators).get(id, as_written(id))
