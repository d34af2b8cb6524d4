"""What is hidden stays hidden from an attacker who has all that is published, and nothing else.

The attack is in `attack`, the reports that it is let loose on in `made_up`. A count is recovered when it is
from 1 to 4 and the attacker can show that it can be nothing else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pypdf import PdfReader

from generator.inquiry import decide
from tests.printed import pdf_text
from tests.protecting.attack import (
    Attack,
    ContradictionError,
    Puzzle,
    Seen,
    attack,
    budget_of,
    hidden_in,
    is_read,
    see,
    settings_of,
    survey_of,
    value_of,
    work_out,
)
from tests.protecting.made_up import REPORT, Kind, MadeUp, make_up, write
from tests.sharing import Shared
from tests.support import (
    WITHOUT_COUNTS,
    YEAR,
    edit,
    html_files,
    page_of,
    problems_in,
    publish,
    publish_figures,
    soup,
    tables_of,
    text_of,
)

BELOW = 5


def recovered(found: Attack, below: int = BELOW) -> dict[tuple[str, ...], int]:
    """The small counts that the attacker knows for certain."""
    return {key: low for key, (low, high) in found.ranges.items() if low == high and 0 < low < below}


def attacked(kind: Kind, seed: int, folder: Path) -> tuple[MadeUp, Attack]:
    made = make_up(kind, seed)
    write(made, folder / "content")
    publish_figures(folder / "content", folder / "site")
    return made, attack(folder / "site", REPORT, folder / "content")


# The attacker


def test_a_count_is_recovered_when_there_is_no_other_solution() -> None:
    puzzle = Puzzle()
    puzzle.equal({("women",): 1, ("men",): 1}, 23)
    puzzle.know({("women",): 1}, 2, 3)
    assert puzzle.ranges({("women",): {("women",): 1}}) == {("women",): (2, 3)}
    puzzle.equal({("men",): 1}, 20)
    assert puzzle.ranges({("women",): {("women",): 1}}) == {("women",): (3, 3)}


def test_numbers_are_whole() -> None:
    puzzle = Puzzle()
    puzzle.know({("women",): 2}, 5, 7)
    assert puzzle.ranges({("women",): {("women",): 1}}) == {("women",): (3, 3)}


def test_what_cannot_be_true_is_told() -> None:
    puzzle = Puzzle()
    puzzle.know({("women",): 1, ("men",): 1}, None, 2)
    puzzle.know({("women",): 1, ("men",): 2}, 5, None)
    with pytest.raises(ContradictionError):
        puzzle.ranges({("women",): {("women",): 1}})


def test_hiding_only_the_small_counts_does_not_stop_the_attacker(tmp_path: Path) -> None:
    made = make_up(Kind(units=4), seed=1)
    folder = write(made, tmp_path / "content", röjandekontroll="av")
    publish_figures(tmp_path / "content", tmp_path / "site")
    seen = without_small(see(tmp_path / "site", REPORT, settings_of(folder)))
    found = work_out(seen, settings_of(folder), budget_of(folder), survey_of(folder))
    hidden = [key for key, number in seen.counts.items() if number is None]
    assert len(hidden) > 20
    assert {key: made.truth(key) for key in hidden} == {key: recovered(found)[key] for key in hidden}


def without_small(seen: Seen) -> Seen:
    """What a report shows, with two dots for each small count."""
    counts = {
        key: None if number is not None and 0 < number < BELOW else number
        for key, number in seen.counts.items()
    }
    return replace(seen, counts=counts)


# Reports


def test_no_count_of_2021_is_recovered(year: Path, tmp_path: Path) -> None:
    edit(year / "bokslut.yaml", "röjandekontroll: av", f"röjandekontroll: {BELOW}")
    publish_figures(year.parent, tmp_path / "site")
    found = attack(tmp_path / "site", YEAR, year.parent)
    assert len(found.ranges) > 100
    assert recovered(found) == {}


# Each was recovered from before it was protected, for the reason that it is called by.
LEAKS = {
    "last year's rows add up as this year's do": (Kind(2, previous=True, signals=False), 3),
    "last year's share of few tells how many": (Kind(2, previous=True, given=True), 23),
    "a published outcome tells of its counts": (Kind(2, published=True, signals=False), 2),
    "a unit gives only totals": (Kind(2, only_totals=True, signals=False), 7),
    "a unit gives only totals and the whole is given": (
        Kind(2, only_totals=True, given=True, signals=False),
        7,
    ),
    "backgrounds of the units and of all": (
        Kind(2, background=True, given=True, third_sex=True, signals=False),
        5,
    ),
    "what is left of a sum for a row that is not given": (
        Kind(3, missing=True, previous=True, background=True, given=True, third_sex=True, signals=False),
        8,
    ),
    "what is left of answers for a unit that gives none": (
        Kind(2, answers=True, answers_of_all=True, unasked=True, third_sex=True, least=3, signals=False),
        5,
    ),
    "everything at once": (
        Kind(3, third_sex=True, given=True, background=True, answers=True, previous=True, signals=False),
        84,
    ),
}


# And others, each with more than one thing to add up. No signal alone gives a count away.
OTHERS = {
    "a unit gives only totals and has backgrounds": Kind(
        2, only_totals=True, background=True, given=True, signals=False
    ),
    "answers of some units and of all": Kind(
        4, missing=True, answers=True, answers_of_all=True, least=2, signals=False
    ),
    "one unit": Kind(1, third_sex=True, previous=True, background=True, given=True, signals=False),
    "a mean and a cost": Kind(
        2, answers=True, scale=True, answers_of_all=True, third_sex=True, costs=True, signals=False
    ),
    "two divisions": Kind(2, divided=True, third_sex=True, background=True, answers=True, signals=False),
    "two divisions and the whole is given": Kind(
        2, divided=True, given=True, missing=True, answers=True, answers_of_all=True, least=3, signals=False
    ),
    "answers before and after": Kind(
        2, answers=True, moves=True, answers_of_all=True, least=3, signals=False
    ),
    "a mean and a cost where rows are missing": Kind(
        3, costs=True, given=True, missing=True, answers=True, scale=True, least=3, signals=False
    ),
}
REPORTS = LEAKS | {name: (kind, 0) for name, kind in OTHERS.items()}


@pytest.mark.parametrize(("kind", "seed"), REPORTS.values(), ids=REPORTS)
def test_no_count_of_a_made_up_report_is_recovered(kind: Kind, seed: int, tmp_path: Path) -> None:
    made, found = attacked(kind, seed, tmp_path)
    assert found.ranges
    assert recovered(found) == {}
    assert_certain_is_true(made, found)


def assert_certain_is_true(made: MadeUp, found: Attack) -> None:
    """What the attacker takes for certain; or else it would prove nothing that it recovers nothing."""
    for key, terms in found.targets.items():
        true = {one: made.truth(one) for one in terms}
        low, high = found.ranges[key]
        if low == high and None not in true.values():
            assert value_of(terms, {one: number or 0 for one, number in true.items()}) == low, key


def test_no_count_is_recovered_from_two_years_together(tmp_path: Path) -> None:
    """What last year's report hides to protect another count does not stand in this year's."""
    content, site = tmp_path / "content", tmp_path / "site"
    before = make_up(Kind(2, signals=False), 1)
    now = make_up(Kind(2, signals=False, previous=True), 101)
    now.previous = {at: sum(counts.values()) for at, counts in before.rows.items()}
    earlier = write(before, content, "2023-prov", år=2023)
    later = write(now, content)
    publish_figures(content, site)
    first, last = see(site, "2023-prov", settings_of(earlier)), see(site, REPORT, settings_of(later))
    hidden = [key for key, number in first.counts.items() if number is None]
    assert hidden
    for (kind, unit, row, *_), number in [*last.counts.items()]:
        if kind == "förra" and number is not None:
            first.counts["rad", unit, row, "totalt"] = number
    found = work_out(first, settings_of(earlier), budget_of(earlier), survey_of(earlier))
    assert recovered(found) == {}


# Numbers that cannot be mistaken for others


LARGE = Random(1).sample(range(1101, 1999), 800)
NEVER_SHOWN = 9999


class Canary:
    """A report in which every number is its own, and all but sums of many are small: below 9999."""

    def __init__(self, folder: Path, units: int) -> None:
        self.content, self.site = folder / "content", folder / "site"
        self.folder = self.content / REPORT
        kind = Kind(
            units, third_sex=True, background=True, answers=True, previous=True, given=True, numbers=LARGE
        )
        self.made = make_up(kind, seed=5)

    def publish(self, *, with_pdf: bool) -> None:
        """As it is decided, and beside the year before, of which no PDF is made."""
        settings: dict[str, Any] = {"röjandekontroll": NEVER_SHOWN}
        if not with_pdf:
            write(make_up(Kind(1, numbers=LARGE), 6), self.content, "2023-prov", år=2023, **settings)
            settings["jämförs_med"] = "2023-prov"
        write(self.made, self.content, **settings)
        self._write_texts()
        decide(self.content, REPORT, datetime.date(2025, 2, 1), "styrelsen", "prov")
        publish(self.content, self.site, with_pdf=with_pdf)

    @cached_property
    def texts(self) -> dict[str, str]:
        return dict(texts_of(self.site))

    @cached_property
    def seen(self) -> Seen:
        return see(self.site, REPORT, settings_of(self.folder))

    @cached_property
    def targets(self) -> Mapping[tuple[str, ...], Mapping[tuple[str, ...], int]]:
        declared = settings_of(self.folder), budget_of(self.folder), survey_of(self.folder)
        return hidden_in(self.seen, *declared)

    def _write_texts(self) -> None:
        """Everything that a text can name, a comment, and control totals that do not agree."""
        (self.folder / "berattelse").mkdir()
        named = " ".join(f"{{{one}}}" for one in MENTIONS)
        text = f"---\ntitel: Prov\ndel: översikt\n---\nTexten nämner {named}.\n"
        (self.folder / "berattelse/text.md").write_text(text, "utf-8")
        comments = "indikator;bakgrund;åtgärd\n1.1;Utfallet är {1.1}.;{Enhet-1: arbete män} av dem.\n"
        (self.folder / "utfall/kommentarer.csv").write_text(comments, "utf-8")
        true = self.made.truth(("rad", "enhet-1", "arbete", "kvinnor"))
        controls = f"Enhet-1: arbete kvinnor;17;boken;Rätt är {true}\nindex poäng;1 av 99;boken;Tryckfel\n"
        head = "uppgift;värde;källa;förklaring\n"
        (self.folder / "utfall/kontrollsummor.csv").write_text(head + controls, "utf-8")

    @property
    def secrets(self) -> dict[str, tuple[str, ...]]:
        """What must stand nowhere, by the digits: hidden counts, and shares with two decimals."""
        shown = {number for number in self.seen.counts.values() if number is not None}
        secrets: dict[str, tuple[str, ...]] = {}
        for key, terms in self.targets.items():
            true = {one: self.made.truth(one) or 0 for one in terms}
            number = value_of(terms, true)
            if 1000 < number < NEVER_SHOWN and number not in shown:
                secrets[str(number)] = key
        return secrets

    @property
    def shares(self) -> dict[str, tuple[str, ...]]:
        """Hidden outcomes with two decimals, which no other share has by chance."""
        shares: dict[str, tuple[str, ...]] = {}
        for key in [key for key in self.targets if key[-1] == "täljare"]:
            part, whole = (
                value_of(terms, {one: self.made.truth(one) or 0 for one in terms})
                for terms in (self.targets[key], self.targets[*key[:-1], "nämnare"])
            )
            if whole and part * 100 % whole:
                shares[f"{part / whole * 100:.2f}"] = key
        return shares


# The first ones are of so many that they are shown.
HIDDEN_MENTIONS = 7
MENTIONS = (
    "arbete",
    "arbete kvinnor",
    "arbete av positiv",
    "kvinnor av arbete",
    "1.1",
    "1.1 värde",
    "1.1 täljare",
    "1.1 nämnare",
    "bakgrund ålder 16–24 kvinnor",
    "bakgrund ålder 16–24 andel",
    *(f"Enhet-1: {one}" for one in ("arbete", "arbete män", "1.1", "1.5 täljare", "arbete förra året")),
)


@pytest.fixture(scope="module")
def canary(shared: Shared) -> Canary:
    made = shared.folder("canary", lambda folder: Canary(folder, units=3).publish(with_pdf=False))
    return Canary(made, units=3)


@pytest.fixture(scope="module")
def printed(shared: Shared) -> Canary:
    """With its PDF: the smallest that has all there is to hide."""
    made = shared.folder("canary-pdf", lambda folder: Canary(folder, units=1).publish(with_pdf=True))
    return Canary(made, units=1)


def numbers_in(text: str) -> set[str]:
    """Every number, without spaces between its thousands."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    return set(re.findall(r"\d+", joined))


