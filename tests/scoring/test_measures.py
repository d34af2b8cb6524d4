"""What each of the measures makes of the tables, and when it measures nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from generator.model.outcome import Basis, Cell, EnteredCell, NotMeasured
from generator.model.outcomes import AnswerCount, AnswerKey, Attestation, Grade, People, Value
from generator.model.quantities import Kind, parse_quantity
from generator.model.report import Report
from generator.model.results import Signal
from tests.support import (
    ASSOCIATION,
    HERE,
    a_report,
    a_story,
    a_text,
    answers,
    of_cost,
    outcome_of,
    outcomes_of,
    people,
    value,
)

UNITS = ({"id": "norr", "namn": "Norr", "kommun": "Umeå"}, {"id": "soder", "namn": "Söder"})


def table(**rows: People) -> dict[tuple[str, str], People]:
    return {(ASSOCIATION, row): counted for row, counted in rows.items()}


# Share

SHARE = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 40 %"}


def test_a_share_is_one_row_over_another() -> None:
    outcome = outcome_of(
        a_report(SHARE, participants=table(avslut=people(2, 3), deltagare=people(5, 7)))
    ).outcome
    assert (outcome.value, outcome.numerator, outcome.denominator) == (Fraction(5, 12), 5, 12)


def test_a_share_may_add_up_rows() -> None:
    indicator = {**SHARE, "täljare": "arbete + studier"}
    rows = table(arbete=people(1, 2), studier=people(3, 0), deltagare=people(5, 7))
    assert outcome_of(a_report(indicator, participants=rows)).outcome.numerator == 6


def test_a_share_of_nobody_is_not_measured() -> None:
    rows = table(avslut=people(0, 0), deltagare=people(0, 0))
    assert outcome_of(a_report(SHARE, participants=rows)).outcome.reason is NotMeasured.NOBODY


@pytest.mark.parametrize("missing", ["avslut", "deltagare"])
def test_a_share_with_a_missing_row_is_not_measured(missing: str) -> None:
    rows = table(avslut=people(1, 1), deltagare=people(2, 2))
    del rows[ASSOCIATION, missing]
    assert outcome_of(a_report(SHARE, participants=rows)).outcome.reason is NotMeasured.ROW_MISSING


def test_who_does_not_state_sex_counts_in_the_total() -> None:
    rows = table(avslut=people(1, 1, unstated=1), deltagare=people(2, 2, unstated=2))
    assert outcome_of(a_report(SHARE, participants=rows)).outcome.value == Fraction(3, 6)


def test_the_association_is_the_sum_of_its_units() -> None:
    rows = {
        ("norr", "avslut"): people(1, 0),
        ("norr", "deltagare"): people(2, 1),
        ("soder", "avslut"): people(0, 2),
        ("soder", "deltagare"): people(4, 3),
    }
    report = a_report(SHARE, units=UNITS, participants=rows)
    assert outcome_of(report).outcome.value == Fraction(3, 10)
    assert outcome_of(report, "soder").outcome.value == Fraction(2, 7)


def test_the_association_is_not_measured_when_a_unit_lacks_the_row() -> None:
    rows = {
        ("norr", "avslut"): people(1, 0),
        ("norr", "deltagare"): people(2, 1),
        ("soder", "deltagare"): people(4, 3),
    }
    report = a_report(SHARE, units=UNITS, participants=rows)
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


# Answer share

ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
}  # fmt: skip


def test_an_answer_share_is_the_wanted_answers_of_all_answers() -> None:
    outcome = outcome_of(a_report(ANSWERS, answers=answers({"Ja": 7, "Delvis": 2, "Nej": 1}))).outcome
    assert (outcome.value, outcome.numerator, outcome.denominator) == (Fraction(7, 10), 7, 10)


def test_several_answers_may_be_wanted() -> None:
    indicator = {**ANSWERS, "svar": ["Ja", "Delvis"]}
    counted = answers({"Ja": 7, "Delvis": 2, "Nej": 1})
    assert outcome_of(a_report(indicator, answers=counted)).outcome.numerator == 9


def test_who_would_rather_not_answer_counts_as_neither() -> None:
    counted = answers({"Ja": 7, "Nej": 3, "Vill ej svara": 90})
    assert outcome_of(a_report(ANSWERS, answers=counted)).outcome.value == Fraction(7, 10)


def test_answers_of_which_only_the_sum_is_known_count_together() -> None:
    indicator = {**ANSWERS, "svar": ["Ja", "Delvis"]}
    counted = answers({"Ja+Delvis": 9, "Nej": 1})
    assert outcome_of(a_report(indicator, answers=counted)).outcome.value == Fraction(9, 10)


def test_answers_by_sex_are_added_up_when_those_of_all_are_not_given() -> None:
    counted = (
        answers({"Ja": 3, "Nej": 1}, "kvinnor")
        | answers({"Ja": 2, "Nej": 1}, "man")
        | answers({"Ja": 1}, "ej-angivet")
    )
    assert outcome_of(a_report(ANSWERS, answers=counted)).outcome.value == Fraction(6, 8)


def test_answers_of_all_are_not_counted_again_by_sex() -> None:
    counted = answers({"Ja": 5, "Nej": 5}) | answers({"Ja": 5, "Nej": 0}, "kvinnor")
    assert outcome_of(a_report(ANSWERS, answers=counted)).outcome.denominator == 10


def test_a_question_that_was_not_asked_is_not_measured() -> None:
    assert outcome_of(a_report(ANSWERS)).outcome.reason is NotMeasured.NOT_ASKED


def test_a_question_asked_of_others_was_not_asked_of_this_group() -> None:
    report = a_report(ANSWERS, answers=answers({"Ja": 5}, question="annat"))
    assert outcome_of(report).outcome.reason is NotMeasured.NOT_ASKED


@pytest.mark.parametrize("unit", [ASSOCIATION, "norr"])
@pytest.mark.parametrize("counted", [{"Ja": 0, "Nej": 0}, {"Vill ej svara": 4}])
def test_a_question_that_nobody_answered_is_not_measured(counted: dict[str, int], unit: str) -> None:
    report = a_report(ANSWERS, units=UNITS, answers=answers(counted, unit=unit))
    assert outcome_of(report, unit).outcome.reason is NotMeasured.NO_ANSWERS


@pytest.mark.parametrize(("count", "reason"), [(4, NotMeasured.TOO_FEW), (5, None)])
def test_fewer_answers_than_the_minimum_are_not_measured(count: int, reason: NotMeasured | None) -> None:
    counted = answers({"Ja": count, "Vill ej svara": 10})
    report = a_report(ANSWERS, rules={"minsta_antal_svar": "5"}, answers=counted)
    assert outcome_of(report).outcome.reason is reason


def test_answers_of_the_association_alone_are_not_published_for_a_unit() -> None:
    report = a_report(ANSWERS, units=UNITS, answers=answers({"Ja": 5}))
    assert outcome_of(report, "norr").outcome.reason is NotMeasured.NOT_PUBLISHED


def test_answers_of_the_units_are_added_up_for_the_association() -> None:
    counted = answers({"Ja": 3}, unit="norr") | answers({"Ja": 1, "Nej": 4}, unit="soder")
    assert outcome_of(a_report(ANSWERS, units=UNITS, answers=counted)).outcome.value == Fraction(1, 2)


def test_answers_of_the_association_are_missing_when_a_unit_of_the_group_lacks_them() -> None:
    """As with participants: not answered is not zero."""
    counted = answers({"Ja": 3}, unit="norr") | answers({"Ja": 4}, unit="soder", question="annat")
    report = a_report(ANSWERS, units=UNITS, answers=counted)
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING
    assert outcome_of(report, "norr").outcome.value == 1


def test_answers_by_sex_of_the_association_are_missing_when_a_unit_gives_only_those_of_all() -> None:
    counted = answers({"Ja": 3}, "kvinnor", "norr") | answers({"Ja": 3}, "man", "norr")
    report = a_report(GAP, units=UNITS, answers=counted | answers({"Ja": 4}, unit="soder"))
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


# Mean and median

OF_SCALE: dict[str, Any] = {"grupp": "deltagare", "fråga": "stöd", "krav": "minst 2"}


def with_numbers(*indicators: Mapping[str, Any], **counts: int) -> Report:
    """Yes is 3, partly 2 and no 1."""
    report = a_report(*indicators, answers=answers(counts), rules={"minsta_antal_svar": "2"})
    scale = report.survey.scales[0].model_copy(update={"stated_numbers": (3, 2, 1)})
    return replace(report, survey=report.survey.model_copy(update={"scales": (scale,)}))


def test_a_mean_is_the_numbers_of_all_answers_over_how_many_they_are() -> None:
    outcome = outcome_of(with_numbers({"mått": "medelvärde", **OF_SCALE}, Ja=3, Delvis=1, Nej=4)).outcome
    assert (outcome.value, outcome.numerator, outcome.denominator) == (Fraction(15, 8), 15, 8)


@pytest.mark.parametrize(
    ("counts", "middle"),
    [({"Ja": 3, "Nej": 2}, 3), ({"Ja": 2, "Nej": 2}, 2), ({"Ja": 2, "Delvis": 2}, Fraction(5, 2))],
)
def test_a_median_is_the_middle_answer_or_half_way_between_two(
    counts: dict[str, int], middle: Fraction
) -> None:
    outcome = outcome_of(with_numbers({"mått": "median", **OF_SCALE}, **counts)).outcome
    assert (outcome.value, outcome.denominator) == (middle, sum(counts.values()))


@pytest.mark.parametrize("measure", ["medelvärde", "median"])
def test_a_mean_or_median_of_too_few_is_not_measured(measure: str) -> None:
    assert outcome_of(with_numbers({"mått": measure, **OF_SCALE}, Ja=1)).outcome.reason is NotMeasured.TOO_FEW


# Duration


@pytest.mark.parametrize(("target", "value"), [("högst 90 dagar", 73), ("högst 3 månader", Fraction(12, 5))])
def test_a_duration_is_the_median_of_the_register_with_how_many_it_is_of(
    target: str, value: Fraction
) -> None:
    report = a_report(
        {"mått": "tid", "rad": "avslut", "krav": target}, participants=table(avslut=people(5, 7))
    )
    days = {(ASSOCIATION, "avslut"): Value(parse_quantity("73 dagar"), "", HERE)}
    outcome = outcome_of(replace(report, outcomes=replace(report.outcomes, durations=days))).outcome
    assert (outcome.value, outcome.denominator) == (value, 12)
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


def test_a_duration_of_nobody_or_of_whom_is_not_known_is_not_measured() -> None:
    duration = {"mått": "tid", "rad": "avslut", "krav": "högst 90 dagar"}
    nobody = outcome_of(a_report(duration, participants=table(avslut=people(0, 0)))).outcome
    assert nobody.reason is NotMeasured.NOBODY
    days = {(ASSOCIATION, "avslut"): Value(parse_quantity("73 dagar"), "", HERE)}
    report = a_report(duration)
    unknown = outcome_of(replace(report, outcomes=replace(report.outcomes, durations=days))).outcome
    assert unknown.reason is NotMeasured.ROW_MISSING


# Quotient


def test_a_quotient_of_nobody_is_not_measured() -> None:
    quotient = {
        "mått": "kvot",
        "belopp": {"tabell": "kostnad"},
        "nämnare": "deltagare",
        "krav": "minst 1 kronor",
    }
    assert outcome_of(of_cost(quotient, people(0, 0))).outcome.reason is NotMeasured.NOBODY


# Gender balance

BALANCE = {"mått": "könsfördelning", "rad": "deltagare", "krav": "40–60 %"}


def test_gender_balance_is_the_share_of_women() -> None:
    report = a_report(BALANCE, participants=table(deltagare=people(4, 6)))
    assert outcome_of(report).outcome.value == Fraction(2, 5)


def test_who_does_not_state_sex_is_left_out_of_gender_balance() -> None:
    report = a_report(BALANCE, participants=table(deltagare=people(4, 6, unstated=90)))
    outcome = outcome_of(report).outcome
    assert (outcome.value, outcome.denominator) == (Fraction(2, 5), 10)


def test_gender_balance_may_be_of_a_group() -> None:
    indicator = {"mått": "könsfördelning", "grupp": "styrelse", "krav": "40–60 %"}
    report = a_report(indicator, groups={(ASSOCIATION, "styrelse"): people(11, 9)})
    assert outcome_of(report).outcome.value == Fraction(11, 20)


def test_an_empty_group_is_balanced_as_published_in_2021() -> None:
    result = outcome_of(a_report(BALANCE, participants=table(deltagare=people(0, 0))))
    assert (result.signal, result.outcome.value) == (Signal.GREEN, None)


def test_an_empty_group_is_not_measured_when_the_rules_say_so() -> None:
    rules = {"tom_grupp": "ej mätt"}
    report = a_report(BALANCE, rules=rules, participants=table(deltagare=people(0, 0)))
    assert outcome_of(report).outcome.reason is NotMeasured.NOBODY


@pytest.mark.parametrize("rows", [{}, table(deltagare=people(None, None, total=9))])
def test_gender_balance_without_women_and_men_is_not_measured(
    rows: dict[tuple[str, str], People],
) -> None:
    report = a_report(BALANCE, participants=rows)
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


# Gender gap

GAP = {**ANSWERS, "mått": "könsskillnad", "krav": "högst 20 procentenheter"}


@pytest.mark.parametrize(("women", "men"), [(9, 7), (7, 9)])
def test_a_gender_gap_is_the_difference_whoever_has_more(women: int, men: int) -> None:
    counted = answers({"Ja": women, "Nej": 10 - women}, "kvinnor")
    counted |= answers({"Ja": men, "Nej": 10 - men}, "man")
    outcome = outcome_of(a_report(GAP, answers=counted)).outcome
    assert (outcome.kind, outcome.value) == (Kind.POINTS, Fraction(1, 5))


def test_a_gender_gap_tells_what_it_is_made_of() -> None:
    counted = answers({"Ja": 9, "Nej": 1}, "kvinnor") | answers({"Ja": 7, "Nej": 3}, "man")
    parts = outcome_of(a_report(GAP, answers=counted)).outcome.parts
    assert [(part.label, part.numerator, part.denominator) for part in parts] == [
        ("kvinnor", 9, 10),
        ("man", 7, 10),
    ]


@pytest.mark.parametrize("sex", ["kvinnor", "man"])
def test_a_gender_gap_needs_answers_of_both(sex: str) -> None:
    report = a_report(GAP, answers=answers({"Ja": 9}, sex))
    assert outcome_of(report).outcome.reason is NotMeasured.NO_ANSWERS


def test_a_gender_gap_needs_the_minimum_of_answers_of_each() -> None:
    counted = answers({"Ja": 9}, "kvinnor") | answers({"Ja": 4}, "man")
    report = a_report(GAP, rules={"minsta_antal_svar": "5"}, answers=counted)
    assert outcome_of(report).outcome.reason is NotMeasured.TOO_FEW


# Change

CHANGE = {"mått": "förändring", "serie": "sjuktal", "plats": "forbundet", "krav": "minskning"}


def test_a_change_is_this_years_value_minus_last_years() -> None:
    values = value("sjuktal", "12 st") | value("sjuktal", "15 st", year=2023)
    outcome = outcome_of(a_report(CHANGE, values=values)).outcome
    assert (outcome.kind, outcome.value, outcome.unit) == (Kind.NUMBER, Fraction(-3), "st")
    assert outcome.basis is Basis.COMPUTED


def test_a_change_of_percentages_is_in_percentage_points() -> None:
    values = value("sjuktal", "12,5 %") | value("sjuktal", "14 %", year=2023)
    outcome = outcome_of(a_report(CHANGE, values=values)).outcome
    assert (outcome.kind, outcome.value) == (Kind.POINTS, Fraction(-15, 1000))


def test_a_change_may_be_compared_with_another_year() -> None:
    values = value("sjuktal", "12") | value("sjuktal", "15", year=2023)
    values |= value("sjuktal", "10", year=2019)
    report = a_report({**CHANGE, "jämfört_med": "2019"}, values=values)
    assert outcome_of(report).outcome.value == 2


def test_a_change_that_is_stated_is_taken_as_published() -> None:
    values = value("sjuktal", "-0,3 procentenheter", than=2023)
    outcome = outcome_of(a_report(CHANGE, values=values)).outcome
    assert (outcome.value, outcome.basis) == (Fraction(-3, 1000), Basis.PUBLISHED)


def test_a_change_of_the_own_municipality_is_that_of_the_units_place() -> None:
    indicator = {**CHANGE, "plats": "egen kommun"}
    values = value("sjuktal", "-1", location="umea", than=2023)
    report = a_report(indicator, units=UNITS, values=values)
    assert outcome_of(report, "norr").outcome.value == -1
    assert outcome_of(report, "soder").outcome.reason is NotMeasured.ROW_MISSING


@pytest.mark.parametrize("known", [2024, 2023])
def test_a_change_with_one_year_missing_is_not_measured(known: int) -> None:
    report = a_report(CHANGE, values=value("sjuktal", "12", year=known))
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


def test_no_change_is_not_a_decrease() -> None:
    values = value("sjuktal", "12") | value("sjuktal", "12", year=2023)
    assert outcome_of(a_report(CHANGE, values=values)).signal is Signal.RED


# Value and count


@pytest.mark.parametrize(
    ("measure", "target", "written"),
    [("värde", "minst 80 %", "81 %"), ("värde", "minst 80 kronor", "81 kronor"), ("antal", "minst 80", "81")],
)  # fmt: skip
def test_a_value_is_taken_from_the_table_with_its_source(measure: str, target: str, written: str) -> None:
    report = a_report({"mått": measure, "krav": target}, values=value("1-1-1", written))
    result = outcome_of(report)
    assert (result.signal, result.outcome.source) == (Signal.GREEN, "Källan")


@pytest.mark.parametrize("measure", ["värde", "antal"])
def test_a_missing_value_is_not_measured(measure: str) -> None:
    report = a_report({"mått": measure, "krav": "minst 2"})
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


def test_a_value_of_another_year_or_place_is_not_this_one() -> None:
    values = value("1-1-1", "3", year=2023) | value("1-1-1", "3", location="norr")
    report = a_report({"mått": "antal", "krav": "minst 2"}, values=values)
    assert outcome_of(report).outcome.reason is NotMeasured.ROW_MISSING


def test_a_published_figure_of_any_indicator_goes_before_its_tables() -> None:
    rows = table(deltagare=people(4, 6))
    outcome = outcome_of(a_report(BALANCE, participants=rows, values=value("1-1-1", "81 %"))).outcome
    assert (outcome.value, outcome.basis) == (Fraction(81, 100), Basis.PUBLISHED)


# Stories and descriptions

STORIES = {"mått": "berättelser", "krav": "minst 2"}


def test_stories_that_name_the_indicator_are_counted() -> None:
    report = a_report(STORIES, stories=(a_story("1.1.1"), a_story("1.1.1"), a_story("1.1.2")))
    assert outcome_of(report).outcome.value == 2


def test_no_story_is_none_and_red() -> None:
    result = outcome_of(a_report(STORIES))
    assert (result.outcome.value, result.signal) == (Fraction(0), Signal.RED)


def test_a_unit_counts_its_own_stories_and_those_of_all() -> None:
    stories = (a_story("1.1.1", "norr"), a_story("1.1.1", "soder"), a_story("1.1.1"))
    report = a_report(STORIES, units=UNITS, stories=stories)
    assert outcome_of(report, "norr").outcome.value == 2
    assert outcome_of(report).outcome.value == 3


def test_a_description_is_a_text_that_names_the_indicator() -> None:
    indicator = {"mått": "beskrivning", "krav": "minst 1"}
    assert outcome_of(a_report(indicator, texts=(a_text("1.1.1"),))).signal is Signal.GREEN
    assert outcome_of(a_report(indicator, texts=(a_text("1.1.2"),))).signal is Signal.RED


@pytest.mark.parametrize(
    ("written", "cells"), [("3 personer", (EnteredCell(ASSOCIATION, "1.1.1"),)), ("3 st", None)]
)
def test_a_count_tells_whether_persons_are_counted(written: str, cells: tuple[Cell, ...] | None) -> None:
    """So that few of them can be protected."""
    (count,) = outcome_of(
        a_report({"mått": "antal", "krav": "minst 1"}, values=value("1-1-1", written))
    ).outcome.ratios
    assert getattr(count.part, "cells", None) == cells


# Assessment and attested

ASSESSMENT = {"mått": "bedömning", "skala": "tregradig", "krav": "minst 2"}
ATTESTED = {"mått": "intyg", "krav": "uppfyllt"}


@pytest.mark.parametrize(("number", "signal"), [(1, Signal.RED), (2, Signal.GREEN), (3, Signal.GREEN)])
def test_an_assessment_is_the_number_of_its_grade(number: int, signal: Signal) -> None:
    grades = {(ASSOCIATION, "1.1.1"): Grade(number, "Styrelsen", "Skälet", HERE)}
    result = outcome_of(a_report(ASSESSMENT, grades=grades))
    assert (result.outcome.value, result.signal) == (Fraction(number), signal)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("minst 2", "minst 2 (Godkänt)"),
        ("minst 2,5", "minst 2,5"),
        ("2–3", "2–3"),
        ("inte satt", "inte satt"),
    ],
)
def test_the_target_of_an_assessment_names_its_grade(target: str, told: str) -> None:
    assert outcome_of(a_report({**ASSESSMENT, "krav": target})).indicator.target.text == told


def test_an_assessment_tells_the_word_who_set_it_and_why() -> None:
    grades = {(ASSOCIATION, "1.1.1"): Grade(3, "Styrelsen", "Skälet", HERE)}
    report = a_report(ASSESSMENT, grades=grades)
    (scale,) = report.budget.grade_scales
    other = scale.model_copy(update={"id": "annan", "grades": ("Ett", "Två", "Tre")})
    budget = report.budget.model_copy(update={"grade_scales": (other, scale)})
    outcome = outcome_of(replace(report, budget=budget)).outcome
    assert outcome.label == "Starkt"
    assert outcome.source == "Styrelsen: Skälet"


@pytest.mark.parametrize(("met", "signal"), [(True, Signal.GREEN), (False, Signal.RED)])
def test_what_is_attested_is_met_or_not(met: bool, signal: Signal) -> None:
    stated = {(ASSOCIATION, "1.1.1"): Attestation(met, "Revisorn", "Protokollet", HERE)}
    result = outcome_of(a_report(ATTESTED, attestations=stated))
    assert (result.signal, result.outcome.source) == (signal, "Revisorn, Protokollet")


@pytest.mark.parametrize("indicator", [ASSESSMENT, ATTESTED])
def test_what_nobody_has_stated_is_not_measured(indicator: dict[str, str]) -> None:
    assert outcome_of(a_report(indicator)).outcome.reason is NotMeasured.NOT_STATED


# Composite

LEVELS = answers({"Ja": 70, "Nej": 30})
PARTS = (ANSWERS, {**ANSWERS, "krav": "minst 60 %"})
ALL_PARTS: dict[str, Any] = {
    "mått": "sammansatt", "krav": "uppfyllt", "indikatorer": ["1.1.1", "1.1.2"],
}  # fmt: skip


def test_a_composite_is_met_when_every_part_meets_its_own_target() -> None:
    met = outcomes_of(a_report(*PARTS, ALL_PARTS, answers=answers({"Ja": 80, "Nej": 20})))[-1]
    missed = outcomes_of(a_report(*PARTS, ALL_PARTS, answers=LEVELS))[-1]
    assert (met.signal, missed.signal) == (Signal.GREEN, Signal.RED)
    assert (missed.outcome.numerator, missed.outcome.denominator) == (1, 2)


def test_an_empty_group_that_is_balanced_meets_any_level() -> None:
    composite = {**ALL_PARTS, "indikatorer": ["1.1.1"], "nivå": "minst 50 %"}
    report = a_report(BALANCE, composite, participants=table(deltagare=people(0, 0)))
    assert outcomes_of(report)[-1].signal is Signal.GREEN


@pytest.mark.parametrize(("level", "signal"), [("minst 70 %", Signal.GREEN), ("minst 71 %", Signal.RED)])
def test_a_composite_may_state_the_level_that_its_parts_must_meet(level: str, signal: Signal) -> None:
    composite = {**ALL_PARTS, "nivå": level}
    assert outcomes_of(a_report(*PARTS, composite, answers=LEVELS))[-1].signal is signal


def test_a_level_of_fulfilled_means_each_parts_own_target() -> None:
    composite = {**ALL_PARTS, "nivå": "uppfyllt"}
    met = outcomes_of(a_report(*PARTS, composite, answers=answers({"Ja": 80, "Nej": 20})))[-1]
    missed = outcomes_of(a_report(*PARTS, composite, answers=LEVELS))[-1]
    assert (met.signal, missed.signal) == (Signal.GREEN, Signal.RED)


def test_composites_of_composites_are_measured_once_each() -> None:
    """25 levels of two parts each are more than 30 million ways down."""
    levels = [{**ALL_PARTS, "id": f"n{n}{side}", "indikatorer": [f"n{n - 1}a", f"n{n - 1}b"]}
              for n in range(1, 26) for side in "ab"]  # fmt: skip
    bottom = [{**ANSWERS, "id": f"n0{side}"} for side in "ab"]
    results = outcomes_of(a_report(*bottom, *levels, answers=answers({"Ja": 9, "Nej": 1})))
    assert {result.signal for result in results} == {Signal.GREEN}


def test_a_composite_with_an_unmeasured_part_is_not_measured() -> None:
    other: dict[AnswerKey, tuple[AnswerCount, ...]] = LEVELS
    report = a_report(ANSWERS, {"mått": "antal", "krav": "minst 1"}, ALL_PARTS, answers=other)
    assert outcomes_of(report)[-1].outcome.reason is NotMeasured.PART_NOT_MEASURED


def test_a_part_that_is_close_to_its_target_does_not_meet_it() -> None:
    report = a_report(*PARTS, ALL_PARTS, answers=answers({"Ja": 79, "Nej": 21}))
    first, _, composite = outcomes_of(report)
    assert (first.signal, composite.signal) == (Signal.ORANGE, Signal.RED)


# Dropped


@pytest.mark.parametrize(
    ("counted", "reason"), [(answers({"Ja": 9}), NotMeasured.DROPPED), ({}, NotMeasured.NOT_ASKED)]
)
def test_an_indicator_that_is_dropped_has_no_signal_even_with_an_outcome(
    counted: dict[AnswerKey, tuple[AnswerCount, ...]], reason: NotMeasured
) -> None:
    result = outcome_of(a_report({**ANSWERS, "utgår": "Skälet."}, answers=counted))
    assert (result.signal, result.outcome.reason) == (None, reason)
