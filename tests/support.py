"""What several tests need: content to change, sites to read, and plain reports to score."""

from __future__ import annotations

import copy
import csv
import json
import logging
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from socketserver import BaseServer
from typing import Any

from bs4 import BeautifulSoup, Tag

from generator.build import Built, build, check
from generator.checking import Checked
from generator.editions import THEMES
from generator.fingerprints import PDF
from generator.model.amounts import AmountTable
from generator.model.budget import Budget
from generator.model.names import answer_key
from generator.model.narrative import Markdown, NarrativeText, Story, StoryHead, TextHead
from generator.model.outcomes import (
    AnswerCount,
    AnswerKey,
    Attestation,
    Grade,
    Outcomes,
    People,
    Sex,
    TableRow,
    Value,
    ValueKey,
)
from generator.model.places import ContentError, Place, Problem, Severity
from generator.model.quantities import parse_quantity
from generator.model.report import Report
from generator.model.results import IndicatorResult, UnitResult
from generator.model.settings import ReportSettings
from generator.model.survey import Survey
from generator.model.table_settings import TableDefinition
from generator.preview.site import Workshop
from generator.reading import read_site
from generator.scoring import score_report

PROJECT = Path(__file__).resolve().parent.parent
CONTENT = PROJECT / "content"
EXAMPLES = Path(__file__).resolve().parent / "examples"
PLATFORMS = EXAMPLES / "tre-plattformar"
GOLDEN = Path(__file__).resolve().parent / "golden"
YEAR, LOCAL, PLAN = "2021-umearegionen", "2017-robertsfors", "2019-plan"
CENTRE = "2023-arbetscentrum"

# Content


def copy_of(source: Path, target: Path) -> Path:
    return shutil.copytree(source, target, copy_function=shutil.copyfile)  # nobody asks when it was written


def only_year(target: Path, year: str = YEAR) -> Path:
    """A copy of the content with one of its reports, which stands first."""
    target.mkdir(parents=True)
    shutil.copy(CONTENT / "webbplats.yaml", target)
    shutil.copytree(CONTENT / year, target / year)
    # A test that changes a figure would also be told what was printed of it.
    (target / year / "utfall/kontrollsummor.csv").unlink(missing_ok=True)
    path = target / "webbplats.yaml"
    path.write_text(path.read_text("utf-8").replace(f"framsida: {YEAR}", f"framsida: {year}"), "utf-8")
    return target


def only_centre(target: Path) -> Path:
    """The smallest content that has units, weights, a story and an analysis: one report of two units."""
    copy_of(EXAMPLES / "annan-organisation", target)
    shutil.rmtree(target / "2017-bruket")
    return target


def write_contents(report: Path, *lines: str) -> None:
    """Another table of contents in bokslut.yaml; none when there are no lines."""
    path = report / "bokslut.yaml"
    written = "innehåll:\n" + "".join(f"  {line}\n" for line in lines) if lines else ""
    text = re.sub(r"(?m)^innehåll:\n(?: .*\n)+", "", path.read_text("utf-8"))
    path.write_text(f"{text}\n{written}", "utf-8")


def without_texts(year: Path) -> Path:
    """Leaves the report of 2021 its tables of outcomes alone: no texts, no comments and no economy."""
    for folder in ("berattelse", "enheter", "exempel", "tabeller"):
        shutil.rmtree(year / folder)
    (year / "utfall/kommentarer.csv").unlink()
    settings = (year / "bokslut.yaml").read_text("utf-8")
    (year / "bokslut.yaml").write_text(settings.partition("\ntabeller:\n")[0] + "\n", "utf-8")
    return year


