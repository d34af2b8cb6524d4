"""Workbooks with a row for each person.

A long sheet in the plain form that spreadsheet programs write goes to a quick library. Everything else, and
whatever the quick one might read otherwise, is read with the care of the tables of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.places import Place, Problem, in_sheet
from generator.model.raw import ROW, RawTable
from generator.reading.grids import Cell, Grid, column_letters
from generator.reading.packages import Package, UnreadableError, packed
from generator.reading.raw_files import Rows, find_headings, frame
from generator.reading.workbooks import XLSX_OPTIONAL, XLSX_PARTS, damage_of, sheet_parts, sheets_of

if TYPE_CHECKING:
    from polars import DataFrame

_MAX_PACKED, _MAX_UNPACKED = 100_000_000, 1_500_000_000
_MAX_CELLS = 14_000_000  # of a sheet: some 100 bytes of memory each
_BEFORE_HEADINGS = 50  # rows with something in them
_ONE_SHEET = "Låt namnen på de andra börja med _, eller spara bladet i en egen fil."


def open_workbook(path: Path, problems: list[Problem], asked: Rows, *, quickly: bool) -> RawTable:
    """Raises UnreadableError; see `open_raw`."""
    if path.stat().st_size > _MAX_PACKED:
        raise UnreadableError(
            f"arbetsboken är större än {_MAX_PACKED // 1_000_000} MB", "Spara den som CSV UTF-8."
        )
    data = path.read_bytes()
    package = Package(data, _MAX_UNPACKED)
    plain = _quick_sheet(package) if quickly else None
    if plain:
        return _quick_table(data, package, plain, path, problems, asked=asked)
    sheets = sheets_of(Package(data), str(path))
    if not sheets:
        raise UnreadableError("arbetsboken är tom", "Kontrollera att det är rätt fil.")
    if len(sheets) > 1:
        raise UnreadableError(f"arbetsboken har {len(sheets)} blad med innehåll", _ONE_SHEET)
    return _careful_table(sheets[0].grid, problems, asked)


def _careful_table(grid: Grid, problems: list[Problem], asked: Rows) -> RawTable:
    texts = ((row, [_text(cell) or "" for cell in cells]) for row, cells in grid.rows)
    line, headings = find_headings(texts, asked.headings)

    def read(columns: Sequence[int]) -> Iterator[DataFrame]:
        rows = []
        for row, cells in grid.rows:
            if row < asked.start(line):
                continue
            for column in columns:
                if column < len(cells) and _text(cells[column]) is None:
                    place = Place(grid.name, row, headings[column], f"{column_letters(column)}{row}")
                    problems.append(Problem(place, cells[column].fault, cells[column].remedy))
            rows.append((row, [_text(cell) or "" for cell in cells]))
        yield frame(rows, columns)

    return RawTable(grid.name, headings, line, read)


def _text(cell: Cell) -> str | None:
    return cell.raw or None if cell.fault else cell.text


# The plain form

_ROOT = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_BEGIN, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_LETTERS = 26
# Texts and numbers: no formulas, errors, truths, comments, entities of its own or other name spaces.
_CELL = (
    rb'<c r="%s\1"(?: s="[0-9]++")?+(?: t="(?:s|n|str|inlineStr)")?+'
    rb"(?:/>|>(?:<v>[^<]*+</v>|<is><t[^<>]*+>[^<]*+</t></is>)?+</c>)"
)
_ROW = rb'<row r="([1-9][0-9]{0,6})"[^<>]*+(?:(?<=/)>|>(?:' + _CELL + rb")*+</row>)"


def _quick_sheet(package: Package) -> _Plain | None:
    """The only sheet, when the quick library reads it as it is meant."""
    if not package.has("xl/workbook.xml"):
        return None
    sheets, _ = sheet_parts(package)
    if len(sheets) != 1:
        return None
    ((name, part),) = sheets.items()
    return _plain(name, part, package.chunks(part))


@dataclass(frozen=True)
class _Plain:
    """A sheet in the plain form, and what comes first in it, as a part of its own."""

    name: str
    part: str
    top: bytes


def _plain(name: str, part: str, chunks: Iterator[bytes]) -> _Plain | None:
    """None when anything in the sheet is written otherwise than plainly, or its first cell is not A1.

    Raises UnreadableError for a sheet that reaches so far that its empty cells would fill the memory.
    """
    before, rest = _until_rows(chunks)
    first = re.match(_ROW % rb"[A-Z]{1,2}+", rest)
    columns = re.findall(rb'<c r="([A-Z]{1,2})1"', first[0]) if first else []
    if _ROOT not in before or b"<!" in before or not _is_utf8(before) or not columns or columns[0] != b"A":
        return None
    width, pattern = _columns_until(max(map(_number, columns)))
    row = re.compile(_ROW % pattern)
    last, top = 0, b""
    for body in _whole_rows(rest, chunks):
        at = 0
        while at < len(body) and (found := row.match(body, at)):
            at, number = found.end(), int(found[1])
            if number <= last:
                return None
            last = number
        if at < len(body):
            return None
        top = top or body[: _end_of_row(body, _BEFORE_HEADINGS)]
    if last * width > _MAX_CELLS:
        found_text = f"bladet har {last} rader och upp till {width} kolumner"
        raise UnreadableError(found_text, "Ta bort det som står långt ut, eller spara det som CSV UTF-8.")
    return _Plain(name, part, before + _BEGIN + top + _END + b"</worksheet>")


def _until_rows(chunks: Iterator[bytes]) -> tuple[bytes, bytes]:
    head = b""
    for chunk in chunks:
        head += chunk
        before, begin, rest = head.partition(_BEGIN)
        if begin and (_ROW_END in rest or _END in rest):
            return before, rest
    return head, b""


def _is_utf8(head: bytes) -> bool:
    declared = re.search(rb"<\?xml[^>]*encoding=.([A-Za-z0-9-]+)", head)
    return declared is None or declared[1].lower() == b"utf-8"


def _columns_until(number: int) -> tuple[int, bytes]:
    """A pattern for the letters of the first columns, and how many it lets through."""
    more = (number - 1) // _LETTERS
    if not more:
        return _LETTERS, b"[A-Z]"
    return (more + 1) * _LETTERS, b"[A-%c]?[A-Z]" % (ord("A") + more - 1)


def _whole_rows(rest: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The rows of a sheet in pieces that end where a row ends."""
    while True:
        inside, end, _ = rest.partition(_END)
        if end:
            yield inside
            return
        cut = rest.rfind(_ROW_END) + len(_ROW_END)
        if cut >= len(_ROW_END):
            yield rest[:cut]
            rest = rest[cut:]
        chunk = next(chunks, b"")
        if not chunk:
            yield rest + b"?"  # the end is missing: not plain
            return
        rest += chunk


