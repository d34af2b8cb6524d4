"""Open data: the scored report as JSON, its tables as CSV and as a workbook, and a Data Package about them.

The names in resultat.json are a published contract: other programs read them.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import count
from typing import Any

from generator.model.accounts import kronor_in
from generator.model.amounts import Amount, AmountColumn, AmountTable
from generator.model.making import Makers
from generator.model.open_data import PACKAGE, RESULTS, WORKBOOK, Cell, DataField, DataTable, Licence, summary
from generator.model.outcomes import Value, ValueKey
from generator.model.quantities import Kind, Quantity, Target, honest_decimals, rounded
from generator.model.report import Report
from generator.model.results import AreaResult, GoalResult, Index, IndicatorResult, UnitResult
from generator.model.shown import HIDDEN, Hidden, ShownPeople, ShownReport
from generator.model.sources import WrittenTable
from generator.model.table_settings import WORDS
from generator.publishing.delimited import excel_csv, harmless, plain_csv
from generator.publishing.workbook import sheet_name, workbook

DECIMALS = 4
_WORDS = {Kind.SHARE: "%", Kind.POINTS: "procentenheter"}
Json = dict[str, Any]
Results = Callable[[], Json]  # `result` of a report, made once
Tables = tuple[DataTable, ...]


def data_files(
    report: Report, results: Results, tables: Tables, licence: Licence | None, date: datetime.datetime
) -> Makers:
    """By path in the report's folder. `date` is what the workbook states."""
    yield RESULTS, lambda: _json(results())
    for table in tables:
        yield table.path, partial(_csv, table)
        yield table.excel_path, partial(_csv_for_excel, table)
    yield WORKBOOK, lambda: workbook(map(_sheet, tables, count(1)), date)
    yield PACKAGE, lambda: _json(_package(report, tables, licence))


def result(published: ShownReport) -> Json:
    """The scored report: what it earned, indicator by indicator, for the association and its units."""
    report = published.report
    return {
        "rapport": {
            "id": report.id,
            "titel": report.settings.title,
            "organisation": report.association.name,
            "typ": report.settings.kind,
            "ar": report.year,
            "fran": report.period.first_day.isoformat(),
            "till": report.period.last_day.isoformat(),
            "faststalld": report.seal.seal.decided.isoformat() if report.seal else None,
            "andrad": report.is_changed,
        },
        **_unit(published.association, report),
        "deltagare": list(_participants(published)),
        "enheter": [
            {"id": each.unit.id, "namn": each.unit.name, **_unit(each, report)} for each in published.units
        ],
    }


def _participants(published: ShownReport) -> Iterator[Json]:
    """The association's counts of persons, null where they are hidden."""
    for row in published.report.settings.rows:
        people = published.tables.participants.get((published.association.unit.id, row.id))
        if people is not None:
            total = None if isinstance(people.total, Hidden) else people.total
            yield {"id": row.id, "namn": row.name, "totalt": total}


def _unit(unit: UnitResult, report: Report) -> Json:
    return {
        "index": _index(unit.index, report),
        "omraden": [_area(area, report) for area in unit.areas],
        "indikatorer": [
            _indicator(each, goal, area)
            for area in unit.areas
            for goal in area.goals
            for each in goal.results
        ],
    }


def _index(index: Index, report: Report) -> Json:
    taken_over = {"uppnatt": index.reported_earned, "maximalt": index.reported_possible}
    return {
        **_points(index, report),
        "mal": _number(report.rules.index_target * 100),
        "signal": index.signal,
        "matta": index.measured,
        "antal": index.total,
        "redovisat": taken_over if index.reported_possible else None,  # None when all is computed
    }


def _points(index: Index, report: Report) -> Json:
    rounding, percent = report.rules.rounding, None if index.share is None else index.share * 100
    decimals = honest_decimals(index.share or Fraction(0), rounding, index.limits)
    return {
        "uppnatt": _number(index.earned),
        "maximalt": index.possible,
        "index": None if percent is None else _number(rounded(percent, decimals, rounding)),
        "exakt": None if percent is None else f"{percent.numerator}/{percent.denominator}",
    }


def _area(area: AreaResult, report: Report) -> Json:
    ideal, weight = area.area.ideal_weight, area.actual_weight
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
    things = "st" if indicator.is_whole or indicator.counts_texts else None
    unit = {**_WORDS, Kind.NUMBER: outcome.unit or indicator.target.unit or things}
    return {
        "id": indicator.id,
        "omrade": area.area.id,
        "mal": goal.goal.id,
        "text": indicator.text,
        "krav": indicator.target.text,
        "krav_minst": _limit(indicator.target.low, indicator.target),
        "krav_hogst": _limit(indicator.target.high, indicator.target),
        "senast": indicator.due,
        "referens": indicator.reference,
        "taljare": None if outcome.numerator is None else _number(Fraction(outcome.numerator)),
        "namnare": None if outcome.denominator is None else _number(Fraction(outcome.denominator)),
        "varde": None if outcome.value is None else _number(outcome.value * outcome.kind.scale),
        "enhet": unit.get(outcome.kind),
        "signal": result.signal,
        "poang": None if result.earned is None else _number(result.earned),
        "vikt": indicator.weight,
        "orsak": result.reason,
        "skyddad": outcome.protected,
        "jamforelsetal": [
            {"namn": value.name, **_quantity(value.quantity), "kalla": value.source, "datum": value.date}
            for value in result.references
        ],
        "delar": [
            {"namn": part.label, "taljare": part.numerator, "namnare": part.denominator}
            for part in (*outcome.parts, *outcome.divided)
        ],
    }


