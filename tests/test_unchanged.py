"""What has not changed since the last build is kept, and what comes of it is as if all had been made anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.__main__ import has_nothing_to_do
from generator.build import Built, build
from generator.caching import cache_folder
from generator.fingerprints import (
    SUMMARY_PDF,
    UNCHANGED,
    is_unchanged,
    last_build,
    notes_of,
    of_files,
    of_program,
    sources,
)
from generator.model.places import ContentError
from tests.protecting.test_report import beside_each_other
from tests.publishing.test_folder import snapshot
from tests.reading.test_pictures import a_picture
from tests.sharing import Shared
from tests.support import EXAMPLES, append, copy_of, edit, publish, publish_audit, write_contents

LOCAL, CENTRE = "2017-bruket", "2023-arbetscentrum"
BOTH = (LOCAL, CENTRE)
A_TEXT = f"{LOCAL}/berattelse/aret.md"


def few_pages(folder: Path) -> Path:
    """The content of another organisation with few parts: soon built, again and again."""
    content = copy_of(EXAMPLES / "annan-organisation", folder / "content")
    write_contents(content / LOCAL, "- översikt", "- året")
    write_contents(content / CENTRE, "- översikt", "- enheter")
    return content


@pytest.fixture
def others(tmp_path: Path) -> Path:
    return few_pages(tmp_path)


@pytest.fixture
def output(shared: Shared, tmp_path: Path) -> Path:
    """What the content is built into; it has been built once."""
    made = shared.folder("few-pages", lambda folder: publish(few_pages(folder), folder / "output"))
    output = copy_of(made / "output", tmp_path / "output")
    shutil.copy(notes_file(made / "output"), notes_file(output))
    return output


def notes_file(output: Path) -> Path:
    return Path(cache_folder(), notes_of(str(output)))


def again(content: Path, output: Path) -> Built:
    """Builds once more, and checks it against a build into an empty folder."""
    built = publish(content, output)
    afresh = output.parent / "afresh"
    publish(content, afresh)
    assert snapshot(output) == snapshot(afresh)
    return built


def traces(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file was written, and which one it is on the disk."""
    paths = (folder, *folder.rglob("*"))
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


# PDFs


