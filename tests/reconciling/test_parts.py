"""The part of a share is no larger than its whole, whatever measure it is of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.model.measures import GenderBalanceIndicator
from generator.model.outcome import Counted, Outcome, Ratio, share_outcome
from generator.model.tables import UnitTables
from generator.reconciling.outcomes import larger_parts
from generator.scoring import score_report
from tests.reading.small import ASSOCIATION as SETTINGS
from tests.reading.small import small_report
from tests.support import ASSOCIATION, a_report, only_problem_in, people

SHARE = {"mått": "andel", "täljare": "del", "nämnare": "alla", "krav": "minst 5 %"}


@pytest.mark.parametrize(
    ("part", "column", "of"), [("6;4", "kvinnor", " (kvinnor) 6"), ("4;6", "män", " (män) 6")]
)
def test_it_is_told_of_either_sex(tmp_path: Path, part: str, column: str, of: str) -> None:
    """Added up they are 10 of 10."""
    small_report(
        tmp_path,
        "mått: andel, täljare: del, nämnare: alla, krav: minst 5 %",
        settings=f"{SETTINGS}deltagarrader: [{{id: alla, namn: Alla}}, {{id: del, namn: Del}}]\n",
        deltagare=f"enhet;rad;kvinnor;män\nforbundet;alla;5;5\nforbundet;del;{part}\n",
    )
    problem = only_problem_in(tmp_path)
    assert problem.place.column == column
    assert problem.found == f"Förbundet: täljaren{of} är större än nämnaren 5 i indikator 1.1.1"


def told(indicator: Mapping[str, object], **tables: Any) -> list[str]:
    report = a_report(indicator, rows=("del", "alla"), **tables)
    return [problem.found for problem in larger_parts(score_report(report))]


def test_it_is_told_of_the_unit_and_not_of_the_sum_of_units() -> None:
    table = {("a", "del"): people(9, 0), ("a", "alla"): people(5, 0)}
    table |= {("b", "del"): people(1, 0), ("b", "alla"): people(2, 0)}
    units = ({"id": "a", "namn": "Aspen"}, {"id": "b", "namn": "Björken"})
    found = ["Aspen: täljaren 9 är större än nämnaren 5 i indikator 1.1.1"]
    assert told(SHARE, units=units, participants=table) == found


@pytest.mark.parametrize("scope", [ASSOCIATION, "b"])
def test_it_is_told_also_of_a_unit_that_the_indicator_does_not_concern(scope: str) -> None:
    """Its rows are shown, and added up for the association, where they may be no more than all."""
    table = {("a", "del"): people(6, 0), ("a", "alla"): people(5, 0)}
    table |= {("b", "del"): people(1, 0), ("b", "alla"): people(2, 0)}
    units = ({"id": "a", "namn": "Aspen"}, {"id": "b", "namn": "Björken"})
    found = ["Aspen: täljaren 6 är större än nämnaren 5 i indikator 1.1.1"]
    assert told({**SHARE, "gäller": scope}, units=units, participants=table) == found


def test_it_is_told_of_units_whose_whole_stands_for_the_association() -> None:
    table = {("a", "del"): people(4, 4), ("b", "del"): people(4, 4), (ASSOCIATION, "alla"): people(5, 5)}
    units = ({"id": "a", "namn": "Aspen"}, {"id": "b", "namn": "Björken"})
    found = ["Förbundet: täljaren 16 är större än nämnaren 10 i indikator 1.1.1"]
    assert told(SHARE, units=units, participants=table) == found


@pytest.mark.parametrize(("each", "is_told"), [((0, 1), True), ((0, 3), False)])
def test_it_is_asked_of_every_ratio_to_which_a_person_adds_nothing_or_one(
    monkeypatch: pytest.MonkeyPatch, each: tuple[int, int], is_told: bool
) -> None:
    """So it holds for a measure that is added tomorrow."""

    def outcome(self: GenderBalanceIndicator, tables: UnitTables) -> Outcome:
        part, whole = tables.rows(self.rows or ()), tables.rows(("alla",))
        return share_outcome(Ratio(part or Counted(0, ()), whole, each=each))

    monkeypatch.setattr(GenderBalanceIndicator, "outcome", outcome)
    table = {(ASSOCIATION, "del"): people(9, 0), (ASSOCIATION, "alla"): people(5, 0)}
    balance = {"mått": "könsfördelning", "rad": "del", "krav": "minst 40 %"}
    assert bool(told(balance, participants=table)) is is_told
