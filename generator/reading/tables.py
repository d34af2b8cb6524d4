"""Tables as Swedish Excel saves them as CSV: semicolons, commas or tabs, in any encoding.

Headings are compared as names, so case, stray spaces and å/ä/ö typed another way do not matter.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from generator.model.names import name_key, remedy_for_unknown, suggestion
from generator.model.narrative import Markdown
from generator.model.places import Place, Problem
from generator.model.quantities import MAX_DIGITS, is_too_long, parse_number
from generator.reading.files import Folder

_DELIMITERS = ";\t,"
_AMBIGUOUS = re.compile(r"[0-9][.,][0-9]{3}$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
Number = TypeVar("Number", int, Fraction)


@dataclass(frozen=True)
class Columns:
    """The headings a table must have and may have, as an author writes them.

    With `free`, any other heading is a column of its own.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    free: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


class Row:
    """A row of a table. Reading a cell that is wrong adds a problem and gives None."""

    def __init__(
        self,
        cells: dict[str, str],
        file: str,
        line: int,
        problems: list[Problem],
        free: tuple[str, ...] = (),
    ) -> None:
        self._cells = cells  # by the name key of the heading
        self.free = free  # headings as written
        self._file = file
        self._line = line
        self._problems = problems

    def place(self, column: str = "") -> Place:
        return Place(self._file, self._line, column)

    def fault(self, column: str, found: str, remedy: str) -> None:
        self._problems.append(Problem(self.place(column), found, remedy))

    def has(self, column: str) -> bool:
        """Whether the table has the column at all."""
        return name_key(column) in self._cells

    def optional(self, column: str) -> str:
        return self._cells.get(name_key(column), "")

    def text(self, column: str) -> str | None:
        text = self.optional(column)
        if not text:
            self.fault(column, "cellen är tom", "Fyll i ett värde.")
            return None
        return text

    def markdown(self, column: str) -> Markdown | None:
        """Text in which figures can be named."""
        text = self.text(column)
        return None if text is None else Markdown(text, self._file, self._line)

    def known(self, column: str, names: dict[str, str], what: str) -> str | None:
        """The value for a name among `names` (by name key), e.g. the id of a unit."""
        text = self.text(column)
        if text is None:
            return None
        if name_key(text) not in names:
            known = dict.fromkeys(names.values())
            self.fault(column, f"{what} ”{text}” finns inte", remedy_for_unknown(text, known))
            return None
        return names[name_key(text)]

    def count(self, column: str) -> int | None:
        """A number of persons, answers or points: whole and not negative."""
        text = self.optional(column)
        if _AMBIGUOUS.search(text):
            digits = re.sub(r"[^0-9]", "", text)
            remedy = f"Skriv {digits}, eller {digits[:-3]} {digits[-3:]}."
            self.fault(column, f"”{text}” kan läsas både som ett tusental och som decimaler", remedy)
            return None
        return self._number(column, "ett antal", "Skriv ett heltal, till exempel 12.", _whole)

    def year(self, column: str) -> int | None:
        year = self.count(column)
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            self.fault(
                column, f"”{year}” är inte ett årtal", "Skriv året med fyra siffror, till exempel 2021."
            )
            return None
        return year

    def number(self, column: str) -> Fraction | None:
        return self._number(column, "ett tal", "Skriv till exempel 12, 0,3 eller −0,3.", parse_number)

    def _number(self, column: str, what: str, remedy: str, parse: Callable[[str], Number]) -> Number | None:
        text = self.text(column)
        if text is None:
            return None
        if is_too_long(text):
            self.fault(column, f"”{text}” har fler än {MAX_DIGITS} siffror", "Kontrollera talet.")
            return None
        try:
            return parse(text)
        except ValueError:
            self.fault(column, f"”{text}” är inte {what}", remedy)
            return None


def _whole(text: str) -> int:
    number = parse_number(text)
    if number.denominator != 1 or number < 0:
        raise ValueError(text)
    return int(number)


def read_table(folder: Folder, path: str, columns: Columns) -> Iterator[Row]:
    """The rows of a CSV file; none when it does not exist or cannot be read."""
    if not folder.exists(path):
        return
    text = folder.read_text(path)
    if text is None:
        return
    file = folder.name_of(path)
    try:
        listed = list(records(text))
    except _OpenQuoteError as unreadable:
        remedy = "Avsluta cellen på samma rad, eller skriv ”svenska” citattecken."
        folder.fault(Place(file, unreadable.line), "citattecknet är inte avslutat", remedy)
        return
    if not listed:
        folder.fault(Place(file), "tabellen är tom", "Fyll i den, eller ta bort filen.")
        return
    header_line, header = listed[0]
    keys = _check_header(header, columns, Place(file, header_line), folder.problems)
    if keys is None:
        return
    known = {name_key(column) for column in columns.all}
    free = tuple(heading for heading, key in zip(header, keys, strict=False) if key and key not in known)
    for line, cells in listed[1:]:
        if len(cells) > len(keys) and any(cells[len(keys) :]):
            found = f"raden har {len(cells)} celler men tabellen {len(keys)} kolumner"
            remedy = "Sätt text som innehåller skiljetecknet inom citattecken."
            folder.problems.append(Problem(Place(file, line), found, remedy))
            continue
        padded = cells + [""] * (len(keys) - len(cells))
        named = {key: cell for key, cell in zip(keys, padded, strict=False) if key}
        yield Row(named, file, line, folder.problems, free)


class _OpenQuoteError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records that are not empty, with their lines. Cells are stripped.

    Each line is a record of its own: a quotation mark left open would swallow the rest of the table.
    """
    lines = text.split("\n")
    first = next(line for line in lines if line.strip())
    delimiter = max(_DELIMITERS, key=first.count)
    for number, line in enumerate(lines, start=1):
        try:
            record = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            raise _OpenQuoteError(number) from None
        cells = [re.sub(r"\s+", " ", cell).strip() for cell in record]
        if any(cells):
            yield number, cells


def _check_header(
    header: Sequence[str], columns: Columns, place: Place, problems: list[Problem]
) -> list[str] | None:
    """Name keys of the headings, "" for columns without one; None when the table cannot be used."""
    keys = [name_key(heading) for heading in header]
    while keys and not keys[-1]:
        keys.pop()
    known = {name_key(column): column for column in columns.all}
    faults = [
        Problem(place, f"kolumnen ”{heading}” känns inte igen", remedy_for_unknown(heading, columns.all))
        for key, heading in zip(keys, header, strict=False)
        if key and key not in known and not columns.free
    ]
    written = dict(zip(keys, header, strict=False)) | known
    faults += [
        Problem(place, f"kolumnen ”{written[key]}” finns två gånger", "Ta bort den ena.")
        for key in sorted(set(keys))
        if key and (key in known or columns.free) and keys.count(key) > 1
    ]
    misspelt = [heading for key, heading in zip(keys, header, strict=False) if key not in known]
    faults += [
        Problem(place, f"kolumnen ”{column}” saknas", f"Rubrikerna i filen är: {', '.join(header)}.")
        for column in columns.required
        if name_key(column) not in keys and not suggestion(column, misspelt)
    ]
    problems.extend(faults)
    return None if faults else keys
