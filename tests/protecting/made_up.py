"""Reports made up by chance, as authors write them: what an attacker is let loose on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml

REPORT = "2024-prov"
YEAR = 2024
ASSOCIATION = "forbundet"
NAMES = {ASSOCIATION: "Förbundet"}
SEXES = ("kvinnor", "män", "ej angivet")
AGES = ("16–24", "25–39", "40–64")
ANSWERS = ("ja", "delvis", "nej")
MOVES = ("högre", "oförändrat", "lägre")
SMALL = (0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 11, 17)
BALANCED = ("deltagare", "avslut", "positiv", "arbete")

ROWS: tuple[dict[str, object], ...] = (
    {"id": "deltagare", "namn": "Alla deltagare"},
    {"id": "avslut", "namn": "Alla avslut", "andel_av": "deltagare", "lika_med": "positiv + avbrott"},
    {
        "id": "positiv",
        "namn": "Positiv lösning",
        "andel_av": "avslut",
        "nivå": 1,
        "lika_med": "arbete + studier + stod",
    },
    {"id": "arbete", "namn": "Arbete", "andel_av": "positiv", "nivå": 2},
    {"id": "studier", "namn": "Studier", "andel_av": "positiv", "nivå": 2},
    {"id": "stod", "namn": "Annat stöd", "andel_av": "positiv", "nivå": 2},
    {"id": "avbrott", "namn": "Avbrott", "andel_av": "avslut", "nivå": 1},
    {"id": "kvar", "namn": "Kvar vid årets slut", "lika_med": "deltagare − avslut"},
)

Counts = dict[str, int]  # by sex, or only ”totalt”


@dataclass(frozen=True)
class Kind:
    """What a made-up report has."""

    units: int
    third_sex: bool = False
    given: bool = False  # the association's own rows
    missing: bool = False  # a row of some unit
    only_totals: bool = False  # of some unit
    background: bool = False  # of the units and, if `given`, of the association
    answers: bool = False  # of the units, by sex
    divided: bool = False  # a second time: into as many municipalities
    moves: bool = False  # of answers before and after, in their place
    scale: bool = False  # whose mean and median are measured
    costs: bool = False  # of the units, and what each participant cost
    answers_of_all: bool = False  # the association's own beside them
    only_all: bool = False  # nothing of the units is written
    unasked: bool = False  # a unit whose answers to one of two questions only the association's tell
    previous: bool = False
    published: bool = False  # an outcome as it was published beside the counts that it is made of
    least: int = 1  # answers that are needed
    signals: bool = True  # of the units too, for everything
    numbers: Sequence[int] = SMALL  # that people and answers are counted by


@dataclass
class MadeUp:
    """The true counts of a report: `rows` by unit and row, `answers` by unit, sex and answer."""

    kind: Kind
    chance: Random
    association: str = ASSOCIATION
    part: str = "enhet"  # what its units are called, with a number
    rows: dict[tuple[str, str], Counts] = field(default_factory=dict)
    previous: dict[tuple[str, str], int] = field(default_factory=dict)
    background: dict[tuple[str, str], Counts] = field(default_factory=dict)
    groups: dict[str, Counts] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def units(self) -> list[str]:
        return [*self.parts, *(self.municipalities if self.kind.divided else ())]

    @property
    def parts(self) -> list[str]:
        """Those that add up to the association."""
        return [f"{self.part}-{number}" for number in range(1, self.kind.units + 1)]

    @property
    def municipalities(self) -> list[str]:
        return [f"kommun-{number}" for number in range(1, self.kind.units + 1)]

    @property
    def given(self) -> Sequence[str]:
        """What those who answered are counted in."""
        return MOVES if self.kind.moves else ANSWERS

    @property
    def questions(self) -> Sequence[str]:
        return ("hjalp", "annat") if self.kind.unasked else ("hjalp",)

    @property
    def sexes(self) -> Sequence[str]:
        return SEXES if self.kind.third_sex else SEXES[:2]

    @property
    def costs(self) -> dict[str, int]:
        """In tkr."""
        return {unit: 60 * number + 7 for number, unit in enumerate(self.units, start=1)}

    # The true counts, by the attacker's keys

    def truth(self, key: tuple[str, ...]) -> int | None:
        """The true count behind a key of the attack; None where there is none of that name."""
        match key:
            case ("rad", unit, row, sex):
                return _of(self.of_rows(unit, row), sex)
            case ("bakgrund", unit, _, age, sex):
                return _of(self.of_background(unit, age), sex)
            case ("summa", unit, _, sex):
                return sum(_of(self.of_background(unit, age), sex) or 0 for age in AGES)
            case ("förra", unit, row):
                return self.of_previous(unit, row)
            case ("grupp", unit, _, sex):
                return self.groups.get(unit, {}).get(sex)
            case ("svar", unit, _, _, sex, answer):
                units = [unit] if unit != self.association else self.parts
                return sum(self.answers.get((one, sex, answer), 0) for one in units)
        return None

    def of_rows(self, unit: str, row: str) -> Counts | None:
        """The association's are its own where they are given, and else the sum of its units'."""
        if unit != self.association or (unit, row) in self.rows:
            return self.rows.get((unit, row))
        return _sum([self.rows.get((one, row)) for one in self.parts])

    def of_background(self, unit: str, age: str) -> Counts | None:
        if unit != self.association or not self.parts:
            return self.background.get((unit, age))
        units = [one for one in self.parts if (one, age) in self.background]
        return _sum([self.background[one, age] for one in units])

    def of_previous(self, unit: str, row: str) -> int | None:
        if unit != self.association or not self.parts:
            return self.previous.get((unit, row))
        counts = [self.previous[one, row] for one in self.parts if (one, row) in self.previous]
        return sum(counts) if len(counts) == len(self.parts) else None


def _of(counts: Counts | None, sex: str) -> int | None:
    if counts is None:
        return None
    return sum(counts.values()) if sex == "totalt" else counts.get(sex, 0)


def _sum(parts: Sequence[Counts | None]) -> Counts | None:
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    sexes = dict.fromkeys(sex for part in known for sex in part)
    if "totalt" in sexes:
        return {"totalt": sum(sum(part.values()) for part in known)}
    return {sex: sum(part.get(sex, 0) for part in known) for sex in sexes}


def make_up(kind: Kind, seed: int) -> MadeUp:
    made = MadeUp(kind, Random(seed))
    for unit in made.units:
        _make_up_rows(made, unit)
        made.groups[unit] = {sex: made.chance.choice(kind.numbers) for sex in SEXES[:2]}
        if kind.background:
            _make_up_background(made, unit)
        if kind.answers:
            for sex in made.sexes:
                for answer in made.given:
                    made.answers[unit, sex, answer] = made.chance.choice(kind.numbers[2:9])
        if kind.previous:
            for row, counts in _rows_by_chance(made).items():
                made.previous[unit, row] = sum(counts.values())
    if kind.divided:
        _divide(made, seed)
    made.groups[ASSOCIATION] = {sex: made.chance.choice(kind.numbers) for sex in SEXES[:2]}
    if kind.given:
        for id in (str(one["id"]) for one in ROWS):
            total = made.of_rows(ASSOCIATION, id)
            if total is not None:
                made.rows[ASSOCIATION, id] = total
    if kind.missing:
        _leave_out(made)
    return made


def _divide(made: MadeUp, seed: int) -> None:
    """Everybody is in a unit and in a municipality: these are the sums of what is in both."""
    size = made.kind.units
    both = make_up(replace(made.kind, divided=False, given=False, missing=False, units=size * size), seed)
    for number, (unit, municipality) in enumerate(zip(made.parts, made.municipalities, strict=True)):
        in_unit = [both.parts[number * size + other] for other in range(size)]
        in_municipality = [both.parts[other * size + number] for other in range(size)]
        for one, inside in ((unit, in_unit), (municipality, in_municipality)):
            for row in [str(row["id"]) for row in ROWS]:
                made.rows[one, row] = _sum([both.rows[part, row] for part in inside]) or {}
            for age in AGES if made.kind.background else ():
                made.background[one, age] = _sum([both.background[part, age] for part in inside]) or {}
            for sex, answer in product(made.sexes, made.given if made.kind.answers else ()):
                made.answers[one, sex, answer] = sum(both.answers[part, sex, answer] for part in inside)


def _rows_by_chance(made: MadeUp) -> dict[str, Counts]:
    """This year's rows, or another year's."""
    rows: dict[str, Counts] = {str(row["id"]): {} for row in ROWS}
    for sex in made.sexes:
        pick = made.kind.numbers[:6] if sex == "ej angivet" else made.kind.numbers
        arbete, studier, stod, avbrott, kvar = (made.chance.choice(pick) for _ in range(5))
        positiv = arbete + studier + stod
        numbers = (positiv + avbrott + kvar, positiv + avbrott, positiv, arbete, studier, stod, avbrott, kvar)
        for row, number in zip(rows, numbers, strict=True):
            rows[row][sex] = number
    return rows


def _make_up_rows(made: MadeUp, unit: str) -> None:
    is_total = made.kind.only_totals and made.chance.random() < 0.3
    for row, counts in _rows_by_chance(made).items():
        made.rows[unit, row] = {"totalt": sum(counts.values())} if is_total else counts


def _make_up_background(made: MadeUp, unit: str) -> None:
    """Everybody has an age."""
    for age in AGES:
        made.background[unit, age] = {}
    for sex in made.sexes:
        left = made.rows[unit, "deltagare"].get(sex, 0)
        for age in AGES[:-1]:
            made.background[unit, age][sex] = made.chance.randint(0, left)
            left -= made.background[unit, age][sex]
        made.background[unit, AGES[-1]][sex] = left


def _leave_out(made: MadeUp) -> None:
    """Some rows of some units, and all answers and backgrounds of one.

    Where the association's rows are not given, its own are then missing too. By every division as many must
    have answered.
    """
    for unit in made.units[1:]:
        for row in ("studier", "kvar", "avbrott"):
            if made.chance.random() < 0.15:
                del made.rows[unit, row]
        for row in ("arbete", "avbrott"):
            if made.chance.random() < 0.15:
                made.previous.pop((unit, row), None)
    unasked = made.units[-1]
    if not made.kind.divided:
        made.answers = {key: number for key, number in made.answers.items() if key[0] != unasked}
    made.background = {key: counts for key, counts in made.background.items() if key[0] != unasked}


def local_of(made: MadeUp, unit: str, **kind: Any) -> MadeUp:
    """The same year as a report of one of its units. `kind` is what is otherwise in that."""
    changed = {"answers_of_all": False, **kind}
    own = replace(made.kind, units=0, divided=False, unasked=False, only_all=False, given=True, **changed)
    return MadeUp(
        own,
        made.chance,
        unit,
        rows={key: counts for key, counts in made.rows.items() if key[0] == unit},
        previous={key: number for key, number in made.previous.items() if key[0] == unit},
        background={key: counts for key, counts in made.background.items() if key[0] == unit},
        groups={unit: made.groups[unit]},
        answers={key: number for key, number in made.answers.items() if key[0] == unit},
    )


def divided_local_of(made: MadeUp, unit: str, seed: int, **kind: Any) -> MadeUp:
    """A report of a unit that has parts itself; in that of the whole it becomes what these are together."""
    inner = make_up(
        replace(made.kind, units=2, given=False, answers_of_all=False, only_all=False, **kind), seed
    )
    own = MadeUp(inner.kind, made.chance, unit, "del")
    names = dict(zip(inner.parts, own.parts, strict=True))
    for kept, given in (
        (own.rows, inner.rows),
        (own.previous, inner.previous),
        (own.background, inner.background),
        (own.groups, inner.groups),
        (own.answers, inner.answers),
    ):
        found: dict[Any, Any] = {
            (names[key[0]], *key[1:]) if isinstance(key, tuple) else names[key]: counts
            for key, counts in given.items()
            if (key[0] if isinstance(key, tuple) else key) in names
        }
        kept.update(found)
    for row in [str(one["id"]) for one in ROWS]:
        made.rows[unit, row] = own.of_rows(unit, row) or {}
        if made.previous:
            made.previous[unit, row] = own.of_previous(unit, row) or 0
    for age in AGES if made.background else ():
        made.background[unit, age] = own.of_background(unit, age) or {}
    for sex, answer in product(made.sexes, made.given if made.answers else ()):
        made.answers[unit, sex, answer] = sum(own.answers[part, sex, answer] for part in own.parts)
    own.groups[unit] = made.groups[unit]
    return own


# Parts of a year


PARTS = {
    "kvartal 1": (1, 1),
    "halvår 1": (1, 2),
    "kvartal 2": (2, 2),
    "januari–september": (1, 3),
    "kvartal 3": (3, 3),
    "halvår 2": (3, 4),
    "kvartal 4": (4, 4),
    "": (1, 4),
}  # the quarters of each; the whole year last


@dataclass(frozen=True)
class Person:
    """Somebody who begins in a quarter, and ends in one or goes on; answers at the end."""

    unit: str
    sex: str
    age: str
    begins: int
    ends: int | None
    exit: str
    answer: str

    def is_in(self, first: int, last: int) -> bool:
        return self.begins <= last and (self.ends is None or self.ends >= first)


def make_up_parts(kind: Kind, seed: int, parts: Sequence[str], most: int = 40) -> dict[str, MadeUp]:
    """The same persons as reports of several parts of the year count them, by the part."""
    chance = Random(seed)
    made = {part: MadeUp(kind, chance) for part in parts}
    people = [
        Person(
            unit,
            chance.choice(SEXES if kind.third_sex and chance.random() < 0.2 else SEXES[:2]),
            chance.choice(AGES),
            begins := chance.choice((0, 0, 1, 1, 2, 3, 4)),
            chance.choice((*range(max(begins, 1), 5), None)),
            chance.choice(("arbete", "arbete", "studier", "stod", "avbrott")),
            chance.choice(ANSWERS),
        )
        for unit in next(iter(made.values())).parts
        for _ in range(chance.randint(8, most))
    ]
    for part, own in made.items():
        _count(own, people, *PARTS[part])
    return made


def _count(made: MadeUp, people: Sequence[Person], first: int, last: int) -> None:
    def count(unit: str, *exits: str, stays: bool = False, **same: str) -> Counts:
        """Those who left in these ways, and those who stay on."""
        counts = dict.fromkeys(made.sexes, 0)
        for one in people:
            has_left = one.ends is not None and one.ends <= last
            is_counted = one.exit in exits if has_left else stays
            is_same = all(getattr(one, key) == value for key, value in same.items())
            counts[one.sex] += one.unit == unit and one.is_in(first, last) and is_counted and is_same
        return counts

    positive = ("arbete", "studier", "stod")
    everybody = (*positive, "avbrott")
    for unit in made.parts:
        exits: dict[str, Sequence[str]] = {"deltagare": everybody, "avslut": everybody, "positiv": positive}
        exits |= {row: (row,) for row in everybody} | {"kvar": ()}
        for row, kept in exits.items():
            made.rows[unit, row] = count(unit, *kept, stays=row in ("deltagare", "kvar"))
        for age in AGES if made.kind.background else ():
            made.background[unit, age] = count(unit, *everybody, stays=True, age=age)
        for answer in ANSWERS if made.kind.answers else ():
            for sex, number in count(unit, *everybody, answer=answer).items():
                made.answers[unit, sex, answer] = number
    for unit in (ASSOCIATION, *made.parts):
        made.groups[unit] = dict.fromkeys(SEXES[:2], 6)
    if made.kind.given:
        made.rows |= {(ASSOCIATION, row): made.of_rows(ASSOCIATION, row) or {} for row in exits}


# The files


def write(made: MadeUp, content: Path, report: str = REPORT, **settings: object) -> Path:
    """The content with one report, or with one more; returns its folder. `settings` are of its own."""
    folder = content / report
    (folder / "utfall").mkdir(parents=True)
    site = {"organisation": "Prov", "framsida": REPORT, "kontakt": {"e-post": "a@prov.example"}}
    _write_yaml(content / "webbplats.yaml", site)
    _write_yaml(folder / "bokslut.yaml", {**settings_of(made), **settings})
    _write_yaml(folder / "budget.yaml", budget_of(made))
    _write_yaml(folder / "enkat.yaml", survey_of(made))
    if made.kind.costs:
        (folder / "tabeller").mkdir()
        lines = (f"{unit};{cost}" for unit, cost in made.costs.items())
        (folder / "tabeller/kostnad.csv").write_text("\n".join(["post;utfall", *lines]) + "\n", "utf-8")
    tables = {
        "deltagare": ("enhet", "rad", *SEXES, "totalt"),
        "grupper": ("enhet", "grupp", *SEXES[:2]),
        "bakgrund": ("enhet", "tabell", "kategori", *SEXES),
        "enkat": ("enhet", "grupp", "fråga", "kön", "svar", "antal"),
        "varden": ("serie", "plats", "år", "värde", "måttenhet", "källa"),
    }
    rows: dict[str, list[Sequence[object]]] = {
        "deltagare": [
            (unit, row, *(counts.get(sex, "") for sex in SEXES), counts.get("totalt", ""))
            for (unit, row), counts in made.rows.items()
            if unit == made.association or not made.kind.only_all
        ],
        "grupper": [(unit, "team", *counts.values()) for unit, counts in made.groups.items()],
        "bakgrund": list(_background_rows(made)),
        "enkat": list(_answer_rows(made)),
        "varden": list(_values(made)),
    }
    for name, heads in tables.items():
        if rows[name]:
            lines = (";".join(map(str, row)) for row in (heads, *rows[name]))
            (folder / f"utfall/{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _background_rows(made: MadeUp) -> Iterator[Sequence[object]]:
    own = (made.association,) if made.kind.given else ()
    units = () if made.kind.only_all else made.units
    for unit in (*own, *units) if made.background else ():
        for age in AGES:
            if counts := made.of_background(unit, age):
                yield unit, "alder", age, *(counts.get(sex, 0) for sex in SEXES)


def _answer_rows(made: MadeUp) -> Iterator[Sequence[object]]:
    for question in made.questions:
        unasked = made.units[-1] if made.kind.unasked and question == "hjalp" else ""
        for (unit, sex, answer), number in made.answers.items():
            if unit != unasked and not made.kind.only_all:
                yield unit, "deltagare", question, sex, answer, number
        for sex, answer in product(made.sexes, made.given if made.kind.answers_of_all else ()):
            number = sum(made.answers.get((unit, sex, answer), 0) for unit in made.parts)
            yield made.association, "deltagare", question, sex, answer, number


def _values(made: MadeUp) -> Iterator[Sequence[object]]:
    """Last year's rows as counts, every third as a share; and an outcome as it was published."""
    for (unit, row), number in made.previous.items():
        whole = next((str(one["andel_av"]) for one in ROWS if one["id"] == row and "andel_av" in one), "")
        if row == "studier" and made.previous.get((unit, whole)):
            yield row, unit, YEAR - 1, _percent(number, made.previous[unit, whole]), "%", "prov"
        else:
            yield row, unit, YEAR - 1, number, "personer", "prov"
    if made.kind.published:
        for unit in made.units:
            positive, exits = (sum(made.rows[unit, row].values()) for row in ("positiv", "avslut"))
            if exits:
                yield (
                    f"{1 if made.association == ASSOCIATION else 2}.1",
                    unit,
                    YEAR,
                    _percent(positive, exits),
                    "%",
                    "prov",
                )


