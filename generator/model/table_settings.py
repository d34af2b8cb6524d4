"""Tables of amounts as an author defines them, and which of them are the financial statements."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.model.entry import Entry, key, mistake
from generator.model.fields import NameKey, Share, SumField, Text, WholeNumber, YesOrNo
from generator.model.names import as_written, name_key
from generator.model.quantities import Kind


class TableForm(StrEnum):
    """How a table of amounts is shown: bars and steps stand beside the same figures.

    A budget draws costs of one column against those that were planned, in the next.
    """

    TABLE = "tabell"
    BARS = "staplar"
    WATERFALL = "vattenfall"
    BUDGET = "budget"


class ComputedColumn(Entry):
    """A column that is computed row by row: a sum of other columns, or the share in percent of a row.

    A share may be of another column instead, in each row by itself.

    Or ”Utfall / deltagare”: a column divided by a row of the participant table, for the unit of each row.
    """

    name: NameKey = key("namn")
    equals: SumField | None = key(
        "lika_med",
        "Kolumner med + eller − emellan, till exempel Utfall − Budget,"
        " eller en kolumn per person: Utfall / deltagare.",
        None,
    )
    share_of: NameKey | None = key(
        "andel_av", "Posten som andelen räknas av, eller kolumnen: då rad för rad.", None
    )
    column: NameKey | None = key("kolumn", "Kolumnen som andelen räknas i; annars den första.", None)

    def check(self) -> None:
        if (self.equals is None) == (self.share_of is None):
            found = f"kolumnen ”{as_written(self.name)}” ska ha antingen ”lika_med” eller ”andel_av”"
            mistake(found, "Skriv till exempel lika_med: Utfall − Budget.")

    @property
    def quotient(self) -> tuple[str, str] | None:
        """The column that is divided, and the row of the participant table that it is divided by."""
        column, slash, row = (self.equals.written if self.equals else "").partition(" / ")
        return (name_key(column), name_key(row)) if slash else None

    @property
    def is_difference(self) -> bool:
        return self.equals is not None and any(term.sign < 0 for term in self.equals.terms)


PERCENT, WORDS = "%", "text"  # units of columns: those that are never added up, and those without numbers
POINTS = Kind.POINTS.value  # what lies between two in percent


def as_unit(written: str) -> str:
    return PERCENT if written.casefold() == "procent" else written


AmountUnit = Annotated[Text, AfterValidator(as_unit)]


class ColumnDefinition(Entry):
    """A column with another unit than its table's: percent, or words."""

    name: NameKey = key("namn")
    unit: AmountUnit = key("måttenhet", "Till exempel %, eller text för ord.")


class TableDefinition(Entry):
    """A table whose rows say themselves what they add up to: tabeller/<id>.csv.

    In a `rounded` table the amounts are rounded, so that a sum may differ by what rounding explains.
    With a `note` it is shown in that note instead of among the tables.
    """

    id: NameKey = Field(description="Vad tabellens fil eller blad heter.")
    title: Text = key("titel")
    unit: AmountUnit = key("måttenhet", "Vad talen är: kronor, tkr, %, eller text för ord.")
    rows_name: Text = key("poster_kallas", "Rubriken över posternas namn.", "Post")
    rounded: YesOrNo = key("avrundad", "Om talen är avrundade, så att en summa kan skilja lite.", False)
    form: TableForm = key("visas_som", "Annars bara som tabell.", TableForm.TABLE)
    drawn: NameKey | None = key("diagramkolumn", "Kolumnen som ritas; annars den första.", None)
    columns: tuple[ColumnDefinition, ...] = key(
        "kolumner", "Kolumner som har en annan måttenhet än tabellen.", ()
    )
    computed: tuple[ComputedColumn, ...] = key("beräknade_kolumner", default=())
    note: NameKey | None = key("not", "Noten som tabellen står i.", None)
    comment: Text | None = key("kommentar", "Det som läsaren behöver veta om talen, under tabellen.", None)
    source: Text | None = key("källa", "Var talen är hämtade, under tabellen.", None)

    @property
    def lead(self) -> str:
        """The title before the name of a row: ”Resultaträkning:”, ”Höll budgeten?”."""
        return self.title if self.title.endswith("?") else f"{self.title}:"

    def unit_of(self, heading: str) -> str:
        """What the amounts of a column are in: a share in percent, any other in its own or the table's."""
        between = (column.name for column in self.computed if column.is_difference and self.unit == PERCENT)
        shares = (column.name for column in self.computed if column.share_of is not None)
        own = {column.name: column.unit for column in self.columns}
        units = dict.fromkeys(between, POINTS) | own | dict.fromkeys(shares, PERCENT)
        return units.get(name_key(heading), self.unit)


class IncomeStatement(Entry):
    """Which table is the income statement, and which row its result. Rows may be sums of rows or groups."""

    table: NameKey = key("tabell", "Id för tabellen med resultaträkningen.")
    result: SumField = key("årets_resultat", "Posten med årets resultat.")


class BalanceSheet(Entry):
    table: NameKey = key("tabell", "Id för tabellen med balansräkningen.")
    assets: SumField = key("tillgångar", "Posten med alla tillgångar.")
    equity: SumField = key("eget_kapital", "Posten med det egna kapitalet.")
    liabilities: SumField = key("skulder", "Avsättningar och skulder tillsammans.")
    result: SumField | None = key("årets_resultat", "Posten med årets resultat.", None)
    cash: SumField | None = key("kassa", "Kassa och bank.", None)


class CashFlow(Entry):
    table: NameKey = key("tabell", "Id för tabellen med kassaflödet.")
    change: SumField = key("förändring", "Årets kassaflöde.")


class CapitalCeiling(Entry):
    """How much may be saved: shares of the year's funds, `share` up to `limit` kronor and less above."""

    table: NameKey = key("tabell", "Id för tabellen med parternas medel.")
    funds: SumField = key("medel", "Posten med de medel som parterna gav för året.")
    share: Share = key("andel", "Hur stor del av medlen som får sparas; annars 20 %.", Fraction(20, 100))
    limit: WholeNumber = key("brytpunkt", "Belopp i kronor; annars 7 000 000.", 7_000_000, ge=0)
    share_above: Share = key(
        "andel_över", "Hur stor del av det som är över brytpunkten; annars 15 %.", Fraction(15, 100)
    )


class Economy(Entry):
    """Which tables and rows are the financial statements, so that what must agree is compared."""

    income: IncomeStatement | None = key("resultaträkning", default=None)
    balance: BalanceSheet | None = key("balansräkning", default=None)
    cash_flow: CashFlow | None = key("kassaflöde", default=None)
    ceiling: CapitalCeiling | None = key("kapitaltak", default=None)
