"""One row per respondent or participant, as the file of a survey tool or a register has them."""

from collections.abc import Callable, Collection, Iterator, Sequence

from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.places import Place


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
