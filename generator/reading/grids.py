"""The cells of a table before its headings are understood, whether a file or a sheet holds them."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from generator.model.fields import UNSEEN_KEY, Unseen
from generator.model.frozen import Frozen
from generator.model.limits import MAX_CELL, MAX_LINE, MAX_ROWS
from generator.model.names import and_list
from generator.model.places import Place, Problem
from generator.reading.files import UNSEEN, UNSEEN_FOUND, Folder, composed

DELIMITERS = ";\t,"
_MOST_NAMED = 10
_FIRST_LINES = 50
_REDUCE = "Kontrollera att det är rätt fil, och ta bort det som inte hör till tabellen."
_TOO_LONG = f"en cell har fler än {MAX_CELL} tecken", _REDUCE
_LEFT_OPEN = (
    "citattecknet är inte avslutat",
    "Avsluta cellen på samma rad, eller skriv ”svenska” citattecken.",
)
# What a spreadsheet shows when a formula goes wrong: in files, and in Swedish.
ERRORS = {
    "#N/A": "#SAKNAS!",
    "#DIV/0!": "#DIVISION/0!",
    "#VALUE!": "#VÄRDEFEL!",
    "#REF!": "#REFERENS!",
    "#NAME?": "#NAMN?",
    "#NUM!": "#OGILTIGT!",
    "#NULL!": "#SKÄRNING!",
}
_SHOWN_ERRORS = {*ERRORS, *ERRORS.values()}


class Cell(Frozen):
    """What stands in a cell, as text. With a `fault` it is nothing that a table can hold.

    A cell that `is_number` holds a number in a workbook: there is no telling how it was typed.
    `raw` is what a column of a register or of answers may take a faulty cell as: a date or a truth.
    """

    text: str
    is_number: bool = False
    fault: str = ""
    remedy: str = ""
    raw: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.text or self.fault)


Spot = TypeVar("Spot")


def row_faults(cells: Mapping[Spot, Cell]) -> Iterator[tuple[Spot, str, str]]:
    """What is wrong in a row, and how to mend it: once, at the first cell that it is wrong in."""
    spots: defaultdict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot, cell in cells.items():
        if cell.fault:
            spots[cell.fault, cell.remedy].append(spot)
    for (found, remedy), (first, *others) in spots.items():
        yield first, f"{found}, som {len(others)} till på raden" if others else found, remedy


class MergedCells(Frozen):
    """Cells that are merged into one; rows count from 1 and columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"

    @property
    def fault(self) -> tuple[str, str]:
        """What is wrong, and how to mend it: only the first holds anything, the others would be empty."""
        return f"cellerna {self} är sammanfogade", "Dela upp dem, och fyll i varje cell."


class HiddenCells(Frozen):
    """The hidden rows of a sheet, from 1, and its hidden columns, from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()

    def found(self) -> str:
        """”bladet har 2 dolda rader (5 och 9)”; nothing where all is seen."""
        rows = _number_of(map(str, sorted(self.rows)), "dold rad", "dolda rader")
        columns = _number_of(map(column_letters, sorted(self.columns)), "dold kolumn", "dolda kolumner")
        parts = [part for part in (rows, columns) if part]
        return f"bladet har {' och '.join(parts)}" if parts else ""


class Grid(Frozen):
    """The rows of a table that are not empty, with their numbers. `name` is how places name the file."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    is_sheet: bool = False
    merged: tuple[MergedCells, ...] = ()

    def place(self, line: int, index: int | None = None, column: str = "") -> Place:
        """A row, or the cell of a column, which has a name of its own in a sheet."""
        cell = f"{column_letters(index)}{line}" if self.is_sheet and index is not None else ""
        return Place(self.name, line, column, cell)


