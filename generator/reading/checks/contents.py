"""The table of contents, the tables of amounts in it, and their notes."""

from collections.abc import Iterator

from generator.model.contents import Part, contents_of, home_of_table, own_parts, part_names
from generator.model.names import as_written, name_key, remedy_for_unknown
from generator.model.narrative import TO_WRITE, NarrativeText
from generator.model.places import Place, Problem, Severity, unknown_name
from generator.model.report import Report
from generator.model.settings import OwnPart, ReportSettings
from generator.reading.checks.ids import check_names

OF_TEXTS = (Part.YEAR, Part.STORIES, Part.GUIDE, Part.EASY, Part.ABOUT)  # that a booklet can do without


def check_contents(report: Report) -> Iterator[Problem]:
    """Parts that are unknown, missing, named twice or empty; tables and texts that nothing shows."""
    settings = report.settings
    yield from _entries(settings)
    for part in own_parts(settings):
        if part.id not in part_names(settings):
            yield from _own_part(part, report)
    yield from _tables(settings)
    known = [*map(name_key, OF_TEXTS), *(part.id for part in own_parts(settings))]
    known += [table.id for table in settings.tables]
    yield from check_names(settings.printing, "unprinted", "delen eller tabellen", known)
    yield from _notes(report)
    for text in (*report.texts, *report.analyses):
        if text.head.title.startswith(TO_WRITE):
            found, remedy = "texten är inte skriven än", "Svara på frågorna i den, och byt titel."
            yield Problem(text.head.place("title"), found, remedy, Severity.WARNING)
    for part in own_parts(settings):
        if part.lead.startswith(TO_WRITE):
            found = f"delen ”{part.title}” har ingen ingress för året än"
            yield Problem(part.place("lead"), found, "Skriv en mening om delen.", Severity.WARNING)
    if settings.contents is not None:
        yield from _left_out(report)


def _entries(settings: ReportSettings) -> Iterator[Problem]:
    names, seen = part_names(settings), set[str]()
    for index, entry in enumerate(settings.contents or ()):
        place, is_own = settings.origin.of_item("innehåll", index), isinstance(entry, OwnPart)
        id = entry.id if isinstance(entry, OwnPart) else entry
        part = names.get(id)
        key = name_key(part or id)
        if key in seen:
            yield Problem(place, f"delen ”{as_written(id)}” står två gånger", "Behåll bara den ena.")
        elif is_own and part is not None:
            remedy = f"Ge den ett eget id, eller skriv bara ”- {part}”."
            yield Problem(place, f"delen ”{as_written(id)}” finns redan i programmet", remedy)
        elif not is_own and part is None:
            found = f"delen ”{as_written(id)}” finns inte"
            remedy = f"{remedy_for_unknown(id, list(Part))} En egen del har id, titel och ingress."
            yield Problem(place, found, remedy)
        elif part is Part.SIGNATURES and settings.signatures is None:
            remedy = "Lägg till ”underskrifter” med ort och roller, eller ta bort delen."
            yield Problem(place, "det står inte vilka som skriver under", remedy)
        seen.add(key)
    if settings.contents is not None and contents_of(settings)[:1] != (Part.OVERVIEW,):
        found = f"delen ”{Part.OVERVIEW}” står inte först i innehållet"
        remedy = f"Skriv ”- {Part.OVERVIEW}” som första rad: den är rapportens framsida."
        yield Problem(settings.place("contents"), found, remedy)


def _own_part(part: OwnPart, report: Report) -> Iterator[Problem]:
    tables = [definition.id for definition in report.settings.tables]
    for table in part.tables:
        if table not in tables:
            yield unknown_name(part.place("tables"), "tabellen", table, tables)
        elif home_of_table(table, report.settings) != part.id or part.tables.count(table) > 1:
            found = f"tabellen ”{as_written(table)}” står två gånger i innehållet"
            yield Problem(part.place("tables"), found, "Behåll bara den ena.")
    if not part.tables and not any(text.head.part == part.id for text in report.texts):
        found = f"delen ”{part.title}” har varken texter eller tabeller"
        remedy = f"Skriv en text med ”del: {as_written(part.id)}”, eller ange ”tabeller”."
        yield Problem(part.place("id"), found, remedy)


