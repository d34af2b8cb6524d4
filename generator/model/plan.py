"""verksamhetsplan.yaml: strategic goals, each followed up by a rule and by the board's own assessment."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from generator.model.entry import Entry, key, mistake
from generator.model.fields import Date, DayOrMonth, Id, OneOrMore, TargetField, Text, YesOrNo
from generator.model.grades import Grades, grade_numbers
from generator.model.names import name_key, repeated
from generator.model.narrative import Markdown

PLAN_FILE = "verksamhetsplan.yaml"


class GoalRule(Entry):
    """Each indicator must meet the level, or else its own target, and enough must have answered.

    Descriptions must be written, and activities completed.
    """

    indicators: tuple[Id, ...] = key("indikatorer", default=(), min_length=1)
    level: TargetField | None = key("nivå", "Vad varje indikator ska nå; annars sitt eget krav.", None)
    response_rate: TargetField | None = key(
        "svarsfrekvens", "Hur många av de tillfrågade som minst ska ha svarat, i varje svarsgrupp.", None
    )
    descriptions: tuple[Id, ...] = key(
        "beskrivningar", "Texter i berattelse/ som ska finnas.", (), min_length=1
    )
    activities: Literal["genomförda och utvärderade"] | None = key("aktiviteter", default=None)

    def check(self) -> None:
        if not self.indicators and not self.descriptions and self.activities is None:
            remedy = "Skriv ”indikatorer: […]” eller ”aktiviteter: genomförda och utvärderade”."
            mistake("regeln säger inte vad som ska vara uppfyllt", remedy)
        for name, asked in (("nivå", self.level), ("svarsfrekvens", self.response_rate)):
            if asked is not None and not self.indicators:
                mistake(f"”{name}” gäller inga indikatorer", "Lägg till ”indikatorer: […]”.", key=name)
        twice = repeated(self.indicators, name_key)
        if twice is not None:
            mistake(f"indikator {twice} står två gånger", "Behåll bara den ena.", key="indikatorer")


class Assessment(Entry):
    """The board's grade of a goal, as its number or its name, with the reason."""

    grade: Id = key("betyg")
    reason: Text = key("motivering")


class StrategicGoal(Entry):
    id: Id
    text: Text
    rule: GoalRule | None = key("regel", default=None)
    weighed: tuple[Text, ...] = key(
        "styrelsen_väger_in", "Det som gäller för målet, i stället för planens.", ()
    )
    assessment: Assessment | None = key("styrelsens_bedömning", default=None)


class Status(StrEnum):
    PLANNED = "planerad"
    ONGOING = "pågår"
    DONE = "genomförd"
    DROPPED = "utgår"


class Activity(Entry):
    id: Id
    text: Text
    goals: OneOrMore[Id] = key("mål", "De mål som den hör till, om det finns något.", ())
    status: Status = Status.PLANNED
    when: Text | None = key("när", "I ord, till exempel våren.", None)
    responsible: Text | None = key("ansvarig", "Rollen eller organet.", None)
    due: Date | None = key("senast", "Datumet då den ska vara klar.", None)
    evaluated: YesOrNo = key("utvärderad", default=False)
    follow_up: Text | None = key("uppföljning", "Vad den gav, eller varför den utgår.", None)

    @property
    def is_completed(self) -> bool:
        return self.status is Status.DONE and self.evaluated

    def check(self) -> None:
        if self.evaluated and self.status is Status.PLANNED:
            remedy = "Ändra raden ”status”, eller skriv ”utvärderad: nej”."
            mistake("aktiviteten är utvärderad men bara planerad", remedy, key="utvärderad")


class CalendarDay(Entry):
    """A month without a day is one whose day is not decided."""

    date: DayOrMonth = key("datum")
    what: Text = key("vad")
    time: Text | None = key("tid", default=None)
    who: Text | None = key("vilka", default=None)
    where: Text | None = key("plats", default=None)
    items: tuple[Text, ...] = key("innehåll", default=())


class Plan(Entry):
    """verksamhetsplan.yaml"""

    title: Text = key("titel")
    intro: Text | None = key("ingress", default=None)
    goals: tuple[StrategicGoal, ...] = key("mål", min_length=1)
    grades: Grades = key("betygsskala", "Betygen i ordning, det lägsta först.", ())
    weighed: tuple[Text, ...] = key(
        "styrelsen_väger_in", "Det som styrelsen tar hänsyn till, det viktigaste först.", ()
    )
    activities: tuple[Activity, ...] = key("aktiviteter", default=())
    calendar: tuple[CalendarDay, ...] = key("kalender", default=())

    def check(self) -> None:
        if not self.grades and any(goal.assessment for goal in self.goals):
            remedy = "Lägg till ”betygsskala: [Inte alls, …, Helt och hållet]”, det lägsta betyget först."
            mistake("målen har betyg men det finns ingen skala", remedy)

    def grade_of(self, goal: StrategicGoal) -> int | None:
        """The number of the board's grade; None when it has set none that is on the scale."""
        if goal.assessment is None:
            return None
        return grade_numbers(self.grades).get(name_key(goal.assessment.grade))

    def activities_of(self, goal: StrategicGoal) -> tuple[Activity, ...]:
        """The activities that are to be done for a goal: those that have not been dropped."""
        kept = (activity for activity in self.activities if activity.status is not Status.DROPPED)
        return tuple(activity for activity in kept if goal.id in activity.goals)

    @property
    def bodies(self) -> Iterator[Markdown]:
        """Everything in which a figure may be named."""
        if self.intro is not None:
            yield body_of(self, "intro")
        yield from (body_of(goal.assessment, "reason") for goal in self.goals if goal.assessment)
        yield from (body_of(done, "follow_up") for done in self.activities if done.follow_up)


def body_of(entry: Entry, field: str) -> Markdown:
    """A text of an entry as one in which figures are named."""
    place = entry.place(field)
    return Markdown(getattr(entry, field), place.file, place.line)
