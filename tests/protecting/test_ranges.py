"""The check of what was hidden, against every possible answer listed one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.protecting.linear_system import (
    Key,
    Known,
    LinearSystem,
    Sensitive,
    Shown,
    Sum,
    Variable,
    within,
)
from generator.protecting.ranges import ranges
from generator.protecting.solver import Program

UNITS = ("Bjurholm", "Vännäs")
SEXES = ("women", "men")


def plus(*variables: Variable) -> Sum:
    return tuple((variable, 1) for variable in variables)


def without(system: LinearSystem, hidden: Collection[Key]) -> LinearSystem:
    """What is left of a system when some figures are hidden."""
    return replace(system, shown=tuple(figure for figure in system.shown if figure.key not in hidden))


def women_and_men(women: int, men: int, known: Iterable[Known] = ()) -> LinearSystem:
    return LinearSystem(
        {"women": women, "men": men},
        tuple(known),
        (
            Shown("women", plus("women"), 1),
            Shown("men", plus("men"), 1),
            Shown("both", plus("women", "men"), 1),
        ),
        (Sensitive("women", plus("women"), 1, 4),),
    )


def test_a_count_that_stands_in_the_open_has_one_value() -> None:
    assert ranges(women_and_men(3, 20)) == {"women": (3, 3)}


def test_a_count_that_a_sum_gives_away_has_one_value() -> None:
    assert ranges(without(women_and_men(3, 20), {"women"})) == {"women": (3, 3)}


def test_a_hidden_count_has_several_values() -> None:
    low, high = ranges(without(women_and_men(3, 20), {"women", "men"}))["women"]
    assert 1 <= low <= 3 <= high <= 4
    assert low < high


def test_a_count_that_nothing_bounds_and_that_moves_only_with_large_steps_has_several_values() -> None:
    tied = Known("ten of one for each of the other", (("women", 10), ("men", -1)), 10, 10)
    system = LinearSystem({"women": 3, "men": 20}, (tied,), (), (Sensitive("women", plus("women"), 0, None),))
    low, high = ranges(system)["women"]
    assert low < high


def test_a_count_that_is_shown_tells_nothing_of_another() -> None:
    system = women_and_men(20, 3)
    secret = (Sensitive("men", plus("men"), 1, 4),)
    low, high = ranges(without(replace(system, sensitive=secret), {"men", "both"}))["men"]
    assert low < high


@pytest.mark.parametrize("possible", [(3, 4), (2, 3)])
def test_the_only_other_value_is_found_though_others_move_far_with_it(possible: tuple[int, int]) -> None:
    tied = Known("ten of one for each of the other", (("women", 10), ("men", -1)), 10, 10)
    secret = (Sensitive("women", plus("women"), *possible),)
    assert ranges(LinearSystem({"women": 3, "men": 20}, (tied,), (), secret)) == {"women": possible}


@pytest.mark.parametrize("possible", [(3, 4), (2, 3)])
def test_the_only_other_value_is_found_though_a_unit_far_away_moves_with_it(
    possible: tuple[int, int],
) -> None:
    low, high = possible
    found = ranges(without(of_units(30, Known("limits", plus(0), low, high)), {0, 29}))
    assert found == {"secret": possible}


def test_no_value_is_negative() -> None:
    """With no men, women could be fewer but not more."""
    low, high = ranges(without(women_and_men(3, 0), {"women", "men"}))["women"]
    assert low < high == 3


def test_values_are_whole() -> None:
    """Between 2.5 and 3.5 there is one whole number."""
    half = Known("half", (("women", 2),), 5, 7)
    assert ranges(without(women_and_men(3, 20, [half]), {"women", "men"})) == {"women": (3, 3)}


def test_what_is_known_of_a_share_narrows_the_count() -> None:
    """At least three women to one man, of four."""
    share = Known("share", (("women", 1), ("men", -3)), 0, None, from_signal=True)
    assert ranges(without(women_and_men(3, 1, [share]), {"women", "men"})) == {"women": (3, 4)}


def of_units(count: int, *known: Known, secret: Sum = ((0, 1),)) -> LinearSystem:
    """One count of each unit, 3 of the first and 10 of the others, and what they are together."""
    values: dict[Variable, int] = {unit: 3 if unit == 0 else 10 for unit in range(count)}
    figures = tuple(Shown(unit, plus(unit), 1) for unit in values)
    total = Shown("all", plus(*values), 1)
    secrets = (Sensitive("secret", secret, 0, None),)
    return LinearSystem(values, known, (*figures, total), secrets, {unit: unit for unit in values})


@pytest.mark.parametrize("units", [1, 30])
def test_a_count_of_one_unit_is_seen_through_the_sum_of_all(units: int) -> None:
    assert ranges(without(of_units(units), {0})) == {"secret": (3, 3)}


@pytest.mark.parametrize("known", [(), (Known("three at least", plus(0), 3, None),)])
def test_a_count_is_protected_by_a_unit_far_away(known: tuple[Known, ...]) -> None:
    low, high = ranges(without(of_units(30, *known), {0, 29}))["secret"]
    assert low < high


def test_a_sum_is_protected_by_its_part_of_a_unit_far_away() -> None:
    system = of_units(30, Known("three", plus(0), 3, 3), secret=plus(0, 29))
    low, high = ranges(without(system, {0, 28, 29}))["secret"]
    assert low < high


@pytest.mark.parametrize("found", [[21, -21], [1, 1]], ids=["a negative value", "another sum"])
def test_an_answer_of_the_solver_that_cannot_be_stops_the_check(
    found: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be taken to prove that a count has another value."""
    secret = (Sensitive("women", plus("women"), 0, None),)
    monkeypatch.setattr(Program, "minimise", lambda *_: found)
    with pytest.raises(RuntimeError, match="not exact"):
        ranges(without(replace(women_and_men(3, 20), sensitive=secret), {"women", "men"}))


