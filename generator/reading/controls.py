"""What is read to be compared: figures of printed documents, and tables that say what they add up to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product

from generator.model.accounts import MONEY, scale_of_money
from generator.model.amounts import AmountTable
from generator.model.names import name_key
from generator.model.outcomes import Control, TableRow
from generator.model.places import Problem, Severity
from generator.model.quantities import UnclearNumberError, parse_number
from generator.model.settings import ReportSettings, Unit
from generator.model.sums import OF_SUMS, Sum, parse_sum
from generator.model.table_settings import PERCENT, POINTS, WORDS, TableDefinition, as_unit
from generator.reading.files import Folder
from generator.reading.grids import Grid
from generator.reading.sheets import OUTCOMES
from generator.reading.table_files import COLUMNS, SUM_TABLES, TableFiles
from generator.reading.tables import Columns, Row, read_table

_CONTROLS = "kontrollsummor"
EQUALS, GROUP, NOTE, EXPLANATION, UNIT = "lika med", "grupp", "not", "förklaring", "måttenhet"
SUM_COLUMNS = Columns(("post",), (GROUP, EQUALS, NOTE, EXPLANATION, UNIT), free=True)

_NUMBER = r"[+−–-]?\s?[\d\s.,]*\d"
# Not of an amount or a share that is told, nor of ”1 000-tals kronor”.
_UNIT_SAID = re.compile(rf"(?<![0-9])(?<![0-9]\s)(?<!tal\s)(?<!tals\s)(?:%|\b(?:{MONEY})\b)", re.IGNORECASE)
_OF = r"(?:\s*/\s*|\s+av\s+)"
# A word after the value, such as what it counts.
_WORD = r"(?:\s+(?!av\b)[^\W\d]+)?"
# ”787”, ”−2 291 tkr”, ”77,4 %”, ”77 % (247 av 319)”
_VALUE = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?P<percent>%|procent(?:enhet(?:er)?)?)?"
    rf"(?:\s*\((?P<part>{_NUMBER}){_OF}(?P<whole>{_NUMBER})\))?{_WORD}"
)
# ”124 av 177”, ”124/177”
_COUNTS = re.compile(rf"(?P<part>{_NUMBER}){_OF}(?P<whole>{_NUMBER}){_WORD}")
_FORMS = "787, 77 %, −0,3 procentenheter, 124 av 177 eller 77 % (247 av 319)"


def read_controls(folder: Folder, files: TableFiles) -> tuple[Control, ...]:
    """Figures taken from a printed document, with the source, and why they differ when they do."""
    grid = files.grid(f"{OUTCOMES}/{_CONTROLS}")

    def read() -> tuple[Control, ...]:
        rows = read_table(grid, COLUMNS[_CONTROLS], folder.problems)
        return tuple(control for row in rows for control in _controls(row))

    return folder.made("kontrollsummorna", read, beside=grid)


def _controls(row: Row) -> Iterator[Control]:
    """One for each statement: ”77 % (247 av 319)” is three numbers that must all be right."""
    figure, written, source = row.text("uppgift"), row.text("värde"), row.text("källa")
    if not row.is_sound():
        return
    match = _VALUE.fullmatch(written) or _COUNTS.fullmatch(written)
    said = match.groupdict() if match else {}
    try:
        value, part, whole = (_printed(said.get(name), row) for name in ("value", "part", "whole"))
    except UnclearNumberError as error:
        row.fault("värde", error.found, error.remedy)
        return
    except ValueError:
        said = {}
    if not said:
        remedy = f"Skriv som det är tryckt, till exempel {_FORMS}."
        row.fault("värde", f"”{written}” går inte att tolka", remedy)
        return
    control = Control(
        figure=figure.strip("{} "),
        written=written,
        value=value or Fraction(0),
        decimals=_decimals(said.get("value") or ""),
        is_percent=bool(said.get("percent")),
        whole=None,
        source=source.rstrip(". "),
        explanation=row.optional(EXPLANATION),
        place=row.place("värde"),
    )
    if value is not None:
        yield control
    if part is not None:
        yield replace(control, value=part, decimals=0, is_percent=False, whole=whole)


def _printed(number: str | None, row: Row) -> Fraction | None:
    """A number as it is printed, if it is. Raises ValueError; see `parse_number`."""
    is_typed = not row.is_number("värde")
    return None if number is None else parse_number(number, is_typed=is_typed)


def _decimals(number: str) -> int:
    is_point = "," not in number and number.count(".") == 1  # others stand between thousands
    return len(number.partition("." if is_point else ",")[2])


def read_sum_tables(folder: Folder, files: TableFiles, settings: ReportSettings) -> dict[str, AmountTable]:
    """The tables in tabeller/ that have rows, by their ids and in the order of bokslut.yaml."""
    tables: dict[str, AmountTable] = {}
    for definition in settings.tables:
        table = f"{SUM_TABLES}/{definition.id}"
        if files.has(table):
            made_of = files.grid(table), definition, settings.every_unit
            # The same definition may have moved to other cells, which it tells of.
            beside = *made_of, files.definitions
            make = partial(_amounts, *made_of, folder.problems)
            tables[definition.id] = folder.made(table, make, beside=beside)
            continue
        found = f"tabellen {table}.csv finns inte"
        folder.fault(definition.place("id"), found, "Lägg till filen, eller ta bort posten.")
    return {id: table for id, table in tables.items() if table.rows}


def _amounts(
    grid: Grid | None, definition: TableDefinition, units: tuple[Unit, ...], problems: list[Problem]
) -> AmountTable:
    rows: list[TableRow] = []
    lines: dict[tuple[str, str], int] = {}
    for row in read_table(grid, SUM_COLUMNS, problems):
        name = row.text("post")
        if not name:
            continue
        if not row.free:
            row.fault("post", "tabellen har ingen kolumn med tal", "Lägg till en, till exempel 2021.")
            break
        if not lines:
            problems += _check_units(row, definition)
        group = row.optional(GROUP)
        key = (name_key(group), name_key(name))
        if key in lines:
            row.fault("post", f"posten ”{name}” finns redan på rad {lines[key]}", "Ge den ett eget namn.")
            continue
        lines[key] = row.place().line
        rows.append(_sum_row(row, name, group, definition))
    return AmountTable(definition, tuple(rows), units)


def _check_units(row: Row, definition: TableDefinition) -> Iterator[Problem]:
    """What the title and the headings say that the amounts are in is what they are in."""
    own = as_unit(row.optional(UNIT))
    by_heading = {text: own or definition.unit_of(text) for text in row.free}
    computed = (definition.unit_of(column.name) for column in definition.computed)
    remedy = "Rätta det som är fel: texten, talen eller måttenheten i bokslut.yaml."
    if found := _other_unit(definition.title, [definition.unit, *by_heading.values(), *computed]):
        yield Problem(definition.place("title"), found, remedy, Severity.WARNING)
    for text, unit in by_heading.items():
        if unit != WORDS and (found := _other_unit(text, [unit])):
            yield Problem(row.place(text), found, remedy)


def _other_unit(text: str, units: Sequence[str]) -> str:
    """That a text says a unit which is none of those that its amounts are in."""
    known = [word for unit in units for word in _UNIT_SAID.findall(unit.replace(POINTS, PERCENT)) or [unit]]
    said = _UNIT_SAID.findall(" ".join(text.split()))
    is_known = any(scale_of_money(word, unit) == 1 for word, unit in product(said, known))
    return f"”{text}” säger {said[0]}, men måttenheten är {units[0]}" if said and not is_known else ""


def _sum_row(row: Row, name: str, group: str, definition: TableDefinition) -> TableRow:
    """An empty cell is no amount, unless the row is a sum: then it is computed."""
    own, units = as_unit(row.optional(UNIT)), {heading: definition.unit_of(heading) for heading in row.free}
    given = [heading for heading in row.free if row.optional(heading)]
    numbers = {heading for heading in row.free if units[heading] != WORDS}
    masked = frozenset(heading for heading in numbers if row.is_masked(heading))

    equals = _equals(row)
    if numbers and equals is None and OF_SUMS.fullmatch(name):
        remedy = f"Skriv i kolumnen ”{EQUALS}” vad den är summan av."
        row.warn("post", f"posten ”{name}” stäms inte av, och visas som en post bland de andra", remedy)

    def amount(heading: str) -> Fraction:
        is_percent = PERCENT in (own, units[heading])
        number = row.number(heading, is_percent=is_percent)
        if is_percent:
            row.warn_of_share(heading, number)
        return number

    return TableRow(
        name=name,
        group=group,
        equals=equals,
        amounts={heading: amount(heading) for heading in given if heading in numbers - masked},
        words={heading: row.optional(heading) for heading in given if heading not in numbers},
        masked=masked,
        explanation=row.optional(EXPLANATION),
        place=row.place(EQUALS),
        places={heading: row.place(heading) for heading in row.free},
        notes=tuple(note.strip() for note in row.optional(NOTE).split(",") if note.strip()),
        unit=own,
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
