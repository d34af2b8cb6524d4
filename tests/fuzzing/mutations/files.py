"""Files of a content folder as mutations find them: always in the same order, whatever state they are in."""

from __future__ import annotations

from pathlib import Path
from random import Random


def files_in(content: Path, *endings: str) -> list[Path]:
    """No links: what they lead to is not to be written to."""
    found = [path for path in content.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path for path in found if not endings or path.suffix in endings)


def a_file(chance: Random, content: Path, *endings: str) -> Path | None:
    """One of the files that end so, unless earlier mutations have removed them all."""
    found = files_in(content, *endings)
    return chance.choice(found) if found else None


def text_of(path: Path) -> str:
    """Also of what is no longer text."""
    return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Without what the encoding does not have."""
    path.write_bytes(text.encode(encoding, "ignore"))
