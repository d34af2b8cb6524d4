"""The financial statements agree with each other, and whatever does not is told at its cell."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build import check
from generator.figures import Figures, UnknownFigureError
from generator.model.accounts import savings_of
from generator.model.places import Severity
from generator.model.reconciliation import Rule, Verdict
from generator.model.report import Report
from generator.model.shown import ShownReport
from generator.reconciling.accounts import account_identities, account_problems
from tests.reconciling.reports import add_table, compared_in, found_in, told_about
from tests.support import edit, only_problem_in, page_of, problems_in, text_of, warnings_in

MONEY = (Rule.RESULT, Rule.BALANCE, Rule.EQUITY, Rule.CASH)


@pytest.fixture
def year(year: Path) -> Path:
    """The economy alone, without outcomes, and without other texts than its notes: soon checked."""
    for folder in ("enheter", "exempel", "utfall"):
        shutil.rmtree(year / folder)
    for text in (year / "berattelse").iterdir():
        if not text.name.startswith("not-"):
            text.unlink()
    return year


def test_the_statements_of_2021_agree(content: Path) -> None:
    compared = {rule: [one.verdict for one in compared_in(content, rule)] for rule in MONEY}
    holds, rounding = Verdict.HOLDS, Verdict.ROUNDING
    assert compared == {
        Rule.RESULT: [holds, holds],
        Rule.BALANCE: [holds, holds],
        Rule.EQUITY: [rounding],  # 1 799 593 − 2 009 533 is one krona from the result
        Rule.CASH: [rounding],
    }


def test_the_figures_of_2021_are_those_that_were_published(content: Path, report_2021: ShownReport) -> None:
    (result, _) = compared_in(content, Rule.RESULT)
    assert result.given == -209_941
    (assets, _) = compared_in(content, Rule.BALANCE)
    assert assets.given == 6_539_766
    savings = savings_of(report_2021.report.settings, report_2021.tables.amounts)
    assert savings is not None
    assert [savings.equity, savings.funds, savings.limit] == [1_799_593, 11_380_000, 2_057_000]
    assert savings.is_kept


def test_another_result_in_the_balance_sheet_is_an_error(year: Path) -> None:
    edit(year / "tabeller/balansrakning.csv", "-209941;16827", "-209841;16827")
    edit(year / "tabeller/balansrakning.csv", "2009533;1992706", "2009433;1992706")
    (problem,) = told_about(year, "tabeller/resultatrakning.csv")
    assert found_in(problem) == (
        "Årets resultat i ”Resultaträkning” (2021) är −209 941 kronor,"
        " men Årets resultat i ”Balansräkning” (2021-12-31) är −209 841 kronor"
    )
    assert problem.place.line == 12


def test_a_balance_sheet_that_does_not_balance_is_an_error(year: Path) -> None:
    edit(year / "tabeller/balansrakning.csv", "82796;1237172", "92796;1237172")
    edit(
        year / "tabeller/balansrakning.csv",
        "Summa tillgångar;;Tillgångar;6539766",
        "Summa tillgångar;;Tillgångar;",
    )
    (problem,) = told_about(year, "tabeller/balansrakning.csv")
    assert "Summa tillgångar i ”Balansräkning” (2021-12-31) är 6 549 766 kronor" in found_in(problem)
    assert "men Summa eget kapital + Avsättningar och skulder är 6 539 766 kronor" in found_in(problem)


def test_cash_that_has_changed_otherwise_is_an_error(year: Path) -> None:
    edit(year / "tabeller/kassaflode.csv", ";1154376", ";1153376")
    edit(year / "tabeller/kassaflode.csv", ";6456970", ";")
    (problem,) = told_about(year, "tabeller/kassaflode.csv")
    assert "Årets kassaflöde i ”Kassaflödesanalys” (2021) är 953 231 kronor" in found_in(problem)
    assert "förändringen av Kassa och bank i ”Balansräkning” är 954 232 kronor" in found_in(problem)


def change_equity(year: Path) -> None:
    for old, new in (
        ("2009533;1992706", "2009533;1991706"),
        ("1799593;2009533", "1799593;2008533"),
        ("4740173;4730377", "4740173;4731377"),
    ):
        edit(year / "tabeller/balansrakning.csv", old, new)


def test_equity_that_has_changed_otherwise_is_an_error(year: Path) -> None:
    change_equity(year)
    (problem,) = told_about(year, "tabeller/resultatrakning.csv")
    assert "men förändringen av Summa eget kapital i ”Balansräkning” är −208 940 kronor" in found_in(problem)


def test_what_else_has_changed_the_equity_is_explained_where_it_is_told(year: Path) -> None:
    change_equity(year)
    (problem,) = told_about(year, "tabeller/resultatrakning.csv")
    assert "skriv vad i kolumnen ”förklaring”" in problem.remedy
    table = year / "tabeller/resultatrakning.csv"
    lines = table.read_text("utf-8-sig").splitlines()
    lines[0] += ";förklaring"
    lines[problem.place.line - 1] += ";Medlemmarna fick tillbaka tusen kronor."
    table.write_text("\n".join(lines) + "\n", "utf-8")
    assert problems_in(year.parent) == []
    (equity,) = compared_in(year.parent, Rule.EQUITY)
    assert equity.verdict is Verdict.EXPLAINED
    against = "mot förändringen av Summa eget kapital i ”Balansräkning”"
    page = page_of(year.parent, f"{year.name}/metod.html")
    assert f"Årets resultat i ”Resultaträkning” (2021) {against}" in text_of(page)


def test_savings_above_the_ceiling_are_a_warning(year: Path) -> None:
    edit(
        year / "bokslut.yaml", "    medel: Medlemsavgifter\n", "    medel: Medlemsavgifter\n    andel: 10 %\n"
    )
    (warning,) = [one for one in warnings_in(year.parent) if "sparas" in one.found]
    assert found_in(warning) == "det egna kapitalet är större än vad som får sparas"
    assert warning.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("old", "new", "found", "remedy"),
    [
        ("tabell: kassaflode", "tabell: kasaflode", "tabellen ”kasaflode” finns inte", "”kassaflode”"),
        (
            "eget_kapital: Summa eget kapital",
            "eget_kapital: Suma eget kapital",
            "posten ”Suma eget kapital” finns inte på en egen rad i tabellen ”balansrakning”",
            "Menade du ”Summa eget kapital”?",
        ),
        ("lika_med: Utfall − Budget", "lika_med: Utfall − Bujet",
         "kolumnen ”Bujet” finns inte i tabellen ”utfall-budget”", "Menade du ”Budget”?"),
        ("diagramkolumn: Andel", "diagramkolumn: Andl",
         "kolumnen ”Andl” finns inte i tabellen ”kostnadsfordelning”", "Menade du ”Andel”?"),
        ("visas_som: budget", "kolumner: [{namn: Budjet, måttenhet: tkr}]",
         "kolumnen ”Budjet” finns inte i tabellen ”utfall-budget”", "Menade du ”Budget”?"),
        ("andel_av: Verksamhetens kostnader", "andel_av: Kostnaderna",
         "posten ”Kostnaderna” finns inte på en egen rad i tabellen ”kostnadsfordelning”", "Välj bland"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_told_with_one_that_is(
    year: Path, old: str, new: str, found: str, remedy: str
) -> None:
    edit(year / "bokslut.yaml", old, new)
    problem = next(one for one in problems_in(year.parent) if one.place.file.endswith("bokslut.yaml"))
    assert found_in(problem) == found
    assert remedy in problem.remedy
    lines = (year / "bokslut.yaml").read_text("utf-8").splitlines()
    assert new in lines[problem.place.line - 1]


@pytest.mark.parametrize("id", ["balansrakning", "resultatrakning", "kassaflode"])
def test_a_statement_whose_table_is_not_there_is_told_and_not_compared(
    report_2021: ShownReport, id: str
) -> None:
    report, tables = report_2021.report, {**report_2021.tables.amounts}
    what = f"i ”{tables.pop(id).definition.title}”"
    told = {found_in(one) for one in account_problems(report, tables)}
    assert told == {f"tabellen ”{id}” finns inte"}
    assert not any(what in one.what for one in account_identities(report, tables))


def test_a_statement_without_the_year_is_told(year: Path) -> None:
    edit(year / "tabeller/kassaflode.csv", "lika med;2021", "lika med;i år")
    problem = only_problem_in(year.parent)
    assert found_in(problem) == "tabellen ”kassaflode” har ingen kolumn för 2021"


def test_of_two_columns_of_a_year_none_is_taken_for_the_years(report_2021: ShownReport) -> None:
    tables = report_2021.tables.amounts
    income = tables["resultatrakning"]
    rows = tuple(replace(row, places={**row.places, "Budget 2021": row.place}) for row in income.rows)
    changed = {**tables, income.id: replace(income, rows=rows)}
    told = {found_in(one) for one in account_problems(report_2021.report, changed)}
    assert told == {"tabellen ”resultatrakning” har flera kolumner för 2021"}
    published = replace(report_2021, tables=replace(report_2021.tables, typed_amounts=changed))
    with pytest.raises(UnknownFigureError, match="Efter posten står kolumnen: 2021, 2020, Budget 2021"):
        Figures(published, published.association).find("belopp resultatrakning Årets resultat")


def test_a_statement_in_something_else_than_money_is_told(year: Path) -> None:
    definition = "    titel: Resultaträkning\n    måttenhet: "
    edit(year / "bokslut.yaml", f"{definition}kronor", f"{definition}dollar")
    problem = next(one for one in problems_in(year.parent) if "dollar" in one.found)
    assert problem.remedy == "Skriv kronor, tkr eller mnkr."


WITHOUT = [
    ({"income": None}, {Rule.BALANCE, Rule.CASH}),
    ({"cash_flow": None}, {Rule.BALANCE, Rule.EQUITY, Rule.RESULT}),
    ({"result": None}, {Rule.BALANCE, Rule.EQUITY, Rule.CASH}),
    ({"cash": None}, {Rule.BALANCE, Rule.EQUITY, Rule.RESULT}),
    ({"balance": None}, set()),
]


def declared(report: Report, undeclared: Mapping[str, None]) -> Report:
    economy = report.settings.economy
    assert economy.balance is not None
    balance = economy.balance.model_copy(update=undeclared)
    changed = economy.model_copy(update={"balance": balance, **undeclared})
    return replace(report, settings=report.settings.model_copy(update={"economy": changed}))


def test_what_is_not_declared_is_not_compared(report_2021: ShownReport) -> None:
    tables = report_2021.tables.amounts
    for undeclared, left in WITHOUT:
        report = declared(report_2021.report, undeclared)
        assert {one.rule for one in account_identities(report, tables)} == left


def test_a_year_that_one_statement_lacks_is_not_compared(report_2021: ShownReport) -> None:
    tables = report_2021.tables.amounts
    balance = tables["balansrakning"]
    rows = tuple(replace(row, places={"2021-12-31": row.places["2021-12-31"]}) for row in balance.rows)
    changed = {**tables, balance.id: replace(balance, rows=rows)}
    compared = account_identities(report_2021.report, changed)
    assert [one.rule for one in compared] == [Rule.BALANCE, Rule.RESULT]


@pytest.mark.parametrize(
    ("others", "needs_one"),
    [({}, True), ({"cash_flow": None}, True), ({"ceiling": None}, True),
     ({"cash_flow": None, "ceiling": None}, False)],
)  # fmt: skip
def test_what_is_compared_with_a_balance_sheet_needs_one(
    report_2021: ShownReport, others: Mapping[str, None], *, needs_one: bool
) -> None:
    report = declared(report_2021.report, {"balance": None, **others})
    told = [one.remedy for one in account_problems(report, report_2021.tables.amounts)]
    assert told == ["Lägg till ”balansräkning” under ”ekonomi”."] * needs_one


def test_a_sum_that_is_not_typed_is_told_by_all_that_it_is_made_of(year: Path) -> None:
    last = "Resultat efter finansiella poster + Extraordinära poster;;"
    edit(year / "tabeller/resultatrakning.csv", f"{last}-209941;16827", f"{last};")
    (equity,) = compared_in(year.parent, Rule.EQUITY)
    assert [cell.line for cell in equity.cells[: equity.of_given]] == [10, 11]


def test_statements_in_different_units_are_compared_in_kronor(year: Path) -> None:
    text = (year / "tabeller/kassaflode.csv").read_text("utf-8-sig")
    for kronor, tkr in (
        ("5502738", "5503"), ("-209941", "-210"), ("1154376", "1154"), ("9796", "10"), ("6456970", "6457"),
    ):  # fmt: skip
        text = text.replace(kronor, tkr)
    (year / "tabeller/kassaflode.csv").write_text(text, "utf-8")
    definition = "    titel: Kassaflödesanalys\n    måttenhet: "
    edit(year / "bokslut.yaml", f"{definition}kronor", f"{definition}tkr")
    (cash,) = compared_in(year.parent, Rule.CASH)
    assert [cash.given, cash.computed] == [954_000, 954_232]
    assert cash.verdict is Verdict.ROUNDING


def test_an_amount_is_compared_in_the_unit_of_its_row(report_2021: ShownReport) -> None:
    tables = report_2021.tables.amounts
    flow = tables["kassaflode"]
    in_tkr = flow.definition.model_copy(update={"unit": "tkr"})
    rows = tuple(replace(row, unit="kronor") for row in flow.rows)
    changed = {**tables, flow.id: replace(flow, definition=in_tkr, rows=rows)}
    compared = account_identities(report_2021.report, changed)
    assert list(compared) == list(account_identities(report_2021.report, tables))


# Sums and columns of any table


def test_a_circle_of_sums_is_an_error(year: Path) -> None:
    file = add_table(year, ["post;lika med;2021", "A;B;", "B;C;", "C;A;"])
    (problem,) = told_about(year, file)
    assert found_in(problem) == "posten ”A” är summan av sig själv, på omvägen över andra poster"
    assert problem.place.line == 2


def test_a_sum_of_rows_in_different_units_is_an_error(year: Path) -> None:
    file = add_table(year, ["post;måttenhet;lika med;2021", "A;tkr;;1", "B;%;;2", "Summa;tkr;A + B;"])
    (problem,) = told_about(year, file)
    assert found_in(problem) == "”Summa” är en summa, men ”B” har en annan måttenhet"


def test_a_column_computed_of_columns_in_different_units_is_an_error(year: Path) -> None:
    edit(year / "bokslut.yaml", "visas_som: budget", "kolumner: [{namn: Budget, måttenhet: personer}]")
    problem = only_problem_in(year.parent)
    assert found_in(problem) == "”Avvikelse” är i tkr, men ”Budget” är i personer"
    assert problem.remedy == ("”Avvikelse” räknas av kolumner i samma måttenhet: skriv den under ”kolumner”.")


def test_a_column_that_is_computed_from_itself_is_an_error(year: Path) -> None:
    edit(year / "bokslut.yaml", "lika_med: Utfall − Budget", "lika_med: Utfall − Avvikelse")
    problem = next(one for one in problems_in(year.parent) if "räknas ur sig" in one.found)
    assert found_in(problem) == "kolumnen ”Avvikelse” räknas ur sig själv"


def test_a_typed_deviation_is_a_control_total(year: Path) -> None:
    edit(
        year / "tabeller/utfall-budget.csv", "Lokalhyra;Kansliet;;-85;-85;0", "Lokalhyra;Kansliet;;-85;-85;9"
    )
    (problem,) = told_about(year, "tabeller/utfall-budget.csv")
    assert found_in(problem) == (
        "Höll budgeten? Lokalhyra (Avvikelse) är 9 tkr, men Utfall − Budget är 0 tkr"
    )


def test_a_typed_share_is_a_control_total_as_it_is_rounded(year: Path) -> None:
    edit(year / "tabeller/kostnadsfordelning.csv", "1432;12", "1432;13")
    (problem,) = told_about(year, "tabeller/kostnadsfordelning.csv")
    assert "(Andel) är 13 %, men andelen av Verksamhetens kostnader är 12 %" in found_in(problem)


def test_a_sum_that_lacks_an_amount_is_a_warning(year: Path) -> None:
    file = add_table(year, ["post;lika med;2020;2021", "A;;1;2", "B;;;3", "Summa;A + B;;"])
    (warning,) = told_about(year, file, Severity.WARNING)
    assert found_in(warning) == "posten ”Summa” (2020) går inte att räkna ut: B saknar belopp"


# The budget decided for three years, with the result of 2019 as it was decided

BUDGET_2019 = [
    "post;grupp;lika med;förklaring;2019;2020;2021",
    "Parternas medel;Intäkter;;;11450;12800;12800",
    "Anställningsstöd;Intäkter;;;90;80;70",
    "Summa intäkter;;Intäkter;;11540;12880;12870",
    "Kansli;Kostnader;;;2210;2315;2420",
    "Verksamhetsnära;Kostnader;;;700;650;650",
    "Verksamheter;Kostnader;;;10920;9570;9670",
    "Summa kostnader;;Kostnader;;13830;12535;12740",
    "Årets resultat;;Summa intäkter − Summa kostnader;{};-2291;345;130",
    "Eget kapital vid årets ingång;;;;3100;810;1155",
    "Eget kapital vid årets slut;;Eget kapital vid årets ingång + Årets resultat;;810;1155;1285",
]


def test_the_decided_budget_is_told_with_both_values(year: Path) -> None:
    problems = told_about(year, add_table(year, [row.format("") for row in BUDGET_2019]))
    assert "är −2 291 tkr, men Summa intäkter − Summa kostnader är −2 290 tkr" in found_in(problems[0])


def test_what_is_explained_is_added_up_as_it_is_computed(year: Path) -> None:
    """With the result explained as wrong, the equity that was decided holds again."""
    file = add_table(year, [row.format("Felräknat i beslutet") for row in BUDGET_2019])
    assert [*told_about(year, file), *told_about(year, file, Severity.WARNING)] == []
    (result,) = check(year.parent).reports[0].reconciliation.with_verdict(Verdict.EXPLAINED)
    assert [result.given, result.computed] == [-2291, -2290]


def test_an_explanation_of_what_holds_is_told(year: Path) -> None:
    """It would hide the next difference."""
    rows = [row.format("Felräknat i beslutet").replace("-2291", "-2290") for row in BUDGET_2019]
    (warning,) = told_about(year, add_table(year, rows), Severity.WARNING)
    assert found_in(warning) == "raden stämmer, men har en förklaring till varför den inte skulle göra det"
    assert warning.place.line == 9
