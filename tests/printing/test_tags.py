"""The repairs of the tag tree, each beside what WeasyPrint does without it.

Where that is no fault any more, the repair is no longer needed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import nullcontext
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from generator.printing import pdf as printing
from generator.printing import write_pdf
from tests.read_aloud import heard

DAY = datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC)
ROWS = "".join(f'<tr><th scope="row">Rad {number}</th><td>{number}</td></tr>' for number in range(60))
PAGE = f"""<!doctype html><html lang="sv"><head><title>Prov</title></head><body><section>
<h1 id="mal">Prov</h1><h2 style="display: grid">Delad <b>rubrik</b></h2>
<p><a href="#mal"><b>En fet</b> länk</a>
<abbr title="bland annat">bl.a.</abbr> <span lang="en">budget</span></p>
<p>Sagt<span class="footnote" style="float: footnote">Sidan 12</span> igen.</p>
<p aria-hidden="true">Prydnad</p>
<p style="inline-size: 9em; hyphens: auto; hyphenate-character: '\\AD-'">arbetsmarknadsförvaltningen</p>
<ul><li><p>Löst</p><p>sagt</p></li></ul><dl><div><dt>Vad</dt><dd>Något</dd></div></dl>
<svg width="9" height="9"><title>En ruta</title><rect width="9" height="9"/></svg>
<svg width="9" height="9"><rect width="9" height="9"/></svg>
<table><thead><tr><th scope="col">Namn</th><th scope="col">Tal</th></tr></thead><tbody>{ROWS}</tbody></table>
</section></body></html>"""


class Tree:
    """A document by its tags, in reading order."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf, self.reader = pdf, PdfReader(BytesIO(pdf))
        root: Any = self.reader.root_object["/StructTreeRoot"]
        self.root: Any = root
        self.elements = list(elements(self.root["/K"]))

    def named(self, *tags: str) -> list[Any]:
        return [element for element in self.elements if element["/S"] in tags]

    def inside(self, tag: str) -> set[str]:
        """The tags right below those of a name."""
        return {kid["/S"] for element in self.named(tag) for kid in kids(element) if "/S" in kid}


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    found = [kid.get_object() for kid in (found if isinstance(found, list) else [found])]
    return [kid for kid in found if isinstance(kid, dict)]


def elements(found: Any) -> Iterator[Any]:
    for element in (each.get_object() for each in found):
        if isinstance(element, dict) and "/S" in element:
            yield element
            yield from elements(kids(element))


def said_of(tree: Tree, folder: Path, heading: str = "") -> list[str]:
    path = folder / "prov.pdf"
    path.write_bytes(tree.pdf)
    return heard(path, heading)


@pytest.fixture(scope="module")
def mended() -> Tree:
    return Tree(write_pdf(PAGE, {}, DAY, {}).pdf)


