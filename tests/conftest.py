"""Fixtures: a copy of the content to change, and sites that are built once and only read."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import settings

from generator.build import build, check
from generator.model.published import PublishedReport
from tests.support import CONTENT, EXAMPLES, YEAR, Log, Published, copy_of, only_year, publish

# The same examples every time: a test suite that fails only sometimes is not a specification.
settings.register_profile("bokslut", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("bokslut")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content of 2021, to change."""
    return only_year(tmp_path / "content")


@pytest.fixture
def year(content: Path) -> Path:
    """The report's folder in the copy."""
    return content / YEAR


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A copy of the content of another organisation, to change: two small reports."""
    return copy_of(EXAMPLES / "annan-organisation", tmp_path / "content")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The site of 2021 with its PDF."""
    log = Log()
    logging.getLogger().addHandler(log)
    logging.getLogger("weasyprint").addHandler(log)
    try:
        built = publish(CONTENT, tmp_path_factory.mktemp("site") / "output", with_pdf=True)
    finally:
        logging.getLogger().removeHandler(log)
        logging.getLogger("weasyprint").removeHandler(log)
    return Published(built.folder, log.lines)


@pytest.fixture(scope="session")
def web_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of 2021 without its PDF: soon built."""
    return publish(CONTENT, tmp_path_factory.mktemp("web") / "output").folder


@pytest.fixture(scope="session")
def audit_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit edition of 2021 without its PDF."""
    folder = tmp_path_factory.mktemp("audit") / "granskning"
    return build(CONTENT, folder, lambda _: None, with_pdf=False, is_audit=True).folder


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the other organisation with its PDFs."""
    folder = tmp_path_factory.mktemp("other") / "output"
    return publish(EXAMPLES / "annan-organisation", folder, with_pdf=True).folder


@pytest.fixture(scope="session")
def report_2021() -> PublishedReport:
    return next(one for one in check(CONTENT).reports if one.report.id == YEAR)
