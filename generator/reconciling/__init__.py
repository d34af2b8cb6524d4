"""Everything that must add up, recomputed and compared; and whether everything has its place.

Pure: from a scored report to identities and problems. What must hold is declared with the data: a row says
what it is the sum of, a table of amounts likewise. Nothing here knows one organisation's rows.
"""

from itertools import chain

from generator.model.places import Problem
from generator.model.reconciliation import Reconciliation
from generator.model.results import ScoredReport
from generator.model.shown import ShownReport
from generator.reconciling.accounts import account_identities, account_problems
from generator.reconciling.amounts import table_identities, table_problems
from generator.reconciling.completeness import completeness_problems
from generator.reconciling.controls import control_identities
from generator.reconciling.outcomes import larger_parts, negative_costs, other_units, outcome_identities
from generator.reconciling.people import people_identities
from generator.reconciling.survey import survey_identities
from generator.reconciling.values import value_identities


def reconcile(scored: ScoredReport, published: ShownReport) -> tuple[Reconciliation, list[Problem]]:
    """Everything compared, and what cannot be. `published` is the report before anything is hidden."""
    problems = [*larger_parts(scored), *negative_costs(scored), *other_units(scored)]
    report = scored.report
    tables = published.tables.amounts
    for table in tables.values():
        problems += table_problems(table)
    problems += account_problems(report, tables)
    identities = [
        *people_identities(report, problems),
        *survey_identities(report),
        *value_identities(report, problems),
        *outcome_identities(scored),
        *chain.from_iterable(table_identities(table, report.rules.rounding) for table in tables.values()),
        *account_identities(report, tables),
        *control_identities(report, published, problems),
    ]
    return Reconciliation(tuple(identities)), problems
