"""The published reports of many organisations beside each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from generator.model.places import ContentError
from generator.overview import build_overview
from generator.publishing import OutputError
from tests.support import text_of
from tests.test_cli import run


def area(name: str, percent: float | None, signal: str | None = "gron") -> dict[str, Any]:
    return {"namn": name, "index": percent, "signal": signal, "matta": 4, "antal": 5}


def result(organisation: str, percent: float, *areas: dict[str, Any], **others: Any) -> dict[str, Any]:
    """As the contract has it, with a name that is not known yet."""
    head = {"titel": "Socialt bokslut 2023", "organisation": organisation, "nytt": 1}
    return {
        "rapport": {**head, "fran": "2023-01-01", "till": "2023-12-31"},
        "index": {**area("", percent), "mal": 70, "redovisat": None},
        "omraden": list(areas),
        **others,
    }


def write(folder: Path, **results: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, written in results.items():
        (folder / f"{name}.json").write_text(json.dumps(written), "utf-8")
    return folder


def page_of(results: Path) -> BeautifulSoup:
    output = results.parent / "oversikt"
    build_overview(results, output, "neutral")
    return BeautifulSoup((output / "index.html").read_text("utf-8"), "lxml")


def rows_of(page: BeautifulSoup, section: str) -> list[list[str]]:
    heading = page.find("h2", id=section)
    assert heading is not None
    table = heading.find_next("table")
    assert table is not None
    for label in table.select(".cell-label, .for-ears, .symbol"):
        label.decompose()
    return [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]


PEOPLE = [
    {"id": "deltagare", "namn": "Deltagare", "totalt": 120},
    {"id": "a", "namn": "Avslut", "totalt": None},
]
THREE = {
    "c": result("Cederby", 90, area("Samverkan", 80), area("Arbete", 40, "rod"), deltagare=PEOPLE),
    "a": result("Alby", 55, area("samverkan", 60, "orange"), deltagare=PEOPLE),
    "b": result("Boda", 70, area("Samverkan", None, None), area("Vård", 75)),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    return page_of(write(tmp_path_factory.mktemp("manga") / "resultat", **THREE))


def test_organisations_stand_by_name_and_not_by_result(page: BeautifulSoup) -> None:
    named = "Socialt bokslut 2023"
    assert rows_of(page, "index") == [
        [f"Alby {named}", "55", "60"], [f"Boda {named}", "70", "–"], [f"Cederby {named}", "90", "80"],
    ]  # fmt: skip


def test_areas_that_one_alone_has_are_no_columns(page: BeautifulSoup) -> None:
    assert [text_of(told) for told in page.select(".what-if dd")] == ["Vård 75", "Arbete 40"]


def test_two_years_of_one_organisation_share_nothing(tmp_path: Path) -> None:
    years = {year: result("Alby", 50, area("Vård", 75), deltagare=PEOPLE) for year in ("a", "b")}
    years["b"]["rapport"] |= {"fran": "2024-01-01", "till": "2024-12-31"}
    page = page_of(write(tmp_path / "resultat", **years))
    assert [text_of(told) for told in page.select(".what-if dd")] == ["Vård 75", "Vård 75"]
    assert page.find("h2", id="deltagare") is None


def test_without_an_index_there_is_no_target_of_it(tmp_path: Path) -> None:
    page = page_of(
        write(tmp_path / "resultat", a=result("Alby", 50) | {"index": {**area("", None), "mal": 70}})
    )
    assert rows_of(page, "metod")[0][4] == "–"


def test_the_spread_is_drawn_where_there_are_three_to_draw(page: BeautifulSoup) -> None:
    assert rows_of(page, "spridning") == [["Totalt", "", "55", "70", "90", "3"]]
    assert len(page.select("circle")) == 3


def test_an_index_and_a_target_may_have_decimals(tmp_path: Path) -> None:
    report = result("Alby", 69.5, area("Vård", 64.9, "rod"))
    report["index"]["mal"] = 66.7
    page = page_of(write(tmp_path / "resultat", a=report))
    assert rows_of(page, "index") == [["Alby Socialt bokslut 2023", "69,5"]]
    assert [text_of(told) for told in page.select(".what-if dd")] == ["Vård 64,9"]
    assert "66,7" in text_of(page)


def test_counts_are_shown_as_published_and_hidden_ones_stay_hidden(page: BeautifulSoup) -> None:
    assert [row[1:] for row in rows_of(page, "deltagare")] == [["120", ".."], ["–", "–"], ["120", ".."]]


def test_what_differs_in_method_is_stated(page: BeautifulSoup) -> None:
    assert rows_of(page, "metod")[0][1:] == ["2023", "1", "4 av 5", "70", "Nej"]


def test_names_are_text_wherever_they_come_from(tmp_path: Path) -> None:
    page = page_of(write(tmp_path / "r", a=result("<script>alert(1)</script>", 50)))
    assert page.find("script") is None
    assert "<script>alert(1)</script>" in text_of(page)


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\u202e", "\u2066", "\ufffe"])
def test_names_have_no_signs_that_turn_or_end_what_is_read(sign: str, tmp_path: Path) -> None:
    named, of_area = result(f"Al{sign}by", 50), result("Dalby", 50, area(f"A{sign}", 50))
    with pytest.raises(ContentError) as caught:
        build_overview(write(tmp_path / "r", a=named, b=of_area), tmp_path / "ut", "neutral")
    assert len(caught.value.problems) == 2


def test_every_fault_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    results = write(tmp_path / "r", a=result("Alby", 101), b={"rapport": {}}, c=THREE["c"], d=THREE["c"])
    (results / "e.json").write_text("[", "utf-8")
    with pytest.raises(ContentError) as caught:
        build_overview(results, tmp_path / "ut", "neutral")
    told = "\n".join(map(str, caught.value.problems))
    assert "”index → index” är inte vad det ska vara" in told
    assert "”rapport → titel” saknas" in told
    assert "samma bokslut som c.json" in told
    assert "e.json" in told
    assert not (tmp_path / "ut").exists()


def test_a_plan_has_nothing_to_show_beside_results(tmp_path: Path) -> None:
    plan = result("Alby", 50)
    plan["rapport"]["typ"] = "plan"
    with pytest.raises(ContentError) as caught:
        build_overview(write(tmp_path / "r", plan=plan), tmp_path / "ut", "neutral")
    assert "filen är en plan" in str(caught.value.problems[0])


def test_a_folder_without_results_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        build_overview(write(tmp_path / "r"), tmp_path / "ut", "neutral")
    assert "mappen har inga resultat" in str(caught.value.problems[0])


def test_a_folder_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    results = write(tmp_path / "r", a=THREE["a"])
    with pytest.raises(OutputError):
        build_overview(results, results, "neutral")


def test_the_page_may_have_another_theme(tmp_path: Path) -> None:
    results = write(tmp_path / "r", **THREE)
    styles = []
    for theme in ("neutral", "kusten"):
        done = run("översikt", results, "--ut", tmp_path / theme, "--tema", theme)
        assert done.exit_code == 0, done.output
        styles.append([path.read_bytes() for path in sorted((tmp_path / theme).rglob("*.css"))])
    assert styles[0] != styles[1]
    assert "Temat ”kust” finns inte. Menade du ”kusten”?" in run("översikt", results, "--tema", "kust").output
