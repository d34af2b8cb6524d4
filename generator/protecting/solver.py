"""The one place that talks to HiGHS: the same program solved again and again with small changes.

The answer is whole numbers. Most of the programs here have whole corners, so that the plain linear
program answers, quickly and from where the last one ended; only otherwise is a whole solution searched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from highspy._core import _Highs

REACH = 4  # how far from 0 whole columns are searched first
ENOUGH_NODES = 50  # of the search tree: after so many the best solution found so far will do
NO_LIMIT = 2**31 - 1
LITTLE = 1  # a cost that is as good as none
NEAR = 1e-6  # how far from a whole number the solver's answers may lie


class Limits(NamedTuple):
    """From low to high. An infinite limit is none."""

    low: float = -inf
    high: float = inf


@dataclass(frozen=True)
class Row:
    """A sum of columns, as (column, coefficient), within limits."""

    terms: tuple[tuple[int, int], ...]
    limits: Limits


class Program:
    """Whole numbers (the columns) within limits, some of whose sums (the rows) are within limits too.

    The first `whole` columns must be whole. They are differences from something: those near 0 are
    preferred, even at some cost, if they are hard to find. The columns after them follow from the rows.
    """

    def __init__(self, columns: Sequence[Limits], whole: int, rows: Sequence[Row]) -> None:
        self._columns = columns
        self._whole = whole
        self._rows = rows
        self._models: dict[int, _Model] = {}

    def minimise(
        self,
        costs: Sequence[float],
        columns: Mapping[int, Limits],
        rows: Mapping[int, Limits],
        below: float = inf,
    ) -> list[int] | None:
        """The whole columns of a solution of low cost, or None if there is none.

        None also if even one that need not be whole costs as much as `below`, or if none that costs less
        is close by. `columns` and `rows` are other limits, in this answer only. The costs must be bounded
        from below by the limits. Raises RuntimeError if the solver gives up.
        """
        linear = self._model(whole=0).solve(costs, columns, rows)
        if linear is None:
            return None
        cost = sum(map(mul, costs, linear.values))
        if cost >= below:
            return None
        whole = [round(value) for value in linear.values[: self._whole]]
        if all(abs(value - near) < NEAR for value, near in zip(linear.values, whole, strict=False)):
            return whole
        good = max(2 * cost, LITTLE) if cost > 0 else inf
        for most in dict.fromkeys((min(good, below), below)):
            kept = self._kept(columns, linear.slopes, most - cost)
            # Wide limits make the search many times slower, and what is searched is nearly always close by.
            found = self._search(costs, {**columns, **self._close(columns), **kept}, rows, most)
            if found is not None:
                return found
        return self._search(costs, columns, rows, inf) if below == inf else None

    def _kept(
        self, columns: Mapping[int, Limits], slopes: Sequence[float], room: float
    ) -> dict[int, Limits]:
        """The columns that must stay at their lowest, as one more of them would cost more than the room."""
        dear = [i for i, slope in enumerate(slopes) if slope > room]
        lowest = {i: columns.get(i, self._columns[i]).low for i in dear}
        return {i: Limits(low, low) for i, low in lowest.items()}

    def _close(self, columns: Mapping[int, Limits]) -> dict[int, Limits]:
        limits = (columns.get(i, self._columns[i]) for i in range(self._whole))
        return {
            i: Limits(max(low, min(-REACH, high)), min(high, max(REACH, low)))
            for i, (low, high) in enumerate(limits)
        }

    def _search(
        self, costs: Sequence[float], columns: Mapping[int, Limits], rows: Mapping[int, Limits], most: float
    ) -> list[int] | None:
        found = self._model(whole=self._whole).solve(costs, columns, rows, most)
        return None if found is None else [round(value) for value in found.values[: self._whole]]

    def _model(self, whole: int) -> _Model:
        if whole not in self._models:
            self._models[whole] = _Model(self._columns, whole, self._rows)
        return self._models[whole]


class _Solution(NamedTuple):
    """The columns, and (of a linear program) what one more of each would cost."""

    values: list[float]
    slopes: list[float]


class _Model:
    """A program as the solver keeps it from one answer to the next."""

    def __init__(self, columns: Sequence[Limits], whole: int, rows: Sequence[Row]) -> None:
        # Not `highspy.Highs`, which prints a banner when it is made.
        from highspy._core import HighsStatus, _Highs

        self._columns = columns
        self._whole = whole
        self._rows = rows
        self._highs = highs = _Highs()
        # The same answer every time: one thread, one seed and no limit of time.
        for option, value in _OPTIONS.items():
            highs.setOptionValue(option, value)
        starts, index, factors = [0], [], []
        for row in rows:
            index += [i for i, _ in row.terms]
            factors += [float(factor) for _, factor in row.terms]
            starts.append(len(index))
        status = highs.passModel(
            len(columns),
            len(rows),
            len(index),
            _ROWWISE,
            _MINIMISE,
            0.0,
            [0.0] * len(columns),
            [limits.low for limits in columns],
            [limits.high for limits in columns],
            [row.limits.low for row in rows],
            [row.limits.high for row in rows],
            starts,
            index,
            factors,
            [int(i < whole) for i in range(len(columns))],
        )
        if status == HighsStatus.kError:
            raise RuntimeError("the solver refuses the program")

    def solve(
        self,
        costs: Sequence[float],
        columns: Mapping[int, Limits],
        rows: Mapping[int, Limits],
        most: float = inf,
    ) -> _Solution | None:
        """A solution with other limits. If it must be whole, one that costs less than `most` will do."""
        highs = self._highs
        highs.changeColsCost(len(costs), list(range(len(costs))), list(costs))
        for i, limits in columns.items():
            highs.changeColBounds(i, *limits)
        for i, limits in rows.items():
            highs.changeRowBounds(i, *limits)
        found = self._search(most) if self._whole else self._continue()
        if found is _UNCLEAR:
            raise RuntimeError("the solver gives no answer")
        solution = highs.getSolution() if found else None
        answer = None if solution is None else _Solution(solution.col_value, solution.col_dual)
        for i in columns:
            highs.changeColBounds(i, *self._columns[i])
        for i in rows:
            highs.changeRowBounds(i, *self._rows[i].limits)
        return answer

    def _continue(self) -> bool | None:
        """From where the last answer ended, unless that turns out to be a bad place to start from."""
        found = self._run()
        if found is _UNCLEAR:
            self._highs.clearSolver()
            found = self._run()
        return found

    def _search(self, most: float) -> bool | None:
        """From the beginning. A good solution now is worth more than the best one after a long search."""
        self._highs.clearSolver()
        self._highs.setOptionValue("objective_bound", most)
        self._highs.setOptionValue("objective_target", most - NEAR if most < inf else -inf)
        self._highs.setOptionValue("mip_max_nodes", ENOUGH_NODES)
        found = self._run()
        if found is _UNCLEAR:
            self._highs.setOptionValue("mip_max_nodes", NO_LIMIT)
            found = self._run()
        return found

    def _run(self) -> bool | None:
        self._highs.run()
        return _found(self._highs)


_ROWWISE = 2
_MINIMISE = 1
_UNCLEAR = None
_FEASIBLE = 2
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 1,
    "mip_rel_gap": 0.5,
}


def _found(highs: _Highs) -> bool | None:
    """Whether there is a solution; None (unclear) if the solver cannot tell."""
    from highspy._core import HighsModelStatus

    status = highs.getModelStatus()
    if status in (
        HighsModelStatus.kOptimal,
        HighsModelStatus.kObjectiveTarget,
        HighsModelStatus.kModelEmpty,
    ):
        return True
    # The costs are bounded: what is "unbounded or infeasible" is infeasible.
    if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
        return False
    # The search was ended early: what it has found by then is a solution, if not the best.
    if status == HighsModelStatus.kSolutionLimit and highs.getInfo().primal_solution_status == _FEASIBLE:
        return True
    return _UNCLEAR
