"""Counts that their source has masked: shown as such, carried through sums, and not to be worked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.checking import Checked
from generator.model.outcome import NotMeasured
from generator.model.shown import HIDDEN, ShownPeople
from generator.protecting.outcomes import knowledge_of
from generator.scoring import score_report
from tests.reading.small import ASSOCIATION, small_report
from tests.support import edit, only_problem_in, problems_in, read

SETTINGS = f"""{ASSOCIATION}enheter: [{{id: a, namn: A}}, {{id: b, namn: B}}, {{id: c, namn: C}}]
deltagarrader: [{{id: avslut, namn: Avslut}}, {{id: arbete, namn: Arbete}}]
bakgrundstabeller: [{{id: alder, titel: Ålder}}]
"""
ROWS = """enhet;rad;kvinnor;män;totalt
a;avslut;30;25;
a;arbete;18;17;
b;avslut;20;22;
b;arbete;{};
c;avslut;31;32;
c;arbete;14;11;
"""
INDICATOR = "mått: andel, täljare: arbete, nämnare: avslut, krav: minst 30 %"


def content(
    folder: Path, masked: str = "..;..", more: str = "", settings: str = SETTINGS, **tables: str
) -> Path:
    rows = ROWS.format(masked) + more
    return small_report(folder, INDICATOR, settings=settings, deltagare=rows, **tables)


def people(checked: Checked, unit: str) -> ShownPeople:
    return checked.reports[0].tables.participants[unit, "arbete"]


@pytest.mark.parametrize(
    "masked",
    [
        *["..;..", "<5;<5", "< 5;4", "x;X", "…;2", "färre än 5;..", "under 5;1–4", "*;sekretess"],
        *["max 4;1—4", "1 till 4;[x]", "skyddade;sekr."],
    ],
)
def test_a_masked_count_is_shown_as_such_and_so_is_its_sum(tmp_path: Path, masked: str) -> None:
    checked = check(content(tmp_path, masked))
    assert people(checked, "b").total is HIDDEN
    assert people(checked, "b").women is HIDDEN
    assert people(checked, "forbundet").total is HIDDEN
    assert people(checked, "a").total == 35
    assert people(checked, "b").unstated == 0


def test_those_who_have_not_stated_sex_are_masked_too_where_there_are_any(tmp_path: Path) -> None:
    folder = content(tmp_path)
    rows = folder / "r/utfall/deltagare.csv"
    rows.write_text(
        rows.read_text("utf-8").replace("totalt", "ej angivet").replace("18;17;", "18;17;2"), "utf-8"
    )
    assert people(check(folder), "b").unstated is HIDDEN


def test_a_row_that_is_not_given_is_not_masked(tmp_path: Path) -> None:
    folder = content(tmp_path)
    edit(folder / "r/utfall/deltagare.csv", "c;arbete;14;11;\n", "")
    assert ("c", "arbete") not in check(folder).reports[0].tables.participants


def test_what_rests_on_it_is_not_measured_and_says_why(tmp_path: Path) -> None:
    (report,) = check(content(tmp_path)).reports
    reasons = {unit.unit.id: [result.outcome.reason for result in unit.results] for unit in report.every_unit}
    assert reasons == {"forbundet": [NotMeasured.MASKED], "a": [None], "b": [NotMeasured.MASKED], "c": [None]}


def test_an_empty_cell_is_masked_only_where_the_report_says_so(tmp_path: Path) -> None:
    only_said = f"{SETTINGS}tomt_är_skyddat: ja\n"
    assert people(check(content(tmp_path / "a", ";", settings=only_said)), "b").total is HIDDEN
    waiting = check(content(tmp_path / "b", ";"))
    assert not {("b", "arbete"), ("forbundet", "arbete")} & set(waiting.reports[0].tables.participants)
    assert "raden är inte ifylld än" in [problem.found for problem in waiting.warnings]


def test_a_known_total_is_kept_and_used(tmp_path: Path) -> None:
    checked = check(content(tmp_path, more="forbundet;arbete;34;30;\n"))
    total = people(checked, "forbundet")
    assert (total.women, total.men, total.total) == (34, 30, 64)
    assert next(checked.reports[0].association.results).outcome.value is not None
    assert any("går att räkna ut" in problem.found for problem in checked.warnings)


def test_a_total_of_a_unit_is_shown_without_its_sexes(tmp_path: Path) -> None:
    folder = content(tmp_path)
    edit(folder / "r/utfall/deltagare.csv", "b;arbete;..;..;", "b;arbete;..;..;12")
    assert (people(check(folder), "b").women, people(check(folder), "b").total) == (HIDDEN, 12)
    assert people(check(folder), "forbundet").total == 72


def test_disclosure_control_keeps_it_from_being_worked_out(tmp_path: Path) -> None:
    """However large it is: it is hidden for the source's sake."""
    folder = content(tmp_path, more="forbundet;arbete;44;40;\n")
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    checked = check(folder)
    others = [people(checked, unit).total for unit in ("a", "c", "forbundet")]
    assert HIDDEN in others


