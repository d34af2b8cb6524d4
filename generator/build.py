"""The story in one screen: check the content, render each report that has changed, write all of it.

How a report is read, scored, reconciled and protected stands in `checking.examine`.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.checking import Checked, combine, examine, examined, with_earlier_years
from generator.editions import editions_of, jobs_of, render, render_site
from generator.engines import SerialExecutor, results_in_order
from generator.fingerprints import COMMON, OTHERS, PDFS, is_unchanged, of_common, of_program, sources
from generator.model.frozen import Frozen
from generator.model.making import Keep, made_anew
from generator.model.places import Problem
from generator.publishing import LastBuild, Output, OutputError
from generator.reading import open_site

T = TypeVar("T")
Item = TypeVar("Item")


class Built(Frozen):
    """What lies in the output folder: paths relative to it, with their sizes in bytes.

    `told` is what is wrong with the PDFs. `rendered` are the reports that were made anew; the others are as
    the last build left them.
    """

    folder: Path
    sizes: dict[str, int]
    warnings: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()
    is_unchanged: bool = False


def check(
    content: Path,
    engine: Executor | None = None,
    progress: Callable[[str], None] = lambda _: None,
    kept: Keep | None = None,
) -> Checked:
    """Reads, scores, compares and protects everything. Raises ContentError with every problem found.

    A report that has been examined before, and is the same, is not examined again: as the cache has it, or
    what is `kept` in this process.
    """
    problems: list[Problem] = []
    content = content.absolute()  # an engine may work elsewhere
    opened = open_site(content, problems)
    engine = engine or SerialExecutor()
    examine_one = partial(examine, kept=kept) if kept else partial(examined, program=of_program())
    task = partial(examine_one, content)
    steps = [f"läser {name}" for name in opened.usable]
    reports = _in_turn(engine, task, opened.usable, steps, progress)
    found, earlier = with_earlier_years(content, reports, engine, problems, kept or made_anew)
    return replace(combine(opened, found, problems, kept or made_anew), earlier=earlier)


def _in_turn(
    engine: Executor,
    task: Callable[[Item], T],
    items: Sequence[Item],
    steps: Sequence[str],
    progress: Callable[[str], None],
) -> Iterator[T]:
    """What comes of each item. Before it is waited for its step is told, and how far it has come."""
    results = results_in_order(engine, task, items)
    for number, step in enumerate(steps, start=1):
        progress(f"{number} av {len(steps)}: {step}")
        yield next(results)


def build(
    content: Path,
    folder: Path,
    progress: Callable[[str], None],
    *,
    pdfs: Sequence[str] = PDFS,
    is_audit: bool = False,
    engine: Executor | None = None,
) -> Built:
    """Publishes the content into a folder. Raises ContentError or OutputError, and then writes nothing.

    The audit edition shows every figure with its source, also what disclosure control hides. What the last
    build made of the same files is kept. An `engine` does the work on each report.
    """
    content, engine = content.absolute(), engine or SerialExecutor()
    output = Output(folder, is_public=not is_audit)
    if output.folder.is_relative_to(content.resolve()):
        raise OutputError("Resultatet kan inte ligga i innehållsmappen. Välj en annan med --ut.")
    with output:
        fingerprints = sources(str(content), pdfs=tuple(pdfs), is_audit=is_audit)
        last = LastBuild(output.folder)
        if is_unchanged(str(output.folder), fingerprints):
            return Built(output.folder, last.sizes, is_unchanged=True)
        checked = check(content, engine, progress)
        reports = checked.originals if is_audit else checked.reports
        editions = editions_of(reports, checked.site, content, pdfs=pdfs, is_audit=is_audit)
        fingerprints |= {f"{OTHERS}{edition.id}": edition.fingerprint_of_others for edition in editions}
        kept = {edition.id for edition in editions if last.has(edition.id, fingerprints)}
        fresh = [edition for edition in editions if edition.id not in kept]
        for id in sorted(kept):
            output.keep(last.files_of(id))
        told: list[str] = []
        jobs = jobs_of(fresh)
        steps = [f"{edition.title}, {name}" for edition, name in jobs]
        for (edition, _), made in zip(jobs, _in_turn(engine, render, jobs, steps, progress), strict=True):
            told += (f"{edition.title}, {fault}" for fault in made.told)
            output.add_all((f"{edition.id}/{path}", data) for path, data in made.files)
        front = next(edition for edition in editions if edition.id == checked.site.settings.front)
        written = sorted(output.files)
        fingerprints[f"{OTHERS}{COMMON}"] = of_common(fingerprints, front.id, written)
        if last.has(COMMON, fingerprints):
            output.keep(last.files_of(COMMON))
        else:
            common = partial(render_site, reports=reports, written=written)
            output.add_all(next(results_in_order(engine, common, [front])))
        output.add_lists(fingerprints, checked.drafts)
    sizes = {path: file.size for path, file in output.files.items()}
    return Built(output.folder, sizes, checked.warnings, tuple(told), tuple(edition.id for edition in fresh))
