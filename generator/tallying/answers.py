"""A row for each respondent, counted into the table of answers."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.budget import Budget
from generator.model.counted import Tally
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import Export, Survey


@dataclass(frozen=True)
class Asked:
    """What a report says of its survey: the names that may stand in the answers, and what is measured."""

    settings: ReportSettings
    budget: Budget
    survey: Survey


def tally_answers(table: RawTable, export: Export, asked: Asked, problems: list[Problem]) -> Tally:
    """The counted answers. Whatever is wrong is added to `problems`, by row and column only."""
    raise NotImplementedError
