"""Points and IMPACTindex of areas, units and the report."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import check
from generator.model.outcome import NotMeasured
from generator.model.outcomes import Attestation, Reported
from generator.model.results import Index, Signal
from generator.publishing.opendata import result
from tests.support import (
    ASSOCIATION,
    HERE,
    YEAR,
    a_goal,
    a_report,
    answers,
    scored,
    value,
)

ATTESTED = {"mått": "intyg", "krav": "uppfyllt"}
ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
}  # fmt: skip


def attested(*verdicts: tuple[int, bool | None], rules: dict[str, str] | None = None) -> Index:
    """The index of indicators with these weights, met, missed or not measured (None)."""
    indicators = [{**ATTESTED, "vikt": str(weight)} for weight, _ in verdicts]
    stated = {
        (ASSOCIATION, f"1.1.{number}"): Attestation(met, "Revisorn", "Källan", HERE)
        for number, (_, met) in enumerate(verdicts, start=1)
        if met is not None
    }
    return scored(a_report(*indicators, rules=rules, attestations=stated)).index


def test_a_met_indicator_earns_its_weight_and_a_missed_one_nothing() -> None:
    index = attested((10, True), (5, False), (2, True))
    assert (index.earned, index.possible, index.share) == (Fraction(12), 17, Fraction(12, 17))


def test_what_is_not_measured_is_left_out_of_both_sums() -> None:
    index = attested((10, True), (5, None), (3, False))
    assert (index.earned, index.possible, index.measured, index.total) == (Fraction(10), 13, 2, 3)


def test_without_anything_measured_there_is_no_index() -> None:
    index = attested((10, None))
    assert (index.share, index.signal, index.measured, index.total) == (None, None, 0, 1)


def test_without_weights_there_are_signals_but_no_index() -> None:
    stated = {(ASSOCIATION, "1.1.1"): Attestation(True, "Revisorn", "Källan", HERE)}
    unit = scored(a_report(ATTESTED, attestations=stated))
    (only,) = unit.results
    assert (only.signal, only.earned, unit.index.share) == (Signal.GREEN, None, None)


def test_a_dropped_indicator_is_not_counted() -> None:
    indicators = [{**ATTESTED, "vikt": "5"}, {**ATTESTED, "utgår": "Skälet."}]
    stated = {(ASSOCIATION, "1.1.1"): Attestation(True, "Revisorn", "Källan", HERE)}
    index = scored(a_report(*indicators, attestations=stated)).index
    assert (index.measured, index.total) == (1, 1)


@pytest.mark.parametrize(
    ("scope", "units"), [("alla", {ASSOCIATION, "a"}), ("förbundet", {ASSOCIATION}), ("enheter", {"a"})]
)
def test_an_indicator_is_that_of_whom_it_is_said_to_be(scope: str, units: set[str]) -> None:
    report = a_report({**ATTESTED, "gäller": scope}, units=({"id": "a", "namn": "A"},))
    assert {unit for unit in (ASSOCIATION, "a") if list(scored(report, unit).results)} == units


@pytest.mark.parametrize(
    ("rules", "earned"),
    [({}, 0), ({"orange_ger": "50 %"}, Fraction(5, 2)), ({"orange_ger": "100 %"}, 5)],
)
def test_orange_earns_the_credit_of_the_rules(rules: dict[str, str], earned: Fraction) -> None:
    counted = answers({"Ja": 79, "Nej": 21})
    unit = scored(a_report({**ANSWERS, "vikt": "5"}, rules=rules, answers=counted))
    assert (unit.index.earned, unit.index.possible) == (earned, 5)


@pytest.mark.parametrize(
    ("earned", "signal"),
    [(99, Signal.GREEN), (70, Signal.GREEN), (69, Signal.ORANGE), (65, Signal.ORANGE), (64, Signal.RED)],
)  # fmt: skip
def test_the_index_is_coloured_from_its_target_and_margin(earned: int, signal: Signal) -> None:
    assert attested((earned, True), (100 - earned, False)).signal is signal


def test_the_index_is_coloured_from_its_exact_value() -> None:
    """137 of 196 is 69.9 %, written 70 without decimals, and yet not 70."""
    assert attested((137, True), (59, False)).signal is Signal.ORANGE


def test_with_two_signals_the_index_has_no_orange() -> None:
    two = {"signaler": "2"}
    assert attested((69, True), (31, False), rules=two).signal is Signal.RED
    assert attested((70, True), (30, False), rules=two).signal is Signal.GREEN


weights = st.integers(min_value=1, max_value=10)
verdicts = st.lists(st.tuples(weights, st.sampled_from([True, False, None])), min_size=1, max_size=12)


@given(verdicts)
def test_the_index_is_earned_of_possible_between_0_and_100(
    given: list[tuple[int, bool | None]],
) -> None:
    index = attested(*given)
    assert index.earned == sum(weight for weight, met in given if met)
    assert index.possible == sum(weight for weight, met in given if met is not None)
    if index.possible:
        assert index.share == index.earned / index.possible
        assert 0 <= index.share <= 1
    else:
        assert index.share is None


@given(verdicts)
def test_meeting_one_more_target_never_lowers_the_index(
    given: list[tuple[int, bool | None]],
) -> None:
    before = attested(*given).share
    for number, (weight, met) in enumerate(given):
        if met is False and before is not None:
            after = attested(*given[:number], (weight, True), *given[number + 1 :]).share
            assert after is not None and after > before


@given(verdicts, st.randoms())
def test_the_order_of_indicators_does_not_matter(
    given: list[tuple[int, bool | None]], chance: random.Random
) -> None:
    shuffled = list(given)
    chance.shuffle(shuffled)
    assert attested(*shuffled) == attested(*given)


def two_areas(first: int, second: int) -> list[dict[str, Any]]:
    return [
        {
            "id": area,
            "namn": f"Område {area}",
            "idealvikt": "50 %",
            "mål": [{**a_goal({**ATTESTED, "id": f"{area}.1", "vikt": str(weight)}), "id": area}],
        }
        for area, weight in (("1", first), ("2", second))
    ]


@pytest.mark.parametrize(
    ("first", "second", "unbalanced"), [(55, 45, False), (56, 44, True), (50, 50, False)]
)
def test_an_area_more_than_five_points_from_its_ideal_weight_is_unbalanced(
    first: int, second: int, unbalanced: bool
) -> None:
    stated = {(ASSOCIATION, id): Attestation(True, "Revisorn", "Källan", HERE) for id in ("1.1", "2.1")}
    unit = scored(a_report(areas=two_areas(first, second), attestations=stated))
    assert [area.unbalanced for area in unit.areas] == [unbalanced, unbalanced]


def test_the_total_is_the_sum_of_the_areas() -> None:
    stated = {
        (ASSOCIATION, "1.1"): Attestation(True, "Revisorn", "Källan", HERE),
        (ASSOCIATION, "2.1"): Attestation(False, "Revisorn", "Källan", HERE),
    }
    unit = scored(a_report(areas=two_areas(3, 4), attestations=stated))
    assert [(area.index.earned, area.index.possible) for area in unit.areas] == [
        (Fraction(3), 3),
        (Fraction(0), 4),
    ]
    assert (unit.index.earned, unit.index.possible) == (Fraction(3), 7)


# The order of rows and files

TABLES = ("deltagare", "enkat", "grupper", "varden", "redovisat", "intyg")


def shuffle_rows(path: Path, seed: int) -> None:
    head, *rows = path.read_text("utf-8").splitlines()
    random.Random(seed).shuffle(rows)
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_in_the_tables_does_not_matter(year: Path, seed: int) -> None:
    (before,) = check(year.parent).reports
    for table in TABLES:
        shuffle_rows(year / f"utfall/{table}.csv", seed)
    (after,) = check(year.parent).reports
    assert result(after) == result(before)


def test_the_names_of_story_files_do_not_matter(content: Path) -> None:
    (before,) = check(content).reports
    folder = content / YEAR / "exempel"
    for number, path in enumerate(sorted(folder.glob("*.md"), reverse=True)):
        path.rename(folder / f"berattelse-{number}.md")
    (after,) = check(content).reports
    assert result(after) == result(before)


# Points that are taken over


def test_of_an_area_that_is_taken_over_what_is_not_here_is_not_published() -> None:
    """Whoever counted then knew it, stories too."""
    entered, stories = {"mått": "värde", "krav": "minst 50 %"}, {"mått": "berättelser", "krav": "minst 1"}
    report = a_report(entered, entered, ATTESTED, stories, values=value("1-1-1", "60 %"))
    taken_over = {(ASSOCIATION, "1"): Reported(3, 5, "Källan", HERE)}
    report = replace(report, outcomes=replace(report.outcomes, reported=taken_over))
    assert [result.outcome.reason for result in scored(report).results] == [
        None,
        *[NotMeasured.NOT_PUBLISHED] * 3,
    ]
