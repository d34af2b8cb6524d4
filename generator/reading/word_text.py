"""The text of a Word document, as Markdown: mammoth makes plain HTML of it, which is written line by line."""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

from generator.model.entry import ORIGIN
from generator.model.names import name_key
from generator.model.narrative import MENTION, Markdown
from generator.model.places import Origin, Place, Problem, Severity
from generator.reading.files import composed
from generator.reading.packages import packed

BODY = "word/document.xml"
_CONTENTS = "contents"
_LISTS_OF_CONTENTS = ("TOC Heading", "table of figures", *(f"toc {depth}" for depth in range(1, 10)))
_STYLES = (
    "p[style-name='Title'] => h1.titel:fresh",
    *(
        f"p[style-name='{name}'] => blockquote:fresh > p:fresh"
        for name in ("Quote", "Intense Quote", "Quotations")
    ),
    *(  # each style is a list of its own, and tells by its name how deep it is
        f"p[style-name='List {name}{f' {depth}' if depth > 1 else ''}']"
        f" => {'ul|ol > li > ' * (depth - 1)}{tag} > li:fresh"
        for name, tag in (("Bullet", "ul"), ("Number", "ol"))
        for depth in range(1, 6)
    ),
    *(f"p[style-name='{name}'] => p.{_CONTENTS}:fresh" for name in _LISTS_OF_CONTENTS),
    "b => strong",
    "i => em",
)
_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
SAVE_AGAIN = "Öppna det i Word eller LibreOffice och spara det som ”Word-dokument (.docx)”, utan lösenord."
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{NAMESPACE}}}"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*(?:\d{1,9}(?=[.)] ))?)([.)#+=-])", re.MULTILINE)
_EDGES = re.compile(r"\A((?:\\\n|\s)*)(.*?)((?:\\\n|\s)*)\Z", re.DOTALL)  # blanks and breaks around a text
_FIRST_WORDS = 5
_NEAR = 2_000  # characters further on
_KEYS = 2  # columns of the table with what a text says of itself


