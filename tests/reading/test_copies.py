"""What stands twice is told before it counts twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import check
from generator.model.names import is_copy, name_key, without_version
from generator.model.places import Severity
from tests.reading.small import ASSOCIATION, small_report
from tests.support import edit, only_problem_in, plain
from tests.words import a_document, paragraph, table

HEAD = "---\ntitel: {}\ningress: Kort\nindikator: 1.1.1\ngranskad_av: Kansliet\n---\n"
STORY = "\nHon började i mars, och efter ett halvår hade hon ett arbete nära hemmet som hon trivs med.\n"


def content(folder: Path, **stories: str) -> Path:
    small_report(folder, "mått: berättelser, krav: minst 1")
    (folder / "r/exempel").mkdir()
    for name, text in stories.items():
        path = folder / f"r/exempel/{name.replace('_', ' ')}.md"
        path.write_text(HEAD.format(name) + text, "utf-8")
    return folder


def test_a_story_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    problem = only_problem_in(content(tmp_path, a=STORY, b=STORY))
    assert str(problem.place).endswith("/exempel/b.md")
    assert problem.found.endswith("/exempel/a.md")


def test_a_copy_that_has_been_changed_a_little_is_an_error(tmp_path: Path) -> None:
    longer = STORY * 3
    assert (
        "densamma" in only_problem_in(content(tmp_path, a=longer, b=longer.replace("mars", "maj", 1))).found
    )


def test_a_file_called_a_copy_is_an_error(tmp_path: Path) -> None:
    problem = only_problem_in(content(tmp_path, **{"vagen": STORY, "vagen_-_Kopia": "\nEn annan text.\n"}))
    assert problem.found.endswith("ser ut som en kopia av " + problem.place.file.replace(" - Kopia", ""))


def test_a_text_in_word_beside_one_of_the_same_name_is_an_error(tmp_path: Path) -> None:
    """On a page their headings would have the same addresses."""
    content(tmp_path, vagen=STORY)
    head = table(("titel", "A"), ("ingress", "B."), ("indikator", "1.1.1"), ("granskad av", "Kansliet"))
    a_document(tmp_path / "r/exempel/Vägen.docx", head, paragraph("Något helt annat än det som redan står."))
    problem = only_problem_in(tmp_path)
    assert problem.found == "en text heter lika: exempel/Vägen.docx"
    assert str(problem.place).endswith("exempel/vagen.md")


@pytest.mark.parametrize(
    "name",
    [
        "Kopia av b",
        "b - Kopia",
        "b - Kopia (2)",
        "b (1)",
        "b-KANSLI-PC01",
        "b (Kims konfliktkopia)",
        "b - Copy",
        "b - kopiera",
        "b – kopia",
        "b_kopia",
        "b kopia 2",
        "b 2",
        "Kopia (2) av b",
        "b (sparad automatiskt)",
        "b-Annas MacBook Air",
        "b.sync-conflict-20250102-101010-ABC",
        "b_conflict-20250102-101010",
        "b_KANSLI_Jan-02-1010-2025_Conflict",
        "b - Kopia - Kopia",
        "b-DESKTOP-AB12CD3-2",
    ],
)
def test_names_of_copies(name: str) -> None:
    assert is_copy(name, "b")


@pytest.mark.parametrize("name", ["b-2021", "b2", "b-sommaren", "bo", "b-kopiering", "Kopia av a", "b-IPS"])
def test_other_names(name: str) -> None:
    assert not is_copy(name, "b")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *[("b", "b-1"), ("b", "b v2"), ("b", "b_slutgiltig"), ("b", "bV2"), ("b", "b – ny")],
        *[("b", "b-KANSLI"), ("b v1", "b v2"), ("b_utkast", "b_slutgiltig_v3"), ("b version 2", "B_ver.3")],
    ],
)
def test_names_of_versions(first: str, second: str) -> None:
    assert without_version(first) == without_version(second)


@pytest.mark.parametrize("part", ["-AA", "-V1", " ny", "_12"])
def test_a_long_name_is_soon_read(part: str) -> None:
    assert without_version(f"b{part * 60}!") == name_key(f"b{part * 60}")
    assert without_version(f"b{part * 60}") == "b"


@pytest.mark.parametrize("second", ["b-2021", "b-sommaren", "bo-1", "nybro", "bv"])
def test_names_of_other_texts(second: str) -> None:
    assert without_version(second) != "b"


def test_a_version_that_has_been_edited_is_an_error(tmp_path: Path) -> None:
    edited = STORY.replace("mars", "april").replace("nära hemmet", "i Kramfors")
    problem = only_problem_in(content(tmp_path, vagen=STORY, vagen_slutgiltig=edited))
    assert problem.found.endswith("ser ut som en kopia av " + problem.place.file.replace(" slutgiltig", ""))


def test_texts_that_are_numbered_may_be_others(tmp_path: Path) -> None:
    check(
        content(
            tmp_path, not_1=STORY, not_2="\nHan ville arbeta med händerna och fick börja på ett snickeri.\n"
        )
    )


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("budget - kopiera.yaml", "budget"),
        ("utfall/bakgrund (1).csv", "bakgrund"),
        ("utfall/bakgrund - Kopia.xlsx", "bakgrund"),
    ],
)
def test_a_copy_that_is_not_read_is_told_as_one(tmp_path: Path, copy: str, original: str) -> None:
    small_report(tmp_path, "mått: berättelser, krav: minst 1")
    (tmp_path / "r" / copy).parent.mkdir(exist_ok=True)
    (tmp_path / "r" / copy).write_text("x", "utf-8")
    problem = only_problem_in(tmp_path)
    assert problem.found == f"namnet ser ut som en kopia av {original}"
    assert problem.remedy == "Behåll den rätta, och ta bort den andra."


def test_a_copied_report_is_told(tmp_path: Path) -> None:
    content(tmp_path, a=STORY)
    shutil.copytree(tmp_path / "r", tmp_path / "r-kopia")
    edit(tmp_path / "r-kopia/bokslut.yaml", "titel: Prov", "titel: Prov 2022")
    assert any(problem.found.endswith("r/bokslut.yaml") for problem in check(tmp_path).warnings)


def test_a_day_of_publication_that_is_left_from_the_year_before_is_told(tmp_path: Path) -> None:
    content(tmp_path, a=STORY)
    edit(tmp_path / "r/bokslut.yaml", "2022-03-25", "2021-03-25")
    assert any(
        "publicerad 2021-03-25, innan 2021 är slut" in problem.found for problem in check(tmp_path).warnings
    )


@pytest.mark.parametrize(("rows", "is_told"), [("nya;3;4", True), ("nya;3;5", False), ("", False)])
def test_participants_of_the_year_before_are_told(tmp_path: Path, rows: str, is_told: bool) -> None:
    settings = f"{ASSOCIATION}deltagarrader: [{{id: nya, namn: Nya}}, {{id: kvar, namn: Kvar}}]\n"
    head = "enhet;rad;kvinnor;män\n"
    small_report(tmp_path, "mått: berättelser, krav: minst 1", settings=settings, deltagare=head)
    if rows:
        (tmp_path / "r/utfall/deltagare.csv").write_text(
            f"{head}forbundet;kvar;3;0\nforbundet;nya;3;4\n", "utf-8"
        )
    shutil.copytree(tmp_path / "r", tmp_path / "s")
    edit(tmp_path / "s/bokslut.yaml", "år: 2021", "år: 2020")
    if rows:
        (tmp_path / "s/utfall/deltagare.csv").write_text(
            f"{head}forbundet;kvar;3;0\nforbundet;{rows}\n", "utf-8"
        )
    told = [problem.found for problem in check(tmp_path).warnings if "desamma som i" in problem.found]
    assert told == ["alla deltagare är exakt desamma som i ”Prov”"] * is_told


@pytest.mark.parametrize("row", ["3;4", "0;0"])
def test_one_row_or_nobody_may_be_as_the_year_before(tmp_path: Path, row: str) -> None:
    settings = f"{ASSOCIATION}deltagarrader: [{{id: nya, namn: Nya}}, {{id: kvar, namn: Kvar}}]\n"
    table = f"enhet;rad;kvinnor;män\nforbundet;nya;{row}\nforbundet;kvar;0;0\n"
    small_report(tmp_path, "mått: berättelser, krav: minst 1", settings=settings, deltagare=table)
    shutil.copytree(tmp_path / "r", tmp_path / "s")
    edit(tmp_path / "s/bokslut.yaml", "år: 2021", "år: 2020")
    assert not any("desamma som i" in problem.found for problem in check(tmp_path).warnings)


# What last year's own report says


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("nya;;2021;5;personer;Rättat", ["Förbundet: nya 2021 är 5 personer, men 7 personer i ”Prov”"]),
        ("nya;;2021;7;personer;Prov", []),
        ("sjuka;;2020;9;personer;Rättat", ["sjuka 2020 är 9 personer, men 8 personer i ”Prov”"]),
        ("sjuka;;2022;9;personer;Ny", []),
    ],
)
def test_another_figure_of_last_year_than_its_own_report_has_is_told(
    tmp_path: Path, row: str, told: list[str]
) -> None:
    head = "serie;plats;år;värde;måttenhet;källa\n"
    settings = f"{ASSOCIATION}deltagarrader: [{{id: nya, namn: Nya}}]\nserier: [{{id: sjuka, namn: Sjuka}}]\n"
    table = "enhet;rad;kvinnor;män\nforbundet;nya;3;4\n"
    values = f"{head}sjuka;;2020;8;personer;Prov\n"
    small_report(
        tmp_path, "mått: berättelser, krav: minst 1", settings=settings, deltagare=table, varden=values
    )
    shutil.copytree(tmp_path / "r", tmp_path / "s")
    edit(tmp_path / "s/bokslut.yaml", "år: 2021", "år: 2022")
    (tmp_path / "s/utfall/varden.csv").write_text(f"{head}{row}\n", "utf-8")
    notes = [each for each in check(tmp_path).warnings if "”Prov”" in each.found]
    assert [(plain(each.found), each.severity) for each in notes] == [(each, Severity.NOTE) for each in told]
