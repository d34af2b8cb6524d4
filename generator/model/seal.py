"""What was decided: the input files, the results and the version of the program on the day of a decision."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator

from generator.model.entry import Entry, key, mistake
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
    earned: Exact | None = key("poäng", default=None)
    weight: WholeNumber | None = key("vikt", default=None)
    value: Exact | None = key("värde", default=None)
    numerator: Exact | None = key("täljare", default=None)
    denominator: Exact | None = key("nämnare", default=None)
    met: YesOrNo | None = key("uppfyllt", default=None)


class SealedArea(Entry):
    """An area of the association; `reported` when its points were taken over as published."""

    id: Id
    name: Text = key("namn")
    earned: Exact = key("uppnått")
    possible: WholeNumber = key("maximalt")
    reported: YesOrNo = key("övertaget", default=False)
    indicators: tuple[SealedIndicator, ...] = key("indikatorer", default=())


class SealedUnit(Entry):
    id: Id
    earned: Exact = key("uppnått")
    possible: WholeNumber = key("maximalt")


class SealedFile(Entry):
    path: Text = key("fil")
    sha256: Text


class Seal(Entry):
    """faststallt.yaml: written by the program, beside the content that was decided."""

    report: Id = key("rapport")
    decided: Date = key("beslut")
    by: Text = key("av")
    program: Text
    areas: tuple[SealedArea, ...] = key("områden")
    units: tuple[SealedUnit, ...] = key("enheter", default=())
    files: tuple[SealedFile, ...] = key("filer")


class SealState(Frozen):
    """A seal and how the content differs from it now: paths that were added, changed or removed."""

    seal: Seal
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)
