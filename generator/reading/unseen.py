"""What a workbook holds and its program does not show: hidden and filtered rows, columns and sheets."""

from collections.abc import Iterable
from dataclasses import replace

from generator.model.frozen import Frozen
from generator.model.names import and_list
from generator.model.unseen import UNSEEN_KEY, Unseen
from generator.reading.grids import Cell, Grid, column_letters

_MOST_NAMED = 10
HIDDEN_SHEET = "bladet är dolt"


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
