"""Raw answers and the register of participants: read where they lie, counted, and nothing but counts kept."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from generator.fingerprints import is_report
from generator.model.fields import Unseen
from generator.model.frozen import Frozen
from generator.model.names import as_written, ids_by_name, name_key, one_of
from generator.model.places import ContentError, Place, Problem, has_errors, sort_problems, unknown_name
from generator.model.raw import CountedTable, FileMap, RawTable, Tally
from generator.model.settings import ReportSettings
from generator.model.survey import Export, Survey
from generator.publishing.counted_tables import Merged, merge, write_tables
from generator.publishing.folder import OutputError, write_beside
from generator.reading.definitions import SURVEY_FILE
from generator.reading.files import Folder
from generator.reading.raw_files import open_raw
from generator.reading.report import read_defined, read_register_map, read_settings, read_survey
from generator.reading.sheets import OUTCOMES, Sheets
from generator.reading.table_files import COLUMNS, UNIT, TableFiles
from generator.reading.yaml_edits import with_entries
from generator.tallying.answers import tally_answers
from generator.tallying.participants import tally_register

T = TypeVar("T")
_TITLE_ROWS = 10  # above the headings, at most
_DELIMITED = re.compile(r'[;|]|","')


class TakenIn(Frozen):
    """The tables that were written, with what the author should look at in the file."""

    persons: int
    tables: tuple[Merged, ...]
    paths: tuple[Path, ...]
    warnings: tuple[Problem, ...]


def take_answers(raw: Path, map_file: Path, export_id: str = "", *, overwrite: bool = False) -> TakenIn:
    """Counts a file of raw answers, as the report's enkat.yaml says, into the report's table of answers.

    Raises ContentError for what is wrong in the map or the file, and OutputError; then nothing is written.
    """
    problems: list[Problem] = []
    folder = _report_of(map_file, problems, SURVEY_FILE)
    defined = _sound(read_defined(folder, Sheets(folder)), problems)
    export = _export(defined.survey, export_id, Place(folder.name_of(map_file.name)), problems)
    table = _sound(open_raw(raw, problems, export), problems)
    tally = tally_answers(table, export, defined, problems)
    return _written(tally, folder, defined.settings, problems, overwrite=overwrite)


def draft_export(raw: Path, map_file: Path | None = None) -> str:
    """The text of an enkat.yaml that reads a file of raw answers, for the author to look through.

    With a report it is its enkat.yaml with what that lacks: its units are looked for, and its scales,
    questions and groups. Nothing that stands in the file is added but headings and answers of common words.
    Raises ContentError.
    """
    from generator.tallying.drafting import draft

    problems: list[Problem] = []
    settings, survey, text = None, Survey(), ""
    in_sheets: dict[str, str] = {}  # the sheets by the keys of lists that stand there
    if map_file is not None:
        folder = _report_of(map_file, problems, SURVEY_FILE)
        sheets, is_begun = Sheets(folder), _is_begun(map_file)
        settings = read_settings(folder, sheets)
        kinds = [kind for kind, _ in sheets.definitions if kind.file == SURVEY_FILE]
        in_sheets = {kind.levels[0].key: kind.title for kind in kinds}
        if is_begun or in_sheets:
            survey = read_survey(folder, sheets) or survey
        text = (folder.read_text(SURVEY_FILE) or "") if is_begun else ""
    table = _to_draft(raw, problems)
    problems.extend(_read_already(survey, table, map_file))
    drafted, note = draft(table, survey, settings, problems)
    if problems:
        raise ContentError(problems)
    for key, entries in drafted.items():
        if key not in in_sheets:
            text = _with_entries(text, key, entries, map_file)
        elif entries:
            lines = (f"Skriv på bladet {in_sheets[key]}:", *entries)
            note += "\n" + "".join(f"# {line}\n" for line in lines)
    return text + note


def _with_entries(text: str, key: str, entries: Sequence[str], map_file: Path | None) -> str:
    try:
        return with_entries(text, key, entries)
    except ValueError as error:
        remedy = "Skriv listan med varje post på egna rader, och kör kommandot igen."
        found = f"listan ”{key}” står på en enda rad, och kan inte fyllas på"
        raise ContentError([Problem(Place(str(map_file)), found, remedy)]) from error


def _read_already(survey: Survey, table: RawTable, map_file: Path | None) -> Iterator[Problem]:
    for export in survey.exports:
        headings = [heading for heading in export.questions.values() if isinstance(heading, str)]
        if headings and all(map(table.indexes, headings)):
            found = f"inläsningen ”{as_written(export.id)}” läser redan filens frågor"
            remedy = "Kör utan --föreslå. Vill du ha ett nytt utkast, ta bort inläsningen ur kartan."
            yield Problem(Place(str(map_file)), found, remedy)


def draft_register(raw: Path, map_file: Path) -> str:
    """The text of a new map of a register, for the author to look through. Raises ContentError.

    Of what stands in the register only what `tallying.register_drafting` says is safe is in it.
    """
    from generator.tallying.register_drafting import draft

    problems: list[Problem] = []
    folder = _report_of(map_file, problems)
    settings = read_settings(folder, Sheets(folder))
    if _is_begun(map_file):
        remedy = "Ta bort den, eller ge utkastet ett namn som börjar med _, till exempel _register.yaml."
        problems.append(Problem(Place(folder.name_of(map_file.name)), "kartan finns redan", remedy))
    table = _to_draft(raw, problems)
    drafted = draft(table, settings, problems) if settings else ""
    if problems:
        raise ContentError(problems)
    return drafted


def _to_draft(raw: Path, problems: list[Problem]) -> RawTable:
    """The table, whose headings will be told. Raises ContentError, also when they may be a person's."""
    from generator.tallying.drafting import looks_like_a_person

    table, found, remedy = _sound(_headed(raw, problems), problems), "", ""
    if looks_like_a_person(table.headings):
        found = "raden är en persons, inte rubriker"
        remedy = "Ha en rad med rubriker överst i filen, ingen titel eller sammanställning."
    elif len(table.headings) == 1 and _DELIMITED.search(table.headings[0]):
        found, remedy = (
            "raden är en enda cell",
            "Spara filen som .xlsx, eller med semikolon mellan kolumnerna.",
        )
    if found:
        problems[:] = [Problem(table.place(table.heading_row), found, remedy)]
    if problems:
        raise ContentError(problems)
    return table


