"""Tables with more columns than a page has room for go on below themselves, with the same names of rows."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from generator.printing.wide import divide_tables, mark_tables

AMOUNT = "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"


def divided(columns: int, cell: str = AMOUNT, head: str = "<th>Kolumn</th>") -> list[ElementTree.Element]:
    row = "".join(f'<td id="c{number}">{cell}</td>' for number in range(columns))
    root = ElementTree.fromstring(
        f"<body><table><caption><span>Belopp</span></caption><thead><tr><th>Post</th>{head * columns}</tr>"
        f'</thead><tbody><tr><th colspan="{columns + 1}">Grupp</th></tr><tr><th>Namn</th>{row}</tr></tbody>'
        "</table></body>"
    )
    divide_tables(root)
    return list(root)


@pytest.mark.parametrize(
    ("columns", "cell", "parts"),
    [
        (6, AMOUNT, [6]),
        (11, AMOUNT, [5, 6]),
        (20, AMOUNT, [6, 7, 7]),
        (20, "1", [20]),
        (4, "ord " * 90, [4]),
        (2, "1" * 90, [2]),
    ],
    ids=["few", "eleven", "twenty", "narrow", "texts", "hopeless"],
)
def test_as_few_parts_as_have_room(columns: int, cell: str, parts: list[int]) -> None:
    head = "<th>Kolumn</th>" if cell == AMOUNT else "<th>K</th>"
    assert [len(part.findall(".//td")) for part in divided(columns, cell, head)] == parts


def test_each_part_has_the_names_of_rows_and_groups() -> None:
    for part in divided(11):
        group, name = part.findall("tbody//th")
        assert (group.text, name.text) == ("Grupp", "Namn")
        assert group.get("colspan") == str(1 + len(part.findall(".//td")))


def test_each_cell_stands_once_and_only_the_first_part_has_the_names_that_links_lead_to() -> None:
    first, second = divided(11)
    assert [cell.get("id") for cell in first.iter("td")] == [f"c{number}" for number in range(5)]
    assert {cell.get("id") for cell in second.iter("td")} == {None}


def test_the_caption_says_that_it_goes_on() -> None:
    assert ["".join(part.find("caption").itertext()) for part in divided(11)] == [  # type: ignore[union-attr]
        "Belopp",
        "Belopp, fortsättning",
    ]


@pytest.mark.parametrize(
    ("columns", "rows", "bodies", "marks"),
    [(4, 9, 1, "table short"), (4, 10, 1, "table"), (4, 3, 2, "table"), (5, 9, 1, "table short crowded")],
)
def test_tables_that_are_sure_to_fit_and_those_with_many_columns_are_marked(
    columns: int, rows: int, bodies: int, marks: str
) -> None:
    head = f"<thead><tr>{'<th/>' * columns}</tr></thead>"
    body = f"<tbody>{'<tr><td/></tr>' * rows}</tbody>"
    root = ElementTree.fromstring(f'<body><table class="table">{head}{body * bodies}</table></body>')
    mark_tables(root)
    assert root[0].get("class") == marks
