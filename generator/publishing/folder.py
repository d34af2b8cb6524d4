"""The output folder: written beside, then swapped in whole. A failed build leaves the last one as it was."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from generator.fingerprints import keep_build
from generator.model.places import ToldError
from generator.publishing.manifest import (
    MANIFEST,
    Manifest,
    Written,
    are_there,
    are_whole,
    manifest_text,
    read_manifest,
    written,
)

FRESH, OLD, LOCK = "ny", "gammal", "lås"
# What hosts and version control keep beside a site, also before the first build.
HOST_FILES = {".git", ".gitignore", ".gitkeep", ".htaccess", ".nojekyll", ".well-known", ".DS_Store"}
PAGE_ENDINGS = {".html", ".css", ".json", ".pdf", ".txt", ".xml"}
# Why the machine refuses, and what helps when it is about the output folder.
REASONS = {
    errno.EAGAIN: ("Ett annat bygge till mappen pågår.", "Vänta tills det är klart, och kör kommandot igen."),
    **dict.fromkeys((errno.EACCES, errno.EPERM), ("Behörighet saknas.", "Välj en annan mapp med --ut.")),
    **dict.fromkeys(
        (errno.ENOTDIR, errno.EEXIST), ("En del av sökvägen är en fil.", "Välj en mapp med --ut.")
    ),
    **dict.fromkeys(
        (errno.ENOLCK, errno.ENOTSUP),
        ("Disken kan inte hålla andra byggen borta.", "Välj en mapp på en annan disk med --ut."),
    ),
    errno.EROFS: ("Disken är skrivskyddad.", "Välj en annan mapp med --ut."),
    errno.ENOSPC: ("Disken är full.", ""),
    errno.EDQUOT: ("Ditt utrymme på disken är fullt.", ""),
    errno.EFBIG: ("Filen blir större än systemet tillåter.", ""),
    errno.ENOENT: ("Filen eller mappen finns inte längre.", "Kör kommandot igen."),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), ("För många filer är öppna.", "Stäng andra program.")),
    errno.EBUSY: ("Mappen är en egen disk.", "Välj en mapp inuti den med --ut."),
    errno.ENAMETOOLONG: ("Namnet är för långt.", "Välj ett kortare med --ut."),
}
_UNKNOWN = "Systemet tillät det inte.", ""


class OutputError(ToldError):
    """Something cannot be written."""


def machine_error(error: OSError | MemoryError) -> OutputError:
    """What the machine refused, wherever in the work."""
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return OutputError("Datorns minne räckte inte. Stäng andra program, och kör kommandot igen.")
    if error.errno == errno.ENOENT and error.filename is None:
        return OutputError("Mappen som kommandot gavs i finns inte längre. Gå till en annan mapp.")
    where = f"med {error.filename}" if error.filename else "att skriva eller läsa"
    return OutputError(f"Det går inte {where}: {REASONS.get(error.errno or 0, _UNKNOWN)[0]}")


def write_new(path: Path, data: bytes, *, if_there: str, remedy: str, overwrite: bool = False) -> Path:
    """The file that was written. Raises OutputError, without `overwrite` also when it is there already."""
    try:
        with path.open("wb" if overwrite else "xb") as file:
            file.write(data)
    except FileExistsError:
        raise OutputError(f"{path} finns redan{if_there}") from None
    except OSError as error:
        raise OutputError(f"Det går inte att skriva {path}. {remedy}") from error
    return path


def write_beside(draft: Path, data: bytes) -> Path:
    """A file that is then moved to its place. What lies there, such as a link, is not written through."""
    draft.unlink(missing_ok=True)
    with draft.open("xb") as file:
        file.write(data)
    return draft


class Output:
    """Files written beside a folder and put in place together. When none are added, the folder stays.

    with Output(folder) as output:
        output.add("index.html", b"...")

    Nobody else can do so meanwhile. What a build left that was killed is put right first.
    """

    def __init__(self, folder: Path, *, is_public: bool = True) -> None:
        try:
            self.folder = folder.resolve()
        except (OSError, RuntimeError) as error:  # names too long, links in a circle
            raise OutputError(f"{folder} går inte att använda. Välj en annan mapp med --ut.") from error
        self.files: dict[str, Written] = {}
        self._kept: set[str] = set()
        self._folders: set[str] = set()  # that have been made
        self._paths: dict[str, str] = {}  # by what hosts may take for the same
        self._is_public = is_public
        self._fingerprints: Mapping[str, str] = {}
        self._beside = self.folder.parent / f".{self.folder.name}.bygge"
        self._fresh, self._old = self._beside / FRESH, self._beside / OLD
        self._at_end = ExitStack()

    def __enter__(self) -> Output:
        with _told_in_swedish(self.folder), ExitStack() as at_end:
            at_end.enter_context(_locked(self._beside))
            at_end.callback(self._recover)
            self._recover()
            _check_replaceable(self.folder, is_public=self._is_public)
            self._fresh.mkdir(mode=0o755)
            self._at_end = at_end.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with _told_in_swedish(self.folder), self._at_end:
            if kind is None and self.files:
                self._swap()

    def add(self, path: str, content: bytes | str) -> None:
        data = content.encode() if isinstance(content, str) else content
        target = self._take(path, written(data))
        with _told_in_swedish(self.folder), open(target, "wb") as file:
            file.write(data)

    def add_all(self, files: Iterable[tuple[str, bytes | str]]) -> None:
        for path, content in files:
            self.add(path, content)

    def keep(self, files: Mapping[str, Written]) -> None:
        """Files that are in place already, and are to stay as they are."""
        for path, file in files.items():
            target = self._take(path, file)
            self._kept.add(path)
            with _told_in_swedish(self.folder):
                try:
                    os.link(f"{self.folder}/{path}", target)
                except OSError:  # a disk without links
                    shutil.copy2(f"{self.folder}/{path}", target)

    def _take(self, path: str, file: Written) -> str:
        """Where to write it. Raises OutputError when another file has the address.

        A path out of the folder is a fault.
        """
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"outside of the output: {path}")
        key = os.path.normpath(path).casefold()  # some hosts and disks do not tell capital letters apart
        if key in self._paths:
            clash = " och ".join(dict.fromkeys((self._paths[key], path)))
            raise OutputError(
                f"Två filer på webbplatsen får samma adress: {clash}. Byt namn på det som ger den ena:"
                " en del, en enhet, en text, en bild eller ett typsnitt."
            )
        self._paths[key] = path
        self.files[path] = file
        target = f"{self._fresh}/{path}"
        folder = os.path.dirname(target)
        if folder not in self._folders:
            with _told_in_swedish(self.folder):
                os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        return target

    def add_lists(self, fingerprints: Mapping[str, str], drafts: Sequence[str]) -> None:
        """The manifest of all that was added; and for the next build, elsewhere, what it was made from."""
        manifest = manifest_text(Manifest(self.files, self._is_public, tuple(drafts)))
        self.add(MANIFEST, manifest)
        self._fingerprints = fingerprints

    def _swap(self) -> None:
        """Puts what was written in place. Hidden files in the folder are the owner's and stay."""
        is_there = are_there(self._fresh, self.files) and are_whole(self._fresh, self._new_files)
        if not is_there:
            raise OutputError(f"Någon tog bort filer medan {self.folder} byggdes. Kör kommandot igen.")
        if self.folder.exists():
            shutil.copymode(self.folder, self._fresh)
            self._keep_times()
            self.folder.rename(self._old)
        self._fresh.rename(self.folder)
        made = {path: file.sha256 for path, file in self.files.items()}
        keep_build(str(self.folder), dict(self._fingerprints), made)

    @property
    def _new_files(self) -> dict[str, Written]:
        return {path: file for path, file in self.files.items() if path not in self._kept}

    def _keep_times(self) -> None:
        """What is as before is not newer either, for hosts and for what copies to them."""
        for path, file in self._new_files.items():
            if are_whole(self.folder, {path: file}):
                before = (self.folder / path).stat()
                os.utime(self._fresh / path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def _recover(self) -> None:
        """Ends a swap, or one that was interrupted: a whole folder is in place, nothing lies beside."""
        shutil.rmtree(self._fresh, ignore_errors=True)
        if self._old.exists() and not self.folder.exists():
            self._old.rename(self.folder)
        elif self._old.exists():
            for hidden in self._old.glob(".*"):
                if not (self.folder / hidden.name).exists():
                    hidden.rename(self.folder / hidden.name)
            self._old.rename(self._fresh)  # or what is half removed could be taken for the last site
            shutil.rmtree(self._fresh)


def _check_replaceable(folder: Path, *, is_public: bool) -> None:
    """Only an empty folder, or what an earlier build wrote, is replaced: all else is somebody's."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} är en fil. Välj en mapp med --ut.")
    earlier = read_manifest(folder)
    foreign = sorted(path.name for path in folder.iterdir() if _is_foreign(path, earlier.files))
    if foreign:
        shown = ", ".join(foreign[:3]) + (" med flera" if len(foreign) > 3 else "")
        raise OutputError(
            f"Mappen {folder} innehåller annat än en byggd webbplats ({shown}) och skrivs inte över."
            " Välj en tom mapp med --ut."
        )
    if earlier.files and earlier.is_public and not is_public:
        raise OutputError(
            f"Mappen {folder} innehåller den publika webbplatsen. Granskningsutgåvan får inte"
            " hamna där: välj en annan mapp med --ut."
        )


def _is_foreign(path: Path, listed: Collection[str]) -> bool:
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


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Makes a folder that belongs to this process until it is removed: one build at a time.

    The system lets go of the lock when the process ends, also when it is killed.

    Raises BlockingIOError while another has it, and OSError where it cannot be made or locked.
    """
    with _held(folder / LOCK):
        try:
            yield
        finally:
            (folder / LOCK).unlink(missing_ok=True)
            with suppress(OSError):  # the next one is in it already
                folder.rmdir()


def _held(path: Path) -> IO[str]:
    """The locked file. One that its last holder has removed meanwhile holds nobody off."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.is_symlink():  # what lies where it leads would be removed
            raise OutputError(f"{path.parent} är en länk. Ta bort den, och kör kommandot igen.")
        with suppress(FileNotFoundError):
            file = path.open("a")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    return file
            except OSError:
                file.close()
                raise
            file.close()


@contextmanager
def _told_in_swedish(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = " ".join(REASONS.get(error.errno or 0, _UNKNOWN)).strip()
        raise OutputError(f"Det går inte att skriva till {folder}. {reason}") from error
