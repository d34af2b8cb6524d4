"""The tables in utfall/: counted people, answers, values and what named bodies stated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from generator.model.budget import Budget
from generator.model.grades import grade_numbers
from generator.model.measures import AssessmentIndicator, Subject
from generator.model.names import Name, answer_key, name_key, one_of, remedy_for_unknown
from generator.model.outcome import STATED
from generator.model.outcomes import (
    SUM,
    AnswerCount,
    AnswerKey,
    Attestation,
    Comment,
    Grade,
    Outcomes,
    People,
    Reported,
    Sex,
    Unmeasured,
    Value,
    ValueKey,
)
from generator.model.places import Problem
from generator.model.quantities import Kind, Quantity, is_possible, quantity
from generator.model.settings import ReportSettings
from generator.model.survey import Survey
from generator.reading.controls import read_controls, read_sum_tables
from generator.reading.files import Folder
from generator.reading.table_files import OUTCOMES, TableFiles
from generator.reading.tables import Columns, Row, read_table

UNIT = "enhet"
PEOPLE = ("kvinnor", "män")
PEOPLE_OPTIONAL = ("ej angivet", "totalt")
SEXES = {name_key(sex): sex for sex in ("kvinnor", "män", "ej angivet", "alla")}

Key = TypeVar("Key")
Item = TypeVar("Item")


def read_outcomes(folder: Folder, settings: ReportSettings, budget: Budget, survey: Survey) -> Outcomes:
    """Every table that is there. A missing table is no fault: its indicators are not measured."""
    files = TableFiles(folder, settings.tables)
    tables = _Tables(files, folder.problems, settings, budget, survey)
    background, background_sums = tables.background()
    return Outcomes(
        participants=tables.participants(),
        groups=tables.groups(),
        background=background,
        background_sums=background_sums,
        answers=tables.answers(),
        values=tables.values(),
        reported=tables.reported(),
        attestations=tables.attestations(),
        grades=tables.grades(),
        comments=tables.comments(),
        controls=read_controls(files, folder.problems),
        tables=read_sum_tables(files, settings, folder.problems),
        unmeasured=tables.unmeasured(),
    )


class _Tables:
    """Reads one report's tables, with the names that may stand in them."""

    def __init__(
        self,
        files: TableFiles,
        problems: list[Problem],
        settings: ReportSettings,
        budget: Budget,
        survey: Survey,
    ) -> None:
        self.files = files
        self.problems = problems
        self.year = settings.year
        self.association = settings.association.id
        self.survey = survey
        self.budget = budget
        self.units = _names((settings.association, *settings.units))
        self.rows = _names(settings.rows)
        self.tables = _names(settings.background, "title")
        self.respondents = _names(survey.groups)
        self.questions = _names(survey.questions, "text")
        balanced = budget.names_of(Subject.GROUP_OF_PEOPLE)
        self.groups_of_people = self.respondents | {group: group for group in balanced}
        self.areas = _names(budget.areas)
        self.indicators = {name_key(one.id): one.id for one in budget.indicators}
        self.series = _names(settings.series)
        counts = (indicator.id for indicator in budget.indicators if indicator.is_whole)
        self.counted = {row.id for row in settings.rows} | {name_key(id) for id in counts}
        self.figures = self.rows | {key: Name(id) for key, id in self.indicators.items()}
        self.places = {name_key(one.location): Name(one.location) for one in settings.units if one.location}

    def _rows(self, table: str, columns: Columns) -> Iterator[Row]:
        return read_table(self.files.grid(f"{OUTCOMES}/{table}"), columns, self.problems)

    def participants(self) -> dict[tuple[str, str], People]:
        columns = Columns((UNIT, "rad", *PEOPLE), PEOPLE_OPTIONAL)
        found: dict[tuple[str, str], People] = {}
        for row in self._rows("deltagare", columns):
            unit = self._unit(row)
            name = row.known("rad", self.rows, "raden")
            people = _people(row)
            if unit and name and people:
                _add(found, (unit, name), people, row, "rad")
        return found

    def groups(self) -> dict[tuple[str, str], People]:
        columns = Columns(("grupp", *PEOPLE), (UNIT, *PEOPLE_OPTIONAL))
        found: dict[tuple[str, str], People] = {}
        for row in self._rows("grupper", columns):
            unit = self._unit(row)
            group = row.known("grupp", self.groups_of_people, "gruppen")
            people = _people(row)
            if unit and group and people:
                _add(found, (unit, group), people, row, "grupp")
        return found

    def background(
        self,
    ) -> tuple[dict[tuple[str, str], dict[str, People]], dict[tuple[str, str], People]]:
        """The categories of each table, and the sums that are entered for it."""
        columns = Columns(("tabell", "kategori", *PEOPLE), (UNIT, *PEOPLE_OPTIONAL))
        found: dict[tuple[str, str], dict[str, People]] = defaultdict(dict)
        sums: dict[tuple[str, str], People] = {}
        for row in self._rows("bakgrund", columns):
            unit = self._unit(row)
            table = row.known("tabell", self.tables, "tabellen")
            category = row.text("kategori")
            people = _people(row)
            if not (unit and table and category and people):
                continue
            if name_key(category) == SUM:
                _add(sums, (unit, table), people, row, "kategori")
            else:
                _add(found[unit, table], category, people, row, "kategori")
        return dict(found), sums

    def answers(self) -> dict[AnswerKey, tuple[AnswerCount, ...]]:
        columns = Columns(("grupp", "fråga", "kön", "svar", "antal"), (UNIT,))
        found: dict[AnswerKey, list[AnswerCount]] = defaultdict(list)
        for row in self._rows("enkat", columns):
            unit = self._unit(row)
            group = row.known("grupp", self.respondents, "svarsgruppen")
            question = row.known("fråga", self.questions, "frågan")
            sex = row.known("kön", SEXES, "könet")
            answers = self._answers(row, question)
            count = row.count("antal")
            if not (unit and group and question and sex and answers) or count is None:
                continue
            key = AnswerKey(unit, group, question, Sex(name_key(sex)))
            taken = [other for other in found[key] if other.answers & answers]
            if taken:
                where = f"raden {taken[0].place.line}"
                row.fault("svar", f"svaret räknas redan på {where}", "Behåll bara den ena raden.")
                continue
            found[key].append(AnswerCount(answers, count, row.place("antal")))
        return {key: tuple(counts) for key, counts in found.items()}

    def _answers(self, row: Row, question: str | None) -> frozenset[str] | None:
        """”Bra + Mycket bra” are two answers of which only the sum is known."""
        text = row.text("svar")
        if text is None or question is None:
            return None
        scale = self.survey.scale_of(question)
        if scale is None:
            return None
        answers = _divided(text, scale.by_key)
        unknown = [answer for answer in answers if answer_key(answer) not in scale.by_key]
        for answer in unknown:
            found = f"svaret ”{answer}” finns inte på skalan ”{scale.name}”"
            row.fault("svar", found, f"Välj bland {one_of(scale.by_key.values())}.")
        return None if unknown else frozenset(map(answer_key, answers))

    def values(self) -> dict[ValueKey, Value]:
        columns = Columns(("serie", "år", "värde", "måttenhet", "källa"), ("plats", "jämfört med"))
        found: dict[ValueKey, Value] = {}
        for row in self._rows("varden", columns):
            series = row.known("serie", self.series | self.figures, "indikatorn, raden eller serien")
            location = self._location(row, series)
            year = row.year("år")
            is_change = bool(row.optional("jämfört med"))
            compared = row.year("jämfört med") if is_change else None
            is_count = series in self.counted and not is_change
            measured, source = _quantity(row, is_count=is_count, is_change=is_change), row.text("källa")
            if not (series and location and year and source and measured):
                continue
            if is_change and compared is None:
                continue
            value = Value(measured, source, row.place("värde"))
            _add(found, ValueKey(series, location, year, compared), value, row, "serie")
        return found

    def _location(self, row: Row, series: str | None) -> str | None:
        """A series is followed by place or by unit; rows and indicators only by unit."""
        if not row.optional("plats"):
            return self.association
        is_followed = series in self.series.values()
        names = self.units | self.places if is_followed else self.units
        return row.known("plats", names, "platsen")

    def reported(self) -> dict[tuple[str, str], Reported]:
        columns = Columns((UNIT, "område", "uppnått", "maximalt", "källa"))
        found: dict[tuple[str, str], Reported] = {}
        for row in self._rows("redovisat", columns):
            unit = self._unit(row)
            area = row.known("område", self.areas, "området")
            earned, possible = row.count("uppnått"), row.count("maximalt")
            source = row.text("källa")
            if not (unit and area and source) or earned is None or possible is None:
                continue
            if earned > possible:
                found_text = f"{earned} uppnådda poäng är fler än de möjliga {possible}"
                row.fault("uppnått", found_text, "Kontrollera de två talen mot källan.")
                continue
            reported = Reported(earned, possible, source, row.place("uppnått"))
            _add(found, (unit, area), reported, row, "område")
        return found

    def attestations(self) -> dict[tuple[str, str], Attestation]:
        columns = Columns(("indikator", "uppfyllt", "av", "källa"), (UNIT,))
        found: dict[tuple[str, str], Attestation] = {}
        for row in self._rows("intyg", columns):
            unit = self._unit(row)
            indicator = row.known("indikator", self.indicators, "indikatorn")
            met = row.known("uppfyllt", {"ja": "ja", "nej": "nej"}, "svaret")
            by, source = row.text("av"), row.text("källa")
            if unit and indicator and met and by and source:
                attestation = Attestation(met == "ja", by, source, row.place("uppfyllt"))
                _add(found, (unit, indicator), attestation, row, "indikator")
        return found

    def grades(self) -> dict[tuple[str, str], Grade]:
        columns = Columns(("indikator", "betyg", "av", "motivering"), (UNIT,))
        found: dict[tuple[str, str], Grade] = {}
        for row in self._rows("bedomningar", columns):
            unit = self._unit(row)
            indicator = row.known("indikator", self.indicators, "indikatorn")
            number = self._grade_number(row, indicator)
            by, reason = row.text("av"), row.text("motivering")
            if unit and indicator and number and by and reason:
                grade = Grade(number, by, reason, row.place("betyg"))
                _add(found, (unit, indicator), grade, row, "indikator")
        return found

    def unmeasured(self) -> dict[tuple[str, str], Unmeasured]:
        columns = Columns(("indikator", "orsak"), (UNIT,))
        found: dict[tuple[str, str], Unmeasured] = {}
        for row in self._rows("ej_matt", columns):
            unit = self._unit(row)
            indicator = row.known("indikator", self.indicators, "indikatorn")
            reason = row.known("orsak", {name_key(one): str(one) for one in STATED}, "orsaken")
            if unit and indicator and reason:
                _add(found, (unit, indicator), Unmeasured(reason, row.place("orsak")), row, "indikator")
        return found

    def comments(self) -> dict[str, Comment]:
        """What was behind the association's outcomes; those of a unit are told in its analysis."""
        columns = Columns(("indikator", "bakgrund", "åtgärd"))
        found: dict[str, Comment] = {}
        for row in self._rows("kommentarer", columns):
            indicator = row.known("indikator", self.indicators, "indikatorn")
            background, action = row.markdown("bakgrund"), row.markdown("åtgärd")
            if indicator and background and action:
                comment = Comment(background, action, row.place("indikator"))
                _add(found, indicator, comment, row, "indikator")
        return found

    def _grade_number(self, row: Row, indicator_id: str | None) -> int | None:
        """A grade is written as its number or its name."""
        indicator = next((one for one in self.budget.indicators if one.id == indicator_id), None)
        if not isinstance(indicator, AssessmentIndicator):
            if indicator is not None:
                found = f"indikatorn {indicator.id} har inte måttet ”bedömning”"
                row.fault("indikator", found, "Ta bort raden, eller ändra måttet i budgeten.")
            return None
        scales = [scale for scale in self.budget.grade_scales if scale.id == indicator.scale]
        if not scales:
            return None
        known = {key: str(number) for key, number in grade_numbers(scales[0].grades).items()}
        chosen = row.known("betyg", known, "betyget")
        return int(chosen) if chosen else None

    def _unit(self, row: Row) -> str | None:
        """The unit of a row; a table without that column is the association's."""
        if not row.has(UNIT):
            return self.association
        return row.known(UNIT, self.units, "enheten")


