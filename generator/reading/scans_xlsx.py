"""What the XML of an xlsx workbook tells before its cells are read."""

import re
from collections.abc import Mapping

from generator.model.limits import MAX_COLUMNS
from generator.reading.grids import Cell, MergedCells, error_cell
from generator.reading.packages import damaged
from generator.reading.scans import Attributes, Characters, Faulty, SheetScan, number, parse

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.')  # in a number format: text, which changes nothing
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # in a number format: each comma divides by a thousand


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

    parse(data, start)
    return sheets, not to_compute


def scan_relations(data: bytes) -> dict[str, tuple[str, str]]:
    """The kind and the target of each relation, by its id."""
    relations: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    parse(data, start)
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

    parse(data, start, text=text)
    return texts


def _mark(text: Characters, name: str, attributes: Attributes) -> None:
    """Notes how the next characters of a text of xlsx look."""
    if name == "r":
        text.is_marked = False
    elif name in ("vertAlign", "strike"):
        text.is_marked = attributes.get("val") not in ("baseline", "0", "false")


# How a cell looks that is not what it shows, or is not meant to be read.
PERCENT = "%"
_FAULTY = {"thousands": Faulty.IN_THOUSANDS, "struck": Faulty.STRUCK, "unseen": Faulty.UNSEEN}
_DRAWS = re.compile(r"[0#?@dmyhsåGS]", re.IGNORECASE)  # in a number format: something of the number
_CONDITION = re.compile(r"\[[<>=]")
_WHITE = ({"rgb": "FFFFFFFF"}, {"rgb": "00FFFFFF"}, {"theme": "0"}, {"indexed": "1"}, {"indexed": "9"})
_NO_FILLS = ("0", "1")  # of which the second is reserved, and used by no cell


def _shown_by(code: str) -> str:
    """What a number format makes of a number."""
    plain = _QUOTED.sub("", code) if code else "General"
    first, *others = plain.split(";")
    seen = [first, *(section for section in others if _CONDITION.search(section))]
    if not all(_DRAWS.search(re.sub(r"\[[^][]*\]", "", section)) for section in seen):
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
                font = fonts[int(number(attributes.get("fontId", "0")))] if fonts else ""
                is_filled = attributes.get("fillId", "0") not in _NO_FILLS
                look = "" if font == "unseen" and is_filled else font
                styles.append(look or formats.get(attributes.get("numFmtId", ""), ""))

    try:
        parse(data, start)
    except IndexError:
        raise damaged() from None
    return {str(index): look for index, look in enumerate(styles) if look}


class Scanner:
    """Fills in what a sheet of an xlsx workbook has."""

    def __init__(
        self, scan: SheetScan, strings: list[Characters], *, is_computed: bool, styles: Mapping[str, str]
    ) -> None:
        self.scan, self._strings, self._styles, self._is_computed = scan, strings, styles, is_computed
        self._row = self._column = -1
        self._kind = self._shown = ""
        self._has_formula = self._has_value = False
        self._open = ""  # the element of a cell whose text is read
        self._value = Characters()

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "row":
                self._row = int(number(attributes["r"])) - 1 if "r" in attributes else self._row + 1
                self._column = -1
                if _is_hidden(attributes):
                    self.scan.hidden_rows.add(self._row)
            case "col" if _is_hidden(attributes):
                first, last = (number(attributes.get(end, "0")) for end in ("min", "max"))
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
        length = len(written.all.strip())
        self.scan.reach(self._row, self._column, length)
        fault = Faulty.TWO_IN_ONE if written.are_two_in_one else self._fault(self._value.all)
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
        return Faulty.NOT_COMPUTED if is_default or not value.strip() else None


def _is_hidden(attributes: Attributes) -> bool:
    """Also what has been dragged to nothing."""
    sizes = (attributes.get(size, "1") for size in ("ht", "width"))
    return attributes.get("hidden") in ("1", "true") or any(not size.strip("0.") for size in sizes)


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
