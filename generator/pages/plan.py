"""The strategic goals of the plan, each with what its rule says and the board's grade; what was changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.model.budget import Area
from generator.model.contents import Part
from generator.model.entry import said
from generator.model.measures import Indicator, IndicatorBase
from generator.model.names import and_list, as_written, name_key, one_of, upper_first
from generator.model.plan import Activity, GoalRule, Plan, Status, StrategicGoal, body_of
from generator.model.plan_results import Change, GoalOutcome, Item, Planned, ResponseRate, RulePart, Verdict
from generator.model.quantities import Limit, Rounding
from generator.model.report import Report
from generator.model.results import Signal
from generator.model.shown import ShownReport
from generator.pages import addresses, parts, views, wording
from generator.pages.indicators import indicator_view
from generator.pages.narratives import indicator_link
from generator.pages.numbers import NBSP, count, number_word, of_all, percent, typographic
from generator.pages.references import References

ACTIVITIES = "plan-aktiviteter"
_SYMBOLS = {Verdict.MET: Signal.GREEN, Verdict.NOT_MET: Signal.RED}
_DIFFERS = {
    Verdict.MET: "Regeln är uppfylld, men styrelsens betyg ligger i skalans nedre halva.",
    Verdict.NOT_MET: "Regeln är inte uppfylld, men styrelsens betyg ligger i skalans övre halva.",
}


def plan_part(published: ShownReport) -> parts.PlanPart:
    """The plan as readers see it; nothing of a report without one."""
    plan = published.report.plan
    if plan is None:
        return parts.PlanPart()
    references = References(published, published.association)
    groups = _groups(published.strategic_goals)
    return parts.PlanPart(
        plan=plan,
        intro=references.expand(body_of(plan, "intro")) if plan.intro else "",
        goals=tuple(_goal(outcome, groups, references) for outcome in published.strategic_goals),
        rules=tuple(_rule(goals, published) for goals in groups),
        activities=_activities(plan, references),
    )


def goal_links(report: Report) -> tuple[views.Link, ...]:
    """The strategic goals on the first page of a plan."""
    goals = report.plan.goals if report.plan and report.is_plan else ()
    told = ((f"{goal.id} {goal.text}", addresses.goal_anchor(goal.id)) for goal in goals)
    return tuple(views.Link(Part.PLAN.page, text, anchor) for text, anchor in told)


def plan_lead(outcomes: Sequence[GoalOutcome]) -> str:
    """How many goals are met by their rules: ”Två av sju mål är uppfyllda enligt reglerna.”"""
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    if verdicts.total() == verdicts[None]:
        return "Målen i verksamhetsplanen, som styrelsen bedömer dem."
    if verdicts.total() == verdicts[None] + verdicts[Verdict.NOT_YET]:
        return f"{upper_first(number_word(len(outcomes), 'ett'))} mål, som följs upp efter året."
    told = (
        (Verdict.NOT_MET, "är inte det"),
        (Verdict.UNDECIDED, "går inte att avgöra"),
        (Verdict.NOT_YET, "avgörs senare"),
        (Verdict.HIDDEN, "visas inte"),
        (None, "bedöms bara av styrelsen"),
    )
    met, total = verdicts[Verdict.MET], verdicts.total()
    word = "uppfyllt" if met < 2 else "uppfyllda"
    found = ((verdicts[verdict], words) for verdict, words in told)
    others = [f"{number_word(number, 'ett', total)} {words}" for number, words in found if number]
    whole = f"{upper_first(of_all(met, total, 'ett'))} mål är {word} enligt reglerna"
    return f"{and_list([whole, *others])}."


# The goals


def _goal(
    outcome: GoalOutcome, groups: list[list[GoalOutcome]], references: References
) -> views.StrategicGoal:
    goal, rule, verdict = outcome.goal, outcome.goal.rule, outcome.verdict
    rounding = references.report.rules.rounding
    is_shared = _are_due(outcome) and any(outcome in goals and len(goals) > 1 for goals in groups)
    symbol = _SYMBOLS.get(verdict, wording.NO_SIGNAL) if verdict else ""
    return views.StrategicGoal(
        outcome=outcome,
        anchor=addresses.goal_anchor(goal.id),
        verdict=views.Signal(symbol, upper_first(verdict.value)) if verdict else None,
        rule=" ".join(_rule_text(outcome, rule, rounding, is_shared=is_shared)) if rule else "",
        basis=tuple(_basis(outcome, groups)),
        reason=references.expand(body_of(goal.assessment, "reason")) if goal.assessment else "",
        differs=_DIFFERS[verdict] if outcome.differs and verdict else "",
        places=(goal.place(), *(activity.place() for activity in outcome.activities)),
    )


def _are_due(outcome: GoalOutcome) -> bool:
    """Whether there is something to tell of the indicators of a rule."""
    return any(part.verdict is not Verdict.NOT_YET for part in outcome.parts)


def _rule_text(outcome: GoalOutcome, rule: GoalRule, rounding: Rounding, *, is_shared: bool) -> Iterator[str]:
    """What several goals have in common is told once, where their indicators are: here only how many hold."""
    if is_shared:
        met = sum(part.verdict is Verdict.MET for part in outcome.parts)
        yield f"{count(met)} av {count(len(outcome.parts))} indikatorer når nivån."
    elif rule.indicators:
        yield from _of_indicators(outcome, rule)
    yield from _of_others(outcome, rule, rounding)


def _of_others(outcome: GoalOutcome, rule: GoalRule, rounding: Rounding) -> Iterator[str]:
    """What is asked for beside outcomes, and how that is. What is not due has nothing to be told of."""
    if rule.response_rate:
        yield f"Av dem som fick enkäten ska {typographic(rule.response_rate.text)} ha svarat."
        yield from _of_rates(outcome.rates, rounding, rule.response_rate.limits)
    if rule.descriptions:
        named = one_of(rule.descriptions, "och")
        yield f"{'Beskrivningarna' if len(rule.descriptions) > 1 else 'Beskrivningen'} {named} ska finnas."
        if outcome.verdict is not Verdict.NOT_YET:
            left = one_of(outcome.unwritten, "och")
            yield f"Kvar att skriva är {left}." if left else _done("gör", rule.descriptions)
    if rule.activities:
        yield "Målets aktiviteter ska vara genomförda och utvärderade."
        if outcome.verdict is not Verdict.NOT_YET:
            yield from _of_activities(outcome.activities)


def _of_rates(rates: Sequence[ResponseRate], rounding: Rounding, limits: tuple[Limit, ...]) -> Iterator[str]:
    """”Deltagare: 65 %.” of each group"""
    for rate in rates:
        if rate.share is not None:
            yield f"{rate.group}: {percent(rate.share, rounding, limits)}."
        elif rate.verdict is not Verdict.NOT_YET:
            yield f"{rate.group}: {rate.verdict.value}."


def _of_indicators(outcome: GoalOutcome, rule: GoalRule) -> Iterator[str]:
    level = typographic(rule.level.text) if rule.level else "sitt krav"
    first, is_one = outcome.parts[0].result.indicator.number, len(outcome.parts) == 1
    yield f"{f'Indikator {first}' if is_one else 'Varje indikator'} ska nå {level}."
    if _are_due(outcome):
        yield from [_of_one(outcome.parts[0])] if is_one else _of_several(outcome.parts)


def _of_one(part: RulePart) -> str:
    told = {
        Verdict.MET: "Det gör den.",
        Verdict.NOT_MET: "Det gör den inte.",
        Verdict.HIDDEN: "Om den gör det visas inte, eftersom talen är skyddade.",
    }
    return told.get(part.verdict) or f"Den {_lacks([part])}: {part.result.reason}."


def _of_several(asked: Sequence[RulePart]) -> Iterator[str]:
    """”4 av 6 gör det. 4.5a gör det inte. 1.4a är inte mätt: för få svar.”"""
    verdicts = (Verdict.MET, Verdict.NOT_MET, Verdict.HIDDEN)
    met, missed, hidden = (_ids(asked, verdict) for verdict in verdicts)
    if met and len(met) == len(asked):
        yield f"{_all(asked)} gör det."
    elif met:
        yield f"{count(len(met))} av {count(len(asked))} gör det."
    if missed:
        yield f"{and_list(missed)} gör det inte."
    if hidden:
        yield f"Om {and_list(hidden)} gör det visas inte, eftersom talen är skyddade."
    undecided = [part for part in asked if part.verdict is Verdict.UNDECIDED]
    for reason in dict.fromkeys(part.result.reason for part in undecided):
        alike = [part for part in undecided if part.result.reason == reason]
        yield f"{and_list(_ids(alike, Verdict.UNDECIDED))} {_lacks(alike)}: {reason}."


def _ids(asked: Sequence[RulePart], verdict: Verdict) -> list[str]:
    return [part.result.indicator.number for part in asked if part.verdict is verdict]


def _lacks(undecided: Sequence[RulePart]) -> str:
    """What those lack that cannot be judged for the same reason."""
    if undecided[0].result.outcome.is_measured:
        return "har ingen signal"
    return "är inte mätt" if len(undecided) == 1 else "är inte mätta"


def _of_activities(activities: Sequence[Activity]) -> Iterator[str]:
    left = [activity.id for activity in activities if not activity.is_completed]
    if not activities:
        yield "Det finns inga aktiviteter att följa upp."
    elif left:
        done = len(activities) - len(left)
        yield f"{count(done)} av {count(len(activities))} är det. Kvar är {and_list(left)}."
    else:
        yield _done("är", activities)


def _done(verb: str, several: Sequence[object]) -> str:
    return f"{_all(several)} {verb} det." if len(several) > 1 else f"Det {verb} den."


def _all(several: Sequence[object]) -> str:
    return "Båda" if len(several) == 2 else f"Alla {count(len(several))}"


def _basis(outcome: GoalOutcome, groups: list[list[GoalOutcome]]) -> Iterator[views.Link]:
    """Where what a rule asks for is shown one by one."""
    for goals in groups:
        if outcome in goals:
            what = "Utfallen" if _are_due(outcome) else "Indikatorerna"
            yield views.Link(Part.PLAN.page, f"{what} för {_goals_text(goals)}", _rule_anchor(goals))
    if outcome.activities:
        yield views.Link(Part.PLAN.page, f"Aktiviteterna för mål{NBSP}{outcome.goal.id}", ACTIVITIES)


def _activities(
    plan: Plan, references: References
) -> tuple[tuple[tuple[str, ...], tuple[tuple[Activity, str], ...]], ...]:
    """Those of the same goals together, in the order of the goals; last those of none."""
    groups: dict[tuple[str, ...], list[tuple[Activity, str]]] = {}
    for activity in plan.activities:
        came = references.expand(body_of(activity, "follow_up")) if activity.follow_up else ""
        groups.setdefault(tuple(dict.fromkeys(activity.goals)), []).append((activity, came))
    order = [name_key(goal.id) for goal in plan.goals]
    places = {goals: [order.index(name_key(goal)) for goal in goals] or [len(order)] for goals in groups}
    return tuple((goals, tuple(groups[goals])) for goals in sorted(groups, key=places.__getitem__))


# What the rules ask for: those of several goals that ask for the same indicators are one


def _groups(outcomes: Sequence[GoalOutcome]) -> list[list[GoalOutcome]]:
    groups: dict[tuple[object, ...], list[GoalOutcome]] = {}
    for outcome in outcomes:
        rule = outcome.goal.rule
        if rule is not None and rule.indicators:
            groups.setdefault((frozenset(rule.indicators), rule.level), []).append(outcome)
    return list(groups.values())


def _goals_text(goals: Sequence[GoalOutcome]) -> str:
    return f"mål{NBSP}{and_list([outcome.goal.id for outcome in goals])}"


def _rule_anchor(goals: Sequence[GoalOutcome]) -> str:
    return f"plan-regel-{name_key(goals[0].goal.id)}"


def _rule(goals: list[GoalOutcome], published: ShownReport) -> views.GoalRule:
    rule = goals[0].goal.rule
    return views.GoalRule(
        anchor=_rule_anchor(goals),
        goals=upper_first(_goals_text(goals)),
        told=" ".join(_of_indicators(goals[0], rule)) if rule and len(goals) > 1 else "",
        indicators=tuple(_indicator(part, rule, published) for part in goals[0].parts),
    )


def _indicator(
    part: RulePart, rule: GoalRule | None, published: ShownReport
) -> tuple[views.Link, views.Indicator]:
    view = indicator_view(part.result, published.association.unit, published)
    target = typographic(rule.level.text) if rule and rule.level else view.target
    place = indicator_link(part.result.indicator, published.report)
    return place, replace(view, target=target, signal=_part_view(part))


def _part_view(part: RulePart) -> views.Signal:
    if part.verdict in (Verdict.UNDECIDED, Verdict.NOT_YET):
        return wording.signal_view(part.result)
    words = {Verdict.MET: "Når nivån", Verdict.NOT_MET: "Når inte nivån", Verdict.HIDDEN: "Visas inte"}
    return views.Signal(_SYMBOLS.get(part.verdict, wording.NO_SIGNAL), words[part.verdict])


# What was changed since the plan: on the method page and for `bokslut jämför`


def planned_lead(planned: Planned) -> str:
    """”Tre saker har ändrats sedan planen.”"""
    number = len(changes_told(planned))
    if not number:
        return "Inget av mål, krav, vikter, regler och aktiviteter har ändrats sedan dess."
    return f"{upper_first(number_word(number))} {'sak' if number == 1 else 'saker'} har ändrats sedan dess."


def changes_told(planned: Planned) -> tuple[str, ...]:
    """The rules first: they hold for all."""
    return *_replaced(*map(wording.rules_told, planned.rules)), *map(_told, planned.changes)


def plan_comparison(planned: Planned, title: str) -> views.Comparison:
    """Two reports of which one is a plan, which has no index to compare."""
    return views.Comparison(
        before_title=planned.title,
        after_title=title,
        summary="Det som skiljer är mål, krav, vikter, regler eller aktiviteter."
        if (others := changes_told(planned))
        else "Mål, krav, vikter, regler och aktiviteter är desamma.",
        others_lead="Skillnader:",
        others=others,
    )


def _told(change: Change) -> str:
    before, after = change.before, change.after
    if after is None:
        return f"{_name(before)}: finns inte kvar" if before else ""
    if before is None:
        decided = ""
        if isinstance(after, IndicatorBase):
            weight = f", vikten {after.weight}" if after.weight else ""
            decided = f", kravet är {wording.target_text(after)}{weight}"
        return f"{_name(after)}: {'ny' if isinstance(after, IndicatorBase | Activity) else 'nytt'}{decided}"
    return f"{_name(after)}: {'; '.join(_differences(before, after)) or 'har ändrats'}"


def _name(item: Item) -> str:
    if isinstance(item, IndicatorBase):
        return f"{item.number} {item.text}"
    kind = {Area: "Område", Activity: "Aktivitet"}.get(type(item), "Mål")
    return f"{kind} {item.id} {_text(item)}"


def _text(item: Item) -> str:
    return item.name if isinstance(item, Area) else item.text


def _differences(before: Item, after: Item) -> Iterator[str]:
    """”kravet var minst 70 %, nu minst 75 %”"""
    if _text(before) != _text(after):
        yield f"hette ”{_text(before)}”"
    if isinstance(before, IndicatorBase) and isinstance(after, IndicatorBase):
        if before.number != after.number:
            yield f"hade numret {before.number}"
        yield from _replaced(_demands(before), _demands(after))
        if before.scope != after.scope:
            yield "gäller för andra"
        if before.dropped != after.dropped:
            yield f"utgår: {after.dropped}" if after.dropped else "utgår inte längre"
        if before.measured != after.measured:
            yield "mäts på ett annat sätt"
    elif isinstance(before, Area) and isinstance(after, Area):
        ideals = [area.ideal_weight for area in (before, after)]
        told = ({} if ideal is None else {"idealvikten": wording.stated_percent(ideal)} for ideal in ideals)
        yield from _replaced(*told)
    elif isinstance(before, StrategicGoal) and isinstance(after, StrategicGoal):
        if said(before, ())["rule"] != said(after, ())["rule"]:
            yield "regeln är en annan"
    elif isinstance(before, Activity) and isinstance(after, Activity):
        if before.when != after.when or before.due != after.due:
            yield "tiden är en annan"
        if before.goals != after.goals:
            yield "hör till andra mål"
        if before.responsible != after.responsible:
            yield f"ansvarig var {before.responsible or 'inte satt'}, nu {after.responsible or 'inte satt'}"
        if (after.status is Status.DROPPED) != (before.status is Status.DROPPED):
            yield "utgår" if after.status is Status.DROPPED else "utgår inte längre"


def _replaced(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for what in {**before, **after}:
        was, now = (side.get(what, "inte satt") for side in (before, after))
        if was != now:
            yield f"{what} var {was}, nu {now}"


def _demands(indicator: Indicator) -> dict[str, str]:
    own = ", ".join(f"{as_written(name)} {target.text}" for name, target in indicator.target.own)
    margins = {"marginalen": indicator.margin, "yttre marginalen": indicator.outer_margin}
    told = {what: wording.exact_text(margin) if margin else "rapportens" for what, margin in margins.items()}
    weight = str(indicator.weight or "inte satt")
    return {"kravet": own or wording.target_text(indicator), "vikten": weight, **told}
