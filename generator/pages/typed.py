"""Figures that are typed beside a unit's name and are none of its own: they stay when the data change."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache

from generator.figures import UnknownFigureError, names_of
from generator.model.names import lower_first
from generator.model.narrative import MENTION
from generator.model.places import Problem
from generator.model.settings import ReportSettings, Unit
from generator.model.shown import ShownReport
from generator.pages.references import References
from generator.texts import sentences

_SPACE = "[ \xa0\u202f]?"
_NUMBER = rf"(?<![\d,.–-])(\d{{1,3}}(?:{_SPACE}\d{{3}})*(?:,\d+)?){_SPACE}"
_SHARE = "1.2.1"  # an example of what has a percentage
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def typed_hints(published: ShownReport) -> Iterator[Problem]:
    """Percentages, and counts before the name of a row, in sentences that name a unit and no other year."""
    report, patterns = published.report, _patterns(published.report.settings)
    names, any_name = [(unit, _named([unit])) for unit in report.units], _named(report.units)

    @cache
    def known(unit: str) -> Mapping[str, set[int]]:
        return _known(published, unit, patterns)

    for body in report.bodies:
        for sentence, line in sentences(body.source):
            text = MENTION.sub("", sentence)
            if not (_DIGIT.search(text) and any_name.search(text)):
                continue
            units = [unit for unit, named in names if named.search(text)]
            if not units or {*_YEAR.findall(text)} - {str(report.year)}:
                continue
            for typed, number, name in _typed(text, patterns):
                if not any(number in known(unit.id)[name] for unit in (report.association, *units)):
                    unit = units[0].name
                    found = f"”{typed}” står bredvid {unit}, men är inget av talen därifrån"
                    remedy = f"Skriv vad talet heter, som {{{unit}: {name}}}, så är det alltid rätt."
                    yield from body.hint(line, found, remedy)


def _typed(text: str, patterns: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """What is typed, the number in it, and the name of the figure that it may be."""
    for name, pattern in patterns.items():
        yield from ((typed[0], _whole(typed[1]), name) for typed in re.finditer(pattern, text))


def _patterns(settings: ReportSettings) -> dict[str, str]:
    """What a percentage looks like, and a count of each row of the participant table, by names in texts."""
    rows = {}
    for row in settings.rows:
        words = map(re.escape, {row.id.replace("-", " "), lower_first(row.short_name or row.name)})
        rows[row.id.replace("-", "_")] = rf"{_NUMBER}(?:{'|'.join(words)})\b"
    return {_SHARE: rf"{_NUMBER}(?:%|procent\b)", **rows}


def _known(published: ShownReport, unit: str, patterns: Mapping[str, str]) -> Mapping[str, set[int]]:
    """The whole numbers that readers are shown of a unit: its percentages, and the counts of each row."""
    result = next(result for result in published.every_unit if result.unit.id == unit)
    references, numbers = References(published, result), defaultdict[str, set[int]](set)
    for _, name in names_of(published, result):
        with suppress(UnknownFigureError):  # it has no value yet
            value, row = references.resolve(name), name.partition(" ")[0]
            numbers[_SHARE] |= {_whole(found[1]) for found in re.finditer(patterns[_SHARE], value)}
            if row in patterns and " av " not in name:
                numbers[row] |= {_whole(found[1]) for found in re.finditer(_NUMBER, value)}
    return numbers


def _named(units: Iterable[Unit]) -> re.Pattern[str]:
    names = (re.escape(name) for unit in units for name in (unit.name, unit.short_name) if name)
    return re.compile(rf"\b(?:{'|'.join(names)})s?\b")


def _whole(typed: str) -> int:
    return round(float(re.sub(_SPACE, "", typed).replace(",", ".")))
