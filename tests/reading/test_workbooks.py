"""Tables may be workbooks of Excel or LibreOffice, each for itself or together: the report is the same."""

from __future__ import annotations

import datetime
import shutil
import unicodedata
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from generator.inquiry import explain
from generator.model.places import Place, Problem
from generator.reading.files import Folder
from generator.reading.sources import read_sources
from generator.reading.table_files import TITLES
from generator.reading.workbooks import read_workbook
from tests.reading.test_formats import Results, results_of
from tests.support import (
    PLATFORMS,
    YEAR,
    copy_of,
    define_table,
    edit,
    only_problem_in,
    problems_in,
    publish_audit,
    read,
    without_texts,
    write_contents,
)
from tests.test_cli import run
from tests.workbooks import (
    GROUPS,
    MAKERS,
    Rows,
    Sheets,
    by_odfdo,
    by_openpyxl,
    by_xlsxwriter,
    change_part,
    one_workbook,
    sheets_of,
)

MADE_BY = {
    "XlsxWriter": (by_xlsxwriter, "xlsx"),
    "openpyxl": (by_openpyxl, "xlsx"),
    "odfdo": (by_odfdo, "ods"),
}


@pytest.fixture
def year(outcomes: Path) -> Path:
    """A report of tables alone."""
    return outcomes


@pytest.fixture(scope="session")
def results_2021(tmp_path_factory: pytest.TempPathFactory) -> Results:
    content = copy_of(PLATFORMS, tmp_path_factory.mktemp("sound") / "content")
    return results_of(without_texts(content / YEAR).parent)


def texts_in(path: Path) -> list[tuple[int, list[str]]]:
    """The cells of the only sheet of a workbook, as they are read."""
    problems: list[Problem] = []
    (sheet,) = read_workbook(Folder(path.parent, "", problems), path.name) or []
    assert not problems
    return [(line, [cell.text for cell in cells]) for line, cells in sheet.grid.rows]


# Where tables may lie


@pytest.mark.parametrize("made_by", MADE_BY)
def test_all_tables_may_lie_in_one_workbook(year: Path, results_2021: Results, made_by: str) -> None:
    make, ending = MADE_BY[made_by]
    one_workbook(year, make, f"utfall.{ending}")
    assert results_of(year.parent) == results_2021


@pytest.mark.parametrize("made_by", MADE_BY)
def test_each_table_may_be_a_workbook(year: Path, results_2021: Results, made_by: str) -> None:
    make, ending = MADE_BY[made_by]
    for title, rows in sheets_of(year).items():
        name = next(name for name in TITLES if TITLES[name] == title)
        (year / f"utfall/{name}.csv").unlink()
        make(year / f"utfall/{name}.{ending}", {"Blad1": rows})
    assert results_of(year.parent) == results_2021


@pytest.mark.parametrize("name", ["utfall.xlsx", "utfall.ods"])
def test_a_workbook_may_be_saved_by_libreoffice(
    year: Path, results_2021: Results, by_libreoffice: Path, name: str
) -> None:
    shutil.rmtree(year / "utfall")
    shutil.copyfile(by_libreoffice / name, year / name)
    assert results_of(year.parent) == results_2021


def test_tables_may_lie_partly_in_a_workbook(year: Path, results_2021: Results) -> None:
    sheets = sheets_of(year)
    by_xlsxwriter(year / "utfall.xlsx", {"Värden": sheets["Värden"], "Enkät": sheets["Enkät"]})
    by_odfdo(year / "utfall/deltagare.ods", {"Deltagare": sheets["Deltagare"]})
    for name in ("varden", "enkat", "deltagare"):
        (year / f"utfall/{name}.csv").unlink()
    assert results_of(year.parent) == results_2021


@pytest.mark.parametrize("title", ["enkat", " ENKÄT ", "Enka\u0308t"])
def test_a_sheet_is_named_as_people_write(year: Path, results_2021: Results, title: str) -> None:
    by_xlsxwriter(year / "utfall.xlsx", {title: sheets_of(year)["Enkät"]})
    (year / "utfall/enkat.csv").unlink()
    assert results_of(year.parent) == results_2021


