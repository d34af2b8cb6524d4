"""Texts that have been written: success stories, and descriptions of what was done."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from generator.model.entry import key
from generator.model.measures.base import IndicatorBase
from generator.model.narrative import NarrativeText, Story
from generator.model.outcome import Outcome, Ratio, Uncounted
from generator.model.quantities import Kind
from generator.model.tables import UnitTables


class TextIndicator(IndicatorBase):
    counts_texts: ClassVar = True
    target_kinds: ClassVar = frozenset({Kind.NUMBER})

    def number_of(self, texts: Iterable[Story | NarrativeText]) -> Outcome:
        places = tuple(text.head.place() for text in texts)
        ratio = Ratio(Uncounted(len(places), places))
        return Outcome(Kind.NUMBER, ratio.share, self.target.unit, (ratio,), places=places)


class StoriesIndicator(TextIndicator):
    title: ClassVar = "Framgångsbeskrivningar"
    meaning: ClassVar = "Hur många publicerade framgångsbeskrivningar som hör till indikatorn."

    measure: Literal["berättelser"] = key("mått")

    def outcome(self, tables: UnitTables) -> Outcome:
        """A story without a unit is everybody's."""
        told = (story for story in tables.report.stories if story.head.indicator == self.id)
        own = (None, tables.unit.id)
        return self.number_of(each for each in told if tables.is_association or each.head.unit in own)


class DescriptionIndicator(TextIndicator):
    title: ClassVar = "Beskrivning"
    meaning: ClassVar = "Om rapporten innehåller den beskrivning som indikatorn frågar efter."

    measure: Literal["beskrivning"] = key("mått")

    def outcome(self, tables: UnitTables) -> Outcome:
        return self.number_of(text for text in tables.report.texts if text.head.indicator == self.id)
