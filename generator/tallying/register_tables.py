"""The tables that the counts of a register become."""

from collections import Counter
from collections.abc import Mapping
from itertools import product
from statistics import median

from generator.model.names import as_written
from generator.model.places import Problem
from generator.model.raw import CountedTable
from generator.tallying.choices import SEXES, written_units
from generator.tallying.register_layout import RegisterLayout

Counts = Counter[tuple[str, str, str, str]]  # by background table or "", unit, row or category, and sex
Days = Mapping[tuple[str, str], Counter[int]]  # how many had each number, by unit and row
RowCounts = Mapping[tuple[str, ...], list[int]]  # counts by sex


def counted_tables(
    counts: Counts, days: Days, layout: RegisterLayout, problems: list[Problem]
) -> tuple[CountedTable, ...]:
    """Those with rows. The rows that are sums of others are computed first."""
    for row, equals in layout.computed:
        for unit, sex in product(layout.units, SEXES):
            counts["", unit.id, row, sex] = sum(
                term.sign * counts["", unit.id, term.name, sex] for term in equals.terms
            )
    for definition in layout.settings.rows:
        lowest = min(counts["", unit.id, definition.id, sex] for unit, sex in product(layout.units, SEXES))
        if lowest < 0:
            found = f"raden ”{as_written(definition.id)}” blir {lowest} med ”lika_med”".replace("-", "−")
            remedy = "Rätta ”lika_med”, eller räkna raden i kartan."
            problems.append(Problem(definition.place("equals"), found, remedy))
    tables = _participants(counts, layout), _background(counts, layout), _durations(days, layout)
    return tuple(filter(None, tables))


def _participants(counts: Counts, layout: RegisterLayout) -> CountedTable | None:
    units, association = written_units(layout.settings), layout.association
    counted = [(unit.id, row.id) for unit, row in product(layout.units, layout.rows)]
    if layout.unit is None and layout.settings.units:
        computed = {row for row, _ in layout.computed}
        persons = (row.id for row in layout.rows if row.persons and row.id not in computed)
        counted += [(association, row) for row in persons]
    rows: RowCounts = {
        (units[unit], as_written(row)): [counts["", unit, row, sex] for sex in SEXES] for unit, row in counted
    }
    return _table("deltagare", ("enhet", "rad"), rows, ("enhet", "rad"))


def _durations(days: Days, layout: RegisterLayout) -> CountedTable | None:
    """The median of days by unit and row. Of few persons it is masked: it would tell of one of them."""
    names, least = written_units(layout.settings), layout.settings.disclosure_threshold or 1
    units = [unit.id for unit in layout.units]
    if layout.unit is None and layout.association not in units:
        units.append(layout.association)

    def told(counted: Counter[int]) -> str:
        is_shown = counted.total() >= least
        return f"{median(counted.elements()):g}".replace(".", ",") if is_shown else ".."

    rows = tuple(
        (names[unit], as_written(row.id), told(days.get((unit, row.id), Counter())))
        for unit, row in product(units, layout.rows)
        if row.id in layout.timed
    )
    return CountedTable("tider", ("enhet", "rad", "dagar"), rows, ("enhet", "rad")) if rows else None


def _background(counts: Counts, layout: RegisterLayout) -> CountedTable | None:
    association, units = layout.settings.association, written_units(layout.settings)
    is_by_unit = any(table.units != (association,) for table in layout.background)
    rows: RowCounts = {
        (as_written(table.table), category, *([units[unit.id]] if is_by_unit else [])): [
            counts[table.table, unit.id, category, sex] for sex in SEXES
        ]
        for table in layout.background
        for unit, category in product(table.units, table.definition.labels)
    }
    columns = ("tabell", "kategori", "enhet") if is_by_unit else ("tabell", "kategori")
    is_one_units = layout.unit is not None and layout.unit != association
    return _table("bakgrund", columns, rows, ("tabell", "enhet") if is_one_units else ("tabell",))


def _table(
    name: str, columns: tuple[str, ...], rows: RowCounts, replaces: tuple[str, ...]
) -> CountedTable | None:
    """With a column for those who do not state sex when there are any; None without rows."""
    if not rows:
        return None
    sexes = SEXES if any(numbers[-1] for numbers in rows.values()) else SEXES[:-1]
    written = tuple((*names, *map(str, numbers[: len(sexes)])) for names, numbers in rows.items())
    return CountedTable(name, (*columns, *sexes), written, replaces)
