"""What this year's report shows of last year is no more than last year's own report shows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import check
from generator.model.outcome import Outcome
from generator.model.outcomes import Sex, Value, ValueKey
from generator.model.places import Problem
from generator.model.quantities import Kind, Quantity, parse_quantity
from generator.model.reconciliation import Identity, Reconciliation, Rule, Verdict
from generator.model.report import Report
from generator.model.results import NO_REFERENCE, Signal
from generator.model.settings import RowDefinition
from generator.model.shown import HIDDEN, Hidden, ShownPeople, ShownReport
from generator.protecting.choosing import Choice
from generator.protecting.outcomes import knowledge_of
from generator.protecting.report import hide_as_before, protect, shown_figures
from generator.scoring import as_shown, score_report
from tests.reading.small import ASSOCIATION as FORBUND
from tests.reading.small import GOAL, small_report
from tests.support import (
    ASSOCIATION,
    HERE,
    LOCAL,
    a_report,
    answers,
    edit,
    only_problem_in,
    only_year,
    people,
    problems_in,
    value,
)

SHARE = {"mått": "andel", "täljare": "avslut", "nämnare": "deltagare", "krav": "minst 40 %"}
ANSWERS = {
    **{"mått": "andel svar", "grupp": "deltagare", "fråga": "stöd", "svar": ["Ja"]},
    "krav": "minst 40 %",
}
ROW = ("norra", "avslut")


def a_year(year: int, association: str, total: int | Hidden) -> ShownReport:
    """A report in which last year's count of a row is 7, and this year's is `total`."""
    report = a_report(SHARE)
    settings = report.settings.model_copy(
        update={
            "year": year,
            "association": report.association.model_copy(update={"id": association}),
        }
    )
    published = as_shown(score_report(replace(report, settings=settings)))
    tables = replace(
        published.tables,
        participants={ROW: ShownPeople(HIDDEN, HIDDEN, 0, total)},
        previous={ROW: parse_quantity("7 personer")},
    )
    return replace(published, tables=tables)


def previous_of(reports: list[ShownReport]) -> Quantity | Hidden:
    """What the last of the reports shows of the year before, when all are on one site."""
    return hide_as_before(reports)[-1].tables.previous[ROW]


def test_what_last_years_report_hides_is_hidden_this_year_too() -> None:
    assert previous_of([a_year(2023, "a", HIDDEN), a_year(2024, "a", 9)]) is HIDDEN


def test_what_last_years_report_shows_is_shown_this_year() -> None:
    shown = previous_of([a_year(2023, "a", 7), a_year(2024, "a", 9)])
    assert shown == Quantity(Fraction(7), Kind.NUMBER, "personer")


def test_what_last_years_report_hides_is_hidden_under_a_new_name_too() -> None:
    def with_row(published: ShownReport, **row: str) -> ShownReport:
        rows = (RowDefinition.model_validate({"namn": "Avslut", **row}),)
        settings = published.report.settings.model_copy(update={"rows": rows})
        return replace(published, report=replace(published.report, settings=settings))

    before = with_row(a_year(2023, "a", HIDDEN), id="avslut")
    now = with_row(a_year(2024, "a", 9), id="klara", motsvarar="avslut")
    previous = {("norra", "klara"): parse_quantity("7 personer")}
    now = replace(now, tables=replace(now.tables, previous=previous))
    assert hide_as_before([before, now])[-1].tables.previous["norra", "klara"] is HIDDEN


@pytest.mark.parametrize(("written", "is_hidden"), [("35 %", True), ("7 personer", False)])
def test_last_years_share_of_what_was_hidden_is_hidden_too(written: str, is_hidden: bool) -> None:
    """Of a few, it would tell how many they were."""
    rows = tuple(
        RowDefinition.model_validate({"namn": row.capitalize(), "id": row, **more})
        for row, more in (("avslut", {}), ("arbete", {"andel_av": "avslut"}))
    )
    now = a_year(2024, "a", 9)
    settings = now.report.settings.model_copy(update={"rows": rows})
    previous = {("norra", "arbete"): parse_quantity(written)}
    now = replace(now, report=replace(now.report, settings=settings))
    now = replace(now, tables=replace(now.tables, previous=previous))
    shown = hide_as_before([a_year(2023, "a", HIDDEN), now])[-1].tables.previous["norra", "arbete"]
    assert (shown is HIDDEN) == is_hidden


def test_of_two_organisations_on_one_site_each_has_its_own_last_year() -> None:
    others = a_year(2023, "b", 7)
    own = a_year(2023, "a", HIDDEN)
    assert previous_of([own, others, a_year(2024, "a", 9)]) is HIDDEN
    assert previous_of([a_year(2023, "b", HIDDEN), a_year(2023, "a", 7), a_year(2024, "a", 9)]) is not HIDDEN


def test_a_report_of_an_association_with_a_new_id_is_still_its_last_year() -> None:
    assert previous_of([a_year(2023, "b", HIDDEN), a_year(2024, "a", 9)]) is HIDDEN


def test_the_figures_of_an_association_with_a_new_id_are_its_own_last_year() -> None:
    def with_own_row(published: ShownReport) -> ShownReport:
        own = published.report.association.id, "avslut"
        tables = published.tables
        moved = replace(
            tables, participants={own: tables.participants[ROW]}, previous={own: tables.previous[ROW]}
        )
        return replace(published, tables=moved)

    before, now = with_own_row(a_year(2023, "b", HIDDEN)), with_own_row(a_year(2024, "a", 9))
    assert hide_as_before([before, now])[-1].tables.previous["a", "avslut"] is HIDDEN


def test_last_years_sum_of_units_is_hidden_where_one_that_was_hidden_is_gone(tmp_path: Path) -> None:
    """Of 3, 10 and 7 the first two were hidden. Without the second, 10 and the 7 of then would tell the 3."""
    head = "enhet;rad;kvinnor;män;totalt\n"
    rows = {"röjandekontroll": 5, "deltagarrader": [{"id": "avslut", "namn": "Avslut"}]}
    content = two_reports(
        tmp_path,
        {"år": 2023, **rows, "enheter": [{"id": unit, "namn": unit} for unit in "abc"]},
        {"år": 2024, **rows, "enheter": [{"id": unit, "namn": unit} for unit in "ac"]},
    )
    (content / "r2023/utfall/deltagare.csv").write_text(f"{head}a;avslut;;;3\nb;avslut;;;10\nc;avslut;;;7\n")
    (content / "r2024/utfall/deltagare.csv").write_text(f"{head}a;avslut;;;30\nc;avslut;;;20\n")
    values = "avslut;a;2023;3;personer;prov\navslut;c;2023;7;personer;prov\n"
    (content / "r2024/utfall/varden.csv").write_text(f"serie;plats;år;värde;måttenhet;källa\n{values}")
    before, now = check(content).reports
    assert before.tables.participants["c", "avslut"].total == 7
    assert before.tables.participants["b", "avslut"].total is HIDDEN
    assert now.tables.previous["forbundet", "avslut"] is HIDDEN


# A unit's own report beside that of the organisation


def two_reports(content: Path, *settings: dict[str, Any]) -> Path:
    """Of an organisation ”forbundet” unless they say otherwise, with an indicator that is not measured."""
    (content / "webbplats.yaml").write_text("organisation: P\nframsida: r2024\nkontakt: {e-post: a@b.se}\n")
    for number, own in enumerate(settings):
        report = content / str(own.get("id", f"r{own['år']}"))
        (report / "utfall").mkdir(parents=True)
        said = {
            **{"titel": f"Prov {number}", "publicerad": "2025-03-01", "tema": "umea"},
            **{"förbund": {"id": "forbundet", "namn": "Förbundet"}, **own},
        }
        said.pop("id", None)
        (report / "bokslut.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
        share = "mått: andel, täljare: avslut, nämnare: deltagare, krav: minst 10 %"
        asked = share if len(said["deltagarrader"]) > 1 else "mått: värde, krav: inte satt"
        (report / "budget.yaml").write_text(GOAL % f"[{{id: 1.1.1, text: Prov, {asked}}}]", "utf-8")
    return content


ROWS = [
    {"id": "deltagare", "namn": "Deltagare", "lika_med": "avslut + paus + kvar"},
    *({"id": row, "namn": row.capitalize()} for row in ("avslut", "paus", "kvar")),
]


OF_A = "a;deltagare;;;36\na;avslut;;;4\na;paus;;;15\na;kvar;;;17\n"
OF_B = "b;deltagare;;;57\nb;avslut;;;18\nb;paus;;;20\nb;kvar;;;19\n"


def beside_each_other(content: Path, threshold: object, *others: dict[str, Any]) -> Path:
    """The counts of unit a, in the report of the whole, which hides them below 5, and in its own.

    `others` are more reports of its own.
    """
    shared: dict[str, Any] = {"år": 2024, "deltagarrader": ROWS}
    units = [{"id": unit, "namn": unit.upper()} for unit in "ab"]
    local = {"id": "a2024", "röjandekontroll": threshold}
    two_reports(
        content,
        {**shared, "röjandekontroll": 5, "enheter": units},
        *({**shared, "förbund": {"id": "a", "namn": "A"}, **own} for own in (local, *others)),
    )
    of_a = "a;deltagare;20;30\na;avslut;3;12\na;paus;8;9\na;kvar;9;9\n"
    of_b = "b;deltagare;28;29\nb;avslut;9;9\nb;paus;11;9\nb;kvar;8;11\n"
    for report, rows in (("r2024", of_a + of_b), ("a2024", of_a)):
        (content / report / "utfall/deltagare.csv").write_text(f"enhet;rad;kvinnor;män\n{rows}", "utf-8")
        lines = (
            f"{row};{unit};2023;{number};personer;prov\n"
            for unit, row, number in BEFORE
            if f"{unit};" in rows
        )
        values = f"serie;plats;år;värde;måttenhet;källa\n{''.join(lines)}"
        (content / report / "utfall/varden.csv").write_text(values, "utf-8")
    return content


BEFORE = [
    *zip("aaaa", ("deltagare", "avslut", "paus", "kvar"), (40, 3, 18, 19), strict=True),
    *zip("bbb", ("deltagare", "avslut", "paus"), (60, 9, 22), strict=True),
]


def hidden_of_a(published: ShownReport) -> set[tuple[str, Sex | int]]:
    """Its hidden counts of this year, and of the last."""
    tables = published.tables
    rows = {row: people for (unit, row), people in tables.participants.items() if unit == "a"}
    before = {
        (row, 2023) for (unit, row), number in tables.previous.items() if (unit, number) == ("a", HIDDEN)
    }
    return before | {(row, sex) for row, people in rows.items() for sex in Sex if people.of(sex) is HIDDEN}


def test_what_the_report_of_the_whole_hides_of_a_unit_its_own_report_hides_too(tmp_path: Path) -> None:
    """Each chooses for itself what else to hide, and together they would tell the 3."""
    local, whole = check(beside_each_other(tmp_path, 5)).reports
    assert hidden_of_a(local) == hidden_of_a(whole)
    assert ("avslut", Sex.WOMEN) in hidden_of_a(local)
    assert ("avslut", Sex.UNSTATED) not in hidden_of_a(local)
    assert {unit.outcome.protected for unit in local.association.results} == {
        result.outcome.protected for unit in whole.units if unit.unit.id == "a" for result in unit.results
    }


@pytest.mark.parametrize(("counted", "is_protected"), [("avslut", True), ("kvar", False)])
def test_an_outcome_of_what_the_report_of_the_whole_hides_is_hidden(
    counted: str, is_protected: bool, tmp_path: Path
) -> None:
    """Also where that has no such outcome of its own, and this report would hide nothing."""
    content = beside_each_other(tmp_path, 3)
    edit(content / "r2024/budget.yaml", "täljare: avslut", "täljare: kvar")
    edit(content / "a2024/budget.yaml", "täljare: avslut", f"täljare: {counted}")
    for report, rows in (("r2024", OF_A + OF_B), ("a2024", OF_A)):
        (content / report / "utfall/deltagare.csv").write_text(
            f"enhet;rad;kvinnor;män;totalt\n{rows}", "utf-8"
        )
    local, whole = check(content).reports
    assert {row for row, sex in hidden_of_a(whole) if sex is Sex.ALL} == {"avslut", "paus"}
    assert [result.outcome.protected for result in local.association.results] == [is_protected]
    assert not any(result.outcome.protected for _, result in whole.every_result)


def test_what_another_report_counts_otherwise_is_hidden_with_it(tmp_path: Path) -> None:
    """One of them is wrong, but by little."""
    content = beside_each_other(tmp_path, 5)
    edit(
        content / "a2024/utfall/deltagare.csv",
        "a;deltagare;20;30\na;avslut;3;12",
        "a;deltagare;20;31\na;avslut;3;13",
    )
    local, whole = check(content).reports
    assert hidden_of_a(local) == hidden_of_a(whole)
    assert ("avslut", Sex.MEN) in hidden_of_a(local)


def test_what_is_hidden_by_the_report_of_the_whole_is_nothing_to_set_a_target_against(tmp_path: Path) -> None:
    """The unit's own report would show 4 of 36, which is above its threshold."""
    content = beside_each_other(tmp_path, 3, {"id": "a2025", "år": 2025, "röjandekontroll": 3})
    for report, rows in (("r2024", OF_A + OF_B), ("a2024", OF_A), ("a2025", OF_A)):
        tables = content / report / "utfall"
        (tables / "deltagare.csv").write_text(f"enhet;rad;kvinnor;män;totalt\n{rows}", "utf-8")
        (tables / "varden.csv").unlink(missing_ok=True)
    edit(content / "a2025/budget.yaml", "minst 10 %", "minst förra året")
    _, later, _ = check(content).reports
    (result,) = later.association.results
    assert (later.report.id, result.signal, result.reason) == ("a2025", None, NO_REFERENCE)


