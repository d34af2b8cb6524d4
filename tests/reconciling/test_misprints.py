"""The misprints known from printed reports are found when they are entered as they were printed.

Each was found by hand once, by recomputing what had been typed in several places. Nothing but the figures
is taken from the originals.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build import check
from generator.model.places import Severity
from generator.model.reconciliation import Rule, Verdict
from tests.reconciling.reports import (
    CONTROLS,
    add_controls,
    add_table,
    found_in,
    lines_told,
    only_told_about,
    told_about,
    told_in,
)
from tests.support import edit


@dataclass(frozen=True)
class Misprint:
    """A printed figure and what the report makes of it; the same figure as it should have been printed."""

    what: str
    figure: str
    printed: str
    computed: str
    right: str


MISPRINTS = [
    Misprint("points earned that do not give the index", "index uppnådda", "114", "124", "124"),
    Misprint("points of two paragraphs", "index poäng", "114 av 177", "124 av 177", "124 av 177"),
    Misprint("a percentage beside another index", "index", "64 %", "70", "70"),
    Misprint("an indicator too many", "antal indikatorer", "70", "69", "69"),
    Misprint("a maximum of another place", "index möjliga", "176", "177", "177"),
    Misprint("a percentage beside its fraction", "3.5.2", "11 % (4 av 42)", "10 % (4 av 42)",
             "10 % (4 av 42)"),
    Misprint("an index of a platform in table and text", "Nordmaling: index", "50", "60", "60"),
    Misprint("who remain at the end of the year", "kvar", "466", "468", "468"),
    Misprint("a share of exits", "kvinnor av avslut", "42 %", "49 % (155 av 319)", "49 % (155 av 319)"),
]  # fmt: skip


def test_a_misprint_is_an_error_with_both_values_and_its_line(whole_year: Path) -> None:
    add_controls(whole_year, *((misprint.figure, misprint.printed) for misprint in MISPRINTS))
    problems = told_about(whole_year, CONTROLS)
    assert [problem.place.line for problem in problems] == list(range(2, len(MISPRINTS) + 2))
    for problem, misprint in zip(problems, MISPRINTS, strict=True):
        assert f"är {misprint.printed} i källan (årsredovisningen)" in found_in(problem)
        assert found_in(problem).endswith(f"men {misprint.computed} i rapporten")


def test_the_right_value_holds(whole_year: Path) -> None:
    add_controls(whole_year, *((misprint.figure, misprint.right) for misprint in MISPRINTS))
    assert told_about(whole_year, CONTROLS) == []


def test_a_misprint_that_is_explained_is_reported_and_no_error(whole_year: Path) -> None:
    explanation = "Tryckfel i originalet."
    add_controls(whole_year, *((misprint.figure, misprint.printed, explanation) for misprint in MISPRINTS))
    explained = check(whole_year.parent).reports[0].reconciliation.with_verdict(Verdict.EXPLAINED)
    controls = [one for one in explained if one.rule is Rule.CONTROLS]
    assert [control.written for control in controls] == [misprint.printed for misprint in MISPRINTS]
    assert {control.explanation for control in controls} == {explanation}


def test_a_misprint_leads_to_the_cells_that_it_is_computed_from(whole_year: Path) -> None:
    """”kvar” is the sum of the seven platforms' rows."""
    add_controls(whole_year, ("kvar", "466"))
    table = f"content/{whole_year.name}/utfall/deltagare.csv"
    lines = {line for file, line in lines_told(only_told_about(whole_year, CONTROLS)) if file == table}
    assert lines == {13, 25, 37, 49, 61, 73, 85}


# Referrals: rows of municipalities beside their printed sum

REFERRALS = [
    "post;grupp;lika med;remitterade;antagna",
    "Umeå;kommuner;;150;120",
    "Vännäs;kommuner;;30;24",
    "Nordmaling;kommuner;;25;18",
    "Robertsfors;kommuner;;20;15",
    "Vindeln;kommuner;;12;9",
    "Bjurholm;kommuner;;8;5",
]


def test_rows_that_do_not_add_up_are_errors_in_each_column(year: Path) -> None:
    file = add_table(year, [*REFERRALS, "Summa;;kommuner;240;187"], unit="personer")
    referred, accepted = sorted(told_about(year, file), key=lambda one: one.found, reverse=True)
    assert found_in(referred) == (
        "Ekonomi: Summa (remitterade) är 240 personer, men summan av kommuner är 245 personer"
    )
    assert found_in(accepted) == (
        "Ekonomi: Summa (antagna) är 187 personer, men summan av kommuner är 191 personer"
    )
    for problem in (referred, accepted):
        assert problem.place.line == 8
        assert {line for _, line in lines_told(problem)} == set(range(2, 9))


def test_rows_that_add_up_are_passed_over_in_silence(year: Path) -> None:
    add_table(year, [*REFERRALS, "Summa;;kommuner;245;191"], unit="personer")
    assert [one for one in told_in(year.parent) if one.severity is not Severity.NOTE] == []


def test_persons_are_never_rounded_away(year: Path) -> None:
    """One person too few is as much an error as five."""
    file = add_table(year, [*REFERRALS, "Summa;;kommuner;244;191"], unit="personer")
    assert "244 personer" in found_in(only_told_about(year, file))


