"""How an author begins: with the example, as the handbook's first chapter, or with last year's report."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import check
from generator.cli import main
from generator.model.outcome import NotMeasured
from generator.model.places import Problem
from generator.reading.site import report_in
from generator.starting import begin_from_example, move_into_workbook
from tests.reading.small import small_report
from tests.support import CENTRE, PROJECT, append, page_of, plain, publish, soup, text_of

CHAPTER = (PROJECT / "docs/handbok.md").read_text("utf-8").split("\n## ")[2]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.usefixtures("without_printing")
def test_the_first_chapter_of_the_handbook_works_from_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its commands are given, and its files written, in the order in which it tells of them."""
    monkeypatch.chdir(tmp_path)
    said, file = "", None
    for told in re.split(r"\n\n(?=\S)", CHAPTER):
        file = next(iter(re.findall(r"`(mitt/\S+\.(?:csv|md))`", told)), file)
        block = "\n".join(line[4:] for line in told.split("\n") if line.startswith("    ") or not line)
        block = block.strip("\n")
        if block.startswith(".venv/bin/bokslut "):
            words = block.split()[1:]
            said = "" if words[0] == "visa" else run(*words)
        elif block.startswith("Socialt bokslut"):
            assert plain(block) in plain(said)
        elif block:
            assert file is not None and Path(file).exists()
            Path(file).write_text(block + "\n", "utf-8")
    assert Path("mitt-webbplats/index.html").exists()


def test_the_example_has_every_outcome_to_come(tmp_path: Path) -> None:
    run("ny", "--exempel", "--innehåll", str(tmp_path / "mitt"))
    (report,) = check(tmp_path / "mitt").reports
    reasons = {result.reason for result in report.association.results if result.indicator.id != "1.1.3"}
    assert reasons == {NotMeasured.ROW_MISSING, NotMeasured.NOT_STATED}


def test_what_is_hardly_measured_is_neither_met_nor_missed(tmp_path: Path) -> None:
    run("ny", "--exempel", "--innehåll", str(tmp_path / "mitt"))
    (tmp_path / "mitt/exempel/berattelse/oversikt.md").unlink()  # it has words of its own
    page = soup(publish(tmp_path / "mitt", tmp_path / "ut").folder / "index.html")
    assert "Bara en av åtta indikatorer är mätt än" in text_of(page.select(".hero")[0])
    _, unmeasured = page.select(".areas tbody tr")
    assert "inget är mätt" in text_of(unmeasured)
    assert not unmeasured.select("svg rect")


def test_next_year_has_the_budget_the_rows_and_this_year_to_compare_with(centre: Path) -> None:
    content = centre.parent
    run("ny", "2024-nytt", "--från", CENTRE, "--innehåll", str(content))
    assert "framsida: 2024-nytt" in (content / "webbplats.yaml").read_text("utf-8")
    before, after = check(content).reports
    assert (after.report.year, after.report.settings.compared_with) == (2024, CENTRE)
    assert after.report.settings.is_draft
    assert after.report.budget.areas[0].name == before.report.budget.areas[0].name
    assert after.tables.participants == {}
    people, previous = before.tables.participants, after.tables.previous
    assert {key: previous[key].value for key in people if key[1] == "inskrivna"} == {
        key: counted.total for key, counted in people.items() if key[1] == "inskrivna"
    }
    assert previous["koket", "avslutade"].value == Fraction(8, 20)  # a row that is a share of another
    assert [text.head.title.startswith("Att skriva") for text in after.report.analyses] == [True]
    assert after.report.stories == ()


def test_what_is_divided_next_year_is_next_years_amount(centre: Path) -> None:
    quotient = "{id: 2.1.3, text: Kostnad, mått: kvot, belopp: {tabell: kostnad, kolumn: Utfall 2023}"
    divided = f"          - {quotient}, nämnare: inskrivna, krav: högst 9 kronor, vikt: 1}}\n"
    append(centre / "budget.yaml", divided)
    append(centre / "bokslut.yaml", "\ntabeller: [{id: kostnad, titel: Kostnad, måttenhet: kronor}]\n")
    (centre / "tabeller").mkdir()
    (centre / "tabeller/kostnad.csv").write_text("post;Utfall 2023;Utfall 2022\nAlla;9;8\n", "utf-8")
    run("ny", "2024-nytt", "--från", CENTRE, "--innehåll", str(centre.parent))
    assert "kolumn: Utfall 2024" in (centre.parent / "2024-nytt/budget.yaml").read_text("utf-8")


