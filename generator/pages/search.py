"""What readers search: the pages of a report and the places on them, and a register from A to Ö.

The index is a script that hands over what it holds, since pages opened from disk may load scripts only.
Each report has its own, made with its pages; that of the site names them. A page is
[address, title, text, [[anchor, title, text], …]], all of it plain text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby

from markupsafe import Markup

from generator.pages import parts, views
from generator.pages.addresses import ARCHIVE, SEARCH, STATEMENT
from generator.pages.compose import Document

INDEX = "assets/sokindex.js"
Section = tuple[str, str, str]  # anchor, title, text
_HEADING = re.compile(r'<h[3-6] id="([^"]+)">(.*?)</h[3-6]>', re.DOTALL)
_NOTE_LINK = re.compile(r'(?:<sup>)?<a [^>]*role="doc-\w+">[^<]*</a>(?:</sup>)?')
# What readers call signals.
_COLORS = {"gron": "Grön", "orange": "Orange", "delvis": "Delvis", "rod": "Röd", "ingen": ""}
_AFTER_Z = str.maketrans("åäö", "{|}")  # the Swedish alphabet ends with them, and ASCII with these


def report_index(document: Document, folder: str) -> str:
    """The index of a report that lies in `folder` of the site."""
    pages = [
        (page.id, page.title, page.lead, chain(*map(_text, page.texts), _sections(page.content)))
        for page in document.pages
    ]
    return _script(folder, document.head.settings.title, pages, ())


def site_index(archive: views.Archive, reports: Sequence[str], *, has_statement: bool) -> str:
    """The index of the pages beside the reports, and the folders of all reports."""
    pages: list[tuple[str, str, str, Iterable[Section]]] = []
    if len(archive.entries) > 1:
        pages.append((ARCHIVE, "Alla bokslut", ", ".join(row.name for row in archive.rows), ()))
    if has_statement:
        pages.append((STATEMENT, "Tillgänglighetsredogörelse", "Brister i tillgängligheten, Digg", ()))
    for unit in archive.followed:
        tables = [
            (each.anchor, each.title, ", ".join(row.label for row in each.rows)) for each in unit.tables
        ]
        pages.append((unit.page, f"{unit.name} över åren", "", tables))
    return _script("", "", pages, reports)


def _script(
    folder: str, title: str, pages: Iterable[tuple[str, str, str, Iterable[Section]]], reports: Sequence[str]
) -> str:
    listed = [
        [f"{id}.html", _plain(title), _plain(text), [list(map(_plain, section)) for section in sections]]
        for id, title, text, sections in pages
    ]
    index = {"folder": folder, "title": _plain(title), "reports": list(reports), "pages": listed}
    return f"window.bokslutIndex.push({json.dumps(index, ensure_ascii=False, separators=(',', ':'))});\n"


def _sections(content: object) -> Iterable[Section]:
    """Those of a page's content beside its texts, by what it is. Tables give the names of their rows."""
    match content:
        case views.Area():
            return (*_goals(content), *chain.from_iterable(map(_text, content.descriptions)))
        case parts.PlanPart(goals=goals, activities=activities) if goals:
            listed = ", ".join(activity.text for _, group in activities for activity, _ in group)
            told = [("plan-aktiviteter", "Aktiviteter", listed)] if activities else []
            return [*map(_strategic, goals), *told]
        case parts.ParticipantsPart(table=table, background=tables):
            categories = (
                (each.anchor, each.title, ", ".join(bar.label for bar in each.bars)) for each in tables
            )
            return (*_participants(table), *categories)
        case parts.ChangesPart():
            return [(content.anchor, content.summary, ", ".join(change.label for change in content.changes))]
        case parts.TablesPart(tables=amounts, notes=notes):
            return (*map(_amounts, amounts), *chain.from_iterable(_text(note.text) for note in notes))
        case views.Unit(id=id, analyses=analyses, participants=table):
            told_of = (area for area in content.areas if area.goals)
            areas = ((f"{id}-{area.anchor}", f"{area.id} {area.name}", "") for area in told_of)
            return (*chain.from_iterable(map(_text, analyses)), *_participants(table), *areas)
        case parts.GuidePart(signals=signals):
            meanings = (f"{_COLORS[signal.key]} {signal.word}: {meaning}" for signal, meaning in signals)
            return [("", "Signalerna", " ".join(meanings))]
        case parts.MethodPart(rules=rules, areas=calculated):
            told = [("", "Reglerna", " ".join(f"{name}: {meaning}" for name, _, meaning in rules))]
            return [*told, *((area.anchor, f"Uträkningar: {area.name}", area.earned) for area in calculated)]
        case parts.DataPart(tables=data):
            return [("", "Tabeller", f"Excel, csv, json: {', '.join(table.title for table in data)}")]
        case tuple():
            stories = (story for story in content if isinstance(story, views.Story))
            return [
                (each.anchor, each.head.title, f"{each.head.lead} {_unmarked(each.body)}") for each in stories
            ]
    return ()


