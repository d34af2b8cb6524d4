"""Other ways to write the same, as other programs and people do. What is published must be the same bytes,
or the content refused: the strongest oracle there is, since it needs no figures of its own.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.fuzzing.mutations.files import a_file, text_of, write_text
from tests.fuzzing.mutations.tables import CSV, Rows
from tests.fuzzing.mutations.workbooks import forget_times
from tests.fuzzing.mutations.yaml_trees import parts_in, tree_of
from tests.workbooks import MAKERS, NUMBERS, typed_rows

_NAMES = ("enhet", "rad", "grupp", "fråga", "serie", "plats", "kön", "tabell", "indikator", "Avdelning")
_NAMING = (
    "täljare", "nämnare", "rad", "grupp", "fråga", "skala", "andel_av", "mått", "enhet", "indikator",
    "mål", "del", "tema", "värden", "kolumner", "kön", "svarsgrupp", "jämförs_med", "röjandekontroll",
    "tabell",
)  # fmt: skip
# How a target is written is how it is shown.
_AMOUNTS = ("marginal", "indexmål", "indexmarginal", "idealvikt", "vikt", "orange_ger", "nivå", "år")
_LISTED = ("bakgrund", "kontrollsummor", "grupper")  # shown in the order that they stand
_NUMBER = re.compile(r"[-−]?\d+(?:,\d+)?")


def mutate(chance: Random, content: Path) -> None:
    if chance.random() < 0.75:
        path = a_file(chance, content, CSV)
        if path is not None:
            chance.choice(_TABLE_CHANGES)(chance, path)
    else:
        path = a_file(chance, content, ".yaml", ".md")
        if path is not None:
            chance.choice(_TEXT_CHANGES)(chance, path)


# Tables


def _rows_of(path: Path) -> Rows:
    """However an earlier change has written them."""
    data = path.read_bytes()
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    delimiter = max(";,\t", key=text.split("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _write(path: Path, rows: Rows) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)
    write_text(path, file.getvalue())


def _dialect(chance: Random, path: Path) -> None:
    file, rows = io.StringIO(), _rows_of(path)
    csv.writer(
        file,
        delimiter=chance.choice(";;,\t"),
        quoting=chance.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
        lineterminator=chance.choice(("\n", "\r\n")),
    ).writerows(rows)
    text = file.getvalue()
    encodings = ["utf-8", "utf-8-sig", "utf-16"]
    if text.encode("cp1252", "ignore").decode("cp1252") == text:
        encodings.append("cp1252")
    if chance.random() < 0.3:
        text = text.rstrip("\r\n")
    write_text(path, text, chance.choice(encodings))


def _empty(chance: Random, path: Path) -> None:
    """Rows and columns that hold nothing."""
    rows = _rows_of(path)
    for _ in range(chance.choice((1, 2, 30))):
        rows.insert(chance.randint(1, len(rows)), [""] * chance.choice((0, len(rows[0]))))
    if chance.random() < 0.5:
        rows = [[*row, *([""] * chance.choice((0, 1)) if row is not rows[0] else [""])] for row in rows]
    _write(path, rows)


def _is_amounts(path: Path) -> bool:
    return path.parent.name == "tabeller"


def _move_columns(chance: Random, path: Path) -> None:
    """In tables of amounts the order is what readers see."""
    rows = _rows_of(path)
    if not _is_amounts(path):
        order = chance.sample(range(len(rows[0])), len(rows[0]))
        rows = [[row[i] if i < len(row) else "" for i in order] for row in rows]
    _write(path, rows)


def _move_rows(chance: Random, path: Path) -> None:
    head, *rest = _rows_of(path)
    if not _is_amounts(path) and path.stem not in _LISTED:
        chance.shuffle(rest)
    _write(path, [head, *rest])


def _change_cells(
    chance: Random, path: Path, is_meant: Callable[[str], bool], change: Callable[[str], str]
) -> None:
    head, *rest = _rows_of(path)
    meant = [is_meant(heading.strip().casefold()) for heading in head]
    share = chance.choice((0.1, 0.5, 1))
    rows = [
        [
            change(cell) if at and chance.random() < share else cell
            for cell, at in zip(row, meant, strict=False)
        ]
        for row in rest
    ]
    _write(path, [head, *rows])


def _rename(chance: Random, path: Path) -> None:
    """In tables of amounts groups are shown as they are written."""
    names = set() if _is_amounts(path) else {name.casefold() for name in _NAMES}
    _change_cells(chance, path, names.__contains__, lambda cell: _other_name(chance, cell))


def _other_name(chance: Random, name: str) -> str:
    """With the same name key."""
    match chance.randrange(5):
        case 0:
            return name.upper() if name.upper().casefold() == name.casefold() else name
        case 1:
            return unicodedata.normalize("NFD", name)
        case 2:
            return re.sub(r"[ _-]", lambda _: chance.choice(" _-"), name)
        case 3:
            return f"{chance.choice(_SPACES)}{name}{chance.choice(_SPACES)}"
        case _:
            return name.casefold()


_SPACES = ("", " ", "  ", "\u00a0", "\t", "\u2009", "\u202f", "\ufeff", "\u200b")


def _retype(chance: Random, path: Path) -> None:
    is_meant = (
        (lambda heading: heading not in ("post", "lika med", "not"))
        if _is_amounts(path)
        else NUMBERS.__contains__
    )
    _change_cells(chance, path, is_meant, lambda cell: _other_number(chance, cell))


def _other_number(chance: Random, text: str) -> str:
    """The same number as somebody else types it."""
    if not _NUMBER.fullmatch(text):
        return text
    sign, digits = ("-", text[1:]) if text[0] in "-−" else ("", text)
    whole, _, decimals = digits.partition(",")
    match chance.randrange(8):
        case 0:
            whole = f"{int(whole):,}".replace(
                ",", chance.choice((" ", "\u00a0", "\u202f", "\u2009", ".", "'"))
            )
        case 1:
            decimals += "0" * chance.choice((1, 2))
        case 2 if sign:
            sign = chance.choice("−–-")
        case 3 if sign:
            return f"({digits})"
        case 4:
            whole = chance.choice(("0", "00")) + whole
        case 5 if not sign:
            sign = "+"
        case 6 if decimals:
            return f"{sign}{whole}.{decimals}"
        case _:
            return f"{chance.choice(_SPACES)}{text}{chance.choice(_SPACES)}"
    return f"{sign}{whole},{decimals}" if decimals else f"{sign}{whole}"


def _change_headings(chance: Random, path: Path) -> None:
    head, *rest = _rows_of(path)
    if not _is_amounts(path):
        head = [_other_name(chance, heading) for heading in head]
    _write(path, [head, *rest])


def _to_workbook(chance: Random, path: Path) -> None:
    """One table in a workbook of its own, its numbers as numbers or as texts."""
    name = chance.choice(sorted(MAKERS))
    rows = _rows_of(path)
    typed = typed_rows(rows) if chance.random() < 0.7 else rows
    new = path.with_suffix(Path(name).suffix)
    MAKERS[name](new, {"Blad1": typed})
    forget_times(new)
    path.unlink()


_TABLE_CHANGES: tuple[Callable[[Random, Path], None], ...] = (
    _dialect, _dialect, _empty, _move_columns, _move_rows, _rename, _rename, _retype, _retype,
    _change_headings, _to_workbook,
)  # fmt: skip


# YAML and texts


def _rewrite(path: Path, change: Callable[[str, Any], Any], **style: Any) -> None:
    """Each value of the YAML as `change` has it, which also gets its key."""
    before, text, after = parts_in(text_of(path))
    tree = tree_of(text) if before or path.suffix == ".yaml" else None
    if tree is not None:
        options: Any = {"allow_unicode": True, "width": 10_000} | style
        text = yaml.safe_dump(_changed("", tree, change), sort_keys=False, **options)
        write_text(path, before + text + after)


def _changed(key: str, value: Any, change: Callable[[str, Any], Any]) -> Any:
    if isinstance(value, list):
        value = [_changed(key, item, change) for item in value]
    if isinstance(value, dict):
        value = {key: _changed(key, inner, change) for key, inner in value.items()}
    return change(key, value)


def _dump_again(chance: Random, path: Path) -> None:
    _rewrite(
        path,
        lambda _, value: value,
        allow_unicode=chance.random() < 0.8,
        default_flow_style=chance.choice((None, False, False, True)),
        default_style=chance.choice((None, None, '"', "'", "|", ">")),
        indent=chance.choice((2, 4, 8)),
        width=chance.choice((40, 80, 10_000)),
    )


def _shuffle_keys(chance: Random, path: Path) -> None:
    def shuffled(_: str, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: value[key] for key in chance.sample(sorted(value), len(value))}

    _rewrite(path, shuffled)


def _rename_in_yaml(chance: Random, path: Path) -> None:
    share = chance.choice((0.1, 0.5, 1))

    def renamed(key: str, value: Any) -> Any:
        is_meant = isinstance(value, str) and key in _NAMING and chance.random() < share
        return _other_name(chance, value) if is_meant else value

    _rewrite(path, renamed)


def _retype_in_yaml(chance: Random, path: Path) -> None:
    def retyped(key: str, value: Any) -> Any:
        if not isinstance(value, str) or key not in _AMOUNTS or chance.random() < 0.5:
            return value
        match chance.randrange(4):
            case 0:
                return value.replace(" %", chance.choice(("%", " procent", "\u00a0%", "\t%", "  %")))
            case 1:
                return re.sub(r"\d+(?![\d,])", r"\g<0>,0", value)
            case 2:
                return value.replace(
                    " procentenheter", chance.choice(("\u00a0procentenheter", " Procentenheter"))
                )
            case _:
                return f"{chance.choice(_SPACES)}{value}{chance.choice(_SPACES)}"

    _rewrite(path, retyped)


def _save_otherwise(chance: Random, path: Path) -> None:
    text = text_of(path)
    if chance.random() < 0.5:
        text = text.replace("\n", "\r\n")
    path.write_bytes(text.encode(chance.choice(("utf-8-sig", "utf-8", "utf-16", "cp1252")), "replace"))


def _add_blanks(chance: Random, path: Path) -> None:
    write_text(path, text_of(path).rstrip("\n") + "\n" * chance.choice((0, 1, 2, 40)))


def _decompose(_: Random, path: Path) -> None:
    write_text(path, unicodedata.normalize("NFD", text_of(path)))


_TEXT_CHANGES: tuple[Callable[[Random, Path], None], ...] = (
    _dump_again, _dump_again, _shuffle_keys, _rename_in_yaml, _rename_in_yaml, _retype_in_yaml,
    _save_otherwise, _add_blanks, _decompose,
)  # fmt: skip
