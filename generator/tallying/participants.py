"""A row for each participant, counted into the tables of participants and their background."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, pairwise, product
from typing import TypeVar

from generator.model.names import answer_key, one_of, plain_id, value_key
from generator.model.periods import Period
from generator.model.places import Problem, Severity, has_errors
from generator.model.raw import RawTable, Tally
from generator.model.register import RegisterMap
from generator.model.settings import ReportSettings
from generator.model.sums import NO_ROW
from generator.model.survey import move_of
from generator.tallying.choices import MEN, UNSTATED, Choices
from generator.tallying.dates import months_after, parse_birth_year, parse_date, personal_number
from generator.tallying.findings import Fault, Findings
from generator.tallying.register_layout import CountedBackground, CountedStatus, RegisterLayout
from generator.tallying.register_tables import Counts, counted_tables

T = TypeVar("T")
Cells = Mapping[int, str]  # of a row, by column
Texts = Mapping[str, str]  # of a row, by the fields of RegisterColumns
_STILL_THERE = ", eller lämna tomt. Betyder det att deltagaren är kvar, skriv det vid ”inget_slut” i kartan"
_IN_THE_REGISTER = "Rätta i registret."
_NOT_A_DATE = {
    field: Fault("datumet går inte att läsa", f"Skriv år-månad-dag, till exempel 2021-03-05{more}.")
    for field, more in (("start", ""), ("end", _STILL_THERE))
}
_LONGEST = 60  # years
_LONG_AGO = Fault(f"starten ligger mer än {_LONGEST} år tillbaka", _IN_THE_REGISTER)
_ENDS_FIRST = Fault("slutet ligger före starten", "Rätta det. Betyder det kvar, skriv det vid ”inget_slut”.")
_NO_START = Fault("starten saknas", "Fyll i den, eller ta bort raden om den inte är en deltagare.")
_NO_REASON = Fault("slutet ligger under året, men avslutsorsaken saknas", "Fyll i den i registret.")
_REASON_WITHOUT_END = Fault(
    "en avslutsorsak står här, men inget slut: deltagaren räknas som kvar",
    "Fyll i slutet om deltagaren har avslutat.",
    Severity.WARNING,
)
_NO_PERSON = Fault("raden ser ut som en summa eller en källa", "Ta bort den ur filen.")
_NO_UNIT = Fault("enheten saknas", "Fyll i den i registret.")
_NO_ID = Fault(
    "deltagarens id saknas, så det går inte att se om någon står två gånger",
    "Fyll i det i registret.",
    Severity.WARNING,
)
_WITH_ZEROS = Fault(
    "samma id står även utan inledande nollor, och räknas då som en annan deltagare",
    "Är det samma deltagare, skriv id på ett sätt.",
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
_DIFFERS = Fault(
    "samma deltagare har något annat här på en annan rad",
    "Skriv lika på båda, eller rätta id om det är två deltagare.",
    Severity.WARNING,
)
_NOT_A_YEAR = Fault(
    "födelseåret går inte att läsa",
    "Skriv år med fyra siffror, ett datum eller ett personnummer. Är det okänt, lämna cellen tom.",
)
_AGE = re.compile(r"([0-9]{1,3})(?:[.,]0+)?(?: ?år)?")
_NOT_AN_AGE = Fault("åldern går inte att läsa", "Skriv hela år, eller ta bort ”ålder_i_år” ur kartan.")
_NO_AGE = {"-", "?", "okänd", "okänt", "saknas", "uppgift saknas", "ej angivet", "vet ej"}  # by value key
_OLDEST = 110
_FEW = 4  # of whom the sex need not be that of the personal number
_AN_AGE = Fault(
    "talet kan vara en ålder, men ska vara ett födelseår",
    "Är det åldern, skriv ”ålder_i_år: ja” vid tabellen i kartan.",
)


def _unknown(what: str, key: str, more: str = "") -> Fault:
    remedy = f"Rätta i registret, eller lägg till under ”{key}” i kartan.{more}"
    return Fault(f"{what} känns inte igen", remedy)


_UNKNOWN_UNIT = _unknown("enheten", "värden: enhet")
_UNKNOWN_SEX = Fault(
    "könet känns inte igen",
    "Skriv vad det betyder under ”värden: kön” i kartan, till exempel ”K: kvinnor”, eller rätta i registret.",
)
_UNKNOWN_REASON = Fault(
    "avslutsorsaken känns inte igen",
    "Rätta i registret, eller lägg till under ”avslutsorsaker” eller ”övriga_orsaker” i kartan."
    " Passar ingen rad, gör först en ny bland bokslutets deltagarrader.",
)
_UNKNOWN_STATUS = _unknown("läget", "lägen: rader")
_UNKNOWN_STEP = _unknown("läget", "lägen: steg")
_UNKNOWN_VALUE = _unknown("värdet", "kategorier", " Har cellen flera, skriv ”flera_delas_av” vid tabellen.")
_NO_AGE_GROUP = Fault("åldern finns inte i någon åldersgrupp", "Rätta den, eller ”åldrar” i kartan.")


def tally_register(
    table: RawTable, register: RegisterMap, settings: ReportSettings, problems: list[Problem]
) -> Tally:
    """The counted tables. Whatever is wrong is added to `problems`, by row and column only."""
    layout = RegisterLayout(table, register, settings)
    problems.extend(layout.problems)
    if has_errors(layout.problems):
        return Tally(0, ())
    found_before = len(problems)
    reader = _Reader(table, layout, settings.period, register.longest)
    reader.read()
    if has_errors(problems[found_before:]):
        return Tally(0, ())  # the file could not be read to its end
    problems.extend(reader.problems())
    return Tally(reader.participations, counted_tables(reader.counts, reader.days, layout, problems))


# Reading

Stay = tuple[datetime.date, datetime.date, int]  # the first and the last day, and the row


class _Reader:
    """The rows that count in a year, and what is wrong in them. Who remains over `longest` months is told."""

    def __init__(self, table: RawTable, layout: RegisterLayout, period: Period, longest: int | None) -> None:
        self.table, self.layout, self.period, self.longest = table, layout, period, longest
        self.first, self.last = period.first_day, period.last_day
        self.findings = Findings(table)
        self.counts: Counts = Counter()
        self.participations = self.begin_after = self.ended_before = 0
        self.without_background: Counter[str] = Counter()
        self.without_status: Counter[int] = Counter()  # by column
        self.stays: defaultdict[tuple[str, str], list[Stay]] = defaultdict(list)  # by unit and person
        self.days: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)  # by unit and row
        self.units: set[str] = set()
        self.seen: set[tuple[str, str, str, str]] = set()  # persons in what counts them once
        self.told: dict[tuple[str, int], object] = {}  # what a column says of a person
        self.persons = {row.id for row in layout.rows if row.persons}
        self.sexes = Counter[bool]()  # whether personal numbers tell the sex of their rows

    def read(self) -> None:
        others = chain(*(status.columns for status in self.layout.statuses))
        tables = (table.column for table in self.layout.background)
        columns = sorted({*self.layout.columns.values(), *self.layout.unit_columns, *tables, *others})
        for row, texts in self.table.read(columns):
            cells = {column: " ".join(texts[column].split()) for column in columns}
            if any(cells.values()):
                self._read_row(row, cells)

    def _add(self, fault: Fault, row: int, column: str | int, text: str = "") -> None:
        """The column is an index, or named by its field."""
        index = self.layout.columns[column] if isinstance(column, str) else column
        self.findings.add(fault, row, index, text)

    def _find(self, fault: Fault, choices: Choices[T], row: int, column: str | int, text: str) -> T | None:
        found = choices[text]
        if found is None:
            self._add(replace(fault, known=choices.known), row, column, text)
        return found

    def _read_row(self, row: int, cells: Cells) -> None:
        """Passes over who did not take part in the year, and where that cannot be told."""
        texts = {field: cells[column] for field, column in self.layout.columns.items()}
        column, first = next((column, text) for column, text in cells.items() if text)
        if NO_ROW.fullmatch(first) and not any(choices[first] for choices in self.layout.unit_choices):
            self._add(_NO_PERSON, row, column)
            return
        for field in {"end", "reason"} & texts.keys():
            if value_key(texts[field]) in self.layout.no_end:
                texts[field] = ""
        start, end = parse_date(texts["start"]), parse_date(texts["end"])
        unreadable = [field for field, day in (("start", start), ("end", end)) if texts[field] and not day]
        for field in unreadable:
            self._add(_NOT_A_DATE[field], row, field)
        if unreadable:
            return
        if start and end and end < start:
            self._add(_ENDS_FIRST, row, "end")
        elif end and end < self.first:
            if not self._follow_up(row, cells, texts, end):
                self.ended_before += 1
        elif start is None:
            self._add(_NO_START, row, "start")
        elif start > self.last:
            self.begin_after += 1
        elif start.year < self.first.year - _LONGEST:
            self._add(_LONG_AGO, row, "start")
        else:
            self._count(row, cells, texts, start, end)

    def _follow_up(self, row: int, cells: Cells, texts: Texts, end: datetime.date) -> bool:
        """Counts how somebody who left before the period does in it: whether that was to be asked."""
        due = [status for status in self.layout.statuses if self._is_due(status, end)]
        if due:
            units, sex = self._who(row, cells, texts)
            person = self._person(row, texts["participant"])
            for name in self._statuses(due, row, cells):
                self._add_row(name, units, sex, person)
        return bool(due)

    def _is_due(self, status: CountedStatus, end: datetime.date | None) -> bool:
        """Whether a day so many months after an exit lies in the period."""
        months = status.definition.months
        return months > 0 and end is not None and self.first <= months_after(end, months) <= self.last

    def _who(self, row: int, cells: Cells, texts: Texts) -> tuple[tuple[str, ...], str]:
        """The unit in each division, and the sex."""
        layout = self.layout
        columns = zip(layout.unit_columns, layout.unit_choices, strict=True)
        units = tuple(self._unit(row, column, choices, cells[column]) for column, choices in columns)
        own = (layout.unit.id,) if layout.unit else units
        return own, self._find(_UNKNOWN_SEX, self.layout.sex_choices, row, "sex", texts["sex"]) or UNSTATED

    def _statuses(self, statuses: Iterable[CountedStatus], row: int, cells: Cells) -> Iterator[str]:
        """The rows that what stands in the columns of statuses is counted in."""
        for status in statuses:
            texts = [cells[column] for column in status.columns]
            last = status.columns[-1]
            if not all(texts):
                self.without_status[last] += 1
            elif not status.definition.steps:
                yield from self._find(_UNKNOWN_STATUS, status.rows, row, last, texts[0]) or ()
            else:
                before, after = (
                    self._find(_UNKNOWN_STEP, status.steps, row, column, text)
                    for column, text in zip(status.columns, texts, strict=True)
                )
                if before is not None and after is not None:
                    yield from status.rows[move_of(before, after)] or ()

    def _count(
        self, row: int, cells: Cells, texts: Texts, start: datetime.date, end: datetime.date | None
    ) -> None:
        layout, has_left = self.layout, end is not None and end <= self.last
        self.participations += 1
        months = (self.last.year - start.year) * 12 + self.last.month - start.month + 1
        if not has_left and self.longest is not None and months > self.longest:
            found = f"deltagaren är kvar sedan mer än {self.longest} månader"
            remedy = "Kontrollera om ett slut har glömts bort."
            self._add(Fault(found, remedy, Severity.WARNING), row, "start")
        units, sex = self._who(row, cells, texts)
        self.units.update(units)
        id = texts["participant"]
        person = self._person(row, id)
        if not id:
            self._add(_NO_ID, row, "participant")
        elif units[0]:
            self.stays[units[0], person].append((start, end or datetime.date.max, row))
        self._compare(person, row, layout.columns["sex"], sex)
        if sex != UNSTATED and (number := personal_number(id, self.period.year)):
            self.sexes[(number[10] in "13579") == (sex == MEN)] += 1
        is_new = start >= self.first
        is_in = {"deltagare": True, "nya": is_new, "avslut": has_left, "kvar": not has_left}
        rows = [name for key, name in layout.by_dates.items() if is_in[key]]
        everywhere = {*units, layout.association}  # the same where the association is everyone's unit
        days = (min(end or self.last, self.last) - start).days + 1
        due = [
            status
            for status in layout.statuses
            if (self._is_due(status, end) if status.definition.months else is_in[status.definition.of])
        ]
        left = self._leaves(row, texts.get("reason", ""), end, has_left)
        for name in (*rows, *left, *self._statuses(due, row, cells)):
            self._add_row(name, units, sex, person, days)
        once = layout.by_dates.get("deltagare") in self.persons
        for table in layout.background:
            categories = self._categories(table, row, cells[table.column])
            if table.definition.ages:
                self._compare(person, row, table.column, categories)
            for category, of in product(categories, everywhere):
                self._add_to(table.table, of, category, sex, person if once else "")

    def _add_row(self, name: str, units: tuple[str, ...], sex: str, person: str, days: int = 0) -> None:
        """Counts somebody in a row of units, and in that of all where each is counted once."""
        once, is_timed = name in self.persons, name in self.layout.timed
        for of in {*units, self.layout.association} if once or is_timed else units:
            is_counted = self._add_to("", of, name, sex, person if once else "")
            if is_timed and is_counted:
                self.days[of, name][days] += 1

    def _add_to(self, table: str, unit: str, name: str, sex: str, person: str) -> bool:
        """Counts somebody, and only once where a `person` is named: whether it did."""
        if person and (table, unit, name, person) in self.seen:
            return False
        self.seen.add((table, unit, name, person))
        self.counts[table, unit, name, sex] += 1
        return True

    def _compare(self, person: str, row: int, column: int, said: object) -> None:
        if self.told.setdefault((person, column), said) != said:
            self._add(_DIFFERS, row, column)

    def _person(self, row: int, id: str) -> str:
        """The id in the form in which it is compared; the row where there is none."""
        return personal_number(id, self.period.year) or plain_id(answer_key(id)) or f"rad {row}"

    def _unit(self, row: int, column: int, choices: Choices[str], text: str) -> str:
        """The unit's id; "" when it is wrong."""
        if not text:
            self._add(_NO_UNIT, row, column)
            return ""
        return self._find(_UNKNOWN_UNIT, choices, row, column, text) or ""

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

    def _categories(self, background: CountedBackground, row: int, text: str) -> list[str]:
        separator, ages = background.definition.separator, background.definition.ages
        text = "" if ages and value_key(text) in _NO_AGE else text
        # One of several values may hold the separator itself.
        is_one = separator is None or background.categories[text] is not None
        values = list(filter(None, map(str.strip, [text] if is_one else text.split(separator))))
        if not values:
            self.without_background[background.table] += 1
        elif ages:
            age = self._age(text, is_age=background.definition.is_age)
            found = [group.label for group in ages if age is not None and age <= _OLDEST and age in group]
            if not found:
                unread = _AN_AGE if _AGE.fullmatch(text) else _NOT_A_YEAR
                unread = _NOT_AN_AGE if background.definition.is_age else unread
                fault = unread if age is None else _NO_AGE_GROUP
                self._add(fault, row, background.column)
            return found
        column, choices = background.column, background.categories
        categories = (self._find(_UNKNOWN_VALUE, choices, row, column, value) for value in values)
        return list(dict.fromkeys(filter(None, categories)))

    def _age(self, text: str, *, is_age: bool) -> int | None:
        """As it is written, or that which the participant reaches during the year."""
        if is_age:
            age = _AGE.fullmatch(text)
            return int(age[1]) if age else None
        year = parse_birth_year(text, self.period.year)
        return None if year is None else self.period.year - year

    def problems(self) -> Iterator[Problem]:
        known = {person for _, person in self.stays}
        for (_, person), stays in self.stays.items():
            if person.startswith("0") and person.lstrip("0") in known:
                self._add(_WITH_ZEROS, stays[0][2], "participant")
            # Two periods may share the day when one ends and the other begins.
            pairs = pairwise(sorted(stays))
            is_over = any(after[0] < before[1] or after[0] == before[0] for before, after in pairs)
            fault = _OVERLAP if is_over else _AGAIN
            if fault is _AGAIN and self.layout.by_dates.get("deltagare") in self.persons:
                continue
            for _, _, row in stays if len(stays) > 1 else ():
                self._add(fault, row, "participant")
        problems = list(self.findings.problems())
        yield from problems
        for found, column in self._notes():
            yield Problem(self.table.place(column=column), found, "", Severity.NOTE)
        if self.sexes[False] > max(3 * self.sexes[True], _FEW):  # other ids may look like such numbers
            found = f"könet är inte det som personnumret anger för {self.sexes[False]} deltagare"
            remedy = "Kontrollera vad det som står i kolumnen betyder, under ”värden: kön” i kartan."
            place = self.table.place(column=self.layout.columns["sex"])
            yield Problem(place, found, remedy, Severity.WARNING)
        empty = [unit.name for unit in self.layout.units if unit.id not in self.units]
        if empty and self.layout.unit is None and not has_errors(problems):
            found = f"ingen deltagare under året står i {one_of(empty)}: antalen blir 0"
            place = self.table.place(column=self.layout.unit_columns[0])
            yield Problem(place, found, "Kontrollera att registret är helt.", Severity.WARNING)

    def _notes(self) -> Iterator[tuple[str, int]]:
        """What need not be mended, and the column."""
        columns = self.layout.columns
        if self.begin_after:
            yield f"{_rows(self.begin_after)} med start efter {self.period} räknas inte", columns["start"]
        if self.ended_before:
            yield f"{_rows(self.ended_before)} med slut före {self.period} räknas inte", columns["end"]
        for table in self.layout.background:
            if without := self.without_background[table.table]:
                found = f"{without} deltagare har inget här och räknas inte i tabellen ”{table.title}”"
                yield found, table.column
        for column, without in self.without_status.items():
            yield f"{without} deltagare har inget här och räknas inte i raderna för läget", column
        units = Counter(person for _, person in self.stays)
        if several := sum(number > 1 for number in units.values()):
            found = f"{several} deltagare har varit i flera enheter och räknas i var och en"
            yield f"{found}{', men en gång för alla' if self.persons else ''}", self.layout.unit_columns[0]


def _rows(number: int) -> str:
    return "1 rad" if number == 1 else f"{number} rader"
