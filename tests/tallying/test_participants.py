"""A register of participants becomes the tables of the report's year, and says what is wrong by row only."""

from __future__ import annotations

import csv
import datetime
import itertools
import random
import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.build import check
from generator.cli import main
from generator.intake import TakenIn, take_register
from generator.model.places import ContentError, Problem, Severity
from generator.model.raw import RawTable, Tally
from generator.model.register import RegisterMap
from generator.model.settings import ReportSettings
from generator.publishing.folder import OutputError
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping
from generator.tallying.dates import parse_birth_year, parse_date
from generator.tallying.participants import tally_register
from tests.support import append, edit
from tests.tallying import registers
from tests.tallying.registers import (
    SMALL_BACKGROUND,
    SMALL_HEADINGS,
    SMALL_MAP,
    SMALL_SETTINGS,
    Person,
    a_person,
    small_report,
    write_csv,
    write_small,
)
from tests.workbooks import GROUPS, Value, by_xlsxwriter, change_part, parts_of

Rows = list[dict[str, str]]

# The tables of 2021


@pytest.fixture(scope="module")
def people() -> list[Person]:
    """In no order, with some who do not count in the year among them."""
    found = [*registers.people_of_2021(), *registers.others_of_2021()]
    random.Random(2021).shuffle(found)
    return found


@pytest.fixture
def map_file(year: Path) -> Path:
    path = year / "register.yaml"
    path.write_text(registers.map_of_the_handbook(), "utf-8")
    return path


def _without_sums(rows: Rows) -> Rows:
    return [row for row in rows if row.get("kategori") != "summa"]


def _written(folder: Path, table: str) -> Rows:
    with (folder / f"utfall/{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize("name", ["register.csv", "register.xlsx", "register.ods"])
def test_a_register_becomes_the_published_tables_exactly(
    name: str, people: list[Person], map_file: Path, tmp_path: Path
) -> None:
    raw = registers.write_register(tmp_path / name, people)
    taken = take_register(raw, map_file, overwrite=True)
    assert taken.persons == 165 + 173
    assert _written(map_file.parent, "deltagare") == registers.published("deltagare")
    assert _written(map_file.parent, "bakgrund") == _without_sums(registers.published("bakgrund"))
    assert not [problem for problem in taken.warnings if problem.severity is not Severity.NOTE]


def test_dates_of_another_library_are_read_too(people: list[Person], map_file: Path, tmp_path: Path) -> None:
    raw = registers.write_openpyxl(tmp_path / "register.xlsx", people)
    take_register(raw, map_file, overwrite=True)
    assert _written(map_file.parent, "deltagare") == registers.published("deltagare")


@pytest.mark.parametrize(
    ("dialect", "form"),
    [
        ((",", "utf-8"), "%Y-%m-%d"),
        (("\t", "utf-16"), "%Y%m%d"),
        ((";", "cp1252"), "%Y/%m/%d"),
        ((";", "utf-8-sig"), "%Y.%m.%d"),
        ((",", "utf-8"), "%Y-%m-%d 00:00"),
        ((";", "utf-8"), "%Y-%m-%dT13:45:10.123"),
    ],
)
def test_dialects_of_csv(
    dialect: tuple[str, str], form: str, people: list[Person], map_file: Path, tmp_path: Path
) -> None:
    def written(value: Value) -> Value:
        return value.strftime(form) if isinstance(value, datetime.date) else value

    rows = [list(map(written, row)) for row in registers.rows_of(people)]
    raw = write_csv(tmp_path / "register.csv", rows, *dialect)
    take_register(raw, map_file, overwrite=True)
    assert _written(map_file.parent, "deltagare") == registers.published("deltagare")
    assert _written(map_file.parent, "bakgrund") == _without_sums(registers.published("bakgrund"))


def test_the_report_is_the_same_as_of_the_published_tables(
    people: list[Person], map_file: Path, tmp_path: Path, content: Path
) -> None:
    (published,) = check(content).reports
    (map_file.parent / "utfall/deltagare.csv").unlink()
    (map_file.parent / "utfall/bakgrund.csv").unlink()
    raw = registers.write_register(tmp_path / "register.xlsx", people)
    take_register(raw, map_file)
    (report,) = check(content).reports
    for new, old in zip(report.every_unit, published.every_unit, strict=True):
        assert new.index == old.index
        for result, before in zip(new.results, old.results, strict=True):
            assert (result.outcome, result.signal) == (before.outcome, before.signal)
            assert result.earned == before.earned


def test_notes_tell_who_is_not_counted(people: list[Person], map_file: Path, tmp_path: Path) -> None:
    raw = registers.write_register(tmp_path / "register.csv", people)
    notes = [problem.found for problem in take_register(raw, map_file, overwrite=True).warnings]
    assert sorted(notes) == [
        "1 rad med slut före 2021 räknas inte",
        "1 rad med start efter 2021 räknas inte",
        "38 deltagare har inget här och räknas inte i tabellen ”Högsta utbildning”",
        "38 deltagare har inget här och räknas inte i tabellen ”Ålder”",
        "78 deltagare har inget här och räknas inte i tabellen ”Försörjning före insatsen”",
    ]


# A small register


def _take(folder: Path, people: Iterable[Person], register: str = SMALL_MAP, **settings: object) -> TakenIn:
    map_file = small_report(folder, register, **settings)
    return take_register(write_small(folder / "register.csv", people), map_file)


def _faults(
    folder: Path, people: Iterable[Person], register: str = SMALL_MAP, **settings: object
) -> list[Problem]:
    """The errors of a register; they keep everything from being written."""
    with pytest.raises(ContentError) as caught:
        _take(folder, people, register, **settings)
    assert not list(folder.rglob("utfall"))
    return [problem for problem in caught.value.problems if problem.severity is Severity.ERROR]


def _fault(folder: Path, people: Iterable[Person], register: str = SMALL_MAP, **settings: object) -> Problem:
    (fault,) = _faults(folder, people, register, **settings)
    return fault


def _warnings(folder: Path, people: Iterable[Person], register: str = SMALL_MAP) -> list[Problem]:
    everyone = [*people, a_person("i söder", Enhet="Söder")]
    return [
        problem
        for problem in _take(folder, everyone, register).warnings
        if problem.severity is Severity.WARNING
    ]


def _notes(folder: Path, people: Iterable[Person], register: str = SMALL_MAP) -> list[str]:
    return [
        problem.found
        for problem in _take(folder, people, register).warnings
        if problem.severity is Severity.NOTE
    ]


def _counts(folder: Path, unit: str = "Norr") -> dict[str, int]:
    """Persons of all sexes in the written rows of a unit."""
    year = folder / "innehall/2024-prov"
    return {
        row["rad"]: sum(int(row.get(sex) or 0) for sex in ("kvinnor", "män", "ej angivet"))
        for row in _written(year, "deltagare")
        if row["enhet"] == unit
    }


def test_every_row_of_every_unit_is_written(tmp_path: Path) -> None:
    everyone = [
        a_person(1),
        a_person(2, Kön="M", Start="2024-03-01", Slut="2024-06-01", Orsak="ANSTÄLLNING"),
        a_person(3, Enhet="Söder", Slut="2024-06-01", Orsak="Studier"),
    ]
    taken = _take(tmp_path, everyone)
    assert (taken.persons, [table.table.columns for table in taken.tables]) == (
        3,
        [("enhet", "rad", "kvinnor", "män")],
    )
    assert taken.tables[0].table.rows == (
        ("Norr", "deltagare", "1", "1"),
        ("Norr", "nya", "0", "1"),
        ("Norr", "avslut", "0", "1"),
        ("Norr", "positiva", "0", "1"),
        ("Norr", "arbete", "0", "1"),
        ("Norr", "studier", "0", "0"),
        ("Norr", "avbrott", "0", "0"),
        ("Norr", "kvar", "1", "0"),
        ("Söder", "deltagare", "1", "0"),
        ("Söder", "nya", "0", "0"),
        ("Söder", "avslut", "1", "0"),
        ("Söder", "positiva", "1", "0"),
        ("Söder", "arbete", "0", "0"),
        ("Söder", "studier", "1", "0"),
        ("Söder", "avbrott", "0", "0"),
        ("Söder", "kvar", "0", "0"),
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023-12-31", "", (1, 0, 0, 1)),
        ("2024-01-01", "", (1, 1, 0, 1)),
        ("2024-12-31", "", (1, 1, 0, 1)),
        ("2025-01-01", "", (0, 0, 0, 0)),
        ("2023-01-01", "2023-12-31", (0, 0, 0, 0)),
        ("2023-01-01", "2024-01-01", (1, 0, 1, 0)),
        ("2023-01-01", "2024-12-31", (1, 0, 1, 0)),
        ("2023-01-01", "2025-01-01", (1, 0, 0, 1)),
        ("2024-01-01", "2024-01-01", (1, 1, 1, 0)),
        ("2024-02-29", "2024-02-29", (1, 1, 1, 0)),
        ("2020-02-29", "9999-12-31", (1, 0, 0, 1)),
        ("", "2023-12-31", (0, 0, 0, 0)),
    ],
)
def test_boundaries_of_the_year(start: str, end: str, expected: tuple[int, ...], tmp_path: Path) -> None:
    person = a_person(Start=start, Slut=end, Orsak="Flytt" if end else None)
    _take(tmp_path, [person, a_person("i söder", Enhet="Söder")])
    counts = _counts(tmp_path)
    assert tuple(counts[row] for row in ("deltagare", "nya", "avslut", "kvar")) == expected


