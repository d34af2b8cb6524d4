"""A fault planted in any cell of the year's tables is either told at its line or is what the report says.

Which it is to be, an oracle decides. It knows the figures of 2021 by name and recomputes from the files, in
plain sums, what must hold of them. It shares nothing with the program that is tested.

What must hold, for each platform and for women and men:

- exits = positive solutions + interrupted for reasons of health + other interruptions
- positive solutions = the five kinds of them
- remaining = participants − exits, and no more are new than there are participants
- a background table's sum = its categories, and ages and educations are of the same persons
- answers of all = women + men + not stated
- last year's shares of a whole are 100 % together, but for half a percent each in rounding
- points that are taken over: earned ≤ possible ≤ the weights of the area; what the platform's own rows show
  to be met has been earned, and what they show not to be met has not
- nobody is fewer than none, and no share is outside 0–100 %
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from generator.build import check
from generator.model.names import name_key
from generator.model.outcomes import ValueKey
from generator.model.quantities import Quantity
from generator.model.shown import ShownReport
from tests.reconciling.reports import lines_told
from tests.support import PLATFORMS, YEAR, problems_in

OUTCOMES = PLATFORMS / YEAR / "utfall"
NUMBERS = ("kvinnor", "män", "antal", "värde", "uppnått", "maximalt")
CHANGES = (1, -1, 10)
OF_A_PLATFORM = 24  # numbers of participants: a third of each platform's, and all of those of the three

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Plant:
    """A cell that is changed. `row` counts the rows below the heading, from 0."""

    file: str
    row: int
    column: str
    change: int

    @property
    def line(self) -> int:
        return self.row + 2

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.column} {self.change:+}"


def tables_in(folder: Path) -> Tables:
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.name] = list(csv.DictReader(file, delimiter=";"))
    return tables


def plants() -> list[Plant]:
    """A third of the numbers of participants and a sixth of others, changed by 1, −1 and 10 in turn."""
    found: list[tuple[str, int, str]] = []
    for file, rows in tables_in(OUTCOMES).items():
        numbers = [
            (file, row, column) for row, cells in enumerate(rows) for column in NUMBERS if column in cells
        ]
        step = 3 if file == "deltagare.csv" else 6
        found += (cell for at, cell in enumerate(numbers) if at % step == at // OF_A_PLATFORM % 3)
    return [Plant(*cell, CHANGES[number % 3]) for number, cell in enumerate(found)]


def number(cell: str) -> Fraction:
    return Fraction(cell.replace(",", "."))


def planted(tables: Tables, plant: Plant) -> str:
    """The cell as it is after the change."""
    after = number(tables[plant.file][plant.row][plant.column]) + plant.change
    return str(after) if after.denominator == 1 else f"{float(after):.1f}".replace(".", ",")


def plant_in(folder: Path, plant: Plant) -> Tables:
    """Changes the cell in the file, and gives the tables as they are then."""
    path = folder / plant.file
    lines = path.read_text("utf-8").split("\n")
    column = lines[0].lstrip("\ufeff").split(";").index(plant.column)
    cells = lines[plant.line - 1].split(";")
    cells[column] = planted(tables_in(folder), plant)
    lines[plant.line - 1] = ";".join(cells)
    path.write_text("\n".join(lines), "utf-8")
    return tables_in(folder)


# The oracle

SEXES = ("kvinnor", "män")
EXITS = ("positiv_losning", "avbrott_halsoskal", "ovriga_avbrott")
SOLUTIONS = ("arbete", "extratjanst", "studier", "fortsatt_rehab", "saknar_arbetsformaga")
WEIGHTS = {"2": 44, "3": 26, "4": 18, "5": 21}
# What a platform's own rows tell of its points in area 2: gender balances, with their weights.
BALANCES = (
    (("deltagare",), 2),
    (("avslut",), 4),
    (("positiv_losning",), 4),
    (("arbete",), 5),
    (("studier",), 5),
    (("extratjanst", "fortsatt_rehab", "saknar_arbetsformaga"), 3),
)


def holds(tables: Tables) -> bool:
    """Whether everything holds that must."""
    return all(
        (
            *_numbers_are_possible(tables),
            *_participants_add_up(tables),
            *_backgrounds_add_up(tables),
            *_answers_add_up(tables),
            *_shares_are_whole(tables),
            *_points_are_possible(tables),
        )
    )


def _numbers_are_possible(tables: Tables) -> Iterator[bool]:
    for file, rows in tables.items():
        for row in rows:
            for column in NUMBERS:
                if column in row and file != "varden.csv":
                    yield number(row[column]) >= 0
    for row in tables["varden.csv"]:
        if not row["jämfört med"]:
            yield 0 <= number(row["värde"]) <= (100 if row["måttenhet"] == "%" else 10_000)


def _participants(tables: Tables) -> dict[str, dict[str, dict[str, int]]]:
    """By platform, sex and row."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: {sex: {} for sex in SEXES})
    for row in tables["deltagare.csv"]:
        for sex in SEXES:
            found[row["enhet"]][sex][row["rad"]] = int(row[sex])
    return found