def test_a_solver_that_neither_finds_another_value_nor_rules_it_out_is_not_asked_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = (Sensitive("women", plus("women"), 0, None),)
    monkeypatch.setattr(Program, "minimise", lambda _, costs, *__: None if any(costs) else [1, 0])
    with pytest.raises(RuntimeError, match="not exact"):
        ranges(without(replace(women_and_men(3, 20), sensitive=secret), {"women", "men"}))


def tiny(counts: list[int], known: bool) -> LinearSystem:
    """Two units with women and men, all sums of them, and perhaps something known of a share."""
    variables: list[Variable] = [(unit, sex) for unit in UNITS for sex in SEXES]
    values = dict(zip(variables, counts, strict=True))
    sums: dict[Key, Sum] = {variable: plus(variable) for variable in variables}
    sums |= {unit: plus(*((unit, sex) for sex in SEXES)) for unit in UNITS}
    sums |= {sex: plus(*((unit, sex) for unit in UNITS)) for sex in SEXES}
    sums["all"] = plus(*variables)
    share: Sum = ((variables[0], 2), (variables[1], -1), (variables[2], -1))
    is_kept = total(values, share) >= 0
    signal = Known("share", share, 0 if is_kept else None, None if is_kept else -1, from_signal=True)
    return LinearSystem(
        values,
        (signal,) if known else (),
        tuple(Shown(key, terms, 1) for key, terms in sums.items()),
        tuple(Sensitive(key, terms, 1, 2) for key, terms in sums.items() if 1 <= total(values, terms) <= 2),
        {(unit, sex): unit for unit in UNITS for sex in SEXES},
    )


def total(values: Mapping[Variable, int], terms: Sum) -> int:
    return sum(factor * values[variable] for variable, factor in terms)


def divided(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide so many among the parts: how many they are together is always shown."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in divided(total - first, parts - 1))


def possible(system: LinearSystem, hidden: set[Key]) -> dict[Key, set[int]]:
    """The values of each sensitive count in all worlds that agree with what a reader knows."""
    facts = [(fact.sum, fact.low, fact.high) for fact in system.known]
    facts += [(secret.sum, secret.low, secret.high) for secret in system.sensitive]
    for figure in system.shown:
        if figure.key not in hidden:
            value = total(system.values, figure.sum)
            facts.append((figure.sum, value, value))
    found: dict[Key, set[int]] = {secret.key: set() for secret in system.sensitive}
    for counts in divided(sum(system.values.values()), len(system.values)):
        world = dict(zip(system.values, counts, strict=True))
        if all(within(total(world, terms), low, high) for terms, low, high in facts):
            for secret in system.sensitive:
                found[secret.key].add(total(world, secret.sum))
    return found


@given(
    st.builds(tiny, st.lists(st.integers(0, 2), min_size=4, max_size=4), st.booleans()),
    st.sets(st.sampled_from([(unit, sex) for unit in UNITS for sex in SEXES] + [*UNITS, *SEXES])),
)
def test_ranges_agree_with_all_possible_values(system: LinearSystem, hidden: set[Key]) -> None:
    every = possible(system, hidden)
    found = ranges(without(system, hidden))
    assert list(found) == [secret.key for secret in system.sensitive]
    for key, (low, high) in found.items():
        assert {low, high} <= every[key]
        assert (low == high) == (len(every[key]) == 1)
