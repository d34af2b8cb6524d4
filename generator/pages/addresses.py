"""The names of pages and of the places on them."""

from __future__ import annotations

from generator.model.names import name_key
from generator.model.report import Report

OVERVIEW = "index"
YEAR = "aret"
INDEX = "impactindex"
PARTICIPANTS = "deltagare"
STORIES = "exempel"
BUDGET = "social-budget"
GUIDE = "lasanvisning"
ABOUT = "om-forbundet"
CONTACT = "kontakt"


def area_page_of(area_id: str) -> str:
    return f"omrade-{name_key(area_id)}"


def units_page_of(report: Report) -> str:
    """”plattformar”: what the organisation calls its units."""
    return name_key(report.settings.units_name)


def unit_page_of(report: Report, unit_id: str) -> str:
    return f"{name_key(report.settings.unit_name)}-{unit_id}"


def anchor_of(indicator_id: str) -> str:
    return f"i-{name_key(indicator_id)}"
