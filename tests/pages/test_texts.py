"""What an author writes in texts, from file to page."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.support import append, by_id, only_problem_in, page_of, publish, soup, text_of

TEXT = "berattelse/kontakt.md"


@pytest.fixture
def report(centre: Path) -> Path:
    """A report with a text to write in."""
    (centre / TEXT).parent.mkdir()
    (centre / TEXT).write_text("---\ntitel: Hör av dig till oss\ndel: kontakt\n---\nRing oss.\n", "utf-8")
    return centre


def shown(report: Path, page: str = "kontakt") -> BeautifulSoup:
    return page_of(report.parent, f"{report.name}/{page}.html")


def test_references_become_figures_with_their_basis(report: Path) -> None:
    append(report / TEXT, "\nVi nådde {1.1.1}, alltså {1.1.1 signal}.\n")
    assert "Vi nådde 50 % (26 av 52), alltså målet uppnått." in text_of(shown(report))


def test_braces_can_be_written_as_they_are(report: Path) -> None:
    append(report / TEXT, "\nSkriv \\{så} här.\n")
    assert "Skriv {så} här." in text_of(shown(report))


def test_in_an_analysis_references_mean_the_unit(report: Path) -> None:
    analysis = "## Bedömning\n\nHär var {inskrivna}, på hela centrum {centrum: inskrivna}.\n"
    (report / "enheter/verkstan/analys.md").write_text(analysis, "utf-8")
    page = shown(report, "avdelning-verkstan")
    assert "Här var 32, på hela centrum 52." in text_of(page)


def test_hostile_markup_is_not_published(report: Path) -> None:
    hostile = '<script>alert(1)</script><p onclick="x()">Hej</p> <a href="javascript:x">x</a>'
    append(report / TEXT, f"\n{hostile}\n")
    page = shown(report)
    assert not page.select("main script")
    assert not [tag for tag in page.find_all(True) if "onclick" in tag.attrs]
    assert not [tag for tag in page.find_all(True) if "javascript:" in str(tag.attrs)]
    assert "<script>" in text_of(page)  # as it was typed, which its author has been told


@pytest.mark.parametrize("target", ["aret.html", "//annan.example/", "javascript:x", "#innehall"])
def test_a_link_that_would_not_work_everywhere_is_told_at_its_line(report: Path, target: str) -> None:
    append(report / TEXT, f"\nSe [Året]({target}).\n")
    problem = only_problem_in(report.parent)
    assert f"länken ”{target}” är inte en webbadress" in problem.found
    line = (report / TEXT).read_text("utf-8").splitlines()[problem.place.line - 1]
    assert target in line


@pytest.mark.parametrize("target", ["https://exempel.example/a", "mailto:kansliet@exempel.example"])
def test_a_link_out_of_the_report_is_kept(report: Path, target: str) -> None:
    append(report / TEXT, f"\nSe [där]({target}).\n")
    assert shown(report).find("a", href=target)


def test_raw_markup_cannot_take_the_places_of_the_page(report: Path) -> None:
    append(report / TEXT, '\n<h3 id="innehall">Fälla</h3>\n\n<a href="aret.html">Året</a>\n')
    page = shown(report)
    assert len(page.find_all(id="innehall")) == 1
    assert not [link for link in page.select(".prose a") if link.get("href") == "aret.html"]


def test_a_raw_picture_from_elsewhere_is_left_out(report: Path) -> None:
    append(report / TEXT, '\nHär <img src="https://annan.example/x.png" alt="x"> slut.\n')
    assert not shown(report).find_all("img")


def test_titles_are_text_and_not_markup(report: Path) -> None:
    path = report / TEXT
    path.write_text(path.read_text("utf-8").replace("titel: Hör av", "titel: <b>Hör</b> av"), "utf-8")
    assert "<b>Hör</b> av dig till oss" in [text_of(tag) for tag in shown(report).find_all("h2")]


@pytest.mark.parametrize("name", ["a.png", "b_c.png"])
def test_a_picture_is_shown_and_published(report: Path, tmp_path: Path, name: str) -> None:
    (report / "bilder").mkdir()
    Image.new("RGB", (40, 30), "white").save(report / "bilder" / name)
    append(report / TEXT, f"\n![En vit ruta](bilder/{name})\n")
    site = publish(report.parent, tmp_path / "output").folder / report.name
    (picture,) = soup(site / "kontakt.html").find_all("img", alt="En vit ruta")
    with Image.open(site / str(picture["src"])) as image:
        assert (image.size, image.getpixel((0, 0))) == ((40, 30), (255, 255, 255))
    assert (picture["width"], picture["height"]) == ("40", "30")


def test_a_picture_on_the_overview_is_found_from_the_start_page_too(report: Path, tmp_path: Path) -> None:
    (report / "bilder").mkdir()
    Image.new("RGB", (40, 30), "white").save(report / "bilder/a.png")
    text = "---\ntitel: Kort\ndel: översikt\n---\n![En vit ruta](bilder/a.png)\n"
    (report / "berattelse/oversikt.md").write_text(text, "utf-8")
    site = publish(report.parent, tmp_path / "output").folder
    (picture,) = soup(site / "index.html").find_all("img", alt="En vit ruta")
    assert (site / str(picture["src"])).is_file()


def test_texts_of_a_part_stand_in_their_order(report: Path) -> None:
    for name, order in (("ett", 3), ("tva", 1), ("tre", 2)):
        text = f"---\ntitel: Text {name}\ndel: kontakt\nordning: {order}\n---\nHej.\n"
        (report / f"berattelse/{name}.md").write_text(text, "utf-8")
    titles = [text_of(tag) for tag in shown(report).find_all("h2")]
    assert titles[:3] == ["Text tva", "Text tre", "Text ett"]


def test_a_text_has_an_anchor_of_its_own(report: Path) -> None:
    append(report / TEXT, "\n## Mer om detta\n")
    page = shown(report)
    assert text_of(by_id(page, "text-kontakt-mer-om-detta")) == "Mer om detta"
