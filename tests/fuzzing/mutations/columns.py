"""CSV tables whose columns, rows, delimiters or encodings are not as they should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzzing import nasty
from tests.fuzzing.mutations.files import a_file, files_in
from tests.fuzzing.mutations.tables import CSV, Rows, read_rows, write_rows

_HEADINGS = (
    "enhet", "rad", "kvinnor", "män", "ej angivet", "totalt", "grupp", "fråga", "kön", "svar", "antal",
    "serie", "plats", "år", "jämfört med", "värde", "måttenhet", "källa", "tabell", "kategori", "post",
    "lika med", "förklaring", "uppgift", "indikator", "bakgrund", "åtgärd", "betyg", "av", "uppfyllt",
    "motivering",
)  # fmt: skip
_ENCODINGS = (
    "utf-8-sig",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "latin-1",
    "mac-roman",
    "utf-32",
    "ascii",
)
_DELIMITERS = (",", "\t", ";;", "|", ":", " ", "; ")
_LINE_ENDS = ("\r\n", "\r", "\n\r", "\n\n", "\x85", "\u2028", ";\n", "\v")


def mutate(chance: Random, content: Path) -> None:
    path = a_file(chance, content, CSV)
    if path is None:
        return
    rows = read_rows(path)
    match chance.randrange(12):
        case 0:
            write_rows(path, rows, encoding=chance.choice(_ENCODINGS))
        case 1:
            write_rows(path, rows, delimiter=chance.choice(_DELIMITERS))
        case 2:
            write_rows(path, rows, line_end=chance.choice(_LINE_ENDS))
        case 3:
            write_rows(chance.choice(files_in(content, CSV)), rows)
        case 4:
            _mix_encodings(chance, path)
        case _:
            write_rows(path, chance.choice(_CHANGES)(chance, rows))


def _mix_encodings(chance: Random, path: Path) -> None:
    """Part of the file as another program saved it."""
    lines = path.read_bytes().split(b"\n")
    at = chance.randrange(len(lines))
    encoding = chance.choice(_ENCODINGS)
    lines[at] = lines[at].decode("utf-8", "ignore").encode(encoding, "ignore")
    path.write_bytes(b"\n".join(lines))


def _column(chance: Random, rows: Rows) -> int:
    return chance.randrange(len(rows[0]))


def _move(chance: Random, rows: Rows) -> Rows:
    """Everywhere, or under headings that stay."""
    start, end = _column(chance, rows), _column(chance, rows)
    moved = rows[chance.randrange(2) :]
    for row in moved:
        if start < len(row):
            row.insert(end, row.pop(start))
    return rows


def _drop(chance: Random, rows: Rows) -> Rows:
    column = _column(chance, rows)
    for row in rows[chance.choice((0, 0, 0, 1)) :]:
        del row[column : column + 1]
    return rows


def _duplicate(chance: Random, rows: Rows) -> Rows:
    column = _column(chance, rows)
    return [[*row[: column + 1], *row[column:]] for row in rows]


def _rename(chance: Random, rows: Rows) -> Rows:
    column = _column(chance, rows)
    old = rows[0][column]
    rows[0][column] = chance.choice(
        (chance.choice(_HEADINGS), nasty.value(chance), nasty.blemished(chance, old))
    )
    return rows


def _add(chance: Random, rows: Rows) -> Rows:
    column = chance.randrange(len(rows[0]) + 1)
    rows[0].insert(column, chance.choice((chance.choice(_HEADINGS), nasty.value(chance), "")))
    fill = chance.choice(("", "", "1", nasty.value(chance)))
    for row in rows[1:]:
        row.insert(column, fill)
    return rows


def _add_many(chance: Random, rows: Rows) -> Rows:
    count = chance.choice((5, 300, 5000))
    return [[*row, *([""] * count)] for row in rows]


def _shuffle_columns(chance: Random, rows: Rows) -> Rows:
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    return [[row[at] for at in order if at < len(row)] for row in rows]


def _shuffle_rows(chance: Random, rows: Rows) -> Rows:
    head, rest = rows[:1], rows[1:]
    chance.shuffle(rest)
    return [*head, *rest] if chance.random() < 0.8 else [*rest, *head]


def _drop_row(chance: Random, rows: Rows) -> Rows:
    del rows[chance.randrange(len(rows))]
    return rows or [[""]]


def _repeat_row(chance: Random, rows: Rows) -> Rows:
    at = chance.randrange(len(rows))
    count = chance.choice((2, 2, 2, 3, 3, 5, 9, 500, 500, 500, 90_000, 120_000))
    return rows[:at] + [rows[at]] * count + rows[at + 1 :]


def _put_above(chance: Random, rows: Rows) -> Rows:
    return [[nasty.value(chance)], [""], *rows]


def _put_between(chance: Random, rows: Rows) -> Rows:
    rows.insert(chance.randrange(len(rows) + 1), [chance.choice(("", " ", ";;;", "\ufeff"))])
    return rows


def _lengthen(chance: Random, rows: Rows) -> Rows:
    chance.choice(rows).extend(chance.choice((["x"], [""], ["1", "2"], [""] * 30 + ["x"])))
    return rows


def _shorten(chance: Random, rows: Rows) -> Rows:
    row = chance.choice(rows)
    del row[chance.randrange(len(row)) :]
    return rows


def _transpose(_: Random, rows: Rows) -> Rows:
    return [list(cells) for cells in zip(*rows, strict=False)] or [[""]]


def _quote(chance: Random, rows: Rows) -> Rows:
    mark = chance.choice(('"', "'", "”"))
    return [[f"{mark}{cell}{mark}" for cell in row] for row in rows]


_CHANGES: tuple[Callable[[Random, Rows], Rows], ...] = (
    _move, _drop, _duplicate, _rename, _add, _add_many, _shuffle_columns, _shuffle_rows, _drop_row,
    _repeat_row, _put_above, _put_between, _lengthen, _shorten, _transpose, _quote,
)  # fmt: skip
