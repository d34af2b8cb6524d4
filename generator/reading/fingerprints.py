"""Hashes of what is read, by which a build knows what has changed since the last one."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from generator.model.places import Problem
from generator.reading.files import Folder
from generator.reading.layout import check_layout
from generator.reading.seals import hashes
from generator.reading.site import SITE_FILE


def fingerprint(parts: object) -> str:
    """SHA-256 of plain values: texts, numbers, lists and mappings of them."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def report_fingerprint(content: Path, name: str) -> str:
    """Of every file in a report's folder, also the seal; "" when some cannot be read, or should not be there.

    A folder that is empty has nothing to take a hash of, and may still be misnamed.
    """
    problems: list[Problem] = []
    folder = Folder(content / name, name, problems)
    found = hashes(folder, with_seal=True)
    check_layout(folder)
    return "" if problems else fingerprint(found)


def site_fingerprint(content: Path) -> str:
    """Of the settings of the site; "" when they cannot be read."""
    settings = Folder(content, "", []).read_bytes(SITE_FILE, remedy_if_missing="")
    return "" if settings is None else fingerprint(_sha256(settings))


def program_fingerprint(folders: Iterable[Path], root: Path) -> str:
    """Of the program with its templates and themes, and of the packages that it is locked to."""
    paths = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    files = (path for path in (*paths, root / "requirements.lock") if path.is_file())
    return fingerprint({path.relative_to(root).as_posix(): _sha256(path.read_bytes()) for path in files})


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
