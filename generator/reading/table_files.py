"""Where the tables of a report lie, in a file each or together in a workbook, and what columns they have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from generator.model.fields import Unseen
from generator.model.names import KEEP_ONE, is_copy, name_key, remedy_for_unknown
from generator.model.outcomes import SEX_NAMES, Sex
from generator.model.places import Place
from generator.model.settings import ReportSettings
from generator.reading.definitions import SHEETS
from generator.reading.files import Folder
from generator.reading.grids import Grid, as_shown, csv_grid, how_to_count
from generator.reading.sheets import OUTCOMES, WORKBOOKS, Sheets
from generator.reading.tables import Columns
from generator.reading.workbooks import Sheet, read_workbook

SUM_TABLES = "tabeller"
UNIT = "enhet"
PEOPLE = SEX_NAMES[Sex.WOMEN], SEX_NAMES[Sex.MEN]
PEOPLE_OPTIONAL = SEX_NAMES[Sex.UNSTATED], "totalt"
_PERSONS = PEOPLE + PEOPLE_OPTIONAL
_ASKED, _POINTS = ("grupp", "fråga", "kön"), ("uppnått", "maximalt")
_OUTCOMES = {  # the tables of outcomes, by what their sheets are called
    "Deltagare": Columns((UNIT, "rad", *PEOPLE), PEOPLE_OPTIONAL, tells=_PERSONS),
    "Grupper": Columns(("grupp", *PEOPLE), (UNIT, *PEOPLE_OPTIONAL), tells=_PERSONS),
    "Bakgrund": Columns(
        ("tabell", "kategori", *PEOPLE), (UNIT, *PEOPLE_OPTIONAL), tells=_PERSONS, whole=(UNIT, "tabell")
    ),
    "Enkät": Columns((*_ASKED, "svar", "antal"), (UNIT,), tells=("antal",), whole=(UNIT, *_ASKED)),
    "Värden": Columns(
        ("serie", "år", "värde", "måttenhet", "källa"), ("plats", "jämfört med"), tells=("värde",)
    ),
    "Tider": Columns(("rad", "dagar"), (UNIT,), tells=("dagar",)),
    "Jämförelsetal": Columns(
        ("indikator", "jämförelse", "värde", "måttenhet", "källa", "datum"), (UNIT,), tells=("värde",)
    ),
    "Redovisat": Columns((UNIT, "område", *_POINTS, "källa"), tells=_POINTS),
    "Intyg": Columns(("indikator", "uppfyllt", "av", "källa"), (UNIT,), tells=("uppfyllt",)),
    "Bedömningar": Columns(("indikator", "betyg", "av", "motivering"), (UNIT,), tells=("betyg",)),
    "Ej mätt": Columns(("indikator", "orsak"), (UNIT,)),
    "Kommentarer": Columns(("indikator", "bakgrund", "åtgärd")),
    "Kontrollsummor": Columns(("uppgift", "värde", "källa"), ("förklaring",)),
}
TITLES = {name_key(title).replace("-", "_"): title for title in _OUTCOMES}  # by the names of their files
COLUMNS = {name: _OUTCOMES[title] for name, title in TITLES.items()}
CSV = ".csv"
ENDINGS = (CSV, *WORKBOOKS)
_OTHER_KINDS = (".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".xlt", ".ots", ".fods", ".numbers")
_PASS_OVER = "Det som inte ska läsas kan börja med _."


class TableFiles:
    """The tables that are there, each read once. Whatever lies where tables should and is none is told.

    `definitions` are the sheets that say what the report is.
    """

    def __init__(self, folder: Folder, settings: ReportSettings, sheets: Sheets) -> None:
        self._folder = folder
        self._unseen = settings.unseen
        self._settings = PurePosixPath(settings.place().file).name
        self._found: dict[str, list[tuple[str, Grid | None]]] = {}
        sums = {definition.id: definition.title for definition in settings.tables}
        self._read_folder(OUTCOMES, TITLES, "")
        self._read_folder(SUM_TABLES, sums, "Tabellen ska stå under ”tabeller” i bokslut.yaml.")
        self.definitions = [sheet for _, sheet in sheets.definitions]
        if self._unseen is Unseen.LEFT_OUT:  # they were read before it was known
            self._tell_unseen(self.definitions, "Ta fram allt i Excel: det som bladet säger gäller alltid.")
        else:
            self._seen(self.definitions)
        named = sheet_names(sums)
        known = dict.fromkeys((*TITLES.values(), *sums, *(kind.title for kind in SHEETS)))
        for sheet in self._seen(sheets.tables):
            if table := named.get(name_key(sheet.title)):
                self._add(table, sheet.grid.name, sheet.grid)
            else:
                self._refuse_sheet(sheet, remedy_for_unknown(sheet.title, known))
        for table, (first, *others) in self._found.items():
            for other, _ in others:
                found = f"tabellen {PurePosixPath(table).name} finns också i {first[0]}"
                folder.fault(Place(other), found, "Behåll bara den ena.")

    def has(self, table: str) -> bool:
        """Whether a table, such as ”utfall/deltagare”, is there at all."""
        return table in self._found

    def grid(self, table: str) -> Grid | None:
        """The cells of a table; None when it is not there or cannot be read."""
        return self._found[table][0][1] if table in self._found else None

    def _add(self, table: str, name: str, grid: Grid | None) -> None:
        self._found.setdefault(table, []).append((name, grid))

    def _read_folder(self, folder: str, titles: Mapping[str, str], under: str) -> None:
        for name in self._folder.entries(folder):
            path, stem, ending = f"{folder}/{name}", PurePosixPath(name).stem, PurePosixPath(name).suffix
            if stem not in titles or ending not in ENDINGS:
                self._refuse(path, titles, under)
                continue
            is_csv = ending == CSV
            grid = csv_grid(self._folder, path) if is_csv else self._only_sheet(path, stem, titles[stem])
            self._add(f"{folder}/{stem}", self._folder.name_of(path), grid)

    def _refuse(self, path: str, titles: Iterable[str], under: str) -> None:
        """A table with a misspelt name would otherwise be passed over in silence."""
        if fault := other_kind(path):
            self._folder.fault(path, *fault)
            return
        ending = PurePosixPath(path).suffix.casefold()
        known = [f"{title}{ending if ending in ENDINGS else CSV}" for title in titles]
        tell_unknown(self._folder, path, "tabellen", known, under)

    def _only_sheet(self, path: str, name: str, title: str) -> Grid | None:
        """The sheet that is named like the table, or the only sheet of its workbook."""
        sheets = read_workbook(self._folder, path)
        if sheets is None:
            return None
        sheets = self._seen(sheets)
        if not sheets:
            return Grid(self._folder.name_of(path), ())
        named = [sheet for sheet in sheets if name_key(sheet.title) in (name_key(name), name_key(title))]
        if len(sheets) == 1:
            named = sheets
        if len(named) != 1:
            found = f"arbetsboken har {len(sheets)} blad, men inget heter {title}"
            if named:
                found = f"arbetsboken har {len(named)} blad som heter {title}"
            self._folder.fault(path, found, f"Låt ett blad heta {title}. {_PASS_OVER}")
            return None
        for sheet in sheets:
            if sheet is not named[0]:
                self._refuse_sheet(sheet, f"Här läses bara bladet {named[0].title}.")
        return named[0].grid

    def _seen(self, sheets: list[Sheet]) -> list[Sheet]:
        """With what counts only. What is hidden and the author has said nothing of is told."""
        if self._unseen is Unseen.COUNTED:
            return sheets
        if self._unseen is Unseen.LEFT_OUT:
            seen = (sheet for sheet in sheets if not sheet.is_hidden)
            shown = (replace(sheet, grid=as_shown(sheet.grid, sheet.hidden)) for sheet in seen)
            return [sheet for sheet in shown if sheet.grid.rows]
        self._tell_unseen(sheets, how_to_count(self._settings))
        return sheets

    def _tell_unseen(self, sheets: Iterable[Sheet], remedy: str) -> None:
        for sheet in sheets:
            if found := "bladet är dolt" if sheet.is_hidden else sheet.hidden.found():
                self._folder.fault(Place(sheet.grid.name), found, remedy)

    def _refuse_sheet(self, sheet: Sheet, remedy: str) -> None:
        self._folder.fault(Place(sheet.grid.name), "bladet känns inte igen", f"{remedy} {_PASS_OVER}")


def sheet_names(sums: Mapping[str, str]) -> dict[str, str]:
    """The tables by the name keys of the sheets that may hold them; tables of outcomes go first."""
    sheets = {name_key(title): f"{SUM_TABLES}/{id}" for id, title in sums.items()}
    sheets |= {name_key(id): f"{SUM_TABLES}/{id}" for id in sums}
    return sheets | {name_key(title): f"{OUTCOMES}/{name}" for name, title in TITLES.items()}


def tell_unknown(folder: Folder, path: str, what: str, known: Sequence[str], more: str) -> None:
    """That a file or folder is called none of what is known, or as programs call a copy of it."""
    name = PurePosixPath(path)
    stems = (PurePosixPath(other).stem for other in known)  # the original may be a file of another kind
    if original := next((stem for stem in stems if is_copy(name.stem, stem)), ""):
        folder.fault(path, f"namnet ser ut som en kopia av {original}", KEEP_ONE)
    else:
        remedy = f"{remedy_for_unknown(name.name, known)} {more}".strip()
        folder.fault(path, f"{what} känns inte igen", remedy)


def other_kind(path: str) -> tuple[str, str] | None:
    """What is wrong with a workbook of a kind that is not read, and how to mend it."""
    ending = PurePosixPath(path).suffix.casefold()
    if ending not in _OTHER_KINDS:
        return None
    with_macros = ending in (".xlsm", ".xltm")
    found = "arbetsböcker med makron läses inte" if with_macros else f"filer av slaget {ending} läses inte"
    return found, "Spara den som ”Excel-arbetsbok (.xlsx)”, och ta bort den här."
