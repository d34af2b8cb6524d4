"""The command line speaks Swedish, tells faults without tracebacks, and starts quickly."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.editions import source_epoch
from generator.model.places import ToldError
from generator.terminal import say, tell_step
from tests.publishing.test_folder import snapshot
from tests.reading.small import small_report
from tests.support import CENTRE, EXAMPLES, PROJECT, YEAR, edit, leave_only, only_centre, publish

pytestmark = pytest.mark.usefixtures("without_printing")
OTHERS = EXAMPLES / "annan-organisation"
HEAVY = (
    "weasyprint", "jinja2", "pydantic", "markdown", "PIL", "yaml", "nh3",
    "python_calamine", "xlsxwriter",
)  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="bokslut")


# Help


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["bygg", "--help"], ["granska", "-h"], ["visa", "--help"]]
)
def test_help_is_in_swedish(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert "Användning: bokslut" in result.output
    assert "Visa den här hjälpen och avsluta." in result.output
    for word in ("Usage", "Options", "Commands", "Show this", "default", "Error"):
        assert word not in result.output


def test_help_lists_every_command() -> None:
    assert [name for name in main.commands if f"  {name} " not in run("--help").output] == []


def test_the_version_is_told() -> None:
    assert run("--version").output.startswith("bokslut ")


# Mistakes at the prompt


def test_a_misspelt_command_suggests_the_right_one() -> None:
    result = run("byg")
    assert result.exit_code == 2
    assert "Menade du 'bygg'?" in result.output


def test_a_misspelt_option_suggests_the_right_one() -> None:
    result = run("bygg", "--innehal", "x")
    assert result.exit_code == 2
    assert "--innehåll" in result.output
    assert "Användning: " in result.output


def test_a_dash_where_two_hyphens_should_be_is_told() -> None:
    """Word and e-mail make dashes of hyphens."""
    assert "Före en flagga står två bindestreck: --" in run("granska", "–-innehåll", "mitt").output


def test_no_summary_of_a_command_is_cut_off() -> None:
    assert "..." not in run("--help").output


def test_no_command_shows_help() -> None:
    assert "Kommandon:" in run().output


# granska


def test_sound_content_is_told_to_be_sound() -> None:
    result = run("granska", "--innehåll", OTHERS)
    assert result.exit_code == 0
    assert "Socialt bokslut 2017: 3 av 4 indikatorer har ett utfall." in result.output
    assert "Socialt bokslut 2023: 3 av 3 indikatorer har ett utfall." in result.output
    assert "Inga fel." in result.output


def test_checking_writes_nothing(others: Path, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    run("granska", "--innehåll", others)
    assert snapshot(tmp_path) == before


def test_a_warning_is_told_and_lets_the_content_pass(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: 11\n")
    result = run("granska", "--innehåll", year.parent)
    assert result.exit_code == 0
    assert "Varning: content/2021-umearegionen/budget.yaml, rad " in result.output


def spoil(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    edit(year / "utfall/grupper.csv", "styrelse;4;6", "styrelse;fyra;6")
    edit(year / "berattelse/kontakt.md", "del: kontakt", "del: kontakt\nordnig: 1")


@pytest.mark.parametrize("command", ["granska", "bygg"])
def test_all_faults_are_told_with_place_and_remedy(year: Path, tmp_path: Path, command: str) -> None:
    spoil(year)
    output = ["--ut", tmp_path / "ut"] if command == "bygg" else []
    result = run(command, "--innehåll", year.parent, *output)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "Fel: content/2021-umearegionen/berattelse/kontakt.md, rad 4\n" in result.output
    assert "Fel: content/2021-umearegionen/budget.yaml, rad " in result.output
    assert "  ”åtta” är inte ett heltal.\n" in result.output
    assert "  Gör så här: Skriv ett heltal med siffror, till exempel 10.\n" in result.output
    assert "Inget har skrivits." in result.output
    assert not (tmp_path / "ut").exists()


def test_one_fault_is_counted_as_one(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    assert "1 fel. " in run("granska", "--innehåll", year.parent).output


def test_faults_of_tables_are_told_with_line_and_column(year: Path) -> None:
    edit(year / "utfall/grupper.csv", "styrelse;4;6", "styrelse;fyra;6")
    output = run("granska", "--innehåll", year.parent).output
    assert f"Fel: content/{YEAR}/utfall/grupper.csv, rad 3, kolumnen ”kvinnor”" in output


def test_no_content_is_told(tmp_path: Path) -> None:
    result = run("granska", "--innehåll", tmp_path / "borta")
    assert result.exit_code == 1
    assert "filen finns inte" in result.output.lower()
    assert "--innehåll" in result.output


# bygg


def test_a_report_in_place_of_its_site_is_told(year: Path) -> None:
    assert (
        "Mappen är ett enda bokslut: ange mappen som den ligger i"
        in run("granska", "--innehåll", year).output
    )


def test_a_site_is_built_and_told_where(others: Path, tmp_path: Path) -> None:
    result = run("bygg", "--innehåll", others, "--ut", tmp_path / "ut")
    assert result.exit_code == 0
    assert (tmp_path / "ut/index.html").is_file()
    assert "Klart: " in result.output
    assert str(tmp_path / "ut/index.html") in result.output
    assert str(tmp_path / "ut/2017-bruket/bokslut.pdf") in result.output


@pytest.mark.parametrize(
    ("flags", "pdf"),
    [
        (["--enhet", "Verkstan"], "avdelning-verkstan"),
        (["--enhet", "koket"], "avdelning-koket"),
        (["--område", "2"], "omrade-2"),
        (["--korrektur"], "bokslut-korrektur"),
    ],
)
def test_a_unit_an_area_and_a_proof_are_a_file_of_their_own(
    centre: Path, tmp_path: Path, flags: list[str], pdf: str
) -> None:
    assert run("bygg", "--innehåll", centre.parent, *flags, "--ut", tmp_path / "ut").exit_code == 0
    assert [path.name for path in (tmp_path / "ut").iterdir()] == [f"{CENTRE}-{pdf}.pdf"]


@pytest.mark.parametrize("other", ["--korrektur", "--granskning", "--utan-pdf"])
def test_a_booklet_is_made_alone(centre: Path, tmp_path: Path, other: str) -> None:
    result = run("bygg", "--innehåll", centre.parent, "--enhet", "Verkstan", other, "--ut", tmp_path / "ut")
    assert result.exit_code == 2
    assert "görs för sig" in result.output
    assert not (tmp_path / "ut").exists()


def test_a_unit_that_is_not_there_is_told(centre: Path) -> None:
    result = run("bygg", "--innehåll", centre.parent, "--enhet", "Verksta")
    assert result.exit_code == 1
    assert "”Verksta” är ingen enhet och inget målområde. Menade du ”verkstan”?" in result.output


def test_a_fault_leaves_the_earlier_site_untouched(year: Path, tmp_path: Path) -> None:
    leave_only(year)
    publish(year.parent, tmp_path / "ut")
    before = snapshot(tmp_path / "ut")
    spoil(year)
    assert run("bygg", "--innehåll", year.parent, "--ut", tmp_path / "ut").exit_code == 1
    assert snapshot(tmp_path / "ut") == before


def test_a_folder_with_other_things_is_not_overwritten(others: Path, tmp_path: Path) -> None:
    (tmp_path / "hemma").mkdir()
    (tmp_path / "hemma/viktigt.txt").write_text("kvar", "utf-8")
    result = run("bygg", "--innehåll", others, "--ut", tmp_path / "hemma")
    assert result.exit_code == 1
    assert "skrivs inte över" in result.output
    assert "Traceback" not in result.output
    assert [path.name for path in (tmp_path / "hemma").iterdir()] == ["viktigt.txt"]


# Start-up


@cache
def modules_after(code: str) -> set[str]:
    """The modules that are loaded in a new process after some code, with nothing kept from before."""
    command = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    environment = {**os.environ, "XDG_CACHE_HOME": "."}  # no cache can lie there
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return set(done.stdout.split())


def test_the_command_line_loads_nothing_heavy() -> None:
    loaded = modules_after("import generator.cli")
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_help_that_was_told_before_is_told_without_the_command_line(tmp_path: Path) -> None:
    code = "import sys; sys.argv[1:] = ['--help']; from generator.__main__ import main; main()"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}

    def told() -> tuple[str, bool]:
        command = [sys.executable, "-c", f"{code}; print('click' in sys.modules)"]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        text, _, has_click = done.stdout.rstrip("\n").rpartition("\n")
        return f"{text}\n", has_click == "True"

    (first, imported), (again, imported_again) = told(), told()
    assert first == again
    assert first.startswith("Användning: bokslut")
    assert (imported, imported_again) == (True, False)


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_after("from generator.cli import main; main(['--help'], standalone_mode=False)")
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


CHECK = (
    f"from generator.cli import main; main({['granska', '--innehåll', str(OTHERS)]}, standalone_mode=False)"
)


def test_checking_loads_nothing_for_printing() -> None:
    assert modules_after(CHECK).isdisjoint({"weasyprint", "xlsxwriter"})


def test_checking_tables_in_csv_loads_nothing_for_workbooks() -> None:
    assert modules_after(CHECK).isdisjoint({"python_calamine"})


def test_a_path_in_swedish_is_read_whatever_the_encoding_of_the_computer(tmp_path: Path) -> None:
    only_centre(tmp_path / "åäö")
    command = [sys.executable, "-c", "from generator.cli import main; main()", "granska", "--innehåll", "åäö"]
    env = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(PROJECT),
    }
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (done.returncode, "Inga fel." in done.stdout.decode()) == (0, True), done.stderr.decode()


def test_swedish_is_spoken_whatever_the_language_of_the_computer() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()", "byg"],
        env={**os.environ, "LANG": "C", "LC_ALL": "C", "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Kommandot 'byg' finns inte" in done.stderr


def test_an_output_folder_behind_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "krets").symlink_to(tmp_path / "krets")
    result = run("bygg", "--innehåll", OTHERS, "--ut", tmp_path / "krets/ut")
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "går inte att använda" in result.output


def test_the_output_cannot_lie_in_the_content() -> None:
    result = run("bygg", "--innehåll", OTHERS, "--ut", OTHERS / "ut")
    assert result.exit_code == 1
    assert "innehållsmappen" in result.output
    assert not (OTHERS / "ut").exists()


# What ends a command


def test_of_very_many_problems_the_others_are_counted_by_file(tmp_path: Path) -> None:
    report = small_report(tmp_path, "mått: berättelser, krav: minst 1") / "r"
    (report / "enkat.yaml").write_text("".join(f"k{number}: v\n" for number in range(1500)), "utf-8")
    told = run("granska", "--innehåll", tmp_path).output
    assert told.count("Okänd nyckel") == 100
    assert "1\xa0400 till visas inte:\n" in told
    assert f"  {tmp_path.name}/r/enkat.yaml: 1\xa0400\n" in told
    assert told.endswith("1\xa0500 fel. Inget har skrivits.\n")


@pytest.mark.parametrize(("number", "told"), [(3, 3), (4, 1)])
def test_many_warnings_that_are_mended_alike_are_told_once_with_their_lines(
    tmp_path: Path, number: int, told: int
) -> None:
    table = "grupp;kvinnor;män\n" + "".join(f"grupp {each};1;2\n" for each in range(number))
    survey = (
        "svarsgrupper: [%s]\nskalor: [{id: s, namn: S, svar: [Ja]}]\nfrågor: [{id: f, text: F, skala: s}]\n"
    )
    groups = ", ".join(f"{{id: grupp-{each}, namn: Grupp {each}}}" for each in range(number))
    report = small_report(tmp_path, "mått: berättelser, krav: minst 0", grupper=table) / "r"
    (report / "enkat.yaml").write_text(survey % groups, "utf-8")
    output = run("granska", "--innehåll", tmp_path).output
    assert output.count("används inte i rapporten.") == told
    assert ("  Likadant på 3 ställen till: rad 3–5.\n" in output) is (told == 1)


@pytest.mark.parametrize("name", ["\x1b[31mröd", "\u202ebakvänd", "två\nrader", "\x9b2J"])
def test_names_of_files_cannot_command_the_terminal(tmp_path: Path, name: str) -> None:
    small_report(tmp_path, "mått: berättelser, krav: minst 1")
    (tmp_path / "r" / name).touch()
    stray = next(character for character in name if not character.isprintable())
    told = run("granska", "--innehåll", tmp_path).output
    assert f"<U+{ord(stray):04X}>" in told
    assert name not in told


def test_a_fault_of_our_own_says_so_and_what_to_do(others: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.check", lambda _: 1 / 0)
    result = run("granska", "--innehåll", others)
    assert result.exit_code == 1
    assert "ZeroDivisionError: division by zero\nDet här är ett fel i programmet" in result.output


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left", "/tmp/x"), "Det går inte med /tmp/x: Disken är full."),
        (FileNotFoundError(2, "getcwd"), "Mappen som kommandot gavs i finns inte längre."),
        (MemoryError(), "Datorns minne räckte inte."),
    ],
)
def test_what_the_machine_refuses_is_told(
    others: Path, error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise error

    monkeypatch.setattr("generator.build.check", fail)
    result = run("granska", "--innehåll", others)
    assert result.exit_code == 1
    assert result.output.startswith(told)
    assert "Traceback" not in result.output


def test_a_screen_that_takes_no_more_is_told() -> None:
    command = [sys.executable, "-c", "from generator.cli import main; main(['--help'])"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Det går inte att skriva eller läsa: Disken är full.\n")


def test_a_screen_that_is_closed_stops_nothing() -> None:
    command = f"exec {sys.executable} -m generator --help >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("epoch", ["²", "-1", "1e9", "igår", "9" * 12])
def test_a_broken_date_of_the_environment_is_refused(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ToldError, match=f"^SOURCE_DATE_EPOCH är ”{epoch}”, men ska vara ett antal sekunder"):
        source_epoch()


def test_a_broken_date_of_the_environment_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "igår")
    result = run("bygg", "--innehåll", OTHERS, "--ut", tmp_path / "ut")
    assert result.exit_code == 1
    told = result.output.splitlines(keepends=True)[-1]
    assert told == "SOURCE_DATE_EPOCH är ”igår”, men ska vara ett antal sekunder sedan 1970.\n"


def test_a_step_stands_in_place_of_the_one_before_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    tell_step("1 av 2: läser 2017-bruket")
    tell_step("2 av 2: läser 2023-arbetscentrum")
    say("Klart.")
    shown = re.sub(r"[^\r]*\r +\r", "", re.sub(r"\x1b\[0m", "", capsys.readouterr().out))
    assert shown == "Klart.\n"
