"""Participants in figures: tables by unit, background tables with their bars."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from generator.model.outcomes import People
from generator.model.report import Report
from generator.model.settings import BackgroundDefinition, RowDefinition, Unit
from generator.model.tables import background_of, people_of_row
from generator.pages import views
from generator.pages.numbers import DASH, bar, count, percent
from generator.pages.previous import previous_text
from generator.pages.wording import lower_first, of_text


def participant_table(report: Report, unit: Unit, number: int = 0) -> views.ParticipantTable | None:
    """The table of a unit, or None when nothing is known of it. A `number` of 0 is none."""
    people = {row.id: people_of_row(report, unit.id, row.id) for row in report.settings.rows}
    known = [row for row in report.settings.rows if people[row.id] is not None]
    if not known:
        return None
    previous = {row.id: previous_text(report, unit, row.id) for row in known}
    return views.ParticipantTable(
        number=count(number) if number else "",
        anchor=f"tabell-{unit.id}",
        unit=unit.name,
        caption=f"Deltagare i {unit.name} {report.year}",
        previous_year=str(report.year - 1) if any(previous.values()) else "",
        has_unstated=any(one is not None and one.unstated for one in people.values()),
        rows=tuple(_row(row, people, previous[row.id], report) for row in known),
    )


def _row(
    row: RowDefinition, people: Mapping[str, People | None], previous: str, report: Report
) -> views.ParticipantRow:
    own = people[row.id]
    assert own is not None
    whole = people.get(row.share_of or "")
    names = {one.id: one.short_name or lower_first(one.name) for one in report.settings.rows}
    has_share = whole is not None and whole.total > 0
    return views.ParticipantRow(
        id=row.id,
        label=row.name,
        level=row.level,
        women=_count(own.women),
        men=_count(own.men),
        unstated=count(own.unstated),
        total=count(own.total),
        share=percent(Fraction(own.total, whole.total), report.rules.rounding)
        if whole is not None and has_share
        else "",
        share_of=f"av {names[row.share_of]}" if row.share_of and has_share else "",
        basis=of_text(own.total, whole.total) if whole is not None and has_share else "",
        previous=previous or DASH,
    )


def _count(number: int | None) -> str:
    return DASH if number is None else count(number)


def background_tables(report: Report, unit: Unit) -> tuple[views.BackgroundTable, ...]:
    tables = ((one, background_of(report, unit.id, one.id)) for one in report.settings.background)
    return tuple(_background(one, rows, report) for one, rows in tables if rows)


def _background(
    definition: BackgroundDefinition, rows: Mapping[str, People], report: Report
) -> views.BackgroundTable:
    all_people = reduce(People.__add__, rows.values())
    total = all_people.total
    longest = max(max(people.women or 0, people.men or 0) for people in rows.values())
    largest = max(rows, key=lambda category: rows[category].total)
    rounding = report.rules.rounding
    return views.BackgroundTable(
        anchor=f"bakgrund-{definition.id}",
        title=definition.title,
        caption=f"{definition.title} {report.year}",
        note=definition.note or "",
        summary=(
            f"Störst är ”{largest}”: {_share(rows[largest].total, total, report)}"
            f" ({of_text(rows[largest].total, total)})."
        ),
        bars=tuple(
            views.Bar(
                label=category,
                women=_count(people.women),
                men=_count(people.men),
                total=count(people.total),
                share=percent(Fraction(people.total, total), rounding) if total else "",
                women_bar=bar(people.women or 0, longest),
                men_bar=bar(people.men or 0, longest),
            )
            for category, people in rows.items()
        ),
        women_sum=_count(all_people.women),
        men_sum=_count(all_people.men),
        total_sum=count(total),
    )


def _share(part: int, whole: int, report: Report) -> str:
    return percent(Fraction(part, whole), report.rules.rounding) if whole else DASH
