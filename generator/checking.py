"""Whether content can be published: each report by itself, and then what the reports tell of each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.editions import THEMES
from generator.model.measures import ASSOCIATION
from generator.model.organisations import unit_keys
from generator.model.places import ContentError, Problem, has_errors, sort_problems
from generator.model.report import Report, Site
from generator.model.results import ScoredReport
from generator.model.shown import ShownReport
from generator.pages.problems import problems_of_differences, problems_of_pages
from generator.protecting.report import hide_as_before, protect
from generator.reading import complete_site, report_in
from generator.reading.site import SiteFolder
from generator.reconciling import completeness_problems, reconcile
from generator.scoring import as_shown, compare, follow_up, score_report


@dataclass(frozen=True)
class Checked:
    """Content that can be published; `originals` are the reports before anything in them is hidden."""

    site: Site
    reports: tuple[ShownReport, ...]
    originals: tuple[ShownReport, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Examined:
    """A report by itself. What could not be made of it is None; then some problem is an error."""

    report: Report | None
    original: ShownReport | None
    protected: ShownReport | None
    problems: tuple[Problem, ...]


def examine(content: Path, name: str) -> Examined:
    """Reads, scores, reconciles and protects the report in a folder of the content."""
    problems: list[Problem] = []
    report = report_in(content, name, problems)
    if report is None or has_errors(problems):
        return Examined(report, None, None, tuple(problems))
    scored = score_report(report)
    original = _reconciled(scored, problems)
    protected = protect(scored, original, problems, partial(_ways_out, report))
    return Examined(original.report, original, protected, tuple(problems))


def _reconciled(scored: ScoredReport, problems: list[Problem]) -> ShownReport:
    """A report as it is published, with everything compared that must add up."""
    published = as_shown(scored)
    reconciliation, undeclared = reconcile(scored, published)
    problems += undeclared
    problems += problems_of_differences(reconciliation, published)
    problems += completeness_problems(scored, published, reconciliation)
    return replace(published, reconciliation=reconciliation)


def _ways_out(report: Report, ids: Sequence[str]) -> str:
    """What can be done about indicators whose signals give a count away, and what would then be shown."""
    told = []
    for words, changed in _without_signals(report, ids):
        scored, problems = score_report(changed), list[Problem]()
        shown = protect(scored, as_shown(scored), problems, lambda _: "")
        results = [result for _, result in shown.every_result]
        signals = sum(result.signal is not None for result in results)
        outcomes = sum(result.outcome.is_measured and not result.outcome.protected for result in results)
        if not problems:
            told.append(f"{words}: då visas {signals} signaler och {outcomes} utfall. ")
    return "".join(told)


def _without_signals(report: Report, ids: Sequence[str]) -> Iterator[tuple[str, Report]]:
    """The report with fewer signals of some indicators, and what its author writes for that."""
    settings, named = report.settings, " och ".join(ids)
    least = settings.disclosure_threshold or 0
    if any(report.indicators[id].asked for id in ids) and report.rules.minimum_answers < least:
        rules = report.rules.model_copy(update={"minimum_answers": least})
        changed = settings.model_copy(update={"rules": rules})
        yield f"Skriv minsta_antal_svar: {least} under regler", replace(report, settings=changed)
    for words, update in (
        ("Skriv gäller: förbundet vid", {"scope": (ASSOCIATION,)}),
        ("Skriv utgår: … med skälet vid", {"dropped": "…", "weight": None}),
    ):
        changes = {id: report.indicators[id].model_copy(update=update) for id in ids}
        yield f"{words} {named}", replace(report, budget=report.budget.with_indicators(changes))


def combine(opened: SiteFolder, examined: Sequence[Examined], problems: list[Problem]) -> Checked:
    """All reports of a site beside each other. Raises ContentError with every problem if there are errors."""
    problems += (problem for report in examined for problem in report.problems)
    read = [report.report for report in examined if report.report is not None]
    site = complete_site(opened, read, THEMES, problems)
    keys = unit_keys(read)
    protected = hide_as_before(_keyed((report.protected for report in examined), keys))
    reports = _compared(protected)
    for report in reports:
        problems += problems_of_pages(report, site.themes[report.report.settings.theme])
    if has_errors(problems):
        raise ContentError(problems)
    originals = _compared(_keyed((report.original for report in examined), keys))
    return Checked(site, reports, originals, tuple(sort_problems(problems)))


def _keyed(reports: Iterable[ShownReport | None], keys: Mapping[tuple[str, str], str]) -> list[ShownReport]:
    """With what their units are called on the whole site."""
    return [
        replace(
            published,
            unit_keys={unit: key for (report, unit), key in keys.items() if report == published.report.id},
        )
        for published in reports
        if published is not None
    ]


def _compared(reports: Sequence[ShownReport]) -> tuple[ShownReport, ...]:
    """Each report with what explains its index against that of the report it names, and its goals."""
    by_id = {published.report.id: published for published in reports}
    return tuple(
        follow_up(_with_comparison(published, by_id.get(published.report.settings.compared_with or "")))
        for published in reports
    )


def _with_comparison(published: ShownReport, before: ShownReport | None) -> ShownReport:
    if before is None:
        return published
    is_backwards = before.report.period.order > published.report.period.order
    units, rules = (before.association, published.association), published.report.rules
    comparison = compare(*units, rules, is_backwards=is_backwards)
    return replace(published, comparison=comparison, compared_title=before.report.settings.title)
