"""Two worlds in which all that is shown is the same give the same site, byte for byte.

So nothing else tells them apart: no length of a bar, no order of rows, no number of comparisons, no text. The
other world is found by a solver among all that agree with what readers know, and both are published with the
same figures hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.model.outcomes import Sex
from generator.protecting import choosing, ranges
from generator.protecting.choosing import Choice, choose
from generator.protecting.collecting import ANSWERS, BACKGROUND, GROUP, PREVIOUS, ROW
from generator.protecting.linear_system import LinearSystem, Variable
from generator.protecting.outcomes import knowledge_of
from generator.scoring import score_report
from tests.protecting.attack import _OPTIONS
from tests.protecting.made_up import SEXES, Kind, MadeUp, local_of, make_up, write
from tests.support import publish, read

WRITTEN = dict(zip(Sex, (*SEXES, "totalt"), strict=True))
SITES = {
    "rows, backgrounds and last year": (
        Kind(2, third_sex=True, background=True, answers=True, previous=True, signals=False),
        4,
    ),
    "a mean, a median and a cost": (
        Kind(2, background=True, answers=True, scale=True, costs=True, signals=False),
        2,
    ),
    "two divisions": (
        Kind(2, divided=True, third_sex=True, background=True, answers=True, signals=False),
        0,
    ),
    "rows that are missing": (
        Kind(2, missing=True, previous=True, published=True, background=True, signals=False),
        2,
    ),
}


@pytest.mark.parametrize(("kind", "seed"), SITES.values(), ids=SITES)
def test_what_is_hidden_makes_no_difference(
    kind: Kind, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_up(kind, seed)
    write(made, tmp_path / "one")
    (report,) = read(tmp_path / "one")
    system, _ = knowledge_of(score_report(report), threshold=5)
    choice = choose(system, threshold=5)
    monkeypatch.setattr(choosing, "choose", lambda system, _: Choice(system, choice.hidden))
    monkeypatch.setattr(ranges, "ranges", lambda *_, **__: {})
    values = another_world(system, choice, Random(seed))
    assert sum(values[cell] != value for cell, value in system.values.items()) > 10
    write(with_counts(make_up(kind, seed), values), tmp_path / "other")
    one, other = (published(tmp_path, world) for world in ("one", "other"))
    assert [path for path in one.keys() | other.keys() if one.get(path) != other.get(path)] == []


BESIDE: dict[str, tuple[Kind, dict[str, Any], int]] = {
    "rows, backgrounds and last year": (Kind(2, background=True, previous=True, signals=False), {}, 1),
    "answers of which the unit shows a mean": (Kind(2, answers=True, signals=False), {"scale": True}, 2),
}


@pytest.mark.parametrize(("kind", "local", "seed"), BESIDE.values(), ids=BESIDE)
def test_what_is_hidden_in_reports_of_a_unit_and_of_the_whole_makes_no_difference(
    kind: Kind, local: dict[str, Any], seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_both(made: MadeUp, world: str) -> None:
        write(local_of(made, made.units[0], **local), tmp_path / world, "2024-lokalt")
        write(made, tmp_path / world)

    write_both(make_up(kind, seed), "one")
    system, _ = knowledge_of(*map(score_report, read(tmp_path / "one")), threshold=5)
    choice = choose(system, threshold=5)
    monkeypatch.setattr(choosing, "choose", lambda system, _: Choice(system, choice.hidden))
    monkeypatch.setattr(ranges, "ranges", lambda *_, **__: {})
    values = another_world(system, choice, Random(seed))
    assert sum(values[cell] != value for cell, value in system.values.items()) > 10
    write_both(with_counts(make_up(kind, seed), values), "other")
    one, other = (published(tmp_path, world) for world in ("one", "other"))
    assert [path for path in one.keys() | other.keys() if one.get(path) != other.get(path)] == []


def published(folder: Path, world: str) -> dict[str, bytes]:
    site = folder / f"{world}-site"
    publish(folder / world, site)
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def another_world(system: LinearSystem, choice: Choice, chance: Random) -> Mapping[Variable, int]:
    """Whole numbers that agree with all that is known and shown, by chance."""
    from highspy import Highs, HighsModelStatus

    at = {cell: place for place, cell in enumerate(system.values)}
    facts = [(known.sum, known.low, known.high) for known in system.known]
    for shown in system.shown:
        if shown.key not in choice.hidden:
            number = sum(factor * system.values[cell] for cell, factor in shown.sum)
            facts.append((shown.sum, number, number))
    solver = Highs()  # type: ignore[no-untyped-call]
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    for cell in system.values:
        solver.addVar(0, system.values[cell] + 6)
        solver.changeColCost(at[cell], chance.choice((-1, 0, 0, 1)))
    for terms, low, high in facts:
        row: dict[int, int] = {}
        for cell, factor in terms:
            row[at[cell]] = row.get(at[cell], 0) + factor
        limits = -inf if low is None else low, inf if high is None else high
        solver.addRow(*limits, len(row), [*row], [*map(float, row.values())])
    solver.setInteger(list(at.values()))
    solver.run()
    assert solver.getModelStatus() == HighsModelStatus.kOptimal
    found = solver.getSolution().col_value
    return {cell: round(found[place]) for cell, place in at.items()}


def with_counts(made: MadeUp, values: Mapping[Any, int]) -> MadeUp:
    for (kind, unit, *names, _), number in values.items():
        if kind == PREVIOUS:
            made.previous[unit, names[0]] = number
        elif kind == ANSWERS:
            made.answers[unit, WRITTEN[names[3]], names[4]] = number
        else:
            kinds: dict[str, Any] = {ROW: made.rows, GROUP: made.groups, BACKGROUND: made.background}
            key = {ROW: (unit, names[0]), GROUP: unit, BACKGROUND: (unit, names[-2])}[kind]
            kinds[kind][key][WRITTEN[names[-1]]] = number
    return made
