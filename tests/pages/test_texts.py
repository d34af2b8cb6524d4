"""What an author writes in texts, from file to page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.support import YEAR, append, by_id, only_problem_in, publish, soup, text_of

TEXT = "berattelse/kontakt.md"


def published(year: Path, page: str = "kontakt") -> Path:
    output = year.parent.parent / "output"
    publish(year.parent, output)
    return output / YEAR / f"{page}.html"


def test_references_become_figures_with_their_basis(year: Path) -> None:
    append(year / TEXT, "\nVi nådde {1.2.1}, alltså {1.2.1 signal}.\n")
    assert "Vi nådde 77 % (247 av 319), alltså nära målet." in text_of(soup(published(year)))


def test_braces_can_be_written_as_they_are(year: Path) -> None:
    append(year / TEXT, "\nSkriv \\{så} här.\n")
    assert "Skriv {så} här." in text_of(soup(published(year)))


def test_in_an_analysis_references_mean_the_unit(year: Path) -> None:
    analysis = "## Bedömning\n\nHär var {deltagare}, i förbundet {förbundet: deltagare}.\n"
    (year / "enheter/vindeln/analys.md").write_text(analysis, "utf-8")
    page = soup(published(year, "plattform-vindeln"))
    assert "Här var 24, i förbundet 787." in text_of(page)


def test_hostile_markup_is_not_published(year: Path) -> None:
    append(year / TEXT, '\n<script>alert(1)</script><p onclick="x()">Hej</p> <a href="javascript:x">x</a>\n')
    page = soup(published(year))
    assert not page.find_all("script")
    assert not [tag for tag in page.find_all(True) if "onclick" in tag.attrs]
    assert "javascript:" not in str(page)


@pytest.mark.parametrize("target", ["aret.html", "//annan.example/", "javascript:x", "#innehall"])
def test_a_link_that_would_not_work_everywhere_is_told_at_its_line(year: Path, target: str) -> None:
    append(year / TEXT, f"\nSe [Året]({target}).\n")
    problem = only_problem_in(year.parent)
    assert f"länken ”{target}” är inte en webbadress" in problem.found
    line = (year / TEXT).read_text("utf-8").splitlines()[problem.place.line - 1]
    assert target in line


@pytest.mark.parametrize("target", ["https://exempel.example/a", "mailto:kansliet@exempel.example"])
def test_a_link_out_of_the_report_is_kept(year: Path, target: str) -> None:
    append(year / TEXT, f"\nSe [där]({target}).\n")
    assert soup(published(year)).find("a", href=target)


def test_raw_markup_cannot_take_the_places_of_the_page(year: Path) -> None:
    append(year / TEXT, '\n<h3 id="innehall">Fälla</h3>\n\n<a href="aret.html">Året</a>\n')
    page = soup(published(year))
    assert len(page.find_all(id="innehall")) == 1
    assert not [link for link in page.select(".prose a") if link.get("href") == "aret.html"]


def test_a_raw_picture_from_elsewhere_is_left_out(year: Path) -> None:
    append(year / TEXT, '\nHär <img src="https://annan.example/x.png" alt="x"> slut.\n')
    assert not soup(published(year)).find_all("img")


def test_titles_are_text_and_not_markup(year: Path) -> None:
    path = year / TEXT
    path.write_text(path.read_text("utf-8").replace("titel: Hör av", "titel: <b>Hör</b> av"), "utf-8")
    assert "<b>Hör</b> av dig till oss" in [text_of(tag) for tag in soup(published(year)).find_all("h2")]


@pytest.mark.parametrize("name", ["a.png", "b_c.png"])
def test_a_picture_is_shown_and_published(year: Path, name: str) -> None:
    (year / "bilder").mkdir()
    Image.new("RGB", (40, 30), "white").save(year / "bilder" / name)
    append(year / TEXT, f"\n![En vit ruta](bilder/{name})\n")
    page = published(year)
    (picture,) = soup(page).find_all("img", alt="En vit ruta")
    assert (page.parent / str(picture["src"])).read_bytes() == (year / "bilder" / name).read_bytes()
    assert (picture["width"], picture["height"]) == ("40", "30")


def test_a_picture_on_the_overview_is_found_from_the_start_page_too(year: Path) -> None:
    (year / "bilder").mkdir()
    Image.new("RGB", (40, 30), "white").save(year / "bilder/a.png")
    append(year / "berattelse/oversikt.md", "\n![En vit ruta](bilder/a.png)\n")
    start = published(year).parent.parent / "index.html"
    (picture,) = soup(start).find_all("img", alt="En vit ruta")
    assert (start.parent / str(picture["src"])).is_file()


def test_texts_of_a_part_stand_in_their_order(year: Path) -> None:
    for name, order in (("ett", 3), ("tva", 1), ("tre", 2)):
        text = f"---\ntitel: Text {name}\ndel: kontakt\nordning: {order}\n---\nHej.\n"
        (year / f"berattelse/{name}.md").write_text(text, "utf-8")
    titles = [text_of(tag) for tag in soup(published(year)).find_all("h2")]
    assert titles[:3] == ["Text tva", "Text tre", "Text ett"]


def test_a_text_has_an_anchor_of_its_own(year: Path) -> None:
    append(year / TEXT, "\n## Mer om detta\n")
    page = soup(published(year))
    assert text_of(by_id(page, "text-kontakt-mer-om-detta")) == "Mer om detta"
