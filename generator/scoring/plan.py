"""What the rules of strategic goals say, and where the board's grades differ from them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.model.plan import Activity, GoalRule, Plan, StrategicGoal
from generator.model.plan_results import GoalOutcome, RulePart, Verdict
from generator.model.quantities import Kind, Target
from generator.model.results import IndicatorResult, Signal
from generator.model.settings import Rules
from generator.model.shown import ShownReport
from generator.scoring.signals import meets_level


def follow_up(published: ShownReport) -> ShownReport:
    """The report with its strategic goals. They rest on published results, and can tell nothing hidden."""
    plan = published.report.plan
    if plan is None:
        return published
    results = {result.indicator.id: result for result in published.association.results}
    settings = published.report.settings
    outcomes = (
        goal_outcome(goal, plan, results, settings.rules, today=settings.published) for goal in plan.goals
    )
    return replace(published, strategic_goals=tuple(outcomes))


def goal_outcome(
    goal: StrategicGoal,
    plan: Plan,
    results: Mapping[str, IndicatorResult],
    rules: Rules,
    *,
    today: datetime.date = datetime.date.max,
) -> GoalOutcome:
    """What a goal's rule says of results by indicator, compared with the board's grade.

    An activity that is to be done after `today` and is not done yet leaves it open.
    """
    grade = plan.grade_of(goal)
    if goal.rule is None:
        return GoalOutcome(goal, None, grade=grade)
    parts = tuple(_part(results[id], goal.rule.level, rules) for id in goal.rule.indicators)
    activities = plan.activities_of(goal) if goal.rule.activities else ()
    verdict = all_of(_verdicts(goal.rule, parts, activities, today))
    differs = grade is not None and _differs(verdict, grade, len(plan.grades))
    return GoalOutcome(goal, verdict, parts, activities, grade, differs)


def _verdicts(
    rule: GoalRule, parts: Iterable[RulePart], activities: tuple[Activity, ...], today: datetime.date
) -> Iterator[Verdict]:
    """The verdict of each thing that a rule asks for."""
    yield from (part.verdict for part in parts)
    if rule.activities and not activities:
        yield Verdict.UNDECIDED
    for activity in activities:
        is_open = activity.due is not None and activity.due > today
        yield Verdict.MET if activity.is_completed else Verdict.UNDECIDED if is_open else Verdict.NOT_MET


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met when all are. What is not measured leaves it open, whatever the others say."""
    found = set(verdicts)
    return next(verdict for verdict in _FIRST_WINS if verdict in found)


_FIRST_WINS = (Verdict.UNDECIDED, Verdict.NOT_MET, Verdict.HIDDEN, Verdict.MET)


def _part(result: IndicatorResult, level: Target | None, rules: Rules) -> RulePart:
    if level is not None:
        result = replace(result, limits=(*result.limits, *level.limits))
    return RulePart(result, _part_verdict(result, level, rules))


def _part_verdict(result: IndicatorResult, level: Target | None, rules: Rules) -> Verdict:
    """Of a hidden outcome the signal is public, and tells of the indicator's own target only."""
    if not result.outcome.is_measured:
        return Verdict.UNDECIDED
    if level is None or _is_same(level, result.indicator.target):
        is_met = None if result.signal is None else result.signal is Signal.GREEN
    elif result.outcome.protected:
        return Verdict.HIDDEN
    else:
        is_met = meets_level(level, result.indicator, result.outcome, rules)
    if is_met is None:
        return Verdict.UNDECIDED
    return Verdict.MET if is_met else Verdict.NOT_MET


def _is_same(level: Target, target: Target) -> bool:
    """Whether a level asks for what the target does, however the two are written."""
    if level.kind is Kind.VERDICT:
        return True
    return replace(level, text=target.text, unit=target.unit) == target


def _differs(verdict: Verdict, grade: int, grades: int) -> bool:
    """The grade in the middle of an odd scale lies in neither half."""
    if verdict is Verdict.MET:
        return 2 * grade < grades + 1
    return verdict is Verdict.NOT_MET and 2 * grade > grades + 1
