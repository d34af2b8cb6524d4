"""What has been changed since a plan was made: targets and weights, strategic goals, activities."""

from collections.abc import Iterable, Iterator

from generator.model.entry import said
from generator.model.following import followed, things
from generator.model.names import name_key
from generator.model.plan import Status
from generator.model.planned import Change, Item
from generator.model.report import Report

# What tells of the thing itself, or of the year, is no change of what was decided.
_NOT_DECIDED = {"id", "corresponds", "assessment", "weighed", "status", "evaluated", "follow_up"}


def changes_since(plan: Report, report: Report) -> tuple[Change, ...]:
    """In the order of the report; of each kind last what only the plan has."""
    plans = plan.plan, report.plan
    goals = (each.goals if each else () for each in plans)
    activities = (each.activities if each else () for each in plans)
    pairs = (*_indicators(plan, report), *_by_id(*goals), *_by_id(*activities))
    return tuple(pair for pair in pairs if _decided(pair.before) != _decided(pair.after))


def _indicators(plan: Report, report: Report) -> Iterator[Change]:
    sides = [{name_key(each.id): each for each in side.budget.indicators} for side in (plan, report)]
    for line in followed([things("", side.values()) for side in sides]):
        yield Change(*(sides[place][line[place][1]] if place in line else None for place in (0, 1)))


def _by_id(before: Iterable[Item], after: Iterable[Item]) -> Iterator[Change]:
    was, now = ({name_key(item.id): item for item in side} for side in (before, after))
    yield from (Change(was.get(key), item) for key, item in now.items())
    yield from (Change(item, None) for key, item in was.items() if key not in now)


def _decided(item: Item | None) -> object:
    """What readers would call something else if it were different; None where there is nothing."""
    if item is None:
        return None
    return said(item, _NOT_DECIDED), getattr(item, "status", None) is Status.DROPPED
