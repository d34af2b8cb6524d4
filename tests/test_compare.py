"""Why one index differs from another: `bokslut jämför`, and on the report's own page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import Tag

from tests.pages.test_archive import SECOND, THIRD, write_years
from tests.support import (
    CENTRE,
    CONTENT,
    EXAMPLES,
    LOCAL,
    PLATFORMS,
    YEAR,
    copy_of,
    edit,
    leave_only,
    only_problem_in,
    only_year,
    page_of,
    plain,
    soup,
    table_rows,
    text_of,
    warnings_in,
)
from tests.test_cli import run

pytestmark = pytest.mark.usefixtures("known_content")
OTHERS = EXAMPLES / "annan-organisation"
UMEA = "helårsekvivalenter;Umeå;2021;2020;"
ITEM = "1.4.1 Helårsekvivalenter jämfört med året före, Umeå"
EXPLAINED = [
    ITEM,
    "Nära målet, 0 av 10 → Målet uppnått, 10 av 10",
    "Poäng +10, index +5,65",
    "Summa: poäng +10, index +5,65",
]


def compare(*arguments: object, content: Path = CONTENT) -> list[str]:
    """The lines that are told, with ordinary spaces."""
    result = run("jämför", *arguments, "--innehåll", content)
    assert result.exit_code == 0, result.output
    return [plain(line) for line in result.output.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def rising(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of 2021 where the equivalents of Umeå have risen by 0.1 instead of falling by 0.3."""
    content = only_year(tmp_path_factory.mktemp("rising") / "utkast")
    edit(content / YEAR / "utfall/varden.csv", f"{UMEA}-0,3", f"{UMEA}0,1")
    return content


@pytest.fixture
def changed(rising: Path, tmp_path: Path) -> Path:
    """A copy of it, to change further."""
    return copy_of(rising, tmp_path / "utkast")


# Where the two reports are


def test_one_municipality_explains_the_whole_difference(rising: Path) -> None:
    assert compare(rising, CONTENT) == [
        "Index gick från 64 till 70. En indikator har andra poäng och förklarar hela skillnaden.",
        f"Socialt bokslut 2021 ({rising}): 64 (114 av 177)",
        f"Socialt bokslut 2021 ({CONTENT}): 70 (124 av 177)",
        *EXPLAINED,
    ]


def test_two_folders_of_reports_can_be_compared(rising: Path) -> None:
    assert compare(rising / YEAR, CONTENT / YEAR)[3:] == EXPLAINED


def test_the_other_way_round_the_signs_are_changed(rising: Path) -> None:
    lines = compare(CONTENT, rising)
    assert lines[0].startswith("Index gick från 70 till 64.")
    assert lines[-1] == "Summa: poäng −10, index −5,65"


def test_two_reports_of_one_content_are_named_by_their_folders(changed: Path) -> None:
    beside = copy_of(changed / YEAR, changed / "2021-beslutad")
    edit(beside / "utfall/varden.csv", f"{UMEA}0,1", f"{UMEA}-0,3")
    lines = compare(YEAR, "2021-beslutad", content=changed)
    assert lines[1:3] == [
        f"Socialt bokslut 2021 ({YEAR}): 64 (114 av 177)",
        "Socialt bokslut 2021 (2021-beslutad): 70 (124 av 177)",
    ]


def test_reports_with_titles_of_their_own_are_called_by_them() -> None:
    lines = compare("2017-bruket", CENTRE, content=OTHERS)
    assert lines[1:3] == ["Socialt bokslut 2017: –", "Socialt bokslut 2023: 100 (12 av 12)"]


def test_nothing_is_told_to_be_nothing() -> None:
    lines = compare(CENTRE, CENTRE, content=OTHERS)
    assert lines[0] == "Index är 100 i båda. Ingen indikator har fått andra poäng."
    assert lines[-1] == "Summa: poäng 0, index 0,00"


# Other names


