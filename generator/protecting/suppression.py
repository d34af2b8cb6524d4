"""Chooses what to hide, so that every small count could also have been another.

For each sensitive count one other world is found: whole numbers that agree with everything known and
published, and in which that count differs. What differs in it and was to be shown is hidden. Hiding more
later never contradicts a world that was found earlier, so each needs to be found once. The solver makes
each world hide little, by cost, beside what is hidden already; afterwards what turned out not to be
needed is shown again, as far as that is found out quickly. That is a good choice, not always the best.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from math import inf

from generator.model.frozen import Frozen
from generator.protecting.linear_system import (
    Bound,
    Key,
    LinearSystem,
    NumberedSystem,
    Parts,
    Terms,
    chunks,
    number_variables,
    parts_of,
    sums_about,
    sums_moved,
)
from generator.protecting.solver import MANY_NODES, NO_LIMIT, Limits, Program, Row

ALL_AT_ONCE = 20  # blocks; more are looked at in pieces, so that the work grows only with their number
BLOCKS_AT_ONCE = 7
GROWTH = 8  # how many times larger the pieces become for what cannot be protected well in small ones
LARGEST_COST_RATIO = 100_000  # more would drown the small costs in rounding
COST_OF_MOVING = 0.01  # of what is hidden anyway, in lowest costs of showing: small worlds are preferred
STILL = Limits(0, 0)


class Suppression(Frozen):
    """What to hide, and what cannot be protected by hiding.

    `exposed` has the key of each sensitive count that stays derivable when every figure is hidden, with
    the labels of the signals that give it away: without all of these it would be protected, and without
    only some of them not. There are no labels when it is derivable even without any signal.
    """

    hidden: frozenset[Key]
    exposed: Mapping[Key, tuple[Key, ...]]


def suppress(system: LinearSystem, *, is_told: bool = True) -> Suppression:
    """Hides shown figures so that no sensitive count is derivable, except for those `exposed`.

    Unless what gives these away `is_told`, those that would take long to protect are among them.
    """
    table = _Table(system)
    search = _Search(table, is_told=is_told)
    search.protect()
    search.show_again()
    return Suppression(
        hidden=frozenset(key for line in search.hidden for key in table.lines[line].keys),
        exposed={
            system.sensitive[i].key: tuple(system.known[k].label for k in search.exposed[i])
            for i in sorted(search.exposed)
        },
    )


class _Line(Frozen):
    """Shown figures that tell the same, and are shown or hidden together."""

    terms: Terms
    keys: tuple[Key, ...]
    cost: int


def _lines(system: LinearSystem, numbered: NumberedSystem) -> tuple[_Line, ...]:
    keys: dict[Terms, list[Key]] = {}
    costs: dict[Terms, int] = {}
    for figure, bound in zip(system.shown, numbered.shown, strict=True):
        terms = bound.terms
        keys.setdefault(terms, []).append(figure.key)
        costs[terms] = costs.get(terms, 0) + figure.cost
    return tuple(_Line(terms, tuple(keys[terms]), costs[terms]) for terms in keys)


class _World(Frozen):
    """How another world differs: the lines and the sensitive counts that differ in it."""

    lines: tuple[int, ...]
    sensitive: tuple[int, ...]


class _Table:
    """The system with what each variable is part of."""

    def __init__(self, system: LinearSystem) -> None:
        self.numbered = numbered = number_variables(system)
        self.lines = lines = _lines(system, numbered)
        self.signals = {i for i, fact in enumerate(system.known) if fact.from_signal}
        count = len(numbered.values)
        self.known_of = parts_of((fact.terms for fact in numbered.known), count)
        self.sensitive_of = parts_of((secret.terms for secret in numbered.sensitive), count)
        self.lines_of = parts_of((line.terms for line in lines), count)
        self.lowest_cost = min((line.cost for line in lines), default=1)
        self.costs = [min(line.cost / self.lowest_cost, LARGEST_COST_RATIO) for line in lines]
        secrets = {secret.terms for secret in numbered.sensitive}
        self.primary = tuple(i for i, line in enumerate(lines) if line.terms in secrets)
        self.groups = _groups(numbered)

    def group(self, target: int) -> int:
        """Which variables a target can depend on: nothing is known or shown of those of several groups."""
        return self.groups[self.numbered.sensitive[target].terms[0][0]]

    def home(self, target: int) -> int:
        """The first block that a sensitive count depends on."""
        return self.numbered.home(self.numbered.sensitive[target].terms)

    def reaches_out(self, terms: Terms, blocks: range) -> bool:
        """Whether a sum is also of other blocks."""
        found = (self.numbered.blocks[i] for i, _ in terms)
        return any(block is not None and block not in blocks for block in found)

    def world(self, moves: Mapping[int, int]) -> _World | None:
        """The moves as a world, or None if they contradict something. Exact."""
        numbered = self.numbered
        if any(numbered.values[i] + move < 0 for i, move in moves.items()):
            return None
        facts = sums_moved(moves, self.known_of)
        counts = sums_moved(moves, self.sensitive_of)
        if not (_all_kept(numbered.known, facts) and _all_kept(numbered.sensitive, counts)):
            return None
        return _World(tuple(sorted(sums_moved(moves, self.lines_of))), tuple(sorted(counts)))


def _groups(numbered: NumberedSystem) -> list[int]:
    """For each variable the group that it is in, by the first variable of that."""
    first = list(range(len(numbered.values)))

    def find(i: int) -> int:
        while first[i] != i:
            first[i] = i = first[first[i]]
        return i

    for bound in (*numbered.known, *numbered.sensitive, *numbered.shown):
        ends = [find(i) for i, _ in bound.terms]
        for end in ends:
            first[end] = min(ends)
    return [find(i) for i in range(len(first))]


def _all_kept(bounds: Sequence[Bound], moves: Mapping[int, int]) -> bool:
    rooms = ((bounds[row].room, move) for row, move in moves.items())
    return all(low <= move <= high for (low, high), move in rooms)


class _Part:
    """Some variables as a program, with all others as they are.

    Its columns are how far each variable moves up, and down, and then the same for each shown sum of
    several of them. That the two directions are apart lets both have a cost.
    """

    def __init__(self, table: _Table, variables: Sequence[int], most_nodes: int) -> None:
        self._table = table
        self._variables = variables
        numbered = table.numbered
        self._column = {i: 2 * n for n, i in enumerate(variables)}
        self._whole = 2 * len(variables)
        columns = [limits for i in variables for limits in (Limits(0), Limits(0, numbered.values[i]))]
        rows: list[Row] = []
        self._open_rows: set[int] = set()  # of which these variables are not all

        def add(parts: Parts, bounds: Sequence[Bound]) -> dict[int, int]:
            """The sums as rows, each with its number."""
            first, found = len(rows), sums_about(self._variables, parts)
            for number, terms in found.items():
                if len(terms) < len(bounds[number].terms):
                    self._open_rows.add(len(rows))
                rows.append(Row(self._up_and_down(terms), Limits(*bounds[number].room)))
            return {number: row for row, number in enumerate(found, start=first)}

        self.known_rows = add(table.known_of, numbered.known)
        self._sensitive_rows = add(table.sensitive_of, numbered.sensitive)
        self._line_columns: list[tuple[int, int]] = []  # line, and the first of its two columns
        for line, terms in sums_about(self._variables, table.lines_of).items():
            if len(terms) == 1:
                ((i, _),) = terms
                self._line_columns.append((line, self._column[i]))
                continue
            up = len(columns)
            self._line_columns.append((line, up))
            rows.append(Row((*self._up_and_down(terms), (up, -1), (up + 1, 1)), Limits(0, 0)))
            columns += [Limits(0), Limits(0)]
        # Slightly different for each variable, so that equally good worlds are told apart by more
        # than the solver's path.
        self._moving = [COST_OF_MOVING * (1 + n // 2 / self._whole) for n in range(self._whole)]
        self._moving += [0.0] * (len(columns) - self._whole)
        self._program = Program(columns, self._whole, rows, most_nodes)

    def world(self, target: int, more: bool, hidden: Container[int], below: float = inf) -> _World | None:
        """The cheapest world in which the target is more, or less, if there is any.

        `hidden` are the lines that cost nothing. Costs of `below` and more need not be looked for.
        """
        side = self._side(target, more)
        if side is None:
            return None
        rows = {self._sensitive_rows[target]: side}
        scaled = below / self._table.lowest_cost
        # A line that alone costs as much cannot be hidden, so that its columns cannot move.
        too_costly = {
            column + way: STILL
            for line, column in self._line_columns
            if self._table.lines[line].cost >= below and line not in hidden
            for way in (0, 1)
        }
        found = self._program.minimise(self._costs(hidden), too_costly, rows, scaled)
        if found is None:
            return None
        return self._table.world({i: found[column] - found[column + 1] for i, column in self._column.items()})

    def can_move(self, target: int, without: Iterable[int] = ()) -> bool:
        """Whether the target can differ when everything is hidden, with some known facts left out."""
        return self._can_move(target, {self.known_rows[fact]: Limits() for fact in without})

    def could_move(self, target: int, without: Iterable[int] = ()) -> bool:
        """Whether it could differ if all other variables moved as well, however they may: no means never."""
        free = {*self._open_rows, *(self.known_rows[fact] for fact in without)}
        is_inside = self._sensitive_rows[target] not in self._open_rows
        return not is_inside or self._can_move(target, dict.fromkeys(free, Limits()))

    def _can_move(self, target: int, free: Mapping[int, Limits]) -> bool:
        sides = [side for more in (True, False) if (side := self._side(target, more)) is not None]
        return any(
            self._program.minimise(self._moving, {}, {**free, self._sensitive_rows[target]: side}) is not None
            for side in sides
        )

    def _side(self, target: int, more: bool) -> Limits | None:
        """How far the target may move up, or down, if it can at all."""
        low, high = self._table.numbered.sensitive[target].room
        side = Limits(1, high) if more else Limits(low, -1)
        return side if side.low <= side.high else None

    def _costs(self, hidden: Container[int]) -> list[float]:
        costs = list(self._moving)
        for line, column in self._line_columns:
            if line not in hidden:
                costs[column] += self._table.costs[line]
                costs[column + 1] += self._table.costs[line]
        return costs

    def _up_and_down(self, terms: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        up = [(self._column[i], factor) for i, factor in terms]
        down = [(self._column[i] + 1, -factor) for i, factor in terms]
        return (*up, *down)


class _Search:
    """What is hidden so far, and the worlds that certify it."""

    def __init__(self, table: _Table, *, is_told: bool) -> None:
        self.table, self._is_told = table, is_told
        self.hidden = dict.fromkeys(table.primary, True)
        self._primary = dict(self.hidden)
        self.worlds: dict[int, _World] = {}
        self.exposed: dict[int, tuple[int, ...]] = {}
        self._certified = [0] * len(table.numbered.sensitive)  # by how many worlds
        self._users: dict[int, dict[int, bool]] = {}  # line: worlds that it differs in
        self._last = 0
        self._earlier: dict[int, list[_World]] = {}  # target: all worlds so far in which it differs
        self._failed: dict[int, int] = {}  # target: the last world before it could not be certified anew
        few = table.numbered.block_count <= ALL_AT_ONCE
        self._size = ALL_AT_ONCE if few else BLOCKS_AT_ONCE
        self._piece_of = self._pieces(self._size)
        self._parts: dict[tuple[range, int], _Part] = {}

    def protect(self) -> None:
        waiting: Sequence[int] = range(len(self.table.numbered.sensitive))
        size = self._size
        while waiting:
            waiting = self._protect(waiting, self._pieces(size))
            size *= GROWTH

    def _pieces(self, size: int) -> dict[int, range]:
        """For each block those that are looked at together with it."""
        pieces = chunks(max(self.table.numbered.block_count, 1), size)
        return {block: piece for piece in pieces for block in piece}

    def _protect(self, targets: Sequence[int], piece_of: Mapping[int, range]) -> list[int]:
        """Finds worlds within each piece. Returns the targets that want a larger one."""
        left = []
        for target in sorted(targets, key=lambda target: piece_of[self.table.home(target)].start):
            if self._certified[target]:
                continue
            piece = piece_of[self.table.home(target)]
            world = self._cheapest(self._part(piece, target), target)
            is_whole = len(piece) == len(piece_of)
            if world is not None and (is_whole or not self._reaches_out(world, target, piece)):
                self._accept(world)
            elif world is None and is_whole and not self._is_told:
                self.exposed[target] = ()
            elif world is not None or not self._is_told or not self._is_exposed(target):
                if is_whole:
                    raise RuntimeError("the solver's answer is not exact")
                left.append(target)
        return left

    def _part(self, piece: range, target: int) -> _Part:
        group, table = self.table.group(target), self.table
        if (piece, group) not in self._parts:
            variables = [i for i in table.numbered.in_blocks(piece) if table.groups[i] == group]
            self._parts[piece, group] = _Part(table, variables, NO_LIMIT if self._is_told else MANY_NODES)
        return self._parts[piece, group]

    def _cheapest(self, part: _Part, target: int, below: float = inf) -> _World | None:
        """A world that hides little, if that costs less than `below`."""
        best = None
        for earlier in self._earlier.get(target, ()):
            if self._cost(earlier) < below:
                best, below = earlier, self._cost(earlier)
        for more in (True, False):
            world = part.world(target, more, self.hidden, below) if below > 0 else None
            if world is not None and self._cost(world) < below:
                best, below = world, self._cost(world)
        return best

    def _cost(self, world: _World) -> int:
        return sum(self.table.lines[line].cost for line in world.lines if line not in self.hidden)

    def _reaches_out(self, world: _World, target: int, piece: range) -> bool:
        """Whether a count of these blocks alone would hide a figure of others too."""
        table = self.table
        more = (table.lines[line].terms for line in world.lines if line not in self.hidden)
        own = table.numbered.sensitive[target].terms
        return not table.reaches_out(own, piece) and any(table.reaches_out(terms, piece) for terms in more)

    def _is_exposed(self, target: int) -> bool:
        """Whether nothing that could be hidden protects the target. If so, notes what gives it away."""
        for part in self._around(target):
            if part.can_move(target):
                return False
            if not part.could_move(target):
                break
        self.exposed[target] = self._giving_away(target)
        return True

    def _around(self, target: int) -> Iterator[_Part]:
        """Larger and larger pieces around the target, the last of which is all that it can depend on."""
        size, home, count = 1, self.table.home(target), self.table.numbered.block_count
        yield self._part(self._pieces(size)[home], target)
        while size < count:
            size *= GROWTH
            yield self._part(self._pieces(size)[home], target)

    def _giving_away(self, target: int) -> tuple[int, ...]:
        """The signals that would have to go: one, if one is enough, or some that are all needed."""
        # Those about the same block first: they are the likely ones.
        home = range(self.table.home(target), self.table.home(target) + 1)
        known = self.table.numbered.known
        for part in self._around(target):
            signals = sorted(self.table.signals & part.known_rows.keys())
            signals.sort(key=lambda fact: self.table.reaches_out(known[fact].terms, home))
            if part.can_move(target, signals):
                break
            if not part.could_move(target, signals):
                return ()
        for signal in signals:
            if part.can_move(target, [signal]):
                return (signal,)
        for signal in list(signals):
            rest = [other for other in signals if other != signal]
            if part.can_move(target, rest):
                signals = rest
        return tuple(sorted(signals))

    def _accept(self, world: _World) -> None:
        self._last += 1
        self.worlds[self._last] = world
        for target in world.sensitive:
            self._certified[target] += 1
            earlier = self._earlier.setdefault(target, [])
            if world not in earlier:
                earlier.append(world)
        for line in world.lines:
            self.hidden[line] = True
            self._users.setdefault(line, {})[self._last] = True

    def _withdraw(self, number: int) -> _World:
        world = self.worlds.pop(number)
        for target in world.sensitive:
            self._certified[target] -= 1
        for line in world.lines:
            del self._users[line][number]
        return world

    def show_again(self) -> None:
        """Shows what turned out not to be needed, or can be replaced by less. The most costly first."""
        table = self.table
        secondary = [line for line in self.hidden if line not in self._primary]
        for line in sorted(secondary, key=lambda line: (-table.lines[line].cost, line)):
            self._show(line)

    def _show(self, line: int) -> None:
        """Shows a line, if other worlds can replace those in which it differs, and hide less."""
        if line not in self.hidden:
            return
        users = list(self._users.get(line, {}))
        withdrawn = [self._withdraw(number) for number in users]
        del self.hidden[line]
        uncertified = {target: True for world in withdrawn for target in world.sensitive}
        if not self._replace(list(uncertified), line):
            for world in withdrawn:
                self._accept(world)
            return
        for unused in {other: True for world in withdrawn for other in world.lines}:
            if unused in self.hidden and not self._users.get(unused) and unused not in self._primary:
                del self.hidden[unused]

    def _replace(self, targets: Sequence[int], line: int) -> bool:
        """Certifies the targets anew without a line; if that would hide as much, changes nothing."""
        most = self.table.lines[line].cost
        numbers: list[int] = []
        lines: list[int] = []
        # Those for which nothing was found lately are likely to end this soonest.
        for target in sorted(targets, key=lambda target: -self._failed.get(target, 0)):
            if self._certified[target]:
                continue
            part = self._part(self._piece_of[self.table.home(target)], target)
            world = self._cheapest(part, target, below=most)
            if world is None:
                self._failed[target] = self._last
                for number in numbers:
                    self._withdraw(number)
                for hidden in lines:
                    del self.hidden[hidden]
                return False
            most -= self._cost(world)
            lines += [other for other in world.lines if other not in self.hidden]
            self._accept(world)
            numbers.append(self._last)
        return True
