"""Any figure of the report explained, for `bokslut förklara` and the audit edition."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from generator.figures import kinds
from generator.model.measures import Subject
from generator.model.places import Place
from generator.model.quantities import Quantity
from generator.model.results import AreaResult, Index, IndicatorResult, UnitResult
from generator.model.sensitivity import WhatIfs
from generator.model.shown import ShownReport
from generator.pages import views, wording
from generator.pages.calculations import calculation, decided, shown_as
from generator.pages.indicators import coverage_text
from generator.pages.numbers import DASH, count, plain_number
from generator.pages.references import figure_text

Step = tuple[str, str]


def explanation(figure: kinds.Figure, published: ShownReport) -> views.Explanation:
    """What a figure is, how it was computed and where everything it rests on stands."""
    rules = published.report.rules
    title, steps, places = _told(figure, published)
    name = figure.unit.unit.name
    return views.Explanation(
        title=title,
        subtitle=f"{name}, {published.report.settings.title}",
        value=figure_text(figure, rules),
        steps=tuple((label, text) for label, text in steps if text),
        places=tuple(dict.fromkeys(places)),
    )


def _told(figure: kinds.Figure, published: ShownReport) -> tuple[str, Iterable[Step], tuple[Place, ...]]:
    match figure:
        case kinds.IndicatorFigure(unit=unit, result=result):
            told = calculation(result, unit, published)
            parts = (unit.by_id.get(id) for id in result.indicator.names_of(Subject.INDICATOR))
            demanded = (part.indicator.place("target") for part in parts if part)
            places = (*result.outcome.places, *decided(result.indicator), *demanded)
            return f"{told.id} {told.text}", _of_indicator(told), places
        case kinds.IndexFigure(unit=unit, area=None):
            taken_over = tuple(area.reported.place for area in unit.areas if area.reported)
            return "IMPACTindex", _of_unit(unit, published), (*taken_over, *_index_places(published))
        case kinds.IndexFigure(area=area) if area is not None:
            reported = area.reported.places if area.reported else ()
            title = f"IMPACTindex för område {area.area.id} {area.area.name}"
            return title, _of_area(area, published), (*reported, *_index_places(published))
        case kinds.PlainFigure(what=what, places=places):
            return what, _of_number(figure), places
    raise AssertionError(figure)


def _of_number(figure: kinds.PlainFigure) -> Iterator[Step]:
    rows = len({(place.file, place.line) for place in figure.places})
    if figure.counted is not None:
        yield "Är", ", ".join(figure.counted) or "inga"
    elif isinstance(figure.value, Quantity) and figure.part is not None and figure.whole is not None:
        division = f"{wording.count_text(figure.part)} / {wording.count_text(figure.whole)}"
        yield "Uträkning", f"{division} = {wording.exact_text(figure.value)}"
    elif figure.values:
        both = [value.quantity for value in figure.values]
        if len(both) == 2 and isinstance(figure.value, Quantity):
            change = replace(figure.value, value=both[0].value - both[1].value)
            yield "Uträkning", f"{wording.difference_text(both)} = {wording.change_text(change)}"
        yield "Källa", "; ".join(dict.fromkeys(value.source for value in figure.values))
    elif figure.source:
        yield "Källa", figure.source
    elif figure.made_of:
        yield "Uträkning", figure.made_of
    elif rows > 1 and figure.adds_up:
        yield "Uträkning", f"Summan av {count(rows)} rader."


def _of_indicator(told: views.Calculation) -> Iterator[Step]:
    yield "Mått", told.how
    yield "Uträkning", told.steps
    for given in told.inputs:
        yield given.name, given.value
    yield "Uppgift", told.note
    yield "Krav", told.target
    yield "Jämförelse", told.comparison
    yield "Signal", f"{told.signal.word}{f' ({told.signal.reason})' if told.signal.reason else ''}"
    yield "Poäng", told.points or DASH
    for flip in told.flips:
        yield "Nästa signal", flip


def _of_unit(unit: UnitResult, published: ShownReport) -> Iterator[Step]:
    yield from _of_index(unit.index, unit.areas, published)
    for area in unit.areas:
        taken_over = f", övertaget från {area.reported.source}" if area.reported else ""
        earned = f"{wording.count_text(area.index.earned)} av {count(area.index.possible)} poäng"
        yield f"Område {area.area.id}", f"{earned}{taken_over}"
    what_ifs = published.what_ifs.get(unit.unit.id)
    if what_ifs is not None:
        yield from what_if_steps(what_ifs, published)


def _of_area(area: AreaResult, published: ShownReport) -> Iterator[Step]:
    yield from _of_index(area.index, [area], published)
    if area.reported:
        yield "Övertaget", f"Poängen är hämtade ur {area.reported.source}, inte beräknade här."
        return
    for result in area.results:
        yield result.indicator.id, _earned_text(result)


def _earned_text(result: IndicatorResult) -> str:
    if not result.counts:
        return "räknas inte i år"
    if result.earned is None:
        return f"ingen poäng: {result.reason}" if result.reason else "utan vikt"
    return f"{wording.count_text(result.earned)} av {count(result.indicator.weight or 0)} poäng"


def _of_index(index: Index, areas: Sequence[AreaResult], published: ShownReport) -> Iterator[Step]:
    if index.share is None:
        return
    rules = published.report.rules
    told = shown_as(plain_number(index.share * 100), wording.index_text(index, rules.rounding))
    yield "Uträkning", f"100 × {plain_number(index.earned)} / {count(index.possible)} = {told}"
    target = plain_number(rules.index_target * 100)
    yield "Mål", f"{target}. Index är {wording.against_target(index, rules)}."
    yield "Signal", wording.index_signal_view(index).word
    yield "Mätta", coverage_text(areas)


def what_if_steps(what_ifs: WhatIfs, published: ShownReport) -> Iterator[Step]:
    """The board's two questions, answered."""
    rules = published.report.rules
    if rules.signals > 2 and rules.orange_credit != Fraction(1, 2):
        yield "Om orange gav halva vikten", _index(what_ifs.orange_half, published)
    if what_ifs.small:
        ids = ", ".join(result.indicator.id for result in what_ifs.small)
        few = f"med färre än {count(rules.small_basis)} svar eller personer nådde sitt krav"
        yield f"Om allt {few}", f"{_index(what_ifs.all_met, published)}. Det gäller {ids}."
        yield f"Om inget {few}", _index(what_ifs.none_met, published)


def _index(index: Index, published: ShownReport) -> str:
    shown = wording.index_text(index, published.report.rules.rounding)
    return f"index {shown} ({wording.of_text(index.earned, index.possible)} poäng)"


def _index_places(published: ShownReport) -> tuple[Place, ...]:
    """Where the rules of points and of their target are stated; those that are not stand nowhere."""
    rules = published.report.rules
    stated = {"index_target", "orange_credit", "partly_credit"} & rules.model_fields_set
    return tuple(map(rules.place, sorted(stated))) if rules.origin.place.file else ()
