"""Values in units that fit what they are compared with."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.measures import (
    ChangeIndicator,
    Indicator,
    margin_kind,
)
from generator.model.outcomes import Value, ValueKey
from generator.model.places import Problem
from generator.model.quantities import Kind, Quantity, Target
from generator.model.report import Report


def values_of(indicator: ChangeIndicator, report: Report) -> Iterator[tuple[ValueKey, Value]]:
    """The values of the series that an indicator follows."""
    return ((key, value) for key, value in report.outcomes.values.items() if key.series == indicator.series)


def check_compared(
    key: ValueKey, value: Value, indicator: ChangeIndicator, report: Report
) -> Iterator[Problem]:
    """What lies between two values can only be told when both are in the same unit."""
    before = indicator.compared_year or report.year - 1
    then = report.outcomes.values.get(ValueKey(key.series, key.location, before))
    if then is None or (key.year, key.compared_year) != (report.year, None):
        return
    this_unit, then_unit = _unit(value.quantity), _unit(then.quantity)
    if this_unit.casefold() != then_unit.casefold():
        found = f"värdet är i {this_unit}, men jämförs med ett värde i {then_unit} ({then.place})"
        yield Problem(value.place, found, "Skriv båda värdena i samma måttenhet.")


def _unit(quantity: Quantity) -> str:
    return quantity.unit or quantity.kind.value


def check_kind(value: Value, indicator: Indicator, *, is_change: bool = True) -> Iterator[Problem]:
    """A value is compared with a target in its own unit. What lies between two shares is points."""
    kind = value.quantity.kind
    compared = margin_kind(kind) if not is_change else kind
    yield from _check_margin(value, indicator)
    if not indicator.target.is_set and compared not in indicator.target_kinds:
        found = f"värdet är i {_unit(value.quantity)}, men måttet är ”{indicator.measure_name}”"
        yield Problem(value.place, found, f"Skriv värdet i {indicator.kind.value}.")
        return
    if indicator.target.kind not in (None, compared):
        found = f"värdet är i {kind.value}, men kravet är ”{indicator.target.text}”"
        yield Problem(value.place, found, "Skriv samma måttenhet som i kravet.")
        return
    units = {indicator.target.unit.casefold(), value.quantity.unit.casefold()} - {""}
    if len(units) > 1:
        found = f"värdet är i {value.quantity.unit}, men kravet är ”{indicator.target.text}”"
        yield Problem(value.place, found, "Skriv samma måttenhet som i kravet.")
    if indicator.is_whole and value.quantity.value.denominator != 1:
        found = f"indikator {indicator.id} är ett antal, men värdet är inte ett heltal"
        yield Problem(value.place, found, "Skriv ett heltal, eller ändra måttet till ”värde”.")


def _check_margin(value: Value, indicator: Indicator) -> Iterator[Problem]:
    """Where the target is only a direction, the values say what the margin is counted in."""
    margin = indicator.margin
    if margin is None or indicator.target.kind is not None:
        return
    units = {margin.unit.casefold(), value.quantity.unit.casefold()} - {""}
    if margin.kind is not margin_kind(value.quantity.kind) or len(units) > 1:
        is_points = margin_kind(value.quantity.kind) is Kind.POINTS
        unit = Kind.POINTS.value if is_points else _unit(value.quantity)
        found = f"marginalen är i {_unit(margin)}, men värdena i {_unit(value.quantity)} ({value.place})"
        yield Problem(indicator.place("margin"), found, f"Skriv marginalen i {unit}.")


def fits_level(level: Target, part: Indicator, report: Report) -> bool:
    """Whether what a part measures can be compared with a level. ”uppfyllt” means the part's own target."""
    if level.kind is Kind.VERDICT:
        return True
    if level.kind is None:
        return bool(part.target_kinds & {Kind.POINTS, Kind.NUMBER})
    if part.target.kind is not None:
        units = {level.unit.casefold(), part.target.unit.casefold()} - {""}
        return level.kind is part.target.kind and len(units) < 2
    if isinstance(part, ChangeIndicator):
        measured = [(key, value.quantity) for key, value in values_of(part, report)]
        return all(
            level.kind is (one.kind if key.compared_year else margin_kind(one.kind))
            for key, one in measured
            if key.year == report.year
        )
    return level.kind in part.target_kinds
