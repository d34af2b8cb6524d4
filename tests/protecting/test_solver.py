"""The solver is asked what has a known answer.

Of three columns each two are together at least so much: half of that for each would be cheapest.
"""

from __future__ import annotations

import pytest

from generator.protecting.solver import LARGE, REACH, Limits, Program, Row

PAIRS = ((0, 1), (1, 2), (0, 2))
ONE_EACH = [1.0, 1.0, 1.0]


def pairs(least: int, row_count: int = 3) -> Program:
    rows = [
        Row(((first, 1), (second, 1)), Limits(least))
        for first, second in (PAIRS[i % 3] for i in range(row_count))
    ]
    return Program([Limits(0)] * 3, 3, rows)


def test_whole_numbers_are_the_answer_where_fractions_would_cost_less() -> None:
    program = Program([Limits(0), Limits(0)], 2, [Row(((0, 2), (1, 5)), Limits(3))])
    assert program.minimise([1, 3], {0: Limits(0, 1)}, {}) == [0, 1]
    assert program.minimise([1, 5], {}, {}) == [2, 0]
    assert program.minimise([1, 5], {}, {}, below=1.5) is None


def test_a_whole_answer_is_found_far_away_too() -> None:
    least = 4 * REACH + 1
    found = pairs(least).minimise(ONE_EACH, {}, {})
    assert found is not None
    assert all(found[first] + found[second] >= least for first, second in PAIRS)


def test_what_follows_from_whole_columns_need_not_be_whole() -> None:
    half = Program(
        [Limits(0), Limits()], 1, [Row(((0, 1), (1, -2)), Limits(0, 0)), Row(((0, 1),), Limits(3))]
    )
    assert half.minimise([1.0, 0.0], {}, {}) == [3]


def test_what_costs_too_much_is_not_wanted() -> None:
    assert pairs(1).minimise(ONE_EACH, {}, {}, below=1.5) is None
    assert pairs(1).minimise(ONE_EACH, {}, {}, below=2.5) is not None


def test_a_whole_answer_that_is_only_wanted_is_not_searched_in_a_large_program() -> None:
    assert pairs(1, LARGE).minimise(ONE_EACH, {}, {}, below=2.5) is not None
    assert pairs(1, LARGE + 1).minimise(ONE_EACH, {}, {}, below=2.5) is None
    assert pairs(2, LARGE + 1).minimise(ONE_EACH, {}, {}) == [1, 1, 1]
    assert pairs(2, LARGE + 1).minimise(ONE_EACH, {}, {}, below=3.5) == [1, 1, 1]


def test_other_limits_are_those_of_one_answer_only() -> None:
    program = Program([Limits(0), Limits(0)], 2, [Row(((0, 1), (1, 1)), Limits(1))])
    assert program.minimise([1, 2], {}, {0: Limits(2)}) == [2, 0]
    assert program.minimise([1, 2], {0: Limits(0, 0)}, {}) == [0, 1]
    assert program.minimise([1, 2], {0: Limits(0, 0)}, {0: Limits(3)}) == [0, 3]
    assert program.minimise([1, 2], {0: Limits(0, 0), 1: Limits(0, 0)}, {}) is None
    assert program.minimise([1, 2], {}, {}) == [1, 0]


def test_what_only_parts_of_persons_solve_has_no_answer() -> None:
    half = Program([Limits(0)], 1, [Row(((0, 2),), Limits(1, 1))])
    assert half.minimise([0.0], {}, {}) is None


def test_that_the_solver_gives_up_is_not_taken_for_no_answer() -> None:
    with pytest.raises(RuntimeError, match="no answer"):
        Program([Limits(0)], 1, []).minimise([-1.0], {}, {})


def test_that_the_solver_refuses_a_program_is_told() -> None:
    with pytest.raises(RuntimeError, match="refuses"):
        Program([Limits(0)], 1, [Row(((1, 1),), Limits(0))]).minimise([0.0], {}, {})


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    pairs(1).minimise(ONE_EACH, {}, {})
    assert capfd.readouterr() == ("", "")
