"""Counted tables, written where the report reads them: rows of the same kind are replaced, others kept."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path

from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.raw import CountedTable
from generator.publishing.delimited import excel_csv
from generator.publishing.folder import OutputError, write_beside


class Merged(Frozen):
    """A table as it will be written, with how many rows of the older one are kept, and told and replaced."""

    table: CountedTable
    kept: int
    replaced: int


Ids = Mapping[str, Mapping[str, str]]  # by column, and by the name key of what may stand in it


def merge(
    table: CountedTable,
    older: Sequence[Sequence[str]],
    missing: Mapping[str, str],
    ids: Ids,
    tells: Sequence[str],
) -> Merged:
    """The table with the rows of an older one, its headings first, that speak of other things.

    `missing` is what a column means that one of the two tables lacks. `ids` tell which names mean the same.
    A row with nothing in the columns of what it `tells` is not filled in.
    """
    if not older:
        return Merged(table, 0, 0)
    head, *rows = older
    ours = set(map(name_key, table.columns))
    columns = [*table.columns, *(heading for heading in head if heading and name_key(heading) not in ours)]
    new = {_kind(table.columns, row, table.replaces, missing, ids) for row in table.rows}
    kept = [row for row in rows if _kind(head, row, table.replaces, missing, ids) not in new]
    told = [row for row in rows if row not in kept and any(_filled(row, head, tells, {}))]
    if not kept:
        return Merged(table, 0, len(told))
    filled = [_filled(row, head, columns, missing) for row in kept]
    filled += [_filled(row, table.columns, columns, missing) for row in table.rows]
    merged = CountedTable(table.name, tuple(columns), tuple(filled), table.replaces)
    return Merged(merged, len(kept), len(told))


def _kind(
    columns: Sequence[str], row: Sequence[str], replaces: Sequence[str], missing: Mapping[str, str], ids: Ids
) -> tuple[str, ...]:
    keys = map(name_key, _filled(row, columns, replaces, missing))
    return tuple(ids.get(column, {}).get(key, key) for column, key in zip(replaces, keys, strict=True))


def _filled(
    row: Sequence[str], headings: Sequence[str], columns: Sequence[str], missing: Mapping[str, str]
) -> tuple[str, ...]:
    """What stands in a row of a table with these headings, in other columns."""
    cells = dict(zip_longest(map(name_key, headings), row, fillvalue=""))
    return tuple(cells.get(name_key(column), missing.get(column, "")) for column in columns)


def write_tables(tables: Sequence[CountedTable], folder: Path) -> list[Path]:
    """The files that were written in the folder of a report's outcomes, all or none. Raises OutputError."""
    drafts = {folder / f"{table.name}.csv": folder / f".{table.name}.csv.ny" for table in tables}
    older: dict[Path, bytes | None] = {}  # of those that are replaced
    try:
        folder.mkdir(exist_ok=True)
        for table, draft in zip(tables, drafts.values(), strict=True):
            write_beside(draft, excel_csv((table.columns, *table.rows)).encode())
        for path, draft in drafts.items():
            before = path.read_bytes() if path.exists() else None
            draft.replace(path)
            older[path] = before
    except OSError as error:
        with suppress(OSError):  # what could be replaced just now can be so again
            for path, before in older.items():
                path.unlink() if before is None else path.write_bytes(before)
        remedy = "Kontrollera att du får skriva där, och att filen inte är öppen i Excel."
        raise OutputError(f"Det går inte att skriva i {folder}. {remedy}") from error
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return list(drafts)
