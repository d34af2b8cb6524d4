"""Answers to a question of the survey: shares and how they differ, changes, the mean and the median."""

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from generator.model.entry import key
from generator.model.fields import NameKey, OneOrMore, Text
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.names import answer_key
from generator.model.outcome import Counted, Middle, NotMeasured, Outcome, Ratio, share_outcome
from generator.model.outcomes import MASKED_ANSWERS, Sex
from generator.model.quantities import Kind
from generator.model.survey import HIGHER, MOVES
from generator.model.tables import UnitTables

if TYPE_CHECKING:
    from generator.model.report import Report


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
        if is_asked and tables.given_answers(self.asked, sex, wanted):
            return NotMeasured.NO_ANSWERS
        if tables.why_missing(MASKED_ANSWERS, (f"{self.group} {self.question}",)) is NotMeasured.MASKED:
            return NotMeasured.MASKED
        if not asked:
            is_awaited = self.asked in tables.outcomes.awaited
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
            wanted, answered = tables.answers(self.asked, sex, keys)
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


class BeforeAfterIndicator(AnswerIndicator):
    title: ClassVar = "Före och efter"
    meaning: ClassVar = (
        "De vars svar har ändrats som önskat delat med alla som svarade båda gångerna."
        " Var och en jämförs med sig själv."
    )

    measure: Literal["före och efter"] = key("mått")
    answers: OneOrMore[Text] = key("svar", default=(HIGHER,))

    def outcome(self, tables: UnitTables) -> Outcome:
        outcome = super().outcome(tables)
        if not outcome.is_measured:
            return outcome
        moves = tuple((move, tables.answers(self.asked, Sex.ALL, frozenset({move}))[0]) for move in MOVES)
        return replace(outcome, rests_on=tuple(replace(ratio, divided=moves) for ratio in outcome.ratios))


class ScaleIndicator(AskedIndicator):
    """What the two share: how many gave each number of the scale."""

    target_kinds: ClassVar = frozenset({Kind.NUMBER})
    basis_word: ClassVar = "svar"

    def outcome(self, tables: UnitTables) -> Outcome:
        numbers = tables.report.survey.numbers_of(self.question)
        counts = [
            (number, tables.answers(self.asked, Sex.ALL, frozenset({answer})))
            for answer, number in sorted(numbers.items(), key=lambda item: item[1])
        ]
        whole = counts[0][1][1]
        reason = self.why_not(tables, whole, Sex.ALL, frozenset(numbers))
        if reason is not None:
            return self.not_measured(reason, Ratio(Counted(0, ()), whole))
        return self.of_counts([(number, gave) for number, (gave, _) in counts], whole)

    def numbers_in(self, report: "Report", /) -> tuple[int, ...]:
        return tuple(sorted(report.survey.numbers_of(self.question).values()))

    @abstractmethod
    def of_counts(self, counts: list[tuple[int, Counted]], whole: Counted) -> Outcome:
        """`counts` are those who gave each number, the lowest first; `whole` is all of them, at least one."""


class MeanIndicator(ScaleIndicator):
    title: ClassVar = "Medelvärde"
    meaning: ClassVar = "Talen för alla svar lagda ihop, delat med antalet svar."

    measure: Literal["medelvärde"] = key("mått")

    def of_counts(self, counts: list[tuple[int, Counted]], whole: Counted) -> Outcome:
        total = sum((gave.times(number) for number, gave in counts), Counted(0, ()))
        ratio = Ratio(total, whole, each=(counts[0][0], counts[-1][0]))
        return Outcome(Kind.NUMBER, ratio.share, self.target.unit, (ratio,), places=whole.places)


class MedianIndicator(ScaleIndicator):
    title: ClassVar = "Median"
    meaning: ClassVar = "Det mittersta svaret när alla står i ordning; av två mittersta det mitt emellan."

    measure: Literal["median"] = key("mått")

    def of_counts(self, counts: list[tuple[int, Counted]], whole: Counted) -> Outcome:
        middle = Middle(whole, tuple(counts))
        return Outcome(Kind.NUMBER, middle.value, self.target.unit, middle, places=whole.places)
