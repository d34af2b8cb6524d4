"""The method and audit part: rules, coverage, every calculation, what flips the index, what was compared."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from generator.model.measures import MEASURES
from generator.model.names import and_list, upper_first
from generator.model.reconciliation import Identity, Rule, Verdict
from generator.model.report import Report
from generator.model.results import AreaResult, UnitResult
from generator.model.settings import EmptyGroup, Rules
from generator.model.shown import HIDDEN, ShownReport
from generator.model.survey import RespondentGroup
from generator.pages import parts, views
from generator.pages.addresses import area_calculations_anchor
from generator.pages.calculations import calculation
from generator.pages.explanations import what_if_steps
from generator.pages.numbers import DASH, count, long_date, percent, typographic
from generator.pages.plan import changes_told
from generator.pages.references import PROTECTED, computed_text, given_text
from generator.pages.sources import DataRows, source_refs
from generator.pages.wording import HIDDEN_TEXT, of_text, rules_told, target_text

AUDITED = "Granskningsutgåvan visar alla tal, också sådana som röjandekontrollen döljer i det som publiceras."


def method_part(published: ShownReport, rows: DataRows | None) -> parts.MethodPart:
    """`rows` are what readers can see; in the audit edition, without any, they see the author's files."""
    report = published.report
    what_ifs = published.what_ifs.get(report.association.id)
    return parts.MethodPart(
        protection=AUDITED if rows is None else protection_text(published),
        rules=tuple(_rules_in_force(report.rules, is_weighted=report.budget.is_weighted)),
        measures=tuple(_measures_in_use(report)),
        coverage=tuple(_coverage(group, published) for group in report.survey.groups),
        areas=calculated_areas(published.association, published, rows),
        changes=changes_told(published.planned) if published.planned else (),
        what_ifs=tuple(
            (label, f"{upper_first(text).rstrip('.')}.")
            for label, text in (what_if_steps(what_ifs, published) if what_ifs else ())
        ),
        compared=tuple(_tally(published)),
        differences=tuple(_differences(published, rows)),
    )


def reconciled_lead(published: ShownReport) -> str:
    """How the reconciliation ended."""
    counted = Counter(identity.verdict for identity in published.reconciliation.identities)
    words = (
        (Verdict.HOLDS, "stämmer"),
        (Verdict.ROUNDING, "skiljer sig bara genom avrundning"),
        (Verdict.EXPLAINED, "har en förklaring"),
    )
    told = [f"{count(counted[verdict])} {word}" for verdict, word in words if counted[verdict]]
    if not told:
        return "Reglerna och varje uträkning."
    every, many = ("den", "jämförelse") if counted.total() == 1 else ("alla", "jämförelser")
    told = told if counted.total() > counted[Verdict.HOLDS] else [f"{every} stämmer"]
    return f"{count(counted.total())} {many} av tal som hänger ihop: {and_list(told)}."


def calculated_areas(
    unit: UnitResult, published: ShownReport, rows: DataRows | None = None
) -> tuple[parts.CalculatedArea, ...]:
    """Every indicator of a unit, area by area; areas that are taken over without outcomes are left out."""
    areas = []
    for area in unit.areas:
        shown = [result for result in area.results if result.outcome.is_measured or not area.reported]
        if shown:
            name = f"{area.area.id} {area.area.name}"
            told = tuple(calculation(result, unit, published, rows) for result in shown)
            anchor = area_calculations_anchor(area.area.id)
            areas.append(parts.CalculatedArea(name, anchor, _earned(area), told))
    return tuple(areas)


def _earned(area: AreaResult) -> str:
    """”38 av 68 poäng”, or where points that are taken over come from."""
    index = area.index
    if not index.possible:
        return ""
    points = f"{of_text(index.earned, index.possible)} poäng"
    return f"{points}, övertagna från {area.reported.source}." if area.reported else f"Tillsammans {points}."


def decided_text(published: ShownReport) -> str:
    """What was decided, and whether the content is still that; "" when nothing is."""
    state = published.report.seal
    if state is None:
        return ""
    decision = f"Rapporten är fastställd av {state.seal.by} den {long_date(state.seal.decided)}."
    if state.is_unchanged:
        return f"{decision} Innehållet är detsamma som då."
    kinds = (
        (state.changed, "ändrad", "ändrade"),
        (state.added, "ny", "nya"),
        (state.removed, "borttagen", "borttagna"),
    )
    changes = [
        f"1 {singular} fil" if len(paths) == 1 else f"{count(len(paths))} {plural} filer"
        for paths, singular, plural in kinds
        if paths
    ]
    return f"{decision} Innehållet har ändrats sedan dess: {and_list(changes)}."


