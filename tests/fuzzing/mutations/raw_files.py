"""Files with a row for each person, and the maps by which they are counted."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.fuzzing import nasty
from tests.fuzzing.mutations import cells, columns, raw_bytes, yaml_trees
from tests.fuzzing.mutations.files import a_file

RAW = "_rått"


def mutate(chance: Random, content: Path) -> None:
    folder = content / RAW
    match chance.randrange(6):
        case 0:
            raw_bytes.mutate(chance, folder)
        case 1:
            cells.mutate(chance, folder)
        case 2:
            columns.mutate(chance, folder)
        case 3:
            _grow(chance, folder)
        case _:
            yaml_trees.mutate(chance, content)


def _grow(chance: Random, folder: Path) -> None:
    """Many rows, or a row with many cells."""
    path = a_file(chance, folder, ".csv")
    if path is None:
        return
    row = ";".join(nasty.value(chance) for _ in range(chance.choice((1, 4, 300)))) + "\n"
    written = (row[:5_000] * chance.choice((1, 100, 20_000)))[:2_000_000]
    with path.open("a", encoding="utf-8", errors="ignore") as file:
        file.write(written)
