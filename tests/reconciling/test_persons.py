"""A row that counts persons: who is in two units is one in the association."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.model.places import Severity
from tests.reading.small import ASSOCIATION, small_report
from tests.support import edit, only_problem_in, problems_in, read

SETTINGS = f"""{ASSOCIATION}enheter: [{{id: a, namn: A}}, {{id: b, namn: B}}]
deltagarrader: [{{id: deltagare, namn: Deltagare, unika: ja}}]
"""
ROWS = "enhet;rad;kvinnor;män\na;deltagare;30;25\nb;deltagare;18;12\n"


def content(folder: Path, women: int | None) -> Path:
    indicator = "mått: andel, täljare: deltagare, nämnare: deltagare, krav: minst 1 %"
    rows = ROWS if women is None else f"{ROWS}forbundet;deltagare;{women};36\n"
    return small_report(folder, indicator, settings=SETTINGS, deltagare=rows)


@pytest.mark.parametrize("women", [30, 45, 48])
def test_the_association_has_as_many_as_its_largest_unit_and_no_more_than_all(
    tmp_path: Path, women: int
) -> None:
    (report,) = check(content(tmp_path, women)).reports
    people = report.tables.participants["forbundet", "deltagare"]
    assert people.women == women


@pytest.mark.parametrize(("women", "line"), [(29, 2), (49, 4)])
def test_other_numbers_are_errors(tmp_path: Path, women: int, line: int) -> None:
    problem = only_problem_in(content(tmp_path, women))
    assert problem.place.line == line
    assert "unika" not in problem.remedy


def test_a_row_that_may_count_persons_is_told_how_to_say_so(tmp_path: Path) -> None:
    folder = content(tmp_path, 45)
    edit(folder / "r/bokslut.yaml", ", unika: ja", "")
    assert all("”unika: ja”" in problem.remedy for problem in problems_in(folder))


def test_persons_are_not_added_up(tmp_path: Path) -> None:
    checked = check(content(tmp_path, None))
    assert ("forbundet", "deltagare") not in checked.reports[0].tables.participants
    told = [problem.found for problem in checked.warnings if problem.severity is Severity.WARNING]
    assert "raden ”deltagare” räknar personer, och antalet för hela organisationen saknas" in told


def test_persons_of_whom_nothing_is_given_are_not_missed(tmp_path: Path) -> None:
    folder = content(tmp_path, 45)
    edit(folder / "r/bokslut.yaml", "unika: ja}]", "unika: ja}, {id: nya, namn: Nya, unika: ja}]")
    assert not [problem for problem in check(folder).warnings if "räknar personer" in problem.found]


def test_what_counts_participations_needs_no_number_of_all(tmp_path: Path) -> None:
    folder = content(tmp_path, None)
    edit(folder / "r/bokslut.yaml", ", unika: ja", "")
    assert not [problem for problem in check(folder).warnings if "räknar personer" in problem.found]


def test_persons_of_a_single_unit_are_all(tmp_path: Path) -> None:
    folder = content(tmp_path, None)
    edit(folder / "r/utfall/deltagare.csv", "b;deltagare;18;12\n", "")
    assert not [problem for problem in check(folder).warnings if "räknar personer" in problem.found]


def test_persons_of_the_year_before_are_not_added_up_either(tmp_path: Path) -> None:
    values = "serie;plats;år;värde;måttenhet;källa\n"
    values += "".join(f"deltagare;{unit};2020;{number};personer;k\n" for unit, number in
                      (("a", 50), ("b", 40), ("forbundet", 70)))  # fmt: skip
    (content(tmp_path, 45) / "r/utfall/varden.csv").write_text(values, "utf-8")
    assert check(tmp_path).reports


def test_the_units_keep_their_own(tmp_path: Path) -> None:
    (report,) = read(content(tmp_path, 45))
    assert report.outcomes.participants["a", "deltagare"].total == 55


def test_participations_are_no_part_of_fewer_persons(tmp_path: Path) -> None:
    content(tmp_path, 45)
    settings, table = tmp_path / "r/bokslut.yaml", tmp_path / "r/utfall/deltagare.csv"
    edit(settings, "unika: ja}]", "unika: ja}, {id: nya, namn: Nya, andel_av: deltagare}]")
    edit(table, "b;deltagare", "a;nya;30;25\nb;nya;8;12\nb;deltagare")
    assert problems_in(tmp_path) == []
    edit(table, "b;nya;8;12", "b;nya;18;12")
    problem = only_problem_in(tmp_path)
    assert problem.found.startswith("nya är fler i summan av alla enheter än deltagare")
    assert problem.remedy.startswith("Skriv ”unika: ja” även vid raden ”nya”")
    edit(settings, "andel_av: deltagare}", "andel_av: deltagare, unika: ja}")
    assert problems_in(tmp_path) == []


def test_persons_of_the_units_that_are_known_may_be_more_than_all(tmp_path: Path) -> None:
    """Some are in two units, and the number of the third is masked by its source."""
    folder = content(tmp_path, 45)
    edit(folder / "r/bokslut.yaml", "namn: B}]", "namn: B}, {id: c, namn: C}]")
    edit(folder / "r/bokslut.yaml", "unika: ja}]", "unika: ja}, {id: nya, namn: Nya}]")
    edit(folder / "r/utfall/deltagare.csv", "b;deltagare", "c;deltagare;..;..\nc;nya;5;5\nb;deltagare")
    assert problems_in(folder) == []


BACKGROUND = """enhet;tabell;kategori;kvinnor;män
forbundet;{0};alla;{1};36
a;{0};alla;30;25
b;{0};alla;18;12
"""


@pytest.mark.parametrize(("women", "line"), [(45, None), (29, 3), (49, 2)])
@pytest.mark.parametrize("table", ["ålder", "utbildning"])
def test_a_table_of_persons_counts_nobody_twice(
    tmp_path: Path, table: str, women: int, line: int | None
) -> None:
    """Also one that is declared to be of the same persons as another table."""
    folder = content(tmp_path, women)
    (folder / "r/utfall/bakgrund.csv").write_text(BACKGROUND.format(table, women), "utf-8")
    with (folder / "r/bokslut.yaml").open("a", encoding="utf-8") as settings:
        settings.write("bakgrundstabeller: [{id: ålder, titel: Ålder, lika_med: deltagare},")
        settings.write(" {id: utbildning, titel: Utbildning, lika_med: ålder}]\n")
    told = [one.place.line for one in problems_in(folder) if one.place.file.endswith("bakgrund.csv")]
    assert told == ([] if line is None else [line])
