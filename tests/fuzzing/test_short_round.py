"""A short round of the fuzzer, and that it finds what it is there to find."""

from __future__ import annotations

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import settings

from generator.model.places import ContentError, Place, Problem
from tests.fuzzing import __main__ as command
from tests.fuzzing.bases import CENTRE, LARGE, SMALL, TABLES, WORKBOOKS, base, good_site, prepare
from tests.fuzzing.cases import Case, make_content, parse_case, size_of
from tests.fuzzing.figures import wrong_figures
from tests.fuzzing.judging import LONGEST, Build, Judge, Outcome, Verdict, publish
from tests.fuzzing.mutations import MUTATIONS, SAME
from tests.fuzzing.oracle import unsound_pages
from tests.fuzzing.workers import judge_all
from tests.publishing.test_folder import snapshot
from tests.sharing import Shared
from tests.support import EXAMPLES, PLATFORMS, copy_of, edit

MOST = 13  # cases of a kind; `make fuzz` tries thousands
EACH_WAY = (0, 5, 6, 10, 34, 43, 69)  # seeds that between them write the same in each way
SOUND = EXAMPLES / "annan-organisation"
Progress = Callable[[str], None]


def prepare_soon(bases: Path) -> None:
    """With three platforms in the content that is large: it is sooner read and built than all of it."""
    prepare(bases, PLATFORMS)


@pytest.fixture(scope="session")
def bases(shared: Shared) -> Path:
    return shared.folder("bases", prepare_soon)


@pytest.fixture(scope="session")
def good(bases: Path, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(bases, tmp_path_factory.mktemp("judge"))


@pytest.fixture
def judge(good: Judge) -> Iterator[Judge]:
    """One that tests may change."""
    yield good
    good.build, good.longest = publish, LONGEST


def cases_of(kind: str, size: str) -> Iterator[Case]:
    return (case for seed in itertools.count() if size_of(case := Case(kind, seed)) == size)


@pytest.mark.parametrize("kind", MUTATIONS)
def test_broken_content_is_refused_or_built(judge: Judge, kind: str) -> None:
    """As many cases as it takes to have some of both. What is written otherwise is seldom refused."""
    outcomes: list[Outcome] = []
    for case in [Case(SAME, seed) for seed in EACH_WAY] if kind == SAME else cases_of(kind, SMALL):
        verdict = judge(case)
        assert verdict.outcome is not Outcome.FAULT, (str(case), verdict.said)
        outcomes.append(verdict.outcome)
        if len(set(outcomes)) == 2 or len(outcomes) == MOST:
            break


@pytest.mark.parametrize("kind", ["yaml", "workbook"])
def test_broken_content_that_is_large_is_refused_or_built(judge: Judge, kind: str) -> None:
    verdict = judge(next(cases_of(kind, LARGE)))
    assert verdict.outcome is not Outcome.FAULT, verdict.said


@pytest.mark.parametrize("holder", [TABLES, WORKBOOKS])
def test_what_cases_begin_from_is_sound(bases: Path, tmp_path: Path, holder: str) -> None:
    publish(base(bases, SMALL, holder), tmp_path / "output", lambda _: None)


def test_a_case_is_the_same_each_time(bases: Path, tmp_path: Path) -> None:
    prepare_soon(tmp_path / "again")
    for kind in MUTATIONS:
        for seed in range(settings().max_examples // 25):
            one, other = tmp_path / "one", tmp_path / "other"
            make_content(Case(kind, seed), bases, one)
            make_content(Case(kind, seed), tmp_path / "again", other)
            assert snapshot(one) == snapshot(other), f"{kind}:{seed}"


# Planted faults


def breaks(_: Path, __: Path, ___: Progress) -> None:
    raise ValueError("planted")


def panics(_: Path, __: Path, ___: Progress) -> None:
    raise BaseException("planted")


def refuses(_: Path, __: Path, ___: Progress) -> None:
    raise ContentError([Problem(Place("a"), "b", "c")])


def dawdles(content: Path, output: Path, progress: Progress) -> None:
    start = time.process_time()
    while time.process_time() - start < 0.1:
        pass
    refuses(content, output, progress)


def writes(content: Path, output: Path, progress: Progress) -> None:
    (output / "index.html").write_text("planted")
    refuses(content, output, progress)


def leaves_something_beside(content: Path, output: Path, progress: Progress) -> None:
    (output.parent / "planted").write_text("x")
    refuses(content, output, progress)


def says_nothing(_: Path, __: Path, ___: Progress) -> None:
    raise ContentError([])


def says_what_cannot_be_printed(_: Path, __: Path, ___: Progress) -> None:
    raise ContentError([Problem(Place("a"), "\ud800", "c")])


def chatters(content: Path, output: Path, progress: Progress) -> None:
    os.write(2, b"planted")
    refuses(content, output, progress)


def shows_a_trace(content: Path, output: Path, progress: Progress) -> None:
    progress("Traceback (most recent call last):")
    refuses(content, output, progress)


def lies_in_the_manifest(_: Path, output: Path, progress: Progress) -> None:
    publish(SOUND, output, progress)
    (output / "index.html").write_text("planted")


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (breaks, "ValueError: planted"),
        (panics, "BaseException: planted"),
        (dawdles, "tog 0.1 s"),
        (writes, "ändrade output/index.html"),
        (leaves_something_beside, "ändrade planted"),
        (says_nothing, "utan att något problem"),
        (says_what_cannot_be_printed, "kan inte skrivas ut"),
        (chatters, "skrev på skärmen: planted"),
        (shows_a_trace, "visar en Traceback"),
        (lies_in_the_manifest, "manifest.json stämmer inte"),
    ],
)
def test_a_planted_fault_is_found(judge: Judge, build: Build, said: str) -> None:
    judge.build, judge.longest = build, 0.05 if build is dawdles else LONGEST
    verdict = judge(Case("yaml", 1))
    assert verdict.outcome is Outcome.FAULT
    assert said in verdict.said
    judge.build = refuses
    assert judge(Case("yaml", 1)).outcome is Outcome.REFUSED


