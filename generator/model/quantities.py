"""Exact quantities and the targets they are compared with."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache

from generator.model.frozen import Frozen
from generator.model.names import NO_WIDTH, name_key

_once = lru_cache(maxsize=10_000)  # tables, and each sum of them, have the same numbers


class Kind(Enum):
    """What a number is. A share and a difference of shares are fractions: 80 % is 4/5, 5 points 1/20."""

    SHARE = "procent"
    POINTS = "procentenheter"
    NUMBER = "tal"
    VERDICT = "omdöme"

    @property
    def scale(self) -> int:
        """What a number is multiplied by when it is told: shares are told in percent."""
        return 1 if self is Kind.NUMBER else 100


class Rounding(StrEnum):
    """What becomes of a half."""

    HALF_UP = "halva uppåt"
    HALF_DOWN = "halva nedåt"


def rounded(number: Fraction, decimals: int, rounding: Rounding) -> Fraction:
    """A number with at most so many decimals. Halves go away from zero, or towards it (HALF_DOWN)."""
    numerator, denominator = number.numerator, number.denominator  # fractions of fractions take long
    whole, rest = divmod(abs(numerator) * 10**decimals, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and rounding is Rounding.HALF_UP):
        whole += 1
    return Fraction(whole if numerator >= 0 else -whole, 10**decimals)


def decimals_of(number: Fraction, most: int) -> int:
    """How many decimals a number has, `most` at the most."""
    return next((count for count in range(most) if 10**count % number.denominator == 0), most)


@_once
def half_step(number: Fraction) -> Fraction:
    """How much rounding can have changed a number: half of the last decimal that it is written with."""
    return Fraction(1, 2 * 10 ** decimals_of(number, most=6))


class Quantity(Frozen):
    """An exact number and its kind. `unit` is the word after a plain number: ”st”, ”kronor”, ””."""

    value: Fraction
    kind: Kind
    unit: str = ""

    @property
    def told(self) -> Fraction:
        """The number as it is said: 80 of 80 %."""
        return self.value * self.kind.scale

    @property
    def in_what(self) -> str:
        """”i dagar”, ”i procent” or ”utan måttenhet”."""
        unit = self.unit or ("" if self.kind is Kind.NUMBER else self.kind.value)
        return f"i {unit.casefold()}" if unit else "utan måttenhet"


class Limit(Frozen):
    """A value at which a verdict changes. The better side lies above a floor and below a ceiling."""

    value: Fraction
    is_floor: bool
    strict: bool = False

    def is_kept_by(self, value: Fraction) -> bool:
        own = self.value  # whole numbers are compared, since to compare fractions takes long
        difference = value.numerator * own.denominator - own.numerator * value.denominator
        return (difference > 0) == self.is_floor if difference else not self.strict

    def __hash__(self) -> int:
        return self.value.numerator  # that of a fraction takes long


MAX_DECIMALS = 4


def honest_decimals(
    number: Fraction, rounding: Rounding, limits: Sequence[Limit], scale: int = 100, fewest: int = 0
) -> int:
    """The fewest decimals with which the shown figure keeps the same limits as the exact one.

    It is shown as so many times the number: a share in percent.
    """
    if not limits:
        return fewest
    for decimals in range(fewest, MAX_DECIMALS):
        shown = rounded(number * scale, decimals, rounding) / scale
        if shown == number or all(limit.is_kept_by(shown) == limit.is_kept_by(number) for limit in limits):
            return decimals
    return MAX_DECIMALS


# Figures of one's own that a target may be set against, by name key: how many years ago they are.
OWN_YEARS = {
    "forra-aret": range(1, 2),
    "snittet-av-tre-ar": range(1, 4),
    "okning-over-tre-ar": range(1, 3),
    "minskning-over-tre-ar": range(1, 3),
}


class Target(Frozen):
    """What an outcome is compared with.

    `low` and `high` are limits in the unit of `kind` (a share for percent); None is no limit. They are
    inclusive unless `strict`. `kind` is None when only the direction matters (a decrease of anything).
    A VERDICT has no limits: a named body states whether it is met. A target that was never set has
    neither kind nor limits; nor has one `against` a reference, by name key, before that is known. Where units
    have targets of their own, `own` are these by name key, and the target itself is any of them.
    """

    text: str
    kind: Kind | None
    low: Fraction | None = None
    high: Fraction | None = None
    strict: bool = False
    unit: str = ""
    own: tuple[tuple[str, Target], ...] = ()
    against: str = ""
    at_most: bool = False  # of a reference

    @property
    def each(self) -> tuple[Target, ...]:
        """It, and those of units that have their own."""
        return self, *(target for _, target in self.own)

    @property
    def is_trend(self) -> bool:
        """Whether it is a direction over years, from the earliest of them."""
        return self.against.endswith("over-tre-ar")

    @property
    def years_before(self) -> range:
        """How many years ago those are that it is set against, where these are the unit's own."""
        return OWN_YEARS.get(self.against, range(0))

    def resolved(self, references: Sequence[Quantity]) -> Target:
        """With references, at least one, for its limit: their mean, or of a direction the earliest."""
        first, *_ = references
        mean = sum((each.value for each in references), Fraction(0)) / len(references)
        limit = references[-1].value if self.is_trend else mean
        low, high = (None, limit) if self.at_most else (limit, None)
        return replace(self, kind=first.kind, unit=first.unit, low=low, high=high)

    @property
    def is_set(self) -> bool:
        return self.kind is not None or self.low is not None or self.high is not None

    def is_possible(self, *, exceeds: bool) -> bool:
        """Whether something could meet it; see `is_possible`."""
        kind, values = self.kind, (limit.value for limit in self.limits)
        return kind is None or all(is_possible(value, kind, exceeds=exceeds) for value in values)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The values at which it begins or ceases to be met."""
        floor = () if self.low is None else (Limit(self.low, True, self.strict),)
        ceiling = () if self.high is None else (Limit(self.high, False, self.strict),)
        return floor + ceiling


TARGET_EXAMPLES = (
    "minst 80 %, högst 10 %, 40–60 %, högst 20 procentenheter, minst 2, minst riket, mer än förra året,"
    " ökning över tre år, minskning, ökning, uppfyllt, inte satt"
)

_NUMBER = r"[−–-]?\d[\d\s]*(?:[.,]\d+)?"
_UNIT = r"(?P<unit>[^\d\s][^\d]*)?"
_SIDE = "(?:minst|(?P<above>mer än|högre än)|(?P<ceiling>högst|(?P<below>mindre än|lägre än)))"
_ONE_LIMIT = re.compile(rf"{_SIDE}\s+(?P<limit>{_NUMBER})\s*{_UNIT}", re.IGNORECASE)
_REFERENCE = re.compile(rf"{_SIDE}\s+(?P<name>[^\d%]{{3,}})", re.IGNORECASE)
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\s*%?\s*[–—-]\s*(?P<high>{_NUMBER})\s*{_UNIT}")
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s*{_UNIT}")
_WORDS = {"minskning": (None, Fraction(0)), "ökning": (Fraction(0), None)}
_TREND = re.compile(r"(?P<way>ökning|minskning) över tre år")


# A space may only set groups of three apart: ”1 2 7” is a slip, not 127. So may a point, between several
# or before a comma.
_WRITTEN = re.compile(r"[+−-]?\s?(?:[0-9]+|[0-9]{1,3}(?:\s[0-9]{3})+)(?:[.,][0-9]+)?")
_POINTS = re.compile(r"[+−-]?\s?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+|(?<=\.[0-9]{3}\.[0-9]{3}))")
# A single group of three may be thousands or decimals; no thousands begin with a nought.
_UNCLEAR = re.compile(r"[+−-]?\s?[1-9][0-9]{0,2}(?:\s[0-9]{3})*[.,][0-9]{3}")
# A negative number as it is printed and booked: a dash before or after it, or brackets around it.
_NEGATIVE = re.compile(r"[−–-]\s?([0-9].*)|([0-9][^-−–]*?)\s?[−–-]|\(\s?([0-9].*?)\s?\)")
_DASH = re.compile(r"[−–—-]+")
# Other dashes that look like a minus, and what the Swiss part thousands with.
_TYPED = str.maketrans("\u2012‐‑—﹣\uff0d'’\u00b4", "−−−−−−   ", NO_WIDTH)
MAX_DIGITS = 12


class UnclearNumberError(ValueError):
    """A number that can be read in two ways: what was found and how to mend it, in Swedish."""

    def __init__(self, number: str) -> None:
        whole = re.sub(r"[\s.,]", "", number)
        parted = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", " ", whole)
        self.found = f"”{number}” kan läsas både som ett tusental och som decimaler"
        self.remedy = f"Skriv {whole}, eller {parted}. Är det decimaler: skriv {number.replace('.', ',')}0."
        if _DASH.fullmatch(number):
            self.found = f"”{number}” kan betyda både noll och att talet inte är känt"
            self.remedy = "Skriv 0 om det är noll, annars .. (två punkter)."
        super().__init__(self.found)


@_once
def parse_number(text: str, *, is_typed: bool = True) -> Fraction:
    """A number as Swedes write it: ”1 234”, ”1.234.567”, ”–0,3”, ”0.3”, ”(840)”, ”1200-”.

    Raises ValueError, also when it is too long; UnclearNumberError for ”1.234”, unless a program wrote it,
    and for a dash alone.
    """
    number = text.strip()
    if _DASH.fullmatch(number):
        raise UnclearNumberError(number)
    number = number.translate(_TYPED)
    if negative := _NEGATIVE.fullmatch(number):
        number = f"−{negative[negative.lastindex or 0]}"
    if is_typed and _UNCLEAR.fullmatch(number):
        raise UnclearNumberError(number)
    if _POINTS.fullmatch(number):
        number = number.replace(".", "")
    if not _WRITTEN.fullmatch(number) or is_too_long(number):
        raise ValueError(text)
    return Fraction(re.sub(r"\s", "", number).replace("−", "-").replace(",", "."))


def is_too_long(text: str) -> bool:
    """Whether a number has more digits than anything that is counted here."""
    return sum(character.isdigit() for character in text) > MAX_DIGITS


def parse_quantity(text: str, default_unit: str = "") -> Quantity:
    """A number with its unit: ”81 %”, ”5 procentenheter”, ”2”. Raises ValueError."""
    match = _QUANTITY.fullmatch(" ".join(text.split()))
    if not match:
        raise ValueError(text)
    return quantity(parse_number(match["number"]), match["unit"] or default_unit)


def quantity(number: Fraction, unit: str) -> Quantity:
    """A number in the unit an author wrote; percent become a share."""
    kind = kind_of_unit(unit)
    if kind is Kind.NUMBER:
        return Quantity(number, kind, unit.strip())
    return Quantity(number / 100, kind)


_UNIT_KINDS = {
    "%": Kind.SHARE,
    "procent": Kind.SHARE,
    "procentenheter": Kind.POINTS,
    "procentenhet": Kind.POINTS,
}


def is_possible(number: Fraction, kind: Kind, *, exceeds: bool = False) -> bool:
    """A share lies between none and all, and what lies between two shares is no larger than all.

    What is in percent of what was planned or the like may be more than all of it (`exceeds`).
    """
    if kind is Kind.SHARE:
        return number >= 0 and (exceeds or number <= 1)
    return kind is not Kind.POINTS or abs(number) <= 1


def is_same_unit(first: str, second: str) -> bool:
    """Whether two words for units are one, or one of them is not said."""
    return not first or not second or first.casefold() == second.casefold()


def kind_of_unit(unit: str) -> Kind:
    """What a number in a unit is. A misspelt percentage is no unit of its own: raises ValueError."""
    word = unit.strip().casefold()
    if word in _UNIT_KINDS:
        return _UNIT_KINDS[word]
    if "%" in word or difflib.get_close_matches(word, _UNIT_KINDS, cutoff=0.75):
        raise ValueError(unit)
    return Kind.NUMBER


def parse_target(text: str) -> Target:
    """A target as people say it; TARGET_EXAMPLES lists the forms. Raises ValueError."""
    said = " ".join(text.split())
    word = said.casefold()
    if word in _WORDS:
        low, high = _WORDS[word]
        return Target(said, None, low, high, strict=True)
    if word == "uppfyllt":
        return Target(said, Kind.VERDICT)
    if word == "inte satt":
        return Target(said, None)
    if match := _TREND.fullmatch(word):
        return Target(said, None, strict=True, against=name_key(word), at_most=match["way"] == "minskning")
    if match := _ONE_LIMIT.fullmatch(said):
        limit = quantity(parse_number(match["limit"]), match["unit"] or "")
        low, high = (None, limit.value) if match["ceiling"] else (limit.value, None)
        strict = bool(match["above"] or match["below"])
        return Target(said, limit.kind, low, high, strict=strict, unit=limit.unit)
    if match := _REFERENCE.fullmatch(said):
        strict, is_ceiling = bool(match["above"] or match["below"]), bool(match["ceiling"])
        return Target(said, None, strict=strict, against=name_key(match["name"]), at_most=is_ceiling)
    if match := _RANGE.fullmatch(said):
        first = quantity(parse_number(match["low"]), match["unit"] or "")
        last = quantity(parse_number(match["high"]), match["unit"] or "")
        if first.value > last.value:
            raise ValueError(text)
        return Target(said, first.kind, first.value, last.value, unit=first.unit)
    raise ValueError(text)
