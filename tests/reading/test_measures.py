"""What is told of measures whose scale, amounts or units do not fit, in files as they are written."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.build import check
from generator.pages.wording import note_text, target_text
from tests.reading.small import ASSOCIATION, small_report
from tests.support import append, edit, only_problem_in, problems_in, warnings_in
from tests.workbooks import by_openpyxl

SURVEY = """
svarsgrupper: [{id: alla, namn: Alla}]
skalor: [{id: grad, namn: Grad, svar: [%s]%s}]
frågor: [{id: stöd, text: Stöd, skala: grad}]
"""
SETTINGS = f"""{ASSOCIATION}deltagarrader: [{{id: deltagare, namn: Deltagare}}]
tabeller: [{{id: kostnad, titel: Kostnad, måttenhet: tkr}}]
"""
MEAN = "mått: medelvärde, grupp: alla, fråga: stöd, krav: minst 2"
COST = "mått: kvot, belopp: {tabell: kostnad, kolumn: utfall}, nämnare: deltagare, krav: högst 90 kronor"


def with_scale(content: Path, answers: str, more: str = "", told: str = "") -> Path:
    counted = "grupp;fråga;kön;svar;antal\n" + (told or f"alla;stöd;alla;{answers.partition(',')[0]};4\n")
    small_report(content, MEAN, enkat=counted)
    (content / "r/enkat.yaml").write_text(SURVEY % (answers, more), "utf-8")
    return content


AMOUNTS = "post;utfall\nFörbundet;0,85\n"


def with_amounts(content: Path, indicator: str, amounts: str = AMOUNTS, columns: str = "") -> Path:
    settings = SETTINGS.replace("måttenhet: tkr", f"måttenhet: tkr, kolumner: [{columns}]")
    people = "enhet;rad;kvinnor;män\nförbundet;deltagare;6;4\n"
    small_report(content, indicator, settings=settings, deltagare=people)
    (content / "r/tabeller").mkdir()
    (content / "r/tabeller/kostnad.csv").write_text(amounts, "utf-8")
    return content


def outcome_in(content: Path) -> str:
    (result,) = check(content).reports[0].association.results
    return f"{result.outcome.value} {result.outcome.unit}".strip()


def test_answers_that_are_numbers_need_no_others(tmp_path: Path) -> None:
    assert outcome_in(with_scale(tmp_path, "3, 2, 1")) == "3"


@pytest.mark.parametrize(
    ("answers", "more", "told", "found"),
    [
        ("Ja, Nej", "", "", "är inga tal"),
        ("Ja, Nej", ", tal: [1]", "", "har 2 svar, men 1 olika tal"),
        ("Ja, Nej", ", tal: [1, 1]", "", "har 2 svar, men 1 olika tal"),
        ("Ja, Nej", ", tal: [1, 101]", "", "utanför 0–100"),
        ("Ja, Nej", ", tal: [1, 2]", "alla;stöd;alla;Ja + Nej;4\n", "hopräknade"),
    ],
)
def test_a_scale_has_a_number_for_each_answer(
    answers: str, more: str, told: str, found: str, tmp_path: Path
) -> None:
    assert found in only_problem_in(with_scale(tmp_path, answers, more, told)).found


def test_numbers_that_answers_begin_with_are_proposed_as_they_stand(tmp_path: Path) -> None:
    told = only_problem_in(with_scale(tmp_path, "1 (dåligt), 2, 3 (bra)")).remedy
    assert told.endswith("”tal: [1, 2, 3]”.")


def test_a_target_can_be_reached_on_the_scale(tmp_path: Path) -> None:
    content = with_scale(tmp_path, "3, 2, 1")
    edit(content / "r/budget.yaml", "krav: minst 2", "krav: minst 4")
    assert only_problem_in(content).found == "kravet ”minst 4” ligger utanför skalans tal, 1–3"


def test_a_cost_booked_with_a_minus_is_told(tmp_path: Path) -> None:
    """It is less than any target of at most something."""
    content = with_amounts(tmp_path, COST)
    edit(content / "r/tabeller/kostnad.csv", "0,85", "-0,85")
    assert any("nås alltid" in warning.found for warning in warnings_in(content))


def test_a_cost_that_is_not_known_is_not_told_of(tmp_path: Path) -> None:
    content = with_amounts(tmp_path, COST)
    edit(content / "r/tabeller/kostnad.csv", "0,85", "")
    assert not any("nås alltid" in warning.found for warning in warnings_in(content))


def test_what_is_no_amount_may_be_less_than_nothing(tmp_path: Path) -> None:
    """A fall is what such a target asks for."""
    values = "serie;plats;år;värde;måttenhet;källa\n1.1.1;forbundet;2021;-3;st;k\n"
    small_report(tmp_path, "mått: värde, krav: högst 5 st", settings=ASSOCIATION, varden=values)
    assert not any("nås alltid" in warning.found for warning in warnings_in(tmp_path))


def test_a_sum_that_does_not_say_of_what_is_told(tmp_path: Path) -> None:
    content = with_amounts(tmp_path, COST)
    append(content / "r/tabeller/kostnad.csv", "Summa kostnader;0,85\n")
    assert any("posten ”Summa kostnader” stäms inte av" in told.found for told in warnings_in(content))


IN_KRONOR = "{namn: utfall, måttenhet: kronor}"


@pytest.mark.parametrize(
    ("amounts", "columns"),
    [
        (AMOUNTS, ""),
        ("post;måttenhet;utfall\nFörbundet;kronor;850\n", ""),
        ("post;utfall\nFörbundet;850\n", IN_KRONOR),
    ],
    ids=["of its table", "of its row", "of its column"],
)
def test_an_amount_is_counted_from_its_own_unit_to_that_of_the_target(
    amounts: str, columns: str, tmp_path: Path
) -> None:
    assert outcome_in(with_amounts(tmp_path, COST, amounts, columns)) == "85 kronor"


def test_without_a_column_an_amount_is_of_the_reports_year(tmp_path: Path) -> None:
    of_years = "post;2020;2021\nFörbundet;4;0,85\n"
    assert outcome_in(with_amounts(tmp_path, COST.replace(", kolumn: utfall", ""), of_years)) == "85 kronor"


def test_without_a_column_of_the_year_it_is_told_which_one_counts(tmp_path: Path) -> None:
    content = with_amounts(
        tmp_path, COST.replace(", kolumn: utfall", ""), "post;budget;utfall\nFörbundet;1;2\n"
    )
    assert any(told.found.endswith("kvoten räknas på ”budget”") for told in warnings_in(content))


def test_money_by_person_is_no_percentage(tmp_path: Path) -> None:
    content = with_amounts(tmp_path, COST.replace("högst 90 kronor", "högst 90 %"))
    assert only_problem_in(content).found == "beloppen är i tkr, men kravet är ”högst 90 %”"


def test_amounts_in_different_units_are_divided_in_the_same(tmp_path: Path) -> None:
    share = "mått: kvot, belopp: {tabell: kostnad, kolumn: utfall}, krav: högst 90 %"
    share += ", delat_med: {tabell: kostnad, kolumn: budget}"
    amounts = "post;utfall;budget\nFörbundet;850;2\n"
    assert outcome_in(with_amounts(tmp_path, share, amounts, IN_KRONOR)).split()[0] == "17/40"


@pytest.mark.parametrize(("target", "value"), [("minst 2", "17/40"), ("minst 100 kronor per tkr", "425 k")])
def test_money_is_divided_by_money_of_one_unit_unless_the_target_names_another(
    target: str, value: str, tmp_path: Path
) -> None:
    times = f"mått: kvot, belopp: {{tabell: kostnad, kolumn: utfall}}, krav: {target}"
    times += ", delat_med: {tabell: kostnad, kolumn: budget}"
    amounts = "post;utfall;budget\nFörbundet;850;2\n"
    assert outcome_in(with_amounts(tmp_path, times, amounts, IN_KRONOR)).startswith(value)


@pytest.mark.parametrize(
    ("target", "is_told"), [("högst 90", True), ("högst 90 tkr", False), ("inte satt", False)]
)
def test_thousands_are_not_set_against_what_may_be_kronor(target: str, is_told: bool, tmp_path: Path) -> None:
    cost = COST.replace("högst 90 kronor", target)
    found = [problem.found for problem in problems_in(with_amounts(tmp_path, cost, AMOUNTS))]
    assert found == ["beloppen är i tkr, men kravet är ”högst 90”"] * is_told


@pytest.mark.parametrize(
    ("target", "unit", "is_told"),
    [
        ("högst 90", "tkr", True),
        ("högst 90 tkr", "", True),
        ("högst 90", "kronor", False),
        ("högst 90 tkr", "tkr", False),
        ("inte satt", "tkr", False),
    ],
)
def test_so_is_a_value(target: str, unit: str, is_told: bool, tmp_path: Path) -> None:
    value = f"serie;år;värde;måttenhet;källa\n1.1.1;2021;12;{unit};boken\n"
    small = small_report(tmp_path, f"mått: värde, krav: {target}", varden=value)
    assert len(problems_in(small)) == is_told


def test_a_sum_of_amounts_in_several_units_cannot_be_compared(tmp_path: Path) -> None:
    amounts = "post;grupp;måttenhet;utfall\nHyra;Förbundet;kronor;850\nLön;Förbundet;;2\n"
    (problem,) = problems_in(with_amounts(tmp_path, COST, amounts))
    assert problem.found == "beloppen är i olika måttenheter, men kravet är ”högst 90 kronor”"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("tabell: kostnad", "tabell: kost", "tabellen ”kost” finns inte"),
        ("kolumn: utfall", "kolumn: utfal", "kolumnen ”utfal” finns inte"),
        ("kolumn: utfall", "post: Norr", "posten ”Norr” finns inte"),
        ("90 kronor", "90 timmar", "beloppen är i tkr, men kravet är ”högst 90 timmar”"),
        (", nämnare: deltagare", "", "behöver veta vad beloppet delas med"),
    ],
)
def test_a_quotient_names_an_amount_that_can_be_compared(
    old: str, new: str, found: str, tmp_path: Path
) -> None:
    assert any(
        found in problem.found for problem in problems_in(with_amounts(tmp_path, COST.replace(old, new)))
    )


@pytest.mark.parametrize(("target", "is_sound"), [("minst 100 %", True), ("minst 90 %", False)])
def test_percent_of_a_plan_may_be_more_than_all(target: str, is_sound: bool, tmp_path: Path) -> None:
    values = "serie;år;värde;måttenhet;källa\n1.1.1;2021;113;%;SUS\n"
    small_report(tmp_path, f"mått: värde, krav: {target}", varden=values)
    assert (problems_in(tmp_path) == []) is is_sound


# References

REFERENCES = "indikator;jämförelse;värde;måttenhet;källa;datum\n1.1.1;Riket;37,5;%;Kolada;2021-05-01\n"


@pytest.mark.parametrize(("target", "signal"), [("minst riket", "rod"), ("högst riket", "gron")])
def test_a_target_may_be_what_others_had(target: str, signal: str, tmp_path: Path) -> None:
    values = "serie;år;värde;måttenhet;källa\n1.1.1;2021;30;%;SUS\n"
    small_report(tmp_path, f"mått: värde, krav: {target}", varden=values, jamforelsetal=REFERENCES)
    report = check(tmp_path).reports[0]
    (result,) = report.association.results
    assert result.signal == signal
    assert target_text(result.indicator).replace("\xa0", " ") == f"{target} (37,5 %)"
    assert note_text(result).replace("\xa0", " ").endswith("Riket: 37,5 % (Kolada, 2021-05-01).")


def test_a_day_of_a_reference_is_what_a_spreadsheet_makes_of_it(tmp_path: Path) -> None:
    small_report(tmp_path, "mått: värde, krav: minst riket")
    head, row = (line.split(";") for line in REFERENCES.splitlines())
    day = datetime.datetime.fromisoformat(row.pop())
    by_openpyxl(tmp_path / "r/utfall/jamforelsetal.xlsx", {"Blad1": [head, [*row, day]]})
    (result,) = check(tmp_path).reports[0].association.results
    assert [reference.date for reference in result.references] == ["2021-05-01"]


@pytest.mark.parametrize(
    ("target", "signal"), [("minst förra året", "gron"), ("minst snittet av tre år", "orange")]
)
def test_a_target_may_be_ones_own_earlier_years(target: str, signal: str, tmp_path: Path) -> None:
    """30 after 28, 31 and 37 percent, whose mean is 32."""
    earlier = "".join(
        f"1.1.1;{year};{value};%;SUS\n" for year, value in ((2021, 30), (2020, 28), (2019, 31), (2018, 37))
    )
    small_report(
        tmp_path, f"mått: värde, krav: {target}", varden=f"serie;år;värde;måttenhet;källa\n{earlier}"
    )
    assert next(check(tmp_path).reports[0].association.results).signal == signal


def test_without_the_year_before_there_is_no_signal(tmp_path: Path) -> None:
    values = "serie;år;värde;måttenhet;källa\n1.1.1;2021;30;%;SUS\n"
    small_report(tmp_path, "mått: värde, krav: minst förra året", varden=values)
    assert next(check(tmp_path).reports[0].association.results).reason == "talet att jämföra med saknas"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [("Riket", "Länet", "inget känt jämförelsetal"), ("37,5;%", "37,5;dagar", "värdet är i dagar")],
)
def test_a_reference_is_there_in_the_unit_of_what_it_is_beside(
    old: str, new: str, found: str, tmp_path: Path
) -> None:
    references = REFERENCES.replace(old, new)
    indicator = "mått: andel, täljare: a, nämnare: a, krav: minst riket"
    rows = f"{ASSOCIATION}deltagarrader: [{{id: a, namn: A}}]\n"
    small_report(tmp_path, indicator, settings=rows, jamforelsetal=references)
    assert any(found in problem.found for problem in problems_in(tmp_path))
