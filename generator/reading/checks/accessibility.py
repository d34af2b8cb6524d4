"""The accessibility statement of the site: that it is there, and does not contradict itself."""

from collections.abc import Iterator

from generator.model.accessibility import Accessibility, Conformance
from generator.model.places import Problem, Severity
from generator.model.settings import SiteSettings


def check_accessibility(settings: SiteSettings) -> Iterator[Problem]:
    """Errors of a statement, and warnings where a site with an address lacks what the law asks for."""
    statement = settings.accessibility
    if statement is not None:
        yield from _contradictions(statement)
    if not settings.root_url:
        return
    if statement is None:
        found = "tillgänglighetsredogörelsen saknas: en offentlig webbplats ska ha en (lagen 2018:1937, 13 §)"
        remedy = "Lägg till ”tillgänglighet”, se handboken. Sidan om tillgänglighet görs av det som står där."
        yield Problem(settings.place("base_url"), found, remedy, Severity.WARNING)
    elif statement.form is None:
        found = "läsaren kan bara mejla om brister i tillgängligheten, och det räcker inte enligt Digg"
        remedy = "Lägg till ”formulär” med adressen till ett tillgängligt formulär."
        yield Problem(statement.place(), found, remedy, Severity.WARNING)


def _contradictions(statement: Accessibility) -> Iterator[Problem]:
    said, faults = statement.conformance, (*statement.shortcomings, *statement.burdens)
    if said is Conformance.FULL and faults:
        remedy = f"Skriv ”{Conformance.PARTIAL}”, eller ta bort det som är rättat."
        yield Problem(statement.place("conformance"), f"”{said}” stämmer inte med bristerna nedan", remedy)
    elif said is not Conformance.FULL and not faults:
        remedy = f"Lägg till ”brister”, eller skriv ”{Conformance.FULL}”."
        yield Problem(statement.place("conformance"), f"”{said}”, men det står inte vad som brister", remedy)
    if statement.updated < statement.assessed:
        found = f"redogörelsen uppdaterades {statement.updated}, före bedömningen {statement.assessed}"
        yield Problem(statement.place("updated"), found, "Rätta det datum som är fel.")
