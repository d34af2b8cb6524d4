"""What the map of an export says, seen together with the survey and the headings of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model.fields import Pairs
from generator.model.names import as_written, name_key, remedy_for_unknown
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings, Unit
from generator.model.survey import AnswerScale, Export, Question, RespondentGroup, Survey
from generator.tallying.columns import Wanted, find_columns
from generator.tallying.words import NOTHING, Words, ids_by_name, name_value_key, tied_to, value_key

GROUP, UNIT, SEX = "svarsgrupp", "enhet", "kön"
SEXES, ALL = ("kvinnor", "män", "ej angivet"), "alla"
UNSTATED = 2
SEX_WORDS = {"kvinna": 0, "kvinnor": 0, "man": 1, "män": 1, "ej angivet": UNSTATED}
_KINDS = {"group": GROUP, "unit": UNIT}
_USES = {"respondent": "den svarande", "group": "svarsgruppen", "unit": "enheten", "sex": "könet"}


@dataclass(frozen=True)
class Column:
    """A column of the file: its index, and where the map names it."""

    index: int
    wanted: Wanted

    @property
    def name(self) -> str:
        """In the batches of the table."""
        return str(self.index)


@dataclass(frozen=True)
class Trait:
    """What every respondent has one of: a group, a unit, a sex. Without a column it is `fixed`, a code."""

    kind: str
    words: Words
    column: Column | None = None
    fixed: int = 0


@dataclass(frozen=True)
class Tied:
    """A question with the column that answers it. `words` are the answers of its scale."""

    question: Question
    scale: AnswerScale
    words: Words
    column: Column


@dataclass(frozen=True)
class SurveyMap:
    """How the file is counted. The questions are in the order of the survey."""

    group: Trait
    unit: Trait
    sex: Trait
    questions: tuple[Tied, ...]
    respondent: Column | None

    @property
    def traits(self) -> tuple[Trait, Trait, Trait]:
        return self.group, self.unit, self.sex


def survey_map(
    table: RawTable, export: Export, settings: ReportSettings, survey: Survey, problems: list[Problem]
) -> SurveyMap | None:
    """None, with problems, when something in the map is wrong."""
    before = len(problems)
    _check_keys(export, survey, problems)
    people = _people(export)
    asked = _asked(export, survey, problems)
    at = find_columns(table, [*people.values(), *asked.values()], problems)
    columns = {wanted: Column(index, wanted) for wanted, index in at.items()}
    traits = {field: columns.get(wanted) for field, wanted in people.items()}
    group = _trait(export, "group", _named(survey.groups), traits, problems)
    unit = _trait(export, "unit", _named_units(settings), traits, problems)
    sex = _sex(export, traits.get("sex"), problems)
    scales = _scales(export, survey, asked, problems)
    if len(problems) > before or group is None or unit is None:
        return None
    questions = tuple(
        Tied(question, *scales[question.scale], columns[asked[question.id]])
        for question in survey.questions
        if question.id in asked
    )
    return SurveyMap(group, unit, sex, questions, traits.get("respondent"))


def _check_keys(export: Export, survey: Survey, problems: list[Problem]) -> None:
    known = [GROUP, UNIT, SEX, *(as_written(scale.id) for scale in survey.scales)]
    keys = set(map(name_key, known))
    for key in export.values:
        if name_key(key) not in keys:
            found = f"okänd nyckel ”{key}” under ”värden”"
            problems.append(Problem(export.values.origin.of(key), found, remedy_for_unknown(key, known)))
    if not export.questions:
        remedy = "Skriv varje fråga på en egen rad, med kolumnens rubrik efter kolonet."
        problems.append(Problem(export.place("questions"), "”frågor” är tom", remedy))


def _values(export: Export, key: str) -> Pairs[str]:
    named = (pairs for name, pairs in export.values.items() if name_key(name) == name_key(key))
    return next(named, Pairs())


def _people(export: Export) -> dict[str, Wanted]:
    """The columns about the respondent, by field."""
    headings = {field: getattr(export.columns, field) for field in _USES}
    return {
        field: Wanted(heading, export.columns.place(field), _USES[field])
        for field, heading in headings.items()
        if heading is not None
    }


def _asked(export: Export, survey: Survey, problems: list[Problem]) -> dict[str, Wanted]:
    """The columns of questions, by the ids of these."""
    ids = ids_by_name((question.id, question.text) for question in survey.questions)
    found: dict[str, Wanted] = {}
    for key, heading in export.questions.items():
        id, place = ids.get(name_key(key)), export.questions.origin.of(key)
        if id is None:
            known = [as_written(question.id) for question in survey.questions]
            text = f"frågan ”{key}” finns inte i enkäten"
            problems.append(Problem(place, text, remedy_for_unknown(key, known)))
        elif id in found:
            text = f"frågan ”{as_written(id)}” står två gånger, först på rad {found[id].place.line}"
            problems.append(Problem(place, text, "Behåll bara den ena raden."))
        else:
            found[id] = Wanted(heading, place, f"frågan ”{as_written(id)}”")
    return found


@dataclass(frozen=True)
class _Named:
    """Entries with ids and names: the ids, how the tables write them, and the codes of both by name key."""

    ids: tuple[str, ...]
    written: tuple[str, ...]
    codes: Mapping[str, int]


def _named(entries: Sequence[RespondentGroup | Unit]) -> _Named:
    ids = tuple(entry.id for entry in entries)
    by_name = ids_by_name((entry.id, entry.name) for entry in entries)
    codes = {key: ids.index(id) for key, id in by_name.items()}
    return _Named(ids, tuple(map(as_written, ids)), codes)


def _named_units(settings: ReportSettings) -> _Named:
    """Units are written by name; the association by id, as where a table has no column of units."""
    named = _named((settings.association, *settings.units))
    names = tuple(
        unit.name if named.codes.get(name_key(unit.name)) == code else written
        for code, (unit, written) in enumerate(zip(settings.units, named.written[1:], strict=True), start=1)
    )
    return replace(named, written=(named.written[0], *names))


def _trait(
    export: Export,
    field: str,
    named: _Named,
    columns: Mapping[str, Column | None],
    problems: list[Problem],
) -> Trait | None:
    """The group or the unit: fixed, in a column, or the only one there is; for units the association."""
    kind = _KINDS[field]
    fixed: str | None = getattr(export, field)
    has_column = field in columns
    words = Words(named.written, named.codes, name_value_key)
    words = tied_to(words, _values(export, kind), _USES[field], problems)
    if fixed is not None and has_column:
        found = f"”{kind}” står både för sig och under ”kolumner”"
        problems.append(Problem(export.place(field), found, "Behåll bara det ena."))
        return None
    if fixed is not None and fixed not in named.codes:
        found = f"{_USES[field]} ”{as_written(fixed)}” finns inte"
        problems.append(Problem(export.place(field), found, remedy_for_unknown(fixed, named.written)))
        return None
    if fixed is None and not has_column and kind == GROUP and len(named.ids) != 1:
        found = "här står inte vilken svarsgrupp som har svarat"
        remedy = "Skriv ”svarsgrupp: …”, eller ange kolumnen under ”kolumner”."
        problems.append(Problem(export.place(), found, remedy))
        return None
    return Trait(kind, words, columns.get(field), named.codes[fixed] if fixed is not None else 0)


def _sex(export: Export, column: Column | None, problems: list[Problem]) -> Trait:
    words = tied_to(Words(SEXES, SEX_WORDS, empty=UNSTATED), _values(export, SEX), "könet", problems)
    return Trait(SEX, words if column else Words((ALL,), {}), column)


def _scales(
    export: Export, survey: Survey, asked: Mapping[str, Wanted], problems: list[Problem]
) -> dict[str, tuple[AnswerScale, Words]]:
    """The scales of the questions that are asked, by id."""
    found: dict[str, tuple[AnswerScale, Words]] = {}
    for question in survey.questions:
        if question.id not in asked or question.scale in found:
            continue
        scale = survey.scale_of(question.id)
        if scale is None:
            known = [as_written(one.id) for one in survey.scales]
            text = f"skalan ”{as_written(question.scale)}” finns inte"
            problems.append(Problem(question.place("scale"), text, remedy_for_unknown(question.scale, known)))
        else:
            found[scale.id] = (scale, _answers(export, scale, problems))
    return found


def _answers(export: Export, scale: AnswerScale, problems: list[Problem]) -> Words:
    names = (*scale.answers, *scale.no_answer)
    known = {value_key(name): code for code, name in enumerate(names)}
    words = tied_to(Words(names, known), _values(export, scale.id), "svaret", problems)
    for text in export.no_answer:
        if words.code(text) >= 0:
            found = f"”{text}” står vid ”inget_svar”, men är ett svar på skalan ”{scale.name}”"
            problems.append(Problem(export.place("no_answer"), found, "Behåll bara det ena."))
    nothing = {value_key(text): NOTHING for text in export.no_answer}
    return replace(words, tied={**words.tied, **nothing})