def test_sheets_that_are_notes_empty_or_charts_are_passed_over(year: Path) -> None:
    with xlsxwriter.Workbook(year / "utfall.xlsx") as book:
        book.add_worksheet("_anteckningar").write("A1", "Ring Eva")
        book.add_worksheet("Blad2")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='_anteckningar'!$A$1:$A$3"})
        book.add_chartsheet("Diagram").set_chart(chart)
    assert not problems_in(year.parent)


def test_a_table_of_sums_may_be_a_workbook_or_a_sheet(year: Path) -> None:
    definition = "  - id: kön\n    titel: Kön\n    måttenhet: kr\n"
    define_table(year, definition)
    rows: Rows = [["post", 2021, "lika med"], ["A", 1, None], ["B", 2, None], ["C", 4, "A + B"]]
    by_openpyxl(year / "tabeller/kon.xlsx", {"Blad1": rows})
    told = only_problem_in(year.parent)
    assert str(told.place) == f"content/{YEAR}/tabeller/kon.xlsx, blad Blad1, cell B4"
    (year / "tabeller/kon.xlsx").unlink()
    by_xlsxwriter(year / "utfall.xlsx", {"Kön": rows})
    told = only_problem_in(year.parent)
    assert str(told.place) == f"content/{YEAR}/utfall.xlsx, blad Kön, cell B4"


# What stands in cells


def test_numbers_are_what_was_written(tmp_path: Path) -> None:
    numbers = [12.0, 0.3, -0.3, 0.1 + 0.2, 1234.5, 0.81, 1e11, 1e-7, -0.0, 1e30]
    told = ["12", "0,3", "-0,3", "0,3", "1234,5", "0,81", "100000000000", "0,0000001", "0", f"1{'0' * 30}"]
    for ending, make in (("xlsx", by_openpyxl), ("ods", by_odfdo), ("xlsx", by_xlsxwriter)):
        make(tmp_path / f"tal.{ending}", {"A": [numbers]})
        assert texts_in(tmp_path / f"tal.{ending}") == [(1, told)]


def formatted(path: Path, form: str, number: float = 0.81) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write_number("A1", number, book.add_format({"num_format": form}))
    return path


@pytest.mark.parametrize("form", ["#,##0.00", "[Red]-0.0", "0.0E+00", '0" kr"', '0.00" %"'])
def test_the_format_of_a_number_does_not_change_it(tmp_path: Path, form: str) -> None:
    assert texts_in(formatted(tmp_path / "tal.xlsx", form)) == [(1, ["0,81"])]


@pytest.mark.parametrize("form", ["0%", "0.0 %"])
def test_percent_are_what_is_shown(tmp_path: Path, form: str) -> None:
    assert texts_in(formatted(tmp_path / "tal.xlsx", form)) == [(1, ["81 %"])]


@pytest.mark.parametrize(
    ("form", "number", "told"),
    [
        ("0.0%", 1150 / 1200, "95,833333333 %"),
        ("0.0", 10 / 3, "3,33333333333"),
        ("0%", 2 / 3000, "0,066666667 %"),
    ],
)
def test_of_all_the_decimals_of_a_formula_there_are_as_many_as_are_read(
    tmp_path: Path, form: str, number: float, told: str
) -> None:
    assert texts_in(formatted(tmp_path / "tal.xlsx", form, number)) == [(1, [told])]


def test_percent_of_an_open_document_are_what_is_shown(tmp_path: Path) -> None:
    by_odfdo(tmp_path / "tal.ods", {"A": [[0.81]]})
    kind = 'office:value-type="{}"'
    change_part(tmp_path / "tal.ods", "content.xml", kind.format("float"), kind.format("percentage"))
    assert texts_in(tmp_path / "tal.ods") == [(1, ["81 %"])]


def test_a_formula_is_its_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "tal.xlsx") as book:
        sheet = book.add_worksheet("A")
        sheet.write_formula("A1", "=B1+C1", value=12)
        sheet.write_formula("B1", '="Väst"&"erås"', value="Västerås")
    assert texts_in(tmp_path / "tal.xlsx") == [(1, ["12", "Västerås"])]


def test_a_formula_of_an_open_document_may_be_an_empty_text(tmp_path: Path) -> None:
    by_odfdo(tmp_path / "a.ods", {"A": [["a", "b"]]})
    old = 'office:value-type="string" calcext:value-type="string" office:string-value="a"><text:p>a</text:p>'
    new = 'table:formula="of:=&quot;&quot;"><text:p/>'
    change_part(tmp_path / "a.ods", "content.xml", old, new)
    assert texts_in(tmp_path / "a.ods") == [(1, ["", "b"])]


