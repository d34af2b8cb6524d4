"""verksamhetsplan.yaml: what an author may write, and what is told at its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.build import check
from generator.model.plan import Status
from scripts.schemas import FOLDER as SCHEMAS
from scripts.schemas import schemas
from tests.support import EXAMPLES, append, copy_of, edit, only_problem_in, problems_in, read, warnings_in

FOLDER = "2017-lokalt"
PLAN = f"{FOLDER}/verksamhetsplan.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan of a copy of the example, to change."""
    return copy_of(EXAMPLES / "strategi", tmp_path / "content") / PLAN


def root(plan: Path) -> Path:
    return plan.parent.parent


def line_of(plan: Path, start: str) -> int:
    lines = plan.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.strip().startswith(start))


def test_a_plan_is_read_whole(plan: Path) -> None:
    (report,) = read(root(plan))
    assert report.plan is not None
    assert [goal.id for goal in report.plan.goals] == list("1234567")
    assert [report.plan.grade_of(goal) for goal in report.plan.goals] == [4, 4, 3, 5, 4, 3, 4]
    assert report.plan.activities[1].goals == ("4", "7")
    assert report.plan.activities[4].status is Status.DROPPED
    assert len(report.plan.weighed) == 3


def test_a_report_needs_no_plan(plan: Path) -> None:
    plan.unlink()
    (report,) = read(root(plan))
    assert report.plan is None


def test_a_misnamed_plan_is_told(plan: Path) -> None:
    plan.rename(plan.with_name("verksamhetsplanen.yaml"))
    problem = only_problem_in(root(plan))
    assert "filen känns inte igen" in problem.found
    assert "Menade du ”verksamhetsplan.yaml”?" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "found", "remedy"),
    [
        ("[4.12a]", "[4.12b]", "indikatorn ”4.12b” finns inte", "Menade du ”4.12a”?"),
        ("[4.12a]", "[4.12a, 4.12A]", "indikator 4.12A står två gånger", "Behåll bara den ena."),
        (
            "[4.12a]",
            "[4.12a]\n      nivå: minst 2 personer",
            "nivån ”minst 2 personer” passar inte indikator 4.12a",
            "varje indikators eget krav",
        ),
        ("      indikatorer: [4.12a]", "      nivå: minst 80 %", "ska vara uppfyllt", "indikatorer: […]"),
        ("mål: [4, 7]", "mål: [4, 8]", "det strategiska målet ”8” finns inte", "Välj bland ”1”"),
        ("betyg: 4", "betyg: 7", "betyget ”7” finns inte", "Välj bland ”Inte alls”"),
        (
            "betyg: 4",
            "betyg: Til stor del",
            "betyget ”Til stor del” finns inte",
            "Menade du ”Till stor del”?",
        ),
        ("status: pågår", "status: pagar", "värdet på ”status” ”pagar” finns inte", "Menade du ”pågår”?"),
        ("status: pågår", "status: planerad\n    utvärderad: ja", "utvärderad men bara planerad", "nej"),
        ("  - id: A5", "  - id: A1", "aktiviteten ”A1” finns redan", "eget id"),
        ("  - id: 7", "  - id: 1", "det strategiska målet ”1” finns redan", "eget id"),
        ("datum: 2017-05-19", "datum: 2017-02-30", "är inte ett datum", "år-månad-dag"),
        ("datum: 2017-05-19", "datum: 19 maj", "är inte ett datum", "år-månad-dag"),
        ("kalender:", "kalendern:", "okänd nyckel ”kalendern”", "Menade du ”kalender”?"),
        ("[Inte alls, ", "[Inte alls, inte alls, ", "betyget ”inte alls” står två gånger", "bara det ena"),
        ("{4.5a}", "{4.5x}", "hänvisningen {4.5x} går inte att tolka", "4.5a"),
    ],
)
def test_a_fault_is_told_with_a_remedy(plan: Path, old: str, new: str, found: str, remedy: str) -> None:
    edit(plan, old, new)
    told = [one for one in problems_in(root(plan)) if found in one.found]
    assert len(told) == 1, problems_in(root(plan))
    assert remedy in told[0].remedy
    assert told[0].place.file == f"content/{PLAN}"
    assert told[0].place.line


