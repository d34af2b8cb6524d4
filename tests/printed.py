"""What is read in a PDF of ours: its lines in the order they are drawn, each with where it lies.

Quicker than the extraction of text in pypdf, which knows PDFs of every kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

_LINE = re.compile(rb"BT\n(.*?)ET\n", re.DOTALL)
_PART = re.compile(rb"/(?P<font>\w+) \S+ Tf|<(?P<codes>[0-9a-f]+)>")
_HEIGHT = re.compile(rb" (\S+) Tm")
_LETTER = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]+)>")

Letters = Mapping[int, str]


@dataclass(frozen=True)
class Line:
    text: str
    height: float


def pdf_lines(path: Path) -> list[list[Line]]:
    """The lines of each page."""
    known: dict[int, Letters] = {}
    return [list(_lines(page, known)) for page in PdfReader(path).pages]


def pdf_pages(path: Path) -> list[str]:
    """The text of each page."""
    return ["\n".join(line.text for line in lines) for lines in pdf_lines(path)]


def pdf_text(path: Path) -> str:
    return "\n".join(pdf_pages(path))


def _lines(page: PageObject, known: dict[int, Letters]) -> Iterator[Line]:
    contents = page.get_contents()
    assert contents is not None
    fonts = fonts_of(page, known)
    for drawn in _LINE.findall(contents.get_data()):
        text, font = "", ""
        for part in _PART.finditer(drawn):
            if part["font"]:
                font = part["font"].decode()
            else:
                text += letters_of(part["codes"], fonts[font])
        if text:
            height = _HEIGHT.search(drawn)
            assert height is not None
            yield Line(text, round(float(height[1]), 1))


def letters_of(codes: bytes, letters: Letters) -> str:
    """A text as it is drawn: the letter of each code of two bytes."""
    return "".join(letters[int(codes[start : start + 4], 16)] for start in range(0, len(codes), 4))


def fonts_of(page: PageObject, known: dict[int, Letters]) -> dict[str, Letters]:
    """The letters by their codes of each font that a page names. `known` are those of pages before it."""
    fonts, resources = {}, cast(DictionaryObject, page["/Resources"])
    for name, reference in resources.get("/Font", {}).items():
        table = reference.get_object().raw_get("/ToUnicode")
        if table.idnum not in known:
            pairs = _LETTER.findall(table.get_object().get_data().partition(b"beginbfchar")[2])
            known[table.idnum] = {
                int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for code, letters in pairs
            }
        fonts[name.removeprefix("/")] = known[table.idnum]
    return fonts
