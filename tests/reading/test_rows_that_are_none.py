"""Rows of sums, sources and footnotes, and names that are misspelt on many rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.small import ASSOCIATION, small_report
from tests.support import only_problem_in

SETTINGS = f"""{ASSOCIATION}enheter: [{{id: stegen, namn: Stegen}}, {{id: bron, namn: Bron}}]
deltagarrader: [{{id: nya, namn: Nya}}, {{id: avslut, namn: Avslut}}, {{id: kvar, namn: Kvar}}]
"""
HEAD = "enhet;rad;kvinnor;män\n"


def content(folder: Path, rows: str) -> Path:
    indicator = "mått: andel, täljare: nya, nämnare: nya, krav: minst 1 %"
    return small_report(folder, indicator, settings=SETTINGS, deltagare=HEAD + rows)


@pytest.mark.parametrize(
    "row", ["Summa;;3;4", "Totalt;nya;3;4", "Källa: FK;;;", "* Preliminärt;;;", "1) Preliminärt;;;"]
)
def test_a_row_of_sums_is_no_misspelt_unit(tmp_path: Path, row: str) -> None:
    problem = only_problem_in(content(tmp_path, f"Stegen;nya;3;4\n{row}\n"))
    assert problem.place.line == 3
    assert problem.found.endswith("är en summa, en källa eller en fotnot")
    assert problem.remedy.startswith("Ta bort den")


def test_a_name_misspelt_on_many_rows_is_one_problem(tmp_path: Path) -> None:
    problem = only_problem_in(content(tmp_path, "Stegan;nya;3;4\nStegan;avslut;3;4\nStegan;kvar;3;4\n"))
    assert problem.found == "enheten ”Stegan” finns inte, på 3 rader: 2, 3, 4"
    assert problem.place.line == 2


@pytest.mark.parametrize(
    ("row", "plain"), [("Stegen 1);nya;3;4", "Stegen"), ("Stegen;nya;3 1);4", "3"), ("Stegen;nya;3*;4", "3")]
)
def test_a_footnote_mark_is_named(tmp_path: Path, row: str, plain: str) -> None:
    assert only_problem_in(content(tmp_path, f"{row}\n")).remedy == f"Ta bort fotnotstecknet: skriv {plain}."