def test_a_command_that_disagrees_with_the_build_is_found(judge: Judge) -> None:
    judge.build = refuses
    verdicts = (judge(Case("workbook", seed)) for seed in range(0, 400, 20))
    assert any("granska slutade med 0, men bygget vägrade" in one.said for one in verdicts)


def test_what_is_written_otherwise_and_gives_another_site_is_found(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(_: Random, content: Path) -> None:
        story = content / CENTRE / "exempel/bussen.md"
        story.write_text(f"{story.read_text('utf-8')}\nMer.\n", "utf-8")

    monkeypatch.setattr("tests.fuzzing.cases.MUTATIONS", {SAME: changes})
    verdict = judge(next(cases_of(SAME, SMALL)))
    assert verdict.outcome is Outcome.FAULT
    assert "skrivet på annat sätt, och ändrade 2023-arbetscentrum/" in verdict.said


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("utfall/deltagare.csv", "Köket;Avslutade;5;3", "koket avslutade: totalt är 8, men ska vara 9"),
        ("utfall/deltagare.csv", "Köket;Avslutade;5;3", "centrum 1.1.1: taljare är 26, men ska vara 27"),
        ("utfall/bakgrund.csv", "Resväg;Till fots;4;16;1", "Till fots: totalt är 21, men ska vara 22"),
        ("tabeller/kostnader.csv", "Lokaler;120;130", "Lokaler: 2023 är 130, men ska vara 131"),
    ],
)
def test_a_wrong_figure_is_found(bases: Path, tmp_path: Path, table: str, row: str, said: str) -> None:
    content, site = copy_of(base(bases, SMALL, TABLES), tmp_path / "content"), good_site(bases)
    assert list(wrong_figures(content, site)) == []
    before, _, last = row.rpartition(";")
    edit(content / CENTRE / table, row, f"{before};{int(last) + 1}")
    assert said in "\n".join(wrong_figures(content, site))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>{{ x }}</p>", "visar {{"),
        ("<p>av None</p>", "visar None"),
        ("<img src='//exempel.se/x'>", "hämtar //exempel.se/x"),
        ("<link rel=stylesheet href=https://exempel.se>", "hämtar https://exempel.se"),
        ("<a href='javascript:x()'>", "leder till javascript:x()"),
        ("<p onclick='x()'>", "har attributet onclick i p"),
        ("<marquee>", "har elementet marquee"),
        ("<script>x()</script>", "har ett skript i sidan"),
        ("<a href='https://exempel.se/'>{% noll %}</a>", ""),
    ],
)
def test_what_no_page_may_have_is_found(tmp_path: Path, markup: str, said: str) -> None:
    site, content = tmp_path / "site", tmp_path / "content"
    site.mkdir()
    content.mkdir()
    (content / "a.md").write_text("{% noll %}", "utf-8")  # what authors write may be shown
    (site / "index.html").write_text(markup, "utf-8")
    assert list(unsound_pages(site, content)) == ([f"index.html: {said}"] if said else [])


# Processes


_turns = itertools.count()  # each process begins anew


def misbehaves(content: Path, _: Path, __: Progress) -> None:
    """The first process hangs, the second grows and then dies: the scratch folder of each has a number."""
    if content.parent.name == "0":
        time.sleep(600)
    if next(_turns):
        os.kill(os.getpid(), signal.SIGKILL)
    bytearray(10**10)


@pytest.mark.skipif(sys.platform == "darwin", reason="memory cannot be limited there")
def test_a_process_that_hangs_grows_or_dies_is_told_and_the_round_goes_on(
    bases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.fuzzing.workers.PATIENCE", 5)
    cases = [Case("yaml", seed) for seed in (1, 2, 3)]
    hung, grown, dead = judge_all(cases, bases, 1, build=misbehaves, longest=1 / 5)
    assert {verdict.outcome for verdict in (hung, grown, dead)} == {Outcome.FAULT}
    assert hung.said == "blev inte klar på 1 s"
    assert "MemoryError" in grown.said
    assert dead.said == "processen dog med kod -9"


# The command


@pytest.mark.parametrize(("outcome", "code"), [(Outcome.FAULT, 1), (Outcome.REFUSED, 0)])
def test_a_round_tells_how_it_went(monkeypatch: pytest.MonkeyPatch, outcome: Outcome, code: int) -> None:
    def judged(cases: Sequence[Case], _: Path, __: int, *, tell: Callable[[Verdict], None]) -> list[Verdict]:
        verdicts = [Verdict(cases[0], Outcome.BUILT), Verdict(cases[1], outcome, "planted", 2.5, 10**8)]
        for verdict in verdicts:
            tell(verdict)
        return verdicts

    monkeypatch.setattr(command, "judge_all", judged)
    monkeypatch.setattr(command, "prepare", lambda _: None)
    result = CliRunner().invoke(command.main, ["--slag", "yaml", "--från", "7", "--antal", "2"])
    assert result.exit_code == code
    assert "långsammast 2.5 s (yaml:8), mest minne 100 MB" in result.output
    assert ("--fall yaml:8" in result.output) == bool(code)


def test_a_case_is_known_by_its_name() -> None:
    assert parse_case(str(Case("yaml", 1234))) == Case("yaml", 1234)
    result = CliRunner().invoke(command.main, ["--fall", "yaml"])
    assert result.exit_code == 2
    assert "är inget fall" in result.output