def _end_of_row(body: bytes, rows: int) -> int:
    at = 0
    for _ in range(rows):
        end = body.find(_ROW_END, at)
        if end < 0:
            break
        at = end + len(_ROW_END)
    return at


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _quick_table(
    data: bytes, package: Package, sheet: _Plain, path: Path, problems: list[Problem], *, asked: Rows
) -> RawTable:
    parts = {part: package.read(part) for part in (*XLSX_PARTS, *XLSX_OPTIONAL) if package.has(part)}
    top = _frame(packed({**parts, sheet.part: sheet.top}), sheet.name).rows()
    numbered = ((row, [cell or "" for cell in cells]) for row, cells in enumerate(top, start=1))
    line, headings = find_headings(numbered, asked.headings)

    def read(columns: Sequence[int]) -> Iterator[DataFrame]:
        try:
            rows = _frame(data, sheet.name, columns)
        except UnreadableError as error:
            problems.append(Problem(Place(str(path)), error.found, error.remedy))
            return
        names = dict(zip(rows.columns, map(str, columns), strict=True))
        yield rows.rename(names).with_row_index(ROW, offset=1).slice(asked.start(line) - 1)

    return RawTable(in_sheet(str(path), sheet.name), headings, line, read)


def _frame(workbook: bytes, sheet: str, columns: Sequence[int] | None = None) -> DataFrame:
    import fastexcel

    with damage_of(fastexcel.FastExcelError):
        reader = fastexcel.read_excel(workbook)
        use = None if columns is None else list(columns)
        return reader.load_sheet(sheet, header_row=None, dtypes="string", use_columns=use).to_polars()