def leave_only(year: Path, *parts: str) -> None:
    """Fewer parts of the report of 2021, so that its site is sooner built."""
    settings = year / "bokslut.yaml"
    _, _, contents = settings.read_text("utf-8").partition("\ninnehåll:\n")
    own = re.findall(r"^  - id: (\S+)$", contents, re.MULTILINE)
    write_contents(year, *(f"- {part}" for part in ("översikt", *parts)))
    settings.write_text(re.sub(r"\n  utan: .*", "", settings.read_text("utf-8")), "utf-8")
    for text in (year / "berattelse").glob("*.md"):
        if re.search(rf"^del: ({'|'.join(own)})$", text.read_text("utf-8"), re.MULTILINE):
            text.unlink()


def edit(path: Path, old: str, new: str) -> None:
    """Changes the only occurrence of a text in a file: a test that edits nothing would prove nothing."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def define_table(year: Path, definition: str) -> None:
    """Adds a table of amounts to bokslut.yaml, before those that are there."""
    settings, key = year / "bokslut.yaml", "\ntabeller:\n"
    if key not in settings.read_text("utf-8"):
        append(settings, key)
    edit(settings, key, f"{key}{definition}")
    (year / "tabeller").mkdir(exist_ok=True)


def read(content: Path) -> tuple[Report, ...]:
    """The reports as they are read, before anything is computed."""
    return read_site(content, THEMES)[1]


@cache
def checked_content() -> Checked:
    """The content of the project, which no test changes."""
    return check(CONTENT)


def problems_in(content: Path) -> list[Problem]:
    """The errors that keep the content from being published; none when it is sound."""
    try:
        check(content)
    except ContentError as error:
        return [problem for problem in error.problems if problem.severity is Severity.ERROR]
    return []


def warnings_in(content: Path) -> list[Problem]:
    """What the author of sound content should look at."""
    return [problem for problem in check(content).warnings if problem.severity is Severity.WARNING]


def only_problem_in(content: Path) -> Problem:
    problems = problems_in(content)
    assert len(problems) == 1, problems
    return problems[0]


def of_id(reports: Iterable[Report], id: str) -> Report:
    return next(report for report in reports if report.id == id)


# Built sites


def publish(content: Path, folder: Path, *, with_pdf: bool = False) -> Built:
    """Without the file for the printing works, which takes as long as the other PDF."""
    return build(content, folder, lambda _: None, pdfs=(PDF,) if with_pdf else ())


# Pages without any table of persons.
WITHOUT_COUNTS = ("404", "index", "kontakt", "lasanvisning", "om-", "omrade-", "oppna-data", "social-", "sok")


def publish_figures(content: Path, folder: Path) -> None:
    """The tables of the reports and the pages that may tell how many persons: nothing beside them."""
    files, _ = Workshop(content).site()
    for path in files.of_reports():
        if path.endswith((".html", ".csv", ".json")) and not Path(path).name.startswith(WITHOUT_COUNTS):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(files[path])


def publish_audit(content: Path, folder: Path) -> Built:
    return build(content, folder, lambda _: None, pdfs=(), is_audit=True)


def page_of(content: Path, page: str) -> BeautifulSoup:
    """A page of the site by its path, as a build makes it. The others are not made."""
    files, _ = Workshop(content).site()
    return BeautifulSoup(files[page].decode(), "lxml")


def results_in(site: Path, report: str = YEAR) -> dict[str, Any]:
    """data/resultat.json"""
    data: dict[str, Any] = json.loads((site / report / "data/resultat.json").read_text("utf-8"))
    return data


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def soup(path: Path) -> BeautifulSoup:
    """A page. Others read the same: who takes something out of it takes it out of a copy."""
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _parsed(path: Path, _: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "lxml")


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def plain(text: str) -> str:
    """Text on one line, with ordinary spaces."""
    return " ".join(text.split())


def text_of(node: Tag) -> str:
    """The text of an element as it is read, cells and lines apart."""
    return plain(node.get_text(" "))


def tables_of(page: Tag) -> list[list[dict[str, str]]]:
    """The tables of a page as rows of cells by column heading."""
    return [table_rows(table) for table in page.find_all("table")]


def table_rows(table: Tag) -> list[dict[str, str]]:
    """Rows of cells by column heading, without pictures and what is repeated for narrow screens."""
    table = copy.copy(table)
    for left_out in table.select(".cell-label, .cell-picture, svg"):
        left_out.decompose()
    heads = [text_of(head) for head in table.select("thead tr:last-of-type > *")]
    rows = (row.find_all(["th", "td"], recursive=False) for row in table.select("tbody tr, tfoot tr"))
    return [dict(zip(heads, map(text_of, cells), strict=True)) for cells in rows if len(cells) > 1]


def printed_number(id: str) -> str:
    """”1.4.1” of ”1.4.1-umea”: several places can have one number."""
    return id.partition("-")[0]


def by_id(page: Tag, anchor: str) -> Tag:
    """The element with that id. Looked for by hand: `find` takes three times as long."""
    tags = (tag for tag in page.descendants if isinstance(tag, Tag) and tag.get("id") == anchor)
    found = next(tags, None)
    assert found is not None, f"nothing has the id {anchor}"
    return found


@dataclass(frozen=True)
class Published:
    """A built site with what was logged on the way, and its PDF as it is read."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "output"

    @property
    def logged(self) -> Path:
        return self.root / "log.json"

    @property
    def read(self) -> Path:
        return self.root / "pdf.json"

    @property
    def log(self) -> list[str]:
        lines: list[str] = json.loads(self.logged.read_text("utf-8"))
        return lines

    @property
    def printed(self) -> list[str]:
        """The text of each page of the PDF."""
        pages: list[str] = json.loads(self.read.read_text("utf-8"))
        return pages

    @property
    def report(self) -> Path:
        return self.folder / YEAR

    @property
    def pdf(self) -> Path:
        return self.report / "bokslut.pdf"


