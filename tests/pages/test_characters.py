"""Characters that the theme's fonts lack are told with file, line and what can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import append, edit, warnings_in

TEXT = "berattelse/kontakt.md"


@pytest.fixture
def report(centre: Path) -> Path:
    (centre / TEXT).parent.mkdir()
    (centre / TEXT).write_text("---\ntitel: Kontakt\ndel: kontakt\n---\nRing oss.\n", "utf-8")
    return centre


def told(report: Path) -> list[tuple[str, int, str, str]]:
    found = (problem for problem in warnings_in(report.parent) if "typsnitt" in problem.found)
    return [(Path(one.place.file).name, one.place.line, one.found, one.remedy) for one in found]


@pytest.mark.parametrize(
    ("sign", "named", "remedy"),
    [
        ("👩‍🔧", "”👩‍🔧” (U+1F469 U+200D U+1F527)", "Skriv med ord."),
        ("\uf0e0", "U+F0E0", "Det hör till ett symboltypsnitt"),
        ("\u2028", "U+2028", "Det är en radbrytning"),
        ("\ufb01", "”\ufb01” (U+FB01)", "Skriv ”fi”."),
        ("≥", "”≥” (U+2265)", "Skriv ”minst”."),
        ("\u2011", "”\u2011” (U+2011)", "Skriv ”-”."),
        ("中", "”中” (U+4E2D)", "Skriv med latinska bokstäver"),
    ],
)
def test_a_character_that_no_font_has_is_told(report: Path, sign: str, named: str, remedy: str) -> None:
    append(report / TEXT, f"\nVi fick {sign} här,\noch {sign} där.\n")
    ((file, line, found, mended),) = told(report)
    assert (file, line, found) == ("kontakt.md", 7, f"tecknet {named} finns inte i temats typsnitt")
    assert mended.startswith(remedy)


def test_a_bullet_of_a_symbol_font_is_a_list_and_no_such_character(report: Path) -> None:
    append(report / TEXT, "\n\uf0b7\tEtt\n\uf0b7\tTvå\n")
    assert told(report) == []


def test_titles_and_names_are_read_too(report: Path) -> None:
    edit(report / TEXT, "titel: Kontakt", "titel: Kontakt ☎")
    assert [(file, line) for file, line, *_ in told(report)] == [("kontakt.md", 2)]
