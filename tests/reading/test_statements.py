"""What named bodies state: grades on a scale, and what is met or not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from generator.build import check
from generator.model.results import IndicatorResult
from tests.support import append, edit, only_problem_in

REPORT = "2023-arbetscentrum"


@pytest.fixture
def graded(others: Path) -> Path:
    """The other organisation's report with an indicator that is graded."""
    edit(
        others / REPORT / "budget.yaml",
        "            mått: berättelser\n            krav: minst 1\n",
        "            mått: bedömning\n            skala: Tregradig\n            krav: minst 2\n",
    )
    scale = "betygsskalor:\n  - id: tregradig\n    betyg: [Svagt, Godkänt, Starkt]\n"
    append(others / REPORT / "budget.yaml", scale)
    return others


def state(content: Path, grade: str, indicator: str = "2.1.2") -> None:
    table = "indikator;enhet;betyg;av;motivering\n"
    row = f"{indicator};Arbetscentrum Dalby;{grade};Styrelsen;Det gick bra.\n"
    (content / REPORT / "utfall/bedomningar.csv").write_text(table + row, "utf-8")


def result_of(content: Path) -> IndicatorResult:
    scored = next(one for one in check(content).reports if one.report.id == REPORT)
    return next(one for one in scored.association.results if one.indicator.id == "2.1.2")


@pytest.mark.parametrize("grade", ["3", "Starkt", "starkt "])
def test_a_grade_is_written_as_its_number_or_its_name(graded: Path, grade: str) -> None:
    state(graded, grade)
    outcome = result_of(graded).outcome
    assert (outcome.value, outcome.label, outcome.source) == (
        Fraction(3),
        "Starkt",
        "Styrelsen: Det gick bra",
    )


def test_an_indicator_that_nobody_has_graded_says_so(graded: Path) -> None:
    assert result_of(graded).outcome.reason == "inget omdöme lämnat"


def test_a_scale_that_is_not_there_is_told_also_where_a_goal_rests_on_what_is_graded(graded: Path) -> None:
    edit(graded / REPORT / "budget.yaml", "skala: Tregradig", "skala: Fyrgradig")
    plan = "titel: Plan\nmål:\n  - {id: 1, text: Målet, regel: {indikatorer: [2.1.2]}}\n"
    (graded / REPORT / "verksamhetsplan.yaml").write_text(plan, "utf-8")
    assert "betygsskalan ”Fyrgradig” finns inte" in only_problem_in(graded).found


def test_a_target_can_be_reached_on_the_scale(graded: Path) -> None:
    edit(
        graded / REPORT / "budget.yaml",
        "skala: Tregradig\n            krav: minst 2",
        "skala: Tregradig\n            krav: minst 4",
    )
    assert only_problem_in(graded).found == "kravet ”minst 4” ligger utanför skalans tal, 1–3"


@pytest.mark.parametrize("grade", ["4", "0", "Uselt", "2,5"])
def test_a_grade_that_is_not_on_the_scale_is_told(graded: Path, grade: str) -> None:
    state(graded, grade)
    assert f"betyget ”{grade}” finns inte" in only_problem_in(graded).found


def test_a_grade_of_what_is_not_graded_is_told(graded: Path) -> None:
    state(graded, "3", indicator="1.1.1")
    assert "har inte måttet ”bedömning”" in only_problem_in(graded).found


def test_a_scale_that_does_not_exist_is_told(graded: Path) -> None:
    edit(graded / REPORT / "budget.yaml", "skala: Tregradig", "skala: Tregradigg")
    assert "betygsskalan ”Tregradigg” finns inte" in only_problem_in(graded).found
