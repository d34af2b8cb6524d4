"""Files may come as people's programs save them: the report is the same."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import check
from generator.model.narrative import Markdown
from generator.publishing.opendata import result
from generator.scoring import as_shown, score_report
from tests.support import PLATFORMS, YEAR, copy_of, define_table, edit, problems_in, read

TEXT_FILES = ("*.yaml", "*/*.csv", "*/*.md", "*/*/*.md")


def files_of(year: Path, *patterns: str) -> Iterator[Path]:
    found = [path for pattern in patterns for path in sorted(year.glob(pattern))]
    assert found
    return iter(found)


Results = tuple[dict[str, Any], list[Markdown]]


def results_of(content: Path) -> Results:
    """What becomes of the only report, and its texts."""
    (report,) = read(content)
    bodies = [*(text.body for text in report.texts), *(story.body for story in report.stories)]
    return result(as_shown(score_report(report))), bodies + [one.body for one in report.analyses]


@pytest.fixture(scope="session")
def results_2021(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Those of the files as they are."""
    return results_of(copy_of(PLATFORMS, tmp_path_factory.mktemp("sound") / "content"))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
    ],
    ids=["UTF-8 with BOM", "UTF-16", "UTF-16 the other way", "CRLF", "CR", "decomposed letters"],
)
def test_every_file_may_be_saved_in_another_way(
    year: Path, results_2021: Results, encode: Callable[[str], bytes]
) -> None:
    for path in files_of(year, *TEXT_FILES):
        path.write_bytes(encode(path.read_text("utf-8-sig")))
    assert results_of(year.parent) == results_2021


def test_tables_may_be_saved_by_old_windows_programs(year: Path, results_2021: Results) -> None:
    for path in files_of(year, "utfall/*.csv"):
        path.write_bytes(path.read_text("utf-8-sig").encode("cp1252"))
    assert results_of(year.parent) == results_2021


