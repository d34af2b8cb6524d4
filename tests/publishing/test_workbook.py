"""A report's tables as one workbook: typed, fit to go on with, and read back to the same report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.build import check
from generator.inquiry import export_tables
from generator.publishing import OutputError
from generator.publishing.opendata import result
from generator.reading.table_files import TITLES
from generator.starting import move_into_workbook
from tests.reading.test_formats import results_of
from tests.support import define_table, edit, of_id, read
from tests.test_cli import run
from tests.workbooks import by_odfdo, one_workbook, parts_of


def exported(content: Path, report: str = "") -> Any:
    """The workbook, opened by another library."""
    path = content.parent / "ut.xlsx"
    export_tables(content, report, path)
    return openpyxl.load_workbook(path)


def test_what_is_exported_reads_back_to_the_same_report(year: Path) -> None:
    before = results_of(year.parent)
    move_into_workbook(year)
    assert results_of(year.parent) == before


def test_another_organisation_reads_back_to_the_same_reports(others: Path) -> None:
    before = [result(one) for one in check(others).reports]
    for report in read(others):
        move_into_workbook(others / report.id)
    assert [result(one) for one in check(others).reports] == before


def test_tables_of_sums_and_controls_read_back(year: Path) -> None:
    define_table(year, "  - id: ekonomi\n    titel: Kostnader\n    måttenhet: kr\n")
    rows = 'post;2021;2020;lika med\nA;1 234;-0,50;\n"=B";2;1.234.567;\nC;1236;1234566,5;A + =B\n'
    (year / "tabeller/ekonomi.csv").write_text(rows, "utf-8")
    controls = "uppgift;värde;källa\n1.2.1;77 % (247 av 319);trycket\n"
    (year / "utfall/kontrollsummor.csv").write_text(controls, "utf-8")
    (before,) = read(year.parent)
    move_into_workbook(year)
    (after,) = read(year.parent)
    table = before.outcomes.amounts["ekonomi"]
    assert [(row.name, row.amounts, row.equals) for row in after.outcomes.amounts["ekonomi"].rows] == [
        (row.name, row.amounts, row.equals) for row in table.rows
    ]
    assert [(one.written, one.value) for one in after.outcomes.controls] == [
        (one.written, one.value) for one in before.outcomes.controls
    ]


def test_columns_of_a_table_read_back_beside_several_that_are_computed(year: Path) -> None:
    define_table(
        year,
        "  - id: moten\n    titel: Möten\n    måttenhet: antal\n"
        "    kolumner: [{namn: 'När: i år', måttenhet: text}, {måttenhet: '%', namn: Kvinnor}]\n"
        "    beräknade_kolumner: [{namn: Dubbelt, lika_med: 2021 + 2021}, {namn: Del, andel_av: A}]\n",
    )
    (year / "tabeller/moten.csv").write_text("post;2021;När: i år;Kvinnor\nA;2;maj;50\n", "utf-8")
    (before,) = read(year.parent)
    move_into_workbook(year)
    (after,) = read(year.parent)
    for report in (before, after):
        (table,) = (table for table in report.settings.tables if table.id == "moten")
        columns = [(column.name, column.unit) for column in table.columns]
        assert columns == [("nar-i-ar", "text"), ("kvinnor", "%")]
        assert [column.name for column in table.computed] == ["dubbelt", "del"]


def test_a_workbook_can_be_exported_from_another(year: Path) -> None:
    before = results_of(year.parent)
    one_workbook(year, by_odfdo, "utfall.ods")
    move_into_workbook(year)
    assert results_of(year.parent) == before


def test_tables_that_do_not_add_up_are_exported_too(year: Path) -> None:
    edit(year / "utfall/deltagare.csv", "Ungdomstorget;nya;26;34", "Ungdomstorget;nya;26;3400")
    assert exported(year.parent)["Deltagare"]["D3"].value == 3400


def test_tables_that_cannot_be_read_are_told(year: Path) -> None:
    edit(year / "utfall/grupper.csv", "styrelse;4;6", "styrelse;fyra;6")
    done = run("exportera", "--innehåll", year.parent, "--xlsx", year.parent.parent / "ut.xlsx")
    assert done.exit_code == 1
    assert "”fyra” är inte ett antal" in done.output
    assert not (year.parent.parent / "ut.xlsx").exists()


# How it looks


def test_sheets_are_named_and_in_the_order_of_the_handbook(year: Path) -> None:
    (report,) = read(year.parent)
    titles = [title for name, title in TITLES.items() if (year / f"utfall/{name}.csv").exists()]
    titles += [str(definition.id) for definition in report.settings.tables]
    assert exported(year.parent).sheetnames == [
        *("Om bokslutet", "Enheter", "Social budget", "Svarsgrupper", "Skalor", "Frågor", "Deltagarrader"),
        *("Bakgrundstabeller", "Serier", "Tabeller", "Innehåll"),
        *titles,
    ]


def test_there_is_room_for_comments_where_none_are_written(centre: Path) -> None:
    (centre / "utfall/kommentarer.csv").unlink(missing_ok=True)
    comments = exported(centre.parent)["Kommentarer"]
    assert [*comments.values] == [("indikator", "bakgrund", "åtgärd")]


def test_there_are_lists_to_choose_from_and_notes_on_headings(centre: Path) -> None:
    book = exported(centre.parent)
    budget = book["Social budget"]
    heads = {cell.value: cell for cell in budget[1]}
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in budget.data_validations.dataValidation}
    assert "könsfördelning" in lists[heads["mått"].column_letter]
    assert lists[heads["täljare"].column_letter].startswith("'Deltagarrader'!$A$2:")
    assert "andel: täljare, nämnare" in heads["mått"].comment.text
    assert "minst 80 %" in heads["krav"].comment.text
    units, _ = book["Deltagare"].data_validations.dataValidation
    assert (str(units.sqref)[:3], units.formula1[:14]) == ("A2:", "'Enheter'!$A$2")


def test_cells_have_their_types_and_formats(year: Path) -> None:
    values = exported(year.parent)["Värden"]
    heads = {cell.value: cell.column_letter for cell in values[1]}
    year_, value, series = (values[f"{heads[head]}2"] for head in ("år", "värde", "serie"))
    assert (type(year_.value), year_.number_format) == (int, "0")
    assert (type(value.value), value.number_format) == (int, "#,##0")
    assert (type(series.value), series.number_format) == (str, "@")
    decimals = {cell.number_format for cell in values[heads["värde"]] if isinstance(cell.value, float)}
    assert "#,##0.0" in decimals


def test_days_are_numbers(year: Path) -> None:
    (year / "utfall/tider.csv").write_text("rad;dagar\navslut;12\n", "utf-8")
    assert [row[1] for row in exported(year.parent)["Tider"].values] == ["dagar", 12]


def test_headings_are_frozen_and_columns_wide_enough(year: Path) -> None:
    for sheet in exported(year.parent):
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert all(9 <= width <= 61 for width in widths)


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 90 16", "-5 %", "@SUMMA(A1)", "=HYPERLINK(1)", "_x0041_", "'a"]
)
def test_a_text_is_never_a_formula(others: Path, text: str) -> None:
    edit(others / "2017-bruket/utfall/varden.csv", "Dagboken", text)
    (cell,) = [cell for cell in exported(others, "2017-bruket")["Värden"][2] if cell.value == text]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    parts = parts_of(others.parent / "ut.xlsx")
    assert not [name for name, data in parts.items() if b"<f>" in data or b"<hyperlink" in data]
    (others.parent / "ut.xlsx").unlink()
    move_into_workbook(others / "2017-bruket")
    (value,) = of_id(read(others), "2017-bruket").outcomes.values.values()
    assert value.source == text


def test_the_same_tables_give_the_same_bytes(year: Path, tmp_path: Path) -> None:
    for name in ("ett.xlsx", "två.xlsx"):
        export_tables(year.parent, "", tmp_path / name)
    assert (tmp_path / "ett.xlsx").read_bytes() == (tmp_path / "två.xlsx").read_bytes()


# At the prompt


def test_a_file_is_not_overwritten_unless_asked_for(others: Path, tmp_path: Path) -> None:
    path = tmp_path / "ut.xlsx"
    path.write_text("viktigt", "utf-8")
    arguments = ["exportera", "--innehåll", others, "--xlsx", path]
    done = run(*arguments)
    assert done.exit_code == 1
    assert "finns redan och skrivs inte över" in done.output
    assert "--skriv-över" in done.output
    assert path.read_text("utf-8") == "viktigt"
    done = run(*arguments, "--skriv-över")
    assert done.exit_code == 0
    assert "Klart: " in done.output
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--xlsx", "ut.csv"], "ska sluta på .xlsx"),
        (["--xlsx", "borta/ut.xlsx"], "Det går inte att skriva"),
        (["2017", "--xlsx", "ut.xlsx"], "Rapporten ”2017” finns inte. Välj bland ”2017-bruket”"),
    ],
)
def test_a_mistake_at_the_prompt_is_told(
    others: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("exportera", "--innehåll", others, *arguments)
    assert done.exit_code == 1
    assert told in done.output


def test_a_table_whose_name_is_no_sheet_is_told(year: Path) -> None:
    long = "en-tabell-med-ett-mycket-langt-namn"
    define_table(year, f"  - id: {long}\n    titel: T\n    måttenhet: kr\n")
    (year / f"tabeller/{long}.csv").write_text("post;2021;lika med\nA;1;B\nB;1;\n", "utf-8")
    with pytest.raises(OutputError, match="fler än 31 tecken"):
        export_tables(year.parent, "", year.parent.parent / "ut.xlsx")


def test_a_table_of_sums_named_like_one_of_outcomes_is_told(year: Path) -> None:
    define_table(year, "  - id: enkat\n    titel: T\n    måttenhet: kr\n")
    (year / "tabeller/enkat.csv").write_text("post;2021;lika med\nA;1;B\nB;1;\n", "utf-8")
    with pytest.raises(OutputError, match="Två tabeller skulle bli bladet"):
        export_tables(year.parent, "", year.parent.parent / "ut.xlsx")
