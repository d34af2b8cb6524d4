"""`bokslut fastställ`: what was decided is kept, and every change after that is seen."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sharing import Shared
from tests.support import (
    CONTENT,
    PLATFORMS,
    YEAR,
    append,
    copy_of,
    edit,
    only_problem_in,
    plain,
    problems_in,
    publish,
    results_in,
    soup,
    text_of,
    warnings_in,
)
from tests.test_cli import run

SEAL = "faststallt.yaml"
VERSION = run("--version").output.strip()
DECISION = "Rapporten är fastställd av styrelsen den 25 mars 2022."
OTHER = "2023-arbetscentrum"


def decide(content: Path, *report: str, by: str = "styrelsen", day: str = "2022-03-25") -> Any:
    return run("fastställ", *report, "--beslut", day, "--av", by, "--innehåll", content)


@pytest.fixture
def decided(shared: Shared, tmp_path: Path) -> Path:
    """The folder of the report of three platforms, decided."""

    def make(folder: Path) -> None:
        result = decide(copy_of(PLATFORMS, folder / "content"))
        assert result.exit_code == 0, result.output

    return copy_of(shared.folder("decided", make) / "content", tmp_path / "content") / YEAR


def seal_of(folder: Path) -> Any:
    return yaml.safe_load((folder / SEAL).read_text("utf-8"))


def files_of(folder: Path) -> dict[str, str]:
    """The hash of every file of a report, apart from the seal."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != SEAL
    }


# What is written


def test_it_is_told_who_decided_when_and_where_it_stands(centre: Path) -> None:
    result = decide(centre.parent)
    assert result.exit_code == 0
    assert "Fastställt av styrelsen 2022-03-25." in result.output
    assert str(centre / SEAL) in result.output


def test_the_decision_and_the_version_of_the_program_are_kept(decided: Path) -> None:
    seal = seal_of(decided)
    assert (seal["rapport"], seal["beslut"], seal["av"]) == (YEAR, "2022-03-25", "styrelsen")
    assert seal["program"] == VERSION


def test_the_hash_of_every_file_is_kept_but_not_that_of_the_decision(decided: Path) -> None:
    kept = {file["fil"]: file["sha256"] for file in seal_of(decided)["filer"]}
    assert kept == files_of(decided)
    assert len(kept) > 30


def test_what_is_passed_over_is_not_among_the_files(year: Path) -> None:
    (year / "_utkast").mkdir()
    (year / "_utkast/text.md").write_text("Inte än.", "utf-8")
    (year / "utfall/.~lock.varden.csv#").write_text("", "utf-8")
    decide(year.parent)
    assert not [file for file in seal_of(year)["filer"] if "utkast" in file["fil"] or "lock" in file["fil"]]


def test_the_results_are_kept_exactly(decided: Path) -> None:
    seal = seal_of(decided)
    assert [(area["id"], area["uppnått"], area["maximalt"]) for area in seal["områden"]] == [
        ("1", 40, 68), ("2", 33, 44), ("3", 16, 26), ("4", 14, 18), ("5", 21, 21),
    ]  # fmt: skip
    indicators = {one["id"]: one for area in seal["områden"] for one in area["indikatorer"]}
    assert len(indicators) == 35
    assert indicators["1.2.1"] == {
        "id": "1.2.1",
        "text": "Avslut till en för individen positiv lösning",
        "signal": "orange",
        "poäng": 0,
        "vikt": 10,
        "värde": "101/127",
        "täljare": 101,
        "nämnare": 127,
    }
    assert indicators["4.3.1"]["uppfyllt"] == "ja"


def test_the_points_of_the_units_are_kept(decided: Path) -> None:
    units = {unit["id"]: (unit["uppnått"], unit["maximalt"]) for unit in seal_of(decided)["enheter"]}
    assert len(units) == 3
    assert units["vannas"] == (132, 167)


def test_the_file_can_be_read_by_people(decided: Path) -> None:
    text = (decided / SEAL).read_text("utf-8")
    first, second, *lines = text.splitlines()
    assert first == "# Skrivs av ”bokslut fastställ”. Ändra inte filen: den visar vad som beslutades."
    assert second.startswith("# ")
    assert "  namn: Samhälls- och medlemsnytta" in lines
    for leftover in ("!!", "\\x", "\\u", "&id", "*id", "null", "\t"):
        assert leftover not in text
    assert max(map(len, lines)) <= 200


def test_the_same_decision_gives_the_same_bytes(decided: Path, tmp_path: Path) -> None:
    other = copy_of(PLATFORMS, tmp_path / "annat/content")
    decide(other)
    assert (decided / SEAL).read_bytes() == (other / YEAR / SEAL).read_bytes()


