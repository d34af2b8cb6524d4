"""The plan: the indicators, goals and grades that it names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.measures import Scope
from generator.model.places import Problem
from generator.model.plan import GoalRule
from generator.model.report import Report
from generator.reading.checks.ids import check_names, unknown_name
from generator.reading.checks.values import check_level


def check_plan(report: Report) -> Iterator[Problem]:
    """Everything that a plan names exists, and can be compared with what it asks for."""
    plan = report.plan
    if plan is None:
        return
    for goal in plan.goals:
        if goal.rule is not None:
            yield from _check_rule(goal.rule, report)
        if goal.assessment is not None and plan.grade_of(goal) is None:
            yield unknown_name(goal.assessment, "grade", "betyget", goal.assessment.grade, plan.grades)
    goals = [goal.id for goal in plan.goals]
    for activity in plan.activities:
        yield from check_names(activity, "goals", "det strategiska målet", goals)


def _check_rule(rule: GoalRule, report: Report) -> Iterator[Problem]:
    """The indicators of a rule are the association's, and measured in what the level is stated in."""
    yield from check_names(rule, "indicators", "indikatorn", report.indicators)
    for indicator in (report.indicators[id] for id in rule.indicators if id in report.indicators):
        if indicator.scope is Scope.UNITS:
            found = f"indikator {indicator.id} mäts bara för {report.settings.units_name}"
            remedy = "Ta bort den ur regeln, eller ändra ”gäller” i budgeten."
            yield Problem(rule.place("indicators"), found, remedy)
        elif rule.level is not None:
            yield from check_level(rule.level, rule.place("level"), indicator, report)
