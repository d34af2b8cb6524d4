"""Workbooks that take long to make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sharing import Shared
from tests.support import PLATFORMS, YEAR
from tests.workbooks import OFFICE, PEOPLE, by_office, sheets_of


@pytest.fixture(scope="session")
def by_libreoffice(shared: Shared) -> Path:
    """A folder where LibreOffice has saved the tables of outcomes, and a table of persons."""
    if OFFICE is None:
        pytest.skip("there is no LibreOffice on this computer (Debian: apt install libreoffice-calc)")
    books = {"utfall": sheets_of(PLATFORMS / YEAR), "svar": {"Svar": PEOPLE}}
    return shared.folder("libreoffice", lambda folder: by_office(folder, books))
