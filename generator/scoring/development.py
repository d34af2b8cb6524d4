"""Which figures of different years are the same figure, and where its definition has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from generator.model.budget import Indicator
from generator.model.development import Column, Development, Line
from generator.model.names import name_key
from generator.model.published import PublishedReport, ShownPeople
from generator.model.results import AreaResult, IndicatorResult, UnitResult
from generator.model.settings import RowDefinition

# What an indicator can change without being another one.
_NOT_DEFINING = {"origin", "id", "text", "target", "weight", "margin", "scope", "dropped", "corresponds"}
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
    indexes = tuple(result.index if result.index.possible else None for result in results)
    return Development(
        unit,
        tuple(columns),
        Line((None,) * len(results), indexes, frozenset(_breaks(results, _made_of_unit))),
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
    """One line for each thing, followed from the latest report that has it back to the first.

    `columns` are the things of each report by their name keys.
    """
    taken: set[tuple[int, str]] = set()
    for last in reversed(range(len(columns))):
        for key in columns[last]:
            if (last, key) in taken:
                continue
            found = list(_followed(columns, last, key, corresponds))
            taken.update(found)
            items = {at: columns[at][id] for at, id in found}
            known = dict(found)
            yield Line(
                tuple(known.get(at) for at in range(len(columns))),
                tuple(point(items[at]) if at in items else None for at in range(len(columns))),
                frozenset(_breaks([items.get(at) for at in range(len(columns))], definition)),
            )


def _followed(
    columns: Sequence[Mapping[str, Item]], last: int, key: str, corresponds: Callable[[Item], str | None]
) -> Iterator[tuple[int, str]]:
    """The columns that have a thing, with its name key in each. A report may say what it was before."""
    yield last, key
    named = corresponds(columns[last][key])
    for at in reversed(range(last)):
        for candidate in filter(None, (named, key)):
            if candidate in columns[at]:
                yield at, candidate
                key, named = candidate, corresponds(columns[at][candidate])
                break


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
    return definition_of(result.indicator)


def definition_of(indicator: Indicator) -> dict[str, Any]:
    """What is measured, and of whom: all but its name, target and weight."""
    return {
        name: getattr(indicator, name) for name in type(indicator).model_fields if name not in _NOT_DEFINING
    }


def _key(id: str | None) -> str | None:
    return None if id is None else name_key(id)
