"""A unit over the years: its indexes, participants and indicators, with breaks where a definition changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from generator.model.development import Column, Development, Line
from generator.model.names import name_key
from generator.model.published import ShownPeople
from generator.model.report import Report
from generator.model.results import Index, IndicatorResult
from generator.pages import views
from generator.pages.addresses import OVERVIEW, development_page_of, unit_page_of
from generator.pages.measures import how_text
from generator.pages.numbers import DASH, NBSP, count, percent_number, plain_number
from generator.pages.wording import (
    basis_text,
    count_text,
    index_signal_view,
    outcome_text,
    signal_view,
    target_text,
)

T = TypeVar("T")
_MISSING = views.YearCell(DASH, "", "", None, False)
_ROOMY = 5  # columns beside each other in which the words of signals have room


def legend_of(signals: Iterable[views.Signal | None], columns: int) -> tuple[views.Signal, ...]:
    """What the symbols of a table mean; none where the words stand beside them."""
    if columns <= _ROOMY:
        return ()
    return tuple(dict.fromkeys(replace(one, points="", reason="") for one in signals if one is not None))


def development_view(development: Development) -> views.Development:
    columns = development.columns
    years = [column.published.report.year for column in columns]
    return views.Development(
        name=columns[-1].result.unit.name,
        page=development_page_of(development.unit),
        heads=tuple(_head(column, years.count(column.published.report.year) > 1) for column in columns),
        tables=tuple(table for table in _tables(development) if table.rows),
    )


def _head(column: Column, is_titled: bool) -> views.YearHead:
    """Of several reports of one year, each has its title."""
    report, unit = column.published.report, column.result.unit
    page = OVERVIEW if unit.id == report.association.id else unit_page_of(report, unit.id)
    title = report.settings.title
    return views.YearHead(title if is_titled else str(report.year), title, f"{report.id}/{page}.html")


def _tables(development: Development) -> Iterator[views.YearTable]:
    columns = development.columns
    name = columns[-1].result.unit.name
    years = f"{columns[0].published.report.year}–{columns[-1].published.report.year}"
    indexes = (development.index, *development.areas)
    yield _table("index", "IMPACTindex", f"för {name} {years}", _index_rows(indexes, columns))
    yield _table("deltagare", "Deltagare", f"i {name} {years}", _people_rows(development.rows, columns))
    indicators = _indicator_rows(development.indicators, columns)
    yield _table("indikatorer", "Indikatorer", f"för {name} {years}", indicators)


def _table(anchor: str, title: str, of: str, found: Iterable[views.YearRow]) -> views.YearTable:
    rows = tuple(found)
    signals = [cell.signal for row in rows for cell in row.cells]
    columns = max((len(row.cells) for row in rows), default=0)
    return views.YearTable(anchor, title, f"{title} {of}", rows, legend_of(signals, columns))


def _index_rows(lines: Sequence[Line[Index]], columns: Sequence[Column]) -> Iterator[views.YearRow]:
    for line in lines:
        if line.is_followed:
            label = _area_name(line, columns)
            note = "Räknas på andra indikatorer eller vikter än i bokslutet före."
            yield views.YearRow(label, _cells(line, columns, _index_cell), tuple(_notes(line, columns, note)))


def _area_name(line: Line[Index], columns: Sequence[Column]) -> str:
    for id, column in reversed(list(zip(line.ids, columns, strict=True))):
        for area in column.published.report.budget.areas:
            if id is not None and name_key(area.id) == id:
                return area.name
    return "Totalt"


def _index_cell(index: Index, report: Report, is_break: bool) -> views.YearCell:
    assert index.share is not None
    rounding = report.rules.rounding
    return views.YearCell(
        percent_number(index.share, rounding, index.limits),
        f"{plain_number(index.earned)} av {count(index.possible)}",
        "",
        index_signal_view(index),
        is_break,
    )


def _people_rows(lines: Sequence[Line[ShownPeople]], columns: Sequence[Column]) -> Iterator[views.YearRow]:
    for line in lines:
        if line.is_followed:
            note = "Raden räknas av andra delar än i bokslutet före."
            label = _row_name(line, columns)
            yield views.YearRow(
                label, _cells(line, columns, _people_cell), tuple(_notes(line, columns, note))
            )


def _row_name(line: Line[ShownPeople], columns: Sequence[Column]) -> str:
    at = max(at for at, id in enumerate(line.ids) if id is not None)
    rows = columns[at].published.report.settings.rows
    return next(row.name for row in rows if row.id == line.ids[at])


def _people_cell(people: ShownPeople, _report: Report, is_break: bool) -> views.YearCell:
    return views.YearCell(count_text(people.total), "", "", None, is_break)


def _indicator_rows(
    lines: Sequence[Line[IndicatorResult]], columns: Sequence[Column]
) -> Iterator[views.YearRow]:
    for line in lines:
        if line.is_followed:
            last = next(point for point in reversed(line.points) if point is not None)
            label = f"{last.indicator.id} {last.indicator.text}"
            notes = tuple(_definition_notes(line, columns))
            yield views.YearRow(label, _cells(line, columns, _indicator_cell), notes)


def _indicator_cell(result: IndicatorResult, report: Report, is_break: bool) -> views.YearCell:
    rounding = report.rules.rounding
    return views.YearCell(
        outcome_text(result, rounding),
        basis_text(result, rounding).replace(f"{NBSP}av{NBSP}", " av "),  # columns may be narrow
        f"krav {target_text(result.indicator)}",
        signal_view(result),
        is_break,
    )


def _definition_notes(line: Line[IndicatorResult], columns: Sequence[Column]) -> Iterator[str]:
    """How it was measured before a break, and how from then on."""
    for at in sorted(line.breaks):
        before = max(other for other in range(at) if line.points[other] is not None)
        year = columns[at].published.report.year
        told = " ".join(
            f"{columns[one].published.report.year}: {_how(line, columns[one], one)}" for one in (before, at)
        )
        yield f"Definitionen ändrades {year}. {told}"


def _how(line: Line[IndicatorResult], column: Column, at: int) -> str:
    point = line.points[at]
    assert point is not None
    how = how_text(point.indicator, column.published.report, column.result.unit) or point.indicator.text
    return f"{how.rstrip('.')}."


def _notes(line: Line[T], columns: Sequence[Column], note: str) -> Iterator[str]:
    years = [str(columns[at].published.report.year) for at in sorted(line.breaks)]
    yield from (f"{year}: {note}" for year in years)


def _cells(
    line: Line[T], columns: Sequence[Column], cell: Callable[[T, Report, bool], views.YearCell]
) -> tuple[views.YearCell, ...]:
    return tuple(
        _MISSING if point is None else cell(point, column.published.report, at in line.breaks)
        for at, (point, column) in enumerate(zip(line.points, columns, strict=True))
    )
