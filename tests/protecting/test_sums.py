"""Small sums that readers can form of several cells are protected like a cell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from generator.model.measures import ShareIndicator
from generator.model.outcome import (
    Counted,
    Entered,
    Outcome,
    PeopleCell,
    PeopleTable,
    Ratio,
    RestsOn,
    Uncounted,
    share_outcome,
)
from generator.model.outcomes import AnswerCount, AnswerKey, Sex
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.shown import HIDDEN, ShownReport
from generator.model.tables import UnitTables
from generator.protecting.choosing import choose
from generator.protecting.collecting import OUTCOME
from generator.protecting.linear_system import Known, LinearSystem, Shown
from generator.protecting.report import protect
from generator.scoring import as_shown, score_report
from tests.support import ASSOCIATION, a_report, answers, people

UNITS = ({"id": "a", "namn": "A"}, {"id": "b", "namn": "B"})
SHARE: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
}  # fmt: skip
GAP = {**SHARE, "mått": "könsskillnad", "krav": "högst 20 procentenheter"}
ROWS = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 40 %"}


def with_threshold(report: Report, threshold: int = 5) -> Report:
    return replace(report, settings=report.settings.model_copy(update={"disclosure_threshold": threshold}))


def protected(report: Report) -> ShownReport:
    scored = score_report(with_threshold(report))
    (shown,), _ = protect([(scored, as_shown(scored))])
    return shown


def hidden_outcomes(report: Report) -> set[tuple[str, str]]:
    return {
        (unit.unit.id, result.indicator.id)
        for unit in protected(report).every_unit
        for result in unit.results
        if result.outcome.protected
    }


def of_unit(unit: str, **by_sex: Mapping[str, int]) -> dict[AnswerKey, tuple[AnswerCount, ...]]:
    names = {"women": "kvinnor", "men": "man", "unstated": "ej-angivet"}
    return {
        key: counts
        for sex, given in by_sex.items()
        for key, counts in answers(given, names[sex], unit).items()
    }


def test_two_of_two_without_stated_sex_are_not_told_by_what_is_shown_of_all_women_and_men() -> None:
    half = {"Ja": 20, "Nej": 20}
    alone = {"Ja": 1, "Nej": 0}
    counted = of_unit("a", women=half, men=half, unstated=alone) | of_unit(
        "b", women=half, men=half, unstated=alone
    )
    hidden = hidden_outcomes(a_report(SHARE, GAP, units=UNITS, answers=counted))
    assert {(ASSOCIATION, "1.1.1"), (ASSOCIATION, "1.1.2")} & hidden


def test_none_of_three_is_not_told_where_there_were_too_few_answers() -> None:
    counted = of_unit("a", women={"Ja": 5, "Nej": 3}, men={"Ja": 6, "Nej": 3}) | of_unit(
        "b", women={"Ja": 0, "Nej": 1}, men={"Ja": 0, "Nej": 2}
    )
    report = a_report(SHARE, units=UNITS, answers=counted, rules={"minsta_antal_svar": "5"})
    assert {(ASSOCIATION, "1.1.1"), ("a", "1.1.1")} & hidden_outcomes(report)


def test_two_hidden_counts_that_are_only_seen_together_are_not_few() -> None:
    """Where all others are shown, what two hidden ones are together follows from the total, also when
    something tells them apart without telling what they are."""
    values: dict[Hashable, int] = {("x", "1"): 2, ("x", "2"): 2, ("x", "3"): 30, ("x", "4"): 30}
    figures = [Shown(variable, ((variable, 1),), 1) for variable in values]
    total = Shown(("x", "alla"), tuple((variable, 1) for variable in values), 1000)
    fewer = Known("few", ((("x", "1"), 1), (("x", "3"), -1)), None, 0)
    for known in ((), (fewer,)):
        choice = choose(LinearSystem(values, known, (*figures, total), ()), threshold=5)
        seen = {variable for variable in values if variable not in choice.hidden}
        assert not {("x", "1"), ("x", "2")} & seen
        assert len(seen) < 2


def test_two_hidden_counts_that_are_seen_together_in_what_is_known_are_not_few() -> None:
    """A row that is the sum of others tells what two hidden ones of these are together."""
    values: dict[Hashable, int] = {("x", "alla"): 34, ("x", "1"): 2, ("x", "2"): 2, ("x", "3"): 30}
    figures = tuple(Shown(variable, ((variable, 1),), 1) for variable in values)
    row = Known("lika med", (*(((("x", name), 1)) for name in "123"), (("x", "alla"), -1)), 0, 0)
    choice = choose(LinearSystem(values, (row,), figures, ()), threshold=5)
    assert {("x", "1"), ("x", "2")} < choice.hidden


@pytest.mark.parametrize(
    ("together", "is_few"), [((0, 0), False), ((0, 1), True), ((2, 2), True), ((2, 3), False)]
)
def test_counts_that_are_only_seen_together_are_few_from_one_to_below_the_threshold(
    together: tuple[int, int], is_few: bool
) -> None:
    values: dict[Hashable, int] = {("x", "1"): together[0], ("x", "2"): together[1]}
    total = Shown(("x", "alla"), tuple((variable, 1) for variable in values), 1)
    choice = choose(LinearSystem(values, (), (total,), ()), threshold=5)
    assert choice.hidden == ({total.key} if is_few else set())


def test_an_outcome_of_which_a_part_is_hidden_is_hidden_whole() -> None:
    part, whole = (OUTCOME, "a", "1.1.1", "täljare"), (OUTCOME, "a", "1.1.1", "nämnare")
    figures = (Shown(part, ((("x", "1"), 1),), 1), Shown(whole, ((("x", "2"), 1),), 1))
    values: dict[Hashable, int] = {("x", "1"): 2, ("x", "2"): 30}
    assert choose(LinearSystem(values, (), figures, ()), threshold=5).hidden == {part, whole}


def test_of_a_row_with_a_small_count_the_total_is_left() -> None:
    counted = {("a", "deltagare"): people(2, 30), ("b", "deltagare"): people(40, 30)}
    value = {"mått": "värde", "krav": "inte satt"}
    report = a_report(value, units=UNITS, rows=("deltagare",), participants=counted)
    row = protected(report).tables.participants["a", "deltagare"]
    assert (row.women, row.men, row.total) == (HIDDEN, HIDDEN, 32)


@pytest.mark.parametrize(("left", "is_few"), [(0, False), (1, True), (4, True), (5, False)])
def test_what_is_left_of_a_row_for_the_unit_that_gives_none_is_protected(left: int, *, is_few: bool) -> None:
    counted = {(ASSOCIATION, "avslut"): people(40 + left, 40), ("a", "avslut"): people(40, 40)}
    counted["b", "deltagare"] = people(9, 9)
    value = {"mått": "värde", "krav": "inte satt"}
    report = a_report(value, units=UNITS, rows=("deltagare", "avslut"), participants=counted)
    rows = protected(report).tables.participants
    for sex in (Sex.WOMEN, Sex.ALL):
        assert (HIDDEN in (rows[ASSOCIATION, "avslut"].of(sex), rows["a", "avslut"].of(sex))) == is_few


def test_every_small_sum_that_had_to_be_protected_is_there_to_be_checked() -> None:
    """First two small counts, and when they are hidden, what they are together."""
    values: dict[Hashable, int] = {("x", "1"): 2, ("x", "2"): 2, ("x", "3"): 30}
    figures = [Shown(variable, ((variable, 1),), 1) for variable in values]
    total = Shown(("x", "alla"), tuple((variable, 1) for variable in values), 1000)
    choice = choose(LinearSystem(values, (), (*figures, total), ()), threshold=5)
    checked = {frozenset(variable for variable, _ in secret.sum) for secret in choice.system.sensitive}
    first, second = ("x", "1"), ("x", "2")
    assert checked == {frozenset({first}), frozenset({second}), frozenset({first, second})}


# A measure that does not tell its cells


TABLE = {(ASSOCIATION, "avslut"): people(3, 4), (ASSOCIATION, "deltagare"): people(8, 9)}


def test_a_measure_that_forgets_to_tell_its_cells_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def outcome(_self: ShareIndicator, _tables: UnitTables) -> Outcome:
        return Outcome(Kind.SHARE, Fraction(7, 17))

    monkeypatch.setattr(ShareIndicator, "outcome", outcome)
    with pytest.raises(ValueError, match="what it rests on"):
        score_report(a_report(ROWS, participants=TABLE))


@pytest.mark.parametrize("rests_on", [(Ratio(Uncounted(7), Uncounted(17)),), Entered()])
def test_a_measure_that_does_not_tell_of_persons_whom_it_names_stops_the_build(
    monkeypatch: pytest.MonkeyPatch, rests_on: RestsOn
) -> None:
    monkeypatch.setattr(
        ShareIndicator, "outcome", lambda *_: Outcome(Kind.SHARE, Fraction(7, 17), rests_on=rests_on)
    )
    with pytest.raises(ValueError, match="does not tell of"):
        score_report(a_report(ROWS, participants=TABLE))


def test_a_measure_that_tells_other_cells_than_it_counted_stops_the_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def counted(number: int, row: str) -> Counted:
        return Counted(number, (PeopleCell(PeopleTable.ROWS, ASSOCIATION, row, Sex.WOMEN),))

    def outcome(_self: ShareIndicator, _tables: UnitTables) -> Outcome:
        return share_outcome(Ratio(counted(7, "avslut"), counted(17, "deltagare")))

    monkeypatch.setattr(ShareIndicator, "outcome", outcome)
    with pytest.raises(ValueError, match="not the sum of its cells"):
        protected(a_report(ROWS, participants=TABLE, rows=("avslut", "deltagare")))


def test_an_outcome_must_be_that_of_the_cells_it_names() -> None:
    with pytest.raises(ValueError, match="not that of the cells"):
        Outcome(Kind.SHARE, Fraction(1, 2), rests_on=(Ratio(Counted(1, ()), Counted(3, ())),))


def test_a_figure_that_is_entered_rests_on_itself() -> None:
    assert Outcome(Kind.NUMBER, Fraction(2), rests_on=Entered()).numerator is None
