"""What may stand in the cells of a column, by the names that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.model.fields import Pairs
from generator.model.names import answer_key, name_key, remedy_for_unknown
from generator.model.places import Problem

NOTHING, UNKNOWN = -1, -2
_DECIMALS = re.compile(r"(-?[0-9]+)[.,]([0-9]+)")


def value_key(text: str) -> str:
    """As `answer_key`, and a number is one number however it is written: ”5”, ”5.0” and ”5,0”."""
    key = answer_key(text)
    number = _DECIMALS.fullmatch(key)
    if number is None:
        return key
    decimals = number[2].rstrip("0")
    return f"{number[1]},{decimals}" if decimals else number[1]


def name_value_key(text: str) -> str:
    return name_key(value_key(text))


def ids_by_name(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ids by the name key of the id and of the name, so that either can be written."""
    listed = list(entries)
    by_name = {name_key(name): id for id, name in listed}
    by_name.pop("", None)  # a name of nothing but signs
    return by_name | {name_key(id): id for id, _ in listed}


@dataclass(frozen=True)
class Words:
    """The names that texts stand for. The code of a text is the index of its name, NOTHING or UNKNOWN.

    `known` are the codes of texts by their `key`. Those that a map ties, by value key, go first.
    """

    names: tuple[str, ...]
    known: Mapping[str, int]
    key: Callable[[str], str] = value_key
    tied: Mapping[str, int] = field(default_factory=dict)
    empty: int = NOTHING

    def code(self, text: str | None) -> int:
        key = value_key(text or "")
        if not key:
            return self.empty
        code = self.tied.get(key)
        return self.known.get(self.key(key), UNKNOWN) if code is None else code


def tied_to(words: Words, pairs: Pairs[str], what: str, problems: list[Problem]) -> Words:
    """With what a map says that texts stand for; `what` is for problems: ”svaret”."""
    codes: dict[str, int] = {}
    for text, name in pairs.items():
        place, code = pairs.origin.of(text), words.known.get(words.key(name))
        if code is None:
            found = f"{what} ”{name}” finns inte"
            problems.append(Problem(place, found, remedy_for_unknown(name, words.names)))
        elif codes.setdefault(value_key(text), code) != code:
            found = "samma värde står två gånger och betyder olika saker"
            problems.append(Problem(place, found, "Behåll bara den ena raden."))
    return replace(words, tied=codes)