def test_a_column_for_those_who_do_not_state_sex_only_when_there_are_any(tmp_path: Path) -> None:
    everyone = [
        a_person(1, Kön=""),
        a_person(2, Kön="x"),
        a_person(3, Kön="Ej angivet"),
        a_person(4, Kön="kvinna"),
    ]
    taken = _take(tmp_path, [*everyone, a_person(5, Kön="Män"), a_person(6, Kön="MAN", Enhet="n1")])
    table = taken.tables[0].table
    assert table.columns == ("enhet", "rad", "kvinnor", "män", "ej angivet")
    assert table.rows[0] == ("Norr", "deltagare", "1", "2", "3")


def test_a_unit_where_nobody_stands_is_written_with_zeros_and_told(tmp_path: Path) -> None:
    (warning,) = [
        problem for problem in _take(tmp_path, [a_person()]).warnings if problem.severity is Severity.WARNING
    ]
    assert warning.found == "ingen deltagare under året står i ”Söder”: antalen blir 0"
    assert set(_counts(tmp_path, "Söder").values()) == {0}


def test_a_register_of_one_unit(tmp_path: Path) -> None:
    register = "enhet: söder\n" + SMALL_MAP.replace("enhet: Enhet, ", "").replace("  enhet: {N1: Norr}\n", "")
    taken = _take(tmp_path, [a_person(Enhet="vad som helst")], register)
    assert {row[0] for row in taken.tables[0].table.rows} == {"Söder"}
    assert not taken.warnings


def test_a_report_without_units(tmp_path: Path) -> None:
    """deltagare.csv must have its column of units also then."""
    register = SMALL_MAP.replace("enhet: Enhet, ", "").replace("  enhet: {N1: Norr}\n", "") + SMALL_BACKGROUND
    taken = _take(tmp_path, [a_person()], register, enheter=[])
    participants, background = (table.table for table in taken.tables)
    assert participants.rows[0] == ("forbundet", "deltagare", "1", "0")
    assert background.columns == ("tabell", "kategori", "kvinnor", "män")


# Rows and reasons


def test_a_reason_may_count_in_a_kind_and_its_group(tmp_path: Path) -> None:
    register = SMALL_MAP + "  positiva: [Arbete, anställning, Studier]\n"
    _take(tmp_path, [a_person(Slut="2024-05-05", Orsak="Arbete")], register)
    assert {row for row, count in _counts(tmp_path).items() if count} == {
        "deltagare",
        "avslut",
        "positiva",
        "arbete",
    }


def test_rows_follow_from_each_other_in_any_order(tmp_path: Path) -> None:
    register = SMALL_MAP.replace(", avslut: avslut, kvar: kvar", "")
    rows = [dict(row) for row in SMALL_SETTINGS["deltagarrader"]]
    rows[7]["lika_med"], rows[2]["lika_med"] = "deltagare − avslut", "positiva + avbrott"
    everyone = [a_person(1), a_person(2), a_person(3, Slut="2024-01-01", Orsak="Arbete")]
    _take(tmp_path, everyone, register, deltagarrader=rows)
    assert _counts(tmp_path) == {
        "deltagare": 3,
        "nya": 0,
        "avslut": 1,
        "positiva": 1,
        "arbete": 1,
        "studier": 0,
        "avbrott": 0,
        "kvar": 2,
    }


def test_rows_that_are_not_counted_are_told_and_not_written(tmp_path: Path) -> None:
    register = SMALL_MAP.replace("nya: nya, ", "").replace("  studier: Studier\n", "")
    notes = _notes(tmp_path, [a_person(), a_person(Enhet="Söder")], register)
    assert "det som inte räknas ur registret skrivs inte: ”nya”, ”positiva” och ”studier”" in notes
    assert not {"nya", "positiva", "studier"} & set(_counts(tmp_path))


def test_a_kind_without_reasons_is_zero(tmp_path: Path) -> None:
    register = SMALL_MAP.replace("  studier: Studier\n", "  studier:\n")
    _take(tmp_path, [a_person(Slut="2024-05-05", Orsak="Flytt")], register)
    assert _counts(tmp_path)["studier"] == 0


def test_a_computed_row_is_never_negative(tmp_path: Path) -> None:
    rows = [*SMALL_SETTINGS["deltagarrader"], {"id": "x", "namn": "X", "lika_med": "avslut − deltagare"}]
    fault = _fault(tmp_path, [a_person()], deltagarrader=rows)
    assert (fault.place.file, fault.found) == (
        "innehall/2024-prov/bokslut.yaml",
        "raden ”x” blir −1 med ”lika_med”",
    )


# What is wrong in the rows: once for each kind, by place only


def _four(**wrong: Value) -> list[Person]:
    """Four persons with the same fault on the rows 3–6, and one without."""
    return [a_person("rätt", Enhet="Söder"), *(a_person(f"p{number}", **wrong) for number in range(4))]


