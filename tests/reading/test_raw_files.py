"""Files with a row for each person: whatever program has written them, the same cells on the same rows."""

from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from generator.model.limits import MAX_ROWS
from generator.model.places import Problem
from generator.model.raw import FileMap, RawTable
from generator.reading.raw_files import open_raw
from tests.workbooks import (
    MAKERS,
    PEOPLE,
    Value,
    add_part,
    by_odfdo,
    by_openpyxl,
    by_xlsxwriter,
    change_part,
    parts_of,
    write_parts,
)

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET = "xl/worksheets/sheet1.xml"
Line = tuple[object, ...]


def opened(path: Path, asked: FileMap | None = None) -> tuple[RawTable, list[Problem]]:
    problems: list[Problem] = []
    table = open_raw(path, problems, asked or FileMap())
    assert table is not None, problems
    return table, problems


def cells(path: Path, asked: FileMap | None = None) -> list[Line]:
    """The number of each row that is not empty, and its cells."""
    table, problems = opened(path, asked)
    lines = list(lines_of(table))
    assert problems == []
    return lines


def lines_of(table: RawTable) -> Iterator[Line]:
    for row, texts in table.read(range(table.width)):
        assert len(texts) == table.width
        if any(texts):
            yield (row, *texts[: len(table.headings)])


def told(path: Path, asked: FileMap | None = None) -> str:
    """What is said about a file that is refused."""
    problems: list[Problem] = []
    assert open_raw(path, problems, asked or FileMap()) is None
    (problem,) = problems
    assert problem.remedy
    assert problem.place.file == str(path)
    return problem.found


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "svar.csv"
    path.write_bytes(text.encode(encoding))
    return path


def sheet(folder: Path, rows: Sequence[Sequence[Value]] = PEOPLE) -> Path:
    by_xlsxwriter(folder / "svar.xlsx", {"Svar": rows})
    return folder / "svar.xlsx"


EXPECTED = [(2, "a", "Kvinna", "Ja"), (3, "b", "Man", "Nej, eller; ja"), (4, "c", "", "Ja")]


# Rows and headings


def test_rows_are_numbered_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    text = 'Id;Svar\n"a\nx";Ja\n\n"b";"rad 1\r\nrad 2\r\nrad 3"\nc;Nej\n'
    assert [line[0] for line in cells(csv(tmp_path, text))] == [2, 4, 5]


def test_headings_are_the_first_row_with_anything(tmp_path: Path) -> None:
    table, _ = opened(csv(tmp_path, "\n;;\nId;Svar;;\na;Ja;;\n"))
    assert (table.headings, table.heading_row) == (("Id", "Svar"), 3)
    assert list(lines_of(table)) == [(4, "a", "Ja")]


def test_headings_are_on_one_line_with_composed_letters(tmp_path: Path) -> None:
    table, _ = opened(csv(tmp_path, '"Ko\u0308n  \n?";;" x "\n'))
    assert table.headings == ("Kön ?", "", "x")


@pytest.mark.parametrize("make", ["csv", "xlsx", "ods"])
def test_several_rows_of_headings(tmp_path: Path, make: str) -> None:
    rows: list[list[Value]] = [["Q1", "Q2"], ["Id", "Svar"], ["{x}", "{y}"], ["a", "Ja"]]
    path = tmp_path / f"svar.{make}"
    if make == "csv":
        csv(tmp_path, "".join(f"{';'.join(map(str, row))}\n" for row in rows))
    else:
        MAKERS[f"utfall.{make}"](path, {"Svar": rows})
    table, _ = opened(path, FileMap(heading_row=2, first_row=4))
    assert (table.headings, table.heading_row) == (("Id", "Svar"), 2)
    assert list(lines_of(table)) == [(4, "a", "Ja")]


@pytest.mark.parametrize("row", [2, 9])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_a_row_without_headings_is_told(tmp_path: Path, row: int, ending: str) -> None:
    path = tmp_path / f"svar{ending}"
    if ending == ".csv":
        csv(tmp_path, "Id;Svar\n;\na;Ja\n")
    else:
        MAKERS[f"utfall{ending}"](path, {"Svar": [["Id", "Svar"], [None, None], ["a", "Ja"]]})
    assert told(path, FileMap(heading_row=row)) == f"rad {row} har inga rubriker"


