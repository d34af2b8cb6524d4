"""Texts, stories and the plan: the parts, indicators, goals and grades that they name."""

import re
from collections.abc import Iterator

from generator.model.contents import Part, own_parts
from generator.model.measures import Subject
from generator.model.names import as_written, name_key
from generator.model.narrative import TextHead
from generator.model.places import Place, Problem, Severity, unknown_name
from generator.model.plan import GoalRule
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.reading.checks.ids import check_names
from generator.reading.checks.outcomes import check_level
from generator.texts import plain_slips

# Parts without a page of their own, or that only some reports have.
_NAMED_OTHERWISE = (Part.AREAS, Part.SERIES, Part.UNITS, Part.ECONOMY, Part.SIGNATURES)


def parts_of(report: Report) -> dict[str, str]:
    """The parts a text can stand in, by name key: those that the report has a page for."""
    followed = report.budget.names_of(Subject.SERIES)
    settings = report.settings
    names = [
        *(part for part in Part if part not in _NAMED_OTHERWISE),
        *((Part.ECONOMY,) if settings.tables else ()),
        *((Part.SIGNATURES,) if settings.signatures else ()),
        *(as_written(part.id) for part in own_parts(settings)),
        *(f"område-{area.id}" for area in report.budget.areas),
        *(as_written(series.id) for series in settings.series if series.id in followed),
        *((Part.UNITS, settings.units_name) if report.units else ()),
    ]
    return {name_key(name): name for name in names}


def check_narrative(report: Report) -> Iterator[Problem]:
    """Every text and story names a part, an indicator and a unit that exist."""
    parts = parts_of(report)
    unit_ids = [unit.id for unit in report.units]
    for text in report.texts:
        if text.head.part not in parts:
            place, known = text.head.place("part"), dict.fromkeys(parts.values())
            yield unknown_name(place, "delen", text.head.part, known)
        yield from check_names(text.head, "indicator", "indikatorn", report.indicators)
        yield from _opening_in_overview(text.head)
    for story in report.stories:
        yield from check_names(story.head, "indicator", "indikatorn", report.indicators)
        if story.head.unit is not None and story.head.unit not in (*unit_ids, report.association.id):
            yield unknown_name(story.head.place("unit"), "enheten", story.head.unit, unit_ids)


# With a month and a day, to which 60 is added in a coordination number; an organisation's number has none.
_PERSONAL_NUMBER = re.compile(r"[-–‑+](?<=\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01]).)\d{4}(?!\d)")


def check_plain_texts(report: Report) -> Iterator[Problem]:
    for text, place in report.plain_texts:
        yield from plain_slips(text, place)
        if _PERSONAL_NUMBER.search(text):
            yield _personal_number(place)
    for body in report.bodies:
        if found := _PERSONAL_NUMBER.search(body.source):
            yield _personal_number(body.place_of(body.source.count("\n", 0, found.start())))


def _personal_number(place: Place) -> Problem:
    remedy = "Ta bort det: bokslutet är offentligt."
    return Problem(place, "här står något som ser ut som ett personnummer", remedy, Severity.WARNING)


def _opening_in_overview(head: TextHead) -> Iterator[Problem]:
    """The heading and the lead of the first page stand in a text of the overview."""
    for field, key in (("heading", "rubrik"), ("lead", "ingress")):
        if getattr(head, field) is not None and head.part != name_key(Part.OVERVIEW):
            found = f"”{key}” är förstasidans, men texten hör till delen ”{as_written(head.part)}”"
            yield Problem(head.place(field), found, f"Flytta raden till en text med del: {Part.OVERVIEW}.")


def check_plan(report: Report) -> Iterator[Problem]:
    """Everything that a plan names exists, and can be compared with what it asks for."""
    plan = report.plan
    if plan is None:
        return
    for goal in plan.goals:
        if goal.rule is not None:
            yield from _check_rule(goal.rule, report)
        if goal.assessment is not None and plan.grade_of(goal) is None:
            yield unknown_name(goal.assessment.place("grade"), "betyget", goal.assessment.grade, plan.grades)
    goals = [goal.id for goal in plan.goals]
    for activity in plan.activities:
        yield from check_names(activity, "goals", "det strategiska målet", goals)


def _check_rule(rule: GoalRule, report: Report) -> Iterator[Problem]:
    """The indicators of a rule are the association's, and measured in what the level is stated in."""
    yield from check_names(rule, "indicators", "indikatorn", report.indicators)
    indicators = [report.indicators[id] for id in rule.indicators if id in report.indicators]
    for indicator in indicators:
        if report.indicator_of(indicator.id, report.association) is None:
            found = f"indikator {indicator.id} mäts bara för {report.settings.units_name}"
            remedy = "Ta bort den ur regeln, eller ändra ”gäller” i budgeten."
            yield Problem(rule.place("indicators"), found, remedy)
        elif rule.level is not None:
            yield from check_level(rule.level, rule.place("level"), indicator, report)
    rate, place = rule.response_rate, rule.place("response_rate")
    if rate is not None and (rate.kind is not Kind.SHARE or rate.low is None):
        yield Problem(place, f"”{rate.text}” är inte en svarsfrekvens", "Skriv till exempel minst 60 %.")
    elif rate is not None and not any(indicator.asked for indicator in indicators):
        remedy = "Ta bort raden, eller lägg till en indikator som ställer en fråga."
        yield Problem(place, "regelns indikatorer ställer ingen fråga", remedy)
