"""Rows of sums, sources and footnotes, and names that are misspelt on many rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.places import Problem, Severity
from tests.reading.small import ASSOCIATION, small_report
from tests.support import edit, only_problem_in, problems_in, warnings_in

SETTINGS = f"""{ASSOCIATION}enheter: [{{id: stegen, namn: Stegen}}, {{id: bron, namn: Bron}}]
deltagarrader: [{{id: nya, namn: Nya}}, {{id: avslut, namn: Avslut}}, {{id: kvar, namn: Kvar}}]
"""
HEAD = "enhet;rad;kvinnor;män\n"


def content(folder: Path, rows: str) -> Path:
    indicator = "mått: andel, täljare: nya, nämnare: nya, krav: minst 1 %"
    return small_report(folder, indicator, settings=SETTINGS, deltagare=HEAD + rows)


@pytest.mark.parametrize(
    "row",
    [
        "Summa;;3;4",
        "Totalt;nya;3;4",
        "Samtliga;nya;3;4",
        "Hela länet;nya;3;4",
        "Snitt;nya;3;4",
        "Källor: FK;;;",
        "Kommentar: preliminärt;;;",
        "Totalsumma;;3;4",
        "Förbundet totalt;nya;3;4",
        "Källa: FK;;;",
        "* Preliminärt;;;",
        "1) Preliminärt;;;",
    ],
)
def test_a_row_of_sums_is_no_misspelt_unit(tmp_path: Path, row: str) -> None:
    problem = only_problem_in(content(tmp_path, f"Stegen;nya;3;4\n{row}\n"))
    assert problem.place.line == 3
    assert problem.found.endswith("är en summa, en källa eller en fotnot")
    assert problem.remedy.startswith("Ta bort den")


def test_a_name_misspelt_on_many_rows_is_one_problem(tmp_path: Path) -> None:
    problem = only_problem_in(content(tmp_path, "Stegan;nya;3;4\nStegan;avslut;3;4\nStegan;kvar;3;4\n"))
    assert problem.found == "enheten ”Stegan” finns inte, på 3 rader: 2, 3, 4"
    assert problem.place.line == 2


@pytest.mark.parametrize(
    ("row", "plain"), [("Stegen 1);nya;3;4", "Stegen"), ("Stegen;nya;3 1);4", "3"), ("Stegen;nya;3*;4", "3")]
)
def test_a_footnote_mark_is_named(tmp_path: Path, row: str, plain: str) -> None:
    assert only_problem_in(content(tmp_path, f"{row}\n")).remedy == f"Ta bort fotnotstecknet: skriv {plain}."


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("ca 30", "Skriv bara talet: 30."),
        ("1 200 st", "Skriv bara talet: 1 200."),
        ("1 200:-", "Skriv bara talet, omräknat till tabellens måttenhet."),
        ("1,2 mnkr", "Skriv bara talet, omräknat till tabellens måttenhet."),
        (
            "3-apr",
            "Ett program har gjort om det som skrevs. Skriv det som ska stå där, i Excel som text."
            " Skriv ett heltal, till exempel 12.",
        ),
        (
            "över 10",
            "Skriv ett heltal, till exempel 12. Är det inte känt, eller skyddat av"
            " källan, skriv .. (två punkter).",
        ),
        (
            "50 %",
            "Skriv antalet eller beloppet, inte andelen. Är bara den känd, skriv den i varden.csv.",
        ),
        ("121)", "Ta bort parentesen, och fotnotens siffra om den hör till en fotnot."),
        ("12[1]", "Ta bort fotnotstecknet: skriv 12."),
        (
            "okänt",
            "Skriv ett heltal, till exempel 12. Är det inte känt, eller skyddat av"
            " källan, skriv .. (två punkter).",
        ),
        ("12 (varav 3 nya)", "Skriv ett heltal, till exempel 12."),
        ("=26+0", "Skriv ett heltal, till exempel 12."),
        ("'10'", "Skriv ett heltal, till exempel 12."),
    ],
)
def test_words_beside_a_number_are_told_from_it(tmp_path: Path, cell: str, remedy: str) -> None:
    assert only_problem_in(content(tmp_path, f"Stegen;nya;{cell};4\n")).remedy == remedy


def test_a_share_among_values_in_another_unit_is_not_to_be_written_where_it_stands(tmp_path: Path) -> None:
    value = "serie;plats;år;värde;måttenhet;källa\n1.1.1;forbundet;2021;45 %;dagar;boken\n"
    indicator = "mått: värde, krav: högst 14 dagar"
    small = small_report(tmp_path, indicator, settings=ASSOCIATION, varden=value)
    assert only_problem_in(small).remedy == "Skriv till exempel 12, 0,3 eller −0,3."


@pytest.mark.parametrize(
    ("written", "is_told"), [("0,45", True), ("0,45 %", False), ("1,5", False), ("0", False)]
)
def test_a_share_of_one_is_no_percentage_in_silence(tmp_path: Path, written: str, is_told: bool) -> None:
    value = f"serie;plats;år;värde;måttenhet;källa\n1.1.1;forbundet;2021;{written};%;boken\n"
    small = small_report(tmp_path, "mått: värde, krav: minst 40 %", settings=ASSOCIATION, varden=value)
    told = [
        problem.remedy
        for problem in warnings_in(small)
        if problem.found.startswith(f"{written[:4]} procent är")
    ]
    assert [remedy.partition(" Annars")[0].rpartition(" ")[2] for remedy in told] == ["45."] * is_told


def test_a_share_of_one_is_no_percentage_of_a_plan_in_silence(tmp_path: Path) -> None:
    value = "serie;plats;år;värde;måttenhet;källa\n1.1.1;forbundet;2021;1,13;%;boken\n"
    small = small_report(tmp_path, "mått: värde, krav: minst 100 %", settings=ASSOCIATION, varden=value)
    assert any("skriv 113." in problem.remedy for problem in warnings_in(small))


@pytest.mark.parametrize(("old", "new"), [("titel: Prov", "titel:Prov"), ("titel: Prov", "titel\uff1aProv")])
def test_a_key_without_a_space_after_its_colon_is_told_on_its_line(
    tmp_path: Path, old: str, new: str
) -> None:
    small = content(tmp_path, "Stegen;nya;3;4\n")
    edit(small / "r/bokslut.yaml", old, new)
    problem = only_problem_in(small)
    assert (problem.place.line, problem.remedy) == (1, "Skriv ”nyckel: värde”.")


def background(folder: Path, *categories: str) -> Path:
    rows = "".join(f"alder;{category};3;4\n" for category in categories)
    settings = f"{SETTINGS}bakgrundstabeller: [{{id: alder, titel: Ålder}}]\n"
    indicator = "mått: andel, täljare: nya, nämnare: nya, krav: minst 1 %"
    table = f"tabell;kategori;kvinnor;män\n{rows}"
    return small_report(folder, indicator, settings=settings, bakgrund=table)


@pytest.mark.parametrize("category", ["Totalt", "Totalsumma", "Total summa", "varav okänd", "Samtliga"])
def test_a_sum_is_no_category(tmp_path: Path, category: str) -> None:
    problem = only_problem_in(background(tmp_path, "20–29", category))
    assert (problem.place.line, "skriv summa" in problem.remedy) == (3, True)


@pytest.mark.parametrize("category", ["okt-12", "3 apr", "2024-04-03"])
def test_a_category_that_a_program_has_made_a_day_is_told(tmp_path: Path, category: str) -> None:
    assert only_problem_in(background(tmp_path, category)).found == f"”{category}” ser ut som ett datum"


def test_categories_that_differ_in_their_dashes_are_one(tmp_path: Path) -> None:
    problem = only_problem_in(background(tmp_path, "20–29", "20-29"))
    assert (problem.place.line, problem.found) == (3, "samma rad finns två gånger i tabellen")


@pytest.mark.parametrize("category", ["Medel", "jan 2024", "Okänd", "3–4", "januari", "Total nedsättning"])
def test_other_categories_stand(tmp_path: Path, category: str) -> None:
    assert all(
        "bakgrund" not in problem.place.file or problem.severity is Severity.NOTE
        for problem in warnings_in(background(tmp_path, category))
    )


def test_headings_on_two_rows_are_told(tmp_path: Path) -> None:
    small = content(tmp_path, "Stegen;nya;3;4\n")
    edit(small / "r/utfall/deltagare.csv", HEAD, "enhet;rad;Antal;\n;;kvinnor;män\n")
    problem = only_problem_in(small)
    assert (problem.place.line, problem.found) == (1, "rubrikerna står på två rader: 1 och 2")


def test_a_heading_that_is_taken_is_not_proposed(tmp_path: Path) -> None:
    small = content(tmp_path, "Stegen;nya;3;4;43 %\n")
    edit(small / "r/utfall/deltagare.csv", HEAD, "enhet;rad;kvinnor;män;andel kvinnor\n")
    assert only_problem_in(small).remedy == (
        "Välj bland ”ej angivet” eller ”totalt”. Hör den inte till tabellen, ta bort den."
    )


def test_where_all_columns_are_there_none_is_proposed(tmp_path: Path) -> None:
    small = content(tmp_path, "Stegen;nya;3;4;;;5\n")
    edit(small / "r/utfall/deltagare.csv", HEAD, "enhet;rad;kvinnor;män;ej angivet;totalt;andel\n")
    assert only_problem_in(small).remedy == "Hör den inte till tabellen, ta bort den."


def amounts(folder: Path, rows: str, unit: str = "tkr", title: str = "Kostnad") -> list[Problem]:
    settings = f"{ASSOCIATION}tabeller: [{{id: kostnad, titel: {title}, måttenhet: '{unit}'}}]\n"
    small = small_report(folder, "mått: värde, krav: inte satt", settings=settings)
    (small / "r/tabeller").mkdir()
    (small / "r/tabeller/kostnad.csv").write_text(rows, "utf-8")
    found = problems_in(small) or warnings_in(small)
    return [problem for problem in found if "kostnad" in problem.place.file or title in problem.found]


def test_commas_in_a_heading_part_no_cells(tmp_path: Path) -> None:
    assert amounts(tmp_path, "post;utfall, i tusental, avrundat\nLöner;12,5\n") == []


@pytest.mark.parametrize("rows", ['Resor;"Tåg" och buss, till exempel, 5', 'Resor, alla;"5'])
def test_a_quotation_mark_that_is_left_open_is_told_whatever_commas_stand_there(
    tmp_path: Path, rows: str
) -> None:
    (problem,) = amounts(tmp_path, f"post;utfall\nLöner, alla;12,5\n{rows}\nHyra, alla;3,5\n")
    assert (problem.place.line, problem.found) == (3, "citattecknet är inte avslutat")


@pytest.mark.parametrize("heading", ["utfall (kr)", "utfall, mkr", "utfall i kronor", "avvikelse %"])
def test_a_heading_in_another_unit_than_its_amounts_is_told(tmp_path: Path, heading: str) -> None:
    (problem,) = amounts(tmp_path, f"post;{heading}\nLöner;12\nResor;5\n")
    assert (
        problem.found
        == f"”{heading}” säger {heading.rsplit(maxsplit=1)[-1].strip('()')}, men måttenheten är tkr"
    )


@pytest.mark.parametrize(
    "heading",
    [
        "utfall (tkr)",
        "utfall, tusen kronor",
        "utfall (tusentals kr)",
        "utfall, tusen\u00a0kronor",
        "1 000-tals kronor",
        "över 5 kr",
        "över 100\u00a0000\u00a0kr",
        "budget (uppräknad 2%)",
        "krav",
    ],
)
def test_a_heading_in_the_unit_of_its_amounts_is_no_fault(tmp_path: Path, heading: str) -> None:
    assert amounts(tmp_path, f"post;{heading}\nLöner;12\n") == []


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("kostnad, kr/deltagare", "kronor per deltagare"),
        ("miljoner kr", "mnkr"),
        ("skillnad i %", "procentenheter"),
    ],
)
def test_a_heading_that_writes_a_unit_in_another_way_is_no_fault(
    tmp_path: Path, heading: str, unit: str
) -> None:
    assert amounts(tmp_path, f"post;{heading}\nLöner;12\n", unit) == []


def test_a_title_may_say_the_unit_of_any_column(tmp_path: Path) -> None:
    rows = "post;antal;andel;måttenhet\nLöner;12;45;%\n"
    assert amounts(tmp_path, rows, "personer", "Antal och %") == []


def test_a_title_in_another_unit_than_its_amounts_is_told(tmp_path: Path) -> None:
    (problem,) = amounts(tmp_path, "post;utfall\nLöner;12\n", "kronor", "Kostnad (tkr)")
    assert problem.severity is Severity.WARNING
    assert problem.found == "”Kostnad (tkr)” säger tkr, men måttenheten är kronor"


@pytest.mark.parametrize("name", ["Totalt", "Total", "Summa kostnader", "S:a", "Totala"])
def test_a_sum_among_amounts_that_is_not_compared_is_told(tmp_path: Path, name: str) -> None:
    (problem,) = amounts(tmp_path, f"post;utfall\nLöner;12\n{name};12\nvarav resor;3\n")
    assert "stäms inte av" in problem.found


@pytest.mark.parametrize("row", ["Källa: boken", "Not 1: utan moms", "Belopp i tkr", "* Preliminärt"])
def test_a_note_below_the_amounts_is_told(tmp_path: Path, row: str) -> None:
    (problem,) = amounts(tmp_path, f"post;utfall\nLöner;12\n{row};\n")
    assert problem.found == f"raden ”{row}” är en summa, en källa eller en fotnot"
    assert "i bokslut.yaml" in problem.remedy


def test_sums_without_numbers_are_no_notes(tmp_path: Path) -> None:
    """As in a new year that is begun from another."""
    (problem,) = amounts(tmp_path, "post;utfall\nLöner;\nTotalt;\nvarav resor;\nMedelvärde;\n")
    assert "stäms inte av" in problem.found


def test_a_share_of_one_among_percentages_is_told(tmp_path: Path) -> None:
    (problem,) = amounts(tmp_path, "post;utfall\nLöner;0,96\nResor;0\nHyra;45\n", "%")
    assert "skriv 96" in problem.remedy


def test_where_a_number_cannot_be_masked_the_row_is_to_be_left_out(tmp_path: Path) -> None:
    table = "indikator;jämförelse;värde;måttenhet;källa;datum\n1.1.1;Riket;..;%;Kolada;2024\n"
    indicator = "mått: värde, krav: minst 40 %"
    small = small_report(tmp_path, indicator, settings=ASSOCIATION, jamforelsetal=table)
    assert only_problem_in(small).remedy.endswith("Är det inte känt, ta bort raden.")


def test_a_sum_is_no_answer(tmp_path: Path) -> None:
    small = content(tmp_path, "Stegen;nya;3;4\n")
    survey = "svarsgrupper: [{id: d, namn: D}]\nskalor: [{id: s, namn: S, svar: [Ja, Nej]}]\n"
    (small / "r/enkat.yaml").write_text(f"{survey}frågor: [{{id: f, text: F, skala: s}}]\n", "utf-8")
    rows = "grupp;fråga;kön;svar;antal\nd;f;alla;Ja;3\nd;f;alla;Nej;4\nd;f;alla;Totalt;7\n"
    (small / "r/utfall/enkat.csv").write_text(rows, "utf-8")
    assert only_problem_in(small).remedy == "Ta bort raden: programmet räknar summan."