@dataclass
class WordText:
    """The text of a document line by line, with what each line's paragraph begins with."""

    file: str
    problems: list[Problem]
    lines: list[str] = field(default_factory=list)
    begins: list[tuple[int, str]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def read(
        self, parts: Mapping[str, bytes], headings: Iterable[str]
    ) -> tuple[dict[str, Any], Markdown] | None:
        import mammoth

        body = ElementTree.fromstring(parts[BODY])
        _number_lists(body)
        document = packed({**parts, BODY: ElementTree.tostring(body)})
        try:
            converted = mammoth.convert_to_html(
                io.BytesIO(document),
                style_map="\n".join((*_STYLES, *headings)),
                include_embedded_style_map=False,
                convert_image=mammoth.images.img_element(self._picture),
                ignore_empty_paragraphs=True,
            )
            root = ElementTree.fromstring(f"<root>{converted.value}</root>")
        except Exception:  # whatever a damaged document makes of reading it
            self.problems.append(Problem(Place(self.file), "dokumentet är skadat", SAVE_AGAIN))
            return None
        self._tell_unread(body, root)
        if any("w:sym " in message.message for message in converted.messages):
            found = "dokumentet har symboler som inte går att läsa"
            told = Problem(Place(self.file), found, "Skriv det som de betyder.", Severity.WARNING)
            self.problems.append(told)
        blocks = [block for block in root if block.get("class") != _CONTENTS]
        for block in blocks[:2]:  # a heading may stand above it
            if head := _told_of_itself(block):
                self.head = head
                blocks.remove(block)
        self._take_title(blocks)
        for block in blocks:
            self._block(block)
        origin = Origin(Place(self.file))
        source, pictures = "\n".join(self.lines) + "\n", tuple(self.pictures.items())
        return {**self.head, ORIGIN: origin}, Markdown(source, self.file, 1, tuple(self.begins), pictures)

    def _tell_unread(self, body: ElementTree.Element, root: ElementTree.Element) -> None:
        """What stands where mammoth does not look, such as in some boxes and shapes."""
        read, place = "".join("".join(root.itertext()).split()), 0
        for element in body.iter(f"{_W}t"):
            text = "".join((element.text or "").split())
            near = read.find(text, place, place + _NEAR)
            if near >= 0:
                place = near + len(text)
            elif len(text) > 1 and text not in read:  # a box comes after what it stands in
                found = f"dokumentet har text som inte går att läsa där den står: ”{element.text}”"
                remedy = "Flytta den till ett vanligt stycke, ur rutan eller figuren."
                self.problems.append(Problem(Place(self.file), found, remedy))
                break

    def _take_title(self, blocks: list[ElementTree.Element]) -> None:
        """The title of a text that has none in its table: the one of its document, or its name."""
        titled = bool(blocks) and blocks[0].tag == "h1" and blocks[0].get("class") == "titel"
        if titled:
            self.head.setdefault("titel", _plain(blocks.pop(0)))
        name = composed(PurePosixPath(self.file).stem)
        part, dash, title = name.partition(" - ")
        if dash and not {"del", "indikator"} & self.head.keys():
            self.head["indikator" if re.fullmatch(r"\d[\w.-]*", part) else "del"] = part
        if name_key(name) != "analys":
            self.head.setdefault("titel", title or name)

    def _picture(self, image: Any) -> Mapping[str, str]:
        with image.open() as opened:
            data = opened.read()
        kind = _PICTURES.get(image.content_type, image.content_type.rpartition("/")[2])
        path = f"bilder/{hashlib.sha256(data).hexdigest()[:12]}.{kind}"
        self.pictures[path] = data
        return {"src": path}

    def _add(self, text: str, begins: str, indent: str = "") -> None:
        self.number += 1
        words = begins.split() or ["en", "bild"]
        told = " ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else "")
        for line in text.split("\n"):
            self.lines.append(f"{indent}{line}" if line else "")
            self.begins.append((self.number, told))

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
            self.begins.append(self.begins[-1])

    def _block(self, block: ElementTree.Element) -> None:
        match block.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._gap()
                text = _inline(block).replace("\\\n", " ")
                self._add(f"{'#' * min(int(block.tag[1]) + 1, 6)} {text}", _plain(block))
            case "ul" | "ol" if any(item.get("id", "").startswith(("footnote", "endnote")) for item in block):
                for item in block:
                    self._gap()
                    note = " ".join(filter(None, (_inline(part) for part in item)))
                    self._add(f"[^{_note(item.get('id', ''))}]: {note}", _plain(item))
            case "ul" | "ol":
                self._gap()
                self._list(block, "")
            case "table":
                self._table(block)
            case "blockquote":
                self._gap()
                for part in block:
                    self._add(f"> {_inline(part)}", _plain(part))
                    self._add(">", _plain(part))
            case _:
                if text := _inline(block, keeps_tabs=True):
                    self._gap()
                    self._add(text, _plain(block))

    def _list(self, block: ElementTree.Element, indent: str) -> None:
        number = 0
        for item in block:
            ids = (anchor.get("id", "") for anchor in item.iter("a"))
            number = next((int(id) for id in ids if id.isdecimal()), number + 1)
            mark = "- " if block.tag == "ul" else f"{number}. "
            if text := _inline(item, without=("ul", "ol")):
                self._add(mark + text, _plain(item), indent)
            for part in item:
                if part.tag in ("ul", "ol"):
                    self._list(part, f"{indent}    " if text else indent)

    def _table(self, table: ElementTree.Element) -> None:
        if len(boxes := table.findall("tr/td")) == 1:
            for part in boxes[0]:
                self._block(part)
            return
        self._gap()
        rows = list(table.iter("tr"))
        is_merged = any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row)
        if is_merged or table.find(".//table") is not None:
            begins = " ".join(" ".join(table.itertext()).split()[:_FIRST_WORDS])
            found = f"tabellen har {'sammanfogade celler' if is_merged else 'en tabell i en cell'}"
            place = Place(self.file, self.number + 1, paragraph=begins)
            self.problems.append(Problem(place, found, "Dela upp dem, och fyll i varje cell."))
        for index, row in enumerate(rows):
            cells = [_inline(cell).replace("\\\n", "<br>") for cell in row]
            self._add(f"| {' | '.join(cells)} |", _plain(row))
            if not index:
                self._add(f"|{' --- |' * len(cells)}", _plain(row))


