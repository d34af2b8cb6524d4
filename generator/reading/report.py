"""A report's folder to a Report."""

from pathlib import Path
from typing import TypeVar

from generator.model.budget import Budget
from generator.model.entry import Entry
from generator.model.places import Problem
from generator.model.plan import PLAN_FILE, Plan
from generator.model.register import RegisterMap
from generator.model.report import Report
from generator.model.settings import ReportSettings
from generator.model.survey import Survey
from generator.reading.checks import check_report
from generator.reading.files import Folder
from generator.reading.layout import REGISTER_MAP, check_layout
from generator.reading.narrative import (
    read_analyses,
    read_pictures,
    read_stories,
    read_texts,
    unused_pictures,
)
from generator.reading.outcomes import read_outcomes
from generator.reading.seals import read_seal
from generator.reading.validation import read_entry

EntryType = TypeVar("EntryType", bound=Entry)


def read_report(root: Path, label: str, problems: list[Problem]) -> Report | None:
    """None when settings, budget or survey cannot be used. `label` stands before the paths in `problems`."""
    folder = Folder(root, label, problems)
    check_layout(folder)
    settings, budget, survey = read_settings(folder), read_budget(folder), read_survey(folder)
    texts = read_texts(folder)
    stories = read_stories(folder, settings.every_unit if settings else ())
    if settings is None or budget is None or survey is None:
        return None
    analyses = read_analyses(folder, settings)
    bodies = [text.body for text in texts] + [story.body for story in stories]
    bodies += [analysis.body for analysis in analyses]
    report = Report(
        root.name,
        settings,
        budget,
        survey,
        read_outcomes(folder, settings, budget, survey),
        texts,
        stories,
        analyses,
        read_pictures(folder, bodies),
        read_seal(folder, root.name),
        _read_entry(folder, PLAN_FILE, Plan) if folder.exists(PLAN_FILE) else None,
    )
    problems.extend(check_report(report))
    problems.extend(unused_pictures(folder, report.pictures))
    return report


def read_settings(folder: Folder) -> ReportSettings | None:
    return _read_entry(folder, "bokslut.yaml", ReportSettings)


def read_budget(folder: Folder) -> Budget | None:
    return _read_entry(folder, "budget.yaml", Budget)


def read_survey(folder: Folder) -> Survey | None:
    """Without a file nobody was asked anything."""
    return _read_entry(folder, "enkat.yaml", Survey) if folder.exists("enkat.yaml") else Survey()


def read_register_map(folder: Folder, path: str = REGISTER_MAP) -> RegisterMap | None:
    return _read_entry(folder, path, RegisterMap)


def _read_entry(folder: Folder, path: str, model: type[EntryType]) -> EntryType | None:
    remedy = "Lägg till filen; kopiera den gärna från ett tidigare år."
    return read_entry(folder, path, model, remedy_if_missing=remedy)
