"""The map of a register of participants: which columns it has, and which rows and tables become of them."""

from __future__ import annotations

from pydantic import Field

from generator.model.entry import Entry
from generator.model.fields import ListPairs, NameKey, NestedPairs, Pairs, Text, WholeNumber, YesOrNo


class RegisterColumns(Entry):
    """The columns of a register, by their headings."""

    participant: Text = Field(alias="deltagare", description="Ett id för varje deltagare.")
    unit: Text | None = Field(None, alias="enhet")
    sex: Text = Field(alias="kön")
    start: Text = Field(alias="start")
    end: Text = Field(alias="slut")
    reason: Text = Field(alias="avslutsorsak")


class CountedRows(Entry):
    """The rows of the participant table that are counted by dates. A row that is left out is not written."""

    participants: NameKey | None = Field(None, alias="deltagare")
    new: NameKey | None = Field(None, alias="nya")
    exits: NameKey | None = Field(None, alias="avslut")
    remaining: NameKey | None = Field(None, alias="kvar")


class RegisterBackground(Entry):
    """A background table that is counted in a column: by the age that a year of birth gives, or by value.

    `categories` are what stands in the column, by the category that it is counted in. With a `separator` a
    participant may have several. Who has nothing in the column is not counted in the table.
    """

    table: NameKey = Field(alias="tabell")
    column: Text = Field(alias="kolumn")
    ages: tuple[Text, ...] = Field(
        (), alias="åldrar", description="Till exempel 20–24; kolumnen är födelseår."
    )
    categories: ListPairs = Field(Pairs(), alias="kategorier")
    separator: Text | None = Field(None, alias="flera_delas_av")
    by_unit: YesOrNo = Field(False, alias="per_enhet")


class RegisterMap(Entry):
    """register.yaml

    `values` are what the columns hold where that is not the name used here: by ”enhet” or ”kön”. `reasons`
    are the reasons for exit by the row that they are counted in; a reason may be counted in several.
    """

    heading_row: WholeNumber = Field(0, alias="rubriker_på_rad", ge=0)
    first_row: WholeNumber = Field(0, alias="deltagare_från_rad", ge=0)
    unit: NameKey | None = Field(
        None, alias="enhet", description="Deltagarnas enhet, när registret är en enhets."
    )
    columns: RegisterColumns = Field(alias="kolumner")
    values: NestedPairs = Field(Pairs(), alias="värden")
    rows: CountedRows = Field(alias="rader")
    reasons: ListPairs = Field(alias="avslutsorsaker")
    longest: WholeNumber | None = Field(
        None, alias="öppen_längst", ge=1, description="Månader; den som är kvar längre än så påpekas."
    )
    background: tuple[RegisterBackground, ...] = Field((), alias="bakgrund")
