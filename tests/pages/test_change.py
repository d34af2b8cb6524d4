"""Changing one number in a table changes everything that shows it, and nothing else by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.printed import pdf_text
from tests.sharing import Shared
from tests.support import (
    EXAMPLES,
    by_id,
    copy_of,
    csv_rows,
    edit,
    plain,
    publish,
    results_in,
    soup,
    text_of,
    write_contents,
)

REPORT = "2023-arbetscentrum"


class Pair(NamedTuple):
    before: Path
    after: Path


@pytest.fixture(scope="module")
def built(other_web: Path, shared: Shared) -> Pair:
    """The same content before and after: nine women instead of five have finished."""

    def make(folder: Path) -> None:
        content = change(copy_of(EXAMPLES / "annan-organisation", folder / "content"))
        publish(content, folder / "output")

    return Pair(other_web, shared.folder("change", make) / "output")


def change(content: Path) -> Path:
    edit(content / REPORT / "utfall/deltagare.csv", "Köket;Avslutade;5;3;0", "Köket;Avslutade;9;3;0")
    edit(content / REPORT / "utfall/bakgrund.csv", "Resväg;Till fots;4;16;1", "Resväg;Till fots;8;16;1")
    return content


def test_the_page_changes(built: Pair) -> None:
    before, after = (text_of(soup(site / REPORT / "omrade-1.html")) for site in built)
    assert "50 % 26 av 52" in before
    assert "58 % 30 av 52" in after
    assert "26 av 52" not in after


def test_the_signal_of_the_unit_changes(built: Pair) -> None:
    before, after = (
        {unit["id"]: unit["index"]["uppnatt"] for unit in results_in(site, REPORT)["enheter"]}
        for site in built
    )
    assert (before["koket"], after["koket"]) == (6, 12)
    assert before["verkstan"] == after["verkstan"]


def test_the_text_changes(built: Pair) -> None:
    before, after = (text_of(soup(site / REPORT / "avdelning-verkstan.html")) for site in built)
    assert "på hela centrum 50 % (26 av 52)" in before
    assert "på hela centrum 58 % (30 av 52)" in after


def test_the_bar_of_the_chart_changes(built: Pair) -> None:
    first, second = (
        [
            float(str(bar["width"]).rstrip("%"))
            for bar in by_id(soup(site / REPORT / "deltagare.html"), "bakgrund-resvag").select("rect")
        ]
        for site in built
    )
    # Women have one half of the picture, and men the other.
    assert first[:1] == [round(4 / 18 * 50, 2)]
    assert second[:1] == [round(8 / 18 * 50, 2)]


def test_the_pdf_changes(other_site: Path, centre: Path, tmp_path: Path) -> None:
    write_contents(centre, "- översikt", "- områden")
    changed = publish(change(centre.parent), tmp_path / "output", with_pdf=True).folder
    before, after = (plain(pdf_text(site / REPORT / "bokslut.pdf")) for site in (other_site, changed))
    assert "26 av 52" in before
    assert "30 av 52" in after
    assert "26 av 52" not in after


def test_the_data_change(built: Pair) -> None:
    before, after = (
        {one["id"]: (one["taljare"], one["namnare"]) for one in results_in(site, REPORT)["indikatorer"]}
        for site in built
    )
    assert (before.pop("1.1.1"), after.pop("1.1.1")) == ((26, 52), (30, 52))
    assert before == after


def changed_rows(built: Pair, table: str) -> list[dict[str, str]]:
    before, after = (csv_rows(site / REPORT / "data" / table) for site in built)
    return [new for old, new in zip(before, after, strict=True) if old != new]


def test_the_table_of_participants_changes(built: Pair) -> None:
    rows = changed_rows(built, "deltagare.csv")
    assert [(row["enhet"], row["rad"], row["kvinnor"]) for row in rows] == [
        ("centrum", "avslutade", "15"),
        ("koket", "avslutade", "9"),
    ]


def test_the_table_of_indicators_changes(built: Pair) -> None:
    rows = changed_rows(built, "indikatorer.csv")
    assert [(row["enhet"], row["id"], row["taljare"]) for row in rows] == [
        ("centrum", "1.1.1", "30"),
        ("koket", "1.1.1", "12"),
    ]


def test_the_table_of_areas_changes(built: Pair) -> None:
    rows = changed_rows(built, "omraden.csv")
    assert [(row["enhet"], row["omrade"], row["uppnatt"]) for row in rows] == [("koket", "1", "6")]


def test_nothing_of_the_other_report_changes(built: Pair) -> None:
    hashes = [
        {
            one["path"]: one["sha256"]
            for one in json.loads((site / "manifest.json").read_text("utf-8"))["files"]
            if one["path"].startswith("2017-")
        }
        for site in built
    ]
    assert hashes[0]
    assert hashes[0] == hashes[1]
