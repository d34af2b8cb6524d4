"""A workbook is a file from anywhere: whatever it is, it becomes a sound report or a list of problems."""

from __future__ import annotations

import random
import re
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from generator.model.places import Problem
from generator.reading.files import Folder
from generator.reading.packages import Package, UnreadableError
from generator.reading.workbooks import Sheet, read_workbook
from tests.support import YEAR, edit, only_problem_in, problems_in
from tests.workbooks import (
    GROUPS,
    MAKERS,
    Rows,
    add_part,
    by_odfdo,
    by_xlsxwriter,
    change_part,
    parts_of,
    write_parts,
)

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET, CONTENT = "xl/worksheets/sheet1.xml", "content.xml"


def read_alone(path: Path) -> tuple[list[Sheet] | None, list[Problem]]:
    problems: list[Problem] = []
    return read_workbook(Folder(path.parent, "content", problems), path.name), problems


def told(path: Path) -> str:
    """What is said about a workbook that is refused."""
    sheets, problems = read_alone(path)
    assert sheets is None
    (problem,) = problems
    assert problem.remedy
    assert problem.place.file == f"content/{path.name}"
    return problem.found


@pytest.fixture
def xlsx(tmp_path: Path) -> Path:
    by_xlsxwriter(tmp_path / "utfall.xlsx", {"Grupper": GROUPS})
    return tmp_path / "utfall.xlsx"


@pytest.fixture
def ods(tmp_path: Path) -> Path:
    by_odfdo(tmp_path / "utfall.ods", {"Grupper": GROUPS})
    return tmp_path / "utfall.ods"


@pytest.fixture
def year(outcomes: Path) -> Path:
    """A report of tables alone."""
    return outcomes


# Refused by kind


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_of_excel_are_refused(xlsx: Path, part: str) -> None:
    add_part(xlsx, part)
    assert told(xlsx) == "arbetsboken innehåller makron"


@pytest.mark.parametrize("part", ["Basic/script-lc.xml", "Scripts/python/makro.py"])
def test_macros_of_libreoffice_are_refused(ods: Path, part: str) -> None:
    add_part(ods, part)
    assert told(ods) == "arbetsboken innehåller makron"


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_links_of_excel_are_refused(xlsx: Path, part: str) -> None:
    add_part(xlsx, part)
    assert told(xlsx) == "arbetsboken hämtar data från andra filer"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<table:table table:name="Grupper">', '<table:table table:name="Grupper"><table:table-source/>'),
        ('office:value="6"', 'office:value="6" table:formula="of:=\'file:///c:/a.ods\'#$B.A1"'),
        ('office:value="6"', 'office:value="6" table:formula="of:=DDE(&quot;a&quot;;1;2)"'),
    ],
)
def test_links_of_libreoffice_are_refused(ods: Path, old: str, new: str) -> None:
    change_part(ods, CONTENT, old, new)
    assert told(ods) == "arbetsboken hämtar data från andra filer"


def test_what_is_protected_is_refused(xlsx: Path, ods: Path) -> None:
    """Excel locks a workbook in a file of the old kind, LibreOffice its parts."""
    add_part(ods, "META-INF/manifest.xml", b"<manifest:encryption-data/>")
    assert "skyddad med lösenord" in told(ods)
    xlsx.write_bytes(OLE2 + bytes(5000))
    assert "skyddad med lösenord" in told(xlsx)


def test_parts_with_a_password_are_refused(xlsx: Path) -> None:
    data = bytearray(xlsx.read_bytes())
    for at in [match.start() for match in re.finditer(b"PK\x01\x02", bytes(data))]:
        data[at + 8] |= 1
    xlsx.write_bytes(data)
    assert "skyddad med lösenord" in told(xlsx)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"grupp;kvinnor;m\xe4n\n", b"%PDF-1.7", b"PK", b"PK\x03\x04" * 9]
)
def test_what_is_no_workbook_is_told(xlsx: Path, data: bytes) -> None:
    xlsx.write_bytes(data)
    assert told(xlsx) in ("filen är tom", "filen är ingen arbetsbok", "arbetsboken är skadad")


