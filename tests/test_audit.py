"""`bokslut bygg --granskning`: the auditors' edition, where every figure leads to the row it stands in."""

from __future__ import annotations

import contextlib
import csv
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from generator.fingerprints import PDF
from tests.pages.test_site import broken_links
from tests.printed import pdf_pages
from tests.support import (
    CONTENT,
    EXAMPLES,
    YEAR,
    by_id,
    copy_of,
    edit,
    html_files,
    plain,
    publish,
    soup,
    table_rows,
    text_of,
    write_contents,
)
from tests.test_cli import run

MARK = (
    "Granskningsutgåva. Visar alla tal och deras källor, även sådana som inte får publiceras."
    " Får inte läggas ut på webben."
)
SMALL = "2023-arbetscentrum"
UNITS = ("ungdomstorget", "vuxentorget", "bjurholm", "vannas", "nordmaling", "robertsfors", "vindeln")
SOME_UNITS = ("ungdomstorget", "vannas")
PAGES = [
    *(f"omrade-{area}" for area in range(1, 6)),
    *(f"plattform-{unit}" for unit in SOME_UNITS),
    "social-budget",
]


class Pages(Mapping[str, BeautifulSoup]):
    """The pages of a site by their paths, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.files = {path.relative_to(folder).as_posix(): path for path in html_files(folder)}
        self.read: dict[str, BeautifulSoup] = {}
        self.ids: dict[str, dict[str, Tag]] = {}
        self.headings: dict[str, list[str]] = {}

    def __getitem__(self, path: str) -> BeautifulSoup:
        if path not in self.read:
            self.read[path] = soup(self.files[path])
        return self.read[path]

    def at(self, path: str, id: str) -> Tag:
        """The element with that id."""
        if path not in self.ids:
            self.ids[path] = {str(tag["id"]): tag for tag in self[path].find_all(id=True)}
        return self.ids[path][id]

    def heads(self, path: str) -> list[str]:
        """What stands over the columns of the file that a page shows."""
        if path not in self.headings:
            (table,) = self[path].select("table.source-table")
            self.headings[path] = [text_of(head) for head in table.select("thead th")][1:]
        return self.headings[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def without(folder: Path, *signs: str) -> list[str]:
    """The pages that lack any of these signs, as they are written."""
    written = {path.name: plain(path.read_text("utf-8")) for path in html_files(folder)}
    return [page for page, text in written.items() if any(sign not in text for sign in signs)]


@pytest.fixture(scope="module")
def pages(audit_site: Path) -> Pages:
    """Every page of the audit edition of 2021 by its path."""
    return Pages(audit_site)


class Editions(NamedTuple):
    """The same small report: it is decided, and disclosure control hides counts of it."""

    audit: Path
    public: Path
    output: str  # what was told at the prompt


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    folder = tmp_path_factory.mktemp("protected")
    content = copy_of(EXAMPLES / "annan-organisation", folder / "content")
    shutil.rmtree(content / "2017-bruket")
    edit(content / SMALL / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    write_contents(content / SMALL, "- översikt", "- enheter")
    run("fastställ", "--beslut", "2024-04-30", "--av", "styrelsen", "--innehåll", content)
    with (
        contextlib.chdir(folder),
        patch("generator.cli.sites.PDFS", (PDF,)),
        patch("os.cpu_count", lambda: 1),
    ):
        result = run("bygg", "--granskning")
    assert result.exit_code == 0, result.output
    public = publish(content, folder / "output").folder
    return Editions(folder / "granskning", public, result.output)


# It cannot be mistaken for the public edition


def test_it_has_a_folder_of_its_own(protected: Editions) -> None:
    assert (protected.audit / "index.html").is_file()
    assert "Granskningsutgåvan får inte läggas ut på webben." in protected.output


def test_every_page_says_what_it_is(audit_site: Path, pages: Pages) -> None:
    assert len(pages) > 50
    assert without(audit_site, MARK) == []


def test_no_page_may_be_found_by_search_engines(audit_site: Path) -> None:
    assert without(audit_site, '<meta name="robots" content="noindex, nofollow">') == []
    assert not [path for path in html_files(audit_site) if "canonical" in path.read_text("utf-8")]


def test_robots_are_kept_out_and_there_is_no_map_of_the_site(audit_site: Path) -> None:
    assert (audit_site / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    assert not (audit_site / "sitemap.xml").exists()


@pytest.fixture(scope="module")
def printed(protected: Editions) -> list[str]:
    """The text of each page of the PDF."""
    return list(map(plain, pdf_pages(protected.audit / SMALL / "bokslut.pdf")))


def test_every_page_of_the_pdf_says_what_it_is(printed: list[str]) -> None:
    assert len(printed) > 10
    assert [number for number, text in enumerate(printed, start=1) if MARK not in text] == []


def test_the_pdf_shows_the_files_too(printed: list[str]) -> None:
    assert any("Källa: utfall/deltagare.csv" in text for text in printed[2:])


def test_the_pdf_says_that_the_report_is_decided(printed: list[str]) -> None:
    said = "Rapporten är fastställd av styrelsen den 30 april 2024. Innehållet är detsamma som då."
    assert said in printed[1]


# Links


def test_every_link_leads_somewhere(audit_site: Path) -> None:
    assert broken_links(audit_site) == []


@pytest.mark.parametrize("page", ["underlag", "berakning-vannas", "kalla-utfall-deltagare-csv", "metod"])
def test_ids_are_unique_and_there_is_one_heading(pages: Pages, page: str) -> None:
    html = pages[f"{YEAR}/{page}.html"]
    ids = [str(tag["id"]) for tag in html.find_all(id=True)]
    assert len(set(ids)) == len(ids)
    assert len(html.find_all("h1")) == 1


def test_one_page_leads_to_all_calculations_and_files(pages: Pages) -> None:
    main = pages[f"{YEAR}/underlag.html"].main
    assert main is not None
    targets = {str(link["href"]) for link in main.find_all("a", href=True)}
    assert {"metod.html", *(f"berakning-{unit}.html" for unit in UNITS)} <= targets
    files = {text_of(link) for link in main.find_all("a", href=re.compile("^kalla-"))}
    folder = CONTENT / YEAR
    used = [path for path in folder.rglob("*") if path.suffix in (".csv", ".yaml")]
    assert {path.relative_to(folder).as_posix() for path in used} <= files


def follow(pages: Pages, page: str, link: Tag) -> tuple[str, Tag]:
    """The page that a link leads to, and the element there."""
    parts = urlsplit(str(link["href"]))
    target = (Path(page).parent / parts.path).as_posix() if parts.path else page
    return target, pages.at(target, parts.fragment)


# From an outcome to its calculation


def rows_with_outcomes(page: Tag) -> Iterator[Tag]:
    for row in page.select(".entry, table.indicators tbody tr"):
        if row.select(".outcome"):
            yield row


@pytest.mark.parametrize("page", PAGES)
def test_every_outcome_leads_to_its_calculation(pages: Pages, page: str) -> None:
    path = f"{YEAR}/{page}.html"
    rows = list(rows_with_outcomes(pages[path]))
    assert rows
    for row in rows:
        (link,) = row.select(".outcome a")
        _, calculation = follow(pages, path, link)
        id = text_of(row.select(".indicator-id")[0])
        assert text_of(calculation.select(".indicator-id")[0]) == id
        shown = text_of(link).casefold()
        assert shown == "–" or shown in text_of(calculation).casefold(), id
        assert text_of(row.select(".signal-word")[0]) == text_of(calculation.select(".signal-word")[0])


@pytest.mark.parametrize("page", ["metod", *(f"berakning-{unit}" for unit in SOME_UNITS)])
def test_every_calculation_of_what_is_measured_leads_to_rows_of_files(pages: Pages, page: str) -> None:
    path = f"{YEAR}/{page}.html"
    calculations = pages[path].select("table.calculations tbody tr")
    assert len(calculations) >= 13
    for calculation in calculations:
        (outcome,) = calculation.select("td:nth-of-type(1)")
        if "Inget utfall" not in text_of(outcome):
            assert outcome.select(".source a"), text_of(calculation)


# From a calculation to the rows that hold its numbers


def cells_at(pages: Pages, page: str, source: Tag) -> list[dict[str, str]]:
    """The linked rows of a file: cells by column, as the page shows them and as they stand in the file."""
    cells = []
    for link in source.find_all("a"):
        target, row = follow(pages, page, link)
        shown = dict(zip(pages.heads(target), map(text_of, row.find_all("td")), strict=True))
        name = text_of(source).partition(", rad")[0]
        assert shown == line_of(name, int(text_of(link)))
        cells.append(shown)
    return cells


def line_of(name: str, line: int) -> dict[str, str]:
    """The cells on a line of a table, read from the author's file."""
    heads, *rows = lines_of(name)
    return {head: plain(cell) for head, cell in zip(heads, rows[line - 2], strict=True)}


