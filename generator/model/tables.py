"""Looking things up in a report's tables. What is not given for the association is summed from its units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from generator.model.outcomes import AnswerCount, AnswerKey, People, Sex, Value, ValueKey
from generator.model.report import Report


def people_of_rows(report: Report, unit: str, rows: Iterable[str]) -> People | None:
    """The sum of rows of the participant table for a unit, or None when a row is missing."""
    return add_up([people_of_row(report, unit, row) for row in rows])


def people_of_row(report: Report, unit: str, row: str) -> People | None:
    participants = report.outcomes.participants
    if (unit, row) in participants or unit != report.association.id:
        return participants.get((unit, row))
    counted_units = {unit for unit, _ in participants if unit != report.association.id}
    return add_up([participants.get((counted, row)) for counted in sorted(counted_units)])


def people_of_group(report: Report, unit: str, group: str) -> People | None:
    return report.outcomes.groups.get((unit, group))


def background_of(report: Report, unit: str, table: str) -> Mapping[str, People]:
    """The categories of a background table, by the text of the category."""
    return report.outcomes.background.get((unit, table), {})


def value_of(
    report: Report, series: str, location: str, year: int, compared_year: int | None = None
) -> Value | None:
    return report.outcomes.values.get(ValueKey(series, location, year, compared_year))


def answers_of(
    report: Report, unit: str, group: str, question: str, sex: str = Sex.ALL
) -> tuple[AnswerCount, ...]:
    """The counted answers to a question. Those of all are given as such, or added up over the sexes."""
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
    return tuple(
        count for other in report.units for count in answers_of(report, other.id, group, question, sex)
    )


def add_up(parts: list[People | None]) -> People | None:
    """The sum of all parts, or None when there is none or one of them is missing."""
    present = [part for part in parts if part is not None]
    if not present or len(present) < len(parts):
        return None
    return reduce(People.__add__, present)
