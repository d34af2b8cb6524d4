"""The annual report of 2021: tables in words, units of rows, several notes, sources, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path

from bs4 import Tag

from generator.model.shown import ShownReport
from generator.pages import parts
from generator.pages.booklet import booklet
from generator.pages.compose import compose
from tests.reconciling.reports import found_in
from tests.support import YEAR, append, by_id, checked_content, only_problem_in, soup, table_rows, text_of


def table(site: Path, page: str, id: str) -> Tag:
    return by_id(soup(site / YEAR / f"{page}.html"), f"belopp-{id}")


def rows(site: Path, page: str, id: str) -> list[dict[str, str]]:
    shown = table(site, page, id).table
    assert shown is not None
    return table_rows(shown)


def test_words_stand_in_columns_and_a_table_of_words_has_no_unit(web_site: Path) -> None:
    first = rows(web_site, "styrning", "moten")[0]
    assert [first["Antal"], first["När"]] == ["6", "2021"]
    assert [row["2021-12-31"] for row in rows(web_site, "ekonomi", "panter")] == ["Inga", "Inga"]
    assert not table(web_site, "ekonomi", "panter").select(".caption")


def test_a_row_may_have_a_unit_of_its_own(web_site: Path) -> None:
    years = {row["Post"]: row["2021"] for row in rows(web_site, "forvaltningsberattelse", "femarsoversikt")}
    assert [years["Soliditet"], years["Anställda, personer"]] == ["28 %", "4"]
    counts = {row["Post"]: row["Antal"] for row in rows(web_site, "verksamheten", "vaga-vaxa")}
    assert [counts["Nya under året"], counts["Tid till avslut i snitt, månader"]] == ["19", "8,8"]


def test_a_row_may_lead_to_several_notes(web_site: Path) -> None:
    links = table(web_site, "ekonomi", "resultatrakning").select("td.amount-note a")
    assert [text_of(link) for link in links] == ["Not 2", "Not 3", "Not 4", "Not 5"]
    page = soup(web_site / YEAR / "ekonomi.html")
    assert all(by_id(page, str(link["href"]).removeprefix("#")) for link in links)


def test_the_source_stands_below_the_table_and_in_the_data(web_site: Path) -> None:
    assert "Källa: årsredovisningen 2021, avsnitt 2." in text_of(
        table(web_site, "ekonomi", "resultatrakning")
    )
    package = json.loads((web_site / YEAR / "data/datapackage.json").read_text("utf-8"))
    sources = {one["name"]: one.get("sources") for one in package["resources"]}
    assert sources["belopp-resultatrakning"] == [{"title": "årsredovisningen 2021, avsnitt 2"}]


def test_a_name_of_what_is_not_printed_that_does_not_exist_is_told(year: Path) -> None:
    append(year / "bokslut.yaml", "\ntryck:\n  utan: [not-99]\n")
    assert found_in(only_problem_in(year.parent)) == "delen eller tabellen ”not-99” finns inte"


def test_what_is_not_printed_is_told_of_and_the_rest_of_its_page_is_printed(report_2021: ShownReport) -> None:
    settings = report_2021.report.settings
    document = compose(report_2021, checked_content().site.settings)
    printed, unprinted = booklet(document, settings, ""), {*settings.printing.unprinted}
    pages = {page.id: page.content for page in printed.pages}
    of_year = pages["forvaltningsberattelse"]
    assert isinstance(of_year, parts.TablesPart)
    assert [table.definition.id for table in of_year.tables] == ["femarsoversikt", "kostnadsfordelning"]
    assert unprinted.isdisjoint(pages)
    titles = {table.id: table.title for table in settings.tables}
    assert titles["utfall-budget"] in [link.text for link in printed.left_out]
