"""Targets that are set against the organisation's own earlier years, as its reports on the site show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.model.results import IndicatorResult
from generator.pages.wording import note_text, target_text
from tests.reading.small import ASSOCIATION, GOAL, SETTINGS, SITE, small_report
from tests.support import edit, only_problem_in, problems_in, publish, results_in, warnings_in

SHARE = "mått: andel, täljare: positiva, nämnare: avslut"
ROWS = "deltagarrader: [{id: avslut, namn: Avslut}, {id: positiva, namn: Positiva}]\n"


def write(content: Path, year: int, positive: int, target: str) -> None:
    """A report of a year in which so many of 40 exits were positive."""
    folder = content / f"{year}-prov"
    (folder / "utfall").mkdir(parents=True)
    settings = SETTINGS.replace("2021", str(year)).replace("2022-03-25", f"{year + 1}-03-25")
    settings = settings.replace("Prov", f"Bokslut {year}")
    (folder / "bokslut.yaml").write_text(settings + ASSOCIATION + ROWS, "utf-8")
    indicator = f"{{id: '0.1', text: Prov, {SHARE}, krav: {target}}}"
    (folder / "budget.yaml").write_text(GOAL % f"[{indicator}]", "utf-8")
    rows = f"enhet;rad;kvinnor;män\nforbundet;avslut;20;20\nforbundet;positiva;{positive // 2};"
    rows += f"{positive - positive // 2}\n"
    (folder / "utfall/deltagare.csv").write_text(rows, "utf-8")


def three_years(content: Path, target: str, *positive: int) -> IndicatorResult:
    """The last year's result."""
    content.mkdir(exist_ok=True)
    (content / "webbplats.yaml").write_text(SITE.replace("framsida: r", "framsida: 2023-prov"), "utf-8")
    years = range(2024 - len(positive), 2024)
    for year, number in zip(years, positive, strict=True):
        write(content, year, number, target if year == 2023 else "minst 50 %")
    return last(content)


def last(content: Path) -> IndicatorResult:
    (report,) = (each for each in check(content).reports if each.report.id == "2023-prov")
    return next(report.association.results)


@pytest.mark.parametrize(
    ("target", "positive", "signal"),
    [
        ("ökning över tre år", (20, 30, 21), "gron"),
        ("ökning över tre år", (20, 30, 20), "orange"),
        ("minskning över tre år", (20, 10, 21), "orange"),
        ("minskning över tre år", (30, 10, 21), "gron"),
        ("minst förra året", (20, 30, 30), "gron"),
        ("högst förra året", (20, 10, 30), "rod"),
        ("mer än förra året", (20, 30, 30), "orange"),
        ("mindre än snittet av tre år", (12, 20, 25, 18), "gron"),
        ("minst snittet av tre år", (12, 20, 25, 19), "gron"),
        ("minst snittet av tre år", (12, 20, 25, 18), "orange"),
    ],
)
def test_earlier_years_come_from_their_reports(
    target: str, positive: tuple[int, ...], signal: str, tmp_path: Path
) -> None:
    assert three_years(tmp_path, target, *positive).signal == signal


def test_each_year_that_is_compared_with_is_told_with_its_report(tmp_path: Path) -> None:
    result = three_years(tmp_path, "ökning över tre år", 20, 30, 21)
    assert target_text(result.indicator).replace("\xa0", " ") == "ökning över tre år (från 50 %)"
    assert note_text(result).replace("\xa0", " ") == "2022: 75 % (Bokslut 2022). 2021: 50 % (Bokslut 2021)."


def test_without_a_report_of_the_year_there_is_no_signal(tmp_path: Path) -> None:
    assert three_years(tmp_path, "ökning över tre år", 30, 21).reason == "talet att jämföra med saknas"


def test_where_a_year_lacks_the_others_are_not_told_as_unused(tmp_path: Path) -> None:
    """The rows of last year's report would be told to be taken away."""
    three_years(tmp_path, "ökning över tre år", 30, 21)
    assert not any("används inte" in warning.found for warning in warnings_in(tmp_path))


def test_what_is_entered_does_where_no_report_lies(tmp_path: Path) -> None:
    three_years(tmp_path, "ökning över tre år", 30, 21)
    values = "serie;plats;år;värde;måttenhet;källa\n0.1;forbundet;2021;50;%;budgeten\n"
    (tmp_path / "2023-prov/utfall/varden.csv").write_text(values, "utf-8")
    assert last(tmp_path).signal == "gron"


