"""Rows of a register to those who took part in a year, and what is wrong in the rows."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from generator.model.names import answer_key, one_of
from generator.model.places import Problem, Severity
from generator.model.raw import ROW, RawTable
from generator.model.register import RegisterMap
from generator.model.settings import ReportSettings
from generator.tallying.dates import parse_birth_year, parse_date
from generator.tallying.findings import Fault, Findings
from generator.tallying.plans import UNSTATED, Background, Plan

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
_NO_AGE_GROUP = Fault("åldern finns inte i någon åldersgrupp", "Rätta födelseåret, eller ”åldrar” i kartan.")


@dataclass(frozen=True)
class Participation:
    """A row that counts in the year. Its background is the categories by table."""

    row: int
    person: str
    unit: str
    sex: str
    start: datetime.date
    end: datetime.date | None
    is_new: bool
    has_left: bool
    reason: str
    background: Mapping[str, tuple[str, ...]]


class Reader:
    """Reads the rows that count in the year of the report, and keeps what is wrong in them."""

    def __init__(self, table: RawTable, plan: Plan, register: RegisterMap, settings: ReportSettings) -> None:
        self.table = table
        self.plan = plan
        self.year = settings.year
        self.first, self.last = datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        self.findings = Findings(table)
        self.begin_after = self.ended_before = 0
        self.without_background: Counter[str] = Counter()
        self.longest = register.longest
        self.unknown_unit = _unknown("enheten", "”värden: enhet”", plan.unit_values.known)
        self.unknown_sex = _unknown("könet", "”värden: kön”", plan.sex_values.known)
        self.unknown_reason = _unknown("avslutsorsaken", "”avslutsorsaker”", plan.known_reasons)
        self.unknown_categories = {
            one.table: _unknown("värdet", "”kategorier”", tuple(value for value, _ in one.definition.values))
            for one in plan.background
        }

    def read(self) -> list[Participation]:
        rows = _rows(self.table, self.plan.used_columns)
        return [found for row, cells in rows if (found := self._participation(row, cells))]

    def _add(self, fault: Fault, row: int, column: str | int | None = None, value: str = "") -> None:
        index = self.plan.columns.get(column) if isinstance(column, str) else column
        self.findings.add(fault, [row], index, value)

    def _participation(self, row: int, cells: Mapping[int, str]) -> Participation | None:
        """None for who did not take part in the year, and where that cannot be told."""
        texts = {field: cells[column] for field, column in self.plan.columns.items()}
        start, end = parse_date(texts["start"]), parse_date(texts["end"])
        unreadable = [
            field for field, day in (("start", start), ("end", end)) if texts[field] and day is None
        ]
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
        if not texts["participant"]:
            self._add(_NO_ID, row, "participant")
        return Participation(
            row,
            _person(texts["participant"]),
            self._unit(row, texts),
            self._sex(row, texts["sex"]),
            start,
            end,
            start >= self.first,
            has_left,
            self._reason(row, texts.get("reason", ""), end, has_left),
            {one.table: self._categories(one, row, cells[one.column]) for one in self.plan.background},
        )

    def _check_open(self, row: int, start: datetime.date, has_left: bool) -> None:
        if self.longest is None or has_left:
            return
        latest = (self.year + 1) * 12 - self.longest  # months of our era
        if start.year * 12 + start.month - 1 < latest:
            self._add(_open_too_long(self.longest), row, "start")

    def _unit(self, row: int, texts: Mapping[str, str]) -> str:
        """The unit's id; "" when it is wrong."""
        if self.plan.unit is not None:
            return self.plan.unit.id
        text = texts["unit"]
        found = self.plan.unit_values.find(text) if text else ""
        if not text:
            self._add(_NO_UNIT, row, "unit")
        elif found is None:
            self._add(self.unknown_unit, row, "unit", text)
        return found or ""

    def _sex(self, row: int, text: str) -> str:
        found = self.plan.sex_values.find(text)
        if text and found is None:
            self._add(self.unknown_sex, row, "sex", text)
        return found or UNSTATED

    def _reason(self, row: int, text: str, end: datetime.date | None, has_left: bool) -> str:
        """The answer key of the reason of who left during the year."""
        if text and end is None:
            self._add(_REASON_WITHOUT_END, row, "reason")
        if not has_left or "reason" not in self.plan.columns:
            return ""
        if not text:
            self._add(_NO_REASON, row, "reason")
        elif answer_key(text) not in self.plan.reasons:
            self._add(self.unknown_reason, row, "reason", text)
        return answer_key(text)

    def _categories(self, background: Background, row: int, text: str) -> tuple[str, ...]:
        definition = background.definition
        values = _divided(text, definition.separator, background.by_value)
        if not values:
            self.without_background[background.table] += 1
        elif definition.ages:
            return self._age_group(background, row, text)
        categories: list[str] = []
        for value in values:
            category = background.by_value.get(answer_key(value))
            if category is None:
                self._add(self.unknown_categories[background.table], row, background.column, value)
            else:
                categories.append(category)
        return tuple(dict.fromkeys(categories))

    def _age_group(self, background: Background, row: int, text: str) -> tuple[str, ...]:
        year = parse_birth_year(text)
        groups = background.definition.ages
        found = tuple(group.label for group in groups if year is not None and self.year - year in group)
        if not found:
            self._add(_NOT_A_YEAR if year is None else _NO_AGE_GROUP, row, background.column)
        return found

    def problems(self, participations: Iterable[Participation]) -> Iterator[Problem]:
        self._check_repeated(participations)
        yield from self.findings.problems()
        yield from self._notes(participations)
        yield from self._empty_units(participations)

    def _check_repeated(self, participations: Iterable[Participation]) -> None:
        """The same person several times in a unit: at once, or one time after the other."""
        by_person: dict[tuple[str, str], list[Participation]] = defaultdict(list)
        for one in participations:
            if one.person and one.unit:
                by_person[one.unit, one.person].append(one)
        for times in by_person.values():
            if len(times) > 1:
                fault = _OVERLAP if _overlap(times) else _AGAIN
                self.findings.add(fault, [one.row for one in times], self.plan.columns["participant"])

    def _notes(self, participations: Iterable[Participation]) -> Iterator[Problem]:
        def note(found: str, column: int | None = None) -> Problem:
            return Problem(self.table.place(column=column), found, "", Severity.NOTE)

        if self.begin_after:
            rows = _counted(self.begin_after, "rad", "rader")
            yield note(f"{rows} med start efter {self.year} räknas inte", self.plan.columns["start"])
        if self.ended_before:
            rows = _counted(self.ended_before, "rad", "rader")
            yield note(f"{rows} med slut före {self.year} räknas inte", self.plan.columns["end"])
        for background in self.plan.background:
            without = self.without_background[background.table]
            if without:
                found = f"{without} deltagare har inget här och räknas inte i tabellen ”{background.title}”"
                yield note(found, background.column)
        units: dict[str, set[str]] = defaultdict(set)
        for one in participations:
            units[one.person].add(one.unit)
        several = sum(len(each) > 1 for person, each in units.items() if person)
        if several:
            found = f"{several} deltagare har varit i flera enheter och räknas i var och en"
            yield note(found, self.plan.columns["unit"])

    def _empty_units(self, participations: Iterable[Participation]) -> Iterator[Problem]:
        seen = {one.unit for one in participations}
        empty = [unit.name for unit in self.plan.units if unit.id not in seen]
        if empty and self.plan.unit is None and "" not in seen:
            found = f"ingen deltagare under året står i {one_of(empty)}: antalen blir 0"
            remedy = "Kontrollera att registret är helt."
            place = self.table.place(column=self.plan.columns["unit"])
            yield Problem(place, found, remedy, Severity.WARNING)


