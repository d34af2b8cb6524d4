"""What the XML of an ods workbook tells before its cells are read."""

import re
from dataclasses import dataclass, field

from generator.model.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from generator.reading.grids import ERRORS, Cell, MergedCells, error_cell
from generator.reading.packages import LINKS, UnreadableError, damaged
from generator.reading.scans import ADDED, Attributes, Characters, Faulty, SheetScan, number, parse

# More than any program has, also where nothing stands.
_MOST_ROWS, _MOST_COLUMNS = 2_000_000, 20_000
_NO_KIND = Cell(
    "", fault="cellens innehåll går inte att läsa", remedy="Skriv om det i Excel eller LibreOffice."
)
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
    parse(data, scanner.start, scanner.end, scanner.text)
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
    is_shown: bool = False  # also where a formula makes an empty text

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
        """How many more digits the value has before its decimals than the text that is shown.

        Thousands are divided as in the language of the program: ”5 725”, ”5,725” or ”5.725”.
        """
        shown = re.match(r"[^0-9]*([0-9]{1,3}(?:[\s.,][0-9]{3})+(?![0-9])|[0-9][0-9\s]*)", self.text)
        whole = re.match(r"-?([0-9]+)", self.value)
        return len(whole[1]) - len(re.sub("[^0-9]", "", shown[1])) if shown and whole else 0

    @property
    def fault(self) -> Cell | None:
        if self.is_error:
            shown = self.text.strip()
            return error_cell(shown if shown in ERRORS or shown.startswith(("#", "Err:")) else "#N/A")
        if self.has_formula and not self.kind and not self.is_shown:
            return Faulty.NOT_COMPUTED
        if self.characters.are_two_in_one:
            return Faulty.TWO_IN_ONE
        if self.look and self.has_content:
            return self.look
        if self.kind == "float" and self._hidden_digits in (3, 6):
            return Faulty.IN_THOUSANDS
        return _NO_KIND if self.text.strip() and not self.kind else None


class _OdsScanner:
    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self._scan = SheetScan()
        self._style, self._is_on_white = "", True  # that is being read
        self._looks: dict[str, Cell] = {}
        self._hidden_styles: set[str] = set()
        self._marking_styles: set[str] = set()
        self._columns: list[tuple[int, str]] = []  # styles of cells without one, with the column after them
        self._row = 0  # of the row that is being read
        self._rows = 1  # that it is repeated
        self._column = 0
        self._cell: _OdsCell | None = None
        self._is_note = False
        self._tables = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _LINKS or _LINKED_FORMULA.search(attributes.get("formula", "")):
            raise UnreadableError(*LINKS)
        match name:
            case "style":
                self._style = attributes.get("name", "")
                # What lies behind the text of another style is not known here.
                self._is_on_white = attributes.get("parent-style-name", "Default") == "Default"
            case "table-cell-properties" if (
                attributes.get("background-color", "transparent") != "transparent"
            ):
                self._is_on_white = False
            case "table-properties" if attributes.get("display") == "false":
                self._hidden_styles.add(self._style)
            case "text-properties":
                if _marks(attributes):
                    self._marking_styles.add(self._style)
                if _strikes(attributes):
                    self._looks[self._style] = Faulty.STRUCK
                elif self._is_on_white and attributes.get("color") == "#ffffff":
                    self._looks[self._style] = Faulty.UNSEEN
            case "span" if self._cell is not None:
                is_marked = attributes.get("style-name", "") in self._marking_styles
                self._cell.characters.is_marked = is_marked
            case "table":
                self._start_table(attributes)
            case "table-column":
                repeated = number(attributes.get("number-columns-repeated", "1"))
                if attributes.get("visibility", "visible") != "visible":
                    last = min(self._column + repeated, MAX_COLUMNS)
                    self._scan.hidden_columns.update(range(self._column, last))
                self._column += repeated
                self._columns.append((self._column, attributes.get("default-cell-style-name", "")))
            case "table-row":
                self._rows = number(attributes.get("number-rows-repeated", "1"))
                self._column = 0
                if attributes.get("visibility", "visible") != "visible":
                    self._scan.hidden_rows.update(range(self._row, min(self._row + self._rows, MAX_ROWS)))
            case "table-cell" | "covered-table-cell":
                self._cell = _OdsCell(
                    repeated=number(attributes.get("number-columns-repeated", "1")),
                    kind=attributes.get("value-type", ""),
                    is_error=attributes.get(f"{ADDED}-value-type") == "error",
                    has_formula="formula" in attributes,
                    value=attributes.get("value", "") + attributes.get("string-value", ""),
                    spanned=(
                        number(attributes.get("number-rows-spanned", "1")),
                        number(attributes.get("number-columns-spanned", "1")),
                    ),
                    look=self._look_of(attributes.get("style-name", "")),
                )
            case "annotation":
                self._is_note = True
            case "p" if self._cell is not None and not self._is_note:
                self._cell.is_shown = True

    def _start_table(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        self._tables += 1
        if self._tables > 1 or name in self.sheets:
            raise damaged()  # a table in a cell of another, or two sheets of one name
        is_hidden = attributes.get("style-name", "") in self._hidden_styles
        self._scan = self.sheets[name] = self._scan.next(is_hidden=is_hidden)
        self._row = self._column = 0
        self._columns = []

    def _look_of(self, style: str) -> Cell | None:
        """Of a cell with a style of its own, or else with that of its column."""
        if self._looks and not style:
            style = next((style for end, style in self._columns if self._column < end), "")
        return self._looks.get(style)

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
