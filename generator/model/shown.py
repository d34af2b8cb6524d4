"""What pages and open data are made from: results and tables in the form in which they may be published.

Nothing that was counted is in here in any other form, so that what disclosure control has hidden
cannot come out by another way.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from functools import cached_property

from generator.model.amounts import AmountTable
from generator.model.comparison import Comparison
from generator.model.frozen import Frozen
from generator.model.outcomes import BySex, Value, ValueKey
from generator.model.places import Place
from generator.model.plan_results import GoalOutcome, Planned
from generator.model.quantities import Quantity
from generator.model.reconciliation import Reconciliation
from generator.model.results import IndicatorResult, UnitResults
from generator.model.sensitivity import Sensitivity, WhatIfs


class Hidden(Enum):
    """Stands instead of a small count, or of one that would give it away."""

    HIDDEN = ".."

    def __str__(self) -> str:
        return self.value


HIDDEN = Hidden.HIDDEN
Count = int | Hidden
ShownPeople = BySex[Count]  # persons as they may be shown


class ShownTables(Frozen):
    """Every counted table that is published. Names are name keys; the first of a pair is the unit.

    `background_sums` are the sums of the background tables. `previous` holds last year's count or
    share of a row of the participant table. `values` are the series, with places and years. `typed_amounts`
    are the tables of amounts by their ids, which disclosure control leaves as they are.
    """

    participants: Mapping[tuple[str, str], ShownPeople] = field(default_factory=dict)
    background: Mapping[tuple[str, str], Mapping[str, ShownPeople]] = field(default_factory=dict)
    background_sums: Mapping[tuple[str, str], ShownPeople] = field(default_factory=dict)
    previous: Mapping[tuple[str, str], Quantity | Hidden] = field(default_factory=dict)
    previous_places: Mapping[tuple[str, str], tuple[Place, ...]] = field(default_factory=dict)
    values: Mapping[ValueKey, Value] = field(default_factory=dict)
    typed_amounts: Mapping[str, AmountTable] = field(default_factory=dict)

    @cached_property
    def amounts(self) -> Mapping[str, AmountTable]:
        """The tables of amounts, in which what is divided by participants is hidden where they are."""
        tables = self.typed_amounts.items()
        return {id: table.divided_by(self.participants) for id, table in tables}


class ShownReport(UnitResults):
    """`report` carries no tables. `sensitivity` is keyed by (unit, indicator id), `what_ifs` by unit.

    `unit_keys` are what units are called on the whole site, where that is not their id. A plan has no index
    to compare: `before` are the results of the report that it is compared with, as they are published there.
    """

    tables: ShownTables
    sensitivity: Mapping[tuple[str, str], Sensitivity] = field(default_factory=dict)
    what_ifs: Mapping[str, WhatIfs] = field(default_factory=dict)
    reconciliation: Reconciliation = field(default_factory=Reconciliation)
    comparison: Comparison | None = None
    compared_title: str = ""  # of the report that it is compared with
    before: Mapping[tuple[str, str], IndicatorResult] = field(default_factory=dict)
    planned: Planned | None = None  # the plan that it follows up
    strategic_goals: tuple[GoalOutcome, ...] = ()
    unit_keys: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, unit: str) -> str:
        return self.unit_keys.get(unit, unit)