def _tables(settings: ReportSettings) -> Iterator[Problem]:
    for definition in settings.tables:
        seen: set[str] = set()
        for column in definition.computed:
            if column.name in seen:
                found = f"kolumnen ”{as_written(column.name)}” räknas två gånger"
                yield Problem(column.place("name"), found, "Behåll bara den ena.")
            seen.add(column.name)
            rows = [row.id for row in settings.rows]
            if column.quotient is not None and column.quotient[1] not in rows:
                yield unknown_name(column.place("equals"), "deltagarraden", column.quotient[1], rows)


def _notes(report: Report) -> Iterator[Problem]:
    """Each note has a number of its own, in a part that has tables; each reference leads to one."""
    homes = {name_key(Part.ECONOMY), *(part.id for part in own_parts(report.settings))}
    notes: dict[tuple[str, str], NarrativeText] = {}
    for text in report.texts:
        part, note = text.head.part, text.head.note
        if note is None:
            continue
        if part not in homes:
            remedy = f"Noter hör till tabeller: skriv ”del: {Part.ECONOMY}”, eller en egen del."
            yield Problem(text.head.place("note"), "delen har inga noter", remedy)
        elif (part, note) in notes:
            other = notes[part, note].head.place("note")
            found = f"not {as_written(note)} finns redan ({other})"
            yield Problem(text.head.place("note"), found, "Ge den ett eget nummer.")
        notes.setdefault((part, note), text)
    for wanted, place, part in _mentioned(report):
        if (part, name_key(wanted)) not in notes:
            known = [as_written(note) for home, note in notes if home == part]
            found = f"not {as_written(wanted)} finns inte"
            remedy = f"Skriv den i berattelse med ”del: {part}” och ”not: {as_written(wanted)}”."
            if known:
                remedy = f"{remedy_for_unknown(wanted, known)} {remedy}"
            yield Problem(place, found, remedy)


def _mentioned(report: Report) -> Iterator[tuple[str, Place, str]]:
    """Each note that a table or a row leads to, where that is said, and the part that shows the table."""
    for definition in report.settings.tables:
        part = home_of_table(definition.id, report.settings)
        if definition.note is not None:
            yield definition.note, definition.place("note"), part
        table = report.outcomes.amounts.get(definition.id)
        for row in table.rows if table else ():
            for note in row.notes:
                yield note, Place(row.place.file, row.place.line, "not"), part


def _left_out(report: Report) -> Iterator[Problem]:
    """Texts, examples and tables of parts that are not in the table of contents: they are not shown."""
    settings = report.settings
    parts = contents_of(settings)
    shown = {part.id if isinstance(part, OwnPart) else name_key(part) for part in parts}
    names = part_names(settings)
    groups = {f"omrade-{name_key(area.id)}": Part.AREAS for area in report.budget.areas}
    groups |= {series.id: Part.SERIES for series in settings.series}
    for text in report.texts:
        part = groups.get(text.head.part) or names.get(text.head.part)
        if part is not None and name_key(part) not in shown:
            yield _not_shown(text.head.place("part"), f"texten ”{text.head.title}”", part)
    for story in report.stories[:1]:
        if name_key(Part.STORIES) not in shown:
            yield _not_shown(story.head.place(), "framgångsbeskrivningarna", Part.STORIES)
    for definition in settings.tables:
        if home_of_table(definition.id, settings) not in shown:
            what = f"tabellen ”{definition.title}”"
            yield _not_shown(definition.place("id"), what, Part.ECONOMY)


def _not_shown(place: Place, what: str, part: Part) -> Problem:
    remedy = f"Lägg till ”- {part}” under ”innehåll”, om den ska synas."
    found = f"{what} visas inte: delen ”{part}” är inte med i innehållet"
    return Problem(place, found, remedy, Severity.WARNING, "Visas inte")