def test_a_heading_in_french_is_of_no_other_encoding(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("Id;ŒUVRES;Œdème\n1;a;b\n", "utf-8")
    assert open_raw(path, [], FileMap()) is not None


@pytest.mark.parametrize(
    "data",
    ["Id;KÃ¶n\n".encode(), "Id;Kön;Mål\n".encode("mac-roman"), "Id;Mått;Mål\n".encode("cp850")],
)
def test_headings_of_another_encoding_are_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(data + b"1;K\n")
    assert told(path).startswith("å, ä och ö har blivit andra tecken")


def test_columns_are_found_by_their_headings(tmp_path: Path) -> None:
    table, _ = opened(csv(tmp_path, "Id;Kön;kön\na;b;c\n"))
    assert (table.indexes("ID"), table.indexes("Kon"), table.indexes("X")) == ([0], [1, 2], [])
    assert str(table.place(3, 1)).endswith("svar.csv, rad 3, kolumnen ”Kön”")


# CSV


@pytest.mark.parametrize(
    "text",
    [
        "Id;Svar\na;Ja\nb;Nej\n;;;;\n",
        'Id;Svar\na;Ja\nb;"Nej"\n',
        "Id;Svar\na;Ja\nb;Nej",
        "\ufeffId;Svar\r\na;Ja\r\nb;Nej\r\n",
        "Id;Svar\ra;Ja\rb;Nej\r",
        "Id;Svar;\na;Ja;\nb;Nej;\n;;;\n\n",
    ],
)
def test_plain_files(tmp_path: Path, text: str) -> None:
    assert cells(csv(tmp_path, text)) == [(2, "a", "Ja"), (3, "b", "Nej")]


def test_line_breaks_of_another_kind_within_cells(tmp_path: Path) -> None:
    path = csv(tmp_path, 'Id;Svar\ra;"Ja\noch nej"\rb;Nej\r')
    assert [line[0] for line in cells(path)] == [2, 3]


@given(rows=st.lists(st.lists(st.text('a;"\n\r å', max_size=4), min_size=2, max_size=2), max_size=6))
def test_what_is_quoted_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    quoted = "".join(f"{';'.join(_quoted(cell) for cell in row)}\n" for row in [["Id", "Svar"], *rows])
    path = csv(tmp_path_factory.mktemp("csv"), quoted)
    assert cells(path) == [(row, *texts) for row, texts in enumerate(rows, start=2) if any(texts)]


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if set(cell) & set(';"\n\r') else cell


def test_a_quotation_mark_within_a_cell(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, 'Id;Svar\na;en "vän" sa\nb;Nej\n')) == [
        (2, "a", 'en "vän" sa'),
        (3, "b", "Nej"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("Id;Svar\na;Ja\nb;Nej;x\n", 3, "raden har fler celler än rubriker"),
        ("Id;Text;Svar\na;x;Ja\nb;tack; hej;Ja\n", 3, "raden har fler celler än rubriker"),
        ("Id;Text;Svar;Mer\na;x;Ja;\nb;tack; hej;Ja;\n", 3, "raden har fler celler än rubriker"),
        ('Id;Svar\na;Ja\nb;"Nej\nc;Ja\n', 3, "citattecknet är inte avslutat"),
    ],
)
def test_broken_rows_are_told(tmp_path: Path, text: str, line: int, found: str) -> None:
    table, problems = opened(csv(tmp_path, text))
    list(table.read([0]))
    (problem,) = problems
    assert (problem.place.line, problem.found) == (line, found)


@pytest.mark.parametrize("row", ['b;"tack" sa "hon;Nej', 'b;"tack"sa;"hon";Nej'])
def test_a_stray_quotation_mark_hides_no_rows(tmp_path: Path, row: str) -> None:
    """Else all rows up to the next quotation mark could be one cell."""
    table, problems = opened(csv(tmp_path, f'Id;Text;Svar\n{row}\nc;;Ja\nd;"hej";Ja\ne;;Ja\n'))
    list(table.read([0, 2]))
    (problem,) = problems
    assert (problem.place.line, problem.found) == (2, "citattecknet är inte avslutat")


