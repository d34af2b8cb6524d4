"""The columns of a file that a map names by their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.names import answer_key, name_key, remedy_for_unknown
from generator.model.places import Place, Problem
from generator.model.raw import RawTable

_ROW_OF_HEADINGS = "Är det rätt fil? Står rubrikerna på en annan rad, skriv vilken vid ”rubriker_på_rad”."


@dataclass(frozen=True)
class Wanted:
    """A heading, where the map names it, and what its column is: ”enheten”, ”frågan ”stöd””."""

    heading: str
    place: Place
    use: str


def find_columns(table: RawTable, wanted: Sequence[Wanted], problems: list[Problem]) -> dict[Wanted, int]:
    """The indexes of the columns that are there once and are wanted for one use; others are problems.

    Where few of the headings are found, the row may be a person's: then none of it is shown.
    """
    found = [_indexes(table, one.heading) for one in wanted]
    if wanted and not any(found):
        text = f"ingen av kartans rubriker finns på rad {table.heading_row} i filen, som läses som rubriker"
        problems.append(Problem(wanted[0].place, text, _ROW_OF_HEADINGS))
        return {}
    are_headings = 2 * sum(map(bool, found)) >= len(wanted)
    shown = tuple(dict.fromkeys(filter(None, table.headings))) if are_headings else ()
    uses: dict[int, Wanted] = {}
    only = [_only(one, indexes, shown, uses, problems) for one, indexes in zip(wanted, found, strict=True)]
    return {one: index for one, index in zip(wanted, only, strict=True) if index is not None}


def _only(
    wanted: Wanted,
    indexes: list[int],
    shown: Sequence[str],
    uses: dict[int, Wanted],
    problems: list[Problem],
) -> int | None:
    """`shown` are the headings of the file that may be told."""
    if not indexes:
        found = f"kolumnen ”{wanted.heading}” finns inte i filen"
        remedy = remedy_for_unknown(wanted.heading, shown) if shown else _ROW_OF_HEADINGS
        problems.append(Problem(wanted.place, found, remedy))
        return None
    if len(indexes) > 1:
        found = f"{len(indexes)} kolumner i filen har rubriken ”{wanted.heading}”"
        problems.append(Problem(wanted.place, found, "Ge dem olika rubriker i filen, och ändra i kartan."))
        return None
    first = uses.setdefault(indexes[0], wanted)
    if first is not wanted:
        found = f"kolumnen ”{wanted.heading}” är både {first.use} och {wanted.use}"
        problems.append(Problem(wanted.place, found, "Ange en annan rubrik för den ena, eller ta bort den."))
        return None
    return indexes[0]


def _indexes(table: RawTable, heading: str) -> list[int]:
    """As written, or else as names: ”Fråga 1?” and ”Fråga 1” may be two columns."""
    key = answer_key(heading)
    same = [at for at, other in enumerate(table.headings) if answer_key(other) == key]
    return same or (table.indexes(heading) if name_key(heading) else [])
