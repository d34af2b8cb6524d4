"""Workbooks whose archive, parts, attributes or cells are not what a program would save."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from tests.fuzzing import nasty
from tests.fuzzing.mutations import raw_bytes
from tests.fuzzing.mutations.files import a_file

WORKBOOKS = (".xlsx", ".ods")
Part = tuple[str, bytes]
Parts = list[Part]
_TIME = (2020, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")
_BOMB = 60_000_000


def mutate(chance: Random, content: Path) -> None:
    path = a_file(chance, content, *WORKBOOKS)
    if path is None:
        return
    data = path.read_bytes()
    parts = parts_of(data)
    if not parts or chance.random() < 0.15:
        path.write_bytes(chance.choice(_ARCHIVE_CHANGES)(chance, data))
    elif chance.random() < 0.15:
        path.write_bytes(archive(chance.choice(_PART_CHANGES)(chance, parts), _method(chance)))
    else:
        path.write_bytes(archive(_change_one(chance, parts)))


def parts_of(data: bytes) -> Parts:
    """The parts of an archive; none when it is too broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return [(part.filename, opened.read(part)) for part in opened.infolist()]
    except Exception:  # whatever the broken archive makes of it
        return []


def archive(parts: Sequence[Part], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same bytes for the same parts, also when there are two of one name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in parts:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = method
            made.NameToInfo.pop(name, None)  # it warns of names that it knows
            made.writestr(info, data)
    return file.getvalue()


def forget_times(path: Path) -> None:
    """A workbook is the same bytes whenever it is made."""
    parts = [(part, _TIMES.sub(b"2020-01-01T00:00:00", data)) for part, data in parts_of(path.read_bytes())]
    path.write_bytes(archive(parts))


def _method(chance: Random) -> int:
    return chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))


# The archive


def _lie(chance: Random, data: bytes) -> bytes:
    """A number in the directory, such as a size or an offset, is another."""
    starts = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    if not starts:
        return data
    made = bytearray(data)
    at = chance.choice(starts) + chance.choice((6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42))
    made[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 8, 99, 100, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)))
    return bytes(made[: len(data)])


def _put_first(chance: Random, data: bytes) -> bytes:
    ole2 = bytes.fromhex("d0cf11e0a1b11ae1")
    return chance.choice((b"PK\x03\x04", b"\0" * 100, b"#!/bin/sh\n", ole2)) + data


def _nest(_: Random, data: bytes) -> bytes:
    return archive([("utfall.xlsx", data)])


def _be_other(chance: Random, _: bytes) -> bytes:
    return chance.choice((b"", b"PK", b"enhet;rad\n", b"%PDF-1.7", archive([]), archive([("a", b"b")])))


_ARCHIVE_CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    raw_bytes.changed, raw_bytes.changed, _lie, _lie, _put_first, _nest, _be_other,
)  # fmt: skip


# The parts

_ODD_NAMES = (
    "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml", "Basic/script-lc.xml",
    "../../utanför.xml", "/etc/passwd", "xl\\workbook.xml", "XL/WORKBOOK.XML", "content.xml",
    "xl/workbook.xml", "mimetype", "å.xml", "a/" * 300, "", "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml", "[Content_Types].xml", "EncryptedPackage", "META-INF/manifest.xml",
    "xl/styles.xml", "xl/tables/table1.xml",
)  # fmt: skip


def _drop(chance: Random, parts: Parts) -> Parts:
    del parts[chance.randrange(len(parts))]
    return parts


def _rename(chance: Random, parts: Parts) -> Parts:
    at = chance.randrange(len(parts))
    name, data = parts[at]
    parts[at] = (chance.choice((name.upper(), f"/{name}", f"x{name}", chance.choice(_ODD_NAMES))), data)
    return parts


def _repeat(chance: Random, parts: Parts) -> Parts:
    name, data = chance.choice(parts)
    return [*parts, (chance.choice((name, name.upper(), f"./{name}")), data)]


def _exchange(chance: Random, parts: Parts) -> Parts:
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    (name, data), (another, more) = parts[one], parts[other]
    parts[one], parts[other] = (name, more), (another, data)
    return parts


def _add(chance: Random, parts: Parts) -> Parts:
    data = chance.choice((b"", b"x", b"<a/>", archive(parts), parts[0][1], b"\0" * 100_000))
    return [*parts, (chance.choice(_ODD_NAMES), data)]


def _add_many(chance: Random, parts: Parts) -> Parts:
    count = chance.choice((100, 2500))
    return [*parts, *((f"xl/media/{number}", b"x") for number in range(count))]


