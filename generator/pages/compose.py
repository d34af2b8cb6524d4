"""The parts of a report in reading order, each a page on the web and a chapter in print."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property, partial
from itertools import chain, islice

from generator.model.accounts import kronor_in
from generator.model.archive import ArchivedReport
from generator.model.contents import Part, contents_of, own_parts
from generator.model.frozen import Frozen
from generator.model.names import lower_first, name_key, upper_first
from generator.model.narrative import Picture
from generator.model.open_data import DataTable
from generator.model.settings import OwnPart, ReportSettings, SiteSettings
from generator.model.shown import ShownReport
from generator.model.sources import SourceFile
from generator.pages import addresses, parts, views
from generator.pages.amounts import results_told, tables_part
from generator.pages.archive import other_years
from generator.pages.comparing import comparison_view
from generator.pages.guide import guide_lead, guide_part
from generator.pages.indicators import area_makers, index_view, signal_counts, weight_warnings
from generator.pages.menu import menu_of
from generator.pages.method import calculated_areas, decided_text, hidden_note, method_part, reconciled_lead
from generator.pages.narratives import narratives_of, stories_lead
from generator.pages.numbers import day_and_month, long_date
from generator.pages.open_data import Json, data_lead, data_part, descriptions
from generator.pages.participants import (
    background_tables,
    compared_tables,
    counts_told,
    participant_table,
    participants_lead,
    units_people,
    units_share,
)
from generator.pages.plan import goal_links, plan_lead, plan_part, planned_lead
from generator.pages.series import changes_part
from generator.pages.sources import DataRows, file_in_report, source_page
from generator.pages.units import unit_view, units_part
from generator.pages.verdict import (
    area_verdict,
    budget_verdict,
    decisive,
    if_close_were_met,
    index_verdict,
    report_verdict,
    unit_verdict,
    units_verdict,
    where_points_went,
)
from generator.pages.wording import count_text, stated_percent

TEASERS = 3
ANNUAL_REPORT = "Årsredovisning"
DRAFT_MARK = "Utkast, inte fastställt. Siffror och texter kan ändras."
AUDIT_MARK = (
    "Granskningsutgåva. Visar alla tal och deras källor, även sådana som inte får publiceras."
    " Får inte läggas ut på webben."
)


class Document(Frozen):
    head: views.ReportHead
    pages: tuple[views.Page, ...]
    menu: tuple[views.MenuGroup, ...]
    descriptions: Mapping[str, Json]  # for search engines, by the ids of pages
    pictures: Mapping[str, Picture]


def compose(
    published: ShownReport,
    site: SiteSettings,
    *,
    tables: tuple[DataTable, ...] = (),
    root_url: str = "",
    archive: tuple[ArchivedReport, ...] = (),
    pdf: str = "",
    sources: tuple[SourceFile, ...] = (),
) -> Document:
    """Every part of a report. `pdf` is the address in its folder, "" when none is made.

    `tables` are its open data, and `root_url` the site's address, "" when it is not known.
    `archive` are all reports of the site. With the author's files as `sources` it is the audit edition, in
    which figures lead to them.
    """
    settings, id = published.report.settings, published.report.id
    composer = _Composer(published, site, tables, root_url, sources, archive)
    head = views.ReportHead(
        id=id,
        settings=settings,
        site=site,
        is_plan=published.report.is_plan,
        before=_before(published, archive),
        kind=_kind(settings),
        pdf=pdf,
        tables={table.name: table for table in tables},
        wordmark=site.wordmark or (site.organisation,),
        audit=bool(sources),
        mark=AUDIT_MARK if sources else DRAFT_MARK if published.report.is_draft else "",
        statement=f"{addresses.STATEMENT}.html" if site.accessibility else "",
        others=other_years(archive, id, published.key_of(settings.association.id), settings.rules),
        archive=f"{addresses.ARCHIVE}.html" if len(archive) > 1 else "",
        hidden=hidden_note(published),
        decided=decided_text(published),
        is_changed=published.report.is_changed,
        spreads=settings.spreads and not published.report.is_plan,
        index=index_view(published.association.index, published.report, published.association.areas),
        find_areas=lambda: tuple(make() for make in composer.areas),
    )
    described = descriptions(published.report, site, tables, composer.folder)
    pages = tuple(composer.pages())
    shown = tuple(page for _, page in pages)
    return Document(head, shown, menu_of(pages, settings), described, published.report.pictures)


@dataclass
class _Composer:
    """Builds the parts of one report. What several parts show is made once, here."""

    published: ShownReport
    site: SiteSettings
    tables: tuple[DataTable, ...]
    root_url: str
    sources: tuple[SourceFile, ...]
    archive: tuple[ArchivedReport, ...]

    def __post_init__(self) -> None:
        self.report, self.settings = self.published.report, self.published.report.settings
        self.folder = f"{self.root_url}{self.report.id}/" if self.root_url else ""
        self.narratives = narratives_of(self.published)

    @cached_property
    def areas(self) -> tuple[Callable[[], views.Area], ...]:
        return area_makers(self.published.association, self.published, self.narratives)

    @cached_property
    def method(self) -> parts.MethodPart:
        rows = None if self.sources else DataRows(self.published, self.tables)
        return method_part(self.published, rows)

    def pages(self) -> Iterator[tuple[Part | OwnPart, views.Page]]:
        """Every page with the part that it is of: none, one or several, by the method of the part's name."""
        for part in contents_of(self.settings):
            pages = self._own(part) if isinstance(part, OwnPart) else getattr(self, f"_{part.name.lower()}")()
            yield from ((part, page) for page in pages)
        if self.sources:
            yield from ((Part.METHOD, page) for page in self._audit_pages())

    def _page(
        self,
        id: str,
        title: str,
        template: str,
        content: object,
        lead: str,
        *,
        short: str = "",
        level: int = 0,
    ) -> views.Page:
        texts = self.narratives.of_page(id)
        return views.Page(id, title, short or title, f"parts/{template}.html", level, lead, texts, content)

    def _overview(self) -> Iterator[views.Page]:
        plan, counted = self.published.planned, self.published.association.counted
        planned = (f"{plan.id}/{Part.OVERVIEW.page}.html", plan.title, planned_lead(plan)) if plan else None
        verdict = report_verdict(self.published)
        verdict = replace(verdict, lead=f"{verdict.lead} {_so_far(self.settings)}".strip())
        content = parts.Overview(
            verdict=verdict,
            decisive=decisive(self.published),
            if_met=if_close_were_met(self.published),
            areas=where_points_went(self.published),
            signals=() if self.report.is_plan else signal_counts(counted, self.report.rules),
            goals=goal_links(self.report),
            planned=planned,
            key_figures=tuple(self._key_figures()),
            stories=tuple(self.narratives.stories[:TEASERS]),
        )
        title, lead = self.settings.title, f"{verdict.title.rstrip('.')}. {verdict.lead}"
        yield self._page(Part.OVERVIEW.page, title, "oversikt", content, lead, short="Översikt")

    def _key_figures(self) -> Iterator[parts.KeyFigure]:
        """The rows of the participant table that stand by themselves, and the first share among them."""
        table = participant_table(self.published, self.report.association)
        rows = table.rows if table else ()
        for row in (row for row in rows if row.level == 0):
            yield parts.KeyFigure(count_text(row.people.total), lower_first(row.label))
        for row in islice((row for row in rows if row.share and row.level == 1), 1):
            yield parts.KeyFigure(row.share, lower_first(row.label), row.basis)

    def _index(self) -> Iterator[views.Page]:
        """Without weights or in a plan there is no index, and what an author may have to say stands alone."""
        is_weighted = self.report.budget.is_weighted and not self.report.is_plan
        if is_weighted or self.published.comparison or self.narratives.of_page(Part.INDEX.page):
            title, lead = "IMPACTindex" if is_weighted else "Målområden", index_verdict(self.published)
            yield self._page(Part.INDEX.page, title, "index", self._index_part, lead)

    def _index_part(self) -> parts.IndexPart:
        ideal = sum((area.ideal_weight or Fraction(0) for area in self.report.budget.areas), Fraction(0))
        comparison, titles = self.published.comparison, (self.published.compared_title, self.settings.title)
        return parts.IndexPart(
            ideal_sum=stated_percent(ideal) if ideal else "",
            warnings=tuple(f"{text}." for _, text in weight_warnings(self.published)),
            what_ifs=self.method.what_ifs,
            comparison=comparison_view(comparison, *titles, self.report.rules) if comparison else None,
        )

    def _areas(self) -> Iterator[views.Page]:
        for result, content in zip(self.published.association.areas, self.areas, strict=True):
            area, lead = result.area, area_verdict(result, self.report.rules)
            page, short = addresses.area_page_of(area.id), f"{area.id} {area.name}"
            yield self._page(page, area.name, "omrade", content, lead, short=short, level=1)

    def _plan(self) -> Iterator[views.Page]:
        content = plan_part(self.published)
        if content.goals or self.narratives.of_page(Part.PLAN.page):
            lead = plan_lead(self.published.strategic_goals)
            yield self._page(Part.PLAN.page, "Strategiska mål", "strategiska-mal", content, lead)

    def _participants(self) -> Iterator[views.Page]:
        published, association = self.published, self.report.association
        content = parts.ParticipantsPart(
            table=participant_table(published, association),
            compared=compared_tables(published, association),
            units=units_people(published),
            units_share=units_share(published),
            background=background_tables(published, association),
        )
        page, lead = Part.PARTICIPANTS.page, participants_lead(content.table)
        if any((content.table, content.units, content.background, self.narratives.of_page(page))):
            yield self._page(page, "Deltagare i siffror", "deltagare", content, lead)

    def _series(self) -> Iterator[views.Page]:
        for series in self.settings.series:
            content = changes_part(series, self.published, self.narratives)
            if content is not None:
                yield self._page(series.id, series.name, "helarsekvivalenter", content, content.summary)

    def _stories(self) -> Iterator[views.Page]:
        page, stories = Part.STORIES.page, tuple(self.narratives.stories)
        if stories or self.narratives.of_page(page):
            lead = stories_lead(stories)
            yield self._page(page, "Framgångsbeskrivningar", "exempel", stories, lead)

    def _units(self) -> Iterator[views.Page]:
        if not self.published.units:
            return
        units = {
            result.unit.id: cache(partial(unit_view, result, self.published, self.narratives, self.archive))
            for result in self.published.units
        }
        content = partial(units_part, self.published, units)
        page, title = addresses.units_page_of(self.report), upper_first(self.settings.units_name)
        lead, short = units_verdict(self.published), f"Alla {self.settings.units_name}"
        yield self._page(page, title, "enheter", content, lead, short=short)
        for result in self.published.units:
            unit, lead = result.unit, unit_verdict(result, self.report.rules)
            page = addresses.unit_page_of(self.report, unit.id)
            yield self._page(page, unit.name, "enhet", units[unit.id], lead, level=1)

    def _budget(self) -> Iterator[views.Page]:
        title = "Social budget" if self.report.is_plan else "Social budget med utfall"
        lead = budget_verdict(self.published)
        yield self._page(Part.BUDGET.page, title, "social-budget", None, lead, short="Social budget")

    def _guide(self) -> Iterator[views.Page]:
        title, lead = f"Så läser du {self.settings.called}", guide_lead(self.report.rules)
        yield self._page(Part.GUIDE.page, title, "lasanvisning", guide_part(self.report), lead)

    def _method(self) -> Iterator[views.Page]:
        lead = reconciled_lead(self.published)
        yield self._page(Part.METHOD.page, "Metod och granskning", "metod", lambda: self.method, lead)

    def _data(self) -> Iterator[views.Page]:
        """The first page of a report is where it is cited."""
        address = f"{self.folder}{Part.OVERVIEW.page}.html" if self.folder else ""
        content = data_part(self.report, self.site, self.tables, address)
        yield self._page(Part.DATA.page, "Öppna data", "oppna-data", content, data_lead(content))

    def _audit_pages(self) -> Iterator[views.Page]:
        """The calculations of each unit, and the author's files."""
        units = {addresses.calculation_page_of(own.unit.id, self.report): own for own in self.published.units}
        names = ((file, file_in_report(file.name, self.report.id)) for file in self._audited_files())
        files = {source_page(file.name, self.report.id): replace(file, name=name) for file, name in names}
        listed = parts.AuditPart(
            calculations=tuple(views.Link(page, unit.unit.name) for page, unit in units.items()),
            files=tuple(views.Link(page, file.name) for page, file in files.items()),
        )
        lead = "Uträkningarna för varje del, och filerna som talen är hämtade ur."
        yield self._page(addresses.AUDIT, "Underlag för granskning", "underlag", listed, lead)
        for page, unit in units.items():
            title, lead = f"Uträkningar för {unit.unit.name}", "Hur varje utfall blev en signal och poäng."
            content = partial(calculated_areas, unit, self.published)
            yield self._page(page, title, "berakningar", content, lead, level=1)
        for page, file in files.items():
            title, lead = f"Källa: {file.name}", "Filen som den är skriven, rad för rad."
            yield self._page(page, title, "kalla", file, lead, level=1)

    def _audited_files(self) -> Iterator[SourceFile]:
        """Tables and settings, and those texts that an outcome rests on."""
        results = chain.from_iterable(unit.results for unit in self.published.every_unit)
        used = {place.file for result in results for place in result.outcome.places}
        return (file for file in self.sources if file.name in used or not file.name.endswith(".md"))

    def _contact(self) -> Iterator[views.Page]:
        phone = f" eller ring {self.site.contact.phone}" if self.site.contact.phone else ""
        lead = f"Har du frågor om {self.settings.called}? Skriv till {self.site.contact.email}{phone}."
        yield self._page(Part.CONTACT.page, "Kontakt", "kontakt", None, lead)

    def _year(self) -> Iterator[views.Page]:
        """Its lead tells how many took part and the year's result, or else how the targets were met."""
        lead = f"{report_verdict(self.published).title.rstrip('.')}."
        if results := results_told(self.published):
            counts = counts_told(participant_table(self.published, self.report.association))
            lead = " ".join([*(f"{told}." for told in counts[:1]), results[0]])
        yield from self._texts(Part.YEAR.page, "Året som gick", lead, "Året")

    def _about(self) -> Iterator[views.Page]:
        association = self.settings.association
        title = f"Om {association.in_sentence if association.short_name else 'oss'}"
        yield from self._texts(Part.ABOUT.page, title, "Vilka vi är och vad ett socialt bokslut är.")

    def _easy(self) -> Iterator[views.Page]:
        lead = "Det viktigaste om året, med korta meningar och vanliga ord."
        yield from self._texts(Part.EASY.page, "Lättläst", lead, template="lattlast")

    def _english(self) -> Iterator[views.Page]:
        lead = "The year and its results in brief."
        pages = self._texts(Part.ENGLISH.page, "Summary in English", lead, "In English")
        yield from (replace(page, language="en") for page in pages)

    def _texts(
        self, id: str, title: str, lead: str, short: str = "", template: str = "texter"
    ) -> Iterator[views.Page]:
        if self.narratives.of_page(id):
            yield self._page(id, title, template, None, lead, short=short)

    def _economy(self) -> Iterator[views.Page]:
        """The tables that none of the author's own parts shows."""
        of_others = {table for part in own_parts(self.settings) for table in part.tables}
        named = [table.id for table in self.settings.tables if table.id not in of_others]
        page, told, read = Part.ECONOMY.page, self.narratives, self.published.tables.amounts
        if read.keys() & named or told.notes[page] or told.of_page(page):
            is_money = all(kronor_in(table.unit) for table in self.settings.tables if table.id in named)
            figures = f"Årets {'belopp' if is_money else 'tal'}, post för post."
            lead = " ".join(results_told(self.published)) or figures
            content = partial(tables_part, page, named, self.published, told)
            yield self._page(page, "Ekonomi", "tabeller", content, lead)

    def _own(self, part: OwnPart) -> Iterator[views.Page]:
        content = partial(tables_part, part.id, part.tables, self.published, self.narratives)
        yield self._page(part.id, part.title, "tabeller", content, part.lead)

    def _signatures(self) -> Iterator[views.Page]:
        if signatures := self.settings.signatures:
            document = "årsredovisningen" if self.settings.is_annual_report else self.settings.called
            lead = f"Styrelsen skriver under {document}."
            yield self._page(Part.SIGNATURES.page, "Underskrifter", "underskrifter", signatures, lead)


def _before(published: ShownReport, archive: tuple[ArchivedReport, ...]) -> str:
    """What the outcomes are that a plan shows beside its targets: ”Utfall 2018”."""
    others = (report for report in archive if report.id == published.report.settings.compared_with)
    return next((f"Utfall {other.period}" for other in others if published.before), "")


def _kind(settings: ReportSettings) -> str:
    """”Årsredovisning”, or ”Tertial 2 2024, 1 maj–31 augusti 2024” of a part of a year."""
    if settings.is_annual_report and name_key(ANNUAL_REPORT) not in name_key(settings.title):
        return ANNUAL_REPORT
    period = settings.period
    dates = f"{day_and_month(period.first_day)}–{long_date(period.last_day)}"
    return f"{upper_first(str(period))}, {dates}" if period.part else ""


def _so_far(settings: ReportSettings) -> str:
    """What the targets are of, in a report of a part of the year."""
    if settings.part is None:
        return ""
    if settings.targets_of_part:
        return "Kraven gäller perioden."
    return "Kraven gäller hela året, och utfallen visar hur det ser ut så här långt."
