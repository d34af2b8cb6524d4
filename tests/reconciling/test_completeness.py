"""The ledger: what lacks an outcome, a comment or a use is told as a warning, and a sound year has none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from generator.cli import main
from generator.model.places import Place, Problem, Severity
from tests.reading.small import ASSOCIATION, small_report
from tests.reconciling.reports import add_table, found_in, told_about, told_in
from tests.support import CONTENT, LOCAL, YEAR, append, edit, only_problem_in, only_year, warnings_in

COMMENTS = "utfall/kommentarer.csv"
VALUES = "utfall/varden.csv"


def only_warning_in(year: Path) -> Problem:
    warnings = warnings_in(year.parent)
    assert len(warnings) == 1, warnings
    return warnings[0]


def remove_lines(path: Path, start: str) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), "utf-8")


def test_a_question_with_rows_for_nothing_but_what_is_asked_for_is_told(tmp_path: Path) -> None:
    """A row that was forgotten would make the share 100 %."""
    survey = "svarsgrupper: [{id: g, namn: G}]\n"
    survey += "skalor: [{id: s, namn: S, svar: [Ja, Nej], räknas_inte: [Vet ej]}]\n"
    content = small_report(
        tmp_path,
        "mått: andel svar, grupp: g, fråga: q, svar: [Ja], krav: minst 50 %",
        enkat="grupp;fråga;kön;svar;antal\ng;q;alla;Ja;8\ng;q;alla;Vet ej;2\n",
    )
    (content / "r/enkat.yaml").write_text(survey + "frågor: [{id: q, text: Q, skala: s}]\n", "utf-8")
    (warning,) = warnings_in(content)
    assert warning.found == "frågan ”q” har inga rader för ”Nej”: andelen blir 100 %"
    append(content / "r/utfall/enkat.csv", "g;q;alla;Nej;0\n")
    assert warnings_in(content) == []


@pytest.mark.parametrize("number", ["19900101-1234", "900161-1234", "900101+1234"])
def test_a_personal_number_in_a_text_is_told(year: Path, number: str) -> None:
    append(year / "berattelse/kontakt.md", f"\nEn deltagare, {number}, fick arbete.\n")
    assert only_warning_in(year).found == "här står något som ser ut som ett personnummer"


def test_the_number_of_an_organisation_is_no_persons(year: Path) -> None:
    append(year / "berattelse/kontakt.md", "\nOrganisationsnummer 222000-1234, telefon 090-123 45 67.\n")
    assert warnings_in(year.parent) == []


@pytest.mark.parametrize("file", ["bokslut.yml", "bokslut.yaml.txt", "Bokslut.yaml", "budget.yaml"])
def test_a_folder_that_is_meant_for_a_report_is_told(year: Path, file: str) -> None:
    (year.parent / "2020-norr").mkdir()
    (year.parent / "2020-norr" / file).write_text("titel: 2020\n", "utf-8")
    assert only_warning_in(year).place == Place("content/2020-norr")


# The year as it is


def test_the_year_of_2021_is_complete(content: Path) -> None:
    assert {one.severity for one in told_in(content)} <= {Severity.NOTE}


def test_the_local_year_of_2017_is_complete(tmp_path: Path) -> None:
    told = told_in(only_year(tmp_path / "content", LOCAL))
    assert {one.severity for one in told} <= {Severity.NOTE}


def test_granska_finds_no_error_and_no_warning_in_2021(content: Path) -> None:
    result = CliRunner().invoke(main, ["granska", "--innehåll", str(content)])
    assert result.exit_code == 0
    assert "Inga fel." in result.output
    assert "Fel:" not in result.output
    assert "Varning:" not in result.output


def test_nothing_that_is_said_of_2021_is_punctuated_twice() -> None:
    """The command line ends each sentence itself."""
    for problem in told_in(CONTENT):
        assert not problem.found.endswith((".", ":", ",", " "))
        assert problem.remedy.endswith((".", "?"))
        assert ".." not in problem.remedy


# Outcomes


def test_an_indicator_without_an_outcome_is_told(year: Path) -> None:
    remove_lines(year / "utfall/enkat.csv", "styrgrupp;strategi;")
    warning = only_warning_in(year)
    assert found_in(warning) == (
        "indikator 4.1.2 är inte mätt för Samordningsförbundet Umeåregionen: frågan ställdes inte"
    )
    assert "”utgår: …”" in warning.remedy
    assert warning.place == Place(f"content/{YEAR}/budget.yaml", 256)


def test_an_indicator_is_told_once_with_every_unit_where_it_lacks_an_outcome(others: Path) -> None:
    centre = others / "2023-arbetscentrum"
    shutil.rmtree(centre / "enheter")
    remove_lines(centre / "utfall/deltagare.csv", "Verkstan;Avslutade")
    remove_lines(centre / "utfall/deltagare.csv", "Köket;Avslutade")
    assert [found_in(one) for one in warnings_in(others) if "är inte mätt" in one.found] == [
        "indikator 1.1.1 är inte mätt för Arbetscentrum Dalby, Verkstan och Köket: utfall saknas"
    ]


def test_a_report_that_is_hardly_begun_is_told_in_one_sentence(outcomes: Path) -> None:
    """Its weights are as they were decided, whatever can be earned so far."""
    for name in ("enkat", "deltagare"):
        (outcomes / f"utfall/{name}.csv").unlink()
    told = [found_in(one) for one in warnings_in(outcomes.parent)]
    assert [one for one in told if "inte mätt" in one] == ["24 indikatorer är inte mätta"]
    assert not any("idealvikten" in one for one in told)


def test_an_indicator_that_is_dropped_needs_no_outcome(others: Path) -> None:
    folder = others / "2017-bruket"
    (folder / VALUES).unlink()
    assert any("indikator B.1.2 är inte mätt" in one.found for one in warnings_in(others))
    edit(folder / "budget.yaml", "            mått: antal\n", "            mått: antal\n"
         "            utgår: Det blev inga utflykter i år.\n")  # fmt: skip
    assert not any("B.1.2" in one.found for one in warnings_in(others))


def test_an_attestation_that_is_missing_is_told(year: Path) -> None:
    (year / "utfall/intyg.csv").unlink()
    assert "indikator 4.3.1 är inte mätt" in only_warning_in(year).found
    assert "inget omdöme lämnat" in only_warning_in(year).found


# Comments


@pytest.mark.parametrize(("id", "color"), [("1.2.1", "orange"), ("1.2.2", "orange"), ("1.1.1", "orange"),
                                           ("2.1.2", "röd"), ("4.2.1", "röd")])  # fmt: skip
def test_a_red_or_orange_indicator_without_a_comment_is_told(year: Path, id: str, color: str) -> None:
    remove_lines(year / COMMENTS, f"{id};")
    warning = only_warning_in(year)
    assert found_in(warning) == f"indikator {id} är {color} men saknar kommentar"
    assert "utfall/kommentarer.csv" in warning.remedy


def test_a_green_indicator_may_have_a_comment(year: Path) -> None:
    append(year / COMMENTS, "2.5.1;Flödet är gott.;Fortsätt så.\n")
    assert warnings_in(year.parent) == []


def test_a_comment_on_what_only_units_measure_is_told(year: Path) -> None:
    append(year / COMMENTS, "1.4.1;Det minskade.;Fortsätt så.\n")
    warning = only_warning_in(year)
    assert found_in(warning) == (
        "kommentaren till indikator 1.4.1 visas inte: indikatorn mäts bara för enheterna"
    )
    assert warning.place.file.endswith(COMMENTS)


@pytest.mark.parametrize(
    ("row", "column", "found", "remedy"),
    [
        ("9.9.9;Varför.;Vad.", "indikator", "indikatorn ”9.9.9” finns inte", "Kontrollera stavningen"),
        ("2.5.1;;Vad.", "bakgrund", "cellen är tom", "Fyll i ett värde"),
        ("2.5.1;Varför.;", "åtgärd", "cellen är tom", "Fyll i ett värde"),
        ("1.2.1;Varför.;Vad.", "indikator", "samma rad finns två gånger", "Behåll den rätta"),
        ("2.5.1;Varför: {deltgare}.;Vad.", "", "hänvisningen {deltgare} går inte att tolka", "Menade du"),
        ("2.5.1;Varför.;Vad;Mer", "", "raden har 4 celler", "inom citattecken"),
    ],
)
def test_a_fault_in_a_comment_is_told_at_its_line(
    year: Path, row: str, column: str, found: str, remedy: str
) -> None:
    append(year / COMMENTS, f"{row}\n")
    problem = only_problem_in(year.parent)
    line = len((year / COMMENTS).read_text("utf-8").splitlines())
    assert problem.place == Place(f"content/{YEAR}/{COMMENTS}", line, column)
    assert found in problem.found
    assert remedy in problem.remedy


# What nothing is made of


UNUSED = "Ta bort raden, eller rätta det den gäller."


def test_a_group_that_no_indicator_asks_for_is_told(year: Path) -> None:
    append(year / "utfall/grupper.csv", "deltagare;3;4\n")
    warning = only_warning_in(year)
    assert (found_in(warning), warning.remedy) == ("gruppen ”deltagare” används inte i rapporten", UNUSED)
    assert warning.place.line == 4


def test_answers_that_no_indicator_asks_for_are_told_once(year: Path) -> None:
    append(year / "utfall/enkat.csv", "personal;stöd;alla;Inte alls;4\npersonal;stöd;alla;Övriga svar;5\n")
    warning = only_warning_in(year)
    assert found_in(warning) == (
        "svaren på frågan ”Har du fått det stöd du behöver för att nå arbete, studier eller en annan"
        " lösning?” i gruppen ”Personal” används inte i rapporten"
    )
    assert warning.remedy == "Lägg till en indikator som mäter frågan i budgeten, eller ta bort svaren."


def test_a_value_that_nothing_rests_on_is_told(year: Path) -> None:
    append(year / VALUES, "helårsekvivalenter;Umeå;2019;;9,9;%;källan\n")
    assert found_in(only_warning_in(year)) == "värdet för helårsekvivalenter 2019 används inte i rapporten"


def test_a_value_of_a_later_year_is_told_with_the_year_of_the_report(year: Path) -> None:
    append(year / VALUES, "helårsekvivalenter;Umeå;2022;;9,9;%;källan\n")
    assert only_warning_in(year).remedy == "Bokslutet gäller 2021: rätta året."


def test_a_value_of_an_earlier_year_of_a_row_is_told(year: Path) -> None:
    append(year / VALUES, "deltagare;Vännäs;2018;;70;personer;källan\n")
    assert found_in(only_warning_in(year)) == "värdet för alla deltagare 2018 används inte i rapporten"


def test_the_years_that_a_change_is_compared_with_are_used(year: Path) -> None:
    append(
        year / VALUES,
        "helårsekvivalenter;Umeå;2021;;9,6;%;källan\nhelårsekvivalenter;Umeå;2020;;9,9;%;källan\n",
    )
    assert warnings_in(year.parent) == []


@pytest.fixture
def with_a_series(year: Path) -> Path:
    """A series that no indicator follows."""
    edit(year / "bokslut.yaml", "serier:\n", "serier:\n  - id: besök\n    namn: Besök\n")
    append(year / VALUES, "besök;Umeå;2021;;17;st;källan\n")
    return year


def test_a_value_of_a_series_that_is_not_named_is_told(with_a_series: Path) -> None:
    warning = only_warning_in(with_a_series)
    assert found_in(warning) == "värdet för besök 2021 används inte i rapporten"
    assert warning.remedy == UNUSED


@pytest.mark.parametrize("file", ["berattelse/kontakt.md", "enheter/vindeln/analys.md"])
def test_a_value_that_a_text_names_is_used(with_a_series: Path, file: str) -> None:
    append(with_a_series / file, "\nBesöken var {besök Umeå}.\n")
    assert warnings_in(with_a_series.parent) == []


@pytest.mark.parametrize("comment", ["Besöken var {besök Umeå}.;Fortsätt så.", "Gott.;Nå {besök Umeå}."])
def test_a_value_that_a_comment_names_is_used(with_a_series: Path, comment: str) -> None:
    append(with_a_series / COMMENTS, f"2.5.1;{comment}\n")
    assert warnings_in(with_a_series.parent) == []


CHANGED = "mått: förändring, serie: besök, plats: {}, krav: ökning, gäller: förbundet"
VISITS = """serie;plats;år;jämfört med;värde;måttenhet;källa
besök;forbundet;2021;;17;st;k
besök;forbundet;2020;;10;st;k
{};forbundet;2021;{};7;st;k
"""


@pytest.mark.parametrize(
    ("place", "row", "unused"),
    [("forbundet", ("1.1.1", ""), 0), ("forbundet", ("besök", "2020"), 0), ("a", ("besök", "2020"), 3)],
    ids=["beside a change that is published", "beside a stated change", "beside one that is not used"],
)
def test_the_years_of_a_change_are_used_when_it_is(
    tmp_path: Path, place: str, row: tuple[str, str], unused: int
) -> None:
    settings = ASSOCIATION + "enheter: [{id: a, namn: A}]\nserier: [{id: besök, namn: Besök}]\n"
    small_report(tmp_path, CHANGED.format(place), settings=settings, varden=VISITS.format(*row))
    told = [one.found for one in told_in(tmp_path) if "används inte" in one.found]
    assert len(told) == unused


OF_THE_ASSOCIATION = """\
          - id: 4.3.2
            text: Prov
            vikt: 1
            gäller: förbundet
            {}