def texts_of(site: Path) -> Iterator[tuple[str, str]]:
    """Every file of a site as text, with tags, attributes and comments; the PDF as it is read."""
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".json", ".csv", ".xml", ".txt"):
            text = re.sub(r"(?s)<style>.*?</style>", "", path.read_text("utf-8"))
            yield str(path.relative_to(site)), text
        elif path.suffix == ".pdf":
            yield str(path.relative_to(site)), pdf_text(path)


def secrets_told(canary: Canary) -> dict[tuple[str, str], tuple[str, ...]]:
    """Files and the hidden numbers that stand in them. Sizes in bytes and hashes can be anything."""
    return {
        (name, secret): canary.secrets[secret]
        for name, text in canary.texts.items()
        for secret in numbers_in(text) & set(canary.secrets)
        if name != "manifest.json"
    }


def test_no_hidden_number_stands_in_any_file(canary: Canary) -> None:
    """Pages with their attributes, open data, manifest and site map."""
    assert len(canary.secrets) > 100
    assert secrets_told(canary) == {}


def test_the_attacker_is_given_every_page_with_counts(canary: Canary) -> None:
    told = [path.name for path in html_files(canary.site) if is_read(path.read_text("utf-8"))]
    assert len(told) > 5
    assert [name for name in told if name.startswith(WITHOUT_COUNTS)] == []


