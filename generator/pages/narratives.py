"""The texts and stories of a report, converted once and ready to be placed on pages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from markupsafe import Markup

from generator.figures.kinds import Figure, IndexFigure, IndicatorFigure
from generator.model.contents import Part, part_names
from generator.model.measures import IndicatorBase
from generator.model.names import and_list, name_key, upper_first
from generator.model.narrative import Markdown, NarrativeText, Story
from generator.model.report import Report
from generator.model.settings import Unit
from generator.model.shown import ShownReport
from generator.pages import addresses, views
from generator.pages.markdown_html import to_html
from generator.pages.numbers import number_word, typographic
from generator.pages.references import References

MOST_UNITS = 3  # that are named together


@dataclass
class Narratives:
    """Texts by the page that shows them, stories, and what bears on an indicator."""

    texts: dict[str, list[views.Text]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, dict[str, views.Text]] = field(default_factory=lambda: defaultdict(dict))  # by number
    descriptions: dict[str, list[views.Text]] = field(default_factory=lambda: defaultdict(list))
    stories: list[views.Story] = field(default_factory=list)  # in the order of the report
    evidence: dict[str, list[views.Link]] = field(default_factory=lambda: defaultdict(list))
    comments: dict[str, views.Comment] = field(default_factory=dict)

    def of_page(self, page: str) -> tuple[views.Text, ...]:
        return tuple(self.texts[page])


def narratives_of(published: ShownReport) -> Narratives:
    report = published.report
    references = References(published, published.association)
    english = References(published, published.association, is_english=True)
    narratives = Narratives()
    area_pages = {addresses.area_page_of(area.id) for area in report.budget.areas}
    for text in sorted(report.texts, key=lambda text: (text.head.order, text.name)):
        indicator, note, page = text.head.indicator, text.head.note, _page_of_part(text.head.part, report)
        anchor = _anchor_of_text(text)
        in_its_language = english if page == Part.ENGLISH.page else references
        view = text_view(anchor, text.head.title, text.body, in_its_language)
        if note is not None:
            narratives.notes[page][note] = view
        elif indicator is not None and page in area_pages:
            narratives.descriptions[page].append(view)
        else:
            narratives.texts[page].append(view)
        if indicator is not None:
            narratives.evidence[indicator].append(views.Link(page, text.head.title, anchor))
    for story in report.stories:
        told = _story_view(story, report, references)
        link = views.Link(Part.STORIES.page, story.head.title, told.anchor)
        narratives.stories.append(told)
        narratives.evidence[story.head.indicator].append(link)
    for id, comment in report.outcomes.comments.items():
        narratives.comments[id] = views.Comment(
            *(typographic(references.expand(told)) for told in (comment.background, comment.action))
        )
    return narratives


def anchored(report: Report) -> Iterator[tuple[str, Markdown]]:
    """Every text, story and analysis with its place on a page."""
    yield from ((_anchor_of_text(text), text.body) for text in report.texts)
    yield from ((_anchor_of_story(story), story.body) for story in report.stories)
    yield from ((anchor_of_analysis(analysis.name), analysis.body) for analysis in report.analyses)


def _anchor_of_text(text: NarrativeText) -> str:
    head = text.head
    return f"text-{name_key(text.name)}" if head.note is None else addresses.note_anchor(head.part, head.note)


def _anchor_of_story(story: Story) -> str:
    return f"exempel-{name_key(story.name)}"


def anchor_of_analysis(unit: str) -> str:
    return f"analys-{unit}"


def text_view(anchor: str, title: str, body: Markdown, references: References) -> views.Text:
    pictures, is_english = references.report.pictures, references.is_english

    def written() -> Markup:
        return to_html(references.expand(body), anchor, pictures, is_english=is_english)

    return views.Text(anchor, title, written, partial(_figures, body, references))


def _figures(body: Markdown, references: References) -> Iterator[views.TextFigure]:
    """Each figure that a text names, once."""
    report = references.report
    for said in dict.fromkeys(said for said, _ in body.mentions):
        figure = references.figures.find(said)
        calculation = _calculation_of(figure, report)
        yield views.TextFigure(said, references.resolve(said), calculation, figure.places)


def _calculation_of(figure: Figure, report: Report) -> views.Link | None:
    """Where a figure that is computed from others is computed: an outcome, or the points of an index."""
    if isinstance(figure, IndicatorFigure):
        return calculation_link(figure.result.indicator.id, figure.unit.unit, report)
    if isinstance(figure, IndexFigure):
        page, area = addresses.calculation_page_of(figure.unit.unit.id, report), figure.area
        is_shown_there = area is not None and page == Part.METHOD.page and not area.reported
        anchor = addresses.area_calculations_anchor(area.area.id) if area and is_shown_there else ""
        return views.Link(page, "Så är indexet uträknat", anchor)
    return None


def calculation_link(indicator_id: str, unit: Unit, report: Report) -> views.Link:
    page = addresses.calculation_page_of(unit.id, report)
    return views.Link(page, "Så är utfallet uträknat", addresses.calculation_anchor(unit.id, indicator_id))


def indicator_link(indicator: IndicatorBase, report: Report) -> views.Link:
    """The place of an indicator on the page of its area."""
    areas = {each.id: area.id for area in report.budget.areas for each in area.indicators}
    page = addresses.area_page_of(areas[indicator.id])
    # Those of the units alone stand on the units' pages only.
    is_on_page = report.indicator_of(indicator.id, report.association) is not None
    anchor = addresses.anchor_of(indicator.id) if is_on_page else ""
    return views.Link(page, f"{indicator.number} {indicator.text}", anchor)


def _story_view(story: Story, report: Report, references: References) -> views.Story:
    anchor = _anchor_of_story(story)
    units = {unit.id: unit.name for unit in report.units}
    return views.Story(
        anchor=anchor,
        head=story.head,
        body=to_html(references.expand(story.body), anchor, report.pictures),
        indicator=indicator_link(report.indicators[story.head.indicator], report),
        unit=units.get(story.head.unit or "", report.association.name),
    )


def stories_lead(stories: Sequence[views.Story]) -> str:
    """”Tre exempel, från Vännäs och Umeå.”"""
    units = list(dict.fromkeys(story.unit for story in stories))
    where = f", från {and_list(units)}" if 0 < len(units) <= MOST_UNITS else ""
    return f"{upper_first(number_word(len(stories), 'ett'))} exempel{where}."


def _page_of_part(part: str, report: Report) -> str:
    named = part_names(report.settings).get(part)
    if named is Part.UNITS:
        return addresses.units_page_of(report)
    return named.page if named else part
