"""The output folder: written beside, then swapped in whole. A failed build leaves the last one as it was."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

MANIFEST = "manifest.json"
AUDIT = "granskningsutgava"  # in the manifest of an edition that is not to be published
SHA256_LENGTH = 64
FRESH, OLD = "ny", "gammal"
# What hosts and version control keep beside a site, also before the first build.
HOST_FILES = {".git", ".gitignore", ".gitkeep", ".htaccess", ".nojekyll", ".well-known", ".DS_Store"}
PAGE_ENDINGS = {".html", ".css", ".json", ".pdf", ".txt", ".xml"}
REASONS = {
    errno.EACCES: "Behörighet saknas. Välj en annan mapp med --ut.",
    errno.EPERM: "Behörighet saknas. Välj en annan mapp med --ut.",
    errno.EROFS: "Disken är skrivskyddad. Välj en annan mapp med --ut.",
    errno.ENOSPC: "Disken är full.",
    errno.EBUSY: "Mappen är en egen disk. Välj en mapp inuti den med --ut.",
    errno.ENAMETOOLONG: "Namnet är för långt. Välj ett kortare med --ut.",
    errno.ENOTDIR: "En del av sökvägen är en fil. Välj en mapp med --ut.",
    errno.EEXIST: "En del av sökvägen är en fil. Välj en mapp med --ut.",
}


class OutputError(Exception):
    """The output folder cannot be replaced; the message says why and what to do, in Swedish."""


@dataclass(frozen=True)
class Written:
    """A file of a site: its size in bytes and what it holds."""

    size: int
    sha256: str


class Output:
    """Files written beside a folder and put in place together.

    with Output(folder) as output:
        output.add("index.html", b"...")
    """

    def __init__(self, folder: Path, *, is_public: bool = True) -> None:
        try:
            self.folder = folder.resolve()
        except (OSError, RuntimeError) as error:  # names too long, links in a circle
            raise OutputError(f"{folder} går inte att använda. Välj en annan mapp med --ut.") from error
        self.files: dict[str, Written] = {}
        self._is_public = is_public
        self._fresh = _beside(self.folder) / FRESH

    def __enter__(self) -> Output:
        with _told_in_swedish(self.folder):
            _recover(self.folder)
            _check_replaceable(self.folder)
            if not self._is_public and _holds_public_site(self.folder):
                raise OutputError(
                    f"Mappen {self.folder} innehåller den publika webbplatsen. Granskningsutgåvan får inte"
                    " hamna där: välj en annan mapp med --ut."
                )
            self._fresh.mkdir(mode=0o755, parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _told_in_swedish(self.folder):
            try:
                if kind is None:
                    _swap(self._fresh, self.folder)
            finally:
                _recover(self.folder)

    def add(self, path: str, content: bytes | str) -> None:
        """Two files at one path are a fault in the program, as is a path out of the folder."""
        if path in self.files:
            raise ValueError(f"two files at {path}")
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"outside of the output: {path}")
        data = content.encode() if isinstance(content, str) else content
        self.files[path] = Written(len(data), hashlib.sha256(data).hexdigest())
        self._write(path, data)

    def add_hidden(self, name: str, content: str) -> None:
        """A file that is none of the site's."""
        self._write(name, content.encode())

    def _write(self, path: str, data: bytes) -> None:
        with _told_in_swedish(self.folder):
            target = self._fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _check_replaceable(folder: Path) -> None:
    """Only an empty folder, or what an earlier build wrote, is replaced: all else is somebody's."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} är en fil. Välj en mapp med --ut.")
    listed = _listed_files(folder)
    foreign = sorted(path.name for path in folder.iterdir() if _is_foreign(path, listed))
    if foreign:
        shown = ", ".join(foreign[:3]) + (" med flera" if len(foreign) > 3 else "")
        raise OutputError(
            f"Mappen {folder} innehåller annat än en byggd webbplats ({shown}) och skrivs inte över."
            " Välj en tom mapp med --ut."
        )


def _holds_public_site(folder: Path) -> bool:
    """Whether an earlier build put pages there that anybody may read."""
    try:
        return not json.loads((folder / MANIFEST).read_bytes()).get(AUDIT, False)
    except (OSError, ValueError, AttributeError):
        return False


def _listed_files(folder: Path) -> set[str]:
    """What an earlier build wrote into the folder, by its manifest; nothing when there was none."""
    try:
        entries = json.loads((folder / MANIFEST).read_bytes())["files"]
        listed = {str(entry["path"]) for entry in entries if len(entry["sha256"]) == SHA256_LENGTH}
    except (OSError, ValueError, LookupError, TypeError):
        return set()
    return listed | {MANIFEST} if listed else set()


def _is_foreign(path: Path, listed: set[str]) -> bool:
    """Whether something at the top of the folder is neither from an earlier build nor its leftover.

    With a manifest there, hidden files are kept and single pages that it does not list are leftovers;
    a folder that it does not know is somebody else's.
    """
    if path.name in HOST_FILES:
        return False
    if not listed:
        return True
    if path.is_dir():
        return not any(name.startswith(f"{path.name}/") for name in listed) and path.name[0] != "."
    return path.name not in listed and path.suffix not in PAGE_ENDINGS and path.name[0] != "."


def _swap(fresh: Path, folder: Path) -> None:
    """Puts what was written in place. Hidden files in the folder are the owner's and stay."""
    if folder.exists():
        shutil.copymode(folder, fresh)
        folder.rename(fresh.parent / OLD)
    fresh.rename(folder)


def _recover(folder: Path) -> None:
    """Ends a swap, or one that was interrupted: the last good folder is in place, nothing lies beside."""
    beside = _beside(folder)
    old = beside / OLD
    if old.exists() and not folder.exists():
        old.rename(folder)
    if old.exists():
        for hidden in old.glob(".*"):
            if not (folder / hidden.name).exists():
                hidden.rename(folder / hidden.name)
    shutil.rmtree(beside, ignore_errors=True)


def _beside(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.bygge"


@contextmanager
def _told_in_swedish(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0, "Systemet tillät det inte.")
        raise OutputError(f"Det går inte att skriva till {folder}. {reason}") from error
