"""How the goals of an area are divided among spreads, and which words it has in a booklet."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.editions import TEMPLATES, THEMES
from generator.pages import views
from generator.pages.booklet import booklet
from generator.pages.compose import compose
from generator.pages.render import environment, print_page
from generator.pages.spreads import ROOM, UNITS, spreads_of
from generator.pages.styles import Sheet
from tests.support import LOCAL, checked_content, plain


@pytest.fixture(scope="module")
def area() -> views.Area:
    """The area of the local report of 2017 that has the most indicators."""
    checked = checked_content()
    published = next(one for one in checked.reports if one.report.id == LOCAL)
    document = compose(published, checked.site.settings)
    (area,) = (page.content for page in document.pages if _is_area(page, "3"))
    assert isinstance(area, views.Area)
    return area


def _is_area(page: views.Page, id: str) -> bool:
    return isinstance(page.content, views.Area) and page.content.id == id


def area_of(area: views.Area, sizes: list[int]) -> views.Area:
    """An area with goals that have so many indicators, taken from those that it has."""
    rows = [indicator for goal in area.goals for indicator in goal.indicators]
    goals = [
        replace(area.goals[0], id=str(at), groups=(tuple(rows[n % len(rows)] for n in range(size)),))
        for at, size in enumerate(sizes)
    ]
    return replace(area, goals=tuple(goals))


@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_every_row_stands_once_in_order_and_every_spread_has_room(area: views.Area, sizes: list[int]) -> None:
    tried = area_of(area, sizes)
    spreads = spreads_of(tried)
    shown = [row.indicator for spread in spreads for row in spread]
    assert shown == [indicator for goal in tried.goals for indicator in goal.indicators]
    for number, spread in enumerate(spreads):
        assert sum(row.units for row in spread) <= (UNITS if number else ROOM)


@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_a_goal_that_a_page_has_room_for_stands_on_one(area: views.Area, sizes: list[int]) -> None:
    named = [row.goal.id for spread in spreads_of(area_of(area, sizes)) for row in spread if row.goal]
    assert named == [str(number) for number, _ in enumerate(sizes)]


@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_every_spread_begins_with_its_goal(area: views.Area, sizes: list[int]) -> None:
    assert all(spread[0].goal for spread in spreads_of(area_of(area, sizes)))


def test_an_area_without_goals_has_no_spread(area: views.Area) -> None:
    assert spreads_of(replace(area, goals=())) == ()


def test_each_area_of_a_booklet_has_its_own_words() -> None:
    checked = checked_content()
    published = next(one for one in checked.reports if one.report.id == LOCAL)
    settings = published.report.settings
    shown = booklet(compose(published, checked.site.settings), settings, "")
    templates = environment([THEMES / settings.theme, TEMPLATES])
    html = print_page(shown, templates, checked.site.themes[settings.theme], Sheet("A5"))
    areas = [page for page in shown.pages if isinstance(page.content, views.Area)]
    whole = BeautifulSoup(html, "html.parser")
    for page in areas:
        (section,) = whole.select(f"#sida-{page.id}")
        assert [other.id for other in areas if plain(other.lead) in plain(section.text)] == [page.id]
    # and the last of them has no line to itself
    assert all(
        re.search(r"\S\xa0\S+$", lead.text) for lead in whole.select("p.lead") if " " in plain(lead.text)
    )
