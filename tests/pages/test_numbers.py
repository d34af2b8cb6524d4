"""Numbers as Swedish readers meet them."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.quantities import Limit, Rounding, parse_number
from generator.pages.numbers import (
    between,
    count,
    decimal_text,
    long_date,
    number_word,
    percent,
    plain_number,
    points,
    typographic,
)
from generator.pages.wording import outcome_text
from tests.support import of_cost, outcome_of, people, plain

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
UP, DOWN = Rounding.HALF_UP, Rounding.HALF_DOWN


def at_least(percentage: int) -> tuple[Limit, ...]:
    return (Limit(Fraction(percentage, 100), is_floor=True),)


def at_most(percentage: int) -> tuple[Limit, ...]:
    return (Limit(Fraction(percentage, 100), is_floor=False),)


def test_thousands_are_divided_by_a_space_that_does_not_break() -> None:
    assert count(1234567) == f"1{NBSP}234{NBSP}567"


@pytest.mark.parametrize("glued", ["minst 80_%", "7_000_kronor i år", "3 av 5 mål", "12 procentenheter"])
def test_what_is_written_is_not_broken_within_a_number_or_before_its_unit(glued: str) -> None:
    assert typographic(glued.replace("_", " ")) == glued.replace("_", NBSP)


def test_decimals_follow_a_comma() -> None:
    assert decimal_text(Fraction(5, 2), 1) == "2,5"
    assert decimal_text(Fraction(2), 2) == "2,00"


def test_a_negative_number_has_a_real_minus_sign() -> None:
    assert decimal_text(Fraction(-3, 10), 1) == f"{MINUS}0,3"


def test_a_negative_number_that_rounds_to_nothing_has_no_sign() -> None:
    assert decimal_text(Fraction(-1, 1000)) == "0"


def test_a_percentage_and_its_sign_are_kept_together() -> None:
    assert percent(Fraction(247, 319), UP) == f"77{NBSP}%"


def test_what_is_not_nought_is_not_written_as_nought() -> None:
    assert plain_number(Fraction(4, 1000)) == "0,004"
    assert plain_number(Fraction(-4, 1000)) == f"{MINUS}0,004"
    assert plain_number(Fraction(0)) == "0"


@given(st.fractions(0, 1, max_denominator=400), st.fractions(0, 1, max_denominator=400))
def test_two_shares_that_differ_read_differently_with_a_limit_between_them(
    first: Fraction, other: Fraction
) -> None:
    limits = between(first, other)
    assert (percent(first, UP, limits) == percent(other, UP, limits)) == (first == other)


def test_halves_are_rounded_as_the_rules_say() -> None:
    assert percent(Fraction(5, 8), UP) == f"63{NBSP}%"
    assert percent(Fraction(5, 8), DOWN) == f"62{NBSP}%"
    assert percent(Fraction(7, 8), DOWN) == f"87{NBSP}%"


def test_79_6_percent_of_at_least_80_is_never_shown_as_80() -> None:
    assert percent(Fraction(199, 250), UP, at_least(80)) == f"79,6{NBSP}%"


@pytest.mark.parametrize(
    ("share", "limits", "shown"),
    [
        (Fraction(4, 5), at_least(80), "80"),
        (Fraction(796, 1000), at_least(81), "80"),  # no contradiction
        (Fraction(79996, 100000), at_least(80), "79,996"),
        (Fraction(104, 1000), at_most(10), "10,4"),
        (Fraction(95, 1000), at_most(10), "10"),
        (Fraction(2, 3), (), "67"),
    ],
)
def test_decimals_are_shown_only_where_rounding_would_contradict_the_signal(
    share: Fraction, limits: tuple[Limit, ...], shown: str
) -> None:
    assert percent(share, UP, limits) == f"{shown}{NBSP}%"


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 100), st.sampled_from(Rounding))
def test_the_shown_percentage_never_contradicts_the_signal(
    part: int, more: int, target: int, rounding: Rounding
) -> None:
    share = Fraction(part, part + more)
    written = percent(share, rounding, at_least(target)).removesuffix(f"{NBSP}%")
    shown = parse_number(written, is_typed=False)
    assert (shown >= target) == (share * 100 >= target)


def test_percentage_points_are_written_out() -> None:
    assert plain(points(Fraction(2, 100), UP)) == "2 procentenheter"
    assert plain(points(Fraction(1, 100), UP)) == "1 procentenhet"


def test_a_plain_number_has_the_decimals_it_needs_and_two_at_the_most() -> None:
    assert [plain_number(Fraction(n)) for n in ("3", "5/2", "1/3")] == ["3", "2,5", "0,33"]


def test_a_date_is_written_out_in_swedish() -> None:
    assert long_date(datetime.date(2022, 3, 25)) == f"25{NBSP}mars{NBSP}2022"


def test_what_is_counted_together_is_written_in_words_or_in_figures() -> None:
    assert [number_word(9, beside=12), number_word(12)] == ["nio", "tolv"]
    assert [number_word(9, beside=14), number_word(14)] == ["9", "14"]
    assert [number_word(number, beside=14) for number in (0, 1)] == ["ingen", "en"]


def test_none_of_a_word_that_takes_ett_is_inget() -> None:
    assert [number_word(number, "ett") for number in (0, 1, 2)] == ["inget", "ett", "två"]
    assert [number_word(number) for number in (0, 1)] == ["ingen", "en"]


@pytest.mark.parametrize(("rounding", "text"), [(UP, "2,13 kronor"), (DOWN, "2,12 kronor")])
def test_an_outcome_that_is_no_share_is_rounded_as_the_report_says(rounding: Rounding, text: str) -> None:
    cost = {"mått": "kvot", "belopp": {"tabell": "kostnad"}, "nämnare": "deltagare", "krav": "minst 1 kronor"}
    assert plain(outcome_text(outcome_of(of_cost(cost, people(4, 4), Fraction(17))), rounding)) == text
