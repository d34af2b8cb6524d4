"""Series over the years in text and on their page: in the unit of the series, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.narratives import Narratives
from generator.pages.series import changes_part
from generator.scoring import as_shown, score_report
from tests.support import ASSOCIATION, YEAR, a_report, edit, leave_only, page_of, plain, table_rows, value

VALUES = "utfall/varden.csv"
UMEA = "helårsekvivalenter;Umeå;2021;2020;-0,3;procentenheter;"


def series_page(content: Path) -> str:
    leave_only(content / YEAR, "serier")
    return plain(str(page_of(content, f"{YEAR}/helarsekvivalenter.html")))


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("helårsekvivalenter;Umeå;2021;2020;-12;personer;", "−12 personer"),
        (
            "helårsekvivalenter;Umeå;2021;;95;personer;k\nhelårsekvivalenter;Umeå;2020;;100;personer;",
            "−5 personer",
        ),
        ("helårsekvivalenter;Umeå;2021;;5,5;%;k\nhelårsekvivalenter;Umeå;2020;;5;%;", "+0,5 procentenheter"),
    ],
    ids=["a stated change in persons", "two years in persons", "two years in percent"],
)
def test_a_change_is_shown_in_the_unit_of_its_series(content: Path, rows: str, shown: str) -> None:
    edit(content / YEAR / VALUES, UMEA, rows)
    assert shown in series_page(content)


def test_a_year_that_is_compared_with_another_than_the_last_is_named(content: Path) -> None:
    budget = content / YEAR / "budget.yaml"
    text = budget.read_text("utf-8")
    budget.write_text(text.replace("plats: Umeå\n", "plats: Umeå\n            jämfört_med: 2015\n"), "utf-8")
    edit(content / YEAR / VALUES, UMEA, UMEA.replace("2020", "2015") + "k\n" + UMEA)
    assert "2021 jämfört med 2015 och 2021 jämfört med 2020" in series_page(content)


def test_places_that_are_municipalities_are_called_so(web_site: Path) -> None:
    page = (web_site / YEAR / "helarsekvivalenter.html").read_text("utf-8")
    assert "Minskning i alla sex kommuner" in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("norra", "Ökning i en av två delar."),
        (ASSOCIATION, "Förbundet: −12 personer. Förbundet: +3 personer."),
    ],
)
def test_a_rise_that_is_wanted_is_counted_and_a_place_only_once(place: str, told: str) -> None:
    change = {"mått": "förändring", "serie": "sjuktal", "krav": "ökning"}
    values = value("sjuktal", "-12 personer", than=2023)
    values |= value("sjuktal", "3 personer", place, than=2022 if place == ASSOCIATION else 2023)
    later = {"plats": place, **({"jämfört_med": "2022"} if place == ASSOCIATION else {})}
    indicators = {**change, "plats": ASSOCIATION}, {**change, **later}
    report = a_report(*indicators, values=values, units=({"id": "norra", "namn": "Norra"},))
    part = changes_part(report.settings.series[0], as_shown(score_report(report)), Narratives())
    assert part is not None
    assert plain(part.summary) == told


def test_the_only_place_of_a_series_is_told_by_its_change() -> None:
    indicator = {"mått": "förändring", "serie": "sjuktal", "plats": ASSOCIATION, "krav": "minskning"}
    report = a_report(indicator, values=value("sjuktal", "-12 personer", than=2023))
    part = changes_part(report.settings.series[0], as_shown(score_report(report)), Narratives())
    assert part is not None
    assert plain(part.summary) == "Förbundet: −12 personer."


def test_what_is_unchanged_or_not_known_has_neither_fallen_nor_risen(content: Path) -> None:
    values = content / YEAR / VALUES
    edit(values, "Vindeln;2021;2020;-2,1;", "Vindeln;2021;2020;0;")
    old = next(line for line in values.read_text("utf-8").splitlines() if ";Vännäs;2021;2020;" in line)
    edit(values, old, "helårsekvivalenter;Vännäs;2021;;5;%;k\nhelårsekvivalenter;Vännäs;2020;;..;%;k")
    leave_only(content / YEAR, "serier")
    umea, vindeln, vannas = table_rows(page_of(content, f"{YEAR}/helarsekvivalenter.html").select("table")[0])
    assert (umea["Minskning"], umea["Ökning"]) == ("minskning", "–")
    assert (vindeln["Minskning"], vindeln["Ökning"]) == ("–", "–")
    assert (vannas["Minskning"], vannas["Ökning"]) == ("–", "–")
    assert "skyddat av källan" in vannas["Signal"]


def test_places_are_only_called_municipalities_when_they_are(content: Path) -> None:
    edit(content / YEAR / "budget.yaml", "plats: Umeå\n", "plats: forbundet\n")
    edit(content / YEAR / VALUES, UMEA, UMEA.replace("Umeå", "forbundet"))
    text = (content / YEAR / "berattelse/helarsekvivalenter.md").read_text("utf-8")
    (content / YEAR / "berattelse/helarsekvivalenter.md").write_text(
        text.replace("helårsekvivalenter Umeå", "helårsekvivalenter forbundet"), "utf-8"
    )
    page = series_page(content)
    assert "Minskning i alla tre delar" in page
    assert "kommuner." not in page.partition("<tbody>")[0].partition("<table")[2]
