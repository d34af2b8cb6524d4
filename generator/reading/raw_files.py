"""Files with a row for each person, which may be long: read in batches, and only the columns asked for.

What stands in their cells never leaves this program other than counted: problems name file, row and column.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from generator.model.places import Place, Problem
from generator.model.raw import ROW, RawTable
from generator.reading.files import composed, decode, line_of_stray_byte
from generator.reading.grids import DELIMITERS
from generator.reading.packages import UnreadableError
from generator.reading.table_files import other_kind

if TYPE_CHECKING:
    from polars import DataFrame

MAX_BYTES = 500_000_000
WORKBOOKS = (".xlsx", ".ods")
_BATCH = 50_000
_HEAD = 1_000_000  # characters within which the headings must end
_CHUNK = 1 << 20
_MOST_HEADINGS = 4_000
_MOST_QUOTED = 1 << 24  # bytes of a cell within quotation marks
_SAVE_AS_CSV = "Spara den som .xlsx, .ods eller .csv."
_EXPORT_AGAIN = "Exportera filen på nytt, eller spara den som .xlsx."
_NO_ENCODING = "Spara om den som CSV UTF-8."


@dataclass(frozen=True)
class Rows:
    """Where the headings stand, by default on the first row with anything in it, and where persons begin.

    Some survey tools have several rows of headings. Rows count from 1.
    """

    headings: int = 0
    first: int = 0

    def start(self, heading_row: int) -> int:
        return max(self.first, heading_row + 1)


_AS_FOUND = Rows()


def open_raw(
    path: Path, problems: list[Problem], asked: Rows = _AS_FOUND, *, quickly: bool = True
) -> RawTable | None:
    """The table in a file, or None with a problem. `quickly` where it can be: then dates come as texts."""
    try:
        check_file(path)
        if path.suffix.casefold() in WORKBOOKS:
            from generator.reading.raw_workbooks import open_workbook

            return open_workbook(path, problems, asked, quickly=quickly)
        return _open_csv(path, problems, asked)
    except UnreadableError as error:
        problems.append(Problem(Place(str(path)), error.found, error.remedy))
        return None


def check_file(path: Path) -> None:
    """Raises UnreadableError for what is no file to read."""
    try:
        if not path.exists():
            raise UnreadableError("filen finns inte", "Kontrollera namnet och mappen.")
        if not path.is_file():
            raise UnreadableError("det är ingen fil", "Ange filen med svaren eller registret.")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError(f"filen är större än {MAX_BYTES // 1_000_000} MB", "Dela upp den.")
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        raise UnreadableError(
            "filen får inte läsas", "Ge dig rätt att läsa den, och stäng den i Excel."
        ) from None
    fault = other_kind(str(path))
    if fault:
        found, _ = fault
        raise UnreadableError(found, _SAVE_AS_CSV)


def heading_texts(cells: Sequence[str]) -> tuple[str, ...]:
    """Headings on one line each, without the empty ones at the end."""
    texts = [" ".join(composed(cell).split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def find_headings(rows: Iterator[tuple[int, Sequence[str]]], heading_row: int) -> tuple[int, tuple[str, ...]]:
    """The row of the headings and their texts. Raises UnreadableError when there are none."""
    for row, cells in rows:
        texts = heading_texts(cells)
        if row == heading_row or (texts and not heading_row):
            if len(texts) > _MOST_HEADINGS:
                found = f"rad {row}, som läses som rubriker, har {len(texts)} celler"
                raise UnreadableError(
                    found, f"Kontrollera att det är rätt fil. Högst {_MOST_HEADINGS} läses."
                )
            if texts:
                return row, texts
            break
    if heading_row:
        raise UnreadableError(f"rad {heading_row} har inga rubriker", "Ändra ”rubriker_på_rad” i kartan.")
    raise UnreadableError("filen är tom", "Kontrollera att det är rätt fil.")


def _open_csv(path: Path, problems: list[Problem], asked: Rows) -> RawTable:
    source = _utf8(path)
    head = _head_of(source)
    delimiter = _delimiter(head)
    line, headings = find_headings(_numbered(head, delimiter), asked.headings)
    width = next(len(record) for row, record in _numbered(head, delimiter) if row == line)
    start = asked.start(line)

    def read(columns: Sequence[int]) -> Iterator[DataFrame]:
        from polars.exceptions import PolarsError

        done = 0  # rows of the file that have been yielded
        if _is_plainly_quoted(source, delimiter):
            try:
                with _bytes_of(source) as file:
                    for batch in _quick_batches(file, delimiter, line, columns):
                        if _has_endless_cell(batch):
                            break
                        done = batch[ROW][-1]
                        yield batch.filter(batch[ROW] >= start)
                    else:
                        return
            except PolarsError:
                # It tells what stands in the file, so nothing of it is kept; the careful reader finds it.
                pass
        with _reopen(source) as text:
            rows = enumerate(_records(text, delimiter), start=1)
            following = max(start, done + 1)
            left = itertools.dropwhile(lambda row: row[1] is not None and row[0] < following, rows)
            yield from _careful_batches(left, width, path, problems, columns)

    return RawTable(str(path), headings, line, read)


Source = Path | bytes


def _utf8(path: Path) -> Source:
    """The file when it is UTF-8 already, or else its contents in memory, as UTF-8. Raises UnreadableError."""
    with path.open("rb") as file:
        start = file.read(_CHUNK)
        if not start.strip():
            raise UnreadableError("filen är tom", "Kontrollera att det är rätt fil.")
        if b"\0" not in start and _is_utf8(itertools.chain([start], iter(lambda: file.read(_CHUNK), b""))):
            return path
    data = path.read_bytes()
    stray = line_of_stray_byte(data)
    if stray is not None:
        found = f"ett tecken på rad {stray} är inte UTF-8, som resten av filen"
        raise UnreadableError(found, _NO_ENCODING)
    text = decode(data)
    if text is None or "\0" in text:
        raise UnreadableError("filen går inte att läsa som text", _NO_ENCODING)
    return text.encode()


def _is_utf8(chunks: Iterator[bytes]) -> bool:
    """Whether the quick reader takes it as it is; not so if lines end as on old Macs, even within cells."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    ends_in_return = False
    try:
        for chunk in chunks:
            if ends_in_return and not chunk.startswith(b"\n"):
                return False
            ends_in_return = chunk.endswith(b"\r")
            if b"\0" in chunk or chunk.count(b"\r") - ends_in_return != chunk.count(b"\r\n"):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return not ends_in_return


