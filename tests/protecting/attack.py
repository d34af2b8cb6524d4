"""An attacker: knows what is published and what everybody knows, and works out what is hidden.

Nothing of `generator` is used, so that a fault in disclosure control is not shared by what looks for it.
The attacker reads the pages and the open data of a built site, the declared identities of bokslut.yaml and
the measures and targets of budget.yaml, writes all of it down as whole numbers within limits, and asks a
solver for the lowest and the highest value of everything that is hidden.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import floor, inf
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml
from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from highspy import Highs

HIDDEN = ".."
WOMEN, MEN, UNSTATED, TOTAL = "kvinnor", "män", "ej angivet", "totalt"
SEXES = (WOMEN, MEN, UNSTATED)
MOVES = ("högre", "oförändrat", "lägre")
COLUMNS = {"kvinnor": WOMEN, "man": MEN, "ej_angivet": UNSTATED, "totalt": TOTAL}
MOST_PAIRS = 36  # of denominators that are tried one by one, where a signal compares two shares
SHAKES = 6  # solutions that move many counts at once, before each is looked at alone

Key = tuple[str, ...]
Terms = Mapping[Key, int]
Range = tuple[int, int]


# What can be worked out from facts about whole numbers


@dataclass(frozen=True)
class Fact:
    """low <= sum <= high, where None is no limit."""

    terms: Terms
    low: int | None
    high: int | None

    def holds(self, values: Mapping[Key, int]) -> bool:
        total = value_of(self.terms, values)
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


class ContradictionError(Exception):
    """What the attacker takes for known cannot all be true."""


@dataclass
class Puzzle:
    """Facts about whole numbers, none of them negative."""

    facts: list[Fact] = field(default_factory=list)
    ceilings: dict[Key, int] = field(default_factory=dict)  # of some, such as choices between two
    largest: int = 100  # of the figures that are seen

    def know(self, terms: Terms, low: int | None, high: int | None) -> None:
        kept = {key: factor for key, factor in terms.items() if factor}
        if kept:
            self.facts.append(Fact(kept, low, high))

    def equal(self, terms: Terms, number: int = 0) -> None:
        self.know(terms, number, number)

    def choice(self, name: Key) -> Key:
        """A number that is 0 or 1."""
        self.ceilings[name] = 1
        self.know({name: 1}, 0, 1)
        return name

    def ranges(self, targets: Mapping[Key, Terms]) -> dict[Key, Range]:
        """For each sum the lowest and highest value that have been found to be possible.

        A range of several values may be wider. A range of one value is exact: there is no other.
        """
        known = {next(iter(fact.terms)): fact for fact in self.facts if _is_figure(fact)}
        values = {key: (fact.low or 0) // fact.terms[key] for key, fact in known.items()}
        for fact in self.facts:
            if set(fact.terms) <= set(values) and not fact.holds(values):
                raise ContradictionError(fact)
        found: dict[Key, Range] = {}
        for part in self._parts(targets, values):
            found |= part.ranges()
        return found

    def _parts(self, targets: Mapping[Key, Terms], values: Mapping[Key, int]) -> Iterator[_Part]:
        """Numbers that have nothing to do with each other are looked at apart."""
        groups = _Groups()
        facts = [fact for fact in self.facts if not set(fact.terms) <= set(values)]
        for some in (*(fact.terms for fact in facts), *targets.values()):
            groups.join([key for key in some if key not in values])
        by_group: dict[Key, _Part] = {}
        fixed: dict[Key, Terms] = {}
        for name, terms in targets.items():
            open_ = [key for key in terms if key not in values]
            if open_:
                group = groups.of(open_[0])
                by_group.setdefault(group, _Part(values, self)).targets[name] = terms
            else:
                fixed[name] = terms
        for fact in facts:
            group = groups.of(next(key for key in fact.terms if key not in values))
            if group in by_group:
                by_group[group].facts.append(fact)
        yield from by_group.values()
        if fixed:
            yield _Part(values, self, targets=dict(fixed))


def _is_figure(fact: Fact) -> bool:
    return len(fact.terms) == 1 and fact.low is not None and fact.low == fact.high


class _Groups:
    """Which keys belong together."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def of(self, key: Key) -> Key:
        while self._above.setdefault(key, key) != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key

    def join(self, keys: Sequence[Key]) -> None:
        for key in keys:
            self._above[self.of(keys[0])] = self.of(key)


@dataclass
class _Part:
    """Facts and targets that hang together, as a program that is solved again and again."""

    known: Mapping[Key, int]
    puzzle: Puzzle
    targets: dict[Key, Terms] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    seen: dict[Key, set[int]] = field(default_factory=dict)

    def ranges(self) -> dict[Key, Range]:
        self.seen = {name: set() for name in self.targets}
        sums = (self.targets.values(), (fact.terms for fact in self.facts))
        self.columns = list(dict.fromkeys(key for some in sums for terms in some for key in terms))
        self.columns = [key for key in self.columns if key not in self.known]
        if not self.columns:
            return {name: (value_of(terms, self.known),) * 2 for name, terms in self.targets.items()}
        highs = self._program()
        chance = Random(len(self.columns))
        for _ in range(SHAKES):
            self._solve(highs, {key: chance.choice((-1, 1)) for key in self.columns})
        for name, terms in self.targets.items():
            for sign in (1, -1):
                if len(self.seen[name]) < 2:
                    self._solve(highs, {key: sign * factor for key, factor in terms.items()})
        return {name: (min(values), max(values)) for name, values in self.seen.items()}

    def _program(self) -> Highs:
        from highspy import Highs

        highs = Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            highs.setOptionValue(option, value)
        at = {key: i for i, key in enumerate(self.columns)}
        most = 10 * self.puzzle.largest
        starts, index, factors, lows, highest = [0], [], [], [], []
        for fact in self.facts:
            rest = sum(factor * self.known[key] for key, factor in fact.terms.items() if key in self.known)
            for key, factor in fact.terms.items():
                if key not in self.known:
                    index.append(at[key])
                    factors.append(float(factor))
            starts.append(len(index))
            lows.append(-inf if fact.low is None else float(fact.low - rest))
            highest.append(inf if fact.high is None else float(fact.high - rest))
        count = len(self.columns)
        highs.passModel(
            count,
            len(self.facts),
            len(index),
            2,
            1,
            0.0,
            [0.0] * count,
            [0.0] * count,
            [float(self.puzzle.ceilings.get(key, most)) for key in self.columns],
            lows,
            highest,
            starts,
            index,
            factors,
            [1] * count,
        )
        return highs

    def _solve(self, highs: Highs, costs: Terms) -> None:
        from highspy import HighsModelStatus

        count = len(self.columns)
        highs.changeColsCost(count, list(range(count)), [float(costs.get(key, 0)) for key in self.columns])
        highs.run()
        if highs.getModelStatus() != HighsModelStatus.kOptimal:
            raise ContradictionError(highs.getModelStatus(), list(self.targets)[:3])
        found = map(round, highs.getSolution().col_value)
        values = {**self.known, **dict(zip(self.columns, found, strict=True))}
        wrong = [fact for fact in self.facts if not fact.holds(values)]
        if wrong:
            raise RuntimeError(f"the solver's answer is not exact: {wrong[0]}")
        for name, terms in self.targets.items():
            self.seen[name].add(value_of(terms, values))


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_heuristic_run_feasibility_jump": False,  # takes longer than all the rest: solutions are easy to find
}


