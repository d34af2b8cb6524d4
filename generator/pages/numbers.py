"""Numbers written out for Swedish readers. Rounding happens here, once, and nowhere else."""

import datetime
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from generator.model.periods import MONTHS
from generator.model.quantities import Limit, Rounding, decimals_of, honest_decimals, rounded

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
WORDS = ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_OF_ONE = {
    "procentenheter": "procentenhet", "personer": "person", "kronor": "krona", "möten": "möte",
    "dagar": "dag", "veckor": "vecka", "månader": "månad", "timmar": "timme",
}  # fmt: skip
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:procent|kronor|kr|tkr|personer|st)\b|%|\d{3}\b)")
NOT_NOUGHT = tuple(Limit(Fraction(0), is_floor, strict=True) for is_floor in (True, False))
_once = lru_cache(maxsize=10_000)  # the same numbers stand on many pages


def decimal_text(number: Fraction, decimals: int = 0, rounding: Rounding = Rounding.HALF_UP) -> str:
    """”1 234,5” with non-breaking spaces and a real minus sign."""
    exact = rounded(number, decimals, rounding)
    whole, part = divmod(abs(exact.numerator) * 10**decimals // exact.denominator, 10**decimals)
    text = f"{whole:,}".replace(",", NBSP) + (f",{part:0{decimals}}" if decimals else "")
    return f"{MINUS}{text}" if exact.numerator < 0 else text


@_once
def plain_number(
    number: Fraction, most: int = 2, limits: tuple[Limit, ...] = (), rounding: Rounding = Rounding.HALF_UP
) -> str:
    """With the decimals it has, `most` of them but for `limits`. What is not nought is not written 0."""
    fewest = decimals_of(number, most)
    decimals = honest_decimals(number, rounding, (*limits, *NOT_NOUGHT), 1, fewest)
    return decimal_text(number, decimals, rounding)


def percent(share: Fraction, rounding: Rounding, limits: tuple[Limit, ...] = ()) -> str:
    """A share as ”77 %”, with decimals only where rounding would contradict the signal."""
    return f"{percent_number(share, rounding, limits)}{NBSP}%"


@_once
def percent_number(
    share: Fraction, rounding: Rounding, limits: tuple[Limit, ...] = (), fewest: int = 0
) -> str:
    """A share in percent without the sign: ”77”; with so many decimals at the fewest."""
    return decimal_text(share * 100, honest_decimals(share, rounding, limits, fewest=fewest), rounding)


def points(difference: Fraction, rounding: Rounding, limits: Sequence[Limit] = ()) -> str:
    """A difference of shares as ”2 procentenheter”; the word is long, so a line may break before it."""
    decimals = honest_decimals(difference, rounding, limits)
    number = decimal_text(difference * 100, decimals, rounding)
    return f"{number} {unit_word('procentenheter', rounded(difference * 100, decimals, rounding))}"


def unit_word(unit: str, number: Fraction) -> str:
    """”dagar”, and ”dag” of one."""
    return _OF_ONE.get(unit, unit) if number in (1, -1) else unit


def typographic(text: str) -> str:
    """Non-breaking spaces inside numbers and between a number and its unit."""
    return _NUMBER_AND_UNIT.sub(NBSP, text)


def between(first: Fraction | None, other: Fraction | None) -> tuple[Limit, ...]:
    """A limit between two figures that differ. With it they never read the same, however they are rounded."""
    if first is None or other is None or first == other:
        return ()
    return (Limit((first + other) / 2, is_floor=True, strict=True),)


@_once
def count(number: int | Fraction) -> str:
    """”1 234” with a non-breaking space, and an amount with the decimals it has."""
    return plain_number(Fraction(number))


def number_word(number: int, single: str = "en", beside: int = 0) -> str:
    """”nio”, ”14”: as numbers are written in running text; `single` is ”ett” before words that take it.

    Beside a number that has no word more than one is not written as a word either: ”9 av 14”.
    """
    if single == "ett" and number <= 1:
        return single if number else "inget"
    return WORDS[number] if number <= 1 or max(number, beside) < len(WORDS) else count(number)


def of_all(number: int, total: int, single: str = "en") -> str:
    """”nio av tolv”, ”9 av 14”"""
    return f"{number_word(number, single, total)} av {number_word(total, single)}"


def long_date(date: datetime.date) -> str:
    """”25 mars 2022”"""
    return f"{day_and_month(date)}{NBSP}{date.year}"


def day_and_month(date: datetime.date) -> str:
    """”25 mars”"""
    return f"{date.day}{NBSP}{MONTHS[date.month - 1]}"


def day_or_month(written: str) -> str:
    """”25 mars 2022” of 2022-03-25, ”mars 2022” of 2022-03"""
    if len(written) == len("2022-03-25"):
        return long_date(datetime.date.fromisoformat(written))
    year, month = written.split("-")
    return f"{MONTHS[int(month) - 1]}{NBSP}{year}"
