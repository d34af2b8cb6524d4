"""The list of a site's files, by which auditors and the next build know them."""

import hashlib
import json
import os
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from generator.model.frozen import Frozen

MANIFEST = "manifest.json"
_AUDIT = "granskningsutgava"  # in the manifest of an edition that is not to be published
_DRAFTS = "utkast"
_SHA256_LENGTH = 64


class Written(Frozen):
    """A file of a site: its size in bytes and what it holds."""

    size: int
    sha256: str


class Manifest(Frozen):
    """The files of a site by their paths, the manifest itself left out. `drafts` are ids of reports."""

    files: Mapping[str, Written]
    is_public: bool = True
    drafts: tuple[str, ...] = ()


def written(data: bytes) -> Written:
    return Written(len(data), hashlib.sha256(data).hexdigest())


def _written_in(path: str) -> Written:
    with open(path, "rb", buffering=0) as file:
        return written(file.read())


def manifest_text(manifest: Manifest) -> str:
    """Path, size in bytes and SHA-256 of every file; an edition that is not public says so."""
    in_order = sorted(manifest.files.items())
    files = [{"path": path, "size": file.size, "sha256": file.sha256} for path, file in in_order]
    edition = {} if manifest.is_public else {_AUDIT: True}
    drafts = {_DRAFTS: manifest.drafts} if manifest.drafts else {}
    return json.dumps({**edition, **drafts, "files": files}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Traversable, name: str = MANIFEST) -> Manifest:
    """What an earlier build wrote into the folder: no files when there was none."""
    try:
        read = json.loads((folder / name).read_bytes())
        files = {
            str(entry["path"]): Written(int(entry["size"]), str(entry["sha256"]))
            for entry in read["files"]
            if len(entry["sha256"]) == _SHA256_LENGTH and b"\0" not in entry["path"].encode()
        }
        return Manifest(files, not read.get(_AUDIT, False), tuple(map(str, read.get(_DRAFTS, ()))))
    except Exception:  # whatever is there instead
        return Manifest({})


def are_there(folder: Path, files: Mapping[str, Written]) -> bool:
    """Whether each of the files is there, as long as it was written."""
    try:
        return all(os.stat(f"{folder}/{path}").st_size == file.size for path, file in files.items())
    except OSError:
        return False


def are_whole(folder: Path, files: Mapping[str, Written]) -> bool:
    """Whether each of the files is there as it was written. Sizes first: what is missing is soon found."""
    try:
        return are_there(folder, files) and all(
            _written_in(f"{folder}/{path}") == file for path, file in files.items()
        )
    except OSError:
        return False