def test_a_pdf_is_made_again_when_what_it_shows_has_changed_only(
    others: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def summaries() -> list[bytes]:
        build(others, tmp_path / "output", lambda _: None, pdfs=(SUMMARY_PDF,))
        return [(tmp_path / "output" / report / SUMMARY_PDF).read_bytes() for report in BOTH]

    before = summaries()
    append(others / A_TEXT, "\nOch en dag till.\n")
    with monkeypatch.context() as nothing_is_printed:
        nothing_is_printed.setattr("generator.printing.write_pdf", lambda *_: pytest.fail("printed"))
        assert summaries() == before
    edit(others / LOCAL / "bokslut.yaml", "titel: ", "titel: Nya ")
    after = summaries()
    assert after[0] != before[0]
    assert after[1] == before[1]


# Nothing


def test_the_same_content_is_not_written_again(others: Path, output: Path) -> None:
    before = traces(output)
    built = publish(others, output)
    assert built.is_unchanged
    assert built.rendered == ()
    assert traces(output) == before


def test_that_nothing_has_changed_is_told_before_the_program_is_imported(others: Path, output: Path) -> None:
    code = f"""if True:
        import functools, sys, generator.__main__ as command
        command.sources = functools.partial(command.sources, pdfs=())
        sys.argv[1:] = ["bygg", "--innehåll", {str(others)!r}, "--ut", {str(output)!r}]
        command.main()
        print("generator.model" in sys.modules, "click" in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == f"{UNCHANGED}\nFalse False\n"


def test_a_build_that_was_killed_is_put_right_also_when_nothing_has_changed(
    others: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.__main__.sources", partial(sources, pdfs=()))
    arguments = ["bygg", "--innehåll", str(others), "--ut", str(output)]
    assert has_nothing_to_do(arguments)
    (output.parent / f".{output.name}.bygge").mkdir()
    assert not has_nothing_to_do(arguments)


def test_an_unchanged_build_tells_the_same_files(others: Path, output: Path) -> None:
    kept = publish(others, output).sizes
    assert kept == publish(others, output.parent / "afresh").sizes


def test_what_the_last_build_knew_lies_beside_what_is_published(output: Path) -> None:
    assert notes_file(output).exists()
    hashes = last_build(str(output)).values()
    files = [path for path in output.rglob("*") if path.is_file()]
    assert not [path for path in files for hash in hashes if hash.encode() in path.read_bytes()]


def test_a_folder_that_was_emptied_by_hand_is_built_anew(others: Path, output: Path) -> None:
    shutil.rmtree(output)
    output.mkdir()
    assert again(others, output).rendered == BOTH


def test_notes_of_other_files_are_not_trusted(others: Path, output: Path) -> None:
    """As when a build is killed between putting its files in place and its notes."""
    notes = notes_file(output).read_bytes()
    append(others / A_TEXT, "\nMer.\n")
    publish(others, output)
    notes_file(output).write_bytes(notes)
    edit(others / A_TEXT, "\nMer.\n", "")
    assert again(others, output).rendered == BOTH


def test_content_at_another_place_is_the_same(others: Path, output: Path) -> None:
    elsewhere = output.parent / "annan" / others.name
    elsewhere.parent.mkdir()
    others.rename(elsewhere)
    assert publish(elsewhere, output).is_unchanged


def test_drafts_change_nothing(others: Path, output: Path) -> None:
    (others / LOCAL / "berattelse/_utkast.md").write_text("Inte klart", "utf-8")
    assert publish(others, output).is_unchanged


# One report


def test_only_the_report_whose_text_is_edited_is_made_again(others: Path, output: Path) -> None:
    edit(others / A_TEXT, "gick", "vandrade")
    built = again(others, output)
    assert built.rendered == (LOCAL,)
    assert not built.is_unchanged
    assert "vandrade" in (output / LOCAL / "aret.html").read_text("utf-8")


def test_what_others_show_of_a_report_makes_them_again(others: Path, output: Path) -> None:
    """The index of one year stands on the pages of the other."""
    edit(others / CENTRE / "budget.yaml", "krav: minst 50 %", "krav: minst 90 %")
    assert again(others, output).rendered == BOTH


def test_the_comparison_follows_the_report_that_it_is_with(others: Path, output: Path) -> None:
    """A count that moves no signal, but that the comparison tells."""
    append(others / CENTRE / "bokslut.yaml", f"jämförs_med: {LOCAL}\n")
    publish(others, output)
    edit(others / LOCAL / "utfall/varden.csv", ";3;st", ";4;st")
    assert again(others, output).rendered == BOTH


def test_a_report_that_is_removed_disappears(others: Path, output: Path) -> None:
    (others / LOCAL).rename(others.parent / LOCAL)
    built = again(others, output)
    assert built.rendered == (CENTRE,)
    assert not (output / LOCAL).exists()
    assert not (output / "arkiv.html").exists()
    assert LOCAL not in (output / "manifest.json").read_text("utf-8")
    assert f"rapport/{LOCAL}" not in last_build(str(output))


def test_a_report_that_is_added_is_on_the_pages_of_the_others(others: Path, output: Path) -> None:
    (others / LOCAL).rename(others.parent / LOCAL)
    publish(others, output)
    (others.parent / LOCAL).rename(others / LOCAL)
    assert again(others, output).rendered == BOTH


def test_a_picture_is_part_of_its_report(others: Path, output: Path) -> None:
    a_picture(others / LOCAL / "bilder/hus.png", size=(20, 10))
    append(others / A_TEXT, "\n![Ett hus](bilder/hus.png)\n")
    publish(others, output)
    a_picture(others / LOCAL / "bilder/hus.png", size=(10, 20))
    assert again(others, output).rendered == (LOCAL,)


# All


def test_the_sites_settings_are_on_every_page(others: Path, output: Path) -> None:
    append(others / "webbplats.yaml", "upplysning: Ett utkast.\n")
    assert again(others, output).rendered == BOTH


def test_another_program_makes_all_again(others: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.fingerprints.of_program", lambda: "annat")
    assert publish(others, output).rendered == BOTH
    assert publish(others, output).is_unchanged


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("generator.fingerprints.PROJECT", str(tmp_path))
    monkeypatch.setattr("generator.fingerprints._GENERATOR", str(tmp_path / "generator"))
    monkeypatch.setattr("generator.fingerprints._of_code", of_files)  # as processes after each other
    (tmp_path / "generator").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "name", ["generator/a.py", "templates/a.html", "themes/b/theme.css", "themes/b/c.ttf"]
)
def test_every_file_of_the_program_counts(program: Path, name: str) -> None:
    path = program / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a", "utf-8")
    before = of_program()
    path.write_text("b", "utf-8")
    assert of_program() != before
    path.rename(path.with_stem("annan"))
    assert of_program() != before


def test_what_python_leaves_behind_does_not_count(program: Path) -> None:
    (program / "generator/__pycache__").mkdir()
    before = of_program()
    (program / "generator/__pycache__/a.pyc").write_bytes(b"x")
    assert of_program() == before


def test_the_locked_packages_count(program: Path) -> None:
    before = of_program()
    (program / "requirements.lock").write_text("jinja2==3", "utf-8")
    assert of_program() != before


@pytest.mark.usefixtures("without_printing")
def test_with_a_pdf_it_is_another_edition(others: Path, output: Path) -> None:
    assert publish(others, output, with_pdf=True).rendered == BOTH
    assert publish(others, output, with_pdf=True).is_unchanged
    assert publish(others, output).rendered == BOTH
    assert not list(output.rglob("*.pdf"))


def test_the_audit_edition_is_another_edition(others: Path, output: Path) -> None:
    folder = output.parent / "granskning"
    for rendered in (BOTH, ()):
        assert publish_audit(others, folder).rendered == rendered
    assert publish(others, folder).rendered == BOTH
    assert not list(folder.rglob("underlag.html"))


def test_the_date_that_files_state_counts(
    others: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert publish(others, output).rendered == BOTH
    assert publish(others, output).is_unchanged


# What is there


def test_a_file_that_was_removed_is_made_again(others: Path, output: Path) -> None:
    (output / LOCAL / "index.html").unlink()
    assert again(others, output).rendered == (LOCAL,)


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data.swapcase()], ids=["short", "same size"]
)
def test_a_file_that_was_tampered_with_is_made_again(
    others: Path, output: Path, change: Callable[[bytes], bytes]
) -> None:
    path = output / CENTRE / "data/resultat.json"
    path.write_bytes(change(path.read_bytes()))
    assert again(others, output).rendered == (CENTRE,)


def test_a_common_page_that_was_removed_is_made_again(others: Path, output: Path) -> None:
    (output / "arkiv.html").unlink()
    assert again(others, output).rendered == ()


@pytest.mark.parametrize("text", ["", '{"program": 1}'])
def test_with_spoilt_notes_all_is_made_again(others: Path, output: Path, text: str) -> None:
    notes_file(output).write_text(text, "utf-8")
    assert not is_unchanged(str(output), sources(str(others), pdfs=()))
    assert again(others, output).rendered == BOTH


def test_an_older_site_without_notes_is_replaced(others: Path, output: Path) -> None:
    notes_file(output).unlink()
    assert again(others, output).rendered == BOTH


def test_a_failed_build_leaves_the_notes_of_the_last_good_one(others: Path, output: Path) -> None:
    text = (others / A_TEXT).read_text("utf-8")
    append(others / A_TEXT, "{borta}")
    with pytest.raises(Exception, match="problem"):
        publish(others, output)
    (others / A_TEXT).write_text(text, "utf-8")
    assert publish(others, output).is_unchanged


def test_what_cannot_be_read_is_never_unchanged(others: Path, output: Path) -> None:
    """A link out of the folder that no text shows is passed over, and no hash tells what it leads to."""
    (others / LOCAL / "bilder").mkdir()
    (others / LOCAL / "bilder/lank.png").symlink_to("/etc/hostname")
    assert sources(str(others))[f"rapport/{LOCAL}"] == ""
    for _ in range(2):
        assert again(others, output).rendered == (LOCAL,)


# Disclosure control


def test_an_empty_folder_that_should_not_be_there_is_told(others: Path, output: Path) -> None:
    (others / LOCAL / "utfal").mkdir()
    with pytest.raises(ContentError):
        publish(others, output)


def test_last_years_figures_that_become_hidden_make_the_report_again(others: Path, output: Path) -> None:
    """The report of the year after is itself as before, but shows less of the year before."""
    after = others / "2024-arbetscentrum"
    shutil.copytree(others / CENTRE, after)
    edit(after / "bokslut.yaml", "år: 2023", "år: 2024")
    edit(after / "bokslut.yaml", "titel: Socialt bokslut 2023", "titel: Socialt bokslut 2024")
    (after / "utfall/varden.csv").write_text(
        "serie;plats;år;värde;måttenhet;källa\navslutade;Köket;2023;8;personer;Bokslutet 2023\n", "utf-8"
    )
    publish(others, output)
    page = output / "2024-arbetscentrum/avdelning-koket.html"
    before = page.read_text("utf-8")
    edit(others / CENTRE / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 9")
    assert "2024-arbetscentrum" in again(others, output).rendered
    assert page.read_text("utf-8") != before


def test_what_another_report_makes_it_hide_makes_the_report_again(tmp_path: Path) -> None:
    content, output = tmp_path / "content", tmp_path / "output"
    content.mkdir()
    beside_each_other(content, 3)
    for report in ("r2024", "a2024"):
        (content / report / "utfall/varden.csv").unlink()
    edit(content / "r2024/bokslut.yaml", "röjandekontroll: 5", "röjandekontroll: 3")
    publish(content, output)
    edit(content / "r2024/bokslut.yaml", "röjandekontroll: 3", "röjandekontroll: 5")
    assert "a2024" in again(content, output).rendered
