"""Raw answers are counted as the map says, and nothing of what stands in them is ever shown."""

from __future__ import annotations

import csv
import datetime
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake import TakenIn, take_answers
from generator.model.places import ContentError, Place, Problem, Severity
from generator.model.raw import FileMap, Tally
from generator.model.report import Report
from generator.publishing.folder import OutputError
from generator.reading.files import Folder
from generator.reading.raw_files import open_raw
from generator.reading.report import read_defined, read_survey
from generator.reading.sheets import Sheets
from generator.tallying.answers import tally_answers
from generator.tallying.columns import Wanted, find_columns
from tests.support import CONTENT, YEAR, append, edit
from tests.tallying.made_up import Table, write
from tests.test_cli import run
from tests.workbooks import (
    MAKERS,
    Rows,
    by_odfdo,
    by_openpyxl,
    by_xlsxwriter,
    change_part,
    one_workbook,
    parts_of,
    write_parts,
)

PEOPLE = [
    ("R1", "Kvinna", "Mycket bra", "Till stor del"),
    ("R2", "Man", "Bra", "Inte alls"),
    ("R3", "Kvinna", "Bra", ""),
    ("R4", "", "Mycket dåligt", "Övriga svar"),
    ("R5", "Man", "Bra", "Till stor del"),
]
HEAD = ("Svars-ID", "Kön", "Hur har du blivit bemött?", "Fick du stöd?")
# question, sex, answer
COUNTED = {
    ("bemötande", "kvinnor", "Mycket bra"): 1,
    ("bemötande", "kvinnor", "Bra"): 1,
    ("bemötande", "män", "Bra"): 2,
    ("bemötande", "ej angivet", "Mycket dåligt"): 1,
    ("stöd", "kvinnor", "Till stor del"): 1,
    ("stöd", "män", "Till stor del"): 1,
    ("stöd", "män", "Inte alls"): 1,
    ("stöd", "ej angivet", "Övriga svar"): 1,
}
MAP = """  - id: enkät
    svarsgrupp: deltagare
    kolumner:
      svarande: Svars-ID
      kön: Kön
    frågor:
      bemötande: Hur har du blivit bemött?
      stöd: Fick du stöd?
"""


def plain_rows() -> list[list[str]]:
    return [list(HEAD), *(list(person) for person in PEOPLE)]


def with_map(year: Path, text: str = MAP) -> Path:
    append(year / "enkat.yaml", f"\ninläsning:\n{text}")
    return year / "enkat.yaml"


def take(year: Path, raw: Path, export: str = "", *, overwrite: bool = True) -> TakenIn:
    return take_answers(raw, year / "enkat.yaml", export, overwrite=overwrite)


