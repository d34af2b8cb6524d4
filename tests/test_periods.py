"""Reports of a part of the year: so far, beside the same part a year before and the last whole year."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import check
from generator.model.shown import HIDDEN
from tests.reading.small import ASSOCIATION, small_report
from tests.sharing import Shared
from tests.support import append, copy_of, edit, only_problem_in, page_of, publish, results_in, soup, text_of

PEOPLE = "enhet;rad;kvinnor;män\nförbundet;deltagare;%d;4\n"
BEFORE = "serie;år;värde;måttenhet;källa\ndeltagare;%d;9;personer;boken\n1.1.1;%d;7;möten;kansliet\n"
SETTINGS = f"{ASSOCIATION}deltagarrader: [{{id: deltagare, namn: Deltagare}}]\n"
MEETINGS = "mått: antal, krav: minst 12 möten"
BALANCE = "mått: könsfördelning, rad: deltagare, krav: 40–60 %"


def write_parts(content: Path) -> None:
    """The year 2020, and its second part as that of 2021."""
    values = BEFORE % (2020, 2021)
    small_report(content, MEETINGS, BALANCE, settings=SETTINGS, deltagare=PEOPLE % 6, varden=values)
    for name, year in (("y", 2020), ("t", 2020)):
        folder = copy_of(content / "r", content / name)
        edit(folder / "bokslut.yaml", "år: 2021", f"år: {year}")
        (folder / "utfall/varden.csv").write_text(BEFORE % (year - 1, year), "utf-8")
    for name in "tr":
        append(content / name / "bokslut.yaml", "period: tertial 2\n")


@pytest.fixture(scope="session")
def parts(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        write_parts(folder / "content")
        publish(folder / "content", folder / "output")

    return shared.folder("parts", make) / "output"


def test_what_is_counted_up_over_the_year_has_no_signal_yet(parts: Path) -> None:
    meetings, balance = results_in(parts, "r")["indikatorer"]
    assert (meetings["signal"], meetings["orsak"]) == (None, "kravet gäller hela året")
    assert balance["signal"] == "gron"
    assert results_in(parts, "y")["indikatorer"][0]["signal"] == "rod"


def test_targets_may_be_those_of_the_part(tmp_path: Path) -> None:
    write_parts(tmp_path)
    append(tmp_path / "r/bokslut.yaml", "kraven_gäller_perioden: ja\n")
    report = next(report for report in check(tmp_path).reports if report.report.id == "r")
    assert next(report.association.results).signal == "rod"


def test_pages_and_data_say_the_part_with_its_dates(parts: Path) -> None:
    overview = text_of(soup(parts / "r/index.html"))
    assert "Tertial 2 2021, 1 maj–31 augusti 2021" in overview
    assert "så här långt" in overview
    assert results_in(parts, "r")["rapport"].items() >= {"fran": "2021-05-01", "till": "2021-08-31"}.items()


def test_participants_stand_beside_those_of_the_same_part_the_year_before(parts: Path) -> None:
    assert "tertial 2 2021 10 tertial 2 2020 9" in text_of(soup(parts / "r/deltagare.html"))


def test_parts_have_years_of_their_own_beside_the_last_whole_year(parts: Path) -> None:
    archive = text_of(soup(parts / "arkiv.html"))
    assert "Förbundet, tertial 2" in archive
    assert not (parts / "over-aren-forbundet.html").exists()  # there is one whole year
    page = soup(parts / "over-aren-forbundet-manad-5-8.html")
    heads = [text_of(head) for head in page.select("#deltagare thead th")]
    assert [head.split(" Prov")[0] for head in heads[1:4]] == ["tertial 2 2020", "2020", "tertial 2 2021"]


def test_a_figure_of_the_same_part_a_year_before_is_said_to_be_so(tmp_path: Path) -> None:
    write_parts(tmp_path)
    edit(tmp_path / "r/budget.yaml", "minst 12 möten", "minst förra året")
    page = page_of(tmp_path, "r/omrade-1.html")
    assert "Tertial 2 2020: 7 möten" in text_of(page)


def test_a_part_is_of_the_year_of_its_report(tmp_path: Path) -> None:
    write_parts(tmp_path)
    edit(tmp_path / "r/bokslut.yaml", "period: tertial 2", "period: tertial 2 2019")
    assert "perioden är tertial 2 2019, men året 2021" in only_problem_in(tmp_path).found


def test_what_last_years_part_hides_is_hidden_in_this_years(tmp_path: Path) -> None:
    """And nothing of the whole year that ended between them."""
    write_parts(tmp_path)
    for name in "try":
        edit(tmp_path / name / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 11")
    (tmp_path / "y/utfall/deltagare.csv").write_text(PEOPLE % 60, "utf-8")
    (tmp_path / "r/utfall/deltagare.csv").write_text(PEOPLE % 80, "utf-8")
    (tmp_path / "r/utfall/varden.csv").write_text((BEFORE % (2020, 2021)).replace(";9;", ";90;"), "utf-8")
    report = next(report for report in check(tmp_path).reports if report.report.id == "r")
    assert report.tables.previous["forbundet", "deltagare"] is HIDDEN
