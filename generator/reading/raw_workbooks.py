"""Workbooks with a row for each person: judged and read some rows at a time, so that long sheets fit.

A sheet of xlsx is cut between its rows. Each piece is judged as a sheet of its own, by a pattern where it is
in the plain form that programs write and else by its XML, and read from a workbook with nothing else in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import cast

from generator.model.frozen import Frozen
from generator.model.limits import MAX_UNPACKED
from generator.model.places import Place, Problem, in_sheet
from generator.model.raw import RawTable
from generator.model.unseen import Unseen
from generator.reading.files import composed, is_passed_over
from generator.reading.grids import Cell, column_letters, faults_of_row
from generator.reading.packages import Package, UnreadableError, packed
from generator.reading.raw_files import Rows, find_headings, picker
from generator.reading.scans import SheetScan
from generator.reading.scans_xlsx import PERCENT, column_index
from generator.reading.unseen import HiddenCells, how_to_count
from generator.reading.workbooks import Value, Xlsx, cell_of, judge, opened, rows_of

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


Pieces = Callable[[], Iterator[_Piece]]


def open_workbook(path: Path, problems: list[Problem], asked: Rows) -> RawTable:
    """Raises UnreadableError; see `open_raw`."""
    if path.stat().st_size > _MAX_PACKED:
        found = f"arbetsboken är större än {_MAX_PACKED // 1_000_000} MB"
        raise UnreadableError(found, "Spara den som CSV UTF-8.")
    title, pieces = _only_sheet(_sheets(Package(path.read_bytes(), _MAX_WHOLE)), asked.unseen)
    line, headings, width = find_headings(_heads(pieces), asked.headings)
    if asked.unseen is Unseen.LEFT_OUT:
        unseen = next(pieces()).hidden.columns
        headings = tuple("" if index in unseen else heading for index, heading in enumerate(headings))
    name, start = in_sheet(str(path), composed(title).strip()), asked.start(line)

    def read(columns: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        pick = picker(columns)
        unseen: set[int] = set()

        def tell(row: int, cells: Mapping[int, Cell]) -> None:
            asked = {column: cells[column] for column in columns if column in cells and row >= start}
            for column, found, remedy in faults_of_row(asked):
                heading = headings[column] if column < len(headings) else ""
                place = Place(name, row, heading, f"{column_letters(column)}{row}")
                problems.append(Problem(place, found, remedy))

        try:
            for piece in pieces():
                left_out = piece.hidden.rows if asked.unseen is Unseen.LEFT_OUT else frozenset()
                for row, cells, faulty in piece.rows(width):
                    if row in left_out:
                        continue
                    found = pick(cells)
                    if row in piece.hidden.rows and row >= start and any(map(str, found)):
                        unseen.add(row)
                    if faulty or set(map(type, found)) != {str}:
                        typed = [column for column in columns if not isinstance(cells[column], str)]
                        read = {column: _cell(cells[column]) for column in typed}
                        tell(row, {column: cell for column, cell in read.items() if not cell.raw} | faulty)
                        found = [_text(value) for value in found]
                    if row >= start:
                        yield row, cast("Sequence[str]", found)
        except UnreadableError as error:
            problems.append(Problem(Place(str(path)), error.found, error.remedy))
        hidden = HiddenCells(frozenset(unseen), next(pieces()).hidden.columns.intersection(columns))
        if asked.unseen is None and (found_hidden := hidden.found()):
            problems.append(Problem(Place(name), found_hidden, how_to_count("kartan")))

    return RawTable(name, headings, line, width, read)


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
        judged = judge(package)
        whole = {
            name: _Piece(judged.data, name, scan, scan.hidden, scan.is_hidden)
            for name, scan in judged.scans.items()
        }
        return {name: partial(iter, [piece]) for name, piece in whole.items() if not is_passed_over(name)}
    xlsx = Xlsx(package)
    # The texts that cells share are read with each piece.
    size = min(max(_PIECE, len(xlsx.strings_data)), _LARGEST_PIECE)
    is_marked = {*xlsx.styles.values()} - {PERCENT} or _MARKED.search(xlsx.strings_data)

    def pieces(name: str, part: str) -> Iterator[_Piece]:
        for sheet in _cut(package.chunks(part), size):
            scan = xlsx.scan(name, sheet) if is_marked or not _is_plain(sheet) else None
            unseen = scan.hidden if scan else _hidden_in(sheet)
            yield _Piece(packed({**xlsx.common, part: sheet}), name, scan, unseen, name in xlsx.hidden)

    return {name: partial(pieces, name, part) for name, part in xlsx.sheets.items()}


_MARKED = re.compile(rb"<(?:\w+:)?(?:vertAlign|strike)\b")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^<>]*?\b(?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')
_HIDDEN_COLUMN = re.compile(rb'<col\s[^<>]*?\b(?:hidden="(?:1|true)"|width="0(?:\.0*)?")[^<>]*>')
_ENDS = re.compile(rb'\b(min|max)="([0-9]{1,5})"')


def _hidden_in(sheet: bytes) -> HiddenCells:
    """In a sheet in the plain form."""
    columns: set[int] = set()
    for column in _HIDDEN_COLUMN.findall(sheet.partition(_BEGIN)[0]):
        ends = {end: int(number) for end, number in _ENDS.findall(column)}
        columns.update(range(ends.get(b"min", 1) - 1, ends.get(b"max", 0)))
    return HiddenCells(frozenset(map(int, _HIDDEN_ROW.findall(sheet))), frozenset(columns))


_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_BETWEEN_ROWS = b'</row><row r="'


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
    rows, end, _ = rest.partition(_END)
    yield head + rows + end + b"</worksheet>" if head and end else head + rest


# In UTF-8, with texts, numbers and truths: no formulas, errors, comments, entities or prefixes of its own.
_CELL = (
    rb'<c r="[A-Z]{1,3}+\1"(?: s="[0-9]++")?+(?: t="(?:s|n|b|str|inlineStr)")?+'
    rb"(?:/>|>(?:<v>[^<]*+</v>|<is><t[^<>]*+>[^<]*+</t></is>)?+</c>)"
)
_ROW = rb'<row r="([1-9][0-9]{0,6})"[^<>]*+(?:(?<=/)>|>(?:' + _CELL + rb")*+</row>)"
_PLAIN = re.compile(
    rb'(?:<\?xml version="1.0"(?: encoding="(?i:utf-8)")?(?: standalone="yes")?\?>)?\s*'
    rb'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"(?:[^<]|<(?!!))*?'
    + _BEGIN + rb"(?:" + _ROW + rb")*+" + _END + rb"</worksheet>"
)  # fmt: skip
_ROW_NUMBER, _REFERENCE = re.compile(rb'<row r="([0-9]+)'), re.compile(rb'<c r="([A-Z]+[0-9]+)')


def _is_plain(sheet: bytes) -> bool:
    """Raises UnreadableError for rows that reach so far that their empty cells would fill the memory."""
    numbers, cells = list(map(int, _ROW_NUMBER.findall(sheet))), _REFERENCE.findall(sheet)
    is_in_order = numbers == sorted(set(numbers)) and len(cells) == len(set(cells))
    if not is_in_order or not _PLAIN.fullmatch(sheet):
        return False
    columns = {cell.rstrip(b"0123456789") for cell in cells}
    width = max((column_index(column.decode()) for column in columns), default=-1) + 1
    if numbers and (numbers[-1] - numbers[0] + 1) * width > _MAX_CELLS:
        found = f"bladet har {numbers[-1]} rader och upp till {width} kolumner"
        raise UnreadableError(found, "Ta bort det som står långt ut, eller spara det som CSV UTF-8.")
    return True
