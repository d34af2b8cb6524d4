"""Shares of answers to a question of the survey, and how women's and men's differ."""

from typing import Any, ClassVar, Literal

from generator.model.entry import key
from generator.model.fields import NameKey, OneOrMore, Text
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.names import answer_key
from generator.model.outcome import Counted, NotMeasured, Outcome, Ratio, share_outcome
from generator.model.outcomes import MASKED_ANSWERS, Sex
from generator.model.quantities import Kind
from generator.model.tables import UnitTables


class AskedIndicator(IndicatorBase):
    """What the measures of answers share: the answers of one group to one question."""

    sexes: ClassVar[tuple[Sex, ...]] = (Sex.ALL,)  # whose answers are counted, each by themselves
    names: ClassVar = {"group": Subject.RESPONDENTS, "question": Subject.QUESTION}

    group: NameKey = key("grupp", "Svarsgruppen: de som har fått frågan.")
    question: NameKey = key("fråga", "Frågan i enkäten.")

    @property
    def asked(self) -> tuple[str, str]:
        return self.group, self.question

    def why_not(
        self, tables: UnitTables, answered: Counted, sex: Sex, wanted: frozenset[str]
    ) -> NotMeasured | None:
        """Where units were asked but the association has no sum, the answers of some are missing."""
        if answered.number:
            return NotMeasured.TOO_FEW if answered.number < tables.rules.minimum_answers else None
        asked = tables.outcomes.asked.get(self.asked, ())
        is_asked = tables.is_association or tables.unit.id in asked
        if is_asked and tables.has_answers(self.group, self.question, sex, wanted):
            return NotMeasured.NO_ANSWERS
        if tables.why_missing(MASKED_ANSWERS, (f"{self.group} {self.question}",)) is NotMeasured.MASKED:
            return NotMeasured.MASKED
        if not asked:
            is_awaited = (self.group, self.question) in tables.outcomes.awaited
            return NotMeasured.ROW_MISSING if is_awaited else NotMeasured.NOT_ASKED
        if not tables.is_association:
            return NotMeasured.NOT_PUBLISHED
        return NotMeasured.NO_ANSWERS if tables.unit.id in asked else NotMeasured.ROW_MISSING


class AnswerIndicator(AskedIndicator):
    """The share of wanted answers. ”Vill ej svara” and the like count as neither."""

    answers: OneOrMore[Text] = key("svar", "De svar som är önskade.")

    @property
    def answer_keys(self) -> frozenset[str]:
        return frozenset(map(answer_key, self.answers))

    @property
    def measured(self) -> dict[str, Any]:
        return {**super().measured, "answers": sorted(self.answer_keys)}

    def outcome(self, tables: UnitTables) -> Outcome:
        ratios, reasons, keys = [], [], self.answer_keys
        for sex in self.sexes:
            wanted, answered = tables.answers(self.group, self.question, sex, keys)
            ratios.append(Ratio(wanted, answered, "" if sex is Sex.ALL else sex))
            reasons.append(self.why_not(tables, answered, sex, keys))
        reason = next(filter(None, reasons), None)
        return self.not_measured(reason, *ratios) if reason else self.compared(*ratios)

    def compared(self, *ratios: Ratio) -> Outcome:
        return share_outcome(*ratios)


class AnswerShareIndicator(AnswerIndicator):
    title: ClassVar = "Andel svar"
    meaning: ClassVar = "De som gav något av de önskade svaren delat med alla som svarade på frågan."

    measure: Literal["andel svar"] = key("mått")


class GenderGapIndicator(AnswerIndicator):
    title: ClassVar = "Könsskillnad"
    meaning: ClassVar = "Skillnaden mellan kvinnors och mäns andel, oavsett vem som har den högre."
    sexes: ClassVar = (Sex.WOMEN, Sex.MEN)
    target_kinds: ClassVar = frozenset({Kind.POINTS})

    measure: Literal["könsskillnad"] = key("mått")

    def compared(self, *ratios: Ratio) -> Outcome:
        women, men = ratios
        assert women.share is not None and men.share is not None
        gap = abs(women.share - men.share)
        return Outcome(Kind.POINTS, gap, rests_on=ratios, places=women.places + men.places)
