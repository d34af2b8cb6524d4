"""Many organisations beside each other, as far as what they publish can be compared.

Each has its own goals and weights, so nothing is ranked: rows stand by name. Areas and counts have a column
where at least two organisations call them the same.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

from generator.model.frozen import Frozen
from generator.model.names import name_key, upper_first
from generator.model.published import PublishedIndex, PublishedResult
from generator.pages import views
from generator.pages.numbers import DASH, count, day_and_month, number_word, plain_number
from generator.pages.wording import HIDDEN_TEXT, INDEX_WORDS

MOST_COLUMNS = 8
FEWEST_DRAWN = 3  # indexes: fewer are read quicker in the table
TOTAL = "Totalt"


class IndexCell(Frozen):
    """An index of an organisation; `signal` None where it has none."""

    text: str  # "70", or a dash
    signal: views.Signal | None


class Row(Frozen):
    organisation: str
    report: str  # "Socialt bokslut 2021"
    indexes: tuple[IndexCell, ...]  # in total, and of each area that several share
    others: str  # "Medarbetarnöjdhet 76, Samordning 72": areas that it alone has
    participants: tuple[str, ...]
    method: tuple[str, ...]  # period, areas, indicators, target, what is taken over


class Spread(Frozen):
    """How an index is spread over the organisations: places on a line from 0 to 100 percent."""

    name: str
    dots: tuple[str, ...]
    lowest: str
    middle: str
    highest: str
    number: str


class Overview(Frozen):
    title: str
    lead: str
    areas: tuple[str, ...]
    counts: tuple[str, ...]
    rows: tuple[Row, ...]
    spreads: tuple[Spread, ...]


def overview_view(results: Sequence[PublishedResult]) -> Overview:
    areas = _shared((result.organisation, area.name) for result in results for area in result.areas)
    counts = _shared((result.organisation, row.name) for result in results for row in result.participants)
    number = len({name_key(result.organisation) for result in results})
    years = sorted({result.head.last_day.year for result in results})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    who = f"{upper_first(number_word(number))} {'organisation' if number == 1 else 'organisationer'}"
    return Overview(
        f"Sociala bokslut {span}",
        f"{who} och {number_word(len(results), 'ett')} bokslut, så som de är publicerade."
        " Var och en har egna mål och vikter. Därför rangordnas de inte.",
        areas,
        counts,
        tuple(_row(result, areas, counts) for result in results),
        tuple(_spreads(results, areas)),
    )


def _shared(named: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What at least two organisations call the same, the most common first, by the first name met."""
    names = [(name_key(organisation), name_key(name), name) for organisation, name in named]
    first = {key: name for _, key, name in reversed(names)}
    number = Counter(key for _, key in dict.fromkeys((own, key) for own, key, _ in names))
    return tuple(first[key] for key, times in number.most_common(MOST_COLUMNS) if times > 1)


def _row(result: PublishedResult, areas: Sequence[str], counts: Sequence[str]) -> Row:
    shared = {name_key(name) for name in areas}
    of_area = {name_key(area.name): area for area in result.areas}
    people = {name_key(row.name): row for row in result.participants}
    others = (area for area in result.areas if name_key(area.name) not in shared)
    return Row(
        result.organisation,
        result.head.title,
        (_cell(result.index), *(_cell(of_area.get(name_key(name))) for name in areas)),
        ", ".join(f"{area.name} {_number(area.percent)}".strip() for area in others),
        tuple(DASH if (row := people.get(name_key(name))) is None else _count(row.total) for name in counts),
        (
            _period(result.head.first_day, result.head.last_day),
            count(len(result.areas)),
            f"{count(result.index.measured)} av {count(result.index.total)}",
            DASH if result.index.percent is None else _number(result.index.target),
            "Ja" if result.index.reported else "Nej",
        ),
    )


def _cell(index: PublishedIndex | None) -> IndexCell:
    if index is None or index.percent is None:
        return IndexCell(DASH, None)
    text, word = _number(index.percent), INDEX_WORDS.get(index.signal) if index.signal else None
    return IndexCell(text, views.Signal(index.signal, word) if index.signal and word else None)


def _number(percent: Decimal | None) -> str:
    return "" if percent is None else plain_number(Fraction(percent))


def _count(total: int | None) -> str:
    return HIDDEN_TEXT if total is None else count(total)


def _period(first: datetime.date, last: datetime.date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{day_and_month(first)}–{day_and_month(last)} {last.year}"


def _spreads(results: Sequence[PublishedResult], areas: Sequence[str]) -> Iterator[Spread]:
    of_areas = [area for result in results for area in result.areas]
    found = {TOTAL: [result.index.percent for result in results]}
    for name in areas:
        found[name] = [area.percent for area in of_areas if name_key(area.name) == name_key(name)]
    for name, percents in found.items():
        known = sorted(percent for percent in percents if percent is not None)
        if len(known) >= FEWEST_DRAWN:
            dots = tuple(f"{percent}%" for percent in known)
            middle = _number(median(known))
            yield Spread(name, dots, _number(known[0]), middle, _number(known[-1]), count(len(known)))