def _is_begun(map_file: Path) -> bool:
    """Whether a map says anything: a shell that sends a draft to a file makes an empty one first."""
    return map_file.exists() and bool(map_file.read_bytes().strip())


def write_draft(text: str, map_file: Path) -> None:
    """Raises OSError; then the map is as it was."""
    write_beside(map_file.with_name(f".{map_file.name}.ny"), text.encode()).replace(map_file)


def _headed(raw: Path, problems: list[Problem]) -> RawTable | None:
    """The table with its headings where they seem to be: below a title, which stands alone on its row."""
    table = open_raw(raw, problems, FileMap(unseen=Unseen.COUNTED))
    if table is None or sum(map(bool, table.headings)) > 1:
        return table
    for row in range(table.heading_row + 1, table.heading_row + _TITLE_ROWS):
        below = FileMap(heading_row=row, unseen=Unseen.COUNTED)
        lower = open_raw(raw, [], below)
        if lower and sum(map(bool, lower.headings)) > 1:
            return open_raw(raw, problems, below) if _is_above_persons(lower) else table
    return table


def _is_above_persons(table: RawTable) -> bool:
    """Whether the rows below have several cells too; one that stands out may be a person's, with a comma."""
    first = islice(table.read(range(table.width)), _TITLE_ROWS)
    numbers = [len(list(filter(None, texts))) for _, texts in first]
    return min(filter(None, numbers), default=0) > 1


def take_register(raw: Path, map_file: Path, *, overwrite: bool = False) -> TakenIn:
    """Counts a register of participants, as a report's register.yaml says, into its tables of people.

    Raises ContentError for what is wrong in the map or the file, and OutputError; then nothing is written.
    """
    problems: list[Problem] = []
    folder = _report_of(map_file, problems)
    settings, register = read_settings(folder, Sheets(folder)), read_register_map(folder, map_file.name)
    if settings is None or register is None:
        raise ContentError(problems)
    table = _sound(open_raw(raw, problems, register), problems)
    tally = tally_register(table, register, settings, problems)
    return _written(tally, folder, settings, problems, overwrite=overwrite)


