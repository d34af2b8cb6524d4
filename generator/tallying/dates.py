"""Dates, years of birth and personal numbers, as registers and spreadsheet programs write them."""

import datetime
import re
from calendar import monthrange
from functools import lru_cache

_DATE = re.compile(
    r"([0-9]{4})(?:([0-9]{2})([0-9]{2})|([-–‑/.])([0-9]{1,2})\4([0-9]{1,2}))"
    r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_NIGHT_BEFORE = re.compile(r".*[ T]2[23]:00(?::00(?:[.,]0+)?)?(?:Z|[+-]00:?00)")  # midnight here, told in UTC
_YEAR = re.compile(r"[12][0-9]{3}")
# A coordination number has 60 added to its day.
_PERSONAL_NUMBER = re.compile(
    r"([12][0-9])?([0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278][0-9]|[39][01]))([-–‑−+ ]?)([0-9A-Za-z]{4})"
)


@lru_cache(maxsize=2**16)
def parse_date(text: str) -> datetime.date | None:
    """A day, whatever time stands after it. None for anything else: a month or a year is no day."""
    read = _DATE.fullmatch(text)
    if read is None:
        return None
    year, month, day = filter(None, read.group(1, 2, 3, 5, 6))
    days = datetime.timedelta(bool(_NIGHT_BEFORE.fullmatch(text)))
    try:
        return datetime.date(int(year), int(month), int(day)) + days
    except (ValueError, OverflowError):
        return None


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return datetime.date(day.year + years, month + 1, min(day.day, last))


def parse_birth_year(text: str, year: int) -> int | None:
    """A year, a date or a personal number of somebody seen in `year`, of which only the year is used."""
    number = personal_number(text, year)
    if number or _YEAR.fullmatch(text):
        return int((number or text)[:4])
    date = parse_date(text)
    return date.year if date else None


def personal_number(text: str, year: int) -> str | None:
    """With twelve digits, however it is written; None for anything else.

    One of ten digits is somebody's who is under a hundred in `year`, or not when it has a plus sign
    (18 § folkbokföringslagen).
    """
    read = _PERSONAL_NUMBER.fullmatch(text)
    if read is None:
        return None
    century, born, sign, last = read.groups()
    if century is None:
        birth_year = year - (year - int(born[:2])) % 100 - (100 if sign == "+" else 0)
        century = str(birth_year // 100)
    return f"{century}{born}{last.upper()}"