def _is_plainly_quoted(source: Source, delimiter: str) -> bool:
    """Whether quotation marks stand only around whole cells, and doubled within those.

    About any other the quick reader says nothing, and may take all rows up to the next one for a cell.
    """
    cell = re.compile(
        rb'(?:[^"]*+(?<=[%c\n])"[^"]*+(?:""[^"]*+)*+"(?=[%c\r\n]))*+'
        % (delimiter.encode(), delimiter.encode())
    )
    left = b"\n"
    with _bytes_of(source) as file:
        if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        while chunk := file.read(_CHUNK):
            left += chunk
            found = cell.match(left)
            left = left[found.end() if found else 0 :]
            if b'"' not in left:
                left = left[-1:]
            elif len(left) > _MOST_QUOTED:
                return False
    found = cell.match(left + b"\n")
    return found is not None and b'"' not in left[found.end() :]


def _has_endless_cell(batch: DataFrame) -> bool:
    """Whether a cell is longer than the careful reader takes: what is done with it would fill the memory."""
    import polars as pl

    longest = batch.select(pl.col(pl.String).str.len_bytes().max()).row(0) if batch.width > 1 else ()
    return max(filter(None, longest), default=0) > csv.field_size_limit()


def _bytes_of(source: Source) -> BinaryIO:
    """The file opened: the quick reader takes some names for patterns of many, or for addresses."""
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _reopen(source: Source) -> io.TextIOBase:
    if isinstance(source, Path):
        return source.open(encoding="utf-8-sig", newline="")
    return io.StringIO(source.decode("utf-8-sig"), newline="")


def _head_of(source: Source) -> str:
    with _reopen(source) as file:
        return file.read(_HEAD)


def _delimiter(head: str) -> str:
    """The one that divides the first row with anything in it into most cells; it may be of several lines."""

    def cells(delimiter: str) -> int:
        rows = (cells for _, cells in _numbered(head, delimiter))
        return len(next((row for row in rows if "".join(row).strip(f"{DELIMITERS} ")), ()))

    return max(DELIMITERS, key=cells)


def _numbered(head: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The first records of a file; the last may be cut off."""
    records = _records(io.StringIO(head, newline=""), delimiter)
    return ((row, record or ()) for row, record in enumerate(records, start=1))


def _quick_batches(file: BinaryIO, delimiter: str, line: int, columns: Sequence[int]) -> Iterator[DataFrame]:
    """All columns are read: only so are rows with too many cells found, whose cells stand in wrong ones."""
    import polars as pl

    rows = pl.scan_csv(
        file,
        separator=delimiter,
        has_header=False,
        skip_rows=line - 1,
        infer_schema=False,
        row_index_name=ROW,
        row_index_offset=line,
    )
    _, *known = rows.collect_schema().names()
    names = [pl.col(known[column]).alias(str(column)) for column in columns]
    batches = rows.collect_batches(chunk_size=_BATCH, maintain_order=True)
    return (batch.select(ROW, *names) for batch in batches)


def _careful_batches(
    records: Iterator[tuple[int, list[str] | None]],
    width: int,
    path: Path,
    problems: list[Problem],
    columns: Sequence[int],
) -> Iterator[DataFrame]:
    """What the quick reader does not take: stray quotation marks, rows with too many cells.

    Also a cell too many that is empty is a fault: one with a delimiter in it has moved those after it.
    """
    rows: list[tuple[int, list[str]]] = []
    for row, record in records:
        if record is None or (len(record) > width and any(cell.strip() for cell in record)):
            found = "citattecknet är inte avslutat" if record is None else "raden har fler celler än rubriker"
            problems.append(Problem(Place(str(path), row), found, _EXPORT_AGAIN))
            return
        rows.append((row, record))
        if len(rows) == _BATCH:
            yield frame(rows, columns)
            rows = []
    yield frame(rows, columns)


def _records(file: io.TextIOBase, delimiter: str) -> Iterator[list[str] | None]:
    """The records of a file; None in place of the rest when one cannot be read."""
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None
            return


def frame(rows: Sequence[tuple[int, Sequence[str]]], columns: Sequence[int]) -> DataFrame:
    """A batch of rows that are held as texts."""
    import polars as pl

    data: dict[str, list[str | None]] = {
        str(column): [(cells[column] if column < len(cells) else "") or None for _, cells in rows]
        for column in columns
    }
    numbers = pl.Series(ROW, [row for row, _ in rows], pl.UInt32)
    return pl.DataFrame([numbers, *(pl.Series(name, values, pl.String) for name, values in data.items())])
