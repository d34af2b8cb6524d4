"""What lies in the content folder is read, passed over on purpose, or told: never lost in silence."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from generator.build import check
from tests.reading.test_pictures import TEXT, a_picture
from tests.support import YEAR, append, copy_of, edit, only_problem_in, problems_in, read


@pytest.mark.parametrize(
    ("old", "new", "found", "remedy"),
    [
        ("berattelse", "berättelse", "mappen känns inte igen", "Menade du ”berattelse”?"),
        ("exempel", "Exempel", "mappen känns inte igen", "Menade du ”exempel”?"),
        ("utfall", "utfal", "mappen känns inte igen", "Menade du ”utfall”?"),
        ("enkat.yaml", "enkat.yml", "filen känns inte igen", "Menade du ”enkat.yaml”?"),
        ("enkat.yaml", "enkät.yaml", "filen känns inte igen", "Menade du ”enkat.yaml”?"),
        ("exempel/vad-jag-kunde.md", "exempel/vad-jag-kunde.MD", "läses inte som en text", "sluta på .md"),
        ("berattelse/kontakt.md", "berattelse/kontakt.txt", "läses inte som en text", "sluta på .md"),
        ("berattelse/kontakt.md", "exempel/mer/kontakt.md", "ingen mapp", "direkt i mappen"),
        (
            "berattelse/kontakt.md",
            "exempel/bilder/kontakt.md",
            "ingen mapp",
            "Flytta den till rapportens mapp.",
        ),
        ("berattelse/kontakt.md", "exempel/hus.JPG", "ligger bland texterna", "rapportens mapp ”bilder”"),
        (
            "berattelse/kontakt.md",
            "berattelse/avtal.pdf",
            "ligger bland texterna",
            "rapportens mapp ”bilagor”",
        ),
        ("enheter/vindeln/analys.md", "enheter/vindeln/Analys.md", "känns inte igen", "”analys.md”"),
        ("enheter/vindeln/analys.md", "enheter/vindeln.md", "filen läses inte", "enheter/<enhet>/analys.md"),
        ("utfall/intyg.csv", "utfall/mer/intyg.csv", "tabellen känns inte igen", "intyg.csv"),
        ("utfall/intyg.csv", "utfall/intyg.CSV", "tabellen känns inte igen", "Menade du ”intyg.csv”?"),
    ],
)
def test_a_misnamed_file_or_folder_is_told_with_a_suggestion(
    year: Path, old: str, new: str, found: str, remedy: str
) -> None:
    (year / new).parent.mkdir(exist_ok=True)
    (year / old).rename(year / new)
    is_within = "mer/" in new or "bilder/" in new
    outermost = new.removesuffix("/kontakt.md").removesuffix("/intyg.csv") if is_within else new
    told = [one for one in problems_in(year.parent) if one.place.file == f"content/{YEAR}/{outermost}"]
    assert len(told) == 1
    assert found in told[0].found
    assert remedy in told[0].remedy


def test_a_file_in_place_of_a_folder_is_told(year: Path) -> None:
    for file in (year / "exempel").iterdir():
        file.unlink()
    (year / "exempel").rmdir()
    (year / "exempel").write_text("x", "utf-8")
    assert "det är en fil, men ska vara en mapp" in problems_in(year.parent)[0].found


@pytest.mark.parametrize("file", ["enkat.yaml", "utfall/varden.csv", "berattelse/kontakt.md"])
def test_a_folder_in_place_of_a_file_is_told(year: Path, file: str) -> None:
    (year / file).unlink()
    (year / file).mkdir()
    told = [one.found for one in problems_in(year.parent) if one.place.file == f"content/{YEAR}/{file}"]
    assert len(told) == 1
    assert "mapp" in told[0]


@pytest.mark.parametrize(
    "name", ["README.md", "LÄSMIG.txt", "_arkiv/a.txt", ".git/config", "~$budget.xlsx", "Thumbs.db", "Icon\r"]
)
def test_notes_drafts_and_hidden_files_may_lie_beside(year: Path, name: str) -> None:
    (year / name).parent.mkdir(exist_ok=True)
    (year / name).write_text("x", "utf-8")
    assert not problems_in(year.parent)


# Report folders


@pytest.mark.parametrize("name", ["_2022-utkast", ".2022"])
def test_a_report_folder_that_is_a_draft_or_hidden_is_passed_over(year: Path, name: str) -> None:
    copy_of(year, year.parent / name)
    (year.parent / name / "budget.yaml").unlink()
    assert len(check(year.parent).reports) == 1


@pytest.mark.parametrize("name", ["2022 Umeå", "2022-Umea", "2022-umeå", "v2.0", "-2022"])
def test_a_report_folder_whose_name_does_not_fit_an_address_is_told(year: Path, name: str) -> None:
    copy_of(year, year.parent / name)
    problem = only_problem_in(year.parent)
    assert (problem.place.file, problem.place.line) == (f"content/{name}", 0)
    assert "kan inte stå i en webbadress" in problem.found


def test_a_report_folder_that_is_a_link_out_of_the_content_is_refused(year: Path, tmp_path: Path) -> None:
    copy_of(year, tmp_path / "elsewhere")
    (year.parent / "2022").symlink_to(tmp_path / "elsewhere")
    assert "mappen är en länk ut ur innehållet" in only_problem_in(year.parent).found


@pytest.mark.parametrize("make", ["a link to nothing", "a pipe"])
def test_what_is_no_ordinary_file_is_told(year: Path, make: str) -> None:
    (year / "utfall/intyg.csv").unlink()
    if make == "a pipe":
        os.mkfifo(year / "utfall/intyg.csv")
    else:
        (year / "utfall/intyg.csv").symlink_to("borta.csv")
    assert "ingen vanlig fil" in only_problem_in(year.parent).found


def test_links_that_lead_round_are_told(year: Path) -> None:
    (year / "utfall/intyg.csv").unlink()
    (year / "utfall/intyg.csv").symlink_to("intyg.csv")
    assert "filen får inte läsas" in only_problem_in(year.parent).found


# What may not be read


@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize("folder", ["", "utfall", "berattelse", "enheter"])
def test_a_folder_that_may_not_be_read_is_told(
    year: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_folder = Path.iterdir

    def refuse(path: Path) -> object:
        if path == year / folder:
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    problem = problems_in(year.parent)[0]
    assert (problem.place.file, problem.found) == (
        f"content/{YEAR}/{folder}".rstrip("/"),
        "mappen får inte läsas",
    )


@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize("file", ["budget.yaml", "utfall/varden.csv", "berattelse/kontakt.md"])
def test_a_file_that_may_not_be_read_is_told(year: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == year / file:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problem = only_problem_in(year.parent)
    assert (problem.place.file, problem.found) == (f"content/{YEAR}/{file}", "filen får inte läsas")


# Letters that macOS takes apart


def test_a_picture_is_found_by_its_name_however_its_letters_are_stored(year: Path) -> None:
    a_picture(year / "bilder" / unicodedata.normalize("NFD", "räv.png"))
    append(year / TEXT, "\n![En räv](bilder/räv.png)\n")
    (scored,) = check(year.parent).reports
    assert list(scored.report.pictures) == ["bilder/räv.png"]


def test_a_folder_of_a_unit_is_found_however_its_letters_are_stored(year: Path) -> None:
    (year / "enheter/vannas").rename(year / "enheter" / unicodedata.normalize("NFD", "vännäs"))
    (scored,) = check(year.parent).reports
    assert "vannas" in [analysis.name for analysis in scored.report.analyses]


# Encodings


@pytest.mark.parametrize("file", ["berattelse/kontakt.md", "utfall/varden.csv", "budget.yaml"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_stray_byte_in_utf_8_is_told_at_its_line(year: Path, file: str, end: bytes) -> None:
    lines = (year / file).read_text("utf-8").split("\n")
    data = [line.encode() for line in lines]
    data[2] += b" m\xe4n"
    (year / file).write_bytes(end.join([*data, "å".encode()]))
    problem = only_problem_in(year.parent)
    assert (problem.place.file, problem.place.line) == (f"content/{YEAR}/{file}", 3)
    assert "inte UTF-8" in problem.found


# Answers that differ in signs only

SCALE = '["< 5 år", "> 5 år", 65, 65+, 😀, 😡]'


def with_signs(year: Path, *rows: str) -> None:
    edit(year / "enkat.yaml", "svar: [Ja, Nej, Övriga svar]", f"svar: [Ja, Nej, Övriga svar]\n"
         f"  - id: tecken\n    namn: Tecken\n    svar: {SCALE}")  # fmt: skip
    append(year / "enkat.yaml", "  - id: tid\n    text: Hur länge?\n    skala: tecken\n")
    append(year / "utfall/enkat.csv", "".join(f"personal;tid;alla;{row}\n" for row in rows))


def test_answers_may_differ_in_signs_only(year: Path) -> None:
    with_signs(year, "<  5 År;1", "> 5 år;2", "65;3", "65+;4", "😀;5", "😡;6")
    (report,) = read(year.parent)
    (counts,) = [c for key, c in report.outcomes.answers.items() if key.question == "tid"]
    assert [(set(one.answers), one.count) for one in counts] == [
        ({"< 5 år"}, 1), ({"> 5 år"}, 2), ({"65"}, 3), ({"65+"}, 4), ({"😀"}, 5), ({"😡"}, 6),
    ]  # fmt: skip


def test_an_answer_with_a_plus_may_be_added_to_another(year: Path) -> None:
    with_signs(year, "65+ + < 5 år;7", "😀+😡;8")
    (report,) = read(year.parent)
    (counts,) = [c for key, c in report.outcomes.answers.items() if key.question == "tid"]
    assert [one.answers for one in counts] == [{"65+", "< 5 år"}, {"😀", "😡"}]


def test_an_answer_that_differs_in_its_sign_is_not_on_the_scale(year: Path) -> None:
    with_signs(year, "= 5 år;1")
    assert "svaret ”= 5 år” finns inte på skalan" in only_problem_in(year.parent).found
