"""Hashes of all that a site is made from and of what came of it: whether a build would change nothing.

A command asks this before it imports the rest of the program, which takes many times as long. So neither this
nor `caching` imports anything but hashing and files.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache

from generator.caching import keep, kept

_GENERATOR = os.path.dirname(os.path.abspath(__file__))
_BESIDE = os.path.join(_GENERATOR, "beside")  # in a wheel, where scripts/packing.py puts it
PROJECT = _BESIDE if os.path.exists(_BESIDE) else os.path.dirname(_GENERATOR)
_BESIDE_CODE = ("templates", "themes", "requirements.lock")
CONTENT, OUTPUT = "content", "output"  # where they lie when nothing else is said
SITE_FILE = "webbplats.yaml"
REPORT_FILES = ("bokslut.yaml", "bokslut.xlsx", "bokslut.ods")  # one of which a report has
PDF, PRESS_PDF, SUMMARY_PDF = "bokslut.pdf", "bokslut-tryck.pdf", "bokslut-sammanfattning.pdf"
PDFS = (PDF, PRESS_PDF, SUMMARY_PDF)
PROOF_PDF = "bokslut-korrektur.pdf"  # on request, and not published

# The names of fingerprints that belong to a report: of its own files, and of what it shows of others. With no
# report that is of what the pages show that are common to them.
REPORT, OTHERS = "rapport/", "omgivning/"
COMMON = ""  # instead of a report: what is common to them
RESULTS = "resultat/"  # of its files without pictures, comments and bodies of texts: of what is counted
LOOKS = "utseende"  # of the templates and themes
SITE = "webbplats"
MADE = "gjort"

UNCHANGED = "Inget har ändrats sedan förra bygget. Varningar visas av bokslut granska."

HIDDEN = (".",)  # how the names of files and folders begin
PASSED_OVER = (*HIDDEN, "_", "~")  # in content: also what is temporary or a draft
_END_OF_HEAD = b"\n---"
_NOT_COUNTED = ("bilder/", "utfall/kommentarer.csv")
_NOT_OURS = (*HIDDEN, "__pycache__")
_LARGEST = 200_000_000  # bytes of what is read: a film among the pictures would take all memory


def fingerprint(hashes: dict[str, str]) -> str:
    """Of things by their names; "" when one is "", which stands for what is not known and is like nothing."""
    told = repr(sorted(hashes.items()))
    return of_bytes(told.encode(errors="surrogateescape")) if all(hashes.values()) else ""


def of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def of_program() -> str:
    """Of the code with its templates and themes, and of the packages that it is locked to and finds."""
    paths = {name: os.path.join(PROJECT, name) for name in _BESIDE_CODE}
    parts = {name: of_files(path) for name, path in paths.items() if os.path.exists(path)}
    folders = [path for path in sys.path if path.endswith("-packages") and os.path.isdir(path)]
    packages = [name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info")]
    parts |= {"generator": _of_code(_GENERATOR), "packages": repr((sys.version, sorted(packages)))}
    return fingerprint(parts)


def of_looks() -> str:
    folders = ("templates", "themes")
    return fingerprint({name: of_files(os.path.join(PROJECT, name)) for name in folders})


def of_report(content: str, name: str, *, has_files: bool = False) -> dict[str, str]:
    """Of all its files, and of what its results are made from; and of each file by itself."""
    all_of_it: dict[str, str] = {}
    counted: dict[str, str] = {}
    try:
        for file, data in _read(os.path.join(content, name), PASSED_OVER):
            all_of_it[file] = of_bytes(data)
            if file.endswith(".md"):
                counted[file] = of_bytes(data.partition(_END_OF_HEAD)[0])
            elif not file.startswith(_NOT_COUNTED):
                counted[file] = all_of_it[file]
    except OSError:
        all_of_it = counted = {"": ""}
    files = {f"{REPORT}{name}/{file}": hash for file, hash in all_of_it.items()} if has_files else {}
    return {f"{REPORT}{name}": fingerprint(all_of_it), f"{RESULTS}{name}": fingerprint(counted), **files}


def of_common(fingerprints: dict[str, str], front: str, written: list[str]) -> str:
    """Of all that is in the front report, of the results in each, and of the paths of all their files."""
    names = [
        f"{REPORT}{front}",
        f"{OTHERS}{front}",
        *(name for name in fingerprints if name.startswith(RESULTS)),
    ]
    return fingerprint({"filer": repr(written), **{name: fingerprints.get(name, "") for name in names}})


def sources(content: str, *, pdfs: tuple[str, ...] = PDFS, is_audit: bool = False) -> dict[str, str]:
    """Of all that a site is made from, by name. The audit edition also tells where its content lies."""
    edition = {
        "pdf": " ".join(pdfs) or "-",
        "granskning": os.path.basename(content) if is_audit else "-",
        "datum": os.environ.get("SOURCE_DATE_EPOCH") or "-",
    }
    return {"program": of_program(), "utgåva": fingerprint(edition), **of_content(content)}


def of_content(content: str, *, has_files: bool = False) -> dict[str, str]:
    """Of the site's own file, and of each report as `of_report`, by name."""
    hashes = {SITE: of_files(os.path.join(content, SITE_FILE))}
    for name in sorted(os.listdir(content)) if os.path.isdir(content) else []:
        if is_report(os.path.join(content, name)) and not name.startswith(PASSED_OVER):
            hashes |= of_report(content, name, has_files=has_files)
    return hashes


