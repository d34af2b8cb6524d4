"""Looking things up in a report's tables. What is not given for the association is the sum of its units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.model.accounts import columns_by_year
from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.outcome import AnswerCell, Counted, NotMeasured, PeopleCell, PeopleTable, sum_of
from generator.model.outcomes import SEXES, AnswerKey, Outcomes, People, Sex, Value, ValueKey, sum_of_people
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity, Target
from generator.model.settings import Rules, Unit
from generator.model.sums import Sum, Term

if TYPE_CHECKING:
    from generator.model.amounts import Amount
    from generator.model.report import Report  # which is made of indicators, which are measured by this


def sources(
    report: Report, unit: str, units: Sequence[str], is_given: Callable[[str], bool]
) -> tuple[str, ...]:
    """The units whose given figures make up a unit's: itself, or all of the association; none if unknown."""
    if is_given(unit):
        return (unit,)
    is_sum = unit == report.association.id and all(map(is_given, units))
    return tuple(units) if is_sum else ()


def people_of_row(report: Report, unit: str, row: str) -> People | None:
    """A row of the participant table for a unit, or None when it is not known."""
    units = units_of_row(report, unit, row)
    return sum_of_people(report.outcomes.participants[id, row] for id in units) if units else None


def units_of_row(report: Report, unit: str, row: str) -> tuple[str, ...]:
    """The units whose rows of the participant table make up a unit's; see `sources`.

    Persons of several units do not add up.
    """
    units = () if row in report.persons and len(report.counted_units) > 1 else report.counted_units
    return sources(report, unit, units, lambda id: (id, row) in report.outcomes.participants)


Change = tuple[Quantity, tuple[Value, ...]]  # with the values that it is seen from
Asked = tuple[str, str]  # the respondents and the question


def change_of(values: Mapping[ValueKey, Value], key: ValueKey) -> Change | None:
    """How much a series has changed; None when a value is missing.

    A change that is stated as such goes before the difference of two values, which are in the same unit.
    Between shares lie points.
    """
    if (stated := values.get(key)) is not None:
        return stated.quantity, (stated,)
    this, then = map(values.get, key.ends)
    if this is None or then is None or this.quantity.in_what != then.quantity.in_what:
        return None
    kind = Kind.POINTS if this.quantity.kind is Kind.SHARE else this.quantity.kind
    change = Quantity(this.quantity.value - then.quantity.value, kind, this.quantity.unit)
    return change, (this, then)


def answer_keys(report: Report, asked: AnswerKey) -> tuple[AnswerKey, ...]:
    """Where the answers that are asked for are given. Those of all are given as such, or by sex.

    The association's are those of every unit with answers of the group; when one lacks them, there are none.
    """
    answers = report.outcomes.answers

    def given(unit: str) -> tuple[AnswerKey, ...]:
        own, *by_sex = (
            AnswerKey(unit, asked.group, asked.question, sex, asked.option)
            for sex in (asked.sex, *(SEXES if asked.sex is Sex.ALL else ()))
        )
        return (own,) if answers.get(own) else tuple(key for key in by_sex if answers.get(key))

    own = given(asked.unit)
    if own or asked.unit != report.association.id:
        return own
    units = {key.unit for key in answers if key.group == asked.group} - {asked.unit, *report.again}
    of_units = [given(unit) for unit in sorted(units)]
    return tuple(key for keys in of_units for key in keys) if all(of_units) else ()


def amount_of(report: Report, unit: Unit, table: str, row: str | None, column: str | None) -> Amount | None:
    """An amount of a table, in the column that is named, or that of the report's year, or else the first.

    A row that is named is of the whole. Otherwise it is the row or group of the unit, or for the association
    those of its units together.
    """
    amounts, is_association = report.outcomes.amounts.get(table), unit.id == report.association.id
    if amounts is None or (row is not None and not is_association):
        return None
    of_year = columns_by_year(amounts).get(report.year, amounts.first)
    heading = amounts.column(column) if column else of_year
    if heading is None:
        return None
    asked = [row] if row is not None else [unit.id, name_key(unit.name)]
    named = (amounts.sum_of(Sum("", (Term(name),)), heading) for name in asked)
    own = next((amount for amount in named if amount is not None), None)
    if own is not None or row is not None or not is_association:
        return own
    parts = tuple(Term(name_key(unit.name)) for unit in report.parts)
    return amounts.sum_of(Sum("", parts), heading)


