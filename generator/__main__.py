"""The command `bokslut`. That nothing has changed is told before the rest of the program is imported."""

from __future__ import annotations

import os
import sys

from generator.fingerprints import CONTENT, OUTPUT, UNCHANGED, is_unchanged, sources


def main() -> None:
    if has_nothing_to_do(sys.argv[1:]):
        sys.stdout.write(f"{UNCHANGED}\n")
        return
    from generator.cli import main as command

    command(prog_name="bokslut")


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
