"""Two rows for each respondent, one before and one after, seen as one."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from generator.model.names import plain_id
from generator.model.places import Problem, Severity
from generator.model.raw import RawTable
from generator.model.survey import Export
from generator.tallying.choices import Choices
from generator.tallying.columns import find_columns, wanted_columns
from generator.tallying.findings import Fault, Findings

OCCASION = "tillfälle"
BEFORE, AFTER = "före", "efter"
_UNKNOWN = Fault("tillfället känns inte igen", "Skriv vad det betyder under ”värden: tillfälle” i kartan.")
_NO_ID = Fault("den svarandes id saknas, så raden går inte att para ihop", "Fyll i det i filen.")
_TWICE = Fault("samma svarande står två gånger vid samma tillfälle", "Behåll den ena raden.")
_USES = {"respondent": "den svarande", "occasion": "tillfället"}


def occasions(heading: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What the column of a question is called on each occasion in a joined table."""
    return (BEFORE, heading), (AFTER, f"{heading}, {AFTER}")


def joined(table: RawTable, export: Export, problems: list[Problem]) -> RawTable | None:
    """The table with a row for each respondent; itself where the map names no column of occasions.

    Who has one row only is left out and told of. None, with problems, when rows cannot be told apart.
    """
    if export.columns.occasion is None:
        return table
    if export.columns.respondent is None:
        found = "en rad för varje tillfälle går bara att para ihop med ett id för den svarande"
        problems.append(Problem(export.columns.place("occasion"), found, "Lägg till ”svarande: …”."))
        return None
    wanted = wanted_columns(export.columns, _USES)
    found_columns = find_columns(table, list(wanted.values()), problems)
    if len(found_columns) < len(wanted):
        return None
    id_column, occasion_column = (found_columns[wanted[field]] for field in _USES)
    choices = Choices({BEFORE: BEFORE, "fore": BEFORE, AFTER: AFTER}, (BEFORE, AFTER))
    choices.tie(export.values, OCCASION, "tillfället", problems)

    def read(columns: Collection[int]) -> Iterator[tuple[int, Sequence[str]]]:
        own = {id_column, occasion_column, *(column % table.width for column in columns)}
        pairs: dict[str, dict[str, tuple[int, Sequence[str]]]] = defaultdict(dict)
        for row, texts in table.read(sorted(own)):
            pairs[plain_id(texts[id_column].strip())][choices[texts[occasion_column]] or ""] = row, texts
        for pair in pairs.values():
            if BEFORE in pair and AFTER in pair:
                (row, before), (_, after) = pair[BEFORE], pair[AFTER]
                yield row, (*before, *after)

    if not _are_told_apart(table, (id_column, occasion_column), choices, problems):
        return None
    headings = [table.heading(column) for column in range(table.width)]
    after = [occasions(heading)[1][1] if heading else "" for heading in headings]
    return replace(table, headings=(*headings, *after), width=2 * table.width, read=read)


def _are_told_apart(
    table: RawTable, columns: tuple[int, int], choices: Choices[str], problems: list[Problem]
) -> bool:
    findings, seen = Findings(table), defaultdict[str, set[str]](set)
    for row, texts in table.read(columns):
        id, occasion = (texts[column] for column in columns)
        when, person = choices[occasion], plain_id(id.strip())
        if not person and not occasion.strip():
            continue
        if when is None:
            findings.add(replace(_UNKNOWN, known=choices.known), row, columns[1], occasion)
        elif not person:
            findings.add(_NO_ID, row, columns[0])
        elif when in seen[person]:
            findings.add(_TWICE, row, columns[0])
        else:
            seen[person].add(when)
    found = list(findings.problems())
    problems.extend(found)
    once = sum(len(occasions) == 1 for occasions in seen.values())
    if once:
        text = f"{once} svarande har bara svarat vid ett av tillfällena och räknas inte"
        problems.append(Problem(table.place(), text, "", Severity.NOTE))
    return not found
