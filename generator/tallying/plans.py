"""The map of a register, together with the report that it counts for and the file that it describes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model.fields import Pairs
from generator.model.names import answer_key, as_written, name_key, one_of, remedy_for_unknown
from generator.model.places import Place, Problem, Severity, has_errors
from generator.model.raw import RawTable
from generator.model.register import RegisterBackground, RegisterMap
from generator.model.settings import ReportSettings, RowDefinition, Unit
from generator.model.sums import Sum
from generator.tallying.columns import Wanted, find_columns
from generator.tallying.words import ids_by_name

WOMEN, MEN, UNSTATED = SEXES = ("kvinnor", "män", "ej angivet")
_SEX_NAMES = {"kvinna": WOMEN, "kvinnor": WOMEN, "man": MEN, "ej-angivet": UNSTATED}  # ”män” is ”man” too
_USES = {
    "participant": "deltagarens id",
    "unit": "enheten",
    "sex": "könet",
    "start": "starten",
    "end": "slutet",
    "reason": "avslutsorsaken",
}


@dataclass(frozen=True)
class Values:
    """What may stand in a column: what the map lists, by answer key, and names, by name key."""

    listed: Mapping[str, str]
    names: Mapping[str, str]
    known: tuple[str, ...]  # for suggestions

    def find(self, text: str) -> str | None:
        return self.listed.get(answer_key(text)) or self.names.get(name_key(text))


@dataclass(frozen=True)
class Background:
    """A background table, with its column and the units it is written for."""

    table: str
    title: str
    definition: RegisterBackground
    column: int
    units: tuple[Unit, ...]
    by_value: Mapping[str, str]  # categories by the answer keys of what may stand in the column


@dataclass(frozen=True)
class Plan:
    """How a register is counted.

    `unit` is everyone's when no column tells. `by_dates` are the rows by the fields of CountedRows, `reasons`
    those of each reason for exit, by its answer key. `computed` follow from them, each from those before it.
    """

    columns: Mapping[str, int]
    unit: Unit | None
    units: tuple[Unit, ...]
    unit_values: Values
    sex_values: Values
    by_dates: Mapping[str, str]
    reasons: Mapping[str, tuple[str, ...]]
    known_reasons: tuple[str, ...]
    computed: tuple[tuple[str, Sum], ...]
    rows: tuple[RowDefinition, ...]
    background: tuple[Background, ...]

    @property
    def used_columns(self) -> set[int]:
        return {*self.columns.values(), *(background.column for background in self.background)}


def make_plan(
    table: RawTable, register: RegisterMap, settings: ReportSettings, problems: list[Problem]
) -> Plan | None:
    """None when anything in the map does not fit."""
    planner = _Planner(table, register, settings)
    plan = planner.plan()
    problems.extend(planner.problems)
    return None if has_errors(planner.problems) else plan


class _Planner:
    def __init__(self, table: RawTable, register: RegisterMap, settings: ReportSettings) -> None:
        self.table = table
        self.register = register
        self.settings = settings
        self.problems: list[Problem] = []

    def plan(self) -> Plan:
        columns, background_columns = self._columns()
        units = self._units()
        self._check_values()
        by_dates = self._rows_by_dates()
        by_reasons = self._rows_by_reasons(set(by_dates.values()))
        reasons: dict[str, list[str]] = defaultdict(list)
        for row, values in by_reasons.items():
            for key in dict.fromkeys(map(answer_key, values)):
                reasons[key].append(row)
        counted = {*by_dates.values(), *by_reasons}
        computed = list(_computable(self.settings.rows, counted))
        written = counted | {row for row, _ in computed}
        self._tell_rows_left_out(written)
        return Plan(
            columns,
            None if self.register.columns.unit else units[0],
            units,
            self._values("enhet", "enheten", _named_units(units), tuple(unit.name for unit in units)),
            self._values("kön", "könet", _SEX_NAMES, SEXES),
            by_dates,
            {key: tuple(rows) for key, rows in reasons.items()},
            tuple(value for values in by_reasons.values() for value in values),
            tuple(computed),
            tuple(row for row in self.settings.rows if row.id in written),
            tuple(self._background(units, background_columns)),
        )

    def fault(self, place: Place, found: str, remedy: str) -> None:
        self.problems.append(Problem(place, found, remedy))

    def _columns(self) -> tuple[dict[str, int], dict[str, int]]:
        """The indexes by field, and those of the background tables, which may share one, by heading."""
        columns = self.register.columns
        headings = {field: getattr(columns, field) for field in _USES}
        people = {
            field: Wanted(heading, columns.place(field), _USES[field])
            for field, heading in headings.items()
            if heading is not None
        }
        background: dict[str, Wanted] = {}
        for one in self.register.background:
            background.setdefault(answer_key(one.column), Wanted(one.column, one.place("column"), "bakgrund"))
        at = find_columns(self.table, [*people.values(), *background.values()], self.problems)
        return (
            {field: at[wanted] for field, wanted in people.items() if wanted in at},
            {key: at[wanted] for key, wanted in background.items() if wanted in at},
        )

    # Units and sexes

    def _units(self) -> tuple[Unit, ...]:
        """Those that the register tells of."""
        register, settings = self.register, self.settings
        if register.unit is not None:
            known = (settings.association, *settings.units)
            id = _named_units(known).get(register.unit)
            if id is None:
                self._unknown(register.place("unit"), "enheten", register.unit, (unit.id for unit in known))
            return tuple(unit for unit in known if unit.id == id) or (settings.association,)
        if register.columns.unit is None and settings.units:
            remedy = "Ange kolumnen med ”enhet: …”. Är registret en enhets, skriv ”enhet: …” överst i kartan."
            self.fault(register.columns.place(), "här står inte vilken enhet deltagarna hör till", remedy)
        if register.columns.unit is not None and not settings.units:
            self.fault(register.columns.place("unit"), "rapporten har inga enheter", "Ta bort ”enhet”.")
        return settings.units or (settings.association,)

    def _check_values(self) -> None:
        known = ("enhet", "kön") if self.register.columns.unit else ("kön",)
        for key in self.register.values:
            if name_key(key) not in map(name_key, known):
                self._unknown(self.register.values.origin.of(key), "kolumnen", key, known)

    def _values(self, column: str, what: str, names: Mapping[str, str], choices: tuple[str, ...]) -> Values:
        """What the map lists for a column, beside the names that need not be listed."""
        found = (pairs for key, pairs in self.register.values.items() if name_key(key) == name_key(column))
        pairs: Pairs[str] = next(found, Pairs())
        listed: dict[str, str] = {}
        for value, name in pairs.items():
            place, meant = pairs.origin.of(value), names.get(name_key(name))
            if meant is None:
                self._unknown(place, what, name, choices)
            elif listed.setdefault(answer_key(value), meant) != meant:
                self.fault(place, f"”{value}” betyder två saker", "Behåll bara den ena raden.")
        return Values(listed, names, (*choices, *pairs))

    # Rows

    def _rows_by_dates(self) -> dict[str, str]:
        rows = self.register.rows
        named = {field: getattr(rows, field) for field in type(rows).model_fields if field != "origin"}
        found: dict[str, str] = {}
        for field, name in named.items():
            id = None if name is None else self._row(name, rows.place(field))
            if id is not None and id in found.values():
                self._twice(rows.place(field), "raden", id)
            elif id is not None:
                found[field] = id
        return found

    def _rows_by_reasons(self, taken: set[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, values in self.register.reasons.items():
            place = self.register.reasons.origin.of(name)
            id = self._row(name, place)
            if id is not None and (id in taken or id in found):
                self._twice(place, "raden", id)
            elif id is not None:
                found[id] = values
        return found

    def _row(self, name: str, place: Place) -> str | None:
        id = ids_by_name((row.id, row.name) for row in self.settings.rows).get(name_key(name))
        if id is None:
            self._unknown(place, "raden", name, (row.id for row in self.settings.rows))
        return id

    def _twice(self, place: Place, what: str, name: str) -> None:
        self.fault(place, f"{what} ”{as_written(name)}” räknas redan", "Ange den en gång i kartan.")

    def _unknown(self, place: Place, what: str, name: str, known: Iterable[str]) -> None:
        self.fault(place, f"{what} ”{as_written(name)}” finns inte", remedy_for_unknown(name, known))

    def _tell_rows_left_out(self, written: set[str]) -> None:
        left = [row.id for row in self.settings.rows if row.id not in written]
        if left:
            found = (
                f"det som inte räknas ur registret skrivs inte: {one_of(left).replace(' eller ', ' och ')}"
            )
            self.problems.append(Problem(self.register.rows.place(), found, "", Severity.NOTE))

    # Background

    def _background(self, units: tuple[Unit, ...], columns: Mapping[str, int]) -> Iterator[Background]:
        tables = ids_by_name((one.id, one.title) for one in self.settings.background)
        titles = {one.id: one.title for one in self.settings.background}
        seen: set[str] = set()
        for definition in self.register.background:
            id, place = tables.get(definition.table), definition.place("table")
            written = self._units_of(definition, units)
            column = columns.get(answer_key(definition.column))
            if id is None:
                known = (one.id for one in self.settings.background)
                self._unknown(place, "tabellen", definition.table, known)
            elif id in seen:
                self._twice(place, "tabellen", id)
            elif column is not None:
                yield Background(id, titles[id], definition, column, written, definition.category_by_value)
            seen.add(id or "")

    def _units_of(self, definition: RegisterBackground, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """The association first, unless the register is of one of its units."""
        association = self.settings.association
        if self.register.unit is None or units == (association,):
            return (association, *(units if definition.by_unit and units != (association,) else ()))
        if not definition.by_unit:
            found = "registret är en enhets, så tabellen kan inte räknas för hela organisationen"
            self.fault(definition.place(), found, "Lägg till ”per_enhet: ja”.")
        return units


def _named_units(units: Iterable[Unit]) -> dict[str, str]:
    return ids_by_name((unit.id, unit.name) for unit in units)


def _computable(rows: Iterable[RowDefinition], counted: Iterable[str]) -> Iterator[tuple[str, Sum]]:
    """The rows that are sums of what is counted or computed before them, and of what."""
    known = set(counted)
    left = [(row.id, row.equals) for row in rows if row.equals is not None and row.id not in known]
    while ready := [(row, equals) for row, equals in left if known.issuperset(equals.names)]:
        yield from ready
        known.update(row for row, _ in ready)
        left = [each for each in left if each not in ready]