def table_of(year: Path) -> list[dict[str, str]]:
    with (year / "utfall/enkat.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def counted(year: Path, group: str = "deltagare") -> dict[tuple[str, str, str], int]:
    """What is not zero."""
    rows = [row for row in table_of(year) if row["grupp"] == group]
    return {(row["fråga"], row["kön"], row["svar"]): int(row["antal"]) for row in rows if row["antal"] != "0"}


def problems_of(year: Path, raw: Path) -> list[Problem]:
    """The errors; nothing is written then."""
    before = (year / "utfall/enkat.csv").read_bytes()
    with pytest.raises(ContentError) as caught:
        take(year, raw)
    assert (year / "utfall/enkat.csv").read_bytes() == before
    assert sorted(path.name for path in (year / "utfall").iterdir() if path.name.startswith(".")) == []
    return [problem for problem in caught.value.problems if problem.severity is Severity.ERROR]


def only_problem(year: Path, raw: Path) -> Problem:
    problems = problems_of(year, raw)
    assert len(problems) == 1, problems
    return problems[0]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The plain file."""
    return write(tmp_path / "svar.csv", plain_rows())


# The table


def test_answers_are_counted_by_question_sex_and_answer(year: Path, raw: Path) -> None:
    with_map(year)
    assert take(year, raw).persons == 5
    assert counted(year) == COUNTED


def test_every_answer_of_the_scale_has_its_row_in_order(year: Path, raw: Path) -> None:
    with_map(year)
    take(year, raw)
    rows = [row for row in table_of(year) if row["grupp"] == "deltagare"]
    scale = ["Mycket bra", "Bra", "Mycket dåligt", "Övriga svar"]
    assert [row["svar"] for row in rows[:12]] == scale * 3
    assert [row["kön"] for row in rows[:12:4]] == ["kvinnor", "män", "ej angivet"]
    assert list(dict.fromkeys(row["fråga"] for row in rows)) == ["bemötande", "stöd"]
    assert rows[2]["antal"] == "0"


def test_one_sex_without_respondents_is_zero(year: Path, tmp_path: Path) -> None:
    with_map(year)
    take(year, write(tmp_path / "svar.csv", [list(HEAD), list(PEOPLE[0])]))
    rows = [row for row in table_of(year) if row["grupp"] == "deltagare"]
    assert {row["kön"] for row in rows} == {"kvinnor", "män"}


def test_without_a_column_of_sexes_all_are_counted_together(year: Path, raw: Path) -> None:
    with_map(year, MAP.replace("      kön: Kön\n", ""))
    take(year, raw)
    assert counted(year)["bemötande", "alla", "Bra"] == 3


def test_answers_that_do_not_count_are_in_the_table(year: Path, tmp_path: Path) -> None:
    edit(
        year / "enkat.yaml",
        "svar: [Mycket bra, Bra, Mycket dåligt, Övriga svar]",
        "svar: [Mycket bra, Bra, Mycket dåligt, Övriga svar]\n    räknas_inte: [Vet ej]",
    )
    with_map(year)
    take(year, write(tmp_path / "svar.csv", [list(HEAD), ["R1", "Man", "vet  EJ", ""]]))
    assert counted(year) == {("bemötande", "män", "Vet ej"): 1}


def test_rows_of_the_same_group_are_replaced_and_others_kept(year: Path, raw: Path) -> None:
    before = [row for row in table_of(year) if row["grupp"] != "deltagare"]
    with_map(year)
    taken = take(year, raw)
    assert [row for row in table_of(year) if row["grupp"] != "deltagare"] == before
    assert (taken.tables[0].kept, taken.tables[0].replaced) == (len(before), 28)
    assert counted(year) == COUNTED
    again = (year / "utfall/enkat.csv").read_bytes()
    take(year, raw)
    assert (year / "utfall/enkat.csv").read_bytes() == again


def test_rows_are_not_replaced_unasked(year: Path, raw: Path) -> None:
    with_map(year)
    before = (year / "utfall/enkat.csv").read_bytes()
    with pytest.raises(OutputError, match="--skriv-över"):
        take(year, raw, overwrite=False)
    assert (year / "utfall/enkat.csv").read_bytes() == before


def test_a_table_in_the_workbook_of_outcomes_is_not_doubled(year: Path, raw: Path) -> None:
    with_map(year)
    one_workbook(year, by_xlsxwriter)
    with pytest.raises(OutputError, match=r"utfall\.xlsx, blad Enkät"):
        take(year, raw)
    assert not (year / "utfall").exists()


def test_the_question_may_be_named_by_its_text(year: Path, raw: Path) -> None:
    with_map(year, MAP.replace("      bemötande: Hur", '      "Hur har du blivit bemött?": Hur'))
    take(year, raw)
    assert counted(year) == COUNTED


# Units and groups

UNITS = [
    [*HEAD, "Plattform"],
    ["R1", "Kvinna", "Bra", "Inte alls", "Vännäs"],
    ["R2", "Man", "Bra", "", "vannas"],
    ["R3", "Man", "Mycket bra", "", "VINDELN"],
]


def test_units_are_known_by_name_and_id(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP.replace("      kön: Kön\n", "      kön: Kön\n      enhet: Plattform\n"))
    take(year, write(tmp_path / "svar.csv", UNITS))
    rows = [row for row in table_of(year) if row["grupp"] == "deltagare" and row["antal"] != "0"]
    assert [(row["enhet"], row["fråga"], row["kön"], row["antal"]) for row in rows] == [
        ("Vännäs", "bemötande", "kvinnor", "1"),
        ("Vännäs", "bemötande", "män", "1"),
        ("Vännäs", "stöd", "kvinnor", "1"),
        ("Vindeln", "bemötande", "män", "1"),
    ]


def test_a_question_of_the_group_has_zeros_where_a_unit_left_it_out(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP.replace("      kön: Kön\n", "      kön: Kön\n      enhet: Plattform\n"))
    take(year, write(tmp_path / "svar.csv", UNITS))
    rows = [row for row in table_of(year) if row.get("enhet") == "Vindeln"]
    assert {row["fråga"] for row in rows} == {"bemötande", "stöd"}


def test_a_fixed_unit_replaces_only_its_own_rows(year: Path, raw: Path) -> None:
    fixed = MAP.replace("deltagare\n", "deltagare\n    enhet: Vännäs\n", 1)
    with_map(year, fixed + fixed.replace("id: enkät", "id: två").replace("Vännäs", "Vindeln"))
    take(year, raw, "enkät")
    take(year, raw, "två")
    units = [row["enhet"] for row in table_of(year) if row["grupp"] == "deltagare"]
    assert set(units) == {"forbundet", "Vännäs", "Vindeln"}
    assert units.count("Vännäs") == units.count("Vindeln")


def test_groups_may_stand_in_a_column(year: Path, tmp_path: Path) -> None:
    text = MAP.replace("    svarsgrupp: deltagare\n", "").replace(
        "      kön: Kön\n", "      svarsgrupp: Roll\n"
    )
    values = "    värden:\n      svarsgrupp:\n        Handläggare: personal\n    frågor:"
    with_map(year, text.replace("    frågor:", values))
    rows = [
        ["Svars-ID", "Roll", *HEAD[2:]],
        ["R1", "Deltagare", "Bra", ""],
        ["R2", "handläggare", "", "Inte alls"],
    ]
    take(year, write(tmp_path / "svar.csv", rows))
    assert counted(year) == {("bemötande", "alla", "Bra"): 1}
    assert counted(year, "personal") == {("stöd", "alla", "Inte alls"): 1}
    # What nobody in a group was asked has no rows.
    assert {row["fråga"] for row in table_of(year) if row["grupp"] == "personal"} == {"stöd"}


# Values


def test_values_are_tied_to_names(year: Path, tmp_path: Path) -> None:
    values = "    värden:\n      kön:\n        1: kvinnor\n        2: män\n        X: ej angivet\n"
    values += "      omdöme:\n        4: Mycket bra\n        3: Bra\n        Toppen: Mycket bra\n    frågor:"
    with_map(year, MAP.replace("    frågor:", values))
    rows = [
        list(HEAD),
        ["a", "1", "4", ""],
        ["b", "2.0", "3,0", ""],
        ["c", "x", "TOPPEN", ""],
        ["d", "", "4.00", ""],
    ]
    take(year, write(tmp_path / "svar.csv", rows))
    assert counted(year) == {
        ("bemötande", "kvinnor", "Mycket bra"): 1,
        ("bemötande", "män", "Bra"): 1,
        ("bemötande", "ej angivet", "Mycket bra"): 2,
    }


def test_numbers_of_a_workbook_are_the_answers_of_a_scale(year: Path, tmp_path: Path) -> None:
    edit(year / "enkat.yaml", "[Mycket bra, Bra, Mycket dåligt, Övriga svar]", "[5, 4, 3, 2, 1]")
    with_map(year)
    sheet: Rows = [HEAD, ["a", "Man", 5, None], ["b", "Man", 4.0, None], ["c", "Man", "1", None]]
    by_xlsxwriter(tmp_path / "svar.xlsx", {"Svar": sheet})
    take(year, tmp_path / "svar.xlsx")
    assert counted(year) == {("bemötande", "män", answer): 1 for answer in "541"}


def test_no_answer_is_not_counted(year: Path, tmp_path: Path) -> None:
    with_map(year, MAP.replace("    frågor:", "    inget_svar: [Ej svar, '-']\n    frågor:"))
    rows = [
        list(HEAD),
        ["a", "Man", "Bra", "-"],
        ["b", "Man", "EJ SVAR", " "],
        ["", "", "", ""],
        ["c", "Kvinna", "", ""],
    ]
    taken = take(year, write(tmp_path / "svar.csv", rows))
    assert taken.persons == 1
    assert counted(year) == {("bemötande", "män", "Bra"): 1}
    note = [problem for problem in taken.warnings if problem.severity is Severity.NOTE]
    assert [problem.found for problem in note] == ["2 rader har inget svar på någon fråga och räknas inte"]


def test_respondents_without_an_id_are_each_counted(year: Path, tmp_path: Path) -> None:
    with_map(year)
    rows = [list(HEAD), ["", "Man", "Bra", ""], [" ", "Man", "Bra", ""], ["", "Man", "Bra", ""]]
    assert take(year, write(tmp_path / "svar.csv", rows)).persons == 3


# Faults of the map


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (
            ("stöd: Fick du stöd?", "stöd: Fick du stöt?"),
            "stöd: Fick",
            ("”Fick du stöt?” finns inte i filen", "”Fick du stöd?”"),
        ),
        (
            ("      stöd:", "      stödd:"),
            "stödd:",
            ("frågan ”stödd” finns inte i enkäten", "Menade du ”stöd”?"),
        ),
        (
            ("stöd: Fick du stöd?", "stöd: Hur har du blivit bemött?"),
            "stöd: Hur",
            ("är både frågan ”bemötande” och frågan ”stöd”", ""),
        ),
        (
            ("stöd: Fick du stöd?", "stöd: Kön"),
            "stöd: Kön",
            ("kolumnen ”Kön” är både könet och frågan ”stöd”", ""),
        ),
        (
            ("kön: Kön", "kön: Svars-ID"),
            "kön: Svars",
            ("kolumnen ”Svars-ID” är både den svarande och könet", ""),
        ),
        (
            ("kön: Kön", "svarsgrupp: Kön"),
            "svarsgrupp: deltagare",
            ("”svarsgrupp” står både för sig och under ”kolumner”", ""),
        ),
        (("    svarsgrupp: deltagare\n", ""), "id: enkät", ("vilken svarsgrupp", "Skriv ”svarsgrupp: …”")),
        (
            ("svarsgrupp: deltagare", "svarsgrupp: deltagar"),
            "svarsgrupp: deltagar",
            ("svarsgruppen ”deltagar” finns inte", "Menade du ”deltagare”?"),
        ),
        (
            ("    kolumner:", "    enhet: Vänäs\n    kolumner:"),
            "enhet: Vänäs",
            ("enheten ”Vänäs” finns inte", "Menade du ”Vännäs”?"),
        ),
        (
            ("    kolumner:", "    enhet: Vännäs\n    kolumner:\n      enhet: Kön"),
            "enhet: Vännäs",
            ("”enhet” står både för sig", ""),
        ),
        (
            ("    frågor:", "    värden:\n      grup:\n        a: b\n    frågor:"),
            "grup:",
            ("okänd nyckel ”grup” under ”värden”", "Välj bland ”svarsgrupp”"),
        ),
        (
            ("    frågor:", "    värden:\n      omdöme:\n        a: Bar\n    frågor:"),
            "a: Bar",
            ("svaret ”Bar” finns inte", "Menade du ”Bra”?"),
        ),
        (
            ("    frågor:", "    värden:\n      kön:\n        a: kvina\n    frågor:"),
            "a: kvina",
            ("könet ”kvina” finns inte", "Menade du ”kvinnor”?"),
        ),
        (
            ("    frågor:", "    värden:\n      enhet:\n        a: b\n    frågor:"),
            "a: b",
            ("enheten ”b” finns inte", "Välj bland"),
        ),
        (
            ("    frågor:", "    värden:\n      omdöme:\n        a: Bra\n        A: Mycket bra\n    frågor:"),
            "A: Mycket bra",
            ("”A” betyder två saker", ""),
        ),
        (
            ("    frågor:", "    inget_svar: [bra]\n    frågor:"),
            "inget_svar",
            ("”bra” står vid ”inget_svar”, men är ett svar på skalan ”Hur bra”", ""),
        ),
        (
            ("    frågor:", '    frågor:\n      "Hur har du blivit bemött?": X'),
            "      bemötande: Hur",
            ("frågan ”bemötande” står två gånger", ""),
        ),
    ],
)
def test_faults_of_the_map_stand_at_their_line(
    year: Path, raw: Path, change: tuple[str, str], line: str, told: tuple[str, str]
) -> None:
    assert MAP.count(change[0]) == 1
    map_file = with_map(year, MAP.replace(*change))
    problems = [problem for problem in problems_of(year, raw) if told[0] in problem.found]
    assert len(problems) == 1, problems_of(year, raw)
    lines = map_file.read_text("utf-8").splitlines()
    assert line in lines[problems[0].place.line - 1]
    assert problems[0].place.file == f"content/{YEAR}/enkat.yaml"
    assert told[1] in problems[0].remedy


def test_values_that_mean_the_same_may_be_several(year: Path, raw: Path) -> None:
    values = "    värden:\n      omdöme:\n        Toppen: Bra\n        Prima: Bra\n    frågor:"
    with_map(year, MAP.replace("    frågor:", values))
    assert take(year, raw).persons == 5


def test_all_faults_of_the_map_are_told_at_once(year: Path, raw: Path) -> None:
    broken = MAP.replace("kön: Kön", "kön: Könn").replace("      stöd:", "      stödd:")
    with_map(year, broken.replace("svarsgrupp: deltagare", "svarsgrupp: X"))
    assert len(problems_of(year, raw)) == 3


def test_a_heading_that_several_columns_have_is_a_fault(year: Path, tmp_path: Path) -> None:
    with_map(year)
    rows = [[*row, row[3]] for row in plain_rows()]
    assert only_problem(year, write(tmp_path / "svar.csv", rows)).found.startswith(
        "2 kolumner i filen har rubriken"
    )


def test_headings_that_differ_in_signs_are_told_apart(year: Path, tmp_path: Path) -> None:
    with_map(year)
    rows = [[*row, "" if row_number else "Fick du stöd"] for row_number, row in enumerate(plain_rows())]
    take(year, write(tmp_path / "svar.csv", rows))
    assert counted(year) == COUNTED


def test_when_no_heading_is_found_none_is_shown(year: Path, tmp_path: Path) -> None:
    with_map(year)
    problem = only_problem(year, write(tmp_path / "svar.csv", plain_rows()[1:]))
    assert "ingen av kartans rubriker finns på rad 1" in problem.found
    assert "Kvinna" not in f"{problem.found}{problem.remedy}"


def test_the_export_must_be_chosen_among_several(year: Path, raw: Path) -> None:
    with_map(year, MAP + MAP.replace("id: enkät", "id: två"))
    assert only_problem(year, raw).remedy == "Ange vilken med --inläsning: ”enkät” eller ”två”."
    with pytest.raises(ContentError) as caught:
        take(year, raw, "tre")
    assert "inläsningen ”tre” finns inte" in caught.value.problems[0].found


# Faults of the file


def changed(place: int, column: int, value: str) -> list[list[str]]:
    rows = plain_rows()
    rows[place][column] = value
    return rows


def test_an_answer_off_the_scale_is_told_by_rows_only(year: Path, tmp_path: Path) -> None:
    with_map(year)
    people = [[f"R{number}", "Man", "Braa" if number % 2 else "Bra", ""] for number in range(20)]
    problem = only_problem(year, write(tmp_path / "svar.csv", [list(HEAD), *people]))
    assert problem.found == "svaret finns inte på skalan ”Hur bra” på 10 rader: rad 3, 5, 7, 9 och 6 till"
    assert str(problem.place).endswith("svar.csv, rad 3, kolumnen ”Hur har du blivit bemött?”")
    assert problem.remedy.startswith("Menade du ”Bra”? Välj bland ”Mycket bra”, ”Bra”")
    assert "”värden: omdöme”" in problem.remedy and "”inget_svar”" in problem.remedy


def test_each_strange_answer_is_told_and_the_same_only_once(year: Path, tmp_path: Path) -> None:
    with_map(year)
    people = [
        [f"R{number}", "Man", text, ""] for number, text in enumerate(["Ett", "ETT ", "Två", "ett", "Tre"])
    ]
    problems = problems_of(year, write(tmp_path / "svar.csv", [list(HEAD), *people]))
    found = "svaret finns inte på skalan ”Hur bra”"
    assert [(problem.place.line, problem.found) for problem in problems] == [
        (2, f"{found} på 3 rader: rad 2, 3 och 5"),
        (4, found),
        (6, found),
    ]


@pytest.mark.parametrize("number", [21, 300, 3000])
def test_a_column_of_free_text_is_told_once(year: Path, tmp_path: Path, number: int) -> None:
    with_map(year)
    people = [[f"R{number}", "Man", f"Åsikt {number}", "Inte alls"] for number in range(number)]
    problem = only_problem(year, write(tmp_path / "svar.csv", [list(HEAD), *people]))
    shown = "minst 1000" if number > 1000 else str(number)
    found = f"kolumnen har {shown} olika svar utanför skalan ”Hur bra”, först på rad 2, 3, 4 och 5"
    assert problem.found == found
    assert problem.remedy.startswith("Är det rätt kolumn?")


def test_an_unknown_sex_is_told(year: Path, tmp_path: Path) -> None:
    with_map(year)
    problem = only_problem(year, write(tmp_path / "svar.csv", changed(2, 1, "Kvina")))
    assert (problem.found, problem.place.line) == ("värdet är inget kön", 3)
    assert problem.remedy.startswith("Menade du ”kvinnor”?")


@pytest.mark.parametrize(("value", "found"), [("Vänäs", "värdet är ingen enhet"), ("", "cellen är tom")])
def test_a_strange_unit_is_told(year: Path, tmp_path: Path, value: str, found: str) -> None:
    with_map(year, MAP.replace("      kön: Kön\n", "      enhet: Plattform\n"))
    rows = [*UNITS, ["R9", "Man", "Bra", "", value], ["R10", "Man", "", "", value]]
    problem = only_problem(year, write(tmp_path / "svar.csv", rows))
    assert problem.found == found
    assert (problem.place.line, problem.place.column) == (5, "Plattform")


def test_a_respondent_who_stands_twice_is_told_without_id(year: Path, tmp_path: Path) -> None:
    with_map(year)
    rows = [*plain_rows(), ["R1 ", "Man", "Bra", ""], ["R3", "Man", "Bra", ""], ["R2", "Man", "", ""]]
    problem = only_problem(year, write(tmp_path / "svar.csv", rows))
    assert problem.found == "samma svarande står på flera rader: rad 2 och 7, rad 4 och 8"
    assert problem.place.column == "Svars-ID"


def test_a_personal_number_is_the_same_however_it_is_written(year: Path, tmp_path: Path) -> None:
    with_map(year)
    rows = [list(HEAD), ["19900101-1234", "Man", "Bra", ""], ["900101‑1234", "Man", "Bra", ""]]
    problem = only_problem(year, write(tmp_path / "svar.csv", rows))
    assert problem.found == "samma svarande står på flera rader: rad 2 och 3"


def test_a_respondent_without_an_id_is_told(year: Path, tmp_path: Path) -> None:
    with_map(year)
    told = warnings_of(take(year, write(tmp_path / "svar.csv", [list(HEAD), ["", "Man", "Bra", ""]])))
    assert any("1 svarande saknar id" in problem.found for problem in told)


def test_ids_that_differ_in_case_are_two(year: Path, tmp_path: Path) -> None:
    """Survey tools make ids of large and small letters."""
    with_map(year)
    rows = [list(HEAD), ["R_1aB", "Man", "Bra", ""], ["R_1Ab", "Man", "Bra", ""]]
    assert take(year, write(tmp_path / "svar.csv", rows)).persons == 2


def test_more_respondents_than_were_asked_is_a_fault(year: Path, raw: Path) -> None:
    edit(year / "enkat.yaml", "    namn: Deltagare\n", "    namn: Deltagare\n    tillfrågade: 4\n")
    with_map(year)
    problem = only_problem(year, raw)
    assert problem.found == "5 svarande är fler än de 4 tillfrågade"
    assert "tillfrågade" in (year / "enkat.yaml").read_text("utf-8").splitlines()[problem.place.line - 1]


def test_a_file_without_answers_is_a_fault(year: Path, tmp_path: Path) -> None:
    with_map(year)
    problem = only_problem(year, write(tmp_path / "svar.csv", [list(HEAD), ["R1", "Man", "", ""]]))
    assert problem.found == "ingen har svarat på någon av frågorna"


def test_a_row_with_too_many_cells_is_told(year: Path, tmp_path: Path) -> None:
    with_map(year)
    problem = only_problem(year, write(tmp_path / "svar.csv", [*plain_rows(), ["R9", "Man", "Bra", "", "x"]]))
    assert (problem.place.line, problem.found) == (7, "raden har fler celler än rubriker")


# What the author should look at


def warnings_of(taken: TakenIn) -> list[Problem]:
    return [problem for problem in taken.warnings if problem.severity is Severity.WARNING]


def test_a_question_that_is_measured_but_not_read_is_a_warning(year: Path, raw: Path) -> None:
    with_map(year)
    told = warnings_of(take(year, raw))
    assert len(told) == len({problem.found for problem in told}) > 2
    assert all(problem.place.file.endswith("budget.yaml") for problem in told)
    found = "ingen kolumn har svaren på frågan ”lyssnat” till ”deltagare”, som indikator 3.1.1 mäter"
    assert [problem.found for problem in told if "lyssnat" in problem.found] == [found]
    assert not [problem for problem in told if "bemötande" in problem.found or "personal" in problem.found]


def test_a_column_without_answers_is_a_warning(year: Path, tmp_path: Path) -> None:
    with_map(year)
    rows = [[*row[:3], "" if row_number else row[3]] for row_number, row in enumerate(plain_rows())]
    told = warnings_of(take(year, write(tmp_path / "svar.csv", rows)))
    assert [problem.found for problem in told if "ingen har svarat" in problem.found] == [
        "ingen har svarat på frågan ”stöd”"
    ]
    assert {row["fråga"] for row in table_of(year) if row["grupp"] == "deltagare"} == {"bemötande"}


# The files of survey tools


def as_forms(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    """Microsoft Forms: times, mail and name before the answers."""
    more = ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"]
    made = [[*more, *rows[0][1:]]]
    made += [[row[0], "11/3/21 10:12:01", "11/3/21 10:14:59", "anonymous", "", *row[1:]] for row in rows[1:]]
    return write(folder / "svar.xlsx", made)


def as_google(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    path = folder / "svar.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["Tidstämpel", *rows[0]])
        writer.writerows(["2021/11/03 10:12:01 em CET", *row] for row in rows[1:])
    return path


def as_surveymonkey(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    second = ["", "Response", "Response", "Open-Ended Response"]
    return write(folder / "svar.csv", [rows[0], second, *rows[1:]], ",", "utf-8")


def as_qualtrics(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    ids = ['{"ImportId":"_recordId"}', *(f'{{"ImportId":"QID{number}"}}' for number in range(1, 4))]
    return write(folder / "svar.csv", [["ResponseId", "Q1", "Q2", "Q3"], rows[0], ids, *rows[1:]], ",")


CODES = {"Mycket bra": "A1", "Bra": "A2", "Mycket dåligt": "A3", "Till stor del": "A1", "Inte alls": "A3"}
CODES |= {"Övriga svar": "-oth-", "Kvinna": "F", "Man": "M"}


def as_limesurvey(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    made = [["id", "submitdate", "lastpage", "startlanguage", "kon", "bemot", "stod"]]
    made += [
        [row[0], "2021-11-03 10:12:01", "3", "sv", *(CODES.get(cell, cell) for cell in row[1:])]
        for row in rows[1:]
    ]
    return write(folder / "svar.csv", made, ",", "utf-8")


def as_webropol(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    title = [["Enkät till deltagare 2021"], [], ["Antal svar: 5"], []]
    return write(folder / "svar.xlsx", [*title, *rows])


def mapped(**changes: str) -> str:
    text = MAP
    for old, new in changes.items():
        before = {
            "id": "Svars-ID",
            "sex": "kön: Kön",
            "q1": "Hur har du blivit bemött?",
            "q2": "Fick du stöd?",
        }[old]
        text = text.replace(before, new)
    return text


LIME = """    värden:
      kön: {F: kvinnor, M: män}
      omdöme: {A1: Mycket bra, A2: Bra, A3: Mycket dåligt}
      grad: {A1: Till stor del, A3: Inte alls, -oth-: Övriga svar}
    frågor:"""
LAYOUTS: dict[str, tuple[Callable[[Sequence[Sequence[str]], Path], Path], str]] = {
    "Microsoft Forms": (as_forms, mapped(id="ID")),
    "Google Forms": (as_google, MAP),
    "SurveyMonkey": (as_surveymonkey, MAP.replace("    kolumner", "    svar_från_rad: 3\n    kolumner")),
    "Qualtrics": (
        as_qualtrics,
        mapped(id="ResponseId", sex="kön: Q1", q1="Q2", q2="Q3").replace(
            "    kolumner", "    svar_från_rad: 4\n    kolumner"
        ),
    ),
    "LimeSurvey": (
        as_limesurvey,
        mapped(id="id", sex="kön: kon", q1="bemot", q2="stod").replace("    frågor:", LIME),
    ),
    "Webropol": (as_webropol, MAP.replace("    kolumner", "    rubriker_på_rad: 5\n    kolumner")),
}


@pytest.mark.parametrize("tool", LAYOUTS)
def test_the_layouts_of_survey_tools(year: Path, tmp_path: Path, tool: str) -> None:
    make, text = LAYOUTS[tool]
    with_map(year, text)
    assert take(year, make(plain_rows(), tmp_path)).persons == 5
    assert counted(year) == COUNTED


# Files as programs write them


def decomposed(rows: Table) -> list[list[str]]:
    return [[unicodedata.normalize("NFD", cell) for cell in row] for row in rows]


def with_more(rows: Table) -> list[list[str]]:
    """Free text with line breaks and delimiters, and columns and rows of nothing at the end."""
    head, *people = rows
    made = [[*head, "Kommentar", "", ""]]
    made += [[*row, 'Rad 1\nrad 2; "citat", \t tabb', "", ""] for row in people]
    return [*made, [""] * len(made[0]), [""] * len(made[0])]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_dialects_of_csv(year: Path, tmp_path: Path, delimiter: str, encoding: str, newline: str) -> None:
    with_map(year)
    path = tmp_path / "svar.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=newline).writerows(with_more(plain_rows()))
    assert take(year, path).persons == 5
    assert counted(year) == COUNTED


def test_letters_that_are_taken_apart(year: Path, tmp_path: Path) -> None:
    with_map(year)
    take(year, write(tmp_path / "svar.csv", decomposed(plain_rows())))
    assert counted(year) == COUNTED


@pytest.mark.parametrize("name", MAKERS)
def test_workbooks(year: Path, tmp_path: Path, name: str) -> None:
    with_map(year)
    path = tmp_path / f"svar{Path(name).suffix}"
    MAKERS[name](path, {"Svar": with_more(plain_rows())})
    assert take(year, path).persons == 5
    assert counted(year) == COUNTED


def test_workbooks_of_openpyxl_with_texts_in_their_cells(year: Path, tmp_path: Path) -> None:
    with_map(year)
    by_openpyxl(tmp_path / "svar.xlsx", {"Svar": plain_rows()})
    take(year, tmp_path / "svar.xlsx")
    assert counted(year) == COUNTED


def test_what_nobody_reads_may_be_hidden_or_no_text(year: Path, tmp_path: Path) -> None:
    with_map(year)
    book = openpyxl.Workbook()
    for row, time in zip(plain_rows(), ("Tid", *[datetime.timedelta(minutes=9)] * 5), strict=True):
        book.active.append([*row, "Betyg", time, "#DIV/0!"])
    book.active.column_dimensions["F"].hidden = True
    book.save(tmp_path / "svar.xlsx")
    take(year, tmp_path / "svar.xlsx")
    assert counted(year) == COUNTED


# The same cells in any file

ASKED_FOLDER = Folder(CONTENT / YEAR, YEAR, [])


Told = tuple[Tally | None, list[str]]


def asked_with(text: str, folder: Path) -> Report:
    """The report of 2021 with another enkat.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    survey_file = (CONTENT / YEAR / "enkat.yaml").read_text("utf-8")
    (folder / "enkat.yaml").write_text(f"{survey_file}\ninläsning:\n{text}", "utf-8")
    problems: list[Problem] = []
    mapped, defined = Folder(folder, "prov", problems), read_defined(ASKED_FOLDER, Sheets(ASKED_FOLDER))
    survey = read_survey(mapped, Sheets(mapped))
    assert defined and survey, problems
    return replace(defined, survey=survey)


def tallied(path: Path, asked: Report) -> Told:
    problems: list[Problem] = []
    table = open_raw(path, problems, FileMap())
    tally = tally_answers(table, asked.survey.exports[0], asked, problems) if table else None
    told = [
        (problem.place.line, problem.place.column, problem.found, problem.severity) for problem in problems
    ]
    return (None if any(problem.severity is Severity.ERROR for problem in problems) else tally), sorted(
        map(repr, told)
    )


CELLS = st.sampled_from(
    ["", " ", "Bra", "bra ", "Mycket bra", "Mycket\u00a0bra", "Till stor del", "Kvinna", "Man", "R1", "R2",
     "x;y", 'ett "citat"', "rad\nbruten", "5", "5,0", "=1+1", "Övriga svar", "O\u0308vriga svar", "a\tb",
     "Annat, mer"]
)  # fmt: skip
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Told]:
    """What is counted in a file and what is told of it."""
    values = "    värden:\n      omdöme:\n        5: Bra\n    inget_svar: [R2]\n    frågor:"
    asked = asked_with(MAP.replace("    frågor:", values), tmp_path_factory.mktemp("asked"))
    return lambda path: tallied(path, asked)