def test_text_in_the_name_of_a_workbook_is_to_have_another_name() -> None:
    with pytest.raises(UnreadableError) as raised:
        Package(b"grupp;kvinnor\n")
    assert raised.value.remedy.endswith("byt slutet på namnet till .csv.")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_packed_as_no_program_packs_them_are_not_unpacked(xlsx: Path, method: int) -> None:
    write_parts(xlsx, parts_of(xlsx), method)
    assert told(xlsx) == "arbetsboken är skadad"


def test_another_archive_is_told(xlsx: Path) -> None:
    write_parts(xlsx, {"word/document.xml": b"<a/>"})
    assert told(xlsx) == "filen är ingen arbetsbok av ett slag som läses"


def test_a_workbook_is_known_by_what_it_is(ods: Path) -> None:
    ods.rename(ods.with_suffix(".xlsx"))
    sheets, problems = read_alone(ods.with_suffix(".xlsx"))
    assert [sheet.title for sheet in sheets or []] == ["Grupper"]
    assert not problems


# Refused by size


def quickly(work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    assert time.process_time() - start < 5


@pytest.mark.parametrize("size", [100_000_000, 5_000_000])
def test_an_archive_that_grows_is_refused_unopened(xlsx: Path, size: int) -> None:
    add_part(xlsx, "xl/media/image1.png", bytes(size))
    quickly(lambda: told(xlsx))
    assert "orimligt mycket" in told(xlsx)


def test_an_archive_that_lies_about_its_sizes_is_refused(xlsx: Path) -> None:
    """A gigabyte that is said to be a hundred bytes: no more than that is unpacked."""
    add_part(xlsx, SHEET, b" " * 40_000_000)
    data = xlsx.read_bytes()
    size = struct.pack("<I", 40_000_000)
    assert data.count(size) >= 1
    xlsx.write_bytes(data.replace(size, struct.pack("<I", 100)))
    quickly(lambda: told(xlsx))
    assert told(xlsx) == "arbetsboken är skadad"


def test_a_file_above_the_limit_is_refused(xlsx: Path) -> None:
    write_parts(xlsx, parts_of(xlsx) | {"xl/media/a.png": bytes(20_000_001)}, zipfile.ZIP_STORED)
    assert told(xlsx) == "filen är större än 20 MB"


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "ZZZ9999999"])
def test_a_cell_far_out_is_refused(xlsx: Path, cell: str) -> None:
    change_part(xlsx, SHEET, 'r="C3"', f'r="{cell}"')
    quickly(lambda: told(xlsx))
    assert "rader och" in told(xlsx) or told(xlsx) == "arbetsboken är skadad"


@pytest.mark.parametrize("repeated", ["1000", "60000", "1000000000", "99999999999999999999", "-1", "x", ""])
@pytest.mark.parametrize("what", ["table:number-columns-repeated", "table:number-rows-repeated"])
def test_cells_repeated_beyond_measure_are_refused(ods: Path, what: str, repeated: str) -> None:
    if what.endswith("columns-repeated"):
        change_part(ods, CONTENT, 'office:value="6"', f'office:value="6" {what}="{repeated}"')
    else:
        text = parts_of(ods)[CONTENT].decode()
        rows = text.replace("<table:table-row>", f'<table:table-row {what}="{repeated}">')
        write_parts(ods, parts_of(ods) | {CONTENT: rows.encode()})
    if (what, repeated) == ("table:number-rows-repeated", "1000"):
        sheets, _ = read_alone(ods)
        assert sheets is not None
        assert len(sheets[0].grid.rows) == 3000
    else:
        quickly(lambda: told(ods))
        assert "rader och" in told(ods) or told(ods) == "arbetsboken är skadad"


def test_the_emptiness_that_libreoffice_writes_is_no_measure(ods: Path) -> None:
    rest = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    change_part(ods, CONTENT, "</table:table>", rest)
    sheets, _ = read_alone(ods)
    assert sheets is not None
    assert len(sheets[0].grid.rows) == 3


def test_a_text_that_many_cells_share_is_counted_each_time(tmp_path: Path) -> None:
    rows: Rows = [["x" * 30_000] * 20 for _ in range(100)]
    by_xlsxwriter(tmp_path / "utfall.xlsx", {"A": rows})
    assert told(tmp_path / "utfall.xlsx") == "arbetsboken har orimligt mycket innehåll"