def test_no_hidden_number_stands_in_print(printed: Canary) -> None:
    assert len(printed.secrets) > 50
    assert any(name.endswith(".pdf") for name in printed.texts)
    assert secrets_told(printed) == {}


def test_what_was_decided_stays_beside_the_content(canary: Canary) -> None:
    """It holds the true counts."""
    assert (canary.folder / "faststallt.yaml").exists()
    assert not list(canary.site.rglob("*fastst*"))
    assert "fastställd" in text_of(soup(canary.site / REPORT / "metod.html"))


@pytest.mark.parametrize(("name", "least"), [("canary", 20), ("printed", 5)])
def test_no_hidden_share_stands_in_any_file(name: str, least: int, request: pytest.FixtureRequest) -> None:
    """A share with two decimals or more gives both of its numbers away. Drawings are tried by themselves:
    their many places would be taken for shares."""
    canary: Canary = request.getfixturevalue(name)
    shares = canary.shares
    assert len(shares) > least
    for file, text in canary.texts.items():
        told = re.sub(r'<svg class="drawing.*?</svg>', "", text, flags=re.DOTALL)
        found = set(re.findall(r"\d+\.\d\d", told.replace(",", ".")))
        assert not {share: shares[share] for share in found & set(shares)}, file


def test_no_bar_is_as_long_as_a_hidden_count(canary: Canary) -> None:
    page = soup(canary.site / REPORT / "deltagare.html")
    hidden = 0
    for row in page.select("table.pyramid tbody tr"):
        women, picture, men, *_ = row.find_all("td")
        shown = [cell for cell in (women, men) if not cell.select_one(".hidden-figure")]
        hidden += 2 - len(shown)
        assert len(picture.select("rect")) == sum(text_of(cell) not in ("0", "–") for cell in shown)
    assert hidden


