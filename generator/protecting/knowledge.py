"""What readers will know of a report: its counted cells, the figures made of them, identities and signals.

A cell is a variable; a figure is a sum of cells. Cells of units stand for themselves. The association's
figures are sums over its units, unless only its own are given.
"""

from __future__ import annotations

from generator.model.results import ScoredReport
from generator.protecting.cells import Cells
from generator.protecting.collecting import Knowledge
from generator.protecting.linear_system import LinearSystem
from generator.protecting.outcomes import know_outcome


def knowledge_of(scored: ScoredReport, threshold: int) -> tuple[LinearSystem, Cells]:
    """The system of a report: whole counts, and every figure that is published of them."""
    knowledge = Knowledge(threshold)
    cells = Cells(scored.report, knowledge)
    for unit in (scored.association, *scored.units):
        for result in unit.results:
            know_outcome(result, unit, scored.report, cells, knowledge)
    return knowledge.system(), cells