def test_the_known_units_are_no_more_than_the_total(tmp_path: Path) -> None:
    problems = content(tmp_path, more="forbundet;arbete;31;40;\n")
    assert "får inte vara fler" in only_problem_in(problems).found


TWO_MASKED = ROWS.format("..;..").replace("c;arbete;14;11;", "c;arbete;..;..;")


def two_masked(folder: Path, total: str, control: str = "5") -> Checked:
    """The two units that are masked, and the third with 18 women and 17 men."""
    small_report(folder, INDICATOR, settings=SETTINGS, deltagare=f"{TWO_MASKED}forbundet;arbete;{total};\n")
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", f"röjandekontroll: {control}")
    return check(folder)


@pytest.mark.parametrize("total", ["19;19", "18;18", "18;17"])
def test_two_masked_counts_are_protected_where_they_are_few_together(tmp_path: Path, total: str) -> None:
    """They are 3, 1 and nobody: the last tells what each of them is."""
    checked = two_masked(tmp_path, total)
    assert HIDDEN in (people(checked, "a").total, people(checked, "forbundet").total)


def test_two_masked_counts_that_are_many_together_give_nothing_away(tmp_path: Path) -> None:
    checked = two_masked(tmp_path, "28;27")
    assert (people(checked, "a").total, people(checked, "forbundet").total) == (35, 55)


@pytest.mark.parametrize(("total", "told"), [("18;17", 2), ("19;19", 0)])
def test_masked_counts_that_are_nobody_together_are_told(tmp_path: Path, total: str, told: int) -> None:
    found = [problem.found for problem in two_masked(tmp_path, total, "av").warnings]
    assert sum("går att räkna ut" in each for each in found) == told


WITH_PARTS = SETTINGS.replace("namn: Avslut}", "namn: Avslut, lika_med: arbete + studier + flytt}").replace(
    "namn: Arbete}", "namn: Arbete}, {id: studier, namn: Studier}, {id: flytt, namn: Flytt}"
)


def test_a_small_row_and_what_is_masked_of_it_are_both_protected(tmp_path: Path) -> None:
    """Of 4 women 2 were masked, and so was one of 6 men."""
    own = "a;avslut;4;6\na;arbete;..;..\na;studier;..;..\na;flytt;2;5\n"
    rows = f"enhet;rad;kvinnor;män\n{own}"
    (report,) = read(small_report(tmp_path, INDICATOR, settings=WITH_PARTS, deltagare=rows))
    system, _ = knowledge_of(score_report(report), threshold=5)
    small = sorted(
        sum(factor * system.values[variable] for variable, factor in secret.sum)
        for secret in system.sensitive
        if isinstance(secret.key, tuple) and secret.key[1:3] == ("a", "avslut")
    )
    assert small == [1, 2, 3, 4]