@pytest.mark.parametrize(
    ("wrong", "column", "found", "remedy"),
    [
        ({"Slut": "2022-05-01"}, "Slut", "slutet ligger före starten", "Rätta"),
        ({"Slut": "2024-05-01"}, "Orsak", "slutet ligger under året, men avslutsorsaken saknas", "Fyll i"),
        (
            {"Slut": "2024-05-01", "Orsak": "Arbette"},
            "Orsak",
            "avslutsorsaken känns inte igen",
            "Menade du ”Arbete”?",
        ),
        (
            {"Slut": "2024-05-01", "Orsak": "xyz"},
            "Orsak",
            "avslutsorsaken känns inte igen",
            "Rätta i registret",
        ),
        ({"Start": ""}, "Start", "starten saknas", "Fyll i"),
        ({"Start": "2024-05"}, "Start", "datumet går inte att läsa", "år-månad-dag"),
        ({"Slut": "våren"}, "Slut", "datumet går inte att läsa", "år-månad-dag"),
        ({"Start": "0024-02-03"}, "Start", "starten ligger mer än 60 år tillbaka", "Rätta"),
        ({"Slut": "2023-02-29"}, "Slut", "datumet går inte att läsa", "år-månad-dag"),
        ({"Enhet": ""}, "Enhet", "enheten saknas", "Fyll i"),
        ({"Enhet": "Nor"}, "Enhet", "enheten känns inte igen", "Menade du ”Norr”?"),
        ({"Enhet": "Förbundet"}, "Enhet", "enheten känns inte igen", "Rätta"),
        ({"Kön": "kvinnna"}, "Kön", "könet känns inte igen", "Menade du ”kvinnor”?"),
        ({"Kön": "-"}, "Kön", "könet känns inte igen", "värden: kön"),
        ({"Född": "nittio"}, "Född", "födelseåret går inte att läsa", "fyra siffror"),
        ({"Född": "2020"}, "Född", "åldern finns inte i någon åldersgrupp", "åldrar"),
        ({"Född": "2030"}, "Född", "åldern finns inte i någon åldersgrupp", "åldrar"),
        ({"Född": "1890"}, "Född", "åldern finns inte i någon åldersgrupp", "åldrar"),
        ({"Inkomst": "Lön; Jobbb"}, "Inkomst", "värdet känns inte igen", "Menade du ”Jobb”?"),
    ],
)
def test_a_fault_is_told_once_for_all_rows(
    wrong: dict[str, Value], column: str, found: str, remedy: str, tmp_path: Path
) -> None:
    fault = _fault(tmp_path, _four(**wrong), SMALL_MAP + SMALL_BACKGROUND)
    assert (fault.place.line, fault.place.column) == (3, column)
    assert fault.found == f"{found} på 4 rader: rad 3, 4, 5 och 6"
    assert remedy in fault.remedy


def test_a_fault_on_one_row_has_no_list_of_rows(tmp_path: Path) -> None:
    fault = _fault(tmp_path, [a_person(Slut="2022-01-01")])
    assert (str(fault.place).split("register.csv, ")[1], fault.found) == (
        "rad 2, kolumnen ”Slut”",
        "slutet ligger före starten",
    )


def test_only_the_first_rows_are_listed(tmp_path: Path) -> None:
    fault = _fault(tmp_path, [a_person(number, Kön="?") for number in range(13)])
    assert fault.found == "könet känns inte igen på 13 rader: rad 2, 3, 4, 5 och 9 till"


def test_each_unknown_value_is_told_by_itself(tmp_path: Path) -> None:
    everyone = [a_person(number, Kön=sex) for number, sex in enumerate(["hon", "han", "Hon", "han", "K"])]
    assert [fault.found for fault in _faults(tmp_path, everyone)] == [
        "könet känns inte igen på 2 rader: rad 2 och 4",
        "könet känns inte igen på 2 rader: rad 3 och 5",
    ]


def test_a_column_of_very_many_unknown_values_is_told_once(tmp_path: Path) -> None:
    fault = _fault(tmp_path, [a_person(number, Kön=f"text {number}") for number in range(500)])
    found = "kolumnen har 500 olika värden som inte känns igen, först på rad 2, 3, 4 och 5"
    assert fault.found == found
    assert fault.remedy.startswith("Är det rätt kolumn?") and "värden: kön" in fault.remedy


def test_all_faults_at_once(tmp_path: Path) -> None:
    everyone = [
        a_person(1, Kön="?"),
        a_person(2, Enhet=""),
        a_person(3, Start="x", Slut="y"),
        a_person(4, Slut="2024-03-03"),
    ]
    found = [(fault.place.line, fault.place.column) for fault in _faults(tmp_path, everyone)]
    assert found == [(2, "Kön"), (3, "Enhet"), (4, "Slut"), (4, "Start"), (5, "Orsak")]


def test_rows_of_other_years_are_only_counted(tmp_path: Path) -> None:
    everyone = [
        a_person(1),
        a_person(2, Start="2025-01-01", Enhet="?", Kön="?"),
        a_person(3, Start="2025-02-01"),
        a_person(4, Start="2020-01-01", Slut="2022-01-01", Orsak="?", Enhet=""),
        a_person(5, Enhet="Söder"),
    ]
    assert _notes(tmp_path, everyone) == [
        "1 rad med slut före 2024 räknas inte",
        "2 rader med start efter 2024 räknas inte",
    ]


def test_a_reason_without_end_is_a_warning(tmp_path: Path) -> None:
    (warning,) = _warnings(tmp_path, [a_person(Orsak="Flytt"), a_person(2, Slut="2025-02-01", Orsak="Flytt")])
    assert (warning.place.line, warning.found) == (
        2,
        "en avslutsorsak står här, men inget slut: deltagaren räknas som kvar",
    )
    assert _counts(tmp_path)["kvar"] == 2


def test_a_missing_id_is_a_warning(tmp_path: Path) -> None:
    (warning,) = _warnings(tmp_path, [a_person(""), a_person("")])
    assert warning.found.endswith("på 2 rader: rad 2 och 3")
    assert _counts(tmp_path)["deltagare"] == 2


def test_an_id_without_its_first_zeros_may_be_the_same_person(tmp_path: Path) -> None:
    (warning,) = _warnings(tmp_path, [a_person("17"), a_person("0017")])
    assert warning.place.line == 3
    assert warning.found.startswith("samma id står även utan inledande nollor")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2023-05-01", ""), ("2023-05-01", "")),
        (("2023-05-01", ""), ("2024-05-01", "")),
        (("2023-05-01", "2024-06-01"), ("2024-05-31", "2024-08-01")),
        (("2024-05-01", "2024-05-01"), ("2024-05-01", "2024-05-01")),
        (("2024-05-01", "2024-12-31"), ("2024-06-01", "2024-07-01")),
    ],
)
@pytest.mark.parametrize(
    "ids",
    [
        *[("p1", "p1"), ("P1", " p1 "), (7, "7"), (7, "7.0")],
        *[("19900102-1234", id) for id in ("199001021234", "900102-1234", "9001021234", "900102–1234")],
        *[(9001021234, "19900102 1234"), ("19900162-TF12", "900162-tf12")],
    ],
)
def test_the_same_person_twice_at_once_is_an_error(
    first: tuple[str, str], second: tuple[str, str], ids: tuple[Value, Value], tmp_path: Path
) -> None:
    times = [
        a_person(id, Start=start, Slut=end, Orsak="Flytt" if end else "")
        for id, (start, end) in zip(ids, (first, second), strict=True)
    ]
    fault = _fault(tmp_path, times)
    assert (
        fault.found
        == "samma deltagare står flera gånger i samma enhet under samma tid på 2 rader: rad 2 och 3"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("19240102-1234", "20240102-1234"),
        ("240102-1234", "240102+1234"),
        ("19240102-1234", "240102-1234"),
        ("20240102-1234", "240102+1234"),
        ("901302-1234", "19901302-1234"),
        ("900102-1234", "19900102-1235"),
    ],
)
def test_persons_a_century_apart_are_two(first: str, second: str, tmp_path: Path) -> None:
    """A plus sign stands for a hundred years or more, in the year of the report."""
    assert not _warnings(tmp_path, [a_person(first), a_person(second)])
    assert _counts(tmp_path)["deltagare"] == 2


