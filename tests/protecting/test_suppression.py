"""What is hidden: enough, no more than needed, and the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterable
from math import inf
from random import Random

import pytest
from highspy import Highs, HighsModelStatus
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.protecting.linear_system import (
    Key,
    Known,
    LinearSystem,
    Sensitive,
    Shown,
    Sum,
    Variable,
    chunks,
    number_variables,
)
from generator.protecting.solver import Program
from generator.protecting.suppression import Suppression, suppress

ROWS = ("exits", "positive", "interrupted", "work", "studies", "support", "left", "all")
SEXES = ("women", "men")


def plus(*variables: Variable) -> Sum:
    return tuple((variable, 1) for variable in variables)


def system(
    values: dict[Variable, int],
    sums: dict[Key, tuple[Sum, int]],
    known: Iterable[Known] = (),
    below: int = 5,
    blocks: dict[Variable, Key] | None = None,
) -> LinearSystem:
    """Every figure, as a sum and its cost, is sensitive when it is a small count."""

    def is_small(terms: Sum) -> bool:
        return 1 <= sum(factor * values[variable] for variable, factor in terms) < below

    return LinearSystem(
        values,
        tuple(known),
        tuple(Shown(key, terms, cost) for key, (terms, cost) in sums.items()),
        tuple(Sensitive(key, terms, 1, below - 1) for key, (terms, _) in sums.items() if is_small(terms)),
        blocks or {},
    )


def women_and_men(women: int, men: int, known: Iterable[Known] = (), below: int = 5) -> LinearSystem:
    figures: dict[Key, tuple[Sum, int]] = {
        "women": (plus("women"), 1),
        "men": (plus("men"), 1),
        "both": (plus("women", "men"), 3),
    }
    return system({"women": women, "men": men}, figures, known, below)


def two_units(small: int, large: int) -> LinearSystem:
    figures: dict[Key, tuple[Sum, int]] = {
        "small": (plus("small"), 1),
        "large": (plus("large"), 1),
        "all": (plus("small", "large"), 100),
    }
    blocks: dict[Variable, Key] = {"small": "Bjurholm", "large": "Umeå"}
    return system({"small": small, "large": large}, figures, blocks=blocks)


def test_nothing_small_means_nothing_hidden() -> None:
    assert suppress(women_and_men(5, 20)) == Suppression(frozenset(), {})


def test_the_other_sex_is_hidden_with_a_small_count() -> None:
    assert suppress(women_and_men(3, 20)).hidden == {"women", "men"}


def test_two_small_counts_protect_each_other() -> None:
    assert suppress(women_and_men(3, 4)).hidden == {"women", "men"}


def test_a_total_that_costs_less_is_hidden_instead() -> None:
    values: dict[Variable, int] = {"women": 3, "men": 20}
    figures: dict[Key, tuple[Sum, int]] = {
        "women": (plus("women"), 1),
        "men": (plus("men"), 3),
        "both": (plus("women", "men"), 1),
    }
    assert suppress(system(values, figures)).hidden == {"women", "both"}


def test_another_unit_is_hidden_rather_than_the_sum_of_all() -> None:
    assert suppress(two_units(2, 80)).hidden == {"small", "large"}


def of_thirty(*parts: int, more: Iterable[Known] = ()) -> Suppression:
    """It is known how many all units are together, and each but the first and one that is far away."""
    values: dict[Variable, int] = {unit: 3 if unit == 0 else 10 for unit in range(30)}
    known = [Known(unit, plus(unit), 10, 10) for unit in values if unit not in (0, 20)]
    known += [Known("all", plus(*values), 293, 293), *more]
    figures = tuple(Shown(unit, plus(unit), 1) for unit in values)
    secret = (Sensitive("secret", plus(*parts), 0, None),)
    return suppress(LinearSystem(values, tuple(known), figures, secret, {unit: unit for unit in values}))


@pytest.mark.parametrize("parts", [(0,), (0, 29)], ids=["a unit", "a sum"])
def test_what_only_a_unit_far_away_protects_is_not_exposed(parts: tuple[int, ...]) -> None:
    found = of_thirty(*parts)
    assert found.hidden == {0, 20}
    assert not found.exposed


@pytest.mark.parametrize(("unit", "count"), [(0, 3), (20, 10)])
def test_the_signal_that_gives_away_what_only_a_unit_far_away_protects_is_named(
    unit: int, count: int
) -> None:
    signal = Known("signal", plus(unit), count, count, from_signal=True)
    assert of_thirty(0, more=[signal]).exposed == {"secret": ("signal",)}


def test_a_sum_of_what_has_nothing_else_in_common_is_protected_by_any_part_of_it() -> None:
    values: dict[Variable, int] = {"women": 3, "men": 1}
    shown = (Shown("women", plus("women"), 1), Shown("men", plus("men"), 1))
    secret = (Sensitive("both", plus("women", "men"), 0, None),)
    result = suppress(LinearSystem(values, (Known("fixed", plus("women"), 3, 3),), shown, secret))
    assert result.hidden == {"men"}
    assert not result.exposed


def test_a_count_that_no_figure_tells_is_protected_by_hiding_none() -> None:
    secret = (Sensitive("women", plus("women"), 0, None),)
    result = suppress(LinearSystem({"women": 3}, (), (), secret))
    assert not result.hidden
    assert not result.exposed


@pytest.mark.parametrize(
    ("values", "costs", "hidden"),
    [((2, 9, 9), (1, 5, 4, 10), {"work", "support"}), ((2, 9, 0), (1, 1, 2, 9), {"work", "studies"})],
)
def test_the_cheapest_part_that_helps_is_hidden(
    values: tuple[int, ...], costs: tuple[int, ...], hidden: set[str]
) -> None:
    """A zero stays shown when nothing needs it."""
    parts = ("work", "studies", "support")
    sums = (*map(plus, parts), plus(*parts))
    figures: dict[Key, tuple[Sum, int]] = dict(
        zip((*parts, "positive"), zip(sums, costs, strict=True), strict=True)
    )
    assert suppress(system(dict(zip(parts, values, strict=True)), figures)).hidden == hidden


def test_a_part_that_can_only_be_itself_takes_its_whole_with_it() -> None:
    known = Known("all are new", (("all", 1), ("new", -1)), 0, 0)
    values: dict[Variable, int] = {"all": 2, "new": 2}
    figures: dict[Key, tuple[Sum, int]] = {"all": (plus("all"), 1), "new": (plus("new"), 1)}
    result = suppress(system(values, figures, [known]))
    assert result.hidden == {"all", "new"}
    assert not result.exposed


def test_figures_that_tell_the_same_are_hidden_together() -> None:
    values: dict[Variable, int] = {"unit": 3}
    figures: dict[Key, tuple[Sum, int]] = {
        "unit": (plus("unit"), 1),
        "association": (plus("unit"), 100),
        "twice": ((("unit", 1), ("unit", 1)), 1),
        "negative": ((("unit", -1),), 1),
    }
    assert suppress(system(values, figures)).hidden == {"unit", "association", "twice", "negative"}


def test_a_signal_that_gives_a_count_away_is_named() -> None:
    idle = Known("some are men", plus("men"), 1, None, from_signal=True)
    green = Known("few women", (("women", 3), ("both", -1)), None, 0, from_signal=True)
    red = Known("not fewer", (("women", 4), ("both", -1)), 1, None, from_signal=True)
    total = Known("both", (("both", 1), ("women", -1), ("men", -1)), 0, 0)
    values: dict[Variable, int] = {"women": 1, "men": 2, "both": 3}
    figures: dict[Key, tuple[Sum, int]] = {"women": (plus("women"), 1)}
    assert suppress(system(values, figures, [idle, total, green, red])).exposed == {}
    all_known = Known("three", plus("both"), 3, 3)
    result = suppress(system(values, figures, [idle, total, all_known, green, red]))
    assert result.exposed == {"women": ("few women",)}


def test_signals_that_only_together_give_a_count_away_are_named_by_one_that_may_go() -> None:
    low = Known("low", (("women", 1),), 3, None, from_signal=True)
    high = Known("high", (("women", 1),), None, 3, from_signal=True)
    assert suppress(women_and_men(3, 20, [low, high])).exposed == {"women": ("low",)}


def test_signals_that_each_give_a_count_away_are_all_named() -> None:
    first = Known("first", plus("women"), 3, 3, from_signal=True)
    second = Known("second", plus("women"), 3, 3, from_signal=True)
    idle = Known("idle", plus("women"), 1, None, from_signal=True)
    assert suppress(women_and_men(3, 20, [first, idle, second])).exposed == {"women": ("first", "second")}


def test_a_count_that_is_known_without_signals_is_exposed_by_none() -> None:
    known = Known("fixed", plus("women"), 3, 3)
    signal = Known("signal", plus("women"), 1, None, from_signal=True)
    result = suppress(women_and_men(3, 20, [known, signal]))
    assert result.exposed == {"women": ()}
    assert "women" in result.hidden


@pytest.mark.parametrize(("below", "hidden"), [(3, set()), (4, {"women", "men"})])
def test_small_is_what_lies_below_the_threshold(below: int, hidden: set[str]) -> None:
    assert suppress(women_and_men(3, 20, below=below)).hidden == hidden


def test_the_only_possible_small_count_is_exposed() -> None:
    assert suppress(women_and_men(1, 20, below=2)).exposed == {"women": ()}


@pytest.mark.parametrize(
    ("values", "known", "shown", "message"),
    [
        ({"a": -1, "b": 1}, (), (), "negative"),
        ({"a": 1}, (Known("untrue", plus("a"), 2, None),), (), "untrue"),
        ({"a": 1}, (), (Shown("b", plus("b"), 1),), "unknown variable"),
        ({"a": 1}, (), (Shown("a", plus("a"), 0),), "cost"),
    ],
)
def test_what_cannot_be_is_refused(
    values: dict[Variable, int], known: tuple[Known, ...], shown: tuple[Shown, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        number_variables(LinearSystem(values, known, shown, ()))


def test_two_sensitive_counts_with_one_key_are_refused() -> None:
    twice = Sensitive("a", plus("a"), 1, 4)
    with pytest.raises(ValueError, match="two sums"):
        number_variables(LinearSystem({"a": 1}, (), (), (twice, twice)))


def test_a_sum_may_be_written_in_any_order_and_with_variables_that_cancel_out() -> None:
    written = (("b", 1), ("c", 1), ("a", 2), ("c", -1), ("b", 2))
    numbered = number_variables(LinearSystem({"a": 1, "b": 2, "c": 9}, (), (Shown("x", written, 1),), ()))
    assert numbered.shown[0].terms == ((0, 2), (1, 3))
    assert numbered.shown[0].value == 8


@pytest.mark.parametrize(
    ("count", "pieces"), [(1, [(0, 1)]), (3, [(0, 3)]), (4, [(0, 2), (2, 4)]), (7, [(0, 2), (2, 4), (4, 7)])]
)
def test_units_are_divided_into_parts_of_about_the_same_size(
    count: int, pieces: list[tuple[int, int]]
) -> None:
    assert [(one.start, one.stop) for one in chunks(count, 3)] == pieces


def test_tables_that_have_nothing_in_common_do_not_change_each_other() -> None:
    one = women_and_men(3, 20, [Known("some are men", plus("men"), 1, None, from_signal=True)])
    other = two_units(2, 80)
    both = LinearSystem(
        {**one.values, **other.values},
        one.known,
        (*one.shown, *other.shown),
        (*one.sensitive, *other.sensitive),
        other.blocks,
    )
    assert suppress(both).hidden == suppress(one).hidden | suppress(other).hidden


@pytest.mark.parametrize(
    ("men", "found"),
    [(0, [1, 0, 0, 1]), (20, [1, 0, 0, 0]), (20, [2, 0, 0, 2])],
    ids=["fewer than none", "another sum", "known not to be small"],
)
def test_an_answer_of_the_solver_that_cannot_be_is_no_world(
    men: int, found: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Program, "minimise", lambda *_: found)
    both = Known("both", plus("women", "men"), 3 + men, 3 + men)
    with pytest.raises(RuntimeError, match="not exact"):
        suppress(women_and_men(3, men, [both]))


def test_the_same_is_hidden_in_every_process() -> None:
    code = (
        "from tests.protecting.test_suppression import report, suppress;"
        "r = suppress(report([3, 1, 0, 12, 2] * 8));"
        "print(sorted(map(str, r.hidden)))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True, text=True)
    own = suppress(report([3, 1, 0, 12, 2] * 8))
    assert done.stdout == f"{sorted(map(str, own.hidden))}\n"


def report(counts: list[int]) -> LinearSystem:
    """Units with rows of women and men, their totals and the association's sums. Five counts make a row."""
    values: dict[Variable, int] = {}
    known = []
    units = len(counts) // 10
    for n, i in enumerate(range(0, units * 10, 5)):
        unit, sex = n // 2, SEXES[n % 2]
        work, studies, support, interrupted, left = counts[i : i + 5]
        positive = work + studies + support
        exits = positive + interrupted
        row = (exits, positive, interrupted, work, studies, support, left, exits + left)
        values |= {(unit, name, sex): count for name, count in zip(ROWS, row, strict=True)}
        for whole, parts in (
            ("exits", ("positive", "interrupted")),
            ("positive", ("work", "studies", "support")),
            ("all", ("exits", "left")),
        ):
            identity = [((unit, whole, sex), 1), *(((unit, name, sex), -1) for name in parts)]
            known.append(Known((unit, whole, sex), tuple(identity), 0, 0))
    for unit in range(units):
        known.append(_signal(unit, values))
    figures: dict[Key, tuple[Sum, int]] = {}
    for place, members in [*((unit, [unit]) for unit in range(units)), ("association", range(units))]:
        for name in ROWS:
            for of, sexes in (("women", ("women",)), ("men", ("men",)), ("both", SEXES)):
                terms = plus(*((unit, name, sex) for unit in members for sex in sexes))
                cost = (100 if place == "association" else 1) * (3 if of == "both" else 1)
                figures[(place, name, of)] = (terms, cost)
    blocks: dict[Variable, Key] = {
        (unit, name, sex): unit for unit in range(units) for name in ROWS for sex in SEXES
    }
    return system(values, figures, known, blocks=blocks)


