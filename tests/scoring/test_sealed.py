"""What was decided against what the report says now: a report is no earlier one to itself."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from generator.model.comparison import Comparison
from generator.model.outcomes import Attestation, Reported
from generator.model.report import Report
from generator.model.results import UnitResult
from generator.scoring import compare, score_report, seal_of, unit_of_seal
from tests.support import ASSOCIATION, HERE, a_goal, a_report, of_cost, people, value

DAY = datetime.date(2025, 3, 25)


def a_year(*ids: str, **was: str) -> Report:
    """Areas, each with an indicator of its name and a 1. The first is met. What they `was` is said by id."""
    areas, stated = [], {}
    for id in ids:
        said = {"motsvarar": was[id]} if id in was else {}
        part = {"motsvarar": f"{was[id]}1"} if id in was else {}
        attested = {"id": f"{id}1", "mått": "intyg", "krav": "uppfyllt", "vikt": "5", **part}
        areas.append({"id": id, "namn": "Område", "mål": [{**a_goal(attested), "id": f"{id}.1"}], **said})
        stated[ASSOCIATION, f"{id}1"] = Attestation(id == ids[0], "Revisorn", "Källan", HERE)
    return a_report(areas=areas, attestations=stated)


def taken_over(report: Report, points: dict[str, tuple[int, int]]) -> Report:
    """With points of areas that are taken over as published."""
    reported = {(ASSOCIATION, id): Reported(*each, "Källan", HERE) for id, each in points.items()}
    return replace(report, outcomes=replace(report.outcomes, reported=reported))


def since_decided(decided: Report, now: Report) -> Comparison:
    return compare(*decided_and_now(decided, now))


def decided_and_now(decided: Report, now: Report | None = None) -> tuple[UnitResult, UnitResult]:
    seal = seal_of(score_report(decided), {}, DAY, "styrelsen", "1")
    today = score_report(now or decided)
    return unit_of_seal(seal, today), today.association


def test_what_a_report_says_of_earlier_ones_is_not_said_of_its_decided_edition() -> None:
    """Two areas and their indicators have changed places since the year before."""
    report = a_year("a", "b", a="b", b="a")
    comparison = since_decided(report, report)
    assert (comparison.items, comparison.others) == ((), ())


def test_it_may_be_said_after_the_decision() -> None:
    comparison = since_decided(a_year("a", "b"), a_year("a", "b", a="b", b="a"))
    assert (comparison.items, comparison.others) == ((), ())


def test_an_indicator_may_have_got_another_id_since_the_decision() -> None:
    comparison = since_decided(a_year("a", "b"), a_year("c", "b", c="a"))
    assert (comparison.items, comparison.others) == ((), ())


def test_areas_that_are_taken_over_are_those_of_the_decision_whatever_they_were_before() -> None:
    """Their points are those that were decided, and their indicators have none of their own."""
    points = {"a": (3, 5), "b": (1, 2)}
    decided = taken_over(a_year("a", "b", a="b", b="a"), points)
    assert (since_decided(decided, decided).items, since_decided(decided, decided).others) == ((), ())
    now = replace(decided, outcomes=replace(decided.outcomes, attestations={}))
    assert since_decided(decided, now).items == ()
    assert [other.after and other.after.indicator.id for other in since_decided(decided, now).others] == [
        "a1",
        "b1",
    ]


def test_every_outcome_is_the_same_as_when_it_was_decided() -> None:
    indicators: list[dict[str, Any]] = [
        {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 50 %"},
        {"mått": "värde", "krav": "minst 50 %"},
        {"mått": "sammansatt", "indikatorer": ["1.1.2"], "krav": "uppfyllt"},
        {"mått": "värde", "krav": "minst 50 %"},
    ]
    counted = {(ASSOCIATION, "avslut"): people(3, 4), (ASSOCIATION, "deltagare"): people(9, 9)}
    rows = ("avslut", "deltagare")
    report = a_report(*indicators, rows=rows, participants=counted, values=value("1-1-2", "60,5 %"))
    assert (since_decided(report, report).items, since_decided(report, report).others) == ((), ())
    measured = [result.outcome.is_measured for result in score_report(report).association.results]
    assert measured == [True, True, True, False]
    kinds = [[one.outcome.kind for one in unit.results] for unit in decided_and_now(report)]
    assert kinds[0] == kinds[1]


def test_a_seal_that_somebody_has_changed_is_still_compared() -> None:
    share = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 50 %"}
    counted = {(ASSOCIATION, "avslut"): people(3, 4), (ASSOCIATION, "deltagare"): people(9, 9)}
    today = score_report(a_report(share, rows=("avslut", "deltagare"), participants=counted))
    seal = seal_of(today, {}, DAY, "styrelsen", "1")
    (area,) = seal.areas
    changed = area.indicators[0].model_copy(update={"value": Fraction(1, 3)})
    area = area.model_copy(update={"indicators": (changed,)})
    decided = unit_of_seal(seal.model_copy(update={"areas": (area,)}), today)
    (other,) = compare(decided, today.association).others
    assert other.before is not None
    assert other.before.outcome.value == Fraction(1, 3)


@pytest.mark.parametrize("amount", ["100", "100,5"])
def test_an_amount_is_the_same_as_when_it_was_decided(amount: str) -> None:
    cost = {"mått": "kvot", "belopp": {"tabell": "kostnad"}, "nämnare": "deltagare"}
    report = of_cost({**cost, "krav": "minst 1 kronor"}, people(2, 1), Fraction(amount.replace(",", ".")))
    assert since_decided(report, report).others == ()
