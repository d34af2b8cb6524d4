"""What the map of an export says, seen together with the survey and the headings of the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.model.fields import Pairs
from generator.model.names import answer_key, as_written, name_key, remedy_for_unknown, value_key
from generator.model.places import Place, Problem
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import ANSWERED, MOVES, AnswerScale, Export, Question, Survey, move_of
from generator.tallying.choices import (
    SEX_NAMES,
    SEXES,
    UNSTATED,
    Choices,
    SeveralChoices,
    ids_by_name,
    pairs_of,
    unit_ids,
    written_units,
)
from generator.tallying.columns import Wanted, find_columns, wanted_columns
from generator.tallying.findings import Stray
from generator.tallying.occasions import AFTER, BEFORE, OCCASION, occasions

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
    said: str  # ”könet”

    def of(self, texts: Iterator[str]) -> str | None:
        """Of a respondent, of whom the texts in the columns of traits follow. None is not known."""
        return self.of_all if self.column is None else self.choices[next(texts)]


Given = tuple[str, ...]  # what a cell answers: "" says of one answer of several that it was not chosen


@dataclass(frozen=True)
class AnswerColumn:
    """A column with what may stand there; () for no answer."""

    index: int
    choices: Choices[Given]
    stray: Stray


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the columns that answer it: one, one for each answer, or one before and one after."""

    question: Question
    scale: AnswerScale
    columns: tuple[AnswerColumn, ...]
    wanted: Wanted

    @property
    def counted(self) -> tuple[str, ...]:
        """What is counted of it, in the order of its rows."""
        if self.question.several:
            return (*self.scale.answers, ANSWERED)
        if self.question.paired:
            return MOVES
        return (*self.scale.answers, *self.scale.no_answer)

    def answers(self, texts: Iterable[str]) -> Given | None:
        """What a respondent is counted in; None when a cell cannot be read, or has several answers of one."""
        cells = [column.choices[text] for column, text in zip(self.columns, texts, strict=True)]
        if self.question.paired:
            return None if None in cells else self._move([cell for cell in cells if cell])
        given = dict.fromkeys(chain.from_iterable(filter(None, cells)))
        answers = tuple(answer for answer in given if answer)
        if None in cells or (len(answers) > 1 and not self.question.several):
            return None
        if not self.question.several:
            return answers
        chosen = tuple(answer for answer in answers if answer in self.scale.answers)
        return (*chosen, ANSWERED) if chosen or (given and not answers) else ()

    def _move(self, cells: Sequence[Given]) -> Given:
        """How the answer after differs from that before; () where one is missing or does not count."""
        numbers = self.scale.numbers
        before, after = (
            (numbers.get(answer_key(cell[0])) for cell in cells) if len(cells) > 1 else (None, None)
        )
        if before is None or after is None:
            return ()
        return (move_of(before, after),)


@dataclass(frozen=True)
class SurveyLayout:
    """How the file is counted. The questions are in the order of the survey."""

    group: Trait
    unit: Trait
    sex: Trait
    questions: tuple[AskedQuestion, ...]
    respondent: int | None
    no_answer: frozenset[str]  # value keys of what is no answer to any question

    @property
    def traits(self) -> tuple[Trait, Trait, Trait]:
        return self.group, self.unit, self.sex

    @property
    def in_columns(self) -> list[Trait]:
        """The traits that have a column."""
        return [trait for trait in self.traits if trait.column is not None]

    @property
    def answer_columns(self) -> list[AnswerColumn]:
        return [column for question in self.questions for column in question.columns]

    @property
    def columns(self) -> list[int]:
        """Those that are read: of the traits, the questions and the respondent."""
        traits = (trait.column for trait in self.traits)
        columns = (*traits, *(column.index for column in self.answer_columns), self.respondent)
        return [column for column in columns if column is not None]


