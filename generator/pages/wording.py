"""The words of the report: signals, outcomes and measures as Swedish readers meet them."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from generator.model.measures import Indicator
from generator.model.names import and_list, upper_first
from generator.model.outcome import Basis, NotMeasured
from generator.model.outcomes import SEX_NAMES
from generator.model.quantities import Kind, Limit, Quantity, Rounding, decimals_of, honest_decimals, rounded
from generator.model.results import Index, IndicatorResult, Signal, levels
from generator.model.settings import Rules
from generator.model.shown import HIDDEN, Count, Hidden
from generator.pages import views
from generator.pages.numbers import (
    DASH,
    MINUS,
    NBSP,
    NOT_NOUGHT,
    count,
    decimal_text,
    percent,
    percent_number,
    plain_number,
    points,
    typographic,
    unit_word,
)

SIGNAL_WORDS = {
    Signal.GREEN: "Målet uppnått",
    Signal.ORANGE: "Nära målet",
    Signal.PARTLY: "Målet delvis uppnått",
    Signal.RED: "Målet ej uppnått",
}
COLORS = {Signal.GREEN: "grönt", Signal.ORANGE: "orange", Signal.PARTLY: "en triangel", Signal.RED: "rött"}
INDEX_WORDS = {
    Signal.GREEN: "Når indexmålet",
    Signal.ORANGE: "Nära indexmålet",
    Signal.RED: "Under indexmålet",
}
NO_SIGNAL = "ingen"
HIDDEN_TEXT = HIDDEN.value
NOT_MEASURED = "Ej mätt"
JUST_MISSED = "Kravet är precis missat."
NOT_JUDGED = "Ingen signal"  # there is an outcome, but nothing to hold it against yet


def signals_in_use(rules: Rules) -> tuple[views.Signal, ...]:
    """From the best to the worst, by the report's own names where it has them."""
    in_use = levels(rules)
    names = rules.signal_names or [SIGNAL_WORDS[signal] for signal in in_use]
    return tuple(map(views.Signal, in_use, names))


def signal_view(result: IndicatorResult) -> views.Signal:
    if result.signal is None:
        reason = "" if result.outcome.reason is NotMeasured.NOT_YET else result.reason or ""
        return views.Signal(NO_SIGNAL, signal_word(result), reason=reason)
    has_points = result.signal is Signal.GREEN and result.earned is not None
    return views.Signal(result.signal, signal_word(result), count_text(result.earned) if has_points else "")


def signal_word(result: IndicatorResult) -> str:
    if result.signal is not None:
        return result.signal_name or SIGNAL_WORDS[result.signal]
    return NOT_JUDGED if result.outcome.is_measured else NOT_MEASURED


def index_signal_view(index: Index) -> views.Signal:
    if index.signal is None:
        unjudged = "inget gick att bedöma" if index.worth else "budgeten har inga vikter"
        reason = unjudged if index.measured else "inget är mätt" if index.total else "inget mäts här"
        return views.Signal(NO_SIGNAL, "Inget index", reason=reason)
    return views.Signal(index.signal, INDEX_WORDS[index.signal])


def index_text(index: Index, rounding: Rounding, fewest: int = 0) -> str:
    """”70”, with so many decimals at the fewest; a dash without points."""
    return DASH if index.share is None else percent_number(index.share, rounding, index.limits, fewest)


def points_needed(points: Fraction, rules: Rules) -> Fraction:
    """The fewest that are no less: whole points, unless what is close earns a part of its own."""
    is_whole = {rules.orange_credit, rules.partly_credit} <= {0, 1}
    return Fraction(ceil(points)) if is_whole else points


def outcome_text(result: IndicatorResult, rounding: Rounding) -> str:
    """What was measured: ”77 %”, ”2 procentenheter”, ”4”, ”uppfyllt”; a dash when not measured, two dots
    when it is hidden."""
    outcome = result.outcome
    if outcome.protected:
        return HIDDEN_TEXT
    if not outcome.is_measured:
        return DASH
    if outcome.value is None and outcome.kind is not Kind.VERDICT:
        return "ingen att fördela"
    if outcome.value is None:
        return "uppfyllt" if outcome.met else "ej uppfyllt"
    if result.indicator.is_change:
        return change_text(Quantity(outcome.value, outcome.kind, outcome.unit), result.limits)
    if outcome.kind is Kind.SHARE:
        return percent(outcome.value, rounding, result.limits)
    if outcome.kind is Kind.POINTS:
        return points(outcome.value, rounding, result.limits)
    most = 0 if outcome.denominator is not None and abs(outcome.value) >= 100 else 2
    number = plain_number(outcome.value, most, result.limits, rounding)
    word = f"{number} {DASH} {outcome.label}" if outcome.label else number
    return f"{word}{NBSP}{unit_word(outcome.unit, outcome.value)}" if outcome.unit else word