@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["plain", "quoted"])
def test_cells_may_be_divided_in_another_way(
    year: Path, results_2021: Results, delimiter: str, quoting: Any
) -> None:
    for path in files_of(year, "utfall/*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter, quoting=quoting).writerows(rows)
    assert results_of(year.parent) == results_2021


def test_headings_are_compared_as_names(year: Path, results_2021: Results) -> None:
    for path in files_of(year, "utfall/*.csv"):
        head, rest = path.read_text("utf-8-sig").split("\n", 1)
        decomposed = unicodedata.normalize("NFD", head.upper().replace(" ", "_"))
        path.write_text(f"{decomposed}\n{rest}", "utf-8")
    assert results_of(year.parent) == results_2021


def test_empty_rows_and_columns_at_the_end_are_passed_over(year: Path, results_2021: Results) -> None:
    for path in files_of(year, "utfall/*.csv"):
        lines = [f"{line};;" for line in path.read_text("utf-8-sig").splitlines()]
        path.write_text("\n".join([*lines, ";;;;", "", ""]), "utf-8")
    assert results_of(year.parent) == results_2021


@pytest.mark.parametrize("written", ["-0,3", "-0.3", "\N{MINUS SIGN}0,3", " -0,3 ", "-0,30"])
def test_a_number_may_be_written_in_several_ways(year: Path, results_2021: Results, written: str) -> None:
    edit(year / "utfall/varden.csv", "Umeå;2021;2020;-0,3;", f"Umeå;2021;2020;{written};")
    assert results_of(year.parent) == results_2021


@pytest.mark.parametrize(
    "written",
    ["1 210", "1\N{NO-BREAK SPACE}210", "1\N{NARROW NO-BREAK SPACE}210", "1\N{THIN SPACE}210"],
)
def test_a_large_number_may_have_spaces(year: Path, written: str) -> None:
    table = year / "utfall/deltagare.csv"
    edit(table, "Ungdomstorget;deltagare;121;", f"Ungdomstorget;deltagare;{written};")
    edit(table, "Ungdomstorget;kvar;78;", "Ungdomstorget;kvar;1167;")
    (one,) = check(year.parent).reports
    people = one.tables.participants["ungdomstorget", "deltagare"]
    assert (people.women, people.total) == (1210, 1337)


@pytest.mark.parametrize(
    ("written", "number"), [("1.234.567", 1234567), ("12.345.678", 12345678), ("1 234 567", 1234567)]
)
def test_points_may_part_thousands_where_there_are_several(year: Path, written: str, number: int) -> None:
    edit(year / "utfall/grupper.csv", "styrelse;4;6", f"styrelse;{written};6")
    (report,) = read(year.parent)
    assert report.outcomes.groups["forbundet", "styrelse"].women == number


def test_a_table_is_found_however_the_letters_of_its_name_are_stored(year: Path) -> None:
    define_table(year, "  - id: kon\n    titel: T\n    måttenhet: kr\n")
    name = unicodedata.normalize("NFD", "köñ.csv")
    (year / "tabeller" / name).write_text("post;2021\nA;1\n", "utf-8")
    told = [one for one in problems_in(year.parent) if one.place.file.startswith(f"content/{YEAR}/tabeller")]
    assert [(one.place.file, one.remedy[:20]) for one in told] == [
        (f"content/{YEAR}/tabeller/köñ.csv", "Menade du ”kon.csv”?")
    ]


def test_units_rows_and_questions_may_be_named_as_readers_see_them(year: Path, results_2021: Results) -> None:
    edit(year / "utfall/deltagare.csv", "Vindeln;positiv_losning;", "vindeln;Avslut till positiv lösning;")
    edit(
        year / "utfall/enkat.csv",
        "styrgrupp;strategi;alla;Ja;17",
        "Styrgrupperna;Finns det en strategi för uppföljning?;ALLA;ja;17",
    )
    assert results_of(year.parent) == results_2021


def test_a_total_that_agrees_is_welcome(year: Path, results_2021: Results) -> None:
    table = "grupp;kvinnor;män;ej angivet;totalt\nstyrgrupp;11;9;;20\nstyrelse;4;6;0;10\n"
    (year / "utfall/grupper.csv").write_text(table, "utf-8")
    assert results_of(year.parent) == results_2021


def test_a_table_that_is_not_there_leaves_its_indicators_unmeasured(year: Path) -> None:
    (year / "utfall/intyg.csv").unlink()
    (scored,) = check(year.parent).reports
    (result_,) = [one for one in scored.association.results if one.indicator.id == "4.3.1"]
    assert result_.outcome.reason == "inget omdöme lämnat"


def test_hidden_and_temporary_files_are_passed_over(year: Path) -> None:
    for name in (".kontakt.md", "~kontakt.md", "_utkast.md"):
        (year / "berattelse" / name).write_text("inte färdig", "utf-8")
    assert not problems_in(year.parent)


def test_a_folder_without_a_report_is_passed_over(content: Path) -> None:
    (content / "arkiv").mkdir()
    (content / "arkiv/läs mig.txt").write_text("gammalt", "utf-8")
    assert not problems_in(content)


def test_ids_keep_their_zeros_and_words_their_letters(year: Path) -> None:
    """YAML would read 1.10 as 1.1, ”nej” as false in other dialects, and 010 as eight."""
    edit(year / "budget.yaml", "- id: 1.4\n", "- id: 1.40\n")
    edit(year / "berattelse/kontakt.md", "titel: Hör av dig till oss", "titel: nej")
    (scored,) = check(year.parent).reports
    assert [goal.id for goal in scored.report.budget.areas[0].goals] == ["1.1", "1.2", "1.40"]
    assert "nej" in [text.head.title for text in scored.report.texts]


def test_a_report_is_called_by_its_folder(content: Path) -> None:
    (content / YEAR).rename(content / "tjugoett")
    edit(content / "webbplats.yaml", f"framsida: {YEAR}", "framsida: tjugoett")
    assert check(content).reports[0].report.id == "tjugoett"
