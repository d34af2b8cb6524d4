"""Outcomes and points: the same measure twice, published beside computed, parts larger than their whole,
and points that are taken over.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

from generator.model.measures import Indicator
from generator.model.outcome import Basis, Counted, Outcome, PeopleCell, Uncounted
from generator.model.outcomes import SEX_NAMES, Outcomes, Sex
from generator.model.places import Place, Problem, Severity
from generator.model.quantities import Kind, Quantity, half_step, is_same_unit
from generator.model.reconciliation import Identity, Rule
from generator.model.results import AreaResult, IndicatorResult, ScoredReport, UnitResult
from generator.model.tables import sum_of_cells


def outcome_identities(scored: ScoredReport) -> Iterator[Identity]:
    signatures = {indicator.id: _signature(indicator) for indicator in scored.report.budget.indicators}
    for unit in scored.every_unit:
        yield from _same_measure(unit, signatures)
        yield from _published(unit)
        for area in unit.areas:
            yield from _taken_over(unit, area)
    yield from _ideal_weights(scored)


def _same_measure(unit: UnitResult, signatures: Mapping[str, str]) -> Iterator[Identity]:
    """Indicators that measure the same thing have the same outcome, whatever they demand."""
    alike: dict[str, list[IndicatorResult]] = defaultdict(list)
    for result in unit.results:
        signature = signatures[result.indicator.id]
        if signature and result.outcome.value is not None:
            alike[signature].append(result)
    for first, *others in alike.values():
        for other in others:
            yield _compared(
                Rule.SAME,
                f"{unit.unit.name}: indikator {other.indicator.id}",
                f"indikator {first.indicator.id} med samma mått",
                first.outcome,
                numbers=(other.outcome.value, first.outcome.value),
                cells=(*other.outcome.places, *first.outcome.places),
                tolerance=_half_step(first.outcome) + _half_step(other.outcome),
            )


# How something is measured or graded, which does not say what.
_MANNER = {"measure", "scale"}


def _signature(indicator: Indicator) -> str:
    """What is measured, "" where an indicator is measured by nothing but its own id."""
    measured = indicator.measured
    return repr(sorted(measured.items())) if measured.keys() - _MANNER else ""


def _published(unit: UnitResult) -> Iterator[Identity]:
    """A published figure beside what the indicator's own rule gives, where the data for it are there."""
    for result in unit.results:
        outcome = result.outcome
        if outcome.computed is not None and outcome.value is not None:
            yield _compared(
                Rule.PUBLISHED,
                f"{unit.unit.name}: det publicerade utfallet för indikator {result.indicator.id}",
                "utfallet räknat ur tabellerna",
                outcome,
                numbers=(outcome.value, outcome.computed),
                cells=(*outcome.places, *outcome.computed_places),
                tolerance=_half_step(outcome),
            )


def _compared(
    rule: Rule,
    what: str,
    against: str,
    outcome: Outcome,
    *,
    numbers: tuple[Fraction | None, Fraction | None],
    cells: tuple[Place, ...],
    tolerance: Fraction,
) -> Identity:
    """Two numbers in the form of an outcome, compared in percent where it is a share or the like."""
    given, computed = ((number or Fraction(0)) * outcome.kind.scale for number in numbers)
    unit = {Kind.SHARE: "%", Kind.POINTS: Kind.POINTS.value}.get(outcome.kind, outcome.unit)
    return Identity(rule, what, against, given, computed, cells, unit=unit, tolerance=tolerance)


def _half_step(outcome: Outcome) -> Fraction:
    """A published figure is rounded; a computed outcome is not. Whole numbers differ by more than that."""
    is_rounded = outcome.basis is Basis.PUBLISHED and outcome.value is not None
    return half_step((outcome.value or Fraction(0)) * outcome.kind.scale) if is_rounded else Fraction(0)


def _taken_over(unit: UnitResult, area: AreaResult) -> Iterator[Identity]:
    """Points that are taken over lie between what is known to be earned and what may still be."""
    reported = area.reported
    if reported is None:
        return
    counted = area.counted
    if not any(result.indicator.weight for result in counted):
        return
    known = [(result, result.earned) for result in counted if result.earned is not None]
    weights = sum(result.indicator.weight or 0 for result in counted)
    earned = sum((points for _, points in known), Fraction(0))
    lost = sum((result.indicator.weight or 0) - points for result, points in known)
    name = f"{unit.unit.name}: område {area.area.id}"
    outcomes = tuple(place for result, _ in known for place in result.outcome.places)
    weighed = tuple(result.indicator.place("weight") for result in counted if result.indicator.weight)
    at_earned, at_possible = reported.place, replace(reported.place, column="maximalt")

    def at_most(
        what: str, against: str, given: Fraction | int, most: Fraction | int, *places: Place
    ) -> Identity:
        numbers = Fraction(given), Fraction(most)
        return Identity(Rule.REPORTED, f"{name}, {what}", against, *numbers, places, at_most=True)

    possible, against = reported.possible, "områdets vikter i budgeten"
    yield at_most("möjliga poäng", against, possible, weights, at_possible, *weighed)
    against, most = "de möjliga poängen utan dem för kända krav som inte är nådda", possible - lost
    yield at_most("uppnådda poäng", against, reported.earned, most, at_earned, at_possible, *outcomes)
    what, against = "poängen för kända krav som är nådda", "de uppnådda poängen"
    yield at_most(what, against, earned, reported.earned, at_earned, *outcomes)


