"""What would not reach readers as its author means it is told with its line."""

from __future__ import annotations

import sys

import pytest

from generator.model.narrative import Markdown
from generator.model.places import Place, Severity
from generator.texts import over_limits, plain_slips, slips


def told(source: str) -> list[tuple[int, str]]:
    return [(problem.place.line, problem.found) for problem in slips(Markdown(source, "a.md", 5))]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Det är **viktigt **.", "fet eller kursiv text"),
        ("Det är *viktigt *.", "fet eller kursiv text"),
        ("Det är __viktigt __.", "fet eller kursiv text"),
        ("Se [Umeå] (https://umea.se).", "en länk"),
        ("Se [Umeå](https://umea.se/a b).", "en länk"),
        ("Se [Umeå][1].", "en länk"),
        ("[1]: https://umea.se", "en länk"),
        ("Det är <b>viktigt</b>.", "HTML-kod"),
        ("<!-- glöm inte -->", "HTML-kod"),
        ("m<sup>2, som inte slutar", "HTML-kod"),
        ("Fem&foo;sex", "HTML-kod"),
        ("Vi nådde {1.2.1", "en hänvisning till en siffra"),
        ("Vi nådde {{1.2.1}}", "en hänvisning till en siffra"),
        ("#Rubrik", "en rubrik"),
        ("Enligt rapporten[^1].", "en fotnot"),
        ("| a | b |", "en tabell"),
        ("a\tb", "en tabell"),
        ("Före\na) Ett", "en lista"),
        ("Före\n2) Två", "en lista"),
        ("Före\n-Ett", "en lista"),
        ("- [x] gjort", "en kryssruta"),
        ("~~struket~~", "kod för ett annat program"),
        ("Det är ==viktigt== nu.", "kod för ett annat program"),
        ("[b]Viktigt[/b]", "kod för ett annat program"),
        ("Se [[Umeå]].", "kod för ett annat program"),
        ("Se Fel! Hittar inte referenskälla.", "en hänvisning som har gått sönder i Word"),
        ('Se HYPERLINK "https://umea.se" här.', "en hänvisning som har gått sönder i Word"),
        ("Vi har 45[AA1] deltagare.", "en kommentar ur Word"),
        ("Vi har 45 [Kommentar [AA1]: stäm av].", "en kommentar ur Word"),
        ("Bakgrund ........ 4", "en innehållsförteckning"),
        ("Före <![endif]-->", "HTML-kod"),
        ("Enligt rapporten[1].", "en fotnot"),
        ("År      Antal      Andel", "en tabell"),
        ("Före\n(1) Ett", "en lista"),
        ("Före\n– Ett", "en lista"),
    ],
)  # fmt: skip
def test_markup_that_is_none_is_told_where_it_stands(line: str, what: str) -> None:
    found = told(f"Först.\n\n{line}")
    assert any(f"ser ut som {what}, men visas som det står" in text for _, text in found)
    assert {number for number, _ in found} == {7 + line.count("\n")}


@pytest.mark.parametrize(("line", "is_told"), [("---", True), ("===", True), ("\n---", False)])
def test_a_paragraph_that_a_line_makes_a_heading_is_told(line: str, *, is_told: bool) -> None:
    found = "raden blir en rubrik, eftersom"
    assert [(number, found in text) for number, text in told(f"Först.\n\nText.\n{line}\n\nMer.")] == (
        [(7, True)] * is_told
    )


@pytest.mark.parametrize(
    "line",
    [
        "Det är **viktigt** och *bra*, [här](https://umea.se) och <https://umea.se>.",
        "Under {1.2.1} av 5 * 3, a_b_c, x < y, R&D och [sic] (vår kursiv).",
        "\\*\\*inte fet\\*\\* \\{klammer\\} `kod **x**` &amp; &nbsp;",
        "Namn: ____\n\n- punkt\n  1. under",
        "| A | B |\n|---|---|\n| 1 |",
        "Rad ett\n2021 var ett bra år",
        "Fältet MYHYPERLINK är inget som Word har lämnat.",
    ],
)
def test_what_is_meant_as_it_is_shown_is_not_told(line: str) -> None:
    assert told(line) == []


