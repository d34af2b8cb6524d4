"""Files with a row for each respondent or participant, and the tables that are counted out of them."""

from collections.abc import Callable, Collection, Iterator, Sequence

from generator.model.entry import Entry, key
from generator.model.fields import UNSEEN_KEY, NestedPairs, Pairs, Unseen, WholeNumber
from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.places import Place


class FileMap(Entry):
    """What a map says of its file: where the headings stand, by default on the first row with anything in it,
    and where persons begin.

    Some survey tools have several rows of headings. Rows count from 1. `unseen` is what becomes of those that
    are hidden, which must be said if there are any. `values` are what the columns hold where that is not the
    name used here.
    """

    heading_row: WholeNumber = key("rubriker_på_rad", default=0, ge=0)
    first_row: WholeNumber = 0
    unseen: Unseen | None = key(UNSEEN_KEY, "Om dolda rader, kolumner och blad i filen räknas.", None)
    values: NestedPairs = key("värden", default=Pairs())

    def begins(self, heading_row: int) -> int:
        """The first row that may be a person's, below the headings."""
        return max(self.first_row, heading_row + 1)


class RawTable(Frozen):
    """Headings as written, "" for a column without one, and the cells, which are read only when asked for.

    `width` is how many columns the row of headings has, also those at its end that have none.

    `read` yields each row: its number, as a spreadsheet counts, and the text of each column. Rows where
    nothing stands may be among them. It takes the indexes of the columns that matter: of what cannot be read
    in them it adds problems, and what it has yielded by then is not to be used.
    """

    file: str
    headings: tuple[str, ...]
    heading_row: int
    width: int
    read: Callable[[Collection[int]], Iterator[tuple[int, Sequence[str]]]]

    def heading(self, column: int) -> str:
        return self.headings[column] if column < len(self.headings) else ""

    def indexes(self, heading: str) -> list[int]:
        """The columns with a heading, which should be one."""
        key = name_key(heading)
        return [index for index, other in enumerate(self.headings) if name_key(other) == key]

    def place(self, row: int = 0, column: int | None = None) -> Place:
        """A spot, which is all that may be told of a cell: what stands there is somebody's."""
        return Place(self.file, row, "" if column is None else self.heading(column))


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
