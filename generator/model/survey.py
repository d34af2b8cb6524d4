"""The survey: who was asked what, and the answers that could be given."""

from __future__ import annotations

from pydantic import Field, model_validator

from generator.model.entry import Entry, mistake
from generator.model.fields import NameKey, Text, WholeNumber
from generator.model.names import answer_key, repeated


class RespondentGroup(Entry):
    id: NameKey
    name: Text = Field(alias="namn")
    asked: WholeNumber | None = Field(
        None, alias="tillfrågade", ge=1, description="Hur många som fick enkäten."
    )


class AnswerScale(Entry):
    """The answers of a scale in order. `no_answer` count neither as numerator nor as denominator."""

    id: NameKey
    name: Text = Field(alias="namn")
    answers: tuple[Text, ...] = Field(alias="svar", min_length=1)
    no_answer: tuple[Text, ...] = Field((), alias="räknas_inte")
    note: Text | None = Field(None, alias="kommentar")

    @property
    def no_answer_keys(self) -> frozenset[str]:
        return frozenset(map(answer_key, self.no_answer))

    @property
    def by_key(self) -> dict[str, str]:
        """Every answer that can be given, by its key."""
        return {answer_key(answer): answer for answer in (*self.answers, *self.no_answer)}

    @model_validator(mode="after")
    def _each_answer_stands_once(self) -> AnswerScale:
        answer = repeated((*self.answers, *self.no_answer), answer_key)
        if answer is not None:
            key = "räknas_inte" if answer in self.no_answer else "svar"
            mistake(f"svaret ”{answer}” står två gånger på skalan ”{self.name}”", "Behåll bara det ena.", key)
        return self


class Question(Entry):
    id: NameKey
    text: Text
    scale: NameKey = Field(alias="skala")


class Survey(Entry):
    """enkat.yaml"""

    groups: tuple[RespondentGroup, ...] = Field((), alias="svarsgrupper")
    scales: tuple[AnswerScale, ...] = Field((), alias="skalor")
    questions: tuple[Question, ...] = Field((), alias="frågor")

    def group(self, id: str) -> RespondentGroup | None:
        return next((group for group in self.groups if group.id == id), None)

    def question(self, id: str) -> Question | None:
        return next((question for question in self.questions if question.id == id), None)

    def scale_of(self, question_id: str) -> AnswerScale | None:
        question = self.question(question_id)
        if question is None:
            return None
        return next((scale for scale in self.scales if scale.id == question.scale), None)
