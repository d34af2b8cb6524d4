"""What the XML of a workbook tells before its cells are read: their number, and which cannot be read.

The library that reads cells makes room for every cell up to the last one and every repetition, which a
small file can make too much for any computer. And it leaves out, without a word, cells with errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from generator.model.limits import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from generator.reading.grids import Cell, HiddenCells, MergedCells
from generator.reading.packages import UnreadableError, damaged

_OPEN_AND_SAVE = "Öppna arbetsboken i Excel eller LibreOffice, och spara den."
ADDED = "calcext"


class Faulty:
    """Cells that cannot be read as they are: their programs show something else, or nothing at all."""

    NOT_COMPUTED = Cell("", fault="cellens formel är inte uträknad", remedy=_OPEN_AND_SAVE)
    TWO_IN_ONE = Cell(
        "",
        fault="en del av cellens tal är upphöjd, nedsänkt eller överstruken",
        remedy="Skriv bara talet, utan fotnotstecken och det som är struket.",
    )
    IN_THOUSANDS = Cell(
        "",
        fault="cellformatet visar talet i tusental: det som står i cellen är ett annat tal än det som syns",
        remedy="Välj cellformatet Tal, och skriv talet i den enhet som tabellen har.",
    )
    STRUCK = Cell(
        "",
        fault="cellen är överstruken",
        remedy="Ta bort det som inte ska räknas. Ska det räknas, ta bort överstrykningen.",
    )
    UNSEEN = Cell(
        "",
        fault="det som står i cellen syns inte: texten är vit, eller så visar cellformatet något annat",
        remedy="Ta bort det som inte ska räknas. Ska det räknas, välj svart text och cellformatet Allmänt.",
    )


@dataclass
class SheetScan:
    """What a sheet has beside its values. Cells are named by row and column, both from 0."""

    faulty: dict[tuple[int, int], Cell] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)  # 0.45 that its program shows as 45 %
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False
    merged: list[MergedCells] = field(default_factory=list)
    filled: int = 0  # cells with something that can be read
    last_row: int = -1
    last_column: int = -1
    cells_before: int = 0  # in the sheets before it, whose characters are counted here too
    characters: int = 0

    def next(self, *, is_hidden: bool) -> SheetScan:
        """Of the sheet after it, of the same workbook, which all limits are for."""
        cells = self.cells_before + (self.last_row + 1) * (self.last_column + 1)
        return SheetScan(is_hidden=is_hidden, cells_before=cells, characters=self.characters)

    @property
    def hidden(self) -> HiddenCells:
        """Those within what is filled."""
        rows = frozenset(row + 1 for row in self.hidden_rows if row <= self.last_row)
        return HiddenCells(rows, frozenset(i for i in self.hidden_columns if i <= self.last_column))

    def reach(self, row: int, column: int, characters: int) -> None:
        """Notes a cell that takes room. Raises UnreadableError when there is too much of it."""
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        self.characters += characters
        rows, columns = self.last_row + 1, self.last_column + 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            found = f"arbetsboken har ett blad med {rows} rader och {columns} kolumner"
            limits = f"högst {MAX_ROWS} rader och {MAX_COLUMNS} kolumner"
            raise UnreadableError(found, f"Ett blad får ha {limits}. Ta bort det som står långt ut.")
        if self.characters > MAX_CHARACTERS or self.cells_before + rows * columns > MAX_CELLS:
            raise UnreadableError("arbetsboken har orimligt mycket innehåll", "Ta bort blad som inte behövs.")


@dataclass(slots=True)
class Characters:
    """The characters of a cell, and those of them that are raised, lowered or struck out."""

    all: str = ""
    marked: str = ""
    is_marked: bool = False  # whether those that follow are

    def add(self, characters: str) -> None:
        self.all += characters
        self.marked += characters if self.is_marked else ""

    @property
    def are_two_in_one(self) -> bool:
        """30 with a raised 1 beside it would be read as 301."""
        text, marked = self.all.strip(), self.marked.strip()
        if marked in ("", text):
            return False
        return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


Attributes = Mapping[str, str]


def parse(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Elements and attributes by their names without namespaces. Raises UnreadableError."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two for encodings that do not exist
        raise damaged() from None


def _refuse_doctype(*_: object) -> NoReturn:
    """No program writes one; entities could make much of little."""
    raise damaged()


def _local(name: str) -> str:
    """The name in its namespace; what LibreOffice adds of its own is told apart."""
    space, _, local = name.rpartition(" ")
    return f"{ADDED}-{local}" if ADDED in space else local


def number(text: str, most: int = 10_000_000) -> int:
    """A whole number of an attribute. Raises UnreadableError."""
    if not re.fullmatch(r"[0-9]{1,8}", text) or int(text) > most:
        raise damaged()
    return int(text)