def _participants_add_up(tables: Tables) -> Iterator[bool]:
    for by_sex in _participants(tables).values():
        for rows in by_sex.values():
            yield rows["avslut"] == sum(rows[name] for name in EXITS)
            yield rows["positiv_losning"] == sum(rows[name] for name in SOLUTIONS)
            yield rows["kvar"] == rows["deltagare"] - rows["avslut"]
            yield rows["nya"] <= rows["deltagare"]


def _backgrounds_add_up(tables: Tables) -> Iterator[bool]:
    for sex in SEXES:
        counted: dict[str, int] = defaultdict(int)
        for row in tables["bakgrund.csv"]:
            if row["kategori"] != "summa":
                counted[row["tabell"]] += int(row[sex])
        for row in tables["bakgrund.csv"]:
            if row["kategori"] == "summa":
                yield int(row[sex]) == counted[row["tabell"]]
        yield counted["alder"] == counted["utbildning"]


def _answers_add_up(tables: Tables) -> Iterator[bool]:
    """The wanted answers are counted alike for all and by sex. The others are compared as what remains."""
    counted: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    first: dict[tuple[str, str], str] = {}
    for row in tables["enkat.csv"]:
        question = (row["grupp"], row["fråga"])
        wanted = first.setdefault(question, row["svar"])
        kind = "wanted" if row["svar"] == wanted else "other"
        who = "all" if row["kön"] == "alla" else "sexes"
        counted[question][f"{kind} {who}"].append(int(row["antal"]))
    for sums in counted.values():
        if sums["wanted sexes"]:
            yield sum(sums["wanted all"]) == sum(sums["wanted sexes"])
            yield sum(sums["other all"]) == sum(sums["other sexes"])


def _shares_are_whole(tables: Tables) -> Iterator[bool]:
    shares: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for row in tables["varden.csv"]:
        if row["år"] == "2020" and row["måttenhet"] == "%":
            shares[row["plats"]][row["serie"]] = number(row["värde"])
    for rows in shares.values():
        for parts in (EXITS, SOLUTIONS):
            total = sum(rows[part] for part in parts)
            yield total == 0 or abs(total - 100) <= Fraction(len(parts), 2)


def _points_are_possible(tables: Tables) -> Iterator[bool]:
    participants = _participants(tables)
    for row in tables["redovisat.csv"]:
        earned, possible = int(row["uppnått"]), int(row["maximalt"])
        yield earned <= possible <= WEIGHTS[row["område"]]
        if row["område"] == "2":
            met, missed = _balances(participants[row["enhet"]])
            yield met <= earned <= possible - missed


def _balances(by_sex: dict[str, dict[str, int]]) -> tuple[int, int]:
    """The weights of the balances that are within 40–60 %, and of those that are not."""
    met = missed = 0
    for rows, weight in BALANCES:
        women = sum(by_sex["kvinnor"][row] for row in rows)
        both = women + sum(by_sex["män"][row] for row in rows)
        is_even = both == 0 or 40 * both <= 100 * women <= 60 * both
        met, missed = (met + weight, missed) if is_even else (met, missed + weight)
    return met, missed


