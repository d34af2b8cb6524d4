"""A draft of the map of a register is made by its headings, and tells nothing that is somebody's."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from generator.intake import draft_register, take_register, write_draft
from generator.model.places import ContentError, Problem
from generator.model.register import RegisterMap
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping
from tests.tallying import registers
from tests.tallying.registers import Person, small_report, write_register
from tests.test_cli import run

HEADINGS = ("Ärendenr", "Enhet", "Kön", "Inskriven", "Utskriven", "Orsak till avslut", "Född", "Handläggare")
PEOPLE = (
    ("Ä1", "Norr", "K", "2024-01-10", "2024-05-01", "Arbete", "1990", "Eva Lind"),
    ("Ä2", "Norr", "M", "2024-02-10", "2024-06-01", "Studier", "1985", "Eva Lind"),
    ("Ä3", "Söder", "K", "2023-02-10", "2024-06-01", "Arbete", "1971", "Ali Noor"),
    ("Ä4", "Söder", "M", "2024-03-10", "Pågående", "", "2001", "Ali Noor"),
)


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    """Where a report is that has no map yet."""
    path = small_report(tmp_path)
    path.unlink()
    return path


def register(folder: Path, *rows: tuple[str, ...], name: str = "register.csv") -> Path:
    people: list[Person] = [dict(zip(HEADINGS, row, strict=True)) for row in (*PEOPLE, *rows)]
    return write_register(folder / name, people, HEADINGS)


def with_reason(number: int, reason: str) -> tuple[str, ...]:
    return (f"B{number}", "Norr", "K", "2024-01-10", "2024-05-01", reason, "1990", "Eva Lind")


def read(text: str) -> RegisterMap:
    problems: list[Problem] = []
    found = validate(RegisterMap, parse_mapping(text, "register.yaml", problems) or {}, problems)
    assert found is not None, (problems, text)
    return found


def test_a_personal_number_is_who_it_is_and_how_old(map_file: Path, tmp_path: Path) -> None:
    """Many registers have nothing else."""
    number = tuple("Personnummer" if heading == "Ärendenr" else heading for heading in HEADINGS[:-2])
    rows = [(f"19900{month}01-1234", *row[1:-2]) for month, row in enumerate(PEOPLE, start=1)]
    raw = registers.write_csv(tmp_path / "register.csv", [number, *rows])
    write_draft(draft_register(raw, map_file), map_file)
    take_register(raw, map_file)
    assert "alder;35–44;0;0" in (map_file.parent / "utfall/bakgrund.csv").read_text("utf-8")
    assert "alder;25–34;2;2" in (map_file.parent / "utfall/bakgrund.csv").read_text("utf-8")


@pytest.mark.parametrize("name", ["register.csv", "register.xlsx", "register.ods"])
def test_a_draft_with_nothing_left_to_fill_in_works(name: str, map_file: Path, tmp_path: Path) -> None:
    raw = register(tmp_path, name=name)
    write_draft(draft_register(raw, map_file), map_file)
    assert take_register(raw, map_file).persons == len(PEOPLE)
    with (map_file.parent / "utfall/deltagare.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["enhet"], row["rad"]): row["kvinnor"] for row in csv.DictReader(file, delimiter=";")}
    assert (rows["Norr", "arbete"], rows["Söder", "arbete"], rows["Norr", "studier"]) == ("1", "1", "0")


def test_columns_are_found_by_heading_and_content(map_file: Path, tmp_path: Path) -> None:
    columns = read(draft_register(register(tmp_path), map_file)).columns
    assert (columns.participant, columns.unit, columns.sex) == ("Ärendenr", ("Enhet",), "Kön")
    assert (columns.start, columns.end, columns.reason) == ("Inskriven", "Utskriven", "Orsak till avslut")


@pytest.mark.parametrize(
    "headings",
    [
        ("Pnr", "Enhetens namn", "Kvinna/man", "Datum in", "Datum ut", "Avslutsorsak"),
        ("Deltagar-ID", "Insats", "Kön (K/M)", "Startdatum", "Slutdatum", "Anledning till avslut"),
        ("Löpnummer", "Verksamhet", "Juridiskt kön", "Fr.o.m.", "T.o.m.", "Avslutad till"),
        ("Person id", "Plattform", "Kön", "Inskrivningsdatum", "Utskrivningsdatum", "Orsak"),
    ],
)
def test_headings_of_many_registers_are_known(
    headings: tuple[str, ...], map_file: Path, tmp_path: Path
) -> None:
    sexes = {"K": "Kvinna", "M": "Man"} if "/" in headings[2] and "(" not in headings[2] else {}
    rows = [[sexes.get(cell, cell) for cell in row[:6]] for row in PEOPLE]
    raw = registers.write_csv(tmp_path / "register.csv", [headings, *rows])
    columns = read(draft_register(raw, map_file)).columns
    found = (
        columns.participant,
        *(columns.unit or ()),
        columns.sex,
        columns.start,
        columns.end,
        columns.reason,
    )
    assert found == headings


def test_words_of_the_register_are_tied(map_file: Path, tmp_path: Path) -> None:
    found = read(draft_register(register(tmp_path), map_file))
    assert dict(found.values["kön"]) == {"K": "kvinnor", "M": "män"}
    assert found.no_end == ("Pågående",)
    assert found.background[0].table == "alder" and found.background[0].ages


def test_a_reason_goes_to_the_row_that_has_its_words_and_others_are_left(
    map_file: Path, tmp_path: Path
) -> None:
    """Else a row would get a number that is too low without a word."""
    raw = register(tmp_path, with_reason(1, "Flytt"))
    text = draft_register(raw, map_file)
    assert dict(read(text).reasons) == {"arbete": ("Arbete",), "studier": ("Studier",)}
    assert "eller bland de övriga:\n#   Flytt\n" in text
    write_draft(text, map_file)
    with pytest.raises(ContentError) as caught:
        take_register(raw, map_file)
    assert "avslutsorsaken känns inte igen" in [problem.found for problem in caught.value.problems]
    write_draft(text.replace("övriga_orsaker: []", "övriga_orsaker: [Flytt]"), map_file)
    assert take_register(raw, map_file).persons == len(PEOPLE) + 1


def test_without_rows_for_reasons_they_count_as_exits_only(tmp_path: Path) -> None:
    rows = [{"id": "deltagare", "namn": "Deltagare"}, {"id": "avslut", "namn": "Avslut"}]
    map_file = small_report(tmp_path, deltagarrader=rows, bakgrundstabeller=[])
    map_file.unlink()
    raw = register(tmp_path)
    text = draft_register(raw, map_file)
    assert read(text).other_reasons == ("Arbete", "Studier")
    write_draft(text, map_file)
    assert take_register(raw, map_file).persons == len(PEOPLE)


def test_what_may_be_about_somebody_is_not_told(map_file: Path, tmp_path: Path) -> None:
    secrets = ("Flyttade till sin bror i Boden", "Ring 070-1234567", "Ring 070-1234567")
    text = draft_register(register(tmp_path, *map(with_reason, range(3), secrets)), map_file)
    assert not any(secret in text for secret in (*secrets, "Eva", "Ali", "Ä1", "1990-"))
    assert "# I 3 av 6 celler står något annat" in text
    assert "#   Handläggare" in text


def test_what_no_column_is_found_for_is_left_to_fill_in(map_file: Path, tmp_path: Path) -> None:
    raw = registers.write_csv(tmp_path / "register.csv", [["A", "B"], ["x", "y"]])
    write_draft(draft_register(raw, map_file), map_file)
    with pytest.raises(ContentError) as caught:
        take_register(raw, map_file)
    assert {problem.found for problem in caught.value.problems} == {
        f"”{key}” är tom" for key in ("deltagare", "kön", "start", "slut")
    }


def test_the_register_of_2021_needs_its_reasons_placed_only(year: Path, tmp_path: Path) -> None:
    people = registers.people_of_2021()
    random.Random(2021).shuffle(people)
    raw = write_register(tmp_path / "register.csv", people)
    found = read(draft_register(raw, year / "register.yaml"))
    assert (found.columns.participant, found.columns.unit) == ("Ärende", ("Plattform",))
    rows = found.rows
    assert (rows.participants, rows.new, rows.exits, rows.remaining) == ("deltagare", "nya", "avslut", "kvar")
    assert [table.column for table in found.background] == ["Födelseår", "Utbildning", "Försörjning"]


@pytest.mark.parametrize("cell", ["19900101-1234", "900101-1234", "2024-01-10", "eva@x.example", "Kvinna;Ja"])
def test_a_register_without_headings_is_refused(cell: str, map_file: Path, tmp_path: Path) -> None:
    """Or a person would stand among the columns that are not read."""
    row = [*cell.split(";"), "Norr", "Eva Lind"]
    raw = registers.write_csv(tmp_path / "register.csv", [row, row])
    with pytest.raises(ContentError) as caught:
        draft_register(raw, map_file)
    (problem,) = caught.value.problems
    assert problem.found == "raden är en persons, inte rubriker"
    assert "Eva" not in str(problem)


def test_a_map_that_is_there_is_not_replaced(map_file: Path, tmp_path: Path) -> None:
    map_file.write_text("kolumner: {}\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        draft_register(register(tmp_path), map_file)
    assert caught.value.problems[0].found == "kartan finns redan"


def test_the_command_writes_the_map(map_file: Path, tmp_path: Path) -> None:
    raw = register(tmp_path)
    told = run("läs-deltagare", raw, "--föreslå", "--karta", map_file)
    assert told.exit_code == 0 and f'läs-deltagare "{raw}" --karta "{map_file}"' in told.output
    assert map_file.read_text("utf-8") == draft_register(raw, map_file.with_name("_ny.yaml"))


def test_a_reason_stands_in_one_place() -> None:
    problems: list[Problem] = []
    text = (
        "kolumner: {deltagare: a, kön: b, start: c, slut: d, avslutsorsak: e}\nrader: {}\n"
        "avslutsorsaker: {arbete: Jobb}\növriga_orsaker: [jobb]\n"
    )
    validate(RegisterMap, parse_mapping(text, "register.yaml", problems) or {}, problems)
    assert [problem.found for problem in problems] == ["”jobb” står både på en rad och bland övriga"]
