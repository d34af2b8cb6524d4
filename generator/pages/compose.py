"""The parts of a report in reading order, each a page on the web and a chapter in print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.budget import ChangeIndicator, IndicatorBase
from generator.model.names import name_key
from generator.model.narrative import Markdown, Story
from generator.model.report import Site
from generator.model.results import ScoredReport, Signal, UnitResult
from generator.model.settings import SeriesDefinition
from generator.pages import parts, views
from generator.pages.guide import guide_part
from generator.pages.indicators import (
    Narratives,
    area_page_of,
    area_views,
    index_view,
    signal_counts,
    weight_warnings,
)
from generator.pages.markdown_html import to_html
from generator.pages.numbers import DASH, bar, count, long_date, percent
from generator.pages.participants import background_tables, participant_table
from generator.pages.references import References, unit_result
from generator.pages.wording import (
    anchor_of,
    basis_text,
    change_text,
    lower_first,
    outcome_text,
    signal_view,
)

OVERVIEW, INDEX, PARTICIPANTS, STORIES, UNITS = "index", "impactindex", "deltagare", "exempel", "enheter"
YEAR, ABOUT, BUDGET, GUIDE, CONTACT = "aret", "om-forbundet", "social-budget", "lasanvisning", "kontakt"
TEASERS = 3


@dataclass(frozen=True)
class Document:
    """A report ready to be rendered."""

    head: views.ReportHead
    pages: tuple[views.Page, ...]
    index: str  # the report's index, for the archive


def compose(scored: ScoredReport, site: Site, *, pdf: str = "") -> Document:
    """Every part of a report. `pdf` is the address of its PDF, "" when none is made."""
    report = scored.report
    settings = report.settings
    composer = _Composer(scored, site)
    head = views.ReportHead(
        title=settings.title,
        year=str(settings.year),
        organisation=settings.association.name,
        units_name=_upper_first(settings.units_name),
        unit_name=settings.unit_name,
        published=long_date(settings.published),
        pdf=pdf,
        wordmark=site.settings.wordmark or (site.settings.organisation,),
    )
    return Document(head, tuple(composer.pages()), composer.index.value)


class _Composer:
    """Builds the parts of one report. What several parts show is made once, here."""

    def __init__(self, scored: ScoredReport, site: Site) -> None:
        self.scored = scored
        self.site = site
        self.report = scored.report
        self.settings = scored.report.settings
        self.rounding = scored.report.rules.rounding
        self.references = References(scored, scored.association)
        self.narratives = self._narratives()
        self.areas = area_views(scored.association, self.report, self.narratives)
        self.index = index_view(scored.association.index, self.report)
        self.units_page = name_key(self.settings.units_name)

    def pages(self) -> Iterator[views.Page]:
        yield self._overview()
        yield from self._texts_page(YEAR, "Året som gick", "Året", "Verksamhetsberättelse.")
        yield self._index_page()
        for area in self.areas:
            yield views.Page(
                area.page,
                area.name,
                area.name,
                "parts/omrade.html",
                1,
                f"Mål och indikatorer i målområde {area.id}.",
                parts.AreaPart(area),
            )
        yield from self._participants()
        for series in self.settings.series:
            yield from self._series(series)
        yield from self._stories()
        yield from self._units()
        yield self._budget()
        yield self._guide()
        about = f"Om {self._association_word()}"
        yield from self._texts_page(ABOUT, about, about, "Vilka vi är och vad ett socialt bokslut är.")
        yield self._contact()

    # Parts

    def _overview(self) -> views.Page:
        content = parts.Overview(
            index=self.index,
            areas=self.areas,
            signals=signal_counts([one for one in self.scored.association.results if one.counts]),
            indicator_count=count(self.scored.association.index.total),
            key_figures=tuple(self._key_figures()),
            texts=self.narratives.of_part("översikt"),
            stories=self.narratives.stories[:TEASERS],
        )
        lead = f"{self.settings.title} för {self.settings.association.name}."
        return views.Page(
            OVERVIEW, self.settings.title, "Översikt", "parts/oversikt.html", 0, lead, content
        )

    def _key_figures(self) -> Iterator[parts.KeyFigure]:
        """The first rows of the participant table that stand by themselves, and the first shares."""
        table = participant_table(self.report, self.report.association, 1)
        if table is None:
            return
        for row in table.rows[:3]:
            yield parts.KeyFigure(row.total, lower_first(row.label), "", PARTICIPANTS)
        for row in table.rows:
            if row.share and row.level == 1:
                basis = f"{row.total} personer, andelen är räknad {row.share_of}"
                yield parts.KeyFigure(row.share, lower_first(row.label), basis, PARTICIPANTS)
                return

    def _index_page(self) -> views.Page:
        ideal = [area.ideal_weight for area in self.report.budget.areas]
        total = sum(weight for weight in ideal if weight is not None)
        content = parts.IndexPart(
            areas=self.areas,
            index=self.index,
            goal_count=count(sum(len(area.goals) for area in self.scored.association.areas)),
            indicator_count=count(self.scored.association.index.total),
            ideal_sum=percent(total, self.rounding) if total else "",
            warnings=tuple(weight_warnings(self.scored.association)),
            texts=self.narratives.of_part("index"),
        )
        return self._page(
            INDEX,
            "IMPACTindex",
            "IMPACTindex",
            "parts/index.html",
            "Poäng och index för varje målområde och totalt.",
            content,
        )

    def _participants(self) -> Iterator[views.Page]:
        units = (self.report.association, *self.report.units)
        tables = [participant_table(self.report, unit, at) for at, unit in enumerate(units, start=1)]
        content = parts.ParticipantsPart(
            tables=tuple(table for table in tables if table is not None),
            background=background_tables(self.report, self.report.association),
            texts=self.narratives.of_part("deltagare"),
        )
        if content.tables or content.background or content.texts:
            lead = "Deltagare, avslut och lösningar, och deltagarnas bakgrund."
            title = "Deltagare i siffror"
            yield self._page(PARTICIPANTS, title, title, "parts/deltagare.html", lead, content)

    def _series(self, series: SeriesDefinition) -> Iterator[views.Page]:
        results = [
            result
            for result in self.scored.association.results
            if isinstance(result.indicator, ChangeIndicator) and result.indicator.series == series.id
        ]
        if not results:
            return
        values = [abs(result.outcome.value) for result in results if result.outcome.value is not None]
        largest = max(values, default=0)
        changes = []
        for result in results:
            value = result.outcome.value
            indicator = result.indicator
            assert isinstance(indicator, ChangeIndicator)
            changes.append(
                views.Change(
                    label=self._place_name(indicator.location),
                    value=DASH if value is None else change_text(value),
                    bar=bar(abs(value or 0), largest),
                    falling=value is not None and value < 0,
                    signal=signal_view(result),
                    indicator=self._indicator_link(indicator),
                    source=result.outcome.source,
                )
            )
        before = self.report.year - 1
        content = parts.ChangesPart(
            anchor=f"serie-{series.id}",
            caption=f"{series.name}: förändring från {before} till {self.report.year}",
            years=f"{self.report.year} jämfört med {before}",
            changes=tuple(changes),
            texts=self.narratives.of_part(series.id),
        )
        lead = f"Förändringen från {before} till {self.report.year}."
        yield self._page(
            series.id, series.name, series.name, "parts/helarsekvivalenter.html", lead, content
        )

    def _stories(self) -> Iterator[views.Page]:
        content = parts.StoriesPart(self.narratives.stories, self.narratives.of_part("exempel"))
        if content.stories or content.texts:
            title = "Framgångsbeskrivningar"
            lead = "Korta berättelser om vad arbetet har betytt."
            yield self._page(STORIES, title, title, "parts/exempel.html", lead, content)

    def _units(self) -> Iterator[views.Page]:
        if not self.scored.units:
            return
        units = tuple(self._unit(unit, at) for at, unit in enumerate(self.scored.units, start=2))
        has_reported = any(area.index.reported for unit in units for area in unit.areas)
        note = "Övertaget från en publicerad redovisning, inte beräknat här." if has_reported else ""
        name = _upper_first(self.settings.units_name)
        content = parts.UnitsPart(
            areas=self.areas,
            index=self.index,
            organisation=self.settings.association.name,
            units=units,
            reported_note=note,
            texts=self.narratives.of_part("enheter", self.settings.units_name),
        )
        lead = f"Index för varje {self.settings.unit_name} och målområde."
        yield self._page(self.units_page, name, name, "parts/enheter.html", lead, content)
        for unit in units:
            lead = f"Resultat, deltagare och analys för {unit.name}."
            yield views.Page(
                unit.page, unit.name, unit.name, "parts/enhet.html", 1, lead, parts.UnitPart(unit)
            )

    def _unit(self, result: UnitResult, table_number: int) -> views.Unit:
        unit = result.unit
        sources = {area.reported.source for area in result.areas if area.reported}
        references = References(self.scored, result)
        analysis = next((one for one in self.report.analyses if one.unit == unit.id), None)
        stories = [
            view
            for story, view in zip(self.report.stories, self.narratives.stories, strict=True)
            if story.head.unit == unit.id
        ]
        return views.Unit(
            id=unit.id,
            name=unit.name,
            page=f"{name_key(self.settings.unit_name)}-{unit.id}",
            place=unit.location or "",
            index=index_view(result.index, self.report, sources),
            areas=area_views(result, self.report),
            participants=participant_table(self.report, unit, table_number),
            analysis=self._text(
                f"analys-{unit.id}", analysis.head.title, analysis.body, references
            )
            if analysis
            else None,
            stories=tuple(stories),
        )

    def _budget(self) -> views.Page:
        content = parts.BudgetPart(self.areas, self.index, self.narratives.of_part("social-budget"))
        lead = "Alla mål och indikatorer med krav, utfall, signal och poäng."
        return self._page(
            BUDGET, "Social budget med utfall", "Social budget", "parts/social-budget.html", lead, content
        )

    def _guide(self) -> views.Page:
        content = guide_part(self.report, self.index, self.narratives.of_part("läsanvisning"))
        title = "Så läser du bokslutet"
        lead = "Signaler, index, skalor och de regler som gäller för rapporten."
        return self._page(GUIDE, title, title, "parts/lasanvisning.html", lead, content)

    def _contact(self) -> views.Page:
        contact = self.site.settings.contact
        content = parts.ContactPart(
            views.Contact(self.site.settings.organisation, contact.email, contact.web or ""),
            self.narratives.of_part("kontakt"),
        )
        return self._page(
            CONTACT, "Kontakt", "Kontakt", "parts/kontakt.html", "Frågor om rapporten.", content
        )

    def _texts_page(self, id: str, title: str, short: str, lead: str) -> Iterator[views.Page]:
        texts = self.narratives.of_part(id)
        if texts:
            yield self._page(id, title, short, "parts/texter.html", lead, parts.TextsPart(texts))

    def _page(
        self, id: str, title: str, short: str, template: str, lead: str, content: object
    ) -> views.Page:
        return views.Page(id, title, short, template, 0, lead, content)

    # Texts and stories

    def _narratives(self) -> Narratives:
        by_part: dict[str, list[views.Text]] = {}
        evidence: dict[str, list[views.Link]] = {}
        ordered = sorted(self.report.texts, key=lambda text: (text.head.order, text.name))
        for text in ordered:
            anchor = f"text-{name_key(text.name)}"
            view = self._text(anchor, text.head.title, text.body, self.references)
            by_part.setdefault(text.head.part, []).append(view)
            if text.head.indicator:
                link = views.Link(self._page_of_part(text.head.part), text.head.title, anchor)
                evidence.setdefault(text.head.indicator, []).append(link)
        stories = tuple(self._story(story) for story in self.report.stories)
        by_indicator: dict[str, list[views.Story]] = {}
        for story, story_view in zip(self.report.stories, stories, strict=True):
            by_indicator.setdefault(story.head.indicator, []).append(story_view)
            link = views.Link(STORIES, story.head.title, story_view.anchor)
            evidence.setdefault(story.head.indicator, []).append(link)
        return Narratives(
            {part: tuple(texts) for part, texts in by_part.items()},
            stories,
            {id: tuple(views) for id, views in by_indicator.items()},
            {id: tuple(links) for id, links in evidence.items()},
        )

    def _page_of_part(self, part: str) -> str:
        """The page that shows the texts of a part."""
        pages = {"oversikt": OVERVIEW, "index": INDEX, "enheter": name_key(self.settings.units_name)}
        return pages.get(part, part)

    def _text(
        self, anchor: str, title: str, body: Markdown, references: References
    ) -> views.Text:
        html = to_html(references.expand(body), anchor, self.report.pictures)
        return views.Text(anchor, title, html)

    def _story(self, story: Story) -> views.Story:
        anchor = f"exempel-{name_key(story.name)}"
        units = {unit.id: unit.name for unit in self.report.units}
        return views.Story(
            anchor=anchor,
            title=story.head.title,
            lead=story.head.lead,
            body=to_html(self.references.expand(story.body), anchor, self.report.pictures),
            indicator=self._indicator_link(self.report.indicators[story.head.indicator]),
            unit=units.get(story.head.unit or "", self.settings.association.name),
            reviewed_by=story.head.reviewed_by,
        )

    def _indicator_link(self, indicator: IndicatorBase) -> views.Link:
        area = next(
            area
            for area in self.report.budget.areas
            if any(one.id == indicator.id for one in area.indicators)
        )
        text = f"{indicator.id} {indicator.text}"
        return views.Link(area_page_of(area.id), text, anchor_of(indicator.id))

    def _place_name(self, key: str) -> str:
        places = {name_key(unit.location): unit.location for unit in self.report.units if unit.location}
        units = {unit.id: unit.name for unit in self.report.units}
        return places.get(key) or units.get(key) or self.settings.association.name

    def _association_word(self) -> str:
        return "förbundet" if "förbund" in self.settings.association.name.casefold() else "oss"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
