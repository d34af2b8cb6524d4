"""What a reader should know first, in sentences that are true by themselves: how it went, and why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor
from operator import itemgetter

from generator.model.names import and_list, lower_first, upper_first
from generator.model.narrative import TextHead
from generator.model.outcome import NotMeasured
from generator.model.places import Problem
from generator.model.quantities import Kind, Limit
from generator.model.results import AreaResult, Index, IndicatorResult, Signal, UnitResult, levels
from generator.model.sensitivity import Sensitivity
from generator.model.settings import Rules
from generator.model.shown import ShownReport
from generator.pages import views, wording
from generator.pages.comparing import indexes_told
from generator.pages.measures import flip_text
from generator.pages.narratives import indicator_link
from generator.pages.numbers import NBSP, NOT_NOUGHT, count, number_word, of_all, plain_number, points
from generator.pages.pictures import tally

FEW = 5  # so many are listed; more are counted


# The report


def report_verdict(published: ShownReport) -> views.Verdict:
    """The author's own words go first; what she does not say is computed."""
    head = authors_verdict(published)
    title, lead = (head.heading, head.lead) if head else (None, None)
    index, rules = published.association.index, published.report.rules
    if published.report.is_plan:
        aim = f"Det här vill vi nå {published.report.period}"
        return views.Verdict(title or aim, lead or budget_verdict(published))
    if index.measured < index.total / 2:
        return views.Verdict(title or _hardly_measured(index), lead or "")
    if index.share is None:
        counted = published.association.counted
        return views.Verdict(title or _targets_met(counted), lead or _targets_missed(counted))
    return views.Verdict(title or _index_verdict(index, rules), lead or _best_and_worst(published))


def authors_verdict(published: ShownReport) -> TextHead | None:
    """The text of the overview that has a heading or a lead of its own for the first page."""
    heads = (text.head for text in published.report.texts)
    return next((head for head in heads if head.heading or head.lead), None)


_CLAIM = re.compile(
    r"\b(?:nå(?:r|dde|tt)|klara(?:r|de|t))\b(?P<words>[^.!?]*?)\b(?:index)?mål(?:et|en)?\b", re.I
)
_DENIAL = re.compile(r"\bmissa(?:r|de|t)\b[^.!?]*?\bmål(?:et|en)?\b", re.I)


def verdict_problems(published: ShownReport) -> Iterator[Problem]:
    head, signal = authors_verdict(published), published.association.index.signal
    if head is None or head.heading is None or signal is None:
        return
    claim = _CLAIM.search(head.heading)
    is_negated = claim is not None and re.search(r"\binte\b", claim["words"], re.I) is not None
    is_denied = is_negated or _DENIAL.search(head.heading) is not None
    said = "inte är nått" if is_denied else "är nått" if claim else ""
    if said and is_denied == (signal is Signal.GREEN):
        true = _index_verdict(published.association.index, published.report.rules)
        found = f"rubriken ”{head.heading}” säger att målet {said}, men talen säger: {true}"
        yield Problem(head.place("heading"), found, "Ändra rubriken, eller ta bort den: då skrivs en.")


def _index_verdict(index: Index, rules: Rules) -> str:
    target = rules.index_target * index.possible
    if index.earned == index.possible:
        return f"Vi nådde målet och fick {_all_points(index)}"
    if index.signal is Signal.GREEN:
        spare = floor(index.earned - target)
        spared = f"med {number_word(spare)} poäng till godo" if spare else "men utan en enda poäng till godo"
        return f"Vi nådde målet, {spared}"
    how = "var nära" if index.signal is Signal.ORANGE else "nådde inte"
    lacking = wording.points_needed(target - index.earned, rules)
    told = count(lacking) if lacking % 1 else number_word(int(lacking))
    return f"Vi {how} målet: det fattades {told} poäng"


def _all_points(index: Index) -> str:
    """What cannot be judged gives no points."""
    return f"alla poäng{' som gick att få' if index.possible < index.worth else ''}"


