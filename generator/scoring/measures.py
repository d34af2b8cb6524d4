"""What each measure makes of the tables: one outcome, exact, with what it was made from.

Every measure follows the same order: a published figure for the indicator itself, when one is entered,
is the outcome; otherwise the measure's own rule decides, and says why when it cannot.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import singledispatch

from generator.model.budget import (
    OWN_PLACE,
    AnswerIndicator,
    AnswerShareIndicator,
    AssessmentIndicator,
    AttestedIndicator,
    ChangeIndicator,
    CompositeIndicator,
    CountIndicator,
    DescriptionIndicator,
    GenderBalanceIndicator,
    GenderGapIndicator,
    Indicator,
    IndicatorBase,
    ShareIndicator,
    StoriesIndicator,
    ValueIndicator,
)
from generator.model.names import name_key
from generator.model.outcomes import People, Sex, Value
from generator.model.places import Place
from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.results import Basis, NotMeasured, Outcome, Part
from generator.model.settings import EmptyGroup, Unit
from generator.model.tables import answers_of, change_of, people_of_group, people_of_rows, value_of
from generator.scoring.signals import meets_level


def measure(
    indicator: Indicator, report: Report, unit: Unit, known: dict[str, Outcome] | None = None
) -> Outcome:
    """The outcome of an indicator for the association or one of its units.

    `known` are outcomes of the same unit: what many composites are made of is measured once.
    """
    known = {} if known is None else known
    if indicator.id not in known:
        known[indicator.id] = _outcome(indicator, report, unit, known)
    return known[indicator.id]


def _outcome(indicator: Indicator, report: Report, unit: Unit, known: dict[str, Outcome]) -> Outcome:
    published = value_of(report.outcomes.values, name_key(indicator.id), unit.id, report.year)
    if published:
        outcome = _as_published(published, _by_own_rule(indicator, report, unit, known))
    else:
        outcome = _by_own_rule(indicator, report, unit, known)
    stated = report.outcomes.unmeasured.get((unit.id, indicator.id))
    if stated is not None and not outcome.is_measured:
        outcome = replace(outcome, reason=NotMeasured(stated.reason), places=(stated.place,))
    if indicator.dropped is not None and outcome.is_measured:
        return _not_measured(NotMeasured.DROPPED, indicator)
    return outcome


def _by_own_rule(indicator: Indicator, report: Report, unit: Unit, known: dict[str, Outcome]) -> Outcome:
    if isinstance(indicator, CompositeIndicator):
        return _composite(indicator, report, unit, known)
    return _measure(indicator, report, unit)


@singledispatch
def _measure(indicator: IndicatorBase, report: Report, unit: Unit) -> Outcome:
    raise NotImplementedError(f"no measure for {type(indicator).__name__}")


@_measure.register
def _share(indicator: ShareIndicator, report: Report, unit: Unit) -> Outcome:
    numerator = people_of_rows(report, unit.id, indicator.numerator)
    denominator = people_of_rows(report, unit.id, indicator.denominator)
    if numerator is None or denominator is None:
        return _not_measured(NotMeasured.ROW_MISSING, indicator)
    if denominator.total == 0:
        return _not_measured(NotMeasured.NOBODY, indicator)
    return Outcome(
        Kind.SHARE,
        Fraction(numerator.total, denominator.total),
        numerator=numerator.total,
        denominator=denominator.total,
        places=numerator.places + denominator.places,
    )


@_measure.register
def _answer_share(indicator: AnswerShareIndicator, report: Report, unit: Unit) -> Outcome:
    part = _answer_part(indicator, report, unit, Sex.ALL)
    if isinstance(part, NotMeasured):
        return _not_measured(part, indicator)
    counted = answers_of(report, unit.id, indicator.group, indicator.question)
    return Outcome(
        Kind.SHARE,
        Fraction(part.numerator, part.denominator),
        numerator=part.numerator,
        denominator=part.denominator,
        places=tuple(count.place for count in counted),
    )


@_measure.register
def _gender_gap(indicator: GenderGapIndicator, report: Report, unit: Unit) -> Outcome:
    women = _answer_part(indicator, report, unit, Sex.WOMEN)
    men = _answer_part(indicator, report, unit, Sex.MEN)
    for part in (women, men):
        if isinstance(part, NotMeasured):
            return _not_measured(part, indicator)
    assert isinstance(women, Part) and isinstance(men, Part)
    gap = abs(Fraction(women.numerator, women.denominator) - Fraction(men.numerator, men.denominator))
    counted = tuple(
        count
        for sex in (Sex.WOMEN, Sex.MEN)
        for count in answers_of(report, unit.id, indicator.group, indicator.question, sex)
    )
    return Outcome(Kind.POINTS, gap, parts=(women, men), places=tuple(count.place for count in counted))


def _answer_part(indicator: AnswerIndicator, report: Report, unit: Unit, sex: str) -> Part | NotMeasured:
    """Wanted answers of all who answered. ”Vill ej svara” and the like count as neither."""
    counted = answers_of(report, unit.id, indicator.group, indicator.question, sex)
    if not counted:
        return _why_no_answers(indicator, report, unit)
    scale = report.survey.scale_of(indicator.question)
    left_out = scale.no_answer_keys if scale else frozenset()
    wanted = indicator.answer_keys
    answered = [count for count in counted if not count.answers <= left_out]
    denominator = sum(count.count for count in answered)
    if denominator == 0:
        return NotMeasured.NO_ANSWERS
    if denominator < report.rules.minimum_answers:
        return NotMeasured.TOO_FEW
    numerator = sum(count.count for count in answered if count.lies_within(wanted))
    return Part(sex, numerator, denominator)


def _why_no_answers(indicator: AnswerIndicator, report: Report, unit: Unit) -> NotMeasured:
    """Where units were asked but the association has no sum, the answers of some of them are missing."""
    asked = {
        key.unit
        for key in report.outcomes.answers
        if key.group == indicator.group and key.question == indicator.question
    }
    if not asked:
        return NotMeasured.NOT_ASKED
    if unit.id != report.association.id:
        return NotMeasured.NOT_PUBLISHED
    return NotMeasured.NO_ANSWERS if unit.id in asked else NotMeasured.ROW_MISSING


@_measure.register
def _gender_balance(indicator: GenderBalanceIndicator, report: Report, unit: Unit) -> Outcome:
    people = _people_to_balance(indicator, report, unit)
    if people is None or people.women is None or people.men is None:
        return _not_measured(NotMeasured.ROW_MISSING, indicator)
    both = people.women + people.men
    if both == 0 and report.rules.empty_group is EmptyGroup.NOT_MEASURED:
        return _not_measured(NotMeasured.NOBODY, indicator)
    return Outcome(
        Kind.SHARE,
        Fraction(people.women, both) if both else None,
        numerator=people.women,
        denominator=both,
        met=None if both else True,
        places=people.places,
    )


def _people_to_balance(indicator: GenderBalanceIndicator, report: Report, unit: Unit) -> People | None:
    if indicator.rows is not None:
        return people_of_rows(report, unit.id, indicator.rows)
    return people_of_group(report, unit.id, indicator.group or "")


@_measure.register
def _change(indicator: ChangeIndicator, report: Report, unit: Unit) -> Outcome:
    location = unit.location_key if indicator.location == OWN_PLACE else indicator.location
    before = indicator.compared_year or report.year - 1
    change = change_of(report.outcomes.values, indicator.series, location, report.year, before)
    if change is None:
        return _not_measured(NotMeasured.ROW_MISSING, indicator)
    quantity, values = change
    is_stated = len(values) == 1
    return Outcome(
        quantity.kind,
        quantity.value,
        unit=quantity.unit,
        basis=Basis.PUBLISHED if is_stated else Basis.COMPUTED,
        source=values[0].source,
        places=tuple(value.place for value in values),
    )


@_measure.register(ValueIndicator)
@_measure.register(CountIndicator)
def _value(indicator: IndicatorBase, _report: Report, _unit: Unit) -> Outcome:
    """The figure is entered under the indicator's own id, which `measure` has looked for already."""
    return _not_measured(NotMeasured.ROW_MISSING, indicator)


