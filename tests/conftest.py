"""Fixtures: a copy of the content to change, and sites that are built once and only read."""

from __future__ import annotations

import atexit
import gc
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from generator.build import check
from generator.checking import Checked, Examined
from generator.editions import THEMES
from generator.fingerprints import REPORT, of_content, of_program, of_report
from generator.inquiry import read_named
from generator.model.making import Keep
from generator.model.places import Problem
from generator.model.report import Report
from generator.model.shown import ShownReport
from generator.model.theme import Theme
from generator.pages.card import share_card
from generator.pages.views import ReportHead
from generator.printing import Printed
from generator.reading.files import Folder
from generator.reading.site import report_in
from generator.reading.themes import read_theme
from tests.printed import pdf_pages
from tests.sharing import Memory, Shared
from tests.support import (
    CENTRE,
    CONTENT,
    EXAMPLES,
    PLATFORMS,
    YEAR,
    Log,
    Published,
    append,
    checked_content,
    copy_of,
    edit,
    only_centre,
    only_year,
    publish,
    publish_audit,
    without_texts,
)

T = TypeVar("T")

# What tests and builds write is kept apart from what the user's own have, is the same for all workers, and
# goes. It is thousands of small files: in memory, where there is room, they take a fifth of the work.
if "PYTEST_XDIST_WORKER" not in os.environ:
    memory = Path("/dev/shm")
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    for left in memory.glob("bokslut-tests-*"):  # of a run that was killed
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > 86_400:
                shutil.rmtree(left)
    scratch = tempfile.mkdtemp(prefix="bokslut-tests-", dir=memory if has_room else None)
    Path(scratch).chmod(0o711)  # web servers find what lies in there
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    os.environ["XDG_CACHE_HOME"] = f"{scratch}/cache"

