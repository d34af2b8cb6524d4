"""What became of a plan: what the rules of its goals say, the board's grades, and what was changed."""

from enum import Enum
from fractions import Fraction

from generator.model.budget import Area, Goal
from generator.model.frozen import Frozen
from generator.model.measures import Indicator
from generator.model.plan import Activity, StrategicGoal
from generator.model.results import IndicatorResult
from generator.model.settings import Rules


class Verdict(Enum):
    """UNDECIDED: something is not measured, or there is nothing to judge. NOT_YET: something is not due.
    HIDDEN: it would give away an outcome that disclosure control hides."""

    MET = "uppfylld"
    NOT_MET = "inte uppfylld"
    UNDECIDED = "går inte att avgöra"
    NOT_YET = "avgörs senare"
    HIDDEN = "visas inte"


class RulePart(Frozen):
    """An indicator of a rule. The limits of its result are also those of the rule's level."""

    result: IndicatorResult
    verdict: Verdict


class ResponseRate(Frozen):
    """What share of a group answered at most what the indicators of a rule ask; None if it is not known."""

    group: str
    share: Fraction | None
    verdict: Verdict


class GoalOutcome(Frozen):
    """`verdict` is None for a goal without a rule. `rates` and `activities` are those that its rule asks for,
    and `unwritten` the descriptions that it lacks.

    `grade` is counted from 1. It `differs` when it lies in the half of the scale that speaks against the
    rule's verdict.
    """

    goal: StrategicGoal
    verdict: Verdict | None
    parts: tuple[RulePart, ...] = ()
    rates: tuple[ResponseRate, ...] = ()
    unwritten: tuple[str, ...] = ()
    activities: tuple[Activity, ...] = ()
    grade: int | None = None
    differs: bool = False


Item = Area | Goal | Indicator | StrategicGoal | Activity


class Change(Frozen):
    """One of the two is None where the thing is new, or is there no more."""

    before: Item | None
    after: Item | None


class Planned(Frozen):
    """The plan by its folder and title. `rules` are those of the plan and of the report."""

    id: str
    title: str
    changes: tuple[Change, ...]
    rules: tuple[Rules, Rules]
