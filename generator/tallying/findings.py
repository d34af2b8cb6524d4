"""What is wrong in rows of persons, told once for all rows that it is wrong in, never what stands there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from generator.model.frozen import Frozen
from generator.model.names import and_list, remedy_for_unknown, value_key
from generator.model.places import Problem, Severity
from generator.model.raw import RawTable

_MOST_TEXTS = 20  # that are told one by one
_MOST_KEPT = 1_000
_MOST_ROWS = 4


class Fault(Frozen):
    """What may be wrong in a row, and how to mend it. `known` are the author's own words to choose among.

    Of a column with very many texts that are wrong it is told how `many` it has.
    """

    found: str
    remedy: str
    severity: Severity = Severity.ERROR
    known: tuple[str, ...] = ()
    many: str = "värden som inte känns igen"


@dataclass
class _Seen:
    """A text that was found, in how many rows, and the first of them."""

    text: str
    count: int = 0
    rows: list[int] = field(default_factory=list)


class Findings:
    """The faults in a table so far, by column. The map may say under `first_row` where persons begin."""

    def __init__(self, table: RawTable, first_row: str = "") -> None:
        self._table, self._first_row = table, first_row
        self._seen: dict[tuple[Fault, int | None], dict[str, _Seen]] = defaultdict(dict)

    def add(self, fault: Fault, row: int, column: int | None = None, text: str = "") -> None:
        """Rows with the same `text` are told together. It is kept for that, and to find what is like it."""
        by_key, key = self._seen[fault, column], value_key(text)
        if key not in by_key and len(by_key) == _MOST_KEPT:
            return
        seen = by_key.setdefault(key, _Seen(text))
        seen.count += 1
        if seen.count <= _MOST_ROWS:
            seen.rows.append(row)

    def problems(self) -> Iterator[Problem]:
        """One for each text; a single one when they are so many that the column must be another."""
        for (fault, column), by_key in self._seen.items():
            if len(by_key) > _MOST_TEXTS:
                number = f"minst {_MOST_KEPT}" if len(by_key) == _MOST_KEPT else str(len(by_key))
                rows = and_list([str(seen.rows[0]) for seen in islice(by_key.values(), _MOST_ROWS)])
                found = f"kolumnen har {number} olika {fault.many}, först på rad {rows}"
                yield Problem(self._table.place(0, column), found, f"Är det rätt kolumn? {fault.remedy}")
                continue
            for seen in by_key.values():
                place, remedy = self._table.place(seen.rows[0], column), self._remedy(fault, seen)
                yield Problem(place, f"{fault.found}{_where(seen)}", remedy, fault.severity)

    def _remedy(self, fault: Fault, seen: _Seen) -> str:
        choices = f"{remedy_for_unknown(seen.text, fault.known)} " if fault.known else ""
        remedy, below = f"{choices}{fault.remedy}", self._table.heading_row + 1
        if not self._first_row or not seen.text or seen.rows != [below]:
            return remedy
        return f"{remedy} Är raden också rubriker, skriv ”{self._first_row}: {below + 1}” i kartan."


def _where(seen: _Seen) -> str:
    """The first of several rows: ” på 9 rader: rad 5, 9, 14, 20 och 5 till”."""
    if seen.count == 1:
        return ""
    more = [f"{seen.count - _MOST_ROWS} till"] if seen.count > _MOST_ROWS else []
    return f" på {seen.count} rader: rad {and_list([*map(str, seen.rows), *more])}"
