"""The accessibility statement as readers see it, in the words of Digg's template."""

from dataclasses import dataclass

from generator.model.accessibility import Accessibility, Conformance, Method, Shortcoming, Situation
from generator.model.settings import SiteSettings
from generator.pages.numbers import long_date

_ENDINGS = {
    Conformance.FULL: ".",
    Conformance.PARTIAL: ", på grund av de brister som beskrivs nedan.",
    Conformance.NONE: ". Otillgängliga delar beskrivs nedan.",
}
_METHODS = {
    Method.SELF: "Vi har gjort en självskattning (intern testning) av {}.",
    Method.INDEPENDENT: "En oberoende granskning av {} är gjord.",
    Method.BOTH: "Vi har gjort en självskattning (intern testning) och en oberoende granskning av {}.",
    Method.ESTIMATE: "Vi har uppskattat tillgängligheten utan granskning.",
}


@dataclass(frozen=True)
class StatementView:
    """accessibility.html"""

    site: SiteSettings
    written: Accessibility
    lead: str
    ending: str  # of the sentence that says how far the site conforms
    problems: tuple[tuple[Situation, tuple[Shortcoming, ...]], ...]  # in the order of the template
    method: str
    assessed: str  # "14 mars 2022"
    updated: str
    mended_by: str  # likewise, or ""


def statement_view(site: SiteSettings, written: Accessibility) -> StatementView:
    found = {
        situation: tuple(each for each in written.shortcomings if each.situation is situation)
        for situation in Situation
    }
    law = "lagen om tillgänglighet till digital offentlig service"
    return StatementView(
        site=site,
        written=written,
        lead=f"Webbplatsen är {written.conformance} med {law}.",
        ending=_ENDINGS[written.conformance],
        problems=tuple((situation, of_it) for situation, of_it in found.items() if of_it),
        method=_METHODS[written.method].format(written.name),
        assessed=long_date(written.assessed),
        updated=long_date(written.updated),
        mended_by=long_date(written.mended_by) if written.mended_by else "",
    )