@pytest.mark.parametrize("again", ["2024-03-01", "2024-03-02", "2024-12-31"])
def test_the_same_person_one_time_after_the_other_is_counted_twice(again: str, tmp_path: Path) -> None:
    times = [a_person(Start=again), a_person(Slut="2024-03-01", Orsak="Flytt")]
    (warning,) = _warnings(tmp_path, times)
    assert warning.found.startswith("samma deltagare har varit i samma enhet flera gånger")
    assert _counts(tmp_path)["deltagare"] == 2


@pytest.mark.parametrize(("women", "is_told"), [(5, False), (3, False), (0, True)])
def test_sexes_that_most_personal_numbers_deny_are_told(women: int, is_told: bool, tmp_path: Path) -> None:
    """Of a few nothing is said: the register knows them better."""
    people = [a_person(f"1990010{day}-12{3 - (day <= women)}4") for day in range(1, 10)]
    found = [problem.found for problem in _warnings(tmp_path, people)]
    told = ["könet är inte det som personnumret anger för 9 deltagare"]
    assert found == told * is_told


def test_the_same_person_in_two_units_is_a_note(tmp_path: Path) -> None:
    assert _notes(tmp_path, [a_person(), a_person(Enhet="Söder")]) == [
        "1 deltagare har varit i flera enheter och räknas i var och en"
    ]


def test_persons_of_two_units_are_one_in_the_association(tmp_path: Path) -> None:
    rows = [{"id": "deltagare", "namn": "Deltagare", "unika": "ja"}, *SMALL_SETTINGS["deltagarrader"][1:]]
    everyone = [a_person(), a_person(Enhet="Söder"), a_person("p2")]
    taken = _take(tmp_path, everyone, SMALL_MAP + SMALL_BACKGROUND, deltagarrader=rows)
    assert [_counts(tmp_path, unit)["deltagare"] for unit in ("Norr", "Söder", "forbundet")] == [2, 1, 2]
    background = next(table.table for table in taken.tables if table.table.name == "bakgrund").rows
    assert ("alder", "25–64", "2", "0") in background
    assert _counts(tmp_path, "forbundet").keys() == {"deltagare"}


def _of_two_units(**other: Value) -> list[Person]:
    return [a_person(Slut="2024-05-01", Orsak="Flytt"), a_person(Enhet="Söder", Start="2024-05-02", **other)]


@pytest.mark.parametrize(("column", "other"), [("Kön", "M"), ("Kön", ""), ("Född", "1940")])
def test_a_person_who_is_another_in_another_row_is_told(column: str, other: str, tmp_path: Path) -> None:
    """All count her once: what she is there depends on which row stands first."""
    people = _of_two_units(**{column: other})
    (warning,) = _warnings(tmp_path, people, SMALL_MAP + SMALL_BACKGROUND)
    assert (warning.place.line, warning.place.column) == (3, column)
    assert warning.found == "samma deltagare har något annat här på en annan rad"


def test_a_unit_is_not_told_to_be_empty_where_its_rows_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        _take(tmp_path, [a_person(), a_person("p2", Enhet="Söder", Slut="våren")])
    assert [problem.found for problem in caught.value.problems] == ["datumet går inte att läsa"]


def test_a_start_that_cannot_be_read_is_not_to_be_left_out(tmp_path: Path) -> None:
    fault = _fault(tmp_path, [a_person(Start="3 maj 2023")])
    assert fault.remedy == "Skriv år-månad-dag, till exempel 2021-03-05."


def test_the_median_of_days_is_written_of_each_unit_and_all_but_of_few(tmp_path: Path) -> None:
    """The first and the last day count; who remains has been there until the end of the year."""
    left = [
        a_person(number, Start="2024-03-01", Slut=f"2024-03-{number:02}", Orsak="Flytt")
        for number in range(1, 5)
    ]
    everyone = [*left, a_person(5, Enhet="Söder", Start="2024-12-01")]
    taken = _take(tmp_path, everyone, f"{SMALL_MAP}tider: [avslut, deltagare]\n", röjandekontroll="3")
    (table,) = (table.table for table in taken.tables if table.table.name == "tider")
    assert table.rows == (
        ("Norr", "deltagare", "2,5"),
        ("Norr", "avslut", "2,5"),
        ("Söder", "deltagare", ".."),
        ("Söder", "avslut", ".."),
        ("forbundet", "deltagare", "3"),
        ("forbundet", "avslut", "2,5"),
    )


def test_a_part_of_the_year_is_counted_by_its_dates(tmp_path: Path) -> None:
    everyone = [a_person(1, Slut="2024-04-30", Orsak="Flytt"), a_person(2, Start="2024-05-01"), a_person(3)]
    _take(tmp_path, [*everyone, a_person(4, Start="2024-09-01")], period="tertial 2")
    counts = _counts(tmp_path)
    assert [counts[row] for row in ("deltagare", "nya", "kvar")] == [2, 1, 2]


def test_an_earlier_time_in_another_year_is_no_repetition(tmp_path: Path) -> None:
    times = [a_person(Start="2020-01-01", Slut="2021-01-01"), a_person()]
    assert not _warnings(tmp_path, times)


@pytest.mark.parametrize(("start", "is_told"), [("2022-12-31", True), ("2023-01-01", False)])
def test_who_remains_for_long_is_told(start: str, *, is_told: bool, tmp_path: Path) -> None:
    warnings = _warnings(
        tmp_path,
        [a_person(Start=start), a_person(2, Start="2010-01-01", Slut="2024-12-31", Orsak="Flytt")],
        SMALL_MAP + "öppen_längst: 24\n",
    )
    assert [problem.found for problem in warnings] == ["deltagaren är kvar sedan mer än 24 månader"] * is_told


def test_a_limit_of_many_months_is_no_fault(tmp_path: Path) -> None:
    assert not _warnings(tmp_path, [a_person(Start="1970-01-01")], SMALL_MAP + "öppen_längst: 999999999999\n")


