"""The pages of the built site, all of them: structure, navigation, links and safety."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from tests.support import (
    CONTENT,
    LOCAL,
    PLAN,
    YEAR,
    Published,
    html_files,
    plain,
    printed_number,
    results_in,
    soup,
    text_of,
)

# In the order of the menu.
REPORT_PAGES = [
    "index", "impactindex", "omrade-1", "omrade-2", "omrade-3", "omrade-4", "omrade-5", "social-budget",
    "deltagare", "helarsekvivalenter", "exempel", "plattformar", "plattform-ungdomstorget",
    "plattform-vuxentorget", "plattform-bjurholm", "plattform-vannas", "plattform-nordmaling",
    "plattform-robertsfors", "plattform-vindeln", "aret", "forvaltningsberattelse", "hushallning",
    "styrning", "verksamheten", "ekonomi", "underskrifter",
    "lasanvisning", "metod", "oppna-data", "om-forbundet", "kontakt", "lattlast", "english",
]  # fmt: skip
COMMON = ["index.html", "404.html", "arkiv.html", "over-aren-robertsfors.html", "tillganglighet.html"]
ALL_PAGES = [*COMMON, *(f"{YEAR}/{page}.html" for page in (*REPORT_PAGES, "sok", "404"))]
NAVIGATED = ["index.html", *(f"{YEAR}/{page}.html" for page in REPORT_PAGES)]


@pytest.fixture(scope="module")
def pages(web_site: Path) -> dict[str, BeautifulSoup]:
    """Every page by its path."""
    return {path.relative_to(web_site).as_posix(): soup(path) for path in html_files(web_site)}


def indicators(web_site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = results_in(web_site)["indikatorer"]
    return found


def test_the_parts_of_the_report_are_these_pages(pages: dict[str, BeautifulSoup]) -> None:
    assert {page for page in pages if not page.startswith((LOCAL, PLAN))} == set(ALL_PAGES)


def test_a_local_report_has_no_parts_of_units_or_index(pages: dict[str, BeautifulSoup]) -> None:
    areas = [f"omrade-{area}" for area in range(1, 5)]
    names = (
        "404",
        "index",
        *areas,
        "strategiska-mal",
        "deltagare",
        "helarsekvivalenter",
        "social-budget",
        "lasanvisning",
        "metod",
        "oppna-data",
        "om-forbundet",
        "kontakt",
        "sok",
    )
    assert {page for page in pages if page.startswith(LOCAL)} == {f"{LOCAL}/{name}.html" for name in names}


# Structure


def test_a_page_has_a_language_a_title_and_one_main_heading(pages: dict[str, BeautifulSoup]) -> None:
    for page in ALL_PAGES:
        html = pages[page]
        assert html.html is not None and html.html["lang"] == ("en" if "english" in page else "sv"), page
        assert html.title is not None and html.title.get_text().strip(), page
        assert (len(html.find_all("h1")), len(html.find_all("main"))) == (1, 1), page


def test_every_part_has_a_title_of_its_own(pages: dict[str, BeautifulSoup]) -> None:
    titles = [pages[f"{YEAR}/{part}.html"].title for part in REPORT_PAGES]
    assert len({text_of(title) for title in titles if title}) == len(REPORT_PAGES)


def test_headings_skip_no_level(pages: dict[str, BeautifulSoup]) -> None:
    for page in ALL_PAGES:
        levels = [int(tag.name[1]) for tag in pages[page].find_all(re.compile("^h[1-6]$"))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), page


def test_ids_are_unique_on_a_page(pages: dict[str, BeautifulSoup]) -> None:
    for page in ALL_PAGES:
        ids = [str(tag["id"]) for tag in pages[page].find_all(id=True)]
        assert len(set(ids)) == len(ids), page


def test_every_table_has_a_caption_and_named_columns(pages: dict[str, BeautifulSoup]) -> None:
    for table in (table for page in ALL_PAGES for table in pages[page].find_all("table")):
        assert table.caption is not None and text_of(table.caption), table
        assert table.find_all("th", scope="col"), table


def test_no_braces_and_no_empty_words_are_left(pages: dict[str, BeautifulSoup]) -> None:
    for page in ALL_PAGES:
        text = text_of(pages[page])
        for leftover in ("{", "}", "None", "Undefined", "Markup", "Fraction(", "<", "&amp;"):
            assert leftover not in text, page


# Navigation


def addresses(node: Tag) -> list[str]:
    return [str(link["href"]) for link in node.find_all("a", href=True)]


def test_a_page_leads_to_all_parts(pages: dict[str, BeautifulSoup]) -> None:
    for page in NAVIGATED:
        folder = "" if page.startswith(YEAR) else f"{YEAR}/"
        (contents,) = pages[page].find_all("nav", attrs={"aria-label": "Innehåll"})
        parts = [*(f"{folder}{part}.html" for part in REPORT_PAGES), "#innehall"]
        assert addresses(contents) == parts, page


def test_a_page_leads_to_the_part_before_and_the_part_after(pages: dict[str, BeautifulSoup]) -> None:
    for number, page in enumerate(REPORT_PAGES):
        html = pages[f"{YEAR}/{page}.html"]
        before = [f"{part}.html" for part in REPORT_PAGES[number - 1 : number] if number]
        after = [f"{part}.html" for part in REPORT_PAGES[number + 1 : number + 2]]
        assert [str(link["href"]) for link in html.find_all("a", rel="prev")] == before, page
        assert [str(link["href"]) for link in html.find_all("a", rel="next")] == after, page


def test_the_page_one_is_on_is_marked(pages: dict[str, BeautifulSoup]) -> None:
    for page in REPORT_PAGES:
        current = {str(link["href"]) for link in pages[f"{YEAR}/{page}.html"].select("[aria-current=page]")}
        assert current == {f"{page}.html"}


def test_the_start_page_lists_all_reports(pages: dict[str, BeautifulSoup]) -> None:
    links = [link for link in pages["index.html"].find_all("a") if link["href"] == f"{YEAR}/index.html"]
    assert "Socialt bokslut 2021" in [text_of(link) for link in links]


def test_every_page_leads_to_the_pdf(site: Published) -> None:
    for page in (path for path in html_files(site.report) if path.name != "404.html"):
        (pdf,) = {link for link in Addresses(page).addresses if link.endswith(".pdf")}
        assert page.parent.joinpath(pdf).resolve() == site.pdf.resolve()


# Links


def resources(html: BeautifulSoup) -> list[str]:
    """Addresses of what a page loads by itself."""
    loaded = [str(tag["src"]) for tag in html.find_all(src=True)]
    loaded += [str(tag["href"]) for tag in html.find_all("link", href=True) if tag["rel"] != ["canonical"]]
    styles = [style.get_text() for style in html.find_all("style")]
    styles += [str(tag["style"]) for tag in html.find_all(style=True)]
    return loaded + [url for style in styles for url in re.findall(r"url\(([^)]+)\)", style)]


TAG = re.compile(r"<\w[^>]*>")
LEADS = re.compile(r'\s(id|src|href)="([^"]*)"')


class Addresses:
    """The ids of a page, and the addresses that it leads to or loads."""

    def __init__(self, page: Path) -> None:
        text = page.read_text("utf-8")
        self.ids: set[str] = set()
        self.addresses = set(re.findall(r"url\(([^)]+)\)", text))
        for tag in TAG.findall(text):
            for name, value in LEADS.findall(tag):
                if name == "id":
                    self.ids.add(unescape(value))
                elif 'rel="canonical"' not in tag:
                    self.addresses.add(unescape(value))


ROOT = "https://example.org/under/"  # a site may lie below the root of its host


def broken_links(folder: Path) -> list[tuple[str, str]]:
    """Links within the site that lead to no file, or to nothing in it."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: Addresses(folder / name) for name in files if name.endswith(".html")}
    return [
        (name, address)
        for name, page in sorted(pages.items())
        for address in sorted(page.addresses)
        if not leads_somewhere(files, pages, name, address)
    ]


