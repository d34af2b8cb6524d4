"""What is hidden stays hidden from an attacker who has all reports of an organisation and a year.

A report of a unit stands beside that of the whole. It may measure other things of the same persons, and show
what the other has no figure of. A report of a part of the year can be subtracted from that of all of it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.build import check
from generator.model.places import Severity
from tests.protecting.attack import Attack, attack_parts, attack_together
from tests.protecting.made_up import (
    PARTS,
    REPORT,
    Kind,
    MadeUp,
    divided_local_of,
    local_of,
    make_up,
    make_up_parts,
    write,
)
from tests.protecting.test_attack import assert_certain_is_true, recovered
from tests.support import edit, only_problem_in, publish_figures

UNIT, LOCAL = "enhet-1", "2024-enhet-1"

# Each was recovered from while each report was protected by itself, for the reason that it is called by.
LEAKS: dict[str, tuple[Kind, dict[str, Any], int]] = {
    "answers that the whole measures otherwise": (
        Kind(2, answers=True, signals=False),
        {"scale": True},
        1,
    ),
    "answers that only all together are given of": (
        Kind(2, answers=True, answers_of_all=True, only_all=True, given=True, signals=False),
        {"answers_of_all": False},
        1,
    ),
    "rows that only all together are given of": (
        Kind(2, given=True, only_all=True, signals=False),
        {},
        1,
    ),
}


# And others, each with something else that the two have in common.
OTHERS: dict[str, tuple[Kind, dict[str, Any], int]] = {
    "last year and backgrounds": (Kind(2, previous=True, background=True, signals=False), {}, 0),
    "last year and a third sex": (Kind(2, third_sex=True, previous=True, signals=False), {}, 0),
    "the whole has rows and answers of its own": (
        Kind(2, given=True, missing=True, answers=True, answers_of_all=True, signals=False),
        {"scale": True},
        1,
    ),
    "two divisions": (Kind(2, divided=True, background=True, answers=True, signals=False), {}, 0),
    "a mean and a cost": (Kind(2, answers=True, signals=False), {"scale": True, "costs": True}, 1),
}
REPORTS = LEAKS | OTHERS


def attacked(kind: Kind, local: dict[str, Any], seed: int, folder: Path) -> tuple[MadeUp, Attack]:
    made = make_up(kind, seed)
    content, site = folder / "content", folder / "site"
    write(local_of(made, UNIT, **local), content, LOCAL)
    write(made, content)
    publish_figures(content, site)
    return made, attack_together(site, content, REPORT, LOCAL)


@pytest.mark.parametrize(("kind", "local", "seed"), REPORTS.values(), ids=REPORTS)
def test_no_count_is_recovered_from_reports_of_a_unit_and_of_the_whole(
    kind: Kind, local: dict[str, Any], seed: int, tmp_path: Path
) -> None:
    made, found = attacked(kind, local, seed, tmp_path)
    assert found.ranges
    assert recovered(found) == {}
    assert_certain_is_true(made, found)


def test_no_count_of_parts_of_a_unit_is_recovered(tmp_path: Path) -> None:
    made = make_up(Kind(2, answers=True, signals=False), 0)
    content, site = tmp_path / "content", tmp_path / "site"
    write(divided_local_of(made, UNIT, 50, scale=True), content, LOCAL)
    write(made, content)
    publish_figures(content, site)
    found = attack_together(site, content, REPORT, LOCAL)
    assert found.ranges
    assert recovered(found) == {}


# Parts of a year. From each something was recovered while only reports of one period were protected as one.
# The last number is of the most persons of a unit.
OF_PARTS: dict[str, tuple[Kind, int, tuple[str, ...], int]] = {
    "a half and all of it, with backgrounds": (
        Kind(2, background=True, signals=False),
        1,
        ("halvår 1", ""),
        12,
    ),
    "what is given for all, with a third sex": (
        Kind(2, third_sex=True, given=True, signals=False),
        0,
        ("halvår 1", ""),
        16,
    ),
}


def write_parts(parts: dict[str, MadeUp], content: Path) -> dict[str, tuple[int, int]]:
    """Their reports, each with the first and last quarter that it covers."""
    ids = {}
    for number, (part, made) in enumerate(parts.items()):
        own = {"period": part, "kraven_gäller_perioden": "ja"} if part else {}
        id = f"2024-{number}" if number else REPORT
        write(made, content, id, titel=f"Prov {number}", **own)
        ids[id] = PARTS[part]
    return ids


@pytest.mark.parametrize(("kind", "seed", "parts", "most"), OF_PARTS.values(), ids=OF_PARTS)
def test_no_count_is_recovered_from_parts_of_a_year_and_all_of_it(
    kind: Kind, seed: int, parts: tuple[str, ...], most: int, tmp_path: Path
) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    quarters = write_parts(make_up_parts(kind, seed, parts, most), content)
    publish_figures(content, site)
    assert recovered(attack_parts(site, content, quarters)) == {}


def test_what_an_earlier_report_shows_stands(tmp_path: Path) -> None:
    """Who has saved it knows that for ever."""
    made = make_up_parts(Kind(1, background=True, signals=False), 4, ("halvår 1", ""), most=16)
    write_parts({"halvår 1": made["halvår 1"]}, tmp_path / "alone")
    write_parts(made, tmp_path / "beside")
    alone, beside = (
        next(each.tables for each in check(tmp_path / content).reports if each.report.id == REPORT)
        for content in ("alone", "beside")
    )
    for key, people in alone.participants.items():
        assert replace(people, places=()) == replace(beside.participants[key], places=())


def test_where_signals_of_several_periods_give_away_a_count_the_author_is_told(tmp_path: Path) -> None:
    """And figures alone do not."""
    made = make_up_parts(Kind(1, signals=False), 0, ("halvår 1", "halvår 2", ""), most=30)
    write_parts(made, tmp_path)
    (problem,) = (each for each in check(tmp_path).warnings if "delar av året" in each.found)
    assert problem.place.file.endswith("2024-2/bokslut.yaml")
    assert problem.severity is Severity.WARNING


def test_an_earlier_report_of_the_year_cannot_show_smaller_counts(tmp_path: Path) -> None:
    write_parts(make_up_parts(Kind(1, signals=False), 5, ("halvår 1", "")), tmp_path)
    edit(tmp_path / REPORT / "bokslut.yaml", "röjandekontroll: 5", "röjandekontroll: av")
    problem = only_problem_in(tmp_path)
    assert problem.place.file.endswith(f"{REPORT}/bokslut.yaml")
    assert problem.remedy == "Skriv samma gräns i båda."
