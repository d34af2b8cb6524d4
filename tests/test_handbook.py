"""What the books say of the program is so. The handbook's first chapter is followed in test_starting."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model.measures import MEASURES
from scripts.schemas import schemas
from tests.support import PROJECT

HANDBOOK = (PROJECT / "docs/handbok.md").read_text("utf-8")
TABLES = [block for block in HANDBOOK.split("\n\n") if block.startswith("| ")]
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
    if arguments or name in ("bygg", "granska", "tal", "visa"):  # or it is only named
        main.commands[name].make_context(name, arguments, parent=main.make_context("bokslut", [name]))
    assert name in main.commands


def test_a_check_of_2021_says_what_the_handbook_says() -> None:
    _, told = CliRunner().invoke(main, ["granska"]).stdout.split("Socialt bokslut 2021")
    assert [line for line in told.strip().splitlines() if line.strip() not in HANDBOOK] == []


@pytest.mark.parametrize(
    "measure", [str(get_args(each.model_fields["measure"].annotation)[0]) for each in MEASURES]
)
def test_each_measure_has_a_section_and_stands_in_both_tables(measure: str) -> None:
    assert re.search(rf"^### .*\b{measure}\b", HANDBOOK, re.MULTILINE)
    for head in ("| Mått | Krav i |", "| Mått | Plattformens utfall kommer från |"):
        (table,) = (table for table in TABLES if table.startswith(head))
        assert re.search(rf"^\|[^|]*\b{measure}\b", table, re.MULTILINE), head


@pytest.mark.parametrize("name", ["bokslut", "webbplats", "verksamhetsplan"])
def test_each_key_of_a_file_stands_in_a_table(name: str) -> None:
    keys = json.loads(dict(schemas())[f"{name}.schema.json"])["properties"]
    first = {cell for table in TABLES for row in table.splitlines() for cell in [row.split("|")[1]]}
    assert [key for key in keys if not any(f"`{key}`" in cell for cell in first)] == []


def test_every_table_has_a_head() -> None:
    assert [table[:60] for table in TABLES if not table.splitlines()[1].startswith("|---")] == []


def test_every_room_stands_in_the_architecture() -> None:
    picture = (PROJECT / "docs/architecture.md").read_text("utf-8")
    rooms = {path.stem for path in (PROJECT / "generator").iterdir() if path.stem.isalpha()} - {"locale"}
    assert [room for room in sorted(rooms) if f"| `{room}` |" not in picture] == []
