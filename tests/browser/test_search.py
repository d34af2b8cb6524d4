"""Search by keyboard: on a host under a sub-path, from disk, on a phone and without scripts."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.support import CONTENT, LOCAL, YEAR

AREA = f"{YEAR}/omrade-1.html"


def ask(page: Page, query: str) -> None:
    """Opens search with its keys and writes all at once: each key by itself would search again."""
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(query)
    expect(page.locator("[role=status]")).not_to_be_empty()


def test_an_indicator_is_found_and_followed_with_keys_alone(page: Page, host: str) -> None:
    page.goto(f"{YEAR}/kontakt.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("1.2.1")
    expect(page.get_by_role("status")).to_have_text("1 träff på 1 sida.")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text("Samhälls- och medlemsnytta")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}{AREA}#i-1-2-1")


def test_escape_closes_and_gives_back_the_focus(page: Page) -> None:
    page.goto(AREA)
    page.locator(".rail .find").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Sök")).to_be_visible()
    expect(page.get_by_label("Sök på webbplatsen")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(".rail .find")).to_be_focused()


def test_the_index_is_loaded_when_somebody_searches(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(AREA)
    assert not [url for url in loaded if url.endswith("sokindex.js")]
    ask(page, "nytta")
    reports = len([*CONTENT.glob("*/bokslut.yaml")])
    assert len([url for url in loaded if url.endswith("sokindex.js")]) == reports + 1  # and the site's own


def test_a_word_is_found_inside_of_others_whatever_its_ending(page: Page) -> None:
    page.goto(AREA)
    ask(page, "nyttan")
    first = page.locator(".hit").first
    expect(first.locator(".hit-page")).to_have_text("Samhälls- och medlemsnytta")
    expect(first.locator("mark").first).to_have_text("nytta")
    expect(first.locator(".hit-report")).to_have_text("Socialt bokslut 2021")


def test_a_misspelt_word_is_answered_with_the_one_that_was_meant(page: Page) -> None:
    page.goto(AREA)
    ask(page, "genomstömning")
    expect(page.get_by_role("status")).to_have_text("Inga träffar. Menade du genomströmning?")
    page.get_by_role("button", name="genomströmning").click()
    expect(page.get_by_role("status")).to_contain_text("träff")
    expect(page.get_by_label("Sök på webbplatsen")).to_be_focused()


def test_enter_leads_to_the_best_hit_on_the_whole_site(page: Page, host: str) -> None:
    """From a report to the pages around the reports, and from there to another report."""
    page.goto(f"{LOCAL}/omrade-1.html")
    ask(page, "robertsfors över åren")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}over-aren-robertsfors.html")
    ask(page, "vindeln analys")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}{YEAR}/plattform-vindeln.html")


def test_search_works_from_disk(page: Page, web_site: Path) -> None:
    page.goto((web_site / AREA).as_uri())
    ask(page, "extratjänst")
    page.locator(".hit a").first.click()
    assert page.url.startswith(web_site.as_uri())


def test_what_authors_write_is_shown_as_text(page: Page) -> None:
    title = "<img src=x onerror=alert(1)> extratjänst"
    index = {"folder": "", "title": "", "reports": [], "pages": [["index.html", title, "<b>fet</b>", []]]}
    script = f"window.bokslutIndex.push({json.dumps(index)});"
    page.route(
        "**/assets/sokindex.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    page.goto(AREA)
    ask(page, "extratjänst")
    expect(page.locator(".hit-page")).to_have_text(title)
    expect(page.locator(".hit p")).to_have_text("<b>fet</b>")


def test_an_index_that_cannot_be_loaded_is_told(page: Page, complaints: list[str]) -> None:
    page.route("**/assets/sokindex.js", lambda route: route.abort())
    page.goto(AREA)
    ask(page, "nytta")
    expect(page.get_by_role("status")).to_have_text(
        "Sökningen kunde inte läsas in. Registret på söksidan fungerar ändå."
    )
    assert complaints
    complaints.clear()


def test_search_fits_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark", forced_colors="active")
    page.goto(AREA)
    page.locator(".bar .find").click()
    page.keyboard.insert_text("helårsekvivalenter")
    expect(page.locator(".hit").first).to_be_visible()
    dialog = page.locator("dialog")
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for target in page.locator("dialog button, dialog input, .hit a").all():
        box = target.bounding_box()
        assert box is not None and box["height"] >= 44


def test_the_page_of_its_own_has_a_field_above_the_register(page: Page) -> None:
    page.goto(f"{YEAR}/sok.html")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Sök på webbplatsen")).to_be_focused()
    page.keyboard.insert_text("ekonomi")
    expect(page.locator(".hit-page").first).to_have_text("Ekonomi")
    expect(page.locator("dialog")).to_have_count(0)


def test_without_scripts_search_leads_to_the_register(browser: Browser, host: str) -> None:
    with browser.new_context(base_url=host, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(AREA)
        page.locator(".rail .find").click()
        expect(page.locator(".search")).to_be_hidden()
        page.get_by_role("link", name="Deltagare i siffror").last.click()
        assert page.url == f"{host}{YEAR}/deltagare.html"
