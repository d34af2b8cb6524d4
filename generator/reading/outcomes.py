"""The tables in utfall/: counted people, answers, values and what named bodies stated."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from generator.model.grades import grade_numbers
from generator.model.limits import MAX_CATEGORIES
from generator.model.measures import AssessmentIndicator, AttestedIndicator, IndicatorBase, Subject
from generator.model.names import Name, answer_key, ids_by_name, name_key, one_of, remedy_for_unknown
from generator.model.outcome import STATED
from generator.model.outcomes import (
    NOT_CHOSEN,
    SEX_NAMES,
    SEXES,
    SUM,
    AnswerCount,
    AnswerKey,
    Attestation,
    Comment,
    Grade,
    Outcomes,
    People,
    ReferenceValue,
    Reported,
    Sex,
    Unmeasured,
    Value,
    ValueKey,
)
from generator.model.places import Place, Problem
from generator.model.quantities import Kind, Quantity, is_possible, quantity
from generator.model.report import Report
from generator.model.sums import NO_CATEGORY, OF_SUMS
from generator.model.survey import ANSWERED
from generator.reading.controls import read_controls, read_sum_tables
from generator.reading.files import Folder
from generator.reading.sheets import OUTCOMES
from generator.reading.table_files import COLUMNS, PEOPLE, PEOPLE_OPTIONAL, UNIT, TableFiles
from generator.reading.tables import MADE_A_DAY, WRITE_AGAIN, Row, read_table

WOMEN, MEN = PEOPLE
UNSTATED, TOTAL = PEOPLE_OPTIONAL
_ONCE = "Behåll den rätta. Är de delar av samma tal, lägg ihop dem på en rad."
UnitKey = tuple[str, str]  # the unit, and what the row is about
Key = TypeVar("Key")
Item = TypeVar("Item")
Measure = TypeVar("Measure", bound=IndicatorBase)
T = TypeVar("T")


def read_outcomes(folder: Folder, files: TableFiles, defined: Report) -> Outcomes:
    """Every table that is there. A missing table is no fault: its indicators are not measured."""
    tables = _Tables(files, folder.problems, defined)
    masked: dict[tuple[str, ...], Place] = {}
    awaited: set[tuple[str, str]] = set()

    def read(table: str, rows: Callable[[], T]) -> T:
        def make() -> tuple[T, Mapping[tuple[str, ...], Place], set[tuple[str, str]]]:
            tables.masked, tables.awaited = {}, set()
            return rows(), tables.masked, tables.awaited

        beside = files.grid(f"{OUTCOMES}/{table}"), defined
        found, masked_here, awaited_here = folder.made(f"tabellen {table}", make, beside=beside)
        masked.update({(table, *key): place for key, place in masked_here.items()})
        awaited.update(awaited_here)
        return found

    background, background_sums = read("bakgrund", tables.background)
    return Outcomes(
        participants=read("deltagare", tables.participants),
        groups=read("grupper", tables.groups),
        background=background,
        background_sums=background_sums,
        answers=read("enkat", tables.answers),
        values=read("varden", tables.values),
        durations=read("tider", tables.durations),
        references=read("jamforelsetal", tables.references),
        reported=read("redovisat", tables.reported),
        attestations=read("intyg", tables.attestations),
        grades=read("bedomningar", tables.grades),
        comments=read("kommentarer", tables.comments),
        unmeasured=read("ej_matt", tables.unmeasured),
        masked=masked,
        awaited=frozenset(awaited),
        controls=read_controls(folder, files),
        amounts=read_sum_tables(folder, files, defined.settings),
    )


class _Tables:
    """Reads one report's tables, with the names that may stand in them."""

    def __init__(self, files: TableFiles, problems: list[Problem], defined: Report) -> None:
        self.files, self.problems = files, problems
        self.masked: dict[tuple[str, ...], Place] = {}
        self.awaited: set[tuple[str, str]] = set()
        self.settings, self.budget, self.survey = defined.settings, defined.budget, defined.survey
        settings, budget, survey = self.settings, self.budget, self.survey
        self.association = settings.association.id
        self.units = ids_by_name(settings.every_unit)
        self.rows = ids_by_name(settings.rows)
        self.tables = ids_by_name(settings.background, "title")
        self.respondents = ids_by_name(survey.groups)
        self.questions = ids_by_name(survey.questions, "text")
        balanced = budget.names_of(Subject.GROUP_OF_PEOPLE)
        self.groups_of_people = self.respondents | {group: group for group in balanced}
        self.areas = ids_by_name(budget.areas)
        self.indicators = {name_key(indicator.id): indicator.id for indicator in budget.indicators}
        self.series = ids_by_name(settings.series)
        counts = (indicator.id for indicator in budget.indicators if indicator.is_whole)
        self.counted = {row.id for row in settings.rows} | {name_key(id) for id in counts}
        self.exceeding = {name_key(indicator.id) for indicator in budget.indicators if indicator.may_exceed}
        self.figures = self.rows | {key: Name(id) for key, id in self.indicators.items()}
        self.places = {key: Name(town) for key, town in settings.towns.items()}

    def _rows(self, table: str) -> Iterator[Row]:
        grid, is_masked = self.files.grid(f"{OUTCOMES}/{table}"), self.settings.empty_is_masked
        for row in read_table(grid, COLUMNS[table], self.problems, empty_is_masked=is_masked):
            if not row.waits:
                yield row
            elif table == "enkat":
                self.awaited.add(self._asked(row))

    def _asked(self, row: Row) -> tuple[str, str]:
        """The respondents and the question."""
        group = row.known("grupp", self.respondents, "svarsgruppen")
        return group, row.known("fråga", self.questions, "frågan")

    def _read(
        self, table: str, read: Callable[[Row], tuple[Key, Item | None]], column: str
    ) -> dict[Key, Item]:
        """What each sound row holds, by a key that only one row may have; `column` is where it is told."""
        found: dict[Key, Item | None] = {}
        for row in self._rows(table):
            _add(found, *read(row), row, column)
        return {key: item for key, item in found.items() if item is not None}

    def _read_people(self, table: str, names: Mapping[str, str], what: str) -> dict[UnitKey, People]:
        """Rows of people; of one that is masked only the total, where that is given."""
        column = COLUMNS[table].required[-len(PEOPLE) - 1]

        def read(row: Row) -> tuple[UnitKey, People | None]:
            key, people = (self._unit(row), row.known(column, names, what)), _people(row)
            if row.is_sound() and _is_masked(row):
                self.masked[key] = row.place(WOMEN)
            return key, people

        return self._read(table, read, column)

    def participants(self) -> dict[UnitKey, People]:
        return self._read_people("deltagare", self.rows, "raden")

    def groups(self) -> dict[UnitKey, People]:
        return self._read_people("grupper", self.groups_of_people, "gruppen")

    def background(self) -> tuple[dict[UnitKey, dict[str, People]], dict[UnitKey, People]]:
        """The categories of each table, and the sums that are entered for it."""
        found: dict[UnitKey, dict[str, People]] = defaultdict(dict)
        sums: dict[UnitKey, People] = {}
        seen: dict[tuple[str, ...], None] = {}
        for row in self._rows("bakgrund"):
            table = (self._unit(row), row.known("tabell", self.tables, "tabellen"))
            category, people = row.text("kategori"), _people(row)
            if MADE_A_DAY.fullmatch(category):
                remedy = f"{WRITE_AGAIN} Är det ett datum, skriv hela månadens namn."
                row.fault("kategori", f"”{category}” ser ut som ett datum", remedy)
            elif name_key(category) != SUM and NO_CATEGORY.fullmatch(category):
                remedy = f"Är det tabellens summa, skriv {SUM}. Ta annars bort raden."
                row.fault("kategori", f"”{category}” är en summa, eller en del av en annan kategori", remedy)
            if row.is_sound() and _is_masked(row) and name_key(category) != SUM:
                self.masked[*table, category] = row.place(WOMEN)
            if people is None:
                continue
            if name_key(category) == SUM:
                _add(sums, table, people, row, "kategori")
            elif len(found[table]) == MAX_CATEGORIES:
                row.fault("tabell", f"tabellen har fler än {MAX_CATEGORIES} kategorier", "Slå samman dem.")
            else:
                _add(seen, (*table, answer_key(category)), None, row, "kategori")
                if row.is_sound():
                    found[table][category] = people
        return dict(found), sums

    def answers(self) -> dict[AnswerKey, tuple[AnswerCount, ...]]:
        found: dict[AnswerKey, list[AnswerCount]] = defaultdict(list)
        masked: list[AnswerKey] = []
        for row in self._rows("enkat"):
            unit, (group, question) = self._unit(row), self._asked(row)
            sex = name_key(row.known("kön", SEX_NAMES, "könet"))
            several = self.survey.has_several(question)
            is_sum = several and answer_key(row.optional("svar")) == ANSWERED
            answers = frozenset({ANSWERED}) if is_sum else self._answers(row, question)
            if row.is_masked("antal"):
                masked.append(AnswerKey(unit, group, question, Sex(sex or Sex.ALL)))
                self.masked[unit, f"{group} {question}"] = row.place("antal")
                continue
            counted = AnswerCount(answers, row.count("antal"), row.place("antal"))
            if several and len(answers) > 1:
                remedy = "Skriv en rad för varje svar."
                row.fault("svar", "frågan har flera svar, så de läggs inte ihop", remedy)
            if not row.is_sound() or not counted.answers:
                continue
            counts = found[AnswerKey(unit, group, question, Sex(sex))]
            taken = [other for other in counts if other.answers & counted.answers]
            if taken:
                where = f"raden {taken[0].place.line}"
                row.fault("svar", f"svaret räknas redan på {where}", _ONCE)
                continue
            counts.append(counted)
        for key in masked:
            # Without those of one sex, the sum of the others is not that of all.
            for sex in SEXES if key.sex is not Sex.ALL else (Sex.ALL,):
                found.pop(replace(key, sex=sex), None)
        return {own: counted for key, counts in found.items() for own, counted in self._options(key, counts)}

    def _options(
        self, key: AnswerKey, counts: Sequence[AnswerCount]
    ) -> Iterator[tuple[AnswerKey, tuple[AnswerCount, ...]]]:
        """Each answer of several by itself: those who chose it, and the others of those who answered."""
        if not self.survey.has_several(key.question):
            yield key, tuple(counts)
            return
        answered = next((count for count in counts if count.answers == {ANSWERED}), None)
        most = max(counts, key=lambda count: count.count)
        if answered is None or most.count > answered.count:
            found = f"frågan har flera svar, men antalet ”{ANSWERED}” "
            found += "saknas" if answered is None else f"är bara {answered.count}"
            remedy = f"Skriv en rad ”{ANSWERED}” med hur många som har svarat på frågan."
            self.problems.append(Problem(most.place, found, remedy))
            answered = most
        for count in counts:
            (option,) = count.answers
            others = AnswerCount(frozenset({NOT_CHOSEN}), answered.count - count.count, answered.place)
            if option != ANSWERED:
                yield replace(key, option=option), (count, others)

    def _answers(self, row: Row, question: str) -> frozenset[str]:
        """”Bra + Mycket bra” are two answers of which only the sum is known."""
        text, scale = row.text("svar"), self.survey.scale_of(question)
        if not text or scale is None:
            return frozenset()
        answers = _divided(text, scale.by_key)
        for answer in answers:
            if answer_key(answer) not in scale.by_key:
                found = f"svaret ”{answer}” finns inte på skalan ”{scale.name}”"
                is_sum = OF_SUMS.fullmatch(answer)
                remedy = "Ta bort raden: programmet räknar summan."
                row.fault("svar", found, remedy if is_sum else f"Välj bland {one_of(scale.by_key.values())}.")
        return frozenset(map(answer_key, answers))

    def values(self) -> dict[ValueKey, Value]:
        def read(row: Row) -> tuple[ValueKey, Value | None]:
            series = row.known("serie", self.series | self.figures, "indikatorn, raden eller serien")
            is_change = bool(row.optional("jämfört med"))
            compared = row.year("jämfört med") if is_change else None
            key = ValueKey(series, self._location(row, series), row.year("år"), compared)
            is_count = series in self.counted and not is_change
            if row.is_masked("värde"):
                if key.year == self.settings.year or series in self.series.values():
                    self.masked[key.location, series] = row.place("värde")
                return key, None
            exceeds = series in self.exceeding
            measured = _quantity(row, is_count=is_count, is_change=is_change, exceeds=exceeds)
            return key, Value(measured, row.text("källa"), row.place("värde"))

        return self._read("varden", read, "serie")

    def _location(self, row: Row, series: str) -> str:
        """A series is followed by place or by unit; rows and indicators only by unit."""
        if not row.optional("plats"):
            return self.association
        is_followed = series in self.series.values()
        names = self.units | self.places if is_followed else self.units
        return row.known("plats", names, "platsen")

    def reported(self) -> dict[UnitKey, Reported]:
        def read(row: Row) -> tuple[UnitKey, Reported]:
            key = (self._unit(row), row.known("område", self.areas, "området"))
            earned, possible = row.count("uppnått"), row.count("maximalt")
            if earned > possible and row.is_sound("uppnått", "maximalt"):
                found = f"{earned} uppnådda poäng är fler än de möjliga {possible}"
                row.fault("uppnått", found, "Kontrollera de två talen mot källan.")
            return key, Reported(earned, possible, row.text("källa"), row.place("uppnått"))

        return self._read("redovisat", read, "område")

    def attestations(self) -> dict[UnitKey, Attestation]:
        def read(row: Row) -> tuple[UnitKey, Attestation]:
            indicator = self._of_measure(row, AttestedIndicator, "intyg")
            is_met = row.known("uppfyllt", {"ja": "ja", "nej": "nej"}, "svaret") == "ja"
            attestation = Attestation(is_met, row.text("av"), row.text("källa"), row.place("uppfyllt"))
            return (self._unit(row), indicator.id if indicator else ""), attestation

        return self._read("intyg", read, "indikator")

    def grades(self) -> dict[UnitKey, Grade]:
        """A grade is written as its number or its name."""
        scales = {scale.id: grade_numbers(scale.grades) for scale in self.budget.grade_scales}

        def read(row: Row) -> tuple[UnitKey, Grade]:
            indicator = self._of_measure(row, AssessmentIndicator, "bedömning")
            numbers = scales.get(indicator.scale, {}) if indicator else {}
            known = {key: str(number) for key, number in numbers.items()}
            number = int(row.known("betyg", known, "betyget") or 0) if known else 0
            grade = Grade(number, row.text("av"), row.text("motivering"), row.place("betyg"))
            return (self._unit(row), indicator.id if indicator else ""), grade

        return self._read("bedomningar", read, "indikator")

    def durations(self) -> dict[UnitKey, Value]:
        """The median of how many days those in a row have been in activity."""

        def read(row: Row) -> tuple[UnitKey, Value | None]:
            key = self._unit(row), row.known("rad", self.rows, "raden")
            if row.is_masked("dagar"):
                self.masked[key] = row.place("dagar")
                return key, None
            days = Quantity(row.number("dagar"), Kind.NUMBER, "dagar")
            if days.value < 0:
                row.fault("dagar", "antalet dagar är mindre än 0", "Skriv 0 eller fler.")
            return key, Value(days, "", row.place("dagar"))

        return self._read("tider", read, "rad")

    def references(self) -> dict[str, tuple[ReferenceValue, ...]]:
        """What others had, by indicator; without a unit it is beside the outcomes of all."""

        def read(row: Row) -> tuple[tuple[str, str, str], ReferenceValue]:
            id, unit = self._indicator(row), self._unit(row) if row.optional(UNIT) else ""
            exceeds = name_key(id) in self.exceeding
            measured = _quantity(row, is_count=False, is_change=False, exceeds=exceeds)
            name, source, date = (row.text(column) for column in ("jämförelse", "källa", "datum"))
            value = ReferenceValue(unit, name, measured, source, date, row.place("värde"))
            return (id, unit, value.key), value

        found: dict[str, tuple[ReferenceValue, ...]] = {}
        for (id, *_), value in self._read("jamforelsetal", read, "indikator").items():
            found[id] = (*found.get(id, ()), value)
        return found

    def unmeasured(self) -> dict[UnitKey, Unmeasured]:
        def read(row: Row) -> tuple[UnitKey, Unmeasured]:
            reason = row.known("orsak", {name_key(reason): str(reason) for reason in STATED}, "orsaken")
            return (self._unit(row), self._indicator(row)), Unmeasured(reason, row.place("orsak"))

        return self._read("ej_matt", read, "indikator")

    def comments(self) -> dict[str, Comment]:
        """What was behind the association's outcomes; those of a unit are told in its analysis."""

        def read(row: Row) -> tuple[str, Comment]:
            comment = Comment(row.markdown("bakgrund"), row.markdown("åtgärd"), row.place("indikator"))
            return self._indicator(row), comment

        return self._read("kommentarer", read, "indikator")

    def _indicator(self, row: Row) -> str:
        return row.known("indikator", self.indicators, "indikatorn")

    def _of_measure(self, row: Row, measure: type[Measure], word: str) -> Measure | None:
        """The indicator of a row, which is of one measure."""
        id = self._indicator(row)
        indicator = next((each for each in self.budget.indicators if each.id == id), None)
        if indicator is None or isinstance(indicator, measure):
            return indicator
        found = f"indikatorn {id} har inte måttet ”{word}”"
        row.fault("indikator", found, "Ta bort raden, eller ändra måttet i budgeten.")
        return None

    def _unit(self, row: Row) -> str:
        """The unit of a row; a table without that column is the association's."""
        return row.known(UNIT, self.units, "enheten") if row.has(UNIT) else self.association


