"""Problems are told in the same order every time."""

from __future__ import annotations

from generator.model.places import ContentError, Place, Problem


def test_problems_of_one_place_are_told_once_in_the_order_they_were_found() -> None:
    """By hash their order would be another each time the program is started."""
    found = [Problem(Place("a.md", 3), "raden är fel", f"Gör så {number}.") for number in range(9)]
    earlier = Problem(Place("a.md", 2), "raden är fel", "Gör så.")
    assert ContentError([*found, earlier, *found]).problems == [earlier, *found]
