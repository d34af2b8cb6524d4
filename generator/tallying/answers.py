"""A row for each respondent, counted into the table of answers."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, pairwise, product
from typing import NamedTuple
from unicodedata import normalize

from generator.model.names import as_written, plain_id, value_key
from generator.model.places import Problem, Severity, has_errors
from generator.model.raw import CountedTable, RawTable, Tally
from generator.model.report import Report
from generator.model.survey import Export
from generator.tallying.choices import UNSTATED, SeveralChoices
from generator.tallying.dates import personal_number
from generator.tallying.findings import Fault, Findings
from generator.tallying.occasions import joined
from generator.tallying.plausibility import spread_answers
from generator.tallying.survey_layout import UNIT, AskedQuestion, SurveyLayout

_COLUMNS = ("grupp", "fråga", "kön", "svar", "antal")
_TOLD = 10  # respondents that stand on several rows
_BATCH = 5_000  # rows that are counted at a time


def tally_answers(table: RawTable, export: Export, asked: Report, problems: list[Problem]) -> Tally:
    """The answers counted for a report, of which nothing but its definition is known yet.

    Whatever is wrong is added to `problems`, by row and column only.
    """
    joined_table = joined(table, export, problems)
    if joined_table is None:
        return Tally(0, ())
    table = joined_table
    layout = SurveyLayout(table, export, asked.settings, asked.survey)
    problems.extend(layout.problems)
    if layout.problems:
        return Tally(0, ())
    read = table.read(layout.columns)
    first = list(islice(read, _BATCH))
    problems.extend(spread_answers(table, layout, first))
    if has_errors(problems):
        return Tally(0, ())
    counts = _counted(chain(first, read), layout, asked.settings.year)
    if has_errors(problems):
        return Tally(0, ())  # the file could not be read to its end
    problems.extend(_faults(table, layout, counts, asked))
    if not has_errors(problems):
        problems.extend(_remarks(table, layout, counts, asked))
    has_units = export.unit is not None or export.columns.unit is not None
    rows = tuple(row if has_units else row[1:] for row in _rows(layout, counts))
    columns = (UNIT, *_COLUMNS) if has_units else _COLUMNS
    # A group is read whole, unless it is that of one unit, or once for each division.
    is_part = export.unit is not None or len(asked.settings.divisions) > 1
    replaces = (UNIT, "grupp") if has_units and is_part else ("grupp",)
    return Tally(counts.respondents.total(), (CountedTable("enkat", columns, rows, replaces),))


# Counting


class _Who(NamedTuple):
    """Respondents of one kind: the ids of their group and unit, and their sex; None is not known."""

    group: str | None
    unit: str | None
    sex: str | None


@dataclass
class _Counts:
    """What has been counted so far: respondents, and their answers by question."""

    respondents: Counter[_Who] = field(default_factory=Counter)
    answers: defaultdict[tuple[_Who, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    without_answers: int = 0
    ids: array[int] = field(default_factory=lambda: array("q"))  # hashes: there is one for each row
    has_strays: bool = False

    @property
    def answered(self) -> set[tuple[str | None, str]]:
        """The questions that somebody in a group has answered."""
        return {(who.group, question) for (who, question), given in self.answers.items() if given}


_Row = tuple[int, Sequence[str]]
_Answers = defaultdict[Sequence[str], list[Sequence[str]]]


def _counted(rows: Iterator[_Row], layout: SurveyLayout, year: int) -> _Counts:
    """Rows are counted many at a time, those of one kind of respondents together."""
    counts = _Counts()
    read = [lru_cache(maxsize=2**12)(question.answers) for question in layout.questions]
    for row in rows:
        batch = chain([row], islice(rows, _BATCH - 1))
        for said, same in _by_kind(batch, layout, counts, year).items():
            texts, columns = iter(said), zip(*same, strict=True)
            who = _Who(*(trait.of(texts) for trait in layout.traits))
            counts.respondents[who] += len(same)
            counts.has_strays |= None in who
            for question, answers_of in zip(layout.questions, read, strict=True):
                given = counts.answers[who, question.question.id]
                first, *others = islice(columns, len(question.columns))
                for cells, count in Counter(zip(first, *others, strict=True) if others else first).items():
                    answers = answers_of(cells if others else (cells,))
                    counts.has_strays |= answers is None
                    for answer in answers or ():
                        given[answer] += count
    return counts


def _by_kind(rows: Iterable[_Row], layout: SurveyLayout, counts: _Counts, year: int) -> _Answers:
    """The answers of respondents by what is said of them. A text that many have answered is kept once."""
    answered, once = _Answers(list), dict[str, str]()
    for _, texts in rows:
        id, answers = _id(texts, layout, year), layout.answers_in(texts)
        if layout.has_answers(answers):
            answered[layout.said_in(texts)].append(tuple(map(once.setdefault, answers, answers)))
            if id:
                counts.ids.append(hash(id))
        else:
            counts.without_answers += bool(id or any(texts[column].strip() for column in layout.columns))
    return answered


def _id(texts: Sequence[str], layout: SurveyLayout, year: int) -> str:
    """In the form in which ids are compared."""
    if layout.respondent is None:
        return ""
    id = " ".join(normalize("NFC", texts[layout.respondent]).split())
    return personal_number(id, year) or plain_id(id) if id[:1].isdecimal() else id


# What the author should mend


def _faults(table: RawTable, layout: SurveyLayout, counts: _Counts, asked: Report) -> Iterator[Problem]:
    yield from _reread(table, layout, counts, asked.settings.year)
    if not counts.respondents:
        remedy = "Kontrollera att det är rätt fil, och från vilken rad svaren börjar (”svar_från_rad”)."
        yield Problem(table.place(), "ingen har svarat på någon av frågorna", remedy)
    for group in asked.survey.groups:
        number = sum(count for who, count in counts.respondents.items() if who.group == group.id)
        if group.asked is not None and number > group.asked:
            found = f"{number} svarande är fler än de {group.asked} tillfrågade"
            remedy = "Rätta antalet, eller kontrollera att filen bara har en rad för varje svarande."
            yield Problem(group.place("asked"), found, remedy)


def _reread(table: RawTable, layout: SurveyLayout, counts: _Counts, year: int) -> Iterator[Problem]:
    """Reads once more to tell on which rows something strays, or somebody stands again, if there is any."""
    twice = {first for first, second in pairwise(sorted(counts.ids)) if first == second}
    if not twice and not counts.has_strays:
        return
    findings, rows = Findings(table, "svar_från_rad"), defaultdict[str, list[int]](list)
    for row, texts in table.read(layout.columns):
        if not layout.has_answers(layout.answers_in(texts)):
            continue
        for trait, text in zip(layout.in_columns, layout.said_in(texts), strict=True):
            if trait.choices[text] is None:
                findings.add(trait.stray if text.strip() else _EMPTY, row, trait.column, text)
        for question in layout.questions:
            cells = [texts[column.index] for column in question.columns]
            if question.answers(cells) is None:
                _add_strays(findings, question, row, cells)
        id = _id(texts, layout, year)
        if id and hash(id) in twice:
            rows[id].append(row)
    yield from findings.problems()
    pairs = [(first, others[0]) for first, *others in rows.values() if others]
    if pairs:
        shown = [f"rad {first} och {second}" for first, second in pairs[:_TOLD]]
        more = f" och {len(pairs) - _TOLD} svarande till" if len(pairs) > _TOLD else ""
        found_text = f"samma svarande står på flera rader: {', '.join(shown)}{more}"
        remedy = "Behåll en rad för varje svarande. Är kolumnen något annat än ett id, ta bort den ur kartan."
        yield Problem(table.place(pairs[0][0], layout.respondent), found_text, remedy)


_EMPTY = Fault("cellen är tom", "Fyll i den i filen.")
_SEVERAL = Fault(
    "cellen har flera svar",
    "Fick de svarande välja flera, skriv ”flera_svar: ja” vid frågan i enkat.yaml. Rätta annars i filen.",
)


def _add_strays(findings: Findings, question: AskedQuestion, row: int, texts: Sequence[str]) -> None:
    """The cells that cannot be read; several answers to a question that has one are told as such."""
    cells = zip(question.columns, texts, strict=True)
    strays = [(column, text) for column, text in cells if column.choices[text] is None]
    for column, text in strays:
        choices = SeveralChoices(column.choices.named, key=value_key)
        choices.tied = column.choices.tied
        if not question.question.several and len(choices[text] or ()) > 1:
            findings.add(_SEVERAL, row, column.index)
        else:
            findings.add(column.stray, row, column.index, text)
    if not strays:
        findings.add(_SEVERAL, row, question.columns[0].index)


def _remarks(table: RawTable, layout: SurveyLayout, counts: _Counts, asked: Report) -> Iterator[Problem]:
    """What may be as it should be."""
    answered = {question for _, question in counts.answered}
    for question in layout.questions:
        if question.question.id not in answered:
            found = f"ingen har svarat på {question.wanted.use}"
            remedy = "Kontrollera att det är rätt kolumn."
            yield Problem(question.wanted.place, found, remedy, Severity.WARNING)
    groups = {who.group for who in counts.respondents}
    told = {(group, question.question.id) for group in groups for question in layout.questions}
    for indicator in asked.budget.indicators:
        if indicator.asked is None or indicator.dropped is not None:
            continue
        group, asked_for = indicator.asked
        if group in groups and indicator.asked not in told:
            told.add(indicator.asked)
            names = f"”{as_written(asked_for)}” till ”{as_written(group)}”"
            found = f"ingen kolumn har svaren på frågan {names}, som indikator {indicator.id} mäter"
            remedy = "Lägg till den under ”frågor” i kartan, om frågan ställdes."
            yield Problem(indicator.place("question"), found, remedy, Severity.WARNING)
    without_id = counts.respondents.total() - len(counts.ids)
    if layout.respondent is not None and without_id:
        found = f"{without_id} svarande saknar id, så det går inte att se om någon står två gånger"
        yield Problem(table.place(0, layout.respondent), found, "Fyll i det i filen.", Severity.WARNING)
    if counts.without_answers:
        rows = "1 rad" if counts.without_answers == 1 else f"{counts.without_answers} rader"
        found = f"{rows} har inget svar på någon fråga och räknas inte"
        yield Problem(table.place(), found, "", Severity.NOTE)


# The table


def _rows(layout: SurveyLayout, counts: _Counts) -> Iterator[tuple[str, ...]]:
    """In the order of the report, with zeros: of units and groups that have answered, all that were asked.

    Women and men are there always, so that one who is missing is a zero.
    """
    kinds, answered = {(who.unit, who.group) for who in counts.respondents}, counts.answered
    for unit, group in product(layout.unit.written, layout.group.written):
        sexes = [
            sex for sex in layout.sex.written if sex != UNSTATED or counts.respondents[_Who(group, unit, sex)]
        ]
        asked = [question for question in layout.questions if (group, question.question.id) in answered]
        for question, sex in product(asked if (unit, group) in kinds else (), sexes):
            given = counts.answers[_Who(group, unit, sex), question.question.id]
            for answer in question.counted:
                who = layout.unit.written[unit], layout.group.written[group]
                yield *who, as_written(question.question.id), sex, answer, str(given[answer])