def _report_of(map_file: Path, problems: list[Problem], name: str = "") -> Folder:
    """The report that a map belongs to: it lies in the report's folder, and has the name if only one will do.

    A file that is no map may be the persons': what stands in it is not to be told.
    """
    root = map_file.resolve().parent
    if not is_report(root):
        found = "kartan ligger inte i en rapports mapp"
        remedy = "Lägg den bredvid rapportens bokslut.yaml eller bokslut.xlsx, och ange den där."
        raise ContentError([Problem(Place(str(map_file)), found, remedy)])
    is_map = map_file.name.casefold() == name if name else map_file.suffix.casefold() == ".yaml"
    if not is_map:
        remedy = "Kontrollera vilken fil som är vilken: kartan står efter --karta."
        found = f"kartan är {name or 'en fil som slutar på .yaml'}, inte den här filen"
        raise ContentError([Problem(Place(str(map_file)), found, remedy)])
    return Folder(root, f"{root.parent.name}/{root.name}", problems)


def _sound(read: T | None, problems: list[Problem]) -> T:
    """What could be read. Raises ContentError for what could not."""
    if read is None:
        raise ContentError(problems)
    return read


def _export(survey: Survey, id: str, place: Place, problems: list[Problem]) -> Export:
    """The only export in the map, or the one that is named. Raises ContentError when there is none."""
    named = [export for export in survey.exports if export.id == name_key(id)] if id else survey.exports
    if len(named) == 1:
        return named[0]
    known = [export.id for export in survey.exports]
    if not known:
        remedy = "Gör ett utkast: lägg till --föreslå till kommandot."
        problems.append(Problem(place, "”inläsning” saknas: här står inte hur svaren läses", remedy))
    elif id:
        problems.append(unknown_name(place, "inläsningen", id, known))
    else:
        remedy = f"Ange vilken med --inläsning: {one_of(known)}."
        problems.append(Problem(place, f"här står {len(known)} inläsningar", remedy))
    raise ContentError(problems)


def _written(
    tally: Tally, folder: Folder, settings: ReportSettings, problems: list[Problem], *, overwrite: bool
) -> TakenIn:
    """Writes the tables beside what the report has already. Raises ContentError or OutputError."""
    if has_errors(problems):
        raise ContentError(problems)
    missing = {UNIT: settings.association.id}
    ids = {
        UNIT: ids_by_name(settings.every_unit),
        "tabell": ids_by_name(settings.background, "title"),
        "rad": ids_by_name(settings.rows),
    }
    merged = [
        merge(table, _older(table, folder, settings), missing, ids, COLUMNS[table.name].tells)
        for table in tally.tables
    ]
    replaced = [table.table.name for table in merged if table.replaced]
    if replaced and not overwrite:
        names = " och ".join(f"{name}.csv" for name in replaced)
        raise OutputError(
            f"{names} har redan rader av samma slag. Lägg till --skriv-över om de ska ersättas."
        )
    paths = write_tables([table.table for table in merged], folder.root / OUTCOMES)
    return TakenIn(tally.persons, tuple(merged), tuple(paths), tuple(sort_problems(problems)))


def _older(table: CountedTable, folder: Folder, settings: ReportSettings) -> Sequence[Sequence[str]]:
    """The rows of the table as it is, its headings first. Raises OutputError if it cannot be replaced."""
    found: list[Problem] = []
    again = Folder(folder.root, folder.label, found)
    files = TableFiles(again, settings, Sheets(again))
    name = f"{OUTCOMES}/{table.name}"
    if not files.has(name):
        return []
    grid = files.grid(name)
    if grid is None:
        raise OutputError(f"{table.name}.csv går inte att läsa. Rätta den med hjälp av bokslut granska.")
    if grid.is_sheet:
        kept = f"Ska andra rader vara kvar, spara det först som {OUTCOMES}/{table.name}.csv."
        raise OutputError(
            f"Tabellen finns redan i {grid.name}. Ta bort bladet där, och kör kommandot igen. {kept}"
        )
    return [[cell.text for cell in cells] for _, cells in grid.rows]
