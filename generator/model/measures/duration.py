"""How long participants have been in activity: the median of those in a row, as the register tells it."""

from fractions import Fraction
from typing import ClassVar, Literal

from generator.model.entry import key, mistake
from generator.model.fields import NameKey
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.outcome import Middle, NotMeasured, Outcome, Ratio
from generator.model.outcomes import MASKED_DURATIONS, MASKED_ROWS
from generator.model.quantities import Kind
from generator.model.tables import UnitTables

MONTH = Fraction(365, 12)  # days


class DurationIndicator(IndicatorBase):
    title: ClassVar = "Tid"
    meaning: ClassVar = (
        "Hur många dagar den mittersta deltagaren har varit med, första och sista dagen medräknade."
        " En månad räknas som 365/12 dagar."
    )
    target_kinds: ClassVar = frozenset({Kind.NUMBER})
    names: ClassVar = {"row": Subject.ROW}
    basis_word: ClassVar = "deltagare"

    measure: Literal["tid"] = key("mått")
    row: NameKey = key("rad", "Raden i deltagartabellen med dem vars tid räknas.")

    def check(self) -> None:
        super().check()
        if self.unit not in ("dagar", "månader"):
            mistake(f"en tid räknas inte i ”{self.unit}”", "Skriv kravet i dagar eller månader.", "krav")

    @property
    def unit(self) -> str:
        return self.target.unit or "dagar"

    def outcome(self, tables: UnitTables) -> Outcome:
        persons, days = tables.rows((self.row,)), tables.outcomes.durations.get((tables.unit.id, self.row))
        if persons is None:
            return self.not_measured(tables.why_missing(MASKED_ROWS, (self.row,)))
        if days is None or not persons.number:
            why = tables.why_missing(MASKED_DURATIONS, (self.row,)) if persons.number else NotMeasured.NOBODY
            return self.not_measured(why, Ratio(persons, persons))
        value = days.quantity.value / (MONTH if self.unit == "månader" else 1)
        return Outcome(Kind.NUMBER, value, self.unit, Middle(persons), places=(days.place, *persons.places))
