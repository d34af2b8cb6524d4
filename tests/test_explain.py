"""`bokslut förklara`: any figure of the report, with how it came about and the cells it rests on."""

from __future__ import annotations

import copy
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from bs4 import Tag

from generator.figures import Figures
from generator.model.shown import ShownReport
from generator.pages.explanations import explanation
from tests.reading.small import ASSOCIATION, small_report
from tests.support import CONTENT, EXAMPLES, YEAR, checked_content, edit, plain, soup, table_rows, text_of
from tests.test_cli import run

OTHERS = EXAMPLES / "annan-organisation"
pytestmark = pytest.mark.usefixtures("known_content")
TABLE = f"content/{YEAR}/utfall/deltagare.csv"


@cache
def explain(*said: str, content: Path = CONTENT) -> str:
    """What is told of a figure, with ordinary spaces."""
    result = run("förklara", "--innehåll", content, *said)
    assert result.exit_code == 0, result.output
    return result.output.replace("\N{NO-BREAK SPACE}", " ")


def told(*said: str, content: Path = CONTENT) -> dict[str, str]:
    """The steps by their label. Of two with one label the last one is kept."""
    steps = explain(*said, content=content).partition("\nKällor:")[0].splitlines()[3:]
    return {label.strip(): text.strip() for label, _, text in (line.partition(":") for line in steps)}


@cache
def report() -> ShownReport:
    return next(one for one in checked_content().originals if one.report.id == YEAR)


@cache
def shown(said: str) -> str:
    """What a figure is shown as in its explanation."""
    figure = Figures(report(), report().association).find(said)
    return plain(explanation(figure, report()).value)


def sources(*said: str, content: Path = CONTENT) -> list[str]:
    return [plain(line) for line in explain(*said, content=content).partition("Källor:\n")[2].splitlines()]


# An indicator


def test_an_indicator_is_told_with_its_name_and_whose_it_is() -> None:
    first, second, *_ = explain("1.2.1").splitlines()
    assert first == "1.2.1 Avslut till en för individen positiv lösning"
    assert second == "Samordningsförbundet Umeåregionen, Socialt bokslut 2021"


def test_an_indicator_is_told_step_by_step() -> None:
    steps = told("1.2.1")
    assert steps.pop("Nästa signal")
    assert steps == {
        "Visas som": "77 % (247 av 319)",
        "Mått": "Positiv lösning som andel av avslut.",
        "Uträkning": "247 / 319 = 77,43 %, visas som 77 %.",
        "Täljare, positiv lösning": "247 (kvinnor 116, män 131)",
        "Nämnare, avslut": "319 (kvinnor 155, män 164)",
        "Krav": "minst 80 %",
        "Jämförelse": (
            "Kravet är inte nått: det fattas 2,57 procentenheter. Det är inom marginalen 5 procentenheter."
        ),
        "Signal": "Nära målet",
        "Poäng": "0 av 10",
    }


def test_an_indicator_tells_how_many_persons_it_is_from_the_next_signals() -> None:
    output = explain("1.2.1")
    assert "9 personer till i täljaren hade gett grönt, och index 76 i stället för 70." in output
    assert "8 personer färre i täljaren hade gett rött; index hade inte ändrats." in output


def test_an_indicator_leads_to_its_rows_and_what_stands_in_them() -> None:
    lines = sources("1.2.1")
    assert lines[:3] == [
        TABLE,
        "rad 4: Ungdomstorget, avslut: kvinnor 43, män 39",
        "rad 5: Ungdomstorget, positiv_losning: kvinnor 34, män 35",
    ]
    assert lines[-3:] == [f"content/{YEAR}/budget.yaml", "rad 28: krav: minst 80 %", "rad 29: vikt: 10"]


def test_an_indicator_of_a_unit_rests_on_the_rows_of_the_unit() -> None:
    output = explain("Vännäs:", "1.2.1")
    assert "Vännäs, Socialt bokslut 2021" in output
    assert "25 / 33 = 75,76 %, visas som 76 %." in output
    assert "1 person färre i täljaren hade gett rött" in output
    assert sources("Vännäs: 1.2.1")[:3] == [
        TABLE,
        "rad 40: Vännäs, avslut: kvinnor 18, män 15",
        "rad 41: Vännäs, positiv_losning: kvinnor 13, män 12",
    ]


