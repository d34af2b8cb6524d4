"""Cells of CSV tables with what does not belong in them, or belongs elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzzing import nasty
from tests.fuzzing.mutations.files import a_file, files_in
from tests.fuzzing.mutations.tables import CSV, Rows, read_rows, write_rows

_HUGE = 10_000_000


def mutate(chance: Random, content: Path) -> None:
    path = a_file(chance, content, CSV)
    if path is None:
        return
    rows = read_rows(path)
    change = chance.choice(_CHANGES)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        row = chance.choice(rows[1:] or rows)
        column = chance.randrange(len(row))
        row[column] = change(chance, row[column], rows)
    if chance.random() < 0.1:
        _take_from_another(chance, rows, content)
    write_rows(path, rows)


def _take_from_another(chance: Random, rows: Rows, content: Path) -> None:
    others = read_rows(chance.choice(files_in(content, CSV)))
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(chance.choice(others))


def _any(chance: Random, _: str, __: Rows) -> str:
    return nasty.value(chance)


def _quoted(chance: Random, _: str, __: Rows) -> str:
    escaped = nasty.value(chance).replace('"', '""')
    return f'"{escaped}"'


def _number(chance: Random, _: str, __: Rows) -> str:
    return chance.choice(nasty.NUMBERS)


def _other_count(chance: Random, _: str, __: Rows) -> str:
    return str(chance.choice((0, 1, 2, 3, 4, 5, 6, 10, 20, 500, 10**6, 10**11)))


def _blemished(chance: Random, text: str, _: Rows) -> str:
    return nasty.blemished(chance, text)


def _other(chance: Random, _: str, rows: Rows) -> str:
    return chance.choice(chance.choice(rows))


def _empty(_: Random, __: str, ___: Rows) -> str:
    return ""


def _spaced(chance: Random, text: str, _: Rows) -> str:
    space = chance.choice((" ", "\u00a0", "\u2009", "\u202f", "\u3000", "\t"))
    return f"{space}{text}{space}"


def _huge(chance: Random, text: str, _: Rows) -> str:
    """Not often: it takes a while to write."""
    return chance.choice("a9 \u0301\"'") * _HUGE if chance.random() < 0.05 else text[:100] * 20_000


_CHANGES: tuple[Callable[[Random, str, Rows], str], ...] = (
    _any, _any, _quoted, _number, _number, _other_count, _other_count, _blemished, _other, _empty, _spaced,
    _huge,
)  # fmt: skip
