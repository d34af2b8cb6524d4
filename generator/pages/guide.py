"""How to read the report: signals, index and answer scales."""

from collections.abc import Iterator

from generator.model.names import and_list, upper_first
from generator.model.report import Report
from generator.model.results import Signal, levels
from generator.model.settings import Rules
from generator.pages import parts, views, wording
from generator.pages.numbers import plain_number


def guide_part(report: Report) -> parts.GuidePart:
    return parts.GuidePart(
        signals=tuple(_signals(report)),
        index_signals=tuple(_index_signals(report.rules)) if report.budget.is_weighted else (),
        survey=report.survey,
    )


def guide_lead(rules: Rules) -> str:
    """”Grönt betyder att kravet är nått, orange att det är nära och rött att det är missat.”"""
    meanings = {
        Signal.GREEN: "betyder att kravet är nått",
        Signal.ORANGE: "att det är nära",
        Signal.PARTLY: "att det är delvis nått",
        Signal.RED: "att det är missat",
    }
    told = [f"{wording.COLORS[signal]} {meanings[signal]}" for signal in levels(rules)]
    return f"{upper_first(and_list(told))}."


def _signals(report: Report) -> Iterator[tuple[views.Signal, str]]:
    rules, is_weighted = report.rules, report.budget.is_weighted
    sizes = (rules.margin, rules.outer_margin or rules.margin)
    has_own = any(each.margin for each in report.budget.indicators)
    own = " (eller indikatorns egen marginal)" if has_own else ""
    margin, outer = (f"{wording.stated_points(size)}{own}" for size in sizes)
    credits = (rules.orange_credit, rules.partly_credit)
    told = (f"{wording.stated_percent(each)} av poängen" if each else "inga poäng" for each in credits)
    credit, partly = (f" Det ger {each}." if is_weighted else "" for each in told)
    meanings = {
        Signal.GREEN: "Utfallet når kravet."
        + (" Står det en siffra i symbolen är det poängen som indikatorn gav." if is_weighted else ""),
        Signal.ORANGE: f"Kravet är inte nått, men utfallet är högst {margin} ifrån.{credit}",
        Signal.PARTLY: f"Utfallet är längre från kravet än så, men högst {outer}.{partly}",
        Signal.RED: f"Utfallet {'är längre från kravet än så' if rules.signals > 2 else 'når inte kravet'}.",
    }
    for signal in wording.signals_in_use(rules):
        yield signal, meanings[Signal(signal.key)]
    why = "Skälet står alltid intill"
    why += ", och indikatorn räknas inte med i index." if is_weighted else "."
    if not all(report.is_due(each) and each.target.is_set for each in report.budget.indicators):
        unjudged = f"Det finns ett utfall, men inget krav som det ska nå i år. {why}"
        yield views.Signal(wording.NO_SIGNAL, wording.NOT_JUDGED), unjudged
    yield views.Signal(wording.NO_SIGNAL, wording.NOT_MEASURED), f"Det finns inget utfall. {why}"


def _index_signals(rules: Rules) -> Iterator[tuple[views.Signal, str]]:
    target = plain_number(rules.index_target * 100)
    close = plain_number((rules.index_target - rules.index_margin) * 100)
    meanings = {
        Signal.GREEN: f"Index är {target} eller mer.",
        Signal.ORANGE: f"Index är minst {close} men under {target}.",
        Signal.RED: f"Index är under {close if rules.signals > 2 else target}.",
    }
    for signal in levels(rules):
        if signal in meanings:
            yield views.Signal(signal, wording.INDEX_WORDS[signal]), meanings[signal]
