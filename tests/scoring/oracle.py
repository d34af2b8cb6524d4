"""What the measures should give, worked out anew from lists of persons: nothing of `generator` is used.

A made-up report is a list of persons for each unit. The oracle looks at the persons one by one, where the
program looks at counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from statistics import median
from typing import Any

ANSWERS = {"Ja": 5, "Delvis": 3, "Nej": 1}
NO_ANSWER = "Vill ej svara"
SEXES = ("kvinnor", "man", "ej-angivet")
LEAST = 3  # answers
MARGIN, OUTER = Fraction(1, 4), Fraction(1, 2)  # within which signals are better than red
BETTER = {2: (), 3: ("orange",), 4: ("orange", "delvis")}  # by how many signals there are


@dataclass
class Person:
    sex: str
    has_left: bool
    answer: str | None
    again: str | None = None  # the answer to the same question a second time


@dataclass
class MadeUp:
    """The persons of each unit, and what it cost in kronor."""

    persons: dict[str, list[Person]] = field(default_factory=dict)
    costs: dict[str, Fraction] = field(default_factory=dict)

    def of(self, unit: str) -> list[Person]:
        """The association's are those of all units."""
        return self.persons.get(unit) or [one for unit in self.persons for one in self.persons[unit]]

    def cost(self, unit: str) -> Fraction:
        return self.costs[unit] if unit in self.costs else sum(self.costs.values(), Fraction(0))


def make_up(chance: Random) -> MadeUp:
    made = MadeUp()
    for unit in ("norr", "soder", "oster")[: chance.randint(1, 3)]:
        answers = [*ANSWERS, *ANSWERS, NO_ANSWER, None]
        made.persons[unit] = [
            Person(
                chance.choice((*SEXES[:2], *SEXES)),
                chance.random() < 0.6,
                chance.choice(answers),
                chance.choice(answers),
            )
            for _ in range(chance.randint(1, chance.choice((4, 12, 40))))
        ]
        made.costs[unit] = Fraction(chance.randint(0, 90_000), chance.choice((1, 10)))
    return made


Expected = tuple[Fraction | None, str | None]  # the value, or None where nothing is measured; and the signal


def expected(measure: str, made: MadeUp, unit: str, target: tuple[Any, Any], signals: int) -> Expected:
    persons = made.of(unit)
    answered = [one for one in persons if one.answer in ANSWERS]
    numbers = [ANSWERS[one.answer or ""] for one in answered]
    value: Fraction | None = None
    match measure:
        case "andel":
            value = Fraction(sum(one.has_left for one in persons), len(persons))
        case "könsfördelning":
            told = [one for one in persons if one.sex != "ej-angivet"]
            if not told:
                return None, "gron"  # an empty group is met
            value = Fraction(sum(one.sex == "kvinnor" for one in told), len(told))
        case "andel svar" if len(answered) >= LEAST:
            value = Fraction(sum(one.answer == "Ja" for one in answered), len(answered))
        case "medelvärde" if len(answered) >= LEAST:
            value = sum(map(Fraction, numbers), Fraction(0)) / len(numbers)
        case "median" if len(answered) >= LEAST:
            value = Fraction(median(map(Fraction, numbers)))
        case "före och efter":
            both = [one for one in answered if one.again in ANSWERS]
            if len(both) >= LEAST:
                rises = sum(ANSWERS[one.again or ""] > ANSWERS[one.answer or ""] for one in both)
                value = Fraction(rises, len(both))
        case "kvot":
            value = made.cost(unit) / len(persons)
    return value, None if value is None else signal(value, target, signals)


def signal(value: Fraction, target: tuple[Any, Any], signals: int) -> str:
    low, high = target
    missing = max(low - value if low is not None else 0, value - high if high is not None else 0)
    if missing <= 0:
        return "gron"
    near = (name for name, size in zip(BETTER[signals], (MARGIN, OUTER), strict=False) if missing <= size)
    return next(near, "rod")
