"""The local accounts of 2017 say what was published: every percentage, signal and reason.

Two signals, no weights and so no index. Halves are rounded down.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    CONTENT,
    GOLDEN,
    LOCAL,
    by_id,
    csv_rows,
    results_in,
    soup,
    table_rows,
    text_of,
)

outcomes = csv_rows(GOLDEN / "2017-utfall.csv")
indicators = {row["indikator"]: row for row in csv_rows(GOLDEN / "2017-indikatorer.csv")}
goals = csv_rows(GOLDEN / "2017-mal.csv")
people = csv_rows(GOLDEN / "2017-deltagare.csv")
background = csv_rows(GOLDEN / "2017-bakgrund.csv")
REASONS = {"for fa svar": "för få svar", "utfall saknas": "utfall saknas"}
LATER, UNSET = "2.4a", "2.1a"
CONTENT_TABLES = CONTENT / LOCAL / "tabeller"


@pytest.fixture(scope="module")
def computed(web_site: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in results_in(web_site, LOCAL)["indikatorer"]}


@pytest.fixture(scope="module")
def shown(web_site: Path) -> dict[str, str]:
    """The text of each indicator's row on the page of its area."""
    rows = {}
    for area in "1234":
        page = soup(web_site / LOCAL / f"omrade-{area}.html")
        for row in page.select(".entry, table.indicators tbody tr[id]"):
            rows[str(row["id"])] = text_of(row)
    return rows


def anchor(id: str) -> str:
    return f"i-{id.replace('.', '-')}"


def test_goals_and_indicators_are_those_of_the_year(computed: dict[str, dict[str, Any]]) -> None:
    assert list(computed) == list(indicators)
    assert list(dict.fromkeys(one["mal"] for one in computed.values())) == [row["mal"] for row in goals]


def not_told(shown: dict[str, str], texts: dict[str, str]) -> list[str]:
    """The indicators whose rows lack their text."""
    return [id for id, text in texts.items() if text not in shown[anchor(id)]]


def test_every_signal_is_the_published_one(
    computed: dict[str, dict[str, Any]], shown: dict[str, str]
) -> None:
    published = {row["indikator"]: row["signal"] or None for row in outcomes}
    assert {id: one["signal"] for id, one in computed.items()} == published
    words = {"gron": "Målet uppnått", "rod": "Målet ej uppnått", None: "Ej mätt"}
    told = {id: words[signal] for id, signal in published.items()}
    assert not_told(shown, {**told, LATER: "Ingen signal"}) == []


def test_every_percentage_is_the_printed_one(
    computed: dict[str, dict[str, Any]], shown: dict[str, str]
) -> None:
    counted = {row["indikator"]: row for row in outcomes if row["namnare"]}
    assert {id: (computed[id]["taljare"], computed[id]["namnare"]) for id in counted} == {
        id: (int(row["taljare"]), int(row["namnare"])) for id, row in counted.items()
    }
    printed = {
        id: f"{row['procent_publicerad']} % {row['taljare']} av {row['namnare']}"
        for id, row in counted.items()
    }
    assert len(printed) == 30
    assert not_told(shown, printed) == []


def test_what_is_not_measured_has_the_published_reason(
    computed: dict[str, dict[str, Any]], shown: dict[str, str]
) -> None:
    reasons = {row["indikator"]: REASONS[row["taljare"]] for row in outcomes if row["taljare"] in REASONS}
    assert len(reasons) == 13
    assert {id: computed[id]["orsak"] for id in reasons} == reasons
    assert not_told(shown, {id: f"Ej mätt {reason}" for id, reason in reasons.items()}) == []


@pytest.mark.parametrize(
    "row", [row for row in outcomes if row["taljare"] == "inget exempel"], ids=lambda row: row["indikator"]
)
def test_an_example_that_is_missing_is_a_target_not_met(
    computed: dict[str, dict[str, Any]], row: dict[str, str]
) -> None:
    found = computed[row["indikator"]]
    assert (found["varde"], found["signal"]) == (0, "rod")


