"""Sheets that say what a report is: each holds what a YAML file else has under one of its keys.

A sheet becomes the tree that YAML becomes, with cells for lines, so that what follows is the same for both,
messages too. What a column may hold is the field of the model that its key has.
"""

import csv
import datetime
import types
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import PlainValidator
from pydantic.fields import FieldInfo

from generator.model.budget import Area, Budget, Goal
from generator.model.entry import ORIGIN, Entry
from generator.model.frozen import Frozen
from generator.model.measures import MEASURES
from generator.model.names import name_key
from generator.model.places import Origin, Place, Problem
from generator.model.quantities import Quantity, Target
from generator.model.settings import OwnPart, ReportSettings
from generator.model.survey import Survey
from generator.model.table_settings import ComputedColumn, TableDefinition
from generator.reading.grids import Cell, Grid
from generator.reading.tables import Columns, Row, read_table

Tree = dict[str, Any]  # with its Origin, and those of the mappings within it, under ORIGIN

_BETWEEN = ";"  # the items of a list in a cell; one that has it itself stands within quotation marks
_DATE = "datum"
_TOLD = "?"  # for what cannot be read, so that it is not told as missing too


class Level(Frozen):
    """The columns of entries that stand in a list under a key.

    `shown` are the keys whose columns are always written, in that order; else all are. `headings` are of
    the keys whose columns are called something else.
    """

    key: str
    models: tuple[type[Entry], ...]
    shown: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    within: str = ""  # the key under which the next level stands

    @cached_property
    def fields(self) -> dict[str, FieldInfo]:
        """By key, in the order in which they are written."""
        found = {key: field for model in self.models for key, field in model.keys().items()}
        return {key: found[key] for key in dict.fromkeys((*self.shown, *found)) if key != self.within}

    @cached_property
    def required(self) -> set[str]:
        return set.intersection(*(set(model.required_keys()) for model in self.models)) - {self.within}

    def heading(self, key: str) -> str:
        return self.headings.get(key, key.replace("_", " "))


class DefinitionSheet(Frozen):
    """A sheet, and the file that else has what stands in it.

    Of several levels the first ones are repeated on each row of theirs, or left empty below the first one.
    `is_main` without which the file is needed all the same. A `plain` entry may be nothing but its id.
    """

    title: str
    file: str
    levels: tuple[Level, ...] = ()
    is_main: bool = False
    is_plain: bool = False

    @property
    def columns(self) -> Columns:
        required, optional = [], []
        needed = {self.levels[0].key}.union(*(level.models[0].required_keys() for level in self.levels[:-1]))
        for level in self.levels:
            must = {"id"} if self.is_plain else level.required if level.key in needed else set[str]()
            required += [level.heading(key) for key in level.fields if key in must]
            optional += [level.heading(key) for key in level.fields if key not in must]
        outer = tuple(level.heading(key) for level in self.levels[:-1] for key in level.fields)
        return Columns(tuple(required), tuple(optional), repeated=outer)

    def read(self, grid: Grid, problems: list[Problem]) -> Tree:
        """What the sheet holds by the keys of the file, as YAML would give it."""
        rows = read_table(grid, self.columns, problems)
        entries: list[Any] = []
        for row in rows:
            self._add(row, entries)
        key = self.levels[0].key
        places = tuple(entry[ORIGIN].place for entry in entries)
        if self.is_plain:
            entries = [entry["id"] if {*entry} == {"id", ORIGIN} else entry for entry in entries]
        place = Place(grid.name)
        return {key: entries, ORIGIN: Origin(place, {key: place}, {key: places})}

    def _add(self, row: Row, entries: list[Tree]) -> None:
        for level in self.levels:
            entry = _entry(level, row)
            if level is not self.levels[-1]:
                entry = _joined(level, entry, entries, row)
                entries = entry.setdefault(level.within, [])
            elif {*entry} != {ORIGIN} or len(self.levels) == 1:
                entries.append(entry)

    def rows(self, tree: Tree) -> list[dict[str, str]]:
        """What a tree holds for the sheet, row by row: texts by headings."""
        return [*_rows(self.levels, tree.get(self.levels[0].key, ()))]


