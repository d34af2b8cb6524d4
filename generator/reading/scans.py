"""What the XML of a workbook tells before its cells are read: their number, and which cannot be read.

The library that reads cells makes room for every cell up to the last one and every repetition, which a
small file can make too much for any computer. And it leaves out, without a word, cells with errors.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from generator.model.limits import MAX_CELL, MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from generator.reading.grids import ERRORS, Cell, MergedCells, error_cell
from generator.reading.packages import UnreadableError, damaged, has_links
from generator.reading.unseen import HiddenCells

# More than any program has, also where nothing stands.
_MOST_ROWS, _MOST_COLUMNS = 2_000_000, 20_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.')  # in a number format: text, which changes nothing
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # in a number format: each comma divides by a thousand
_OPEN_AND_SAVE = "Öppna arbetsboken i Excel eller LibreOffice, och spara den."
_NOT_COMPUTED = Cell("", fault="cellens formel är inte uträknad", remedy=_OPEN_AND_SAVE)
_ADDED = "calcext"
_TWO_IN_ONE = Cell(
    "",
    fault="en del av cellens tal är upphöjd, nedsänkt eller överstruken",
    remedy="Skriv bara talet, utan fotnotstecken och det som är struket.",
)
_IN_THOUSANDS = Cell(
    "",
    fault="cellformatet visar talet i tusental, och det som står i cellen är ett annat tal än det som syns",
    remedy="Välj cellformatet Tal, och skriv talet i den enhet som tabellen har.",
)
_STRUCK = Cell(
    "",
    fault="cellen är överstruken",
    remedy="Ta bort det som inte ska räknas. Ska det räknas, ta bort överstrykningen.",
)
_UNSEEN = Cell(
    "",
    fault="det som står i cellen syns inte: texten är vit, eller så visar cellformatet något annat",
    remedy="Ta bort det som inte ska räknas. Ska det räknas, välj svart text och cellformatet Allmänt.",
)
_NO_KIND = Cell(
    "", fault="cellens innehåll går inte att läsa", remedy="Skriv om det i Excel eller LibreOffice."
)


@dataclass
class SheetScan:
    """What a sheet has beside its values. Cells are named by row and column, both from 0."""

    faulty: dict[tuple[int, int], Cell] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)  # 0.45 that its program shows as 45 %
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False
    merged: list[MergedCells] = field(default_factory=list)
    filled: int = 0  # cells with something that can be read
    last_row: int = -1
    last_column: int = -1
    characters: int = 0

    @property
    def hidden(self) -> HiddenCells:
        """Those within what is filled."""
        rows = frozenset(row + 1 for row in self.hidden_rows if row <= self.last_row)
        return HiddenCells(rows, frozenset(at for at in self.hidden_columns if at <= self.last_column))

    def reach(self, row: int, column: int, characters: int) -> None:
        """Notes a cell that takes room. Raises UnreadableError when there is too much of it."""
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        self.characters += characters
        rows, columns = self.last_row + 1, self.last_column + 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            found = f"arbetsboken har ett blad med {rows} rader och {columns} kolumner"
            limits = f"högst {MAX_ROWS} rader och {MAX_COLUMNS} kolumner"
            raise UnreadableError(found, f"Ett blad får ha {limits}. Ta bort det som står långt ut.")
        if self.characters > MAX_CHARACTERS:
            raise UnreadableError("arbetsboken har orimligt mycket text", "Ta bort blad som inte behövs.")


class Characters:
    """The characters of a cell, and those of them that are raised, lowered or struck out."""

    __slots__ = ("all", "is_marked", "marked")

    def __init__(self) -> None:
        self.all = self.marked = ""
        self.is_marked = False

    def add(self, characters: str) -> None:
        self.all += characters
        self.marked += characters if self.is_marked else ""

    @property
    def length(self) -> int:
        return len(self.all.strip())

    @property
    def are_two_in_one(self) -> bool:
        """30 with a raised 1 beside it would be read as 301."""
        text, marked = self.all.strip(), self.marked.strip()
        is_number = any(map(str.isdigit, text)) and not any(map(str.isalpha, text))
        return bool(marked) and marked != text and is_number


Attributes = Mapping[str, str]


def _parse(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Elements and attributes by their names without namespaces. Raises UnreadableError."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two for encodings that do not exist
        raise damaged() from None


def _refuse_doctype(*_: object) -> NoReturn:
    """No program writes one; entities could make much of little."""
    raise damaged()


def _local(name: str) -> str:
    """The name in its namespace; what LibreOffice adds of its own is told apart."""
    space, _, local = name.rpartition(" ")
    return f"{_ADDED}-{local}" if _ADDED in space else local


# xlsx


def scan_workbook(data: bytes) -> tuple[list[tuple[str, str, bool]], bool]:
    """The name and the relation of each sheet of an xlsx workbook and whether it is hidden, and whether
    the workbook has been computed. If not, the values of formulas may be 0 by default.
    """
    sheets: list[tuple[str, str, bool]] = []
    to_compute: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), attributes.get("id", ""), is_hidden))
        elif name == "calcPr" and attributes.get("fullCalcOnLoad") in ("1", "true"):
            to_compute.append(name)

    _parse(data, start)
    return sheets, not to_compute


def scan_relations(data: bytes) -> dict[str, tuple[str, str]]:
    """The kind and the target of each relation, by its id."""
    relations: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    _parse(data, start)
    return relations


def scan_strings(data: bytes) -> list[Characters]:
    """The texts that cells share."""
    texts: list[Characters] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "si":
            texts.append(Characters())
        elif texts:
            _mark(texts[-1], name, attributes)

    def text(characters: str) -> None:
        if texts:
            texts[-1].add(characters)

    _parse(data, start, text=text)
    return texts


def _mark(text: Characters, name: str, attributes: Attributes) -> None:
    """Notes how the next characters of a text of xlsx look."""
    if name == "r":
        text.is_marked = False
    elif name in ("vertAlign", "strike"):
        text.is_marked = attributes.get("val") not in ("baseline", "0", "false")


# How a cell looks that is not what it shows, or is not meant to be read.
PERCENT = "%"
_FAULTY = {"thousands": _IN_THOUSANDS, "struck": _STRUCK, "unseen": _UNSEEN}
_DRAWS = re.compile(r"[0#?@dmyhsåGS]", re.IGNORECASE)  # in a number format: something of the number
_CONDITION = re.compile(r"\[[<>=]")
_WHITE = ({"rgb": "FFFFFFFF"}, {"rgb": "00FFFFFF"}, {"theme": "0"}, {"indexed": "1"}, {"indexed": "9"})
_NO_FILLS = ("0", "1")  # of which the second is reserved, and used by no cell


def _shown_by(code: str) -> str:
    """What a number format makes of a number."""
    plain = _QUOTED.sub("", code) if code else "General"
    first, *others = plain.split(";")
    seen = [first, *(section for section in others if _CONDITION.search(section))]
    if not all(_DRAWS.search(re.sub(r"\[[^]]*\]", "", section)) for section in seen):
        return "unseen"
    return PERCENT if PERCENT in plain else "thousands" if _SCALED.search(plain) else ""


def scan_styles(data: bytes) -> dict[str, str]:
    """The styles of an xlsx workbook in which a cell looks other than it is: PERCENT, of which 9 and 10 are
    built in, or thousands (a comma after the last digit), and what is struck out or cannot be seen.
    """
    formats, fonts, styles = {"9": PERCENT, "10": PERCENT}, list[str](), list[str]()
    in_fonts = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal in_fonts
        match name:
            case "numFmt":
                formats[attributes.get("numFmtId", "")] = _shown_by(attributes.get("formatCode", ""))
            case "fonts" | "fills":
                in_fonts = name == "fonts"
            case "font" if in_fonts:
                fonts.append("")
            case "strike" if in_fonts and fonts and attributes.get("val") not in ("0", "false"):
                fonts[-1] = "struck"
            case "color" if in_fonts and fonts and dict(attributes) in _WHITE:
                fonts[-1] = fonts[-1] or "unseen"
            case "cellXfs":
                styles.clear()  # those before are of named styles
            case "xf":
                font = fonts[int(_number(attributes.get("fontId", "0")))] if fonts else ""
                is_filled = attributes.get("fillId", "0") not in _NO_FILLS
                look = "" if font == "unseen" and is_filled else font
                styles.append(look or formats.get(attributes.get("numFmtId", ""), ""))

    try:
        _parse(data, start)
    except IndexError:
        raise damaged() from None
    return {str(index): look for index, look in enumerate(styles) if look}


def scan_sheet(
    data: bytes, strings: list[Characters], *, is_computed: bool, styles: Mapping[str, str]
) -> SheetScan:
    """A sheet of an xlsx workbook."""
    scanner = _XlsxScanner(strings, is_computed=is_computed, styles=styles)
    _parse(data, scanner.start, scanner.end, scanner.text)
    return scanner.scan


class _XlsxScanner:
    def __init__(self, strings: list[Characters], *, is_computed: bool, styles: Mapping[str, str]) -> None:
        self.scan = SheetScan()
        self._strings = strings
        self._styles = styles
        self._is_computed = is_computed
        self._row = self._column = -1
        self._kind = self._shown = ""
        self._has_formula = self._has_value = False
        self._open = ""  # the element of a cell whose text is read
        self._value = Characters()

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "row":
                self._row = int(_number(attributes["r"])) - 1 if "r" in attributes else self._row + 1
                self._column = -1
                if _is_hidden(attributes):
                    self.scan.hidden_rows.add(self._row)
            case "col" if _is_hidden(attributes):
                first, last = (_number(attributes.get(end, "0")) for end in ("min", "max"))
                self.scan.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
            case "c":
                self._start_cell(attributes)
            case "f":
                self._has_formula = True
            case "v" | "is":
                self._has_value, self._open = True, name
            case "mergeCell":
                self.scan.merged.append(_area(attributes.get("ref", "")))
            case _ if self._open:
                _mark(self._value, name, attributes)

    def _start_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._row, self._column = _position(attributes["r"])
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        look = self._styles.get(attributes.get("s", "0"), "")
        self._shown = look if self._kind == "n" or look in ("struck", "unseen") else ""
        if self._shown == PERCENT:
            self.scan.percent.add((self._row, self._column))
        self._has_formula = self._has_value = False
        self._value = Characters()

    def text(self, characters: str) -> None:
        if self._open:
            self._value.add(characters)

    def end(self, name: str) -> None:
        if name == self._open:
            self._open = ""
        if name != "c" or not (self._has_value or self._has_formula):
            return
        written = self._shared(self._value.all) if self._kind == "s" else self._value
        length = written.length
        self.scan.reach(self._row, self._column, length)
        fault = _TWO_IN_ONE if written.are_two_in_one else self._fault(self._value.all)
        if fault is not None:
            self.scan.faulty[self._row, self._column] = fault
        elif length:
            self.scan.filled += 1

    def _shared(self, value: str) -> Characters:
        try:
            return self._strings[int(value)]
        except (ValueError, IndexError):
            raise damaged() from None

    def _fault(self, value: str) -> Cell | None:
        if self._kind == "e":
            return error_cell(value.strip() or "#N/A")
        if self._shown in _FAULTY and value.strip() and (self._shown != "thousands" or value.strip() != "0"):
            return _FAULTY[self._shown]
        if not self._has_formula or (self._kind == "str" and self._has_value):  # may be an empty text
            return None
        is_default = not self._is_computed and value.strip() == "0"
        return _NOT_COMPUTED if is_default or not value.strip() else None


def _is_hidden(attributes: Attributes) -> bool:
    """Also what has been dragged to nothing."""
    sizes = (attributes.get(size, "1") for size in ("ht", "width"))
    return attributes.get("hidden") in ("1", "true") or any(not size.strip("0.") for size in sizes)


def _number(text: str, most: int = 10_000_000) -> int:
    if not re.fullmatch(r"[0-9]{1,8}", text) or int(text) > most:
        raise damaged()
    return int(text)


def _position(reference: str) -> tuple[int, int]:
    """The row and column of ”D14”, both from 0."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise damaged()
    return int(match[2]) - 1, column_index(match[1].upper())


