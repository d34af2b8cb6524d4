"""What only shows when the files are seen together: names that point nowhere, and figures that clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.budget import (
    OWN_PLACE,
    AnswerIndicator,
    AssessmentIndicator,
    AttestedIndicator,
    ChangeIndicator,
    CompositeIndicator,
    CountIndicator,
    GenderBalanceIndicator,
    GenderGapIndicator,
    Indicator,
    ShareIndicator,
    margin_kind,
)
from generator.model.entry import Entry
from generator.model.names import answer_key, as_written, name_key, one_of, remedy_for_unknown
from generator.model.outcomes import AnswerCount, AnswerKey, Sex, Value, ValueKey
from generator.model.places import Problem, Severity
from generator.model.quantities import Kind, Quantity, Target
from generator.model.report import Report

PARTS = (
    "översikt",
    "året",
    "om-förbundet",
    "läsanvisning",
    "index",
    "deltagare",
    "exempel",
    "social-budget",
    "kontakt",
)


def parts_of(report: Report) -> dict[str, str]:
    """The parts a text can stand in, by name key, in the words an author uses.

    Units and a series are parts only of a report that has a page for them.
    """
    followed = {one.series for one in report.budget.indicators if isinstance(one, ChangeIndicator)}
    names = [
        *PARTS,
        *(f"område-{area.id}" for area in report.budget.areas),
        *(as_written(series.id) for series in report.settings.series if series.id in followed),
        *(("enheter", report.settings.units_name) if report.units else ()),
    ]
    return {name_key(name): name for name in names}


def check_report(report: Report) -> Iterator[Problem]:
    """Every problem of a report whose files are each sound."""
    yield from _check_ids(report)
    yield from _check_weights(report)
    for indicator in report.budget.indicators:
        yield from _check_indicator(indicator, report)
    yield from _check_outcomes(report)
    yield from _check_narrative(report)


def _check_ids(report: Report) -> Iterator[Problem]:
    budget, settings, survey = report.budget, report.settings, report.survey
    goals = [goal for area in budget.areas for goal in area.goals]
    yield from _twice("området", budget.areas)
    yield from _twice("målet", goals)
    yield from _twice("indikatorn", budget.indicators)
    yield from _twice("enheten", (settings.association, *settings.units))
    yield from _twice("raden", settings.rows)
    yield from _twice("tabellen", settings.background)
    yield from _twice("serien", settings.series)
    yield from _twice("svarsgruppen", survey.groups)
    yield from _twice("skalan", survey.scales)
    yield from _twice("frågan", survey.questions)
    units = (settings.association, *settings.units)
    yield from _same_name("områden", budget.areas, "name")
    yield from _same_name("enheter", units, "name")
    yield from _same_name("rader", settings.rows, "name")
    yield from _same_name("tabeller", settings.background, "title")
    yield from _same_name("svarsgrupper", survey.groups, "name")
    yield from _same_name("frågor", survey.questions, "text")
    scales = [scale.id for scale in survey.scales]
    for question in survey.questions:
        if question.scale not in scales:
            yield _unknown(question, "scale", "skalan", question.scale, scales)
    rows = [row.id for row in settings.rows]
    for row in settings.rows:
        if row.share_of is not None and row.share_of not in rows:
            yield _unknown(row, "share_of", "raden", row.share_of, rows)


def _twice(what: str, entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        id = as_written(entry.id)  # type: ignore[attr-defined]
        key = name_key(id)
        if key in first:
            before = first[key].place("id")
            found = f"{what} ”{id}” finns redan ({before})"
            yield Problem(entry.place("id"), found, "Ge den ett eget id, eller ta bort den ena.")
        first.setdefault(key, entry)


def _same_name(what: str, entries: Iterable[Entry], label: str) -> Iterator[Problem]:
    """A cell may hold an id or a name, so a name may be neither another's name nor another's id."""
    listed = list(entries)
    taken = {name_key(entry.id): entry for entry in reversed(listed)}  # type: ignore[attr-defined]
    for entry in listed:
        name = getattr(entry, label)
        other = taken.setdefault(name_key(name), entry)
        is_same_id = name_key(entry.id) == name_key(other.id)  # type: ignore[attr-defined]
        if name_key(name) and not is_same_id:
            found = f"två {what} kan kallas ”{name}” (den andra: {other.place()})"
            remedy = "Ge dem olika namn: i tabellerna går de inte att skilja."
            yield Problem(entry.place(label), found, remedy)


def _check_weights(report: Report) -> Iterator[Problem]:
    is_weighted = report.budget.is_weighted
    for indicator in report.budget.indicators:
        if indicator.dropped is not None and indicator.weight is not None:
            found = f"indikator {indicator.id} utgår men har en vikt"
            yield Problem(indicator.place("weight"), found, "Ta bort raden ”vikt”, eller raden ”utgår”.")
        if is_weighted and indicator.weight is None and indicator.dropped is None:
            found = f"indikator {indicator.id} saknar vikt"
            remedy = "Lägg till ”vikt: …”, eller ”utgår: …” med skälet om den inte mäts i år."
            yield Problem(indicator.place(), found, remedy)
        if indicator.weight is not None and indicator.weight < 1:
            found = f"vikten är {indicator.weight}"
            yield Problem(indicator.place("weight"), found, "Skriv ett heltal som är minst 1.")
        if indicator.weight is not None and indicator.weight > 10:
            found = f"vikten är {indicator.weight}, högre än 10"
            remedy = "Kontrollera att det är rätt; vikter brukar vara 1–10."
            yield Problem(indicator.place("weight"), found, remedy, Severity.WARNING)


def _check_indicator(indicator: Indicator, report: Report) -> Iterator[Problem]:
    settings = report.settings
    rows = [row.id for row in settings.rows]
    if isinstance(indicator, ShareIndicator):
        for field in ("numerator", "denominator"):
            for row in getattr(indicator, field):
                if row not in rows:
                    yield _unknown(indicator, field, "raden", row, rows)
    if isinstance(indicator, GenderBalanceIndicator):
        for row in indicator.rows or ():
            if row not in rows:
                yield _unknown(indicator, "rows", "raden", row, rows)
    if isinstance(indicator, AnswerIndicator):
        yield from _check_question(indicator, report)
    if isinstance(indicator, ChangeIndicator):
        yield from _check_change(indicator, report)
    if isinstance(indicator, CompositeIndicator):
        yield from _check_parts(indicator, report)
    if isinstance(indicator, AssessmentIndicator):
        scales = [scale.id for scale in report.budget.grade_scales]
        if indicator.scale not in scales:
            yield _unknown(indicator, "scale", "betygsskalan", indicator.scale, scales)


def _check_question(indicator: AnswerIndicator, report: Report) -> Iterator[Problem]:
    survey = report.survey
    groups = [group.id for group in survey.groups]
    questions = [question.id for question in survey.questions]
    if indicator.group not in groups:
        yield _unknown(indicator, "group", "svarsgruppen", indicator.group, groups)
    if indicator.question not in questions:
        yield _unknown(indicator, "question", "frågan", indicator.question, questions)
    scale = survey.scale_of(indicator.question)
    if scale is None:
        return
    known = {answer_key(answer): answer for answer in scale.answers}
    for answer in indicator.answers:
        if answer_key(answer) not in known:
            yield _unknown(indicator, "answers", "svaret", answer, known.values())
    for count in _counts_used(indicator, report):
        for asked in (indicator.answer_keys, scale.no_answer_keys):
            if count.lies_within(asked) is None:
                found = f"svaren är hopräknade så att indikator {indicator.id} inte kan räknas ut"
                remedy = f"Skriv {one_of(indicator.answers)} på rader utan andra svar."
                yield Problem(count.place, found, remedy)


def _counts_used(indicator: AnswerIndicator, report: Report) -> Iterator[AnswerCount]:
    """The counted answers an indicator is computed from: of each sex, or of all where they are given."""
    asked = {
        key: counts
        for key, counts in report.outcomes.answers.items()
        if (key.group, key.question) == (indicator.group, indicator.question)
    }
    given_for_all = {key.unit for key in asked if key.sex == Sex.ALL}
    for key, counts in asked.items():
        if isinstance(indicator, GenderGapIndicator):
            is_used = key.sex in (Sex.WOMEN, Sex.MEN)
        else:
            is_used = key.sex == Sex.ALL or key.unit not in given_for_all
        if is_used:
            yield from counts


def _check_change(indicator: ChangeIndicator, report: Report) -> Iterator[Problem]:
    series = [one.id for one in report.settings.series]
    if indicator.series not in series:
        yield _unknown(indicator, "series", "serien", indicator.series, series)
    names = {unit.location for unit in report.units if unit.location}
    known = {name_key(name) for name in names} | {unit.id for unit in report.units}
    known |= {OWN_PLACE, report.association.id}
    if indicator.location not in known:
        yield _unknown(indicator, "location", "platsen", indicator.location, sorted(names))
    for key, value in _values_of(indicator, report):
        yield from _check_kind(value, indicator, is_change=key.compared_year is not None)
        yield from _check_compared(key, value, indicator, report)


def _values_of(indicator: ChangeIndicator, report: Report) -> Iterator[tuple[ValueKey, Value]]:
    return ((key, value) for key, value in report.outcomes.values.items() if key.series == indicator.series)


def _check_compared(
    key: ValueKey, value: Value, indicator: ChangeIndicator, report: Report
) -> Iterator[Problem]:
    """What lies between two values can only be told when both are in the same unit."""
    before = indicator.compared_year or report.year - 1
    then = report.outcomes.values.get(ValueKey(key.series, key.location, before))
    if then is None or (key.year, key.compared_year) != (report.year, None):
        return
    this_unit, then_unit = _unit(value.quantity), _unit(then.quantity)
    if this_unit.casefold() != then_unit.casefold():
        found = f"värdet är i {this_unit}, men jämförs med ett värde i {then_unit} ({then.place})"
        yield Problem(value.place, found, "Skriv båda värdena i samma måttenhet.")


def _unit(quantity: Quantity) -> str:
    return quantity.unit or quantity.kind.value


def _check_kind(value: Value, indicator: Indicator, *, is_change: bool = True) -> Iterator[Problem]:
    """A value is compared with a target in its own unit. What lies between two shares is points."""
    kind = value.quantity.kind
    compared = margin_kind(kind) if not is_change else kind
    yield from _check_margin(value, indicator)
    if indicator.target.kind not in (None, compared):
        found = f"värdet är i {kind.value}, men kravet är ”{indicator.target.text}”"
        yield Problem(value.place, found, "Skriv samma måttenhet som i kravet.")
        return
    units = {indicator.target.unit.casefold(), value.quantity.unit.casefold()} - {""}
    if len(units) > 1:
        found = f"värdet är i {value.quantity.unit}, men kravet är ”{indicator.target.text}”"
        yield Problem(value.place, found, "Skriv samma måttenhet som i kravet.")
    if isinstance(indicator, CountIndicator) and value.quantity.value.denominator != 1:
        found = f"indikator {indicator.id} är ett antal, men värdet är inte ett heltal"
        yield Problem(value.place, found, "Skriv ett heltal, eller ändra måttet till ”värde”.")


def _check_margin(value: Value, indicator: Indicator) -> Iterator[Problem]:
    """Where the target is only a direction, the values say what the margin is counted in."""
    margin = indicator.margin
    if margin is None or indicator.target.kind is not None:
        return
    units = {margin.unit.casefold(), value.quantity.unit.casefold()} - {""}
    if margin.kind is not margin_kind(value.quantity.kind) or len(units) > 1:
        is_points = margin_kind(value.quantity.kind) is Kind.POINTS
        unit = Kind.POINTS.value if is_points else _unit(value.quantity)
        found = f"marginalen är i {_unit(margin)}, men värdena i {_unit(value.quantity)} ({value.place})"
        yield Problem(indicator.place("margin"), found, f"Skriv marginalen i {unit}.")


def _check_parts(indicator: CompositeIndicator, report: Report) -> Iterator[Problem]:
    for part in indicator.parts:
        if part not in report.indicators:
            yield _unknown(indicator, "parts", "indikatorn", part, report.indicators)
        elif indicator.level is not None and not _fits(indicator.level, report.indicators[part], report):
            found = f"nivån ”{indicator.level.text}” passar inte indikator {part}, som mäts på annat sätt"
            remedy = "Ta bort raden ”nivå”: då gäller varje indikators eget krav."
            yield Problem(indicator.place("level"), found, remedy)
    if _reaches(indicator.id, indicator, report, set()):
        found = f"indikator {indicator.id} är sammansatt av sig själv"
        yield Problem(indicator.place("parts"), found, "Ta bort den ur listan ”indikatorer”.")


def _fits(level: Target, part: Indicator, report: Report) -> bool:
    """Whether what a part measures can be compared with a level. ”uppfyllt” means the part's own target."""
    if level.kind is Kind.VERDICT:
        return True
    if level.kind is None:
        return bool(part.target_kinds & {Kind.POINTS, Kind.NUMBER})
    if part.target.kind is not None:
        units = {level.unit.casefold(), part.target.unit.casefold()} - {""}
        return level.kind is part.target.kind and len(units) < 2
    if isinstance(part, ChangeIndicator):
        measured = [(key, value.quantity) for key, value in _values_of(part, report)]
        return all(
            level.kind is (one.kind if key.compared_year else margin_kind(one.kind))
            for key, one in measured
            if key.year == report.year
        )
    return level.kind in part.target_kinds


