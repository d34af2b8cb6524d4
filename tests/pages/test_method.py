"""The method page: rules, measures, coverage, what would change the index, what was compared, every sum."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.support import (
    CONTENT,
    YEAR,
    append,
    by_id,
    edit,
    leave_only,
    page_of,
    printed_number,
    problems_in,
    results_in,
    soup,
    table_rows,
    text_of,
)
from tests.test_cli import run

LOCAL, CENTRE = "2017-bruket", "2023-arbetscentrum"
RULES = "Regler som gäller för bokslutet"
MEASURES = "Hur utfallen räknas"
COVERAGE = "Antal svar för varje svarsgrupp"
TALLY = "Vad som har jämförts"
DIFFERENCES = "Det som inte stämmer på siffran"


@pytest.fixture(scope="module")
def page(web_site: Path) -> BeautifulSoup:
    """The method page of 2021."""
    return soup(web_site / YEAR / "metod.html")


@pytest.fixture(scope="module")
def local(other_web: Path) -> BeautifulSoup:
    """That of a report with two signals, without weights."""
    return soup(other_web / LOCAL / "metod.html")


@pytest.fixture(scope="module")
def centre(other_web: Path) -> BeautifulSoup:
    """That of a report with units and weights, without a survey."""
    return soup(other_web / CENTRE / "metod.html")


def table(page: Tag, caption: str) -> list[dict[str, str]]:
    """The rows of the table with a caption; none when there is no such table."""
    for found in page.find_all("table"):
        if found.caption is not None and text_of(found.caption) == caption:
            return table_rows(found)
    return []


def headings(page: Tag) -> list[str]:
    main = page.find("main")
    assert isinstance(main, Tag)
    return [text_of(tag) for tag in main.find_all("h2")]


# Rules and measures


def rules_of(page: Tag) -> dict[str, str]:
    return {row["Regel"]: row["Värde"] for row in table(page, RULES)}


def test_the_rules_in_force_are_listed(page: BeautifulSoup) -> None:
    assert rules_of(page) == {
        "Indexmål": "70",
        "Marginal för orange index": "5 procentenheter",
        "Poäng för orange": "0 %",
        "Marginal för orange": "5 procentenheter",
        "Litet underlag": "färre än 20",
        "Minsta antal svar": "1",
        "Könsfördelning i en tom grupp": "uppfyllt",
        "Avrundning": "halva uppåt",
    }


def test_rules_of_points_and_orange_stand_only_where_they_are_used(local: BeautifulSoup) -> None:
    assert rules_of(local) == {
        "Minsta antal svar": "5",
        "Könsfördelning i en tom grupp": "ej mätt",
        "Avrundning": "halva nedåt",
    }


def test_an_organisation_has_rules_of_its_own(centre: BeautifulSoup) -> None:
    assert rules_of(centre)["Indexmål"] == "60"


def test_every_measure_in_use_has_its_meaning_and_an_example(page: BeautifulSoup) -> None:
    rows = table(page, MEASURES)
    assert {row["Mått"]: row["Exempel på krav"] for row in rows} == {
        "Andel": "minst 40 %",
        "Andel svar": "minst 100 %",
        "Könsfördelning": "40–60 %",
        "Könsskillnad": "högst 20 procentenheter",
        "Förändring": "minskning",
        "Framgångsbeskrivningar": "minst 2",
        "Beskrivning": "minst 1",
        "Intyg": "uppfyllt",
    }
    assert all(row["Så räknas utfallet"].endswith(".") for row in rows)


def test_measures_that_are_not_used_are_left_out(local: BeautifulSoup) -> None:
    names = [row["Mått"] for row in table(local, MEASURES)]
    assert names == ["Andel", "Andel svar", "Könsfördelning", "Antal"]


def test_the_guide_leads_to_the_method_page_and_does_not_repeat_it(web_site: Path) -> None:
    guide = soup(web_site / YEAR / "lasanvisning.html")
    assert guide.main is not None
    assert guide.main.find("a", href="metod.html")
    assert table(guide, RULES) == table(guide, MEASURES) == []


@pytest.mark.parametrize(
    ("switch", "said"),
    [("av", "Röjandekontroll: av. Alla antal visas som de är."), ("5", "antal från 1 till 4 visas inte")],
)
def test_disclosure_control_is_told(others: Path, switch: str, said: str) -> None:
    settings = others / CENTRE / "bokslut.yaml"
    text = settings.read_text("utf-8").replace("röjandekontroll: av", f"röjandekontroll: {switch}")
    settings.write_text(text, "utf-8")
    assert said in text_of(page_of(others, f"{CENTRE}/metod.html"))


# Coverage


def test_coverage_tells_how_many_answered_each_question(page: BeautifulSoup) -> None:
    assert [(row["Svarsgrupp"], row["Räknade svar per fråga"]) for row in table(page, COVERAGE)] == [
        ("Deltagare", "42–93"),
        ("Personal", "89"),
        ("Styrgrupperna", "20"),
        ("Styrelsen och förbundscheferna", "12"),
    ]


def test_without_the_number_of_asked_there_is_no_response_rate(page: BeautifulSoup) -> None:
    assert {(row["Tillfrågade"], row["Svarsfrekvens"]) for row in table(page, COVERAGE)} == {("–", "–")}
    assert "Ett streck betyder att antalet tillfrågade inte är angivet." in text_of(page)


def test_with_the_number_of_asked_there_is_a_response_rate(others: Path) -> None:
    edit(others / LOCAL / "enkat.yaml", "namn: Deltagare\n", "namn: Deltagare\n    tillfrågade: 8\n")
    edit(others / LOCAL / "utfall/enkat.csv", "alla;Ja;3", "alla;Ja;4")
    edit(others / LOCAL / "utfall/enkat.csv", "Vill ej svara;4", "Vill ej svara;3")
    page = page_of(others, f"{LOCAL}/metod.html")
    (row,) = table(page, COVERAGE)
    assert list(row.values()) == ["Deltagare", "8", "5", "62 %"]  # halves are rounded down in this report
    assert "Ett streck betyder" not in text_of(page)


def test_a_group_without_enough_answers_has_none_to_tell(local: BeautifulSoup) -> None:
    (row,) = table(local, COVERAGE)
    assert list(row.values()) == ["Deltagare", "–", "–", "–"]


def test_a_report_without_a_survey_has_no_coverage(centre: BeautifulSoup) -> None:
    assert "Svaren i enkäten" not in headings(centre)


# What would change the index


def what_ifs_of(page: Tag) -> dict[str, str]:
    return {text_of(one.select("dt")[0]): text_of(one.select("dd")[0]) for one in page.select(".what-if")}


def test_the_questions_of_the_board_are_answered(page: BeautifulSoup) -> None:
    assert what_ifs_of(page) == {
        "Om orange gav halva vikten": "Index 80 (141 av 177 poäng).",
        "Om allt med färre än 20 svar eller personer nådde sitt krav": (
            "Index 71 (125 av 177 poäng). Det gäller 2.1.4, 2.5.8, 4.1.1, 4.1.4, 4.2.1, 4.5.1, 5.3.5."
        ),
        "Om inget med färre än 20 svar eller personer nådde sitt krav": "Index 64,97 (115 av 177 poäng).",
    }


def test_the_page_of_the_index_answers_them_too(web_site: Path, page: BeautifulSoup) -> None:
    assert what_ifs_of(soup(web_site / YEAR / "impactindex.html")) == what_ifs_of(page)


def test_what_rests_on_nothing_small_has_only_one_question(centre: BeautifulSoup) -> None:
    assert what_ifs_of(centre) == {"Om orange gav halva vikten": "Index 100 (12 av 12 poäng)."}


def test_a_report_without_weights_has_nothing_that_would_change(local: BeautifulSoup) -> None:
    assert what_ifs_of(local) == {}
    assert "Vad som skulle ändra index" not in headings(local)


# Reconciliation


def test_what_was_compared_is_counted_rule_by_rule(page: BeautifulSoup) -> None:
    tally = {
        row["Det som jämförs"]: (
            int(row["Jämförda"]), int(row["Stämmer"]), int(row["Avrundning"]), int(row["Förklarade"]),
        )
        for row in table(page, TALLY)
    }  # fmt: skip
    assert tally["Rader som tillsammans ska ge en annan rad"] == (42, 42, 0, 0)
    assert tally["Förra årets andelar av samma helhet"] == (16, 12, 4, 0)
    assert tally["Idealvikternas summa"] == (1, 1, 0, 0)
    assert tally["Tillgångar mot eget kapital och skulder"] == (2, 2, 0, 0)
    for compared, *verdicts in tally.values():
        assert compared == sum(verdicts)


def test_the_tally_is_the_one_that_is_told_at_the_prompt(page: BeautifulSoup) -> None:
    rows = table(page, TALLY)
    columns = ("Jämförda", "Stämmer", "Avrundning", "Förklarade")
    sums = [sum(int(row[column]) for row in rows) for column in columns]
    told = "Avstämning: {} jämförelser, {} stämmer, {} avrundningar, {} förklarade avvikelser.".format(*sums)
    assert told in run("granska", "--innehåll", CONTENT).output


def test_what_rounding_explains_is_listed_with_both_values(page: BeautifulSoup) -> None:
    rows = table(page, DIFFERENCES)
    assert len(rows) == 18 + 41
    assert rows[0] == {
        "Uppgift": "Vuxentorget: andelarna av avslut 2020 tillsammans",
        "Angivet": "101 %",
        "Beräknat": "100 %",
        "Förklaring": "Avrundning av talen förklarar skillnaden.",
    }


def test_a_control_total_is_told_by_the_names_of_rows_and_tables(page: BeautifulSoup) -> None:
    told = [row["Uppgift"] for row in table(page, DIFFERENCES)]
    assert "Vuxentorget: Kvinnor av avbrott av hälsoskäl" in told
    assert "Samordningsförbundet Umeåregionen: Höll budgeten? Övriga intäkter (Utfall)" in told
    assert not [text for text in told if "_" in text]


def test_a_printed_number_below_nought_has_a_minus_sign_however_it_is_typed(page: BeautifulSoup) -> None:
    printed = {row["Uppgift"]: row["Angivet"] for row in table(page, DIFFERENCES)}
    assert printed["Samordningsförbundet Umeåregionen: ”index mot målet”"] == "−6"


def test_an_explained_difference_is_listed_with_its_explanation(others: Path) -> None:
    controls = "uppgift;värde;källa;förklaring\nindex;97;Tryckt bokslut;<b>Skrivfel</b> i trycket.\n"
    (others / CENTRE / "utfall/kontrollsummor.csv").write_text(controls, "utf-8")
    assert problems_in(others) == []
    page = page_of(others, f"{CENTRE}/metod.html")
    (row,) = table(page, DIFFERENCES)
    assert (row["Angivet"], row["Beräknat"]) == ("97", "100")
    assert row["Förklaring"].startswith("<b>Skrivfel</b> i trycket. Tryckt i Tryckt bokslut.")


def test_where_all_agrees_there_is_no_list_of_differences(centre: BeautifulSoup) -> None:
    assert table(centre, TALLY)
    assert table(centre, DIFFERENCES) == []


# Every calculation


@pytest.mark.parametrize(("report", "unit"), [(LOCAL, "bruket"), (CENTRE, "centrum"), (YEAR, "forbundet")])
def test_every_indicator_has_its_calculation(web_site: Path, other_web: Path, report: str, unit: str) -> None:
    site = web_site if report == YEAR else other_web
    page = soup(site / report / "metod.html")
    for one in results_in(site, report)["indikatorer"]:
        anchor = f"berakning-{unit}-{one['id'].casefold().replace('.', '-')}"
        row = text_of(by_id(page, anchor))
        assert row.startswith(f"{printed_number(one['id'])} {one['text']}".replace('"', "”"))
        assert f"Krav: {one['krav']}." in row
        if one["namnare"]:
            assert f"{one['taljare']} / {one['namnare']} = " in row or "delar når sin nivå" in row
        if one["orsak"]:
            assert f"Inget utfall: {one['orsak']}." in row
        if one["vikt"] is not None and one["signal"]:
            assert f"{one['poang']} av {one['vikt']} poäng" in row


def test_the_points_of_an_area_are_told_above_its_calculations(page: BeautifulSoup) -> None:
    section = by_id(page, "berakning-omrade-1")
    heading, told = section.h3, section.p
    assert heading is not None
    assert told is not None
    assert (text_of(heading), text_of(told)) == (
        "1 Samhälls- och medlemsnytta",
        "Tillsammans 38 av 68 poäng.",
    )


def test_a_calculation_names_the_rows_of_its_published_tables(page: BeautifulSoup, web_site: Path) -> None:
    row = by_id(page, "berakning-forbundet-1-2-1")
    assert "Källa: indikatorer.csv , rad 3 ; deltagare.csv , rad 4, 5" in text_of(row)
    lines = {
        name: (web_site / YEAR / f"data/excel/{name}.csv").read_text("utf-8-sig").splitlines()
        for name in ("indikatorer", "deltagare")
    }
    assert lines["indikatorer"][3 - 1].startswith("forbundet;1.2.1;")
    assert lines["deltagare"][4 - 1].startswith("forbundet;avslut;")
    assert lines["deltagare"][5 - 1].startswith("forbundet;positiv-losning;")


def test_a_calculation_names_the_rows_of_what_is_followed_over_the_years(
    page: BeautifulSoup, web_site: Path
) -> None:
    row = text_of(by_id(page, "berakning-forbundet-1-4-1-umea"))
    (line,) = re.findall(r"serier.csv , rad (\d+)", row)
    table = (web_site / YEAR / "data/excel/serier.csv").read_text("utf-8-sig").splitlines()
    assert table[int(line) - 1].startswith("helarsekvivalenter;umea;2021;2020;-0,3;")


def test_the_page_names_no_file_that_readers_cannot_see(page: BeautifulSoup, web_site: Path) -> None:
    assert page.main is not None
    named = {str(link["href"]) for link in page.main.find_all("a", href=re.compile("[.](csv|yaml)$"))}
    assert named
    assert all((web_site / YEAR / address).is_file() for address in named)
    assert not re.search(r"utfall/|tabeller/|[.]yaml", text_of(page.main))


def test_a_difference_in_a_table_of_amounts_leads_to_its_row(page: BeautifulSoup, web_site: Path) -> None:
    (row,) = [row for row in page.select(".differences tbody tr") if "Summa eget kapital (" in text_of(row)]
    assert text_of(row).endswith("belopp-balansrakning.csv , rad 9")
    table = (web_site / YEAR / "data/excel/belopp-balansrakning.csv").read_text("utf-8-sig").splitlines()
    assert "Summa eget kapital" in table[9 - 1]


def test_a_report_without_weights_never_speaks_of_points(local: BeautifulSoup) -> None:
    assert local.main is not None
    assert "poäng" not in re.sub("poängen|procentenheter", "", text_of(local.main).casefold())


def test_a_text_can_stand_on_the_page(others: Path) -> None:
    folder = others / CENTRE / "berattelse"
    folder.mkdir()
    text = "---\ntitel: Så gjorde vi\ndel: metod\n---\nVi räknade {inskrivna}.\n"
    (folder / "metod.md").write_text(text, "utf-8")
    page = page_of(others, f"{CENTRE}/metod.html")
    assert "Så gjorde vi Vi räknade 52." in text_of(page)


# Comments of what did not reach its target


def commented(page: Tag, id: str) -> str:
    """In the indicator's entry, or in the row below its own."""
    place = by_id(page, f"i-{id.replace('.', '-')}")
    comment = place.find_next_sibling("tr") if place.name == "tr" else place.select_one(".comment")
    assert isinstance(comment, Tag)
    return text_of(comment)


