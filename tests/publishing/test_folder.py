"""The output folder is swapped in whole, and only ever replaces a site of ours."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from generator.intake import write_draft
from generator.model.places import ContentError
from generator.model.raw import CountedTable
from generator.publishing import Output, OutputError
from generator.publishing.counted_tables import write_tables
from generator.publishing.manifest import Manifest, manifest_text
from tests.support import CENTRE, edit, publish


def snapshot(folder: Path) -> dict[str, str]:
    """Every file of a folder with a hash of what is in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, files: dict[str, str]) -> None:
    with Output(folder) as output:
        for path, text in files.items():
            output.add(path, text)
        output.add("manifest.json", manifest_text(Manifest(output.files)))


def test_files_are_written_where_they_are_named(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"a/b.html": "Å"})
    assert (tmp_path / "ut/a/b.html").read_text("utf-8") == "Å"


def test_folders_above_the_output_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a/b/ut", {"index.html": "x"})
    assert (tmp_path / "a/b/ut/index.html").exists()


def test_what_an_earlier_build_left_is_removed(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"gammal/sida.html": "x", "index.html": "x"})
    write(tmp_path / "ut", {"index.html": "y"})
    assert set(snapshot(tmp_path / "ut")) == {"index.html", "manifest.json"}


def test_what_is_as_before_keeps_its_time(tmp_path: Path) -> None:
    write(tmp_path / "site", {"same.html": "a", "other.html": "b"})
    os.utime(tmp_path / "site/same.html", (1, 1))
    os.utime(tmp_path / "site/other.html", (1, 1))
    write(tmp_path / "site", {"same.html": "a", "other.html": "c"})
    times = {path.name: path.stat().st_mtime for path in (tmp_path / "site").glob("*.html")}
    assert times["same.html"] == 1 < times["other.html"]


def test_hidden_files_of_the_owner_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    (tmp_path / "ut/.nojekyll").write_text("", "utf-8")
    (tmp_path / "ut/.git/objects").mkdir(parents=True)
    (tmp_path / "ut/.git/HEAD").write_text("ref", "utf-8")
    write(tmp_path / "ut", {"index.html": "y"})
    assert set(snapshot(tmp_path / "ut")) == {".git/HEAD", ".nojekyll", "index.html", "manifest.json"}
    assert (tmp_path / "ut/.git/objects").is_dir()


def test_an_empty_folder_or_one_with_hidden_files_only_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut/.gitkeep").write_text("", "utf-8")
    write(tmp_path / "ut", {"index.html": "x"})
    assert (tmp_path / "ut/index.html").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "hemma"
    folder.mkdir()
    (folder / "viktigt.txt").write_text("kvar", "utf-8")
    with pytest.raises(OutputError, match="skrivs inte över"):
        write(folder, {"index.html": "x"})
    assert set(snapshot(folder)) == {"viktigt.txt"}