def test_a_row_with_a_hidden_figure_has_a_point_for_the_other_at_most(canary: Canary) -> None:
    hidden = 0
    for path in html_files(canary.site / REPORT):
        for row in soup(path).select("table.beside-drawn tbody tr"):
            shown = [cell for cell in row.select("td.number") if not cell.select_one(".hidden-figure")]
            hidden += len(row.select("td.number")) - len(shown)
            assert len(row.select("circle")) <= len(shown)
    assert hidden


def test_a_hidden_outcome_has_no_bar(canary: Canary) -> None:
    hidden = [
        outcome
        for path in html_files(canary.site / REPORT)
        for outcome in soup(path).select(".entry, table.indicators tbody tr")
        if outcome.select_one(".outcome .hidden-figure")
    ]
    assert hidden
    assert not [outcome for outcome in hidden if outcome.select("svg[class*=bullet] rect[fill*=bar]")]


def test_calculations_of_hidden_outcomes_say_nothing_in_figures(canary: Canary) -> None:
    """No division, no distance to the target, and nothing of how many would change the signal."""
    rows = [
        row
        for table in tables_of(soup(canary.site / REPORT / "metod.html"))
        for row in table
        if "Röjandekontrollen döljer talen" in row.get("Uträkning", "")
    ]
    assert rows
    for row in rows:
        assert row["Till nästa signal"] == "–"
        assert not re.search(r"\d", re.sub(r"Källa:.*", "", row["Uträkning"]))