@pytest.mark.parametrize("said", [["1.2.1"], ["{1.2.1}"], ["1.2.1", "värde"], ["förbundet:", "1.2.1"]])
def test_a_figure_is_written_as_in_a_text(said: list[str]) -> None:
    assert told(*said)["Visas som"].startswith("77 %")


def test_a_published_figure_tells_where_it_was_published() -> None:
    assert told("2.1.2")["Uppgift"].startswith(
        "Publicerad uppgift. Källa: det tryckta sociala bokslutet 2021"
    )
    assert f"content/{YEAR}/utfall/varden.csv" in sources("2.1.2")
    assert "rad 2: 2.1.2, forbundet, 2021: värde 81" in sources("2.1.2")


def test_what_is_not_measured_tells_why_and_what_was_decided() -> None:
    steps = told("2.2.1")
    assert steps["Uträkning"] == "Inget utfall: frågan ställdes inte."
    assert steps["Signal"] == "Ej mätt (frågan ställdes inte)"
    assert sources("2.2.1") == [f"content/{YEAR}/budget.yaml", "rad 155: krav: minst 100 %"]


# Other figures


def test_an_index_is_told_with_the_points_of_its_areas_and_what_would_change_it() -> None:
    steps = told("index")
    assert steps["Uträkning"] == "100 × 124 / 177 = 70,06, visas som 70"
    assert [steps[f"Område {area}"] for area in range(1, 6)] == [
        "38 av 68 poäng", "35 av 44 poäng", "22 av 26 poäng", "13 av 18 poäng", "16 av 21 poäng",
    ]  # fmt: skip
    assert steps["Om orange gav halva vikten"] == "index 80 (141 av 177 poäng)"
    rules = ["rad 42: indexmål: 70 %", "rad 45: orange_ger: 0 %"]
    assert sources("index") == [f"content/{YEAR}/bokslut.yaml", *rules]


def test_an_area_is_told_with_the_points_of_its_indicators() -> None:
    steps = told("område 1")
    points = [re.findall(r"\d+", text) for label, text in steps.items() if label.startswith("1.")]
    assert len(points) == 12
    assert (sum(int(earned) for earned, _ in points), sum(int(possible) for _, possible in points)) == (
        38,
        68,
    )
    assert steps["Uträkning"] == "100 × 38 / 68 = 55,88, visas som 56"


def test_an_amount_is_told_as_its_table_says_it_is_made() -> None:
    """Not as the sum of its rows: something may be taken away, or it is a share."""
    for said in ("avslut", "avslut kvinnor", "deltagare förra året"):
        assert told(said)["Uträkning"] == "Summan av 7 rader.", said
    share = told("belopp kostnadsfordelning Administration Andel")
    assert share["Uträkning"] == "Andel av Verksamhetens kostnader."
    difference = told("belopp utfall-budget Summa kansliet Avvikelse")
    assert difference["Uträkning"] == "Lika med Utfall − Budget."
    assert "Uträkning" not in told("belopp resultatrakning Medlemsavgifter")


def test_points_that_are_taken_over_say_from_where() -> None:
    assert "hämtade ur årsredovisningen 2021" in told("Vännäs: område 2")["Övertaget"]
    assert "rad 14: Vännäs, 2: uppnått 37, maximalt 44" in sources("Vännäs: område 2")


def test_the_index_of_a_unit_rests_on_the_points_that_are_taken_over() -> None:
    rows = [line for line in sources("Vännäs: index") if ": uppnått " in line]
    assert [line.split(": ")[1] for line in rows] == ["Vännäs, 2", "Vännäs, 3", "Vännäs, 4", "Vännäs, 5"]


def test_a_tally_names_what_is_counted() -> None:
    assert told("område 1 antal orange")["Är"] == "1.2.1, 1.2.2, 1.2.3"
    assert told("antal ej mätta")["Är"] == "inga"


