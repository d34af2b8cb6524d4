"""What only shows when the files are seen together: names that point nowhere, and figures that clash."""

from collections.abc import Iterator

from generator.model.places import Problem
from generator.model.report import Report
from generator.reading.checks.contents import check_contents
from generator.reading.checks.copies import check_copied_tables
from generator.reading.checks.ids import check_ids
from generator.reading.checks.indicators import check_indicator, check_weights
from generator.reading.checks.narrative import check_narrative, check_plain_texts, check_plan
from generator.reading.checks.outcomes import check_outcomes


def check_report(report: Report) -> Iterator[Problem]:
    """Every problem of a report whose files are each sound."""
    yield from check_ids(report)
    yield from check_weights(report)
    for indicator in report.budget.indicators:
        yield from check_indicator(indicator, report)
    yield from check_outcomes(report)
    yield from check_narrative(report)
    yield from check_plain_texts(report)
    yield from check_copied_tables(report)
    yield from check_plan(report)
    yield from check_contents(report)