def test_a_row_with_two_masked_parts_is_protected_where_they_are_few(tmp_path: Path) -> None:
    others = "{0};avslut;40;40\n{0};arbete;10;11\n{0};studier;12;10\n{0};flytt;18;19\n"
    own = "a;avslut;20;20\na;arbete;..;..\na;studier;..;..\na;flytt;18;19\n"
    rows = f"enhet;rad;kvinnor;män\n{own}{others.format('b')}{others.format('c')}"
    small_report(tmp_path, INDICATOR, settings=WITH_PARTS, deltagare=rows)
    edit(tmp_path / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    checked = check(tmp_path)
    shown = checked.reports[0].tables.participants
    assert HIDDEN in (shown["a", "avslut"].total, shown["a", "flytt"].total)


@pytest.mark.parametrize(("total", "is_protected"), [("22;16", True), ("20;15", True), ("30;25", False)])
def test_masked_categories_are_protected_where_they_are_few_together(
    tmp_path: Path, total: str, *, is_protected: bool
) -> None:
    categories = ("20–29;20;15", "30–39;..;..", "40+;..;..", f"summa;{total}")
    table = "tabell;kategori;kvinnor;män\n" + "".join(f"alder;{each}\n" for each in categories)
    folder = content(tmp_path, "12;12", bakgrund=table)
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    tables = check(folder).reports[0].tables
    sums, shown = tables.background_sums["forbundet", "alder"], tables.background["forbundet", "alder"]
    assert shown.keys() == {"20–29", "30–39", "40+"}
    assert (HIDDEN in (sums.total, shown["20–29"].total)) is is_protected


def test_a_masked_category_has_its_place_and_hides_the_sum(tmp_path: Path) -> None:
    table = "tabell;kategori;kvinnor;män\nalder;under 30;20;15\nalder;30–39;<5;<5\nalder;40+;9;8\n"
    (report,) = check(content(tmp_path, bakgrund=table)).reports
    rows = report.tables.background["forbundet", "alder"]
    assert [row.total for row in rows.values()] == [35, HIDDEN, 17]
    assert report.tables.background_sums["forbundet", "alder"].total is HIDDEN


def test_masked_answers_are_not_counted_as_none(tmp_path: Path) -> None:
    answers = "grupp;fråga;kön;svar;antal\n" + "".join(
        f"alla;stöd;{sex};{answer};{number}\n"
        for sex, answer, number in (
            ("kvinnor", "Ja", 9),
            ("kvinnor", "Nej", ".."),
            ("män", "Ja", 7),
            ("män", "Nej", 6),
        )
    )
    asked = "mått: andel svar, grupp: alla, fråga: stöd, svar: [Ja], krav: minst 50 %"
    small_report(tmp_path, asked, enkat=answers)
    (tmp_path / "r/enkat.yaml").write_text(
        "svarsgrupper: [{id: alla, namn: Alla}]\nskalor: [{id: ja, namn: Ja, svar: [Ja, Nej]}]\n"
        "frågor: [{id: stöd, text: Fick du stöd?, skala: ja}]\n",
        "utf-8",
    )
    (report,) = check(tmp_path).reports
    assert next(report.association.results).outcome.reason is NotMeasured.MASKED


def test_a_sum_and_a_share_of_masked_amounts_are_masked(tmp_path: Path) -> None:
    share = "beräknade_kolumner: [{namn: Andel, andel_av: Summa}]"
    settings = f"{ASSOCIATION}tabeller: [{{id: t, titel: T, måttenhet: personer, {share}}}]\n"
    small_report(tmp_path, "mått: värde, krav: minst 1 st", settings=settings)
    (tmp_path / "r/tabeller").mkdir()
    (tmp_path / "r/tabeller/t.csv").write_text("post;2021;lika med\nA;4;\nB;..;\nSumma;;A + B\n", "utf-8")
    checked = check(tmp_path)
    table = checked.reports[0].tables.amounts["t"]
    masked = [[table.amount(row, column).is_masked for row in range(3)] for column in table.columns]
    assert masked == [[False, True, True], [True, True, True]]
    assert not any("saknar belopp" in warning.found for warning in checked.warnings)


CATEGORIES = "tabell;kategori;enhet;kvinnor;män\n" + "".join(
    f"alder;{category};{unit};{people}\n"
    for unit, young, old in (("forbundet", "20;15", "9;8"), ("a", "10;9", "{}"), ("b", "5;3", "4;3"))
    for category, people in (("20–29", young), ("30+", old))
)


@pytest.mark.parametrize(
    ("of_a", "of_c", "found"),
    [
        ("5;5", "alder;20–29;c;5;3\n", 0),
        ("..;..", "alder;20–29;c;5;3\n", 0),
        ("5;4", "alder;20–29;c;5;3\n", 1),
        ("5;4", "", 0),
    ],
    ids=["nobody of c", "a is masked", "one is missing", "c has no table"],
)
def test_categories_of_units_are_those_of_the_whole_where_all_are_known(
    tmp_path: Path, of_a: str, of_c: str, found: int
) -> None:
    problems = problems_in(content(tmp_path, "12;12", bakgrund=CATEGORIES.format(of_a) + of_c))
    assert len(problems) == found


def of_ages(folder: Path, rows: str, ages: str) -> Path:
    """With disclosure control, and a table of ages that has as many as the exits."""
    settings = SETTINGS.replace("titel: Ålder", "titel: Ålder, lika_med: avslut")
    tables = {"deltagare": f"enhet;rad;{rows}", "bakgrund": f"enhet;tabell;kategori;{ages}"}
    small_report(folder, "mått: könsfördelning, rad: avslut, krav: minst 2 %", settings=settings, **tables)
    edit(folder / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    return folder


def test_those_of_a_masked_category_who_have_not_stated_sex_are_masked_too(tmp_path: Path) -> None:
    rows = "kvinnor;män;ej angivet\na;avslut;19;22;2\nb;avslut;18;18;1\nc;avslut;18;18;1\n"
    ages = "kvinnor;män;ej angivet\na;alder;20–29;9;9;2\na;alder;30–39;..;..;..\n"
    (report,) = check(of_ages(tmp_path, rows, ages)).reports
    assert report.tables.background["a", "alder"]["30–39"].unstated is HIDDEN


def test_a_masked_category_that_cannot_be_protected_is_told_of_its_table(tmp_path: Path) -> None:
    """It has no row of counts to point at. Of the others there are as many as of all, so that it is none."""
    rows = "kvinnor;män\na;avslut;9;9\nb;avslut;8;8\nc;avslut;8;8\n"
    ages = "kvinnor;män\na;alder;20–29;9;9\na;alder;30–39;..;..\nb;alder;20–29;8;8\nc;alder;20–29;8;8\n"
    folder = of_ages(tmp_path, rows, f"{ages}forbundet;alder;20–29;25;25\n")
    assert "tabellen ”Ålder” för A går att räkna ut" in only_problem_in(folder).found
