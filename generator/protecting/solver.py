"""The one place that talks to HiGHS: the same program solved again and again with small changes.

The answer is whole numbers. Most of the programs here have whole corners, so that the plain linear
program answers, quickly and from where the last one ended; only otherwise is a whole solution searched.
How long such a search takes varies a hundredfold, so that it is narrowed as far as its answer allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from operator import mul
from typing import NamedTuple

from generator.model.frozen import Frozen

# These decide how long a search takes and how little is hidden (benchmarks/suppression.py measures both),
# never whether a choice is safe: its certificates and the check of what is published are exact.
REACH = 4  # how far from 0 whole columns are searched first
ENOUGH_NODES = 10  # of the search tree: after so many the best solution found so far will do
MANY_NODES = 1000  # after so many there is none, where none will do
NO_LIMIT = 2**31 - 1
LARGE = 600  # rows: with more, whole solutions are not searched where one is only wanted, not needed
GOOD = 2  # times the cost without whole numbers: a whole solution that costs less will do
LITTLE = 1  # a cost that will do, too
NEAR = 1e-6  # how far from a whole number the solver's answers may lie


class Limits(NamedTuple):
    """From low to high. An infinite limit is none."""

    low: float = -inf
    high: float = inf


class Row(Frozen):
    """A sum of columns, as (column, coefficient), within limits."""

    terms: tuple[tuple[int, int], ...]
    limits: Limits


class Program:
    """Whole numbers (the columns) within limits, some of whose sums (the rows) are within limits too.

    The first `whole` columns must be whole. They are differences from something, so that 0 lies within their
    limits: those near 0 are preferred, even at some cost, if they are hard to find. The columns after them
    follow from the rows.
    """

    def __init__(
        self, columns: Sequence[Limits], whole: int, rows: Sequence[Row], most_nodes: int = NO_LIMIT
    ) -> None:
        self._columns = columns
        self._whole = whole
        self._rows = rows
        self._most_nodes = most_nodes
        self._models: dict[bool, _Model] = {}

    def minimise(
        self,
        costs: Sequence[float],
        columns: Mapping[int, Limits],
        rows: Mapping[int, Limits],
        below: float = inf,
    ) -> list[int] | None:
        """The whole columns of a solution of low cost, or None if there is none.

        With `below` one is only wanted if it costs less than that, and if it is not hard to find.
        `columns` and `rows` are other limits, in this answer only. The costs must be bounded from below
        by the limits. Raises RuntimeError if the solver gives up.
        """
        linear = self._model(whole=False).solve(costs, columns, rows)
        if linear is None:
            return None
        cost = sum(map(mul, costs, linear.values))
        if cost >= below:
            return None
        if (whole := self._whole_part(linear)) is not None:
            return whole
        if below < inf and len(self._rows) > LARGE:
            return None
        # Wide limits make the search many times slower, and what is searched is nearly always close by.
        close = {**columns, **self._close(columns)}
        attempts: list[tuple[float, Mapping[int, Limits]]] = []
        if cost > 0:
            attempts.append((min(max(GOOD * cost, LITTLE), below), close))
        if below == inf:
            attempts += [(inf, close), (inf, columns)]
        for most, limits in attempts:
            lowest = self._too_dear(columns, linear.slopes, most - cost)
            found = self._model(whole=True).solve(costs, {**limits, **lowest}, rows, most)
            if found is not None:
                return [round(value) for value in found.values[: self._whole]]
        return None

    def _whole_part(self, solution: _Solution) -> list[int] | None:
        whole = [round(value) for value in solution.values[: self._whole]]
        is_whole = all(abs(value - near) < NEAR for value, near in zip(solution.values, whole, strict=False))
        return whole if is_whole else None

    def _too_dear(
        self, columns: Mapping[int, Limits], slopes: Sequence[float], room: float
    ) -> dict[int, Limits]:
        """The columns that must stay at their lowest, as one more of them would cost more than the room."""
        dear = [i for i, slope in enumerate(slopes) if slope > room]
        lowest = {i: columns.get(i, self._columns[i]).low for i in dear}
        return {i: Limits(low, low) for i, low in lowest.items()}

    def _close(self, columns: Mapping[int, Limits]) -> dict[int, Limits]:
        limits = (columns.get(i, self._columns[i]) for i in range(self._whole))
        return {i: Limits(max(low, -REACH), min(high, REACH)) for i, (low, high) in enumerate(limits)}

    def _model(self, *, whole: bool) -> _Model:
        if whole not in self._models:
            columns = self._whole if whole else 0
            self._models[whole] = _Model(self._columns, columns, self._rows, self._most_nodes)
        return self._models[whole]


class _Solution(NamedTuple):
    """The columns, and (of a linear program) what one more of each would cost."""

    values: list[float]
    slopes: list[float]


class _Model:
    """A program as the solver keeps it from one answer to the next."""

    def __init__(self, columns: Sequence[Limits], whole: int, rows: Sequence[Row], most_nodes: int) -> None:
        # Not `highspy.Highs`, which prints a banner when it is made.
        from highspy._core import HighsStatus, _Highs

        self._columns = columns
        self._whole, self._most_nodes = whole, most_nodes
        self._row_limits = [row.limits for row in rows]
        self._other_columns: Mapping[int, Limits] = {}  # what the last answer had other limits for
        self._other_rows: Mapping[int, Limits] = {}
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
        for i, limits in _changes(self._columns, self._other_columns, columns):
            highs.changeColBounds(i, *limits)
        for i, limits in _changes(self._row_limits, self._other_rows, rows):
            highs.changeRowBounds(i, *limits)
        self._other_columns, self._other_rows = dict(columns), dict(rows)
        found = self._search(most) if self._whole else self._continue()
        if found is _UNCLEAR:
            raise RuntimeError("the solver gives no answer")
        if not found:
            return None
        solution = highs.getSolution()
        return _Solution(solution.col_value, solution.col_dual)

    def _continue(self) -> bool | None:
        """From where the last answer ended, unless that turns out to be a bad place to start from."""
        found = self._run()
        if found is _UNCLEAR:
            self._highs.clearSolver()
            found = self._run()
        return found

    def _search(self, most: float) -> bool | None:
        """From the beginning. A good solution now is worth more than the best one after a long search.

        One that must cost less than something is given up soon: without that limit one is found faster.
        """
        self._highs.clearSolver()
        self._highs.setOptionValue("objective_target", most - NEAR if most < inf else -inf)
        self._highs.setOptionValue("mip_max_nodes", ENOUGH_NODES)
        found = self._run()
        if found is not _UNCLEAR or most < inf:
            return bool(found)
        self._highs.setOptionValue("mip_max_nodes", self._most_nodes)
        found = self._run()
        return found if self._most_nodes == NO_LIMIT else bool(found)

    def _run(self) -> bool | None:
        """Whether there is a solution; None (unclear) if the solver cannot tell."""
        from highspy._core import HighsModelStatus

        self._highs.run()
        status = self._highs.getModelStatus()
        # The costs are bounded: what is "unbounded or infeasible" is infeasible.
        if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
            return False
        # The search was ended early: what it has found by then is a solution, if not the best. Of the program
        # as the solver has reduced it, that is: it may be none of this.
        is_early = status in (HighsModelStatus.kSolutionLimit, HighsModelStatus.kObjectiveTarget)
        if is_early and self._highs.getInfo().primal_solution_status == _FEASIBLE:
            return True
        solved = (HighsModelStatus.kOptimal, HighsModelStatus.kModelEmpty)
        return True if status in solved else _UNCLEAR


def _changes(
    first: Sequence[Limits], before: Mapping[int, Limits], after: Mapping[int, Limits]
) -> list[tuple[int, Limits]]:
    """What to set, so that the limits are those of `after`, and all others as they were at first."""
    changed = [(i, limits) for i, limits in after.items() if before.get(i, first[i]) != limits]
    return changed + [(i, first[i]) for i in before if i not in after]


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
    "mip_pool_soft_limit": 10,  # many cuts take longer to find than they save
}
