"""Indicators that are judged each by itself are no contradiction, though they are judged in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.small import ASSOCIATION, small_report
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


ROWS = f"{ASSOCIATION}deltagarrader: [{{id: avslut, namn: Avslut}}, {{id: arbete, namn: Arbete}}]\n"
PEOPLE = "enhet;rad;kvinnor;män\nforbundet;avslut;10;10\nforbundet;arbete;5;5\n"
SHARE = "mått: andel, täljare: arbete, nämnare: avslut, krav: minst 30 %"


@pytest.mark.parametrize(("published", "errors"), [("50", 0), ("49", 2)])
def test_only_what_is_published_is_rounded(tmp_path: Path, published: str, errors: int) -> None:
    """Half of twenty are 50 % exactly: 49 % is neither what it is computed of nor what the other is."""
    values = f"serie;år;värde;måttenhet;källa\n1.1.2;2021;{published};%;prov\n"
    content = small_report(tmp_path, SHARE, SHARE, settings=ROWS, deltagare=PEOPLE, varden=values)
    assert len(problems_in(content)) == errors
