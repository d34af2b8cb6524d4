"""What the map of a register says, seen together with the report and the headings of the file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from generator.model.entry import ORIGIN
from generator.model.frozen import Frozen
from generator.model.names import answer_key, as_written, ids_by_name, name_key, one_of, value_key
from generator.model.places import Place, Problem, Severity
from generator.model.raw import RawTable
from generator.model.register import CountedRows, RegisterBackground, RegisterMap, RegisterStatus
from generator.model.settings import ReportSettings, RowDefinition, Unit
from generator.model.sums import Sum
from generator.model.survey import MOVES
from generator.tallying.choices import Choices, pairs_of, sex_choices
from generator.tallying.columns import MapLayout, Wanted, find_columns, wanted_columns

_USES = {
    "participant": "deltagarens id", "sex": "könet", "start": "starten", "end": "slutet",
    "reason": "avslutsorsaken",
}  # fmt: skip
_Valued = dict[str, tuple[str, ...]]  # what stands in a column, by the row that it is counted in


class CountedBackground(Frozen):
    """A background table, with its column, what may stand there, and the units it is written for."""

    table: str
    title: str
    definition: RegisterBackground
    column: int
    units: tuple[Unit, ...]
    categories: Choices[str]


class CountedStatus(Frozen):
    """Rows that are counted in a column, or in how it differs from another, which then stands first."""

    definition: RegisterStatus
    columns: tuple[int, ...]
    rows: Choices[tuple[str, ...]]
    steps: Choices[int]


class RegisterLayout(MapLayout):
    """How a register is counted. Where something in the map does not fit, `problems` have an error."""

    def __init__(self, table: RawTable, register: RegisterMap, settings: ReportSettings) -> None:
        super().__init__(register.values)
        self.register, self.settings, self.association = register, settings, settings.association.id
        self.columns: dict[str, int] = {}  # by field of RegisterColumns
        other_columns = self._find_columns(table)
        self.no_end = frozenset(map(value_key, register.no_end))  # says that there is no end, nor a reason
        self.units = self._units()
        self.unit = None if register.columns.unit else self.units[0]  # everyone's when no column tells
        self.check_values(("enhet", "kön") if register.columns.unit else ("kön",))
        self.by_dates: dict[str, str] = {}  # rows by the keys under ”rader”
        by_reasons, *by_statuses = self._find_rows()
        counted = {*self.by_dates.values(), *by_reasons, *chain(*by_statuses)}
        self.computed = tuple(_computable(settings.rows, counted))
        written = counted | {row for row, _ in self.computed}
        self.rows = tuple(row for row in settings.rows if row.id in written)
        self._tell_rows_left_out(written)
        divisions = [set(ids) for ids in settings.divisions.values()] if self.unit is None else []
        self.unit_choices = [self._units_in(division) for division in divisions]  # by column
        self.sex_choices = sex_choices()
        self.sex_choices.tie(register.values, "kön", "könet", self.problems)
        self.reasons = _by_value(by_reasons, register.other_reasons)
        self.background = tuple(self._background(other_columns))
        self.statuses = tuple(self._statuses(by_statuses, other_columns))
        self.timed = frozenset(self._timed(counted))  # rows of which the median of days is counted

    def _twice(self, place: Place, what: str, name: str) -> None:
        self.fault(place, f"{what} ”{as_written(name)}” räknas redan", "Ange den en gång i kartan.")

    def _find_columns(self, table: RawTable) -> dict[str, int]:
        """Returns the indexes by heading of the columns of tables and rows, which may share one."""
        people = wanted_columns(self.register.columns, _USES)
        headings, place = self.register.columns.unit or (), self.register.columns.place("unit")
        units = [Wanted(heading, place, "enheten") for heading in headings]
        others: dict[str, Wanted] = {}
        for counted in self.register.background:
            is_id = answer_key(counted.column) == answer_key(self.register.columns.participant)
            wanted = Wanted(counted.column, counted.place("column"), "bakgrund", is_besides=is_id)
            others.setdefault(answer_key(counted.column), wanted)
        for status in self.register.statuses:
            for heading, field in ((status.column, "column"), (status.before, "before")):
                if heading is not None:
                    others.setdefault(answer_key(heading), Wanted(heading, status.place(field), "läget"))
        indexes = find_columns(table, [*people.values(), *units, *others.values()], self.problems)
        self.unit_columns = [indexes[wanted] for wanted in units if wanted in indexes]
        self.columns = {field: indexes[wanted] for field, wanted in people.items() if wanted in indexes}
        return {key: indexes[wanted] for key, wanted in others.items() if wanted in indexes}

    # Units and sexes

    def _units(self) -> tuple[Unit, ...]:
        """Those that the register tells of."""
        register, settings = self.register, self.settings
        if register.unit is not None:
            known = settings.every_unit
            id = ids_by_name(known).get(register.unit)
            if id is None:
                self.unknown(register.place("unit"), "enheten", register.unit, (unit.id for unit in known))
            return tuple(unit for unit in known if unit.id == id) or (settings.association,)
        if register.columns.unit is None and settings.units:
            remedy = "Ange kolumnen med ”enhet: …”. Är registret en enhets, skriv ”enhet: …” överst i kartan."
            self.fault(register.columns.place(), "här står inte vilken enhet deltagarna hör till", remedy)
        ways, headings = list(settings.divisions), register.columns.unit or ()
        if settings.units and headings and len(headings) != len(ways):
            found = f"enheterna har {len(ways)} indelningar, men här står {len(headings)} kolumner"
            if len(ways) == 1:
                found = f"här står {len(headings)} kolumner för enheten, men enheterna har en enda indelning"
            remedy = "Skriv en kolumn för varje indelning, i samma ordning, eller ”indelning” på enheterna."
            self.fault(register.columns.place("unit"), found, remedy)
        if register.columns.unit is not None and not settings.units:
            self.fault(register.columns.place("unit"), "rapporten har inga enheter", "Ta bort ”enhet”.")
        return settings.units or (settings.association,)

    def _units_in(self, division: set[str]) -> Choices[str]:
        """What may stand in the column of a division; what the map says of others is none of them."""
        units = [unit for unit in self.units if unit.id in division]
        choices = Choices(ids_by_name(units), (unit.name for unit in units))
        pairs, ids = pairs_of(self.register.values, "enhet"), ids_by_name(self.settings.every_unit)
        for text, name in pairs.items():
            id = ids.get(name_key(name))
            if id is None:
                self.unknown(pairs.origin.of(text), "enheten", name, choices.known)
            elif id in division:
                choices.tied[value_key(text)] = id
        choices.known += tuple(pairs)
        return choices

    # Rows

    def _find_rows(self) -> list[_Valued]:
        """Those that are counted by dates; returns those by reasons for exit, and by each status."""
        rows, seen = self.register.rows, set[str]()
        for field, info in CountedRows.model_fields.items():
            name = getattr(rows, field) if info.alias != ORIGIN else None
            if name and (id := self._row(name, rows.place(field), seen)):
                self.by_dates[info.alias or field] = id
        by_values: list[_Valued] = []
        for named in (self.register.reasons, *(status.rows for status in self.register.statuses)):
            ids = {name: self._row(name, named.origin.of(name), seen) for name in named}
            by_values.append({id: named[name] for name, id in ids.items() if id})
        return by_values

    def _row(self, name: str, place: Place, seen: set[str]) -> str:
        """The id of a row, which may be counted in one way; "" with a problem."""
        id = ids_by_name(self.settings.rows).get(name_key(name), "")
        if not id:
            self.unknown(place, "raden", name, (row.id for row in self.settings.rows))
        elif id in seen:
            self._twice(place, "raden", id)
            return ""
        seen.add(id)
        return id

    def _statuses(self, by_statuses: list[_Valued], columns: Mapping[str, int]) -> Iterator[CountedStatus]:
        for status, rows in zip(self.register.statuses, by_statuses, strict=True):
            headings = [heading for heading in (status.before, status.column) if heading is not None]
            indexes = [columns[key] for key in map(answer_key, headings) if key in columns]
            steps = {
                value_key(value): step
                for step, (name, values) in enumerate(status.steps.items())
                for value in (name, *values)
            }
            moves = {value_key(move) for move in MOVES}
            for name, values in status.rows.items() if status.steps else ():
                for value in values or ("",):
                    if value_key(value) not in moves:
                        found = f"raden ”{as_written(name)}” räknar ”{value}”, men två kolumner jämförs"
                        place = status.rows.origin.of(name)
                        self.fault(place, found, f"Välj bland {one_of(MOVES)}.")
            known = (value for pair in status.steps.items() for value in (pair[0], *pair[1]))
            if len(indexes) == len(headings):
                choices = Choices(steps, known, key=value_key)
                yield CountedStatus(status, tuple(indexes), _by_value(rows), choices)

    def _timed(self, counted: set[str]) -> Iterator[str]:
        ids = ids_by_name(row for row in self.settings.rows if row.id in counted)
        for name in self.register.timed:
            if name in ids:
                yield ids[name]
            else:
                self.unknown(self.register.place("timed"), "raden", name, counted)

    def _tell_rows_left_out(self, written: set[str]) -> None:
        left = [row.id for row in self.settings.rows if row.id not in written]
        if left:
            found = f"det som inte räknas ur registret skrivs inte: {one_of(left, 'och')}"
            self.problems.append(Problem(self.register.rows.place(), found, "", Severity.NOTE))

    # Background

    def _background(self, columns: Mapping[str, int]) -> Iterator[CountedBackground]:
        known = {table.id: table.title for table in self.settings.background}
        ids, seen = ids_by_name(self.settings.background, "title"), set[str]()
        for definition in self.register.background:
            id, place = ids.get(definition.table), definition.place("table")
            written = self._units_of(definition)
            column = columns.get(answer_key(definition.column))
            if id is None:
                self.unknown(place, "tabellen", definition.table, known)
            elif id in seen:
                self._twice(place, "tabellen", id)
            elif column is not None:
                values = (value for value, _ in definition.values)
                categories = Choices(definition.category_by_value, values, key=value_key)
                yield CountedBackground(id, known[id], definition, column, written, categories)
            seen.add(id or "")

    def _units_of(self, definition: RegisterBackground) -> tuple[Unit, ...]:
        """The association first, unless the register is of one of its units."""
        association, units = self.settings.association, self.units
        if self.register.unit is None or units == (association,):
            return (association, *(units if definition.by_unit and units != (association,) else ()))
        if not definition.by_unit:
            found = "registret är en enhets, så tabellen kan inte räknas för hela organisationen"
            self.fault(definition.place(), found, "Lägg till ”per_enhet: ja”.")
        return units


def _by_value(rows: _Valued, others: Sequence[str] = ()) -> Choices[tuple[str, ...]]:
    """The rows that a value is counted in, which may be several, or none for the others."""
    rows_of: dict[str, tuple[str, ...]] = defaultdict(tuple, dict.fromkeys(map(value_key, others), ()))
    for row, values in rows.items():
        for key in dict.fromkeys(map(value_key, values)):
            rows_of[key] += (row,)
    return Choices(rows_of, chain(*rows.values(), others), key=value_key)


def _computable(rows: Iterable[RowDefinition], counted: Iterable[str]) -> Iterator[tuple[str, Sum]]:
    """The rows that are sums of what is counted or computed before them, and of what."""
    known = set(counted)
    left = [(row.id, row.equals) for row in rows if row.equals is not None and row.id not in known]
    while ready := [(row, equals) for row, equals in left if known.issuperset(equals.names)]:
        yield from ready
        known.update(row for row, _ in ready)
        left = [each for each in left if each not in ready]
