"""Workbooks of Excel and LibreOffice to the cells of their sheets.

A workbook is judged first (`packages`, `scans`); what is left is handed on to the library that reads it,
in an archive of its own: nothing is read that has not been judged.
"""

from __future__ import annotations

import datetime
import io
import math
import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Context, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from generator.model.frozen import Frozen
from generator.model.limits import MAX_CELL
from generator.model.places import in_sheet
from generator.model.quantities import MAX_DIGITS
from generator.reading.files import GARBLED, GARBLED_FOUND, Folder, composed, is_passed_over
from generator.reading.grids import Cell, Grid, HiddenCells, text_cell
from generator.reading.packages import LINKS, MACROS, PROTECTED, Package, UnreadableError, damaged, packed
from generator.reading.scans import Characters, SheetScan, parse
from generator.reading.scans_ods import scan_document
from generator.reading.scans_xlsx import Scanner, scan_relations, scan_strings, scan_styles, scan_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

# Excel shows no more; what follows is noise of its arithmetic: 0.1 + 0.2 is 0.30000000000000004.
_DIGITS = Context(prec=15)
_MADE_A_DATE = "Programmet har gjort om det som skrevs. Välj cellformatet Text (eller Tal), och skriv om det."
Value = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta


class Sheet(Frozen):
    """A sheet with something in it. `hidden` are rows and columns that its program does not show."""

    title: str
    grid: Grid
    hidden: HiddenCells
    is_hidden: bool


def read_workbook(folder: Folder, path: str) -> list[Sheet] | None:
    """The sheets that are not empty or passed over; None (with a problem) when nothing can be read."""

    def read() -> list[Sheet] | None:
        data = folder.read_bytes(path)
        try:
            return None if data is None else sheets_of(Package(data), folder.name_of(path))
        except UnreadableError as error:
            folder.fault(path, error.found, error.remedy)
            return None

    return folder.made("arbetsboken", read, of=path)


def sheets_of(package: Package, name: str) -> list[Sheet]:
    """The sheets that are not empty or passed over. Raises UnreadableError."""
    data, scans = judge(package)
    with opened(data) as workbook:
        sheets = [_sheet(workbook, *scan, name) for scan in scans.items() if not is_passed_over(scan[0])]
    return [sheet for sheet in sheets if sheet.grid.rows]


def judge(package: Package) -> tuple[bytes, Mapping[str, SheetScan]]:
    """An archive with nothing but what is to be read, and what has been seen of each sheet.

    Raises UnreadableError.
    """
    if package.has(_WORKBOOK):
        xlsx = Xlsx(package)
        parts = xlsx.common | {part: package.read(part) for part in xlsx.sheets.values()}
        scans, last = dict[str, SheetScan](), SheetScan()
        for name, part in xlsx.sheets.items():
            last = scans[name] = xlsx.scan(name, parts[part], last)
        return packed(parts), scans
    if package.has("content.xml") and package.has("mimetype"):
        if package.has_any("basic/", "scripts/"):
            raise UnreadableError(*MACROS)
        parts = {part: package.read(part) for part in ("mimetype", "META-INF/manifest.xml", "content.xml")}
        if b"encryption-data" in parts["META-INF/manifest.xml"]:
            raise UnreadableError(*PROTECTED)
        return packed(parts), scan_document(parts["content.xml"])
    if package.has("EncryptedPackage") or package.has("encrypted-package"):
        raise UnreadableError(*PROTECTED)
    remedy = "Spara den som ”Excel-arbetsbok (.xlsx)” eller ”ODF-kalkylark (.ods)”."
    raise UnreadableError("filen är ingen arbetsbok av ett slag som läses", remedy)


_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"  # which need not be there
_SHEET, _MACRO_SHEETS = "worksheet", ("xlMacrosheet", "xlIntlMacrosheet")


class Xlsx:
    """What the sheets of an xlsx workbook have in common, and the parts of those that are not passed over.

    Raises UnreadableError when it holds macros or takes data from elsewhere.
    """

    def __init__(self, package: Package) -> None:
        if package.has_any("xl/vbaproject", "xl/macrosheets/"):
            raise UnreadableError(*MACROS)
        if package.has_any("xl/externallinks/", "xl/connections", "xl/querytables/"):
            raise UnreadableError(*LINKS)
        parts = ["[Content_Types].xml", "_rels/.rels", _WORKBOOK, _RELATIONS]
        parts += filter(package.has, (_STRINGS, _STYLES))
        self.common = {part: package.read(part) for part in parts}
        self.strings_data = self.common.get(_STRINGS, b"")
        self.styles = scan_styles(self.common[_STYLES]) if _STYLES in parts else {}
        named, self._is_computed = scan_workbook(self.common[_WORKBOOK])
        self.hidden = {name for name, _, is_hidden in named if is_hidden}
        relations = scan_relations(self.common[_RELATIONS])
        self.sheets: dict[str, str] = {}
        for name, relation, _ in named:
            kind, target = relations.get(relation, ("", ""))
            if kind in _MACRO_SHEETS:
                raise UnreadableError(*MACROS)
            if name in self.sheets:
                raise damaged()
            if kind == _SHEET and not is_passed_over(name):
                self.sheets[name] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if len({*map(str.casefold, self.sheets.values())}) < len(self.sheets):
            raise damaged()  # one part as several sheets

    @cached_property
    def _strings(self) -> list[Characters]:
        return scan_strings(self.strings_data) if self.strings_data else []

    def scan(self, name: str, sheet: bytes, last: SheetScan) -> SheetScan:
        """Of all of a sheet that comes after another, or of some of its rows."""
        scan = last.next(is_hidden=name in self.hidden)
        scanner = Scanner(scan, self._strings, is_computed=self._is_computed, styles=self.styles)
        parse(sheet, scanner.start, scanner.end, scanner.text)
        return scan


