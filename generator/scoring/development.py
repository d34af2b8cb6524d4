"""Figures of a unit over the years, and where their definitions have changed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from generator.model.development import Development, Line, ReportColumn
from generator.model.following import AREA, Followed, Key, followed, things_of
from generator.model.measures import Indicator, Subject
from generator.model.names import name_key
from generator.model.periods import PartOfYear
from generator.model.report import Report
from generator.model.results import AreaResult, Index, IndicatorResult, UnitResult
from generator.model.shown import ShownPeople, ShownReport

T = TypeVar("T")
_CREDITS: Key = ("credits", "")  # what is close earns
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
Names = Mapping[Key, str]  # of a report's things: for each a name that it has in every report
Definitions = Mapping[Key, str]  # what each row and indicator of a report measures, "" where nothing is said
Figure = tuple[str, T, object]  # with its name and its definition


def developments(reports: Sequence[ShownReport]) -> tuple[Development, ...]:
    """Every unit that is in more than one report, in the order in which the latest reports have them.

    Parts of the year are kept apart, each beside the last whole year before it.
    """
    in_order = sorted(reports, key=lambda published: (published.report.period.order, published.report.id))
    columns: dict[tuple[str, PartOfYear | None], list[ReportColumn]] = {}
    for published in in_order:
        for result in published.every_unit:
            key = (published.key_of(result.unit.id), published.report.period.part)
            columns.setdefault(key, []).append(ReportColumn(published, result))
    latest = (
        (published.key_of(result.unit.id), published.report.period.part)
        for published in reversed(in_order)
        for result in published.every_unit
    )
    found = {key: _with_last_year(columns[key], columns.get((key[0], None), ())) for key in latest}
    known = {published.report.id: published.report for published in reports}

    @cache  # most units are in the same reports
    def defined(ids: tuple[str, ...]) -> tuple[list[Followed], list[Definitions]]:
        return _defined([known[id] for id in ids])

    return tuple(_development(*key, own, defined) for key, own in found.items() if len(own) > 1)


def _with_last_year(own: Sequence[ReportColumn], years: Sequence[ReportColumn]) -> Sequence[ReportColumn]:
    """Columns of a part of the year with the last whole year that ended before the last of them."""
    last = own[-1].published.report.period
    whole = [year for year in years if last.part and year.published.report.period.order < last.order]
    return sorted([*whole[-1:], *own], key=lambda column: column.published.report.period.order)


def _development(
    unit: str,
    part: PartOfYear | None,
    columns: Sequence[ReportColumn],
    defined: Callable[[tuple[str, ...]], tuple[list[Followed], list[Definitions]]],
) -> Development:
    lines, definitions = defined(tuple(column.published.report.id for column in columns))
    each = list(zip(columns, definitions, strict=True))
    return Development(
        unit,
        part,
        tuple(columns),
        _line({}, [_index("", column.result, own) for column, own in each]),
        tuple(_lines(lines, [dict(_areas(column.result, own)) for column, own in each])),
        tuple(_lines(lines, [dict(_rows(column, own)) for column, own in each])),
        tuple(_lines(lines, [dict(_indicators(column.result, own)) for column, own in each])),
    )


def redefined(before: Report, after: Report) -> frozenset[str]:
    """The indicators of the later of two reports that the earlier one measured otherwise, by name key."""
    lines, (earlier, later) = _defined([before, after])
    kept = (line for line in lines if len(line) == 2 and line[1][0] is Subject.INDICATOR)
    return frozenset(line[1][1] for line in kept if earlier[line[0]] != later[line[1]])


def _defined(reports: Sequence[Report]) -> tuple[list[Followed], list[Definitions]]:
    """What is followed through reports, and how each of them defines it, in names that are those of all."""
    lines = followed(list(map(things_of, reports)))
    called = [(line, str(line)) for line in lines]
    names = ({line[place]: name for line, name in called if place in line} for place in range(len(reports)))
    return lines, [dict(_definitions(report, own)) for report, own in zip(reports, names, strict=True)]


def _definitions(report: Report, names: Names) -> Iterator[tuple[Key, str]]:
    """A row is defined by what it must add up to, when it says so."""
    for row in report.settings.rows:
        terms = row.equals.terms if row.equals else ()
        summed = {(term.sign, names.get((Subject.ROW, term.name), term.name)) for term in terms}
        yield (Subject.ROW, row.id), str(sorted(summed)) if summed else ""
    yield _CREDITS, str((report.rules.orange_credit, report.rules.partly_credit))
    for id, indicator in report.indicators.items():
        yield _key(id), _definition(indicator, names, report)


def _key(indicator: str) -> Key:
    return Subject.INDICATOR, name_key(indicator)


def _lines(lines: Iterable[Followed], columns: Sequence[Mapping[Key, Figure[T]]]) -> Iterator[Line[T]]:
    """Of the things that are followed those that have figures in some column."""
    for line in lines:
        figures = [known.get(line[place]) if place in line else None for place, known in enumerate(columns)]
        if any(figures):
            yield _line(line, figures)


def _line(line: Followed, figures: Sequence[Figure[T] | None]) -> Line[T]:
    return Line(
        next((figure[0] for figure in reversed(figures) if figure), ""),
        tuple(line[place][1] if place in line else None for place in range(len(figures))),
        tuple(figure and figure[1] for figure in figures),
        frozenset(_breaks(figure and figure[2] for figure in figures)),
    )


def _breaks(definitions: Iterable[object]) -> Iterator[int]:
    before: object = None
    for place, definition in enumerate(definitions):
        if before and definition and definition != before:
            yield place
        before = definition or before


def _index(name: str, result: UnitResult | AreaResult, definitions: Definitions) -> Figure[Index] | None:
    """An index is another one when other indicators can earn points in it, or others for what they are."""
    counted = (part.indicator for part in result.counted)
    made_of = sorted((definitions[_key(indicator.id)], indicator.weight or 0) for indicator in counted)
    return (name, result.index, (definitions[_CREDITS], made_of)) if result.index.possible else None


def _areas(result: UnitResult, definitions: Definitions) -> Iterator[tuple[Key, Figure[Index]]]:
    for area in result.areas:
        figure = _index(area.area.name, area, definitions)
        if figure is not None:
            yield (AREA, name_key(area.area.id)), figure


def _rows(column: ReportColumn, definitions: Definitions) -> Iterator[tuple[Key, Figure[ShownPeople]]]:
    published, unit = column.published, column.result.unit.id
    for row in published.report.settings.rows:
        people, key = published.tables.participants.get((unit, row.id)), (Subject.ROW, row.id)
        if people is not None:
            yield key, (row.name, people, definitions[key])


def _indicators(unit: UnitResult, definitions: Definitions) -> Iterator[tuple[Key, Figure[IndicatorResult]]]:
    for part in unit.results:
        key = _key(part.indicator.id)
        yield key, (part.indicator.text, part, definitions[key])


def _definition(indicator: Indicator, names: Names, report: Report) -> str:
    """What is measured. Years of what is compared, and of columns, move with that of the report."""
    measured = {name: value for name, value in indicator.measured.items() if name != "compared_year"}
    for name in {"amount", "other"} & measured.keys():
        measured[name] = _YEAR.sub(lambda year: str(int(year[0]) - report.year), str(measured[name]))
    measured["numbers"] = indicator.numbers_in(report)
    for field, subject in indicator.names.items():
        common = (names.get((subject, name_key(name)), name) for name in indicator.named(field))
        measured[field] = sorted(common)
    return str(measured)
