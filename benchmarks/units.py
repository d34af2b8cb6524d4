"""How checking grows with the number of units in a report: python benchmarks/units.py [--enkat] [8 80 800]

Content is made up in a temporary folder: a report with so many units, twelve rows each for women and men,
shares and gender balances for every unit; with `--enkat` also a survey, ages and last year's counts, among
them small counts that nothing can protect. Prints processor seconds and peak memory for reading, scoring,
comparing and protecting it (`examine`), with disclosure control off and at 5.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from generator.checking import examine
from tests.protecting.made_up import REPORT, Kind, make_up, write

KINDS = ("arbete", "extratjanst", "studier", "rehab", "saknar")
BREAKS = ("halsoskal", "ovriga")
SITE = """organisation: Prov
framsida: prov
kontakt:
  e-post: prov@exempel.se
"""
SETTINGS = """titel: Prov
år: 2024
publicerad: 2025-03-01
tema: umea
röjandekontroll: {threshold}
förbund: {{id: forbundet, namn: Förbundet}}
deltagarrader:
  - {{id: deltagare, namn: Deltagare}}
  - {{id: avslut, namn: Avslut, lika_med: positiv + halsoskal + ovriga}}
  - {{id: positiv, namn: Positiv lösning, andel_av: avslut, nivå: 1, lika_med: {kinds}}}
{rows}
  - {{id: kvar, namn: Kvar, lika_med: deltagare − avslut}}
enheter:
{units}
"""
AREAS = """områden:
  - id: 1
    namn: Flöde
    mål:
      - id: 1.1
        text: Prov
        indikatorer:
"""
SHARE = """          - id: 1.1.{number}
            text: Prov
            mått: andel
            täljare: {part}
            nämnare: {whole}
            krav: minst {target} %
            vikt: 5
"""
BALANCE = """          - id: 1.1.{number}
            text: Prov
            mått: könsfördelning
            rad: {row}
            krav: 40–60 %
            vikt: 2
"""


def write_content(folder: Path, units: int, threshold: str) -> None:
    report = folder / "prov"
    (report / "utfall").mkdir(parents=True)
    (folder / "webbplats.yaml").write_text(SITE, "utf-8")
    rows = [f"  - {{id: {kind}, namn: {kind}, andel_av: positiv, nivå: 2}}" for kind in KINDS]
    rows += [f"  - {{id: {name}, namn: {name}, andel_av: avslut, nivå: 1}}" for name in BREAKS]
    names = [f"  - {{id: e{number}, namn: Enhet {number}}}" for number in range(units)]
    settings = SETTINGS.format(
        threshold=threshold, kinds=" + ".join(KINDS), rows="\n".join(rows), units="\n".join(names)
    )
    (report / "bokslut.yaml").write_text(settings, "utf-8")
    (report / "budget.yaml").write_text(_budget(), "utf-8")
    (report / "utfall/deltagare.csv").write_text(_participants(units), "utf-8")


def _budget() -> str:
    shares = [("avslut", "deltagare", 40), ("positiv", "avslut", 80), ("arbete", "positiv", 35)]
    indicators = [
        SHARE.format(number=number, part=part, whole=whole, target=target)
        for number, (part, whole, target) in enumerate(shares, start=1)
    ]
    indicators += [
        BALANCE.format(number=number, row=row)
        for number, row in enumerate(("deltagare", "avslut", "positiv", *KINDS), start=4)
    ]
    return AREAS + "".join(indicators)


def _participants(units: int) -> str:
    chance = random.Random(1)
    lines = ["enhet;rad;kvinnor;män"]
    for number in range(units):
        counts = {name: [chance.randint(0, 8), chance.randint(0, 8)] for name in (*KINDS, *BREAKS)}
        counts["positiv"] = [sum(counts[kind][sex] for kind in KINDS) for sex in (0, 1)]
        counts["avslut"] = [
            counts["positiv"][sex] + sum(counts[name][sex] for name in BREAKS) for sex in (0, 1)
        ]
        counts["kvar"] = [chance.randint(5, 40), chance.randint(5, 40)]
        counts["deltagare"] = [counts["kvar"][sex] + counts["avslut"][sex] for sex in (0, 1)]
        lines += [f"Enhet {number};{row};{women};{men}" for row, (women, men) in counts.items()]
    return "\n".join(lines) + "\n"


def write_survey(folder: Path, units: int, threshold: str) -> None:
    kind = Kind(units, given=True, background=True, answers=True, answers_of_all=True, previous=True, least=3)
    write(make_up(kind, seed=1), folder, röjandekontroll=threshold)


def main(sizes: list[int], has_survey: bool) -> None:
    print(f"{'enheter':>8} {'röjandekontroll':>16} {'cpu-s':>9} {'per enhet':>10} {'MB':>6}")
    for threshold in ("av", "5"):
        for units in sizes:
            with tempfile.TemporaryDirectory() as folder:
                content = Path(folder) / "content"
                (write_survey if has_survey else write_content)(content, units, threshold)
                start = time.process_time()
                examine(content, REPORT if has_survey else "prov")
                seconds = time.process_time() - start
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{units:>8} {threshold:>16} {seconds:>9.2f} {seconds / units:>10.4f} {memory:>6}", flush=True
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:] if size.isdigit()] or [8, 80, 800], "--enkat" in sys.argv[1:])
