"""Counted answers as sums of cells."""

from collections.abc import Sequence

from generator.model.outcomes import SEXES, AnswerKey, Sex, counted_together
from generator.model.report import Report
from generator.model.tables import answer_keys
from generator.protecting.collecting import ANSWERS, Key, Knowledge, add, minus
from generator.protecting.linear_system import Sum

_Counted = Sequence[tuple[frozenset[str], Sum]]


class AnswerSums:
    """The counted answers that indicators are made of, as sums of cells."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        asked = {indicator.asked for indicator in report.budget.indicators}
        self.cells: dict[AnswerKey, dict[frozenset[str], Sum]] = {}
        for key, counts in report.outcomes.answers.items():
            if (key.group, key.question) in asked:
                name = (ANSWERS, key.unit, key.group, key.question, key.sex)
                self.cells[key] = {
                    count.answers: knowledge.cell((*name, _together(count.answers)), count.count, key.unit)
                    for count in counts
                }
        for unit, group, question in dict.fromkeys((key.unit, key.group, key.question) for key in self.cells):
            self._sexes_are_all(unit, group, question)
            if unit == report.association.id:
                self._units_are_all(group, question)

    def _sexes_are_all(self, unit: str, group: str, question: str) -> None:
        """Where both are given, the answers of all are those of the sexes together."""
        of_all = self._of(AnswerKey(unit, group, question, Sex.ALL))
        by_sex = self._of(*(AnswerKey(unit, group, question, sex) for sex in SEXES))
        if of_all and by_sex:
            self._are_together((ANSWERS, unit, group, question), of_all, by_sex, is_all=True)

    def _of(self, *keys: AnswerKey) -> _Counted:
        return [cell for key in keys for cell in self.cells.get(key, {}).items()]

    def _units_are_all(self, group: str, question: str) -> None:
        """What is given for the association is that of its units, and no less where some are missing."""
        association = self.report.association.id
        asked = sorted({key.unit for key in self.cells if key.group == group and key.unit != association})
        answers = self.report.outcomes.answers
        for sex in Sex:
            own = self._of(AnswerKey(association, group, question, sex))
            keys = [
                answer_keys(answers, association, AnswerKey(unit, group, question, sex)) for unit in asked
            ]
            if own and any(keys):
                label = (ANSWERS, association, group, question, sex, "enheterna")
                of_units = self._of(*(key for unit_keys in keys for key in unit_keys))
                self._are_together(label, own, of_units, is_all=all(keys) or sex is Sex.UNSTATED)

    def _are_together(self, label: Key, of_all: _Counted, others: _Counted, *, is_all: bool) -> None:
        """The smallest sets of answers that both sides count by themselves add up."""
        for answers in counted_together(answers for answers, _ in (*of_all, *others)):
            own = add(*(figure for part, figure in of_all if part <= answers))
            rest = minus(own, add(*(figure for part, figure in others if part <= answers)))
            self.knowledge.know_if_true((*label, _together(answers)), rest, 0, 0 if is_all else None)


def _together(answers: frozenset[str]) -> str:
    return " + ".join(sorted(answers))
