"""Which targets and margins fit which measures."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from generator.model import measures
from tests.support import a_report

MEASURES: dict[str, dict[str, Any]] = {
    "andel": {"täljare": "avslut", "nämnare": "deltagare"},
    "andel svar": {"grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"]},
    "könsfördelning": {"rad": "deltagare"},
    "könsskillnad": {"grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"]},
    "före och efter": {"grupp": "deltagare", "fråga": "stöd igen"},
    "medelvärde": {"grupp": "deltagare", "fråga": "stöd"},
    "median": {"grupp": "deltagare", "fråga": "stöd"},
    "kvot": {"belopp": {"tabell": "kostnad"}, "nämnare": "deltagare"},
    "tid": {"rad": "avslut"},
    "förändring": {"serie": "sjuktal", "plats": "forbundet"},
    "värde": {},
    "antal": {},
    "berättelser": {},
    "beskrivning": {},
    "bedömning": {"skala": "tregradig"},
    "intyg": {},
    "sammansatt": {"indikatorer": ["1.1.1"]},
}
NUMBERS = {"antal", "medelvärde", "median", "tid", "berättelser", "beskrivning", "bedömning"}
TARGETS = {
    "minst 80 %": {"andel", "andel svar", "före och efter", "könsfördelning", "värde", "kvot"},
    "minst 105 %": {"värde", "kvot"},
    "40–60 %": {"andel", "andel svar", "före och efter", "könsfördelning", "värde", "kvot"},
    "högst 20 procentenheter": {"könsskillnad", "förändring", "värde"},
    "minst 2": {*NUMBERS, "värde", "förändring", "kvot"},
    "minskning": {*NUMBERS, "värde", "förändring", "kvot", "könsskillnad"},
    "uppfyllt": {"intyg", "sammansatt"},
}  # fmt: skip


def is_accepted(target: str, measure: str) -> bool:
    try:
        report = a_report({"mått": measure, "krav": target, **MEASURES[measure]})
    except ValidationError as error:
        told = f"kravet ”{target}” (passar inte måttet ”{measure}”|ligger utanför)"
        assert re.search(told, str(error)), error
        return False
    assert report.indicators["1.1.1"].target.text == target
    return True


def test_each_measure_is_tested_with_each_target() -> None:
    names = {get_args(measure.model_fields["measure"].annotation)[0] for measure in measures.MEASURES}
    assert MEASURES.keys() == names


def test_a_target_is_accepted_only_where_its_unit_fits_the_measure() -> None:
    assert {
        target: {measure for measure in MEASURES if is_accepted(target, measure)} for target in TARGETS
    } == TARGETS


def test_a_margin_for_percent_is_given_in_percentage_points() -> None:
    share = {"mått": "andel", "krav": "minst 80 %", **MEASURES["andel"]}
    assert a_report({**share, "marginal": "3 procentenheter"}).indicators["1.1.1"].margin
    with pytest.raises(ValidationError, match="marginalen passar inte kravet"):
        a_report({**share, "marginal": "3"})


@pytest.mark.parametrize(
    ("indicator", "margin"),
    [
        ({"mått": "könsskillnad", "krav": "minskning", **MEASURES["könsskillnad"]}, "0,05"),
        ({"mått": "antal", "krav": "ökning"}, "5 procentenheter"),
        ({"mått": "värde", "krav": "högst 30 dagar"}, "2 timmar"),
        ({"mått": "andel", "krav": "minst 80 %", **MEASURES["andel"]}, "0,05"),
    ],
)
def test_a_margin_is_in_the_unit_of_what_is_measured(indicator: dict[str, Any], margin: str) -> None:
    with pytest.raises(ValidationError, match="marginalen passar inte kravet"):
        a_report({**indicator, "marginal": margin})


def test_gender_balance_is_of_a_row_or_of_a_group_but_not_of_both() -> None:
    with pytest.raises(ValidationError, match="behöver veta vad som fördelas"):
        a_report({"mått": "könsfördelning", "krav": "40–60 %"})
    with pytest.raises(ValidationError, match="behöver veta vad som fördelas"):
        a_report({"mått": "könsfördelning", "krav": "40–60 %", "rad": "a", "grupp": "b"})


def test_a_budget_without_weights_has_no_index() -> None:
    share = {"mått": "andel", "krav": "minst 80 %", **MEASURES["andel"]}
    assert not a_report(share).budget.is_weighted
    assert a_report(share, {**share, "vikt": "3"}).budget.is_weighted
