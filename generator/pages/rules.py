"""The rules that a report is scored by, and the measures it uses, written out."""

from generator.model.measures import MEASURES
from generator.model.report import Report
from generator.model.settings import EmptyGroup, Rules
from generator.pages import parts
from generator.pages.numbers import count, percent, plain_number, points
from generator.pages.wording import target_text

_MEANINGS = {
    "Indexmål": "Det index som organisationen vill nå, för varje område och totalt.",
    "Poäng för orange": "Så stor del av vikten ger en indikator som är nära målet.",
    "Litet underlag": "Så många svar eller personer räknas som få när index prövas för små underlag.",
    "Marginal för orange": "Så långt från kravet kan ett utfall vara och ändå räknas som nära.",
    "Yttre marginal": "Så långt från kravet kan ett utfall vara och ändå räknas som delvis uppnått.",
    "Poäng inom den yttre marginalen": "Så stor del av vikten ger en indikator som har nått målet delvis.",
    "Minsta antal svar": "Med färre svar än så får en enkätfråga ingen signal.",
    "Avrundning": "Tal avrundas bara när de skrivs ut. Jämförelser görs alltid med det exakta talet.",
}
_EMPTY_GROUPS = {
    EmptyGroup.MET: "Så räknas en grupp utan personer.",
    EmptyGroup.NOT_MEASURED: "En grupp utan personer får ingen signal.",
}


def rules_in_force(rules: Rules, *, is_weighted: bool) -> list[parts.Rule]:
    values = {}
    if is_weighted:
        values["Indexmål"] = plain_number(rules.index_target * 100)
        values["Poäng för orange"] = percent(rules.orange_credit, rules.rounding)
        values["Litet underlag"] = f"färre än {count(rules.small_basis)}"
    if rules.signals > 2:
        values["Marginal för orange"] = points(rules.margin, rules.rounding)
    if rules.outer_margin is not None:
        values["Yttre marginal"] = points(rules.outer_margin, rules.rounding)
        values["Poäng inom den yttre marginalen"] = percent(rules.partly_credit, rules.rounding)
    values["Minsta antal svar"] = count(rules.minimum_answers)
    values["Könsfördelning i en tom grupp"] = rules.empty_group
    values["Avrundning"] = rules.rounding
    meanings = {**_MEANINGS, "Könsfördelning i en tom grupp": _EMPTY_GROUPS[rules.empty_group]}
    return [(name, value, meanings[name]) for name, value in values.items()]


def measures_in_use(report: Report) -> list[parts.Rule]:
    examples: dict[type, str] = {}
    for indicator in sorted(report.budget.indicators, key=lambda indicator: not indicator.target.is_set):
        examples.setdefault(type(indicator), target_text(indicator))
    used = (measure for measure in MEASURES if measure in examples)
    return [(measure.title, examples[measure], measure.meaning) for measure in used]
