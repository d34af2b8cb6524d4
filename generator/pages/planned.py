"""What was changed since the plan, in words: on the method page and for `bokslut jämför`."""

from collections.abc import Iterator

from generator.model.measures import IndicatorBase
from generator.model.names import upper_first
from generator.model.plan import Activity, Status, StrategicGoal
from generator.model.planned import Change, Item, Planned
from generator.pages import views, wording
from generator.pages.numbers import number_word


def planned_lead(planned: Planned) -> str:
    """”Tre saker har ändrats sedan planen.”"""
    number = len(planned.changes)
    if not number:
        return "Inget av mål, krav, vikter och aktiviteter har ändrats sedan dess."
    return f"{upper_first(number_word(number))} {'sak' if number == 1 else 'saker'} har ändrats sedan dess."


def changes_told(planned: Planned) -> tuple[str, ...]:
    return tuple(map(_told, planned.changes))


def plan_comparison(planned: Planned, title: str) -> views.Comparison:
    """Two reports of which one is a plan, which has no index to compare."""
    return views.Comparison(
        before_title=planned.title,
        after_title=title,
        summary="Mål, krav, vikter och aktiviteter är desamma."
        if not planned.changes
        else "Det som skiljer är mål, krav, vikter eller aktiviteter.",
        others_lead="Skillnader:",
        others=changes_told(planned),
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
        return f"{_name(after)}: ny{decided}"
    return f"{_name(after)}: {'; '.join(_differences(before, after)) or 'mäts på ett annat sätt'}"


def _name(item: Item) -> str:
    if isinstance(item, IndicatorBase):
        return f"{item.number} {item.text}"
    return f"{'Mål' if isinstance(item, StrategicGoal) else 'Aktivitet'} {item.id} {item.text}"


def _differences(before: Item, after: Item) -> Iterator[str]:
    """”kravet var minst 70 %, nu minst 75 %”"""
    if before.text != after.text:
        yield f"hette ”{before.text}”"
    if isinstance(before, IndicatorBase) and isinstance(after, IndicatorBase):
        if before.number != after.number:
            yield f"hade numret {before.number}"
        was, now = wording.target_text(before), wording.target_text(after)
        if was != now:
            yield f"kravet var {was}, nu {now}"
        if before.weight != after.weight:
            yield f"vikten var {before.weight or 'inte satt'}, nu {after.weight or 'inte satt'}"
        if after.dropped and not before.dropped:
            yield f"utgår: {after.dropped}"
    elif isinstance(after, StrategicGoal):
        yield from ["regeln är en annan"] if before.text == after.text else []
    elif isinstance(before, Activity) and isinstance(after, Activity):
        if before.when != after.when or before.due != after.due:
            yield "tiden är en annan"
        if before.goals != after.goals:
            yield "hör till andra mål"
        if after.status is Status.DROPPED and before.status is not Status.DROPPED:
            yield "utgår"
