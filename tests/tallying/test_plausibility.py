"""Answers that stand beside the columns of the map are told, and rows that are no respondent's."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake import draft_export
from generator.model.places import ContentError, Severity
from tests.tallying.made_up import Table, write
from tests.tallying.test_answers import (
    HEAD,
    PEOPLE,
    only_problem,
    plain_rows,
    problems_of,
    table_of,
    take,
    with_map,
)

QUESTION = HEAD[2]
MAP = f"""  - id: enkät
    svarsgrupp: deltagare
    kolumner: {{svarande: Svars-ID}}
    frågor:
      bemötande: {QUESTION}
"""


def spread(*headings: str) -> Table:
    """A column for each answer; each respondent has answered in one of them."""
    answers = ("Mycket bra", "Bra", "Mycket dåligt")
    rows = [[person[0], *(answer if person[2] == answer else "" for answer in answers)] for person in PEOPLE]
    return [["Svars-ID", QUESTION, *headings], *rows]


@pytest.mark.parametrize(
    "headings",
    [
        ("", ""),
        ("Bra", "Mycket dåligt"),
        ("Unnamed: 3", "Unnamed: 4"),
        (f"{QUESTION} [Bra]", f"{QUESTION} [Mycket dåligt]"),
        (f"{QUESTION}_2", f"{QUESTION}_3"),
    ],
)
def test_a_column_for_each_answer_is_told(year: Path, tmp_path: Path, headings: tuple[str, str]) -> None:
    with_map(year, MAP)
    found = only_problem(year, write(tmp_path / "svar.csv", spread(*headings))).found
    assert found.startswith("svaren på frågan ”bemötande” står i flera kolumner: också i ")
    assert headings[0] in found and headings[1] in found


def test_one_of_the_columns_for_answers_is_not_the_question(year: Path, tmp_path: Path) -> None:
    _, *rows = spread("", "")
    head = ["Svars-ID", *(f"{QUESTION} [{answer}]" for answer in ("Mycket bra", "Bra", "Mycket dåligt"))]
    with_map(year, MAP.replace(f"bemötande: {QUESTION}", f'bemötande: "{head[1]}"'))
    marked = [[id, *("Ja" if answer else "Nej" for answer in answers)] for id, *answers in rows]
    assert "flera kolumner" in only_problem(year, write(tmp_path / "svar.csv", [head, *marked])).found


def test_a_second_row_of_headings_with_the_answers_is_told(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP)
    head, *rows = spread("", "")
    raw = write(tmp_path / "svar.xlsx", [head, ["", "Mycket bra", "Bra", "Mycket dåligt"], *rows])
    assert "flera kolumner" in only_problem(year, raw).found


def test_a_column_for_each_sex_is_told(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP.replace("}", ", kön: Kön}", 1))
    rows = [
        [id, sex if sex == "Kvinna" else "", sex if sex == "Man" else "", answer]
        for id, sex, answer, _ in PEOPLE
    ]
    raw = write(tmp_path / "svar.csv", [["Svars-ID", "Kön", "", QUESTION], *rows])
    assert only_problem(year, raw).found.startswith(
        "könet står i flera kolumner: också i kolumn 3 utan rubrik"
    )


def test_the_answers_of_other_questions_are_a_remark(year: Path, tmp_path: Path) -> None:
    """Whoever has answered one has answered the other: it is no part of it."""
    with_map(year, MAP)
    rows = [[*row, row[2], "fritt"] for row in plain_rows()[1:]]
    taken = take(year, write(tmp_path / "svar.csv", [[*HEAD, "Hur var lokalen?", ""], *rows]))
    told = [problem.found for problem in taken.warnings if problem.severity is Severity.WARNING]
    assert "svar på kartans skalor läses inte ur ”Hur var lokalen?”" in told


def test_each_answer_can_be_named_with_its_column(year: Path, tmp_path: Path) -> None:
    columns = "\n        ".join(["", f"Mycket bra: {QUESTION}", "Bra: B", "Mycket dåligt: C"])
    with_map(year, MAP.replace(f" {QUESTION}", columns))
    assert take(year, write(tmp_path / "svar.csv", spread("B", "C"))).persons == 5


@pytest.mark.parametrize("text", ["Summa", "Medelvärde: 3,4", "Antal svar 5", "Källa: Forms"])
def test_a_row_of_sums_is_told(year: Path, tmp_path: Path, text: str) -> None:
    with_map(year)
    raw = write(tmp_path / "svar.csv", [*plain_rows(), [text, "", "Bra", ""]])
    problem = only_problem(year, raw)
    assert (problem.place.line, problem.found) == (7, "raden ser ut som en summa eller en källa")


def test_a_second_row_of_headings_is_guessed(year: Path, tmp_path: Path) -> None:
    with_map(year)
    head, *rows = plain_rows()
    raw = write(tmp_path / "svar.csv", [head, ["", "", "Response", "Response"], *rows])
    assert all("”svar_från_rad: 3”" in problem.remedy for problem in problems_of(year, raw))


def test_a_draft_tells_of_answers_without_a_heading(year: Path, tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        draft_export(write(tmp_path / "svar.csv", spread("", "")), year / "enkat.yaml")
    assert "flera kolumner" in caught.value.problems[0].found


# Several answers


SEVERAL = MAP.replace("    kolumner: {svarande: Svars-ID}\n", "")
KEYS = ("Mycket bra", "Bra", "Mycket dåligt", "svarande")


def several(year: Path) -> None:
    path = year / "enkat.yaml"
    text = path.read_text("utf-8")
    start = text.index("id: bemötande")
    path.write_text(
        text[:start] + text[start:].replace("    skala:", "    flera_svar: ja\n    skala:", 1), "utf-8"
    )


def numbers(year: Path) -> dict[str, int]:
    rows = [row for row in table_of(year) if (row["grupp"], row["fråga"]) == ("deltagare", "bemötande")]
    return {row["svar"]: int(row["antal"]) for row in rows if row["svar"] in KEYS}


@pytest.mark.parametrize(
    "cells", [("Bra;Mycket bra;", "Bra"), ("Bra, Mycket bra", "bra,"), ("Bra\nMycket bra", "Bra")]
)
def test_each_of_several_answers_is_counted_among_those_who_answered(
    year: Path, tmp_path: Path, cells: tuple[str, str]
) -> None:
    with_map(year, SEVERAL)
    several(year)
    take(year, write(tmp_path / "svar.csv", [["Id", QUESTION], *(["R", cell] for cell in cells), ["R", ""]]))
    assert numbers(year) == {"Mycket bra": 1, "Bra": 2, "Mycket dåligt": 0, "svarande": 2}


def test_several_answers_may_have_a_column_each(year: Path, tmp_path: Path) -> None:
    """Who has chosen none of them has answered all the same, if the file says no."""
    with_map(year, SEVERAL.replace(f" {QUESTION}", "\n        Mycket bra: A\n        Bra: B"))
    several(year)
    rows = [["A", "B"], ["Ja", "Ja"], ["x", ""], ["Nej", "Nej"], ["", ""]]
    take(year, write(tmp_path / "svar.csv", rows))
    assert numbers(year) == {"Mycket bra": 2, "Bra": 1, "Mycket dåligt": 0, "svarande": 3}


@pytest.mark.parametrize(
    ("ticked", "not_ticked"), [("Valt", "Ej valt"), ("☒", "☐"), ("Checked", "Unchecked")]
)
def test_an_answer_is_ticked_as_tools_write_it(
    year: Path, tmp_path: Path, ticked: str, not_ticked: str
) -> None:
    with_map(year, SEVERAL.replace(f" {QUESTION}", "\n        Mycket bra: A\n        Bra: B"))
    several(year)
    take(year, write(tmp_path / "svar.csv", [["A", "B"], [ticked, not_ticked], [not_ticked, not_ticked]]))
    assert numbers(year) == {"Mycket bra": 1, "Bra": 0, "Mycket dåligt": 0, "svarande": 2}


def test_a_file_of_how_many_gave_each_answer_is_told(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP.replace("    kolumner: {svarande: Svars-ID}\n", ""))
    rows = [[QUESTION, "Antal"], ["Mycket bra", "20"], ["Bra", "5"]]
    problem = only_problem(year, write(tmp_path / "svar.csv", rows))
    assert problem.found == "varje svar står en gång, bredvid ”Antal”: filen ser ut som en sammanställning"


def test_numbers_beside_a_few_answers_may_be_other_than_of_respondents(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP.replace("    kolumner: {svarande: Svars-ID}\n", ""))
    rows = [[QUESTION, "Antal barn"], ["Mycket bra", "2"], ["Bra", "0"]]
    take(year, write(tmp_path / "svar.csv", rows))
    assert numbers(year) == {"Mycket bra": 1, "Bra": 1, "Mycket dåligt": 0}


def test_columns_of_numbers_that_the_map_explains_are_told(year: Path, tmp_path: Path) -> None:
    """Few are chosen, so that most cells say no answer."""
    with_map(year, MAP + "    värden: {omdöme: {1: Mycket bra}}\n    inget_svar: [0]\n")
    rows = [["Svars-ID", QUESTION, ""], *([str(i), str(i % 2), str(int(i == 2))] for i in range(1, 9))]
    assert "står i flera kolumner" in only_problem(year, write(tmp_path / "svar.csv", rows)).found


def test_several_answers_to_a_question_with_one_are_told(year: Path, tmp_path: Path) -> None:
    with_map(year, SEVERAL)
    problem = only_problem(year, write(tmp_path / "svar.csv", [[QUESTION], ["Bra;Mycket bra;"]]))
    assert problem.found == "cellen har flera svar"
    assert "flera_svar: ja" in problem.remedy


def test_one_answer_with_a_sign_after_it_is_not_several(year: Path, tmp_path: Path) -> None:
    with_map(year, SEVERAL)
    problem = only_problem(year, write(tmp_path / "svar.csv", [[QUESTION], ['"Bra"']]))
    assert "finns inte på skalan" in problem.found
    assert "Menade du ”Bra”?" in problem.remedy
