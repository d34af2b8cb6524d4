"""Last year's figures of the participant table, as they were published."""

from __future__ import annotations

from generator.model.quantities import Kind
from generator.model.report import Report
from generator.model.settings import Unit
from generator.model.tables import value_of
from generator.pages.numbers import count, percent


def previous_text(report: Report, unit: Unit, row: str) -> str:
    """A count or a percentage of the year before, or "" when it is not known.

    The association's counts are the sums of its units' unless they are given.
    """
    value = value_of(report, row, unit.id, report.year - 1)
    if value is not None:
        if value.quantity.kind is Kind.SHARE:
            return percent(value.quantity.value, report.rules.rounding)
        return count(int(value.quantity.value))
    if unit.id != report.association.id:
        return ""
    parts = [value_of(report, row, other.id, report.year - 1) for other in report.units]
    numbers = [part.quantity for part in parts if part is not None]
    if not numbers or len(numbers) < len(parts):
        return ""
    if any(number.kind is not Kind.NUMBER for number in numbers):
        return ""
    return count(sum(int(number.value) for number in numbers))