def _percent(part: int, whole: int) -> int:
    return int(Fraction(part * 100, whole) + Fraction(1, 2))


def settings_of(made: MadeUp) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "titel": "Prov 2024",
        "år": YEAR,
        "publicerad": "2025-03-01",
        "tema": "umea",
        "röjandekontroll": 5,
        "förbund": {"id": made.association, "namn": NAMES.get(made.association, made.association)},
        "enheter": [
            {"id": unit, "namn": unit.capitalize(), **({"indelning": unit[:-2]} if made.kind.divided else {})}
            for unit in made.units
        ],
        "regler": {"minsta_antal_svar": made.kind.least},
        "deltagarrader": list(ROWS),
    }
    if made.kind.costs:
        settings["tabeller"] = [{"id": "kostnad", "titel": "Kostnad", "måttenhet": "tkr"}]
    if made.background:
        table = {"id": "alder", "titel": "Ålder"}
        settings["bakgrundstabeller"] = [
            table if made.kind.only_totals or made.kind.missing else {**table, "lika_med": "deltagare"}
        ]
    return settings


SURVEY: dict[str, Any] = {
    "svarsgrupper": [{"id": "deltagare", "namn": "Deltagare"}],
    "skalor": [{"id": "ja", "namn": "Ja eller nej", "svar": ["Ja", "Delvis", "Nej"], "tal": [5, 3, 1]}],
    "frågor": [{"id": "hjalp", "text": "Fick du hjälp", "skala": "ja"}],
}


