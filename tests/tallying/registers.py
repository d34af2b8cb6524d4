"""Made-up registers of participants, and maps of them."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.support import PLATFORMS, PROJECT, YEAR
from tests.workbooks import Value, by_odfdo, by_openpyxl, by_xlsxwriter

HEADINGS = (
    "Ärende",
    "Plattform",
    "Kön",
    "Startdatum",
    "Slutdatum",
    "Avslutsorsak",
    "Födelseår",
    "Utbildning",
    "Försörjning",
    "Anteckning",
)
Person = Mapping[str, Value]
SEXES = ("kvinnor", "män")
LEAVES = {
    "arbete": ("Anställning", "anställning med stöd"),
    "extratjanst": ("Extratjänst",),
    "studier": ("Studier", "FOLKHÖGSKOLA"),
    "fortsatt_rehab": ("Fortsatt rehabilitering", "Öppet  arbetssökande"),
    "saknar_arbetsformaga": ("Arbetsförmåga saknas",),
    "avbrott_halsoskal": ("Hälsoskäl",),
    "ovriga_avbrott": ("Flytt", "Eget önskemål", "Annat"),
}
_MENTIONS_BY = 130  # participants who have something in the column of income


def published(table: str) -> list[dict[str, str]]:
    """A table of outcomes of the platforms."""
    with (PLATFORMS / YEAR / f"utfall/{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def map_of_the_handbook() -> str:
    """The example in the handbook, which is meant for the content of 2021."""
    handbook = (PROJECT / "docs/handbok.md").read_text("utf-8")
    section = handbook.split("### Räkna fram tabellerna ur deltagarregistret\n")[1]
    block = re.search(r"^    kolumner:\n(?:    .*\n|\n)+", section, re.MULTILINE)
    assert block
    return re.sub(r"^    ", "", block[0], flags=re.MULTILINE)


def people_of_2021() -> list[Person]:
    """Persons who add up to the published tables: by unit, sex and row, and by sex and background."""
    counts = {
        (row["enhet"], row["rad"], sex): int(row[sex]) for row in published("deltagare") for sex in SEXES
    }
    units = dict.fromkeys(unit for unit, _, _ in counts)
    people = {sex: [person for unit in units for person in _people_of(unit, sex, counts)] for sex in SEXES}
    for sex in SEXES:
        _add_background(people[sex], sex)
    return [person for each in people.values() for person in each]


def _people_of(unit: str, sex: str, counts: Mapping[tuple[str, str, str], int]) -> Iterator[dict[str, Value]]:
    def count(row: str) -> int:
        return counts[unit, row, sex]

    reasons = [words[number % len(words)] for row, words in LEAVES.items() for number in range(count(row))]
    assert len(reasons) == count("avslut")
    for number in range(count("deltagare")):
        is_new = number % count("deltagare") < count("nya")
        start = datetime.date(2021 if is_new else 2020, 1, 1) + datetime.timedelta(number % 60)
        person: dict[str, Value] = {
            "Ärende": f"{unit[:2]}-{sex[0]}-{number}",
            "Plattform": unit,
            "Kön": "K" if sex == "kvinnor" else "man",
            "Startdatum": start,
            "Anteckning": 'fri text; med "tecken"',
        }
        if number < len(reasons):
            person["Slutdatum"] = datetime.date(2021, 12, 31) - datetime.timedelta(number % 200)
            person["Avslutsorsak"] = reasons[number]
        yield person


def _add_background(people: Sequence[Person], sex: str) -> None:
    columns = {"alder": "Födelseår", "utbildning": "Utbildning"}
    for table, column in columns.items():
        for person, category in zip(people, _categories(table, sex), strict=False):
            assert isinstance(person, dict)
            is_age = table == "alder"
            person[column] = 2021 - int(category[:2]) if is_age else category
    for number, category in enumerate(_categories("forsorjning", sex)):
        person = people[-1 - number % _MENTIONS_BY]
        assert isinstance(person, dict)
        before = person.get("Försörjning")
        person["Försörjning"] = f"{before}, {category}" if before else category


def _categories(table: str, sex: str) -> list[str]:
    """Each category as many times as it is published."""
    rows = (row for row in published("bakgrund") if row["tabell"] == table and row["kategori"] != "summa")
    return [row["kategori"] for row in rows for _ in range(int(row[sex]))]


def others_of_2021() -> list[Person]:
    """Rows that do not count in the year."""
    unit = {"Plattform": "Vännäs", "Kön": "K"}
    return [
        {"Ärende": "f1", **unit, "Startdatum": "2020-02-03", "Slutdatum": "2020-12-31", "Avslutsorsak": "?"},
        {"Ärende": "f2", **unit, "Startdatum": "2022-01-01"},
        {},
    ]


# Files


def rows_of(people: Iterable[Person], headings: Sequence[str] = HEADINGS) -> list[list[Value]]:
    return [list(headings), *([person.get(heading) for heading in headings] for person in people)]


def write_register(path: Path, people: Iterable[Person], headings: Sequence[str] = HEADINGS) -> Path:
    """A register in the form that the name of its file says."""
    rows = rows_of(people, headings)
    if path.suffix == ".csv":
        return write_csv(path, rows)
    maker = by_odfdo if path.suffix == ".ods" else by_xlsxwriter
    maker(path, {"Register": rows})
    return path


def write_openpyxl(path: Path, people: Iterable[Person]) -> Path:
    by_openpyxl(path, {"Register": rows_of(people)})
    return path


def write_csv(
    path: Path, rows: Iterable[Sequence[Value]], delimiter: str = ";", encoding: str = "utf-8-sig"
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([["" if value is None else value for value in row] for row in rows])
    return path


# A small register of a small report

SMALL_SETTINGS: dict[str, Any] = {
    "titel": "Prov",
    "år": "2024",
    "publicerad": "2025-03-01",
    "tema": "umea",
    "röjandekontroll": "av",
    "förbund": {"id": "forbundet", "namn": "Förbundet"},
    "enheter": [{"id": "norr", "namn": "Norr"}, {"id": "soder", "namn": "Söder"}],
    "deltagarrader": [
        {"id": "deltagare", "namn": "Deltagare"},
        {"id": "nya", "namn": "Nya"},
        {"id": "avslut", "namn": "Avslut"},
        {"id": "positiva", "namn": "Positiva", "lika_med": "arbete + studier"},
        {"id": "arbete", "namn": "Arbete"},
        {"id": "studier", "namn": "Studier"},
        {"id": "avbrott", "namn": "Avbrott"},
        {"id": "kvar", "namn": "Kvar"},
    ],
    "bakgrundstabeller": [
        {"id": "alder", "titel": "Ålder"},
        {"id": "inkomst", "titel": "Försörjning"},
    ],
}
SMALL_MAP = """\
kolumner: {deltagare: Id, enhet: Enhet, kön: Kön, start: Start, slut: Slut, avslutsorsak: Orsak}
värden:
  enhet: {N1: Norr}
  kön: {K: kvinnor, M: män, X: ej angivet}
