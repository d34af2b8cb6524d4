"""What was decided against what the report says now: a report is no earlier one to itself."""

from __future__ import annotations

import datetime

from generator.model.comparison import Comparison
from generator.model.outcomes import Attestation
from generator.model.report import Report
from generator.scoring import compare, score_report, seal_of, unit_of_seal
from tests.support import ASSOCIATION, HERE, a_goal, a_report

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


def since_decided(decided: Report, now: Report) -> Comparison:
    seal = seal_of(score_report(decided), {}, DAY, "styrelsen", "1")
    today = score_report(now)
    return compare(unit_of_seal(seal, today), today.association)


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