def _best_and_worst(published: ShownReport) -> str:
    """The areas with the highest and the lowest index, where there is one of each."""
    areas = [(area.index.share, area) for area in published.association.areas if area.index.share is not None]
    areas.sort(key=itemgetter(0))
    if len(areas) < 2 or areas[0][0] == areas[1][0] or areas[-2][0] == areas[-1][0]:
        return f"{_parts_of([*published.association.results])}."
    (_, worst), *_, (_, best) = areas
    high, low = indexes_told(best.index, worst.index, published.report.rules.rounding)
    ends = (("Starkast", best, high), ("Svagast", worst, low))
    return " ".join(f"{word} är {lower_first(area.area.name)} med index {told}." for word, area, told in ends)


def _hardly_measured(index: Index) -> str:
    """What there is of an index tells nothing yet of how the year went."""
    if not index.measured:
        return "Inget är mätt än"
    are = "är mätt" if index.measured == 1 else "är mätta"
    return f"Bara {of_all(index.measured, index.total)} indikatorer {are} än"


def _targets_met(results: Sequence[IndicatorResult]) -> str:
    judged = [result for result in results if result.signal is not None]
    met = sum(result.signal is Signal.GREEN for result in judged)
    if len(judged) == 1:
        return f"Vi nådde {'' if met else 'inte '}kravet"
    return f"Vi nådde {of_all(met, len(judged), 'ett')} krav" if judged else "Inga krav är bedömda"


def _targets_missed(results: Sequence[IndicatorResult]) -> str:
    reasons = Counter(result.reason for result in results if result.signal is None)
    if not reasons:
        return f"{_parts_of(results)}."
    most = [reason or "" for reason, number in reasons.items() if number == max(reasons.values())]
    total = upper_first(number_word(reasons.total(), "ett"))
    more = " till" if reasons.total() < len(results) else ""
    why = "Det vanligaste skälet" if len(most) == 1 else "De vanligaste skälen"
    return f"{total} krav{more} gick inte att bedöma i år. {why}: {and_list(most)}."


def decisive(published: ShownReport) -> tuple[views.Finding, ...]:
    """The targets that were nearly met, the weightiest first; without orange the ones missed by fewest."""
    rules, unit = published.report.rules, published.association.unit
    is_close = Signal.ORANGE in levels(rules)
    near = []
    for result in published.association.results:
        sensitivity = published.sensitivity.get((unit.id, result.indicator.id))
        flip = sensitivity.met if sensitivity else None
        is_near = result.signal is Signal.ORANGE if is_close else flip is not None and flip.count <= FEW
        if flip and is_near and result.outcome.denominator is not None:
            near.append((-(result.indicator.weight or 0), flip.count, result))
    near.sort(key=lambda found: found[:2])
    return tuple(_finding(result, published) for *_, result in near[:FEW])


def if_close_were_met(published: ShownReport) -> str:
    """”De fyra som var nära hade gett 34 poäng till, och index 89.”"""
    index, (told, close) = published.association.index, _if_close(published.association.areas)
    then = wording.index_text(replace(index, earned=index.earned + close), published.report.rules.rounding)
    return f"{told}, och index {then}." if index.possible and told else ""


def _if_close(areas: Sequence[AreaResult]) -> tuple[str, Fraction]:
    """”De fyra som var nära hade gett 34 poäng till”, "" where none was; and the points."""
    close = sum((tally(area)["close"] for area in areas), Fraction(0))
    results = (result for area in areas if area.reported is None for result in area.counted)
    number = sum(result.signal is Signal.ORANGE for result in results)
    those = "Den" if number == 1 else f"De {number_word(number)}"
    return f"{those} som var nära hade gett {plain_number(close)}{NBSP}poäng till" if close else "", close


def where_points_went(published: ShownReport) -> views.Verdict:
    """The picture of the areas in one or two sentences."""
    if published.report.is_plan:
        return views.Verdict("Målområdena", "")
    if not published.association.index.possible:
        return views.Verdict("Så gick det i målområdena", budget_verdict(published))
    return views.Verdict("Var blev poängen av?", _lost(published.association, published.report.rules))


