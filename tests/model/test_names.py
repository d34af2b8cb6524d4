"""Names are compared as people mean them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.names import answer_key, lower_first, name_key, one_of, remedy_for_unknown, suggestion


@pytest.mark.parametrize(
    "written",
    ["positiv lösning", "Positiv_losning", "positiv-lösning", " POSITIV  LÖSNING ",
     unicodedata.normalize("NFD", "positiv lösning"), "posi\u00adtiv\u200b lösning"],
)  # fmt: skip
def test_case_separators_and_dots_over_letters_do_not_matter(written: str) -> None:
    assert name_key(written) == "positiv-losning"


def test_a_key_can_stand_in_an_address() -> None:
    """Whatever a text is made of: of all the letters that there are."""
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert set(name_key(every)) == set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text("aZåÖé\u0301ß9²½Ⅷ-_ .\t\u00a0\u200bЖ字😀\0"))
def test_a_key_is_its_own_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


def test_a_misspelling_suggests_the_closest_name() -> None:
    assert suggestion("andell", ["antal", "andel", "värde"]) == "Menade du ”andel”?"


def test_what_resembles_nothing_gets_no_suggestion() -> None:
    assert suggestion("xyz", ["andel", "värde"]) == ""


def test_an_abbreviation_in_a_sentence_keeps_its_letters() -> None:
    assert [lower_first(name) for name in ("Avslut", "KBT-behandling", "A")] == [
        "avslut",
        "KBT-behandling",
        "a",
    ]


def test_a_list_reads_as_a_sentence() -> None:
    assert one_of(["a", "b", "c"]) == "”a”, ”b” eller ”c”"


def test_a_remedy_lists_what_can_be_chosen() -> None:
    remedy = remedy_for_unknown("andell", ["andel", "värde"])
    assert remedy == "Menade du ”andel”? Välj bland ”andel” eller ”värde”."


def test_a_remedy_among_too_many_names_lists_none() -> None:
    assert remedy_for_unknown("xyz", [f"namn-{n}" for n in range(100)]) == "Kontrollera stavningen."


@pytest.mark.parametrize("written", ["Stegen, Bron", "stegen;bron", "– Stegen – Bron"])
def test_several_names_in_one_are_told_as_such(written: str) -> None:
    assert remedy_for_unknown(written, ["Stegen", "Bron"]).startswith("Är det flera, skriv var")


def test_a_single_name_that_holds_several_is_told_as_such() -> None:
    assert remedy_for_unknown("ja", ["Ja, Delvis, Nej"]).startswith("”Ja, Delvis, Nej” räknas som ett enda")
    assert remedy_for_unknown("kanske", ["Ja, Delvis, Nej"]) == "Välj bland ”Ja, Delvis, Nej”."


def test_answers_that_differ_in_their_dashes_are_one() -> None:
    assert answer_key("1–2 gånger") == answer_key("1-2 gånger") != answer_key("12 gånger")