def test_sheets_that_are_large_together_are_refused(xlsx: Path, ods: Path) -> None:
    corners: Rows = [["x"], *[[]] * 4_999, [*[None] * 199, "x"]]
    by_xlsxwriter(xlsx, {title: [*corners, ["x"]] for title in "AB"})
    text = parts_of(ods)[CONTENT].decode()
    table = text[text.index("<table:table ") : text.index("</table:table>") + len("</table:table>")]
    table = table.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="30000">')
    tables = "".join(table.replace("Grupper", f"Grupper {number}") for number in range(1_000))
    change_part(ods, CONTENT, "<table:table ", f"{tables}<table:table ")
    for path in (xlsx, ods):
        quickly(partial(told, path))
        assert told(path) == "arbetsboken har orimligt mycket innehåll"


def test_a_part_is_one_sheet_only(xlsx: Path) -> None:
    sheet = parts_of(xlsx)["xl/workbook.xml"].decode().partition("<sheets>")[2].partition("</sheets>")[0]
    change_part(xlsx, "xl/workbook.xml", sheet, sheet + sheet.replace("Grupper", "Enkät"))
    assert told(xlsx) == "arbetsboken är skadad"


def test_a_number_format_of_nothing_but_brackets_takes_no_time(xlsx: Path) -> None:
    styles = parts_of(xlsx)["xl/styles.xml"].decode()
    code = f'<numFmts><numFmt numFmtId="170" formatCode="{"[" * 200_000}"/></numFmts><fonts'
    change_part(xlsx, "xl/styles.xml", "<fonts", code if "<numFmts" not in styles else "")
    quickly(lambda: read_alone(xlsx))


@pytest.mark.parametrize("name", MAKERS)
def test_a_cell_too_long_is_refused(tmp_path: Path, name: str) -> None:
    MAKERS[name](tmp_path / name, {"A": [["x"]]})
    if name.endswith("xlsx"):
        change_part(tmp_path / name, "xl/sharedStrings.xml", "<t>x</t>", f"<t>{'xy ' * 20_000}</t>")
    else:
        change_part(tmp_path / name, CONTENT, "<text:p>x", f"<text:p>{'xy ' * 30_000}")
    assert told(tmp_path / name) == "en cell har fler än 32767 tecken"