def column_index(letters: str) -> int:
    """The index of a column in a spreadsheet: 0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _area(reference: str) -> MergedCells:
    first, _, last = reference.partition(":")
    (first_row, first_column), (last_row, last_column) = _position(first), _position(last or first)
    return MergedCells(first_row + 1, first_column, last_row + 1, last_column)


# ods

_LINKS = ("table-source", "cell-range-source", "dde-source", "dde-link")
_LINKED_FORMULA = re.compile(r"'?(?:file|https?|smb|ftp):/|\bDDE\(|\bWEBSERVICE\(", re.IGNORECASE)


def _strikes(attributes: Attributes) -> bool:
    return attributes.get("text-line-through-style", "none") != "none"


def _marks(attributes: Attributes) -> bool:
    """Whether a style of ods raises, lowers or strikes out."""
    position = attributes.get("text-position", "0").split()[0]
    return position.rstrip("%").strip("0") != "" or _strikes(attributes)


def scan_document(data: bytes) -> dict[str, SheetScan]:
    """The sheets of an ods workbook. Raises UnreadableError also when it takes data from other files."""
    scanner = _OdsScanner()
    _parse(data, scanner.start, scanner.end, scanner.text)
    return scanner.sheets


@dataclass
class _OdsCell:
    """A cell that is being read; `repeated` as many times to the right."""

    repeated: int
    kind: str
    is_error: bool
    has_formula: bool
    value: str
    spanned: tuple[int, int]
    look: Cell | None = None  # of its style, when that shows something else
    characters: Characters = field(default_factory=Characters)

    @property
    def text(self) -> str:
        return self.characters.all

    @property
    def is_filled(self) -> bool:
        return bool(self.kind or self.has_formula or self.text or self.value)

    @property
    def has_content(self) -> bool:
        return self.kind not in ("", "string") or bool(self.text.strip() or self.value.strip())

    @property
    def _hidden_digits(self) -> int:
        """How many more digits the value has before its decimals than the text that is shown."""
        shown = re.match(r"[^0-9]*([0-9][0-9\s]*)", self.text)
        whole = re.match(r"-?([0-9]+)", self.value)
        return len(whole[1]) - len("".join(shown[1].split())) if shown and whole else 0

    @property
    def fault(self) -> Cell | None:
        if self.is_error:
            shown = self.text.strip()
            return error_cell(shown if shown in ERRORS or shown.startswith(("#", "Err:")) else "#N/A")
        if self.has_formula and not self.kind:
            return _NOT_COMPUTED
        if self.characters.are_two_in_one:
            return _TWO_IN_ONE
        if self.look and self.has_content:
            return self.look
        if self.kind == "float" and self._hidden_digits in (3, 6):
            return _IN_THOUSANDS
        return _NO_KIND if self.text.strip() and not self.kind else None


class _OdsScanner:
    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self._scan = SheetScan()
        self._style = ""
        self._looks: dict[str, Cell] = {}
        self._hidden_styles: set[str] = set()
        self._marking_styles: set[str] = set()
        self._row = 0  # of the row that is being read
        self._rows = 1  # that it is repeated
        self._column = 0
        self._cell: _OdsCell | None = None
        self._is_note = False
        self._tables = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _LINKS or _LINKED_FORMULA.search(attributes.get("formula", "")):
            raise has_links()
        match name:
            case "style":
                self._style = attributes.get("name", "")
            case "table-properties" if attributes.get("display") == "false":
                self._hidden_styles.add(self._style)
            case "text-properties" if _marks(attributes):
                self._marking_styles.add(self._style)
                if _strikes(attributes):
                    self._looks[self._style] = _STRUCK
            case "span" if self._cell is not None:
                is_marked = attributes.get("style-name", "") in self._marking_styles
                self._cell.characters.is_marked = is_marked
            case "table":
                self._start_table(attributes)
            case "table-column":
                repeated = _number(attributes.get("number-columns-repeated", "1"))
                if attributes.get("visibility", "visible") != "visible":
                    last = min(self._column + repeated, MAX_COLUMNS)
                    self._scan.hidden_columns.update(range(self._column, last))
                self._column += repeated
            case "table-row":
                self._rows = _number(attributes.get("number-rows-repeated", "1"))
                self._column = 0
                if attributes.get("visibility", "visible") != "visible":
                    self._scan.hidden_rows.update(range(self._row, min(self._row + self._rows, MAX_ROWS)))
            case "table-cell" | "covered-table-cell":
                self._cell = _OdsCell(
                    repeated=_number(attributes.get("number-columns-repeated", "1")),
                    kind=attributes.get("value-type", ""),
                    is_error=attributes.get(f"{_ADDED}-value-type") == "error",
                    has_formula="formula" in attributes,
                    value=attributes.get("value", "") + attributes.get("string-value", ""),
                    spanned=(
                        _number(attributes.get("number-rows-spanned", "1")),
                        _number(attributes.get("number-columns-spanned", "1")),
                    ),
                    look=self._looks.get(attributes.get("style-name", "")),
                )
            case "annotation":
                self._is_note = True

    def _start_table(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        self._tables += 1
        if self._tables > 1 or name in self.sheets:
            raise damaged()  # a table in a cell of another, or two sheets of one name
        is_hidden = attributes.get("style-name", "") in self._hidden_styles
        self._scan = self.sheets[name] = SheetScan(is_hidden=is_hidden)
        self._row = self._column = 0

    def text(self, characters: str) -> None:
        if self._cell is not None and not self._is_note:
            self._cell.characters.add(characters)
            if len(self._cell.text) > 2 * MAX_CELL:
                raise UnreadableError(f"en cell har fler än {MAX_CELL} tecken", "Korta texten.")

    def end(self, name: str) -> None:
        match name:
            case "table":
                self._tables -= 1
            case "table-row":
                self._row += self._rows
                if self._row > _MOST_ROWS:
                    raise damaged()
            case "table-cell" | "covered-table-cell":
                self._end_cell()
            case "span" if self._cell is not None:
                self._cell.characters.is_marked = False
            case "annotation":
                self._is_note = False

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            raise damaged()
        first, last = self._column, self._column + cell.repeated - 1
        self._column = last + 1
        if self._column > _MOST_COLUMNS:
            raise damaged()
        rows, columns = cell.spanned
        if rows > 1 or columns > 1:
            area = MergedCells(self._row + 1, first, self._row + rows, first + columns - 1)
            self._scan.merged.append(area)
        if not cell.is_filled:
            return
        length = max(len(cell.text), len(cell.value)) * cell.repeated * self._rows
        self._scan.reach(self._row + self._rows - 1, last, length)
        if cell.kind == "percentage" and self._rows == 1:
            self._scan.percent.update((self._row, column) for column in range(first, last + 1))
        if cell.fault is None:
            self._scan.filled += cell.repeated * self._rows if cell.has_content else 0
            return
        for row in range(self._row, self._row + self._rows):
            self._scan.faulty |= {(row, column): cell.fault for column in range(first, last + 1)}