# The same examples every time, also when other numbers stand in the program or less of it is loaded: a test
# suite that fails only sometimes is not a specification. `make fuzz` tries many more.
providers._get_local_constants = Constants
settings.register_profile("bokslut", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("fuzz", settings.get_profile("bokslut"), max_examples=1000)
settings.load_profile("bokslut")


@pytest.fixture(scope="session", autouse=True)
def unchanging_program() -> Iterator[None]:
    """No test changes the program: its files are hashed, and its own themes read, once. And the same picture
    for sharing, a third of a small site, is drawn once. What comes of a report is not written down for later,
    but most tests change a file or two of the same few contents: what was made of the others is remembered,
    as the preview does."""
    hash, own_theme = of_program(), cache(_own_theme)
    cards: dict[tuple[object, ...], tuple[Theme, bytes]] = {}

    def theme(folder: Path) -> tuple[Theme | None, list[Problem]]:
        problems: list[Problem] = []
        return own_theme(folder) if folder.parent == THEMES else read_theme(folder, problems), problems

    def card(head: ReportHead, theme: Theme) -> bytes:
        settings = head.settings
        key = settings.association.name, settings.title, repr(head.index), id(theme)
        if key not in cards:
            cards[key] = theme, share_card(head, theme)
        return cards[key][1]

    memory = Memory()

    def keep(content: Path, name: str) -> Keep:
        hashes = of_report(str(content), name, has_files=True)

        def kept(what: str, source: str, beside: object, make: Callable[[], T]) -> T:
            hash = hashes.get(source, "") if source else "-"
            # What is told names the folder of the content.
            return memory.made((content.name, what, source), (hash, beside), make) if hash else make()

        return kept

    def remembered(_: str, made_from: Callable[[], str], make: partial[Examined]) -> Examined:
        kept = partial(make, kept=keep(*make.args))
        hash = made_from()
        return memory.made("granskningen", hash, kept) if hash else make()

    def read_report(content: Path, name: str, problems: list[Problem]) -> Report | None:
        return report_in(content, name, problems, keep(content, name))

    def folder(root: Path, label: str, problems: list[Problem]) -> Folder:
        return Folder(root, label, problems, keep(root.parent, root.name), f"{REPORT}{root.name}")

    with (
        patch("generator.checking.remembered", remembered),
        patch("generator.intake.Folder", folder),
        patch("generator.reading.site.report_in", read_report),
        patch("generator.fingerprints.of_program", lambda: hash),
        patch("generator.build.of_program", lambda: hash),
        patch("generator.reading.themes._read", theme),
        patch("generator.pages.card.share_card", card),
    ):
        yield


@pytest.fixture
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not the bytes of a file that matter, but whether and how they may be read."""
    monkeypatch.setattr("generator.checking.remembered", lambda _, __, make: make())


def _own_theme(folder: Path) -> Theme | None:
    problems: list[Problem] = []
    theme = read_theme(folder, problems)
    assert problems == []
    return theme


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the report of 2021 with three platforms and half of the indicators, to change."""
    return copy_of(PLATFORMS, tmp_path / "content")


@pytest.fixture
def year(content: Path) -> Path:
    """The report's folder in the copy."""
    return content / YEAR


@pytest.fixture
def outcomes(shared: Shared, tmp_path: Path) -> Path:
    """The report's folder in a copy that has nothing but tables of outcomes: soon read."""
    bare = shared.folder("bare", lambda folder: without_texts(copy_of(PLATFORMS, folder / "content") / YEAR))
    return copy_of(bare / "content", tmp_path / "content") / YEAR


@pytest.fixture
def whole_year(tmp_path: Path) -> Path:
    """The report's folder in a copy of the content of 2021, where all of it matters."""
    return only_year(tmp_path / "content") / YEAR


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A copy of the content of another organisation, to change: two small reports."""
    return copy_of(EXAMPLES / "annan-organisation", tmp_path / "content")


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """The folder of a small report in a content of its own, to change."""
    return only_centre(tmp_path / "content") / CENTRE


@pytest.fixture
def known_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions about content that is as it was are answered without checking and reading it each time."""

    def known(content: Path) -> Checked:
        return checked_content() if content == CONTENT else check(content)

    def named(content: Path, report: str = "") -> Report:
        return report_of(content, report, *of_content(str(content)).values())

    monkeypatch.setattr("generator.inquiry.check", known)
    monkeypatch.setattr("generator.inquiry.read_named", named)


@lru_cache(maxsize=8)
def report_of(content: Path, report: str, *_: str) -> Report:
    return read_named(content, report)


@pytest.fixture
def without_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every PDF is empty and made in this process, where it is not what is tested."""
    monkeypatch.setattr("generator.printing.write_pdf", lambda *_: Printed(b"%PDF", ()))
    monkeypatch.setattr("os.cpu_count", lambda: 1)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    """What all workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "shared"
    folder.mkdir(exist_ok=True)
    return Shared(folder)


@pytest.fixture(scope="session")
def site(shared: Shared) -> Published:
    """The annual report of three platforms, with its PDF, where one table has all indicators."""
    return Published(shared.folder("site", _publish_with_log))


def _publish_with_log(folder: Path) -> None:
    """What is logged on the way, and the text of each page of the PDF, lie beside the site."""
    content, log = copy_of(PLATFORMS, folder / "content"), Log()
    settings = content / YEAR / "bokslut.yaml"
    for part in ("områden", "enheter"):
        edit(settings, f"  - {part}\n", "")
    edit(settings, "  - kontakt\n", "  - kontakt\n  - underskrifter\n")
    append(settings, "\nunderskrifter:\n  ort: Umeå\n  roller: [Ordförande, Vice ordförande, Ledamot]\n")
    logging.getLogger().addHandler(log)
    logging.getLogger("weasyprint").addHandler(log)
    try:
        publish(content, folder / "output", with_pdf=True)
    finally:
        logging.getLogger().removeHandler(log)
        logging.getLogger("weasyprint").removeHandler(log)
    site = Published(folder)
    site.logged.write_text(json.dumps(log.lines), "utf-8")
    site.read.write_text(json.dumps(pdf_pages(site.pdf)), "utf-8")


@pytest.fixture(scope="session")
def web_site(shared: Shared) -> Path:
    """The whole site without its PDFs: soon built."""
    return shared.folder("web", lambda folder: publish(CONTENT, folder / "output")) / "output"


@pytest.fixture(scope="session")
def audit_site(shared: Shared) -> Path:
    """The audit edition of 2021 without its PDF."""
    return shared.folder("audit", lambda folder: publish_audit(CONTENT, folder / "granskning")) / "granskning"


@pytest.fixture(scope="session")
def other_site(shared: Shared) -> Path:
    """The site of the other organisation with its PDFs."""
    content = EXAMPLES / "annan-organisation"
    made = shared.folder("other", lambda folder: publish(content, folder / "output", with_pdf=True))
    return made / "output"


@pytest.fixture(scope="session")
def other_web(shared: Shared) -> Path:
    """The site of the other organisation without its PDFs."""
    content = EXAMPLES / "annan-organisation"
    return shared.folder("other-web", lambda folder: publish(content, folder / "output")) / "output"


@pytest.fixture(scope="session")
def report_2021() -> ShownReport:
    return next(report for report in checked_content().reports if report.report.id == YEAR)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the slowest site comes first, so that no worker has to wait for another to build it."""
    items.sort(key=lambda item: "site" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What has been imported stays: looking for garbage in it again and again takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(2_000_000)


def pytest_sessionfinish() -> None:
    """Pytest and the interpreter look for garbage at the end three times: once is enough."""
    gc.collect()
    gc.freeze()
