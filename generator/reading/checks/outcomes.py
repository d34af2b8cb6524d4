"""Tables whose figures contradict themselves or the budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model.measures import AttestedIndicator, ShareIndicator
from generator.model.names import as_written, name_key
from generator.model.outcomes import SEX_NAMES, Sex
from generator.model.places import Problem
from generator.model.report import Report
from generator.reading.checks.values import check_kind


def check_outcomes(report: Report) -> Iterator[Problem]:
    """Values, attestations and counts that do not fit the budget or each other."""
    by_key = {name_key(indicator.id): indicator for indicator in report.budget.indicators}
    for key, value in report.outcomes.values.items():
        indicator = by_key.get(key.series)
        if indicator is not None:
            yield from check_kind(value, indicator)
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
        if key.sex == Sex.ALL or replace(key, sex=Sex.ALL) in answers:
            continue
        for sex in (Sex.WOMEN, Sex.MEN):
            if replace(key, sex=sex) not in answers:
                word = SEX_NAMES[sex]
                found = f"frågan ”{as_written(key.question)}” har svar, men inga rader för {word} eller alla"
                remedy = f"Lägg till rader för {word} (är antalet noll, skriv 0), eller för alla."
                yield Problem(counts[0].place, found, remedy)


def _check_shares(report: Report) -> Iterator[Problem]:
    """A part cannot be larger than its whole, for any unit that an indicator can be measured for."""
    participants = report.outcomes.participants
    for indicator in report.budget.indicators:
        if not isinstance(indicator, ShareIndicator):
            continue
        for unit in report.settings.every_unit:
            part = [participants.get((unit.id, row)) for row in indicator.numerator]
            whole = [participants.get((unit.id, row)) for row in indicator.denominator]
            numerator = sum(people.total for people in part if people)
            denominator = sum(people.total for people in whole if people)
            if None not in (*part, *whole) and numerator > denominator and part[0]:
                found = f"täljaren {numerator} är större än nämnaren {denominator} i indikator {indicator.id}"
                yield Problem(part[0].places[0], f"{unit.name}: {found}", "Rätta raderna i deltagartabellen.")
