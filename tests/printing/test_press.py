"""The file for the printing works: cut pages in even sheets, with four inks where the profile is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image
from pypdf import PdfReader

from generator.booklets import print_proof
from generator.build import build
from generator.fingerprints import PDF, PRESS_PDF, SUMMARY_PDF
from generator.model.settings import Paper
from generator.printing import in_inks
from generator.printing.press import PROFILES
from tests.printed import pdf_pages
from tests.printing.profiles import NAME, four_inks
from tests.sharing import Shared
from tests.support import CENTRE, append, edit, only_centre, write_contents

POINTS = 72 / 25.4  # of a millimetre
A5 = (148, 210)


def printed(content: Path, profiles: Path) -> Path:
    """The file of a small report, made beside it on a machine with the colour profiles of a folder."""
    with patch("generator.printing.press.FOLDERS", (profiles,)):
        built = build(content, content.parent / "output", lambda _: None, pdfs=(PRESS_PDF, SUMMARY_PDF))
    (content.parent / "told.txt").write_text("\n".join(built.told), "utf-8")
    return content.parent / "output" / CENTRE / PRESS_PDF


@pytest.fixture(scope="module")
def folder(shared: Shared) -> Path:
    """With the profile of uncoated paper."""

    def make(folder: Path) -> None:
        (folder / "icc").mkdir()
        (folder / "icc" / PROFILES[Paper.UNCOATED]).write_bytes(four_inks())
        content = only_centre(folder / "content")
        write_contents(content / CENTRE, "- översikt", "- områden")
        printed(content, folder / "icc")

    return shared.folder("press", make)


@pytest.fixture(scope="module")
def pdf(folder: Path) -> PdfReader:
    return PdfReader(folder / "output" / CENTRE / "bokslut-tryck.pdf")


def test_every_page_is_cut_to_a5_with_three_millimetres_to_spare(pdf: PdfReader) -> None:
    for page in pdf.pages:
        size = page.trimbox.width, page.trimbox.height
        assert tuple(round(float(side) / POINTS) for side in size) == A5
        spare = page.trimbox.left - page.bleedbox.left, page.trimbox.bottom - page.bleedbox.bottom
        assert tuple(round(float(side) / POINTS) for side in spare) == (3, 3)


def test_a_summary_with_nothing_more_to_tell_is_one_side(folder: Path) -> None:
    assert len(PdfReader(folder / "output" / CENTRE / SUMMARY_PDF).pages) == 1


def test_the_cover_and_narrow_tables_have_the_words_of_the_author(tmp_path: Path) -> None:
    (tmp_path / "icc").mkdir()
    centre = only_centre(tmp_path / "content") / CENTRE
    write_contents(centre, "- översikt", "- områden", "- social budget")
    append(centre / "bokslut.yaml", "tryck: {insida: Ord på insidan.}\n")
    edit(centre / "bokslut.yaml", "titel: Socialt bokslut", "titel: Verksamhetsplan")
    name = "text: Könsfördelning\n"
    edit(centre / "budget.yaml", name, f"{name}            kort: Det korta\n")
    build(centre.parent, tmp_path / "output", lambda _: None, pdfs=(PDF,))
    cover, *others = pdf_pages(tmp_path / "output" / CENTRE / PDF)
    assert "Verksamhetsplan" in cover.splitlines()
    text = "\n".join(others)
    assert "Ord på insidan." in text
    assert "Det korta" in text


def test_the_sheets_come_out_even(pdf: PdfReader) -> None:
    assert len(pdf.pages) % 4 == 0


def test_no_colour_is_that_of_a_screen(pdf: PdfReader) -> None:
    for page in pdf.pages:
        contents = page.get_contents()
        assert contents is not None
        painted = {operator for _, operator in contents.operations}
        assert not painted & {b"rg", b"RG"}
        assert b"scn" in painted


def test_the_text_of_pages_is_black_alone(pdf: PdfReader) -> None:
    contents = pdf.pages[3].get_contents()
    assert contents is not None
    inks: list[Any] = []
    texts = []
    for operands, operator in contents.operations:
        if operator == b"scn":
            inks = [float(ink) for ink in operands]
        if operator in (b"TJ", b"Tj"):
            texts.append(tuple(inks))
    assert set(texts) <= {(0, 0, 0, 1), (0, 0, 0, 0)}


def test_the_paper_is_named_by_its_profile(pdf: PdfReader) -> None:
    intents: Any = pdf.root_object["/OutputIntents"]
    assert {intent["/OutputConditionIdentifier"] for intent in intents} == {NAME.decode().strip("\0")}
    assert [intent["/S"] for intent in intents] == ["/GTS_PDFA1", "/GTS_PDFX"]
    assert len({intent.raw_get("/DestOutputProfile") for intent in intents}) == 1


def test_without_the_profile_the_file_has_the_colours_of_the_screen_and_it_is_told(
    centre: Path, tmp_path: Path
) -> None:
    write_contents(centre, "- översikt")
    (tmp_path / "icc").mkdir()
    contents = PdfReader(printed(centre.parent, tmp_path / "icc")).pages[0].get_contents()
    assert contents is not None
    assert b"rg" in {operator for _, operator in contents.operations}
    told = (tmp_path / "told.txt").read_text("utf-8")
    assert f"profilen {PROFILES[Paper.UNCOATED]} saknas. Installera icc-profiles." in told


@pytest.mark.parametrize(
    ("mode", "printed_mode"), [("RGB", "CMYK"), ("RGBA", "CMYK"), ("P", "CMYK"), ("L", "L")]
)
def test_photos_are_printed_with_inks_and_grey_ones_stay_grey(mode: str, printed_mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (4, 4)).save(written, "PNG")
    assert Image.open(BytesIO(in_inks(written.getvalue(), four_inks()))).mode == printed_mode


def test_what_is_transparent_in_a_photo_is_paper() -> None:
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
    image = Image.open(BytesIO(in_inks(written.getvalue(), four_inks())))
    assert image.getpixel((1, 1)) == (0, 0, 0, 0)


def test_a_proof_shows_where_it_is_cut_and_lies_where_it_was_asked_for(tmp_path: Path) -> None:
    made: list[str] = []
    content = only_centre(tmp_path / "content")
    write_contents(content / CENTRE, "- översikt")
    print_proof(content, tmp_path / "korrektur", made.append)
    path = tmp_path / "korrektur" / f"{CENTRE}-bokslut-korrektur.pdf"
    assert made[0] == str(path)
    for page in PdfReader(path).pages:
        assert round(float(page.trimbox.left - page.mediabox.left) / POINTS) == 10
