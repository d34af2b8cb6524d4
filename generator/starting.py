"""A report to begin with: next year's, made of this year's, or of a plan the one that follows it up, or the
example that comes with the program.

What is decided is carried over, and what became of the year is asked for: tables keep their rows without
numbers, texts become questions. This year's figures become those to compare with.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from generator.editions import PROJECT, date_of
from generator.fingerprints import REPORT_FILES, SITE_FILE, is_report
from generator.inquiry import read_named
from generator.model.contents import Part, part_names
from generator.model.entry import ORIGIN
from generator.model.names import name_key
from generator.model.narrative import MENTION, TO_WRITE, NarrativeText
from generator.model.places import ContentError, Problem, ToldError, has_errors
from generator.model.report import Report
from generator.model.sources import SourceColumn, WrittenTable
from generator.model.tables import people_of_row
from generator.publishing.delimited import excel_csv
from generator.publishing.workbook import write_workbook
from generator.reading.controls import SUM_COLUMNS
from generator.reading.definitions import BUDGET_FILE, SETTINGS_FILE, SURVEY_FILE, sheet_keys
from generator.reading.files import Folder
from generator.reading.report import read_report
from generator.reading.sheets import OUTCOMES, WORKBOOK_FILES, Sheets
from generator.reading.site import REPORT_NAME
from generator.reading.sources import read_tables, workbook_sheets
from generator.reading.table_files import COLUMNS, CSV, SUM_TABLES, TITLES, sheet_names
from generator.reading.yaml_edits import Change, in_comments, in_values, with_key, without_keys
from generator.reading.yaml_files import read_yaml, yaml_text
from generator.texts import attachments_in, pictures_in

EXAMPLE = PROJECT / "starter"
EXAMPLE_REPORT = "exempel"
ASKED = EXAMPLE / "fragor"  # what is to be told in the texts of a part
_CARRIED = (SETTINGS_FILE, "budget.yaml", "enkat.yaml", "register.yaml", "verksamhetsplan.yaml")
# What in them tells of the year that was.
_OF_THE_YEAR = {"enkat.yaml": ("tillfrågade",), "verksamhetsplan.yaml": ("styrelsens_bedömning",)}
_NOT_BEGUN = {"ej_matt", "kommentarer"}  # their rows follow from this year's outcomes
_ASKED_ANEW = {"kalla", "motivering"}
_LASTING = {Part.GUIDE, Part.METHOD, Part.BUDGET, Part.DATA, Part.ABOUT, Part.CONTACT}


def begin_from(content: Path, name: str, earlier: str, *, with_workbook: bool = False) -> Path:
    """The new report's folder, which also becomes the front page. Raises ContentError or ToldError."""
    report = read_named(content, earlier)
    if report.id == name:
        moved = _shifted(1, report.year)(name) if str(report.year) in name else f"{report.year + 1}"
        raise ToldError(f"Det nya bokslutet kan inte heta som det förra. Skriv till exempel {moved}.")

    def write(folder: Path) -> None:
        _write_next(content, folder, report)
        if with_workbook or not (content / report.id / SETTINGS_FILE).exists():
            move_into_workbook(folder)

    return _put_in_place(content, name, write)


def begin_from_example(content: Path, name: str = "", *, with_workbook: bool = False) -> Path:
    """The folder of a small report with comments. A content folder that is not there is made too."""
    if not (content / SITE_FILE).exists():
        content.mkdir(parents=True, exist_ok=True)
        site = (EXAMPLE / SITE_FILE).read_text("utf-8")
        _write(content / SITE_FILE, site)

    def write(folder: Path) -> None:
        shutil.copytree(EXAMPLE / EXAMPLE_REPORT, folder, dirs_exist_ok=True)
        if with_workbook:
            move_into_workbook(folder)

    is_front = not any(map(is_report, content.iterdir()))
    return _put_in_place(content, name or EXAMPLE_REPORT, write, is_front=is_front)


def move_into_workbook(folder: Path) -> None:
    """Puts all that is tabular in a report's folder into one workbook, in the place of its files."""
    problems: list[Problem] = []
    report = read_report(folder, folder.name, problems)
    if report is None or has_errors(problems):
        raise ContentError(problems)
    old, sheets = Folder(folder, folder.name, []), workbook_sheets(folder.parent, report)
    for name in WORKBOOK_FILES:
        (folder / name).unlink(missing_ok=True)
    write_workbook(sheets, folder / REPORT_FILES[1], date_of(report))
    survey = read_yaml(old, SURVEY_FILE) if old.exists(SURVEY_FILE) else None
    moved = {ORIGIN, *sheet_keys(SURVEY_FILE)}
    kept = {key: value for key, value in (survey or {}).items() if key not in moved}
    for name in (SETTINGS_FILE, BUDGET_FILE, SURVEY_FILE):
        (folder / name).unlink(missing_ok=True)
    if kept:
        _write(folder / SURVEY_FILE, yaml_text(kept))  # how exports are read stays in YAML
    for name in (OUTCOMES, SUM_TABLES):
        shutil.rmtree(folder / name, ignore_errors=True)


