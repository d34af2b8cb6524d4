"""What was decided: the input files, the results and the version of the program on the day of a decision."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from generator.model.entry import Entry, mistake
from generator.model.fields import Date, Id, Text, WholeNumber, YesOrNo
from generator.model.frozen import Frozen

SEAL_FILE = "faststallt.yaml"


def _exact(value: Any) -> Any:
    """A number as the program writes it: ”124” or ”81/100”."""
    if isinstance(value, Fraction):
        return value
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        mistake(f"”{value}” är inte ett tal", "Filen skrivs av programmet: ta bort den och fastställ igen.")


Exact = Annotated[Fraction, BeforeValidator(_exact)]


class SealedIndicator(Entry):
    """An indicator of the association. The value of the outcome is exact, in the form of its kind."""

    id: Id
    text: Text
    signal: Text | None = None
    earned: Exact | None = Field(None, alias="poäng")
    weight: WholeNumber | None = Field(None, alias="vikt")
    value: Exact | None = Field(None, alias="värde")
    numerator: WholeNumber | None = Field(None, alias="täljare")
    denominator: WholeNumber | None = Field(None, alias="nämnare")
    met: YesOrNo | None = Field(None, alias="uppfyllt")


class SealedArea(Entry):
    """An area of the association; `reported` when its points were taken over as published."""

    id: Id
    name: Text = Field(alias="namn")
    earned: Exact = Field(alias="uppnått")
    possible: WholeNumber = Field(alias="maximalt")
    reported: YesOrNo = Field(False, alias="övertaget")
    indicators: tuple[SealedIndicator, ...] = Field((), alias="indikatorer")


class SealedUnit(Entry):
    id: Id
    earned: Exact = Field(alias="uppnått")
    possible: WholeNumber = Field(alias="maximalt")


class SealedFile(Entry):
    path: Text = Field(alias="fil")
    sha256: Text


class Seal(Entry):
    """faststallt.yaml: written by the program, beside the content that was decided."""

    report: Id = Field(alias="rapport")
    decided: Date = Field(alias="beslut")
    by: Text = Field(alias="av")
    program: Text
    areas: tuple[SealedArea, ...] = Field(alias="områden")
    units: tuple[SealedUnit, ...] = Field((), alias="enheter")
    files: tuple[SealedFile, ...] = Field(alias="filer")


class SealState(Frozen):
    """A seal and how the content differs from it now: paths that were added, changed or removed."""

    seal: Seal
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)
