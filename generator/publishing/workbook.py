"""A report's tables as one workbook: utfall.xlsx, as people may go on with it and as it is read back."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from generator.model.names import name_key
from generator.model.quantities import parse_number
from generator.model.sources import ColumnHelp, SourceColumn, WrittenTable
from generator.publishing.folder import OutputError, write_new

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ENDING = ".xlsx"
_LONGEST_NAME = 31  # of a sheet
_NARROWEST, _WIDEST = 9, 40
_MOST_DECIMALS = 10
_MORE_ROWS = 200
_LINE = 15  # the height of a line, in points
# What a program takes as the beginning of a formula when the cell is edited.
_FORMULA_SIGNS = ("=", "+", "-", "@")
_once = lru_cache(maxsize=10_000)  # the same texts and numbers stand in the rows of many units


def write_workbook(
    tables: Iterable[WrittenTable], path: Path, date: datetime.datetime, *, overwrite: bool = False
) -> Path:
    """The file that was written. Raises OutputError; without `overwrite` also when it is there already."""
    if path.suffix.casefold() != ENDING:
        raise OutputError(f"Filen ska sluta på {ENDING}: {path.with_suffix(ENDING)}")
    if_there = " och skrivs inte över. Ange en annan fil, eller lägg till --skriv-över."
    remedy = "Kontrollera att mappen finns, att du får skriva där, och att filen inte är öppen i Excel."
    data = workbook(tables, date)
    return write_new(path, data, if_there=if_there, remedy=remedy, overwrite=overwrite)


def workbook(tables: Iterable[WrittenTable], date: datetime.datetime) -> bytes:
    """The bytes of a workbook, the same for the same tables. Raises OutputError."""
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    class Sheet(Worksheet):  # type: ignore[misc]
        def _escape_attributes(self, attribute: object) -> object:  # or numbers are looked into, and fail
            return attribute if isinstance(attribute, int) else super()._escape_attributes(attribute)

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": date})
        formats = _Formats(book)
        taken: set[str] = set()
        listed = list(tables)
        ids = {table.sheet: source for table in listed if (source := _ids(table))}
        for table in listed:
            _check_name(table.sheet, taken)
            sheet = book.add_worksheet(table.sheet, Sheet)
            _write_table(sheet, table, formats)
            for index, (head, _) in enumerate(table.columns):
                _write_help(sheet, index, table, table.help.get(head, ColumnHelp()), ids)
    return file.getvalue()


def _ids(table: WrittenTable) -> str:
    """The cells of the ids of a table, also those that are filled in later, as a formula names them."""
    column = next((index for index, (head, _) in enumerate(table.columns) if name_key(head) == "id"), None)
    if column is None:
        return ""
    letters = chr(ord("A") + column)
    return f"='{table.sheet}'!${letters}$2:${letters}${_last_row(table)}"


def _last_row(table: WrittenTable) -> int:
    """The last one that lists of choices go down to, and are taken from: there is room for more rows."""
    return len(table.rows) + _MORE_ROWS


def _write_help(
    sheet: Worksheet, index: int, table: WrittenTable, help: ColumnHelp, ids: Mapping[str, str]
) -> None:
    """A note on the heading, and lists to choose from. What is not on a list can be written all the same."""
    if help.note:
        height = 20 * (2 + len(help.note) // 40 + help.note.count("\n"))
        sheet.write_comment(0, index, help.note, {"width": 260, "height": height, "author": ""})
    columns = [(1, _last_row(table), help.choices or ids.get(help.ids_of))]
    columns += [(row, row, help.by_row.get(cells[0])) for row, cells in enumerate(table.rows, start=1)]
    for first, last, source in columns:
        if source:
            listed = source if isinstance(source, str) else [*source]
            options = {"validate": "list", "source": listed, "show_error": False}
            sheet.data_validation(first, index, last, index, options)


def sheet_name(name: str, number: int) -> str:
    """A name as a sheet may have it: a long one is cut, and told from others by its number."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 5]} {number}"


def _check_name(name: str, taken: set[str]) -> None:
    if len(name) > _LONGEST_NAME:
        found = f"Tabellen {name} kan inte bli ett blad: namnet har fler än {_LONGEST_NAME} tecken."
        raise OutputError(f"{found} Ge den ett kortare id i bokslut.yaml.")
    if name_key(name) in taken:
        raise OutputError(f"Två tabeller skulle bli bladet {name}. Ge den ena ett annat id i bokslut.yaml.")
    taken.add(name_key(name))


class _Formats:
    """Formats of cells. Programs show the separators of the language that they are in."""

    def __init__(self, book: Workbook) -> None:
        self._format: Callable[..., Format] = cache(lambda **properties: book.add_format(properties))
        self.text, self.number = cache(self._text), cache(self._number)

    def heading(self, column: SourceColumn) -> Format:
        align = "left" if column is SourceColumn.TEXT else "right"
        return self._format(bold=True, bottom=1, align=align, num_format="@")

    def _text(self, text: str = "") -> Format:
        """As text also when it is edited: ”2.1.2” would become a date, and ”=1” a formula."""
        shown = {"num_format": "@", "valign": "top"} | ({"text_wrap": True} if len(text) > _WIDEST else {})
        is_formula = {"quote_prefix": True} if text.startswith(_FORMULA_SIGNS) else {}
        return self._format(**shown, **is_formula)

    def _number(self, decimals: int, column: SourceColumn) -> Format:
        whole = "0" if column is SourceColumn.YEAR else "#,##0"
        form = f"{whole}.{'0' * decimals}" if decimals else whole
        return self._format(num_format=form, valign="top")

    def of_column(self, column: SourceColumn) -> Format:
        return self.text() if column is SourceColumn.TEXT else self._format(num_format="General")


def _write_table(sheet: Worksheet, table: WrittenTable, formats: _Formats) -> None:
    sheet.freeze_panes(1, 0)
    for index, (head, kind) in enumerate(table.columns):
        texts = (head, *(row[index] for row in table.rows if index < len(row)))
        width = min(max(max(map(len, texts)) + 2, _NARROWEST), _WIDEST)
        sheet.set_column(index, index, width, formats.of_column(kind))
        sheet.write_string(0, index, head, formats.heading(kind))
    for number, row in enumerate(table.rows, start=1):
        lines = max((_lines_of(text) for text in row if len(text) > _WIDEST), default=1)
        if lines > 1:
            sheet.set_row(number, _LINE * lines)  # not all programs fit a row to its text
        for index, (text, (_, kind)) in enumerate(zip(row, table.columns, strict=False)):
            if text:
                _write_cell(sheet, (number, index), text, kind, formats)


@_once
def _lines_of(text: str) -> int:
    return len(wrap(text, _WIDEST))


def _write_cell(
    sheet: Worksheet, cell: tuple[int, int], text: str, kind: SourceColumn, formats: _Formats
) -> None:
    written = None if kind is SourceColumn.TEXT else _number_in(text)
    if written is None:
        sheet.write_string(*cell, text, formats.text(text))
    else:
        number, decimals = written
        sheet.write_number(*cell, number, formats.number(decimals, kind))


@_once
def _number_in(text: str) -> tuple[float, int] | None:
    """With as many decimals as are written; where there are several points, they part thousands."""
    try:
        number = parse_number(text, is_typed=False)
    except ValueError:
        return None
    sign = "," if "," in text or text.count(".") > 1 else "."
    _, _, decimals = text.partition(sign)
    return float(number), min(len(decimals.strip()), _MOST_DECIMALS)
