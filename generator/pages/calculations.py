"""How a figure came about, step by step: for the method page, the audit edition and the prompt."""

from collections.abc import Iterator

from generator.model.measures import MONTH, DurationIndicator, Indicator, Subject
from generator.model.names import and_list, upper_first
from generator.model.outcome import Basis, NotMeasured, RestsOn, Verdicts
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity
from generator.model.results import IndicatorResult, Signal, UnitResult
from generator.model.sensitivity import Flip, Sensitivity
from generator.model.settings import Rules
from generator.model.shown import ShownReport
from generator.pages import views, wording
from generator.pages.addresses import calculation_anchor
from generator.pages.comparing import indexes_told
from generator.pages.measures import flip_text, how_text
from generator.pages.numbers import NBSP, count, plain_number
from generator.pages.sources import DataRows

PROTECTED_STEPS = "Röjandekontrollen döljer talen. Signalen är räknad på de riktiga talen."

# What rows of the participant table are to a measure, by the field that names them.
ROW_ROLES = {
    "numerator": "Täljare",
    "denominator": "Nämnare",
    "rows": "Kvinnor och män",
    "row": "De som räknas",
}


def calculation(
    result: IndicatorResult, unit: UnitResult, published: ShownReport, rows: DataRows | None = None
) -> views.Calculation:
    """Outcome, target, distance, signal, points, what flips it, and where everything stands.

    Readers who cannot see the author's files are led to the published `rows`.
    """
    report, rules = published.report, published.report.rules
    indicator, earned = result.indicator, result.earned
    sensitivity = published.sensitivity.get((unit.unit.id, indicator.id))
    return views.Calculation(
        id=indicator.number,
        anchor=calculation_anchor(unit.unit.id, indicator.id),
        text=indicator.text,
        how=how_text(indicator, report, unit.unit),
        note=wording.note_text(result, is_shared=unit.unit.id != report.association.id),
        steps=_steps(result, unit, published),
        target=wording.target_text(indicator),
        comparison=_comparison(result, sensitivity, rules),
        signal=wording.signal_view(result),
        points="" if earned is None else wording.of_text(earned, indicator.weight or 0),
        flips=tuple(_flips(result, sensitivity, unit, rules)),
        inputs=tuple(_inputs(result, unit, published)),
        sources=tuple(_sources(result, unit, rows)) if rows else (),
        decided=decided(indicator),
    )


def _steps(result: IndicatorResult, unit: UnitResult, published: ShownReport) -> str:
    """”247 / 319 = 77,43 %, visas som 77 %”"""
    outcome, rules = result.outcome, published.report.rules
    if outcome.protected:
        return PROTECTED_STEPS
    if not outcome.is_measured:
        return f"Inget utfall: {outcome.reason}{_open_parts(result, unit)}."
    shown = wording.outcome_text(result, rules.rounding)
    if outcome.value is None:
        return f"{upper_first(shown)}{_parts(outcome.rests_on)}."
    measured = Quantity(outcome.value, outcome.kind, outcome.unit)
    is_change = result.indicator.is_change
    exact = wording.change_text(measured, result.limits) if is_change else wording.exact_text(measured)
    if outcome.parts:
        parts = and_list(f"{count(part.numerator)}/{count(part.denominator)}" for part in outcome.parts)
        told = f"Skillnaden mellan {parts} är {shown_as(exact, shown)}."
        return f"{wording.basis_text(result, rules.rounding)}. {told}"
    if outcome.numerator is not None and outcome.denominator is not None:
        division = f"{count(outcome.numerator)} / {count(outcome.denominator)}"
        return f"{division} = {shown_as(exact, shown)}."
    if isinstance(result.indicator, DurationIndicator) and outcome.unit == "månader":
        return f"{plain_number(outcome.value * MONTH)}{NBSP}dagar / (365/12) = {shown}."
    if is_change and len(outcome.places) > 1:
        values = {value.place: value.quantity for value in published.tables.values.values()}
        return f"{wording.difference_text([values[place] for place in outcome.places])} = {shown}."
    return f"{upper_first(shown_as(exact, shown) if outcome.kind is Kind.SHARE else shown)}."


def _parts(rests_on: RestsOn) -> str:
    """”, 1 av 2 delar når sin nivå. 1.2.3 gör det inte”"""
    if not isinstance(rests_on, Verdicts):
        return ""
    missed = [id for id, met in zip(rests_on.indicators, rests_on.met, strict=True) if not met]
    met = wording.of_text(sum(rests_on.met), len(rests_on.met))
    return f", {met} delar når sin nivå{f'. {and_list(missed)} gör det inte' if missed else ''}"


