"""The map of a register of participants: which columns it has, and which rows and tables become of them."""

import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema

from generator.model.entry import Entry, key, mistake
from generator.model.fields import ListPairs, NameKey, OneOrMore, Pairs, Text, WholeNumber, YesOrNo
from generator.model.frozen import Frozen
from generator.model.names import name_key, value_key
from generator.model.outcomes import SUM
from generator.model.raw import FileMap

_EXAMPLES = "Skriv till exempel 20–24 eller 65+."


class AgeGroup(Frozen, order=True):
    """Those who turn at least `first` and at most `last` years during the year; without `last` all above."""

    first: int
    last: float = float("inf")

    @property
    def label(self) -> str:
        if self.last == float("inf"):
            return f"{self.first}+"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def __contains__(self, age: int) -> bool:
        return self.first <= age <= self.last


def _age_group(value: Any) -> AgeGroup:
    written = str(value).strip()
    read = re.fullmatch(r"([0-9]{1,3})(?: ?[–-] ?([0-9]{1,3})|( ?\+))?", written)
    if read is None:
        mistake(f"åldern ”{written}” går inte att tolka", _EXAMPLES)
    first, last, is_open = read.groups()
    group = AgeGroup(int(first)) if is_open else AgeGroup(int(first), int(last or first))
    if group.last < group.first:
        mistake(f"åldern ”{written}” slutar före den börjar", _EXAMPLES)
    return group


AgeGroupField = Annotated[
    AgeGroup, PlainValidator(_age_group), WithJsonSchema({"type": ["string", "integer"]})
]


class RegisterColumns(Entry):
    participant: Text = key("deltagare", "Ett id för varje deltagare.")
    unit: OneOrMore[Text] | None = key(
        "enhet", "En kolumn, eller en för varje indelning i deras ordning.", None
    )
    sex: Text = key("kön")
    start: Text = key("start")
    end: Text = key("slut")
    reason: Text | None = key("avslutsorsak", default=None)


class CountedRows(Entry):
    """The rows of the participant table that are counted by dates. A row that is left out is not written."""

    participants: NameKey | None = key("deltagare", default=None)
    new: NameKey | None = key("nya", default=None)
    exits: NameKey | None = key("avslut", default=None)
    remaining: NameKey | None = key("kvar", default=None)


class RegisterStatus(Entry):
    """Rows that are counted by what stands in a column: how those who left were doing then, or later.

    With `before` it is how the value differs from that of another column, by the order of `steps`. Those are
    counted who are in a row by dates; with `months` those who left so many months before a day of the period.
    """

    column: Text = key("kolumn")
    before: Text | None = key("före", "Kolumnen med samma sak före.", None)
    steps: ListPairs = key("steg", "Vad som står i de två kolumnerna, från lägst till högst.", Pairs())
    of: Literal["deltagare", "nya", "avslut", "kvar"] = key("gäller", default="avslut")
    months: WholeNumber = key("månader_efter", "Hur långt efter slutet.", 0, ge=0)
    rows: ListPairs = key("rader")

    def check(self) -> None:
        if self.months and self.of != "avslut":
            mistake("en uppföljning gäller dem som har avslutat", "Ta bort ”gäller”.", "gäller")
        if (self.before is None) != (not self.steps):
            remedy = "Skriv båda när två kolumner jämförs, annars ingen av dem."
            mistake("”före” och ”steg” hör ihop", remedy, "kolumn")


