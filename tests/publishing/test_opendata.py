"""Open data: a published contract that other programs read."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generator.model.outcomes import Attestation, Value, ValueKey
from generator.model.quantities import Kind, Quantity
from generator.publishing.opendata import data_tables, result
from generator.scoring import as_shown, score_report
from tests.support import (
    ASSOCIATION,
    CENTRE,
    CONTENT,
    HERE,
    LOCAL,
    YEAR,
    a_report,
    csv_rows,
    edit,
    of_cost,
    people,
    publish,
    results_in,
)

INDEX = {"uppnatt", "maximalt", "index", "exakt", "mal", "signal", "matta", "antal"}
AREA = {
    "id", "namn", "uppnatt", "maximalt", "index", "exakt", "signal", "idealvikt", "vikt", "matta", "antal",
}  # fmt: skip
INDICATOR = {
    "id", "omrade", "mal", "text", "krav", "krav_minst", "krav_hogst", "taljare", "namnare", "varde", "enhet",
    "signal", "poang", "vikt", "orsak",
}  # fmt: skip
AMOUNTS = sorted(path.name for path in (CONTENT / YEAR / "tabeller").glob("*.csv"))
TABLES = [
    "bakgrund.csv",
    *(f"belopp-{table}" for table in AMOUNTS),
    "deltagare.csv",
    "indikatorer.csv",
    "omraden.csv",
    "serier.csv",
]


@pytest.fixture(scope="module")
def data(web_site: Path) -> dict[str, Any]:
    return results_in(web_site)


def test_the_names_of_the_contract_are_there(data: dict[str, Any]) -> None:
    assert set(data) >= {"rapport", "index", "omraden", "indikatorer", "enheter"}
    assert data["rapport"].items() >= {"id": YEAR, "titel": "Socialt bokslut 2021", "ar": 2021}.items()
    for unit in (data, *data["enheter"]):
        assert set(unit["index"]) >= INDEX
        assert all(set(area) >= AREA for area in unit["omraden"])
        assert all(set(one) >= INDICATOR for one in unit["indikatorer"])


def test_a_signal_is_one_of_three_or_has_a_reason(data: dict[str, Any]) -> None:
    for unit in (data, *data["enheter"]):
        for one in unit["indikatorer"]:
            assert one["signal"] in ("gron", "orange", "rod", None)
            assert (one["signal"] is None) == bool(one["orsak"])


def test_what_is_measured_has_an_outcome_with_or_without_a_signal(web_site: Path) -> None:
    """One of the local report's indicators has an outcome, but its target is due a later year."""
    results = results_in(web_site, LOCAL)
    measured = [one for one in results["indikatorer"] if one["varde"] is not None or one["signal"]]
    assert len(measured) == sum(one["signal"] is not None for one in results["indikatorer"]) + 1
    for parts in ([results["index"]], results["omraden"]):
        assert sum(part["matta"] for part in parts) == len(measured)


def test_the_exact_index_is_a_fraction_of_the_points(data: dict[str, Any]) -> None:
    for unit in (data, *data["enheter"]):
        for points in (unit["index"], *unit["omraden"]):
            assert Fraction(points["exakt"]) == Fraction(100 * points["uppnatt"], points["maximalt"])


def test_an_index_that_would_be_rounded_up_to_its_target_has_a_decimal() -> None:
    stated = Attestation(True, "styrelsen", "protokollet", HERE)
    verdicts = {(ASSOCIATION, "1.1.1"): stated, (ASSOCIATION, "1.1.2"): replace(stated, met=False)}
    weights = [{"mått": "intyg", "krav": "uppfyllt", "vikt": weight} for weight in ("139", "61")]
    index = result(as_shown(score_report(a_report(*weights, attestations=verdicts))))["index"]
    assert (index["index"], index["mal"], index["signal"]) == (69.5, 70, "orange")


def test_a_value_is_its_fraction_in_its_unit(data: dict[str, Any]) -> None:
    for one in data["indikatorer"]:
        if one["enhet"] == "%" and one["namnare"]:
            assert one["varde"] == pytest.approx(100 * one["taljare"] / one["namnare"], abs=1e-4)


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ({"mått": "berättelser", "krav": "minst 1"}, "st"),
        ({"mått": "antal", "krav": "minst 1"}, "st"),
        ({"mått": "värde", "krav": "högst 30 dagar"}, "dagar"),
        ({"mått": "bedömning", "skala": "tregradig", "krav": "minst 2"}, None),
        ({"mått": "förändring", "serie": "sjuktal", "plats": ASSOCIATION, "krav": "minskning"}, None),
    ],
)
def test_only_things_are_counted_in_pieces(indicator: dict[str, str], unit: str | None) -> None:
    (one,) = result(as_shown(score_report(a_report(indicator))))["indikatorer"]
    assert one["enhet"] == unit


