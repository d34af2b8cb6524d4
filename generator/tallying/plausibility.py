"""Whether a file of answers is laid out as its map says: what nobody reads may hold half of the answers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.model.frozen import Frozen
from generator.model.names import name_key
from generator.model.places import Place, Problem, Severity
from generator.model.raw import RawTable
from generator.model.sums import NO_ROW
from generator.tallying.choices import Choices
from generator.tallying.survey_layout import SurveyLayout

_HALF, _NEARLY = 0.5, 0.9  # of the cells
_ENOUGH = 500  # cells of a column; which of them can be read as something else takes time to tell
_AUTOMATIC = re.compile(r"(?:unnamed|kolumn|column|field|fält|f|v|x)?[-_ .:]*[0-9]*", re.IGNORECASE)
_TOTAL = re.compile(
    rf"{NO_ROW.pattern}|antal(?: svar(?:ande)?)?(?:[:\s].{{0,40}})?|n ?=.*|std.*|standardavvikelse.*",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?:antal|frekvens|procent|andel)(?: svar(?:ande)?)?|count|percent|%|kvinnor|män|n", re.I
)
_REMEDY = (
    "Exportera filen med en kolumn för varje fråga och svaren som text."
    " Eller ange en kolumn för varje svar i kartan: frågan, och under den ”svar: rubrik” på egna rader."
    " Står rubrikerna på två rader, skriv alla på den undre i filen, och dess nummer vid ”rubriker_på_rad”."
)


class _Read(Frozen):
    """A column that is read; `of` names what it tells, and `choices` are what may stand there."""

    index: int
    heading: str
    of: str
    choices: Choices[Any]
    is_question: bool


class _Unread(Frozen):
    """A column that the map does not name, the rows where it is filled, and what stands in some of them."""

    index: int
    heading: str
    rows: Sequence[Sequence[str]]
    texts: Counter[str]

    def known(self, read: _Read) -> float:
        """In what share of the cells stands what another column could hold, which no answer is too."""
        if not any(map(read.choices.__getitem__, self.texts)):
            return 0
        known = (count for text, count in self.texts.items() if read.choices[text] is not None)
        return sum(known) / self.texts.total()

    def is_apart(self, read: _Read) -> bool:
        """Whether another column is filled in few of its rows too."""
        both = sum(bool(texts[read.index].strip()) for texts in self.rows)
        return both <= 1 + len(self.rows) // 10


def spread_answers(
    table: RawTable, layout: SurveyLayout, rows: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[Problem]:
    """Answers beside those that are read, and rows that are no respondent's. Only headings are told.

    The first `rows` are enough: a layout shows in them.
    """
    for row, texts in (*rows[:2], *rows[-3:]):  # what adds up the persons stands first or last
        first = next((text.strip() for text in texts if text.strip()), "")
        if _TOTAL.fullmatch(first):
            found = "raden ser ut som en summa eller en källa"
            yield Problem(table.place(row), found, "Ta bort den ur filen.")
    read = list(_read(table, layout))
    yield from _added_up(table, read, rows)
    beside: dict[int, list[_Unread]] = defaultdict(list)
    others: list[_Unread] = []
    for column in _unread(table, layout, rows):
        owner = next((number for number, each in enumerate(read) if _is_spread(column, each)), None)
        if owner is not None:
            beside[owner].append(column)
        elif any(each.is_question and column.known(each) >= _NEARLY for each in read):
            others.append(column)
    for owner, columns in beside.items():
        place = table.place(table.heading_row, read[owner].index)
        yield spread(place, read[owner].of, map(_name, columns))
    if others:
        found = f"svar på kartans skalor läses inte ur {', '.join(map(_name, others))}"
        remedy = "Ska de räknas, lägg till frågorna under ”frågor” i kartan."
        yield Problem(table.place(table.heading_row), found, remedy, Severity.WARNING)


def _added_up(
    table: RawTable, read: Sequence[_Read], rows: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[Problem]:
    """A file of what each answer was given by how many: a respondent would be counted for each answer."""
    amounts = [heading for heading in table.headings if _AMOUNT.fullmatch(heading)]
    answers = [texts[each.index] for each in read if each.is_question for _, texts in rows]
    if amounts and len(answers) > 1 and len({*answers}) == len(answers) == len(rows):
        found = f"varje svar står en gång, bredvid ”{amounts[0]}”: filen ser ut som en sammanställning"
        remedy = "Exportera en rad för varje svarande, eller skriv antalen i utfall/enkat.csv."
        yield Problem(table.place(), found, remedy)


def spread(place: Place, of: str, columns: Iterable[str]) -> Problem:
    """That `of` stands in these columns too."""
    found = f"{of} står i flera kolumner: också i {', '.join(columns)}, som kartan inte nämner"
    return Problem(place, found, _REMEDY)


def _name(column: _Unread) -> str:
    return f"”{column.heading}”" if column.heading else f"kolumn {column.index + 1} utan rubrik"


def _read(table: RawTable, layout: SurveyLayout) -> Iterator[_Read]:
    for trait in layout.in_columns:
        if trait.column is not None:
            heading = table.heading(trait.column)
            yield _Read(trait.column, heading, trait.said, trait.choices, is_question=False)
    for question in layout.questions:
        column = question.columns[0]
        of = f"svaren på {question.wanted.use}" if len(question.columns) == 1 else ""
        yield _Read(column.index, table.heading(column.index), of, column.choices, is_question=True)


def _unread(
    table: RawTable, layout: SurveyLayout, rows: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[_Unread]:
    """Those that anything stands in."""
    for index in sorted({*range(table.width)} - {*layout.columns}):
        if filled := [texts for _, texts in rows if texts[index].strip()]:
            some = Counter(texts[index] for texts in filled[:: 1 + len(filled) // _ENOUGH])
            yield _Unread(index, table.heading(index), filled, some)


def _is_spread(column: _Unread, read: _Read) -> bool:
    """Whether a column holds what another one leaves out. A second row of headings fills both once."""
    if not read.of:
        return False
    if read.is_question and _names_an_answer(column.heading, read):
        return _stem(read.heading, read) != name_key(read.heading) or column.is_apart(read)
    is_unnamed = not column.heading or bool(_AUTOMATIC.fullmatch(column.heading))
    is_alike = bool(read.choices[column.heading]) or _is_alike(column.heading, read.heading)
    return (is_unnamed or (is_alike and column.is_apart(read))) and column.known(read) >= _HALF


def _names_an_answer(heading: str, read: _Read) -> bool:
    """Whether a heading is that of the column, or of its question, with an answer: ”Stöd [Ja, helt]”."""
    stem = _stem(heading, read)
    return stem != name_key(heading) and stem == _stem(read.heading, read)


def _stem(heading: str, read: _Read) -> str:
    """The name key of a heading without an answer after it."""
    key = name_key(heading)
    answers = (f"-{name_key(name)}" for name in read.choices.known if not name.isdigit())
    return key.removesuffix(max(filter(key.endswith, answers), key=len, default=""))


def _is_alike(first: str, second: str) -> bool:
    """Whether two headings differ in a number at the end only: ”F1_1” and ”F1_2”."""
    stems = [re.sub(r"[-0-9]+$", "", name_key(heading)) for heading in (first, second)]
    return bool(stems[0]) and stems[0] == stems[1]
