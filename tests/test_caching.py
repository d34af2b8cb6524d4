"""What is kept between runs saves work, and never decides what comes of it."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from jinja2 import Environment

from generator.build import check
from generator.caching import cache_folder, keep, kept, remembered
from generator.checking import examine
from generator.cli import main
from generator.editions import THEMES
from generator.fingerprints import of_files
from generator.pages.render import environment
from generator.reading.themes import _read, read_theme
from generator.templating import in_common
from tests.support import EXAMPLES, append, copy_of, edit

LOCAL, CENTRE = "2017-bruket", "2023-arbetscentrum"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where reports are kept too, which other tests do without."""
    monkeypatch.setattr("generator.checking.remembered", remembered)
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


def test_what_cannot_be_kept_leaves_nothing_behind() -> None:
    folder = Path(cache_folder(), "a")
    (folder / "b").mkdir(parents=True)
    keep("a/b", b"content")
    assert [path.name for path in folder.iterdir()] == ["b"]


def test_a_file_larger_than_any_that_is_read_is_like_nothing(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").touch()
    os.truncate(tmp_path / "film.mp4", 10**12)
    assert of_files(str(tmp_path)) == ""


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


def test_what_templates_import_is_made_once_for_pages_and_sees_what_they_have_in_common(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.html").write_text('{% from "b.html" import say with context %}{{ say() }}', "utf-8")
    (tmp_path / "b.html").write_text(
        "{% set n = made() %}{% macro say() %}{{ n }}{{ page is defined }}{% endmacro %}", "utf-8"
    )
    (tmp_path / "c.html").write_text('{% include "a.html" %}{% include "a.html" %}', "utf-8")
    template, numbers = environment([tmp_path]).get_template("c.html"), itertools.count(1)
    common = in_common({"made": lambda: next(numbers)})
    assert [template.render(common, page=page) for page in "xy"] == 2 * ["1False1False"]


def examined_anew(content: Path) -> list[str]:
    """The reports that a check examines, of those in the content."""
    with patch("generator.checking.examine", side_effect=examine) as made:
        check(content)
    return [call.args[1] for call in made.call_args_list]


def test_only_a_report_that_has_changed_is_examined_again(tmp_path: Path) -> None:
    content = copy_of(EXAMPLES / "annan-organisation", tmp_path / "content")
    assert examined_anew(content) == [LOCAL, CENTRE]
    assert examined_anew(content) == []
    append(content / LOCAL / "berattelse/aret.md", "\nMer.\n")
    assert examined_anew(content) == [LOCAL]
    content.rename(tmp_path / "annat")  # problems tell where things stand
    assert examined_anew(tmp_path / "annat") == [LOCAL, CENTRE]


def test_only_a_theme_that_has_changed_is_judged_again(tmp_path: Path) -> None:
    theme = copy_of(THEMES / "neutral", tmp_path / "eget")
    with patch("generator.reading.themes.read_theme", side_effect=read_theme) as made:
        first, again = _read(theme), _read(theme)
        append(theme / "theme.css", "\n.sist { color: red; }\n")
        changed, _ = _read(theme)
    assert (made.call_count, again) == (2, first)
    assert changed != first[0]


def test_content_that_has_been_checked_and_is_the_same_is_told_of_without_a_check(tmp_path: Path) -> None:
    content = copy_of(EXAMPLES / "annan-organisation", tmp_path / "content")

    def told() -> tuple[str, bool]:
        with patch("generator.build.check", side_effect=check) as made:
            result = CliRunner().invoke(main, ["granska", "--innehåll", str(content)])
        return result.output, bool(made.called)

    (first, is_checked), again = told(), told()
    assert is_checked
    assert again == (first, False)
    table = content / CENTRE / "utfall/deltagare.csv"
    edit(table, "Avslutade;6;11;1", "Avslutade;1;1;1")
    assert "Indikator 1.1.1 är röd" in told()[0]
    edit(table, "Avslutade;1;1;1", "Avslutade;en;1;1")
    assert [told()[1], told()[1]] == [True, True]  # faults are looked for each time


def test_what_is_damaged_or_others_could_have_written_is_examined_again(tmp_path: Path) -> None:
    content = copy_of(EXAMPLES / "annan-organisation", tmp_path / "content")
    examined_anew(content)
    first, second = sorted(Path(cache_folder(), "granskade").iterdir())
    first.write_bytes(first.read_bytes()[:-1])
    second.chmod(0o666)
    assert examined_anew(content) == [LOCAL, CENTRE]


def test_what_is_kept_of_a_report_is_for_its_user_only(tmp_path: Path) -> None:
    examined_anew(copy_of(EXAMPLES / "annan-organisation", tmp_path / "content"))
    for file in Path(cache_folder(), "granskade").iterdir():
        assert file.stat().st_mode & 0o077 == 0
