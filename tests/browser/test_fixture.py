"""A test in the browser fails on what the browser complains of."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support import YEAR


def test_what_the_policy_refuses_is_a_complaint(page: Page, complaints: list[str]) -> None:
    page.goto(f"{YEAR}/index.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert complaints
    assert all("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()


def test_a_missing_file_is_a_complaint(page: Page, complaints: list[str]) -> None:
    page.goto(f"{YEAR}/finns-inte.html")
    assert len(complaints) == 1
    complaints.clear()


def test_an_error_in_a_script_is_a_complaint(page: Page, complaints: list[str]) -> None:
    page.goto(f"{YEAR}/index.html")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('fel') })")
    assert complaints == ["fel"]
    complaints.clear()
