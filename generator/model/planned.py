"""What a report says of the plan that it follows up: what of it was changed on the way."""

from dataclasses import dataclass

from generator.model.measures import Indicator
from generator.model.plan import Activity, StrategicGoal

Item = Indicator | StrategicGoal | Activity


@dataclass(frozen=True)
class Change:
    """One of the two is None where the thing is new, or is there no more."""

    before: Item | None
    after: Item | None


@dataclass(frozen=True)
class Planned:
    """The plan by its folder and title."""

    id: str
    title: str
    changes: tuple[Change, ...]
