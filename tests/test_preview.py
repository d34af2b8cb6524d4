"""The preview builds again when anything that is read has been saved."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reading.test_pictures import a_picture
from tests.support import PROJECT, append, edit

LOCAL = "2017-bruket"
SHOW = "from generator.cli import main; main()"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def told(others: Path) -> Iterator[Iterator[str]]:
    """The lines of a preview of the content, which has begun to watch."""
    a_picture(others / LOCAL / "bilder/hus.jpeg", "JPEG")
    append(others / LOCAL / "berattelse/aret.md", "\n![Ett hus](bilder/hus.jpeg)\n")
    arguments = ("visa", "--innehåll", str(others), "--port", str(free_port()))
    command = [sys.executable, "-u", "-c", SHOW, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=PROJECT) as process:
        assert process.stdout is not None
        patience = threading.Timer(60, process.kill)
        patience.start()
        yield iter(process.stdout)
        patience.cancel()
        process.kill()


def test_a_saved_file_of_any_kind_that_is_read_builds_again(others: Path, told: Iterator[str]) -> None:
    assert next(told).startswith("Byggt: ")
    assert next(told).startswith("Förhandsvisning")
    a_picture(others / LOCAL / "bilder/hus.jpeg", "JPEG", size=(20, 10))
    assert next(told).startswith("Byggt: ")
    edit(others / LOCAL / "berattelse/aret.md", "gick", "vandrade")
    assert next(told).startswith("Byggt: ")
