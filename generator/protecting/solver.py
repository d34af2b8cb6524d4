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
        self._linear: _Highs | None = None

    def minimise(
        self,
        costs: Sequence[float],
        columns: Mapping[int, Limits],
        rows: Mapping[int, Limits],
        below: float = inf,
    ) -> list[int] | None:
        """The whole columns of a solution of lowest cost, or None if there is none.

        None also if even one that need not be whole costs as much as `below`.
        `columns` and `rows` are other limits, in this answer only. The costs must be bounded from
        below by the limits. Raises RuntimeError if the solver gives up.
        """
        linear = self._solve_linear(costs, columns, rows)
        if linear is None or sum(map(mul, costs, linear)) >= below:
            return None
        whole = [round(value) for value in linear[: self._whole]]
        if all(abs(value - near) < NEAR for value, near in zip(linear, whole, strict=False)):
            return whole
        return self._solve_whole(costs, columns, rows)

    def _solve_linear(
        self, costs: Sequence[float], columns: Mapping[int, Limits], rows: Mapping[int, Limits]
    ) -> list[float] | None:
        if self._linear is None:
            self._linear = self._model(self._columns, self._rows, whole=False)
        highs = self._linear
        highs.changeColsCost(len(costs), list(range(len(costs))), list(costs))
        for i, limits in columns.items():
            highs.changeColBounds(i, *limits)
        for i, limits in rows.items():
            highs.changeRowBounds(i, *limits)
        highs.run()
        found = _found(highs)
        if found is _UNCLEAR:
            # Where the last answer ended can be a bad place to start from.
            highs.clearSolver()
            highs.run()
            found = _found(highs)
        if found is _UNCLEAR:
            raise RuntimeError("the solver gives no answer")
        values = highs.getSolution().col_value if found else None
        for i in columns:
            highs.changeColBounds(i, *self._columns[i])
        for i in rows:
            highs.changeRowBounds(i, *self._rows[i].limits)
        return values

    def _solve_whole(
        self, costs: Sequence[float], columns: Mapping[int, Limits], rows: Mapping[int, Limits]
    ) -> list[int] | None:
        changed = [columns.get(i, limits) for i, limits in enumerate(self._columns)]
        changed_rows = [Row(row.terms, rows.get(i, row.limits)) for i, row in enumerate(self._rows)]
        # Wide limits make the search many times slower, and what is searched is nearly always close by.
        close = [
            Limits(max(limits.low, min(-REACH, limits.high)), min(limits.high, max(REACH, limits.low)))
            for limits in changed[: self._whole]
        ]
        for limits in (close + changed[self._whole :], changed):
            highs = self._model(limits, changed_rows, whole=True)
            highs.changeColsCost(len(costs), list(range(len(costs))), list(costs))
            # A good solution now is worth more than the best one after a long search.
            highs.setOptionValue("mip_max_nodes", ENOUGH_NODES)
            highs.run()
            found = _found(highs)
            if found is _UNCLEAR:
                highs.setOptionValue("mip_max_nodes", NO_LIMIT)
                highs.run()
                found = _found(highs)
            if found is _UNCLEAR:
                raise RuntimeError("the solver gives no answer")
            if found:
                return [round(value) for value in highs.getSolution().col_value[: self._whole]]
        return None

    def _model(self, columns: Sequence[Limits], rows: Sequence[Row], *, whole: bool) -> _Highs:
        # Not `highspy.Highs`, which prints a banner when it is made.
        from highspy._core import HighsStatus, _Highs

        highs = _Highs()
        # The same answer every time: one thread, one seed and no limit of time.
        for option, value in _OPTIONS.items():
            highs.setOptionValue(option, value)
        starts, index, factors = [0], [], []
        for row in rows:
            index += [i for i, _ in row.terms]
            factors += [float(factor) for _, factor in row.terms]
            starts.append(len(index))
        integrality = [int(whole and i < self._whole) for i in range(len(columns))]
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
            integrality,
        )
        if status == HighsStatus.kError:
            raise RuntimeError("the solver refuses the program")
        return highs


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
    if status in (HighsModelStatus.kOptimal, HighsModelStatus.kModelEmpty):
        return True
    # The costs are bounded: what is "unbounded or infeasible" is infeasible.
    if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
        return False
    # The search was ended early: what it has found by then is a solution, if not the best.
    if status == HighsModelStatus.kSolutionLimit and highs.getInfo().primal_solution_status == _FEASIBLE:
        return True
    return _UNCLEAR
