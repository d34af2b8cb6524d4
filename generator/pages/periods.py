"""How the period of a report is told."""

from generator.model.names import upper_first
from generator.model.periods import Period
from generator.model.settings import ReportSettings
from generator.pages.numbers import day_and_month, long_date


def dates_text(period: Period) -> str:
    """”1 maj–31 augusti 2024”"""
    return f"{day_and_month(period.first_day)}–{long_date(period.last_day)}"


def kind_text(settings: ReportSettings) -> str:
    """What a report of a part of the year is, with its dates; "" of a whole year."""
    period = settings.period
    return f"{upper_first(str(period))}, {dates_text(period)}" if period.part else ""


def so_far_text(settings: ReportSettings) -> str:
    """What the targets are of, in a report of a part of the year."""
    if settings.part is None:
        return ""
    if settings.targets_of_part:
        return "Kraven gäller perioden."
    return "Kraven gäller hela året, och utfallen visar hur det ser ut så här långt."