def survey_layout(
    table: RawTable, export: Export, settings: ReportSettings, survey: Survey, problems: list[Problem]
) -> SurveyLayout | None:
    """None, with problems, when something in the map is wrong."""
    before = len(problems)
    _check_keys(export, survey, problems)
    people = wanted_columns(export.columns, _USES)
    asked = _asked(export, survey, problems)
    answered = chain.from_iterable(columns.values() for columns in asked.values())
    indexes = find_columns(table, [*people.values(), *answered], problems)
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
    scales = _scales(survey, asked, problems)
    columns_of = {
        question.id: _answer_columns(
            question, scales[question.scale], export, asked[question.id], indexes=indexes, problems=problems
        )
        for question in survey.questions
        if question.id in asked and question.scale in scales
    }
    if len(problems) > before:
        return None
    questions = tuple(
        AskedQuestion(
            question, scales[question.scale], columns_of[question.id], next(iter(asked[question.id].values()))
        )
        for question in survey.questions
        if question.id in columns_of
    )
    no_answer = frozenset(map(value_key, ("", *export.no_answer)))
    return SurveyLayout(group, unit, sex, questions, columns.get("respondent"), no_answer)


def _check_keys(export: Export, survey: Survey, problems: list[Problem]) -> None:
    known = [GROUP, UNIT, SEX, OCCASION, *(as_written(scale.id) for scale in survey.scales)]
    keys = set(map(name_key, known))
    for key in export.values:
        if name_key(key) not in keys:
            found = f"okänd nyckel ”{key}” under ”värden”"
            problems.append(Problem(export.values.origin.of(key), found, remedy_for_unknown(key, known)))
    if not export.questions:
        remedy = "Skriv varje fråga på en egen rad, med kolumnens rubrik efter kolonet."
        problems.append(Problem(export.place("questions"), "”frågor” är tom", remedy))


Columns = Mapping[str, Wanted]  # of a question: by "", or by the answer that each is for


def _asked(export: Export, survey: Survey, problems: list[Problem]) -> dict[str, Columns]:
    """The columns of questions, by the ids of these."""
    ids = ids_by_name((question.id, question.text) for question in survey.questions)
    found: dict[str, Columns] = {}
    has_rows = export.columns.occasion is not None
    for key, heading in export.questions.items():
        id, place = ids.get(name_key(key)), export.questions.origin.of(key)
        if id is None:
            known = [as_written(question.id) for question in survey.questions]
            text = f"frågan ”{key}” finns inte i enkäten"
            problems.append(Problem(place, text, remedy_for_unknown(key, known)))
        elif id in found:
            first = next(iter(found[id].values())).place
            text = f"frågan ”{as_written(id)}” står två gånger, först på rad {first.line}"
            problems.append(Problem(place, text, "Behåll bara den ena raden."))
        elif has_rows and not survey.is_paired(id):
            text = f"frågan ”{as_written(id)}” ställs en gång, men filen har en rad för varje tillfälle"
            remedy = "Skriv ”före_och_efter: ja” på frågan, eller läs den i en inläsning för sig."
            problems.append(Problem(place, text, remedy))
        elif survey.is_paired(id):
            found[id] = _occasions(survey, id, heading, place, problems, has_rows=has_rows)
        elif isinstance(heading, str):
            found[id] = {"": Wanted(heading, place, f"frågan ”{as_written(id)}”")}
        else:
            found[id] = {
                answer: Wanted(of_answer, heading.origin.of(answer), f"svaret ”{answer}”")
                for answer, of_answer in heading.items()
            }
    return found