def _add_bomb(chance: Random, parts: Parts) -> Parts:
    """Something small that unfolds to very much, beside the parts or as one of them."""
    name = chance.choice(("xl/media/image1.png", "bomb", chance.choice(parts)[0]))
    return [part for part in parts if part[0] != name] + [(name, chance.choice(b" \0<").to_bytes() * _BOMB)]


def _shuffle(chance: Random, parts: Parts) -> Parts:
    chance.shuffle(parts)
    return parts


_PART_CHANGES: tuple[Callable[[Random, Parts], Parts], ...] = (
    _drop, _rename, _repeat, _exchange, _add, _add_many, _shuffle, _add_bomb,
)  # fmt: skip


# The XML of a part

_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
_TEXT = re.compile(r">([^<>]+)<")
_ELEMENT = re.compile(
    r"<(row|c|si|sheet|table:table-row|table:table-cell|table:table|text:p|Relationship|Override|xf)\b"
    r"[^>]*(?:/>|>.*?</\1>)",
    re.DOTALL,
)
_ATTRIBUTE_VALUES = (
    "XFD1048576", "A1048576", "XFD1", "ZZZ1", "A0", "a1", "A1:XFD1048576", "B2:A1", "1:1", "A99999999999",
    "-1", "0", "1", "2", "16384", "1048576", "1048577", "1024", "200", "201", "100000", "2147483648",
    "4294967296", "1e9", "01", "99999999999999999999", "NaN", "-0.0", "1e309", "5e-324",
    "123456789.123456789", "0.1", "s", "str", "inlineStr", "e", "b", "d", "n", "x", "float", "string",
    "boolean", "date", "time", "percentage", "currency", "error", "2023-02-30", "2023-12-31T00:00:00", "PT1H",
    "PT999999999999H", "P", "true", "hidden", "worksheet", "../../x.xml", "/xl/workbook.xml", "sheet1.xml",
    "rId1", "rId99", "of:=1/0", "file:///etc/passwd", "External", "",
)  # fmt: skip
_ADDED_ATTRIBUTES = (
    "t", "r", "s", "spans", "table:number-columns-repeated", "table:number-rows-repeated",
    "office:value-type", "table:number-columns-spanned", "table:number-rows-spanned", "table:formula",
    "office:value", "office:date-value", "office:string-value", "office:boolean-value", "office:time-value",
    "xml:space", "hidden", "name",
)  # fmt: skip
_CELLS = (
    '<c r="XFD1048576"><v>1</v></c>', "<c><v>1</v></c>", '<c t="s"><v>99999</v></c>',
    '<c t="s"><v>-1</v></c>', '<c t="e"><v>#REF!</v></c>', '<c t="b"><v>1</v></c>',
    '<c t="d"><v>2023-01-01</v></c>', "<c><f>1+1</f></c>",
    '<c t="inlineStr"><is><t>x</t><r><t>y</t></r></is></c>', "<c><v>1</v><v>2</v></c>",
    "<c><c><v>1</v></c></c>", '<row r="1048576"><c><v>1</v></c></row>', '<row r="0"/>', '<row r="2"/>',
    "<v>1</v>", "<si/>", "<row/>" * 20_000, '<mergeCell ref="A1:XFD1048576"/>',
    '<mergeCells><mergeCell ref="A1:B9"/></mergeCells>', "<sheetData/>",
    '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>',
    '<table:table-cell table:number-columns-repeated="16384"/>', "<table:table-cell/>" * 5000,
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>',
    '<table:table-row table:number-rows-repeated="99999"><table:table-cell office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row>",
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
    '<table:table table:name="x"/>',
    '<table:table-cell office:value-type="date" office:date-value="2023-01-01"/>',
    "<table:table-cell><text:p>1</text:p></table:table-cell>", "<table:covered-table-cell/>",
    '<office:annotation><text:p>x</text:p></office:annotation>', '<text:s text:c="99999999"/>',
    '<text:s text:c="3"/>', "<text:tab/>", "<text:line-break/>", "<text:p/>", "<a>" * 50_000, "</a>",
    "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "&x;", "&#0;", "&#xd800;", "\0",
)  # fmt: skip
_DOCTYPES = (
    '<!DOCTYPE x [<!ENTITY x "y">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>',
)  # fmt: skip
_DECLARATIONS = ("utf-16", "iso-8859-1", "windows-1252", "x-finns-inte", "utf-7", "cp037", "")


def _change_one(chance: Random, parts: Parts) -> Parts:
    at = chance.randrange(len(parts))
    name, data = parts[at]
    if chance.random() < 0.1:
        parts[at] = (name, raw_bytes.changed(chance, data))
        return parts
    text = data.decode("utf-8", "replace")
    changed = chance.choice(_XML_CHANGES)(chance, text).encode("utf-8", "ignore")
    parts[at] = (name, changed)
    return parts


