"""The plan before the year: no outcomes, last year's beside the targets, and what follows it up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import check
from generator.cli import main
from generator.model.plan_results import Planned, Verdict
from generator.model.report import Report
from generator.model.settings import Rules
from generator.pages.plan import changes_told
from generator.scoring import changes_since
from tests.printed import pdf_text
from tests.reading.small import ASSOCIATION, small_report
from tests.sharing import Shared
from tests.support import (
    a_goal,
    a_report,
    append,
    copy_of,
    edit,
    only_problem_in,
    page_of,
    plain,
    publish,
    results_in,
    soup,
    table_rows,
    text_of,
    write_contents,
)

SETTINGS = f"{ASSOCIATION}deltagarrader: [{{id: deltagare, namn: Deltagare}}, {{id: arbete, namn: Arbete}}]\n"
SHARE = "mått: andel, täljare: arbete, nämnare: deltagare, krav: minst 50 %, vikt: 6"
BALANCE = "mått: könsfördelning, rad: arbete, krav: 40–60 %, vikt: 4"
PEOPLE = "enhet;rad;kvinnor;män\nförbundet;deltagare;60;40\nförbundet;arbete;30;%s\n"
GOALS = """\
titel: Planens mål
betygsskala: [Inte alls, Till viss del, Helt]
mål:
  - id: 1
    text: Fler i arbete
    styrelsen_väger_in: [Utfallet, Beskrivningen]
    regel:
      indikatorer: [1.1.1]
      beskrivningar: [Vägen till arbete]
  - id: 2
    text: Alla lär sig
    regel:
      aktiviteter: genomförda och utvärderade
aktiviteter:
  - {id: A1, text: Lärträff, mål: 2, när: våren, ansvarig: kansliet}
  - {id: A2, text: Presentation}
kalender:
  - {datum: 2022-03, vad: Samråd}
  - {datum: 2022-01-25, vad: Möte, tid: 08.30–12.00, vilka: Styrelsen, plats: Umeå, innehåll: [Budget, Plan]}
