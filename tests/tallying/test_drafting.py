"""A draft of a map is made by what the columns look like, and works as it is on the file it is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake import draft_export, take_answers, write_draft
from generator.model.places import ContentError, Problem, Severity
from generator.model.raw import FileMap
from generator.model.survey import Survey
from generator.reading.raw_files import open_raw
from generator.reading.validation import validate
from generator.reading.yaml_edits import with_entries
from generator.reading.yaml_files import parse_mapping
from generator.starting import move_into_workbook
from tests.support import edit
from tests.tallying.made_up import write
from tests.tallying.test_answers import LAYOUTS, counted, plain_rows
from tests.test_cli import run

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


def kept(year: Path, draft: str) -> Survey:
    """In the report's enkat.yaml, where the command writes it."""
    write_draft(draft, year / "enkat.yaml")
    return survey_in(draft)


# With a report's survey


def test_known_columns_are_found(year: Path, tmp_path: Path) -> None:
    draft = draft_export(write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml")
    (export,) = kept(year, draft).exports
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
    kept(year, draft_export(raw, year / "enkat.yaml"))
    taken = take_answers(raw, year / "enkat.yaml", overwrite=True)
    assert taken.persons == 3
    assert counted(year)["bemötande", "kvinnor", "Mycket bra"] == 1


@pytest.mark.parametrize("tool", [tool for tool in LAYOUTS if tool != "LimeSurvey"])
def test_layouts_of_survey_tools(year: Path, tmp_path: Path, tool: str) -> None:
    rows = plain_rows()
    rows[0][3] = "Har du fått det stöd du behöver för att nå arbete, studier eller annat?"
    raw = LAYOUTS[tool][0](rows, tmp_path)
    (export,) = kept(year, draft_export(raw, year / "enkat.yaml")).exports
    assert set(export.questions) == {"bemötande", "stöd"}
    assert take_answers(raw, year / "enkat.yaml", overwrite=True).persons == 5


def test_a_question_that_is_new_is_added_with_its_scale(year: Path, tmp_path: Path) -> None:
    rows = [[*row[:4], "Är lokalen ljus och fin?"] for row in plain_rows()[:1]]
    rows += [[*row[:4], "Ja"] for row in plain_rows()[1:]]
    before = (year / "enkat.yaml").read_text("utf-8")
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    survey = kept(year, draft)
    question = survey.question("ar-lokalen-ljus-och-fin")
    assert question and question.scale == "ja-eller-nej"
    assert "Är lokalen ljus och fin?" in survey.exports[0].questions.values()
    assert all(line in draft.splitlines() for line in before.splitlines())


def test_a_question_with_answers_of_common_words_gets_a_scale_of_its_own(year: Path, tmp_path: Path) -> None:
    answers = ["1 - Mycket sämre", "2 - Ungefär som då", "3 - Lite bättre", "Vet ej"]
    rows = [["Hur mår du nu?", "Vem hjälpte dig?"], *([answer, "Eva Lind"] for answer in answers * 2)]
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    scale = kept(year, draft).scale_of("hur-mar-du-nu")
    assert scale and (scale.answers, scale.no_answer) == (tuple(answers[:3]), ("Vet ej",))
    assert "Eva" not in draft


def test_a_closed_question_with_words_of_its_own_is_told_without_them(year: Path, tmp_path: Path) -> None:
    rows = [["Vem hjälpte dig?", "Fick du stöd?"], *([name, "Ja"] for name in ["Eva", "Ali"] * 3)]
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    assert "#   Vem hjälpte dig? – 2 olika svar: ska de räknas, lägg till frågan och en skala\n" in draft
    assert "Eva" not in draft


def test_units_by_other_names_are_told_as_such(year: Path, tmp_path: Path) -> None:
    rows = [["Vilken plattform?", "Fick du stöd?"], *([name, "Ja"] for name in ["Nord", "Syd"] * 3)]
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    assert "#   Vilken plattform? – 2 olika svar: är det enheten, skriv kolumnen under" in draft


def test_digits_for_sexes_are_told_as_such(year: Path, tmp_path: Path) -> None:
    """As a question of its own the column would be counted as answers."""
    rows = [["Kön", "Fick du stöd?"], *([sex, "Ja"] for sex in ["1", "2"] * 3)]
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    assert "#   Kön – 2 olika svar: är det könet, skriv kolumnen under ”kolumner”" in draft


def test_marks_are_no_scale(tmp_path: Path) -> None:
    rows = [["Fråga [Ja]", "Fråga [Nej]", "Stöd"], *(["1", "", "2"], ["", "1", "1"], ["1", "", "5"])]
    survey = survey_in(draft_export(write(tmp_path / "svar.csv", rows)))
    assert [question.text for question in survey.questions] == ["Stöd"]


def test_letters_stand_for_sexes_below_their_heading(tmp_path: Path) -> None:
    rows = [["Kön", "Klass", "Fråga"], ["K", "M", "Ja"], ["M", "K", "Nej"]]
    (export,) = survey_in(draft_export(write(tmp_path / "svar.csv", rows))).exports
    assert export.columns.sex == "Kön"
    assert dict(export.values["kön"]) == {"K": "kvinnor", "M": "män"}


def test_what_reads_the_file_already_is_not_drafted_again(year: Path, tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", LIKE)
    kept(year, draft_export(raw, year / "enkat.yaml"))
    with pytest.raises(ContentError) as caught:
        draft_export(raw, year / "enkat.yaml")
    assert caught.value.problems[0].found == "inläsningen ”deltagare” läser redan filens frågor"


def test_an_export_more_has_another_id(year: Path, tmp_path: Path) -> None:
    kept(year, draft_export(write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml"))
    rows = [
        [f"{cell} nu" if number == 0 else cell for cell in row] for number, row in enumerate(plain_rows())
    ]
    survey = kept(year, draft_export(write(tmp_path / "fler.csv", rows), year / "enkat.yaml"))
    assert [export.id for export in survey.exports] == ["deltagare", "deltagare-2"]


def test_of_a_survey_in_a_workbook_new_questions_are_told_for_its_sheets(year: Path, tmp_path: Path) -> None:
    move_into_workbook(year)
    rows = [["Hur har du blivit bemött?", "Är lokalen ljus?"], ["Bra", "Ja"], ["Bra", "Nej"]]
    draft = draft_export(write(tmp_path / "svar.csv", rows), year / "enkat.yaml")
    assert list(survey_in(draft).exports[0].questions) == ["bemötande", "är lokalen ljus"]
    assert "# Skriv på bladet Frågor:\n#   - id: är lokalen ljus\n" in draft
    assert not survey_in(draft).questions


@pytest.mark.parametrize("begin", ["- ", "  - ", "    - "])
def test_lists_keep_their_indent_and_comments(begin: str) -> None:
    text = f"# Först\nfrågor:  # de\n{begin}id: a\n# mellan\n\n{begin}id: b\n\n# Sist\nskalor: []\n"
    changed = with_entries(text, "frågor", ["  - id: c", "    text: C"])
    added = f"{begin}id: c\n{' ' * len(begin)}text: C\n"
    assert changed == text.replace("id: b\n", f"id: b\n{added}")


def test_cells_with_something_else_are_counted_in_a_comment(year: Path, tmp_path: Path) -> None:
    head, *_ = plain_rows()
    rows = [[f"R{number}", "Man", "hemligt" if number == 7 else "Bra", "Inte alls"] for number in range(20)]
    draft = draft_export(write(tmp_path / "svar.csv", [head, *rows]), year / "enkat.yaml")
    line = next(line for line in draft.splitlines() if line.strip().startswith("bemötande:"))
    assert "# något annat i 1 av 20 celler" in line
    assert "hemligt" not in draft


def test_nothing_that_is_known_gives_a_draft_to_fill_in(year: Path, tmp_path: Path) -> None:
    draft = draft_export(write(tmp_path / "svar.csv", [["A", "B"], ["x", "y"]]), year / "enkat.yaml")
    (export,) = kept(year, draft).exports
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
    table = open_raw(raw, [], FileMap())
    assert table is not None
    for heading in survey.exports[0].questions.values():
        assert len(table.indexes(str(heading))) == 1
    assert len(survey.questions) == len(headings) + 1


def test_a_list_on_one_line_is_not_written_twice(year: Path, tmp_path: Path) -> None:
    one_line = "svarsgrupper: [{id: g, namn: G}]\nskalor: [{id: s, namn: S, svar: [Ja, Nej]}]\nfrågor: []\n"
    (year / "enkat.yaml").write_text(one_line, "utf-8")
    with pytest.raises(ContentError) as caught:
        draft_export(write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml")
    assert "står på en enda rad" in caught.value.problems[0].found
    assert (year / "enkat.yaml").read_text("utf-8") == one_line


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
    assert [problem.found for problem in caught.value.problems] == ["raden är en persons, inte rubriker"]


@pytest.mark.parametrize("text", ["Id|Kön|Svar\n1|Man|Ja\n", '"Id;Kön;Svar"\n"1;Man;Ja"\n'])
def test_headings_that_are_a_single_cell_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "svar.csv").write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        draft_export(tmp_path / "svar.csv")
    assert [problem.found for problem in caught.value.problems] == ["raden är en enda cell"]


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


def test_the_command_writes_the_draft_and_says_what_to_do_next(year: Path, tmp_path: Path) -> None:
    raw, file = write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml"
    draft = draft_export(raw, file)
    done = run("läs-enkät", raw, "--föreslå", "--karta", file).output
    assert file.read_text("utf-8") == draft
    assert f'bokslut läs-enkät "{raw}" --karta "{file}"' in done


def test_without_a_map_the_draft_is_printed_and_nothing_else(tmp_path: Path) -> None:
    raw = write(tmp_path / "svar.csv", LIKE)
    assert run("läs-enkät", raw, "--föreslå").output == draft_export(raw)


def test_a_map_that_a_shell_has_emptied_is_as_none(year: Path, tmp_path: Path) -> None:
    raw, file = write(tmp_path / "svar.csv", LIKE), year / "enkat.yaml"
    file.write_text("", "utf-8")
    assert [group.id for group in survey_in(draft_export(raw, file)).groups] == ["svarande"]


@pytest.mark.parametrize("others", ["", "R1|2021-11-03|Kvinna|Bra\nR2|2021-11-03|Man|"])
def test_a_person_with_a_delimiter_is_no_row_of_headings(tmp_path: Path, others: str) -> None:
    """In a file with another delimiter the headings seem to be a title, which stands alone on its row."""
    raw = tmp_path / "svar.csv"
    raw.write_text(f"Id|Tid|Kön|Kommentar\n{others}\nR3|2021-11-04|Man|hemligt; sa hon\nR4|||\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        draft_export(raw)
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.found) == (1, "raden är en enda cell")