class PartVerdict(Frozen):
    met: bool | NotMeasured
    places: tuple[Place, ...]


class UnitTables(Frozen):
    """All that a measure of one unit can be made from. `verdict_of` judges another indicator by a level."""

    report: Report
    unit: Unit
    verdict_of: Callable[[str, Target | None], PartVerdict]

    @property
    def outcomes(self) -> Outcomes:
        return self.report.outcomes

    @property
    def rules(self) -> Rules:
        return self.report.rules

    @property
    def is_association(self) -> bool:
        return self.unit.id == self.report.association.id

    def why_missing(self, table: str, names: Iterable[str]) -> NotMeasured:
        """Why something is not known."""
        is_masked = any(self.report.is_masked(table, self.unit.id, name) for name in names)
        return NotMeasured.MASKED if is_masked else NotMeasured.ROW_MISSING

    def rows(self, rows: Iterable[str], sex: Sex = Sex.ALL) -> Counted | None:
        """The sum of rows of the participant table, or None when one of them is not known."""
        cells: list[PeopleCell] = []
        for row in rows:
            units = units_of_row(self.report, self.unit.id, row)
            if not units:
                return None
            cells += [PeopleCell(PeopleTable.ROWS, unit, row, sex) for unit in units]
        return sum_of_cells(cells, self.outcomes)

    def group(self, group: str, sex: Sex) -> Counted | None:
        """The people of a group, or None when they are not known."""
        cell = PeopleCell(PeopleTable.GROUPS, self.unit.id, group, sex)
        return sum_of_cells([cell], self.outcomes)

    def answers(self, asked: Asked, sex: Sex, wanted: frozenset[str]) -> tuple[Counted, Counted]:
        """Those who gave a wanted answer to a question, and all who answered but for what is no answer."""
        keys = self.given_answers(asked, sex, wanted)
        scale = self.report.survey.scale_of(asked[1]) if keys else None
        left_out = scale.no_answer_keys if scale else frozenset()
        answered = [
            (count, Counted(count.count, (AnswerCell(key, count.answers),), (count.place,)))
            for key in keys
            for count in self.outcomes.answers[key]
            if not count.answers <= left_out
        ]
        gave_wanted = (counted for count, counted in answered if count.answers <= wanted)
        return sum_of(gave_wanted), sum_of(counted for _, counted in answered)

    def given_answers(self, asked: Asked, sex: Sex, wanted: frozenset[str]) -> tuple[AnswerKey, ...]:
        """Where any are given, also such that do not count."""
        option = next(iter(wanted)) if self.report.survey.has_several(asked[1]) else ""
        return answer_keys(self.report, AnswerKey(self.unit.id, *asked, sex, option))

    def value(self, series: str) -> Value | None:
        """A figure of this year that is entered for the unit."""
        return self.outcomes.values.get(ValueKey(series, self.unit.id, self.report.year))


def sum_of_cells(cells: Sequence[PeopleCell], outcomes: Outcomes) -> Counted | None:
    """How many stand in the cells together, or None when one of them is not known."""
    tables = (outcomes.participants if cell.table is PeopleTable.ROWS else outcomes.groups for cell in cells)
    people = [table.get((cell.unit, cell.name)) for table, cell in zip(tables, cells, strict=True)]
    known = [row for row in people if row is not None]
    numbers = [row.of(cell.sex) for row, cell in zip(known, cells, strict=False)]
    counted = [number for number in numbers if number is not None]
    if not cells or len(counted) < len(cells):
        return None
    return Counted(sum(counted), tuple(cells), tuple(place for row in known for place in row.places))
