"""The handbook's commands are the program's. Its first chapter is followed in test_starting."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from generator.cli import main
from tests.support import PROJECT

BOOKS = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"(?:^ {4,}|`)\.venv/bin/bokslut ([^`\n#…]+)", re.MULTILINE)
COMMANDS = {said.strip() for book in BOOKS for said in COMMAND.findall(book.read_text("utf-8"))}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_commands_are_understood(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has the flags and arguments that it is written with, and none is missing."""
    name, *arguments = shlex.split(command)
    monkeypatch.chdir(tmp_path)
    for folder in arguments if name == "översikt" else ():  # which must be there
        Path(folder).mkdir()
    if arguments or name in ("bygg", "granska", "figurer", "visa"):  # or it is only named
        main.commands[name].make_context(name, arguments)
    assert name in main.commands