def test_what_is_shown_nowhere_is_told() -> None:
    source = "Text[^2].\n\n[^1]: Sidan 12.\n\n| A |\n|---|\n| 1 | 2 |\n\n[^2]: Ett.\n[^2]: Två."
    assert told(source) == [
        (11, "raden har 2 celler, men tabellen 1 kolumner: resten visas inte"),
        (7, "fotnoten [^1] visas inte: texten saknar märket, eller två fotnoter har det"),
        (14, "fotnoten [^2] visas inte: texten saknar märket, eller två fotnoter har det"),
    ]


def test_a_list_of_letters_is_no_table() -> None:
    found = dict(told("a.\tEtt\nb.\tTvå"))
    assert "ser ut som en lista" in found[6]


def test_a_word_that_is_divided_by_hand_is_told() -> None:
    assert told("Samord-\nningsförbundet") == [(6, "ett ord som är delat i slutet av raden före visas delat")]
    assert told("In-\noch utskrivning i Ådalen-\nUmeå") == []
    assert told("In-\nrespektive utflyttning") == []


def test_paragraphs_that_run_together_are_told() -> None:
    long, found = "Ett långt stycke. " * 10, "raden hamnar i samma stycke som den före"
    assert told(f"{long.strip()}\nNästa.") == [(6, found)]
    assert told(f"Bakgrund\n{long}") == [(6, found)]
    assert told(f"Se[^1].\n\n[^1]: Sidan 12.\n{long}") == [(8, found)]
    assert told(f"{long.strip()}\\\nNästa.") == []
    assert told("Kort rad,\nbruten för hand.") == []


@pytest.mark.parametrize(
    ("source", "place", "found"),
    [
        ("a\n\n" + "b" * 20_001, Place("a.md", 7), "stycket är längre än 20 kB"),
        ("a\n" * 5_001, Place("a.md"), "texten har fler än 5\N{NO-BREAK SPACE}000 rader"),
        (
            "\n".join(f"{'  ' * depth}- a" for depth in range(80)),
            Place("a.md", 20),
            "fler än 15 listor, citat eller markeringar ligger i varandra",
        ),
        (
            "> " * 5_000 + "a",
            Place("a.md", 5),
            "fler än 15 listor, citat eller markeringar ligger i varandra",
        ),
        (
            "*a " * 20 + "b" + " a*" * 20,
            Place("a.md", 5),
            "fler än 15 listor, citat eller markeringar ligger i varandra",
        ),
    ],
    ids=["long", "lines", "lists", "quotes", "marks"],
)
def test_what_is_too_large_or_deep_is_refused(source: str, place: Place, found: str) -> None:
    problem = over_limits(Markdown(source, "a.md", 5))
    assert problem and (problem.place, problem.found, problem.severity) == (place, found, Severity.ERROR)


@pytest.mark.parametrize("mark", ["[", "![", "[*", "<![CDATA[", "[^", "**a", "`", "&", "](", "> - ", "\\"])
def test_unmatched_marks_cost_no_more_than_other_text(mark: str) -> None:
    """Some took time by the square of their number. Counted are calls, not seconds of a busy machine."""
    assert calls_for(mark * 2_000) < 2.1 * calls_for(mark * 1_000)


def calls_for(source: str) -> int:
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        over_limits(Markdown(source, "a.md"))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "text", ["**fet**", "[Umeå](https://umea.se)", "<b>fet</b>", "## Rubrik", "[^1]", "{1.2.1}"]
)
def test_markup_in_what_is_shown_as_it_stands_is_told(text: str) -> None:
    (problem,) = list(plain_slips(text, Place("a.csv", 2)))[:1]
    assert problem.remedy == "Här läses ingen Markdown: skriv utan tecknen."
