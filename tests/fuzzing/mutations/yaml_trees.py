"""YAML with another structure than was meant, in files and in the heads of texts."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.fuzzing import nasty
from tests.fuzzing.mutations.files import a_file, files_in, text_of, write_text

Spot = tuple[Any, Any]  # a mapping or list, and a key or index in it
_FENCE = "---\n"


def mutate(chance: Random, content: Path) -> None:
    path = a_file(chance, content, ".yaml") if chance.random() < 0.8 else a_file(chance, content, ".md")
    if path is None:
        return
    before, text, after = parts_in(text_of(path))
    tree = tree_of(text)
    if tree is None or chance.random() < 0.3:
        changed = "\n".join(chance.choice(_LINE_CHANGES)(chance, text.split("\n")))
    else:
        chance.choice(_TREE_CHANGES)(chance, tree, content)
        changed = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000)
    write_text(path, before + changed + after)


def parts_in(text: str) -> tuple[str, str, str]:
    """The YAML of a file, with what stands before and after it."""
    if text.startswith(_FENCE) and (end := text.find(f"\n{_FENCE}", len(_FENCE))) > 0:
        return _FENCE, text[len(_FENCE) : end + 1], text[end + 1 :]
    return "", text, ""


def tree_of(text: str) -> Any:
    """Mappings, lists and texts; None when there are none."""
    try:
        tree = yaml.load(text, Loader=yaml.CBaseLoader)  # makes nothing but texts
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None
    return tree if isinstance(tree, dict | list) and tree else None


def _spots(tree: Any) -> Iterator[Spot]:
    """Each once, also what aliases put in many places."""
    ahead, seen = [tree], {id(tree)}
    while ahead:
        holder = ahead.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], dict | list) and id(holder[key]) not in seen:
                seen.add(id(holder[key]))
                ahead.append(holder[key])


def _spot(chance: Random, tree: Any) -> Spot:
    return chance.choice(list(_spots(tree)))


def _value(chance: Random) -> Any:
    match chance.randrange(12):
        case 0:
            return None
        case 1:
            return []
        case 2:
            return {}
        case 3:
            return [nasty.value(chance), nasty.value(chance)]
        case 4:
            return {nasty.value(chance): nasty.value(chance)}
        case 5:
            return chance.choice((0, -1, 1.5, 10**30, True, float("inf"), float("nan")))
        case 6:
            return _nested(chance.choice((3, 19, 21, 100)))
        case 7:
            return [{"id": nasty.value(chance), "namn": nasty.value(chance)}]
        case _:
            return nasty.value(chance)


def _nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


# The tree


def _remove(chance: Random, tree: Any, _: Path) -> None:
    holder, key = _spot(chance, tree)
    del holder[key]


def _replace(chance: Random, tree: Any, _: Path) -> None:
    holder, key = _spot(chance, tree)
    holder[key] = _value(chance)


def _replace_text(chance: Random, tree: Any, _: Path) -> None:
    """A value where one is meant to stand."""
    spots = [(holder, key) for holder, key in _spots(tree) if isinstance(holder[key], str)]
    if spots:
        holder, key = chance.choice(spots)
        holder[key] = chance.choice((nasty.value(chance), nasty.blemished(chance, holder[key])))


def _rename(chance: Random, tree: Any, _: Path) -> None:
    mappings = [holder for holder, _ in _spots(tree) if isinstance(holder, dict)]
    if not mappings:
        return
    mapping = chance.choice(mappings)
    old = chance.choice(list(mapping))
    keys = [str(key) for holder, key in _spots(tree) if isinstance(holder, dict)]
    new = chance.choice((nasty.value(chance), nasty.blemished(chance, str(old)), chance.choice(keys)))
    renamed = {new if key == old else key: value for key, value in mapping.items()}
    mapping.clear()
    mapping.update(renamed)


def _exchange(chance: Random, tree: Any, _: Path) -> None:
    (one, key), (other, place) = _spot(chance, tree), _spot(chance, tree)
    first, second = copy.deepcopy(one[key]), copy.deepcopy(other[place])
    one[key], other[place] = second, first


def _copy_elsewhere(chance: Random, tree: Any, _: Path) -> None:
    (holder, key), (source, place) = _spot(chance, tree), _spot(chance, tree)
    holder[key] = copy.deepcopy(source[place])


def _take_from_another(chance: Random, tree: Any, content: Path) -> None:
    other = tree_of(parts_in(text_of(chance.choice(files_in(content, ".yaml", ".md"))))[1])
    if other is not None:
        holder, key = _spot(chance, tree)
        source, place = _spot(chance, other)
        holder[key] = source[place]


def _repeat(chance: Random, tree: Any, _: Path) -> None:
    lists = [holder[key] for holder, key in _spots(tree) if isinstance(holder[key], list) and holder[key]]
    if lists:
        chosen = chance.choice(lists)
        item = chance.choice(chosen)
        chosen.extend(copy.deepcopy(item) for _ in range(chance.choice((1, 1, 2, 40))))


def _shuffle(chance: Random, tree: Any, _: Path) -> None:
    lists = [holder[key] for holder, key in _spots(tree) if isinstance(holder[key], list) and holder[key]]
    if lists:
        chance.shuffle(chance.choice(lists))


def _wrap(chance: Random, tree: Any, _: Path) -> None:
    holder, key = _spot(chance, tree)
    value = holder[key]
    holder[key] = chance.choice(([value], {"id": value}, {str(key): value}, [[value]]))


def _unwrap(chance: Random, tree: Any, _: Path) -> None:
    holder, key = _spot(chance, tree)
    inner = list(_spots(holder[key])) if isinstance(holder[key], dict | list) else []
    if inner:
        source, place = chance.choice(inner)
        holder[key] = source[place]


def _add(chance: Random, tree: Any, content: Path) -> None:
    """A key that is known somewhere, with some value."""
    mappings = [holder for holder, _ in _spots(tree) if isinstance(holder, dict)]
    other = tree_of(parts_in(text_of(chance.choice(files_in(content, ".yaml"))))[1]) if mappings else None
    keys = [key for holder, key in _spots(other) if isinstance(holder, dict)] if other else []
    if keys:
        chance.choice(mappings)[chance.choice(keys)] = _value(chance)


_TREE_CHANGES: tuple[Callable[[Random, Any, Path], None], ...] = (
    _remove, _replace, _replace, _replace_text, _replace_text, _rename, _exchange, _copy_elsewhere,
    _take_from_another, _repeat, _shuffle, _wrap, _unwrap, _add,
)  # fmt: skip


# The lines


def _line(chance: Random, lines: list[str]) -> int:
    return chance.randrange(len(lines))


def _indent(chance: Random, lines: list[str]) -> list[str]:
    start = _line(chance, lines)
    count, more = chance.choice((1, 1, 3, 10)), chance.choice((" ", "  ", "\t", "    ", "\u00a0", "  - "))
    return lines[:start] + [more + line for line in lines[start : start + count]] + lines[start + count :]


def _outdent(chance: Random, lines: list[str]) -> list[str]:
    start = _line(chance, lines)
    count, less = chance.choice((1, 1, 3, 10)), chance.choice((1, 2, 4, 30))
    cut = [line[min(less, len(line) - len(line.lstrip())) :] for line in lines[start : start + count]]
    return lines[:start] + cut + lines[start + count :]


def _repeat_lines(chance: Random, lines: list[str]) -> list[str]:
    start = _line(chance, lines)
    end = start + chance.choice((1, 1, 2, 8))
    return lines[:end] + lines[start:end] * chance.choice((1, 1, 1, 30)) + lines[end:]


def _drop_lines(chance: Random, lines: list[str]) -> list[str]:
    start = _line(chance, lines)
    return lines[:start] + lines[start + chance.choice((1, 1, 2, 8)) :]


def _exchange_lines(chance: Random, lines: list[str]) -> list[str]:
    one, other = _line(chance, lines), _line(chance, lines)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


_BEFORE_VALUE = (
    "&a ", "*a ", "&a &b ", "!!python/object/apply:os.system ", "!!python/name:os.system ", "!!binary ",
    "!!set ", "!!timestamp ", "!!null ", "!!map ", "!!seq ", "!!str ", "!!int ", "!x ", "! ", "!<tag:x> ",
    "|\n", ">\n", "|9 ", "[", "{", "'", '"', "? ", ": ", "- ", "@", "%", "`", "# ", "\t", "[" * 30,
    "{a: " * 30, "[" * 100_000, "{" * 5000, '"\\', '"\\x00"', '"\\ud800"', '"\\U0010ffff"', '"\\udc80"',
    "<<: *a\n", "? [", "~", "=",
)  # fmt: skip


def _spoil_value(chance: Random, lines: list[str]) -> list[str]:
    """Something with a meaning of its own in YAML where a value begins."""
    at = _line(chance, lines)
    key, colon, value = lines[at].partition(": ")
    lines[at] = key + (colon or ": ") + chance.choice(_BEFORE_VALUE) + value
    return lines


_ON_LINES = (
    "---", "...", "%YAML 9.9", "%TAG ! x", "? a\n: b", "<<: {a: b}", "<<: *a", "a: &a [*a]", "- x", "x", ":",
    "- - - x", "? - a\n: - b", "[a, b]: c", "{a: b}: c", "~: x", "!!python/object:os.system {}", ": x",
    "'': x", "\t", "\u2028", "a" * 2000 + ": x", "&a x: *a", "a: |\n  x\n y", "\ufeff", "id: id", "1: 2",
    "null: null", "- " * 60 + "x", "? " * 60 + "x",
)  # fmt: skip


def _put_line(chance: Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines) + 1)
    indent = " " * chance.choice((0, 0, 2, 4, 10))
    return [*lines[:at], indent + chance.choice(_ON_LINES), *lines[at:]]


def _explode(chance: Random, lines: list[str]) -> list[str]:
    """Aliases of aliases: little text that stands for very much."""
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for layer in range(1, chance.randint(2, 40)):
        layers.append(f"a{layer}: &a{layer} [{', '.join([f'*a{layer - 1}'] * 9)}]")
    return [*layers, *lines]


def _spoil_text(chance: Random, lines: list[str]) -> list[str]:
    at = _line(chance, lines)
    lines[at] = nasty.blemished(chance, lines[at])
    return lines


_LINE_CHANGES: tuple[Callable[[Random, list[str]], list[str]], ...] = (
    _indent, _outdent, _repeat_lines, _drop_lines, _exchange_lines, _spoil_value, _spoil_value, _put_line,
    _put_line, _explode, _spoil_text,
)  # fmt: skip
