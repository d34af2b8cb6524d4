"""Looking things up in a report's tables. What is not given for the association is summed from its units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from generator.model.outcomes import AnswerCount, AnswerKey, People, Sex, Value, ValueKey
from generator.model.quantities import Kind, Quantity
from generator.model.report import Report


def people_of_rows(report: Report, unit: str, rows: Iterable[str]) -> People | None:
    """The sum of rows of the participant table for a unit, or None when a row is missing."""
    return add_up([people_of_row(report, unit, row) for row in rows])


def people_of_row(report: Report, unit: str, row: str) -> People | None:
    participants = report.outcomes.participants
    if (unit, row) in participants or unit != report.association.id:
        return participants.get((unit, row))
    return add_up([participants.get((counted, row)) for counted in report.counted_units])


def people_of_group(report: Report, unit: str, group: str) -> People | None:
    return report.outcomes.groups.get((unit, group))


Values = Mapping[ValueKey, Value]


def value_of(
    values: Values, series: str, location: str, year: int, compared_year: int | None = None
) -> Value | None:
    return values.get(ValueKey(series, location, year, compared_year))


def change_of(
    values: Values, series: str, location: str, year: int, compared_year: int
) -> tuple[Quantity, tuple[Value, ...]] | None:
    """How much a series has changed, with the values it is seen from; None when one is missing.

    A change that is stated as such goes before the difference of two values. Between shares lie points.
    """
    stated = value_of(values, series, location, year, compared_year)
    if stated is not None:
        return stated.quantity, (stated,)
    this = value_of(values, series, location, year)
    then = value_of(values, series, location, compared_year)
    if this is None or then is None:
        return None
    kind = Kind.POINTS if this.quantity.kind is Kind.SHARE else this.quantity.kind
    change = Quantity(this.quantity.value - then.quantity.value, kind, this.quantity.unit)
    return change, (this, then)


def answers_of(
    report: Report, unit: str, group: str, question: str, sex: str = Sex.ALL
) -> tuple[AnswerCount, ...]:
    """The counted answers to a question. Those of all are given as such, or added up over the sexes.

    The association's are those of every unit with answers of the group; when one lacks them, there are none.
    """
    answers = report.outcomes.answers
    given = answers.get(AnswerKey(unit, group, question, sex), ())
    if given:
        return given
    if sex == Sex.ALL:
        sexes = (Sex.WOMEN, Sex.MEN, Sex.UNSTATED)
        by_sex = tuple(
            count for one in sexes for count in answers.get(AnswerKey(unit, group, question, one), ())
        )
        if by_sex:
            return by_sex
    if unit != report.association.id:
        return ()
    asked = {key.unit for key in answers if key.group == group and key.unit != report.association.id}
    by_unit = [answers_of(report, other, group, question, sex) for other in sorted(asked)]
    return tuple(count for counted in by_unit for count in counted) if all(by_unit) else ()


def add_up(parts: list[People | None]) -> People | None:
    """The sum of all parts, or None when there is none or one of them is missing."""
    present = [part for part in parts if part is not None]
    if not present or len(present) < len(parts):
        return None
    return reduce(People.__add__, present)
