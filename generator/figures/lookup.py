"""Finds the figure that a name stands for, of one unit of a report, and tells what can be named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NoReturn

from generator.figures import kinds
from generator.model.accounts import columns_by_year, columns_of_years
from generator.model.amounts import AmountColumn, AmountTable
from generator.model.names import as_written, lower_first, name_key, remedy_for_unknown, suggestion
from generator.model.outcomes import ValueKey
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity
from generator.model.results import AreaResult, IndicatorResult, Signal, UnitResult
from generator.model.shown import HIDDEN, Count, Hidden, ShownPeople, ShownReport
from generator.model.table_settings import PERCENT, POINTS
from generator.model.tables import change_of

LAST_YEAR, SIZE_ONLY = "forra-aret", "utan-tecken"
OF_INDICATOR = {name_key(form): form for form in kinds.IndicatorForm}
OF_INDEX = {name_key(form): form for form in kinds.IndexForm}
FORMS_OF_AREA = ("namn", "vikt", "idealvikt", "antal …")
COUNTED: dict[str, Callable[[IndicatorResult], bool]] = {
    "grona": lambda result: result.signal is Signal.GREEN,
    "orange": lambda result: result.signal is Signal.ORANGE,
    "delvis": lambda result: result.signal is Signal.PARTLY,
    "roda": lambda result: result.signal is Signal.RED,
    "ej-matta": lambda result: not result.outcome.is_measured,
    "utan-signal": lambda result: result.outcome.is_measured and not result.signal,
    "indikatorer": lambda _: True,
}
KNOWN = ("index", "index poäng", "antal gröna", "antal orange", "antal röda", "antal indikatorer")
_KINDS = {PERCENT: Kind.SHARE, POINTS: Kind.POINTS}  # of amounts, by their unit
TALLIES = "gröna, orange, röda, ej mätta, utan signal, indikatorer, mål"


class UnknownFigureError(Exception):
    """A name that means nothing; carries how to mend it, in Swedish."""


class Figures:
    """The figures of one unit of a report, or of the association."""

    def __init__(self, published: ShownReport, unit: UnitResult) -> None:
        self.published = published
        self.unit = unit
        self.report = published.report
        self.tables = published.tables
        self.results = unit.by_id

    def find(self, said: str) -> kinds.Figure:
        """The figure that a name stands for. Raises UnknownFigureError."""
        if ":" in said:
            name, rest = said.split(":", 1)
            return self.of_unit(name).find(rest)
        words = said.split()
        if not words:
            raise UnknownFigureError("Skriv vad talet heter, till exempel 1.2.1 eller deltagare.")
        figure = self._named(words)
        if figure is None:
            raise UnknownFigureError(self._remedy(words))
        return figure

    def _named(self, words: list[str]) -> kinds.Figure | None:
        first, rest = words[0], words[1:]
        if first in self.results:
            return self._indicator(self.results[first], rest)
        match name_key(first), len(rest):
            case ("index", _):
                return self._of_index(None, rest)
            case ("omrade", number) if number > 0:
                return self._area(*rest)
            case ("antal", number) if number > 0:
                return self._tally(None, rest)
            case ("bakgrund", number) if number > 1:
                return self._background(*rest)
            case ("belopp", number) if number > 1:
                return self._amount(*rest)
        return self._share(words) or self._series(words) or self._row(words) or self._of_other(words)

    def _of_other(self, words: list[str]) -> kinds.Figure | None:
        """”Vännäs 1.2.1”: the colon after the name of a unit may be left out."""
        for middle in range(1, len(words)):
            name, rest = " ".join(words[:middle]), " ".join(words[middle:])
            if any(unit.unit.is_called(name) for unit in self.published.every_unit):
                return self.of_unit(name).find(rest)
        return None

    def of_unit(self, name: str) -> Figures:
        """The figures of a unit by its id or name. Raises UnknownFigureError."""
        for unit in self.published.every_unit:
            if unit.unit.is_called(name):
                return Figures(self.published, unit)
        close = suggestion(name, (unit.unit.name for unit in self.published.every_unit))
        raise UnknownFigureError(f"{close} Före kolon står namnet på en enhet.".strip())

    def _indicator(self, result: IndicatorResult, words: list[str]) -> kinds.Figure:
        id, outcome = result.indicator.id, result.outcome
        form = OF_INDICATOR.get(name_key(" ".join(words)))
        if form is None:
            raise UnknownFigureError(f"Efter {id} kan stå: {', '.join(filter(None, OF_INDICATOR.values()))}.")
        missing = {
            kinds.IndicatorForm.NUMERATOR: outcome.numerator is None and not outcome.protected,
            kinds.IndicatorForm.DENOMINATOR: outcome.denominator is None and not outcome.protected,
            kinds.IndicatorForm.WEIGHT: result.indicator.weight is None,
        }
        if missing.get(form):
            raise UnknownFigureError(f"Indikator {id} har inget sådant värde.")
        return kinds.IndicatorFigure(self.unit, result, form)

    def _area(self, id: str, *form: str) -> kinds.Figure:
        area = next((area for area in self.unit.areas if area.area.id == id), None)
        if area is None:
            ids = ", ".join(area.area.id for area in self.unit.areas)
            raise UnknownFigureError(f"Det finns inget område {id}; områdena är {ids}.")
        if form and name_key(form[0]) == "antal":
            return self._tally(area, form[1:])
        what = f"område {id} {area.area.name}"
        match name_key(" ".join(form)):
            case "namn":
                name = area.area.name
                return kinds.PlainFigure(self.unit, f"Område {id}", (area.area.place("name"),), name)
            case "vikt":
                source = "{} av {} möjliga poäng".format(*area.index.weight_in(self.unit.index))
                return self._weight(f"Faktisk vikt för {what}", area.actual_weight, (), source)
            case "idealvikt":
                place = area.area.place("ideal_weight")
                return self._weight(f"Idealvikt för {what}", area.area.ideal_weight, (place,), "budgeten")
        return self._of_index(area, form)

    def _weight(
        self, what: str, weight: Fraction | None, places: tuple[Place, ...], source: str
    ) -> kinds.Figure:
        if weight is None:
            self._missing("uppgiften")
        share, is_stated = Quantity(weight, Kind.SHARE), bool(places)
        return kinds.PlainFigure(self.unit, what, places, share, source=source, is_exact=is_stated)

    def _of_index(self, area: AreaResult | None, words: Sequence[str]) -> kinds.Figure:
        index = area.index if area else self.unit.index
        form = OF_INDEX.get(name_key(" ".join(words)))
        if form is None:
            forms = (*filter(None, OF_INDEX.values()), *(FORMS_OF_AREA if area else ()))
            raise UnknownFigureError(f"Här kan stå ingenting mer, eller: {', '.join(forms)}.")
        if index.share is None and form is not kinds.IndexForm.TARGET:
            self._missing("ett index")
        return kinds.IndexFigure(self.unit, area, index, form)

    def _tally(self, area: AreaResult | None, words: Sequence[str]) -> kinds.Figure:
        what, areas = " ".join(words), [area] if area else self.unit.areas
        key = name_key(what)
        if key == "mal":
            ids = tuple(goal.goal.id for part in areas for goal in part.goals)
        elif key in COUNTED:
            results = (result for part in areas for result in part.counted)
            ids = tuple(result.indicator.id for result in results if COUNTED[key](result))
        else:
            raise UnknownFigureError(f"Efter antal kan stå: {TALLIES}.")
        where = f" i område {area.area.id}" if area else ""
        return kinds.PlainFigure(self.unit, f"Antal {what}{where}", (), _persons(len(ids)), counted=ids)

    def _share(self, words: list[str]) -> kinds.Figure | None:
        """”arbete av positiv_losning”, ”kvinnor av avslut”"""
        if "av" not in words:
            return None
        middle = words.index("av")
        part, whole = " ".join(words[:middle]), " ".join(words[middle + 1 :])
        all_people = self._people(whole)
        if all_people is None:
            return None
        names = self.report.row_names
        if name_key(part) in ("kvinnor", "man"):
            number = self._by_sex(all_people, part)
            what = f"{part.capitalize()} av {names[name_key(whole)]}"
            return self._share_figure(what, number, all_people.total, all_people.places)
        some_people = self._people(part)
        if some_people is None:
            return None
        what = f"{self._row_name(part)} av {names[name_key(whole)]}"
        places = some_people.places + all_people.places
        return self._share_figure(what, some_people.total, all_people.total, places)

    def _share_figure(self, what: str, part: Count, whole: Count, places: tuple[Place, ...]) -> kinds.Figure:
        if whole == 0:
            raise UnknownFigureError("Andelen går inte att räkna ut: nämnaren är 0.")
        share: Quantity | Hidden = HIDDEN
        if isinstance(part, int) and isinstance(whole, int):
            share = Quantity(Fraction(part, whole), Kind.SHARE)
        return kinds.PlainFigure(self.unit, what, tuple(dict.fromkeys(places)), share, part, whole)

    def _background(self, id: str, *words: str) -> kinds.Figure:
        """”bakgrund ålder 20–24 kvinnor”"""
        key = (self.unit.unit.id, name_key(id))
        table = self.tables.background.get(key)
        if not table:
            known = ", ".join(as_written(table.id) for table in self.report.settings.background)
            raise UnknownFigureError(f"Det finns ingen bakgrundstabell {id}; de är {known}.")
        form = name_key(words[-1])
        has_form = form in ("kvinnor", "man", "andel")
        category = name_key(" ".join(words[:-1] if has_form else words))
        by_key = {name_key(name): (name, people) for name, people in table.items()}
        by_key["summa"] = ("summa", self.tables.background_sums[key])
        if category not in by_key:
            close = suggestion(category, table)
            raise UnknownFigureError(f"{close} Kategorierna står i utfall/bakgrund.csv.".strip())
        name, people = by_key[category]
        what = f"{id.capitalize()}, {name}"
        if form == "andel":
            whole = by_key["summa"][1]
            return self._share_figure(what, people.total, whole.total, people.places + whole.places)
        return self._count(what, people, words[-1] if has_form else "")

    def _amount(self, id: str, *words: str) -> kinds.Figure:
        """”belopp resultatrakning Årets resultat 2020”; without a column that of the report's year.

        With ”utan tecken” last it is the size, for a sentence that says that it is a deficit.
        """
        table = self.tables.amounts.get(name_key(id))
        if table is None:
            known = [as_written(table.id) for table in self.report.settings.tables]
            close = suggestion(id, known)
            raise UnknownFigureError(f"{close} Efter belopp står tabellens id: {', '.join(known)}.".strip())
        has_size_only = name_key(" ".join(words[-2:])) == SIZE_ONLY
        row, column = self._cell(table, words[:-2] if has_size_only else words)
        amount = table.amount(row, column)
        if amount.is_masked:
            raise UnknownFigureError("Hänvisningen är rätt skriven, men beloppet är dolt.")
        if amount.value is None:
            raise UnknownFigureError("Hänvisningen är rätt skriven, men cellen är tom.")
        what = f"{table.definition.lead} {table.rows[row].name} ({column.heading})"
        value = abs(amount.value) if has_size_only else amount.value
        unit = table.unit_of(row, column)
        kind, is_exact = _KINDS.get(unit), not column.is_share
        told = Quantity(value / 100, kind) if kind else Quantity(value, Kind.NUMBER, unit)
        definition = column.definition
        equals = (definition or table.rows[row]).equals
        made_of = f"Lika med {equals.written}." if equals else ""
        if definition and definition.share_of:
            made_of = f"Andel av {as_written(definition.share_of)}."
        return kinds.PlainFigure(self.unit, what, amount.cells, told, made_of=made_of, is_exact=is_exact)

    def _cell(self, table: AmountTable, words: Sequence[str]) -> tuple[int, AmountColumn]:
        """The row and the column that words name, the row first. Raises UnknownFigureError."""
        remedy = ""
        has_year = self.report.year in dict(columns_of_years(table))
        of_year = columns_by_year(table).get(self.report.year) if has_year else table.drawn
        for middle in range(len(words), 0, -1):
            rows = [
                number
                for number, row in enumerate(table.rows)
                if name_key(row.name) == name_key(" ".join(words[:middle]))
            ]
            column = table.column(" ".join(words[middle:])) if words[middle:] else of_year
            if len(rows) > 1:
                raise UnknownFigureError(f"Posten {table.rows[rows[0]].name} finns på flera rader.")
            if rows and column is not None:
                return rows[0], column
            if rows:
                columns = ", ".join(column.heading for column in table.columns)
                remedy = f"Efter posten står kolumnen: {columns}."
        names = dict.fromkeys(row.name for row in table.rows)
        unknown = f"Posten finns inte i tabellen. {remedy_for_unknown(' '.join(words), names)}"
        raise UnknownFigureError(remedy or unknown)

    def _series(self, words: list[str]) -> kinds.Figure | None:
        """”helårsekvivalenter Umeå”: the change since the year before, or else the year's value.

        With ”utan tecken” last it is the size of the change, for a sentence that says the direction.
        """
        names = {series.id: series.name for series in self.report.settings.series}
        if len(words) < 2 or name_key(words[0]) not in names:
            return None
        has_size_only = name_key(" ".join(words[-2:])) == SIZE_ONLY
        place_words = words[1:-2] if has_size_only else words[1:]
        place, year, series = name_key(" ".join(place_words)), self.report.year, name_key(words[0])
        what = f"{names[series]}, {' '.join(place_words)}"
        values = self.tables.values
        change = change_of(values, ValueKey(series, place, year, year - 1))
        if change is not None:
            quantity, seen_from = change
            if has_size_only:
                quantity = replace(quantity, value=abs(quantity.value))
            figure = kinds.PlainFigure(self.unit, what, tuple(value.place for value in seen_from), quantity)
            return replace(figure, values=seen_from, size_only=has_size_only)
        value = values.get(ValueKey(series, place, year))
        if value is None:
            raise UnknownFigureError(f"Serien har inget värde för {' '.join(place_words)} {year}.")
        places, source = (value.place,), value.source
        return kinds.PlainFigure(self.unit, what, places, value.quantity, source=source, is_exact=True)

    def _row(self, words: list[str]) -> kinds.Figure | None:
        """”deltagare”, ”deltagare kvinnor”, ”deltagare förra året”"""
        rows = {row.id for row in self.report.settings.rows}
        for length, forms in ((0, ("",)), (1, ("kvinnor", "man")), (2, (LAST_YEAR,))):
            middle = len(words) - length
            row, form = name_key(" ".join(words[:middle])), name_key(" ".join(words[middle:]))
            if row in rows and form in forms:
                return self._of_row(row, form, words[-1])
        return None

    def _of_row(self, row: str, form: str, written: str) -> kinds.Figure:
        what = self._row_name(row)
        if form == LAST_YEAR:
            key = (self.unit.unit.id, row)
            quantity = self.tables.previous.get(key)
            if quantity is None:
                self._missing(f"uppgiften för {self.report.period.before}")
            if isinstance(quantity, Quantity):
                quantity = replace(quantity, unit="")  # what is counted stands in the sentence
            places = self.tables.previous_places.get(key, ())
            what = f"{what}, {self.report.period.before}"
            return kinds.PlainFigure(self.unit, what, places, quantity, adds_up=True)
        people = self._people(row)
        if people is None:
            self._missing("uppgiften")
        return self._count(what, people, written if form else "")

    def _count(self, what: str, people: ShownPeople, sex: str) -> kinds.Figure:
        """Of one sex, or of all."""
        if not sex:
            return kinds.PlainFigure(self.unit, what, people.places, _persons(people.total), adds_up=True)
        places = tuple(place for place in people.places if name_key(place.column) == name_key(sex))
        number = _persons(self._by_sex(people, sex))
        return kinds.PlainFigure(self.unit, f"{what}, {sex}", places, number, adds_up=True)

    def _row_name(self, row: str) -> str:
        id = name_key(row)
        return next((known.name for known in self.report.settings.rows if known.id == id), row)

    def _missing(self, what: str) -> NoReturn:
        unit = self.unit.unit.name
        raise UnknownFigureError(f"Hänvisningen är rätt skriven, men {what} saknas för {unit}.")

    def _people(self, row: str) -> ShownPeople | None:
        return self.tables.participants.get((self.unit.unit.id, name_key(row)))

    def _by_sex(self, people: ShownPeople, sex: str) -> Count:
        number = people.women if name_key(sex) == "kvinnor" else people.men
        if number is None:
            raise UnknownFigureError("Bara totalen är känd, inte kvinnor och män.")
        return number

    def _remedy(self, words: list[str]) -> str:
        known = [
            *self.results,
            *(row.id for row in self.report.settings.rows),
            *(f"område {area.area.id}" for area in self.unit.areas),
            *(series.id for series in self.report.settings.series),
            *KNOWN,
        ]
        return suggestion(" ".join(words), known) or suggestion(words[0], known)


def _persons(number: Count) -> Quantity | Hidden:
    return number if isinstance(number, Hidden) else Quantity(Fraction(number), Kind.NUMBER)


def names_of(published: ShownReport, unit: UnitResult) -> Iterator[tuple[str, str]]:
    """What a name is of, and the name as it is written within braces. Some may stand for nothing yet."""
    report, tables = published.report, published.tables
    for name in (*KNOWN, "index mål", "index mot målet", "antal ej mätta", "antal mål"):
        yield "Index och antal", name
    for area in unit.areas:
        yield from (("Områden", f"område {area.area.id}{form}") for form in ("", " poäng", " vikt"))
    for result in unit.results:
        yield "Indikatorer", result.indicator.id
    for row in report.settings.rows:
        of = (f" av {row.share_of}",) if row.share_of else ()
        forms = ("", " kvinnor", " män", *of, " förra året")
        yield from (("Deltagare", f"{row.id.replace('-', '_')}{form}") for form in forms)
    for series in report.settings.series:
        places = dict.fromkeys(key.location for key in tables.values if key.series == series.id)
        yield from (
            ("Serier", f"{lower_first(series.name)} {report.settings.towns.get(place, place)}")
            for place in places
        )
    for table in report.settings.background:
        categories = tables.background.get((unit.unit.id, table.id), {})
        yield from (("Bakgrund", f"bakgrund {table.id} {category}") for category in (*categories, "summa"))
    for definition in report.settings.tables:
        rows = tables.amounts[definition.id].rows if definition.id in tables.amounts else ()
        yield from (("Belopp", f"belopp {definition.id} {amount.name}") for amount in rows)
