"""The first page says how it went in a sentence that is true by itself; the author's own goes first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.model.outcomes import Attestation, Value, ValueKey
from generator.model.report import Report
from generator.pages.explanations import what_if_steps
from generator.pages.guide import guide_part
from generator.pages.indicators import index_view, indicator_view
from generator.pages.narratives import Narratives
from generator.pages.units import unit_view
from generator.pages.verdict import (
    area_verdict,
    if_close_were_met,
    index_verdict,
    piles,
    report_verdict,
    where_points_went,
)
from generator.pages.wording import index_signal_view
from generator.scoring import as_shown, score_report
from tests.support import (
    ASSOCIATION,
    HERE,
    YEAR,
    a_goal,
    a_report,
    edit,
    leave_only,
    page_of,
    plain,
    problems_in,
    text_of,
    value,
)

HEAD = "del: översikt\n"
ANSWERS = {"mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"]}
MET = Attestation(True, "styrelsen", "protokollet", HERE)
FIGURE = {"mått": "värde", "krav": "minst 10 %"}
CLOSE, FAR = value("1-1-1", "9 %"), value("1-1-1", "1 %")


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


# One, none, and parts of points


@pytest.mark.parametrize(
    ("indicator", "values", "said"),
    [
        (FIGURE, value("1-1-1", "10 %"), "Indikatorn nådde målet."),
        (FIGURE, FAR, "Indikatorn nådde inte målet."),
        (FIGURE, {}, "Indikatorn gick inte att bedöma."),
        ({**FIGURE, "utgår": "Den mäts inte i år."}, {}, "Inga indikatorer mäts här i år."),
    ],
)
def test_one_indicator_and_none_are_told_as_such(
    indicator: Mapping[str, str], values: Mapping[ValueKey, Value], said: str
) -> None:
    report = a_report(indicator, values=values)
    (area,) = score_report(report).association.areas
    assert area_verdict(area, report.rules) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("10 %", "11 %"), "Båda indikatorerna nådde målet."),
        (("9 %", "8 %"), "Båda indikatorerna var nära."),
        (("1 %", "2 %"), "Ingen av två indikatorer nådde målet."),
        (("1 %", "9 %"), "Ingen av två indikatorer nådde målet, en var nära och en nådde det inte."),
    ],
)
def test_what_all_have_in_common_is_told_once(values: tuple[str, str], said: str) -> None:
    report = a_report(FIGURE, FIGURE, values=value("1-1-1", values[0]) | value("1-1-2", values[1]))
    (area,) = score_report(report).association.areas
    assert area_verdict(area, report.rules).startswith(said)


def test_of_several_that_cannot_be_judged_none_is_said_to_have_missed() -> None:
    report = a_report(FIGURE, FIGURE)
    (area,) = score_report(report).association.areas
    assert area_verdict(area, report.rules) == "Ingen av två indikatorer gick att bedöma."


def test_all_points_are_not_told_as_none_to_spare() -> None:
    published = as_shown(score_report(a_report({**FIGURE, "vikt": "1"}, values=value("1-1-1", "10 %"))))
    assert report_verdict(published).title == "Vi nådde målet och fick alla poäng"
    assert where_points_went(published).lead == "Vi fick alla poäng."


def test_all_points_are_those_that_could_be_had_where_something_is_not_judged() -> None:
    figures = ({**FIGURE, "vikt": "1"}, {**FIGURE, "vikt": "2"})
    published = as_shown(score_report(a_report(*figures, values=value("1-1-1", "10 %"))))
    assert report_verdict(published).title == "Vi nådde målet och fick alla poäng som gick att få"
    assert where_points_went(published).lead == "Vi fick alla poäng som gick att få."


def of_two_areas(values: Mapping[ValueKey, Value]) -> Report:
    areas = [
        {"id": str(number), "namn": name, "mål": [a_goal({**FIGURE, "id": f"{number}.1.1", "vikt": "4"})]}
        for number, name in enumerate(("Nytta", "Samverkan"), start=1)
    ]
    return a_report(areas=areas, values=values)


def test_an_area_without_an_index_is_not_among_those_that_could_reach_the_target() -> None:
    assert index_verdict(as_shown(score_report(of_two_areas(FAR)))).endswith("Nytta når inte indexmålet.")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({**value("1-1-1", "10 %"), **value("2-1-1", "10 %")}, "Nytta och samverkan når indexmålet."),
        ({**FAR, **value("2-1-1", "10 %")}, "Samverkan når indexmålet, men inte nytta."),
        ({**FAR, **value("2-1-1", "1 %")}, "Nytta och samverkan når inte indexmålet."),
    ],
)
def test_two_areas_are_named_rather_than_counted(values: Mapping[ValueKey, Value], told: str) -> None:
    assert index_verdict(as_shown(score_report(of_two_areas(values)))).endswith(f". {told}")


@pytest.mark.parametrize(
    ("values", "title"), [(FAR, "Vi nådde inte kravet"), (CLOSE, "Vi nådde inte kravet")]
)
def test_without_an_index_the_only_target_is_told_as_such(
    values: Mapping[ValueKey, Value], title: str
) -> None:
    assert report_verdict(as_shown(score_report(a_report(FIGURE, values=values)))).title == title


def test_of_reasons_that_are_as_common_none_is_the_most_common() -> None:
    unasked = {**ANSWERS, "krav": "minst 1 %"}
    figures = FAR | value("1-1-2", "1 %") | value("1-1-3", "1 %")
    report = a_report(FIGURE, FIGURE, FIGURE, FIGURE, unasked, values=figures)
    lead = report_verdict(as_shown(score_report(report))).lead
    assert lead.endswith("De vanligaste skälen: utfall saknas och frågan ställdes inte.")


def test_where_nothing_is_judged_there_is_nothing_beside_it() -> None:
    report = a_report({**FIGURE, "krav": "inte satt"}, values=FAR)
    lead = report_verdict(as_shown(score_report(report))).lead
    assert lead == "Ett krav gick inte att bedöma i år. Det vanligaste skälet: inget målvärde satt."


def test_the_best_and_the_worst_area_never_read_the_same() -> None:
    """40,20 and 39,80"""
    weights = {"Nytta": ("41", "61"), "Samverkan": ("39", "59")}
    areas = [
        {
            "id": str(area),
            "namn": name,
            "mål": [
                a_goal(
                    *({**FIGURE, "id": f"{area}.1.{of}", "vikt": weight} for of, weight in enumerate(both, 1))
                )
            ],
        }
        for area, (name, both) in enumerate(weights.items(), 1)
    ]
    figures = {**FAR, **value("1-1-1", "10 %"), **value("1-1-2", "1 %")}
    figures |= {**value("2-1-1", "10 %"), **value("2-1-2", "1 %")}
    lead = report_verdict(as_shown(score_report(a_report(areas=areas, values=figures)))).lead
    assert lead == "Starkast är nytta med index 40,2. Svagast är samverkan med index 39,8."


@pytest.mark.parametrize(("credit", "lacking"), [("0 %", "tre"), ("50 %", "0,8")])
def test_points_that_are_missing_are_whole_unless_close_ones_earn_a_part(credit: str, lacking: str) -> None:
    report = a_report({**FIGURE, "vikt": "4"}, values=CLOSE, rules={"orange_ger": credit})
    title = report_verdict(as_shown(score_report(report))).title
    assert title == f"Vi nådde inte målet: det fattades {lacking} poäng"


@pytest.mark.parametrize(
    ("written", "told"),
    [("10 %", "Kravet är precis missat."), ("9,95 %", "0,1 procentenheter från kravet.")],
)
def test_what_is_just_missed_is_not_told_as_missed_by_nothing(written: str, told: str) -> None:
    report = a_report({"mått": "värde", "krav": "mer än 10 %"}, values=value("1-1-1", written))
    published = as_shown(score_report(report))
    (result,) = published.association.results
    shown = indicator_view(result, published.association.unit, published)
    assert plain(shown.distance) == told


def test_an_area_that_is_not_measured_for_units_has_no_points_of_theirs() -> None:
    areas = [
        {"id": "1", "namn": "Nytta", "mål": [a_goal(FIGURE)]},
        {"id": "2", "namn": "Samverkan", "mål": [a_goal({**FIGURE, "id": "2.1.1", "gäller": "förbundet"})]},
    ]
    published = as_shown(score_report(a_report(areas=areas, units=({"id": "norra", "namn": "Norra"},))))
    assert unit_view(published.units[0], published, Narratives(), ()).unpublished == ""


def test_a_target_to_be_met_is_not_repeated_beside_that_it_is_not() -> None:
    attested = {(ASSOCIATION, "1.1.1"): Attestation(False, "styrelsen", "protokollet", HERE)}
    report = a_report({"mått": "intyg", "krav": "uppfyllt", "vikt": "4"}, attestations=attested)
    published = as_shown(score_report(report))
    (pile,) = piles(published.association.areas[0], published)
    assert plain(pile.findings[0].result) == "Ej uppfyllt. Värt 4 poäng."


@pytest.mark.parametrize(
    ("signals", "lost", "asked"),
    [
        (2, "4 poäng fick vi inte.", []),
        (3, "Av de 4 poäng vi inte fick var ingen nära.", ["Om orange gav halva vikten"]),
    ],
)
def test_nothing_is_said_of_what_is_close_where_there_is_no_orange(
    signals: int, lost: str, asked: list[str]
) -> None:
    report = a_report({**FIGURE, "vikt": "4"}, values=FAR, rules={"signaler": str(signals)})
    published = as_shown(score_report(report))
    assert where_points_went(published).lead == lost
    what_ifs = published.what_ifs[published.association.unit.id]
    assert [label for label, _ in what_if_steps(what_ifs, published)] == asked


def test_orange_that_earns_half_is_not_asked_what_half_would_give() -> None:
    report = a_report({**FIGURE, "vikt": "4"}, values=FAR, rules={"orange_ger": "50 %"})
    published = as_shown(score_report(report))
    assert not list(what_if_steps(published.what_ifs[published.association.unit.id], published))


def test_why_there_is_no_index_is_told_as_it_is() -> None:
    def reason(figure: dict[str, str], **tables: Any) -> str:
        return index_signal_view(score_report(a_report(figure, **tables)).association.index).reason

    assert reason({**FIGURE, "vikt": "4"}) == "inget är mätt"
    assert reason({**FIGURE, "vikt": "4", "krav": "inte satt"}, values=FAR) == "inget gick att bedöma"
    assert reason(FIGURE, values=FAR) == "budgeten har inga vikter"
    assert reason({**FIGURE, "vikt": "4", "gäller": "enheter"}) == "inget mäts här"


def test_what_is_decided_is_told_with_its_decimals() -> None:
    rules = {"marginal": "2,5 procentenheter", "orange_ger": "12,5 %"}
    told = {
        signal.key: meaning
        for signal, meaning in guide_part(a_report({**FIGURE, "vikt": "4"}, rules=rules)).signals
    }
    assert "högst 2,5 procentenheter ifrån. Det ger 12,5 % av poängen." in plain(told["orange"])


def test_the_guide_tells_that_an_indicator_may_have_a_margin_of_its_own() -> None:
    for own in ({}, {"marginal": "1 procentenhet"}):
        report = a_report({**FIGURE, **own})
        told = {signal.key: meaning for signal, meaning in guide_part(report).signals}
        assert ("indikatorns egen marginal" in told["orange"]) == bool(own)


def test_an_index_target_with_decimals_is_told_with_them() -> None:
    stated = {(ASSOCIATION, "1.1.1"): MET, (ASSOCIATION, "1.1.2"): replace(MET, met=False)}
    weights = ({"mått": "intyg", "krav": "uppfyllt", "vikt": weight} for weight in ("2", "1"))
    report = a_report(*weights, attestations=stated, rules={"indexmål": "66,6 %"})
    published = as_shown(score_report(report))
    assert "index 67, som ligger 0,4 över målet" in index_verdict(published)
    assert index_view(published.association.index, report, published.association.areas).target == "66,6"


def test_an_index_that_would_not_have_reached_its_target_does_not_read_so() -> None:
    stated = {(ASSOCIATION, "1.1.2"): MET, (ASSOCIATION, "1.1.3"): replace(MET, met=False)}
    verdicts = ({"mått": "intyg", "krav": "uppfyllt", "vikt": weight} for weight in ("600", "304"))
    report = a_report({**FIGURE, "vikt": "96"}, *verdicts, values=CLOSE, attestations=stated)
    told = if_close_were_met(as_shown(score_report(report)))
    assert plain(told) == "Den som var nära hade gett 96 poäng till, och index 69,6."
