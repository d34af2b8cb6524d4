"""Ids and names that stand twice, and those that point nowhere."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from generator.model.entry import Entry
from generator.model.names import as_written, name_key
from generator.model.places import Problem, unknown_name
from generator.model.report import Report


def check_ids(report: Report) -> Iterator[Problem]:
    """Ids and names that stand twice, and scales and rows that are named but do not exist."""
    budget, settings, survey = report.budget, report.settings, report.survey
    goals = [goal for area in budget.areas for goal in area.goals]
    yield from _twice("området", budget.areas)
    yield from _twice("målet", goals)
    yield from _twice("indikatorn", budget.indicators)
    yield from _twice("enheten", settings.every_unit)
    yield from _twice("raden", settings.rows)
    yield from _twice("tabellen", settings.background)
    yield from _twice("tabellen", settings.tables)
    yield from _twice("serien", settings.series)
    yield from _twice("svarsgruppen", survey.groups)
    yield from _twice("skalan", survey.scales)
    yield from _twice("frågan", survey.questions)
    if report.plan is not None:
        yield from _twice("det strategiska målet", report.plan.goals)
        yield from _twice("aktiviteten", report.plan.activities)
    yield from _same_name("områden", budget.areas, "name")
    yield from _same_name("enheter", settings.every_unit, "name")
    yield from _same_name("rader", settings.rows, "name")
    yield from _same_name("tabeller", settings.background, "title")
    yield from _same_name("svarsgrupper", survey.groups, "name")
    yield from _same_name("frågor", survey.questions, "text")
    scales = [scale.id for scale in survey.scales]
    for question in survey.questions:
        yield from check_names(question, "scale", "skalan", scales)
    rows = [row.id for row in settings.rows]
    for row in settings.rows:
        yield from check_names(row, "share_of", "raden", rows)


def _twice(what: str, entries: Iterable[Any]) -> Iterator[Problem]:
    """`entries` have an id."""
    first: dict[str, Any] = {}
    for entry in entries:
        before = first.setdefault(name_key(entry.id), entry)
        if before is not entry:
            found = f"{what} ”{as_written(entry.id)}” finns redan ({before.place('id')})"
            yield Problem(entry.place("id"), found, "Ge den ett eget id, eller ta bort den ena.")


def _same_name(what: str, entries: Iterable[Any], label: str) -> Iterator[Problem]:
    """A cell may hold an id or a name, so a name may be neither another's name nor another's id."""
    listed = list(entries)
    taken = {name_key(entry.id): entry for entry in reversed(listed)}
    for entry in listed:
        name = getattr(entry, label)
        other = taken.setdefault(name_key(name), entry)
        if name_key(name) and name_key(entry.id) != name_key(other.id):
            found = f"två {what} kan kallas ”{name}” (den andra: {other.place()})"
            remedy = "Ge dem olika namn: i tabellerna går de inte att skilja."
            yield Problem(entry.place(label), found, remedy)


def check_names(entry: Entry, field: str, what: str, known: Collection[str]) -> Iterator[Problem]:
    """A problem for each name in a field, which holds one, several or none, that is none of those known."""
    written = getattr(entry, field)
    for name in [written] if isinstance(written, str) else written or ():
        if name not in known:
            yield unknown_name(entry.place(field), what, name, known)