def test_an_unknown_word_for_activities_is_told_with_what_it_can_be(plan: Path) -> None:
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("genomförda och utvärderade", "genomförda", 1), "utf-8")
    problem = only_problem_in(root(plan))
    assert problem.place.line == line_of(plan, "aktiviteter: genomförda")
    assert "”genomförda och utvärderade”" in problem.remedy


def test_grades_need_a_scale(plan: Path) -> None:
    lines = plan.read_text("utf-8").splitlines(keepends=True)
    plan.write_text("".join(line for line in lines if not line.startswith("betygsskala")), "utf-8")
    problem = only_problem_in(root(plan))
    assert "det finns ingen skala" in problem.found
    assert "betygsskala: [" in problem.remedy


def test_all_faults_are_told_at_once_and_at_their_lines(plan: Path) -> None:
    edit(plan, "[4.12a]", "[4.12b]")
    edit(plan, "mål: [4, 7]", "mål: [4, 8]")
    edit(plan, "betyg: 4", "betyg: 9")
    lines = sorted(problem.place.line for problem in problems_in(root(plan)))
    wanted = ("betyg: 9", "indikatorer: [4.12b]", "mål: [4, 8]")
    assert lines == [line_of(plan, start) for start in wanted]


def test_an_indicator_of_the_units_only_cannot_be_asked_for(plan: Path) -> None:
    edit(plan.with_name("budget.yaml"), "krav: minst 70 %", "krav: minst 70 %\n            gäller: enheter")
    assert "indikator 4.12a mäts bara för enheter" in only_problem_in(root(plan)).found


# What is not there


def of_the_plan(plan: Path) -> list[str]:
    return [one.found for one in warnings_in(root(plan)) if one.place.file.endswith("verksamhetsplan.yaml")]


def test_the_example_is_complete(plan: Path) -> None:
    assert of_the_plan(plan) == []


def test_a_goal_of_which_nothing_is_said_is_told(plan: Path) -> None:
    edit(plan, "\naktiviteter:\n", "\n  - id: 8\n    text: Ett mål till\n\naktiviteter:\n")
    assert of_the_plan(plan) == ["det strategiska målet 8 har varken en regel eller styrelsens bedömning"]


def test_an_activity_that_is_done_but_not_followed_up_is_told(plan: Path) -> None:
    edit(plan, "    uppföljning: Mallen används av tre parter. Den ska kortas till en sida.\n", "")
    assert of_the_plan(plan) == ["aktivitet A2 är genomförd men inte uppföljd"]


def test_an_activity_that_is_dropped_without_a_reason_is_told(plan: Path) -> None:
    edit(plan, "    uppföljning: Besöket ställdes in när värden omorganiserades.\n", "")
    assert of_the_plan(plan) == ["aktivitet A5 utgår utan förklaring"]


def test_a_goal_that_is_followed_up_by_activities_needs_some(plan: Path) -> None:
    edit(plan, "mål: [4, 7]", "mål: 7")
    edit(plan, "    mål: 4\n    status: genomförd", "    mål: 7\n    status: genomförd")
    assert of_the_plan(plan) == ["det strategiska målet 4 följs upp genom aktiviteter, men har inga"]


# What else reads the plan


def test_the_seal_covers_the_plan(plan: Path) -> None:
    from tests.test_seal import decide, files_of, seal_of

    assert decide(root(plan)).exit_code == 0
    sealed = {one["fil"]: one["sha256"] for one in seal_of(plan.parent)["filer"]}
    assert sealed["verksamhetsplan.yaml"] == files_of(plan.parent)["verksamhetsplan.yaml"]
    append(plan, "# en rad till\n")
    seal = check(root(plan)).reports[0].report.seal
    assert seal is not None
    assert seal.changed == ("verksamhetsplan.yaml",)


def test_the_schemas_of_editors_are_those_of_the_model() -> None:
    assert {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()} == dict(schemas())


def test_editors_are_told_how_small_a_number_may_be() -> None:
    indicator = json.loads(dict(schemas())["budget.schema.json"])["$defs"]["ShareIndicator"]
    assert {"minimum": 1, "type": "integer"} in indicator["properties"]["vikt"]["anyOf"]


def test_editors_know_that_one_goal_needs_no_list() -> None:
    text = dict(schemas())["verksamhetsplan.schema.json"]
    assert '"mål"' in text
    assert '"anyOf"' in text
