"""Texts, success stories and analyses, in Markdown with front matter or from Word, and their pictures."""

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from generator.model.entry import ORIGIN, Entry
from generator.model.limits import MAX_PIXELS, MAX_SCANS
from generator.model.names import NO_WIDTH, name_key, suggestion
from generator.model.narrative import AnalysisHead, Head_co, Markdown, Picture, StoryHead, TextHead, Written
from generator.model.places import Origin, Place, Problem, Severity
from generator.model.settings import ReportSettings, Unit
from generator.reading.files import UNSEEN, UNSEEN_FOUND, Folder, composed, is_passed_over
from generator.reading.layout import TEXT_ENDINGS
from generator.reading.packages import UnreadableError
from generator.reading.validation import validate
from generator.reading.word import WORD, read_word
from generator.reading.yaml_files import parse_mapping
from generator.texts import attachments_in, hints, over_limits, pictures_in, slips

_DASHES = rf"---(?:[^\S\n]|[{NO_WIDTH}])*"
_FRONT_MATTER = re.compile(rf"\A{_DASHES}\n(.*?)^{_DASHES}(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_MATTER_BEGINS = re.compile(rf"\A{_DASHES}(?:\n|\Z)")
PICTURES, ATTACHMENTS = "bilder", "bilagor"
_TOLD = {
    PICTURES: (
        "bilden visas inte i någon text",
        "Visa den i en text med ![Vad bilden visar](…), eller ta bort filen.",
    ),
    ATTACHMENTS: (
        "ingen text leder till filen",
        "Skriv [Vad filen är](bilagor/filnamn.pdf) i en text, eller ta bort filen.",
    ),
}
_PDF = b"%PDF-"
# A description that is none: the name that a camera or Word gives the picture.
_NO_WORDS = re.compile(r"(?:.+\.(?:jpe?g|png|webp|heic)|(?:bild|figur|image|picture)[\s\\_]*\d*)?", re.I)
_PICTURE_TYPES = {".png", ".jpg", ".jpeg", ".webp"}
_ORIENTATION = 0x0112  # of EXIF; from 5 to 8 the picture lies on its side
_JPEG, _SCAN = b"\xff\xd8", b"\xff\xda"
_HEIC = {b"ftyp" + brand for brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")}
_REMEDIES = dict.fromkeys(
    (".heic", ".heif"),
    "Öppna bilden i ett bildprogram och spara den som jpg. I en Iphone: välj Inställningar, Kamera, Format"
    " och ”Mest kompatibelt”, så sparas nya bilder som jpg.",
)


def read_texts(folder: Folder) -> tuple[Written[TextHead], ...]:
    return _written_in(folder, "berattelse", TextHead)


def read_stories(folder: Folder, units: Sequence[Unit]) -> tuple[Written[StoryHead], ...]:
    """A story's unit may be named as in a table: by its id or either of its names."""

    def of_unit(story: Written[StoryHead]) -> Written[StoryHead]:
        id = next((unit.id for unit in units if unit.is_called(story.head.unit or "")), None)
        return replace(story, head=story.head.model_copy(update={"unit": id})) if id else story

    return tuple(map(of_unit, _written_in(folder, "exempel", StoryHead)))


def _written_in(folder: Folder, name: str, head_type: type[Head_co]) -> tuple[Written[Head_co], ...]:
    paths = sorted(path for ending in TEXT_ENDINGS for path in folder.files(name, ending))
    first: dict[str, str] = {}
    for path in paths:
        if (other := first.setdefault(name_key(PurePosixPath(path).stem), path)) != path:
            folder.fault(path, f"en text heter lika: {other}", "Behåll den ena, eller byt namn på den.")
    files = ((path, _text(folder, path, head_type)) for path in paths)
    return tuple(Written(PurePosixPath(path).stem, *read) for path, found in files for read in found)


def read_analyses(folder: Folder, settings: ReportSettings) -> tuple[Written[AnalysisHead], ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in folder.entries("enheter"):
        unit = next((unit.id for unit in settings.units if unit.is_called(name)), None)
        for path in (f"enheter/{name}/analys{ending}" for ending in TEXT_ENDINGS):
            if folder.exists(path) and unit is not None:
                found[unit].append(path)
            elif folder.exists(path):
                remedy = "Mappen ska heta som enhetens id eller namn i bokslut.yaml."
                folder.fault(path, "mappen motsvarar ingen enhet", remedy)
    analyses: list[Written[AnalysisHead]] = []
    for unit, (first, *others) in found.items():
        for path in others:
            folder.fault(path, f"analysen finns också i {first}", "Behåll bara den ena.")
        analyses += [Written(unit, *read) for read in _text(folder, first, AnalysisHead)]
    return tuple(analyses)


def _text(folder: Folder, path: str, head_type: type[Head_co]) -> list[tuple[Head_co, Markdown]]:
    """The head and body of a file; an empty list when either is wrong."""
    return folder.made("texten", partial(_read, folder, path, head_type), of=path)


def _read(folder: Folder, path: str, head_type: type[Head_co]) -> list[tuple[Head_co, Markdown]]:
    read = read_word(folder, path) if path.endswith(WORD) else _read_markdown(folder, path, head_type)
    head = validate(head_type, read[0], folder.problems) if read is not None else None
    if head is None or read is None:
        return []
    body = replace(read[1], without_hints=head.without_hints)
    if not body.source.strip():
        folder.fault(path, "texten är tom", "Skriv texten efter uppgifterna.")
        return []
    if stray := UNSEEN.search(body.source):
        folder.fault(body.place(stray.start()), f"texten {UNSEEN_FOUND}", "Skriv om raden.")
    if broken := over_limits(body):
        folder.problems.append(broken)
        return []
    folder.problems += (*slips(body), *hints(body))
    return [(head, body)]


def _read_markdown(
    folder: Folder, path: str, head_type: type[Entry]
) -> tuple[dict[str, Any], Markdown] | None:
    text = folder.read_text(path)
    if text is None:
        return None
    file = folder.name_of(path)
    match = _FRONT_MATTER.match(text)
    front, body = (match[1], text[match.end() :]) if match else ("", text)
    if not match and _FRONT_MATTER_BEGINS.match(text):
        remedy = "Lägg till en rad --- efter uppgifterna, före texten."
        folder.fault(Place(file, 1), "uppgifterna överst i filen är inte avslutade", remedy)
        return None
    if not match and head_type is not AnalysisHead:
        remedy = "Börja filen med en rad ---, uppgifterna (”titel: …”) och en rad --- till."
        folder.fault(Place(file, 1), "uppgifterna överst i filen saknas", remedy)
        return None
    nothing = {ORIGIN: Origin(Place(file, 1))}
    data = parse_mapping(front, file, folder.problems, first_line=2) if front.strip() else nothing
    if data is None:
        return None
    return data, Markdown(body, file, 1 + text.count("\n", 0, len(text) - len(body)))


def read_attached(folder: Folder, bodies: Sequence[Markdown]) -> tuple[dict[str, Picture], dict[str, bytes]]:
    """The pictures that texts show, and the files that they lead to; what no text asks for is told."""
    shown = {_path_of(folder, path) for body in bodies for path, _, _ in pictures_in(body)}
    shown |= {path for body in bodies for path, _ in attachments_in(body)}
    for within, (found, remedy) in _TOLD.items():
        unused = (Place(folder.name_of(path)) for path in folder.files(within, "") if path not in shown)
        folder.problems += (Problem(place, found, remedy, Severity.WARNING) for place in unused)
    return read_pictures(folder, bodies), _attachments(folder, bodies)


def read_pictures(folder: Folder, bodies: Iterable[Markdown]) -> dict[str, Picture]:
    """Every picture that a text shows, by the path that the text gives it."""
    pictures: dict[str, Picture] = {}
    for body in bodies:
        for path, alt, place in pictures_in(body):
            inside = dict(body.pictures).get(path)
            if _NO_WORDS.fullmatch(alt):
                remedy = "Beskriv bilden inom hakparentesen: ![Vad bilden visar](bilder/fil.jpg)."
                if inside is not None:
                    remedy = "Högerklicka på bilden i dokumentet, och skriv vad den visar som alternativtext."
                folder.fault(place, f"bilden ”{path}” saknar beskrivning", remedy)
            if path not in pictures and (picture := _read_picture(folder, path, place, inside)):
                pictures[path] = picture
    return pictures


def _attachments(folder: Folder, bodies: Iterable[Markdown]) -> dict[str, bytes]:
    """Every file that a text leads to, by path. It is published as it is."""
    files: dict[str, bytes] = {}
    for path, place in (found for body in bodies for found in attachments_in(body)):
        if path in files:
            continue
        if is_passed_over(PurePosixPath(path).name) or UNSEEN.search(path) or not folder.exists(path):
            meant = suggestion(path, folder.files(ATTACHMENTS, ""))
            remedy = meant or "Kontrollera filnamnet, och lägg filen i mappen ”bilagor”."
            folder.fault(place, f"filen ”{path}” finns inte", remedy)
        elif (data := folder.read_bytes(path)) is not None:
            files[path] = data
            if not data.startswith(_PDF):
                folder.fault(path, "filen är ingen pdf", "Spara den som pdf.")
    return files


def _read_picture(folder: Folder, written: str, place: Place, inside: bytes | None) -> Picture | None:
    """A picture of the folder, or one that a document has `inside`."""
    path, data = _path_of(folder, written), inside
    try:
        _check_path(folder, path, is_inside=inside is not None)
        if data is None:
            data = folder.read_bytes(path)
        return None if data is None else Picture(path, data, *_size_of(data))
    except UnreadableError as error:
        folder.fault(place, f"bilden ”{written}” {error.found}", error.remedy)
    return None


def _path_of(folder: Folder, written: str) -> str:
    """The file that a text means: capitals count only where two files differ in nothing else."""
    path = composed(written).removeprefix("./")
    if UNSEEN.search(path) or folder.exists(path):
        return path
    alike = [name for name in folder.files(PICTURES, "") if name.casefold() == path.casefold()]
    return alike[0] if len(alike) == 1 else path


def _check_path(folder: Folder, path: str, *, is_inside: bool) -> None:
    """Raises UnreadableError for a picture that is not to be opened."""
    parts = PurePosixPath(path).parts
    if "://" in path or path.startswith("/") or ".." in parts:
        remedy = "Lägg bilden i rapportens mapp ”bilder” och skriv bilder/filnamn."
        raise UnreadableError("ligger utanför rapportens mapp", remedy)
    if any(map(is_passed_over, parts)):
        found = "hoppas över, eftersom namnet börjar med _, . eller ~"
        raise UnreadableError(found, "Byt namn på filen eller mappen.")
    if not is_inside and (UNSEEN.search(path) or not folder.exists(path)):
        meant = suggestion(f"{PICTURES}/{PurePosixPath(path).name}", folder.files(PICTURES, ""))
        remedy = meant or "Kontrollera filnamnet, eller lägg bilden i mappen ”bilder”."
        raise UnreadableError("finns inte", remedy)
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _PICTURE_TYPES:
        remedy = _REMEDIES.get(suffix, "Spara bilden som png, jpg eller webp.")
        raise UnreadableError("har en filtyp som inte stöds", remedy)


def _size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, the right way up. Raises UnreadableError.

    What the picture says of itself goes first: a small file may unfold to more than the memory holds.
    """
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on in the whole process
    smaller = "Förminska den, till exempel till 1 600 bildpunkter på bredden."
    too_many = UnreadableError(f"har fler än {MAX_PIXELS // 1_000_000} miljoner bildpunkter", smaller)
    if data.startswith(_JPEG) and data.count(_SCAN) > MAX_SCANS:
        raise UnreadableError("går inte att läsa", "Spara om den i ett bildprogram som en vanlig jpg.")
    if data[4:12] in _HEIC:
        raise UnreadableError("är i formatet HEIC", _REMEDIES[".heic"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise too_many
                if image.format != "MPO" and getattr(image, "is_animated", False):
                    found = "rör sig, vilket stör många läsare"
                    raise UnreadableError(found, "Spara en av bilderna för sig.")
                image.load()
                is_lying = image.getexif().get(_ORIENTATION, 1) in range(5, 9)
                return image.size[::-1] if is_lying else image.size
        except Image.DecompressionBombError:
            raise too_many from None
        except (OSError, ValueError, SyntaxError):
            remedy = "Spara om den i ett bildprogram som png eller jpg. Går det inte, hämta den på nytt."
            raise UnreadableError("går inte att läsa", remedy) from None
