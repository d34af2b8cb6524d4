"""What can be searched: the index of each report, that of the site, and the register."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    CENTRE,
    LOCAL,
    PLAN,
    YEAR,
    append,
    by_id,
    edit,
    html_files,
    printed_number,
    publish,
    results_in,
    soup,
    text_of,
)

INDEX = "assets/sokindex.js"


def index_of(folder: Path) -> dict[str, Any]:
    """What the script hands over."""
    text = (folder / INDEX).read_text("utf-8")
    index: dict[str, Any] = json.loads(text.removeprefix("window.bokslutIndex.push(").removesuffix(");\n"))
    return index


def places_in(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Address, anchor, title and text of everything that can be found."""
    for address, title, text, sections in index_of(folder)["pages"]:
        yield address, "", title, text
        for section in sections:
            yield address, *section


def words_of(folder: Path) -> str:
    return " ".join(" ".join(place[2:]) for place in places_in(folder))


# The index


def test_the_site_knows_its_reports_and_its_own_pages(web_site: Path) -> None:
    index = index_of(web_site)
    assert index["reports"] == [LOCAL, PLAN, YEAR]
    assert [page[0] for page in index["pages"]] == [
        "arkiv.html",
        "tillganglighet.html",
        "over-aren-robertsfors.html",
    ]


def test_a_site_with_one_report_has_no_pages_of_its_own(centre: Path, tmp_path: Path) -> None:
    site = publish(centre.parent, tmp_path / "ut").folder
    assert index_of(site)["reports"] == [CENTRE]
    assert index_of(site)["pages"] == []


@pytest.mark.parametrize("report", [YEAR, LOCAL])
def test_every_page_of_a_report_is_in_its_index(web_site: Path, report: str) -> None:
    index = index_of(web_site / report)
    assert index["folder"] == report
    pages = {path.name for path in html_files(web_site / report)}
    assert {page[0] for page in index["pages"]} == pages - {"sok.html", "404.html"}


@pytest.mark.parametrize("folder", ["", YEAR, LOCAL])
def test_everything_that_can_be_found_is_there(web_site: Path, folder: str) -> None:
    pages = {path.name: soup(path) for path in (web_site / folder).glob("*.html")}
    places = list(places_in(web_site / folder))
    assert places
    for address, anchor, _, _ in places:
        assert not anchor or pages[address].find(id=anchor), (address, anchor)


def test_everything_of_another_organisation_that_can_be_found_is_there(other_web: Path) -> None:
    for report in index_of(other_web)["reports"]:
        for address, anchor, _, _ in places_in(other_web / report):
            page = soup(other_web / report / address)
            assert not anchor or page.find(id=anchor), (address, anchor)


def test_an_indicator_is_found_by_its_number_with_outcome_and_target(web_site: Path) -> None:
    places = {title: (address, anchor, text) for address, anchor, title, text in places_in(web_site / YEAR)}
    address, anchor, text = places["1.2.1 Avslut till en för individen positiv lösning"]
    assert (address, anchor) == ("omrade-1.html", "i-1-2-1")
    assert text.startswith("Utfall 77\N{NO-BREAK SPACE}%, krav minst 80\N{NO-BREAK SPACE}%. Nära målet. ")


def test_every_indicator_of_the_association_is_in_the_index(web_site: Path) -> None:
    titles = {title for _, _, title, _ in places_in(web_site / YEAR)}
    for indicator in results_in(web_site)["indikatorer"]:
        assert f"{printed_number(indicator['id'])} {indicator['text']}" in titles


def test_what_stands_under_a_heading_in_a_text_is_a_place_of_its_own(web_site: Path) -> None:
    found = {anchor: (title, text) for _, anchor, title, text in places_in(web_site / YEAR)}
    title, text = found["text-forbundschefens-berattelse-ett-ar-pa-avstand"]
    assert title == "Ett år på avstånd"
    assert text.startswith("Pandemin bestämde")
    assert "Pandemin bestämde" not in found["text-forbundschefens-berattelse"][1]


