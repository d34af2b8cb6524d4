"""How the prompt speaks: all that is said there, what ends a command, and problems with their remedies."""

from __future__ import annotations

import contextlib
import gettext
import io
import os
import re
import shutil
import sys
import traceback
import unicodedata
from collections import Counter
from collections.abc import Sequence, Sized
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.model.limits import MAX_TOLD, written
from generator.model.names import upper_first
from generator.model.places import ContentError, Problem, Severity, ToldError, lines_told

os.environ["LANGUAGE"] = "sv"
gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))

# Its messages are translated when it is imported, so the commands take it from here.
import click as click  # noqa: E402, PLC0414

if TYPE_CHECKING:
    import datetime

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan", Severity.NOTE: "cyan"}
_MOST_FILES = 20
_MOST_ALIKE = 3  # that are told one by one
_under_way: list[str] = []  # the step that stands on the last line of the terminal

# A terminal that cannot show a character shows another, rather than ending the build.
for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def say(*lines: str, err: bool = False, **style: Any) -> None:
    """All that is told, commands as they are given here.

    What stands in files and names is shown, and cannot command the terminal.
    """
    while _under_way:
        sys.stdout.write(f"\r{' ' * len(_under_way.pop())}\r")
        sys.stdout.flush()
    for line in lines or ("",):
        click.secho(_as_given("".join(map(_visible, line))), err=err, **style)


_PROGRAM = "bokslut"
_commands: set[str] = set()


def _as_given(text: str) -> str:
    """With ”bokslut granska” as the program was called: ”.venv/bin/bokslut granska”."""
    given = Path(sys.argv[0])
    if given.name != _PROGRAM or given.is_absolute():
        return text
    return re.sub(rf"(?<![\w/]){_PROGRAM} (?=(?:{'|'.join(_commands)})\b)", f"{given} ", text)


def _visible(character: str) -> str:
    """Control characters, and those that turn or hide what stands beside them, by their numbers."""
    is_unseen = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return f"<U+{ord(character):04X}>" if is_unseen and character not in "\t\xad" else character


class Commands(click.Group):
    """Whatever ends a command is told in Swedish, with exit code 1; only a fault of our own as such."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        super().add_command(cmd, name)
        cmd.options_metavar = self.options_metavar
        _commands.add(name or cmd.name or "")

    def main(self, *args: Any, **settings: Any) -> Any:
        if sys.getfilesystemencoding() != "utf-8":  # or paths and flags with å, ä and ö could not be read
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
        try:
            return super().main(*args, **settings)
        except ContentError as error:
            list_problems(error.problems)
        except ToldError as error:
            say(str(error), fg="red", err=True)
        except (OSError, MemoryError) as error:
            _tell_of_machine(error)
        except Exception:
            say(*traceback.format_exc().splitlines(), err=True)
            say(_OWN_FAULT, fg="red", err=True)
        sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            if re.search(r"\([–—]", error.message):  # as texts make of two hyphens
                error.message += ". Före en flagga står två bindestreck: --"  # type: ignore[misc]
            error.message = _as_given("".join(map(_visible, error.message)))  # type: ignore[misc]
            raise


_OWN_FAULT = (
    "Det här är ett fel i programmet, inte i innehållet. Rapportera det till den som ni har fått programmet"
    " från, med allt ovan, kommandot som du gav och gärna en kopia av innehållet utan personuppgifter."
)


def _tell_of_machine(error: OSError | MemoryError) -> None:
    from generator.publishing.folder import machine_error

    with contextlib.suppress(OSError):
        say(str(machine_error(error)), fg="red", err=True)
    try:
        sys.stdout.flush()
    except OSError:  # or what could not be shown is tried again at the end, and told in English
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Day(click.DateTime):
    """A date, told as authors write it."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"”{value}” är inte ett datum. Skriv till exempel 2022-03-25.", param, ctx)


def tell_step(step: str) -> None:
    """What is being done: in a terminal in place of the step before, elsewhere on a line of its own."""
    if not sys.stdout.isatty():
        say(f"• {step} …")
        return
    shown = f"• {step} …"[: shutil.get_terminal_size().columns - 1]
    say(shown, nl=False)
    _under_way.append(shown)


def list_problems(
    problems: Sequence[Problem], *, notes: bool = False, left: str = "Inget har skrivits."
) -> None:
    """Problems in file order, errors last: where, what was found, how to mend it; and what is `left`.

    Of very many the others are only counted.
    """
    silent = () if notes else (Severity.HINT, Severity.NOTE)
    told = [problem for problem in problems if problem.severity not in silent]
    told.sort(key=_is_error, reverse=True)
    kinds = _alike(told)
    for problem, *others in sorted(kinds[:MAX_TOLD], key=lambda kind: _is_error(kind[0])):
        say(problem.severity.value.capitalize(), fg=COLORS[problem.severity], nl=False, err=True)
        if problem.severity is Severity.NOTE:
            say(f": {problem.place}: {problem.found}.", err=True)
            continue
        say(f": {problem.place}", err=True)
        say(f"  {upper_first(problem.found)}.", err=True)
        if others:
            lines = lines_told(problem.place.file, (other.place for other in others))
            say(f"  Likadant på {written(len(others))} ställen till: {lines}.", err=True)
        say(f"  Gör så här: {problem.remedy}", err=True)
    if others := list(chain(*kinds[MAX_TOLD:])):
        files = Counter(problem.place.file for problem in others).most_common()
        say(f"{written(len(others))} till visas inte:", err=True)
        say(*(f"  {file}: {written(count)}" for file, count in files[:_MOST_FILES]), err=True)
        if len(files) > _MOST_FILES:
            say(f"  och {written(len(files) - _MOST_FILES)} filer till", err=True)
    if errors := list(filter(_is_error, told)):
        say(f"{counted(errors, 'fel', 'fel')}. {left}", fg="red", err=True)


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Warnings and tips on lines that are mended in the same way are one, when they are many."""
    kinds: dict[object, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(_kind_of(problem), []).append(problem)
    found = ((problem, kinds[_kind_of(problem)]) for problem in problems)
    pairs = ((problem, kind if len(kind) > _MOST_ALIKE else [problem]) for problem, kind in found)
    return [kind for problem, kind in pairs if kind[0] is problem]


def _kind_of(problem: Problem) -> object:
    is_told_once = problem.severity in (Severity.WARNING, Severity.HINT) and problem.place.line
    return problem.remedy if is_told_once else problem


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def counted(things: Sized, singular: str, plural: str) -> str:
    return f"{written(len(things))} {singular if len(things) == 1 else plural}"


def shown_path(path: Path) -> str:
    """A path as seen from where the command was given, when that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
