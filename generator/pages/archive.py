"""The reports of a site beside each other: those of each unit by year."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from generator.model.archive import ArchivedReport, ArchivedUnit
from generator.model.contents import Part
from generator.model.development import Development
from generator.model.periods import PartOfYear, Period
from generator.model.settings import Rules
from generator.pages import views
from generator.pages.addresses import development_page_of, unit_page_named
from generator.pages.development import development_view, legend_of
from generator.pages.numbers import DASH, count
from generator.pages.wording import index_signal_view, index_text

Names = dict[tuple[str, PartOfYear | None], str]  # of units, and of parts of the year that are reported
PLAN = "Plan"  # stands for the result of a year that is not over


def archive_view(
    archive: Sequence[ArchivedReport], followed: Sequence[Development], rules: Rules
) -> views.Archive:
    """`followed` are the units that are in several reports."""
    years, names = tuple(map(str, _years_of(archive))), _names(archive)
    rows = _rows(archive, names, {(each.unit, each.part) for each in followed}, rules)
    signals = [entry.signal for row in rows for entries in row.years for entry in entries]
    shown = tuple(development_view(each, names[each.unit, each.part]) for each in followed)
    return views.Archive(archive_entries(archive, rules), years, rows, legend_of(signals, len(years)), shown)


def archive_entries(archive: Sequence[ArchivedReport], rules: Rules) -> tuple[views.ArchiveEntry, ...]:
    """Every report, the latest first."""
    latest = sorted(archive, key=lambda report: (report.period.order, report.title), reverse=True)
    return tuple(_entry(report, report.whole, rules) for report in latest)


def _rows(
    archive: Sequence[ArchivedReport],
    names: Names,
    followed: Collection[tuple[str, PartOfYear | None]],
    rules: Rules,
) -> tuple[views.ArchiveRow, ...]:
    """A row for each unit with its results by year, and for each part of the year that is reported one more.

    Those that are `followed` lead to their own page.
    """
    return tuple(
        views.ArchiveRow(
            f"{name}, {part.name}" if part else name,
            f"{development_page_of(key, part)}.html" if (key, part) in followed else "",
            tuple(
                tuple(_entries((each for each in archive if each.period == Period(year, part)), key, rules))
                for year in _years_of(archive)
            ),
        )
        for (key, part), name in names.items()
    )


def _names(archive: Iterable[ArchivedReport]) -> Names:
    """The latest name of each unit; with that of its whole where several units are called the same."""
    names: dict[tuple[str, PartOfYear | None], tuple[str, str]] = {}
    for report in sorted(archive, key=lambda report: report.period.order, reverse=True):
        for unit in (report.whole, *report.units):
            names.setdefault((unit.key, report.period.part), (unit.name, f"{unit.name}, {report.whole.name}"))
    number = Counter((name, part) for (_, part), (name, _) in names.items())
    return {key: full if number[name, key[1]] > 1 else name for key, (name, full) in names.items()}


def _years_of(archive: Iterable[ArchivedReport]) -> list[int]:
    return sorted({report.period.year for report in archive})


def other_years(
    archive: Sequence[ArchivedReport], report: str, unit: str, rules: Rules
) -> tuple[views.ArchiveEntry, ...]:
    """Where a unit stands in the other reports."""
    in_order = sorted(archive, key=lambda other: (other.period.order, other.id))
    return tuple(_entries((other for other in in_order if other.id != report), unit, rules))


def _entries(reports: Iterable[ArchivedReport], unit: str, rules: Rules) -> Iterator[views.ArchiveEntry]:
    for report in reports:
        for part in (report.whole, *report.units):
            if part.key == unit:
                yield _entry(report, part, rules)


def _entry(report: ArchivedReport, unit: ArchivedUnit, rules: Rules) -> views.ArchiveEntry:
    """The index with its signal; without points how many targets were met."""
    is_whole = unit.id == report.whole.id
    page = Part.OVERVIEW.page if is_whole else unit_page_named(report.unit_name, unit.id)
    address = f"{report.id}/{page}.html"
    index, entry = unit.index, partial(views.ArchiveEntry, address, report.title)
    if report.is_plan:
        return entry(PLAN)
    if index.share is not None:
        return entry(index_text(index, rules.rounding), index_signal_view(index))
    if not unit.judged:
        return entry(DASH)
    return entry(f"{count(unit.met)} av {count(unit.judged)}", counts="krav uppfyllda")