def _occasions(
    survey: Survey,
    id: str,
    heading: str | Pairs[str],
    place: Place,
    problems: list[Problem],
    *,
    has_rows: bool,
) -> Columns:
    """The columns of a question that is asked twice, the first occasion first."""
    scale, use = survey.asked_scale_of(id), f"frågan ”{as_written(id)}”, {{}}"
    if scale is not None and not scale.numbers:
        found = f"svaren på skalan ”{scale.name}” är inga tal, så det går inte att se vad som är högre"
        problems.append(Problem(scale.place("answers"), found, "Skriv ”tal: […]”, ett tal för varje svar."))
    if isinstance(heading, str) and has_rows:
        return {when: Wanted(name, place, use.format(when)) for when, name in occasions(heading)}
    headings = {} if isinstance(heading, str) else {answer_key(when): when for when in heading}
    if isinstance(heading, str) or set(headings) != {BEFORE, AFTER}:
        found = f"frågan ”{as_written(id)}” ställs före och efter, men här står inte de två kolumnerna"
        problems.append(
            Problem(place, found, f"Skriv ”{BEFORE}: rubriken” och ”{AFTER}: rubriken” under den.")
        )
        return {}
    return {
        when: Wanted(heading[headings[when]], heading.origin.of(headings[when]), use.format(when))
        for when in (BEFORE, AFTER)
    }


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
    return Trait(written, choices, stray, columns.get(field), of_all, _USES[field])


def _scales(survey: Survey, asked: Mapping[str, Columns], problems: list[Problem]) -> dict[str, AnswerScale]:
    """The scales of the questions that are asked, by id."""
    found: dict[str, AnswerScale] = {}
    for question in survey.questions:
        scale = survey.asked_scale_of(question.id)
        if scale is not None:
            found[scale.id] = scale
        elif question.id in asked:
            known = [as_written(scale.id) for scale in survey.scales]
            text = f"skalan ”{as_written(question.scale)}” finns inte"
            problems.append(Problem(question.place("scale"), text, remedy_for_unknown(question.scale, known)))
    return found


def _answer_columns(
    question: Question,
    scale: AnswerScale,
    export: Export,
    wanted: Columns,
    *,
    indexes: Mapping[Wanted, int],
    problems: list[Problem],
) -> tuple[AnswerColumn, ...]:
    names = (*scale.answers, *scale.no_answer)
    by_key = {value_key(name): (name,) for name in names}
    found = []
    for answer, column in wanted.items():
        own = None if question.paired else by_key.get(value_key(answer))
        if answer and own is None and not question.paired:
            text = f"svaret ”{answer}” finns inte på skalan ”{scale.name}”"
            problems.append(Problem(column.place, text, remedy_for_unknown(answer, names)))
        named = (
            by_key if own is None else {**dict.fromkeys(_CHOSEN, own), **dict.fromkeys(_NOT_CHOSEN, ("",))}
        )
        named |= {value_key(answer): own} if own else {}
        kind = SeveralChoices if question.several and own is None else Choices[Given]
        choices = kind(named, names, key=value_key, empty=())
        if own is None:
            choices.tie(pairs_of(export.values, scale.id), "svaret", _TWICE, problems)
        for text in export.no_answer:
            if choices[text]:
                told = f"”{text}” står vid ”inget_svar”, men är ett svar på skalan ”{scale.name}”"
                problems.append(Problem(export.place("no_answer"), told, "Behåll bara det ena."))
            choices.tied[value_key(text)] = ()
        found.append(AnswerColumn(indexes.get(column, 0), choices, _stray(scale, is_option=own is not None)))
    return tuple(found)


# What stands in a column of its own for an answer that was chosen, or not.
_CHOSEN, _NOT_CHOSEN = (
    ("ja", "x", "1", "vald", "valt", "yes", "sant"),
    ("nej", "0", "ej vald", "no", "falskt"),
)


def _stray(scale: AnswerScale, *, is_option: bool) -> Stray:
    if is_option:
        remedy = "Skriv Ja i filen om svaret är valt, och annars Nej eller ingenting."
        return Stray("det går inte att se om svaret är valt", remedy, many="värden, men ska ha Ja eller Nej")
    off = f"skalan ”{scale.name}”"
    remedy = (
        f"Skriv vad ett annat värde betyder under ”värden: {as_written(scale.id)}” i kartan,"
        " eller vid ”inget_svar” om det är inget svar."
    )
    names = (*scale.answers, *scale.no_answer)
    return Stray(f"svaret finns inte på {off}", remedy, known=names, many=f"svar utanför {off}")
