"""Figures that are entered with their source: values, counts, and how a series has changed."""

from typing import ClassVar, Literal

from generator.model.entry import key
from generator.model.fields import NameKey, Year
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.names import name_key
from generator.model.outcome import Basis, Counted, Entered, NotMeasured, Outcome, Ratio, RestsOn, Uncounted
from generator.model.outcomes import MASKED_VALUES, Value, ValueKey
from generator.model.quantities import Kind
from generator.model.tables import UnitTables, change_of

OWN_PLACE = "egen-kommun"


class ChangeIndicator(IndicatorBase):
    title: ClassVar = "Förändring"
    meaning: ClassVar = "Årets värde minus jämförelseårets värde."
    is_change: ClassVar = True
    names: ClassVar = {"series": Subject.SERIES}
    target_kinds: ClassVar = frozenset({Kind.POINTS, Kind.NUMBER})

    measure: Literal["förändring"] = key("mått")
    series: NameKey = key("serie", "Serien vars tal jämförs.")
    location: NameKey = key("plats", "En ort, en enhet eller ”egen kommun”.")
    compared_year: Year | None = key("jämfört_med", "Året att jämföra med; annars året före.", None)

    def outcome(self, tables: UnitTables) -> Outcome:
        location = tables.unit.location_key if self.location == OWN_PLACE else self.location
        year = tables.report.year
        wanted = ValueKey(self.series, location, year, self.compared_year or year - 1)
        change = change_of(tables.outcomes.values, wanted)
        if change is None:
            is_masked = (MASKED_VALUES, location, self.series) in tables.outcomes.masked
            return self.not_measured(NotMeasured.MASKED if is_masked else NotMeasured.ROW_MISSING)
        quantity, seen_from = change
        places = tuple(value.place for value in seen_from)
        return Outcome(
            quantity.kind,
            quantity.value,
            quantity.unit,
            Entered(),
            basis=Basis.PUBLISHED if len(seen_from) == 1 else Basis.COMPUTED,
            source=seen_from[0].source,
            places=places,
        )


class FigureIndicator(IndicatorBase):
    """A figure that is entered under the indicator's own id: see `Measuring.outcome`."""

    def outcome(self, tables: UnitTables) -> Outcome:
        return self.not_measured(tables.why_missing(MASKED_VALUES, (name_key(self.id),)))


class ValueIndicator(FigureIndicator):
    title: ClassVar = "Värde"
    meaning: ClassVar = "En uppgift med sin måttenhet, hämtad från den källa som anges."
    target_kinds: ClassVar = frozenset({Kind.SHARE, Kind.POINTS, Kind.NUMBER})
    exceeds: ClassVar = True

    measure: Literal["värde"] = key("mått")


class CountIndicator(FigureIndicator):
    title: ClassVar = "Antal"
    meaning: ClassVar = "Ett antal, hämtat från den källa som anges."
    is_whole: ClassVar = True
    target_kinds: ClassVar = frozenset({Kind.NUMBER})

    measure: Literal["antal"] = key("mått")

    def rests_on(self, value: Value, tables: UnitTables) -> RestsOn:
        entered = super().rests_on(value, tables)
        assert isinstance(entered, Entered)
        number: Counted | Uncounted = entered.persons or Uncounted(int(value.quantity.value), (value.place,))
        return (Ratio(number),)
