"""The story in one screen: read, score, check, render, print, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.editions import (
    PROJECT,
    TEMPLATES,
    THEMES,
    Edition,
    date_of,
    render,
    render_common,
    source_epoch,
)
from generator.engines import AtOnce, in_turn
from generator.model.archive import archived
from generator.model.places import ContentError, Problem, Severity, has_errors, sort_problems
from generator.model.published import PublishedReport
from generator.model.report import Report, Site
from generator.model.results import ScoredReport
from generator.pages.addresses import address_problems
from generator.pages.indicators import weight_warnings
from generator.pages.links import link_problems
from generator.pages.method import decided_text
from generator.pages.reconciled import difference_problems
from generator.pages.references import reference_problems
from generator.protecting.report import hide_as_before, protect
from generator.reading import complete_site, open_site, report_in
from generator.reconciling import completeness_problems, reconcile
from generator.scoring import as_published, compare, follow_up, score_report

_UNLISTED = ("index.html", "404.html")

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """Content that can be published, with what the author should still look at.

    `originals` are the same reports before disclosure control has hidden anything.
    """

    site: Site
    reports: tuple[PublishedReport, ...]
    originals: tuple[PublishedReport, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Built:
    """What lies in the output folder: paths relative to it, with their sizes in bytes.

    `rendered` are the reports that were made anew; the others are as the last build left them.
    """

    folder: Path
    sizes: dict[str, int]
    warnings: tuple[Problem, ...] = ()
    rendered: tuple[str, ...] = ()
    is_unchanged: bool = False


def check(content: Path, engine: Executor | None = None) -> Checked:
    """Reads, scores, compares and protects everything. Raises ContentError with every problem found."""
    problems: list[Problem] = []
    content = content.absolute()  # an engine may work elsewhere
    opened = open_site(content, problems)
    examined = list(in_turn(engine or AtOnce(), partial(examine, content), opened.usable))
    problems += (problem for one in examined for problem in one.problems)
    protected = [one.published for one in examined if one.published is not None]
    read = [one.report for one in examined if one.report is not None]
    site = complete_site(opened, read, THEMES, problems)
    originals = _compared([one.original for one in examined if one.original is not None])
    reports = tuple(map(follow_up, _compared(hide_as_before(protected))))
    for published in reports:
        problems += address_problems(published.report)
        problems += reference_problems(published)
        problems += (fault for body in published.report.bodies for fault in link_problems(body))
        problems += _weight_problems(published)
        problems += _seal_problems(published)
    if has_errors(problems):
        raise ContentError(problems)
    originals = tuple(map(follow_up, originals))
    return Checked(site, reports, originals, tuple(sort_problems(problems)))


@dataclass(frozen=True)
class Examined:
    """A report by itself: as it may be published, as it is, and what is wrong with it.

    Both are None when it has faults; `report` then is what could be read of it.
    """

    report: Report | None
    published: PublishedReport | None
    original: PublishedReport | None
    problems: tuple[Problem, ...]


def examine(content: Path, name: str) -> Examined:
    """Reads, scores, reconciles and protects the report in a folder of the content."""
    problems: list[Problem] = []
    report = report_in(content, name, problems)
    if report is None or has_errors(problems):
        return Examined(report, None, None, tuple(problems))
    scored = score_report(report)
    original = _reconciled(scored, problems)
    return Examined(original.report, protect(scored, original, problems), original, tuple(problems))


def _reconciled(scored: ScoredReport, problems: list[Problem]) -> PublishedReport:
    """A report as it is published, with everything compared that must add up."""
    published = as_published(scored)
    reconciliation, undeclared = reconcile(scored, published)
    problems += undeclared
    problems += difference_problems(reconciliation, published)
    problems += completeness_problems(scored, published, reconciliation)
    return replace(published, reconciliation=reconciliation)


def _compared(reports: Sequence[PublishedReport]) -> tuple[PublishedReport, ...]:
    """Each report with what explains its index against that of the report it names."""
    by_id = {one.report.id: one for one in reports}
    compared = []
    for published in reports:
        before = by_id.get(published.report.settings.compared_with or "")
        if before is None:
            compared.append(published)
            continue
        is_backwards = before.report.year > published.report.year
        comparison = compare(before.association, published.association, is_backwards=is_backwards)
        title = before.report.settings.title
        compared.append(replace(published, comparison=comparison, compared_title=title))
    return tuple(compared)


def build(
    content: Path,
    folder: Path,
    progress: Progress,
    *,
    with_pdf: bool = True,
    is_audit: bool = False,
    engine: Executor | None = None,
) -> Built:
    """Publishes the content into a folder. Raises ContentError or OutputError, and then writes nothing.

    The audit edition shows every figure with its source, also what disclosure control hides. What the last
    build made of the same files is kept. An `engine` does the work on each report.
    """
    from generator import publishing

    engine = engine or AtOnce()
    content = content.absolute()
    output = publishing.Output(folder, is_public=not is_audit)
    if output.folder.is_relative_to(content.resolve()):
        raise publishing.OutputError("Resultatet kan inte ligga i innehållsmappen. Välj en annan med --ut.")
    earlier = publishing.Earlier(output.folder)
    keys = _keys(content, with_pdf=with_pdf, is_audit=is_audit)
    if earlier.is_made_from(keys):
        return Built(output.folder, earlier.sizes, is_unchanged=True)
    progress("Läser och räknar")
    checked = check(content, engine)
    editions = _editions(checked, content, with_pdf=with_pdf, is_audit=is_audit)
    keys |= {f"{publishing.AROUND}{one.id}": one.around for one in editions}
    fresh = [one for one in editions if not earlier.has(one.id, keys)]
    with output:
        for path, file in earlier.files_of({one.id for one in editions} - {one.id for one in fresh}):
            output.add(path, file)
        for edition, files in zip(fresh, in_turn(engine, render, fresh), strict=True):
            progress(f"{edition.title}: {len(files)} filer")
            for path, data in files.items():
                output.add(f"{edition.id}/{path}", data)
        for path, data in _common_files(editions, checked.site, output.files, engine):
            output.add(path, data)
        output.add("manifest.json", publishing.manifest(output.files, is_public=not is_audit))
        output.add_hidden(publishing.KEYS, publishing.keys_text(keys))
    sizes = {path: file.size for path, file in output.files.items()}
    return Built(output.folder, sizes, checked.warnings, tuple(one.id for one in fresh))


def _keys(content: Path, *, with_pdf: bool, is_audit: bool) -> dict[str, str]:
    """Hashes of all that the files of a site are made from, by name."""
    from generator import publishing
    from generator.reading.fingerprints import (
        fingerprint,
        program_fingerprint,
        report_fingerprint,
        site_fingerprint,
    )

    reports = open_site(content, []).folders
    return {
        "program": program_fingerprint((PROJECT / "generator", TEMPLATES, THEMES), PROJECT),
        "utgåva": fingerprint([with_pdf, is_audit and content.name, source_epoch()]),
        "webbplats": site_fingerprint(content),
        **{f"{publishing.REPORT}{name}": report_fingerprint(content, name) for name in reports},
    }


def _editions(checked: Checked, content: Path, *, with_pdf: bool, is_audit: bool) -> list[Edition]:
    """The public edition of each report, or the audit edition, where nothing is hidden."""
    shown = checked.originals if is_audit else checked.reports
    archive = tuple(archived(one) for one in shown)
    themes, settings = checked.site.themes, checked.site.settings
    return [
        Edition(
            published=one,
            settings=settings,
            theme=themes[one.report.settings.theme],
            archive=archive,
            content=content,
            date=date_of(one.report),
            with_pdf=with_pdf,
            is_audit=is_audit,
        )
        for one in shown
    ]


def _common_files(
    editions: Sequence[Edition], site: Site, written: Iterable[str], engine: Executor
) -> Iterator[tuple[str, bytes | str]]:
    """What is common to all reports, by path in the output."""
    from generator.publishing import robots, sitemap

    front = next(edition for edition in editions if edition.id == site.settings.front)
    reports = [edition.published for edition in editions]
    common = engine.submit(render_common, front, reports).result()
    yield from common.items()
    yield "robots.txt", robots(front.root_url, is_public=not front.is_audit)
    if front.root_url:
        paths = {*written, *common} - {*_UNLISTED}
        pages = [path for path in paths if path.endswith(".html")]
        yield "sitemap.xml", sitemap(front.root_url, ["", *sorted(pages)])


def _weight_problems(published: PublishedReport) -> Iterator[Problem]:
    for area, sentence in weight_warnings(published.association):
        place = area.place("ideal_weight")
        yield Problem(place, sentence, "Ändra vikterna, eller idealvikten.", Severity.WARNING)


def _seal_problems(published: PublishedReport) -> Iterator[Problem]:
    """That the content is no longer what was decided."""
    state = published.report.seal
    if state is not None and not state.is_unchanged:
        remedy = f"Se vad med bokslut jämför {published.report.id}. Är det beslutat? Fastställ då på nytt."
        yield Problem(state.seal.place(), decided_text(published).rstrip("."), remedy, Severity.WARNING)