def _told_of_itself(block: ElementTree.Element) -> dict[str, str]:
    """A table first in the document, of keys and values: what front matter is to Markdown."""
    rows = [[_plain(cell) for cell in row] for row in block.iter("tr")] if block.tag == "table" else []
    is_head = bool(rows) and all(len(row) >= _KEYS and row[0] and not any(row[_KEYS:]) for row in rows)
    keys = [row[0].rstrip(": ").casefold().replace(" ", "_") for row in rows]
    if not is_head or not {"titel", "del", "indikator"} & {*keys}:
        return {}
    return {key: row[1] for key, row in zip(keys, rows, strict=True) if row[1]}


def _plain(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _inline(element: ElementTree.Element, without: tuple[str, ...] = (), *, keeps_tabs: bool = False) -> str:
    """What stands in a paragraph, on one line but for its own line breaks."""
    text = _EDGES.split("".join(_spans(element, without)))[2]
    return _LINE_START.sub(r"\1\\\2", text if keeps_tabs else text.replace("\t", " "))


def _spans(element: ElementTree.Element, without: tuple[str, ...] = ()) -> Iterator[str]:
    yield _escaped(element.text)
    for part in element:
        if part.tag not in without:
            yield _span(part)
        yield _escaped(part.tail)


def _span(part: ElementTree.Element) -> str:
    inner = "".join(_spans(part))
    match part.tag:
        case "br":
            return "\\\n"
        case "strong" | "em":
            mark = "**" if part.tag == "strong" else "*"
            before, text, after = _EDGES.split(inner)[1:4]
            return f"{before}{mark}{text}{mark}{after}" if text else inner
        case "img":
            return f"![{_escaped(part.get('alt'))}]({part.get('src')})"
        case "a":
            target = part.get("href") or ""
            if target.startswith(("#footnote-ref", "#endnote-ref")):
                return ""  # back from a note
            if target.startswith(("#footnote", "#endnote")):
                return f"[^{_note(target)}]"
            if not inner.strip() or not target or target.startswith("#"):
                return inner
            return f"[{inner}](<{target.replace('>', '%3E').replace('<', '%3C')}>)"
        case "sup" if "[^" in inner:
            return inner
        case "input":
            return "☒" if part.get("checked") else "☐"
        case "sup" | "sub":
            return f"<{part.tag}>{inner}</{part.tag}>"
        case "p" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6":  # in a cell
            return f"{inner} "
    return inner


def _note(target: str) -> str:
    return target.rpartition("note-")[0].lstrip("#")[:1] + target.rpartition("-")[2]


def _escaped(text: str | None) -> str:
    """Text in which no sign is markup. Figures are named as in Markdown."""
    plain = re.sub(r"[\r\n]+", " ", composed(text or ""))
    pieces, end = [], 0
    for match in MENTION.finditer(plain):
        pieces += [_SPECIAL.sub(r"\\\1", plain[end : match.start()]), match[0]]
        end = match.end()
    return "".join((*pieces, _SPECIAL.sub(r"\\\1", plain[end:])))


def _number_lists(body: ElementTree.Element) -> None:
    """Adds bookmarks with the numbers of a list that may go on after something else: mammoth begins anew."""
    numbers = Counter[str]()
    for paragraph in body.iter(f"{_W}p"):
        of_list = {part.tag: part.get(f"{_W}val", "") for part in paragraph.iterfind(f"{_W}pPr/{_W}numPr/*")}
        if (id := of_list.get(f"{_W}numId")) and of_list.get(f"{_W}ilvl", "0") == "0":
            numbers[id] += 1
            ElementTree.SubElement(paragraph, f"{_W}bookmarkStart", {f"{_W}name": str(numbers[id])})
