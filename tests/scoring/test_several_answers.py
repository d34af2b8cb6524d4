"""A question with several answers: each is a share of those who answered it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from generator.build import check
from tests.reading.small import ASSOCIATION, outcomes, small_report
from tests.support import edit, only_problem_in, problems_in

SURVEY = """svarsgrupper: [{id: deltagare, namn: Deltagare}]
skalor: [{id: hinder, namn: Hinder, svar: [Ohälsa, Ekonomi]}]
frågor: [{id: hinder, text: Vad hindrar dig?, skala: hinder, flera_svar: ja}]
"""
INDICATOR = "mått: andel svar, grupp: deltagare, fråga: hinder, svar: [{}], krav: högst 50 %"
ROWS = "grupp;fråga;kön;svar;antal\n" + "".join(
    f"deltagare;hinder;{sex};{row}\n"
    for sex, rows in (
        ("kvinnor", ("Ohälsa;3", "Ekonomi;7", "svarande;8")),
        ("män", ("Ohälsa;6", "Ekonomi;9", "svarande;12")),
    )
    for row in rows
)


def content(folder: Path, *answers: str, rows: str = ROWS, settings: str = ASSOCIATION) -> Path:
    small_report(folder, *(INDICATOR.format(answer) for answer in answers), settings=settings, enkat=rows)
    (folder / "r/enkat.yaml").write_text(SURVEY, "utf-8")
    return folder


def test_each_answer_is_a_share_of_those_who_answered(tmp_path: Path) -> None:
    first, second = outcomes(content(tmp_path, "Ohälsa", "Ekonomi"))
    assert (first.value, first.numerator, first.denominator) == (Fraction(9, 20), 9, 20)
    assert (second.value, second.numerator, second.denominator) == (Fraction(16, 20), 16, 20)


def test_answers_of_which_only_each_is_known_are_not_added(tmp_path: Path) -> None:
    assert "går inte att lägga ihop" in only_problem_in(content(tmp_path, "Ohälsa, Ekonomi")).found


def test_how_many_answered_must_be_said(tmp_path: Path) -> None:
    rows = "\n".join(line for line in ROWS.splitlines() if "kvinnor;svarande" not in line)
    assert only_problem_in(content(tmp_path, "Ohälsa", rows=rows)).found.endswith("”svarande” saknas")


def test_an_answer_is_counted_of_everybody_who_answered(tmp_path: Path) -> None:
    """Five without a stated sex have answered, and it is not said how many of them chose ”Ekonomi”."""
    unstated = "deltagare;hinder;ej angivet;{};{}\n"
    rows = ROWS + unstated.format("svarande", 5) + unstated.format("Ohälsa", 2)
    problem = only_problem_in(content(tmp_path / "part", "Ohälsa", "Ekonomi", rows=rows)).found
    assert problem.endswith("men inga rader för ej angivet eller alla")
    whole = content(tmp_path / "whole", "Ekonomi", rows=rows + unstated.format("Ekonomi", 0))
    assert [outcome.denominator for outcome in outcomes(whole)] == [25]


def test_more_cannot_have_chosen_an_answer_than_answered(tmp_path: Path) -> None:
    found = only_problem_in(content(tmp_path, "Ohälsa", rows=ROWS.replace("svarande;8", "svarande;6"))).found
    assert found.endswith("är bara 6")


def test_disclosure_control_knows_that_each_has_the_same_respondents(tmp_path: Path) -> None:
    """3 women are hidden; so is what they could be worked out from."""
    settings = f"{ASSOCIATION}enheter: [{{id: a, namn: A}}, {{id: b, namn: B}}]\n"
    rows = "enhet;grupp;fråga;kön;svar;antal\n"
    for unit, chosen in (("a", 3), ("b", 9)):
        rows += "".join(
            f"{unit};deltagare;hinder;alla;{answer};{number}\n"
            for answer, number in (("Ohälsa", chosen), ("Ekonomi", 10), ("svarande", 20))
        )
    folder = content(tmp_path, "Ohälsa", "Ekonomi", rows=rows, settings=settings)
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    (report,) = check(folder).reports
    hidden = {
        unit.unit.id: [result.outcome.protected for result in unit.results] for unit in report.every_unit
    }
    assert hidden["a"] == [True, False]
    assert any((hidden["b"][0], hidden["forbundet"][0]))


def test_that_as_many_chose_an_answer_of_all_as_of_women_and_men_is_compared(tmp_path: Path) -> None:
    """It is told of those who did not choose it too, who are in no row."""
    of_all = "".join(f"deltagare;hinder;alla;{row}\n" for row in ("Ohälsa;9", "Ekonomi;16", "svarande;21"))
    found = [problem.found for problem in problems_in(content(tmp_path, "Ohälsa", rows=ROWS + of_all))]
    assert found == [
        f"Förbundet, deltagare: antalet svar ”inte {answer}” på frågan ”Vad hindrar dig?” är {more}, men"
        f" summan av kvinnor, män och ej angivet är {more - 1}"
        for answer, more in (("Ekonomi", 5), ("Ohälsa", 12))
    ]
