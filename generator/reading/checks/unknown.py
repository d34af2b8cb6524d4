"""How a name that is not known is told."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.entry import Entry
from generator.model.names import as_written, remedy_for_unknown
from generator.model.places import Problem


def unknown_name(entry: Entry, field: str, what: str, written: str, known: Iterable[str]) -> Problem:
    """The problem of a name in a field of an entry that is none of those known."""
    found = f"{what} ”{as_written(written)}” finns inte"
    return Problem(entry.place(field), found, remedy_for_unknown(written, known))
