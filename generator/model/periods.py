"""What a report covers: a year, or some whole months of one."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import field

from generator.model.frozen import Frozen

_MONTHS_OF = {"halvår": 6, "delår": 6, "tertial": 4, "kvartal": 3}
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
    "november", "december",
)  # fmt: skip
PART_EXAMPLES = "halvår 1, tertial 2, kvartal 3, januari–augusti, delår 2 januari–augusti"
_MONTH = "|".join(MONTHS)
_STRETCH = rf"(?P<first>{_MONTH})(?:\s*[–-]\s*(?P<last>{_MONTH}))?"
_YEAR = r"(?:\s+(?P<year>(?:19|20|21)\d\d))?"
_NUMBERED = re.compile(rf"(?P<name>({'|'.join(_MONTHS_OF)}) (?P<number>\d)){_YEAR}(?:,?\s+{_STRETCH})?")
_STRETCHED = re.compile(rf"(?P<name>{_STRETCH}){_YEAR}")


class PartOfYear(Frozen):
    """Months of a year, from 1 to 12, both ends included, and what they are called: ”tertial 2”."""

    first: int
    last: int
    name: str = field(compare=False)
    year: int | None = field(default=None, compare=False)  # where it is written too


def parse_part(text: str) -> PartOfYear:
    """PART_EXAMPLES lists the forms, which may have the year too. Raises ValueError, also of a whole year."""
    said = " ".join(text.casefold().split())
    match = _NUMBERED.fullmatch(said) or _STRETCHED.fullmatch(said)
    if match is None:
        raise ValueError(text)
    named = match.groupdict()
    if named["first"]:
        first = MONTHS.index(named["first"]) + 1
        last = MONTHS.index(named["last"]) + 1 if named["last"] else first
    else:
        length = _MONTHS_OF[named["name"].split()[0]]
        last = int(named["number"]) * length
        first = last - length + 1
    if not 1 <= first <= last <= len(MONTHS) or last - first == len(MONTHS) - 1:
        raise ValueError(text)
    return PartOfYear(first, last, named["name"], int(named["year"]) if named["year"] else None)


class Period(Frozen):
    """A year, or a part of it."""

    year: int
    part: PartOfYear | None = None

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.part.first if self.part else 1, 1)

    @property
    def last_day(self) -> datetime.date:
        month = self.part.last if self.part else len(MONTHS)
        return datetime.date(self.year, month, monthrange(self.year, month)[1])

    @property
    def order(self) -> tuple[int, int]:
        """By when it ends; of two that end together the shorter one first."""
        return self.last_day.toordinal(), -self.first_day.toordinal()

    @property
    def before(self) -> Period:
        """The same a year earlier."""
        return self.in_year(self.year - 1)

    def in_year(self, year: int) -> Period:
        return Period(year, self.part)

    def is_within(self, other: Period) -> bool:
        """Whether it is a part of another, and not all of that."""
        return self != other and other.first_day <= self.first_day and self.last_day <= other.last_day

    def __str__(self) -> str:
        """”2024”, ”tertial 2 2024”"""
        return f"{self.part.name} {self.year}" if self.part else str(self.year)


def side_by_side(
    periods: Sequence[Period], after: datetime.date = datetime.date.min
) -> Iterator[tuple[Period, ...]]:
    """Those after a day that do not overlap, in every way that leaves no room for another."""
    later = [period for period in periods if period.first_day > after]
    for first in later:
        if all(first.first_day <= other.last_day for other in later):
            yield from ((first, *others) for others in side_by_side(later, first.last_day))
    if not later:
        yield ()
