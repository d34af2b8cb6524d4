"""Workbooks with a row for each person: judged and read some rows at a time, so that long sheets fit.

A sheet of xlsx is cut between its rows. Each piece is judged as a sheet of its own, by a pattern where it is
in the plain form that programs write and else by its XML, and read from a workbook with nothing else in it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import cast

from generator.model.fields import Unseen
from generator.model.frozen import Frozen
from generator.model.limits import MAX_UNPACKED
from generator.model.places import Place, Problem, in_sheet
from generator.model.raw import FileMap, RawTable
from generator.reading.files import composed, is_passed_over
from generator.reading.grids import (
    Cell,
    HiddenCells,
    MergedCells,
    column_letters,
    how_to_count,
    row_faults,
)
from generator.reading.packages import Package, UnreadableError, packed
from generator.reading.raw_files import find_headings
from generator.reading.scans import SheetScan
from generator.reading.scans_xlsx import column_index
from generator.reading.workbooks import Value, Xlsx, as_percent, cell_of, judge, opened, rows_of

_MAX_PACKED, _MAX_WHOLE = 100_000_000, 1_500_000_000
_PIECE, _LARGEST_PIECE = 1 << 20, 1 << 23  # bytes
_MAX_CELLS = 2_000_000  # of a piece: the library makes room for all of them up to the last one


class _Piece(Frozen):
    """Rows of a sheet in a workbook with nothing else, and what was seen in them unless they are plain."""

    workbook: bytes
    sheet: str
    scan: SheetScan | None
    hidden: HiddenCells
    is_hidden: bool

    def rows(self, width: int = 0) -> Iterator[tuple[int, list[Value], dict[int, Cell]]]:
        """As `rows_of`."""
        with opened(self.workbook) as workbook:
            yield from rows_of(workbook, self.sheet, self.scan, width)


Pieces = Callable[[], Iterator[_Piece]]  # of a sheet, of which the first is made once


def open_workbook(path: Path, problems: list[Problem], asked: FileMap) -> RawTable:
    """Raises UnreadableError; see `open_raw`."""
    if path.stat().st_size > _MAX_PACKED:
        found = f"arbetsboken är större än {_MAX_PACKED // 1_000_000} MB"
        raise UnreadableError(found, "Spara den som CSV UTF-8.")
    title, pieces = _only_sheet(_sheets(Package(path.read_bytes(), _MAX_WHOLE)), asked.unseen)
    line, headings, width = find_headings(_heads(pieces), asked.heading_row)
    hidden_columns = next(pieces()).hidden.columns
    if asked.unseen is Unseen.LEFT_OUT:
        headings = tuple("" if index in hidden_columns else text for index, text in enumerate(headings))
    name, start = in_sheet(str(path), composed(title).strip()), asked.begins(line)

    def read(columns: Collection[int]) -> Iterator[tuple[int, Sequence[str]]]:
        row, unseen, merged = 0, set[int](), list[MergedCells]()

        def texts_of(
            row: int, values: Sequence[Value], faulty: Mapping[int, Cell], scan: SheetScan | None
        ) -> Sequence[str]:
            texts = list(map(str, values))
            typed = [column for column in columns if column in faulty or not isinstance(values[column], str)]
            cells = {column: faulty.get(column) or _cell(values[column]) for column in typed}
            faults = {column: cell for column, cell in cells.items() if not cell.raw}
            for column, found, remedy in row_faults(faults):
                place = Place(name, row, table.heading(column), f"{column_letters(column)}{row}")
                problems.append(Problem(place, found, remedy))
            for column in typed:
                is_percent = scan is not None and (row - 1, column) in scan.percent
                texts[column] = (
                    as_percent(_cell(values[column])).text if is_percent else _text(values[column])
                )
            return texts

        try:
            for piece in pieces():
                merged += piece.scan.merged if piece.scan else ()
                left_out = piece.hidden.rows if asked.unseen is Unseen.LEFT_OUT else frozenset()
                for row, values, faulty in piece.rows(width):
                    if row < start or row in left_out:
                        continue
                    del values[width:]
                    is_plain = not faulty and set(map(type, values)) == {str}
                    texts = (
                        cast("list[str]", values) if is_plain else texts_of(row, values, faulty, piece.scan)
                    )
                    if row in piece.hidden.rows and any(texts[column] for column in columns):
                        unseen.add(row)
                    yield row, texts
        except UnreadableError as error:
            problems.append(Problem(Place(str(path)), error.found, error.remedy))
        for area in merged:
            touched = set(columns).intersection(range(area.first_column, area.last_column + 1))
            if touched and start <= area.first_row < min(area.last_row, row + 1):
                place = Place(name, area.first_row, table.heading(min(touched)))
                problems.append(Problem(place, *area.fault))
        hidden = HiddenCells(frozenset(unseen), hidden_columns.intersection(columns))
        if asked.unseen is None and (found_hidden := hidden.found()):
            problems.append(Problem(Place(name), found_hidden, how_to_count("kartan")))

    table = RawTable(name, headings, line, width, read)
    return table


def _only_sheet(sheets: Mapping[str, Pieces], unseen: Unseen | None) -> tuple[str, Pieces]:
    """The only sheet with anything in it. Raises UnreadableError."""
    filled = {title: pieces for title, pieces in sheets.items() if any(True for _ in _heads(pieces))}
    hidden = [title for title, pieces in filled.items() if next(pieces()).is_hidden]
    if unseen is Unseen.LEFT_OUT:
        filled = {title: pieces for title, pieces in filled.items() if title not in hidden}
    if not filled:
        raise UnreadableError("arbetsboken är tom", "Kontrollera att det är rätt fil.")
    if hidden and unseen is None:
        names = ", ".join(map(composed, hidden))
        raise UnreadableError(f"arbetsboken har dolda blad: {names}", how_to_count("kartan"))
    if len(filled) > 1:
        remedy = "Låt namnen på de andra börja med _, eller spara bladet i en egen fil."
        raise UnreadableError(f"arbetsboken har {len(filled)} blad med innehåll", remedy)
    return next(iter(filled.items()))


def _heads(pieces: Pieces) -> Iterator[tuple[int, list[str]]]:
    """The rows with something in them, also what cannot be read."""
    for piece in pieces():
        for row, cells, faulty in piece.rows():
            texts = [_text(cell) for cell in cells]
            if any(texts) or faulty:
                yield row, texts


_cell = lru_cache(maxsize=2**16, typed=True)(cell_of)


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    cell = _cell(value)
    return cell.raw if cell.fault else cell.text


# Sheets in pieces


def _sheets(package: Package) -> dict[str, Pieces]:
    """The sheets that are not passed over."""
    if not package.has("xl/workbook.xml"):
        data, scans = judge(package)
        seen = {name: scan for name, scan in scans.items() if not is_passed_over(name)}
        whole = (_Piece(data, name, scan, scan.hidden, scan.is_hidden) for name, scan in seen.items())
        return {piece.sheet: partial(iter, [piece]) for piece in whole}
    xlsx = Xlsx(package)
    # The texts that cells share are read with each piece.
    size = min(max(_PIECE, len(xlsx.strings_data)), _LARGEST_PIECE)
    is_marked = xlsx.styles or _MARKED.search(xlsx.strings_data)

    def piece(name: str, part: str, rows: bytes) -> _Piece:
        scan, hidden = None, None if is_marked else _hidden_in(rows)
        if hidden is None:
            scan = xlsx.scan(name, rows, SheetScan())
            hidden = scan.hidden
        return _Piece(packed({**xlsx.common, part: rows}), name, scan, hidden, name in xlsx.hidden)

    def pieces(name: str, part: str) -> Pieces:
        def made(begin: int) -> Iterator[_Piece]:
            return map(partial(piece, name, part), islice(_cut(package.chunks(part), size), begin, None))

        first = next(made(0))
        return lambda: chain([first], made(1))

    return {name: pieces(name, part) for name, part in xlsx.sheets.items()}


_MARKED = re.compile(rb"<(?:\w+:)?(?:vertAlign|strike)\b")
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_BETWEEN_ROWS = b'</row><row r="'
_MERGED = re.compile(rb"<mergeCell [^<>]*/>")


def _cut(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """A sheet as smaller ones with whole rows; what is not written as programs do is not cut.

    A cut within a comment or the like makes a piece that is no XML, which is refused.
    """
    head, rest = b"", b""
    for chunk in chunks:
        rest += chunk
        if not head and _BEGIN in rest:
            before, begin, rest = rest.partition(_BEGIN)
            head = before + begin
        between = rest.rfind(_BETWEEN_ROWS) if head and len(rest) >= size else -1
        if between >= 0:
            cut = between + len(b"</row>")
            yield head + rest[:cut] + _END + b"</worksheet>"
            rest = rest[cut:]
        if len(rest) > MAX_UNPACKED:
            found = "arbetsboken har ett stort blad som är skrivet på ett ovanligt sätt"
            raise UnreadableError(found, "Spara det som CSV UTF-8.")
    rows, end, foot = rest.partition(_END)
    merged = b"".join(_MERGED.findall(foot))
    yield head + rows + end + merged + b"</worksheet>" if head and end else head + rest


# In UTF-8, with texts, numbers and truths: no formulas, errors, comments, entities or prefixes of its own.
_HEAD = re.compile(
    rb'(?:<\?xml version="1.0"(?: encoding="(?i:utf-8)")?(?: standalone="yes")?\?>)?\s*'
    rb'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"(?:[^<]|<(?!!))*+'
)  # fmt: skip
_FOOT = _END + b"</worksheet>"
_CELL = (
    rb'(?:<c r="%s\1"(?: s="[0-9]++")?+(?: t="(?:s|n|b|str|inlineStr)")?+'
    rb"(?:/>|>(?:<v>[^<]*+</v>|<is><t[^<>]*+>[^<]*+</t></is>)?+</c>))"
)
_NARROW = 100  # columns, of which a row has each once, in order; what stands beside them is looked at closer
_CELLS = b"".join(_CELL % column_letters(column).encode() + b"?+" for column in range(_NARROW))
_BESIDE = _CELL % b"[A-Z]{1,3}+" + b"*+"
_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"([^<>]*+)(?:(?<=/)>|>' + _CELLS + b"(" + _BESIDE + b")</row>)")
_REFERENCE = re.compile(rb'<c r="([A-Z]+)([0-9]+)')
_HIDDEN_ROW = re.compile(rb'\b(?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')
_HIDDEN_COLUMNS = re.compile(
    rb'<col\s(?=[^<>]*?\bmin="([0-9]{1,5})")(?=[^<>]*?\bmax="([0-9]{1,5})")'
    rb'[^<>]*?\b(?:hidden="(?:1|true)"|width="0(?:\.0*)?")'
)


def _hidden_in(sheet: bytes) -> HiddenCells | None:
    """What is hidden in a sheet in the plain form; None of any other.

    Raises UnreadableError for rows that reach so far that their empty cells would fill the memory.
    """
    head, _, body = sheet.partition(_BEGIN)
    rows = list(_ROW.finditer(body))
    numbers = [int(row[1]) for row in rows]
    length = sum(row.end() - row.start() for row in rows) + len(_FOOT)
    is_in_order = length == len(body) and numbers == sorted(set(numbers))
    if not is_in_order or not body.endswith(_FOOT) or not _HEAD.fullmatch(head):
        return None
    reach = numbers[-1] - numbers[0] + 1 if numbers else 0
    if reach * _NARROW > _MAX_CELLS or any(row[3] for row in rows):
        cells = _REFERENCE.findall(body)
        if len(set(cells)) < len(cells):
            return None
        width = 1 + max((column_index(letters.decode()) for letters in dict(cells)), default=-1)
        if reach * width > _MAX_CELLS:
            found = f"bladet har {numbers[-1]} rader och upp till {width} kolumner"
            raise UnreadableError(found, "Ta bort det som står långt ut, eller spara det som CSV UTF-8.")
    hidden = (number for number, row in zip(numbers, rows, strict=True) if _HIDDEN_ROW.search(row[2]))
    columns = (range(int(first) - 1, int(last)) for first, last in _HIDDEN_COLUMNS.findall(head))
    return HiddenCells(frozenset(hidden), frozenset(chain(*columns)))
