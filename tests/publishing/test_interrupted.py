"""Two builds at a time, and builds that are killed: the folder always holds one whole site."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.publishing import Output, OutputError
from generator.publishing.manifest import are_whole, read_manifest
from tests.publishing.test_folder import snapshot, write
from tests.support import EXAMPLES, PROJECT, publish

OTHERS = EXAMPLES / "annan-organisation"
HOLD = """
import sys
from pathlib import Path
from generator.publishing import Output

with Output(Path(sys.argv[1])) as output:
    output.add("index.html", "halv")
    print("bygger", flush=True)
    sys.stdin.read()
"""
BUILD = """
import sys
from pathlib import Path
from generator.build import build
from generator.publishing import OutputError

for _ in range(2):
    try:
        build(Path(sys.argv[1]), Path(sys.argv[2]), lambda _: None, pdfs=())
        print("byggd")
    except OutputError as error:
        print(error)
"""
# What reaches the disk, as Python tells of it.
STEPS = {"open", "fcntl.flock", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir"}


def run(script: str, *arguments: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", cwd=PROJECT)


def holding(folder: Path) -> subprocess.Popen[str]:
    """A process that is in the middle of a build into the folder."""
    process = run(HOLD, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "bygger\n"
    return process


# Two at a time


def test_while_another_builds_into_the_folder_it_is_told_and_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "hel"})
    before = snapshot(tmp_path / "ut")
    with holding(tmp_path / "ut") as other:
        with pytest.raises(OutputError, match="Ett annat bygge till mappen pågår"):
            publish(OTHERS, tmp_path / "ut")
        assert snapshot(tmp_path / "ut") == before
        other.communicate()
    assert (tmp_path / "ut/index.html").read_text("utf-8") == "halv"
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_a_link_to_the_folder_is_the_folder(tmp_path: Path) -> None:
    (tmp_path / "verklig").mkdir()
    (tmp_path / "ut").symlink_to(tmp_path / "verklig")
    with holding(tmp_path / "ut") as other:
        with pytest.raises(OutputError, match="pågår"):
            write(tmp_path / "verklig", {"index.html": "x"})
        other.communicate()


def test_a_killed_build_holds_nobody_off(tmp_path: Path) -> None:
    with holding(tmp_path / "ut") as other:
        other.kill()
    write(tmp_path / "ut", {"index.html": "hel"})
    assert (tmp_path / "ut/index.html").read_text("utf-8") == "hel"
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_two_builds_at_the_same_time_leave_a_whole_site_of_one_of_them(others: Path, tmp_path: Path) -> None:
    shutil.copytree(others, tmp_path / "andra")
    shutil.rmtree(tmp_path / "andra/2017-bruket")
    processes = [run(BUILD, content, tmp_path / "ut") for content in (others, tmp_path / "andra")]
    told = [line for process in processes for line in process.communicate()[0].splitlines()]
    assert len(told) == 4
    assert "byggd" in told
    assert all(line == "byggd" or "Ett annat bygge till mappen pågår" in line for line in told)
    files = read_manifest(tmp_path / "ut").files
    assert files
    assert are_whole(tmp_path / "ut", files)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_build_whose_files_somebody_removes_is_told_and_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "ut", {"index.html": "hel"})
    before = snapshot(tmp_path)
    with pytest.raises(OutputError, match="tog bort filer"), Output(tmp_path / "ut") as output:
        output.add("index.html", "halv")
        shutil.rmtree(tmp_path / ".ut.bygge")
    assert snapshot(tmp_path) == before


# Killed


def kill_builds(root: Path) -> int:
    """Kills a build before its first step on the disk, another before its second, and so on: how many."""
    for steps in itertools.count():
        folder = root / str(steps) / "ut"
        write(folder, {"a/sida.html": "gammal", "index.html": "gammal"})
        (folder / ".git").mkdir()
        (folder / ".git/HEAD").write_text("ref", "utf-8")
        process = os.fork()
        if not process:
            kill_after(steps)
            write(folder, {"a/sida.html": "ny", "index.html": "ny"})
            os._exit(0)
        if not os.WIFSIGNALED(os.waitpid(process, 0)[1]):
            return steps
    raise AssertionError


def kill_after(steps: int) -> None:
    left = itertools.count(steps, -1)

    def hook(event: str, _: object) -> None:
        if event in STEPS and not next(left):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders as they were left. Python forks without warning only where there are no threads."""
    root = tmp_path_factory.mktemp("dödade")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert processes.submit(kill_builds, root).result() > 20
    return root


def copies(killed: Path, target: Path) -> Iterator[Path]:
    """A copy of each folder that a killed build left, with what lies beside it."""
    for folder in shutil.copytree(killed, target / "kopior", symlinks=True).iterdir():
        yield folder / "ut"


SITE = {".git/HEAD", "a/sida.html", "index.html", "manifest.json"}


def test_what_was_killed_at_any_moment_is_put_right_though_nothing_has_changed(
    killed: Path, tmp_path: Path
) -> None:
    for folder in copies(killed, tmp_path):
        with Output(folder):
            pass
        assert set(snapshot(folder)) == SITE
        pages = {(folder / path).read_text("utf-8") for path in ("a/sida.html", "index.html")}
        assert pages in ({"gammal"}, {"ny"})
        assert [path.name for path in folder.parent.iterdir()] == ["ut"]


def test_what_was_killed_at_any_moment_is_replaced_by_the_next_build(killed: Path, tmp_path: Path) -> None:
    for folder in copies(killed, tmp_path):
        write(folder, {"index.html": "nyast"})
        assert set(snapshot(folder)) == SITE - {"a/sida.html"}
        assert [path.name for path in folder.parent.iterdir()] == ["ut"]


def test_what_was_killed_at_any_moment_hinders_no_build_when_the_folder_is_removed(
    killed: Path, tmp_path: Path
) -> None:
    for folder in copies(killed, tmp_path):
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, {"index.html": "nyast"})
        assert {"index.html", "manifest.json"} <= set(snapshot(folder)) <= SITE - {"a/sida.html"}
