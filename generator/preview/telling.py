"""Problems as the panel in the page tells them."""

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from generator.editions import PROJECT
from generator.model.limits import MAX_BYTES, MAX_TOLD
from generator.model.names import name_key, upper_first
from generator.model.places import ContentError, Place, Problem, Severity, ToldError
from generator.pages.render import place_in_template, template_problem
from generator.reading.files import decode

Told = Mapping[str, Any]  # of a problem, as the panel reads it
_AGAIN = "Sidan visar det som gällde innan, och ändras när det är rättat."
_LONGEST = 100  # characters on each side of the spot, and of the spot
_QUOTED = re.compile("”([^”]+)”")


def problems_of(error: Exception, content: Path) -> Sequence[Problem]:
    """Why something cannot be shown, also when it is the program that is wrong."""
    place = Place(str(content))
    if isinstance(error, ContentError):
        return error.problems
    if isinstance(error, ToldError):
        return [Problem(place, str(error).rstrip("."), _AGAIN)]
    if isinstance(error, TemplateError):  # in the program's own templates
        file, line = place_in_template(error)
        name = file.relative_to(PROJECT) if file.is_relative_to(PROJECT) else file
        return [template_problem(Place(str(name), line), error)]
    traceback.print_exception(error)
    found = f"programmet har ett fel: {type(error).__name__}: {error}"
    return [Problem(place, found, "Ta bort det du ändrade sist.")]


def told(problems: Sequence[Problem], content: Path) -> list[Told]:
    """Errors first, then in the order of files."""
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    listed = (problem for problem in ordered if problem.severity is not Severity.NOTE)
    return [
        {
            "kind": problem.severity.value,
            "place": str(problem.place),
            "found": f"{upper_first(problem.found)}.",
            "remedy": problem.remedy,
            "lack": problem.lack,
            "file": problem.place.file,
            "line": problem.place.line,
            "excerpt": _excerpt(problem, content),
        }
        for problem in islice(listed, MAX_TOLD)
    ]


def _excerpt(problem: Problem, content: Path) -> Mapping[str, str] | None:
    """The line, with the spot between what stands before and after it; None of a whole file or a sheet."""
    line = _line(problem.place, content)
    if not line or not line.strip():
        return None
    for spot in _spots(problem, line, content):
        index = line.find(spot)
        if spot and index >= 0:
            before, after = line[:index], line[index + len(spot) :]
            return {"before": before[-_LONGEST:], "spot": spot[:_LONGEST], "after": after[:_LONGEST]}
    return {"before": line[:_LONGEST], "spot": "", "after": ""}


def _spots(problem: Problem, line: str, content: Path) -> Iterator[str]:
    """What may be at fault: the cell that is named, or what the message quotes."""
    if problem.place.column:
        heads = re.split("[;\t,]", _line(Place(problem.place.file, 1), content) or "")
        keys = [name_key(head) for head in heads]
        if name_key(problem.place.column) in keys:
            cells = re.split("[;\t,]", line)
            yield from cells[keys.index(name_key(problem.place.column)) :][:1]
    yield from _QUOTED.findall(problem.found)
    yield line.strip()


def _line(place: Place, content: Path) -> str | None:
    """A line of a text file of the content, or of the program's own templates and themes."""
    paths = (content.absolute().parent / place.file, PROJECT / place.file)
    roots = (content.resolve(), PROJECT)
    for path, root in zip(paths, roots, strict=True):
        try:
            is_within = path.resolve().is_relative_to(root) and path.stat().st_size <= MAX_BYTES
            text = decode(path.read_bytes()) if is_within and place.line else None
        except OSError:
            continue
        if text is not None:
            return next(iter(text.split("\n")[place.line - 1 : place.line]), None)
    return None
