"""Every outcome and signal of 2021 is the one that was published."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.support import (
    GOLDEN,
    YEAR,
    by_id,
    csv_rows,
    plain,
    results_in,
    soup,
    table_rows,
    text_of,
)

ORANGE = {"1.2.1", "1.2.2", "1.2.3", "3.2.1"}
RED = {
    "2.1.2", "2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.5", "2.4.6", "2.4.7",
    "4.1.5", "4.2.1", "4.2.2", "4.2.3", "4.5.2", "5.3.3",
}  # fmt: skip
NOT_ASKED = "2.2.1"

outcomes = csv_rows(GOLDEN / "2021-utfall.csv")
counted = [row for row in outcomes if row["taljare"].isdigit() and row["namnare"]]
people = csv_rows(GOLDEN / "2021-deltagare.csv")
GENDER_GAPS = {"2.3.1", "2.5.6", "2.5.7", "2.5.8"}


@pytest.fixture(scope="module")
def indicators(web_site: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in results_in(web_site)["indikatorer"]}


def test_every_fraction_is_the_published_one(indicators: dict[str, dict[str, Any]]) -> None:
    published = {
        row["indikator"]: (int(row["taljare"]), int(row["namnare"]))
        for row in counted
        if row["grupp"] != "man" and row["indikator"] not in GENDER_GAPS
    }
    assert len(published) == 53
    found = {id: (indicators[id]["taljare"], indicators[id]["namnare"]) for id in published}
    assert found == published


@pytest.mark.parametrize("id", sorted(GENDER_GAPS))
def test_the_gap_between_women_and_men_is_the_published_one(
    indicators: dict[str, dict[str, Any]], id: str
) -> None:
    women, men = (
        Fraction(int(row["taljare"]), int(row["namnare"])) for row in counted if row["indikator"] == id
    )
    assert indicators[id]["varde"] == pytest.approx(float(abs(women - men) * 100), abs=1e-4)


@pytest.mark.parametrize(
    "row", [row for row in outcomes if row["grupp"] in ("antal", "beskrivning")],
    ids=lambda row: row["indikator"],
)  # fmt: skip
def test_the_count_of_stories_and_descriptions_is_the_published_one(
    indicators: dict[str, dict[str, Any]], row: dict[str, str]
) -> None:
    assert indicators[row["indikator"]]["varde"] >= int(row["taljare"])
    assert indicators[row["indikator"]]["signal"] == "gron"


def test_51_are_green_4_orange_and_14_red(indicators: dict[str, dict[str, Any]]) -> None:
    counts = Counter(one["signal"] for one in indicators.values())
    assert counts == {"gron": 51, "orange": 4, "rod": 14, None: 1}


def test_the_four_orange_are_known(indicators: dict[str, dict[str, Any]]) -> None:
    assert {id for id, one in indicators.items() if one["signal"] == "orange"} == ORANGE


def test_orange_earns_nothing(indicators: dict[str, dict[str, Any]]) -> None:
    assert [indicators[id]["poang"] for id in sorted(ORANGE)] == [0, 0, 0, 0]


def test_the_fourteen_red_are_known(indicators: dict[str, dict[str, Any]]) -> None:
    assert {id for id, one in indicators.items() if one["signal"] == "rod"} == RED


def test_the_question_that_was_not_asked_has_no_signal(
    indicators: dict[str, dict[str, Any]],
) -> None:
    one = indicators[NOT_ASKED]
    assert (one["signal"], one["poang"], one["orsak"]) == (None, None, "frågan ställdes inte")


def test_the_question_that_was_not_asked_is_not_among_the_69(web_site: Path) -> None:
    index = results_in(web_site)["index"]
    assert (index["matta"], index["antal"]) == (69, 69)


def test_the_budgets_of_association_and_platform_have_69_and_64_indicators(web_site: Path) -> None:
    data = results_in(web_site)
    assert data["index"]["antal"] == 69
    assert {unit["index"]["antal"] for unit in data["enheter"]} == {64}


# The participant tables


def shown(web_site: Path, platform: str) -> list[dict[str, str]]:
    """The rows of a participant table as shown."""
    unit = unit_of(platform)
    return table_rows(by_id(page_of(web_site, unit), f"tabell-{unit}"))


def unit_of(platform: str) -> str:
    return "forbundet" if platform == "TOTALT" else platform.lower().replace("ä", "a")


def page_of(web_site: Path, unit: str) -> BeautifulSoup:
    """Where the participants of a unit are told in full."""
    name = "deltagare" if unit == "forbundet" else f"plattform-{unit}"
    return soup(web_site / YEAR / f"{name}.html")


ROWS = [
    "deltagare", "nya", "avslut", "positiv_losning", "arbete", "extratjanst", "studier",
    "fortsatt_rehab_oppet_arbetssokande", "saknar_arbetsformaga", "avbrott_halsoskal",
    "ovriga_avbrott", "kvar",
]  # fmt: skip
PLATFORMS = sorted({row["plattform"] for row in people})


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_participant_table_shows_the_published_persons(web_site: Path, platform: str) -> None:
    published = [row for row in people if row["plattform"] == platform]
    assert [row["rad"] for row in published] == ROWS
    assert [(row["Kvinnor"], row["Män"], row["Totalt"]) for row in shown(web_site, platform)] == [
        (row["kvinnor"], row["man"], row["totalt"]) for row in published
    ]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_participant_table_shows_the_published_percentages(web_site: Path, platform: str) -> None:
    published = [row["procent_publicerad"] for row in people if row["plattform"] == platform]
    percentages = [row["Andel"].partition(" %")[0].strip("–") for row in shown(web_site, platform)]
    assert percentages == published


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_year_before_is_shown_counts_and_shares_apart(web_site: Path, platform: str) -> None:
    published = [row["procent_eller_antal_2020"] for row in people if row["plattform"] == platform]
    unit = unit_of(platform)
    counts, shares = (
        [row["2020"] for row in table_rows(by_id(page_of(web_site, unit), f"{kind}-{unit}"))]
        for kind in ("antal", "andel")
    )
    assert not any("%" in count for count in counts)
    assert [*counts, *(share.removesuffix(" %") for share in shares)] == [*filter(None, published)]


@pytest.mark.parametrize("row", ["deltagare", "nya", "avslut", "positiv_losning", "kvar"])
def test_the_platforms_stand_beside_each_other(web_site: Path, row: str) -> None:
    heads = {
        "deltagare": "Deltagare under året",
        "nya": "varav nya under året",
        "avslut": "Avslut under året",
        "positiv_losning": "Avslut till positiv lösning",
        "kvar": "Kvar vid årets slut",
    }
    (table,) = soup(web_site / YEAR / "deltagare.html").select("table.units-people")
    shown = {unit_of(cells["Plattform"]): cells[heads[row]] for cells in table_rows(table)}
    published = {unit_of(line["plattform"]): line["totalt"] for line in people if line["rad"] == row}
    assert {unit.replace("förbundet", "forbundet"): total for unit, total in shown.items()} == published


# Known errors in the printed originals, which a computed report cannot contain


def test_the_small_share_of_indicator_3_5_2_is_written_alike_everywhere(web_site: Path) -> None:
    """Printed as 10 % in one place and 11 % in another: 4 of 42 is 9.5 %, beside a ceiling of 10 %."""
    for page in ("omrade-3", "social-budget"):
        text = plain(soup(web_site / YEAR / f"{page}.html").get_text(" "))
        assert "10 % 4 av 42" in text
        assert "11 % 4 av 42" not in text


def test_468_remain_at_the_end_of_the_year(web_site: Path) -> None:
    assert shown(web_site, "TOTALT")[-1]["Totalt"] == "468"


def test_49_percent_of_the_exits_are_women(web_site: Path) -> None:
    rows = by_id(soup(web_site / YEAR / "omrade-2.html"), "i-2-5-1")
    assert "49 % 155 av 319" in text_of(rows)


def test_100_points_of_167_is_60_in_nordmaling(web_site: Path) -> None:
    page = text_of(soup(web_site / YEAR / "plattform-nordmaling.html"))
    assert "60 av 100" in page
    assert "100 av 167 möjliga poäng" in page
