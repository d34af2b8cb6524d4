"""A row for each participant, counted into the tables of participants and their background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.model.counted import CountedTable, Tally
from generator.model.names import as_written, name_key
from generator.model.places import Problem, has_errors
from generator.model.raw import RawTable
from generator.model.register import RegisterMap
from generator.model.settings import ReportSettings, Unit
from generator.tallying.participations import Participation, Reader
from generator.tallying.plans import SEXES, Plan, make_plan

Counts = Counter[tuple[str, str, str]]  # by unit, row or category, and sex


def tally_register(
    table: RawTable, register: RegisterMap, settings: ReportSettings, problems: list[Problem]
) -> Tally:
    """The counted tables. Whatever is wrong is added to `problems`, by row and column only."""
    plan = make_plan(table, register, settings, problems)
    if plan is None:
        return Tally(0, ())
    reader = Reader(table, plan, register, settings)
    found_before = len(problems)
    participations = reader.read()
    if has_errors(problems[found_before:]):
        return Tally(0, ())  # the file could not be read to its end
    problems.extend(reader.problems(participations))
    counts = _count(participations, plan)
    problems.extend(_negative(counts, plan, settings))
    tables = (_participants_table(counts, plan, settings), _background_table(participations, plan, settings))
    return Tally(len(participations), tuple(filter(None, tables)))


def _count(participations: Iterable[Participation], plan: Plan) -> Counts:
    counts: Counts = Counter()
    for one in participations:
        what = {
            "participants": True,
            "new": one.is_new,
            "exits": one.has_left,
            "remaining": not one.has_left,
        }
        rows = [row for field, row in plan.by_dates.items() if what[field]]
        counts.update((one.unit, row, one.sex) for row in (*rows, *plan.reasons.get(one.reason, ())))
    for row, equals in plan.computed:
        for unit in plan.units:
            for sex in SEXES:
                terms = (term.sign * counts[unit.id, term.name, sex] for term in equals.terms)
                counts[unit.id, row, sex] = sum(terms)
    return counts


def _negative(counts: Counts, plan: Plan, settings: ReportSettings) -> Iterator[Problem]:
    for row in settings.rows:
        lowest = min((counts[unit.id, row.id, sex] for unit in plan.units for sex in SEXES), default=0)
        if lowest < 0:
            found = f"raden ”{as_written(row.id)}” blir {lowest} med ”lika_med”".replace("-", "−")
            yield Problem(row.place("equals"), found, "Rätta ”lika_med”, eller räkna raden i kartan.")


def _participants_table(counts: Counts, plan: Plan, settings: ReportSettings) -> CountedTable | None:
    rows = [
        ((_written(unit, settings), as_written(row.id)), [counts[unit.id, row.id, sex] for sex in SEXES])
        for unit in plan.units
        for row in plan.rows
    ]
    return _table("deltagare", ("enhet", "rad"), rows, ("enhet", "rad"))


def _background_table(
    participations: Iterable[Participation], plan: Plan, settings: ReportSettings
) -> CountedTable | None:
    association = settings.association
    by_table: dict[str, Counts] = {one.table: Counter() for one in plan.background}
    for one in participations:
        for table, categories in one.background.items():
            for unit in {one.unit, association.id}:
                by_table[table].update((unit, category, one.sex) for category in categories)
    rows = [
        (
            (as_written(one.table), category, _written(unit, settings)),
            [by_table[one.table][unit.id, category, sex] for sex in SEXES],
        )
        for one in plan.background
        for unit in one.units
        for category in one.definition.labels
    ]
    is_by_unit = any(one.units != (association,) for one in plan.background)
    is_units = plan.unit is not None and plan.unit != association
    replaces = ("tabell", "enhet") if is_units else ("tabell",)
    columns = ("tabell", "kategori", "enhet") if is_by_unit else ("tabell", "kategori")
    return _table(
        "bakgrund", columns, [(names[: len(columns)], numbers) for names, numbers in rows], replaces
    )


def _written(unit: Unit, settings: ReportSettings) -> str:
    """The association by id, as where a table has no column of units."""
    is_named = unit != settings.association and name_key(unit.name)
    return unit.name if is_named else as_written(unit.id)


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
