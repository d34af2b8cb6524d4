"""What the columns of a file of persons look like, and how a draft of its map is written.

What stands in a cell may be somebody's: a draft only tells what its module says is safe.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from generator.model.frozen import Frozen
from generator.model.names import name_key, value_key
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.tallying.choices import MEN, UNSTATED, WOMEN

NEARLY = 0.9  # of the cells
HEADS = 2  # rows below the headings that may be headings too
SEX_WORDS = {"kvinna", "kvinnor", "man", "män", "female", "woman", "male", UNSTATED}
NO_ANSWERS = (
    "Vet ej", "Vet inte", "Vill ej svara", "Vill inte svara", "Kan ej svara", "Ej svar", "Inget svar",
    "Ingen uppfattning", "Ingen åsikt", "Ej aktuellt", "Inte aktuellt", "Ej besvarad", "Ej besvarat",
)  # fmt: skip
_OTHER_SEXES = (
    "Annat", "Annan", "Annat alternativ", "Icke-binär", "Ickebinär", "Vill ej ange", "Vill inte ange",
    "Vill ej uppge", "Vill inte uppge", "Uppgift saknas", "Okänt", *NO_ANSWERS,
)  # fmt: skip
_SEX_OF = {"k": WOMEN, "kv": WOMEN, "f": WOMEN, "m": MEN} | {
    value_key(text): UNSTATED for text in _OTHER_SEXES
}
SEX_KEYS = SEX_WORDS | _SEX_OF.keys()
_MOST_TEXTS = 10_000  # of a column; with more it is no scale
_PLAIN = re.compile(r"[^\W\d_](?:[\w ()/-]*[\w)])?")
_ID = re.compile(
    r"(?:.*-)?(?:id|svarsid|respondent|respondentid|responseid|svarande|lopnr|lopnummer)(?:-.*)?"
)


class Profile(Frozen):
    """A column: how many cells hold each text, and what stands on the first rows below the heading."""

    index: int
    heading: str
    texts: Mapping[str, int]
    heads: tuple[str, ...]
    is_unique: bool
    strange: int = 0  # cells with something else than what the column is taken for

    @property
    def filled(self) -> int:
        return sum(self.texts.values())

    def taken_for(self, keys: Iterable[str]) -> Profile:
        return replace(self, strange=self.filled - self.number(keys))

    def sexes(self, indent: str = "") -> Iterator[str]:
        """What stands in a column of sex that is not what it is called here, as a part of the map."""
        meant = {text: _SEX_OF[value_key(text)] for text in self.texts if value_key(text) in _SEX_OF}
        if meant:
            yield from (f"{indent}värden:", f"{indent}  kön:")
        yield from (f"{indent}    {scalar(text)}: {sex}" for text, sex in sorted(meant.items()))

    def below(self, heads: int) -> Profile:
        """Without the first rows."""
        texts = Counter(self.texts)
        texts.subtract(filter(None, self.heads[:heads]))
        return replace(self, texts={text: count for text, count in texts.items() if count > 0})

    def share(self, keys: Iterable[str]) -> float:
        """How many of the filled cells hold one of some texts, by value key."""
        return self.number(keys) / (self.filled or 1)

    def number(self, keys: Iterable[str]) -> int:
        known = frozenset(keys)
        return sum(count for text, count in self.texts.items() if value_key(text) in known)

    @property
    def note(self) -> str:
        """A comment on the cells with something else than expected."""
        what = f"något annat i {self.strange} av {self.filled} celler: rätta, eller skriv vad det betyder"
        return f"  # {what}" if self.strange else ""


def profiles_of(table: RawTable, problems: list[Problem]) -> tuple[list[Profile], list[int]]:
    """The profiles of the columns that a map can name, by a heading of their own, and the first rows.

    A column with cells that cannot be read is left out; problems are those of the whole file.
    """
    number = Counter(keys := list(map(name_key, table.headings)))
    columns = [column for column, key in enumerate(keys) if key and number[key] == 1]
    found = profiles_in(table, columns)
    unreadable = {problem.place.column for problem in problems}
    if unreadable and "" not in unreadable:
        problems.clear()
        found = profiles_in(table, [each for each in columns if table.headings[each] not in unreadable])
    return found


def profiles_in(table: RawTable, columns: Sequence[int]) -> tuple[list[Profile], list[int]]:
    """The profiles of columns, and the numbers of the first rows."""
    texts: dict[int, Counter[str]] = {column: Counter() for column in columns}
    ids = {column for column in columns if _ID.fullmatch(name_key(table.heading(column)))}
    first: list[tuple[int, Sequence[str]]] = []
    for row, cells in table.read(columns):
        if len(first) < HEADS:
            first.append((row, cells))
        for column, counted in texts.items():
            if len(counted) <= _MOST_TEXTS or column in ids:
                counted[cells[column].strip()] += 1
    profiles = []
    for column, counted in texts.items():
        del counted[""]
        is_unique = column in ids and set(counted.values()) <= {1}
        few = counted if len(counted) <= _MOST_TEXTS else {}
        heads = tuple(cells[column].strip() for _, cells in first)
        profiles.append(Profile(column, table.heading(column), few, heads, is_unique))
    return profiles, [row for row, _ in first]


def seen(profiles: Iterable[Profile], texts: Iterable[str], known: Set[str]) -> list[str]:
    """Those of some texts that stand in the columns, and are not known already."""
    keys = {value_key(text) for profile in profiles for text in profile.texts} - known
    return [text for text in texts if value_key(text) in keys]


def free_id(base: str, taken: Set[str]) -> str:
    """The base, with a number if there is one of that name key already."""
    numbered = itertools.chain([base], (f"{base} {number}" for number in itertools.count(2)))
    return next(id for id in numbered if name_key(id) not in taken)


def listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, texts))}]"


def scalar(text: str) -> str:
    """A text as YAML; within quotation marks unless it is plain words."""
    if _PLAIN.fullmatch(text) and text.casefold() != "null":
        return text
    return _printable(json.dumps(text, ensure_ascii=False))


def not_read(headings: Iterable[str]) -> Iterator[str]:
    """A comment with the columns that the map does not name."""
    told = [f"#   {_printable(heading)}" for heading in headings]
    if told:
        yield from ("", "# De här kolumnerna läses inte:", *told)


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
