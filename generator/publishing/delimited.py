"""Tables as text: CSV for programs and for Swedish Excel, without what a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

# A spreadsheet may part a cell at another separator than ours, so what comes after any of them counts too.
_FORMULA = re.compile(r"(^|[;,|\t\r\n\"'])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


@lru_cache(maxsize=10_000)  # each table is written twice, and has the same texts in many rows
def harmless(text: str) -> str:
    """A text that a spreadsheet would run as a formula, made plain text by an apostrophe before it."""
    return _FORMULA.sub(r"\1\2'", text)


def plain_csv(rows: Iterable[Sequence[object]]) -> str:
    """Commas, and a line feed after each row."""
    return _written(rows, ",")


def excel_csv(rows: Iterable[Sequence[object]]) -> str:
    """Semicolons, and a mark first, without which Excel takes the file for an older encoding."""
    return "\ufeff" + _written(rows, ";")


def _written(rows: Iterable[Sequence[object]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()
