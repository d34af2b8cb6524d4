"""All faults are told at once, in the order of files and lines, and never as a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import check
from generator.model.places import ContentError
from tests.support import EXAMPLES, YEAR, copy_of, edit, problems_in

OTHERS = EXAMPLES / "annan-organisation"


def test_faults_in_several_files_are_told_together(year: Path) -> None:
    edit(year / "utfall/varden.csv", "2.1.2;forbundet", "9.9.9;forbundet")
    edit(year / "utfall/grupper.csv", "styrelse;4;6", "styrelse;fyra;6")
    edit(year / "berattelse/kontakt.md", "del: kontakt", "del: kontakter")
    edit(year / "bokslut.yaml", "tema: umea", "tema: umeaa")
    files = [problem.place.file.removeprefix(f"content/{YEAR}/") for problem in problems_in(year.parent)]
    assert files == ["berattelse/kontakt.md", "bokslut.yaml", "utfall/grupper.csv", "utfall/varden.csv"]


def test_faults_in_one_file_are_told_in_the_order_of_lines(year: Path) -> None:
    edit(year / "utfall/deltagare.csv", "Vindeln;nya;5;5", "Vindeln;nya;fem;5")
    edit(year / "utfall/deltagare.csv", "Ungdomstorget;nya;26;34", "Ungdomstorget;nya;sju;åtta")
    places = [(problem.place.line, problem.place.column) for problem in problems_in(year.parent)]
    assert places == [(3, "kvinnor"), (3, "män"), (27, "kvinnor")]


def test_several_faults_in_the_budget_are_told_together(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    edit(year / "budget.yaml", "mått: intyg", "mått: intygg")
    edit(year / "budget.yaml", "idealvikt: 40 %", "idealvigt: 40 %")
    found = [problem.found for problem in problems_in(year.parent)]
    assert len(found) == 3
    assert "idealvigt" in found[0]
    assert "åtta" in found[1]
    assert "intygg" in found[2]


def test_faults_of_settings_and_texts_are_told_together(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    (year / "berattelse/kontakt.md").write_text("", "utf-8")
    assert len(problems_in(year.parent)) == 2


@pytest.mark.parametrize("missing", ["no content", "an empty folder", "a file"])
def test_a_place_that_is_no_content_is_told(tmp_path: Path, missing: str) -> None:
    content = tmp_path / "content"
    if missing == "an empty folder":
        content.mkdir()
    if missing == "a file":
        content.write_text("x", "utf-8")
    problems = problems_in(content)
    assert [problem.place.file for problem in problems] == ["content/webbplats.yaml"]


def test_a_front_page_of_no_report_is_told(content: Path) -> None:
    edit(content / "webbplats.yaml", f"framsida: {YEAR}", "framsida: 2021-umeregionen")
    (problem,) = problems_in(content)
    assert "2021-umeregionen" in problem.found
    assert f"Menade du ”{YEAR}”?" in problem.remedy


def test_what_is_told_is_swedish_prose(year: Path) -> None:
    """Without leftovers of Python or of the libraries."""
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: [8]\n")
    edit(year / "bokslut.yaml", "regler:\n", "regler: ja\nregler2:\n")
    edit(year / "budget.yaml", "krav: minst 40 %", "krav: {minst: 40 %}")
    edit(year / "budget.yaml", "täljare: positiv_losning\n", "täljare: [{a: b}]\n")
    edit(year / "budget.yaml", "gäller: enheter", "gäller: [enheter]")
    edit(year / "budget.yaml", "mått: intyg", "mått: {a: intyg}")
    edit(year / "bokslut.yaml", "publicerad: 2022-03-25", "publicerad: [2022]")
    edit(year.parent / "webbplats.yaml", "e-post: ", "e-post: [a]\n  ? [b]\n  : ")
    edit(year / "enkat.yaml", "svarsgrupper:\n", "svarsgrupper: {a: b}\nsvarsgrupper2:\n")
    told = " ".join(f"{one.found} {one.remedy}" for one in problems_in(year.parent))
    for word in ("None", "dict", "Input", "should", "valid", "type=", "__", "object", "{'", "['", "Node"):
        assert word not in told


# Whatever is done to the files, there is a report or a list of problems

FILES = sorted(
    path.relative_to(OTHERS).as_posix()
    for path in OTHERS.rglob("*")
    if path.suffix in (".yaml", ".csv", ".md")
)
FRAGMENTS = st.sampled_from(
    ["", "-", ":", "- ", "{", "}", "[", "]", "\t", "#", "&a", "*a", "!", "|", ">", "%", "@", "'", '"', ";",
     ",", "---\n", "\n", "\n\n", "  ", "0", "-1", "999999999999999999999", "1e9", "½", "null", "~", "nej",
     "\N{MINUS SIGN}", "{1.1.1}", "![](x)", "![a](../x.png)", "<b>", "\0", "\ufeff", "a\u0308", "\u2028",
     "\x85", "1.1.1"]
)  # fmt: skip


@given(
    file=st.sampled_from(FILES),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), FRAGMENTS), min_size=1, max_size=3),
)
def test_a_file_with_anything_in_it_never_stops_the_program(
    file: str, edits: list[tuple[float, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = copy_of(OTHERS, Path(folder) / "content")
        text = (content / file).read_text("utf-8")
        for where, length, fragment in edits:
            at = int(where * len(text))
            text = text[:at] + fragment + text[at + length :]
        (content / file).write_text(text, "utf-8")
        try:
            check(content)
        except ContentError as error:
            assert error.problems
            assert all(problem.found and problem.place.file for problem in error.problems)
