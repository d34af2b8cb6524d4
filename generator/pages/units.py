"""The units of an organisation: a matrix of all, and each by itself."""

from __future__ import annotations

from generator.model.archive import ArchivedReport
from generator.model.published import PublishedReport
from generator.model.report import Report
from generator.model.results import UnitResult
from generator.pages import parts, views
from generator.pages.addresses import unit_page_of
from generator.pages.archive import other_years
from generator.pages.indicators import area_views, index_view
from generator.pages.narratives import Narratives, text_view
from generator.pages.participants import participant_table
from generator.pages.references import References
from generator.pages.wording import and_list

REPORTED_NOTE = (
    "Poängen är övertagna från en publicerad redovisning, inte beräknade här."
    " I totalen gäller det en del av poängen."
)


def units_part(
    published: PublishedReport, narratives: Narratives, archive: tuple[ArchivedReport, ...]
) -> parts.UnitsPart:
    report = published.report
    units = tuple(_unit_view(result, published, narratives, archive) for result in published.units)
    return parts.UnitsPart(
        organisation=report.association.short_name or report.association.name,
        units=units,
        reported_note=next((unit.reported_note for unit in units if unit.reported_note), ""),
    )


def _unit_view(
    result: UnitResult,
    published: PublishedReport,
    narratives: Narratives,
    archive: tuple[ArchivedReport, ...],
) -> views.Unit:
    unit, report = result.unit, published.report
    areas = area_views(result, report)
    has_reported = any(area.reported for area in result.areas)
    is_named_after_place = unit.location == unit.name
    references = References(published, result)
    analyses = (
        text_view(f"analys-{unit.id}", analysis.head.title, analysis.body, references)
        for analysis in report.analyses
        if analysis.unit == unit.id
    )
    return views.Unit(
        id=unit.id,
        name=unit.name,
        page=unit_page_of(report, unit.id),
        place="" if is_named_after_place else unit.location or "",
        index=index_view(result.index, report, result.areas),
        areas=areas,
        reported_note=REPORTED_NOTE if has_reported else "",
        unpublished=_unpublished_text([area.name for area in areas if not area.goals], report),
        participants=participant_table(published, unit),
        others=other_years(archive, report.id, unit.id, report.rules),
        analysis=next(iter(analyses), None),
        stories=tuple(narratives.by_unit.get(unit.id, ())),
    )


def _unpublished_text(areas: list[str], report: Report) -> str:
    if not areas:
        return ""
    unit = report.settings.unit_name
    return f"För {and_list(areas)} visas bara poängen, eftersom utfallen inte är publicerade per {unit}."
