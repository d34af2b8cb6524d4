"""One report as read, before anything is computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.amounts import AmountTable, amount_tables
from generator.model.budget import Budget
from generator.model.measures import Indicator
from generator.model.narrative import Analysis, Markdown, NarrativeText, Picture, Story
from generator.model.outcomes import Outcomes
from generator.model.periods import Period
from generator.model.plan import Plan
from generator.model.seal import SealState
from generator.model.settings import ReportSettings, Rules, SiteSettings, Unit
from generator.model.survey import Survey
from generator.model.theme import Theme


@dataclass(frozen=True)
class Report:
    """A year of an organisation. `id` is the name of its folder."""

    id: str
    settings: ReportSettings
    budget: Budget
    survey: Survey = field(default_factory=Survey)
    outcomes: Outcomes = field(default_factory=Outcomes)
    texts: tuple[NarrativeText, ...] = ()
    stories: tuple[Story, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    seal: SealState | None = None
    plan: Plan | None = None

    @property
    def rules(self) -> Rules:
        return self.settings.rules

    @property
    def year(self) -> int:
        return self.settings.year

    @property
    def period(self) -> Period:
        return self.settings.period

    def is_due(self, indicator: Indicator) -> bool:
        """Whether a target is to be reached by now.

        During a year, when the targets are the year's, that is not so of what must be reached by its end, nor
        of what is counted up until then.
        """
        if self.period.part is None or self.settings.targets_of_part:
            return indicator.due is None or indicator.due <= self.year
        grows = (indicator.is_whole or indicator.counts_texts) and indicator.target.low is not None
        return not grows and (indicator.due is None or indicator.due < self.year)

    @property
    def is_draft(self) -> bool:
        """Until it is decided, where its author says so."""
        return self.settings.is_draft and self.seal is None

    @property
    def association(self) -> Unit:
        return self.settings.association

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.settings.units

    @property
    def is_changed(self) -> bool:
        """Whether the content is another than that which was decided."""
        return self.seal is not None and not self.seal.is_unchanged

    @property
    def bodies(self) -> Iterator[Markdown]:
        """The Markdown of every text, story and analysis, and of the plan."""
        yield from (text.body for text in self.texts)
        yield from (story.body for story in self.stories)
        yield from (analysis.body for analysis in self.analyses)
        if self.plan is not None:
            yield from self.plan.bodies

    @cached_property
    def counted_units(self) -> tuple[str, ...]:
        return self.outcomes.counted_units(self.association.id)

    @cached_property
    def amounts(self) -> Mapping[str, AmountTable]:
        """The tables of amounts that are read, by their ids."""
        return dict(amount_tables(self.settings.tables, self.outcomes.tables))

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        return {indicator.id: indicator for indicator in self.budget.indicators}


@dataclass(frozen=True)
class Site:
    """What is common to reports that are published together."""

    settings: SiteSettings
    themes: Mapping[str, Theme]