def change_text(change: Quantity, limits: Iterable[Limit] = ()) -> str:
    """A change with its sign: ”−0,3 procentenheter”, ”+12 personer”."""
    sign = "+" if change.value > 0 else MINUS if change.value < 0 else ""
    return f"{sign}{change_size(change, limits)}"


def difference_text(terms: Iterable[Quantity]) -> str:
    """”5,2 % − 5,5 %”"""
    return " − ".join(map(exact_text, terms))


def change_size(change: Quantity, limits: Iterable[Limit] = ()) -> str:
    """”0,3 procentenheter”, ”12 personer”; with the decimals that it has, two at the most."""
    scale, fewest, unit = (1, 0, change.unit) if change.kind is Kind.NUMBER else (100, 1, "procentenheter")
    fewest = max(fewest, decimals_of(change.value * scale, most=2))
    decimals = honest_decimals(change.value, Rounding.HALF_UP, (*limits, *NOT_NOUGHT), scale, fewest)
    size = abs(change.value) * scale
    return f"{decimal_text(size, decimals)} {unit_word(unit, size)}".strip()


def quantity_text(quantity: Quantity, rounding: Rounding) -> str:
    """A figure as it was entered: ”81 %”, ”12 personer”."""
    if quantity.kind is Kind.SHARE:
        return percent(quantity.value, rounding)
    if quantity.kind is Kind.POINTS:
        return points(quantity.value, rounding)
    unit = unit_word(quantity.unit, quantity.value)
    return f"{plain_number(quantity.value)}{NBSP}{unit}".removesuffix(NBSP)


def exact_text(quantity: Quantity) -> str:
    """A figure with the decimals it has, two at the most: ”77,43 %”, ”5 procentenheter”."""
    if quantity.kind is Kind.NUMBER:
        return quantity_text(quantity, Rounding.HALF_UP)
    return (stated_percent if quantity.kind is Kind.SHARE else stated_points)(quantity.value)


def stated_percent(share: Fraction) -> str:
    """What is decided or entered in percent, with the decimals that it has: ”12,5 %”."""
    return f"{plain_number(share * 100)}{NBSP}%"


def stated_points(size: Fraction) -> str:
    """The same in percentage points: ”2,5 procentenheter”."""
    return f"{plain_number(size * 100)} {unit_word('procentenheter', size * 100)}"


def basis_text(result: IndicatorResult, rounding: Rounding) -> str:
    """What the outcome rests on: ”247 av 319”; "" where only the figure itself is known."""
    outcome = result.outcome
    if outcome.parts:
        of_each = (
            f"{SEX_NAMES[part.label]} {share_of_people(int(part.numerator), int(part.denominator), rounding)}"
            for part in outcome.parts
        )
        return upper_first(", ".join(of_each))
    if outcome.divided:
        told = [f"{count(part.numerator)}{NBSP}{part.label}" for part in outcome.divided]
        return f"{and_list(told)} av{NBSP}{count(outcome.divided[0].denominator)}"
    if outcome.denominator is None:
        return ""
    if result.indicator.basis_word:
        return f"{count(outcome.denominator)}{NBSP}{result.indicator.basis_word}"
    if outcome.numerator is None:
        return ""
    if outcome.kind is Kind.NUMBER:
        return f"{count(outcome.numerator)} delat på {count(outcome.denominator)}"
    return of_text(outcome.numerator, outcome.denominator)


def of_text(part: Fraction | int, whole: Fraction | int) -> str:
    """”247 av 319”: persons, answers or points."""
    return f"{count(part)}{NBSP}av{NBSP}{count(whole)}"


def count_text(number: Count | Fraction | None) -> str:
    """A count or points, two dots when they are hidden, a dash when they are not known."""
    if number is None:
        return DASH
    return HIDDEN_TEXT if isinstance(number, Hidden) else count(number)


