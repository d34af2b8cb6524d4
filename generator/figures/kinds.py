"""The kinds of figures that a report has, each with what it rests on."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

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


@dataclass(frozen=True)
class IndicatorFigure:
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


@dataclass(frozen=True)
class IndexFigure:
    """The index of an area, or of the whole unit when there is none."""

    unit: UnitResult
    area: AreaResult | None
    index: Index
    form: IndexForm


class AreaForm(StrEnum):
    NAME = "namn"
    WEIGHT = "vikt"
    IDEAL_WEIGHT = "idealvikt"


@dataclass(frozen=True)
class AreaFigure:
    unit: UnitResult
    area: AreaResult
    form: AreaForm


@dataclass(frozen=True)
class TallyFigure:
    """How many goals or indicators there are of some kind."""

    unit: UnitResult
    area: AreaResult | None
    what: str  # ”gröna”
    number: int
    of: tuple[str, ...]  # the ids that are counted


@dataclass(frozen=True)
class CellFigure:
    """What rests on cells of its own; `what` it is in words: ”Avslut under året, kvinnor”."""

    unit: UnitResult
    what: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class CountFigure(CellFigure):
    """Persons: of a row, a group, a category."""

    number: Count


@dataclass(frozen=True)
class ShareFigure(CellFigure):
    """Persons out of persons. Hidden when one of the two counts is."""

    part: Count
    whole: Count

    @property
    def share(self) -> Fraction | None:
        """Part / whole as a fraction of one; None when it is hidden."""
        if isinstance(self.part, Hidden) or isinstance(self.whole, Hidden):
            return None
        return Fraction(self.part, self.whole)


@dataclass(frozen=True)
class QuantityFigure(CellFigure):
    """A figure that is entered as such: a value of a series, or last year's figure."""

    quantity: Quantity | Hidden
    source: str


@dataclass(frozen=True)
class ChangeFigure(CellFigure):
    """How much a series has changed; `size_only` where the sentence says which way."""

    quantity: Quantity
    values: tuple[Value, ...]
    size_only: bool


@dataclass(frozen=True)
class AmountFigure(CellFigure):
    """An amount of a table, in its unit (”kronor”, ”%”)."""

    value: Fraction
    measure: str


Figure = (
    IndicatorFigure
    | IndexFigure
    | AreaFigure
    | TallyFigure
    | CountFigure
    | ShareFigure
    | QuantityFigure
    | ChangeFigure
    | AmountFigure
)


def places_of(figure: Figure) -> tuple[Place, ...]:
    """The cells that a figure rests on; an index and a tally rest on other figures."""
    match figure:
        case IndicatorFigure(result=result, form=IndicatorForm.TARGET):
            return (result.indicator.place("target"),)
        case IndicatorFigure(result=result, form=IndicatorForm.WEIGHT):
            return (result.indicator.place("weight"),)
        case IndicatorFigure(result=result):
            return result.outcome.places
        case CellFigure(places=places):
            return places
        case IndexFigure(area=area) | AreaFigure(area=area) if area is not None and area.reported:
            return area.reported.places
        case _:
            return ()