def test_texts_have_single_spaces_and_whole_letters(tmp_path: Path) -> None:
    for ending, make in (("xlsx", by_xlsxwriter), ("ods", by_odfdo)):
        make(tmp_path / f"a.{ending}", {"A": [["  två\nrader ", unicodedata.normalize("NFD", "å ä ö")]]})
        assert texts_in(tmp_path / f"a.{ending}") == [(1, ["två rader", "å ä ö"])]


def test_numbers_may_be_stored_as_text(year: Path, results_2021: Results) -> None:
    def as_text(path: Path, sheets: Sheets) -> None:
        texts = {
            title: [[None if cell is None else str(cell).replace(".", ",", is_number(cell)) for cell in row]
                    for row in rows]
            for title, rows in sheets.items()
        }  # fmt: skip
        by_xlsxwriter(path, texts)

    def is_number(cell: object) -> int:
        return int(isinstance(cell, float))

    one_workbook(year, as_text)
    assert results_of(year.parent) == results_2021


def test_empty_rows_columns_and_formatted_cells_are_passed_over(year: Path) -> None:
    with xlsxwriter.Workbook(year / "utfall/grupper.xlsx") as book:
        sheet = book.add_worksheet("Grupper")
        for at, row in enumerate(GROUPS):
            sheet.write_row(at * 2, 0, [f" {row[0]} ".upper(), *row[1:]])
        sheet.write_blank(500, 90, None, book.add_format({"bold": True}))
        sheet.write_string(7, 8, "   ")
    (year / "utfall/grupper.csv").unlink()
    (report,) = read(year.parent)
    women = {group: people.women for (_, group), people in report.outcomes.groups.items()}
    assert women == {"styrgrupp": 11, "styrelse": 4}


def test_a_comment_on_a_cell_is_not_its_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("A")
        sheet.write("A1", "grupp")
        sheet.write_comment("A1", "Vilken?")
    assert texts_in(tmp_path / "a.xlsx") == [(1, ["grupp"])]
    by_odfdo(tmp_path / "a.ods", {"A": [["grupp"]]})
    note = "<office:annotation><text:p>Vilken?</text:p></office:annotation>"
    change_part(tmp_path / "a.ods", "content.xml", "<text:p>grupp", f"{note}<text:p>grupp")
    assert texts_in(tmp_path / "a.ods") == [(1, ["grupp"])]


def test_cells_that_are_repeated_are_read_as_many_times(tmp_path: Path) -> None:
    by_odfdo(tmp_path / "a.ods", {"A": [["x", 3], [None, None], [5, 6]]})
    change_part(tmp_path / "a.ods", "content.xml", 'office:value="3"',
                'office:value="3" table:number-columns-repeated="2"')  # fmt: skip
    change_part(tmp_path / "a.ods", "content.xml", "<table:table-row><table:table-cell/>",
                '<table:table-row table:number-rows-repeated="3"><table:table-cell/>')  # fmt: skip
    assert texts_in(tmp_path / "a.ods") == [(1, ["x", "3", "3"]), (5, ["5", "6", ""])]


def test_headings_may_be_numbers(year: Path) -> None:
    define_table(year, "  - id: e\n    titel: E\n    måttenhet: kr\n")
    by_xlsxwriter(year / "utfall.xlsx", {"E": [["post", 2021, "lika med"], ["A", 1, "B"], ["B", 1, None]]})
    assert not problems_in(year.parent)


# What is told, and where