def test_years_of_a_table_move_on_and_what_was_said_of_it_does_not(centre: Path) -> None:
    said = "    kommentar: >-\n      Så gick\n      2023.\n    källa: årsredovisningen 2023\n"
    table = f"\ntabeller:\n  - id: kostnad-2023\n    titel: Kostnad 2023\n    måttenhet: kronor\n{said}"
    append(centre / "bokslut.yaml", table)
    (centre / "tabeller").mkdir()
    (centre / "tabeller/kostnad-2023.csv").write_text("post;Utfall\nAlla;9\n", "utf-8")
    run("ny", "2024-nytt", "--från", CENTRE, "--innehåll", str(centre.parent))
    new = (centre.parent / "2024-nytt/bokslut.yaml").read_text("utf-8")
    kept = "titel: Kostnad 2024\n    måttenhet: kronor\n    källa: årsredovisningen 2024\n"
    assert f"  - id: kostnad-2023\n    {kept}" in new and "Så gick" not in new


def test_what_a_part_says_of_the_year_is_asked_for_anew(centre: Path) -> None:
    folded = "  - id: arets-resultat\n    titel: Året\n    ingress: >-\n      Vi gick,\n      med vinst.\n"
    parts = f"\ninnehåll:\n  - översikt\n{folded}  - {{id: laget, titel: Läget, ingress: Allt gick bra}}\n"
    append(centre / "bokslut.yaml", parts)
    (centre / "berattelse").mkdir(exist_ok=True)
    for part in ("arets-resultat", "laget"):
        text = f"---\ntitel: {part} nu\ndel: {part}\n---\nText.\n"
        (centre / f"berattelse/{part}.md").write_text(text, "utf-8")
    run("ny", "2024-nytt", "--från", CENTRE, "--innehåll", str(centre.parent))
    new = (centre.parent / "2024-nytt/bokslut.yaml").read_text("utf-8")
    assert "vinst" not in new and "Allt gick bra" not in new
    told = [problem.found for problem in check(centre.parent).warnings]
    assert {f"delen ”{title}” har ingen ingress för året än" for title in ("Året", "Läget")} <= {*told}


def test_the_whole_organisation_is_compared_also_when_a_unit_has_ended(centre: Path) -> None:
    run("ny", "2024-nytt", "--från", CENTRE, "--innehåll", str(centre.parent))
    values = centre.parent / "2024-nytt/utfall/varden.csv"
    kept = [line for line in values.read_text("utf-8-sig").splitlines() if ";koket;" not in line]
    values.write_text("\n".join(kept), "utf-8")
    before, after = check(centre.parent).reports
    whole = before.report.association.id
    assert (
        after.tables.previous[whole, "inskrivna"].value
        == before.tables.participants[whole, "inskrivna"].total
    )


def test_the_year_after_an_example_has_its_titles_once_and_its_templates_of_stories(tmp_path: Path) -> None:
    begin_from_example(tmp_path / "mitt")
    run("ny", "nasta", "--från", "exempel", "--innehåll", str(tmp_path / "mitt"))
    text = (tmp_path / "mitt/nasta/berattelse/oversikt.md").read_text("utf-8")
    assert "titel: 'Att skriva: Året i korthet'" in text
    names = {path.name for path in (tmp_path / "mitt/nasta/exempel").iterdir()}
    assert names == {"_mall.md", "_mall.docx"}


def test_next_year_lies_in_a_workbook_for_those_who_ask(centre: Path) -> None:
    run("ny", "2024-nytt", "--från", CENTRE, "--excel", "--innehåll", str(centre.parent))
    new = centre.parent / "2024-nytt"
    assert {path.name for path in new.iterdir() if path.is_file()} == {"bokslut.xlsx"}
    assert not (new / "utfall").exists()
    assert "bokslut.xlsx, blad" in str([problem.place for problem in check(centre.parent).warnings])


