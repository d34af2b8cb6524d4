"""Indicators: their weights, and what they are measured from."""

import re
from collections.abc import Iterator
from functools import singledispatch

from generator.model import measures
from generator.model.accounts import columns_by_year
from generator.model.names import answer_key, as_written, name_key, one_of
from generator.model.outcomes import AnswerCount, Sex, Value
from generator.model.places import Problem, Severity, unknown_name
from generator.model.quantities import OWN_YEARS, Kind
from generator.model.report import Report
from generator.model.settings import Rules
from generator.model.survey import AnswerScale
from generator.reading.checks.ids import check_names
from generator.reading.checks.outcomes import check_kind, check_level, values_of


def check_weights(report: Report) -> Iterator[Problem]:
    """Weights that are missing, unnecessary or unusual."""
    is_weighted = report.budget.is_weighted
    for indicator in report.budget.indicators:
        if indicator.dropped is not None and indicator.weight is not None:
            found = f"indikator {indicator.id} utgår men har en vikt"
            yield Problem(indicator.place("weight"), found, "Ta bort ”vikt” eller ”utgår”.")
        if is_weighted and indicator.weight is None and indicator.dropped is None:
            found = f"indikator {indicator.id} saknar vikt"
            remedy = "Lägg till ”vikt: …”, eller ”utgår: …” med skälet om den inte mäts i år."
            yield Problem(indicator.place(), found, remedy)
        if indicator.weight is not None and indicator.weight > 10:
            found = f"vikten är {indicator.weight}, högre än 10"
            remedy = "Kontrollera att det är rätt; vikter brukar vara 1–10."
            yield Problem(indicator.place("weight"), found, remedy, Severity.WARNING)


def check_indicator(indicator: measures.Indicator, report: Report) -> Iterator[Problem]:
    """What an indicator is measured from exists and can be counted."""
    known = _names_of(report)
    for field, subject in indicator.names.items():
        if (names := known.get(subject)) is not None:
            yield from check_names(indicator, field, subject.value, names)
    yield from _check_units(indicator, report)
    yield from _check_margins(indicator, report.rules)
    yield from _check_measure(indicator, report)


def _check_margins(indicator: measures.Indicator, rules: Rules) -> Iterator[Problem]:
    """An outer margin is one of four signals, and further out. The report's own are in percentage points."""
    near, far = indicator.margin, indicator.outer_margin
    if far and rules.signals < 4:
        found, remedy = "”yttre_marginal” gäller bara fyra signaler", "Ta bort ”yttre_marginal”."
        yield Problem(indicator.place("outer_margin"), found, remedy)
        return
    is_points = Kind.POINTS in {margin.kind for margin in (near, far) if margin}
    inner = near.value if near else rules.margin if is_points else 0
    outer = far.value if far else rules.outer_margin if is_points else None
    if outer is not None and outer <= inner:
        found = "den yttre marginalen är inte större än marginalen, så inget utfall blir delvis"
        place = indicator.place("outer_margin" if far else "margin")
        yield Problem(place, found, "Skriv en större ”yttre_marginal”.")


def _check_units(indicator: measures.Indicator, report: Report) -> Iterator[Problem]:
    """Whom it concerns, and who has a target of its own."""
    words = (measures.ALL, measures.ASSOCIATION, measures.UNITS)
    known = dict.fromkeys((*words, *(unit.id for unit in report.settings.every_unit)))
    references = report.outcomes.references.get(indicator.id, ())
    for target in indicator.target.each:
        if target.against and target.against not in (*OWN_YEARS, *(value.key for value in references)):
            found = f"kravet ”{target.text}” går inte att tolka, och är inget känt jämförelsetal"
            remedy = (
                "Skriv till exempel ”minst 50 %”. Är det ett jämförelsetal, skriv det i"
                " utfall/jamforelsetal.csv eller på bladet Jämförelsetal, under samma namn."
                " Egna tal heter ”förra året” och ”snittet av tre år”."
            )
            yield Problem(indicator.place("target"), found, remedy)
        if (numbers := indicator.numbers_in(report)) and target.limits:
            least, most = numbers[0], numbers[-1]
            if (target.low or least) > most or (target.high or most) < least:
                found = f"kravet ”{target.text}” ligger utanför skalans tal, {least}–{most}"
                yield Problem(indicator.place("target"), found, "Rätta kravet, eller skalan.")
    for value in references:
        yield from check_kind(Value(value.quantity, value.source, value.place), indicator)
    for field, names in (("scope", indicator.scope), ("target", [name for name, _ in indicator.target.own])):
        for name in names:
            if name not in words and not any(unit.is_called(name) for unit in report.settings.every_unit):
                yield unknown_name(indicator.place(field), "enheten", name, known)


