"""Texts that nest, repeat and leave open what a parser looks for the end of."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.fuzzing import nasty
from tests.fuzzing.mutations.files import a_file, text_of, write_text

_ATOMS = (
    "[", "]", "(", ")", "![", "](", "<", ">", "<!--", "<![CDATA[", "<?", "&", "*", "**", "_", "__", "`",
    "```", "~~~", "{", "}", "{{", "|", "#", "- ", "1. ", "> ", "    ", "\t", "\n", "\n\n", " ", "a",
    "å", "\\", ":", "[^1]", "[a]: ", "<b>", "</b>", "<div>", "http://", "@", '"', "'", "---", "===",
    "+", "!", "&#", "\u202e",
)  # fmt: skip
_LENGTHS = (4, 20, 40, 100, 400, 4_000, 19_000, 60_000, 250_000)  # characters


def mutate(chance: Random, content: Path) -> None:
    path = a_file(chance, content, ".md")
    if path is None:
        return
    text = text_of(path)
    at = chance.randrange(text.rfind("---") + 1, len(text) + 1)
    write_text(path, text[:at] + chance.choice((_repeated, _stairs, _mixed))(chance) + text[at:])


def _length(chance: Random) -> int:
    return chance.choice(_LENGTHS)


def _some(chance: Random) -> str:
    return "".join(chance.choices(_ATOMS, k=chance.choice((1, 1, 2, 3, 5))))


def _repeated(chance: Random) -> str:
    unit = _some(chance)
    return chance.choice(("", "\n\n")) + unit * (_length(chance) // len(unit))


def _stairs(chance: Random) -> str:
    """Each line further in than the one above it."""
    step, mark = chance.choice(("  ", "    ", "> ", "- ", "1. ")), chance.choice(("- ", "1. ", "> ", "a"))
    lines = int((2 * min(_length(chance), 60_000) / len(step)) ** 0.5)
    return "\n\n" + "".join(f"{step * depth}{mark}a\n" for depth in range(lines))


def _mixed(chance: Random) -> str:
    return "".join(chance.choices((*_ATOMS, nasty.value(chance)), k=min(_length(chance), 19_000) // 3))
