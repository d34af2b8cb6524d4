"""Collects what readers will know, piece by piece: cells, figures that are sums of them, and facts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from generator.model.names import name_key
from generator.model.organisations import UnitKeys
from generator.model.outcome import PeopleTable
from generator.model.outcomes import counted_together
from generator.model.periods import Period, side_by_side
from generator.model.report import Report
from generator.protecting.linear_system import Known, LinearSystem, Sensitive, Shown, Sum, Variable, within

ROW, GROUP = PeopleTable.ROWS, PeopleTable.GROUPS
BACKGROUND, BACKGROUND_SUM = "bakgrund", "bakgrundssumma"
ANSWERS, PREVIOUS, OUTCOME, ENTERED, TOGETHER = "svar", "förra året", "utfall", "uppgift", "tillsammans"
TOGETHER_WITH = " + "  # between answers that are counted together

# What readers lose when a figure is hidden. The whole organisation's figures are the report itself, but in a
# report of a unit they are part of that of the whole, which goes before.
COST_OF_ALL, COST_OF_PART, COST_OF_TOTAL, COST_OF_OUTCOME, COST_OF_SEX = 1000, 100, 30, 20, 10

Key = tuple[str, ...]
Divided = Sequence[tuple[frozenset[str], Sum]]  # by answers that are counted together, or by sex


@dataclass
class Knowledge:
    """What readers know of a report; what is collected is shared by all reports of its year.

    In that, keys end with the id of their report. `figures` are counts by what all reports call them, and by
    period, as the first report that tells them has them.
    """

    report: Report
    threshold: int
    cost_of_all: int = COST_OF_ALL
    unit_keys: UnitKeys = field(default_factory=dict)
    figures: dict[Key, dict[Period, tuple[Knowledge, Key, Divided]]] = field(default_factory=dict)
    values: dict[Variable, int] = field(default_factory=dict)
    blocks: dict[Variable, Hashable] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    shown: dict[Key, Shown] = field(default_factory=dict)
    sensitive: dict[Key, Sensitive] = field(default_factory=dict)

    def cell(self, key: Key, value: int) -> Sum:
        """A counted cell; a small one must not be derivable. Where another report has as many, it is that."""
        own, name = (*key, self.report.id), self._named(key)
        figure = self._told(name)
        if not figure or self.value(figure) != value:
            self.values[own] = value
            self.blocks[own] = name[1]
            figure = ((own, 1),)
        self.guard(key, figure)
        return figure

    def tell(self, key: Key, figures: Divided) -> None:
        """Counts that other reports may have too: readers take them for the same."""
        told = self.figures.setdefault(self._named(key), {})
        _, _, before = told.setdefault(self.report.period, (self, key, figures))
        if before is not figures:
            self.are_together(before, figures, is_all=True)

    def know_parts_of_year(self) -> None:
        """What is counted in parts of a period is no more than in all of it, and together as much.

        Readers take that for granted where it is so of all units and all that stands in a table.
        What is left for months that are in no report must not be derivable.
        """
        found: dict[tuple[str, str, Period, tuple[Period, ...], bool], list[tuple[Knowledge, Key, Sum]]] = {}
        for (kind, *_), told in self.figures.items():
            for period, (own, key, figures) in told.items() if kind != GROUP else ():
                inside = [part for part in told if part.is_within(period)]
                in_order = [*side_by_side(inside)] if inside else []
                for parts in dict.fromkeys([*((part,) for part in inside), *in_order]):
                    others = [figure for part in parts for figure in told[part][2]]
                    rests = ((own, key, rest) for rest in _rests(figures, others))
                    found.setdefault((kind, key[2], period, parts, parts in in_order), []).extend(rests)
        for (_, name, period, parts, is_full), every in found.items():
            numbers = [self.value(rest) for *_, rest in every]
            is_of_day = name in every[0][0].report.remaining
            is_same = parts[-1].last_day == period.last_day if is_of_day else _days(parts) == _days([period])
            if min(numbers) < 0 or (is_of_day and (any(numbers) or not is_same)):
                continue
            for own, key, rest in every:
                own.know(rest, 0, 0 if is_same and not any(numbers) else None)
                if is_full:
                    own.guard_rest(key, rest)

    def are_together(self, of_all: Divided, others: Divided, *, is_all: bool) -> None:
        """The smallest sets of answers that both sides count by themselves add up."""
        for rest in _rests(of_all, others):
            self.know_if_true(rest, 0, 0 if is_all else None)

    def of_unit(self, figure: Sum, unit: str) -> Sum:
        """What a figure of the association is of a unit, in any report; none where that is not told."""
        parts: list[Sum] = []
        for variable, factor in figure:
            kind, of, *names, report = cast(Key, variable)
            is_own = self.key_of(of, report) == self.key_of(self.report.association.id)
            parts.append(times(self._told(self._named((kind, unit, *names))), factor) if is_own else ())
        return add(*parts) if all(parts) else ()

    def key_of(self, unit: str, report: str = "") -> str:
        """What a unit is called in all reports."""
        return self.unit_keys.get((report or self.report.id, unit), unit)

    def _told(self, name: Key) -> Sum:
        """A figure of a name; answers that are counted together may be told one by one."""
        *stem, last = name
        told, wanted = self.figures.get(tuple(stem), {}), frozenset(last.split(TOGETHER_WITH))
        figures = told[self.report.period][2] if self.report.period in told else ()
        sets = (each for each in counted_together(part for part, _ in figures) if each <= wanted)
        is_all = frozenset().union(*sets) == wanted
        return add(*(figure for part, figure in figures if part <= wanted)) if is_all else ()

    def _named(self, key: Key) -> Key:
        """What every report of the period calls the same."""
        kind, unit, *names = key
        if kind == OUTCOME:
            measured = self.report.indicators[names[0]].measured
            names[0] = str(measured) if len(measured) > 1 else names[0]  # an entered value has only its id
        elif kind == BACKGROUND:
            names[1] = name_key(names[1])
        return (kind, self.key_of(unit), *names)

    def show(self, key: Key, figure: Sum, cost: int) -> None:
        """A figure that is published; a small one must not be derivable either."""
        if figure:
            self.shown[*key, self.report.id] = Shown(self._named(key), figure, cost)
            self.guard(key, figure)

    def guard(self, key: Key, figure: Sum, *, is_masked: bool = False) -> None:
        """What must not be derivable where it is small, also when it only follows from what is shown.

        What its source has masked must not, however large it is.
        """
        if is_masked or 0 < self.value(figure) < self.threshold:
            own = (*key, self.report.id)
            self.sensitive[own] = Sensitive(own, figure, 0, None)

    def guard_rest(self, key: Key, rest: Sum) -> None:
        """What is left of a figure for those that stand nowhere: readers can subtract."""
        self.guard((*key, str(len(self.sensitive))), rest)

    def know(self, figure: Sum, low: int | None, high: int | None, signal: Key = ()) -> None:
        """That a figure lies between limits; `signal` is what tells it, where that is one."""
        if figure:
            label = (*signal, self.report.id) if signal else figure
            self.known.append(Known(label, figure, low, high, from_signal=bool(signal)))

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


def _days(periods: Sequence[Period]) -> int:
    return sum((period.last_day - period.first_day).days + 1 for period in periods)


def _rests(of_all: Divided, others: Divided) -> Iterator[Sum]:
    """What others leave of the smallest sets of answers that both sides count by themselves."""
    for answers in counted_together(answers for answers, _ in (*of_all, *others)):
        own = add(*(figure for part, figure in of_all if part <= answers))
        yield minus(own, add(*(figure for part, figure in others if part <= answers)))


def add(*sums: Sum) -> Sum:
    return tuple(term for figure in sums for term in figure)


def times(figure: Sum, factor: int) -> Sum:
    return tuple((variable, factor * own) for variable, own in figure)


def minus(first: Sum, second: Sum) -> Sum:
    return add(first, times(second, -1))
