"""A unit over the years: its indexes, participants and indicators, with breaks where a definition changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from generator.model.contents import Part
from generator.model.development import Development, Line, ReportColumn
from generator.model.names import lower_first
from generator.model.outcome import Outcome
from generator.model.outcomes import BySex
from generator.model.periods import Period
from generator.model.quantities import Kind, Quantity
from generator.model.report import Report
from generator.model.results import Index, IndicatorResult
from generator.model.shown import ShownPeople
from generator.pages import views, wording
from generator.pages.addresses import development_page_of, unit_page_of
from generator.pages.measures import how_text
from generator.pages.numbers import DASH, NBSP, count, plain_number
from generator.pages.scales import Scale, heights_of, year_line

Point = Index | ShownPeople | IndicatorResult
_MISSING = views.YearCell(DASH, "", "", None, False)
_ROOMY = 5  # columns beside each other in which the words of signals have room


def legend_of(signals: Iterable[views.Signal | None], columns: int) -> tuple[views.Signal, ...]:
    """What the symbols of a table mean; none where the words stand beside them."""
    if columns <= _ROOMY:
        return ()
    shown = dict.fromkeys(filter(None, signals))
    return tuple(dict.fromkeys(replace(signal, points="", reason="") for signal in shown))


def development_view(development: Development, name: str) -> views.Development:
    columns = development.columns
    years = [column.published.report.period for column in columns]
    tables = tuple(table for table in _tables(development, name) if table.rows)
    return views.Development(
        name=name,
        page=development_page_of(development.unit, development.part),
        heads=tuple(_head(column, years.count(column.published.report.period) > 1) for column in columns),
        lead=_lead(tables, years),
        tables=tables,
    )


def _lead(tables: Sequence[views.YearTable], periods: Sequence[Period]) -> str:
    """The first figure that can be compared from the first to the last year."""
    first, last = periods[0], periods[-1]
    if whole := [str(period) for period in periods if period.part != last.part]:
        return f"Talen för {last.part.name if last.part else ''} är så här långt, bredvid hela {whole[-1]}."
    rows = ((table, row) for table in tables for row in table.rows if row.line and not row.line.breaks)
    ends = ((_told_as(row.label, table), row.cells[0].text, row.cells[-1].text) for table, row in rows)
    known = (end for end in ends if not {DASH, wording.HIDDEN_TEXT} & {*end})
    told = (f"{label}: från {text} ({first}) till {end} ({last})." for label, text, end in known)
    return next(told, f"Inget av talen går att jämföra från {first} till {last}.")


def _told_as(label: str, table: views.YearTable) -> str:
    """A label by itself: an index does not say that it is one."""
    return f"{table.title}, {lower_first(label)}" if table.anchor == "index" else label


def _head(column: ReportColumn, is_titled: bool) -> views.YearHead:
    """Of several reports of one year, each has its title."""
    report, unit = column.published.report, column.result.unit
    page = Part.OVERVIEW.page if unit.id == report.association.id else unit_page_of(report, unit.id)
    address, title = f"{report.id}/{page}.html", report.settings.title
    head = (title, "") if is_titled else (str(report.period), title)
    return views.YearHead(*head, address)


def _tables(development: Development, name: str) -> Iterator[views.YearTable]:
    columns = development.columns
    first, last = (columns[place].published.report.period for place in (0, -1))
    of = f"{name} {first}–{last}" if development.part is None else f"{name}, {first} till {last}"
    indexes = (development.index, *development.areas)
    yield _table("index", "IMPACTindex", f"för {of}", _rows(indexes, columns))
    yield _table("deltagare", "Deltagare", f"i {of}", _rows(development.rows, columns))
    yield _table("indikatorer", "Indikatorer", f"för {of}", _rows(development.indicators, columns))


def _table(anchor: str, title: str, of: str, found: Iterable[views.YearRow]) -> views.YearTable:
    rows = tuple(found)
    signals = [cell.signal for row in rows for cell in row.cells]
    columns = max((len(row.cells) for row in rows), default=0)
    return views.YearTable(anchor, title, f"{title} {of}", rows, legend_of(signals, columns))


def _rows(lines: Iterable[Line[Point]], columns: Sequence[ReportColumn]) -> Iterator[views.YearRow]:
    """Those that are followed."""
    shown = [line for line in lines if line.is_followed]
    quantities = [_quantities(line, columns) for line in shown]
    heights = _heights(quantities)
    for line, known in zip(shown, quantities, strict=True):
        cells = tuple(
            _MISSING if point is None else _cell(point, column.published.report, place in line.breaks)
            for place, (point, column) in enumerate(zip(line.points, columns, strict=True))
        )
        notes = tuple(_break_text(line, columns, place) for place in sorted(line.breaks))
        yield views.YearRow(_label(line), cells, _drawn(line, known, heights, columns), notes)


def _quantities(line: Line[Point], columns: Sequence[ReportColumn]) -> dict[int, Quantity]:
    """What is known of a line by year; nothing of what is hidden."""
    years = (column.published.report.year for column in columns)
    found = {year: _quantity(point) for year, point in zip(years, line.points, strict=True)}
    return {year: quantity for year, quantity in found.items() if quantity is not None}


def _drawn(
    line: Line[Point],
    known: Mapping[int, Quantity],
    heights: Mapping[tuple[Kind, str], Scale],
    columns: Sequence[ReportColumn],
) -> views.YearLine | None:
    """In the scale of its unit. None where that has changed, or a year has several reports."""
    years, units = [column.published.report.year for column in columns], set(map(_unit, known.values()))
    parts = {column.published.report.period.part for column in columns}
    if len(units) != 1 or len(set(years)) < len(years) or len(parts) > 1:
        return None
    values = {year: quantity.value for year, quantity in known.items()}
    return year_line(values, years, heights[units.pop()], frozenset(years[place] for place in line.breaks))


def _heights(rows: Iterable[Mapping[int, Quantity]]) -> dict[tuple[Kind, str], Scale]:
    """Of all figures of a unit; of shares from none to all."""
    values = defaultdict[tuple[Kind, str], list[Fraction]](list)
    for quantity in (quantity for row in rows for quantity in row.values()):
        values[_unit(quantity)].append(Fraction(1) if quantity.kind is Kind.SHARE else quantity.value)
    return {unit: heights_of(found) for unit, found in values.items()}


def _unit(quantity: Quantity) -> tuple[Kind, str]:
    return quantity.kind, quantity.unit


def _label(line: Line[Point]) -> str:
    *_, latest = (point for point in line.points if point is not None)
    number = f"{latest.indicator.number} " if isinstance(latest, IndicatorResult) else ""
    return number + (line.name or "Totalt")


def _cell(point: Point, report: Report, is_break: bool) -> views.YearCell:
    rounding = report.rules.rounding
    match point:
        case Index(share=Fraction()):
            points = f"{plain_number(point.earned)} av {count(point.possible)}"
            return views.YearCell(
                wording.index_text(point, rounding), points, "", wording.index_signal_view(point), is_break
            )
        case IndicatorResult(indicator=indicator):
            # Columns may be narrow.
            basis = wording.basis_text(point, rounding).replace(f"{NBSP}av{NBSP}", " av ")
            shown, target = wording.outcome_text(point, rounding), f"krav {wording.target_text(indicator)}"
            return views.YearCell(shown, basis, target, wording.signal_view(point), is_break)
        case BySex(total=total):
            return views.YearCell(wording.count_text(total), "", "", None, is_break)
    raise AssertionError(point)


def _quantity(point: Point | None) -> Quantity | None:
    match point:
        case Index(share=Fraction() as share):
            return Quantity(share, Kind.SHARE)
        case IndicatorResult(outcome=Outcome(value=Fraction() as value, kind=kind, unit=unit)):
            return Quantity(value, kind, unit)
        case BySex(total=int(total)):
            return Quantity(Fraction(total), Kind.NUMBER)
    return None


def _break_text(line: Line[Point], columns: Sequence[ReportColumn], place: int) -> str:
    """What has changed where a line is broken; of an indicator how it was measured, and how from then on."""
    year = columns[place].published.report.period
    before = max(earlier for earlier in range(place) if line.points[earlier] is not None)
    match line.points[before], line.points[place]:
        case IndicatorResult() as earlier, IndicatorResult() as later:
            told = f"{_how(earlier, columns[before])} {_how(later, columns[place])}"
            return f"Definitionen ändrades {year}. {told}"
        case Index(), _:
            return f"{year}: Räknas på andra indikatorer, vikter eller regler än i bokslutet före."
    return f"Från {year} är raden summan av andra uppgifter än förut, så åren går inte att jämföra."


def _how(result: IndicatorResult, column: ReportColumn) -> str:
    report = column.published.report
    indicator = result.indicator
    how = how_text(indicator, report, column.result.unit) or indicator.text
    numbers = indicator.numbers_in(report)
    scale = f" på skalan {numbers[0]}{DASH}{numbers[-1]}" if numbers else ""
    return f"{report.period}: {how.rstrip('.')}{scale}."
