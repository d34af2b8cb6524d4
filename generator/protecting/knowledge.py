"""What readers will know of a report: its counted cells, the figures made of them, identities and signals.

A cell is a variable; a figure is a sum of cells. Cells of units stand for themselves. The association's
figures are sums over its units, unless only its own are given.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from generator.model.budget import (
    AnswerIndicator,
    CompositeIndicator,
    GenderBalanceIndicator,
    GenderGapIndicator,
    IndicatorBase,
    ShareIndicator,
)
from generator.model.outcomes import AnswerKey, People, Sex, counted_together
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.results import IndicatorResult, Limit, NotMeasured, Outcome, ScoredReport, UnitResult
from generator.model.settings import parts_of_wholes
from generator.model.sums import Sum as NamedSum
from generator.protecting.system import Known, Sensitive, Shown, Sum, System, Variable

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
            self.sensitive[key] = Sensitive(key, figure, 0, self.threshold - 1)

    def guard(self, key: Key, figure: Sum) -> None:
        """What is not shown, but follows from two figures that are: those who gave other answers."""
        if figure:
            self._guard(key, figure)

    def know(
        self, label: Key, figure: Sum, low: int | None, high: int | None, *, signal: bool = False
    ) -> None:
        if figure:
            self.known.append(Known(label, figure, low, high, from_signal=signal))

    def value(self, figure: Sum) -> int:
        return sum(factor * self.values[variable] for variable, factor in figure)


def knowledge_of(scored: ScoredReport, threshold: int) -> System:
    """The system of a report: whole counts, and every figure that is published of them."""
    knowledge = _Knowledge(threshold)
    report = scored.report
    people = _People(report, knowledge)
    answers = _Answers(report, knowledge)
    _previous(report, knowledge)
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
        self._read_rows()
        for (unit, group), people in report.outcomes.groups.items():
            self.groups[unit, group] = self._cells((GROUP, unit, group), people, unit)
        self._read_background()

    def _cells(self, key: Key, people: People, unit: str) -> dict[str, Sum]:
        """The cells of a row of people, and their total."""
        if people.women is None or people.men is None:
            return {TOTAL: self.knowledge.cell((*key, TOTAL), people.total, unit)}
        numbers = {WOMEN: people.women, MEN: people.men, UNSTATED: people.unstated}
        cells = {
            sex: self.knowledge.cell((*key, sex), number, unit)
            for sex, number in numbers.items()
            if sex != UNSTATED or number
        }
        return {**cells, TOTAL: add(*cells.values())}

    def _show(self, key: Key, cells: dict[str, Sum], *, of_all: bool) -> None:
        for sex, figure in cells.items():
            unit_cost = COST_OF_TOTAL if sex == TOTAL else COST_OF_SEX
            self.knowledge.show((*key, sex), figure, COST_OF_ALL if of_all else unit_cost)

    def _read_rows(self) -> None:
        table, association = self.report.outcomes.participants, self.report.association.id
        units = sorted({unit for unit, _ in table if unit != association})
        for unit in units:
            for row in self.report.settings.rows:
                if (unit, row.id) in table:
                    self.rows[unit, row.id] = self._cells((ROW, unit, row.id), table[unit, row.id], unit)
        for row in self.report.settings.rows:
            parts = [self.rows[unit, row.id] for unit in units if (unit, row.id) in self.rows]
            if units and len(parts) == len(units) and _same_columns(parts):
                sexes = dict.fromkeys(sex for part in parts for sex in part)
                self.rows[association, row.id] = {
                    sex: add(*(part.get(sex, ()) for part in parts)) for sex in sexes
                }
            elif (association, row.id) in table:
                people = table[association, row.id]
                self.rows[association, row.id] = self._cells((ROW, association, row.id), people, association)
        for (unit, name), cells in self.rows.items():
            self._show((ROW, unit, name), cells, of_all=unit == association)
        for unit in dict.fromkeys(unit for unit, _ in self.rows):
            self._identities(unit)

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
        terms = [(term.sign, names.get(term.name)) for term in equals.terms]
        known = [(sign, cells) for sign, cells in terms if cells is not None]
        if len(known) < len(terms):
            return
        is_by_sex = all(WOMEN in cells for cells in (own, *(cells for _, cells in known)))
        for sex in (WOMEN, MEN, UNSTATED) if is_by_sex else (TOTAL,):
            parts = [times(cells.get(sex, ()), sign) for sign, cells in known]
            difference = minus(own.get(sex, ()), add(*parts))
            if difference and self.knowledge.value(difference) == 0:
                self.knowledge.know((*key, sex, "lika med"), difference, 0, 0)

    def _read_background(self) -> None:
        association = self.report.association.id
        totals: dict[tuple[str, str], dict[str, Sum]] = {}
        for (unit, table), rows in self.report.outcomes.background.items():
            cells = {
                category: self._cells((BACKGROUND, unit, table, category), people, unit)
                for category, people in rows.items()
            }
            of_all = unit == association
            for category, row in cells.items():
                self._show((BACKGROUND, unit, table, category), row, of_all=False)
            sexes = dict.fromkeys(sex for row in cells.values() for sex in row)
            total = {sex: add(*(row.get(sex, ()) for row in cells.values())) for sex in sexes}
            totals[unit, table] = total
            self._show((BACKGROUND_SUM, unit, table), total, of_all=of_all)
        for definition in self.report.settings.background:
            if definition.equals is None:
                continue
            for unit in dict.fromkeys(unit for unit, _ in totals):
                names = {table: cells for (owner, table), cells in totals.items() if owner == unit}
                names |= {row: cells for (owner, row), cells in self.rows.items() if owner == unit}
                if (unit, definition.id) in totals:
                    key = (BACKGROUND_SUM, unit, definition.id)
                    self._equal(key, totals[unit, definition.id], definition.equals, names)


def _same_columns(parts: list[dict[str, Sum]]) -> bool:
    """Whether the sexes are known of all or of none."""
    return len({WOMEN in part for part in parts}) == 1


def _previous(report: Report, knowledge: _Knowledge) -> None:
    """Last year's counts, of units and as their sum."""
    association = report.association.id
    for row in report.settings.rows:
        cells: dict[str, Sum] = {}
        for unit in (report.association, *report.units):
            value = next(
                (
                    one
                    for key, one in report.outcomes.values.items()
                    if (key.series, key.location, key.year) == (row.id, unit.id, report.year - 1)
                    and key.compared_year is None
                ),
                None,
            )
            if value is not None and value.quantity.kind is Kind.NUMBER:
                key = (PREVIOUS, unit.id, row.id)
                cells[unit.id] = knowledge.cell(key, int(value.quantity.value), unit.id)
        of_units = [cells[unit.id] for unit in report.units if unit.id in cells]
        if report.units and len(of_units) == len(report.units):
            total = add(*of_units)
            if association in cells:
                knowledge.know((PREVIOUS, association, row.id), minus(cells[association], total), 0, 0)
            cells[association] = total
        for unit_id, figure in cells.items():
            cost = COST_OF_ALL if unit_id == association else COST_OF_TOTAL
            knowledge.show((PREVIOUS, unit_id, row.id), figure, cost)


