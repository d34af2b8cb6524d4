"""What readers will know of a report: its counted cells, the figures made of them, identities and signals.

A cell is a variable; a figure is a sum of cells. Cells of units stand for themselves. The association's
figures are sums over its units, unless only its own are given.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import product

from generator.model.measures import Indicator
from generator.model.organisations import UnitKeys
from generator.model.outcome import (
    AnswerCell,
    Cell,
    Counted,
    Entered,
    EnteredCell,
    Middle,
    NotMeasured,
    Outcome,
    PeopleCell,
    Ratio,
    Uncounted,
    Verdicts,
    sum_of,
)
from generator.model.quantities import Limit
from generator.model.report import Report
from generator.model.results import IndicatorResult, ScoredReport, UnitResult
from generator.protecting.answers import AnswerSums
from generator.protecting.collecting import (
    COST_OF_ALL,
    COST_OF_OUTCOME,
    COST_OF_PART,
    ENTERED,
    OUTCOME,
    Key,
    Knowledge,
    add,
    minus,
    times,
)
from generator.protecting.linear_system import LinearSystem, Sum
from generator.protecting.people import PeopleSums, PreviousSums


class Cells:
    """Every counted cell of a report. A cell that is asked for and not known is an error of the program."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report, self.knowledge = report, knowledge
        self.people = PeopleSums(report, knowledge)
        self.answers = AnswerSums(report, knowledge)
        self.previous = PreviousSums(report, knowledge)
        for key, by_sex in (*self.people.sums.items(), *self.previous.sums.items()):
            knowledge.tell(key, [(frozenset({str(sex)}), figure) for sex, figure in by_sex.items()])
        self.entered: dict[Key, Sum] = {}
        self.told: dict[Key, dict[str, Sum]] = {}  # by outcomes that add up: by unit, indicator and label

    def sum_of(self, number: Counted | Uncounted | None) -> Sum:
        """The variables that a number is a sum of; none where nobody is counted.

        Raises ValueError when they are not what the number says.
        """
        if not isinstance(number, Counted):
            return ()
        figure = add(*(self._cell(cell, number.number) for cell in number.cells))
        if self.knowledge.value(figure) != number.number:
            raise ValueError(f"{number} is not the sum of its cells")
        return figure

    def _cell(self, cell: Cell, number: int) -> Sum:
        match cell:
            case PeopleCell(table, unit, name, sex):
                return self.people.sums[table, unit, name][sex]
            case AnswerCell(key, answers):
                return self.answers.cells[key][answers]
            case EnteredCell(unit, indicator):
                entered = (ENTERED, unit, indicator)
                if entered not in self.entered:  # and must be the same again
                    self.entered[entered] = self.knowledge.cell((*entered, ""), number)
                    self.knowledge.tell(entered, [(frozenset({""}), self.entered[entered])])
                return self.entered[entered]


def knowledge_of(
    *reports: ScoredReport, threshold: int, unit_keys: UnitKeys | None = None
) -> tuple[LinearSystem, dict[str, Cells]]:
    """The system of reports of one year, and the cells of each: whole counts, and every figure of them.

    Parts of the year are read before what they are parts of. What another report counts of a unit, as its
    whole, is the same persons; it is read before that of the whole, which may have it as a sum only.
    `unit_keys` are for units that are not called by their ids.
    """
    shared, every = Knowledge(reports[0].report, threshold, unit_keys=unit_keys or {}), dict[str, Cells]()
    parts = {shared.key_of(unit.id, each.report.id) for each in reports for unit in each.report.units}

    def is_whole(scored: ScoredReport) -> bool:
        return shared.key_of(scored.report.association.id, scored.report.id) not in parts

    for scored in sorted(reports, key=lambda each: (each.report.period.order, is_whole(each))):
        cost = COST_OF_ALL if is_whole(scored) else COST_OF_PART
        cells = Cells(scored.report, replace(shared, report=scored.report, cost_of_all=cost))
        for unit, result in scored.every_result:
            _know_outcome(result, unit, cells)
        _guard_rests(cells)
        every[scored.report.id] = cells
    shared.know_parts_of_year()
    for cells in every.values() if len(every) > 1 else ():
        _guard_rests_beside(cells)
    return shared.system(), every


def _guard_rests_beside(cells: Cells) -> None:
    """What is left of the association's figures beside those that other reports have of its units."""
    knowledge, report = cells.knowledge, cells.report
    shown = ((key[:-1], figure.sum) for key, figure in knowledge.shown.items() if key[-1] == report.id)
    figures = {key: figure for key, figure in shown if key[0] != OUTCOME}
    for outcome, told in cells.told.items():
        figures |= {(OUTCOME, *outcome, name): figure for name, figure in told.items()}
    of_association = (each for each in figures.items() if each[0][1] == report.association.id)
    for (key, figure), division in product(of_association, report.divisions):
        of_units = [own for unit in sorted(division) if (own := knowledge.of_unit(figure, unit))]
        if key[2] in report.persons:
            for own in of_units:
                knowledge.know_if_true(minus(figure, own), 0, None)
        elif of_units:
            rest = minus(figure, add(*of_units))
            knowledge.know_if_true(rest, 0, 0 if len(of_units) == len(division) else None)
            knowledge.guard_rest(key, rest)


