"""Tables of people as sums of cells: rows, groups, backgrounds, and last year's counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from generator.model.masking import derivable_rows, masked_categories
from generator.model.names import name_key
from generator.model.outcomes import MASKED_ROWS, SEXES, People, Sex, ValueKey, sum_of_people
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.settings import RowDefinition, parts_of_wholes
from generator.model.sums import Sum as NamedSum
from generator.protecting import collecting
from generator.protecting.collecting import Key, Knowledge, add, minus, times
from generator.protecting.linear_system import Sum

BySex = dict[Sex, Sum]


class _TableSums:
    """Counts as sums of cells by sex. Their keys are a kind, a unit, and a name in the tables."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        self.association = report.association.id
        self.sums: dict[Key, BySex] = {}

    def _show(self, key: Key) -> None:
        is_of_all = key[0] != collecting.BACKGROUND and key[1] == self.association
        for sex, figure in self.sums[key].items():
            unit_cost = collecting.COST_OF_TOTAL if sex is Sex.ALL else collecting.COST_OF_SEX
            self.knowledge.show((*key, sex), figure, self.knowledge.cost_of_all if is_of_all else unit_cost)

    def _of_units(self, kind: str, units: Sequence[str], row: str) -> list[BySex]:
        keys = [(kind, unit, row) for unit in units]
        return [self.sums[key] for key in keys if key in self.sums]

    def _units_are_all(self, key: Key, parts: Sequence[BySex], count: int) -> None:
        """What is given for the association is that of its units, and no less where some are missing.

        Of persons it is no more than all units together, and no less than any of them.
        """
        for sex, figure in self.sums[key].items():
            known = [part[sex] for part in parts if sex in part]
            if key[2] in self.report.persons:
                for part in known:
                    self.knowledge.know_if_true(minus(figure, part), 0, None)
                if len(known) == count:
                    self.knowledge.know_if_true(minus(add(*known), figure), 0, None)
            elif known:
                is_all = len(parts) == count and (len(known) == count or sex is Sex.UNSTATED)
                rest = minus(figure, add(*known))
                self.knowledge.know_if_true(rest, 0, 0 if is_all else None)
                self.knowledge.guard_rest((*key, sex), rest)

    @property
    def again(self) -> list[str]:
        """Units of other divisions, in order."""
        return sorted(self.report.again)

    def _divided_again(self, key: Key) -> None:
        """Every other division is the whole too."""
        for division in self.report.divisions[1:] if key in self.sums else ():
            self._units_are_all(key, self._of_units(key[0], sorted(division), key[2]), len(division))

    def _identities(self, kind: str, unit: str) -> None:
        """Rows are what they are declared to be, and no larger than what they are parts of."""
        rows = self.report.settings.rows
        names = {row.id: self.sums[kind, unit, row.id] for row in rows if (kind, unit, row.id) in self.sums}
        for row in rows:
            if row.equals is not None and row.id in names:
                self._equal((kind, unit, row.id), row.equals, names)
        for part, whole in parts_of_wholes(rows):
            if part in names and whole in names:
                for sex, figure in names[part].items():
                    rest = minus(names[whole].get(sex, ()), figure)
                    self.knowledge.know_if_true(rest, 0, None)

    def _equal(self, key: Key, equals: NamedSum, names: Mapping[str, BySex]) -> None:
        """A declared identity, for each sex or the total. With a term missing the rest is at most all."""
        own = self.sums[key]
        known = [(term.sign, names[term.name]) for term in equals.terms if term.name in names]
        missing = {term.sign for term in equals.terms if term.name not in names}
        is_by_sex = all(Sex.WOMEN in cells for cells in (own, *(cells for _, cells in known)))
        low, high = None if -1 in missing else 0, None if 1 in missing else 0
        if low is None and high is None:
            return

        def difference(sex: Sex) -> Sum:
            return minus(own.get(sex, ()), add(*(times(cells.get(sex, ()), sign) for sign, cells in known)))

        for sex in SEXES if is_by_sex else (Sex.ALL,):
            self.knowledge.know_if_true(difference(sex), low, high)
        for sign, sex in product(missing, Sex if is_by_sex else (Sex.ALL,)):
            self.knowledge.guard_rest((*key, sex), times(difference(sex), sign))


