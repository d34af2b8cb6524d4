"""Tables by their headings, whatever file or sheet they are read from.

Headings are compared as names, so case, stray spaces and å/ä/ö typed another way do not matter.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest

from generator.model.frozen import Frozen
from generator.model.limits import MAX_FAULTS, MAX_FIELDS, MAX_RECORDS, written
from generator.model.names import KEEP_ONE, name_key, remedy_for_unknown, suggestion
from generator.model.narrative import Markdown
from generator.model.places import Place, Problem, Severity
from generator.model.quantities import MAX_DIGITS, UnclearNumberError, is_too_long, parse_number
from generator.model.sums import FOOTNOTE, NO_ROW
from generator.reading.grids import Cell, Grid, row_faults

_EMPTY = Cell("")
# How far down headings are looked for when the first row has none.
_FIRST_ROWS = 20
_YEAR, _FIRST_YEAR, _LAST_YEAR = "ett årtal", 1900, 2200
_NO_SHARE = "Skriv antalet eller beloppet, inte andelen. Är bara den känd, skriv den i varden.csv."
_MEND_FIRST = "Kontrollera att det är rätt fil, och rätta de första felen."


class Columns(Frozen):
    """The headings a table must have and may have, as an author writes them.

    With `free`, any other heading is a column of its own. A row with nothing in the columns of what it
    `tells` is not filled in yet. Of rows that are alike in the columns `whole`, all are or none is. An empty
    cell in the columns `repeated` is as the one above, which merged cells say too.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    free: bool = False
    tells: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def by_key(self) -> dict[str, str]:
        return {name_key(column): column for column in self.required + self.optional}