def test_without_disclosure_control_a_report_cannot_stand_beside_one_that_hides(tmp_path: Path) -> None:
    problem = only_problem_in(beside_each_other(tmp_path, "av"))
    assert problem.place.file.endswith("a2024/bokslut.yaml")
    assert "är av, men 5 i en annan rapport" in problem.found


def test_what_both_reports_have_from_a_source_that_masks_it_is_no_problem(tmp_path: Path) -> None:
    beside_each_other(tmp_path, "av")
    edit(tmp_path / "r2024/bokslut.yaml", "röjandekontroll: 5", "röjandekontroll: 'av'")
    for report in ("r2024", "a2024"):
        edit(tmp_path / report / "utfall/deltagare.csv", "a;avslut;3;12", "a;avslut;..;..")
    assert problems_in(tmp_path) == []


# Who is left when an outcome and its basis are both shown


def protected(report: Report, problems: list[Problem] | None = None) -> ShownReport:
    settings = report.settings.model_copy(update={"disclosure_threshold": 5})
    scored = score_report(replace(report, settings=settings))
    told = [] if problems is None else problems
    (shown,), found = protect([(scored, as_shown(scored))])
    told += found
    return shown


def outcome_of(published: ShownReport) -> Outcome:
    (result,) = published.association.results
    return result.outcome


