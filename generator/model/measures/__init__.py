"""The measures: each declares its keys, its targets, how it is measured, its name and what it means."""

from typing import Annotated, get_args

from pydantic import Field

from generator.model.measures.answers import AnswerIndicator, AnswerShareIndicator, GenderGapIndicator
from generator.model.measures.base import IndicatorBase, Reference, Scope, Subject, margin_kind
from generator.model.measures.composite import CompositeIndicator
from generator.model.measures.entered import OWN_PLACE, ChangeIndicator, CountIndicator, ValueIndicator
from generator.model.measures.shares import GenderBalanceIndicator, ShareIndicator
from generator.model.measures.stated import AssessmentIndicator, AttestedIndicator
from generator.model.measures.texts import DescriptionIndicator, StoriesIndicator

Indicator = Annotated[
    ShareIndicator
    | AnswerShareIndicator
    | GenderBalanceIndicator
    | GenderGapIndicator
    | ChangeIndicator
    | ValueIndicator
    | CountIndicator
    | StoriesIndicator
    | DescriptionIndicator
    | AssessmentIndicator
    | AttestedIndicator
    | CompositeIndicator,
    Field(discriminator="measure"),
]

MEASURES: tuple[type[IndicatorBase], ...] = get_args(get_args(Indicator)[0])

__all__ = [
    "MEASURES",
    "OWN_PLACE",
    "AnswerIndicator",
    "AnswerShareIndicator",
    "AssessmentIndicator",
    "AttestedIndicator",
    "ChangeIndicator",
    "CompositeIndicator",
    "CountIndicator",
    "DescriptionIndicator",
    "GenderBalanceIndicator",
    "GenderGapIndicator",
    "Indicator",
    "IndicatorBase",
    "Reference",
    "Scope",
    "ShareIndicator",
    "StoriesIndicator",
    "Subject",
    "ValueIndicator",
    "margin_kind",
]