@_measure.register
def _stories(indicator: StoriesIndicator, report: Report, unit: Unit) -> Outcome:
    stories = [
        story
        for story in report.stories
        if story.head.indicator == indicator.id
        and (story.head.unit in (None, unit.id) or unit.id == report.association.id)
    ]
    return _counted(len(stories), indicator, tuple(story.head.place() for story in stories))


@_measure.register
def _description(indicator: DescriptionIndicator, report: Report, _unit: Unit) -> Outcome:
    texts = [text for text in report.texts if text.head.indicator == indicator.id]
    return _counted(len(texts), indicator, tuple(text.head.place() for text in texts))


@_measure.register
def _assessment(indicator: AssessmentIndicator, report: Report, unit: Unit) -> Outcome:
    grade = report.outcomes.grades.get((unit.id, indicator.id))
    if grade is None:
        return _not_measured(NotMeasured.NOT_STATED, indicator)
    scale = next(scale for scale in report.budget.grade_scales if scale.id == indicator.scale)
    return Outcome(
        Kind.NUMBER,
        Fraction(grade.number),
        basis=Basis.ATTESTED,
        source=f"{grade.by}: {grade.reason.rstrip('.')}",
        label=scale.grades[grade.number - 1],
        places=(grade.place,),
    )


@_measure.register
def _attested(indicator: AttestedIndicator, report: Report, unit: Unit) -> Outcome:
    attestation = report.outcomes.attestations.get((unit.id, indicator.id))
    if attestation is None:
        return _not_measured(NotMeasured.NOT_STATED, indicator)
    return Outcome(
        Kind.VERDICT,
        met=attestation.met,
        basis=Basis.ATTESTED,
        source=f"{attestation.by}, {attestation.source}",
        places=(attestation.place,),
    )


