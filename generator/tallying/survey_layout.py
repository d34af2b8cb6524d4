"""What the map of an export says, seen together with the survey and the headings of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.names import as_written, name_key, remedy_for_unknown, value_key
from generator.model.places import Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import AnswerScale, Export, Question, Survey
from generator.tallying.choices import (
    SEX_NAMES,
    SEXES,
    UNSTATED,
    Choices,
    ids_by_name,
    pairs_of,
    unit_ids,
    written_units,
)
from generator.tallying.columns import Wanted, find_columns, wanted_columns
from generator.tallying.findings import Stray

GROUP, UNIT, SEX = "svarsgrupp", "enhet", "kön"
ALL = "alla"
# As maps name them, and how what is none of them is told, by field.
_KINDS = {
    "group": (GROUP, "värdet är ingen svarsgrupp", "värden som inte är svarsgrupper"),
    "unit": (UNIT, "värdet är ingen enhet", "värden som inte är enheter"),
    "sex": (SEX, "värdet är inget kön", "värden som inte är kön"),
}
_USES = {"respondent": "den svarande", "group": "svarsgruppen", "unit": "enheten", "sex": "könet"}
_TWICE = "samma värde står två gånger och betyder olika saker"


@dataclass(frozen=True)
class Trait:
    """What every respondent has one of, a group, a unit and a sex: in a column, or else the same for all.

    `written` is how the table writes each that there is, in its order.
    """

    written: Mapping[str, str]
    choices: Choices[str]
    stray: Stray
    column: int | None
    of_all: str

    def of(self, texts: Iterator[str]) -> str | None:
        """Of a respondent, of whom the texts in the columns of traits follow. None is not known."""
        return self.of_all if self.column is None else self.choices[next(texts)]


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the column that answers it, and what stands there: an answer, or "" for none."""

    question: Question
    choices: Choices[str]
    stray: Stray
    column: int
    wanted: Wanted


@dataclass(frozen=True)
class SurveyLayout:
    """How the file is counted. The questions are in the order of the survey."""

    group: Trait
    unit: Trait
    sex: Trait
    questions: tuple[AskedQuestion, ...]
    respondent: int | None

    @property
    def traits(self) -> tuple[Trait, Trait, Trait]:
        return self.group, self.unit, self.sex

    @property
    def in_columns(self) -> list[Trait]:
        """The traits that have a column."""
        return [trait for trait in self.traits if trait.column is not None]

    @property
    def columns(self) -> list[int]:
        """Those that are read: of the traits, the questions and the respondent."""
        traits = (trait.column for trait in self.traits)
        columns = (*traits, *(question.column for question in self.questions), self.respondent)
        return [column for column in columns if column is not None]


def survey_layout(
    table: RawTable, export: Export, settings: ReportSettings, survey: Survey, problems: list[Problem]
) -> SurveyLayout | None:
    """None, with problems, when something in the map is wrong."""
    before = len(problems)
    _check_keys(export, survey, problems)
    people = wanted_columns(export.columns, _USES)
    asked = _asked(export, survey, problems)
    indexes = find_columns(table, [*people.values(), *asked.values()], problems)
    columns = {field: indexes.get(wanted) for field, wanted in people.items()}
    groups = {group.id: as_written(group.id) for group in survey.groups}
    group_ids = ids_by_name((group.id, group.name) for group in survey.groups)
    units, unit_names = written_units(settings), unit_ids((settings.association, *settings.units))
    group = _trait(
        export, "group", Choices(group_ids, groups.values()), groups, columns=columns, problems=problems
    )
    unit = _trait(
        export, "unit", Choices(unit_names, units.values()), units, columns=columns, problems=problems
    )
    sexes = {sex: sex for sex in (SEXES if "sex" in columns else (ALL,))}
    sex = _trait(
        export, "sex", Choices(SEX_NAMES, SEXES, empty=UNSTATED), sexes, columns=columns, problems=problems
    )
    scales = _scales(export, survey, asked, problems)
    if len(problems) > before:
        return None
    questions = tuple(
        AskedQuestion(question, *scales[question.scale], indexes[asked[question.id]], asked[question.id])
        for question in survey.questions
        if question.id in asked
    )
    return SurveyLayout(group, unit, sex, questions, columns.get("respondent"))


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


def _trait(
    export: Export,
    field: str,
    choices: Choices[str],
    written: Mapping[str, str],
    *,
    columns: Mapping[str, int | None],
    problems: list[Problem],
) -> Trait:
    """Without a column the one that the map states, or else the first: the only group, or the association."""
    kind, none, others = _KINDS[field]
    remedy = f"Skriv vad ett annat värde betyder under ”värden: {kind}” i kartan."
    stray = Stray(none, remedy, known=choices.known, many=others)
    choices.tie(pairs_of(export.values, kind), _USES[field], _TWICE, problems)
    stated: str | None = getattr(export, field, None)
    if stated is not None and field in columns:
        found = f"”{kind}” står både för sig och under ”kolumner”"
        problems.append(Problem(export.place(field), found, "Behåll bara det ena."))
    elif stated is not None and stated not in choices.named:
        found = f"{_USES[field]} ”{as_written(stated)}” finns inte"
        problems.append(Problem(export.place(field), found, remedy_for_unknown(stated, choices.known)))
    elif stated is None and field == "group" and field not in columns and len(written) != 1:
        remedy = "Skriv ”svarsgrupp: …”, eller ange kolumnen under ”kolumner”."
        problems.append(Problem(export.place(), "här står inte vilken svarsgrupp som har svarat", remedy))
    of_all = next(iter(written), "") if stated is None else choices.named.get(stated, "")
    return Trait(written, choices, stray, columns.get(field), of_all)


def _scales(
    export: Export, survey: Survey, asked: Mapping[str, Wanted], problems: list[Problem]
) -> dict[str, tuple[Choices[str], Stray]]:
    """What may be answered on the scales of the questions that are asked, by id."""
    found: dict[str, tuple[Choices[str], Stray]] = {}
    for question in survey.questions:
        if question.id not in asked or question.scale in found:
            continue
        scale = survey.scale_of(question.id)
        if scale is None:
            known = [as_written(scale.id) for scale in survey.scales]
            text = f"skalan ”{as_written(question.scale)}” finns inte"
            problems.append(Problem(question.place("scale"), text, remedy_for_unknown(question.scale, known)))
        else:
            found[scale.id] = _answers(export, scale, problems)
    return found


def _answers(export: Export, scale: AnswerScale, problems: list[Problem]) -> tuple[Choices[str], Stray]:
    names = (*scale.answers, *scale.no_answer)
    answers = Choices({value_key(name): name for name in names}, names, key=value_key, empty="")
    answers.tie(pairs_of(export.values, scale.id), "svaret", _TWICE, problems)
    for text in export.no_answer:
        if answers[text]:
            found = f"”{text}” står vid ”inget_svar”, men är ett svar på skalan ”{scale.name}”"
            problems.append(Problem(export.place("no_answer"), found, "Behåll bara det ena."))
        answers.tied[value_key(text)] = ""
    remedy = (
        f"Skriv vad ett annat värde betyder under ”värden: {as_written(scale.id)}” i kartan,"
        " eller vid ”inget_svar” om det är inget svar."
    )
    off = f"skalan ”{scale.name}”"
    return answers, Stray(f"svaret finns inte på {off}", remedy, known=names, many=f"svar utanför {off}")
