"""What a named body has stated: a grade, or that a target is met."""

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from generator.model.entry import key
from generator.model.fields import NameKey
from generator.model.measures.base import IndicatorBase, Subject
from generator.model.outcome import Basis, Entered, NotMeasured, Outcome
from generator.model.quantities import Kind
from generator.model.tables import UnitTables

if TYPE_CHECKING:
    from generator.model.report import Report


class AssessmentIndicator(IndicatorBase):
    title: ClassVar = "Bedömning"
    meaning: ClassVar = "Ett betyg på en skala, satt av den som anges och med motivering."
    target_kinds: ClassVar = frozenset({Kind.NUMBER})
    names: ClassVar = {"scale": Subject.GRADE_SCALE}

    measure: Literal["bedömning"] = key("mått")
    scale: NameKey = key("skala", "Betygsskalan.")

    def outcome(self, tables: UnitTables) -> Outcome:
        grade = tables.outcomes.grades.get((tables.unit.id, self.id))
        if grade is None:
            return self.not_measured(NotMeasured.NOT_STATED)
        return Outcome(
            Kind.NUMBER,
            Fraction(grade.number),
            rests_on=Entered(),
            basis=Basis.ATTESTED,
            source=f"{grade.by}: {grade.reason.rstrip('.')}",
            label=self._grades(tables.report)[grade.number - 1],
            places=(grade.place,),
        )

    def told_in(self, report: "Report", /) -> Self:
        limits = {limit.value for limit in self.target.limits}
        named = (name for number, name in enumerate(self._grades(report), 1) if {number} == limits)
        text = "".join([self.target.text, *(f" ({name})" for name in named)])
        return self.model_copy(update={"target": replace(self.target, text=text)})

    def numbers_in(self, report: "Report", /) -> tuple[int, ...]:
        return tuple(range(1, len(self._grades(report)) + 1))

    def _grades(self, report: "Report") -> tuple[str, ...]:
        scales = (scale.grades for scale in report.budget.grade_scales if scale.id == self.scale)
        return next(scales, ())  # a scale that is not there is told by itself


class AttestedIndicator(IndicatorBase):
    title: ClassVar = "Intyg"
    meaning: ClassVar = "Uppfyllt eller inte enligt den som anges, med källa."
    target_kinds: ClassVar = frozenset({Kind.VERDICT})

    measure: Literal["intyg"] = key("mått")

    def outcome(self, tables: UnitTables) -> Outcome:
        attestation = tables.outcomes.attestations.get((tables.unit.id, self.id))
        if attestation is None:
            return self.not_measured(NotMeasured.NOT_STATED)
        return Outcome(
            Kind.VERDICT,
            rests_on=Entered(),
            met=attestation.met,
            basis=Basis.ATTESTED,
            source=f"{attestation.by}, {attestation.source}",
            places=(attestation.place,),
        )
