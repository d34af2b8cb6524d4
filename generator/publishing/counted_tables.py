"""Counted tables, written where the report reads them: rows of the same kind are replaced, others kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model.counted import CountedTable
from generator.model.names import name_key
from generator.publishing.delimited import excel_csv
from generator.publishing.folder import OutputError


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
    keys = [name_key(heading) for heading in head]
    columns = [*table.columns, *(heading for heading in head if heading and not _has(table, heading))]
    new = {_kind(table.columns, row, table.replaces, missing, ids) for row in table.rows}
    kept = [row for row in rows if _kind(head, row, table.replaces, missing, ids) not in new]
    if not kept:
        return Merged(table, 0, len(rows))
    ours = dict(zip(map(name_key, table.columns), range(len(table.columns)), strict=True))
    theirs = dict(zip(keys, range(len(keys)), strict=False))
    filled = [_filled(row, theirs, columns, missing) for row in kept]
    filled += [_filled(row, ours, columns, missing) for row in table.rows]
    merged = CountedTable(table.name, tuple(columns), tuple(filled), table.replaces)
    return Merged(merged, len(kept), len(rows) - len(kept))


def _has(table: CountedTable, heading: str) -> bool:
    return name_key(heading) in map(name_key, table.columns)


def _kind(
    columns: Sequence[str], row: Sequence[str], replaces: Sequence[str], missing: Mapping[str, str], ids: Ids
) -> tuple[str, ...]:
    at = {name_key(column): index for index, column in enumerate(columns)}
    keys = map(name_key, _filled(row, at, replaces, missing))
    return tuple(ids.get(column, {}).get(key, key) for column, key in zip(replaces, keys, strict=True))


def _filled(
    row: Sequence[str], at: Mapping[str, int], columns: Sequence[str], missing: Mapping[str, str]
) -> tuple[str, ...]:
    def value(column: str) -> str:
        index = at.get(name_key(column))
        return missing.get(column, "") if index is None else (row[index] if index < len(row) else "")

    return tuple(value(column) for column in columns)


def write_tables(tables: Sequence[CountedTable], folder: Path) -> list[Path]:
    """The files that were written in the folder of a report's outcomes, all or none. Raises OutputError."""
    paths = [folder / f"{table.name}.csv" for table in tables]
    drafts = [path.with_name(f".{path.name}.ny") for path in paths]
    try:
        folder.mkdir(exist_ok=True)
        for table, draft in zip(tables, drafts, strict=True):
            draft.write_text(excel_csv((table.columns, *table.rows)), "utf-8", newline="")
        for draft, path in zip(drafts, paths, strict=True):
            draft.replace(path)
    except OSError as error:
        remedy = "Kontrollera att du får skriva där, och att filen inte är öppen i Excel."
        raise OutputError(f"Det går inte att skriva i {folder}. {remedy}") from error
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return paths