def value_of(terms: Terms, values: Mapping[Key, int]) -> int:
    return sum(factor * values[key] for key, factor in terms.items())


def plus(*sums: Terms) -> dict[Key, int]:
    total: dict[Key, int] = {}
    for terms in sums:
        for key, factor in terms.items():
            total[key] = total.get(key, 0) + factor
    return total


def times(terms: Terms, factor: int) -> dict[Key, int]:
    return {key: own * factor for key, own in terms.items()}


# What is published


@dataclass
class Seen:
    """The figures of a built report: numbers, or None where two dots stand.

    `counts` are ("rad", unit, row, sex), ("bakgrund", unit, table, category, sex), ("summa", unit, table,
    sex) and ("förra", unit, row). `shares` are written percentages of the participant table.
    """

    counts: dict[Key, int | None] = field(default_factory=dict)
    shares: dict[Key, str] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)  # by unit, as in resultat.json
    taken_over: set[tuple[str, str]] = field(default_factory=set)  # (unit, area)
    costs: dict[str, int] = field(default_factory=dict)  # in kronor, of the units
    small: set[str] | None = None  # indicators said to rest on few; None where nothing is said
    small_below: int = 20

    def see(self, key: Key, text: str) -> None:
        """What is shown in one place and hidden in another is shown."""
        number = number_of(text)
        if number is not None:
            self.counts[key] = number
        elif HIDDEN in text:
            self.counts.setdefault(key, None)


def number_of(text: str) -> int | None:
    """A whole number as it is written for readers."""
    digits = re.sub(r"\s", "", text)
    return int(digits) if re.fullmatch(r"\d+", digits) else None


def see(site: Path, report: str, settings: Mapping[str, Any]) -> Seen:
    """Everything that the pages and the open data of a report say in figures."""
    folder = site / report
    seen = Seen()
    for row in _csv(folder / "data/deltagare.csv"):
        for column, sex in COLUMNS.items():
            if row[column]:
                seen.see(("rad", row["enhet"], row["rad"], sex), row[column])
    for row in _csv(folder / "data/bakgrund.csv"):
        for column, sex in COLUMNS.items():
            if row[column]:
                seen.see(("bakgrund", row["enhet"], row["tabell"], row["kategori"], sex), row[column])
    for row in _csv(folder / "data/belopp-kostnad.csv"):
        seen.costs[row["post"]] = 1000 * int(row["utfall"])
    data = json.loads((folder / "data/resultat.json").read_text("utf-8"))
    association = name_key(settings["förbund"]["id"])
    for unit in ({**data, "id": association}, *data["enheter"]):
        seen.results[unit["id"]] = {one["id"]: one for one in unit["indikatorer"]}
        seen.taken_over |= {
            (unit["id"], area["id"]) for area in unit["omraden"] if area["underlag"] == "redovisat"
        }
    for page in sorted(folder.glob("*.html")):
        text = page.read_text("utf-8")
        main = text[text.index("<main") : text.index("</main>")]
        if any(sign in main for sign in _SIGNS):
            _see_page(BeautifulSoup(main, "lxml"), settings, seen)
        if _SENTENCE in main:
            _see_what_is_small(" ".join(re.sub("<[^<>]*>", " ", main).split()), seen)
    return seen


def is_read(page: str) -> bool:
    """Whether a page has something that `see` looks at."""
    return any(sign in page for sign in (*_SIGNS, _SENTENCE))


# Pages without them have no table or chart that is read here.
_SIGNS = ("participants", 'id="antal-', 'id="andel-', 'id="bakgrund-')
_SENTENCE = "Om orange gav halva vikten"


