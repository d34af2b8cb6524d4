"""The plan: the indicators, goals and grades that it names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.measures import Scope
from generator.model.places import Problem
from generator.model.plan import GoalRule
from generator.model.report import Report
from generator.reading.checks.unknown import unknown_name
from generator.reading.checks.values import fits_level


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
        for id in activity.goals:
            if id not in goals:
                yield unknown_name(activity, "goals", "det strategiska målet", id, goals)


def _check_rule(rule: GoalRule, report: Report) -> Iterator[Problem]:
    """The indicators of a rule are the association's, and measured in what the level is stated in."""
    for id in rule.indicators:
        indicator = report.indicators.get(id)
        if indicator is None:
            yield unknown_name(rule, "indicators", "indikatorn", id, report.indicators)
        elif indicator.scope is Scope.UNITS:
            found = f"indikator {id} mäts bara för {report.settings.units_name}"
            remedy = "Ta bort den ur regeln, eller ändra ”gäller” i budgeten."
            yield Problem(rule.place("indicators"), found, remedy)
        elif rule.level is not None and not fits_level(rule.level, indicator, report):
            found = f"nivån ”{rule.level.text}” passar inte indikator {id}, som mäts på annat sätt"
            remedy = "Ta bort raden ”nivå”: då gäller varje indikators eget krav."
            yield Problem(rule.place("level"), found, remedy)