def _lost(unit: UnitResult, rules: Rules) -> str:
    areas, index = unit.areas, unit.index
    parts = [tally(area) for area in areas]
    of_each = [each["close"] + each["missed"] for each in parts]
    lost, close = sum(of_each, Fraction(0)), sum((each["close"] for each in parts), Fraction(0))
    if not lost:
        return f"Vi fick {_all_points(index)}."
    told = f"{plain_number(lost)} poäng fick vi inte."
    if Signal.ORANGE in levels(rules):
        near = f"var {plain_number(close)} nära" if close else "var ingen nära"
        told = f"Av {'den' if lost == 1 else f'de {plain_number(lost)}'} poäng vi inte fick {near}."
    most = max(of_each)
    where = [area for area, each in zip(areas, of_each, strict=True) if each == most]
    if len(where) > 1 or most == lost:
        return told
    return f"{told} Mest föll bort i {lower_first(where[0].area.name)}: {plain_number(most)} poäng."


# Parts of it


def area_verdict(area: AreaResult, rules: Rules) -> str:
    """”Nio av tolv indikatorer nådde målet och tre var nära. Index blev 56 och ligger 14 under målet.”"""
    told = f"{_parts_of(area.counted)}."
    if area.index.share is None:
        return told
    told += f" {_index_told(area.index, rules)}"
    close, _ = _if_close([area])
    return f"{told} {close}." if close else told


def budget_verdict(published: ShownReport) -> str:
    return f"{_parts_of(published.association.counted)}."


def index_verdict(published: ShownReport) -> str:
    """”124 av 177 poäng ger index 70, som ligger på målet. Fyra av fem områden når det.”"""
    index, rules = published.association.index, published.report.rules
    if index.share is None:
        return budget_verdict(published)
    shown = wording.index_text(index, rules.rounding)
    named = ((lower_first(area.area.name), area.index) for area in published.association.areas)
    areas = _reaching(named, "områden", "ett")
    return (
        f"{plain_number(index.earned)} av {count(index.possible)} poäng ger index {shown},"
        f" som ligger {wording.against_target(index, rules)}. {areas}"
    )


def units_verdict(published: ShownReport) -> str:
    """”Tre av sju plattformar når indexmålet.”"""
    settings = published.report.settings
    each = f"{'Kraven' if published.report.is_plan else 'Resultaten'} för varje {settings.unit_name}."
    return _reaching(((unit.unit.name, unit.index) for unit in published.units), settings.units_name) or each


def unit_verdict(unit: UnitResult, rules: Rules) -> str:
    """”Index blev 72 och ligger 2 över målet.”"""
    return f"{_parts_of(unit.counted)}." if unit.index.share is None else _index_told(unit.index, rules)


def _index_told(index: Index, rules: Rules) -> str:
    shown = wording.index_text(index, rules.rounding)
    return f"Index blev {shown} och ligger {wording.against_target(index, rules)}."


def _reaching(named: Iterable[tuple[str, Index]], what: str, one: str = "en") -> str:
    """How many of those that have an index, and which of two; "" of none."""
    reaches = {name: index.signal is Signal.GREEN for name, index in named if index.share is not None}
    number, total = sum(reaches.values()), len(reaches)
    if total < 3:
        met = and_list(name for name, reached in reaches.items() if reached)
        missed = and_list(name for name, reached in reaches.items() if not reached)
        but = f", men inte {missed}" if missed else ""
        told = f"{met} når indexmålet{but}." if met else f"{missed} når inte indexmålet."
        return upper_first(told) if total else ""
    many = f"Alla {number_word(number)}" if number == total else upper_first(of_all(number, total, one))
    return f"{many} {what} når indexmålet."


def _asked_of(results: Sequence[IndicatorResult]) -> str:
    """”Tolv indikatorer mäts efter året och är tillsammans värda 68 poäng”"""
    worth = sum(result.indicator.weight or 0 for result in results)
    are, each = ("indikator", "värd") if len(results) == 1 else ("indikatorer", "tillsammans värda")
    earns = f" och är {each} {count(worth)} poäng" if worth else ""
    return f"{upper_first(number_word(len(results)))} {are} mäts efteråt{earns}"


