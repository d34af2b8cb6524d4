"""Values become lengths by one scale, so that the same length is the same number."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.pictures import LETTERS
from generator.pages.scales import Scale
from tests.support import YEAR, by_id, html_files, page_of, plain, soup, text_of

HUNDRED = Scale(Fraction(0), Fraction(100))


def percent(length: str) -> float:
    return float(length.removesuffix("%"))


def test_a_value_stands_at_its_share_of_the_scale() -> None:
    assert (HUNDRED.place(0), HUNDRED.place(Fraction(100, 3)), HUNDRED.place(100)) == ("0%", "33.33%", "100%")


def test_what_lies_beyond_the_scale_stands_at_its_end() -> None:
    assert (HUNDRED.place(-5), HUNDRED.place(120)) == ("0%", "100%")


def test_a_scale_of_nothing_has_no_lengths() -> None:
    assert Scale(Fraction(0), Fraction(0)).span(0, 5, "solid").length == "0%"


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_length_is_the_distance_between_two_places(first: int, other: int) -> None:
    distance = abs(percent(HUNDRED.place(first)) - percent(HUNDRED.place(other)))
    assert abs(percent(HUNDRED.span(first, other, "solid").length) - distance) < 0.011


def test_the_bars_of_the_areas_are_as_long_as_their_points(web_site: Path) -> None:
    page = soup(web_site / YEAR / "index.html")
    lengths = {}
    for row in page.select(".areas tbody tr"):
        parts = [percent(str(part["width"])) for part in row.select("svg > rect")]
        possible = int(text_of(row.select(".areas-points")[0]).split()[-1])
        lengths[possible] = sum(parts)
    (most, longest), *others = sorted(lengths.items(), reverse=True)
    assert all(abs(length / longest - possible / most) < 0.001 for possible, length in others)


def test_an_area_without_a_bar_says_in_words_that_nothing_is_measured(outcomes: Path) -> None:
    shutil.rmtree(outcomes / "utfall")
    asked = {"id": "1.1.1", "text": "Intyg", "mått": "intyg", "krav": "uppfyllt", "vikt": 1}
    area = {"id": 1, "namn": "Nytta", "mål": [{"id": 1.1, "text": "Mål", "indikatorer": [asked]}]}
    (outcomes / "budget.yaml").write_text(json.dumps({"områden": [area]}), "utf-8")
    (bar,) = page_of(outcomes.parent, f"{YEAR}/index.html").select("td.areas-bar")
    assert text_of(bar) == "1 ej mätt"
    assert not bar.select("svg, .for-ears")


def test_the_target_that_only_a_picture_names_is_heard_with_the_year_before(web_site: Path) -> None:
    entry = by_id(soup(web_site / YEAR / "omrade-1.html"), "i-1-2-1")
    told = [plain(text_of(title)) for title in entry.select("svg[role=img] > title")]
    assert told == ["Krav: minst 80 %. Året före: 71 %"]


def test_the_words_of_a_target_have_room_on_the_narrowest_line(web_site: Path) -> None:
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}
    words = [word for page in html_files(web_site) for word in soup(page).select(".bullet-labelled > text")]
    assert any("procentenheter" in text_of(word) for word in words)
    for word in words:
        length = 100 * len(text_of(word)) / LETTERS
        start = percent(str(word["x"])) - before[str(word["text-anchor"])] * length
        assert 0 <= start <= 100 - length
