"""The output folder: written beside, then swapped in whole. A failed build leaves the last one as it was."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

MANIFEST = "manifest.json"


class OutputError(Exception):
    """The output folder cannot be replaced; the message says why and what to do, in Swedish."""


class Output:
    """Collects files and puts them in place together.

    with Output(folder) as output:
        output.add("index.html", b"...")
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.files: dict[str, bytes] = {}

    def __enter__(self) -> Output:
        _check_replaceable(self.folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            _replace(self.folder, self.files)

    def add(self, path: str, content: bytes | str) -> None:
        """Two files at one path are a fault in the program, as is a path out of the folder."""
        if path in self.files:
            raise ValueError(f"two files at {path}")
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"outside of the output: {path}")
        self.files[path] = content.encode() if isinstance(content, str) else content


def _check_replaceable(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} är en fil. Välj en mapp med --ut.")
    holds_other_things = any(not path.name.startswith(".") for path in folder.iterdir())
    if holds_other_things and not _is_ours(folder):
        raise OutputError(
            f"Mappen {folder} innehåller annat än en byggd webbplats och skrivs inte över."
            " Välj en tom mapp med --ut."
        )


def _is_ours(folder: Path) -> bool:
    """Whether a build wrote the folder: its manifest lists files with their hashes."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
        return all({"path", "size", "sha256"} <= entry.keys() for entry in files)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files beside the folder and swaps. Hidden files there are the owner's and stay."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh, old = beside / "ny", beside / "gammal"
        _write(fresh, files)
        if folder.exists():
            for hidden in folder.glob(".*"):
                _copy(hidden, fresh / hidden.name)
            folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as error:
        raise OutputError(f"Det gick inte att skriva till {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=0o755)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
