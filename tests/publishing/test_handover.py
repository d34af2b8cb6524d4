"""A site is handed to a folder or a zip: what differs is written, and what is of others is not touched."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from generator.publishing import Output, OutputError
from generator.publishing.handover import FRESH, Handover, hand_over
from generator.publishing.manifest import Manifest, manifest_text, written
from tests.publishing.test_folder import snapshot, write
from tests.reading.small import ASSOCIATION, small_report
from tests.support import publish
from tests.test_cli import run

FIRST = {"index.html": "1", "r/sida.html": "1", "r/stil.css": "1", "gammal/bild.svg": "1"}
SECOND = {"index.html": "2", "r/sida.html": "1", "r/ny.css": "1", "ny.html": "1"}


def hand(tmp_path: Path, files: dict[str, str], target: str = "webb", *, is_trial: bool = False) -> Handover:
    write(tmp_path / "output", files)
    return hand_over(tmp_path / "output", tmp_path / target, tmp_path / "content", is_trial=is_trial)


def content_of(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_the_target_becomes_as_the_output(tmp_path: Path) -> None:
    for files in (FIRST, SECOND):
        hand(tmp_path, files)
        assert snapshot(tmp_path / "webb") == snapshot(tmp_path / "output")
    assert not (tmp_path / "webb/gammal").exists()


@pytest.mark.parametrize("target", ["webb", "webb.zip"])
def test_a_trial_tells_what_is_then_done_and_does_nothing(tmp_path: Path, target: str) -> None:
    hand(tmp_path, FIRST, target)
    before = snapshot(tmp_path)
    told = hand(tmp_path, SECOND, target, is_trial=True)
    write(tmp_path / "output", FIRST)
    assert snapshot(tmp_path).keys() == before.keys()
    assert told == hand(tmp_path, SECOND, target)
    assert told.new == ["ny.html", "r/ny.css"]
    assert told.changed == ["index.html", "manifest.json"]
    assert told.removed == ["gammal/bild.svg", "r/stil.css"]
    assert told.unchanged == ["r/sida.html"]


def test_what_is_the_same_is_not_written(tmp_path: Path) -> None:
    hand(tmp_path, FIRST)
    for path in (tmp_path / "webb").rglob("*.*"):
        os.utime(path, (1, 1))
    hand(tmp_path, {**FIRST, "index.html": "2"})
    fresh = {path.name for path in (tmp_path / "webb").rglob("*.*") if path.stat().st_mtime > 1}
    assert fresh == {"index.html", "manifest.json"}


def test_files_of_others_stay(tmp_path: Path) -> None:
    for path in (".git/HEAD", "wp-content/x.php", "gammal/egen.txt"):
        (tmp_path / "webb" / path).parent.mkdir(parents=True)
        (tmp_path / "webb" / path).write_text("kvar", "utf-8")
    for files in (FIRST, SECOND):
        hand(tmp_path, files)
    assert {".git/HEAD", "wp-content/x.php", "gammal/egen.txt"} <= snapshot(tmp_path / "webb").keys()


@pytest.mark.parametrize("path", ["index.html", "manifest.json", "r", "r/stil.css/egen.txt"])
def test_a_file_of_another_is_not_written_over(tmp_path: Path, path: str) -> None:
    (tmp_path / "webb" / path).parent.mkdir(parents=True)
    (tmp_path / "webb" / path).write_text("kvar", "utf-8")
    with pytest.raises(OutputError, match="finns annat, som inte skrivs över"):
        hand(tmp_path, FIRST)
    assert list(snapshot(tmp_path / "webb")) == [path]


def test_a_handover_that_ends_midway_shows_whole_pages_and_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step a page that is there has what it was built with, also when the next site is another."""
    replace, steps = Path.replace, 0

    def stop_after(path: Path, to: Path) -> Path:
        nonlocal steps
        steps -= 1
        if not steps and path.name == FRESH:
            raise OSError("stopp")
        return replace(path, to)

    sites = [{"a.css": "1", "a.html": "1"}, {"b.css": "2", "b.html": "2"}, {"c.css": "3", "c.html": "3"}]
    for many in range(1, 5):
        folder = tmp_path / str(many)
        folder.mkdir()
        hand(folder, sites[0])
        write(folder / "output", sites[1])
        with monkeypatch.context() as patch, pytest.raises(OSError, match="stopp"):
            patch.setattr(Path, "replace", stop_after)
            steps = many
            hand_over(folder / "output", folder / "webb", folder / "content")
        there = {path.name for path in (folder / "webb").glob("*.*")}
        assert all(page.replace("html", "css") in there for page in there if page.endswith("html"))
        assert "a.html" in (folder / "webb/manifest.json").read_text("utf-8")
        hand(folder, sites[2])
        assert snapshot(folder / "webb") == snapshot(folder / "output")