class SettingsSheet(DefinitionSheet):
    """Two columns: what is stated, and its value. What stands further in has the keys before it."""

    NAME, VALUE, MEANING = "uppgift", "värde", "förklaring"

    @property
    def columns(self) -> Columns:
        return Columns((self.NAME, self.VALUE), (self.MEANING,))

    @cached_property
    def fields(self) -> dict[str, tuple[tuple[str, ...], FieldInfo]]:
        """What may be stated, and the keys that lead there: all that has no sheet of its own."""
        own = sheet_keys(self.file)
        return {_label(path): (path, field) for path, field in _paths(ReportSettings) if path[0] not in own}

    def read(self, grid: Grid, problems: list[Problem]) -> Tree:
        names, stated = {name_key(name): name for name in self.fields}, dict[str, Row]()
        for row in read_table(_with_dates(grid), self.columns, problems):
            name = row.known(self.NAME, names, "uppgiften")
            if name in stated:
                before = stated[name].place(self.NAME).cell
                found = f"uppgiften står två gånger, först i cell {before}"
                row.fault(self.NAME, found, "Behåll bara den ena.")
            elif name:
                stated[name] = row
        cells = ((row, *self.fields[name]) for name, row in stated.items())
        told = {path: (row.place(self.VALUE), _value(info, row, self.VALUE)) for row, path, info in cells}
        return _nested(Place(grid.name), told)

    def rows(self, tree: Tree) -> list[dict[str, str]]:
        """All that can be stated, also what is not."""
        found = []
        for name, (path, info) in self.fields.items():
            value: Any = tree
            for key in path:
                value = value.get(key) if value else None
            told = {self.NAME: name, self.VALUE: _written(value, info), self.MEANING: meaning(info)}
            found.append(told)
        return found


def sheet_keys(file: str) -> list[str]:
    """The keys of a file that have sheets of their own."""
    return [sheet.levels[0].key for sheet in SHEETS if sheet.file == file and sheet.levels]


def types_of(info: FieldInfo) -> tuple[Any, ...]:
    """What the value of a field may be."""
    written = info.annotation
    kinds = get_args(written) if get_origin(written) in (Union, types.UnionType) else (written,)
    return tuple(get_args(kind)[0] if get_origin(kind) is Annotated else kind for kind in kinds)


def _is(info: FieldInfo, *kinds: type) -> bool:
    return any(isinstance(kind, type) and issubclass(kind, kinds) for kind in types_of(info))


