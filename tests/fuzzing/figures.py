"""What is published of counts, worked out anew from the files of the small content: nothing of `generator` is
used. A figure may be hidden, and must else be the one worked out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

_HIDDEN = ("..", "")
_SEXES = {"kvinnor": "kvinnor", "män": "man", "ej angivet": "ej_angivet"}
Row = Mapping[str, str]
Counts = Mapping[str, int]  # of each sex


def wrong_figures(content: Path, output: Path) -> Iterator[str]:
    for folder in sorted(path.parent for path in content.glob("*/bokslut.yaml")):
        report = _Report(folder, output / folder.name / "data")
        faults = [*report.participants(), *report.indicators(), *report.backgrounds(), *report.amounts()]
        yield from (f"{folder.name}: {fault}" for fault in faults)


def _rows(path: Path, delimiter: str = ";") -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _key(name: str) -> str:
    return name.casefold().replace(" ", "_").replace("-", "_")


def _counts(row: Row) -> Counts:
    return {shown: int(row.get(name) or 0) for name, shown in _SEXES.items()}


def _differences(what: str, row: Row, right: Mapping[str, object]) -> Iterator[str]:
    for name, value in right.items():
        if row[name] not in _HIDDEN and row[name] != str(value):
            yield f"{what}: {name} är {row[name]}, men ska vara {value}"


class _Report:
    def __init__(self, folder: Path, data: Path) -> None:
        self._folder, self._data = folder, data
        self._settings = yaml.safe_load((folder / "bokslut.yaml").read_text("utf-8"))
        self._budget = yaml.safe_load((folder / "budget.yaml").read_text("utf-8"))
        self._association = self._settings["förbund"]["id"]
        units = {_key(unit["namn"]): unit["id"] for unit in self._settings.get("enheter", [])}
        self._of: dict[tuple[str, str], Counts] = {}
        for row in _rows(folder / "utfall/deltagare.csv"):
            unit, name = units.get(_key(row["enhet"]), self._association), _key(row["rad"])
            self._of[unit, name] = _counts(row)
        for name in {name for _, name in self._of} if units else ():
            parts = [self._of[unit, name] for unit in units.values()]
            self._of[self._association, name] = {
                sex: sum(part[sex] for part in parts) for sex in _SEXES.values()
            }

    def participants(self) -> Iterator[str]:
        shown = _rows(self._data / "deltagare.csv", ",")
        if len(shown) != len(self._of):
            yield f"deltagare.csv har {len(shown)} rader, men ska ha {len(self._of)}"
        for row in shown:
            right = self._of[row["enhet"], _key(row["rad"])]
            yield from _differences(
                f"{row['enhet']} {row['rad']}", row, {**right, "totalt": sum(right.values())}
            )

    def indicators(self) -> Iterator[str]:
        defined = {
            str(indicator["id"]): indicator
            for area in self._budget["områden"]
            for goal in area["mål"]
            for indicator in goal["indikatorer"]
        }
        for row in _rows(self._data / "indikatorer.csv", ","):
            indicator = defined[row["id"]]
            ratio = self._ratio(row["enhet"], indicator)
            if ratio is None:
                continue
            part, whole = ratio
            what = f"{row['enhet']} {row['id']}"
            yield from _differences(what, row, {"taljare": part, "namnare": whole})
            share = 100 * Fraction(part, whole)
            if row["varde"] not in _HIDDEN and abs(Fraction(row["varde"]) - share) > Fraction(1, 10_000):
                yield f"{what}: värdet är {row['varde']}, men ska vara {share}"
            limits = [int(number) for number in re.findall(r"\d+", indicator["krav"])]
            is_met = limits[0] <= share <= (limits[1] if len(limits) > 1 else 100)
            if row["signal"] and (row["signal"] == "gron") != is_met:
                yield f"{what}: signalen är {row['signal']} vid {share} %"

    def _ratio(self, unit: str, indicator: Mapping[str, Any]) -> tuple[int, int] | None:
        """None for what is not measured, or measured otherwise."""
        match indicator["mått"]:
            case "andel":
                parts = [self._of[unit, _key(indicator[name])] for name in ("täljare", "nämnare")]
                part, whole = (sum(counts.values()) for counts in parts)
            case "könsfördelning":
                counts = self._of[unit, _key(indicator["rad"])]
                part, whole = counts["kvinnor"], counts["kvinnor"] + counts["man"]
            case "andel svar":
                rows = _rows(self._folder / "utfall/enkat.csv")
                told = {row["svar"]: int(row["antal"]) for row in rows}
                part, whole = told["Ja"], told["Ja"] + told["Nej"]
            case _:
                return None
        return (part, whole) if whole else None

    def backgrounds(self) -> Iterator[str]:
        given = {_key(row["kategori"]): _counts(row) for row in _rows(self._folder / "utfall/bakgrund.csv")}
        for row in _rows(self._data / "bakgrund.csv", ","):
            right = given[_key(row["kategori"])]
            yield from _differences(row["kategori"], row, {**right, "totalt": sum(right.values())})

    def amounts(self) -> Iterator[str]:
        given = {row["post"]: row for row in _rows(self._folder / "tabeller/kostnader.csv")}
        for row in _rows(self._data / "belopp-kostnader.csv", ","):
            right = given[row["post"]]
            yield from _differences(
                row["post"], row, {year: right[year].replace(" ", "") for year in ("2022", "2023")}
            )