@pytest.mark.parametrize(("exits", "is_hidden"), [(20, False), (19, True), (16, True), (15, False)])
def test_few_others_are_hidden_though_no_count_is_small(exits: int, is_hidden: bool) -> None:
    """From 16 of 20 anyone can tell that 4 are left, which stands in no table."""
    rows = {(ASSOCIATION, "avslut"): people(exits, 0), (ASSOCIATION, "deltagare"): people(20, 0)}
    published = protected(a_report(SHARE, participants=rows, rows=("avslut", "deltagare")))
    assert outcome_of(published).protected == is_hidden
    shown = [published.tables.participants[ASSOCIATION, row].total for row in ("avslut", "deltagare")]
    assert (HIDDEN in shown) == is_hidden


def test_few_others_of_each_outcome_are_hidden() -> None:
    counts = {"avslut": 16, "nya": 17, "deltagare": 20}
    rows = {(ASSOCIATION, row): people(count, 0) for row, count in counts.items()}
    published = protected(a_report(SHARE, {**SHARE, "täljare": "nya"}, participants=rows, rows=tuple(counts)))
    assert all(result.outcome.protected for result in published.association.results)


@pytest.mark.parametrize(("others", "is_hidden"), [({"Delvis": 1, "Nej": 1}, True), ({"Nej": 5}, False)])
def test_two_who_each_answered_otherwise_are_hidden_together(others: dict[str, int], is_hidden: bool) -> None:
    """Neither answer is told by how many they are together, but two persons are few."""
    published = protected(a_report(ANSWERS, answers=answers({"Ja": 20, **others})))
    outcome = outcome_of(published)
    assert outcome.protected == is_hidden
    assert (outcome.numerator, outcome.denominator) == ((None, None) if is_hidden else (20, 25))