def test_what_did_not_reach_its_target_is_commented_on_the_page_of_its_area(web_site: Path) -> None:
    results = results_in(web_site)["indikatorer"]
    missed = [one for one in results if one["signal"] in ("orange", "rod")]
    assert len(missed) == 18
    for one in missed:
        page = soup(web_site / YEAR / f"omrade-{one['omrade']}.html")
        comment = commented(page, one["id"])
        assert comment.startswith("Vad låg bakom "), one["id"]
        assert " Vad vi gör " in comment


def test_what_reached_its_target_has_no_comment(web_site: Path) -> None:
    row = by_id(soup(web_site / YEAR / "omrade-1.html"), "i-1-1-1")
    assert "has-comment" not in (row.get("class") or [])


@pytest.fixture
def comments(year: Path) -> Path:
    """The table of comments with only one row, to fill."""
    path = year / "utfall/kommentarer.csv"
    path.write_text("indikator;bakgrund;åtgärd\n", "utf-8")
    return path


def area_page(comments: Path) -> BeautifulSoup:
    year = comments.parent.parent
    leave_only(year, "områden")
    return page_of(year.parent, f"{YEAR}/omrade-1.html")


def test_figures_in_a_comment_are_filled_in(comments: Path) -> None:
    append(comments, "1.2.1;Av {avslut} blev det {1.2.1}.;Fler än {Vännäs: 1.2.1 täljare}.\n")
    assert commented(area_page(comments), "1.2.1") == (
        "Vad låg bakom Av 127 blev det 79,5 % (101 av 127). Vad vi gör Fler än 25."
    )


def test_a_comment_is_text_and_not_markup(comments: Path) -> None:
    append(comments, "1.2.1;<script>alert(1)</script> & mer;<b>Fet</b> åtgärd\n")
    page = area_page(comments)
    assert commented(page, "1.2.1") == (
        "Vad låg bakom <script>alert(1)</script> & mer Vad vi gör <b>Fet</b> åtgärd"
    )
    assert not page.select("main script")


def test_an_unknown_figure_in_a_comment_is_told_at_its_row(comments: Path) -> None:
    append(comments, "1.2.1;Av {avsluut} blev det.;Mer.\n")
    (problem,) = [one for one in problems_in(comments.parent.parent.parent) if "avsluut" in one.found]
    assert (problem.place.file, problem.place.line) == (f"content/{YEAR}/utfall/kommentarer.csv", 2)
    assert "Menade du ”avslut”?" in problem.remedy
