"""What may lie in a report's folder. Anything else is told: it would otherwise be passed over in silence."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from generator.model.plan import PLAN_FILE
from generator.model.seal import SEAL_FILE
from generator.reading.files import Folder
from generator.reading.sheets import OUTCOMES, REPORT, WORKBOOK_FILES
from generator.reading.table_files import other_kind, tell_unknown

_FILES = ("bokslut.yaml", "budget.yaml", "enkat.yaml", PLAN_FILE, "register.yaml", *WORKBOOK_FILES, SEAL_FILE)
_FOLDERS = ("utfall", "berattelse", "exempel", "enheter", "bilder", "bilagor", "tabeller")
_TEXT_FOLDERS = ("berattelse", "exempel")
_HOMES = {".pdf": "bilagor"} | dict.fromkeys((".jpg", ".jpeg", ".png", ".webp"), "bilder")
_NOTES = ("readme", "läsmig")
ANALYSIS = "analys.md"
_ANALYSES = (ANALYSIS, "analys.docx")
TEXT_ENDINGS = (".md", ".docx")


def check_layout(folder: Folder) -> None:
    """Misnamed files and folders; the tables are checked where they are read."""
    for name in folder.entries():
        _check_entry(folder, name)
    for path in _TEXT_FOLDERS:
        for name in folder.entries(path):
            _check_text(folder, f"{path}/{name}")
    for unit in (f"enheter/{name}" for name in folder.entries("enheter")):
        if not folder.is_folder(unit):
            remedy = f"Lägg den i en mapp som heter som enhetens id: enheter/<enhet>/{ANALYSIS}."
            folder.fault(unit, "filen läses inte", remedy)
        for name in folder.entries(unit):
            if name not in _ANALYSES:
                _unknown(folder, f"{unit}/{name}", _ANALYSES)


def _check_entry(folder: Folder, name: str) -> None:
    if name.casefold().startswith(_NOTES):
        return
    fault = other_kind(name)
    if fault and PurePosixPath(name).stem.casefold() in (REPORT, OUTCOMES):
        folder.fault(name, *fault)
    elif name not in (*_FILES, *_FOLDERS):
        _unknown(folder, name, (*_FILES, *_FOLDERS))
    elif name in _FOLDERS and not folder.is_folder(name):
        folder.fault(name, "det är en fil, men ska vara en mapp", "Byt namn på filen, och skapa mappen.")


def _check_text(folder: Folder, path: str) -> None:
    name = PurePosixPath(path)
    if folder.is_folder(path):
        is_known = name.name in _FOLDERS
        remedy = "Flytta den till rapportens mapp." if is_known else "Lägg texterna direkt i mappen ovanför."
        folder.fault(path, "här får ingen mapp ligga", remedy)
    elif home := _HOMES.get(name.suffix.casefold()):
        folder.fault(path, "filen ligger bland texterna", f"Flytta den till rapportens mapp ”{home}”.")
    elif not path.endswith(TEXT_ENDINGS):
        remedy = "Låt namnet sluta på .md, spara som .docx, eller börja namnet med _ om den inte ska läsas."
        folder.fault(path, "filen läses inte som en text", remedy)


def _unknown(folder: Folder, path: str, known: Sequence[str]) -> None:
    what = "mappen" if folder.is_folder(path) else "filen"
    tell_unknown(folder, path, what, known, "Det som inte ska läsas kan börja med _.")
