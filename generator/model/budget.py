"""The social budget: areas, goals and their indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from generator.model.entry import Entry, former_id, key
from generator.model.fields import Id, Share, Text
from generator.model.grades import GradeScale
from generator.model.measures import Indicator, Subject


class Goal(Entry):
    id: Id = Field(description="Målets nummer, till exempel 1.1.")
    text: Text
    indicators: tuple[Indicator, ...] = key("indikatorer", min_length=1)


class Area(Entry):
    id: Id = Field(description="Områdets nummer.")
    name: Text = key("namn")
    ideal_weight: Share | None = key("idealvikt", "Hur stor del av alla poäng som området bör ha.", None)
    corresponds: Id | None = former_id("Områdets")
    goals: tuple[Goal, ...] = key("mål", min_length=1)

    @property
    def indicators(self) -> Iterator[Indicator]:
        return (indicator for goal in self.goals for indicator in goal.indicators)


class Budget(Entry):
    """budget.yaml"""

    areas: tuple[Area, ...] = key("områden", min_length=1)
    grade_scales: tuple[GradeScale, ...] = key("betygsskalor", default=())

    @property
    def indicators(self) -> Iterator[Indicator]:
        return (indicator for area in self.areas for indicator in area.indicators)

    def with_indicators(self, changed: Mapping[str, Indicator]) -> Budget:
        """With others in the place of those of the same id."""

        def goal(goal: Goal) -> Goal:
            indicators = tuple(changed.get(each.id, each) for each in goal.indicators)
            return goal.model_copy(update={"indicators": indicators})

        areas = (area.model_copy(update={"goals": tuple(map(goal, area.goals))}) for area in self.areas)
        return self.model_copy(update={"areas": tuple(areas)})

    def names_of(self, subject: Subject) -> tuple[str, ...]:
        """Everything of a kind that indicators name, each once."""
        names = (name for indicator in self.indicators for name in indicator.names_of(subject))
        return tuple(dict.fromkeys(names))

    @property
    def is_weighted(self) -> bool:
        """Whether the report has an index: some indicator has a weight."""
        return any(indicator.weight is not None for indicator in self.indicators)
