"""Bytes that are changed, added or lost in any file, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzzing import nasty
from tests.fuzzing.mutations.files import a_file, files_in

_MARKS = (
    b"\0", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\x80",
    b"\xf4\x90\x80\x80", b"\xe5", b"\x80", b"PK\x03\x04", b"\x1a", b"---\n", b"\t", b";", b'"', b"\n\n", b" ",
)  # fmt: skip
_LONGEST = 2_000_000


def mutate(chance: Random, content: Path) -> None:
    path = a_file(chance, content)
    if path is None:
        return
    if chance.random() < 0.08:
        chance.choice(_WHOLE)(chance, path, content)
    else:
        path.write_bytes(chance.choice(_CHANGES)(chance, path.read_bytes())[:_LONGEST])


def changed(chance: Random, data: bytes) -> bytes:
    """Bytes with something small wrong in them."""
    return chance.choice(_CHANGES)(chance, data)


def _at(chance: Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _span(chance: Random, data: bytes) -> tuple[int, int]:
    start = _at(chance, data)
    return start, min(len(data), start + chance.choice((1, 2, 3, 8, 40, 200, 2000)))


def _flip(chance: Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _replace(chance: Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + chance.randbytes(chance.choice((1, 2, 8))) + data[end:]


def _insert(chance: Random, data: bytes) -> bytes:
    at = _at(chance, data)
    return data[:at] + chance.randbytes(chance.choice((1, 2, 8, 100))) + data[at:]


def _insert_mark(chance: Random, data: bytes) -> bytes:
    at = chance.choice((0, len(data), _at(chance, data), _at(chance, data)))
    return data[:at] + chance.choice(_MARKS) + data[at:]


def _insert_value(chance: Random, data: bytes) -> bytes:
    at = _at(chance, data)
    return data[:at] + nasty.value(chance).encode("utf-8", "ignore") + data[at:]


def _delete(chance: Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + data[end:]


def _duplicate(chance: Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 50)) + data[end:]


def _move(chance: Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    rest = data[:start] + data[end:]
    at = _at(chance, rest)
    return rest[:at] + data[start:end] + rest[at:]


def _truncate(chance: Random, data: bytes) -> bytes:
    return data[: _at(chance, data)]


_CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    _flip, _replace, _insert, _insert_mark, _insert_value, _delete, _duplicate, _move, _truncate,
)  # fmt: skip


# Whole files


def _remove(_: Random, path: Path, __: Path) -> None:
    path.unlink()


def _empty(_: Random, path: Path, __: Path) -> None:
    path.write_bytes(b"")


def _repeat(chance: Random, path: Path, _: Path) -> None:
    data = path.read_bytes()
    path.write_bytes((data * chance.choice((2, 10, 200)))[:_LONGEST])


def _exchange(chance: Random, path: Path, content: Path) -> None:
    other = chance.choice(files_in(content))
    data = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(data)


def _rename(chance: Random, path: Path, _: Path) -> None:
    names = (f"_{path.name}", path.name.upper(), f"kopia {path.name}", f"{path.stem}.txt", "å.md")
    path.rename(path.with_name(chance.choice(names)))


def _become_folder(_: Random, path: Path, __: Path) -> None:
    path.unlink()
    path.mkdir()


def _become_link(chance: Random, path: Path, _: Path) -> None:
    path.unlink()
    path.symlink_to(chance.choice(("/dev/zero", path.name, "..", "finns-inte")))


def _become_huge(_: Random, path: Path, __: Path) -> None:
    with path.open("ab") as file:
        file.truncate(21_000_000)


def _become_other_text(chance: Random, path: Path, _: Path) -> None:
    encoding = chance.choice(("utf-16", "utf-16-le", "cp1252", "utf-32", "utf-7"))
    path.write_bytes(path.read_bytes().decode("utf-8", "ignore").encode(encoding, "ignore"))


_WHOLE: tuple[Callable[[Random, Path, Path], None], ...] = (
    _remove, _empty, _repeat, _exchange, _rename, _become_folder, _become_link, _become_huge,
    _become_other_text,
)  # fmt: skip
