"""The author's files as they are written, so that a figure can be followed to its row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model.names import name_key
from generator.model.outcomes import SEX_NAMES
from generator.model.places import Problem
from generator.model.report import Report
from generator.model.sources import Column, SourceFile, WrittenTable
from generator.reading.controls import CONTROLS, SUM_COLUMNS
from generator.reading.files import Folder
from generator.reading.grids import Grid, csv_grid
from generator.reading.table_files import CSV, OUTCOMES, SUM_TABLES, TITLES, TableFiles, workbooks_in
from generator.reading.workbooks import read_workbook

_TEXTS = (".yaml", ".md")


def read_sources(content: Path, report_id: str) -> tuple[SourceFile, ...]:
    """Every table, settings file and text of a report that has been read without problems."""
    problems: list[Problem] = []
    site = Folder(content, content.name, problems)
    folder = Folder(content / report_id, site.name_of(report_id), problems)
    sheets = (sheet.grid for path in workbooks_in(folder) for sheet in read_workbook(folder, path) or ())
    return (*_sources(folder, ""), *(_table(grid) for grid in sheets))


def _sources(folder: Folder, path: str) -> Iterator[SourceFile]:
    for name in folder.entries(path):
        below = str(PurePosixPath(path, name))
        if folder.is_folder(below):
            yield from _sources(folder, below)
        elif name.endswith(CSV):
            grid = csv_grid(folder, below)
            if grid is not None and grid.rows:
                yield _table(grid)
        elif name.endswith(_TEXTS):
            text = folder.read_text(below)
            if text is not None:
                yield _text(folder.name_of(below), text)


def _text(name: str, text: str) -> SourceFile:
    lines = enumerate(text.rstrip("\n").split("\n"), start=1)
    return SourceFile(name, (), {number: (line,) for number, line in lines})


def _table(grid: Grid) -> SourceFile:
    (_, heads), *rows = ((number, tuple(cell.text for cell in cells)) for number, cells in grid.rows)
    return SourceFile(grid.name, heads, dict(rows))


_YEARS = {"ar", "jamfort-med"}
_NUMBERS = {*SEX_NAMES, "totalt", "antal", "uppnatt", "maximalt"}
_VALUES = "varde"


def read_tables(root: Path, report: Report) -> tuple[WrittenTable, ...]:
    """The tables of a report that has been read without problems, in the order of the handbook."""
    folder = Folder(root / report.id, report.id, [])
    files = TableFiles(folder, report.settings.tables)
    titles = {f"{OUTCOMES}/{name}": title for name, title in TITLES.items()}
    titles |= {f"{SUM_TABLES}/{one.id}": one.id for one in report.settings.tables}
    return tuple(
        _written(titles[table], table, files.tables[table]) for table in titles if table in files.tables
    )


def _written(title: str, table: str, grid: Grid) -> WrittenTable:
    (_, heads), *rows = grid.rows
    named = [at for at, head in enumerate(heads) if head.text]
    columns = tuple((heads[at].text, _kind(table, name_key(heads[at].text))) for at in named)
    texts = (tuple(cells[at].text if at < len(cells) else "" for at in named) for _, cells in rows)
    return WrittenTable(title, columns, tuple(texts))


def _kind(table: str, column: str) -> Column:
    if table.startswith(SUM_TABLES):
        return Column.TEXT if column in SUM_COLUMNS.by_key else Column.NUMBER
    if column in _YEARS:
        return Column.YEAR
    is_value = column == _VALUES and table != CONTROLS
    return Column.NUMBER if is_value or column in _NUMBERS else Column.TEXT