@contextmanager
def opened(data: bytes) -> Iterator[CalamineWorkbook]:
    """The only place that calls the library. What it cannot read is damaged, also when its fault is why."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            yield workbook
    except CalamineError:
        raise damaged() from None
    except BaseException as error:
        # What a fault in a library written in Rust becomes; it can be told by its name only.
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


def rows_of(
    workbook: CalamineWorkbook, title: str, scan: SheetScan | None, width: int = 0
) -> Iterator[tuple[int, list[Value], dict[int, Cell]]]:
    """The rows of a sheet by number, from the first column on and at least so wide, with what of them is
    faulty. Raises UnreadableError when not all that was seen in it has been read."""
    sheet = workbook.get_sheet_by_name(title)
    (first, left), faulty = sheet.start or (0, 0), defaultdict[int, dict[int, Cell]](dict)
    for (row, column), cell in scan.faulty.items() if scan else ():
        faulty[row][column] = cell
    values = dict(enumerate(sheet.to_python(), first))
    if scan and scan.filled != sum(
        bool(not isinstance(value, str) or value.strip())
        for row, cells in values.items()
        for column, value in enumerate(cells, left)
        if (row, column) not in scan.faulty
    ):
        raise damaged()
    for row in sorted({*values, *faulty}):
        cells = values.get(row, [])
        yield row + 1, [*[""] * left, *cells, *[""] * (width - left - len(cells))], faulty[row]


def _sheet(workbook: CalamineWorkbook, title: str, scan: SheetScan, name: str) -> Sheet:
    written = composed(title).strip()

    def cell(row: int, column: int, value: Value) -> Cell:
        return as_percent(cell_of(value)) if (row - 1, column) in scan.percent else cell_of(value)

    read = (
        (row, tuple(faulty.get(column) or cell(row, column, value) for column, value in enumerate(values)))
        for row, values, faulty in rows_of(workbook, title, scan, scan.last_column + 1)
    )
    rows = tuple(row for row in read if any(cell.is_filled for cell in row[1]))
    grid = Grid(in_sheet(name, written), rows, is_sheet=True, merged=tuple(scan.merged))
    return Sheet(written, grid, scan.hidden, scan.is_hidden)


def cell_of(value: Value) -> Cell:
    """Numbers are as they were written: 12.0 is 12, and 0.3 is not the binary fraction nearest to it."""
    match value:
        case bool():
            written = "SANT" if value else "FALSKT"
            remedy = "Skriv ja eller nej, eller ett tal."
            return Cell(written, fault=f"cellen är sanningsvärdet {written}", remedy=remedy, raw=written)
        case str() if len(value) > MAX_CELL:
            raise UnreadableError(f"en cell har fler än {MAX_CELL} tecken", "Korta texten.")
        case str() if GARBLED.search(value):
            return Cell(value, fault=GARBLED_FOUND, remedy="Hämta filen på nytt, eller rätta tecknen.")
        case str():
            return text_cell(value)
        case int() | float():
            return _number(value)
        case datetime.date():
            date = value.date() if isinstance(value, datetime.datetime) else value
            return Cell("datum", fault=f"cellen är ett datum ({date})", remedy=_MADE_A_DATE, raw=str(date))
        case _:
            return Cell("tid", fault="cellen är ett klockslag eller en tid", remedy=_MADE_A_DATE)


def as_percent(cell: Cell) -> Cell:
    """As it is shown: 45 %, not 0,45."""
    if not cell.is_number:
        return cell
    exact = Decimal(cell.text.replace(",", ".")).scaleb(2)
    return replace(cell, text=f"{exact.normalize():f} %".replace(".", ","))


def _number(number: float) -> Cell:
    if not math.isfinite(number):
        return Cell("?", fault="cellen är inget tal som går att läsa", remedy="Skriv om talet.")
    exact = _DIGITS.create_decimal(repr(number))
    if number % 1:  # what a formula makes has more decimals than are read
        exact = round(exact, max(MAX_DIGITS - len(str(abs(int(exact)))), 0))
    text = f"{exact.normalize():f}" if exact else "0"
    return Cell(text.replace(".", ","), is_number=True)
