"""The author's files as they are written, so that a figure can be followed to its row."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from generator.model.names import name_key
from generator.model.places import Problem
from generator.model.report import Report
from generator.model.sources import SourceColumn, SourceFile, WrittenTable
from generator.reading.controls import SUM_COLUMNS
from generator.reading.files import Folder
from generator.reading.forms import YEARS, definition_tables, with_help
from generator.reading.grids import Grid, csv_grid
from generator.reading.narrative import ATTACHMENTS, PICTURES
from generator.reading.sheets import OUTCOMES, WORKBOOKS, Sheets
from generator.reading.table_files import COLUMNS, CSV, SUM_TABLES, TITLES, TableFiles
from generator.reading.word import WORD, read_word
from generator.reading.workbooks import read_workbook

_TEXTS = (".yaml", ".md")
_NOT_READ = (f"{PICTURES}/", f"{ATTACHMENTS}/")  # tables there are not the report's


def read_sources(content: Path, report_id: str) -> tuple[SourceFile, ...]:
    """Every table, settings file and text of a report that has been read without problems."""
    problems: list[Problem] = []
    site = Folder(content, content.name, problems)
    folder = Folder(content / report_id, site.name_of(report_id), problems)
    paths = [path for path in folder.all_files() if not path.startswith(_NOT_READ)]
    workbooks = (path for path in paths if path.endswith(WORKBOOKS))
    sheets = chain.from_iterable(read_workbook(folder, path) or () for path in workbooks)
    return (*_sources(folder, paths), *(_table(sheet.grid) for sheet in sheets))


def _sources(folder: Folder, paths: Iterable[str]) -> Iterator[SourceFile]:
    for path in paths:
        if path.endswith(CSV) and (grid := csv_grid(folder, path)) and grid.rows:
            yield _table(grid)
        elif path.endswith(_TEXTS) and (text := folder.read_text(path)):
            all_lines = enumerate(text.rstrip("\n").split("\n"), start=1)
            yield SourceFile(folder.name_of(path), (), {number: (line,) for number, line in all_lines})
        elif path.endswith(WORD) and (read := read_word(folder, path)):
            body = read[1]
            numbers = (number for number, _ in body.paragraphs)
            lines = zip(numbers, body.source.split("\n"), strict=False)
            yield SourceFile(folder.name_of(path), (), {number: (line,) for number, line in lines if line})


def _table(grid: Grid) -> SourceFile:
    (_, heads), *rows = ((number, tuple(cell.text for cell in cells)) for number, cells in grid.rows)
    return SourceFile(grid.name, heads, dict(rows))


_COMMENTS = "kommentarer"


def read_tables(root: Path, report: Report) -> tuple[WrittenTable, ...]:
    """The tables of a report that has been read without problems, in the order of the handbook."""
    folder = Folder(root / report.id, report.id, [])
    files = TableFiles(folder, report.settings, Sheets(folder))
    titles = {f"{OUTCOMES}/{name}": title for name, title in TITLES.items()}
    titles |= {f"{SUM_TABLES}/{table.id}": table.id for table in report.settings.tables}
    grids = {table: files.grid(table) for table in titles}
    return tuple(with_help(_written(titles[table], table, grid)) for table, grid in grids.items() if grid)


def workbook_sheets(root: Path, report: Report) -> tuple[WrittenTable, ...]:
    """All that a workbook can hold of a report: what it defines, its tables, and room for comments."""
    folder = Folder(root / report.id, report.id, [])
    tables = (*definition_tables(folder), *read_tables(root, report))
    title, heads = TITLES[_COMMENTS], COLUMNS[_COMMENTS].required
    if title in {table.sheet for table in tables}:
        return tables
    return (*tables, with_help(WrittenTable(title, tuple((head, SourceColumn.TEXT) for head in heads), ())))


def _written(title: str, table: str, grid: Grid) -> WrittenTable:
    (_, heads), *rows = grid.rows
    named = [index for index, head in enumerate(heads) if head.text]
    columns = tuple((heads[index].text, _kind(table, name_key(heads[index].text))) for index in named)
    texts = (tuple(cells[index].text if index < len(cells) else "" for index in named) for _, cells in rows)
    return WrittenTable(title, columns, tuple(texts))


def _kind(table: str, column: str) -> SourceColumn:
    if table.startswith(SUM_TABLES):
        return SourceColumn.TEXT if column in SUM_COLUMNS.by_key else SourceColumn.NUMBER
    if column in YEARS:
        return SourceColumn.YEAR
    numbers = set(map(name_key, COLUMNS[table.removeprefix(f"{OUTCOMES}/")].tells)) - {"uppfyllt"}
    return SourceColumn.NUMBER if column in numbers else SourceColumn.TEXT