def test_what_is_entered_does_where_the_report_has_no_outcome(tmp_path: Path) -> None:
    three_years(tmp_path, "minst förra året", 30, 21)
    edit(tmp_path / "2022-prov/utfall/deltagare.csv", "forbundet;positiva;15;15\n", "")
    values = "serie;plats;år;värde;måttenhet;källa\n0.1;forbundet;2022;50;%;budgeten\n"
    (tmp_path / "2023-prov/utfall/varden.csv").write_text(values, "utf-8")
    assert last(tmp_path).signal == "gron"


def test_what_is_entered_and_differs_from_the_report_is_told_and_not_used(tmp_path: Path) -> None:
    three_years(tmp_path, "minst förra året", 30, 21)
    values = "serie;plats;år;värde;måttenhet;källa\n0.1;forbundet;2022;50;%;budgeten\n"
    (tmp_path / "2023-prov/utfall/varden.csv").write_text(values, "utf-8")
    (warning,) = (each for each in warnings_in(tmp_path) if "2022" in each.found)
    assert warning.found.replace("\xa0", " ") == "utfallet för 2022 är 75 % i Bokslut 2022, och det används"
    assert last(tmp_path).signal == "rod"


def test_an_outcome_that_is_hidden_in_its_year_is_not_compared_with(tmp_path: Path) -> None:
    three_years(tmp_path, "minst förra året", 4, 21)
    edit(tmp_path / "2022-prov/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    assert last(tmp_path).reason == "talet att jämföra med saknas"
    values = "serie;plats;år;värde;måttenhet;källa\n0.1;forbundet;2022;10;%;budgeten\n"
    (tmp_path / "2023-prov/utfall/varden.csv").write_text(values, "utf-8")
    (problem,) = problems_in(tmp_path)
    assert problem.found == "utfallet för 2022 är dolt i det årets rapport, för att inte röja någon"


def test_an_indicator_is_followed_by_what_it_was_called(tmp_path: Path) -> None:
    three_years(tmp_path, "minst 50 %", 20, 30, 21)
    edit(tmp_path / "2023-prov/budget.yaml", "id: '0.1'", "id: '3.7', motsvarar: '0.1'")
    edit(tmp_path / "2023-prov/budget.yaml", "minst 50 %", "minst förra året")
    assert [value.name for value in last(tmp_path).references] == ["2022"]


def test_what_was_measured_in_another_way_is_not_compared_with(tmp_path: Path) -> None:
    three_years(tmp_path, "minst förra året", 30, 21)
    edit(tmp_path / "2022-prov/budget.yaml", "täljare: positiva", "täljare: avslut")
    assert last(tmp_path).reason == "talet att jämföra med saknas"


def test_a_definition_that_changed_before_the_year_does_not_matter(tmp_path: Path) -> None:
    three_years(tmp_path, "minst förra året", 20, 30, 21)
    edit(tmp_path / "2021-prov/budget.yaml", "täljare: positiva", "täljare: avslut")
    assert [value.name for value in last(tmp_path).references] == ["2022"]


def test_pages_are_made_anew_when_the_earlier_year_is_corrected(tmp_path: Path) -> None:
    three_years(tmp_path / "content", "minst förra året", 30, 21)
    publish(tmp_path / "content", tmp_path / "output")
    edit(tmp_path / "content/2022-prov/utfall/deltagare.csv", "positiva;15;15", "positiva;10;10")
    assert "2023-prov" in publish(tmp_path / "content", tmp_path / "output").rendered
    assert results_in(tmp_path / "output", "2023-prov")["indikatorer"][0]["signal"] == "gron"


def test_a_year_before_in_another_unit_is_not_compared_with(tmp_path: Path) -> None:
    values = "serie;plats;år;värde;måttenhet;källa\n1.1.1;;2021;20;dagar;x\n1.1.1;;2020;1;månader;x\n"
    small_report(tmp_path, "mått: värde, krav: högst förra året", varden=values)
    assert only_problem_in(tmp_path).found == "utfallet är i dagar, men ”2020” är i månader"


def test_what_is_not_measured_has_no_unit_to_be_another(tmp_path: Path) -> None:
    values = "serie;plats;år;värde;måttenhet;källa\n1.1.1;;2020;1;månader;x\n"
    small_report(tmp_path, "mått: värde, krav: högst förra året", varden=values)
    assert problems_in(tmp_path) == []
