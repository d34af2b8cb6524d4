"""Collects what readers will know, piece by piece: cells, figures that are sums of them, and facts."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from generator.model.outcome import PeopleTable
from generator.protecting.linear_system import Known, LinearSystem, Sensitive, Shown, Sum, Variable, within

ROW, GROUP = PeopleTable.ROWS, PeopleTable.GROUPS
BACKGROUND, BACKGROUND_SUM = "bakgrund", "bakgrundssumma"
ANSWERS, PREVIOUS, OUTCOME, ENTERED, TOGETHER = "svar", "förra året", "utfall", "uppgift", "tillsammans"

# What readers lose when a figure is hidden. The whole organisation's figures are the report itself.
COST_OF_ALL, COST_OF_TOTAL, COST_OF_OUTCOME, COST_OF_SEX = 1000, 30, 20, 10

Key = tuple[str, ...]


@dataclass
class Knowledge:
    threshold: int
    values: dict[Variable, int] = field(default_factory=dict)
    blocks: dict[Variable, Hashable] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    shown: dict[Key, Shown] = field(default_factory=dict)
    sensitive: dict[Key, Sensitive] = field(default_factory=dict)

    def cell(self, key: Key, value: int, unit: str) -> Sum:
        """A counted cell; a small one must not be derivable."""
        self.values[key] = value
        self.blocks[key] = unit
        total: Sum = ((key, 1),)
        self.guard(key, total)
        return total

    def show(self, key: Key, figure: Sum, cost: int) -> None:
        """A figure that is published; a small one must not be derivable either."""
        if figure:
            self.shown[key] = Shown(key, figure, cost)
            self.guard(key, figure)

    def guard(self, key: Key, figure: Sum) -> None:
        """What must not be derivable where it is small, also when it only follows from what is shown."""
        if 0 < self.value(figure) < self.threshold:
            self.sensitive[key] = Sensitive(key, figure, 0, None)

    def guard_rest(self, key: Key, rest: Sum) -> None:
        """What is left of a figure for those that stand nowhere: readers can subtract."""
        self.guard((*key, str(len(self.sensitive))), rest)

    def know(self, figure: Sum, low: int | None, high: int | None, signal: Key = ()) -> None:
        """That a figure lies between limits; `signal` is what tells it, where that is one."""
        if figure:
            self.known.append(Known(signal or figure, figure, low, high, from_signal=bool(signal)))

    def know_if_true(self, figure: Sum, low: int | None, high: int | None, signal: Key = ()) -> None:
        """What readers will take for granted. Where the data differ, they are wrong and learn nothing."""
        if within(self.value(figure), low, high):
            self.know(figure, low, high, signal)

    def value(self, figure: Sum) -> int:
        return sum(factor * self.values[variable] for variable, factor in figure)

    def system(self) -> LinearSystem:
        return LinearSystem(
            values=self.values,
            known=tuple(self.known),
            shown=tuple(self.shown.values()),
            sensitive=tuple(self.sensitive.values()),
            blocks=self.blocks,
        )


def add(*sums: Sum) -> Sum:
    return tuple(term for figure in sums for term in figure)


def times(figure: Sum, factor: int) -> Sum:
    return tuple((variable, factor * own) for variable, own in figure)


def minus(first: Sum, second: Sum) -> Sum:
    return add(first, times(second, -1))
