"""Tables by their headings, whatever file or sheet they are read from.

Headings are compared as names, so case, stray spaces and å/ä/ö typed another way do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from generator.model.names import name_key, remedy_for_unknown, suggestion
from generator.model.narrative import Markdown
from generator.model.places import Place, Problem
from generator.model.quantities import MAX_DIGITS, is_too_long, parse_number
from generator.reading.grids import Cell, Grid, column_letters, is_ambiguous

_EMPTY = Cell("")
_ROUND = "Avrunda talet i cellen, till exempel med =AVRUNDA(…;1)."
# How far down headings are looked for when the first row has none.
_FIRST_ROWS = 20
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
MAX_FAULTS = 1000  # nobody mends so many one by one, and all of a large table take long to find
_MEND_FIRST = "Kontrollera att det är rätt fil, och rätta de första felen."
Number = TypeVar("Number", int, Fraction)


@dataclass(frozen=True)
class Columns:
    """The headings a table must have and may have, as an author writes them.

    With `free`, any other heading is a column of its own.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    free: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


class Row:
    """A row of a table. Reading a cell that is wrong adds a problem and gives None."""

    def __init__(self, cells: Mapping[str, Cell], line: int, table: _Table, problems: list[Problem]) -> None:
        self._cells = cells  # by the name key of the heading
        self._line = line
        self._table = table
        self._problems = problems
        for key, cell in cells.items():
            if cell.fault:
                self.fault(table.headings[key], cell.fault, cell.remedy)

    @property
    def free(self) -> tuple[str, ...]:
        """The headings, as written, of columns that may have any."""
        return self._table.free

    def place(self, column: str = "") -> Place:
        letters = self._table.letters.get(name_key(column))
        cell = f"{letters}{self._line}" if column and letters else ""
        return Place(self._table.name, self._line, column, cell)

    def fault(self, column: str, found: str, remedy: str) -> None:
        self._problems.append(Problem(self.place(column), found, remedy))

    def has(self, column: str) -> bool:
        """Whether the table has the column at all."""
        return name_key(column) in self._cells

    def _cell(self, column: str) -> Cell:
        return self._cells.get(name_key(column), _EMPTY)

    def is_number(self, column: str) -> bool:
        """Whether the cell holds a number in a workbook, which can be read in one way only."""
        return self._cell(column).is_number

    def optional(self, column: str) -> str:
        """What stands in the cell; "" also for what no table can hold, which has been told."""
        cell = self._cell(column)
        return "" if cell.fault else cell.text

    def text(self, column: str) -> str | None:
        if self._cell(column).fault:
            return None
        text = self.optional(column)
        if not text:
            self.fault(column, "cellen är tom", "Fyll i ett värde.")
            return None
        return text

    def markdown(self, column: str) -> Markdown | None:
        """Text in which figures can be named."""
        text = self.text(column)
        return None if text is None else Markdown(text, self._table.name, self._line)

    def known(self, column: str, names: dict[str, str], what: str) -> str | None:
        """The value for a name among `names` (by name key), e.g. the id of a unit."""
        text = self.text(column)
        if text is None:
            return None
        if self.is_number(column) and not text.isdecimal():
            found = f"cellen är talet {text}, men ska vara {what} som text"
            remedy = "Välj cellformatet Text, och skriv om den: som tal är 1.1 och 1.10 detsamma."
            self.fault(column, found, remedy)
            return None
        if name_key(text) not in names:
            known = dict.fromkeys(names.values())
            self.fault(column, f"{what} ”{text}” finns inte", remedy_for_unknown(text, known))
            return None
        return names[name_key(text)]

    def count(self, column: str) -> int | None:
        """A number of persons, answers or points: whole and not negative."""
        text = self.optional(column)
        if is_ambiguous(text) and not self.is_number(column):
            digits = re.sub(r"[^0-9]", "", text)
            remedy = f"Skriv {digits}, eller {digits[:-3]} {digits[-3:]}."
            self.fault(column, f"”{text}” kan läsas både som ett tusental och som decimaler", remedy)
            return None
        return self._number(column, "ett antal", "Skriv ett heltal, till exempel 12.", _whole)

    def year(self, column: str) -> int | None:
        year = self.count(column)
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            self.fault(
                column, f"”{year}” är inte ett årtal", "Skriv året med fyra siffror, till exempel 2021."
            )
            return None
        return year

    def number(self, column: str) -> Fraction | None:
        return self._number(column, "ett tal", "Skriv till exempel 12, 0,3 eller −0,3.", parse_number)

    def _number(self, column: str, what: str, remedy: str, parse: Callable[[str], Number]) -> Number | None:
        text = self.text(column)
        if text is None:
            return None
        if is_too_long(text):
            remedy = _ROUND if self.is_number(column) else "Kontrollera talet."
            self.fault(column, f"”{text}” har fler än {MAX_DIGITS} siffror", remedy)
            return None
        try:
            return parse(text)
        except ValueError:
            self.fault(column, f"”{text}” är inte {what}", remedy)
            return None


def _whole(text: str) -> int:
    number = parse_number(text)
    if number.denominator != 1 or number < 0:
        raise ValueError(text)
    return int(number)


