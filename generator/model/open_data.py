"""Open data: a report's tables with named and typed columns, and the licence that they have."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from generator.model.frozen import Frozen
from generator.model.sources import SourceColumn

RESULTS = "data/resultat.json"
PACKAGE = "data/datapackage.json"
WORKBOOK = "data/excel/tabeller.xlsx"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | float | None
Rows = tuple[tuple[Cell, ...], ...]


def summary(title: str, organisation: str) -> str:
    """What the data of a report are, in one sentence."""
    return f"De mål och indikatorer som {organisation} följer upp i {title}, med krav, utfall och underlag."


class Licence(StrEnum):
    """What others may do with the data, by the names that authors use."""

    CC0 = "CC0"
    CC_BY = "CC BY"

    @property
    def full_name(self) -> str:
        """With its version, for readers."""
        return {Licence.CC0: "CC0\u00a01.0", Licence.CC_BY: "CC\u00a0BY\u00a04.0"}[self]

    @property
    def id(self) -> str:
        """As https://opendefinition.org/licenses/ names it, and in the catalogues of open data."""
        return {Licence.CC0: "CC0-1.0", Licence.CC_BY: "CC-BY-4.0"}[self]

    @property
    def address(self) -> str:
        path = {Licence.CC0: "publicdomain/zero/1.0", Licence.CC_BY: "licenses/by/4.0"}[self]
        return f"https://creativecommons.org/{path}/"


class DataField(Frozen):
    """A column. `type` is one of Table Schema: "string", "integer", "number" or "year"."""

    name: str
    type: str
    meaning: str  # for readers

    @property
    def column(self) -> SourceColumn:
        return {"string": SourceColumn.TEXT, "year": SourceColumn.YEAR}.get(self.type, SourceColumn.NUMBER)


class DataTable(Frozen):
    """A table as it is published. A row begins with the cells that say which row it is."""

    name: str  # "deltagare"
    title: str
    fields: tuple[DataField, ...]
    given: Rows | Callable[[], Rows]  # its rows, or what makes them when somebody looks at the data
    source: str = ""  # where an author has taken the figures from

    @cached_property
    def rows(self) -> Rows:
        return self.given() if callable(self.given) else self.given

    @property
    def path(self) -> str:
        """For programs, in the report's folder."""
        return f"data/{self.name}.csv"

    @property
    def excel_path(self) -> str:
        """As Swedish Excel opens it."""
        return f"data/excel/{self.name}.csv"
