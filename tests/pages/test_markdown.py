"""Markdown from many hands becomes HTML that is safe to publish."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.model.narrative import Picture
from generator.pages.markdown_html import for_print, for_web, to_html

NBSP = "\N{NO-BREAK SPACE}"
PICTURES = {"bilder/a.png": Picture("bilder/a.png", b"", 40, 30)}
ALLOWED = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr",
    "code", "sup", "sub", "table", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip


def html(source: str) -> str:
    return str(to_html(source, "text", PICTURES))


def parsed(source: str) -> BeautifulSoup:
    return BeautifulSoup(html(source), "html.parser")


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    '<p onclick="alert(1)">x</p>',
    '<img src="x" onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "[x](ftp://evil.example/x)",
    "[x](magnet:?xt=1)",
    '<iframe src="https://evil.example"></iframe>',
    "<style>body { display: none }</style>",
    '<p style="position: fixed">x</p>',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<object data="x"></object><embed src="x">',
    '<form action="https://evil.example"><input name="a"><button>x</button></form>',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0; url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<video src="https://evil.example/v.mp4"></video>',
    "![x](https://evil.example/pixel.png)",
    '<img src="https://evil.example/pixel.png" alt="">',
    "<math><mtext></table><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "`<script>`<script>alert(1)</script>",
    '<a href="&#106;avascript:alert(1)">x</a>',
]


@pytest.mark.parametrize("source", HOSTILE)
def test_what_is_hostile_does_not_come_through(source: str) -> None:
    page = parsed(f"Före.\n\n{source}\n\nEfter.")
    assert "Före." in page.get_text()
    for tag in page.find_all(True):
        assert tag.name in ALLOWED
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
        assert str(tag.get("href", "https:")).partition(":")[0] in ("http", "https", "mailto")
        assert tag.get("src", "bilder/a.png") in PICTURES


@given(st.text(alphabet="<>/=\"'()[]!#*_`\\&; \nasjcriptonehf:", max_size=60))
def test_no_markup_but_the_allowed_comes_out_of_anything(source: str) -> None:
    assert {tag.name for tag in parsed(source).find_all(True)} <= ALLOWED


def test_a_link_to_the_web_and_to_mail_is_kept() -> None:
    links = parsed("[a](https://example.org/x?y=1) [b](mailto:a@example.org)").find_all("a")
    assert [link["href"] for link in links] == ["https://example.org/x?y=1", "mailto:a@example.org"]


def test_quotes_are_swedish() -> None:
    assert parsed("""Hon sa "ja" och 'nej'.""").get_text().strip() == "Hon sa ”ja” och ’nej’."


def test_dashes_and_dots_are_typeset() -> None:
    assert parsed("Ett -- två...").get_text().strip() == "Ett – två…"


@pytest.mark.parametrize("written", ["77 %", "5 procent", "1 200 kronor", "12 personer"])
def test_a_number_and_its_unit_are_kept_together(written: str) -> None:
    assert written.replace(" ", NBSP) in parsed(f"Det blev {written} i år.").get_text()


def test_headings_stand_below_the_title_of_the_text() -> None:
    assert [tag.name for tag in parsed("## Ett\n\n### Två").find_all(True)] == ["h3", "h4"]


def test_a_heading_can_be_linked_to_under_the_texts_own_name() -> None:
    assert [tag["id"] for tag in parsed("## Å Ä Ö").find_all("h3")] == ["text-a-a-o"]


def test_two_headings_with_the_same_words_have_different_ids() -> None:
    ids = [tag["id"] for tag in parsed("## Ett\n\n## Ett").find_all("h3")]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("path", ["bilder/min%20bild.png", "bilder\\min%20bild.png", "<bilder/min bild.png>"])
def test_a_picture_is_found_however_its_path_is_written(path: str) -> None:
    pictures = {"bilder/min bild.png": Picture("bilder/min bild.png", b"", 40, 30)}
    body = to_html(f"![En bild]({path})", "text", pictures)
    assert str(for_web(body, pictures, "../a/")) == (
        '<p><img src="../a/bilder/min%20bild.png" width="40" height="30" alt="En bild"></p>\n'
    )


def test_a_large_picture_is_given_in_the_widths_of_screens() -> None:
    pictures = {"bilder/a.jpg": Picture("bilder/a.jpg", b"", 4000, 3000)}
    body = for_web(to_html("![En bild](bilder/a.jpg)", "text", pictures), pictures, "")
    (picture,) = BeautifulSoup(body, "html.parser").find_all("img")
    assert picture["srcset"] == "bilder/a-480.jpg 480w, bilder/a-960.jpg 960w, bilder/a.jpg 1600w"
    assert (picture["src"], picture["width"], picture["height"]) == ("bilder/a.jpg", "1600", "1200")


def test_a_table_names_its_columns_and_aligns_them() -> None:
    first, second = parsed("| A | B |\n|---|---:|\n| 1 | 2 |").find_all("th")
    assert (first["scope"], first.get("class"), second["class"]) == ("col", None, ["right"])


NOTES = "Ett[^a] och två[^b], igen[^a].\n\n[^b]: Sidan 2.\n[^a]: Sidan **1**."


def test_a_note_is_led_to_and_back_from() -> None:
    page = parsed(NOTES)
    marks, backs = page.select("a[role=doc-noteref]"), page.select("a[role=doc-backlink]")
    assert [mark.get_text() for mark in marks] == ["1", "2", "1"]
    assert [item.get_text()[:8] for item in page.select("ol.notes > li")] == ["Sidan 1.", "Sidan 2."]
    for mark, back in zip(marks, backs, strict=False):
        assert page.select_one(f"li{mark['href']} > a") is back
        assert page.select_one(str(back["href"])) is mark


def test_on_paper_a_note_stands_where_it_is_named() -> None:
    body = for_print(to_html("Ett[^a].\n\n[^a]: Sidan **1**.", "text", {}), "")
    assert str(body).strip() == '<p>Ett<span class="footnote">Sidan <strong>1</strong>.</span>.</p>'


LINK = "Läs [rapporten](bilagor/min%20rapport.pdf)."


def test_a_link_to_a_file_leads_into_the_report_on_the_web_and_to_the_web_on_paper() -> None:
    body = to_html(LINK, "text", {})
    assert '<a href="../r/bilagor/min%20rapport.pdf">rapporten</a>' in for_web(body, {}, "../r/")
    address = "https://example.org/r/"
    assert f'<a href="{address}bilagor/min%20rapport.pdf">rapporten</a>' in for_print(body, address)


def test_a_link_to_a_file_is_words_on_paper_where_the_address_is_not_known() -> None:
    assert for_print(to_html(LINK, "text", {}), "").strip() == "<p>Läs rapporten.</p>"


@pytest.mark.parametrize(
    "path", ["bilagor/../utfall/a.pdf", "utfall/a.pdf", "bilagor/a.xlsx", "bilagor/b/a.pdf"]
)
def test_a_link_to_another_file_leads_nowhere(path: str) -> None:
    assert "href" not in html(f"[x]({path})")
