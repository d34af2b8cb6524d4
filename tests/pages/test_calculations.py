"""How an outcome became its signal and its points, step by step, with exact numbers and in good Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from generator.model.measures import MEASURES, Subject
from generator.model.outcomes import AnswerCount, AnswerKey, Attestation, Grade, People, Value
from generator.model.places import Place
from generator.model.quantities import Kind, Quantity, parse_quantity
from generator.model.report import Report
from generator.pages import views
from generator.pages.calculations import ROW_ROLES, calculation
from generator.pages.wording import exact_text
from generator.scoring import as_shown, score_report
from tests import support
from tests.support import ASSOCIATION, HERE, a_story, a_text, answers, people, plain, value

SHARE: dict[str, Any] = {
    "mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 80 %", "vikt": "10",
}  # fmt: skip
BALANCE = {"mått": "könsfördelning", "rad": "deltagare", "krav": "40–60 %", "vikt": "5"}
ANSWERS: dict[str, Any] = {
    "mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"], "krav": "minst 80 %",
    "vikt": "5",
}  # fmt: skip
GAP = {**ANSWERS, "mått": "könsskillnad", "krav": "högst 20 procentenheter"}
CHANGE = {"mått": "förändring", "serie": "sjuktal", "plats": ASSOCIATION, "krav": "minskning", "vikt": "5"}
FIGURE = {"mått": "värde", "krav": "minst 100 kronor", "vikt": "5"}
ATTESTED = {"mått": "intyg", "krav": "uppfyllt", "vikt": "5"}
ASSESSED = {"mått": "bedömning", "skala": "tregradig", "krav": "minst 2", "vikt": "5"}
COMPOSITE: dict[str, Any] = {
    "mått": "sammansatt", "krav": "uppfyllt", "indikatorer": ["1.1.2", "1.1.3"], "vikt": "5",
}  # fmt: skip
ALWAYS_MET = {"mått": "intyg", "krav": "uppfyllt", "vikt": "10", "id": "1.1.9"}
MET = Attestation(True, "styrelsen", "protokollet", HERE)
NOT_MET = replace(MET, met=False)
a_report = partial(support.a_report, rows=("deltagare", "avslut"))


def told(report: Report) -> views.Calculation:
    """The calculation of the first indicator of a report."""
    published = as_shown(score_report(report))
    unit = published.association
    return calculation(next(unit.results), unit, published)


def steps(report: Report) -> str:
    return plain(told(report).steps)


def comparison(report: Report) -> str:
    return plain(told(report).comparison)


def flips(report: Report) -> list[str]:
    return [plain(flip) for flip in told(report).flips]


def table(**rows: People) -> dict[tuple[str, str], People]:
    return {(ASSOCIATION, row): counted for row, counted in rows.items()}


def of_share(part: int, whole: int, **differing: str) -> Report:
    rows = table(avslut=people(part, 0), deltagare=people(whole, 0))
    return a_report({**SHARE, **differing}, participants=rows)


def of_answers(yes: int, no: int, **differing: str) -> Report:
    return a_report({**ANSWERS, **differing}, answers=answers({"Ja": yes, "Nej": no}))


def of_balance(women: int, men: int) -> Report:
    return a_report(BALANCE, participants=table(deltagare=people(women, men)))


def of_gap(women: tuple[int, int], men: tuple[int, int]) -> Report:
    """Women and men as (yes, no)."""
    counted: dict[AnswerKey, tuple[AnswerCount, ...]] = {}
    for sex, (yes, no) in (("kvinnor", women), ("man", men)):
        counted |= answers({"Ja": yes, "Nej": no}, sex)
    return a_report(GAP, answers=counted)


def of_value(indicator: Mapping[str, Any], written: str) -> Report:
    return a_report(indicator, values=value("1-1-1", written))


def of_change(written: str) -> Report:
    return a_report(CHANGE, values=value("sjuktal", written, than=2023))


def attested(*verdicts: Attestation) -> dict[tuple[str, str], Attestation]:
    """Of the indicators after the first."""
    return {(ASSOCIATION, f"1.1.{number}"): verdict for number, verdict in enumerate(verdicts, start=2)}


# The steps


def test_a_share_is_a_division_with_two_decimals_and_then_as_it_is_shown() -> None:
    assert steps(of_share(247, 319)) == "247 / 319 = 77,43 %, visas som 77 %."


def test_a_share_that_is_even_is_told_once() -> None:
    assert steps(of_share(4, 5)) == "4 / 5 = 80 %."


def test_a_share_that_would_be_rounded_over_its_target_is_shown_with_a_decimal() -> None:
    assert steps(of_share(398, 500)) == "398 / 500 = 79,6 %."


def test_counts_have_their_thousands_apart() -> None:
    assert steps(of_share(1000, 4000)) == "1 000 / 4 000 = 25 %."


def test_an_answer_share_is_a_division_of_answers() -> None:
    assert steps(of_answers(2, 1)) == "2 / 3 = 66,67 %, visas som 67 %."


def test_a_gender_balance_is_women_of_both() -> None:
    assert steps(of_balance(4, 6)) == "4 / 10 = 40 %."


def test_an_empty_group_has_nobody_to_divide() -> None:
    report = of_balance(0, 0)
    assert steps(report) == "Ingen att fördela."
    assert plain(told(report).note) == "En tom grupp räknas som uppfylld."


def test_a_gender_gap_tells_both_shares_and_their_difference() -> None:
    assert steps(of_gap((52, 2), (36, 2))) == (
        "Kvinnor 96 % (52 av 54), män 95 % (36 av 38)."
        " Skillnaden mellan 52/54 och 36/38 är 1,56 procentenheter, visas som 2 procentenheter."
    )


def test_a_gender_gap_of_one_is_in_the_singular() -> None:
    assert steps(of_gap((51, 49), (50, 50))).endswith(" är 1 procentenhet.")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("-0,3 procentenheter", "−0,3 procentenheter"),
        ("0,1 procentenheter", "+0,1 procentenheter"),
        ("-0,04 procentenheter", "−0,04 procentenheter"),
        ("-12 personer", "−12 personer"),
        ("0 personer", "0 personer"),
    ],
)
def test_a_published_change_has_its_sign(written: str, said: str) -> None:
    assert steps(of_change(written)) == f"{said}."


def test_a_change_may_be_the_difference_of_two_years() -> None:
    values = {**value("sjuktal", "12 %"), **value("sjuktal", "14,5 %", year=2023)}
    assert steps(a_report(CHANGE, values=values)) == "12 % − 14,5 % = −2,5 procentenheter."
    values = {**value("sjuktal", "8,25 %"), **value("sjuktal", "8,2 %", year=2023)}
    assert steps(a_report(CHANGE, values=values)) == "8,25 % − 8,2 % = +0,05 procentenheter."


@pytest.mark.parametrize(
    ("target", "said"),
    [("högst 90 dagar", "73 dagar."), ("högst 3 månader", "73 dagar / (365/12) = 2,4 månader.")],
)
def test_a_time_in_months_is_told_from_its_days(target: str, said: str) -> None:
    report = a_report(
        {"mått": "tid", "rad": "avslut", "krav": target}, participants=table(avslut=people(5, 7))
    )
    days = {(ASSOCIATION, "avslut"): Value(parse_quantity("73 dagar"), "", HERE)}
    assert steps(replace(report, outcomes=replace(report.outcomes, durations=days))) == said


def test_a_share_that_is_entered_is_told_as_it_is_and_as_it_is_shown() -> None:
    report = of_value({**FIGURE, "krav": "minst 10 %"}, "45,5 %")
    assert steps(report) == "45,5 %, visas som 46 %."


def test_a_value_has_its_unit() -> None:
    assert steps(of_value(FIGURE, "98 kronor")) == "98 kronor."


@pytest.mark.parametrize(
    ("unit", "one"), [("dagar", "dag"), ("personer", "person"), ("kronor", "krona"), ("svar", "svar")]
)
def test_one_of_a_unit_is_in_the_singular(unit: str, one: str) -> None:
    limit = {"mått": "värde", "krav": f"högst 2 {unit}"}
    assert steps(of_value(limit, f"1 {unit}")) == f"1 {one}."
    assert comparison(of_value(limit, f"3 {unit}")) == f"Kravet är inte nått: det är 1 {one} för mycket."


def test_a_count_is_told_as_it_is() -> None:
    assert steps(of_value({"mått": "antal", "krav": "minst 3"}, "1 204")) == "1 204."


def test_stories_are_counted() -> None:
    indicator = {"mått": "berättelser", "krav": "minst 2"}
    assert steps(a_report(indicator, stories=(a_story("1.1.1"),))) == "1."


def test_a_description_is_counted() -> None:
    indicator = {"mått": "beskrivning", "krav": "minst 1"}
    assert steps(a_report(indicator, texts=(a_text("1.1.1"),))) == "1."


@pytest.mark.parametrize(("verdict", "said"), [(MET, "Uppfyllt."), (NOT_MET, "Ej uppfyllt.")])
def test_a_statement_is_a_verdict_with_its_source(verdict: Attestation, said: str) -> None:
    report = a_report(ATTESTED, attestations={(ASSOCIATION, "1.1.1"): verdict})
    assert steps(report) == said
    assert told(report).note == "Enligt styrelsen, protokollet."


def test_an_assessment_is_a_grade_with_its_name_and_its_reason() -> None:
    grade = Grade(2, "revisorn", "Fungerar i huvudsak.", HERE)
    report = a_report(ASSESSED, grades={(ASSOCIATION, "1.1.1"): grade})
    assert steps(report) == "2 – Godkänt."
    assert told(report).note == "Enligt revisorn: Fungerar i huvudsak."


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((MET, MET), "Uppfyllt, 2 av 2 delar når sin nivå."),
        ((MET, NOT_MET), "Ej uppfyllt, 1 av 2 delar når sin nivå. 1.1.3 gör det inte."),
        ((NOT_MET, NOT_MET), "Ej uppfyllt, 0 av 2 delar når sin nivå. 1.1.2 och 1.1.3 gör det inte."),
    ],
)
def test_a_composite_tells_which_of_its_parts_do_not_meet_their_level(
    verdicts: tuple[Attestation, ...], said: str
) -> None:
    report = a_report(COMPOSITE, ATTESTED, ATTESTED, attestations=attested(*verdicts))
    assert steps(report) == said


# What is not measured, and what is hidden


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [
        (SHARE, "utfall saknas"),
        (BALANCE, "utfall saknas"),
        (ANSWERS, "frågan ställdes inte"),
        (GAP, "frågan ställdes inte"),
        (CHANGE, "utfall saknas"),
        (FIGURE, "utfall saknas"),
        (ATTESTED, "inget omdöme lämnat"),
        (ASSESSED, "inget omdöme lämnat"),
    ],
)
def test_what_is_not_measured_tells_why(indicator: Mapping[str, Any], reason: str) -> None:
    report = a_report(indicator)
    assert steps(report) == f"Inget utfall: {reason}."
    assert (told(report).signal.word, told(report).signal.reason) == ("Ej mätt", reason)


def test_what_is_not_measured_has_no_comparison_points_or_flips() -> None:
    nothing = told(a_report(SHARE))
    assert (nothing.comparison, nothing.points, nothing.flips, nothing.inputs) == ("", "", (), ())


def test_a_composite_with_an_unmeasured_part_tells_why() -> None:
    report = a_report(COMPOSITE, ATTESTED, ATTESTED, attestations=attested(MET))
    assert steps(report) == "Inget utfall: en del är inte mätt: 1.1.3."
    undecided = {**ATTESTED, "senast": "2099"}
    report = a_report(COMPOSITE, undecided, ATTESTED, attestations=attested(NOT_MET, MET))
    assert steps(report) == "Inget utfall: en del har ingen signal: 1.1.2."


def test_too_few_answers_are_told() -> None:
    report = a_report(ANSWERS, rules={"minsta_antal_svar": "5"}, answers=answers({"Ja": 4}))
    assert steps(report) == "Inget utfall: för få svar."


def test_an_empty_group_may_be_not_measured() -> None:
    participants = table(deltagare=people(0, 0))
    report = a_report(BALANCE, rules={"tom_grupp": "ej mätt"}, participants=participants)
    assert steps(report) == "Inget utfall: ingen att räkna på."


def test_what_is_protected_shows_no_figure_at_all() -> None:
    published = as_shown(score_report(of_share(3, 4)))
    unit = published.association
    result = next(unit.results)
    hidden = replace(result, outcome=replace(result.outcome, protected=True, rests_on=()))
    shown = calculation(
        hidden, unit, replace(published, sensitivity={}, tables=replace(published.tables, participants={}))
    )
    assert shown.steps == "Röjandekontrollen döljer talen. Signalen är räknad på de riktiga talen."
    assert shown.flips == ()
    assert "3" not in shown.comparison + "".join(given.value for given in shown.inputs)


# How the outcome lies to its target


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (of_share(319, 787, krav="minst 40 %"), "Kravet är nått, med 0,53 procentenheter till gränsen."),
        (of_share(81, 100), "Kravet är nått, med 1 procentenhet till gränsen."),
        (of_share(80, 100), "Kravet är precis nått."),
        (of_share(60, 100), "Kravet är inte nått: det fattas 20 procentenheter."),
        (
            of_share(247, 319),
            "Kravet är inte nått: det fattas 2,57 procentenheter. Det är inom marginalen 5 procentenheter.",
        ),
        (
            of_share(79, 100, marginal="1 procentenhet"),
            "Kravet är inte nått: det fattas 1 procentenhet. Det är inom marginalen 1 procentenhet.",
        ),
        (
            of_answers(30, 70, krav="högst 10 %"),
            "Kravet är inte nått: det är 20 procentenheter för mycket.",
        ),
        (of_balance(30, 70), "Kravet är inte nått: det fattas 10 procentenheter."),
        (of_balance(81, 19), "Kravet är inte nått: det är 21 procentenheter för mycket."),
        (of_balance(55, 45), "Kravet är nått, med 5 procentenheter till gränsen."),
        (of_gap((8, 2), (5, 5)), "Kravet är inte nått: det är 10 procentenheter för mycket."),
        (of_change("-0,3 procentenheter"), "Kravet är nått, med 0,3 procentenheter till gränsen."),
        (of_change("3 personer"), "Kravet är inte nått: det är 3 personer för mycket."),
        (of_value(FIGURE, "98 kronor"), "Kravet är inte nått: det fattas 2 kronor."),
        (
            of_value({**FIGURE, "marginal": "5 kronor"}, "98 kronor"),
            "Kravet är inte nått: det fattas 2 kronor. Det är inom marginalen 5 kronor.",
        ),
        (a_report(ATTESTED, attestations={(ASSOCIATION, "1.1.1"): MET}), "Kravet är nått."),
        (a_report(ATTESTED, attestations={(ASSOCIATION, "1.1.1"): NOT_MET}), "Kravet är inte nått."),
        (of_balance(0, 0), "Kravet är nått."),
    ],
)  # fmt: skip
def test_the_distance_to_the_target_is_told_with_its_direction(report: Report, said: str) -> None:
    assert comparison(report) == said


def test_no_change_has_just_missed_a_decrease() -> None:
    assert comparison(of_change("0 personer")) == "Kravet är precis missat."


# Points


@pytest.mark.parametrize(
    ("report", "points"),
    [
        (of_share(9, 10), "10 av 10"),
        (of_share(1, 10), "0 av 10"),
        (a_report({**SHARE, "vikt": "5"}), ""),
        (a_report({key: text for key, text in ATTESTED.items() if key != "vikt"}), ""),
    ],
)
def test_points_are_earned_of_the_weight(report: Report, points: str) -> None:
    assert plain(told(report).points) == points


def test_orange_may_earn_a_part_of_the_weight() -> None:
    rows = table(avslut=people(79, 0), deltagare=people(100, 0))
    report = a_report({**SHARE, "vikt": "5"}, rules={"orange_ger": "50 %"}, participants=rows)
    assert plain(told(report).points) == "2,5 av 5"


# What would have given another signal


def beside_another(report: Report, points: int = 10) -> Report:
    """The same report with a second indicator of so many points that is met."""
    goal = report.budget.areas[0].goals[0]
    other = a_report({**ALWAYS_MET, "vikt": str(points)}).budget.areas[0].goals[0].indicators
    area = report.budget.areas[0].model_copy(
        update={"goals": (goal.model_copy(update={"indicators": (*goal.indicators, *other)}),)}
    )
    outcomes = replace(report.outcomes, attestations={(ASSOCIATION, "1.1.9"): MET})
    return replace(report, budget=report.budget.model_copy(update={"areas": (area,)}), outcomes=outcomes)


def test_persons_to_both_neighbours_of_orange() -> None:
    assert flips(beside_another(of_share(247, 319))) == [
        "9 personer till i täljaren hade gett grönt, och index 100 i stället för 50.",
        "8 personer färre i täljaren hade gett rött; index hade inte ändrats.",
    ]


def test_one_person_is_in_the_singular() -> None:
    assert flips(beside_another(of_share(80, 100))) == [
        "1 person färre i täljaren hade gett orange, och index 50 i stället för 100."
    ]


def test_one_person_more_is_in_the_singular_too() -> None:
    (better, _) = flips(of_share(79, 100))
    assert better == "1 person till i täljaren hade gett grönt, och index 100 i stället för 0."


def test_an_index_that_changes_never_reads_as_what_it_is() -> None:
    report = beside_another(of_share(80, 100, vikt="1"), points=1000)
    assert flips(report) == [
        "1 person färre i täljaren hade gett orange, och index 99,9 i stället för 100,0."
    ]


def test_a_distance_that_is_not_nought_is_not_told_as_nought() -> None:
    rows = table(avslut=people(79_999, 0), deltagare=people(100_000, 0))
    assert "det fattas 0,001 procentenheter" in comparison(a_report(SHARE, participants=rows))


def test_red_has_only_a_better_signal() -> None:
    assert flips(of_share(10, 100)) == [
        "65 personer till i täljaren hade gett orange; index hade inte ändrats."
    ]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (of_answers(80, 20), "1 sådant svar färre hade gett orange, och index 0 i stället för 100."),
        (of_answers(81, 19), "2 sådana svar färre hade gett orange, och index 0 i stället för 100."),
        (of_answers(79, 21), "1 sådant svar till hade gett grönt, och index 100 i stället för 0."),
        (
            of_answers(9, 91, krav="högst 5 %"),
            "4 sådana svar färre hade gett grönt, och index 100 i stället för 0.",
        ),
    ],
)  # fmt: skip
def test_answers_are_counted_as_answers(report: Report, said: str) -> None:
    assert flips(report)[0] == said


@pytest.mark.parametrize(
    ("women", "men", "said"),
    [
        (39, 61, "1 kvinna till i stället för en man hade gett grönt, och index 100 i stället för 0."),
        (37, 63, "3 kvinnor till i stället för män hade gett grönt, och index 100 i stället för 0."),
        (61, 39, "1 man till i stället för en kvinna hade gett grönt, och index 100 i stället för 0."),
        (63, 37, "3 män till i stället för kvinnor hade gett grönt, och index 100 i stället för 0."),
        (60, 40, "1 kvinna till i stället för en man hade gett orange, och index 0 i stället för 100."),
        (40, 60, "1 man till i stället för en kvinna hade gett orange, och index 0 i stället för 100."),
    ],
)
def test_a_gender_balance_flips_both_ways(women: int, men: int, said: str) -> None:
    assert flips(of_balance(women, men))[0] == said


def test_a_gender_gap_flips_by_changed_answers() -> None:
    assert flips(of_gap((52, 2), (36, 2)))[0] == (
        "8 ändrade svar mot större skillnad hade gett orange, och index 0 i stället för 100."
    )


def test_one_changed_answer_is_in_the_singular() -> None:
    assert flips(of_gap((10, 0), (8, 2))) == [
        "1 ändrat svar mot större skillnad hade gett rött, och index 0 i stället för 100."
    ]


def test_stories_flip_one_by_one() -> None:
    indicator = {"mått": "berättelser", "krav": "minst 2", "vikt": "5"}
    report = a_report(indicator, stories=(a_story("1.1.1"),))
    assert flips(report) == ["1 till hade gett grönt, och index 100 i stället för 0."]


@pytest.mark.parametrize(
    "report",
    [
        of_change("-0,3 procentenheter"),
        of_value(FIGURE, "98 kronor"),
        of_balance(0, 0),
        a_report(ATTESTED, attestations={(ASSOCIATION, "1.1.1"): MET}),
        a_report(ASSESSED, grades={(ASSOCIATION, "1.1.1"): Grade(1, "revisorn", "Svagt.", HERE)}),
        a_report(COMPOSITE, ATTESTED, ATTESTED, attestations=attested(MET, NOT_MET)),
        of_value(BALANCE, "81 %"),
    ],
)
def test_what_is_not_counted_has_no_flips(report: Report) -> None:
    assert flips(report) == []


def test_without_weights_a_flip_tells_no_index() -> None:
    unweighted = {key: text for key, text in SHARE.items() if key != "vikt"}
    rows = table(avslut=people(79, 0), deltagare=people(100, 0))
    report = a_report(unweighted, participants=rows)
    assert flips(report)[0] == "1 person till i täljaren hade gett grönt."


# What it was made from


def test_the_inputs_of_a_share_are_its_rows_with_women_and_men() -> None:
    rows = table(
        avslut=People(2, 3, 0, 5, (Place("a.csv", 3, "kvinnor"), Place("a.csv", 3, "män"))),
        deltagare=People(4, 6, 0, 10, (Place("a.csv", 2, "kvinnor"), Place("a.csv", 2, "män"))),
    )
    report = a_report(SHARE, participants=rows)
    inputs = told(report).inputs
    assert [(given.name, given.value) for given in inputs] == [
        ("Täljare, avslut", "5 (kvinnor 2, män 3)"),
        ("Nämnare, deltagare", "10 (kvinnor 4, män 6)"),
    ]
    assert [{place.line for place in given.places} for given in inputs] == [{3}, {2}]


def test_a_row_where_only_the_total_is_known_tells_only_the_total() -> None:
    rows = table(avslut=people(None, None, total=5), deltagare=people(None, None, total=10))
    report = a_report(SHARE, participants=rows)
    assert [given.value for given in told(report).inputs] == ["5", "10"]


def test_what_has_no_rows_rests_on_its_cell() -> None:
    (given,) = told(of_value(FIGURE, "98 kronor")).inputs
    assert (given.name, plain(given.value)) == ("Underlag", "98 kronor")
    assert [(place.file, place.line) for place in given.places] == [("prov.csv", 2)]


def test_a_published_figure_goes_before_rows_and_tells_its_source() -> None:
    rows = table(deltagare=people(4, 6))
    report = a_report(BALANCE, participants=rows, values=value("1-1-1", "81 %"))
    assert plain(told(report).note) == "Publicerad uppgift. Källa: Källan."
    assert [plain(given.value) for given in told(report).inputs] == ["81 %"]


# Exact values


@pytest.mark.parametrize(
    ("number", "kind", "unit", "text"),
    [
        (Fraction(247, 319), Kind.SHARE, "", "77,43 %"),
        (Fraction(1, 2), Kind.SHARE, "", "50 %"),
        (Fraction(1, 8), Kind.SHARE, "", "12,5 %"),
        (Fraction(1, 3), Kind.SHARE, "", "33,33 %"),
        (Fraction(1, 100), Kind.POINTS, "", "1 procentenhet"),
        (Fraction(-1, 100), Kind.POINTS, "", "−1 procentenhet"),
        (Fraction(2, 100), Kind.POINTS, "", "2 procentenheter"),
        (Fraction(15, 1000), Kind.POINTS, "", "1,5 procentenheter"),
        (Fraction(12), Kind.NUMBER, "personer", "12 personer"),
        (Fraction(12400, 177), Kind.NUMBER, "", "70,06"),
    ],
)
def test_an_exact_value_has_the_decimals_it_needs_and_two_at_the_most(
    number: Fraction, kind: Kind, unit: str, text: str
) -> None:
    assert plain(exact_text(Quantity(number, kind, unit))) == text


def test_each_row_that_a_measure_names_has_a_word_for_what_it_is_to_it() -> None:
    named = (item for measure in MEASURES for item in measure.names.items())
    assert {field for field, subject in named if subject is Subject.ROW} == ROW_ROLES.keys()
