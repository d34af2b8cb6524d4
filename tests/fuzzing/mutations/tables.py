"""CSV tables as rows of cells. They are split simply, so that no table is too broken to be broken further."""

from __future__ import annotations

from pathlib import Path

from tests.fuzzing.mutations.files import text_of, write_text

Rows = list[list[str]]
CSV = ".csv"


def read_rows(path: Path) -> Rows:
    return [line.split(";") for line in text_of(path).rstrip("\n").split("\n")]


def write_rows(
    path: Path, rows: Rows, delimiter: str = ";", encoding: str = "utf-8", line_end: str = "\n"
) -> None:
    lines = (delimiter.join(row) + line_end for row in rows)
    write_text(path, "".join(lines), encoding)
