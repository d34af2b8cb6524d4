"""What the rules of strategic goals say of results, and where the board's grades differ from them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.model.names import name_key
from generator.model.outcome import NotMeasured, Outcome
from generator.model.plan import Plan
from generator.model.plan_results import GoalOutcome, RulePart, Verdict
from generator.model.results import IndicatorResult
from generator.model.settings import Rules
from generator.model.survey import Survey
from generator.scoring.plan import Goals, all_of
from tests.support import HERE, a_report, answers, outcomes_of, value

SIX = ["Inte alls", "Till mycket liten del", "Till liten del", "Till stor del", "Nästan helt", "Helt"]
SHARE = {"mått": "värde", "krav": "minst 70 %"}
LEVEL = {"indikatorer": ["1.1.1", "1.1.2"], "nivå": "minst 80 %"}
OWN = {"indikatorer": ["1.1.1", "1.1.2"]}
ACTIVITIES = {"aktiviteter": "genomförda och utvärderade"}


def results(*written: str | None) -> dict[str, IndicatorResult]:
    """Results of indicators that ask for 70 percent; None is not measured."""
    values = [value(f"1-1-{number}", one) for number, one in enumerate(written, start=1) if one]
    merged = {key: one for each in values for key, one in each.items()}
    report = a_report(*[SHARE] * len(written), values=merged)
    return {one.indicator.id: one for one in outcomes_of(report)}


def hidden(result: IndicatorResult) -> IndicatorResult:
    """As disclosure control leaves it: the signal stays, the outcome does not."""
    return replace(result, outcome=Outcome(result.outcome.kind, places=(HERE,), protected=True))


def an_activity(status: str = "genomförd", evaluated: str = "ja", goal: str = "1") -> dict[str, str]:
    return {"id": "A", "text": "Träff", "mål": goal, "status": status, "utvärderad": evaluated}


def followed_up(
    rule: Mapping[str, Any] | None,
    measured: Mapping[str, IndicatorResult] | None = None,
    *activities: Mapping[str, str],
    grade: str = "",
    scale: list[str] = SIX,
) -> GoalOutcome:
    goal: dict[str, Any] = {"id": "1", "text": "Mål", "regel": rule}
    if grade:
        goal["styrelsens_bedömning"] = {"betyg": grade, "motivering": "Därför."}
    numbered = [{**one, "id": f"A{number}"} for number, one in enumerate(activities, start=1)]
    written = {"titel": "Plan", "mål": [goal], "betygsskala": scale, "aktiviteter": numbered}
    plan = Plan.model_validate(written)
    return Goals(plan, measured or {}, a_report(SHARE).rules).outcome(plan.goals[0])


# Indicators


@pytest.mark.parametrize(
    ("first", "second", "rule", "verdict"),
    [
        ("80 %", "100 %", LEVEL, Verdict.MET),
        ("79,9999 %", "100 %", LEVEL, Verdict.NOT_MET),
        ("75 %", "100 %", OWN, Verdict.MET),
        ("69 %", "100 %", OWN, Verdict.NOT_MET),
        ("75 %", "100 %", {**OWN, "nivå": "uppfyllt"}, Verdict.MET),
        ("80 %", None, LEVEL, Verdict.UNDECIDED),
        ("10 %", None, LEVEL, Verdict.UNDECIDED),
        (None, None, LEVEL, Verdict.UNDECIDED),
    ],
)
def test_each_indicator_must_meet_the_level_or_its_own_target(
    first: str | None, second: str | None, rule: dict[str, Any], verdict: Verdict
) -> None:
    assert followed_up(rule, results(first, second)).verdict is verdict


def test_an_outcome_that_is_close_is_not_met() -> None:
    """69 percent is orange, within the margin of the report."""
    assert followed_up(OWN, results("69 %", "70 %")).verdict is Verdict.NOT_MET


def test_an_outcome_without_a_target_decides_nothing() -> None:
    (result,) = outcomes_of(a_report({**SHARE, "krav": "inte satt"}, values=value("1-1-1", "80 %")))
    assert followed_up({"indikatorer": ["1.1.1"]}, {"1.1.1": result}).verdict is Verdict.UNDECIDED


def test_each_indicator_tells_how_it_did_also_when_the_rule_is_undecided() -> None:
    outcome = followed_up(LEVEL, results("79 %", None))
    assert [part.verdict for part in outcome.parts] == [Verdict.NOT_MET, Verdict.UNDECIDED]
    assert outcome.parts[1].result.outcome.reason is NotMeasured.ROW_MISSING


def test_a_result_carries_the_limits_of_the_level() -> None:
    """So that 79.6 percent is not shown as 80 beside a cross."""
    (part, _) = followed_up(LEVEL, results("79 %", "79 %")).parts
    assert {limit.value for limit in part.result.limits} >= {Fraction(7, 10), Fraction(8, 10)}


shares = st.fractions(0, 1, max_denominator=200)


@given(shares, shares, shares)
def test_a_rule_is_met_exactly_when_the_lowest_outcome_meets_it(
    first: Fraction, second: Fraction, level: Fraction
) -> None:
    measured = results("50 %", "50 %")
    exact = {
        id: replace(one, outcome=replace(one.outcome, value=share))
        for (id, one), share in zip(measured.items(), (first, second), strict=True)
    }
    percent = f"{float(level * 100):.4f}".replace(".", ",")
    limit = Fraction(percent.replace(",", ".")) / 100
    assume(limit != Fraction(7, 10))  # their own target: the signal tells of it
    verdict = followed_up({**LEVEL, "nivå": f"minst {percent} %"}, exact).verdict
    assert verdict is (Verdict.MET if min(first, second) >= limit else Verdict.NOT_MET)


# Outcomes that are hidden


@pytest.mark.parametrize("share", ["100 %", "79 %", "10 %"])
def test_a_level_of_its_own_tells_nothing_of_a_hidden_outcome(share: str) -> None:
    measured = results(share, "100 %")
    measured["1.1.1"] = hidden(measured["1.1.1"])
    assert followed_up(LEVEL, measured).verdict is Verdict.HIDDEN


@pytest.mark.parametrize("rule", [OWN, {**OWN, "nivå": "minst 70 %"}, {**OWN, "nivå": "uppfyllt"}])
@pytest.mark.parametrize(("share", "verdict"), [("71 %", Verdict.MET), ("69 %", Verdict.NOT_MET)])
def test_the_own_target_is_told_by_the_signal_which_is_public(
    rule: dict[str, Any], share: str, verdict: Verdict
) -> None:
    measured = results(share, "100 %")
    measured["1.1.1"] = hidden(measured["1.1.1"])
    assert followed_up(rule, measured).verdict is verdict


def test_what_is_shown_can_miss_the_level_whatever_is_hidden() -> None:
    measured = results("100 %", "79 %")
    measured["1.1.1"] = hidden(measured["1.1.1"])
    assert followed_up(LEVEL, measured).verdict is Verdict.NOT_MET


@given(shares, shares, st.sampled_from([LEVEL, OWN]))
def test_two_reports_that_look_alike_get_the_same_verdicts(
    one: Fraction, other: Fraction, rule: dict[str, Any]
) -> None:
    """Whatever a hidden outcome is: where the signals are the same, so is everything that is told."""
    told = []
    for share in (one, other):
        written = f"{float(share * 100):.2f} %".replace(".", ",")
        measured = results(written, "100 %")
        measured["1.1.1"] = hidden(measured["1.1.1"])
        told.append((measured["1.1.1"].signal, _told(followed_up(rule, measured))))
    if told[0][0] is told[1][0]:
        assert told[0][1] == told[1][1]


def _told(outcome: GoalOutcome) -> tuple[Verdict | None, list[Verdict]]:
    return outcome.verdict, [part.verdict for part in outcome.parts]


# Activities


@pytest.mark.parametrize(
    ("activities", "verdict"),
    [
        ([an_activity()], Verdict.MET),
        ([an_activity(evaluated="nej")], Verdict.NOT_MET),
        ([an_activity("pågår"), an_activity()], Verdict.NOT_MET),
        ([an_activity("planerad", "nej"), an_activity()], Verdict.NOT_MET),
        ([an_activity("utgår", "nej"), an_activity()], Verdict.MET),
        ([an_activity("utgår", "nej")], Verdict.UNDECIDED),
        ([an_activity(goal="2")], Verdict.UNDECIDED),
        ([], Verdict.UNDECIDED),
    ],
)
def test_the_activities_of_a_goal_must_be_carried_out_and_evaluated(
    activities: list[dict[str, str]], verdict: Verdict
) -> None:
    assert followed_up(ACTIVITIES, None, *activities).verdict is verdict


def test_an_activity_may_belong_to_several_goals() -> None:
    goals: list[dict[str, Any]] = [{"id": id, "text": "Mål", "regel": ACTIVITIES} for id in ("1", "2")]
    shared = {**an_activity(), "mål": ["1", "2"]}
    plan = Plan.model_validate({"titel": "Plan", "mål": goals, "aktiviteter": [shared]})
    rules = a_report(SHARE).rules
    assert [Goals(plan, {}, rules).outcome(goal).verdict for goal in plan.goals] == [Verdict.MET] * 2


@pytest.mark.parametrize(
    ("share", "evaluated", "verdict"),
    [("80 %", "ja", Verdict.MET), ("80 %", "nej", Verdict.NOT_MET), ("79 %", "ja", Verdict.NOT_MET)],
)
def test_a_rule_of_both_is_met_when_both_are(share: str, evaluated: str, verdict: Verdict) -> None:
    both = {**LEVEL, **ACTIVITIES}
    assert followed_up(both, results(share, "100 %"), an_activity(evaluated=evaluated)).verdict is verdict


# Verdicts together


@given(st.lists(st.sampled_from(Verdict), min_size=1), st.randoms())
def test_the_order_of_verdicts_does_not_matter(verdicts: list[Verdict], random: Any) -> None:
    shuffled = random.sample(verdicts, len(verdicts))
    assert all_of(verdicts) is all_of(shuffled)


def test_everything_must_be_met_and_what_is_not_measured_leaves_it_open() -> None:
    for pair in product(Verdict, repeat=2):
        together = all_of(pair)
        assert (together is Verdict.MET) == (set(pair) == {Verdict.MET})
        assert (together is Verdict.UNDECIDED) == (Verdict.UNDECIDED in pair)


# The board's grade


@pytest.mark.parametrize(
    ("share", "grade", "differs"),
    [
        ("80 %", "3", True),
        ("80 %", "4", False),
        ("79 %", "4", True),
        ("79 %", "3", False),
        ("79 %", "Helt", True),
        ("80 %", "till liten del", True),
        ("80 %", "", False),
        (None, "1", False),
        (None, "6", False),
    ],
)
def test_a_grade_differs_in_the_half_that_speaks_against_the_rule(
    share: str | None, grade: str, differs: bool
) -> None:
    assert followed_up(LEVEL, results(share, "100 %"), grade=grade).differs is differs


@pytest.mark.parametrize("share", ["80 %", "79 %"])
def test_the_middle_of_an_odd_scale_differs_from_nothing(share: str) -> None:
    outcome = followed_up(LEVEL, results(share, "100 %"), grade="2", scale=["Lite", "Delvis", "Helt"])
    assert not outcome.differs


def test_a_hidden_verdict_differs_from_nothing() -> None:
    measured = results("100 %", "100 %")
    measured["1.1.1"] = hidden(measured["1.1.1"])
    assert not followed_up(LEVEL, measured, grade="1").differs


def test_a_goal_without_a_rule_has_only_its_grade() -> None:
    outcome = followed_up(None, grade="5")
    assert (outcome.verdict, outcome.grade, outcome.differs) == (None, 5, False)


@given(st.integers(2, 9), st.data())
def test_no_grade_differs_from_both_a_met_and_an_unmet_rule(size: int, data: st.DataObject) -> None:
    scale = [f"Betyg {letter}" for letter in "abcdefghi"[:size]]
    grade = str(data.draw(st.integers(1, size)))
    met = followed_up(ACTIVITIES, None, an_activity(), grade=grade, scale=scale)
    unmet = followed_up(ACTIVITIES, None, an_activity("pågår"), grade=grade, scale=scale)
    is_middle = 2 * int(grade) == size + 1
    assert met.differs + unmet.differs == (0 if is_middle else 1)


def test_parts_keep_the_order_of_the_rule() -> None:
    backwards = {"indikatorer": ["1.1.2", "1.1.1"]}
    parts: tuple[RulePart, ...] = followed_up(backwards, results("80 %", "80 %")).parts
    assert [part.result.indicator.id for part in parts] == ["1.1.2", "1.1.1"]


@pytest.mark.parametrize(
    ("due", "verdict"), [("2019-09-01", Verdict.NOT_MET), ("2019-09-02", Verdict.NOT_YET)]
)
def test_an_activity_that_is_not_due_leaves_its_goal_open(due: str, verdict: Verdict) -> None:
    activity = {**an_activity("planerad", "nej"), "senast": due}
    goal = {"id": "1", "text": "Mål", "regel": {"aktiviteter": "genomförda och utvärderade"}}
    plan = Plan.model_validate({"titel": "Plan", "mål": [goal], "aktiviteter": [activity]})
    outcome = Goals(plan, {}, Rules(), today=datetime.date(2019, 9, 1)).outcome(plan.goals[0])
    assert outcome.verdict is verdict


def test_activities_that_a_rule_does_not_ask_for_decide_nothing() -> None:
    assert followed_up(OWN, results("80 %", "80 %"), an_activity("pågår", "nej")).verdict is Verdict.MET


@pytest.mark.parametrize(("written", "verdict"), [("Metodstöd", Verdict.MET), ("Annat", Verdict.NOT_MET)])
def test_a_description_must_be_written(written: str, verdict: Verdict) -> None:
    goal = {"id": "1", "text": "Mål", "regel": {"beskrivningar": ["Metodstöd"]}}
    plan = Plan.model_validate({"titel": "Plan", "mål": [goal]})
    outcome = Goals(plan, {}, Rules(), written=frozenset({name_key(written)})).outcome(plan.goals[0])
    assert outcome.verdict is verdict


@pytest.mark.parametrize(
    ("asked", "is_hidden", "rule", "rate"),
    [
        ({"tillfrågade": "20"}, False, {}, (Fraction(12, 20), Verdict.MET)),
        ({"tillfrågade": "21"}, False, {}, (Fraction(12, 21), Verdict.NOT_MET)),
        ({}, False, {}, (None, Verdict.UNDECIDED)),
        ({"tillfrågade": "20"}, True, {}, (None, Verdict.UNDECIDED)),
        ({"tillfrågade": "20"}, True, {"nivå": "minst 60 %"}, (None, Verdict.HIDDEN)),
    ],
)
def test_a_response_rate_is_open_where_it_cannot_be_told(
    asked: dict[str, str], rule: dict[str, str], rate: tuple[Fraction | None, Verdict], *, is_hidden: bool
) -> None:
    share = {"mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"]}
    (result,) = outcomes_of(a_report({**share, "krav": "minst 50 %"}, answers=answers({"Ja": 9, "Nej": 3})))
    survey = Survey.model_validate({"svarsgrupper": [{"id": "deltagare", "namn": "Deltagare", **asked}]})
    asks = {"indikatorer": ["1.1.1"], "svarsfrekvens": "minst 60 %", **rule}
    plan = Plan.model_validate({"titel": "Plan", "mål": [{"id": "1", "text": "Mål", "regel": asks}]})
    measured = {"1.1.1": hidden(result) if is_hidden else result}
    (found,) = Goals(plan, measured, Rules(), survey).outcome(plan.goals[0]).rates
    assert (found.share, found.verdict) == rate


ASKED = {"mått": "andel svar", "grupp": "deltagare", "svar": ["Ja"], "krav": "minst 50 %"}


@pytest.mark.parametrize(("rule", "rates"), [({"svarsfrekvens": "minst 60 %"}, [Fraction(12, 20)]), ({}, [])])
def test_a_response_rate_is_that_of_the_question_that_most_answered_of_those_that_were_asked(
    rule: dict[str, str], rates: list[Fraction]
) -> None:
    counted = answers({"Ja": 9, "Nej": 3}) | answers({"Ja": 5}, question="annat")
    indicators: list[dict[str, Any]] = [{**ASKED, "fråga": "stöd"}, {**ASKED, "fråga": "annat"}, SHARE]
    measured = outcomes_of(a_report(*indicators, answers=counted, values=value("1-1-3", "80 %")))
    groups = [{"id": "deltagare", "namn": "Deltagare", "tillfrågade": "20"}]
    asks = {"indikatorer": ["1.1.1", "1.1.2", "1.1.3"], **rule}
    plan = Plan.model_validate({"titel": "Plan", "mål": [{"id": "1", "text": "Mål", "regel": asks}]})
    results = {result.indicator.id: result for result in measured}
    survey = Survey.model_validate({"svarsgrupper": groups})
    found = Goals(plan, results, Rules(), survey).outcome(plan.goals[0])
    assert [rate.share for rate in found.rates] == rates
    assert found.verdict is Verdict.MET


def test_an_activity_may_belong_to_no_goal() -> None:
    activity = {key: value for key, value in an_activity().items() if key != "mål"}
    goal = {"id": "1", "text": "Mål"}
    plan = Plan.model_validate({"titel": "Plan", "mål": [goal], "aktiviteter": [activity]})
    assert (plan.activities[0].goals, plan.activities_of(plan.goals[0])) == ((), ())