# Dates and years


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-05",
        "20210305",
        "2021/03/05",
        "2021.03.05",
        "2021-03-05 00:00",
        "2021-03-05 00:00:00",
        "2021-03-05T23:59:59,5",
        "2021-03-05T23:59:59Z",
        "2021-03-05T10:00:00+01:00",
        "2021-03-04T23:00:00.000Z",  # as programs for the web write a day in Sweden
        "2021-03-04 22:00+00:00",
        "2021–03–05",
        "2021-3-5",
    ],
)
def test_dates(text: str) -> None:
    assert parse_date(text) == datetime.date(2021, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2021-03", "2021", "202103", "2021305", "05-03-2021", "210305", "2021-0305", "2021-03/05"),
        *("2021-02-29", "2021-13-01", "0000-01-01", "44260", "mars 2021", "2021-03-05 kl 12"),
        *("2021-03-05\n", "9999-12-31T23:00Z", "\uff12021-03-05"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *((text, 1990) for text in ("1990", "1990-02-03", "19900203", "1990-02-03 00:00:00", "199002031234")),
        *((text, 1990) for text in ("19900203-1234", "19900203+1234", "19900263-1234", "19900203-TF12")),
        *((text, 1990) for text in ("900203-1234", "9002031234")),
        *((text, None) for text in ("90", "0990", "1990-02", "nittio")),
        *((text, None) for text in ("19901303-1234", "19900200-1234", "19900232-1234", "19900292-1234")),
    ],
)
def test_years_of_birth(text: str, year: int | None) -> None:
    assert parse_birth_year(text, 2024) == year


@pytest.mark.parametrize("first", ["Summa", "Samtliga", "Σ", "Hela länet", "Källa: registret"])
def test_a_row_of_sums_is_no_participant(first: str, tmp_path: Path) -> None:
    assert "en summa eller en källa" in _fault(tmp_path, [a_person(), a_person(first)]).found


@pytest.mark.parametrize("end", ["Pågående", "-", "9999-12-31", "pågående "])
def test_a_word_says_that_somebody_remains(end: str, tmp_path: Path) -> None:
    register = f'{SMALL_MAP}inget_slut: [Pågående, "-"]\n'
    _take(tmp_path, [a_person(Slut=end, Orsak="-")], register)
    assert _counts(tmp_path)["kvar"] == 1


def test_a_word_for_no_end_is_no_reason_for_one(tmp_path: Path) -> None:
    register = f'{SMALL_MAP}inget_slut: ["-"]\n'
    assert (
        "avslutsorsaken saknas" in _fault(tmp_path, [a_person(Slut="2024-06-01", Orsak="-")], register).found
    )


# Background


def _background(
    folder: Path, people: Iterable[Person], register: str = SMALL_BACKGROUND, base: str = SMALL_MAP
) -> Sequence[tuple[str, ...]]:
    taken = _take(folder, people, base + register)
    return next(table.table for table in taken.tables if table.table.name == "bakgrund").rows


def test_background_is_counted_by_age_and_value(tmp_path: Path) -> None:
    everyone = [
        a_person(1, Född="2008-12-31", Inkomst="Lön"),
        a_person(2, Född="2000", Kön="M", Inkomst="arbetsinkomst;STÖD; Jobb ;"),
        a_person(3, Född="19991231-1234", Inkomst="Sjuk; lång"),
        a_person(4, Född="1959", Enhet="Söder", Inkomst="Stöd;Sjukpenning"),
        a_person(5, Född="1930", Inkomst=None),
        a_person(6, Född=None, Inkomst=";"),
    ]
    assert _background(tmp_path, everyone) == (
        ("alder", "16–24", "1", "1"),
        ("alder", "25–64", "1", "0"),
        ("alder", "65+", "2", "0"),
        ("inkomst", "Lön", "1", "1"),
        ("inkomst", "Stöd", "1", "1"),
        ("inkomst", "Sjuk; lång", "2", "0"),
    )


def test_who_has_nothing_in_a_column_is_told(tmp_path: Path) -> None:
    everyone = [a_person(1, Född=""), a_person(2, Inkomst=" ; "), a_person(3, Inkomst="", Enhet="Söder")]
    assert _notes(tmp_path, everyone, SMALL_MAP + SMALL_BACKGROUND) == [
        "1 deltagare har inget här och räknas inte i tabellen ”Ålder”",
        "2 deltagare har inget här och räknas inte i tabellen ”Försörjning”",
    ]


@pytest.mark.parametrize("unknown", ["-", "–", "Okänd", "Uppgift saknas"])
def test_an_age_that_nobody_knows_is_nothing(unknown: str, tmp_path: Path) -> None:
    told = _notes(tmp_path, [a_person(Född=unknown), a_person(2)], SMALL_MAP + SMALL_BACKGROUND)
    assert "1 deltagare har inget här och räknas inte i tabellen ”Ålder”" in told


def test_background_of_each_unit_beside_that_of_all(tmp_path: Path) -> None:
    register = (
        "bakgrund:\n  - {tabell: inkomst, kolumn: Inkomst, per_enhet: ja, kategorier: {Lön: Jobb, Stöd: }}\n"
    )
    register += "  - {tabell: alder, kolumn: Född, åldrar: [0+]}\n"
    everyone = [
        a_person(1, Inkomst="Jobb"),
        a_person(2, Enhet="Söder"),
        a_person(3, Enhet="Söder", Inkomst="Stöd", Kön=""),
    ]
    assert _background(tmp_path, everyone, register) == (
        ("inkomst", "Lön", "forbundet", "2", "0", "0"),
        ("inkomst", "Stöd", "forbundet", "0", "0", "1"),
        ("inkomst", "Lön", "Norr", "1", "0", "0"),
        ("inkomst", "Stöd", "Norr", "0", "0", "0"),
        ("inkomst", "Lön", "Söder", "1", "0", "0"),
        ("inkomst", "Stöd", "Söder", "0", "0", "1"),
        ("alder", "0+", "forbundet", "2", "0", "1"),
    )


def test_a_personal_number_tells_age_too(tmp_path: Path) -> None:
    background = SMALL_BACKGROUND.replace("kolumn: Född", "kolumn: Id")
    people = [a_person("900102-1234"), a_person("19400102-1234", Kön="M"), a_person("20050162-TF12")]
    ages = [row for row in _background(tmp_path, people, background) if row[0] == "alder"]
    assert ages == [("alder", "16–24", "1", "0"), ("alder", "25–64", "1", "0"), ("alder", "65+", "0", "1")]


AGES = SMALL_BACKGROUND.replace("kolumn: Född", "kolumn: Född\n    ålder_i_år: ja")


@pytest.mark.parametrize("age", ["24", "24,0", "24 år", 24])
def test_a_column_may_have_ages(age: Value, tmp_path: Path) -> None:
    ages = [row for row in _background(tmp_path, [a_person(Född=age)], AGES) if row[0] == "alder"]
    assert ages[0] == ("alder", "16–24", "1", "0")


def test_a_year_of_birth_among_ages_is_told(tmp_path: Path) -> None:
    fault = _fault(tmp_path, [a_person(Född="1990-01-01")], SMALL_MAP + AGES)
    assert fault.found == "åldern går inte att läsa"


def test_one_column_may_be_counted_in_several_tables(tmp_path: Path) -> None:
    register = "bakgrund:\n  - {tabell: Ålder, kolumn: född, åldrar: [0–200]}\n"
    register += "  - {tabell: inkomst, kolumn: FÖDD, kategorier: {Ung: 1990}}\n"
    assert len(_background(tmp_path, [a_person()], register)) == 2


# The map


