"""Every page has an address of its own, whatever names an author chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build
from generator.model.contents import Part
from generator.model.places import Problem
from generator.model.theme import Font, Theme, ThemeSettings
from generator.pages.addresses import address_problems
from generator.publishing import OutputError
from tests.reading.test_pictures import a_picture
from tests.support import YEAR, append, edit, of_id, problems_in, publish, read, write_contents


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


def own_part(report: Path, id: str) -> None:
    """All parts that the program knows, and one of the author's own."""
    known = (f"- {part}" for part in Part if part != Part.SIGNATURES)
    write_contents(report, *known, f"- {{id: {id}, titel: Vårt, ingress: Eget.}}")
    (report / "berattelse").mkdir(exist_ok=True)
    (report / "berattelse/vart.md").write_text(f"---\ntitel: Vårt\ndel: {id}\n---\nText.\n", "utf-8")


def clashes_in(content: Path) -> list[Problem]:
    return [problem for problem in problems_in(content) if "samma adress" in problem.found]


@pytest.mark.parametrize("id", ["avdelning-koket", "omrade-1", "berakning-koket", "underlag"])
def test_a_part_of_the_authors_own_cannot_have_the_address_of_another_page(centre: Path, id: str) -> None:
    own_part(centre, id)
    (problem,) = clashes_in(centre.parent)
    assert f"{id}.html" in problem.found
    assert problem.place.file == f"content/{centre.name}/bokslut.yaml"
    assert problem.remedy == "Välj ett annat namn."


def test_nor_that_of_a_series(year: Path) -> None:
    (year / "berattelse/ekonomi-aret.md").unlink()
    own_part(year, "helarsekvivalenter")
    (problem,) = clashes_in(year.parent)
    assert "helarsekvivalenter.html" in problem.found


def test_a_name_without_letters_gives_no_address(year: Path) -> None:
    edit(year / "berattelse/plattformar.md", "del: plattformar", "del: enheter")
    edit(year / "bokslut.yaml", "enheter_kallas_flera: plattformar", "enheter_kallas_flera: ”…”")
    assert ["får ingen adress" in problem.found for problem in problems_in(year.parent)] == [True]


def test_pictures_whose_names_differ_in_capital_letters_only_have_one_address(year: Path) -> None:
    """On the web host of a Windows computer one of them would be the other."""
    for name in ("hus.png", "Hus.png"):
        a_picture(year / "bilder" / name)
        append(year / "berattelse/kontakt.md", f"\n![Ett hus](bilder/{name})\n")
    (problem,) = clashes_in(year.parent)
    assert str(problem.place) == "content/2021-umearegionen/bilder/Hus.png"
    assert "bilden bilder/Hus.png" in problem.found
    assert "bilden bilder/hus.png" in problem.found


def test_fonts_of_one_name_in_two_folders_have_one_address(year: Path) -> None:
    font = {"family": "A", "weight": "400"}
    fonts = tuple(Font.model_validate({**font, "file": f"{folder}/a.woff2"}) for folder in ("rak", "kursiv"))
    theme = Theme(ThemeSettings(name="Prov", colors={}, fonts=fonts), "", {})
    (problem,) = address_problems(of_id(read(year.parent), YEAR), theme)
    assert "kursiv/a.woff2" in problem.found


def test_what_only_the_audit_edition_has_is_told_when_that_is_built(centre: Path, tmp_path: Path) -> None:
    own_part(centre, "kalla-bokslut-yaml")
    publish(centre.parent, tmp_path / "output")
    with pytest.raises(OutputError, match=rf"{centre.name}/kalla-bokslut-yaml\.html"):
        build(centre.parent, tmp_path / "granskning", lambda _: None, pdfs=(), is_audit=True)
    assert not (tmp_path / "granskning").exists()
