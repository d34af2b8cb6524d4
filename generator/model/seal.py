"""What was decided: the input files, the results and the version of the program on the day of a decision."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from generator.model.entry import Entry
from generator.model.fields import Date, Id, Text, WholeNumber


class SealedFile(Entry):
    path: Text = Field(alias="fil")
    sha256: Text


class SealedIndicator(Entry):
    """The points and the outcome of an indicator of the association."""

    id: Id
    signal: Text
    earned: Text | None = Field(None, alias="poäng")
    weight: WholeNumber | None = Field(None, alias="vikt")
    outcome: Text = Field(alias="utfall")


class SealedIndex(Entry):
    """Points earned and possible, as fractions written out; of a unit or of the association."""

    unit: Id = Field(alias="enhet")
    earned: Text = Field(alias="uppnått")
    possible: WholeNumber = Field(alias="maximalt")


class Seal(Entry):
    """fastställt.yaml: written by the program, beside the content that was decided."""

    report: Id = Field(alias="rapport")
    decided: Date = Field(alias="beslut")
    by: Text = Field(alias="av")
    program: Text = Field(alias="program")
    indexes: tuple[SealedIndex, ...] = Field(alias="index")
    indicators: tuple[SealedIndicator, ...] = Field(alias="indikatorer")
    files: tuple[SealedFile, ...] = Field(alias="filer")


@dataclass(frozen=True)
class SealState:
    """A seal and how the content differs from it now: paths that were added, changed or removed."""

    seal: Seal
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)
