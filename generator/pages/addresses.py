"""The names of pages and of the places on them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.contents import own_parts
from generator.model.names import as_written, name_key
from generator.model.places import Problem
from generator.model.report import Report

OVERVIEW = "index"
YEAR = "aret"
INDEX = "impactindex"
PARTICIPANTS = "deltagare"
STORIES = "exempel"
PLAN = "strategiska-mal"
BUDGET = "social-budget"
ECONOMY = "ekonomi"
SIGNATURES = "underskrifter"
GUIDE = "lasanvisning"
METHOD = "metod"
AUDIT = "underlag"
ARCHIVE = "arkiv"  # at the root of the site
ABOUT = "om-forbundet"
CONTACT = "kontakt"


def address_problems(report: Report) -> Iterator[Problem]:
    """Names chosen by the author that would give two pages one address, or a page none."""
    taken = {OVERVIEW, YEAR, INDEX, PLAN, PARTICIPANTS, STORIES, BUDGET, ECONOMY, SIGNATURES, GUIDE, METHOD}
    taken |= {AUDIT, ABOUT, CONTACT}
    taken |= {area_page_of(area.id) for area in report.budget.areas}
    settings = report.settings
    chosen = [(one.id, one.id, one.place("id")) for one in settings.series]
    chosen += [(part.id, part.title, part.place("id")) for part in own_parts(settings)]
    if report.units:
        chosen.append((units_page_of(report), settings.units_name, settings.place("units_name")))
    chosen += [(unit_page_of(report, unit.id), unit.name, unit.place("id")) for unit in report.units]
    for page, name, place in chosen:
        if page in taken or not page:
            found = f"sidan för ”{as_written(name)}” får samma adress som en annan sida"
            yield Problem(place, found, "Välj ett annat namn.")
        taken.add(page)


def area_page_of(area_id: str) -> str:
    return f"omrade-{name_key(area_id)}"


def units_page_of(report: Report) -> str:
    """”plattformar”: what the organisation calls its units."""
    return name_key(report.settings.units_name)


def unit_page_of(report: Report, unit_id: str) -> str:
    return unit_page_named(report.settings.unit_name, unit_id)


def unit_page_named(unit_name: str, unit_id: str) -> str:
    return f"{name_key(unit_name)}-{unit_id}"


def development_page_of(unit_id: str) -> str:
    """Beside the reports, at the root of the site."""
    return f"over-aren-{unit_id}"


def calculation_page_of(unit_id: str, report: Report) -> str:
    """The association's calculations stand on the method page, those of a unit in the audit edition."""
    return METHOD if unit_id == report.association.id else f"berakning-{unit_id}"


def calculation_anchor(unit_id: str, indicator_id: str) -> str:
    return f"berakning-{unit_id}-{name_key(indicator_id)}"


def area_calculations_anchor(area_id: str) -> str:
    """The calculations of an area, on the page of its unit's calculations."""
    return f"berakning-{area_page_of(area_id)}"


def anchor_of(indicator_id: str) -> str:
    return f"i-{name_key(indicator_id)}"


def table_anchor(table_id: str) -> str:
    """A table of amounts; those of the participants begin with ”tabell”."""
    return f"belopp-{table_id}"


def note_anchor(part: str, note: str) -> str:
    return f"not-{part}-{name_key(note)}"
