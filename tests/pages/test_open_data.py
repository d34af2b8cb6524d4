"""The page about open data, the link by each table, and what search engines are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.support import CENTRE, LOCAL, YEAR, append, html_files, publish, soup, text_of, write_contents

BASE = "https://socialtbokslut.example/"


@pytest.fixture(scope="module")
def page(web_site: Path) -> BeautifulSoup:
    return soup(web_site / YEAR / "oppna-data.html")


def cited(page: BeautifulSoup) -> str:
    (citation,) = page.select(".citation")
    return text_of(citation)


# The page


@pytest.mark.parametrize("report", [YEAR, LOCAL])
def test_every_file_of_the_data_can_be_had_from_the_page(web_site: Path, report: str) -> None:
    folder = web_site / report
    links = {str(link["href"]) for link in soup(folder / "oppna-data.html").select("main a")}
    files = {path.relative_to(folder).as_posix() for path in folder.glob("data/**/*") if path.is_file()}
    assert files <= links


def test_a_table_is_told_with_its_number_of_rows_and_its_columns(web_site: Path, page: BeautifulSoup) -> None:
    (row,) = [row for row in page.select(".data-tables tbody tr") if "Deltagare per" in text_of(row)]
    lines = (web_site / YEAR / "data/deltagare.csv").read_text("utf-8").splitlines()
    assert f"{len(lines) - 1} rader" in text_of(row)
    (columns,) = [one for one in page.select("details") if "Deltagare per" in text_of(one)]
    assert [text_of(name) for name in columns.select("dt")] == lines[0].split(",")


def test_the_footer_leads_to_the_page(web_site: Path) -> None:
    for path, address in ((f"{YEAR}/metod.html", ""), ("index.html", f"{YEAR}/")):
        links = {text_of(link): link["href"] for link in soup(web_site / path).select("footer a")}
        assert links["Öppna data"] == f"{address}oppna-data.html"


def test_without_the_page_the_footer_leads_to_the_results(centre: Path, tmp_path: Path) -> None:
    write_contents(centre, "- översikt")
    site = publish(centre.parent, tmp_path / "output").folder
    links = {text_of(link): link["href"] for link in soup(site / CENTRE / "index.html").select("footer a")}
    assert links["Öppna data"] == "data/resultat.json"


def test_a_report_is_cited_with_publisher_year_title_and_address(page: BeautifulSoup) -> None:
    assert cited(page) == (
        "Samordningsförbundet Umeåregionen (2022). Socialt bokslut 2021."
        " https://socialtbokslut.example/2021-umearegionen/index.html"
    )


def test_without_an_address_it_is_cited_without_one(other_web: Path) -> None:
    assert (
        cited(soup(other_web / CENTRE / "oppna-data.html"))
        == "Arbetscentrum Dalby (2024). Socialt bokslut 2023."
    )


@pytest.mark.parametrize(
    ("settings", "told", "address"),
    [
        (
            "licens: CC0\n",
            "utan att fråga. Ange gärna källan. Licensen är CC0 1.0",
            "publicdomain/zero/1.0/",
        ),
        ("licens: CC BY\n", "om du anger källan. Licensen är CC BY 4.0", "licenses/by/4.0/"),
        ("", "Det är inte bestämt vilken licens uppgifterna har.", ""),
    ],
)
def test_the_page_says_what_may_be_done_with_the_data(
    centre: Path, tmp_path: Path, settings: str, told: str, address: str
) -> None:
    append(centre.parent / "webbplats.yaml", settings)
    page = soup(publish(centre.parent, tmp_path / "output").folder / CENTRE / "oppna-data.html")
    assert told in text_of(page)
    assert [str(link["href"]).partition(".org/")[2] for link in page.find_all("a", rel="license")] == [
        address for address in [address] if address
    ]


# Tables


LINKED = [
    "index-table",
    "heat",
    "indicators",
    "participants",
    "pyramid",
    "changes",
    "amounts",
    "calculations",
]


def test_below_every_table_of_figures_stands_a_link_to_its_data(web_site: Path) -> None:
    seen = set()
    for path in html_files(web_site / YEAR):
        for table in soup(path).select(", ".join(f"table.{kind}" for kind in LINKED)):
            link = table.find_next("a", string=None, attrs={"download": True})
            following = table.find_next("table")
            assert link is not None, path
            assert following is None or link in following.find_all_previous("a"), path
            assert (path.parent / str(link["href"])).is_file()
            seen.update(set(table["class"]) & set(LINKED))
    assert seen == set(LINKED)


def test_on_the_first_page_of_the_site_the_links_lead_into_the_report(web_site: Path) -> None:
    for link in soup(web_site / "index.html").find_all("a", attrs={"download": True}):
        assert (web_site / str(link["href"])).is_file()


# Search engines


def described(path: Path) -> dict[str, Any]:
    (block,) = soup(path).find_all("script", type="application/ld+json")
    told: dict[str, Any] = json.loads(str(block.string))
    return told


@pytest.mark.parametrize("path", ["index.html", f"{YEAR}/index.html"])
def test_the_first_page_is_a_report_to_search_engines(web_site: Path, path: str) -> None:
    told = described(web_site / path)
    assert (told["@context"], told["@type"], told["name"]) == (
        "https://schema.org", "Report", "Socialt bokslut 2021",
    )  # fmt: skip
    assert told["url"] == f"{BASE}{YEAR}/index.html"
    assert told["datePublished"] == "2022-03-25"


def test_the_page_is_a_dataset_to_search_engines_with_all_files(web_site: Path) -> None:
    told = described(web_site / YEAR / "oppna-data.html")
    assert (told["@type"], told["isPartOf"]["@type"]) == ("Dataset", "Report")
    assert told["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    files = [str(file["contentUrl"]).removeprefix(BASE) for file in told["distribution"]]
    assert len(files) > 10
    assert all((web_site / file).is_file() for file in files)


def test_a_title_cannot_end_the_block(centre: Path, tmp_path: Path) -> None:
    path = centre / "bokslut.yaml"
    lines = [
        "titel: '</script><b>x'" if line.startswith("titel:") else line
        for line in path.read_text().split("\n")
    ]
    path.write_text("\n".join(lines), "utf-8")
    site = publish(centre.parent, tmp_path / "output").folder
    assert described(site / CENTRE / "index.html")["name"] == "</script><b>x"
