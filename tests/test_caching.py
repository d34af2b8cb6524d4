"""What is kept between runs saves work, and never decides what comes of it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from jinja2 import Environment

from generator.caching import cache_folder, keep, kept
from generator.pages.render import environment


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100])
def test_what_is_damaged_is_as_if_it_were_not_there(damage: bytes) -> None:
    keep("a/b", b"content")
    assert kept("a/b") == b"content"
    Path(cache_folder(), "a/b").write_bytes(damage)
    assert kept("a/b") is None


def test_where_nothing_can_be_kept_work_goes_on(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    keep("a", b"content")
    assert kept("a") is None


def test_a_template_is_compiled_once_for_all_runs_and_again_when_it_has_changed(tmp_path: Path) -> None:
    template = tmp_path / "a.html"

    def rendered() -> tuple[str, bool]:
        with patch.object(Environment, "_generate", autospec=True, side_effect=Environment._generate) as made:
            return environment([tmp_path]).get_template("a.html").render(), bool(made.called)

    template.write_text("{{ 1 + 1 }}", "utf-8")
    assert [rendered(), rendered()] == [("2", True), ("2", False)]
    template.write_text("{{ 1 + 2 }}", "utf-8")
    assert [rendered(), rendered()] == [("3", True), ("3", False)]
    for file in Path(cache_folder()).rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-1])
    assert rendered() == ("3", True)
