"""The author's files as they are written, so that a figure can be followed to its row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model.places import Problem
from generator.model.sources import SourceFile
from generator.reading.files import Folder
from generator.reading.tables import records

_TABLES, _TEXTS = ".csv", (".yaml", ".md")


def read_sources(content: Path, report_id: str) -> tuple[SourceFile, ...]:
    """Every table, settings file and text of a report that has been read without problems."""
    problems: list[Problem] = []
    site = Folder(content, content.name, problems)
    folder = Folder(content / report_id, site.name_of(report_id), problems)
    return tuple(_sources(folder, ""))


def _sources(folder: Folder, path: str) -> Iterator[SourceFile]:
    for name in folder.entries(path):
        below = str(PurePosixPath(path, name))
        if folder.is_folder(below):
            yield from _sources(folder, below)
        elif name.endswith((_TABLES, *_TEXTS)):
            text = folder.read_text(below)
            if text is not None:
                yield _source(folder.name_of(below), text, is_table=name.endswith(_TABLES))


def _source(name: str, text: str, *, is_table: bool) -> SourceFile:
    if not is_table:
        lines = enumerate(text.rstrip("\n").split("\n"), start=1)
        return SourceFile(name, (), {number: (line,) for number, line in lines})
    (_, heads), *rows = records(text)
    return SourceFile(name, tuple(heads), {number: tuple(cells) for number, cells in rows})