class PeopleSums(_TableSums):
    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        super().__init__(report, knowledge)
        self._read_rows()
        for (unit, group), people in report.outcomes.groups.items():
            self._read((collecting.GROUP, unit, group), people, has_unstated=people.unstated > 0)
        self._read_background()

    def _read(self, key: Key, people: People, *, has_unstated: bool) -> None:
        """The cells of a row of people, and their total.

        Where somebody has not stated sex, nobody in another row of the table is a cell too: otherwise a
        hidden one would be known not to be 0.
        """
        by_sex = [sex for sex in SEXES if sex is not Sex.UNSTATED or has_unstated]
        sexes = [Sex.ALL] if people.women is None else by_sex
        cells = {sex: self.knowledge.cell((*key, sex), people.of(sex) or 0) for sex in sexes}
        self.sums[key] = {**cells, Sex.ALL: add(*cells.values())}

    def _read_rows(self) -> None:
        masked = derivable_rows(self.report)
        table: dict[Key, People] = dict(self.report.outcomes.participants.items()) | dict(masked)
        association = self.association
        units = self.report.counted_units
        rows = [row.id for row in self.report.settings.rows]
        for unit in (*units, *self.again, association):
            counted = [row for row in rows if (unit, row) in table]
            has_unstated = any(table[unit, row].unstated for row in counted)
            for row in counted:
                parts = [table.get((part, row)) for part in units] if unit == association else []
                if row in self.report.persons or not _are_alike(table[unit, row], parts):
                    self._read((collecting.ROW, unit, row), table[unit, row], has_unstated=has_unstated)
        for row in rows:
            own, of_units = (collecting.ROW, association, row), self._of_units(collecting.ROW, units, row)
            if own in self.sums:
                self._units_are_all(own, of_units, len(units))
            elif of_units and len(of_units) == len(units) and row not in self.report.persons:
                self.sums[own] = sum_of(of_units)
            self._divided_again(own)
        for key in self.sums:
            if key[1:] in masked:
                self._guard_masked(key)
            elif not self._is_masked(*key[1:]):
                self._show(key)
        for unit in dict.fromkeys(unit for _, unit, _ in self.sums):
            self._identities(collecting.ROW, unit)
            of_unit = (figure for key, figure in self.sums.items() if key[1] == unit)
            self._some_are_unstated(figure.get(Sex.UNSTATED, ()) for figure in of_unit)

    def _some_are_unstated(self, figures: Iterable[Sum]) -> None:
        """A table has a column of those who have not stated sex only where there are any."""
        self.knowledge.know_if_true(add(*figures), 1, None)

    def _is_masked(self, unit: str, row: str) -> bool:
        """Whether a row that is not given is the sum of some that their source has masked."""
        is_sum = unit == self.association and (unit, row) not in self.report.outcomes.participants
        return is_sum and self.report.is_masked(MASKED_ROWS, unit, row)

    def _guard_masked(self, key: Key) -> None:
        """What a source has masked must not be derivable, however large it is."""
        for sex, figure in self.sums[key].items():
            self.knowledge.guard((*key, sex), figure, is_masked=True)

    def _read_background(self) -> None:
        units, tables = [unit.id for unit in self.report.parts], dict(self.report.outcomes.background)
        masked = masked_categories(self.report)
        for (unit, name, category), (people, _) in masked.items():
            tables[unit, name] = {**tables.get((unit, name), {}), category: people}
        for (unit, table), rows in sorted(tables.items(), key=lambda item: item[0][0] == self.association):
            has_unstated = any(people.unstated for people in rows.values())
            is_whole = unit == self.association
            for category, people in rows.items():
                key = (collecting.BACKGROUND, unit, table, category)
                parts = self._of_category(table, category, units) if is_whole else []
                of_units = [self.sums[part] for part in parts]
                if _are_alike(people, [tables[part[1], table][part[3]] for part in parts]):
                    self.sums[key] = sum_of(of_units)
                else:
                    self._read(key, people, has_unstated=has_unstated)
                    if is_whole:
                        self._categories_are_all(key, units, tables)
                for division in self.report.divisions[1:] if is_whole else ():
                    self._categories_are_all(key, sorted(division), tables)
                if key[1:] not in masked:
                    self._show(key)
                elif masked[key[1:]][1]:
                    self._guard_masked(key)
                else:
                    self.knowledge.guard((*key, Sex.ALL), self.sums[key][Sex.ALL])
            categories = [self.sums[collecting.BACKGROUND, unit, table, category] for category in rows]
            self.sums[collecting.BACKGROUND_SUM, unit, table] = sum_of(categories)
            self._show((collecting.BACKGROUND_SUM, unit, table))
            self._some_are_unstated(figure.get(Sex.UNSTATED, ()) for figure in categories)
        for definition in self.report.settings.background:
            totals = [key for key in self.sums if key[::2] == (collecting.BACKGROUND_SUM, definition.id)]
            for total in totals:
                names = self._names(total[1])
                if definition.equals is not None:
                    self._equal(total, definition.equals, names)
                else:
                    self._as_many(total, names)

    def _categories_are_all(
        self, key: Key, units: Sequence[str], tables: Mapping[tuple[str, str], object]
    ) -> None:
        """A category of the association is that of units, also where some have nobody of it."""
        _, _, table, category = key
        parts = [self.sums[part] for part in self._of_category(table, category, units)]
        is_all = all((id, table) in tables for id in units)
        self._units_are_all(key, parts, len(parts) if is_all else len(units) + 1)

    def _as_many(self, total: Key, names: Mapping[str, BySex]) -> None:
        """Where rows or tables have as many, readers will take them for the same persons.

        They see it where a sum is so large that it is shown, and believe it of all where the totals agree.
        """
        value, own = self.knowledge.value, self.sums[total]
        for cells in names.values():
            is_alike = value(own[Sex.ALL]) == value(cells[Sex.ALL])
            is_by_sex = Sex.WOMEN in own and Sex.WOMEN in cells
            for sex in (*SEXES, Sex.ALL) if is_by_sex else (Sex.ALL,):
                if is_alike or value(own.get(sex, ())) >= self.knowledge.threshold:
                    rest = minus(own.get(sex, ()), cells.get(sex, ()))
                    self.knowledge.know_if_true(rest, 0, 0)

    def _of_category(self, table: str, category: str, units: Sequence[str]) -> list[Key]:
        """The units' cells of a category, however they have written it."""
        of_table = [key for key in self.sums if key[0] == collecting.BACKGROUND and key[2] == table]
        of_units = (key for key in of_table if key[1] in units)
        return [key for key in of_units if name_key(key[3]) == name_key(category)]

    def _names(self, unit: str) -> dict[str, BySex]:
        """Tables and rows of a unit, as ”lika med” names them; rows go first."""
        settings = self.report.settings
        keys = [(collecting.BACKGROUND_SUM, unit, table.id) for table in settings.background]
        keys += [(collecting.ROW, unit, row.id) for row in settings.rows]
        return {key[2]: self.sums[key] for key in keys if key in self.sums}