def test_days_of_sickness_are_shown_without_a_signal_until_2020(
    computed: dict[str, dict[str, Any]], shown: dict[str, str]
) -> None:
    found = computed[LATER]
    assert (found["varde"], found["enhet"], found["senast"]) == (13.3, "dagar", 2020)
    assert (found["signal"], found["orsak"]) == (None, "kravet ska nås 2020")
    text = shown[anchor(LATER)]
    assert "13,3 dagar" in text
    assert "15,8" in text
    assert "högst 9,0 dagar, senast 2020" in text
    assert "Ingen signal kravet ska nås 2020" in text


def test_the_target_that_was_never_set_is_said_to_be_so(
    computed: dict[str, dict[str, Any]], shown: dict[str, str]
) -> None:
    assert computed[UNSET]["krav"] == "inte satt"
    assert "Krav inte satt" in shown[anchor(UNSET)]


def test_the_question_of_the_national_survey_is_named(
    computed: dict[str, dict[str, Any]], shown: dict[str, str]
) -> None:
    questions = {id: row["nns"] for id, row in indicators.items() if row["nns"]}
    assert len(questions) == 24
    assert {id: computed[id]["referens"] for id in questions} == questions
    assert not_told(shown, {id: f"Fråga {question}." for id, question in questions.items()}) == []


def test_every_target_is_the_decided_one(computed: dict[str, dict[str, Any]]) -> None:
    decided = {id: row for id, row in indicators.items() if row["malvarde"]}
    assert len(decided) == 50
    sides = {">=": "minst", "<=": "högst"}
    starts = {
        id: f"{sides[row['villkor']]} {row['malvarde'].replace('.', ',').replace('-', '−')}"
        for id, row in decided.items()
    }
    found = {id: computed[id]["krav"] for id in starts}
    assert {id: krav for id, krav in found.items() if not re.match(rf"{re.escape(starts[id])}\b", krav)} == {}


def test_19_are_green_and_18_red(computed: dict[str, dict[str, Any]]) -> None:
    assert Counter(one["signal"] for one in computed.values()) == {"gron": 19, "rod": 18, None: 14}


def test_there_is_no_index(web_site: Path) -> None:
    data = results_in(web_site, LOCAL)
    assert data["index"]["index"] is None
    assert {area["index"] for area in data["omraden"]} == {None}
    pages = {*(web_site / LOCAL).glob("*.html")}
    for path in pages - {web_site / LOCAL / "oppna-data.html"}:  # it names every column of its files
        page = copy.copy(soup(path))
        for others in page.select(".other-years"):
            others.decompose()  # what other years had
        text = text_of(page.main or page).replace("inget sammanlagt index", "")
        assert not re.search(r"index|idealvikt|plattform", text, re.IGNORECASE), path.name
    assert not (web_site / LOCAL / "impactindex.html").exists()


# The participant table and the background


def test_the_participant_table_is_the_published_one(web_site: Path) -> None:
    rows = table_rows(by_id(soup(web_site / LOCAL / "deltagare.html"), "tabell-robertsfors"))
    assert [(row["Kvinnor"], row["Män"], row["Totalt"]) for row in rows] == [
        (row["kvinnor"], row["man"], row["totalt"]) for row in people
    ]
    assert [row["Andel"].partition(" %")[0].strip("–") for row in rows] == [
        row["procent_publicerad"] for row in people
    ]


@pytest.mark.parametrize("number", range(3))
def test_each_background_table_is_the_published_one(web_site: Path, number: int) -> None:
    table = soup(web_site / LOCAL / "deltagare.html").select("table.pyramid")[number]
    id = list(dict.fromkeys(row["tabell"] for row in background))[number]
    shown = [(row["Kvinnor"], row["Män"], row["Totalt"]) for row in table_rows(table)]
    assert shown == [(row["kvinnor"], row["man"], row["totalt"]) for row in background if row["tabell"] == id]


@pytest.mark.parametrize("name", ["helarsekvivalenter", "helarsekvivalenter-andel"])
def test_the_full_year_equivalents_are_the_published_ones(name: str) -> None:
    published = csv_rows(GOLDEN / f"2017-{name}.csv")
    written = (CONTENT_TABLES / f"{name}.csv").read_text("utf-8-sig").replace(",", ".").splitlines()
    figures = [
        [float(cell) for cell in row.split(";") if re.fullmatch(r"[\d.]+", cell)] for row in written[1:]
    ]
    assert figures == [[float(cell) for cell in list(row.values())[1:]] for row in published]
