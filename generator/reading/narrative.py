"""Markdown files with front matter: texts, success stories and analyses, and the pictures they show."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from typing import TypeVar

from generator.model.entry import ORIGIN, Entry
from generator.model.names import name_key
from generator.model.narrative import (
    Analysis,
    AnalysisHead,
    Markdown,
    NarrativeText,
    Picture,
    Story,
    StoryHead,
    TextHead,
)
from generator.model.places import Origin, Place
from generator.model.settings import ReportSettings
from generator.reading.files import Folder
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping

HeadType = TypeVar("HeadType", bound=Entry)

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<path>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_PICTURE_BEGINS = re.compile(r"(?<!\\)!\[")
_PICTURE_TYPES = {".png", ".jpg", ".jpeg", ".webp"}


def read_texts(folder: Folder) -> tuple[NarrativeText, ...]:
    return tuple(
        NarrativeText(PurePosixPath(path).stem, head, body)
        for path in folder.list("berattelse/*.md")
        for head, body in _read(folder, path, TextHead)
    )


def read_stories(folder: Folder) -> tuple[Story, ...]:
    return tuple(
        Story(PurePosixPath(path).stem, head, body)
        for path in folder.list("exempel/*.md")
        for head, body in _read(folder, path, StoryHead)
    )


def read_analyses(folder: Folder, settings: ReportSettings) -> tuple[Analysis, ...]:
    units = {unit.id: unit.id for unit in settings.units}
    analyses = []
    for path in folder.list("enheter/*/analys.md"):
        unit = units.get(name_key(PurePosixPath(path).parts[1]))
        if unit is None:
            place = Place(folder.name_of(path))
            remedy = "Mappen ska heta som enhetens id i bokslut.yaml."
            folder.fault(place, "mappen motsvarar ingen enhet", remedy)
            continue
        analyses += [Analysis(unit, head, body) for head, body in _read(folder, path, AnalysisHead)]
    return tuple(analyses)


def _read(folder: Folder, path: str, head_type: type[HeadType]) -> list[tuple[HeadType, Markdown]]:
    """The head and body of a file; an empty list when either is wrong."""
    text = folder.read_text(path)
    if text is None:
        return []
    file = folder.name_of(path)
    match = _FRONT_MATTER.match(text)
    front, body = (match[1], text[match.end() :]) if match else ("", text)
    if not match and head_type is not AnalysisHead:
        remedy = "Börja filen med en rad ---, uppgifterna (”titel: …”) och en rad --- till."
        folder.fault(Place(file, 1), "uppgifterna överst i filen saknas", remedy)
        return []
    nothing = {ORIGIN: Origin(file, 1)}
    data = parse_mapping(front, file, folder.problems, first_line=2) if front.strip() else nothing
    head = validate(head_type, data, folder.problems) if data is not None else None
    if head is None:
        return []
    if not body.strip():
        folder.fault(Place(file), "texten är tom", "Skriv texten efter den andra raden med ---.")
        return []
    first_line = 1 + text.count("\n", 0, match.end() if match else 0)
    return [(head, Markdown(body, file, first_line))]


def read_pictures(folder: Folder, bodies: list[Markdown]) -> dict[str, Picture]:
    """Every picture that a text shows, by its path in the report's folder."""
    pictures: dict[str, Picture] = {}
    for body in bodies:
        for start in _PICTURE_BEGINS.finditer(body.source):
            place = body.place(start.start())
            match = IMAGE.match(body.source, start.start())
            if match is None:
                remedy = "Skriv ![Vad bilden visar](bilder/fil.jpg), utan blanksteg i filnamnet."
                folder.fault(place, "bilden går inte att tolka", remedy)
                continue
            if not match["alt"].strip():
                remedy = "Beskriv bilden inom hakparentesen: ![Vad bilden visar](bilder/fil.jpg)."
                folder.fault(place, f"bilden ”{match['path']}” saknar beskrivning", remedy)
            path = match["path"]
            if path not in pictures and (picture := _read_picture(folder, path, place)):
                pictures[path] = picture
    return pictures


def _read_picture(folder: Folder, path: str, place: Place) -> Picture | None:
    is_confined = not path.startswith("/") and ".." not in PurePosixPath(path).parts
    if "://" in path or not is_confined:
        remedy = "Lägg bilden i rapportens mapp ”bilder” och skriv bilder/filnamn."
        folder.fault(place, f"bilden ”{path}” ligger utanför rapportens mapp", remedy)
        return None
    if PurePosixPath(path).suffix.lower() not in _PICTURE_TYPES:
        remedy = "Spara bilden som png, jpg eller webp."
        folder.fault(place, f"bilden ”{path}” har en filtyp som inte stöds", remedy)
        return None
    if not folder.exists(path):
        remedy = "Kontrollera filnamnet, eller lägg bilden i mappen ”bilder”."
        folder.fault(place, f"bilden ”{path}” finns inte", remedy)
        return None
    data = folder.read_bytes(path, remedy_if_missing="Lägg till bilden.")
    size = _picture_size(data) if data is not None else None
    if data is None or size is None:
        if data is not None:
            folder.fault(place, f"bilden ”{path}” går inte att läsa", "Spara om den som png eller jpg.")
        return None
    return Picture(path, data, *size)


def _picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            image.load()
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
