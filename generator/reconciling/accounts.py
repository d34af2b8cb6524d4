"""The financial statements against each other: what is said twice, and what must follow from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from generator.model.accounts import Stated, columns_by_year, columns_of_years, kronor_in, savings_of, stated
from generator.model.amounts import AmountTable
from generator.model.frozen import Frozen
from generator.model.names import as_written
from generator.model.places import Problem, Severity, unknown_name
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.sums import Sum
from generator.model.table_settings import BalanceSheet, CapitalCeiling, CashFlow, IncomeStatement
from generator.reconciling.amounts import names_in, unknown_row

Tables = Mapping[str, AmountTable]


def account_identities(report: Report, tables: Tables) -> Iterator[Identity]:
    """What must agree, for each year that both sides state."""
    economy = report.settings.economy
    income, balance, flow = economy.income, economy.balance, economy.cash_flow
    if balance is None or balance.table not in tables:
        return
    sheet = tables[balance.table]
    assets, equity = _Side(sheet, balance.assets), _Side(sheet, balance.equity)
    debts = _Side(sheet, balance.liabilities)
    against = f"{equity.rows.written} + {debts.rows.written}"
    for year in assets.years:
        yield from _compared(Rule.BALANCE, assets, year, against, [(1, equity.of(year)), (1, debts.of(year))])
    if income is not None and income.table in tables:
        carried = None if balance.result is None else _Side(sheet, balance.result)
        yield from _results(_Side(tables[income.table], income.result), equity, carried)
    if flow is not None and flow.table in tables and balance.cash is not None:
        total, cash = _Side(tables[flow.table], flow.change), _Side(sheet, balance.cash)
        for year in total.years:
            yield from _compared(Rule.CASH, total, year, f"förändringen av {cash.what}", cash.change(year))


class _Side(Frozen):
    """Rows of a statement, as the words of a message name them."""

    table: AmountTable
    rows: Sum

    def of(self, year: int) -> Stated | None:
        return stated(self.table, self.rows, year)

    def change(self, year: int) -> Terms:
        return [(1, self.of(year)), (-1, self.of(year - 1))]

    @property
    def what(self) -> str:
        return f"{self.rows.written} i ”{self.table.definition.title}”"

    @property
    def years(self) -> list[int]:
        return sorted(columns_by_year(self.table), reverse=True)


Terms = Sequence[tuple[int, Stated | None]]  # what is added (1) or taken away (-1)


def _results(result: _Side, equity: _Side, carried: _Side | None) -> Iterator[Identity]:
    for year in result.years:
        amount = None if carried is None else carried.of(year)
        if carried is not None and amount is not None:
            against = f"{carried.what} ({amount.heading})"
            yield from _compared(Rule.RESULT, result, year, against, [(1, amount)])
        against = f"förändringen av {equity.what}"
        yield from _compared(Rule.EQUITY, result, year, against, equity.change(year))


def _compared(rule: Rule, side: _Side, year: int, against: str, terms: Terms) -> Iterator[Identity]:
    """One identity, where everything is stated."""
    given = side.of(year)
    known = [(sign, amount) for sign, amount in terms if amount is not None]
    if given is None or len(known) < len(terms):
        return
    everything = (given, *(amount for _, amount in known))
    cells = dict.fromkeys(cell for amount in everything for cell in amount.amount.cells)
    cell, *others = given.amount.cells
    told = (row.explanation for row in side.table.rows if cell in row.places.values())
    yield Identity(
        rule,
        f"{side.what} ({given.heading})",
        against,
        given.value,
        sum((sign * amount.value for sign, amount in known), Fraction(0)),
        tuple(cells),
        unit="kronor",
        tolerance=sum((amount.slack for amount in everything), Fraction(0)),
        of_given=len(given.amount.cells),
        explanation=next(told) if rule is Rule.EQUITY and not others else "",
    )


# How it is declared


def account_problems(report: Report, tables: Tables) -> Iterator[Problem]:
    """Tables, rows and years that are named but not there, and savings above the ceiling."""
    yield from _faults(report, tables)
    savings = savings_of(report.settings, tables)
    if savings is not None and not savings.is_kept:
        found = "det egna kapitalet är större än vad som får sparas"
        remedy = "Sidan om ekonomin visar båda talen. Berätta i en text vad styrelsen gör åt det."
        yield Problem(savings.rule.place(), found, remedy, Severity.WARNING)


def _faults(report: Report, tables: Tables) -> Iterator[Problem]:
    economy = report.settings.economy
    for entry in (economy.income, economy.balance, economy.cash_flow, economy.ceiling):
        if entry is None:
            continue
        table = tables.get(entry.table)
        if table is None:
            known = [as_written(definition.id) for definition in report.settings.tables]
            yield unknown_name(entry.place("table"), "tabellen", entry.table, known)
            continue
        yield from _faults_in(entry, table)
        yield from _years_missing(entry, table, report.year)
    if economy.balance is None and (economy.cash_flow or economy.ceiling):
        found = "kassaflöde och kapitaltak jämförs med balansräkningen, men den är inte angiven"
        yield Problem(economy.place(), found, "Lägg till ”balansräkning” under ”ekonomi”.")


Statement = IncomeStatement | BalanceSheet | CashFlow | CapitalCeiling


def _faults_in(entry: Statement, table: AmountTable) -> Iterator[Problem]:
    unit = table.definition.unit
    if kronor_in(unit) is None:
        found = f"tabellen ”{as_written(table.id)}” har måttenheten ”{unit}”, som inte är pengar"
        yield Problem(table.definition.place("unit"), found, "Skriv kronor, tkr eller mnkr.")
    for field in type(entry).model_fields:
        rows = getattr(entry, field)
        for term in rows.terms if isinstance(rows, Sum) else ():
            if not table.rows_of(term):
                yield unknown_row(entry.place(field), term.name, table, names_in(table))


def _years_missing(entry: Statement, table: AmountTable, year: int) -> Iterator[Problem]:
    """Statements are told apart by the years of their headings, so that of the report must be among them."""
    known = [of for of, _ in columns_of_years(table)]
    if known.count(year) != 1:
        headings = ", ".join(column.heading for column in table.columns)
        how_many = "flera kolumner" if year in known else "ingen kolumn"
        found = f"tabellen ”{as_written(table.id)}” har {how_many} för {year}"
        remedy = f"Skriv året i en rubrik, till exempel {year} eller {year}-12-31. Kolumnerna är: {headings}."
        yield Problem(entry.place("table"), found, remedy)