def test_a_report_is_chosen_by_its_folder(others: Path) -> None:
    assert decide(others, "2017-bruket").exit_code == 0
    assert seal_of(others / "2017-bruket")["rapport"] == "2017-bruket"
    assert not (others / OTHER / SEAL).exists()


def test_without_a_folder_it_is_the_report_of_the_front_page(others: Path) -> None:
    decide(others)
    assert (others / OTHER / SEAL).is_file()


def test_a_report_without_weights_can_be_decided(others: Path) -> None:
    decide(others, "2017-bruket")
    first, second = seal_of(others / "2017-bruket")["områden"]
    assert (first["uppnått"], first["maximalt"]) == (0, 0)
    assert [one.get("signal") for one in second["indikatorer"]] == [None, "gron"]
    assert problems_in(others) == []


def test_results_are_those_of_the_content_also_where_a_folder_has_the_same_name(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    umea = "helårsekvivalenter;Umeå;2021;2020;"
    edit(year / "utfall/varden.csv", f"{umea}-0,3", f"{umea}0,1")
    monkeypatch.chdir(CONTENT)
    decide(year.parent)
    assert seal_of(year)["områden"][0]["uppnått"] == 30


# What is refused


def test_a_decision_is_made_once(decided: Path) -> None:
    before = (decided / SEAL).read_bytes()
    result = decide(decided.parent, by="någon annan")
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "finns redan. Ta bort filen först om ett nytt beslut ska gälla i stället." in result.output
    assert (decided / SEAL).read_bytes() == before


def test_content_with_errors_is_not_decided(year: Path) -> None:
    edit(year / "budget.yaml", "vikt: 8\n", "vikt: åtta\n")
    result = decide(year.parent)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "”åtta” är inte ett heltal" in result.output
    assert not (year / SEAL).exists()


def test_figures_that_do_not_add_up_are_not_decided(year: Path) -> None:
    edit(year / "utfall/deltagare.csv", "Vännäs;avslut;18;15", "Vännäs;avslut;19;15")
    assert decide(year.parent).exit_code == 1
    assert not (year / SEAL).exists()


def test_an_unknown_report_is_told(year: Path) -> None:
    result = decide(year.parent, "2021-umea")
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert f"Rapporten ”2021-umea” finns inte. Menade du ”{YEAR}”?" in result.output


@pytest.mark.parametrize("day", ["2022-13-01", "25 mars", "20220325x"])
def test_a_day_that_is_no_day_is_told(centre: Path, day: str) -> None:
    result = decide(centre.parent, day=day)
    assert result.exit_code == 2
    assert "--beslut" in result.output
    assert not (centre / SEAL).exists()


def test_who_decided_must_be_told(year: Path) -> None:
    result = run("fastställ", "--beslut", "2022-03-25", "--innehåll", year.parent)
    assert result.exit_code == 2
    assert "--av" in result.output


# What readers see; that the printed report says it too is tested with the audit edition


def method_page(content: Path) -> str:
    return text_of(soup(publish(content, content.parent / "output").folder / OTHER / "metod.html"))


def test_readers_are_told_what_was_decided_and_that_it_is_unchanged(others: Path) -> None:
    decide(others)
    assert f"{DECISION} Innehållet är detsamma som då." in method_page(others)


def test_readers_of_a_report_that_is_not_decided_are_told_nothing(others: Path) -> None:
    assert "fastställd" not in method_page(others)


def test_readers_are_told_what_has_changed(others: Path) -> None:
    decide(others)
    folder = others / OTHER
    append(folder / "enheter/verkstan/analys.md", "\nMer.\n")
    append(folder / "bokslut.yaml", "\n# Mer.\n")
    (folder / "berattelse").mkdir()
    (folder / "berattelse/ny.md").write_text("---\ntitel: Ny\ndel: året\n---\nHej.\n", "utf-8")
    (folder / "utfall/bakgrund.csv").unlink()
    changed = f"{DECISION} Innehållet har ändrats sedan dess: 2 ändrade filer, 1 ny fil och 1 borttagen fil."
    assert changed in method_page(others)
    site = others.parent / "output"
    for front in (site / OTHER / "index.html", site / "index.html"):
        assert [text_of(told) for told in soup(front).select(".decision")] == [changed]
    assert results_in(site, OTHER)["rapport"]["andrad"] is True


def test_who_decided_is_text_and_not_markup(others: Path) -> None:
    decide(others, by="<b>styrelsen</b>")
    assert "fastställd av <b>styrelsen</b> den" in method_page(others)


# What the author sees


def compare(content: Path, *more: str) -> list[str]:
    result = run("jämför", YEAR, *more, "--innehåll", content)
    assert result.exit_code == 0, result.output
    return [plain(line) for line in result.output.splitlines() if line.strip()]


def test_the_report_is_compared_with_what_was_decided(decided: Path) -> None:
    assert compare(decided.parent) == [
        "Index är 70 i båda. Ingen indikator har fått andra poäng.",
        "Fastställt 2022-03-25: 70 (124 av 177)",
        "Nu: 70 (124 av 177)",
        "Summa: poäng 0, index 0,00",
        "Alla filer är desamma som när bokslutet fastställdes.",
    ]


def test_a_changed_figure_is_told_with_what_it_did_to_the_index_and_its_file(decided: Path) -> None:
    umea = "helårsekvivalenter;Umeå;2021;2020;"
    edit(decided / "utfall/varden.csv", f"{umea}-0,3", f"{umea}0,1")
    lines = compare(decided.parent)
    assert lines[0].startswith("Index gick från 70 till 64. En indikator")
    assert "Målet uppnått, 10 av 10 → Nära målet, 0 av 10" in lines
    assert lines[-2:] == ["Filer sedan bokslutet fastställdes:", "ändrad: utfall/varden.csv"]


def test_files_that_are_new_and_removed_are_told(decided: Path) -> None:
    (decided / "berattelse/ny.md").write_text("---\ntitel: Ny\ndel: året\n---\nHej.\n", "utf-8")
    (decided / "exempel/foretaget-som-ville-mer.md").unlink()
    lines = compare(decided.parent)
    assert lines[-2:] == ["ny: berattelse/ny.md", "borttagen: exempel/foretaget-som-ville-mer.md"]


def test_an_indicator_that_was_removed_after_the_decision_is_told(decided: Path) -> None:
    text = (decided / "budget.yaml").read_text("utf-8")
    start = text.index("          - id: 2.5.4\n")
    shorter = text[:start] + text[start:].replace("id: 2.5.4", "id: 2.5.7", 1)
    (decided / "budget.yaml").write_text(shorter, "utf-8")
    lines = compare(decided.parent)
    name = "Könsfördelning bland dem som gått till studier"
    at = lines.index(f"2.5.4 {name}")
    assert lines[at + 1] == "Målet uppnått, 5 av 5 → finns inte"
    assert f"2.5.7 {name} (ny)" in lines


def test_a_decision_is_compared_as_a_whole_and_not_for_a_unit(decided: Path) -> None:
    result = run("jämför", YEAR, "--enhet", "Vännäs", "--innehåll", decided.parent)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "jämförs bara i sin helhet" in result.output


def test_the_author_is_warned_of_what_has_changed(decided: Path) -> None:
    append(decided / "berattelse/kontakt.md", "\nMer.\n")
    (warning,) = warnings_in(decided.parent)
    assert warning.place.file == f"content/{YEAR}/{SEAL}"
    assert "Innehållet har ändrats sedan dess: 1 ändrad fil" in warning.found
    assert f"bokslut jämför content/{YEAR}." in warning.remedy


def test_what_is_unchanged_gives_no_warning(decided: Path) -> None:
    assert warnings_in(decided.parent) == []


# Where the decision lies


def test_a_copied_folder_is_still_what_was_decided(decided: Path, tmp_path: Path) -> None:
    copy = copy_of(decided.parent, tmp_path / "kopia/content")
    assert compare(copy)[-1] == "Alla filer är desamma som när bokslutet fastställdes."


def test_the_decision_of_another_report_is_told(decided: Path) -> None:
    other = copy_of(decided, decided.parent / "2022-umearegionen")
    edit(other / "bokslut.yaml", "titel: Socialt bokslut", "titel: Ett annat bokslut")
    problem = only_problem_in(decided.parent)
    assert problem.place.file == f"content/2022-umearegionen/{SEAL}"
    assert problem.found == f"beslutet gäller rapporten {YEAR}, inte 2022-umearegionen"
    assert "bokslut fastställ" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("värde: 101/127", "värde: 101/0", "”101/0” är inte ett tal"),
        ("värde: 101/127", "värde: mycket", "”mycket” är inte ett tal"),
        ("beslut: '2022-03-25'", "beslut: i går", "i går"),
        ("av: styrelsen", "avv: styrelsen", "okänd nyckel ”avv”"),
    ],
)
def test_a_decision_that_was_tampered_with_is_told_at_its_line(
    decided: Path, old: str, new: str, found: str
) -> None:
    edit(decided / SEAL, old, new)
    (problem,) = [one for one in problems_in(decided.parent) if found in one.found]
    assert problem.place.file == f"content/{YEAR}/{SEAL}"
    lines = (decided / SEAL).read_text("utf-8").splitlines()
    assert new in lines[problem.place.line - 1]