def test_stray_quotation_marks_above_the_headings(tmp_path: Path) -> None:
    text = 'Id;Svar\n;null"\n"x;y";1\nRubrik;En\n3 "x" y;Ja\n'
    assert cells(csv(tmp_path, text), FileMap(heading_row=4)) == [(5, '3 "x" y', "Ja")]


def test_a_stray_quotation_mark_in_the_headings_is_told(tmp_path: Path) -> None:
    path = csv(tmp_path, 'Id;"Stödet" du fick\na;Ja\n')
    assert told(path) == "ett citattecken bland rubrikerna är inte avslutat"


@pytest.mark.parametrize("stray", ['"x"y', '"x', '"x"" y'])
def test_stray_quotation_marks_are_told(tmp_path: Path, stray: str) -> None:
    plain = '"Id";Svar\r\n"a;""x""";"Ja\noch"\r\n;""\r\nb;"Nej"\r\n'
    table, problems = opened(csv(tmp_path, f"{plain}c;{stray}"))
    list(table.read([0]))
    assert [(problem.place.line, problem.found) for problem in problems] == [
        (5, "citattecknet är inte avslutat")
    ]


@pytest.mark.parametrize("text", ['x"y', 'x"y"'])
def test_quotation_marks_of_the_text_itself(tmp_path: Path, text: str) -> None:
    assert cells(csv(tmp_path, f'Id;Svar\n"c";{text}\n')) == [(2, "c", text)]


def test_headings_of_several_lines_tell_the_delimiter(tmp_path: Path) -> None:
    table, _ = opened(csv(tmp_path, '"Hur\nbra; eller dåligt?",Id,Kön\nBra,a,Man\n'))
    assert table.headings == ("Hur bra; eller dåligt?", "Id", "Kön")


def test_commas_in_texts_of_several_lines_tell_no_delimiter(tmp_path: Path) -> None:
    answers = "".join(f'{number};Kvinna;"Bra, tack.\n\nMen, ja"\n' for number in range(1, 4))
    found = cells(csv(tmp_path, f"Id;Kön;Vad tycker du?\n{answers}"))
    assert [cell[1:3] for cell in found] == [("1", "Kvinna"), ("2", "Kvinna"), ("3", "Kvinna")]


@pytest.mark.parametrize("title", ["", "Rapport ur enkätverktyget\n\n"])
@pytest.mark.parametrize("text", ["Id;Hur, var och när?\na;Ja\nb;Nej\n", "Id,Hur?\na,Ja\nb,Nej\n"])
def test_neither_a_title_nor_commas_in_a_heading_tell_the_delimiter(
    tmp_path: Path, title: str, text: str
) -> None:
    rows = cells(csv(tmp_path, title + text), FileMap(heading_row=1 + title.count("\n")))
    assert [row[1:] for row in rows] == [("a", "Ja"), ("b", "Nej")]


