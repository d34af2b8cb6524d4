"""Files of a content folder: nothing outside of it, nothing too large, in whatever encoding it was saved."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import reduce
from io import BytesIO
from os.path import realpath
from pathlib import Path, PurePosixPath
from typing import TypeVar

from generator.fingerprints import PASSED_OVER
from generator.model.limits import MAX_BYTES, MAX_BYTES_OF, MAX_FILES, MAX_FOLDERS, written
from generator.model.making import Keep, made_anew
from generator.model.places import Place, Problem
from generator.reading.encodings import encoding_of, pieces

T = TypeVar("T")
ADD = "Lägg till filen."
_ASK_FOR_ACCESS = "Ge dig rätt att läsa i mappens eller filens egenskaper."
# What computers leave behind in folders by themselves.
_LEFT_BEHIND = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}
# Neither letters nor blanks: a page that holds them is no sound HTML.
UNSEEN = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
UNSEEN_FOUND = "innehåller ett osynligt tecken som inte hör till texten"
# Å, ä and ö when UTF-8, or the text of an old Mac or of DOS, is read as Windows saves text; and what is lost.
GARBLED = re.compile(
    "[ÃâŒŠ†„\ufffd](?:(?<=Ã)[¥¤¶…„–©]|(?<=â)€|(?<=[a-zåäö][ŒŠ])|(?<=Œ)(?![uUi]|d[eèi]|no|so|cu)|(?<=\ufffd)"
    "|(?<=[A-Za-z][†„])(?=[a-z]))"
)
GARBLED_FOUND = "å, ä och ö har blivit andra tecken: filen är öppnad eller sparad med fel teckenkodning"


class Folder:
    """A folder that is read from, and the problems found in it so far.

    Paths are relative to `root` and written with slashes; `label` goes before them in messages, and `source`
    in the names of fingerprints.
    """

    def __init__(
        self, root: Path, label: str, problems: list[Problem], kept: Keep = made_anew, source: str = ""
    ) -> None:
        self.root, self._real_root = root, realpath(root)
        self.label = label
        self.problems = problems
        self._kept, self._source = kept, source
        self._composed: dict[Path, dict[str, Path]] = {}  # what lies in a folder, by composed names

    def name_of(self, path: str) -> str:
        return composed(str(PurePosixPath(self.label, path)))

    def fault(self, place: Place | str, found: str, remedy: str) -> None:
        """Adds a problem at a place, or in the file or folder with a path."""
        where = Place(self.name_of(place)) if isinstance(place, str) else place
        self.problems.append(Problem(where, found, remedy))

    def made(self, what: str, make: Callable[[], T], *, of: str | None = None, beside: object = None) -> T:
        """What is made of a file, if there is one, and of what is `beside` it; and what is told meanwhile."""

        def with_problems() -> tuple[T, list[Problem]]:
            before = len(self.problems)
            made = make()
            found = self.problems[before:]
            del self.problems[before:]
            return made, found

        source = "" if of is None else f"{self._source}/{of}"
        made, found = self._kept(f"{what} i {self.label}", source, beside, with_problems)
        self.problems += found
        return made

    def exists(self, path: str) -> bool:
        return _is_there(self._target(path))

    def is_folder(self, path: str) -> bool:
        return _is_folder(self._target(path))

    def entries(self, path: str = "") -> list[str]:
        """Names in a folder, sorted, without hidden and temporary ones; none when it does not exist.

        A folder that is a link is not looked into: it may lead to anybody's files, or round in a ring.
        """
        target = self._target(path)
        if not _is_folder(target):
            return []
        if path and target.is_symlink():
            out = "" if target.resolve().is_relative_to(self._real_root) else " ut ur innehållet"
            self.fault(path, f"mappen är en länk{out}", "Lägg en vanlig mapp där i stället.")
            return []
        try:
            names = [composed(child.name) for child in target.iterdir() if not is_passed_over(child.name)]
        except OSError:
            self.fault(path, "mappen får inte läsas", _ASK_FOR_ACCESS)
            return []
        if len(names) > MAX_FILES:
            self.fault(
                path, f"mappen har fler än {written(MAX_FILES)} filer", "Ta bort det som inte ska läsas."
            )
            return []
        counted = Counter(names)
        for name in (name for name, count in counted.items() if count > 1):
            found = "två filer ser ut att ha samma namn"
            self.fault(str(PurePosixPath(path, name)), found, "Ta bort den ena.")
        return sorted(counted)

    def files(self, path: str, ending: str) -> list[str]:
        """Paths of the files in a folder that end so."""
        paths = [f"{path}/{name}" for name in self.entries(path) if name.endswith(ending)]
        return [path for path in paths if not self.is_folder(path)]

    def all_files(self, path: str = "") -> Iterator[str]:
        """Paths of the files in a folder and in those within it."""
        if len(PurePosixPath(path).parts) > MAX_FOLDERS:
            self.fault(path, "för många mappar ligger i varandra", "Lägg filerna i färre nivåer.")
            return
        for name in self.entries(path):
            below = str(PurePosixPath(path, name))
            if self.is_folder(below):
                yield from self.all_files(below)
            else:
                yield below

    def read_bytes(self, path: str, *, remedy_if_missing: str = ADD) -> bytes | None:
        target = self._target(path)
        try:
            fault = self._fault_of(target, remedy_if_missing)
            if fault is None:
                return target.read_bytes()
        except (OSError, RuntimeError):  # the latter when links lead round in a ring
            fault = "filen får inte läsas", _ASK_FOR_ACCESS
        self.fault(path, *fault)
        return None

    def _fault_of(self, target: Path, remedy_if_missing: str) -> tuple[str, str] | None:
        """Why a file is not to be opened, and how to mend it."""
        if not _is_there(target):
            return "filen finns inte", remedy_if_missing
        if not target.resolve().is_relative_to(self._real_root):
            return "filen är en länk ut ur mappen", "Lägg en vanlig fil i mappen i stället."
        if target.is_dir():
            return "det är en mapp, men ska vara en fil", "Byt namn på mappen."
        if not target.is_file():
            return "filen är ingen vanlig fil", "Lägg en vanlig fil där i stället."
        status, most = target.stat(), MAX_BYTES_OF.get(target.suffix, MAX_BYTES)
        if status.st_size > most:
            size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} kB"
            return f"filen är större än {size}", "Förminska eller dela upp den."
        if status.st_nlink > 1:
            return "filen är en hård länk: den finns också någon annanstans", "Lägg en kopia där i stället."
        return None

    def _target(self, path: str) -> Path:
        """The path on disk, where macOS may have taken å, ä and ö apart."""
        return reduce(self._child, PurePosixPath(path).parts, self.root)

    def _child(self, folder: Path, name: str) -> Path:
        if _is_there(folder / name):
            return folder / name
        if folder not in self._composed:
            try:
                self._composed[folder] = {composed(child.name): child for child in folder.iterdir()}
            except OSError:
                self._composed[folder] = {}
        return self._composed[folder].get(composed(name), folder / name)

    def read_text(self, path: str, *, remedy_if_missing: str = ADD) -> str | None:
        """Text with line feeds and composed letters, or None (with a problem) when it cannot be read."""
        data = self.read_bytes(path, remedy_if_missing=remedy_if_missing)
        if data is None:
            return None
        _, stray = encoding_of(BytesIO(data))
        text = decode(data)
        if data.startswith(b"PK\x03\x04"):
            found = "filen är ingen text, utan en arbetsbok eller ett dokument med fel slut på namnet"
            self.fault(path, found, "Byt slutet till .xlsx, .ods eller .docx, eller spara om den som text.")
        elif stray is not None:
            found = "ett tecken på raden är inte UTF-8, som resten av filen"
            self.fault(Place(self.name_of(path), stray), found, "Skriv om det, och spara filen som UTF-8.")
        elif text is None:
            self.fault(path, "filen går inte att läsa som text", "Spara om den som UTF-8.")
        elif garbled := GARBLED.search(text):
            place = Place(self.name_of(path), 1 + text.count("\n", 0, garbled.start()))
            self.fault(place, GARBLED_FOUND, "Hämta filen på nytt, eller rätta tecknen och spara som UTF-8.")
        elif not text.strip():
            self.fault(path, "filen är tom", "Fyll i den, eller ta bort den om den inte behövs.")
        else:
            return text
        return None


def decode(data: bytes) -> str | None:
    """Text with line feeds and composed letters, in whatever encoding fits it; None if none does."""
    encoding, _ = encoding_of(BytesIO(data))
    return composed("".join(pieces(BytesIO(data), encoding))) if encoding else None


def composed(text: str) -> str:
    """With å as one character, as it is typed; macOS may write it as two."""
    return unicodedata.normalize("NFC", text)


def is_passed_over(name: str) -> bool:
    """Whether a file or folder is hidden, temporary or a draft."""
    return name.startswith(PASSED_OVER) or name.casefold() in _LEFT_BEHIND


def _is_there(path: Path) -> bool:
    """Also where looking is forbidden: reading it then tells so."""
    try:
        path.lstat()
    except OSError as error:
        return not isinstance(error, FileNotFoundError | NotADirectoryError)
    return True


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
