"""The command of the fuzzer: a round of cases, or one of them again."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import click

from tests.fuzzing.bases import prepare
from tests.fuzzing.cases import Case, parse_case
from tests.fuzzing.judging import Judge, Outcome, Verdict
from tests.fuzzing.mutations import MUTATIONS
from tests.fuzzing.workers import judge_all

_STEP = 500


@click.command(options_metavar="[FLAGGOR]")
@click.option("--slag", "kinds", type=click.Choice([*MUTATIONS]), multiple=True, help="Bara detta slag.")
@click.option("--från", "first", type=int, default=0, show_default=True, metavar="TAL", help="Första fröet.")
@click.option(
    "--antal",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    metavar="TAL",
    help="Fall av varje slag.",
)
@click.option(
    "--processer",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    metavar="TAL",
    help="Så många fall på en gång.",
)
@click.option("--fall", "again", metavar="SLAG:FRÖ", help="Kör om ett fall, och behåll dess mapp.")
def main(kinds: tuple[str, ...], first: int, antal: int, processer: int, again: str | None) -> None:
    """Bygger innehåll som har skadats på måfå. Slutar med 1 om programmet gjorde något fel."""
    if again is not None:
        sys.exit(_rerun(_case(again)))
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as bases:
        prepare(Path(bases))
        for kind in kinds or MUTATIONS:
            cases = [Case(kind, seed) for seed in range(first, first + antal)]
            verdicts += judge_all(cases, Path(bases), processer, tell=_Teller())
    for kind in kinds or MUTATIONS:
        click.echo(_summary(kind, [verdict for verdict in verdicts if verdict.case.kind == kind]))
    sys.exit(any(verdict.outcome is Outcome.FAULT for verdict in verdicts))


def _case(text: str) -> Case:
    try:
        return parse_case(text)
    except ValueError:
        raise click.BadParameter(f"”{text}” är inget fall. Skriv till exempel yaml:1234.") from None


class _Teller:
    """Tells of faults at once, and now and then how far it has come."""

    def __init__(self) -> None:
        self._told = 0
        self._lock = threading.Lock()

    def __call__(self, verdict: Verdict) -> None:
        with self._lock:
            self._told += 1
            if verdict.outcome is Outcome.FAULT:
                click.echo(f"\n{verdict.said}\n  python -m tests.fuzzing --fall {verdict.case}")
            if self._told % _STEP == 0:
                click.echo(f"{verdict.case.kind}: {self._told} fall", err=True)


def _summary(kind: str, verdicts: Sequence[Verdict]) -> str:
    counts = {outcome: sum(one.outcome is outcome for one in verdicts) for outcome in Outcome}
    slowest = max(verdicts, key=lambda one: one.seconds)
    memory = max(one.memory for one in verdicts) / 1e6
    told = ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items())
    return (
        f"{kind}: {len(verdicts)} fall, {told}; långsammast {slowest.seconds:.1f} s ({slowest.case}),"
        f" mest minne {memory:.0f} MB"
    )


def _rerun(case: Case) -> int:
    folder = Path(tempfile.mkdtemp(prefix="fall-"))
    prepare(folder / "bases")
    judge = Judge(folder / "bases", folder)
    verdict = judge(case)
    click.echo(verdict.said)
    click.echo(
        f"{case}: {verdict.outcome.value}, {verdict.seconds:.1f} s. Innehållet ligger i {judge.content}."
    )
    return int(verdict.outcome is Outcome.FAULT)


if __name__ == "__main__":
    main()