def _paths(model: type[Entry], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    for key, info in model.keys().items():
        if _is(info, Entry):
            (entry,) = (kind for kind in types_of(info) if kind is not type(None))
            yield from _paths(entry, (*before, key))
        else:
            yield (*before, key), info


def _label(path: Sequence[str]) -> str:
    return ": ".join(path).replace("_", " ")


def meaning(info: FieldInfo) -> str:
    """What a field is for, and how several values are written."""
    several = "Flera skiljs åt med semikolon." if _is_list(info) else ""
    return " ".join(filter(None, (info.description, several)))


def _is_list(info: FieldInfo) -> bool:
    """Whether a field holds a list; ”arbete + studier” is written as a text."""
    read_as_text = any(isinstance(rule, PlainValidator) for rule in info.metadata)
    return get_origin(info.annotation) is tuple and not read_as_text


def _entry(level: Level, row: Row) -> Tree:
    cells = {key: row.place(level.heading(key)) for key in level.fields if row.has(level.heading(key))}
    values = {key: _value(level.fields[key], row, level.heading(key)) for key in cells}
    filled = {key: value for key, value in values.items() if value}
    below = {level.within: row.place()} if level.within else {}
    return filled | {ORIGIN: Origin(row.place(), cells | below)}


def _value(info: FieldInfo, row: Row, heading: str) -> Any:
    """What stands in a cell as YAML would give it: a text, a list, or a mapping."""
    is_number = _is_list(info) or _is(info, int, Fraction, Quantity, Target)
    text = row.optional(heading) if is_number else row.name(heading, f"”{heading}”")
    if not row.is_sound(heading):
        return _TOLD
    if keys := keys_of_items(info):
        place = row.place(heading)
        origin = Origin(place, dict.fromkeys(keys, place))
        found = (map(str.strip, item.rpartition(":")[::2]) for item in _items(text))
        return [dict(zip(keys, pair, strict=True)) | {ORIGIN: origin} for pair in found]
    if _is_list(info):
        return _items(text)
    if not _is(info, Entry, Target) or ":" not in text:
        return text
    pairs = {key.strip(): value.strip() for key, _, value in (item.partition(":") for item in _items(text))}
    return pairs | {ORIGIN: Origin(row.place(heading), dict.fromkeys(pairs, row.place(heading)))}


def _items(text: str) -> list[str]:
    items = next(csv.reader([text], delimiter=_BETWEEN, skipinitialspace=True), [])
    return [item.strip() for item in items if item.strip()]


def keys_of_items(info: FieldInfo) -> list[str]:
    """The keys of a list of small entries, a name and what is said of it: ”När: text; Andel: %”."""
    entry = get_args(info.annotation)[0] if _is_list(info) else None
    if not isinstance(entry, type) or not issubclass(entry, Entry):
        return []
    return [*entry.keys()]


def _written(value: Any, info: FieldInfo) -> str:
    """A value of a tree as it stands in a cell, so that `_value` gives it back."""
    if isinstance(value, dict):
        value = [f"{key}: {item}" for key, item in value.items() if key != ORIGIN]
    elif value and (keys := keys_of_items(info)):
        value = [": ".join(item.get(key, "") for key in keys) for item in value]
    return f"{_BETWEEN} ".join(map(_quoted, value)) if isinstance(value, list) else value or ""


def _quoted(item: str) -> str:
    is_plain = _BETWEEN not in item and '"' not in item
    return item if is_plain else '"{}"'.format(item.replace('"', '""'))


def _nested(place: Place, told: Mapping[tuple[str, ...], tuple[Place, Any]]) -> Tree:
    """Cells and values by the keys that lead to them, as mappings within each other."""
    groups: dict[str, dict[tuple[str, ...], tuple[Place, Any]]] = defaultdict(dict)
    for (key, *inner), cell in told.items():
        groups[key][tuple(inner)] = cell
    places = {key: next(iter(group.values()))[0] for key, group in groups.items()}
    filled = {key: group for key, group in groups.items() if any(value for _, value in group.values())}
    tree = {key: own[()][1] if () in own else _nested(places[key], own) for key, own in filled.items()}
    return tree | {ORIGIN: Origin(place, places)}


def _joined(level: Level, entry: Tree, entries: list[Tree], row: Row) -> Tree:
    """The entry of earlier rows that a row belongs to, or a new one."""

    def written(other: Tree, key: str) -> str:
        return _written(other.get(key), level.fields[key])

    keys = [key for key in entry if key != ORIGIN]
    last = entries[-1] if entries else None
    if last and all(written(last, key) == written(entry, key) for key in keys):
        return last
    id = name_key(entry.get("id", ""))
    same = next((other for other in entries if id and name_key(other.get("id", "")) == id), None)
    if same is None:
        entries.append(entry)
        return entry
    for key in keys:
        same.setdefault(key, entry[key])
        value, before = written(entry, key), written(same, key)
        if key != "id" and value != before:
            found = f"”{value}” stämmer inte med cell {same[ORIGIN].of(key).cell}: ”{before}”"
            remedy = f"Skriv samma sak, eller ge raden ett annat värde i kolumnen ”{level.heading('id')}”."
            row.fault(level.heading(key), found, remedy)
    return same


def _rows(levels: Sequence[Level], entries: Iterable[Any]) -> Iterator[dict[str, str]]:
    level, *inner = levels
    for listed in entries:
        entry = listed if isinstance(listed, dict) else {"id": listed}
        own = {level.heading(key): _written(entry.get(key), info) for key, info in level.fields.items()}
        below = _rows(inner, entry.get(level.within, ())) if inner else iter(())
        first = next(below, {})
        yield own | first
        yield from (own | other for other in below)


def _with_dates(grid: Grid) -> Grid:
    """A date is what a spreadsheet makes of it, where a date is to stand."""

    def taken(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        is_date = bool(cells) and name_key(cells[0].text) in _DATES
        return tuple(Cell(cell.raw) if is_date and cell.text == _DATE else cell for cell in cells)

    return replace(grid, rows=tuple((line, taken(cells)) for line, cells in grid.rows))


_BUDGET = (
    Level(
        "områden",
        (Area,),
        headings={"id": "område", "namn": "områdets namn", "motsvarar": "området motsvarar"},
        shown=("id", "namn", "idealvikt"),
        within="mål",
    ),
    Level("mål", (Goal,), headings={"id": "mål", "text": "målets text"}, within="indikatorer"),
    Level(
        "indikatorer",
        MEASURES,
        shown=(
            "id", "text", "mått", "täljare", "nämnare", "rad", "grupp", "fråga", "svar", "krav", "vikt",
        ),
    ),
)  # fmt: skip
_TABLES = (
    Level("tabeller", (TableDefinition,), within="beräknade_kolumner"),
    Level(
        "beräknade_kolumner",
        (ComputedColumn,),
        headings={
            "namn": "beräknad kolumn",
            "lika_med": "kolumnen är lika med",
            "andel_av": "kolumnen är andel av",
            "kolumn": "andel i kolumn",
        },
    ),
)
SETTINGS_FILE, BUDGET_FILE, SURVEY_FILE = "bokslut.yaml", "budget.yaml", "enkat.yaml"
_MODELS: dict[str, type[Entry]] = {SETTINGS_FILE: ReportSettings, BUDGET_FILE: Budget, SURVEY_FILE: Survey}


def _of(file: str, key: str, *, is_main: bool = False) -> DefinitionSheet:
    """A sheet that is named as the key whose entries it lists."""
    entry, _ = get_args(_MODELS[file].keys()[key].annotation)
    return DefinitionSheet(key.capitalize(), file, (Level(key, (entry,)),), is_main=is_main)


SETTINGS_SHEET = SettingsSheet("Om bokslutet", SETTINGS_FILE, is_main=True)
_CONTENTS = Level("innehåll", (OwnPart,), headings={"id": "del"})
SHEETS: tuple[DefinitionSheet, ...] = (
    SETTINGS_SHEET,
    _of(SETTINGS_FILE, "enheter"),
    DefinitionSheet("Social budget", BUDGET_FILE, _BUDGET, is_main=True),
    _of(BUDGET_FILE, "betygsskalor"),
    _of(SURVEY_FILE, "svarsgrupper", is_main=True),
    _of(SURVEY_FILE, "skalor", is_main=True),
    _of(SURVEY_FILE, "frågor", is_main=True),
    _of(SETTINGS_FILE, "deltagarrader"),
    _of(SETTINGS_FILE, "bakgrundstabeller"),
    _of(SETTINGS_FILE, "serier"),
    DefinitionSheet("Tabeller", SETTINGS_FILE, _TABLES),
    DefinitionSheet("Innehåll", SETTINGS_FILE, (_CONTENTS,), is_plain=True),
)
_DATES = {name_key(_label(path)) for path, info in _paths(ReportSettings) if _is(info, datetime.date)}
