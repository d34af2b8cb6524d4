"""How a name that is not known is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.model.entry import Entry
from generator.model.names import as_written, remedy_for_unknown
from generator.model.places import Problem


def unknown_name(entry: Entry, field: str, what: str, written: str, known: Iterable[str]) -> Problem:
    """The problem of a name in a field of an entry that is none of those known."""
    found = f"{what} ”{as_written(written)}” finns inte"
    return Problem(entry.place(field), found, remedy_for_unknown(written, known))


def check_names(entry: Entry, field: str, what: str, known: Collection[str]) -> Iterator[Problem]:
    """A problem for each name in a field, which holds one, several or none, that is none of those known."""
    written = getattr(entry, field)
    for name in [written] if isinstance(written, str) else written or ():
        if name not in known:
            yield unknown_name(entry, field, what, name, known)