def test_the_steps_stand_below_each_other() -> None:
    lines = [line for line in explain("antal orange").splitlines() if line.startswith("  ")]
    starts = {len(line) - len(line.partition(":")[2].lstrip()) for line in lines}
    assert len(starts) == 1


def test_a_change_tells_its_source() -> None:
    assert told("helårsekvivalenter Umeå")["Visas som"] == "−0,3 procentenheter"
    assert sources("helårsekvivalenter Umeå")[1] == "rad 3: helårsekvivalenter, Umeå, 2021, 2020: värde -0,3"


def test_a_change_between_two_sources_tells_both(tmp_path: Path) -> None:
    values = "serie;år;värde;måttenhet;källa\nsjuka;2021;8;personer;SCB\nsjuka;2020;9;personer;SCB, rättad\n"
    settings = f"{ASSOCIATION}serier: [{{id: sjuka, namn: Sjuka}}]\n"
    small_report(tmp_path, "mått: berättelser, krav: minst 0", settings=settings, varden=values)
    assert told("sjuka forbundet", content=tmp_path)["Källa"] == "SCB; SCB, rättad"


def test_a_composite_leads_to_what_its_parts_demand(tmp_path: Path) -> None:
    values = "serie;plats;år;värde;måttenhet;källa\n1.1.2;;2021;8;;SCB\n"
    parts = "mått: sammansatt, indikatorer: [1.1.2], krav: uppfyllt", "mått: värde,\n    krav: minst 9"
    small_report(tmp_path, *parts, varden=values)
    assert any("krav: minst 9" in line for line in sources("1.1.1", content=tmp_path))


def test_another_report_of_the_site_is_named_with_its_folder() -> None:
    output = explain("A.1.1", "--rapport", "2017-bruket", content=OTHERS)
    assert "5 / 8 = 62,5 %, visas som 62 %." in output
    assert "Bruket, Socialt bokslut 2017" in output