def leads_somewhere(files: set[str], pages: Mapping[str, Addresses], page: str, address: str) -> bool:
    if urlsplit(address).scheme in ("http", "https", "mailto", "data"):
        return True
    base = ROOT if address.startswith("/") else f"{ROOT}{page}"
    place, fragment = urldefrag(unquote(urljoin(base, address.lstrip("/"))))
    target = place.removeprefix(ROOT)
    if not fragment:
        return target in files
    return target in pages and fragment in pages[target].ids


def test_every_link_and_anchor_within_the_site_leads_somewhere(
    web_site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    assert sum(len(addresses(html)) for html in pages.values()) > 500
    assert broken_links(web_site) == []


def test_the_link_checker_finds_what_is_broken(tmp_path: Path) -> None:
    links = '<a href="borta.html">a</a><a href="#borta">b</a><a href="#kvar">c</a><img src="x.png" id="kvar">'
    (tmp_path / "prov.html").write_text(f'{links}<a href="../prov.html">d</a>', "utf-8")
    assert len(broken_links(tmp_path)) == 2 + 1 + 1


def test_every_address_in_the_style_sheets_leads_somewhere(web_site: Path) -> None:
    sheets = sorted((web_site / YEAR).glob("assets/*.css"))
    assert sheets
    urls = [
        (sheet, url.strip("'\""))
        for sheet in sheets
        for url in re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8"))
    ]
    files = [sheet.parent / url for sheet, url in urls if not url.startswith("data:")]
    assert files
    assert [file for file in files if not file.is_file()] == []


def test_a_page_loads_nothing_from_elsewhere(pages: dict[str, BeautifulSoup]) -> None:
    for address in (address for page in ALL_PAGES for address in resources(pages[page])):
        parts = urlsplit(address)
        assert not parts.scheme and not parts.netloc, address
        assert not address.startswith("/"), address


def test_style_sheets_load_nothing_from_elsewhere(web_site: Path) -> None:
    for sheet in (web_site / YEAR).glob("assets/*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"@import|url\(['\"]?(?:https?:)?//", text)


def test_a_page_runs_no_scripts_but_the_files_of_the_site(pages: dict[str, BeautifulSoup]) -> None:
    """A block of data for search engines is no script to a browser."""
    for page in ALL_PAGES:
        assert not pages[page].find_all(["iframe", "object", "embed", "base"]), page
        scripts = pages[page].select("script:not([type='application/ld+json'])")
        assert not [script for script in scripts if script.get_text() or not script["src"]], page
        attributes = {name for tag in pages[page].find_all(True) for name in tag.attrs}
        assert not [name for name in attributes if name.startswith("on")], page


def test_a_page_links_to_itself_and_its_parts_without_the_name_of_the_host(
    pages: dict[str, BeautifulSoup],
) -> None:
    for page in ALL_PAGES:
        for address in addresses(pages[page]):
            assert not address.startswith("/"), page
            assert page.endswith("404.html") or "socialtbokslut.example" not in address, page


# Indicators


@pytest.mark.parametrize("area", ["1", "2", "3", "4", "5"])
def test_every_indicator_is_on_the_page_of_its_area(
    web_site: Path, pages: dict[str, BeautifulSoup], area: str
) -> None:
    rows = {
        str(tag["id"]): text_of(tag)
        for tag in pages[f"{YEAR}/omrade-{area}.html"].find_all(id=re.compile("^i-"))
    }
    for one in indicators(web_site):
        if one["omrade"] == area:
            assert_row(rows["i-" + one["id"].replace(".", "-")], one)


def test_every_indicator_is_on_the_page_of_the_social_budget(
    web_site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    rows = [text_of(row) for row in pages[f"{YEAR}/social-budget.html"].select("tbody tr")]
    for one in indicators(web_site):
        (row,) = [row for row in rows if row.startswith(f"{printed_number(one['id'])} {one['text']}")]
        assert_row(row, one)


WORDS = {"gron": "Målet uppnått", "orange": "Nära målet", "rod": "Målet ej uppnått", None: "Ej mätt"}


def assert_row(row: str, one: dict[str, Any]) -> None:
    """A row tells the indicator's id, text, target, outcome with its basis, signal and points."""
    assert row.startswith(f"{printed_number(one['id'])} ")
    assert one["text"].replace('"', "”") in row
    assert one["krav"] in row
    assert WORDS[one["signal"]] in row
    if one["namnare"] is not None:
        assert f"{one['taljare']} av {one['namnare']}" in row
    if one["vikt"] is not None:
        assert f"{one['poang']} av {one['vikt']}" in row
    if one["orsak"] is not None:
        assert one["orsak"] in row


@pytest.mark.parametrize("unit", ["ungdomstorget", "vannas", "vindeln"])
def test_the_page_of_a_unit_shows_its_own_outcomes(
    web_site: Path, pages: dict[str, BeautifulSoup], unit: str
) -> None:
    (of_unit,) = [one for one in results_in(web_site)["enheter"] if one["id"] == unit]
    rows = [text_of(row) for row in pages[f"{YEAR}/plattform-{unit}.html"].select("tbody tr")]
    measured = [one for one in of_unit["indikatorer"] if one["signal"] is not None]
    assert len(measured) == 13
    for one in measured:
        (row,) = [row for row in rows if row.startswith(f"{printed_number(one['id'])} {one['text']}")]
        assert_row(row, one)


# Reported areas


def test_reported_areas_are_told_from_computed_ones_in_the_data(web_site: Path) -> None:
    for unit in results_in(web_site)["enheter"]:
        basis = {area["id"]: area["underlag"] for area in unit["omraden"]}
        assert basis == {
            "1": "beraknat",
            "2": "redovisat",
            "3": "redovisat",
            "4": "redovisat",
            "5": "redovisat",
        }
        assert {area["kalla"] for area in unit["omraden"][1:]} == {"årsredovisningen 2021"}


def test_the_heads_of_the_areas_say_where_their_points_are_from(pages: dict[str, BeautifulSoup]) -> None:
    heads = pages[f"{YEAR}/plattformar.html"].select("table.heat th[scope=colgroup]")
    assert [(text_of(head), head["colspan"]) for head in heads] == [
        ("Räknat här", "1"),
        ("Övertaget ur årsredovisningen 2021", "4"),
    ]


def test_a_units_total_says_which_part_is_reported(pages: dict[str, BeautifulSoup]) -> None:
    text = text_of(pages[f"{YEAR}/plattform-vindeln.html"])
    assert "103 av 167 möjliga poäng" in text
    assert "28 av 58 poäng är beräknade här, 75 av 109 är övertagna från årsredovisningen 2021" in text
    assert "7 av 7 indikatorer har ett utfall" in text


def test_the_heat_table_shows_every_index_the_highest_first_and_the_total_before_the_areas(
    web_site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    rows = [
        [text_of(cell.select(".outcome")[0]).partition(",")[0] for cell in row.find_all("td")]
        for row in pages[f"{YEAR}/plattformar.html"].select("table.heat tbody tr")
    ]
    units = sorted(
        results_in(web_site)["enheter"], key=lambda unit: Fraction(unit["index"]["exakt"]), reverse=True
    )
    assert rows == [[str(index["index"]) for index in (unit["index"], *unit["omraden"])] for unit in units]


# Texts and stories


def test_every_text_and_story_is_on_a_page(pages: dict[str, BeautifulSoup]) -> None:
    texts = [path.read_text("utf-8") for path in (CONTENT / YEAR).glob("*/*.md")]
    titles = {found[1] for text in texts for found in re.finditer(r"(?m)^titel: *['\"]?(.*?)['\"]?$", text)}
    tags = [tag for html in pages.values() for tag in html.find_all(["h1", "h2", "h3"])]
    assert len(titles) > 40
    assert titles - {re.sub(r"^Not \S+ ", "", text_of(tag)) for tag in tags} == set()


def test_a_story_tells_who_reviewed_it_and_which_indicator_it_shows(
    pages: dict[str, BeautifulSoup],
) -> None:
    stories = pages[f"{YEAR}/exempel.html"].find_all("article")
    assert len(stories) == 6
    for story in stories:
        assert "Granskad av metodutvecklare" in text_of(story)
        assert [link for link in addresses(story) if link.startswith("omrade-")]


def test_an_indicator_leads_to_the_stories_that_name_it(pages: dict[str, BeautifulSoup]) -> None:
    row = pages[f"{YEAR}/omrade-1.html"].find(id="i-1-2-5")
    assert isinstance(row, Tag)
    assert len([link for link in addresses(row) if link.startswith("exempel.html#")]) == 2


def test_the_reason_for_what_is_left_out_is_shown(pages: dict[str, BeautifulSoup]) -> None:
    row = pages[f"{YEAR}/omrade-2.html"].find(id="i-2-2-1")
    assert isinstance(row, Tag)
    assert "frågan ställdes inte" in text_of(row)
    assert "Frågan fanns inte med i årets enkät till personalen." in text_of(row)


# Annual reports


def test_a_report_with_statements_and_signatures_is_an_annual_report(site: Published) -> None:
    kicker = soup(site.report / "index.html").select_one(".hero .kicker")
    assert kicker is not None
    assert text_of(kicker) == "Årsredovisning. Samordningsförbundet Umeåregionen"
    page = soup(site.report / "underskrifter.html")
    assert "Styrelsen skriver under årsredovisningen." in text_of(page)
    assert [text_of(one) for one in page.select(".signature")] == ["Ordförande", "Vice ordförande", "Ledamot"]
    printed = plain(" ".join(site.printed))
    assert "Årsredovisning Socialt bokslut 2021" in printed
    assert "Umeå Datum Ordförande" in printed  # at the foot of a page
    assert "Vice ordförande Ledamot" in printed


def test_social_accounts_without_signatures_are_no_annual_report(web_site: Path) -> None:
    kicker = soup(web_site / LOCAL / "index.html").select_one(".hero .kicker")
    assert kicker is not None
    assert "Årsredovisning" not in text_of(kicker)
