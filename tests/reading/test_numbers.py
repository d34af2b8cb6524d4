"""A number that can be thousands or decimals is asked about, in the same way wherever it stands."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from generator.model.outcomes import ValueKey
from generator.model.places import Problem
from tests.reading.small import ASSOCIATION, small_report
from tests.support import only_problem_in, problems_in, read
from tests.workbooks import MAKERS, Rows, Value

TARGET = "mått: värde, krav: minst 2 kronor"
TABLES = {
    "varden": "serie;år;värde;måttenhet;källa\n1.1.1;2021;{};kronor;prov\n",
    "deltagare": "enhet;rad;kvinnor;män\nforbundet;nya;{};1\n",
    "grupper": "grupp;kvinnor;män;totalt\nledning;;;{}\n",
    "bakgrund": "tabell;kategori;kvinnor;män;ej angivet\nålder;Under 30;1;1;{}\n",
    "redovisat": "enhet;område;uppnått;maximalt;källa\nforbundet;1;1;{};prov\n",
    "kontrollsummor": "uppgift;värde;källa\n1.1.1;{};prov\n",
}
SETTINGS = f"""{ASSOCIATION}deltagarrader: [{{id: nya, namn: Nya}}]
bakgrundstabeller: [{{id: ålder, titel: Ålder}}]
"""
AMOUNT = ValueKey("1-1-1", "forbundet", 2021)
BALANCE = "mått: könsfördelning, grupp: ledning, krav: minst 40 %"


def assert_asked(problem: Problem, written: str = "12.345") -> None:
    assert problem.found == f"”{written}” kan läsas både som ett tusental och som decimaler"
    assert problem.remedy == "Skriv 12345, eller 12 345. Är det decimaler: skriv 12,3450."


@pytest.mark.parametrize("written", ["12.345", "12,345"])
@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_outcomes_asks(tmp_path: Path, table: str, written: str) -> None:
    tables = {table: TABLES[table].format(written)}
    content = small_report(tmp_path, TARGET, BALANCE, settings=SETTINGS, **tables)
    assert_asked(only_problem_in(content), written)


@pytest.mark.parametrize("written", ["12.345", "12,345"])
def test_a_table_of_amounts_asks(tmp_path: Path, written: str) -> None:
    settings = f"{ASSOCIATION}tabeller: [{{id: resultat, titel: Resultat, måttenhet: kr}}]\n"
    content = small_report(tmp_path, TARGET, settings=settings)
    (content / "r/tabeller").mkdir()
    (content / "r/tabeller/resultat.csv").write_text(f"post;2021\nHyra;{written}\n", "utf-8")
    problem = only_problem_in(content)
    assert_asked(problem, written)
    assert (problem.place.line, problem.place.column) == (2, "2021")


def with_amount(content: Path, name: str, value: Value) -> Path:
    small_report(content, TARGET)
    rows: Rows = [["serie", "år", "värde", "måttenhet", "källa"], ["1.1.1", 2021, value, "kronor", "prov"]]
    MAKERS[name](content / "r" / name, {"Värden": rows})
    return content


@pytest.mark.parametrize("name", MAKERS)
def test_a_workbook_asks_about_what_is_stored_as_text(tmp_path: Path, name: str) -> None:
    problem = only_problem_in(with_amount(tmp_path, name, "12.345"))
    assert_asked(problem)
    assert problem.place.cell == "C2"


@pytest.mark.parametrize("name", MAKERS)
def test_a_number_of_a_workbook_is_what_it_is(tmp_path: Path, name: str) -> None:
    (report,) = read(with_amount(tmp_path, name, 12.345))
    assert report.outcomes.values[AMOUNT].quantity.value == Fraction(12345, 1000)


@pytest.mark.parametrize("name", MAKERS)
def test_a_printed_figure_may_be_a_number_of_a_workbook(tmp_path: Path, name: str) -> None:
    content = small_report(tmp_path, TARGET, varden=TABLES["varden"].format("12,3450"))
    MAKERS[name](
        content / "r" / name, {"Kontrollsummor": [["uppgift", "värde", "källa"], ["1.1.1", 12.345, "x"]]}
    )
    assert not problems_in(content)


@pytest.mark.parametrize(
    ("written", "number"),
    [("12 345", 12345), ("12345", 12345), ("12,3450", Fraction(12345, 1000)), ("0.345", Fraction(345, 1000))],
)
def test_what_can_be_read_in_one_way_is_not_asked_about(
    tmp_path: Path, written: str, number: Fraction
) -> None:
    (report,) = read(small_report(tmp_path, TARGET, varden=TABLES["varden"].format(written)))
    assert report.outcomes.values[AMOUNT].quantity.value == number


@pytest.mark.parametrize(
    "indicator",
    [
        "mått: värde, krav: minst 12.345 kronor",
        "mått: värde, krav: 2–12.345 kronor",
        "mått: värde, krav: minst 2 kronor, marginal: 12.345 kronor",
    ],
)
def test_a_target_and_a_margin_ask(tmp_path: Path, indicator: str) -> None:
    assert_asked(only_problem_in(small_report(tmp_path, indicator)))


def test_a_rule_asks(tmp_path: Path) -> None:
    settings = f"{ASSOCIATION}regler: {{marginal: 12.345 procentenheter}}\n"
    assert_asked(only_problem_in(small_report(tmp_path, TARGET, settings=settings)))
