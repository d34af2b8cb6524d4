"""The same content gives the same bytes, wherever and whenever it is built."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support import CENTRE, EXAMPLES, copy_of, only_centre, publish, write_contents

OTHERS = EXAMPLES / "annan-organisation"
# All pages of one content, and the PDF of another: it takes long, and its kinds of rows are few.
BUILD = """
from pathlib import Path
from generator.build import build
build(Path("content"), Path("ut"), lambda _: None, pdfs=())
build(Path("tryckt"), Path("ut-tryckt"), lambda _: None, pdfs=("bokslut.pdf",))
"""


def printed_content(folder: Path) -> Path:
    content = only_centre(folder)
    write_contents(content / CENTRE, "- översikt", "- områden")
    return content


def build_elsewhere(folder: Path, **environment: str) -> None:
    """Builds from copies in another place, in a process of its own."""
    copy_of(OTHERS, folder / "content")
    printed_content(folder / "tryckt")
    subprocess.run([sys.executable, "-c", BUILD], env={**os.environ, **environment}, cwd=folder, check=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_another_place_time_zone_locale_and_hash_seed_give_the_same_bytes(
    other_web: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "annanstans"
    elsewhere.mkdir()
    build_elsewhere(elsewhere, TZ="Pacific/Auckland", PYTHONHASHSEED="1", LC_ALL="C", LANG="C")
    printed = publish(printed_content(tmp_path / "content"), tmp_path / "ut", with_pdf=True).folder
    for here, there in ((other_web, elsewhere / "ut"), (printed, elsewhere / "ut-tryckt")):
        first, second = contents(here), contents(there)
        assert first.keys() == second.keys()
        assert [path for path in first if first[path] != second[path]] == []
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
