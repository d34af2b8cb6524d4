"""The site of 2021 in a real browser: under a sub-path, with the security policy in force.

What the browser complains of fails the test: errors in scripts, files that are missing, anything that the
policy refuses, and requests to elsewhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from generator.pages.render import POLICY
from tests.support import answering

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
SUB_PATH = "/a/b/"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


class _Handler(SimpleHTTPRequestHandler):
    """A static host that sends the policy with every file. Browsers may ask it for an icon of its own."""

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            return self.send_error(HTTPStatus.NO_CONTENT)
        return super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what is missing is told by the browser."""


@pytest.fixture(scope="session")
def host(web_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on a host where it lies under a sub-path; ends with a slash."""
    root = tmp_path_factory.mktemp("host")
    folder = root / SUB_PATH.strip("/")
    folder.parent.mkdir()
    folder.symlink_to(web_site)
    handler = partial(_Handler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, answering(server):
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this computer (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def complaints() -> list[str]:
    """What the browser has complained of so far in a test. What is left at its end fails it."""
    return []


@pytest.fixture(scope="session")
def only_tab(browser: Browser, host: str, complaints: list[str]) -> Iterator[Page]:
    """Tests have it one after the other: to open a new one takes longer than most of them."""
    with browser.new_context(base_url=host, locale="sv-SE") as context:
        yield _watched(context, host, complaints)


@pytest.fixture
def page(only_tab: Page, complaints: list[str]) -> Iterator[Page]:
    """An empty tab at 1280 px: `page.goto("2021-umearegionen/index.html")`.

    For a phone `page.set_viewport_size(PHONE)`, for dark `page.emulate_media(color_scheme="dark")`.
    """
    only_tab.set_viewport_size(DESK)
    only_tab.emulate_media(media="null", color_scheme="null", forced_colors="null")
    yield only_tab
    only_tab.unroute_all()
    only_tab.evaluate("0")  # what the browser says comes before its answer
    told = [*complaints]
    complaints.clear()
    assert told == []


def _watched(context: BrowserContext, host: str, complaints: list[str]) -> Page:
    def requested(request: Request) -> None:
        if not request.url.startswith((host, "file:", "data:")):
            complaints.append(f"request to elsewhere: {request.url}")

    def logged(line: ConsoleMessage) -> None:
        if line.type == "error":
            complaints.append(f"{line.text} ({line.location['url']})")

    page = context.new_page()
    page.on("request", requested)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", logged)
    return page