def _know_outcome(result: IndicatorResult, unit: UnitResult, cells: Cells) -> None:
    """What an indicator shows of its counts, and what its signal tells of them."""
    outcome = result.outcome
    is_association = unit.unit.id == cells.report.association.id
    key = (OUTCOME, unit.unit.id, result.indicator.id)
    if isinstance(outcome.rests_on, Verdicts):
        _level(key, outcome.rests_on, unit, cells)
        return
    ratios = counts_of(outcome)
    for ratio in ratios:
        label = (*key, ratio.label)
        numerator, denominator = cells.sum_of(ratio.part), cells.sum_of(ratio.whole)
        _not_measured(label, outcome, denominator, cells)
        if not outcome.is_measured:
            continue
        cost = cells.knowledge.cost_of_all if is_association else COST_OF_OUTCOME
        figures = {"täljare": numerator, "nämnare": denominator}
        figures |= {name: cells.sum_of(part) for name, part in ratio.divided}
        for name, figure in figures.items():
            cells.knowledge.show((*label, name), figure, cost)
        is_share = ratio.each == (0, 1)
        if is_share and denominator:
            cells.knowledge.know_if_true(minus(denominator, numerator), 0, None)
        others = {"övriga": minus(denominator, numerator)} if is_share else _each_answer(ratio.whole, cells)
        for name, figure in others.items():
            cells.knowledge.guard((*label, name), figure)
        if result.indicator.asked is not None:
            cells.told[label[1:]] = figures | others
        elif (ENTERED, *key[1:]) in cells.entered:
            cells.told[label[1:]] = {ENTERED: numerator}
        _answered(label, result.indicator, denominator, cells)
        if is_association and outcome.wholes:
            _small_basis(denominator, cells)
    _know_signal(key, result, cells)


def _know_signal(key: Key, result: IndicatorResult, cells: Cells) -> None:
    """On which side of each limit an outcome lies."""
    outcome, ratios = result.outcome, counts_of(result.outcome)
    if len(ratios) == 2 and outcome.value is not None:
        _gap_signal(key, ratios, result, cells)
    elif isinstance(outcome.rests_on, Middle) and outcome.value is not None:
        _middle((*key, "median"), outcome.rests_on, outcome.value, cells)
    elif len(ratios) == 1 and outcome.is_measured:
        _signal((*key, "signal"), outcome, result.limits, cells)


def counts_of(outcome: Outcome) -> tuple[Ratio, ...]:
    """The counts that an outcome tells of. A share that is published as such tells of those it rests on."""
    match outcome.rests_on:
        case Entered(persons=Counted() as persons):
            return (Ratio(persons),)
        case Verdicts() | Entered():
            return ()
        case Middle(whole=whole):
            return (Ratio(Counted(0, ()), whole, each=(0, 0)),)
        case ratios:
            return ratios


def _not_measured(label: Key, outcome: Outcome, denominator: Sum, cells: Cells) -> None:
    """Why there is no outcome tells how many there are."""
    if outcome.reason in (NotMeasured.NOBODY, NotMeasured.NO_ANSWERS):
        cells.knowledge.know_if_true(denominator, 0, 0, label)
    elif outcome.reason is NotMeasured.TOO_FEW:
        most = cells.report.rules.minimum_answers - 1
        cells.knowledge.know_if_true(denominator, 1, most, label)
    elif outcome.reason is NotMeasured.MASKED:
        cells.knowledge.know_if_true(denominator, 1, cells.knowledge.threshold - 1, label)


def _each_answer(whole: Counted | Uncounted | None, cells: Cells) -> dict[str, Sum]:
    """Those who gave each answer: with a mean or a median readers may solve for them."""
    given: dict[str, Sum] = {}
    for cell in whole.cells if isinstance(whole, Counted) else ():
        if isinstance(cell, AnswerCell):
            name = " + ".join(sorted(cell.answers))
            given[name] = add(given.get(name, ()), cells.answers.cells[cell.key][cell.answers])
    return given


def _guard_rests(cells: Cells) -> None:
    """What the units' outcomes leave of the association's: of those that have no outcome.

    Readers add up persons that are entered; of answers they know it from the cells.
    """
    report = cells.report
    for (unit, *outcome), figures in cells.told.items():
        for division in report.divisions if unit == report.association.id else ():
            of_units = [cells.told.get((each, *outcome), {}) for each in sorted(division)]
            for name, figure in figures.items():
                rest = minus(figure, add(*(own.get(name, ()) for own in of_units)))
                if name == ENTERED and any(of_units):
                    cells.knowledge.know_if_true(rest, 0, 0 if all(of_units) else None)
                cells.knowledge.guard_rest((OUTCOME, unit, *outcome, name), rest)


