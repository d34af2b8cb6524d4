"""Around the content of a page: its policy, menu, ways on, mark of a draft, and how it is shared."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from PIL import Image

from generator.editions import THEMES
from generator.pages.outline import outlined
from generator.pages.render import POLICY
from generator.pages.styles import WEB, theme_sheet
from generator.reading.themes import read_theme
from tests.support import LOCAL, PLATFORMS, YEAR, append, copy_of, html_files, publish, soup, text_of

AREA = f"{YEAR}/omrade-1.html"


@pytest.fixture(scope="module")
def pages(web_site: Path) -> dict[str, BeautifulSoup]:
    return {path.relative_to(web_site).as_posix(): soup(path) for path in html_files(web_site)}


# Policy


def test_no_page_has_anything_that_its_policy_forbids(pages: dict[str, BeautifulSoup]) -> None:
    for name, html in pages.items():
        (policy,) = html.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy["content"] == POLICY
        assert not html.find_all(style=True), name
        assert not html.find_all("style"), name
        assert not html.select("script:not([src], [type='application/ld+json'])"), name  # data never runs


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert set(re.findall(r"-src ('[^']+')", POLICY)) == {"'none'", "'self'"}


def test_style_sheets_load_files_only(web_site: Path) -> None:
    assert "url(data:" not in (web_site / YEAR / "assets/stil.css").read_text("utf-8")


def test_no_page_is_heavier_than_150_kb_with_all_that_it_may_load(web_site: Path) -> None:
    """The index of search is loaded when somebody searches, and the picture is for those who share a page."""

    def weight(file: Path) -> int:
        data = file.read_bytes()
        return len(data) if file.suffix in (".woff2", ".png") else len(gzip.compress(data))

    for report in (web_site / YEAR, web_site / LOCAL):
        assets = [file for file in (report / "assets").iterdir() if file.stem not in ("sokindex", "kort")]
        heaviest = max(map(weight, report.glob("*.html")))
        assert heaviest + sum(map(weight, assets)) < 150_000


def test_hosts_are_told_the_same_policy(web_site: Path) -> None:
    for file in ("_headers", "webbserver/htaccess", "webbserver/nginx.conf"):
        text = (web_site / file).read_text("utf-8")
        assert f"{POLICY}; frame-ancestors 'none'" in text
        assert "nosniff" in text


# Menu and ways on


def test_the_group_of_a_page_is_open_in_the_menu(pages: dict[str, BeautifulSoup]) -> None:
    (opened,) = pages[AREA].select("nav details[open]")
    assert text_of(opened).startswith("Målområden")


def test_the_first_page_has_no_group_open(pages: dict[str, BeautifulSoup]) -> None:
    assert not pages["index.html"].select("nav details[open]")


def test_a_page_tells_where_it_is(pages: dict[str, BeautifulSoup]) -> None:
    (crumbs,) = pages[AREA].select("nav[aria-label='Du är här']")
    assert [text_of(link) for link in crumbs.find_all("a")] == [
        "Alla bokslut",
        "Socialt bokslut 2021",
        "Målområden",
    ]


def test_a_long_page_lists_its_sections(pages: dict[str, BeautifulSoup]) -> None:
    html = pages[f"{YEAR}/metod.html"]
    (places,) = html.select("nav[aria-label='På sidan']")
    headings = [text_of(heading) for heading in html.select("main h2")]
    assert [text_of(link) for link in places.find_all("a")] == headings


def test_a_short_page_has_no_list_of_sections(pages: dict[str, BeautifulSoup]) -> None:
    assert not pages[f"{YEAR}/kontakt.html"].select("nav[aria-label='På sidan']")


def test_sections_of_one_name_get_addresses_of_their_own() -> None:
    html, places = outlined(Markup("<h2>Mål</h2><h2 id='x'>A</h2><h2>Mål</h2><h2>B &amp; C</h2>"))
    assert len({place.anchor for place in places}) == len(places)
    assert str(html).count("<h2 id=") == len(places)


def test_every_page_says_where_to_tell_of_faults_and_ask_for_other_formats(
    pages: dict[str, BeautifulSoup],
) -> None:
    for html in pages.values():
        (foot,) = html.find_all("footer")
        mails = [text_of(link) for link in foot.select("a[href^='mailto:']")]
        assert mails == ["Hittade du ett fel på sidan?", "Begär i annat format"]


def test_a_signal_leads_to_what_it_means(pages: dict[str, BeautifulSoup]) -> None:
    assert pages[AREA].select("a[href='lasanvisning.html#signal-orange']")
    assert pages[f"{YEAR}/lasanvisning.html"].find(id="signal-orange")


# Sharing


def test_a_shared_page_has_a_title_an_address_and_a_card(
    pages: dict[str, BeautifulSoup], web_site: Path
) -> None:
    said = {
        str(meta["property"]): str(meta["content"]) for meta in pages[AREA].select("meta[property^='og:']")
    }
    assert said["og:title"] == "Samhälls- och medlemsnytta – Socialt bokslut 2021"
    assert said["og:url"] == f"https://socialtbokslut.example/{AREA}"
    card = web_site / said["og:image"].removeprefix("https://socialtbokslut.example/")
    assert Image.open(BytesIO(card.read_bytes())).size == (1200, 630)


def test_new_reports_can_be_followed(web_site: Path) -> None:
    feed = ET.parse(web_site / "atom.xml")
    titles = [title.text for title in feed.iterfind("{*}entry/{*}title")]
    assert titles == ["Socialt bokslut 2021", "Verksamhetsplan 2019", "Socialt bokslut 2017 Robertsfors"]


# Drafts


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = copy_of(PLATFORMS, tmp_path_factory.mktemp("utkast") / "content")
    append(content / YEAR / "bokslut.yaml", "utkast: ja\n")
    return publish(content, tmp_path_factory.mktemp("sidor") / "output").folder


def test_every_page_of_a_draft_says_so_and_is_not_to_be_found(draft: Path) -> None:
    for path in html_files(draft):
        html = soup(path)
        assert "Utkast, inte fastställt." in text_of(html.select("aside.audit-mark")[0])
        assert html.find("meta", attrs={"name": "robots", "content": "noindex, nofollow"})


def test_a_draft_is_neither_listed_nor_followed(draft: Path) -> None:
    assert "<loc>" not in (draft / "sitemap.xml").read_text("utf-8")
    assert not (draft / "atom.xml").exists()
    assert f"/{YEAR}/*\n  X-Robots-Tag: noindex, nofollow" in (draft / "_headers").read_text("utf-8")


# Fonts


def test_what_stands_in_for_a_font_is_as_wide_and_high() -> None:
    theme = read_theme(THEMES / "umea", [])
    assert theme is not None
    sheet = theme_sheet(theme, WEB)
    assert '"Source Serif 4", "Source Serif 4 reserv 1", "Source Serif 4 reserv 2"' in sheet
    assert 'local("Times New Roman"), local("Liberation Serif"), local("Tinos"); size-adjust: 119.8%' in sheet
    assert 'local("Arial"), local("Liberation Sans"), local("Arimo"); size-adjust: 94.6%' in sheet