@pytest.mark.parametrize(("yes", "is_hidden"), [(3, True), (6, False)])
def test_of_a_hidden_outcome_nothing_but_its_signal_is_told(yes: int, is_hidden: bool) -> None:
    """Neither what would flip it nor, where it is among those that rest on few, how many these are."""
    answered = answers({"Ja": yes, "Nej": 12})
    published = protected(a_report({**ANSWERS, "vikt": "5"}, answers=answered))
    (result,) = published.association.results
    (small,) = published.what_ifs[ASSOCIATION].small
    assert result.signal is Signal.RED
    assert result.outcome.protected == small.outcome.protected == is_hidden
    assert (result.outcome.numerator, result.outcome.value) == (
        (None, None) if is_hidden else (yes, Fraction(yes, yes + 12))
    )
    assert bool(published.sensitivity) != is_hidden


def test_of_numbers_of_persons_that_are_entered_the_small_ones_are_hidden() -> None:
    indicators = ({"mått": "värde", "krav": "minst 5 personer"} for _ in range(2))
    units = tuple({"id": unit, "namn": unit} for unit in ("a", "b"))
    persons = {("a", "1-1-1"): 3, ("a", "1-1-2"): 30, ("b", "1-1-1"): 40, ("b", "1-1-2"): 4}
    values: dict[ValueKey, Value] = {}
    for (unit, indicator), number in persons.items():
        values |= value(indicator, f"{number} personer", unit)
    published = protected(a_report(*indicators, units=units, values=values))
    hidden = {
        (unit.unit.id, result.indicator.id.replace(".", "-")): result.outcome.protected
        for unit in published.units
        for result in unit.results
    }
    assert hidden == {key: number < 5 for key, number in persons.items()}


