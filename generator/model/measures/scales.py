"""The mean and the median of answers whose scale has numbers."""

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Literal

from generator.model.entry import key
from generator.model.measures.answers import AskedIndicator
from generator.model.outcome import Counted, Middle, Outcome, Ratio
from generator.model.outcomes import Sex
from generator.model.quantities import Kind
from generator.model.tables import UnitTables

if TYPE_CHECKING:
    from generator.model.report import Report


class ScaleIndicator(AskedIndicator):
    """What the two share: how many gave each number of the scale."""

    target_kinds: ClassVar = frozenset({Kind.NUMBER})
    basis_word: ClassVar = "svar"

    def outcome(self, tables: UnitTables) -> Outcome:
        numbers = tables.report.survey.numbers_of(self.question)
        counts = [
            (number, tables.answers(self.group, self.question, Sex.ALL, frozenset({answer})))
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
