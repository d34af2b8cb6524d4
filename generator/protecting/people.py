"""Tables of people as sums of cells: rows, groups, backgrounds, and last year's counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from generator.model.names import name_key
from generator.model.outcomes import SEXES, People, Sex
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.settings import RowDefinition, Unit, parts_of_wholes
from generator.model.sums import Sum as NamedSum
from generator.model.tables import all_given, value_of
from generator.protecting.collecting import (
    BACKGROUND,
    BACKGROUND_SUM,
    COST_OF_ALL,
    COST_OF_SEX,
    COST_OF_TOTAL,
    GROUP,
    PREVIOUS,
    ROW,
    Key,
    Knowledge,
    add,
    know_equal,
    minus,
    times,
)
from generator.protecting.linear_system import Sum

BySex = dict[Sex, Sum]


class PeopleSums:
    """Rows, groups and background tables as sums of cells, by sex."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        self.rows: dict[tuple[str, str], BySex] = {}
        self.groups: dict[tuple[str, str], BySex] = {}
        self.background: dict[Key, BySex] = {}  # by unit, table and category
        self.background_sums: dict[tuple[str, str], BySex] = {}  # by unit and table
        self._read_rows()
        for (unit, group), people in report.outcomes.groups.items():
            has_unstated = people.unstated > 0
            cells = self._cells((GROUP, unit, group), people, unit, has_unstated=has_unstated)
            self.groups[unit, group] = cells
        self._read_background()

    def _cells(self, key: Key, people: People, unit: str, *, has_unstated: bool = True) -> BySex:
        """The cells of a row of people, and their total.

        Where somebody has not stated sex, nobody in another row of the table is a cell too: otherwise a
        hidden one would be known not to be 0.
        """
        if people.women is None or people.men is None:
            return {Sex.ALL: self.knowledge.cell((*key, Sex.ALL), people.total, unit)}
        cells = {
            sex: self.knowledge.cell((*key, sex), people.of(sex) or 0, unit)
            for sex in SEXES
            if sex is not Sex.UNSTATED or has_unstated
        }
        return {**cells, Sex.ALL: add(*cells.values())}

    def _show(self, key: Key, cells: BySex, *, of_all: bool) -> None:
        for sex, figure in cells.items():
            unit_cost = COST_OF_TOTAL if sex is Sex.ALL else COST_OF_SEX
            self.knowledge.show((*key, sex), figure, COST_OF_ALL if of_all else unit_cost)

    def _read_rows(self) -> None:
        table, association = self.report.outcomes.participants, self.report.association.id
        units = self.report.counted_units
        for unit in (*units, association):
            counted = [row.id for row in self.report.settings.rows if (unit, row.id) in table]
            has_unstated = any(table[unit, row].unstated for row in counted)
            for row in counted:
                if unit != association or not self._is_sum(row, units):
                    key = (ROW, unit, row)
                    cells = self._cells(key, table[unit, row], unit, has_unstated=has_unstated)
                    self.rows[unit, row] = cells
        for row in (definition.id for definition in self.report.settings.rows):
            parts = [self.rows[unit, row] for unit in units if (unit, row) in self.rows]
            if (association, row) in self.rows:
                self._units_are_all((ROW, association, row), self.rows[association, row], parts, len(units))
            elif all_given([(unit, row) in self.rows for unit in units]):
                self.rows[association, row] = sum_of(parts)
        for (unit, name), cells in self.rows.items():
            self._show((ROW, unit, name), cells, of_all=unit == association)
        for unit in dict.fromkeys(unit for unit, _ in self.rows):
            self._identities(unit)

    def _is_sum(self, row: str, units: Sequence[str]) -> bool:
        """Whether the association's row needs no cells of its own: it is that of all units, by sex."""
        table = self.report.outcomes.participants
        parts = [table.get((unit, row)) for unit in units]
        return bool(parts) and _are_alike([table[self.report.association.id, row], *parts])

    def _units_are_all(self, key: Key, own: BySex, parts: list[BySex], count: int) -> None:
        """What is given for the association is that of its units, and no less where some are missing."""
        for sex, figure in own.items():
            known = [part[sex] for part in parts if sex in part]
            is_all = len(parts) == count and (len(known) == count or sex is Sex.UNSTATED)
            if known:
                rest = minus(figure, add(*known))
                self.knowledge.know_if_true((*key, sex, "enheterna"), rest, 0, 0 if is_all else None)

    def _identities(self, unit: str) -> None:
        names = {
            row.id: self.rows[unit, row.id]
            for row in self.report.settings.rows
            if (unit, row.id) in self.rows
        }
        for row in self.report.settings.rows:
            if row.equals is not None and row.id in names:
                self._equal((ROW, unit, row.id), names[row.id], row.equals, names)
        for part, whole in parts_of_wholes(self.report.settings.rows):
            if part in names and whole in names:
                for sex in names[part]:
                    rest = minus(names[whole].get(sex, ()), names[part][sex])
                    if sex in names[whole] or not self.knowledge.value(names[part][sex]):
                        self.knowledge.know_if_true(("del", unit, part, sex), rest, 0, None)

    def _equal(self, key: Key, own: BySex, equals: NamedSum, names: dict[str, BySex]) -> None:
        """A declared identity, for each sex, or for the total where a sex is not known everywhere."""
        known = [(term.sign, names[term.name]) for term in equals.terms if term.name in names]
        missing = {term.sign for term in equals.terms if term.name not in names}
        is_by_sex = all(Sex.WOMEN in cells for cells in (own, *(cells for _, cells in known)))
        for sex in SEXES if is_by_sex else (Sex.ALL,):
            parts = [times(cells.get(sex, ()), sign) for sign, cells in known]
            difference = minus(own.get(sex, ()), add(*parts))
            know_equal((*key, sex, "lika med"), difference, missing, self.knowledge)

    def _read_background(self) -> None:
        tables, association = self.report.outcomes.background, self.report.association.id
        units = [unit.id for unit in self.report.units]
        totals = self.background_sums
        for (unit, table), rows in sorted(tables.items(), key=lambda item: item[0][0] == association):
            has_unstated = any(people.unstated for people in rows.values())
            for category, people in rows.items():
                parts = self._background_of_units(table, category)
                key = (BACKGROUND, unit, table, category)
                of_units = [self.background[part] for part in parts]
                counted = [tables[part[0], table][part[2]] for part in parts]
                if unit == association and _are_alike([people, *counted]):
                    cells = sum_of(of_units)
                else:
                    cells = self._cells(key, people, unit, has_unstated=has_unstated)
                    if unit == association:
                        count = len(parts) if all((id, table) in tables for id in units) else len(units) + 1
                        self._units_are_all(key, cells, of_units, count)
                self.background[key[1:]] = cells
                self._show(key, cells, of_all=False)
            total = sum_of([self.background[unit, table, category] for category in rows])
            totals[unit, table] = total
            self._show((BACKGROUND_SUM, unit, table), total, of_all=unit == association)
        for definition in self.report.settings.background:
            if definition.equals is None:
                continue
            for unit in dict.fromkeys(unit for unit, _ in totals):
                names = {table: cells for (owner, table), cells in totals.items() if owner == unit}
                names |= {row: cells for (owner, row), cells in self.rows.items() if owner == unit}
                if (unit, definition.id) in totals:
                    total_key = (BACKGROUND_SUM, unit, definition.id)
                    self._equal(total_key, totals[unit, definition.id], definition.equals, names)

    def _background_of_units(self, table: str, category: str) -> list[Key]:
        """The units' cells of a category, however they have written it."""
        return [
            key
            for key in self.background
            if key[0] != self.report.association.id
            and key[1] == table
            and name_key(key[2]) == name_key(category)
        ]


