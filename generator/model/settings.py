"""bokslut.yaml and webbplats.yaml: what the report is called, its rules, units and tables."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from generator.model.accessibility import Accessibility
from generator.model.entry import Entry, former_id, key, mistake
from generator.model.fields import (
    UNSEEN_KEY,
    Date,
    Email,
    Id,
    NameKey,
    PartField,
    Points,
    ReportYear,
    Share,
    SiteAddress,
    SumField,
    Text,
    Threshold,
    Unseen,
    WebAddress,
    WholeNumber,
    YesOrNo,
)
from generator.model.names import lower_first, name_key
from generator.model.open_data import Licence
from generator.model.periods import Period
from generator.model.quantities import Rounding
from generator.model.table_settings import Economy, TableDefinition


class EmptyGroup(StrEnum):
    """What the gender balance of nobody (0 of 0) counts as."""

    MET = "uppfyllt"
    NOT_MEASURED = "ej mätt"


class Rules(Entry):
    """Defaults are those of the social accounts of 2021. Shares and points are fractions of one."""

    index_target: Share = key("indexmål", "Index som räcker för grönt; annars 70 %.", Fraction(70, 100))
    index_margin: Points = key(
        "indexmarginal", "Hur långt under det som ger orange; annars 5 procentenheter.", Fraction(5, 100)
    )
    margin: Points = key(
        "marginal", "Hur långt från ett krav som ger orange; annars 5 procentenheter.", Fraction(5, 100)
    )
    signals: WholeNumber = key("signaler", "Hur många signaler det finns: 2, 3 eller 4.", 3, ge=2, le=4)
    signal_names: tuple[Text, ...] = key("signalnamn", "Vad signalerna heter, den bästa först.", ())
    outer_margin: Points | None = key(
        "yttre_marginal", "Hur långt från kravet som ger den tredje av fyra signaler.", None
    )
    orange_credit: Share = key(
        "orange_ger", "Hur stor del av poängen som orange ger; annars 0 %.", Fraction(0)
    )
    partly_credit: Share = key(
        "delvis_ger", "Hur stor del den tredje av fyra signaler ger; annars 0 %.", Fraction(0)
    )
    minimum_answers: WholeNumber = key(
        "minsta_antal_svar", "Så många svar som behövs för att en fråga ska räknas.", 1, ge=1
    )
    empty_group: EmptyGroup = key(
        "tom_grupp", "Vad en könsfördelning bland noll personer räknas som.", EmptyGroup.MET
    )
    rounding: Rounding = key("avrundning", "Åt vilket håll ett tal mitt emellan avrundas.", Rounding.HALF_UP)
    small_basis: WholeNumber = key(
        "litet_underlag", "Färre svar eller personer än så är ett litet underlag.", 20, ge=1
    )

    def check(self) -> None:
        if self.signal_names and not len(self.signal_names) == len({*self.signal_names}) == self.signals:
            found = f"det finns {self.signals} signaler, men {len({*self.signal_names})} olika namn"
            mistake(found, "Skriv ett namn för varje signal, den bästa först.", "signalnamn")
        if self.partly_credit > self.orange_credit and self.signals == 4:
            mistake("”delvis_ger” är mer än ”orange_ger”", "En sämre signal kan inte ge mer.", "delvis_ger")
        if self.signals == 4 and (self.outer_margin is None or self.outer_margin <= self.margin):
            found = "med fyra signaler behövs en yttre marginal som är större än marginalen"
            wider = min(3 * self.margin, Fraction(1)) or Fraction(15, 100)
            example = f"yttre_marginal: {float(100 * wider):g} procentenheter".replace(".", ",")
            mistake(found, f"Skriv raden ”{example}” under ”signaler: 4”.", "signaler")
        if self.signals < 4 and (self.outer_margin is not None or self.partly_credit):
            key = "delvis_ger" if self.outer_margin is None else "yttre_marginal"
            mistake(f"”{key}” gäller bara fyra signaler", f"Ta bort ”{key}”, eller skriv ”signaler: 4”.", key)


class Unit(Entry):
    """A part of the organisation with results of its own."""

    id: NameKey = Field(description="Vad enheten kallas i tabeller, filer och adresser.")
    name: Text = key("namn")
    short_name: Text | None = key("kort", "Namnet där platsen är liten.", None)
    former_name: Text | None = key("hette", "Förbundets namn i tidigare bokslut, om det var ett annat.", None)
    location: Text | None = key("kommun", "Kommunen som enheten hör till.", None)
    division: Text | None = key(
        "indelning", "Vad enheten är en del av, när det hela delas på två sätt.", None
    )

    @property
    def in_sentence(self) -> str:
        """”förbundet”; a name of its own, which the whole name has, stays as it is: ”Kusten”."""
        name = self.short_name or self.name
        after = self.name.rpartition(name)[2].strip()
        is_own = name in self.name and not after[:1].isupper()
        return name if is_own else lower_first(name)

    @property
    def location_key(self) -> str:
        return name_key(self.location or "")

    def is_called(self, name: str) -> bool:
        """Whether an author or reader may call it so: by its id or either of its names."""
        names = (self.id, name_key(self.name), name_key(self.short_name or ""))
        return name_key(name) in {*names} - {""}


class RowDefinition(Entry):
    """A row of the participant table. Its percentage is a share of the row `share_of`.

    Level 0 stands by itself; 1 and 2 are parts of the nearest row above with a lower level. `equals` is
    what the row must add up to, for every unit and sex. A row may count `persons`: somebody who has been
    in two units is one in the association, which then is not their sum.
    """

    id: NameKey = Field(description="Vad raden kallas i tabellerna och i budgeten.")
    name: Text = key("namn")
    short_name: Text | None = key("kort", "Namnet mitt i en mening.", None)
    share_of: NameKey | None = key("andel_av", "Raden som andelen räknas av.", None)
    level: WholeNumber = key("nivå", "Hur långt in raden står: 0, 1 eller 2.", 0, ge=0, le=2)
    persons: YesOrNo = key("unika", "Om raden räknar personer, så att ingen räknas två gånger.", False)
    corresponds: NameKey | None = former_id("Radens")
    equals: SumField | None = key(
        "lika_med", "Raderna som ska ge samma tal, till exempel deltagare − avslut.", None
    )


def parts_of_wholes(rows: Iterable[RowDefinition]) -> Iterator[tuple[str, str]]:
    """Rows with those that they are a part of: the nearest less indented above, and that of their share."""
    above: list[RowDefinition] = []
    for row in rows:
        while above and above[-1].level >= row.level:
            above.pop()
        wholes = [above[-1].id] if above else []
        above.append(row)
        if row.share_of is not None:
            wholes.append(row.share_of)
        yield from ((row.id, whole) for whole in dict.fromkeys(wholes) if whole != row.id)


class BackgroundDefinition(Entry):
    """Participants by background. `equals` are tables or rows with the same sum, for every sex."""

    id: NameKey
    title: Text = key("titel")
    note: Text | None = key("kommentar", default=None)
    equals: SumField | None = key("lika_med", "Tabeller eller rader vars summa ska vara densamma.", None)


class Signatures(Entry):
    """Who sign the annual report: roles, never names."""

    town: Text = key("ort", "Orten där det skrivs under.")
    roles: tuple[Text, ...] = key("roller", "Roller, aldrig namn.", min_length=1)


class OwnPart(Entry):
    """A part that the author makes of texts and tables."""

    id: NameKey
    title: Text = key("titel")
    lead: Text = key("ingress", "En mening om vad delen innehåller.")
    tables: tuple[NameKey, ...] = key("tabeller", default=())


PartEntry = Annotated[
    Annotated[NameKey, Tag("namn")] | Annotated[OwnPart, Tag("egen")],
    Discriminator(lambda value: "egen" if isinstance(value, dict | OwnPart) else "namn"),
]


class SeriesDefinition(Entry):
    """A figure that is followed over the years in the table of values."""

    id: NameKey
    name: Text = key("namn")


class Detail(StrEnum):
    """What is printed only where a report asks for it. The web has all of it."""

    BUDGET = "social budget"
    CALCULATIONS = "uträkningar"
    RECONCILIATION = "avstämning"
    SCALES = "svarsskalor"
    UNIT_PARTICIPANTS = "enheternas deltagare"
    UNIT_INDICATORS = "enheternas indikatorer"
    DATA = "öppna data"
    ENGLISH = "engelska"


class Paper(StrEnum):
    UNCOATED = "obestruket"
    COATED = "bestruket"


class PrintSettings(Entry):
    """How the report is printed as a booklet."""

    size: Literal["A5", "A4"] = key("format", "Sidans storlek i tryckfilen.", "A5")
    paper: Paper = key("papper", "Avgör tryckfilens färgprofil.", Paper.UNCOATED)
    details: tuple[Detail, ...] = key("med", "Det som annars bara finns på webben men ska tryckas.", ())
    unprinted: tuple[NameKey, ...] = key(
        "utan", "Texter, egna delar och tabeller som bara ska finnas på webben.", ()
    )
    words: Text | None = key("insida", "Orden på omslagets insida, i stället för programmets.", None)


class ReportSettings(Entry):
    """bokslut.yaml"""

    title: Text = key("titel", "Vad bokslutet eller planen heter.")
    kind: Literal["bokslut", "plan"] = key("typ", "En plan görs före året och har inga utfall.", "bokslut")
    planned_in: Id | None = key("plan", "Mappen för den plan som bokslutet följer upp.", None)
    year: ReportYear = key("år", "Året som det gäller, till exempel 2021.")
    part: PartField | None = key(
        "period", "Den del av året som rapporten gäller, till exempel tertial 2.", None
    )
    targets_of_part: YesOrNo = key("kraven_gäller_perioden", "Annars gäller kraven hela året.", False)
    published: Date = key("publicerad", "Dagen då det publiceras: år-månad-dag.")
    theme: Id = key("tema", "Utseendet: mappen i themes, till exempel umea.")
    is_draft: YesOrNo = key("utkast", "Märker varje sida som utkast, tills rapporten är fastställd.", False)
    disclosure_threshold: Threshold = key(
        "röjandekontroll", "”av”, eller det minsta antal personer som får visas."
    )
    spreads: YesOrNo = key("uppslag", "I tryck: mål och krav till vänster, resultat till höger.", False)
    unseen: Unseen | None = key(UNSEEN_KEY, "Om dolda rader, kolumner och blad i arbetsböcker räknas.", None)
    empty_is_masked: YesOrNo = key(
        "tomt_är_skyddat", "Om en tom cell är ett antal som källan skyddar.", False
    )
    printing: PrintSettings = key("tryck", default=PrintSettings.model_construct())
    compared_with: Id | None = key("jämförs_med", "Mappen för den rapport som index jämförs med.", None)
    association: Unit = key("förbund")
    unit_name: Text = key("enheter_kallas_en", "Vad en enhet kallas, till exempel plattform.", "enhet")
    units_name: Text = key(
        "enheter_kallas_flera", "Vad de kallas tillsammans, till exempel plattformar.", "enheter"
    )
    units: tuple[Unit, ...] = key("enheter", default=())
    rules: Rules = key("regler", default=Rules.model_construct())
    rows: tuple[RowDefinition, ...] = key("deltagarrader", default=())
    background: tuple[BackgroundDefinition, ...] = key("bakgrundstabeller", default=())
    series: tuple[SeriesDefinition, ...] = key("serier", default=())
    tables: tuple[TableDefinition, ...] = key("tabeller", default=())
    economy: Economy = key("ekonomi", default=Economy.model_construct())
    contents: tuple[PartEntry, ...] | None = key("innehåll", "Rapportens delar i ordning; annars alla.", None)
    signatures: Signatures | None = key("underskrifter", default=None)

    def check(self) -> None:
        if self.part is not None and self.part.year not in (None, self.year):
            found = f"perioden är {self.part.name} {self.part.year}, men året {self.year}"
            mistake(found, "Skriv samma år på båda ställena, eller bara under ”år”.", "period")
        if self.part is None and self.targets_of_part:
            remedy = "Ta bort ”kraven_gäller_perioden”, eller lägg till ”period”."
            mistake("rapporten gäller hela året", remedy, "kraven_gäller_perioden")
        if len(self.divisions) > 1 and "" in self.divisions:
            remedy = "Skriv ”indelning: …” på var och en, eller på ingen."
            mistake("alla enheter har inte en indelning", remedy, "enheter")
        if self.kind == "plan" and self.planned_in is not None:
            remedy = "Ta bort ”plan”, eller ”typ: plan”."
            mistake("en plan följer inte upp någon annan plan", remedy, "plan")

    @property
    def called(self) -> str:
        """What the report is, in the middle of a sentence."""
        return "planen" if self.kind == "plan" else "bokslutet"

    @property
    def period(self) -> Period:
        return Period(self.year, self.part)

    @property
    def every_unit(self) -> tuple[Unit, ...]:
        """The association first, then its units."""
        return (self.association, *self.units)

    @property
    def divisions(self) -> dict[str, tuple[str, ...]]:
        """The ids of the units by the division that they belong to; each division is the whole."""
        found: dict[str, tuple[str, ...]] = {}
        for unit in self.units:
            found[unit.division or ""] = (*found.get(unit.division or "", ()), unit.id)
        return found

    @property
    def unit_names(self) -> dict[str, str]:
        return {unit.id: unit.name for unit in self.every_unit}

    @property
    def towns(self) -> dict[str, str]:
        """The towns of the association and its units, by their name keys."""
        return {unit.location_key: unit.location for unit in self.every_unit if unit.location}

    @property
    def is_annual_report(self) -> bool:
        """Whether the board signs the financial statements in it."""
        statements = (self.economy.income, self.economy.balance, self.signatures)
        return None not in statements


class ContactSettings(Entry):
    email: Email = key("e-post")
    phone: Text | None = key("telefon", default=None)
    web: WebAddress | None = key("webb", default=None)


class SiteSettings(Entry):
    """webbplats.yaml"""

    organisation: Text
    wordmark: tuple[Text, ...] = key("ordmärke", default=())
    base_url: SiteAddress | None = key("basadress", default=None)
    notice: Text | None = key("upplysning", "Visas på varje sida, till exempel att det är ett utkast.", None)
    licence: Licence | None = key(
        "licens", "Vad andra får göra med öppna data: allt, eller allt med källa.", None
    )
    front: Id = key("framsida", "Mappen för den rapport som visas först.")
    contact: ContactSettings = key("kontakt")
    accessibility: Accessibility | None = key("tillgänglighet", "Tillgänglighetsredogörelsen.", None)

    @property
    def root_url(self) -> str:
        """The site's address with a slash at its end, "" when it is not known."""
        return f"{self.base_url.rstrip('/')}/" if self.base_url else ""
