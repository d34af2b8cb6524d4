"""How the goals of an area are divided among spreads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import check
from generator.pages import parts, views
from generator.pages.compose import compose
from generator.pages.spreads import PAGE, ROOM, spreads_of
from tests.support import CONTENT, LOCAL


@pytest.fixture(scope="module")
def area() -> views.Area:
    """The area of the local report of 2017 that has the most indicators."""
    checked = check(CONTENT)
    published = next(one for one in checked.reports if one.report.id == LOCAL)
    document = compose(published, checked.site.settings, data="")
    (area,) = (page.content.area for page in document.pages if _is_area(page, "3"))  # type: ignore[attr-defined]
    assert isinstance(area, views.Area)
    return area


def _is_area(page: views.Page, id: str) -> bool:
    return isinstance(page.content, parts.AreaPart) and page.content.area.id == id


@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_every_row_stands_once_in_order_and_every_spread_has_room(area: views.Area, sizes: list[int]) -> None:
    rows = [indicator for goal in area.goals for indicator in goal.indicators]
    goals = [
        replace(
            area.goals[0],
            id=str(at),
            anchor=f"m-{at}",
            groups=(tuple(rows[n % len(rows)] for n in range(size)),),
        )
        for at, size in enumerate(sizes)
    ]
    spreads = spreads_of(replace(area, goals=tuple(goals)), area.name, "")
    shown = [(part.goal.id, row.indicator) for one in spreads for part in one.goals for row in part.rows]
    assert shown == [(goal.id, indicator) for goal in goals for indicator in goal.indicators]
    for one in spreads:
        heights = (part.height + sum(row.height for row in part.rows) for part in one.goals)
        assert one.head + sum(heights) <= PAGE
    anchors = [part.goal.anchor for one in spreads for part in one.goals if part.goal.anchor]
    assert anchors == [goal.anchor for goal in goals]


@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_only_a_goal_that_is_taller_than_a_page_is_divided(area: views.Area, sizes: list[int]) -> None:
    goals = [
        replace(area.goals[0], id=str(at), groups=(area.goals[0].indicators[:1] * size,))
        for at, size in enumerate(sizes)
    ]
    for one in spreads_of(replace(area, goals=tuple(goals)), area.name, ""):
        for part in one.goals:
            size = sizes[int(part.goal.id)]
            height = part.height + size * part.rows[0].height
            assert len(part.rows) == size or height > ROOM


def test_an_area_without_goals_has_a_spread_with_its_head(area: views.Area) -> None:
    (only,) = spreads_of(replace(area, goals=()), area.name, "")
    assert only.goals == ()