def _divided(text: str, known: Mapping[str, str]) -> list[str]:
    """The answers in a cell. A + belongs to an answer that is written with one, such as ”65+”."""
    for answers in ([text], re.split(r"\s\+\s", text)):
        if all(answer_key(answer) in known for answer in answers):
            return answers
    return [answer.strip() for answer in text.split("+")]


def _quantity(row: Row, *, is_count: bool, is_change: bool, exceeds: bool) -> Quantity:
    """A value in its unit. What is counted in persons or the like is whole and not negative."""
    unit = row.optional("måttenhet") or ("%" if row.optional("värde").endswith("%") else "")
    number = row.number("värde", is_percent=unit.casefold().startswith(("%", "procent")))
    try:
        read = quantity(number, unit)
    except ValueError:
        remedy = remedy_for_unknown(unit, ("%", "procentenheter"))
        row.fault("måttenhet", f"måttenheten ”{unit}” känns inte igen", remedy)
        return Quantity(number, Kind.NUMBER)
    if is_count and read.kind is Kind.NUMBER and row.is_sound("värde"):
        row.count("värde")
    if not is_change and not is_possible(read.value, read.kind, exceeds=exceeds):
        found = f"{row.optional('värde')} {read.kind.value} är inte möjligt"
        of_plan = "Är det procent av en plan, skriv kravet så: minst 100 %."
        row.fault("värde", found, f"En andel ligger mellan 0 och 100 %. {of_plan}")
    elif read.kind is Kind.SHARE and not is_change:
        row.warn_of_share("värde", number, most=3 if exceeds else 1)
    return read