def _limit(limit: Fraction | None, target: Target) -> int | float | None:
    return None if limit is None else _number(limit * (target.kind or Kind.NUMBER).scale)


def _quantity(quantity: Quantity) -> Json:
    return {"varde": _number(quantity.told), "enhet": _WORDS.get(quantity.kind, quantity.unit)}


def _csv(table: DataTable) -> str:
    return plain_csv(_harmless_rows(table))


def _csv_for_excel(table: DataTable) -> str:
    return excel_csv(_for_swedes(_harmless_rows(table)))


def _harmless_rows(table: DataTable) -> Iterator[Sequence[Cell]]:
    """Headings and rows. A negative number is no text, and is kept."""
    yield [harmless(field.name) for field in table.fields]
    for row in table.rows:
        yield [harmless(cell) if isinstance(cell, str) else cell for cell in row]


def _for_swedes(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """With a decimal comma."""
    for row in rows:
        yield [str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row]


def _sheet(table: DataTable, number: int) -> WrittenTable:
    columns = tuple((field.name, field.column) for field in table.fields)
    rows = (tuple("" if cell is None else str(cell) for cell in row) for row in _for_swedes(table.rows))
    return WrittenTable(sheet_name(table.name, number), columns, tuple(rows))


_UNIT = DataField("enhet", "string", "Vem raden gäller: organisationens eller enhetens id.")
_SIGNAL = DataField("signal", "string", "gron, orange, delvis eller rod. Tom utan signal.")
_PEOPLE = (
    DataField("kvinnor", "integer", "Antal kvinnor."),
    DataField("man", "integer", "Antal män."),
    DataField("ej_angivet", "integer", "Antal utan angivet kön."),
    DataField("totalt", "integer", "Alla tillsammans."),
)
_AREAS = (
    _UNIT,
    DataField("omrade", "string", "Målområdets nummer."),
    DataField("namn", "string", "Målområdets namn."),
    DataField("uppnatt", "number", "Poäng som gavs."),
    DataField("maximalt", "number", "Poäng som gick att få."),
    DataField("exakt", "string", "Index före avrundning, som ett bråk."),
    _SIGNAL,
    DataField("underlag", "string", "beraknat, eller redovisat när poängen är övertagna."),
)
_INDICATORS = (
    _UNIT,
    DataField("id", "string", "Indikatorns nummer."),
    DataField("text", "string", "Vad som mäts."),
    DataField("krav", "string", "Vad som ska nås."),
    DataField("taljare", "number", "Antalet eller beloppet som delas, när utfallet är en andel eller kvot."),
    DataField("namnare", "number", "Antalet eller beloppet som det delas med."),
    DataField("varde", "number", "Utfallet, med högst fyra decimaler."),
    DataField("matt", "string", "Vad utfallet mäts i."),
    _SIGNAL,
    DataField("poang", "number", "Poäng som gavs."),
    DataField("vikt", "number", "Poäng som gick att få."),
    DataField("orsak", "string", "Varför det inte finns någon signal."),
    DataField("krav_minst", "number", "Kravets nedre gräns, också när den är hämtad från ett annat år."),
    DataField("krav_hogst", "number", "Kravets övre gräns."),
)
_SERIES = (
    DataField("serie", "string", "Vad som följs."),
    DataField("plats", "string", "Kommunen, enheten eller organisationen."),
    DataField("ar", "year", "Året."),
    DataField("jamfort_med", "year", "Året som värdet är förändringen från."),
    DataField("varde", "number", "Värdet, med högst fyra decimaler."),
    DataField("matt", "string", "Vad värdet mäts i."),
    DataField("kalla", "string", "Var uppgiften är publicerad."),
)
_AMOUNTS = (
    DataField("grupp", "string", "Rubriken som posten står under."),
    DataField("post", "string", "Postens namn."),
    DataField("lika_med", "string", "Vad posten är summan av."),
    DataField("not", "string", "Noterna som förklarar posten."),
    DataField("matt", "string", "Vad posten mäts i, utom i kolumner med egen måttenhet."),
)


_KEYS = {"omrade": "id", "matt": "enhet"}  # of results, where columns are named otherwise


def data_tables(published: ShownReport, results: Results) -> Tables:
    """Every table that has rows, in the order of the report."""
    amounts = map(_amounts, published.tables.amounts.values())
    tables = (*_people_tables(published), _series(published), *amounts)
    return (*_result_tables(published, results), *(table for table in tables if table.rows))


def _result_tables(published: ShownReport, results: Results) -> Iterator[DataTable]:
    def rows(name: str, fields: tuple[DataField, ...]) -> tuple[tuple[Cell, ...], ...]:
        keys = [_KEYS.get(field.name, field.name) for field in fields[1:]]
        units = [{"id": published.association.unit.id, **results()}, *results()["enheter"]]
        return tuple((unit["id"], *(part[key] for key in keys)) for unit in units for part in unit[name])

    def table(name: str, title: str, fields: tuple[DataField, ...]) -> DataTable:
        return DataTable(name, title, fields, partial(rows, name, fields))

    areas, outcomes = "Målområden per enhet", "Utfall och signal per enhet och indikator"
    if published.report.budget.is_weighted:
        areas = "Poäng och index per enhet och målområde"
        outcomes = "Utfall, signal och poäng per enhet och indikator"
    yield table("omraden", areas, _AREAS)
    if any(unit.by_id for unit in published.every_unit):
        yield table("indikatorer", outcomes, _INDICATORS)


def _people_tables(published: ShownReport) -> Iterator[DataTable]:
    settings, tables = published.report.settings, published.tables
    fields = DataField("rad", "string", "Radens id."), DataField("namn", "string", "Vilka som räknas.")
    participants = (
        (unit.id, row.id, row.name, *_counts(tables.participants[unit.id, row.id]))
        for unit in settings.every_unit
        for row in settings.rows
        if (unit.id, row.id) in tables.participants
    )
    title = "Deltagare per enhet och rad"
    yield DataTable("deltagare", title, (_UNIT, *fields, *_PEOPLE), tuple(participants))
    fields = (
        DataField("tabell", "string", "Vad deltagarna delas in efter."),
        DataField("kategori", "string", "Vilka som räknas."),
    )
    background = (
        (unit, table, category, *_counts(people))
        for (unit, table), rows in tables.background.items()
        for category, people in rows.items()
    )
    title = "Deltagarnas bakgrund"
    yield DataTable("bakgrund", title, (_UNIT, *fields, *_PEOPLE), tuple(background))


def _series(published: ShownReport) -> DataTable:
    """The figures that are followed over the years, as their sources have them."""

    def row(key: ValueKey, value: Value) -> tuple[Cell, ...]:
        told = _quantity(value.quantity)
        of_year = key.series, key.location, key.year, key.compared_year
        return *of_year, told["varde"], told["enhet"], value.source

    rows = tuple(row(key, value) for key, value in sorted(published.tables.values.items()))
    return DataTable("serier", "Tal som följs över åren", _SERIES, rows)


def _amounts(table: AmountTable) -> DataTable:
    """A table as it is shown: sums computed, shares in percent."""
    definition, rows = table.definition, []
    for number, row in enumerate(table.rows):
        shown = (
            row.words.get(column.heading) if column.has_words else _amount(table.amount(number, column))
            for column in table.columns
        )
        made_of, notes = row.equals.written if row.equals else "", ", ".join(row.notes)
        rows.append((row.group, row.name, made_of, notes, row.unit or definition.unit, *shown))
    title = definition.title if definition.unit == WORDS else f"{definition.title} ({definition.unit})"
    fields = (*_AMOUNTS, *map(_amount_field, table.columns))
    return DataTable(f"belopp-{table.id}", title, fields, tuple(rows), definition.source or "")


def _amount_field(column: AmountColumn) -> DataField:
    if column.has_words:
        return DataField(column.heading, "string", "Text.")
    by_person = ", per person" if column.quotient else ""
    told = "Anges" if kronor_in(column.unit) is None else "Belopp"
    meaning = "Procent." if column.is_share else f"{told} i {column.unit}{by_person}."
    return DataField(column.heading, "number", meaning)


def _amount(amount: Amount) -> int | float | str | None:
    if amount.is_masked:
        return HIDDEN.value
    return None if amount.value is None else _number(amount.value)


def _counts(people: ShownPeople) -> list[int | str | None]:
    counts = (people.women, people.men, people.unstated, people.total)
    return [number.value if isinstance(number, Hidden) else number for number in counts]


def _package(report: Report, tables: Iterable[DataTable], licence: Licence | None) -> Json:
    """A Data Package (https://specs.frictionlessdata.io/data-package/)."""
    licences = [{"name": licence.id, "path": licence.address}] if licence is not None else []
    return {
        "name": report.id,
        "title": f"{report.settings.title}, {report.association.name}",
        "description": summary(report.settings.title, report.association.name),
        "created": report.settings.published.isoformat(),
        **({"licenses": licences} if licences else {}),  # an empty list is not allowed
        "resources": [
            {
                "name": table.name,
                "path": table.path.removeprefix("data/"),
                "title": table.title,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                **({"sources": [{"title": table.source}]} if table.source else {}),
                "schema": {
                    "fields": [
                        {"name": harmless(field.name), "type": field.type, "description": field.meaning}
                        for field in table.fields
                    ],
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