def test_a_folder_with_a_manifest_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Many kinds of projects have a file of that name: a web app, an extension."""
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"name": "Min app", "start_url": "/"}', "utf-8")
    (folder / "app.js").write_text("viktigt", "utf-8")
    with pytest.raises(OutputError, match="skrivs inte över"):
        write(folder, {"index.html": "x"})
    assert (folder / "app.js").read_text("utf-8") == "viktigt"


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("kvar", "utf-8")
    with pytest.raises(OutputError, match="är en fil"):
        write(tmp_path / "ut", {"index.html": "x"})
    assert (tmp_path / "ut").read_text("utf-8") == "kvar"


def test_a_build_that_fails_midway_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    before = snapshot(tmp_path)
    with pytest.raises(RuntimeError), Output(tmp_path / "ut") as output:
        output.add("index.html", "y")
        raise RuntimeError
    assert snapshot(tmp_path) == before


def test_nothing_is_left_beside_the_folder(tmp_path: Path) -> None:
    for text in ("x", "y"):
        write(tmp_path / "ut", {"index.html": text})
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_a_link_to_the_output_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "verklig").mkdir()
    (tmp_path / "ut").symlink_to(tmp_path / "verklig")
    write(tmp_path / "ut", {"index.html": "x"})
    assert (tmp_path / "ut").is_symlink()
    assert (tmp_path / "verklig/index.html").exists()


def test_a_link_where_files_are_written_beside_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "annans/ny").mkdir(parents=True)
    (tmp_path / ".ut.bygge").symlink_to(tmp_path / "annans")
    with pytest.raises(OutputError, match=r"\.ut\.bygge är en länk"):
        write(tmp_path / "ut", {"index.html": "x"})
    assert (tmp_path / "annans/ny").exists()


def test_another_site_beside_ours_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    (tmp_path / "ut/annan-webbplats").mkdir()
    (tmp_path / "ut/annan-webbplats/index.html").write_text("kvar", "utf-8")
    with pytest.raises(OutputError, match="annan-webbplats"):
        write(tmp_path / "ut", {"index.html": "y"})
    assert (tmp_path / "ut/annan-webbplats/index.html").read_text("utf-8") == "kvar"
    assert (tmp_path / "ut/index.html").read_text("utf-8") == "x"


def test_a_folder_with_somebodys_hidden_folders_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "hem/.ssh").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"\.ssh"):
        write(tmp_path / "hem", {"index.html": "x"})


def test_a_single_page_that_is_not_listed_is_a_leftover(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    (tmp_path / "ut/gammal.html").write_text("x", "utf-8")
    write(tmp_path / "ut", {"index.html": "y"})
    assert not (tmp_path / "ut/gammal.html").exists()


def test_an_interruption_in_the_middle_of_the_swap_leaves_the_earlier_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    (tmp_path / "ut/.nojekyll").write_text("", "utf-8")
    before = snapshot(tmp_path / "ut")
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "ny":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "ut", {"index.html": "y"})
    assert snapshot(tmp_path / "ut") == before
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_what_a_killed_build_left_is_put_right_by_the_next(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    (tmp_path / ".ut.bygge").mkdir()
    (tmp_path / "ut").rename(tmp_path / ".ut.bygge/gammal")
    (tmp_path / ".ut.bygge/gammal/.nojekyll").write_text("", "utf-8")
    write(tmp_path / "ut", {"index.html": "y"})
    assert set(snapshot(tmp_path / "ut")) == {".nojekyll", "index.html", "manifest.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_the_folder_keeps_its_permissions(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "x"})
    (tmp_path / "ut").chmod(0o700)
    write(tmp_path / "ut", {"index.html": "y"})
    assert (tmp_path / "ut").stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_be_written_to_is_told_in_swedish(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", "utf-8")
    with pytest.raises(OutputError, match="Det går inte att skriva"):
        write(tmp_path / "fil/under", {"index.html": "x"})


@pytest.mark.parametrize("other", ["a.html", "A.HTML", "./a.html"])
def test_two_files_cannot_have_one_path_nor_what_hosts_may_take_for_it(tmp_path: Path, other: str) -> None:
    output = Output(tmp_path / "ut")
    output.add("a.html", "x")
    with pytest.raises(OutputError, match=r"samma adress: a\.html"):
        output.add(other, "y")


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.html", "a/../../b.html"])
def test_no_file_can_be_written_outside_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        Output(tmp_path / "ut").add(path, "x")


# The whole site


def test_the_manifest_lists_every_other_file_with_size_and_hash(other_site: Path) -> None:
    listed = json.loads((other_site / "manifest.json").read_text("utf-8"))["files"]
    hashes = {one["path"]: one["sha256"] for one in listed}
    sizes = {one["path"]: one["size"] for one in listed}
    found = snapshot(other_site)
    del found["manifest.json"]
    assert hashes == found
    assert sizes == {path: (other_site / path).stat().st_size for path in found}


@pytest.fixture
def published(centre: Path, tmp_path: Path) -> Path:
    """Where a small report is published."""
    return publish(centre.parent, tmp_path / "output").folder


def test_a_page_of_last_years_build_is_removed(centre: Path, published: Path) -> None:
    assert (published / CENTRE / "deltagare.html").exists()
    (published / CENTRE / "gammal.html").write_text("x", "utf-8")
    centre.rename(centre.with_name("2023-annat"))
    edit(centre.parent / "webbplats.yaml", CENTRE, "2023-annat")
    publish(centre.parent, published)
    assert not (published / CENTRE).exists()
    assert (published / "2023-annat/index.html").exists()


def test_a_fault_in_the_content_leaves_the_earlier_site_byte_for_byte(centre: Path, published: Path) -> None:
    before = snapshot(published)
    edit(centre / "budget.yaml", "vikt: 6\n", "vikt: sex\n")
    with pytest.raises(ContentError):
        publish(centre.parent, published)
    assert before == snapshot(published)


def test_a_broken_reference_leaves_the_earlier_site_too(centre: Path, published: Path) -> None:
    before = snapshot(published)
    edit(centre / "exempel/bussen.md", "Det gjorde", "{borta} Det gjorde")
    with pytest.raises(ContentError):
        publish(centre.parent, published)
    assert before == snapshot(published)


def test_without_pdf_no_page_promises_one(published: Path) -> None:
    assert not list(published.rglob("*.pdf"))
    assert ".pdf" not in (published / CENTRE / "index.html").read_text("utf-8")


def test_nothing_is_written_through_a_link_in_the_content(tmp_path: Path) -> None:
    important = tmp_path / "viktigt.txt"
    important.write_text("kvar", "utf-8")
    for name in (".enkat.csv.ny", ".register.yaml.ny"):
        (tmp_path / name).symlink_to(important)
    write_tables([CountedTable("enkat", ("svar",), (("Ja",),), ())], tmp_path)
    write_draft("karta: ny", tmp_path / "register.yaml")
    assert important.read_text("utf-8") == "kvar"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["enkat.csv", "register.yaml", "viktigt.txt"]
