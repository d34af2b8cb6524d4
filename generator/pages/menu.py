"""The menu: pages in groups, in an order of its own whatever that of the chapters."""

from collections.abc import Iterable

from generator.model.contents import Part
from generator.model.names import upper_first
from generator.model.settings import OwnPart, ReportSettings
from generator.pages import views


def menu_of(
    pages: Iterable[tuple[Part | OwnPart, views.Page]], settings: ReportSettings
) -> tuple[views.MenuGroup, ...]:
    """Pages, with the part that each is of, in groups; those of a group in the order of the report."""
    about = f"Om {settings.called}"  # what tells of the report itself: all that has no other group
    groups: list[tuple[str, set[Part]]] = [
        ("", {Part.OVERVIEW}),
        ("Målområden", {Part.INDEX, Part.AREAS, Part.BUDGET, Part.PLAN}),
        ("Deltagare", {Part.PARTICIPANTS, Part.SERIES, Part.STORIES}),
        (upper_first(settings.units_name), {Part.UNITS}),
        ("Året och ekonomin", {Part.YEAR, Part.ECONOMY, Part.SIGNATURES}),
        (about, set()),
        ("", {Part.EASY}),
        ("", {Part.ENGLISH}),
    ]
    placed = [(Part.ECONOMY if isinstance(part, OwnPart) else part, page) for part, page in pages]
    others = set(Part).difference(*(parts for _, parts in groups))
    found = [
        (title, tuple(page for part, page in placed if part in (others if title == about else parts)))
        for title, parts in groups
    ]
    return tuple(views.MenuGroup(title, of_group) for title, of_group in found if of_group)
