"""The same content gives the same bytes, wherever and whenever it is built."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support import EXAMPLES, copy_of, publish, write_contents

OTHERS = EXAMPLES / "annan-organisation"


def build_elsewhere(folder: Path, **environment: str) -> Path:
    """Builds the other organisation's site in a process of its own, from a copy in another place."""
    content = copy_of(OTHERS, folder / "content")
    subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()", "bygg",
         "--innehåll", str(content), "--ut", str(folder / "ut")],
        env={**os.environ, **environment},
        cwd=folder,
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder / "ut"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_another_place_time_zone_locale_and_hash_seed_give_the_same_bytes(
    other_site: Path, tmp_path: Path
) -> None:
    elsewhere = build_elsewhere(tmp_path, TZ="Pacific/Auckland", PYTHONHASHSEED="1", LC_ALL="C", LANG="C")
    first, second = contents(other_site), contents(elsewhere)
    # The first was made without the file for the printing works, to save time.
    assert first.keys() == {path for path in second if not path.endswith("-tryck.pdf")}
    assert [path for path in first if first[path] != second[path]] == ["manifest.json"]
    assert any(path.endswith(".pdf") for path in first)


def test_the_day_of_the_build_can_be_given(
    centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    write_contents(centre, "- översikt")
    built = publish(centre.parent, tmp_path / "output", with_pdf=True).folder
    metadata = PdfReader(built / centre.name / "bokslut.pdf").metadata
    assert metadata is not None
    assert metadata.creation_date == datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)
    assert metadata.modification_date == datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)