def test_what_was_not_written_as_it_should_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def damage(path: Path, to: Path) -> Path:
        path.write_text("x", "utf-8") if to.name == "stil.css" else None
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", damage)
    with pytest.raises(OutputError, match=r"stämmer inte med manifest\.json: r/stil\.css"):
        hand(tmp_path, FIRST)


def test_the_same_site_gives_the_same_zip_which_a_host_can_read(tmp_path: Path) -> None:
    hand(tmp_path, FIRST, "a.zip")
    hand(tmp_path, SECOND, "a.zip")
    hand(tmp_path, SECOND, "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert {
        name: text for name, text in content_of(tmp_path / "a.zip").items() if "json" not in name
    } == SECOND
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert {entry.external_attr >> 16 for entry in opened.infolist()} == {0o644}
    assert {path.name for path in tmp_path.iterdir()} == {"output", "a.zip", "b.zip"}


def test_a_zip_of_another_stays(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "webb.zip", "w") as archive:
        archive.writestr("viktigt.txt", "kvar")
    with pytest.raises(OutputError, match=r"finns annat, som inte skrivs över: viktigt\.txt"):
        hand(tmp_path, FIRST, "webb.zip")
    (tmp_path / "webb.zip").write_bytes(b"halv")
    with pytest.raises(OutputError, match="ingen hel zip-fil"):
        hand(tmp_path, FIRST, "webb.zip")


@pytest.mark.parametrize("place", [8, 10], ids=["encrypted", "packed in another way"])
def test_a_zip_that_cannot_be_read_stays(tmp_path: Path, place: int) -> None:
    hand(tmp_path, FIRST, "webb.zip")
    data = bytearray((tmp_path / "webb.zip").read_bytes())
    data[data.index(b"PK\1\2") + place] = 99
    (tmp_path / "webb.zip").write_bytes(data)
    with pytest.raises(OutputError, match="ingen hel zip-fil"):
        hand(tmp_path, SECOND, "webb.zip")
    assert (tmp_path / "webb.zip").read_bytes() == data


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("output/webb", "ligger i varandra"),
        ("output", "ligger i varandra"),
        ("content/webb.zip", "ligger i varandra"),
        (".", "ligger i varandra"),
        ("saknas/webb", "finns inte. Ange en mapp"),
        ("konto@dator:webb", "finns inte. Ange en mapp"),
        ("output/index.html/webb", "ligger i varandra"),
        ("mitt", "ligger innehållet till en webbplats"),
    ],
)
def test_a_place_that_cannot_be_the_target_is_refused(tmp_path: Path, target: str, told: str) -> None:
    write(tmp_path / "mitt", {"webbplats.yaml": "1"})
    with pytest.raises(OutputError, match=told):
        hand(tmp_path, FIRST, target)


def test_a_list_at_the_target_cannot_lead_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "webb").mkdir()
    (tmp_path / "viktigt.txt").write_text("kvar", "utf-8")
    files = {"../viktigt.txt": written(b"kvar"), "a\0b": written(b"")}
    (tmp_path / "webb/manifest.json").write_text(manifest_text(Manifest(files)), "utf-8")
    with pytest.raises(OutputError, match="utanför"):
        hand(tmp_path, FIRST)
    (tmp_path / "webb/manifest.json").unlink()
    (tmp_path / "annan").mkdir()
    (tmp_path / "webb/r").symlink_to(tmp_path / "annan")
    with pytest.raises(OutputError, match="utanför"):
        hand(tmp_path, FIRST)
    assert (tmp_path / "viktigt.txt").exists()


