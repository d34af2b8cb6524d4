"""What a report is, in sheets of a workbook: the same as in YAML, and told by cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from generator.model.entry import ORIGIN
from generator.model.places import Problem
from generator.model.report import Report
from generator.publishing.workbook import workbook
from generator.reading.definitions import BUDGET_FILE, SHEETS, keys_of_items
from generator.reading.files import Folder
from generator.reading.forms import definition_tables
from generator.reading.packages import Package
from generator.reading.report import read_report
from generator.reading.workbooks import sheets_of
from generator.reading.yaml_files import yaml_text
from tests.workbooks import Rows, by_odfdo, by_openpyxl

NOW = datetime.datetime(2022, 3, 25, tzinfo=datetime.UTC)
ABOUT, BUDGET = "Om bokslutet", "Social budget"
REPORT: dict[str, Rows] = {
    ABOUT: [
        ["uppgift", "värde"],
        ["titel", "Prov"],
        ["år", 2021],
        ["publicerad", datetime.date(2022, 3, 25)],
        ["tema", "umea"],
        ["röjandekontroll", "av"],
        ["förbund: id", "forbundet"],
        ["förbund: namn", "Förbundet"],
        ["regler: indexmål", "60 %"],
    ],
    "Enheter": [["id", "namn"], ["norr", "Norr"], ["soder", "Söder"]],
    "Deltagarrader": [["id", "namn", "nivå"], ["deltagare", "Deltagare", None], ["avslut", "Avslut", 1]],
    BUDGET: [
        ["område", "områdets namn", "mål", "målets text", "id", "text", "mått", "täljare", "nämnare", "svar",
         "krav", "vikt"],
        [1, "Nytta", "1.1", "De avslutar", "1.1.1", "Avslut", "andel", "avslut", "deltagare", None,
         "minst 40 %", 2],
        [None, None, "1.10", "De berättar", "1.10.1", "Berättelser", "berättelser", None, None, None,
         "minst 1", 2],
        ["2", "Samverkan", "2.1", "Parterna", "2.1.1", "Plan", "intyg", None, None, None, "uppfyllt", 2],
    ],
}  # fmt: skip


def report_in(folder: Path, sheets: dict[str, Rows] = REPORT, name: str = "bokslut.xlsx") -> Path:
    folder.mkdir(exist_ok=True)
    (by_odfdo if name.endswith(".ods") else by_openpyxl)(folder / name, sheets)
    return folder


def read(folder: Path) -> tuple[Report | None, list[Problem]]:
    problems: list[Problem] = []
    return read_report(folder, "r", problems), problems


def changed(folder: Path, sheet: str, cell: str, value: Any) -> Path:
    """The report with another value in a cell, or with another change of a sheet."""
    report_in(folder)
    book = openpyxl.load_workbook(folder / "bokslut.xlsx")
    if cell:
        book[sheet][cell] = value
    else:
        value(book[sheet])
    book.save(folder / "bokslut.xlsx")
    return folder


def plain(tree: Any) -> Any:
    """A tree without its places."""
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items() if key != ORIGIN}
    return [*map(plain, tree)] if isinstance(tree, list) else tree


# A whole report


@pytest.mark.parametrize("name", ["bokslut.xlsx", "bokslut.ods", "utfall.xlsx"])
def test_a_workbook_holds_a_whole_report(tmp_path: Path, name: str) -> None:
    sheets = REPORT | {"Deltagare": [["enhet", "rad", "kvinnor", "män"], ["norr", "avslut", 3, 4]]}
    sheets[ABOUT] = [[str(cell) for cell in row] for row in REPORT[ABOUT]]
    report, problems = read(report_in(tmp_path / "r", sheets, name))
    assert report is not None, problems
    assert [goal.id for goal in report.budget.areas[0].goals] == ["1.1", "1.10"]
    assert [unit.name for unit in report.units] == ["Norr", "Söder"]
    assert (report.year, str(report.settings.published)) == (2021, "2022-03-25")
    assert report.rules.index_target * 100 == 60
    assert report.outcomes.participants["norr", "avslut"].total == 7


def test_a_date_and_a_year_may_be_what_excel_makes_of_them(tmp_path: Path) -> None:
    report, problems = read(report_in(tmp_path / "r"))
    assert report is not None, problems
    assert (report.year, str(report.settings.published)) == (2021, "2022-03-25")


def test_yaml_and_sheets_may_share_a_report(tmp_path: Path) -> None:
    folder = report_in(tmp_path / "r", {title: rows for title, rows in REPORT.items() if title != "Enheter"})
    (folder / "bokslut.yaml").write_text("enheter:\n  - {id: oster, namn: Öster}\n", "utf-8")
    report, problems = read(folder)
    assert report is not None, problems
    assert [unit.id for unit in report.units] == ["oster"]


def test_two_sources_are_told_by_both_names(tmp_path: Path) -> None:
    folder = report_in(tmp_path / "r")
    (folder / "bokslut.yaml").write_text("titel: Prov\nenheter:\n  - {id: oster, namn: Öster}\n", "utf-8")
    report, problems = read(folder)
    assert report is None
    assert sorted((str(problem.place), problem.found) for problem in problems) == [
        ("r/bokslut.xlsx, blad Enheter", "”enheter” står både här och i r/bokslut.yaml, rad 2"),
        ("r/bokslut.xlsx, blad Om bokslutet", "”titel” står både här och i r/bokslut.yaml, rad 1"),
    ]


def test_two_workbooks_with_the_same_sheet_are_told(tmp_path: Path) -> None:
    folder = report_in(report_in(tmp_path / "r"), {"Enheter": REPORT["Enheter"]}, "utfall.xlsx")
    _, (problem,) = read(folder)
    assert str(problem.place) == "r/utfall.xlsx, blad Enheter"
    assert "r/bokslut.xlsx, blad Enheter" in problem.found


def test_a_sheet_that_is_missing_is_named_beside_its_file(tmp_path: Path) -> None:
    sheets = {title: rows for title, rows in REPORT.items() if title != BUDGET}
    _, (problem,) = read(report_in(tmp_path / "r", sheets))
    assert str(problem.place) == "r/budget.yaml"
    assert "bladet Social budget i bokslut.xlsx" in problem.remedy


def test_a_sheet_with_more_in_its_name_is_named_where_it_is_missed(tmp_path: Path) -> None:
    sheets = {f"{title} 2026" if title == BUDGET else title: rows for title, rows in REPORT.items()}
    _, (problem,) = read(report_in(tmp_path / "r", sheets))
    assert problem.remedy == "Är det bladet ”Social budget 2026”? Låt det heta Social budget."


# Areas and goals


@pytest.mark.parametrize(("cell", "value"), [("A3", "1"), ("", lambda sheet: sheet.merge_cells("A2:A3"))])
def test_an_area_stands_on_each_row_or_on_its_first_or_in_merged_cells(
    tmp_path: Path, cell: str, value: Any
) -> None:
    report, problems = read(changed(tmp_path / "r", BUDGET, cell, value))
    assert report is not None, problems
    assert [len(area.goals) for area in report.budget.areas] == [2, 1]


def test_rows_of_an_area_need_not_stand_together(tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        sheet.append([1, None, "1.1", None, "1.1.2", "Fler", "intyg", None, None, None, "uppfyllt", 1])

    report, problems = read(changed(tmp_path / "r", BUDGET, "", add))
    assert report is not None, problems
    assert [indicator.id for indicator in report.budget.areas[0].goals[0].indicators] == ["1.1.1", "1.1.2"]


def test_an_area_has_one_name(tmp_path: Path) -> None:
    def rename(sheet: Any) -> None:
        sheet["A3"], sheet["B3"] = 1, "Annat"

    _, (problem,) = read(changed(tmp_path / "r", BUDGET, "", rename))
    assert problem.place.cell == "B3"
    assert problem.found == "”Annat” stämmer inte med cell B2: ”Nytta”"


# What is wrong


@pytest.mark.parametrize(
    ("spot", "value", "found", "remedy"),
    [
        ((BUDGET, "C2"), 1.1, "cellen är talet 1,1, men ”mål” ska stå som text", "som tal är 1.1 och 1.10"),
        ((BUDGET, "E2"), datetime.date(2001, 1, 1), "cellen är ett datum (2001-01-01)", "cellformatet Text"),
        ((BUDGET, "G2"), None, "”mått” är tom", "Fyll i cellen."),
        ((BUDGET, "G2"), "andell", "måttet ”andell” finns inte", "Menade du ”andel”?"),
        ((BUDGET, "H2"), None, "”täljare” är tom", "Fyll i cellen."),
        ((BUDGET, "J2"), "Ja", "”svar” används inte i måttet ”andel”", "Töm cellen, eller ändra måttet."),
        ((BUDGET, "K2"), None, "”krav” är tom", "Fyll i cellen."),
        ((BUDGET, "L2"), 2.5, "”2,5” är inte ett heltal", "heltal"),
        ((BUDGET, "A5"), "Summa", "raden ”Summa” är en summa, en källa eller en fotnot", "Ta bort den"),
        ((ABOUT, "B3"), None, "”år” är tom", "Fyll i cellen."),
        ((ABOUT, "A2"), "tittel", "uppgiften ”tittel” finns inte", "Menade du ”titel”?"),
        ((ABOUT, "A4"), "titel", "uppgiften står två gånger, först i cell A2", "Behåll bara den ena."),
        ((ABOUT, "B9"), 0.6, "”0,6” kan vara både 0,6 % och en andel av 1", "Skriv ut måttenheten."),
        (("Enheter", "A3"), "norr", "enheten ”norr” finns redan (r/bokslut.xlsx, blad Enheter, cell A2)", ""),
    ],
)
def test_a_fault_is_told_at_its_cell(
    tmp_path: Path, spot: tuple[str, str], value: Any, found: str, remedy: str
) -> None:
    sheet, cell = spot
    _, problems = read(changed(tmp_path / "r", sheet, cell, value))
    told = [problem for problem in problems if problem.place.cell == cell]
    assert [problem.found for problem in told] == [found]
    assert remedy in told[0].remedy
    assert f"blad {sheet}, cell {cell}" in str(told[0].place)


def strike_out(sheet: Any) -> None:
    for cell in sheet[3]:
        cell.font = Font(strike=True)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda sheet: sheet.merge_cells("A2:B3"), "cellerna A2:B3 är sammanfogade"),
        (lambda sheet: sheet.merge_cells("K2:K3"), "cellerna K2:K3 är sammanfogade"),
        (lambda sheet: sheet.delete_rows(2, 9), "”områden” är tom"),
        (strike_out, "cellen är överstruken, som 6 till på raden"),
        (lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True), "bladet har 1 dold rad (3)"),
    ],
)
def test_a_fault_of_a_sheet_is_told_once(tmp_path: Path, change: Callable[[Any], None], found: str) -> None:
    _, problems = read(changed(tmp_path / "r", BUDGET, "", change))
    assert [problem.found for problem in problems] == [found]


def test_hidden_rows_of_a_definition_are_never_left_out(tmp_path: Path) -> None:
    sheets = REPORT | {ABOUT: [*REPORT[ABOUT], ["dolt", "räknas inte"]]}
    folder = report_in(tmp_path / "r", sheets)
    book = openpyxl.load_workbook(folder / "bokslut.xlsx")
    book[BUDGET].row_dimensions[3].hidden = True
    book.save(folder / "bokslut.xlsx")
    _, (problem,) = read(folder)
    assert (problem.found, problem.remedy) == (
        "bladet har 1 dold rad (3)",
        "Ta fram allt i Excel: det som bladet säger gäller alltid.",
    )


# Back and forth

TEXT = st.text("ab åÅ;:,\"'=+-%1.0", min_size=1, max_size=9).map(lambda text: " ".join(f"x{text}x".split()))
TARGET = st.one_of(
    st.just("minst 40 %"), st.dictionaries(st.sampled_from(["norr", "soder", "alla"]), st.just("minst 1"))
)


def entry(id: str, fixed: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"id": st.just(id), **fixed}, optional=optional)


def indicators(before: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    indicator = st.fixed_dictionaries(
        {"text": TEXT, "mått": st.sampled_from(["andel", "andel svar"]), "krav": TARGET.filter(bool)},
        optional={
            "täljare": TEXT,
            "svar": st.lists(TEXT, min_size=1, max_size=3),
            "gäller": st.lists(TEXT, min_size=1, max_size=2),
            "vikt": st.integers(0, 12).map(str),
            "belopp": st.fixed_dictionaries({"tabell": TEXT, "post": TEXT}),
        },
    )
    return st.lists(indicator, min_size=1, max_size=3).map(
        lambda listed: [{"id": f"{before}.{at}", **one} for at, one in enumerate(listed, 9)]
    )


def goals(area: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    goal = {id: {"text": TEXT, "indikatorer": indicators(id)} for id in (f"{area}.1", f"{area}.10")}
    ids = st.lists(st.sampled_from([*goal]), min_size=1, unique=True)
    return ids.flatmap(lambda ids: st.tuples(*(entry(id, goal[id]) for id in ids)).map(list))


def area(id: str) -> st.SearchStrategy[dict[str, Any]]:
    return entry(id, {"namn": TEXT, "mål": goals(id)}, idealvikt=st.just("40 %"))


AREAS = st.tuples(area("1"), area("2")).map(list)


@given(AREAS)
def test_a_budget_comes_back_as_it_was_written(areas: list[dict[str, Any]]) -> None:
    kind = next(kind for kind in SHEETS if kind.title == BUDGET)
    with TemporaryDirectory() as name:
        (Path(name) / BUDGET_FILE).write_text(yaml_text({"områden": areas}), "utf-8")
        (table,) = definition_tables(Folder(Path(name), "r", []))
    (sheet,) = sheets_of(Package(workbook([table], NOW)), "r")
    problems: list[Problem] = []
    assert plain(kind.read(sheet.grid, problems)) == {"områden": areas}
    assert problems == []


def test_small_entries_in_a_cell_have_a_name_and_one_thing_that_is_said_of_it() -> None:
    """What has more needs a level of its own, or could not be written in a cell."""
    fields = [field for sheet in SHEETS for level in sheet.levels for field in level.fields.values()]
    assert {len(keys) for keys in map(keys_of_items, fields) if keys} == {2}
