"""A draft of a map is made by what the columns look like, and works as it is on the file it is made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.intake import draft_export, take_answers
from generator.model.places import ContentError, Problem, Severity
from generator.model.survey import Survey
from generator.reading.raw_files import open_raw
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping
from tests.support import append, edit
from tests.tallying.made_up import write
from tests.tallying.test_answers import LAYOUTS, counted, plain_rows

LIKE = [
    ["Svars-ID", "Tid", "Plattform", "Kön", "1. Hur har du blivit bemött?", "Fick du stöd?", "Kommentar"],
    ["R1", "2021-11-03", "Vännäs", "Kvinna", "Mycket bra", "Inte alls", "hemligt ett"],
    ["R2", "2021-11-03", "Vindeln", "Man", "Bra", "Till stor del", "hemligt två"],
    ["R3", "2021-11-04", "Vännäs", "Annat", "Vet ej", "Till stor del", "hemligt tre"],
]  # fmt: skip


def survey_in(text: str) -> Survey:
    problems: list[Problem] = []
    data = parse_mapping(text, "enkat.yaml", problems)
    assert data is not None, problems
    survey = validate(Survey, data, problems)
    assert survey is not None, (problems, text)
    return survey


def pasted(year: Path, draft: str) -> Survey:
    """As an author would paste it, last in the report's enkat.yaml."""
    append(year / "enkat.yaml", f"\n{draft}")
    return survey_in((year / "enkat.yaml").read_text("utf-8"))


# With a report's survey


