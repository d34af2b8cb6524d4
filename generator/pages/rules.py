"""The rules that a report is scored by, and the measures it uses, written out."""

from __future__ import annotations

from generator.model.measures import MEASURES
from generator.model.report import Report
from generator.model.settings import EmptyGroup, Rules
from generator.pages import views
from generator.pages.numbers import count, percent, plain_number, points
from generator.pages.wording import target_text


def rules_in_force(rules: Rules, *, is_weighted: bool) -> list[views.Rule]:
    listed = []
    if is_weighted:
        listed += [
            views.Rule(
                "Indexmål",
                plain_number(rules.index_target * 100),
                "Det index som organisationen vill nå, för varje område och totalt.",
            ),
            views.Rule(
                "Poäng för orange",
                percent(rules.orange_credit, rules.rounding),
                "Så stor del av vikten ger en indikator som är nära målet.",
            ),
            views.Rule(
                "Litet underlag",
                f"färre än {count(rules.small_basis)}",
                "Så många svar eller personer räknas som få när index prövas för små underlag.",
            ),
        ]
    if rules.signals > 2:
        listed.append(
            views.Rule(
                "Marginal för orange",
                points(rules.margin, rules.rounding),
                "Så långt från kravet kan ett utfall vara och ändå räknas som nära.",
            )
        )
    listed += [
        views.Rule(
            "Minsta antal svar",
            count(rules.minimum_answers),
            "Med färre svar än så får en enkätfråga ingen signal.",
        ),
        views.Rule(
            "Könsfördelning i en tom grupp",
            str(rules.empty_group),
            "Så räknas en grupp utan personer."
            if rules.empty_group is EmptyGroup.MET
            else "En grupp utan personer får ingen signal.",
        ),
        views.Rule(
            "Avrundning",
            str(rules.rounding),
            "Tal avrundas bara när de skrivs ut. Jämförelser görs alltid med det exakta talet.",
        ),
    ]
    return listed


def measures_in_use(report: Report) -> list[views.Rule]:
    """Each measure that the budget uses, with the first target that is written for it."""
    examples: dict[type, str] = {}
    for indicator in sorted(report.budget.indicators, key=lambda one: not one.target.is_set):
        examples.setdefault(type(indicator), target_text(indicator))
    return [
        views.Rule(measure.title, examples[measure], measure.meaning)
        for measure in MEASURES
        if measure in examples
    ]
