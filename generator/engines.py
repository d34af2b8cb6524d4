"""Who does the work: this process, the cores of this machine, or any executor with the standard interface.

A worker may be killed, or get no memory. Then its task is tried once more with all of the machine to itself.
"""

import importlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from threading import Thread
from typing import ParamSpec, TypeVar

from generator.model.places import ToldError

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

# What cleans up after a killed command would tell of it, in Python's words.
sys.warnoptions.append("ignore:resource_tracker")
_PAYS = 5  # seconds of work: with less, workers take as long to start as they save
_AHEAD = 64  # tasks that are given before their turn: enough for many machines, and for bounded memory


class EngineError(ToldError):
    """An engine cannot be used."""


class SerialExecutor(Executor):
    """Does each task when it is given, in this process."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(task(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def engine_for(seconds: float, named: str = "") -> Iterator[Executor]:
    """An executor for so much work: the one that is named, or all cores when it pays.

    ”package.module:name” is an executor, or a function or class that gives one; with ”=text” after it, it is
    called with that text. What it gives may also be a client that has an executor (`get_executor`), as
    that of Dask does. Raises EngineError.
    """
    cores = os.cpu_count() or 1
    if named:
        engine = _named(named)
    elif cores > 1 and seconds > _PAYS:
        engine = processes(cores)
    else:
        engine = SerialExecutor()
    with engine:
        yield engine


def processes(workers: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A worker whose command has been killed would do its task to the end, and then wait for another."""
    from multiprocessing import parent_process

    def wait_for_end() -> None:
        if parent := parent_process():
            parent.join()
        os._exit(1)

    Thread(target=wait_for_end, daemon=True).start()


def _named(named: str) -> Executor:
    place, has_text, text = named.partition("=")
    module, _, name = place.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
        made = found(text) if has_text else found() if callable(found) else found
        engine = made.get_executor() if hasattr(made, "get_executor") else made
    except Exception as error:
        kind = type(error).__name__
        raise EngineError(
            f"Motorn ”{named}” går inte att använda ({kind}: {error})."
            " Skriv paket.modul:namn, till exempel distributed:Client=tcp://dator:8786."
        ) from error
    if not isinstance(engine, Executor):
        raise EngineError(f"Motorn ”{named}” är ingen Executor.")
    return engine


def results_in_order(engine: Executor, task: Callable[[Item], T], items: Iterable[Item]) -> Iterator[T]:
    """What comes of each item, in their order, with no more tasks under way than memory allows.

    Raises EngineError when a task cannot be done, not even alone.
    """
    ahead = 0 if isinstance(engine, SerialExecutor) else _AHEAD
    waiting: deque[tuple[Item, Future[T]]] = deque()

    def first() -> T:
        item, future = waiting.popleft()
        try:
            return future.result()
        except (BrokenExecutor, MemoryError):
            wait(other for _, other in waiting)
            return _alone(task, item)

    for item in items:
        waiting.append((item, _given(engine, task, item)))
        if len(waiting) > ahead:
            yield first()
    while waiting:
        yield first()


def _given(engine: Executor, task: Callable[[Item], T], item: Item) -> Future[T]:
    try:
        return engine.submit(task, item)
    except BrokenExecutor as error:  # since an earlier task, and for all to come
        future: Future[T] = Future()
        future.set_exception(error)
        return future


def _alone(task: Callable[[Item], T], item: Item) -> T:
    try:
        with processes(1) as process:
            return process.submit(task, item).result()
    except (BrokenExecutor, MemoryError) as error:
        raise EngineError(
            "En process avslutades av datorn, också när den fick arbeta ensam. Troligen räckte inte minnet:"
            " stäng andra program, och kör kommandot igen."
        ) from error
