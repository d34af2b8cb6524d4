"""What is wrong in rows of persons, told once for all rows that it is wrong in, never what stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.names import answer_key, suggestion
from generator.model.places import Problem, Severity
from generator.model.raw import RawTable

_MOST_VALUES = 10


@dataclass(frozen=True)
class Fault:
    """What may be wrong in a row, and how to mend it. `known` are the author's own words to choose among."""

    found: str
    remedy: str
    severity: Severity = Severity.ERROR
    known: tuple[str, ...] = ()


class Findings:
    """The faults in a table so far, by column."""

    def __init__(self, table: RawTable) -> None:
        self._table = table
        self._rows: dict[tuple[Fault, int | None], dict[str, list[int]]] = defaultdict(dict)

    def add(self, fault: Fault, rows: Sequence[int], column: int | None = None, value: str = "") -> None:
        """Rows with the same `value` are told together. It is kept for that, and to find what is like it."""
        self._rows[fault, column].setdefault(answer_key(value), []).extend(rows)

    def problems(self) -> Iterator[Problem]:
        for (fault, column), by_value in self._rows.items():
            told = list(by_value.items())[:_MOST_VALUES]
            for value, rows in told:
                remedy = f"{suggestion(value, fault.known)} {fault.remedy}".strip()
                yield self._problem(fault, fault.found, remedy, column, rows)
            others = list(by_value.values())[_MOST_VALUES:]
            if others:
                rows = [row for each in others for row in each]
                found = f"{fault.found}: ytterligare {len(others)} värden"
                yield self._problem(fault, found, fault.remedy, column, rows)

    def _problem(
        self, fault: Fault, found: str, remedy: str, column: int | None, rows: Sequence[int]
    ) -> Problem:
        where = f" på {len(rows)} rader: {listed_rows(rows)}" if len(rows) > 1 else ""
        return Problem(self._table.place(rows[0], column), f"{found}{where}", remedy, fault.severity)


def listed_rows(rows: Sequence[int], shown: int = 4) -> str:
    """”rad 5, 9, 14, 20 och 9 till”"""
    parts = [str(row) for row in rows[:shown]]
    if len(rows) > shown:
        parts.append(f"{len(rows) - shown} till")
    return f"rad {' och '.join(filter(None, (', '.join(parts[:-1]), parts[-1])))}"