def _csv(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _see_page(page: BeautifulSoup, settings: Mapping[str, Any], seen: Seen) -> None:
    for table in page.find_all("table", class_="participants"):
        _see_participants(table, settings, seen)
    named = {str(tag["id"]): tag for tag in page.find_all(id=True)}
    for unit in (settings["förbund"], *settings.get("enheter", ())):
        for kind in ("antal", "andel"):
            compared = named.get(f"{kind}-{name_key(unit['id'])}")
            if compared is not None:
                _see_year_before(compared, name_key(unit["id"]), settings, seen)
    tables = {f"bakgrund-{name_key(one['id'])}": one for one in settings.get("bakgrundstabeller", ())}
    for chart in page.find_all("figure", class_="chart"):
        definition = tables.get(str(chart.get("id")))
        if definition is not None:
            _see_background(chart, definition, name_key(settings["förbund"]["id"]), seen)


def _see_what_is_small(told: str, seen: Seen) -> None:
    seen.small = seen.small or set()
    found = re.search(r"Om allt med färre än (\d+) svar .*?Det gäller ([^ ]+(?:, [^ ]+)*)\.", told)
    if found:
        seen.small_below = int(found[1])
        seen.small |= set(found[2].split(", "))


def _see_participants(table: Tag, settings: Mapping[str, Any], seen: Seen) -> None:
    units = {one["namn"]: name_key(one["id"]) for one in (settings["förbund"], *settings.get("enheter", ()))}
    rows = {one["namn"]: name_key(one["id"]) for one in settings.get("deltagarrader", ())}
    caption = _text(table.caption) if table.caption else ""
    name = re.sub(r"^Tabell \d+\. ", "", caption).removeprefix("Deltagare i ").rsplit(" ", 1)[0]
    name = name.removesuffix(settings.get("period", "")).strip()
    for cells in _rows(table):
        place = (units[name], rows[cells["Grupp"]])
        for heading in (*SEXES, TOTAL):
            seen.see(("rad", *place, heading), cells.get(heading.capitalize(), ""))
        if "%" in cells.get("Andel", ""):
            seen.shares["andel", *place] = cells["Andel"]


def _see_year_before(compared: Tag, unit: str, settings: Mapping[str, Any], seen: Seen) -> None:
    rows = {one["namn"]: name_key(one["id"]) for one in settings.get("deltagarrader", ())}
    for cells in _rows(compared):
        name, year_before = cells["Grupp"], cells[str(int(settings["år"]) - 1)]
        place = ("förra", unit, rows[name])
        seen.see(place, year_before)
        if "%" in year_before:
            seen.shares[place] = year_before


def _see_background(chart: Tag, definition: Mapping[str, Any], association: str, seen: Seen) -> None:
    id = name_key(definition["id"])
    for cells in _rows(chart):
        label = cells[definition["titel"]]
        key = ("summa", association, id) if label == "Summa" else ("bakgrund", association, id, label)
        for heading in (WOMEN, MEN, TOTAL):
            seen.see((*key, heading), cells[heading.capitalize()])


def _rows(table: Tag) -> Iterator[dict[str, str]]:
    for beside in table.find_all(class_=("cell-label", "cell-picture", "basis")):
        beside.decompose()
    head, *bodies = table.find_all(("thead", "tbody", "tfoot"))
    heads = [_text(cell) for cell in head.find_all("th")]
    for row in (row for body in bodies for row in body.find_all("tr")):
        yield dict(zip(heads, (_text(cell) for cell in row.find_all(("th", "td"))), strict=True))


def _text(node: Tag) -> str:
    return " ".join(node.get_text(" ").split())


def name_key(text: object) -> str:
    """Names are compared without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", str(text).strip().casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# What everybody knows


@dataclass(frozen=True)
class Attack:
    """`ranges` are those of everything hidden; `targets` tell which sums of counts they are of."""

    ranges: Mapping[Key, Range]
    targets: Mapping[Key, Terms]


def attack(site: Path, report: str, content: Path) -> Attack:
    """Works out what a built report hides. Of its content only the declarations are read, no table."""
    folder = content / report
    settings = settings_of(folder)
    return work_out(see(site, report, settings), settings, budget_of(folder), survey_of(folder))


def settings_of(folder: Path) -> dict[str, Any]:
    return _yaml(folder / "bokslut.yaml")


def budget_of(folder: Path) -> dict[str, Any]:
    return _yaml(folder / "budget.yaml")


def survey_of(folder: Path) -> dict[str, Any]:
    return _yaml(folder / "enkat.yaml")


def _yaml(path: Path) -> dict[str, Any]:
    """Every scalar is text."""
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) if path.exists() else {}
    return read


def work_out(
    seen: Seen, settings: Mapping[str, Any], budget: Mapping[str, Any], survey: Mapping[str, Any]
) -> Attack:
    attacker = _Attacker(seen, settings, budget, survey)
    attacker.learn()
    for gap in attacker.gaps:
        attacker.learn_gap(*gap)
    targets = attacker.targets
    return Attack(attacker.puzzle.ranges(targets), targets)


def attack_together(site: Path, content: Path, whole: str, *local: str) -> Attack:
    """Works out what reports of one period hide, where those of units stand beside that of the whole."""
    folders = [content / report for report in (whole, *local)]
    settings = [settings_of(folder) for folder in folders]
    seen = [see(site, folder.name, own) for folder, own in zip(folders, settings, strict=True)]
    first, *others = (
        _Attacker(figures, own, budget_of(folder), survey_of(folder))
        for figures, own, folder in zip(seen, settings, folders, strict=True)
    )
    for other in others:
        first.see_beside(other)
    for attacker in (first, *others):
        attacker.learn()
    for other in others:
        first.learn_beside(other)
    for attacker in (first, *others):
        for gap in attacker.gaps:
            attacker.learn_gap(*gap)
    for other in others:
        first.puzzle.facts += other.puzzle.facts
        first.puzzle.ceilings |= other.puzzle.ceilings
        first.puzzle.largest = max(first.puzzle.largest, other.puzzle.largest)
        first.targets |= other.targets
    return Attack(first.puzzle.ranges(first.targets), first.targets)


def attack_parts(site: Path, content: Path, quarters: Mapping[str, tuple[int, int]]) -> Attack:
    """Works out what reports of parts of a year hide, by the first and last quarter of each."""
    puzzle, targets, terms_of = Puzzle(), dict[Key, Terms](), dict[str, dict[Key, Terms]]()
    for report in quarters:
        folder = content / report
        settings = settings_of(folder)
        attacker = _Attacker(see(site, report, settings), settings, budget_of(folder), survey_of(folder))
        attacker.learn()
        for gap in attacker.gaps:
            attacker.learn_gap(*gap)
        named = _of_report(report, attacker.puzzle)
        puzzle.facts += named.facts
        puzzle.ceilings |= named.ceilings
        puzzle.largest = max(puzzle.largest, named.largest)
        targets |= {(report, *key): _named(report, terms) for key, terms in attacker.targets.items()}
        terms_of[report] = {key: {(report, *key): 1} for fact in attacker.puzzle.facts for key in fact.terms}
    for whole, (first, last) in quarters.items():
        within = {
            report: own
            for report, own in quarters.items()
            if own != (first, last) and first <= own[0] and own[1] <= last
        }
        for key, terms in terms_of[whole].items():
            if key[0] not in ("rad", "bakgrund", "summa", "svar"):
                continue
            parts = {report: terms_of[report][key] for report in within if key in terms_of[report]}
            if key[0] == "rad" and key[2] == "kvar":
                for report, part in parts.items():
                    if within[report][1] == last:  # they are there on the same day
                        puzzle.equal(plus(terms, times(part, -1)))
                continue
            is_of_flow = key[0] == "svar" or (key[0] == "rad" and key[2] != "deltagare")
            for report, part in parts.items():
                rest = plus(terms, times(part, -1))
                puzzle.know(rest, 0, None)
                targets["skillnad", whole, report, *key] = rest
            for some in _one_after_another({report: within[report] for report in parts}, first):
                rest = plus(terms, *(times(parts[report], -1) for report in some))
                if is_of_flow:
                    puzzle.know(rest, 0, 0 if within[some[-1]][1] == last else None)
                    targets["rest", whole, *some, *key] = rest
    return Attack(puzzle.ranges(targets), targets)


def _one_after_another(within: Mapping[str, tuple[int, int]], first: int) -> Iterator[tuple[str, ...]]:
    """Parts without a gap from a quarter on, in all ways."""
    for report, (begins, ends) in within.items():
        if begins == first:
            yield (report,)
            for others in _one_after_another(within, ends + 1):
                yield (report, *others)


def _of_report(report: str, puzzle: Puzzle) -> Puzzle:
    facts = [Fact(_named(report, fact.terms), fact.low, fact.high) for fact in puzzle.facts]
    return Puzzle(facts, {(report, *key): most for key, most in puzzle.ceilings.items()}, puzzle.largest)


def _named(report: str, terms: Terms) -> Terms:
    return {(report, *key): factor for key, factor in terms.items()}


def hidden_in(
    seen: Seen, settings: Mapping[str, Any], budget: Mapping[str, Any], survey: Mapping[str, Any]
) -> Mapping[Key, Terms]:
    """What is hidden, as sums of counts, without any attempt to work it out."""
    attacker = _Attacker(seen, settings, budget, survey)
    attacker.learn()
    return attacker.targets


class _Attacker:
    """Writes down what is known, as facts about counts."""

    def __init__(
        self, seen: Seen, settings: Mapping[str, Any], budget: Mapping[str, Any], survey: Mapping[str, Any]
    ) -> None:
        self.seen, self.puzzle = seen, Puzzle()
        self.settings = settings
        self.costs: dict[str, int] = {name_key(unit): cost for unit, cost in seen.costs.items()}
        self.association = name_key(settings["förbund"]["id"])
        self.units = [name_key(one["id"]) for one in settings.get("enheter", ())]
        ways = dict.fromkeys(one.get("indelning", "") for one in settings.get("enheter", ()))
        self.divisions = [
            [name_key(one["id"]) for one in settings["enheter"] if one.get("indelning", "") == way]
            for way in ways
        ]
        self.rows = {name_key(one["id"]): one for one in settings.get("deltagarrader", ())}
        self.persons = {id for id, row in self.rows.items() if row.get("unika") == "ja"}
        self.background = {name_key(one["id"]): one for one in settings.get("bakgrundstabeller", ())}
        self.rules = settings.get("regler", {})
        self.indicators = {
            one["id"]: {**one, "område": area["id"]}
            for area in budget["områden"]
            for goal in area["mål"]
            for one in goal["indikatorer"]
        }
        self.scales = {name_key(one["id"]): one for one in survey.get("skalor", ())}
        self.questions = {name_key(one["id"]): one for one in survey.get("frågor", ())}
        self.asked = {
            name_key(one["id"]): int(one["tillfrågade"])
            for one in survey.get("svarsgrupper", ())
            if "tillfrågade" in one
        }
        self.targets: dict[Key, Terms] = {}
        self.gaps: list[tuple[str, str, str]] = []
        self.counted = {key[1] for key in seen.counts if key[0] == "rad"} - {self.association}

    def see_beside(self, other: _Attacker) -> None:
        """What a report of a unit shows of it, this one may hide, or not have."""
        for key, number in other.seen.counts.items():
            if key[1] in self.units and number is not None:
                self.seen.counts[key] = number
            elif key[1] in self.units:
                self.seen.counts.setdefault(key, None)

    def learn_beside(self, other: _Attacker) -> None:
        """What a unit's own report tells of answers leaves the rest of those of the whole."""
        asked = {
            (name_key(indicator["grupp"]), name_key(indicator["fråga"]))
            for results in other.seen.results.values()
            for id, result in results.items()
            if "fråga" in (indicator := other.indicators[id]) and result["signal"] is not None
        }
        division = next(units for units in self.divisions if other.association in units)
        for id, result in self.seen.results[self.association].items():
            indicator = self.indicators[id]
            if "fråga" not in indicator or result["signal"] is None:
                continue
            if (name_key(indicator["grupp"]), name_key(indicator["fråga"])) not in asked:
                continue
            told_here = [
                self._told(unit, indicator, own)
                for unit in division
                if unit != other.association
                and (own := self.seen.results[unit].get(id, {"signal": None}))["signal"] is not None
            ]
            for label, terms in self._told(self.association, indicator, result).items():
                own = {(key[0], other.association, *key[2:]): factor for key, factor in terms.items()}
                rest = plus(terms, times(own, -1), *(times(told[label], -1) for told in told_here))
                for key in terms:
                    self.puzzle.know({key: 1, (key[0], other.association, *key[2:]): -1}, 0, None)
                self.targets["utfall", id, label, "bredvid", other.association] = rest

    def learn(self) -> None:
        self._figures()
        self._tables()
        self._units_are_all()
        self._shares()
        for unit, results in self.seen.results.items():
            for id, result in results.items():
                self._result(unit, self.indicators[id], result)
        self._answers_of_all()
        self._rests_of_answers()

    # Tables

    def _figures(self) -> None:
        for key, number in self.seen.counts.items():
            if number is None:
                self.targets[key] = {key: 1}
            else:
                self.puzzle.largest = max(self.puzzle.largest, number)
                self.puzzle.equal({key: 1}, number)

    def _has(self, key: Key) -> bool:
        return key in self.seen.counts

    def _tables(self) -> None:
        """Sexes make the total; rows and tables add up as declared; a part is no larger than its whole."""
        stems = dict.fromkeys(key[:-1] for key in self.seen.counts if key[-1] in (*SEXES, TOTAL))
        for stem in stems:
            if self._has((*stem, WOMEN)):
                sexes = [{(*stem, sex): 1} for sex in SEXES if self._has((*stem, sex))]
                if len(sexes) == 2 and stem[0] == "summa":  # pages leave those who have not stated sex out
                    self.puzzle.know(plus({(*stem, TOTAL): 1}, *(times(one, -1) for one in sexes)), 0, None)
                else:
                    self.puzzle.equal(plus({(*stem, TOTAL): 1}, *(times(one, -1) for one in sexes)))
        for unit in (self.association, *self.units):
            for id, row in self.rows.items():
                self._adds_up(("rad", unit, id), row.get("lika_med", ""), unit)
                self._adds_up(("förra", unit, id), row.get("lika_med", ""), unit)
            for part, whole in self._wholes():
                for column in (*SEXES, TOTAL):
                    self._at_most(("rad", unit, part, column), ("rad", unit, whole, column))
                self._at_most(("förra", unit, part), ("förra", unit, whole))
            for id, table in self.background.items():
                self._categories(unit, id)
                self._adds_up(("summa", unit, id), table.get("lika_med", ""), unit)

    def _adds_up(self, key: Key, written: str, unit: str) -> None:
        terms = re.split(r"\s*(\+)\s*|\s+([−–-])\s+", written.strip()) if written else []
        names = [name_key(name or "") for name in terms[::3]]
        signs = [1, *(1 if one else -1 for one in terms[1::3])]
        if len(names) > 1 and unit == self.association and self.persons & {key[-1], *names}:
            return  # who has left one unit may remain in another
        columns: tuple[Key, ...] = ((),) if key[0] == "förra" else tuple((one,) for one in (*SEXES, TOTAL))
        for column in columns:
            parts: list[Terms] = []
            missing: set[int] = set()
            for name, sign in zip(names, signs, strict=False):
                stem = ("summa", unit, name) if name in self.background else (key[0], unit, name)
                stem = ("rad", unit, name) if key[0] == "summa" and name in self.rows else stem
                if self._has((*stem, *column)) or self._is_summed(stem, column):
                    parts.append({(*stem, *column): -sign})
                else:
                    missing.add(sign)
            own = (*key, *column)
            if parts and (self._has(own) or self._is_summed(key, column)):
                low, high = None if -1 in missing else 0, None if 1 in missing else 0
                difference = plus({own: 1}, *parts)
                self.puzzle.know(difference, low, high)
                if len(missing) == 1:
                    self.targets[*own, "saknas"] = times(difference, *missing)

    def _is_summed(self, stem: Key, column: Key) -> bool:
        """Whether a table has a sum, which may stand nowhere."""
        table = ("bakgrund", *stem[1:])
        return stem[0] == "summa" and any(key[:3] == table and key[-1:] == column for key in self.seen.counts)

    def _wholes(self) -> Iterator[tuple[str, str]]:
        above: list[tuple[int, str]] = []
        for id, row in self.rows.items():
            level = int(row.get("nivå", 0))
            above = [one for one in above if one[0] < level]
            if above:
                yield id, above[-1][1]
            above.append((level, id))
            if "andel_av" in row:
                yield id, name_key(row["andel_av"])

    def _at_most(self, part: Key, whole: Key) -> None:
        if self._has(part) and self._has(whole) and part != whole:
            self.puzzle.know(plus({whole: 1}, {part: -1}), 0, None)

    def _categories(self, unit: str, table: str) -> None:
        for column in (*SEXES, TOTAL):
            cells = [
                {key: -1}
                for key in self.seen.counts
                if key[:3] == ("bakgrund", unit, table) and key[-1] == column
            ]
            if cells:
                self.puzzle.equal(plus({("summa", unit, table, column): 1}, *cells))

    def _units_are_all(self) -> None:
        """The association's counts are those of its units, and no fewer where some unit's are not there."""
        stems = dict.fromkeys((key[0], *key[2:]) for key in self.seen.counts if key[0] in ("rad", "förra"))
        stems |= dict.fromkeys(
            (key[0], *key[2:]) for key in self.seen.counts if key[:2] == ("bakgrund", self.association)
        )
        for (kind, *rest), units in product(stems, self.divisions):
            own = (kind, self.association, *rest)
            parts = [{(kind, unit, *rest): -1} for unit in units if self._has((kind, unit, *rest))]
            if not self._has(own) or not parts:
                continue
            if kind == "bakgrund":
                tables = {key[1] for key in self.seen.counts if key[0] == kind and key[2] == rest[0]}
                is_all = tables >= set(units)
            else:
                whole = self.counted & set(units) if kind == "rad" else set(units)
                is_all = len(parts) == len(whole)
            difference = plus({own: 1}, *parts)
            if self.persons & {rest[0], *(["deltagare"] if kind == "bakgrund" else [])}:
                if is_all:
                    self.puzzle.know(difference, None, 0)
                for part in parts:
                    self.puzzle.know(plus({own: 1}, part), 0, None)
            else:
                self.puzzle.know(difference, 0, 0 if is_all else None)
                if not is_all:
                    self.targets[*own, "saknas", *units] = difference

    def _shares(self) -> None:
        for (kind, unit, row), written in self.seen.shares.items():
            whole = name_key(self.rows[row].get("andel_av", ""))
            if not whole:
                continue
            part: Key = ("förra", unit, row)
            all_: Key = ("förra", unit, whole)
            if kind == "andel":
                part, all_ = ("rad", unit, row, TOTAL), ("rad", unit, whole, TOTAL)
            percent = re.match(r"([\d\s]+(?:,\d+)?)\s*%", written)
            if percent and self._has(all_):
                self._percent({part: 1}, {all_: 1}, percent[1])

    def _percent(self, part: Terms, whole: Terms, written: str) -> None:
        """A rounded percentage is a range."""
        shown = Fraction(re.sub(r"\s", "", written).replace(",", "."))
        half = Fraction(1, 2 * 10 ** len(written.partition(",")[2].strip()))
        for limit, sign in ((shown - half, 1), (shown + half, -1)):
            scaled = limit / 100
            side = plus(times(part, scaled.denominator * sign), times(whole, -scaled.numerator * sign))
            self.puzzle.know(side, 0, None)

    # Outcomes

    def _result(self, unit: str, indicator: Mapping[str, Any], result: Mapping[str, Any]) -> None:
        if indicator["mått"] in ("medelvärde", "median", "kvot"):
            self._number(unit, indicator, result)
            return
        fractions = self._fractions(unit, indicator, result)
        key = ("utfall", unit, indicator["id"])
        is_answer = "fråga" in indicator
        least = int(self.rules.get("minsta_antal_svar", 1))
        for label, (part, whole) in fractions.items():
            self.puzzle.know(plus(whole, times(part, -1)), 0, None)
            if result["orsak"] in ("ingen att räkna på", "ingen har svarat") and len(fractions) == 1:
                self.puzzle.equal(whole)
            elif result["orsak"] == "för få svar" and len(fractions) == 1:
                self.puzzle.know(whole, 1, least - 1)
            if result["signal"] is None:
                continue
            if is_answer:
                self.puzzle.know(whole, least, self.asked.get(name_key(indicator["grupp"])))
            elif indicator["mått"] == "andel" or result["signal"] != "gron":
                self.puzzle.know(whole, 1, None)
            self._aim_at((*key, label), part, whole, result)
            self._is_small(unit, indicator, result, whole, alone=len(fractions) == 1)
        for one in result["delar"]:
            if one["namn"] in MOVES:
                moved = {**indicator, "svar": [one["namn"]]}
                self.puzzle.equal(self._answers(unit, moved, SEXES)[0], one["taljare"])
                continue
            part, whole = fractions[WOMEN if one["namn"] == "kvinnor" else MEN]
            self.puzzle.equal(part, one["taljare"])
            self.puzzle.equal(whole, one["namnare"])
        if len(fractions) == 1:
            (part, whole), *_ = fractions.values()
            self._figure_of(part, whole, result)
            if result["signal"] is not None:
                self._signal((*key, "signal"), part, whole, indicator, result["signal"])
        elif fractions and result["signal"] is not None and not result["delar"]:
            self.gaps.append((unit, indicator["id"], result["signal"]))
        if indicator["mått"] == "sammansatt" and result["signal"] is not None:
            self._composite(unit, indicator, result)

    def _number(self, unit: str, indicator: Mapping[str, Any], result: Mapping[str, Any]) -> None:
        """A mean, a median or a quotient of a table's amount, and what its signal tells."""
        rows: list[Key] = [
            ("rad", unit, name_key(row), TOTAL) for row in indicator.get("nämnare", "").split("+")
        ]
        by_number = {} if "belopp" in indicator else self._numbers(unit, indicator)
        whole = plus(*by_number.values()) if by_number else plus(*({row: 1} for row in rows))
        key = ("utfall", unit, indicator["id"])
        limit, is_met = _first_number(indicator["krav"].replace(" ", "")), result["signal"] == "gron"
        if result["signal"] is None:
            if result["orsak"] == "för få svar":
                self.puzzle.know(whole, 1, int(self.rules["minsta_antal_svar"]) - 1)
            return
        self.puzzle.know(whole, int(self.rules.get("minsta_antal_svar", 1)) if by_number else 1, None)
        for number, gave in by_number.items():
            self.targets[*key, f"svar {number}"] = gave
        if result["skyddad"]:
            self.targets[*key, "nämnare"] = whole
        elif result["namnare"] is not None:
            self.puzzle.equal(whole, int(result["namnare"]))
        if indicator["mått"] == "kvot":
            cost = self.costs.get(unit, sum(self.costs.values()))
            self.puzzle.know(times(whole, int(limit)), *((cost, None) if is_met else (None, cost - 1)))
        elif indicator["mått"] == "medelvärde":
            total = plus(*(times(gave, number) for number, gave in by_number.items()))
            side = plus(total, times(whole, -int(limit)))
            self.puzzle.know(side, *((0, None) if is_met else (None, -1)))
            if result["taljare"] is not None:
                self.puzzle.equal(total, result["taljare"])
        else:
            self._median(by_number, whole, (limit, None) if is_met else (None, limit))
            if result["varde"] is not None:
                self._median(by_number, whole, (Fraction(result["varde"]), Fraction(result["varde"])))

    def _median(self, by_number: Mapping[int, Terms], whole: Terms, within: tuple[Any, Any]) -> None:
        """Half at the most lie below the lowest that the median can be, and half above the highest."""
        low, high = within
        for number in by_number:
            if low is not None and number < low:
                below = plus(*(terms for other, terms in by_number.items() if other <= number))
                self.puzzle.know(plus(whole, times(below, -2)), 0, None)
            if high is not None and number > high:
                above = plus(*(terms for other, terms in by_number.items() if other >= number))
                self.puzzle.know(plus(whole, times(above, -2)), 0, None)

    def _numbers(self, unit: str, indicator: Mapping[str, Any]) -> dict[int, Terms]:
        """Those who gave each number of a scale."""
        scale = self.scales[name_key(self.questions[name_key(indicator["fråga"])]["skala"])]
        return {
            int(number): self._answers(unit, {**indicator, "svar": [answer]}, SEXES)[0]
            for answer, number in zip(scale["svar"], scale["tal"], strict=True)
        }

    def _aim_at(self, key: Key, part: Terms, whole: Terms, result: Mapping[str, Any]) -> None:
        """Those who are left are nowhere shown, also where the outcome and its basis are."""
        if result["skyddad"]:
            self.targets[*key, "täljare"] = part
            self.targets[*key, "nämnare"] = whole
        if result["skyddad"] or result["taljare"] is not None:
            self.targets[*key, "övriga"] = plus(whole, times(part, -1))

    def _figure_of(self, part: Terms, whole: Terms, result: Mapping[str, Any]) -> None:
        if result["taljare"] is not None and result["namnare"] is not None:
            self.puzzle.equal(part, result["taljare"])
            self.puzzle.equal(whole, result["namnare"])
        elif result["varde"] is not None and result["enhet"] == "%":
            self._percent(part, whole, str(result["varde"]).replace(".", ","))

    def _is_small(
        self,
        unit: str,
        indicator: Mapping[str, Any],
        result: Mapping[str, Any],
        whole: Terms,
        *,
        alone: bool,
    ) -> None:
        """The range of the index tells which outcomes rest on few."""
        is_counted = result["poang"] is not None and (unit, indicator["område"]) not in self.seen.taken_over
        is_published = result["varde"] is not None and result["taljare"] is None and not result["delar"]
        if unit != self.association or self.seen.small is None or not is_counted or is_published:
            return
        if indicator["id"] not in self.seen.small:
            self.puzzle.know(whole, self.seen.small_below, None)
        elif alone:
            self.puzzle.know(whole, None, self.seen.small_below - 1)

    def _fractions(
        self, unit: str, indicator: Mapping[str, Any], result: Mapping[str, Any]
    ) -> dict[str, tuple[Terms, Terms]]:
        """What is divided by what; nothing where an indicator does not count people."""
        match indicator["mått"]:
            case "andel":
                part, whole = (
                    [("rad", unit, name_key(row), TOTAL) for row in indicator[key].split("+")]
                    for key in ("täljare", "nämnare")
                )
                if all(self._has(key) for key in (*part, *whole)):
                    return {"alla": (dict.fromkeys(part, 1), dict.fromkeys(whole, 1))}
            case "könsfördelning" if "rad" in indicator:
                rows = [name_key(row) for row in indicator["rad"].split("+")]
                women, men = ([("rad", unit, row, sex) for row in rows] for sex in (WOMEN, MEN))
                if all(self._has(key) for key in (*women, *men)):
                    return {"alla": (dict.fromkeys(women, 1), dict.fromkeys((*women, *men), 1))}
            case "könsfördelning":
                pair = [("grupp", unit, name_key(indicator["grupp"]), sex) for sex in (WOMEN, MEN)]
                return {"alla": ({pair[0]: 1}, dict.fromkeys(pair, 1))}
            case "andel svar" | "före och efter":
                if result["signal"] is not None or result["orsak"] in ("för få svar", "ingen har svarat"):
                    return {"alla": self._answers(unit, indicator, SEXES)}
            case "könsskillnad":
                if result["signal"] is not None:
                    return {sex: self._answers(unit, indicator, (sex,)) for sex in (WOMEN, MEN)}
        return {}

    def _answers(self, unit: str, indicator: Mapping[str, Any], sexes: Iterable[str]) -> tuple[Terms, Terms]:
        question = name_key(indicator["fråga"])
        wanted = {_answer_key(one) for one in indicator.get("svar", MOVES[:1])}
        stem = ("svar", unit, name_key(indicator["grupp"]), question)
        whole = [(*stem, sex, _answer_key(answer)) for sex in sexes for answer in self._given(question)]
        return {key: 1 for key in whole if key[-1] in wanted}, dict.fromkeys(whole, 1)

    def _given(self, question: str) -> Sequence[str]:
        """What the answers to a question are counted in."""
        asked = self.questions[question]
        given: Sequence[str] = self.scales[name_key(asked["skala"])]["svar"]
        return MOVES if asked.get("före_och_efter") else given

    def _answers_of_all(self) -> None:
        """The association's answers are those of its units, where every unit with the group has some."""
        asked: dict[tuple[str, str], dict[str, bool]] = {}
        groups: dict[str, set[str]] = {}
        for unit, results in self.seen.results.items():
            for id, result in results.items():
                indicator = self.indicators[id]
                has_answers = result["signal"] is not None or result["orsak"] == "för få svar"
                if "fråga" in indicator and has_answers:
                    pair = name_key(indicator["grupp"]), name_key(indicator["fråga"])
                    asked.setdefault(pair, {})[unit] = True
                    groups.setdefault(pair[0], set()).add(unit)
        for ((group, question), units), division in product(asked.items(), self.divisions):
            parts = [unit for unit in units if unit in division]
            if self.association not in units or not parts:
                continue
            is_all = set(parts) == groups[group] & set(division)
            for sex, answer in product(SEXES, self._given(question)):
                end = (group, question, sex, _answer_key(answer))
                difference: dict[Key, int] = {("svar", unit, *end): -1 for unit in parts}
                difference["svar", self.association, *end] = 1
                self.puzzle.know(difference, 0, 0 if is_all else None)

    def _rests_of_answers(self) -> None:
        """What the units' outcomes leave of the association's is that of those that have none."""
        for (id, indicator), division in product(self.indicators.items(), self.divisions):
            units = [self.association, *division]
            shown = {unit: self.seen.results[unit][id] for unit in units if id in self.seen.results[unit]}
            of_units = [
                self._told(unit, indicator, result)
                for unit, result in shown.items()
                if "fråga" in indicator and result["signal"] is not None
            ]
            if not of_units or shown.get(self.association, {"signal": None})["signal"] is None:
                continue
            own, *others = of_units
            for label, terms in own.items():
                rest = plus(terms, *(times(told[label], -1) for told in others if label in told))
                self.targets["utfall", id, label, "saknas", *division] = rest

    def _told(self, unit: str, indicator: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, Terms]:
        """Everything that an outcome of answers is made of."""
        if indicator["mått"] in ("medelvärde", "median"):
            by_number = self._numbers(unit, indicator)
            told = {f"svar {number}": gave for number, gave in by_number.items()}
            return {**told, "nämnare": plus(*by_number.values())}
        return {
            f"{name} {label}": terms
            for label, (part, whole) in self._fractions(unit, indicator, result).items()
            for name, terms in zip(
                ("täljare", "nämnare", "övriga"), (part, whole, plus(whole, times(part, -1))), strict=True
            )
        }

    # Signals

    def _signal(
        self, name: Key, part: Terms, whole: Terms, indicator: Mapping[str, Any], signal: str
    ) -> None:
        target, margin = self._target(indicator)
        inner, outer = self._sides(part, whole, target), self._sides(part, whole, _widened(target, margin))
        if signal == "gron":
            self._inside(inner)
            return
        if signal == "orange":
            self._inside(outer)
        self._outside(name, inner if signal == "orange" or margin is None else outer)

    def _target(self, indicator: Mapping[str, Any]) -> tuple[tuple[Fraction | None, Fraction | None], Any]:
        """The limits of a target as shares, and its margin; None where there is no orange."""
        margin = None
        if int(self.rules.get("signaler", 3)) > 2:
            written = indicator.get("marginal") or self.rules.get("marginal", "5")
            margin = _first_number(written) / 100
        return _limits(indicator["krav"]), margin

    def _sides(
        self, part: Terms, whole: Terms, limits: tuple[Fraction | None, Fraction | None]
    ) -> list[Terms]:
        """Sums that are not negative where the share lies within the limits."""
        low, high = limits
        sides: list[Terms] = []
        if low is not None:
            sides.append(plus(times(part, low.denominator), times(whole, -low.numerator)))
        if high is not None:
            sides.append(plus(times(whole, high.numerator), times(part, -high.denominator)))
        return sides

    def _inside(self, sides: Iterable[Terms]) -> None:
        for side in sides:
            self.puzzle.know(side, 0, None)

    def _outside(self, name: Key, sides: Sequence[Terms]) -> None:
        """Outside of one limit is known, of two only that it is one of them."""
        if len(sides) == 1:
            self.puzzle.know(sides[0], None, -1)
        elif sides:
            far = 1000 * self.puzzle.largest
            which = self.puzzle.choice(name)
            self.puzzle.know(plus(sides[0], {which: -far}), None, -1)
            self.puzzle.know(plus(sides[1], {which: far}), None, far - 1)

    def learn_gap(self, unit: str, id: str, signal: str) -> None:
        """A difference of two shares, for every pair of sizes that the two groups may have."""
        indicator = self.indicators[id]
        (women, of_women), (men, of_men) = (self._answers(unit, indicator, (sex,)) for sex in (WOMEN, MEN))
        (_, high), margin = self._target(indicator)
        if high is None:
            return
        sizes = [self._sizes(whole) for whole in (of_women, of_men)]
        if not all(sizes) or len(sizes[0]) * len(sizes[1]) > MOST_PAIRS:
            return
        chosen: dict[Key, int] = {}
        weighed: tuple[dict[Key, int], dict[Key, int]] = ({}, {})
        for pair in product(*sizes):
            name = ("skillnad", unit, id, *map(str, pair))
            which = self.puzzle.choice(name)
            chosen[which] = 1
            weighed[0][which], weighed[1][which] = -pair[0], -pair[1]
            difference = plus(times(women, pair[1]), times(men, -pair[0]))
            self._gap_of_sizes(name, which, difference, pair[0] * pair[1], (high, margin, signal))
        self.puzzle.equal(chosen, 1)
        self.puzzle.equal(plus(of_women, weighed[0]))
        self.puzzle.equal(plus(of_men, weighed[1]))

    def _gap_of_sizes(
        self, name: Key, which: Key, difference: Terms, both: int, told: tuple[Fraction, Any, str]
    ) -> None:
        """If the sizes are these: how far the difference lies from 0."""
        high, margin, signal = told
        wide = high + (margin or 0)
        most = {"gron": high, "orange": wide}.get(signal)
        least = {"orange": high, "rod": wide}.get(signal)
        if most is not None:
            limit = floor(most * both)
            self.puzzle.know(plus(difference, {which: both - limit}), None, both)
            self.puzzle.know(plus(times(difference, -1), {which: both - limit}), None, both)
        if least is not None:
            limit = floor(least * both) + 1
            sign = self.puzzle.choice((*name, "tecken"))
            far = 2 * both + limit
            self.puzzle.know(plus(difference, {which: -far, sign: far}), limit - far, None)
            self.puzzle.know(plus(times(difference, -1), {which: -far, sign: -far}), limit - 2 * far, None)

    def _sizes(self, whole: Terms) -> list[int]:
        """Every size that a group may have, as far as that is bounded."""
        name = ("storlek",)
        first = Puzzle([*self.puzzle.facts], dict(self.puzzle.ceilings), self.puzzle.largest)
        low, high = _full_range(first, name, whole)
        return list(range(max(low, 1), high + 1)) if high - low < MOST_PAIRS else []

    def _composite(self, unit: str, indicator: Mapping[str, Any], result: Mapping[str, Any]) -> None:
        """All of its parts reach their level, or none of them does."""
        met, of = result["taljare"], result["namnare"]
        if met not in (0, of) or met is None or "nivå" not in indicator:
            return
        for id in indicator["indikatorer"]:
            one = self.seen.results[unit].get(id)
            fractions = self._fractions(unit, self.indicators[id], one) if one else {}
            if len(fractions) == 1:
                ((part, whole),) = fractions.values()
                sides = self._sides(part, whole, _limits(indicator["nivå"]))
                if met:
                    self._inside(sides)
                else:
                    self._outside(("nivå", unit, indicator["id"], id), sides)


def _full_range(puzzle: Puzzle, name: Key, terms: Terms) -> Range:
    """The true lowest and highest value, where `Puzzle.ranges` is content with two."""
    total = (*name, "summa")
    puzzle.equal(plus({total: 1}, times(terms, -1)))
    low, high = puzzle.ranges({name: {total: 1}})[name]
    for _ in range(MOST_PAIRS):
        below = _can_be(puzzle, total, None, low - 1)
        if below is None:
            break
        low = below
    for _ in range(MOST_PAIRS):
        above = _can_be(puzzle, total, high + 1, None)
        if above is None:
            break
        high = above
    return low, high


def _can_be(puzzle: Puzzle, total: Key, low: int | None, high: int | None) -> int | None:
    narrowed = Puzzle([*puzzle.facts, Fact({total: 1}, low, high)], dict(puzzle.ceilings), puzzle.largest)
    try:
        found = narrowed.ranges({total: {total: 1}})[total]
    except ContradictionError:
        return None
    return found[0] if low is None else found[1]


def _answer_key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def _limits(written: str) -> tuple[Fraction | None, Fraction | None]:
    """”minst 80 %”, ”högst 20 procentenheter”, ”40–60 %” as shares."""
    numbers = [Fraction(one.replace(",", ".")) / 100 for one in re.findall(r"\d+(?:[.,]\d+)?", written)]
    if "%" not in written and "procent" not in written:
        return None, None
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    return (numbers[0], None) if written.casefold().startswith("minst") else (None, numbers[0])


def _widened(
    limits: tuple[Fraction | None, Fraction | None], margin: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    low, high = limits
    by = margin or Fraction(0)
    return (None if low is None else low - by), (None if high is None else high + by)


def _first_number(written: str) -> Fraction:
    found = re.search(r"\d+(?:[.,]\d+)?", written)
    assert found
    return Fraction(found[0].replace(",", "."))
