"""The menu: pages in groups, in an order of its own whatever that of the chapters."""

from collections.abc import Iterable
from enum import IntEnum, auto

from generator.model.contents import Part
from generator.model.settings import OwnPart, ReportSettings
from generator.pages import views
from generator.pages.wording import upper_first


class _Group(IntEnum):
    START = auto()
    AREAS = auto()
    PARTICIPANTS = auto()
    UNITS = auto()
    YEAR = auto()
    ABOUT = auto()
    EASY = auto()
    ENGLISH = auto()


_GROUPS = {
    Part.OVERVIEW: _Group.START,
    Part.INDEX: _Group.AREAS,
    Part.AREAS: _Group.AREAS,
    Part.BUDGET: _Group.AREAS,
    Part.PLAN: _Group.AREAS,
    Part.PARTICIPANTS: _Group.PARTICIPANTS,
    Part.SERIES: _Group.PARTICIPANTS,
    Part.STORIES: _Group.PARTICIPANTS,
    Part.UNITS: _Group.UNITS,
    Part.YEAR: _Group.YEAR,
    Part.ECONOMY: _Group.YEAR,
    Part.SIGNATURES: _Group.YEAR,
    Part.EASY: _Group.EASY,
    Part.ENGLISH: _Group.ENGLISH,
}  # what tells of the report itself stands last


def menu_of(
    pages: Iterable[tuple[Part | OwnPart, views.Page]], settings: ReportSettings
) -> tuple[views.MenuGroup, ...]:
    """Pages, with the part that each is of, in groups; those of a group in the order of the report."""
    titles = {
        _Group.AREAS: "Målområden",
        _Group.PARTICIPANTS: "Deltagare",
        _Group.UNITS: upper_first(settings.units_name),
        _Group.YEAR: "Året och ekonomin",
        _Group.ABOUT: "Om bokslutet",
    }
    groups: dict[_Group, list[views.Page]] = {group: [] for group in _Group}
    for part, page in pages:
        groups[_Group.YEAR if isinstance(part, OwnPart) else _GROUPS.get(part, _Group.ABOUT)].append(page)
    return tuple(views.MenuGroup(titles.get(group, ""), tuple(of)) for group, of in groups.items() if of)
