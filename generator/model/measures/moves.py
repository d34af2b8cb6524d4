"""Before and after: how many of the same respondents answer higher, the same or lower the second time."""

from dataclasses import replace
from typing import ClassVar, Literal

from generator.model.entry import key
from generator.model.fields import OneOrMore, Text
from generator.model.measures.answers import AnswerIndicator
from generator.model.outcome import Outcome
from generator.model.outcomes import Sex
from generator.model.survey import HIGHER, MOVES
from generator.model.tables import UnitTables


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
        moves = tuple(
            (move, tables.answers(self.group, self.question, Sex.ALL, frozenset({move}))[0]) for move in MOVES
        )
        return replace(outcome, rests_on=tuple(replace(ratio, divided=moves) for ratio in outcome.ratios))