def _ideal_weights(scored: ScoredReport) -> Iterator[Identity]:
    areas = scored.report.budget.areas
    weights = [area.ideal_weight for area in areas if area.ideal_weight is not None]
    if len(weights) < len(areas):
        return
    places: tuple[Place, ...] = tuple(area.place("ideal_weight") for area in areas)
    percent = [weight * 100 for weight in weights]
    # Three areas of a third each are written 33, 33 and 34 %, or 33,3 % three times.
    steps = (half_step(weight) for weight in percent if weight.denominator > 1)
    total, tolerance = sum(percent, Fraction(0)), sum(steps, Fraction(0))
    what, whole = "Områdenas idealvikter tillsammans", Fraction(100)
    yield Identity(Rule.IDEAL_WEIGHTS, what, "hela", total, whole, places, unit="%", tolerance=tolerance)


# Parts and wholes


def negative_costs(scored: ScoredReport) -> Iterator[Problem]:
    """A cost that is booked with a minus is less than any target of at most something."""
    for _, result in scored.every_result:
        target, value = result.indicator.target, result.outcome.value
        is_cost = result.indicator.is_of_amount and target.low is None and (target.high or 0) > 0
        if is_cost and value is not None and value < 0:
            found = f"indikator {result.indicator.id} är negativ, så kravet ”{target.text}” nås alltid"
            remedy = "Är det en kostnad, skriv beloppet utan minus i en egen rad eller tabell."
            yield Problem(result.indicator.place("amount"), found, remedy, Severity.WARNING)


def other_units(scored: ScoredReport) -> Iterator[Problem]:
    """A target is set against figures in the unit of the outcome: a year before may have had another."""
    for _, result in scored.every_result:
        target, outcome = result.indicator.target, result.outcome
        names = {target.against, *(str(scored.report.year - ago) for ago in target.years_before)}
        own = Quantity(outcome.value or Fraction(0), outcome.kind, outcome.unit)
        for value in result.references if target.against and outcome.value is not None else ():
            units = (quantity.unit.partition(" per ")[0] for quantity in (own, value.quantity))
            is_same = own.kind is value.quantity.kind and is_same_unit(*units)
            if value.key in names and not is_same:
                found = f"utfallet är {own.in_what}, men ”{value.name}” är {value.quantity.in_what}"
                remedy = "Räkna om det ena till samma måttenhet, eller skriv kravet som ett tal."
                yield Problem(result.indicator.place("target"), found, remedy)


def larger_parts(scored: ScoredReport) -> Iterator[Problem]:
    """A part of some persons is no larger than they are together, nor are the women or the men in it.

    What is measured of one unit holds for each, also one that the indicator does not concern: its rows are
    shown, and added up for the association. A sum of units is told of only where the part is of others than
    the whole; else one of them has the fault.
    """
    measured = [
        (unit.unit.name, result.indicator.id, part, whole)
        for unit, result in scored.every_result
        for part, whole in _shares_of_persons(result.outcome)
    ]
    alike = dict.fromkeys((id, _of(part, ""), _of(whole, "")) for _, id, part, whole in measured)
    compared = [share for share in measured if _units_of(share[2]) != _units_of(share[3])]
    for unit, (id, part, whole) in product(scored.report.settings.every_unit, alike):
        compared.append((unit.name, id, _of(part, unit.id), _of(whole, unit.id)))
    for name, id, part, whole in compared:
        larger = _larger_part(part, whole, scored.report.outcomes)
        if larger is None:
            continue
        sex, numerator, denominator = larger
        of = "" if sex is Sex.ALL else f" ({SEX_NAMES[sex]})"
        found = f"täljaren{of} {numerator.number} är större än nämnaren {denominator.number} i indikator {id}"
        place = numerator.places[:2][-1 if sex is Sex.MEN else 0]  # of women and men, or of both
        yield Problem(place, f"{name}: {found}", "Rätta raderna i deltagartabellen.")


_Cells = tuple[PeopleCell, ...]


def _of(cells: _Cells, unit: str) -> _Cells:
    """The same of a unit, once where they are those of several."""
    return tuple(dict.fromkeys(PeopleCell(cell.table, unit, cell.name, cell.sex) for cell in cells))


def _units_of(cells: _Cells) -> set[str]:
    return {cell.unit for cell in cells}


def _shares_of_persons(outcome: Outcome) -> Iterator[tuple[_Cells, _Cells]]:
    """The cells of a part and of its whole, to which every person adds nothing or one."""
    for ratio in outcome.rests_on if isinstance(outcome.rests_on, tuple) else ():
        part, whole = _people(ratio.part), _people(ratio.whole)
        if ratio.each == (0, 1) and part and whole:
            yield part, whole


def _people(number: Counted | Uncounted | None) -> _Cells:
    cells = number.cells if isinstance(number, Counted) else ()
    return tuple(cell for cell in cells if isinstance(cell, PeopleCell))


def _larger_part(part: _Cells, whole: _Cells, outcomes: Outcomes) -> tuple[Sex, Counted, Counted] | None:
    """The first sex of which there are more in the part, with how many they are."""
    for sex in (Sex.ALL, Sex.WOMEN, Sex.MEN):
        numerator = sum_of_cells([_of_sex(cell, sex) for cell in part], outcomes)
        denominator = numerator and sum_of_cells([_of_sex(cell, sex) for cell in whole], outcomes)
        if numerator and denominator and numerator.number > denominator.number:
            return sex, numerator, denominator
    return None


def _of_sex(cell: PeopleCell, sex: Sex) -> PeopleCell:
    return PeopleCell(cell.table, cell.unit, cell.name, sex) if cell.sex is Sex.ALL else cell