def test_entities_are_refused(xlsx: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><worksheet'
    change_part(xlsx, SHEET, "<worksheet", bomb)
    assert told(xlsx) == "arbetsboken är skadad"


@pytest.mark.parametrize("encoding", ["utf-99", "big5"])
def test_an_encoding_that_cannot_be_read_is_told(xlsx: Path, encoding: str) -> None:
    change_part(xlsx, SHEET, 'encoding="UTF-8"', f'encoding="{encoding}"')
    assert told(xlsx) == "arbetsboken är skadad"


def test_two_parts_of_one_name_are_refused(xlsx: Path) -> None:
    add_part(xlsx, SHEET.upper(), b"<worksheet/>")
    assert told(xlsx) == "arbetsboken är skadad"


def test_a_sheet_that_is_not_there_is_told(xlsx: Path) -> None:
    parts = parts_of(xlsx)
    del parts[SHEET]
    write_parts(xlsx, parts)
    assert told(xlsx) == "arbetsboken är skadad"


@pytest.mark.parametrize("target", ["../../../../etc/passwd", "/etc/passwd", "http://example.org/a.xml"])
def test_a_sheet_elsewhere_is_not_fetched(xlsx: Path, target: str) -> None:
    change_part(xlsx, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", target)
    assert told(xlsx) == "arbetsboken är skadad"


def test_a_cell_that_the_library_leaves_out_is_told(ods: Path, xlsx: Path) -> None:
    """Elements under another prefix than everybody's, or two cells in one place, would be lost."""
    text = parts_of(ods)[CONTENT].decode()
    other = text.replace("table:", "t:").replace("xmlns:table=", "xmlns:t=")
    write_parts(ods, parts_of(ods) | {CONTENT: other.encode()})
    assert told(ods) == "arbetsboken är skadad"
    change_part(xlsx, SHEET, 'r="C3"', 'r="B3"')
    assert told(xlsx) == "arbetsboken är skadad"


def test_a_fault_in_the_library_is_told_as_a_damaged_file(
    xlsx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no Exception, and has no name to import."""
    panic = type("PanicException", (BaseException,), {})

    class FailingWorkbook:
        @staticmethod
        def from_filelike(_file: object) -> None:
            raise panic

    monkeypatch.setattr("python_calamine.CalamineWorkbook", FailingWorkbook)
    assert told(xlsx) == "arbetsboken är skadad"


def test_a_link_out_of_the_folder_is_refused(year: Path, tmp_path: Path) -> None:
    by_xlsxwriter(tmp_path / "annan.xlsx", {"Kontrollsummor": [["uppgift", "värde", "källa"]]})
    (year / "utfall.xlsx").symlink_to(tmp_path / "annan.xlsx")
    problem = only_problem_in(year.parent)
    assert problem.place.file == f"content/{YEAR}/utfall.xlsx"
    assert problem.found == "filen är en länk ut ur mappen"


# CSV


@pytest.mark.parametrize("size", [40_000, 200_000, 5_000_000])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_megabytes_is_refused(year: Path, size: int, quote: str) -> None:
    edit(year / "utfall/grupper.csv", "styrelse;4;6", f"styrelse;{quote}{'x' * size}{quote};6")
    problem = only_problem_in(year.parent)
    assert (problem.place.line, problem.found) == (3, "en cell har fler än 32767 tecken")


def test_a_table_of_too_many_rows_is_refused(year: Path) -> None:
    with (year / "utfall/grupper.csv").open("a", encoding="utf-8") as file:
        file.write(";;\n" * 100_000 + "styrelse;4;6\n")
    problem = only_problem_in(year.parent)
    assert problem.found == "tabellen har fler än 100000 rader"


# Fuzz: deterministic mutations of bytes and of parts

BITS = ["<v>", "</c>", 't="s"', "<is>", "<f>", "&#0;", "&amp;", "-1", "1e999", "NaN", '"', "<", "A0", "r="]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, left out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice([1, 1, 2, 8, 60])
        match chance.randrange(5):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length]
            case 3:
                changed[at:at] = chance.choice(BITS).encode()
            case _:
                changed[at : at + 4] = struct.pack("<I", chance.choice([0, 1, 2**31, 2**32 - 1]))
    return bytes(changed)


def mutations(path: Path, count: int) -> Iterator[bytes]:
    chance = random.Random(2021)
    whole, parts = path.read_bytes(), parts_of(path)
    for number in range(count):
        if number % 2:
            yield mutated(whole, chance)
            continue
        name = chance.choice([name for name in parts if parts[name]])
        write_parts(path, parts | {name: mutated(parts[name], chance)})
        yield path.read_bytes()


RICH: Rows = [
    ["grupp", "kvinnor", "män", "ej angivet", "totalt"],
    ["styrgrupp", 11, 9, None, "20"],
    ["styrelse", 4, 6.0, 0, 10],
]


@pytest.mark.parametrize("name", MAKERS)
def test_a_damaged_workbook_becomes_problems_or_what_it_was(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    MAKERS[name](path, {"Grupper": RICH, "Intyg": RICH})
    sound, refused, count = 0, 0, 4 * settings().max_examples
    for data in mutations(path, count):
        path.write_bytes(data)
        sheets, problems = read_alone(path)
        assert (sheets is None) == bool(problems)
        assert all(problem.found and problem.remedy for problem in problems)
        sound += sheets is not None
        refused += sheets is None
    assert sound > count / 20
    assert refused > count / 4


@pytest.mark.parametrize("name", MAKERS)
def test_a_report_with_a_damaged_workbook_is_sound_or_told(year: Path, name: str) -> None:
    (year / "utfall/grupper.csv").unlink()
    path = year / name
    MAKERS[name](path, {"Grupper": RICH})
    for data in mutations(path, 8):
        path.write_bytes(data)
        assert all(problem.found and problem.remedy for problem in problems_in(year.parent))