@pytest.mark.parametrize(
    ("change", "line", "found", "remedy"),
    [
        (("start: Start", "start: Startt"), 1, "kolumnen ”Startt” finns inte i filen", "Menade du ”Start”?"),
        (("slut: Slut", "slut: Start"), 1, "kolumnen ”Start” är både starten och slutet", ""),
        (("kolumn: Född", "kolumn: Kön"), 12, "kolumnen ”Kön” är både könet och bakgrund", ""),
        (("{deltagare: deltagare", "{deltagare: deltagre"), 5, "raden ”deltagre” finns inte", "”deltagare”?"),
        (("nya: nya", "nya: deltagare"), 5, "raden ”deltagare” räknas redan", ""),
        (("  studier: Studier", "  studjer: Studier"), 8, "raden ”studjer” finns inte", "”studier”?"),
        (("  studier: Studier", "  kvar: Studier"), 8, "raden ”kvar” räknas redan", ""),
        (("  studier: Studier", "  Arbete: Studier"), 8, "raden ”arbete” räknas redan", ""),
        (("{N1: Norr}", "{N1: Nor}"), 3, "enheten ”Nor” finns inte", "Menade du ”Norr”?"),
        (("{K: kvinnor", "{K: kvinor"), 4, "könet ”kvinor” finns inte", "Menade du ”kvinnor”?"),
        (("{K: kvinnor", "{k: män, K: kvinnor"), 4, "”K” betyder två saker", ""),
        (("  kön: {K", "  kkön: {K"), 4, "okänd nyckel ”kkön” under ”värden”", "Menade du ”kön”?"),
        (("tabell: alder", "tabell: ålderr"), 11, "tabellen ”ålderr” finns inte", "Menade du ”alder”?"),
        (("tabell: alder", "tabell: inkomst"), 14, "tabellen ”inkomst” räknas redan", ""),
        (("16-24, 25", "16-25, 25"), 13, "åldrarna ”16–25” och ”25–64” överlappar", ""),
        (("16-24, 25", "24-16, 25"), 13, "åldern ”24-16” slutar före den börjar", ""),
        (("16-24, 25", "under 25, 25"), 13, "åldern ”under 25” går inte att tolka", "65+"),
        (("      Stöd:", "      Summa:"), 17, "en kategori kan inte heta ”Summa”", ""),
        (("      Stöd:", "      Stöd: jobb"), 17, "”Jobb” hör till både ”Lön” och ”Stöd”", ""),
        (("kolumn: Född", "kolumn: Född\n    flera_delas_av: ','"), 13, "en deltagare har bara en ålder", ""),
        (("    åldrar: [16-24, 25–64, 65+]\n", ""), 11, "kategorier saknas", ""),
        ((", avslutsorsak: Orsak", ""), 6, "avslutsorsakerna har ingen kolumn", ""),
        (("rader: {", "enhet: norr\nrader: {"), 5, "enheten står både överst och bland kolumnerna", ""),
        (("enhet: Enhet, ", ""), 1, "här står inte vilken enhet deltagarna hör till", "överst"),
    ],
)  # fmt: skip
def test_faults_of_the_map_stand_at_their_line(
    change: tuple[str, str], line: int, found: str, remedy: str, tmp_path: Path
) -> None:
    register = SMALL_MAP + SMALL_BACKGROUND
    assert register.count(change[0]) == 1
    faults = _faults(tmp_path, [a_person()], register.replace(*change))
    fault = next(fault for fault in faults if fault.found == found)
    assert (fault.place.file, fault.place.line) == ("innehall/2024-prov/register.yaml", line)
    assert remedy in fault.remedy


def test_a_unit_that_the_report_does_not_have(tmp_path: Path) -> None:
    register = "enhet: väster\n" + SMALL_MAP.replace("enhet: Enhet, ", "").replace(
        "  enhet: {N1: Norr}\n", ""
    )
    assert _fault(tmp_path, [a_person()], register).found == "enheten ”väster” finns inte"


def test_background_of_all_cannot_be_counted_in_the_register_of_a_unit(tmp_path: Path) -> None:
    register = "enhet: norr\n" + SMALL_MAP.replace("enhet: Enhet, ", "").replace("  enhet: {N1: Norr}\n", "")
    faults = _faults(tmp_path, [a_person()], register + SMALL_BACKGROUND)
    assert len(faults) == 2
    assert {fault.remedy for fault in faults} == {"Lägg till ”per_enhet: ja”."}


