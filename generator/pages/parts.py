"""The content of each part of a report: what its template calls `part`."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.views import (
    Activity,
    AmountTable,
    Area,
    BackgroundTable,
    Calculation,
    CalendarDay,
    Change,
    ComparedRule,
    Comparison,
    Contact,
    Coverage,
    Difference,
    Figure,
    GoalRule,
    Index,
    Link,
    Note,
    ParticipantTable,
    Rule,
    Scale,
    Signal,
    SignalCount,
    SourceFile,
    Spread,
    Story,
    StrategicGoal,
    Text,
    Unit,
)


@dataclass(frozen=True)
class KeyFigure:
    value: Figure  # "787", "77 %"
    label: str  # "personer deltog under året"
    basis: str  # "247 av 319", or ""
    page: str  # the page that tells more


@dataclass(frozen=True)
class Overview:
    """parts/oversikt.html: the front page."""

    index: Index
    areas: tuple[Area, ...]
    signals: tuple[SignalCount, ...]  # green, orange, red and (when there are any) not measured
    indicator_count: str  # those that count in the index
    key_figures: tuple[KeyFigure, ...]
    texts: tuple[Text, ...]
    stories: tuple[Story, ...]  # a few, for teasers


@dataclass(frozen=True)
class AreaPart:
    """parts/omrade.html"""

    area: Area
    spreads: tuple[Spread, ...] = ()  # in print, when the report has them


@dataclass(frozen=True)
class IndexPart:
    """parts/index.html: the IMPACTindex table."""

    areas: tuple[Area, ...]
    index: Index
    goal_count: str
    indicator_count: str
    ideal_sum: str
    warnings: tuple[str, ...]  # areas whose weight differs from the ideal
    what_ifs: tuple[tuple[str, str], ...]
    comparison: Comparison | None  # with an earlier report, when there is one
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class ParticipantsPart:
    """parts/deltagare.html"""

    tables: tuple[ParticipantTable, ...]
    background: tuple[BackgroundTable, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class ChangesPart:
    """parts/helarsekvivalenter.html"""

    anchor: str
    caption: str
    place_word: str  # "Kommun": the heading of the places
    years: str  # "2021 jämfört med 2020"
    changes: tuple[Change, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class StoriesPart:
    """parts/exempel.html"""

    stories: tuple[Story, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class TextsPart:
    """parts/texter.html: the narrative, about the organisation"""

    texts: tuple[Text, ...]


@dataclass(frozen=True)
class TablesPart:
    """parts/tabeller.html: the economy, and the author's own parts"""

    texts: tuple[Text, ...]
    tables: tuple[AmountTable, ...]
    savings: tuple[str, ...]  # the equity against what may be saved, in sentences
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class SignaturesPart:
    """parts/underskrifter.html"""

    document: str  # "årsredovisningen"
    town: str
    roles: tuple[str, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class UnitsPart:
    """parts/enheter.html: the matrix of units and areas"""

    areas: tuple[Area, ...]  # the association's own, for the headings and the last row
    index: Index
    organisation: str
    units: tuple[Unit, ...]
    reported_note: str  # what the mark on reported results means, or ""
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class UnitPart:
    """parts/enhet.html"""

    unit: Unit


@dataclass(frozen=True)
class BudgetPart:
    """parts/social-budget.html: the whole budget with outcomes"""

    areas: tuple[Area, ...]
    index: Index
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class PlanPart:
    """parts/strategiska-mal.html: the goals of the plan"""

    texts: tuple[Text, ...]
    title: str = ""
    intro: str = ""
    goals: tuple[StrategicGoal, ...] = ()
    grades: tuple[str, ...] = ()  # the board's scale, the lowest first
    weighed: tuple[str, ...] = ()  # what the board takes into account, in order
    rules: tuple[GoalRule, ...] = ()
    activities: tuple[Activity, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()


@dataclass(frozen=True)
class GuidePart:
    """parts/lasanvisning.html: how to read the report"""

    texts: tuple[Text, ...]
    signals: tuple[tuple[Signal, str], ...]  # each signal with what it means under the rules in force
    index_signals: tuple[tuple[Signal, str], ...]  # the same for the index
    index: Index  # the report's own, as the worked example
    scales: tuple[Scale, ...]


@dataclass(frozen=True)
class CalculatedArea:
    name: str  # "1 Samhälls- och medlemsnytta"
    anchor: str
    earned: str  # "38 av 68 poäng"; where the points are taken over it says from where
    calculations: tuple[Calculation, ...]


@dataclass(frozen=True)
class MethodPart:
    """parts/metod.html: rules, calculations and reconciliation"""

    texts: tuple[Text, ...]
    decided: str  # what was decided and whether the content is still that, or ""
    protection: str
    rules: tuple[Rule, ...]
    measures: tuple[Rule, ...]  # each measure in use: name, an example of a target, how it is computed
    coverage: tuple[Coverage, ...]
    areas: tuple[CalculatedArea, ...]
    what_ifs: tuple[tuple[str, str], ...]  # "Om orange gav halva vikten", "Index 80 (141 av 177 poäng)."
    compared: tuple[ComparedRule, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class AuditPart:
    """parts/underlag.html: what the audit edition adds"""

    calculations: tuple[Link, ...]  # of each unit
    files: tuple[Link, ...]


@dataclass(frozen=True)
class UnitCalculationsPart:
    """parts/berakningar.html: the calculations of one unit, in the audit edition"""

    areas: tuple[CalculatedArea, ...]


@dataclass(frozen=True)
class SourcePart:
    """parts/kalla.html: one of the author's files, in the audit edition"""

    file: SourceFile


@dataclass(frozen=True)
class ContactPart:
    """parts/kontakt.html"""

    contact: Contact
    texts: tuple[Text, ...]
