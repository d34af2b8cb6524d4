"""Rows of sums, sources and footnotes, and names that are misspelt on many rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.small import ASSOCIATION, small_report
from tests.support import edit, only_problem_in, warnings_in

SETTINGS = f"""{ASSOCIATION}enheter: [{{id: stegen, namn: Stegen}}, {{id: bron, namn: Bron}}]
deltagarrader: [{{id: nya, namn: Nya}}, {{id: avslut, namn: Avslut}}, {{id: kvar, namn: Kvar}}]
"""
HEAD = "enhet;rad;kvinnor;män\n"


def content(folder: Path, rows: str) -> Path:
    indicator = "mått: andel, täljare: nya, nämnare: nya, krav: minst 1 %"
    return small_report(folder, indicator, settings=SETTINGS, deltagare=HEAD + rows)


@pytest.mark.parametrize(
    "row",
    [
        "Summa;;3;4",
        "Totalt;nya;3;4",
        "Samtliga;nya;3;4",
        "Hela länet;nya;3;4",
        "Snitt;nya;3;4",
        "Källor: FK;;;",
        "Kommentar: preliminärt;;;",
        "Totalsumma;;3;4",
        "Förbundet totalt;nya;3;4",
        "Källa: FK;;;",
        "* Preliminärt;;;",
        "1) Preliminärt;;;",
    ],
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


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("ca 30", "Skriv bara talet: 30."),
        ("1 200 st", "Skriv bara talet: 1 200."),
        ("1 200:-", "Skriv bara talet: 1 200."),
        ("över 10", "Skriv ett heltal, till exempel 12."),
        ("121)", "Ta bort parentesen, och fotnotens siffra om den hör till en fotnot."),
        ("12[1]", "Ta bort fotnotstecknet: skriv 12."),
        (
            "okänt",
            "Skriv ett heltal, till exempel 12. Är det inte känt, eller skyddat av"
            " källan, skriv .. (två punkter).",
        ),
        ("12 (varav 3 nya)", "Skriv ett heltal, till exempel 12."),
    ],
)
def test_words_beside_a_number_are_told_from_it(tmp_path: Path, cell: str, remedy: str) -> None:
    assert only_problem_in(content(tmp_path, f"Stegen;nya;{cell};4\n")).remedy == remedy


@pytest.mark.parametrize(
    ("written", "is_told"), [("0,45", True), ("0,45 %", True), ("1,5", False), ("0", False)]
)
def test_a_share_of_one_is_no_percentage_in_silence(tmp_path: Path, written: str, is_told: bool) -> None:
    value = f"serie;plats;år;värde;måttenhet;källa\n1.1.1;forbundet;2021;{written};%;boken\n"
    small = small_report(tmp_path, "mått: värde, krav: minst 40 %", settings=ASSOCIATION, varden=value)
    told = [problem.remedy for problem in warnings_in(small) if "andel av 1" in problem.found]
    assert [remedy.partition(" Annars")[0].rpartition(" ")[2] for remedy in told] == ["45."] * is_told


@pytest.mark.parametrize(("old", "new"), [("titel: Prov", "titel:Prov"), ("titel: Prov", "titel\uff1aProv")])
def test_a_key_without_a_space_after_its_colon_is_told_on_its_line(
    tmp_path: Path, old: str, new: str
) -> None:
    small = content(tmp_path, "Stegen;nya;3;4\n")
    edit(small / "r/bokslut.yaml", old, new)
    problem = only_problem_in(small)
    assert (problem.place.line, problem.remedy) == (1, "Skriv ”nyckel: värde”.")
