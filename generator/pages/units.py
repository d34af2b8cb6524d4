"""The units of an organisation: all beside each other, and each by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from generator.model.archive import ArchivedReport
from generator.model.names import and_list, upper_first
from generator.model.quantities import Rounding
from generator.model.report import Report
from generator.model.results import Index, UnitResult
from generator.model.shown import ShownReport
from generator.pages import parts, views
from generator.pages.addresses import unit_page_of
from generator.pages.archive import other_years
from generator.pages.indicators import area_makers, index_view
from generator.pages.narratives import Narratives, anchor_of_analysis, text_view
from generator.pages.numbers import plain_number
from generator.pages.participants import compared_tables, participant_table
from generator.pages.references import References
from generator.pages.scales import SHARES, ticks
from generator.pages.wording import index_signal_view, index_text


def units_part(published: ShownReport, views_of: Mapping[str, Callable[[], views.Unit]]) -> parts.UnitsPart:
    """`views_of` makes what is shown of each unit, by id."""
    shares = {result.unit.id: result.index.share or 0 for result in published.units}
    divisions = published.report.settings.divisions.values()
    places = {unit: place for place, division in enumerate(divisions) for unit in division}
    units = tuple(views_of[result.unit.id]() for result in published.units)
    return parts.UnitsPart(
        units=units,
        bases=tuple(_bases(published)),
        ranked=tuple(sorted(units, key=lambda unit: (places[unit.id], -shares[unit.id]))),
        whole=published.association.unit.short_name or published.association.unit.name,
    )


def _bases(published: ShownReport) -> Iterator[tuple[str, int]]:
    """Where the points of areas that stand beside each other are from; nothing where all are computed."""
    beside = zip(*(result.areas for result in published.units), strict=True)
    reported = ([area.reported for area in areas] for areas in beside)
    sources = [tuple(sorted({each.source if each else "" for each in areas})) for areas in reported]
    if any(map(any, sources)):
        for found, alike in groupby(sources):
            taken_over = [f"övertaget ur {source}" for source in found if source]
            told = and_list((["räknat här"] if "" in found else []) + taken_over)
            yield upper_first(told), len(list(alike))


# A unit by itself


def _beside_the_whole(
    result: UnitResult, areas: Sequence[views.Area], published: ShownReport
) -> views.PointTable | None:
    """The indexes of a unit beside those of all together, with links to its areas; None without points."""
    report, whole, unit = published.report, published.association, result.unit
    if result.index.share is None or whole.index.share is None:
        return None
    page, name = unit_page_of(report, unit.id), whole.unit.short_name or whole.unit.name
    target, rounding, rows = report.rules.index_target, report.rules.rounding, []
    for area, own, other in zip(areas, result.areas, whole.areas, strict=True):
        link = views.Link(page, area.name, f"{unit.id}-{area.anchor}") if area.goals else None
        rows.append(_index_row(f"{area.id} {area.name}", link, own.index, other.index, rounding))
    rows.append(_index_row("Totalt", None, result.index, whole.index, rounding))
    return views.PointTable(
        anchor=f"bredvid-{unit.id}",
        title="IMPACTindex",
        explanation=f"Den streckade linjen är indexmålet, {plain_number(target * 100)}.",
        name_head="Målområde",
        value_head=unit.name,
        other_head=name,
        ticks=ticks(0, target, 1),
        target=SHARES.place(target),
        rows=tuple(rows),
    )


def _index_row(
    label: str, link: views.Link | None, own: Index, other: Index, rounding: Rounding
) -> views.PointRow:
    shares = [index.share for index in (own, other)]
    value, beside = (index_text(index, rounding) for index in (own, other))
    point, ring = ("" if share is None else SHARES.place(share) for share in shares)
    signal = index_signal_view(own)
    return views.PointRow(label, value, beside, link, point=point, ring=ring, signal=signal)


def unit_view(
    result: UnitResult, published: ShownReport, narratives: Narratives, archive: tuple[ArchivedReport, ...]
) -> views.Unit:
    unit, report = result.unit, published.report
    areas = tuple(make() for make in area_makers(result, published, Narratives()))
    references = References(published, result)
    analyses = (
        text_view(anchor_of_analysis(unit.id), analysis.head.title, analysis.body, references)
        for analysis in report.analyses
        if analysis.name == unit.id
    )
    return views.Unit(
        id=unit.id,
        name=unit.name,
        short_name=unit.short_name or unit.name,
        page=unit_page_of(report, unit.id),
        place=unit.location or "" if unit.location != unit.name else "",
        index=index_view(result.index, report, result.areas),
        areas=areas,
        beside=_beside_the_whole(result, areas, published),
        compared=compared_tables(published, unit),
        unpublished=_unpublished_text(result, areas, report),
        participants=participant_table(published, unit),
        others=other_years(archive, report.id, published.key_of(unit.id), report.rules),
        analyses=tuple(analyses),
        stories=tuple(story for story in narratives.stories if story.head.unit == unit.id),
    )


def _unpublished_text(result: UnitResult, areas: Sequence[views.Area], report: Report) -> str:
    """Of areas whose points are taken over, and nothing else. Others may have no indicators of units."""
    pairs = zip(result.areas, areas, strict=True)
    names = and_list([shown.name for area, shown in pairs if area.reported and not shown.goals])
    why = f"visas bara poängen, eftersom utfallen inte är publicerade per {report.settings.unit_name}."
    return f"För {names} {why}" if names else ""
