"""How long hiding and checking take: `python benchmarks/suppression.py [units ...]`, by default 8, 80, 800.

Prints seconds in all and per unit, and how much is hidden. The tables are like those of a report: for
each unit twelve rows of women and men with the identities between them, and the association's sums.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.protecting.linear_system import Key, Known, LinearSystem, Sensitive, Shown, Sum, Variable
from generator.protecting.ranges import ranges
from generator.protecting.suppression import suppress

SEXES = ("women", "men")
POSITIVE = ("work", "support", "studies", "rehabilitation", "unable")
INTERRUPTED = ("health", "other")
ROWS = ("all", "new", "exits", "positive", *POSITIVE, *INTERRUPTED, "left")
THRESHOLD = 5


def table(units: int, seed: int = 1) -> LinearSystem:
    """Random but repeatable. Most units are small, some large."""
    chance = random.Random(seed)
    values: dict[Variable, int] = {}
    known: list[Known] = []
    for unit in range(units):
        size = chance.choice((3, 6, 6, 12, 30))
        for sex in SEXES:
            row = {name: chance.randint(0, size) for name in POSITIVE}
            row |= {name: chance.randint(0, size // 2) for name in INTERRUPTED}
            row["support"] = 0 if chance.random() < 0.8 else row["support"]
            row["positive"] = sum(row[name] for name in POSITIVE)
            row["exits"] = row["positive"] + sum(row[name] for name in INTERRUPTED)
            row["left"] = chance.randint(0, 3 * size)
            row["all"] = row["exits"] + row["left"]
            row["new"] = chance.randint(0, row["all"])
            values |= {(unit, name, sex): row[name] for name in ROWS}
            for whole, parts in (
                ("positive", POSITIVE),
                ("exits", ("positive", *INTERRUPTED)),
                ("all", ("exits", "left")),
            ):
                terms = [((unit, whole, sex), 1), *(((unit, name, sex), -1) for name in parts)]
                known.append(Known((unit, whole, sex), tuple(terms), 0, 0))
            new = (((unit, "all", sex), 1), ((unit, "new", sex), -1))
            known.append(Known((unit, "new", sex), new, 0, None))
        known += _signals(unit, values)
    sums = _sums(units)
    return LinearSystem(
        values,
        tuple(known),
        shown=tuple(Shown(key, terms, _cost(key)) for key, terms in sums.items()),
        sensitive=tuple(
            Sensitive(key, terms, 1, THRESHOLD - 1)
            for key, terms in sums.items()
            if 1 <= sum(values[variable] for variable, _ in terms) < THRESHOLD
        ),
        blocks={(unit, name, sex): unit for unit in range(units) for name in ROWS for sex in SEXES},
    )


def _signals(unit: int, values: dict[Variable, int]) -> list[Known]:
    """What green, orange or red tells of the shares positive / exits and work / exits."""
    signals = []
    for part, target in (("positive", 80), ("work", 40)):
        terms = tuple(
            term for sex in SEXES for term in (((unit, part, sex), 100), ((unit, "exits", sex), -target))
        )
        above = sum(factor * values[variable] for variable, factor in terms)
        exits = [((unit, "exits", sex), 1) for sex in SEXES]
        near = (*terms, *((variable, 5) for variable, _ in exits))
        is_near = above + 5 * sum(values[variable] for variable, _ in exits) >= 0
        label = (unit, part)
        if above >= 0:
            signals.append(Known(label, terms, 0, None, from_signal=True))
        elif is_near:
            signals.append(Known(label, terms, None, -1, from_signal=True))
            signals.append(Known(label, near, 0, None, from_signal=True))
        else:
            signals.append(Known(label, near, None, -1, from_signal=True))
    return signals


def _sums(units: int) -> dict[Key, Sum]:
    """The figures: each sex and both, for each unit and for the association."""
    places: dict[Key, tuple[int, ...]] = {unit: (unit,) for unit in range(units)}
    places["association"] = tuple(range(units))
    return {
        (place, name, of): tuple(((unit, name, sex), 1) for unit in members for sex in sexes)
        for place, members in places.items()
        for name in ROWS
        for of, sexes in (*((sex, (sex,)) for sex in SEXES), ("both", SEXES))
    }


def _cost(key: Key) -> int:
    assert isinstance(key, tuple)
    place, _, of = key
    return (500 if place == "association" else 1) * (3 if of == "both" else 1)


def main(counts: list[int]) -> None:
    for units in counts:
        system = table(units)
        start = time.perf_counter()
        result = suppress(system)
        chosen = time.perf_counter()
        shown = tuple(figure for figure in system.shown if figure.key not in result.hidden)
        found = ranges(replace(system, shown=shown))
        checked = time.perf_counter()
        pinned = [key for key, (low, high) in found.items() if low == high]
        assert pinned == list(result.exposed), (pinned, result.exposed)
        association = [key for key in result.hidden if isinstance(key, tuple) and key[0] == "association"]
        sys.stdout.write(
            f"{units:5} units: hiding {chosen - start:6.2f} s ({(chosen - start) / units:.4f} per unit), "
            f"checking {checked - chosen:6.2f} s ({(checked - chosen) / units:.4f} per unit); "
            f"{len(system.sensitive)} small, {len(pinned)} exposed, {len(result.hidden)} hidden "
            f"of {len(system.shown)} ({len(association)} of the association)\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [8, 80, 800])
