"""How fast the program is beside what the work takes at least: python benchmarks/ratios.py [--några-gånger 5]

Each row is a quotient of processor seconds (user and system, children included), both measured in this run,
by turns, as the least of several runs (the last row: of one), since seconds differ between machines and with
what else they do. Modules and templates have been compiled before; nothing else is kept from earlier runs but
where the row is about that. No PDFs but in the row about them.

A floor is the plainest program for the same: the same bytes read, hashed or written, and the same pages
rendered by Jinja from values that are ready.

Last come milliseconds: from that something is saved in a preview until its page is there, and of rendering
that page alone.
"""

from __future__ import annotations

import csv
import gc
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jinja2.runtime
import markupsafe
import weasyprint
import yaml
from markdown_it import MarkdownIt

from benchmarks.reports import write_content, write_site
from generator import printing
from generator.build import check
from generator.editions import TEMPLATES, _composed, editions_of, render
from generator.fingerprints import PDF
from generator.pages.archive import archive_view
from generator.pages.render import WebPages, page_environment
from generator.preview.site import Workshop
from generator.printing.pdf import BASE_URL, DPI, _GivenFiles
from generator.scoring import developments

PROJECT = Path(__file__).resolve().parent.parent
CONTENT = PROJECT / "content"
TIMES, WARM_UPS = 5, 2
ALONE = 700, 10, 10  # how often Python looks for garbage unless a program says otherwise

COMMAND = "from generator.__main__ import main; main()"
BUILD = """
import sys, pathlib
from generator.build import build
for content in map(pathlib.Path, sys.argv[2:]):
    build(content, pathlib.Path(sys.argv[1]) / content.name, lambda _: None, pdfs=())
"""
AGAIN = """
import functools, generator.__main__ as command
command.sources = functools.partial(command.sources, pdfs=())
command.main()
"""
HASHING = """
import hashlib, os, sys
for top in sys.argv[1:]:
    for folder, _, names in os.walk(top):
        if "__pycache__" not in folder:
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    hashlib.sha256(file.read()).hexdigest()
"""
FLOOR = """
import pathlib, sys
from benchmarks.ratios import Site, files_in
content, made = map(pathlib.Path, sys.argv[1:])
print(Site(content).floor(files_in(made))[0])
"""
READING = """
import csv, pathlib, sys, yaml
for folder in map(pathlib.Path, sys.argv[1:]):
    for path in folder.rglob("*.yaml"):
        yaml.load(path.read_bytes(), yaml.CSafeLoader)
    for path in folder.rglob("*.csv"):
        list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
"""


REPORT = "2021-umearegionen"
# What is saved in a preview: the file, what is replaced by what with another number each time, and the page.
SAVED = (
    ("en berättelse", "exempel/vad-jag-kunde.md", r"\Z", "\nOch {} dagar till.\n", "exempel"),
    ("ett tal", "utfall/varden.csv", r"(?<=^2\.1\.2;forbundet;2021;;)\d+", "{}", "omrade-2"),
    ("ett belopp", "tabeller/svarsfrekvenser.csv", r"\d+$", "{}", "verksamheten"),
    ("en kommentar", "utfall/kommentarer.csv", r"\n\Z", " Det gäller {}.\n", "omrade-5"),
    ("en indikators namn", "budget.yaml", r"(?<=bland personalen).*", " {}", "omrade-2"),
    ("rapportens titel", "bokslut.yaml", r"(?<=^titel: ).*", "Bokslut {}", "index"),
    ("webbplatsens e-post", "../webbplats.yaml", r"kansliet\d*@", "kansliet{}@", "kontakt"),
)


@dataclass(frozen=True)
class Row:
    """What is done, the floor that it is measured by, and how many times the floor it may take."""

    work: str
    floor: str
    most: float
    measured: float = 0.0


