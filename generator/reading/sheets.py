"""The workbooks in a report's folder: each is read once, whatever its sheets hold."""

from generator.model.entry import ORIGIN
from generator.model.names import name_key
from generator.model.places import Origin, Place, Problem
from generator.reading.definitions import SHEETS, DefinitionSheet, Tree
from generator.reading.files import Folder
from generator.reading.workbooks import Sheet, read_workbook
from generator.reading.yaml_files import read_yaml

WORKBOOKS = (".xlsx", ".ods")
REPORT, OUTCOMES = "bokslut", "utfall"
WORKBOOK_FILES = tuple(f"{name}{ending}" for name in (REPORT, OUTCOMES) for ending in WORKBOOKS)
_COPY = "Lägg till filen; kopiera den gärna från ett tidigare år."
_OF_TITLES = {name_key(sheet.title): sheet for sheet in SHEETS}


class Sheets:
    """The sheets of the workbooks. `definitions` are those that say what the report is."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.tables: list[Sheet] = []
        self.definitions: list[tuple[DefinitionSheet, Sheet]] = []
        files = [name for name in WORKBOOK_FILES if folder.exists(name)]
        read = [read_workbook(folder, name) for name in files]
        self.is_whole = None not in read
        for sheet in (sheet for sheets in read for sheet in sheets or ()):
            kind = _OF_TITLES.get(name_key(sheet.title))
            if kind is None:
                self.tables.append(sheet)
            else:
                self.definitions.append((kind, sheet))

    def has(self, file: str) -> bool:
        """Whether something says what the file is to say: the file, or sheets in its place."""
        is_main = any(kind.file == file and kind.is_main for kind, _ in self.definitions)
        return is_main or self._folder.exists(file)

    def tree(self, file: str) -> Tree | None:
        """What the file and the sheets that hold some of it say together; None when one cannot be used."""
        own = [(kind, sheet) for kind, sheet in self.definitions if kind.file == file]
        titles = [kind.title for kind in SHEETS if kind.file == file and kind.is_main]
        if self._folder.exists(file) or not self.has(file):
            remedy = f"{_COPY} Den kan också vara bladet {titles[0]} i {WORKBOOK_FILES[0]}."
            for sheet in self.tables:
                if name_key(titles[0]) in name_key(sheet.title):
                    remedy = f"Är det bladet ”{sheet.title}”? Låt det heta {titles[0]}."
            if not self.is_whole:
                return None  # it may be in the workbook that cannot be read
            tree = read_yaml(self._folder, file, remedy_if_missing=remedy)
        else:
            tree = {ORIGIN: Origin(Place(own[0][1].grid.name))}
        if tree is None:
            return None
        tree = {**tree}
        for kind, sheet in own:
            self._add(tree, kind.read(sheet.grid, self._folder.problems), sheet)
        return tree

    def _add(self, tree: Tree, found: Tree, sheet: Sheet) -> None:
        """Adds what a sheet holds; what stands in two places is told by both."""
        before, new = tree[ORIGIN], found[ORIGIN]
        twice = [key for key in found if key in tree and key != ORIGIN]
        for key in twice[:1]:
            more = f" (och {len(twice) - 1} uppgifter till)" if len(twice) > 1 else ""
            place = Place(sheet.grid.name)
            told = f"”{key}”{more} står både här och i {before.of(key)}"
            remedy = "Ha det på ett ställe: ta bort bladet, eller raderna i filen."
            self._folder.problems.append(Problem(place, told, remedy))
        tree |= {key: value for key, value in found.items() if key not in tree}
        tree[ORIGIN] = Origin(before.place, {**new.keys, **before.keys}, {**new.items, **before.items})
