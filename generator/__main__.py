"""The command `bokslut`. What is known without the rest of the program is told before that is imported."""

import os
import sys

from generator.caching import keep, kept
from generator.fingerprints import CONTENT, OUTPUT, UNCHANGED, is_unchanged, of_program, sources

HELP, HELP_WIDTH = "hjälp", 78


def main() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever gave the command
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
    if not _is_told(sys.argv[1:]):
        from generator.cli import main as command

        command(prog_name="bokslut")


def _is_told(arguments: list[str]) -> bool:
    """Whether that was all. What a terminal cannot show, or goes wrong, the command itself tells."""
    if {sys.stdout.encoding, sys.getfilesystemencoding()} != {"utf-8"}:
        return False
    try:
        if arguments == ["--help"]:
            sys.stdout.write(help_text())
        elif has_nothing_to_do(arguments):
            sys.stdout.write(f"{UNCHANGED}\n")
        else:
            return False
        sys.stdout.flush()
    except OSError:
        return False
    return True


def help_text() -> str:
    """As the same program has told it before."""
    program, before = of_program().encode(), kept(HELP) or b""
    if program and before.startswith(program):
        return before[len(program) :].decode()
    from generator.cli import main as command
    from generator.terminal import click

    settings = {**command.context_settings, "terminal_width": HELP_WIDTH}
    context = click.Context(command, info_name="bokslut", **settings)
    text = f"{command.get_help(context)}\n"
    keep(HELP, program + text.encode())
    return text


def has_nothing_to_do(arguments: list[str]) -> bool:
    """Of `bygg` in its plainest forms. Whatever else is to be done or told, the command itself does."""
    folders = {"--innehåll": CONTENT, "--ut": OUTPUT}
    flags, values = arguments[1::2], arguments[2::2]
    if arguments[:1] != ["bygg"] or len(flags) != len(values) or not folders.keys() >= set(flags):
        return False
    folders.update(zip(flags, values, strict=True))
    content, output = map(os.path.realpath, folders.values())
    beside = os.path.join(os.path.dirname(output), f".{os.path.basename(output)}.bygge")
    return not os.path.exists(beside) and is_unchanged(output, sources(content))


if __name__ == "__main__":
    main()
