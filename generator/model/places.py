"""Where a value stands in the author's files, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import Enum
from itertools import groupby

from generator.model.frozen import Frozen
from generator.model.limits import MAX_VALUE
from generator.model.names import and_list, as_written, remedy_for_unknown

_QUOTED = re.compile("”([^”]*)”")
_SHEET = ", blad "
MAX_RANGES = 20
_MOST = 10 * MAX_VALUE  # of a whole message, which a value may have quotation marks of its own in


class Place(Frozen, order=True):
    """A spot in a file. `line` counts from 1; 0 means the file as a whole. `column` is a heading.

    A sheet of a workbook counts as a file (see `in_sheet`); there `cell` is the spot as its program names it.
    The lines of a document are its paragraphs, each with what it begins with.
    """

    file: str
    line: int = 0
    column: str = ""
    cell: str = field(default="", compare=False)  # ”D14”
    paragraph: str = field(default="", compare=False)  # ”Under året fick …”

    @property
    def path(self) -> str:
        """The file itself, where `file` is a sheet of it."""
        return self.file.partition(_SHEET)[0]

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}, cell {self.cell}"
        if self.paragraph:
            return shortened(f"{self.file}, stycke {self.line}: ”{self.paragraph}”")
        parts = [self.file]
        if self.line:
            parts.append(f"rad {self.line}")
        if self.column:
            parts.append(f"kolumnen ”{self.column}”")
        return shortened(", ".join(parts))


def in_sheet(workbook: str, sheet: str) -> str:
    """How a sheet is named as a file."""
    return f"{workbook}{_SHEET}{sheet}"


class Origin(Frozen):
    """Where a mapping begins, and where each of its keys stands, also the empty ones, and their items."""

    place: Place = Place("")
    keys: Mapping[str, Place] = field(default_factory=dict)
    items: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)  # of the lists under keys

    def of(self, key: str) -> Place:
        return self.keys.get(key, self.place)

    def of_item(self, key: str, index: int) -> Place:
        return self.items[key][index] if key in self.items else self.of(key)

    @property
    def is_sheet(self) -> bool:
        """Whether the keys are headings of a sheet, or stand in its cells."""
        return any(place.cell for place in self.keys.values())


class Severity(Enum):
    ERROR = "fel"
    WARNING = "varning"
    HINT = "tips"  # it could be better
    NOTE = "upplysning"  # nothing to mend


class Problem(Frozen):
    """Something the author should mend: what was found and where, and how to mend it, in Swedish.

    Those that are many while a report is written have a `lack` that they are counted by.
    """

    place: Place
    found: str
    remedy: str
    severity: Severity = Severity.ERROR
    lack: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "found", shortened(self.found))
        object.__setattr__(self, "remedy", shortened(self.remedy))


def unknown_name(place: Place, what: str, name: str, known: Iterable[str], where: str = "") -> Problem:
    """The problem of a name that is none of those known; `where` ends ”finns inte”, as ” i filen” does."""
    return Problem(place, f"{what} ”{as_written(name)}” finns inte{where}", remedy_for_unknown(name, known))


def of_file(name: str, file: str) -> str:
    """Where something stands, unless that is in `file` too."""
    return "" if name == file else f" i {name}"


def lines_told(file: str, places: Iterable[Place]) -> str:
    """”rad 3, 4 och 10–12”; other files by their names."""
    by_file: dict[str, set[int]] = {}
    for place in places:
        by_file.setdefault(place.file, set()).add(place.line)
    said = [f"rad {_ranges(lines)}{of_file(name, file)}" for name, lines in by_file.items() if any(lines)]
    return "; ".join(said)


def _ranges(lines: set[int]) -> str:
    """Line numbers in order, those that follow on each other from the first to the last."""
    # In a row of lines that follow on each other the number before each grows as fast as they do.
    rows = groupby(enumerate(sorted(lines - {0})), lambda pair: pair[1] - pair[0])
    ranges = [[line for _, line in row] for _, row in rows]
    said = [f"{first}–{rest[-1]}" if rest else str(first) for first, *rest in ranges[:MAX_RANGES]]
    return f"{', '.join(said)} …" if len(ranges) > MAX_RANGES else and_list(said)


def shortened(told: str) -> str:
    """A message whose ”values” have been cut to what is needed to know them by."""
    if len(told) <= MAX_VALUE:
        return told
    return _cut(_QUOTED.sub(lambda quoted: f"”{_cut(quoted[1], MAX_VALUE)}”", told), _MOST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


class ToldError(Exception):
    """Something cannot be done; the message tells its author why and what to do about it, in Swedish."""


class ContentError(Exception):
    """The content cannot become a report. Carries every problem, errors and warnings, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)  # as a worker hands it over
        self.problems = sort_problems(problems)

    def __str__(self) -> str:
        return f"{len(self.problems)} problem"


def sort_problems(problems: list[Problem]) -> list[Problem]:
    """Each problem once, in the order of files and lines."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.found))


def has_errors(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
