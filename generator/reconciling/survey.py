"""Counted answers: women and men against all, units against the association, answers against those asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from generator.model.names import lower_first
from generator.model.outcomes import SEX_NAMES, SEXES, AnswerCount, AnswerKey, Sex, counted_together
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.survey import RespondentGroup
from generator.model.tables import answer_keys
from generator.reconciling.people import sum_of_units


def survey_identities(report: Report) -> Iterator[Identity]:
    answers, association = report.outcomes.answers, report.association.id
    names = report.settings.unit_names
    units = [(key, unit) for key in answers for unit in (key.unit, association)]
    for key in dict.fromkeys(replace(key, unit=unit, sex=Sex.ALL) for key, unit in units):
        group = respondents(report, key.group)
        who = f"{names[key.unit]}, {lower_first(group.name)}"
        of_all, women, men, unstated = (answers.get(replace(key, sex=sex), ()) for sex in (Sex.ALL, *SEXES))
        by_sex = (*women, *men, *unstated)
        yield from _by_answer(
            report, Rule.ANSWERS, who, key, given=of_all, counted=by_sex, is_all=bool(women and men)
        )
        counted = [count for given in answer_keys(report, key) for count in answers[given]]
        if group.asked is not None and counted:  # nobody answers who was not asked
            yield Identity(
                Rule.ASKED,
                f"{who}: antalet svar på frågan ”{report.survey.text_of(key.question)}”",
                "de tillfrågade",
                Fraction(sum(count.count for count in counted)),
                Fraction(group.asked),
                (*(count.place for count in counted), group.place("asked")),
                at_most=True,
            )
    yield from _units(report)


def _units(report: Report) -> Iterator[Identity]:
    """The association's answers, where they are given, beside those of the units that have the group."""
    answers, association = report.outcomes.answers, report.association
    for key, given in answers.items():
        if key.unit != association.id:
            continue
        asked = {other.unit for other in answers if other.group == key.group}
        of_sex = "" if key.sex == Sex.ALL else f", {SEX_NAMES[key.sex]}"
        who = f"{association.name}, {lower_first(respondents(report, key.group).name)}{of_sex}"
        for division in report.divisions:
            parts = [answer_keys(report, replace(key, unit=unit)) for unit in sorted(asked & division)]
            these = [count for part in chain(*parts) for count in answers[part]]
            yield from _by_answer(report, Rule.UNITS, who, key, given=given, counted=these, is_all=all(parts))


def _by_answer(
    report: Report,
    rule: Rule,
    who: str,
    key: AnswerKey,
    *,
    given: Sequence[AnswerCount],
    counted: Sequence[AnswerCount],
    is_all: bool,
) -> Iterator[Identity]:
    """One identity for each smallest set of answers that both sides count by itself."""
    if not given or not counted:
        return
    scale = report.survey.scale_of(key.question)
    names = scale.by_key if scale else {}
    against = "summan av kvinnor, män och ej angivet" if rule is Rule.ANSWERS else sum_of_units(report)
    for together in counted_together(count.answers for count in (*given, *counted)):
        own, others = ([count for count in side if count.answers <= together] for side in (given, counted))
        # In the order of the scale, as the author knows the answers.
        said = (
            " + ".join(names[answer] for answer in names if answer in together) or f"inte {names[key.option]}"
        )
        identity = Identity(
            rule,
            f"{who}: antalet svar ”{said}” på frågan ”{report.survey.text_of(key.question)}”",
            against,
            Fraction(sum(count.count for count in own)),
            Fraction(sum(count.count for count in others)),
            tuple(count.place for count in (*own, *others)),
        )
        yield identity if is_all else identity.of_known


def respondents(report: Report, id: str) -> RespondentGroup:
    """A group that answers are given of."""
    return next(group for group in report.survey.groups if group.id == id)
