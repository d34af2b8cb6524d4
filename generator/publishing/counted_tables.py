"""Counted tables, written where the report reads them: rows of the same kind are replaced, others kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from generator.model.counted import CountedTable
from generator.model.names import name_key
from generator.publishing.folder import OutputError

_DELIMITER = ";"
_BYTE_ORDER_MARK = "\ufeff"  # Excel takes the file for an older encoding without it


@dataclass(frozen=True)
class Merged:
    """A table as it will be written, with how many rows of the older one are kept and replaced."""

    table: CountedTable
    kept: int
    replaced: int


Ids = Mapping[str, Mapping[str, str]]  # by column, and by the name key of what may stand in it


def merge(
    table: CountedTable, older: Sequence[Sequence[str]], missing: Mapping[str, str], ids: Ids
) -> Merged:
    """The table with the rows of an older one, its headings first, that speak of other things.

    `missing` is what a column means that one of the two tables lacks. `ids` tell which names mean the same.
    """
    if not older:
        return Merged(table, 0, 0)
    head, *rows = older
    ours = {*map(name_key, table.columns)}
    columns = [*table.columns, *(heading for heading in head if heading and name_key(heading) not in ours)]
    new = {_kind(table.columns, row, table.replaces, missing, ids) for row in table.rows}
    kept = [row for row in rows if _kind(head, row, table.replaces, missing, ids) not in new]
    if not kept:
        return Merged(table, 0, len(rows))
    filled = [_filled(head, row, columns, missing) for row in kept]
    filled += [_filled(table.columns, row, columns, missing) for row in table.rows]
    merged = CountedTable(table.name, tuple(columns), tuple(filled), table.replaces)
    return Merged(merged, len(kept), len(rows) - len(kept))


def _kind(
    columns: Sequence[str], row: Sequence[str], replaces: Sequence[str], missing: Mapping[str, str], ids: Ids
) -> tuple[str, ...]:
    keys = map(name_key, _filled(columns, row, replaces, missing))
    return tuple(ids.get(column, {}).get(key, key) for column, key in zip(replaces, keys, strict=True))


def _filled(
    heads: Sequence[str], row: Sequence[str], columns: Sequence[str], missing: Mapping[str, str]
) -> tuple[str, ...]:
    """What a row has in each of the columns."""
    cells = dict(zip_longest(map(name_key, heads), row[: len(heads)], fillvalue=""))
    return tuple(cells.get(name_key(column), missing.get(column, "")) for column in columns)


def write_tables(tables: Sequence[CountedTable], folder: Path) -> list[Path]:
    """The files that were written in the folder of a report's outcomes, all or none. Raises OutputError."""
    paths = [folder / f"{table.name}.csv" for table in tables]
    drafts = [path.with_name(f".{path.name}.ny") for path in paths]
    try:
        folder.mkdir(exist_ok=True)
        for table, draft in zip(tables, drafts, strict=True):
            draft.write_text(_csv(table), "utf-8", newline="")
        for draft, path in zip(drafts, paths, strict=True):
            draft.replace(path)
    except OSError as error:
        remedy = "Kontrollera att du får skriva där, och att filen inte är öppen i Excel."
        raise OutputError(f"Det går inte att skriva i {folder}. {remedy}") from error
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return paths


def _csv(table: CountedTable) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_DELIMITER, lineterminator="\n")
    writer.writerows((table.columns, *table.rows))
    return _BYTE_ORDER_MARK + text.getvalue()
