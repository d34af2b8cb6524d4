"""Pictures and files come from the report's own folder, can be read, and pictures are described in words."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageFile

from generator.build import check
from generator.cli import main
from generator.model.places import ContentError
from tests.support import append, only_problem_in, problems_in

TEXT = "berattelse/kontakt.md"


@pytest.fixture
def year(centre: Path) -> Path:
    """The folder of a report with two texts to show pictures in."""
    (centre / TEXT).parent.mkdir()
    for name in ("kontakt", "index"):
        text = f"---\ntitel: Text\ndel: {name}\n---\nMed bild.\n"
        (centre / f"berattelse/{name}.md").write_text(text, "utf-8")
    return centre


def a_picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> None:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", size, "white").save(path, kind)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("A.JPG", "JPEG")]
)
def test_a_picture_is_read_with_its_size(year: Path, name: str, kind: str) -> None:
    a_picture(year / "bilder" / name, kind)
    append(year / TEXT, f"\n![En bild](bilder/{name})\n")
    (scored,) = check(year.parent).reports
    picture = scored.report.pictures[f"bilder/{name}"]
    assert (picture.width, picture.height) == (40, 30)
    assert picture.data == (year / "bilder" / name).read_bytes()


def test_a_picture_that_is_not_there_is_told_at_its_line(year: Path) -> None:
    append(year / TEXT, "\n![En bild](bilder/borta.png)\n")
    problem = only_problem_in(year.parent)
    assert problem.place.line == len((year / TEXT).read_text("utf-8").splitlines())
    assert "bilden ”bilder/borta.png” finns inte" in problem.found


@pytest.mark.parametrize(
    "path",
    ["../hemlig.png", "bilder/../../hemlig.png", "/etc/hemlig.png", "https://example.org/a.png",
     "file:///etc/a.png", "ftp://example.org/a.png"],
)  # fmt: skip
def test_a_picture_outside_of_the_folder_is_refused(year: Path, path: str) -> None:
    a_picture(year.parent / "hemlig.png")
    append(year / TEXT, f"\n![En bild]({path})\n")
    assert "ligger utanför rapportens mapp" in only_problem_in(year.parent).found


@pytest.mark.parametrize("path", ["//example.org/a.png", "data:image/png;base64,AAAA", "javascript:alert(1)"])
def test_a_picture_that_is_no_file_is_refused(year: Path, path: str) -> None:
    append(year / TEXT, f"\n![En bild]({path})\n")
    assert problems_in(year.parent)


def test_a_picture_that_is_a_link_out_of_the_folder_is_refused(year: Path, tmp_path: Path) -> None:
    a_picture(tmp_path / "hemlig.png")
    (year / "bilder").mkdir()
    (year / "bilder/a.png").symlink_to(tmp_path / "hemlig.png")
    append(year / TEXT, "\n![En bild](bilder/a.png)\n")
    assert "länk ut ur mappen" in only_problem_in(year.parent).found


def test_a_picture_without_a_description_is_told(year: Path) -> None:
    a_picture(year / "bilder/a.png")
    append(year / TEXT, "\n![](bilder/a.png)\n")
    assert "saknar beskrivning" in only_problem_in(year.parent).found


@pytest.mark.parametrize("written", ["Bilder/A.PNG", "bilder\\a.png", "./bilder/a.png", "bilder/%61.png"])
def test_a_picture_is_found_however_its_path_is_written(year: Path, written: str) -> None:
    a_picture(year / "bilder/a.png")
    append(year / TEXT, f"\n![En bild]({written})\n")
    (scored,) = check(year.parent).reports
    assert [picture.path for picture in scored.report.pictures.values()] == ["bilder/a.png"]


@pytest.mark.parametrize("written", ["hus.png", "C:/Users/kim/Bilder/hus.png", "bilder/hus"])
def test_a_picture_without_its_folder_or_ending_is_proposed_with_it(year: Path, written: str) -> None:
    a_picture(year / "bilder/hus.png")
    append(year / TEXT, f"\n![Ett hus]({written})\n")
    assert problems_in(year.parent)[0].remedy == "Menade du ”bilder/hus.png”?"


def test_a_name_that_two_files_share_but_for_capitals_must_be_exact(year: Path) -> None:
    a_picture(year / "bilder/a.png")
    a_picture(year / "bilder/A.png")
    append(year / TEXT, "\n![En bild](bilder/a.PNG)\n")
    problem = next(problem for problem in problems_in(year.parent) if "finns inte" in problem.found)
    assert problem.remedy.startswith("Menade du ”bilder/")


def animated(kind: str) -> bytes:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "blue")]
    frames[0].save(stream, kind, save_all=True, append_images=frames[1:], duration=100)
    return stream.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_picture_that_moves_is_refused(year: Path, kind: str, name: str) -> None:
    (year / "bilder").mkdir()
    (year / "bilder" / name).write_bytes(animated(kind))
    append(year / TEXT, f"\n![En bild](bilder/{name})\n")
    assert f"bilden ”bilder/{name}” rör sig" in only_problem_in(year.parent).found


def test_the_several_pictures_in_one_file_of_a_telephone_do_not_move(year: Path) -> None:
    (year / "bilder").mkdir()
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "blue")]
    frames[0].save(year / "bilder/a.jpg", "MPO", save_all=True, append_images=frames[1:])
    append(year / TEXT, "\n![En bild](bilder/a.jpg)\n")
    assert not problems_in(year.parent)


@pytest.mark.parametrize("name", ["a.heic", "a.jpg"])
def test_the_pictures_of_an_iphone_are_known_by_any_name(year: Path, name: str) -> None:
    (year / "bilder").mkdir()
    (year / "bilder" / name).write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    append(year / TEXT, f"\n![En bild](bilder/{name})\n")
    assert "spara den som jpg" in only_problem_in(year.parent).remedy


@pytest.mark.parametrize("name", ["a.svg", "a.gif", "a.tiff", "a"])
def test_a_kind_of_picture_that_is_not_supported_is_told(year: Path, name: str) -> None:
    (year / "bilder").mkdir()
    (year / "bilder" / name).write_bytes(b"<svg/>")
    append(year / TEXT, f"\n![En bild](bilder/{name})\n")
    assert "filtyp som inte stöds" in only_problem_in(year.parent).found


def broken(data: bytes) -> bytes:
    return data[: len(data) // 2]


def png() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("data", [b"", b"ingen bild", b"GIF89a" + bytes(100), broken(png())])
def test_a_picture_that_cannot_be_shown_is_told(
    year: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint, which other tests load, lets half a picture pass in the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    (year / "bilder").mkdir()
    (year / "bilder/a.png").write_bytes(data)
    append(year / TEXT, "\n![En bild](bilder/a.png)\n")
    assert "går inte att läsa" in only_problem_in(year.parent).found


def test_a_picture_that_is_gone_over_too_often_is_told_before_it_is(year: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30)).save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    scan = data.rindex(b"\xff\xda")
    (year / "bilder").mkdir()
    (year / "bilder/a.jpg").write_bytes(data[:scan] + data[scan:-2] * 1000 + data[-2:])
    append(year / TEXT, "\n![En bild](bilder/a.jpg)\n")
    assert "går inte att läsa" in only_problem_in(year.parent).found


@pytest.mark.parametrize("size", [(6400, 6400), (10_000, 10_000), (20_000, 20_000)])
def test_a_picture_that_unfolds_to_too_much_is_told_before_it_does(year: Path, size: tuple[int, int]) -> None:
    # Only the head of the file is that of a large picture, which would take a while to make.
    head = b"IHDR" + size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + b"\x08\x02\0\0\0"
    data = png()
    start = data.index(b"IHDR")
    (year / "bilder").mkdir()
    crc = zlib.crc32(head).to_bytes(4, "big")
    (year / "bilder/a.png").write_bytes(data[:start] + head + crc + data[start + 21 :])
    append(year / TEXT, "\n![En bild](bilder/a.png)\n")
    assert "har fler än 40 miljoner bildpunkter" in only_problem_in(year.parent).found


def test_the_same_picture_in_two_texts_is_one_picture(year: Path) -> None:
    a_picture(year / "bilder/a.png")
    append(year / TEXT, "\n![En bild](bilder/a.png)\n")
    append(year / "berattelse/index.md", "\n![Samma bild](BILDER/a.png)\n")
    (scored,) = check(year.parent).reports
    assert [picture.path for picture in scored.report.shown_pictures] == ["bilder/a.png"]


def test_a_picture_with_the_name_of_another_in_another_size_is_told(year: Path) -> None:
    a_picture(year / "bilder/a.png", size=(500, 30))
    a_picture(year / "bilder/a-480.png")
    append(year / TEXT, "\n![En bild](bilder/a.png) ![En till](bilder/a-480.png)\n")
    assert "får samma adress som" in only_problem_in(year.parent).found


@pytest.mark.parametrize(
    "written",
    [
        "![En bild][a]\n\n[a]: bilder/a.png",
        "![En bild](bilder/min bild.png)",
        "![En bild] (bilder/a.png)",
    ],
)
def test_a_picture_written_in_another_way_is_told_and_not_lost(year: Path, written: str) -> None:
    a_picture(year / "bilder/a.png")
    append(year / TEXT, f"\n{written}\n")
    problem = only_problem_in(year.parent)
    assert "bilden går inte att tolka" in problem.found
    assert "![Vad bilden visar](bilder/fil.jpg)" in problem.remedy


def test_an_escaped_picture_is_text(year: Path) -> None:
    append(year / TEXT, "\nSkriv \\![ord] om du vill.\n")
    assert not problems_in(year.parent)


@pytest.mark.parametrize(
    ("name", "remedy"), [("a.jpg", "hämta den på nytt"), ("a.gif", "png, jpg eller webp")]
)
def test_a_picture_that_cannot_be_shown_is_told_once(year: Path, name: str, remedy: str) -> None:
    """Its text shows it, so nobody is told to show it in one."""
    a_picture(year / "bilder/annan.png")
    (year / "bilder" / name).write_bytes(b"")
    append(year / TEXT, f"\n![En bild](bilder/{name})\n\n![En till](bilder/annan.png)\n")
    with pytest.raises(ContentError) as caught:
        check(year.parent)
    (problem,) = (problem for problem in caught.value.problems if name in f"{problem.place} {problem.found}")
    assert remedy in problem.remedy


# Files that texts lead to

PDF = b"%PDF-1.7\n"


def a_file(year: Path, name: str = "rapport.pdf", data: bytes = PDF) -> None:
    (year / "bilagor").mkdir(exist_ok=True)
    (year / "bilagor" / name).write_bytes(data)


def test_a_file_that_a_text_leads_to_is_published_beside_the_pages(year: Path, tmp_path: Path) -> None:
    a_file(year, "Min rapport.pdf")
    append(year / TEXT, "\nLäs [rapporten](bilagor/Min%20rapport.pdf).\n")
    options = ["--innehåll", str(year.parent), "--ut", str(tmp_path / "ut"), "--utan-pdf"]
    said = CliRunner().invoke(main, ["bygg", *options])
    assert (said.exit_code, "Pdf:" in said.output) == (0, False)
    assert (tmp_path / "ut" / year.name / "bilagor/Min rapport.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("link", "found", "remedy"),
    [
        ("bilagor/raport.pdf", "finns inte", "Menade du ”bilagor/rapport.pdf”?"),
        ("bilagor/tom.pdf", "är ingen pdf", "Spara den som pdf"),
        ("bilagor/lista.xlsx", "är inte en webbadress", "Spara filen som pdf i rapportens mapp ”bilagor”"),
        ("utfall/enkat.csv", "är inte en webbadress", "Spara filen som pdf i rapportens mapp ”bilagor”"),
        ("bilagor/../bokslut.pdf", "är inte en webbadress", "Spara filen som pdf"),
        ("www.umea.se", "är inte en webbadress", "https://"),
    ],
)
def test_no_other_file_is_published(year: Path, link: str, found: str, remedy: str) -> None:
    for name, data in (("rapport.pdf", PDF), ("tom.pdf", b"PK"), ("lista.xlsx", b"PK")):
        a_file(year, name, data)
    append(year / TEXT, f"\nLäs [rapporten]({link}).\n")
    problem = only_problem_in(year.parent)
    assert (found in problem.found, remedy in problem.remedy) == (True, True)


def test_a_file_that_no_text_leads_to_is_told(year: Path) -> None:
    a_file(year)
    append(year / TEXT, "\nMer text.\n")
    assert "ingen text leder till filen" in [problem.found for problem in check(year.parent).warnings]
