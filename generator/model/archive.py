"""A report as the other reports of its site speak of it."""

from generator.model.frozen import Frozen
from generator.model.periods import Period
from generator.model.results import Index, Signal, UnitResult
from generator.model.shown import ShownReport


class ArchivedUnit(Frozen):
    """`met` of its `judged` indicators, those with a signal, are green; without points that is the result.

    `key` is the same in all reports that are about it.
    """

    id: str
    key: str
    name: str
    index: Index
    met: int
    judged: int


class ArchivedReport(Frozen):
    """`whole` is what the report is about, `units` are its parts, each on a page called `unit_name`."""

    id: str
    title: str
    period: Period
    whole: ArchivedUnit
    units: tuple[ArchivedUnit, ...]
    unit_name: str
    is_plan: bool = False


def archived(published: ShownReport) -> ArchivedReport:
    report, settings = published.report, published.report.settings
    whole, *units = (_archived_unit(published, result) for result in published.every_unit)
    named = settings.title, settings.period, whole, tuple(units), settings.unit_name
    return ArchivedReport(report.id, *named, report.is_plan)


def _archived_unit(published: ShownReport, result: UnitResult) -> ArchivedUnit:
    signals = [part.signal for part in result.results if part.signal is not None]
    met = signals.count(Signal.GREEN)
    unit = result.unit
    return ArchivedUnit(unit.id, published.key_of(unit.id), unit.name, result.index, met, len(signals))
