"""A case is a kind of mutation and a seed, and gives the same content each time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from generator.editions import THEMES
from tests.fuzzing.bases import LARGE, SMALL, TABLES, WORKBOOKS, base, raw_base
from tests.fuzzing.mutations import COUNTS, MUTATIONS, SAME
from tests.fuzzing.mutations.themes import THEMES as OWN_THEMES

_LARGE_SHARE = 0.05
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
    """Which content a case begins from, unless its kind has one of its own."""
    return LARGE if Random(f"{case} storlek").random() < _LARGE_SHARE else SMALL


def source_of(case: Case, bases: Path) -> Path:
    """The sound content that a case changes."""
    size = size_of(case)
    if case.kind == "raw" or (case.kind == SAME and size == SMALL):
        return raw_base(bases)
    is_either = case.kind == "bytes" and Random(f"{case} form").random() < 0.3
    holder = WORKBOOKS if case.kind == "workbook" or is_either else TABLES
    return base(bases, SMALL if case.kind == COUNTS else size, holder)


def make_content(case: Case, bases: Path, content: Path) -> None:
    """The content of a case, in a folder that is made or replaced."""
    chance = Random(str(case))
    if content.exists():
        shutil.rmtree(content)
    shutil.copytree(source_of(case, bases), content)
    if case.kind == "theme":
        shutil.copytree(THEMES, content / OWN_THEMES)
    for _ in range(chance.choice(_STACKED)):
        MUTATIONS[case.kind](chance, content)
