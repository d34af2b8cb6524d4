"""The survey: who was asked what, and the answers that could be given."""

from pydantic import Field

from generator.model.entry import Entry, former_id, key, mistake
from generator.model.fields import AskedPairs, NameKey, Text, WholeNumber, YesOrNo
from generator.model.names import answer_key, repeated
from generator.model.raw import FileMap

MAX_NUMBER = 100  # of an answer
HIGHER, SAME, LOWER = MOVES = ("högre", "oförändrat", "lägre")  # by the numbers of a scale
ANSWERED = "svarande"  # the row of those who answered a question with several answers


def move_of(before: int, after: int) -> str:
    """How the second of two numbers differs from the first."""
    return SAME if after == before else HIGHER if after > before else LOWER


class RespondentGroup(Entry):
    id: NameKey = Field(description="Vad gruppen kallas i tabellerna.")
    name: Text = key("namn")
    corresponds: NameKey | None = former_id("Gruppens")
    asked: WholeNumber | None = key("tillfrågade", "Hur många som fick enkäten.", None, ge=1)


class AnswerScale(Entry):
    """The answers of a scale in order. `no_answer` count neither as numerator nor as denominator."""

    id: NameKey
    name: Text = key("namn")
    answers: tuple[Text, ...] = key("svar", "Svaren i ordning.", min_length=1)
    no_answer: tuple[Text, ...] = key(
        "räknas_inte", "Svar som varken räknas för eller emot, till exempel Vet inte.", ()
    )
    stated_numbers: tuple[WholeNumber, ...] = key(
        "tal", "Ett heltal för varje svar, för medelvärde och median.", ()
    )
    note: Text | None = key("kommentar", default=None)

    @property
    def no_answer_keys(self) -> frozenset[str]:
        return frozenset(map(answer_key, self.no_answer))

    @property
    def by_key(self) -> dict[str, str]:
        """Every answer that can be given, by its key."""
        return {answer_key(answer): answer for answer in (*self.answers, *self.no_answer)}

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each answer by its key: the one that is stated, or the answer itself; or none."""
        keys = [answer_key(answer) for answer in self.answers]
        if self.stated_numbers:
            return dict(zip(keys, self.stated_numbers, strict=True))
        are_numbers = all(key.isdecimal() and int(key) <= MAX_NUMBER for key in keys)
        return {key: int(key) for key in keys} if are_numbers else {}

    def check(self) -> None:
        """Each answer stands once, and has a number of its own if any has."""
        numbers = self.stated_numbers
        if numbers and (len({*numbers}) < len(self.answers) or len(numbers) != len(self.answers)):
            found = f"skalan ”{self.name}” har {len(self.answers)} svar, men {len({*numbers})} olika tal"
            mistake(found, "Skriv ett eget heltal för varje svar, i samma ordning som svaren.", "tal")
        if any(not 0 <= number <= MAX_NUMBER for number in numbers):
            mistake(f"skalan ”{self.name}” har ett tal utanför 0–{MAX_NUMBER}", "Skriv heltal från 0.", "tal")
        answer = repeated((*self.answers, *self.no_answer), answer_key)
        if answer is not None:
            key = "räknas_inte" if answer in self.no_answer else "svar"
            remedy = 'Behåll bara det ena. Ett svar med komma sätts inom citattecken: ["Ja, helt", Nej].'
            mistake(f"svaret ”{answer}” står två gånger på skalan ”{self.name}”", remedy, key)


class Question(Entry):
    id: NameKey = Field(description="Vad frågan kallas i tabellerna.")
    text: Text = Field(description="Frågan som den ställdes.")
    corresponds: NameKey | None = former_id("Frågans")
    scale: NameKey = key("skala", "Skalan med de svar som går att ge.")
    several: YesOrNo = key("flera_svar", "Om den svarande får välja flera av skalans svar.", False)
    paired: YesOrNo = key("före_och_efter", "Om de svarande får frågan två gånger och jämförs.", False)

    def check(self) -> None:
        if self.several and self.paired:
            found = "svaren på en fråga med flera svar kan inte bli högre eller lägre"
            mistake(found, "Behåll bara det ena av ”flera_svar” och ”före_och_efter”.", "före_och_efter")


class ExportColumns(Entry):
    """The columns of an export, by their headings, that tell about a respondent."""

    respondent: Text | None = key(
        "svarande", "Ett id för varje svarande, så att ingen räknas två gånger.", None
    )
    group: Text | None = key("svarsgrupp", default=None)
    unit: Text | None = key("enhet", default=None)
    sex: Text | None = key("kön", default=None)
    occasion: Text | None = key(
        "tillfälle", "Före eller efter, när den svarande har en rad för varje gång.", None
    )


class Export(FileMap):
    """How an export of a survey tool, with a row for each respondent, is read.

    `values` are by ”svarsgrupp”, ”enhet”, ”kön” or the id of a scale. `questions` are the headings of the
    questions by their ids, or for a question with a column for each answer the headings by answer.
    """

    id: NameKey = Field(description="Vad exporten kallas när flera finns.")
    group: NameKey | None = key("svarsgrupp", "De svarande, när de är av ett slag.", None)
    unit: NameKey | None = key("enhet", "De svarandes enhet, när de har en.", None)
    first_row: WholeNumber = key("svar_från_rad", default=0, ge=0)
    columns: ExportColumns = key("kolumner", default=ExportColumns.model_construct())
    no_answer: tuple[Text, ...] = key(
        "inget_svar", "Det som betyder att frågan inte är besvarad. Tomt gör det alltid.", ()
    )
    questions: AskedPairs = key("frågor")


class Survey(Entry):
    """enkat.yaml"""

    groups: tuple[RespondentGroup, ...] = key("svarsgrupper", default=())
    scales: tuple[AnswerScale, ...] = key("skalor", default=())
    questions: tuple[Question, ...] = key("frågor", default=())
    exports: tuple[Export, ...] = key("inläsning", default=())

    def group(self, id: str) -> RespondentGroup | None:
        return next((group for group in self.groups if group.id == id), None)

    def question(self, id: str) -> Question | None:
        return next((question for question in self.questions if question.id == id), None)

    def text_of(self, question_id: str) -> str:
        question = self.question(question_id)
        return question.text if question else ""

    def has_several(self, question_id: str) -> bool:
        return any(question.several for question in self.questions if question.id == question_id)

    def is_paired(self, question_id: str) -> bool:
        return any(question.paired for question in self.questions if question.id == question_id)

    def asked_scale_of(self, question_id: str) -> AnswerScale | None:
        """The answers that respondents choose among."""
        wanted = {question.scale for question in self.questions if question.id == question_id}
        return next((scale for scale in self.scales if scale.id in wanted), None)

    def scale_of(self, question_id: str) -> AnswerScale | None:
        """The answers that are counted: of a question that is asked twice, how the second differs."""
        scale = self.asked_scale_of(question_id)
        if scale is None or not self.is_paired(question_id):
            return scale
        return scale.model_copy(update={"answers": MOVES, "no_answer": (), "stated_numbers": ()})

    def numbers_of(self, question_id: str) -> dict[str, int]:
        """The numbers of a question's answers by their keys; none where its scale has none."""
        scale = self.scale_of(question_id)
        return scale.numbers if scale else {}