SERIES = f"{FORBUND}enheter: [{{id: a, namn: A, kommun: Umeå}}]\nserier: [{{id: sjuka, namn: Sjuka}}]\n"


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("sjuka;Umeå;2021;;4;personer\nsjuka;Umeå;2020;;1;personer", 2),
        ("sjuka;Umeå;2021;;5;personer\nsjuka;Umeå;2020;;0;personer", 0),
        ("sjuka;Umeå;2021;;15;deltagare\nsjuka;Umeå;2020;;3;deltagare", 1),
        ("sjuka;Umeå;2021;;15;personer\nsjuka;Umeå;2020;;12;personer", 0),
        ("sjuka;Umeå;2021;;..;personer\nsjuka;Umeå;2020;;12;personer", 0),
        ("sjuka;Umeå;2021;;4;dagar\nsjuka;Umeå;2020;;12;dagar", 0),
        ("sjuka;Umeå;2021;2020;-9;personer\nsjuka;Umeå;2020;;12;personer", 1),
        ("sjuka;Umeå;2021;2020;9;personer\nsjuka;Umeå;2021;;12;personer", 1),
        ("sjuka;Umeå;2021;2020;-2;personer\nsjuka;Umeå;2020;;12;personer", 0),
        ("1.1.2;forbundet;2021;;15;personer\n1.1.2;forbundet;2020;;4;personer", 1),
        ("1.1.2;forbundet;2021;;4;personer\n1.1.2;forbundet;2020;;15;personer", 0),
    ],
)
def test_few_persons_of_a_series_or_of_an_earlier_year_are_not_published(
    rows: str, faults: int, tmp_path: Path
) -> None:
    """They stand as they are entered, and nothing else would hide them. A change counts nobody."""
    indicators = (
        "mått: förändring, serie: sjuka, plats: Umeå, krav: minskning",
        "mått: antal, krav: minst förra året, gäller: förbundet",
    )
    lines = "".join(f"{row};prov\n" for row in rows.split("\n"))
    table = f"serie;plats;år;jämfört med;värde;måttenhet;källa\n{lines}"
    content = small_report(tmp_path, *indicators, settings=SERIES, varden=table)
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    told = [problem for problem in problems_in(content) if "färre än gränsen" in problem.found]
    assert len(told) == faults == len(problems_in(content))


