"""How building grows with the number of reports: python benchmarks/reports.py [--pdf] [8 80 800]

Content is made up in a temporary folder: associations with ten units and ten yearly reports each, one site
for each association, and a last one with what is left. They are built over all cores, as `bokslut bygg` does,
without PDF unless it is asked for. Prints seconds, reports per second, seconds and processor seconds for each
report (which tell more when others use the machine), how long a second run with nothing changed takes, and
the peak memory of the main process and of the largest worker. Each size has processes of its own.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from generator.engines import engine_for
from generator.fingerprints import PDFS
from generator.many import build_sites, seconds_for, sites_in

YEARS = 10
UNITS = tuple(f"Enhet {number}" for number in range(1, 11))
KINDS = ("arbete", "studier", "rehabilitering")
SITE = """organisation: {name}
framsida: {front}
kontakt:
  e-post: prov@exempel.se
"""
SETTINGS = """titel: Socialt bokslut {year}
år: {year}
publicerad: {after}-03-01
tema: umea
röjandekontroll: av
{compared}förbund: {{id: forbundet, namn: {name}, kort: Förbundet}}
deltagarrader:
  - {{id: deltagare, namn: Deltagare}}
  - {{id: avslut, namn: Avslut, andel_av: deltagare, nivå: 1}}
  - {{id: positiv, namn: Positiv lösning, andel_av: avslut, nivå: 1, lika_med: {kinds}}}
{rows}
enheter:
{units}
"""
AREAS = """områden:
  - id: 1
    namn: Flöde
    mål:
      - id: 1.1
        text: Människor går vidare
        indikatorer:
          - id: 1.1.1
            text: Avslut
            mått: andel
            täljare: avslut
            nämnare: deltagare
            krav: minst 40 %
            vikt: 5
          - id: 1.1.2
            text: Lösning
            mått: andel
            täljare: positiv
            nämnare: avslut
            krav: minst 60 %
            vikt: 8
          - id: 1.1.3
            text: Arbete
            mått: andel
            täljare: arbete
            nämnare: positiv
            krav: minst 35 %
            vikt: 3
  - id: 2
    namn: Jämlikhet
    mål:
      - id: 2.1
        text: Alla får plats
        indikatorer:
          - id: 2.1.1
            text: Könsfördelning
            mått: könsfördelning
            rad: deltagare
            krav: 40–60 %
            vikt: 4
          - id: 2.1.2
            text: Berättelser
            mått: berättelser
            krav: minst 1
            vikt: 2
"""
TEXT = """---
titel: Året som gick
del: året
---
## Ett år till

Av dem som avslutade gick {{positiv av avslut}} till en positiv lösning. {words}
"""
STORY = """---
titel: En dag i {unit}
indikator: 2.1.2
granskad_av: föreståndare
ingress: Någon som hade tid.
---
{words}
"""


@dataclass(frozen=True)
class Measured:
    """Seconds of a first and a second run, processor seconds of the first, and peak megabytes."""

    first: float
    processor: float
    second: float
    memory: int
    worker: int


def write_content(folder: Path, reports: int) -> None:
    for at, start in enumerate(range(0, reports, YEARS)):
        write_site(folder / f"forbund-{at}", f"Förbundet {at}", min(YEARS, reports - start), seed=at)


def write_site(folder: Path, name: str, years: int, seed: int) -> None:
    chance = random.Random(seed)
    written = range(2025 - years, 2025)
    folder.mkdir(parents=True)
    (folder / "webbplats.yaml").write_text(SITE.format(name=name, front=f"{written[-1]}-bokslut"), "utf-8")
    for year in written:
        before = f"jämförs_med: {year - 1}-bokslut\n" if year - 1 in written else ""
        write_report(folder / f"{year}-bokslut", name, year, before, chance)


def write_report(report: Path, name: str, year: int, compared: str, chance: random.Random) -> None:
    for part in ("utfall", "berattelse", "exempel"):
        (report / part).mkdir(parents=True)
    settings = SETTINGS.format(
        name=name,
        year=year,
        after=year + 1,
        compared=compared,
        kinds=" + ".join(KINDS),
        rows="\n".join(f"  - {{id: {kind}, namn: {kind}, andel_av: positiv, nivå: 2}}" for kind in KINDS),
        units="\n".join(f"  - {{id: {unit.replace(' ', '-').lower()}, namn: {unit}}}" for unit in UNITS),
    )
    words = " ".join(f"Det {number} var ett steg framåt för flera." for number in range(100))
    day = " ".join(f"Klockan {number} öppnade huset på nytt." for number in range(100))
    (report / "bokslut.yaml").write_text(settings, "utf-8")
    (report / "budget.yaml").write_text(AREAS, "utf-8")
    (report / "berattelse/aret.md").write_text(TEXT.format(words=words), "utf-8")
    (report / "exempel/dagen.md").write_text(STORY.format(unit=UNITS[0], words=day), "utf-8")
    (report / "utfall/deltagare.csv").write_text("\n".join(_participants(chance)) + "\n", "utf-8")


def _participants(chance: random.Random) -> Iterator[str]:
    yield "enhet;rad;kvinnor;män"
    for unit in UNITS:
        counts = {kind: [chance.randint(3, 30), chance.randint(3, 30)] for kind in KINDS}
        positive = [sum(counts[kind][sex] for kind in KINDS) for sex in (0, 1)]
        ended = [number + chance.randint(5, 40) for number in positive]
        counts |= {"positiv": positive, "avslut": ended}
        counts["deltagare"] = [number + chance.randint(5, 90) for number in ended]
        yield from (f"{unit};{row};{women};{men}" for row, (women, men) in counts.items())


def measure(reports: int, with_pdf: bool) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        content, output = Path(folder) / "content", Path(folder) / "output"
        write_content(content, reports)
        first = _seconds(content, output, with_pdf)
        processor = sum(map(_processor, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
        second = _seconds(content, output, with_pdf)
    return Measured(first, processor, second, _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN))


def _seconds(content: Path, output: Path, with_pdf: bool) -> float:
    start = time.perf_counter()
    sites, pdfs = sites_in(content), PDFS if with_pdf else ()
    with engine_for(seconds_for(sites, pdfs)) as engine:
        for outcome in build_sites(sites, output, engine, pdfs=pdfs):
            if outcome.error is not None:
                raise outcome.error
    return time.perf_counter() - start


def _processor(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


HEADS = ("bokslut", "sekunder", "per s", "s per st", "cpu per st", "igen", "MB", "MB arbetare")


def main(sizes: list[int], with_pdf: bool) -> None:
    print("".join(f"{head:>12}" for head in HEADS))
    for reports in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            one = alone.submit(measure, reports, with_pdf).result()
        told = (
            f"{reports}",
            f"{one.first:.1f}",
            f"{reports / one.first:.2f}",
            f"{one.first / reports:.3f}",
            f"{one.processor / reports:.3f}",
            f"{one.second / one.first:.2%}",
            f"{one.memory}",
            f"{one.worker}",
        )
        print("".join(f"{text:>12}" for text in told), flush=True)


if __name__ == "__main__":
    given = [int(size) for size in sys.argv[1:] if size.isdigit()]
    wants_pdf = "--pdf" in sys.argv[1:]
    main(given or ([2, 8, 16] if wants_pdf else [8, 80, 800]), wants_pdf)
