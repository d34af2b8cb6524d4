"""How long it takes to count raw answers, beside polars: python benchmarks/answers.py [--stora-arbetsböcker]

Exports of a survey tool are made up in a temporary folder: 25,000 and 250,000 respondents, 40 questions,
as CSV and as a workbook (the large one only when asked for: it takes minutes to make). Each is counted by
group, sex and question three times in processes of their own: by polars alone, in its two ways, and by the
program with all that it checks. Prints the fastest of each, their ratio, and the peak memory.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import xlsxwriter

from generator.model.budget import Budget
from generator.model.places import Problem
from generator.model.settings import ReportSettings
from generator.model.survey import Survey
from generator.reading.raw_files import open_raw
from generator.reading.validation import validate
from generator.reading.yaml_files import parse_mapping
from generator.tallying.answers import Asked, tally_answers

QUESTIONS = 40
ANSWERS = ("Till mycket stor del", "Till stor del", "Till liten del", "Inte alls", "Vet ej")
UNITS = [f"Enhet {number}" for number in range(1, 8)]
HEADINGS = [f"Fråga {number}: i vilken grad?" for number in range(QUESTIONS)]
TIMES = 3
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
    for at in range(number):
        person = [f"R{at:07}", "2021-11-03 10:12", chance.choice(UNITS)]
        person.append(chance.choice(("Kvinna", "Man", "Annat")))
        yield [*person, *chance.choices(ANSWERS, k=QUESTIONS), "En kommentar med lite text" if at % 3 else ""]


def write(path: Path, number: int) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(respondents(number))
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Svar")
        for row, cells in enumerate(respondents(number)):
            sheet.write_row(row, 0, cells)


# The ways to count


def by_polars(path: Path) -> None:
    """Everything in memory."""
    if path.suffix == ".csv":
        answers = pl.read_csv(path, separator=";", infer_schema=False)
    else:
        answers = pl.read_excel(path, infer_schema_length=0)
    for heading in HEADINGS:
        answers.group_by("Plattform", "Kön", heading).len()


def by_streaming(path: Path) -> None:
    """In polars' streaming way. A workbook has none."""
    answers = pl.scan_csv(path, separator=";", infer_schema=False)
    counts = [answers.group_by("Plattform", "Kön", heading).len() for heading in HEADINGS]
    pl.collect_all(counts, engine="streaming")


def by_program(path: Path) -> None:
    asked, problems = _asked(), list[Problem]()
    table = open_raw(path, problems)
    assert table is not None, problems
    tally = tally_answers(table, asked.survey.exports[0], asked, problems)
    assert tally.persons and not problems, problems[:3]


def _asked() -> Asked:
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
    return Asked(settings, budget, survey)


WAYS: dict[str, Callable[[Path], None]] = {
    "polars": by_polars,
    "strömmande polars": by_streaming,
    "bokslut": by_program,
}


def measure(way: str, path: Path) -> tuple[float, int]:
    """Seconds, the fastest of some times in one process, and megabytes at most."""
    command = [sys.executable, __file__, "--mät", way, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = done.stdout.split()
    return float(seconds), int(memory)


def _measure_here(way: str, path: Path) -> None:
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        WAYS[way](path)
        taken.append(time.perf_counter() - start)
    print(min(taken), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main(*, large_workbooks: bool) -> None:
    print(f"{'svarande':>8} {'fil':>6} {'':<18} {'sekunder':>9} {'gånger':>7} {'MB':>6}")
    for number in (25_000, 250_000):
        for ending in (".csv", ".xlsx"):
            if ending == ".xlsx" and number > 25_000 and not large_workbooks:
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"svar{ending}"
                write(path, number)
                ways = [way for way in WAYS if ending == ".csv" or way != "strömmande polars"]
                found = {way: measure(way, path) for way in ways}
            fastest = min(seconds for way, (seconds, _) in found.items() if way != "bokslut")
            for way, (seconds, memory) in found.items():
                times = f"{seconds / fastest:.2f}"
                print(f"{number:>8} {ending:>6} {way:<18} {seconds:>9.2f} {times:>7} {memory:>6}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--mät"]:
        _measure_here(sys.argv[2], Path(sys.argv[3]))
    else:
        main(large_workbooks="--stora-arbetsböcker" in sys.argv[1:])
