"""What is read to be compared: figures of printed documents, and tables that say what they add up to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from generator.model.names import name_key, remedy_for_unknown
from generator.model.outcomes import Control, TableRow
from generator.model.places import Place
from generator.model.quantities import parse_number
from generator.model.settings import ReportSettings, TableDefinition
from generator.model.sums import Sum, parse_sum
from generator.reading.files import Folder
from generator.reading.tables import Columns, Row, read_table

CONTROLS = "utfall/kontrollsummor.csv"
SUM_TABLES = "tabeller"
EQUALS, GROUP, EXPLANATION = "lika med", "grupp", "förklaring"

# ”124 av 177”, ”70”, ”−2 291”, ”77,4 %”, ”77 % (247 av 319)”
_PRINTED = re.compile(
    r"(?P<value>[+−-]?[\d\s.,]*\d)\s*(?P<percent>%|procent(?:enhet(?:er)?)?)?"
    r"(?:\s*\(?(?P<part>[\d\s]*\d)?\s*av\s+(?P<whole>[\d\s]*\d)\)?)?(?:\s+[^\W\d]+)?"
)


def read_controls(folder: Folder) -> tuple[Control, ...]:
    """Figures taken from a printed document, with the source, and why they differ when they do."""
    columns = Columns(("uppgift", "värde", "källa"), (EXPLANATION,))
    controls = (_control(row) for row in read_table(folder, CONTROLS, columns))
    return tuple(control for control in controls if control)


def _control(row: Row) -> Control | None:
    figure, written, source = row.text("uppgift"), row.text("värde"), row.text("källa")
    if not (figure and written and source):
        return None
    match = _PRINTED.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        value = parse_number(match["value"])
        # ”77 % (247 av 319)”: the two counts say more than the percentage that they give.
        is_share_of_two = bool(match["part"] and match["whole"])
        value = parse_number(match["part"]) if is_share_of_two else value
        whole = parse_number(match["whole"]) if match["whole"] else None
    except ValueError:
        remedy = "Skriv som det är tryckt: 787, 77 %, −0,3 procentenheter eller 124 av 177."
        row.fault("värde", f"”{written}” går inte att tolka", remedy)
        return None
    decimals = len(re.split("[.,]", match["value"])[1]) if re.search("[.,]", match["value"]) else 0
    return Control(
        figure=figure.strip("{} "),
        written=written,
        value=value,
        decimals=0 if is_share_of_two else decimals,
        is_percent=bool(match["percent"]) and not is_share_of_two,
        whole=whole,
        source=source,
        explanation=row.optional(EXPLANATION),
        place=row.place("värde"),
    )


def read_sum_tables(folder: Folder, settings: ReportSettings) -> dict[str, tuple[TableRow, ...]]:
    """The tables in tabeller/ by their ids, as defined in bokslut.yaml."""
    defined = {f"{one.id}.csv": one for one in settings.tables}
    _refuse_unknown(folder, defined)
    tables: dict[str, tuple[TableRow, ...]] = {}
    for name, definition in defined.items():
        path = f"{SUM_TABLES}/{name}"
        if not folder.exists(path):
            folder.fault(
                definition.place("id"),
                f"tabellen {path} finns inte",
                "Lägg till filen, eller ta bort posten.",
            )
            continue
        tables[definition.id] = tuple(_sum_rows(folder, path))
    return tables


def _refuse_unknown(folder: Folder, defined: Mapping[str, TableDefinition]) -> None:
    for name in folder.entries(SUM_TABLES):
        if name not in defined:
            place = Place(folder.name_of(f"{SUM_TABLES}/{name}"))
            remedy = remedy_for_unknown(name, defined) if defined else ""
            remedy = f"{remedy} Tabellen ska stå under ”tabeller” i bokslut.yaml.".strip()
            folder.fault(place, "tabellen känns inte igen", remedy)


def _sum_rows(folder: Folder, path: str) -> list[TableRow]:
    rows: list[TableRow] = []
    lines: dict[tuple[str, str], int] = {}
    for row in read_table(folder, path, Columns(("post",), (GROUP, EQUALS, EXPLANATION), free=True)):
        name = row.text("post")
        if name is None:
            continue
        if not row.free:
            row.fault("post", "tabellen har ingen kolumn med tal", "Lägg till en, till exempel 2021.")
            return []
        group = row.optional(GROUP)
        key = (name_key(group), name_key(name))
        if key in lines:
            row.fault("post", f"posten ”{name}” finns redan på rad {lines[key]}", "Ge den ett eget namn.")
            continue
        lines[key] = row.place().line
        rows.append(_sum_row(row, name, group))
    return rows


def _sum_row(row: Row, name: str, group: str) -> TableRow:
    """An empty cell is no amount: where one is asked for in a sum, that sum is not compared."""
    amounts: dict[str, Fraction] = {}
    for heading in row.free:
        amount = row.number(heading) if row.optional(heading) else None
        if amount is not None:
            amounts[heading] = amount
    return TableRow(
        name=name,
        group=group,
        equals=_equals(row),
        amounts=amounts,
        explanation=row.optional(EXPLANATION),
        place=row.place(EQUALS),
        places={heading: row.place(heading) for heading in row.free},
    )


def _equals(row: Row) -> Sum | None:
    written = row.optional(EQUALS)
    if not written:
        return None
    try:
        return parse_sum(written)
    except ValueError:
        remedy = "Skriv poster eller grupper med + eller − emellan."
        row.fault(EQUALS, f"”{written}” går inte att räkna ut", remedy)
        return None