@pytest.mark.parametrize("name", ["sv*r.csv", "sva?.csv", "[a]svar.csv", "file:svar.csv", "~svar.csv"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_look_like_patterns_or_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    csv(tmp_path, "Id;Svar\nx;Nej\n")
    monkeypatch.chdir(tmp_path)
    csv(tmp_path, "Id;Svar\na;Ja\n").rename(name)
    csv(tmp_path, "Id;Svar\nx;Nej\n")
    assert cells(Path(name)) == [(2, "a", "Ja")]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always text")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = csv(tmp_path, "Id;Svar\na;Ja\n").rename(tmp_path / os.fsdecode(b"sv\xe5r.csv"))
    assert cells(path) == [(2, "a", "Ja")]


def test_a_cell_without_end_is_told(tmp_path: Path) -> None:
    table, problems = opened(csv(tmp_path, f"Id;Svar\na;Ja\nb;{'x' * 200_000}\n"))
    list(table.read([0, 1]))
    assert [problem.place.line for problem in problems] == [3]


def test_rows_of_very_many_headings_are_told(tmp_path: Path) -> None:
    text = ";".join(f"x{number}" for number in range(5_000))
    assert told(csv(tmp_path, text)) == "rad 1, som läses som rubriker, har 5000 celler"


def test_a_file_of_many_megabytes(tmp_path: Path) -> None:
    rows = "".join(f"{number};{'x' * 90}\r\n" for number in range(2, 60_000))
    lines = cells(csv(tmp_path, f"Id;Svar\r\n{rows}"))
    assert len(lines) == 59_998 and all(str(line[0]) == line[1] for line in lines)


# Workbooks


@pytest.mark.parametrize("make", [by_xlsxwriter, by_openpyxl])
def test_plain_workbooks(tmp_path: Path, make: Callable[..., None]) -> None:
    make(tmp_path / "svar.xlsx", {"Svar": PEOPLE})
    assert cells(tmp_path / "svar.xlsx") == EXPECTED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<sheetData>", "<sheetData><!-- sagt -->"),
        ('<row r="3" spans="1:3">', '<row spans="1:3" r="3">'),
        ('<row r="2" spans="1:3">', "<row>"),
        ('<c r="A2" t="s"><v>3</v></c>', '<c r="A2" t="str"><f>CHAR(97)</f><v>a</v></c>'),
        ('<c r="A2" t="s">', '<c t="s" r="A2">'),
    ],
)
def test_what_programs_write_in_other_ways_is_the_same(tmp_path: Path, old: str, new: str) -> None:
    path = sheet(tmp_path)
    change_part(path, SHEET, old, new)
    assert cells(path) == EXPECTED


