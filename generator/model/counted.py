"""A table of a report that has been counted out of rows of persons."""

from generator.model.frozen import Frozen


class CountedTable(Frozen):
    """`name` is that of its file in utfall/, `columns` its headings, and `rows` what stands under them.

    Rows that have the same values in the columns `replaces` belong together: those of an older table give
    way to these.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    replaces: tuple[str, ...]


class Tally(Frozen):
    """What came of a file: `persons` counted of those who stand in it, in these tables."""

    persons: int
    tables: tuple[CountedTable, ...]
