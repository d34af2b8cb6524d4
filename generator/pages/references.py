"""Figures in text: an author writes {1.2.1} and readers get ”77 % (247 av 319)”.

The handbook lists the forms. A reference that cannot be resolved is a problem at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from typing import NoReturn

from generator.model.names import name_key, suggestion
from generator.model.narrative import Markdown
from generator.model.outcomes import People
from generator.model.places import Problem
from generator.model.results import Index, IndicatorResult, ScoredReport, Signal, UnitResult
from generator.model.tables import background_of, change_of, people_of_row, value_of
from generator.pages.numbers import NBSP, count, percent, percent_number, plain_number
from generator.pages.previous import previous_text
from generator.pages.wording import (
    NOT_MEASURED,
    SIGNAL_WORDS,
    basis_text,
    change_size,
    change_text,
    lower_first,
    of_text,
    outcome_text,
    points_text,
    quantity_text,
    target_text,
)

REFERENCE = re.compile(r"(?<!\\)\{([^{}\n]*)\}")
BACKGROUND, AREA, INDEX, COUNT = "bakgrund", "omrade", "index", "antal"
LAST_YEAR = "forra-aret"


class UnknownReferenceError(Exception):
    """A reference that means nothing; carries how to mend it."""


class References:
    """Resolves references for one unit of a report, or for the association."""

    def __init__(self, scored: ScoredReport, unit: UnitResult) -> None:
        self.scored = scored
        self.unit = unit
        self.report = scored.report
        self.rounding = scored.report.rules.rounding
        self.results = {result.indicator.id: result for result in unit.results}

    def expand(self, body: Markdown) -> str:
        """The Markdown with every reference replaced. Raises UnknownReferenceError."""
        text = REFERENCE.sub(lambda match: self.resolve(match[1]), body.source)
        return text.replace("\\{", "{")

    def problems(self, body: Markdown) -> Iterator[Problem]:
        """Each reference of a text that cannot be resolved."""
        for match in REFERENCE.finditer(body.source):
            try:
                self.resolve(match[1])
            except UnknownReferenceError as error:
                place = body.place(match.start())
                yield Problem(place, f"hänvisningen {match[0]} går inte att tolka", str(error))

    def resolve(self, said: str) -> str:
        """The figure that a reference stands for. Raises UnknownReferenceError."""
        if ":" in said:
            name, rest = said.split(":", 1)
            return self._for_unit(name).resolve(rest)
        words = said.split()
        if not words:
            raise UnknownReferenceError("Skriv vad figuren är, till exempel {1.2.1} eller {deltagare}.")
        for rule in (
            self._indicator,
            self._index,
            self._area,
            self._signal_count,
            self._share,
            self._background,
            self._series,
            self._row,
        ):
            text = rule(words)
            if text is not None:
                return text
        raise UnknownReferenceError(self._remedy(words))

    def _for_unit(self, name: str) -> References:
        units = (self.scored.association, *self.scored.units)
        for unit in units:
            if name_key(name) in (unit.unit.id, name_key(unit.unit.name)):
                return References(self.scored, unit)
        names = [unit.unit.name for unit in units]
        close = suggestion(name, names)
        raise UnknownReferenceError(f"{close} Före kolon står namnet på en enhet.".strip())

    def _indicator(self, words: list[str]) -> str | None:
        result = self.results.get(words[0])
        if result is None:
            return None
        outcome = outcome_text(result, self.rounding)
        form = name_key(" ".join(words[1:]))
        match form:
            case "":
                basis = basis_text(result, self.rounding)
                return f"{outcome} ({lower_first(basis)})" if basis else outcome
            case "varde":
                return outcome
            case "taljare" | "namnare":
                outcome_part = result.outcome.numerator if form == "taljare" else result.outcome.denominator
                return self._known(outcome_part, words)
            case "krav":
                return target_text(result.indicator)
            case "vikt":
                return self._known(result.indicator.weight, words)
            case "poang":
                return points_text(result.earned)
            case "signal":
                return _signal_word(result)
        forms = ["värde", "täljare", "nämnare", "krav", "vikt", "poäng", "signal"]
        raise UnknownReferenceError(f"Efter {words[0]} kan stå: {', '.join(forms)}.")

    def _known(self, number: int | None, words: list[str]) -> str:
        if number is None:
            raise UnknownReferenceError(f"Indikator {words[0]} har inget sådant värde.")
        return count(number)

    def _index(self, words: list[str]) -> str | None:
        if name_key(words[0]) != INDEX:
            return None
        if len(words) > 1 and name_key(words[1]) == "mal":
            return percent_number(self.report.rules.index_target, self.rounding)
        return self._of_index(self.unit.index, words[1:])

    def _area(self, words: list[str]) -> str | None:
        if name_key(words[0]) != AREA or len(words) < 2:
            return None
        for area in self.unit.areas:
            if area.area.id == words[1]:
                if name_key(" ".join(words[2:])) == "namn":
                    return area.area.name
                return self._of_index(area.index, words[2:])
        ids = ", ".join(area.area.id for area in self.unit.areas)
        raise UnknownReferenceError(f"Det finns inget område {words[1]}; områdena är {ids}.")

    def _of_index(self, index: Index, form: list[str]) -> str:
        if index.share is None:
            self._missing("ett index")
        match [name_key(word) for word in form]:
            case []:
                return percent_number(index.share, self.rounding, index.limits)
            case ["poang"]:
                return f"{plain_number(index.earned)}{NBSP}av{NBSP}{count(index.possible)}"
        raise UnknownReferenceError("Här kan stå ingenting mer, eller poäng.")

    def _signal_count(self, words: list[str]) -> str | None:
        if name_key(words[0]) != COUNT or len(words) < 2:
            return None
        signals = [result.signal for result in self.unit.results if result.counts]
        match name_key(" ".join(words[1:])):
            case "grona":
                return count(signals.count(Signal.GREEN))
            case "orange":
                return count(signals.count(Signal.ORANGE))
            case "roda":
                return count(signals.count(Signal.RED))
            case "ej-matta":
                return count(signals.count(None))
            case "indikatorer":
                return count(len(signals))
        raise UnknownReferenceError("Efter antal kan stå: gröna, orange, röda, ej mätta, indikatorer.")

    def _share(self, words: list[str]) -> str | None:
        """”arbete av positiv_losning”, ”kvinnor av avslut”"""
        if "av" not in words:
            return None
        middle = words.index("av")
        part, whole = " ".join(words[:middle]), " ".join(words[middle + 1 :])
        all_people = self._people(whole)
        if all_people is None:
            return None
        if name_key(part) in ("kvinnor", "man"):
            return self._share_text(self._by_sex(all_people, part), all_people.total)
        some_people = self._people(part)
        return None if some_people is None else self._share_text(some_people.total, all_people.total)

    def _share_text(self, part: int, whole: int) -> str:
        if whole == 0:
            raise UnknownReferenceError("Andelen går inte att räkna ut: nämnaren är 0.")
        return f"{percent(Fraction(part, whole), self.rounding)} ({of_text(part, whole)})"

    def _background(self, words: list[str]) -> str | None:
        """”bakgrund ålder 20–24 kvinnor”"""
        if name_key(words[0]) != BACKGROUND or len(words) < 3:
            return None
        table = background_of(self.report, self.unit.unit.id, name_key(words[1]))
        if not table:
            known = ", ".join(one.id for one in self.report.settings.background)
            raise UnknownReferenceError(f"Det finns ingen bakgrundstabell {words[1]}; de är {known}.")
        form = name_key(words[-1])
        has_form = form in ("kvinnor", "man", "andel")
        category = name_key(" ".join(words[2:-1] if has_form else words[2:]))
        by_key = {name_key(name): people for name, people in table.items()}
        total = sum(people.total for people in table.values())
        if category == "summa":
            people = reduce(People.__add__, table.values())
        elif category in by_key:
            people = by_key[category]
        else:
            close = suggestion(category, table)
            raise UnknownReferenceError(f"{close} Kategorierna står i utfall/bakgrund.csv.".strip())
        if form == "andel":
            return self._share_text(people.total, total)
        return count(self._by_sex(people, form) if has_form else people.total)

    def _series(self, words: list[str]) -> str | None:
        """”helårsekvivalenter Umeå”: the change since the year before, or else the year's value.

        With ”utan tecken” last it is the size of the change, for a sentence that says the direction.
        """
        if len(words) < 2 or name_key(words[0]) not in (one.id for one in self.report.settings.series):
            return None
        has_size_only = name_key(" ".join(words[-2:])) == "utan-tecken"
        place_words = words[1:-2] if has_size_only else words[1:]
        place, year, series = name_key(" ".join(place_words)), self.report.year, name_key(words[0])
        change = change_of(self.report, series, place, year, year - 1)
        if change is not None:
            return change_size(change[0]) if has_size_only else change_text(change[0])
        value = value_of(self.report, series, place, year)
        if value is None:
            raise UnknownReferenceError(f"Serien har inget värde för {' '.join(place_words)} {year}.")
        return quantity_text(value.quantity, self.rounding)

    def _row(self, words: list[str]) -> str | None:
        """”deltagare”, ”deltagare kvinnor”, ”deltagare förra året”"""
        rows = {row.id for row in self.report.settings.rows}
        for length, forms in ((0, ("",)), (1, ("kvinnor", "man")), (2, (LAST_YEAR,))):
            middle = len(words) - length
            row, form = name_key(" ".join(words[:middle])), name_key(" ".join(words[middle:]))
            if row in rows and form in forms:
                return self._figure_of_row(row, form)
        return None

    def _figure_of_row(self, row: str, form: str) -> str:
        if form == LAST_YEAR:
            text = previous_text(self.report, self.unit.unit, row)
            return text or self._missing(f"{self.report.year - 1} års uppgift")
        people = self._people(row)
        if people is None:
            return self._missing("uppgiften")
        return count(self._by_sex(people, form) if form else people.total)

    def _missing(self, what: str) -> NoReturn:
        raise UnknownReferenceError(
            f"Hänvisningen är rätt skriven, men {what} saknas för {self.unit.unit.name}."
        )

    def _people(self, row: str) -> People | None:
        return people_of_row(self.report, self.unit.unit.id, name_key(row))

    def _by_sex(self, people: People, sex: str) -> int:
        number = people.women if name_key(sex) == "kvinnor" else people.men
        if number is None:
            raise UnknownReferenceError("Bara totalen är känd, inte kvinnor och män.")
        return number

    def _remedy(self, words: list[str]) -> str:
        known = [
            *self.results,
            *(row.id for row in self.report.settings.rows),
            *(f"område {area.area.id}" for area in self.unit.areas),
            *(one.id for one in self.report.settings.series),
            "index",
            "index poäng",
            "antal gröna",
            "antal orange",
            "antal röda",
            "antal indikatorer",
        ]
        close = suggestion(" ".join(words), known) or suggestion(words[0], known)
        return close or "Handboken listar vad som kan stå inom { }. Skriv \\{ för en vanlig klammer."


def _signal_word(result: IndicatorResult) -> str:
    return lower_first(NOT_MEASURED if result.signal is None else SIGNAL_WORDS[result.signal])


def reference_problems(scored: ScoredReport) -> Iterator[Problem]:
    """Every reference in the report's texts that cannot be resolved."""
    report = scored.report
    association = References(scored, scored.association)
    for body in (*(text.body for text in report.texts), *(story.body for story in report.stories)):
        yield from association.problems(body)
    for analysis in report.analyses:
        yield from References(scored, unit_result(scored, analysis.unit)).problems(analysis.body)


def unit_result(scored: ScoredReport, id: str) -> UnitResult:
    return next(unit for unit in scored.units if unit.unit.id == id)
