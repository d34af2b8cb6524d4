"""The financial statements against each other: what is said twice, and what must follow from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from generator.model.accounts import Stated, columns_by_year, kronor_in, savings_of, stated
from generator.model.amounts import AmountTable
from generator.model.entry import Entry
from generator.model.names import as_written, remedy_for_unknown
from generator.model.places import Place, Problem, Severity
from generator.model.reconciliation import Identity, Rule
from generator.model.report import Report
from generator.model.settings import BalanceSheet, CapitalCeiling, CashFlow, Economy, IncomeStatement
from generator.model.sums import Sum
from generator.reconciling.amounts import names_in

Tables = Mapping[str, AmountTable]


def account_identities(report: Report, tables: Tables) -> Iterator[Identity]:
    """What must agree, for each year that both sides state."""
    economy = report.settings.economy
    if economy.balance is not None:
        yield from _in_balance(economy.balance, tables)
    if economy.income is not None and economy.balance is not None:
        yield from _results(economy.income, economy.balance, tables)
    if economy.cash_flow is not None and economy.balance is not None:
        yield from _cash(economy.cash_flow, economy.balance, tables)


@dataclass(frozen=True)
class _Side:
    """Rows of a statement, as the words of a message name them."""

    table: AmountTable
    rows: Sum

    def of(self, year: int) -> Stated | None:
        return stated(self.table, self.rows, year)

    def change(self, year: int) -> tuple[Stated, Stated] | None:
        now, before = self.of(year), self.of(year - 1)
        return (now, before) if now is not None and before is not None else None

    @property
    def what(self) -> str:
        return f"{self.rows.written} i {_title(self.table)}"

    @property
    def years(self) -> list[int]:
        return sorted(columns_by_year(self.table), reverse=True)


def _title(table: AmountTable) -> str:
    return f"”{table.definition.title}”"


def _in_balance(balance: BalanceSheet, tables: Tables) -> Iterator[Identity]:
    table = tables.get(balance.table)
    if table is None:
        return
    assets = _Side(table, balance.assets)
    equity, debts = _Side(table, balance.equity), _Side(table, balance.liabilities)
    for year in assets.years:
        have, own, owe = assets.of(year), equity.of(year), debts.of(year)
        if have is not None and own is not None and owe is not None:
            against = f"{equity.rows.written} + {debts.rows.written}"
            what = f"{assets.what} ({have.heading})"
            yield _identity(Rule.BALANCE, (what, against), have, own.value + owe.value, (own, owe))


def _results(income: IncomeStatement, balance: BalanceSheet, tables: Tables) -> Iterator[Identity]:
    statement, sheet = tables.get(income.table), tables.get(balance.table)
    if statement is None or sheet is None:
        return
    result, equity = _Side(statement, income.result), _Side(sheet, balance.equity)
    for year in result.years:
        earned = result.of(year)
        if earned is None:
            continue
        what = f"{result.what} ({earned.heading})"
        carried = stated(sheet, balance.result, year) if balance.result is not None else None
        if balance.result is not None and carried is not None:
            against = f"{_Side(sheet, balance.result).what} ({carried.heading})"
            yield _identity(Rule.RESULT, (what, against), earned, carried.value, (carried,))
        change = equity.change(year)
        if change is not None:
            now, before = change
            against = f"förändringen av {equity.what}"
            yield _identity(Rule.EQUITY, (what, against), earned, now.value - before.value, change)


def _cash(flow: CashFlow, balance: BalanceSheet, tables: Tables) -> Iterator[Identity]:
    statement, sheet = tables.get(flow.table), tables.get(balance.table)
    if statement is None or sheet is None or balance.cash is None:
        return
    total, cash = _Side(statement, flow.change), _Side(sheet, balance.cash)
    for year in total.years:
        given, change = total.of(year), cash.change(year)
        if given is not None and change is not None:
            now, before = change
            what, against = f"{total.what} ({given.heading})", f"förändringen av {cash.what}"
            yield _identity(Rule.CASH, (what, against), given, now.value - before.value, change)


def _identity(
    rule: Rule, words: tuple[str, str], given: Stated, computed: Fraction, others: tuple[Stated, ...]
) -> Identity:
    """`words` are what is compared, and with what."""
    what, against = words
    cells = [cell for one in (given, *others) for cell in one.amount.cells]
    return Identity(
        rule,
        what,
        against,
        given.value,
        computed,
        tuple(dict.fromkeys(cells)),
        unit="kronor",
        tolerance=given.slack + sum((one.slack for one in others), Fraction(0)),
    )


# How it is declared


def account_problems(report: Report, tables: Tables) -> Iterator[Problem]:
    """Tables, rows and years that are named but not there, and savings above the ceiling."""
    faults = list(_faults(report, tables))
    yield from faults
    savings = savings_of(report.settings, tables)
    if savings is not None and not savings.is_kept:
        found = "det egna kapitalet är större än vad som får sparas"
        remedy = "Sidan om ekonomin visar båda talen. Berätta i en text vad styrelsen gör åt det."
        yield Problem(savings.rule.place(), found, remedy, Severity.WARNING)


def _faults(report: Report, tables: Tables) -> Iterator[Problem]:
    economy = report.settings.economy
    for entry in _entries(economy):
        table = tables.get(entry.table)
        if table is None:
            known = [as_written(definition.id) for definition in report.settings.tables]
            found = f"tabellen ”{as_written(entry.table)}” finns inte"
            yield Problem(entry.place("table"), found, remedy_for_unknown(entry.table, known))
            continue
        yield from _faults_in(entry, table)
        yield from _years_missing(entry, table, report.year)
    if economy.balance is None and (economy.cash_flow or economy.ceiling):
        found = "kassaflöde och kapitaltak jämförs med balansräkningen, men den är inte angiven"
        yield Problem(economy.place(), found, "Lägg till ”balansräkning” under ”ekonomi”.")


Statement = IncomeStatement | BalanceSheet | CashFlow | CapitalCeiling


def _entries(economy: Economy) -> Iterator[Statement]:
    for entry in (economy.income, economy.balance, economy.cash_flow, economy.ceiling):
        if entry is not None:
            yield entry


def _faults_in(entry: Statement, table: AmountTable) -> Iterator[Problem]:
    unit = table.definition.unit
    if kronor_in(unit) is None:
        found = f"tabellen ”{as_written(table.id)}” har måttenheten ”{unit}”, som inte är pengar"
        yield Problem(table.definition.place("unit"), found, "Skriv kronor, tkr eller mnkr.")
    for field, rows in _roles(entry):
        for term in rows.terms:
            if not table.rows_of(term):
                yield _unknown_row(entry.place(field), as_written(term.name), table)


def _roles(entry: Entry) -> Iterator[tuple[str, Sum]]:
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if isinstance(value, Sum):
            yield field, value


def _unknown_row(place: Place, written: str, table: AmountTable) -> Problem:
    found = f"posten ”{written}” finns inte på en egen rad i tabellen ”{as_written(table.id)}”"
    return Problem(place, found, remedy_for_unknown(written, names_in(table)))


def _years_missing(entry: Statement, table: AmountTable, year: int) -> Iterator[Problem]:
    """Statements are told apart by the years of their headings, so that of the report must be among them."""
    if year not in columns_by_year(table):
        headings = ", ".join(column.heading for column in table.columns)
        found = f"tabellen ”{as_written(table.id)}” har ingen kolumn för {year}"
        remedy = f"Skriv året i rubriken, till exempel {year} eller {year}-12-31. Kolumnerna är: {headings}."
        yield Problem(entry.place("table"), found, remedy)
