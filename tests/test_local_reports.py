"""Local reports of a year: a second one needs content only, and is printed as spreads like the first.

The second is of a made-up municipality, with an oracle of its own: what each figure must be is worked out
here from the counts, without anything of the program. It is the one that is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pages.test_site import broken_links
from tests.printed import pdf_lines, pdf_pages
from tests.sharing import Shared
from tests.support import (
    CENTRE,
    CONTENT,
    LOCAL,
    PLAN,
    YEAR,
    by_id,
    only_year,
    plain,
    publish,
    results_in,
    soup,
    text_of,
    write_contents,
)

GRANBY = "2017-granby"
LONGER = " som fick det stöd som var lovat"  # so that rows of spreads have texts of every length
LONG = "Det här är en lång förklaring till vad som låg bakom utfallet. " * 5
AREAS = {"A": "Väg vidare", "B": "Samarbete"}


@dataclass(frozen=True)
class Asked:
    """What a group answered: so many ja of all, and the least share that is asked for."""

    id: str
    group: str
    yes: int
    all: int
    least: int

    @property
    def percent(self) -> int:
        """Rounded to whole percent, halves down."""
        whole, rest = divmod(100 * self.yes, self.all)
        return whole + (2 * rest > self.all)

    @property
    def signal(self) -> str:
        return "gron" if 100 * self.yes >= self.least * self.all else "rod"


GROUPS = ("deltagare", "personal", "ledning")
COUNTS = [
    (1, 8, 12),
    (3, 8, 38),
    (5, 8, 62),
    (7, 8, 88),
    (2, 3, 66),
    (1, 6, 18),
    (9, 10, 90),
    (0, 7, 1),
    (7, 7, 100),
]
ASKED = [
    Asked(f"{'AB'[goal > 3]}.{goal}{'abc'[place]}", GROUPS[place], *COUNTS[(3 * goal + place) % len(COUNTS)])
    for goal in range(1, 15)
    for place in range(1 + goal % 3)
]


def budget() -> dict[str, Any]:
    goals: dict[str, dict[str, list[dict[str, Any]]]] = {area: {} for area in AREAS}
    for one in ASKED:
        goals[one.id[0]].setdefault(one.id[:-1], []).append({
            "id": one.id, "text": f"Andel ja från {one.group}{LONGER * (one.all % 5)}",
            "mått": "andel svar", "grupp": one.group, "fråga": f"fråga {one.id[:-1]}", "svar": ["Ja"],
            "krav": f"minst {one.least} %",
        })  # fmt: skip
    goals["A"]["A.0"] = [
        {
            "id": "A.0a", "text": "Kom i arbete", "mått": "andel", "täljare": "arbete", "nämnare": "alla",
            "krav": "minst 40 %",
        },
        {"id": "A.0b", "text": "Berättelser", "mått": "berättelser", "krav": "minst 1"},
        {"id": "A.0c", "text": "Väntetid", "mått": "värde", "krav": "högst 10 dagar", "senast": 2019},
        {"id": "A.0d", "text": "Nöjda parter", "mått": "värde", "krav": "inte satt"},
    ]  # fmt: skip
    return {
        "områden": [
            {"id": area, "namn": name, "mål": [
                {"id": id, "text": f"Mål nummer {id}{LONGER * (3 - len(listed))}", "indikatorer": listed}
                for id, listed in goals[area].items()
            ]}
            for area, name in AREAS.items()
        ]
    }  # fmt: skip


SETTINGS = {
    "titel": "Socialt bokslut 2017 Granby", "år": 2017, "publicerad": "2018-05-02", "tema": "umea",
    "röjandekontroll": "av", "uppslag": "ja", "förbund": {"id": "granby", "namn": "Granby"},
    "regler": {"signaler": 2, "avrundning": "halva nedåt"},
    "deltagarrader": [
        {"id": "alla", "namn": "Alla"}, {"id": "arbete", "namn": "Arbete", "andel_av": "alla", "nivå": 1},
    ],
}  # fmt: skip


def write_granby(content: Path) -> None:
    folder = content / GRANBY
    (folder / "utfall").mkdir(parents=True)
    questions = sorted({one.id[:-1] for one in ASKED})
    survey = {
        "svarsgrupper": [{"id": group, "namn": group.capitalize()} for group in GROUPS],
        "skalor": [{"id": "skala", "namn": "Skala", "svar": ["Ja", "Nej"]}],
        "frågor": [{"id": f"fråga {id}", "text": f"Är {id} sant?", "skala": "skala"} for id in questions],
    }
    for name, data in (("bokslut", SETTINGS), ("budget", budget()), ("enkat", survey)):
        (folder / f"{name}.yaml").write_text(
            yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8"
        )
    rows = [
        f"{one.group};fråga {one.id[:-1]};alla;{word};{number}"
        for one in ASKED
        for word, number in (("Ja", one.yes), ("Nej", one.all - one.yes))
    ]
    comments = [f"{one.id};{LONG};Vi gör något åt det." for one in ASKED if one.signal == "rod"]
    tables = {
        "enkat": ["grupp;fråga;kön;svar;antal", *rows],
        "deltagare": ["enhet;rad;kvinnor;män", "Granby;alla;9;7", "Granby;arbete;3;4"],
        "varden": [
            "serie;år;värde;måttenhet;källa", "A.0c;2017;14;dagar;Registret", "A.0d;2017;71;%;Registret",
        ],
        "kommentarer": ["indikator;bakgrund;åtgärd", *comments, "A.0b;Ingen skrevs.;Vi skriver en."],
    }  # fmt: skip
    for name, lines in tables.items():
        (folder / f"utfall/{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def both(shared: Shared) -> Path:
    """The site of the two local reports."""

    def make(folder: Path) -> None:
        content = only_year(folder / "content", LOCAL)
        write_granby(content)
        publish(content, folder / "output")

    return shared.folder("local", make) / "output"


@pytest.fixture(scope="module")
def granby_alone(shared: Shared) -> Path:
    """The site of the second one alone, with a PDF of the parts that have spreads."""

    def make(folder: Path) -> None:
        write_granby(folder / "content")
        write_contents(folder / "content" / GRANBY, "- översikt", "- områden")
        settings = yaml.safe_load((CONTENT / "webbplats.yaml").read_text("utf-8")) | {"framsida": GRANBY}
        (folder / "content/webbplats.yaml").write_text(yaml.safe_dump(settings), "utf-8")
        publish(folder / "content", folder / "output", with_pdf=True)

    return shared.folder("granby", make) / "output"


@pytest.fixture(scope="module")
def granby(both: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in results_in(both, GRANBY)["indikatorer"]}


def row_of(both: Path, id: str) -> str:
    page = soup(both / GRANBY / f"omrade-{id[0].lower()}.html")
    return text_of(by_id(page, f"i-{id.lower().replace('.', '-')}"))


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one.id)
def test_every_percentage_and_signal_of_a_second_local_report_is_right(
    both: Path, granby: dict[str, dict[str, Any]], one: Asked
) -> None:
    assert granby[one.id]["signal"] == one.signal
    assert f"{one.percent} % {one.yes} av {one.all}" in row_of(both, one.id)


@pytest.mark.parametrize(("id", "signal", "told"), [
    ("A.0a", "gron", "44 % 7 av 16"),
    ("A.0b", "rod", "Målet ej uppnått"),
    ("A.0c", None, "14 dagar Ingen signal kravet ska nås 2019"),
    ("A.0d", None, "71 % Ingen signal inget målvärde satt"),
])  # fmt: skip
def test_what_is_not_asked_is_right_as_well(
    both: Path, granby: dict[str, dict[str, Any]], id: str, signal: str | None, told: str
) -> None:
    assert granby[id]["signal"] == signal
    assert told in row_of(both, id)


def test_reports_of_a_year_differ_in_nothing_but_their_content(both: Path) -> None:
    assert "Granby" not in text_of(soup(both / LOCAL / "index.html"))
    assert "Robertsfors" not in text_of(soup(both / GRANBY / "index.html"))


# Reports side by side


def test_the_start_page_leads_to_every_report_and_tells_its_result(
    web_site: Path,
) -> None:
    start = soup(web_site / "index.html")
    entries = {link["href"]: text_of(link.parent) for link in start.select(".archive-list a")}  # type: ignore[arg-type]
    assert entries == {
        f"{LOCAL}/index.html": "Socialt bokslut 2017 Robertsfors 19 av 37 krav uppfyllda",
        f"{PLAN}/index.html": "Verksamhetsplan 2019 Plan",
        f"{YEAR}/index.html": "Socialt bokslut 2021 IMPACTindex 70",
    }


def test_every_link_between_and_within_the_reports_leads_somewhere(both: Path) -> None:
    assert broken_links(both) == []


# Spreads


@dataclass(frozen=True)
class Side:
    """A page of a spread: the numbers of its rows from the top, with how high they lie, in points."""

    page: int
    rows: dict[str, float]
    text: str


def is_side(text: str) -> bool:
    """Whether a page, as it is read, has a table of a spread."""
    return "Nr Indikator Krav" in text or "Nr Utfall Signal" in text


def sides(pdf: Path, ids: set[str]) -> Iterator[Side]:
    """The pages that have a table of a spread."""
    for number, lines in enumerate(pdf_lines(pdf), start=1):
        text = plain(" ".join(line.text for line in lines))
        if is_side(text):
            rows = [(line.text.strip(), line.height) for line in lines if line.text.strip() in ids]
            assert len(dict(rows)) == len(rows), f"a row stands twice on page {number}"
            yield Side(number, dict(rows), text)


@dataclass(frozen=True)
class Spreads:
    """A printed report in spreads: its indicators, and its sides as they are read."""

    indicators: list[dict[str, Any]]
    sides: list[Side]


@pytest.fixture(scope="module")
def spreads(granby_alone: Path) -> Spreads:
    indicators = results_in(granby_alone, GRANBY)["indikatorer"]
    ids = {indicator["id"] for indicator in indicators}
    return Spreads(indicators, list(sides(granby_alone / GRANBY / "bokslut.pdf", ids)))


def test_targets_and_results_face_each_other_row_by_row(spreads: Spreads) -> None:
    ids = [indicator["id"] for indicator in spreads.indicators]
    pages = spreads.sides
    lefts, rights = pages[::2], pages[1::2]
    for left, right in zip(lefts, rights, strict=True):
        assert left.page % 2 == 0
        assert right.page == left.page + 1
        assert "Krav" in left.text
        assert "Utfall" in right.text
        assert left.rows == right.rows  # the same numbers in the same order, each as high
    for side in (lefts, rights):
        assert [id for page in side for id in page.rows] == ids


def test_every_row_of_a_spread_says_all_of_its_side(spreads: Spreads) -> None:
    data, pages = spreads.indicators, spreads.sides
    left, right = (" ".join(page.text for page in side) for side in (pages[::2], pages[1::2]))
    for one in data:
        assert left.count(f"{one['id']} {one['text']}"[:40]) == 1
        if one["namnare"]:
            assert f"{one['taljare']} av {one['namnare']}" in right
        if one["orsak"]:
            assert plain(one["orsak"]) in right


def test_a_goal_is_never_divided(spreads: Spreads) -> None:
    data = {indicator["id"]: indicator["mal"] for indicator in spreads.indicators}
    pages = spreads.sides
    goals = [{data[id] for id in page.rows} for page in pages[::2]]
    assert len(goals) > len(set(data.values())) / 8
    for at, here in enumerate(goals):
        assert not any(here & other for other in goals[:at])


def test_only_reports_that_ask_for_spreads_have_them(other_site: Path) -> None:
    assert not [page for page in map(plain, pdf_pages(other_site / CENTRE / "bokslut.pdf")) if is_side(page)]
