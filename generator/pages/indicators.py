"""Areas, goals and indicators of one unit, as the templates see them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from itertools import groupby
from operator import attrgetter

from generator.model.budget import Area
from generator.model.names import and_list, name_key, upper_first
from generator.model.report import Report
from generator.model.results import AreaResult, Index, IndicatorResult, UnitResult
from generator.model.settings import Rules, Unit
from generator.model.shown import HIDDEN, ShownReport
from generator.pages import views, wording
from generator.pages.addresses import anchor_of, area_page_of
from generator.pages.area_pictures import answer_rows, beside_each_other
from generator.pages.measures import how_text
from generator.pages.narratives import Narratives, calculation_link
from generator.pages.numbers import count, number_word, percent, plain_number
from generator.pages.pictures import bullet, tally_bar, tally_scale
from generator.pages.scales import PERCENT, Scale
from generator.pages.verdict import distance_text, piles


def index_view(index: Index, report: Report, areas: Sequence[AreaResult]) -> views.Index:
    """An index with the areas it is made of."""
    rules = report.rules
    share = index.share
    sources = {area.reported.source for area in areas if area.reported}
    return views.Index(
        share=share,
        aim=rules.index_target,
        value=wording.index_text(index, rules.rounding),
        bar=PERCENT.place(share or 0),
        earned=plain_number(index.earned),
        possible=count(index.possible),
        worth=count(index.worth) if report.is_plan and index.worth else "",
        target=plain_number(rules.index_target * 100),
        target_bar=PERCENT.place(rules.index_target),
        needed=count(wording.points_needed(rules.index_target * index.possible, rules)),
        signal=wording.index_signal_view(index),
        against="" if share is None else wording.against_target(index, rules),
        coverage=missing_text(areas),
        reported=wording.reported_text(index, sources),
        shade=0 if share is None else round(0.12 + float(abs(share - rules.index_target)) / 2, 2),
    )


def missing_text(areas: Sequence[AreaResult]) -> str:
    """What an index is made of, unless that is everything."""
    counted = ((area, result) for area in areas for result in area.counted)
    is_whole = all(area.reported is None and result.signal is not None for area, result in counted)
    return "" if is_whole else coverage_text(areas)


def coverage_text(areas: Sequence[AreaResult]) -> str:
    """How many indicators have an outcome, in the areas that are computed here."""
    computed = [area for area in areas if not area.reported]
    results = [result for area in computed for result in area.results]
    if not results:
        return ""
    measured = sum(area.index.measured for area in computed)
    total = sum(area.index.total for area in computed)
    unjudged = sum(result.outcome.is_measured and result.signal is None for result in results)
    also = f" {upper_first(number_word(unjudged))} av dem har ingen signal." if unjudged else ""
    dropped = len(results) - total
    also += f" {upper_first(number_word(dropped))} till utgår i år." if dropped else ""
    return f"{count(measured)} av {count(total)} indikatorer har ett utfall.{also}"


def area_makers(
    result: UnitResult, published: ShownReport, narratives: Narratives
) -> tuple[Callable[[], views.Area], ...]:
    """The areas of a unit as they stand on its own pages, each made when it is wanted, and once."""
    beside = result.unit, published, narratives, tally_scale(result.areas)
    return tuple(cache(partial(_area_view, area, *beside)) for area in result.areas)


def _area_view(
    area: AreaResult, unit: Unit, published: ShownReport, narratives: Narratives, scale: Scale
) -> views.Area:
    report = published.report
    budgeted, rounding = area.area, report.rules.rounding
    page, has_page = area_page_of(budgeted.id), unit.id == report.association.id
    ids = [result.indicator.id for result in area.results]
    stories = [story for story in narratives.stories if story.head.indicator in ids]
    return views.Area(
        id=budgeted.id,
        name=budgeted.name,
        page=page,
        anchor=f"o-{name_key(budgeted.id)}",
        index=index_view(area.index, report, [area]),
        ideal_weight="" if budgeted.ideal_weight is None else wording.stated_percent(budgeted.ideal_weight),
        actual_weight="" if area.actual_weight is None else percent(area.actual_weight, rounding),
        goal_count=len(area.goals),
        indicator_count=len(area.counted),
        signals=signal_counts(area.counted, report.rules),
        bar=tally_bar(area, scale),
        piles=tuple(piles(area, published)) if has_page else (),
        goals=tuple(_goal_views(area, unit, published, narratives)),
        descriptions=tuple(narratives.descriptions[page]),
        stories=tuple(sorted(stories, key=lambda story: ids.index(story.head.indicator))),
        unpublished=_unpublished_text(area, report),
        sexes=beside_each_other(area, report) if has_page else (),
        answers=answer_rows(area, report) if has_page else (),
    )


def _goal_views(
    area: AreaResult, unit: Unit, published: ShownReport, narratives: Narratives
) -> Iterator[views.Goal]:
    """The goals with their indicators; where points are taken over, those with an outcome."""
    numbers = ["", *(goal.goal.id for goal in area.goals)]
    for before, goal in zip(numbers, area.goals, strict=False):
        shown = [result for result in goal.results if result.outcome.is_measured or not area.reported]
        if shown:
            yield views.Goal(
                id=goal.goal.id,
                anchor=f"m-{name_key(goal.goal.id)}",
                text=goal.goal.text,
                gap=_gap_text(before, goal.goal.id),
                groups=tuple(
                    tuple(indicator_view(result, unit, published, narratives) for result in alike)
                    for alike in _measured_alike(shown)
                ),
            )


def _gap_text(before: str, number: str) -> str:
    """That numbers are left out between two goals, which a reader would look for: from 1.2 to 1.4."""
    (area, _, first), (same, _, last) = before.rpartition("."), number.rpartition(".")
    if area != same or not (first.isdecimal() and last.isdecimal()) or int(last) - int(first) < 2:
        return ""
    missing = [f"{area}.{left_out}" for left_out in range(int(first) + 1, int(last))]
    return f"Numret {and_list(missing)} används inte."


def _measured_alike(results: Sequence[IndicatorResult]) -> Iterator[list[IndicatorResult]]:
    """Indicators in a row with the same measure and the same target, three or more; others by themselves."""
    alike_in = attrgetter("indicator.measure", "indicator.target.text")
    for _, row in groupby(results, key=alike_in):
        alike = list(row)
        yield from [alike] if len(alike) > 2 else ([result] for result in alike)


def _unpublished_text(area: AreaResult, report: Report) -> str:
    """What is not shown of an area whose points are taken over; "" when that is all or nothing."""
    counted = area.counted
    missing = sum(not result.outcome.is_measured for result in counted)
    if not area.reported or missing in (0, len(counted)):
        return ""
    return (
        f"{missing} av områdets {len(counted)} indikatorer har inget publicerat utfall per"
        f" {report.settings.unit_name}, så de som visas ger inte ensamma områdets poäng."
    )


def indicator_view(
    result: IndicatorResult, unit: Unit, published: ShownReport, narratives: Narratives | None = None
) -> views.Indicator:
    """In a plan the outcome beside a target is that of the year before, which has no signal against it."""
    narratives = narratives or Narratives()
    report, sensitivity = published.report, published.sensitivity.get((unit.id, result.indicator.id))
    indicator, rounding = result.indicator, report.rules.rounding
    before = published.before.get((unit.id, indicator.id))
    if before is not None:
        result = replace(result, outcome=before.outcome)
    weight, earned = indicator.weight, result.earned
    return views.Indicator(
        id=indicator.number,
        anchor=anchor_of(indicator.id),
        text=indicator.text,
        short=indicator.short or indicator.text,
        target=wording.target_text(indicator),
        outcome=HIDDEN if result.outcome.protected else wording.outcome_text(result, rounding),
        basis=wording.basis_text(result, rounding),
        signal=wording.signal_view(result),
        points=_points(weight, earned, report),
        how=how_text(indicator, report, unit),
        note=wording.note_text(result, is_shared=unit.id != report.association.id),
        reference=f"Fråga {indicator.reference}." if indicator.reference else "",
        evidence=tuple(narratives.evidence[indicator.id]),
        comment=narratives.comments.get(indicator.id),
        calculation=calculation_link(indicator.id, unit, report),
        distance=distance_text(result, sensitivity, report.rules),
        bullet=bullet(result, unit, published),
    )


def _points(weight: int | None, earned: Fraction | None, report: Report) -> str:
    if weight is None or (earned is None and not report.is_plan):
        return ""
    return count(weight) if earned is None else f"{wording.count_text(earned)} av {count(weight)}"


def signal_counts(results: Sequence[IndicatorResult], rules: Rules) -> tuple[tuple[views.Signal, int], ...]:
    """How many of each signal in use, those without one last and only when there are any."""
    counted = Counter(
        views.Signal(result.signal or wording.NO_SIGNAL, wording.signal_word(result)) for result in results
    )
    without = [views.Signal(wording.NO_SIGNAL, word) for word in (wording.NOT_JUDGED, wording.NOT_MEASURED)]
    shown = [*wording.signals_in_use(rules), *(signal for signal in without if signal in counted)]
    return tuple((signal, counted[signal]) for signal in shown)


def weight_warnings(published: ShownReport) -> Iterator[tuple[Area, str]]:
    """A sentence for each area whose share of the points is far from its ideal weight."""
    rounding = published.report.rules.rounding
    for area in published.association.areas:
        if area.unbalanced and area.actual_weight is not None and area.area.ideal_weight is not None:
            actual = percent(area.actual_weight, rounding)
            ideal = wording.stated_percent(area.area.ideal_weight)
            yield area.area, f"{area.area.name} har {actual} av poängen, men idealvikten är {ideal}"
