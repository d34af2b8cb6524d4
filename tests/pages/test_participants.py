"""Participants as pictures: the same length is the same number, and what is hidden has none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from generator.build import check
from generator.model.quantities import Kind, Quantity, Rounding
from generator.pages.participants import movement, units_share
from generator.pages.scales import heights_of, year_line
from tests.reading.small import ASSOCIATION, small_report
from tests.support import LOCAL, YEAR, by_id, edit, only_year, page_of, publish, soup, text_of

FLOW = [[787], [319, 468], [247, 51, 21], [77, 22, 57, 59, 32]]


@pytest.fixture(scope="module")
def page(web_site: Path) -> BeautifulSoup:
    return soup(web_site / YEAR / "deltagare.html")


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report: three exits for reasons of health are hidden, and four others are not."""
    content = only_year(tmp_path_factory.mktemp("protected") / "content", LOCAL)
    edit(content / LOCAL / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 4")
    return publish(content, content.parent / "output").folder / LOCAL


def bars(drawing: Tag) -> list[tuple[float, float]]:
    """Where each bar begins and how long it is, in percent."""
    return [
        (float(str(bar["x"]).rstrip("%")), float(str(bar["width"]).rstrip("%")))
        for bar in drawing.select("rect")
    ]


# What became of them


def test_each_step_is_as_wide_as_it_is_large(page: BeautifulSoup) -> None:
    drawn = [[length for _, length in bars(bar)] for bar in page.select(".flow-bar")]
    assert drawn == [[pytest.approx(number * 100 / 787, abs=0.01) for number in step] for step in FLOW]


def test_the_parts_of_a_step_follow_each_other_from_where_their_whole_begins(page: BeautifulSoup) -> None:
    for step in page.select(".flow-bar"):
        drawn = bars(step)
        ends = [0.0, *(start + length for start, length in drawn)]
        assert [start for start, _ in drawn] == [pytest.approx(end, abs=0.02) for end in ends[:-1]]


def test_every_part_is_named_with_its_number(page: BeautifulSoup) -> None:
    steps = [[int(text_of(number)) for number in step.select("strong")] for step in page.select(".flow-step")]
    assert steps == FLOW


def test_a_small_report_without_positive_exits_is_drawn_as_well(web_site: Path) -> None:
    steps = soup(web_site / LOCAL / "deltagare.html").select(".flow-step")
    assert [[int(text_of(number)) for number in step.select("strong")] for step in steps] == [
        [28],
        [11, 17],
        [3, 3, 4, 1],
    ]


def test_hidden_counts_have_no_length(protected: Path) -> None:
    step = soup(protected / "deltagare.html").select(".flow-step")[-1]
    parts = step.select(".flow-part")
    shown = [part for part in parts if not part.select(".hidden-figure")]
    assert 0 < len(shown) < len(parts)
    assert len(bars(step.select(".flow-bar")[0])) == len(shown)


def test_what_dots_stand_for_is_said_below_every_table_that_has_them(protected: Path) -> None:
    tables = soup(protected / "deltagare.html").select("table:has(.hidden-figure)")
    assert tables
    for table in tables:
        notes = " ".join(text_of(note) for note in table.find_next_siblings("p", class_="note"))
        assert "Två punkter (..) betyder" in notes


# Who they are


def test_three_women_are_as_long_as_three_men_in_every_table(page: BeautifulSoup) -> None:
    lengths = set()
    for row in page.select("table.pyramid tbody tr"):
        women, picture, men, *_ = row.find_all("td")
        numbers = [int(text_of(cell)) for cell in (women, men)]
        drawn = [length for _, length in bars(picture)]
        lengths |= {
            round(length / number, 1) for length, number in zip(drawn, filter(None, numbers), strict=True)
        }
    assert max(lengths) - min(lengths) < 0.11


# Beside the year before


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (787, 914, ("↓", "127 färre")),
        (26, 15, ("↑", "11 fler")),
        (4, 4, ("→", "oförändrat")),
    ],
)
def test_counts_are_compared_in_words(now: int, before: int, told: tuple[str, str]) -> None:
    found = movement(_number(now), _number(before), Rounding.HALF_UP)
    assert found is not None
    assert (found.arrow, found.words) == told


def test_shares_are_compared_as_they_are_shown() -> None:
    """77.43 % is shown as 77, so it is 6 more than 71."""
    found = movement(_share(247, 319), _share(71, 100), Rounding.HALF_UP)
    assert found is not None
    assert found.words == "6 procentenheter upp"


