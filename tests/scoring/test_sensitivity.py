"""How few persons or answers would change a signal, and what the index would be then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.outcome import Entered
from generator.model.outcomes import Attestation, Grade, Reported
from generator.model.report import Report
from generator.model.results import (
    Index,
    IndicatorResult,
    Signal,
    UnitResult,
)
from generator.model.sensitivity import Flip, Sensitivity, WhatIfs
from generator.model.settings import Rules
from generator.model.shown import ShownReport
from generator.scoring.sensitivity import sensitivity_of, what_ifs
from generator.scoring.signals import bands_of, signal_of
from tests.support import ASSOCIATION, HERE, a_report, a_story, answers, of_cost, people, scored, value

RANK = {Signal.RED: 0, Signal.ORANGE: 1, Signal.GREEN: 2}
TWO_SIGNALS = {"signaler": "2"}

ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
    "vikt": "5",
}  # fmt: skip
GAP: dict[str, Any] = {**ANSWERS, "mått": "könsskillnad", "krav": "högst 20 procentenheter"}
BALANCE = {"mått": "könsfördelning", "rad": "deltagare", "krav": "40–60 %", "vikt": "5"}
ATTESTED = {"mått": "intyg", "krav": "uppfyllt", "vikt": "5"}


def first_of(report: Report) -> Sensitivity | None:
    """The sensitivity of the first indicator."""
    unit = scored(report)
    return sensitivity_of(next(unit.results), unit, report.rules)


def known(report: Report) -> Sensitivity:
    sensitivity = first_of(report)
    assert sensitivity is not None
    return sensitivity


def of_answers(target: str, yes: int, no: int, rules: Mapping[str, str] | None = None) -> Report:
    return a_report({**ANSWERS, "krav": target}, rules=rules, answers=answers({"Ja": yes, "Nej": no}))


def of_gap(
    women: tuple[int, int],
    men: tuple[int, int],
    target: str = "högst 20 procentenheter",
    rules: Mapping[str, str] | None = None,
) -> Report:
    """Women and men as (yes, all)."""
    counted = {
        key: counts
        for sex, (yes, total) in (("kvinnor", women), ("man", men))
        for key, counts in answers({"Ja": yes, "Nej": total - yes}, sex).items()
    }
    return a_report({**GAP, "krav": target}, rules=rules, answers=counted)


def of_balance(women: int, men: int) -> Report:
    return a_report(BALANCE, participants={(ASSOCIATION, "deltagare"): people(women, men)})


def short(flip: Flip | None) -> tuple[Signal, int, bool] | None:
    return (flip.signal, flip.count, flip.more) if flip else None


def both(report: Report) -> tuple[tuple[Signal, int, bool] | None, tuple[Signal, int, bool] | None]:
    """What is better and what is worse."""
    sensitivity = known(report)
    return short(sensitivity.better), short(sensitivity.worse)


def points_of(index: Index) -> tuple[Fraction | int, int]:
    return index.earned, index.possible


def signal_at(result: IndicatorResult, number: Fraction, rules: Rules) -> Signal:
    outcome = replace(result.outcome, value=number, rests_on=Entered())
    signal = signal_of(result.indicator, outcome, bands_of(result.indicator, outcome.kind, rules))
    assert signal is not None
    return signal


# The distance to the target


@pytest.mark.parametrize(
    ("target", "yes", "distance"),
    [
        ("minst 80 %", 77, Fraction(3, 100)),
        ("minst 80 %", 80, Fraction(0)),
        ("högst 10 %", 4, Fraction(6, 100)),
        ("40–60 %", 57, Fraction(3, 100)),
        ("40–60 %", 30, Fraction(10, 100)),
    ],
)
def test_the_distance_is_that_to_the_nearest_limit_of_the_target(
    target: str, yes: int, distance: Fraction
) -> None:
    assert known(of_answers(target, yes, 100 - yes)).distance == distance


@pytest.mark.parametrize(
    ("indicator", "written", "distance"),
    [
        ({"mått": "värde", "krav": "minst 100 kronor"}, "98 kronor", Fraction(2)),
        ({"mått": "värde", "krav": "minst 80 %"}, "81 %", Fraction(1, 100)),
        (BALANCE, "81 %", Fraction(21, 100)),  # only the published share is known, and no counts
    ],
)
def test_what_is_not_counted_has_a_distance_and_no_flips(
    indicator: Mapping[str, str], written: str, distance: Fraction
) -> None:
    report = a_report(indicator, values=value("1-1-1", written))
    assert first_of(report) == Sensitivity(distance, None, None)


def test_a_change_has_a_distance_and_no_flips() -> None:
    indicator = {"mått": "förändring", "serie": "sjuktal", "plats": "Norr", "krav": "minskning"}
    report = a_report(indicator, values=value("sjuktal", "-0,3 procentenheter", "norr", than=2023))
    assert first_of(report) == Sensitivity(Fraction(3, 1000), None, None)


def test_a_grade_has_a_distance_and_no_flips() -> None:
    indicator = {"mått": "bedömning", "skala": "tregradig", "krav": "minst 3"}
    report = a_report(indicator, grades={(ASSOCIATION, "1.1.1"): Grade(2, "Styrelsen", "Skälet", HERE)})
    assert first_of(report) == Sensitivity(Fraction(1), None, None)


def test_nothing_is_told_of_what_is_not_measured() -> None:
    assert first_of(a_report(ANSWERS)) is None


def test_nothing_is_told_of_an_empty_group() -> None:
    """It is met by rule, not by anybody."""
    assert first_of(of_balance(0, 0)) is None


def test_nothing_is_told_of_verdicts() -> None:
    composite = {"mått": "sammansatt", "indikatorer": ["1.1.2"], "krav": "uppfyllt"}
    stated = {(ASSOCIATION, "1.1.2"): Attestation(True, "Revisorn", "Källan", HERE)}
    report = a_report(composite, ATTESTED, attestations=stated)
    unit = scored(report)
    assert [sensitivity_of(result, unit, report.rules) for result in unit.results] == [None, None]


# Shares


def test_a_share_flips_by_whole_answers() -> None:
    """From 78 of 100: 80 are needed, and below 75 it is red."""
    assert both(of_answers("minst 80 %", 78, 22)) == ((Signal.GREEN, 2, True), (Signal.RED, 4, False))


def test_of_a_ceiling_fewer_are_better() -> None:
    assert both(of_answers("högst 10 %", 12, 88)) == ((Signal.GREEN, 2, False), (Signal.RED, 4, True))


def test_a_small_group_may_go_from_red_to_green_at_once() -> None:
    assert both(of_answers("minst 80 %", 2, 3)) == ((Signal.GREEN, 2, True), None)


@pytest.mark.parametrize(
    ("yes", "met"), [(8, None), (7, (Signal.GREEN, 1, True)), (5, (Signal.GREEN, 3, True))]
)
def test_how_many_were_missing_is_told_of_a_target_that_is_not_met(
    yes: int, met: tuple[Signal, int, bool] | None
) -> None:
    """8 of 10 meet it; from 5 the next signal is nearer."""
    report = of_answers("minst 80 %", yes, 10 - yes, {"marginal": "10 procentenheter"})
    assert short(known(report).met) == met


def test_nothing_is_better_than_green() -> None:
    assert both(of_answers("minst 80 %", 80, 20)) == (None, (Signal.ORANGE, 1, False))


def test_a_target_of_all_cannot_be_passed() -> None:
    """Nobody can make more than all of five: green can only be left downwards."""
    assert both(of_answers("minst 100 %", 5, 0)) == (None, (Signal.RED, 1, False))


def test_with_two_signals_red_is_next_to_green() -> None:
    report = of_answers("minst 80 %", 80, 20, TWO_SIGNALS)
    assert both(report) == (None, (Signal.RED, 1, False))


def test_a_balance_is_upset_by_the_nearest_of_both_sides() -> None:
    assert both(of_balance(58, 42)) == (None, (Signal.ORANGE, 3, True))
    assert both(of_balance(42, 58)) == (None, (Signal.ORANGE, 3, False))


def test_of_two_ways_that_are_as_short_the_one_with_fewer_is_told() -> None:
    assert both(of_balance(50, 50)) == (None, (Signal.ORANGE, 11, False))


percents = st.integers(min_value=0, max_value=100)
limits = st.one_of(
    percents.map(lambda at: f"minst {at} %"),
    percents.map(lambda at: f"högst {at} %"),
    st.tuples(percents, percents).map(sorted).map(lambda ends: f"{ends[0]}–{ends[1]} %"),
)
margins = st.tuples(st.integers(min_value=0, max_value=30), st.sampled_from(["2", "3"])).map(
    lambda drawn: {"marginal": f"{drawn[0]} procentenheter", "signaler": drawn[1]}
)


def expected(counts: Mapping[int, set[Signal]], now: Signal, *, better: bool) -> int | None:
    """The smallest number of changes that gives a better (worse) signal, of all that were tried."""
    return min(
        (
            count
            for count, signals in counts.items()
            for signal in signals
            if (RANK[signal] > RANK[now] if better else RANK[signal] < RANK[now])
        ),
        default=None,
    )


@given(limits, st.integers(0, 60), st.integers(0, 60), margins)
def test_the_count_is_the_smallest_of_all_that_would_flip_a_share(
    target: str, yes: int, no: int, rules: dict[str, str]
) -> None:
    if not yes + no:
        return
    report = of_answers(target, yes, no, rules)
    (result,) = scored(report).results
    tried: dict[int, set[Signal]] = {}
    for other in range(yes + no + 1):
        signal = signal_at(result, Fraction(other, yes + no), report.rules)
        tried.setdefault(abs(other - yes), set()).add(signal)
    flips = known(report)
    assert result.signal is not None
    for flip, better in ((flips.better, True), (flips.worse, False)):
        assert (flip.count if flip else None) == expected(tried, result.signal, better=better)
        if flip:
            other = yes + flip.count if flip.more else yes - flip.count
            assert signal_at(result, Fraction(other, yes + no), report.rules) is flip.signal


# Gaps between women and men


def test_an_answer_in_the_smaller_group_moves_a_gap_most() -> None:
    """9 of 10 women and 10 of 20 men: 40 points. Two women make 20, four men would be needed."""
    assert both(of_gap((9, 10), (10, 20))) == ((Signal.GREEN, 2, False), None)


def test_answers_of_both_groups_are_changed_when_one_does_not_suffice() -> None:
    """All women and no men, or the other way round, is as far apart as they can be."""
    assert both(of_gap((1, 2), (1, 3), "minst 100 procentenheter")) == ((Signal.GREEN, 2, True), None)


def test_a_gap_may_be_closed_by_changes_in_the_same_direction() -> None:
    """1 of 2 women and 1 of 3 men are alike only when none or all are, and none is nearer."""
    report = of_gap((1, 2), (1, 3), "högst 0 procentenheter", TWO_SIGNALS)
    assert both(report)[0] == (Signal.GREEN, 2, False)


def test_a_gap_may_grow_past_zero() -> None:
    """All women and 9 of 10 men: no more women can say yes, but women may become fewer than men."""
    assert both(of_gap((3, 3), (9, 10))) == (None, (Signal.ORANGE, 1, True))


points = percents.map(lambda at: f"{at} procentenheter")
gap_limits = st.one_of(
    points.map(lambda at: f"högst {at}"),
    points.map(lambda at: f"minst {at}"),
    st.tuples(percents, percents).map(sorted).map(lambda ends: f"{ends[0]}–{ends[1]} procentenheter"),
    st.sampled_from(["högst 0 procentenheter", "minskning", "ökning"]),
)
groups = st.integers(1, 11).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(gap_limits, groups, groups, margins)
def test_the_count_is_the_smallest_of_all_that_would_flip_a_gap(
    target: str, women: tuple[int, int], men: tuple[int, int], rules: dict[str, str]
) -> None:
    report = of_gap(women, men, target, rules)
    (result,) = scored(report).results
    now = result.outcome.value
    assert now is not None and result.signal is not None
    tried: dict[int, set[Signal]] = {}
    grows: set[tuple[int, Signal, bool]] = set()
    for some in range(women[1] + 1):
        for others in range(men[1] + 1):
            gap = abs(Fraction(some, women[1]) - Fraction(others, men[1]))
            count = abs(some - women[0]) + abs(others - men[0])
            signal = signal_at(result, gap, report.rules)
            tried.setdefault(count, set()).add(signal)
            grows.add((count, signal, gap > now))
    flips = known(report)
    for flip, better in ((flips.better, True), (flips.worse, False)):
        assert (flip.count if flip else None) == expected(tried, result.signal, better=better)
        if flip:
            assert (flip.count, flip.signal, flip.more) in grows


def test_counts_that_nobody_has_take_no_longer() -> None:
    """The smaller group of a gap is tried answer by answer, up to what a survey can have."""
    many = 10**12 - 1
    assert both(of_answers("minst 80 %", 0, many))[0] == (Signal.ORANGE, 3 * 10**12 // 4, True)
    unlike = of_gap((2, 10_000), (3, many), "högst 0 procentenheter", TWO_SIGNALS)
    assert both(unlike)[0] == (Signal.GREEN, 5, False)
    assert both(of_gap((2, many), (3, many - 1), "högst 0 procentenheter", TWO_SIGNALS)) == (None, None)


# Things


def things(count: int, target: str = "minst 2", **more: str) -> Report:
    indicator = {"mått": "antal", "krav": target, "vikt": "5", **more}
    return a_report(indicator, values=value("1-1-1", f"{count} st"))


def test_a_count_flips_by_whole_things() -> None:
    assert both(things(0)) == ((Signal.GREEN, 2, True), None)
    assert both(things(4)) == (None, (Signal.RED, 3, False))
    assert both(things(4, "högst 5")) == (None, (Signal.RED, 2, True))
    assert both(things(9, "minst 10", marginal="2")) == ((Signal.GREEN, 1, True), (Signal.RED, 2, False))


def test_nothing_is_counted_below_none() -> None:
    assert both(things(0, "minst 0")) == (None, None)


def test_stories_and_texts_are_counted() -> None:
    indicator = {"mått": "berättelser", "krav": "minst 2", "vikt": "5"}
    assert both(a_report(indicator, stories=(a_story("1.1.1"),))) == ((Signal.GREEN, 1, True), None)
    text = {"mått": "beskrivning", "krav": "minst 1", "vikt": "5"}
    assert both(a_report(text)) == ((Signal.GREEN, 1, True), None)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5), st.sampled_from(["minst", "högst"]))
def test_the_count_is_the_smallest_of_all_that_would_flip_a_number(
    now: int, at: int, margin: int, side: str
) -> None:
    report = things(now, f"{side} {at}", marginal=str(margin))
    (result,) = scored(report).results
    assert result.signal is not None
    tried: dict[int, set[Signal]] = {}
    for other in range(70):
        signal = signal_at(result, Fraction(other), report.rules)
        tried.setdefault(abs(other - now), set()).add(signal)
    flips = known(report)
    for flip, better in ((flips.better, True), (flips.worse, False)):
        assert (flip.count if flip else None) == expected(tried, result.signal, better=better)


# The index then


def verdict(met: bool, number: int) -> dict[tuple[str, str], Attestation]:
    return {(ASSOCIATION, f"1.1.{number}"): Attestation(met, "Revisorn", "Källan", HERE)}


def test_the_index_then_has_the_points_of_the_other_signal() -> None:
    """5 points of 10 are 50, and with the other 5 the index is met."""
    counted = answers({"Ja": 79, "Nej": 21})
    better = known(a_report(ANSWERS, ATTESTED, answers=counted, attestations=verdict(True, 2))).better
    assert better is not None and better.index is not None
    assert points_of(better.index) == (10, 10)
    assert better.index.signal is Signal.GREEN


def test_the_index_then_follows_the_credit_of_orange() -> None:
    counted = answers({"Ja": 80, "Nej": 20})
    worse = known(a_report(ANSWERS, rules={"orange_ger": "50 %"}, answers=counted)).worse
    assert worse is not None and worse.index is not None
    assert (worse.index.earned, worse.index.signal) == (Fraction(5, 2), Signal.RED)


def test_without_a_weight_a_signal_does_not_change_the_index() -> None:
    unweighted = {key: entry for key, entry in ANSWERS.items() if key != "vikt"}
    counted = answers({"Ja": 79, "Nej": 21})
    better = known(a_report(unweighted, ATTESTED, answers=counted, attestations=verdict(True, 2))).better
    assert better is not None and better.index is None


def taken_over(report: Report, earned: int, possible: int) -> Report:
    """The report with the points of its area as published elsewhere."""
    reported = {(ASSOCIATION, "1"): Reported(earned, possible, "Källan", HERE)}
    return replace(report, outcomes=replace(report.outcomes, reported=reported))


def test_in_an_area_taken_over_a_signal_does_not_change_the_index() -> None:
    better = known(taken_over(of_answers("minst 80 %", 79, 21), 3, 4)).better
    assert short(better) == (Signal.GREEN, 1, True)
    assert better is not None and better.index is None


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from(["0 %", "50 %", "100 %"]))
def test_the_index_then_is_what_it_would_be_with_those_answers(yes: int, no: int, credit: str) -> None:
    if not yes + no:
        return
    rules = {"orange_ger": credit}
    flips = known(of_answers("minst 80 %", yes, no, rules))
    for flip in filter(None, (flips.better, flips.worse)):
        change = flip.count if flip.more else -flip.count
        assert flip.index == scored(of_answers("minst 80 %", yes + change, no - change, rules)).index


# What if


def if_in(report: Report) -> WhatIfs:
    found = what_ifs(scored(report), report.rules)
    assert found is not None
    return found


def ids(results: tuple[IndicatorResult, ...]) -> list[str]:
    return [result.indicator.id for result in results]


def test_orange_may_earn_half() -> None:
    report = a_report(
        ANSWERS, ATTESTED, answers=answers({"Ja": 79, "Nej": 21}), attestations=verdict(True, 2)
    )
    half = if_in(report).orange_half
    assert (half.earned, half.possible, half.signal) == (Fraction(15, 2), 10, Signal.GREEN)


def test_orange_that_earns_half_already_changes_nothing() -> None:
    report = of_answers("minst 80 %", 79, 21, {"orange_ger": "50 %"})
    assert if_in(report).orange_half == scored(report).index


@pytest.mark.parametrize(("no", "is_small"), [(18, True), (19, False)])
def test_a_basis_is_small_below_the_number_of_the_rules(no: int, is_small: bool) -> None:
    """20 answers by default."""
    assert bool(if_in(of_answers("minst 80 %", 1, no)).small) is is_small


def test_the_rules_may_have_another_small_basis() -> None:
    assert not if_in(of_answers("minst 80 %", 1, 9, {"litet_underlag": "10"})).small


def test_what_rests_on_few_is_counted_as_met_and_as_not_met() -> None:
    few = of_answers("minst 80 %", 1, 9)
    found = if_in(few)
    assert (points_of(found.none_met), points_of(found.all_met)) == ((0, 5), (5, 5))
    assert (found.none_met.signal, found.all_met.signal) == (Signal.RED, Signal.GREEN)


def test_a_gap_rests_on_the_smaller_of_its_groups() -> None:
    assert ids(if_in(of_gap((15, 19), (80, 100))).small) == ["1.1.1"]
    assert not if_in(of_gap((15, 20), (80, 100))).small


def test_an_empty_group_rests_on_nobody() -> None:
    found = if_in(of_balance(0, 0))
    assert (ids(found.small), points_of(found.none_met)) == (["1.1.1"], (0, 5))


def test_what_has_no_basis_is_not_small() -> None:
    """Verdicts, things and composites: the denominator of a composite is a number of indicators."""
    composite = {"mått": "sammansatt", "indikatorer": ["1.1.2"], "krav": "uppfyllt", "vikt": "5"}
    count = {"mått": "antal", "krav": "minst 2", "vikt": "5"}
    report = a_report(
        composite, ATTESTED, count, attestations=verdict(True, 2), values=value("1-1-3", "3 st")
    )
    assert not if_in(report).small


def test_an_amount_is_no_number_of_persons() -> None:
    """15 kronor are not few answers."""
    amount = {"tabell": "kostnad", "post": "Förbundet"}
    quotient = {"mått": "kvot", "belopp": amount, "delat_med": amount, "krav": "högst 90 %", "vikt": "5"}
    assert not if_in(of_cost(quotient, people(2, 2), Fraction(15))).small


def test_what_is_taken_over_stays_as_it_is() -> None:
    report = taken_over(of_answers("minst 80 %", 7, 2), 3, 4)
    index = scored(report).index
    assert if_in(report) == WhatIfs(index, index, index, ())


def test_without_an_index_there_is_nothing_to_ask() -> None:
    report = a_report(ANSWERS)
    assert what_ifs(scored(report), report.rules) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=3))
def test_the_index_lies_within_its_range(counts: list[tuple[int, int]]) -> None:
    indicators = [{**BALANCE, "rad": f"rad{number}"} for number, _ in enumerate(counts)]
    rows = {(ASSOCIATION, f"rad{number}"): people(*both) for number, both in enumerate(counts)}
    report = a_report(*indicators, participants=rows)
    found = if_in(report)
    assert found.none_met.earned <= scored(report).index.earned <= found.all_met.earned
    assert found.all_met.earned - found.none_met.earned == 5 * len(found.small)


# 2021


def result_of(unit: UnitResult, id: str) -> IndicatorResult:
    return next(result for result in unit.results if result.indicator.id == id)


def test_nine_persons_were_missing_for_positive_solutions_in_2021(report_2021: ShownReport) -> None:
    """247 of 319 and at least 80 %: 256 are needed, and with 239 it is red."""
    unit, rules = report_2021.association, report_2021.report.rules
    flips = sensitivity_of(result_of(unit, "1.2.1"), unit, rules)
    assert flips is not None
    assert flips.distance == Fraction(80, 100) - Fraction(247, 319)
    assert short(flips.better) == (Signal.GREEN, 9, True)
    assert short(flips.worse) == (Signal.RED, 8, False)
    assert flips.better is not None and flips.better.index is not None
    assert points_of(flips.better.index) == (134, 177)


def test_half_for_orange_would_have_given_17_points_more_in_2021(report_2021: ShownReport) -> None:
    """Three indicators of 10 points and one of 4 were orange."""
    found = what_ifs(report_2021.association, report_2021.report.rules)
    assert found is not None
    assert points_of(found.orange_half) == (141, 177)


def test_what_rested_on_few_in_2021_decided_ten_points(report_2021: ShownReport) -> None:
    """The board's own balance and answers, and a question on which only 16 men gave an answer."""
    found = what_ifs(report_2021.association, report_2021.report.rules)
    assert found is not None
    assert ids(found.small) == ["2.1.4", "2.5.8", "4.1.1", "4.1.4", "4.2.1", "4.5.1", "5.3.5"]
    assert (points_of(found.none_met), points_of(found.all_met)) == ((115, 177), (125, 177))


