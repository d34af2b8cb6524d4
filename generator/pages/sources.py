"""Where figures stand, for readers: in the author's files, or in the open data."""

from collections.abc import Iterable

from generator.model.names import name_key
from generator.model.open_data import DataTable
from generator.model.places import Place
from generator.model.shown import ShownReport
from generator.pages import views


def source_refs(places: Iterable[Place], report_id: str) -> tuple[views.SourceRef, ...]:
    """The lines of each file, in order; a place without a line is the file as a whole."""
    lines: dict[str, set[int]] = {}
    for place in places:
        if place.file:
            lines.setdefault(place.file, set()).add(place.line)
    return tuple(
        views.SourceRef(
            file_in_report(file, report_id),
            source_page(file, report_id),
            tuple(sorted(number for number in numbers if number)),
        )
        for file, numbers in sorted(lines.items())
    )


class DataRows:
    """The rows of the open data, by the numbers that they have in each form: the headings are row 1."""

    def __init__(self, published: ShownReport, tables: Iterable[DataTable]) -> None:
        self._tables = {table.name: table for table in tables}
        self._lines = {
            (table.name, *row[:2]): line
            for table in self._tables.values()
            for line, row in enumerate(table.rows, start=2)
        }
        amounts = (
            (place, f"belopp-{table.id}", line)
            for table in published.tables.amounts.values()
            for line, row in enumerate(table.rows, start=2)
            for place in row.places.values()
        )
        series = enumerate(sorted(published.tables.values.items()), start=2)
        values = ((value.place, "serier", line) for line, (_, value) in series)
        self._typed = {(place.file, place.line): (table, line) for place, table, line in (*amounts, *values)}

    def of_outcome(self, unit: str, indicator: str, rows: Iterable[str]) -> tuple[views.SourceRef, ...]:
        """That of the indicator, and those of the participant table which it is made from."""
        lines = [self._lines.get(("deltagare", unit, row)) for row in rows]
        found = [("indikatorer", [self._lines.get(("indikatorer", unit, indicator))]), ("deltagare", lines)]
        return tuple(self._ref(table, filter(None, lines)) for table, lines in found if any(lines))

    def of_typed(self, places: Iterable[Place]) -> tuple[views.SourceRef, ...]:
        """The rows of amounts and of series that stand in these places of the author's files."""
        known = dict.fromkeys(self._typed.get((place.file, place.line), ("", 0)) for place in places)
        tables = dict.fromkeys(table for table, _ in known if table in self._tables)
        return tuple(self._ref(each, (line for table, line in known if table == each)) for each in tables)

    def _ref(self, table: str, lines: Iterable[int]) -> views.SourceRef:
        path = self._tables[table].excel_path
        return views.SourceRef(f"{table}.csv", path, tuple(sorted(lines)))


def file_in_report(file: str, report_id: str) -> str:
    """”content/2021-umearegionen/utfall/deltagare.csv” as ”utfall/deltagare.csv”."""
    return file.partition(f"{report_id}/")[2] or file


def source_page(file: str, report_id: str) -> str:
    return f"kalla-{name_key(file_in_report(file, report_id))}"
