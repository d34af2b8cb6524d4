"""Participants in figures: tables by unit, background tables with their bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from generator.model.published import HIDDEN, Count, Hidden, PublishedReport, ShownPeople
from generator.model.quantities import Rounding
from generator.model.report import Report
from generator.model.settings import BackgroundDefinition, RowDefinition, Unit
from generator.pages import views
from generator.pages.numbers import DASH, bar, percent
from generator.pages.sources import source_refs
from generator.pages.wording import count_text, of_text, quantity_text, share_of_people


def participant_table(
    published: PublishedReport, unit: Unit, number: int = 0
) -> views.ParticipantTable | None:
    """The table of a unit, or None when nothing is known of it. A `number` of 0 is none."""
    report, tables = published.report, published.tables
    known = {
        row.id: tables.participants[unit.id, row.id]
        for row in report.settings.rows
        if (unit.id, row.id) in tables.participants
    }
    if not known:
        return None
    previous = {row: _previous(published, unit, row) for row in known}
    rows = [row for row in report.settings.rows if row.id in known]
    return views.ParticipantTable(
        number=count_text(number) if number else "",
        anchor=f"tabell-{unit.id}",
        unit=unit.name,
        caption=f"Deltagare i {unit.name} {report.year}",
        previous_year=str(report.year - 1) if any(previous.values()) else "",
        has_unstated=any(people.unstated for people in known.values()),
        has_hidden=any(map(_has_hidden, known.values())) or HIDDEN in previous.values(),
        rows=tuple(_row(row, known, previous[row.id] or DASH, report) for row in rows),
    )


def _has_hidden(people: ShownPeople) -> bool:
    return HIDDEN in (people.women, people.men, people.total)


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
    row: RowDefinition, known: Mapping[str, ShownPeople], previous: views.Figure, report: Report
) -> views.ParticipantRow:
    own, whole = known[row.id], known.get(row.share_of or "")
    share, basis = _share(own.total, whole.total, report.rules.rounding) if whole else ("", "")
    return views.ParticipantRow(
        label=row.name,
        level=row.level,
        women=_figure(own.women),
        men=_figure(own.men),
        unstated=_figure(own.unstated),
        total=_figure(own.total),
        share=share,
        share_of=f"av {report.settings.row_names[row.share_of]}" if row.share_of and basis else "",
        basis=basis,
        previous=previous,
        sources=source_refs(own.places, report.id),
    )


def _figure(number: Count | None) -> views.Figure:
    return number if isinstance(number, Hidden) else count_text(number)


def _share(part: Count, whole: Count, rounding: Rounding) -> tuple[views.Figure, str]:
    """A percentage and what it rests on; hidden when a count is, "" without anybody."""
    if whole == 0:
        return "", ""
    if isinstance(part, Hidden) or isinstance(whole, Hidden):
        return HIDDEN, ""
    return percent(Fraction(part, whole), rounding), of_text(part, whole)


def background_tables(published: PublishedReport, unit: Unit) -> tuple[views.BackgroundTable, ...]:
    report, tables = published.report, published.tables
    return tuple(
        _background(definition, tables.background[key], tables.background_sums[key], report)
        for definition in report.settings.background
        if tables.background.get(key := (unit.id, definition.id))
    )


def _background(
    definition: BackgroundDefinition, rows: Mapping[str, ShownPeople], sums: ShownPeople, report: Report
) -> views.BackgroundTable:
    numbers = [number for people in rows.values() for number in (people.women, people.men)]
    longest = max((number for number in numbers if isinstance(number, int)), default=0)
    return views.BackgroundTable(
        anchor=f"bakgrund-{definition.id}",
        title=definition.title,
        caption=f"{definition.title} {report.year}",
        note=definition.note or "",
        summary=_summary(rows, sums, report),
        has_hidden=any(map(_has_hidden, rows.values())),
        bars=tuple(
            views.Bar(
                label=category,
                women=_figure(people.women),
                men=_figure(people.men),
                total=_figure(people.total),
                share=_share(people.total, sums.total, report.rules.rounding)[0],
                women_bar=_bar(people.women, longest),
                men_bar=_bar(people.men, longest),
                sources=source_refs(people.places, report.id),
            )
            for category, people in rows.items()
        ),
        women_sum=_figure(sums.women),
        men_sum=_figure(sums.men),
        total_sum=_figure(sums.total),
    )


def _summary(rows: Mapping[str, ShownPeople], sums: ShownPeople, report: Report) -> str:
    """The largest category; nothing is said where a hidden one would be compared with others."""
    totals = {category: people.total for category, people in rows.items() if isinstance(people.total, int)}
    if len(totals) < len(rows):
        return ""
    largest = max(totals, key=lambda category: totals[category])
    share = share_of_people(totals[largest], sums.total, report.rules.rounding)
    return f"Störst är ”{largest}”: {share}." if share else ""


def _bar(number: Count | None, longest: int) -> float:
    """The length of a bar; none where the count is hidden, since a length is a count too."""
    return bar(number, longest) if isinstance(number, int) else 0.0