"""


def add_indicator(year: Path, measure: str) -> None:
    """An indicator that is measured for the association only."""
    edit(year / "budget.yaml", "      - id: 4.4\n", f"{OF_THE_ASSOCIATION.format(measure)}      - id: 4.4\n")


def test_an_attestation_that_nothing_rests_on_is_told(year: Path) -> None:
    add_indicator(year, "mått: intyg\n            krav: uppfyllt")
    rows = ["forbundet;4.3.1;ja;a;b", "forbundet;4.3.2;ja;a;b", "Vännäs;4.3.2;ja;a;b"]
    table = "\n".join(["enhet;indikator;uppfyllt;av;källa", *rows]) + "\n"
    (year / "utfall/intyg.csv").write_text(table, "utf-8")
    warning = only_warning_in(year)
    assert found_in(warning) == "intyget för indikator 4.3.2 används inte i rapporten"
    assert (warning.place.line, warning.remedy) == (4, UNUSED)


def test_a_grade_that_nothing_rests_on_is_told(year: Path) -> None:
    add_indicator(year, "mått: bedömning\n            skala: två\n            krav: minst 2")
    append(year / "budget.yaml", "\nbetygsskalor:\n  - id: två\n    betyg: [Svagt, Starkt]\n")
    rows = ["forbundet;4.3.2;2;styrelsen;Bra.", "Vännäs;4.3.2;2;styrelsen;Bra."]
    table = "\n".join(["enhet;indikator;betyg;av;motivering", *rows]) + "\n"
    (year / "utfall/bedomningar.csv").write_text(table, "utf-8")
    warning = only_warning_in(year)
    assert found_in(warning) == "betyget för indikator 4.3.2 används inte i rapporten"
    assert (warning.place.line, warning.remedy) == (3, UNUSED)


# Tables and pictures


@pytest.mark.parametrize(
    ("unit", "row", "is_told"),
    [("personer", "", True), ("tkr", "personer", True), ("tkr", "", False), ("personer", "tkr", False),
     ("tkr", "%", False)],
)  # fmt: skip
def test_small_counts_of_anything_but_money_and_percent_are_told(
    centre: Path, unit: str, row: str, *, is_told: bool
) -> None:
    edit(centre / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    add_table(centre, ["post;måttenhet;2023", f"A;{row};3", "B;;20"], unit=unit)
    told = [one for one in warnings_in(centre.parent) if "tabellen ”Ekonomi”" in one.found]
    found = "tabellen ”Ekonomi” har tal under 5, som visas som de är"
    assert [found_in(one) for one in told] == [found] * is_told
    assert all(one.place.file.endswith("bokslut.yaml") for one in told)


@pytest.mark.parametrize(
    ("rows", "found", "remedy"),
    [
        (["Summa;;A + C;3"], "posten eller gruppen ”C” finns inte i tabellen", "Välj bland ”A”"),
        (["Summa;;Intäktr;3"], "posten eller gruppen ”Intäktr” finns inte i tabellen",
         "Menade du ”Intäkter”?"),
        (["Summa;;Summa;3"], "posten ”Summa” kan inte vara summan av sig själv", "vilka andra poster"),
        (["Summa;ett;A;1", "Summa;två;A;1", "Allt;;Summa;2"], "posten ”Summa” finns på flera rader",
         "Skriv gruppen i stället"),
        (["Summa;;A +;3"], "”A +” går inte att räkna ut", "med + eller −"),
        (["A;Intäkter;;3"], "posten ”A” finns redan på rad 2", "eget namn"),
        (["Summa;;A;ett"], "”ett” är inte ett tal", "Skriv till exempel"),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_is_told(year: Path, rows: list[str], found: str, remedy: str) -> None:
    file = add_table(year, ["post;grupp;lika med;2021", "A;Intäkter;;1", *rows])
    (problem,) = told_about(year, file)
    assert found in problem.found
    assert remedy in problem.remedy
    assert problem.place.line == len(rows) + 2


def test_an_amount_that_is_left_out_is_not_compared(year: Path) -> None:
    file = add_table(year, ["post;grupp;lika med;2021;2020", "A;;;1;", "B;;;2;2", "Summa;;A + B;3;5"])
    assert told_about(year, file) == []


def test_a_table_that_is_not_declared_is_told(year: Path) -> None:
    (year / "tabeller/budget.csv").write_text("post;2021\nA;1\n", "utf-8")
    problem = only_problem_in(year.parent)
    assert problem.found == "tabellen känns inte igen"
    assert "under ”tabeller” i bokslut.yaml" in problem.remedy


def test_a_table_that_is_declared_but_not_there_is_told(year: Path) -> None:
    file = add_table(year, ["post;lika med;2021", "A;;1"])
    (year / file).unlink()
    assert "tabellen tabeller/ekonomi.csv finns inte" in only_problem_in(year.parent).found


def test_a_table_without_amounts_is_told(year: Path) -> None:
    add_table(year, ["post;grupp;lika med", "A;;", "Summa;;A"])
    assert "tabellen har ingen kolumn med tal" in only_problem_in(year.parent).found


def test_a_picture_that_no_text_shows_is_told(year: Path) -> None:
    (year / "bilder").mkdir()
    Image.new("RGB", (4, 4)).save(year / "bilder/huset.png")
    warning = only_warning_in(year)
    assert warning.place == Place(f"content/{YEAR}/bilder/huset.png")
    assert found_in(warning) == "bilden visas inte i någon text"


def test_a_picture_that_a_text_shows_is_not_told(year: Path) -> None:
    (year / "bilder").mkdir()
    Image.new("RGB", (4, 4)).save(year / "bilder/huset.png")
    append(year / "berattelse/kontakt.md", "\n![Huset](bilder/huset.png)\n")
    assert warnings_in(year.parent) == []
