"""The page of strategic goals: rule beside grade, what they rest on, and what is hidden."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.printed import pdf_text
from tests.sharing import Shared
from tests.support import (
    EXAMPLES,
    YEAR,
    by_id,
    copy_of,
    edit,
    html_files,
    page_of,
    plain,
    publish,
    publish_audit,
    soup,
    table_rows,
    text_of,
)

FOLDER = "2017-lokalt"
PAGE = "strategiska-mal.html"
RULE, BOARD = "Vad regeln säger", "Vad styrelsen säger"
NOTE = "Olika svar."


@pytest.fixture(scope="module")
def built(shared: Shared) -> Path:
    """The report of the example, with its PDF."""

    def make(folder: Path) -> None:
        publish(EXAMPLES / "strategi", folder / "output", with_pdf=True)

    return shared.folder("strategi", make) / "output" / FOLDER


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """The page when counts below four are hidden: 4.10a is 7 of 8, and its own target is not the level."""
    content = copy_of(EXAMPLES / "strategi", tmp_path_factory.mktemp("skyddad") / "content")
    edit(content / FOLDER / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 4")
    return page_of(content, f"{FOLDER}/{PAGE}")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return copy_of(EXAMPLES / "strategi", tmp_path / "content") / FOLDER / "verksamhetsplan.yaml"


@pytest.fixture
def page(built: Path) -> BeautifulSoup:
    return soup(built / PAGE)


def page_with(plan: Path) -> BeautifulSoup:
    return page_of(plan.parents[1], f"{FOLDER}/{PAGE}")


def table_of(page: BeautifulSoup, name: str) -> Tag:
    table = page.select_one(f"table.{name}")
    assert table is not None
    return table


def goals_of(page: BeautifulSoup) -> list[dict[str, str]]:
    return table_rows(table_of(page, "goals"))


def rules_of(page: BeautifulSoup) -> list[str]:
    """For which goals each rule is, and what is told of it where they share it."""
    return [text_of(head) for head in table_of(page, "asked").select(".goal-row")]


def indicator(page: BeautifulSoup, id: str) -> dict[str, str]:
    rows = table_rows(table_of(page, "asked"))
    return next(row for row in rows if row["Indikator"].startswith(f"{id} "))


def test_each_goal_stands_once_with_rule_and_grade(page: BeautifulSoup) -> None:
    goals = goals_of(page)
    assert [row["Mål"].split()[1] for row in goals] == list("1234567")
    verdicts = [
        *["Går inte att avgöra"] * 3,
        "Uppfylld",
        "Ingen regel",
        "Uppfylld",
        "Inte uppfylld",
    ]
    for row, verdict in zip(goals, verdicts, strict=True):
        assert row[RULE].startswith(f"{verdict} ")
    assert [row[BOARD][:6] for row in goals] == [f"{grade} av 6" for grade in (4, 4, 3, 5, 4, 3, 4)]


def test_an_undecided_rule_tells_what_is_not_measured_and_what_misses(page: BeautifulSoup) -> None:
    told, _ = rules_of(page)
    assert "Varje indikator ska nå minst 80 %. 4 av 9 gör det. 4.5a gör det inte." in told
    assert "1.4a, 1.5a, 1.6a och 1.7a är inte mätta: för få svar." in told


def test_an_outcome_without_a_target_is_no_missing_outcome(plan: Path) -> None:
    budget = plan.parent / "budget.yaml"
    text = budget.read_text("utf-8")
    start = text.index("id: 4.12a")
    unset = text[start:].replace("krav: minst 70 %", "krav: inte satt", 1)
    budget.write_text(text[:start] + unset, "utf-8")
    page = page_with(plan)
    assert "Den har ingen signal: inget målvärde satt." in goals_of(page)[5][RULE]
    assert indicator(page, "4.12a")["Når nivån?"] == "Ingen signal inget målvärde satt"


def test_a_grade_is_number_and_word_with_its_reason(page: BeautifulSoup) -> None:
    told = goals_of(page)[0][BOARD]
    assert told.startswith("4 av 6: Till stor del")
    assert "en plan för tiden efteråt, 60 % (3 av 5)." in told


def test_a_goal_that_is_not_graded_says_so(plan: Path) -> None:
    reason = (
        "      motivering: >-\n        Två av parterna har redan ändrat sina rutiner efter lärträffarna.\n"
    )
    edit(plan, f"    styrelsens_bedömning:\n      betyg: Till mycket stor del\n{reason}", "")
    page = page_with(plan)
    assert goals_of(page)[3][BOARD] == "Inte bedömt"


def test_only_goals_where_rule_and_board_differ_have_a_note(page: BeautifulSoup) -> None:
    notes = [text_of(row) for row in table_of(page, "goals").select(".goal-note")]
    assert notes == [
        f"{NOTE} Regeln är uppfylld, men styrelsens betyg ligger i skalans nedre halva.",
        f"{NOTE} Regeln är inte uppfylld, men styrelsens betyg ligger i skalans övre halva.",
    ]
    assert [row.find_previous("tr")["id"] for row in page.select(".goal-note")] == [  # type: ignore[index]
        "plan-mal-6",
        "plan-mal-7",
    ]


def test_the_indicators_of_a_rule_are_shown_once_with_outcome_and_basis(page: BeautifulSoup) -> None:
    shared, own = rules_of(page)
    assert shared.startswith("Mål 1, 2 och 3 ")
    assert own == "Mål 6"
    assert indicator(page, "4.10a") == {
        "Indikator": "4.10a Chefer som svarar att ledningen av den lokala samverkan fungerar",
        "Nivå": "minst 80 %",
        "Utfall": "87 % 7 av 8",
        "Når nivån?": "Når nivån",
    }
    assert indicator(page, "4.5a")["Når nivån?"] == "Når inte nivån"
    assert indicator(page, "1.4a")["Når nivån?"] == "Ej mätt för få svar"
    assert indicator(page, "4.12a")["Nivå"] == "minst 70 %"


def test_every_link_of_the_page_leads_somewhere(built: Path, page: BeautifulSoup) -> None:
    targets = [str(link["href"]) for link in page.select("main a") if "://" not in str(link["href"])]
    assert "omrade-4.html#i-4-12a" in targets
    assert "strategiska-mal.html#plan-aktiviteter" in targets
    for target in targets:
        file, _, anchor = target.partition("#")
        assert not anchor or by_id(soup(built / (file or PAGE)), anchor)


def test_a_value_is_not_rounded_past_the_level(plan: Path) -> None:
    """798 of 1000 is 80 percent rounded, but does not reach 80."""
    edit(plan, "indikatorer: [4.12a]", "indikatorer: [4.12a]\n      nivå: minst 80 %")
    table = plan.with_name("utfall") / "enkat.csv"
    edit(table, "regionalt;alla;Till stor del;6", "regionalt;alla;Till stor del;798")
    edit(table, "regionalt;alla;Till mycket liten del;2", "regionalt;alla;Till mycket liten del;202")
    row = indicator(page_with(plan), "4.12a")
    assert row["Utfall"].startswith("79,8 %")
    assert row["Når nivån?"] == "Når inte nivån"


def test_activities_stand_by_goal_with_status_and_follow_up_in_words(page: BeautifulSoup) -> None:
    table = table_of(page, "activities")
    rows = table_rows(table)
    assert [row["Status"] for row in rows] == [
        "Genomförd utvärderad",
        "Utgår",
        "Genomförd utvärderad",
        "Genomförd inte utvärderad",
        "Pågår",
    ]
    assert [text_of(row) for row in table.select(".goal-row")] == ["Mål 4", "Mål 4 och 7", "Mål 7"]
    assert [text_of(link) for link in table.select(".goal-row a")] == ["Mål 4", "Mål 4", "7", "Mål 7"]
    assert rows[4]["Uppföljning"] == "–"
    marks = {str(mark["class"][1]) for mark in page.select(".status-mark")}
    assert marks == {"status-genomford", "status-pagar", "status-utgar"}


def test_the_calendar_is_in_order_whatever_the_file_is(page: BeautifulSoup) -> None:
    days = page.select(".calendar time")
    assert [text_of(day) for day in days] == [
        "10 februari 2017",
        "19 maj 2017",
        "22 september 2017",
        "8 december 2017",
    ]
    assert days[0]["datetime"] == "2017-02-10"


def test_what_the_board_weighs_in_is_an_ordered_list(page: BeautifulSoup) -> None:
    assert [text_of(one).split()[0] for one in page.select("ol.weighed li")] == [
        "Deltagarnas",
        "Personalens",
        "Beskrivningen",
    ]


def test_the_parts_of_the_page_are_left_out_when_they_have_nothing_to_tell(plan: Path) -> None:
    plan.write_text("titel: Plan\nmål:\n  - id: 1\n    text: Ett mål\n", "utf-8")
    page = page_with(plan)
    assert [text_of(head) for head in page.select("main h2")] == ["Regeln och styrelsens betyg"]
    assert goals_of(page) == [
        {"Mål": "Mål 1 Ett mål", RULE: "Ingen regel Målet bedöms bara av styrelsen.", BOARD: "Inte bedömt"}
    ]


def test_a_report_without_a_plan_has_no_such_page(web_site: Path) -> None:
    assert not (web_site / YEAR / PAGE).exists()
    assert not any(PAGE in path.read_text("utf-8") for path in html_files(web_site / YEAR))


def test_texts_can_stand_on_the_page(plan: Path) -> None:
    folder = plan.with_name("berattelse")
    folder.mkdir()
    text = "---\ntitel: Om planen\ndel: strategiska mål\n---\n\nNio av tio var med.\n"
    (folder / "planen.md").write_text(text, "utf-8")
    assert "Nio av tio var med." in text_of(page_with(plan))


# In print


def test_the_pdf_says_the_same(built: Path) -> None:
    text = plain(pdf_text(built / "bokslut.pdf"))
    assert "Går inte att avgöra" in text
    assert "4 av 9 gör det. 4.5a gör det inte." in text
    assert text.count(NOTE) == 2
    assert "8 december 2017" in text


# Hidden


def test_a_hidden_outcome_is_hidden_here_too(protected: BeautifulSoup) -> None:
    for id in ("4.5a", "4.9a", "4.10a", "4.12a"):
        assert indicator(protected, id)["Utfall"] == ".. visas inte"
    assert not re.search(r"60 %|87 %|7 av 8|3 av 5", plain(text_of(protected).replace("\xa0", " ")))


def test_only_what_the_signal_tells_is_told_of_a_hidden_outcome(protected: BeautifulSoup) -> None:
    assert indicator(protected, "4.5a")["Når nivån?"] == "Når inte nivån"
    assert indicator(protected, "4.12a")["Når nivån?"] == "Når nivån"
    assert indicator(protected, "4.10a")["Når nivån?"] == "Visas inte"
    assert "Om 4.10a gör det visas inte, eftersom talen är skyddade." in rules_of(protected)[0]


def test_a_page_with_hidden_figures_says_what_the_dots_are(protected: BeautifulSoup) -> None:
    assert "Två punkter (..) betyder" in text_of(protected)


# The audit edition


def test_in_the_audit_edition_goals_lead_to_their_lines(plan: Path) -> None:
    folder = plan.parents[2] / "granskning"
    publish_audit(plan.parents[1], folder)
    page = soup(folder / FOLDER / PAGE)
    links = [str(link["href"]) for link in by_id(page, "plan-mal-4").select("th a")]
    source = soup(folder / FOLDER / "kalla-verksamhetsplan-yaml.html")
    shown = [text_of(by_id(source, link.partition("#")[2])) for link in links]
    assert [line.split(" ", 1)[1] for line in shown] == ["- id: 4", "- id: A1", "- id: A2"]
    outcome = page.select_one("table.asked .outcome a")
    assert outcome is not None
    assert str(outcome["href"]).startswith("metod.html#berakning-forbundet-1-4a")