rader: {deltagare: deltagare, nya: nya, avslut: avslut, kvar: kvar}
avslutsorsaker:
  arbete: [Arbete, Anställning]
  studier: Studier
  avbrott: [Flytt, Sjukdom]
"""
SMALL_BACKGROUND = """\
bakgrund:
  - tabell: alder
    kolumn: Född
    åldrar: [16-24, 25–64, 65+]
  - tabell: inkomst
    kolumn: Inkomst
    flera_delas_av: ";"
    kategorier:
      Lön: [Arbetsinkomst, Jobb]
      Stöd:
      Sjuk; lång: Sjukpenning
"""


def small_report(folder: Path, register: str = SMALL_MAP + SMALL_BACKGROUND, **settings: object) -> Path:
    """The folder of a report with a map; returns the map."""
    year = folder / "innehall" / "2024-prov"
    year.mkdir(parents=True)
    text = yaml.safe_dump({**SMALL_SETTINGS, **settings}, allow_unicode=True, sort_keys=False)
    (year / "bokslut.yaml").write_text(text, "utf-8")
    (year / "register.yaml").write_text(register, "utf-8")
    return year / "register.yaml"


def a_person(id: Value = "p1", **others: Value) -> Person:
    """Somebody in Norr since 2023."""
    person = {"Id": id, "Enhet": "Norr", "Kön": "K", "Start": "2023-05-01", "Född": "1990", "Inkomst": "Lön"}
    return {**person, **others}


SMALL_HEADINGS = ("Id", "Enhet", "Kön", "Start", "Slut", "Orsak", "Född", "Inkomst")


def write_small(path: Path, people: Iterable[Person], headings: Sequence[str] = SMALL_HEADINGS) -> Path:
    return write_register(path, people, headings)