def read_table(grid: Grid | None, columns: Columns, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a table; none when it is not there or cannot be used."""
    if grid is None:
        return
    if not grid.rows:
        problems.append(Problem(Place(grid.name), "tabellen är tom", "Fyll i den, eller ta bort filen."))
        return
    table = _table(grid, columns, problems)
    if table is None:
        return
    known_before = len(problems)
    for line, cells in grid.rows[1:]:
        if len(problems) - known_before > MAX_FAULTS:
            found = f"tabellen har fler än {MAX_FAULTS} fel, och resten av den är inte läst"
            problems.append(Problem(Place(grid.name, line), found, _MEND_FIRST))
            return
        stray = next(
            (at for at, cell in enumerate(cells) if (cell.text or cell.fault) and not table.key_at(at)), None
        )
        if stray is not None:
            problems.append(_stray_cell(table, line, cells, stray))
            continue
        padded = [*cells, *(_EMPTY for _ in range(len(table.keys) - len(cells)))]
        named = {key: cell for key, cell in zip(table.keys, padded, strict=False) if key}
        yield Row(named, line, table, problems)


@dataclass(frozen=True)
class _Table:
    """The headings of a table. `keys` are their name keys, "" for columns without one."""

    name: str
    keys: tuple[str, ...]
    headings: Mapping[str, str]  # as the author knows them, by name key
    free: tuple[str, ...]
    letters: Mapping[str, str]  # of the columns of a sheet, by name key

    def key_at(self, index: int) -> str:
        return self.keys[index] if index < len(self.keys) else ""


def _stray_cell(table: _Table, line: int, cells: Sequence[Cell], at: int) -> Problem:
    """What stands under no heading would be lost in silence."""
    if table.letters:
        place = Place(table.name, line, cell=f"{column_letters(at)}{line}")
        remedy = "Ge kolumnen en rubrik, eller flytta det till ett blad vars namn börjar med _."
        return Problem(place, f"”{cells[at].text}” står i en kolumn utan rubrik", remedy)
    if at < len(table.keys):
        remedy = "Ge den en rubrik, eller ta bort den."
        return Problem(Place(table.name, line), f"kolumn {at + 1} har ingen rubrik men innehåll", remedy)
    found = f"raden har {len(cells)} celler men tabellen {len(table.keys)} kolumner"
    return Problem(Place(table.name, line), found, "Sätt text som innehåller skiljetecknet inom citattecken.")


def _table(grid: Grid, columns: Columns, problems: list[Problem]) -> _Table | None:
    """The table by its headings, or None (with problems) when it cannot be used."""
    line, header = grid.rows[0]
    keys = [name_key(cell.text) for cell in header]
    while keys and not keys[-1]:
        keys.pop()
    texts = [cell.text for cell in header]
    known = {name_key(column): column for column in columns.all}
    faults = (
        [*_title_faults(grid, columns)]
        or [*_merged_faults(grid, len(keys)), *_cell_faults(grid, line, header)]
        or [*_heading_faults(texts, keys, columns, Place(grid.name, line))]
    )
    problems.extend(faults)
    if faults:
        return None
    written = dict(zip(keys, texts, strict=False)) | known
    free = tuple(text for text, key in zip(texts, keys, strict=False) if key and key not in known)
    letters = {key: column_letters(at) for at, key in enumerate(keys) if key} if grid.is_sheet else {}
    return _Table(grid.name, tuple(keys), written, free, letters)


def _title_faults(grid: Grid, columns: Columns) -> Iterator[Problem]:
    """Something above the headings, such as a title."""
    required = {name_key(column) for column in columns.required}
    known = {name_key(column) for column in columns.all}
    if known & _keys(grid.rows[0][1]):
        return
    below = (line for line, cells in grid.rows[1:_FIRST_ROWS] if required <= _keys(cells))
    line = next(below, None)
    if line is not None:
        found = f"första raden är inte rubrikerna: de står på rad {line}"
        remedy = "Ta bort raderna ovanför, så att rubrikerna står på första raden."
        yield Problem(Place(grid.name, grid.rows[0][0]), found, remedy)


def _keys(cells: Sequence[Cell]) -> set[str]:
    return {name_key(cell.text) for cell in cells} - {""}


def _cell_faults(grid: Grid, line: int, header: Sequence[Cell]) -> Iterator[Problem]:
    for at, cell in enumerate(header):
        if cell.fault:
            spot = f"{column_letters(at)}{line}" if grid.is_sheet else ""
            yield Problem(Place(grid.name, line, cell=spot), cell.fault, cell.remedy)


def _merged_faults(grid: Grid, width: int) -> Iterator[Problem]:
    """Of merged cells only the first holds anything: the others would be read as empty."""
    first, last = grid.rows[0][0], grid.rows[-1][0]
    for area in grid.merged:
        if area.first_column < width and area.last_row >= first and area.first_row <= last:
            place = Place(grid.name, area.first_row, cell=str(area).partition(":")[0])
            remedy = "Dela upp dem, och fyll i varje cell."
            yield Problem(place, f"cellerna {area} är sammanfogade", remedy)


def _heading_faults(
    header: Sequence[str], keys: Sequence[str], columns: Columns, place: Place
) -> Iterator[Problem]:
    known = {name_key(column): column for column in columns.all}
    for key, heading in zip(keys, header, strict=False):
        if key and key not in known and not columns.free:
            found = f"kolumnen ”{heading}” känns inte igen"
            yield Problem(place, found, remedy_for_unknown(heading, columns.all))
    written = dict(zip(keys, header, strict=False)) | known
    for key in sorted(set(keys)):
        if key and (key in known or columns.free) and keys.count(key) > 1:
            yield Problem(place, f"kolumnen ”{written[key]}” finns två gånger", "Ta bort den ena.")
    misspelt = [heading for key, heading in zip(keys, header, strict=False) if key not in known]
    for column in columns.required:
        if name_key(column) not in keys and not suggestion(column, misspelt):
            remedy = f"Rubrikerna i filen är: {', '.join(header)}."
            yield Problem(place, f"kolumnen ”{column}” saknas", remedy)
