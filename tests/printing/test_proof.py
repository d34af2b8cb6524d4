"""The proof of a PDF: what is missing, has no room or stands out of order is told, with page and place."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.build import build
from generator.fingerprints import PRESS_PDF
from generator.printing import write_pdf
from tests.support import CENTRE, append, define_table, edit, only_centre, write_contents

DAY = datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC)
PAGE = """<!doctype html><html lang="sv"><head><title>Prov</title><style>@page {{ size: A5 }}</style></head>
<body><h1>Första</h1><p>Text</p><h2 style="break-before: page">Andra</h2>{}</body></html>"""
LONG = "arbetsmarknadsrehabiliteringskoordineringsuppföljningsmötets"
PICTURE = BytesIO()
Image.new("RGB", (1200, 10)).save(PICTURE, "PNG")
OUTSIDE = "går utanför sin spalt eller sida."


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Text</p>", ()),
        (
            f'<table style="table-layout: fixed; width: 100%"><tr><td>{LONG}<td>1</table>',
            (f"s. 2, under ”Andra”: ”{LONG[:50]}” {OUTSIDE}",),
        ),
        ('<img src="bred.png" alt="Bred">', (f"s. 2, under ”Andra”: ”Bred” {OUTSIDE}",)),
        ('<p style="display: none">Borta</p>', ("s. 2, under ”Andra”: ”Borta” saknas därefter.",)),
        (
            "<table><tr><td>Rad</td></tr><thead><tr><th>Huvud</th></tr></thead></table>",
            ("s. 2, under ”Andra”: ”Huvud” står före ”Rad”.",),
        ),
        ('<p class="cell-label" style="display: none">För smala skärmar</p>', ()),
        (f'<p style="width: 9em; hyphens: auto">{LONG}</p>' * 9, ()),
        ('<p>Ett<span class="footnote" style="float: footnote">En <b>not</b></span>, två.</p><p>Tre</p>', ()),
        (
            '<p>Ett<span class="footnote" style="display: none">En not</span></p>',
            ("”En not” saknas.",),
        ),
    ],
    ids=["sound", "word", "picture", "missing", "order", "screen", "hyphens", "note", "missing note"],
)
def test_what_is_wrong_is_told_with_page_and_place(html: str, told: tuple[str, ...]) -> None:
    assert write_pdf(PAGE.format(html), {"bred.png": PICTURE.getvalue()}, DAY, {}).faults == told


def test_contents_out_of_the_ordinary_have_room(tmp_path: Path) -> None:
    """Long words, many columns, more rows than a page has, and a picture wider than one."""
    content = only_centre(tmp_path / "content")
    report, word = content / CENTRE, LONG.capitalize()
    write_contents(report, "- översikt", "- exempel", "- enheter", "- ekonomi")
    edit(report / "bokslut.yaml", "namn: Verkstan", f"namn: {word}")
    define_table(report, "  - id: bred\n    titel: Bred\n    måttenhet: kr\n")
    columns = [word, *(f"Kommun {number}" for number in range(10))]
    names = [word, *(f"Post {number}" for number in range(40))]
    rows = [f"{name};{';'.join(['1234567'] * len(columns))}" for name in names]
    (report / "tabeller/bred.csv").write_text("\n".join((f"post;{';'.join(columns)}", *rows)), "utf-8")
    (report / "bilder").mkdir()
    (report / "bilder/bred.png").write_bytes(PICTURE.getvalue())
    append(report / "exempel/bussen.md", f"\n![Bred](bilder/bred.png)\n\n{word}\n\n### {word}\n")
    told = build(content, tmp_path / "output", lambda _: None, pdfs=(PRESS_PDF,)).told
    assert not [line for line in told if f"{PRESS_PDF}, s. " in line]