def test_the_author_is_told_the_true_figure_also_when_it_is_protected(others: Path) -> None:
    edit(others / "2023-arbetscentrum/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    assert told("Köket: avslutade män", content=others)["Visas som"] == "3"


# The addends


def listed_cells(said: str) -> Iterator[tuple[int, str, int]]:
    """(line, column, number) of every cell of the participant table that is listed as a source."""
    lines = iter(sources(said))
    for line in lines:
        if line == TABLE:
            break
    for line in lines:
        match = re.fullmatch(r"rad (\d+): (.+): (kvinnor .+|män .+)", line)
        if match is None:
            return
        for cell in match[3].split(", "):
            column, number = cell.split()
            yield int(match[1]), column, int(number)


def cells_of_rows(*rows: str, unit: str = "") -> dict[tuple[int, str], tuple[str, int]]:
    """The same cells read from the file: (line, column) to the row and its number."""
    with (CONTENT / YEAR / "utfall/deltagare.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        return {
            (line, column): (row["rad"], int(row[column]))
            for line, row in enumerate(reader, start=2)
            for column in ("kvinnor", "män")
            if row["rad"] in rows and row["enhet"] in (unit or row["enhet"])
        }


@pytest.mark.parametrize("unit", ["", "Vännäs", "Ungdomstorget"])
@pytest.mark.parametrize(
    ("said", "part", "whole"),
    [
        ("1.1.1", "avslut", "deltagare"),
        ("1.2.1", "positiv_losning", "avslut"),
        ("1.2.2", "arbete", "positiv_losning"),
        ("arbete av positiv_losning", "arbete", "positiv_losning"),
    ],
)
def test_the_sources_are_the_addends_of_numerator_and_denominator(
    said: str, part: str, whole: str, unit: str
) -> None:
    name = f"{unit}: {said}" if unit else said
    listed = list(listed_cells(name))
    in_file = cells_of_rows(part, whole, unit=unit)
    assert {(line, column): number for line, column, number in listed} == {
        cell: number for cell, (_, number) in in_file.items()
    }
    sums = {
        row: sum(number for line, column, number in listed if in_file[line, column][0] == row)
        for row in (part, whole)
    }
    assert f"{sums[part]} av {sums[whole]}" in shown(name)


@pytest.mark.parametrize(("said", "column"), [("kvinnor av avslut", "kvinnor"), ("män av avslut", "män")])
def test_a_share_of_one_sex_adds_up_too(said: str, column: str) -> None:
    listed = list(listed_cells(said))
    part = sum(number for _, sex, number in listed if sex == column)
    assert f"{part} av {sum(number for *_, number in listed)}" in shown(said)


@pytest.mark.parametrize("row", ["deltagare", "avslut", "kvar"])
def test_a_count_is_the_sum_of_its_sources(row: str) -> None:
    assert str(sum(number for *_, number in listed_cells(row))) == shown(row)
    assert len(cells_of_rows(row)) == len(list(listed_cells(row)))


# Every figure of the overview and of the page of the index

NUMBER = re.compile(r"\d+(?:,\d+)?(?: %)?")


def without_texts(page: Tag) -> Tag:
    """What is left of a page's main part when texts, stories, drawings and ways onwards are taken out."""
    page = copy.copy(page)
    for written in page.select(".prose, .teasers, .onwards, .areas .area-id, .index-of, svg"):
        written.decompose()
    return page


@pytest.fixture(scope="module")
def overview(web_site: Path) -> Tag:
    main = soup(web_site / YEAR / "index.html").main
    assert main is not None
    return without_texts(main)


@pytest.fixture(scope="module")
def index_page(web_site: Path) -> Tag:
    main = soup(web_site / YEAR / "impactindex.html").main
    assert main is not None
    return without_texts(main)


def numbers_in(node: Tag) -> list[str]:
    return NUMBER.findall(text_of(node))


def test_the_index_figure_of_the_overview_can_be_explained(overview: Tag) -> None:
    (figure,) = overview.select(".index-figure")
    *shown_first, needed = numbers_in(figure)
    assert shown_first == [shown(name) for name in ("index", "index uppnådda", "index möjliga")]
    target, possible = (int(shown(name)) for name in ("index mål", "index möjliga"))
    assert (int(needed) - 1) * 100 < target * possible <= int(needed) * 100


def test_every_area_of_the_overview_can_be_explained(overview: Tag) -> None:
    rows = overview.select(".areas tbody tr")
    assert len(rows) == 5
    for number, row in enumerate(rows, start=1):
        names = [" uppnådda", " möjliga", "", " mot målet"]
        assert numbers_in(row) == [NUMBER.findall(shown(f"område {number}{name}"))[0] for name in names]


def test_every_finding_of_the_overview_can_be_explained(overview: Tag) -> None:
    findings = overview.select(".finding")
    assert len(findings) == int(shown("antal orange"))
    for finding in findings:
        (link,) = finding.select("a")
        id = str(link["href"]).partition("#i-")[2].replace("-", ".")
        distance, *outcome_and_target, weight = numbers_in(finding)
        assert outcome_and_target == [*NUMBER.findall(shown(id)), *NUMBER.findall(shown(f"{id} krav"))]
        assert re.search(rf"Nästa signal:\s+{distance} ", explain(id))
        assert told(id)["Poäng"] == f"0 av {weight}"


def test_every_sum_of_lost_points_can_be_explained(overview: Tag) -> None:
    close, where = overview.select(".telling")
    numbers = [int(number) for number in numbers_in(where)]
    lost = [int(shown(f"{name} möjliga")) - int(shown(f"{name} uppnådda")) for name in ("index", "område 1")]
    assert [numbers[0], numbers[2]] == lost
    assert numbers[1] == sum(int(numbers_in(finding)[-1]) for finding in overview.select(".finding"))
    assert numbers_in(close)[0] == str(numbers[1])


def test_every_other_figure_of_the_overview_can_be_explained(overview: Tag) -> None:
    counts = [shown(f"antal {what}") for what in ("gröna", "orange", "röda")]
    keys = [shown(row) for row in ("deltagare", "avslut", "kvar")]
    share = NUMBER.findall(shown("positiv_losning av avslut"))
    assert numbers_in(rest_of(overview)) == [*counts, *keys, *share]


def rest_of(page: Tag) -> Tag:
    """A page without its index figure, its areas, and what decided the result."""
    page = copy.copy(page)
    for part in page.select(".index-figure, .areas, .findings, .telling, .table-file, .other-years"):
        part.decompose()
    return page


def test_every_figure_of_the_table_of_areas_can_be_explained(index_page: Tag) -> None:
    (table,) = index_page.select("table")
    *areas, total = table_rows(table)
    for number, row in enumerate(areas, start=1):
        name = f"område {number}"
        assert row == {
            "Målområde": f"{number} {shown(f'{name} namn')}",
            "Antal mål": shown(f"{name} antal mål"),
            "Antal indikatorer": shown(f"{name} antal indikatorer"),
            "Idealvikt": shown(f"{name} idealvikt"),
            "Faktisk vikt": shown(f"{name} vikt"),
            "Poäng": shown(f"{name} poäng"),
            "Index": f"{shown(name)} {shown(f'{name} mot målet')}",
            "Signal": told(name)["Signal"],
        }
    assert (total["Antal mål"], total["Antal indikatorer"]) == (
        shown("antal mål"),
        shown("antal indikatorer"),
    )
    assert (total["Poäng"], total["Signal"]) == (shown("index poäng"), told("index")["Signal"])
    assert total["Index"] == f"{shown('index')} {shown('index mot målet')}"
    assert total["Idealvikt"] == "100 %"


def test_what_would_change_the_index_is_told_as_on_its_page(index_page: Tag) -> None:
    explained = {label: text for label, text in told("index").items() if label.startswith("Om ")}
    on_page = {
        text_of(term): text_of(term.find_next("dd") or term) for term in index_page.select(".what-ifs dt")
    }
    assert len(on_page) == 3
    assert {label: text.removesuffix(".") for label, text in on_page.items()} == {
        label: f"I{text[1:]}".removesuffix(".") for label, text in explained.items()
    }


# What is unknown


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("1.2.11", "”1.2.11” går inte att tolka. Menade du ”1.2.1”?"),
        ("deltagarre", "Menade du ”deltagare”?"),
        ("Vänäs: 1.2.1", "Menade du ”Vännäs”?"),
        ("helt fel", "”helt fel” går inte att tolka. Handboken listar hur en uppgift skrivs."),
        ("område 9", "områdena är 1, 2, 3, 4, 5"),
        ("{}", "Skriv vad talet heter"),
    ],
)
def test_what_is_unknown_is_told_and_ends_with_an_error(said: str, remedy: str) -> None:
    result = run("förklara", "--innehåll", CONTENT, said)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert remedy in result.output
    assert "Traceback" not in result.output


