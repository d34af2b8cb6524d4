"""The question: whole numbers, what is known of them, what is to be shown and what must not be derivable.

A sum may be written in any order and with repeated variables.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from math import inf

from generator.model.frozen import Frozen

Variable = Hashable
Key = Hashable
Sum = tuple[tuple[Variable, int], ...]
Terms = tuple[tuple[int, int], ...]  # (position of the variable, coefficient), by position, none of them 0


class Known(Frozen):
    """Beside the figures: low <= sum <= high, None is no limit. `from_signal`: a signal tells it."""

    label: Key
    sum: Sum
    low: int | None
    high: int | None
    from_signal: bool = False


class Shown(Frozen):
    """A figure that is published unless it is hidden. `cost` (above 0) is what readers then lose.

    Those with the same key are hidden together, also where they are other sums.
    Costs count in proportion to the lowest one, up to a hundred thousand times it.
    """

    key: Key
    sum: Sum
    cost: int


class Sensitive(Frozen):
    """What must not be derivable by readers who know that low <= sum <= high; None is no limit."""

    key: Key
    sum: Sum
    low: int
    high: int | None


class LinearSystem(Frozen):
    """True values (whole, not negative) and what is said of them.

    `blocks` tells which variables belong together (the unit). A variable without a block belongs
    with all of them. The order of everything here decides between equally good answers.
    """

    values: Mapping[Variable, int]
    known: tuple[Known, ...]
    shown: tuple[Shown, ...]
    sensitive: tuple[Sensitive, ...]
    blocks: Mapping[Variable, Hashable] = field(default_factory=dict)


class Bound(Frozen):
    """A sum by positions with its true value and its limits."""

    terms: Terms
    value: int
    low: int | None
    high: int | None

    @property
    def room(self) -> tuple[float, float]:
        """How far the sum may lie from its true value."""
        low = -inf if self.low is None else self.low - self.value
        return low, inf if self.high is None else self.high - self.value


class NumberedSystem(Frozen):
    """A system with its variables as positions 0, 1, ...: `values[i]` lies in block `blocks[i]`.

    Blocks are 0, 1, ... in order of appearance; None is a variable that belongs with all. `known`,
    `shown` and `sensitive` stand as in the system.
    """

    variables: tuple[Variable, ...]
    values: tuple[int, ...]
    blocks: tuple[int | None, ...]
    known: tuple[Bound, ...]
    shown: tuple[Bound, ...]
    sensitive: tuple[Bound, ...]

    @property
    def block_count(self) -> int:
        return max((block for block in self.blocks if block is not None), default=-1) + 1

    def home(self, terms: Terms) -> int:
        """The first block that a sum depends on; 0 when it is only of variables that belong with all."""
        blocks = (self.blocks[i] for i, _ in terms)
        return min((block for block in blocks if block is not None), default=0)

    def in_blocks(self, blocks: range) -> list[int]:
        """The variables that belong with all, then those of each block."""
        return [i for block in (None, *blocks) for i in self._by_block.get(block, ())]

    @cached_property
    def _by_block(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for i, block in enumerate(self.blocks):
            found.setdefault(block, []).append(i)
        return found


def number_variables(system: LinearSystem) -> NumberedSystem:
    """The system as numbers only, every sum merged, without zeros and in order.

    Raises ValueError for what cannot be: an untrue `Known`, an unknown variable, a key given twice.
    """
    if len({secret.key for secret in system.sensitive}) < len(system.sensitive):
        raise ValueError("two sums have the same key")
    if any(figure.cost <= 0 for figure in system.shown):
        raise ValueError("a figure has no cost")
    if any(value < 0 for value in system.values.values()):
        raise ValueError("a value is negative")
    variables = tuple(system.values)
    number_of = {variable: i for i, variable in enumerate(variables)}
    values = tuple(system.values.values())
    ids, numbers = system.blocks, dict[Hashable, int]()
    blocks = tuple(numbers.setdefault(ids[name], len(numbers)) if name in ids else None for name in variables)

    def bound(key: Key, terms: Sum, low: int | None = None, high: int | None = None) -> Bound:
        merged: dict[int, int] = {}
        for variable, factor in terms:
            if variable not in number_of:
                raise ValueError(f"{key!r} has the unknown variable {variable!r}")
            i = number_of[variable]
            merged[i] = merged.get(i, 0) + factor
        in_order = tuple((i, merged[i]) for i in sorted(merged) if merged[i])
        value = sum(factor * values[i] for i, factor in in_order)
        if not within(value, low, high):
            raise ValueError(f"{key!r} is {value}, outside of {low} to {high}")
        return Bound(in_order, value, low, high)

    return NumberedSystem(
        variables,
        values,
        blocks,
        known=tuple(bound(fact.label, fact.sum, fact.low, fact.high) for fact in system.known),
        shown=tuple(bound(figure.key, figure.sum) for figure in system.shown),
        sensitive=tuple(bound(each.key, each.sum, each.low, each.high) for each in system.sensitive),
    )


Parts = list[list[tuple[int, int]]]  # for each variable: (number of a sum that it is part of, coefficient)


def parts_of(sums: Iterable[Terms], count: int) -> Parts:
    """Which sums each of so many variables is part of."""
    found: Parts = [[] for _ in range(count)]
    for number, terms in enumerate(sums):
        for i, factor in terms:
            found[i].append((number, factor))
    return found


def sums_about(variables: Iterable[int], parts: Parts) -> dict[int, list[tuple[int, int]]]:
    """For each sum that any of the variables is part of, its terms with these."""
    found: dict[int, list[tuple[int, int]]] = {}
    for i in variables:
        for number, factor in parts[i]:
            found.setdefault(number, []).append((i, factor))
    return found


def sums_moved(moves: Mapping[int, int], parts: Parts) -> dict[int, int]:
    """How much each sum differs when the variables do, of those that do."""
    found: dict[int, int] = {}
    for i, move in moves.items():
        for number, factor in parts[i]:
            found[number] = found.get(number, 0) + factor * move
    return {number: move for number, move in found.items() if move}


def within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def chunks(count: int, size: int) -> Iterator[range]:
    """0 to count - 1, at least one, in consecutive ranges of about the same length, none longer than size."""
    pieces = -(-count // size)
    return (range(count * i // pieces, count * (i + 1) // pieces) for i in range(pieces))
