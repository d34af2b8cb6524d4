"""Tables of amounts with everything in them computed: sums of rows, and columns made of other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, TypeVar

from generator.model.frozen import Frozen
from generator.model.names import as_written, name_key
from generator.model.outcomes import TableRow
from generator.model.places import Place
from generator.model.quantities import half_step
from generator.model.settings import Unit
from generator.model.sums import Sum, Term
from generator.model.table_settings import PERCENT, POINTS, WORDS, ComputedColumn, TableDefinition

if TYPE_CHECKING:
    from generator.model.shown import ShownPeople  # beside tables of amounts

NOTHING = Fraction(0)
Node = TypeVar("Node", int, str)


class Amount(Frozen):
    """A cell: what is typed in it and what it is computed to be, exact; None where it is not.

    `slack` and `computed_slack` are how much rounding can have changed the two. `basis` are the cells
    that it is computed from. `value` is what is shown and added up: what is typed, which can differ from
    what is computed by rounding only, unless the author has explained that it is wrong.
    """

    place: Place
    given: Fraction | None = None
    computed: Fraction | None = None
    slack: Fraction = NOTHING
    computed_slack: Fraction = NOTHING
    basis: tuple[Place, ...] = ()
    is_computed: bool = False  # whether the computed one is shown
    is_masked: bool = False  # by its source, or made of what is
    unit: str = ""  # of a sum of several there is none

    @property
    def value(self) -> Fraction | None:
        return self.computed if self.is_computed else self.given

    @property
    def value_slack(self) -> Fraction:
        return self.computed_slack if self.is_computed else self.slack

    @property
    def tolerance(self) -> Fraction:
        """How far rounding alone can take what is typed from what is computed."""
        return self.slack + self.computed_slack

    @property
    def differs(self) -> bool:
        """Whether what is typed is another number than what is computed."""
        return None not in (self.given, self.computed) and self.given != self.computed

    @property
    def cells(self) -> tuple[Place, ...]:
        return self.basis if self.is_computed else (self.place,)


class AmountColumn(Frozen):
    """A heading, and the unit of what stands under it; `definition` where it is computed."""

    heading: str
    unit: str
    definition: ComputedColumn | None = None

    @property
    def key(self) -> str:
        return name_key(self.heading)

    @property
    def is_share(self) -> bool:
        return self.definition is not None and self.definition.share_of is not None

    @property
    def has_words(self) -> bool:
        return self.unit == WORDS

    @property
    def quotient(self) -> tuple[str, str] | None:
        return self.definition.quotient if self.definition is not None else None


Addend = tuple[int, int]  # sign, and the index of a row
Cell = tuple[int | None, AmountColumn | None]  # None where a name is unknown


class AmountTable(Frozen):
    """A table as it is defined and read. Names that cannot be found make an amount unknown.

    `units` are the association and then its units, and `people` their rows of the participant table, as
    they are shown: a quotient of what is hidden is hidden, so that it tells no more than they do.
    """

    definition: TableDefinition
    rows: tuple[TableRow, ...]
    units: tuple[Unit, ...] = ()
    people: Mapping[tuple[str, str], ShownPeople] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.definition.id

    def divided_by(self, people: Mapping[tuple[str, str], ShownPeople]) -> AmountTable:
        """The same table where nothing in it is divided by people, so that it is computed once."""
        divides = any(definition.quotient for definition in self.definition.computed)
        return replace(self, people=people) if divides else self

    @cached_property
    def columns(self) -> tuple[AmountColumn, ...]:
        """Those of the file, then those that are computed and not typed."""
        computed = {definition.name: definition for definition in self.definition.computed}
        headings = self.rows[0].places if self.rows else ()
        untyped = computed.keys() - set(map(name_key, headings))
        names = (*headings, *(as_written(name) for name in computed if name in untyped))
        unit_of = self.definition.unit_of
        return tuple(AmountColumn(name, unit_of(name), computed.get(name_key(name))) for name in names)

    def column(self, name: str) -> AmountColumn | None:
        return next((column for column in self.columns if column.key == name_key(name)), None)

    @property
    def first(self) -> AmountColumn | None:
        """The first with numbers."""
        return next((column for column in self.columns if not column.has_words), None)

    @cached_property
    def drawn(self) -> AmountColumn | None:
        """The column that a chart shows."""
        wanted = self.definition.drawn
        return self.column(wanted) if wanted else self.first

    def unit_of(self, row: int, column: AmountColumn) -> str:
        """What an amount is in: a row with a unit of its own has it in all columns but those in percent."""
        has_own = self.is_added(column) and not column.is_share
        is_between = column.definition is not None and column.definition.is_difference
        unit = self.rows[row].unit or column.unit if has_own else PERCENT
        return POINTS if is_between and self.rows[row].unit == PERCENT else unit

    @cached_property
    def addends(self) -> Mapping[int, tuple[Addend, ...]]:
        """What each row with a sum is made of, by the index of the row; none where a name is unknown."""
        sums = {index: (row.equals, row) for index, row in enumerate(self.rows) if row.equals is not None}
        found = {index: self._addends_of(equals, row) for index, (equals, row) in sums.items()}
        return {index: addends for index, addends in found.items() if addends}

    def _addends_of(self, asked: Sum, row: TableRow | None = None) -> tuple[Addend, ...]:
        named = [(term.sign, self.rows_of(term, row)) for term in asked.terms]
        if not all(rows for _, rows in named):
            return ()
        return tuple((sign, index) for sign, rows in named for index in rows)

    def rows_of(self, term: Term, row: TableRow | None = None) -> list[int]:
        """A row of the same group goes first, then a row that is alone with its name, then a whole group.

        A group is its rows, without those that are sums themselves.
        """
        named, grouped = (
            [index for index in found.get(term.name, ()) if self.rows[index] is not row]
            for found in self._named_and_grouped
        )
        own = [index for index in named if row is not None and self.rows[index].group == row.group]
        if own or len(named) == 1:
            return own or named
        return grouped

    @cached_property
    def _named_and_grouped(self) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
        named: dict[str, list[int]] = {}
        grouped: dict[str, list[int]] = {}
        for index, row in enumerate(self.rows):
            named.setdefault(name_key(row.name), []).append(index)
            if not row.equals:
                grouped.setdefault(name_key(row.group), []).append(index)
        return named, grouped

    def sum_of(self, asked: Sum, column: AmountColumn) -> Amount | None:
        """The amount of rows or groups in a column; None when a name is unknown or an amount missing."""
        return _added([(sign, self.amount(index, column)) for sign, index in self._addends_of(asked)])

    def amount(self, row: int, column: AmountColumn) -> Amount:
        return self._amounts[row, column.key]

    @cached_property
    def _amounts(self) -> Mapping[tuple[int, str], Amount]:
        """Every cell: what is made of others after them. In a circle, which is told elsewhere, none is."""
        found: dict[tuple[int, str], Amount] = {}
        rows, by_key = _order(self.rows_made_of), {column.key: column for column in self.columns}
        for key in filter(by_key.__contains__, _order(self.columns_made_of)):
            for index in rows:
                found[index, key] = self._computed(index, by_key[key], found)
        return found

    @property
    def rows_made_of(self) -> Mapping[int, Sequence[int]]:
        return {index: [other for _, other in self.addends.get(index, ())] for index in range(len(self.rows))}

    @property
    def columns_made_of(self) -> Mapping[str, Sequence[str]]:
        computed = ((column, self._terms(0, column) if column.definition else ()) for column in self.columns)
        return {column.key: [key for _, (_, key) in terms] for column, terms in computed}

    def _terms(self, index: int, column: AmountColumn) -> Sequence[tuple[int, tuple[int, str]]]:
        """The cells that one is made of, with their signs; of a share the part and the whole."""
        definition = column.definition
        if definition is None:
            return [(sign, (other, column.key)) for sign, other in self.addends.get(index, ())]
        if definition.quotient is not None:
            return [(1, (index, definition.quotient[0]))]
        if definition.equals is not None:
            return [(term.sign, (index, term.name)) for term in definition.equals.terms]
        cells = self.share_of(definition, index)
        return [(1, (row, of.key)) for row, of in cells if row is not None and of is not None]

    def _computed(self, index: int, column: AmountColumn, known: Known) -> Amount:
        row = self.rows[index]
        if column.quotient is not None:
            return self._quotient(index, *column.quotient, known)
        place, given = row.places.get(column.heading, row.place), row.amounts.get(column.heading)
        is_rounded = self.definition.rounded and given is not None
        slack = self._half_units[column.heading, row.unit] if is_rounded else NOTHING
        terms = [(sign, known.get(cell)) for sign, cell in self._terms(index, column)]
        unit = self.unit_of(index, column)
        is_sum = column.definition is not None or self.is_added(column)
        found = _share(terms) if column.is_share else _added(terms) if is_sum else None
        if found is None:
            masked = any(amount.is_masked for _, amount in terms if amount is not None)
            is_masked = given is None and (column.heading in row.masked or masked)
            return Amount(place, given, slack=slack, is_masked=is_masked, unit=unit)
        amount = replace(found, place=place, given=given, slack=slack, unit=unit)
        is_wrong = given is not None and abs(given - (found.computed or 0)) > amount.tolerance
        is_shown = given is None or (is_wrong and bool(row.explanation)) or column.is_share
        return replace(amount, is_computed=is_shown)

    def is_added(self, column: AmountColumn) -> bool:
        """Percent beside amounts are shares of these, which have no sum."""
        return column.unit != PERCENT or self.definition.unit == PERCENT

    def _quotient(self, index: int, column: str, by: str, known: Known) -> Amount:
        """Computed anew in each row, also in sums, and never what is typed."""
        place, amount = self.rows[index].place, known.get((index, column))
        people = self.people.get((self.unit_of_row.get(index, ""), by))
        if amount is None or people is None:
            return Amount(place)
        if amount.is_masked or not isinstance(people.total, int):
            return Amount(place, is_masked=True)
        if amount.value is None or not people.total:
            return Amount(place)
        basis, value = (*amount.cells, *people.places), amount.value / people.total
        return Amount(place, computed=value, basis=basis, is_computed=True, unit=amount.unit)

    @cached_property
    def unit_of_row(self) -> Mapping[int, str]:
        """The units that rows are called as. The sum of all units of a division is the association's."""
        found: dict[int, frozenset[str]] = {}
        for index in _order(self.rows_made_of):
            own = [unit.id for unit in self.units if unit.is_called(self.rows[index].name)]
            parts = (found.get(other, frozenset()) for _, other in self.addends.get(index, ()))
            found[index] = frozenset(own[:1]) or frozenset().union(*parts)
        association, ways = self.units[:1], {unit.division for unit in self.units[1:]}
        whole = [frozenset(unit.id for unit in self.units[1:] if unit.division == way) for way in ways]
        return {
            index: association[0].id if named in whole else min(named)
            for index, named in found.items()
            if named and (named in whole or len(named) == 1)
        }

    def share_of(self, definition: ComputedColumn, index: int) -> tuple[Cell, Cell]:
        """The part and the whole of a row's share: of one row in the same column, or of another column."""
        column = self.column(definition.column) if definition.column else self.first
        whole, rows = definition.share_of or "", self.rows_of(Term(definition.share_of or ""))
        if not rows and (other := self.column(whole)) is not None:
            return (index, column), (index, other)
        return (index, column), ((rows[0] if len(rows) == 1 else None), column)

    @cached_property
    def _half_units(self) -> Mapping[tuple[str, str], Fraction]:
        """By heading and the rows' unit, half of what amounts are rounded to: that of the most decimals."""
        found: dict[tuple[str, str], Fraction] = {}
        for row in self.rows:
            for heading, amount in row.amounts.items():
                key = heading, row.unit
                found[key] = min(half_step(amount), found.get(key, Fraction(1, 2)))
        return found


