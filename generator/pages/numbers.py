"""Numbers written out for Swedish readers. Rounding happens here, once, and nowhere else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

from generator.model.quantities import Rounding, decimals_of, rounded
from generator.model.results import Limit

LOCALE = "sv_SE"
NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
MAX_DECIMALS = 4
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:procent|kronor|kr|tkr|personer|st)\b|%|\d{3}\b)")


def decimal_text(number: Fraction, decimals: int = 0, rounding: Rounding = Rounding.HALF_UP) -> str:
    """”1 234,5” with non-breaking spaces and a real minus sign."""
    exact = rounded(number, decimals, rounding)
    digits = Context(prec=60).divide(Decimal(exact.numerator), Decimal(exact.denominator))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(digits, format=pattern, locale=LOCALE, decimal_quantization=False)
    return text.replace("-", MINUS)


def plain_number(number: Fraction, most: int = 2) -> str:
    """A number with the decimals it has, `most` at the most."""
    return decimal_text(number, decimals_of(number, most))


def percent(share: Fraction, rounding: Rounding, limits: Iterable[Limit] = ()) -> str:
    """A share as ”77 %”, with decimals only where rounding would contradict the signal."""
    return f"{percent_number(share, rounding, limits)}{NBSP}%"


def percent_number(share: Fraction, rounding: Rounding, limits: Iterable[Limit] = ()) -> str:
    """A share in percent without the sign: ”77”."""
    return decimal_text(share * 100, honest_decimals(share, rounding, limits), rounding)


def points(difference: Fraction, rounding: Rounding, limits: Iterable[Limit] = ()) -> str:
    """A difference of shares as ”2 procentenheter”; the word is long, so a line may break before it."""
    decimals = honest_decimals(difference, rounding, limits)
    number = decimal_text(difference * 100, decimals, rounding)
    is_one = rounded(difference * 100, decimals, rounding) in (1, -1)
    return f"{number} {'procentenhet' if is_one else 'procentenheter'}"


def honest_decimals(share: Fraction, rounding: Rounding, limits: Iterable[Limit]) -> int:
    """The fewest decimals in percent with which the shown figure keeps the same limits as the exact one."""
    limits = list(limits)
    for decimals in range(MAX_DECIMALS):
        shown = rounded(share * 100, decimals, rounding) / 100
        if all(limit.is_kept_by(shown) == limit.is_kept_by(share) for limit in limits):
            return decimals
    return MAX_DECIMALS


def typographic(text: str) -> str:
    """Non-breaking spaces inside numbers and between a number and its unit."""
    return _NUMBER_AND_UNIT.sub(NBSP, text)


def count(number: int) -> str:
    """”1 234” with a non-breaking space."""
    return decimal_text(Fraction(number))


def long_date(date: datetime.date) -> str:
    """”25 mars 2022”"""
    return format_date(date, "d MMMM y", locale=LOCALE).replace(" ", NBSP)


def bar(part: Fraction | int, whole: Fraction | int) -> float:
    """The length of a bar in percent of the longest, 0-100."""
    if not whole:
        return 0.0
    return round(float(Fraction(part) / Fraction(whole) * 100), 2)