def told_by(code: str, *arguments: object, cache: Path) -> str:
    """What a new interpreter says, where modules and templates have been compiled, as they are kept."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(PROJECT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the program is compiled once, not at every start
    return subprocess.run(command, check=True, capture_output=True, env=environment, text=True).stdout


def processor(code: str, *arguments: object, cache: Path) -> float:
    """Seconds of a new interpreter and its children."""
    before = _children()
    told_by(code, *arguments, cache=cache)
    return _children() - before


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def quotient(work: Callable[[], float], floor: Callable[[], float], times: int) -> float:
    both = [(work(), floor()) for _ in range(times)]
    return min(one for one, _ in both) / min(other for _, other in both)


def forgotten(cache: Path) -> None:
    """What is kept of content; the templates stay compiled."""
    for name in ("granskade", "kontrollerat", "byggen"):
        shutil.rmtree(cache / "bokslut" / name, ignore_errors=True)


# The floors


class Site:
    """Content whose values are ready, to be read, rendered and written by nothing but the libraries."""

    def __init__(self, content: Path) -> None:
        self.content = content
        checked = check(content)
        editions = editions_of(checked.reports, checked.site, content, pdfs=(), is_audit=False)
        self.documents = [(edition, _composed(edition)[1]) for edition in editions]
        self.looked_at = [page.content for _, document in self.documents for page in document.pages]
        front = next(edition for edition in editions if edition.id == checked.site.settings.front)
        self.front, self.settings = front, checked.site.settings
        self.archive = archive_view(
            front.archive, developments(checked.reports), front.published.report.rules
        )

    def rendered(self) -> Iterator[tuple[str, str]]:
        """The pages by Jinja as it comes."""
        templates = page_environment([TEMPLATES])
        templates.context_class = jinja2.runtime.Context
        del templates.getattr
        for edition, document in self.documents:
            pages = WebPages(document, templates, edition.id, edition.root_url)
            yield from ((f"{edition.id}/{name}", str(make())) for name, make in pages.of_report())
            yield f"{edition.id}/404.html", pages.not_found("", "../")
            if edition is self.front:
                common = (*pages.of_site(self.archive), *pages.statement(self.settings))
                yield from ((name, str(make())) for name, make in common)
                yield "index.html", pages.start(self.archive.entries)
                yield "404.html", pages.not_found(f"{edition.id}/", "")

    def floor(self, made: dict[str, bytes]) -> tuple[float, int]:
        """Processor seconds, and pages: YAML and tables read, Markdown converted, the pages rendered by
        Jinja, and all files of the site written, those that are no pages as they lie ready in `made`.
        """
        with tempfile.TemporaryDirectory() as folder:
            begun = time.process_time()
            for path in self.content.rglob("*.yaml"):
                yaml.load(path.read_bytes(), yaml.CSafeLoader)
            for path in self.content.rglob("*.csv"):
                list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
            markdown = MarkdownIt("commonmark").enable("table")
            for path in self.content.rglob("*.md"):
                markdown.render(path.read_text("utf-8"))
            with patch("generator.templating._escaped", markupsafe.escape):
                pages = dict(self.rendered())
            for name, data in (made | {name: page.encode() for name, page in pages.items()}).items():
                target = Path(folder, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            return time.process_time() - begun, len(pages)


def given_to_print(content: Path) -> list[tuple[Any, ...]]:
    """What `write_pdf` is given for the booklet of each report: HTML, files, date and data."""
    checked = check(content)
    editions = editions_of(checked.reports, checked.site, content, pdfs=(PDF,), is_audit=False)
    with (
        patch("generator.printing.write_pdf", return_value=printing.Printed(b"", ())) as write,
        patch("generator.editions.remembered", lambda *given: given[-1]()),
    ):
        for edition in editions:
            render((edition, PDF))
    return [call.args for call in write.call_args_list]


def given_plainly(content: Path) -> list[tuple[Any, ...]]:
    """The same with the fonts as they are packed."""
    with patch("generator.pages.styles.unpacked", bytes):
        return given_to_print(content)


def in_process(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def plain_pdf(html: str, files: Mapping[str, bytes], *_: object) -> None:
    """By WeasyPrint alone, garbage looked for as Python does: tagged, but not mended, proved or PDF/UA."""
    of_program = gc.get_threshold()
    gc.set_threshold(*ALONE)
    source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=_GivenFiles(files))
    source.write_pdf(pdf_variant="pdf/a-3a", dpi=DPI)
    gc.set_threshold(*of_program)


def files_in(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# The rows


def rows(folder: Path, times: int) -> Iterator[Row]:
    cache = folder / "cache"
    eight, one = folder / "eight", folder / "one"
    write_site(eight, "Förbundet", 8, seed=0)
    write_site(one, "Förbundet", 1, seed=0)

    def bare() -> float:
        return processor("pass", cache=cache)

    def libraries() -> float:
        return processor("import jinja2, markdown_it, yaml", cache=cache)

    def build(*contents: Path, is_first: bool = True) -> float:
        if is_first:
            forgotten(cache)
            shutil.rmtree(folder / "out", ignore_errors=True)
        return processor(BUILD, folder / "out", *contents, cache=cache)

    build(CONTENT)  # so that all is compiled
    processor(COMMAND, "granska", "--innehåll", CONTENT, cache=cache)
    processor(COMMAND, "--help", cache=cache)
    yield Row(
        "bokslut --help",
        "tom tolk",
        4,
        quotient(lambda: processor(COMMAND, "--help", cache=cache), bare, times),
    )

    def examine(*, is_first: bool) -> float:
        if is_first:
            forgotten(cache)
        return processor(COMMAND, "granska", "--innehåll", CONTENT, cache=cache)

    for work, is_first in (("granska allt", True), ("granska allt igen", False)):
        examined = quotient(
            partial(examine, is_first=is_first), lambda: processor(READING, CONTENT, cache=cache), times
        )
        yield Row(work, "läsa YAML och tabeller", 3, examined)

    def floor_alone() -> float:
        """In a process that has rendered nothing before, as a command has not."""
        made = folder / "out" / CONTENT.name
        return float(told_by(FLOOR, CONTENT, made, cache=cache)) + libraries()

    least = quotient(lambda: build(CONTENT), floor_alone, times)
    yield Row("hela webbplatsen utan pdf", "samma sidor av färdiga värden", 1.6, least)

    given, plainly = given_to_print(CONTENT), given_plainly(CONTENT)
    printed = quotient(
        lambda: sum(in_process(partial(printing.write_pdf, *each)) for each in given),
        lambda: sum(in_process(partial(plain_pdf, *each)) for each in plainly),
        times,
    )
    yield Row("pdf av varje bokslut", "WeasyPrint av samma HTML", 0.65, printed)

    build(eight)
    command = ("bygg", "--innehåll", eight, "--ut", folder / "out" / "eight")
    hashed = (
        eight,
        folder / "out" / "eight",
        *(PROJECT / name for name in ("generator", "templates", "themes")),
    )
    same = quotient(
        lambda: processor(AGAIN, *command, cache=cache),
        lambda: processor(HASHING, *hashed, cache=cache),
        times,
    )
    yield Row("inget ändrat, åtta bokslut", "hasha samma filer", 2, same)

    story = next(eight.glob("*/exempel/*.md"))

    def change() -> float:
        story.write_text(f"{story.read_text('utf-8')}\nOch en dag till.\n", "utf-8")
        return build(eight, is_first=False)

    alone = min(build(one) for _ in range(times))
    build(eight)
    yield Row(
        "en berättelse ändrad av åtta bokslut",
        "ett bokslut",
        1.2,
        min(change() for _ in range(times)) / alone,
    )

    many = folder / "many"
    write_content(many, 80)
    sites = sorted(many.iterdir())
    seconds = build(*sites)
    pages = len(list((folder / "out").rglob("*.html")))
    floors = [Site(site).floor(files_in(folder / "out" / site.name)) for site in sites]
    floor = (libraries() + sum(second for second, _ in floors)) / sum(count for _, count in floors)
    work, ready = f"80 bokslut, {pages / seconds:.0f} sidor i sekunden", f"färdiga värden, {1 / floor:.0f}"
    yield Row(work, ready, 1.6, seconds / pages / floor)


def saved(folder: Path, times: int) -> Iterator[tuple[str, float, float]]:
    """What is saved, and seconds until its page is there, and of that page from ready values."""
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    workshop = Workshop(content)
    documents = {edition.id: (edition, document) for edition, document in Site(content).documents}
    edition, document = documents[REPORT]
    ready = dict(WebPages(document, page_environment([TEMPLATES]), REPORT, edition.root_url).of_report())
    for what, name, old, new, page in SAVED:
        path, seconds, seen = content / REPORT / name, list[float](), set[bytes]()
        for number in range(75, 75 + WARM_UPS + times):
            text = re.sub(old, new.format(number), path.read_text("utf-8"), count=1, flags=re.MULTILINE)
            path.write_text(text, "utf-8")
            seconds.append(in_process(lambda: seen.add(workshop.site()[0][f"{REPORT}/{page}.html"])))  # noqa: B023 called at once
        assert len(seen) == len(seconds), f"{name} does not change {page}.html"
        yield what, min(seconds[WARM_UPS:]), min(in_process(ready[f"{page}.html"]) for _ in range(times))


def main(times: int) -> None:
    print(f"{'arbete':<38} {'golv':<32} {'gånger golvet':>13} {'högst':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), times):
            print(f"{row.work:<38} {row.floor:<32} {row.measured:>13.2f} {row.most:>6}", flush=True)
        print(f"\n{'sparat i förhandsvisningen':<38} {'ms':>6} {'golv':>6}")
        for what, seconds, floor in saved(Path(folder), times):
            print(f"{what:<38} {1000 * seconds:>6.0f} {1000 * floor:>6.1f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[2]) if sys.argv[1:2] == ["--några-gånger"] else TIMES)
