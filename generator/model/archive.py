"""A report as the other reports of its site speak of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.published import PublishedReport
from generator.model.results import Index, Signal, UnitResult


@dataclass(frozen=True)
class ArchivedUnit:
    """A unit of a report, or the association as a whole, with its index of the year.

    `met` of its indicators are green; without points that is the result.
    """

    id: str
    name: str
    index: Index
    met: int


@dataclass(frozen=True)
class ArchivedReport:
    """`whole` is what the report is about, `units` are its parts, each on a page called `unit_name`."""

    id: str
    title: str
    year: int
    whole: ArchivedUnit
    units: tuple[ArchivedUnit, ...]
    unit_name: str


def archived(published: PublishedReport) -> ArchivedReport:
    settings = published.report.settings
    whole, *units = (
        ArchivedUnit(one.unit.id, one.unit.name, one.index, _met(one))
        for one in (published.association, *published.units)
    )
    return ArchivedReport(
        published.report.id, settings.title, settings.year, whole, tuple(units), settings.unit_name
    )


def _met(result: UnitResult) -> int:
    return sum(one.signal is Signal.GREEN for one in result.results)
