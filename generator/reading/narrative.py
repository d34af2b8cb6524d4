"""Markdown files with front matter: texts, success stories and analyses, and the pictures they show."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.model.entry import ORIGIN
from generator.model.limits import MAX_PIXELS
from generator.model.names import name_key
from generator.model.narrative import (
    Analysis,
    AnalysisHead,
    Head,
    Markdown,
    NarrativeText,
    Picture,
    Story,
    StoryHead,
    TextHead,
    Written,
)
from generator.model.places import Origin, Place, Problem, Severity
from generator.model.settings import ReportSettings
from generator.reading.files import UNSEEN, UNSEEN_FOUND, Folder, composed, is_passed_over
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_MATTER_BEGINS = re.compile(r"\A---[ \t]*(?:\n|\Z)")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<path>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_PICTURE_BEGINS = re.compile(r"(?<!\\)!\[")
PICTURES = "bilder"
_PICTURE_TYPES = {".png", ".jpg", ".jpeg", ".webp"}


def read_texts(folder: Folder) -> tuple[NarrativeText, ...]:
    return _written_in(folder, "berattelse", TextHead)


def read_stories(folder: Folder) -> tuple[Story, ...]:
    return _written_in(folder, "exempel", StoryHead)


def _written_in(folder: Folder, name: str, head_type: type[Head]) -> tuple[Written[Head], ...]:
    files = ((path, _read(folder, path, head_type)) for path in folder.files(name, ".md"))
    return tuple(Written(PurePosixPath(path).stem, *read) for path, found in files for read in found)


def read_analyses(folder: Folder, settings: ReportSettings) -> tuple[Analysis, ...]:
    units = {unit.id: unit.id for unit in settings.units}
    analyses = []
    for name in folder.entries("enheter"):
        path, unit = f"enheter/{name}/analys.md", units.get(name_key(name))
        if unit is not None and folder.exists(path):
            analyses += [Analysis(unit, head, body) for head, body in _read(folder, path, AnalysisHead)]
        elif folder.exists(path):
            remedy = "Mappen ska heta som enhetens id i bokslut.yaml."
            folder.fault(path, "mappen motsvarar ingen enhet", remedy)
    return tuple(analyses)


def _read(folder: Folder, path: str, head_type: type[Head]) -> list[tuple[Head, Markdown]]:
    """The head and body of a file; an empty list when either is wrong."""
    text = folder.read_text(path)
    if text is None:
        return []
    file = folder.name_of(path)
    match = _FRONT_MATTER.match(text)
    front, body = (match[1], text[match.end() :]) if match else ("", text)
    if not match and _FRONT_MATTER_BEGINS.match(text):
        remedy = "Lägg till en rad --- efter uppgifterna, före texten."
        folder.fault(Place(file, 1), "uppgifterna överst i filen är inte avslutade", remedy)
        return []
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
        folder.fault(path, "texten är tom", "Skriv texten efter den andra raden med ---.")
        return []
    written = Markdown(body, file, 1 + text.count("\n", 0, len(text) - len(body)))
    if stray := UNSEEN.search(body):
        folder.fault(written.place(stray.start()), f"texten {UNSEEN_FOUND}", "Skriv om raden.")
    return [(head, written)]


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


def unused_pictures(folder: Folder, used: Mapping[str, Picture]) -> Iterator[Problem]:
    """A warning for each file in bilder/ that no text shows."""
    shown = set(map(composed, used))
    for path in folder.files(PICTURES, ""):
        if path not in shown:
            remedy = "Visa den i en text med ![Vad bilden visar](…), eller ta bort filen."
            place = Place(folder.name_of(path))
            yield Problem(place, "bilden visas inte i någon text", remedy, Severity.WARNING)


def _read_picture(folder: Folder, path: str, place: Place) -> Picture | None:
    found, remedy = _fault_of_picture(folder, path)
    data = None if found else folder.read_bytes(path, remedy_if_missing="Lägg till bilden.")
    try:
        if data is not None:
            return Picture(path, data, *_picture_size(data))
    except _TooManyPixelsError:
        found = f"har fler än {MAX_PIXELS // 1_000_000} miljoner bildpunkter"
        remedy = "Förminska den, till exempel till 1 600 bildpunkter på bredden."
    except (OSError, ValueError, SyntaxError):
        found, remedy = "går inte att läsa", "Spara om den som png eller jpg."
    if found:
        folder.fault(place, f"bilden ”{path}” {found}", remedy)
    return None


def _fault_of_picture(folder: Folder, path: str) -> tuple[str, str]:
    """Why a picture is not to be opened, and how to mend it; nothing when it is."""
    parts = PurePosixPath(path).parts
    if "://" in path or path.startswith("/") or ".." in parts:
        remedy = "Lägg bilden i rapportens mapp ”bilder” och skriv bilder/filnamn."
        return "ligger utanför rapportens mapp", remedy
    if PurePosixPath(path).suffix.lower() not in _PICTURE_TYPES:
        return "har en filtyp som inte stöds", "Spara bilden som png, jpg eller webp."
    if any(map(is_passed_over, parts)):
        return "hoppas över, eftersom namnet börjar med _, . eller ~", "Byt namn på filen eller mappen."
    if not folder.exists(path):
        wanted = unquote(path).replace("\\", "/").casefold()
        alike = next((name for name in folder.files(PICTURES, "") if name.casefold() == wanted), None)
        return "finns inte", (
            f"Skriv {alike}: stora och små bokstäver räknas. Har namnet mellanslag, byt namn på filen."
            if alike
            else "Kontrollera filnamnet, eller lägg bilden i mappen ”bilder”."
        )
    return "", ""


class _TooManyPixelsError(Exception):
    pass


def _picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that can be shown. What it says of itself goes first:
    a small file may unfold to more than the memory holds."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _TooManyPixelsError
                image.load()
                return image.size
        except Image.DecompressionBombError:
            raise _TooManyPixelsError from None