@pytest.mark.parametrize(("women", "is_hidden"), [(4, True), (5, False)])
def test_a_group_with_few_of_a_sex_is_hidden(women: int, is_hidden: bool) -> None:
    balance = {"mått": "könsfördelning", "grupp": "styrelse", "krav": "40–60 %"}
    groups = {(ASSOCIATION, "styrelse"): people(women, 9, unstated=6)}
    assert outcome_of(protected(a_report(balance, groups=groups))).protected == is_hidden


@pytest.mark.parametrize(
    ("shown", "people_shown"),
    [("avslut", ShownPeople(20, 30, 1, 51)), ("nya", ShownPeople(20, 0, 0, 20))],
    ids=["of a sex", "of a row"],
)
def test_a_count_that_no_cell_is_known_of_stops_the_build(shown: str, people_shown: ShownPeople) -> None:
    row = (ASSOCIATION, "avslut")
    scored = score_report(a_report(SHARE, participants={row: people(20, 30)}, rows=("avslut",)))
    _, found = knowledge_of(scored, threshold=5)
    (cells,) = found.values()
    published = as_shown(scored)
    participants = {(ASSOCIATION, shown): people_shown}
    unknown = replace(published, tables=replace(published.tables, participants=participants))
    with pytest.raises(KeyError):
        list(shown_figures(unknown, cells))


def test_an_entered_number_that_is_another_when_it_is_shown_stops_the_build() -> None:
    entered = {"mått": "värde", "krav": "minst 5 personer"}
    scored = score_report(a_report(entered, values=value("1-1-1", "30 personer")))
    _, found = knowledge_of(scored, threshold=5)
    (cells,) = found.values()
    other = a_report(entered, values=value("1-1-1", "31 personer"))
    with pytest.raises(ValueError, match="not the sum of its cells"):
        list(shown_figures(as_shown(score_report(other)), cells))


# Outcomes without a signal


def test_a_reason_stands_also_where_the_outcome_is_hidden(tmp_path: Path) -> None:
    content = only_year(tmp_path / "content", LOCAL)
    edit(content / LOCAL / "bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    edit(
        content / LOCAL / "budget.yaml",
        "krav: minst 30 %\n      - id: 1.2",
        "krav: inte satt\n      - id: 1.2",
    )
    (published,) = check(content).reports
    results = {result.indicator.id: result for result in published.association.results}
    assert results["1.1a"].outcome.protected
    assert (results["1.1a"].signal, results["1.1a"].reason) == (None, "inget målvärde satt")
    assert results["1.4a"].reason == "för få svar"


def test_of_numbers_of_people_that_agree_nothing_but_that_is_left(tmp_path: Path) -> None:
    rows = "deltagarrader: [{id: alla, namn: Alla, lika_med: a + b}, {id: a, namn: A}, {id: b, namn: B}]\n"
    counts = "enhet;rad;kvinnor;män\n" + "".join(
        f"forbundet;{row}\n" for row in ("alla;20;30", "a;3;14", "b;17;16")
    )
    content = small_report(
        tmp_path, "mått: värde, krav: minst 1 st", settings=FORBUND + rows, deltagare=counts
    )
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    identities = check(content).reports[0].reconciliation.identities
    assert {one.rule for one in identities} == {Rule.ROWS}
    assert not any(one.given or one.computed or one.is_hidden for one in identities)


def test_of_a_control_total_that_differs_nothing_but_why_is_told(tmp_path: Path) -> None:
    rows = "deltagarrader: [{id: a, namn: A}]\n"
    content = small_report(
        tmp_path,
        "mått: värde, krav: minst 1 st",
        settings=FORBUND + rows,
        deltagare="enhet;rad;kvinnor;män\nforbundet;a;3;14\n",
        kontrollsummor="uppgift;värde;källa;förklaring\nA kvinnor;4;boken;Rättat\n",
    )
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    (one,) = check(content).reports[0].reconciliation.identities
    assert (one.rule, one.is_hidden, one.explanation) == (Rule.CONTROLS, True, "Rättat")


