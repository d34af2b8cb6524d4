"""Participants in figures: what became of them, beside the year before and by unit, and who they are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from generator.model.names import and_list, lower_first, upper_first
from generator.model.quantities import Kind, Quantity, Rounding, rounded
from generator.model.report import Report
from generator.model.settings import BackgroundDefinition, RowDefinition, Unit
from generator.model.shown import HIDDEN, Count, Hidden, ShownPeople, ShownReport
from generator.pages import views
from generator.pages.addresses import unit_page_of
from generator.pages.numbers import count, decimal_text, percent, points
from generator.pages.scales import SHARES, Scale, ticks
from generator.pages.wording import of_text, quantity_text, share_of_people

Known = Mapping[str, ShownPeople]  # the rows that are known of a unit, by their ids


def _known(published: ShownReport, unit: Unit) -> Known:
    participants = published.tables.participants
    ids = (row.id for row in published.report.settings.rows)
    return {id: participants[unit.id, id] for id in ids if (unit.id, id) in participants}


def participant_table(published: ShownReport, unit: Unit) -> views.ParticipantTable | None:
    """The table of a unit, or None when nothing is known of it."""
    report, known = published.report, _known(published, unit)
    if not known:
        return None
    rows = [row for row in report.settings.rows if row.id in known]
    flow = tuple(_flow(rows, known, report))
    return views.ParticipantTable(
        anchor=f"tabell-{unit.id}",
        caption=f"Deltagare i {unit.name} {report.period}",
        has_unstated=any(people.unstated for people in known.values()),
        flow=flow if len(flow) > 1 else (),
        rows=tuple(_row(row, known, report) for row in rows),
    )


def _row(row: RowDefinition, known: Known, report: Report) -> views.ParticipantRow:
    own, whole = known[row.id], known.get(row.share_of or "")
    share, basis = _share(own.total, whole.total, report.rules.rounding) if whole else (None, "")
    return views.ParticipantRow(
        label=row.name,
        level=row.level,
        people=own,
        share=share,
        share_of=f"av {report.row_names[row.share_of]}" if row.share_of and basis else "",
        basis=basis,
    )


def _share(part: Count, whole: Count, rounding: Rounding) -> tuple[views.Figure, str]:
    """A percentage and what it rests on; hidden when a count is, None without anybody."""
    if whole == 0:
        return None, ""
    if isinstance(part, Hidden) or isinstance(whole, Hidden):
        return HIDDEN, ""
    return percent(Fraction(part, whole), rounding), of_text(part, whole)


# What became of them: each step is a part of the one above


def _flow(
    rows: Sequence[RowDefinition], known: Known, report: Report
) -> Iterator[tuple[views.FlowPart, ...]]:
    """The first row, what it divides into, what one of these divides into, all in the scale of the first.

    Places rest on shown figures alone: a hidden count has no length and moves no other.
    """
    width, start = known[rows[0].id].total, 0
    if isinstance(width, Hidden) or not width:
        return
    scale, parts = Scale(0, width), [rows[0]]
    while parts:
        followed = next((row for row in parts if _divided(row, rows)), None)
        steps, reached = [], start
        for place, row in enumerate(parts):
            total = known[row.id].total
            is_solid = row is followed or followed is None
            size = total if isinstance(total, int) else 0
            kind = "solid" if is_solid else "open"
            piece = scale.span(reached, reached + size, kind) if size else None
            if row is followed:
                start = reached
            reached += size
            whole = known.get(row.share_of or "")
            steps.append(
                views.FlowPart(
                    total=total,
                    label=lower_first(row.name),
                    share=_share(total, whole.total, report.rules.rounding)[0] if whole else None,
                    piece=piece,
                    shade=1.0 if followed else round(1 - 0.7 * place / len(parts), 2),
                )
            )
        if reached > width or not any(part.piece for part in steps):
            return
        yield tuple(steps)
        if followed is None:
            return
        parts = _divided(followed, rows)


def _divided(row: RowDefinition, rows: Sequence[RowDefinition]) -> list[RowDefinition]:
    """What a row divides into: its shares, or what is taken from it and what is left."""
    shares = [part for part in rows if part.share_of == row.id]
    if shares:
        return shares
    for left in rows:
        terms = left.equals.terms if left.equals else ()
        if [term.sign for term in terms] == [1, -1] and terms[0].name == row.id:
            return [*(taken for taken in rows if taken.id == terms[1].name), left]
    return []


def participants_lead(table: views.ParticipantTable | None) -> str:
    """What became of the participants, in two sentences at the most."""
    counts = counts_told(table)[:3]
    told = [f"{and_list(counts)}."] if counts else []
    shares = (row for row in (table.rows if table else ()) if row.basis)
    told += [f"{row.label}: {row.share} ({row.basis})." for row in islice(shares, 1)]
    return " ".join(told) or "Deltagare, avslut och lösningar, och deltagarnas bakgrund."


def counts_told(table: views.ParticipantTable | None) -> list[str]:
    """”787 deltagare under året”: the known rows that stand by themselves."""
    rows = [(row.label, row.people.total) for row in (table.rows if table else ()) if row.level == 0]
    return [f"{count(total)} {lower_first(label)}" for label, total in rows if isinstance(total, int)]


# Beside the year before


def compared_tables(published: ShownReport, unit: Unit) -> tuple[views.PointTable, ...]:
    """Counts and shares of a unit beside those of the year before, each in a table of its own."""
    known, period, previous = _known(published, unit), published.report.period, published.tables.previous
    told = [
        (row, _is_share(row, previous[unit.id, row.id]))
        for row in published.report.settings.rows
        if row.id in known and (unit.id, row.id) in previous
    ]
    kinds = (("antal", "Antal personer", False, ()), ("andel", "Andelar", True, ticks(0, Fraction(1, 2), 1)))
    return tuple(
        views.PointTable(
            anchor=f"{id}-{unit.id}",
            title=title,
            name_head="Grupp",
            value_head=str(period),
            other_head=str(period.before),
            change_head="Förändring",
            ticks=drawn,
            rows=rows,
        )
        for id, title, kind, drawn in kinds
        if (
            rows := tuple(_compared(row, unit, published, kind) for row, is_share in told if is_share is kind)
        )
    )


def _is_share(row: RowDefinition, before: Quantity | Hidden | None) -> bool:
    return before.kind is Kind.SHARE if isinstance(before, Quantity) else row.share_of is not None


def _compared(
    row: RowDefinition, unit: Unit, published: ShownReport, is_share: bool, link: views.Link | None = None
) -> views.PointRow:
    """A row of the participant table beside the same of the year before, which may be unknown: its number of
    persons, or its share."""
    known, rounding = _known(published, unit), published.report.rules.rounding
    before = published.tables.previous.get((unit.id, row.id))
    before = before if _is_share(row, before) is is_share else None
    own, of = known[row.id].total, known.get(row.share_of or "")
    whole = (of.total if of else 0) if is_share else 1
    shown: tuple[views.Figure, str] = _share(own, whole, rounding) if is_share else (own, "")
    value, basis = shown
    now = None
    if isinstance(own, int) and isinstance(whole, int) and whole:
        now = Quantity(Fraction(own, whole), Kind.SHARE) if is_share else Quantity(Fraction(own), Kind.NUMBER)
    both = (now, before) if now and isinstance(before, Quantity) else None
    return views.PointRow(
        name=(unit.short_name or unit.name) if link else row.name,
        link=link,
        basis=basis,
        value=value,
        # The unit is that of the whole table.
        other=quantity_text(replace(before, unit=""), rounding) if isinstance(before, Quantity) else before,
        change=movement(*both, rounding) if both else None,
        point=SHARES.place(now.value) if now and is_share else "",
        ring=SHARES.place(before.value) if is_share and isinstance(before, Quantity) else "",
    )


def movement(now: Quantity, before: Quantity, rounding: Rounding) -> views.Movement | None:
    """”↓ 127 färre”, ”↑ 6 procentenheter upp”, as the two are shown. None where they are not of one kind."""
    if now.kind is not before.kind:
        return None
    decimals = 0 if now.kind is Kind.NUMBER else 2
    difference = rounded(now.value, decimals, rounding) - rounded(before.value, decimals, rounding)
    if not difference:
        return views.Movement("→", "oförändrat")
    is_more = difference > 0
    if now.kind is Kind.NUMBER:
        words = f"{decimal_text(abs(difference))} {'fler' if is_more else 'färre'}"
    else:
        words = f"{points(abs(difference), rounding)} {'upp' if is_more else 'ned'}"
    return views.Movement("↑" if is_more else "↓", words)


# The units beside each other


def units_people(published: ShownReport) -> tuple[views.UnitsPeople, ...]:
    """Counts of all units, the largest first: the main rows and their nearest parts. A table by division."""
    divisions = published.report.settings.divisions.items()
    tables = (_units_people(published, name, units) for name, units in divisions)
    return tuple(filter(None, tables))


def _units_people(
    published: ShownReport, division: str, units_of: Collection[str]
) -> views.UnitsPeople | None:
    report = published.report
    units = [unit for unit in _largest_first(published) if unit.id in units_of]
    named = {id for unit in units for id in _known(published, unit)}
    columns = [row for row in report.settings.rows if row.level < 2 and row.id in named]
    if not columns:
        return None

    def counts(unit: Unit, page: str) -> views.UnitPeople:
        rows = _known(published, unit)
        figures = (rows[row.id].total if row.id in rows else None for row in columns)
        return views.UnitPeople(unit.short_name or unit.name, page, tuple(figures))

    whole = counts(report.association, "") if _known(published, report.association) else None
    return views.UnitsPeople(
        name=division or report.settings.unit_name,
        heads=tuple(row.name for row in columns),
        rows=tuple(counts(unit, unit_page_of(report, unit.id)) for unit in units),
        whole=whole,
    )


def units_share(published: ShownReport) -> views.PointTable | None:
    """The first share of the participant table, of every unit and of all together, beside the year before."""
    report = published.report
    row = next((row for row in report.settings.rows if row.share_of), None)
    units = [unit for unit in _largest_first(published) if row and row.id in _known(published, unit)]
    if row is None or not units:
        return None
    rows = [
        _compared(row, unit, published, True, views.Link(unit_page_of(report, unit.id), unit.name))
        for unit in units
    ]
    if row.id in _known(published, whole := report.association):
        rows.append(_compared(row, whole, published, True, views.Link("", whole.name)))
    has_before = any(found.other is not None for found in rows)
    return views.PointTable(
        anchor="andel-enheter",
        title=row.name,
        explanation=f"Andel av {report.row_names[row.share_of or '']}."
        " Där de är få flyttar en enda person andelen mycket.",
        name_head=upper_first(report.settings.unit_name),
        value_head=str(report.period),
        other_head=str(report.period.before) if has_before else "",
        change_head="Förändring" if has_before else "",
        ticks=ticks(0, Fraction(1, 2), 1),
        rows=tuple(rows),
    )


def _largest_first(published: ShownReport) -> list[Unit]:
    """Units of each division by how many took part; one whose count is hidden comes last."""

    def size(unit: Unit) -> int:
        people = next(iter(_known(published, unit).values()), None)
        return people.total if people and isinstance(people.total, int) else 0

    units = [unit for unit in published.report.units if _known(published, unit)]
    divisions = list(published.report.settings.divisions)
    return sorted(units, key=lambda unit: (divisions.index(unit.division or ""), -size(unit)))


# Who they are


def background_tables(published: ShownReport, unit: Unit) -> tuple[views.BackgroundTable, ...]:
    """All in one scale, so that the same length is the same number of persons."""
    report, tables = published.report, published.tables
    found = [
        (definition, rows)
        for definition in report.settings.background
        if (rows := tables.background.get((unit.id, definition.id)))
    ]
    sexes = (sex for _, rows in found for each in rows.values() for sex in (each.women, each.men))
    longest = max((sex for sex in sexes if isinstance(sex, int)), default=0)
    scale = Scale(-longest, longest)
    return tuple(
        _background(definition, rows, tables.background_sums[unit.id, definition.id], scale, report)
        for definition, rows in found
    )


def _background(
    definition: BackgroundDefinition,
    rows: Mapping[str, ShownPeople],
    sums: ShownPeople,
    scale: Scale,
    report: Report,
) -> views.BackgroundTable:
    return views.BackgroundTable(
        anchor=f"bakgrund-{definition.id}",
        title=definition.title,
        caption=f"{definition.title} {report.period}",
        note=definition.note or "",
        summary=_summary(rows, sums, report),
        bars=tuple(
            views.Bar(
                label=category,
                people=people,
                share=_share(people.total, sums.total, report.rules.rounding)[0],
                women_bar=_side(people.women, scale, "solid", sign=-1),
                men_bar=_side(people.men, scale, "open"),
            )
            for category, people in rows.items()
        ),
        sums=sums,
    )


def _summary(rows: Mapping[str, ShownPeople], sums: ShownPeople, report: Report) -> str:
    """The largest category, or those that are; nothing where a hidden one would be compared with others."""
    totals = {category: people.total for category, people in rows.items() if isinstance(people.total, int)}
    if len(totals) < len(rows):
        return ""
    most = max(totals.values())
    largest = [f"”{category}”" for category, total in totals.items() if total == most]
    which, each = ("De största grupperna", " vardera") if len(largest) > 1 else ("Den största gruppen", "")
    share = share_of_people(most, sums.total, report.rules.rounding)
    return f"{which} är {and_list(largest)}: {share}{each}." if share else ""


def _side(number: Count | None, scale: Scale, kind: str, *, sign: int = 1) -> views.Stretch | None:
    """A bar on its side of the middle; none where the count is hidden, since a length is a count too."""
    return scale.span(0, sign * number, kind) if isinstance(number, int) and number else None