def is_report(folder: str | os.PathLike[str]) -> bool:
    return any(os.path.isfile(os.path.join(folder, name)) for name in REPORT_FILES)


def is_unchanged(output: str, now: dict[str, str]) -> bool:
    """Whether a build from these sources would make the same as lies in the folder."""
    last = last_build(output)
    made = last.pop(MADE, "")
    is_same = {name: value for name, value in last.items() if not name.startswith(OTHERS)} == now
    return is_same and "" not in now.values() and made == of_files(output, HIDDEN) != ""


def last_build(output: str) -> dict[str, str]:
    """What the last build into a folder was made from, and what it made; nothing where that is not known."""
    return dict(line.split("=", 1) for line in (kept(notes_of(output)) or b"").decode().splitlines())


def keep_build(output: str, fingerprints: dict[str, str], made: dict[str, str]) -> None:
    """`made` are the hashes of all files of the site, by path."""
    told = fingerprints | {MADE: fingerprint(made)}
    keep(notes_of(output), "\n".join(f"{name}={value}" for name, value in told.items()).encode())


def notes_of(output: str) -> str:
    """In the cache and never in what is published: hashes help whoever guesses what is hidden."""
    return f"byggen/{of_bytes(os.path.realpath(output).encode(errors='surrogateescape'))}"


def of_files(path: str, left_out: tuple[str, ...] = _NOT_OURS) -> str:
    """Of a file, or all in a folder and those within it; "" when one is no plain file or cannot be read."""
    try:
        return fingerprint({name: of_bytes(data) for name, data in _read(path, left_out)})
    except OSError:
        return ""


_of_code = cache(of_files)  # what this process runs, whatever lies there later


def _read(path: str, left_out: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The files by name, in no order. Raises OSError."""
    for name, file in _files(path, left_out).items():
        with open(file, "rb", buffering=0) as opened:
            if os.fstat(opened.fileno()).st_size > _LARGEST:
                raise OSError(file)
            yield name, opened.read()


def _files(path: str, left_out: tuple[str, ...]) -> dict[str, str]:
    """Paths by names in the folder, which have slashes; an empty folder also counts. Raises OSError."""
    if os.path.isfile(path):
        return {"": path}
    found: dict[str, str] = {}
    waiting = [""]  # folders, however deep they lie
    while waiting:
        folder = waiting.pop()
        with os.scandir(os.path.join(path, folder)) as entries:
            inside = [entry for entry in entries if not entry.name.startswith(left_out)]
        if folder and not inside:
            found[folder] = os.devnull
        for entry in inside:
            name = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif entry.is_file(follow_symlinks=False):
                found[name] = entry.path
            else:
                raise OSError(entry.path)
    return found
