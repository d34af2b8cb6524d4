"""What is hidden stays hidden from an attacker who has all reports of an organisation and a period.

A report of a unit stands beside that of the whole. It may measure other things of the same persons, and show
what the other has no figure of.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.protecting.attack import Attack, attack_together
from tests.protecting.made_up import REPORT, Kind, MadeUp, divided_local_of, local_of, make_up, write
from tests.protecting.test_attack import assert_certain_is_true, recovered
from tests.support import publish_figures

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
        Kind(3, given=True, missing=True, answers=True, answers_of_all=True, signals=False),
        {"scale": True},
        0,
    ),
    "two divisions": (Kind(2, divided=True, background=True, answers=True, signals=False), {}, 0),
    "a mean and a cost": (Kind(2, answers=True, signals=False), {"scale": True, "costs": True}, 0),
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
