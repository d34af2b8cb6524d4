"""What the tests of reconciliation need: control totals and tables to add, and what is then said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from generator.build import check
from generator.model.places import ContentError, Problem, Severity
from generator.model.reconciliation import Identity, Rule, Verdict
from tests.support import define_table, plain

CONTROLS = "utfall/kontrollsummor.csv"
NO_EXPLANATION = ""
# ”rad 3, 4 och 10–12 i content/…”
_LINES = re.compile(r"rad (\d+(?:[–, ]|och|\d)*\d|\d)(?: i (content/[^\s;]*[^\s;.]))?")


def add_controls(year: Path, *controls: Sequence[str]) -> None:
    """Control totals as an author enters them: what, the printed value and why it differs, if it does."""
    lines = ["uppgift;värde;källa;förklaring"]
    for figure, written, *explanation in controls:
        lines.append(";".join((figure, written, "årsredovisningen", *(explanation or [NO_EXPLANATION]))))
    (year / CONTROLS).write_text("\n".join(lines) + "\n", "utf-8")


def add_table(year: Path, rows: Sequence[str], *, rounded: bool = False, unit: str = "tkr") -> str:
    """A table in tabeller/, with its heading first among the rows; gives the name of its file."""
    is_rounded = "ja" if rounded else "nej"
    definition = f"  - id: ekonomi\n    titel: Ekonomi\n    måttenhet: {unit}\n    avrundad: {is_rounded}\n"
    define_table(year, definition)
    (year / "tabeller/ekonomi.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return "tabeller/ekonomi.csv"


def told_in(content: Path) -> list[Problem]:
    """Everything that is said, down to what need not be mended."""
    try:
        return list(check(content).warnings)
    except ContentError as error:
        return error.problems


def told_about(year: Path, file: str, severity: Severity = Severity.ERROR) -> list[Problem]:
    """What is said of a file of the report."""
    at = f"content/{year.name}/{file}"
    return [one for one in told_in(year.parent) if one.place.file == at and one.severity is severity]


def only_told_about(year: Path, file: str, severity: Severity = Severity.ERROR) -> Problem:
    problems = told_about(year, file, severity)
    assert len(problems) == 1, problems
    return problems[0]


def found_in(problem: Problem) -> str:
    return plain(problem.found)


def lines_told(problem: Problem) -> set[tuple[str, int]]:
    """Every file and line that a problem names: its own, and those that its remedy says were compared."""
    lines = {(problem.place.file, problem.place.line)}
    for numbers, file in _LINES.findall(problem.remedy):
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", numbers):
            named = range(int(first), int(last or first) + 1)
            lines |= {(file or problem.place.file, line) for line in named}
    return lines


def compared_in(content: Path, rule: Rule) -> list[Identity]:
    """The identities of a kind in the first report of sound content."""
    (first, *_) = check(content).reports
    return [one for one in first.reconciliation.identities if one.rule is rule]


def verdicts_in(content: Path, rule: Rule) -> set[Verdict]:
    return {one.verdict for one in compared_in(content, rule)}