def test_next_year_of_a_workbook_is_a_workbook_with_the_same(centre: Path) -> None:
    run("ny", "2024-a", "--från", CENTRE, "--excel", "--innehåll", str(centre.parent))
    move_into_workbook(centre)
    run("ny", "2024-b", "--från", CENTRE, "--innehåll", str(centre.parent))
    first, second = ((centre.parent / name / "bokslut.xlsx").read_bytes() for name in ("2024-a", "2024-b"))
    assert first == second


def test_how_exports_are_read_stays_in_yaml(tmp_path: Path) -> None:
    run("ny", "--exempel", "--innehåll", str(tmp_path / "mitt"))
    folder = tmp_path / "mitt/exempel"
    export = "inläsning:\n  - {id: a, svarsgrupp: deltagare, frågor: {stöd: Fick du stöd?}}\n"
    append(folder / "enkat.yaml", export)
    move_into_workbook(folder)
    assert (folder / "enkat.yaml").read_text("utf-8").startswith("inläsning:\n")
    (report,) = check(tmp_path / "mitt").reports
    survey = report.report.survey
    assert ([export.id for export in survey.exports], len(survey.questions)) == (["a"], 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Välj hur du vill börja"),
        (("nytt", "--från", "finns-inte"), "Rapporten ”finns-inte” finns inte"),
        ((CENTRE, "--från", CENTRE), "kan inte heta som det förra"),
        (("Nytt år", "--från", CENTRE), "kan inte stå i en webbadress"),
    ],
)
def test_what_cannot_begin_is_told_and_nothing_is_written(
    centre: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = sorted(centre.parent.rglob("*"))
    result = CliRunner().invoke(main, ["ny", *arguments, "--innehåll", str(centre.parent)])
    assert result.exit_code != 0 and told in result.output
    assert sorted(centre.parent.rglob("*")) == before


SCALE = "svarsgrupper: [{id: g, namn: G}]\nskalor: [{id: s, namn: S, svar: [Ja, Nej]}]\n"
ASKED = SCALE + "frågor: [{id: q, text: Q, skala: s}]\n"


@pytest.mark.parametrize(
    ("answers", "error"),
    [("g;q;alla;Ja;\ng;q;alla;Nej;", ""), ("g;q;alla;Ja;8\ng;q;alla;Nej;", "cellen är tom")],
)
def test_the_rows_of_a_question_wait_together_or_not_at_all(tmp_path: Path, answers: str, error: str) -> None:
    indicator = "mått: andel svar, grupp: g, fråga: q, svar: [Ja], krav: minst 50 %, vikt: 1"
    content = small_report(tmp_path, indicator, enkat=f"grupp;fråga;kön;svar;antal\n{answers}\n")
    (content / "r/enkat.yaml").write_text(ASKED, "utf-8")
    problems: list[Problem] = []
    report_in(content, "r", problems)
    told = {problem.found for problem in problems}
    assert told == ({error} if error else {"2 rader är inte ifyllda än"})


@pytest.mark.parametrize("page", ["lasanvisning", "verksamheter", "verksamhet-norra", "omrade-1", "metod"])
def test_without_weights_nothing_is_said_of_points_or_index(tmp_path: Path, page: str) -> None:
    report = begin_from_example(tmp_path / "mitt")
    budget = report / "budget.yaml"
    budget.write_text(re.sub(r"\n +vikt: .*", "", budget.read_text("utf-8")), "utf-8")
    rows = "".join(f"{unit};{row};9;7\n" for unit in ("Norra", "Södra") for row in ("deltagare", "avslut"))
    (report / "utfall/deltagare.csv").write_text(f"enhet;rad;kvinnor;män\n{rows}", "utf-8")
    said = text_of(page_of(report.parent, f"{report.name}/{page}.html").select("main")[0])
    assert re.findall(r"(?i)\S*(?:index|poäng)\S*", said) == []