def protection_text(published: ShownReport) -> str:
    threshold = published.report.settings.disclosure_threshold
    if threshold is None:
        return "Röjandekontroll: av. Alla antal visas som de är."
    counted = "Signaler, poäng och index" if published.report.budget.is_weighted else "Signalerna"
    return (
        f"Röjandekontroll: antal från 1 till {count(threshold - 1)} visas inte, och inte heller andra tal som"
        f" skulle avslöja dem. I tabellerna står två punkter i stället. {counted} är räknade"
        " på de riktiga talen."
    )


def hidden_note(published: ShownReport) -> str:
    """What two dots stand for, under the tables that have them."""
    if published.report.settings.disclosure_threshold is None:
        return ""
    return "Två punkter (..) betyder att talet inte visas, för att ingen ska kunna kännas igen."


def _coverage(group: RespondentGroup, published: ShownReport) -> views.Coverage:
    """From the outcomes that are shown: one that is hidden says nothing here either."""
    answered = [
        result.outcome.denominator
        for result in published.association.results
        if result.indicator.asked is not None
        and result.indicator.asked[0] == group.id
        and result.outcome.denominator is not None
    ]
    asked = "" if group.asked is None else count(group.asked)
    if not answered:
        return views.Coverage(group.name, asked, DASH, DASH)
    least, most = min(answered), max(answered)
    told = count(most) if least == most else f"{count(least)}{DASH}{count(most)}"
    rounding = published.report.rules.rounding
    rate = percent(Fraction(most, group.asked), rounding) if group.asked else DASH
    return views.Coverage(group.name, asked, told, rate)


def _tally(published: ShownReport) -> Iterator[tuple[str, ...]]:
    for rule, verdicts in published.reconciliation.tally.items():
        told = (verdicts[verdict] for verdict in (Verdict.HOLDS, Verdict.ROUNDING, Verdict.EXPLAINED))
        yield rule.value, *map(count, (verdicts.total(), *told))


_OF_OTHERS = {Rule.RESULT, Rule.BALANCE, Rule.EQUITY, Rule.CASH}  # compared with what is no sum of theirs


def _differences(published: ShownReport, rows: DataRows | None) -> Iterator[views.Difference]:
    for identity in published.reconciliation.identities:
        if identity.verdict in (Verdict.ROUNDING, Verdict.EXPLAINED):
            given, computed = identity.cells[: identity.of_given], computed_text(identity, published)
            # Disclosure control hides both sides; of a control total only the printed one.
            if identity.is_hidden and not identity.figure:
                computed = HIDDEN_TEXT
            against = f" mot {identity.against}" if identity.rule in _OF_OTHERS else ""
            yield views.Difference(
                what=upper_first(f"{identity.what}{against}"),
                given=given_text(identity),
                computed=PROTECTED if computed is HIDDEN else str(computed),
                why=_why(identity, is_hidden=computed is HIDDEN),
                sources=rows.of_typed(given) if rows else source_refs(given, published.report.id),
            )


def _why(identity: Identity, *, is_hidden: bool) -> str:
    if identity.verdict is Verdict.ROUNDING:
        return "Avrundning av talen förklarar skillnaden."
    if is_hidden:
        return "Röjandekontrollen döljer talen och förklaringen."
    source = f" Tryckt i {identity.source}." if identity.rule is Rule.CONTROLS else ""
    return typographic(f"{identity.explanation.rstrip('.')}.{source}")


# The rules that it is scored by, and the measures it uses


_MEANINGS = {
    "Indexmål": "Det index som organisationen vill nå, för varje område och totalt.",
    "Marginal för orange index": "Så långt under indexmålet kan ett index vara och ändå räknas som nära.",
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


def _rules_in_force(rules: Rules, *, is_weighted: bool) -> list[parts.Rule]:
    meanings = {**_MEANINGS, "Könsfördelning i en tom grupp": _EMPTY_GROUPS[rules.empty_group]}
    values = rules_told(rules, is_weighted=is_weighted).items()
    return [(name, value, meanings[name]) for name, value in values]


def _measures_in_use(report: Report) -> list[parts.Rule]:
    examples: dict[type, str] = {}
    for indicator in sorted(report.budget.indicators, key=lambda indicator: not indicator.target.is_set):
        examples.setdefault(type(indicator), target_text(indicator))
    used = (measure for measure in MEASURES if measure in examples)
    return [(measure.title, examples[measure], measure.meaning) for measure in used]
