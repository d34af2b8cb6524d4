"""Tables of amounts: what is computed is what is shown, in pages, print and data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from bs4 import Tag
from hypothesis import given
from hypothesis import strategies as st

from generator.model.amounts import AmountTable, in_circle
from generator.model.outcomes import TableRow
from generator.model.places import Place
from generator.model.shown import ShownReport
from generator.model.sums import parse_sum
from generator.model.table_settings import TableDefinition
from generator.pages.amount_charts import chart_of
from generator.pages.amounts import amount_view, results_told
from generator.pages.references import References
from generator.reconciling.amounts import table_problems
from tests.reconciling.reports import add_table
from tests.support import (
    YEAR,
    Published,
    by_id,
    csv_rows,
    edit,
    leave_only,
    page_of,
    plain,
    soup,
    table_rows,
    text_of,
)

HEADING = "2021"


def a_row(name: str, amount: int | None, group: str = "", equals: str = "") -> TableRow:
    place = Place("tabell.csv", 2, HEADING)
    amounts = {} if amount is None else {HEADING: Fraction(amount)}
    made_of = parse_sum(equals) if equals else None
    return TableRow(name, group, made_of, amounts, "", place, {HEADING: place})


def a_wide_row(name: str, first: int | None, second: int | None, equals: str = "") -> TableRow:
    """Of the columns ”A” and ”B”."""
    places = {column: Place("tabell.csv", 2, column) for column in "AB"}
    amounts = {column: Fraction(one) for column, one in (("A", first), ("B", second)) if one is not None}
    made_of = parse_sum(equals) if equals else None
    return TableRow(name, "", made_of, amounts, "", Place("tabell.csv", 2, "A"), places)


def in_column(table: AmountTable, name: str) -> list[Fraction | None]:
    column = table.column(name)
    assert column is not None
    return [table.amount(at, column).value for at in range(len(table.rows))]


def a_table(rows: list[TableRow], **keys: object) -> AmountTable:
    head = {"id": "prov", "titel": "Prov", "måttenhet": "kronor", **keys}
    return AmountTable(TableDefinition.model_validate(head), tuple(rows))


def shown(table: AmountTable) -> dict[str, Fraction | None]:
    (column, *_) = table.columns
    return {row.name: table.amount(at, column).value for at, row in enumerate(table.rows)}


def test_a_cell_counts_once_among_those_that_a_sum_is_made_of() -> None:
    doubled = [a_row(f"P{at}", None, equals=f"P{at - 1} + P{at - 1}") for at in range(1, 200)]
    table = a_table([a_row("P0", 1), *doubled])
    last = table.amount(199, table.columns[0])
    assert last.value == 2**199
    assert last.cells == (table.rows[0].place,)


AMOUNTS = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6)


@given(income=AMOUNTS, costs=AMOUNTS, order=st.randoms(use_true_random=False))
def test_sums_of_sums_are_computed_whatever_the_order(
    income: list[int], costs: list[int], order: Random
) -> None:
    rows = [a_row(f"Intäkt {at}", amount, "intäkter") for at, amount in enumerate(income)]
    rows += [a_row(f"Kostnad {at}", amount, "kostnader") for at, amount in enumerate(costs)]
    rows += [
        a_row("Summa intäkter", None, equals="intäkter"),
        a_row("Summa kostnader", None, equals="kostnader"),
        a_row("Resultat", None, equals="Summa intäkter − Summa kostnader"),
        a_row("Dubbelt", None, equals="Resultat + Resultat"),
    ]
    order.shuffle(rows)
    values = shown(a_table(rows))
    assert values["Summa intäkter"] == sum(income)
    assert values["Resultat"] == sum(income) - sum(costs)
    assert values["Dubbelt"] == 2 * (sum(income) - sum(costs))


@given(parts=AMOUNTS)
def test_a_typed_sum_that_holds_is_what_is_computed(parts: list[int]) -> None:
    rows = [a_row(f"Del {at}", amount, "delar") for at, amount in enumerate(parts)]
    typed = shown(a_table([*rows, a_row("Summa", sum(parts), equals="delar")]))
    computed = shown(a_table([*rows, a_row("Summa", None, equals="delar")]))
    assert typed == computed


def test_rows_in_a_circle_are_told_and_not_computed() -> None:
    table = a_table([a_row("A", None, equals="B"), a_row("B", None, equals="A + C"), a_row("C", 1)])
    assert in_circle(table.rows_made_of) == 0
    assert shown(table) == {"A": None, "B": None, "C": Fraction(1)}


def test_a_share_is_counted_of_its_row() -> None:
    columns = [{"namn": "Andel", "andel_av": "Summa"}]
    rows = [a_row("A", 1, "delar"), a_row("B", 3, "delar"), a_row("Summa", None, equals="delar")]
    table = a_table(rows, beräknade_kolumner=columns)
    share = table.columns[1]
    assert [table.amount(at, share).value for at in range(3)] == [25, 75, 100]


SHARES = {"beräknade_kolumner": [{"namn": "Andel", "andel_av": "A", "kolumn": "B"}]}


def test_a_share_of_another_column_is_counted_row_by_row_also_in_sums() -> None:
    rows = [a_wide_row("Ett", 4, 1), a_wide_row("Två", 6, 4), a_wide_row("Båda", None, None, "Ett + Två")]
    assert in_column(a_table(rows, **SHARES), "Andel") == [25, Fraction(200, 3), 50]


def test_a_share_of_nothing_is_none() -> None:
    assert in_column(a_table([a_wide_row("Ett", 0, 0)], **SHARES), "Andel") == [None]


@pytest.mark.parametrize("unit", ["%", "procent"])
def test_percent_beside_amounts_are_never_added_up(unit: str) -> None:
    rows = [a_wide_row("Ett", 4, 50), a_wide_row("Två", 6, 25), a_wide_row("Båda", None, None, "Ett + Två")]
    table = a_table(rows, kolumner=[{"namn": "B", "måttenhet": unit}])
    assert [in_column(table, "A")[2], in_column(table, "B")[2]] == [10, None]


STAFF = [a_wide_row("Ett", 4, 50), a_wide_row("Två", 6, 25), replace(a_wide_row("Folk", 9, 70), unit="st")]


def test_what_is_in_another_unit_has_no_share_of_a_row_and_is_not_drawn() -> None:
    table = a_table(STAFF, visas_som="staplar", beräknade_kolumner=[{"namn": "Andel", "andel_av": "Två"}])
    assert in_column(table, "Andel") == [Fraction(200, 3), 100, None]
    assert chart_of(table, str).bars.keys() == {0, 1}
    assert chart_of(table, str).summary == "Den största posten är ”Två”, 6."


def test_no_row_is_said_to_be_the_largest_where_another_is_as_large() -> None:
    table = a_table([a_wide_row("Ett", 6, 50), a_wide_row("Två", 6, 25)], visas_som="staplar")
    assert chart_of(table, str).summary == ""


def test_of_costs_that_are_as_far_over_none_is_the_farthest() -> None:
    rows = [a_wide_row("Ett", -6, -4), a_wide_row("Två", -6, -4), a_wide_row("Tre", -1, -2)]
    summary = chart_of(a_table(rows, visas_som="budget"), str).summary
    assert "Mest över ligger Ett och Två, 2. Mest under ligger Tre, 1." in summary


def test_a_column_in_percent_is_so_in_every_row() -> None:
    table = a_table(STAFF, kolumner=[{"namn": "B", "måttenhet": "%"}])
    assert [table.unit_of(2, column) for column in table.columns] == ["st", "%"]


def test_a_chart_tells_amounts_in_the_unit_of_its_column(report_2021: ShownReport) -> None:
    table = a_table(STAFF[:2], visas_som="staplar", kolumner=[{"namn": "A", "måttenhet": "tkr"}])
    assert plain(amount_view(table, report_2021.report).summary) == "Den största posten är ”Två”, 6 tkr."


@pytest.mark.parametrize("columns", [["A"], ["A", "B"], ["A", "B", "C"], ["C"]])
def test_a_column_is_computed_of_columns_in_its_own_unit(columns: list[str]) -> None:
    head = {"kolumner": [{"namn": name, "måttenhet": "tkr"} for name in columns]}
    table = a_table(STAFF[:2], **head, beräknade_kolumner=[{"namn": "C", "lika_med": "A − B"}])
    found = [problem.found for problem in table_problems(table)]
    assert bool(found) == (len(columns) < 3), found


@pytest.mark.parametrize("in_percent", ["table", "row"])
def test_what_lies_between_two_columns_in_percent_is_percentage_points(
    report_2021: ShownReport, in_percent: str
) -> None:
    rows = [a_wide_row("Kvinnor", 51, 50), a_wide_row("Män", 60, 70)]
    head: dict[str, object] = {"beräknade_kolumner": [{"namn": "Skillnad", "lika_med": "A − B"}]}
    if in_percent == "row":
        rows = [replace(row, unit="%") for row in rows]
    else:
        head["måttenhet"] = "%"
    table = a_table(rows, **head)
    (group,) = amount_view(table, report_2021.report).groups
    told = [plain(str(row.cells[-1].text)) for row in group.rows]
    assert told == ["1 procentenhet", "−10 procentenheter"]
    assert list(table_problems(table)) == []


def test_an_amount_of_one_is_told_in_the_singular(report_2021: ShownReport) -> None:
    rows = [a_wide_row("Ett", 1, 50), a_wide_row("Två", 2, 25)]
    table = a_table(rows, kolumner=[{"namn": "A", "måttenhet": "möten"}])
    (group,) = amount_view(table, report_2021.report).groups
    assert [plain(str(row.cells[0].text)) for row in group.rows] == ["1 möte", "2 möten"]


def test_what_is_typed_in_percent_is_told_in_a_text_as_in_its_table(report_2021: ShownReport) -> None:
    rows = [replace(a_row("Soliditet", None), amounts={HEADING: Fraction(874, 10)})]
    tables = replace(report_2021.tables, typed_amounts={"prov": a_table(rows, måttenhet="%")})
    published = replace(report_2021, tables=tables)
    shown = References(published, published.association).resolve("belopp prov Soliditet")
    assert plain(shown) == "87,4 %"


@pytest.mark.parametrize(("typed", "shown"), [(11, 11), (19, 10)])
def test_an_explained_sum_is_the_computed_one_where_rounding_is_not_enough(typed: int, shown: int) -> None:
    total = replace(a_wide_row("Båda", typed, None, "Ett + Två"), explanation="Tryckfel")
    rows = [a_wide_row("Ett", 4, None), a_wide_row("Två", 6, None), total]
    assert in_column(a_table(rows, avrundad="ja"), "A")[2] == shown


# The pages of 2021


@pytest.fixture
def report(web_site: Path) -> Path:
    return web_site / YEAR


def rows_shown(report: Path, page: str, table: str) -> list[dict[str, str]]:
    section = by_id(soup(report / f"{page}.html"), f"belopp-{table}")
    assert section.table is not None
    return table_rows(section.table)


def bars(section: Tag, name: str) -> list[str]:
    return [str(bar[name]) for bar in section.select("tbody rect")]


TABLES = [
    ("forvaltningsberattelse", "kostnadsfordelning", 4),
    ("forvaltningsberattelse", "utfall-budget", 6),
    ("ekonomi", "resultatrakning", 11),
    ("ekonomi", "balansrakning", 11),
    ("ekonomi", "kassaflode", 6),
]


@pytest.mark.parametrize(("page", "table", "rows"), TABLES, ids=[table for _, table, _ in TABLES])
def test_every_row_is_on_its_page_in_the_pdf_and_in_the_data(
    site: Published, page: str, table: str, rows: int
) -> None:
    shown = rows_shown(site.report, page, table)
    assert len(shown) == rows
    printed = plain(" ".join(site.printed))
    data = {row["post"]: row for row in csv_rows(site.report / f"data/belopp-{table}.csv")}
    assert data.keys() == {row["Post"] for row in shown}
    for row in shown:
        numbers = data[row["Post"]]
        figures = [text for name, text in row.items() if name not in ("Post", "Not")]
        assert " ".join(figures) in printed
        for name, text in row.items():
            if name not in ("Post", "Not"):
                digits = text.replace(" ", "").replace("−", "-").replace("%", "").replace(",", ".")
                assert abs(float(numbers[name]) - float(digits)) < 0.51


def test_the_statements_show_the_figures_of_2021(report: Path) -> None:
    result = {row["Post"]: row["2021"] for row in rows_shown(report, "ekonomi", "resultatrakning")}
    assert result["Verksamhetens resultat"] == "−203 561"
    assert result["Årets resultat"] == "−209 941"
    assert result["Extraordinära poster"] == "0"
    balance = {row["Post"]: row["2021-12-31"] for row in rows_shown(report, "ekonomi", "balansrakning")}
    assert balance["Summa tillgångar"] == "6 539 766"
    assert balance["Summa eget kapital"] == "1 799 593"
    assert balance["Summa eget kapital, avsättningar och skulder"] == "6 539 766"
    flow = {row["Post"]: row["2021"] for row in rows_shown(report, "ekonomi", "kassaflode")}
    assert flow["Årets kassaflöde"] == "954 231"  # computed: nothing is typed there
    assert flow["Kassa och bank vid årets slut"] == "6 456 970"


def test_a_row_leads_to_its_note_on_the_same_page(report: Path) -> None:
    page = soup(report / "ekonomi.html")
    link = by_id(page, "belopp-resultatrakning").select("td.amount-note a")[0]
    note = by_id(page, str(link["href"]).removeprefix("#"))
    assert text_of(note).startswith("Not 2 Medlemsavgifter")
    assert note.find(id="belopp-medlemsavgifter") is not None


def test_a_chart_has_a_sentence_and_bars_beside_the_same_figures(report: Path) -> None:
    page = soup(report / "ekonomi.html")
    flow = by_id(page, "belopp-kassaflode")
    assert "från ”Kassa och bank vid årets början”, 5 502 738 kronor" in text_of(flow)
    fills = [fill.removeprefix("var(--color-").rstrip(")") for fill in bars(flow, "fill")]
    assert fills == ["bar", "paper", "paper", "paper", "men", "men", "men", "men", "bar"]


def test_parts_of_a_whole_are_drawn_from_0_to_100_percent_the_largest_first(report: Path) -> None:
    costs = by_id(soup(report / "forvaltningsberattelse.html"), "belopp-kostnadsfordelning")
    assert "Den största posten är ”Individinriktade insatser”, 78 %." in text_of(costs)
    shown = [row["Post"] for row in rows_shown(report, "forvaltningsberattelse", "kostnadsfordelning")]
    assert shown == [
        "Individinriktade insatser", "Strukturövergripande insatser", "Administration",
        "Verksamhetens kostnader",
    ]  # fmt: skip
    assert [round(float(width.rstrip("%"))) for width in bars(costs, "width")] == [78, 12, 10]


def test_costs_are_drawn_within_their_budget_and_beyond_it(report: Path) -> None:
    page = soup(report / "forvaltningsberattelse.html")
    table = by_id(page, "belopp-utfall-budget")
    assert "6 av 22 poster gick över budget. Mest över ligger Hemsidor, 32 tkr." in text_of(table)
    assert "Mest under ligger Kompetensutveckling och mötesplatser, 233 tkr." in text_of(table)
    drawn = {text_of(row.th): len(row.select("rect")) for row in table.select("tbody tr") if row.th}
    assert (drawn["Vuxentorget"], drawn["Hemsidor"]) == (2, 3)  # frame and cost, and what is over
    assert (drawn["Medlemsavgifter"], drawn["Totala kostnader"]) == (0, 0)


def test_the_savings_are_shown_against_their_ceiling(report: Path) -> None:
    text = text_of(soup(report / "ekonomi.html"))
    assert "Det egna kapitalet är 1 799 593 kronor. Högst 2 057 000 kronor får sparas." in text
    assert "257 407 kronor under taket" in text


def test_a_result_that_is_not_nought_is_not_told_as_nought(report_2021: ShownReport) -> None:
    settings = report_2021.report.settings
    assert settings.economy.income is not None
    income = settings.economy.income.model_copy(update={"result": parse_sum("Finansiella kostnader")})
    economy = settings.economy.model_copy(update={"income": income})
    report = replace(report_2021.report, settings=settings.model_copy(update={"economy": economy}))
    result, *_ = results_told(replace(report_2021, report=report))
    assert plain(result) == "Underskott 10 tkr, året före underskott 0,1 tkr."


def test_an_amount_in_a_text_is_that_of_the_table(report: Path) -> None:
    text = text_of(soup(report / "forvaltningsberattelse.html"))
    assert "Året slutade med ett underskott på 210 tkr." in text
    assert "78 % till insatser" in text


def test_in_the_audit_edition_every_amount_leads_to_its_row(audit_site: Path) -> None:
    page = soup(audit_site / YEAR / "ekonomi.html")
    links = page.select("#belopp-resultatrakning td.number a")
    assert len(links) == 22
    file, _, anchor = str(links[0]["href"]).partition("#")
    line = by_id(soup(audit_site / YEAR / file), anchor)
    assert "Medlemsavgifter" in text_of(line)


# Tables as an author may write them


def economy(year: Path) -> Tag:
    leave_only(year, "ekonomi")
    return by_id(page_of(year.parent, f"{YEAR}/ekonomi.html"), "belopp-ekonomi")


def test_an_empty_cell_is_a_dash_and_an_explained_amount_has_both_values(year: Path) -> None:
    rows = [
        "post;lika med;förklaring;2019;2020",
        "Intäkter;;;11540;12880",
        "Kostnader;;;-13830;",
        "Årets resultat;Intäkter + Kostnader;Tryckt så i den beslutade budgeten;-2291;",
    ]
    add_table(year, rows)
    section = economy(year)
    assert section.table is not None
    notes = text_of(section)
    assert "Årets resultat (2019): angivet −2 291, men uträknat −2 290." in notes
    assert "Tryckt så i den beslutade budgeten." in notes
    _, costs, result = table_rows(section.table)
    assert (costs["2020"], result["2019"], result["2020"]) == ("–", "−2 290", "–")


def test_negative_costs_have_bars_to_the_right(year: Path) -> None:
    add_table(year, ["post;lika med;2021", "A;;-100", "B;;-50", "Summa;A + B;"])
    edit(year / "bokslut.yaml", "  - id: ekonomi\n", "  - id: ekonomi\n    visas_som: staplar\n")
    page = economy(year)
    assert (bars(page, "x"), bars(page, "width")) == (["0%", "0%"], ["100%", "50%"])


def test_a_waterfall_may_pass_zero(year: Path) -> None:
    rows = ["post;lika med;2021", "Intäkter;;100", "Kostnader;;-150", "Resultat;Intäkter + Kostnader;"]
    add_table(year, rows)
    edit(year / "bokslut.yaml", "  - id: ekonomi\n", "  - id: ekonomi\n    visas_som: vattenfall\n")
    page = economy(year)
    assert bars(page, "x") == ["33.33%", "0%", "0%"]
    assert bars(page, "width") == ["66.67%", "100%", "33.33%"]
    assert "”Intäkter”, 100 tkr, till ”Resultat”, −50 tkr." in text_of(page)