@given(
    rows=TABLES,
    delimiter=st.sampled_from(";,\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_the_same_cells_are_counted_and_told_alike_in_any_file(
    tally: Callable[[Path], Told],
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    delimiter: str,
    quoting: Literal[0, 1],
) -> None:
    folder = tmp_path_factory.mktemp("svar")
    workbook = write(folder / "svar.xlsx", [list(HEAD), *map(list, rows)])
    with (folder / "svar.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, quoting=quoting).writerows([HEAD, *rows])
    assert tally(folder / "svar.csv") == tally(workbook)
    change_part(workbook, "xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData><!-- som få skriver -->")
    assert tally(folder / "svar.csv") == tally(workbook)


def test_answers_are_added_up_over_a_long_file(year: Path, tmp_path: Path) -> None:
    with_map(year)
    people = [
        [f"R{number}", ("Kvinna", "Man")[number % 2], ("Bra", "", "Mycket bra")[number % 3], ""]
        for number in range(30_000)
    ]
    assert take(year, write(tmp_path / "svar.csv", [list(HEAD), *people])).persons == 20_000
    assert counted(year) == {
        ("bemötande", sex, answer): 5_000 for sex in ("kvinnor", "män") for answer in ("Bra", "Mycket bra")
    }


def test_faults_are_told_over_a_long_file(year: Path, tmp_path: Path) -> None:
    with_map(year)
    people = [
        [f"R{number}", "Man", "Braa" if number in (3, 12_000, 25_000) else "Bra", ""]
        for number in range(30_000)
    ]
    raw = write(tmp_path / "svar.csv", [list(HEAD), *people, ["R7", "Man", "Bra", ""]])
    assert sorted(problem.found for problem in problems_of(year, raw)) == [
        "samma svarande står på flera rader: rad 9 och 30002",
        "svaret finns inte på skalan ”Hur bra” på 3 rader: rad 5, 12002 och 25002",
    ]


# What stands in cells is never shown

SECRET = "hemlis"


def secret_rows() -> list[list[str]]:
    """Something of a person's in every field, and twice the same id."""
    head = [*HEAD, "E-post", "Tid", "Kommentar"]
    rows = [
        [f"{SECRET}{number % 9}", "Kvinna", "Bra", "Inte alls", f"{SECRET}@x.se", SECRET, SECRET]
        for number in range(12)
    ]
    rows[3][1] = f"{SECRET}kön"
    rows[5][2] = f"{SECRET}bra"
    rows[6][3] = SECRET
    return [head, *rows]


def files_below(*folders: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def broken_workbook(path: Path) -> None:
    by_xlsxwriter(path, {"Svar": secret_rows()})
    parts = parts_of(path)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-200]
    write_parts(path, parts)


def cut_workbook(path: Path) -> None:
    by_xlsxwriter(path, {"Svar": secret_rows()})
    path.write_bytes(path.read_bytes()[:-300])


def ragged_csv(path: Path) -> None:
    write(path, [*secret_rows(), [SECRET] * 20])


def open_quotation(path: Path) -> None:
    write(path, secret_rows())
    append(path, f'"{SECRET};{SECRET}\n{SECRET}')


def mixed_encoding(path: Path) -> None:
    write(path, secret_rows())
    path.write_bytes(path.read_bytes() + f"{SECRET}å;".encode("cp1252"))


def headless(path: Path) -> None:
    write(path, secret_rows()[1:])


def sound_csv(path: Path) -> None:
    write(path, secret_rows())


def sound_workbook(path: Path) -> None:
    by_xlsxwriter(path, {"Svar": secret_rows()})


def sound_ods(path: Path) -> None:
    by_odfdo(path, {"Svar": secret_rows()})


def formulas(path: Path) -> None:
    """Sent to the careful reader."""
    by_openpyxl(path, {"Svar": [*secret_rows(), [f'="{SECRET}"', True, 1.5, None, SECRET]]})


UNSOUND = {
    "sund.csv": sound_csv, "sund.xlsx": sound_workbook, "sund.ods": sound_ods,
    "ojamn.csv": ragged_csv, "citat.csv": open_quotation, "blandad.csv": mixed_encoding,
    "utan-rubriker.csv": headless, "bruten.xlsx": broken_workbook, "klippt.xlsx": cut_workbook,
    "formler.xlsx": formulas,
}  # fmt: skip


@pytest.mark.parametrize("name", UNSOUND)
@pytest.mark.parametrize("units", [False, True], ids=["kön", "enhet"])
def test_nothing_of_a_person_is_shown_or_kept(
    year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, units: bool
) -> None:
    places = {"enhet": "E-post", "svarsgrupp": "Tid"} if units else {}
    text = MAP.replace("    svarsgrupp: deltagare\n", "") if units else MAP
    more = "".join(f"      {key}: {heading}\n" for key, heading in places.items())
    with_map(year, text.replace("      kön: Kön\n", f"      kön: Kön\n{more}"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    raw = tmp_path / name
    UNSOUND[name](raw)
    before = files_below(year.parent, tmp_path / "tmp")
    for more_arguments in ([], ["--föreslå"]):
        result = run("läs-enkät", raw, "--karta", year / "enkat.yaml", "--skriv-över", *more_arguments)
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert SECRET not in result.output + result.stderr
        assert result.exit_code == 1 or more_arguments
    result = run("läs-enkät", raw, "--föreslå")
    assert SECRET not in result.output + result.stderr
    assert files_below(year.parent, tmp_path / "tmp") == before


def test_what_is_written_has_nothing_of_a_person(year: Path, tmp_path: Path) -> None:
    with_map(year)
    head = [*HEAD, "Kommentar"]
    rows = [head, *([f"{SECRET}{number}", "Kvinna", "Bra", "Inte alls", SECRET] for number in range(5))]
    result = run(
        "läs-enkät", write(tmp_path / "svar.csv", rows), "--karta", year / "enkat.yaml", "--skriv-över"
    )
    assert result.exit_code == 0, result.output
    assert "Klart: 5 svarande." in result.output
    assert SECRET not in result.output + result.stderr
    assert not [path for path, data in files_below(year.parent).items() if SECRET.encode() in data]


@pytest.mark.parametrize("name", ["saknas.yaml", "budget.yaml", "utfall", "svar.csv"])
def test_only_the_survey_is_its_map(year: Path, name: str) -> None:
    with_map(year)
    write(year / "svar.csv", plain_rows())
    with pytest.raises(ContentError) as caught:
        take_answers(year / "svar.csv", year / name, overwrite=True)
    assert [problem.found for problem in caught.value.problems] == [
        "kartan är enkat.yaml, inte den här filen"
    ]


def test_a_person_read_as_headings_is_not_shown_though_a_cell_is_like_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("Kön;HEMLIGT;MARKÖR\nman;x;y\n", "utf-8")
    problems: list[Problem] = []
    table = open_raw(path, problems, FileMap())
    assert table is not None
    place = Place("enkat.yaml", 1)
    find_columns(
        table, [Wanted(heading, place, heading) for heading in ("Kön", "Enhet", "Fråga 1")], problems
    )
    assert len(problems) == 2
    assert not any("HEMLIGT" in problem.remedy or "MARKÖR" in problem.remedy for problem in problems)
