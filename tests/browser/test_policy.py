"""The security policy, in force in a browser: nothing that the project makes is refused, anything else is."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.support import YEAR

AREA = f"{YEAR}/omrade-1.html"


def kinds_of_pages(site: Path) -> list[str]:
    """One page of each template, by the class of its main part; those around the reports have none."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        (kind,) = re.findall(r'<main class="([^"]*)"', path.read_text("utf-8"))
        found.setdefault(f"{path.parent == site} {kind}", path.relative_to(site).as_posix())
    return sorted(found.values())


def test_the_policy_refuses_nothing_on_any_kind_of_page(page: Page, web_site: Path) -> None:
    kinds = kinds_of_pages(web_site)
    assert len(kinds) > 15
    for name in kinds:
        page.goto(name)
        assert page.evaluate("document.getAnimations().length") == 0, f"{name} moves"


def test_the_policy_of_the_page_itself_refuses_what_is_inline(
    page: Page, web_site: Path, complaints: list[str]
) -> None:
    """No host sends one here, so that what the page says is all there is."""
    text = (web_site / AREA).read_text("utf-8")
    inline = '<style>h1 { color: red }</style><p style="color: red"></p><script>window.ran = true</script>'
    page.route(
        "**/omrade-1.html", lambda route: route.fulfill(body=text.replace("</main>", f"{inline}</main>"))
    )
    page.goto(AREA)
    assert page.evaluate("window.ran") is None
    refused = [complaint for complaint in complaints if "Content Security Policy" in complaint]
    assert [sum(kind in complaint for complaint in refused) for kind in ("style-src", "script-src")] == [2, 1]
    complaints.clear()
