"""More than any report has, and what leads elsewhere, is refused before it is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.limits import MAX_EVENTS, MAX_FILES, MAX_VALUE
from generator.model.names import suggestion
from generator.model.places import Place, Problem
from generator.reading.files import Folder
from tests.reading.small import ASSOCIATION, small_report
from tests.support import problems_in

APART = "a\N{COMBINING RING ABOVE}"  # as macOS may write å


def many_files(report: Path) -> None:
    (report / "exempel").mkdir()
    for number in range(MAX_FILES + 1):
        (report / f"exempel/{APART}{number}.md").touch()


def long_text(report: Path) -> None:
    (report / "exempel").mkdir()
    (report / "exempel/a.md").write_text("x" * 200_001, "utf-8")


def link_out(report: Path) -> None:
    (report.parent.parent / "hemligt").mkdir()
    (report.parent.parent / "hemligt/lista.md").touch()
    (report / "exempel").symlink_to(report.parent.parent / "hemligt")


def hard_link(report: Path) -> None:
    (report / "budget.yaml").rename(report.parent.parent / "hemlig.yaml")
    os.link(report.parent.parent / "hemlig.yaml", report / "budget.yaml")


def table(name: str, head: str, row: str, count: int) -> Callable[[Path], object]:
    text = f"{head}\n" + "".join(f"{row.format(number)}\n" for number in range(count))
    return lambda report: (report / f"utfall/{name}.csv").write_text(text, "utf-8")


BACKGROUND = "tabell;kategori;kvinnor;män"
WIDE = ";".join(map(str, range(100)))


@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (table("bakgrund", BACKGROUND, "Ålder;{};5;5", 5_000), "5\xa0001 rader och 4 kolumner"),
        (table("bakgrund", WIDE, ";" * 98 + "{}", 500), "tabellen har 501 rader och 100 kolumner"),
        (table("bakgrund", BACKGROUND, "Ålder;{};5;5", 301), "tabellen har fler än 300 kategorier"),
        (lambda report: (report / "enkat.yaml").write_text("#" * 1_000_001), "filen är större än 1 MB"),
        (lambda report: (report / "enkat.yaml").write_text("a: [" + "b," * MAX_EVENTS + "]"), "nycklar och"),
        (long_text, "filen är större än 200 kB"),
        (many_files, "mappen har fler än 1\xa0000 filer"),
        (link_out, "mappen är en länk ut ur innehållet"),
        (lambda report: (report / "exempel").symlink_to("."), "mappen är en länk"),
        (hard_link, "filen är en hård länk"),
    ],
    ids=[
        "rows",
        "cells",
        "categories",
        "YAML",
        "events",
        "a text",
        "files",
        "a link out",
        "a link round",
        "a hard link",
    ],
)
def test_what_is_over_a_limit_or_leads_elsewhere_is_told_alone(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    settings = f"{ASSOCIATION}bakgrundstabeller: [{{id: ålder, titel: Ålder}}]\n"
    make(small_report(tmp_path / "content", "mått: berättelser, krav: minst 1", settings=settings) / "r")
    problem, *others = problems_in(tmp_path / "content")
    assert told in problem.found
    assert others == []


def test_a_thousand_folders_in_each_other_are_told(tmp_path: Path) -> None:
    report = small_report(tmp_path, "mått: berättelser, krav: minst 1") / "r"
    made = [report]
    try:
        for _ in range(1_100):
            made.append(made[-1] / "a")
            made[-1].mkdir()
        assert [problem.found for problem in problems_in(tmp_path)] == ["mappen känns inte igen"]
    finally:
        for folder in reversed(made[1:]):  # what removes folders with what is in them gives up so deep
            folder.rmdir()


def test_folders_in_each_other_without_end_are_not_followed(tmp_path: Path) -> None:
    problems: list[Problem] = []
    (tmp_path / "/".join("abcdefgh")).mkdir(parents=True)
    assert list(Folder(tmp_path, "r", problems).all_files()) == []
    assert [problem.found for problem in problems] == ["för många mappar ligger i varandra"]


def test_a_value_in_a_message_is_as_long_as_one_needs_to_know_it_by() -> None:
    problem = Problem(
        Place("a.csv", 1, "k" * 999), f"”{'x' * 999}” och ”{'y' * MAX_VALUE}”", f"Skriv ”{'z' * 999}”."
    )
    assert problem.found == f"”{'x' * (MAX_VALUE - 1)}…” och ”{'y' * MAX_VALUE}”"
    assert len(problem.remedy) < MAX_VALUE + 20
    assert len(str(problem.place)) < MAX_VALUE + 40


def test_the_closest_of_very_many_or_very_long_names_is_not_looked_for() -> None:
    names = [f"namn {number}" for number in range(500)]
    assert suggestion("namn 500", names) == "Menade du ”namn 50”?"
    assert suggestion("namn 500", [*names, "namn"]) == ""
    assert suggestion("n" * (MAX_VALUE + 1), ["n" * MAX_VALUE]) == ""