def test_an_indicator_with_another_id_is_the_one_that_it_says_it_was(tmp_path: Path) -> None:
    """In the third year 1.1.1 is called 1.1.9, whatever the order in which the two are named."""
    write_years(tmp_path / "content")
    name = "1.1.9 Avslutade av inskrivna"
    there, back = (
        compare(*years, content=tmp_path / "content") for years in ((SECOND, THIRD), (THIRD, SECOND))
    )
    assert [line for line in there if line.startswith("1.1.")] == [f"{name} (hade numret 1.1.1)"]
    assert "Målet uppnått, 6 av 6 → Målet ej uppnått, 0 av 6" in there
    assert [line for line in back if line.startswith("1.1.")] == [name.replace("1.1.9", "1.1.1")]
    assert "Målet ej uppnått, 0 av 6 → Målet uppnått, 6 av 6" in back


def test_what_no_earlier_report_has_is_told_where_it_is_said_to_be_followed(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write_years(content)
    edit(content / THIRD / "budget.yaml", "motsvarar: 1.1.1", "motsvarar: 1.1.2")
    (told,) = [each for each in warnings_in(content) if "motsvarar" in each.found]
    assert told.found == "inget tidigare bokslut här har ”1.1.2”, som ”1.1.9” motsvarar"
    assert (told.place.file.endswith(f"{THIRD}/budget.yaml"), "1.1.1" in told.remedy) == (True, True)


def test_an_id_may_be_that_of_a_year_that_is_not_here(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write_years(content)
    edit(content / THIRD / "budget.yaml", "motsvarar: 1.1.1", "motsvarar: 1.1.2")
    edit(content / "webbplats.yaml", SECOND, THIRD)
    shutil.rmtree(content / SECOND)
    assert not [each for each in warnings_in(content) if "motsvarar" in each.found]


def measured_of_those_who_ended(content: Path, target: str) -> Path:
    """Where 1.2.2 is the share of all who ended."""
    before = "täljare: arbete\n            nämnare: positiv_losning\n            krav: minst 35 %"
    now = f"täljare: arbete\n            nämnare: avslut\n            krav: {target}"
    edit(content / YEAR / "budget.yaml", before, now)
    return content


def test_outcomes_that_are_not_measured_alike_are_told_to_be(changed: Path) -> None:
    earlier = measured_of_those_who_ended(changed, "minst 35 %")
    edit(earlier / YEAR / "bokslut.yaml", "år: 2021", "år: 2020")
    name = "1.2.2 Positiva lösningar som är arbete (mäts inte på samma sätt)"
    told = f"{name}: 24 %, målet ej uppnått → 31 %, nära målet"
    back = f"{name}: 31 %, nära målet → 24 %, målet ej uppnått"
    assert told in compare(earlier, CONTENT)
    assert back in compare(CONTENT, earlier)


def test_what_another_way_to_measure_did_to_the_index_is_told_by_itself(changed: Path) -> None:
    summary, *lines = compare(measured_of_those_who_ended(changed, "minst 20 %"), CONTENT)
    assert "Av skillnaden beror +5,65 på utfall och −5,65 på ändrade sätt att mäta." in summary
    assert "1.2.2 Positiva lösningar som är arbete (mäts inte på samma sätt)" in lines


# Units


@pytest.mark.parametrize("name", ["Vännäs", "vannas"])
def test_a_unit_can_be_compared(changed: Path, name: str) -> None:
    edit(changed / YEAR / "utfall/deltagare.csv", "Vännäs;arbete;5;5", "Vännäs;arbete;4;4")
    edit(changed / YEAR / "utfall/deltagare.csv", "Vännäs;extratjanst;3;3", "Vännäs;extratjanst;4;4")
    lines = compare(changed, CONTENT, "--enhet", name)
    assert lines[0].startswith("Index gick från 73 till 79. En indikator")
    assert lines[3] == "1.2.2 Positiva lösningar som är arbete"


def test_an_area_that_is_taken_over_is_called_an_area(changed: Path) -> None:
    edit(changed / YEAR / "utfall/redovisat.csv", "Vännäs;2;37", "Vännäs;2;36")
    lines = compare(changed, CONTENT, "--enhet", "Vännäs")
    assert "Ett område har andra poäng och förklarar hela skillnaden." in lines[0]
    assert lines[3:5] == ["Område 2 Jämlik samverkan", "Når indexmålet, 36 av 44 → Når indexmålet, 37 av 44"]


def test_the_association_can_be_named_by_its_short_name(rising: Path) -> None:
    assert compare(rising, CONTENT, "--enhet", "Förbundet")[3:] == EXPLAINED


# Sums


def points_and_index(lines: list[str]) -> list[tuple[int, int, int]]:
    """Earned, possible and hundredths of index of each line that tells them."""
    pattern = r"(?:Poäng|Summa: poäng) ([+−]?\d+)(?: \(möjliga ([+−]\d+)\))?, index ([+−]?\d+,\d\d)"
    matches = [re.fullmatch(pattern, line) for line in lines]
    return [
        (number(match[1]), number(match[2] or "0"), number(match[3].replace(",", "")))
        for match in matches
        if match
    ]


def number(written: str) -> int:
    return int(written.replace("−", "-"))


def test_the_points_add_up_as_they_are_printed(changed: Path) -> None:
    edit(changed / YEAR / "budget.yaml", "            vikt: 8\n", "            vikt: 3\n")
    edit(changed / YEAR / "budget.yaml", "krav: minst 35 %", "krav: minst 30 %")
    *items, total = points_and_index(compare(changed, CONTENT))
    assert len(items) == 3
    assert [sum(item[part] for item in items) for part in (0, 1)] == list(total[:2])
    assert abs(sum(item[2] for item in items) - total[2]) <= len(items)


def test_different_budgets_are_compared_by_what_each_of_them_has() -> None:
    lines = compare(YEAR, OTHERS / CENTRE)
    *items, total = points_and_index(lines)
    assert (sum(earned for earned, *_ in items), sum(possible for _, possible, _ in items)) == total[:2]
    assert total == (12 - 124, 12 - 177, 2994)
    assert abs(sum(index for *_, index in items) - total[2]) <= len(items)
    assert "Nära målet, 0 av 10 → finns inte" in lines


def test_an_outcome_that_moves_without_points_is_told_last(changed: Path) -> None:
    edit(changed / YEAR / "utfall/varden.csv", f"{UMEA}0,1", f"{UMEA}-0,5")
    assert compare(changed, CONTENT)[-2:] == [
        "Andra utfall utan att poängen ändrades:",
        f"{ITEM}: −0,5 procentenheter, målet uppnått → −0,3 procentenheter, målet uppnått",
    ]


def test_two_reports_without_an_index_are_compared_by_their_outcomes(tmp_path: Path) -> None:
    content = only_year(tmp_path / "utkast", LOCAL)
    assert compare(content, CONTENT / LOCAL)[0] == "Boksluten har inget index, och alla utfall är desamma."
    edit(content / LOCAL / "utfall/varden.csv", ";13,3;", ";8,8;")
    lines = compare(content, CONTENT / LOCAL)
    assert lines[0] == "Boksluten har inget index. Det som skiljer dem är utfallen."
    assert lines[-2:] == [
        "Andra utfall:",
        "2.4a Sjukdagar per försäkrad i kommunen: 8,8 dagar, målet uppnått → 13,3 dagar, ingen signal",
    ]
    assert not any(word in line for line in lines[1:] for word in ("poäng", "index", "–"))


def test_a_report_without_an_index_explains_none() -> None:
    lines = compare("2017-bruket", CENTRE, content=OTHERS)
    assert lines[0] == "Index går inte att jämföra: minst ett av bokslutens index saknas."
    assert "Summa: poäng +12 (möjliga +12), index –" in lines


# What is unknown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([CENTRE, "2023-arbete"], "”2023-arbete” är varken en mapp med innehåll eller en rapport i"),
        (
            [CENTRE, CENTRE, "--enhet", "Värkstan"],
            "Enheten ”Värkstan” finns inte i Socialt bokslut 2023. Menade du ”Verkstan”?",
        ),
        ([CENTRE, CENTRE, "--enhet", "!"], "Enheten ”!” finns inte i Socialt bokslut 2023."),
        ([CENTRE], "Socialt bokslut 2023 är inte fastställt. Ange två bokslut att jämföra."),
    ],
)
def test_what_is_unknown_is_told_and_ends_with_an_error(arguments: list[str], told: str) -> None:
    result = run("jämför", *arguments, "--innehåll", OTHERS)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert told in result.output
    assert "Traceback" not in result.output