def survey_of(made: MadeUp) -> dict[str, Any]:
    (question,) = SURVEY["frågor"]
    asked = {**question, "före_och_efter": "ja"} if made.kind.moves else question
    return {**SURVEY, "frågor": [{**asked, "id": id, "text": f"Fick du {id}"} for id in made.questions]}


def budget_of(made: MadeUp) -> dict[str, Any]:
    shares = (
        ("positiv", "avslut", "minst 80 %"),
        ("arbete", "positiv", "minst 35 %"),
        ("avslut", "deltagare", "minst 40 %"),
    )
    indicators: list[dict[str, object]] = [
        {"mått": "andel", "täljare": part, "nämnare": whole, "krav": target} for part, whole, target in shares
    ]
    of_whom: dict[str, object] = {} if made.kind.signals else {"gäller": "förbundet"}
    for row in BALANCED:
        indicators.append({"mått": "könsfördelning", "rad": row, "krav": "40–60 %", **of_whom})
    indicators.append({"mått": "könsfördelning", "grupp": "team", "krav": "40–60 %", **of_whom})
    for question in made.questions if made.answers else ():
        asked: dict[str, object] = {"grupp": "deltagare", "fråga": question, "svar": list(made.given[:2])}
        indicators.append({"mått": "andel svar", **asked, "krav": "minst 70 %"})
        indicators.append({"mått": "könsskillnad", **asked, "krav": "högst 20 procentenheter", **of_whom})
    if made.kind.moves:
        moved: dict[str, object] = {"grupp": "deltagare", "fråga": "hjalp", "krav": "minst 50 %"}
        indicators.append({"mått": "före och efter", **moved, **of_whom})
    if made.kind.scale:
        asked = {"grupp": "deltagare", "fråga": "hjalp", "krav": "minst 3"}
        indicators += [{"mått": "medelvärde", **asked}, {"mått": "median", **asked}]
    if made.kind.costs:
        per: dict[str, object] = {"belopp": {"tabell": "kostnad"}, "nämnare": "deltagare", **of_whom}
        indicators.append({"mått": "kvot", **per, "krav": "högst 8 000 kronor per deltagare"})
    area = "1" if made.association == ASSOCIATION else "2"
    parts = {
        "indikatorer": [f"{area}.{number}" for number in (1, 2, 3)],
        "nivå": "minst 50 %",
        "krav": "uppfyllt",
    }
    indicators.append({"mått": "sammansatt", **parts})
    numbered = [
        {"id": f"{area}.{number}", "text": f"Prov {number}", "vikt": 5, **one}
        for number, one in enumerate(indicators, start=1)
    ]
    goal = {"id": area, "text": "Mål", "indikatorer": numbered}
    return {"områden": [{"id": area, "namn": "Område", "mål": [goal]}]}


def _write_yaml(path: Path, value: Mapping[str, Any]) -> None:
    """Through JSON, so that nothing is the same object twice: an author has no anchors."""
    plain = json.loads(json.dumps(value))
    path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "utf-8")
