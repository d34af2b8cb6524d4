"""The first page says how it went in a sentence that is true by itself; the author's own goes first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.build import check
from generator.pages.verdict import budget_verdict, index_verdict, piles, units_verdict
from tests.reading.small import ASSOCIATION, small_report
from tests.support import YEAR, edit, leave_only, page_of, problems_in, text_of

HEAD = "del: översikt\n"


def front(year: Path) -> str:
    leave_only(year, "index")
    return text_of(page_of(year.parent, f"{YEAR}/index.html").select(".hero")[0])


def with_heading(year: Path, heading: str) -> list[str]:
    edit(year / "berattelse/oversikt.md", HEAD, f"{HEAD}rubrik: {heading}\n")
    return [problem.found for problem in problems_in(year.parent)]


def test_the_verdict_counts_the_points_that_can_be_lost(year: Path) -> None:
    assert "Vi nådde målet, men utan en enda poäng till godo" in front(year)


def test_a_target_that_is_missed_is_told_with_the_points_that_are_missing(year: Path) -> None:
    edit(year / "bokslut.yaml", "indexmål: 70 %", "indexmål: 80 %")
    assert "Vi nådde inte målet: det fattades 18 poäng" in front(year)


def test_areas_are_counted_in_their_gender(outcomes: Path) -> None:
    edit(outcomes / "bokslut.yaml", "indexmål: 70 %", "indexmål: 100 %")
    page = page_of(outcomes.parent, f"{YEAR}/impactindex.html")
    assert re.search("(Inget|Ett) av (två|tre|fyra|fem) områden når indexmålet", text_of(page))


def test_the_authors_own_words_go_first(year: Path) -> None:
    edit(year / "berattelse/oversikt.md", HEAD, f"{HEAD}rubrik: Ett år på gränsen\n")
    assert "Ett år på gränsen" in front(year)


@pytest.mark.parametrize("heading", ["Vi nådde inte målet", "Vi missade målet med en hårsmån"])
def test_a_heading_that_denies_what_the_index_says_is_an_error(year: Path, heading: str) -> None:
    (found,) = with_heading(year, heading)
    assert "inte är nått" in found
    assert "men utan en enda poäng till godo" in found


@pytest.mark.parametrize("heading", ["Vi nådde målet med nöd och näppe", "Fler gick vidare till arbete"])
def test_a_heading_that_agrees_or_says_nothing_of_the_target_is_let_through(year: Path, heading: str) -> None:
    assert with_heading(year, heading) == []


def test_a_heading_stands_in_a_text_of_the_overview(year: Path) -> None:
    edit(year / "berattelse/index.md", "del: index\n", "del: index\nrubrik: Så gick det\n")
    (found,) = [problem.found for problem in problems_in(year.parent)]
    assert "är förstasidans" in found


def test_one_indicator_one_area_and_one_unit_are_told_in_the_singular(tmp_path: Path) -> None:
    stated = (
        "indikator;enhet;uppfyllt;av;källa\n1.1.1;a;nej;vi;protokollet\n1.1.1;förbundet;nej;vi;protokollet\n"
    )
    settings = f"{ASSOCIATION}enheter: [{{id: a, namn: A}}]\n"
    small_report(tmp_path, "mått: intyg, krav: uppfyllt, vikt: 4", settings=settings, intyg=stated)
    published = check(tmp_path).reports[0]
    assert budget_verdict(published) == "Indikatorn nådde inte målet."
    assert index_verdict(published) == "0 av 4 poäng ger index 0, som ligger 70 under målet."
    assert units_verdict(published) == "Index blev 0 och ligger 70 under målet."


def test_a_target_to_be_met_is_not_repeated_beside_that_it_is_not(tmp_path: Path) -> None:
    stated = "indikator;uppfyllt;av;källa\n1.1.1;nej;vi;protokollet\n"
    small_report(tmp_path, "mått: intyg, krav: uppfyllt, vikt: 4", intyg=stated)
    published = check(tmp_path).reports[0]
    (pile,) = piles(published.association.areas[0], published)
    assert pile.findings[0].result == "Ej uppfyllt. Värt 4 poäng."