def test_the_explanation_of_a_control_total_goes_with_its_number(canary: Canary) -> None:
    page = soup(canary.site / REPORT / "metod.html")
    rows = {row["Uppgift"]: row for table in tables_of(page) for row in table if "Uppgift" in row}
    hidden, shown = rows["Enhet-1: Arbete, kvinnor"], rows["Förbundet: ”index poäng”"]
    assert "Rätt är" not in hidden["Förklaring"]
    assert hidden["Angivet"] == ".."
    assert "Tryckfel" in shown["Förklaring"]


def test_texts_and_comments_say_that_a_figure_is_hidden(canary: Canary) -> None:
    text = text_of(soup(canary.site / REPORT / "index.html"))
    assert text.count("(skyddad uppgift)") == HIDDEN_MENTIONS
    comment = soup(canary.site / REPORT / "omrade-1.html").select_one(".comment")
    assert comment is not None
    assert "(skyddad uppgift)" in text_of(comment)


def test_the_comparison_with_an_earlier_report_shows_no_hidden_outcome(canary: Canary) -> None:
    page = soup(canary.site / REPORT / "impactindex.html")
    assert "Jämfört med" in text_of(page)


def test_pages_have_no_comments(canary: Canary) -> None:
    assert [path for path in html_files(canary.site) if "<!--" in path.read_text("utf-8")] == []


def test_the_pdf_has_no_hidden_texts(printed: Canary) -> None:
    reader = PdfReader(printed.site / REPORT / "bokslut.pdf")
    for name, copies in reader.attachments.items():
        assert copies == [(printed.site / REPORT / "data" / name).read_bytes()]
    told = " ".join(str(value) for value in (reader.metadata or {}).values())
    assert not numbers_in(told) & set(printed.secrets)


# Alone


def test_a_published_percentage_is_not_shown_exactly_where_its_counts_are_hidden(tmp_path: Path) -> None:
    """”Angivet 33 %, beräknat 33,333 %” would tell that there are three, or a multiple of three."""
    write(make_up(*LEAKS["a published outcome tells of its counts"]), tmp_path / "content")
    page = page_of(tmp_path / "content", f"{REPORT}/metod.html")
    rows = [
        row
        for table in tables_of(page)
        for row in table
        if "det publicerade utfallet" in row.get("Uppgift", "")
    ]
    assert rows
    assert {(row["Angivet"], row["Beräknat"]) for row in rows} == {("..", "..")}


@pytest.mark.parametrize("value", ["-2", "2,5", "-12"])
def test_a_change_in_persons_may_be_a_fall(value: str, tmp_path: Path) -> None:
    """It is no count, and must not be taken for one."""
    made = make_up(Kind(units=2, signals=False), seed=2)
    folder = write(made, tmp_path / "content", serier=[{"id": "sjuka", "namn": "Sjuka"}])
    edit(
        folder / "budget.yaml",
        "  - id: '1.1'",
        "  - id: '1.0'\n      text: Sjuka\n      mått: förändring\n      serie: sjuka\n"
        "      plats: förbundet\n      krav: minskning\n      vikt: 5\n    - id: '1.1'",
    )
    heads = "serie;plats;år;jämfört med;värde;måttenhet;källa\n"
    (folder / "utfall/varden.csv").write_text(f"{heads}sjuka;;2024;2023;{value};personer;prov\n", "utf-8")
    assert problems_in(tmp_path / "content") == []
