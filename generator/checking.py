"""Whether content can be published: each report by itself, and then what the reports tell of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import field, replace
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

from generator.caching import remembered
from generator.editions import THEMES
from generator.engines import results_in_order
from generator.fingerprints import REPORT, RESULTS, fingerprint, of_bytes, of_report
from generator.model.frozen import Frozen
from generator.model.making import Keep, made_anew
from generator.model.organisations import UnitKeys, beside_each_other, unit_keys
from generator.model.outcomes import Outcomes
from generator.model.places import ContentError, Problem, has_errors, sort_problems
from generator.model.report import Report, Site
from generator.model.results import ScoredReport
from generator.model.shown import ShownReport
from generator.pages.problems import (
    problems_of_copies,
    problems_of_differences,
    problems_of_earlier_years,
    problems_of_last_years,
    problems_of_pages,
)
from generator.protecting.report import hide_as_before, protect
from generator.reading import complete_site, report_in
from generator.reading.site import SiteFolder
from generator.reconciling import completeness_problems, reconcile
from generator.remedies import remedies
from generator.scoring import (
    EarlierYears,
    as_shown,
    changes_since,
    compare_unit,
    earlier_years,
    follow_up,
    results_before,
    score_report,
)


class Checked(Frozen):
    """Content that can be published; `unprotected` are the reports before anything in them is hidden."""

    site: Site
    reports: tuple[ShownReport, ...]
    unprotected: tuple[ShownReport, ...]
    warnings: tuple[Problem, ...]
    earlier: Mapping[str, EarlierYears] = field(default_factory=dict)  # what some targets are set against

    @cached_property
    def originals(self) -> tuple[ShownReport, ...]:
        """The unprotected reports, each compared with the one it names: only some commands ask."""
        return _compared(self.unprotected)

    @property
    def drafts(self) -> tuple[str, ...]:
        return tuple(published.report.id for published in self.reports if published.report.is_draft)


class Results(Frozen):
    """What comes of the figures of a report, and what is wrong with them. Of texts only heads count."""

    scored: ScoredReport
    original: ShownReport
    protected: ShownReport
    problems: tuple[Problem, ...]

    def with_texts_of(self, report: Report) -> Results:
        """Those of a report that differs in nothing but what its texts and comments say."""
        shown = replace(report, outcomes=Outcomes(comments=report.outcomes.comments))
        original, protected = (replace(each, report=shown) for each in (self.original, self.protected))
        return Results(replace(self.scored, report=report), original, protected, self.problems)


class Examined(Frozen):
    """A report by itself. What could not be made of it is None; then some problem is an error."""

    report: Report | None
    original: ShownReport | None
    protected: ShownReport | None
    problems: tuple[Problem, ...]
    results: Results | None = None
    waits: bool = False


def examined(content: Path, name: str, program: str) -> Examined:
    """As a program with this hash has examined it before; anew when it is no longer the same."""

    def made_from() -> str:
        """Problems tell paths that begin with the folder of the content."""
        return fingerprint({"program": program, "mapp": content.name, **of_report(str(content), name)})

    return remembered(
        f"granskade/{of_bytes(bytes(content / name))}", made_from, partial(examine, content, name)
    )


def examine(
    content: Path, name: str, earlier: EarlierYears | None = None, kept: Keep = made_anew
) -> Examined:
    """Reads, scores, reconciles and protects the report in a folder of the content.

    One whose targets ask for figures of earlier years waits until these are given: see `with_earlier_years`.
    """
    what = "granskning" if earlier is None else "granskning med tidigare år"
    return kept(what, f"{REPORT}{name}", repr(earlier), partial(_examine, content, name, earlier, kept))


def _examine(content: Path, name: str, earlier: EarlierYears | None, kept: Keep) -> Examined:
    problems: list[Problem] = []
    report = report_in(content, name, problems, kept)
    if report is None or has_errors(problems):
        return Examined(report, None, None, tuple(problems))
    if report.asks_earlier_years and earlier is None:
        return Examined(report, as_shown(score_report(report)), None, (), waits=True)
    if earlier is not None:
        problems += problems_of_earlier_years(report, earlier)
        report = report.with_earlier_years(earlier)
    results = kept("resultat", f"{RESULTS}{name}", repr(earlier), partial(results_of, report))
    found = results.with_texts_of(report)
    problems += found.problems
    problems += completeness_problems(found.scored, found.original)
    return Examined(found.original.report, found.original, found.protected, tuple(problems), results=results)


def results_of(report: Report) -> Results:
    """Everything scored, compared that must add up, and protected."""
    scored = score_report(report)
    published = as_shown(scored)
    reconciliation, problems = reconcile(scored, published)
    problems += problems_of_differences(reconciliation, published)
    original = replace(published, reconciliation=reconciliation)
    (protected,), found = protect([(scored, original)], partial(remedies, report))
    return Results(scored, original, protected, (*problems, *found))


def with_earlier_years(
    content: Path, examined: Iterable[Examined], engine: Executor, problems: list[Problem], kept: Keep
) -> tuple[list[Examined], Mapping[str, EarlierYears]]:
    """The reports, those that wait examined in their turn; and what these were given, by report.

    Those of a period are protected together where they have a unit in common, before a later one is examined;
    and with those of its parts, which have been published.
    """
    found = list(examined)
    read = [report.report for report in found if report.report is not None]
    keys, given = unit_keys(read), dict[str, EarlierYears]()
    places = {each.report.id: place for place, each in enumerate(found) if each.report is not None}
    periods = {report.id: report.period for report in read}
    for group in beside_each_other(read, keys):
        for id in group:
            if (own := found[places[id]]).waits:
                others = _keyed((each.protected for each in found if not each.waits), keys)
                (shown,) = _keyed([own.original], keys)
                before = [other for other in others if other.report.period.order < shown.report.period.order]
                given[id] = earlier_years(shown, before)
                task = partial(examine, content, earlier=given[id], kept=kept)
                found[places[id]] = next(results_in_order(engine, task, [id]))
        for period, ids in groupby(group, periods.__getitem__):
            same = [places[id] for id in ids]
            inside = [places[id] for id in group if periods[id].is_within(period)]
            problems += _protect_together(same, found, keys, kept)
            if inside:
                problems += _protect_together([*inside, *same], found, keys, kept)
    return found, given


def _protect_together(
    places: Sequence[int], found: list[Examined], keys: UnitKeys, kept: Keep
) -> Sequence[Problem]:
    """Reports about the same units are protected as one, unless one of them has an error.

    Those of one period are protected anew, and those of parts of a period beside it go on from there.
    """
    group = [found[place] for place in places]
    results = [each.results for each in group if each.results is not None]
    if len(results) < 2 or has_errors([problem for each in group for problem in each.problems]):
        return ()
    is_one = len({each.scored.report.period for each in results}) == 1
    reports = [(each.scored, each.original if is_one else each.protected) for each in results]
    ids = " och ".join(scored.report.id for scored, _ in reports)
    task = partial(protect, reports, unit_keys=keys)
    protected, problems = kept(f"skydd av {ids}", "", (reports, keys), task)
    for place, shown, before in zip(places, protected, results, strict=True):
        own = replace(shown, report=found[place].report or shown.report)
        found[place] = replace(found[place], protected=own, results=replace(before, protected=shown))
    return problems


def combine(
    opened: SiteFolder, examined: Sequence[Examined], problems: list[Problem], kept: Keep = made_anew
) -> Checked:
    """All reports of a site beside each other. Raises ContentError with every problem if there are errors."""
    problems += (problem for report in examined for problem in report.problems)
    read = [report.report for report in examined if report.report is not None]
    originals = [report.original for report in examined if report.original is not None]
    problems += (*problems_of_copies(originals), *problems_of_last_years(originals))
    site = complete_site(opened, read, THEMES, problems, kept)
    keys = unit_keys(read)
    protected = _keyed((report.protected for report in examined), keys)
    reports = _compared(hide_as_before(protected))
    for report in reports:
        shown = report, site.themes[report.report.settings.theme]
        make = partial(problems_of_pages, *shown)
        problems += kept("sidornas problem", f"{REPORT}{report.report.id}", shown, make)
    if has_errors(problems):
        raise ContentError(problems)
    return Checked(site, reports, tuple(_keyed(originals, keys)), tuple(sort_problems(problems)))


def _keyed(reports: Iterable[ShownReport | None], keys: UnitKeys) -> list[ShownReport]:
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
    """Each report with what explains its index against that of the one it names, its goals and its plan."""
    by_id = {published.report.id: published for published in reports}
    return tuple(follow_up(_beside(published, by_id)) for published in reports)


def _beside(published: ShownReport, by_id: Mapping[str, ShownReport]) -> ShownReport:
    settings = published.report.settings
    before, plan = (by_id.get(id or "") for id in (settings.compared_with, settings.planned_in))
    if plan is not None:
        published = replace(published, planned=changes_since(plan.report, published.report))
    if before is None:
        return published
    if published.report.is_plan:
        results = dict(results_before(before, published))
        return replace(published, before=results, compared_title=before.report.settings.title)
    comparison = compare_unit(before.association, published.association, (before.report, published.report))
    return replace(published, comparison=comparison, compared_title=before.report.settings.title)