def _names(entries: Iterable[Any], label: str = "name") -> dict[str, str]:
    """Ids by the name key of the id and of the name, so that an author can write either."""
    listed = list(entries)
    by_name = {name_key(getattr(entry, label)): entry.id for entry in listed}
    by_name.pop("", None)  # a name of nothing but signs, which an author can then only write as its id
    return by_name | {name_key(entry.id): entry.id for entry in listed}


def _divided(text: str, known: Mapping[str, str]) -> list[str]:
    """The answers in a cell. A + belongs to an answer that is written with one, such as ”65+”."""
    for answers in ([text], re.split(r"\s\+\s", text)):
        if all(answer_key(answer) in known for answer in answers):
            return answers
    return [answer.strip() for answer in text.split("+")]


def _quantity(row: Row, *, is_count: bool, is_change: bool) -> Quantity | None:
    """A value in its unit. What is counted in persons or the like is whole and not negative."""
    number, unit = row.number("värde"), row.optional("måttenhet")
    if number is None:
        return None
    try:
        read = quantity(number, unit)
    except ValueError:
        remedy = remedy_for_unknown(unit, ("%", "procentenheter"))
        row.fault("måttenhet", f"måttenheten ”{unit}” känns inte igen", remedy)
        return None
    if is_count and read.kind is Kind.NUMBER and row.count("värde") is None:
        return None
    if not is_change and not is_possible(read.value, read.kind):
        found = f"{row.optional('värde')} {read.kind.value} är inte möjligt"
        row.fault("värde", found, "En andel ligger mellan 0 och 100 %.")
        return None
    return read


def _people(row: Row) -> People | None:
    """Persons by sex. An empty sex means that only the total is known, which is then required."""
    total = row.count("totalt") if row.optional("totalt") else None
    if total is not None and not row.optional("kvinnor") and not row.optional("män"):
        return People(None, None, 0, total, (row.place("totalt"),))
    women, men = row.count("kvinnor"), row.count("män")
    columns = ["kvinnor", "män", *(column for column in PEOPLE_OPTIONAL if row.optional(column))]
    unstated = row.count("ej angivet") if row.optional("ej angivet") else 0
    if women is None or men is None or unstated is None:
        return None
    computed = women + men + unstated
    if total is not None and total != computed:
        found = f"summan är {total}, men kvinnor {women} + män {men}"
        found += f" + ej angivet {unstated}" if unstated else ""
        row.fault("totalt", f"{found} är {computed}", "Rätta det tal som är fel.")
        return None
    return People(women, men, unstated, computed, tuple(row.place(column) for column in columns))


def _add(table: dict[Key, Item], key: Key, item: Item, row: Row, column: str) -> None:
    if key in table:
        row.fault(column, "samma rad finns två gånger i tabellen", "Behåll bara den ena.")
        return
    table[key] = item
