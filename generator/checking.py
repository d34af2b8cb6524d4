"""Whether content can be published: each report by itself, and then what the reports tell of each other."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.caching import keep, kept
from generator.editions import THEMES
from generator.fingerprints import fingerprint, of_bytes, of_report
from generator.model.frozen import Frozen
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
from generator.remedies import remedies
from generator.scoring import as_shown, compare, follow_up, score_report


class Checked(Frozen):
    """Content that can be published; `originals` are the reports before anything in them is hidden."""

    site: Site
    reports: tuple[ShownReport, ...]
    originals: tuple[ShownReport, ...]
    warnings: tuple[Problem, ...]


class Examined(Frozen):
    """A report by itself. What could not be made of it is None; then some problem is an error."""

    report: Report | None
    original: ShownReport | None
    protected: ShownReport | None
    problems: tuple[Problem, ...]


def examined(content: Path, name: str, program: str) -> Examined:
    """As a program with this hash has examined it before; anew when it is no longer the same."""
    made_from, notes = _made_from(content, name, program), f"granskade/{of_bytes(bytes(content / name))}"
    before = kept(notes) or b""
    if made_from and before.startswith(made_from.encode()):
        known: Examined = pickle.loads(before[len(made_from) :])
        return known
    made = examine(content, name)
    if made_from and made_from == _made_from(content, name, program):  # nothing was saved meanwhile
        keep(notes, made_from.encode() + pickle.dumps(made))
    return made


def _made_from(content: Path, name: str, program: str) -> str:
    """Problems tell paths that begin with the folder of the content."""
    return fingerprint({"program": program, "mapp": content.name, "filer": of_report(str(content), name)})


def examine(content: Path, name: str) -> Examined:
    """Reads, scores, reconciles and protects the report in a folder of the content."""
    problems: list[Problem] = []
    report = report_in(content, name, problems)
    if report is None or has_errors(problems):
        return Examined(report, None, None, tuple(problems))
    scored = score_report(report)
    original = _reconciled(scored, problems)
    protected = protect(scored, original, problems, partial(remedies, report))
    return Examined(original.report, original, protected, tuple(problems))


def _reconciled(scored: ScoredReport, problems: list[Problem]) -> ShownReport:
    """A report as it is published, with everything compared that must add up."""
    published = as_shown(scored)
    reconciliation, undeclared = reconcile(scored, published)
    problems += undeclared
    problems += problems_of_differences(reconciliation, published)
    problems += completeness_problems(scored, published, reconciliation)
    return replace(published, reconciliation=reconciliation)


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
