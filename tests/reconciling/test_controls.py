"""Printed values are entered as they are printed, for any figure that a text can name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import check
from generator.model.places import Severity
from generator.model.reconciliation import Rule, Verdict
from tests.reconciling.reports import (
    CONTROLS,
    add_controls,
    compared_in,
    found_in,
    only_told_about,
    told_about,
    told_in,
)
from tests.support import GOLDEN, edit

PARTICIPANTS = "utfall/deltagare.csv"
EXPLANATION = (
    "Årsredovisningen räknade med att helårsekvivalenterna hade ökat i Umeå. I det sociala bokslutet"
    " minskade de."
)

# How a value is printed


PRINTED = [
    ("deltagare", "787"),
    ("deltagare", "787 personer"),
    ("deltagare", "+787"),
    ("1.2.1", "77 %"),
    ("1.2.1", "77%"),
    ("1.2.1", "77 procent"),
    ("1.2.1", "77"),
    ("1.2.1", "77,4 %"),
    ("1.2.1", "77.4 %"),
    ("1.2.1", "77,43 %"),
    ("1.2.1", "247 av 319"),
    ("1.2.1", "247/319"),
    ("1.2.1", "77 % (247 av 319)"),
    ("1.2.1", "77,4 % (247/319)"),
    ("index poäng", "124 av 177"),
    ("index poäng", "124 av 177 poäng"),
    ("index", "70 (124/177)"),
    ("index", "70 %"),
    ("helårsekvivalenter Umeå", "−0,3 procentenheter"),
    ("helårsekvivalenter Umeå", "-0,3 procentenheter"),
    ("helårsekvivalenter Umeå", "–0,3 procentenheter"),
    ("helårsekvivalenter Umeå", "−0,3"),
    ("{deltagare}", "787"),
    ("belopp resultatrakning Årets resultat", "−209 941 kronor"),
    ("belopp resultatrakning Årets resultat", "−209.941,0 kronor"),
    ("belopp resultatrakning Årets resultat", "−210 tkr"),
]


def test_a_value_can_be_entered_as_it_is_printed(whole_year: Path) -> None:
    add_controls(whole_year, *PRINTED)
    assert told_about(whole_year, CONTROLS) == []
    compared = compared_in(whole_year.parent, Rule.CONTROLS)
    assert {control.verdict for control in compared} == {Verdict.HOLDS}
    assert {control.cells[0].line for control in compared} == set(range(2, len(PRINTED) + 2))


def test_money_is_compared_in_what_it_is_printed_in(whole_year: Path) -> None:
    add_controls(whole_year, ("belopp resultatrakning Årets resultat", "−209 941 tkr"))
    assert len(told_about(whole_year, CONTROLS)) == 1


def test_a_point_between_thousands_is_no_decimal_point(whole_year: Path) -> None:
    named = "belopp resultatrakning Årets resultat"
    add_controls(
        whole_year, (named, "−209.941,0 kronor"), (named, "−209.940,8 kronor"), (named, "−209,9 tkr")
    )
    assert [problem.place.line for problem in told_about(whole_year, CONTROLS)] == [3]


def test_thousands_may_be_set_apart(year: Path) -> None:
    """Space of either kind; the figure of this year would be 338."""
    add_controls(year, ("deltagare", "1 338"), ("deltagare", "1\N{NO-BREAK SPACE}338"))
    told = {found_in(one) for one in told_about(year, CONTROLS)}
    assert told == {
        "Samordningsförbundet Umeåregionen: Deltagare under året är 1 338 i källan (årsredovisningen),"
        " men 338 i rapporten"
    }


UNREADABLE = [
    "många",
    "1 2 7",
    "78 7",
    "7-8",
    "124 av",
    "av 177",
    "77 % av 319",
    "77 % (247 av)",
    "77 %%",
    "=1+1",
    "%",
]


def test_a_value_that_cannot_be_read_is_told(year: Path) -> None:
    add_controls(year, *(("deltagare", printed) for printed in UNREADABLE))
    problems = told_about(year, CONTROLS)
    assert [found_in(problem) for problem in problems] == [
        f"”{printed}” går inte att tolka" for printed in UNREADABLE
    ]
    for line, problem in enumerate(problems, start=2):
        assert "124 av 177" in problem.remedy
        assert (problem.place.line, problem.place.column) == (line, "värde")


@pytest.mark.parametrize("printed", ["1.787", "1,787"])
def test_a_value_that_can_be_read_in_two_ways_is_told(year: Path, printed: str) -> None:
    add_controls(year, ("deltagare", printed))
    problem = only_told_about(year, CONTROLS)
    assert found_in(problem) == f"”{printed}” kan läsas både som ett tusental och som decimaler"
    assert problem.remedy == "Skriv 1787, eller 1 787. Är det decimaler: skriv 1,7870."


@pytest.mark.parametrize("column", ["uppgift", "värde", "källa"])
def test_what_and_value_and_source_are_required(year: Path, column: str) -> None:
    cells = {"uppgift": "deltagare", "värde": "787", "källa": "årsredovisningen"} | {column: ""}
    text = ";".join(cells) + "\n" + ";".join(cells.values()) + "\n"
    (year / CONTROLS).write_text(text, "utf-8")
    problem = only_told_about(year, CONTROLS)
    assert (problem.place.column, problem.found) == (column, "cellen är tom")


# What it is compared with


FIGURES = [  # with a value that is right, and one that is wrong
    ("1.2.1", "77 %", "78 %"),
    ("1.2.1 värde", "77 %", "78 %"),
    ("1.2.1 täljare", "247", "248"),
    ("1.2.1 nämnare", "319", "320"),
    ("1.2.1 vikt", "10", "9"),
    ("1.1.1 poäng", "8", "7"),
    ("1.2.1 krav", "80 %", "75 %"),
    ("index", "70", "64"),
    ("index poäng", "124 av 177", "124 av 176"),
    ("index uppnådda", "124", "114"),
    ("index möjliga", "177", "176"),
    ("index mål", "70", "75"),
    ("index mot målet", "0", "1"),
    ("område 1", "56", "57"),
    ("område 1 poäng", "38 av 68", "28 av 68"),
    ("område 1 mot målet", "−14", "−13"),
    ("område 1 vikt", "38 %", "40 %"),
    ("område 1 idealvikt", "40 %", "38 %"),
    ("område 1 antal indikatorer", "12", "11"),
    ("antal indikatorer", "69", "70"),
    ("antal mål", "21", "22"),
    ("deltagare", "787", "788"),
    ("deltagare kvinnor", "362", "363"),
    ("positiv_losning av avslut", "77 % (247 av 319)", "77 % (247 av 318)"),
    ("kvinnor av avslut", "49 %", "42 %"),
    ("deltagare förra året", "914", "915"),
    ("bakgrund alder 20–24", "163", "164"),
    ("bakgrund alder 20–24 kvinnor", "70", "71"),
    ("bakgrund alder summa", "687", "688"),
    ("bakgrund alder 20–24 andel", "24 %", "25 %"),
    ("helårsekvivalenter Umeå", "−0,3 procentenheter", "0,3 procentenheter"),
    ("helårsekvivalenter Umeå utan tecken", "0,3 procentenheter", "0,4 procentenheter"),
    ("Bjurholm: index", "80", "70"),
    ("bjurholm: index poäng", "134 av 167", "134 av 177"),
    ("Vännäs: avslut män", "15", "16"),
    ("Ungdomstorget: område 2", "86", "85"),
    ("Vännäs: positiv_losning förra året", "47 %", "48 %"),
]


def test_any_figure_can_be_a_control_total(whole_year: Path) -> None:
    add_controls(whole_year, *((figure, right) for figure, right, _ in FIGURES))
    assert told_about(whole_year, CONTROLS) == []


def test_any_figure_that_is_not_its_control_total_is_told(whole_year: Path) -> None:
    add_controls(whole_year, *((figure, wrong) for figure, _, wrong in FIGURES))
    problems = {problem.place.line: found_in(problem) for problem in told_about(whole_year, CONTROLS)}
    assert len(problems) == len(FIGURES)
    for line, (_, _, wrong) in enumerate(FIGURES, start=2):
        assert f"är {wrong} i källan (årsredovisningen), men " in problems[line]


INCOMPARABLE = [
    ("1.2.1 signal", "1"),
    ("2.5.1 krav", "40 %"),
    ("område 1 namn", "1"),
    ("deltagare", "787 av 1000"),
    ("deltagare", "77 %"),
    ("antal gröna", "77 % (40 av 69)"),
]


def test_what_is_not_a_number_of_that_form_cannot_be_compared(year: Path) -> None:
    add_controls(year, *INCOMPARABLE)
    told: dict[int, set[str]] = {}
    for problem in told_about(year, CONTROLS):
        told.setdefault(problem.place.line, set()).add(found_in(problem))
    assert told == {
        line: {f"”{printed}” går inte att jämföra med uppgiften ”{figure}”"}
        for line, (figure, printed) in enumerate(INCOMPARABLE, start=2)
    }


MISSING = [
    ("deltgare", "Menade du ”deltagare”?"),
    ("Vindelen: index", "Menade du ”Vindeln”?"),
    ("område 9", "områdena är 1, 2, 3, 4, 5"),
    ("1.2.11", "Menade du"),
    ("antal blå", "Efter antal kan stå"),
    ("öööö", "Handboken listar hur en uppgift skrivs."),
]


def test_a_figure_that_does_not_exist_is_told(year: Path) -> None:
    add_controls(year, *((figure, "1") for figure, _ in MISSING))
    problems = told_about(year, CONTROLS)
    assert [(problem.place.line, problem.place.column) for problem in problems] == [
        (line, "uppgift") for line in range(2, len(MISSING) + 2)
    ]
    for problem, (figure, remedy) in zip(problems, MISSING, strict=True):
        assert found_in(problem) == f"uppgiften ”{figure}” går inte att tolka"
        assert remedy in problem.remedy


def test_a_unit_is_named_by_its_name_and_not_its_id(year: Path) -> None:
    add_controls(year, ("vannas: avslut", "34"))
    assert found_in(only_told_about(year, CONTROLS)) == (
        "Vännäs: Avslut under året är 34 i källan (årsredovisningen), men 33 i rapporten"
    )


# Rounding


def test_a_computed_value_is_rounded_as_the_printed_one_is(year: Path) -> None:
    """101 of 127 is 79.53 %."""
    add_controls(year, ("1.2.1", "80 %"), ("1.2.1", "79 %"), ("1.2.1", "79,6 %"))
    assert [problem.place.line for problem in told_about(year, CONTROLS)] == [3, 4]


def test_halves_are_rounded_as_the_report_rounds(others: Path) -> None:
    """5 of 8 is 62.5 %: printed as 62 % by a report that rounds halves down, as 63 % otherwise."""
    bruket = others / "2017-bruket"
    add_controls(bruket, ("A.1.1", "62 %"))
    assert told_about(bruket, CONTROLS) == []
    edit(bruket / "bokslut.yaml", "avrundning: halva nedåt", "avrundning: halva uppåt")
    assert "är 62 % i källan" in found_in(only_told_about(bruket, CONTROLS))


def test_each_number_of_a_printed_value_is_compared(year: Path) -> None:
    printed = ("79,5 % (100 av 127)", "79,5 % (101 av 126)", "79 % (101 av 127)")
    add_controls(year, *(("1.2.1", value) for value in printed))
    told = [found_in(problem) for problem in told_about(year, CONTROLS)]
    assert [found.partition(", men ")[2] for found in told] == ["79,5 % (101 av 127) i rapporten"] * 3


def test_a_value_that_holds_when_it_is_rounded_does_not_acquit_its_cells(year: Path) -> None:
    """One exit too many gives 25 of 34, which is 74 % too: the cell is still the likely fault."""
    edit(year / PARTICIPANTS, "Vännäs;avslut;18;15", "Vännäs;avslut;19;15")
    add_controls(year, ("Vännäs: positiv_losning av avslut", "74 %"))
    assert told_about(year, CONTROLS) == []
    problems = told_about(year, PARTICIPANTS)
    assert len(problems) == 2
    assert all("Troligen är det talet på rad 16" in one.remedy for one in problems)


def test_a_count_that_holds_acquits_its_cells(year: Path) -> None:
    """Either all participants or those who remain are wrong, until the first is found to be as printed."""
    edit(year / PARTICIPANTS, "Vännäs;kvar;15;18", "Vännäs;kvar;16;18")
    assert "Troligen" not in only_told_about(year, PARTICIPANTS).remedy
    add_controls(year, ("Vännäs: deltagare kvinnor", "33"))
    remedy = only_told_about(year, PARTICIPANTS).remedy
    assert "Troligen är det talet på rad 25 i kolumnen ”kvinnor” som är fel." in remedy


# The printed totals of 2021


@pytest.fixture
def printed(whole_year: Path) -> Path:
    """The year with every total that was printed in its reports."""
    shutil.copy(GOLDEN / "2021-kontrollsummor.csv", whole_year / CONTROLS)
    return whole_year


def test_the_printed_totals_of_2021_are_those_of_the_report(printed: Path) -> None:
    assert [one for one in told_in(printed.parent) if one.severity is not Severity.NOTE] == []
    assert told_about(printed, CONTROLS, Severity.NOTE) == []


def test_every_printed_total_is_compared(printed: Path) -> None:
    lines = (printed / CONTROLS).read_text("utf-8").splitlines()
    assert len(compared_in(printed.parent, Rule.CONTROLS)) == len(lines) - 1 > 100


def test_only_what_was_counted_otherwise_in_umea_differs(printed: Path) -> None:
    """The annual report had a rise in Umeå, the social accounts a fall: 10 points for one platform."""
    (published,) = check(printed.parent).reports
    explained = published.reconciliation.with_verdict(Verdict.EXPLAINED)
    controls = [one for one in explained if one.rule is Rule.CONTROLS]
    assert {(one.figure, one.written) for one in controls} == {
        ("Ungdomstorget: område 1 poäng", "30 av 58"),
        ("Ungdomstorget: område 1", "52"),
        ("Ungdomstorget: index poäng", "117 av 167"),
        ("Ungdomstorget: index", "70"),
    }
    assert {one.explanation for one in controls} == {EXPLANATION}
