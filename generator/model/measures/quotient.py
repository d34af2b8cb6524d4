"""An amount of a table divided by persons or by another amount: kronor per participant."""

from collections.abc import Callable
from fractions import Fraction
from typing import ClassVar, Literal

from generator.model.accounts import scale_of_money
from generator.model.entry import Entry, key, mistake
from generator.model.fields import NameKey, Rows
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.outcome import NotMeasured, Outcome, Ratio, Uncounted
from generator.model.outcomes import MASKED_ROWS
from generator.model.quantities import Kind
from generator.model.tables import UnitTables


class AmountOf(Entry):
    """An amount of a table: the unit's own row or group, or the row that is named, which is of the whole."""

    table: NameKey = key("tabell")
    row: NameKey | None = key("post", "Annars enhetens egen rad eller grupp.", None)
    column: NameKey | None = key("kolumn", "Annars den första.", None)


class QuotientIndicator(IndicatorBase):
    title: ClassVar = "Kvot"
    meaning: ClassVar = "Ett belopp delat med ett antal personer eller med ett annat belopp."
    target_kinds: ClassVar = frozenset({Kind.NUMBER, Kind.SHARE})
    exceeds: ClassVar = True
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
        part = self._of(self.amount, tables)
        whole = self._of(self.other, tables) if self.other else tables.rows(self.denominator or ())
        if part is None or whole is None:
            return self.not_measured(tables.why_missing(MASKED_ROWS, self.denominator or ()))
        ratio = Ratio(part, whole)
        if not whole.number:
            return self.not_measured(NotMeasured.NOBODY, ratio)
        unit = self.target.unit or tables.unit_of(self.amount.table)
        return Outcome(self.kind, ratio.share, unit, (ratio,), places=ratio.places)

    def _of(self, amount: AmountOf, tables: UnitTables) -> Uncounted | None:
        found = tables.amount(amount.table, amount.row, amount.column)
        if found is None or found.value is None:
            return None
        scale = self.scale(amount, tables.unit_of)
        return Uncounted(found.value * (1 if scale is None else scale), found.cells)

    def scale(self, amount: AmountOf, unit_of: Callable[[str], str]) -> Fraction | None:
        """From the unit of an amount to what it is counted in; None where one is no money.

        In a quotient in percent all is counted as the first amount, else that as the target says: kronor of
        ”kronor per deltagare”.
        """
        if self.kind is Kind.SHARE:
            return scale_of_money(unit_of(amount.table), unit_of(self.amount.table))
        unit = self.target.unit.partition(" per ")[0] if amount is self.amount else ""
        return scale_of_money(unit_of(amount.table), unit)
