"""Indicators that are judged each by itself are no contradiction, though they are judged in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.small import small_report
from tests.support import problems_in, publish, results_in

SCALE = "betygsskalor: [{id: sex, betyg: [Ett, Två, Tre, Fyra, Fem, Sex]}]\n"
GRADED = "mått: bedömning, skala: sex, krav: minst 4"
VALUES = "serie;år;värde;måttenhet;källa\n1.1.1;2021;{};;prov\n1.1.2;2021;{};;prov\n"


def test_two_assessments_on_a_scale_have_a_grade_each(tmp_path: Path) -> None:
    grades = "indikator;betyg;av;motivering\n1.1.1;Fem;Styrelsen;Samtal.\n1.1.2;Tre;Styrelsen;Samtal.\n"
    content = small_report(tmp_path / "c", GRADED, GRADED, budget=SCALE, bedomningar=grades)
    site = publish(content, tmp_path / "ut").folder
    indicators = results_in(site, "r")["indikatorer"]
    assert [(one["varde"], one["signal"]) for one in indicators] == [(5, "gron"), (3, "rod")]


@pytest.mark.parametrize("indicator", [GRADED, "mått: värde, krav: minst 4", "mått: antal, krav: minst 4"])
def test_published_figures_of_indicators_of_their_own_may_differ(tmp_path: Path, indicator: str) -> None:
    content = small_report(tmp_path, indicator, indicator, budget=SCALE, varden=VALUES.format(5, 3))
    assert not problems_in(content)
