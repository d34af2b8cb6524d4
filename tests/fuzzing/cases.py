"""A case is a kind of mutation and a seed, and gives the same content each time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from generator.editions import THEMES
from tests.fuzzing.bases import LARGE, SMALL, TABLES, WORKBOOKS, base, raw_base
from tests.fuzzing.mutations import MUTATIONS
from tests.fuzzing.mutations.themes import THEMES as OWN_THEMES

_LARGE_SHARE = 0.1
_STACKED = (1, 1, 1, 1, 2, 2, 3, 4)


@dataclass(frozen=True)
class Case:
    kind: str
    seed: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.seed}"


def parse_case(text: str) -> Case:
    """”yaml:1234”. Raises ValueError."""
    kind, _, seed = text.partition(":")
    if kind not in MUTATIONS:
        raise ValueError(text)
    return Case(kind, int(seed))


def size_of(case: Case) -> str:
    """Which content a case begins from."""
    return _size(Random(str(case)))


def _size(chance: Random) -> str:
    return LARGE if chance.random() < _LARGE_SHARE else SMALL


def make_content(case: Case, bases: Path, content: Path) -> None:
    """The content of a case, in a folder that is made or replaced."""
    chance = Random(str(case))
    size = _size(chance)
    in_workbooks = case.kind == "workbook" or (case.kind == "bytes" and chance.random() < 0.3)
    if content.exists():
        shutil.rmtree(content)
    source = base(bases, size, WORKBOOKS if in_workbooks else TABLES)
    shutil.copytree(raw_base(bases) if case.kind == "raw" else source, content)
    if case.kind == "theme":
        shutil.copytree(THEMES, content / OWN_THEMES)
    for _ in range(chance.choice(_STACKED)):
        MUTATIONS[case.kind](chance, content)