def _are_alike(all_and_parts: Sequence[People | None]) -> bool:
    """Whether the first is the sum of the others, sex by sex."""
    whole, *parts = all_and_parts
    known = [part for part in parts if part is not None]
    if whole is None or not known or len(known) < len(parts):
        return False
    return replace(reduce(People.__add__, known), places=()) == replace(whole, places=())


def sum_of(parts: list[BySex]) -> BySex:
    """By sex; of women and men together where they are not known of all."""
    sexes = dict.fromkeys(sex for part in parts for sex in part)
    if not all(Sex.WOMEN in part for part in parts):
        sexes = dict.fromkeys(sex for sex in sexes if sex in (Sex.UNSTATED, Sex.ALL))
    return {sex: add(*(part.get(sex, ()) for part in parts)) for sex in sexes}


class PreviousSums:
    """Last year's counts, of units and as their sum. They add up as this year's do."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        self.figures: dict[tuple[str, str], Sum] = {}
        for row in report.settings.rows:
            self._counts(row.id)
        while any(self._share(unit.id, row) for unit in self._units for row in report.settings.rows):
            pass  # a share of what is itself known by its share is found in the next round
        for place, figure in self.figures.items():
            cost = COST_OF_ALL if place[0] == report.association.id else COST_OF_TOTAL
            knowledge.show((PREVIOUS, *place), figure, cost)
        for unit in self._units:
            self._identities(unit.id)

    @property
    def _units(self) -> tuple[Unit, ...]:
        return (*self.report.units, self.report.association)

    def _quantity(self, unit: str, row: str, kind: Kind) -> Fraction | None:
        value = value_of(self.report.outcomes.values, row, unit, self.report.year - 1)
        return value.quantity.value if value is not None and value.quantity.kind is kind else None

    def _counts(self, row: str) -> None:
        for unit in self._units:
            count = self._quantity(unit.id, row, Kind.NUMBER)
            if count is not None:
                key = (PREVIOUS, unit.id, row)
                self.figures[unit.id, row] = self.knowledge.cell(key, int(count), unit.id)
        association, of_units = self.report.association.id, self._of_units(row)
        is_all = len(of_units) == len(self.report.units)
        if of_units and (association, row) in self.figures:
            rest = minus(self.figures[association, row], add(*of_units))
            self.knowledge.know_if_true((PREVIOUS, association, row), rest, 0, 0 if is_all else None)
        elif of_units and is_all and self._quantity(association, row, Kind.SHARE) is None:
            self.figures[association, row] = add(*of_units)

    def _of_units(self, row: str) -> list[Sum]:
        return [self.figures[unit.id, row] for unit in self.report.units if (unit.id, row) in self.figures]

    def _share(self, unit: str, row: RowDefinition) -> bool:
        """A share of a known count is a count too; returns whether one was found."""
        whole = self.figures.get((unit, row.share_of or ""))
        share = self._quantity(unit, row.id, Kind.SHARE)
        if whole is None or share is None or (unit, row.id) in self.figures:
            return False
        count, of_units = round(share * self.knowledge.value(whole)), self._of_units(row.id)
        is_all = unit == self.report.association.id and len(of_units) == len(self.report.units)
        if is_all and of_units and self.knowledge.value(add(*of_units)) == count:
            self.figures[unit, row.id] = add(*of_units)
        else:
            self.figures[unit, row.id] = self.knowledge.cell((PREVIOUS, unit, row.id), count, unit)
        return True

    def _identities(self, unit: str) -> None:
        rows = self.report.settings.rows
        names = {row.id: self.figures[unit, row.id] for row in rows if (unit, row.id) in self.figures}
        for row in rows:
            if row.equals is not None and row.id in names:
                terms = row.equals.terms
                known = [times(names[term.name], term.sign) for term in terms if term.name in names]
                missing = {term.sign for term in terms if term.name not in names}
                label = (PREVIOUS, unit, row.id, "lika med")
                know_equal(label, minus(names[row.id], add(*known)), missing, self.knowledge)
        for part, whole in parts_of_wholes(rows):
            if part in names and whole in names:
                label = (PREVIOUS, unit, part, "del")
                self.knowledge.know_if_true(label, minus(names[whole], names[part]), 0, None)
