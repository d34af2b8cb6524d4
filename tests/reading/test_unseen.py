"""Rows, columns and sheets that a workbook hides count only if their author says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.model.fields import Unseen
from generator.model.raw import FileMap
from tests.reading.small import ASSOCIATION, small_report
from tests.reading.test_raw_files import lines_of, opened, told
from tests.support import only_problem_in, problems_in, read
from tests.workbooks import Value, by_odfdo, parts_of, write_parts

ROWS: list[list[Value]] = [["enhet", "rad", "kvinnor", "män"], ["a", "nya", 3, 4], ["b", "nya", 5, 6]]
SETTINGS = f"""{ASSOCIATION}enheter: [{{id: a, namn: A}}, {{id: b, namn: B}}]
deltagarrader: [{{id: nya, namn: Nya}}]
"""
Hide = Callable[[Any], object]


def hide_row(book: Any) -> None:
    book["Deltagare"].row_dimensions[3].hidden = True


def hide_column(book: Any) -> None:
    book["Deltagare"].column_dimensions["D"].hidden = True


def hide_sheet(book: Any) -> None:
    book.create_sheet("Framme")
    book["Deltagare"].sheet_state = "hidden"


def workbook(path: Path, hide: Hide) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Deltagare"
    for row in ROWS:
        book.active.append(row)
    hide(book)
    book.save(path)
    return path


def content(folder: Path, hide: Hide, said: str = "") -> Path:
    small_report(folder, "mått: andel, täljare: nya, nämnare: nya, krav: minst 1 %", settings=SETTINGS + said)
    workbook(folder / "r/utfall/deltagare.xlsx", hide)
    return folder


@pytest.mark.parametrize(
    ("hide", "found"),
    [
        (hide_row, "bladet har 1 dold rad (3)"),
        (hide_column, "bladet har 1 dold kolumn (D)"),
        (hide_sheet, "bladet är dolt"),
    ],
)
def test_what_is_hidden_is_asked_about(tmp_path: Path, hide: Hide, found: str) -> None:
    assert only_problem_in(content(tmp_path, hide)).found == found


@pytest.mark.parametrize(("said", "number"), [("räknas", 18), ("räknas inte", None)])
def test_hidden_rows_count_as_the_author_says(tmp_path: Path, said: str, number: int | None) -> None:
    (report,) = read(content(tmp_path, hide_row, f"dolt: {said}\n"))
    people = report.outcomes.participants
    assert sum(row.total for row in people.values()) == (number or 7)


def test_a_hidden_column_that_does_not_count_is_not_there(tmp_path: Path) -> None:
    found = only_problem_in(content(tmp_path, hide_column, "dolt: räknas inte\n")).found
    assert found == "kolumnen ”män” saknas"


def test_a_hidden_row_of_an_open_document_is_asked_about(tmp_path: Path) -> None:
    content(tmp_path, hide_row)
    (tmp_path / "r/utfall/deltagare.xlsx").unlink()
    path = tmp_path / "r/utfall/deltagare.ods"
    by_odfdo(path, {"Deltagare": ROWS[:2]})
    parts = parts_of(path)
    first, _, last = parts["content.xml"].rpartition(b"<table:table-row>")
    hidden = first + b'<table:table-row table:visibility="filter">' + last
    write_parts(path, parts | {"content.xml": hidden})
    assert [problem.found for problem in problems_in(tmp_path)] == ["bladet har 1 dold rad (2)"]


@pytest.mark.parametrize(("unseen", "last"), [(Unseen.COUNTED, "b"), (Unseen.LEFT_OUT, "a")])
def test_hidden_persons_count_as_the_map_says(tmp_path: Path, unseen: Unseen, last: str) -> None:
    table, problems = opened(workbook(tmp_path / "x.xlsx", hide_row), FileMap(unseen=unseen))
    assert [texts for _, *texts in lines_of(table)][-1][0] == last
    assert not problems


@pytest.mark.parametrize(
    ("hide", "found"), [(hide_row, "1 dold rad (3)"), (hide_column, "1 dold kolumn (D)")]
)
def test_hidden_persons_are_asked_about(tmp_path: Path, hide: Hide, found: str) -> None:
    table, problems = opened(workbook(tmp_path / "x.xlsx", hide))
    assert list(lines_of(table))
    assert [problem.found for problem in problems] == [f"bladet har {found}"]


def test_a_hidden_sheet_of_persons_is_asked_about(tmp_path: Path) -> None:
    assert told(workbook(tmp_path / "x.xlsx", hide_sheet)) == "arbetsboken har dolda blad: Deltagare"


def test_what_is_dragged_to_nothing_is_hidden(tmp_path: Path) -> None:
    path = workbook(content(tmp_path, lambda _: None) / "r/utfall/deltagare.xlsx", lambda _: None)
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"')
    write_parts(path, parts | {"xl/worksheets/sheet1.xml": sheet})
    assert only_problem_in(tmp_path).found == "bladet har 1 dold rad (3)"
    table, problems = opened(path)
    assert list(lines_of(table))
    assert [problem.found for problem in problems] == ["bladet har 1 dold rad (3)"]