# What the report says


def is_published(published: ShownReport, plant: Plant, tables: Tables) -> bool:
    """Whether the report holds the changed number, in a table or in what its indicators measured."""
    row = tables[plant.file][plant.row]
    after = number(row[plant.column])
    unit = name_key(row.get("enhet", "forbundet"))
    match plant.file:
        case "deltagare.csv":
            people = published.tables.participants[unit, name_key(row["rad"])]
            return (people.women if plant.column == "kvinnor" else people.men) == after
        case "grupper.csv":
            women, men = int(row["kvinnor"]), int(row["män"])
            return (women, women + men) in _fractions(published)
        case "enkat.csv":
            return _asked(tables, row) <= _fractions(published)
        case "redovisat.csv":
            points = (number(row["uppnått"]), int(row["maximalt"]))
            return _points(published, unit, row["område"]) == points
        case _:
            return _value(published, row) == after


def _points(published: ShownReport, unit: str, area: str) -> tuple[Fraction, int]:
    areas = (one for result in published.units if result.unit.id == unit for one in result.areas)
    index = next(one.index for one in areas if one.area.id == area)
    return index.earned, index.possible


def _fractions(published: ShownReport) -> set[tuple[int | Fraction | None, int | Fraction | None]]:
    return {(one.outcome.numerator, one.outcome.denominator) for one in published.association.results}


def _asked(tables: Tables, changed: Row) -> set[tuple[int | Fraction | None, int | Fraction | None]]:
    """The answers of the changed row's question that an indicator asks for, of all answers to it."""
    of_all = [
        row
        for row in tables["enkat.csv"]
        if (row["grupp"], row["fråga"], row["kön"]) == (changed["grupp"], changed["fråga"], "alla")
    ]
    total = sum(int(row["antal"]) for row in of_all)
    return {(int(of_all[0]["antal"]), total)}


def _value(published: ShownReport, row: Row) -> Fraction:
    scale = 1 if row["måttenhet"] == "personer" else 100
    series, place = name_key(row["serie"]), name_key(row["plats"])
    year, compared = int(row["år"]), int(row["jämfört med"] or 0) or None
    if compared:
        return published.tables.values[ValueKey(series, place, year, compared)].quantity.value * scale
    if year == 2021:
        (unit,) = (one for one in published.every_unit if one.unit.id == place)
        (result,) = (one for one in unit.results if one.indicator.id == row["serie"])
        assert result.outcome.value is not None
        return result.outcome.value * scale
    quantity = published.tables.previous[place, series]
    assert isinstance(quantity, Quantity)
    return quantity.value * scale


def test_the_oracle_finds_nothing_wrong_with_the_year_as_it_is() -> None:
    assert holds(tables_in(OUTCOMES))


def test_every_table_with_numbers_is_planted_in() -> None:
    assert {one.file for one in plants()} == {
        "bakgrund.csv",
        "deltagare.csv",
        "enkat.csv",
        "grupper.csv",
        "redovisat.csv",
        "varden.csv",
    }


def test_every_row_of_participants_is_planted_in_for_women_and_for_men() -> None:
    rows = tables_in(OUTCOMES)["deltagare.csv"]
    met = {(rows[plant.row]["rad"], plant.column) for plant in plants() if plant.file == "deltagare.csv"}
    assert met == {(row["rad"], sex) for row in rows for sex in SEXES}


@pytest.mark.parametrize("plant", plants(), ids=str)
def test_a_planted_change_is_told_at_its_line_or_is_what_the_report_says(
    outcomes: Path, plant: Plant
) -> None:
    tables = plant_in(outcomes / "utfall", plant)
    if holds(tables):
        (published,) = check(outcomes.parent).reports
        assert is_published(published, plant, tables)
    else:
        cell = (f"content/{YEAR}/utfall/{plant.file}", plant.line)
        assert any(cell in lines_told(problem) for problem in problems_in(outcomes.parent))
