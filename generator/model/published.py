"""A report as it is published: what of its resultat.json is read, whoever made it.

The contract is in docs/architecture.md. Names that are not known are passed over, since names are added.
"""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from generator.model.results import Signal

# No signs that steer what is written, or turn what stands beside them.
_SEEN = StringConstraints(
    strip_whitespace=True,
    max_length=300,
    pattern=r"^[^\p{Cc}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FFFE}\x{FFFF}]*$",
)
Name = Annotated[str, _SEEN, Field(min_length=1)]
Number = Annotated[int, Field(ge=0, le=1_000_000_000)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class PublishedHead(_Published):
    title: Name = Field(alias="titel")
    organisation: Annotated[str, _SEEN] = ""  # in reports made before it was there
    kind: str = Field("bokslut", alias="typ", max_length=30)
    first_day: datetime.date = Field(alias="fran")
    last_day: datetime.date = Field(alias="till")


class PublishedIndex(_Published):
    """An index in percent as shown, None when nothing is measured; `measured` of `total` indicators."""

    percent: Percent | None = Field(None, alias="index")
    signal: Signal | None = None
    measured: Number = Field(alias="matta")
    total: Number = Field(alias="antal")


class PublishedWhole(PublishedIndex):
    target: Percent = Field(alias="mal")
    reported: object = Field(None, alias="redovisat")  # what is taken over, None when all is computed


class PublishedArea(PublishedIndex):
    name: Name = Field(alias="namn")


class PublishedCount(_Published):
    """Persons, None when the count is hidden."""

    name: Name = Field(alias="namn")
    total: Number | None = Field(None, alias="totalt")


class PublishedResult(_Published):
    head: PublishedHead = Field(alias="rapport")
    index: PublishedWhole
    areas: tuple[PublishedArea, ...] = Field(alias="omraden", max_length=50)
    participants: tuple[PublishedCount, ...] = Field((), alias="deltagare", max_length=200)

    @property
    def organisation(self) -> str:
        return self.head.organisation.strip() or self.head.title