class RegisterBackground(Entry):
    """A background table that is counted in a column: by the age that a year of birth gives, or by value.

    `categories` are what stands in the column, beside its own name, by the category that it is counted in.
    With a `separator` a participant may have several. Who has nothing in the column is not counted.
    """

    table: NameKey = key("tabell")
    column: Text = key("kolumn")
    ages: tuple[AgeGroupField, ...] = key(
        "åldrar", "Till exempel 20–24; i kolumnen står födelseår eller personnummer.", ()
    )
    is_age: YesOrNo = key("ålder_i_år", "Om kolumnen har åldern i stället för födelseåret.", False)
    categories: ListPairs = key("kategorier", default=Pairs())
    separator: Text | None = key("flera_delas_av", default=None)
    by_unit: YesOrNo = key("per_enhet", default=False)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(group.label for group in self.ages) or tuple(self.categories)

    @property
    def values(self) -> list[tuple[str, str]]:
        """What may stand in the column, each with its category."""
        return [(value, name) for name, values in self.categories.items() for value in (name, *values)]

    @property
    def category_by_value(self) -> dict[str, str]:
        return {value_key(value): category for value, category in self.values}

    def check(self) -> None:
        if bool(self.ages) == bool(self.categories):
            found = "tabellen har både åldrar och kategorier" if self.ages else "kategorier saknas"
            mistake(found, "Skriv antingen ”åldrar” eller ”kategorier”.", "tabell")
        if self.ages and self.separator:
            mistake("en deltagare har bara en ålder", "Ta bort ”flera_delas_av”.", "flera_delas_av")
        for younger, older in pairwise(sorted(self.ages)):
            if older.first <= younger.last:
                found = f"åldrarna ”{younger.label}” och ”{older.label}” överlappar"
                mistake(found, "Låt varje ålder höra till en enda grupp.", "åldrar")
        for category in self.categories:
            if name_key(category) == SUM:
                mistake(f"en kategori kan inte heta ”{category}”", "Byt namn på den.", "kategorier")
        for value, category in self.values:
            other = self.category_by_value[value_key(value)]
            if other != category:
                found = f"”{value}” hör till både ”{category}” och ”{other}”"
                mistake(found, "Låt det höra till en enda kategori.", "kategorier")


class RegisterMap(FileMap):
    """register.yaml

    `values` are by ”enhet” or ”kön”. `reasons` are the reasons for exit by the row that they are counted in;
    a reason may be counted in several, or in none when it is one of the `other_reasons`.
    """

    first_row: WholeNumber = key("deltagare_från_rad", default=0, ge=0)
    unit: NameKey | None = key("enhet", "Deltagarnas enhet, när registret är en enhets.", None)
    columns: RegisterColumns = key("kolumner")
    no_end: tuple[Text, ...] = key(
        "inget_slut", "Det som betyder att deltagaren är kvar. Tomt gör det alltid.", ()
    )
    rows: CountedRows = key("rader")
    reasons: ListPairs = key("avslutsorsaker", default=Pairs())
    other_reasons: tuple[Text, ...] = key(
        "övriga_orsaker", "Orsaker som bara räknas som avslut, inte på en egen rad.", ()
    )
    statuses: tuple[RegisterStatus, ...] = key("lägen", default=())
    longest: WholeNumber | None = key(
        "öppen_längst", "Månader; den som är kvar längre än så påpekas.", None, ge=1
    )
    background: tuple[RegisterBackground, ...] = key("bakgrund", default=())
    timed: tuple[NameKey, ...] = key("tider", "Rader vars deltagares tid räknas, som median i dagar.", ())

    def check(self) -> None:
        if self.unit is not None and self.columns.unit is not None:
            remedy = "Ta bort ”enhet” överst om kolumnen säger vilken enhet det är, eller annars kolumnen."
            mistake("enheten står både överst och bland kolumnerna", remedy, "enhet")
        if (self.reasons or self.other_reasons) and self.columns.reason is None:
            remedy = "Lägg till ”avslutsorsak: …” under ”kolumner”."
            mistake("avslutsorsakerna har ingen kolumn", remedy, "avslutsorsaker")
        if self.columns.reason is not None and not (self.reasons or self.other_reasons):
            remedy = "Lägg till ”avslutsorsaker” eller ”övriga_orsaker”, eller ta bort kolumnen."
            mistake("det saknas rader för avslutsorsakerna", remedy, "kolumner")
        counted = {value_key(reason) for reasons in self.reasons.values() for reason in reasons}
        if twice := next((reason for reason in self.other_reasons if value_key(reason) in counted), None):
            remedy = "Behåll den på ett av ställena."
            mistake(f"”{twice}” står både på en rad och bland övriga", remedy, "övriga_orsaker")
