"""A row for each respondent, counted into the table of answers."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product, repeat
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from generator.model.budget import Budget
from generator.model.counted import CountedTable, Tally
from generator.model.names import as_written
from generator.model.places import Problem, Severity, has_errors
from generator.model.raw import Batch, RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import Export, Survey
from generator.tallying.choices import UNSTATED
from generator.tallying.dates import personal_number
from generator.tallying.findings import Findings
from generator.tallying.survey_layout import UNIT, AskedQuestion, SurveyLayout, Trait, survey_layout

_COLUMNS = ("grupp", "fråga", "kön", "svar", "antal")
_TOLD = 10  # respondents that stand on several rows


@dataclass(frozen=True)
class Asked:
    """What a report says of its survey: the names that may stand in the answers, and what is measured."""

    settings: ReportSettings
    budget: Budget
    survey: Survey


def tally_answers(table: RawTable, export: Export, asked: Asked, problems: list[Problem]) -> Tally:
    """The counted answers. Whatever is wrong is added to `problems`, by row and column only."""
    layout = survey_layout(table, export, asked.settings, asked.survey, problems)
    if layout is None:
        return Tally(0, ())
    counts = _Counts(Findings(table))
    for batch, others in _answered(table, layout):
        counts.without_answers += others
        counts.ids.extend(map(hash, filter(None, _ids(batch, layout, asked.settings.year))))
        _count(batch, layout, counts)
    if has_errors(problems):
        return Tally(0, ())  # the file could not be read to its end
    problems.extend(_faults(table, layout, counts, asked))
    if not has_errors(problems):
        problems.extend(_remarks(table, layout, counts, asked))
    has_units = export.unit is not None or export.columns.unit is not None
    rows = tuple(row if has_units else row[1:] for row in _rows(layout, counts))
    columns = (UNIT, *_COLUMNS) if has_units else _COLUMNS
    # A group is read whole, unless it is that of one unit.
    replaces = (UNIT, "grupp") if export.unit is not None else ("grupp",)
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

    findings: Findings
    respondents: Counter[_Who] = field(default_factory=Counter)
    answers: defaultdict[tuple[_Who, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    without_answers: int = 0
    ids: array[int] = field(default_factory=lambda: array("q"))  # hashes: there is one for each row

    @property
    def answered(self) -> set[tuple[str | None, str]]:
        """The questions that somebody in a group has answered."""
        return {(who.group, question) for (who, question), given in self.answers.items() if given}


def _answered(table: RawTable, layout: SurveyLayout) -> Iterator[tuple[Batch, int]]:
    """Those who have answered something, and how many rows have something but no answer."""
    for rows, texts in table.read(layout.columns):
        silent: Sequence[int] = range(len(rows))
        for question in layout.questions:
            place, choices = layout.places[question.column], question.choices
            silent = [index for index in silent if choices[texts[index][place]] == ""]
        if not silent:
            yield Batch(rows, texts), 0
            continue
        answered = sorted(set(range(len(rows))).difference(silent))
        others = sum(any(map(str.strip, texts[index])) for index in silent)
        yield Batch([rows[index] for index in answered], [texts[index] for index in answered]), others


def _count(batch: Batch, layout: SurveyLayout, counts: _Counts) -> None:
    """What is said of those who have answered nothing does not matter."""
    by_who: dict[tuple[str | None, ...], list[Sequence[str]]] = defaultdict(list)
    kinds = [
        map(trait.choices.__getitem__, map(itemgetter(layout.places[trait.column]), batch.texts))
        if trait.column is not None
        else repeat(trait.of_all)
        for trait in layout.traits
    ]
    for texts, kind in zip(batch.texts, zip(*kinds, strict=False), strict=False):
        by_who[kind].append(texts)
    strange: dict[int, Trait | AskedQuestion] = {}
    for kind, respondents in by_who.items():
        who = _Who(*kind)
        counts.respondents[who] += len(respondents)
        strange |= {
            trait.column: trait
            for trait, name in zip(layout.traits, who, strict=True)
            if name is None and trait.column is not None
        }
        columns = list(zip(*respondents, strict=True))
        for question in layout.questions:
            given = counts.answers[who, question.question.id]
            for text, number in Counter(columns[layout.places[question.column]]).items():
                answer = question.choices[text]
                if answer:
                    given[answer] += number
                elif answer is None:
                    strange[question.column] = question
    for column, where in strange.items():
        if not counts.findings.are_many(where.stray, column):
            for row, texts in zip(*batch, strict=True):
                text = texts[layout.places[column]]
                if where.choices[text] is None:
                    counts.findings.add(where.stray, row, column, text)


def _ids(batch: Batch, layout: SurveyLayout, year: int) -> list[str]:
    """Of each respondent, in the form in which ids are compared; "" for none."""
    if layout.respondent is None:
        return []
    place = layout.places[layout.respondent]
    return [_id(texts[place], year) for texts in batch.texts]


def _id(text: str, year: int) -> str:
    id = " ".join(normalize("NFC", text).split())
    return personal_number(id, year) or id


# What the author should mend


def _faults(table: RawTable, layout: SurveyLayout, counts: _Counts, asked: Asked) -> Iterator[Problem]:
    yield from counts.findings.problems()
    yield from _repeated(table, layout, counts, asked.settings.year)
    if not counts.respondents:
        remedy = "Kontrollera att det är rätt fil, och från vilken rad svaren börjar (”svar_från_rad”)."
        yield Problem(table.place(), "ingen har svarat på någon av frågorna", remedy)
    for group in asked.survey.groups:
        number = sum(count for who, count in counts.respondents.items() if who.group == group.id)
        if group.asked is not None and number > group.asked:
            found = f"{number} svarande är fler än de {group.asked} tillfrågade"
            remedy = "Rätta antalet, eller kontrollera att filen bara har en rad för varje svarande."
            yield Problem(group.place("asked"), found, remedy)


def _repeated(table: RawTable, layout: SurveyLayout, counts: _Counts, year: int) -> Iterator[Problem]:
    """The ids themselves are read again, when some seem to be the same."""
    twice = {first for first, second in pairwise(sorted(counts.ids)) if first == second}
    rows: dict[str, list[int]] = defaultdict(list)
    for batch, _ in _answered(table, layout) if twice else ():
        for row, id in zip(batch.rows, _ids(batch, layout, year), strict=True):
            if hash(id) in twice:
                rows[id].append(row)
    pairs = [(first, others[0]) for first, *others in rows.values() if others]
    if pairs:
        shown = [f"rad {first} och {second}" for first, second in pairs[:_TOLD]]
        more = f" och {len(pairs) - _TOLD} svarande till" if len(pairs) > _TOLD else ""
        found = f"samma svarande står på flera rader: {', '.join(shown)}{more}"
        remedy = "Behåll en rad för varje svarande. Är kolumnen något annat än ett id, ta bort den ur kartan."
        yield Problem(table.place(pairs[0][0], layout.respondent), found, remedy)


def _remarks(table: RawTable, layout: SurveyLayout, counts: _Counts, asked: Asked) -> Iterator[Problem]:
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
            for answer in question.choices.known:
                yield (
                    layout.unit.written[unit],
                    layout.group.written[group],
                    as_written(question.question.id),
                    sex,
                    answer,
                    str(given[answer]),
                )