def share_of_people(part: Count, whole: Count, rounding: Rounding) -> str:
    """”77 % (247 av 319)”; "" when one of the two is hidden or nobody is there."""
    if isinstance(part, Hidden) or isinstance(whole, Hidden) or not whole:
        return ""
    return f"{percent(Fraction(part, whole), rounding)} ({of_text(part, whole)})"


def against_target(index: Index, rules: Rules) -> str:
    """”10 över målet”, ”14 under målet” or ”på målet”: the shown index minus its target."""
    share = index.share or Fraction(0)
    decimals = honest_decimals(share, rules.rounding, index.limits)
    difference = rounded(share * 100, decimals, rules.rounding) - rules.index_target * 100
    if not difference:
        return "på målet"
    return f"{plain_number(abs(difference))} {'under' if difference < 0 else 'över'} målet"


def note_text(result: IndicatorResult, *, is_shared: bool = False) -> str:
    """Where an outcome is from, and what it is shown beside: ”Riket: 56 % (Kolada, 2024-05-01).”"""
    beside = (
        f"{upper_first(value.name)}: {exact_text(value.quantity)}"
        f" ({', '.join(filter(None, (value.source, value.date)))})."
        for value in result.references
    )
    return " ".join(filter(None, (_origin_text(result, is_shared=is_shared), *beside)))


def _origin_text(result: IndicatorResult, *, is_shared: bool) -> str:
    """Where an outcome is from when it is not computed here. `is_shared`: that of the whole counts."""
    indicator, outcome = result.indicator, result.outcome
    if indicator.dropped is not None:
        return f"Räknas inte i år. {indicator.dropped}"
    if outcome.basis is Basis.PUBLISHED:
        return f"Publicerad uppgift. Källa: {outcome.source}."
    if outcome.basis is Basis.ATTESTED:
        return f"Enligt {outcome.source}."
    if outcome.met and outcome.kind is Kind.SHARE:
        return "En tom grupp räknas som uppfylld."
    if is_shared and outcome.is_measured and indicator.counts_texts:
        return "Det som gäller hela organisationen är medräknat."
    return ""


def reported_text(index: Index, sources: set[str]) -> str:
    """What part of an index is taken over as published, or ""."""
    if not index.reported_possible:
        return ""
    source = and_list(sorted(sources))
    if index.reported_possible == index.possible:
        return f"Poängen är övertagna från {source}, inte beräknade här."
    computed = of_text(int(index.earned) - index.reported_earned, index.possible - index.reported_possible)
    taken_over = of_text(index.reported_earned, index.reported_possible)
    return f"{computed} poäng är beräknade här, {taken_over} är övertagna från {source}."


def target_text(indicator: Indicator) -> str:
    """The target as the author wrote it, with non-breaking spaces, and by when it is to be reached."""
    due, target = f", senast {indicator.due}" if indicator.due else "", indicator.target
    limit = target.high if target.at_most else target.low
    against = ""
    if target.against and target.kind is not None and limit is not None:
        since = "från " if target.is_trend else ""
        against = f" ({since}{exact_text(Quantity(limit, target.kind, target.unit))})"
    return typographic(target.text) + against + due


def rules_told(rules: Rules, *, is_weighted: bool = True) -> dict[str, str]:
    """What each rule says, by its name: ”Indexmål”, ”70”."""
    values, has_orange = {}, rules.signals > 2
    if is_weighted:
        values["Indexmål"] = plain_number(rules.index_target * 100)
        values["Litet underlag"] = f"färre än {count(rules.small_basis)}"
    if is_weighted and has_orange:
        values["Marginal för orange index"] = stated_points(rules.index_margin)
        values["Poäng för orange"] = stated_percent(rules.orange_credit)
    if has_orange:
        values["Marginal för orange"] = stated_points(rules.margin)
    if rules.outer_margin is not None:
        values["Yttre marginal"] = stated_points(rules.outer_margin)
        values["Poäng inom den yttre marginalen"] = stated_percent(rules.partly_credit)
    values["Minsta antal svar"] = count(rules.minimum_answers)
    values["Könsfördelning i en tom grupp"] = rules.empty_group
    values["Avrundning"] = rules.rounding
    return values
