"""A report's folder to a Report."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.fingerprints import REPORT
from generator.model.budget import Budget
from generator.model.entry import Entry
from generator.model.making import Keep, made_anew
from generator.model.places import Problem
from generator.model.plan import PLAN_FILE, Plan
from generator.model.register import RegisterMap
from generator.model.report import Report
from generator.model.settings import ReportSettings
from generator.model.survey import Survey
from generator.reading.checks import check_report
from generator.reading.checks.copies import check_copied_texts
from generator.reading.definitions import BUDGET_FILE, SETTINGS_FILE, SURVEY_FILE
from generator.reading.files import Folder
from generator.reading.layout import check_layout
from generator.reading.narrative import read_analyses, read_attached, read_stories, read_texts
from generator.reading.outcomes import read_outcomes
from generator.reading.seals import read_seal
from generator.reading.sheets import Sheets
from generator.reading.table_files import TableFiles
from generator.reading.validation import read_entry, validate

EntryType = TypeVar("EntryType", bound=Entry)


def read_report(root: Path, label: str, problems: list[Problem], kept: Keep = made_anew) -> Report | None:
    """None when settings, budget or survey cannot be used. `label` stands before the paths in `problems`."""
    folder = Folder(root, label, problems, kept, f"{REPORT}{root.name}")
    check_layout(folder)
    sheets = Sheets(folder)
    defined, texts = read_defined(folder, sheets), read_texts(folder)
    stories = read_stories(folder, defined.settings.every_unit if defined else ())
    if defined is None:
        return None
    analyses = read_analyses(folder, defined.settings)
    bodies = [each.body for each in (*texts, *stories, *analyses)]
    pictures, attachments = read_attached(folder, bodies)
    report = replace(
        defined,
        outcomes=read_outcomes(folder, TableFiles(folder, defined.settings, sheets), defined),
        texts=texts,
        stories=stories,
        analyses=analyses,
        pictures=pictures,
        attachments=attachments,
        seal=read_seal(folder, root.name),
        plan=read_entry(folder, PLAN_FILE, Plan) if folder.exists(PLAN_FILE) else None,
    )
    problems.extend(check_report(report))
    written = texts, stories
    folder.made("kopiorna", lambda: problems.extend(check_copied_texts(*written)), beside=written)
    return report


def read_defined(folder: Folder, sheets: Sheets) -> Report | None:
    """A report before its year: what settings, budget and survey say. None when one cannot be used."""
    settings, survey = read_settings(folder, sheets), read_survey(folder, sheets)
    budget = _defined(folder, sheets, BUDGET_FILE, Budget)
    if settings is None or budget is None or survey is None:
        return None
    return Report(folder.root.name, settings, budget, survey)


def read_settings(folder: Folder, sheets: Sheets) -> ReportSettings | None:
    return _defined(folder, sheets, SETTINGS_FILE, ReportSettings)


def read_survey(folder: Folder, sheets: Sheets) -> Survey | None:
    """Where nothing is said of it nobody was asked anything."""
    return _defined(folder, sheets, SURVEY_FILE, Survey) if sheets.has(SURVEY_FILE) else Survey()


def _defined(folder: Folder, sheets: Sheets, file: str, model: type[EntryType]) -> EntryType | None:
    """What a file or its sheets define; None when anything is wrong in a sheet, each row of which is told
    once, or when something in the file keeps it from being used."""

    def read() -> EntryType | None:
        known_before = len(folder.problems)
        tree = sheets.tree(file)
        places = [problem.place for problem in folder.problems[known_before:] if sheets.definitions]
        told = {(place.file, line) for place in places for line in (place.line, 0)}
        found: list[Problem] = []
        entry = None if tree is None else validate(model, tree, found)
        folder.problems += [each for each in found if (each.place.file, each.place.line) not in told]
        return None if told else entry

    beside = sheets.definitions, sheets.is_whole
    return folder.made(file, read, of=file if folder.exists(file) else None, beside=beside)


def read_register_map(folder: Folder, path: str) -> RegisterMap | None:
    remedy = "Gör ett utkast till den med --föreslå, eller kopiera den från ett tidigare år."
    return read_entry(folder, path, RegisterMap, remedy_if_missing=remedy)
