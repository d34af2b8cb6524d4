"""The social budget: areas, goals and indicators with measures, targets and weights."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from generator.model.entry import Entry, mistake
from generator.model.fields import Id, Margin, NameKey, Rows, Share, TargetField, Text, WholeNumber, Year
from generator.model.grades import Grades
from generator.model.names import answer_key
from generator.model.quantities import Kind


class Scope(StrEnum):
    """For whom an indicator is part of the budget."""

    ALL = "alla"
    ASSOCIATION = "förbundet"
    UNITS = "enheter"


class IndicatorBase(Entry):
    """What every indicator has, whatever it measures."""

    id: Id
    text: Text
    target: TargetField = Field(alias="krav")
    weight: WholeNumber | None = Field(None, alias="vikt", description="Poäng när kravet är uppfyllt.")
    margin: Margin | None = Field(None, alias="marginal", description="Hur långt från kravet som ger orange.")
    due: Year | None = Field(
        None, alias="senast", description="Året då kravet ska vara nått, om det är ett senare år."
    )
    reference: Text | None = Field(
        None, alias="referens", description="Vad frågan heter i en annan enkät, till exempel NNS 14."
    )
    scope: Scope = Field(Scope.ALL, alias="gäller")
    corresponds: Id | None = Field(
        None, alias="motsvarar", description="Indikatorns id i tidigare bokslut, om det var ett annat."
    )
    dropped: Text | None = Field(
        None, alias="utgår", description="Varför indikatorn inte mäts i år; den får då ingen vikt."
    )

    @property
    def target_kinds(self) -> frozenset[Kind]:
        """The kinds of target that fit the measure."""
        return frozenset({Kind.SHARE})

    @property
    def kind(self) -> Kind:
        """What outcomes are counted in, as far as the target or the measure alone says it."""
        if self.target.kind is not None:
            return self.target.kind
        return next(iter(self.target_kinds)) if len(self.target_kinds) == 1 else Kind.NUMBER

    def is_due(self, year: int) -> bool:
        """Whether the target is to be reached in a year, or was to be before it."""
        return self.due is None or self.due <= year

    @model_validator(mode="after")
    def _later_target_is_set(self) -> IndicatorBase:
        if self.due is not None and not self.target.is_set:
            mistake("kravet är inte satt, men ska nås", "Skriv ett krav, eller ta bort raden.", key="senast")
        return self

    @model_validator(mode="after")
    def _target_fits_measure(self) -> IndicatorBase:
        kind = self.target.kind
        if not self.target.is_set and Kind.VERDICT not in self.target_kinds:
            return self
        if self.target.is_set and kind is None and self.target_kinds & {Kind.POINTS, Kind.NUMBER}:
            return self
        if kind not in self.target_kinds:
            examples = " eller ".join(_TARGET_EXAMPLE[kind] for kind in _sorted_kinds(self.target_kinds))
            mistake(
                f"kravet ”{self.target.text}” passar inte måttet ”{self.measure_name}”",
                f"Skriv kravet som till exempel {examples}.",
                key="krav",
            )
        return self

    @model_validator(mode="after")
    def _margin_fits_target(self) -> IndicatorBase:
        """Where only a direction is asked for, the margin fits any unit that the measure can have."""
        if self.margin is None:
            return self
        kinds = {self.target.kind} if self.target.kind else self.target_kinds
        expected = {margin_kind(kind) for kind in kinds}
        units = {self.margin.unit.casefold(), self.target.unit.casefold()} - {""}
        if self.margin.kind not in expected or len(units) > 1:
            unit = "procentenheter" if Kind.POINTS in expected else "samma enhet som kravet"
            remedy = f"Skriv marginalen i {unit}."
            mistake(f"marginalen passar inte kravet ”{self.target.text}”", remedy, key="marginal")
        return self

    @property
    def measure_name(self) -> str:
        return str(getattr(self, "measure", ""))

    @property
    def measured(self) -> dict[str, Any]:
        """What is measured, and of whom: all but what it is called and what is demanded of it."""
        return self.model_dump(exclude=_NOT_MEASURED)


_NOT_MEASURED = {
    "origin",
    "id",
    "text",
    "target",
    "weight",
    "margin",
    "due",
    "reference",
    "scope",
    "dropped",
    "corresponds",
}


_TARGET_EXAMPLE = {
    Kind.SHARE: "minst 80 %",
    Kind.POINTS: "högst 20 procentenheter",
    Kind.NUMBER: "minst 2",
    Kind.VERDICT: "uppfyllt",
}


def margin_kind(kind: Kind) -> Kind:
    """What a margin is counted in: what lies between two shares is percentage points."""
    return Kind.NUMBER if kind is Kind.NUMBER else Kind.POINTS


def _sorted_kinds(kinds: frozenset[Kind]) -> list[Kind]:
    return [kind for kind in Kind if kind in kinds]


class ShareIndicator(IndicatorBase):
    """Numerator / denominator: rows of the participant table."""

    measure: Literal["andel"] = Field(alias="mått")
    numerator: Rows = Field(alias="täljare")
    denominator: Rows = Field(alias="nämnare")


class AnswerIndicator(IndicatorBase):
    """What the measures of answers share: the wanted answers of one group to one question."""

    group: NameKey = Field(alias="grupp")
    question: NameKey = Field(alias="fråga")
    answers: tuple[Text, ...] = Field(alias="svar", min_length=1)

    @property
    def answer_keys(self) -> frozenset[str]:
        return frozenset(map(answer_key, self.answers))

    @property
    def measured(self) -> dict[str, Any]:
        return {**super().measured, "answers": sorted(self.answer_keys)}


class AnswerShareIndicator(AnswerIndicator):
    """Answers in a set / all who answered the question, for one respondent group."""

    measure: Literal["andel svar"] = Field(alias="mått")


class GenderBalanceIndicator(IndicatorBase):
    """Women / (women + men) of rows of the participant table, or of a group of people."""

    measure: Literal["könsfördelning"] = Field(alias="mått")
    rows: Rows | None = Field(None, alias="rad")
    group: NameKey | None = Field(None, alias="grupp")

    @model_validator(mode="after")
    def _of_one_thing(self) -> GenderBalanceIndicator:
        if (self.rows is None) == (self.group is None):
            mistake(
                "måttet ”könsfördelning” behöver veta vad som fördelas",
                "Skriv antingen ”rad: deltagare” (en rad i deltagartabellen) eller ”grupp: personal”.",
            )
        return self


class GenderGapIndicator(AnswerIndicator):
    """Absolute difference between women's and men's answer share, in percentage points."""

    measure: Literal["könsskillnad"] = Field(alias="mått")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.POINTS})


OWN_PLACE = "egen-kommun"


class ChangeIndicator(IndicatorBase):
    """This year's value of a series minus the comparison year's."""

    measure: Literal["förändring"] = Field(alias="mått")
    series: NameKey = Field(alias="serie")
    location: NameKey = Field(alias="plats", description="En ort, en enhet eller ”egen kommun”.")
    compared_year: Year | None = Field(
        None, alias="jämfört_med", description="Året att jämföra med; annars året före."
    )

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.POINTS, Kind.NUMBER})


class ValueIndicator(IndicatorBase):
    """A figure with its unit, from the table of values."""

    measure: Literal["värde"] = Field(alias="mått")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.SHARE, Kind.POINTS, Kind.NUMBER})


class CountIndicator(IndicatorBase):
    """A whole number, from the table of values."""

    measure: Literal["antal"] = Field(alias="mått")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.NUMBER})


class StoriesIndicator(IndicatorBase):
    """How many published success stories name the indicator."""

    measure: Literal["berättelser"] = Field(alias="mått")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.NUMBER})


class DescriptionIndicator(IndicatorBase):
    """How many published texts name the indicator; one is what is asked for."""

    measure: Literal["beskrivning"] = Field(alias="mått")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.NUMBER})


class AssessmentIndicator(IndicatorBase):
    """A grade on a named scale, set by a named body with its reason."""

    measure: Literal["bedömning"] = Field(alias="mått")
    scale: NameKey = Field(alias="skala")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.NUMBER})


class AttestedIndicator(IndicatorBase):
    """Met or not met as stated by a named body, with source."""

    measure: Literal["intyg"] = Field(alias="mått")

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.VERDICT})


class CompositeIndicator(IndicatorBase):
    """Other indicators, all of which must meet a level: their own target, or one stated here."""

    measure: Literal["sammansatt"] = Field(alias="mått")
    parts: tuple[Id, ...] = Field(alias="indikatorer", min_length=1)
    level: TargetField | None = Field(None, alias="nivå")

    @model_validator(mode="after")
    def _level_is_set(self) -> CompositeIndicator:
        if self.level is not None and not self.level.is_set:
            mistake("nivån är inte satt", "Skriv en nivå, eller ta bort raden.", key="nivå")
        return self

    @property
    def target_kinds(self) -> frozenset[Kind]:
        return frozenset({Kind.VERDICT})


Indicator = Annotated[
    ShareIndicator
    | AnswerShareIndicator
    | GenderBalanceIndicator
    | GenderGapIndicator
    | ChangeIndicator
    | ValueIndicator
    | CountIndicator
    | StoriesIndicator
    | DescriptionIndicator
    | AssessmentIndicator
    | AttestedIndicator
    | CompositeIndicator,
    Field(discriminator="measure"),
]


class Goal(Entry):
    id: Id
    text: Text
    indicators: tuple[Indicator, ...] = Field(alias="indikatorer", min_length=1)


class Area(Entry):
    id: Id
    name: Text = Field(alias="namn")
    ideal_weight: Share | None = Field(None, alias="idealvikt")
    corresponds: Id | None = Field(
        None, alias="motsvarar", description="Områdets id i tidigare bokslut, om det var ett annat."
    )
    goals: tuple[Goal, ...] = Field(alias="mål", min_length=1)

    @property
    def indicators(self) -> Iterator[Indicator]:
        return (indicator for goal in self.goals for indicator in goal.indicators)


class GradeScale(Entry):
    id: NameKey
    grades: Grades = Field(alias="betyg")


class Budget(Entry):
    """budget.yaml"""

    areas: tuple[Area, ...] = Field(alias="områden", min_length=1)
    grade_scales: tuple[GradeScale, ...] = Field((), alias="betygsskalor")

    @property
    def indicators(self) -> Iterator[Indicator]:
        return (indicator for area in self.areas for indicator in area.indicators)

    @property
    def is_weighted(self) -> bool:
        """Whether the report has an index: some indicator has a weight."""
        return any(indicator.weight is not None for indicator in self.indicators)
