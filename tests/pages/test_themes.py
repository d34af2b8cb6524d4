"""Each theme dresses web and paper alike: whole, light enough, and without words of its own."""

from __future__ import annotations

import gzip
import logging
import pickle
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from jinja2 import TemplateError
from PIL import Image, ImageChops, ImageColor

from generator.editions import TEMPLATES, THEMES, date_of
from generator.model.making import made
from generator.model.places import ContentError, Place
from generator.model.theme import LIGHT, Theme
from generator.pages.booklet import booklet
from generator.pages.card import share_card
from generator.pages.compose import Document, compose
from generator.pages.render import environment, loaded_files, print_page
from generator.pages.styles import PRINT, SYMBOLS, WEB, Sheet, assets
from generator.printing import write_pdf
from generator.reading.themes import read_theme
from tests.support import YEAR, Log, checked_content, copy_of, html_files, of_id

NAMES = sorted(path.name for path in THEMES.iterdir())
HEAVIEST = 150_000  # bytes of a page with all that it loads


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def theme(name: str) -> Theme:
    theme = read_theme(THEMES / name, [])
    assert theme is not None
    return theme


@pytest.fixture(scope="module")
def document() -> Document:
    """The report's first part alone."""
    checked = checked_content()
    published = next(each for each in checked.reports if each.report.id == YEAR)
    document = compose(published, checked.site.settings)
    return replace(document, pages=document.pages[:1])


def files_of(name: str, theme: Theme, medium: str) -> dict[str, bytes]:
    paper = Sheet("A4") if medium == PRINT else None
    return dict(made(assets(theme, environment([THEMES / name, TEMPLATES]), medium, paper)))


@pytest.mark.parametrize("medium", [WEB, PRINT])
def test_all_that_a_style_sheet_asks_for_is_there(name: str, theme: Theme, medium: str) -> None:
    files = files_of(name, theme, medium)
    asked_for = re.findall(r'url\("([^"]+)"\)', files["stil.css"].decode())
    assert set(asked_for) <= set(files)


def test_print_has_the_fonts_as_they_are_when_read(name: str, theme: Theme) -> None:
    web, printed = files_of(name, theme, WEB), files_of(name, theme, PRINT)
    for font in theme.settings.fonts:
        file = Path(font.file).name
        assert TTFont(BytesIO(printed[file])).getBestCmap() == TTFont(BytesIO(web[file])).getBestCmap()
        assert not printed[file].startswith(b"wOF")


def test_symbols_differ_between_the_schemes(name: str, theme: Theme) -> None:
    files = files_of(name, theme, WEB)
    for symbol in SYMBOLS:
        assert files[f"signal-{symbol}.svg"] != files[f"signal-{symbol}-mork.svg"]


def test_a_motif_takes_the_colours_of_the_scheme(tmp_path: Path) -> None:
    folder = copy_of(THEMES / "umea", tmp_path / "eget")
    (folder / "motifs/cover.svg").write_text("<svg><path fill=\"{{ color['ink'] }}\"/></svg>", "utf-8")
    theme = read_theme(folder, [])
    assert theme is not None
    files = dict(made(assets(theme, environment([folder, TEMPLATES]), WEB)))
    drawn = [files[name].decode() for name in ("cover.svg", "cover-mork.svg")]
    assert drawn == [f'<svg><path fill="{color}"/></svg>' for color in theme.settings.colors["ink"]]


def test_a_page_with_all_that_it_loads_is_light(name: str, theme: Theme, web_site: Path) -> None:
    files = files_of(name, theme, WEB)
    loaded = sum(len(gzip.compress(data)) for data in files.values())
    longest = max(len(gzip.compress(path.read_bytes())) for path in html_files(web_site))
    assert loaded + longest < HEAVIEST


@pytest.mark.parametrize("fault", ["{{ okänt }}", "{{ 1 / 0 }}", '{{ "".__class__.__mro__ }}'])
def test_what_fails_in_a_template_of_a_theme_is_told_at_its_line(tmp_path: Path, fault: str) -> None:
    """Also when a process of its own drew it."""
    theme, own = tmp_path / "themes/eget", tmp_path / "templates"
    for folder in (theme, own):
        folder.mkdir(parents=True)
    (theme / "sida.html").write_text(f"<p>\n\n{fault}", "utf-8")
    (own / "sida.html").write_text(fault, "utf-8")
    with pytest.raises(ContentError) as raised:
        environment([theme, own]).get_template("sida.html").render()
    (problem,) = pickle.loads(pickle.dumps(raised.value)).problems
    assert problem.place == Place("themes/eget/sida.html", 3)
    assert "mallen går inte att använda" in problem.found
    (theme / "sida.html").unlink()
    with pytest.raises((TemplateError, ZeroDivisionError)):
        environment([theme, own]).get_template("sida.html").render()


def test_a_theme_has_no_words_of_an_organisation(name: str) -> None:
    folder = THEMES / name
    assert {path.name for path in folder.iterdir()} <= {"theme.yaml", "theme.css", "fonts", "motifs"}
    assert not [path for path in folder.glob("motifs/*") if "<text" in path.read_text("utf-8")]
    assert not [
        path for path in folder.glob("*.css") if re.search(r"content:\s*[\"']\w", path.read_text("utf-8"))
    ]


def test_the_cover_is_printed_without_a_complaint(name: str, theme: Theme, document: Document) -> None:
    log, logger = Log(), logging.getLogger("weasyprint")
    report = of_id((each.report for each in checked_content().reports), YEAR)
    templates, paper = environment([THEMES / name, TEMPLATES]), Sheet("A5")
    logger.addHandler(log)
    try:
        printed = write_pdf(
            print_page(booklet(document, report.settings, ""), templates, theme, paper),
            dict(made(loaded_files(report, theme, templates, PRINT, paper))),
            date_of(report),
            {},
        )
    finally:
        logger.removeHandler(log)
    assert printed.faults == ()
    assert log.lines == []


def test_a_shared_page_has_a_picture_in_the_colours_of_the_theme(theme: Theme, document: Document) -> None:
    picture = Image.open(BytesIO(share_card(document.head, theme))).convert("RGB")
    seen = {color for _, color in picture.getcolors(picture.width * picture.height) or ()}
    names = ("night", "on-night", "on-night-soft", "spine", "night-track")
    assert seen >= {ImageColor.getrgb(theme.settings.colors[name][LIGHT]) for name in names}


def test_the_words_on_a_shared_picture_stand_clear_of_an_index_of_100(
    theme: Theme, document: Document
) -> None:
    head = replace(document.head, index=replace(document.head.index, value="100"))
    picture = Image.open(BytesIO(share_card(head, theme))).convert("RGB").crop((120, 300, 1200, 455))
    ground = ImageColor.getrgb(theme.settings.colors["night"][LIGHT])
    drawn = ImageChops.difference(picture, Image.new("RGB", picture.size, ground)).convert("L")
    columns = "".join(
        "#" if drawn.crop((x, 0, x + 1, drawn.height)).getbbox() else " " for x in range(drawn.width)
    )
    assert len(re.findall("#(?= {40,}#)", columns)) == 1
