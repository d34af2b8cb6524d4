"""Signs that cannot be seen, or look like others, are named with their row."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.model.places import Problem
from generator.reading.yaml_files import parse_mapping
from tests.reading.small import small_report
from tests.support import only_problem_in

PLAIN = "titel: Prov\når: 2021\nenheter:\n  - id: a\n    namn: A\n"


def told(text: str) -> Problem:
    problems: list[Problem] = []
    parse_mapping(text, "x.yaml", problems)
    (problem,) = problems
    return problem


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u2009", "\u200b", "\u2060"])
@pytest.mark.parametrize(("old", "line"), [("titel: ", 1), ("år: ", 2), ("  - id", 4), ("    namn", 5)])
def test_a_space_that_is_none_is_named(space: str, old: str, line: int) -> None:
    hard = old.replace("- ", f"-{space}") if "- " in old else old.replace(" ", space)
    problem = told(PLAIN.replace(old, hard))
    assert (problem.place.line, "hårt blanksteg" in problem.found) == (line, True)


@pytest.mark.parametrize(
    "value",
    [
        "“Fler går vidare: alltid”",
        "”a: b”",
        "„a: b”",
        "\u2018a: b\u2019",
        "\u2039a: b\u203a",
        "\u00b4a: b\u00b4",
    ],
)
def test_curly_quotes_are_named(value: str) -> None:
    problem = told(PLAIN.replace("Prov", value))
    assert (problem.place.line, "krulliga citattecken" in problem.found) == (1, True)
    assert problem.remedy.startswith("Byt “ och ” mot raka")


@pytest.mark.parametrize("quoted", ["“{}”", "”{}”", "«{}»", "’{}’"])
def test_curly_quotes_around_a_target_are_no_part_of_it(tmp_path: Path, quoted: str) -> None:
    target = quoted.format("minst 1")
    check(small_report(tmp_path, f"mått: berättelser, krav: {target}"))


def test_a_curly_quote_that_a_note_cuts_off_is_named() -> None:
    assert "inte avslutas" in told(PLAIN.replace("Prov", "“Mål #1 nås”")).found


@pytest.mark.parametrize("sign", ["– ", "• ", "-"])
def test_a_list_by_another_sign_is_told_at_its_first_row(sign: str) -> None:
    problem = told(f"{PLAIN}  {sign}id: b\n    namn: B\n")
    assert (problem.place.line, "bindestreck" in problem.remedy) == (6, True)


def test_a_dash_within_a_text_is_no_list() -> None:
    text = "  - id: b\n    namn: >-\n      Vi sade\n      – ja\n    kommentar: SCB: boken\n"
    assert told(PLAIN + text).place.line == PLAIN.count("\n") + 5


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_a_line_break_of_another_program_is_named(sign: str) -> None:
    problem = told(PLAIN.replace("Prov", f"Prov{sign}två"))
    assert (problem.place.line, "radbrytning ur ett annat program" in problem.found) == (1, True)


def test_what_cannot_be_seen_at_the_end_is_left_out() -> None:
    problems: list[Problem] = []
    assert (parse_mapping(PLAIN.replace("2021", "2021\u200b"), "x.yaml", problems) or {})["år"] == "2021"


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u202a", "\u2069"])
def test_what_cannot_be_seen_within_a_value_is_left_out(sign: str) -> None:
    problems: list[Problem] = []
    read = parse_mapping(PLAIN.replace("2021", f"20{sign}21"), "x.yaml", problems) or {}
    assert (read["år"], problems) == ("2021", [])


def test_a_soft_hyphen_divides_a_long_word() -> None:
    assert (parse_mapping("titel: sam\u00adordning\n", "x.yaml", []) or {})["titel"] == "sam\u00adordning"


@pytest.mark.parametrize("row", ["\u00a0år: 2021", "år\u200b: 2021"])
def test_a_key_beside_a_hard_space_is_not_missing_too(row: str) -> None:
    problems: list[Problem] = []
    read = parse_mapping(PLAIN.replace("år: 2021", row), "x.yaml", problems) or {}
    assert (read["år"], len(problems)) == ("2021", 1)


def test_a_hard_space_between_the_words_of_a_choice_is_named(tmp_path: Path) -> None:
    indicator = "mått: andel\u00a0svar, grupp: a, fråga: b, svar: [Ja], krav: minst 80 %"
    assert "hårt blanksteg" in only_problem_in(small_report(tmp_path, indicator)).found


@pytest.mark.parametrize("sign", ["\u00a0", "\u200b"])
def test_a_sign_that_cannot_be_seen_after_the_dashes_of_a_text_does_no_harm(
    tmp_path: Path, sign: str
) -> None:
    small_report(tmp_path, "mått: beskrivning, krav: minst 1, gäller: förbundet")
    (tmp_path / "r/berattelse").mkdir()
    head = f"---{sign}\ntitel: Året\ndel: året\nindikator: 1.1.1\n---{sign}\n"
    (tmp_path / "r/berattelse/aret.md").write_text(f"{head}Året var bra.\n", "utf-8")
    check(tmp_path)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("krav = 3", "en rad utan kolon"),
        ("krav: >= 3 %", "börjar med > eller |"),
        ("text: !Fler går vidare", "ett ! kan inte stå först"),
        ("text: *Fler* går vidare", "ett tecken kan inte stå först"),
        ("text: - Fler går vidare", "ett tecken kan inte stå först"),
        ('text: "Fler" går vidare', "går vidare efter citattecknet eller parentesen"),
        ('text: "Fler", säger hon', "går vidare efter citattecknet eller parentesen"),
        ("text: {deltagare} personer", "går vidare efter citattecknet eller parentesen"),
        ("text: Mål #1 nås", "det som står efter # hör inte till värdet"),
        ("  text: Fler", "indraget stämmer inte"),
        ("text: Mål: fler", "ett kolon till på samma rad"),
        ("text: {a: 30,5 %, b: 1}", "skiljer kommat nycklar åt: ”5 %”"),
    ],
)
def test_a_row_that_is_none_is_told_where_it_stands(row: str, found: str) -> None:
    problem = told(f"före: 1\n{row}\n{PLAIN}")
    assert (problem.place.line, found in problem.found) == (2, True)


def test_a_text_that_begins_with_a_quotation_is_not_why_a_row_below_it_cannot_be_read() -> None:
    problem = told(f'text: >-\n  "Fler" går vidare\nmål: fler: alltid\n{PLAIN}')
    assert (problem.place.line, "ett kolon till på samma rad" in problem.found) == (3, True)


@pytest.mark.parametrize("after", ["", 'mer: "text"\n'])
def test_an_open_quote_is_told_where_it_opens(after: str) -> None:
    assert told(PLAIN.replace("Prov", '"Prov') + after).place.line == 1


@pytest.mark.parametrize(
    "value",
    ["Mål 1 # nås", 'Frukost - "Morgon"', "“Fler går vidare”", '"a: b"', "'a: b'", '"på två\n  rader: här"'],
)
def test_what_can_be_read_is_no_fault(value: str) -> None:
    problems: list[Problem] = []
    assert parse_mapping(PLAIN.replace("Prov", value), "x.yaml", problems)
    assert not problems


def test_a_decimal_comma_within_braces_is_told() -> None:
    """YAML reads a number of 0, and a key 5 without a value."""
    assert "skiljer kommat nycklar åt: ”5”" in told("regler: {marginal: 3, orange_ger: 0,5}\n").found


def test_a_comma_in_a_text_within_braces_is_told() -> None:
    assert "”norr och söder” blir en nyckel" in told("a: {namn: Stegen, norr och söder, id: b}").found


def test_an_empty_key_without_a_value_is_no_number() -> None:
    problems: list[Problem] = []
    assert parse_mapping('"": \n' + PLAIN, "x.yaml", problems)
    assert not problems


def test_a_key_within_braces_may_be_a_number_without_a_value() -> None:
    problems: list[Problem] = []
    assert parse_mapping("kategorier: {1: , 2: , 20–24: }\n", "x.yaml", problems)
    assert not problems
