"""A unit over the years: its indexes, participants and indicators, with breaks where a definition changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from generator.model.development import Development, Line, ReportColumn
from generator.model.published import ShownPeople
from generator.model.quantities import Kind, Quantity
from generator.model.report import Report
from generator.model.results import Index, IndicatorResult
from generator.pages import views
from generator.pages.addresses import OVERVIEW, development_page_of, unit_page_of
from generator.pages.measures import how_text
from generator.pages.numbers import DASH, NBSP, count, percent_number, plain_number
from generator.pages.people_pictures import year_line
from generator.pages.scales import heights_of
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
    return tuple(dict.fromkeys(replace(signal, points="", reason="") for signal in signals if signal))


def development_view(development: Development) -> views.Development:
    columns = development.columns
    years = [column.published.report.year for column in columns]
    tables = tuple(table for table in _tables(development) if table.rows)
    return views.Development(
        name=columns[-1].result.unit.name,
        page=development_page_of(development.unit),
        heads=tuple(_head(column, years.count(column.published.report.year) > 1) for column in columns),
        lead=_lead(tables, years),
        tables=tables,
    )


def _lead(tables: Sequence[views.YearTable], years: Sequence[int]) -> str:
    """The first figure that can be compared from the first to the last year."""
    rows = (row for table in tables for row in table.rows if row.line and not row.line.breaks)
    told = (
        f"{row.label}: {row.cells[0].text} år {years[0]}, {row.cells[-1].text} år {years[-1]}."
        for row in rows
    )
    return next(told, "Definitionerna har ändrats mellan boksluten, så talen går inte att jämföra.")


def _head(column: ReportColumn, is_titled: bool) -> views.YearHead:
    """Of several reports of one year, each has its title."""
    report, unit = column.published.report, column.result.unit
    page = OVERVIEW if unit.id == report.association.id else unit_page_of(report, unit.id)
    address, title = f"{report.id}/{page}.html", report.settings.title
    return (
        views.YearHead(title, "", address) if is_titled else views.YearHead(str(report.year), title, address)
    )


def _tables(development: Development) -> Iterator[views.YearTable]:
    columns = development.columns
    name = columns[-1].result.unit.name
    of = f"{name} {columns[0].published.report.year}–{columns[-1].published.report.year}"
    indexes = _rows(
        (development.index, *development.areas), columns, _index_cell, _index_value, _other_points
    )
    people = _rows(development.rows, columns, _people_cell, _people_value, _other_parts)
    indicators = _rows(development.indicators, columns, _indicator_cell, _indicator_value, _other_definition)
    yield _table("index", "IMPACTindex", f"för {of}", indexes)
    yield _table("deltagare", "Deltagare", f"i {of}", people)
    yield _table("indikatorer", "Indikatorer", f"för {of}", indicators)


def _table(anchor: str, title: str, of: str, found: Iterable[views.YearRow]) -> views.YearTable:
    rows = tuple(found)
    signals = [cell.signal for row in rows for cell in row.cells]
    columns = max((len(row.cells) for row in rows), default=0)
    return views.YearTable(anchor, title, f"{title} {of}", rows, legend_of(signals, columns))


def _rows(
    lines: Iterable[Line[T]],
    columns: Sequence[ReportColumn],
    cell: Callable[[T, Report, bool], views.YearCell],
    value: Callable[[T], Quantity | None],
    note: Callable[[Line[T], Sequence[ReportColumn], int], str],
) -> Iterator[views.YearRow]:
    """Those that are followed."""
    shown = [line for line in lines if line.is_followed]
    quantities = [_quantities(line, columns, value) for line in shown]
    for line, known in zip(shown, quantities, strict=True):
        cells = tuple(
            _MISSING if point is None else cell(point, column.published.report, place in line.breaks)
            for place, (point, column) in enumerate(zip(line.points, columns, strict=True))
        )
        notes = tuple(note(line, columns, place) for place in sorted(line.breaks))
        yield views.YearRow(_label(line), cells, _drawn(line, known, quantities, columns), notes)


def _quantities(
    line: Line[T], columns: Sequence[ReportColumn], value: Callable[[T], Quantity | None]
) -> dict[int, Quantity]:
    """What is known of a line by year; nothing of what is hidden."""
    years = (column.published.report.year for column in columns)
    found = {year: value(point) for year, point in zip(years, line.points, strict=True) if point is not None}
    return {year: quantity for year, quantity in found.items() if quantity is not None}


def _drawn(
    line: Line[T],
    known: Mapping[int, Quantity],
    rows: Sequence[Mapping[int, Quantity]],
    columns: Sequence[ReportColumn],
) -> views.YearLine | None:
    """In the scale of all `rows` of its unit; shares are drawn from 0 to 100 %.

    None where the unit has changed, or where a year has several reports.
    """
    years, units = [column.published.report.year for column in columns], set(map(_unit, known.values()))
    if len(units) != 1 or len(set(years)) < len(years):
        return None
    alike = [quantity.value for row in rows for quantity in row.values() if _unit(quantity) in units]
    heights = heights_of([Fraction(1)] if (Kind.SHARE, "") in units else alike)
    values = {year: quantity.value for year, quantity in known.items()}
    return year_line(values, years, heights, frozenset(years[place] for place in line.breaks))


def _unit(quantity: Quantity) -> tuple[Kind, str]:
    return quantity.kind, quantity.unit


def _label(line: Line[T]) -> str:
    *_, latest = (point for point in line.points if point is not None)
    number = f"{latest.indicator.number} " if isinstance(latest, IndicatorResult) else ""
    return number + (line.name or "Totalt")


def _index_cell(index: Index, report: Report, is_break: bool) -> views.YearCell:
    assert index.share is not None
    figure = percent_number(index.share, report.rules.rounding, index.limits)
    points = f"{plain_number(index.earned)} av {count(index.possible)}"
    return views.YearCell(figure, points, "", index_signal_view(index), is_break)


def _index_value(index: Index) -> Quantity | None:
    return None if index.share is None else Quantity(index.share, Kind.SHARE)


def _people_cell(people: ShownPeople, _report: Report, is_break: bool) -> views.YearCell:
    return views.YearCell(count_text(people.total), "", "", None, is_break)


def _people_value(people: ShownPeople) -> Quantity | None:
    return Quantity(Fraction(people.total), Kind.NUMBER) if isinstance(people.total, int) else None


def _indicator_cell(result: IndicatorResult, report: Report, is_break: bool) -> views.YearCell:
    rounding = report.rules.rounding
    return views.YearCell(
        outcome_text(result, rounding),
        basis_text(result, rounding).replace(f"{NBSP}av{NBSP}", " av "),  # columns may be narrow
        f"krav {target_text(result.indicator)}",
        signal_view(result),
        is_break,
    )


def _indicator_value(result: IndicatorResult) -> Quantity | None:
    outcome = result.outcome
    return None if outcome.value is None else Quantity(outcome.value, outcome.kind, outcome.unit)


# What has changed where a line is broken


def _other_points(_line: Line[Index], columns: Sequence[ReportColumn], place: int) -> str:
    year = columns[place].published.report.year
    return f"{year}: Räknas på andra indikatorer eller vikter än i bokslutet före."


def _other_parts(_line: Line[ShownPeople], columns: Sequence[ReportColumn], place: int) -> str:
    year = columns[place].published.report.year
    return f"Från {year} är raden summan av andra uppgifter än förut, så åren går inte att jämföra."


def _other_definition(line: Line[IndicatorResult], columns: Sequence[ReportColumn], place: int) -> str:
    """How it was measured before the break, and how from then on."""
    before = max(earlier for earlier in range(place) if line.points[earlier] is not None)
    told = " ".join(_how(line.points[other], columns[other]) for other in (before, place))
    return f"Definitionen ändrades {columns[place].published.report.year}. {told}"


def _how(result: IndicatorResult | None, column: ReportColumn) -> str:
    assert result is not None
    report = column.published.report
    how = how_text(result.indicator, report, column.result.unit) or result.indicator.text
    return f"{report.year}: {how.rstrip('.')}."
