"""Files with a row for each person, which may be long: read in batches, and only the columns asked for.

What stands in their cells never leaves this program other than counted: problems name file, row and column.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from generator.model.places import Place, Problem
from generator.model.raw import FileMap, RawTable
from generator.reading.encodings import encoding_of
from generator.reading.files import GARBLED, GARBLED_FOUND, composed
from generator.reading.grids import delimiter_of
from generator.reading.packages import UnreadableError
from generator.reading.sheets import WORKBOOKS
from generator.reading.table_files import other_kind

MAX_BYTES = 500_000_000
_HEAD = 1_000_000  # characters within which the headings must end
_MOST_HEADINGS = 4_000
_EXPORT_AGAIN = "Exportera filen på nytt, eller spara den som .xlsx."
_NO_ENCODING = "Spara om den som CSV UTF-8."


def open_raw(path: Path, problems: list[Problem], asked: FileMap) -> RawTable | None:
    """The table in a file, or None with a problem."""
    try:
        _check_file(path)
        if path.suffix.casefold() in WORKBOOKS:
            from generator.reading.raw_workbooks import open_workbook

            return open_workbook(path, problems, asked)
        return _open_csv(path, problems, asked)
    except UnreadableError as error:
        problems.append(Problem(Place(str(path)), error.found, error.remedy))
        return None


def _check_file(path: Path) -> None:
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
        remedy = "Ge dig rätt att läsa den, och stäng den i Excel."
        raise UnreadableError("filen får inte läsas", remedy) from None
    fault = other_kind(str(path))
    if fault:
        raise UnreadableError(fault[0], "Spara den som .xlsx, .ods eller .csv.")


def find_headings(
    rows: Iterable[tuple[int, Sequence[str]]], heading_row: int
) -> tuple[int, tuple[str, ...], int]:
    """The row of the headings, their texts without the empty ones at the end, and how many cells it has.

    Raises UnreadableError without any.
    """
    for row, cells in rows:
        texts = [" ".join(composed(cell).split()) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if row == heading_row or (texts and not heading_row):
            if len(texts) > _MOST_HEADINGS:
                found = f"rad {row}, som läses som rubriker, har {len(texts)} celler"
                remedy = f"Kontrollera att det är rätt fil. Högst {_MOST_HEADINGS} läses."
                raise UnreadableError(found, remedy)
            if any(map(GARBLED.search, texts)):
                raise UnreadableError(GARBLED_FOUND, "Exportera filen på nytt, som .xlsx eller CSV UTF-8.")
            if texts:
                return row, tuple(texts), len(cells)
            break
    if heading_row:
        raise UnreadableError(f"rad {heading_row} har inga rubriker", "Ändra ”rubriker_på_rad” i kartan.")
    raise UnreadableError("filen är tom", "Kontrollera att det är rätt fil.")


# CSV


def _open_csv(path: Path, problems: list[Problem], asked: FileMap) -> RawTable:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        head = list(io.StringIO(file.read(_HEAD), newline=""))
    delimiter = delimiter_of([head])
    line, headings, width = find_headings(_first_records(head, delimiter), asked.heading_row)

    def read(_: Collection[int]) -> Iterator[tuple[int, Sequence[str]]]:
        row, found, start = 0, "", asked.begins(line)
        with path.open(encoding=encoding, newline="") as file:
            try:
                for row, record in enumerate(_records(file, delimiter), start=1):
                    if row < start:
                        continue
                    if len(record) != width:
                        if len(record) > width and any(map(str.strip, record)):
                            # One with a delimiter in it has moved the cells after it.
                            found = "raden har fler celler än rubriker"
                            break
                        record[width:] = [""] * (width - len(record))
                    yield row, record
            except csv.Error:
                row, found = row + 1, "citattecknet är inte avslutat"
        if found:
            problems.append(Problem(Place(str(path), row), found, _EXPORT_AGAIN))

    return RawTable(str(path), headings, line, width, read)


def _records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """As `csv` reads them, which takes twice as long for lines without quotation marks. Raises csv.Error."""
    begun: list[str] = []
    these = iter(lambda: begun.pop() if begun else next(lines), None)
    quoted, longest = csv.reader(these, delimiter=delimiter, strict=True), csv.field_size_limit()
    for line in lines:
        if '"' in line or len(line) > longest:
            begun.append(line)
            yield next(quoted)
        else:
            yield line.rstrip("\r\n").split(delimiter)


def _first_records(head: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Raises UnreadableError at one that has a stray quotation mark, as the last has if it is cut off."""
    try:
        yield from enumerate(csv.reader(head, delimiter=delimiter, strict=True), start=1)
    except csv.Error:
        raise UnreadableError("ett citattecken bland rubrikerna är inte avslutat", _EXPORT_AGAIN) from None


def _encoding(path: Path) -> str:
    """That in which a file can be read as text. Raises UnreadableError."""
    with path.open("rb") as file:
        encoding, stray = encoding_of(file)
        if stray is not None:
            found = f"ett tecken på rad {stray} är inte UTF-8, som resten av filen"
            raise UnreadableError(found, _NO_ENCODING)
        if encoding is None:
            raise UnreadableError("filen går inte att läsa som text", _NO_ENCODING)
    return encoding
