"""What readers will know of a report: its counted cells, the figures made of them, identities and signals.

A cell is a variable; a figure is a sum of cells. Cells of units stand for themselves. The association's
figures are sums over its units, unless only its own are given.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce

from generator.model.budget import (
    AnswerIndicator,
    ChangeIndicator,
    CompositeIndicator,
    GenderBalanceIndicator,
    GenderGapIndicator,
    IndicatorBase,
    ShareIndicator,
)
from generator.model.names import name_key
from generator.model.outcomes import AnswerKey, People, Sex, counted_together
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.results import IndicatorResult, Limit, NotMeasured, Outcome, ScoredReport, UnitResult
from generator.model.settings import RowDefinition, Unit, parts_of_wholes
from generator.model.sums import Sum as NamedSum
from generator.model.tables import value_of
from generator.protecting.system import Known, Sensitive, Shown, Sum, System, Variable, within

WOMEN, MEN, UNSTATED, TOTAL = "kvinnor", "män", "ej angivet", "totalt"
ROW, GROUP, BACKGROUND, BACKGROUND_SUM = "rad", "grupp", "bakgrund", "bakgrundssumma"
ANSWERS, PREVIOUS, OUTCOME = "svar", "förra året", "utfall"
PERSONS = ("personer", "person", "deltagare")

# What readers lose when a figure is hidden. The whole organisation's figures are the report itself.
COST_OF_ALL, COST_OF_TOTAL, COST_OF_OUTCOME, COST_OF_SEX = 1000, 30, 20, 10

Key = tuple[str, ...]


@dataclass
class _Knowledge:
    """Collects a system, piece by piece."""

    threshold: int
    values: dict[Variable, int] = field(default_factory=dict)
    blocks: dict[Variable, Hashable] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    shown: dict[Key, Shown] = field(default_factory=dict)
    sensitive: dict[Key, Sensitive] = field(default_factory=dict)

    def cell(self, key: Key, value: int, unit: str = "") -> Sum:
        """A counted cell; a small one must not be derivable."""
        self.values[key] = value
        if unit:
            self.blocks[key] = unit
        total: Sum = ((key, 1),)
        self._guard(key, total)
        return total

    def show(self, key: Key, figure: Sum, cost: int) -> None:
        """A figure that is published; a small one must not be derivable either."""
        if not figure:
            return
        self.shown[key] = Shown(key, figure, cost)
        self._guard(key, figure)

    def _guard(self, key: Key, figure: Sum) -> None:
        if 0 < self.value(figure) < self.threshold:
            self.sensitive[key] = Sensitive(key, figure, 0, None)

    def guard(self, key: Key, figure: Sum) -> None:
        """What is not shown, but follows from two figures that are: those who gave other answers."""
        if figure:
            self._guard(key, figure)

    def know(
        self, label: Key, figure: Sum, low: int | None, high: int | None, *, signal: bool = False
    ) -> None:
        if figure:
            self.known.append(Known(label, figure, low, high, from_signal=signal))

    def know_if_true(
        self, label: Key, figure: Sum, low: int | None, high: int | None, *, signal: bool = False
    ) -> None:
        """What readers will take for granted. Where the data differ, they are wrong and learn nothing."""
        if within(self.value(figure), low, high):
            self.know(label, figure, low, high, signal=signal)

    def value(self, figure: Sum) -> int:
        return sum(factor * self.values[variable] for variable, factor in figure)


def knowledge_of(scored: ScoredReport, threshold: int) -> System:
    """The system of a report: whole counts, and every figure that is published of them."""
    knowledge = _Knowledge(threshold)
    report = scored.report
    people = _People(report, knowledge)
    answers = _Answers(report, knowledge)
    _Previous(report, knowledge)
    for unit in (scored.association, *scored.units):
        for result in unit.results:
            _outcome(result, unit, scored, people, answers, knowledge)
    return System(
        values=knowledge.values,
        known=tuple(knowledge.known),
        shown=tuple(knowledge.shown.values()),
        sensitive=tuple(knowledge.sensitive.values()),
        blocks=knowledge.blocks,
    )


# Sums


def add(*sums: Sum) -> Sum:
    return tuple(term for one in sums for term in one)


def times(figure: Sum, factor: int) -> Sum:
    return tuple((variable, factor * own) for variable, own in figure)


def minus(first: Sum, second: Sum) -> Sum:
    return add(first, times(second, -1))


# Tables of people


class _People:
    """Rows, groups and background tables as sums of cells, by sex."""

    def __init__(self, report: Report, knowledge: _Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        self.rows: dict[tuple[str, str], dict[str, Sum]] = {}
        self.groups: dict[tuple[str, str], dict[str, Sum]] = {}
        self.background: dict[Key, dict[str, Sum]] = {}  # by unit, table and category
        self._read_rows()
        for (unit, group), people in report.outcomes.groups.items():
            has_unstated = people.unstated > 0
            cells = self._cells((GROUP, unit, group), people, unit, has_unstated=has_unstated)
            self.groups[unit, group] = cells
        self._read_background()

    def _cells(self, key: Key, people: People, unit: str, *, has_unstated: bool = True) -> dict[str, Sum]:
        """The cells of a row of people, and their total.

        Where somebody has not stated sex, nobody in another row of the table is a cell too: otherwise a
        hidden one would be known not to be 0.
        """
        if people.women is None or people.men is None:
            return {TOTAL: self.knowledge.cell((*key, TOTAL), people.total, unit)}
        numbers = {WOMEN: people.women, MEN: people.men, UNSTATED: people.unstated}
        cells = {
            sex: self.knowledge.cell((*key, sex), number, unit)
            for sex, number in numbers.items()
            if sex != UNSTATED or has_unstated
        }
        return {**cells, TOTAL: add(*cells.values())}

    def _show(self, key: Key, cells: dict[str, Sum], *, of_all: bool) -> None:
        for sex, figure in cells.items():
            unit_cost = COST_OF_TOTAL if sex == TOTAL else COST_OF_SEX
            self.knowledge.show((*key, sex), figure, COST_OF_ALL if of_all else unit_cost)

    def _read_rows(self) -> None:
        table, association = self.report.outcomes.participants, self.report.association.id
        units = sorted({unit for unit, _ in table if unit != association})
        for unit in (*units, association):
            counted = [row.id for row in self.report.settings.rows if (unit, row.id) in table]
            has_unstated = any(table[unit, row].unstated for row in counted)
            for row in counted:
                if unit != association or not self._is_sum(row, units):
                    key = (ROW, unit, row)
                    cells = self._cells(key, table[unit, row], unit, has_unstated=has_unstated)
                    self.rows[unit, row] = cells
        for row in (one.id for one in self.report.settings.rows):
            parts = [self.rows[unit, row] for unit in units if (unit, row) in self.rows]
            if (association, row) in self.rows:
                self._units_are_all((ROW, association, row), self.rows[association, row], parts, len(units))
            elif parts and len(parts) == len(units):
                self.rows[association, row] = _sum_of(parts)
        for (unit, name), cells in self.rows.items():
            self._show((ROW, unit, name), cells, of_all=unit == association)
        for unit in dict.fromkeys(unit for unit, _ in self.rows):
            self._identities(unit)

    def _is_sum(self, row: str, units: list[str]) -> bool:
        """Whether the association's row needs no cells of its own: it is that of all units, by sex."""
        table = self.report.outcomes.participants
        parts = [table.get((unit, row)) for unit in units]
        return bool(parts) and _are_alike([table[self.report.association.id, row], *parts])

    def _units_are_all(self, key: Key, own: dict[str, Sum], parts: list[dict[str, Sum]], count: int) -> None:
        """What is given for the association is that of its units, and no less where some are missing."""
        for sex, figure in own.items():
            known = [part[sex] for part in parts if sex in part]
            is_all = len(parts) == count and (len(known) == count or sex == UNSTATED)
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
                        self.knowledge.know(("del", unit, part, sex), rest, 0, None)

    def _equal(
        self, key: Key, own: dict[str, Sum], equals: NamedSum, names: dict[str, dict[str, Sum]]
    ) -> None:
        """A declared identity, for each sex, or for the total where a sex is not known everywhere."""
        known = [(term.sign, names[term.name]) for term in equals.terms if term.name in names]
        missing = {term.sign for term in equals.terms if term.name not in names}
        is_by_sex = all(WOMEN in cells for cells in (own, *(cells for _, cells in known)))
        for sex in (WOMEN, MEN, UNSTATED) if is_by_sex else (TOTAL,):
            parts = [times(cells.get(sex, ()), sign) for sign, cells in known]
            difference = minus(own.get(sex, ()), add(*parts))
            _know_equal((*key, sex, "lika med"), difference, missing, self.knowledge)

    def _read_background(self) -> None:
        tables, association = self.report.outcomes.background, self.report.association.id
        units = [unit.id for unit in self.report.units]
        totals: dict[tuple[str, str], dict[str, Sum]] = {}
        for (unit, table), rows in sorted(tables.items(), key=lambda item: item[0][0] == association):
            has_unstated = any(people.unstated for people in rows.values())
            for category, people in rows.items():
                parts = self._background_of_units(table, category)
                key = (BACKGROUND, unit, table, category)
                of_units = [self.background[part] for part in parts]
                counted = [tables[part[0], table][part[2]] for part in parts]
                if unit == association and _are_alike([people, *counted]):
                    cells = _sum_of(of_units)
                else:
                    cells = self._cells(key, people, unit, has_unstated=has_unstated)
                    if unit == association:
                        count = len(parts) if all((one, table) in tables for one in units) else len(units) + 1
                        self._units_are_all(key, cells, of_units, count)
                self.background[key[1:]] = cells
                self._show(key, cells, of_all=False)
            total = _sum_of([self.background[unit, table, category] for category in rows])
            totals[unit, table] = total
            self._show((BACKGROUND_SUM, unit, table), total, of_all=unit == association)
        for definition in self.report.settings.background:
            if definition.equals is None:
                continue
            for unit in dict.fromkeys(unit for unit, _ in totals):
                names = {table: cells for (owner, table), cells in totals.items() if owner == unit}
                names |= {row: cells for (owner, row), cells in self.rows.items() if owner == unit}
                if (unit, definition.id) in totals:
                    at = (BACKGROUND_SUM, unit, definition.id)
                    self._equal(at, totals[unit, definition.id], definition.equals, names)

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


