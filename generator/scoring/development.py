"""Which figures of different years are the same figure, and where its definition has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from generator.model.development import Column, Development, Line
from generator.model.names import name_key
from generator.model.published import PublishedReport, ShownPeople
from generator.model.results import AreaResult, IndicatorResult, UnitResult
from generator.model.settings import RowDefinition

T = TypeVar("T")
Item = TypeVar("Item")


def developments(reports: Sequence[PublishedReport]) -> tuple[Development, ...]:
    """Every unit that is in more than one report, in the order in which the latest reports have them."""
    columns: dict[str, list[Column]] = {}
    for published in sorted(reports, key=lambda one: (one.report.year, one.report.id)):
        for result in (published.association, *published.units):
            columns.setdefault(result.unit.id, []).append(Column(published, result))
    latest = sorted(reports, key=lambda one: (one.report.year, one.report.id), reverse=True)
    order = dict.fromkeys(unit.unit.id for one in latest for unit in (one.association, *one.units))
    return tuple(_development(unit, columns[unit]) for unit in order if len(columns[unit]) > 1)


def _development(unit: str, columns: Sequence[Column]) -> Development:
    results = [column.result for column in columns]
    with_points = [one if one.index.possible else None for one in results]
    return Development(
        unit,
        tuple(columns),
        Line(
            (None,) * len(results),
            tuple(None if one is None else one.index for one in with_points),
            frozenset(_breaks(with_points, _made_of_unit)),
        ),
        tuple(_lines([_areas(one) for one in results], _area_means, _made_of, lambda one: one.index)),
        tuple(_lines([_rows(one) for one in columns], _row_means, _row_definition, lambda one: one[1])),
        tuple(_lines([_indicators(one) for one in results], _means, _definition, lambda one: one)),
    )


def _lines(
    columns: Sequence[Mapping[str, Item]],
    corresponds: Callable[[Item], str | None],
    definition: Callable[[Item], object],
    point: Callable[[Item], T],
) -> Iterator[Line[T]]:
    """One line for each thing, in the order in which the latest report that has it has them.

    `columns` are the things of each report by their name keys.
    """
    lines = _followed(columns, corresponds)
    order = {(at, key): place for at, column in enumerate(columns) for place, key in enumerate(column)}
    for ids in sorted(lines, key=lambda ids: (-max(ids), order[max(ids.items())])):
        items = [columns[at][ids[at]] if at in ids else None for at in range(len(columns))]
        yield Line(
            tuple(ids.get(at) for at in range(len(columns))),
            tuple(None if item is None else point(item) for item in items),
            frozenset(_breaks(items, definition)),
        )


def _followed(
    columns: Sequence[Mapping[str, Item]], corresponds: Callable[[Item], str | None]
) -> list[dict[int, str]]:
    """For each thing its name key in every column that has it. A report may say what it was before.

    What it says goes before what has the same name, and is said once: a report may repeat it in later years.
    """
    lines: list[dict[int, str]] = []
    last: dict[str, dict[int, str]] = {}  # by the name in the latest column that has it
    for at, column in enumerate(columns):
        said = {key: corresponds(item) for key, item in column.items()}
        for key in [key for key, line in last.items() if key in said]:
            if said[key] == corresponds(columns[max(last[key])][key]):
                said[key] = None
        found: list[dict[int, str]] = []
        for key in sorted(column, key=lambda key: said[key] is None):
            before = (last.get(name) for name in (said[key], key) if name)
            line = next((one for one in before if one and at not in one), {})
            if not line:
                lines.append(line)
            line[at] = key
            found.append(line)
        last = {key: line for key, line in last.items() if at not in line}
        last |= {line[at]: line for line in found}
    return lines


def _breaks(items: Sequence[Item | None], definition: Callable[[Item], object]) -> Iterator[int]:
    before: object = None
    for at, item in enumerate(items):
        own = None if item is None else definition(item)
        if own is None:
            continue
        if before is not None and own != before:
            yield at
        before = own


def _areas(result: UnitResult) -> dict[str, AreaResult]:
    return {name_key(area.area.id): area for area in result.areas if area.index.possible}


def _area_means(result: AreaResult) -> str | None:
    return _key(result.area.corresponds)


def _made_of(result: AreaResult) -> object:
    """An index is another one when other indicators, or with other weights, can earn points in it."""
    return sorted((repr(_definition(one)), one.indicator.weight or 0) for one in result.results if one.counts)


def _made_of_unit(result: UnitResult) -> object:
    return [_made_of(area) for area in result.areas]


Row = tuple[RowDefinition, ShownPeople]


def _rows(column: Column) -> dict[str, Row]:
    unit, tables = column.result.unit.id, column.published.tables
    rows = column.published.report.settings.rows
    return {
        row.id: (row, tables.participants[unit, row.id])
        for row in rows
        if (unit, row.id) in tables.participants
    }


def _row_means(row: Row) -> str | None:
    return _key(row[0].corresponds)


def _row_definition(row: Row) -> object:
    """A row is defined by what it must add up to; None when it does not say."""
    equals = row[0].equals
    return None if equals is None else {(term.sign, term.name) for term in equals.terms}


def _indicators(result: UnitResult) -> dict[str, IndicatorResult]:
    return {name_key(one.indicator.id): one for one in result.results}


def _means(result: IndicatorResult) -> str | None:
    return _key(result.indicator.corresponds)


def _definition(result: IndicatorResult) -> dict[str, Any]:
    """What is measured. The year that a change is counted from moves with the year of the report."""
    measured = result.indicator.measured
    return {name: value for name, value in measured.items() if name != "compared_year"}


def _key(id: str | None) -> str | None:
    return None if id is None else name_key(id)
