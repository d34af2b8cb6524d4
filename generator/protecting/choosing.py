"""What to hide in a report: small counts, and small sums of several that readers can form.

Cells that stand in the same figures are one to a reader: of two hidden persons who are only seen together,
it can be told that they are two. So after each choice the cells are put together as readers now see them,
and what has become a small sum must not be derivable either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from generator.protecting.collecting import OUTCOME, TOGETHER, Key
from generator.protecting.linear_system import LinearSystem, Sensitive, number_variables, parts_of
from generator.protecting.suppression import suppress


@dataclass
class Choice:
    """`system` is what the choice was made for: every sum that had to be protected is in it."""

    system: LinearSystem
    hidden: set[Key] = field(default_factory=set)
    exposed: dict[Key, tuple[Key, ...]] = field(default_factory=dict)


def choose(system: LinearSystem, threshold: int, *, is_told: bool = True) -> Choice:
    """Hides shown figures until no sensitive count or small sum is derivable, except for those exposed.

    Unless what gives these away `is_told`, those that would take long to protect are among them.
    """
    choice = Choice(system)
    sensitive = (*system.sensitive, *_small_sums(choice, threshold))
    choice.system = replace(system, sensitive=sensitive)
    while sensitive:
        shown = tuple(figure for figure in system.shown if figure.key not in choice.hidden)
        found = suppress(replace(system, shown=shown, sensitive=sensitive), is_told=is_told)
        choice.hidden |= _with_whole_outcomes(cast(frozenset[Key], found.hidden), system)
        choice.exposed |= cast(Mapping[Key, tuple[Key, ...]], found.exposed)
        sensitive = tuple(_small_sums(choice, threshold))
        choice.system = replace(system, sensitive=(*choice.system.sensitive, *sensitive))
    return choice


def _with_whole_outcomes(hidden: frozenset[Key], system: LinearSystem) -> set[Key]:
    """What has the same name or the same sum; and an outcome of which a part is hidden is hidden whole."""
    sums = {figure.sum for figure in system.shown if figure.key in hidden}
    alike = {cast(Key, figure.key) for figure in system.shown if figure.sum in sums}
    outcomes = {key[:3] for key in alike if key[0] == OUTCOME}
    keys = (cast(Key, figure.key) for figure in system.shown)
    return {key for key in keys if key in alike or key[:3] in outcomes}


def _small_sums(choice: Choice, threshold: int) -> Iterator[Sensitive]:
    """Small sums of cells that readers cannot tell apart, but for those already in the system."""
    system = choice.system
    table = number_variables(system)
    shown = zip(system.shown, table.shown, strict=True)
    facts = {bound.terms for figure, bound in shown if figure.key not in choice.hidden}
    facts |= {bound.terms for bound in table.known if bound.low == bound.high}
    standing = parts_of(facts, len(table.values))
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for position, figures in enumerate(standing):
        if figures:
            alike.setdefault(tuple(figures), []).append(position)
    known = {bound.terms for bound in table.sensitive}
    for cells in alike.values():
        total = sum(table.values[position] for position in cells)
        if 0 < total < threshold and tuple((position, 1) for position in cells) not in known:
            variables = [cast(Key, table.variables[position]) for position in cells]
            key = (TOGETHER, str(len(known)), *variables[0])
            yield Sensitive(key, tuple((variable, 1) for variable in variables), 0, None)