class Log(logging.Handler):
    """Collects warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def answering(server: BaseServer) -> Iterator[None]:
    """The server answers in a thread. Left to itself it looks twice a second only whether it is to end."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield
    server.shutdown()


# Plain reports: what scoring makes of a report needs no files

HERE = Place("prov.csv", 2)
ASSOCIATION = "forbundet"


def a_report(
    *indicators: Mapping[str, object],
    areas: list[dict[str, Any]] | None = None,
    rules: Mapping[str, object] | None = None,
    units: tuple[Mapping[str, str], ...] = (),
    rows: tuple[str, ...] = (),
    participants: Mapping[tuple[str, str], People] | None = None,
    groups: Mapping[tuple[str, str], People] | None = None,
    answers: Mapping[AnswerKey, tuple[AnswerCount, ...]] | None = None,
    values: Mapping[ValueKey, Value] | None = None,
    attestations: Mapping[tuple[str, str], Attestation] | None = None,
    grades: Mapping[tuple[str, str], Grade] | None = None,
    texts: tuple[NarrativeText, ...] = (),
    stories: tuple[Story, ...] = (),
) -> Report:
    """A report of 2024 with one area, whose indicators are written as in budget.yaml."""
    areas = areas or [{"id": "1", "namn": "Område", "mål": [a_goal(*indicators)]}]
    scale = {"id": "grad", "namn": "Grad", "svar": ["Ja", "Delvis", "Nej"], "räknas_inte": ["Vill ej svara"]}
    return Report(
        "prov",
        ReportSettings.model_validate(
            {
                "titel": "Prov",
                "år": "2024",
                "publicerad": "2025-03-01",
                "tema": "umea",
                "röjandekontroll": "av",
                "förbund": {"id": ASSOCIATION, "namn": "Förbundet"},
                "enheter": units,
                "regler": rules or {},
                "deltagarrader": [{"id": row, "namn": row.capitalize()} for row in rows],
                "serier": [{"id": "sjuktal", "namn": "Sjuktal"}],
            }
        ),
        Budget.model_validate(
            {
                "områden": areas,
                "betygsskalor": [{"id": "tregradig", "betyg": ["Svagt", "Godkänt", "Starkt"]}],
            }
        ),
        Survey.model_validate(
            {
                "svarsgrupper": [{"id": "deltagare", "namn": "Deltagare"}],
                "skalor": [scale],
                "frågor": [{"id": "stöd", "text": "Fick du stöd?", "skala": "grad"}],
            }
        ),
        Outcomes(
            participants or {},
            groups or {},
            {},
            answers or {},
            values or {},
            {},
            {},
            {},
            attestations or {},
            grades or {},
        ),
        texts,
        stories,
    )


