"""A question that the same respondents answer twice: how many moved up, stayed and moved down."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from generator.intake import take_answers
from generator.model.places import ContentError, Severity
from tests.reading.small import ASSOCIATION, outcomes, small_report
from tests.support import edit, only_problem_in, problems_in

SURVEY = """svarsgrupper: [{id: deltagare, namn: Deltagare}]
skalor: [{id: skattning, namn: Skattning, svar: [Dåligt, Varken eller, Bra], tal: [1, 2, 3],
          räknas_inte: [Vet ej]}]
frågor: [{id: mående, text: Hur mår du?, skala: skattning, före_och_efter: ja}]
inläsning:
  - id: export
    svarsgrupp: deltagare
    kolumner: {kön: Kön}
    frågor:
      mående: {efter: Mående slut, före: Mående start}
"""
INDICATOR = "mått: före och efter, grupp: deltagare, fråga: mående, krav: minst 50 %"
ROWS = """grupp;fråga;kön;svar;antal
deltagare;mående;alla;högre;27
deltagare;mående;alla;oförändrat;9
deltagare;mående;alla;lägre;4
"""


def content(folder: Path, *indicators: str, rows: str = ROWS, settings: str = ASSOCIATION) -> Path:
    small_report(folder, *(indicators or (INDICATOR,)), settings=settings, enkat=rows)
    (folder / "r/enkat.yaml").write_text(SURVEY, "utf-8")
    return folder


def test_the_outcome_is_the_share_who_moved_up_and_all_three_are_told(tmp_path: Path) -> None:
    (outcome,) = outcomes(content(tmp_path))
    assert (outcome.value, outcome.denominator) == (Fraction(27, 40), 40)
    told = [(part.label, part.numerator) for part in outcome.divided]
    assert told == [("högre", 27), ("oförändrat", 9), ("lägre", 4)]


def test_a_target_may_be_of_those_who_did_not_move_down(tmp_path: Path) -> None:
    (outcome,) = outcomes(content(tmp_path, f"{INDICATOR}, svar: [högre, oförändrat]"))
    assert outcome.value == Fraction(36, 40)


def test_the_measure_is_of_a_question_that_is_asked_twice(tmp_path: Path) -> None:
    folder = content(tmp_path)
    edit(folder / "r/enkat.yaml", ", före_och_efter: ja", "")
    assert any("ställs inte före och efter" in problem.found for problem in problems_in(folder))


def test_of_what_is_changed_no_mean_is_made(tmp_path: Path) -> None:
    folder = content(tmp_path, "mått: medelvärde, grupp: deltagare, fråga: mående, krav: minst 2")
    assert "räknas hur svaren har ändrats" in only_problem_in(folder).found


# From the answers of each respondent


def counted(folder: Path, raw: str, survey: str = SURVEY) -> list[str]:
    """The rows of the table of answers that a file of answers becomes."""
    content(folder)
    (folder / "r/utfall/enkat.csv").unlink()
    (folder / "r/enkat.yaml").write_text(survey, "utf-8")
    (folder / "svar.csv").write_text(raw, "utf-8")
    take_answers(folder / "svar.csv", folder / "r/enkat.yaml")
    return (folder / "r/utfall/enkat.csv").read_text("utf-8-sig").splitlines()[1:]


def fault(count: Callable[[], object]) -> str:
    with pytest.raises(ContentError) as error:
        count()
    (problem,) = (problem for problem in error.value.problems if problem.severity is Severity.ERROR)
    return problem.found


COUNTED = [
    "deltagare;mående;kvinnor;högre;2",
    "deltagare;mående;kvinnor;oförändrat;0",
    "deltagare;mående;kvinnor;lägre;0",
    "deltagare;mående;män;högre;0",
    "deltagare;mående;män;oförändrat;1",
    "deltagare;mående;män;lägre;1",
]


def test_each_respondent_is_compared_with_oneself(tmp_path: Path) -> None:
    raw = """Kön;Mående start;Mående slut
Kvinna;Dåligt;Bra
Kvinna;Dåligt;Varken eller
Man;Bra;Bra
Man;Bra;Dåligt
Man;Bra;
Kvinna;Vet ej;Bra
"""
    assert counted(tmp_path, raw) == COUNTED


LONG = SURVEY.replace("{kön: Kön}", "{svarande: Id, kön: Kön, tillfälle: När}").replace(
    "{efter: Mående slut, före: Mående start}", "Mående"
)
LONG += "    värden: {tillfälle: {Inskrivning: före, Utskrivning: efter}}\n"


def test_a_respondent_may_have_a_row_for_each_occasion(tmp_path: Path) -> None:
    raw = """Id;När;Kön;Mående
1;Inskrivning;Kvinna;Dåligt
2;Inskrivning;Kvinna;Dåligt
3;Utskrivning;Man;Bra
4;Inskrivning;Man;Bra
1;Utskrivning;Kvinna;Bra
2;Utskrivning;Kvinna;Varken eller
3;Inskrivning;Man;Bra
4;Utskrivning;Man;Dåligt
5;Utskrivning;Man;Dåligt
"""
    assert counted(tmp_path, raw, LONG) == COUNTED


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("1;Inskrivning;Man;Bra\n1;Inskrivning;Man;Dåligt\n", "två gånger vid samma tillfälle"),
        ("1;Mitt i;Man;Bra\n", "tillfället känns inte igen"),
        (";Inskrivning;Man;Bra\n", "saknas, så raden går inte att para ihop"),
    ],
)
def test_rows_that_cannot_be_paired_are_told(tmp_path: Path, rows: str, told: str) -> None:
    assert told in fault(lambda: counted(tmp_path, f"Id;När;Kön;Mående\n{rows}", LONG))


def test_a_scale_without_numbers_has_no_higher_and_lower(tmp_path: Path) -> None:
    survey = SURVEY.replace(", tal: [1, 2, 3]", "")
    raw = "Kön;Mående start;Mående slut\nMan;Bra;Bra\n"
    assert "inga tal, så det går inte att se" in fault(lambda: counted(tmp_path, raw, survey))


def test_both_columns_are_named(tmp_path: Path) -> None:
    survey = SURVEY.replace("{efter: Mående slut, före: Mående start}", "Mående start")
    raw = "Kön;Mående start\nMan;Bra\n"
    assert "här står inte de två kolumnerna" in fault(lambda: counted(tmp_path, raw, survey))


# What few have is hidden


def test_few_who_moved_hide_the_outcome_and_what_it_could_be_worked_out_from(tmp_path: Path) -> None:
    folder = content(tmp_path)
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    assert [outcome.protected for outcome in outcomes(folder)] == [True]