def _signal(unit: int, values: dict[Variable, int]) -> Known:
    """Whether at least 80 % of the exits are positive."""
    parts = tuple(((unit, "positive", sex), 5) for sex in SEXES)
    terms = (*parts, *(((unit, "exits", sex), -4) for sex in SEXES))
    is_green = sum(factor * values[variable] for variable, factor in terms) >= 0
    return Known((unit, "signal"), terms, 0 if is_green else None, None if is_green else -1, from_signal=True)


def derivable(system: LinearSystem, hidden: Collection[Key]) -> set[Key]:
    """An attack with its own model of what a reader knows: which sensitive counts have one value only?"""
    at = {variable: i for i, variable in enumerate(system.values)}
    facts = [(fact.sum, fact.low, fact.high) for fact in system.known]
    facts += [(secret.sum, secret.low, secret.high) for secret in system.sensitive]
    for figure in system.shown:
        if figure.key not in hidden:
            value = true_value(system, figure.sum)
            facts.append((figure.sum, value, value))
    solver = Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    for _ in at:
        solver.addVar(0, 1000)
    solver.changeColsIntegrality(len(at), list(range(len(at))), [1] * len(at))  # type: ignore[arg-type]
    for terms, low, high in facts:
        columns, factors = [at[variable] for variable, _ in terms], [float(factor) for _, factor in terms]
        solver.addRow(
            -inf if low is None else low, inf if high is None else high, len(terms), columns, factors
        )
    return {
        secret.key
        for secret in system.sensitive
        if all(
            _furthest(solver, [(at[variable], direction * factor) for variable, factor in secret.sum])
            == direction * true_value(system, secret.sum)
            for direction in (1, -1)
        )
    }


