"""What the map of a register says, seen together with the report and the headings of the file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from generator.model.frozen import Frozen
from generator.model.names import answer_key, as_written, ids_by_name, name_key, one_of, value_key
from generator.model.places import Place, Problem, Severity, has_errors, unknown_name
from generator.model.raw import RawTable
from generator.model.register import RegisterBackground, RegisterMap
from generator.model.settings import ReportSettings, RowDefinition, Unit
from generator.model.sums import Sum
from generator.tallying.choices import SEX_NAMES, SEXES, UNSTATED, Choices, pairs_of, unit_ids
from generator.tallying.columns import Wanted, find_columns, wanted_columns

_USES = {
    "participant": "deltagarens id",
    "unit": "enheten",
    "sex": "könet",
    "start": "starten",
    "end": "slutet",
    "reason": "avslutsorsaken",
}
_TWICE = "”{}” betyder två saker"


class CountedBackground(Frozen):
    """A background table, with its column, what may stand there, and the units it is written for."""

    table: str
    title: str
    definition: RegisterBackground
    column: int
    units: tuple[Unit, ...]
    categories: Choices[str]


class RegisterLayout:
    """How a register is counted. Where something in the map does not fit, `problems` have an error."""

    def __init__(self, table: RawTable, register: RegisterMap, settings: ReportSettings) -> None:
        self.register, self.settings, self.association = register, settings, settings.association.id
        self.problems: list[Problem] = []
        self.columns: dict[str, int] = {}  # by field of RegisterColumns
        background_columns = self._find_columns(table)
        self.no_end = frozenset(map(value_key, register.no_end))  # says that there is no end, nor a reason
        self.units = self._units()
        self.unit = None if register.columns.unit else self.units[0]  # everyone's when no column tells
        self._check_values()
        self.by_dates: dict[str, str] = {}  # rows by the fields of CountedRows
        by_reasons = self._find_rows()
        rows_of: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for row, reasons in by_reasons.items():
            for key in dict.fromkeys(map(value_key, reasons)):
                rows_of[key] += (row,)
        counted = {*self.by_dates.values(), *by_reasons}
        self.computed = tuple(_computable(settings.rows, counted))
        written = counted | {row for row, _ in self.computed}
        self.rows = tuple(row for row in settings.rows if row.id in written)
        self._tell_rows_left_out(written)
        unit_choices = Choices(unit_ids(self.units), (unit.name for unit in self.units))
        self.unit_choices = self._tied(unit_choices, "enhet", "enheten")
        self.sex_choices = self._tied(Choices(SEX_NAMES, SEXES, empty=UNSTATED), "kön", "könet")
        self.reasons = Choices(rows_of, chain(*by_reasons.values()), key=value_key)
        self.background = tuple(self._background(background_columns))
        self.timed = frozenset(self._timed(counted))  # rows of which the median of days is counted

    @property
    def fits(self) -> bool:
        return not has_errors(self.problems)

    def fault(self, place: Place, found: str, remedy: str) -> None:
        self.problems.append(Problem(place, found, remedy))

    def _unknown(self, place: Place, what: str, name: str, known: Iterable[str]) -> None:
        self.problems.append(unknown_name(place, what, name, known))

    def _twice(self, place: Place, what: str, name: str) -> None:
        self.fault(place, f"{what} ”{as_written(name)}” räknas redan", "Ange den en gång i kartan.")

    def _find_columns(self, table: RawTable) -> dict[str, int]:
        """Returns the indexes of the background tables' columns, which may share one, by heading."""
        people = wanted_columns(self.register.columns, _USES)
        background: dict[str, Wanted] = {}
        for counted in self.register.background:
            wanted = Wanted(counted.column, counted.place("column"), "bakgrund")
            background.setdefault(answer_key(counted.column), wanted)
        indexes = find_columns(table, [*people.values(), *background.values()], self.problems)
        self.columns = {field: indexes[wanted] for field, wanted in people.items() if wanted in indexes}
        return {key: indexes[wanted] for key, wanted in background.items() if wanted in indexes}

    # Units and sexes

    def _units(self) -> tuple[Unit, ...]:
        """Those that the register tells of."""
        register, settings = self.register, self.settings
        if register.unit is not None:
            known = settings.every_unit
            id = unit_ids(known).get(register.unit)
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

    def _tied(self, choices: Choices[str], column: str, what: str) -> Choices[str]:
        """With what the map lists, which may be what was meant too."""
        pairs = pairs_of(self.register.values, column)
        choices.tie(pairs, what, _TWICE, self.problems)
        choices.known += tuple(pairs)
        return choices

    # Rows

    def _find_rows(self) -> dict[str, tuple[str, ...]]:
        """Those that are counted by dates; returns the reasons for exit by row."""
        by_reasons: dict[str, tuple[str, ...]] = {}
        rows, reasons = self.register.rows, self.register.reasons
        ids = ids_by_name((row.id, row.name) for row in self.settings.rows)
        fields = [field for field in type(rows).model_fields if field != "origin" and getattr(rows, field)]
        named = [(field, getattr(rows, field), rows.place(field)) for field in fields]
        for field, name, place in (*named, *(("", name, reasons.origin.of(name)) for name in reasons)):
            id = ids.get(name_key(name))
            if id is None:
                self._unknown(place, "raden", name, (row.id for row in self.settings.rows))
            elif id in by_reasons or id in self.by_dates.values():
                self._twice(place, "raden", id)
            elif field:
                self.by_dates[field] = id
            else:
                by_reasons[id] = reasons[name]
        return by_reasons

    def _timed(self, counted: set[str]) -> Iterator[str]:
        ids = ids_by_name((row.id, row.name) for row in self.settings.rows if row.id in counted)
        for name in self.register.timed:
            if name in ids:
                yield ids[name]
            else:
                self._unknown(self.register.place("timed"), "raden", name, counted)

    def _tell_rows_left_out(self, written: set[str]) -> None:
        left = [row.id for row in self.settings.rows if row.id not in written]
        if left:
            names = one_of(left).replace(" eller ", " och ")
            found = f"det som inte räknas ur registret skrivs inte: {names}"
            self.problems.append(Problem(self.register.rows.place(), found, "", Severity.NOTE))

    # Background

    def _background(self, columns: Mapping[str, int]) -> Iterator[CountedBackground]:
        known = {table.id: table.title for table in self.settings.background}
        ids, seen = ids_by_name(known.items()), set[str]()
        for definition in self.register.background:
            id, place = ids.get(definition.table), definition.place("table")
            written = self._units_of(definition)
            column = columns.get(answer_key(definition.column))
            if id is None:
                self._unknown(place, "tabellen", definition.table, known)
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


def _computable(rows: Iterable[RowDefinition], counted: Iterable[str]) -> Iterator[tuple[str, Sum]]:
    """The rows that are sums of what is counted or computed before them, and of what."""
    known = set(counted)
    left = [(row.id, row.equals) for row in rows if row.equals is not None and row.id not in known]
    while ready := [(row, equals) for row, equals in left if known.issuperset(equals.names)]:
        yield from ready
        known.update(row for row, _ in ready)
        left = [each for each in left if each not in ready]
