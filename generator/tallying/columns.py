"""The map of a file, and the columns that it names by their headings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.model.entry import Entry
from generator.model.fields import NestedPairs
from generator.model.frozen import Frozen
from generator.model.names import answer_key, name_key, remedy_for_unknown
from generator.model.places import Place, Problem, unknown_name
from generator.model.raw import RawTable

_ROW_OF_HEADINGS = "Är det rätt fil? Står rubrikerna på en annan rad, skriv vilken vid ”rubriker_på_rad”."


class MapLayout:
    """A map seen together with its file and the report. `problems` are what of it does not fit.

    `values` are what it says that texts in columns stand for.
    """

    def __init__(self, values: NestedPairs) -> None:
        self.problems: list[Problem] = []
        self._values = values

    def fault(self, place: Place, found: str, remedy: str) -> None:
        self.problems.append(Problem(place, found, remedy))

    def unknown(self, place: Place, what: str, name: str, known: Iterable[str], where: str = "") -> None:
        self.problems.append(unknown_name(place, what, name, known, where))

    def check_values(self, known: Sequence[str]) -> None:
        """Each is of a column that is known."""
        keys = set(map(name_key, known))
        for key in self._values:
            if name_key(key) not in keys:
                found, remedy = f"okänd nyckel ”{key}” under ”värden”", remedy_for_unknown(key, known)
                self.fault(self._values.origin.of(key), found, remedy)


class Wanted(Frozen):
    """A heading, where the map names it, and what its column is: ”enheten”, ”frågan ”stöd””.

    What is besides may share its column: an age is counted by the personal number that is the id.
    """

    heading: str
    place: Place
    use: str
    is_besides: bool = False


def wanted_columns(columns: Entry, uses: Mapping[str, str]) -> dict[str, Wanted]:
    """Those that a map names a heading for, by field; `uses` are by field too."""
    headings = {field: getattr(columns, field) for field in uses}
    return {
        field: Wanted(heading, columns.place(field), uses[field])
        for field, heading in headings.items()
        if heading is not None
    }


def find_columns(table: RawTable, wanted: Sequence[Wanted], problems: list[Problem]) -> dict[Wanted, int]:
    """The indexes of the columns that are there once and have one use; others are problems.

    Where few of the headings are found, the row may be a person's: then none of it is shown.
    """
    found = {column: _indexes(table, column.heading) for column in wanted}
    if wanted and not any(found.values()):
        text = f"ingen av kartans rubriker finns på rad {table.heading_row} i filen, som läses som rubriker"
        problems.append(Problem(wanted[0].place, text, _ROW_OF_HEADINGS))
        return {}
    are_headings = 2 * sum(map(bool, found.values())) >= len(wanted)
    shown = tuple(dict.fromkeys(filter(None, table.headings))) if are_headings else ()
    uses: dict[int, Wanted] = {}
    for column, indexes in found.items():
        if not indexes:
            missing = unknown_name(column.place, "kolumnen", column.heading, shown, " i filen")
            problems.append(missing if shown else replace(missing, remedy=_ROW_OF_HEADINGS))
        elif len(indexes) > 1:
            text = f"{len(indexes)} kolumner i filen har rubriken ”{column.heading}”"
            remedy = "Ge dem olika rubriker i filen. Har varje svar en kolumn, ange var och en i kartan."
            problems.append(Problem(column.place, text, remedy))
        elif not column.is_besides and uses.setdefault(indexes[0], column) is not column:
            text = f"kolumnen ”{column.heading}” är både {uses[indexes[0]].use} och {column.use}"
            remedy = "Ange en annan rubrik för den ena, eller ta bort den."
            problems.append(Problem(column.place, text, remedy))
    return {column: indexes[0] for column, indexes in found.items() if len(indexes) == 1}


def _indexes(table: RawTable, heading: str) -> list[int]:
    """As written, or else as names: ”Fråga 1?” and ”Fråga 1” may be two columns."""
    key = answer_key(heading)
    same = [index for index, other in enumerate(table.headings) if answer_key(other) == key]
    return same or (table.indexes(heading) if name_key(heading) else [])
