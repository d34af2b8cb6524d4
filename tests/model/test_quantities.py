"""Numbers, quantities and targets as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.quantities import (
    Kind,
    Quantity,
    Rounding,
    Target,
    UnclearNumberError,
    parse_number,
    parse_quantity,
    parse_target,
    rounded,
)

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        ("0,3", Fraction(3, 10)),
        ("0.3", Fraction(3, 10)),
        ("-0,3", Fraction(-3, 10)),
        (f"{MINUS}0,3", Fraction(-3, 10)),
        ("+0,3", Fraction(3, 10)),
        ("1 234", 1234),
        ("1.234.567", 1234567),
        ("1.234,50", Fraction(2469, 2)),
        ("1’234’567,5", Fraction(2469135, 2)),
        ("−1.234.567,5", Fraction(-2469135, 2)),
        (f"1{NBSP}234,5", Fraction(2469, 2)),
        (f"1{THIN}234{THIN}567", 1234567),
        ("0,1", Fraction(1, 10)),  # exact, not the nearest binary fraction
    ],
)
def test_a_number_is_read_exactly(written: str, number: Fraction) -> None:
    assert parse_number(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "tolv", "1,2,3", "1.2345,5", "12 %", "--3", "1e3", "½", "0x1f",
     "1 2 7", "12 34", "1 2345", "1 234 5", "1.234.56", "1234.567.890", "1,234,567",
     "1234567890123", "0,1234567890123"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse_number(written)


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("12.345", "Skriv 12345, eller 12 345. Är det decimaler: skriv 12,3450."),
        ("1,000", "Skriv 1000, eller 1 000. Är det decimaler: skriv 1,0000."),
        ("−2.291", "Skriv −2291, eller −2 291. Är det decimaler: skriv −2,2910."),
        ("1 234.567", "Skriv 1234567, eller 1 234 567. Är det decimaler: skriv 1 234,5670."),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused_with_both(written: str, remedy: str) -> None:
    with pytest.raises(UnclearNumberError) as raised:
        parse_number(written)
    assert raised.value.remedy == remedy


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.345", Fraction(345, 1000)),
        ("1234,567", Fraction(1234567, 1000)),
        ("12,3450", Fraction(12345, 1000)),
        ("12,34", Fraction(1234, 100)),
    ],
)
def test_what_can_only_be_decimals_or_thousands_is_read(written: str, number: Fraction) -> None:
    assert parse_number(written) == number


def test_what_a_program_wrote_is_decimals() -> None:
    assert parse_number("12,345", is_typed=False) == Fraction(12345, 1000)


@pytest.mark.parametrize(
    ("written", "quantity"),
    [
        ("81 %", Quantity(Fraction(81, 100), Kind.SHARE)),
        ("81%", Quantity(Fraction(81, 100), Kind.SHARE)),
        (f"81{NBSP}%", Quantity(Fraction(81, 100), Kind.SHARE)),
        ("81 procent", Quantity(Fraction(81, 100), Kind.SHARE)),
        ("5 procentenheter", Quantity(Fraction(5, 100), Kind.POINTS)),
        ("1 procentenhet", Quantity(Fraction(1, 100), Kind.POINTS)),
        ("2", Quantity(Fraction(2), Kind.NUMBER)),
        ("2 st", Quantity(Fraction(2), Kind.NUMBER, "st")),
        ("1 200 kronor", Quantity(Fraction(1200), Kind.NUMBER, "kronor")),
    ],
)
def test_a_quantity_has_a_kind_and_a_unit(written: str, quantity: Quantity) -> None:
    assert parse_quantity(written) == quantity


@pytest.mark.parametrize(
    ("written", "kind", "low", "high"),
    [
        ("minst 80 %", Kind.SHARE, Fraction(80, 100), None),
        ("Minst 80%", Kind.SHARE, Fraction(80, 100), None),
        (f"minst{NBSP}80{NBSP}%", Kind.SHARE, Fraction(80, 100), None),
        ("minst 62,5 procent", Kind.SHARE, Fraction(5, 8), None),
        ("högst 10 %", Kind.SHARE, None, Fraction(10, 100)),
        ("40–60 %", Kind.SHARE, Fraction(40, 100), Fraction(60, 100)),
        ("40-60 %", Kind.SHARE, Fraction(40, 100), Fraction(60, 100)),
        ("40 – 60 %", Kind.SHARE, Fraction(40, 100), Fraction(60, 100)),
        ("40 % – 60 %", Kind.SHARE, Fraction(40, 100), Fraction(60, 100)),
        ("högst 20 procentenheter", Kind.POINTS, None, Fraction(20, 100)),
        ("minst 2", Kind.NUMBER, Fraction(2), None),
        ("minst 1 000 kronor", Kind.NUMBER, Fraction(1000), None),
        (f"minst {MINUS}2 procentenheter", Kind.POINTS, Fraction(-2, 100), None),
        ("3–5", Kind.NUMBER, Fraction(3), Fraction(5)),
    ],
)
def test_a_target_is_read_as_people_say_it(
    written: str, kind: Kind, low: Fraction | None, high: Fraction | None
) -> None:
    target = parse_target(written)
    assert (target.kind, target.low, target.high, target.strict) == (kind, low, high, False)


def test_a_decrease_is_less_than_nothing_of_any_kind() -> None:
    assert parse_target("minskning") == Target("minskning", None, high=Fraction(0), strict=True)


def test_an_increase_is_more_than_nothing_of_any_kind() -> None:
    assert parse_target("Ökning") == Target("Ökning", None, low=Fraction(0), strict=True)


def test_a_fulfilled_target_has_no_limits() -> None:
    assert parse_target("uppfyllt") == Target("uppfyllt", Kind.VERDICT)


def test_a_target_remembers_its_unit() -> None:
    assert parse_target("minst 1 000 kronor").unit == "kronor"


def test_a_target_keeps_the_authors_words() -> None:
    assert parse_target("  minst   80 % ").text == "minst 80 %"


@pytest.mark.parametrize(
    "written",
    ["", "80 %", "cirka 80 %", "minst", "minst %", "60–40 %", "över 80 %", "minst 8O %",
     "minst 80 % och högst 90 %", "högst minst 3", ">= 80", "minskning 3"],
)  # fmt: skip
def test_a_target_that_can_be_misread_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        parse_target(written)


@pytest.mark.parametrize("unit", ["procnet", "procentenehter", "procent enheter", "% enheter", "prosent"])
def test_a_misspelt_percentage_is_refused_and_not_taken_for_a_unit(unit: str) -> None:
    with pytest.raises(ValueError):
        parse_target(f"högst 20 {unit}")
    with pytest.raises(ValueError):
        parse_quantity(f"20 {unit}")


# Rounding

numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=997)
decimals = st.integers(min_value=0, max_value=4)
roundings = st.sampled_from(Rounding)


@pytest.mark.parametrize(
    ("rounding", "half", "written"),
    [
        (Rounding.HALF_UP, Fraction(125, 2), 63),
        (Rounding.HALF_DOWN, Fraction(125, 2), 62),  # 5 of 8, as printed in 2017
        (Rounding.HALF_UP, Fraction(175, 2), 88),
        (Rounding.HALF_DOWN, Fraction(175, 2), 87),  # 7 of 8
        (Rounding.HALF_UP, Fraction(-1, 2), -1),
        (Rounding.HALF_DOWN, Fraction(-1, 2), 0),
        (Rounding.HALF_DOWN, Fraction(1251, 20), 63),  # 62.55 is no half
    ],
)
def test_a_half_goes_where_the_rule_says(rounding: Rounding, half: Fraction, written: int) -> None:
    assert rounded(half, 0, rounding) == written


@given(numbers, decimals, roundings)
def test_a_rounded_number_has_no_more_decimals_than_asked_for(
    number: Fraction, decimals: int, rounding: Rounding
) -> None:
    assert (rounded(number, decimals, rounding) * 10**decimals).denominator == 1


@given(numbers, decimals, roundings)
def test_no_number_with_as_many_decimals_is_nearer(
    number: Fraction, decimals: int, rounding: Rounding
) -> None:
    assert abs(rounded(number, decimals, rounding) - number) <= Fraction(1, 2 * 10**decimals)


@given(numbers, decimals, roundings)
def test_rounding_twice_is_rounding_once(number: Fraction, decimals: int, rounding: Rounding) -> None:
    once = rounded(number, decimals, rounding)
    assert rounded(once, decimals, rounding) == once


@given(numbers, numbers, decimals, roundings)
def test_rounding_keeps_the_order(
    first: Fraction, second: Fraction, decimals: int, rounding: Rounding
) -> None:
    low, high = sorted((first, second))
    assert rounded(low, decimals, rounding) <= rounded(high, decimals, rounding)


@given(numbers, decimals, roundings)
def test_a_loss_is_rounded_like_a_gain(number: Fraction, decimals: int, rounding: Rounding) -> None:
    assert rounded(-number, decimals, rounding) == -rounded(number, decimals, rounding)


@given(st.integers(min_value=-(10**11), max_value=10**11), st.integers(min_value=0, max_value=1))
def test_what_is_written_out_is_read_back(number: int, decimals: int) -> None:
    exact = Fraction(number, 10**decimals)
    sign = MINUS if exact < 0 else ""
    whole, rest = divmod(abs(number), 10**decimals)
    written = f"{sign}{whole:,}".replace(",", NBSP) + (f",{rest:0{decimals}}" if decimals else "")
    assert parse_number(written) == exact


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("–1 150", -1150),
        ("—1150", -1150),
        ("\u20111150", -1150),
        ("1\u200b150", 1150),
        ("−840", -840),
        ("(840)", -840),
        ("1200-", -1200),
        ("1\u00a0200 –", -1200),
        ("30,0", 30),
    ],
)
def test_a_number_is_read_as_people_type_it(written: str, number: int) -> None:
    assert parse_number(written) == number


@pytest.mark.parametrize("written", ["-", "–", "—", "--", "(1.234)", "1.234-"])
def test_a_number_with_two_meanings_is_asked_about(written: str) -> None:
    with pytest.raises(UnclearNumberError):
        parse_number(written)


@pytest.mark.parametrize("written", ["-(840)", "-840-", "(-840)", "()", "(", "840(", "1-2"])
def test_what_is_no_number_is_none(written: str) -> None:
    with pytest.raises(ValueError) as raised:
        parse_number(written)
    assert not isinstance(raised.value, UnclearNumberError)


@pytest.mark.parametrize(
    ("written", "limit", "kept"),
    [
        ("mer än 30 %", Fraction(3, 10), False),
        ("högre än 2", Fraction(2), False),
        ("minst 2", Fraction(2), True),
    ],
)
def test_more_than_a_limit_leaves_it_out(written: str, limit: Fraction, kept: bool) -> None:
    assert parse_target(written).limits[0].is_kept_by(limit) is kept


def test_less_than_a_reference_is_a_ceiling() -> None:
    target = parse_target("mindre än riket")
    assert (target.against, target.at_most, target.strict) == ("riket", True, True)