def _reaches(goal: str, indicator: Indicator, report: Report, seen: set[str]) -> bool:
    """Whether an indicator is made of another one. `seen` are those that are known not to be."""
    if not isinstance(indicator, CompositeIndicator) or indicator.id in seen:
        return False
    parts = [report.indicators[part] for part in indicator.parts if part in report.indicators]
    seen.add(indicator.id)
    return goal in indicator.parts or any(_reaches(goal, part, report, seen) for part in parts)


def _check_outcomes(report: Report) -> Iterator[Problem]:
    by_key = {name_key(indicator.id): indicator for indicator in report.budget.indicators}
    for key, value in report.outcomes.values.items():
        indicator = by_key.get(key.series)
        if indicator is not None:
            yield from _check_kind(value, indicator)
    for (_, id), attestation in report.outcomes.attestations.items():
        if not isinstance(report.indicators[id], AttestedIndicator):
            found = f"indikator {id} har inte måttet ”intyg”"
            yield Problem(attestation.place, found, "Ta bort raden, eller ändra måttet i budgeten.")
    yield from _check_shares(report)
    yield from _check_sexes(report)


def _check_sexes(report: Report) -> Iterator[Problem]:
    """All are women and men added up, where all are not given: then neither may be missing."""
    answers = report.outcomes.answers
    for key, counts in answers.items():
        if key.sex == Sex.ALL or AnswerKey(key.unit, key.group, key.question, Sex.ALL) in answers:
            continue
        for sex, word in ((Sex.WOMEN, "kvinnor"), (Sex.MEN, "män")):
            if AnswerKey(key.unit, key.group, key.question, sex) not in answers:
                found = f"frågan ”{as_written(key.question)}” har svar, men inga rader för {word} eller alla"
                remedy = f"Lägg till rader för {word} (är antalet noll, skriv 0), eller för alla."
                yield Problem(counts[0].place, found, remedy)


