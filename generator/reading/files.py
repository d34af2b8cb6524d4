"""Files of a content folder: nothing outside of it, nothing too large, in whatever encoding it was saved."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model.places import Place, Problem

MAX_BYTES = 20_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Folder:
    """A folder that is read from, and the problems found in it so far.

    Paths are relative to `root` and written with slashes; `label` goes before them in messages.
    """

    def __init__(self, root: Path, label: str, problems: list[Problem]) -> None:
        self.root = root
        self.label = label
        self.problems = problems

    def name_of(self, path: str) -> str:
        return str(PurePosixPath(self.label, path))

    def fault(self, place: Place, found: str, remedy: str) -> None:
        self.problems.append(Problem(place, found, remedy))

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def list(self, pattern: str) -> Iterator[str]:
        """Paths of files that match, sorted; hidden and temporary files are passed over."""
        for path in sorted(self.root.glob(pattern)):
            if path.is_file() and not path.name.startswith((".", "~", "_")):
                yield path.relative_to(self.root).as_posix()

    def read_bytes(self, path: str, *, remedy_if_missing: str) -> bytes | None:
        place = Place(self.name_of(path))
        target = self.root / path
        if not target.is_file():
            self.fault(place, "filen finns inte", remedy_if_missing)
            return None
        if not target.resolve().is_relative_to(self.root.resolve()):
            self.fault(place, "filen är en länk ut ur mappen", "Lägg en vanlig fil i mappen i stället.")
            return None
        if target.stat().st_size > MAX_BYTES:
            size = MAX_BYTES // 1_000_000
            self.fault(place, f"filen är större än {size} MB", "Förminska eller dela upp den.")
            return None
        return target.read_bytes()

    def read_text(self, path: str, *, remedy_if_missing: str = "Lägg till filen.") -> str | None:
        """Text with line feeds and composed letters, or None (with a problem) when it cannot be read."""
        data = self.read_bytes(path, remedy_if_missing=remedy_if_missing)
        if data is None:
            return None
        place = Place(self.name_of(path))
        text = decode(data)
        if text is None or "\0" in text:
            self.fault(place, "filen går inte att läsa som text", "Spara om den som UTF-8.")
            return None
        if not text.strip():
            self.fault(place, "filen är tom", "Fyll i den, eller ta bort den om den inte behövs.")
            return None
        return text


def decode(data: bytes) -> str | None:
    """Text in UTF-8 or UTF-16 with or without byte order mark, or as Windows saves it; None if none fits."""
    encodings = [name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in encodings or ["utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return None
