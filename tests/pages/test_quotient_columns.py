"""Amounts by participants: a column that tells no more of them than what is shown beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.small import ASSOCIATION, small_report
from tests.support import csv_rows, edit, only_problem_in, problems_in, publish, soup, text_of, warnings_in

SETTINGS = f"""{ASSOCIATION}enheter: [{{id: a, namn: Alfa}}, {{id: b, namn: Beta}}, {{id: c, namn: Gamma}}]
deltagarrader: [{{id: deltagare, namn: Deltagare}}]
tabeller:
  - id: kostnad
    titel: Kostnad
    måttenhet: tkr
    beräknade_kolumner:
      - {{namn: Per deltagare, lika_med: utfall / deltagare}}
      - {{namn: Dubbelt, lika_med: Per deltagare + Per deltagare}}
"""
PEOPLE = "enhet;rad;kvinnor;män\na;deltagare;30;25\nb;deltagare;2;1\nc;deltagare;10;10\n"
BETA = "Beta;120;\n"
ROWS = f"post;utfall;lika med\nAlfa;1100;\n{BETA}Gamma;410;\nKansliet;78;\nTvå;;Alfa + Gamma\n"
SUM = "Summa;;Alfa + Beta + Gamma + Kansliet\n"
BALANCE = "mått: könsfördelning, rad: deltagare, krav: 40–60 %"


def content(folder: Path, rows: str = ROWS + SUM, indicator: str = BALANCE, **tables: str) -> Path:
    small_report(folder, indicator, settings=SETTINGS, deltagare=PEOPLE, **tables)
    (folder / "r/tabeller").mkdir()
    (folder / "r/tabeller/kostnad.csv").write_text(rows, "utf-8")
    return folder


def shown(folder: Path, column: str = "Per deltagare") -> dict[str, str]:
    return {row["post"]: row[column] for row in csv_rows(folder / "r/data/belopp-kostnad.csv")}


def test_each_row_is_divided_by_its_units_and_the_sum_by_the_associations(tmp_path: Path) -> None:
    publish(content(tmp_path / "content"), tmp_path / "output")
    whole = {"Alfa": "20", "Beta": "40", "Gamma": "20.5", "Summa": "21.8974"}
    assert shown(tmp_path / "output") == {**whole, "Kansliet": "", "Två": ""}
    told = text_of(soup(tmp_path / "output/r/ekonomi.html"))
    assert "”Per deltagare” är ”utfall” delat med raden ”Deltagare” i deltagartabellen." in told


def test_all_units_of_one_division_are_the_whole(tmp_path: Path) -> None:
    edit(content(tmp_path / "content") / "r/bokslut.yaml", "namn: Gamma}", "namn: Gamma, indelning: ort}")
    settings = tmp_path / "content/r/bokslut.yaml"
    edit(settings, "{id: a, namn: Alfa}, {id: b, namn: Beta}",
         "{id: a, namn: Alfa, indelning: sätt}, {id: b, namn: Beta, indelning: sätt}")  # fmt: skip
    edit(tmp_path / "content/r/utfall/deltagare.csv", "c;deltagare;10;10", "c;deltagare;32;26")
    rows = f"post;utfall;lika med\nAlfa;1100;\n{BETA}Kansliet;56;\nSumma;;Alfa + Beta + Kansliet\n"
    (tmp_path / "content/r/tabeller/kostnad.csv").write_text(rows, "utf-8")
    publish(tmp_path / "content", tmp_path / "output")
    assert shown(tmp_path / "output") == {"Alfa": "20", "Beta": "40", "Kansliet": "", "Summa": "22"}


def test_a_sum_of_others_than_units_lacks_no_quotient(tmp_path: Path) -> None:
    assert not problems_in(content(tmp_path, f"{ROWS}Delsumma;;Alfa + Gamma + Kansliet\n"))
    assert not [each for each in warnings_in(tmp_path) if "går inte att räkna ut" in each.found]


def test_what_is_divided_by_a_hidden_count_is_hidden_and_what_is_made_of_it(tmp_path: Path) -> None:
    edit(content(tmp_path / "content") / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    publish(tmp_path / "content", tmp_path / "output")
    people = csv_rows(tmp_path / "output/r/data/deltagare.csv")
    names = {"a": "Alfa", "b": "Beta", "c": "Gamma", "forbundet": "Summa"}
    hidden = {names[row["enhet"]] for row in people if row["totalt"] == ".."}
    assert "Beta" in hidden
    assert len(hidden) == 2
    for column in ("Per deltagare", "Dubbelt"):
        found = shown(tmp_path / "output", column)
        assert {name for name, text in found.items() if text == ".."} == hidden


def test_a_hidden_quotient_is_not_to_be_had_in_a_text(tmp_path: Path) -> None:
    edit(content(tmp_path) / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    text = "---\ndel: ekonomi\ntitel: Kostnad\n---\n\nBeta: {{ belopp kostnad Beta Per deltagare }}.\n"
    (tmp_path / "r/berattelse").mkdir()
    (tmp_path / "r/berattelse/kostnad.md").write_text(text, "utf-8")
    assert "beloppet är dolt" in str(only_problem_in(tmp_path))


@pytest.mark.parametrize(
    ("new", "rows", "found"),
    [
        ("utfall / deltagarna", ROWS, "deltagarraden ”deltagarna” finns inte"),
        ("utfal / deltagare", ROWS, "kolumnen ”utfal” finns inte"),
        ("utfall / deltagare", "post;utfall;per deltagare\nAlfa;1100;20\n", "står också i filen"),
        ("utfall / deltagare", "post;utfall\nHyra;10\n", "ingen post i tabellen ”kostnad” är en enhet"),
    ],
)
def test_what_cannot_be_divided_is_told(tmp_path: Path, new: str, rows: str, found: str) -> None:
    edit(content(tmp_path, rows) / "r/bokslut.yaml", "utfall / deltagare", new)
    assert found in only_problem_in(tmp_path).found


def test_a_quotient_is_not_divided_once_more_by_a_measure(tmp_path: Path) -> None:
    amount = "{tabell: kostnad, kolumn: Per deltagare}"
    told = f"mått: kvot, belopp: {amount}, nämnare: deltagare, krav: högst 20 tkr"
    assert "redan delad med personer" in only_problem_in(content(tmp_path, indicator=told)).found


def test_a_measure_without_its_amount_is_told_what_to_write(tmp_path: Path) -> None:
    told = only_problem_in(content(tmp_path, indicator="mått: kvot, krav: högst 50 tkr")).remedy
    amount = told.split("”")[1]
    written = f"mått: kvot, krav: högst 50 tkr, {amount}, nämnare: deltagare"
    assert not problems_in(content(tmp_path / "mended", indicator=written))


def test_a_value_of_a_part_of_a_year_leads_to_a_report_of_the_part(tmp_path: Path) -> None:
    values = "serie;år;värde;måttenhet;källa\n1.1.1;2021 kv 3;28;dagar;Kansliet\n"
    small_report(tmp_path, "mått: värde, krav: högst 30 dagar", varden=values)
    assert "Delen av året skrivs i bokslut.yaml." in only_problem_in(tmp_path).remedy
