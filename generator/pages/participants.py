"""Participants in figures: tables by unit, background tables with their bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from generator.model.published import HIDDEN, Count, Hidden, PublishedReport, ShownPeople
from generator.model.report import Report
from generator.model.settings import BackgroundDefinition, RowDefinition, Unit
from generator.pages import views
from generator.pages.numbers import DASH, bar, percent
from generator.pages.sources import source_refs
from generator.pages.wording import (
    count_text,
    lower_first,
    of_text,
    quantity_text,
    share_of_people,
)


def participant_table(
    published: PublishedReport, unit: Unit, number: int = 0
) -> views.ParticipantTable | None:
    """The table of a unit, or None when nothing is known of it. A `number` of 0 is none."""
    report = published.report
    people = {row.id: published.tables.participants.get((unit.id, row.id)) for row in report.settings.rows}
    known = [row for row in report.settings.rows if people[row.id] is not None]
    if not known:
        return None
    previous = {row.id: _previous(published, unit, row.id) for row in known}
    rows = tuple(_row(row, people, previous[row.id], report) for row in known)
    return views.ParticipantTable(
        number=count_text(number) if number else "",
        anchor=f"tabell-{unit.id}",
        unit=unit.name,
        caption=f"Deltagare i {unit.name} {report.year}",
        previous_year=str(report.year - 1) if any(previous.values()) else "",
        has_unstated=any(known is not None and known.unstated for known in people.values()),
        has_hidden=any(HIDDEN in (row.women, row.men, row.total, row.previous) for row in rows),
        rows=rows,
    )


def _previous(published: PublishedReport, unit: Unit, row: str) -> views.Figure:
    """Last year's count or percentage as it was published, "" when it is not known."""
    quantity = published.tables.previous.get((unit.id, row))
    if quantity is None:
        return ""
    if isinstance(quantity, Hidden):
        return quantity
    # The unit is that of the whole table.
    return quantity_text(replace(quantity, unit=""), published.report.rules.rounding)


def _row(
    row: RowDefinition, people: Mapping[str, ShownPeople | None], previous: views.Figure, report: Report
) -> views.ParticipantRow:
    own = people[row.id]
    assert own is not None
    whole = people.get(row.share_of or "")
    names = {other.id: other.short_name or lower_first(other.name) for other in report.settings.rows}
    share = "" if whole is None else _share(own.total, whole.total, report)
    has_share = share not in ("", HIDDEN)
    return views.ParticipantRow(
        id=row.id,
        label=row.name,
        level=row.level,
        women=_figure(own.women),
        men=_figure(own.men),
        unstated=_figure(own.unstated),
        total=_figure(own.total),
        share=share,
        share_of=f"av {names[row.share_of]}" if row.share_of and has_share else "",
        basis=_basis(own.total, whole.total) if whole is not None and has_share else "",
        previous=previous or DASH,
        sources=source_refs(own.places, report.id),
    )


def _figure(number: Count | None) -> views.Figure:
    return number if isinstance(number, Hidden) else count_text(number)


def _share(part: Count, whole: Count, report: Report) -> views.Figure:
    """A percentage, hidden when a count it is made of is, "" when there is nobody to share."""
    if whole == 0:
        return ""
    if isinstance(part, Hidden) or isinstance(whole, Hidden):
        return HIDDEN
    return percent(Fraction(part, whole), report.rules.rounding)


def _basis(part: Count, whole: Count) -> str:
    assert isinstance(part, int) and isinstance(whole, int)
    return of_text(part, whole)


def background_tables(published: PublishedReport, unit: Unit) -> tuple[views.BackgroundTable, ...]:
    tables = published.tables
    found = []
    for definition in published.report.settings.background:
        rows = tables.background.get((unit.id, definition.id))
        if rows:
            sums = tables.background_sums[unit.id, definition.id]
            found.append(_background(definition, rows, sums, published.report))
    return tuple(found)


def _background(
    definition: BackgroundDefinition, rows: Mapping[str, ShownPeople], sums: ShownPeople, report: Report
) -> views.BackgroundTable:
    numbers = [number for people in rows.values() for number in (people.women, people.men)]
    longest = max((number for number in numbers if isinstance(number, int)), default=0)
    bars = tuple(
        views.Bar(
            label=category,
            women=_figure(people.women),
            men=_figure(people.men),
            total=_figure(people.total),
            share=_share(people.total, sums.total, report),
            women_bar=_bar(people.women, longest),
            men_bar=_bar(people.men, longest),
            sources=source_refs(people.places, report.id),
        )
        for category, people in rows.items()
    )
    return views.BackgroundTable(
        anchor=f"bakgrund-{definition.id}",
        title=definition.title,
        caption=f"{definition.title} {report.year}",
        note=definition.note or "",
        summary=_summary(rows, sums, report),
        has_hidden=any(HIDDEN in (bar.women, bar.men, bar.total) for bar in bars),
        bars=bars,
        women_sum=_figure(sums.women),
        men_sum=_figure(sums.men),
        total_sum=_figure(sums.total),
    )


def _summary(rows: Mapping[str, ShownPeople], sums: ShownPeople, report: Report) -> str:
    """The largest category; nothing is said where a hidden one would be compared with others."""
    totals = {category: people.total for category, people in rows.items() if isinstance(people.total, int)}
    if len(totals) < len(rows) or isinstance(sums.total, Hidden):
        return ""
    largest = max(totals, key=lambda category: totals[category])
    share = share_of_people(totals[largest], sums.total, report.rules.rounding)
    return f"Störst är ”{largest}”: {share}." if share else ""


def _bar(number: Count | None, longest: int) -> float:
    """The length of a bar; none where the count is hidden, since a length is a count too."""
    return bar(number, longest) if isinstance(number, int) else 0.0
