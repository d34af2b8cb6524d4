"""A unit's or an area's booklet by itself, beside what is built and published."""

from collections.abc import Callable
from pathlib import Path

from generator.build import check
from generator.editions import booklets_of, editions_of, render
from generator.model.names import name_key, remedy_for_unknown
from generator.model.places import ToldError


def print_booklet(content: Path, folder: Path, part: str, say: Callable[[str], None]) -> None:
    """The booklet of a unit or an area, from each report that has it. Raises ContentError or ToldError."""
    checked = check(content)
    editions = editions_of(checked.reports, checked.site, content.absolute(), pdfs=(), is_audit=False)
    named = {edition.id: booklets_of(edition) for edition in editions}
    found = [edition for edition in editions if name_key(part) in named[edition.id]]
    if not found:
        known = dict.fromkeys(name for names in named.values() for name in names)
        raise ToldError(f"”{part}” är ingen enhet och inget målområde. {remedy_for_unknown(part, known)}")
    folder.mkdir(parents=True, exist_ok=True)
    for edition in found:
        made = render((edition, named[edition.id][name_key(part)]))
        for name, data in made.files:
            path = folder / f"{edition.id}-{name}"
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
            say(str(path))
        for told in made.told:
            say(told)
