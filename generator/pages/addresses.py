"""The names of pages and of the places on them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.model.contents import Part, own_parts
from generator.model.names import as_written, name_key
from generator.model.narrative import Picture
from generator.model.periods import PartOfYear
from generator.model.places import Place, Problem
from generator.model.report import Report
from generator.model.theme import Theme

AUDIT = "underlag"
SEARCH = "sok"
ARCHIVE = "arkiv"  # at the root of the site
CARD = "assets/kort.png"  # what is shown where a page is shared
FEED = "atom.xml"  # at the root of the site
STATEMENT = "tillganglighet"  # likewise

WIDTHS = (480, 960, 1600)  # of pictures, in pixels: telephones, the column of text, and it on a fine screen


def address_problems(report: Report, theme: Theme) -> Iterator[Problem]:
    """Names that would give two files one address, in capitals or not, or a page none."""
    own = (part.page for part in Part if part not in {Part.AREAS, Part.SERIES, Part.UNITS})
    taken = {f"{page}.html": "en sida som programmet gör" for page in (*own, AUDIT, SEARCH)}
    for page, name, place in _named_pages(report):
        what = f"sidan för ”{as_written(name)}”"
        if not page:
            found = f"{what} får ingen adress"
            yield Problem(place, found, "Välj ett namn med någon av bokstäverna a–ö, eller en siffra.")
        yield from _clash(f"{page}.html", what, place, "Välj ett annat namn.", taken)
    folder = PurePosixPath(report.settings.origin.place.file).parent
    for path in (path for picture in report.shown_pictures for path in widths_of(picture).values()):
        remedy = "Byt namn på den ena filen, eller skriv namnet likadant i alla texter."
        yield from _clash(path, f"bilden {path}", Place(str(folder / path)), remedy, taken)
    places = {font.file: font.place("file") for font in theme.settings.fonts}
    for file in (*places, *(file for file in theme.files if file not in places)):
        what, place = f"temats fil {file}", places.get(file, Place(file))
        address = f"assets/{PurePosixPath(file).name}"
        yield from _clash(address, what, place, "Byt namn på den ena filen.", taken)


def full_size(picture: Picture) -> tuple[int, int]:
    """Width and height of the largest that is published."""
    width = min(picture.width, WIDTHS[-1])
    return width, max(round(picture.height * width / picture.width), 1)


def widths_of(picture: Picture) -> dict[int, str]:
    """The widths that are published with their paths, in order. The last is at the picture's own path."""
    path, (full, _) = PurePosixPath(picture.path), full_size(picture)
    smaller = {width: str(path.with_stem(f"{path.stem}-{width}")) for width in WIDTHS if width < full}
    return {**smaller, full: picture.path}


def _clash(address: str, what: str, place: Place, remedy: str, taken: dict[str, str]) -> Iterator[Problem]:
    """The problem that something else has the address; if nothing has, it is `taken` from now on."""
    key = str(PurePosixPath(address)).casefold()
    if key in taken:
        yield Problem(place, f"{what} får samma adress som {taken[key]}: {address}", remedy)
    taken.setdefault(key, what)


def _named_pages(report: Report) -> Iterator[tuple[str, str, Place]]:
    """Each page whose address comes from a name: the page, the name, and where the author has chosen it."""
    settings = report.settings
    yield from ((area_page_of(area.id), area.name, area.place("id")) for area in report.budget.areas)
    yield from ((series.id, series.id, series.place("id")) for series in settings.series)
    yield from ((part.id, part.title, part.place("id")) for part in own_parts(settings))
    if report.units:
        yield units_page_of(report), settings.units_name, settings.place("units_name")
    for unit in report.units:
        yield unit_page_of(report, unit.id), unit.name, unit.place("id")
        yield calculation_page_of(unit.id, report), unit.name, unit.place("id")


def area_page_of(area_id: str) -> str:
    return f"omrade-{name_key(area_id)}"


def units_page_of(report: Report) -> str:
    """”plattformar”: what the organisation calls its units."""
    return name_key(report.settings.units_name)


def unit_page_of(report: Report, unit_id: str) -> str:
    return unit_page_named(report.settings.unit_name, unit_id)


def unit_page_named(unit_name: str, unit_id: str) -> str:
    return f"{name_key(unit_name)}-{unit_id}"


def development_page_of(unit_id: str, part: PartOfYear | None = None) -> str:
    """Beside the reports, at the root of the site."""
    return f"over-aren-{unit_id}" + (f"-manad-{part.first}-{part.last}" if part else "")


def calculation_page_of(unit_id: str, report: Report) -> str:
    """The association's calculations stand on the method page, those of a unit in the audit edition."""
    return Part.METHOD.page if unit_id == report.association.id else f"berakning-{unit_id}"


def calculation_anchor(unit_id: str, indicator_id: str) -> str:
    return f"berakning-{unit_id}-{name_key(indicator_id)}"


def area_calculations_anchor(area_id: str) -> str:
    """The calculations of an area, on the page of its unit's calculations."""
    return f"berakning-{area_page_of(area_id)}"


def anchor_of(indicator_id: str) -> str:
    return f"i-{name_key(indicator_id)}"


def goal_anchor(goal_id: str) -> str:
    """A goal of the plan."""
    return f"plan-mal-{name_key(goal_id)}"


def table_anchor(table_id: str) -> str:
    """A table of amounts; those of the participants begin with ”tabell”."""
    return f"belopp-{table_id}"


def note_anchor(part: str, note: str) -> str:
    return f"not-{part}-{name_key(note)}"
