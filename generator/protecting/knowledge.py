"""What readers will know of a report: its counted cells, the figures made of them, identities and signals.

A cell is a variable; a figure is a sum of cells. Cells of units stand for themselves. The association's
figures are sums over its units, unless only its own are given.
"""

from __future__ import annotations

from generator.model.results import ScoredReport
from generator.protecting.answers import AnswerSums
from generator.protecting.collecting import (
    Knowledge,
)
from generator.protecting.people import PeopleSums, PreviousSums
from generator.protecting.signals import Counted, know_outcome
from generator.protecting.system import System


def knowledge_of(scored: ScoredReport, threshold: int) -> System:
    """The system of a report: whole counts, and every figure that is published of them."""
    knowledge = Knowledge(threshold)
    report = scored.report
    counted = Counted(PeopleSums(report, knowledge), AnswerSums(report, knowledge))
    PreviousSums(report, knowledge)
    for unit in (scored.association, *scored.units):
        for result in unit.results:
            know_outcome(result, unit, scored, counted, knowledge)
    return System(
        values=knowledge.values,
        known=tuple(knowledge.known),
        shown=tuple(knowledge.shown.values()),
        sensitive=tuple(knowledge.sensitive.values()),
        blocks=knowledge.blocks,
    )