def _are_alike(whole: People, parts: Sequence[People | None]) -> bool:
    """Whether a row needs no cells of its own: it is the sum of the others, sex by sex."""
    known = [part for part in parts if part is not None]
    is_all = bool(parts) and len(known) == len(parts)
    return is_all and replace(sum_of_people(known), places=()) == replace(whole, places=())


def sum_of(parts: Sequence[BySex]) -> BySex:
    """By sex; of women and men together where they are not known of all."""
    sexes = dict.fromkeys(sex for part in parts for sex in part)
    if not all(Sex.WOMEN in part for part in parts):
        sexes = dict.fromkeys(sex for sex in sexes if sex in (Sex.UNSTATED, Sex.ALL))
    return {sex: add(*(part.get(sex, ()) for part in parts)) for sex in sexes}


class PreviousSums(_TableSums):
    """Last year's counts, of units and as their sum. They add up as this year's do."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        super().__init__(report, knowledge)
        self.units = [unit.id for unit in report.parts]
        units = [*self.units, *self.again, self.association]
        for row in report.settings.rows:
            self._counts(row.id, units)
        while any(self._share(unit, row) for unit in units for row in report.settings.rows):
            pass  # a share of what is itself known by its share is found in the next round
        for key in self.sums:
            self._show(key)
        for unit in units:
            self._identities(collecting.PREVIOUS, unit)

    def _quantity(self, unit: str, row: str, kind: Kind) -> Fraction | None:
        value = self.report.outcomes.values.get(ValueKey(row, unit, self.report.year - 1))
        return value.quantity.value if value is not None and value.quantity.kind is kind else None

    def _read(self, key: Key, count: int) -> None:
        self.sums[key] = {Sex.ALL: self.knowledge.cell((*key, Sex.ALL), count)}

    def _counts(self, row: str, units: Sequence[str]) -> None:
        for unit in units:
            count = self._quantity(unit, row, Kind.NUMBER)
            if count is not None:
                self._read((collecting.PREVIOUS, unit, row), int(count))
        key = (collecting.PREVIOUS, self.association, row)
        of_units = self._of_units(collecting.PREVIOUS, self.units, row)
        is_all = len(of_units) == len(self.units) > 0 and row not in self.report.persons
        if key in self.sums:
            self._units_are_all(key, of_units, len(self.units))
        elif is_all and self._quantity(self.association, row, Kind.SHARE) is None:
            self.sums[key] = sum_of(of_units)
        self._divided_again(key)

    def _share(self, unit: str, row: RowDefinition) -> bool:
        """A share of a known count is a count too; returns whether one was found."""
        key = (collecting.PREVIOUS, unit, row.id)
        whole = self.sums.get((collecting.PREVIOUS, unit, row.share_of or ""))
        share = self._quantity(unit, row.id, Kind.SHARE)
        if whole is None or share is None or key in self.sums:
            return False
        count = round(share * self.knowledge.value(whole[Sex.ALL]))
        of_units = self._of_units(collecting.PREVIOUS, self.units, row.id)
        is_sum = unit == self.association and bool(of_units) and len(of_units) == len(self.units)
        if is_sum and self.knowledge.value(sum_of(of_units)[Sex.ALL]) == count:
            self.sums[key] = sum_of(of_units)
        else:
            self._read(key, count)
        return True