def _is_masked(row: Row) -> bool:
    """Whether the source has masked somebody in a row of people."""
    has_total = bool(row.optional(TOTAL)) and not row.is_masked(TOTAL)
    return any(map(row.is_masked, PEOPLE)) or (row.is_masked(TOTAL) and not has_total)


def _people(row: Row) -> People | None:
    """Persons by sex. An empty sex means that only the total is known, which is then required.

    None where a sex is masked and the total is not given, since nobody can know it.
    """
    total = row.count(TOTAL) if row.optional(TOTAL) and not row.is_masked(TOTAL) else None
    if _is_masked(row):
        return None if total is None else People(None, None, 0, total, (row.place(TOTAL),))
    if total is not None and not row.optional(WOMEN) and not row.optional(MEN):
        return People(None, None, 0, total, (row.place(TOTAL),))
    women, men = row.count(WOMEN), row.count(MEN)
    unstated = row.count(UNSTATED) if row.optional(UNSTATED) else 0
    computed = women + men + unstated
    if total not in (None, computed) and row.is_sound(*PEOPLE, *PEOPLE_OPTIONAL):
        found = f"summan är {total}, men {WOMEN} {women} + {MEN} {men}"
        found += f" + {UNSTATED} {unstated}" if unstated else ""
        row.fault(TOTAL, f"{found} är {computed}", "Rätta det tal som är fel.")
    columns = [*PEOPLE, *(column for column in PEOPLE_OPTIONAL if row.optional(column))]
    return People(women, men, unstated, computed, tuple(map(row.place, columns)))


def _add(table: dict[Key, Item], key: Key, item: Item, row: Row, column: str) -> None:
    if key in table and row.is_sound():
        row.fault(column, "samma rad finns två gånger i tabellen", _ONCE)
    if row.is_sound():
        table[key] = item
