"""A series over the years, such as full-year equivalents: the change of each place."""

from fractions import Fraction

from generator.model.measures import ChangeIndicator
from generator.model.names import and_list
from generator.model.report import Report
from generator.model.results import IndicatorResult
from generator.model.settings import SeriesDefinition
from generator.model.shown import ShownReport
from generator.pages import parts, views
from generator.pages.narratives import Narratives, indicator_link
from generator.pages.numbers import number_word, of_all
from generator.pages.scales import Scale
from generator.pages.wording import outcome_text, signal_view


def changes_part(
    series: SeriesDefinition, published: ShownReport, narratives: Narratives
) -> parts.ChangesPart | None:
    """The changes that indicators of the association follow, or None when there is nothing to tell."""
    report = published.report
    found = [
        (result, indicator)
        for result in published.association.results
        if isinstance(indicator := result.indicator, ChangeIndicator) and indicator.series == series.id
    ]
    texts = narratives.of_page(series.id)
    if not any(result.outcome.is_measured for result, _ in found) and not (found and texts):
        return None
    values = [result.outcome.value for result, _ in found if result.outcome.value is not None]
    largest = max(map(abs, values), default=Fraction(0))
    is_rise = all(indicator.target.low is not None for _, indicator in found)
    moved = sum(value > 0 if is_rise else value < 0 for value in values)
    met = f"alla {number_word(moved)}" if 1 < moved == len(values) else of_all(moved, len(values))
    wanted = f"{'Ökning' if is_rise else 'Minskning'} i {met}"
    changes = tuple(_change_view(result, indicator, largest, report) for result, indicator in found)
    each = " ".join(f"{change.label}: {change.value}." for change in changes)
    before = (report.period.in_year(each.compared_year or report.year - 1) for _, each in found)
    years = {f"{report.period} jämfört med {period}" for period in before}
    # Municipalities, unless a unit or the whole is among them.
    located = {indicator.location for _, indicator in found}
    is_of_towns = located <= report.settings.towns.keys()
    place_word, places = ("Kommun", "kommuner") if is_of_towns else ("Redovisas för", "delar")
    return parts.ChangesPart(
        anchor=f"serie-{series.id}",
        summary=f"{wanted} {places}." if len(values) > 1 and len(located) == len(found) else each,
        place_word=place_word,
        years=and_list(sorted(years)),
        changes=changes,
    )


def _change_view(
    result: IndicatorResult, indicator: ChangeIndicator, largest: Fraction, report: Report
) -> views.Change:
    value = result.outcome.value or Fraction(0)
    places = report.settings.unit_names | report.settings.towns
    scale = Scale(-largest, Fraction(0)) if value < 0 else Scale(Fraction(0), largest)
    return views.Change(
        label=places.get(indicator.location, report.association.name),
        value=outcome_text(result, report.rules.rounding),
        bar=scale.span(0, value, "level"),
        sign=(value > 0) - (value < 0),
        signal=signal_view(result),
        indicator=indicator_link(indicator, report),
        source=result.outcome.source,
    )