def test_a_heading_that_stands_twice(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    raw = write_small(tmp_path / "register.csv", [a_person()], (*SMALL_HEADINGS, "start"))
    with pytest.raises(ContentError) as caught:
        take_register(raw, map_file)
    assert caught.value.problems[0].found == "2 kolumner i filen har rubriken ”Start”"


def test_a_map_may_have_another_name(tmp_path: Path) -> None:
    map_file = small_report(tmp_path, SMALL_MAP)
    other = map_file.rename(map_file.with_name("_register-norr.yaml"))
    assert take_register(write_small(tmp_path / "r.csv", [a_person()]), other).persons == 1
    with pytest.raises(ContentError) as caught:
        take_register(tmp_path / "r.csv", map_file)
    (missing,) = caught.value.problems
    assert missing.place.file == "innehall/2024-prov/register.yaml"
    assert missing.remedy == "Gör ett utkast till den med --föreslå, eller kopiera den från ett tidigare år."


def test_headings_further_down(tmp_path: Path) -> None:
    map_file = small_report(tmp_path, SMALL_MAP + "rubriker_på_rad: 2\ndeltagare_från_rad: 4\n")
    rows = [
        ["Utdrag"],
        list(SMALL_HEADINGS),
        ["(id)", "(text)"],
        ["p", "Norr", "K", "2024-01-01"],
        ["", "", "", ""],
    ]
    assert take_register(write_csv(tmp_path / "r.csv", rows), map_file).persons == 1


# Identities

_DAYS = st.dates(datetime.date(2022, 12, 1), datetime.date(2025, 1, 31)).map(str)
_REASONS = {"Arbete": "arbete", "Anställning": "arbete", "Studier": "studier", "Flytt": "avbrott"}


@st.composite
def _registers(draw: st.DrawFn) -> list[dict[str, Value]]:
    everyone: list[dict[str, Value]] = []
    for number in range(draw(st.integers(0, 12))):
        start, end = sorted((draw(_DAYS), draw(_DAYS)))
        is_open = draw(st.booleans())
        person: dict[str, Value] = {
            "Id": f"p{number}",
            "Enhet": draw(st.sampled_from(["Norr", "söder", "N1"])),
            "Kön": draw(st.sampled_from(["K", "M", "kvinna", "", "ej angivet"])),
            "Start": start,
            "Slut": "" if is_open else end,
            "Orsak": "" if is_open else draw(st.sampled_from(sorted(_REASONS))),
            "Född": draw(st.sampled_from(["", "1950", "1990", "2005"])),
            "Inkomst": draw(st.sampled_from(["", "Lön", "Jobb;Stöd", "Stöd"])),
        }
        everyone.append(person)
    return everyone


@cache
def _small_register() -> tuple[RegisterMap, ReportSettings]:
    found: list[Problem] = []
    tree = parse_mapping(SMALL_MAP + SMALL_BACKGROUND, "register.yaml", found)
    register = validate(RegisterMap, tree or {}, found)
    assert register and not found
    return register, ReportSettings.model_validate(SMALL_SETTINGS)


def _tallied(people: Sequence[Mapping[str, Value]], headings: Sequence[str] = SMALL_HEADINGS) -> Tally:
    """Without files."""
    found: list[Problem] = []

    def read(_: Collection[int]) -> Iterator[tuple[int, list[str]]]:
        for row, person in enumerate(people, start=2):
            yield row, [str(person[heading]) for heading in headings]

    table = RawTable("register.csv", tuple(headings), 1, len(headings), read)
    tally = tally_register(table, *_small_register(), found)
    assert not [problem for problem in found if problem.severity is Severity.ERROR]
    return tally


@given(_registers())
def test_the_rows_agree_with_each_other(people: list[dict[str, Value]]) -> None:
    tally = _tallied(people)
    participants, background = tally.tables
    counts = {(row[0], row[1]): list(map(int, row[2:])) for row in participants.rows}
    for unit in ("Norr", "Söder"):
        by_row = {row: numbers for (name, row), numbers in counts.items() if name == unit}
        for place in range(len(participants.columns) - 2):
            here = {row: numbers[place] for row, numbers in by_row.items()}
            assert here["kvar"] == here["deltagare"] - here["avslut"]
            assert here["arbete"] + here["studier"] + here["avbrott"] == here["avslut"]
            assert here["positiva"] == here["arbete"] + here["studier"]
            assert max(here["nya"], here["avslut"]) <= here["deltagare"]
    assert sum(sum(numbers) for (_, row), numbers in counts.items() if row == "deltagare") == tally.persons
    for table, most in (("alder", 1), ("inkomst", 2)):
        told = sum(sum(map(int, row[2:])) for row in background.rows if row[0] == table)
        assert told <= most * tally.persons


@given(_registers())
def test_the_counts_are_those_of_a_plain_recount(people: list[dict[str, Value]]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for person in people:
        unit = "Söder" if person["Enhet"] == "söder" else "Norr"
        start, end = str(person["Start"]), str(person["Slut"]) or "9"
        if start[:4] <= "2024" <= end[:4].ljust(4, "9"):
            has_left = end[:4] == "2024"
            rows = ["deltagare", "avslut" if has_left else "kvar", *(["nya"] if start[:4] == "2024" else [])]
            if has_left:
                rows.append(_REASONS[str(person["Orsak"])])
            expected.update((unit, row) for row in rows)
    for row in _tallied(people).tables[0].rows:
        if row[1] != "positiva":
            assert sum(map(int, row[2:])) == expected[row[0], row[1]]


@given(_registers(), st.randoms(use_true_random=False))
def test_order_does_not_matter(people: list[dict[str, Value]], chance: random.Random) -> None:
    headings, shuffled = list(SMALL_HEADINGS), list(people)
    chance.shuffle(headings)
    chance.shuffle(shuffled)
    assert _tallied(shuffled, headings) == _tallied(people)


# Nothing that stands in a cell is told or written

MARK = "HEMLIG"


def _marked() -> list[Person]:
    """Registers where one cell after the other holds a mark, also where it should not."""
    secret = a_person(f"{MARK}-id", Slut="2024-05-05", Orsak="Arbete")
    marked = [
        {**a_person(f"{MARK}-{heading}", Slut="2024-05-05", Orsak="Flytt"), heading: f"{MARK} {heading}"}
        for heading in SMALL_HEADINGS
    ]
    return [*marked, secret, secret]


def _run(raw: Path, map_file: Path, *flags: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["läs-deltagare", str(raw), "--karta", str(map_file), *flags])
    assert not result.exception or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.mark.parametrize("name", ["register.csv", "register.xlsx", "register.ods"])
def test_faulty_cells_are_never_shown(name: str, tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    headings = (*SMALL_HEADINGS, "Anteckning")
    everyone = [{**person, "Anteckning": f"{MARK}"} for person in _marked()]
    code, output = _run(registers.write_register(tmp_path / name, everyone, headings), map_file)
    assert code == 1
    assert "känns inte igen" in output and "Samma deltagare" in output
    assert MARK.casefold() not in output.casefold()
    assert not list(tmp_path.rglob("utfall"))


@pytest.mark.parametrize("name", ["register.csv", "register.xlsx", "register.ods"])
def test_what_is_written_is_counts(name: str, tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    headings = (*SMALL_HEADINGS, "Anteckning", MARK)
    everyone = [{**a_person(f"{MARK}{number}"), "Anteckning": MARK, MARK: MARK} for number in range(3)]
    code, output = _run(registers.write_register(tmp_path / name, everyone, headings), map_file)
    assert code == 0, output
    texts = [path.read_text("utf-8-sig") for path in (map_file.parent / "utfall").iterdir()]
    assert len(texts) == 2
    assert not [text for text in (output, *texts) if MARK.casefold() in text.casefold()]


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK};Norr;K;2024-01-01;;\n",  # without headings
        f"Id;Enhet;Kön;Start;Slut;Orsak;Född;Inkomst\n{MARK};Norr;K;2024-01-01;;;1990;Lön;{MARK}\n",
        f'Id;Enhet;Kön;Start;Slut;Orsak;Född;Inkomst\n"{MARK};Norr;K;2024-01-01;;;1990;Lön\n',
        f'Id;Enhet;Kön;Start;Slut;Orsak;Född;Inkomst\n{MARK}"x;"Norr"{MARK};K;2024-01-01;;;1990;Lön\n',
        f"Id,Enhet;{MARK}\n{MARK}",
        f"\0{MARK}",
        f"Id;Enhet;Kön;Start;Slut;Orsak;Född;Inkomst\n{MARK}\0;Norr\n",
        f"Id;Id;Enhet;Kön;Start;Slut;Orsak;Född;Inkomst\n{MARK}\n",
        f"Id;Enhet;Kön;Start;Slut;Orsak;Född;Inkomst\n{MARK};{MARK}\n",
        "",
    ],
)
def test_broken_files_show_nothing(text: str, tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    raw = tmp_path / "register.csv"
    raw.write_text(text, "utf-8")
    code, output = _run(raw, map_file)
    assert code == 1
    assert "Gör så här" in output
    assert MARK.casefold() not in output.casefold()


def test_broken_workbooks_show_nothing(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    raw = write_small(tmp_path / "register.xlsx", [a_person(MARK)])
    data = raw.read_bytes()
    for cut in range(0, len(data), len(data) // 40):
        raw.write_bytes(data[:cut])
        code, output = _run(raw, map_file)
        assert code == 1
        assert MARK.casefold() not in output.casefold()


def test_a_workbook_that_is_damaged_far_down_shows_nothing(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    raw = write_small(tmp_path / "register.xlsx", (a_person(f"{MARK}{number}") for number in range(200)))
    sheet = parts_of(raw)["xl/worksheets/sheet1.xml"].decode()
    cell = re.search(r'<c r="A150" t="s"><v>[0-9]+</v>', sheet)
    assert cell
    change_part(raw, "xl/worksheets/sheet1.xml", cell[0], '<c r="A150" t="s"><v>99999</v>')
    code, output = _run(raw, map_file)
    assert (code, MARK in output) == (1, False)
    assert "Arbetsboken är skadad" in output


# What the report has already


def test_tables_that_are_there_are_not_replaced_unasked(
    people: list[Person], map_file: Path, tmp_path: Path
) -> None:
    raw = registers.write_register(tmp_path / "register.csv", people)
    before = {path: path.read_bytes() for path in (map_file.parent / "utfall").iterdir()}
    with pytest.raises(OutputError, match=r"deltagare\.csv och bakgrund\.csv .* --skriv-över"):
        take_register(raw, map_file)
    assert {path: path.read_bytes() for path in (map_file.parent / "utfall").iterdir()} == before


def test_other_rows_are_kept(people: list[Person], map_file: Path, tmp_path: Path, year: Path) -> None:
    edit(year / "bokslut.yaml", "serier:\n", "  - id: sprak\n    titel: Språk\n\nserier:\n")
    append(year / "utfall/bakgrund.csv", "Språk;Svenska;10;12\nsprak;summa;10;12\n")
    append(year / "utfall/deltagare.csv", "forbundet;deltagare;165;173\n")
    raw = registers.write_register(tmp_path / "register.csv", people)
    participants, background = take_register(raw, map_file, overwrite=True).tables
    assert (participants.kept, participants.replaced) == (1, 36)
    assert (background.kept, background.replaced) == (2, 29)
    assert [row["tabell"] for row in _written(year, "bakgrund")][:2] == ["Språk", "sprak"]
    check(year.parent)


def test_older_rows_under_another_name_of_the_same_are_replaced(tmp_path: Path) -> None:
    units = [{"id": "n", "namn": "Norr"}, {"id": "s", "namn": "Söder"}]
    map_file = small_report(tmp_path, enheter=units)
    folder = map_file.with_name("utfall")
    folder.mkdir()
    (folder / "deltagare.csv").write_text(
        "enhet;rad;kvinnor;män\nn;deltagare;1;1\nförbundet;nya;1;1\n", "utf-8"
    )
    (folder / "bakgrund.csv").write_text("tabell;kategori;kvinnor;män\nFörsörjning;Lön;1;1\n", "utf-8")
    raw = write_small(tmp_path / "r.csv", [a_person(), a_person(2, Enhet="s")])
    with pytest.raises(OutputError):
        take_register(raw, map_file)
    taken = take_register(raw, map_file, overwrite=True)
    assert [(table.kept, table.replaced) for table in taken.tables] == [(1, 1), (0, 1)]


def test_a_register_of_one_unit_leaves_the_others(tmp_path: Path) -> None:
    register = "enhet: norr\n" + SMALL_MAP.replace("enhet: Enhet, ", "").replace("  enhet: {N1: Norr}\n", "")
    register += (
        "bakgrund:\n  - {tabell: inkomst, kolumn: Inkomst, per_enhet: ja, kategorier: {Lön: Jobb, Stöd: }}\n"
    )
    map_file = small_report(tmp_path, register)
    south = map_file.with_name("_register-soder.yaml")
    south.write_text(register.replace("enhet: norr", "enhet: söder"), "utf-8")
    raw = write_small(tmp_path / "r.csv", [a_person()])
    take_register(raw, map_file)
    take_register(raw, south)
    assert {row["enhet"] for row in _written(map_file.parent, "deltagare")} == {"Norr", "Söder"}
    assert {row["enhet"] for row in _written(map_file.parent, "bakgrund")} == {"Norr", "Söder"}
    again = take_register(raw, map_file, overwrite=True)
    assert [(table.kept, table.replaced) for table in again.tables] == [(8, 8), (2, 2)]


def test_a_table_in_a_workbook_is_refused(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    by_xlsxwriter(
        map_file.with_name("utfall.xlsx"),
        {"Deltagare": [["enhet", "rad", "kvinnor", "män"], ["Norr", "nya", 1, 2]], "Grupper": GROUPS},
    )
    with pytest.raises(OutputError, match="Tabellen finns redan i"):
        take_register(write_small(tmp_path / "r.csv", [a_person()]), map_file, overwrite=True)
    assert not (map_file.parent / "utfall").exists()


def test_either_all_tables_are_written_or_none(
    people: list[Person], map_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is open in Excel, which is told when it is to be replaced."""
    folder = map_file.parent / "utfall"
    (folder / "deltagare.csv").unlink()
    raw = registers.write_register(tmp_path / "register.csv", people)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == "bakgrund.csv":
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputError, match="öppen i Excel"):
        take_register(raw, map_file, overwrite=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "deltagare.csv").write_text("enhet;rad;kvinnor;män\nVännäs;nya;1;2\n", "utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputError, match="öppen i Excel"):
        take_register(raw, map_file, overwrite=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_the_command_says(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    raw = write_small(tmp_path / "r.csv", [a_person(), a_person(2, Enhet="Söder")])
    code, output = _run(raw, map_file)
    assert code == 0
    assert "Klart: 2 deltagare." in output
    assert re.search(r"deltagare\.csv: 16 rader\n.*bakgrund\.csv: 6 rader", output)
    code, output = _run(raw, map_file)
    assert (code, "--skriv-över" in output) == (1, True)
    code, output = _run(raw, map_file, "--skriv-över")
    assert (code, "16 ersatta" in output) == (0, True)


def test_a_long_register_is_counted_in_seconds(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    days = itertools.cycle(str(datetime.date(2023, 6, 1) + datetime.timedelta(day)) for day in range(400))
    everyone = (a_person(number, Start=next(days), Inkomst="Lön;Stöd") for number in range(10_000))
    raw = write_small(tmp_path / "register.csv", everyone)
    began = time.process_time()
    assert take_register(raw, map_file).persons == 10_000
    assert time.process_time() - began < 1


def test_a_register_in_place_of_its_map_is_not_told_of(tmp_path: Path) -> None:
    map_file = small_report(tmp_path)
    raw = map_file.with_name("register.csv")
    raw.write_text("hemligt: a\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        take_register(map_file, raw)
    assert [problem.found for problem in caught.value.problems] == [
        "kartan är en fil som slutar på .yaml, inte den här filen"
    ]


# Two divisions


def test_a_participant_counts_in_a_unit_of_each_division_and_once_in_all(tmp_path: Path) -> None:
    units = [
        {"id": "norr", "namn": "Norr", "indelning": "insats"},
        {"id": "soder", "namn": "Söder", "indelning": "insats"},
        {"id": "umea", "namn": "Umeå", "indelning": "kommun"},
        {"id": "vannas", "namn": "Vännäs", "indelning": "kommun"},
    ]
    register = SMALL_MAP.replace("enhet: Enhet,", "enhet: [Enhet, Kommun],") + "tider: [kvar]\n"
    people = [
        a_person("1", Kommun="Umeå"),
        a_person("2", Kommun="Vännäs", Enhet="N1"),
        a_person("3", Kommun="Umeå", Enhet="Söder"),
    ]
    map_file = small_report(tmp_path, register, enheter=units)
    raw = write_small(tmp_path / "register.csv", people, (*SMALL_HEADINGS, "Kommun"))
    take_register(raw, map_file)
    assert {unit: _counts(tmp_path, unit)["kvar"] for unit in ("Norr", "Söder", "Umeå", "Vännäs")} == {
        "Norr": 2,
        "Söder": 1,
        "Umeå": 2,
        "Vännäs": 1,
    }
    assert {row["enhet"] for row in _written(map_file.parent, "tider")} == {
        "Norr",
        "Söder",
        "Umeå",
        "Vännäs",
        "forbundet",
    }


def test_each_division_has_its_column(tmp_path: Path) -> None:
    register = SMALL_MAP.replace("enhet: Enhet,", "enhet: [Enhet, Kommun],")
    map_file = small_report(tmp_path, register)
    raw = write_small(tmp_path / "register.csv", [a_person()], (*SMALL_HEADINGS, "Kommun"))
    with pytest.raises(ContentError) as error:
        take_register(raw, map_file)
    assert "enheterna har en enda indelning" in error.value.problems[0].found
