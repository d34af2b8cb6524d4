"""Open data: the scored report as JSON, its tables as CSV, and a Data Package that describes them.

The names in resultat.json are a published contract: other programs read them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from generator.model.amounts import AmountTable
from generator.model.published import HIDDEN, Hidden, PublishedReport, ShownPeople
from generator.model.quantities import Kind, rounded
from generator.model.report import Report
from generator.model.results import (
    AreaResult,
    GoalResult,
    Index,
    IndicatorResult,
    UnitResult,
)

DECIMALS = 4
Json = dict[str, Any]


def data_files(published: PublishedReport) -> Iterator[tuple[str, str]]:
    """File names (in the report's folder) and contents."""
    results = result(published)
    tables = list(_tables(published, results))
    yield "data/resultat.json", _json(results)
    for table in tables:
        yield f"data/{table.path}", table.csv()
    yield "data/datapackage.json", _json(_package(published.report, tables))


def result(published: PublishedReport) -> Json:
    """The scored report: what it earned, indicator by indicator, for the association and its units."""
    report = published.report
    return {
        "rapport": {"id": report.id, "titel": report.settings.title, "ar": report.year},
        **_unit(published.association, report),
        "enheter": [
            {"id": unit.unit.id, "namn": unit.unit.name, **_unit(unit, report)} for unit in published.units
        ],
    }


def _unit(unit: UnitResult, report: Report) -> Json:
    return {
        "index": _index(unit.index, report),
        "omraden": [_area(area, report) for area in unit.areas],
        "indikatorer": [
            _indicator(result, goal, area)
            for area in unit.areas
            for goal in area.goals
            for result in goal.results
        ],
    }


def _index(index: Index, report: Report) -> Json:
    return {
        **_points(index, report),
        "mal": _number(report.rules.index_target * 100),
        "signal": index.signal,
        "matta": index.measured,
        "antal": index.total,
        "redovisat": _reported(index),
    }


def _points(index: Index, report: Report) -> Json:
    share = index.share
    percent = None if share is None else share * 100
    return {
        "uppnatt": _number(index.earned),
        "maximalt": index.possible,
        "index": None if percent is None else int(rounded(percent, 0, report.rules.rounding)),
        "exakt": None if percent is None else f"{percent.numerator}/{percent.denominator}",
    }


def _reported(index: Index) -> Json | None:
    """The part of an index that is taken over as published, None when all is computed."""
    if not index.reported_possible:
        return None
    return {"uppnatt": index.reported_earned, "maximalt": index.reported_possible}


def _area(area: AreaResult, report: Report) -> Json:
    ideal = area.area.ideal_weight
    weight = area.actual_weight
    return {
        "id": area.area.id,
        "namn": area.area.name,
        **_points(area.index, report),
        "signal": area.index.signal,
        "idealvikt": None if ideal is None else _number(ideal * 100),
        "vikt": None if weight is None else _number(weight * 100),
        "matta": area.index.measured,
        "antal": area.index.total,
        "underlag": "redovisat" if area.reported else "beraknat",
        "kalla": area.reported.source if area.reported else None,
    }


def _indicator(result: IndicatorResult, goal: GoalResult, area: AreaResult) -> Json:
    indicator, outcome = result.indicator, result.outcome
    unit = {Kind.SHARE: "%", Kind.POINTS: "procentenheter", Kind.NUMBER: outcome.unit or "st"}
    scale = 1 if outcome.kind is Kind.NUMBER else 100
    return {
        "id": indicator.id,
        "omrade": area.area.id,
        "mal": goal.goal.id,
        "text": indicator.text,
        "krav": indicator.target.text,
        "senast": indicator.due,
        "referens": indicator.reference,
        "taljare": outcome.numerator,
        "namnare": outcome.denominator,
        "varde": None if outcome.value is None else _number(outcome.value * scale),
        "enhet": unit.get(outcome.kind),
        "signal": result.signal,
        "poang": None if result.earned is None else _number(result.earned),
        "vikt": indicator.weight,
        "orsak": result.reason,
        "skyddad": outcome.protected,
        "delar": [
            {"namn": part.label, "taljare": part.numerator, "namnare": part.denominator}
            for part in outcome.parts
        ],
    }


@dataclass(frozen=True)
class _Table:
    """A file, with the names and types of its columns."""

    path: str
    title: str
    fields: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[object]]

    def csv(self) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([name for name, _ in self.fields])
        writer.writerows([_harmless(cell) for cell in row] for row in self.rows)
        return text.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would run as a formula is made plain text."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")):
        return f"'{cell}"
    return cell


