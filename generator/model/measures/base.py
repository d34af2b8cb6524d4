"""What every indicator has, whatever it measures."""

from abc import abstractmethod
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import Field

from generator.model.entry import Entry, former_id, key, mistake, said
from generator.model.fields import Id, Margin, NameKey, OneOrMore, TargetsField, Text, WholeNumber, Year
from generator.model.outcome import Entered, EnteredCell, NotMeasured, Outcome, Ratio, RestsOn, persons_in
from generator.model.outcomes import Value
from generator.model.quantities import Kind
from generator.model.settings import Unit
from generator.model.tables import UnitTables

if TYPE_CHECKING:
    from generator.model.report import Report


class Subject(Enum):
    """What an indicator can be measured from."""

    ROW = "raden"
    GROUP_OF_PEOPLE = "gruppen"
    RESPONDENTS = "svarsgruppen"
    QUESTION = "frågan"
    SERIES = "serien"
    GRADE_SCALE = "betygsskalan"
    INDICATOR = "indikatorn"


ALL, ASSOCIATION, UNITS = "alla", "forbundet", "enheter"  # whom an indicator concerns, beside units by name


class IndicatorBase(Entry):
    """What every indicator has, whatever it measures.

    A measure says what it is called and means to readers, which kinds of target fit it, whether its outcomes
    are whole numbers, changes with a sign, numbers of texts, parts of an `amount`, or percent that may exceed
    100, what is counted beside an outcome that is no share of it, and which of its fields name things that
    are defined elsewhere.
    """

    title: ClassVar[str]
    meaning: ClassVar[str]
    target_kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.SHARE})
    is_whole: ClassVar[bool] = False
    is_change: ClassVar[bool] = False
    counts_texts: ClassVar[bool] = False
    is_of_amount: ClassVar[bool] = False
    exceeds: ClassVar[bool] = False
    basis_word: ClassVar[str] = ""
    names: ClassVar[Mapping[str, Subject]] = {}

    id: Id = Field(description="Indikatorns nummer, till exempel 1.1.1. Ingen annan får ha samma.")
    text: Text = Field(description="Vad som mäts, i ord.")
    short: Text | None = key("kort", "Kortare namn i trycket, där det är trångt.", None)
    target: TargetsField = key(
        "krav", "Vad som ska nås: minst 80 %, högst 10 %, 40–60 %, minskning, uppfyllt eller inte satt."
    )
    weight: WholeNumber | None = key("vikt", "Poäng när kravet är uppfyllt.", None, ge=1)
    margin: Margin | None = key("marginal", "Hur långt från kravet som ger orange.", None)
    outer_margin: Margin | None = key(
        "yttre_marginal", "Hur långt från kravet som ger den tredje av fyra signaler.", None
    )
    due: Year | None = key("senast", "Året då kravet ska vara nått, om det är ett senare år.", None)
    reference: Text | None = key("referens", "Vad frågan heter i en annan enkät, till exempel NNS 14.", None)
    scope: OneOrMore[NameKey] = key(
        "gäller", "Annars alla: förbundet, enheter, eller enheter vid namn.", (ALL,)
    )
    corresponds: Id | None = former_id("Indikatorns")
    dropped: Text | None = key("utgår", "Varför indikatorn inte mäts i år; den får då ingen vikt.", None)

    @abstractmethod
    def outcome(self, tables: UnitTables) -> Outcome:
        """What the measure's own rule makes of a unit's tables, or why it makes nothing of them."""

    def not_measured(self, reason: NotMeasured, *ratios: Ratio) -> Outcome:
        """`ratios` are what is known all the same: a group is too small, or nobody is there."""
        return Outcome(self.kind, rests_on=ratios, reason=reason)

    def rests_on(self, value: Value, tables: UnitTables) -> RestsOn:
        """What a figure entered for the indicator itself rests on, where its own rule says nothing."""
        return Entered(persons_in(value.quantity, EnteredCell(tables.unit.id, self.id), (value.place,)))

    def named(self, field: str) -> tuple[str, ...]:
        """What stands in one of the fields of `names`."""
        written = getattr(self, field)
        return (written,) if isinstance(written, str) else written or ()

    def names_of(self, subject: Subject) -> tuple[str, ...]:
        return tuple(name for field, of in self.names.items() if of is subject for name in self.named(field))

    @property
    def asked(self) -> tuple[str, str] | None:
        """The respondents and the question, for a measure of answers."""
        return None

    @property
    def answer_keys(self) -> frozenset[str]:
        """The answers that are wanted, for a share of answers."""
        return frozenset()

    def for_unit(self, unit: Unit, *, is_association: bool) -> Self | None:
        """The indicator with the target of a unit; None where it does not concern it."""

        def is_named(name: str) -> bool:
            return name in (ALL, ASSOCIATION if is_association else UNITS) or unit.is_called(name)

        if not any(map(is_named, self.scope)):
            return None
        if not self.target.own:
            return self
        own = {name in (ALL, UNITS): target for name, target in self.target.own if is_named(name)}
        return self.model_copy(update={"target": own[min(own)]}) if own else None

    def told_in(self, _: "Report", /) -> Self:
        """With the words that a report's scale has for the target."""
        return self

    @property
    def kind(self) -> Kind:
        """What outcomes are counted in, as far as the target or the measure alone says it."""
        if self.target.kind is not None:
            return self.target.kind
        return next(iter(self.target_kinds)) if len(self.target_kinds) == 1 else Kind.NUMBER

    @property
    def may_exceed(self) -> bool:
        """Whether what is in percent may be more than all: where the target itself asks for all or more."""
        return self.exceeds and any(limit.value >= 1 for limit in self.target.limits)

    def check(self) -> None:
        if self.due is not None and not self.target.is_set:
            remedy = "Skriv ett krav, eller ta bort ”senast”."
            mistake("kravet är inte satt, men ska nås", remedy, key="senast")
        if not self.target.is_possible(exceeds=self.exceeds):
            found = f"kravet ”{self.target.text}” ligger utanför det möjliga"
            mistake(found, "En andel ligger mellan 0 och 100 %.", key="krav")
        self._check_fit()
        self._check_margins()

    def _check_fit(self) -> None:
        kind = self.target.kind
        if not self.target.is_set and Kind.VERDICT not in self.target_kinds:
            return
        if self.target.is_set and kind is None and self.target_kinds & {Kind.POINTS, Kind.NUMBER}:
            return
        if kind not in self.target_kinds:
            fitting = (example for kind, example in _TARGET_EXAMPLE.items() if kind in self.target_kinds)
            mistake(
                f"kravet ”{self.target.text}” passar inte måttet ”{self.measure_name}”",
                f"Skriv kravet som till exempel {' eller '.join(fitting)}.",
                key="krav",
            )

    def _check_margins(self) -> None:
        """Where only a direction is asked for, the margin fits any unit that the measure can have."""
        for name, margin in (("marginal", self.margin), ("yttre_marginal", self.outer_margin)):
            kinds = {self.target.kind} if self.target.kind else self.target_kinds
            expected = {margin_kind(kind) for kind in kinds}
            units = {margin.unit.casefold() if margin else "", self.target.unit.casefold()} - {""}
            if margin and (margin.kind not in expected or len(units) > 1):
                unit = "procentenheter" if Kind.POINTS in expected else "samma enhet som kravet"
                remedy = f"Skriv marginalen i {unit}."
                mistake(f"marginalen passar inte kravet ”{self.target.text}”", remedy, key=name)

    @property
    def number(self) -> str:
        """What is printed of the id: ”1.4.1” of ”1.4.1-umea”, one of several places with the same number."""
        number = self.id.partition("-")[0]
        return number if number[:1].isdigit() else self.id

    @property
    def measure_name(self) -> str:
        return str(getattr(self, "measure", ""))

    @property
    def measured(self) -> dict[str, Any]:
        """What is measured, and of whom: all but what it is called and what is demanded of it."""
        return said(self, IndicatorBase.__pydantic_fields__)

    def numbers_in(self, _: "Report", /) -> tuple[int, ...]:
        """The numbers of the scale that it is measured on, in order; none where that is no scale."""
        return ()


_TARGET_EXAMPLE = {
    Kind.SHARE: "minst 80 %",
    Kind.POINTS: "högst 20 procentenheter",
    Kind.NUMBER: "minst 2",
    Kind.VERDICT: "uppfyllt",
}


def margin_kind(kind: Kind) -> Kind:
    """What a margin is counted in: what lies between two shares is percentage points."""
    return Kind.NUMBER if kind is Kind.NUMBER else Kind.POINTS