def _sum_of(parts: list[dict[str, Sum]]) -> dict[str, Sum]:
    """By sex; of women and men together where they are not known of all."""
    sexes = dict.fromkeys(sex for part in parts for sex in part)
    if not all(WOMEN in part for part in parts):
        sexes = dict.fromkeys(sex for sex in sexes if sex in (UNSTATED, TOTAL))
    return {sex: add(*(part.get(sex, ()) for part in parts)) for sex in sexes}


def _know_equal(label: Key, difference: Sum, missing: set[int], knowledge: _Knowledge) -> None:
    """That a row is what it is declared to be.

    `missing` are the signs of what is not there: what lacks something that is added is no more than all.
    """
    low, high = None if -1 in missing else 0, None if 1 in missing else 0
    if low is not None or high is not None:
        knowledge.know_if_true(label, difference, low, high)


class _Previous:
    """Last year's counts, of units and as their sum. They add up as this year's do."""

    def __init__(self, report: Report, knowledge: _Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        self.figures: dict[tuple[str, str], Sum] = {}
        for row in report.settings.rows:
            self._counts(row.id)
        while any(self._share(unit.id, row) for unit in self._units for row in report.settings.rows):
            pass  # a share of what is itself known by its share is found in the next round
        for at, figure in self.figures.items():
            cost = COST_OF_ALL if at[0] == report.association.id else COST_OF_TOTAL
            knowledge.show((PREVIOUS, *at), figure, cost)
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
                known = [times(names[one.name], one.sign) for one in row.equals.terms if one.name in names]
                missing = {one.sign for one in row.equals.terms if one.name not in names}
                label = (PREVIOUS, unit, row.id, "lika med")
                _know_equal(label, minus(names[row.id], add(*known)), missing, self.knowledge)
        for part, whole in parts_of_wholes(rows):
            if part in names and whole in names:
                label = (PREVIOUS, unit, part, "del")
                self.knowledge.know_if_true(label, minus(names[whole], names[part]), 0, None)


# Answers


_Counted = Sequence[tuple[frozenset[str], Sum]]


class _Answers:
    """The counted answers that indicators are made of, as sums of cells."""

    def __init__(self, report: Report, knowledge: _Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        asked = {
            (one.group, one.question) for one in report.budget.indicators if isinstance(one, AnswerIndicator)
        }
        self.cells: dict[AnswerKey, list[tuple[frozenset[str], Sum]]] = {}
        for key, counts in report.outcomes.answers.items():
            if (key.group, key.question) in asked:
                self.cells[key] = [
                    (count.answers, knowledge.cell(self._key(key, count.answers), count.count, key.unit))
                    for count in counts
                ]
        for unit, group, question in dict.fromkeys((key.unit, key.group, key.question) for key in self.cells):
            self._sexes_are_all(unit, group, question)
            if unit == report.association.id:
                self._units_are_all(group, question)

    @staticmethod
    def _key(key: AnswerKey, answers: frozenset[str]) -> Key:
        return (ANSWERS, key.unit, key.group, key.question, key.sex, " + ".join(sorted(answers)))

    def _sexes_are_all(self, unit: str, group: str, question: str) -> None:
        """Where both are given, the answers of all are those of the sexes together."""
        of_all = self.cells.get(AnswerKey(unit, group, question, Sex.ALL), [])
        by_sex = [
            cell
            for sex in (Sex.WOMEN, Sex.MEN, Sex.UNSTATED)
            for cell in self.cells.get(AnswerKey(unit, group, question, sex), [])
        ]
        if not of_all or not by_sex:
            return
        self._are_together((ANSWERS, unit, group, question), of_all, by_sex, is_all=True)

    def _units_are_all(self, group: str, question: str) -> None:
        """What is given for the association is that of its units, and no less where some are missing."""
        association = self.report.association.id
        asked = sorted({key.unit for key in self.cells if key.group == group and key.unit != association})
        for sex in (Sex.ALL, Sex.WOMEN, Sex.MEN, Sex.UNSTATED):
            own = self.cells.get(AnswerKey(association, group, question, sex))
            of_units = [self.of(unit, group, question, sex) for unit in asked]
            if own and any(of_units):
                label = (ANSWERS, association, group, question, sex, "enheterna")
                is_all = all(of_units) or sex == Sex.UNSTATED
                self._are_together(label, own, [cell for cells in of_units for cell in cells], is_all=is_all)

    def _are_together(self, label: Key, of_all: _Counted, others: _Counted, *, is_all: bool) -> None:
        """The smallest sets of answers that both sides count by themselves add up."""
        for answers in counted_together(answers for answers, _ in (*of_all, *others)):
            own = add(*(figure for one, figure in of_all if one <= answers))
            rest = minus(own, add(*(figure for one, figure in others if one <= answers)))
            what = (*label, " + ".join(sorted(answers)))
            self.knowledge.know_if_true(what, rest, 0, 0 if is_all else None)

    def of(self, unit: str, group: str, question: str, sex: str) -> list[tuple[frozenset[str], Sum]]:
        """As outcomes are made: given as such, of the sexes together, or of the units together."""
        own = self.cells.get(AnswerKey(unit, group, question, sex))
        if own:
            return own
        if sex == Sex.ALL:
            by_sex = [
                cell
                for one in (Sex.WOMEN, Sex.MEN, Sex.UNSTATED)
                for cell in self.cells.get(AnswerKey(unit, group, question, one), [])
            ]
            if by_sex:
                return by_sex
        if unit != self.report.association.id:
            return []
        asked = sorted({key.unit for key in self.cells if key.group == group and key.unit != unit})
        return [cell for other in asked for cell in self.of(other, group, question, sex)]

    def share(self, indicator: AnswerIndicator, unit: str, sex: str) -> tuple[Sum, Sum]:
        """Wanted answers, and all that count."""
        scale = self.report.survey.scale_of(indicator.question)
        left_out = scale.no_answer_keys if scale else frozenset()
        counted = [
            (answers, figure)
            for answers, figure in self.of(unit, indicator.group, indicator.question, sex)
            if not answers <= left_out
        ]
        wanted = [figure for answers, figure in counted if answers <= indicator.answer_keys]
        return add(*wanted), add(*(figure for _, figure in counted))


# Outcomes and signals


def _outcome(
    result: IndicatorResult,
    unit: UnitResult,
    scored: ScoredReport,
    people: _People,
    answers: _Answers,
    knowledge: _Knowledge,
) -> None:
    """What an indicator shows of its counts, and what its signal tells of them."""
    indicator, outcome = result.indicator, result.outcome
    is_association = unit.unit.id == scored.report.association.id
    key = (OUTCOME, unit.unit.id, indicator.id)
    cost = COST_OF_ALL if is_association else COST_OF_OUTCOME
    if isinstance(indicator, CompositeIndicator):
        _composite(indicator, unit, people, answers, knowledge)
        return
    if _is_count_of_persons(outcome):
        assert outcome.value is not None
        number = knowledge.cell((*key, "antal"), abs(int(outcome.value)), unit.unit.id)
        knowledge.show((*key, "täljare"), number, cost)
        if not isinstance(indicator, ChangeIndicator) and outcome.value >= 0:
            _signal(key, number, (), result.limits, outcome, knowledge)
        return
    for part, (numerator, denominator) in _fractions(indicator, unit, people, answers).items():
        if not denominator:
            continue
        _not_measured((*key, part), outcome, denominator, scored.report, knowledge)
        if not outcome.is_measured or _is_published(outcome):
            continue
        knowledge.show((*key, part, "täljare"), numerator, cost)
        knowledge.show((*key, part, "nämnare"), denominator, cost)
        knowledge.guard((*key, part, "övriga"), minus(denominator, numerator))
        if isinstance(indicator, AnswerIndicator):
            _answered((*key, part), indicator, denominator, scored.report, knowledge)
        if is_association and outcome.computed is None:
            _small_basis(key, part, denominator, scored.report.rules.small_basis, knowledge)
        if outcome.value is None:
            knowledge.know((*key, part), denominator, 0, 0, signal=True)
        elif not isinstance(indicator, GenderGapIndicator):
            _signal(key, numerator, denominator, result.limits, outcome, knowledge)
    if isinstance(indicator, GenderGapIndicator) and outcome.value is not None and not _is_published(outcome):
        _gap_signal(key, _fractions(indicator, unit, people, answers), result, knowledge)


def _not_measured(
    label: Key, outcome: Outcome, denominator: Sum, report: Report, knowledge: _Knowledge
) -> None:
    """Why there is no outcome tells how many there are."""
    if outcome.reason in (NotMeasured.NOBODY, NotMeasured.NO_ANSWERS):
        knowledge.know_if_true(label, denominator, 0, 0, signal=True)
    elif outcome.reason is NotMeasured.TOO_FEW:
        most = report.rules.minimum_answers - 1
        knowledge.know_if_true(label, denominator, 1, most, signal=True)


def _is_published(outcome: Outcome) -> bool:
    """Whether only a published figure is known, and no counts. Where they are, it tells of them."""
    return outcome.numerator is None and not outcome.parts and outcome.computed is None


def _is_count_of_persons(outcome: Outcome) -> bool:
    """Also a change in persons: it is hidden when it is of few."""
    is_whole = outcome.value is not None and outcome.value.denominator == 1
    return outcome.kind is Kind.NUMBER and outcome.unit.casefold() in PERSONS and is_whole


def _answered(
    key: Key, indicator: AnswerIndicator, denominator: Sum, report: Report, knowledge: _Knowledge
) -> None:
    """What has an outcome was answered by as many as are needed, and by no more than were asked."""
    least = report.rules.minimum_answers
    knowledge.know_if_true((*key, "minsta antal svar"), denominator, least, None, signal=True)
    group = report.survey.group(indicator.group)
    if group is not None and group.asked is not None:
        knowledge.know_if_true((*key, "tillfrågade"), denominator, None, group.asked)


def _fractions(
    indicator: IndicatorBase, unit: UnitResult, people: _People, answers: _Answers
) -> dict[str, tuple[Sum, Sum]]:
    """The numerators and denominators of an outcome, by what they are of."""
    id = unit.unit.id
    match indicator:
        case ShareIndicator(numerator=part, denominator=whole):
            rows = [people.rows.get((id, row)) for row in (*part, *whole)]
            if None in rows:
                return {}
            totals = [row[TOTAL] for row in rows if row is not None]
            return {"alla": (add(*totals[: len(part)]), add(*totals[len(part) :]))}
        case GenderBalanceIndicator(rows=names, group=group):
            tables = (
                [people.rows.get((id, row)) for row in names]
                if names is not None
                else [people.groups.get((id, group or ""))]
            )
            known = [table for table in tables if table is not None and WOMEN in table]
            if len(known) < len(tables):
                return {}
            women = add(*(table[WOMEN] for table in known))
            return {"alla": (women, add(women, *(table[MEN] for table in known)))}
        case GenderGapIndicator():
            return {
                WOMEN: answers.share(indicator, id, Sex.WOMEN),
                MEN: answers.share(indicator, id, Sex.MEN),
            }
        case AnswerIndicator():
            return {"alla": answers.share(indicator, id, Sex.ALL)}
        case _:
            return {}


def _signal(
    key: Key,
    numerator: Sum,
    denominator: Sum,
    limits: Iterable[Limit],
    outcome: Outcome,
    knowledge: _Knowledge,
) -> None:
    """On which side of each limit the outcome lies. A count without denominator is a part of one."""
    assert outcome.value is not None
    if denominator:
        knowledge.know((*key, "signal"), denominator, 1, None, signal=True)
    for limit in limits:
        part, whole = limit.at.denominator, limit.at.numerator
        constant = 0 if denominator else whole
        side = minus(times(numerator, part), times(denominator, whole))
        _know_side((*key, "signal"), side, constant, limit, limit.is_kept_by(outcome.value), knowledge)


def _know_side(
    label: Key, side: Sum, constant: int, limit: Limit, is_kept: bool, knowledge: _Knowledge
) -> None:
    """That a sum lies above or below a constant. A limit that is not strict is itself on the kept side."""
    is_above = limit.is_floor == is_kept
    is_open = limit.strict == is_kept
    if is_above:
        knowledge.know_if_true(label, side, constant + (1 if is_open else 0), None, signal=True)
    else:
        knowledge.know_if_true(label, side, None, constant - (1 if is_open else 0), signal=True)


def _gap_signal(
    key: Key, fractions: dict[str, tuple[Sum, Sum]], result: IndicatorResult, knowledge: _Knowledge
) -> None:
    """A gap is a difference of two shares. Readers are taken to know both denominators, so that it is a sum.

    A small denominator is not taken as known: then the gap tells nothing that can be written as a sum.
    """
    (women, of_women), (men, of_men) = fractions[WOMEN], fractions[MEN]
    sizes = knowledge.value(of_women), knowledge.value(of_men)
    if any(0 < size < knowledge.threshold for size in sizes) or not all(sizes):
        return
    label = (*key, "signal")
    knowledge.know(label, of_women, sizes[0], sizes[0], signal=True)
    knowledge.know(label, of_men, sizes[1], sizes[1], signal=True)
    difference = minus(times(women, sizes[1]), times(men, sizes[0]))
    if knowledge.value(difference) < 0:
        difference = times(difference, -1)
    both = sizes[0] * sizes[1]
    for limit in result.limits:
        scale = limit.at.denominator
        constant = int(limit.at * both * scale)
        side = times(difference, scale)
        is_kept = limit.is_kept_by(Fraction(knowledge.value(difference), both))
        _know_side(label, side, constant, limit, is_kept, knowledge)
        if limit.is_floor != is_kept:  # below the limit: also when the other sex has the larger share
            knowledge.know(label, side, -constant, None, signal=True)


def _composite(
    indicator: CompositeIndicator, unit: UnitResult, people: _People, answers: _Answers, knowledge: _Knowledge
) -> None:
    """On which side of a common level each part lies, as if readers knew it of each."""
    level = indicator.level
    if level is None:
        return
    limits = [Limit(level.low, True, level.strict)] if level.low is not None else []
    limits += [Limit(level.high, False, level.strict)] if level.high is not None else []
    for part in unit.results:
        if part.indicator.id not in indicator.parts or part.outcome.value is None:
            continue
        if isinstance(part.indicator, GenderGapIndicator) or _is_published(part.outcome):
            continue
        for numerator, denominator in _fractions(part.indicator, unit, people, answers).values():
            key = (OUTCOME, unit.unit.id, indicator.id)
            _signal(key, numerator, denominator, limits, part.outcome, knowledge)


def _small_basis(key: Key, part: str, denominator: Sum, small: int, knowledge: _Knowledge) -> None:
    """The range of the index tells which outcomes rest on few."""
    if knowledge.value(denominator) < small:
        knowledge.know((*key, part, "litet underlag"), denominator, None, small - 1)
    else:
        knowledge.know((*key, part, "litet underlag"), denominator, small, None)
