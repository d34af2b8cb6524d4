"""Hints: what could read better, which never stops anything."""

from __future__ import annotations

import pytest

from generator.model.narrative import Markdown
from generator.texts import hints
from tests.support import CONTENT

LONG = " ".join(["ord"] * 50)


@pytest.mark.parametrize(
    ("source", "line", "found"),
    [
        ("Först.\n\nTODO: mer", 3, "”TODO” ser ut som en anteckning"),
        ("## Ett\n\n#### Tre", 3, "rubriken hoppar över en nivå"),
        ("Läs [här](https://a.example/).", 1, "länken ”här” säger inte vart den leder"),
        ("Kort.\n\n**Samverkan**\n\nKort.", 3, "”Samverkan” ser ut som en rubrik, men är fet text"),
        ("__Samverkan__\n\nKort.", 1, "”Samverkan” ser ut som en rubrik, men är fet text"),
        (f"Kort.\n\n{LONG}.", 3, "meningen ”ord ord ord ord …” har 50 ord"),
        ("Verksamhetsutvecklingen organiserades. " * 60, 1, "texten är svår att läsa: LIX 102"),
    ],
)
def test_what_could_read_better_is_told(source: str, line: int, found: str) -> None:
    assert [(hint.place.line, hint.found) for hint in hints(Markdown(source, "a.md"))] == [(line, found)]


def test_a_level_is_named_as_it_is_written_and_as_it_is_chosen() -> None:
    (hint,) = hints(Markdown("### Två", "a.md"))
    assert hint.remedy == "Skriv ## i stället för ###. I Word: välj Rubrik 1."


@pytest.mark.parametrize(
    "source",
    [
        "## Ett\n\n### Två",
        "[Umeå kommun](https://a.example/)",
        "Vad då? {1.1.1}",
        "**Hur gick det?**\n\nBra.",
        "- **Ett**\n\nKort.",
        "Kort.\n\n**Anna Andersson**\n",
    ],
)
def test_what_reads_well_is_not(source: str) -> None:
    assert list(hints(Markdown(source, "a.md"))) == []


def test_the_texts_of_the_project_need_no_hints() -> None:
    texts = list(CONTENT.rglob("*.md"))
    bodies = (Markdown(path.read_text("utf-8").split("\n---\n")[-1], path.name) for path in texts)
    assert texts and [hint for body in bodies for hint in hints(body)] == []
