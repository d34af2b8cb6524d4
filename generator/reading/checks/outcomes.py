"""Figures that contradict each other or the budget, or are not in the unit of what they are compared with."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.model.accounts import may_be_kronor
from generator.model.measures import ChangeIndicator, DurationIndicator, Indicator, margin_kind
from generator.model.names import as_written, name_key
from generator.model.outcomes import SEX_NAMES, Sex, Value, ValueKey
from generator.model.places import Place, Problem
from generator.model.quantities import Kind, Target, is_same_unit
from generator.model.report import Report


def check_outcomes(report: Report) -> Iterator[Problem]:
    """Values and counts that do not fit the budget or each other."""
    by_key = {name_key(indicator.id): indicator for indicator in report.budget.indicators}
    for key, value in report.outcomes.values.items():
        indicator = by_key.get(key.series)
        if indicator is not None:
            yield from check_kind(value, indicator)
        yield from _check_compared(key, value, report)
    yield from _check_sexes(report)
    if report.is_plan:
        yield from _outcomes_of_plan(report)


def _outcomes_of_plan(report: Report) -> Iterator[Problem]:
    """Once for each file. What stands there of other years and of others is no outcome."""
    outcomes = report.outcomes
    people = (*outcomes.participants.values(), *outcomes.groups.values())
    stated = (outcomes.attestations, outcomes.grades, outcomes.durations, outcomes.reported)
    places = [
        *chain.from_iterable(each.places for each in people),
        *(count.place for counts in outcomes.answers.values() for count in counts),
        *(each.place for table in stated for each in table.values()),
        *(value.place for key, value in outcomes.values.items() if key.year == report.year),
    ]
    for place in {place.file: place for place in reversed(places)}.values():
        remedy = "Ta bort filen. Är året slut, börja på bokslutet: bokslut ny NAMN --från {}."
        found = f"en plan har inga utfall, men här står ett för {report.year}"
        yield Problem(place, found, remedy.format(report.id))


def _check_sexes(report: Report) -> Iterator[Problem]:
    """All are women, men and those who say neither, where all are not given: then none may be missing."""
    answers = report.outcomes.answers
    unstated = {(key.unit, key.group, key.question) for key in answers if key.sex is Sex.UNSTATED}
    for key, counts in answers.items():
        if key.sex == Sex.ALL or replace(key, sex=Sex.ALL) in answers:
            continue
        # Those who say neither have answered too: of each of several answers it is told how many chose it.
        has_unstated = key.sex is Sex.WOMEN and (key.unit, key.group, key.question) in unstated
        for sex in (Sex.WOMEN, Sex.MEN, *((Sex.UNSTATED,) if has_unstated else ())):
            if replace(key, sex=sex) not in answers:
                word = SEX_NAMES[sex]
                found = f"frågan ”{as_written(key.question)}” har svar, men inga rader för {word} eller alla"
                remedy = f"Lägg till rader för {word} (är antalet noll, skriv 0), eller för alla."
                yield Problem(counts[0].place, found, remedy)


# Values in units that fit


def values_of(indicator: ChangeIndicator, report: Report) -> Iterator[tuple[ValueKey, Value]]:
    """The values of the series that an indicator follows."""
    return ((key, value) for key, value in report.outcomes.values.items() if key.series == indicator.series)


def _check_compared(key: ValueKey, value: Value, report: Report) -> Iterator[Problem]:
    """What lies between two values of a series can only be told when both are in the same unit."""
    series = {series.id for series in report.settings.series}
    if key.series not in series or (key.year, key.compared_year) != (report.year, None):
        return
    changes = (each for each in report.budget.indicators if isinstance(each, ChangeIndicator))
    years = (each.compared_year for each in changes if each.series == key.series)
    for before in dict.fromkeys(year or report.year - 1 for year in (None, *years)):
        then = report.outcomes.values.get(ValueKey(key.series, key.location, before))
        if then is not None and then.quantity.in_what != value.quantity.in_what:
            both = f"värdet är {value.quantity.in_what}, men jämförs med ett värde {then.quantity.in_what}"
            found = f"{both} ({then.place})"
            yield Problem(value.place, found, "Räkna om det ena till samma måttenhet.")


def check_kind(value: Value, indicator: Indicator, *, is_change: bool = True) -> Iterator[Problem]:
    """A value is compared with a target in its own unit. What lies between two shares is points."""
    compared = value.quantity.kind if is_change else margin_kind(value.quantity.kind)
    yield from _check_margin(value, indicator)
    if not indicator.target.is_set and compared not in indicator.target_kinds:
        found = f"värdet är {value.quantity.in_what}, men måttet är ”{indicator.measure_name}”"
        wanted = replace(value.quantity, kind=indicator.kind, unit="").in_what
        yield Problem(value.place, found, f"Skriv värdet {wanted}, eller ändra måttet.")
        return
    is_of_kind = indicator.target.kind in (None, compared)
    units = indicator.target.unit, value.quantity.unit
    is_unclear = any(limit.value for limit in indicator.target.limits) and may_be_kronor(*units)
    if is_unclear or not (is_of_kind and is_same_unit(*units)):
        found = f"värdet är {value.quantity.in_what}, men kravet är ”{indicator.target.text}”"
        yield Problem(value.place, found, "Skriv samma måttenhet i båda, och räkna om talet om det behövs.")
    if not is_of_kind:
        return
    if indicator.is_whole and value.quantity.value.denominator != 1:
        found = f"indikator {indicator.id} är ett antal, men värdet är inte ett heltal"
        yield Problem(value.place, found, "Skriv ett heltal, eller ändra måttet till ”värde”.")


def _check_margin(value: Value, indicator: Indicator) -> Iterator[Problem]:
    """Where the target is only a direction, the values say what its margins are counted in."""
    if indicator.target.kind is not None:
        return
    expected = margin_kind(value.quantity.kind)
    for field, margin in (("margin", indicator.margin), ("outer_margin", indicator.outer_margin)):
        if margin and not (margin.kind is expected and is_same_unit(margin.unit, value.quantity.unit)):
            found = f"marginalen är {margin.in_what}, men värdena {value.quantity.in_what} ({value.place})"
            remedy = f"Skriv marginalen {replace(value.quantity, kind=expected).in_what}."
            yield Problem(indicator.place(field), found, remedy)


def check_level(level: Target, place: Place, part: Indicator, report: Report) -> Iterator[Problem]:
    """A level that is asked of an indicator is in what the indicator measures."""
    if not _fits_level(level, part, report):
        found = f"nivån ”{level.text}” passar inte indikator {part.id}, som mäts på annat sätt"
        yield Problem(place, found, "Ta bort ”nivå”: då gäller varje indikators eget krav.")


def _fits_level(level: Target, part: Indicator, report: Report) -> bool:
    """Whether what a part measures can be compared with a level. ”uppfyllt” means the part's own target."""
    if level.kind is Kind.VERDICT:
        return True
    if level.kind is None:
        return bool(part.target_kinds & {Kind.POINTS, Kind.NUMBER})
    if part.target.kind is not None:
        unit = part.unit if isinstance(part, DurationIndicator) else part.target.unit  # days, if none is said
        return level.kind is part.target.kind and is_same_unit(level.unit, unit)
    if isinstance(part, ChangeIndicator):
        measured = [(key, value.quantity.kind) for key, value in values_of(part, report)]
        return all(
            level.kind is (kind if key.compared_year else margin_kind(kind))
            for key, kind in measured
            if key.year == report.year
        )
    return level.kind in part.target_kinds
