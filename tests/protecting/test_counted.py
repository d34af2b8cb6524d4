"""No hidden count is recovered from reports that are made by counting a register and answers alone."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.build import check
from generator.intake import take_answers, take_register
from tests.protecting.attack import attack
from tests.support import edit, only_problem_in, publish_figures

REPORT = "2024-prov"
ROWS = (
    {"id": "deltagare", "namn": "Deltagare"},
    {"id": "avslut", "namn": "Avslut", "andel_av": "deltagare", "lika_med": "arbete + avbrott"},
    {"id": "arbete", "namn": "Arbete", "andel_av": "avslut", "nivå": 1},
    {"id": "avbrott", "namn": "Avbrott", "andel_av": "avslut", "nivå": 1},
    {"id": "kvar", "namn": "Kvar", "lika_med": "deltagare − avslut"},
)
REGISTER = {
    "kolumner": {"deltagare": "Id", "enhet": "Enhet", "kön": "Kön", "start": "Start", "slut": "Slut"}
    | {"avslutsorsak": "Orsak"},
    "rader": {"deltagare": "deltagare", "avslut": "avslut", "kvar": "kvar"},
    "avslutsorsaker": {"arbete": "Arbete", "avbrott": "Avbrott"},
    "bakgrund": [
        {"tabell": "alder", "kolumn": "Född", "per_enhet": "ja", "åldrar": ["16-24", "25-39", "40-64"]}
    ],
}
ANSWERS = {"grupp": "deltagare", "fråga": "hjalp", "svar": ["Ja", "Delvis"], "krav": "minst 60 %"}
INDICATORS: tuple[dict[str, Any], ...] = (
    {"mått": "andel", "täljare": "arbete", "nämnare": "avslut", "krav": "minst 50 %"},
    {"mått": "könsfördelning", "rad": "deltagare", "krav": "40–60 %"},
    {"mått": "andel svar", **ANSWERS},
)
SURVEY = {
    "svarsgrupper": [{"id": "deltagare", "namn": "Deltagare"}],
    "skalor": [{"id": "ja", "namn": "Ja", "svar": ["Ja", "Delvis", "Nej"]}],
    "frågor": [{"id": "hjalp", "text": "Fick du hjälp", "skala": "ja"}],
    "inläsning": [
        {"id": "d", "kolumner": {"svarande": "Svar", "enhet": "Enhet"}, "frågor": {"hjalp": "Hjälp"}}
    ],
}


def counted(folder: Path, seed: int, sizes: Sequence[int], **settings: Any) -> Path:
    """Content with a report of units of some of these sizes. Nothing is declared of the table of ages."""
    chance, content = Random(seed), folder / "content"
    units = [f"enhet-{number}" for number in range(1, 4)]
    files: dict[str, Any] = {
        "webbplats": {"organisation": "Prov", "framsida": REPORT, "kontakt": {"e-post": "a@b.se"}},
        f"{REPORT}/bokslut": {
            **{"titel": "Prov", "år": 2024, "publicerad": "2025-03-01", "tema": "umea"},
            "förbund": {"id": "forbundet", "namn": "Förbundet"},
            "enheter": [{"id": unit, "namn": unit.capitalize()} for unit in units],
            "deltagarrader": ROWS,
            "bakgrundstabeller": [{"id": "alder", "titel": "Ålder"}],
            **settings,
        },
        f"{REPORT}/budget": {"områden": [{"id": "1", "namn": "Område", "mål": [a_goal()]}]},
        f"{REPORT}/enkat": SURVEY,
        f"{REPORT}/register": REGISTER,
    }
    (content / REPORT).mkdir(parents=True)
    for name, value in files.items():
        (content / f"{name}.yaml").write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    persons, answers = (
        [("Id", "Enhet", "Kön", "Start", "Slut", "Orsak", "Född")],
        [("Svar", "Enhet", "Hjälp")],
    )
    for unit in units:
        for number in range(chance.choice(sizes)):
            left = chance.choice((("", ""), ("2024-10-01", "Arbete"), ("2024-10-01", "Avbrott")))
            born = str(2024 - chance.randint(16, 64))
            sex = chance.choice(("kvinnor", "kvinnor", "män", "män", ""))
            persons.append((f"{unit}-{number}", unit, sex, "2023-04-01", *left, born))
        for number in range(chance.choice(sizes)):
            answers.append((f"{unit}-{number}", unit, chance.choice(("Ja", "Delvis", "Nej"))))
    for path, rows, take, map_name in (
        (folder / "register.csv", persons, take_register, "register.yaml"),
        (folder / "svar.csv", answers, take_answers, "enkat.yaml"),
    ):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        take(path, content / REPORT / map_name)
    return content


def a_goal() -> dict[str, Any]:
    indicators = [{"id": f"1.{n}", "text": "Prov", "vikt": 5, **each} for n, each in enumerate(INDICATORS, 1)]
    return {"id": "1", "text": "Mål", "indikatorer": indicators}


@pytest.mark.parametrize(("threshold", "seed"), [(3, 3), (5, 4), (10, 8)])
def test_no_count_is_recovered_by_who_knows_that_everybody_has_an_age(
    threshold: int, seed: int, tmp_path: Path
) -> None:
    content = counted(tmp_path, seed, (3, 6, 9, 14, 22), röjandekontroll=threshold)
    publish_figures(content, tmp_path / "site")
    edit(content / REPORT / "bokslut.yaml", '"titel": "Ålder"', '"titel": "Ålder", "lika_med": "deltagare"')
    ranges = attack(tmp_path / "site", REPORT, content).ranges
    assert len(ranges) > 20
    assert {key: low for key, (low, high) in ranges.items() if low == high and 0 < low < threshold} == {}


@pytest.mark.parametrize(
    ("way", "file", "old", "new"),
    [
        ("minsta_antal_svar: 5", "bokslut", '"minsta_antal_svar": "2"', '"minsta_antal_svar": "5"'),
        ("gäller: förbundet", "budget", '"id": "1.3",', '"id": "1.3", "gäller": "förbundet",'),
    ],
)
def test_where_a_signal_gives_a_count_away_its_author_learns_what_to_do_and_what_is_then_shown(
    way: str, file: str, old: str, new: str, tmp_path: Path
) -> None:
    content = counted(tmp_path, 1, (1, 2, 3), röjandekontroll=5, regler={"minsta_antal_svar": "2"})
    problem = only_problem_in(content)
    assert "signalen för 1.3 avslöjar" in problem.found
    told = re.search(rf"Skriv {way}.*?: då visas (\d+) signal(er)? och", problem.remedy)
    edit(content / REPORT / f"{file}.yaml", old, new)
    signals = [result.signal for _, result in check(content).reports[0].every_result]
    assert told and int(told[1]) == len(signals) - signals.count(None)
    assert bool(told[2]) == (int(told[1]) != 1)