def _names_of(report: Report) -> dict[measures.Subject, list[str]]:
    """What an indicator can name. Groups of people are defined by the indicators that ask for them."""
    return {
        measures.Subject.ROW: [row.id for row in report.settings.rows],
        measures.Subject.RESPONDENTS: [group.id for group in report.survey.groups],
        measures.Subject.QUESTION: [question.id for question in report.survey.questions],
        measures.Subject.SERIES: [series.id for series in report.settings.series],
        measures.Subject.GRADE_SCALE: [scale.id for scale in report.budget.grade_scales],
        measures.Subject.INDICATOR: list(report.indicators),
    }


@singledispatch
def _check_measure(_indicator: measures.IndicatorBase, _report: Report) -> Iterator[Problem]:
    """What only indicators of its measure have."""
    yield from ()


@_check_measure.register
def _check_answers(indicator: measures.AnswerIndicator, report: Report) -> Iterator[Problem]:
    scale = report.survey.scale_of(indicator.question)
    if scale is None:
        return
    known = {answer_key(answer): answer for answer in scale.answers}
    for answer in indicator.answers:
        if answer_key(answer) not in known:
            yield unknown_name(indicator.place("answers"), "svaret", answer, known.values())
    if report.survey.has_several(indicator.question) and len(indicator.answer_keys) > 1:
        question = as_written(indicator.question)
        found = f"frågan ”{question}” har flera svar, så antalen går inte att lägga ihop"
        remedy = "Ange ett enda svar, eller gör en indikator för varje."
        yield Problem(indicator.place("answers"), found, remedy)
    for count in _counts_used(indicator, report):
        for asked in (indicator.answer_keys, scale.no_answer_keys):
            if count.answers & asked and not count.answers <= asked:
                found = f"svaren är hopräknade så att indikator {indicator.id} inte kan räknas ut"
                remedy = f"Skriv {one_of(indicator.answers)} på rader utan andra svar."
                yield Problem(count.place, found, remedy)


@_check_measure.register
def _check_scale(indicator: measures.ScaleIndicator, report: Report) -> Iterator[Problem]:
    """Each answer has a number, and is counted by itself."""
    scale = report.survey.scale_of(indicator.question)
    if scale is None:
        return
    place, cannot = indicator.place("question"), f"så {indicator.measure_name} går inte att räkna ut"
    if report.survey.is_paired(indicator.question):
        found = f"av frågan ”{as_written(indicator.question)}” räknas hur svaren har ändrats, inte svaren"
        yield Problem(place, found, "Välj måttet ”före och efter”, eller gör en fråga för varje gång.")
        return
    if not scale.numbers:
        found = f"svaren på skalan ”{scale.name}” är inga tal, {cannot}"
        leading = [re.match("[0-9]+", answer) for answer in scale.answers]  # ”5 (mycket bra)”
        falling = map(str, range(len(scale.answers), 0, -1))
        numbers = ", ".join([match[0] for match in leading if match] if all(leading) else falling)
        remedy = f"Skriv svarens tal, som kravet är satt efter, på skalan: till exempel ”tal: [{numbers}]”."
        yield Problem(place, found, remedy)
    if report.survey.has_several(indicator.question):
        found = f"frågan ”{as_written(indicator.question)}” har flera svar, {cannot}"
        yield Problem(place, found, "Välj en fråga med ett svar.")
    yield from _check_each_answer(indicator, scale, report)


def _check_each_answer(
    indicator: measures.AskedIndicator, scale: AnswerScale, report: Report
) -> Iterator[Problem]:
    for key, counts in report.outcomes.answers.items():
        for count in counts if (key.group, key.question) == indicator.asked else ():
            if len(count.answers) > 1 and not count.answers <= scale.no_answer_keys:
                found = f"svaren är hopräknade så att indikator {indicator.id} inte kan räknas ut"
                yield Problem(count.place, found, "Skriv varje svar på en rad för sig.")


