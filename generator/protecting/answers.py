"""Counted answers as sums of cells."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.budget import (
    AnswerIndicator,
)
from generator.model.outcomes import AnswerKey, Sex, counted_together
from generator.model.report import Report
from generator.protecting.collecting import (
    ANSWERS,
    Key,
    Knowledge,
    add,
    minus,
)
from generator.protecting.system import Sum

_Counted = Sequence[tuple[frozenset[str], Sum]]


class AnswerSums:
    """The counted answers that indicators are made of, as sums of cells."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
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
