"""Counted answers: women and men against all, units against the association, answers against those asked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from generator.model.names import as_written, lower_first
from generator.model.outcomes import AnswerCount, AnswerKey, Sex, counted_together
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.reconciling.people import sum_of_units

SEXES = (Sex.WOMEN, Sex.MEN, Sex.UNSTATED)
_SEX_NAMES = {Sex.WOMEN: "kvinnor", Sex.MEN: "män", Sex.UNSTATED: "ej angivet"}


def survey_identities(report: Report) -> Iterator[Identity]:
    answers = report.outcomes.answers
    for unit, group, question in dict.fromkeys((key.unit, key.group, key.question) for key in answers):
        who = f"{_unit(report, unit)}, {_group(report, group)}"
        of_all = answers.get(AnswerKey(unit, group, question, Sex.ALL), ())
        by_sex = [answers.get(AnswerKey(unit, group, question, sex), ()) for sex in SEXES]
        if of_all and by_sex[0] and by_sex[1]:
            counted = [count for counts in by_sex for count in counts]
            yield from _by_answer(report, Rule.ANSWERS, who, question, given=of_all, counted=counted)
        yield from _asked(
            report, who, group, question, of_all or tuple(one for counts in by_sex for one in counts)
        )
    yield from _units(report)


def _units(report: Report) -> Iterator[Identity]:
    """The association's answers, where they are given beside those of every unit that has the group."""
    answers, association = report.outcomes.answers, report.association
    own = [key for key in answers if key.unit == association.id]
    for key in own:
        asked = sorted({one.unit for one in answers if one.group == key.group and one.unit != key.unit})
        parts = [answers.get(AnswerKey(unit, key.group, key.question, key.sex), ()) for unit in asked]
        if parts and all(parts):
            of_sex = "" if key.sex == Sex.ALL else f", {_SEX_NAMES[key.sex]}"
            who = f"{association.name}, {_group(report, key.group)}{of_sex}"
            counted = [count for counts in parts for count in counts]
            yield from _by_answer(report, Rule.UNITS, who, key.question, given=answers[key], counted=counted)


def _by_answer(
    report: Report,
    rule: Rule,
    who: str,
    question: str,
    *,
    given: tuple[AnswerCount, ...],
    counted: list[AnswerCount],
) -> Iterator[Identity]:
    """One identity for each smallest set of answers that both sides count by itself."""
    scale = report.survey.scale_of(question)
    names = scale.by_key if scale else {}
    by_sex, by_unit = "summan av kvinnor, män och ej angivet", sum_of_units(report)
    for together in counted_together(count.answers for count in (*given, *counted)):
        own = [count for count in given if count.answers <= together]
        others = [count for count in counted if count.answers <= together]
        # In the order of the scale, as the author knows the answers.
        said = " + ".join(name for key, name in names.items() if key in together)
        yield Identity(
            rule,
            f"{who}: antalet svar ”{said}” på frågan ”{question_text(report, question)}”",
            by_sex if rule is Rule.ANSWERS else by_unit,
            Fraction(sum(count.count for count in own)),
            Fraction(sum(count.count for count in others)),
            tuple(count.place for count in (*own, *others)),
        )


def _asked(
    report: Report, who: str, group: str, question: str, counted: tuple[AnswerCount, ...]
) -> Iterator[Identity]:
    """Nobody answers who was not asked."""
    of_group = report.survey.group(group)
    if of_group is None or of_group.asked is None or not counted:
        return
    yield Identity(
        Rule.ASKED,
        f"{who}: antalet svar på frågan ”{question_text(report, question)}”",
        "de tillfrågade",
        Fraction(sum(count.count for count in counted)),
        Fraction(of_group.asked),
        (*(count.place for count in counted), of_group.place("asked")),
        at_most=True,
    )


def _unit(report: Report, id: str) -> str:
    return next(unit.name for unit in (report.association, *report.units) if unit.id == id)


def _group(report: Report, id: str) -> str:
    """The name of the respondents in the middle of a sentence."""
    group = report.survey.group(id)
    return lower_first(group.name) if group else as_written(id)


def question_text(report: Report, id: str) -> str:
    question = report.survey.question(id)
    return question.text if question else as_written(id)
