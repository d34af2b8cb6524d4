"""The points and indexes of 2021 are those that were published.

The year was published twice. In the social accounts (”bokslut 2021”) full-year equivalents had fallen in
Umeå; in the annual report (”årsredovisning 2021”), where alone the platforms' results stand, they had risen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import (
    GOLDEN,
    YEAR,
    csv_rows,
    edit,
    only_year,
    publish,
    results_in,
    soup,
    tables_of,
)

ACCOUNTS, ANNUAL_REPORT = "bokslut 2021", "årsredovisning 2021"
PLATFORMS = ("Ungdomstorget", "Vuxentorget", "Bjurholm", "Vännäs", "Nordmaling", "Robertsfors", "Vindeln")

published = csv_rows(GOLDEN / "2021-index.csv")
participants = {
    (row["plattform"], row["rad"]): int(row["totalt"]) for row in csv_rows(GOLDEN / "2021-deltagare.csv")
}


@pytest.fixture(scope="module")
def computed(web_site: Path) -> dict[str, Any]:
    return results_in(web_site)


@pytest.fixture(scope="module")
def computed_with_rise(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The results if full-year equivalents in Umeå had risen, as the annual report says."""
    folder = tmp_path_factory.mktemp("rise")
    content = only_year(folder / "content")
    edit(content / YEAR / "utfall/varden.csv", ";Umeå;2021;2020;-0,3;", ";Umeå;2021;2020;+0,3;")
    publish(content, folder / "output")
    return results_in(folder / "output")


def points(computed: dict[str, Any], unit: str, area: str) -> tuple[int, int, int]:
    """Earned, possible and index of an area (or ”totalt”) of the association or a platform."""
    of_unit = computed
    if unit != "forbund":
        (of_unit,) = (one for one in computed["enheter"] if one["namn"] == unit)
    found = of_unit["index"]
    if area != "totalt":
        (found,) = (one for one in of_unit["omraden"] if one["id"] == area)
    return found["uppnatt"], found["maximalt"], found["index"]


def as_published(row: dict[str, str]) -> tuple[int, int, int]:
    return int(row["uppnatt"]), int(row["maximalt"]), int(row["index"])


def differing(computed: dict[str, Any], rows: list[dict[str, str]]) -> list[str]:
    """Units and areas whose points and index are not those that were published."""
    return [
        f"{row['enhet']} {row['omrade']}"
        for row in rows
        if points(computed, row["enhet"], row["omrade"]) != as_published(row)
    ]


def test_the_association_has_the_index_of_the_social_accounts(computed: dict[str, Any]) -> None:
    rows = [{**row, "enhet": "forbund"} for row in published if row["kalla"] == ACCOUNTS]
    assert len(rows) == 6
    assert differing(computed, rows) == []


def test_the_index_is_stated_as_an_exact_fraction(computed: dict[str, Any]) -> None:
    assert computed["index"]["exakt"] == "12400/177"


def test_the_index_target_of_70_is_met(computed: dict[str, Any]) -> None:
    assert (computed["index"]["mal"], computed["index"]["signal"]) == (70, "gron")


def test_with_a_rise_in_umea_every_index_is_that_of_the_annual_report(
    computed_with_rise: dict[str, Any],
) -> None:
    rows = [row for row in published if row["kalla"] == ANNUAL_REPORT]
    assert len(rows) == 38
    assert differing(computed_with_rise, rows) == []


def test_the_fall_in_umea_changes_nothing_elsewhere(computed: dict[str, Any]) -> None:
    rows = [
        row
        for row in published
        if row["enhet"] != "forbund"
        and (row["enhet"] != "Ungdomstorget" or row["omrade"] not in ("1", "totalt"))
    ]
    assert len(rows) == 30
    assert differing(computed, rows) == []


def test_the_rise_in_umea_takes_ten_points_from_the_association(
    computed_with_rise: dict[str, Any],
) -> None:
    assert points(computed_with_rise, "forbund", "1") == (28, 68, 41)
    assert points(computed_with_rise, "forbund", "totalt") == (114, 177, 64)
    assert computed_with_rise["index"]["signal"] == "rod"


def test_the_rise_in_umea_takes_ten_points_from_its_platforms(
    computed_with_rise: dict[str, Any],
) -> None:
    assert points(computed_with_rise, "Ungdomstorget", "1") == (30, 58, 52)
    assert points(computed_with_rise, "Ungdomstorget", "totalt") == (117, 167, 70)
    assert points(computed_with_rise, "Vuxentorget", "1")[0] == 20


def area_1_by_hand(platform: str) -> int:
    """Points of a platform in area 1, from its participant table and the weights of the budget."""

    def reaches(part: str, whole: str, percent: int) -> bool:
        return 100 * participants[platform, part] >= percent * participants[platform, whole]

    description, stories, equivalents_fell = 5, 5, 10
    return (
        description
        + stories
        + equivalents_fell
        + 8 * reaches("avslut", "deltagare", 40)
        + 10 * reaches("positiv_losning", "avslut", 80)
        + 10 * reaches("arbete", "positiv_losning", 35)
        + 10 * reaches("studier", "positiv_losning", 25)
    )


@pytest.mark.parametrize("platform", PLATFORMS)
def test_area_1_of_a_platform_agrees_with_its_participant_table(
    computed: dict[str, Any], platform: str
) -> None:
    assert points(computed, platform, "1")[:2] == (area_1_by_hand(platform), 58)


@pytest.mark.parametrize(
    ("platform", "area_1", "total"),
    [
        ("Ungdomstorget", 40, 127),
        ("Vuxentorget", 30, 113),
        ("Bjurholm", 38, 134),
        ("Vännäs", 38, 132),
        ("Nordmaling", 38, 100),
        ("Robertsfors", 38, 115),
        ("Vindeln", 28, 103),
    ],
)
def test_each_platform_earns_known_points(
    computed: dict[str, Any], platform: str, area_1: int, total: int
) -> None:
    assert points(computed, platform, "1")[:2] == (area_1, 58)
    assert points(computed, platform, "totalt")[:2] == (total, 167)


def test_the_platforms_stand_in_the_order_of_the_settings(computed: dict[str, Any]) -> None:
    assert tuple(unit["namn"] for unit in computed["enheter"]) == PLATFORMS


def test_the_index_page_shows_the_published_points_and_index(web_site: Path) -> None:
    (table,) = tables_of(soup(web_site / YEAR / "impactindex.html"))
    shown = [(row["Poäng"], row["Index"].split()[0]) for row in table]
    assert shown == [
        (f"{row['uppnatt']} av {row['maximalt']}", row["index"])
        for row in published
        if row["kalla"] == ACCOUNTS
    ]
