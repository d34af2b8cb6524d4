"""Checks what was hidden: what can a reader work out of each sensitive count?

Independent of how the choice was made: nothing is taken from `suppression`. What a reader knows is
written down as a program of its own, in how far the values may lie from the true ones, and solved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from generator.protecting.linear_system import (
    Bound,
    Key,
    LinearSystem,
    Terms,
    chunks,
    number_variables,
    parts_of,
    sums_about,
    sums_moved,
)
from generator.protecting.solver import Limits, Program, Row

BLOCKS_AT_ONCE = 8
GROWTH = 8  # how many times more blocks are looked at together when so few do not tell
TRIES = 4  # solutions that move many counts at once, before each is looked at alone
STEP = 4  # how far those move each value at most

Moves = Mapping[int, int]  # variable: distance from its true value


def ranges(system: LinearSystem) -> dict[Key, tuple[int, int]]:
    """For each sensitive count the lowest and highest value that are proven to be possible for a reader.

    A range of several values is at least this wide: the search ends when two are proven. A range of one
    value is exact: it is proven that there is no other.
    """
    reader = _Reader(system)
    waiting = reader.undecided()
    count, size = max(reader.numbered.block_count, 1), BLOCKS_AT_ONCE
    while waiting:
        waiting = [
            target
            for blocks in chunks(count, size)
            for target in reader.look(blocks, [i for i in waiting if reader.home(i) in blocks])
        ]
        if waiting and size >= count:
            raise RuntimeError("the solver's answer is not exact")
        size *= GROWTH
    return {secret.key: reader.range_of(i) for i, secret in enumerate(system.sensitive)}


class _Reader:
    """What a reader knows, and how far from its true value each count has proven to be possible.

    `facts` are the sums of variables, each with how far it may lie from its true value.
    """

    def __init__(self, system: LinearSystem) -> None:
        self.numbered = numbered = number_variables(system)
        shown = dict.fromkeys(bound.terms for bound in numbered.shown)
        # What stands in the open is as it is, and need not be part of any program.
        self._open = {terms[0][0]: True for terms in shown if len(terms) == 1}
        self._targets = [self._fact_of(bound) for bound in numbered.sensitive]
        self.facts = [
            *self._targets,  # first, so that a target and its fact have the same number
            *(self._fact_of(bound) for bound in numbered.known),
            *(Row(self._closed(terms), Limits(0, 0)) for terms in shown),
        ]
        self.facts_of = parts_of((fact.terms for fact in self.facts), len(numbered.values))
        self._low = [0] * len(self._targets)
        self._high = [0] * len(self._targets)

    def undecided(self) -> list[int]:
        """The counts that are not plain to see from what stands in the open."""
        return [i for i, target in enumerate(self._targets) if target.terms]

    def home(self, target: int) -> int:
        """The first block that a count depends on."""
        return self.numbered.home(self._targets[target].terms)

    def range_of(self, target: int) -> tuple[int, int]:
        value = self.numbered.sensitive[target].value
        return value + self._low[target], value + self._high[target]

    def look(self, blocks: range, targets: Sequence[int]) -> list[int]:
        """Second values with all other blocks as they are; returns the targets that it leaves undecided."""
        if not targets:
            return []
        piece = _Piece(self, [i for i in self.numbered.in_blocks(blocks) if i not in self._open])
        chance = Random(blocks.start)
        for _ in range(TRIES):
            left = {i: chance.choice((-1, 1)) for i in targets if not self._has_moved(i)}
            if left:
                self._note(piece.pull(left))
        return [target for target in targets if not self._decide(piece, target)]

    def _decide(self, piece: _Piece, target: int) -> bool:
        """Whether the target has a second value, or is proven to have none."""
        low, high = self._targets[target].limits
        for pull, limits in ((1, Limits(1, high)), (-1, Limits(low, -1))):
            if not self._has_moved(target) and limits.low <= limits.high:
                self._note(piece.pull({target: pull}, limits))
        return self._has_moved(target) or piece.rules_out(target)

    def _has_moved(self, target: int) -> bool:
        return self._low[target] < self._high[target]

    def _note(self, moves: Moves | None) -> None:
        """Widens the ranges by a solution, after an exact check that it is one."""
        if not moves:
            return
        sums = sums_moved(moves, self.facts_of)
        is_solution = all(self.numbered.values[i] + move >= 0 for i, move in moves.items()) and all(
            self.facts[number].limits.low <= move <= self.facts[number].limits.high
            for number, move in sums.items()
        )
        if not is_solution:
            raise RuntimeError("the solver's answer is not exact")
        for number, move in sums.items():
            if number < len(self._targets):
                self._low[number] = min(self._low[number], move)
                self._high[number] = max(self._high[number], move)

    def _fact_of(self, bound: Bound) -> Row:
        return Row(self._closed(bound.terms), Limits(*bound.room))

    def _closed(self, terms: Terms) -> Terms:
        return tuple((i, factor) for i, factor in terms if i not in self._open)


class _Piece:
    """Some variables as a program whose columns are their distances from the true values."""

    def __init__(self, reader: _Reader, variables: Sequence[int]) -> None:
        self._variables = variables
        self._column = {i: column for column, i in enumerate(variables)}
        inside = sums_about(variables, reader.facts_of)
        facts = {number: reader.facts[number] for number in inside}
        self._row = {number: row for row, number in enumerate(inside)}
        self._terms = [tuple((self._column[i], factor) for i, factor in terms) for terms in inside.values()]
        self._limits = {number: fact.limits for number, fact in facts.items()}
        self._reaching_out = [number for number in inside if len(inside[number]) < len(facts[number].terms)]
        self._columns = [Limits(-reader.numbered.values[i]) for i in variables]
        rows = [Row(*of_row) for of_row in zip(self._terms, self._limits.values(), strict=True)]
        self._program = Program(self._columns, len(variables), rows)

    def pull(self, directions: Mapping[int, int], limits: Limits | None = None) -> Moves | None:
        """A solution with the targets as far in their directions (1 or -1) as they go together.

        With limits: for one target, which must lie within them but no farther than it must, with no limit of
        how far others move.
        """
        costs = [0.0] * len(self._variables)
        for target, direction in directions.items():
            for column, factor in self._terms[self._row[target]]:
                costs[column] += direction * factor * (-1 if limits is None else 1)
        if limits is None:
            near = [Limits(max(low, -STEP), STEP) for low, _ in self._columns]
            found = self._program.minimise(costs, dict(enumerate(near)), {})
        else:
            rows = {self._row[target]: limits for target in directions}
            found = self._program.minimise(costs, {}, rows)
        if found is None:
            return None
        return {i: move for i, move in zip(self._variables, found, strict=True) if move}

    def rules_out(self, target: int) -> bool:
        """Whether what is known of these variables alone leaves the target no other value."""
        if target in self._reaching_out:
            return False
        free = {self._row[number]: Limits() for number in self._reaching_out}
        low, high = self._limits[target]
        costs = [0.0] * len(self._variables)
        return all(
            self._program.minimise(costs, {}, {**free, self._row[target]: limits}) is None
            for limits in (Limits(low, -1), Limits(1, high))
            if limits.low <= limits.high
        )
