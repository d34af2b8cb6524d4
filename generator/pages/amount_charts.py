"""Bars beside the amounts of a table, in one scale, and what they tell in a sentence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from generator.model.amounts import AmountTable
from generator.model.frozen import Frozen
from generator.model.names import and_list, name_key, upper_first
from generator.model.table_settings import TableForm
from generator.pages import views
from generator.pages.numbers import of_all
from generator.pages.scales import Scale

ZERO = Fraction(0)


class Bar(Frozen):
    """From one amount to another. `kind` is how it is painted: a "level" begins at zero, "up" and "down"
    are steps. A "budget" is the frame of what is "within" it, with what is "over" it behind."""

    start: Fraction
    end: Fraction
    kind: str


class Chart(Frozen):
    """Bars by the index of their row; rows in the order in which they are shown.

    `whole` is what the scale reaches at least: 100 of shares.
    """

    order: tuple[int, ...]
    bars: Mapping[int, tuple[Bar, ...]] = field(default_factory=dict)
    summary: str = ""
    whole: Fraction = ZERO

    @cached_property
    def scale(self) -> Scale:
        ends = [
            ZERO,
            self.whole,
            *(end for bars in self.bars.values() for bar in bars for end in (bar.start, bar.end)),
        ]
        return Scale(min(ends), max(ends))

    def drawn(self, index: int) -> tuple[views.Stretch, ...]:
        return tuple(self.scale.span(bar.start, bar.end, bar.kind) for bar in self.bars.get(index, ()))


def chart_of(table: AmountTable, told: Callable[[Fraction], str]) -> Chart:
    """`told` writes out an amount of the column that is drawn, with its unit."""
    as_written = tuple(range(len(table.rows)))
    whole = Fraction(100) if table.drawn and table.drawn.is_share else ZERO
    match table.definition.form:
        case TableForm.WATERFALL:
            steps = dict(_steps(table))
            bars = {index: (bar,) for index, bar in steps.items()}
            return Chart(as_written, bars, _way_text(table, steps, told), whole)
        case TableForm.BARS:
            sizes = _sizes(table)
            bars = {index: (Bar(ZERO, size, "level"),) for index, size in sizes.items()}
            return Chart(_largest_first(table, sizes), bars, _largest_text(table, sizes, told), whole)
        case TableForm.BUDGET:
            costs = _costs(table)
            against = {index: tuple(_against_budget(*pair)) for index, pair in costs.items()}
            order = _largest_first(table, {index: planned for index, (_, planned) in costs.items()})
            return Chart(order, against, _budget_text(table, costs, told), whole)
        case TableForm.TABLE:
            return Chart(as_written)


def _largest_first(table: AmountTable, sizes: Mapping[int, Fraction]) -> tuple[int, ...]:
    """Within each group; sums stay where they are."""
    rows = table.rows
    runs = groupby(range(len(rows)), key=lambda index: (name_key(rows[index].group), rows[index].equals))
    return tuple(index for _, run in runs for index in sorted(run, key=lambda index: -sizes.get(index, ZERO)))


def _known(table: AmountTable, place: int = 0) -> dict[int, Fraction]:
    """The known amounts by row, of the column that is drawn or one so many places after it, in its unit."""
    columns = table.columns[table.columns.index(table.drawn) :] if table.drawn else ()
    amounts = {
        index: table.amount(index, column).value
        for column in columns[place : place + 1]
        for index in range(len(table.rows))
        if table.unit_of(index, column) == columns[0].unit
    }
    return {index: value for index, value in amounts.items() if value is not None}


def _parts(table: AmountTable, place: int = 0) -> dict[int, Fraction]:
    """The same without sums."""
    return {index: value for index, value in _known(table, place).items() if table.rows[index].equals is None}


# Parts of a whole


def _sizes(table: AmountTable) -> dict[int, Fraction]:
    """Costs that are all negative grow to the right, like others."""
    parts = _parts(table)
    sign = -1 if parts and all(value <= 0 for value in parts.values()) else 1
    return {index: sign * value for index, value in parts.items()}


def _largest_text(table: AmountTable, sizes: Mapping[int, Fraction], told: Callable[[Fraction], str]) -> str:
    most = max(map(abs, sizes.values()), default=ZERO)
    largest = [index for index, size in sizes.items() if abs(size) == most]
    return f"Den största posten är {_named(table, largest[0], told)}." if len(largest) == 1 else ""


def _named(table: AmountTable, index: int, told: Callable[[Fraction], str]) -> str:
    """As it stands in the table, since it may be the name of a place: ”Vuxentorget”, 2 410 tkr"""
    return f"”{table.rows[index].name}”, {told(_known(table)[index])}"


# From the first amount to the last


def _steps(table: AmountTable) -> Iterator[tuple[int, Bar]]:
    """Each amount goes on where the one before ended. A sum of all above is a level; a sum of some of
    them spans these. Rounding can make a level differ from where the last step ended."""
    reached, known = ZERO, _known(table)
    for index, value in known.items():
        if table.rows[index].equals is None:
            kind = "level" if index == min(known) else "up" if value > 0 else "down"
            yield index, Bar(reached, reached + value, kind)
            reached += value
        elif table.drawn and abs(value - reached) <= table.amount(index, table.drawn).tolerance:
            yield index, Bar(ZERO, value, "level")
            reached = value
        else:
            yield index, Bar(reached - value, reached, "up" if value > 0 else "down")


def _way_text(table: AmountTable, steps: Mapping[int, Bar], told: Callable[[Fraction], str]) -> str:
    levels = [index for index, bar in steps.items() if bar.kind == "level"]
    if not levels:
        return ""
    return f"Diagrammet går från {_named(table, levels[0], told)}, till {_named(table, levels[-1], told)}."


# Costs against their budget


def _costs(table: AmountTable) -> dict[int, tuple[Fraction, Fraction]]:
    """Outcome and budget of each cost: of what is negative, or of everything where nothing is."""
    planned = _parts(table, 1)
    pairs = {index: (value, planned[index]) for index, value in _parts(table).items() if index in planned}
    costs = {index: (-value, -budget) for index, (value, budget) in pairs.items() if min(value, budget) < 0}
    return costs or pairs


def _against_budget(outcome: Fraction, planned: Fraction) -> Iterator[Bar]:
    yield Bar(ZERO, planned, "budget")
    yield Bar(ZERO, min(outcome, planned), "within")
    if outcome > planned:
        yield Bar(planned, outcome, "over")


def _budget_text(
    table: AmountTable, costs: Mapping[int, tuple[Fraction, Fraction]], told: Callable[[Fraction], str]
) -> str:
    excess = {index: outcome - planned for index, (outcome, planned) in costs.items()}
    if not excess:
        return ""

    def farthest(sign: int) -> str:
        most = max(sign * each for each in excess.values())
        names = and_list([table.rows[index].name for index, each in excess.items() if sign * each == most])
        return f"{names}, {told(most)}"

    over = sum(difference > 0 for difference in excess.values())
    text = f"{upper_first(of_all(over, len(excess)))} poster gick över budget." if len(excess) > 1 else ""
    text += f" Mest över ligger {farthest(1)}." if over else ""
    text += f" Mest under ligger {farthest(-1)}." if min(excess.values()) < 0 else ""
    return text.strip()
