"""A workbook is a zip archive. It is judged by its directory first, and only what is needed is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from generator.model.limits import MAX_PARTS, MAX_UNPACKED

_MAX_RATIO = 200  # a bomb is packed a thousand times; tables with much repeated are not packed so hard
_SMALL = 1_000_000
_BEGINNING = 1_000  # bytes, in which a table of text has something that parts its cells
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # no program saves by others
_SAVE_AGAIN = "Öppna den i Excel eller LibreOffice, och spara om den som .xlsx eller .ods."
MACROS = (
    "arbetsboken innehåller makron",
    "Spara den som ”Excel-arbetsbok (.xlsx)” eller ”ODF-kalkylark (.ods)”, utan makron.",
)
PROTECTED = (
    "arbetsboken är skyddad med lösenord eller sparad i ett äldre format",
    "Spara den som ”Excel-arbetsbok (.xlsx)”, utan lösenord.",
)
LINKS = (
    "arbetsboken hämtar data från andra filer",
    "Bryt länkarna (på fliken Data, under Redigera länkar) så att värdena står kvar, och spara om den.",
)
# What a damaged archive makes of reading it.
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class UnreadableError(Exception):
    """A file that is not read: what is wrong with it and how to mend it, in Swedish."""

    def __init__(self, found: str, remedy: str) -> None:
        self.found, self.remedy = found, remedy
        super().__init__(found)


def damaged() -> UnreadableError:
    return UnreadableError("arbetsboken är skadad", _SAVE_AGAIN)


class Package:
    """Parts by names in any case, as programs differ. Raises UnreadableError for what is not to be opened."""

    def __init__(self, data: bytes, most: int = MAX_UNPACKED) -> None:
        if data.startswith(_OLE2):
            raise UnreadableError(*PROTECTED)
        if not data.startswith(b"PK"):
            is_csv = b";" in data[:_BEGINNING] and b"\0" not in data[:_BEGINNING]
            remedy = "Är det en CSV-fil, byt slutet på namnet till .csv." if is_csv else _SAVE_AGAIN
            raise UnreadableError("filen är ingen arbetsbok" if data else "filen är tom", remedy)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGES:
            raise damaged() from None
        parts = self._archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        is_bomb = any(part.file_size > max(_SMALL, part.compress_size * _MAX_RATIO) for part in parts)
        if unpacked > most or is_bomb or unpacked > max(_SMALL, len(data) * _MAX_RATIO):
            found = f"arbetsboken packas upp till {max(1, unpacked // 1_000_000)} MB, orimligt mycket"
            raise UnreadableError(found, "Ta bort bilder, blad och rader som inte behövs.")
        if len(parts) > MAX_PARTS:
            raise damaged()
        self._parts = {part.filename.replace("\\", "/").lstrip("/").casefold(): part for part in parts}
        if len(self._parts) < len(parts):
            raise damaged()  # two parts of one name: which of them is read?

    @property
    def names(self) -> Iterable[str]:
        """In small letters."""
        return self._parts

    def has(self, name: str) -> bool:
        return name.casefold() in self._parts

    def has_any(self, *beginnings: str) -> bool:
        return any(name.startswith(beginnings) for name in self._parts)

    def read(self, name: str) -> bytes:
        """A part, no longer than the directory says that it is."""
        return b"".join(self.chunks(name, size=-1))

    def chunks(self, name: str, size: int = 1 << 20) -> Iterator[bytes]:
        """A part piece by piece, no longer than the directory says that it is."""
        part = self._parts.get(name.casefold())
        if part is None:
            raise damaged()
        if part.flag_bits & _ENCRYPTED:
            raise UnreadableError(*PROTECTED)
        if part.compress_type not in _METHODS:
            raise damaged()
        left = part.file_size + 1
        try:
            with self._archive.open(part) as file:
                while left and (chunk := file.read(left if size < 0 else min(size, left))):
                    left -= len(chunk)
                    yield chunk
        except _DAMAGES:
            raise damaged() from None


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A new archive of parts that have been judged, so that nobody reads anything else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()