def column_letters(index: int) -> str:
    """The name of a column in a spreadsheet: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_cell(text: str) -> Cell:
    """With single spaces and composed letters."""
    plain = " ".join(composed(text).split())
    if UNSEEN.search(plain):
        return Cell(plain, fault=f"cellen {UNSEEN_FOUND}", remedy="Skriv om den.")
    return error_cell(plain) if plain in _SHOWN_ERRORS else Cell(plain)


def error_cell(error: str) -> Cell:
    swedish = ERRORS.get(error)
    shown = f"{error} ({swedish})" if swedish else error
    return Cell(error, fault=f"cellen visar felet {shown}", remedy="Rätta formeln, eller skriv värdet.")


def delimiter_of(parts: Sequence[Iterable[str]]) -> str:
    """What parts the cells of a table: most of the first rows into as many, whatever headings hold.

    Of each part the lines are read together: what is quoted in one does not go on in the next. A quotation
    mark that is left within a cell is no sign of what parts them.
    """

    def fitting(delimiter: str) -> tuple[int, int]:
        widths = Counter[int]()
        with suppress(csv.Error):
            for record in chain.from_iterable(csv.reader(part, delimiter=delimiter) for part in parts):
                widths[len(record)] += len(record) > 1 and '"' not in "".join(record)
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=fitting)


def csv_grid(folder: Folder, path: str) -> Grid | None:
    """The cells of a CSV file; None (with a problem) when it cannot be read."""

    def read() -> Grid | None:
        text = folder.read_text(path)
        found = None if text is None else _grid(text, folder.name_of(path))
        if isinstance(found, Problem):
            folder.problems.append(found)
            return None
        return found

    return folder.made("tabellens celler", read, of=path)


def _grid(text: str, name: str) -> Grid | Problem:
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    lines = text.split("\n")
    delimiter = delimiter_of([[line] for line in lines[:_FIRST_LINES]])
    # Each line is a record of its own: a quotation mark left open would swallow the rest of the table.
    for number, line in enumerate(lines, start=1):
        record = _record(line, delimiter)
        if number > MAX_ROWS and line.strip(f"\r {DELIMITERS}"):
            record = f"tabellen har fler än {MAX_ROWS} rader", _REDUCE
        if isinstance(record, tuple):
            return Problem(Place(name, number), *record)
        cells = tuple(map(text_cell, record))
        if any(cell.text for cell in cells):
            rows.append((number, cells))
    return Grid(name, tuple(rows))


def _record(line: str, delimiter: str) -> list[str] | tuple[str, str]:
    """The cells of a line, or what is wrong with it and how to mend it."""
    if len(line) > MAX_LINE:
        return _TOO_LONG
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        # The reader refuses long cells too, as if they were open.
        cells = line.split(delimiter)
        if max(map(len, cells)) <= MAX_CELL:
            return _LEFT_OPEN
    return cells if max(map(len, cells), default=0) <= MAX_CELL else _TOO_LONG


# What its program does not show: hidden and filtered rows, columns and sheets


def _number_of(names: Iterable[str], single: str, many: str) -> str:
    listed = list(names)
    more = [f"{len(listed) - _MOST_NAMED} till"] if len(listed) > _MOST_NAMED else []
    named = and_list(listed[:_MOST_NAMED] + more)
    return f"{len(listed)} {single if len(listed) == 1 else many} ({named})" if listed else ""


def how_to_count(file: str) -> str:
    """`file` is the one to say it in."""
    return (
        f"Skriv ”{UNSEEN_KEY}: {Unseen.COUNTED}” eller ”{UNSEEN_KEY}: {Unseen.LEFT_OUT}” i {file},"
        " eller ta fram allt i Excel (rensa filtret på fliken Data)."
    )


def as_shown(grid: Grid, hidden: HiddenCells) -> Grid:
    """Only what is not hidden."""
    rows = (
        (number, tuple(Cell("") if index in hidden.columns else cell for index, cell in enumerate(cells)))
        for number, cells in grid.rows
        if number not in hidden.rows
    )
    return replace(grid, rows=tuple(row for row in rows if any(cell.is_filled for cell in row[1])))