def _open_parts(result: IndicatorResult, unit: UnitResult) -> str:
    """”: 1.2.3”, those that a composite waits for."""
    parts = [(id, unit.by_id.get(id)) for id in result.indicator.names_of(Subject.INDICATOR)]
    waits = {
        NotMeasured.PART_NOT_MEASURED: [id for id, part in parts if not (part and part.outcome.is_measured)],
        NotMeasured.PART_NOT_JUDGED: [id for id, part in parts if not (part and part.signal)],
    }
    found = waits.get(result.outcome.reason) if result.outcome.reason else None
    return f": {and_list(found)}" if found else ""


def shown_as(exact: str, shown: str) -> str:
    """”77,43 %, visas som 77 %”"""
    return exact if exact == shown else f"{exact}, visas som {shown}"


def _comparison(result: IndicatorResult, sensitivity: Sensitivity | None, rules: Rules) -> str:
    if result.signal is None:
        return ""
    if sensitivity is None:
        return "Kravet är nått." if result.signal is Signal.GREEN else "Kravet är inte nått."
    kind = Kind.NUMBER if result.outcome.kind is Kind.NUMBER else Kind.POINTS
    distance = wording.exact_text(Quantity(sensitivity.distance, kind, result.outcome.unit))
    if sensitivity.distance == 0:
        return "Kravet är precis nått." if result.signal is Signal.GREEN else wording.JUST_MISSED
    if result.signal is Signal.GREEN:
        return f"Kravet är nått, med {distance} till gränsen."
    value, most = result.outcome.value, result.indicator.target.high
    is_above = value is not None and most is not None and value >= most
    missed = f"det är {distance} för mycket" if is_above else f"det fattas {distance}"
    margin = wording.exact_text(result.indicator.margin or Quantity(rules.margin, Kind.POINTS))
    within = f" Det är inom marginalen {margin}." if result.signal is Signal.ORANGE else ""
    return f"Kravet är inte nått: {missed}.{within}"


def _flips(
    result: IndicatorResult, sensitivity: Sensitivity | None, unit: UnitResult, rules: Rules
) -> Iterator[str]:
    """”9 personer till hade gett grönt, och index 76.”"""
    if sensitivity is None:
        return
    for flip in (sensitivity.better, sensitivity.worse):
        if flip is not None:
            who, index = flip_text(result.indicator, flip), _index_then(flip, unit, rules)
            yield f"{who} hade gett {wording.COLORS[flip.signal]}{index}."


def _index_then(flip: Flip, unit: UnitResult, rules: Rules) -> str:
    if flip.index is None:
        return ""
    if flip.index.earned == unit.index.earned:
        return "; index hade inte ändrats"
    now, then = indexes_told(unit.index, flip.index, rules.rounding)
    return f", och index {then} i stället för {now}"


def _inputs(result: IndicatorResult, unit: UnitResult, published: ShownReport) -> Iterator[views.Input]:
    """What the outcome was made from, by name, with the cells it stands in."""
    outcome, names = result.outcome, published.report.row_names
    counted, roles = published.tables.participants, list(_roles_of_rows(result))
    if roles and all((unit.unit.id, row) in counted for row, _ in roles):
        for row, role in roles:
            people, split = counted[unit.unit.id, row], ""
            if people.women is not None:
                split = f" (kvinnor {wording.count_text(people.women)}, män {wording.count_text(people.men)})"
            told = f"{wording.count_text(people.total)}{split}"
            yield views.Input(f"{role}, {names[row]}", told, people.places)
        return
    if outcome.reason and outcome.places:
        yield views.Input("Angivet skäl", outcome.reason, outcome.places)
    elif outcome.places:
        rounding = published.report.rules.rounding
        told = wording.basis_text(result, rounding) or wording.outcome_text(result, rounding)
        yield views.Input("Underlag", told, outcome.places)


def _sources(result: IndicatorResult, unit: UnitResult, rows: DataRows) -> Iterator[views.SourceRef]:
    yield from rows.of_outcome(unit.unit.id, result.indicator.id, dict(_roles_of_rows(result)))
    yield from rows.of_typed(result.outcome.places)


def _roles_of_rows(result: IndicatorResult) -> Iterator[tuple[str, str]]:
    """The rows of the participant table that an outcome is made from, each with what it is in it."""
    if result.outcome.basis is not Basis.PUBLISHED:
        for field, subject in result.indicator.names.items():
            if subject is Subject.ROW:
                yield from ((row, ROW_ROLES[field]) for row in result.indicator.named(field))


def decided(indicator: Indicator) -> tuple[Place, ...]:
    """Where the target, the weight and a margin of its own are decided."""
    stated = (field for field in ("weight", "margin", "due") if getattr(indicator, field) is not None)
    return tuple(map(indicator.place, ("target", *stated)))