A_DATE = datetime.date(2012, 1, 2)
FAULTS: dict[str, tuple[Rows, str, str, str]] = {
    "a count in words": ([*GROUPS[:2], ["styrelse", "tolv", 6]], "B3", "”tolv” är inte ett antal", "heltal"),
    "letters of another encoding": (
        [*GROUPS[:2], ["fÃ¶rbundschefer", 4, 6]],
        "A3",
        "å, ä och ö har blivit andra tecken",
        "Hämta filen på nytt",
    ),
    "a part of a person": ([*GROUPS[:2], ["styrelse", 4.5, 6]], "B3", "”4,5” är inte ett antal", "heltal"),
    "three decimals": ([*GROUPS[:2], ["styrelse", 1.234, 6]], "B3", "”1,234” är inte ett antal", "heltal"),
    "a text with three decimals": ([*GROUPS[:2], ["styrelse", "1.234", 6]], "B3", "både som", "1 234"),
    "a date": ([*GROUPS[:2], ["styrelse", A_DATE, 6]], "B3", "är ett datum (2012-01-02)", "formatet Text"),
    "a date for a name": ([*GROUPS[:2], [A_DATE, 4, 6]], "A3", "är ett datum", "gjort om det"),
    "a date as heading": ([["grupp", A_DATE, "män"], *GROUPS[1:]], "B1", "är ett datum", "formatet Text"),
    "a truth": ([*GROUPS[:2], ["styrelse", True, 6]], "B3", "är sanningsvärdet SANT", "ja eller nej"),
    "an error as text": ([*GROUPS[:2], ["styrelse", "#SAKNAS!", 6]], "B3", "felet #SAKNAS!", "formeln"),
    "an empty cell": ([*GROUPS[:2], ["styrelse", None, 6]], "B3", "cellen är tom", "Fyll i"),
    "a number for a name": ([*GROUPS[:2], [1.1, 4, 6]], "A3", "talet 1,1, men gruppen ska stå", "1.10"),
    "too many digits": ([*GROUPS[:2], ["styrelse", 10**12, 6]], "B3", "fler än 12 siffror", "Kontroll"),
    "decimals of a formula": ([*GROUPS[:2], ["styrelse", 10 / 3, 6]], "B3", "3,33333333333”", "heltal"),
    "a note beside": ([*GROUPS[:2], ["styrelse", 4, 6, "obs"]], "D3", "i en kolumn utan rubrik", "med _"),
    "a misspelt group": ([*GROUPS[:2], ["styrelsen x", 4, 6]], "A3", "finns inte", "Menade du ”styrelse"),
}  # fmt: skip


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_at_its_cell(year: Path, fault: str, name: str) -> None:
    rows, cell, found, remedy = FAULTS[fault]
    MAKERS[name](year / name, {"Grupper": rows})
    (year / "utfall/grupper.csv").unlink()
    told = [one for one in problems_in(year.parent) if "utfall." in one.place.file]
    assert [str(one.place) for one in told] == [f"content/{YEAR}/{name}, blad Grupper, cell {cell}"]
    assert found in told[0].found
    assert remedy in told[0].remedy


def only_told(year: Path) -> Problem:
    """The only problem of a workbook; others may follow from it."""
    told = problems_in(year.parent)
    (one,) = [one for one in told if ".xlsx" in one.place.file or ".ods" in one.place.file]
    return one


def test_the_prompt_names_the_cell(year: Path) -> None:
    by_xlsxwriter(year / "utfall.xlsx", {"Grupper": FAULTS["a count in words"][0]})
    (year / "utfall/grupper.csv").unlink()
    output = run("granska", "--innehåll", year.parent).output
    assert f"Fel: content/{YEAR}/utfall.xlsx, blad Grupper, cell B3\n  ”tolv” är inte ett antal.\n" in output


@pytest.mark.parametrize(("error", "swedish"), [("#N/A", "#SAKNAS!"), ("#DIV/0!", "#DIVISION/0!")])
def test_an_error_of_a_formula_is_told(year: Path, error: str, swedish: str) -> None:
    with xlsxwriter.Workbook(year / "utfall/grupper.xlsx") as book:
        sheet = book.add_worksheet("Grupper")
        for at, row in enumerate(GROUPS):
            sheet.write_row(at, 0, row)
        sheet.write_formula("C3", "=NA()", value=error)
    (year / "utfall/grupper.csv").unlink()
    assert (str(only_told(year).place)[-7:], only_told(year).found) == (
        "cell C3", f"cellen visar felet {error} ({swedish})"
    )  # fmt: skip


def test_an_error_of_a_formula_is_told_in_libreoffice(year: Path) -> None:
    by_odfdo(year / "utfall/grupper.ods", {"Grupper": GROUPS})
    (year / "utfall/grupper.csv").unlink()
    change_part(year / "utfall/grupper.ods", "content.xml",
                '<table:table-cell office:value-type="float" calcext:value-type="float" office:value="6"'
                ' calcext:value="6"><text:p>6</text:p>',
                '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value=""'
                ' calcext:value-type="error"><text:p>#N/A</text:p>')  # fmt: skip
    assert only_told(year).found == "cellen visar felet #N/A (#SAKNAS!)"


