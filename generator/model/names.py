"""Names as people write them: ”Positiv lösning”, ”positiv_losning” and ”positiv-lösning” are one name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from generator.model.limits import MAX_ALIKE, MAX_VALUE

# What takes no room and cannot be seen, as pages and programs leave in what is copied from them.
NO_WIDTH = "\u00ad\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_ALIKE = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------", NO_WIDTH)  # dashes look alike too


@lru_cache(maxsize=2**16)
def name_key(text: str) -> str:
    """The form in which names are compared, and used in addresses: lower case a-z, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold().translate(_ALIKE))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def upper_first(text: str) -> str:
    """A name at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A name in the middle of a sentence, where an abbreviation stays as it is: ”KBT-behandling”."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def answer_key(text: str) -> str:
    """The form in which answers are compared. Unlike names they may differ in signs only: ”65” and ”65+”."""
    return " ".join(unicodedata.normalize("NFC", text.casefold().translate(_ALIKE)).split())


_DECIMALS = re.compile(r"(-?[0-9]+)[.,]([0-9]+)")
_NO_DECIMALS = re.compile(r"([0-9]+)[.,]0+")


def plain_id(id: str) -> str:
    """An id that is a whole number, however a spreadsheet writes it: ”17.0” is ”17”, but ”17.10” stands."""
    number = _NO_DECIMALS.fullmatch(id)
    return number[1] if number else id


@lru_cache(maxsize=2**12)
def value_key(text: str) -> str:
    """As `answer_key`, and a number is one number however it is written: ”5”, ”5.0” and ”5,0”."""
    key = answer_key(text)
    number = _DECIMALS.fullmatch(key)
    if number is None:
        return key
    decimals = number[2].rstrip("0")
    return f"{number[1]},{decimals}" if decimals else number[1]


def repeated(texts: Iterable[str], key: Callable[[str], str]) -> str | None:
    """The first text whose key another before it has."""
    seen: set[str] = set()
    for text in texts:
        if key(text) in seen:
            return text
        seen.add(key(text))
    return None


class Name(str):
    """A name in its compared form (see `name_key`). `written` is how its author writes it."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> Name:
        name = super().__new__(cls, name_key(written))
        name.written = written.strip()
        return name


def as_written(name: str) -> str:
    return name.written if isinstance(name, Name) else name


def suggestion(name: str, known: Iterable[str]) -> str:
    """A sentence that names the closest known name, or "" when none is close or there are very many."""
    by_key = {name_key(candidate): candidate for candidate in known if len(candidate) <= MAX_VALUE}
    if len(name) > MAX_VALUE or len(by_key) > MAX_ALIKE:
        return ""
    close = difflib.get_close_matches(name_key(name), by_key, n=1, cutoff=0.6)
    return f"Menade du ”{as_written(by_key[close[0]])}”?" if close else ""


def one_of(known: Iterable[str], last: str = "eller") -> str:
    """A list for a sentence: ”a”, ”b” eller ”c”."""
    return and_list((f"”{as_written(name)}”" for name in known), last)


def and_list(words: Iterable[str], last: str = "och") -> str:
    """”arbete, studier och extratjänst”; nothing of nothing."""
    *first, end = tuple(words) or ("",)
    return f"{', '.join(first)} {last} {end}" if first else end


def remedy_for_unknown(name: str, known: Iterable[str]) -> str:
    """How to mend a name that is not known: the closest one, and all that can be chosen among."""
    names = list(known)
    if not names:
        return "Här finns inget att välja på än."
    written = names[0] if len(names) == 1 else name
    several = [*filter(None, re.split(r"\s*[,;]\s*|(?:^|\s)[-–•]\s*", written))]
    keys = set(map(name_key, several))
    if len(several) > 1 and (keys.issubset(map(name_key, names)) or name_key(name) in keys):
        listed, parted = ", ".join(several), "; ".join(several)
        what = "Är det flera," if written == name else f"”{written}” räknas som ett enda:"
        where = f"[{listed}] i en yaml-fil, {parted} på ett blad, på en rad var i en tabell"
        return f"{what} skriv var och en för sig: {where}."
    choices = f"Välj bland {one_of(names)}." if len(names) <= 20 else ""
    return " ".join(filter(None, (suggestion(name, names), choices))) or "Kontrollera stavningen."


KEEP_ONE = "Behåll den rätta, och ta bort den andra."
_COPY_WORD = r"kopia|kopiera|copy"
_COPY = re.compile(
    rf"(?:kopia|copy)(?: ?\(\d+\))? (?:av|of) (?P<of>.+)"
    rf"|(?P<first>.+?)(?:(?:(?: ?[-–_] ?| )(?:{_COPY_WORD})(?: ?\(?\d+\)?)?)+| ?\(\d+\)| \d"
    rf"| ?[(\[][^()[\]]*(?:{_COPY_WORD}|konflikt|conflict|sparad|saved|återställd|recovered)[^()[\]]*[)\]]"
    r"|\.sync-conflict-[\w-]+|_(?:.+_)?conflict[\w-]*)",
    re.IGNORECASE,
)
# ”KANSLI-PC01”; without a digit, what a text is about
_CAPITALS = "[A-ZÅÄÖ][A-ZÅÄÖ0-9]+(?:[-_][A-ZÅÄÖ0-9]+)*"
_COMPUTER = re.compile(
    rf"[-_ ](?:(?=.*(?:[A-ZÅÄÖ]\d|\d[A-ZÅÄÖ])){_CAPITALS}(?: \d+)?|.*(?:MacBook|iMac|iPad|iPhone|dator).*)"
)
_VERSION = re.compile(
    rf"(?:[-–_ ]*(?:v(?:er(?:sion)?)?[. ]*)?(?<!\d)\d{{1,2}}(?!\d)|[-_ ](?-i:{_CAPITALS})"
    r"|[-–_ ]+(?:slutgiltig|slutlig|final|utkast|ny|gammal|rättad|reviderad|uppdaterad))$",
    re.IGNORECASE,
)


def is_copy(name: str, original: str) -> bool:
    """Whether a file is called as programs call a copy of another one, both without endings."""
    copied = _COPY.fullmatch(name)
    if copied:
        return name_key(copied["of"] or copied["first"]) == name_key(original)
    return name.startswith(original) and bool(_COMPUTER.fullmatch(name.removeprefix(original)))


def without_version(name: str) -> str:
    """The name key of a file without what tells versions of a text apart: ”_v2”, ”-1”, ”_slutgiltig”."""
    while (shorter := _VERSION.sub("", name)) != name:
        name = shorter
    return name_key(name)


def ids_by_name(entries: Iterable[Any], label: str = "name") -> dict[str, str]:
    """Ids of entries by the name key of the id and of the `label`, so that either can be written."""
    listed = list(entries)
    by_name = {name_key(getattr(entry, label)): entry.id for entry in listed}
    by_name.pop("", None)  # a name of nothing but signs
    return by_name | {name_key(entry.id): entry.id for entry in listed}
