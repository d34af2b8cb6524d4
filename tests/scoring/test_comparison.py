"""What made one index another: contributions by indicator that add up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.comparison import Cause, Comparison, Item
from generator.model.outcomes import Attestation, Reported
from generator.model.report import Report
from generator.model.results import (
    AreaResult,
    IndicatorResult,
    Signal,
    UnitResult,
)
from generator.model.settings import Rules
from generator.model.shown import ShownReport
from generator.pages.comparing import comparison_view
from generator.scoring import score_report
from generator.scoring.comparison import compare
from tests.support import (
    ASSOCIATION,
    HERE,
    a_goal,
    a_report,
    answers,
    edit,
    read,
    scored,
    value,
)

# Plain units: areas of indicators that are attested


@dataclass(frozen=True)
class AnArea:
    """Weight and verdict by id; None is not measured. `reported` are points taken over as published."""

    indicators: Mapping[str, tuple[int | None, bool | None]]
    reported: tuple[int, int] | None = None
    id: str = ""


def a_unit(*areas: AnArea, was: Mapping[str, str] = {}) -> UnitResult:
    """Areas 1, 2 … What an indicator or an area `was` in earlier reports is said by its id."""
    budget: list[dict[str, Any]] = []
    stated = {}
    reported = {}
    for number, area in enumerate(areas, start=1):
        indicators = []
        for id, (weight, met) in area.indicators.items():
            more = {} if weight is None else {"vikt": str(weight)}
            more |= {"motsvarar": was[id]} if id in was else {}
            indicators.append({"id": id, "mått": "intyg", "krav": "uppfyllt", **more})
            if met is not None:
                stated[ASSOCIATION, id] = Attestation(met, "Revisorn", "Källan", HERE)
        goal = {**a_goal(*indicators), "id": f"{number}.1"}
        id = area.id or str(number)
        more = {"motsvarar": was[f"area {id}"]} if f"area {id}" in was else {}
        budget.append({"id": id, "namn": "Område", "mål": [goal], **more})
        if area.reported:
            reported[ASSOCIATION, id] = Reported(*area.reported, "Källan", HERE)
    report = a_report(areas=budget, attestations=stated)
    return scored(replace(report, outcomes=replace(report.outcomes, reported=reported)))


def id_of(part: IndicatorResult | AreaResult | None) -> str | None:
    if part is None:
        return None
    return f"area {part.area.id}" if isinstance(part, AreaResult) else part.indicator.id


def ids(comparison: Comparison) -> list[tuple[str | None, str | None]]:
    return [(id_of(item.before), id_of(item.after)) for item in comparison.items]


def other_ids(comparison: Comparison) -> list[tuple[str | None, str | None]]:
    return [(id_of(other.before), id_of(other.after)) for other in comparison.others]


def change_of(item: Item) -> tuple[Fraction | int, int]:
    """Points earned and points possible."""
    return item.earned_change, item.possible_change


def sum_of(items: tuple[Item, ...]) -> Fraction:
    return sum((item.contribution or Fraction(0) for item in items), Fraction(0))


# The sum


def test_a_target_that_is_met_contributes_its_weight_of_the_possible_points() -> None:
    before = a_unit(AnArea({"a": (3, False), "b": (5, True)}))
    after = a_unit(AnArea({"a": (3, True), "b": (5, True)}))
    comparison = compare(before, after)
    (item,) = comparison.items
    assert (id_of(item.before), *change_of(item)) == ("a", 3, 0)
    assert item.contribution == comparison.change == Fraction(3, 8)
    assert (comparison.before, comparison.after) == (before.index, after.index)


def test_an_indicator_that_is_met_but_no_longer_measured_lowers_the_index() -> None:
    """5 of 8 becomes 0 of 3."""
    before = a_unit(AnArea({"a": (3, False), "b": (5, True)}))
    after = a_unit(AnArea({"a": (3, False), "b": (5, None)}))
    comparison = compare(before, after)
    (item,) = comparison.items
    assert (id_of(item.after), *change_of(item)) == ("b", -5, -5)
    assert item.contribution == comparison.change == Fraction(-5, 8)


def test_a_change_of_weights_contributes_without_any_change_of_verdicts() -> None:
    before = a_unit(AnArea({"a": (2, False), "b": (2, True)}))
    after = a_unit(AnArea({"a": (4, False), "b": (2, True)}))
    (item,) = compare(before, after).items
    assert change_of(item) == (0, 2)
    assert item.contribution == Fraction(2, 6) - Fraction(2, 4)


indicators = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.none() | st.integers(1, 10), st.sampled_from([True, False, None])),
    min_size=1,
)
points = st.integers(0, 20).flatmap(lambda possible: st.tuples(st.integers(0, possible), st.just(possible)))


def an_area(prefix: str) -> st.SearchStrategy[AnArea]:
    named = indicators.map(lambda given: {f"{prefix}{id}": entry for id, entry in given.items()})
    return st.builds(AnArea, named, st.none() | points)


said = st.dictionaries(st.sampled_from(["1.a", "1.b", "area 1"]), st.sampled_from(["1.b", "2.c", "2"]))
units = st.builds(lambda areas, was: a_unit(*areas, was=was), st.tuples(an_area("1."), an_area("2.")), said)


@given(units, units)
def test_contributions_and_points_add_up_to_the_change(before: UnitResult, after: UnitResult) -> None:
    comparison = compare(before, after)
    if before.index.share is None or after.index.share is None:
        assert comparison.change is None
        assert all(item.contribution is None for item in comparison.items)
    else:
        assert comparison.change == after.index.share - before.index.share
        assert sum_of(comparison.items) == comparison.change
    assert sum(item.earned_change for item in comparison.items) == after.index.earned - before.index.earned
    possible = after.index.possible - before.index.possible
    assert sum(item.possible_change for item in comparison.items) == possible


@given(units, units)
def test_backwards_everything_contributes_the_opposite(before: UnitResult, after: UnitResult) -> None:
    there = {ids: item.contribution for ids, item in zip_ids(compare(before, after))}
    backwards = compare(after, before, is_backwards=True)
    back = {(new, old): item.contribution for (old, new), item in zip_ids(backwards)}
    assert there == {ids: None if part is None else -part for ids, part in back.items()}


def zip_ids(comparison: Comparison) -> list[tuple[tuple[str | None, str | None], Item]]:
    return list(zip(ids(comparison), comparison.items, strict=True))


@given(units)
def test_a_unit_does_not_differ_from_itself(unit: UnitResult) -> None:
    comparison = compare(unit, unit)
    assert (comparison.items, comparison.others) == ((), ())


@given(units, units)
def test_when_the_same_is_possible_a_contribution_is_the_points_earned_of_it(
    before: UnitResult, after: UnitResult
) -> None:
    """Only the verdicts differ: the points of the indicators that are measured in both."""
    if before.index.possible != after.index.possible or not before.index.possible:
        return
    for item in compare(before, after).items:
        if item.possible_change == 0:
            assert item.contribution == item.earned_change / before.index.possible


def test_without_an_index_nothing_contributes_but_points_are_told() -> None:
    without, with_one = a_unit(AnArea({"a": (3, None)})), a_unit(AnArea({"a": (3, True)}))
    for before, after, points in ((without, with_one, (3, 3)), (with_one, without, (-3, -3))):
        comparison = compare(before, after)
        (item,) = comparison.items
        assert (comparison.change, item.contribution, item.causes) == (None, None, {})
        assert change_of(item) == points


def test_an_area_may_be_there_on_one_side_only() -> None:
    one, two = a_unit(AnArea({"a": (3, True)})), a_unit(AnArea({"a": (3, True)}), AnArea({"b": (2, False)}))
    assert ids(compare(one, two)) == [(None, "b")]
    assert ids(compare(two, one)) == [("b", None)]


# What is compared with what


def test_an_indicator_on_one_side_has_no_points_on_the_other() -> None:
    before = a_unit(AnArea({"a": (3, True), "b": (5, True)}))
    after = a_unit(AnArea({"a": (3, True), "c": (2, False)}))
    assert ids(compare(before, after)) == [(None, "c"), ("b", None)]


def test_an_indicator_may_have_got_another_id() -> None:
    before = a_unit(AnArea({"a": (3, True), "b": (5, False)}))
    after = a_unit(AnArea({"a": (3, True), "c": (5, True)}), was={"c": "b"})
    assert ids(compare(before, after)) == [("b", "c")]
    assert ids(compare(after, before, is_backwards=True)) == [("c", "b")]


def test_two_indicators_that_changed_places_are_the_same_as_before() -> None:
    before = a_unit(AnArea({"a": (3, True), "b": (5, False)}))
    after = a_unit(AnArea({"b": (3, True), "a": (5, False)}), was={"a": "b", "b": "a"})
    comparison = compare(before, after)
    assert (comparison.items, comparison.others) == ((), ())


def test_what_was_said_may_be_copied_into_the_next_year() -> None:
    """Then it is not said of the year before."""
    before = a_unit(AnArea({"a": (3, True), "b": (5, False)}), was={"a": "b", "b": "a"})
    assert compare(before, before).items == ()


def test_ids_are_compared_as_names() -> None:
    before, after = (a_unit(AnArea({id: (3, True)})) for id in ("A.1", "a 1"))
    assert (compare(before, after).items, compare(before, after).others) == ((), ())


def test_an_area_that_is_taken_over_may_have_got_another_id() -> None:
    before = a_unit(AnArea({"a": (3, True)}, reported=(6, 9), id="A"))
    after = a_unit(AnArea({"a": (3, True)}, reported=(7, 9), id="B"), was={"area B": "A"})
    assert ids(compare(before, after)) == [("area A", "area B")]


def test_ids_may_have_been_shifted() -> None:
    """What was a is now b, so that the former b is not the present one."""
    before = a_unit(AnArea({"a": (3, True), "b": (5, True)}))
    after = a_unit(AnArea({"b": (3, True)}), was={"b": "a"})
    assert ids(compare(before, after)) == [("b", None)]


def test_an_area_taken_over_in_either_is_one_item() -> None:
    taken_over = a_unit(AnArea({"a": (3, True)}, reported=(6, 9)), AnArea({"b": (1, True)}))
    computed = a_unit(AnArea({"a": (3, False)}), AnArea({"b": (1, True)}))
    for comparison in (compare(taken_over, computed), compare(computed, taken_over)):
        assert ids(comparison) == [("area 1", "area 1")]
        assert comparison.others == ()
    (item,) = compare(taken_over, computed).items
    assert change_of(item) == (-6, -6)


def test_indicators_in_an_area_taken_over_in_both_have_no_points() -> None:
    before = a_unit(AnArea({"a": (3, True)}, reported=(6, 9)))
    after = a_unit(AnArea({"a": (3, False)}, reported=(7, 9)))
    comparison = compare(before, after)
    assert (ids(comparison), other_ids(comparison)) == ([("area 1", "area 1")], [("a", "a")])


# Order


def test_what_contributes_most_comes_first() -> None:
    verdicts = {"a": (1, True), "b": (9, False), "c": (4, True)}
    before = a_unit(AnArea(verdicts))
    after = a_unit(AnArea({id: (weight, not met) for id, (weight, met) in verdicts.items()}))
    assert [id_of(item.after) for item in compare(before, after).items] == ["b", "c", "a"]


def test_what_contributes_nothing_comes_last() -> None:
    before = a_unit(AnArea({"a": (1, None)}, reported=(6, 12)), AnArea({"b": (2, False)}))
    after = a_unit(AnArea({"a": (1, None)}, reported=(7, 14)), AnArea({"b": (2, True)}))
    comparison = compare(before, after)
    assert [id_of(item.after) for item in comparison.items] == ["b", "area 1"]
    assert comparison.items[1].contribution == 0


def test_what_contributes_alike_stands_in_the_order_of_the_report() -> None:
    before = a_unit(AnArea(dict.fromkeys("cab", (2, False))))
    after = a_unit(AnArea(dict.fromkeys("cab", (2, True))))
    assert [id_of(item.after) for item in compare(before, after).items] == ["c", "a", "b"]


# What differs without points

ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
    "vikt": "5",
}  # fmt: skip


def of_answers(yes: int, no: int, **changed: str) -> UnitResult:
    return scored(a_report({**ANSWERS, **changed}, answers=answers({"Ja": yes, "Nej": no})))


def test_a_signal_may_differ_without_points() -> None:
    """Neither red nor orange earns anything."""
    comparison = compare(of_answers(50, 50), of_answers(79, 21))
    (other,) = comparison.others
    assert other.before is not None and other.after is not None
    assert (other.before.signal, other.after.signal) == (Signal.RED, Signal.ORANGE)
    assert comparison.items == ()


def test_a_signal_may_differ_by_its_target_alone() -> None:
    comparison = compare(of_answers(79, 21), of_answers(79, 21, krav="minst 95 %"))
    assert other_ids(comparison) == [("1.1.1", "1.1.1")]


def test_an_outcome_may_differ_within_the_same_signal() -> None:
    assert other_ids(compare(of_answers(81, 19), of_answers(82, 18))) == [("1.1.1", "1.1.1")]
    assert other_ids(compare(of_answers(81, 19), of_answers(162, 38))) == [("1.1.1", "1.1.1")]


def test_an_outcome_does_not_differ_by_where_it_was_found() -> None:
    indicator = {"mått": "värde", "krav": "minst 80 %"}
    ((key, figure),) = value("1-1-1", "81 %").items()
    before, after = (
        scored(a_report(indicator, values={key: replace(figure, source=source)}))
        for source in ("Källan", "En annan källa")
    )
    assert compare(before, after).others == ()


def test_what_differs_with_points_is_not_told_twice() -> None:
    assert compare(of_answers(79, 21), of_answers(80, 20)).others == ()


def test_an_indicator_without_weight_on_one_side_is_told_when_it_is_measured() -> None:
    before = a_unit(AnArea({"a": (3, True), "gone": (None, True)}))
    after = a_unit(AnArea({"a": (3, True), "new": (None, False), "unknown": (None, None)}))
    comparison = compare(before, after)
    assert comparison.items == ()
    assert other_ids(comparison) == [(None, "new"), ("gone", None)]


# 2021


def test_a_decrease_that_was_written_as_an_increase(report_2021: ShownReport, whole_year: Path) -> None:
    """Ten points of 177 for one figure in a table: the index was 114 of 177, and should be 124. That it
    contradicts others in the content does not matter here."""
    series = "helårsekvivalenter;Umeå;2021;2020;"
    edit(whole_year / "utfall/varden.csv", f"{series}-0,3", f"{series}0,1")
    (written,) = read(whole_year.parent)
    comparison = compare(score_report(written).association, report_2021.association)
    assert ids(comparison) == [("1.4.1-umea", "1.4.1-umea")]
    (item,) = comparison.items
    assert (*change_of(item), item.contribution) == (10, 0, Fraction(10, 177))
    assert comparison.before.share == Fraction(114, 177)
    assert comparison.after.share == Fraction(124, 177)
    assert comparison.others == ()


def test_units_of_2021_differ_by_the_areas_that_are_taken_over(report_2021: ShownReport) -> None:
    comparison = compare(report_2021.units[0], report_2021.units[1])
    areas = {id for pair in ids(comparison) for id in pair if id and id.startswith("area")}
    assert areas == {"area 2", "area 3", "area 4", "area 5"}
    assert sum_of(comparison.items) == comparison.change


# What of an indicator has changed

PERCENT: dict[str, Any] = {"mått": "värde", "krav": "minst 80 %", "vikt": "4"}


def of_percent(
    percent: int, *, unit: str = "%", rules: Mapping[str, str] | None = None, **changed: str
) -> Report:
    """Two indicators, of which the second is met in each."""
    met = {**PERCENT, "vikt": "2"}
    values = value("1-1-1", f"{percent} {unit}") | value("1-1-2", "90 %") | value("1-1-7", "85 %")
    return a_report({**PERCENT, **changed}, met, values=values, rules=rules)


@pytest.mark.parametrize(
    ("later", "causes"),
    [
        (of_percent(85), {Cause.OUTCOME}),
        (of_percent(60, krav="minst 50 %"), {Cause.TARGET}),
        (of_percent(60, rules={"marginal": "25", "orange_ger": "50 %"}), {Cause.TARGET}),
        (of_percent(60, vikt="6"), {Cause.WEIGHT}),
        (of_percent(85, vikt="6"), {Cause.OUTCOME, Cause.WEIGHT}),
        (of_percent(55, vikt="6", krav="minst 50 %"), {Cause.TARGET, Cause.WEIGHT}),
        (of_percent(85, id="1.1.7"), {Cause.NEW, Cause.GONE}),
        # What the one outcome would have got by the other's target cannot be told.
        (of_percent(0, krav="minst 0 dagar", unit="dagar"), {Cause.OUTCOME}),
    ],
)
def test_a_change_is_explained_by_outcomes_targets_weights_and_what_is_new(
    later: Report, causes: set[Cause]
) -> None:
    now = of_percent(60)
    for before, after in ((now, later), (later, now)):
        comparison = compare(scored(before), scored(after), after.rules)
        assert comparison.causes.keys() == causes
        assert sum(comparison.causes.values()) == comparison.change


def test_a_target_that_is_not_due_takes_nothing_from_what_was_met() -> None:
    before, after = of_percent(85), of_percent(95, krav="minst 90 %", senast="2030", vikt="6")
    assert compare(scored(before), scored(after), after.rules).causes == {}


def test_an_area_that_is_taken_over_is_told_as_such_also_on_one_side_only() -> None:
    one = a_unit(AnArea({"a": (3, False)}))
    two = a_unit(AnArea({"a": (3, False)}), AnArea({"b": (1, None)}, reported=(1, 2)))
    for comparison in (compare(one, two), compare(two, one)):
        assert comparison.causes == {Cause.REPORTED: comparison.change}
    nothing = a_unit(AnArea({"a": (3, False)}), AnArea({"b": (1, None)}, reported=(0, 0)))
    assert (compare(one, nothing).items, compare(one, nothing).others) == ((), ())


@given(units, units)
def test_the_causes_add_up_to_each_contribution(before: UnitResult, after: UnitResult) -> None:
    for item in compare(before, after, Rules()).items:
        if item.contribution is not None:
            assert sum(item.causes.values()) == item.contribution


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ([{"id": "1.1.9", "motsvarar": "1.1.1"}], ["1.1.9 Prov (hade numret 1.1.1)"]),
        ([{"text": "Nytt"}], ["1.1.1 Nytt (hette ”Prov”)"]),
        ([{"id": "2"}], ["2 Prov (ny)", "1.1.1 Prov"]),
        (
            [{"id": "2", "motsvarar": "1.1.1"}, {"id": "3", "motsvarar": "1.1.1"}],
            ["2 Prov (hade numret 1.1.1)", "3 Prov (en del av det som var 1.1.1)"],
        ),
    ],
)
def test_what_has_moved_got_another_name_is_new_or_was_divided_says_so(
    later: list[dict[str, str]], told: list[str]
) -> None:
    values = value("1-1-1", "60 %") | value("1-1-9", "85 %") | value("2", "85 %") | value("3", "85 %")
    before = a_report(PERCENT, values=values)
    now = values | value("1-1-1", "85 %")
    after = a_report(*({**PERCENT, **changed} for changed in later), values=now)
    found = compare(scored(before), scored(after), after.rules)
    names = [item.name for item in comparison_view(found, "Före", "Efter", after.rules).items]
    assert sorted(names) == sorted(told)
