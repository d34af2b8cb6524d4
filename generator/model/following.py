"""Which thing of an earlier report a thing is: an area, an indicator, a row, a question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.model.measures import Subject
from generator.model.names import name_key
from generator.model.report import Report

AREA = "area"
Key = tuple[Subject | str, str]  # a kind of thing, and its name key
Things = Mapping[Key, Key | None]  # each with what its report says that it was in earlier ones
Followed = dict[int, Key]  # what a thing is called, by the place of each report that has it


def listed_in(report: Report) -> Mapping[Subject | str, Sequence[Any]]:
    """All that indexes, participants and the definitions of indicators are made of."""
    return {
        AREA: report.budget.areas,
        Subject.INDICATOR: tuple(report.budget.indicators),
        Subject.ROW: report.settings.rows,
        Subject.QUESTION: report.survey.questions,
        Subject.RESPONDENTS: report.survey.groups,
    }


def things_of(report: Report) -> Things:
    return {key: was for each in listed_in(report).items() for key, was in things(*each).items()}


def things(kind: Subject | str, listed: Iterable[Any]) -> dict[Key, Key | None]:
    """Of what has an id, and may say which id it had in earlier reports."""
    return {
        (kind, name_key(thing.id)): (kind, name_key(was)) if was else None
        for thing, was in ((thing, getattr(thing, "corresponds", None)) for thing in listed)
    }


def followed(reports: Sequence[Things]) -> list[Followed]:
    """A line for each thing of the reports, which stand with the earliest first.

    What a report says that a thing was goes before an equal id. It is said once: later reports may repeat
    it. The lines are in the order of the latest report that has the thing.
    """
    lines: list[Followed] = []
    latest: dict[Key, Followed] = {}  # each line by its last name
    told: dict[Key, Key | None] = {}  # what was last said of each name
    for place, report in enumerate(reports):
        said = {key: was for key, was in report.items() if was and was != told.get(key)}
        told |= report
        found: dict[Key, Followed] = {}
        for key in sorted(report, key=lambda key: key not in said):
            names = (said.get(key), key)
            before = (latest[name] for name in names if name in latest and place not in latest[name])
            found[key] = next(before, {})
            if not found[key]:
                lines.append(found[key])
            found[key][place] = key
        latest = {key: line for key, line in latest.items() if place not in line} | found
    order = {(place, key): row for place, report in enumerate(reports) for row, key in enumerate(report)}
    return sorted(lines, key=lambda line: (-max(line), order[max(line.items())]))


def renamed(before: Report, after: Report) -> dict[Key, Key]:
    """The things of an earlier report that a later one has, with what they are called there."""
    lines = followed([things_of(before), things_of(after)])
    return {line[0]: line[1] for line in lines if len(line) == 2}