def test_a_count_is_not_compared_with_a_share() -> None:
    assert movement(_number(1), _share(1, 1), Rounding.HALF_UP) is None


def _number(number: int) -> Quantity:
    return Quantity(Fraction(number), Kind.NUMBER)


def _share(numerator: int, denominator: int) -> Quantity:
    return Quantity(Fraction(numerator, denominator), Kind.SHARE)


def test_a_unit_stands_beside_all_together(web_site: Path) -> None:
    table = by_id(soup(web_site / YEAR / "plattform-vannas.html"), "bredvid-vannas")
    last = table.select("tbody tr")[-1]
    assert [text_of(cell) for cell in last.select("strong")] == ["79"]
    assert text_of(last.find_all("td")[-1]) == "Förbundet 70"


def test_an_area_where_nothing_is_measured_has_no_index(outcomes: Path) -> None:
    (outcomes / "utfall/redovisat.csv").unlink()
    table = by_id(page_of(outcomes.parent, f"{YEAR}/plattform-vannas.html"), "bredvid-vannas")
    row = next(row for row in table.select("tbody tr") if "Deltagarnöjdhet" in text_of(row))
    assert [text_of(cell) for cell in row.select("strong")] == ["–"]
    assert "Inget index" in text_of(row)
    assert len(row.select("svg circle")) == 1  # that of all together


# Over the years


def test_a_line_goes_through_the_years_that_are_known() -> None:
    values = {2017: Fraction(1), 2020: Fraction(3), 2021: Fraction(2)}
    line = year_line(values, [2017, 2021], heights_of(values.values()))
    assert line is not None
    assert len(line.points) == 3
    assert [is_gap for *_, is_gap in line.segments] == [True, False]


def test_no_line_leads_to_a_new_definition() -> None:
    values = {2020: Fraction(3), 2021: Fraction(2)}
    line = year_line(values, [2020, 2021], heights_of(values.values()), frozenset({2021}))
    assert line is not None
    assert line.segments == ()
    assert len(line.breaks) == 1


def test_a_single_year_has_no_line() -> None:
    assert year_line({2021: Fraction(70)}, [2017, 2021], heights_of([Fraction(70)])) is None


def test_among_the_shares_of_units_counts_of_the_year_before_are_no_shares(tmp_path: Path) -> None:
    rows = "deltagarrader: [{id: avslut, namn: Avslut}, {id: arbete, namn: Arbete, andel_av: avslut}]\n"
    people = "enhet;rad;kvinnor;män\na;avslut;10;10\na;arbete;5;6\nb;avslut;10;10\nb;arbete;5;7\n"
    before = "serie;plats;år;värde;måttenhet;källa\narbete;a;2020;9;personer;x\narbete;b;2020;50;%;x\n"
    small_report(
        tmp_path,
        "mått: andel, täljare: arbete, nämnare: avslut, krav: minst 50 %",
        settings=f"{ASSOCIATION}enheter: [{{id: a, namn: A}}, {{id: b, namn: B}}]\n{rows}",
        deltagare=people,
        varden=before,
    )
    found = units_share(check(tmp_path).reports[0])
    assert found is not None
    assert [(row.value, row.other) for row in found.rows] == [
        ("55\xa0%", None),
        ("60\xa0%", "50\xa0%"),
        ("58\xa0%", None),
    ]


def test_a_unit_without_the_whole_has_no_share_of_it(tmp_path: Path) -> None:
    rows = "deltagarrader: [{id: avslut, namn: Avslut}, {id: arbete, namn: Arbete, andel_av: avslut}]\n"
    people = "enhet;rad;kvinnor;män\na;arbete;9;7\nförbundet;avslut;20;20\nförbundet;arbete;9;7\n"
    small_report(
        tmp_path,
        "mått: andel, täljare: arbete, nämnare: avslut, krav: minst 50 %, gäller: förbundet",
        settings=f"{ASSOCIATION}enheter: [{{id: a, namn: A}}]\n{rows}",
        deltagare=people,
    )
    found = units_share(check(tmp_path).reports[0])
    assert found is not None
    assert [(row.value, row.basis) for row in found.rows] == [(None, ""), ("40\xa0%", "16\xa0av\xa040")]


def test_categories_that_are_as_large_are_the_largest_together(web_site: Path) -> None:
    told = text_of(soup(web_site / LOCAL / "deltagare.html"))
    assert "De största grupperna är ”Aktivitetsstöd” och ”Försörjningsstöd”: 32 % (8 av 25) vardera." in told
