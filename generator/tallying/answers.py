"""A row for each respondent, counted into the table of answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from generator.model.budget import Budget
from generator.model.counted import CountedTable, Tally
from generator.model.names import as_written
from generator.model.places import Problem, Severity, has_errors
from generator.model.raw import ROW, RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import Export, Survey
from generator.tallying.strays import Strange, Strays, stray_problems
from generator.tallying.survey_maps import (
    GROUP,
    SEX,
    UNIT,
    UNSTATED,
    Column,
    SurveyMap,
    Tied,
    Trait,
    survey_map,
)
from generator.tallying.words import NOTHING, UNKNOWN, Words

if TYPE_CHECKING:
    from polars import DataFrame, Expr, Series

_COLUMNS = ("grupp", "fråga", "kön", "svar", "antal")
_WHO, _ID = "who", "id"
_TOLD = 10  # respondents that stand on several rows


@dataclass(frozen=True)
class Asked:
    """What a report says of its survey: the names that may stand in the answers, and what is measured."""

    settings: ReportSettings
    budget: Budget
    survey: Survey


def tally_answers(table: RawTable, export: Export, asked: Asked, problems: list[Problem]) -> Tally:
    """The counted answers. Whatever is wrong is added to `problems`, by row and column only."""
    plan = survey_map(table, export, asked.settings, asked.survey, problems)
    counts = _counted(table, plan) if plan else _Counts()
    if plan is None or has_errors(problems):
        return Tally(0, ())
    problems.extend(_faults(table, plan, counts, asked))
    if not has_errors(problems):
        problems.extend(_remarks(table, plan, counts, asked))
    has_units = export.unit is not None or export.columns.unit is not None
    rows = tuple(row if has_units else row[1:] for row in _rows(plan, counts))
    columns = (UNIT, *_COLUMNS) if has_units else _COLUMNS
    # A group is read whole, unless it is that of one unit.
    replaces = (UNIT, "grupp") if export.unit is not None else ("grupp",)
    return Tally(counts.respondents.total(), (CountedTable("enkat", columns, rows, replaces),))


# Counting

_RADIX = 2**20


@dataclass(frozen=True)
class _Who:
    """Respondents of one kind: the codes of their group, unit and sex, which are packed into one number."""

    group: int
    unit: int
    sex: int

    @staticmethod
    def packed(group: Expr, unit: Expr, sex: Expr) -> Expr:
        return ((group - UNKNOWN) * _RADIX + (unit - UNKNOWN)) * _RADIX + (sex - UNKNOWN)

    @staticmethod
    def unpacked(number: int) -> _Who:
        rest, sex = divmod(number, _RADIX)
        group, unit = divmod(rest, _RADIX)
        return _Who(group + UNKNOWN, unit + UNKNOWN, sex + UNKNOWN)


@dataclass
class _Counts:
    """What has been counted so far: respondents, and their answers by question and code of the answer."""

    respondents: Counter[_Who] = field(default_factory=Counter)
    answers: Counter[tuple[str, _Who, int]] = field(default_factory=Counter)
    without_answers: int = 0
    strays: defaultdict[int, Strays] = field(default_factory=lambda: defaultdict(Strays))  # by column
    ids: list[DataFrame] = field(default_factory=list)

    @property
    def answered(self) -> set[tuple[int, str]]:
        """The questions that somebody in a group has answered."""
        return {(who.group, question) for question, who, _ in self.answers}


def _counted(table: RawTable, plan: SurveyMap) -> _Counts:
    columns = [trait.column.index for trait in plan.traits if trait.column]
    columns += [question.column.index for question in plan.questions]
    columns += [plan.respondent.index] if plan.respondent else []
    counts = _Counts()
    for batch in table.read(columns):
        if batch.height:
            _count(batch, plan, counts)
    return counts


def _count(batch: DataFrame, plan: SurveyMap, counts: _Counts) -> None:
    """A batch of rows. Questions with very much that is strange are left."""
    import polars as pl

    rows = batch.with_columns(_codes(batch, trait) for trait in plan.traits)
    rows = rows.with_columns(_Who.packed(pl.col(GROUP), pl.col(UNIT), pl.col(SEX)).alias(_WHO))
    questions = [one for one in plan.questions if not counts.strays[one.column.index].are_many]
    given = pl.collect_all([rows.lazy().group_by(_WHO, one.column.name).len() for one in questions])
    answered = [
        _count_question(rows, one, found, counts) for one, found in zip(questions, given, strict=True)
    ]
    is_answered = rows.select(pl.any_horizontal(pl.lit(value=False), *answered)).to_series()
    _count_respondents(rows.filter(is_answered), plan, counts)
    if not is_answered.all():
        texts = pl.any_horizontal(
            pl.col(name).str.strip_chars() != "" for name in batch.columns if name != ROW
        )
        counts.without_answers += rows.filter(~is_answered & texts).height


def _codes(batch: DataFrame, trait: Trait) -> Series | Expr:
    """The codes of a trait, as a column of its kind."""
    import polars as pl

    if trait.column is None:
        return pl.lit(trait.fixed, pl.Int64).alias(trait.kind)
    texts = batch[trait.column.name].unique()
    codes = pl.Series([trait.words.code(text) for text in texts], dtype=pl.Int64)
    return batch[trait.column.name].replace_strict(texts, codes).alias(trait.kind)


def _count_question(rows: DataFrame, question: Tied, given: DataFrame, counts: _Counts) -> Expr:
    """Counts the answers that were given, by whom and text; on which rows there is one."""
    import polars as pl

    name = question.column.name
    codes = {text: question.words.code(text) for text in given[name].unique()}
    for number, text, count in given.iter_rows():
        if codes[text] >= 0:
            counts.answers[question.question.id, _Who.unpacked(number), codes[text]] += count
    strange = [text for text, code in codes.items() if code == UNKNOWN]
    if strange:
        counts.strays[question.column.index].add(rows.filter(pl.col(name).is_in(strange)), name)
    nothing = [text for text, code in codes.items() if code == NOTHING and text is not None]
    is_answered = pl.col(name).is_not_null()
    return is_answered & ~pl.col(name).is_in(nothing) if nothing else is_answered


def _count_respondents(rows: DataFrame, plan: SurveyMap, counts: _Counts) -> None:
    """Those who have answered something; what is said of others does not matter."""
    import polars as pl

    for number, count in rows.group_by(_WHO).len().iter_rows():
        counts.respondents[_Who.unpacked(number)] += count
    for trait in plan.traits:
        if trait.column and (rows[trait.kind] < 0).any():
            strange = rows.filter(pl.col(trait.kind) < 0)
            counts.strays[trait.column.index].add(strange, trait.column.name)
    if plan.respondent:
        id = pl.col(plan.respondent.name).str.normalize("NFC").str.replace_all(r"\s+", " ").str.strip_chars()
        ids = rows.select(ROW, id.alias(_ID))
        counts.ids.append(ids.filter(pl.col(_ID) != ""))


# What the author should mend


def _faults(table: RawTable, plan: SurveyMap, counts: _Counts, asked: Asked) -> Iterator[Problem]:
    for trait in plan.traits:
        if trait.column:
            yield from _strays(table, trait.column, trait.words, counts, _strange_trait(trait))
    for question in plan.questions:
        yield from _strays(table, question.column, question.words, counts, _strange_answer(question))
    yield from _repeated(table, plan, counts)
    if not counts.respondents:
        remedy = "Kontrollera att det är rätt fil, och från vilken rad svaren börjar (”svar_från_rad”)."
        yield Problem(table.place(), "ingen har svarat på någon av frågorna", remedy)
    for code, group in enumerate(asked.survey.groups):
        number = sum(count for who, count in counts.respondents.items() if who.group == code)
        if group.asked is not None and number > group.asked:
            found = f"{number} svarande är fler än de {group.asked} tillfrågade"
            remedy = "Rätta antalet, eller kontrollera att filen bara har en rad för varje svarande."
            yield Problem(group.place("asked"), found, remedy)


def _strays(
    table: RawTable, column: Column, words: Words, counts: _Counts, strange: Strange
) -> Iterator[Problem]:
    if column.index in counts.strays:
        yield from stray_problems(table, column.index, counts.strays[column.index], strange, words.names)


def _strange_trait(trait: Trait) -> Strange:
    one, many = _NO_TRAIT[trait.kind]
    return Strange(one, many, f"Skriv vad ett annat värde betyder under ”värden: {trait.kind}” i kartan.")


_NO_TRAIT = {
    GROUP: ("värdet är ingen svarsgrupp", "värden som inte är svarsgrupper"),
    UNIT: ("värdet är ingen enhet", "värden som inte är enheter"),
    SEX: ("värdet är inget kön", "värden som inte är kön"),
}


def _strange_answer(question: Tied) -> Strange:
    scale = question.scale
    remedy = (
        f"Skriv vad ett annat värde betyder under ”värden: {as_written(scale.id)}” i kartan,"
        " eller vid ”inget_svar” om det är inget svar."
    )
    off = f"skalan ”{scale.name}”"
    return Strange(f"svaret finns inte på {off}", f"svar utanför {off}", remedy)


def _repeated(table: RawTable, plan: SurveyMap, counts: _Counts) -> Iterator[Problem]:
    import polars as pl

    if plan.respondent is None or not counts.ids:
        return
    ids = pl.concat(counts.ids)
    again = ids.filter(ids[_ID].is_duplicated()).group_by(_ID, maintain_order=True).agg(pl.col(ROW).head(2))
    pairs = again[ROW].to_list()
    if pairs:
        shown = [f"rad {first} och {second}" for first, second in pairs[:_TOLD]]
        more = f" och {len(pairs) - _TOLD} svarande till" if len(pairs) > _TOLD else ""
        found = f"samma svarande står på flera rader: {', '.join(shown)}{more}"
        remedy = "Behåll en rad för varje svarande. Är kolumnen något annat än ett id, ta bort den ur kartan."
        yield Problem(table.place(pairs[0][0], plan.respondent.index), found, remedy)


def _remarks(table: RawTable, plan: SurveyMap, counts: _Counts, asked: Asked) -> Iterator[Problem]:
    """What may be as it should be."""
    answered = counts.answered
    for question in plan.questions:
        if not any(id == question.question.id for _, id in answered):
            found = f"ingen har svarat på {question.column.wanted.use}"
            remedy = "Kontrollera att det är rätt kolumn."
            yield Problem(question.column.wanted.place, found, remedy, Severity.WARNING)
    groups = {asked.survey.groups[who.group].id for who in counts.respondents}
    tied = {question.question.id for question in plan.questions}
    told: set[tuple[str, str]] = set()
    for indicator in asked.budget.indicators:
        if indicator.asked is None or indicator.dropped is not None:
            continue
        group, asked_for = indicator.asked
        if group in groups and asked_for not in tied and indicator.asked not in told:
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


def _rows(plan: SurveyMap, counts: _Counts) -> Iterator[tuple[str, ...]]:
    """In the order of the report, with zeros: of units and groups that have answered, all that were asked."""
    answered = counts.answered
    kinds = sorted({(who.unit, who.group) for who in counts.respondents})
    for unit, group in kinds:
        for question in plan.questions:
            if (group, question.question.id) not in answered:
                continue
            for sex, (answer, text) in product(
                _sexes(plan, counts, unit, group), enumerate(question.words.names)
            ):
                who = _Who(group, unit, sex)
                yield (
                    plan.unit.words.names[unit],
                    plan.group.words.names[group],
                    as_written(question.question.id),
                    plan.sex.words.names[sex],
                    text,
                    str(counts.answers[question.question.id, who, answer]),
                )


def _sexes(plan: SurveyMap, counts: _Counts, unit: int, group: int) -> Sequence[int]:
    """Women and men always, so that one who is missing is a zero."""
    if plan.sex.column is None:
        return [plan.sex.fixed]
    has_unstated = counts.respondents[_Who(group, unit, UNSTATED)] > 0
    return [0, 1, UNSTATED] if has_unstated else [0, 1]
