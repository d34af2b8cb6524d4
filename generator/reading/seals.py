"""The seal of a report, and how its files differ from those that were decided."""

import hashlib

from generator.model.seal import SEAL_FILE, Seal, SealState
from generator.reading.files import Folder, composed
from generator.reading.validation import read_entry

_START_AGAIN = "Ta bort filen. Ett nytt beslut fastställs med bokslut fastställ."


def read_seal(folder: Folder, report_id: str) -> SealState | None:
    """The seal with what has changed since, or None when the report has none."""
    if not folder.exists(SEAL_FILE):
        return None
    seal = read_entry(folder, SEAL_FILE, Seal)
    if seal is None:
        return None
    if seal.report != report_id:
        found = f"beslutet gäller rapporten {seal.report}, inte {report_id}"
        folder.fault(SEAL_FILE, found, _START_AGAIN)
        return None
    decided = {file.path: file.sha256 for file in seal.files}
    now = hashes(folder)
    return SealState(
        seal,
        added=tuple(path for path in now if path not in decided),
        changed=tuple(path for path in now if path in decided and now[path] != decided[path]),
        removed=tuple(path for path in decided if path not in now),
    )


def hashes(folder: Folder) -> dict[str, str]:
    """SHA-256 of every file of a report that is not passed over, nor its seal, by its path in the folder."""
    found: dict[str, str] = {}
    for path in sorted(folder.all_files()):
        data = folder.read_bytes(path)
        if data is not None and path != SEAL_FILE:
            found[composed(path)] = hashlib.sha256(data).hexdigest()
    return found
