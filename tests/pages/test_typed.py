"""Figures that are typed beside a unit's name: a hint when they are none of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.model.places import Severity
from tests.support import edit

TYPED = "står bredvid Verkstan, men är inget av talen därifrån"


def told(centre: Path, sentence: str) -> list[str]:
    edit(centre / "exempel/bussen.md", "Det gjorde skillnad.", f"Först.\n\n{sentence}")
    return [p.found for p in check(centre.parent).warnings if p.severity is Severity.HINT]


@pytest.mark.parametrize(
    ("sentence", "typed"),
    [
        ("I Verkstan var 31 inskrivna.", "31 inskrivna"),
        ("Verkstans 20 avslutade firade.", "20 avslutade"),
        ("I Verkstan slutade 92,5 procent.", "92,5 procent"),
    ],
)
def test_a_number_that_the_unit_does_not_have_is_told(centre: Path, sentence: str, typed: str) -> None:
    assert told(centre, sentence) == [f"”{typed}” {TYPED}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I Verkstan var 32 inskrivna, av dem 20 män.",
        "I Verkstan avslutade 56 % och i Köket 40 %.",
        "År 2022 hade Verkstan 31 inskrivna.",
        "Verkstan har 7 bord. I huset var 31 inskrivna.",
        "Av {Verkstan: inskrivna} i Verkstan kom {Verkstan: avslutade}.",
    ],
)
def test_other_numbers_are_not(centre: Path, sentence: str) -> None:
    assert told(centre, sentence) == []


def test_a_paragraph_can_be_without_hints(centre: Path) -> None:
    edit(centre / "exempel/bussen.md", "enhet: koket", "enhet: koket\nutan_tips: 31 inskrivna")
    assert told(centre, "I Verkstan var 31 inskrivna.\n\nTODO: rätta.") == ["”TODO” ser ut som en anteckning"]
