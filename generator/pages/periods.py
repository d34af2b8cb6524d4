"""How the period of a report is told."""

from generator.model.names import upper_first
from generator.model.settings import ReportSettings
from generator.pages.numbers import day_and_month, long_date


def kind_text(settings: ReportSettings) -> str:
    """”Tertial 2 2024, 1 maj–31 augusti 2024”; "" of a whole year."""
    period = settings.period
    dates = f"{day_and_month(period.first_day)}–{long_date(period.last_day)}"
    return f"{upper_first(str(period))}, {dates}" if period.part else ""


def so_far_text(settings: ReportSettings) -> str:
    """What the targets are of, in a report of a part of the year."""
    if settings.part is None:
        return ""
    if settings.targets_of_part:
        return "Kraven gäller perioden."
    return "Kraven gäller hela året, och utfallen visar hur det ser ut så här långt."
