"""An amount of a table divided by persons or by another amount: kronor per participant."""

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from generator.model.accounts import scale_of_money
from generator.model.amounts import Amount
from generator.model.entry import Entry, key, mistake
from generator.model.fields import NameKey, Rows
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.outcome import NotMeasured, Outcome, Ratio, Uncounted
from generator.model.outcomes import MASKED_ROWS
from generator.model.quantities import Kind
from generator.model.settings import Unit
from generator.model.tables import UnitTables, amount_of

if TYPE_CHECKING:
    from generator.model.report import Report


class AmountOf(Entry):
    """An amount of a table: the unit's own row or group, or the row that is named, which is of the whole."""

    table: NameKey = key("tabell")
    row: NameKey | None = key("post", "Annars enhetens egen rad eller grupp.", None)
    column: NameKey | None = key("kolumn", "Annars den med bokslutets år, eller den första.", None)


class QuotientIndicator(IndicatorBase):
    title: ClassVar = "Kvot"
    meaning: ClassVar = "Ett belopp delat med ett antal personer eller med ett annat belopp."
    target_kinds: ClassVar = frozenset({Kind.NUMBER, Kind.SHARE})
    exceeds: ClassVar = True
    is_of_amount: ClassVar = True
    names: ClassVar = {"denominator": Subject.ROW}

    measure: Literal["kvot"] = key("mått")
    amount: AmountOf = key("belopp", "Beloppets tabell, och vid behov post och kolumn.")
    denominator: Rows | None = key("nämnare", "Rader i deltagartabellen.", None)
    other: AmountOf | None = key("delat_med", "Ett annat belopp.", None)

    def check(self) -> None:
        super().check()
        if (self.denominator is None) == (self.other is None):
            found = "måttet ”kvot” behöver veta vad beloppet delas med"
            mistake(found, "Skriv antingen ”nämnare: deltagare” eller ”delat_med: {tabell: …, post: …}”.")

    def outcome(self, tables: UnitTables) -> Outcome:
        first, other = self.amounts(tables.report, tables.unit)
        part = self._counted(first, first)
        whole = self._counted(other, first) if self.other else tables.rows(self.denominator or ())
        if first is None or part is None or whole is None:
            return self.not_measured(tables.why_missing(MASKED_ROWS, self.denominator or ()))
        ratio = Ratio(part, whole)
        if not whole.number:
            return self.not_measured(NotMeasured.NOBODY, ratio)
        return Outcome(self.kind, ratio.share, self.target.unit or first.unit, (ratio,), places=ratio.places)

    def amounts(self, report: "Report", unit: Unit) -> list[Amount | None]:
        """The amount and the other one, of a unit."""
        asked = (self.amount, self.other)
        return [amount_of(report, unit, of.table, of.row, of.column) if of else None for of in asked]

    def _counted(self, amount: Amount | None, first: Amount | None) -> Uncounted | None:
        if amount is None or first is None or amount.value is None:
            return None
        return Uncounted(amount.value * (self.scale(amount, first) or 1), amount.cells)

    def scale(self, amount: Amount, first: Amount) -> Fraction | None:
        """From the unit of an amount to what it is counted in; None where one is no money.

        In a quotient in percent all is counted as the first amount, else as the target says: ”kronor per
        deltagare”. Money that it says nothing of is divided by money of one unit.
        """
        unit, _, per = self.target.unit.partition(" per ")
        if self.kind is Kind.SHARE or amount is first:
            is_by_person = self.target.limits and not self.other
            return scale_of_money(amount.unit, unit if unit or is_by_person else first.unit)
        return scale_of_money(amount.unit, per or unit or first.unit) or Fraction(1)