def test_a_formula_that_was_never_computed_is_told(year: Path) -> None:
    """openpyxl writes no value, and XlsxWriter 0: programs compute both when they open the workbook."""
    by_openpyxl(year / "utfall/grupper.xlsx", {"G": [*GROUPS[:2], ["styrelse", "=2+2", 6]]})
    (year / "utfall/grupper.csv").unlink()
    assert only_told(year).found == "cellens formel är inte uträknad"
    with xlsxwriter.Workbook(year / "utfall/grupper.xlsx") as book:
        sheet = book.add_worksheet("G")
        for at, row in enumerate(GROUPS):
            sheet.write_row(at, 0, row)
        sheet.write_formula("B3", "=2+2")
    assert only_told(year).found == "cellens formel är inte uträknad"


def test_a_title_above_the_headings_is_told(year: Path) -> None:
    (year / "utfall/grupper.csv").unlink()
    book = openpyxl.Workbook()
    book.active.append(["Könsfördelning 2021"])
    book.active.merge_cells("A1:C1")
    for row in ([], *GROUPS):
        book.active.append(row)
    book.save(year / "utfall/grupper.xlsx")
    assert only_told(year).found == "första raden är inte rubrikerna: de står på rad 3"
    assert "Ta bort raderna ovanför" in only_told(year).remedy


def test_a_title_above_the_headings_is_told_in_csv(year: Path) -> None:
    edit(year / "utfall/grupper.csv", "grupp;kvinnor", "Könsfördelning 2021;;\ngrupp;kvinnor")
    problem = only_problem_in(year.parent)
    assert problem.found == "första raden är inte rubrikerna: de står på rad 2"


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_merged_cells_are_told(year: Path, ending: str) -> None:
    (year / "utfall/grupper.csv").unlink()
    path = year / f"utfall/grupper.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in GROUPS:
            book.active.append(row)
        book.active.merge_cells("B2:B3")
        book.save(path)
    else:
        by_odfdo(path, {"G": GROUPS})
        spanned = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
        change_part(path, "content.xml", 'office:value="11"', f'office:value="11" {spanned}')
    assert only_told(year).found == "cellerna B2:B3 är sammanfogade"


def test_two_sources_of_a_table_are_told_by_both_names(year: Path) -> None:
    by_xlsxwriter(year / "utfall.xlsx", {"Grupper": GROUPS})
    problem = only_problem_in(year.parent)
    assert str(problem.place) == f"content/{YEAR}/utfall.xlsx, blad Grupper"
    assert problem.found == f"tabellen grupper finns också i content/{YEAR}/utfall/grupper.csv"
    (year / "utfall/grupper.csv").unlink()
    by_odfdo(year / "utfall/grupper.ods", {"Blad1": GROUPS})
    assert f"content/{YEAR}/utfall/grupper.ods" in only_problem_in(year.parent).found


def test_an_unknown_sheet_is_told_with_a_suggestion(year: Path) -> None:
    by_xlsxwriter(year / "utfall.xlsx", {"Kommentarr": GROUPS})
    problem = only_problem_in(year.parent)
    assert (str(problem.place), problem.found) == (
        f"content/{YEAR}/utfall.xlsx, blad Kommentarr", "bladet känns inte igen"
    )  # fmt: skip
    assert "Menade du ”Kommentarer”?" in problem.remedy
    assert "börja med _" in problem.remedy


def test_a_workbook_of_one_table_says_which_sheet_is_meant(year: Path) -> None:
    (year / "utfall/grupper.csv").unlink()
    by_xlsxwriter(year / "utfall/grupper.xlsx", {"Blad1": GROUPS, "Blad2": GROUPS})
    assert "2 blad, men inget heter Grupper" in only_told(year).found
    by_xlsxwriter(year / "utfall/grupper.xlsx", {"Blad1": GROUPS, "grupper": GROUPS})
    assert (only_told(year).place.file[-10:], only_told(year).found) == (
        "blad Blad1", "bladet känns inte igen"
    )  # fmt: skip
    by_xlsxwriter(year / "utfall/grupper.xlsx", {"_Blad1": [["x"]], "grupper": GROUPS})
    assert not problems_in(year.parent)