@cache
def lines_of(name: str) -> list[list[str]]:
    with (CONTENT / YEAR / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def inputs_of(calculation: Tag) -> Iterator[tuple[str, Tag]]:
    """What an outcome was made from in words, and the source it leads to."""
    for given in calculation.select("td .small-print"):
        source = given.select_one(".source")
        if source is not None:
            yield text_of(given), source


@pytest.mark.parametrize("page", ["metod", *(f"berakning-{unit}" for unit in SOME_UNITS)])
def test_the_rows_of_persons_add_up_to_what_is_told(pages: Pages, page: str) -> None:
    path, followed = f"{YEAR}/{page}.html", 0
    for calculation in pages[path].select("table.calculations tbody tr"):
        for told, source in inputs_of(calculation):
            match = re.search(r": ([\d ]+) \(kvinnor (\d+), män (\d+)\)\. utfall/deltagare\.csv", told)
            if match is None:
                continue
            rows = cells_at(pages, path, source)
            women, men = (sum(int(row[column]) for row in rows) for column in ("kvinnor", "män"))
            assert (women + men, women, men) == tuple(int(number) for number in match.groups()), told
            followed += 1
    assert followed >= 15


def test_the_rows_of_answers_add_up_to_those_who_answered(pages: Pages) -> None:
    path, followed = f"{YEAR}/metod.html", 0
    for calculation in pages[path].select("table.calculations tbody tr"):
        for told, source in inputs_of(calculation):
            match = re.match(r"Underlag: (\d+) av (\d+)\. utfall/enkat\.csv", told)
            if match is None:
                continue
            rows = cells_at(pages, path, source)
            assert sum(int(row["antal"]) for row in rows) == int(match[2]), told
            followed += 1
    assert followed > 30


def test_a_figure_that_is_taken_over_stands_on_its_row(pages: Pages) -> None:
    path, followed = f"{YEAR}/metod.html", 0
    for calculation in pages[path].select("table.calculations tbody tr"):
        for told, source in inputs_of(calculation):
            if "utfall/varden.csv" not in told:
                continue
            (row,) = cells_at(pages, path, source)
            unit = row["måttenhet"]
            written = f"{row['värde'].replace('-', '−')} {unit}"
            assert told.startswith(f"Underlag: {written}. "), told
            followed += 1
    assert followed == 7


def test_what_is_decided_stands_on_its_rows(pages: Pages) -> None:
    lines = (CONTENT / YEAR / "budget.yaml").read_text("utf-8").splitlines()
    path = f"{YEAR}/metod.html"
    for calculation in pages[path].select("table.calculations tbody tr"):
        (decided,) = calculation.select("th .source")
        target = re.search(r"Krav: (.+?)\. Beslutat", text_of(calculation))
        texts = []
        for link in decided.find_all("a"):
            _, row = follow(pages, path, link)
            texts.append(text_of(row.select(".source-line")[0]))
            assert texts[-1] == plain(lines[int(text_of(link)) - 1])
        assert target is not None
        assert texts[0] == f"krav: {target[1]}"


@pytest.mark.parametrize("page", ["deltagare", "plattform-vannas"])
def test_every_row_of_the_participant_tables_leads_to_its_cells(pages: Pages, page: str) -> None:
    path, followed = f"{YEAR}/{page}.html", 0
    for row in pages[path].select("table tbody tr"):
        source = row.select_one("th .source")
        if source is None:
            continue
        cells = cells_at(pages, path, source)
        shown = [
            int(text_of(cell)) for cell in row.select("td:not(.cell-picture)")[:2] if text_of(cell).isdigit()
        ]
        if shown:
            assert shown == [sum(int(cell[column]) for cell in cells) for column in ("kvinnor", "män")]
            followed += 1
    assert followed >= 12


# The files themselves


@pytest.mark.parametrize(
    "path", sorted((CONTENT / YEAR / "utfall").glob("*.csv")), ids=lambda path: path.name
)
def test_a_table_is_shown_row_by_row_with_an_id_for_each(pages: Pages, path: Path) -> None:
    id = f"kalla-utfall-{path.stem}-csv"
    (table,) = pages[f"{YEAR}/{id}.html"].select("table.source-table")
    heads, *rows = lines_of(f"utfall/{path.name}")
    assert [text_of(head) for head in table.select("thead th")] == ["Rad", *heads]
    shown = table.select("tbody tr")
    assert [[text_of(cell) for cell in row.find_all("td")] for row in shown] == [
        [plain(cell) for cell in row] for row in rows
    ]
    assert [str(row["id"]) for row in shown] == [f"{id}-{number}" for number in range(2, len(rows) + 2)]


@pytest.mark.parametrize("name", ["bokslut", "budget", "enkat"])
def test_settings_are_shown_line_by_line(pages: Pages, name: str) -> None:
    lines = (CONTENT / YEAR / f"{name}.yaml").read_text("utf-8").rstrip("\n").split("\n")
    rows = pages[f"{YEAR}/kalla-{name}-yaml.html"].select("table.source-table tbody tr")
    assert [row.select(".source-line")[0].get_text() for row in rows] == lines
    assert [text_of(row.find_all("th")[0]) for row in rows] == [str(at) for at in range(1, len(lines) + 1)]


def test_a_text_that_an_outcome_rests_on_is_shown_and_others_are_not(pages: Pages) -> None:
    assert f"{YEAR}/kalla-berattelse-ovriga-positiva-losningar-md.html" in pages
    assert f"{YEAR}/kalla-berattelse-kontakt-md.html" not in pages


# Figures in texts


@pytest.mark.parametrize(
    ("page", "file", "anchor"),
    [
        ("index", "berattelse/oversikt.md", "text-oversikt"),
        ("omrade-1", "berattelse/omrade-1.md", "text-omrade-1"),
        ("plattform-vindeln", "enheter/vindeln/analys.md", "analys-vindeln"),
    ],
)
def test_the_figures_of_a_text_are_listed_below_it(pages: Pages, page: str, file: str, anchor: str) -> None:
    source = (CONTENT / YEAR / file).read_text("utf-8")
    said = list(dict.fromkeys(re.findall(r"\{([^}]*)\}", source)))
    assert said
    text = pages.at(f"{YEAR}/{page}.html", anchor)
    (figures,) = text.select(".text-figures ul")
    listed = [text_of(item) for item in figures.find_all("li")]
    assert [item.partition(": ")[0] if "förbundet" not in item else item for item in listed] == said


def test_a_figure_of_a_text_leads_to_its_calculation_and_its_rows(pages: Pages) -> None:
    path = f"{YEAR}/omrade-1.html"
    items = pages[path].select("#text-omrade-1 .text-figures li")
    (item,) = [item for item in items if text_of(item).startswith("1.2.1: ")]
    link, *_ = item.find_all("a")
    assert text_of(link) == "77 % (247 av 319)"
    assert text_of(follow(pages, path, link)[1]).startswith("1.2.1 ")
    (source,) = item.select(".source")
    rows = cells_at(pages, path, source)
    exits = [row for row in rows if row["rad"] == "avslut"]
    assert sum(int(row["kvinnor"]) + int(row["män"]) for row in exits) == 319


# What disclosure control hides from others


def exits_of_the_kitchen(edition: Path) -> list[str]:
    table = by_id(soup(edition / SMALL / "avdelning-koket.html"), "tabell-koket")
    return list(table_rows(table)[1].values())


def test_the_true_numbers_are_shown(protected: Editions) -> None:
    assert exits_of_the_kitchen(protected.audit)[1:4] == ["5", "3", "8"]
    assert "Täljare, avslutade: 8 (kvinnor 5, män 3)." in text_of(
        soup(protected.audit / SMALL / "berakning-koket.html")
    )
    assert not [path for path in html_files(protected.audit) if "hidden-figure" in path.read_text("utf-8")]


def test_the_public_edition_of_the_same_report_hides_them(protected: Editions) -> None:
    assert exits_of_the_kitchen(protected.public)[1:4] == [".. visas inte", ".. visas inte", "8"]


# The public edition


@pytest.fixture(scope="module")
def public(web_site: Path) -> dict[str, str]:
    """Every page as it is written, by its path."""
    return {str(path.relative_to(web_site)): path.read_text("utf-8") for path in html_files(web_site)}


def test_the_public_edition_has_no_pages_of_sources_and_units_calculations(public: dict[str, str]) -> None:
    names = [path.rpartition("/")[2] for path in public]
    assert not [name for name in names if name.startswith(("kalla-", "berakning-", "underlag"))]


@pytest.mark.parametrize(
    "sign", ["Granskningsutgåva", "audit-mark", 'href="kalla-', "text-figures", "source-note"]
)
def test_the_public_edition_has_no_mark_no_sources_and_no_lists_of_figures(
    audit_site: Path, public: dict[str, str], sign: str
) -> None:
    assert any(sign in path.read_text("utf-8") for path in html_files(audit_site))
    assert [path for path, page in public.items() if sign in page] == []


def test_no_outcome_of_the_public_edition_leads_to_its_calculation(web_site: Path) -> None:
    pages = [*web_site.rglob("omrade-*.html"), *web_site.rglob("plattform-*.html")]
    assert any(soup(page).select(".outcome") for page in pages)
    assert not [page for page in pages if soup(page).select(".outcome a")]


def test_the_public_edition_may_be_found(web_site: Path, public: dict[str, str]) -> None:
    hidden = [path for path, page in public.items() if 'name="robots"' in page]
    assert all(path.endswith("404.html") for path in hidden)
    assert "Allow: /" in (web_site / "robots.txt").read_text("utf-8")
    assert (web_site / "sitemap.xml").is_file()


def test_the_audit_edition_never_takes_the_place_of_the_public_site(others: Path, tmp_path: Path) -> None:
    publish(others, tmp_path / "ut")
    before = (tmp_path / "ut/manifest.json").read_bytes()
    result = run("bygg", "--granskning", "--innehåll", others, "--ut", tmp_path / "ut")
    assert result.exit_code == 1
    assert "publika webbplatsen" in result.output
    assert (tmp_path / "ut/manifest.json").read_bytes() == before