def a_goal(*indicators: Mapping[str, object]) -> dict[str, Any]:
    """A goal whose indicators get the ids 1.1.1, 1.1.2 … unless they have their own."""
    numbered = [
        {"id": f"1.1.{number}", "text": "Prov", **indicator}
        for number, indicator in enumerate(indicators, start=1)
    ]
    return {"id": "1.1", "text": "Mål", "indikatorer": numbered}


def people(women: int | None, men: int | None, unstated: int = 0, total: int | None = None) -> People:
    counted = (women or 0) + (men or 0) + unstated if total is None else total
    return People(women, men, unstated, counted, (HERE,))


def answers(
    counts: Mapping[str, int], sex: str = "alla", unit: str = ASSOCIATION, question: str = "stod"
) -> dict[AnswerKey, tuple[AnswerCount, ...]]:
    """Answers of participants to the question ”stöd”; ”Ja + Delvis” are two answers counted together."""
    counted = tuple(
        AnswerCount(frozenset(map(answer_key, answer.split("+"))), count, HERE)
        for answer, count in counts.items()
    )
    return {AnswerKey(unit, "deltagare", question, Sex(sex)): counted}


def of_cost(indicator: Mapping[str, Any], counted: People, amount: Fraction = Fraction(100)) -> Report:
    """A report in which an amount in kronor was used for these participants."""
    report = a_report(indicator, rows=("deltagare",), participants={(ASSOCIATION, "deltagare"): counted})
    table = TableDefinition.model_validate({"id": "kostnad", "titel": "Kostnad", "måttenhet": "kronor"})
    row = TableRow("Förbundet", "", None, {"Utfall": amount}, "", HERE, {"Utfall": HERE})
    settings = report.settings.model_copy(update={"tables": (table,)})
    outcomes = replace(report.outcomes, amounts={"kostnad": AmountTable(table, (row,), settings.every_unit)})
    return replace(report, settings=settings, outcomes=outcomes)


def value(
    series: str, written: str, location: str = ASSOCIATION, year: int = 2024, than: int | None = None
) -> dict[ValueKey, Value]:
    """A figure as it stands in varden.csv: ”81 %”."""
    place = replace(HERE, line=(HERE.line or 0) + 2024 - year)
    return {ValueKey(series, location, year, than): Value(parse_quantity(written), "Källan", place)}


def a_story(indicator: str, unit: str | None = None, name: str = "berattelse") -> Story:
    head = {"titel": "Berättelse", "ingress": "Kort.", "indikator": indicator, "granskad_av": "chef"}
    if unit:
        head["enhet"] = unit
    return Story(name, StoryHead.model_validate(head), Markdown("Text.", "berattelse.md"))


def a_text(indicator: str, name: str = "text") -> NarrativeText:
    head = TextHead.model_validate({"titel": "Text", "del": "året", "indikator": indicator})
    return NarrativeText(name, head, Markdown("Text.", "text.md"))


def scored(report: Report, unit: str = ASSOCIATION) -> UnitResult:
    result = score_report(report)
    every: Iterator[UnitResult] = iter((result.association, *result.units))
    return next(one for one in every if one.unit.id == unit)


def outcomes_of(report: Report, unit: str = ASSOCIATION) -> list[IndicatorResult]:
    return list(scored(report, unit).results)


def outcome_of(report: Report, unit: str = ASSOCIATION) -> IndicatorResult:
    """The result of the first indicator."""
    return outcomes_of(report, unit)[0]