def _answered(label: Key, indicator: Indicator, denominator: Sum, cells: Cells) -> None:
    """What has an outcome was answered by as many as are needed, and by no more than were asked."""
    if indicator.asked is None:
        return
    least = cells.report.rules.minimum_answers
    cells.knowledge.know_if_true(denominator, least, None, (*label, "minsta antal svar"))
    group = cells.report.survey.group(indicator.asked[0])
    if group is not None and group.asked is not None:
        cells.knowledge.know_if_true(denominator, None, group.asked)


def _small_basis(denominator: Sum, cells: Cells) -> None:
    """The range of the index tells which outcomes rest on few."""
    small = cells.report.rules.small_basis
    is_small = cells.knowledge.value(denominator) < small
    low, high = (None, small - 1) if is_small else (small, None)
    cells.knowledge.know(denominator, low, high)


def _signal(label: Key, outcome: Outcome, limits: Iterable[Limit], cells: Cells) -> None:
    """On which side of each limit an outcome of one ratio lies; nothing of how large a decrease is."""
    (ratio,) = counts_of(outcome)
    numerator, denominator = cells.sum_of(ratio.part), cells.sum_of(ratio.whole)
    if outcome.value is None:
        cells.knowledge.know(denominator, 0, 0, label)
        return
    if outcome.value < 0:
        return
    cells.knowledge.know(denominator, 1, None, label)
    open_part = Fraction(ratio.part.number if isinstance(ratio.part, Uncounted) else 0)
    open_whole = Fraction(0 if denominator else ratio.denominator)
    scale = open_part.denominator * open_whole.denominator
    for limit in limits:
        up, down = limit.value.numerator * scale, limit.value.denominator * scale
        side = minus(times(numerator, down), times(denominator, up))
        constant = int(open_whole * up - open_part * down)
        _know_side(label, side, constant, limit, cells, is_kept=limit.is_kept_by(outcome.value))


def _middle(label: Key, middle: Middle, value: Fraction, cells: Cells) -> None:
    """No more than half lie below it, and no more above: readers are taken to know when it is just half."""
    whole = cells.sum_of(middle.whole)
    if not middle.counts:  # a register tells no middle of few
        cells.knowledge.know_if_true(whole, cells.knowledge.threshold, None, label)
    for is_beyond in (value.__gt__, value.__lt__):
        beyond = times(cells.sum_of(sum_of(own for number, own in middle.counts if is_beyond(number))), 2)
        rest = minus(whole, beyond)
        low, high = (1, None) if cells.knowledge.value(rest) else (0, 0)
        cells.knowledge.know(rest, low, high, label)


def _know_side(label: Key, side: Sum, constant: int, limit: Limit, cells: Cells, *, is_kept: bool) -> None:
    """That a sum lies above or below a constant. A limit that is not strict is itself on the kept side."""
    is_above = limit.is_floor == is_kept
    is_open = limit.strict == is_kept
    if is_above:
        cells.knowledge.know_if_true(side, constant + (1 if is_open else 0), None, label)
    else:
        cells.knowledge.know_if_true(side, None, constant - (1 if is_open else 0), label)


def _gap_signal(key: Key, ratios: tuple[Ratio, ...], result: IndicatorResult, cells: Cells) -> None:
    """A gap is a difference of two shares. Readers are taken to know both denominators, so that it is a sum.

    A small denominator is not taken as known: then the gap tells nothing that can be written as a sum.
    """
    women, men = ratios
    of_women, of_men = cells.sum_of(women.whole), cells.sum_of(men.whole)
    sizes = cells.knowledge.value(of_women), cells.knowledge.value(of_men)
    if min(sizes) < cells.knowledge.threshold:
        return
    label = (*key, "signal")
    cells.knowledge.know(of_women, sizes[0], sizes[0], label)
    cells.knowledge.know(of_men, sizes[1], sizes[1], label)
    difference = minus(times(cells.sum_of(women.part), sizes[1]), times(cells.sum_of(men.part), sizes[0]))
    if cells.knowledge.value(difference) < 0:
        difference = times(difference, -1)
    both = sizes[0] * sizes[1]
    for limit in result.limits:
        scale = limit.value.denominator
        constant = int(limit.value * both * scale)
        side = times(difference, scale)
        is_kept = limit.is_kept_by(Fraction(cells.knowledge.value(difference), both))
        _know_side(label, side, constant, limit, cells, is_kept=is_kept)
        if limit.is_floor != is_kept:  # below the limit: also when the other sex has the larger share
            cells.knowledge.know(side, -constant, None, label)


def _level(key: Key, verdicts: Verdicts, unit: UnitResult, cells: Cells) -> None:
    """On which side of a common level each part lies, as if readers knew it of each."""
    if verdicts.level is None:
        return
    for result in unit.results:
        if result.indicator.id in verdicts.indicators and result.outcome.value is not None:
            _know_signal(key, replace(result, limits=verdicts.level.limits), cells)