# The budget of three years: 11 540 − 13 830 = −2 290, and 3 100 − 2 290 = 810

BUDGET = [
    "post;grupp;lika med;2019",
    "Intäkter;totalt;;11540",
    "Kostnader;totalt;;13830",
    "Årets resultat;totalt;Intäkter − Kostnader;−2 291",
    "Ingående kapital;kapital;;3100",
    "Utgående kapital;kapital;Ingående kapital + Årets resultat;810",
]


def test_a_result_that_is_one_off_is_an_error(year: Path) -> None:
    file = add_table(year, BUDGET)
    result, capital = told_about(year, file)
    assert found_in(result) == (
        "Ekonomi: Årets resultat (2019) är −2 291 tkr, men Intäkter − Kostnader är −2 290 tkr"
    )
    assert (result.place.line, result.place.column) == (4, "2019")
    assert "är 810 tkr, men Ingående kapital + Årets resultat är 809 tkr" in found_in(capital)


def test_the_result_is_named_since_it_alone_explains_both_errors(year: Path) -> None:
    problems = told_about(year, add_table(year, BUDGET))
    assert len(problems) == 2
    assert all(
        "Troligen är det talet på rad 4 i kolumnen ”2019” som är fel." in one.remedy for one in problems
    )


def test_the_closing_capital_holds_with_the_right_result(year: Path) -> None:
    file = add_table(year, BUDGET)
    edit(year / file, "−2 291", "−2 290")
    assert told_about(year, file) == []
    assert told_about(year, file, Severity.NOTE) == []


# Amounts that are rounded one by one

OFFICE = [
    "post;grupp;lika med;utfall",
    "Arvoden till styrelsen;kansli;;−216",
    "Arvoden till revisorer;kansli;;−57",
    "Kanslipersonal;kansli;;−1 488",
    "Ekonomihantering;kansli;;−381",
    "Lokalhyra;kansli;;−85",
    "Konferens och utbildning;kansli;;0",
    "Resor och logi;kansli;;−7",
    "Övrigt kontor och administration;kansli;;−97",
    "Summa kansli;;kansli;−2 330",
]
FEES = [
    "post;grupp;lika med;2021",
    "Staten;parter;;5 690 000",
    "Umeå kommun;parter;;2 359 359",
    "Vännäs kommun;parter;;145 949",
    "Nordmalings kommun;parter;;113 231",
    "Robertsfors kommun;parter;;106 403",
    "Vindelns kommun;parter;;83 359",
    "Bjurholms kommun;parter;;36 701",
    "Region Västerbotten;parter;;2 845 000",
    "Summa;;parter;11 380 000",
]


@pytest.mark.parametrize(
    ("rows", "unit", "both"),
    [
        (OFFICE, "tkr", "är −2 330 tkr, men summan av kansli är −2 331 tkr"),
        (FEES, "kronor", "är 11 380 000 kronor, men summan av parter är 11 380 002 kronor"),
    ],
    ids=["office costs", "membership fees"],
)
def test_what_rounding_explains_is_a_note(year: Path, rows: list[str], unit: str, both: str) -> None:
    file = add_table(year, rows, rounded=True, unit=unit)
    note = only_told_about(year, file, Severity.NOTE)
    assert both in found_in(note)
    assert "avrundning kan förklara skillnaden" in note.remedy
    assert {line for _, line in lines_told(note)} == set(range(2, 11 if unit == "tkr" else 12)) - {11}
    assert told_about(year, file) == []


@pytest.mark.parametrize(("rows", "line"), [(OFFICE, 10), (FEES, 10)], ids=["office costs", "fees"])
def test_the_same_is_an_error_where_amounts_are_not_rounded(year: Path, rows: list[str], line: int) -> None:
    file = add_table(year, rows)
    assert only_told_about(year, file).place.line == line


def test_more_than_rounding_can_explain_is_an_error_in_a_rounded_table(year: Path) -> None:
    file = add_table(year, OFFICE, rounded=True)
    edit(year / file, "−2 330", "−2 340")
    assert "−2 340 tkr" in found_in(only_told_about(year, file))


def test_rounding_is_that_of_the_last_decimal(year: Path) -> None:
    """With one decimal, two addends and a sum can be 0.15 off together."""
    rows = ["post;grupp;lika med;2021", "A;;;1,4", "B;;;2,3", "Summa;;A + B;3,8", "Annan summa;;A + B;3,9"]
    file = add_table(year, rows, rounded=True, unit="mnkr")
    assert only_told_about(year, file, Severity.NOTE).place.line == 4
    assert only_told_about(year, file).place.line == 5


def test_a_row_that_is_explained_is_reported_and_no_error(year: Path) -> None:
    rows = [f"{line};" for line in BUDGET]
    rows[0] = f"{BUDGET[0]};förklaring"
    file = add_table(year, [*rows[:3], f"{BUDGET[3]};Tryckfel: det ska vara −2 290.", rows[4]])
    assert told_about(year, file) == []
    (result,) = check(year.parent).reports[0].reconciliation.with_verdict(Verdict.EXPLAINED)
    assert result.given == -2291
    assert result.computed == -2290