"""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return plain(result.output)


def write_plan(content: Path, men_to_work: int = 24) -> Path:
    """The report of 2021 and the plan for 2022, which has another number for the share."""
    small_report(content, SHARE, BALANCE, settings=SETTINGS, deltagare=PEOPLE % men_to_work)
    plan = content / "p"
    plan.mkdir()
    settings = (content / "r/bokslut.yaml").read_text("utf-8").replace("2021", "2022")
    settings = settings.replace("titel: Prov", "titel: Plan 2022").replace("2022-03-25", "2021-12-01")
    (plan / "bokslut.yaml").write_text(f"{settings}typ: plan\njämförs_med: r\n", "utf-8")
    budget = (content / "r/budget.yaml").read_text("utf-8")
    (plan / "budget.yaml").write_text(budget.replace("minst 50 %", "minst 60 %"), "utf-8")
    (plan / "verksamhetsplan.yaml").write_text(GOALS, "utf-8")
    return content


@pytest.fixture(scope="session")
def plans(shared: Shared) -> Path:
    """The plan with the report before it and the one that follows it up, as they are published."""

    def make(folder: Path) -> None:
        content = write_plan(folder / "content")
        run("ny", "u", "--från", "p", "--innehåll", str(content))
        edit(content / "u/budget.yaml", "vikt: 4", "vikt: 5")
        edit(content / "u/verksamhetsplan.yaml", "Presentation}", "Presentation, status: utgår}")
        publish(content, folder / "output")

    return shared.folder("plans", make)


def test_a_plan_has_no_outcomes_and_no_index_but_what_can_be_earned(plans: Path) -> None:
    results = results_in(plans / "output", "p")
    assert results["rapport"]["typ"] == "plan"
    assert (results["index"]["index"], results["index"]["antal"]) == (None, 2)
    assert [(one["signal"], one["orsak"], one["vikt"]) for one in results["indikatorer"]] == [
        (None, "mäts efteråt", 6),
        (None, "mäts efteråt", 4),
    ]
    overview = text_of(soup(plans / "output/p/index.html"))
    assert "Det här vill vi nå 2022" in overview
    assert "Två indikatorer mäts efteråt och är tillsammans värda 10 poäng." in overview


def test_last_years_outcome_stands_beside_each_target(plans: Path) -> None:
    page = soup(plans / "output/p/omrade-1.html")
    (table,) = page.select("table")
    share, balance = table_rows(table)
    assert share["Krav"] == "minst 60 %"
    assert share["Utfall 2021"] == "54 % 54 av 100"
    assert (balance["Utfall 2021"][:4], balance["Vikt"]) == ("56 %", "4")
    assert "Signal" not in share


def test_what_last_year_hid_is_hidden_in_the_plan(tmp_path: Path) -> None:
    """Though nothing is hidden in the plan itself."""
    content = write_plan(tmp_path / "content", men_to_work=2)
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    site = publish(content, tmp_path / "site").folder / "p"
    rows = table_rows(soup(site / "omrade-1.html").select("table")[0])
    assert rows[1]["Utfall 2021"].startswith("..")


def test_no_goal_is_missed_before_its_time(plans: Path) -> None:
    page = soup(plans / "output/p/strategiska-mal.html")
    first, second = table_rows(page.select("table.goals")[0])
    rule = "Indikator 1.1.1 ska nå sitt krav. Beskrivningen ”Vägen till arbete” ska finnas."
    assert first["Uppfyllt när"].startswith(rule)
    assert first["Vad styrelsen väger in"] == "Utfallet Beskrivningen"
    assert second["Uppfyllt när"].startswith("Målets aktiviteter ska vara genomförda och utvärderade.")
    assert "Två mål, som följs upp efter året." in text_of(page)
    assert "nte uppfylld" not in text_of(page)


def test_activities_tell_when_and_by_whom_also_those_of_no_goal(plans: Path) -> None:
    (table,) = soup(plans / "output/p/strategiska-mal.html").select("table.activities")
    assert [text_of(row) for row in table.select(".goal-row")] == ["Mål 2", "Hör inte till något mål"]
    assert [(row["När"], row["Ansvarig"]) for row in table_rows(table)] == [("Våren", "Kansliet"), ("–", "–")]


def test_a_meeting_has_time_place_and_participants_and_may_lack_a_day(plans: Path) -> None:
    first, second = soup(plans / "output/p/strategiska-mal.html").select(".calendar-day")
    assert text_of(first) == "25 januari 2022 08.30–12.00 Möte Styrelsen. Umeå Budget Plan"
    assert text_of(second) == "mars 2022 Samråd"
    assert second.select("time")[0]["datetime"] == "2022-03"


def test_the_site_tells_plans_from_results(plans: Path) -> None:
    site = plans / "output"
    archive = text_of(soup(site / "arkiv.html"))
    assert "Plan 2022: Plan" in archive
    assert not (site / "over-aren-forbundet.html").exists() or "Plan 2022" not in text_of(
        soup(site / "over-aren-forbundet.html").select("main")[0]
    )
    assert "Om planen" in text_of(soup(site / "p/metod.html"))
    assert "Om bokslutet" in text_of(soup(site / "u/metod.html"))


def test_a_plan_is_printed(tmp_path: Path) -> None:
    content = write_plan(tmp_path / "content")
    write_contents(content / "r", "- översikt")
    publish(content, tmp_path / "output", with_pdf=True)
    printed = plain(pdf_text(tmp_path / "output/p/bokslut.pdf"))
    assert "Planen visar vad som ska uppnås." in printed
    assert "Utfall 2021" in printed


def test_the_report_after_the_year_names_its_plan_and_what_was_changed(plans: Path) -> None:
    report = plans / "output/u"
    link = next(link for link in soup(report / "index.html").select("main a") if text_of(link) == "Plan 2022")
    assert link["href"] == "../p/index.html"
    assert "Två saker har ändrats sedan dess." in text_of(soup(report / "index.html"))
    told = [text_of(one) for one in soup(report / "metod.html").select("#sedan-planen li")]
    assert told == ["1.1.2 Prov: vikten var 4, nu 5", "Aktivitet A2 Presentation: utgår"]


def test_a_report_begun_from_a_plan_is_of_its_year_and_compared_as_it_is(plans: Path) -> None:
    report = next(each.report for each in check(plans / "content").reports if each.report.id == "u")
    assert (report.year, report.is_plan, report.settings.title) == (2022, False, "Socialt bokslut 2022")
    assert (report.settings.planned_in, report.settings.compared_with) == ("p", "r")


def test_after_the_year_a_description_that_lacks_is_told(plans: Path) -> None:
    page = soup(plans / "output/u/strategiska-mal.html")
    assert "Kvar att skriva är ”Vägen till arbete”." in text_of(page)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"marginal": "2 möten"}, {"marginal": "1 möten"}, ["marginalen var 2 möten, nu 1 möte"]),
        ({"marginal": "2 möten"}, {}, ["marginalen var 2 möten, nu rapportens"]),
        ({"referens": "NNS 14", "kort": "Möten"}, {}, []),
        ({}, {"gäller": "förbundet"}, ["gäller för andra"]),
        ({"utgår": "Inte i år."}, {}, ["utgår inte längre"]),
        ({}, {"mått": "värde"}, ["mäts på ett annat sätt"]),
        (
            {"krav": {"förbundet": "minst 2 möten", "enheter": "minst 3 möten"}},
            {"krav": {"förbundet": "minst 2 möten", "enheter": "minst 4 möten"}},
            [
                "kravet var förbundet minst 2 möten, enheter minst 3 möten,"
                " nu förbundet minst 2 möten, enheter minst 4 möten"
            ],
        ),
    ],
)
def test_what_of_an_indicator_was_changed_is_told_and_nothing_else(
    before: Mapping[str, object], after: Mapping[str, object], told: list[str]
) -> None:
    meetings = {"mått": "antal", "krav": "minst 2 möten"}
    planned = changes_since(*(a_report({**meetings, **own}) for own in (before, after)))
    found = map(plain, changes_told(planned))
    assert list(found) == [f"1.1.1 Prov: {each}" for each in told]


MEETINGS = {"id": "1.1.1", "mått": "antal", "krav": "minst 2 möten"}


def test_what_of_areas_and_goals_was_changed_is_told() -> None:
    def budget(name: str, weight: str | None, text: str, *more: str) -> Report:
        goals = [{**a_goal(MEETINGS), "text": text}]
        goals += [{**a_goal(MEETINGS), "id": id, "text": "Nytt"} for id in more]
        return a_report(areas=[{"id": "1", "namn": name, "idealvikt": weight, "mål": goals}])

    plan, report = budget("Nytta", "40 %", "Fler i arbete"), budget("Nyttan", "37,5 %", "Fler vidare", "1.2")
    assert list(map(plain, changes_told(changes_since(plan, report)))) == [
        "Område 1 Nyttan: hette ”Nytta”; idealvikten var 40 %, nu 37,5 %",
        "Mål 1.1 Fler vidare: hette ”Fler i arbete”",
        "Mål 1.2 Nytt: nytt",
    ]
    (told,) = changes_told(changes_since(budget("Nytta", None, "Mål"), budget("Nytta", "40 %", "Mål")))
    assert plain(told) == "Område 1 Nytta: idealvikten var inte satt, nu 40 %"


def test_what_of_the_rules_was_changed_is_told_before_the_rest() -> None:
    now = {"indexmål": "75 %", "signaler": "4", "yttre_marginal": "10 procentenheter"}
    told = changes_told(Planned("plan", "Plan", (), (Rules(), Rules.model_validate(now))))
    assert list(map(plain, told)) == [
        "Indexmål var 70, nu 75",
        "Yttre marginal var inte satt, nu 10 procentenheter",
        "Poäng inom den yttre marginalen var inte satt, nu 0 %",
    ]


def test_who_answers_for_an_activity_and_another_rule_are_told(plans: Path, tmp_path: Path) -> None:
    content = copy_of(plans / "content", tmp_path / "content")
    plan = content / "u/verksamhetsplan.yaml"
    edit(plan, "ansvarig: kansliet", "ansvarig: styrelsen")
    edit(plan, "aktiviteter: genomförda och utvärderade", "indikatorer: [1.1.1]")
    told = run("jämför", "p", "u", "--innehåll", str(content))
    assert "Aktivitet A1 Lärträff: ansvarig var kansliet, nu styrelsen" in told
    assert "regeln är en annan" in told


def test_two_plans_or_a_plan_and_its_report_are_compared_by_what_was_decided(plans: Path) -> None:
    told = run("jämför", "p", "u", "--innehåll", str(plans / "content"))
    assert "1.1.2 Prov: vikten var 4, nu 5" in told
    assert "Index" not in told


def test_granska_tells_of_a_plan_what_is_to_be_measured(plans: Path) -> None:
    assert "Plan 2022: 2 indikatorer mäts efteråt." in run("granska", "--innehåll", str(plans / "content"))


def test_outcomes_in_a_plan_are_told(tmp_path: Path) -> None:
    content = write_plan(tmp_path)
    (content / "p/utfall").mkdir()
    (content / "p/utfall/deltagare.csv").write_text(PEOPLE % 1, "utf-8")
    problem = only_problem_in(content)
    assert "en plan har inga utfall, men här står ett för 2022" in problem.found
    assert "bokslut ny NAMN --från p" in problem.remedy


def test_only_a_plan_can_be_followed_up(tmp_path: Path) -> None:
    content = write_plan(tmp_path)
    append(content / "r/bokslut.yaml", "plan: x\n")
    assert "det finns ingen annan rapport i mappen ”x” att följa upp" in only_problem_in(content).found
    edit(content / "r/bokslut.yaml", "plan: x", "plan: p")
    edit(content / "p/bokslut.yaml", "typ: plan", "typ: bokslut")
    assert "Plan 2022 är ingen plan" in only_problem_in(content).found


# Rules that ask for more than outcomes


ANSWERS = "grupp;fråga;kön;svar;antal\nDeltagare;stöd;alla;Ja;%d\nDeltagare;stöd;alla;Nej;1\n"
SURVEY = """\
svarsgrupper: [{id: deltagare, namn: Deltagare, tillfrågade: 20}]
skalor: [{id: s, namn: Skala, svar: [Nej, Ja], tal: [1, 4]}]
frågor: [{id: stöd, text: Fick du stöd?, skala: s}]
"""
MEAN = "mått: medelvärde, grupp: deltagare, fråga: stöd, krav: minst 3"


@pytest.mark.parametrize(
    ("yes", "verdict"),
    [(11, Verdict.MET), (10, Verdict.NOT_MET)],
)
def test_a_rule_may_ask_for_a_mean_and_that_enough_have_answered(
    tmp_path: Path, yes: int, verdict: Verdict
) -> None:
    """12 of 20 are 60 percent."""
    content = small_report(tmp_path, MEAN, enkat=ANSWERS % yes)
    (content / "r/enkat.yaml").write_text(SURVEY, "utf-8")
    rule = "{indikatorer: [1.1.1], svarsfrekvens: minst 60 %}"
    plan = f"titel: Mål\nmål: [{{id: 1, text: Mål, regel: {rule}}}]\n"
    (content / "r/verksamhetsplan.yaml").write_text(plan, "utf-8")
    (report,) = check(content).reports
    (goal,) = report.strategic_goals
    assert goal.verdict is verdict
    assert [rate.group for rate in goal.rates] == ["Deltagare"]


def test_a_response_rate_does_not_read_as_enough_when_it_is_not(tmp_path: Path) -> None:
    content = small_report(tmp_path, MEAN, enkat=ANSWERS % 118)
    (content / "r/enkat.yaml").write_text(SURVEY.replace("20}", "200}"), "utf-8")
    rule = "{indikatorer: [1.1.1], svarsfrekvens: minst 60 %}"
    plan = f"titel: Mål\nmål: [{{id: 1, text: Mål, regel: {rule}}}]\n"
    (content / "r/verksamhetsplan.yaml").write_text(plan, "utf-8")
    assert "Deltagare: 59,5 %." in text_of(page_of(content, "r/strategiska-mal.html"))


def test_a_response_rate_is_rounded_by_the_rules_of_the_report(tmp_path: Path) -> None:
    """5 of 8 are 62.5 percent."""
    content = small_report(tmp_path, MEAN, enkat=ANSWERS % 4)
    append(content / "r/bokslut.yaml", "regler: {avrundning: halva nedåt}\n")
    (content / "r/enkat.yaml").write_text(SURVEY.replace("20}", "8}"), "utf-8")
    plan = "titel: Mål\nmål: [{id: 1, text: Mål, regel: {indikatorer: [1.1.1], svarsfrekvens: minst 60 %}}]\n"
    (content / "r/verksamhetsplan.yaml").write_text(plan, "utf-8")
    assert "Deltagare: 62 %." in text_of(page_of(content, "r/strategiska-mal.html"))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("{aktiviteter: genomförda och utvärderade, svarsfrekvens: minst 60 %}", "gäller inga indikatorer"),
        ("{indikatorer: [1.1.1], svarsfrekvens: minst 60}", "är inte en svarsfrekvens"),
        ("{indikatorer: [1.1.1], svarsfrekvens: minst 60 %}", "ställer ingen fråga"),
    ],
)
def test_a_response_rate_is_a_share_of_those_who_are_asked(tmp_path: Path, rule: str, found: str) -> None:
    content = small_report(tmp_path, "mått: värde, krav: minst 3")
    plan = f"titel: Mål\nmål: [{{id: 1, text: Mål, regel: {rule}}}]\n"
    (content / "r/verksamhetsplan.yaml").write_text(plan, "utf-8")
    assert found in only_problem_in(content).found
