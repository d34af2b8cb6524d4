"""The outcomes of a unit. A figure entered for the indicator itself goes before its measure's rule."""

from dataclasses import replace

from generator.model.measures import Indicator, Subject
from generator.model.names import name_key
from generator.model.outcome import NotMeasured, Outcome, entered_outcome
from generator.model.quantities import Target
from generator.model.report import Report
from generator.model.settings import Unit
from generator.model.tables import PartVerdict, UnitTables
from generator.scoring.signals import meets_level


class Measuring:
    """Measures the indicators of the association or of one of its units, each once."""

    def __init__(self, report: Report, unit: Unit) -> None:
        self._report = report
        self._outcomes: dict[str, Outcome] = {}
        self._tables = UnitTables(report, unit, self._verdict_of)

    def outcome(self, indicator: Indicator) -> Outcome:
        if indicator.id not in self._outcomes:
            self._outcomes[indicator.id] = self._outcome(indicator)
        return self._outcomes[indicator.id]

    def _outcome(self, indicator: Indicator) -> Outcome:
        if self._report.is_plan:
            return indicator.not_measured(NotMeasured.NOT_YET)
        outcome = self._published(indicator, self._computed(indicator))
        stated = self._report.outcomes.unmeasured.get((self._tables.unit.id, indicator.id))
        if stated is not None and not outcome.is_measured:
            outcome = replace(outcome, reason=NotMeasured(stated.reason), places=(stated.place,))
        if indicator.dropped is not None and outcome.is_measured:
            return indicator.not_measured(NotMeasured.DROPPED)
        return outcome

    def _computed(self, indicator: Indicator) -> Outcome:
        """By the measure's own rule. Raises ValueError where it does not tell of persons that it names: whom
        it has counted could not be protected.
        """
        outcome = indicator.outcome(self._tables)
        named = {*indicator.names_of(Subject.ROW), *indicator.names_of(Subject.GROUP_OF_PEOPLE)}
        if outcome.is_measured and not named <= (told := {cell.name for cell in outcome.cells}):
            raise ValueError(f"{indicator.id} does not tell of {named - told}")
        return outcome

    def _published(self, indicator: Indicator, computed: Outcome) -> Outcome:
        """The figure that is entered for an indicator, if there is one, beside what its rule gives."""
        value = self._tables.value(name_key(indicator.id))
        if value is None:
            return computed
        if not computed.is_measured:
            return entered_outcome(value, indicator.rests_on(value, self._tables))
        published = entered_outcome(value, computed.rests_on)
        return replace(published, computed=computed.value, computed_places=computed.places)

    def _verdict_of(self, indicator_id: str, level: Target | None) -> PartVerdict:
        indicator = self._report.indicator_of(indicator_id, self._tables.unit)
        if indicator is None:
            return PartVerdict(NotMeasured.PART_NOT_MEASURED, ())
        outcome = self.outcome(indicator)
        if not outcome.is_measured:
            return PartVerdict(NotMeasured.PART_NOT_MEASURED, outcome.places)
        is_due = self._report.is_due(indicator)
        met = meets_level(level, indicator, outcome, self._report.rules, is_due=is_due)
        return PartVerdict(NotMeasured.PART_NOT_JUDGED if met is None else met, outcome.places)