def _composite(
    indicator: CompositeIndicator, report: Report, unit: Unit, known: dict[str, Outcome]
) -> Outcome:
    verdicts = []
    places: list[Place] = []
    for part_id in indicator.parts:
        part = report.indicators[part_id]
        outcome = measure(part, report, unit, known)
        if not outcome.is_measured:
            return _not_measured(NotMeasured.PART_NOT_MEASURED, indicator)
        is_due = part.is_due(report.year)
        verdict = meets_level(indicator.level, part, outcome, report.rules, is_due=is_due)
        if verdict is None:
            return _not_measured(NotMeasured.PART_NOT_JUDGED, indicator)
        verdicts.append(verdict)
        places.extend(outcome.places)
    return Outcome(
        Kind.VERDICT,
        met=all(verdicts),
        numerator=sum(verdicts),
        denominator=len(verdicts),
        places=tuple(dict.fromkeys(places)),
    )


def _as_published(value: Value, computed: Outcome) -> Outcome:
    return Outcome(
        value.quantity.kind,
        value.quantity.value,
        unit=value.quantity.unit,
        basis=Basis.PUBLISHED,
        source=value.source,
        places=(value.place,),
        computed=computed.value,
        computed_places=computed.places,
    )


def _counted(count: int, indicator: IndicatorBase, places: tuple[Place, ...]) -> Outcome:
    return Outcome(Kind.NUMBER, Fraction(count), unit=indicator.target.unit, places=places)


def _not_measured(reason: NotMeasured, indicator: IndicatorBase) -> Outcome:
    return Outcome(indicator.kind, reason=reason)
