"""Areas, goals and indicators of one unit, as the templates see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.budget import Area
from generator.model.names import name_key
from generator.model.published import HIDDEN
from generator.model.quantities import Rounding
from generator.model.report import Report
from generator.model.results import (
    AreaResult,
    Index,
    IndicatorResult,
    Signal,
    UnitResult,
)
from generator.model.settings import Unit
from generator.pages import views
from generator.pages.addresses import (
    anchor_of,
    area_page_of,
)
from generator.pages.measures import how_text
from generator.pages.narratives import AreaNarratives, Narratives, calculation_link
from generator.pages.numbers import DASH, bar, count, percent, percent_number, plain_number
from generator.pages.wording import (
    NO_SIGNAL,
    NOT_JUDGED,
    NOT_MEASURED,
    SIGNAL_WORDS,
    against_target,
    basis_text,
    index_signal_view,
    note_text,
    outcome_text,
    points_text,
    reported_text,
    signal_view,
    signal_word,
    target_text,
)


def index_view(index: Index, report: Report, areas: Sequence[AreaResult]) -> views.Index:
    """An index with the areas it is made of."""
    rules = report.rules
    share = index.share
    sources = {area.reported.source for area in areas if area.reported}
    return views.Index(
        has_points=share is not None,
        value=DASH if share is None else percent_number(share, rules.rounding, index.limits),
        bar=bar(share or 0, 1),
        earned=plain_number(index.earned),
        possible=count(index.possible),
        target=percent_number(rules.index_target, rules.rounding),
        target_bar=bar(rules.index_target, 1),
        signal=index_signal_view(index),
        against="" if share is None else against_target(index, rules),
        coverage=coverage_text(areas),
        reported=reported_text(index, sources),
    )


def coverage_text(areas: Sequence[AreaResult]) -> str:
    """How many indicators have an outcome, in the areas that are computed here."""
    computed = [area for area in areas if not area.reported]
    results = [result for area in computed for result in area.results]
    if not results:
        return ""
    measured, total = (
        sum(area.index.measured for area in computed),
        sum(area.index.total for area in computed),
    )
    unjudged = sum(result.outcome.is_measured and result.signal is None for result in results)
    also = f" {count(unjudged)} av dem har ingen signal." if unjudged else ""
    also += f" {count(len(results) - total)} räknas inte i år." if len(results) > total else ""
    return f"{count(measured)} av {count(total)} indikatorer har ett utfall.{also}"


def area_views(
    result: UnitResult, report: Report, narratives: Narratives | None = None
) -> tuple[views.Area, ...]:
    """The areas of a unit; with narratives, as they stand on the association's own pages."""
    return tuple(_area_view(area, result.unit, report, narratives) for area in result.areas)


def _area_view(result: AreaResult, unit: Unit, report: Report, narratives: Narratives | None) -> views.Area:
    rounding = report.rules.rounding
    ideal = result.area.ideal_weight
    weight = result.actual_weight
    counted = [one for one in result.results if one.counts]
    page = area_page_of(result.area.id)
    ids = [one.indicator.id for one in result.results]
    told = narratives.of_area(page, ids) if narratives else AreaNarratives()
    return views.Area(
        id=result.area.id,
        name=result.area.name,
        page=page,
        anchor=f"o-{name_key(result.area.id)}",
        index=index_view(result.index, report, [result]),
        ideal_weight="" if ideal is None else percent(ideal, rounding),
        actual_weight="" if weight is None else percent(weight, rounding),
        goal_count=count(len(result.goals)),
        indicator_count=count(len(counted)),
        indicators=f"{count(len(counted))} {'indikator' if len(counted) == 1 else 'indikatorer'}",
        signals=signal_counts(counted, report),
        goals=tuple(_goal_views(result, unit, report, narratives)),
        texts=told.texts,
        descriptions=told.descriptions,
        stories=told.stories,
        unpublished=_unpublished_text(result, counted, report),
    )


def _goal_views(
    result: AreaResult, unit: Unit, report: Report, narratives: Narratives | None
) -> Iterator[views.Goal]:
    """The goals with their indicators; where points are taken over, those with an outcome."""
    for goal in result.goals:
        shown = [one for one in goal.results if one.outcome.is_measured or not result.reported]
        if shown:
            yield views.Goal(
                id=goal.goal.id,
                anchor=f"m-{name_key(goal.goal.id)}",
                text=goal.goal.text,
                indicators=tuple(indicator_view(one, unit, report, narratives) for one in shown),
            )


def _unpublished_text(result: AreaResult, counted: list[IndicatorResult], report: Report) -> str:
    """What is not shown of an area whose points are taken over; "" when that is all or nothing."""
    missing = sum(not one.outcome.is_measured for one in counted)
    if not result.reported or not missing:
        return ""
    name = report.settings.unit_name
    if missing == len(counted):
        return ""
    return (
        f"Utfallen för {missing} av områdets {len(counted)} indikatorer är inte publicerade per {name},"
        " så de som visas ger inte ensamma områdets poäng."
    )


def indicator_view(
    result: IndicatorResult, unit: Unit, report: Report, narratives: Narratives | None
) -> views.Indicator:
    indicator, rounding = result.indicator, report.rules.rounding
    return views.Indicator(
        id=indicator.id,
        anchor=anchor_of(indicator.id),
        text=indicator.text,
        target=target_text(indicator),
        outcome=HIDDEN if result.outcome.protected else outcome_text(result, rounding),
        basis=basis_text(result, rounding),
        signal=signal_view(result),
        points=""
        if result.earned is None
        else f"{points_text(result.earned)} av {count(indicator.weight or 0)}",
        how=how_text(indicator, report, unit),
        note=note_text(result, is_shared=unit.id != report.association.id),
        reference=f"Fråga {indicator.reference}." if indicator.reference else "",
        evidence=tuple(narratives.evidence.get(indicator.id, ())) if narratives else (),
        comment=narratives.comments.get(indicator.id) if narratives else None,
        calculation=calculation_link(indicator.id, unit, report),
    )


def signal_counts(results: list[IndicatorResult], report: Report) -> tuple[views.SignalCount, ...]:
    """How many of each signal in use, those without one last and only when there are any."""
    in_use = [signal for signal in Signal if signal is not Signal.ORANGE or report.rules.signals > 2]
    counts = [
        (views.Signal(signal, SIGNAL_WORDS[signal]), sum(one.signal is signal for one in results))
        for signal in in_use
    ]
    without = [signal_word(one) for one in results if one.signal is None]
    for word in (NOT_JUDGED, NOT_MEASURED):
        if word in without:
            counts.append((views.Signal(NO_SIGNAL, word), without.count(word)))
    return tuple(
        views.SignalCount(signal, count(number), bar(number, len(results))) for signal, number in counts
    )


def weight_warnings(result: UnitResult) -> Iterator[tuple[Area, str]]:
    """A sentence for each area whose share of the points is far from its ideal weight."""
    for area in result.areas:
        if area.unbalanced and area.actual_weight is not None and area.area.ideal_weight is not None:
            actual = percent(area.actual_weight, Rounding.HALF_UP)
            ideal = percent(area.area.ideal_weight, Rounding.HALF_UP)
            yield area.area, f"{area.area.name} har {actual} av poängen, men idealvikten är {ideal}"