ENTRY = '{"files": [{"path": %s, "size": %s, "sha256": "' + "0" * 64 + '"}]}'


@pytest.mark.parametrize("text", [ENTRY % ('"\\ud800"', 1), ENTRY % ('"a"', "1e999"), "[" * 100_000])
def test_a_list_at_the_target_that_none_can_be_is_of_another(tmp_path: Path, text: str) -> None:
    (tmp_path / "webb").mkdir()
    (tmp_path / "webb/manifest.json").write_text(text, "utf-8")
    with pytest.raises(OutputError, match=r"finns annat, som inte skrivs över: manifest\.json"):
        hand(tmp_path, FIRST)


def test_nothing_is_written_through_a_link_at_the_target(tmp_path: Path) -> None:
    important = tmp_path / "viktigt.txt"
    important.write_text("kvar", "utf-8")
    (tmp_path / "webb").mkdir()
    (tmp_path / "webb" / FRESH).symlink_to(important)
    hand(tmp_path, FIRST)
    assert important.read_text("utf-8") == "kvar"
    assert not (tmp_path / "webb" / FRESH).is_symlink()


@pytest.mark.parametrize("path", ["index.html", "r/egen.html"])
def test_an_output_that_was_changed_by_hand_is_refused(tmp_path: Path, path: str) -> None:
    write(tmp_path / "output", FIRST)
    (tmp_path / "output" / path).write_text("för hand", "utf-8")
    with pytest.raises(OutputError, match=f"inte som den byggdes: {path}"):
        hand_over(tmp_path / "output", tmp_path / "webb", tmp_path / "content")
    assert not (tmp_path / "webb").exists()


def test_a_pdf_that_goes_is_told(tmp_path: Path) -> None:
    write(tmp_path / "output", {"index.html": "1", "r/bokslut.pdf": "1"})
    arguments = ("publicera", tmp_path / "webb", "--från", tmp_path / "output")
    assert "Varning" not in run(*arguments).output
    write(tmp_path / "output", {"index.html": "1"})
    assert "har inte längre r/bokslut.pdf. Ska de ligga ute, bygg utan --utan-pdf" in run(*arguments).output


def test_at_the_prompt(tmp_path: Path) -> None:
    """A draft is told of, the audit edition refused, and so is a folder where nothing was built."""
    content = small_report(
        tmp_path / "content", "mått: beskrivning, krav: minst 1", settings=f"utkast: ja\n{ASSOCIATION}"
    )
    arguments = ("publicera", tmp_path / "webb", "--innehåll", content, "--från", tmp_path / "output")
    assert "ingen byggd webbplats" in run(*arguments).output
    publish(content, tmp_path / "output")
    files = len(json.loads((tmp_path / "output/manifest.json").read_text("utf-8"))["files"]) + 1
    trial = run(*arguments, "--prova")
    assert f"{files} nya, 0 ändrade, 0 borttagna, 0 oförändrade. Inget har gjorts." in trial.output
    assert "  ny: index.html\n" in trial.output
    assert not (tmp_path / "webb").exists()
    done = run(*arguments)
    assert "Varning: r är ett utkast" in done.output
    assert done.exit_code == 0
    assert f"0 nya, 0 ändrade, 0 borttagna, {files} oförändrade" in run(*arguments).output
    with Output(tmp_path / "granskning", is_public=False) as audit:
        audit.add("index.html", "x")
        audit.add_lists({}, [])
    refused = run("publicera", tmp_path / "webb", "--innehåll", content, "--från", tmp_path / "granskning")
    assert refused.exit_code == 1
    assert "granskningsutgåvan, som inte får läggas ut" in refused.output
