"""What has been changed since a plan was made is what its report decides otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.model.plan import Plan
from generator.model.plan_results import Item
from generator.model.report import Report
from generator.scoring import changes_since
from tests.support import a_report

INDICATOR = {"id": "1.1.1", "mått": "värde", "krav": "minst 5", "vikt": "4"}
GOAL = {"id": "1", "text": "Fler i arbete"}
ACTIVITY = {"id": "A1", "text": "Lärträff"}
Said = Mapping[str, Any]


def of(indicator: Said = INDICATOR, goal: Said = GOAL, activity: Said = ACTIVITY) -> Report:
    plan = {"titel": "Mål", "betygsskala": ["Inte alls", "Helt"], "mål": [goal], "aktiviteter": [activity]}
    return replace(a_report(indicator), plan=Plan.model_validate(plan))


def changed(before: Report, after: Report) -> list[tuple[str | None, str | None]]:
    def id_of(item: Item | None) -> str | None:
        return None if item is None else item.id

    return [(id_of(each.before), id_of(each.after)) for each in changes_since(before, after).changes]


@pytest.mark.parametrize("more", [{"krav": "minst 6"}, {"vikt": "5"}, {"text": "Ett annat"}])
def test_another_target_weight_or_text_of_an_indicator_is_a_change(more: Said) -> None:
    assert changed(of(), of(indicator={**INDICATOR, **more})) == [("1.1.1", "1.1.1")]


def test_an_indicator_that_is_followed_under_another_id_is_none() -> None:
    assert changed(of(), of(indicator={**INDICATOR, "id": "1.1.9", "motsvarar": "1.1.1"})) == []


@pytest.mark.parametrize(
    ("more", "is_change"),
    [
        ({"text": "Flest i arbete"}, True),
        ({"regel": {"indikatorer": ["1.1.1"]}}, True),
        ({"styrelsen_väger_in": ["Utfallet"]}, False),
        ({"styrelsens_bedömning": {"betyg": "Helt", "motivering": "Skälet"}}, False),
    ],
)
def test_of_a_goal_its_rule_is_decided_and_what_comes_of_it_is_not(more: Said, is_change: bool) -> None:
    assert changed(of(), of(goal={**GOAL, **more})) == [("1", "1")] * is_change


@pytest.mark.parametrize(
    ("more", "is_change"),
    [
        ({"när": "våren"}, True),
        ({"status": "utgår"}, True),
        ({"status": "pågår"}, False),
        ({"status": "genomförd", "utvärderad": "ja", "uppföljning": "Den gav mycket."}, False),
        ({"id": "a1"}, False),
    ],
)
def test_an_activity_is_changed_when_it_is_another_or_dropped(more: Said, is_change: bool) -> None:
    after = {**ACTIVITY, **more}
    assert changed(of(), of(activity=after)) == [("A1", after["id"])] * is_change


def test_what_is_new_stands_before_what_only_the_plan_has() -> None:
    after = of({**INDICATOR, "id": "1.1.2"}, {**GOAL, "id": "2"}, {**ACTIVITY, "id": "A2"})
    new, gone = ("1.1.2", "2", "A2"), ("1.1.1", "1", "A1")
    expected = [pair for now, was in zip(new, gone, strict=True) for pair in ((None, now), (was, None))]
    assert changed(of(), after) == expected


def test_a_report_without_a_plan_of_its_own_has_none_of_its_goals() -> None:
    assert changed(of(), replace(of(), plan=None)) == [("1", None), ("A1", None)]
