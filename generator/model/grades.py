"""Scales of grades: the lowest first, and a grade's number is its place counted from 1."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.model.entry import Entry, key, mistake
from generator.model.fields import NameKey, Text
from generator.model.names import name_key, repeated


def _distinct(grades: tuple[str, ...]) -> tuple[str, ...]:
    grade = repeated(grades, name_key)
    if grade is not None:
        mistake(f"betyget ”{grade}” står två gånger på skalan", "Behåll bara det ena.")
    return grades


Grades = Annotated[tuple[Text, ...], Field(min_length=2), AfterValidator(_distinct)]


def grade_numbers(grades: Iterable[str]) -> dict[str, int]:
    """The number of each grade by what an author may write, as a name key: the number or the name."""
    numbered = list(enumerate(grades, start=1))
    return {name_key(written): number for number, name in numbered for written in (str(number), name)}


class GradeScale(Entry):
    id: NameKey
    grades: Grades = key("betyg", "Betygen i ordning, det lägsta först.")
