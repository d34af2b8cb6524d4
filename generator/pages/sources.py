"""Where figures stand in the author's files, for readers."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.names import name_key
from generator.model.places import Place
from generator.model.sources import SourceFile
from generator.pages import views


def source_refs(places: Iterable[Place], report_id: str) -> tuple[views.SourceRef, ...]:
    """The lines of each file, in order; a place without a line is the file as a whole."""
    lines: dict[str, set[int]] = {}
    for place in places:
        if place.file:
            lines.setdefault(place.file, set()).add(place.line)
    return tuple(
        views.SourceRef(
            file_in_report(file, report_id),
            source_page(file, report_id),
            tuple(sorted(number for number in numbers if number)),
        )
        for file, numbers in sorted(lines.items())
    )


def source_view(file: SourceFile, report_id: str) -> views.SourceFile:
    return views.SourceFile(
        page=source_page(file.name, report_id),
        name=file_in_report(file.name, report_id),
        heads=file.heads,
        lines=file.lines,
    )


def file_in_report(file: str, report_id: str) -> str:
    """”content/2021-umearegionen/utfall/deltagare.csv” as ”utfall/deltagare.csv”."""
    return file.partition(f"{report_id}/")[2] or file


def source_page(file: str, report_id: str) -> str:
    """The page of the audit edition that shows a file."""
    return f"kalla-{name_key(file_in_report(file, report_id))}"
