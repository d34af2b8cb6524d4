"""One report as read, before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property

from generator.model.budget import Budget
from generator.model.entry import Entry, texts_in
from generator.model.frozen import Frozen
from generator.model.measures import Indicator
from generator.model.names import lower_first, name_key
from generator.model.narrative import MENTION, Analysis, Markdown, NarrativeText, Picture, Story
from generator.model.outcomes import Outcomes, ReferenceValue, Value, ValueKey
from generator.model.periods import Period
from generator.model.places import Place
from generator.model.plan import Plan
from generator.model.seal import SealState
from generator.model.settings import ReportSettings, Rules, SiteSettings, Unit
from generator.model.survey import Survey
from generator.model.theme import Theme


class Report(Frozen):
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
    attachments: Mapping[str, bytes] = field(default_factory=dict)  # that texts lead to, by path
    seal: SealState | None = None
    plan: Plan | None = None

    @property
    def shown_pictures(self) -> Iterator[Picture]:
        """Each once, however the texts write its path."""
        return iter({picture.path: picture for picture in self.pictures.values()}.values())

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
    def is_plan(self) -> bool:
        """Whether it is made before its period, so that no outcome is due."""
        return self.settings.kind == "plan"

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
    def parts(self) -> tuple[Unit, ...]:
        """The units of the first division, which add up to the association."""
        return tuple(unit for unit in self.units if unit.id not in self.again)

    @cached_property
    def divisions(self) -> tuple[frozenset[str], ...]:
        """The units that together are the association: one set of them, or one for each way to divide it."""
        return tuple(map(frozenset, self.settings.divisions.values()))

    @cached_property
    def again(self) -> frozenset[str]:
        """The units of all divisions but the first: what they have is counted in that already."""
        return frozenset().union(*self.divisions[1:])

    @cached_property
    def persons(self) -> frozenset[str]:
        """The rows in which nobody of two units counts twice."""
        return frozenset(row.id for row in self.settings.rows if row.persons)

    @cached_property
    def remaining(self) -> frozenset[str]:
        """The rows of those who are there at its end: what is left when others have gone."""
        rows = self.settings.rows
        return frozenset(row.id for row in rows if row.equals and any(t.sign < 0 for t in row.equals.terms))

    @cached_property
    def row_names(self) -> dict[str, str]:
        """The rows of the participant table by id, as they are called in the middle of a sentence."""
        return {row.id: row.short_name or lower_first(row.name) for row in self.settings.rows}

    @property
    def is_changed(self) -> bool:
        """Whether the content is another than that which was decided."""
        return self.seal is not None and not self.seal.is_unchanged

    @property
    def bodies(self) -> Iterator[Markdown]:
        """The Markdown of every text, story and analysis, and of the plan."""
        yield from (each.body for each in (*self.texts, *self.stories, *self.analyses))
        if self.plan is not None:
            yield from self.plan.bodies

    @property
    def plain_texts(self) -> Iterator[tuple[str, Place]]:
        """What is shown as it stands, with its place: titles and leads, comments, what is written in YAML."""
        entries: list[Entry] = [self.settings, self.budget, self.survey]
        entries += [each.head for each in (*self.texts, *self.stories, *self.analyses)]
        for entry in entries:
            yield from texts_in(entry)
        with_figures = [*texts_in(self.plan)] if self.plan else []
        for comment in self.outcomes.comments.values():
            with_figures += [(part.source, comment.place) for part in (comment.background, comment.action)]
        yield from ((MENTION.sub("", text), place) for text, place in with_figures)

    def is_masked(self, table: str, unit: str, name: str) -> bool:
        """Whether the source has masked something of a unit, or of a part of it."""
        units = [unit, *([part.id for part in self.parts] if unit == self.association.id else ())]
        return any((table, each, name) in self.outcomes.masked for each in units)

    @cached_property
    def counted_units(self) -> tuple[str, ...]:
        """The units of the first division with rows in the participant table, sorted."""
        given = {unit for unit, _ in self.outcomes.participants}
        return tuple(sorted(given - self.again - {self.association.id}))

    def indicator_of(self, id: str, unit: Unit) -> Indicator | None:
        """An indicator with the target of a unit, told in full; None where it does not concern it."""
        indicator = self.indicators[id].for_unit(unit, is_association=unit.id == self.association.id)
        if indicator is None or not indicator.target.against:
            return indicator and indicator.told_in(self)
        target = indicator.target
        own = [value.quantity for value in self._own_before(indicator, unit)]
        others = (each for each in self.references_of(indicator, unit) if each.key == target.against)
        against = own or [reference.quantity for reference in others]
        return indicator.model_copy(update={"target": target.resolved(against) if against else target})

    def references_of(self, indicator: Indicator, unit: Unit) -> tuple[ReferenceValue, ...]:
        """What an outcome of a unit is shown beside: a unit's own goes before that of all."""
        given = self.outcomes.references.get(indicator.id, ())
        if not given and not indicator.target.years_before:
            return ()
        found = {value.key: value for own in ("", unit.id) for value in given if value.unit == own}
        ago = (self.year - years for years in indicator.target.years_before)
        years = zip(ago, self._own_before(indicator, unit), strict=False)
        own = (
            ReferenceValue(
                unit.id, str(self.period.in_year(year)), value.quantity, value.source, "", value.place
            )
            for year, value in years
        )
        return (*found.values(), *own)

    def _own_before(self, indicator: Indicator, unit: Unit) -> list[Value]:
        """The unit's figures of all earlier years that a target is set against, or none of them."""
        years = indicator.target.years_before
        keys = (ValueKey(name_key(indicator.id), unit.id, self.year - ago) for ago in years)
        values = [value for value in map(self.outcomes.values.get, keys) if value is not None]
        return values if len(values) == len(years) else []

    @property
    def asks_earlier_years(self) -> bool:
        """Whether some target is set against its own figures of earlier years."""
        targets = (indicator.target for indicator in self.budget.indicators)
        return any(each.years_before for target in targets for each in target.each)

    def with_earlier_years(self, figures: Mapping[ValueKey, Value | None]) -> Report:
        """With figures from reports of earlier years, which go before those that are entered."""
        known = {**self.outcomes.values, **figures}
        values = {key: value for key, value in known.items() if value is not None}
        return replace(self, outcomes=replace(self.outcomes, values=values))

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        return {indicator.id: indicator for indicator in self.budget.indicators}


class Site(Frozen):
    """What is common to reports that are published together."""

    settings: SiteSettings
    themes: Mapping[str, Theme]
