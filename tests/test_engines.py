"""Any executor can do the work, and none of them makes another site of it."""

from __future__ import annotations

import datetime
import importlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from generator.build import build, check
from generator.editions import Edition
from generator.engines import EngineError, SerialExecutor, engine_for, results_in_order
from generator.model.places import ContentError
from tests.falling import fall
from tests.publishing.test_folder import snapshot
from tests.support import EXAMPLES, edit, problems_in
from tests.test_cli import run

OTHERS = EXAMPLES / "annan-organisation"
MADE_UP = '''
from concurrent.futures import ThreadPoolExecutor

given = []
ready = ThreadPoolExecutor(1)
nothing = 42

class Client:
    """As that of Dask: no executor itself, but it has one."""

    def __init__(self, address="here"):
        given.append(address)

    def get_executor(self):
        return ThreadPoolExecutor(1)
'''


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module with engines."""
    name = "paahittad_motor"
    (tmp_path / f"{name}.py").write_text(MADE_UP, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return name


def built(folder: Path, engine: Executor | None, content: Path = OTHERS) -> dict[str, str]:
    build(content, folder, lambda _: None, pdfs=(), engine=engine)
    return snapshot(folder)


# In this process


def test_at_once_does_the_task_before_it_answers() -> None:
    done: list[int] = []
    future = SerialExecutor().submit(done.append, 1)
    assert done == [1]
    assert future.done()


def test_at_once_keeps_a_fault_until_it_is_asked_for() -> None:
    future = SerialExecutor().submit(int, "tolv")
    with pytest.raises(ValueError, match="tolv"):
        future.result()


# In turn


class Counting(ThreadPoolExecutor):
    """Counts the tasks whose results nobody has taken yet."""

    def __init__(self) -> None:
        super().__init__(4)
        self.given = 0

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given += 1
        return super().submit(task, *args, **kwargs)


def slowest_first(number: int) -> int:
    time.sleep(0.02 if number % 4 == 0 else 0)
    return number


def test_results_come_in_the_order_of_what_was_given() -> None:
    with Counting() as engine:
        assert list(results_in_order(engine, slowest_first, range(40))) == list(range(40))


def test_no_more_are_under_way_than_memory_allows() -> None:
    with Counting() as engine:
        most = max(engine.given - taken for taken, _ in enumerate(results_in_order(engine, abs, range(500))))
        assert engine.given == 500
    assert 1 < most < 100


def test_at_once_does_nothing_before_its_turn() -> None:
    done: list[int] = []
    results = results_in_order(SerialExecutor(), done.append, range(10))
    next(results)
    assert done == [0]


# Which one


def test_work_that_is_done_before_others_have_started_is_done_in_this_process() -> None:
    with engine_for(seconds=2) as engine:
        assert isinstance(engine, SerialExecutor)


def test_long_work_is_done_on_all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with engine_for(seconds=20) as engine:
        assert isinstance(engine, ProcessPoolExecutor)


def test_a_machine_with_one_core_starts_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with engine_for(800) as engine:
        assert isinstance(engine, SerialExecutor)


def test_an_engine_can_be_named() -> None:
    with engine_for(1, "concurrent.futures:ThreadPoolExecutor") as engine:
        assert isinstance(engine, ThreadPoolExecutor)
        assert engine.submit(threading.get_ident).result() != threading.get_ident()


@pytest.mark.parametrize(
    ("name", "given"), [("Client", "here"), ("Client=tcp://dator:8786", "tcp://dator:8786")]
)
def test_a_client_that_has_an_executor_is_an_engine(made_up: str, name: str, given: str) -> None:
    with engine_for(8, f"{made_up}:{name}") as engine:
        assert isinstance(engine, ThreadPoolExecutor)
    assert importlib.import_module(made_up).given[-1] == given


def test_an_executor_that_is_there_is_an_engine(made_up: str) -> None:
    with engine_for(8, f"{made_up}:ready") as engine:
        assert engine.submit(abs, -1).result() == 1


@pytest.mark.parametrize(
    "name",
    [
        "finns_inte:Motor",
        "concurrent.futures:FinnsInte",
        "concurrent.futures",
        "",
        "concurrent.futures:ThreadPoolExecutor=många",
    ],
)
def test_an_engine_that_is_not_there_is_told_in_swedish(name: str) -> None:
    with pytest.raises(EngineError, match="går inte att använda"), engine_for(8, name or ":"):
        pass


def test_what_is_no_engine_is_told_in_swedish(made_up: str) -> None:
    with pytest.raises(EngineError, match="är ingen Executor"), engine_for(8, f"{made_up}:nothing"):
        pass


def test_a_faulty_engine_at_the_prompt_writes_nothing(tmp_path: Path) -> None:
    result = run("bygg", "--innehåll", OTHERS, "--ut", tmp_path / "ut", "--motor", "finns_inte:Motor")
    assert result.exit_code == 1
    assert "Motorn ”finns_inte:Motor” går inte att använda" in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "ut").exists()


# The same site


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


def test_threads_and_processes_make_the_same_bytes_as_one_process(
    processes: Executor, tmp_path: Path
) -> None:
    alone = built(tmp_path / "ensam", None)
    with ThreadPoolExecutor(3) as threads:
        assert built(tmp_path / "tradar", threads) == alone
    assert built(tmp_path / "processer", processes) == alone


def test_processes_tell_the_same_faults_in_the_same_order(processes: Executor, others: Path) -> None:
    edit(others / "2017-bruket/budget.yaml", "krav: minst 65 %", "krav: minst")
    edit(others / "2023-arbetscentrum/budget.yaml", "vikt: 6", "vikt: sex")
    expected = problems_in(others)
    assert len(expected) == 2
    with pytest.raises(ContentError) as caught:
        check(others, processes)
    assert caught.value.problems == expected


def test_the_date_that_files_state_goes_with_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker on another machine has another environment."""
    dates: list[datetime.datetime] = []

    class Elsewhere(SerialExecutor):
        def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            dates.extend(one.date for one in args if isinstance(one, Edition))
            return super().submit(task, *args, **kwargs)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    built(tmp_path / "ut", Elsewhere())
    assert {date.year for date in dates} == {2023}


# Workers that end


@pytest.mark.parametrize("how", ["killed", "no memory"])
def test_a_task_whose_worker_ends_is_tried_once_more_alone(tmp_path: Path, how: str) -> None:
    with engine_for(seconds=20) as engine:
        done = list(results_in_order(engine, partial(fall, str(tmp_path), 1), [how, how]))
    assert os.getpid() not in done
    tmp_path = tmp_path / "igen"
    tmp_path.mkdir()
    with engine_for(1) as engine, pytest.raises(EngineError, match="också när den fick arbeta ensam"):
        list(results_in_order(engine, partial(fall, str(tmp_path), 2), ["no memory"]))


def test_workers_end_with_the_command_that_is_killed() -> None:
    script = (
        "import os, time\nfrom generator.engines import engine_for\n"
        "if __name__ == '__main__':\n"
        "    with engine_for(seconds=20) as engine:\n"
        "        print(engine.submit(os.getpid).result(), flush=True)\n"
        "        engine.submit(time.sleep, 60).result()\n"
    )
    pipe = subprocess.PIPE
    command = subprocess.Popen([sys.executable, "-c", script], stdout=pipe, stderr=pipe, text=True)
    assert command.stdout is not None
    worker = int(command.stdout.readline())
    command.kill()
    assert command.communicate() == ("", "")  # until all that could write to them have ended
    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")
