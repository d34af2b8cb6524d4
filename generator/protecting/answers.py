"""Counted answers as sums of cells."""

from dataclasses import replace
from itertools import product

from generator.model.outcomes import SEXES, AnswerKey, Sex
from generator.model.report import Report
from generator.model.tables import answer_keys
from generator.protecting.collecting import ANSWERS, TOGETHER_WITH, Divided, Knowledge, add, minus
from generator.protecting.linear_system import Sum


def _name(key: AnswerKey) -> tuple[str, ...]:
    return (ANSWERS, key.unit, key.group, key.question, key.option, key.sex)


class AnswerSums:
    """The counted answers that indicators are made of, as sums of cells."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report = report
        self.knowledge = knowledge
        asked = {indicator.asked for indicator in report.budget.indicators}
        self.cells: dict[AnswerKey, dict[frozenset[str], Sum]] = {}
        for key, counts in report.outcomes.answers.items():
            if (key.group, key.question) in asked:
                names = [(*_name(key), TOGETHER_WITH.join(sorted(count.answers))) for count in counts]
                named = zip(names, counts, strict=True)
                self.cells[key] = {count.answers: knowledge.cell(name, count.count) for name, count in named}
        for key in dict.fromkeys(replace(key, sex=Sex.ALL) for key in self.cells):
            self._sexes_are_all(key)
        everybody = (replace(key, sex=Sex.ALL, unit=report.association.id) for key in self.cells)
        for key in dict.fromkeys(everybody):
            self._units_are_all(key)
        self._options_have_the_same_respondents()
        units = {replace(key, unit=unit) for key in self.cells for unit in (key.unit, report.association.id)}
        for key in sorted({replace(key, sex=sex) for key, sex in product(units, Sex)}):
            if own := self._of(*answer_keys(report, key)):
                knowledge.tell(_name(key), own)

    def _options_have_the_same_respondents(self) -> None:
        """As many have answered a question with several answers, whichever of these is looked at."""
        first: dict[AnswerKey, Sum] = {}
        for key, cells in self.cells.items():
            answered = add(*cells.values())
            rest = minus(answered, first.setdefault(replace(key, option=""), answered))
            if key.option:
                self.knowledge.know_if_true(rest, 0, 0)

    def _sexes_are_all(self, key: AnswerKey) -> None:
        """Where both are given, the answers of all are those of the sexes together."""
        of_all = self._of(key)
        by_sex = self._of(*(replace(key, sex=sex) for sex in SEXES))
        if of_all and by_sex:
            self.knowledge.are_together(of_all, by_sex, is_all=True)

    def _of(self, *keys: AnswerKey) -> Divided:
        return [cell for key in keys for cell in self.cells.get(key, {}).items()]

    def _units_are_all(self, of_all: AnswerKey) -> None:
        """What is given for the association is that of its units, and no less where some are missing.

        Where it is not given, it is that of the first division, and so are the others.
        """
        units = {key.unit for key in self.cells if key.group == of_all.group} - {of_all.unit}
        for sex in Sex:
            of_sex = replace(of_all, sex=sex)
            own = self._of(*answer_keys(self.report, of_sex))
            for asked in (units - self.report.again, *self.report.divisions[1:]):
                of_units = (replace(of_sex, unit=unit) for unit in sorted(asked & units))
                keys = [answer_keys(self.report, key) for key in of_units]
                if own and any(keys):
                    others = self._of(*(key for unit_keys in keys for key in unit_keys))
                    self.knowledge.are_together(own, others, is_all=all(keys) or sex is Sex.UNSTATED)