def _put(match: re.Match[str], group: int, new: str) -> str:
    """The whole text with something else in a group of a match."""
    return match.string[: match.start(group)] + new + match.string[match.end(group) :]


def _one(chance: Random, pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _change_attribute(chance: Random, text: str) -> str:
    match = _one(chance, _ATTRIBUTE, text)
    return _put(match, 2, chance.choice(_ATTRIBUTE_VALUES)) if match else text


def _change_every_such_attribute(chance: Random, text: str) -> str:
    match = _one(chance, _ATTRIBUTE, text)
    if match is None:
        return text
    new = chance.choice(_ATTRIBUTE_VALUES)
    return re.sub(rf'\b{re.escape(match[1])}="[^"]*"', f'{match[1]}="{new}"', text)


def _take_attribute(chance: Random, text: str) -> str:
    """The value of another attribute of the same part."""
    match, other = _one(chance, _ATTRIBUTE, text), _one(chance, _ATTRIBUTE, text)
    return _put(match, 2, other[2]) if match and other else text


def _drop_attribute(chance: Random, text: str) -> str:
    match = _one(chance, _ATTRIBUTE, text)
    return _put(match, 0, "") if match else text


def _add_attribute(chance: Random, text: str) -> str:
    match = _one(chance, re.compile(r"<[\w:-]+(?=[\s/>])"), text)
    if match is None:
        return text
    added = f' {chance.choice(_ADDED_ATTRIBUTES)}="{chance.choice(_ATTRIBUTE_VALUES)}"'
    return _put(match, 0, match[0] + added)


def _change_text(chance: Random, text: str) -> str:
    match = _one(chance, _TEXT, text)
    if match is None:
        return text
    value = nasty.value(chance) if chance.random() < 0.7 else nasty.blemished(chance, match[1])
    return _put(match, 1, escape(value))


def _take_text(chance: Random, text: str) -> str:
    match, other = _one(chance, _TEXT, text), _one(chance, _TEXT, text)
    return _put(match, 1, other[1]) if match and other else text


def _change_count(chance: Random, text: str) -> str:
    """A number that a cell holds."""
    match = _one(chance, re.compile(r'(?:office:value="|<v>)([\d.]+)'), text)
    new = str(chance.choice((0, 1, 2, 4, 7, 100, 0.1, -3, 1e300, 123456789012345678)))
    return _put(match, 1, new) if match else text


def _drop_element(chance: Random, text: str) -> str:
    match = _one(chance, _ELEMENT, text)
    return _put(match, 0, "") if match else text


def _repeat_element(chance: Random, text: str) -> str:
    match = _one(chance, _ELEMENT, text)
    return _put(match, 0, match[0] * chance.choice((2, 2, 3, 300))) if match else text


def _move_element(chance: Random, text: str) -> str:
    match, other = _one(chance, _ELEMENT, text), _one(chance, _ELEMENT, text)
    return _put(other, 0, other[0] + match[0]) if match and other else text


def _put_cell(chance: Random, text: str) -> str:
    match = _one(chance, _ELEMENT, text)
    new = chance.choice(_CELLS)
    return _put(match, 0, chance.choice((new, new + match[0], match[0] + new))) if match else text + new


def _put_inside(chance: Random, text: str) -> str:
    match = _one(chance, re.compile(r">"), text)
    return _put(match, 0, ">" + chance.choice(_CELLS)) if match else text


def _declare(chance: Random, text: str) -> str:
    return re.sub(r'encoding="[^"]*"', f'encoding="{chance.choice(_DECLARATIONS)}"', text, count=1)


def _define(chance: Random, text: str) -> str:
    return re.sub(r"(\?>\s*)", lambda match: match[0] + chance.choice(_DOCTYPES), text, count=1)


def _cut(chance: Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _rename_elements(chance: Random, text: str) -> str:
    match = _one(chance, re.compile(r"<([\w:-]+)"), text)
    if match is None:
        return text
    new = chance.choice(("x", "table:x", "nope:x", "c", "row", "table:table", "script"))
    return re.sub(rf"(</?){re.escape(match[1])}\b", rf"\g<1>{new}", text)


_XML_CHANGES: tuple[Callable[[Random, str], str], ...] = (
    _change_attribute, _change_attribute, _change_attribute, _change_every_such_attribute, _take_attribute,
    _drop_attribute, _add_attribute, _add_attribute, _change_text, _change_text, _take_text, _change_count,
    _drop_element, _repeat_element, _move_element, _put_cell, _put_cell, _put_inside, _declare, _define, _cut,
    _rename_elements,
)  # fmt: skip