def _check_shares(report: Report) -> Iterator[Problem]:
    """A part cannot be larger than its whole, for any unit that an indicator can be measured for."""
    participants = report.outcomes.participants
    seen: set[Problem] = set()
    for indicator in report.budget.indicators:
        if not isinstance(indicator, ShareIndicator):
            continue
        for unit in (report.association, *report.units):
            part = [participants.get((unit.id, row)) for row in indicator.numerator]
            whole = [participants.get((unit.id, row)) for row in indicator.denominator]
            if None in part or None in whole or not part or not whole:
                continue
            numerator = sum(people.total for people in part if people)
            denominator = sum(people.total for people in whole if people)
            if numerator > denominator and part[0]:
                found = f"täljaren {numerator} är större än nämnaren {denominator} i indikator {indicator.id}"
                remedy = "Rätta raderna i deltagartabellen."
                seen.add(Problem(part[0].places[0], f"{unit.name}: {found}", remedy))
    yield from seen


def _check_narrative(report: Report) -> Iterator[Problem]:
    parts = parts_of(report)
    unit_ids = [unit.id for unit in report.units]
    for text in report.texts:
        if text.head.part not in parts:
            yield _unknown(text.head, "part", "delen", text.head.part, dict.fromkeys(parts.values()))
        if text.head.indicator is not None and text.head.indicator not in report.indicators:
            yield _unknown(text.head, "indicator", "indikatorn", text.head.indicator, report.indicators)
    for story in report.stories:
        if story.head.indicator not in report.indicators:
            yield _unknown(story.head, "indicator", "indikatorn", story.head.indicator, report.indicators)
        if story.head.unit is not None and story.head.unit not in (
            *unit_ids,
            report.association.id,
        ):
            yield _unknown(story.head, "unit", "enheten", story.head.unit, unit_ids)


def _unknown(entry: Entry, field: str, what: str, written: str, known: Iterable[str]) -> Problem:
    found = f"{what} ”{as_written(written)}” finns inte"
    return Problem(entry.place(field), found, remedy_for_unknown(written, known))
