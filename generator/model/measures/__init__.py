"""The measures: each declares its keys, its targets, how it is measured, its name and what it means."""

from typing import Annotated, get_args

from pydantic import Field

from generator.model.measures.answers import (
    AnswerIndicator,
    AnswerShareIndicator,
    AskedIndicator,
    BeforeAfterIndicator,
    GenderGapIndicator,
    MeanIndicator,
    MedianIndicator,
    ScaleIndicator,
)
from generator.model.measures.base import ALL, ASSOCIATION, UNITS, IndicatorBase, Subject, margin_kind
from generator.model.measures.composite import CompositeIndicator
from generator.model.measures.duration import MONTH, DurationIndicator
from generator.model.measures.entered import OWN_PLACE, ChangeIndicator, CountIndicator, ValueIndicator
from generator.model.measures.quotient import AmountOf, QuotientIndicator
from generator.model.measures.shares import GenderBalanceIndicator, ShareIndicator
from generator.model.measures.stated import AssessmentIndicator, AttestedIndicator
from generator.model.measures.texts import DescriptionIndicator, StoriesIndicator

Indicator = Annotated[
    ShareIndicator
    | AnswerShareIndicator
    | GenderBalanceIndicator
    | GenderGapIndicator
    | MeanIndicator
    | MedianIndicator
    | BeforeAfterIndicator
    | QuotientIndicator
    | DurationIndicator
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