def test_every_flip_of_2021_is_the_nearest(report_2021: ShownReport) -> None:
    """Of all shares of the association and the units: one person fewer would not do."""
    rules = report_2021.report.rules
    for unit in (report_2021.association, *report_2021.units):
        for result in unit.results:
            flips = sensitivity_of(result, unit, rules)
            if flips is None or result.outcome.numerator is None:
                continue
            yes, everyone = result.outcome.numerator, result.outcome.denominator or 0
            for flip in filter(None, (flips.better, flips.worse)):
                way = 1 if flip.more else -1
                before, then = (
                    signal_at(result, Fraction(yes + way * count, everyone), rules)
                    for count in (flip.count - 1, flip.count)
                )
                assert then is flip.signal is not before


# Means and quotients


def of_mean(counts: Mapping[str, int], **demanded: str) -> Report:
    """Yes is 5, partly 3 and no 1."""
    mean = {"mått": "medelvärde", "grupp": "deltagare", "fråga": "stöd", **demanded}
    report = a_report(mean, answers=answers(counts))
    scale = report.survey.scales[0].model_copy(update={"stated_numbers": (5, 3, 1)})
    return replace(report, survey=report.survey.model_copy(update={"scales": (scale,)}))


def test_a_mean_is_flipped_by_what_is_missing_in_the_sum_of_its_answers() -> None:
    found = known(of_mean({"Ja": 2, "Nej": 2}, krav="minst 4"))
    assert found.met == Flip(Signal.GREEN, 4, more=True, index=None)


def test_a_mean_lies_between_the_least_and_the_most_of_its_scale() -> None:
    """It can fall below 2, and cannot rise above 5: so it stays within the margin of 4."""
    assert both(of_mean({"Delvis": 2}, krav="minst 2")) == (None, (Signal.RED, 3, False))
    assert both(of_mean({"Ja": 2}, krav="högst 4", marginal="1,5")) == ((Signal.GREEN, 2, False), None)


@pytest.mark.parametrize(
    ("target", "flip"),
    [
        ("högst 20 kronor", Flip(Signal.GREEN, 1, more=True, index=None)),
        ("minst 30 kronor", Flip(Signal.GREEN, 1, more=False, index=None)),
        ("högst 30 kronor", None),
        ("minst 0 kronor", None),
    ],
)
def test_a_quotient_is_flipped_by_persons(target: str, flip: Flip | None) -> None:
    """100 kronor for 4 persons."""
    quotient = {"mått": "kvot", "belopp": {"tabell": "kostnad"}, "nämnare": "deltagare", "krav": target}
    assert known(of_cost(quotient, people(2, 2))).met == flip