def _open_too_long(months: int) -> Fault:
    found = f"deltagaren är kvar sedan mer än {months} månader"
    return Fault(found, "Kontrollera om ett slut har glömts bort.", Severity.WARNING)


def _unknown(what: str, key: str, known: tuple[str, ...]) -> Fault:
    return Fault(
        f"{what} känns inte igen", f"Rätta i registret, eller lägg till under {key} i kartan.", known=known
    )


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _rows(table: RawTable, columns: set[int]) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows with anything in these columns, as texts with single spaces."""
    wanted = sorted(columns)
    for batch in table.read(wanted):
        for row, *cells in batch.select(ROW, *map(str, wanted)).iter_rows():
            texts = {
                column: " ".join((cell or "").split()) for column, cell in zip(wanted, cells, strict=True)
            }
            if any(texts.values()):
                yield row, texts


_PERSONAL_NUMBER = re.compile(r"([0-9]{6}|[0-9]{8})[-+ ]?([0-9]{4})")


def _person(id: str) -> str:
    """The form in which ids are compared; personal numbers are written in several ways."""
    number = _PERSONAL_NUMBER.fullmatch(id)
    return number[1] + number[2] if number else answer_key(id)


def _divided(text: str, separator: str | None, known: Iterable[str]) -> list[str]:
    """The values in a cell; one of several may hold the separator itself."""
    is_one = separator is None or answer_key(text) in known
    return [part for part in map(str.strip, [text] if is_one else text.split(separator)) if part]


def _overlap(times: Iterable[Participation]) -> bool:
    """Whether two periods share more than the day when one ends and the other begins."""
    periods = sorted((one.start, one.end or datetime.date.max) for one in times)
    return any(after[0] < before[1] or after[0] == before[0] for before, after in pairwise(periods))