Known = Mapping[tuple[int, str], Amount]


def _share(terms: Sequence[tuple[int, Amount | None]]) -> Amount | None:
    """In percent; None when part or whole is missing or in another unit, or the whole is nothing."""
    match terms:
        case [(_, Amount(unit=unit) as part), (_, Amount(unit=of) as whole)] if unit == of and whole.value:
            if part.value is None:
                return None
            basis = tuple(dict.fromkeys(part.cells + whole.cells))
            return Amount(part.place, computed=100 * part.value / whole.value, basis=basis)
    return None


def _added(addends: Sequence[tuple[int, Amount | None]]) -> Amount | None:
    """None when there is nothing to add, or one of the amounts is missing."""
    total, slack = NOTHING, NOTHING
    cells: dict[Place, None] = {}  # each once: sums of sums would double them row by row
    for sign, amount in addends:
        if amount is None or amount.value is None:
            return None
        total += sign * amount.value
        slack += amount.value_slack
        cells |= dict.fromkeys(amount.cells)
    basis, units = tuple(cells), {amount.unit for _, amount in addends if amount is not None}
    if not basis:
        return None
    unit = units.pop() if len(units) == 1 else ""
    return Amount(basis[0], computed=total, computed_slack=slack, basis=basis, is_computed=True, unit=unit)


def in_circle(made_of: Mapping[Node, Sequence[Node]]) -> Node | None:
    """What is made of itself, by way of others."""
    try:
        TopologicalSorter(made_of).prepare()
    except CycleError as error:
        circle: list[Node] = error.args[1]
        return min(circle)
    return None


def _order(made_of: Mapping[Node, Sequence[Node]]) -> tuple[Node, ...]:
    """Each after what it is made of; as they stand when that cannot be."""
    try:
        return tuple(TopologicalSorter(made_of).static_order())
    except CycleError:
        return tuple(made_of)