def test_content_with_errors_is_told_with_them(changed: Path) -> None:
    edit(changed / YEAR / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    result = run("jämför", changed, CONTENT)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "”åtta” är inte ett heltal" in result.output


# On the report's own page


def compared_with(content: Path, report: str) -> None:
    edit(
        content / YEAR / "bokslut.yaml", "röjandekontroll: av", f"röjandekontroll: av\njämförs_med: {report}"
    )


@pytest.fixture(scope="module")
def index_page(tmp_path_factory: pytest.TempPathFactory) -> Tag:
    """The page of the index of three platforms, compared with a copy called 2020 where Umeå has risen."""
    content = copy_of(PLATFORMS, tmp_path_factory.mktemp("compared") / "content")
    leave_only(content / YEAR, "index")
    copy_of(content / YEAR, content / "2020-umearegionen")
    edit(content / "2020-umearegionen/utfall/varden.csv", f"{UMEA}-0,3", f"{UMEA}0,1")
    edit(
        content / "2020-umearegionen/bokslut.yaml",
        "titel: Socialt bokslut 2021",
        "titel: Socialt bokslut 2020",
    )
    compared_with(content, "2020-umearegionen")
    main = page_of(content, f"{YEAR}/impactindex.html").main
    assert main is not None
    return main


def test_the_page_tells_what_explains_the_difference(index_page: Tag) -> None:
    heading = next(tag for tag in index_page.find_all("h2") if "Jämfört med" in text_of(tag))
    assert text_of(heading) == "Jämfört med Socialt bokslut 2020"
    summary = heading.find_next("p")
    assert summary is not None
    assert text_of(summary) == (
        "Index gick från 64 till 70. En indikator har andra poäng och förklarar hela skillnaden."
    )


def test_the_page_has_the_same_sums_as_the_prompt(index_page: Tag) -> None:
    (table,) = index_page.select("table.comparison")
    item, total = table_rows(table)
    assert item == {
        "Indikator": ITEM,
        "Socialt bokslut 2020": "Nära målet, 0 av 10",
        "Socialt bokslut 2021": "Målet uppnått, 10 av 10",
        "Poäng": "+10",
        "Index": "+5,65",
    }
    assert list(total.values()) == ["Summa", "64 (114 av 177)", "70 (124 av 177)", "+10", "+5,65"]


def test_a_report_that_names_no_other_is_compared_with_none(web_site: Path) -> None:
    assert "Jämfört med Socialt" not in text_of(soup(web_site / YEAR / "impactindex.html"))


@pytest.mark.parametrize("named", ["2020-umea", YEAR])
def test_a_report_that_is_not_there_is_told_at_its_line(content: Path, named: str) -> None:
    other = copy_of(content / YEAR, content / "2020-umearegionen")
    edit(other / "bokslut.yaml", "titel: Socialt bokslut", "titel: Ett annat bokslut")
    compared_with(content, named)
    problem = only_problem_in(content)
    lines = (content / YEAR / "bokslut.yaml").read_text("utf-8").splitlines()
    assert lines[problem.place.line - 1] == f"jämförs_med: {named}"
    assert problem.found == f"det finns ingen annan rapport i mappen ”{named}” att jämföra med"
    assert "Menade du ”2020-umearegionen”?" in problem.remedy


def test_a_report_alone_cannot_be_compared(content: Path) -> None:
    compared_with(content, "2020-umearegionen")
    assert only_problem_in(content).remedy == "Ta bort raden, eller lägg till mappen."
