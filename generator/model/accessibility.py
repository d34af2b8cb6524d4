"""What a public body states on how accessible its website is.

The law (2018:1937) on accessible digital public service asks for it in section 13, and Digg's regulation
MDFFS 2019:2 in section 6. The words of `Conformance` are prescribed; situations and methods are those of
Digg's template.
"""

from enum import StrEnum

from generator.model.entry import Entry, key
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
    what: Text = key("brist", "Vad som inte fungerar, och var.")
    reason: Text = key("skäl", "Varför det inte är tillgängligt.")
    instead: Text | None = key("i_stället", "Var samma innehåll är tillgängligt.", None)
    criterion: Criterion | None = key("kriterium", "Numret i WCAG, till exempel 1.1.1.", None)


class Burden(Entry):
    """What would be unreasonably hard to make accessible (section 12 of the law)."""

    content: Text = key("innehåll")
    judgement: Text = key("bedömning", "Varför det är oskäligt betungande.")


class Accessibility(Entry):
    """The key ”tillgänglighet” of webbplats.yaml."""

    name: Text = key("webbplats", "Vad webbplatsen heter.")
    conformance: Conformance = key("förenlighet")
    assessed: Date = key("bedömd", "Senaste bedömningen.")
    updated: Date = key("uppdaterad", "Senaste ändringen av redogörelsen.")
    method: Method = key("metod")
    tests: Text | None = key("så_testades", default=None)
    shortcomings: tuple[Shortcoming, ...] = key("brister", default=())
    mended_by: Date | None = key("rättas_senast", default=None)
    burdens: tuple[Burden, ...] = key("oskäligt_betungande", default=())
    outside: tuple[Text, ...] = key("omfattas_inte", "Innehåll som lagen undantar.", ())
    form: WebAddress | None = key("formulär", "Där läsaren meddelar brister.", None)
    answered_within: Text | None = key("svarstid", "Till exempel två arbetsdagar.", None)

    @property
    def problems(self) -> list[tuple[Situation, list[Shortcoming]]]:
        """The shortcomings by situation, in the order of Digg's template."""
        return [
            (situation, found)
            for situation in Situation
            if (found := [each for each in self.shortcomings if each.situation is situation])
        ]