# Answers


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
        for answers in counted_together(answers for answers, _ in (*of_all, *by_sex)):
            own = add(*(figure for one, figure in of_all if one <= answers))
            others = add(*(figure for one, figure in by_sex if one <= answers))
            difference = minus(own, others)
            if self.knowledge.value(difference) == 0:
                label = (ANSWERS, unit, group, question, " + ".join(sorted(answers)))
                self.knowledge.know(label, difference, 0, 0)

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
    if outcome.kind is Kind.NUMBER and outcome.unit.casefold() in PERSONS and outcome.value is not None:
        number = knowledge.cell((*key, "antal"), int(outcome.value), unit.unit.id)
        knowledge.show((*key, "täljare"), number, cost)
        _signal(key, number, (), result.limits, outcome, knowledge)
        return
    for part, (numerator, denominator) in _fractions(indicator, unit, people, answers).items():
        if not denominator or outcome.computed is not None:
            continue
        if outcome.reason in (NotMeasured.NOBODY, NotMeasured.NO_ANSWERS):
            knowledge.know((*key, part), denominator, 0, 0, signal=True)
        elif outcome.reason is NotMeasured.TOO_FEW:
            most = scored.report.rules.minimum_answers - 1
            if knowledge.value(denominator) <= most:
                knowledge.know((*key, part), denominator, 1, most, signal=True)
        if not outcome.is_measured or _is_published(outcome):
            continue
        knowledge.show((*key, part, "täljare"), numerator, cost)
        knowledge.show((*key, part, "nämnare"), denominator, cost)
        knowledge.guard((*key, part, "övriga"), minus(denominator, numerator))
        if is_association:
            _small_basis(key, part, denominator, scored.report.rules.small_basis, knowledge)
        if outcome.value is None:
            knowledge.know((*key, part), denominator, 0, 0, signal=True)
        elif not isinstance(indicator, GenderGapIndicator):
            _signal(key, numerator, denominator, result.limits, outcome, knowledge)
    if isinstance(indicator, GenderGapIndicator) and outcome.value is not None and not _is_published(outcome):
        _gap_signal(key, _fractions(indicator, unit, people, answers), result, knowledge)


def _is_published(outcome: Outcome) -> bool:
    """Whether only a published figure is shown, and no counts."""
    return outcome.numerator is None and not outcome.parts


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
        knowledge.know(label, side, constant + (1 if is_open else 0), None, signal=True)
    else:
        knowledge.know(label, side, None, constant - (1 if is_open else 0), signal=True)


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
