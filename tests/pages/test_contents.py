"""The table of contents: which parts a report has, in which order, and parts of the author's own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from pathlib import Path

import pytest

from generator.build import Built
from generator.model.contents import Part
from tests.pages.test_site import broken_links
from tests.printed import pdf_text
from tests.reconciling.reports import found_in
from tests.support import (
    YEAR,
    append,
    edit,
    only_problem_in,
    plain,
    problems_in,
    publish,
    publish_audit,
    soup,
    text_of,
    warnings_in,
    write_contents,
)


def pages_of(site: Path, report: str = YEAR) -> list[str]:
    """The parts in the order of the menu, which has groups of its own."""
    links = soup(site / report / "index.html").select("nav.menu li a")
    return [str(link["href"]).removesuffix(".html") for link in links]


def test_without_a_table_of_contents_the_report_has_every_part(year: Path, tmp_path: Path) -> None:
    write_contents(year)
    (year / "berattelse/ekonomi-aret.md").unlink()
    pages = pages_of(publish(year.parent, tmp_path / "output").folder)
    assert [page for page in pages if not page.startswith(("omrade", "plattform-"))] == [
        "index", "impactindex", "social-budget", "deltagare", "helarsekvivalenter", "exempel",
        "plattformar", "aret", "ekonomi", "lasanvisning", "metod", "oppna-data", "om-forbundet", "kontakt",
        "lattlast", "english",
    ]  # fmt: skip
    economy = soup(tmp_path / "output" / YEAR / "ekonomi.html")
    assert len(economy.find_all("table")) == 5


def test_parts_stand_in_the_order_that_is_chosen(year: Path, tmp_path: Path) -> None:
    write_contents(year, "- översikt", "- kontakt", "- om", "- exempel", "- deltagare")
    (year / "berattelse/ekonomi-aret.md").unlink()
    site = publish(year.parent, tmp_path / "output").folder
    assert pages_of(site) == ["index", "exempel", "deltagare", "kontakt", "om-forbundet"]


@pytest.mark.parametrize(
    "left_out",
    [["områden", "exempel"], ["deltagare", "metod", "plattformar", "index", "kontakt", "social budget"]],
)
def test_what_leads_to_parts_that_are_left_out_is_no_link(
    year: Path, tmp_path: Path, left_out: list[str]
) -> None:
    kept = [part for part in Part if part not in ("underskrifter", *left_out)]
    kept = [part for part in kept if not (part == Part.UNITS and "plattformar" in left_out)]
    write_contents(year, *(f"- {part}" for part in kept))
    (year / "berattelse/ekonomi-aret.md").unlink()
    assert broken_links(publish(year.parent, tmp_path / "output").folder) == []


# Each part has halves of its own, so that of any two each is there without the other.
OPTIONAL = [part for part in Part if part not in (Part.OVERVIEW, Part.SIGNATURES)]
OWN_HALVES = list(zip(OPTIONAL, combinations(range(6), 3), strict=False))
HALVES = [[part for part, halves in OWN_HALVES if half in halves] for half in range(6)]


def test_of_any_two_parts_each_is_there_without_the_other() -> None:
    apart = {(one, other) for half in HALVES for one in half for other in OPTIONAL if other not in half}
    assert apart == set(permutations(OPTIONAL, 2))


@pytest.mark.parametrize("making", [publish, publish_audit])
@pytest.mark.parametrize("parts", HALVES)
def test_what_leads_to_a_part_that_is_left_out_is_no_link(
    centre: Path, tmp_path: Path, parts: list[Part], making: Callable[[Path, Path], Built]
) -> None:
    """In the audit edition figures lead to their calculations and sources too."""
    write_contents(centre, *(f"- {part}" for part in (Part.OVERVIEW, *parts)))
    assert broken_links(making(centre.parent, tmp_path / "output").folder) == []


def test_a_report_of_its_front_page_alone_can_be_built(centre: Path, tmp_path: Path) -> None:
    write_contents(centre, "- översikt")
    site = publish(centre.parent, tmp_path / "output").folder
    assert pages_of(site, centre.name) == ["index"]


@pytest.mark.parametrize(
    ("lines", "at", "found", "remedy"),
    [
        (["- översikt", "- deltagarna"], 1, "delen ”deltagarna” finns inte", "Menade du ”deltagare”?"),
        (["- översikt", "- metod", "- Metod"], 2, "delen ”Metod” står två gånger", "Behåll"),
        (["- översikt", "- enheter", "- plattformar"], 2, "delen ”plattformar” står två gånger", "Behåll"),
        (["- översikt", "- underskrifter"], 1, "det står inte vilka som skriver under", "ort och roller"),
        (["- översikt", "- {id: metod, titel: A, ingress: B}"], 1, "delen ”metod” finns redan i programmet",
         "- metod"),
    ],
)  # fmt: skip
def test_a_part_that_is_wrong_is_told_at_its_line(
    year: Path, lines: list[str], at: int, found: str, remedy: str
) -> None:
    (year / "berattelse/ekonomi-aret.md").unlink()
    write_contents(year, *lines)
    problem = only_problem_in(year.parent)
    assert found_in(problem) == found
    assert remedy in problem.remedy
    written = (year / "bokslut.yaml").read_text("utf-8").splitlines()
    assert written[problem.place.line - 1].strip() == lines[at]


@pytest.mark.parametrize("lines", [["- metod"], ["- metod", "- översikt"]])
def test_the_overview_comes_first(year: Path, lines: list[str]) -> None:
    (year / "berattelse/ekonomi-aret.md").unlink()
    write_contents(year, *lines)
    assert found_in(only_problem_in(year.parent)) == "delen ”översikt” står inte först i innehållet"


def test_what_is_left_out_is_told(year: Path) -> None:
    (year / "berattelse/ekonomi-aret.md").unlink()
    write_contents(
        year, *(f"- {part}" for part in Part if part not in ("underskrifter", "kontakt", "ekonomi"))
    )
    told = [found_in(one) for one in warnings_in(year.parent)]
    assert any(one.startswith("texten ”") and "delen ”kontakt”" in one for one in told)
    assert "tabellen ”Balansräkning” visas inte: delen ”ekonomi” är inte med i innehållet" in told


# Parts of the author's own

OWN = [
    "- översikt",
    "- id: lokaler",
    "  titel: Våra lokaler",
    "  ingress: Var vi möts.",
    "  tabeller: [hyror]",
]


@pytest.fixture
def own(centre: Path) -> Path:
    """A report with a part of its own."""
    write_contents(centre, *OWN)
    definition = "  - id: hyror\n    titel: Hyror\n    måttenhet: kronor\n    visas_som: staplar\n"
    append(centre / "bokslut.yaml", f"tabeller:\n{definition}")
    for folder in ("tabeller", "berattelse"):
        (centre / folder).mkdir()
    rows = "post;lika med;not;2021\nTorget;;;1200\nÄngen;;lokal;800\nSumma;Torget + Ängen;;\n"
    (centre / "tabeller/hyror.csv").write_text(rows, "utf-8")
    head = "---\ntitel: {}\ndel: lokaler\n{}---\n{}\n"
    (centre / "berattelse/hyror.md").write_text(
        head.format("Torget", "", "Hyran är {belopp hyror Torget}."), "utf-8"
    )
    (centre / "berattelse/not.md").write_text(
        head.format("Om Ängen", "not: lokal\n", "Vi hyr i andra hand."), "utf-8"
    )
    return centre


def test_a_part_of_ones_own_has_texts_a_table_a_chart_and_a_note(own: Path, tmp_path: Path) -> None:
    site = publish(own.parent, tmp_path / "output", with_pdf=True).folder / own.name
    page = soup(site / "lokaler.html")
    text = text_of(page)
    assert text.index("Var vi möts.") < text.index("Hyran är 1 200 kronor.") < text.index("Belopp i kronor")
    assert len(page.select(".span-line rect")) == 2
    assert page.find(id="not-lokaler-lokal") is not None
    printed = plain(pdf_text(site / "bokslut.pdf"))
    for said in ("Våra lokaler", "Hyran är 1 200 kronor.", "Torget 1 200", "Summa 2 000", "andra hand"):
        assert said in printed


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("tabeller: [hyror]", "tabeller: [hyra]"), "tabellen ”hyra” finns inte"),
        (("tabeller: [hyror]", "tabeller: [hyror, hyror]"), "tabellen ”hyror” står två gånger i innehållet"),
        (("titel: Våra lokaler", "titell: Våra lokaler"), "okänd nyckel ”titell”"),
    ],
)
def test_a_part_of_ones_own_that_is_wrong_is_told(own: Path, change: tuple[str, str], found: str) -> None:
    edit(own / "bokslut.yaml", *change)
    assert found in [found_in(problem) for problem in problems_in(own.parent)]


def test_a_part_of_ones_own_without_anything_is_told(centre: Path) -> None:
    write_contents(centre, *OWN[:-1])
    problem = only_problem_in(centre.parent)
    assert found_in(problem) == "delen ”Våra lokaler” har varken texter eller tabeller"


def test_a_note_that_is_not_there_is_told_at_the_row(year: Path) -> None:
    (year / "berattelse/not-2.md").unlink()
    problems = problems_in(year.parent)
    assert {found_in(one) for one in problems} == {"not 2 finns inte"}
    (row,) = [one for one in problems if one.place.file.endswith("resultatrakning.csv")]
    assert (row.place.line, row.place.column) == (2, "not")
    assert "Välj bland ”1”" in row.remedy


def test_two_notes_with_the_same_number_are_told(year: Path) -> None:
    edit(year / "berattelse/not-2.md", "not: 2", "not: 1")
    assert any(found_in(one).startswith("not 1 finns redan") for one in problems_in(year.parent))
