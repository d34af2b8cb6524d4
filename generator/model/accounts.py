"""What the financial statements say of a year: amounts by role and year, and the ceiling of savings."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from generator.model.amounts import Amount, AmountColumn, AmountTable
from generator.model.frozen import Frozen
from generator.model.settings import ReportSettings
from generator.model.sums import Sum
from generator.model.table_settings import CapitalCeiling

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_THOUSAND, _MILLION = 1_000, 1_000_000
_WORDS = {"tusen": _THOUSAND, "tusental": _THOUSAND, "tusentals": _THOUSAND, "miljoner": _MILLION}
_KRONOR = {
    **{f"{word} {kronor}": number for word, number in _WORDS.items() for kronor in ("kronor", "kr")},
    **{"tkr": _THOUSAND, "mkr": _MILLION, "mnkr": _MILLION, "kr": 1, "kronor": 1, "sek": 1},
}
MONEY = "|".join(_KRONOR)  # as a pattern


def kronor_in(unit: str) -> int | None:
    """How many kronor a unit is; None when it is no money."""
    return _KRONOR.get(" ".join(unit.casefold().split()))


def may_be_kronor(first: str, second: str) -> bool:
    """Whether one of two units says thousands or millions of kronor, and the other nothing."""
    return not (first and second) and (kronor_in(first or second) or 1) > 1


def scale_of_money(unit: str, wanted: str) -> Fraction | None:
    """How many of the wanted unit one is; None when they differ and one is no money, or may be kronor.

    What is wanted in no unit is the same.
    """
    if unit.casefold() == wanted.casefold() or not (wanted or may_be_kronor(unit, wanted)):
        return Fraction(1)
    kronor, of_wanted = kronor_in(unit), kronor_in(wanted)
    return Fraction(kronor, of_wanted) if kronor and of_wanted else None


def columns_of_years(table: AmountTable) -> Sequence[tuple[int, AmountColumn]]:
    """The columns of the file with one year in the heading, such as ”2021-12-31”."""
    amounts = (column for column in table.columns if not column.definition and not column.has_words)
    typed = ((column, {*_YEAR.findall(column.heading)}) for column in amounts)
    return [(int(years.pop()), column) for column, years in typed if len(years) == 1]


def columns_by_year(table: AmountTable) -> Mapping[int, AmountColumn]:
    """Those that are alone with their year: ”Utfall 2021” and ”Budget 2021” are not told apart."""
    found = columns_of_years(table)
    times = Counter(year for year, _ in found)
    return {year: column for year, column in found if times[year] == 1}


class Stated(Frozen):
    """An amount of a statement, in kronor, with the heading that it stands under."""

    heading: str
    value: Fraction
    slack: Fraction
    amount: Amount


def stated(table: AmountTable, rows: Sum, year: int) -> Stated | None:
    """What rows of a table add up to in the column of a year."""
    column = columns_by_year(table).get(year)
    amount = table.sum_of(rows, column) if column is not None else None
    scale = None if amount is None else kronor_in(amount.unit)
    if column is None or scale is None or amount is None or amount.value is None:
        return None
    return Stated(column.heading, amount.value * scale, amount.value_slack * scale, amount)


class Savings(Frozen):
    """The equity of a year against the most that may be saved, in kronor."""

    rule: CapitalCeiling
    equity: Fraction
    funds: Fraction

    @property
    def limit(self) -> Fraction:
        below = min(self.funds, Fraction(self.rule.limit))
        return self.rule.share * below + self.rule.share_above * (self.funds - below)

    @property
    def is_kept(self) -> bool:
        return self.equity <= self.limit


def savings_of(settings: ReportSettings, tables: Mapping[str, AmountTable]) -> Savings | None:
    """None when no ceiling is declared, or the amounts of the year are not known."""
    rule, balance = settings.economy.ceiling, settings.economy.balance
    if rule is None or balance is None or not {rule.table, balance.table} <= set(tables):
        return None
    equity = stated(tables[balance.table], balance.equity, settings.year)
    funds = stated(tables[rule.table], rule.funds, settings.year)
    if equity is None or funds is None:
        return None
    return Savings(rule, equity.value, funds.value)