@dataclass(eq=False)
class Row:
    """A row of a table. Reading a cell that is wrong adds a problem and gives nothing: "" or 0.

    A row that `waits` is not filled in yet.
    """

    _cells: Mapping[str, Cell]  # by the name key of the heading
    _line: int
    _table: "_Table"
    waits: bool = False

    def __post_init__(self) -> None:
        self._faulty = {key for key, cell in self._cells.items() if cell.fault}
        for key, found, remedy in row_faults(self._cells):
            self.fault(self._table.written[key], found, remedy)

    @property
    def free(self) -> tuple[str, ...]:
        """The headings, as written, of columns that may have any."""
        return self._table.free

    def place(self, column: str = "") -> Place:
        return self._table.place(self._line, column)

    def fault(self, column: str, found: str, remedy: str) -> None:
        self._faulty.add(name_key(column))
        self._table.problems.append(Problem(self.place(column), found, remedy))

    def warn(self, column: str, found: str, remedy: str) -> None:
        self._table.problems.append(Problem(self.place(column), found, remedy, Severity.WARNING))

    def is_sound(self, *columns: str) -> bool:
        """Whether nothing wrong has been found in columns, or in the whole row when none are named."""
        return self._faulty.isdisjoint(map(name_key, columns)) if columns else not self._faulty

    def has(self, column: str) -> bool:
        """Whether the table has the column at all."""
        return name_key(column) in self._cells

    def _cell(self, column: str) -> Cell:
        return self._cells.get(name_key(column), _EMPTY)

    def is_number(self, column: str) -> bool:
        """Whether the cell holds a number in a workbook, which can be read in one way only."""
        return self._cell(column).is_number

    def optional(self, column: str) -> str:
        """What stands in the cell; "" also for what no table can hold, which has been told."""
        cell = self._cell(column)
        return "" if cell.fault else cell.text

    def text(self, column: str) -> str:
        text = self.optional(column)
        if not text and not self._cell(column).fault:
            self.fault(column, "cellen är tom", "Fyll i ett värde.")
        return text

    def markdown(self, column: str) -> Markdown:
        """Text in which figures can be named."""
        return Markdown(self.text(column), self._table.grid.name, self._line)

    def name(self, column: str, what: str) -> str:
        """What stands in the cell, unless it is a number with decimals, which may have lost some."""
        text = self.optional(column)
        if not text or not self.is_number(column) or text.isdecimal():
            return text
        found = f"cellen är talet {text}, men {what} ska stå som text"
        remedy = "Välj cellformatet Text, och skriv om den: som tal är 1.1 och 1.10 detsamma."
        self.fault(column, found, remedy)
        return ""

    def known(self, column: str, names: Mapping[str, str], what: str) -> str:
        """The value for a name among `names` (by name key), e.g. the id of a unit."""
        text = self.name(column, what) if self.text(column) else ""
        if text and name_key(text) not in names:
            self._unknown(column, text, names, what)
        return names.get(name_key(text), "")

    def _unknown(self, column: str, text: str, names: Mapping[str, str], what: str) -> None:
        """A name that is misspelt on many rows is one problem."""
        plain, seen = _FOOTNOTE.sub("", text), self._table.unknown
        if (column, text) not in seen:
            remedy = remedy_for_unknown(text, dict.fromkeys(names.values()))
            if name_key(plain) in names:
                remedy = f"Ta bort fotnotstecknet: skriv {plain}."
            self.fault(column, f"{what} ”{text}” finns inte", remedy)
            seen[column, text] = self._table.problems[-1], []
        self._faulty.add(name_key(column))
        seen[column, text][1].append(self._line)

    def is_masked(self, column: str) -> bool:
        """Whether the source has masked the number: ”..”, ”<5”, ”x”, or an empty cell that means it."""
        text = self.optional(column)
        is_empty = self._table.empty_is_masked and self.has(column) and not self._cell(column).is_filled
        return is_empty or bool(_MASKED.fullmatch(text))

    def count(self, column: str) -> int:
        """A number of persons, answers or points: whole and not negative."""
        remedy = "Skriv ett heltal, till exempel 12."
        return int(
            self._number(column, "ett antal", remedy, lambda number: number.denominator == 1 and number >= 0)
        )

    def year(self, column: str) -> int:
        remedy = "Skriv året med fyra siffror, till exempel 2021. Delen av året skrivs i bokslut.yaml."
        years = range(_FIRST_YEAR, _LAST_YEAR + 1)
        return int(self._number(column, _YEAR, remedy, lambda number: number in years))

    def number(self, column: str, *, is_percent: bool = False) -> Fraction:
        """With `is_percent` the number is one of percent, also where it has the sign: ”45 %” is 45."""
        remedy = "Skriv till exempel 12, 0,3 eller −0,3."
        return self._number(column, "ett tal", remedy, lambda _: True, sign="%" if is_percent else "")

    def warn_of_share(self, column: str, percent: Fraction, most: int = 1) -> None:
        """That a number of percent, less than `most` and without the sign, may be a share of 1."""
        text = self.optional(column)
        if 0 < percent < most and not text.endswith("%"):
            share = f"{float(percent * 100):g}".replace(".", ",")
            found = f"{text} procent är lite, och kan vara en andel av 1"
            remedy = f"Excel skriver {share} % som {text}. Är det så, skriv {share}. Annars låt talet stå."
            self.warn(column, found, remedy)

    def _number(
        self, column: str, what: str, remedy: str, fits: Callable[[Fraction], bool], sign: str = ""
    ) -> Fraction:
        text, is_number = self.text(column).removesuffix(sign).rstrip(), self.is_number(column)
        if not text:
            return Fraction(0)
        if is_too_long(text):
            self.fault(column, f"”{text}” har fler än {MAX_DIGITS} siffror", "Kontrollera talet.")
            return Fraction(0)
        try:
            number = parse_number(text, is_typed=not is_number)
            if fits(number):
                return number
            self.fault(column, f"”{text}” är inte {what}", remedy)
        except UnclearNumberError as error:
            self.fault(column, error.found, error.remedy)
        except ValueError:
            if text.endswith("%") and column != "värde":
                remedy = _NO_SHARE
            elif (plain := _FOOTNOTE.sub("", text)) != text and _is_number(plain):
                remedy = f"Ta bort fotnotstecknet: skriv {plain}."
            elif text.endswith(")") and "(" not in text:
                remedy = "Ta bort parentesen, och fotnotens siffra om den hör till en fotnot."
            elif MADE_A_DAY.fullmatch(text):
                remedy = f"{WRITE_AGAIN} {remedy}"
            elif (words := _WITH_WORDS.fullmatch(text)) and _is_number(words[1]):
                remedy = f"Skriv bara talet: {words[1].strip()}."
                if _MONEY.search(text):
                    remedy = "Skriv bara talet, omräknat till tabellens måttenhet."
            elif self.is_masked(column):
                remedy += " Är det inte känt, ta bort raden."
            elif what != _YEAR and not text.lstrip("'\"=+")[:1].isdigit():
                remedy += " Är det inte känt, eller skyddat av källan, skriv .. (två punkter)."
            self.fault(column, f"”{text}” är inte {what}", remedy)
        return Fraction(0)


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except ValueError:
        return False
    return True


