"""The author's files and tables as they are written: for audits, and for other programs."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import Enum

from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.places import Place


class SourceFile(Frozen):
    """Cells by line; a line of a file that is no table is one cell. `heads` are a table's headings."""

    name: str  # as places name it
    heads: tuple[str, ...]
    lines: Mapping[int, tuple[str, ...]]

    def text_at(self, place: Place) -> str:
        """What stands in a cell, or on the line where no column is named; "" when there is no such line."""
        cells = self.lines.get(place.line, ())
        column = self._column(place)
        if column is not None:
            return cells[column] if column < len(cells) else ""
        return " ".join(cells).strip()

    def cells_before(self, places: Sequence[Place]) -> tuple[str, ...]:
        """The cells of a row before the first of some of its cells: what says which row it is."""
        columns = [column for column in map(self._column, places) if column is not None]
        return self.lines.get(places[0].line, ())[: min(columns, default=len(self.heads))]

    def _column(self, place: Place) -> int | None:
        keys = [name_key(head) for head in self.heads]
        key = name_key(place.column)
        return keys.index(key) if key in keys else None


class SourceColumn(Enum):
    TEXT = "text"
    NUMBER = "tal"
    YEAR = "årtal"


class ColumnHelp(Frozen):
    """What a column is for, and what can be chosen in it: words, or the ids of a sheet.

    Where a row decides what its cell may hold, `by_row` has the words by what stands first in the row.
    """

    note: str = ""
    choices: tuple[str, ...] = ()
    ids_of: str = ""
    by_row: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class WrittenTable(Frozen):
    """A table as its author has written it, for another program to go on with."""

    sheet: str
    columns: tuple[tuple[str, SourceColumn], ...]  # headings, and what stands below them
    rows: tuple[tuple[str, ...], ...]
    help: Mapping[str, ColumnHelp] = field(default_factory=dict)  # by heading