def test_the_names_of_rows_are_found_and_their_figures_are_not(web_site: Path) -> None:
    places = {(address, anchor): text for address, anchor, _, text in places_in(web_site / YEAR)}
    rows = places["plattform-vannas.html", "tabell-vannas"]
    assert "Extratjänst" in rows
    assert not any(character.isdigit() for character in rows)


def test_signals_are_found_by_their_colours(web_site: Path) -> None:
    (text,) = (text for _, _, title, text in places_in(web_site / YEAR) if title == "Signalerna")
    assert "Orange Nära målet: Kravet är inte nått" in text


def test_the_index_holds_plain_text(centre: Path, tmp_path: Path) -> None:
    story = next((centre / "exempel").glob("*.md"))
    append(
        story,
        "\n**Fetstil**[^1] och a < b & <script>alert(1)</script> för\N{SOFT HYPHEN}bund.\n\n[^1]: Not.\n",
    )
    words = words_of(publish(centre.parent, tmp_path / "ut").folder / CENTRE)
    assert "Fetstil och a < b & " in words
    assert "förbund." in words
    assert "Not. " in words and "Tillbaka till texten" not in words
    assert "<strong>" not in words
    assert "&amp;" not in words


def test_a_hidden_outcome_is_in_no_index(centre: Path, tmp_path: Path) -> None:
    edit(centre / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    site = publish(centre.parent, tmp_path / "ut").folder
    hidden = [indicator for indicator in results_in(site, CENTRE)["indikatorer"] if indicator["skyddad"]]
    places = {title: text for _, _, title, text in places_in(site / CENTRE)}
    assert hidden
    for indicator in hidden:
        assert places[f"{indicator['id']} {indicator['text']}"].startswith("Krav ")


def test_of_a_page_that_is_left_out_nothing_is_in_the_index(centre: Path, tmp_path: Path) -> None:
    shutil.rmtree(centre / "exempel")
    append(centre / "bokslut.yaml", "\ninnehåll: [översikt, områden]\n")
    index = index_of(publish(centre.parent, tmp_path / "ut").folder / CENTRE)
    assert {page[0].partition("-")[0] for page in index["pages"]} == {"index.html", "omrade"}


# The register


def test_the_register_leads_to_every_page_goal_and_indicator(web_site: Path) -> None:
    page = soup(web_site / YEAR / "sok.html")
    entries = {
        str(link["href"]): text_of(entry) for entry in page.select(".register-entry") for link in entry("a")
    }
    pages = {path.name for path in html_files(web_site / YEAR)}
    assert pages - {"sok.html", "404.html"} <= set(entries)
    assert entries["omrade-1.html"] == "Samhälls- och medlemsnytta målområde 1"
    assert entries["omrade-1.html#i-1-2-1"].endswith("indikator 1.2.1")
    assert entries["omrade-1.html#m-1-2"].endswith("mål 1.2")


def test_the_register_follows_the_swedish_alphabet(web_site: Path) -> None:
    page = soup(web_site / YEAR / "sok.html")
    letters = [text_of(heading) for heading in page.select(".register-letter h3")]
    assert letters == sorted(set(letters), key="0–9 ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index)
    assert letters[-1] in ("Å", "Ä", "Ö")
    for section in page.select(".register-letter"):
        letter = text_of(section.select("h3")[0])
        assert all(text_of(link).startswith(letter) for link in section.select("a"))


# Without scripts


@pytest.mark.parametrize("path", ["index.html", "arkiv.html", f"{YEAR}/index.html", f"{LOCAL}/omrade-1.html"])
def test_every_page_leads_to_the_register_of_its_report(web_site: Path, path: str) -> None:
    in_bar, in_rail = soup(web_site / path).select("a.find")
    assert in_bar["href"] == in_rail["href"]
    target = (web_site / path).parent / str(in_bar["href"])
    assert target.resolve().parent.name == (LOCAL if path.startswith(LOCAL) else YEAR)
    assert by_id(soup(target), "register-1")
