"""What a reader does with a page: the menu of a phone, dark, paper, tables that are sorted and filtered,
what is folded, and links that are copied."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.support import YEAR

ONE_WORD = re.compile(r"^\s*\w+\s*$")
TWO_LINES = 32  # pixels, and more
AREA, UNITS, METHOD = (f"{YEAR}/{name}.html" for name in ("omrade-1", "plattformar", "metod"))


def brightness(place: Locator, name: str) -> int:
    """Of a colour of CSS, 0 to 255."""
    color = place.evaluate(f"place => getComputedStyle(place).{name}")
    return int(max(map(float, color.removeprefix("rgb(").removesuffix(")").split(","))))


def units(page: Page) -> list[str]:
    return page.locator(".heat tbody .row-name").all_inner_texts()


def test_the_menu_of_a_phone_opens_and_closes(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(AREA)
    menu = page.get_by_role("navigation", name="Innehåll")
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="Meny", exact=True).click()
    expect(menu.get_by_role("link", name="1 Samhälls- och medlemsnytta")).to_be_visible()
    for target in menu.locator("a:visible, summary:visible").all():
        box = target.bounding_box()
        assert box is not None and box["height"] >= 44
    menu.get_by_role("link", name="Stäng menyn").click()
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("name", ["deltagare", "ekonomi", "impactindex", "plattform-vindeln"])
def test_no_page_is_wider_than_its_window_nor_a_head_divided(page: Page, name: str) -> None:
    page.goto(f"{YEAR}/{name}.html")
    heads = page.locator(":is(.pyramid, .beside) thead .number").filter(has_text=ONE_WORD)
    for width in (320, 360, 720, 768, 1120):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        heights = heads.evaluate_all("heads => heads.map(head => head.clientHeight)")
        assert all(height < TWO_LINES for height in heights), width


def test_a_page_is_dark_for_those_who_ask_for_it(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(AREA)
    assert brightness(page.locator("html"), "backgroundColor") < 60
    assert brightness(page.locator("h1"), "color") > 200


def test_paper_has_what_is_folded_and_no_controls(page: Page) -> None:
    page.goto(METHOD)
    steps = page.locator("#berakning-forbundet-1-2-1")
    expect(steps).to_be_hidden()
    page.emulate_media(media="print")
    expect(steps).to_be_visible()
    for control in (".bar", ".menu", ".outline", ".find", ".neighbours"):
        expect(page.locator(control).first).to_be_hidden()


def test_a_table_is_sorted_with_keys(page: Page) -> None:
    page.goto(UNITS)
    from_the_best = units(page)
    total = page.get_by_role("columnheader", name="Totalt")
    expect(total).to_have_attribute("aria-sort", "descending")
    total.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(total).to_have_attribute("aria-sort", "ascending")
    assert units(page) == from_the_best[::-1]
    page.get_by_role("button", name="Plattform").click()
    expect(total).not_to_have_attribute("aria-sort", "ascending")
    assert units(page)[:2] == ["Bjurholm", "Nordmaling"]


def test_indicators_are_filtered_by_signal(page: Page) -> None:
    page.goto(f"{YEAR}/social-budget.html")
    page.get_by_label("Visa").select_option(label="Nära målet (4)")
    expect(page.get_by_role("status")).to_have_text("Visar 4 rader av 70.")
    assert page.locator(".budget .signal-word:visible").all_inner_texts() == ["Nära målet"] * 4


def test_what_is_folded_opens_and_closes_with_keys(page: Page) -> None:
    page.goto(METHOD)
    fold, steps = page.locator(".fold > summary").first, page.locator(".fold .calculations").first
    fold.focus()
    page.keyboard.press("Enter")
    expect(steps).to_be_visible()
    page.keyboard.press("Space")
    expect(steps).to_be_hidden()


def test_a_link_to_what_is_folded_opens_it(page: Page) -> None:
    page.goto(AREA)
    page.get_by_role("link", name="Uträkning av 1.2.1").click()
    expect(page.locator("#berakning-forbundet-1-2-1")).to_be_in_viewport()


def test_the_link_of_an_indicator_is_copied(page: Page, host: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(AREA)
    page.locator("#i-1-2-1").get_by_role("link", name="Länk hit").click()
    expect(page.get_by_role("status")).to_have_text("Länken är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{host}{AREA}#i-1-2-1"


def test_what_a_front_page_leaves_out_to_the_eye_is_still_heard(page: Page) -> None:
    page.goto("index.html")
    heard = page.locator(".hero").aria_snapshot()
    assert 'heading "IMPACTindex"' in heard and "av 100" in heard
