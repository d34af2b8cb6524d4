"""Tables as Swedish Excel opens them, with nothing in them that it would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.delimited import excel_csv, harmless, plain_csv
from tests.support import CENTRE, LOCAL, YEAR, append, csv_rows, define_table, edit, leave_only, publish

SIGNS = "=+-@＝＋－＠"  # noqa: RUF001 the wide ones are what Excel runs too
SEPARATORS = ';,|\t\n\r"' + "'"


def excel_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def workbook_in(site: Path, report: str = YEAR) -> Any:
    return openpyxl.load_workbook(site / report / "data/excel/tabeller.xlsx")


# CSV


def test_every_table_is_there_in_both_forms_with_the_same_cells(web_site: Path) -> None:
    folder = web_site / YEAR / "data"
    plain = {path.name for path in folder.glob("*.csv")}
    assert {path.name for path in folder.glob("excel/*.csv")} == plain
    for name in plain:
        rows = [list(row.values()) for row in csv_rows(folder / name)]
        (_, *swedish) = excel_rows(folder / "excel" / name)
        assert [[cell.replace(",", ".") for cell in row] for row in swedish] == [
            [cell.replace(",", ".") for cell in row] for row in rows
        ]


def test_excel_gets_a_mark_semicolons_and_decimal_commas(web_site: Path) -> None:
    path = web_site / YEAR / "data/excel/indikatorer.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfenhet;id;text;krav;")
    (row,) = [row for row in excel_rows(path) if row[:2] == ["forbundet", "1.2.1"]]
    assert row[4:8] == ["247", "319", "77,4295", "%"]


def test_programs_get_no_mark_commas_and_decimal_points(web_site: Path) -> None:
    path = web_site / YEAR / "data/indikatorer.csv"
    assert path.read_bytes().startswith(b"enhet,id,text,krav,")
    assert ",247,319,77.4295,%," in path.read_text("utf-8")


def test_negative_numbers_stay_numbers(web_site: Path) -> None:
    rows = excel_rows(web_site / YEAR / "data/excel/indikatorer.csv")
    (umea,) = [row for row in rows if row[1] == "1.4.1-umea" and row[0] == "forbundet"]
    assert umea[6] == "-0,3"


# Formulas


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "  '=1+1"),
        ("+46 90", "'+46 90"),
        ("-rad", "'-rad"),
        ("Avslut, =1+1", "Avslut, '=1+1"),
        ("Avslut;@SUM(A1)", "Avslut;'@SUM(A1)"),
        ('Avslut "=1+1"', 'Avslut "\'=1+1"'),
        ("Avslut\n-1", "Avslut\n'-1"),
        ("Utfall − Budget", "Utfall − Budget"),
        ("Vänner - och = andra", "Vänner - och = andra"),
        ("a@b.se", "a@b.se"),
    ],
)
def test_a_formula_after_any_separator_is_made_text(text: str, written: str) -> None:
    assert harmless(text) == written


@given(st.text("ab 1=+-@" + SEPARATORS), st.sampled_from(";,\t|"))
def test_no_cell_is_a_formula_whatever_separator_a_spreadsheet_parts_them_at(
    text: str, separator: str
) -> None:
    for written in (excel_csv([[harmless(text)]]), plain_csv([[harmless(text)]])):
        for line in written.removeprefix("\ufeff").splitlines():
            for cell in line.split(separator):
                assert (
                    not cell.strip(" \"'\t").startswith(tuple(SIGNS))
                    or "'" in cell.partition("=")[0] + cell[:3]
                )


def test_headings_are_made_text_too_and_described_as_they_are_written(centre: Path, tmp_path: Path) -> None:
    define_table(centre, "  - id: hyror\n    titel: Hyror\n    måttenhet: kronor\n")
    (centre / "tabeller/hyror.csv").write_text("post;=1+1 2021;lika med\nA;1;B\nB;1;\n", "utf-8")
    folder = publish(centre.parent, tmp_path / "output").folder / CENTRE / "data"
    assert excel_rows(folder / "excel/belopp-hyror.csv")[0][-1] == "'=1+1 2021"
    (plain, *_) = (folder / "belopp-hyror.csv").read_text("utf-8").splitlines()
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (hyror,) = [one for one in package["resources"] if one["name"] == "belopp-hyror"]
    assert [field["name"] for field in hyror["schema"]["fields"]] == plain.split(",")


def test_in_the_workbook_a_text_is_a_text_as_it_is_written(centre: Path, tmp_path: Path) -> None:
    edit(centre / "budget.yaml", "text: Avslutade av inskrivna\n", "text: '=1+1'\n")
    publish(centre.parent, tmp_path / "output")
    cell = workbook_in(tmp_path / "output", CENTRE)["indikatorer"]["C2"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", "=1+1", "@")


# The workbook


def test_the_workbook_has_a_sheet_for_each_table(web_site: Path) -> None:
    package = json.loads((web_site / YEAR / "data/datapackage.json").read_text("utf-8"))
    assert workbook_in(web_site).sheetnames == [resource["name"] for resource in package["resources"]]


def test_the_cells_of_the_workbook_have_their_types(web_site: Path) -> None:
    sheet = workbook_in(web_site)["indikatorer"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[:2] == ("forbundet", "1.2.1")]
    assert row[4:8] == (247, 319, 77.4295, "%")


def test_a_long_name_of_a_table_becomes_a_sheet_all_the_same(centre: Path, tmp_path: Path) -> None:
    for end in ("a", "b"):
        long = f"en-tabell-med-ett-mycket-langt-namn-{end}"
        define_table(centre, f"  - id: {long}\n    titel: T\n    måttenhet: kr\n")
        (centre / f"tabeller/{long}.csv").write_text("post;2021;lika med\nA;1;B\nB;1;\n", "utf-8")
    names = workbook_in(publish(centre.parent, tmp_path / "output").folder, CENTRE).sheetnames
    assert len([name for name in names if name.startswith("belopp-en-tabell-med-ett")]) == 2


def test_a_hidden_count_is_hidden_in_every_form(year: Path, tmp_path: Path) -> None:
    edit(year / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    leave_only(year)
    folder = publish(year.parent, tmp_path / "output").folder / YEAR / "data"
    plain = [list(row.values()) for row in csv_rows(folder / "deltagare.csv")]
    at = [(line, column) for line, row in enumerate(plain) for column, cell in enumerate(row) if cell == ".."]
    assert at
    swedish = excel_rows(folder / "excel/deltagare.csv")[1:]
    sheet = list(
        openpyxl.load_workbook(folder / "excel/tabeller.xlsx")["deltagare"].iter_rows(values_only=True)
    )[1:]
    for rows in (swedish, sheet):
        assert [
            (line, column) for line, row in enumerate(rows) for column, cell in enumerate(row) if cell == ".."
        ] == at


# Licence


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("CC0", {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}),
        ("CC BY", {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}),
    ],
)
def test_the_data_package_states_the_licence(
    centre: Path, tmp_path: Path, written: str, licence: dict[str, str]
) -> None:
    append(centre.parent / "webbplats.yaml", f"licens: {written}\n")
    site = publish(centre.parent, tmp_path / "output").folder
    package = json.loads((site / CENTRE / "data/datapackage.json").read_text("utf-8"))
    assert package["licenses"] == [licence]


def test_without_a_licence_the_data_package_states_none(centre: Path, tmp_path: Path) -> None:
    site = publish(centre.parent, tmp_path / "output").folder
    assert "licenses" not in json.loads((site / CENTRE / "data/datapackage.json").read_text("utf-8"))


def test_the_series_are_published_with_their_sources(web_site: Path) -> None:
    rows = csv_rows(web_site / YEAR / "data/serier.csv")
    (umea,) = [row for row in rows if row["plats"] == "umea"]
    assert (umea["ar"], umea["jamfort_med"], umea["varde"], umea["matt"]) == (
        "2021", "2020", "-0.3", "procentenheter",
    )  # fmt: skip
    assert umea["kalla"]
    assert not (web_site / LOCAL / "data/serier.csv").exists()
