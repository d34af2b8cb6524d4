"""The author's files as they are written, so that a figure can be followed to its row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model.places import Problem
from generator.model.sources import SourceFile
from generator.reading.files import Folder
from generator.reading.grids import Grid, csv_grid
from generator.reading.table_files import CSV, workbooks_in
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
