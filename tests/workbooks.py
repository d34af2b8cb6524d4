"""Workbooks for tests, made by the programs' own libraries: XlsxWriter, openpyxl, odfdo and LibreOffice."""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import openpyxl
import xlsxwriter
from odfdo import Cell, Document, Table
from odfdo import Row as OdfRow

from generator.reading.table_files import TITLES

Value = str | int | float | bool | datetime.date | None
Rows = Sequence[Sequence[Value]]
Sheets = Mapping[str, Rows]
Maker = Callable[[Path, Sheets], None]
NUMBERS = ("kvinnor", "män", "antal", "värde", "år", "jämfört med", "uppnått", "maximalt", "totalt")
PEOPLE: Rows = [
    ["Id", "Kön", "Svar"],
    ["a", "Kvinna", "Ja"],
    ["b", "Man", "Nej, eller; ja"],
    ["c", None, "Ja"],
]
GROUPS: Rows = [["grupp", "kvinnor", "män"], ["styrgrupp", 11, 9], ["styrelse", 4, 6]]


def sheets_of(year: Path) -> dict[str, Rows]:
    """The tables of outcomes as an author would type them: numbers as numbers."""
    sheets: dict[str, Rows] = {}
    for path in sorted((year / "utfall").glob("*.csv")):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
        sheets[TITLES[path.stem]] = typed_rows(rows)
    return sheets


def typed_rows(rows: Sequence[Sequence[str]]) -> Rows:
    kinds = [heading in NUMBERS for heading in rows[0]]
    typed = [[_typed(cell, kind) for cell, kind in zip(row, kinds, strict=False)] for row in rows[1:]]
    return [rows[0], *typed]


def _typed(cell: str, is_number: bool) -> Value:
    if not cell:
        return None
    if not is_number:
        return cell
    try:
        number = float(cell.replace(",", "."))
    except ValueError:  # ”38 av 68”
        return cell
    return int(number) if number.is_integer() else number


def one_workbook(year: Path, make: Maker, name: str = "utfall.xlsx") -> Path:
    """Moves the tables of outcomes into one workbook."""
    make(year / name, sheets_of(year))
    shutil.rmtree(year / "utfall")
    return year / name


def by_xlsxwriter(path: Path, sheets: Sheets) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, datetime.date):
                        sheet.write_datetime(at, column, value, date)
                    elif value is not None:
                        sheet.write(at, column, value)


def by_openpyxl(path: Path, sheets: Sheets) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


@lru_cache(typed=True)
def _odf_cell(value: Value) -> Cell:
    """To make a cell takes longer than to copy one, and most values stand in many."""
    return Cell(value)


def by_odfdo(path: Path, sheets: Sheets) -> None:
    document = Document("spreadsheet")
    document.body.clear()
    for title, rows in sheets.items():
        table = Table(title)
        for row in rows:
            line = OdfRow()
            for value in row:
                line.append_cell(_odf_cell(value))
            table.append_row(line, clone=False)
        document.body.append(table)
    document.save(path)


MAKERS = {"utfall.xlsx": by_xlsxwriter, "utfall.ods": by_odfdo}
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def by_office(folder: Path, books: Mapping[str, Sheets]) -> None:
    """Workbooks that LibreOffice has opened and saved again, as xlsx and ods. It takes long to start, mostly
    waiting: it is started for both at the same time."""
    assert OFFICE
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor() as pool:
        first = [Path(name) / f"{book}.xlsx" for book in books]
        for path, sheets in zip(first, books.values(), strict=True):
            by_xlsxwriter(path, sheets)

        def save(ending: str) -> None:
            profile = (Path(name) / f"profile-{ending}").as_uri()  # only one program at a time may have it
            command = [OFFICE, "--headless", f"-env:UserInstallation={profile}"]
            command += ["--convert-to", ending, "--outdir", str(folder), *map(str, first)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)

        list(pool.map(save, ("xlsx", "ods")))


# Parts of archives


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def change_part(path: Path, name: str, old: str, new: str) -> None:
    """Replaces the only occurrence of a text in a part of a workbook."""
    parts = parts_of(path)
    text = parts[name].decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    write_parts(path, parts | {name: text.replace(old, new).encode()})


def add_part(path: Path, name: str, data: bytes = b"x") -> None:
    write_parts(path, parts_of(path) | {name: data})
