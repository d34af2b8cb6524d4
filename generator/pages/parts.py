"""The content of each part of a report beside its texts: what its template calls `part`."""

from generator.model.frozen import Frozen
from generator.model.open_data import DataTable
from generator.model.plan import Activity, Plan
from generator.model.survey import Survey
from generator.pages import views

Rule = tuple[str, str, str]  # name, value and meaning


class KeyFigure(Frozen):
    value: views.Figure  # "787", "77 %"
    label: str  # "personer deltog under året"
    basis: str = ""  # "247 av 319"


class Overview(Frozen):
    """parts/oversikt.html: the front page."""

    verdict: views.Verdict
    decisive: tuple[views.Finding, ...]  # the indicators that were nearest to their targets
    if_met: str  # what the close ones would have made of the index, or ""
    areas: views.Verdict  # where the points went, in a sentence
    signals: tuple[
        tuple[views.Signal, int], ...
    ]  # how many of each, without one only where any are; () in a plan
    goals: tuple[views.Link, ...]  # of a plan: its strategic goals
    planned: tuple[str, str, str] | None  # the plan's address in the site, its title, how much was changed
    key_figures: tuple[KeyFigure, ...]
    stories: tuple[views.Story, ...]  # a few, for teasers


class IndexPart(Frozen):
    """parts/index.html: the IMPACTindex table."""

    ideal_sum: str
    warnings: tuple[str, ...]  # areas whose weight differs from the ideal
    what_ifs: tuple[tuple[str, str], ...]
    comparison: views.Comparison | None  # with an earlier report, when there is one


class ParticipantsPart(Frozen):
    """parts/deltagare.html"""

    table: views.ParticipantTable | None  # of all together
    compared: tuple[views.PointTable, ...]  # with the year before
    units: tuple[views.UnitsPeople, ...]
    units_share: views.PointTable | None
    background: tuple[views.BackgroundTable, ...]


class ChangesPart(Frozen):
    """parts/helarsekvivalenter.html"""

    anchor: str
    summary: str  # "Minskning i alla sex kommuner."
    place_word: str  # "Kommun": the heading of the places
    years: str  # "2021 jämfört med 2020"
    changes: tuple[views.Change, ...]


class TablesPart(Frozen):
    """parts/tabeller.html: the economy, and the author's own parts"""

    tables: tuple[views.AmountTable, ...]
    savings: tuple[str, ...]  # the equity against what may be saved, in sentences
    notes: tuple[views.Note, ...]


class UnitsPart(Frozen):
    """parts/enheter.html: the heat table of units and areas"""

    units: tuple[views.Unit, ...]  # each with a page of its own
    bases: tuple[tuple[str, int], ...]  # where the points of so many areas are from; () when computed here
    ranked: tuple[views.Unit, ...]  # the highest index first
    whole: str  # the name of all together


class PlanPart(Frozen):
    """parts/strategiska-mal.html: the goals of the plan"""

    plan: Plan | None = None
    intro: str = ""
    goals: tuple[views.StrategicGoal, ...] = ()
    rules: tuple[views.GoalRule, ...] = ()
    # by the goals that they are for, with what came of each as readers see it
    activities: tuple[tuple[tuple[str, ...], tuple[tuple[Activity, str], ...]], ...] = ()


class GuidePart(Frozen):
    """parts/lasanvisning.html: how to read the report"""

    signals: tuple[tuple[views.Signal, str], ...]  # each signal with what it means under the rules in force
    index_signals: tuple[tuple[views.Signal, str], ...]  # the same for the index
    survey: Survey  # its scales are shown


class CalculatedArea(Frozen):
    name: str  # "1 Samhälls- och medlemsnytta"
    anchor: str
    earned: str  # "38 av 68 poäng"; where the points are taken over it says from where
    calculations: tuple[views.Calculation, ...]


class MethodPart(Frozen):
    """parts/metod.html: rules, calculations and reconciliation"""

    protection: str
    rules: tuple[Rule, ...]
    measures: tuple[Rule, ...]  # each measure in use: name, an example of a target, how it is computed
    coverage: tuple[views.Coverage, ...]
    areas: tuple[CalculatedArea, ...]
    changes: tuple[str, ...]  # since the plan: "1.2.1 Avslut: kravet var minst 70 %, nu minst 75 %"
    what_ifs: tuple[tuple[str, str], ...]  # "Om orange gav halva vikten", "Index 80 (141 av 177 poäng)."
    compared: tuple[tuple[str, ...], ...]  # rules, each with how many there are, and of them of each verdict
    differences: tuple[views.Difference, ...]


class DataPart(Frozen):
    """parts/oppna-data.html"""

    tables: tuple[DataTable, ...]
    allowed: tuple[str, str]  # what may be done with the data; then the name of the licence follows
    citation: str
    address: str  # of the report's first page, "" when it is not known


class AuditPart(Frozen):
    """parts/underlag.html: what the audit edition adds"""

    calculations: tuple[views.Link, ...]  # of each unit
    files: tuple[views.Link, ...]
