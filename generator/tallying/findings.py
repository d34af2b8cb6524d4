"""What is wrong in rows of persons, told once for all rows that it is wrong in, never what stands there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.model.frozen import Frozen
from generator.model.names import remedy_for_unknown, suggestion, value_key
from generator.model.places import Problem, Severity
from generator.model.raw import RawTable

_MOST_VALUES = 10
_MOST_STRAYS = 20
_MOST_KEPT = 1_000
_MOST_ROWS = 4
_MORE_HEADINGS = "Är raden också rubriker, skriv från vilken rad svaren börjar: ”svar_från_rad: {}”."


class Fault(Frozen):
    """What may be wrong in a row, and how to mend it. `known` are the author's own words to choose among."""

    found: str
    remedy: str
    severity: Severity = Severity.ERROR
    known: tuple[str, ...] = ()


class Stray(Fault):
    """A text that does not belong in its column; of many the column is told (”svar utanför skalan”)."""

    many: str = ""


@dataclass
class _Seen:
    """A text that was found, where first, and in how many rows."""

    text: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, rows: Iterable[int], count: int) -> None:
        self.rows = [*self.rows, *rows][:_MOST_ROWS]
        self.count += count


class Findings:
    """The faults in a table so far, by column."""

    def __init__(self, table: RawTable) -> None:
        self._table = table
        self._seen: dict[tuple[Fault, int | None], dict[str, _Seen]] = defaultdict(dict)

    def add(self, fault: Fault, row: int, column: int | None = None, text: str = "") -> None:
        """Rows with the same `text` are told together. It is kept for that, and to find what is like it."""
        self._seen[fault, column].setdefault(value_key(text), _Seen(text)).add([row], 1)

    def are_many(self, fault: Fault, column: int | None) -> bool:
        """Whether so many texts are kept that no more need be."""
        return len(self._seen.get((fault, column), ())) >= _MOST_KEPT

    def problems(self) -> Iterator[Problem]:
        for (fault, column), by_key in self._seen.items():
            seen = list(by_key.values())
            if isinstance(fault, Stray):
                yield from self._strays(fault, column, seen)
            else:
                yield from self._faults(fault, column, seen)

    def _strays(self, stray: Stray, column: int | None, seen: Sequence[_Seen]) -> Iterator[Problem]:
        """One for each text; a single one when they are so many that the column must be another."""
        if len(seen) > _MOST_STRAYS:
            number = f"minst {_MOST_KEPT}" if len(seen) >= _MOST_KEPT else str(len(seen))
            found = f"kolumnen har {number} olika {stray.many}"
            yield Problem(self._table.place(0, column), found, f"Är det rätt kolumn? {stray.remedy}")
            return
        for text in seen:
            place, where = self._table.place(text.rows[0], column), f"på {_listed(text, 3)}"
            is_below = text.rows == [self._table.heading_row + 1]
            hint = f" {_MORE_HEADINGS.format(text.rows[0] + 1)}" if is_below else ""
            if not text.text.strip():
                yield Problem(place, f"cellen är tom, {where}", f"Fyll i den i filen. {stray.remedy}")
            else:
                choices = f"{remedy_for_unknown(text.text, stray.known)} " if stray.known else ""
                remedy = f"{choices}{stray.remedy}"
                yield Problem(place, f"{stray.found}, {where}", f"{remedy}{hint}")

    def _faults(self, fault: Fault, column: int | None, seen: Sequence[_Seen]) -> Iterator[Problem]:
        others = _Seen("")
        for text in seen[_MOST_VALUES:]:
            others.add(text.rows, text.count)
        told = [(text, "") for text in seen[:_MOST_VALUES]]
        if others.count:
            told.append((others, f": ytterligare {len(seen) - _MOST_VALUES} värden"))
        for text, more in told:
            where = f" på {text.count} rader: {_listed(text, 4)}" if text.count > 1 else ""
            remedy = f"{suggestion(text.text, fault.known)} {fault.remedy}".strip()
            place = self._table.place(text.rows[0], column)
            yield Problem(place, f"{fault.found}{more}{where}", remedy, fault.severity)


def _listed(seen: _Seen, shown: int) -> str:
    """The first rows: ”rad 5, 9, 14 och 9 till”."""
    *rows, last = map(str, seen.rows[:shown])
    if seen.count > shown:
        rows, last = [*rows, last], f"{seen.count - shown} till"
    return f"rad {', '.join(rows)} och {last}" if rows else f"rad {last}"
