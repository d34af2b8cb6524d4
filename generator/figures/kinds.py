"""The kinds of figures that a report has, each with what it rests on."""

from enum import StrEnum

from generator.model.frozen import Frozen
from generator.model.outcomes import Value
from generator.model.places import Place
from generator.model.quantities import Quantity
from generator.model.results import AreaResult, Index, IndicatorResult, UnitResult
from generator.model.shown import Count, Hidden


class IndicatorForm(StrEnum):
    """What of an indicator; the values are the name keys of what an author writes."""

    OUTCOME = ""  # value and basis
    VALUE = "varde"
    NUMERATOR = "taljare"
    DENOMINATOR = "namnare"
    TARGET = "krav"
    WEIGHT = "vikt"
    POINTS = "poang"
    SIGNAL = "signal"


class IndicatorFigure(Frozen):
    unit: UnitResult
    result: IndicatorResult
    form: IndicatorForm


class IndexForm(StrEnum):
    """What of an index, of a unit or of an area."""

    INDEX = ""
    POINTS = "poang"  # ”124 av 177”
    EARNED = "uppnadda"
    POSSIBLE = "mojliga"
    TARGET = "mal"
    AGAINST_TARGET = "mot-malet"


class IndexFigure(Frozen):
    """The index of an area, or of the whole unit when there is none."""

    unit: UnitResult
    area: AreaResult | None
    index: Index
    form: IndexForm


class PlainFigure(Frozen):
    """A number, hidden where disclosure control hides it, or a name; `what` it is in words: ”Avslut”.

    Of a share of persons the two counts are `part` and `whole`. A change is seen from `values`, and with
    `size_only` the sentence says which way it went. A tally has the ids that are `counted`, an entered
    figure its `source`.
    """

    unit: UnitResult
    what: str
    places: tuple[Place, ...]
    value: Quantity | Hidden | str
    part: Count | None = None
    whole: Count | None = None
    values: tuple[Value, ...] = ()
    size_only: bool = False
    counted: tuple[str, ...] | None = None
    source: str = ""


Figure = IndicatorFigure | IndexFigure | PlainFigure


def places_of(figure: Figure) -> tuple[Place, ...]:
    """The cells that a figure rests on; an index and a tally rest on other figures."""
    match figure:
        case IndicatorFigure(result=result, form=IndicatorForm.TARGET):
            return (result.indicator.place("target"),)
        case IndicatorFigure(result=result, form=IndicatorForm.WEIGHT):
            return (result.indicator.place("weight"),)
        case IndicatorFigure(result=result):
            return result.outcome.places
        case PlainFigure(places=places):
            return places
        case IndexFigure(area=area) if area is not None and area.reported:
            return area.reported.places
        case _:
            return ()
