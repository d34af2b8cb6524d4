"""What a report says of the plan that it follows up: what of it was changed on the way."""

from generator.model.frozen import Frozen
from generator.model.measures import Indicator
from generator.model.plan import Activity, StrategicGoal

Item = Indicator | StrategicGoal | Activity


class Change(Frozen):
    """One of the two is None where the thing is new, or is there no more."""

    before: Item | None
    after: Item | None


class Planned(Frozen):
    """The plan by its folder and title."""

    id: str
    title: str
    changes: tuple[Change, ...]