def test_known_columns_are_found(year: Path, tmp_path: Path) -> None:
    draft = draft_export(write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml")
    (export,) = pasted(year, draft).exports
    columns = export.columns
    assert (columns.respondent, columns.unit, columns.sex) == ("Svars-ID", "Plattform", "Kön")
    assert export.group == "deltagare"
    assert export.questions["bemötande"] == "1. Hur har du blivit bemött?"
    assert dict(export.values["kön"]) == {"Annat": "ej angivet"}
    assert export.no_answer == ("Vet ej",)
    assert "#   Kommentar" in draft and "#   Tid" in draft
    assert "hemligt" not in draft


def test_a_draft_works_on_its_file(year: Path, tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", LIKE)
    pasted(year, draft_export(raw, year / "enkat.yaml"))
    taken = take_answers(raw, year / "enkat.yaml", overwrite=True)
    assert taken.persons == 3 - 1  # one has answered nothing that is read
    assert counted(year)["bemötande", "kvinnor", "Mycket bra"] == 1


@pytest.mark.parametrize("tool", [tool for tool in LAYOUTS if tool != "LimeSurvey"])
def test_layouts_of_survey_tools(year: Path, tmp_path: Path, tool: str) -> None:
    rows = plain_rows()
    rows[0][3] = "Har du fått det stöd du behöver för att nå arbete, studier eller annat?"
    raw = LAYOUTS[tool][0](rows, tmp_path)
    (export,) = pasted(year, draft_export(raw, year / "enkat.yaml")).exports
    assert set(export.questions) == {"bemötande", "stöd"}
    assert take_answers(raw, year / "enkat.yaml", overwrite=True).persons == 5


def test_a_question_that_is_new_is_a_comment(year: Path, tmp_path: Path) -> None:
    rows = [
        [*row[:4], "Är lokalen ljus och fin?" if row_number == 0 else "Ja"]
        for row_number, row in enumerate(plain_rows())
    ]
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    assert "#   - id: är lokalen ljus och fin\n" in draft
    assert "#     skala: ja eller nej\n" in draft
    (export,) = pasted(year, draft).exports
    assert "Är lokalen ljus och fin?" not in export.questions.values()


def test_an_export_more_has_another_id(year: Path, tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", LIKE)
    pasted(year, draft_export(raw, year / "enkat.yaml"))
    draft = draft_export(raw, year / "enkat.yaml")
    assert "  - id: deltagare 2\n" in draft
    assert "klistra in det från ”- id” och nedåt" in draft


def test_cells_with_something_else_are_counted_in_a_comment(year: Path, tmp_path: Path) -> None:
    head, *_ = plain_rows()
    rows = [[f"R{number}", "Man", "hemligt" if number == 7 else "Bra", "Inte alls"] for number in range(20)]
    draft = draft_export(write(tmp_path / "svar.csv", [head, *rows]), year / "enkat.yaml")
    line = next(line for line in draft.splitlines() if line.strip().startswith("bemötande:"))
    assert "# något annat i 1 av 20 celler" in line
    assert "hemligt" not in draft


def test_nothing_that_is_known_gives_a_draft_to_fill_in(year: Path, tmp_path: Path) -> None:
    draft = draft_export(write(tmp_path / "svar.csv", [["A", "B"], ["x", "y"]]), year / "enkat.yaml")
    (export,) = pasted(year, draft).exports
    assert not export.questions


def test_headings_are_quoted_where_yaml_needs_it(tmp_path: Path) -> None:
    headings = [
        'Bemötande: "bra" # eller?',
        "- stöd",
        "null",
        "{a}: [b]",
        "'x'",
        "50 % & *mer*",
        "Ja",
        "1.10",
        "Ö\u0085\ue000",
    ]
    rows = [["Hur har du blivit bemött?", *headings], ["Bra", *["Ja"] * len(headings)]]
    raw = write(tmp_path / "svar.csv", rows)
    survey = survey_in(draft_export(raw))
    table = open_raw(raw, [])
    assert table is not None
    for heading in survey.exports[0].questions.values():
        assert len(table.indexes(str(heading))) == 1
    assert len(survey.questions) == len(headings) + 1


# Without one


def test_without_a_report_the_draft_is_a_whole_survey(year: Path, tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", LIKE)
    draft = draft_export(raw)
    survey = survey_in(draft)
    assert [scale.id for scale in survey.scales] == ["omdome", "grad"]
    assert survey.scales[0].no_answer == ("Vet ej",)
    assert [question.text for question in survey.questions] == LIKE[0][4:6]
    assert "hemligt" not in draft and "Vännäs" not in draft
    (year / "enkat.yaml").write_text(draft, "utf-8")
    (year / "utfall/enkat.csv").unlink()
    assert take_answers(raw, year / "enkat.yaml").persons == 3
    assert counted(year, "svarande")["1 hur har du blivit bemött", "ej angivet", "Vet ej"] == 1


def test_a_report_without_a_survey_gets_a_whole_one_with_its_units(year: Path, tmp_path: Path) -> None:
    raw, file = write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml"
    file.unlink()
    file.write_text(draft_export(raw, file), "utf-8")
    (year / "utfall/enkat.csv").unlink()
    assert take_answers(raw, file).persons == 3
    assert "Vännäs;svarande;1 hur har du blivit bemött" in (year / "utfall/enkat.csv").read_text("utf-8")


@pytest.mark.parametrize("tool", [tool for tool in LAYOUTS if tool != "LimeSurvey"])
def test_layouts_of_survey_tools_without_a_report(year: Path, tmp_path: Path, tool: str) -> None:
    rows = [[cell.replace("Övriga svar", "Till liten del") for cell in row] for row in plain_rows()]
    raw = LAYOUTS[tool][0](rows, tmp_path)
    (year / "enkat.yaml").write_text(draft_export(raw), "utf-8")
    (year / "utfall/enkat.csv").unlink()
    assert take_answers(raw, year / "enkat.yaml").persons == 5


@pytest.mark.parametrize(
    "scale",
    [
        "Till mycket stor del, Till stor del, Till viss del, Till liten del, Inte alls",
        "I mycket stor utsträckning, I stor utsträckning, I viss utsträckning, I liten utsträckning,"
        " Inte alls",
        "Mycket bra, Bra, Varken bra eller dåligt, Dåligt, Mycket dåligt",
        "Mycket bra, Ganska bra, Varken bra eller dåligt, Ganska dåligt, Mycket dåligt",
        "Mycket viktig, Viktig, Mindre viktig, Inte alls viktig",
        "Mycket viktigt, Ganska viktigt, Mindre viktigt, Inte alls viktigt",
        "Mycket nöjd, Nöjd, Varken nöjd eller missnöjd, Missnöjd, Mycket missnöjd",
        "Mycket nöjd, Ganska nöjd, Varken nöjd eller missnöjd, Ganska missnöjd, Mycket missnöjd",
        "Instämmer helt, Instämmer till stor del, Instämmer delvis, Instämmer inte, Instämmer inte alls",
        "Stämmer helt, Stämmer ganska bra, Stämmer ganska dåligt, Stämmer inte alls",
        "Alltid, Ofta, Ibland, Sällan, Aldrig",
        "Ja, Nej",
        "Ja, Delvis, Nej",
        "1, 2, 3, 4, 5",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    ],
)
def test_columns_of_common_scales_are_known(tmp_path: Path, scale: str) -> None:
    answers = scale.split(", ")
    rows = [["Fråga"], *([answer.upper()] for answer in answers for _ in range(2))]
    (found,) = survey_in(draft_export(write(tmp_path / "svar.csv", [[*row, ""] for row in rows]))).scales
    assert set(answers) <= set(found.answers)


def test_ids_of_respondents_are_no_scale(tmp_path: Path) -> None:
    rows = [["ID", "Fråga"], *([str(number), "Ja"] for number in range(1, 6))]
    survey = survey_in(draft_export(write(tmp_path / "svar.csv", rows)))
    assert survey.exports[0].columns.respondent == "ID"
    assert [question.text for question in survey.questions] == ["Fråga"]


# What is refused


def test_a_row_of_a_person_is_not_taken_for_headings(tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", plain_rows()[1:])
    with pytest.raises(ContentError) as caught:
        draft_export(raw)
    assert [problem.found for problem in caught.value.problems] == ["raden är svar, inte rubriker"]


def test_the_map_must_lie_in_a_report(tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", plain_rows())
    with pytest.raises(ContentError) as caught:
        draft_export(raw, tmp_path / "enkat.yaml")
    assert caught.value.problems[0].found == "kartan ligger inte i en rapports mapp"


def test_a_fault_in_the_survey_is_told(year: Path, tmp_path: Path) -> None:
    edit(year / "enkat.yaml", "skalor:\n", "skallor:\n")
    with pytest.raises(ContentError) as caught:
        draft_export(write(tmp_path / "svar.csv", plain_rows()), year / "enkat.yaml")
    assert all(problem.severity is Severity.ERROR for problem in caught.value.problems)


def test_the_command_prints_the_draft_and_nothing_else(year: Path, tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", LIKE)
    result = CliRunner().invoke(
        main, ["läs-enkät", str(raw), "--föreslå", "--karta", str(year / "enkat.yaml")]
    )
    assert result.exit_code == 0
    assert result.output == draft_export(raw, year / "enkat.yaml")


@pytest.mark.parametrize("others", ["", "R1|2021-11-03|Kvinna|Bra\nR2|2021-11-03|Man|"])
def test_a_person_with_a_delimiter_is_no_row_of_headings(tmp_path: Path, others: str) -> None:
    """In a file with another delimiter the headings seem to be a title, which stands alone on its row."""
    raw = tmp_path / "svar.csv"
    raw.write_text(f"Id|Tid|Kön|Kommentar\n{others}\nR3|2021-11-04|Man|hemligt; sa hon\nR4|||\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        draft_export(raw)
    (problem,) = caught.value.problems
    assert problem.found == "raden har fler celler än rubriker"
