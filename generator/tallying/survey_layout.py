"""What the map of an export says, seen together with the survey and the headings of the file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from generator.model.fields import Pairs
from generator.model.frozen import Frozen
from generator.model.names import answer_key, as_written, ids_by_name, name_key, value_key
from generator.model.places import Place
from generator.model.raw import RawTable
from generator.model.settings import ReportSettings
from generator.model.survey import ANSWERED, MOVES, AnswerScale, Export, Question, Survey, move_of
from generator.tallying.choices import SEXES, Choices, SeveralChoices, sex_choices, written_units
from generator.tallying.columns import MapLayout, Wanted, find_columns, wanted_columns
from generator.tallying.findings import Fault
from generator.tallying.occasions import AFTER, BEFORE, OCCASION, occasions

GROUP, UNIT, SEX = "svarsgrupp", "enhet", "kön"
ALL = "alla"
# As maps name them, and how what is none of them is told, by field.
_KINDS = {
    "group": (GROUP, "värdet är ingen svarsgrupp"),
    "unit": (UNIT, "värdet är ingen enhet"),
    "sex": (SEX, "värdet är inget kön"),
}
_USES = {"respondent": "den svarande", "group": "svarsgruppen", "unit": "enheten", "sex": "könet"}


class Trait(Frozen):
    """What every respondent has one of, a group, a unit and a sex: in a column, or else the same for all.

    `written` is how the table writes each that there is, in its order.
    """

    written: Mapping[str, str]
    choices: Choices[str]
    stray: Fault
    column: int | None
    of_all: str
    said: str  # ”könet”

    def of(self, texts: Iterator[str]) -> str | None:
        """Of a respondent, of whom the texts in the columns of traits follow. None is not known."""
        return self.of_all if self.column is None else self.choices[next(texts)]


Given = tuple[str, ...]  # what a cell answers: "" says of one answer of several that it was not chosen


class AnswerColumn(Frozen):
    """A column with what may stand there; () for no answer."""

    index: int
    choices: Choices[Given]
    stray: Fault


class AskedQuestion(Frozen):
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
        numbers = [self.scale.numbers.get(answer_key(answer)) for (answer,) in cells]
        known = [number for number in numbers if number is not None]
        return (move_of(*known),) if len(known) > 1 else ()


Columns = Mapping[str, Wanted]  # of a question: by "", or by the answer that each is for


class SurveyLayout(MapLayout):
    """How the file is counted. Where something in the map is wrong, `problems` are not empty.

    The questions are in the order of the survey.
    """

    def __init__(self, table: RawTable, export: Export, settings: ReportSettings, survey: Survey) -> None:
        super().__init__(export.values)
        self.export, self.survey = export, survey
        self.check_values([GROUP, UNIT, SEX, OCCASION, *(as_written(scale.id) for scale in survey.scales)])
        if not export.questions:
            remedy = "Skriv varje fråga på en egen rad, med kolumnens rubrik efter kolonet."
            self.fault(export.place("questions"), "”frågor” är tom", remedy)
        people, asked = wanted_columns(export.columns, _USES), self._asked()
        answered = chain.from_iterable(columns.values() for columns in asked.values())
        self._indexes = find_columns(table, [*people.values(), *answered], self.problems)
        self._columns = {field: self._indexes.get(wanted) for field, wanted in people.items()}
        groups = {group.id: as_written(group.id) for group in survey.groups}
        group_ids, unit_ids = ids_by_name(survey.groups), ids_by_name(settings.every_unit)
        units = written_units(settings)
        sexes = {sex: sex for sex in (SEXES if "sex" in self._columns else (ALL,))}
        self.group = self._trait("group", Choices(group_ids, groups.values()), groups)
        self.unit = self._trait("unit", Choices(unit_ids, units.values()), units)
        self.sex = self._trait("sex", sex_choices(), sexes)
        self.traits = (self.group, self.unit, self.sex)
        self.questions = tuple(self._questions(asked))
        self.respondent = self._columns.get("respondent")
        no_answer = frozenset(map(value_key, ("", *export.no_answer)))
        self._is_answer = lru_cache(maxsize=2**12)(lambda text: value_key(text) not in no_answer)
        traits = [trait.column for trait in self.in_columns if trait.column is not None]
        answers = [column.index for question in self.questions for column in question.columns]
        respondent = [] if self.respondent is None else [self.respondent]
        self.columns = [*traits, *answers, *respondent]  # those that are read
        self.said_in, self.answers_in = _picker(traits), _picker(answers)

    @property
    def in_columns(self) -> list[Trait]:
        """The traits that have a column."""
        return [trait for trait in self.traits if trait.column is not None]

    def has_answers(self, texts: Iterable[str]) -> bool:
        """Whether somebody has answered anything, by the `answers_in` a row."""
        return any(map(self._is_answer, texts))

    def _asked(self) -> dict[str, Columns]:
        """The columns of questions, by the ids of these."""
        ids = ids_by_name(self.survey.questions, "text")
        found: dict[str, Columns] = {}
        for key, heading in self.export.questions.items():
            id, place = ids.get(name_key(key)), self.export.questions.origin.of(key)
            if id is None:
                known = (as_written(question.id) for question in self.survey.questions)
                self.unknown(place, "frågan", key, known, " i enkäten")
            elif id in found:
                first = next(iter(found[id].values())).place
                text = f"frågan ”{as_written(id)}” står två gånger, först på rad {first.line}"
                self.fault(place, text, "Behåll bara den ena raden.")
            elif self.survey.is_paired(id):
                found[id] = self._occasions(id, heading, place)
            elif self.export.columns.occasion is not None:
                text = f"frågan ”{as_written(id)}” ställs en gång, men filen har en rad för varje tillfälle"
                remedy = "Skriv ”före_och_efter: ja” på frågan, eller läs den i en inläsning för sig."
                self.fault(place, text, remedy)
            elif isinstance(heading, str):
                found[id] = {"": Wanted(heading, place, f"frågan ”{as_written(id)}”")}
            else:
                found[id] = {
                    answer: Wanted(of_answer, heading.origin.of(answer), f"svaret ”{answer}”")
                    for answer, of_answer in heading.items()
                }
        return found

    def _occasions(self, id: str, heading: str | Pairs[str], place: Place) -> Columns:
        """The columns of a question that is asked twice, the first occasion first."""
        scale, use = self.survey.asked_scale_of(id), f"frågan ”{as_written(id)}”, {{}}"
        if scale is not None and not scale.numbers:
            found = f"svaren på skalan ”{scale.name}” är inga tal, så det går inte att se vad som är högre"
            self.fault(scale.place("answers"), found, "Skriv ”tal: […]”, ett tal för varje svar.")
        if isinstance(heading, str) and self.export.columns.occasion is not None:
            return {when: Wanted(name, place, use.format(when)) for when, name in occasions(heading)}
        headings = {} if isinstance(heading, str) else {answer_key(when): when for when in heading}
        if isinstance(heading, str) or set(headings) != {BEFORE, AFTER}:
            found = f"frågan ”{as_written(id)}” ställs före och efter, men här står inte de två kolumnerna"
            self.fault(place, found, f"Skriv ”{BEFORE}: rubriken” och ”{AFTER}: rubriken” under den.")
            return {}
        return {
            when: Wanted(heading[headings[when]], heading.origin.of(headings[when]), use.format(when))
            for when in (BEFORE, AFTER)
        }

    def _trait(self, field: str, choices: Choices[str], written: Mapping[str, str]) -> Trait:
        """Without a column the one that is stated, or else the first: the only group, or the association."""
        export, is_in_column = self.export, field in self._columns
        kind, none = _KINDS[field]
        remedy = f"Skriv vad ett annat värde betyder under ”värden: {kind}” i kartan."
        stray = Fault(none, remedy, known=choices.known)
        choices.tie(export.values, kind, _USES[field], self.problems)
        stated: str | None = getattr(export, field, None)
        if stated is not None and is_in_column:
            found = f"”{kind}” står både för sig och under ”kolumner”"
            self.fault(export.place(field), found, "Behåll bara det ena.")
        elif stated is not None and stated not in choices.named:
            self.unknown(export.place(field), _USES[field], stated, stray.known)
        elif stated is None and field == "group" and not is_in_column and len(written) != 1:
            remedy = "Skriv ”svarsgrupp: …”, eller ange kolumnen under ”kolumner”."
            self.fault(export.place(), "här står inte vilken svarsgrupp som har svarat", remedy)
        of_all = next(iter(written), "") if stated is None else choices.named.get(stated, "")
        return Trait(written, choices, stray, self._columns.get(field), of_all, _USES[field])

    def _questions(self, asked: Mapping[str, Columns]) -> Iterator[AskedQuestion]:
        for question in self.survey.questions:
            scale, wanted = self.survey.asked_scale_of(question.id), asked.get(question.id)
            if wanted and scale is None:
                known = (as_written(scale.id) for scale in self.survey.scales)
                self.unknown(question.place("scale"), "skalan", question.scale, known)
            elif wanted and scale:
                columns = tuple(self._answer_columns(question, scale, wanted))
                yield AskedQuestion(question, scale, columns, next(iter(wanted.values())))

    def _answer_columns(
        self, question: Question, scale: AnswerScale, wanted: Columns
    ) -> Iterator[AnswerColumn]:
        names = (*scale.answers, *scale.no_answer)
        by_key = {value_key(name): (name,) for name in names}
        for answer, column in wanted.items():
            own, named = None if question.paired else by_key.get(value_key(answer)), by_key
            if answer and own is None and not question.paired:
                self.unknown(column.place, "svaret", answer, names, f" på skalan ”{scale.name}”")
            if own is not None:
                options = {**dict.fromkeys(_CHOSEN, own), **dict.fromkeys(_NOT_CHOSEN, ("",))}
                named = options | {value_key(answer): own}
            kind = SeveralChoices if question.several and own is None else Choices[Given]
            choices = kind(named, names, key=value_key, empty=())
            if own is None:
                choices.tie(self.export.values, scale.id, "svaret", self.problems)
            for text in self.export.no_answer:
                if choices[text]:
                    told = f"”{text}” står vid ”inget_svar”, men är ett svar på skalan ”{scale.name}”"
                    self.fault(self.export.place("no_answer"), told, "Behåll bara det ena.")
                choices.tied[value_key(text)] = ()
            stray = _stray(scale, is_option=own is not None)
            yield AnswerColumn(self._indexes.get(column, 0), choices, stray)


def _picker(columns: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """A function that takes the texts of some columns out of those of a row."""
    if len(columns) > 1:
        return itemgetter(*columns)
    return lambda texts: tuple(texts[column] for column in columns)


# What stands in a column of its own for an answer that was chosen, or not.
_TICKED = ("vald", "valt", "markerad", "markerat", "checked", "selected", "quoted")
_CHOSEN = ("ja", "j", "x", "1", "yes", "y", "sant", "true", "✓", "✔", "☑", "☒", *_TICKED)
_NOT_TICKED = (f"{no} {ticked}" for no in ("ej", "inte", "not") for ticked in _TICKED)
_NOT_CHOSEN = ("nej", "n", "0", "no", "falskt", "false", "☐", "unchecked", *_NOT_TICKED)


def _stray(scale: AnswerScale, *, is_option: bool) -> Fault:
    if is_option:
        remedy = "Skriv Ja eller Nej i filen. Är frågan inte besvarad, ange det vid ”inget_svar”."
        return Fault("det går inte att se om svaret är valt", remedy)
    off = f"skalan ”{scale.name}”"
    remedy = (
        f"Skriv vad ett annat värde betyder under ”värden: {as_written(scale.id)}” i kartan,"
        " eller vid ”inget_svar” om det är inget svar."
    )
    names = (*scale.answers, *scale.no_answer)
    return Fault(f"svaret finns inte på {off}", remedy, known=names, many=f"svar utanför {off}")