_PEOPLE = (("kvinnor", "integer"), ("man", "integer"), ("ej_angivet", "integer"), ("totalt", "integer"))


def _tables(published: PublishedReport, results: Json) -> Iterator[_Table]:
    units = [{"id": published.association.unit.id, **results}, *results["enheter"]]
    of_area = ("id", "namn", "uppnatt", "maximalt", "exakt", "signal", "underlag")
    yield _Table(
        "omraden.csv",
        "Poäng och index per enhet och målområde",
        (
            ("enhet", "string"), ("omrade", "string"), ("namn", "string"), ("uppnatt", "number"),
            ("maximalt", "number"), ("exakt", "string"), ("signal", "string"), ("underlag", "string"),
        ),
        [[unit["id"], *(area[name] for name in of_area)] for unit in units for area in unit["omraden"]],
    )  # fmt: skip
    of_indicator = (
        "id", "text", "krav", "taljare", "namnare", "varde", "enhet", "signal", "poang", "vikt", "orsak",
    )  # fmt: skip
    yield _Table(
        "indikatorer.csv",
        "Utfall, signal och poäng per enhet och indikator",
        (
            ("enhet", "string"), ("id", "string"), ("text", "string"), ("krav", "string"),
            ("taljare", "integer"), ("namnare", "integer"), ("varde", "number"), ("matt", "string"),
            ("signal", "string"), ("poang", "number"), ("vikt", "number"), ("orsak", "string"),
        ),
        [
            [unit["id"], *(indicator[name] for name in of_indicator)]
            for unit in units
            for indicator in unit["indikatorer"]
        ],
    )  # fmt: skip
    yield from (table for table in _people_tables(published) if table.rows)
    yield from map(_amounts, published.tables.amounts.values())


def _people_tables(published: PublishedReport) -> Iterator[_Table]:
    report, tables = published.report, published.tables
    yield _Table(
        "deltagare.csv",
        "Deltagare per enhet och rad",
        (("enhet", "string"), ("rad", "string"), ("namn", "string"), *_PEOPLE),
        [
            [unit.id, row.id, row.name, *_counts(tables.participants[unit.id, row.id])]
            for unit in (report.association, *report.units)
            for row in report.settings.rows
            if (unit.id, row.id) in tables.participants
        ],
    )
    yield _Table(
        "bakgrund.csv",
        "Deltagarnas bakgrund",
        (("enhet", "string"), ("tabell", "string"), ("kategori", "string"), *_PEOPLE),
        [
            [unit, table, category, *_counts(people)]
            for (unit, table), rows in tables.background.items()
            for category, people in rows.items()
        ],
    )


def _amounts(table: AmountTable) -> _Table:
    """A table as it is shown: sums computed, shares in percent."""
    texts = (("grupp", "string"), ("post", "string"), ("lika_med", "string"), ("not", "string"))
    rows: list[Sequence[object]] = []
    for number, row in enumerate(table.rows):
        values = (table.amount(number, column).value for column in table.columns)
        equals = row.equals.written if row.equals is not None else ""
        shown = (None if value is None else _number(value) for value in values)
        rows.append([row.group, row.name, equals, row.note, *shown])
    return _Table(
        f"belopp-{table.id}.csv",
        f"{table.definition.title} ({table.definition.unit})",
        (*texts, *((column.heading, "number") for column in table.columns)),
        rows,
    )


def _counts(people: ShownPeople) -> list[int | str | None]:
    counts = (people.women, people.men, people.unstated, people.total)
    return [number.value if isinstance(number, Hidden) else number for number in counts]


def _package(report: Report, tables: list[_Table]) -> Json:
    """A Data Package (https://specs.frictionlessdata.io/data-package/)."""
    return {
        "name": report.id,
        "title": f"{report.settings.title}, {report.association.name}",
        "created": report.settings.published.isoformat(),
        "resources": [
            {
                "name": table.path.removesuffix(".csv"),
                "path": table.path,
                "title": table.title,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": name, "type": kind} for name, kind in table.fields],
                    "missingValues": ["", HIDDEN.value],
                },
            }
            for table in tables
        ],
    }


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _number(number: Fraction) -> int | float:
    if number.denominator == 1:
        return int(number)
    return round(float(number), DECIMALS)
