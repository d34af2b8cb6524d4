"""The summary in English and the easy text: in their language, and found from every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.pages.english import in_english, is_english
from tests.support import CENTRE, YEAR, publish, soup, text_of, warnings_in

NBSP = "\N{NO-BREAK SPACE}"


def write(report: Path, part: str, text: str) -> None:
    (report / "berattelse").mkdir(exist_ok=True)
    (report / f"berattelse/{part}.md").write_text(f"---\ntitel: Kort\ndel: {part}\n---\n{text}\n", "utf-8")


@pytest.fixture(scope="module")
def english(web_site: Path) -> BeautifulSoup:
    return soup(web_site / YEAR / "english.html")


def test_the_summary_is_marked_as_english_and_its_frame_as_swedish(english: BeautifulSoup) -> None:
    assert [english.select(name)[0]["lang"] for name in ("html", "body", "main", "nav.crumbs")] == [
        "en",
        "sv",
        "en",
        "sv",
    ]
    assert english.title is not None and text_of(english.title).startswith("Summary in English")


@pytest.mark.parametrize("path", ["index.html", "arkiv.html", f"{YEAR}/metod.html"])
def test_every_foot_leads_to_both(web_site: Path, path: str) -> None:
    links = {text_of(link): link for link in soup(web_site / path).select("footer a")}
    assert str(links["Lättläst"]["href"]).endswith("lattlast.html")
    assert links["Summary in English"]["lang"] == "en"


def test_they_stand_by_themselves_last_in_the_menu(web_site: Path) -> None:
    entries = soup(web_site / YEAR / "index.html").select("nav.menu > ul > li > a")
    assert [text_of(link) for link in entries][-2:] == ["Lättläst", "In English"]


def test_a_report_without_such_texts_has_neither(other_web: Path) -> None:
    assert not list(other_web.rglob("english.html"))
    assert not list(other_web.rglob("lattlast.html"))


def test_figures_in_an_english_text_are_english(english: BeautifulSoup) -> None:
    assert "was 77% (247 of 319). The target was at least 80%." in text_of(english)


def test_an_easy_text_keeps_the_lines_of_its_author(web_site: Path) -> None:
    html = soup(web_site / YEAR / "lattlast.html")
    assert html.select("main.part-lattlast")
    assert "som har svårt att få arbete.\nDe kan vara sjuka\n" in html.select("main p")[1].get_text()


def test_quotes_are_those_of_the_language(centre: Path, tmp_path: Path) -> None:
    write(centre, "engelska", 'They said "yes".')
    write(centre, "lättläst", 'De sa "ja".')
    site = publish(centre.parent, tmp_path / "output").folder / CENTRE
    assert "“yes”" in text_of(soup(site / "english.html"))
    assert "”ja”" in text_of(soup(site / "lattlast.html"))


def test_swedish_words_in_an_english_text_are_told(centre: Path) -> None:
    write(centre, "engelska", "We got {område 1 namn}.")
    (problem,) = (each for each in warnings_in(centre.parent) if "engelska" in each.place.file)
    assert problem.found.startswith("hänvisningen {område 1 namn} ger svenska ord i en engelsk text")


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        (f"1{NBSP}234,5", "1,234.5"),
        (f"95{NBSP}% (88 av 93)", "95% (88 of 93)"),
        (f"−1{NBSP}209{NBSP}941{NBSP}kronor", f"−1,209,941{NBSP}kronor"),
        ("2 procentenheter", "2 percentage points"),
        (f"kvinnor 96{NBSP}% (52 av 54), män 95{NBSP}%", "women 96% (52 of 54), men 95%"),
        ("(skyddad uppgift)", "(protected figure)"),
    ],
)
def test_a_figure_is_written_as_in_english(swedish: str, english: str) -> None:
    assert in_english(swedish) == english
    assert is_english(english)
