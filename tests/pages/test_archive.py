"""The archive, a unit over the years, and the links between years."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import Tag

from generator.pages.development import development_view
from generator.scoring import as_shown, score_report
from generator.scoring.development import developments
from tests.pages.test_site import broken_links
from tests.sharing import Shared
from tests.support import (
    ASSOCIATION,
    CENTRE,
    EXAMPLES,
    a_report,
    append,
    edit,
    people,
    publish,
    soup,
    table_rows,
    text_of,
)

YEARS = ("2022", "2023", "2024")
FIRST, SECOND, THIRD = (f"{year}-arbetscentrum" for year in YEARS)


def write_years(content: Path) -> None:
    """Three years of a centre. The kitchen is new in the second; in the third all has got other names."""
    shutil.copytree(EXAMPLES / "annan-organisation", content)
    for year in YEARS:
        report = content / f"{year}-arbetscentrum"
        if year != "2023":
            shutil.copytree(content / CENTRE, report)
        edit(report / "bokslut.yaml", "titel: Socialt bokslut 2023", f"titel: Socialt bokslut {year}")
        edit(report / "bokslut.yaml", "år: 2023", f"år: {year}")
    shutil.rmtree(content / "2017-bruket")
    first, third = content / FIRST, content / THIRD
    edit(first / "bokslut.yaml", "  - id: koket\n    namn: Köket\n", "")
    edit(first / "exempel/bussen.md", "enhet: koket\n", "")
    edit(first / "utfall/deltagare.csv", "Köket;Inskrivna;12;8;0\nKöket;Avslutade;5;3;0\n", "")
    (first / "utfall/bakgrund.csv").unlink()
    edit(third / "budget.yaml", "id: 1.1.1", "id: 1.1.9\n            motsvarar: 1.1.1")
    edit(third / "budget.yaml", "krav: minst 50 %", "krav: minst 60 %")
    edit(
        third / "budget.yaml",
        "mått: könsfördelning\n            rad: inskrivna",
        "mått: könsfördelning\n            rad: avslutade",
    )
    edit(third / "utfall/deltagare.csv", "Köket;Avslutade;5;3;0", "Köket;Avslutade;6;3;0")


@pytest.fixture(scope="session")
def years(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        write_years(folder / "content")
        publish(folder / "content", folder / "output")

    return shared.folder("years", make) / "output"


def a_table(site: Path, page: str, section: str = "") -> Tag:
    found = soup(site / f"{page}.html")
    table = found.select_one(f"#{section} table" if section else "main table")
    assert table is not None
    return table


def row_of(table: Tag, label: str) -> dict[str, str]:
    head = table_rows(table)
    (row,) = [row for row in head if next(iter(row.values())).startswith(label)]
    return row


def links_in(element: Tag) -> list[str]:
    return [str(link["href"]) for link in element.find_all("a", href=True)]


# The archive


def test_every_link_of_the_archive_leads_somewhere(years: Path) -> None:
    assert broken_links(years) == []
    assert len(links_in(soup(years / "arkiv.html"))) > 12


def test_the_archive_has_a_row_for_each_unit_and_a_column_for_each_year(years: Path) -> None:
    table = a_table(years, "arkiv")
    assert [text_of(head) for head in table.select("thead th")] == ["Redovisas för", *YEARS]
    names = [str(next(iter(row.values()))) for row in table_rows(table)]
    assert [name.split(" ")[0] for name in names] == ["Arbetscentrum", "Verkstan", "Köket"]


def test_a_unit_leads_to_its_page_of_each_year(years: Path) -> None:
    (kitchen,) = [row for row in a_table(years, "arkiv").select("tbody tr") if "Köket" in text_of(row)]
    assert links_in(kitchen) == [
        "over-aren-koket.html",
        f"{SECOND}/avdelning-koket.html",
        f"{THIRD}/avdelning-koket.html",
    ]


def test_the_title_of_a_page_over_the_years_says_so(years: Path) -> None:
    title = soup(years / "over-aren-koket.html").title
    assert title is not None
    assert title.text.startswith("Köket över åren – ")


def test_a_year_without_the_unit_is_a_dash(years: Path) -> None:
    assert "–" in row_of(a_table(years, "arkiv"), "Köket")["2022"]


def test_the_archive_has_the_index_and_signal_of_each_year(years: Path) -> None:
    whole = row_of(a_table(years, "arkiv"), "Arbetscentrum")
    assert whole["2023"] == "Socialt bokslut 2023: 100 Når indexmålet"
    assert whole["2024"] == "Socialt bokslut 2024: 50 Under indexmålet"


def test_years_that_have_room_have_words_beside_the_symbols(years: Path) -> None:
    for page in ("arkiv", "over-aren-centrum"):
        assert not soup(years / f"{page}.html").select(".years-legend, .years-many")


def test_with_many_years_a_list_has_the_words_of_the_symbols(tmp_path: Path) -> None:
    write_years(tmp_path / "content")
    for year in range(2025, 2028):
        report = tmp_path / f"content/{year}-arbetscentrum"
        shutil.copytree(tmp_path / "content" / THIRD, report)
        edit(report / "bokslut.yaml", "år: 2024", f"år: {year}")
    site = publish(tmp_path / "content", tmp_path / "output").folder
    legend = soup(site / "arkiv.html").select_one(".years-legend")
    assert legend is not None
    assert text_of(legend) == "Når indexmålet Under indexmålet"
    assert len(soup(site / "over-aren-centrum.html").select(".years-many")) == 2
    assert not soup(site / "over-aren-centrum.html").select("#deltagare .years-legend")


def test_two_reports_of_one_year_are_told_apart(tmp_path: Path) -> None:
    write_years(tmp_path / "content")
    edit(tmp_path / f"content/{FIRST}/bokslut.yaml", "år: 2022", "år: 2023")
    site = publish(tmp_path / "content", tmp_path / "output").folder
    whole = row_of(a_table(site, "arkiv"), "Arbetscentrum")
    assert "Socialt bokslut 2022: 67" in whole["2023"]
    assert "Socialt bokslut 2023: 100" in whole["2023"]
    heads = a_table(site, "over-aren-centrum", "index").select("thead th:not(.cell-picture)")[1:]
    assert [text_of(head)[:20] for head in heads] == [
        "Socialt bokslut 2022",
        "Socialt bokslut 2023",
        "2024 Socialt bokslut",
    ]


def test_the_start_page_lists_every_report_the_latest_first(years: Path) -> None:
    heading = soup(years / "index.html").find("h2", string="Alla bokslut")
    assert isinstance(heading, Tag)
    assert heading.parent is not None
    entries = [link for link in links_in(heading.parent) if link != "arkiv.html"]
    assert entries == [f"{year}/index.html" for year in (THIRD, SECOND, FIRST)]
    assert "arkiv.html" in links_in(heading.parent)


def test_every_page_of_a_report_leads_to_the_archive(years: Path) -> None:
    for path in sorted((years / SECOND).glob("*.html")):
        assert "../arkiv.html" in links_in(soup(path)), path.name


def test_a_site_with_one_report_has_no_archive(centre: Path, tmp_path: Path) -> None:
    site = publish(centre.parent, tmp_path / "output").folder
    assert not list(site.glob("arkiv*"))
    assert not list(site.glob("over-aren*"))
    assert "arkiv" not in (site / "index.html").read_text("utf-8")


def test_the_pages_of_the_archive_are_in_the_map_of_the_site(tmp_path: Path) -> None:
    write_years(tmp_path / "content")
    append(tmp_path / "content/webbplats.yaml", "basadress: https://dalby.example/\n")
    publish(tmp_path / "content", tmp_path / "output")
    sitemap = (tmp_path / "output/sitemap.xml").read_text("utf-8")
    for page in ("arkiv", "over-aren-centrum", "over-aren-koket"):
        assert f"<loc>https://dalby.example/{page}.html</loc>" in sitemap
        canonical = soup(tmp_path / f"output/{page}.html").select_one("link[rel=canonical]")
        assert canonical is not None
        assert canonical["href"] == f"https://dalby.example/{page}.html"


# Between the years


@pytest.mark.parametrize(
    ("page", "links", "said"),
    [
        (f"{SECOND}/index.html", [f"../{FIRST}/index.html", f"../{THIRD}/index.html"], "IMPACTindex 50"),
        ("index.html", [f"{FIRST}/index.html", f"{THIRD}/index.html"], "IMPACTindex 50"),
        (f"{THIRD}/avdelning-koket.html", [f"../{SECOND}/avdelning-koket.html"], ""),
    ],
)
def test_a_page_leads_to_the_same_in_the_other_years(
    years: Path, page: str, links: list[str], said: str
) -> None:
    nav = soup(years / page).select_one("nav.other-years")
    assert nav is not None
    assert links_in(nav) == links
    assert said in text_of(nav)


# A unit over the years


def test_every_unit_of_several_reports_has_a_page(years: Path) -> None:
    pages = {path.name for path in years.glob("over-aren-*.html")}
    assert pages == {"over-aren-centrum.html", "over-aren-verkstan.html", "over-aren-koket.html"}


def test_the_columns_are_the_reports_that_have_the_unit(years: Path) -> None:
    for unit, expected in (("centrum", YEARS), ("koket", YEARS[1:])):
        heads = a_table(years, f"over-aren-{unit}", "index").select("thead th:not(.cell-picture)")[1:]
        assert [text_of(head)[:4] for head in heads] == list(expected)


def test_participants_stand_beside_each_other(years: Path) -> None:
    rows = table_rows(a_table(years, "over-aren-koket", "deltagare"))
    figures = [[value.split()[-1] for value in list(row.values())[1:]] for row in rows]
    assert figures == [["20", "20"], ["8", "9"]]


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ({"deltagare": 30, "avslut": 7}, "Avslut: från 8 (2022) till 7 (2024)."),
        ({"deltagare": 30}, "Inget av talen går att jämföra från 2022 till 2024."),
    ],
)
def test_the_lead_tells_a_figure_that_is_known_in_the_first_and_the_last_year(
    last: Mapping[str, int], told: str
) -> None:
    counted: Mapping[int, Mapping[str, int]] = {
        2022: {"avslut": 8},
        2023: {"deltagare": 20, "avslut": 9},
        2024: last,
    }
    reports = []
    for year, rows in counted.items():
        participants = {(ASSOCIATION, row): people(number, 0) for row, number in rows.items()}
        report = a_report(
            {"mått": "intyg", "krav": "uppfyllt"}, rows=("deltagare", "avslut"), participants=participants
        )
        settings = report.settings.model_copy(update={"year": year})
        reports.append(as_shown(score_report(replace(report, id=str(year), settings=settings))))
    (development,) = developments(reports)
    assert development_view(development, "Förbundet").lead == told


def test_an_indicator_is_followed_under_its_new_number(years: Path) -> None:
    table = a_table(years, "over-aren-centrum", "indikatorer")
    labels = [str(next(iter(row.values()))) for row in table_rows(table)]
    assert [label.split()[0] for label in labels] == ["1.1.9", "2.1.1", "2.1.2"]
    assert "–" not in row_of(table, "1.1.9").values()


def test_a_changed_definition_is_marked_and_told(years: Path) -> None:
    table = a_table(years, "over-aren-centrum", "indikatorer")
    (row,) = [row for row in table.select("tbody tr") if "2.1.1" in text_of(row)]
    marked = [text_of(cell) for cell in row.select("td.is-break")]
    assert len(marked) == 1
    assert "2024" in marked[0]
    assert "Ny definition" in marked[0]
    note = row.select_one(".break-note")
    assert note is not None
    assert "Definitionen ändrades 2024. 2023: " in text_of(note)
    assert "raden inskrivna. 2024: Andelen kvinnor i raden avslutade." in text_of(note)


def test_a_new_target_is_shown_but_breaks_nothing(years: Path) -> None:
    table = a_table(years, "over-aren-centrum", "indikatorer")
    (row,) = [row for row in table.select("tbody tr") if "1.1.9" in text_of(row)]
    assert not row.select(".is-break, .break-note")
    assert "krav minst 50 %" in text_of(row)
    assert "krav minst 60 %" in text_of(row)


def test_an_index_of_other_indicators_is_told(years: Path) -> None:
    table = a_table(years, "over-aren-centrum", "index")
    notes = [text_of(note) for note in table.select(".break-note")]
    assert notes
    assert all(note.startswith("2024: Räknas på andra indikatorer") for note in notes)
    assert len(table.select("td.is-break")) == len(notes)


# Disclosure control


def test_what_a_year_hides_is_hidden_beside_the_other_years_too(tmp_path: Path) -> None:
    write_years(tmp_path / "content")
    for year in YEARS:
        edit(
            tmp_path / f"content/{year}-arbetscentrum/bokslut.yaml",
            "röjandekontroll: av",
            "röjandekontroll: 9",
        )
    site = publish(tmp_path / "content", tmp_path / "output").folder
    people = table_rows(a_table(site, "over-aren-koket", "deltagare"))
    ended = [value.split()[-1] for value in list(people[1].values())[1:]]
    assert ended == ["..", ".."]
    outcomes = row_of(a_table(site, "over-aren-koket", "indikatorer"), "1.1.9")
    for outcome in list(outcomes.values())[1:]:
        assert ".." in outcome
        assert not re.search(r"\b[89]\b|4[05] %", outcome)


# Without points


def test_reports_without_points_tell_how_many_targets_were_met(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(EXAMPLES / "annan-organisation", content)
    shutil.copytree(content / "2017-bruket", content / "2018-bruket")
    edit(content / "2018-bruket/bokslut.yaml", "år: 2017", "år: 2018")
    edit(content / "2018-bruket/utfall/varden.csv", "2017", "2018")
    site = publish(content, tmp_path / "output").folder
    bruket = row_of(a_table(site, "arkiv"), "Bruket")
    assert "2 av 3 krav uppfyllda" in bruket["2017"]
    assert "IMPACTindex" not in bruket["2017"]
    page = soup(site / "over-aren-bruket.html")
    assert "IMPACTindex" not in text_of(page.select("main")[0])
    assert page.select_one("#indikatorer table") is not None
    other = soup(site / "2018-bruket/index.html").select_one("nav.other-years")
    assert other is not None
    assert "2 av 3 krav uppfyllda" in text_of(other)
