"""What offices write and paste becomes what they mean by it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from generator.texts import parsed, render


def items(source: str) -> list[str]:
    """The first line of each item of a list, with its depth."""
    page = BeautifulSoup(render(parsed(source)), "html.parser")
    depths = {item: len(item.find_parents("li")) for item in page.find_all("li")}
    return [f"{'>' * depth}{item.get_text().strip().splitlines()[0]}" for item, depth in depths.items()]


@pytest.mark.parametrize(
    "line",
    [
        "•\t{}",
        "• {}",
        "•{}",
        "-\t{}",
        "- {}",
        "\uf0b7\t{}",
        "·\t{}",
        "–\t{}",
        "1)\t{}",
        "1. {}",
        "o\t{}",
        "ü\t{}",
        "➢\t{}",
    ],
)
def test_bullets_right_after_a_line_are_a_list(line: str) -> None:
    source = "\n".join(["Det här har vi gjort:", *(line.format(word) for word in ("Ett", "Två"))])
    assert items(source) == ["Ett", "Två"]


def test_the_bullets_of_word_stand_within_each_other() -> None:
    source = "•\tEtt\no\tUnder\n▪\tDjupt\n•\tTvå\n1.\tTre\no\tUnder"
    assert items(source) == ["Ett", ">Under", ">>Djupt", "Två", "Tre", ">Under"]


@pytest.mark.parametrize("line", ["– Det var bra, sa hon.", "o.s.v. Vidare", "·", "2 • 3"])
def test_what_is_no_bullet_is_text(line: str) -> None:
    assert not items(line)


def test_a_list_begins_at_its_number() -> None:
    assert '<ol start="3">' in render(parsed("3) Tre\n4) Fyra"))


def test_lines_with_tabs_are_a_table_with_numbers_to_the_right() -> None:
    page = BeautifulSoup(
        render(parsed("Så här:\nInsats\tKvinnor\nSteg|en\t1 030\nBron\t18 %\nSlut.")), "html.parser"
    )
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tr")]
    assert rows == [["Insats", "Kvinnor"], ["Steg|en", "1 030"], ["Bron", "18 %"]]
    assert [cell.get("class") for cell in page.select("th")] == [None, ["right"]]
    assert [part.get_text() for part in page.select("p")] == ["Så här:", "Slut."]


def test_a_heading_needs_no_space() -> None:
    assert "<h3" in render(parsed("##Rubrik"))


@pytest.mark.parametrize(
    "source", ["m<sup>2</sup>", "CO<sub>2</sub>", "a<br>b", "<strong>a<sup>*b*\\*</sup> c</strong>"]
)
def test_the_tags_that_markdown_has_no_marks_for_are_kept(source: str) -> None:
    html = source.replace("*b*\\*", "<em>b</em>*")
    written = source.replace("<strong>", "**").replace("</strong>", "**")
    assert render(parsed(written)) == f"<p>{html}</p>\n"


def test_indented_lines_are_no_code() -> None:
    assert render(parsed("    Ett stycke")) == "<p>Ett stycke</p>\n"


def test_quotes_follow_the_language() -> None:
    assert render(parsed("\"a\" 'b'", is_english=True)) == "<p>“a” \u2018b’</p>\n"