@pytest.fixture(scope="module")
def unmended() -> Iterator[Tree]:
    """As WeasyPrint makes it by itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "repaired_tags", nullcontext)
        patch.setattr(printing, "complete", None)
        yield Tree(write_pdf(PAGE, {}, DAY, {}).pdf)


def test_what_spans_pages_is_one_element(mended: Tree, unmended: Tree) -> None:
    assert (len(unmended.named("/Table")), len(mended.named("/Table"))) == (2, 1)
    assert len(mended.named("/Sect")) == 1


def test_heads_that_are_repeated_are_read_once(mended: Tree, unmended: Tree) -> None:
    assert (len(unmended.named("/THead")), len(mended.named("/THead"))) == (2, 1)


def test_no_row_is_lost_where_a_page_ends(mended: Tree) -> None:
    assert len(mended.named("/TR")) == 61


def headers(tree: Tree) -> set[str]:
    """The heads that cells refer to."""
    cells = (cell["/A"] for cell in tree.named("/TD"))
    return set(chain.from_iterable(attributes["/Headers"] for attributes in cells))


def test_cells_of_every_page_refer_to_heads_that_are_read(mended: Tree, unmended: Tree) -> None:
    assert headers(mended) <= {head["/ID"] for head in mended.named("/TH")}
    assert len(headers(unmended)) > len(headers(mended))


def test_heads_say_whether_they_are_of_rows_or_columns(mended: Tree, unmended: Tree) -> None:
    scopes = [head["/A"].get("/Scope") for head in mended.named("/TH")]
    assert scopes == ["/Column", "/Column", *["/Row"] * 60]
    assert not any("/Scope" in head["/A"] for head in unmended.named("/TH"))


def test_the_names_of_elements_are_listed(mended: Tree, unmended: Tree) -> None:
    names = mended.root["/IDTree"]["/Names"][::2]
    assert sorted(names) == sorted(element["/ID"] for element in mended.named("/TH", "/Note"))
    assert "/IDTree" not in unmended.root


def test_what_stands_at_the_foot_of_a_page_is_a_note(mended: Tree, unmended: Tree) -> None:
    assert (len(unmended.named("/Note")), len(mended.named("/Note"))) == (0, 1)


def links(tree: Tree) -> list[Any]:
    found = (page.get("/Annots", []) for page in tree.reader.pages)
    return [link.get_object() for link in chain.from_iterable(found)]


def test_a_link_with_bold_words_is_one_link(mended: Tree, unmended: Tree) -> None:
    assert len(mended.named("/Link")) == 1
    holders = [kid for link in mended.named("/Link") for kid in kids(link) if kid.get("/Type") == "/OBJR"]
    assert len(holders) == len(links(mended))
    holders = [kid for link in unmended.named("/Link") for kid in kids(link) if kid.get("/Type") == "/OBJR"]
    assert len(holders) < len(links(unmended))


def test_a_link_is_described_by_its_text(mended: Tree, unmended: Tree) -> None:
    assert {link["/Contents"] for link in links(mended)} == {"En fet länk"}
    assert {link["/Contents"] for link in links(unmended)} == {"mal"}


def test_items_have_bodies(mended: Tree, unmended: Tree) -> None:
    assert mended.inside("/LI") == {"/Lbl", "/LBody"}
    assert unmended.inside("/LI") > {"/Lbl", "/LBody"}


def test_lists_have_nothing_but_items(mended: Tree, unmended: Tree) -> None:
    assert mended.inside("/L") == {"/LI"}
    assert unmended.inside("/L") > {"/LI"}


def test_a_heading_in_pieces_is_one_heading(mended: Tree, unmended: Tree) -> None:
    assert (len(unmended.named("/H2")), len(mended.named("/H2"))) == (2, 1)


@pytest.mark.parametrize(("key", "said"), [("/E", "bland annat"), ("/Lang", "en")])
def test_abbreviations_are_spelled_out_and_words_of_another_language_say_which(
    mended: Tree, unmended: Tree, key: str, said: str
) -> None:
    assert [each[key] for each in mended.elements if key in each] == [said]
    assert not any(key in each for each in unmended.elements)


def test_what_is_hidden_from_listeners_is_no_part_of_the_tree(mended: Tree, unmended: Tree) -> None:
    assert len(unmended.named("/P")) - len(mended.named("/P")) == 1


def test_only_drawings_that_say_something_are_figures(mended: Tree, unmended: Tree) -> None:
    assert [each["/Alt"] for each in mended.named("/Figure")] == ["En ruta"]
    assert len(unmended.named("/Figure")) == 2


def test_a_figure_lies_where_it_says(mended: Tree, unmended: Tree) -> None:
    """PDF counts from the foot of the page."""
    height = float(mended.reader.pages[0].mediabox.height)
    foot, top = mended.named("/Figure")[0]["/A"]["/BBox"][1], unmended.named("/Figure")[0]["/A"]["/BBox"][3]
    assert float(foot) == pytest.approx(height - 0.75 * float(top))


def test_pages_are_labelled_as_they_are_numbered(mended: Tree, unmended: Tree) -> None:
    assert mended.reader.page_labels == ["Omslag", "2"]
    assert unmended.reader.page_labels == ["1", "2"]


def test_it_claims_both_standards_in_one_description(mended: Tree, unmended: Tree) -> None:
    metadata = mended.reader.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert re.search(r'pdfaid:part="3"', metadata)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert metadata.count("<rdf:RDF") == 1
    own = unmended.reader.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert "pdfuaid" not in own


def test_a_divided_word_is_heard_as_one(mended: Tree, unmended: Tree, tmp_path: Path) -> None:
    assert "arbetsmarknadsförvaltningen" in said_of(mended, tmp_path)
    assert "arbetsmarknads- förvaltningen" in said_of(unmended, tmp_path)


def test_a_document_is_heard_in_order_and_makes_sense(mended: Tree, tmp_path: Path) -> None:
    said = said_of(mended, tmp_path, "Delad rubrik")
    assert said[:3] == ["Rubrik 2: Delad rubrik", "En fet länk bl.a. budget", "Sagt 1 igen."]
    assert "Bild: En ruta" in said
    assert said[-62:-59] == ["Tabell, 61 rader", "Rad: Namn | Tal", "Rad: Rad 0 | 0"]
