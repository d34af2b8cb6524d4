"""Tables of amounts as an author defines them, and which of them are the financial statements."""

from enum import StrEnum
from fractions import Fraction

from pydantic import Field

from generator.model.entry import Entry, mistake
from generator.model.fields import NameKey, Share, SumField, Text, WholeNumber, YesOrNo
from generator.model.names import as_written, name_key


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

    name: NameKey = Field(alias="namn")
    equals: SumField | None = Field(
        None,
        alias="lika_med",
        description="Kolumner med + eller − emellan, till exempel Utfall − Budget,"
        " eller en kolumn per person: Utfall / deltagare.",
    )
    share_of: NameKey | None = Field(
        None, alias="andel_av", description="Posten som andelen räknas av, eller kolumnen: då rad för rad."
    )
    column: NameKey | None = Field(
        None, alias="kolumn", description="Kolumnen som andelen räknas i; annars den första."
    )

    def check(self) -> None:
        if (self.equals is None) == (self.share_of is None):
            found = f"kolumnen ”{as_written(self.name)}” ska ha antingen ”lika_med” eller ”andel_av”"
            mistake(found, "Skriv till exempel lika_med: Utfall − Budget.")

    @property
    def quotient(self) -> tuple[str, str] | None:
        """The column that is divided, and the row of the participant table that it is divided by."""
        column, slash, row = (self.equals.written if self.equals else "").partition(" / ")
        return (name_key(column), name_key(row)) if slash else None


PERCENT, WORDS = "%", "text"  # units of columns: those that are never added up, and those without numbers


class ColumnDefinition(Entry):
    """A column with another unit than its table's: percent, or words."""

    name: NameKey = Field(alias="namn")
    unit: Text = Field(alias="måttenhet", description="Till exempel %, eller text för ord.")


class TableDefinition(Entry):
    """A table whose rows say themselves what they add up to: tabeller/<id>.csv.

    In a `rounded` table the amounts are rounded, so that a sum may differ by what rounding explains.
    With a `note` it is shown in that note instead of among the tables.
    """

    id: NameKey = Field(description="Vad tabellens fil eller blad heter.")
    title: Text = Field(alias="titel")
    unit: Text = Field(alias="måttenhet", description="Vad talen är: kronor, tkr, %, eller text för ord.")
    rows_name: Text = Field("Post", alias="poster_kallas", description="Rubriken över posternas namn.")
    rounded: YesOrNo = Field(
        False, alias="avrundad", description="Om talen är avrundade, så att en summa kan skilja lite."
    )
    form: TableForm = Field(TableForm.TABLE, alias="visas_som", description="Annars bara som tabell.")
    drawn: NameKey | None = Field(
        None, alias="diagramkolumn", description="Kolumnen som ritas; annars den första."
    )
    columns: tuple[ColumnDefinition, ...] = Field(
        (), alias="kolumner", description="Kolumner som har en annan måttenhet än tabellen."
    )
    computed: tuple[ComputedColumn, ...] = Field((), alias="beräknade_kolumner")
    note: NameKey | None = Field(None, alias="not", description="Noten som tabellen står i.")
    comment: Text | None = Field(
        None, alias="kommentar", description="Det som läsaren behöver veta om talen, under tabellen."
    )
    source: Text | None = Field(None, alias="källa", description="Var talen är hämtade, under tabellen.")

    def unit_of(self, heading: str) -> str:
        """What the amounts of a column are in: a share in percent, any other in its own or the table's."""
        shares = (column.name for column in self.computed if column.share_of is not None)
        units = {column.name: column.unit for column in self.columns} | dict.fromkeys(shares, PERCENT)
        return units.get(name_key(heading), self.unit)


class IncomeStatement(Entry):
    """Which table is the income statement, and which row its result. Rows may be sums of rows or groups."""

    table: NameKey = Field(alias="tabell", description="Id för tabellen med resultaträkningen.")
    result: SumField = Field(alias="årets_resultat", description="Posten med årets resultat.")


class BalanceSheet(Entry):
    table: NameKey = Field(alias="tabell", description="Id för tabellen med balansräkningen.")
    assets: SumField = Field(alias="tillgångar", description="Posten med alla tillgångar.")
    equity: SumField = Field(alias="eget_kapital", description="Posten med det egna kapitalet.")
    liabilities: SumField = Field(alias="skulder", description="Avsättningar och skulder tillsammans.")
    result: SumField | None = Field(None, alias="årets_resultat", description="Posten med årets resultat.")
    cash: SumField | None = Field(None, alias="kassa", description="Kassa och bank.")


class CashFlow(Entry):
    table: NameKey = Field(alias="tabell", description="Id för tabellen med kassaflödet.")
    change: SumField = Field(alias="förändring", description="Årets kassaflöde.")


class CapitalCeiling(Entry):
    """How much may be saved: shares of the year's funds, `share` up to `limit` kronor and less above."""

    table: NameKey = Field(alias="tabell", description="Id för tabellen med parternas medel.")
    funds: SumField = Field(alias="medel", description="Posten med de medel som parterna gav för året.")
    share: Share = Field(
        Fraction(20, 100), alias="andel", description="Hur stor del av medlen som får sparas; annars 20 %."
    )
    limit: WholeNumber = Field(
        7_000_000, alias="brytpunkt", ge=0, description="Belopp i kronor; annars 7 000 000."
    )
    share_above: Share = Field(
        Fraction(15, 100),
        alias="andel_över",
        description="Hur stor del av det som är över brytpunkten; annars 15 %.",
    )


class Economy(Entry):
    """Which tables and rows are the financial statements, so that what must agree is compared."""

    income: IncomeStatement | None = Field(None, alias="resultaträkning")
    balance: BalanceSheet | None = Field(None, alias="balansräkning")
    cash_flow: CashFlow | None = Field(None, alias="kassaflöde")
    ceiling: CapitalCeiling | None = Field(None, alias="kapitaltak")
