"""Rows of a register that count how participants are doing: when they leave, months later, and before."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.intake import take_register
from generator.model.places import ContentError, Severity
from tests.tallying.registers import SMALL_MAP, SMALL_SETTINGS, Person, a_person, small_report, write_small

HEADINGS = ("Id", "Enhet", "Kön", "Start", "Slut", "Orsak", "Efter 6", "Stöd in", "Stöd ut")
ROWS = (*SMALL_SETTINGS["deltagarrader"], *({"id": id, "namn": id} for id in ("i-arbete-6", "följda-6")))
LATER = """lägen:
  - kolumn: Efter 6
    månader_efter: 6
    rader:
      i-arbete-6: [Arbete, Studier]
      följda-6: [Arbete, Studier, Arbetslös]
"""
MOVED = """lägen:
  - kolumn: Stöd ut
    före: Stöd in
    steg: {Utan stöd: Nej, Med stöd: [Ja, Delvis]}
    rader: {slapp: lägre, lika: oförändrat, fick: högre}
"""
MOVED_ROWS = (
    *SMALL_SETTINGS["deltagarrader"],
    *({"id": id, "namn": id} for id in ("slapp", "lika", "fick")),
)


def taken(folder: Path, people: Iterable[Person], added: str, rows: tuple[dict[str, str], ...]) -> list[str]:
    """What is told beside what is counted."""
    map_file = small_report(folder, SMALL_MAP + added, deltagarrader=list(rows))
    raw = write_small(folder / "register.csv", [*people, a_person("s", Enhet="Söder")], HEADINGS)
    return [problem.found for problem in take_register(raw, map_file).warnings]


def counted(folder: Path) -> dict[str, int]:
    with (folder / "innehall/2024-prov/utfall/deltagare.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["enhet"] == "Norr"]
    return {row["rad"]: int(row["kvinnor"]) for row in rows if row["kvinnor"] != "0"}


def left(id: str, day: str, later: str = "", **others: str) -> Person:
    return a_person(id, Start="2020-01-01", Slut=day, Orsak="Arbete", **{"Efter 6": later}, **others)


def test_those_are_followed_up_who_left_so_long_before_a_day_of_the_year(tmp_path: Path) -> None:
    people = [
        left("before", "2023-06-30", "Arbete"),  # 2023-12-30
        left("first", "2023-07-01", "Arbete"),
        left("short month", "2023-08-31", "Arbetslös"),  # 2024-02-29
        left("last", "2024-06-30", "Studier"),  # also one who left during the year
        left("next year", "2024-07-01", "Arbete"),
    ]
    taken(tmp_path, people, LATER, ROWS)
    assert counted(tmp_path) == {
        "i-arbete-6": 2,
        "följda-6": 3,
        "deltagare": 2,
        "avslut": 2,
        "positiva": 2,
        "arbete": 2,
    }


def test_who_could_not_be_followed_up_is_told_and_not_counted(tmp_path: Path) -> None:
    told = taken(tmp_path, [left("a", "2023-08-01"), left("b", "2023-08-01", "Arbete")], LATER, ROWS)
    assert "1 deltagare har inget här och räknas inte i raderna för läget" in told
    assert counted(tmp_path) == {"i-arbete-6": 1, "följda-6": 1}


def test_a_status_that_the_map_does_not_name_is_told_by_row(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        taken(tmp_path, [left("a", "2023-08-01", "Pensionär")], LATER, ROWS)
    (problem,) = (one for one in error.value.problems if one.severity is Severity.ERROR)
    assert problem.found == "läget känns inte igen"
    assert "lägen: rader" in problem.remedy


def test_what_stands_before_and_after_is_compared_for_each(tmp_path: Path) -> None:
    people = [
        left(str(number), "2024-03-01", **{"Stöd in": before, "Stöd ut": after})
        for number, (before, after) in enumerate(
            [("Ja", "Nej"), ("Delvis", "Nej"), ("Ja", "Delvis"), ("Nej", "Nej"), ("Nej", "Ja"), ("Ja", "")]
        )
    ]
    taken(tmp_path, people, MOVED, MOVED_ROWS)
    found = counted(tmp_path)
    assert (found["slapp"], found["lika"], found["fick"], found["avslut"]) == (2, 2, 1, 6)


def test_rows_of_two_columns_count_moves(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        taken(tmp_path, [], MOVED.replace("slapp: lägre", "slapp: Nej"), MOVED_ROWS)
    (problem,) = error.value.problems
    assert problem.found == "raden ”slapp” räknar ”Nej”, men två kolumner jämförs"
    assert problem.remedy == "Välj bland ”högre”, ”oförändrat” eller ”lägre”."
