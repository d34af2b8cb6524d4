"""Cells that show another number than the one that would be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.reading.small import ASSOCIATION, small_report
from tests.reading.test_raw_files import lines_of, opened
from tests.support import only_problem_in, problems_in, read
from tests.workbooks import by_odfdo, parts_of, write_parts

SETTINGS = f"{ASSOCIATION}deltagarrader: [{{id: nya, namn: Nya}}]\n"
TWO = "en del av cellens tal är upphöjd, nedsänkt eller överstruken"
AFTER = b"</office:automatic-styles><office:body>"
HEAD = ["enhet", "rad", "kvinnor", "män"]


def content(folder: Path) -> Path:
    small_report(folder, "mått: andel, täljare: nya, nämnare: nya, krav: minst 1 %", settings=SETTINGS)
    return folder / "r/utfall/deltagare.xlsx"


def workbook(path: Path, mark: dict[str, Any], women: tuple[str, str] = ("30", "1")) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet, marked = book.add_worksheet(), book.add_format(mark)
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["forbundet", "nya", "", 4])
        sheet.write_rich_string(1, 2, women[0], marked, women[1], book.add_format({"bold": True}), " ")
    return path


@pytest.mark.parametrize("mark", [{"font_script": 1}, {"font_script": 2}, {"font_strikeout": True}])
def test_a_raised_footnote_mark_is_no_digit(tmp_path: Path, mark: dict[str, Any]) -> None:
    path = workbook(content(tmp_path), mark)
    problem = only_problem_in(tmp_path)
    assert (problem.place.cell, problem.found) == ("C2", TWO)
    table, problems = opened(path)
    assert list(lines_of(table))
    assert [(problem.place.cell, problem.found) for problem in problems] == [("C2", TWO)]


def test_digits_of_other_looks_are_one_number(tmp_path: Path) -> None:
    workbook(content(tmp_path), {"italic": True})
    assert [row.women for row in read(tmp_path)[0].outcomes.participants.values()] == [301]


def test_a_raised_footnote_mark_of_an_open_document(tmp_path: Path) -> None:
    path = content(tmp_path).with_suffix(".ods")
    by_odfdo(path, {"Deltagare": [HEAD, ["forbundet", "nya", "301", 4]]})
    parts = parts_of(path)
    style = (
        b'<style:style style:name="T1" style:family="text">'
        b'<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    body = parts["content.xml"].replace(b"<office:body>", b"<office:automatic-styles>" + style + AFTER)
    body = body.replace(b">301<", b'>30<text:span text:style-name="T1">1</text:span><')
    write_parts(path, parts | {"content.xml": body})
    assert only_problem_in(tmp_path).found == TWO


def test_numbers_shown_in_thousands_are_told(tmp_path: Path) -> None:
    path, book = content(tmp_path), openpyxl.Workbook()
    for row in (HEAD, ["forbundet", "nya", 30000, 4]):
        book.active.append(row)
    book.active["C2"].number_format = "#,##0,"
    book.save(path)
    assert only_problem_in(tmp_path).found.startswith("cellformatet visar talet i tusental")


@pytest.mark.parametrize(
    ("look", "found"),
    [
        ({"font_strikeout": True}, "cellen är överstruken"),
        ({"font_color": "#FFFFFF"}, "syns inte"),
        ({"num_format": ";;;"}, "syns inte"),
        ({"num_format": '[<5]"<5";0'}, "syns inte"),
    ],
)
def test_what_is_struck_out_or_unseen_is_told(tmp_path: Path, look: dict[str, Any], found: str) -> None:
    path = content(tmp_path)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["forbundet", "nya", 3, 4])
        sheet.write_number(1, 2, 3, book.add_format(look))
    problem = only_problem_in(tmp_path)
    assert (problem.place.cell, found in problem.found) == ("C2", True)
    table, problems = opened(path)
    assert list(lines_of(table))
    assert [(problem.place.cell, found in problem.found) for problem in problems] == [("C2", True)]


@pytest.mark.parametrize(
    "look",
    [{"font_color": "#FFFFFF", "bg_color": "#1F4E79"}, {"num_format": '0;-0;"-"'}, {"num_format": '0" st"'}],
)
def test_a_look_that_hides_nothing_is_no_fault(tmp_path: Path, look: dict[str, Any]) -> None:
    with xlsxwriter.Workbook(content(tmp_path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["forbundet", "nya", 3, 4])
        sheet.write_number(1, 2, 3, book.add_format(look))
    assert [row.women for row in read(tmp_path)[0].outcomes.participants.values()] == [3]


def test_thousands_of_an_open_document_are_told(tmp_path: Path) -> None:
    path = content(tmp_path).with_suffix(".ods")
    by_odfdo(path, {"Deltagare": [HEAD, ["forbundet", "nya", 301, 4]]})
    parts = parts_of(path)
    body = parts["content.xml"].replace(b'value="301"', b'value="301000"')
    write_parts(path, parts | {"content.xml": body})
    problem = only_problem_in(tmp_path)
    assert (problem.place.cell, "i tusental" in problem.found) == ("C2", True)


@pytest.mark.parametrize(
    ("style", "is_told"),
    [
        (b"", True),
        (b'<style:table-cell-properties fo:background-color="#1f4e79"/>', False),
    ],
)
def test_white_text_of_an_open_document_is_told(tmp_path: Path, style: bytes, *, is_told: bool) -> None:
    path = content(tmp_path).with_suffix(".ods")
    by_odfdo(path, {"Deltagare": [HEAD, ["forbundet", "nya", 301, 4]]})
    parts = parts_of(path)
    white = (
        b'<style:style style:name="ce1" style:family="table-cell">' + style +
        b'<style:text-properties fo:color="#ffffff"/></style:style>'
    )  # fmt: skip
    body = parts["content.xml"].replace(b"<office:body>", b"<office:automatic-styles>" + white + AFTER)
    styled = b'<table:table-cell table:style-name="ce1" office:value-type="float" office:value="301">'
    body = re.sub(rb'<table:table-cell [^>]*value="301"[^>]*>', styled, body)
    write_parts(path, parts | {"content.xml": body})
    found = [(problem.place.cell, "syns inte" in problem.found) for problem in problems_in(tmp_path)]
    assert found == [("C2", True)] * is_told


def test_a_cell_looks_as_its_column_unless_it_has_a_look_of_its_own(tmp_path: Path) -> None:
    """LibreOffice names a style that a whole column has with the column only."""
    path = content(tmp_path).with_suffix(".ods")
    by_odfdo(path, {"Deltagare": [HEAD, ["forbundet", "nya", 301, 4]]})
    parts = parts_of(path)
    struck = (
        b'<style:style style:name="ce1" style:family="table-cell">'
        b'<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    body = parts["content.xml"].replace(b"<office:body>", b"<office:automatic-styles>" + struck + AFTER)
    columns = (
        b'<table:table-column table:number-columns-repeated="2"/>'
        b'<table:table-column table:default-cell-style-name="ce1" table:number-columns-repeated="2"/>'
    )
    body = re.sub(b"(<table:table [^>]*>)(?:<table:table-column[^>]*>)*", rb"\1" + columns, body)
    plain = b'<table:table-cell table:style-name="plain" '
    body = re.sub(b'<table:table-cell (?=[^>]*(?:"string"|value="4"))', plain, body)
    write_parts(path, parts | {"content.xml": body})
    problem = only_problem_in(tmp_path)
    assert (problem.place.cell, problem.found) == ("C2", "cellen är överstruken")


def test_a_row_that_is_struck_out_is_told_once(tmp_path: Path) -> None:
    path = content(tmp_path)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["forbundet", "nya", 3, 4], book.add_format({"font_strikeout": True}))
    found = "cellen är överstruken, som 3 till på raden"
    assert (only_problem_in(tmp_path).place.cell, only_problem_in(tmp_path).found) == ("A2", found)
    table, problems = opened(path)
    assert list(lines_of(table))
    assert [(problem.place.cell, problem.found) for problem in problems] == [("A2", found)]


@pytest.mark.parametrize("shown", ["5 725", "5\u202f725", "5,725", "5.725", "5725", "5,725.00"])
def test_thousands_may_be_divided_as_in_any_language(tmp_path: Path, shown: str) -> None:
    path = content(tmp_path).with_suffix(".ods")
    by_odfdo(path, {"Deltagare": [HEAD, ["forbundet", "nya", 301, 4]]})
    parts = parts_of(path)
    body = (
        parts["content.xml"].replace(b">301<", f">{shown}<".encode()).replace(b'value="301"', b'value="5725"')
    )
    write_parts(path, parts | {"content.xml": body})
    assert [row.women for row in read(tmp_path)[0].outcomes.participants.values()] == [5725]
