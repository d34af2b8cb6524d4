"""Outcomes without a signal: a target that was never set, one that is due later, and stated reasons."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.model.outcome import NotMeasured
from generator.model.outcomes import Attestation, Unmeasured
from generator.model.report import Report
from generator.model.results import IndicatorResult, Signal
from generator.scoring import as_shown, compare, score_report, seal_of, unit_of_seal
from tests.support import ASSOCIATION, HERE, a_report, answers, outcome_of, outcomes_of, people, scored, value

YEAR = 2024  # of the report
SHARE = {"mått": "andel", "täljare": "arbete", "nämnare": "avslut", "krav": "minst 50 %"}
DAYS = {"mått": "värde", "krav": "högst 9,0 dagar"}


def of_share(part: int, whole: int, **more: object) -> IndicatorResult:
    rows = {(ASSOCIATION, "arbete"): people(part, 0), (ASSOCIATION, "avslut"): people(whole, 0)}
    return outcome_of(a_report({**SHARE, **more}, participants=rows))


# A target that was never set


def test_a_target_that_was_never_set_gives_an_outcome_without_a_signal() -> None:
    result = of_share(1, 4, krav="inte satt")
    assert (result.outcome.value, result.signal) == (Fraction(1, 4), None)
    assert (result.outcome.is_measured, result.reason) == (True, "inget målvärde satt")


def test_without_an_outcome_that_is_the_reason_also_where_no_target_was_set() -> None:
    result = outcome_of(a_report({**SHARE, "krav": "inte satt"}))
    assert result.reason is NotMeasured.ROW_MISSING


@pytest.mark.parametrize("indicator", [
    SHARE, DAYS, {"mått": "berättelser"}, {"mått": "förändring", "serie": "sjuktal", "plats": "egen kommun"},
])  # fmt: skip
def test_any_measure_that_is_counted_may_lack_a_target(indicator: dict[str, str]) -> None:
    assert outcome_of(a_report({**indicator, "krav": "inte satt"})).signal is None


@pytest.mark.parametrize(
    "more", [{"krav": "inte satt", "mått": "intyg"}, {"krav": "inte satt", "senast": 2030}]
)
def test_a_verdict_and_a_later_year_need_a_target(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_report({**DAYS, **more})


def test_a_level_must_be_set() -> None:
    composite = {"mått": "sammansatt", "indikatorer": ["1.1.1"], "nivå": "inte satt", "krav": "uppfyllt"}
    with pytest.raises(ValidationError, match="nivån är inte satt"):
        a_report(SHARE, composite)


def test_an_indicator_without_signal_earns_nothing_and_is_in_neither_sum() -> None:
    rows = {(ASSOCIATION, "arbete"): people(3, 0), (ASSOCIATION, "avslut"): people(4, 0)}
    unset = {**SHARE, "krav": "inte satt", "vikt": 5}
    unit = scored(a_report({**SHARE, "vikt": 3}, unset, participants=rows))
    assert unit.index.earned == unit.index.possible == 3
    assert (unit.index.measured, unit.index.total) == (2, 2)


# A target that is to be reached by a later year


@given(value_=st.integers(0, 200), due=st.integers(2020, 2030), margin=st.integers(0, 50))
def test_until_its_year_a_target_that_is_not_met_gives_no_signal(value_: int, due: int, margin: int) -> None:
    def signal(**more: object) -> IndicatorResult:
        written = f"{value_ // 10},{value_ % 10} dagar"
        indicator = {**DAYS, "marginal": f"{margin} dagar", **more}
        return outcome_of(a_report(indicator, values=value("1-1-1", written)))

    at_once, later = signal(), signal(senast=due)
    assert later.outcome == at_once.outcome
    if at_once.signal is Signal.GREEN or due <= YEAR:
        assert later.signal is at_once.signal
    else:
        assert later.signal is None
        assert later.reason == f"kravet ska nås {due}"


def test_until_its_year_a_verdict_that_is_not_met_gives_no_signal() -> None:
    stated = {(ASSOCIATION, "1.1.1"): Attestation(False, "Revisorn", "Källan", HERE)}
    for due, signal in ((2024, Signal.RED), (2025, None)):
        attested = {"mått": "intyg", "krav": "uppfyllt", "senast": due}
        assert outcome_of(a_report(attested, attestations=stated)).signal is signal


def test_met_before_its_year_a_target_says_nothing_of_what_would_lose_it() -> None:
    rows = {(ASSOCIATION, "arbete"): people(3, 0), (ASSOCIATION, "avslut"): people(4, 0)}
    for due, has_worse in ((2024, True), (2025, False)):
        published = as_shown(score_report(a_report({**SHARE, "senast": due}, participants=rows)))
        found = published.sensitivity[ASSOCIATION, "1.1.1"]
        assert (found.better, found.worse is not None) == (None, has_worse)


def test_what_has_no_signal_has_no_sensitivity() -> None:
    rows = {(ASSOCIATION, "arbete"): people(1, 0), (ASSOCIATION, "avslut"): people(4, 0)}
    for more in ({"senast": 2025}, {"krav": "inte satt"}):
        assert not as_shown(score_report(a_report({**SHARE, **more}, participants=rows))).sensitivity


@pytest.mark.parametrize(("more", "reason"), [
    ({"senast": 2025}, NotMeasured.PART_NOT_JUDGED),
    ({"krav": "inte satt"}, NotMeasured.PART_NOT_JUDGED),
    ({"senast": 2024}, None),
])  # fmt: skip
def test_a_composite_of_parts_without_signal_is_not_measured(
    more: dict[str, object], reason: NotMeasured | None
) -> None:
    rows = {(ASSOCIATION, "arbete"): people(1, 0), (ASSOCIATION, "avslut"): people(4, 0)}
    composite = {"mått": "sammansatt", "indikatorer": ["1.1.1"], "krav": "uppfyllt"}
    _, result = outcomes_of(a_report({**SHARE, **more}, composite, participants=rows))
    assert result.outcome.reason is reason
    at_level = {**composite, "nivå": "minst 20 %"}
    _, result = outcomes_of(a_report({**SHARE, **more}, at_level, participants=rows))
    assert result.outcome.met


def test_a_sealed_outcome_without_signal_is_still_an_outcome() -> None:
    report = a_report({**DAYS, "senast": 2030}, values=value("1-1-1", "13,3 dagar"))
    now = score_report(report)
    seal = seal_of(now, {}, report.settings.published, "styrelsen", "1")
    assert not compare(unit_of_seal(seal, now), now.association).others
    less = score_report(a_report({**DAYS, "senast": 2030}, values=value("1-1-1", "12 dagar")))
    (other,) = compare(unit_of_seal(seal, now), less.association).others
    assert other.before is not None
    assert other.before.outcome.is_measured


# Reasons that are stated


def stated(report: Report, reason: str) -> Report:
    unmeasured = {(ASSOCIATION, "1.1.1"): Unmeasured(reason, HERE)}
    return replace(report, outcomes=replace(report.outcomes, unmeasured=unmeasured))


@pytest.mark.parametrize("reason", ["för få svar", "utfall saknas", "frågan ställdes inte"])
def test_a_stated_reason_stands_where_the_tables_say_nothing(reason: str) -> None:
    asked = {
        "mått": "andel svar",
        "grupp": "deltagare",
        "fråga": "stöd",
        "svar": ["Ja"],
        "krav": "minst 80 %",
    }
    result = outcome_of(stated(a_report(asked), reason))
    assert (result.signal, result.reason, result.outcome.places) == (None, reason, (HERE,))


def test_a_stated_reason_does_not_take_an_outcome_away() -> None:
    asked = {
        "mått": "andel svar",
        "grupp": "deltagare",
        "fråga": "stöd",
        "svar": ["Ja"],
        "krav": "minst 80 %",
    }
    result = outcome_of(stated(a_report(asked, answers=answers({"Ja": 9, "Nej": 1})), "för få svar"))
    assert (result.signal, result.reason) == (Signal.GREEN, None)