@_check_measure.register
def _check_pairs(indicator: measures.BeforeAfterIndicator, report: Report) -> Iterator[Problem]:
    yield from _check_answers(indicator, report)
    scale = report.survey.scale_of(indicator.question)
    if scale is None:
        return
    yield from _check_each_answer(indicator, scale, report)
    if not report.survey.is_paired(indicator.question):
        found = f"frågan ”{as_written(indicator.question)}” ställs inte före och efter"
        remedy = "Skriv ”före_och_efter: ja” på frågan i enkat.yaml, eller välj ett annat mått."
        yield Problem(indicator.place("question"), found, remedy)


@_check_measure.register
def _check_quotient(indicator: measures.QuotientIndicator, report: Report) -> Iterator[Problem]:
    """The amounts are there, in units that can be divided and compared with the target."""
    tables = [table.id for table in report.settings.tables]
    found = [indicator.amounts(report, unit) for unit in report.settings.every_unit]
    for place, (field, amount) in enumerate((("amount", indicator.amount), ("other", indicator.other))):
        if amount is None:
            continue
        yield from check_names(amount, "table", "tabellen", tables)
        pairs = ((each[place], each[0]) for each in found)
        known = [(own, first) for own, first in pairs if own is not None and first is not None]
        for unit in {own.unit: None for own, first in known if indicator.scale(own, first) is None}:
            told = f"beloppen är i {unit or 'olika måttenheter'}, men kravet är ”{indicator.target.text}”"
            remedy = "Skriv kravet i samma måttenhet, till exempel kronor."
            yield Problem(indicator.place(field), told, remedy)
        if (table := report.outcomes.amounts.get(amount.table)) is not None:
            rows = [name_key(name) for row in table.rows for name in (row.name, row.group) if name]
            yield from check_names(amount, "row", "posten", rows)
            yield from check_names(amount, "column", "kolumnen", [column.key for column in table.columns])
            typed = [column for column in table.columns if not column.definition and not column.has_words]
            if amount.column is None and typed[1:] and report.year not in columns_by_year(table):
                told = f"tabellen har {len(typed)} kolumner, och kvoten räknas på ”{typed[0].heading}”"
                remedy = "Skriv ”kolumn: …” med den som ska räknas."
                yield Problem(amount.place(), told, remedy, Severity.WARNING)
            if any(column.quotient and column.key == amount.column for column in table.columns):
                told = f"kolumnen ”{as_written(amount.column or '')}” är redan delad med personer"
                remedy = "Skriv kolumnen med belopp, och ”nämnare: …” med raden som den delas med."
                yield Problem(amount.place("column"), told, remedy)


def _counts_used(indicator: measures.AnswerIndicator, report: Report) -> Iterator[AnswerCount]:
    """The counted answers an indicator is computed from: of each sex, or of all where they are given."""
    asked = {
        key: counts
        for key, counts in report.outcomes.answers.items()
        if (key.group, key.question) == indicator.asked and key.option in ("", *indicator.answer_keys)
    }
    given_for_all = {key.unit for key in asked if key.sex == Sex.ALL}
    for key, counts in asked.items():
        of_all = Sex.ALL in indicator.sexes
        if key.sex in indicator.sexes or (of_all and key.unit not in given_for_all):
            yield from counts


@_check_measure.register
def _check_change(indicator: measures.ChangeIndicator, report: Report) -> Iterator[Problem]:
    towns = report.settings.towns
    known = {*towns, measures.OWN_PLACE, report.association.id, *(unit.id for unit in report.units)}
    if indicator.location not in known:
        yield unknown_name(indicator.place("location"), "platsen", indicator.location, sorted(towns.values()))
    for key, value in values_of(indicator, report):
        yield from check_kind(value, indicator, is_change=key.compared_year is not None)


@_check_measure.register
def _check_parts(indicator: measures.CompositeIndicator, report: Report) -> Iterator[Problem]:
    for part in indicator.parts:
        if part in report.indicators and indicator.level is not None:
            place = indicator.place("level")
            yield from check_level(indicator.level, place, report.indicators[part], report)
    if _reaches(indicator.id, indicator, report, set()):
        found = f"indikator {indicator.id} är sammansatt av sig själv"
        yield Problem(indicator.place("parts"), found, "Ta bort den ur listan ”indikatorer”.")


def _reaches(goal: str, indicator: measures.Indicator, report: Report, seen: set[str]) -> bool:
    """Whether an indicator is made of another one. `seen` are those that are known not to be."""
    if not isinstance(indicator, measures.CompositeIndicator) or indicator.id in seen:
        return False
    parts = [report.indicators[part] for part in indicator.parts if part in report.indicators]
    seen.add(indicator.id)
    return goal in indicator.parts or any(_reaches(goal, part, report, seen) for part in parts)
