"""Whether what a workbook hides counts: rows, columns and sheets that its program does not show."""

from enum import StrEnum

UNSEEN_KEY = "dolt"  # under which an author says it


class Unseen(StrEnum):
    COUNTED = "räknas"
    LEFT_OUT = "räknas inte"
