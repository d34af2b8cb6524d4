"""An author who has the text on one side and the page in a browser on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.preview import rebuild
from generator.preview.desk import Desk
from generator.preview.host import Host
from generator.preview.shown import Shown
from generator.preview.site import Workshop
from tests.browser.conftest import DESK
from tests.support import CENTRE, answering, edit, only_centre

COPYING = ["clipboard-read", "clipboard-write"]


class Author:
    """Saves files of a content, each of which is built at once."""

    def __init__(self, report: Path) -> None:
        self.report, self.shown, self.said = report, Shown(), list[str]()
        self.workshop = Workshop(report.parent)
        self.desk = Desk(self.workshop, self.shown)
        self.build()

    def build(self) -> None:
        rebuild(self.workshop, self.shown, lambda _: None, self.said.append)

    def edit(self, path: str, old: str, new: str) -> None:
        edit(self.report / path, old, new)
        self.build()


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    return Author(only_centre(tmp_path_factory.mktemp("author") / "content") / CENTRE)


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    return []


@pytest.fixture(scope="module")
def only_tab(author: Author, browser: Browser, complaints: list[str]) -> Iterator[Page]:
    with (
        Host(0, author.shown, author.desk) as host,
        answering(host),
        browser.new_context(base_url=host.address, permissions=COPYING) as context,
    ):
        page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page


@pytest.fixture
def tab(only_tab: Page, complaints: list[str]) -> Iterator[Page]:
    """A tab that the test loads once; what the browser complains of fails the test."""
    only_tab.set_viewport_size(DESK)
    only_tab.goto("")
    yield only_tab
    only_tab.evaluate("0")
    told = [line for line in complaints if "DISCONNECTED" not in line]
    complaints.clear()
    assert told == []


def test_a_mistake_is_told_over_the_last_good_page_and_goes_by_itself(author: Author, tab: Page) -> None:
    panel, heading = tab.get_by_label("Förhandsvisningen"), tab.locator("h1")
    before, built = heading.inner_text(), len(author.said)
    author.edit("utfall/deltagare.csv", "Verkstan;Inskrivna;10", "Verkstan;Inskrivna;tio")
    expect(panel).to_contain_text("1 fel. Sidan visar det som gällde innan.")
    expect(panel).to_contain_text("utfall/deltagare.csv, rad 2, kolumnen ”kvinnor”")
    expect(panel.locator("mark")).to_have_text("tio")
    assert (heading.inner_text(), len(author.said)) == (before, built)
    author.edit("utfall/deltagare.csv", "Verkstan;Inskrivna;tio", "Verkstan;Inskrivna;11")
    expect(panel.locator(".errors")).to_have_count(0)


def test_a_page_is_loaded_again_where_it_was_with_what_was_open(author: Author, tab: Page) -> None:
    tab.set_viewport_size({"width": 600, "height": 300})
    tab.goto(f"{CENTRE}/metod.html")
    fold = tab.locator("main details").first
    fold.locator("summary").first.click()
    tab.evaluate("scrollTo(0, 500)")
    author.edit("bokslut.yaml", "publicerad: 2024", "publicerad: 2025")
    tab.wait_for_event("load")
    expect(fold).to_have_attribute("open", "")
    assert tab.evaluate("scrollY") == 500


def test_style_sheets_change_in_place(author: Author, tab: Page) -> None:
    tab.evaluate("window.same = true")
    name, data = next((name, data) for name, data in author.shown.now.files.items() if name.endswith(".css"))
    files = {**author.shown.now.files, name: data + b"h1 { letter-spacing: 7px }"}
    author.shown.show(files, [], only_styles=True)
    expect(tab.locator("h1")).to_have_css("letter-spacing", "7px")
    assert tab.evaluate("window.same")


def test_a_page_that_was_away_catches_up(author: Author, tab: Page) -> None:
    """A reload is how things are, not an event that can be missed."""
    tab.context.set_offline(True)
    author.edit("bokslut.yaml", "titel: Socialt", "titel: Nytt socialt")
    tab.context.set_offline(False)
    expect(tab).to_have_title(re.compile("Nytt socialt"), timeout=20_000)


def test_from_a_paragraph_to_its_line_and_back(author: Author, tab: Page) -> None:
    tab.goto(f"{CENTRE}/avdelning-verkstan.html")
    tab.get_by_role("link", name="Visa underlaget").click()
    tab.locator("#analys-verkstan").get_by_role("button").first.click()
    analysis = author.report / "enheter/verkstan/analys.md"
    expect(tab.get_by_label("Förhandsvisningen")).to_contain_text(f"Kopierat: {analysis}, rad 1")
    assert tab.evaluate("navigator.clipboard.readText()") == f"{analysis}:1"
    tab.get_by_role("link", name="Tillbaka till sidan").click()
    expect(tab).to_have_url(re.compile(f"/{CENTRE}/avdelning-verkstan.html$"))
