"""What only shows when the files are seen together, in reports that need no files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from generator.model.outcomes import AnswerCount, AnswerKey
from generator.model.places import Problem
from generator.reading.checks import check_report
from tests.support import a_report, answers, value


def faults(*indicators: Mapping[str, object], **tables: Any) -> list[Problem]:
    return list(check_report(a_report(*indicators, **tables)))


# Composites

ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
}  # fmt: skip
GAP = {**ANSWERS, "mått": "könsskillnad", "krav": "högst 20 procentenheter"}
CHANGE = {"mått": "förändring", "serie": "sjuktal", "plats": "forbundet", "krav": "minskning"}
DAYS = {"mått": "värde", "krav": "högst 30 dagar"}
STAY = {"mått": "tid", "rad": "avslut", "krav": "högst 90"}
FOUR = {"signaler": "4", "marginal": "1 procentenheter", "yttre_marginal": "3 procentenheter"}


@pytest.mark.parametrize(
    ("part", "level", "fits"),
    [
        (ANSWERS, "minst 20 %", True),
        (ANSWERS, "uppfyllt", True),
        (ANSWERS, "minst 20", False),
        (ANSWERS, "minst 20 procentenheter", False),
        (ANSWERS, "minskning", False),
        (GAP, "högst 5 procentenheter", True),
        (GAP, "högst 5 %", False),
        (DAYS, "högst 20 dagar", True),
        (DAYS, "högst 20", True),
        (DAYS, "högst 20 timmar", False),
        (DAYS, "högst 20 %", False),
        (STAY, "högst 60 dagar", True),
        (STAY, "högst 2 månader", False),
        ({"mått": "intyg", "krav": "uppfyllt"}, "minst 20 %", False),
        ({"mått": "intyg", "krav": "uppfyllt"}, "uppfyllt", True),
        (CHANGE, "minskning", True),
        (CHANGE, "högst −1 procentenheter", True),
        (CHANGE, "högst −1", False),
    ],
)
def test_a_level_is_in_the_unit_of_the_parts(part: Mapping[str, object], level: str, fits: bool) -> None:
    composite = {"mått": "sammansatt", "krav": "uppfyllt", "indikatorer": ["1.1.1"], "nivå": level}
    values = value("sjuktal", "12 %") | value("sjuktal", "14 %", year=2023)
    found = [fault.found for fault in faults(part, composite, values=values, rows=["avslut"])]
    assert found == ([] if fits else [f"nivån ”{level}” passar inte indikator 1.1.1, som mäts på annat sätt"])


def test_a_long_ladder_of_composites_is_checked_quickly() -> None:
    levels = [
        {"id": f"n{n}{side}", "mått": "sammansatt", "krav": "uppfyllt",
         "indikatorer": [f"n{n - 1}a", f"n{n - 1}b"]}
        for n in range(1, 26) for side in "ab"
    ]  # fmt: skip
    assert not faults({**ANSWERS, "id": "n0a"}, {**ANSWERS, "id": "n0b"}, *levels)


# Series


@pytest.mark.parametrize(
    ("then", "differs"),
    [
        ("15 dagar", ""),
        ("15 Dagar", ""),
        ("15 timmar", "i timmar"),
        ("15", "utan måttenhet"),
        ("15 %", "i procent"),
    ],
)
@pytest.mark.parametrize("target", ["minskning", "ökning"])
def test_values_that_are_compared_are_in_the_same_unit(target: str, then: str, differs: str) -> None:
    values = value("sjuktal", "12 dagar") | value("sjuktal", then, year=2023)
    found = [fault.found.partition(" (")[0] for fault in faults({**CHANGE, "krav": target}, values=values)]
    assert found == ([f"värdet är i dagar, men jämförs med ett värde {differs}"] if differs else [])


@pytest.mark.parametrize("target", ["minskning", "ökning"])
def test_money_may_be_asked_to_change_in_any_direction(target: str) -> None:
    """Nothing is the same in kronor and in thousands."""
    values = value("sjuktal", "12 tkr") | value("sjuktal", "15 tkr", year=2023)
    assert not faults({**CHANGE, "krav": target}, values=values)


def test_so_are_those_of_a_series_that_only_texts_follow() -> None:
    values = value("sjuktal", "12 dagar") | value("sjuktal", "15 timmar", year=2023)
    assert len(faults({"mått": "värde", "krav": "minst 2"}, values=values)) == 1


@pytest.mark.parametrize(
    ("measured", "margin", "fits"),
    [
        ("12 %", "2 procentenheter", True),
        ("12 procentenheter", "2 procentenheter", True),
        ("12 %", "2", False),
        ("12 procentenheter", "0,02", False),
        ("12 dagar", "2 dagar", True),
        ("12 dagar", "2", True),
        ("12 dagar", "2 timmar", False),
        ("12 dagar", "2 procentenheter", False),
    ],
)
@pytest.mark.parametrize("which", ["marginal", "yttre_marginal"])
def test_the_margin_of_a_change_is_in_the_unit_of_its_values(
    measured: str, margin: str, fits: bool, which: str
) -> None:
    values = value("sjuktal", measured) | value("sjuktal", measured, year=2023)
    indicator = {**CHANGE, which: margin}
    found = {fault.found for fault in faults(indicator, values=values, rules=FOUR)}
    assert bool(found) is not fits
    assert all("marginalen är " in one for one in found)


@pytest.mark.parametrize(
    ("indicator", "rules", "found"),
    [
        ({"yttre_marginal": "2"}, {}, "”yttre_marginal” gäller bara fyra signaler"),
        ({"marginal": "0,5", "yttre_marginal": "0,5"}, FOUR, "den yttre marginalen är inte större"),
        ({"yttre_marginal": "0,5"}, FOUR, "den yttre marginalen är inte större"),
        ({"marginal": "3"}, FOUR, "den yttre marginalen är inte större"),
        ({"marginal": "0,5", "yttre_marginal": "0,6"}, FOUR, None),
        ({"marginal": "2,9"}, FOUR, None),
        ({"marginal": "9"}, {}, None),
    ],
)
def test_an_outer_margin_is_further_out_and_one_of_four_signals(
    indicator: dict[str, str], rules: dict[str, str], found: str | None
) -> None:
    margins = {key: f"{margin} procentenheter" for key, margin in indicator.items()}
    told = [fault.found for fault in faults({**ANSWERS, **margins}, rules=rules)]
    assert len(told) == bool(found)
    assert all(one.startswith(found or "") for one in told)


def test_where_the_margins_of_the_report_do_not_hold_an_outer_one_may_stand_alone() -> None:
    assert not faults({**DAYS, "yttre_marginal": "1 dagar"}, rules=FOUR)


# Answers


@pytest.mark.parametrize(
    ("sexes", "fits"),
    [
        (("kvinnor", "man"), True),
        (("kvinnor", "man", "ej-angivet"), True),
        (("alla", "kvinnor"), True),
        (("kvinnor",), False),
        (("man", "ej-angivet"), False),
        (("ej-angivet",), False),
    ],
)
def test_all_are_women_and_men_or_given_as_such(sexes: tuple[str, ...], fits: bool) -> None:
    counted = {key: counts for sex in sexes for key, counts in answers({"Ja": 9}, sex).items()}
    found = faults(ANSWERS, answers=counted)
    assert bool(found) is not fits
    assert all("men inga rader för" in fault.found for fault in found)


# Answers that are counted together

TOGETHER = {"Ja+Delvis": 5, "Nej": 3}
OF_WOMEN = answers(TOGETHER, "kvinnor") | answers({"Ja": 2, "Nej": 1}, "man")
OF_EACH = OF_WOMEN | answers({"Ja": 4, "Delvis": 3, "Nej": 4})


@pytest.mark.parametrize(
    ("indicator", "counted", "is_told"),
    [
        (ANSWERS, answers(TOGETHER), True),
        ({**ANSWERS, "svar": ["Ja", "Delvis"]}, answers(TOGETHER), False),
        ({**ANSWERS, "svar": ["Nej"]}, answers(TOGETHER), False),
        (ANSWERS, answers({"Ja": 5, "Nej+Vill ej svara": 3}), True),
        (ANSWERS, OF_WOMEN, True),  # which is a part of all
        (ANSWERS, OF_EACH, False),  # all are given by themselves
        (GAP, OF_EACH, True),
    ],
)
def test_what_cannot_be_told_apart_is_a_fault_where_it_is_asked_for(
    indicator: Mapping[str, object], counted: Mapping[AnswerKey, tuple[AnswerCount, ...]], is_told: bool
) -> None:
    found = "svaren är hopräknade så att indikator 1.1.1 inte kan räknas ut"
    assert [problem.found for problem in faults(indicator, answers=counted)] == [found] * is_told