def _furthest(solver: Highs, terms: list[tuple[int, int]]) -> int:
    """The highest value of a sum."""
    for column, factor in terms:
        solver.changeColCost(column, -factor)
    solver.run()
    assert solver.getModelStatus() == HighsModelStatus.kOptimal
    highest = round(-solver.getObjectiveValue())
    for column, _ in terms:
        solver.changeColCost(column, 0)
    return highest


def true_value(system: LinearSystem, terms: Sum) -> int:
    return sum(factor * system.values[variable] for variable, factor in terms)


def reports(units: int, counts: st.SearchStrategy[int]) -> st.SearchStrategy[LinearSystem]:
    return st.lists(counts, min_size=10 * units, max_size=10 * units).map(report)


# Each takes long; `make fuzz` tries many.
FEW, FEWER = (settings(max_examples=settings().max_examples // part) for part in (4, 8))
TYPICAL = st.sampled_from((0, 1, 2, 3, 4, 5, 8, 13, 21, 34))
SPARSE = st.sampled_from((0, 0, 0, 0, 1, 1, 2))


# Where a line cannot be shown again after all, once another count has been certified without it.
TRIED_IN_VAIN = report([2, 0, 0, 0, 1, 1, 0, 0, 0, 2, 2, 0, 0, 1, 1, 1, 1, 0, 0, 0])


@FEW
@given(reports(3, TYPICAL) | reports(3, SPARSE) | reports(1, SPARSE))
@example(TRIED_IN_VAIN)
def test_no_reader_can_work_out_what_is_not_said_to_be_exposed(system: LinearSystem) -> None:
    result = suppress(system)
    assert derivable(system, result.hidden) == set(result.exposed)


@pytest.mark.parametrize(
    ("seed", "counts", "cost"),
    [(25, (0, 1, 2, 3, 4, 5, 8, 13, 21, 34), 415), (3, (0, 0, 0, 1, 2, 8), 516)],
    ids=["typical", "sparse"],
)
def test_of_many_units_little_is_hidden(seed: int, counts: tuple[int, ...], cost: int) -> None:
    """What was reached: less is better."""
    chance = Random(seed)
    units = report([chance.choice(counts) for _ in range(25 * 10)])
    hidden = suppress(units).hidden
    assert sum(figure.cost for figure in units.shown if figure.key in hidden) <= cost


@FEWER
@given(reports(2, TYPICAL))
def test_nothing_is_hidden_that_could_be_shown(system: LinearSystem) -> None:
    """No more than the rules ask for: any hidden figure, if shown again, would give a count away."""
    result = suppress(system)
    small = {secret.key for secret in system.sensitive}
    for key in sorted(result.hidden - small, key=str):
        assert derivable(system, result.hidden - {key}) != set(result.exposed)
