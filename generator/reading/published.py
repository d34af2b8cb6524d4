"""Published reports of many organisations, from a folder of their files resultat.json."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from generator.model.names import name_key
from generator.model.places import ContentError, Place, Problem
from generator.model.published import PublishedResult
from generator.reading.files import Folder

# What lies beside the results on a site, and is no result.
_OTHERS = {"datapackage.json", "manifest.json"}
_FETCH_AGAIN = "Hämta filen på nytt: data/resultat.json på organisationens webbplats."


def read_results(root: Path) -> list[PublishedResult]:
    """Every result in a folder and those within it, by organisation and time. Raises ContentError."""
    folder = Folder(root, "", [])
    files = (path for path in folder.all_files() if path.endswith(".json"))
    paths = [path for path in files if PurePosixPath(path).name not in _OTHERS]
    if not paths:
        remedy = "Lägg en fil resultat.json från varje bokslut i den."
        folder.fault(Place(str(root)), "mappen har inga resultat", remedy)
    read = {path: result for path in paths if (result := _read(folder, path)) is not None}
    folder.problems.extend(_doubles(read))
    if folder.problems:
        raise ContentError(folder.problems)
    return sorted(read.values(), key=lambda result: (name_key(result.organisation), result.head.first_day))


def _read(folder: Folder, path: str) -> PublishedResult | None:
    data = folder.read_bytes(path, remedy_if_missing=_FETCH_AGAIN)
    if data is None:
        return None
    try:
        result = PublishedResult.model_validate(json.loads(data))
        if result.head.kind != "plan":
            return result
        folder.fault(path, "filen är en plan, som inte har några utfall", "Ta bort filen.")
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            key = " → ".join(str(part) for part in fault["loc"]) or "filen"
            found = "saknas" if fault["type"] == "missing" else "är inte vad det ska vara"
            folder.fault(path, f"”{key}” {found}", _FETCH_AGAIN)
    except (ValueError, RecursionError):  # no JSON, or no text
        folder.fault(path, "filen går inte att läsa som json", _FETCH_AGAIN)
    return None


def _doubles(read: dict[str, PublishedResult]) -> Iterator[Problem]:
    """A report that is there twice would count twice."""
    first: dict[tuple[str, ...], str] = {}
    for path, result in read.items():
        head = result.head
        key = (name_key(result.organisation), name_key(head.title), str(head.first_day), str(head.last_day))
        if key in first:
            found = f"samma bokslut som {first[key]}: {head.title}, {result.organisation}"
            yield Problem(Place(path), found, "Ta bort den ena filen.")
        first.setdefault(key, path)