def read_table(
    grid: Grid | None, columns: Columns, problems: list[Problem], *, empty_is_masked: bool = False
) -> Iterator[Row]:
    """The rows of a table; none when it is not there or cannot be used."""
    if grid is None:
        return
    if not grid.rows:
        problems.append(Problem(Place(grid.name), "tabellen är tom", "Fyll i den, eller ta bort filen."))
        return
    if len(grid.rows) > min(MAX_RECORDS, MAX_FIELDS // len(grid.rows[0][1])):
        found = f"tabellen har {written(len(grid.rows))} rader och {len(grid.rows[0][1])} kolumner"
        most = f"{written(MAX_RECORDS)} rader och {written(MAX_FIELDS)} celler"
        problems.append(Problem(Place(grid.name), found, f"Högst {most} får den ha. Är det rätt fil?"))
        return
    table = _Table(grid, columns, problems, empty_is_masked)
    faults = table.faults()
    problems.extend(faults)
    if not faults:
        yield from table.rows()


_MASKED = re.compile(
    r"\.{2,3}|…|[(\[]?xx?[)\]]?|\*{1,3}|skyddad?[et]?(?: uppgift)?|sekr(?:etess|\.)?|maskera[dt]"
    r"|(?:[<≤\uff1c\ufe64\u2039]|<=|under|högst|max|upp till|(?:färre|mindre) än)\s?(?:\d{1,3}|tre|fem|tio)"
    r"(?:\s?(?:st\.?|personer|\*))?"
    r"|[01]\s?(?:[-–—]|till)\s?[0-9]{1,2}",  # 1–4 of a count that the source does not tell
    re.IGNORECASE,
)
_NAMED = {"enhet", "rad", "grupp", "tabell", "serie", "indikator", "omrade"}
_FOOTNOTE = re.compile(r"(?:\s*(?:[*†‡¹²³]+|\([0-9a-z]\)|\[[0-9a-z]\]|\^[0-9])|\s+[0-9]\))$")
_WITH_WORDS = re.compile(
    r"(?:(?:ca\.?|c:a|cirka|kr|sek)\s+)?([−–-]?\s?[0-9][0-9\s]*(?:,[0-9]+)?)"
    r"(?:(?:\s+[^\W\d_]+|st|[tm]?n?kr)\.?|\?|[:,][-–])?",
    re.IGNORECASE,
)  # ”ca 30”, ”30 st”, ”30:-”; not ”3O” for 30, nor ”över 30”
_MONEY = re.compile(r"kr|sek|milj|md|tus|[:,][-–]", re.IGNORECASE)  # of which a column has a unit of its own
_MONTH = "(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)"
MADE_A_DAY = re.compile(  # as spreadsheet programs show what they have made of ”3-4” and ”10-12”
    rf"[0-9]{{1,2}}[ -]{_MONTH}\.?|{_MONTH}-[0-9]{{2}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}", re.IGNORECASE
)
WRITE_AGAIN = "Ett program har gjort om det som skrevs. Skriv det som ska stå där, i Excel som text."
_MOST_LINES = 5


class _Table:
    """A table and its headings. `keys` are their name keys, "" for columns without one."""

    def __init__(self, grid: Grid, columns: Columns, problems: list[Problem], empty_is_masked: bool) -> None:
        self.grid, self.problems, self.empty_is_masked = grid, problems, empty_is_masked
        self._columns, self._known = columns, columns.by_key
        self._first, self._header = grid.rows[0]
        self._texts = [cell.text for cell in self._header]
        self._keys = [name_key(text) for text in self._texts]
        while self._keys and not self._keys[-1]:
            self._keys.pop()
        found = dict(zip(self._keys, self._texts, strict=False))
        self._others = {key: text for key, text in found.items() if key and key not in self._known}
        self.free = tuple(self._others.values())
        self.written = found | self._known  # as the author knows them, by name key
        self.unknown: dict[tuple[str, str], tuple[Problem, list[int]]] = {}  # by column and name

    def place(self, line: int, column: str = "") -> Place:
        key = name_key(column)
        return self.grid.place(line, self._keys.index(key) if key and key in self._keys else None, column)

    def rows(self) -> Iterator[Row]:
        known_before = len(self.problems)
        waiting = set() if self.empty_is_masked else set(self._not_filled_in())
        for line, cells in self.grid.rows[1:]:
            if len(self.problems) - known_before > MAX_FAULTS:
                found = f"tabellen har fler än {MAX_FAULTS} fel, och resten av den är inte läst"
                self.problems.append(Problem(self.place(line), found, _MEND_FIRST))
                return
            if told := self._stray_cell(line, cells) or self._no_row(line, cells):
                self.problems.append(told)
                waiting.discard(line)
                continue
            named = {key: cell or _EMPTY for key, cell in zip_longest(self._keys, cells) if key}
            if (day := named.get("datum", _EMPTY)).raw:  # a date is what a spreadsheet makes of it
                named["datum"] = Cell(day.raw)
            yield Row(named, line, self, line in waiting)
        if waiting:
            number = len(waiting)
            found = f"{number} rader är inte ifyllda än" if number > 1 else "raden är inte ifylld än"
            remedy = "Fyll i det som saknas. Är antalet noll, skriv 0. Är det en anteckning, ta bort raden."
            self.problems.append(Problem(self.place(min(waiting)), found, remedy, Severity.WARNING))
        for problem, lines in self.unknown.values():
            if len(lines) > 1:
                more = f" och {len(lines) - _MOST_LINES} till" if len(lines) > _MOST_LINES else ""
                listed = ", ".join(map(str, lines[:_MOST_LINES]))
                told_once = replace(problem, found=f"{problem.found}, på {len(lines)} rader: {listed}{more}")
                self.problems[self.problems.index(problem)] = told_once

    def _not_filled_in(self) -> Iterator[int]:
        """The lines of the rows that tell nothing yet."""
        tells, whole = (set(map(name_key, named)) for named in (self._columns.tells, self._columns.whole))
        begun: set[tuple[str, ...]] = set()
        empty: list[tuple[int, tuple[str, ...]]] = []
        for line, cells in self.grid.rows[1:] if tells else ():
            named = list(zip(self._keys, cells, strict=False))
            key = tuple(name_key(cell.text) for heading, cell in named if heading in whole)
            if any(cell.is_filled and heading in tells for heading, cell in named):
                begun.add(key)
            else:
                empty.append((line, key))
        yield from (line for line, key in empty if not whole or key not in begun)

    def _no_row(self, line: int, cells: Sequence[Cell]) -> Problem | None:
        """A row of sums, of a source or of a footnote, where a name should stand first."""
        first, *others = [index for index, cell in enumerate(cells) if cell.is_filled]
        key, is_alone = self._keys[first], not others
        told = NO_ROW if key in _NAMED else FOOTNOTE if key == "post" and is_alone else None
        if told is None or not told.fullmatch(cells[first].text):
            return None
        found = f"raden ”{cells[first].text}” är en summa, en källa eller en fotnot"
        remedy = "Ta bort den: programmet räknar summorna."
        if key == "enhet":
            remedy += " Är det antalen för hela organisationen, skriv dess id."
        elif key == "post":
            remedy = "Ta bort den, och skriv det vid ”kommentar” eller ”källa” i bokslut.yaml."
        return Problem(self.place(line, self.written[key]), found, remedy)

    def _stray_cell(self, line: int, cells: Sequence[Cell]) -> Problem | None:
        """What stands under no heading would be lost in silence."""
        named = enumerate(zip_longest(self._keys, cells))
        index = next((index for index, (key, cell) in named if not key and cell and cell.is_filled), None)
        if index is None:
            return None
        place = self.grid.place(line, index)
        if self.grid.is_sheet or index < len(self._header):
            remedy = "Ge kolumnen en rubrik, ta bort det, eller ha det på ett blad vars namn börjar med _."
            return Problem(place, f"”{cells[index].text}” står i en kolumn utan rubrik", remedy)
        found = f"raden har {len(cells)} celler men tabellen {len(self._keys)} kolumner"
        return Problem(place, found, "Sätt text som innehåller skiljetecknet inom citattecken.")

    def faults(self) -> list[Problem]:
        """Why the table cannot be used."""
        return (
            [*self._title_faults()]
            or [*self._merged_faults(), *self._cell_faults()]
            or [*self._heading_faults()]
        )

    def _title_faults(self) -> Iterator[Problem]:
        """Something above the headings, such as a title."""
        header, rows = _keys(self._header), self.grid.rows
        known = self._known.keys() - header
        below = (line for line, cells in rows[1:_FIRST_ROWS] if len(known & _keys(cells)) > 1)
        line = next(below, None)
        if line is not None:
            found = f"första raden är inte rubrikerna: de står på rad {line}"
            remedy = "Ta bort raderna ovanför, så att rubrikerna står på första raden."
            if len(known) < len(self._known):
                found = f"rubrikerna står på två rader: {self._first} och {line}"
                remedy = "Skriv alla på den första, och ta bort den andra."
            yield Problem(Place(self.grid.name, self._first), found, remedy)

    def _cell_faults(self) -> Iterator[Problem]:
        for index, cell in enumerate(self._header):
            if cell.fault:
                yield Problem(self.grid.place(self._first, index), cell.fault, cell.remedy)

    def _merged_faults(self) -> Iterator[Problem]:
        first, last = self._first, self.grid.rows[-1][0]
        outer = set(map(name_key, self._columns.repeated))
        repeated = {column for column, key in enumerate(self._keys) if key in outer}
        for merged in self.grid.merged:
            column = merged.first_column
            if column == merged.last_column and column in repeated and merged.first_row > first:
                continue
            if column < len(self._keys) and merged.last_row >= first and merged.first_row <= last:
                yield Problem(self.grid.place(merged.first_row, column), *merged.fault)

    def _heading_faults(self) -> Iterator[Problem]:
        place, others = Place(self.grid.name, self._first), self._others
        if not self._columns.free:
            left = [spelled for key, spelled in self._known.items() if key not in self._keys]
            for text in others.values():
                choices = f"{remedy_for_unknown(text, left)} " if left else ""
                remedy = f"{choices}Hör den inte till tabellen, ta bort den."
                yield Problem(place, f"kolumnen ”{text}” känns inte igen", remedy)
        for key, spelled in sorted((self._known | (others if self._columns.free else {})).items()):
            if self._keys.count(key) > 1:
                remedy = "Byt namn på den ena." if self._columns.free else KEEP_ONE
                yield Problem(place, f"kolumnen ”{spelled}” finns två gånger", remedy)
        for column in self._columns.required:
            if name_key(column) not in self._keys and not suggestion(column, others.values()):
                remedy = f"Rubrikerna i filen är: {', '.join(filter(None, self._texts))}."
                yield Problem(place, f"kolumnen ”{column}” saknas", remedy)


def _keys(cells: Sequence[Cell]) -> set[str]:
    return {name_key(cell.text) for cell in cells} - {""}
