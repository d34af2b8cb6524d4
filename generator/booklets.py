"""Booklets by themselves, beside what is built: of a unit or an area, or a proof for the printer."""

from collections.abc import Callable
from pathlib import Path

from generator.build import check
from generator.editions import Edition, booklets_of, editions_of, render
from generator.fingerprints import PROOF_PDF
from generator.model.names import name_key, remedy_for_unknown
from generator.model.places import ToldError


def print_booklet(content: Path, folder: Path, part: str, say: Callable[[str], None]) -> None:
    """The booklet of a unit or an area, from each report that has it. Raises ContentError or ToldError."""
    editions = _editions(content)
    named = {edition.id: booklets_of(edition) for edition in editions}
    found = [edition for edition in editions if name_key(part) in named[edition.id]]
    if not found:
        known = dict.fromkeys(name for names in named.values() for name in names)
        raise ToldError(f"”{part}” är ingen enhet och inget målområde. {remedy_for_unknown(part, known)}")
    for edition in found:
        _write(edition, named[edition.id][name_key(part)], folder, say)


def print_proof(content: Path, folder: Path, say: Callable[[str], None]) -> None:
    """Each report as the printer gets it, with marks where it is cut. Raises ContentError or ToldError."""
    for edition in _editions(content):
        _write(edition, PROOF_PDF, folder, say)


def _editions(content: Path) -> list[Edition]:
    checked = check(content)
    return editions_of(checked.reports, checked.site, content.absolute(), pdfs=(), is_audit=False)


def _write(edition: Edition, name: str, folder: Path, say: Callable[[str], None]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = render((edition, name))
    for file, data in made.files:
        path = folder / f"{edition.id}-{file}"
        path.write_bytes(data)
        say(str(path))
    for told in made.told:
        say(told)
