"""Rows of a register to those who took part in a year, and what is wrong in the rows."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from generator.model.names import answer_key, one_of
from generator.model.places import Problem, Severity
from generator.model.raw import RawTable
from generator.tallying.choices import UNSTATED, Choices
from generator.tallying.dates import parse_birth_year, parse_date, personal_number
from generator.tallying.findings import Fault, Findings
from generator.tallying.register_layout import CountedBackground, RegisterLayout

T = TypeVar("T")
_WRITE_DATE = "Skriv år-månad-dag, till exempel 2021-03-05, eller lämna tomt."
_IN_THE_REGISTER = "Rätta i registret."
_NOT_A_DATE = Fault("datumet går inte att läsa", _WRITE_DATE)
_ENDS_FIRST = Fault("slutet ligger före starten", _IN_THE_REGISTER)
_NO_START = Fault("starten saknas", "Fyll i den, eller ta bort raden om den inte är en deltagare.")
_NO_REASON = Fault("slutet ligger under året, men avslutsorsaken saknas", "Fyll i den i registret.")
_REASON_WITHOUT_END = Fault(
    "en avslutsorsak står här, men inget slut: deltagaren räknas som kvar",
    "Fyll i slutet om deltagaren har avslutat.",
    Severity.WARNING,
)
_NO_UNIT = Fault("enheten saknas", "Fyll i den i registret.")
_NO_ID = Fault(
    "deltagarens id saknas, så det går inte att se om någon står två gånger",
    "Fyll i det i registret.",
    Severity.WARNING,
)
_OVERLAP = Fault(
    "samma deltagare står flera gånger i samma enhet under samma tid",
    "Behåll en av raderna, eller rätta datumen.",
)
_AGAIN = Fault(
    "samma deltagare har varit i samma enhet flera gånger under året och räknas varje gång",
    "Slå ihop raderna om det är samma insats.",
    Severity.WARNING,
)
_NOT_A_YEAR = Fault(
    "födelseåret går inte att läsa", "Skriv år med fyra siffror, ett datum eller tolv siffror personnummer."
)


def _unknown(what: str, key: str) -> Fault:
    return Fault(f"{what} känns inte igen", f"Rätta i registret, eller lägg till under ”{key}” i kartan.")


_UNKNOWN_UNIT = _unknown("enheten", "värden: enhet")
_UNKNOWN_SEX = _unknown("könet", "värden: kön")
_UNKNOWN_REASON = _unknown("avslutsorsaken", "avslutsorsaker")
_UNKNOWN_VALUE = _unknown("värdet", "kategorier")
_NO_AGE_GROUP = Fault("åldern finns inte i någon åldersgrupp", "Rätta födelseåret, eller ”åldrar” i kartan.")


@dataclass(frozen=True)
class Participation:
    """A row that counts in the year. `leaves` are the rows of who left; the background is categories by table."""

    row: int
    person: str
    unit: str
    sex: str
    start: datetime.date
    end: datetime.date | None
    is_new: bool
    has_left: bool
    leaves: tuple[str, ...]
    background: Mapping[str, tuple[str, ...]]


class Reader:
    """Reads the rows that count in a year, and keeps what is wrong in them.

    Who remains for more than `longest` months is told.
    """

    def __init__(self, table: RawTable, layout: RegisterLayout, year: int, longest: int | None) -> None:
        self.table, self.layout, self.year, self.longest = table, layout, year, longest
        self.first, self.last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        self.findings = Findings(table)
        self.begin_after = self.ended_before = 0
        self.without_background: Counter[str] = Counter()

    def read(self) -> list[Participation]:
        columns = sorted({*self.layout.columns.values(), *(table.column for table in self.layout.background)})
        found = []
        for batch in self.table.read(columns):
            for row, texts in zip(*batch, strict=True):
                cells = {column: " ".join(text.split()) for column, text in zip(columns, texts, strict=True)}
                participation = self._participation(row, cells) if any(cells.values()) else None
                if participation:
                    found.append(participation)
        return found

    def _add(self, fault: Fault, row: int, column: str | int, text: str = "") -> None:
        """The column is an index, or named by its field."""
        index = self.layout.columns[column] if isinstance(column, str) else column
        self.findings.add(fault, row, index, text)

    def _participation(self, row: int, cells: Mapping[int, str]) -> Participation | None:
        """None for who did not take part in the year, and where that cannot be told."""
        texts = {field: cells[column] for field, column in self.layout.columns.items()}
        start, end = parse_date(texts["start"]), parse_date(texts["end"])
        unreadable = [field for field, day in (("start", start), ("end", end)) if texts[field] and not day]
        for field in unreadable:
            self._add(_NOT_A_DATE, row, field)
        if unreadable:
            return None
        if start and end and end < start:
            self._add(_ENDS_FIRST, row, "end")
        elif end and end < self.first:
            self.ended_before += 1
        elif start is None:
            self._add(_NO_START, row, "start")
        elif start > self.last:
            self.begin_after += 1
        else:
            return self._in_the_year(row, texts, start, end, cells)
        return None

    def _in_the_year(
        self,
        row: int,
        texts: Mapping[str, str],
        start: datetime.date,
        end: datetime.date | None,
        cells: Mapping[int, str],
    ) -> Participation:
        has_left = end is not None and end <= self.last
        self._check_open(row, start, has_left)
        id = texts["participant"]
        if not id:
            self._add(_NO_ID, row, "participant")
        return Participation(
            row,
            personal_number(id, self.year) or answer_key(id),
            self._unit(row, texts),
            self._find(_UNKNOWN_SEX, self.layout.sex_choices, row, "sex", texts["sex"]) or UNSTATED,
            start,
            end,
            start >= self.first,
            has_left,
            self._leaves(row, texts.get("reason", ""), end, has_left),
            {
                table.table: self._categories(table, row, cells[table.column])
                for table in self.layout.background
            },
        )

    def _check_open(self, row: int, start: datetime.date, has_left: bool) -> None:
        if self.longest is None or has_left:
            return
        latest = (self.year + 1) * 12 - self.longest  # months of our era
        if start.year * 12 + start.month - 1 < latest:
            found = f"deltagaren är kvar sedan mer än {self.longest} månader"
            fault = Fault(found, "Kontrollera om ett slut har glömts bort.", Severity.WARNING)
            self._add(fault, row, "start")

    def _find(self, fault: Fault, choices: Choices[T], row: int, column: str | int, text: str) -> T | None:
        found = choices[text]
        if found is None:
            self._add(replace(fault, known=choices.known), row, column, text)
        return found

    def _unit(self, row: int, texts: Mapping[str, str]) -> str:
        """The unit's id; "" when it is wrong."""
        if self.layout.unit is not None:
            return self.layout.unit.id
        if not texts["unit"]:
            self._add(_NO_UNIT, row, "unit")
            return ""
        return self._find(_UNKNOWN_UNIT, self.layout.unit_choices, row, "unit", texts["unit"]) or ""

    def _leaves(self, row: int, text: str, end: datetime.date | None, has_left: bool) -> tuple[str, ...]:
        """The rows that the reason of who left during the year is counted in."""
        if text and end is None:
            self._add(_REASON_WITHOUT_END, row, "reason")
        if not has_left or "reason" not in self.layout.columns:
            return ()
        if not text:
            self._add(_NO_REASON, row, "reason")
            return ()
        return self._find(_UNKNOWN_REASON, self.layout.reasons, row, "reason", text) or ()

    def _categories(self, background: CountedBackground, row: int, text: str) -> tuple[str, ...]:
        separator, ages = background.definition.separator, background.definition.ages
        # One of several values may hold the separator itself.
        is_one = separator is None or background.categories[text] is not None
        values = list(filter(None, map(str.strip, [text] if is_one else text.split(separator))))
        if not values:
            self.without_background[background.table] += 1
        elif ages:
            year = parse_birth_year(text)
            found = [group.label for group in ages if year is not None and self.year - year in group]
            if not found:
                self._add(_NOT_A_YEAR if year is None else _NO_AGE_GROUP, row, background.column)
            return tuple(found)
        categories = (
            self._find(_UNKNOWN_VALUE, background.categories, row, background.column, value)
            for value in values
        )
        return tuple(dict.fromkeys(filter(None, categories)))

    def problems(self, participations: Sequence[Participation]) -> Iterator[Problem]:
        self._check_repeated(participations)
        yield from self.findings.problems()
        yield from self._notes(participations)
        yield from self._empty_units(participations)

    def _check_repeated(self, participations: Sequence[Participation]) -> None:
        """The same person several times in a unit: at once, or one time after the other."""
        by_person: dict[tuple[str, str], list[Participation]] = defaultdict(list)
        for participation in participations:
            if participation.person and participation.unit:
                by_person[participation.unit, participation.person].append(participation)
        for times in by_person.values():
            fault = _OVERLAP if _overlap(times) else _AGAIN
            for participation in times if len(times) > 1 else ():
                self._add(fault, participation.row, "participant")

    def _notes(self, participations: Sequence[Participation]) -> Iterator[Problem]:
        def note(found: str, column: int) -> Problem:
            return Problem(self.table.place(column=column), found, "", Severity.NOTE)

        columns = self.layout.columns
        if self.begin_after:
            found = f"{_rows(self.begin_after)} med start efter {self.year} räknas inte"
            yield note(found, columns["start"])
        if self.ended_before:
            yield note(f"{_rows(self.ended_before)} med slut före {self.year} räknas inte", columns["end"])
        for background in self.layout.background:
            without = self.without_background[background.table]
            if without:
                found = f"{without} deltagare har inget här och räknas inte i tabellen ”{background.title}”"
                yield note(found, background.column)
        units = Counter(
            person for person, _ in {(each.person, each.unit) for each in participations} if person
        )
        several = sum(number > 1 for number in units.values())
        if several:
            found = f"{several} deltagare har varit i flera enheter och räknas i var och en"
            yield note(found, columns["unit"])

    def _empty_units(self, participations: Sequence[Participation]) -> Iterator[Problem]:
        seen = {participation.unit for participation in participations}
        empty = [unit.name for unit in self.layout.units if unit.id not in seen]
        if empty and self.layout.unit is None and "" not in seen:
            found = f"ingen deltagare under året står i {one_of(empty)}: antalen blir 0"
            place = self.table.place(column=self.layout.columns["unit"])
            yield Problem(place, found, "Kontrollera att registret är helt.", Severity.WARNING)


def _rows(number: int) -> str:
    return "1 rad" if number == 1 else f"{number} rader"


def _overlap(times: Sequence[Participation]) -> bool:
    """Whether two periods share more than the day when one ends and the other begins."""
    periods = sorted((each.start, each.end or datetime.date.max) for each in times)
    return any(after[0] < before[1] or after[0] == before[0] for before, after in pairwise(periods))
