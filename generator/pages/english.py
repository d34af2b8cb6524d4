"""Figures as they stand in an English text."""

import re

from generator.pages.numbers import NBSP

_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_THOUSANDS = re.compile(rf"(?<=\d){NBSP}(?=\d{{3}})")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = {
    "av": "of", "minst": "at least", "högst": "at most", "kvinnor": "women", "män": "men",
    "procentenhet": "percentage point", "procentenheter": "percentage points", "personer": "people",
    "kronor": "kronor", "tkr": "thousand kronor", "skyddad": "protected", "uppgift": "figure",
    "högre": "higher", "oförändrat": "unchanged", "lägre": "lower", "och": "and", "person": "person",
}  # fmt: skip
_ENGLISH = {word for words in _WORDS.values() for word in words.split()}


def in_english(text: str) -> str:
    """”77 % (247 av 1 319)” as ”77% (247 of 1,319)”. Words that are not known stay as they are."""
    numbers = _THOUSANDS.sub(",", _DECIMAL.sub(".", text)).replace(f"{NBSP}%", "%")
    return _WORD.sub(lambda match: _WORDS.get(match[0], match[0]), numbers)


def is_english(text: str) -> bool:
    """Whether no word of a figure was left in Swedish."""
    return _ENGLISH.issuperset(_WORD.findall(text))
