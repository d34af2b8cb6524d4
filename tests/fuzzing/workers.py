"""Cases in processes of their own: one that never ends, or takes all memory, is told and not suffered."""

from __future__ import annotations

import contextlib
import itertools
import math
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzzing.cases import Case
from tests.fuzzing.judging import LONGEST, Build, Judge, Outcome, Verdict, publish

MOST_MEMORY = 1_000_000_000
_ADDRESSES = 4 * MOST_MEMORY  # much of what a process reserves is never used
_CASES = 250  # before a process is renewed, since its peak of memory never falls
_START = 120.0
PATIENCE = 60  # times the work that is allowed, by the clock: the machine may be busy with other things
_PROCESSES = multiprocessing.get_context("spawn")


def judge_all(
    cases: Sequence[Case],
    bases: Path,
    workers: int,
    *,
    tell: Callable[[Verdict], None] = lambda _: None,
    build: Build = publish,
    longest: float = LONGEST,
) -> list[Verdict]:
    """The verdict on every case, told as they fall."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(workers) as pool:
        lines = [
            _Line(cases[start::workers], bases, Path(name) / str(start), tell, build, longest)
            for start in range(workers)
        ]
        return [verdict for verdicts in pool.map(_Line.judge, lines) for verdict in verdicts]


@dataclass(frozen=True)
class _Line:
    """Cases one after another in one process, renewed now and then and whenever it is spent."""

    cases: Sequence[Case]
    bases: Path
    scratch: Path
    tell: Callable[[Verdict], None]
    build: Build
    longest: float

    def judge(self) -> list[Verdict]:
        verdicts: list[Verdict] = []
        numbers = itertools.count()
        while len(verdicts) < len(self.cases):
            with _Worker(self.bases, self.scratch / str(next(numbers)), self.build, self.longest) as worker:
                for case in self.cases[len(verdicts) :][:_CASES]:
                    verdicts.append(worker.judge(case))
                    self.tell(verdicts[-1])
                    if worker.is_spent:
                        break
        return verdicts


class _Worker:
    """A process that judges cases until it is ended. It is spent when it has hung, died or grown."""

    def __init__(self, bases: Path, scratch: Path, build: Build, longest: float) -> None:
        scratch.mkdir(parents=True)
        self.is_spent = False
        self._patience = PATIENCE * longest
        self._connection, theirs = _PROCESSES.Pipe()
        arguments = (theirs, bases, scratch, build, longest)
        self._process = _PROCESSES.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> _Worker:
        if not self._connection.poll(_START):
            raise RuntimeError("a worker did not start")
        self._connection.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()

    def judge(self, case: Case) -> Verdict:
        try:
            self._connection.send(case)
            if not self._connection.poll(self._patience):
                return self._fault(case, f"blev inte klar på {self._patience:.0f} s")
            verdict: Verdict = self._connection.recv()
        except (EOFError, ConnectionError):
            self._process.join()
            return self._fault(case, f"processen dog med kod {self._process.exitcode}")
        if verdict.memory > MOST_MEMORY:
            fault = self._fault(case, f"tog {verdict.memory / 1e6:.0f} MB\n{verdict.said}")
            return replace(fault, seconds=verdict.seconds, memory=verdict.memory)
        return verdict

    def _fault(self, case: Case, said: str) -> Verdict:
        self.is_spent = True
        return Verdict(case, Outcome.FAULT, said)


def _serve(connection: Connection, bases: Path, scratch: Path, build: Build, longest: float) -> None:
    judge = Judge(bases, scratch, build, longest)
    _limit_memory()
    connection.send("ready")
    for case in _received(connection):
        _limit_work(6 * longest)
        verdict = judge(case)
        said = verdict.said if verdict.outcome is Outcome.FAULT else ""  # thousands of problems add up
        connection.send(replace(verdict, said=said, memory=_peak()))


def _received(connection: Connection) -> Iterator[Case]:
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            yield connection.recv()


def _limit_memory() -> None:
    with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))


def _limit_work(seconds: float) -> None:
    """Kills the process when it has worked so much longer: a library may never come back to be asked."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), most))


def _peak() -> int:
    """In bytes. On Linux `resource` counts what the process that started this one had, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(status.read_text().partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS
