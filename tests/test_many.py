"""Many sites in one run: each by itself, and nothing of one in another."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.engines import SerialExecutor
from generator.fingerprints import PDF
from generator.many import SiteOutcome, build_sites, seconds_for, sites_in
from generator.model.places import ContentError
from generator.publishing import OutputError
from tests.printed import pdf_text
from tests.publishing.test_folder import snapshot
from tests.reading.test_pictures import a_picture
from tests.support import EXAMPLES, append, copy_of, edit, publish, write_contents
from tests.test_cli import run

OTHERS = EXAMPLES / "annan-organisation"
LOCAL, CENTRE = "2017-bruket", "2023-arbetscentrum"
NAMES = ("alfa", "beta", "gamma")


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    """Three sites below one folder, with few parts: soon built."""
    for name in NAMES:
        site = copy_of(OTHERS, tmp_path / "roots" / name)
        write_contents(site / LOCAL, "- översikt", "- året")
        write_contents(site / CENTRE, "- översikt", "- exempel", "- enheter")
    return tmp_path / "roots"


def build_all(roots: Path, output: Path) -> list[SiteOutcome]:
    return list(build_sites(sites_in(roots), output, SerialExecutor(), pdfs=()))


# Which sites


def test_a_content_folder_is_one_site(others: Path) -> None:
    assert sites_in(others) == [others]


def test_the_sites_below_a_folder_are_taken_in_order(roots: Path) -> None:
    assert [site.name for site in sites_in(roots)] == ["alfa", "beta", "gamma"]


def test_work_is_as_much_as_there_are_reports_and_pdfs(roots: Path) -> None:
    sites = sites_in(roots)
    assert seconds_for(sites, ()) == pytest.approx(6 * 0.3)
    assert seconds_for(sites[:1], (PDF,)) == pytest.approx(2 * (0.3 + 3))


@pytest.mark.parametrize("name", ["_utkast", ".gammal", "~kopia"])
def test_drafts_and_hidden_folders_are_passed_over(roots: Path, name: str) -> None:
    (roots / "beta").rename(roots / name)
    assert [site.name for site in sites_in(roots)] == ["alfa", "gamma"]


def test_folders_that_are_no_sites_are_passed_over(roots: Path) -> None:
    (roots / "beta/webbplats.yaml").unlink()
    assert [site.name for site in sites_in(roots)] == ["alfa", "gamma"]


def test_a_site_with_others_below_it_is_one_site(roots: Path) -> None:
    shutil.copyfile(OTHERS / "webbplats.yaml", roots / "webbplats.yaml")
    assert sites_in(roots) == [roots]


def test_a_folder_without_sites_is_told_as_before(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    result = run("bygg", "--innehåll", tmp_path / "tom", "--ut", tmp_path / "ut")
    assert result.exit_code == 1
    assert "webbplats.yaml" in result.output
    assert "1 fel. Inget har skrivits." in result.output


# Each by itself


def test_each_site_is_as_if_it_were_built_alone(roots: Path, tmp_path: Path) -> None:
    outcomes = build_all(roots, tmp_path / "ut")
    assert [outcome.content.name for outcome in outcomes] == list(NAMES)
    alone = snapshot(publish(roots / "beta", tmp_path / "ensam").folder)
    assert snapshot(tmp_path / "ut/beta") == alone


def test_sites_that_have_not_changed_are_kept(roots: Path, tmp_path: Path) -> None:
    build_all(roots, tmp_path / "ut")
    edit(roots / f"beta/{LOCAL}/berattelse/aret.md", "gick", "vandrade")
    built = [outcome.built for outcome in build_all(roots, tmp_path / "ut")]
    assert [one and one.is_unchanged for one in built] == [True, False, True]
    assert built[1] is not None
    assert built[1].rendered == (LOCAL,)


def test_a_fault_in_one_site_stops_only_that(roots: Path, tmp_path: Path) -> None:
    output = tmp_path / "ut"
    build_all(roots, output)
    before = {name: snapshot(output / name) for name in NAMES}
    for name in NAMES:
        edit(roots / f"{name}/{LOCAL}/berattelse/aret.md", "gick", "vandrade")
    edit(roots / f"beta/{CENTRE}/budget.yaml", "vikt: 6", "vikt: sex")
    alfa, beta, gamma = build_all(roots, output)
    assert isinstance(beta.error, ContentError)
    assert beta.built is None
    assert (alfa.error, gamma.error) == (None, None)
    assert snapshot(output / "beta") == before["beta"]
    for name in ("alfa", "gamma"):
        assert snapshot(output / name) != before[name]
        assert "vandrade" in (output / name / LOCAL / "aret.html").read_text("utf-8")
    assert sorted(path.name for path in output.iterdir()) == list(NAMES)


def test_a_folder_that_is_somebodys_stops_only_its_site(roots: Path, tmp_path: Path) -> None:
    (tmp_path / "ut/alfa").mkdir(parents=True)
    (tmp_path / "ut/alfa/viktigt.txt").write_text("kvar", "utf-8")
    alfa, beta, _ = build_all(roots, tmp_path / "ut")
    assert isinstance(alfa.error, OutputError)
    assert beta.built is not None
    assert snapshot(tmp_path / "ut/alfa").keys() == {"viktigt.txt"}


# At the prompt


@pytest.mark.usefixtures("without_printing")
def test_the_prompt_has_a_line_for_each_site(roots: Path, tmp_path: Path) -> None:
    arguments = ("bygg", "--innehåll", roots, "--ut", tmp_path / "ut")
    first = run(*arguments)
    assert first.exit_code == 0
    assert "• 1 av 3: alfa: 2 bokslut gjorda, 1 varning" in first.output
    assert f"bokslut granska --innehåll {roots / 'alfa'}" in first.output
    assert "Klart: 3 webbplatser." in first.output
    edit(roots / f"beta/{LOCAL}/berattelse/aret.md", "gick", "vandrade")
    second = run(*arguments)
    assert "• 1 av 3: alfa: oförändrad\n" in second.output
    assert "• 2 av 3: beta: 1 bokslut gjort, 1 varning" in second.output


@pytest.mark.usefixtures("without_printing")
def test_the_prompt_tells_the_faults_of_a_site_and_builds_the_others(roots: Path, tmp_path: Path) -> None:
    edit(roots / f"beta/{CENTRE}/budget.yaml", "vikt: 6", "vikt: sex")
    result = run("bygg", "--innehåll", roots, "--ut", tmp_path / "ut")
    assert result.exit_code == 1
    assert "• 2 av 3: beta: inte byggd" in result.output
    assert f"Fel: beta/{CENTRE}/budget.yaml, rad" in result.output
    assert "1 fel. Webbplatsen är kvar som den var." in result.output
    assert "1 av 3 webbplatser är inte byggda." in result.output
    assert "Inget har skrivits" not in result.output
    assert {path.name for path in (tmp_path / "ut").iterdir()} == {"alfa", "gamma"}


@pytest.mark.usefixtures("without_printing")
def test_a_single_site_is_told_step_by_step(others: Path, tmp_path: Path) -> None:
    arguments = ("bygg", "--innehåll", others, "--ut", tmp_path / "ut")
    first = run(*arguments)
    assert "• 1 av 2: läser 2017-bruket …" in first.output
    assert "• 1 av 8: Socialt bokslut 2017, bokslut.pdf …" in first.output
    second = run(*arguments)
    assert second.exit_code == 0
    assert "Inget har ändrats sedan förra bygget." in second.output
    assert "läser" not in second.output


# Nothing of one in another

# Counts of six digits, which stand in no hash and no style sheet: women and men by row and unit.
FIGURES = {
    "alfa": (610031, 620027, 310019, 320009, 410023, 420029, 210011, 220013),
    "beta": (710053, 720047, 360007, 370003, 510061, 520063, 260017, 270029),
}
WORDS = {
    name: (f"{name}organisationen", f"{name}verkstan", f"{name}koket", f"{name}texten") for name in FIGURES
}


def write_report(report: Path, name: str, year: int = 2023) -> None:
    """The same ids, texts and files in each, with figures and words of its own."""
    shutil.copytree(OTHERS / CENTRE, report)
    organisation, workshop, kitchen, text = WORDS[name]
    edit(report / "bokslut.yaml", "namn: Arbetscentrum Dalby", f"namn: {organisation}")
    edit(report / "bokslut.yaml", "namn: Verkstan", f"namn: {workshop}")
    edit(report / "bokslut.yaml", "namn: Köket", f"namn: {kitchen}")
    edit(report / "bokslut.yaml", "år: 2023", f"år: {year}")
    edit(report / "exempel/bussen.md", "Det gjorde skillnad.", f"{text}\n\n![En bild](bilder/hus.png)")
    append(report / "enheter/verkstan/analys.md", f"\n{text}\n")
    one = FIGURES[name]
    lines = ["enhet;rad;kvinnor;män;ej angivet"]
    for at, (unit, row) in enumerate(
        (unit, row) for row in ("Inskrivna", "Avslutade") for unit in ("verkstan", "koket")
    ):
        lines.append(f"{unit};{row};{one[at * 2]};{one[at * 2 + 1]};0")
    (report / "utfall/deltagare.csv").write_text("\n".join(lines) + "\n", "utf-8")
    whole = sum(one[:2]), sum(one[2:4])
    table = f"tabell;kategori;kvinnor;män;ej angivet\nResväg;Till fots;{whole[0]};{whole[1]};0\n"
    (report / "utfall/bakgrund.csv").write_text(table, "utf-8")
    a_picture(report / "bilder/hus.png", size=(len(name) * 10, one[0] % 97 + 1))


def strangers_in(folder: Path, name: str) -> list[str]:
    """The files in which a figure or a word of another stands."""
    others = [other for other in FIGURES if other != name]
    figures = [str(figure) for other in others for figure in FIGURES[other]]
    words = [word for other in others for word in WORDS[other]]
    return [
        f"{path.relative_to(folder)}: {found}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for text in (readable(path),)
        for found in (*figures, *words)
        if found in text
    ]


def readable(path: Path) -> str:
    """The text of a file in lower case, with the digits of each number together."""
    text = pdf_text(path) if path.suffix == ".pdf" else path.read_bytes().decode(errors="ignore")
    return re.sub(r"(?<=\d)(?:\s|&nbsp;|&#160;)+(?=\d)", "", text).casefold()


def test_nothing_leaks_between_sites_that_share_every_id(tmp_path: Path) -> None:
    """One process makes both, one after the other, so that whatever it keeps is there."""
    for name in FIGURES:
        write_report(tmp_path / "roots" / name / CENTRE, name)
        report = tmp_path / "roots" / name / CENTRE
        write_contents(report, "- översikt", "- exempel", "- enheter")
        append(report / "bokslut.yaml", "\ntryck: {med: [enheternas deltagare]}\n")
        text = (OTHERS / "webbplats.yaml").read_text("utf-8").replace("Arbetscentrum Dalby", WORDS[name][0])
        (tmp_path / "roots" / name / "webbplats.yaml").write_text(text, "utf-8")
    sites, engine = sites_in(tmp_path / "roots"), SerialExecutor()
    outcomes = list(build_sites(sites, tmp_path / "ut", engine, pdfs=(PDF,)))
    assert [outcome.error for outcome in outcomes] == [None, None]
    for name in FIGURES:
        folder = tmp_path / "ut" / name
        assert strangers_in(folder, name) == []
        report = folder / CENTRE
        for path in (
            report / "avdelning-verkstan.html",
            report / "bokslut.pdf",
            report / "data/deltagare.csv",
        ):
            assert str(FIGURES[name][0]) in readable(path)
        source = tmp_path / "roots" / name / CENTRE / "bilder/hus.png"
        assert (report / "bilder/hus.png").read_bytes() == source.read_bytes()


def test_nothing_leaks_between_reports_of_a_site_that_share_every_id(tmp_path: Path) -> None:
    """The pages of each speak of the other only by its title, its year and its index."""
    content = tmp_path / "content"
    for year, name in enumerate(FIGURES, start=2023):
        write_report(content / f"{year}-{name}", name, year)
    shutil.copyfile(OTHERS / "webbplats.yaml", content / "webbplats.yaml")
    edit(content / "webbplats.yaml", CENTRE, "2024-beta")
    edit(content / "2024-beta/bokslut.yaml", "  id: centrum", f"  id: centrum\n  hette: {WORDS['alfa'][0]}")
    publish(content, tmp_path / "ut")
    for folder, name in (("2023-alfa", "alfa"), ("2024-beta", "beta")):
        assert strangers_in(tmp_path / "ut" / folder, name) == []
        assert str(FIGURES[name][0]) in readable(tmp_path / "ut" / folder / "avdelning-verkstan.html")
    years = readable(tmp_path / "ut/over-aren-verkstan.html")
    assert all(str(sum(one[:2])) in years for one in FIGURES.values())
