"""The content of each part of a report beside its texts: what its template calls `part`."""

from dataclasses import dataclass

from generator.model.survey import Survey
from generator.pages import views


@dataclass(frozen=True)
class KeyFigure:
    value: views.Figure  # "787", "77 %"
    label: str  # "personer deltog under året"
    basis: str  # "247 av 319", or ""
    page: str  # the page that tells more


@dataclass(frozen=True)
class Overview:
    """parts/oversikt.html: the front page."""

    verdict: views.Verdict
    decisive: tuple[views.Finding, ...]  # the indicators that were nearest to their targets
    if_met: str  # what the close ones would have made of the index, or ""
    areas: str  # where the points went, in a sentence
    signals: tuple[views.SignalCount, ...]  # green, orange, red and (when there are any) not measured
    key_figures: tuple[KeyFigure, ...]
    stories: tuple[views.Story, ...]  # a few, for teasers


@dataclass(frozen=True)
class AreaPart:
    """parts/omrade.html"""

    area: views.Area
    spreads: tuple[views.Spread, ...] = ()  # in print, when the report has them
    sexes: tuple[views.PointTable, ...] = ()  # women beside men
    answers: tuple[views.AnswerRow, ...] = ()  # how questions were answered


@dataclass(frozen=True)
class IndexPart:
    """parts/index.html: the IMPACTindex table."""

    goal_count: str
    indicator_count: str
    ideal_sum: str
    warnings: tuple[str, ...]  # areas whose weight differs from the ideal
    what_ifs: tuple[tuple[str, str], ...]
    comparison: views.Comparison | None  # with an earlier report, when there is one


@dataclass(frozen=True)
class ParticipantsPart:
    """parts/deltagare.html"""

    table: views.ParticipantTable | None  # of all together
    compared: tuple[views.PointTable, ...]  # with the year before
    units: views.UnitsPeople | None
    units_share: views.PointTable | None
    background: tuple[views.BackgroundTable, ...]


@dataclass(frozen=True)
class ChangesPart:
    """parts/helarsekvivalenter.html"""

    anchor: str
    caption: str
    place_word: str  # "Kommun": the heading of the places
    years: str  # "2021 jämfört med 2020"
    changes: tuple[views.Change, ...]


@dataclass(frozen=True)
class TablesPart:
    """parts/tabeller.html: the economy, and the author's own parts"""

    tables: tuple[views.AmountTable, ...]
    savings: tuple[str, ...]  # the equity against what may be saved, in sentences
    notes: tuple[views.Note, ...]


@dataclass(frozen=True)
class UnitsPart:
    """parts/enheter.html: the heat table of units and areas"""

    units: tuple[views.Unit, ...]  # each with a page of its own
    bases: tuple[views.ColumnGroup, ...]  # where the points of the areas are from; () when computed here
    rows: tuple[views.HeatRow, ...]  # the highest index first
    whole: views.HeatRow


@dataclass(frozen=True)
class PlanPart:
    """parts/strategiska-mal.html: the goals of the plan"""

    title: str = ""
    intro: str = ""
    goals: tuple[views.StrategicGoal, ...] = ()
    grades: tuple[str, ...] = ()  # the board's scale, the lowest first
    weighed: tuple[str, ...] = ()  # what the board takes into account, in order
    rules: tuple[views.GoalRule, ...] = ()
    activities: tuple[views.Activity, ...] = ()
    calendar: tuple[views.CalendarDay, ...] = ()


@dataclass(frozen=True)
class GuidePart:
    """parts/lasanvisning.html: how to read the report"""

    signals: tuple[tuple[views.Signal, str], ...]  # each signal with what it means under the rules in force
    index_signals: tuple[tuple[views.Signal, str], ...]  # the same for the index
    survey: Survey  # its scales are shown


@dataclass(frozen=True)
class CalculatedArea:
    name: str  # "1 Samhälls- och medlemsnytta"
    anchor: str
    earned: str  # "38 av 68 poäng"; where the points are taken over it says from where
    calculations: tuple[views.Calculation, ...]


@dataclass(frozen=True)
class MethodPart:
    """parts/metod.html: rules, calculations and reconciliation"""

    protection: str
    rules: tuple[views.Rule, ...]
    measures: tuple[views.Rule, ...]  # each measure in use: name, an example of a target, how it is computed
    coverage: tuple[views.Coverage, ...]
    areas: tuple[CalculatedArea, ...]
    what_ifs: tuple[tuple[str, str], ...]  # "Om orange gav halva vikten", "Index 80 (141 av 177 poäng)."
    compared: tuple[views.ComparedRule, ...]
    differences: tuple[views.Difference, ...]


@dataclass(frozen=True)
class DataPart:
    """parts/oppna-data.html. Paths lead from the report's folder."""

    tables: tuple[views.DataTable, ...]
    workbook: str
    results: str
    package: str
    licence: str  # what may be done with the data; the name of the licence follows
    licence_name: str  # "CC0 1.0", or "" when none is decided
    licence_address: str
    citation: str
    address: str  # of the report's first page, "" when it is not known


@dataclass(frozen=True)
class AuditPart:
    """parts/underlag.html: what the audit edition adds"""

    calculations: tuple[views.Link, ...]  # of each unit
    files: tuple[views.Link, ...]