def _strategic(goal: views.StrategicGoal) -> Section:
    return goal.anchor, f"Mål {goal.outcome.goal.id} {goal.outcome.goal.text}", goal.rule


def _goals(area: views.Area) -> Iterator[Section]:
    for goal in area.goals:
        yield goal.anchor, f"Mål {goal.id} {goal.text}", ""
        for indicator in goal.indicators:
            yield indicator.anchor, f"{indicator.id} {indicator.text}", _indicator_text(indicator)


def _amounts(table: views.AmountTable) -> Section:
    rows = ", ".join(row.label for group in table.groups for row in group.rows)
    return table.anchor, table.definition.title, rows


def _indicator_text(indicator: views.Indicator) -> str:
    comment = indicator.comment
    outcome = f"Utfall {indicator.outcome}, krav" if isinstance(indicator.outcome, str) else "Krav"
    said = (f"{outcome} {indicator.target}. {indicator.signal.word}.", indicator.how, indicator.note)
    return " ".join(filter(None, (*said, *((comment.background, comment.action) if comment else ()))))


def _participants(table: views.ParticipantTable | None) -> list[Section]:
    return [(table.anchor, table.caption, ", ".join(row.label for row in table.rows))] if table else []


def _text(text: views.Text) -> Iterator[Section]:
    """A text, and what stands under each heading of its own."""
    first, *under_headings = _HEADING.split(str(text.body))
    yield text.anchor, text.title, _unmarked(first)
    for anchor, title, body in zip(*(under_headings[start::3] for start in range(3)), strict=True):
        yield anchor, _unmarked(title), _unmarked(body)


def _unmarked(html: str) -> str:
    return Markup(_NOTE_LINK.sub("", html)).striptags()


def _plain(text: str) -> str:
    """Text as it is typed: without the hyphens that only say where a word may be divided."""
    return text.replace("\N{SOFT HYPHEN}", "")


def search_page(pages: Iterable[views.Page]) -> views.Page:
    """A page of the web that is no part of the report: its content is a register by letter: ”A”, or ”0–9”."""
    lead = "Alla sidor, målområden, mål och indikatorer, i bokstavsordning."
    return views.Page(SEARCH, "Sök", "Sök", "parts/sok.html", 0, lead, (), partial(_register, pages))


def _register(pages: Iterable[views.Page]) -> tuple[tuple[str, tuple[views.RegisterEntry, ...]], ...]:
    entries = sorted(_register_entries(pages), key=lambda entry: _in_swedish(entry.link.text))
    letters = groupby(entries, key=lambda entry: _letter(entry.link.text))
    return tuple((letter, tuple(of_letter)) for letter, of_letter in letters)


def _register_entries(pages: Iterable[views.Page]) -> Iterator[views.RegisterEntry]:
    for page in pages:
        area = page.content if isinstance(page.content, views.Area) else None
        kind = f"målområde {area.id}" if area else ""
        yield views.RegisterEntry(views.Link(page.id, page.title), kind, page.language)
        for goal in area.goals if area else ():
            yield views.RegisterEntry(views.Link(page.id, goal.text, goal.anchor), f"mål {goal.id}")
            for indicator in goal.indicators:
                link = views.Link(page.id, indicator.text, indicator.anchor)
                yield views.RegisterEntry(link, f"indikator {indicator.id}")


def _in_swedish(text: str) -> str:
    """The key that puts a text in its place in the Swedish alphabet, whatever marks it begins with."""
    return "".join(filter(str.isalnum, text.casefold())).translate(_AFTER_Z)


def _letter(text: str) -> str:
    first = next(filter(str.isalnum, text), "")
    return first.upper() if first.isalpha() else "0–9"