def test_a_control_total_of_points_is_told_with_both_numbers(tmp_path: Path) -> None:
    content = small_report(
        tmp_path,
        "mått: intyg, krav: uppfyllt, vikt: 3",
        settings=FORBUND,
        intyg="indikator;uppfyllt;av;källa\n1.1.1;ja;styrelsen;protokollet\n",
        kontrollsummor="uppgift;värde;källa;förklaring\nindex poäng;2 av 3;boken;Rättat\n",
    )
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    (one,) = check(content).reports[0].reconciliation.identities
    assert (one.written, one.is_hidden) == ("2 av 3", False)


def test_of_a_difference_by_rounding_nothing_but_that_is_left(tmp_path: Path) -> None:
    rows = "deltagarrader: [{id: deltagare, namn: D}, {id: avslut, namn: A}]\n"
    counts = "enhet;rad;kvinnor;män\nforbundet;deltagare;30;29\nforbundet;avslut;20;13\n"
    published = "serie;år;värde;måttenhet;källa\n1.1.1;2021;56;%;prov\n"  # 55,93
    share = "mått: andel, täljare: avslut, nämnare: deltagare, krav: minst 40 %"
    content = small_report(tmp_path, share, settings=FORBUND + rows, deltagare=counts, varden=published)
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    (one,) = check(content).reports[0].reconciliation.with_verdict(Verdict.ROUNDING)
    assert (one.given, one.computed) == (one.tolerance, Fraction(0))
    assert one.is_hidden


def test_what_could_be_told_of_what_is_published_is_a_problem_whatever_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Here nothing but the small count was chosen to be hidden: the total and the men would tell it."""

    rows = {(ASSOCIATION, row): people(women, 17) for row, women in (("avslut", 3), ("deltagare", 20))}
    report = a_report(SHARE, participants=rows, rows=("avslut", "deltagare"))
    problems: list[Problem] = []
    protected(report, problems)
    assert not problems
    monkeypatch.setattr(
        "generator.protecting.choosing.choose",
        lambda system, _: Choice(system, {secret.key for secret in system.sensitive}),
    )
    protected(report, problems)
    (problem,) = problems
    assert problem.place == HERE
    assert problem.found == "röjandekontrollen räcker inte: ”Avslut” för Förbundet går att räkna ut"


def test_a_small_sum_of_a_background_is_hidden(tmp_path: Path) -> None:
    table = "bakgrundstabeller: [{id: alder, titel: Ålder}]\n"
    ages = "tabell;kategori;kvinnor;män\nalder;yngre;2;12\nalder;äldre;1;9\n"
    content = small_report(tmp_path, "mått: värde, krav: minst 1 st", settings=FORBUND + table, bakgrund=ages)
    edit(content / "r/bokslut.yaml", "röjandekontroll: av", "röjandekontroll: 5")
    (published,) = check(content).reports
    ((_, of_all),) = published.tables.background_sums.items()
    assert (of_all.women, of_all.men, of_all.total) == (HIDDEN, HIDDEN, 24)


def test_of_money_that_differs_by_rounding_all_is_told() -> None:
    one = Identity(
        Rule.RESULT, "resultatet", "summan", Fraction(10), Fraction(11), (HERE,), tolerance=Fraction(1)
    )
    report = a_report({"mått": "värde", "krav": "inte satt"})
    settings = report.settings.model_copy(update={"disclosure_threshold": 5})
    scored = score_report(replace(report, settings=settings))
    published = replace(as_shown(scored), reconciliation=Reconciliation((one,)))
    (shown,), _ = protect([(scored, published)])
    assert shown.reconciliation.identities == (one,)


def test_what_is_checked_is_every_figure_that_is_shown() -> None:
    counted = {(ASSOCIATION, "deltagare"): people(30, 29), (ASSOCIATION, "avslut"): people(20, 0)}
    before = value("deltagare", "40 personer", "a", 2023) | value("deltagare", "20 personer", "b", 2023)
    rows, units = ("deltagare", "avslut"), tuple({"id": unit, "namn": unit} for unit in ("a", "b"))
    scored = score_report(a_report(SHARE, rows=rows, units=units, participants=counted, values=before))
    system, found = knowledge_of(scored, threshold=5)
    (cells,) = found.values()
    checked = {frozenset(figure) for _, figure in shown_figures(as_shown(scored), cells)}
    assert checked == {frozenset(figure.sum) for figure in system.shown}
