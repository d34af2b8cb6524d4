"""Hands a built site to a folder or a zip: only what differs is written, and only what is ours removed."""

import io
import os
import zipfile
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from generator.fingerprints import REPORT_FILES, SITE_FILE
from generator.model.frozen import Frozen
from generator.publishing.folder import OutputError, write_beside
from generator.publishing.manifest import MANIFEST, Manifest, Written, manifest_text, read_manifest, written

# While files are put in place: a list of all that is or becomes ours, so that it can be taken up again.
JOURNAL, FRESH = ".bokslut-pagar.json", ".bokslut-ny"
_IN_THE_WAY = Written(0, "")  # a folder where a file is to be, or the reverse


class Handover(Frozen):
    """Paths at the target: to write, to remove, and those that are as they should be."""

    new: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: list[str]
    drafts: tuple[str, ...]


def hand_over(
    output: Path,
    target: Path,
    content: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    is_trial: bool = False,
) -> Handover:
    """Makes what is ours at the target, a folder or a name in .zip, equal to the site in the output.

    Raises OutputError: before anything is written where the site or the target is not fit for it, and
    afterwards where what lies there is not what the manifest says.
    """
    site = _site_in(output)
    _check_place(target, output, content)
    root = _opened(target)
    ours = {**read_manifest(root).files, **read_manifest(root, JOURNAL).files}
    known = {*ours, MANIFEST} if ours else set()
    wanted = {**site.files, MANIFEST: written((output / MANIFEST).read_bytes())}
    paths = {*wanted, *known}
    if outside := [path for path in paths if not _place(target / path).is_relative_to(_place(target))]:
        raise OutputError(f"Filer skulle hamna utanför {target}: {_named(outside)}. Välj en annan plats.")
    there = {path: _held(root, path) for path in paths}
    # A zip is replaced whole, so everything in it must be ours.
    names = root.root.namelist() if isinstance(root, zipfile.Path) else filter(there.get, paths)
    if foreign := {name for name in names if name not in known and not name.endswith("/")}:
        remedy = "Välj en tom mapp eller en undermapp, eller flytta undan det först."
        raise OutputError(f"I {target} finns annat, som inte skrivs över: {_named(foreign)}. {remedy}")
    todo = sorted(path for path in paths if there[path] != wanted.get(path))
    if todo and not is_trial:
        if _is_zip(target):
            _put(_zipped(output, wanted), target, target.with_name(f".{target.name}.ny"))
        else:
            journal = manifest_text(Manifest({**ours, **site.files}))
            _fill(target, output, todo, wanted, journal, progress=progress)
        root = _opened(target)
        if wrong := [path for path in paths if _held(root, path) != wanted.get(path)]:
            raise OutputError(f"{target} stämmer inte med {MANIFEST}: {_named(wrong)}. Kör kommandot igen.")
    return Handover(
        new=[path for path in todo if not there[path]],
        changed=[path for path in todo if there[path] and path in wanted],
        removed=[path for path in todo if path not in wanted],
        unchanged=sorted(wanted.keys() - todo),
        drafts=site.drafts,
    )


def _site_in(output: Path) -> Manifest:
    site = read_manifest(output)
    if not site.files:
        raise OutputError(f"{output} innehåller ingen byggd webbplats. Kör bokslut bygg, eller ange --från.")
    if not site.is_public:
        raise OutputError(f"{output} är granskningsutgåvan, som inte får läggas ut. Ange en annan mapp.")
    inside = [path.relative_to(output) for path in output.rglob("*") if path.is_file()]
    added = {path.as_posix() for path in inside if not any(part[0] == "." for part in path.parts)}
    changed = {path for path, file in site.files.items() if _held(output, path) != file}
    if wrong := changed | (added - {*site.files, MANIFEST}):
        raise OutputError(f"{output} är inte som den byggdes: {_named(wrong)}. Kör bokslut bygg först.")
    return site


def _check_place(target: Path, output: Path, content: Path) -> None:
    place = _place(target)
    for folder in (output, content):
        if place.is_relative_to(_place(folder)) or _place(folder).is_relative_to(place):
            raise OutputError(f"{target} och {folder} ligger i varandra. Välj en plats utanför.")
    if any((target / name).exists() for name in (SITE_FILE, *REPORT_FILES)):
        raise OutputError(f"I {target} ligger innehållet till en webbplats. Välj en plats utanför.")
    if ":" in target.name or not place.parent.is_dir():
        remedy = "Ange en mapp eller en zip-fil, på datorn eller på en ansluten disk."
        raise OutputError(f"Mappen där {target} ska ligga finns inte. {remedy}")
    if target.exists() and target.is_dir() == _is_zip(target):
        raise OutputError(f"{target} måste vara en mapp, eller en fil som slutar på .zip.")


def _fill(
    target: Path,
    output: Path,
    todo: Sequence[str],
    wanted: Collection[str],
    journal: str,
    *,
    progress: Callable[[str], None],
) -> None:
    """Pages come after what they are shown with and go before it; the manifest is last."""
    fresh = target / FRESH
    _put(journal.encode(), target / JOURNAL, fresh)
    in_order = sorted(
        todo,
        key=lambda path: (path == MANIFEST, path not in wanted, path.endswith(".html") == (path in wanted)),
    )
    for number, path in enumerate(in_order, start=1):
        progress(f"{number} av {len(todo)}: {path}")
        if path in wanted:
            _put((output / path).read_bytes(), target / path, fresh)
            continue
        (target / path).unlink()
        with suppress(OSError):  # where others have files
            for folder in Path(path).parents[:-1]:
                (target / folder).rmdir()
    (target / JOURNAL).unlink()


def _put(data: bytes, path: Path, fresh: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(fresh, data).replace(path)


def _zipped(output: Path, paths: Iterable[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(paths):
            entry = zipfile.ZipInfo(path)  # always of 1980
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # or a host could not read it
            archive.writestr(entry, (output / path).read_bytes(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _opened(target: Path) -> Traversable:
    if not _is_zip(target) or not target.exists():
        return target
    data = target.read_bytes()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            archive.read(name)
        return zipfile.Path(archive)
    except Exception:  # whatever a damaged archive makes of reading it
        raise OutputError(f"{target} är ingen hel zip-fil. Ta bort den, eller välj ett annat namn.") from None


def _held(root: Traversable, path: str) -> Written | None:
    try:
        return written((root / path).read_bytes())
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError):
        return _IN_THE_WAY


def _place(path: Path) -> Path:
    return Path(os.path.realpath(path))  # also of links in a circle


def _is_zip(target: Path) -> bool:
    return target.suffix.lower() == ".zip"


def _named(paths: Iterable[str]) -> str:
    first, *others = sorted(paths)
    return f"{first} och {len(others)} till" if others else first
