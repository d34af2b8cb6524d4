"""Several indicators as one."""

from typing import ClassVar, Literal

from generator.model.entry import key, mistake
from generator.model.fields import Id, TargetField
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.outcome import NotMeasured, Outcome, Verdicts
from generator.model.quantities import Kind
from generator.model.tables import UnitTables


class CompositeIndicator(IndicatorBase):
    title: ClassVar = "Sammansatt"
    meaning: ClassVar = "Uppfyllt när alla de indikatorer som ingår når sin nivå."
    target_kinds: ClassVar = frozenset({Kind.VERDICT})
    names: ClassVar = {"parts": Subject.INDICATOR}

    measure: Literal["sammansatt"] = key("mått")
    parts: tuple[Id, ...] = key("indikatorer", "De indikatorer som ska nå sin nivå.", min_length=1)
    level: TargetField | None = key("nivå", "Vad var och en ska nå; annars sitt eget krav.", None)

    def check(self) -> None:
        super().check()
        if self.level is not None and not self.level.is_set:
            mistake("nivån är inte satt", "Skriv en nivå, eller ta bort ”nivå”.", key="nivå")

    def outcome(self, tables: UnitTables) -> Outcome:
        verdicts = [tables.verdict_of(part, self.level) for part in self.parts]
        met = []
        for verdict in verdicts:
            if isinstance(verdict.met, NotMeasured):
                return self.not_measured(verdict.met)
            met.append(verdict.met)
        return Outcome(
            Kind.VERDICT,
            rests_on=Verdicts(self.parts, tuple(met), self.level),
            met=all(met),
            places=tuple(dict.fromkeys(place for verdict in verdicts for place in verdict.places)),
        )
