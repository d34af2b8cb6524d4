"""Layout in less time: the same boxes at the same places as WeasyPrint finds by itself."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.layout import block, inline

from generator.printing.layout import quick_layout

WORDS = "Andelen som gick vidare till arbete ökade under årets sista månader. "
FEW_WORDS = "Andelen i arbetsmarknadsinsatser ökade. "  # columns are tried at the height of each line
STYLE = """
  @page { size: 148mm 105mm; margin: 15mm; @footnote { margin-top: 3mm } }
  html { font: 9pt/1.4 'DejaVu Sans'; hyphens: auto }
  .columns { columns: 3; column-gap: 4mm; margin-bottom: 3mm }
  .columns > * { break-inside: avoid; margin: 0 0 2mm; padding: 1mm 0 }
  table { border-collapse: collapse; width: 100% }
  td { overflow-wrap: anywhere; border: 1px solid; padding: 2% }
  .footnote { float: footnote }
"""


def entries(*lengths: int, words: str = FEW_WORDS) -> str:
    return "".join(f"<div>{words * length}</div>" for length in lengths)


DOCUMENTS = {
    "columns": f"<div class=columns>{entries(1, 1, 2)}</div><p>{WORDS}</p>",
    "one entry in columns": f"<div class=columns>{entries(1)}</div>",
    "columns over pages": f"<div class=columns>{entries(9, 6, 7, words=WORDS)}</div><p>{WORDS}</p>",
    "an entry higher than its share": f"<div class=columns>{entries(1, 2, 1)}</div><p>{WORDS}</p>",
    "columns that may break": f"<div class=columns>Ord<p style='break-inside: auto'>{WORDS * 4}</p></div>",
    "a table": f"<table>{f'<tr><td>{WORDS}<td><b>Rad</b>: 1 234<td>Förbundet' * 6}</table>",
    "letters": "<table style='width: 1px'><tr><td>A\u030a o  c h<td>förbund <b>m</b>ed<td>rad </table>",
    "no entry": "<div class=columns></div>",
    "what a theme may do": f"<p style='display: list-item'>{WORDS}<i style='float: footnote'>{WORDS}</i></p>",
    "lists and notes": f"<ul><li>{WORDS}<li>{WORDS}</ul><p>{WORDS}<span class=footnote>{WORDS}</span></p>",
}


def boxes_of(source: HTML) -> list[tuple[Any, ...]]:
    """The kind, place, size and text of each box of each page."""
    sides = ("position_x", "position_y", "width", "height")
    return [
        (number, type(box), getattr(box, "text", ""), *(round(getattr(box, side), 3) for side in sides))
        for number, page in enumerate(source.render().pages)
        for box in page._page_box.descendants()
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_everything_stands_where_it_would(name: str) -> None:
    html = f"<html lang=sv><style>{STYLE}</style><body>{DOCUMENTS[name]}"
    expected = boxes_of(HTML(string=html))
    with quick_layout():
        assert boxes_of(HTML(string=html)) == expected


def test_columns_are_tried_a_few_times() -> None:
    tried = 0
    original = block.block_box_layout

    def counted(context: Any, box: Any, *given: Any, **named: Any) -> Any:
        nonlocal tried
        tried += box.is_column
        return original(context, box, *given, **named)

    html = f"<style>{STYLE}</style><div class=columns>{entries(1, 1, 2)}</div>"
    with pytest.MonkeyPatch.context() as patch, quick_layout():
        patch.setattr(block, "block_box_layout", counted)
        HTML(string=html).render()
    assert 0 < tried <= 20  # by itself WeasyPrint tries some hundred


def test_the_same_text_is_broken_once() -> None:
    asked: list[str] = []
    original = inline.split_first_line

    def counted(text: str, *given: Any, **named: Any) -> Any:
        asked.append(text)
        return original(text, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "split_first_line", counted)
        with quick_layout():
            HTML(string=f"<style>p {{ break-inside: avoid }}</style>{'<p>Samma text</p>' * 60}").render()
    assert asked == ["Samma text"]


def test_weasyprint_is_as_it_was_afterwards() -> None:
    before = block.columns_layout, inline.split_first_line
    with quick_layout():
        assert block.columns_layout is not before[0]
    assert (block.columns_layout, inline.split_first_line) == before
