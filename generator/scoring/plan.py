"""What the rules of strategic goals say, where the board's grades differ, and what of a plan has changed."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction

from generator.model.budget import Area
from generator.model.entry import said
from generator.model.following import followed, things
from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.outcome import NotMeasured
from generator.model.plan import Activity, GoalRule, Plan, Status, StrategicGoal
from generator.model.plan_results import Change, GoalOutcome, Item, Planned, ResponseRate, RulePart, Verdict
from generator.model.quantities import Kind, Target
from generator.model.report import Report
from generator.model.results import IndicatorResult, Signal
from generator.model.settings import Rules
from generator.model.shown import ShownReport
from generator.model.survey import Survey
from generator.scoring.signals import is_met, meets_level


def follow_up(published: ShownReport) -> ShownReport:
    """The report with its strategic goals. They rest on published results, and can tell nothing hidden."""
    plan, report = published.report.plan, published.report
    if plan is None:
        return published
    goals = Goals(
        plan,
        published.association.by_id,
        report.rules,
        report.survey,
        frozenset(name_key(text.head.title) for text in report.texts if text.head.is_written),
        year_ends=datetime.date(report.year, 12, 31),
        today=report.settings.published,
    )
    return replace(published, strategic_goals=tuple(map(goals.outcome, plan.goals)))


class Goals(Frozen):
    """What the goals of a plan are held against. By `year_ends` all is due that says no other day."""

    plan: Plan
    results: Mapping[str, IndicatorResult]
    rules: Rules
    survey: Survey = field(default_factory=Survey)
    written: frozenset[str] = frozenset()
    year_ends: datetime.date = datetime.date.min
    today: datetime.date = datetime.date.max

    def outcome(self, goal: StrategicGoal) -> GoalOutcome:
        """What a goal's rule says, compared with the board's grade."""
        grade, rule = self.plan.grade_of(goal), goal.rule
        if rule is None:
            return GoalOutcome(goal, None, grade=grade)
        parts = tuple(_part(self.results[id], rule.level, self.rules) for id in rule.indicators)
        rates = tuple(self._rates(rule, parts))
        unwritten = tuple(name for name in rule.descriptions if name_key(name) not in self.written)
        activities = self.plan.activities_of(goal) if rule.activities else ()
        verdict = all_of(
            (
                *(part.verdict for part in parts),
                *(rate.verdict for rate in rates),
                self._undone(self.year_ends) if unwritten else Verdict.MET,
                *([Verdict.UNDECIDED] if rule.activities and not activities else ()),
                *map(self._activity, activities),
            )
        )
        differs = grade is not None and _differs(verdict, grade, len(self.plan.grades))
        return GoalOutcome(goal, verdict, parts, rates, unwritten, activities, grade, differs)

    def _activity(self, activity: Activity) -> Verdict:
        return Verdict.MET if activity.is_completed else self._undone(activity.due or self.year_ends)

    def _undone(self, due: datetime.date) -> Verdict:
        """What is to be done after today leaves a goal open."""
        return Verdict.NOT_YET if due > self.today else Verdict.NOT_MET

    def _rates(self, rule: GoalRule, parts: Sequence[RulePart]) -> Iterator[ResponseRate]:
        """Of each group that is asked, from the outcomes that are shown."""
        asked: dict[str, list[RulePart]] = {}
        for part in parts if rule.response_rate else ():
            if part.result.indicator.asked is not None:
                asked.setdefault(part.result.indicator.asked[0], []).append(part)
        for id, of_group in asked.items():
            group = self.survey.group(id)
            answered = [part.result.outcome.denominator for part in of_group]
            known = [number for number in answered if number is not None]
            if group is None or group.asked is None or not known:
                left_open = {part.verdict for part in of_group} - {Verdict.MET, Verdict.NOT_MET}
                verdict = all_of(left_open or {Verdict.UNDECIDED})
                yield ResponseRate(group.name if group else id, None, verdict)
                continue
            share = Fraction(max(known), group.asked)
            is_enough = rule.response_rate is not None and is_met(share, rule.response_rate)
            yield ResponseRate(group.name, share, Verdict.MET if is_enough else Verdict.NOT_MET)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met when all are. What is not measured, or not due, leaves it open, whatever the others say."""
    found = set(verdicts)
    return next(verdict for verdict in _FIRST_WINS if verdict in found)


_FIRST_WINS = (Verdict.UNDECIDED, Verdict.NOT_YET, Verdict.NOT_MET, Verdict.HIDDEN, Verdict.MET)


def _part(result: IndicatorResult, level: Target | None, rules: Rules) -> RulePart:
    if level is not None:
        result = replace(result, limits=(*result.limits, *level.limits))
    return RulePart(result, _part_verdict(result, level, rules))


def _part_verdict(result: IndicatorResult, level: Target | None, rules: Rules) -> Verdict:
    """Of a hidden outcome the signal is public, and tells of the indicator's own target only."""
    if not result.outcome.is_measured:
        return Verdict.NOT_YET if result.outcome.reason is NotMeasured.NOT_YET else Verdict.UNDECIDED
    own = result.indicator.target  # which a level may ask for too, written otherwise
    if level is None or level.kind is Kind.VERDICT or replace(level, text=own.text, unit=own.unit) == own:
        met = None if result.signal is None else result.signal is Signal.GREEN
    elif result.outcome.protected:
        return Verdict.HIDDEN
    else:
        met = meets_level(level, result.indicator, result.outcome, rules)
    return {None: Verdict.UNDECIDED, True: Verdict.MET, False: Verdict.NOT_MET}[met]


def _differs(verdict: Verdict, grade: int, grades: int) -> bool:
    """The grade in the middle of an odd scale lies in neither half."""
    if verdict is Verdict.MET:
        return 2 * grade < grades + 1
    return verdict is Verdict.NOT_MET and 2 * grade > grades + 1


# What has been changed since a plan was made

# What tells of the thing itself, or of the year, is no change of what was decided.
_NOT_DECIDED = {
    "id", "corresponds", "short", "reference", "assessment", "weighed", "status", "evaluated", "follow_up",
}  # fmt: skip


def changes_since(plan: Report, report: Report) -> Planned:
    """In the order of the report; of each kind last what only the plan has."""
    pairs = (pair for kinds in zip(_things(plan), _things(report), strict=True) for pair in _pairs(*kinds))
    changes = tuple(pair for pair in pairs if _decided(pair.before) != _decided(pair.after))
    return Planned(plan.id, plan.settings.title, changes, (plan.rules, report.rules))


def _things(report: Report) -> Iterator[Sequence[Item]]:
    yield report.budget.areas
    yield [goal for area in report.budget.areas for goal in area.goals]
    yield tuple(report.budget.indicators)
    yield from (report.plan.goals, report.plan.activities) if report.plan else ((), ())


def _pairs(*kinds: Sequence[Item]) -> Iterator[Change]:
    sides = [{name_key(each.id): each for each in side} for side in kinds]
    for line in followed([things("", side) for side in kinds]):
        yield Change(*(sides[place][line[place][1]] if place in line else None for place in (0, 1)))


def _decided(item: Item | None) -> object:
    """What readers would call something else if it were different; None where there is nothing."""
    if item is None:
        return None
    within = {"goals"} if isinstance(item, Area) else {"indicators"}
    return said(item, _NOT_DECIDED | within), getattr(item, "status", None) is Status.DROPPED