def test_an_unknown_report_is_told() -> None:
    result = run("förklara", "--innehåll", OTHERS, "index", "--rapport", "2018-bruket")
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "Rapporten ”2018-bruket” finns inte. Menade du ”2017-bruket”?" in result.output


def test_content_with_errors_is_told_with_them(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    result = run("förklara", "--innehåll", year.parent, "1.2.1")
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "”åtta” är inte ett heltal" in result.output


def test_a_figure_must_be_named() -> None:
    assert run("förklara", "--innehåll", CONTENT).exit_code == 2


def listed(*said: str) -> dict[str, str]:
    result = run("tal", "--innehåll", CONTENT, *said)
    assert result.exit_code == 0, result.output
    lines = (re.fullmatch(r"  \{(.+?)\} +(.+)", line) for line in result.output.splitlines())
    return {line[1]: plain(line[2]) for line in lines if line}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("index poäng", "124 av 177"),
        ("1.2.1", "77 % (247 av 319)"),
        ("deltagare förra året", "914"),
        ("helårsekvivalenter Umeå", "−0,3 procentenheter"),
        ("bakgrund alder 20–24", "163"),
        ("belopp resultatrakning Årets resultat", "−209 941 kronor"),
    ],
)
def test_what_can_be_named_is_listed_with_its_value(name: str, value: str) -> None:
    assert listed()[name] == value


def test_a_list_can_be_of_a_unit_and_of_a_word() -> None:
    assert listed("deltagare", "--enhet", "Vännäs")["deltagare"] == "66"
    assert "index" not in listed("deltagare")
