"""Every page has an address of its own, whatever names an author chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import edit, problems_in


@pytest.mark.parametrize("name", ["deltagare", "Exempel", "kontakt", "index"])
def test_units_cannot_be_called_what_another_page_is_called(year: Path, name: str) -> None:
    edit(year / "berattelse/plattformar.md", "del: plattformar", "del: enheter")
    edit(year / "bokslut.yaml", "enheter_kallas_flera: plattformar", f"enheter_kallas_flera: {name}")
    problems = [problem for problem in problems_in(year.parent) if "samma adress" in problem.found]
    assert [(problem.place.line > 0, name in problem.found) for problem in problems] == [(True, True)]


def test_a_unit_cannot_have_the_address_of_an_area(year: Path) -> None:
    edit(year / "bokslut.yaml", "enheter_kallas_en: plattform", "enheter_kallas_en: område")
    edit(year / "bokslut.yaml", "  - id: vindeln\n", "  - id: 1\n")
    (year / "enheter/vindeln").rename(year / "enheter/1")
    assert any(
        "Vindeln" in problem.found for problem in problems_in(year.parent) if "samma adress" in problem.found
    )