def test_elements_with_a_prefix_are_the_same(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    text = re.sub("<(/?)([a-zA-Z])", r"<\1x:\2", parts_of(path)[SHEET].decode())
    write_parts(path, parts_of(path) | {SHEET: text.replace("xmlns=", "xmlns:x=").encode()})
    assert cells(path) == EXPECTED


TEXT = "x" * 1_000


def test_percent_are_what_is_shown(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet, percent = book.add_worksheet(), book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["Id", "Tid"])
        for row, number in enumerate((0.5, 0, 1), 1):
            sheet.write_number(row, 1, number, percent)
    assert [line[-1] for line in cells(tmp_path / "a.xlsx")] == ["50 %", "0 %", "100 %"]


def long_sheet(folder: Path, numbers: Iterable[int]) -> Path:
    """Rows with their numbers and a text: some thousand are longer than a piece that is read at a time."""
    path = sheet(folder, [["Id", "Text"], [2, "x"]])
    cells = f'<c r="A{{0}}"><v>{{0}}</v></c><c r="B{{0}}" t="inlineStr"><is><t>{TEXT}</t></is></c>'
    below = "".join(f'<row r="{{0}}" spans="1:2">{cells}</row>'.format(number) for number in numbers)
    change_part(path, SHEET, "</sheetData>", f"{below}</sheetData>")
    return path


def test_a_long_workbook(tmp_path: Path) -> None:
    """Longer than a table of a report may be."""
    numbers = [*range(3, 2_200), MAX_ROWS + 10]
    assert cells(long_sheet(tmp_path, numbers)) == [
        (2, "2", "x"),
        *((number, str(number), TEXT) for number in numbers),
    ]


def test_a_fault_far_down_in_a_workbook(tmp_path: Path) -> None:
    path = long_sheet(tmp_path, range(3, 1_200))
    change_part(path, SHEET, '<c r="A1190"><v>1190</v></c>', '<c r="A1190" t="e"><v>#REF!</v></c>')
    table, problems = opened(path)
    list(table.read([0]))
    assert [(problem.place.cell, problem.place.column) for problem in problems] == [("A1190", "Id")]


@pytest.mark.parametrize(("column", "other"), [("C", "B"), ("ET", "ES"), ("ET", "B"), ("C", "ET")])
def test_two_cells_in_one_place_are_told(tmp_path: Path, column: str, other: str) -> None:
    path = sheet(tmp_path, [[f"Fråga {number}" for number in range(150)], ["Ja"] * 150, ["Nej"] * 150])
    assert [len(line) for line in cells(path)] == [151, 151]
    change_part(path, SHEET, f'r="{column}3"', f'r="{other}3"')
    assert told(path) == "arbetsboken är skadad"


def test_opendocument(tmp_path: Path) -> None:
    by_odfdo(tmp_path / "svar.ods", {"Svar": PEOPLE})
    assert cells(tmp_path / "svar.ods") == EXPECTED


@pytest.mark.parametrize("name", ["svar.xlsx", "svar.ods"])
def test_saved_by_libreoffice(by_libreoffice: Path, name: str) -> None:
    assert cells(by_libreoffice / name) == EXPECTED


def test_texts_in_the_cells_themselves(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    parts = parts_of(path)
    text = parts[SHEET].decode()
    text = text.replace(
        '<c r="A2" t="s"><v>3</v></c>', '<c r="A2" t="inlineStr"><is><t>å &amp; b</t></is></c>'
    )
    write_parts(path, parts | {SHEET: text.encode()})
    assert cells(path)[0][1] == "å & b"


def test_numbers_dates_and_truths(tmp_path: Path) -> None:
    import datetime

    rows: list[list[Value]] = [
        ["A", "B", "C", "D"],
        [5, 4.5, datetime.date(2021, 11, 3), True],
        ["x", None, None, None],
    ]
    by_xlsxwriter(tmp_path / "svar.xlsx", {"Svar": rows})
    assert cells(tmp_path / "svar.xlsx")[0] == (2, "5", "4,5", "2021-11-03", "SANT")


@pytest.mark.parametrize(
    ("area", "found"), [("B2:B3", ["cellerna B2:B3 är sammanfogade"]), ("B1:C1", []), ("B9:B12", [])]
)
def test_persons_whose_cells_are_merged_are_told(tmp_path: Path, area: str, found: list[str]) -> None:
    """The second would be without what the first has: a sex, or the end of their time."""
    book = openpyxl.load_workbook(sheet(tmp_path))
    book.active.merge_cells(area)
    book.save(tmp_path / "svar.xlsx")
    table, problems = opened(tmp_path / "svar.xlsx")
    list(table.read(range(3)))
    assert [problem.found for problem in problems] == found
    assert all((problem.place.line, problem.place.column) == (2, "Kön") for problem in problems)


def test_persons_whose_cells_are_merged_in_opendocument_are_told(tmp_path: Path) -> None:
    by_odfdo(tmp_path / "svar.ods", {"Svar": PEOPLE})
    content = parts_of(tmp_path / "svar.ods")["content.xml"].decode()
    (cell,) = re.findall("<table:table-cell [^>]*(?=><text:p>Kvinna)", content)
    change_part(tmp_path / "svar.ods", "content.xml", cell, f'{cell} table:number-rows-spanned="2"')
    table, problems = opened(tmp_path / "svar.ods")
    list(table.read(range(3)))
    assert [problem.found for problem in problems] == ["cellerna B2:B3 är sammanfogade"]


def test_a_formula_without_a_value_is_told(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    change_part(path, SHEET, '<c r="C2" t="s"><v>5</v></c>', '<c r="C2"><f>1+1</f></c>')
    table, problems = opened(path)
    list(table.read([0]))
    assert problems == []
    list(table.read([2]))
    (problem,) = problems
    assert (problem.place.line, problem.place.cell) == (2, "C2")


def test_cells_far_away_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    change_part(
        path, SHEET, "</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    )
    assert told(path).startswith("bladet har 1048576 rader")


def test_empty_rows_at_the_top_of_a_sheet(tmp_path: Path) -> None:
    path = sheet(tmp_path, [[None, None, None], [None, None, None], *PEOPLE])
    assert [line[0] for line in cells(path)] == [4, 5, 6]


def test_a_sheet_that_is_passed_over_may_lie_beside(tmp_path: Path) -> None:
    by_xlsxwriter(tmp_path / "svar.xlsx", {"_Anteckningar": [["x"]], "Svar": PEOPLE})
    table, _ = opened(tmp_path / "svar.xlsx")
    assert table.file.endswith("svar.xlsx, blad Svar")
    assert list(lines_of(table)) == EXPECTED


@pytest.mark.parametrize("name", MAKERS)
def test_more_than_one_sheet_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    MAKERS[name](path, {"Svar": PEOPLE, "Mer": PEOPLE})
    assert told(path) == "arbetsboken har 2 blad med innehåll"


@pytest.mark.parametrize("name", MAKERS)
def test_an_empty_workbook_is_refused(tmp_path: Path, name: str) -> None:
    MAKERS[name](tmp_path / name, {"Svar": []})
    assert told(tmp_path / name) == "arbetsboken är tom"


def test_macros_are_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    add_part(path, "xl/vbaProject.bin")
    assert told(path) == "arbetsboken innehåller makron"


def test_links_are_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    add_part(path, "xl/externalLinks/externalLink1.xml")
    assert told(path) == "arbetsboken hämtar data från andra filer"


def test_damaged_workbooks_are_read_or_told(tmp_path: Path) -> None:
    """Bytes changed at random: never a traceback."""
    path = sheet(tmp_path)
    sound = path.read_bytes()
    for seed in range(60):
        chance, data = random.Random(seed), bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        problems: list[Problem] = []
        table = open_raw(path, problems, FileMap())
        assert table is not None or problems, seed
        if table is not None:
            list(lines_of(table))


# Refused


def test_what_is_not_there(tmp_path: Path) -> None:
    assert told(tmp_path / "svar.csv") == "filen finns inte"


def test_a_folder(tmp_path: Path) -> None:
    assert told(tmp_path) == "det är ingen fil"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "svar.csv")
    assert told(tmp_path / "svar.csv") == "det är ingen fil"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_an_empty_file(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"svar.{ending}").write_bytes(b"")
    assert told(tmp_path / f"svar.{ending}") in ("filen är tom", "filen är ingen arbetsbok")


@pytest.mark.parametrize("text", [" \n\n", ";;\n;\n", "\ufeff"])
def test_a_file_of_nothing(tmp_path: Path, text: str) -> None:
    assert told(csv(tmp_path, text)) == "filen är tom"


@pytest.mark.parametrize(
    "data", [b"Id;Svar\na;J\0a\n", b"\0\0\0\0", b"Id;Svar\n" + b"a;Ja\n" * 400_000 + b"\0"]
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "svar.csv").write_bytes(data)
    assert told(tmp_path / "svar.csv") == "filen går inte att läsa som text"


def test_mixed_encodings(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_bytes("Id;Kön\na;Ja\n".encode() + "b;å\n".encode("cp1252"))
    assert told(tmp_path / "svar.csv") == "ett tecken på rad 3 är inte UTF-8, som resten av filen"


@pytest.mark.parametrize(
    ("name", "found"),
    [("svar.xlsm", "arbetsböcker med makron läses inte"), ("svar.xls", "filer av slaget .xls läses inte")],
)
def test_workbooks_of_other_kinds(tmp_path: Path, name: str, found: str) -> None:
    (tmp_path / name).write_bytes(OLE2)
    assert told(tmp_path / name) == found


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "svar.xlsx").write_bytes(OLE2 * 100)
    assert (
        told(tmp_path / "svar.xlsx") == "arbetsboken är skyddad med lösenord eller sparad i ett äldre format"
    )


@pytest.mark.parametrize(
    ("size", "found"),
    [(100_000_001, "arbetsboken är större än 100 MB"), (500_000_001, "filen är större än 500 MB")],
)
def test_files_that_are_too_large(tmp_path: Path, size: int, found: str) -> None:
    path = sheet(tmp_path)
    with path.open("r+b") as file:
        file.truncate(size)
    assert told(path) == found


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    add_part(path, "xl/media/bild.bin", b"\0" * 30_000_000)
    assert "packas upp till" in told(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may be refused")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = csv(tmp_path, "Id;Svar\na;Ja\n")
    path.chmod(0)
    assert told(path) == "filen får inte läsas"
