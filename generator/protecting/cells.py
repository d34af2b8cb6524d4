"""The cells of a report's tables as sums of variables."""

from generator.model.outcome import AnswerCell, Cell, Counted, EnteredCell, PeopleCell, Uncounted
from generator.model.report import Report
from generator.protecting.answers import AnswerSums
from generator.protecting.collecting import ENTERED, Knowledge, add
from generator.protecting.linear_system import Sum
from generator.protecting.people import PeopleSums, PreviousSums


class Cells:
    """Every counted cell of a report. A cell that is asked for and not known is an error of the program."""

    def __init__(self, report: Report, knowledge: Knowledge) -> None:
        self.report, self.knowledge = report, knowledge
        self.people = PeopleSums(report, knowledge)
        self.answers = AnswerSums(report, knowledge)
        self.previous = PreviousSums(report, knowledge)
        self._entered: dict[EnteredCell, Sum] = {}

    def sum_of(self, number: Counted | Uncounted | None) -> Sum:
        """The variables that a number is a sum of; none where nobody is counted.

        Raises ValueError when they are not what the number says.
        """
        if not isinstance(number, Counted):
            return ()
        figure = add(*(self._cell(cell, number.number) for cell in number.cells))
        if self.knowledge.value(figure) != number.number:
            raise ValueError(f"{number} is not the sum of its cells")
        return figure

    def _cell(self, cell: Cell, number: int) -> Sum:
        match cell:
            case PeopleCell(table, unit, name, sex):
                return self.people.sums[table, unit, name][sex]
            case AnswerCell(key, answers):
                return self.answers.cells[key][answers]
            case EnteredCell(unit, indicator):
                if cell not in self._entered:
                    self._entered[cell] = self.knowledge.cell((ENTERED, unit, indicator), number, unit)
                return self._entered[cell]
