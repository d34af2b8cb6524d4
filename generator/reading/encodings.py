"""The encoding that a text was saved in, however long it is: Unicode, or as old Windows programs save it."""

import codecs
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

UTF8, _WINDOWS = "utf-8-sig", "cp1252"
_STRAY = re.compile("[\udc80-\udcff]")  # a byte that is not UTF-8, as ”surrogateescape” reads it
_NOT_ASCII = re.compile("[^\0-\x7f\udc80-\udcff]")


def encoding_of(file: BinaryIO) -> tuple[str | None, int | None]:
    """UTF-8 or UTF-16 with or without byte order mark, or as Windows saves it; None if none fits, or if
    there is a NUL, which no text holds.

    With the line of the first byte that is not UTF-8, in a file where å, ä or ö elsewhere are: read as old
    Windows programs save it, all of those would be wrong.
    """
    file.seek(0)
    is_utf16 = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if is_utf16 else UTF8
    if _fits(file, encoding):
        return encoding, None
    if is_utf16:
        return None, None
    return _WINDOWS if _fits(file, _WINDOWS) else None, _line_of_stray_byte(file)


def _fits(file: BinaryIO, encoding: str) -> bool:
    try:
        return not any("\0" in piece for piece in pieces(file, encoding, newline=""))
    except UnicodeDecodeError:
        return False


def pieces(
    file: BinaryIO, encoding: str, errors: str = "strict", newline: str | None = None
) -> Iterator[str]:
    """The text of a file from its beginning, with line feeds, or faster as it is where `newline` is ""."""
    file.seek(0)
    text = TextIOWrapper(file, encoding, errors, newline)
    try:
        yield from iter(lambda: text.read(1 << 20), "")
    finally:
        text.detach()  # lest the file be closed with it


def _line_of_stray_byte(file: BinaryIO) -> int | None:
    line, stray, is_utf8 = 1, None, False
    for piece in pieces(file, UTF8, "surrogateescape"):
        found = _STRAY.search(piece)
        if found and stray is None:
            stray = line + piece.count("\n", 0, found.start())
        line += piece.count("\n")
        is_utf8 = is_utf8 or _NOT_ASCII.search(piece) is not None
    return stray if is_utf8 else None