def _parts_of(results: Sequence[IndicatorResult]) -> str:
    """”Nio av tolv indikatorer nådde målet, två var nära och en nådde det inte”, without its full stop."""
    if results and all(result.outcome.reason is NotMeasured.NOT_YET for result in results):
        return _asked_of(results)
    signals = Counter(result.signal for result in results)
    total, met = signals.total(), signals[Signal.GREEN]
    told = (
        (Signal.ORANGE, "var nära"),
        (Signal.PARTLY, "nådde det delvis"),
        (Signal.RED, "nådde det inte"),
        (None, "gick inte att bedöma"),
    )
    found = ((signals[signal], words) for signal, words in told)
    others = [f"{number_word(number, beside=total)} {words}" for number, words in found if number]
    if total < 2:
        return (
            "".join(f"Indikatorn {PILES[signal]}" for signal in signals) or "Inga indikatorer mäts här i år"
        )
    if len(signals) > 1:
        return and_list([f"{upper_first(of_all(met, total))} indikatorer nådde målet", *others])
    (signal,) = signals
    if signal in (Signal.RED, None):
        return f"Ingen av {number_word(total)} indikatorer {'nådde målet' if signal else 'gick att bedöma'}"
    several = "Båda indikatorerna" if total == 2 else f"Alla {number_word(total)} indikatorer"
    return f"{several} {PILES[signal]}"


# The indicators of an area


PILES = {
    Signal.GREEN: "nådde målet",
    Signal.ORANGE: "var nära",
    Signal.PARTLY: "nådde målet delvis",
    Signal.RED: "nådde inte målet",
    None: "gick inte att bedöma",
}


def piles(area: AreaResult, published: ShownReport) -> Iterator[views.Pile]:
    """Met, close and not met; what cannot be judged comes last. A pile of none is left out."""
    for signal, words in PILES.items():
        found = [result for result in area.counted if result.signal is signal]
        found = [result for result in found if result.outcome.reason is not NotMeasured.NOT_YET]
        if not found:
            continue
        found.sort(key=lambda result: -(result.indicator.weight or 0))
        shown = found if len(found) <= FEW else found[: FEW - 1]
        rest = len(found) - len(shown)
        yield views.Pile(
            signal=views.Signal(signal or wording.signal_view(found[0]).key, wording.signal_word(found[0])),
            title=f"{count(len(found))} {words}",
            findings=tuple(_finding(result, published) for result in shown),
            rest=f"och {number_word(rest)} till" if rest else "",
        )


def _finding(result: IndicatorResult, published: ShownReport) -> views.Finding:
    indicator, report = result.indicator, published.report
    sensitivity = published.sensitivity.get((published.association.unit.id, indicator.id))
    flip = sensitivity.met if sensitivity else None
    basis = wording.basis_text(result, report.rules.rounding)
    shown = wording.outcome_text(result, report.rules.rounding)
    outcome = f"{shown} ({basis})" if basis and not result.outcome.parts else shown
    worth = f" Värt {count(indicator.weight)} poäng." if indicator.weight else ""
    target = "" if indicator.target.kind is Kind.VERDICT else f", kravet är {wording.target_text(indicator)}"
    return views.Finding(
        indicator=replace(indicator_link(indicator, report), text=indicator.text),
        result=upper_first(result.reason or f"{outcome}{target}.{worth}"),
        distance=upper_first(flip_text(indicator, flip, is_brief=True)) if flip else "",
    )


def distance_text(result: IndicatorResult, sensitivity: Sensitivity | None, rules: Rules) -> str:
    """”9 personer till hade räckt.”, ”Med 5 personer färre hade målet missats.”"""
    if sensitivity is None:
        return ""
    if result.signal is Signal.GREEN:
        worse = sensitivity.worse
        return f"Med {flip_text(result.indicator, worse, is_brief=True)} hade målet missats." if worse else ""
    if sensitivity.met is not None:
        return f"{upper_first(flip_text(result.indicator, sensitivity.met, is_brief=True))} hade räckt."
    if not sensitivity.distance:
        return wording.JUST_MISSED
    if result.outcome.kind is Kind.NUMBER:
        return ""
    margin = result.indicator.margin.value if result.indicator.margin else rules.margin
    limits = [Limit(margin, is_floor=False), *NOT_NOUGHT]
    return f"{upper_first(points(sensitivity.distance, rules.rounding, limits))} från kravet."
