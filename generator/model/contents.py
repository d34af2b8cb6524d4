"""The parts of a report, and its table of contents: which of them it has, and in which order."""

from enum import StrEnum

from generator.model.names import name_key
from generator.model.settings import OwnPart, ReportSettings


class Part(StrEnum):
    """The parts that the program knows, by the names that authors use, in the order of a report."""

    OVERVIEW = "översikt"
    YEAR = "året"
    INDEX = "index"
    AREAS = "områden"
    PLAN = "strategiska mål"
    PARTICIPANTS = "deltagare"
    SERIES = "serier"
    STORIES = "exempel"
    UNITS = "enheter"
    BUDGET = "social budget"
    ECONOMY = "ekonomi"
    SIGNATURES = "underskrifter"
    GUIDE = "läsanvisning"
    METHOD = "metod"
    DATA = "öppna data"
    EASY = "lättläst"
    ENGLISH = "engelska"
    ABOUT = "om förbundet"
    CONTACT = "kontakt"

    @property
    def page(self) -> str:
        """The address of the part's first page, where its author names none."""
        others = {Part.OVERVIEW: "index", Part.INDEX: "impactindex", Part.ENGLISH: "english"}
        return others.get(self) or name_key(self)


def part_names(settings: ReportSettings) -> dict[str, Part]:
    """The parts by the name keys that they may be called by."""
    names = {name_key(part): part for part in Part}
    return {"om": Part.ABOUT, name_key(settings.units_name): Part.UNITS, **names}


def contents_of(settings: ReportSettings) -> tuple[Part | OwnPart, ...]:
    """The report's parts in order; without a table of contents all that are known."""
    if settings.contents is None:
        return tuple(Part)
    names = part_names(settings)
    parts = (part if isinstance(part, OwnPart) else names.get(part) for part in settings.contents)
    return tuple(part for part in parts if part is not None)


def own_parts(settings: ReportSettings) -> tuple[OwnPart, ...]:
    return tuple(part for part in contents_of(settings) if isinstance(part, OwnPart))


def home_of_table(table: str, settings: ReportSettings) -> str:
    """The part that shows a table: one of the author's own that names it, or else the economy."""
    for part in own_parts(settings):
        if table in part.tables:
            return part.id
    return Part.ECONOMY.page
