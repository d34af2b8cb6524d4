"""A PDF as one hears it: its tags and texts in order, a line for each thing that a screen reader says.

    .venv/bin/python -m tests.read_aloud output/2021-umearegionen/bokslut.pdf "Samhälls- och medlemsnytta"

With a heading, only what stands below it is read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.printed import fonts_of, letters_of

_TOKEN = re.compile(
    rb"/MCID (?P<id>\d+)[^\n]*?>>\s+BDC|(?P<begin>\bB[DM]C\b)|(?P<end>\bEMC\b)"
    rb"|/ActualText (?P<soft><FEFF00AD>)|/(?P<font>\w+) \S+ Tf|<(?P<codes>[0-9a-f]+)>"
)
_HEADING = re.compile("/H([1-6])")
SOFT = "\N{SOFT HYPHEN}"


def heard(path: Path, heading: str = "") -> list[str]:
    """What is said of a document, or of what stands below a heading."""
    reader = PdfReader(path)
    root: Any = reader.root_object
    texts = dict(_texts(reader))
    said = list(_said(root["/StructTreeRoot"], texts))
    if not heading:
        return said
    first = next(number for number, line in enumerate(said) if re.fullmatch(rf"Rubrik \d: {heading}", line))
    level = said[first][len("Rubrik ")]
    ends = (number for number, line in enumerate(said) if number > first and line.startswith("Rubrik "))
    return said[first : next((end for end in ends if said[end][len("Rubrik ")] <= level), None)]


def _texts(reader: PdfReader) -> Iterator[tuple[tuple[int, int], str]]:
    """The text of each marked piece, by the number of its page's object and its own."""
    known: dict[int, Any] = {}
    for page in reader.pages:
        assert page.indirect_reference is not None
        contents, fonts, font = page.get_contents(), fonts_of(page, known), ""
        inside: list[int | None] = []
        found: dict[int, str] = {}
        for token in _TOKEN.finditer(contents.get_data() if contents is not None else b""):
            match token.lastgroup:
                case "id":
                    inside.append(int(token["id"]))
                case "begin":
                    inside.append(None)
                case "end":
                    inside.pop()
                case "soft" if (number := inside[-1]) is not None:
                    found[number] += SOFT
                case "font":
                    font = token["font"].decode()
                case _ if inside and (number := inside[-1]) is not None:
                    found[number] = found.get(number, "") + letters_of(token["codes"], fonts[font])
        for number, text in found.items():
            yield (page.indirect_reference.idnum, number), text


def _said(element: Any, texts: dict[tuple[int, int], str]) -> Iterator[str]:
    tag = element.get("/S", "")
    if heading := _HEADING.match(tag):
        yield f"Rubrik {heading[1]}: {_text(element, texts)}"
    elif tag in ("/P", "/Caption", "/LBody") and not _has_blocks(element):
        yield f"{'• ' if tag == '/LBody' else ''}{_text(element, texts)}"
    elif tag == "/Figure":
        yield f"Bild: {element.get('/Alt', 'utan beskrivning')}"
    elif tag == "/TR":
        yield "Rad: " + " | ".join(_text(cell, texts) for cell in _kids(element))
    else:
        if tag in ("/Table", "/L"):
            yield f"{'Tabell' if tag == '/Table' else 'Lista'}, {_size(element)}"
        for kid in _kids(element):
            yield from _said(kid, texts)


def _size(element: Any) -> str:
    rows = [kid for kid in _inside(element) if kid["/S"] in ("/TR", "/LI")]
    return f"{len(rows)} {'rader' if rows and rows[0]['/S'] == '/TR' else 'punkter'}"


def _has_blocks(element: Any) -> bool:
    return any(kid["/S"] in ("/P", "/L", "/Table", "/Figure") for kid in _inside(element))


def _inside(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        yield kid
        yield from _inside(kid)


def _kids(element: Any) -> list[Any]:
    return [kid for kid in _contents(element) if isinstance(kid, dict) and "/S" in kid]


def _contents(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return [kid.get_object() for kid in (found if isinstance(found, list) else [found])]


def _text(element: Any, texts: dict[tuple[int, int], str]) -> str:
    """What is read of an element and all that is in it, with the alternative text of drawings."""
    text = re.sub(r"\s+", " ", " ".join(_words(element, texts)).replace(f"{SOFT} ", "")).strip()
    return re.sub(r" ([.,:;)])", r"\1", text)


def _words(element: Any, texts: dict[tuple[int, int], str], page: Any = None) -> Iterator[str]:
    page = element.raw_get("/Pg") if "/Pg" in element else page
    if element.get("/S") == "/Figure":
        yield element.get("/Alt", "")
        return
    for kid in _contents(element):
        if isinstance(kid, int):
            yield texts.get((page.idnum, kid), "")
        elif "/MCID" in kid:
            own = kid.raw_get("/Pg") if "/Pg" in kid else page
            yield texts.get((own.idnum, kid["/MCID"]), "")
        elif "/S" in kid:
            yield from _words(kid, texts, page)


if __name__ == "__main__":
    print("\n".join(heard(Path(sys.argv[1]), *sys.argv[2:])))  # noqa: T201
