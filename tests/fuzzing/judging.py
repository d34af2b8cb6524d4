"""What becomes of a case: it is refused or built as it should be, or shows a fault in the program."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import IO, NoReturn
from unittest.mock import patch

from click.testing import CliRunner

from generator import editions
from generator.build import build
from generator.cli import main
from generator.intake import take_answers, take_register
from generator.model.places import ContentError, Problem, Severity
from generator.publishing import OutputError
from tests.fuzzing.bases import CENTRE, good_site
from tests.fuzzing.cases import Case, make_content, source_of
from tests.fuzzing.figures import wrong_figures
from tests.fuzzing.mutations import COUNTS, SAME
from tests.fuzzing.mutations.raw_files import RAW
from tests.fuzzing.mutations.themes import THEMES
from tests.fuzzing.oracle import unsound_pages

LONGEST = 10.0  # seconds of work: whatever else the machine does is not counted
_BY_COMMAND = 20  # one case in so many also goes through the command line
_TRACE = "Traceback"
_TEXTS = (".html", ".csv", ".json", ".xml", ".txt")
_NO_TEXT = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
Build = Callable[[Path, Path, Callable[[str], None]], object]


class Outcome(Enum):
    REFUSED = "vägrade"
    BUILT = "byggda"
    FAULT = "fel"


@dataclass(frozen=True)
class Verdict:
    """`said` is what went wrong in the program, or else the problems that were told."""

    case: Case
    outcome: Outcome
    said: str = ""
    seconds: float = 0
    memory: int = 0  # bytes, the most that the process has had


@dataclass
class _Heard:
    """What was written to the terminal in the meantime."""

    text: str = ""


def publish(content: Path, output: Path, progress: Callable[[str], None]) -> object:
    return build(content, output, progress, pdfs=())


def _take_in(content: Path, output: Path, progress: Callable[[str], None]) -> object:
    """Counts the raw files, and publishes what comes of it."""
    raw, report = content / RAW, content / CENTRE
    for stem, map_name, take in (
        ("svar", "enkat.yaml", take_answers),
        ("register", "register.yaml", take_register),
    ):
        path = next(raw.glob(f"{stem}.*"), raw / f"{stem}.csv")  # maybe a workbook
        take(path, report / map_name, overwrite=True)
    return publish(content, output, progress)


def _publish_the_same(content: Path, output: Path, progress: Callable[[str], None]) -> object:
    return (_take_in if (content / RAW).exists() else publish)(content, output, progress)


def _publish_in_own_theme(content: Path, output: Path, progress: Callable[[str], None]) -> object:
    themes = content / THEMES
    editions.templates_of.cache_clear()
    try:
        with (
            patch("generator.checking.THEMES", themes),
            patch("generator.editions.THEMES", themes),
            patch("generator.fingerprints.of_program", lambda: ""),
        ):
            return publish(content, output, progress)
    finally:
        editions.templates_of.cache_clear()


def _publish_with_pdf(content: Path, output: Path, progress: Callable[[str], None]) -> object:
    return build(content, output, progress)


def _publish_audit(content: Path, output: Path, progress: Callable[[str], None]) -> object:
    folder = output.parent.parent / "granskning"
    built = build(content, folder, progress, pdfs=(), is_audit=True)
    shutil.rmtree(folder)
    return built


_BY_KIND: Mapping[str, Build] = {
    "raw": _take_in,
    "theme": _publish_in_own_theme,
    COUNTS: publish,
    SAME: _publish_the_same,
}
# Seeds that end so, which only a long round comes to.
_SELDOM: Mapping[int, Build] = {99: _publish_with_pdf, 49: _publish_audit}
_OF_PDFS = 6  # times as long


@dataclass
class Judge:
    """Builds one case after another into the same output folder, which always holds the last good site."""

    bases: Path
    scratch: Path
    build: Build = publish
    longest: float = LONGEST
    _good: dict[str, bytes] = field(default_factory=dict)
    _right: dict[Path, dict[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.copytree(good_site(self.bases), self._output)
        self._good = _files_in(self._output.parent)

    @property
    def content(self) -> Path:
        return self.scratch / "content"

    @property
    def _output(self) -> Path:
        return self.scratch / "ut" / "output"

    def __call__(self, case: Case) -> Verdict:
        make_content(case, self.bases, self.content)
        verdict = self._built(case)
        if verdict.outcome is Outcome.FAULT:
            self._restore()
        elif verdict.outcome is Outcome.BUILT:
            self._good = _files_in(self._output.parent)
        return verdict

    def _restore(self) -> None:
        shutil.rmtree(self._output.parent)
        for path, data in self._good.items():
            file = self._output.parent / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def _built(self, case: Case) -> Verdict:
        steps: list[str] = []
        start = time.process_time()
        work = _BY_KIND.get(case.kind) or _SELDOM.get(case.seed % 100, self.build)
        with _listening() as heard:
            outcome, said = _outcome_of(lambda: work(self.content, self._output, steps.append))
        verdict = Verdict(case, outcome, said, time.process_time() - start)
        if outcome is Outcome.FAULT:
            return verdict
        faults = [*self._faults(verdict, "\n".join([*steps, said, heard.text]))]
        if heard.text:
            faults.append(f"skrev på skärmen: {heard.text[:500]}")
        return replace(verdict, outcome=Outcome.FAULT, said="\n".join(faults)) if faults else verdict

    def _faults(self, verdict: Verdict, told: str) -> Iterator[str]:
        is_printed = any(path.suffix == ".pdf" for path in self._output.rglob("*.pdf"))
        if verdict.seconds > self.longest * (_OF_PDFS if is_printed else 1):
            yield f"tog {verdict.seconds:.1f} s"
        if _TRACE in told:
            yield f"visar en {_TRACE}: {told[:500]}"
        files = _files_in(self._output.parent)
        if verdict.outcome is Outcome.REFUSED and files != self._good:
            changed = sorted(path for path in files | self._good if files.get(path) != self._good.get(path))
            yield f"vägrades, men ändrade {', '.join(changed[:5])}"
        if verdict.outcome is Outcome.BUILT:
            yield from _unsound(self._output)
            yield from unsound_pages(self._output, self.content)
            if verdict.case.kind == SAME:
                yield from self._changes(verdict.case)
            if verdict.case.kind == COUNTS:
                yield from wrong_figures(self.content, self._output)
        if verdict.case.seed % _BY_COMMAND == 0 and verdict.case.kind not in _BY_KIND:
            yield from _command_faults(self.content, verdict.outcome)

    def _changes(self, case: Case) -> Iterator[str]:
        """What differs from what the content gives as it was before it was written otherwise."""
        source = source_of(case, self.bases)
        if source not in self._right:
            content, output = self.scratch / "ursprung", self.scratch / "rätt"
            shutil.copytree(source, content)
            _publish_the_same(content, output, lambda _: None)
            self._right[source] = _files_in(output)
            shutil.rmtree(content)
            shutil.rmtree(output)
        files, right = _files_in(self._output), self._right[source]
        changed = sorted(path for path in files | right if files.get(path) != right.get(path))
        if changed:
            yield f"skrivet på annat sätt, och ändrade {', '.join(changed[:5])}"


def _outcome_of(work: Callable[[], object]) -> tuple[Outcome, str]:
    try:
        work()
    except ContentError as error:
        faults = [*_problem_faults(error.problems)]
        told = [f"{one.severity.value}: {one.place}: {one.found}. {one.remedy}" for one in error.problems]
        return (Outcome.FAULT, "\n".join(faults)) if faults else (Outcome.REFUSED, "\n".join(told))
    except OutputError as error:
        return Outcome.REFUSED, str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # a panic in a library of another language is no Exception
        return Outcome.FAULT, traceback.format_exc()
    return Outcome.BUILT, ""


def _problem_faults(problems: list[Problem]) -> Iterator[str]:
    """An author must be told something, and it must be possible to print."""
    if not problems:
        yield "vägrades utan att något problem nämndes"
    for problem in problems:
        if not (
            problem.place.file and problem.found and (problem.remedy or problem.severity is Severity.NOTE)
        ):
            yield f"ett problem säger inte allt: {problem!r}"
        try:
            f"{problem.place}{problem.found}{problem.remedy}".encode()
        except UnicodeEncodeError:
            yield f"ett problem kan inte skrivas ut: {problem!r}"


def _unsound(output: Path) -> Iterator[str]:
    """What is wrong with a site that was built."""
    listed = json.loads((output / "manifest.json").read_bytes())["files"]
    told = {entry["path"]: (entry["size"], entry["sha256"]) for entry in listed}
    files = {path: data for path, data in _files_in(output).items() if path != "manifest.json"}
    found = {path: (len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()}
    if told != found:
        yield "manifest.json stämmer inte med filerna"
    for path, data in files.items():
        if path.endswith(_TEXTS) and (stray := _NO_TEXT.search(data.decode())):
            yield f"{path} innehåller {stray[0]!r}"
        if path.endswith(".json"):
            try:
                json.loads(data, parse_constant=_refuse)
            except ValueError as error:
                yield f"{path} är ingen JSON: {error}"


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _command_faults(content: Path, outcome: Outcome) -> Iterator[str]:
    """`granska` must come to the same as the build, and list what is wrong."""
    result = CliRunner().invoke(main, ["granska", "--innehåll", str(content)])
    if not isinstance(result.exception, SystemExit | None):
        yield "granska: " + "".join(traceback.format_exception(result.exception))
    elif _TRACE in result.output:
        yield f"granska visar en {_TRACE}: {result.output[:500]}"
    elif result.exit_code != (1 if outcome is Outcome.REFUSED else 0):
        yield f"granska slutade med {result.exit_code}, men bygget {outcome.value}"


def _files_in(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@contextlib.contextmanager
def _listening() -> Iterator[_Heard]:
    """Hears also what libraries of other languages write to the terminal."""
    heard = _Heard()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        with _redirected(file), contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
            yield heard
        file.seek(0)
        heard.text = file.read()


@contextlib.contextmanager
def _redirected(file: IO[str]) -> Iterator[None]:
    sys.stdout.flush()
    sys.stderr.flush()
    saved = {stream: os.dup(stream) for stream in (1, 2)}
    for stream in saved:
        os.dup2(file.fileno(), stream)
    try:
        yield
    finally:
        file.flush()
        for stream, copy in saved.items():
            os.dup2(copy, stream)
            os.close(copy)
