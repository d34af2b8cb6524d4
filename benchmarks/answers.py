"""How long it takes to count raw answers: python benchmarks/answers.py [--stora-arbetsböcker]

Exports of a survey tool are made up in a temporary folder: 25,000 and 250,000 respondents, 40 questions,
as CSV and as a workbook (the large one only when asked for: it takes minutes to make). Each is run through by
the library that reads it alone, and counted by the program with all that it checks, several times in turn,
each time in a process of its own that has imported all that it needs. Prints the least CPU time of each, how
many times the library's the program's is, and the peak memory beyond that of an empty interpreter.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from generator.model.budget import Budget
from generator.model.places import Problem
from generator.model.raw import FileMap
from generator.model.report import Report
from generator.model.settings import ReportSettings
from generator.model.survey import Survey
from generator.reading.raw_files import open_raw
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping
from generator.tallying.answers import tally_answers

QUESTIONS = 40
ANSWERS = ("Till mycket stor del", "Till stor del", "Till liten del", "Inte alls", "Vet ej")
UNITS = [f"Enhet {number}" for number in range(1, 8)]
HEADINGS = [f"Fråga {number}: i vilken grad?" for number in range(QUESTIONS)]
TIMES = 5
SETTINGS = """titel: Prov
år: 2024
publicerad: 2025-03-01
tema: umea
röjandekontroll: av
förbund: {id: forbundet, namn: Förbundet}
enheter:
"""
BUDGET = """områden:
  - id: 1
    namn: Område
    mål:
      - id: 1.1
        text: Prov
        indikatorer:
          - {id: 1.1.1, text: Prov, mått: beskrivning, krav: minst 1}
"""
SURVEY = """svarsgrupper:
  - {id: deltagare, namn: Deltagare}
skalor:
  - id: grad
    namn: Grad
    svar: [Till mycket stor del, Till stor del, Till liten del, Inte alls]
    räknas_inte: [Vet ej]
"""
EXPORT = """inläsning:
  - id: enkät
    kolumner: {svarande: Svars-ID, enhet: Plattform, kön: Kön}
    värden: {kön: {Annat: ej angivet}}
    frågor:
"""


def respondents(number: int) -> Iterator[list[str]]:
    chance = random.Random(1)
    yield ["Svars-ID", "Inskickat", "Plattform", "Kön", *HEADINGS, "Kommentar"]
    for respondent in range(number):
        time = f"{respondent // 3600 % 24:02}:{respondent // 60 % 60:02}:{respondent % 60:02}"
        person = [f"R{respondent:07}", f"2021-11-03 {time}", chance.choice(UNITS)]
        person.append(chance.choice(("Kvinna", "Man", "Annat")))
        comment = f"En kommentar med lite text, den {respondent}:e" if respondent % 3 else ""
        yield [*person, *chance.choices(ANSWERS, k=QUESTIONS), comment]


def write(path: Path, number: int) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(respondents(number))
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Svar")
        for row, cells in enumerate(respondents(number)):
            sheet.write_row(row, 0, cells)


# What is compared


def by_library(path: Path) -> None:
    """Every row of the file, and nothing done with it."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            for _ in csv.reader(file, delimiter=";"):
                pass
        return
    with CalamineWorkbook.from_path(path) as workbook:
        for _ in workbook.get_sheet_by_index(0).iter_rows():
            pass


def by_program(path: Path) -> None:
    problems: list[Problem] = []
    table = open_raw(path, problems, FileMap())
    assert table is not None, problems
    tally = tally_answers(table, ASKED.survey.exports[0], ASKED, problems)
    assert tally.persons and not problems, problems[:3]


def _asked() -> Report:
    units = "".join(f"  - {{id: e{number}, namn: {name}}}\n" for number, name in enumerate(UNITS))
    questions = "".join(f"  - {{id: q{at}, text: Fråga {at}, skala: grad}}\n" for at in range(QUESTIONS))
    tied = "".join(f'      q{at}: "{heading}"\n' for at, heading in enumerate(HEADINGS))
    problems: list[Problem] = []

    def read(text: str) -> dict[str, object]:
        return parse_mapping(text, "prov.yaml", problems) or {}

    settings = validate(ReportSettings, read(SETTINGS + units), problems)
    budget = validate(Budget, read(BUDGET), problems)
    survey = validate(Survey, read(f"{SURVEY}frågor:\n{questions}{EXPORT}{tied}"), problems)
    assert settings and budget and survey, problems
    return Report("prov", settings, budget, survey)


ASKED = _asked()
WAYS: dict[str, Callable[[Path], None]] = {"bara läst": by_library, "räknat": by_program}
PEAK = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"  # kilobytes


def measure(way: str, path: Path) -> tuple[float, int]:
    """CPU seconds, and megabytes at most."""
    seconds, memory = _printed_by(__file__, "--mät", way, str(path))
    (empty,) = _printed_by("-c", PEAK)
    return seconds, round((memory - empty) / 1024)


def _printed_by(*arguments: str) -> list[float]:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return list(map(float, done.stdout.split()))


def _measure_here(way: str, path: Path) -> None:
    start = time.process_time()
    WAYS[way](path)
    print(time.process_time() - start)
    exec(PEAK)


def main(*, large_workbooks: bool) -> None:
    print(f"{'svarande':>8} {'fil':>6} {'':<10} {'sekunder':>9} {'gånger':>7} {'MB':>6}")
    for number in (25_000, 250_000):
        for ending in (".csv", ".xlsx"):
            if ending == ".xlsx" and number > 25_000 and not large_workbooks:
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"svar{ending}"
                write(path, number)
                found = [{way: measure(way, path) for way in WAYS} for _ in range(TIMES)]
            least = {way: min(each[way] for each in found) for way in WAYS}
            for way, (seconds, memory) in least.items():
                times = f"{seconds / least['bara läst'][0]:.2f}"
                print(f"{number:>8} {ending:>6} {way:<10} {seconds:>9.2f} {times:>7} {memory:>6}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--mät"]:
        _measure_here(sys.argv[2], Path(sys.argv[3]))
    else:
        main(large_workbooks="--stora-arbetsböcker" in sys.argv[1:])
