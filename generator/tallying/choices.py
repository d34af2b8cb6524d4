"""What may stand in the cells of a column, and what it stands for."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TypeVar

from generator.model.fields import NestedPairs, Pairs
from generator.model.names import as_written, ids_by_name, name_key, value_key
from generator.model.places import Problem, unknown_name
from generator.model.settings import ReportSettings, Unit
from generator.model.survey import RespondentGroup

T = TypeVar("T")
WOMEN, MEN, UNSTATED = SEXES = ("kvinnor", "män", "ej angivet")
# By name key: ”män” is ”man” too. Tools in English say it so.
_SEX_WORDS = {"kvinna": WOMEN, "kvinnor": WOMEN, "man": MEN, "ej-angivet": UNSTATED}
_SEX_WORDS |= {"female": WOMEN, "woman": WOMEN, "male": MEN}


class Choices(dict[str, T | None]):
    """What the texts of a column stand for; None for what is not known.

    Texts that are `tied` go by their value key and first, those that are `named` by `key`. An empty cell
    stands for `empty`. `known` are the names to choose among. A text is looked up once for each way that it
    is written in.
    """

    def __init__(
        self,
        named: Mapping[str, T],
        known: Iterable[str] = (),
        *,
        key: Callable[[str], str] = name_key,
        empty: T | None = None,
    ) -> None:
        super().__init__()
        self.named, self.known, self.key, self.empty = named, tuple(dict.fromkeys(known)), key, empty
        self.tied: dict[str, T] = {}

    def __missing__(self, text: str) -> T | None:
        key = value_key(text)
        found = self.tied.get(key, self.named.get(self.key(key))) if key else self.empty
        if found is not None:
            self[text] = found
        return found

    def tie(self, values: NestedPairs, column: str, what: str, problems: list[Problem]) -> None:
        """Takes what a map says that texts of a column stand for. `what` is for problems."""
        pairs = pairs_of(values, column)
        for text, name in pairs.items():
            place, meant = pairs.origin.of(text), self.named.get(self.key(value_key(name)))
            if meant is None:
                problems.append(unknown_name(place, what, name, self.known))
            elif self.tied.setdefault(value_key(text), meant) != meant:
                problems.append(Problem(place, f"”{text}” betyder två saker", "Behåll bara den ena raden."))
        self.known += tuple(pairs)  # which may be what was meant too


class SeveralChoices(Choices[tuple[str, ...]]):
    """Cells with one or more answers, as survey tools part them: ”A;B;”, ”A, B”, ”A / B” or a line for each.

    Answers may hold a comma themselves: the longest that fits is taken.
    """

    def __missing__(self, text: str) -> tuple[str, ...] | None:
        found = super().__missing__(text)
        if found is None:
            key, known = value_key(re.sub(r"[\n\t]", ";", text)), {**self.named, **self.tied}
            names = "|".join(map(re.escape, sorted(filter(None, known), key=len, reverse=True)))
            part = rf"[\"'\[]*({names})[\"'\]]*\s*(?:[;,|/¦+&]\s*|$)"
            if re.fullmatch(rf"(?:{part})+", key):
                answers = chain.from_iterable(known[name] for name in re.findall(part, key))
                found = self[text] = tuple(dict.fromkeys(answers))
        return found


def sex_choices() -> Choices[str]:
    return Choices(_SEX_WORDS, SEXES, empty=UNSTATED)


def pairs_of(values: NestedPairs, column: str) -> Pairs[str]:
    """What stands under a column in ”värden”."""
    found = (pairs for key, pairs in values.items() if name_key(key) == name_key(column))
    return next(found, Pairs())


def written_units(settings: ReportSettings) -> dict[str, str]:
    """How tables write units, by id: by name, but the association, which is the first, by id."""
    ids = ids_by_name(settings.every_unit)
    names = {unit.id: unit.name for unit in settings.units if ids.get(name_key(unit.name)) == unit.id}
    return {id: names.get(id, as_written(id)) for id in dict.fromkeys(ids.values())}


def keys_of(entries: Iterable[Unit | RespondentGroup]) -> set[str]:
    """The value keys of what they may be called."""
    return {value_key(text) for entry in entries for text in (as_written(entry.id), entry.name)}