def test_an_empty_workbook_is_told(year: Path) -> None:
    (year / "utfall/grupper.csv").unlink()
    by_xlsxwriter(year / "utfall/grupper.xlsx", {"Blad1": []})
    assert only_told(year).found == "tabellen är tom"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("utfall.xlsm", "arbetsböcker med makron läses inte"),
        ("utfall.xls", "filer av slaget .xls läses inte"),
        ("utfall/grupper.xlsm", "arbetsböcker med makron läses inte"),
        ("utfall/grupper.numbers", "filer av slaget .numbers läses inte"),
        ("tabeller/grupper.xlsb", "filer av slaget .xlsb läses inte"),
    ],
)
def test_other_kinds_of_workbooks_are_told(year: Path, name: str, found: str) -> None:
    (year / name).parent.mkdir(exist_ok=True)
    (year / name).write_bytes(b"x")
    problem = only_problem_in(year.parent)
    assert (problem.place.file, problem.found) == (f"content/{YEAR}/{name}", found)
    assert "Spara den som ”Excel-arbetsbok (.xlsx)”" in problem.remedy


def test_a_table_with_a_misspelt_name_is_told(year: Path) -> None:
    by_xlsxwriter(year / "utfall/gruper.xlsx", {"Blad1": GROUPS})
    assert "Menade du ”grupper.xlsx”?" in only_problem_in(year.parent).remedy


def test_the_file_that_excel_leaves_while_it_is_open_is_passed_over(year: Path) -> None:
    (year / "~$utfall.xlsx").write_bytes(b"x")
    (year / ".~lock.utfall.ods#").write_bytes(b"x")
    assert not problems_in(year.parent)


# Sources


@pytest.mark.parametrize("name", MAKERS)
def test_a_figure_is_led_to_its_row_in_the_sheet(year: Path, name: str) -> None:
    one_workbook(year, MAKERS[name], name)
    told, files = explain(year.parent, "1.2.1")
    sheet = f"content/{YEAR}/{name}, blad Deltagare"
    assert sheet in {place.file for place in told.places}
    (source,) = [file for file in files if file.name == sheet]
    assert source.text_at(Place(sheet, 4, "kvinnor")) == "43"
    output = run("förklara", "--innehåll", year.parent, "1.2.1").output
    assert f"  {sheet}\n    rad 4: Ungdomstorget, avslut: kvinnor 43, män 39\n" in output


def test_a_difference_is_told_by_cells(year: Path) -> None:
    edit(year / "utfall/deltagare.csv", "Ungdomstorget;nya;26;34", "Ungdomstorget;nya;26;340")
    one_workbook(year, by_xlsxwriter)
    places = [str(problem.place) for problem in problems_in(year.parent)]
    assert all(", blad Deltagare, cell " in place for place in places)


def test_the_audit_edition_shows_the_sheets(year: Path, tmp_path: Path) -> None:
    one_workbook(year, by_xlsxwriter)
    write_contents(year, "- översikt", "- deltagare")
    site = publish_audit(year.parent, tmp_path / "ut").folder / YEAR
    page = site / "kalla-utfall-xlsx-blad-deltagare.html"
    assert "Vännäs" in page.read_text("utf-8")
    assert 'kalla-utfall-xlsx-blad-deltagare-4"' in page.read_text("utf-8")


def test_workbooks_among_pictures_are_left_alone(year: Path) -> None:
    (year / "bilder").mkdir()
    (year / "bilder/underlag.xlsx").write_bytes(b"x")
    assert not problems_in(year.parent)
    explain(year.parent, "1.2.1")


@pytest.mark.parametrize("folder", ["bilder", "bilagor"])
def test_tables_among_pictures_and_attachments_are_no_sources(year: Path, folder: str) -> None:
    before = read_sources(year.parent, year.name)
    (year / folder).mkdir(exist_ok=True)
    by_xlsxwriter(year / folder / "underlag.xlsx", {"Underlag": GROUPS})
    (year / folder / "underlag.csv").write_text("namn;antal\nKim;1\n", encoding="utf-8")
    assert read_sources(year.parent, year.name) == before
