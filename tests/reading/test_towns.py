"""The town of a local report is a place like those of units, whatever the report is called."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from generator.scoring import score_report
from tests.reading.small import small_report
from tests.support import by_id, only_problem_in, publish, read, soup, text_of

TEAM = "förbund:\n  id: team\n  namn: Lokal samverkan i Granby\n  kommun: Granby\n"
SETTINGS = f"{TEAM}serier: [{{id: serie, namn: Serien}}]\n"
CHANGE = "mått: förändring, serie: serie, krav: minskning, plats: "
VALUES = "serie;plats;år;jämfört med;värde;måttenhet;källa\nserie;Granby;2021;2020;-0,3;procentenheter;prov\n"


@pytest.mark.parametrize("place", ["egen kommun", "Granby", "granby"])
def test_a_change_in_the_own_town_is_measured(tmp_path: Path, place: str) -> None:
    (report,) = read(small_report(tmp_path, CHANGE + place, settings=SETTINGS, varden=VALUES))
    (result,) = score_report(report).association.results
    assert result.outcome.value == Fraction(-3, 1000)


def test_a_town_goes_before_a_report_of_the_same_name(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Lokal samverkan i Granby", "Granby")
    (report,) = read(small_report(tmp_path, f"{CHANGE}egen kommun", settings=settings, varden=VALUES))
    (result,) = score_report(report).association.results
    assert result.outcome.value == Fraction(-3, 1000)


def test_another_town_is_told(tmp_path: Path) -> None:
    values = VALUES.replace("Granby", "Granbi")
    problem = only_problem_in(small_report(tmp_path, f"{CHANGE}Granby", settings=SETTINGS, varden=values))
    assert problem.found == "platsen ”Granbi” finns inte"
    assert "Menade du ”Granby”?" in problem.remedy


def test_the_town_is_named_among_the_changes(tmp_path: Path) -> None:
    content = small_report(tmp_path / "c", f"{CHANGE}Granby", settings=SETTINGS, varden=VALUES)
    site = publish(content, tmp_path / "ut").folder
    (page,) = site.glob("r/*serie*.html")
    assert "Granby" in text_of(by_id(soup(page), "serie-serie"))
