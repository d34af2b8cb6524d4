"""A row for each participant, counted into the tables of participants and their background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from generator.model.counted import CountedTable, Tally
from generator.model.names import as_written
from generator.model.places import Problem, has_errors
from generator.model.raw import RawTable
from generator.model.register import RegisterMap
from generator.model.settings import ReportSettings, Unit
from generator.tallying.choices import SEXES, written_units
from generator.tallying.participations import Participation, Reader
from generator.tallying.register_layout import RegisterLayout, register_layout

Counts = Counter[tuple[str, str, str]]  # by unit, row or category, and sex


def tally_register(
    table: RawTable, register: RegisterMap, settings: ReportSettings, problems: list[Problem]
) -> Tally:
    """The counted tables. Whatever is wrong is added to `problems`, by row and column only."""
    layout = register_layout(table, register, settings, problems)
    if layout is None:
        return Tally(0, ())
    reader = Reader(table, layout, settings.year, register.longest)
    found_before = len(problems)
    participations = reader.read()
    if has_errors(problems[found_before:]):
        return Tally(0, ())  # the file could not be read to its end
    problems.extend(reader.problems(participations))
    counts = _count(participations, layout)
    problems.extend(_negative(counts, layout, settings))
    units = written_units(settings)
    tables = (
        _participants_table(counts, layout, units),
        _background_table(participations, layout, settings.association, units),
    )
    return Tally(len(participations), tuple(filter(None, tables)))


def _count(participations: Iterable[Participation], layout: RegisterLayout) -> Counts:
    counts: Counts = Counter()
    for participation in participations:
        counts_in = {
            "participants": True,
            "new": participation.is_new,
            "exits": participation.has_left,
            "remaining": not participation.has_left,
        }
        rows = [row for field, row in layout.by_dates.items() if counts_in[field]]
        for row in (*rows, *participation.leaves):
            counts[participation.unit, row, participation.sex] += 1
    for row, equals in layout.computed:
        for unit, sex in product(layout.units, SEXES):
            terms = (term.sign * counts[unit.id, term.name, sex] for term in equals.terms)
            counts[unit.id, row, sex] = sum(terms)
    return counts


def _negative(counts: Counts, layout: RegisterLayout, settings: ReportSettings) -> Iterator[Problem]:
    for row in settings.rows:
        lowest = min(counts[unit.id, row.id, sex] for unit, sex in product(layout.units, SEXES))
        if lowest < 0:
            found = f"raden ”{as_written(row.id)}” blir {lowest} med ”lika_med”".replace("-", "−")
            yield Problem(row.place("equals"), found, "Rätta ”lika_med”, eller räkna raden i kartan.")


def _participants_table(
    counts: Counts, layout: RegisterLayout, units: Mapping[str, str]
) -> CountedTable | None:
    rows = [
        ((units[unit.id], as_written(row.id)), [counts[unit.id, row.id, sex] for sex in SEXES])
        for unit, row in product(layout.units, layout.rows)
    ]
    return _table("deltagare", ("enhet", "rad"), rows, ("enhet", "rad"))


def _background_table(
    participations: Iterable[Participation],
    layout: RegisterLayout,
    association: Unit,
    units: Mapping[str, str],
) -> CountedTable | None:
    counts: Counter[tuple[str, str, str, str]] = Counter()  # by table, unit, category and sex
    for participation in participations:
        for table, categories in participation.background.items():
            for unit, category in product({participation.unit, association.id}, categories):
                counts[table, unit, category, participation.sex] += 1
    rows = [
        (
            (as_written(background.table), category, units[unit.id]),
            [counts[background.table, unit.id, category, sex] for sex in SEXES],
        )
        for background in layout.background
        for unit, category in product(background.units, background.definition.labels)
    ]
    is_by_unit = any(background.units != (association,) for background in layout.background)
    is_units = layout.unit is not None and layout.unit != association
    columns = ("tabell", "kategori", "enhet") if is_by_unit else ("tabell", "kategori")
    replaces = ("tabell", "enhet") if is_units else ("tabell",)
    return _table("bakgrund", columns, [(names[: len(columns)], each) for names, each in rows], replaces)


def _table(
    name: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[tuple[str, ...], list[int]]],
    replaces: tuple[str, ...],
) -> CountedTable | None:
    """With a column for those who do not state sex when there are any; None without rows."""
    if not rows:
        return None
    sexes = SEXES if any(numbers[-1] for _, numbers in rows) else SEXES[:-1]
    written = tuple((*names, *map(str, numbers[: len(sexes)])) for names, numbers in rows)
    return CountedTable(name, (*columns, *sexes), written, replaces)
