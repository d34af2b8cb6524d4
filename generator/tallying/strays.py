"""What stands in a column but does not belong there.

It is somebody's: it is counted and its rows are told, but it is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.model.names import remedy_for_unknown
from generator.model.places import Problem
from generator.model.raw import ROW, RawTable
from generator.tallying.words import value_key

if TYPE_CHECKING:
    from polars import DataFrame

_MOST_TOLD = 20  # texts of a column, each by itself
_MOST_KEPT = 1_000
_ROWS_TOLD = 3


@dataclass
class _Seen:
    text: str
    count: int
    rows: list[int]  # the first ones


@dataclass
class Strays:
    """The strange texts of a column, by value key; of very many only some."""

    by_key: dict[str, _Seen] = field(default_factory=dict)

    @property
    def are_many(self) -> bool:
        return len(self.by_key) >= _MOST_KEPT

    def add(self, rows: DataFrame, column: str) -> None:
        """What stands in a column of rows, all of which are strange."""
        import polars as pl

        found = rows.group_by(column, maintain_order=True).agg(pl.len(), pl.col(ROW).head(_ROWS_TOLD))
        for text, count, first in found.iter_rows():
            seen = self.by_key.get(value_key(text or ""))
            if seen:
                seen.count, seen.rows = seen.count + count, sorted([*seen.rows, *first])[:_ROWS_TOLD]
            elif not self.are_many:
                self.by_key[value_key(text or "")] = _Seen(text or "", count, first)


@dataclass(frozen=True)
class Strange:
    """How it is told: of one text (”svaret finns inte på skalan”) and of many (”svar utanför skalan”)."""

    one: str
    many: str
    remedy: str


def stray_problems(
    table: RawTable, column: int, strays: Strays, strange: Strange, names: Iterable[str]
) -> Iterator[Problem]:
    """One for each text; a single one when they are so many that the column must be another."""
    known = list(names)
    number = len(strays.by_key)
    if number > _MOST_TOLD:
        shown = f"minst {number}" if strays.are_many else str(number)
        remedy = f"Är det rätt kolumn? {strange.remedy}"
        yield Problem(table.place(0, column), f"kolumnen har {shown} olika {strange.many}", remedy)
        return
    for key, seen in strays.by_key.items():
        place, where = table.place(seen.rows[0], column), on_rows(seen.rows, seen.count)
        if not key:
            yield Problem(place, f"cellen är tom, {where}", f"Fyll i den i filen. {strange.remedy}")
        else:
            remedy = f"{remedy_for_unknown(seen.text, known)} {strange.remedy}"
            yield Problem(place, f"{strange.one}, {where}", remedy)


def on_rows(rows: Sequence[int], count: int) -> str:
    """Of so many rows the first: ”på rad 5, 9, 14 och 9 till”."""
    shown = [str(row) for row in rows]
    last = f"{count - len(rows)} till" if count > len(rows) else shown.pop()
    return f"på rad {', '.join(shown)} och {last}" if shown else f"på rad {last}"
