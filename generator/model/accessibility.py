"""What a public body states on how accessible its website is.

The law (2018:1937) on accessible digital public service asks for it in section 13, and Digg's regulation
MDFFS 2019:2 in section 6. The words of `Conformance` are prescribed; situations and methods are those of
Digg's template.
"""

from enum import StrEnum

from pydantic import Field

from generator.model.entry import Entry
from generator.model.fields import Criterion, Date, Text, WebAddress


class Conformance(StrEnum):
    FULL = "helt förenlig"
    PARTIAL = "delvis förenlig"
    NONE = "inte förenlig"


class Situation(StrEnum):
    """How somebody uses the site, after ”vid användning”."""

    WITHOUT_SIGHT = "utan synförmåga"
    LOW_VISION = "med nedsatt syn"
    COLOUR_BLIND = "med nedsatt färgseende"
    WITHOUT_HEARING = "utan hörsel"
    HARD_OF_HEARING = "med nedsatt hörsel"
    WITHOUT_SPEECH = "utan röstförmåga"
    LIMITED_HANDS = "med nedsatt finmotorik eller styrka"
    LIMITED_REACH = "med nedsatt rörlighet"
    FLICKER = "med känslighet för flimmer"
    COGNITION = "med kognitiv nedsättning"


class Method(StrEnum):
    SELF = "självskattning"
    INDEPENDENT = "oberoende granskning"
    BOTH = "självskattning och oberoende granskning"
    ESTIMATE = "uppskattning"


class Shortcoming(Entry):
    situation: Situation
    what: Text = Field(alias="brist", description="Vad som inte fungerar, och var.")
    reason: Text = Field(alias="skäl", description="Varför det inte är tillgängligt.")
    instead: Text | None = Field(None, alias="i_stället", description="Var samma innehåll är tillgängligt.")
    criterion: Criterion | None = Field(
        None, alias="kriterium", description="Numret i WCAG, till exempel 1.1.1."
    )


class Burden(Entry):
    """What would be unreasonably hard to make accessible (section 12 of the law)."""

    content: Text = Field(alias="innehåll")
    judgement: Text = Field(alias="bedömning", description="Varför det är oskäligt betungande.")


class Accessibility(Entry):
    """The key ”tillgänglighet” of webbplats.yaml."""

    name: Text = Field(alias="webbplats", description="Vad webbplatsen heter.")
    conformance: Conformance = Field(alias="förenlighet")
    assessed: Date = Field(alias="bedömd", description="Senaste bedömningen.")
    updated: Date = Field(alias="uppdaterad", description="Senaste ändringen av redogörelsen.")
    method: Method = Field(alias="metod")
    tests: Text | None = Field(None, alias="så_testades")
    shortcomings: tuple[Shortcoming, ...] = Field((), alias="brister")
    mended_by: Date | None = Field(None, alias="rättas_senast")
    burdens: tuple[Burden, ...] = Field((), alias="oskäligt_betungande")
    outside: tuple[Text, ...] = Field((), alias="omfattas_inte", description="Innehåll som lagen undantar.")
    form: WebAddress | None = Field(None, alias="formulär", description="Där läsaren meddelar brister.")
    answered_within: Text | None = Field(None, alias="svarstid", description="Till exempel två arbetsdagar.")

    @property
    def problems(self) -> list[tuple[Situation, list[Shortcoming]]]:
        """The shortcomings by situation, in the order of Digg's template."""
        return [
            (situation, found)
            for situation in Situation
            if (found := [each for each in self.shortcomings if each.situation is situation])
        ]
