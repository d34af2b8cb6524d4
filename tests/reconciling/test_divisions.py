"""The whole divided in two ways: by what is done, and by municipality."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.model.shown import Hidden, ShownReport
from tests.reading.small import ASSOCIATION, small_report
from tests.support import edit, only_problem_in, problems_in

UNITS = """enheter:
  - {id: stegen, namn: Stegen, indelning: insats}
  - {id: bron, namn: Bron, indelning: insats}
  - {id: umea, namn: Umeå, indelning: kommun}
  - {id: vannas, namn: Vännäs, indelning: kommun}
deltagarrader: [{id: deltagare, namn: Deltagare}, {id: avslut, namn: Avslut}]
bakgrundstabeller: [{id: alder, titel: Ålder}]
"""
ROWS = """enhet;rad;kvinnor;män
Stegen;deltagare;30;25
Bron;deltagare;18;12
Umeå;deltagare;40;30
Vännäs;deltagare;8;7
Stegen;avslut;20;15
Bron;avslut;10;9
Umeå;avslut;24;21
Vännäs;avslut;6;3
"""
BACKGROUND = """enhet;tabell;kategori;kvinnor;män
förbundet;alder;unga;28;20
förbundet;alder;äldre;20;17
Umeå;alder;unga;25;18
Umeå;alder;äldre;15;12
Vännäs;alder;unga;3;2
Vännäs;alder;äldre;5;5
"""
SURVEY = """svarsgrupper: [{id: deltagare, namn: Deltagare}]
skalor: [{id: ja, namn: Ja, svar: [Ja, Nej]}]
frågor: [{id: stöd, text: Fick du stöd?, skala: ja}]
"""
ANSWERS = "enhet;grupp;fråga;kön;svar;antal\n" + "".join(
    f"{unit};deltagare;stöd;alla;Ja;{yes}\n{unit};deltagare;stöd;alla;Nej;{no}\n"
    for unit, yes, no in (("Stegen", 20, 10), ("Bron", 15, 5), ("Umeå", 30, 12), ("Vännäs", 5, 3))
)
SHARE = "mått: andel, täljare: avslut, nämnare: deltagare, krav: minst 50 %"
ANSWER = "mått: andel svar, grupp: deltagare, fråga: stöd, svar: Ja, krav: minst 50 %"


def content(folder: Path, *, rows: str = ROWS, answers: str = ANSWERS) -> Path:
    small_report(
        folder,
        SHARE,
        ANSWER,
        settings=ASSOCIATION + UNITS,
        deltagare=rows,
        bakgrund=BACKGROUND,
        enkat=answers,
    )
    (folder / "r/enkat.yaml").write_text(SURVEY, "utf-8")
    return folder


def report_in(folder: Path) -> ShownReport:
    (report,) = check(folder).reports
    return report


def test_the_whole_is_counted_once_and_each_division_has_its_indicators(tmp_path: Path) -> None:
    report = report_in(content(tmp_path))
    share, answer = report.association.results
    assert (share.outcome.numerator, share.outcome.denominator) == (54, 85)
    assert (answer.outcome.numerator, answer.outcome.denominator) == (35, 50)
    measured = {unit.unit.id: next(unit.results).outcome.denominator for unit in report.units}
    assert measured == {"stegen": 55, "bron": 30, "umea": 70, "vannas": 15}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Umeå;deltagare;40", "Umeå;deltagare;41", "summan av indelningen ”kommun”"),
        ("Vännäs;avslut;6;3", "Vännäs;avslut;6;4", "summan av indelningen ”kommun”"),
    ],
)
def test_the_sums_of_both_divisions_are_compared(old: str, new: str, told: str, tmp_path: Path) -> None:
    problem = only_problem_in(content(tmp_path, rows=ROWS.replace(old, new)))
    assert told in problem.found


@pytest.mark.parametrize(("women", "is_told"), [(30, False), (41, True)])
def test_who_is_counted_in_another_division_is_one_of_all(
    women: int, *, is_told: bool, tmp_path: Path
) -> None:
    """30 + 25 and 18 + 12 may be 45 persons, but not of 41 in Umeå if they are 40 in all."""
    rows = ROWS.replace("Umeå;deltagare;40", f"Umeå;deltagare;{women}")
    folder = content(tmp_path, rows=rows + "förbundet;deltagare;38;34\n")
    edit(
        folder / "r/bokslut.yaml",
        "{id: deltagare, namn: Deltagare}",
        "{id: deltagare, namn: Deltagare, unika: ja}",
    )
    found = [problem.found for problem in problems_in(folder)]
    assert found == (
        ["Umeå: deltagare (kvinnor) är 41, men får inte vara fler än Förbundet: deltagare, 38"]
        if is_told
        else []
    )


def test_the_answers_of_both_divisions_are_compared(tmp_path: Path) -> None:
    given = "förbundet;deltagare;stöd;alla;Ja;35\nförbundet;deltagare;stöd;alla;Nej;15\n"
    folder = content(tmp_path, answers=ANSWERS + given)
    assert not report_in(folder).reconciliation.identities[0].explanation
    edit(folder / "r/utfall/enkat.csv", "Vännäs;deltagare;stöd;alla;Ja;5", "Vännäs;deltagare;stöd;alla;Ja;6")
    assert "35" in only_problem_in(folder).found


def test_what_is_hidden_in_one_division_cannot_be_added_up_in_the_other(tmp_path: Path) -> None:
    """3 men of Vännäs follow from the sum of the others, however these are divided."""
    folder = content(tmp_path)
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    participants = report_in(folder).tables.participants
    hidden = {unit for (unit, row), people in participants.items() if isinstance(people.men, Hidden)}
    assert "vannas" in hidden
    assert "umea" in hidden or "forbundet" in hidden
    if "forbundet" in hidden:
        assert hidden & {"stegen", "bron"}


def test_every_unit_is_of_a_division_or_none_is(tmp_path: Path) -> None:
    folder = content(tmp_path)
    edit(folder / "r/bokslut.yaml", "namn: Vännäs, indelning: kommun", "namn: Vännäs")
    assert only_problem_in(folder).found == "alla enheter har inte en indelning"


def test_no_more_have_answered_in_all_units_than_were_asked(tmp_path: Path) -> None:
    edit(content(tmp_path) / "r/enkat.yaml", "namn: Deltagare}", "namn: Deltagare, tillfrågade: 49}")
    assert "är 50, men får inte vara fler än de tillfrågade, 49" in only_problem_in(tmp_path).found
