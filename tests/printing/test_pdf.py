"""The printed report: tagged, complete, with page numbers that agree, and the same bytes every time."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from weasyprint.urls import FatalURLFetchingError

from generator.printing import write_pdf
from tests.read_aloud import heard
from tests.support import CENTRE, PLATFORMS, YEAR, Published, plain, printed_number, results_in

REPORT_TITLE = "Socialt bokslut 2021"
CONTENTS = 2  # the index of the page with the table of contents, after the cover and its inside


@pytest.fixture(scope="module")
def pdf(site: Published) -> PdfReader:
    return PdfReader(site.pdf)


@pytest.fixture(scope="module")
def texts(site: Published) -> list[str]:
    """The text of each page."""
    return list(map(plain, site.printed))


@pytest.fixture(scope="module")
def chapters(pdf: PdfReader) -> list[tuple[str, int]]:
    """Titles in the table of contents, and the number of the page that each link leads to."""
    links = [link.get_object() for link in pdf.pages[CONTENTS]["/Annots"]]  # type: ignore[attr-defined]
    targets = dict.fromkeys(str(link["/Dest"]) for link in links)
    lines = [line for line in plain_lines(pdf) if re.match(r"\d+ \D|\D.* \d+$", line)]
    numbers = [pdf.get_destination_page_number(pdf.named_destinations[target]) or 0 for target in targets]
    return [(line, number + 1) for line, number in zip(lines, numbers, strict=True)]


def plain_lines(pdf: PdfReader) -> list[str]:
    return [plain(line) for line in pdf.pages[CONTENTS].extract_text().splitlines()]


def outline(pdf: PdfReader) -> list[tuple[str, int]]:
    """Every heading of the outline with the number of its page, from 1."""

    def walk(entries: list[Any]) -> list[tuple[str, int]]:
        found = []
        for entry in entries:
            if isinstance(entry, list):
                found += walk(entry)
            else:
                assert isinstance(entry, Destination)
                number = pdf.get_destination_page_number(entry)
                assert number is not None
                found.append((plain(str(entry.title)), number + 1))
        return found

    return walk(pdf.outline)


def test_the_pdf_states_its_title_author_and_language(pdf: PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{REPORT_TITLE} – Samordningsförbundet Umeåregionen"
    assert pdf.metadata.author == "Samordningsförbundet Umeåregionen"
    assert str(pdf.root_object["/Lang"]) == "sv"


def test_the_pdf_is_tagged_and_claims_the_standards_that_it_keeps(pdf: PdfReader) -> None:
    assert pdf.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in pdf.root_object
    metadata = pdf.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert "Socialt bokslut 2021" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert 'pdfaid:part="3"' in metadata


def test_the_data_of_the_report_are_attached(pdf: PdfReader) -> None:
    assert {"resultat.json", "indikatorer.csv", "deltagare.csv", "datapackage.json"} <= set(pdf.attachments)


def test_the_pdf_shows_its_title_and_not_its_file_name(pdf: PdfReader) -> None:
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


def test_every_chapter_is_in_the_table_of_contents(chapters: list[tuple[str, int]]) -> None:
    lines = " / ".join(line for line, _ in chapters)
    for chapter in (
        "Året som gick", "Förvaltningsberättelse", "IMPACTindex", "Deltagare i siffror", "Helårsekvivalenter",
        "Framgångsbeskrivningar", "Social budget", "Ekonomi", "Om förbundet", "Kontakt", "Underskrifter",
    ):  # fmt: skip
        assert chapter in lines


def test_the_page_numbers_of_the_table_of_contents_are_where_the_chapters_start(
    chapters: list[tuple[str, int]], texts: list[str]
) -> None:
    assert len(chapters) == 15
    for line, page in chapters:
        number, title = number_and_title(line)
        assert number == page, line
        assert title in texts[page - 1]


def number_and_title(line: str) -> tuple[int, str]:
    """The two of a line of the table of contents, whichever comes first in the extracted text."""
    first = re.fullmatch(r"(\d+) (.+)", line)
    last = re.fullmatch(r"(.+?)[ .]* (\d+)", line)
    if last:
        return int(last[2]), last[1]
    assert first
    return int(first[1]), first[2]


def test_the_pages_are_numbered_as_they_are_counted(texts: list[str]) -> None:
    for number, text in enumerate(texts[CONTENTS + 1 : -1], start=CONTENTS + 2):
        assert text.endswith((f" {number}", f" {number} {REPORT_TITLE}")), number


def test_the_outline_leads_to_the_same_pages(pdf: PdfReader, chapters: list[tuple[str, int]]) -> None:
    headings = set(outline(pdf))
    for line, page in chapters:
        assert (number_and_title(line)[1], page) in headings


def test_left_pages_name_the_report_and_right_pages_a_chapter_that_stands_there(
    chapters: list[tuple[str, int]], texts: list[str]
) -> None:
    starts = [(number_and_title(line)[1], page) for line, page in chapters]
    for page, text in enumerate(texts[CONTENTS + 1 : -1], start=CONTENTS + 2):
        begun = [title for title, start in starts if start <= page]
        here = [title for title, start in starts if start == page] or begun[-1:]
        assert REPORT_TITLE in text if page % 2 == 0 else any(title in text for title in here), page


def test_what_is_left_out_is_named_with_its_address(texts: list[str]) -> None:
    assert "Uträkningen av varje indikator, metod.html" in texts[1]
    assert "https://socialtbokslut.example/2021-umearegionen/" in texts[1]


def test_every_indicator_is_printed(site: Published, texts: list[str]) -> None:
    whole = " ".join(texts)
    for one in results_in(site.folder)["indikatorer"]:
        assert re.search(rf"(?<![\d.]){re.escape(printed_number(one['id']))}(?![\d-])", whole), one["id"]


def test_every_outcome_is_printed_with_its_basis(site: Published, texts: list[str]) -> None:
    whole = " ".join(texts)
    for one in results_in(site.folder)["indikatorer"]:
        if one["namnare"]:
            assert f"{one['taljare']} av {one['namnare']}" in whole, one["id"]


@pytest.mark.parametrize(
    "path", sorted((PLATFORMS / YEAR / "exempel").glob("*.md")), ids=lambda path: path.stem
)
def test_every_story_is_printed(pdf: PdfReader, path: Any) -> None:
    lines = path.read_text("utf-8").splitlines()
    (title,) = [line.removeprefix("titel:").strip(" '\"") for line in lines if line.startswith("titel:")]
    assert title in [heading for heading, _ in outline(pdf)]


def test_no_unit_is_broken_by_its_column(texts: list[str]) -> None:
    units = set(re.findall(r"procente\w*", "".join(texts)))
    assert units and units <= {"procentenhet", "procentenheter"}


def test_every_word_is_heard_whole(site: Published) -> None:
    """What ends in a hyphen goes on with another word: ”samhälls- och medlemsnytta”."""
    assert set(re.findall(r"\w- (\w+)", " ".join(heard(site.pdf)))) <= {"och", "eller"}


def test_every_row_of_the_participant_table_is_printed(texts: list[str]) -> None:
    whole = " ".join(texts)
    assert "Kvar vid årets slut" in whole
    assert "Klarlagt att arbetsförmåga saknas" in whole


def test_each_indicator_of_an_area_can_be_led_to(other_site: Path) -> None:
    names = PdfReader(other_site / CENTRE / "bokslut.pdf").named_destinations
    for indicator in results_in(other_site, CENTRE)["indikatorer"]:
        assert f"i-{indicator['id'].replace('.', '-')}" in names


def test_nothing_was_wrong_with_the_style_sheets_or_the_pages(site: Published) -> None:
    """WeasyPrint says so in its log, and goes on."""
    assert site.log == []


def test_the_pdf_states_the_day_of_publication(pdf: PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date == datetime.datetime(2022, 3, 25, tzinfo=datetime.UTC)


# What is printed reads nothing but what it is given

DAY = datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC)
PAGE = '<!doctype html><html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1>{}</body></html>'


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "/etc/hostname", "../../etc/hostname", "http://127.0.0.1:9/a.png"]
)
def test_nothing_outside_of_the_report_is_fetched(
    address: str,
) -> None:
    with pytest.raises(FatalURLFetchingError):
        write_pdf(PAGE.format(f'<img src="{address}" alt="x">'), {}, DAY, {})


def test_a_file_that_is_given_is_found(caplog: pytest.LogCaptureFixture) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
    write_pdf(PAGE.format('<img src="assets/a%20b.svg" alt="x">'), {"assets/a b.svg": svg}, DAY, {})
    assert caplog.text == ""


def test_the_same_page_gives_the_same_bytes() -> None:
    first, second = (write_pdf(PAGE.format("<p>Hej</p>"), {}, DAY, {}).pdf for _ in range(2))
    assert first == second
