"""Shares of persons: one row of the participant table in another, and women among all."""

from dataclasses import replace
from typing import ClassVar, Literal

from generator.model.entry import key, mistake
from generator.model.fields import NameKey, Rows
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.outcome import NotMeasured, Outcome, Ratio, share_outcome
from generator.model.outcomes import MASKED_GROUPS, MASKED_ROWS, Sex
from generator.model.quantities import Kind
from generator.model.settings import EmptyGroup
from generator.model.tables import UnitTables


class ShareIndicator(IndicatorBase):
    title: ClassVar = "Andel"
    meaning: ClassVar = "Antalet i en grupp delat med antalet i den större grupp som den ingår i."
    names: ClassVar = {"numerator": Subject.ROW, "denominator": Subject.ROW}

    measure: Literal["andel"] = key("mått")
    numerator: Rows = key("täljare", "Raden i deltagartabellen; flera med + emellan.")
    denominator: Rows = key("nämnare", "Raden som täljaren är en del av.")

    def outcome(self, tables: UnitTables) -> Outcome:
        numerator, denominator = tables.rows(self.numerator), tables.rows(self.denominator)
        if numerator is None or denominator is None:
            return self.not_measured(tables.why_missing(MASKED_ROWS, self.numerator + self.denominator))
        ratio = Ratio(numerator, denominator)
        if ratio.share is None:
            return self.not_measured(NotMeasured.NOBODY, ratio)
        return share_outcome(ratio)


class GenderBalanceIndicator(IndicatorBase):
    """Women / (women + men) of rows of the participant table, or of a group of people."""

    title: ClassVar = "Könsfördelning"
    meaning: ClassVar = "Antalet kvinnor delat med antalet kvinnor och män."
    names: ClassVar = {"rows": Subject.ROW, "group": Subject.GROUP_OF_PEOPLE}

    measure: Literal["könsfördelning"] = key("mått")
    rows: Rows | None = key("rad", default=None)
    group: NameKey | None = key("grupp", default=None)

    def check(self) -> None:
        super().check()
        if (self.rows is None) == (self.group is None):
            mistake(
                "måttet ”könsfördelning” behöver veta vad som fördelas",
                "Skriv antingen ”rad: deltagare” (en rad i deltagartabellen) eller ”grupp: personal”.",
            )

    def outcome(self, tables: UnitTables) -> Outcome:
        women, men = (
            tables.rows(self.rows, sex) if self.rows is not None else tables.group(self.group or "", sex)
            for sex in (Sex.WOMEN, Sex.MEN)
        )
        if women is None or men is None:
            table = MASKED_GROUPS if self.rows is None else MASKED_ROWS
            return self.not_measured(tables.why_missing(table, self.rows or (self.group or "",)))
        ratio = Ratio(women, women + men)
        if ratio.share is not None:
            return replace(share_outcome(ratio), places=women.places)
        if tables.rules.empty_group is EmptyGroup.NOT_MEASURED:
            return self.not_measured(NotMeasured.NOBODY, ratio)
        return Outcome(Kind.SHARE, None, rests_on=(ratio,), met=True, places=women.places)