THIRD = Value(Quantity(Fraction(1, 3), Kind.SHARE), "SCB", HERE)


@pytest.mark.parametrize(
    ("indicator", "values", "limits"),
    [
        ({"mått": "värde", "krav": "40–60 %"}, {}, (40, 60)),
        ({"mått": "värde", "krav": "högst 2,5 dagar"}, {}, (None, 2.5)),
        ({"mått": "värde", "krav": "minst förra året"}, {}, (None, None)),
        (
            {"mått": "värde", "krav": "minst förra året"},
            {ValueKey("1-1-1", ASSOCIATION, 2023): THIRD},
            (33.3333, None),
        ),
        ({"mått": "intyg", "krav": "uppfyllt"}, {}, (None, None)),
    ],
)
def test_a_target_is_told_by_its_numbers_too(
    indicator: dict[str, str], values: dict[ValueKey, Value], limits: tuple[float | None, float | None]
) -> None:
    (one,) = result(as_shown(score_report(a_report(indicator, values=values))))["indikatorer"]
    assert (one["krav_minst"], one["krav_hogst"]) == limits


def test_amounts_of_a_quotient_may_have_decimals() -> None:
    quotient = {"mått": "kvot", "belopp": {"tabell": "kostnad"}, "nämnare": "deltagare", "krav": "högst 9"}
    published = as_shown(score_report(of_cost(quotient, people(2, 2), Fraction(9, 2))))
    tables = data_tables(published, lambda: result(published))
    table = next(table for table in tables if table.name == "indikatorer")
    types = {field.name: field.type for field in table.fields}
    (row,) = table.rows
    assert (row[4], types["taljare"], types["namnare"]) == (4.5, "number", "number")


def test_every_table_is_described(web_site: Path) -> None:
    folder = web_site / YEAR / "data"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert sorted(resource["path"] for resource in package["resources"]) == TABLES
    assert sorted(path.name for path in folder.glob("*.csv")) == TABLES
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            head = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == head


def test_the_table_of_indicators_agrees_with_the_results(web_site: Path, data: dict[str, Any]) -> None:
    rows = csv_rows(web_site / YEAR / "data/indikatorer.csv")
    of_association = [row for row in rows if row["enhet"] == "forbundet"]
    assert [(row["id"], row["signal"], row["poang"]) for row in of_association] == [
        (one["id"], one["signal"] or "", "" if one["poang"] is None else str(one["poang"]))
        for one in data["indikatorer"]
    ]


def test_the_table_of_areas_has_every_unit_and_area(web_site: Path) -> None:
    rows = csv_rows(web_site / YEAR / "data/omraden.csv")
    assert len({(row["enhet"], row["omrade"]) for row in rows}) == len(rows) == 8 * 5


def test_the_table_of_participants_has_the_sums_of_the_units(web_site: Path) -> None:
    rows = csv_rows(web_site / YEAR / "data/deltagare.csv")
    (total,) = [row for row in rows if (row["enhet"], row["rad"]) == ("forbundet", "deltagare")]
    assert (total["kvinnor"], total["man"], total["totalt"]) == ("362", "425", "787")


@pytest.mark.parametrize("text", ["=1+1", '=cmd|" /C calc"!A0'])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(centre: Path, tmp_path: Path, text: str) -> None:
    edit(centre / "budget.yaml", "text: Avslutade av inskrivna\n", f"text: '{text}'\n")
    publish(centre.parent, tmp_path / "output")
    rows = csv_rows(tmp_path / "output" / CENTRE / "data/indikatorer.csv")
    assert [row["text"] for row in rows if row["id"] == "1.1.1"] == [f"'{text}"] * 3


def test_negative_numbers_stay_numbers(web_site: Path) -> None:
    rows = csv_rows(web_site / YEAR / "data/indikatorer.csv")
    (umea,) = [row for row in rows if row["id"] == "1.4.1-umea"]
    assert float(umea["varde"]) == pytest.approx(-0.3)


def test_a_category_of_a_background_table_is_made_text_too(centre: Path, tmp_path: Path) -> None:
    edit(centre / "utfall/bakgrund.csv", "Resväg;Till fots;", "Resväg;=1+1;")
    publish(centre.parent, tmp_path / "output")
    rows = csv_rows(tmp_path / "output" / CENTRE / "data/bakgrund.csv")
    assert rows[0]["kategori"] == "'=1+1"
