"""utfall/ej_matt.csv: why an indicator has no outcome, in its author's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.small import ASSOCIATION, small_report
from tests.support import LOCAL, append, edit, only_problem_in, only_year, problems_in, warnings_in

STATED = "utfall/ej_matt.csv"


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """The folder of the local report of 2017, alone in a copy of the content."""
    return only_year(tmp_path / "content", LOCAL) / LOCAL


@pytest.mark.parametrize("id", ["1.1a", "3.1a", "2.4a", "1.3b"])
def test_what_has_an_outcome_cannot_be_said_to_lack_one(local: Path, id: str) -> None:
    append(local / STATED, f"{id};utfall saknas\n")
    problem = only_problem_in(local.parent)
    assert problem.place.file == f"content/{LOCAL}/{STATED}"
    assert (problem.place.line, problem.place.column) == (15, "orsak")
    assert problem.found == f"indikator {id} har ett utfall, men här står ”utfall saknas”"


@pytest.mark.parametrize(("row", "found"), [
    ("1.4b;för få svar", "indikatorn ”1.4b” finns inte"),
    ("2.4a;för lite svar", "orsaken ”för lite svar” finns inte"),
    ("1.4a;utfall saknas", "samma rad finns två gånger i tabellen"),
])  # fmt: skip
def test_a_row_that_cannot_be_used_is_told(local: Path, row: str, found: str) -> None:
    append(local / STATED, f"{row}\n")
    assert [one.found for one in problems_in(local.parent)] == [found]


def test_a_reason_for_what_is_not_measured_there_is_told(tmp_path: Path) -> None:
    settings = f"{ASSOCIATION}enheter: [{{id: a, namn: A}}]\n"
    stated = "enhet;indikator;orsak\nforbundet;1.1.1;utfall saknas\na;1.1.1;utfall saknas\n"
    indicator = "mått: värde, krav: minst 1 st, gäller: enheter"
    (told,) = (
        one
        for one in warnings_in(small_report(tmp_path, indicator, settings=settings, ej_matt=stated))
        if one.place.line == 2
    )
    assert told.found == "orsaken för indikator 1.1.1 används inte i rapporten"


def test_what_is_not_explained_gives_a_warning(local: Path) -> None:
    edit(local / STATED, "1.8a;utfall saknas\n", "")
    found = [one.found for one in warnings_in(local.parent)]
    assert "indikator 1.8a är inte mätt för Robertsfors: utfall saknas" in found


def test_a_value_is_in_the_unit_of_its_measure_where_no_target_was_set(local: Path) -> None:
    edit(local / STATED, "2.1a;utfall saknas\n", "")
    append(local / "utfall/varden.csv", "2.1a;2017;3;dagar;prov\n")
    assert only_problem_in(local.parent).found == "värdet är i dagar, men måttet är ”andel”"
