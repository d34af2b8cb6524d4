"""From an outcome and a target to a signal: exact, with inclusive limits and a margin for orange."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.model.results import Signal
from generator.pages.wording import signal_view
from tests.support import ASSOCIATION, a_report, answers, outcome_of, outcomes_of, people, value

BETTER = {Signal.RED: 0, Signal.ORANGE: 1, Signal.GREEN: 2}


def of_answers(target: str, yes: int, no: int, rules: dict[str, str] | None = None) -> Signal | None:
    """The signal of a share of yes answers."""
    indicator = {
        "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": target,
    }  # fmt: skip
    report = a_report(indicator, rules=rules, answers=answers({"Ja": yes, "Nej": no}))
    return outcome_of(report).signal


def of_value(target: str, written: str, rules: dict[str, str] | None = None, **more: str) -> Signal | None:
    """The signal of a value, written with its unit."""
    indicator = {"mått": "värde", "krav": target, **more}
    return outcome_of(a_report(indicator, rules=rules, values=value("1-1-1", written))).signal


def of_balance(women: int, men: int) -> Signal | None:
    indicator = {"mått": "könsfördelning", "rad": "deltagare", "krav": "40–60 %"}
    rows = {(ASSOCIATION, "deltagare"): people(women, men)}
    return outcome_of(a_report(indicator, participants=rows)).signal


@pytest.mark.parametrize(
    ("target", "yes", "signal"),
    [
        ("minst 80 %", 80, Signal.GREEN),  # limits are inclusive
        ("minst 80 %", 79, Signal.ORANGE),
        ("minst 80 %", 75, Signal.ORANGE),
        ("minst 80 %", 74, Signal.RED),
        ("högst 10 %", 10, Signal.GREEN),
        ("högst 10 %", 11, Signal.ORANGE),
        ("högst 10 %", 15, Signal.ORANGE),
        ("högst 10 %", 16, Signal.RED),
        ("40–60 %", 34, Signal.RED),
        ("40–60 %", 35, Signal.ORANGE),
        ("40–60 %", 39, Signal.ORANGE),
        ("40–60 %", 40, Signal.GREEN),
        ("40–60 %", 60, Signal.GREEN),
        ("40–60 %", 61, Signal.ORANGE),
        ("40–60 %", 65, Signal.ORANGE),
        ("40–60 %", 66, Signal.RED),
    ],
)
def test_the_signal_changes_exactly_at_the_limits(target: str, yes: int, signal: Signal) -> None:
    assert of_answers(target, yes, 100 - yes) is signal


def test_the_comparison_never_uses_a_rounded_value() -> None:
    """79.6 % rounds to 80 % but does not meet it; 64 of 93 is 68.8 %, below 70."""
    assert of_answers("minst 80 %", 199, 51) is Signal.ORANGE
    assert of_answers("minst 70 %", 64, 29) is Signal.ORANGE


def test_a_balance_of_40_or_60_percent_women_is_even() -> None:
    assert (of_balance(4, 6), of_balance(6, 4)) == (Signal.GREEN, Signal.GREEN)


POINTS = " procentenheter"


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        (  # within 5 percentage points of the target is close
            "minst 20 procentenheter",
            {"20": Signal.GREEN, "19,9": Signal.ORANGE, "15": Signal.ORANGE, "14,9": Signal.RED},
        ),
        (
            "högst 20 procentenheter",
            {"20": Signal.GREEN, "20,1": Signal.ORANGE, "25": Signal.ORANGE, "25,1": Signal.RED},
        ),
        (
            "10–20 procentenheter",
            {
                **{"5": Signal.ORANGE, "4,9": Signal.RED, "10": Signal.GREEN, "9,9": Signal.ORANGE},
                **{"25": Signal.ORANGE, "25,1": Signal.RED, "20": Signal.GREEN, "20,1": Signal.ORANGE},
            },
        ),
        (  # no decrease is none, but close to one
            "minskning",
            {"-0,1": Signal.GREEN, "0": Signal.ORANGE, "5": Signal.ORANGE, "5,1": Signal.RED},
        ),
        ("ökning", {"0,1": Signal.GREEN, "0": Signal.ORANGE, "-5": Signal.ORANGE, "-5,1": Signal.RED}),
    ],
)
def test_a_target_is_met_at_its_limit_unless_it_asks_for_a_change(
    target: str, limits: dict[str, Signal]
) -> None:
    """From both sides; the limit of what is close is itself close, whatever the target asks for."""
    assert {written: of_value(target, written + POINTS) for written in limits} == limits


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        ("minst 100 kronor", {"100": Signal.GREEN, "99": Signal.RED}),
        ("högst 100 kronor", {"100": Signal.GREEN, "101": Signal.RED}),
        ("minskning", {"-1": Signal.GREEN, "0": Signal.RED}),
        ("ökning", {"1": Signal.GREEN, "0": Signal.RED}),
    ],
)
def test_a_limit_without_orange_is_that_of_green_and_red(target: str, limits: dict[str, Signal]) -> None:
    assert {written: of_value(target, f"{written} kronor") for written in limits} == limits


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        ("minst 100 kronor", {"98": Signal.ORANGE, "97": Signal.RED}),
        ("högst 100 kronor", {"102": Signal.ORANGE, "103": Signal.RED}),
        ("minskning", {"0": Signal.ORANGE, "2": Signal.ORANGE, "3": Signal.RED}),
        ("ökning", {"0": Signal.ORANGE, "-2": Signal.ORANGE, "-3": Signal.RED}),
    ],
)
def test_an_indicators_own_margin_holds_from_its_limit(target: str, limits: dict[str, Signal]) -> None:
    found = {written: of_value(target, f"{written} kronor", marginal="2 kronor") for written in limits}
    assert found == limits


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        ("minskning", {"-0,1": Signal.GREEN, "0": Signal.RED}),
        ("ökning", {"0,1": Signal.GREEN, "0": Signal.RED}),
        ("minst 20 procentenheter", {"20": Signal.GREEN, "19,9": Signal.RED}),
        ("högst 20 procentenheter", {"20": Signal.GREEN, "20,1": Signal.RED}),
    ],
)
def test_with_two_signals_the_limit_is_that_of_the_target(target: str, limits: dict[str, Signal]) -> None:
    two = {"signaler": "2"}
    assert {written: of_value(target, written + POINTS, rules=two) for written in limits} == limits


def test_other_units_have_no_orange() -> None:
    assert of_value("minst 100 kronor", "99,96 kronor") is Signal.RED


def test_an_indicators_own_margin_goes_before_that_of_the_report() -> None:
    assert of_value("minst 80 %", "79 %", marginal="1 procentenhet") is Signal.ORANGE
    assert of_value("minst 80 %", "78 %", marginal="1 procentenhet") is Signal.RED


def test_the_report_may_have_another_margin() -> None:
    rules = {"marginal": "10 procentenheter"}
    assert of_answers("minst 80 %", 70, 30, rules) is Signal.ORANGE


counts = st.integers(min_value=0, max_value=400)
percents = st.integers(min_value=0, max_value=100)


@given(percents, counts, counts.filter(bool))
def test_one_more_yes_never_worsens_at_least_nor_betters_at_most(target: int, yes: int, no: int) -> None:
    for written, worse, better in (("minst", yes, yes + 1), ("högst", yes + 1, yes)):
        before, after = (of_answers(f"{written} {target} %", answer, no) for answer in (worse, better))
        assert before is not None and after is not None
        assert BETTER[after] >= BETTER[before]


@given(percents, counts, counts.filter(bool), st.integers(min_value=0, max_value=30))
def test_orange_means_missed_by_no_more_than_the_margin(target: int, yes: int, no: int, margin: int) -> None:
    rules = {"marginal": f"{margin} procentenheter"}
    missing = Fraction(target, 100) - Fraction(yes, yes + no)
    is_close = 0 < missing <= Fraction(margin, 100)
    assert (of_answers(f"minst {target} %", yes, no, rules) is Signal.ORANGE) == is_close


@given(percents, counts, counts.filter(bool))
def test_green_means_exactly_that_the_target_is_met(target: int, yes: int, no: int) -> None:
    is_met = 100 * yes >= target * (yes + no)
    assert (of_answers(f"minst {target} %", yes, no) is Signal.GREEN) == is_met


@given(percents, counts, counts.filter(bool))
def test_a_report_with_two_signals_has_no_orange(target: int, yes: int, no: int) -> None:
    signal = of_answers(f"minst {target} %", yes, no, {"signaler": "2"})
    assert signal in (Signal.GREEN, Signal.RED)
    assert (signal is Signal.GREEN) == (100 * yes >= target * (yes + no))


@given(counts, counts)
def test_women_and_men_are_balanced_alike(women: int, men: int) -> None:
    assert of_balance(women, men) is of_balance(men, women)


# Of whom


PERSONS = {
    (unit, row): people(number, 0)
    for unit in ("norr", "soder")
    for row, number in (("avslut", 4), ("deltagare", 10))
}
UNITS = ({"id": "norr", "namn": "Norra"}, {"id": "soder", "namn": "Södra"})


@pytest.mark.parametrize(
    ("told", "signals"),
    [
        ({"krav": {"Norra": "minst 50 %", "soder": "minst 30 %"}}, (None, "rod", "gron")),
        ({"krav": {"Norra": "minst 50 %", "alla": "minst 30 %"}}, ("gron", "rod", "gron")),
        ({"krav": {"enheter": "minst 50 %", "förbundet": "minst 30 %"}}, ("gron", "rod", "rod")),
        ({"krav": "minst 50 %", "gäller": "Södra"}, (None, None, "rod")),
        ({"krav": "minst 50 %", "gäller": ["förbundet", "norr"]}, ("rod", "rod", None)),
    ],
)
def test_a_target_is_that_of_those_it_is_set_for(
    told: dict[str, Any], signals: tuple[str | None, ...]
) -> None:
    """The others have no such indicator, rather than one that is not measured."""
    share = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", **told}
    report = a_report(share, units=UNITS, participants=PERSONS)
    found = [
        next((result.signal for result in outcomes_of(report, unit)), None)
        for unit in (ASSOCIATION, "norr", "soder")
    ]
    assert found == list(signals)


# Four signals

FOUR = {"signaler": "4", "yttre_marginal": "15 procentenheter"}


@pytest.mark.parametrize(
    ("yes", "signal"),
    [(80, Signal.GREEN), (75, Signal.ORANGE), (74, Signal.PARTLY), (65, Signal.PARTLY), (64, Signal.RED)],
)
def test_of_four_signals_the_third_is_within_the_outer_margin(yes: int, signal: Signal) -> None:
    assert of_answers("minst 80 %", yes, 100 - yes, FOUR) is signal


def test_signals_have_the_names_and_give_the_points_of_the_report() -> None:
    names = ["Helt", "Till stor del", "Delvis", "Inte"]
    rules = {**FOUR, "signalnamn": names, "orange_ger": "50 %", "delvis_ger": "20 %"}
    indicator = {"mått": "värde", "krav": "minst 80 %", "vikt": "5"}
    result = outcome_of(a_report(indicator, rules=rules, values=value("1-1-1", "70 %")))
    assert (signal_view(result).word, str(result.earned)) == ("Delvis", "1")


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ({"signaler": "4"}, "behövs en yttre marginal"),
        ({**FOUR, "yttre_marginal": "5"}, "behövs en yttre marginal"),
        ({"yttre_marginal": "15"}, "gäller bara fyra signaler"),
        ({"delvis_ger": "15 %"}, "gäller bara fyra signaler"),
        ({"signalnamn": ["Ja", "Nej"]}, "det finns 3 signaler, men 2 olika namn"),
        ({"signalnamn": ["Ja", "Nej", "Nej"]}, "det finns 3 signaler, men 2 olika namn"),
        ({**FOUR, "delvis_ger": "20 %", "orange_ger": "10 %"}, "”delvis_ger” är mer än ”orange_ger”"),
    ],
)
def test_signals_and_what_is_said_of_them_belong_together(rules: dict[str, Any], found: str) -> None:
    with pytest.raises(ValidationError, match=found):
        a_report(rules=rules)