def _put_in_place(content: Path, name: str, fill: Callable[[Path], object], *, is_front: bool = True) -> Path:
    """All of the folder or nothing. The front page is set last."""
    target, draft = content / name, content / f".{name}.ny"
    if not REPORT_NAME.fullmatch(name):
        remedy = f"Skriv till exempel ”{name_key(name) or '2022-forbundet'}”."
        raise ToldError(
            f"”{name}” kan inte stå i en webbadress: använd a–z, siffror och bindestreck. {remedy}"
        )
    if target.exists():
        raise ToldError(f"{target} finns redan, och skrivs inte över. Välj ett annat namn.")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        fill(draft)
        draft.rename(target)
        if is_front:
            site = content / SITE_FILE
            _write(site, with_key(site.read_text("utf-8"), "framsida", name))
    except OSError as error:
        raise ToldError(f"Det går inte att skriva i {content}. Kontrollera att du får det.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _write_next(content: Path, folder: Path, report: Report) -> None:
    move = _shifted(0 if report.is_plan else 1, report.year)
    for name, text in _carried(Folder(content / report.id, report.id, [])):
        if name == SETTINGS_FILE:
            _write(folder / name, _next_settings(text, report, move))
        else:
            kept = without_keys(text, *_OF_THE_YEAR.get(name, ()))
            kept = re.sub(r"\bkolumn:[^,;}\n]*", lambda match: move(match[0]), kept)
            _write(folder / name, in_comments(move, kept))
    paths = sheet_names({table.id: table.id for table in report.settings.tables})
    for table in _next_tables(report, read_tables(content, report)):
        heads = tuple(head for head, _ in table.columns)
        _write(folder / f"{paths[name_key(table.sheet)]}{CSV}", excel_csv((heads, *table.rows)))
    _write_texts(folder, report)


def _carried(old: Folder) -> Iterator[tuple[str, str]]:
    """The files that go on, as YAML also where sheets are in their place."""
    sheets = Sheets(old)
    in_sheets = {kind.file for kind, _ in sheets.definitions}
    for name in _CARRIED:
        if name in in_sheets:
            yield name, yaml_text(sheets.tree(name) or {})
        elif old.exists(name):
            yield name, old.read_text(name) or ""


# bokslut.yaml


def _shifted(years: int, latest: int) -> Change:
    """Years up to the latest, moved on."""

    def moved(match: re.Match[str]) -> str:
        year = int(match[0])
        return str(year + years) if latest - 20 <= year <= latest else match[0]

    return lambda text: re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", moved, text)


# What stands under ”innehåll” as the summary of a part, which may go on below, or within braces.
_LEAD_OF_PART = re.compile(r"(?m)^( +)ingress:.*(?:\n\1 +.*)*|(?<=[{,])( *)ingress:[^,}\n]*")


def _next_settings(text: str, report: Report, move: Change) -> str:
    """Of a plan become those of the report that follows it up, of the same year."""
    settings = report.settings
    year = report.year if report.is_plan else settings.published.year
    published = settings.published.replace(year=year + 1, day=min(settings.published.day, 28))
    text = re.sub(rf"(?m)^{'typ' if report.is_plan else 'plan'}:.*\n", "", text)
    own = [("titel", move(settings.title)), ("år", move(str(report.year))), ("jämförs_med", report.id)]
    if report.is_plan:
        own = [("titel", f"Socialt bokslut {settings.period}"), ("plan", report.id)]
    for name, value in (
        *own,
        ("publicerad", published.isoformat()),
        *([("period", settings.part.name)] if settings.part else []),
        ("utkast", "ja"),
    ):
        text = with_key(text, name, value)

    tables = re.compile(r"(?m)^tabeller:\n(?: .*\n|\n)*")
    text = tables.sub(lambda match: without_keys(in_values(move, match[0]), "kommentar"), text)
    text = _LEAD_OF_PART.sub(rf"\1ingress: '{TO_WRITE}: det viktigaste i delen, i en mening'", text)
    return in_comments(move, text)


# Tables


def _next_tables(report: Report, tables: tuple[WrittenTable, ...]) -> Iterator[WrittenTable]:
    names = {title: name for name, title in TITLES.items()}
    values = _values_before(report)
    for table in tables:
        name = names.get(table.sheet)
        if name is None:
            yield table if report.is_plan else _next_amounts(table, _shifted(1, report.year))
        elif name == "varden":
            values = [*_next_values(table, report), *values]
        elif name != "kontrollsummor":  # which are of what was printed of the year
            blank = set(map(name_key, COLUMNS[name].tells)) | _ASKED_ANEW
            kept = [name_key(head) not in blank for head, _ in table.columns]
            filled = (zip(row, kept, strict=True) for row in table.rows if name not in _NOT_BEGUN)
            cleared = (tuple(cell if keep else "" for cell, keep in row) for row in filled)
            yield replace(table, rows=tuple(dict.fromkeys(cleared)))
    if values:
        yield WrittenTable(TITLES["varden"], _VALUE_COLUMNS, tuple(dict.fromkeys(values)))


_VALUE_HEADS = ("serie", "plats", "år", "jämfört med", "värde", "måttenhet", "källa")
_VALUE_COLUMNS = tuple((head, SourceColumn.TEXT) for head in _VALUE_HEADS)


def _next_values(table: WrittenTable, report: Report) -> Iterator[tuple[str, ...]]:
    """What was entered for the year is asked for again; of a series it is also what to compare with."""
    heads = [name_key(head) for head, _ in table.columns]
    series = {key for each in report.settings.series for key in (each.id, name_key(each.name))}
    for row in table.rows:
        cells = dict(zip(heads, row, strict=True))
        values = tuple(cells.get(name_key(head), "") for head in _VALUE_HEADS)
        name, place, year, compared, _, unit, _ = values
        if year == str(report.year):
            if name_key(name) in series and not compared:
                yield values
            yield name, place, str(report.year + 1), str(report.year) if compared else "", "", unit, ""


def _values_before(report: Report) -> list[tuple[str, ...]]:
    """The participants of the year as those of the year before: counts, and shares where a row is one."""
    found: list[tuple[str, ...]] = []
    for unit in report.settings.every_unit:
        for row in report.settings.rows:
            of = row.share_of
            people, whole = (people_of_row(report, unit.id, id) if id else None for id in (row.id, of))
            if people is None or (of and not (whole and whole.total)):
                continue
            share = Fraction(100 * people.total, whole.total) if whole else None
            value = str(people.total) if share is None else f"{float(share):.4f}".replace(".", ",")
            measured = "personer" if share is None else "%"
            found.append((row.id, unit.id, str(report.year), "", value, measured, report.settings.title))
    return found


def _next_amounts(table: WrittenTable, move: Change) -> WrittenTable:
    """Columns of years move on: a year that was there before keeps its amounts, the new one has none."""
    old = [head for head, _ in table.columns]
    columns = tuple((move(head), kind) for head, kind in table.columns)
    sources: list[int | None] = []
    for index, (head, _) in enumerate(columns):
        had = old.index(head) if head in old and head != old[index] else None
        sources.append(index if name_key(head) in SUM_COLUMNS.by_key else had)
    rows = (tuple("" if source is None else row[source] for source in sources) for row in table.rows)
    return WrittenTable(table.sheet, columns, tuple(rows))


# Texts


def _write_texts(folder: Path, report: Report) -> None:
    parts = part_names(report.settings)
    for text in report.texts:
        part = parts.get(name_key(text.head.part))
        hidden = "_" if text.head.indicator else ""  # it would count as written
        _write(folder / f"berattelse/{hidden}{text.name}.md", _next_text(text, part, bool(hidden)))
    for analysis in report.analyses:
        lead, unit = _LEAD.format(before=analysis.body.file), report.settings.unit_names[analysis.name]
        asked = (ASKED / "analys.md").read_text("utf-8").format(ledning=lead, enhet=unit)
        _write(folder / f"enheter/{analysis.name}/analys.md", asked)
    stories = folder / "exempel"
    shutil.copytree(EXAMPLE / EXAMPLE_REPORT / stories.name, stories)
    if report.stories:
        told = (stories / "_mall.md").read_text("utf-8")
        _write(stories / "_mall.md", with_key(told, "indikator", report.stories[0].head.indicator))


def _next_text(text: NarrativeText, part: Part | None, is_hidden: bool) -> str:
    head, body = text.head, text.body.source
    shows = any(pictures_in(text.body)) or any(attachments_in(text.body))
    is_lasting = (part in _LASTING or head.note) and not (shows or MENTION.search(body) or is_hidden)
    to_write = f"{TO_WRITE}: {head.title.removeprefix(f'{TO_WRITE}: ')}"
    keys = {
        "titel": _quoted(head.title if is_lasting else to_write),
        "del": head.part,
        "ordning": head.order,
        "indikator": head.indicator,
        "not": head.note,
    }
    lines = [f"{key}: {value}" for key, value in keys.items() if value]
    if not is_lasting:
        path = ASKED / f"{name_key(part or '')}.md"
        asked = (path if path.exists() else ASKED / "annat.md").read_text("utf-8")
        rename = "Ta bort _ först i filens namn när texten är klar.\n\n" if is_hidden else ""
        lead = _LEAD.format(before=text.body.file)
        body = f"{rename}{lead}\n\n{asked}"
    return "\n".join(("---", *lines, "---", body.lstrip("\n")))


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


_LEAD = "Svara på frågorna i löpande text, och ta sedan bort dem. Förra årets text är {before}."
