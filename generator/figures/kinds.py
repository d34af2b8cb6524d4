"""The kinds of figures that a report has, each with what it rests on."""

from enum import StrEnum

from generator.model.frozen import Frozen
from generator.model.outcomes import Value
from generator.model.places import Place
from generator.model.quantities import Quantity
from generator.model.results import AreaResult, Index, IndicatorResult, UnitResult
from generator.model.shown import Count, Hidden


class IndicatorForm(StrEnum):
    """What of an indicator, as an author writes it after the id."""

    OUTCOME = ""  # value and basis
    VALUE = "värde"
    NUMERATOR = "täljare"
    DENOMINATOR = "nämnare"
    TARGET = "krav"
    WEIGHT = "vikt"
    POINTS = "poäng"
    SIGNAL = "signal"


class IndicatorFigure(Frozen):
    unit: UnitResult
    result: IndicatorResult
    form: IndicatorForm

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells that it rests on: what is decided, or those of the outcome."""
        indicator = self.result.indicator
        decided = {IndicatorForm.TARGET: "target", IndicatorForm.WEIGHT: "weight"}.get(self.form)
        return (indicator.place(decided),) if decided else self.result.outcome.places


class IndexForm(StrEnum):
    """What of an index, of a unit or of an area, likewise."""

    INDEX = ""
    POINTS = "poäng"  # ”124 av 177”
    EARNED = "uppnådda"
    POSSIBLE = "möjliga"
    TARGET = "mål"
    AGAINST_TARGET = "mot målet"


class IndexFigure(Frozen):
    """The index of an area, or of the whole unit when there is none."""

    unit: UnitResult
    area: AreaResult | None
    index: Index
    form: IndexForm

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells of points that are taken over: others rest on figures of their own."""
        return self.area.reported.places if self.area and self.area.reported else ()


class PlainFigure(Frozen):
    """A number, hidden where disclosure control hides it, or a name; `what` it is in words: ”Avslut”.

    Of a share of persons the two counts are `part` and `whole`. A change is seen from `values`, and with
    `size_only` the sentence says which way it went. A tally has the ids that are `counted`, an entered
    figure its `source`. One that `adds_up` is the sum of its places, and an amount is `made_of` what its
    table says. A tally rests on no cells but on other figures. What is entered or added up `is_exact`: it is
    written with the decimals that it has.
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
    adds_up: bool = False
    made_of: str = ""
    is_exact: bool = False


Figure = IndicatorFigure | IndexFigure | PlainFigure
