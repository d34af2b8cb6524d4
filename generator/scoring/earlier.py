"""What targets are set against in earlier years, as the site's reports of these years show it."""

from collections.abc import Mapping, Sequence

from generator.model.names import name_key
from generator.model.outcomes import Value, ValueKey
from generator.model.quantities import Quantity
from generator.model.results import IndicatorResult
from generator.model.shown import ShownReport
from generator.scoring.development import developments

EarlierYears = Mapping[ValueKey, Value | None]


def earlier_years(published: ShownReport, others: Sequence[ShownReport]) -> EarlierYears:
    """The figures of earlier years by the ids of this report; None where an outcome is hidden there.

    Each is followed as over the years: what was measured in another way is not taken.
    """
    found: dict[ValueKey, Value | None] = {}
    period = published.report.period
    followed_up = (other for other in others if not other.report.is_plan)
    for development in developments([*followed_up, published]):
        periods = [column.published.report.period for column in development.columns]
        own = [column.published is published for column in development.columns]
        if True not in own:
            continue
        here = own.index(True)
        unit = development.columns[here].result.unit.id
        for line in development.indicators:
            result = line.points[here]
            for ago in result.indicator.target.years_before if result else ():
                wanted = period.in_year(period.year - ago)
                place = periods.index(wanted) if wanted in periods else here
                is_broken = any(place < broken <= here for broken in line.breaks)
                earlier = None if place == here or is_broken else line.points[place]
                if result and earlier and earlier.outcome.is_measured:
                    title = development.columns[place].published.report.settings.title
                    key = ValueKey(name_key(result.indicator.id), unit, period.year - ago)
                    found[key] = _value(earlier, title)
    return found


def _value(earlier: IndicatorResult, title: str) -> Value | None:
    outcome = earlier.outcome
    if outcome.value is None:
        return None
    quantity = Quantity(outcome.value, outcome.kind, outcome.unit)
    place = outcome.places[0] if outcome.places else earlier.indicator.place()
    return Value(quantity, title, place)
