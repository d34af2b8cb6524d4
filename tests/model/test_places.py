"""What an author is told, and in what order."""

from __future__ import annotations

from itertools import permutations

from generator.model.places import Place, Problem, sort_problems


def test_problems_of_one_spot_are_told_as_they_were_found_and_each_once() -> None:
    told = [
        Problem(Place("text.md", 3), "tecknet syns", remedy) for remedy in ("Skriv om.", "Ta bort.", "Byt.")
    ]
    earlier = Problem(Place("text.md", 2), "raden är lång", "")
    for found in permutations(told):
        assert sort_problems([*found, earlier, *found]) == [earlier, *found]
