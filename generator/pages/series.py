"""A series over the years, such as full-year equivalents: the change of each place."""

from fractions import Fraction

from generator.model.measures import ChangeIndicator, IndicatorBase
from generator.model.report import Report
from generator.model.results import IndicatorResult
from generator.model.settings import SeriesDefinition
from generator.model.shown import ShownReport
from generator.pages import parts, views
from generator.pages.narratives import Narratives, indicator_link
from generator.pages.scales import Scale
from generator.pages.wording import and_list, outcome_text, signal_view


def changes_part(
    series: SeriesDefinition, published: ShownReport, narratives: Narratives
) -> parts.ChangesPart | None:
    """The changes that indicators of the association follow, or None when there is nothing to tell."""
    report = published.report
    results = [
        result
        for result in published.association.results
        if isinstance(result.indicator, ChangeIndicator) and result.indicator.series == series.id
    ]
    texts = narratives.of_page(series.id)
    if not any(result.outcome.is_measured for result in results) and not (results and texts):
        return None
    values = [abs(result.outcome.value) for result in results if result.outcome.value is not None]
    largest = max(values, default=Fraction(0))
    falling = sum(result.outcome.value is not None and result.outcome.value < 0 for result in results)
    years = {_years(result.indicator, report) for result in results}
    place_words = _place_words(results, report)
    return parts.ChangesPart(
        anchor=f"serie-{series.id}",
        summary=f"{series.name}: minskning i {falling} av {len(results)} {place_words[1]}.",
        place_word=place_words[0],
        years=and_list(sorted(years)),
        changes=tuple(_change_view(result, largest, report) for result in results),
    )


def _place_words(results: list[IndicatorResult], report: Report) -> tuple[str, str]:
    """What the places are, one and several: municipalities, unless a unit or the whole is among them."""
    indicators = [result.indicator for result in results]
    places = {indicator.location for indicator in indicators if isinstance(indicator, ChangeIndicator)}
    return ("Kommun", "kommuner") if places <= report.settings.towns.keys() else ("Redovisas för", "delar")


def _years(indicator: IndicatorBase, report: Report) -> str:
    assert isinstance(indicator, ChangeIndicator)
    return f"{report.period} jämfört med {indicator.compared_year or report.period.before}"


def _change_view(result: IndicatorResult, largest: Fraction, report: Report) -> views.Change:
    value, indicator = result.outcome.value, result.indicator
    assert isinstance(indicator, ChangeIndicator)
    falling = value is not None and value < 0
    scale = Scale(-largest, Fraction(0)) if falling else Scale(Fraction(0), largest)
    return views.Change(
        label=_place_name(indicator.location, report),
        value=outcome_text(result, report.rules.rounding),
        bar=scale.span(0, value or 0, "level"),
        falling=falling,
        signal=signal_view(result),
        indicator=indicator_link(indicator, report),
        source=result.outcome.source,
    )


def _place_name(key: str, report: Report) -> str:
    units = {unit.id: unit.name for unit in report.units}
    return report.settings.towns.get(key) or units.get(key) or report.association.name
