"""Other counts in their places. What is to be published of them is worked out anew by `figures.py`."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from tests.fuzzing.mutations.tables import read_rows, write_rows

_TABLES = ("utfall/deltagare.csv", "utfall/enkat.csv", "utfall/bakgrund.csv", "tabeller/kostnader.csv")


def mutate(chance: Random, content: Path) -> None:
    for control in content.rglob("kontrollsummor.csv"):
        control.unlink()  # or else few changes would be published
    if chance.random() < 0.6:
        for settings in content.rglob("bokslut.yaml"):
            text = settings.read_text("utf-8")
            settings.write_text(text.replace("röjandekontroll: 5", "röjandekontroll: av"), "utf-8")
    path = chance.choice(sorted(path for name in _TABLES for path in content.glob(f"*/{name}")))
    rows = read_rows(path)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        row = chance.choice(rows[1:])
        columns = [i for i, cell in enumerate(row) if re.fullmatch(r"\d+", cell) and rows[0][i] != "totalt"]
        if columns:
            _change(chance, rows[0], row, chance.choice(columns))
    write_rows(path, rows)


def _change(chance: Random, head: list[str], row: list[str], column: int) -> None:
    """A count, and for the most part the total of its row too."""
    old = int(row[column])
    new = max(0, chance.choice((old + 1, old + 1, old - 1, 0, old * 2, old + 7, chance.randint(0, 60))))
    row[column] = str(new)
    if "totalt" in head and chance.random() < 0.9:
        total = head.index("totalt")
        row[total] = str(int(row[total]) + new - old)
